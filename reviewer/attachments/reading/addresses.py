"""Addresses written in the words of a page. They are listed, never followed."""

import re
import unicodedata

_BODY = r"[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%\[\]]"
_SHORT_HOSTS = (
    "bit.ly", "reurl.cc", "goo.gl", "tinyurl.com", "lihi.cc", "lihi1.com", "ppt.cc", "pse.is", "youtu.be", "forms.gle", "t.ly", "is.gd", "maac.io",
    "supr.link", "t.co", "rebrand.ly", "shorturl.at", "padlet.com", "canva.com", "drive.google.com", "docs.google.com", "instagram.com",
    "facebook.com", "youtube.com", "github.com", "sites.google.com", "medium.com", "vocus.cc", "hackmd.io", "line.me", "lin.ee",
)  # fmt: skip
_ADDRESS = re.compile(
    rf"(?:https?|ftp)://{_BODY}+"
    rf"|(?<![\w@.])www\.[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+(?:[/?#]{_BODY}*)?"
    rf"|(?<![\w@.\-])(?:{'|'.join(re.escape(host) for host in _SHORT_HOSTS)})/{_BODY}+"
)
_TRAILING = ".,;:!?'\")]}*_"


def addresses_in(text: str) -> tuple[str, ...]:
    """Addresses in the order in which they stand, each once; full-width letters count as what they look like (NFKC)."""
    found: dict[str, None] = {}
    for match in _ADDRESS.finditer(unicodedata.normalize("NFKC", text)):
        address = match[0].rstrip(_TRAILING)
        if address.count("(") > address.count(")"):
            address += ")" if match[0][len(address) : len(address) + 1] == ")" else ""
        found.setdefault(address)
    return tuple(found)
