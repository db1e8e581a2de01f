"""What derivations and findings say of themselves: in sentences, in Chinese, as tables."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from innovation_plans.analysis.derive import Derivation, Derivations
from innovation_plans.analysis.findings import Finding, Findings, Side
from innovation_plans.analysis.operands import Assumption, Operand
from innovation_plans.analysis.results import Subject
from innovation_plans.text.implied import Check

SUBJECT = Subject(
    region="XX-AB", region_en="Abeland", region_zh="甲省",
    indicator="widget_share", indicator_en="Share of widgets", indicator_zh="小器占比",
)  # fmt: skip
GDP = Operand(
    indicator="gross_product", region="XX-AB", form="level", year=2025, comparator="about",
    value="1300", unit="CNY_100M", origin="observation", key="seen", vintage="final",
    source="land-stat", tier="A",
)  # fmt: skip
RATE = Operand(
    indicator="widget_output", region="XX-AB", form="average_growth", start_year=2021, year=2025,
    value="10", unit="percent_per_year", origin="target", key="planned",
)  # fmt: skip
SINGLE = Operand(
    indicator="widget_output", region="XX-AB", form="annual_growth", start_year=2025, year=2025,
    value="9", unit="percent_per_year", origin="baseline", key="planned",
)  # fmt: skip
SUPPOSED = Operand(
    indicator="widget_output", region="XX-AB", form="level", year=2024, value="2",
    value_high="3", unit="rank", origin="assumption", key="assumed",
)  # fmt: skip
SHARE = Operand(
    indicator="widget_share", region="XX-AB", form="level", year=2025, comparator="about",
    value="10.5", unit="percent", origin="target", key="planned",
)  # fmt: skip
GROWTH = Assumption(
    indicator="gross_product", region="XX-AB", year=2025, start_year=2021, value="8.93",
    unit="percent_per_year", form="average_growth",
)  # fmt: skip


def derived(**said: Any) -> Derivation:
    facts = {
        **SUBJECT.model_dump(),
        "year": 2025,
        "value": "12.3456789",
        "unit": "percent",
        "route": "ratio",
        "formula": "widget_output(2025) ÷ gross_product(2025)",
        "operands": (RATE, GDP, SINGLE, SUPPOSED),
        "inputs": ("planned", "seen"),
        "caveats": ("even_path", "self_reported"),
        "edition": "2026.11",
    }
    return Derivation(**(facts | said))


def test_a_derivation_is_explained(page_of: Any) -> None:
    found = derived(comparator="at_least")
    assert found.explain() == found.explain("en") == str(found) == (
        "Abeland, “Share of widgets” 2025, derived: at least 12.3456%. "
        "Numerator divided by denominator: widget_output(2025) ÷ gross_product(2025). "
        "Figures: widget_output 2021-2025: average annual growth of 10% (target); "
        "gross_product 2025: about 130 billion yuan (observation, final); "
        "widget_output 2025: year-on-year growth of 9% (baseline in the plan); "
        "widget_output 2024: 2nd to 3rd (assumption). "
        "Note: the year is within the period; growth is assumed to be even; "
        "the outcome is the government's own figure. "
        "Based on: planned; seen."
    )  # fmt: skip
    assert found.explain("zh") == (
        "甲省“小器占比”2025年推算值：12.3456%以上。"
        "分子除以分母：widget_output(2025) ÷ gross_product(2025)。"
        "数据：widget_output 2021-2025：年均增长10%（目标）；"
        "gross_product 2025：1300亿元左右（实际值、final）；"
        "widget_output 2025：比上年增长9%（规划基期值）；"
        "widget_output 2024：第2至3位（假设）。"
        "注：该年份位于期中，假定各年增速相同；实际值由本级政府自行公布。"
        "依据：planned；seen。"
    )
    page = page_of(found._repr_html_())
    assert page.caption == "Abeland, Share of widgets, 2025"
    assert page.rows == [
        ["derived", "at least 12.3456%"],
        ["numerator divided by denominator", "widget_output(2025) ÷ gross_product(2025)"],
        [
            "figures",
            (
                "widget_output 2021-2025: average annual growth of 10% (target); "
                "gross_product 2025: about 130 billion yuan (observation, final); "
                "widget_output 2025: year-on-year growth of 9% (baseline in the plan); "
                "widget_output 2024: 2nd to 3rd (assumption)"
            ),
        ],
        [
            "note",
            (
                "the year is within the period; growth is assumed to be even; "
                "the outcome is the government's own figure"
            ),
        ],
        ["based on", "planned; seen"],
        ["data edition", "2026.11"],
    ]


def test_a_derivation_from_nothing_but_a_formula_says_no_more() -> None:
    bare = derived(operands=(), inputs=(), caveats=(), value_high="13.00004", comparator="between")
    assert bare.explain() == (
        "Abeland, “Share of widgets” 2025, derived: 12.3456% to 13.0001%. "
        "Numerator divided by denominator: widget_output(2025) ÷ gross_product(2025)."
    )
    assert derived(comparator="at_least").value_text() == "at least 12.3456%"
    assert derived(comparator="at_least").value_text("zh") == "12.3456%以上"
    wide = derived(value="1234567.8", value_high="7654321.9", comparator="between")
    assert wide.value_text() == "1,234,560% to 7,654,330%"
    assert repr(bare) == "<Derivation XX-AB/widget_share/2025: 12.3456% to 13.0001%>"


def test_derivations_are_a_table_with_a_line_about_them(page_of: Any) -> None:
    one = derived(operands=(GDP,))
    both = Derivations((derived(operands=(GDP, SINGLE)),)).sheet("zh").rows[0]
    assert both[-2] == "1300亿元左右（实际值、final）；比上年增长9%（规划基期值）"
    two = derived(operands=(GDP,), value="9", value_high="15", comparator="between")
    found = Derivations((one, two), "2026.11")
    figures = "about 130 billion yuan (observation, final)"
    note = "even growth assumed, self-reported"
    formula = "widget_output(2025) ÷ gross_product(2025)"
    route = "numerator divided by denominator"
    sheet = found.sheet()
    assert sheet.header == (
        "region",
        "indicator",
        "year",
        "derived",
        "route",
        "formula",
        "figures",
        "note",
    )
    assert sheet.rows == [
        ("Abeland", "Share of widgets", "2025", "12.3457%", route, formula, figures, note),
        ("Abeland", "Share of widgets", "2025", "9% to 15%", route, formula, figures, note),
    ]
    assert sheet.right == (2, 3)
    assert found.sheet("zh").rows[0] == (
        "甲省", "小器占比", "2025", "12.3457%", "分子除以分母", formula, "1300亿元左右（实际值、final）",
        "假定增速均匀、自报",
    )  # fmt: skip
    assert found.spread() == (Decimal(9), Decimal(15))
    assert found.summary() == "2 routes, from 9% to 15%"
    assert found.summary("zh") == "2种推算方法，9%至15%"
    assert (found[:1].summary(), found[:1].summary("zh")) == ("1 route", "1种推算方法")
    assert found[1:].spread() == (9, 15)
    assert found[:0].spread() is None
    assert found.text() == f"{sheet.text()}\n\n2 routes, from 9% to 15%"
    assert found.text("zh") == f"{found.sheet('zh').text()}\n\n2种推算方法，9%至15%"
    page = page_of(found._repr_html_())
    assert page.caption == "2 routes, from 9% to 15%; data edition 2026.11"
    assert page_of(Derivations((one,))._repr_html_()).caption == "1 route; data edition 2026.11"
    assert [each[2] for each in page.rows] == ["year", "2025", "2025"]


def test_results_know_their_edition_and_come_back_from_json() -> None:
    found = Derivations((derived(),), "2026.11")
    assert found[:1].edition == "2026.11"
    again = Derivations.from_json(found.json(), "2025.01")
    assert again == found
    assert again.edition == "2025.01"
    assert Derivations.from_json(found.json()).edition == found[0].edition
    assert found.json().startswith('[\n  {\n    "region": "XX-AB"')
    assert '"value": "12.3456789"' in found.json()
    assert derived(value=Decimal("1E+3")).model_dump(mode="json")["value"] == "1000"
    assert found != Findings()
    assert Derivations() != Findings()
    assert hash(found) == hash(again) != hash(found[:0])


SAID = Side(
    formula="widget_share(2025)", region="XX-AB", value="10.5", unit="percent",
    comparator="about", operands=(SHARE,), inputs=("planned",),
)  # fmt: skip
FOLLOWS = Side(
    formula="widget_output(2025) ÷ gross_product(2025)", region="XX-AB", value="12.3885",
    unit="percent", operands=(GDP, RATE), inputs=("planned", "seen"),
)  # fmt: skip


def finding(**said: Any) -> Finding:
    facts = {
        **SUBJECT.model_dump(),
        "check": "ratio_against_levels",
        "period": "14th",
        "year": 2025,
        "left": SAID,
        "right": FOLLOWS,
        "gap": "1.888538",
        "gap_unit": "percentage_point",
        "agrees": False,
        "tolerance": "0.02",
        "reconciles": GROWTH,
        "inputs": ("planned", "seen"),
        "caveats": ("observed_since", "weak_source"),
        "edition": "2026.11",
    }
    return Finding(**(facts | said))


def test_a_finding_is_explained(page_of: Any) -> None:
    found = finding()
    assert found.explain() == found.explain("en") == str(found) == (
        "Abeland, “Share of widgets” 2025, ratio and levels: inconsistent. "
        "Stated ratio (planned): about 10.5%. "
        "Ratio by the levels (widget_output(2025) ÷ gross_product(2025)): 12.39% (+1.89 percentage points). "
        "Consistent if gross_product 2021-2025: average annual growth of 8.93%. "
        "Note: figures observed after the target was set are used; "
        "a figure was read from an unreliable copy. "
        "Based on: planned; seen."
    )  # fmt: skip
    assert found.explain("zh") == (
        "甲省“小器占比”2025年，比率与总量：不一致。"
        "所述比率（planned）：10.5%左右。"
        "按总量推算的比率（widget_output(2025) ÷ gross_product(2025)）：12.39%（+1.89个百分点）。"
        "一致所需假设：gross_product 2021-2025：年均增长8.93%。"
        "注：使用了目标制定之后年份的实际值；有数据取自可靠性较低的副本。"
        "依据：planned；seen。"
    )
    page = page_of(found._repr_html_())
    assert page.caption == "Abeland, Share of widgets, 2025"
    assert page.rows == [
        ["check", "ratio and levels"],
        ["stated ratio (planned)", "about 10.5%"],
        ["ratio by the levels (widget_output(2025) ÷ gross_product(2025))", "12.39%"],
        ["gap", "+1.89 percentage points"],
        ["consistent", "inconsistent"],
        ["consistent if", "gross_product 2021-2025: average annual growth of 8.93%"],
        [
            "note",
            (
                "figures observed after the target was set are used; "
                "a figure was read from an unreliable copy"
            ),
        ],
        ["based on", "planned; seen"],
        ["data edition", "2026.11"],
    ]
    assert repr(found) == "<Finding ratio_against_levels XX-AB/14th/widget_share/2025>"


def test_a_finding_that_needs_nothing_says_no_more(page_of: Any) -> None:
    found = finding(agrees=True, reconciles=None, caveats=())
    assert found.explain() == (
        "Abeland, “Share of widgets” 2025, ratio and levels: consistent. "
        "Stated ratio (planned): about 10.5%. "
        "Ratio by the levels (widget_output(2025) ÷ gross_product(2025)): 12.39% (+1.89 percentage points). "
        "Based on: planned; seen."
    )
    assert [row[0] for row in page_of(found._repr_html_()).rows] == [
        "check", "stated ratio (planned)", f"ratio by the levels ({FOLLOWS.formula})", "gap",
        "consistent", "based on", "data edition",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("check", "english", "chinese"),
    [
        (Check.POSITION, ("Nation (planned)", "Abeland ("), ("全国（planned）", "甲省（")),
        (Check.TOGETHER, ("Nation (planned)", "3 provinces, weighted ("),
         ("全国（planned）", "3个省份加权（")),
        (Check.TEXTS, ("One source (planned)", "Another source ("),
         ("一来源（planned）", "另一来源（")),
        (Check.ANNUAL_LEVEL, ("Plan (planned)", "Annual target ("),
         ("规划目标（planned）", "年度目标（")),
    ],
)  # fmt: skip
def test_the_sides_of_a_check_have_words(
    check: Check, english: tuple[str, str], chinese: tuple[str, str]
) -> None:
    found = finding(check=check, right=FOLLOWS.model_copy(update={"operands": (GDP, RATE) * 3}))
    assert all(f". {words}" in found.explain() for words in english)
    assert all(f"。{words}" in found.explain("zh") for words in chinese)


@pytest.mark.parametrize(
    ("agrees", "english", "chinese"),
    [
        (True, "consistent", "一致"),
        (False, "inconsistent", "不一致"),
        (None, "not judged", "不作判断"),
    ],
)
def test_agreement_has_three_states(agrees: bool | None, english: str, chinese: str) -> None:
    found = finding(agrees=agrees)
    assert found.agreement() == found.agreement("en") == english
    assert found.agreement("zh") == chinese


@pytest.mark.parametrize(
    ("gap", "unit", "english", "chinese"),
    [
        ("1.888538", "percentage_point", "+1.89 percentage points", "+1.89个百分点"),
        ("-1.8", "percentage_point", "-1.8 percentage points", "-1.8个百分点"),
        ("0", "percentage_point", "no gap", "无差距"),
        ("-12345", "CNY_100M", "-1.23 trillion yuan", "-12300亿元"),
        ("-2", "rank", "-2 places", "-2位"),
        ("12345", "rank", "+12345 places", "+12345位"),
    ],
)
def test_the_gap_of_two_sides(gap: str, unit: str, english: str, chinese: str) -> None:
    found = finding(gap=gap, gap_unit=unit)
    assert found.gap_text() == found.gap_text("en") == english
    assert found.gap_text("zh") == chinese


def test_a_side_is_rounded_where_it_was_reckoned_and_else_as_printed() -> None:
    printed = SAID.model_copy(
        update={"value": Decimal("12.388538"), "value_high": Decimal("13.123456"),
                "comparator": None}
    )  # fmt: skip
    assert printed.text() == "12.38% to 13.13%"
    assert SAID.model_copy(update={"value": Decimal("12.3885")}).text() == "about 12.3885%"
    assert FOLLOWS.text() == "12.39%"
    assert FOLLOWS.text("zh") == "12.39%"
    ranged = FOLLOWS.model_copy(update={"value_high": Decimal("13.123456")})
    assert ranged.text() == "12.38% to 13.13%"
    nothing = SAID.model_copy(update={"value": Decimal(0), "comparator": None})
    assert nothing.text() == "0%"


def test_findings_are_a_table_and_are_counted(page_of: Any) -> None:
    found = Findings(
        (
            finding(agrees=True),
            finding(),
            finding(check="sources_of_one_target"),
            finding(check="province_against_nation", agrees=None),
        ),
        "2026.11",
    )
    sheet = found.sheet()
    assert sheet.header == (
        "region", "period", "check", "indicator", "year", "stated", "compared with", "gap", "result",
    )  # fmt: skip
    assert sheet.rows[0] == (
        "Abeland", "14th plan", "ratio and levels", "Share of widgets", "2025", "about 10.5%",
        "12.39%", "+1.89 percentage points", "consistent",
    )  # fmt: skip
    assert sheet.right == (4, 7)
    assert found.sheet("zh").rows[2] == (
        "甲省", "“十四五”", "同一目标的不同来源", "小器占比", "2025", "10.5%左右", "12.39%",
        "+1.89个百分点", "不一致",
    )  # fmt: skip
    assert found.summary() == "4 findings: 1 consistent, 2 inconsistent, 1 not judged"
    assert found.summary("zh") == "4项检验：1项一致，2项不一致，1项不作判断"
    assert found[:0].summary() == "no two figures to compare"
    assert found[:0].summary("zh") == "没有可检验的数值"
    no = found.disagreements()
    assert ([each.agrees for each in no], no.edition) == ([False, False], "2026.11")
    some = found.of("sources_of_one_target", Check.POSITION)
    assert [str(each.check) for each in some] == [
        "sources_of_one_target",
        "province_against_nation",
    ]
    assert some.edition == "2026.11"
    assert found.counts() == dict.fromkeys(Check, 0) | {
        Check.RATIO: 2, Check.TEXTS: 1, Check.POSITION: 1,
    }  # fmt: skip
    page = page_of(found._repr_html_())
    assert (
        page.caption
        == "4 findings: 1 consistent, 2 inconsistent, 1 not judged; data edition 2026.11"
    )
