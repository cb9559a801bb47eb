"""Addresses in QR codes on scans and pictures."""

import zxingcpp
from PIL import Image as Pillow

from reviewer.attachments.reading.addresses import addresses_in

WIDTH_MOST_PX = 1440
"""A code that a phone can read on a desk is read at this width, in 22 to 34 ms a page."""


def addresses_in_codes(picture: Pillow.Image) -> tuple[str, ...]:
    """Addresses in the codes of a picture, from the top, each once."""
    grey = picture.convert("L")
    if grey.width > WIDTH_MOST_PX:
        grey = grey.resize((WIDTH_MOST_PX, max(1, round(grey.height * WIDTH_MOST_PX / grey.width))))
    found = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    codes = sorted(found, key=lambda code: (code.position.top_left.y, code.position.top_left.x))
    return tuple(dict.fromkeys(address for code in codes for address in addresses_in(code.text)))
