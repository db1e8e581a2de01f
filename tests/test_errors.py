"""The one error tree; every error pickles and says what to do."""

from __future__ import annotations

import copy
import math
import pickle
import re
import warnings
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import innovation_plans as ip
from innovation_plans import errors
from innovation_plans.io import locate

EXAMPLES = [
    ip.InnovationPlansError("plain"),
    ip.DataError(file="targets/14th.csv", line=37, column="value", problem="no number"),
    ip.DataErrors("two errors", [ip.DataError(file="a", problem="b")]),
    ip.MissingError(asked="region 'Guandong'", nearest=["Guangdong"], hint="see regions.csv"),
    ip.ArgumentError(parameter="style", value="'apa'", allowed=["en", "zh"], hint="or none"),
    ip.ArgumentTypeError(parameter="plans", value="'2026.10'", expected="a dataset"),
    ip.AmbiguousError(asked="region '吉林'", matches=["CN-JL", "220200"], hint="ask by code"),
    ip.IncomparableError(left="1 CNY", right="1 USD", factor="CNY/USD", hint="state a rate"),
    ip.ConflictError(what="unit 'x'", ours="one", theirs="another", hint="rename it"),
    ip.FigureError(text="3.2~3.5 percent", position=3, expected="a unit"),
    ip.GrowthError(reason="zero_base", detail="growth on a base of zero is not defined"),
    ip.MissingExtraError(extra="plot", needs="matplotlib"),
    errors.MissingAttributeError(owner="Target", name="year", nearest=["end_year"]),
    ip.PositionError(position=7, count=3),
    ip.PluginError(name="warp", distribution="warp-drive", problem="no module named warp"),
]
each_error = pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)

BUILT_IN = [
    (ip.DataError, ValueError),
    (ip.DataErrors, ExceptionGroup),
    (ip.DataErrors, ValueError),
    (ip.MissingError, LookupError),
    (ip.ArgumentTypeError, TypeError),
    (ip.ArgumentError, LookupError),
    (ip.ArgumentError, ValueError),
    (ip.AmbiguousError, LookupError),
    (ip.IncomparableError, ValueError),
    (ip.ConflictError, ValueError),
    (ip.FigureError, ValueError),
    (ip.GrowthError, ValueError),
    (ip.MissingExtraError, ImportError),
    (errors.MissingAttributeError, AttributeError),
    (ip.PositionError, IndexError),
    (ip.PluginError, ImportError),
]


def facts(error):
    """The public attributes of an error."""
    return {name: value for name, value in vars(error).items() if not name.startswith("_")}


def pickled(error):
    return pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes


def data_errors(*lines):
    return [ip.DataError(file=f"{line % 2}.csv", line=line, problem="odd") for line in lines]


def test_every_public_error_has_an_example():
    kinds = {getattr(errors, name) for name in errors.__all__ if name.endswith(("Error", "Errors"))}
    assert {type(error) for error in EXAMPLES} == kinds


@pytest.mark.parametrize(("kind", "built_in"), BUILT_IN, ids=lambda kind: kind.__name__)
def test_an_error_is_of_the_package_and_of_the_expected_built_in_class(kind, built_in):
    assert issubclass(kind, ip.InnovationPlansError)
    assert issubclass(kind, built_in)


def test_warnings_have_a_tree_of_their_own():
    assert issubclass(ip.InnovationPlansWarning, UserWarning)
    assert not issubclass(ip.InnovationPlansWarning, ip.InnovationPlansError)
    assert str(pickled(ip.InnovationPlansWarning("mind"))) == "mind"


@each_error
@pytest.mark.parametrize("twin", [pickled, copy.copy, copy.deepcopy])
def test_every_error_pickles_and_copies(error, twin):
    again = twin(error)
    assert type(again) is type(error)
    assert str(again) == str(error)
    if not isinstance(error, ip.DataErrors):
        assert facts(again) == facts(error)


@each_error
def test_a_note_survives_pickling(error):
    noted = copy.copy(error)
    noted.add_note("while reading our-city/")
    assert pickled(noted).__notes__ == ["while reading our-city/"]


