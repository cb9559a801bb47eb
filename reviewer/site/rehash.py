"""Reading packages again for a plan: a job of its own, since a plan makes nothing."""

from reviewer.model.problem import SetAside
from reviewer.packages.address import PackageAddress


def content(address: PackageAddress) -> str:
    """Content of a package as a build would find it; empty for one that cannot be opened, of which the build tells why."""
    # It brings in all that reads packages, which a plan without --rehash never needs.
    from reviewer.packages.opening import open_package  # noqa: PLC0415

    try:
        with open_package(address) as opened:
            return opened.fingerprint()
    except (SetAside, OSError):
        return ""
