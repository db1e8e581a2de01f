"""Scorecards and the tables of text they print as."""

from __future__ import annotations

import sys
from decimal import Decimal
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans.analysis.scorecard import _arranged as arranged
from innovation_plans.text.messages import say, short, word

PLANS = ip.load()
CARD = ip.scorecard(PLANS, period="14th", indicator="rd_intensity")


def test_nation_first_then_provinces_then_cities() -> None:
    codes = [each.subject.region for each in ip.scorecard(ip.load(), indicator="rd_intensity")]
    kinds = [ip.load().region(code).kind for code in codes]
    order = [ip.RegionKind.NATION, ip.RegionKind.PROVINCE, ip.RegionKind.CITY]
    assert kinds == sorted(kinds, key=order.index)


def test_counts_add_up_and_name_every_verdict() -> None:
    counts = CARD.counts()
    assert list(counts) == list(ip.Verdict)
    assert sum(counts.values()) == len(CARD)


def test_json_round_trip_slices_and_equality() -> None:
    assert ip.Scorecard.from_json(CARD.json(), CARD.edition) == CARD
    assert isinstance(CARD[:3], ip.Scorecard)
    assert len(CARD[:3]) == 3
    assert hash(CARD[:3]) == hash(CARD[:3])
    assert CARD != "a scorecard"
    assert repr(CARD).endswith(CARD.summary())
    assert len(repr(CARD).splitlines()) <= 14
    assert str(CARD[:0]) == f"none of {len(CARD)} targets"


def test_columns_line_up_with_chinese_names() -> None:
    from innovation_plans.text.tables import display_width

    lines = CARD.sheet("zh").text().splitlines()
    tier = [display_width(line[: line.rindex("  ")]) for line in lines]
    assert len(set(tier[1:])) == 1


def sections(text: str) -> list[list[str]]:
    """The regions of each table of a scorecard's text."""
    tables = [part.splitlines()[2:] for part in text.split("\n\n") if "  ---" in part]
    return [[line.split("  ")[0] for line in table] for table in tables]


def test_the_text_leads_with_what_it_covers() -> None:
    provinces = PLANS.regions.where(kind="province")
    stating = {
        target.region.code
        for target in PLANS.targets.where(indicator="rd_intensity", period="14th", end_year=2025)
        if target.region.kind == "province"
    }
    rest = len(provinces) - len(stating)
    assert CARD.text().splitlines()[0] == CARD.lead() == (
        f"R&D intensity: {len(stating)} of 31 provinces with a target for 2025 in the data, "
        f"{rest} without; none for the nation"
    )  # fmt: skip
    assert CARD.lead("zh") == (
        f"研发经费投入强度：数据收录31个省份中{len(stating)}个的2025年目标，{rest}个未收录；"
        "全国目标未收录"
    )
    spending = ip.scorecard(PLANS, period="14th", indicator="rd_expenditure")
    assert spending.lead().endswith("; one for the nation")


def test_the_lead_is_about_the_regions_that_were_asked_for() -> None:
    two = ip.scorecard(PLANS, region=["BJ", "Tianjin"], indicator="rd_intensity", period="14th")
    assert two.lead() == (
        "R&D intensity: 1 of 2 provinces with a target for 2025 in the data, 1 without"
    )
    many = ip.scorecard(PLANS, region=["BJ", "GD"], period="14th", end_year=2025)
    assert many.lead() == ""  # each indicator has its own provinces


def test_no_lead_counts_targets_that_are_not_there() -> None:
    assert CARD.where(verdict="met").lead() == ""
    assert CARD[:3].lead() == CARD[:0].lead() == ""
    assert ip.Scorecard.from_json(CARD.json(), CARD.edition).lead() == ""
    assert ip.scorecard(PLANS, region="GD", indicator="rd_intensity").lead() == ""
    assert CARD.sort("verdict").lead() == CARD.lead()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_gap_has_the_same_digits_in_a_table_as_in_a_sentence(lang: Any) -> None:
    """With the unit in the head or beside it: no digits that only arithmetic made."""
    for each in ip.scorecard(PLANS):
        if each.gap is not None:
            sheet = ip.Scorecard([each]).sheet(lang)
            cell = dict(zip(sheet.header, sheet.rows[0], strict=True))
            in_points = word_of("gap_in_points", lang)
            number = cell.get(in_points) or cell[word_of("gap", lang)]
            assert number
            assert each.gap_text(lang).startswith(number)
            assert (in_points in cell) is (each.gap_unit == "percentage_point")


def word_of(head: str, lang: Any) -> str:
    return say(f"head.{head}", lang)


