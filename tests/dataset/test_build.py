from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import innovation_plans as ip
from innovation_plans.dataset.build import BundledTables, build
from innovation_plans.io import csv
from innovation_plans.records import TABLES

Changed = Callable[..., Path]
HEADER = (
    "plan,indicator,form,comparator,value,value_high,unit,start_year,end_year,baseline_value,"
    "baseline_year,baseline_unit,force,breakdown,source,locator,as_stated,erratum,notes\n"
)


# ------------------------------------------------------------------ reading


def test_a_directory_is_read_completely(world: Changed) -> None:
    directory = build(csv.read(world())).checked().records
    counts = {name: len(directory.table(name)) for name in TABLES}
    assert counts == {
        "regions": 4,
        "indicators": 4,
        "sources": 3,
        "plans": 2,
        "documents": 2,
        "errata": 1,
        "vintages": 2,
        "targets": 3,
        "corroborations": 1,
        "observations": 5,
        "goals": 2,
    }


def test_references_of_a_directory_are_its_own_records(world: Changed) -> None:
    directory = BundledTables(world())
    target = directory.table("targets")[0]
    assert target.plan is directory.context.of("plan")["XX-AB-14-sti"]
    assert target.region in directory.table("regions")
    assert target.erratum is directory.table("errata")[0]
    assert target.region.groups[0].name_zh == "大东区"


def test_a_table_may_be_one_file_or_several(world: Changed, spied: list[str]) -> None:
    observations = (world() / "observations" / "widget_share.csv").read_text("utf-8")
    root = world(
        {
            "observations.csv": observations,
            "observations/widget_share.csv": None,
            "indicators/extra.toml": '[zeal]\nname_en = "Zeal"\nunit = "item"\ndirection = "up"\n',
        }
    )
    (root / "observations" / "widget_share.csv").unlink()
    directory = build(csv.read(root)).checked().records
    assert len(directory.table("observations")) == 5
    assert "zeal" in directory.context.of("indicator")
    assert spied == [
        "regions.csv",
        "indicators.toml",
        "indicators/extra.toml",
        "sources.csv",
        "plans.csv",
        "documents.csv",
        "errata.csv",
        "vintages.csv",
        "targets/14th.csv",
        "corroborations.csv",
        "observations.csv",
        "observations/gross_product.csv",
        "goals.csv",
    ]


def test_tables_may_be_left_out(world: Changed) -> None:
    root = world({"goals.csv": None, "corroborations.csv": None, "vintages.csv": None})
    directory = build(csv.read(root)).checked().records
    assert directory.table("goals") == []


def test_a_directory_without_tables_is_an_empty_dataset(tmp_path: Path) -> None:
    (tmp_path / "edition.toml").write_text('edition = "1"')
    directory = build(csv.read(tmp_path)).checked().records
    assert [directory.table(name) for name in TABLES] == [[]] * len(TABLES)


def test_other_files_are_ignored(world: Changed, spied: list[str]) -> None:
    root = world({"README.md": "# Landia", "units.txt": "", "targets/README.txt": "x", ".x": "y"})
    build(csv.read(root)).checked()
    assert not {"README.md", "units.txt", "targets/README.txt", ".x"} & set(spied)


def test_own_record_types(world: Changed) -> None:
    class Marked(ip.Target):
        mark: str = "none"

    root = world(
        {
            "targets/own.csv": HEADER.replace("plan,", "plan,mark,", 1)
            + "XX-CD-14-sti,star,widget_share,level,reach,4,,percent,,2030,,,,,,blog,,4%,,\n"
        }
    )
    directory = build(csv.read(root), {"targets": Marked}).checked().records
    assert [each.mark for each in directory.table("targets")] == ["none"] * 3 + ["star"]
    assert {type(each) for each in directory.table("targets")} == {Marked}


# ------------------------------------------------------------------ lazily


def test_only_requested_tables_are_read(world: Changed, spied: list[str]) -> None:
    directory = BundledTables(world())
    assert spied == []
    directory.table("regions")
    coded = ["regions.csv", "indicators.toml", "sources.csv", "plans.csv", "errata.csv"]
    assert spied == coded
    directory.table("targets")
    assert spied == [*coded, "targets/14th.csv"]
    for name in ("targets", "plans"):
        assert directory.table(name) is directory.table(name)
    assert spied == [*coded, "targets/14th.csv"]


def test_an_error_of_another_table_is_not_raised_yet(changed: Changed) -> None:
    directory = BundledTables(changed(("goals.csv", "framework", "frame")))
    assert len(directory.table("targets")) == 3
    for _ in range(2):
        with pytest.raises(ip.DataErrors):
            directory.table("goals")


# ------------------------------------------------------------------ all errors together


def test_the_group_states_the_numbers_of_errors_and_files(changed: Changed) -> None:
    root = changed(
        ("goals.csv", "framework", "frame"),
        ("corroborations.csv", "about,3.5", "about,x"),
        ("plans.csv", "14th,sti,,", "14th,song,,"),
    )
    with pytest.raises(ip.DataErrors) as caught:
        build(csv.read(root, "ours")).checked()
    assert str(caught.value).startswith("ours: 3 errors in 3 files, nothing loaded: plans.csv:2: ")


@pytest.mark.parametrize("name", ["absent", "file"])
def test_a_path_that_is_not_a_directory(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ip.DataErrors) as caught:
        csv.read(tmp_path / name, "ours")
    assert [str(each) for each in caught.value.exceptions] == [
        "ours: expected a directory of CSV files; give the directory, not one file"
    ]
