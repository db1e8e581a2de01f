from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from inspect import unwrap
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import innovation_plans as ip
from innovation_plans import ratios
from innovation_plans.records import Context

KEYWORDS: list[tuple[str, Any, Callable[[ip.Observation], object]]] = [
    ("region", "粤", lambda o: o.region.code == "CN-GD"),
    ("region", {"CN-EAST", "CN-GD"}, lambda o: o.region.code in {"CN-EAST", "CN-GD"}),
    (
        "within",
        "上海",
        lambda o: "CN-SH" in {o.region.code, o.region.parent and o.region.parent.code},
    ),
    ("indicator", "rd_intensity", lambda o: o.indicator.code == "rd_intensity"),
    ("indicator", ["gdp", "academicians"], lambda o: o.indicator.code in {"gdp", "academicians"}),
    ("form", "average_growth", lambda o: o.form is ip.Form.AVERAGE_GROWTH),
    ("form", [ip.Form.RANK, "cumulative"], lambda o: o.form in {"rank", "cumulative"}),
    ("year", 2020, lambda o: o.year == 2020),
    ("year", range(2018, 2021), lambda o: o.year in {2018, 2019, 2020}),
    ("vintage", "bulletin", lambda o: o.vintage == "bulletin"),
    ("vintage", ["first", "yearbook"], lambda o: o.vintage in {"first", "yearbook"}),
    ("scope", ["among_cities", "full_time"], lambda o: o.scope in {"among_cities", "full_time"}),
    ("status", "preliminary", lambda o: o.status is ip.Status.PRELIMINARY),
    ("unit", "inhabitant_10K", lambda o: o.unit == "inhabitant_10K"),
    ("self_reported", True, lambda o: o.self_reported),
    ("self_reported", False, lambda o: o.self_reported is False),
    ("tier", "B", lambda o: o.citation.source.tier is ip.Tier.B),
    ("tier", ["B", ip.Tier.C], lambda o: o.citation.source.tier in {"B", "C"}),
    ("source", "nbs-rdbull-2020", lambda o: o.citation.source.code == "nbs-rdbull-2020"),
]


@pytest.mark.parametrize(
    ("keyword", "value", "fits"), KEYWORDS, ids=[f"{q[0]}-{at}" for at, q in enumerate(KEYWORDS)]
)
def test_every_keyword(
    plans: ip.Dataset, keyword: str, value: Any, fits: Callable[[ip.Observation], object]
) -> None:
    observations = plans.observations.where(**{keyword: value})
    assert type(observations) is ip.ObservationTable
    assert [each.key for each in observations] == [
        each.key for each in plans.observations if fits(each)
    ]
    assert 0 < len(observations) < len(plans.observations)


def test_keywords_are_all_tested() -> None:
    assert {keyword for keyword, *_ in KEYWORDS} == set(
        unwrap(ip.ObservationTable.where).__kwdefaults__
    )


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"region": "Guandong"}, "no region 'Guandong'; did you mean Guangdong"),
        ({"indicator": "gpd"}, "no indicator 'gpd'; did you mean "),
        ({"form": "growth"}, "no form 'growth'; did you mean "),
        ({"vintage": "bulletins"}, "no vintage 'bulletins'; did you mean bulletin"),
        ({"status": "finale"}, "no status 'finale'; did you mean final"),
        ({"unit": "人"}, "no unit '人'"),
        ({"tier": "a"}, "no tier 'a'"),
        ({"source": "nbs-rdbull-1920"}, "no source 'nbs-rdbull-1920'; did you mean "),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_unknown_names_raise_an_error(
    plans: ip.Dataset, filters: dict[str, str], message: str
) -> None:
    with pytest.raises(ip.MissingError) as caught:
        plans.observations.where(**filters)
    assert str(caught.value).startswith(message)


def test_a_vintage_of_another_indicator_gives_an_empty_table(plans: ip.Dataset) -> None:
    assert len(plans.observations.where(indicator="gdp", vintage="bulletin")) == 0


# ------------------------------------------------------------------ invented vintages


