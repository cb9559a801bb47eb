"""The help page beside an intake report: every rule, every limit, nothing that only a program understands."""

from reviewer.intake import pages
from reviewer.intake.help_view import help_view
from reviewer.intake.rules.register import RULES
from reviewer.model.limits import all_limits
from tests.pages import Page

PAGE = pages.page("intake/help.html", "說明", help_view())


def test_every_rule_stands_with_its_sentence_and_all_that_it_can_find() -> None:
    text = Page(PAGE).text
    assert [rule.code for rule in RULES if rule.sentence.zh not in text or rule.sentence.en not in text] == []
    assert [len(rule.kinds) for rule in help_view().rules] == [len(rule.kinds) for rule in RULES]


def test_places_for_facts_are_an_ellipsis() -> None:
    assert "{" not in Page(PAGE).text.replace("{window.Reviewer", "")
    assert all("…" in kind.what.zh or "{" not in kind.what.zh for rule in help_view().rules for kind in rule.kinds)


def test_every_limit_says_since_when() -> None:
    view = help_view()
    assert len(view.limits) == len(all_limits())
    sizes = [(limit.since, limit.words.zh) for limit in view.limits if "文件檔" in limit.words.zh]
    assert sizes == [("108 學年度第 1 學期", "每個文件檔至多 2 MB"), ("109 學年度第 1 學期", "每個文件檔至多 4 MB")]


def test_links_lead_to_the_report_alone() -> None:
    links = {one.attributes["href"] for one in Page(PAGE).all("a")}
    assert links == {"#main", "report.html"}


def test_rules_begin_when_they_begin() -> None:
    assert {rule.dates.zh for rule in help_view().rules if not any(one.until for one in RULES)} <= {""} | {
        f"自 {rule.since.label} 起" for rule in RULES
    }
