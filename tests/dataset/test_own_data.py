"""What callers pass: printed digits, codes, cells of other libraries, filters, days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import model_validator

import innovation_plans as ip
from innovation_plans import errors, frames

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


def test_numbers_of_numpy_are_numbers() -> None:
    import numpy as np

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
    import numpy as np

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
        with pytest.raises(errors.FigureError, match="a date, or a day of the form YYYY-MM-DD"):
            use(day)


def test_a_moment_is_its_day() -> None:
    at = datetime(2024, 6, 30, 12)  # noqa: DTZ001 - of no zone
    assert PLANS.observations.as_of(at) == PLANS.observations.as_of(date(2024, 6, 30))


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
@pytest.mark.parametrize(
    ("value", "error"),
    [
        ("-1", errors.ArgumentError),
        ("95", errors.ArgumentError),
        ("NaN", errors.FigureError),
        ("x", errors.FigureError),
        (None, errors.FigureError),
        (True, errors.FigureError),
    ],
)
def test_an_option_is_a_share(option: str, value: Any, error: type[Exception]) -> None:
    import polars as pl

    target = PLANS.targets.where(indicator="rd_intensity", region="GD")[0]
    with pytest.raises(error):
        ip.assess(target, PLANS, **{option: value})
    with pytest.raises(error):
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
def test_a_copy_with_a_wrong_value_is_refused(field: str, value: object) -> None:
    copy = PLANS.targets[0].model_copy(update={field: value, "code": "copy"})
    with pytest.raises(ip.DataErrors) as caught:
        PLANS.extend(targets=[copy])
    assert field in str(caught.value.exceptions[0])
