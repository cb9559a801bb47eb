"""The languages in which pages are written."""

import enum


class Language(enum.StrEnum):
    """A language of the pages; what applicants wrote stays as they wrote it."""

    CHINESE = "zh-Hant"
    """Traditional Chinese of Taiwan: the source of every sentence."""
    ENGLISH = "en"
    """English."""

    @property
    def tag(self) -> str:
        """BCP 47 tag of its text in HTML and PDF: `zh-Hant-TW`, `en`."""
        return "zh-Hant-TW" if self is Language.CHINESE else self.value
