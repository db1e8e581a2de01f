"""What callers pass: printed digits, codes, cells of other libraries, filters, days."""

from __future__ import annotations

import pickle
import warnings
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from pydantic import ConfigDict, Field, ValidationError, model_validator

import innovation_plans as ip
from innovation_plans import errors, frames
from innovation_plans.cli import run

PLANS = ip.load()
SOURCE = {"code": "s", "title": "S", "tier": "A"}
CELLS = {
    "region": "CN-GD", "indicator": "rd_intensity", "form": "level", "comparator": "reach",
    "unit": "percent", "year": 2024, "source": "s",
}  # fmt: skip


def with_value(value: str) -> ip.Dataset[Any, Any, Any, Any]:
    return PLANS.extend(sources=[SOURCE], observations=[{**CELLS, "value": value}])


def test_a_correction_of_printed_digits_is_seen() -> None:
    row = {**CELLS, "value": "3.50"}
    with pytest.raises(ip.ConflictError, match=r"3\.5 in edition.*3\.50 in records"):
        with_value("3.5").extend(observations=[row])
    replaced = with_value("3.5").extend(observations=[row], on_conflict="replace")
    assert str(replaced.observations[-1].value) == "3.50"
    assert replaced.extensions[-1].replaced == {"observations": (replaced.observations[-1].key,)}
    (change,) = replaced.diff(with_value("3.5"))
    assert [(cell.field, cell.before, cell.after) for cell in change.fields] == [
        ("value", "3.5", "3.50")
    ]
    again = with_value("3.5").extend(observations=[{**CELLS, "value": "3.5"}])
    assert len(again.observations) == len(with_value("3.5").observations)


def test_a_check_sees_a_correction_of_printed_digits(tmp_path: Path) -> None:
    (tmp_path / "observations.csv").write_text(
        f"{','.join(CELLS)},value\n{','.join(map(str, CELLS.values()))},3.50\n"
    )
    problems = [p for p in ip.check(tmp_path, base=with_value("3.5")) if p.severity == "error"]
    assert ["is taken by a record of the dataset, whose value is 3.5;" in str(p) for p in problems]


@pytest.mark.parametrize("code", ["GD", "gd", "440000", "Guangdong"])
def test_a_code_does_not_take_over_a_name(code: str, tmp_path: Path) -> None:
    row = {"code": code, "kind": "city", "name_en": "Gdynia"}
    with pytest.raises(ip.DataErrors) as caught:
        PLANS.extend(regions=[row])
    expected = "code: expected a code of its own, found a name of CN-GD"
    assert [str(error) for error in caught.value.exceptions] == [f"regions[0]: {expected}"]
    (tmp_path / "regions.csv").write_text(f"code,kind,name_en\n{code},city,Gdynia\n")
    assert any(expected in str(problem) for problem in ip.check(tmp_path))
    assert PLANS.region("GD").code == "CN-GD"


def test_an_indicator_does_not_take_over_a_name_either() -> None:
    taken = next(name for each in PLANS.indicators for name in each.names if name.isalpha())
    row = {"code": taken.lower(), "name_en": "Ours", "unit": "percent", "direction": "up"}
    if row["code"].isascii():
        with pytest.raises(ip.DataErrors):
            PLANS.extend(indicators=[row])


def test_empty_cells_of_pandas_are_empty() -> None:
    targets = PLANS.targets.where(indicator="rd_intensity", end_year=2025, period="14th")
    for values in ("text", "decimal"):
        frame = frames.to_frame(targets, "pandas", values=values)  # type: ignore[arg-type]
        rows = frame.drop(columns=["region", "period"]).to_dict("records")
        assert PLANS.extend(targets=rows).targets == PLANS.targets


def _two_observations() -> dict[str, list[Any]]:
    cells = {name: [cell, cell] for name, cell in CELLS.items()}
    return {**cells, "region": ["CN-GD", "CN-JS"], "year": [2026, 2026], "source": ["ours"] * 2}


