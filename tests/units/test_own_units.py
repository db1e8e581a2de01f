"""Units of the user's own, from their definition to a verdict."""

from __future__ import annotations

import copy
import pickle
from decimal import Decimal
from pathlib import Path

import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

import innovation_plans as ip
from innovation_plans.text import labels
from innovation_plans.units.quantity import current_registry
from innovation_plans.units.table import OwnUnit, UnitTable, bundled_units, table_of

ROBOTS = """
robot = [robots] = 台
robot_10K = 10000 * robot = 万台
robot_per_10k_employed = robot / employed_person / 10000
"""
INDICATORS = [
    {
        "code": "robots",
        "name_en": "Industrial robots in use",
        "name_zh": "工业机器人保有量",
        "unit": "robot_10K",
        "direction": "up",
    },
    {
        "code": "robot_density",
        "name_en": "Robot density",
        "unit": "robot_per_10k_employed",
        "direction": "up",
        "numerator": "robots",
        "denominator": "employed_persons",
    },
]
SOURCE = {"code": "robot-plan", "title": "Plan on robots", "tier": "A"}
PLAN = {"plan": "CN-14-outline", "source": "robot-plan", "form": "level", "end_year": 2024}
TARGETS = [
    PLAN | {"indicator": "robots", "comparator": "at_least", "value": "15", "unit": "robot_10K"},
    PLAN
    | {
        "indicator": "robot_density",
        "comparator": "reach",
        "value": "20",
        "unit": "robot_per_10k_employed",
    },
]
SEEN = {"region": "CN", "source": "robot-plan", "form": "level", "comparator": "reach"}


@pytest.fixture(scope="module")
def robots() -> UnitTable:
    return bundled_units().with_(ROBOTS)


@pytest.fixture(scope="module")
def ours() -> ip.Dataset:
    return ip.load().extend(
        units=ROBOTS,
        indicators=INDICATORS,
        sources=[SOURCE],
        targets=TARGETS,
        observations=[
            SEEN | {"indicator": "robots", "value": "152000", "unit": "robot", "year": 2024},
            SEEN | {"indicator": "robots", "value": "9", "unit": "robot_10K", "year": 2020},
        ],
    )


# ------------------------------------------------------------------ tokens and tables


def test_only_own_units_refer_to_their_table(robots: UnitTable) -> None:
    own = robots.token("万台")
    assert own == "robot_10K"
    assert isinstance(own, OwnUnit)
    assert own.table is robots
    assert type(robots.token("亿元")) is str
    assert type(bundled_units().token("亿元")) is str


def test_no_shared_table_gets_own_units(robots: UnitTable) -> None:
    before = len(bundled_units())
    assert len(robots) == before + 3
    assert "robot" not in bundled_units()
    assert not hasattr(current_registry(), "no_such_unit")
    assert "robot" not in dir(current_registry())
    ip.quantity(3, robots.token("robot"))
    assert "robot" not in dir(current_registry())