@each_error
def test_messages_are_one_line_and_lower_case(error):
    assert "\n" not in str(error)
    assert str(error)[0].islower()


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ({}, "a.csv: odd"),
        ({"line": 3}, "a.csv:3: odd"),
        ({"column": "unit"}, "a.csv: unit: odd"),
        ({"line": 3, "column": "unit"}, "a.csv:3: unit: odd"),
    ],
)
def test_a_data_error_states_its_location(place, message):
    error = ip.DataError(file="a.csv", problem="odd", **place)
    assert str(error) == message
    assert (error.file, error.line, error.column, error.problem) == (
        "a.csv",
        place.get("line", 0),
        place.get("column", ""),
        "odd",
    )


@pytest.mark.parametrize(
    ("nearest", "hint", "message"),
    [
        ([], "", "no plan 'x'"),
        (["a"], "", "no plan 'x'; did you mean a?"),
        (["a", "b"], "", "no plan 'x'; did you mean a or b?"),
        (["a", "b", "c"], "", "no plan 'x'; did you mean a, b or c?"),
        ([], "see plans.csv", "no plan 'x'; see plans.csv"),
        (["a"], "see plans.csv", "no plan 'x'; did you mean a?; see plans.csv"),
    ],
)
def test_a_missing_error_names_the_nearest(nearest, hint, message):
    error = ip.MissingError(asked="plan 'x'", nearest=nearest, hint=hint)
    assert str(error) == message
    assert (error.asked, error.nearest) == ("plan 'x'", tuple(nearest))


def test_an_ambiguous_error_names_the_first_six():
    few = ip.AmbiguousError(asked="'x'", matches=["a", "b"])
    many = ip.AmbiguousError(asked="'x'", matches=list("abcdefgh"), hint="ask by code")
    assert str(few) == "'x': expected one match, found 2 (a, b)"
    assert str(many) == "'x': expected one match, found 8 (a, b, c, d, e, f, …); ask by code"
    assert many.matches == tuple("abcdefgh")


def test_an_incomparable_error_names_the_factor():
    bare = ip.IncomparableError(left="1 CNY", right="1 USD")
    full = ip.IncomparableError(left="1 CNY", right="1 USD", factor="CNY/USD", hint="state it")
    assert str(bare) == "cannot combine 1 CNY with 1 USD: they do not measure the same"
    assert str(full) == f"{bare}; the missing factor is in CNY/USD; state it"
    assert (full.left, full.right, full.factor) == ("1 CNY", "1 USD", "CNY/USD")


def test_a_conflict_error_names_both_sides():
    error = ip.ConflictError(what="unit 'x'", ours="one", theirs="another")
    assert str(error) == "unit 'x': one and another"
    assert (error.what, error.ours, error.theirs) == ("unit 'x'", "one", "another")


def test_a_figure_error_states_position_and_expectation():
    error = ip.FigureError(text="3,2 %", position=1, expected="a point")
    assert str(error) == "cannot read '3,2 %' at position 1: expected a point"
    assert (error.text, error.position, error.expected) == ("3,2 %", 1, "a point")


@pytest.mark.parametrize("text", ["9" * 5000, "\0" * 5000, "中" * 5000, "'" * 5000])
def test_a_figure_error_shows_and_keeps_little_of_a_long_text(text):
    error = ip.FigureError(text=text, position=0, expected="a number")
    assert len(str(error)) < 150
    assert len(error.text) <= 200


@pytest.mark.parametrize("text", ["3.2\0", "\u202e3.2", "\x1b[31m3", "3\n元"])
def test_a_figure_error_shows_no_control_characters(text):
    assert str(ip.FigureError(text=text, position=0, expected="a number")).isprintable()


@given(st.text(max_size=30), st.integers(0, 20), st.text(max_size=30))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_figure_error_pickles_with_any_text(head, repeats, tail):
    text = head + "中'" * repeats * 10 + tail
    error = ip.FigureError(text=text, position=0, expected="a number")
    assert str(pickled(error)) == str(error)


def test_a_figure_error_pickles_a_long_text_with_unusual_characters_after_the_kept_part():
    error = ip.FigureError(text="中" * 200 + "\0", position=0, expected="a number")
    assert str(pickled(error)) == str(error)


def test_a_growth_error_has_a_reason():
    error = ip.GrowthError(reason="no_span", detail="expected 1 to 200 whole years, found 0")
    assert str(error) == "expected 1 to 200 whole years, found 0"
    assert error.reason == "no_span"