DECIMALS = [Decimal("3.7"), Decimal("3.45")]
FLOATS = np.array([3.7, 3.45], dtype="float32")
COLUMNS: dict[str, Callable[[], Any]] = {
    "mappings": lambda: [
        {**{name: cells[at] for name, cells in _two_observations().items()}, "value": value}
        for at, value in enumerate(DECIMALS)
    ],
    "pandas objects": lambda: pd.DataFrame({**_two_observations(), "value": DECIMALS}),
    "pandas arrow": lambda: pd.DataFrame(
        {
            **_two_observations(),
            "value": pd.array(DECIMALS, dtype=pd.ArrowDtype(pa.decimal128(10, 2))),
        }
    ),
    "polars decimals": lambda: pl.DataFrame({**_two_observations(), "value": DECIMALS}),
    "pyarrow decimals": lambda: pa.table({**_two_observations(), "value": DECIMALS}),
    "pandas short floats": lambda: pd.DataFrame({**_two_observations(), "value": FLOATS}),
    "polars short floats": lambda: pl.DataFrame({**_two_observations(), "value": FLOATS}),
    "pyarrow short floats": lambda: pa.table({**_two_observations(), "value": pa.array(FLOATS)}),
    "text beside decimals": lambda: pl.DataFrame(
        {**_two_observations(), "value": DECIMALS, "value_text": ["3.7", "3.45"]}
    ),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_the_type_of_a_column_adds_no_digits(name: str) -> None:
    source = {**SOURCE, "code": "ours"}
    ours = PLANS.extend(sources=[source], observations=COLUMNS[name]()).observations
    two = [each for each in ours if each.citation.source.code == "ours"]
    assert [(str(each.value), str(each.half_width)) for each in two] == [
        ("3.7", "0.05"),
        ("3.45", "0.005"),
    ]


def test_text_beside_a_number_has_its_digits() -> None:
    frame = pl.DataFrame({**_two_observations(), "value": DECIMALS, "value_text": ["3.7", "3.450"]})
    source = {**SOURCE, "code": "ours"}
    ours = PLANS.extend(sources=[source], observations=frame)
    assert [str(each.value) for each in ours.observations[-2:]] == ["3.7", "3.450"]
    with pytest.raises(ip.ConflictError, match=r"3\.450 in edition.*3\.45 in records"):
        ours.extend(observations=frame.with_columns(value_text=pl.Series(["3.7", "3.45"])))


@pytest.mark.parametrize("table", ["targets", "observations"])
@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
@pytest.mark.parametrize("values", ["float", "decimal", "text"])
def test_a_frame_comes_back_as_its_records(table: str, library: Any, values: Any) -> None:
    frame = getattr(PLANS, table).where(region="CN-GD").to_frame(library, values=values)
    again = PLANS.extend(**{table: frame})
    assert again.extensions[-1].added == {}
    assert [str(each.value) for each in getattr(again, table)] == [
        str(each.value) for each in getattr(PLANS, table)
    ]


def test_a_parquet_file_of_another_program_comes_back_as_its_records(tmp_path: Path) -> None:
    frame = PLANS.targets.where(region="CN-GD").to_polars(values="decimal")
    frame.write_parquet(tmp_path / "targets.parquet")
    assert PLANS.extend(tmp_path).extensions[-1].added == {}


def test_numbers_of_numpy_are_numbers() -> None:
    years = PLANS.observations.where(year=[2023, 2024])
    assert PLANS.observations.where(year=np.array([2023, 2024])) == years
    assert PLANS.observations.where(year=np.int64(2024)) == PLANS.observations.where(year=2024)
    assert PLANS.observations.where(year=np.array(2024)) == PLANS.observations.where(year=2024)
    true = PLANS.observations.where(self_reported=np.True_)  # type: ignore[arg-type]
    assert true == PLANS.observations.where(self_reported=True)
    shenzhen: Any = (440300, np.int64(440300), [440300])
    for region in shenzhen:
        assert PLANS.targets.where(region=region) == PLANS.targets.where(region="440300")


def test_a_code_as_a_number_is_a_code() -> None:
    shenzhen = PLANS.region("440300")
    assert PLANS.region(440300) is shenzhen  # type: ignore[arg-type]
    assert PLANS.regions.find(np.int64(440300)) is shenzhen  # type: ignore[arg-type]
    for name in (1.5, True, None, b"GD", [], 99):
        with pytest.raises(errors.MissingError, match="no region"):
            PLANS.region(name)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "filters",
    [
        {"year": True}, {"year": 2024.0}, {"year": "2024"}, {"year": [2024, None]},
        {"self_reported": "no"}, {"self_reported": 2}, {"region": 1.5}, {"region": True},
        {"region": [None]}, {"form": 3}, {"vintage": b"first"}, {"tier": object()},
    ],
)  # fmt: skip
def test_a_filter_of_another_type_is_an_error(filters: Any) -> None:
    with pytest.raises(errors.MissingError):
        PLANS.observations.where(**filters)


