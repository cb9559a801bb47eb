"""DeskRow: what one dossier hands to the desk's script. Plain facts: nothing here is shown before a reviewer asks for it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskSlot:
    """A place that every dossier of the department has."""

    id: str
    """Anchor in the dossier's page, `s-J`."""
    label: str
    """Codes as the rail prints them, `B–E`."""
    title: str
    """Official name."""
    group: str
    """Sort of material, as the rubric's dimensions name it."""
    codes: tuple[str, ...]
    """Its codes."""
    sha256: str
    """First 16 hexadecimal digits of the hash of what stands in it: two dossiers, or one before and after, are the same there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskItem:
    """An entry that a reviewer can go to, mark and cite."""

    anchor: str
    """Anchor in the dossier's page, `J-2`."""
    slot: str
    """Anchor of its slot."""
    title: str
    """Its heading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskStanding:
    """A relative standing of the last semester that has one."""

    scope: str
    """校, 群別, 科班學程別."""
    percent: str
    """`13.6`: so many percent are estimated to stand before the applicant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskRow:
    """One dossier as the desk's script knows it."""

    folder: str
    """Its folder beside the desk's page."""
    sha256: str
    """The dossier's hash: what a mark was given on."""
    cover_sha256: str
    """First 16 digits of the hash of who the applicant is: identity and photo."""
    slots: tuple[DeskSlot, ...]
    """In the department's order."""
    items: tuple[DeskItem, ...]
    """In reading order."""
    semester: str
    """`114-1`: the semester of the standing; empty when there is none."""
    standing: tuple[DeskStanding, ...]
    """Its scopes that could be estimated."""
