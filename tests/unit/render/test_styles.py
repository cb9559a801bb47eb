"""Style sheets and markup belong together: no rule for what is nowhere, no class that nothing means."""

import re
from pathlib import Path

import pytest
import tinycss2

from reviewer import resources
from reviewer.selection.themes import contract
from reviewer.selection.themes.style_rules import rules

CHECKOUT = Path(resources.__file__).parents[1]
SHEETS = sorted(path for name in contract.known() for path in (resources.data_folder("themes") / name).rglob("*.css"))
SCRIPTS = sorted((resources.data_folder("themes")).rglob("*.js"))
TEMPLATES = sorted(resources.data_folder("templates").rglob("*.html"))
CODE = sorted(path for room in ("render", "selection", "marks", "intake") for path in (CHECKOUT / "reviewer" / room).rglob("*.py"))

WORDS = "\n".join(path.read_text(encoding="utf-8") for path in (*TEMPLATES, *SCRIPTS, *CODE))
"""Where an element may get its class or id."""

MADE = frozenset(re.findall(r"[\w-]+-(?=\{\{|\{|[\"'`] ?\+|\$\{)", WORDS))
"""Beginnings of names whose rest is put in: `slot-{{ state }}`."""

MARKS = frozenset(
    {
        "cohort-cover",
        "facts-of-build",
        "glance-contents",
        "glance-record",
        "help-cover",
        "period",
        "sheet-page",
        "slot-code",
        "undated",
        "unlisted",
    }
)
"""Names without a rule of their own that tell a reader of the markup, a script or a department's own theme what stands there."""

NUMBERED = frozenset(re.findall(r"[\s\"](\w)\{\{", WORDS))
"""Letters that a number follows: `c{{ column }}`."""


def used(name: str) -> bool:
    if name[0] in NUMBERED and name[1:].isdigit():
        return True
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", WORDS) is not None or any(name.startswith(start) for start in MADE)


def names_in(selector: str) -> set[str]:
    """Classes and ids that a selector asks for."""
    found: set[str] = set()
    waiting = list(tinycss2.parse_component_value_list(selector))
    before = ""
    while waiting:
        node = waiting.pop(0)
        if node.type == "hash" or (node.type == "ident" and before == "."):
            found.add(node.value)
        waiting[:0] = getattr(node, "arguments", None) or []
        before = node.value if node.type == "literal" else ""
    return found


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: f"{path.parent.parent.name}-{path.parent.name}-{path.stem}")
def test_every_rule_is_for_something_that_pages_have(path: Path) -> None:
    selectors = dict.fromkeys(rule.selector for rule in rules(path.read_text(encoding="utf-8")))
    assert {selector for selector in selectors for name in names_in(selector) if not used(name)} == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_class_of_a_template_has_a_rule_or_a_script(path: Path) -> None:
    sheets = "\n".join(sheet.read_text(encoding="utf-8") for sheet in SHEETS)
    scripts = "\n".join(script.read_text(encoding="utf-8") for script in SCRIPTS)
    plain = re.sub(r"\{[{%].*?[%}]\}", "\x00", path.read_text(encoding="utf-8"))
    names = {name for given in re.findall(r'class="([^"]*)"', plain) for name in given.split() if "\x00" not in name}
    idle = {name for name in names - MARKS if not re.search(rf"\.{re.escape(name)}(?![\w-])", sheets) and f'"{name}' not in scripts}
    assert {name for name in idle if not re.search(rf"\.{re.escape(name)}(?![\w-])", scripts)} == set()


def test_names_without_a_rule_are_those_of_templates() -> None:
    sheets = "\n".join(sheet.read_text(encoding="utf-8") for sheet in SHEETS)
    assert {name for name in MARKS if not used(name) or re.search(rf"\.{re.escape(name)}(?![\w-])", sheets)} == set()


def test_every_script_is_in_the_contract() -> None:
    theme = contract.theme()
    there = {path.relative_to(theme.folders[0]).as_posix() for path in (theme.folders[0] / "js").glob("*.js")}
    assert sorted(there - {*theme.scripts, *theme.desk_scripts, *theme.files}) == []