@pytest.fixture
def table(context: Context) -> Callable[..., ip.ObservationTable]:
    """Makes a table of one province's gross product from (year, vintage, value, source date)."""
    product, abe = context.of("indicator")["gross_product"], context.of("region")["XX-AB"]
    vintages = [
        ip.Vintage(
            indicator=product, code=code, year=year, order=order, released=released, description="x"
        )
        for code, year, order, released in (
            ("first", 2021, 1, "2022-01-20"),
            ("first", 2022, 1, "2023-01"),
            ("census", None, 2, "2022-11-15"),
            ("late", None, 3, "2024"),
        )
    ]

    def made(*rows: tuple[Any, ...], form: str = "level") -> ip.ObservationTable:
        records = []
        for number, (year, vintage, value, published) in enumerate(rows):
            source = ip.Source(code=f"s{number}", title="S", tier="A", date=published)
            records.append(
                ip.Observation(
                    region=abe,
                    indicator=product,
                    form=form,
                    comparator="reach",
                    value=value,
                    unit="CNY_100M" if form == "level" else "percent_per_year",
                    year=year,
                    vintage=vintage,
                    citation=ip.Citation(source=source),
                )
            )
        return ip.ObservationTable(records, context, {each.key: each for each in vintages})

    return made


def seen(table: ip.ObservationTable) -> list[tuple[int | None, str | None, str]]:
    return [(each.year, each.vintage, str(each.value)) for each in table]


ROWS = (
    (2020, None, "80", "2021-02"),
    (2021, "first", "90", "2030"),
    (2021, "census", "95", "2030"),
    (2022, "late", "108", "2030"),
    (2022, "first", "100", "2030"),
    (2022, "census", "104", "2030"),
    (None, None, "999", "2019"),
)


@pytest.mark.parametrize(
    ("year", "vintage", "published", "released"),
    [
        (2021, "first", "2030", date(2022, 1, 20)),
        (2022, "first", "2030", date(2023, 1, 31)),
        (2021, "census", "2030", date(2022, 11, 15)),
        (2022, "census", "2030", date(2023, 1, 1)),
        (2022, "late", "2030", date(2024, 12, 31)),
        (2020, None, "2021-02", date(2021, 2, 28)),
        (2019, None, "2020-02", date(2020, 2, 29)),
        (2020, None, "2021", date(2021, 12, 31)),
        (2020, None, "2020-06-30", date(2021, 1, 1)),
        (2020, None, None, date.max),
        (None, None, "2021", date.max),
        (2020, "unheard-of", "2021-03-04", date(2021, 3, 4)),
    ],
)
def test_release_date_of_a_figure(
    table: Callable[..., ip.ObservationTable],
    year: int | None,
    vintage: str | None,
    published: str | None,
    released: date,
) -> None:
    made = table((year, vintage, "1", published))
    assert made.released(made[0]) == released


def test_latest_returns_the_newest_vintage_of_the_last_year(
    table: Callable[..., ip.ObservationTable],
) -> None:
    made = table(*ROWS)
    assert (made.latest().year, made.latest().vintage) == (2022, "late")
    assert (made.first_published().year, made.first_published().vintage) == (2022, "first")


@pytest.mark.parametrize(
    "narrow",
    [
        lambda made: made.where(region="XX-AB", year=2022),
        lambda made: made.filter(lambda each: each.year == 2022),
        lambda made: made[3:],
        lambda made: made[:3] + made[3:],
    ],
    ids=["where", "filter", "slice", "sum"],
)
def test_a_filtered_table_keeps_its_vintages(
    table: Callable[..., ip.ObservationTable], narrow: Callable[..., ip.ObservationTable]
) -> None:
    made = narrow(table(*ROWS))
    assert (made.latest().vintage, made.first_published().vintage) == ("late", "first")
    assert made.released(made.first_published()) == date(2023, 1, 31)


@pytest.mark.parametrize(
    ("day", "known"),
    [
        ("2021-02-27", []),
        ("2021-02-28", [(2020, None, "80")]),
        ("2022-01-20", [(2020, None, "80"), (2021, "first", "90")]),
        ("2022-11-15", [(2020, None, "80"), (2021, "census", "95")]),
        ("2022-12-31", [(2020, None, "80"), (2021, "census", "95")]),
        ("2023-01-01", [(2020, None, "80"), (2021, "census", "95"), (2022, "census", "104")]),
        ("2024-12-30", [(2020, None, "80"), (2021, "census", "95"), (2022, "census", "104")]),
        (
            date(2024, 12, 31),
            [(2020, None, "80"), (2021, "census", "95"), (2022, "late", "108")],
        ),
    ],
)
def test_figures_known_on_a_day(
    table: Callable[..., ip.ObservationTable], day: Any, known: list[Any]
) -> None:
    assert seen(table(*ROWS).as_of(day)) == known


def test_as_of_is_idempotent(
    table: Callable[..., ip.ObservationTable],
) -> None:
    once = table(*ROWS).as_of("2023-01-01")
    assert type(once) is ip.ObservationTable
    assert once.as_of("2023-01-01") == once
    assert len(once.as_of("2022-11-14")) == 1  # 2020; the first figure of 2021 is not in it


