"""Floor 9: JSON-LD, read by rdflib and by mlcroissant, without the network."""

from __future__ import annotations

import hashlib
import json
import logging
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import rdflib

import innovation_plans as ip
from innovation_plans.directory import TABLES
from innovation_plans.exchange import jsonld
from innovation_plans.exchange.known_formats import Options

# rdflib's own reader of JSON-LD still makes a graph of a class that rdflib has renamed.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

SCHEMA = rdflib.Namespace("https://schema.org/")
CROISSANT = rdflib.Namespace("http://mlcommons.org/croissant/")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("something asked for the network")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory, every_tier: ip.Dataset) -> Path:
    path = tmp_path_factory.mktemp("jsonld") / "out"
    jsonld.write(every_tier, path, Options())
    return path


@pytest.fixture(scope="module")
def graph(bundled: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(bundled / jsonld.DESCRIPTION, format="json-ld")


@pytest.fixture
def complaints(caplog: pytest.LogCaptureFixture) -> Iterator[Callable[[], list[str]]]:
    """What mlcroissant logs of what it finds missing or odd."""
    with caplog.at_level(logging.WARNING):
        yield lambda: [record.getMessage() for record in caplog.records]


def read_by_croissant(path: Path) -> Any:
    import mlcroissant

    return mlcroissant.Dataset(jsonld=str(path / jsonld.DESCRIPTION))


@pytest.mark.heavy
def test_mlcroissant_accepts_the_bundled_data_without_a_complaint(
    bundled: Path, every_tier: ip.Dataset, complaints: Callable[[], list[str]]
) -> None:
    found = read_by_croissant(bundled).metadata
    assert complaints() == []
    assert found.version == every_tier.edition
    assert found.license == ["https://creativecommons.org/licenses/by/4.0/"]
    assert every_tier.edition in found.cite_as
    assert [each.name for each in found.record_sets] == list(TABLES)


@pytest.mark.heavy
def test_mlcroissant_reads_the_targets(bundled: Path, every_tier: ip.Dataset) -> None:
    rows = list(read_by_croissant(bundled).records("targets"))
    assert len(rows) == len(every_tier.targets)
    for row, target in zip(rows, every_tier.targets, strict=True):
        assert row["targets/plan"].decode() == target.plan.code
        assert row["targets/value"] == float(target.value)
        assert row["targets/end_year"] == target.end_year
        assert row["targets/start_year"] == target.start_year


def test_mlcroissant_accepts_own_units_and_types(tmp_path: Path, own_plans: ip.Dataset) -> None:
    jsonld.write(own_plans, tmp_path / "out", Options(safe=False))
    rows = list(read_by_croissant(tmp_path / "out").records("targets"))
    (row,) = [each for each in rows if each["targets/indicator"] == b"robots"]
    assert row["targets/owner"] == b"=HYPERLINK(A1)"
    assert row["targets/pilot"] is False


def test_every_file_is_described_with_its_sum(bundled: Path) -> None:
    document = json.loads((bundled / jsonld.DESCRIPTION).read_text(encoding="utf-8"))
    sums = {each["contentUrl"]: each["sha256"] for each in document["distribution"]}
    files = [each for each in bundled.iterdir() if each.name != jsonld.DESCRIPTION]
    assert sums == {each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in files}


def test_the_graph_says_what_is_measured_where_and_when(
    graph: rdflib.Graph, every_tier: ip.Dataset
) -> None:
    (dataset,) = graph.subjects(rdflib.RDF.type, SCHEMA.Dataset)
    figures = [*every_tier.targets, *every_tier.observations]
    measured = {
        str(graph.value(each, SCHEMA.propertyID)): str(graph.value(each, SCHEMA.unitCode))
        for each in graph.objects(dataset, SCHEMA.variableMeasured)
    }
    assert measured == {each.indicator.code: each.indicator.unit for each in figures}
    places = {
        str(graph.value(each, SCHEMA.identifier))
        for each in graph.objects(dataset, SCHEMA.spatialCoverage)
    }
    assert places == {each.region.code for each in figures}
    years = {each.end_year for each in every_tier.targets}
    years |= {each.year for each in every_tier.observations if each.year}
    years |= {each.start_year for each in figures if each.start_year}
    (covered,) = graph.objects(dataset, SCHEMA.temporalCoverage)
    assert str(covered) == f"{min(years)}/{max(years)}"


def test_chinese_names_are_marked_as_chinese(graph: rdflib.Graph) -> None:
    names = set(graph.objects(None, SCHEMA.alternateName))
    assert rdflib.Literal("广东省", lang="zh") in names


def test_every_column_is_a_field_of_a_known_type(graph: rdflib.Graph) -> None:
    fields = list(graph.subjects(rdflib.RDF.type, CROISSANT.Field))
    types = {graph.value(each, CROISSANT.dataType) for each in fields}
    assert len(fields) > 80
    named = {SCHEMA[name] for name in ("Text", "Float", "Integer", "Boolean", "URL")}
    assert types == named


@pytest.mark.heavy
def test_of_data_that_are_not_ours_neither_licence_nor_creator_is_claimed(
    tmp_path: Path, own_plans: ip.Dataset, plans: ip.Dataset
) -> None:
    jsonld.write(own_plans, tmp_path / "own", Options())
    said = json.loads((tmp_path / "own" / jsonld.DESCRIPTION).read_text(encoding="utf-8"))
    assert not {"license", "creator", "citeAs", "datePublished"} & said.keys()
    more = plans.extend(sources=[{"code": "city", "title": "Our plan", "tier": "A"}])
    jsonld.write(more, tmp_path / "more", Options())
    said = json.loads((tmp_path / "more" / jsonld.DESCRIPTION).read_text(encoding="utf-8"))
    assert said["usageInfo"].startswith("Licence and creator are those of")


def test_the_directory_loads_and_reads_back_equal(
    tmp_path: Path,
    own_plans: ip.Dataset,
    own_types: dict[str, Any],
    same_content: Callable[..., None],
) -> None:
    jsonld.write(own_plans, tmp_path / "out", Options(safe=False))
    same_content(own_plans, ip.load(tmp_path / "out", tiers="ABCD", **own_types))
    source = jsonld.read(tmp_path / "out" / jsonld.DESCRIPTION)
    assert source.edition([]) == own_plans.edition


def test_formulas_are_neutralised_unless_asked_otherwise(
    tmp_path: Path, own_plans: ip.Dataset
) -> None:
    jsonld.write(own_plans, tmp_path / "out", Options())
    assert ",'=HYPERLINK(A1)," in (tmp_path / "out" / "targets.csv").read_text(encoding="utf-8")
