"""``croissant.json``: the description of the data files, and that mlcroissant reads them."""

from __future__ import annotations

import hashlib
import json
import logging
import socket
from pathlib import Path
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans.records import TABLES

DATA = Path(ip.__file__).parent / "data"


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    result: dict[str, Any] = json.loads((DATA / "croissant.json").read_text(encoding="utf-8"))
    return result


def test_files_are_described_with_their_sums(document: dict[str, Any]) -> None:
    files = [each for each in document["distribution"] if each["@type"] == "cr:FileObject"]
    assert {each["contentUrl"]: each["sha256"] for each in files} == {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in DATA.iterdir()
        if file.suffix in {".csv", ".toml", ".txt"}
    }


def test_the_description_states_indicators_regions_and_years(
    document: dict[str, Any], every_tier: ip.Dataset
) -> None:
    statements = [*every_tier.targets, *every_tier.observations]
    units = {each["propertyID"]: each["unitCode"] for each in document["variableMeasured"]}
    assert units == {each.indicator.code: each.indicator.unit for each in statements}
    places = {each["identifier"] for each in document["spatialCoverage"]}
    assert places == {each.region.code for each in statements}
    assert document["temporalCoverage"].endswith(
        str(max(each.end_year for each in every_tier.targets))
    )
    assert document["version"] == every_tier.edition


def test_verify_checks_the_description() -> None:
    assert "croissant.json" in ip.verify()


@pytest.mark.heavy
# The JSON-LD reader of rdflib uses a class that rdflib has renamed.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_mlcroissant_reads_the_targets_without_a_warning(
    every_tier: ip.Dataset, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    import mlcroissant

    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("something asked for the network")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    with caplog.at_level(logging.WARNING):
        described = mlcroissant.Dataset(jsonld=str(DATA / "croissant.json"))
    assert [record.getMessage() for record in caplog.records] == []
    names = [each.name for each in described.metadata.record_sets]
    assert names == [name for name in TABLES if name != "indicators"]  # which are TOML
    rows = [
        (row["targets/plan"].decode(), row["targets/value"], row["targets/end_year"])
        for row in described.records("targets")
    ]
    targets = [(each.plan.code, float(each.value), each.end_year) for each in every_tier.targets]
    assert sorted(rows) == sorted(targets)