def test_spans_are_not_mixed(context: Context, observation_cells: dict[str, Any]) -> None:
    growth = {**observation_cells, "form": "average_growth", "unit": "percent_per_year"}
    records = [
        ip.Observation.model_validate({**growth, "start_year": start}, context=context)
        for start in (2016, 2021)
    ]
    assert len(ip.ObservationTable(records, context).as_of("2030-01-01")) == 2


@pytest.mark.parametrize("day", ["2021", "yesterday", "2021-02-30", ""])
def test_invalid_days(table: Callable[..., ip.ObservationTable], day: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        table(*ROWS).as_of(day)


# ------------------------------------------------------------------ no result


def test_undated_figures_are_never_the_latest(table: Callable[..., ip.ObservationTable]) -> None:
    undated = table((None, None, "999", "2019"))
    for ask in (undated.latest, undated.first_published):
        with pytest.raises(ip.MissingError) as caught:
            ask()
        assert str(caught.value) == "no dated observation here; use fewer filters"
    assert len(undated.as_of("2199-12-31")) == 0
    assert len(undated.as_of(date.max)) == 0


def test_an_empty_table_has_no_latest_record(table: Callable[..., ip.ObservationTable]) -> None:
    with pytest.raises(ip.MissingError, match="no dated observation here"):
        table().latest()


def test_two_figures_equally_new(table: Callable[..., ip.ObservationTable]) -> None:
    made = table((2020, None, "80", "2021-02"), (2020, None, "81", "2021-02"))
    for ask in (made.latest, made.first_published):
        with pytest.raises(ip.AmbiguousError) as caught:
            ask()
        assert str(caught.value) == (
            "expected one figure, found 2 (XX-AB/gross_product/level/2020@s0, "
            "XX-AB/gross_product/level/2020@s1); ask for one vintage or source"
        )
    assert len(made.as_of("2022-01-01")) == 2


def test_one_figure_in_two_texts(table: Callable[..., ip.ObservationTable]) -> None:
    made = table((2020, None, "80", "2021-02"), (2020, None, "80.0", "2021-02"))
    assert made.latest().value == 80


def test_figures_of_several_series(plans: ip.Dataset) -> None:
    for filters in (
        {"region": "广东", "year": 2020},
        {"region": ["广东", "江苏"], "indicator": "gdp"},
    ):
        with pytest.raises(ip.AmbiguousError) as caught:
            plans.observations.where(**filters).latest()
        assert str(caught.value).startswith("expected one series")
        assert str(caught.value).endswith("; name one region, indicator and form")


def test_series(plans: ip.Dataset) -> None:
    series = plans.observations.series("CN-GD/gdp/level")
    assert series
    assert {each.series_key for each in series} == {"CN-GD/gdp/level"}
    observations = plans.observations.where(region="CN-GD", indicator="gdp", form="level")
    assert list(series) == list(observations)
    assert plans.observations.series("CN-GD/gdp/rank") == ()


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("CN-GD/gdp/levels", "did you mean CN-GD/gdp/level.*; no form 'levels'"),
        ("CN-GD/gpd/level", "did you mean CN-GD/gdp/level.*; no indicator 'gpd'"),
        ("CN-GX2/gdp/level", "no region 'CN-GX2'"),
        ("gdp", "a series is region/indicator/form, with codes"),
    ],
)
def test_a_text_that_is_no_series_is_an_error(plans: ip.Dataset, name: str, problem: str) -> None:
    with pytest.raises(ip.MissingError, match=problem):
        plans.observations.series(name)


# ------------------------------------------------------------------ published vintages


def test_gdp_of_guangdong_in_2013_is_revised_by_every_census(plans: ip.Dataset) -> None:
    gdp = plans.observations.where(region="广东", indicator="gdp", form="level", year=2013)
    known = {
        day: [(each.vintage, str(each.value)) for each in gdp.as_of(day)]
        for day in ("2014-12-19", "2014-12-20", "2019-11-22", "2024-12-26")
    }
    assert known == {
        "2014-12-19": [],
        "2014-12-20": [("after_census_3", "62474.79")],
        "2019-11-22": [("after_census_4", "62503.4")],
        "2024-12-26": [("after_census_5", "63757.3")],
    }
    assert gdp.latest().vintage == "after_census_5"
    assert gdp.first_published().vintage == "after_census_3"


def test_gdp_of_guangdong_in_2024_as_in_the_readme(plans: ip.Dataset) -> None:
    gdp = plans.observations.where(region="CN-GD", indicator="gdp", year=2024).latest()
    target = plans.targets.where(
        region="广东", indicator="rd_intensity", end_year=2025, period="14th"
    ).one()
    spending = (target.quantity * gdp.quantity).to("亿元")
    assert gdp.vintage == "after_census_5"
    assert spending.magnitude == gdp.value * Decimal("0.035")


