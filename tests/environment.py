"""The environment of programs that a test starts as a reader would."""

import os
from typing import Any


def of_a_reader() -> dict[str, Any]:
    """Without what the layout engine sets for its own process: a browser that inherits it finds no font, and its pages crash."""
    return {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
