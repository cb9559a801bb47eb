"""The help page: true to the model, to the theme's scripts and to the department."""

import re
from dataclasses import replace

from reviewer.model.codes import Group
from reviewer.model.dossier import SlotState
from reviewer.model.parts import Lane
from reviewer.model.selection import Mask, SectionChoice
from reviewer.model.tables import code_tables
from reviewer.render.html import help_page
from reviewer.render.theme import theme_files
from reviewer.render.view import help_view
from reviewer.render.views import help as help_views
from tests.pages import Page, selection


def text_of(**changes: object) -> str:
    return Page(help_page(help_view(selection(**changes)))).text


def test_codes_stand_with_their_official_names_in_the_departments_order() -> None:
    groups = help_view(selection()).groups
    assert [(group.title, [code.label for code in group.codes]) for group in groups] == [
        ("修課紀錄", ["A"]),
        ("課程學習成果", ["B", "C", "D"]),
        ("多元表現", ["F", "H", "J", "L"]),
        ("多元表現綜整心得", ["N"]),
        ("學習歷程自述", ["O", "P", "Q"]),
    ]


def test_a_performance_says_which_kinds_stand_under_it() -> None:
    said = {code.label: code.sentence for group in help_view(selection()).groups for code in group.codes}
    assert said["F"] == "通常是彈性學習時間紀錄（自主學習）。"
    assert said["H"] == "通常是校方建立幹部經歷紀錄、幹部經歷暨事蹟紀錄。"
    assert said["J"] == "通常是競賽參與紀錄。"


def test_what_is_not_taken_is_said_once() -> None:
    assert help_view(selection()).left.startswith("E 社會領域探究活動成果")
    everything = tuple(
        SectionChoice(group=group, codes=tuple(item.code for item in selection().code_set.of_group(group)))
        for group in Group
        if group is not Group.OTHER
    )
    assert help_view(selection(sections=everything)).left == ""
    assert "本校系不採計：" not in text_of(sections=everything)


def test_masks_are_said_where_there_are_some() -> None:
    assert (
        "依本校系的設定，姓名不顯示，資料夾裡的文字也不含這些內容；掃描、照片、手寫與聲音裡的，程式無法保證，校系辦公室的製作報告逐檔逐頁列出。"
        in text_of(masks=frozenset([Mask.NAME]))
    )
    assert "依本校系的設定" not in text_of()


def test_every_kind_of_course_has_its_line() -> None:
    named = set(help_views.CATEGORIES) | set("CDEF")
    assert named == set(code_tables()["課程類別"])
    assert {code_tables()["課程類別"][code].zh for code in "BCDEF"} == {"職業訓練"}


def test_every_state_of_certification_lane_and_slot_has_its_shape_and_sentence() -> None:
    view = help_view(selection())
    assert set(help_views.CERTIFICATIONS) == set(code_tables()["認證狀態"])
    assert [line.state.shape for line in view.certifications] == ["cert-none", "cert-n", "cert-y", "cert-f"]
    assert len(view.lanes) == len(Lane)
    assert len(view.states) == len(SlotState)


def test_the_example_is_worked_out_by_the_records_own_formula() -> None:
    example = help_view(selection()).example
    assert example.percent == "前 27.5 % · 母體 40 人"
    assert example.sentence == (
        "90 分以上有 6 人；85 分落在 80–90 這一級，這級有 10 人，依分數的位置推估其中約 5 人在前。（6 ＋ 5）÷ 40 ＝ 27.5 %。"
    )


def test_keys_are_those_of_the_scripts() -> None:
    script = theme_files()["desk.js"].decode()
    held = set(re.findall(r'keys\.add\(\{ key: "([^"]+)"', script)) | set(re.findall(r'\badd\("(.)", (?:true|false)', script))
    named = {key for keys, _ in help_views.KEYS for key in keys.split()}
    assert named == {"Esc" if key == "Escape" else key for key in held} | {"1–9"}


def test_the_original_is_spoken_of_only_where_it_is_shown() -> None:
    assert "原稿" not in text_of(originals=False)
    assert "本校系開放「原稿」" in text_of(originals=True)
    assert [term.term for term in help_view(selection(originals=True)).keys] == [key for key, _ in help_views.KEYS]


def test_links_stay_in_the_department() -> None:
    page = Page(help_page(help_view(selection())))
    links = [one.attributes["href"] for one in page.all("a")]
    assert {link for link in links if not link.startswith("#")} == {"index.html"}
    assert {link[1:] for link in links if link.startswith("#")} <= {one.attributes["id"] for one in page.elements if "id" in one.attributes}


def test_names_of_the_department_are_text() -> None:
    view = replace(help_view(selection()), department="<b>系</b>")
    assert Page(help_page(view)).all("b") == []
