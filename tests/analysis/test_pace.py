"""Pace methods and how they are registered."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import innovation_plans as ip
from innovation_plans.analysis.pace import Course, Pace, method, methods, pace
from innovation_plans.io.locate import offered


@pytest.fixture
def register(monkeypatch):
    """The register of methods, put back afterwards."""
    monkeypatch.setattr(ip.pace, "_METHODS", dict(ip.pace._METHODS))


def course(start, now, goal, *years):
    return Course(Decimal(start), Decimal(now), Decimal(goal), *(years or (2020, 2023, 2025)))


# ------------------------------------------------------------------ the two methods


@pytest.mark.parametrize(
    ("name", "score", "observed", "required", "unit"),
    [
        ("linear", "0.83", "0.17", "0.20", "per_year"),
        ("compound", "0.97", "14.47", "14.87", "percent_per_year"),
    ],
)
def test_the_methods_can_disagree(name, score, observed, required, unit):
    made = pace(name, course("1.0", "1.5", "2.0"))
    assert [str(round(each, 2)) for each in made[:3]] == [score, observed, required]
    assert made.unit == unit


@pytest.mark.parametrize("name", ["linear", "compound"])
@pytest.mark.parametrize(
    ("path", "verdict"),
    [
        (("100", "100", "150"), "idle"),
        (("100", "160", "150"), "fast"),
        (("100", "105", "150"), "slow"),
        (("100", "90", "150"), "backwards"),
        (("10", "5", "5", 2020, 2025, 2025), "just"),
        (("10", "4", "5"), "fast"),
        (("10", "9", "5"), "slow"),
        (("10", "11", "5"), "backwards"),
        (("10", "10", "5"), "idle"),
    ],
)
def test_upwards_and_downwards(name, path, verdict):
    score = pace(name, course(*path)).score
    assert {
        "just": score == 1,
        "idle": score == 0,
        "fast": score > 1,
        "slow": 0 < score < 1,
        "backwards": score < 0,
    }[verdict]


def test_ten_percent_a_year_is_ten_percent_a_year():
    ten = course("100", "121", "161.051", 2020, 2022, 2025)
    assert pace("compound", ten) == Pace(Decimal(1), Decimal(10), Decimal(10), "percent_per_year")
    assert pace("linear", ten).score < 1


def test_a_line_down_is_kept():
    made = pace("linear", course("10", "8", "5", 2020, 2022, 2025))
    assert made == Pace(Decimal(1), Decimal(-1), Decimal(-1), "per_year")


def test_negative_levels_are_a_course_too():
    assert pace("compound", course("-4", "-3", "-2")).score > 0
    assert pace("linear", course("-4", "-3", "4")).score > 0


@given(st.lists(st.integers(1, 100), min_size=2, max_size=2, unique=True), st.integers(1, 10))
@settings(max_examples=100, deadline=None)
def test_a_course_that_reaches_the_goal_in_time_has_a_score_of_one(ends, years):
    start, goal = ends
    there = course(start, goal, goal, 2020, 2020 + years, 2020 + years)
    for name in ("linear", "compound"):
        assert pace(name, there).score == 1


@given(st.integers(1, 100), st.integers(1, 100), st.integers(1, 99))
@settings(max_examples=100, deadline=None)
def test_a_longer_distance_has_a_higher_score(one, two, start):
    lower, higher = sorted([one, two])
    for name in ("linear", "compound"):
        slow = pace(name, course(start, lower, 100)).score
        fast = pace(name, course(start, higher, 100)).score
        assert slow <= fast


# ------------------------------------------------------------------ reasons


@pytest.mark.parametrize("name", ["linear", "compound"])
@pytest.mark.parametrize(
    ("path", "reason"),
    [
        (("1", "1.5", "2", 2020, 2020, 2025), "one_point"),
        (("1", "1.5", "2", 2020, 2019, 2025), "one_point"),
        (("1", "1.5", "2", 2020, 2023, 2020), "one_point"),
        (("2", "2.5", "2"), "base_beyond_target"),
        (("0", "0", "0"), "base_beyond_target"),
    ],
)
def test_a_course_without_a_distance_raises_an_error(name, path, reason):
    with pytest.raises(ip.GrowthError) as caught:
        pace(name, course(*path))
    assert caught.value.reason == reason
    assert ip.Reason(caught.value.reason)
    assert str(caught.value)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        (("0", "1", "2"), "zero_base"),
        (("-1", "1", "2"), "sign_change"),
        (("1", "-1", "2"), "sign_change"),
        (("1", "0", "2"), "sign_change"),
        (("1", "2", "-2"), "sign_change"),
        (("1", "2", "0"), "sign_change"),
    ],
)
def test_what_does_not_grow_by_rates_still_has_a_line(path, reason):
    with pytest.raises(ip.GrowthError) as caught:
        pace("compound", course(*path))
    assert caught.value.reason == reason
    assert ip.Reason(caught.value.reason)
    assert pace("linear", course(*path)).score.is_finite()


def test_a_goal_just_beyond_the_start_has_a_reason():
    hair = course("1", "1", "1.0000000000000000000000001")
    assert pace("linear", hair).score == 0
    try:
        score = pace("compound", hair).score
    except ip.GrowthError as error:
        ip.Reason(error.reason)
    else:
        assert score == 0


# ------------------------------------------------------------------ the register


def test_both_methods_are_known():
    assert {"linear", "compound"} <= set(methods())
    assert list(methods()) == sorted(methods())


@pytest.mark.parametrize("name", ["lineal", "", "x" * 5000])
def test_an_unknown_method_raises_an_error_that_names_the_known_ones(name):
    with pytest.raises(ip.MissingError, match=r"no pace method .*compound.*linear") as caught:
        pace(name, course("1", "1.5", "2"))
    assert {"linear", "compound"} <= set(caught.value.nearest)
    assert len(str(caught.value)) < 300


@pytest.mark.usefixtures("register")
def test_a_method_of_ones_own_is_used_by_name():
    @method("half")
    def half(given_course):
        return Pace(Decimal("0.5"), given_course.now, given_course.goal, "multiple")

    assert "half" in methods()
    assert pace("half", course("1", "1.5", "2")).score == Decimal("0.5")
    with pytest.raises(ip.GrowthError):
        pace("half", course("2", "2", "2"))


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("name", ["linear", "compound"])
def test_a_name_belongs_to_one_method(name):
    before = pace(name, course("1", "1.5", "2"))
    with pytest.raises(ip.ConflictError, match=rf"pace method '{name}': .*; rename it"):

        @method(name)
        def other(given_course):
            raise AssertionError

    assert pace(name, course("1", "1.5", "2")) == before


@pytest.mark.usefixtures("register")
def test_the_same_method_may_be_registered_twice():
    assert method("linear")(ip.pace.linear) is ip.pace.linear


# ------------------------------------------------------------------ methods of other packages


@pytest.fixture
def plugins(tmp_path, monkeypatch):
    """An installed distribution with one good and two broken pace methods."""
    (tmp_path / "warp.py").write_text(
        "from innovation_plans.analysis.pace import Pace\n"
        "def factor(course):\n"
        "    return Pace(course.now / course.goal, course.now, course.goal, 'multiple')\n"
        "number = 9\n"
    )
    info = tmp_path / "warp_drive-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: warp-drive\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[innovation_plans.pace]\nwarp = warp:factor\nbroken = warp:missing\nodd = warp:number\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(ip.pace, "_METHODS", dict(ip.pace._METHODS))
    offered.cache_clear()
    yield
    offered.cache_clear()


@pytest.mark.usefixtures("plugins")
def test_a_method_of_an_installed_package_is_found_by_its_name():
    assert {"linear", "compound", "warp", "broken"} <= set(ip.pace.methods())
    course = ip.pace.Course(Decimal(1), Decimal(3), Decimal(4), 2020, 2023, 2025)
    assert ip.pace.pace("warp", course).score == Decimal("0.75")
    plans = ip.load()
    target = plans.targets.where(region="CQ", indicator="rd_intensity", period="14th").one()
    result = ip.assess(target, plans, pace="warp", as_of="2025-12-31")
    assert (result.pace.method, result.verdict) == ("warp", "on_track")


@pytest.mark.usefixtures("plugins")
@pytest.mark.parametrize(
    ("name", "problem"), [("broken", "AttributeError"), ("odd", "no function")]
)
def test_a_broken_plugin_raises_an_error_only_when_it_is_used(name, problem):
    with pytest.raises(ip.PluginError, match=f"'{name}' of warp-drive cannot be used: .*{problem}"):
        ip.pace.known(name)
    assert len(ip.load().targets)
    assert ip.pace.known("linear") is ip.pace.linear


@pytest.mark.parametrize(
    "function",
    [
        lambda _: 1 / 0,
        lambda _: None,
        lambda _: (1, 2, 3, "per_year"),
        lambda _: Pace(Decimal("NaN"), Decimal(1), Decimal(1), "per_year"),
        lambda _: Pace(1.5, Decimal(1), Decimal(1), "per_year"),
        lambda _: Pace(Decimal(1), Decimal(1), Decimal(1), "foo"),
    ],
)
def test_a_method_that_fails_is_named(function, monkeypatch):
    monkeypatch.setitem(ip.pace._METHODS, "broken", function)
    with pytest.raises(ip.PluginError, match="'broken'"):
        pace("broken", course("1", "2", "3"))


@pytest.mark.usefixtures("register")
def test_a_method_needs_a_name_and_a_function():
    known = methods()
    with pytest.raises(
        ip.ArgumentTypeError, match=r'name: expected a name: @ip.pace.method\("half"\)'
    ):

        @method
        def half(given_course):
            raise AssertionError

    with pytest.raises(ip.ArgumentError, match="a name is not empty"):
        method("")
    with pytest.raises(ip.ArgumentTypeError, match="function: expected a function, found 3"):
        method("three")(3)
    assert methods() == known


@pytest.mark.usefixtures("register")
def test_a_function_of_your_own_is_of_no_package():
    method("one")(lambda _: 1)
    with pytest.raises(ip.PluginError) as caught:
        pace("one", course("1", "1.5", "2"))
    assert str(caught.value).startswith("the plug-in 'one' cannot be used: expected a Pace")
    assert "package" not in str(caught.value)
