"""What the importer asks of a better title or publisher of a source: a reason, and every house."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import pytest

TOOLS = Path(__file__).resolve().parents[2] / "tools"
sys.path.insert(0, str(TOOLS))
rows: Any = importlib.import_module("importer.rows")


@pytest.mark.parametrize(
    ("written", "publisher", "expected"),
    [
        ("东南网 (海峡导报)", "东南网", ["海峡导报"]),
        ("东南网 (海峡导报)", "海峡导报, on 东南网", []),
        ("东南网 (海峡导报)", "", []),  # the name of the research table stays
        ("湖北日报（洞察网转载）", "湖北日报 (reprint on 洞察网)", []),
        ("中新网（镜像站，繁体乱码）", "中新网 (copy, garbled script)", []),
        ("湖北日报记者（垃圾站转载）", "湖北日报 (copy, garbled)", []),
    ],
)
def test_the_houses_that_a_publisher_leaves_out(
    written: str, publisher: str, expected: list[str]
) -> None:
    assert rows.dropped_houses(written, publisher) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"title": "Report"}, "the title of 'xiamen'"),
        ({"title": "Report", "note": "descriptive"}, ""),
        ({"publisher": "东南网"}, "leaving 海峡导报 out of the publisher of 'xiamen'"),
        ({"publisher": "东南网", "note": "the site only"}, ""),
        ({}, ""),
    ],
)
def test_a_change_of_a_source_needs_a_reason(change: dict[str, str], expected: str) -> None:
    row = {"title": "厦门“十四五”规划发布", "publisher": "东南网 (海峡导报)"}
    better = {"code": "xiamen", "title": "", "publisher": "", "note": "", **change}
    assert rows.unexplained_change(row, better) == expected


def test_each_publisher_needs_a_name_in_both_languages() -> None:
    names = {"甲局": {"en": "Office A", "zh": "甲局"}, "乙网": {"en": "Site B", "zh": ""}}
    assert rows.names_of("甲局", names) == {"publisher_en": "Office A", "publisher_zh": ""}
    assert rows.names_of("甲局; 甲局", names)["publisher_en"] == "Office A; Office A"
    assert rows.names_of("", names) == {"publisher_en": "", "publisher_zh": ""}
    for unnamed, language in (("甲局; 乙网", "zh"), ("丙报", "en")):
        with pytest.raises(SystemExit, match=f"no '{language}' name for the publisher"):
            rows.names_of(unnamed, names)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, False),
        ({"issued": "2026-01-27"}, True),
        ({"issued": "2026-01-27", "notes": "dated by the report read"}, False),
        ({"title_zh": "规划"}, True),
        ({"issued": ""}, False),
    ],
)
def test_a_date_of_a_plan_that_neither_the_research_nor_a_note_has(
    change: dict[str, str], expected: bool
) -> None:
    plan = {"code": "p", "region": "340200", "title_zh": "报告", "issued": "2026-01", "notes": ""}
    documented = {("340200", "报告", "2026-01")}
    assert rows.is_undocumented({**plan, **change}, documented) is expected
