"""What templates may use: frozen views, computed purely from a dossier and its processed attachments. The room's front door."""

from reviewer.render.shapes.cohort import CohortRow, CohortView
from reviewer.render.shapes.dossier import DossierView
from reviewer.render.shapes.help import HelpView
from reviewer.render.views.characters import characters, page_characters
from reviewer.render.views.cohort import cohort_row, cohort_view, ordered_cohort_view
from reviewer.render.views.desk import desk_pieces, desk_script
from reviewer.render.views.dossier import dossier_view
from reviewer.render.views.help import help_view

__all__ = [
    "CohortRow",
    "CohortView",
    "DossierView",
    "HelpView",
    "characters",
    "cohort_row",
    "cohort_view",
    "desk_pieces",
    "desk_script",
    "dossier_view",
    "help_view",
    "ordered_cohort_view",
    "page_characters",
]
