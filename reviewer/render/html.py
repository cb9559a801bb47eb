"""Pages as HTML: views into templates. Same view, same bytes."""

import unicodedata
from collections.abc import Iterator

from markupsafe import Markup

from reviewer.model.language import Language
from reviewer.model.selection import Logo
from reviewer.render.environment import PAGE_CHECK, environment
from reviewer.render.language import Wording
from reviewer.render.shapes.cohort import CohortView
from reviewer.render.shapes.dossier import DossierView
from reviewer.render.shapes.help import HelpView
from reviewer.render.shapes.page import LogoView, PageView


def dossier_page(view: DossierView, logo: Logo | None = None) -> str:
    """One applicant's page, `…/<應試號碼>/index.html`; the theme lies beside its folder."""
    page = PageView(
        title=f"{view.applicant_number} {drawable(view.name.plain)} · {view.department}",
        kind="dossier",
        theme="../theme/",
        logo=logo_view(logo, "../theme/", view.language),
        watermark=view.watermark,
        language=view.language,
    )
    return render("dossier.html", page=page, view=view)


def drawable(name: str) -> str:
    """For a window's title, which holds no picture: 〓 in place of a character that only its school can draw."""
    return "".join("〓" if unicodedata.category(character) == "Co" else character for character in name)


def cohort_page(view: CohortView, logo: Logo | None = None) -> str:
    """A department's first page and desk, `…/<校系代碼>/index.html`."""
    return "".join(cohort_pieces(view, logo))


def cohort_pieces(view: CohortView, logo: Logo | None = None) -> Iterator[str]:
    """The same page piece by piece: with rows that are read from disk, no more than one of them is held."""
    page = PageView(
        title=f"{view.department} · {view.university}",
        kind="cohort",
        theme="theme/",
        logo=logo_view(logo, "theme/", view.language),
        watermark=view.watermark,
        language=view.language,
    )
    return pieces("desk.html", page=page, view=view)


def help_page(view: HelpView) -> str:
    """A department's help, `…/<校系代碼>/help.html`; cohort page and dossiers link to it."""
    say = Wording(view.language)
    title = say("說明 · {department}", department=view.department)
    page = PageView(title=title, kind="help", theme="theme/", watermark=view.watermark, language=view.language)
    return render("help.html", page=page, view=view)


def logo_view(logo: Logo | None, folder: str, language: Language) -> LogoView | None:
    """A logo as a page in this language shows it; `folder` is the theme's address from there."""
    if logo is None:
        return None
    return LogoView(source=f"{folder}{logo.name}", words=logo.words.of(language), width=logo.width, height=logo.height)


def render(template: str, *, page: PageView, **views: object) -> str:
    """Render any template that extends `base.html` (the office's pages too)."""
    return "".join(pieces(template, page=page, **views))


def pieces(template: str, *, page: PageView, **views: object) -> Iterator[str]:
    """The same, piece by piece."""
    page_check = Markup(f"<script>{PAGE_CHECK}</script>")  # noqa: S704 - a constant, allowed by its hash
    yield from environment(page.language).get_template(template).generate(page=page, page_check=page_check, **views)
    yield "\n"
