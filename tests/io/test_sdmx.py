"""SDMX-CSV, read by sdmx1 and by the package itself."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sdmx
from hypothesis import given
from hypothesis import strategies as st

import innovation_plans as ip
from innovation_plans.dataset.build import build
from innovation_plans.io import sdmx as ours
from innovation_plans.io.sdmx import FLOWS, code_id, decoded

OBSERVATIONS, TARGETS = "observations.sdmx.csv", "targets.sdmx.csv"


def undated(record: Any) -> bool:
    return isinstance(record, ip.Observation) and record.year is None


def read_back(path: Path, tiers: str = "ABCD", **own: Any) -> ip.Dataset[Any, Any, Any, Any]:
    names = {"target_type": "targets", "observation_type": "observations"}
    raw = ours.read(path)
    records = build(raw, {names[name]: kind for name, kind in own.items()}).checked().records
    return ip.Dataset(records, frozenset(map(ip.Tier, tiers)), raw.heading.edition)


def structures_of(path: Path) -> Any:
    return sdmx.read_sdmx(io.BytesIO((path / ours.STRUCTURES).read_bytes()))


def by_sdmx1(path: Path) -> dict[str, Any]:
    """The figures that sdmx1 reads, by dataflow."""
    structures, found = structures_of(path), {}
    for flow in FLOWS:
        raw = (path / f"{flow.table}.sdmx.csv").read_bytes()
        dataflow = structures.dataflow[flow.id]
        message = sdmx.read_sdmx(io.BytesIO(raw), format="csv", structure=dataflow)
        found[flow.id] = message.data[0].obs if message.data else []
    return found


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory, every_tier: ip.Dataset) -> Path:
    path = tmp_path_factory.mktemp("sdmx") / "out"
    every_tier.write(path, format="sdmx-csv")
    return path


@pytest.mark.heavy
def test_sdmx1_reads_every_figure_of_the_bundled_data_to_the_last_digit(
    bundled: Path, every_tier: ip.Dataset
) -> None:
    found = by_sdmx1(bundled)
    dated = [each for each in every_tier.observations if each.year is not None]
    for records, read in (
        (dated, found["OBSERVATIONS"]),
        (every_tier.targets, found["TARGETS"]),
    ):
        assert [each.value for each in read] == [str(each.value) for each in records]
        keys = [each.dimension["INDICATOR"].value for each in read]
        assert keys == [each.indicator.code for each in records]
        assert len({str(each.dimension) for each in read}) == len(records), "one key, one figure"


def test_the_power_of_ten_of_every_unit_is_exact(bundled: Path, every_tier: ip.Dataset) -> None:
    dated = [each for each in every_tier.observations if each.year is not None]
    for row, record in zip(rows_of(bundled / OBSERVATIONS), dated, strict=True):
        scaled = Decimal(row["OBS_VALUE"]).scaleb(int(row["UNIT_MULT"]))
        assert ip.convert(record.value, record.unit, row["UNIT_MEASURE"]) == scaled
        assert row["UNIT"] == record.unit
    money = {
        row["UNIT"]: (row["UNIT_MEASURE"], row["UNIT_MULT"]) for row in rows_of(bundled / TARGETS)
    }
    assert money["CNY_100M"] == ("CNY", "8")


@pytest.mark.heavy
def test_the_bundled_data_read_back_equal_but_for_undated_figures(
    bundled: Path, every_tier: ip.Dataset, same_content: Callable[..., None]
) -> None:
    found = read_back(bundled)
    assert any(map(undated, every_tier.observations))
    assert not any(map(undated, found.observations))
    same_content(every_tier, found, undated)


@pytest.mark.heavy
def test_every_code_of_a_dimension_is_in_its_code_list(bundled: Path) -> None:
    structures = structures_of(bundled)
    for flow in FLOWS:
        dataflow = structures.dataflow[flow.id]
        for component in (*dataflow.structure.dimensions, *dataflow.structure.attributes):
            codelist = component.local_representation.enumerated
            if codelist is None:
                continue
            used = {row[component.id] for row in rows_of(bundled / f"{flow.table}.sdmx.csv")}
            assert used - {""} <= set(codelist.items), component.id
    assert str(structures.codelist["CL_AREA"]["CN-GD"].name.localizations["zh"]) == "广东省"


def test_a_status_is_its_letter(bundled: Path, every_tier: ip.Dataset) -> None:
    dated = [each for each in every_tier.observations if each.year is not None]
    letters = {
        (str(record.status), row["OBS_STATUS"])
        for row, record in zip(rows_of(bundled / OBSERVATIONS), dated, strict=True)
    }
    assert letters == {
        ("final", "A"), ("preliminary", "P"), ("break", "B"), ("definition_differs", "D"),
        ("not_stated", ""),
    }  # fmt: skip


@pytest.mark.parametrize("safe", [True, False])
def test_own_units_and_types_read_back_equal(
    tmp_path: Path,
    own_plans: ip.Dataset,
    own_types: dict[str, Any],
    same_content: Callable[..., None],
    safe: bool,
) -> None:
    own_plans.write(tmp_path / "out", format="sdmx-csv", safe=safe)
    same_content(own_plans, read_back(tmp_path / "out", **own_types), undated)
    rows = {row["INDICATOR"]: row for row in rows_of(tmp_path / "out" / TARGETS)}
    robots, cells = rows["robots"], rows["robot_cells"]
    assert (robots["UNIT_MEASURE"], robots["UNIT_MULT"]) == ("robot", "4")
    assert (cells["UNIT_MEASURE"], cells["UNIT_MULT"]) == (code_id("机组"), "0")
    assert (cells["UNIT"], cells["TIME_PERIOD"]) == ("机组", "2021-01-01/P5Y")
    assert robots["X_owner"] == ("'=HYPERLINK(A1)" if safe else "=HYPERLINK(A1)")


def test_sdmx1_reads_own_fields_as_attributes(tmp_path: Path, own_plans: ip.Dataset) -> None:
    own_plans.write(tmp_path / "out", format="sdmx-csv", safe=False)
    found = by_sdmx1(tmp_path / "out")
    said = [each.attached_attribute["X_owner"].value for each in found["TARGETS"]]
    assert "=HYPERLINK(A1)" in said
    breaks = [each.attached_attribute["OBS_STATUS"].value for each in found["OBSERVATIONS"]]
    assert "B" in breaks


def test_a_dataset_without_figures_is_two_empty_dataflows(
    tmp_path: Path, world: Callable[..., Path]
) -> None:
    empty = {"targets/14th.csv": None, "corroborations.csv": None}
    empty |= {f"observations/{name}.csv": None for name in ("gross_product", "widget_share")}
    ip.load(world(empty), tiers="ABC").write(tmp_path / "out", format="sdmx-csv")
    found = by_sdmx1(tmp_path / "out")
    assert (found["OBSERVATIONS"], found["TARGETS"]) == ([], [])
    assert len(read_back(tmp_path / "out").regions) == 4


def test_a_row_may_leave_the_token_of_its_unit_to_measure_and_power(
    tmp_path: Path, own_plans: ip.Dataset, own_types: dict[str, Any]
) -> None:
    own_plans.write(tmp_path / "out", format="sdmx-csv")
    file = tmp_path / "out" / TARGETS
    text = file.read_text(encoding="utf-8")
    assert text.count("robot,4,robot_10K") == 1
    file.write_text(text.replace("robot,4,robot_10K", "robot,4,"), encoding="utf-8")
    found = read_back(tmp_path / "out", **own_types)
    assert found.targets.where(indicator="robots").one().unit == "robot_10K"


@given(st.text(min_size=1, max_size=20))
def test_any_name_becomes_an_identifier_and_back(name: str) -> None:
    spelled = code_id(name)
    assert all(each.isascii() and (each.isalnum() or each in "_-") for each in spelled)
    assert decoded(spelled) == name


def test_counterparts_of_indicators_are_annotations(tmp_path: Path) -> None:
    plans = ip.load().subset(["Guangdong"])
    plans.write(tmp_path / "out", format="sdmx-csv")
    text = (tmp_path / "out" / "structure.sdmx.xml").read_text(encoding="utf-8")
    code = text.partition('id="rd_intensity"')[2].partition("</str:Code>")[0]
    assert "<com:AnnotationTitle>SDG:9.5.1</com:AnnotationTitle>" in code
    assert code.count("<com:AnnotationType>SAME_AS</com:AnnotationType>") == 3
    assert code.index("Annotations") < code.index("com:Name")  # as the schema of SDMX orders them