def test_a_table_without_new_units_is_the_same_table(robots: UnitTable) -> None:
    assert robots.with_("# nothing\n") is robots
    assert robots.with_("robot = [robots] = 台") is robots


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("percent = [tram_share]", ip.ConflictError),
        ("tram = 3 * trolley", ip.FigureError),
        ("tram = 10**10**10", ip.FigureError),
        ("tram", ip.FigureError),
        ("tram = [trams] = 元", ip.ConflictError),
        (f"{'t' * 61} = [trams]", ip.FigureError),
        ("__import__('os') = [trams]", ip.FigureError),
    ],
)
def test_an_invalid_definition_raises_an_error(text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        bundled_units().with_(text)


def test_a_table_of_two_datasets_joins_their_units(robots: UnitTable) -> None:
    trams = bundled_units().with_("tram = [trams]")
    assert table_of("CNY", "percent") is bundled_units()
    assert table_of("CNY", robots.token("robot")) is robots
    both = table_of(robots.token("robot"), trams.token("tram"))
    assert both.includes(robots)
    assert both.includes(trams)
    assert table_of(robots.token("robot"), both.token("tram")) is both


def test_two_meanings_of_one_token_are_not_combined(robots: UnitTable) -> None:
    other = bundled_units().with_("robot = [androids]")
    with pytest.raises(ip.ConflictError, match="unit 'robot'"):
        ip.convert(1, robots.token("robot"), other.token("robot"))


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_token_survives_pickling_and_copying(robots: UnitTable, protocol: int) -> None:
    token = robots.token("robot_10K")
    again = pickle.loads(pickle.dumps(token, protocol))  # noqa: S301 - our own bytes
    assert again == token
    assert isinstance(again, OwnUnit)
    assert ip.convert(1, again, "robot") == 10000
    assert pickle.loads(pickle.dumps(token, protocol)).table is again.table  # noqa: S301
    assert copy.deepcopy(token) is token


# ------------------------------------------------------------------ arithmetic


@given(st.decimals(-(10**12), 10**12, places=4))
def test_conversion_is_exact_in_both_directions(value: Decimal) -> None:
    table = bundled_units().with_(ROBOTS)
    there = ip.convert(value, table.token("robot_10K"), table.token("robot"))
    assert there == value * 10000
    assert ip.convert(there, table.token("robot"), table.token("robot_10K")) == value


def test_own_quantities_combine_with_bundled_ones(robots: UnitTable) -> None:
    density = ip.quantity(322, robots.token("robot_per_10k_employed"))
    people = ip.quantity("7000 employed_person_10K")
    assert (density * people).to("robot").magnitude == 2_254_000
    assert (people * density).to("robot_10K").magnitude == Decimal("225.4")
    assert ((density * people) / density).to("employed_person_10K") == people
    assert ip.quantity("3 亿元") / ip.quantity("2 万台", table=robots) == ip.quantity(
        "15000 CNY/robot", table=robots
    )


def test_own_quantities_of_two_tables_combine_if_one_includes_the_other(
    robots: UnitTable,
) -> None:
    more = robots.with_("tram = [trams]")
    one, two = ip.quantity(1, robots.token("robot")), ip.quantity(2, more.token("robot"))
    assert one + two == ip.quantity(3, more.token("robot"))
    assert two - one == one
    assert one < two
    assert hash(ip.quantity(1, more.token("robot"))) == hash(one)
    other = bundled_units().with_("cart = [carts]")
    with pytest.raises(ip.IncomparableError, match="extend one dataset by the other"):
        _ = one * ip.quantity(1, other.token("cart"))


def test_different_dimensions_raise_an_error(robots: UnitTable) -> None:
    with pytest.raises(ip.IncomparableError, match="missing factor is in robot/CNY") as caught:
        ip.convert(1, robots.token("robot_10K"), "CNY_100M")
    assert caught.value.factor == "robot/CNY"
    with pytest.raises(ip.IncomparableError):
        _ = ip.quantity(1, robots.token("robot")) + ip.quantity(1, "CNY")


def test_a_chosen_registry_defines_them(robots: UnitTable) -> None:
    host = pint.UnitRegistry()
    ip.use_registry(host)
    try:
        with pytest.raises(ip.FigureError, match=r"define_units\(registry, plans.units\)"):
            ip.quantity(1, robots.token("robot"))
        ip.define_units(host, robots)
        made = ip.quantity(2, robots.token("robot_10K"))
        assert made.to("robot").magnitude == 20000
        assert made.check("[robots]")
    finally:
        ip.use_registry(None)


# ------------------------------------------------------------------ in a dataset


def test_records_keep_own_units(ours: ip.Dataset) -> None:
    target = ours.targets.where(indicator="robots").one()
    assert isinstance(target.unit, OwnUnit)
    assert target.model_dump()["unit"] == "robot_10K"
    assert str(target.quantity) == "15 robot_10K"
    again = ip.Target.model_validate_json(target.model_dump_json(), context=ours.context)
    assert again == target
    assert isinstance(again.unit, OwnUnit)
    with pytest.raises(ValueError, match=r"expected a unit token of units\.txt, found 'robot_10K'"):
        ip.Target.model_validate_json(target.model_dump_json(), context=ip.load().context)
    assert pickle.loads(pickle.dumps(target)) == target  # noqa: S301 - our own bytes


def test_a_verdict_is_computed_and_explained_in_own_units(ours: ip.Dataset) -> None:
    result = ip.assess(ours.targets.where(indicator="robots").one(), ours)
    assert (result.verdict, result.outcome.value, result.gap) == (
        "met",
        Decimal(152000),
        Decimal("0.2"),
    )
    assert "15万台以上" in result.explain("zh")
    assert "at least 15 robot_10K" in result.explain("en")
    again = ip.Assessment.model_validate_json(result.model_dump_json())
    assert again == result


def test_a_ratio_is_computed_from_parts_in_own_units(ours: ip.Dataset) -> None:
    result = ip.assess(ours.targets.where(indicator="robot_density").one(), ours)
    assert result.method == "ratio"
    employed = ours.observations.where(
        region="CN", indicator="employed_persons", year=2024
    ).latest()
    expected = Decimal(152000) / ip.convert(employed.value, employed.unit, "employed_person_10K")
    assert abs(result.outcome.value - expected) < Decimal("1e-9")


def test_comparison_derivation_and_scorecard_use_own_units(ours: ip.Dataset) -> None:
    seen = ours.observations.where(indicator="robots", year=2024)
    compared = ip.compare(seen, unit="robot_10K")
    assert (compared.unit, compared[0].value) == ("robot_10K", Decimal("15.2"))
    card = ip.scorecard(ours, indicator="robots")
    assert "152,000 robot" in card.text("en")
    assert "152000台" in card.text("zh")
    *stated, derived = ip.derive(ours, "robots", region="CN", year=2024)
    assert [(each.route, each.unit) for each in stated] == [("stated", "robot_10K")] * 2
    assert (derived.value, derived.unit) == (Decimal("146.878"), "robot_10K")


def test_labels_of_own_units(robots: UnitTable) -> None:
    own = robots.token("robot_per_10k_employed")
    assert labels.amount(Decimal(300), own) == "300 robot_per_10k_employed"
    assert labels.amount(Decimal(300), own, "zh") == "300 robot_per_10k_employed"
    assert labels.amount(Decimal(5), robots.token("robot"), "zh") == "5台"


def test_a_units_file_is_read_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "units.txt").write_text(
        "# ours\ntram = [trams]\ntram_1K = 1000 * trm\npercent = [share]\n"
    )
    with pytest.raises(ip.DataErrors) as caught:
        ip.load(tmp_path)
    first, second = caught.value.exceptions
    assert (first.file, first.line) == ("units.txt", 3)
    assert "did you mean tram" in first.problem
    assert (second.file, second.line) == ("units.txt", 4)
    with pytest.raises(ip.DataErrors, match="1 error"):
        ip.load().extend(units="tram = 3 * trolley")


