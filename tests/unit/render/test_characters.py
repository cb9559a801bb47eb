"""What the dossier's own faces must draw."""

from dataclasses import replace

from reviewer.attachments.sanitise.unseen import WORDS_BEHIND
from reviewer.model.problem import Where
from reviewer.render.views.characters import characters
from tests import factories


def test_words_of_a_note_that_a_problem_tells_are_drawn_too() -> None:
    told = WORDS_BEHIND.at(Where(), pages="1", count=1, words="「𠮷」")
    known = {sha256: replace(made, problems=(told,)) for sha256, made in factories.processed().items()}
    assert characters(factories.dossier(), known) - characters(factories.dossier(), factories.processed()) >= {ord("𠮷")}