@pytest.mark.parametrize("day", ["2024-13-01", "tomorrow", "", 2024, 1.5, b"2024-01-01"])
def test_a_day_is_a_date(day: Any) -> None:
    target = PLANS.targets[0]
    for use in (
        PLANS.observations.as_of,
        lambda day: ip.assess(target, PLANS, as_of=day),
        lambda day: ip.scorecard(PLANS, region="GD", as_of=day),
    ):
        with pytest.raises(errors.ArgumentError, match="a date, or a day of the form YYYY-MM-DD"):
            use(day)


def test_a_moment_is_its_day() -> None:
    at = datetime(2024, 6, 30, 12)  # noqa: DTZ001 - of no zone
    known = PLANS.observations.as_of(date(2024, 6, 30))
    assert PLANS.observations.as_of(at) == known
    for moment in ("2024-06-30", "2024-06-30T12"):
        assert PLANS.observations.as_of(np.datetime64(moment)) == known  # type: ignore[arg-type]
    with pytest.raises(errors.ArgumentError, match="expected a date"):
        PLANS.observations.as_of(np.datetime64("NaT"))  # type: ignore[arg-type]


def test_what_is_handed_out_cannot_be_changed() -> None:
    table = PLANS.observations
    series = table.series("CN-GD/rd_intensity/level")
    assert isinstance(series, tuple)
    regions: Any = table.of_indicator("rd_intensity")
    with pytest.raises(TypeError):
        regions["CN-GD"] = ()
    assert isinstance(regions["CN-GD"], tuple)


def test_results_of_other_text_are_an_error() -> None:
    for kind in (ip.Scorecard, ip.Comparison, ip.Diff, ip.Findings, ip.Derivations):
        for text in ("", "{}", "[1]", "[" * 10_000, '[{"no": 1}]', "\ud800"):
            with pytest.raises(errors.InnovationPlansError):
                kind.from_json(text)


@pytest.mark.parametrize("option", ["tolerance", "threshold"])
@pytest.mark.parametrize("value", ["-1", "95", "2%", "NaN", "x", None, True])
def test_an_option_is_a_share(option: str, value: Any) -> None:
    import polars as pl

    target = PLANS.targets.where(indicator="rd_intensity", region="GD")[0]
    with pytest.raises(errors.ArgumentError, match=f"no {option} .*; it is a share from 0 to "):
        ip.assess(target, PLANS, **{option: value})
    with pytest.raises(errors.ArgumentError, match="; it is a share from 0 to "):
        frames.assess(pl.DataFrame(), pl.DataFrame(), **{option: value})


class Faulty(ip.Target):
    """A kind of the caller's whose property has a slip."""

    @property
    def share(self) -> Any:
        return self.nope  # type: ignore[attr-defined]


class Unreadable(ip.Target):
    """A kind of the caller's that cannot be read because of a slip."""

    @model_validator(mode="after")
    def checked(self) -> Any:
        return self.nope  # type: ignore[attr-defined]


class Slipped(ip.TargetTable[ip.Target]):
    """A table of the caller's whose property has a slip."""

    @property
    def share(self) -> Any:
        return self.nope


