"""What is written is read back: records in JSON and CSV, results in JSON."""

from __future__ import annotations

import csv
import pickle
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import innovation_plans as ip
from innovation_plans import testing as drawn
from innovation_plans.io.raw import Row
from innovation_plans.io.rows import columns_of, read_records, to_cells
from innovation_plans.records import TABLES, Record

QUICK = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
SLOW = settings(
    max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
PLANS = drawn.datasets(
    min_targets=1, max_observations=6, max_others=2, units=drawn.unit_definitions()
)


class Noted(ip.Target):
    weight: float | None = None
    remark: str


KINDS: dict[str, tuple[str, type[Record]]] = {
    **{name: (name, kind) for name, kind in TABLES.items()},
    "own targets": ("targets", Noted),
}


def home(name: str, record: Any) -> ip.Dataset:
    """Return a dataset that contains a record and the records it refers to."""
    return drawn.empty().extend(**{name: [record]})


@pytest.mark.parametrize("which", KINDS)
@QUICK
@given(data=st.data())
def test_records(which: str, data: st.DataObject) -> None:
    name, kind = KINDS[which]
    record = data.draw(drawn.records(kind))
    plans = home(name, record)
    assert getattr(plans, name).by_key(record.key) == record
    again = kind.model_validate_json(record.model_dump_json(), context=plans.context)
    assert (again, type(again)) == (record, kind)
    assert pickle.loads(pickle.dumps(record)) == record  # noqa: S301 - our own
    if kind is Noted:  # a float has no exact cell
        return
    filled = {column: cell for column, cell in to_cells(record).items() if cell}
    faults: list[ip.DataError] = []
    assert read_records(kind, [Row("cells", 2, filled)], plans.context, faults)[0] == [record]
    assert not faults


@QUICK
@given(text=drawn.unit_definitions(), data=st.data())
def test_records_in_own_units(text: str, data: st.DataObject) -> None:
    table = ip.load().units.with_(text)
    own = [table.token(unit.name) for unit in table if unit.name.startswith("own_")]
    what = data.draw(drawn.records(ip.Indicator, unit=st.sampled_from(own)))
    target = data.draw(drawn.records(ip.Target, indicator=what))
    plans = home("targets", target)
    again = ip.Target.model_validate_json(target.model_dump_json(), context=plans.context)
    assert again == target
    assert again.quantity == plans.targets.one().quantity
    assert pickle.loads(pickle.dumps(target)) == target  # noqa: S301 - our own


@SLOW
@given(plans=PLANS)
def test_a_dataset_is_read_from_the_files_it_is_written_to(plans: ip.Dataset) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "units.txt").write_text("\n".join(plans.units.definitions), encoding="utf-8")
        for name, kind in TABLES.items():
            with (root / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                rows = csv.DictWriter(file, columns_of(kind))
                rows.writeheader()
                rows.writerows(to_cells(each) for each in getattr(plans, name))
        again = ip.load(root, tiers="ABCD")
        for name in TABLES:
            assert list(getattr(again, name)) == list(getattr(plans, name))


@SLOW
@given(plans=PLANS)
def test_scorecards_and_coverage(plans: ip.Dataset) -> None:
    card = ip.scorecard(plans)
    assert ip.Scorecard.from_json(card.json(), plans.edition) == card
    for result in card:
        assert ip.Assessment.model_validate_json(result.model_dump_json()) == result
    for cell in ip.coverage(plans):
        assert ip.CoverageCell.model_validate_json(cell.model_dump_json()) == cell


@SLOW
@given(plans=PLANS, measure=st.sampled_from(["value", "distance", "ratio", "growth"]))
def test_comparisons(plans: ip.Dataset, measure: Any) -> None:
    for target in plans.targets:
        alike = plans.targets.filter(lambda each: comparable(each, target))  # noqa: B023
        try:
            comparison = ip.compare(alike, measure=measure, plans=plans)
        except ip.IncomparableError:  # growth has no distance
            continue
        assert ip.Comparison.from_json(comparison.json()) == comparison
        assert comparison.text("zh")
        assert comparison.markdown("en")


@SLOW
@given(plans=PLANS)
def test_derivations(plans: ip.Dataset) -> None:
    for target in plans.targets:
        asked = {"region": target.region.code, "year": target.end_year}
        derivations = ip.derive(plans, target.indicator.code, **asked)
        assert ip.Derivations.from_json(derivations.json(), plans.edition) == derivations
        assert derivations.text("zh")
        assert derivations.text("en")
        for each in derivations:
            assert each.explain("zh")
            assert each.explain("en")


def comparable(one: ip.Target, other: ip.Target) -> bool:
    """Return whether two targets can be compared without arguments."""
    alike = ("indicator", "form", "start_year", "end_year", "breakdown")
    return all(getattr(one, name) == getattr(other, name) for name in alike)