@pytest.mark.parametrize(
    ("region", "first", "revised", "gap"),
    [
        ("广东", "3.54", "3.48", "-0.06"),
        ("北京", "6.73", "6.22", "-0.51"),
        ("CN", "2.65", "2.58", "-0.07"),
    ],
)
def test_intensity_of_2023_first_and_revised(
    plans: ip.Dataset, region: str, first: str, revised: str, gap: str
) -> None:
    observations = plans.observations.where(
        region=region, indicator="rd_intensity", form="level", year=2023
    )
    assert (str(observations.first_published().value), observations.first_published().vintage) == (
        first,
        "first",
    )
    assert (str(observations.latest().value), observations.latest().vintage) == (
        revised,
        "revised_2025",
    )
    moved = ratios.gap(observations.latest().quantity, observations.first_published().quantity)
    assert moved == ip.quantity(gap, "percentage_point")
    assert observations.as_of("2025-09-28").one() is observations.first_published()
    assert observations.as_of("2025-09-29").one() is observations.latest()


def test_every_intensity_of_2023_was_revised_downwards(plans: ip.Dataset) -> None:
    observations = plans.observations.where(indicator="rd_intensity", form="level", year=2023)
    first = {each.region.code: each.value for each in observations.where(vintage="first")}
    revised = {each.region.code: each.value for each in observations.where(vintage="revised_2025")}
    assert len(first) == len(revised) == 32
    assert all(revised[code] < first[code] for code in first)


def test_beijings_undated_intensity_is_never_the_latest(plans: ip.Dataset) -> None:
    intensity = plans.observations.where(region="北京", indicator="rd_intensity", form="level")
    undated = intensity.where(source="seed-chinadaily-2021").one()
    assert intensity.latest().year is not None
    assert undated not in intensity.as_of(date.max)
    assert undated in intensity


# ------------------------------------------------------------------ properties

ANSWERS: dict[str, list[Any]] = {
    "region": ["CN-GD", "粤", "CN", "Jiangsu", "CN-EAST"],
    "indicator": ["rd_intensity", "gdp", "rd_expenditure", "academicians"],
    "form": list(ip.Form),
    "year": [2013, 2020, 2023, 1999],
    "vintage": ["first", "bulletin", "revised_2025"],
    "status": list(ip.Status),
    "unit": ["percent", "CNY_100M", "person"],
    "tier": list("ABCD"),
    "source": ["seed-cbn-2021", "nbs-rdbull-2020"],
}
FILTERS = st.fixed_dictionaries(
    {},
    optional={
        **{
            keyword: st.one_of(st.sampled_from(known), st.lists(st.sampled_from(known), max_size=3))
            for keyword, known in ANSWERS.items()
        },
        "self_reported": st.booleans(),
    },
)


@settings(max_examples=25)  # each filters thousands of records four times
@given(first=FILTERS, second=FILTERS)
def test_filters_commute_and_are_idempotent(
    plans: ip.Dataset, first: dict[str, Any], second: dict[str, Any]
) -> None:
    both = plans.observations.where(**first).where(**second)
    assert plans.observations.where(**second).where(**first) == both
    assert both.where(**second) == both


@settings(max_examples=25)
@given(day=st.dates(date(2010, 1, 1), date(2027, 1, 1)), later=st.integers(0, 3000))
def test_figures_known_on_a_day_are_known_later(plans: ip.Dataset, day: date, later: int) -> None:
    gdp = plans.observations.where(region="广东", indicator="gdp", form="level")
    before = gdp.as_of(day)
    after = gdp.as_of(date.fromordinal(day.toordinal() + later))
    assert {each.span for each in before} <= {each.span for each in after}
    assert all(each.year is not None and each.year < day.year for each in before)


@pytest.mark.parametrize(
    ("year", "day", "vintages"),
    [
        (2018, "2019-12-01", {"after_census_4"}),
        (2022, "2023-12-30", set()),  # its final value was not known at the end of its year
        (2022, "2023-12-31", {"after_census_4"}),
        (2023, "2024-12-25", {"after_census_4"}),
        (2023, "2024-12-26", {"after_census_5"}),
        (2024, "2025-12-31", {"first"}),
        (2024, "2026-03-31", {"after_census_5"}),
    ],
)
def test_each_year_of_a_census_vintage_has_a_date(year: int, day: str, vintages: set[str]) -> None:
    levels = ip.load().observations.where(
        region="CN-GD", indicator="gdp", form="level", year=year, self_reported=False
    )
    assert {each.vintage for each in levels.as_of(day) if each.vintage} == vintages