@pytest.mark.parametrize(("level", "verdict"), [("170", "met"), ("150", "missed")])
def test_growth_in_an_own_unit_is_growth(level: str, verdict: str, tmp_path: Path) -> None:
    """100 per mille a year are 10%: 161.051 after five years."""
    files = {
        "units.txt": "per_mille = 0.1 * percent\nper_mille_a_year = 0.1 * percent_per_year\n",
        "regions.csv": "code,kind,name_en\nXX,nation,Landia\n",
        "indicators.toml": '[thing]\nname_en = "Thing"\nunit = "CNY_100M"\ndirection = "up"\n'
        '[gdp_deflator_annual_change]\nname_en = "Prices"\nunit = "percent"\ndirection = "none"\n'
        '[real]\nname_en = "Real"\nunit = "CNY_100M"\ndirection = "up"\n'
        'growth_prices = "constant"\n',
        "sources.csv": "code,title,tier\ns,S,A\n",
        "plans.csv": "code,region,period,kind,title_en\nXX-14-sti,XX,14th,sti,Plan\n"
        "XX-2025-gwr,XX,annual-2025,gwr,Report\n",
        "targets.csv": "plan,indicator,form,comparator,value,unit,start_year,end_year,source,"
        "as_stated\n"
        "XX-14-sti,thing,average_growth,at_least,100,per_mille_a_year,2021,2025,s,so\n"
        "XX-2025-gwr,thing,annual_growth,reach,110,per_mille_a_year,2025,2025,s,so\n"
        "XX-14-sti,real,annual_growth,reach,50,per_mille_a_year,2025,2025,s,so\n",
        "observations.csv": "region,indicator,form,comparator,value,unit,year,self_reported,source\n"
        "XX,thing,level,reach,100,CNY_100M,2020,false,s\n"
        "XX,thing,level,reach,146.41,CNY_100M,2024,false,s\n"
        f"XX,thing,level,reach,{level},CNY_100M,2025,false,s\n"
        "XX,real,level,reach,100,CNY_100M,2024,false,s\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    ours = ip.load(tmp_path)
    goal = ours.targets.where(indicator="thing", period="14th").one()
    result = ip.assess(goal, ours)
    assert result.verdict == verdict
    assert result.outcome is not None
    rate = ip.growth.rate_between(100, level, 5)
    assert round(result.outcome.value, 6) == round(10 * rate, 6)
    mean, yearly = ip.derive(ours, "thing", region="XX", year=2025).where(derived=True)
    assert {round(mean.value, 6), round(yearly.value, 4)} == {
        Decimal("161.051"), Decimal("162.5151"),
    }  # fmt: skip
    assert mean.formula == "thing(2020) × (1 + 10%)^5"
    (check,) = ip.cross_check(ours, period="14th").of("annual_growth_against_plan")
    assert (check.left.value, check.right.value, check.left.unit) == (10, 11, "percent_per_year")
    assert "(1 + 10%)^5" in check.left.formula
    prices = ip.Assumption(
        indicator="gdp_deflator_annual_change", region="XX", year=2025, value="20",
        unit="per_mille",
    )  # fmt: skip
    (nominal,) = ip.derive(ours, "real", region="XX", year=2025, assume=[prices])
    assert nominal.value == Decimal("107.1")  # 100 × 1.05 × 1.02
    assert nominal.formula == "real(2024) × (1 + 5%) × (1 + 2%, deflator 2025)"


def test_a_quantity_of_a_host_registry_says_what_it_needs_to_be_unpickled() -> None:
    ip.use_registry(pint.UnitRegistry())
    try:
        raw = pickle.dumps(ip.quantity("3 亿元"))
        assert pickle.loads(raw) == ip.quantity("3 亿元")  # noqa: S301
        ip.use_registry(None)
        with pytest.raises(ip.FigureError, match=r"call use_registry\(\) before you unpickle"):
            pickle.loads(raw)  # noqa: S301
        ip.use_registry(pint.UnitRegistry())
        assert pickle.loads(raw) == ip.quantity("3 亿元")  # noqa: S301
    finally:
        ip.use_registry(None)


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("million yuan", "a unit that has a token; it is 100 CNY_10K"),
        ("million patents", "it is 1000000 patent"),
        ("CNI", "did you mean CNY"),
        ("2 CNY", "a unit that plans.units lists"),
        ("((", "a unit that plans.units lists"),
        (3, "a unit"),
        (None, "a unit"),
        (["CNY"], "a unit"),
    ],
)
def test_a_slip_in_the_unit_of_a_conversion(unit: object, expected: str) -> None:
    value = ip.quantity("3 billion yuan")
    with pytest.raises(ip.FigureError, match=expected):
        value.to(unit)
    with pytest.raises(ip.FigureError, match=expected):
        value.ito(unit)


def test_an_ordinal_is_a_rank() -> None:
    assert [str(ip.quantity(text)) for text in ("1st", "22nd", "3 rd", "4th")] == [
        "1 rank", "22 rank", "3 rank", "4 rank",
    ]  # fmt: skip
