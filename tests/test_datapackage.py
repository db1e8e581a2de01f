"""Floor 5: Data Packages from outside: where tables may stand, and what is refused."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans.datapackage import DESCRIPTOR, DataPackage
from innovation_plans.exchange.table_schema import unit_entry
from innovation_plans.records import Region
from innovation_plans.rows import columns_of
from innovation_plans.unitfile import bundled_units

TARGET = {
    "plan": "XX-AB-14-sti",
    "indicator": "widget_share",
    "form": "level",
    "comparator": "about",
    "value": "3.50",
    "unit": "percent",
    "end_year": 2025,
    "source": "abe-plan",
}


@pytest.fixture
def package(world: Callable[..., Path]) -> Callable[..., Path]:
    """Writes the invented dataset without targets, in ``data/``, and a descriptor of it.

    `resources` stand in the descriptor besides; `said` replaces what it says of the whole.
    """

    def write(resources: list[Any] | None = None, /, **said: Any) -> Path:
        changed = {"targets/14th.csv": None, "corroborations.csv": None, "edition.toml": None}
        root = world(changed)
        (root / "data").mkdir()
        found = []
        for file in sorted(root.glob("*.*")):
            file.rename(root / "data" / file.name)
            found.append({"name": file.stem, "path": f"data/{file.name}"})
        (root / "observations").rename(root / "data" / "observations")
        paths = sorted(
            f"data/observations/{each.name}" for each in (root / "data" / "observations").iterdir()
        )
        found.append({"name": "observations", "path": paths})
        document = {"resources": [*found, *(resources or [])], "version": "2031.5"} | said
        (root / DESCRIPTOR).write_text(json.dumps(document), encoding="utf-8")
        return root

    return write


def faults_of(root: Path) -> list[str]:
    with pytest.raises(ip.DataErrors) as caught:
        ip.load(root)
    return [str(each) for each in caught.value.exceptions]


def test_tables_stand_where_the_descriptor_says(package: Callable[..., Path]) -> None:
    root = package()
    plans = ip.load(root)
    assert (len(plans.regions), len(plans.observations), plans.edition) == (4, 3, "2031.5")
    assert tuple(ip.load(root / DESCRIPTOR).observations) == tuple(plans.observations)


# --- rows in the descriptor itself


def test_rows_may_stand_in_the_descriptor(package: Callable[..., Path]) -> None:
    cells = TARGET | {"notes": None, "locator": "", "start_year": 2021}
    target = ip.load(package([{"name": "targets", "data": [cells]}])).targets.one()
    assert (str(target.value), target.start_year, target.citation.locator) == ("3.50", 2021, None)


def test_a_number_in_the_descriptor_keeps_its_digits(package: Callable[..., Path]) -> None:
    root = package([{"name": "targets", "data": [TARGET | {"value": "@"}]}])
    file = root / DESCRIPTOR
    file.write_text(file.read_text().replace('"@"', "0.10000000000000000000000001"))
    value = ip.load(root).targets.one().value
    assert value == Decimal("0.10000000000000000000000001")


def test_codes_in_a_list_are_codes_divided_by_a_bar(package: Callable[..., Path]) -> None:
    region = {"code": "XX-EF", "kind": "province", "name_en": "Eff", "groups": ["XX-G"]}
    region |= {"aliases": ["Effland", "EF"], "parent": "XX"}
    found = ip.load(package([{"name": "regions-more", "data": [region]}])).region("Effland")
    assert [each.code for each in found.groups] == ["XX-G"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("plan,indicator\n", "expected a list of rows as data"),
        ({"plan": "XX"}, "expected a list of rows as data"),
        (["plan"], "targets[0]: expected an object with a key a column"),
        ([["plan", "form"]], "targets[0]: expected an object with a key a column"),
        ([TARGET | {"notes": {"a": 1}}], "targets[0]: notes: expected text, a number or"),
        ([TARGET | {"notes": [1]}], "targets[0]: notes: expected text, a number or"),
        ([TARGET | {"colour": "red"}], "targets[0]: colour: no such column"),
        ([TARGET | {"value": 1e300}], "targets[0]: value: cannot read '1E+300'"),
        ([TARGET | {"end_year": 2025.5}], "targets[0]: end_year: expected a year"),
        ([TARGET | {"end_year": True}], "targets[0]: end_year: expected a year"),
        ([TARGET, TARGET], "targets[1]: XX-AB-14-sti/widget_share/level/2025@abe-plan stands"),
    ],
)
def test_faulty_rows_in_the_descriptor_are_refused(
    package: Callable[..., Path], data: Any, said: str
) -> None:
    (fault,) = faults_of(package([{"name": "targets", "data": data}]))
    assert said in fault


def test_a_number_in_the_place_of_a_code_is_a_fault_like_any_other(
    package: Callable[..., Path],
) -> None:
    region = {"code": "XX-EF", "kind": "province", "name_en": "Eff", "parent": 5}
    (fault,) = faults_of(package([{"name": "regions-more", "data": [region]}]))
    assert "parent: expected the code of a region, found '5'" in fault


# --- paths


@pytest.mark.parametrize(
    "path",
    [
        "../targets.csv",
        "data/../../targets.csv",
        "/etc/passwd",
        "https://example.org/targets.csv",
        "file:///etc/passwd",
        "C:/targets.csv",
        "data\\targets.csv",
        "data/\ntargets.csv",
        ".",
    ],
)
def test_a_path_that_leaves_the_package_is_refused(package: Callable[..., Path], path: str) -> None:
    faults = faults_of(package([{"name": "targets", "path": path}]))
    assert faults == [
        f"{DESCRIPTOR}: expected the path of a file beside {DESCRIPTOR}, found {path!r}"
    ]


@pytest.mark.parametrize("path", ["data/none.csv", "data", "data/\x00.csv", f"{'x' * 5000}.csv"])
def test_a_path_that_leads_to_no_file_is_refused(package: Callable[..., Path], path: str) -> None:
    (fault,) = faults_of(package([{"name": "targets", "path": path}]))
    assert "no file" in fault or "expected the path of a file" in fault
    assert len(fault) < 400


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
@pytest.mark.parametrize("link", ["file", "folder", "inside"])
def test_a_link_may_lead_inside_the_package_only(
    package: Callable[..., Path], tmp_path: Path, link: str
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "targets.csv").write_text("code\nsecret\n")
    root = package([{"name": "targets", "path": "linked/targets.csv"}])
    if link == "folder":
        (root / "linked").symlink_to(outside)
    else:
        (root / "linked").mkdir()
        header, cells = ",".join(TARGET), ",".join(map(str, TARGET.values()))
        (root / "data" / "14th.csv").write_text(f"{header}\n{cells}\n")
        to = outside / "targets.csv" if link == "file" else root / "data" / "14th.csv"
        (root / "linked" / "targets.csv").symlink_to(to)
    if link == "inside":
        assert len(ip.load(root).targets) == 1
    else:
        (fault,) = faults_of(root)
        assert "leads out of the folder" in fault
        assert "secret" not in fault


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_named_pipe_is_no_file(package: Callable[..., Path]) -> None:
    root = package([{"name": "targets", "path": "pipe.csv"}])
    os.mkfifo(root / "pipe.csv")
    (fault,) = faults_of(root)
    assert "no file 'pipe.csv'" in fault


def test_the_same_file_twice_is_refused(package: Callable[..., Path]) -> None:
    faults = faults_of(package([{"name": "goals-2", "path": "data/goals.csv"}]))
    assert f"{DESCRIPTOR}: resource 'goals-2': 'data/goals.csv' stands here twice" in faults


# --- resources


@pytest.mark.parametrize(
    ("resource", "said"),
    [
        ({"name": "targets"}, "expected a path or data, found neither"),
        ({"name": "tragets", "path": "data/goals2.csv"}, "resource 'tragets' is no table"),
        ({"name": "tragets", "data": []}, "resource 'tragets' is no table"),
        ({"name": "x", "type": "table", "path": "x.parquet"}, "resource 'x' is no table"),
        ({"name": "targets", "path": "t.tsv"}, "expected a path that ends with .csv or .toml"),
        ({"name": "targets", "path": "t.csv", "encoding": "gbk"}, "says 'gbk'"),
        ({"name": "targets", "path": "t.csv", "dialect": "d.json"}, "in the descriptor itself"),
        ({"name": "targets", "path": "t.csv", "dialect": {"delimiter": ";"}}, "says ';'"),
        ({"name": "targets", "path": "t.csv", "dialect": {"quoteChar": "'"}}, "as quoteChar"),
        ({"name": "targets", "path": "t.csv", "dialect": {"header": False}}, "True as header"),
        ({"name": "targets", "path": "t.csv", "dialect": {"commentChar": "#"}}, "commentChar"),
    ],
)
def test_what_is_not_written_as_the_house_writes_is_refused(
    package: Callable[..., Path], resource: dict[str, Any], said: str
) -> None:
    root = package([resource])
    for name in ("t.csv", "t.tsv", "data/goals2.csv"):
        (root / name).write_text("plan\nx\n")
    (fault,) = faults_of(root)
    assert said in fault


def test_a_dialect_that_says_what_is_so_is_taken(package: Callable[..., Path]) -> None:
    header, cells = ",".join(TARGET), ",".join(map(str, TARGET.values()))
    dialect = {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True}
    more = {"name": "targets", "path": "t.csv", "dialect": dialect, "encoding": "UTF-8"}
    root = package([more])
    (root / "t.csv").write_text(f"{header}\n{cells}\n")
    assert len(ip.load(root).targets) == 1


def test_files_that_are_no_tables_are_let_be(package: Callable[..., Path]) -> None:
    more = [
        {"name": "readme", "path": "README.md", "type": "file"},
        {"name": "notes", "path": "observations/notes.md", "type": "file"},
        {"name": "edition", "path": "edition.toml", "type": "file"},
    ]
    root = package(more)
    (root / "edition.toml").write_text('edition = "2031.5"\n')
    assert len(ip.load(root).observations) == 3


# --- the descriptor


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "broken JSON: Expecting property name"),
        ('{"resources":\n?}', ":2: broken JSON"),
        ("[" * 100_000, "broken JSON"),
        ('{"resources": [{"name": "targets", "data": [{"value": NaN}]}]}', "NaN is no number"),
        ("9" * 5000, "broken JSON"),
        ("[]", "expected an object with a list of resources"),
        ("{}", "expected an object with a list of resources"),
        ('{"resources": {}}', "expected an object with a list of resources"),
        ('{"resources": [1]}', "expected an object with a list of resources"),
        ('{"resources": [' + "{}," * 10_000 + "{}]}", "at most 10000 resources, found 10001"),
        ('{"resources": [], "version": {"a": 1}}', "version: expected text"),
        ('{"resources": [], "version": "a\\nb"}', "version: expected text"),
        ('{"resources": [], "units": []}', "units: expected an object"),
        ("\x00", "holds a NUL byte"),
    ],
)  # fmt: skip
def test_a_faulty_descriptor_is_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / DESCRIPTOR).write_text(text, encoding="utf-8")
    faults = faults_of(tmp_path)
    assert said in faults[0]
    assert len(faults[0]) < 300


def test_a_descriptor_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / DESCRIPTOR).write_bytes('{"title": "规划", "resources": []}'.encode("gbk"))
    assert "expected UTF-8" in faults_of(tmp_path)[0]


def test_a_huge_descriptor_is_refused(tmp_path: Path) -> None:
    with (tmp_path / DESCRIPTOR).open("wb") as stream:
        stream.truncate(64 * 1024 * 1024 + 1)
    assert "larger than" in faults_of(tmp_path)[0]


def test_all_faults_come_at_once(package: Callable[..., Path]) -> None:
    more = [
        {"name": "targets", "path": "../t.csv"},
        {"name": "tragets", "path": "t.csv"},
        {"name": "goals-2", "data": [{"region": "XX-ZZ"}]},
    ]
    assert len(faults_of(package(more))) >= 3


# --- units


def unit(factor: Any, dimension: Any, aliases: Any = ()) -> dict[str, Any]:
    return {"factor": factor, "dimension": dimension, "aliases": list(aliases)}


def test_units_may_stand_in_the_descriptor_alone(package: Callable[..., Path]) -> None:
    given = {
        "robot_10K": unit("10000", {"robots": 1}, ["万台"]),
        "robot": unit("1", {"robots": 1}, ["台"]),
        "robo": unit("1", {"robots": 1}),
        "yuan": unit("1", {"currency_CNY": 1}),
        "fen": unit("1/100", {"currency_CNY": 1}),
        "robots_squared_per_person": unit("3/7", {"robots": 2, "headcount": -1}),
        "huge": unit(str(10**30), {"robots": 1}),
        "half": unit("0.5", {}),
    }
    units = ip.load(package(units=given)).units
    factors = [units.factor(each, "robot") for each in ("万台", "robo", "huge")]
    assert factors == [10000, 1, 10**30]
    assert (units.factor("fen", "元"), units.factor("half", "percent")) == (Decimal("0.01"), 50)
    squared = units.unit("robots_squared_per_person").dimension
    assert squared == (("headcount", -1), ("robots", 2))
    made = ip.quantity("2 yuan", table=units)
    assert made.to("fen") == ip.quantity("200 fen", table=units)


def test_bundled_units_in_the_descriptor_are_those_that_are_there(
    package: Callable[..., Path],
) -> None:
    given = {each.name: unit_entry(each) for each in bundled_units()}
    assert ip.load(package(units=given)).units is bundled_units()


def test_a_unit_file_goes_before_the_descriptor(package: Callable[..., Path]) -> None:
    root = package(units={"robot": unit("1", {"robots": 1})})
    (root / "units.txt").write_text("drone = [drones]\n")
    units = ip.load(root).units
    assert ("drone" in units, "robot" in units) == (True, False)


@pytest.mark.parametrize(
    "given",
    [
        {"robot": 3},
        {"robot": {}},
        {"robot": unit("1e999999999", {"robots": 1})},
        {"robot": unit("-1", {"robots": 1})},
        {"robot": unit("0", {"robots": 1})},
        {"robot": unit("1/0", {"robots": 1})},
        {"robot": unit(1.5, {"robots": 1, "": 2})},
        {"robot": unit("1", {"robots": 0})},
        {"robot": unit("1", {"robots": 10**9})},
        {"robot": unit("1", {"robots": 1.5})},
        {"robot": unit("1", {"robots": True})},
        {"robot": unit("1", ["robots"])},
        {"robot": unit("1", {"robots": 1}) | {"aliases": "台"}},
        {"robot": unit("1", {"robots": 1}, ["a b"])},
        {"robot\nyuan = CNY": unit("1", {"robots": 1})},
        {"robot": unit("2", {"no_such_dimension": 1})},
        {"robot = 5 #": unit("1", {"robots": 1})},
        {"CNY": unit("2", {"currency_CNY": 1})},
        {"robot": unit("1", {"robots": 1}, ["元"])},
        {str(at): unit("1", {"robots": 1}) for at in range(2001)},
    ],
)  # fmt: skip
def test_a_faulty_unit_is_refused(package: Callable[..., Path], given: dict[str, Any]) -> None:
    faults = faults_of(package(units=given))
    assert any(fault.startswith(f"{DESCRIPTOR}") for fault in faults)


def test_a_package_in_an_archive_is_read_like_one_in_a_folder(
    package: Callable[..., Path], tmp_path: Path
) -> None:
    archive = shutil.make_archive(str(tmp_path / "made"), "zip", package())
    source = DataPackage(zipfile.Path(archive), "made.zip")
    faults: list[ip.DataError] = []
    assert len(list(source.rows("regions", columns_of(Region), faults))) == 4
    assert (faults, source.label) == ([], "made.zip")