def test_provinces_come_before_the_nation_and_cities_and_the_highest_gap_first() -> None:
    card = ip.scorecard(PLANS, period="14th", indicator="rd_expenditure")
    names = {each.subject.region_en: PLANS.region(each.subject.region).kind for each in card}
    kinds = list(dict.fromkeys(names[region] for region in sections(card.text())[0]))
    assert kinds == ["province", "nation", "city"]
    gaps = [
        each.gap
        for region in sections(CARD.text())[0]
        for each in CARD
        if each.subject.region_en == region
        and each.stated.end_year == 2025
        and PLANS.region(each.subject.region).kind == "province"
    ]
    known = [gap for gap in gaps if gap is not None]
    assert known == sorted(known, reverse=True)
    assert gaps[: len(known)] == known


def test_targets_for_other_years_have_their_own_table() -> None:
    main, others = sections(CARD.text())
    years = [each.stated.end_year for each in CARD]
    assert (len(main), len(others)) == (years.count(2025), len(years) - years.count(2025))
    assert "Targets for other years" in CARD.text()
    due = ip.scorecard(PLANS, period="14th", indicator="rd_intensity", end_year=2025)
    assert len(sections(due.text())) == 1
    assert "other years" not in due.text()


def test_the_text_keeps_an_order_that_was_asked_for() -> None:
    card = ip.scorecard(PLANS, period="14th", indicator="rd_intensity", end_year=2025)
    by_name = card.sort("region_en")
    assert sections(by_name.text())[0] == sorted(each.subject.region_en for each in card)
    assert sections(card.text())[0] != sections(by_name.text())[0]


def test_gaps_are_compared_as_the_amounts_that_they_are() -> None:
    card = ip.scorecard(PLANS, region="GD", indicator="rd_expenditure", end_year=2025)
    small, large = (
        card[0].model_copy(update={"gap": Decimal(gap), "gap_unit": unit})
        for gap, unit in (("-100", "CNY_100M"), ("-0.6", "CNY_1T"))
    )
    assert arranged([large, small], {}) == [small, large]
    ordered = ip.Scorecard([large, small]).sort("gap")
    assert [each.gap_unit for each in ordered] == ["CNY_1T", "CNY_100M"]


def test_in_a_ranking_the_lowest_gap_is_first() -> None:
    rank = ip.scorecard(PLANS, region="GD", indicator="regional_innovation_rank", end_year=2025)[0]
    cases = [rank.model_copy(update={"gap": gap}) for gap in (None, 0, 3, -2)]
    assert [each.gap for each in arranged(cases, {})] == [-2, 0, 3, None]


def test_rows_show_start_pace_and_status() -> None:
    rows = {row[0]: row for row in CARD.sheet().rows if row[5] == "2025"}
    assert rows["Chongqing"][2] == "2.11% in 2020"
    assert rows["Chongqing"][7:9] == ("0.97", "awaiting data")
    assert rows["Guangdong"][9] == "self-reported, preliminary, year assumed"
    assert rows["Guangdong"][10] == "C/B"
    assert "Tiers of target and outcome: A: the issuing" in CARD.text(legend=True)
    assert "Tiers" not in CARD.text()


def test_groups_and_orders() -> None:
    groups = CARD.group_by("verdict")
    assert {name: len(result) for name, result in groups.items()} == {
        str(verdict): count for verdict, count in CARD.counts().items() if count
    }
    assert list(CARD.group_by("indicator")) == ["rd_intensity"]
    ordered = [each.verdict for each in CARD.sort("verdict", "region")]
    assert ordered == sorted(ordered, key=list(ip.Verdict).index)


def test_a_frame_of_a_backend_that_is_not_there_names_the_extra(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ip.MissingExtraError, match=r"innovation-plans\[arrow\]"):
        CARD.to_frame("pyarrow")
    with pytest.raises(ip.MissingError, match="backend 'excel'"):
        CARD.to_frame("excel")  # type: ignore[arg-type]


def test_a_frame_has_a_row_per_target_with_floats_or_exact_text() -> None:
    polars = pytest.importorskip("polars")
    frame = CARD.to_frame("polars")
    assert isinstance(frame, polars.DataFrame)
    assert frame.height == len(CARD)
    row = frame.filter(polars.col("region") == "CN-GD").row(0, named=True)
    assert (row["value"], row["verdict"], row["gap"]) == (3.5, "met", 0.1)
    exact = CARD.to_frame("polars", values="text")
    assert exact.filter(polars.col("region") == "CN-GD").row(0, named=True)["gap"] == "0.1"


def test_progress_sees_every_target() -> None:
    observed = []

    def watched(targets):  # type: ignore[no-untyped-def]
        for each in targets:
            observed.append(each)
            yield each

    card = ip.scorecard(ip.load(), period="14th", indicator="rd_intensity", progress=watched)
    assert card == CARD
    assert len(observed) == len(card)