def test_a_missing_extra_names_the_command_that_installs_it():
    error = ip.MissingExtraError(extra="plot", needs="matplotlib")
    assert str(error) == 'matplotlib is not installed; pip install "innovation-plans[plot]"'
    assert (error.extra, error.needs) == ("plot", "matplotlib")


# ------------------------------------------------------------------ groups


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([2], "our-city: 1 error in 1 file, nothing loaded: 0.csv:2: odd"),
        (
            [2, 3, 4],
            "our-city: 3 errors in 2 files, nothing loaded: 0.csv:2: odd; 1.csv:3: odd; 0.csv:4: odd",
        ),
        (
            [2, 3, 4, 5],
            "our-city: 4 errors in 2 files, nothing loaded: 0.csv:2: odd; 1.csv:3: odd; 0.csv:4: odd; …",
        ),
    ],
)
def test_a_group_states_location_and_number(lines, message):
    group = ip.DataErrors.of("our-city", iter(data_errors(*lines)))
    assert group.message == message
    assert [error.line for error in group.exceptions] == lines


def test_a_group_of_records_in_memory_names_no_file():
    group = ip.DataErrors.of("records", data_errors(2, 3), "record")
    assert group.message.startswith("records: 2 errors in 2 records, nothing loaded: ")


def test_a_group_pickles_with_its_members():
    group = ip.DataErrors.of("our-city", data_errors(2, 3))
    again = pickled(group)
    assert type(again) is ip.DataErrors
    assert again.message == group.message
    assert [str(each) for each in again.exceptions] == ["0.csv:2: odd", "1.csv:3: odd"]
    assert [facts(each) for each in again.exceptions] == [facts(each) for each in group.exceptions]


def test_a_group_is_caught_as_one_error():
    with pytest.raises(ip.InnovationPlansError):
        raise ip.DataErrors.of("our-city", data_errors(2, 3))


def test_a_group_is_caught_by_its_members():
    caught = []
    try:
        raise ip.DataErrors.of("our-city", data_errors(2, 3))
    except* ip.DataError as group:
        caught.append(group)
    assert [type(group) for group in caught] == [ip.DataErrors]
    assert [error.line for error in caught[0].exceptions] == [2, 3]


def test_a_group_is_caught_by_the_built_in_of_its_members():
    caught = []
    try:
        raise ip.DataErrors.of("our-city", data_errors(2))
    except* ValueError as group:
        caught.extend(group.exceptions)
    assert [error.line for error in caught] == [2]


def test_the_rest_of_except_star_is_a_group_of_the_same_kind():
    group = ip.DataErrors.of("our-city", data_errors(2, 3, 4))
    even, odd = group.split(lambda each: isinstance(each, ip.DataError) and each.line % 2 == 0)
    assert type(even) is type(odd) is ip.DataErrors
    assert [error.line for error in even.exceptions] == [2, 4]
    assert [error.line for error in odd.exceptions] == [3]
    assert even.message == odd.message == group.message


def test_derive_gives_the_same_kind_over_other_members():
    group = ip.DataErrors.of("our-city", data_errors(2, 3))
    derived = group.derive(data_errors(9))
    assert type(derived) is ip.DataErrors
    assert derived.message == group.message
    assert [error.line for error in derived.exceptions] == [9]


def test_a_warning_is_at_the_line_of_each_caller(plans: ip.Dataset) -> None:
    unused = ip.Assumption(indicator="gdp", region="CN-ZJ", year=2030, value=20, unit="CNY_1T")
    options = {"region": "GD", "year": 2024, "assume": [unused]}
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("default")  # once per line of a program
        for _ in range(2):
            ip.derive(plans, "rd_expenditure", **options)
        ip.derive(plans, "rd_expenditure", **options)
    assert [each.filename for each in caught] == [__file__] * 2
    assert caught[0].lineno + 1 == caught[1].lineno