@pytest.mark.parametrize(
    ("owner", "ask"),
    [
        ("Faulty", lambda: Faulty(**dict(PLANS.targets[0])).share),
        ("Unreadable", lambda: ip.load(target_type=Unreadable).targets),
        ("Unreadable", lambda: ip.scorecard(ip.load(target_type=Unreadable))),
        ("Slipped", lambda: Slipped(PLANS.targets[:1]).share),
    ],
)
def test_a_slip_in_the_callers_class_is_named(owner: str, ask: Callable[[], Any]) -> None:
    with pytest.raises(AttributeError, match=f"no attribute 'nope' of {owner}"):
        ask()


@pytest.mark.parametrize(
    ("field", "value"), [("value", "banana"), ("end_year", "soon"), ("end_year", 9)]
)
def test_a_record_with_a_wrong_value_is_refused(field: str, value: object) -> None:
    target = PLANS.targets[0]
    with pytest.raises(ValidationError, match=field):
        target.model_copy(update={field: value})
    wrong = ip.Target.model_construct(**dict(target) | {field: value})
    with pytest.raises(ip.DataErrors) as caught:
        PLANS.extend(targets=[wrong])
    assert field in str(caught.value.exceptions[0])


def test_a_copy_answers_what_if() -> None:
    target = PLANS.targets.where(region="GD", indicator="rd_intensity", end_year=2025).one()
    assert ip.assess(target, PLANS).verdict == "met"
    harder = target.model_copy(update={"value": 3.9})
    assert str(harder.value) == "3.9"
    assert ip.assess(harder, PLANS).verdict == "missed"
    assert target.model_copy() == target
    with pytest.raises(ValidationError, match="nope"):
        target.model_copy(update={"nope": 1})
    with pytest.raises(ip.ArgumentTypeError, match="update"):
        target.model_copy(update="value")  # type: ignore[arg-type]


class Aliased(ip.Target):
    """A target with fields that have other names in the user's own JSON."""

    budget: Decimal | None = Field(default=None, alias="Budget")
    office: str | None = Field(default=None, validation_alias="Office")


class Open(ip.Target):
    """A target that admits what is no field."""

    model_config = ConfigDict(extra="allow")


OWN_TARGET = {
    "plan": "CN-GD-14-sti",
    "indicator": "rd_intensity",
    "form": "level",
    "comparator": "at_least",
    "value": "2.50",
    "unit": "percent",
    "end_year": 2025,
    "source": "seed-xining-2022",
}


def own_targets(kind: type[ip.Target], **more: Any) -> Any:
    ours = PLANS.extend(targets=[OWN_TARGET | more], target_type=kind)
    return ours.targets.filter(lambda target: isinstance(target, kind))


@pytest.mark.parametrize("name", ["R&D intensity", "r&d-INTENSITY", "研发经费投入强度"])
@pytest.mark.parametrize("column", ["name_en", "name_zh", "aliases"])
def test_a_name_is_that_of_one_indicator(name: str, column: str) -> None:
    assert PLANS.indicator(name).code == "rd_intensity"
    row = {"code": "ours", "name_en": "Ours", "unit": "percent", "direction": "up", column: name}
    with pytest.raises(ip.DataErrors) as caught:
        PLANS.extend(indicators=[row])
    problem = "expected a name of its own, found a name of rd_intensity"
    assert list(map(str, caught.value.exceptions)) == [f"indicators[0]: {column}: {problem}"]


def test_regions_may_share_a_name() -> None:
    row = {"code": "our-district", "kind": "city", "name_en": "Guangdong", "parent": "CN-NM"}
    ours = PLANS.extend(regions=[row])
    with pytest.raises(ip.AmbiguousError, match="CN-GD, our-district"):
        ours.region("Guangdong")


@pytest.mark.parametrize(
    ("ending", "reader"),
    [("csv", "read_csv"), ("parquet", "read_parquet")],
)
@pytest.mark.parametrize("table", ["targets", "observations"])
def test_a_frame_of_a_written_table_is_read_again(
    tmp_path: Path, table: str, ending: str, reader: str
) -> None:
    records = getattr(PLANS, table).where(region="CN-GD")[:9]
    records.write(tmp_path / f"{table}.{ending}")
    frame = getattr(pytest.importorskip("pandas"), reader)(tmp_path / f"{table}.{ending}")
    ours = PLANS.extend(**{table: frame})
    assert getattr(ours, table) == getattr(PLANS, table)


