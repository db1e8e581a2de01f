"""What tables and results have in common: head, first, sort, group_by, frames."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pandas as pd
import pytest
from pydantic import ValidationError, create_model

import innovation_plans as ip


@pytest.fixture(scope="module", params=["targets", "scorecard"])
def rows(request: pytest.FixtureRequest, plans: ip.Dataset) -> Any:
    if request.param == "targets":
        return plans.targets.where(indicator="rd_intensity", period="14th")
    return ip.scorecard(plans, indicator="rd_intensity", period="14th")


def test_head_and_first(rows: Any) -> None:
    assert rows.head() == rows[:5]
    assert rows.head(2) == rows[:2]
    assert len(rows.head(0)) == 0
    assert len(rows.head(10**9)) == len(rows)
    assert rows.first() is rows[0]
    with pytest.raises(ip.MissingError, match="no row in an empty table; use fewer filters"):
        rows[:0].first()
    with pytest.raises(TypeError):
        rows.head(1.5)
    with pytest.raises(
        ip.ArgumentError, match=r"no count -2; for the last rows, write rows\[-2:\]"
    ):
        rows.head(-2)


def test_sort_and_group_by_take_fields(rows: Any) -> None:
    values = [row.end_year for row in rows.sort("end_year")] if _has(rows) else None
    assert values is None or values == sorted(values)
    groups = rows.group_by("region")
    assert sum(map(len, groups.values())) == len(rows)
    assert all(
        isinstance(code, str) and type(group) is type(rows) for code, group in groups.items()
    )
    assert rows.sort("region", descending=True)[0] in groups[max(groups)]
    for ask in (rows.sort, rows.group_by):
        with pytest.raises(
            ip.ArgumentError, match="no field 'regoin'; did you mean region"
        ) as raised:
            ask("regoin")
        assert "indicator" in raised.value.allowed


def _has(rows: Any) -> bool:
    return isinstance(rows, ip.TargetTable)


def test_codes_sort_in_the_order_of_their_list(plans: ip.Dataset) -> None:
    forms = [target.form for target in plans.targets.sort("form")]
    assert forms == sorted(forms, key=list(ip.Form).index)


def test_missing_values_sort_last(plans: ip.Dataset) -> None:
    ordered = list(plans.targets.sort("value_high"))
    ranges = [each for each in ordered if each.value_high is not None]
    assert ordered[: len(ranges)] == ranges
    amounts = [
        (str(unit.dimension), Fraction(each.value_high or 0) * unit.factor)
        for each in ranges
        for unit in [plans.units.unit(each.unit)]
    ]
    assert amounts == sorted(amounts)


@pytest.mark.parametrize("library", ["pandas", "polars", "arrow"])
def test_frames_by_library(rows: Any, library: str) -> None:
    backend = {"arrow": "pyarrow"}.get(library, library)
    pytest.importorskip(backend)
    frame = getattr(rows, f"to_{library}")(values="text")
    again = rows.to_frame(backend, values="text")
    assert type(frame).__module__.startswith(backend)
    assert len(frame) == len(rows)
    assert frame.equals(again)


def test_values_are_sorted_as_the_amounts_that_they_are() -> None:
    spending = ip.load().observations.where(region="GD", indicator="rd_expenditure", form="level")
    assert {"CNY_100M", "CNY_10K"} <= {each.unit for each in spending}
    highest = spending.sort("value", descending=True)[0]
    amounts = [each.quantity.to("CNY").magnitude for each in spending]
    assert highest.quantity.to("CNY").magnitude == max(amounts)


def test_count_and_index_find_rows(rows: Any) -> None:
    assert (rows.count(rows[1]), rows.index(rows[1]), rows[:1].count(rows[1])) == (1, 1, 0)
    with pytest.raises(ip.ArgumentError, match="no row <"):
        rows[:1].index(rows[1])
    for ask in (rows.count, rows.index):
        with pytest.raises((ip.ArgumentTypeError, ip.MissingError), match=r"counts\(\)|where\("):
            ask("met")
    with pytest.raises(ip.ArgumentTypeError, match=r"len\(\) counts all"):
        rows.count()


def test_count_and_index_of_a_table_take_keys(plans: ip.Dataset) -> None:
    target = plans.targets[7]
    assert (plans.targets.index(target.key), plans.targets.count(target.key)) == (7, 1)
    assert plans.regions[plans.regions.index("广东")].code == "CN-GD"


def test_a_field_whose_values_have_no_order_names_its_parts(plans: ip.Dataset) -> None:
    card = ip.scorecard(plans, region="GD", period="14th")
    with pytest.raises(ip.ArgumentError, match=r"no field 'pace' to sort by; .*score") as caught:
        card.sort("pace")
    assert "verdict" not in caught.value.nearest
    with pytest.raises(ip.ArgumentError, match="its values have no order"):
        ip.derive(plans, "rd_expenditure", region="GD", year=2025).sort("operands")
    values = [each.stated.value for each in card.where(indicator="rd_intensity").sort("target")]
    assert values == sorted(values)


def test_unhashable_values_are_no_groups(plans: ip.Dataset) -> None:
    class Tagged(ip.Target):
        tags: list[str]

    tagged = Tagged(**dict(plans.targets[0]), tags=["a"])
    with pytest.raises(ip.ArgumentError, match="'tags' to group by"):
        ip.TargetTable([tagged]).group_by("tags")


def test_a_position_outside_is_an_error_of_the_package(plans: ip.Dataset) -> None:
    for rows in (plans.targets, ip.scorecard(plans, region="GD", period="14th")):
        with pytest.raises(ip.PositionError, match=f"no row {len(rows)}; there are {len(rows)}"):
            rows[len(rows)]
        assert issubclass(ip.PositionError, IndexError)


def test_a_result_read_again_has_its_edition(plans: ip.Dataset) -> None:
    results = [
        ip.scorecard(plans, region="GD", period="14th"),
        ip.coverage(plans, region="GD", indicator="gdp"),
        ip.derive_series(plans, region="GD", year=2020),
        ip.derive(plans, "rd_expenditure", region="GD", year=2025),
        ip.cross_check(plans, region="GD"),
        plans.diff(ip.load(edition="2026.11")),
    ]
    for result in results:
        again = type(result).from_json(result.json())
        assert (again, again.edition) == (result, plans.edition)
    assert again.summary() == results[-1].summary()


def test_names_without_a_record_are_absent(plans: ip.Dataset) -> None:
    asked = plans.observations.where(region=["GD", "440300"], indicator="gdp", year=2024)
    assert asked.absent == ("440300",)
    assert asked.filter(lambda each: each.vintage == "after_census_5").absent == ("440300",)
    assert asked.where(region="GD").absent == ()
    assert plans.observations.absent == ()


def test_libraries_build_a_frame_of_rows_with_the_columns_of_to_frame(rows: Any) -> None:
    pl, pa = pytest.importorskip("polars"), pytest.importorskip("pyarrow")
    shown = rows[:3]
    assert pl.DataFrame(shown).equals(shown.to_polars())
    assert pa.table(shown).equals(shown.to_arrow())
    duckdb = pytest.importorskip("duckdb")
    assert duckdb.sql("from shown").fetchall() == shown.to_frame("duckdb").fetchall()


def test_without_pyarrow_polars_gives_the_stream(
    rows: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    pl = pytest.importorskip("polars")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert pl.DataFrame(rows[:3]).equals(rows[:3].to_polars())


@pytest.mark.parametrize("make", ["pandas.DataFrame", "pandas.Series", "numpy.array"])
def test_rows_are_no_array_of_tuples(rows: Any, make: str) -> None:
    library, _, name = make.partition(".")
    function = getattr(pytest.importorskip(library), name)
    with pytest.raises(ip.ArgumentTypeError, match=r"; to_pandas\(\) returns one"):
        function(rows[:3])


def test_a_model_of_the_user_may_have_fields_of_rows(rows: Any) -> None:
    model = create_model("Answer", rows=(type(rows), ...))
    answer = model(rows=rows[:2])
    assert answer.rows == rows[:2]  # type: ignore[attr-defined]
    assert json.loads(answer.model_dump_json()) == {"rows": json.loads(rows[:2].json())}
    with pytest.raises(ValidationError):
        model(rows=[])
    context = ip.load().context
    read = model.model_validate_json(answer.model_dump_json(), context=context)
    assert read == answer
    with pytest.raises(ValidationError, match=rf"{type(rows).__name__}: expected what"):
        model.model_validate_json('{"rows": 3}')


@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_the_json_schema_of_a_model_of_the_user_is_that_of_the_rows(rows: Any, mode: Any) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    model = create_model("Answer", rows=(type(rows), ...))
    check = jsonschema.Draft202012Validator(model.model_json_schema(mode=mode))
    document = json.loads(model(rows=rows[:2]).model_dump_json())
    assert not [*check.iter_errors(document)]
    parts = document["rows"]
    for row in parts["rows"] if isinstance(parts, dict) else parts:
        row["of no field"] = 1
    is_typed = type(rows)._kind().model_fields
    assert [*check.iter_errors(document)] or not is_typed


def test_a_dataset_in_a_model_of_the_user(plans: ip.Dataset) -> None:
    model = create_model("Study", plans=(ip.Dataset, ...), title=(str, "x"))
    study = model(plans=plans)
    assert study.plans is plans  # type: ignore[attr-defined]
    assert study.model_dump()["plans"] is plans
    with pytest.raises(ValidationError, match="should be an instance of Dataset"):
        model(plans="2026.10")
    with pytest.raises(ValidationError, match=r"a dataset has no JSON; load\(path\) reads one"):
        model.model_validate_json('{"plans": {}}')
    with pytest.raises(Exception, match="a dataset has no JSON"):
        study.model_dump_json()
    assert study.model_dump_json(exclude={"plans"}) == '{"title":"x"}'
    with pytest.raises(Exception, match=r"a dataset has no JSON; SkipJsonSchema\[Dataset\]"):
        model.model_json_schema()


def test_a_dataset_in_a_model_has_records_of_the_type_of_the_field(plans: ip.Dataset) -> None:
    class Own(ip.Target):
        office: str | None = None

    model = create_model("Study", plans=(ip.Dataset[Own], ...))
    own = ip.load(target_type=Own)
    assert model(plans=own).plans is own  # type: ignore[attr-defined]
    with pytest.raises(ValidationError, match="a dataset with targets of Own, found Target"):
        model(plans=plans)


def test_tables_in_a_model_of_the_user_have_the_type_of_their_records(plans: ip.Dataset) -> None:
    class Own(ip.Target):
        weight: int = 1

    model = create_model("Answer", rows=(ip.TargetTable[Own], ...))
    text = json.dumps({"rows": json.loads(plans.targets[:1].json())})
    read: Any = model.model_validate_json(text, context=plans.context)
    assert isinstance(read.rows[0], Own)
    with pytest.raises(ValidationError, match=r"with context=plans\.context"):
        model.model_validate_json(text)
    with pytest.raises(ValidationError, match=r"as in Table\[Erratum\]"):
        create_model("Answer", rows=(ip.Table, ...)).model_validate_json('{"rows": []}')


def test_patterns_match_rows(rows: Any) -> None:
    match rows[:2]:
        case [first, _]:
            assert first == rows[0]
        case _:
            pytest.fail("rows match no sequence pattern")


def test_columns_are_a_mapping_of_names_to_values(rows: Any) -> None:
    columns = rows[:3].to_columns()
    assert dict(columns) == dict(columns.values)
    with pytest.raises(ip.ArgumentTypeError, match=r"found Columns; to_pandas\(\)"):
        pd.DataFrame(columns)


def test_rows_of_another_type_are_errors(plans: ip.Dataset) -> None:
    wrong: list[tuple[Any, Any]] = [
        (ip.Scorecard, plans.targets[:1]),
        (ip.TargetTable, plans.observations[:1]),
        (ip.ObservationTable, plans.targets[:1]),
        (ip.SourceTable, [plans.targets[0]]),
    ]
    for kind, rows in wrong:
        with pytest.raises(ip.ArgumentTypeError, match="rows: expected rows of type"):
            kind(rows)
    assert len(ip.Table(plans.targets[:2])) == 2


def test_a_frame_in_one_unit_is_exact(plans: ip.Dataset) -> None:
    gdp = plans.observations.where(indicator="gdp", form="level", year=2024)
    assert len({figure.unit for figure in gdp}) > 1
    for unit in ("CNY_100M", "亿元"):
        frame = gdp.to_polars(values="decimal", unit=unit)
        assert frame["value"].to_list() == [
            ip.convert(figure.value, figure.unit, "CNY_100M") for figure in gdp
        ]
        labels = {column: {*frame[column]} for column in ("unit", "unit_en", "unit_zh")}
        assert labels == {
            "unit": {"CNY_100M"},
            "unit_en": {"100 million yuan"},
            "unit_zh": {"亿元"},
        }
    spending = plans.targets.where(indicator="rd_expenditure", form="level")
    columns = ["value", "value_high", "precision", "baseline_value", "unit", "unit_zh"]
    converted = ip.frames.convert(spending.to_pandas(), "CNY_100M")
    frame = ip.frames.to_frame(spending, unit="CNY_100M")
    pd.testing.assert_frame_equal(frame[columns], converted[columns], check_dtype=False)


def test_a_frame_in_one_unit_has_values_that_it_measures(plans: ip.Dataset) -> None:
    with pytest.raises(ip.IncomparableError, match=r'percent_per_year .*form="level"'):
        plans.targets.where(indicator="gdp").to_pandas(unit="CNY_100M")
    with pytest.raises(ip.FigureError, match="'yuann'"):
        plans.targets[:1].to_pandas(unit="yuann")
    for rows in (plans.regions, ip.scorecard(plans, region="GD", indicator="gdp")):
        with pytest.raises(ip.ArgumentError, match=r"frames\.convert"):
            rows.to_pandas(unit="CNY")


@pytest.mark.parametrize(
    ("write", "instead"),
    [
        (lambda plans: plans.assess, "ip.assess(target, plans)"),
        (lambda plans: plans.where, "plans.targets.where"),
        (lambda plans: plans.targets[0].assess, "ip.assess(target, plans)"),
        (lambda plans: plans.targets[0].to_dict, "model_dump()"),
        (lambda plans: plans.targets[0].baseline, "baseline_value"),
        (lambda plans: plans.regions[0].targets, "plans.targets.where(region=…)"),
        (lambda plans: plans.regions[0].cities, "plans.regions.where(parent=…)"),
        (lambda plans: plans.regions[0].name, "name_en"),
        (lambda plans: plans.targets.query, "filter(lambda row: …)"),
        (lambda plans: plans.targets.iloc, "rows[0]"),
        (lambda plans: plans.targets.value, "rows[0].value or to_pandas()['value']"),
        (lambda plans: plans.targets.html, "to_pandas().to_html()"),
        (lambda plans: plans.targets[["region", "value"]], "to_pandas()[['region', 'value']]"),
        (lambda plans: plans.targets.where("GD"), "use a keyword such as region="),
        (lambda plans: plans.targets.where(len), "filter(lambda row: …)"),
        (lambda plans: plans.targets.where(value=3), "use filter(lambda row: row.value == …)"),
        (lambda plans: plans.targets.where(value=2.6), 'row.value == Decimal("2.6"))'),
        (lambda plans: plans.targets.where(since=2020), "end_year=range("),
        (lambda plans: plans.observations.latest(vintage="x"), "where(vintage=…).latest()"),
        (lambda plans: plans.targets.one(region="GD"), "where(region=…).one()"),
        (lambda plans: plans.targets.sort("quantity"), "did you mean value?"),
    ],
)
def test_names_of_other_libraries_have_hints(
    plans: ip.Dataset, write: Callable[[Any], Any], instead: str
) -> None:
    with pytest.raises((ip.InnovationPlansError, TypeError), match=re.escape(instead)):
        write(plans)


def test_hints_for_results(rows: Any, plans: ip.Dataset) -> None:
    card = ip.scorecard(plans, region="GD", indicator="rd_intensity")
    with pytest.raises(AttributeError, match=r"rows\[0\]\.verdict"):
        _ = card.verdict  # type: ignore[attr-defined]
    with pytest.raises(AttributeError, match=r"rows\[:1\]\.to_pandas\(\)"):
        _ = card[0].to_pandas  # type: ignore[attr-defined]
    with pytest.raises(TypeError, match="where: expected keywords"):
        rows.where("GD")


def test_groups_of_two_fields_have_tuples_as_keys(rows: Any) -> None:
    groups = rows.group_by("region", "period")
    assert all(isinstance(key, tuple) and len(key) == 2 for key in groups)
    assert sum(map(len, groups.values())) == len(rows)
    with pytest.raises(ip.ArgumentTypeError, match=r"group_by\('region', 'period'\)"):
        rows.group_by(["region", "period"])
    with pytest.raises(ip.ArgumentError, match=r"group_by\('region'\)"):
        rows.group_by()


def test_a_record_is_formatted_as_its_text(plans: ip.Dataset) -> None:
    assert f"{plans.regions['CN-GD']:>7}" == "  CN-GD"


def test_parts_of_a_result_are_added(plans: ip.Dataset) -> None:
    card = ip.scorecard(plans, indicator="rd_intensity", period="14th")
    assert card[:2] + card[1:] == card
    with pytest.raises(TypeError):
        _ = card + plans.targets  # type: ignore[operator]


def test_rows_are_sorted_by_a_property_of_an_own_type(plans: ip.Dataset) -> None:
    class Doubled(ip.Target):
        @property
        def twice(self) -> float:
            return float(self.value) * 2

    targets = plans.targets.where(indicator="rd_intensity", end_year=2025)
    given = [{name: getattr(row, name) for name in ip.Target.model_fields} for row in targets]
    table = ip.TargetTable([Doubled(**fields) for fields in given])
    values = [row.twice for row in table.sort("twice")]
    assert values == sorted(values)


def test_a_field_of_a_model_has_rows_of_its_type(plans: ip.Dataset) -> None:
    class Own(ip.Target):
        weight: int = 1

    own = create_model("Answer", rows=(ip.TargetTable[Own], ...))
    plain = create_model("Answer", rows=(ip.TargetTable, ...))
    rows: Any = plans.targets[:1]
    assert plain(rows=rows).rows is rows  # type: ignore[attr-defined]
    with pytest.raises(
        ValidationError, match=r"expected TargetTable\[Own\], found a row of Target"
    ):
        own(rows=rows)
    with pytest.raises(ValidationError, match=r"expected TargetTable\(\[…\]\), found list"):
        plain(rows=[rows[0]])


def test_a_table_takes_the_context_and_no_dataset(plans: ip.Dataset) -> None:
    rows: Any = list(plans.targets[:1])
    with pytest.raises(ip.ArgumentTypeError, match=r"context: .*plans\.context is one"):
        ip.TargetTable(rows, plans)  # type: ignore[arg-type]
    with pytest.raises(ip.MissingError, match=r"make it with plans\.context as context"):
        ip.TargetTable(rows).where(region="CN-GD")
