"""A made-up configuration of many departments: `python -m tests.benchmarks.generate_departments DIR --count 2200 --seed 7`."""

import argparse
import random
from pathlib import Path

from reviewer.selection.starter import write_starter
from reviewer.selection.toml_writing import new_department

FIELDS = (
    "資訊",
    "工程",
    "數理化",
    "醫藥衛生",
    "生命科學",
    "生物資源",
    "地球環境",
    "建築設計",
    "藝術",
    "社會心理",
    "大眾傳播",
    "外語",
    "文史哲",
    "教育",
    "法政",
    "管理",
    "財經",
    "遊憩運動",
)
NAMES = (
    "中國文學",
    "歷史",
    "哲學",
    "外國語文",
    "數學",
    "物理",
    "化學",
    "心理",
    "社會",
    "經濟",
    "法律",
    "政治",
    "財務金融",
    "會計",
    "企業管理",
    "資訊工程",
    "電機工程",
    "機械工程",
    "土木工程",
    "化學工程",
    "建築",
    "都市計畫",
    "護理",
    "藥學",
    "獸醫",
    "森林",
    "園藝",
    "食品科學",
    "音樂",
    "美術",
    "體育",
    "傳播",
)
OWN = ("本系個人資料表", "英語檢定(多益、托福)成績", "程式作品集", "讀書計畫 Study Plan", "高中三年獲獎紀錄（含S.T.E.A.M.競賽）")


def settings(random_source: random.Random, code: str) -> dict[str, object]:
    """One department."""
    performances = sorted(random_source.sample("FGHIJKLM", random_source.choice([1, 2, 3, 4, 4, 4])))
    others = random_source.sample(OWN, random_source.choice([0, 0, 1, 1, 2]))
    return {
        "code": code,
        "name": random_source.choice(NAMES) + "學系" + random_source.choice(["", "", "甲組", "乙組"]),
        "field": random_source.choice(FIELDS) + "學群",
        "university_code": code[:3],
        "university_name": f"第{int(code[:3])}示範大學",
        "course_record": random_source.random() < 0.97,
        "outcomes": sorted(random_source.sample("BCDE", random_source.choice([1, 2, 2, 3]))),
        "performances": performances,
        "summary": random_source.random() < 0.8,
        "statements": sorted(random_source.sample("OPQ", random_source.choice([1, 2, 3, 3]))),
        "others": [{"code": letter, "name": name} for letter, name in zip("RST", others, strict=False)],
        "max_performances": random_source.choice([10, 10, 10, 6, 3]),
        "guide_text": "看重過程，不看件數。" if random_source.random() < 0.5 else "",
    }


def generate(folder: Path, count: int, seed: int) -> None:
    """Write the configuration."""
    random_source = random.Random(seed)  # noqa: S311 - made-up data
    write_starter(folder, code="001", zh="各大學", en="Universities", year=115, code_set="university")
    for number in range(count):
        code = f"{number // 30 + 1:03d}{number % 30 + 1:02d}2"
        (folder / "departments" / f"{code}.toml").write_text(new_department(settings(random_source, code)), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=2200)
    parser.add_argument("--seed", type=int, default=7)
    chosen = parser.parse_args()
    generate(chosen.folder, chosen.count, chosen.seed)