def test_a_directory_with_a_written_table_is_read_again(tmp_path: Path) -> None:
    PLANS.targets[:9].write(tmp_path / "targets.csv")
    assert "edition" in (tmp_path / "targets.csv").read_text("utf-8").split("\n", 1)[0]
    assert PLANS.extend(tmp_path).targets == PLANS.targets


def test_digits_that_contradict_their_number_are_an_error() -> None:
    row = OWN_TARGET | {"value": 2.5, "value_text": "2.50"}
    (target,) = PLANS.extend(targets=[row]).targets.filter(lambda t: t.key not in PLANS.targets)
    assert str(target.value) == "2.50"
    for value, text in ((2.5, "2.6"), (2.5, "much"), (None, "2.5")):
        with pytest.raises(ip.DataErrors, match=f"is {value}, but value_text is '{text}'"):
            PLANS.extend(targets=[row | {"value": value, "value_text": text}])


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet", "xlsx"])
def test_fields_with_aliases_are_written_and_read_by_their_names(
    tmp_path: Path, ending: str
) -> None:
    targets = own_targets(Aliased, Budget="3.50", Office="发改委")
    directory = {"csv": "csv", "parquet": "parquet"}.get(ending)
    written = targets.write(tmp_path / f"out{'' if directory else f'.{ending}'}", format=directory)
    again = ip.load(written.path, tiers="ABCD", target_type=Aliased).targets
    assert [(str(t.budget), t.office) for t in again] == [("3.50", "发改委")]
    assert PLANS.extend(targets=targets.to_pandas(values="text"), target_type=Aliased)


@pytest.mark.parametrize("given", ["Budget", "budget"])
def test_an_error_names_the_field_not_its_alias(given: str) -> None:
    with pytest.raises(ip.DataErrors, match=r"targets\[0\]: budget: expected a number"):
        PLANS.extend(targets=[OWN_TARGET | {given: "x"}], target_type=Aliased)
    fields = dict(own_targets(Aliased)[0])
    wrong = Aliased.model_construct(**fields | {"budget": "x"})
    with pytest.raises(ip.DataErrors, match=r"targets\[0\]: budget: "):
        PLANS.extend(targets=[wrong])


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_what_is_no_field_is_named_when_it_cannot_be_written(tmp_path: Path, ending: str) -> None:
    targets = own_targets(Open, colour="red")
    with pytest.raises(ip.DataErrors) as caught:
        targets.write(tmp_path / f"out.{ending}")
    (error,) = caught.value.exceptions
    assert (error.column, "is no field of Open" in error.problem) == ("colour", True)


class Tagged(ip.Target):
    """A target with a list and a large number of its own."""

    tags: tuple[str, ...] = ()
    ticket: int | None = None


@pytest.mark.parametrize(("tags", "expected"), [("", ()), (None, ()), ("a|b", ("a", "b"))])
def test_a_list_of_ones_own_may_be_empty(tags: Any, expected: tuple[str, ...]) -> None:
    (target,) = own_targets(Tagged, tags=tags)
    assert target.tags == expected
    for frame in (own_targets(Tagged).to_pandas(), own_targets(Tagged).to_polars()):
        assert PLANS.extend(targets=frame, target_type=Tagged).targets[-1].tags == ()


@pytest.mark.parametrize("number", [2**60 + 1, np.int64(2**60 + 1), np.uint64(2**60 + 1)])
def test_a_large_number_of_ones_own_stays_exact(number: Any) -> None:
    targets = own_targets(Tagged, ticket=number)
    assert targets[0].ticket == 2**60 + 1
    again = PLANS.extend(targets=targets.to_pandas(), target_type=Tagged)
    assert again.targets[-1].ticket == 2**60 + 1


