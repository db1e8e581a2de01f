"""Data Packages, read by frictionless and by the package itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package, validate

import innovation_plans as ip
from innovation_plans.io.datapackage import columns_in, columns_with, table_schema
from innovation_plans.records.fields import UnitToken


def written(plans: Any, path: Path) -> dict[str, Any]:
    plans.write(path, format="datapackage")
    found: dict[str, Any] = json.loads((path / "datapackage.json").read_text(encoding="utf-8"))
    return found


def resource(document: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = [each for each in document["resources"] if each["name"] == name]
    return found


@pytest.mark.heavy
def test_the_bundled_data_make_a_valid_package_that_reads_back_equal(
    tmp_path: Path, every_tier: ip.Dataset, same_content: Callable[..., None]
) -> None:
    document = written(every_tier, tmp_path / "out")
    report = validate(str(tmp_path / "out" / "datapackage.json"))
    assert report.valid, report.flatten(["resourceName", "rowNumber", "note"])
    same_content(every_tier, ip.load(tmp_path / "out", tiers="ABCD"))
    assert document["licenses"][0]["name"] == "CC-BY-4.0"
    assert document["version"] == every_tier.edition
    assert document["title"] == "Targets and outcomes of Chinese innovation plans"


def test_own_units_and_types_make_a_valid_package_that_reads_back_equal(
    tmp_path: Path,
    own_plans: ip.Dataset,
    own_types: dict[str, Any],
    same_content: Callable[..., None],
) -> None:
    document = written(own_plans, tmp_path / "out")
    report = validate(str(tmp_path / "out" / "datapackage.json"))
    assert report.valid, report.flatten(["resourceName", "rowNumber", "note"])
    same_content(own_plans, ip.load(tmp_path / "out", tiers="ABCD", **own_types))
    same_content(own_plans, ip.load(tmp_path / "out", **own_types))
    assert "licenses" not in document, "of data that are not ours no licence is claimed"
    fields = {each["name"]: each for each in resource(document, "targets")["schema"]["fields"]}
    assert fields["reviewed"]["type"] == "date"
    assert fields["budget"]["type"] == "number"
    assert fields["pilot"]["trueValues"] == ["true"]
    assert "required" not in fields["owner"].get("constraints", {})


@pytest.mark.heavy
def test_extend_takes_a_package_and_finds_nothing_new_in_what_it_holds(
    tmp_path: Path, every_tier: ip.Dataset
) -> None:
    written(every_tier, tmp_path / "out")
    ours = every_tier.extend(tmp_path / "out")
    assert tuple(ours.targets) == tuple(every_tier.targets)
    assert dict(ours.extensions[-1].added) == {}


def test_the_descriptor_says_bytes_and_sha256_of_each_file(
    tmp_path: Path, own_plans: ip.Dataset
) -> None:
    document = written(own_plans, tmp_path / "out")
    for each in document["resources"]:
        raw = (tmp_path / "out" / each["path"]).read_bytes()
        assert each["bytes"] == len(raw)
        assert each["hash"] == f"sha256:{hashlib.sha256(raw).hexdigest()}"
    described = {each["path"] for each in document["resources"]} | {"datapackage.json"}
    names = {each.name for each in (tmp_path / "out").iterdir()}
    assert described == names - {"SHA256SUMS"}


def test_keys_of_each_table_lead_to_tables_that_are_there(
    tmp_path: Path, own_plans: ip.Dataset
) -> None:
    document = written(own_plans, tmp_path / "out")
    tables = {each["name"] for each in document["resources"]} | {""}
    keys = {
        (each["name"], key["fields"][0], key["reference"]["resource"])
        for each in document["resources"]
        if each["type"] == "table"
        for key in each["schema"].get("foreignKeys", [])
    }
    assert ("targets", "plan", "plans") in keys
    assert ("targets", "indicator", "indicators") in keys
    assert ("regions", "parent", "") in keys
    assert not any(column == "groups" for _, column, _ in keys), "several codes in one cell"
    assert {there for *_, there in keys} <= tables
    assert resource(document, "regions")["schema"]["primaryKey"] == ["code"]


def test_a_table_that_is_not_written_is_no_end_of_a_key(
    tmp_path: Path, world: Callable[..., Path]
) -> None:
    text = "plan,indicator,form,comparator,value,unit,end_year,source\n"
    text += "XX-AB-14-sti,widget_share,level,about,3.5,percent,2025,abe-plan\n"
    changed = {"errata.csv": None, "targets/14th.csv": text, "corroborations.csv": None}
    plans = ip.load(world(changed), tiers="ABC")
    document = written(plans, tmp_path / "out")
    keys = resource(document, "targets")["schema"]["foreignKeys"]
    assert [key["fields"] for key in keys] == [["plan"], ["indicator"], ["source"]]
    assert validate(str(tmp_path / "out" / "datapackage.json")).valid


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("robot_10K", "robot_1K", "constraint-error"),
        ("at_least", "at_lest", "constraint-error"),
        ("XX-CD-14-sti", "XX-CD-15-sti", "foreign-key"),
        ("2024-02-29", "2023-02-29", "type-error"),
    ],
)
def test_frictionless_refuses_what_the_schemas_forbid(
    tmp_path: Path, own_plans: ip.Dataset, old: str, new: str, kind: str
) -> None:
    document = written(own_plans, tmp_path / "out")
    file = tmp_path / "out" / "targets.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    for each in document["resources"]:  # the sums would complain first
        del each["bytes"], each["hash"]
    (tmp_path / "out" / "datapackage.json").write_text(json.dumps(document), encoding="utf-8")
    report = validate(str(tmp_path / "out" / "datapackage.json"))
    assert kind in {found[0] for found in report.flatten(["type"])}


def test_frictionless_reads_the_cells_as_they_are(tmp_path: Path, own_plans: ip.Dataset) -> None:
    written(own_plans, tmp_path / "out")
    rows = Package(str(tmp_path / "out" / "datapackage.json")).get_resource("targets").read_rows()
    (row,) = [each for each in rows if each["indicator"] == "robots"]
    assert (row["owner"], str(row["value"])) == ("=HYPERLINK(A1)", "1.50")


def test_a_dataset_with_a_part_of_the_bundled_data_says_so(
    tmp_path: Path, plans: ip.Dataset
) -> None:
    ours = plans.extend(sources=[{"code": "city", "title": "Our plan", "tier": "A"}])
    assert plans._content().bundled() == "all"
    assert ours._content().bundled() == "some"
    document = written(ours, tmp_path / "out")
    assert document["licenses"][0]["title"].endswith("for the data of innovation_plans")


def test_own_fields_of_every_sort_are_described() -> None:
    class Odd(ip.Target):
        either: int | str | None = None
        partner: ip.Region | None = None
        parts: tuple[str, ...] = ()
        counted_in: UnitToken | None = None

    found = {each.name: each for each in columns_with([ip.Target, Odd])}
    assert columns_in([ip.Target, Odd])[-4:] == ("either", "partner", "parts", "counted_in")
    assert (found["either"].type, found["parts"].several) == ("string", True)
    schema = table_schema("targets", [ip.Target, Odd], units=["percent"], enumerated={})
    fields = {each["name"]: each for each in schema["fields"]}
    assert fields["counted_in"]["constraints"] == {"enum": ["percent"]}
    assert "description" not in fields["either"]


@pytest.mark.parametrize("format", ["datapackage", "sdmx-csv"])
def test_the_front_of_exchange_writes_reads_and_replaces_each_standard(
    tmp_path: Path,
    own_plans: ip.Dataset,
    own_types: dict[str, Any],
    same_content: Callable[..., None],
    format: str,  # noqa: A002 - as `write` calls it
) -> None:
    done = own_plans.write(tmp_path / "out", format=format)
    own_plans.write(tmp_path / "out", format=format, overwrite=True)
    found = ip.load(done.path, **own_types)
    undated = "SDMX cannot hold an observation without a year"
    without = (
        (lambda each: getattr(each, "year", undated) is None) if format == "sdmx-csv" else None
    )
    same_content(own_plans, found, without)
