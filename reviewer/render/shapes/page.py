"""PageView: what the base template needs of every page, the dossier's, the cohort's and the office's."""

from dataclasses import dataclass

from reviewer.model.language import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class LogoView:
    """A department's logo on a page."""

    source: str
    """Address relative to the page."""
    words: str
    """Alternative text."""
    width: int
    """Pixels."""
    height: int
    """Pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """The outside of a page."""

    title: str
    """For the tab and the history."""
    kind: str
    """`dossier`, `cohort`, `office`: class of the page."""
    theme: str
    """Address of the theme's folder relative to the page, with a slash: `../theme/`."""
    watermark: str = ""
    """Words across every page of a preview."""
    logo: LogoView | None = None
    """The department's logo; None when it has none."""
    accent: bool = True
    """Whether the theme's folder has a department's `accent.css`."""
    language: Language = Language.CHINESE
    """Language of the page's own words."""