def test_an_own_unit_is_one_of_the_table_that_it_is_sorted_and_converted_in() -> None:
    own = PLANS.extend(
        units="robot = [robots]\nrobot_10K = 10000 * robot",
        indicators=[{"code": "robots", "name_en": "Robots", "unit": "robot", "direction": "up"}],
        sources=[{"code": "ours", "title": "Our list", "tier": "A"}],
        observations=[
            {"region": "CN-GD", "indicator": "robots", "form": "level", "comparator": "reach",
             "value": value, "unit": unit, "year": year, "source": "ours"}
            for value, unit, year in (("9000", "robot", 2021), ("1.2", "robot_10K", 2022))
        ],
    )  # fmt: skip
    robots = own.observations.where(indicator="robots")
    assert [each.year for each in robots.sort("value", descending=True)] == [2022, 2021]
    assert len(own.observations.sort("value")) == len(own.observations)
    assert list(robots.to_polars(unit="robot_10K")["value"]) == [0.9, 1.2]


def test_a_dataset_that_was_written_is_equal_to_the_one_that_is_read(tmp_path: Path) -> None:
    own = PLANS.extend(sources=[{"code": "ours", "title": "Our list", "tier": "A"}])
    own.write(tmp_path / "own.jsonl")
    assert ip.load(tmp_path / "own.jsonl", tiers=own.tiers) == own


class Shelved(ip.Source):
    """A source with a field for which `load` takes no type."""

    shelf: str = ""


@pytest.mark.parametrize("ending", ["csv", "jsonl", "xlsx"])
def test_a_field_that_no_type_can_read_again_is_not_written(tmp_path: Path, ending: str) -> None:
    source = Shelved(code="ours", title="Our list", tier="A", shelf="A1")
    own = PLANS.extend(sources=[source])
    assert own.sources["ours"].model_dump()["shelf"] == "A1"
    place = tmp_path / ("out" if ending == "csv" else f"out.{ending}")
    with pytest.raises(ip.DataErrors) as caught:
        own.write(place, format="csv" if ending == "csv" else None)
    (error,) = caught.value.exceptions
    assert (error.file, error.column) == ("sources['ours']", "shelf")
    assert "no type for Shelved" in error.problem
    assert not place.exists()


def test_a_column_of_ones_own_needs_a_type(tmp_path: Path) -> None:
    own_targets(Aliased, Budget="3").write(tmp_path / "targets.csv")
    with pytest.raises(ip.DataErrors, match=r"a field of your own needs target_type="):
        PLANS.extend(tmp_path)
    assert PLANS.extend(tmp_path, target_type=Aliased).targets[-1].budget == 3


@pytest.mark.parametrize(
    ("heading", "column"), [("指标", "indicator"), ("目标值", "value"), ("年份", "end_year")]
)
def test_a_chinese_heading_is_answered_with_the_column(heading: str, column: str) -> None:
    with pytest.raises(ip.DataErrors) as caught:
        PLANS.extend(targets=[OWN_TARGET | {heading: "x"}])
    problem = f"targets[0]: {heading}: no such column; did you mean {column}?"
    assert str(caught.value.exceptions[0]).startswith(problem)


def test_an_empty_field_of_ones_own_is_no_change() -> None:
    target = PLANS.targets[0]
    values = {name: getattr(target, name) for name in type(target).model_fields}
    ours = PLANS.extend(targets=[Aliased(**values)], on_conflict="replace")
    assert not ours.diff(PLANS)
    filled = PLANS.extend(targets=[Aliased(**values, Budget=3)], on_conflict="replace")
    (change,) = filled.diff(ours)
    assert [(f.field, f.before, f.after) for f in change.fields] == [("budget", None, "3")]


def test_equal_datasets_are_equal() -> None:
    ours = PLANS.extend(sources=[{"code": "our-plan", "title": "Our plan", "tier": "A"}])
    again = pickle.loads(pickle.dumps(ours))  # noqa: S301
    assert again == ours
    assert hash(again) == hash(ours)
    assert again not in (PLANS, None)
    assert PLANS.extend(units="robot = [robots]") != PLANS
    assert with_value("3.5") != with_value("3.6")
    assert ip.load(tiers="A") != PLANS


