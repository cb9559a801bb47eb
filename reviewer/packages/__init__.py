"""Read and verify packages: one student's portfolio each, as folder, zip or BagIt bag; and the applications table."""

from reviewer.packages.address import Discovery, PackageAddress
from reviewer.packages.discovery import discover
from reviewer.packages.opening import Opened, file_path, open_package
from reviewer.packages.reader import read
from reviewer.packages.verifying import verify

__all__ = ["Discovery", "Opened", "PackageAddress", "discover", "file_path", "open_package", "read", "verify"]
