"""The records that statements refer to: valid rows are accepted, others raise errors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

import innovation_plans as ip
from innovation_plans.records import Context

# ------------------------------------------------------------------ regions


REGION = {"code": "XX-EF", "kind": "province", "name_en": "Efland"}


def test_parent_and_groups_are_records(context: Context) -> None:
    region = ip.Region.model_validate(
        {**REGION, "parent": "XX", "groups": "XX-AB|XX", "aliases": "Ef|己"}, context=context
    )
    known = context.of("region")
    assert region.parent is known["XX"]
    assert region.groups == (known["XX-AB"], known["XX"])
    assert region.model_dump(mode="json")["groups"] == ["XX-AB", "XX"]
    assert region.kind is ip.RegionKind.PROVINCE


def test_names_of_regions(context: Context) -> None:
    assert ip.Region(**REGION).names == ("Efland",)
    full = ip.Region(**REGION, name_zh="己省", short_zh="己", aliases=("Ef",))
    assert full.names == ("Efland", "己省", "己", "Ef", "Efland Province")


@pytest.mark.parametrize(
    ("cells", "place", "message"),
    [
        (
            {"kind": "village"},
            ("kind",),
            "expected 'nation', 'province', 'city' or 'group', found 'village'",
        ),
        (
            {"parent": "XX-A"},
            ("parent",),
            "expected the code of a region, found 'XX-A'; did you mean 'XX-AB' or 'XX'?",
        ),
        (
            {"groups": "XX-AB|QQ"},
            ("groups", 1),
            "expected the code of a region, found 'QQ'",
        ),
        ({"groups": ""}, ("groups", 0), "expected the code of a region, found ''"),
        ({"name_en": ""}, ("name_en",), "String should have at least 1 character"),
    ],
)
def test_errors_of_regions(
    context: Context,
    first_error: Callable[..., Any],
    cells: dict[str, str],
    place: tuple[Any, ...],
    message: str,
) -> None:
    assert first_error(ip.Region, {**REGION, **cells}, context=context) == (place, message)


# ------------------------------------------------------------------ indicators


INDICATOR = {"code": "loom_count", "name_en": "Looms", "unit": "item", "direction": "up"}


def test_a_ratio_knows_its_parts(context: Context) -> None:
    ratio = ip.Indicator.model_validate(
        {
            "code": "widget_rate",
            "name_en": "Widget rate",
            "unit": "percent",
            "direction": "none",
            "numerator": "widget_output",
            "denominator": "gross_product",
        },
        context=context,
    )
    assert ratio.numerator is context.of("indicator")["widget_output"]
    assert ratio.denominator is context.of("indicator")["gross_product"]
    assert ratio.direction is ip.Direction.NONE


def test_a_proxy_is_another_indicator(context: Context) -> None:
    cells = {**INDICATOR, "proxy": "widget_output", "proxy_years": 3, "proxy_note": "within 2%"}
    looms = ip.Indicator.model_validate(cells, context=context)
    assert looms.proxy is context.of("indicator")["widget_output"]
    assert (looms.proxy_years, looms.proxy_note) == (3, "within 2%")
    for name in ("proxy_years", "proxy_note"):
        with pytest.raises(ValidationError, match="expected none without a proxy"):
            ip.Indicator.model_validate({**INDICATOR, name: cells[name]}, context=context)


def test_names_of_indicators() -> None:
    assert ip.Indicator(**INDICATOR).names == ("Looms",)
    full = ip.Indicator(**INDICATOR, name_zh="织机", aliases=("loom stock",))
    assert full.names == ("Looms", "织机", "loom stock")


@pytest.mark.parametrize(
    ("unit", "form", "expected"),
    [
        ("percent", ip.Form.LEVEL, "percent"),
        ("percent", ip.Form.INCREMENT, "percentage_point"),
        ("percent", ip.Form.CUMULATIVE, "percent"),
        ("percent", ip.Form.ANNUAL_GROWTH, "percent_per_year"),
        ("percent", ip.Form.AVERAGE_GROWTH, "percent_per_year"),
        ("item", ip.Form.LEVEL, "item"),
        ("item", ip.Form.INCREMENT, "item"),
        ("item", ip.Form.CUMULATIVE, "item"),
        ("CNY_100M", ip.Form.ANNUAL_GROWTH, "percent_per_year"),
        ("CNY_100M", ip.Form.AVERAGE_GROWTH, "percent_per_year"),
        ("CNY_100M", ip.Form.MULTIPLE, "multiple"),
        ("CNY_100M", ip.Form.RANK, "rank"),
    ],
)
def test_unit_of_a_form(unit: str, form: ip.Form, expected: str) -> None:
    assert ip.Indicator(**{**INDICATOR, "unit": unit}).unit_in(form) == expected


@pytest.mark.parametrize(
    ("cells", "place", "message"),
    [
        (
            {"direction": "sideways"},
            ("direction",),
            "expected 'up', 'down' or 'none', found 'sideways'",
        ),
        (
            {"denominator": "gross_produce"},
            ("denominator",),
            (
                "expected the code of an indicator, found 'gross_produce'; "
                "did you mean 'gross_product'?"
            ),
        ),
        (
            {"unit": "itme"},
            ("unit",),
            "expected a unit token of units.txt, found 'itme'; did you mean item?",
        ),
    ],
)
def test_errors_of_indicators(
    context: Context,
    first_error: Callable[..., Any],
    cells: dict[str, str],
    place: tuple[Any, ...],
    message: str,
) -> None:
    assert first_error(ip.Indicator, {**INDICATOR, **cells}, context=context) == (place, message)


def test_every_bundled_ratio_has_the_unit_of_its_quotient(plans: ip.Dataset) -> None:
    halves = [
        each.code for each in plans.indicators if (each.numerator is None) != (not each.denominator)
    ]
    assert not halves


# ------------------------------------------------------------------ sources


SOURCE = {"code": "abe-plan", "title": "Plan of Abeland", "tier": "A"}


def test_a_source_is_shown_with_publisher_title_and_date() -> None:
    assert str(ip.Source(**SOURCE)) == "Plan of Abeland (tier A)"
    full = ip.Source(**SOURCE, publisher="Abeland", date="2021-03", url="https://abe.example/p")
    assert str(full) == "Abeland, Plan of Abeland, 2021-03, https://abe.example/p (tier A)"
    assert full.tier is ip.Tier.A


@pytest.mark.parametrize(
    ("given", "message", "key"),
    [
        ({}, "", "abe-plan"),
        ({"locator": "page 3"}, "; page 3", "abe-plan#page 3"),
        ({"as_stated": "3.5%左右"}, '; as stated: "3.5%左右"', "abe-plan"),
        (
            {"locator": "page 3", "as_stated": "3.5%左右"},
            '; page 3; as stated: "3.5%左右"',
            "abe-plan#page 3",
        ),
    ],
)
def test_a_citation_states_location_and_wording(
    given: dict[str, str], message: str, key: str
) -> None:
    citation = ip.Citation(source=ip.Source(**SOURCE), **given)
    assert str(citation) == f"Plan of Abeland (tier A){message}"
    assert citation.key == key


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        ({"tier": "E"}, ("tier",)),
        ({"tier": "a"}, ("tier",)),
        ({"url": "ftp://abe.example"}, ("url",)),
        ({"date": "March 2021"}, ("date",)),
        ({"title": "a\u202eb"}, ("title",)),
        ({"code": "abe plan"}, ("code",)),
    ],
)
def test_errors_of_sources(
    first_error: Callable[..., Any], cells: dict[str, str], place: tuple[str, ...]
) -> None:
    assert first_error(ip.Source, {**SOURCE, **cells})[0] == place


def test_a_citation_needs_a_document(context: Context, first_error: Callable[..., Any]) -> None:
    assert first_error(ip.Citation, {"locator": "page 3"}, context=context) == (
        ("source",),
        "Field required",
    )


# ------------------------------------------------------------------ plans


PLAN = {
    "code": "XX-AB-15-sti",
    "region": "XX-AB",
    "period": "15th",
    "kind": "sti",
    "title_en": "Plan of Abeland",
}


@pytest.mark.parametrize("titles", [{"title_zh": "甲省规划"}, {"title_en": "Plan of Abeland"}])
def test_one_title_is_enough(context: Context, titles: dict[str, str]) -> None:
    cells = {name: cell for name, cell in PLAN.items() if name != "title_en"} | titles
    plan = ip.Plan.model_validate(cells, context=context)
    assert plan.region is context.of("region")["XX-AB"]
    assert plan.kind is ip.PlanKind.STI


def test_no_title(context: Context, first_error: Callable[..., Any]) -> None:
    assert first_error(ip.Plan, {**PLAN, "title_en": None}, context=context) == (
        (),
        "expected a title in Chinese or English, found neither",
    )


@pytest.mark.parametrize("period", ["1st", "13th", "21st", "annual-2025", "eu-2030", "mid-term"])
def test_periods(context: Context, period: str) -> None:
    assert ip.Plan.model_validate({**PLAN, "period": period}, context=context).period == period


@pytest.mark.parametrize("period", ["", "14", "0th", "014th", "2021-2025", "14TH", "annual_2025"])
def test_invalid_periods(context: Context, first_error: Callable[..., Any], period: str) -> None:
    assert first_error(ip.Plan, {**PLAN, "period": period}, context=context)[0] == ("period",)


@pytest.mark.parametrize(
    ("cells", "place", "message"),
    [
        (
            {"kind": "dream"},
            ("kind",),
            "expected 'outline', 'sti', 'action_plan', 'gwr' or 'other', found 'dream'",
        ),
        (
            {"region": "XX-AC"},
            ("region",),
            "expected the code of a region, found 'XX-AC'; did you mean 'XX-AB'?",
        ),
        (
            {"issued": "2021-13"},
            ("issued",),
            "'2021-13' is not a date: there is no such day or month",
        ),
    ],
)
def test_errors_of_plans(
    context: Context,
    first_error: Callable[..., Any],
    cells: dict[str, str],
    place: tuple[str, ...],
    message: str,
) -> None:
    assert first_error(ip.Plan, {**PLAN, **cells}, context=context) == (place, message)


# ------------------------------------------------------------------ vintages


VINTAGE = {
    "indicator": "gross_product",
    "code": "first",
    "order": "1",
    "released": "2023-01-20",
    "description": "first release",
}


@pytest.mark.parametrize(
    ("year", "key"),
    [("2022", "gross_product/first/2022"), (None, "gross_product/first/*")],
)
def test_key(context: Context, year: str | None, key: str) -> None:
    vintage = ip.Vintage.model_validate({**VINTAGE, "year": year}, context=context)
    assert vintage.key == key
    assert vintage.order == 1


@pytest.mark.parametrize(
    ("cells", "place", "message"),
    [
        ({"order": "0"}, ("order",), "expected a whole number from 1 to 99, found '0'"),
        ({"order": "100"}, ("order",), "expected a whole number from 1 to 99, found '100'"),
        (
            {"order": "second"},
            ("order",),
            "expected a whole number from 1 to 99, found 'second'",
        ),
        (
            {"released": "2021-02-30"},
            ("released",),
            None,
        ),
        ({"released": None}, ("released",), "Input should be a valid string"),
        ({"source": "nobody"}, ("source",), "expected the code of a source, found 'nobody'"),
    ],
)
def test_errors_of_vintages(
    context: Context,
    first_error: Callable[..., Any],
    cells: dict[str, Any],
    place: tuple[str, ...],
    message: str | None,
) -> None:
    record = first_error(ip.Vintage, {**VINTAGE, **cells}, context=context)
    assert record[0] == place
    assert message in (None, record[1])


def test_bundled_vintages_are_released_in_their_order(plans: ip.Dataset) -> None:
    by_figure: dict[tuple[str, int | None], list[ip.Vintage]] = {}
    for each in plans.vintages:
        by_figure.setdefault((each.indicator.code, each.year), []).append(each)
    for vintages in by_figure.values():
        ranked = sorted(vintages, key=lambda each: each.order)
        released = [f"{each.released}-99" for each in ranked]  # a year alone is its last day
        assert released == sorted(released)
        assert len({each.order for each in ranked}) == len(ranked)


# ------------------------------------------------------------------ errata


def test_an_erratum_keeps_the_printed_and_the_corrected_figure(context: Context) -> None:
    erratum = context.of("erratum")["abe-plan-erratum-1"]
    assert erratum.citation.as_stated == "3.5 per mille"
    assert erratum.corrected == "3.5%"


@pytest.mark.parametrize("field", ["code", "citation", "corrected", "reason"])
def test_nothing_is_left_out(context: Context, first_error: Callable[..., Any], field: str) -> None:
    cells = context.of("erratum")["abe-plan-erratum-1"].model_dump()
    del cells[field]
    assert first_error(ip.Erratum, cells, context=context) == ((field,), "Field required")


def test_bundled_errata_keep_the_printed_figure(plans: ip.Dataset) -> None:
    assert len(plans.errata) == 8
    for each in plans.errata:
        assert each.citation.as_stated
        assert each.citation.locator
        assert each.corrected != each.citation.as_stated
        assert each.code.startswith(f"{each.citation.source.code}-erratum-")


def test_an_indicator_counts_a_thing_that_its_unit_has_words_for() -> None:
    facts = {"code": "x", "name_en": "X", "unit": "item", "direction": "up"}
    assert ip.Indicator.model_validate(facts | {"counted": "project"}).counted == "project"
    for wrong, names in (
        ({"counted": "enterprise"}, "institution, product or project"),
        ({"counted": "project", "unit": "patent"}, "application"),
        ({"counted": "project", "unit": "percent"}, "nothing"),
    ):
        with pytest.raises(ValueError, match=f"expected {names} for .*, found {wrong['counted']}"):
            ip.Indicator.model_validate(facts | wrong)


def test_an_indicator_names_its_counterparts() -> None:
    intensity = ip.load().indicator("rd_intensity")
    assert intensity.counterparts == {
        "SDG": "9.5.1", "UIS": "EXPGDP_TOT", "WB": "GB.XPD.RSDV.GD.ZS",
    }  # fmt: skip
    assert intensity.same_as_note
    assert ip.load().indicator("rd_expenditure").counterparts == {}


def test_a_counterpart_has_a_scheme_a_code_and_an_address() -> None:
    facts = {"code": "x", "name_en": "X", "unit": "item", "direction": "up"}
    with pytest.raises(ValueError, match="same_as"):
        ip.Indicator.model_validate(facts | {"same_as": "SDG 9.5.1"})