@pytest.mark.parametrize(
    ("ask", "problem"),
    [
        (
            lambda plans: ip.assess(plans.targets[0], plans, as_of="2024"),
            "no as_of '2024'; expected",
        ),
        (lambda plans: ip.assess(plans.targets[0], plans, tolerance="2%"), "'2%'.*: write 0.02"),
        (lambda plans: ip.assess(plans.targets[0], plans, tolerance=math.nan), "no tolerance nan"),
        (
            lambda plans: ip.assess(plans.targets[0], plans, threshold="0,9"),
            "no threshold '0,9'; it",
        ),
        (
            lambda plans: ip.assess(plans.targets[0], plans, threshold=None),
            "no threshold None; it is",
        ),
        (
            lambda plans: plans.observations.as_of("2020"),
            "no as_of '2020'; expected a date",
        ),
        (lambda plans: plans.search(" "), "no text ' '; expected one or more words"),
        (lambda _: ip.read_figure(3.5), "text: expected text, found 3.5"),
    ],
)
def test_a_value_that_an_option_cannot_have_is_an_argument_error(
    plans: ip.Dataset, ask: Any, problem: str
) -> None:
    with pytest.raises(ip.ArgumentError, match=problem):
        ask(plans)


@pytest.mark.parametrize(
    ("ask", "hint"),
    [
        (lambda plans: plans.plan("CN-GD-14-sti"), "did you mean plans.plans[…]"),
        (lambda plans: plans.targets[0].tier, "did you mean citation.source.tier"),
        (lambda plans: plans.targets.select().head(), "did you mean kept.head"),
        (lambda plans: plans.targets.to_markdown(), "did you mean markdown()"),
        (lambda plans: card(plans).cite("en"), "did you mean sources(plans).cite()"),
        (lambda plans: card(plans)["CN-GD"], "; where(region=…) finds"),
        (lambda plans: card(plans).write("card.docx"), "parquet, excel, json"),
        (lambda plans: plans.targets.sort(["region", "period"]), "sort('region', 'year')"),
        (lambda plans: plans.targets.write("targets.json"), "; json() returns this"),
        (lambda plans: plans.targets.write("targets.md"), "; markdown() returns this"),
        (lambda plans: plans.targets.where(region="广东，江苏"), "a list: ['广东', '江苏']"),
        (lambda plans: plans.targets.where(regions="GD"), "no regions= here; use region="),
        (lambda plans: plans.extend(target=[{}]), "no target= here; use targets="),
        (lambda plans: plans.extend([plans.targets[0]]), "such as observations=[…]"),
        (lambda plans: plans.vintages["nope"], "; search(…) or filter(…) finds"),
        (lambda plans: ip.assess(plans.targets, plans), "; scorecard(plans, targets=…) takes"),
        (lambda plans: ip.assess(plans.targets[0], 3.6), "; plans.extend(observations=[…]) makes"),
        (lambda plans: ip.scorecard(plans, verdict="met"), "use scorecard(…).where(verdict=…)"),
        (lambda plans: ip.frames.to_frame([card(plans)[0]]), "ip.Scorecard([…]).to_frame()"),
        (lambda plans: ip.frames.assess(None, plans.targets), "; to_pandas() and to_polars()"),
        (lambda _: ip.convert([1, 2], "CNY", "CNY_1B"), "; frames.convert converts columns"),
        (lambda _: ip.load("eu-2999"), "; no installed package offers datasets"),
    ],
)
def test_what_was_meant_is_named(
    plans: ip.Dataset, ask: Any, hint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locate, "offered", lambda _: {})
    with pytest.raises((ip.InnovationPlansError, TypeError), match=re.escape(hint)):
        ask(plans)


def card(plans: ip.Dataset) -> ip.Scorecard:
    return ip.scorecard(plans, region="GD", indicator="rd_intensity", end_year=2025)


def test_the_units_of_a_dataset_say_what_they_are(plans: ip.Dataset) -> None:
    assert re.fullmatch(r"<UnitTable of [0-9]+ units: CNY, .*>", repr(plans.units))


