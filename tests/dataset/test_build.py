from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

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


def errors_of(root: Path) -> list[str]:
    """Return every error of a directory, in reading order."""
    with pytest.raises(ip.DataErrors) as caught:
        build(csv.read(root)).checked()
    assert all(type(each) is ip.DataError for each in caught.value.exceptions)
    return [str(each) for each in caught.value.exceptions]


@pytest.fixture
def spied(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The files that are read, in order."""
    read: list[str] = []
    for name in ("read_csv", "read_toml"):
        reader = getattr(csv, name)

        def spy(file: Any, label: str, reader: Any = reader, **options: Any) -> Any:
            read.append(label)
            return reader(file, label, **options)

        monkeypatch.setattr(csv, name, spy)
    return read


# ------------------------------------------------------------------ reading


def test_a_directory_is_read_completely(world: Changed) -> None:
    directory = build(csv.read(world())).checked().records
    counts = {name: len(directory.table(name)) for name in TABLES}
    assert counts == {
        "regions": 4,
        "indicators": 4,
        "sources": 3,
        "plans": 2,
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
    root = world({"README.md": "# Landia", "units.txt": "", "targets/notes.txt": "x", ".x": "y"})
    build(csv.read(root)).checked()
    assert not {"README.md", "units.txt", "targets/notes.txt", ".x"} & set(spied)


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


def test_every_error_of_every_file(changed: Changed) -> None:
    root = changed(
        ("regions.csv", "XX-CD,province", "XX-CD,provinz"),
        ("indicators.toml", 'unit = "percent"\ndirection = "down"', 'unit = "percents"\ntrend = 1'),
        ("sources.csv", "2024-05-10", "2024-02-30"),
        ("plans.csv", "XX-AB,14th", "XX-AB,2021-25"),
        ("errata.csv", "a slip of the press", " a slip"),
        ("vintages.csv", ",1,2023", ",first,2023"),
        ("targets/14th.csv", "about,3.5,,percent,2021", "about,3.5%,,percent,21"),
        ("observations/widget_share.csv", "above,9,", "over,9,"),
        ("corroborations.csv", "about,3.5", "about,1e3"),
        ("goals.csv", "spatial", "Spatial Order"),
    )
    faults = errors_of(root)
    places = [": ".join(fault.split(": ")[:2]) for fault in faults]
    assert places == [
        "regions.csv:4: kind",
        "indicators.toml:10: trend",
        "sources.csv:4: date",
        "plans.csv:2: period",
        "errata.csv:2: reason",
        "vintages.csv:2: order",
        "targets/14th.csv:2: value",
        "targets/14th.csv:2: start_year",
        "corroborations.csv:2: value",
        "observations/widget_share.csv:3: comparator",
        "goals.csv:3: theme",
    ]


def test_the_group_states_the_numbers_of_errors_and_files(changed: Changed) -> None:
    root = changed(
        ("goals.csv", "framework", "frame"),
        ("corroborations.csv", "about,3.5", "about,x"),
        ("plans.csv", "14th,sti,,", "14th,song,,"),
    )
    with pytest.raises(ip.DataErrors) as caught:
        build(csv.read(root, "ours")).checked()
    assert str(caught.value) == ("ours: 3 errors in 3 files, nothing loaded (3 sub-exceptions)")


def test_files_that_are_not_text_do_not_stop_the_reading(world: Changed) -> None:
    root = world(
        {
            "goals.csv": "plan,region\n目标".encode("gbk"),
            "corroborations.csv": b"target\n\0",
            "vintages.csv": 'code\n"first',
        }
    )
    assert errors_of(root) == [
        "vintages.csv:2: broken CSV: unexpected end of data",
        "corroborations.csv:2: contains a NUL byte; expected text",
        "goals.csv:2: expected UTF-8, found byte 0xb1; save it as UTF-8",
    ]


# ------------------------------------------------------------------ one cause, one error


@pytest.mark.parametrize(
    ("edit", "fault"),
    [
        (
            ("regions.csv", "XX-AB,province", "XX-AB,provinz"),
            (
                "regions.csv:3: kind: expected 'nation', 'province', 'city' or 'group', "
                "found 'provinz'"
            ),
        ),
        (
            ("indicators.toml", 'numerator = "widget_output"', 'numerator = "widget_input"'),
            (
                "indicators.toml:22: numerator: expected the code of an indicator, "
                "found 'widget_input'; did you mean 'widget_output'?"
            ),
        ),
        (
            ("sources.csv", "abe-plan,Plan of Abeland", "abe-plan,"),
            "sources.csv:2: title: expected a value, found an empty cell",
        ),
        (
            ("plans.csv", "XX-AB,14th", "XX-AB,14 th"),
            "plans.csv:2: period: expected text of the form",
        ),
        (
            ("errata.csv", "3.5%,a slip", ",a slip"),
            "errata.csv:2: corrected: expected a value, found an empty cell",
        ),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_rows_that_refer_to_an_invalid_row_are_not_reported(
    changed: Changed, edit: tuple[str, str, str], fault: str
) -> None:
    (errors,) = errors_of(changed(edit))
    assert errors.startswith(fault)


@pytest.mark.parametrize(
    "edit",
    [
        ("regions.csv", "XX-AB,province,Abeland,甲省,甲,Abe|AB,XX,XX-G", "XX-AB,province,Abeland"),
        ("sources.csv", "A,\nblog", "A,,\nblog"),
        ("plans.csv", "XX-AB-14-sti,XX-AB,", "XX-AB-14-sti,XX-AB,,"),
    ],
    ids=["regions", "sources", "plans"],
)
def test_a_row_with_too_few_or_too_many_cells_is_an_invalid_row(
    changed: Changed, edit: tuple[str, str, str]
) -> None:
    (errors,) = errors_of(changed(edit))
    assert "cells, found" in errors


def test_a_toml_table_with_an_unknown_key_is_an_invalid_row(changed: Changed) -> None:
    edit = ("indicators.toml", 'denominator = "gross', 'divisor = "gross')
    (errors,) = errors_of(changed(edit))
    assert errors.startswith("indicators.toml:23: divisor: no such column; ")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("regions.csv", "code,kynd,name_en\nXX,nation,Landia\n"),
        ("regions.csv", "区".encode("gbk")),
        ("indicators.toml", "[widget_share\n"),
        ("sources.csv", b"code\0"),
        ("plans.csv", 'code,region\n"XX-AB-14-sti'),
    ],
)
def test_a_file_that_cannot_be_read_is_one_error(
    world: Changed, name: str, content: str | bytes
) -> None:
    (errors,) = errors_of(world({name: content}))
    assert errors.startswith(name)


# ------------------------------------------------------------------ keys


@pytest.mark.parametrize(
    ("name", "extra", "fault"),
    [
        (
            "regions.csv",
            "XX,nation,Otherland,,,,,\n",
            "regions.csv:6: XX is already at regions.csv:2",
        ),
        (
            "goals.csv",
            "XX-AB-14-sti,XX-AB,framework,overall,again,2025,abe-plan,page 1,\n",
            ("goals.csv:4: XX-AB/framework/overall/2025@abe-plan#page 1 is already at goals.csv:2"),
        ),
        (
            "vintages.csv",
            "revised,gross_product,,3,2025-01-01,land-stat,again\n",
            "vintages.csv:4: gross_product/revised/* is already at vintages.csv:3",
        ),
    ],
)
def test_a_key_is_unique(world: Changed, name: str, extra: str, fault: str) -> None:
    root = world()
    with (root / name).open("a", encoding="utf-8") as file:
        file.write(extra)
    assert errors_of(root) == [fault]


def test_a_key_is_unique_in_all_files_of_a_table(world: Changed) -> None:
    row = "XX-AB-14-sti,widget_share,level,reach,4,,percent,,2025,,,,,,abe-plan,,4%,,\n"
    root = world({"targets/15th.csv": HEADER + row})
    assert errors_of(root) == [
        (
            "targets/15th.csv:2: XX-AB-14-sti/widget_share/level/2025@abe-plan is already at "
            "targets/14th.csv:2"
        )
    ]


# ------------------------------------------------------------------ other files


@pytest.mark.parametrize(
    "name", ["target.csv", "Targets.csv", "observation.toml", "units.csv", ".csv", "goals.bak.csv"]
)
def test_an_unknown_table_raises_an_error(world: Changed, name: str) -> None:
    assert errors_of(world({name: "code\n"})) == [
        f"{name}: no such table; expected one of {', '.join(TABLES)}"
    ]


def test_a_folder_named_like_a_file_raises_an_error(world: Changed) -> None:
    root = world({"goals.csv": None})
    (root / "goals.csv").mkdir()
    (fault,) = errors_of(root)
    assert fault.startswith("goals.csv: ")


def test_a_folder_named_like_a_file_of_a_table_raises_an_error(world: Changed) -> None:
    root = world()
    (root / "targets" / "16th.csv").mkdir()
    (fault,) = errors_of(root)
    assert fault.startswith("targets/16th.csv: cannot be read: ")


@pytest.mark.parametrize("name", ["absent", "file"])
def test_a_path_that_is_not_a_directory(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ip.DataErrors) as caught:
        csv.read(tmp_path / name, "ours")
    assert [str(each) for each in caught.value.exceptions] == [
        "ours: expected a directory of CSV files; give the directory, not one file"
    ]
