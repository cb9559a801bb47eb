"""reviewer: uniform, font-normalised, offline review dossiers from 學習歷程檔案 exports."""

__version__ = "0.1.0"