@pytest.mark.parametrize("style", ["en", "bibtex", "csl-json", "ris"])
def test_a_citation_says_what_can_still_change(style: Any) -> None:
    released = ip.load(edition="2026.11")
    ours = released.extend(sources=[{"code": "our-plan", "title": "Our plan", "tier": "A"}])
    assert "not released yet" in PLANS.cite(style)
    assert "not released yet" not in released.cite(style)
    assert "added" not in released.cite(style)
    assert "data of the user added to 2026.11" in ours.cite(style)


def test_an_extension_computes_the_keys_of_its_own_records_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ours = with_value("3.5")
    calls: list[object] = []
    key = ip.Observation.key.fget
    assert key is not None
    monkeypatch.setattr(ip.Observation, "key", property(lambda o: (calls.append(o), key(o))[1]))
    again = ours.extend(observations=[{**CELLS, "value": "3.6", "year": 2023}])
    assert len(again.observations) == len(ours.observations) + 1
    assert 0 < len(calls) < 20


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        (ip.Source, {"code": "s", "title": " S", "tier": "A"}),
        (ip.Source, {"code": "s", "title": "S", "tier": "A", "date": "20250"}),
        (ip.Indicator, {"code": "i", "name_en": "I", "unit": "furlong", "direction": "up"}),
        (ip.Indicator, {"code": "i", "name_en": "I", "minimum": "x", "direction": "up"}),
    ],
)
def test_a_record_made_by_hand_has_errors_in_the_words_of_the_package(
    kind: Any, cells: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError) as caught:
        kind(**cells)
    assert "Value error" not in str(caught.value)
    assert any(error["type"] == "value_error" for error in caught.value.errors())


def test_figures_of_a_tier_that_is_left_out_are_counted_in_a_warning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "own"
    ip.write_template(path, alone=True)
    sources = path / "sources.csv"
    sources.write_text(sources.read_text("utf-8").replace(",A,", ",D,"), "utf-8")
    advice = 'pass tiers="ABCD" (or --tiers ABCD) to use them'
    problem = f"{path}: 2 targets and 1 observation of tier D are left out; {advice}"
    with pytest.warns(ip.InnovationPlansWarning) as warned:
        plans = ip.load(path)
    assert [str(each.message) for each in warned] == [problem]
    assert len(plans.targets) == 0
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(ip.load(path, tiers="ABC").targets) == 0
        whole = ip.load(path, tiers="ABCD")
        assert len(whole.targets) == 2
        whole.write(tmp_path / "copy", format="csv")
        assert len(ip.load(tmp_path / "copy").targets) == 2  # the copy states its tiers
        ip.load()
    for command in (["export", str(tmp_path / "out"), "--format", "csv"], ["scorecard"]):
        run([*command, "--data", str(path)])
        assert "2 targets and 1 observation of tier D are left out" in capsys.readouterr().err
        run([*command, "--data", str(path), "--tiers", "ABC"])
        assert "left out" not in capsys.readouterr().err
    assert run(["scorecard", "--data", str(tmp_path / "copy")]) == 0
    assert "left out" not in capsys.readouterr().err


def test_messages_name_what_helps(tmp_path: Path) -> None:
    ip.write_template(tmp_path / "city")
    with pytest.raises(ip.DataErrors, match=r"use load\(\)\.extend\('.*city'\) \(or --extend\)"):
        ip.load(tmp_path / "city")
    ip.scorecard(PLANS, region="GD").write(tmp_path / "card.jsonl")
    with pytest.raises(ip.DataErrors, match=r"which ip\.Scorecard\.from_json reads"):
        ip.load(tmp_path / "card.jsonl")
    frame = PLANS.observations[:3].to_pandas()
    for columns in (frame.to_dict(), frame.to_dict("list")):
        with pytest.raises(ip.ArgumentTypeError, match=r'pass the data frame, or .*"records"'):
            PLANS.extend(observations=columns)
    row = {**CELLS, "value": "3", "region": "Guandong"}
    with pytest.raises(ip.DataErrors, match="did you mean 'CN-GD'"):
        PLANS.extend(sources=[SOURCE], observations=[row])
    title = PLANS.plans["CN-GD-14-sti"].title_zh
    with pytest.raises(ip.ArgumentError, match=r"did you mean CN-GD-14-sti\?"):
        PLANS.targets.where(plan=title)