@pytest.mark.parametrize(
    ("run", "advice"),
    [
        (lambda plans: plans.units.get("x"), "name_of"),
        (lambda plans: plans.units.to_pandas(), "pandas.DataFrame(plans.units)"),
        (lambda plans: plans.units.search("x"), "for unit in plans.units"),
        (lambda plans: plans.units.nothing, "list(plans.units)"),
        (lambda plans: plans.targets[0].replace(value=3), "model_copy(update={…})"),
        (lambda plans: plans.targets[0].region_en, "region.name_en"),
        (lambda plans: plans.targets[0].indicator_zh, "indicator.name_zh"),
        (lambda plans: plans.targets[[True] * 3], "filter(lambda row: …) chooses rows"),
        (lambda plans: plans.targets.group_by(lambda row: row.region), "itertools.groupby"),
        (lambda _: ip.version, "__version__"),
        (lambda plans: plans.targets.where(tier="D"), 'load(tiers="ABCD")'),
        (
            lambda plans: ip.derive(plans, "gdp", region="GD", year=2026, assume="x"),
            "ip.Assumption",
        ),
        (
            lambda plans: ip.derive(plans, "gdp", region="GD", year=2026, assume={"value": 1}),
            "ip.Assumption",
        ),
        (lambda plans: ip.report.html(plans, indicator=["gdp"]), "expected one code or name"),
        (lambda plans: ip.Scorecard(ip.assess(plans.targets[0], plans)), "put it into a list"),
        (lambda plans: ip.scorecard(plans, targets=plans.targets[:1].to_pandas()), "frames.assess"),
        (lambda _: ip.load(version="2026.10"), "load: no version= here; use edition="),  # type: ignore[call-arg]
        (lambda _: ip.load(tier="AB"), "load: no tier= here; use tiers="),  # type: ignore[call-arg]
        (lambda plans: plans.targets.to_pandas(columns=["region"]), "use to_pandas()[[…]]"),
        (lambda plans: card(plans).to_polars(lang="zh"), "use region_en and region_zh"),
        (lambda plans: plans.targets.last(), "rows[-1]"),
        (lambda plans: plans.observations.at("GD", "gdp"), "where(region=…, indicator=…)"),
        (lambda plans: card(plans).where(gap=lambda gap: gap > 0), "filter(lambda row: …)"),
        (lambda plans: ip.compare(plans.targets[:3].to_pandas()), "plans.extend(…) makes records"),
        (
            lambda plans: plans.observations.where(start_year=2020),
            "filter(lambda row: row.start_year",
        ),
        (lambda plans: plans.indicators.where(unit="CNY"), "filter(lambda row: row.unit == …)"),
        (lambda plans: plans.regions.where(kinds="city"), "where: no kinds= here; use kind="),
        (lambda plans: plans.regions["CN-EAST"].members, "plans.regions.where(group=…)"),
        (lambda plans: card(plans).rows, "list(rows)"),
        (lambda plans: plans.targets[0].quantity.value, "did you mean magnitude?"),
        (lambda plans: plans.targets[0].quantity.colour, "no attribute 'colour' of Quantity"),
        (lambda _: ip.explain, "did you mean ip.assess(target, plans).explain()?"),  # type: ignore[attr-defined]
        (lambda _: ip.read, "did you mean read_figure?"),  # type: ignore[attr-defined]
        (lambda plans: ip.quantity(plans.targets[0]), "expected a number"),
        (
            lambda _: ip.quantity(Decimal("3.50")),
            "cannot read '3.5' at position 3: expected a unit",
        ),
        (
            lambda plans: ip.frames.to_frame(plans.targets[0]),
            "found one Target; to_frame([record])",
        ),
        (lambda _: ip.Verdict.MET.label, "did you mean ip.label(code, lang)?"),
        (lambda _: ip.Verdict.MET.colour, "no attribute 'colour' of Verdict"),
        *(
            (lambda plans, verb=verb: verb(plans, lang="zh"), "text('zh') of the result")
            for verb in (ip.scorecard, ip.compare, ip.coverage, ip.cross_check)
        ),
    ],
)
def test_what_another_library_would_have_gets_a_hint(
    plans: ip.Dataset, run: Callable[[Any], object], advice: str
) -> None:
    try:
        text = repr(run(plans))
    except (ip.InnovationPlansError, AttributeError, TypeError) as error:
        text = str(error)
    assert advice in text


def test_records_and_results_are_json_as_tables_are(plans: ip.Dataset) -> None:
    target = plans.targets[0]
    assert target.json() == target.model_dump_json()  # type: ignore[deprecated]
    assessment = ip.assess(target, plans)
    assert ip.Assessment.model_validate_json(assessment.json()) == assessment  # type: ignore[deprecated]