def test_an_increase_is_no_stock_in_the_table() -> None:
    card = ip.scorecard(ip.load(), region="Gansu", indicator="specialised_smes")
    assert [row[3] for row in card.sheet().rows[:1]] == ["increase of 322 enterprises in 2025"]
    assert "2025年增加322家" in card.text("zh")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_caveat_is_in_the_note_and_in_the_legend(lang: Any) -> None:
    card = ip.scorecard(ip.load(), indicator="rd_intensity")
    notes = [row[-2] for row in card.sheet(lang).rows]
    legend, colon = card.text(lang, legend=True), {"en": ": ", "zh": "："}[lang]
    assert {ip.Caveat.DISPUTED, ip.Caveat.TARGET_ROUNDING} <= {c for a in card for c in a.caveats}
    for assessment, note in zip(card, notes, strict=True):
        for code in assessment.caveats:
            assert short(code, lang) in note
            says_more = not word(code, lang).endswith(short(code, lang))
            assert (f"{short(code, lang)}{colon}{word(code, lang)}" in legend) is says_more
    for style in (card.markdown, card.latex):
        assert style(lang).count(short(ip.Caveat.DISPUTED, lang)) == sum(
            ip.Caveat.DISPUTED in assessment.caveats for assessment in card
        )


def test_what_puts_a_verdict_in_doubt_comes_first_in_the_note() -> None:
    card = ip.scorecard(ip.load(), region="重庆", indicator="rd_intensity", end_year=2025)
    assert card.sheet().rows[0][-2].startswith("disputed")
    card = ip.scorecard(ip.load(), region="海南", indicator="rd_intensity", end_year=2023)
    assert card.sheet().rows[0][-2].startswith("met in digits of the target")


def test_computed_numbers_are_short() -> None:
    """A spreadsheet takes numbers of up to 15 digits; the others are text there."""
    columns = ip.scorecard(ip.load(), period="14th").to_columns()
    assert any(value and value < 0 for value in columns.values["progress"])
    for values in columns.values.values():
        numbers = [value for value in values if isinstance(value, Decimal)]
        assert all(len(number.as_tuple().digits) <= 15 for number in numbers)


def test_the_year_that_is_over_comes_first() -> None:
    text = ip.scorecard(ip.load(), region="SC", indicator="rd_intensity").text()
    assert text.startswith("Targets for 2025")


@pytest.mark.parametrize(
    "progress",
    [5, lambda _: None, lambda all_: all_[:3], lambda all_: [*all_, 1], reversed, lambda _: [1]],
)
def test_a_progress_bar_returns_the_targets(plans: ip.Dataset, progress: Any) -> None:
    expected = r"^progress: expected a function that returns the \d+ items in their order"
    with pytest.raises(ip.ArgumentTypeError, match=expected):
        ip.scorecard(plans, region="GD", progress=progress)


def test_a_progress_bar_may_be_a_class(plans: ip.Dataset) -> None:
    targets = {"region": "GD", "indicator": "rd_intensity"}
    card = ip.scorecard(plans, **targets)
    assert ip.scorecard(plans, **targets, progress=list) == card


def test_an_empty_scorecard_says_why() -> None:
    nothing = ip.scorecard(PLANS, region="广东", period="13th")
    targets = PLANS.targets
    counts = len(targets.where(period="13th")), len(targets.where(region="广东"))
    assert str(nothing) == (
        f"no targets; without region='广东' there are {counts[0]} "
        f"or without period='13th' there are {counts[1]}"
    )
    assert nothing.text("zh").startswith("没有目标；去掉region='广东'有")
    card = ip.scorecard(PLANS, region="广东", indicator="rd_intensity", end_year=2025)
    assert card.where(verdict="missed").summary() == f"none of {len(card)} target"


def test_a_scorecard_names_the_editions_of_targets_and_outcomes(plans: ip.Dataset) -> None:
    old = ip.TargetTable(plans.targets[:2], edition="2026.10")
    both = f"2026.10 + {plans.edition}"
    assert ip.scorecard(plans, targets=old).edition == both == (old + plans.targets).edition
    assert ip.scorecard(plans, targets=plans.targets[:2]).edition == plans.edition
    assert ip.scorecard(plans, targets=list(old)).edition == plans.edition


def test_a_scorecard_of_selected_targets(plans: ip.Dataset) -> None:
    chosen = plans.targets.where(indicator="rd_intensity", period="14th").filter(
        lambda target: target.value > 3
    )
    card = ip.scorecard(plans, targets=chosen)
    assert {each.inputs[0] for each in card} == {target.key for target in chosen}
    assert card.regions == {target.region.code for target in chosen}
    assert card.lead() == ""
    first = chosen[0]
    assert [each.inputs[0] for each in ip.scorecard(plans, targets=first)] == [first.key]
    own = ip.scorecard(plans, targets=list(chosen), region=first.region, end_year=first.end_year)
    assert first.key in {each.inputs[0] for each in own}
    assert len(own) < len(card)
    for wrong in (5, [1], "GD"):
        with pytest.raises(ip.ArgumentTypeError, match="targets: expected records of targets"):
            ip.scorecard(plans, targets=wrong)
    with pytest.raises(ip.ArgumentTypeError, match=r"scorecard\(plans, targets=…\)"):
        ip.scorecard(chosen)
