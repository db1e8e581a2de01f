"""Several threads and processes: a reader gets the files of one export, or an error."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans import explorer
from innovation_plans.io import csv, raw

from .conftest import at_once, tree

Whole = dict[str, bytes | str | None]


@pytest.fixture
def two(world: Callable[..., Path]) -> tuple[ip.Dataset, ip.Dataset]:
    """Two datasets whose every table differs."""
    first = ip.load(world(), tiers="ABCD")
    second = first.extend(
        regions=[{"code": "XX-EF", "kind": "province", "name_en": "Eefland", "parent": "XX"}],
        sources=[{"code": "other", "title": "Another", "tier": "A"}],
        observations=[
            {"region": "XX-EF", "indicator": "widget_share", "form": "level", "comparator": "reach",
             "value": "7", "unit": "percent", "year": 2023, "source": "other"}
        ],
    )  # fmt: skip
    return first, second


def wholes(two: tuple[ip.Dataset, ip.Dataset], tmp_path: Path, kind: str, name: str) -> list[Whole]:
    """What each of the two looks like when it is written alone."""
    found = []
    for number, plans in enumerate(two):
        alone = tmp_path / f"alone-{number}"
        alone.mkdir()
        plans.write(alone / name, format=kind)
        found.append(tree(alone))
    assert found[0] != found[1]
    return found


def test_many_threads_write_to_one_file(
    two: tuple[ip.Dataset, ip.Dataset], tmp_path: Path, room: Path
) -> None:
    kind, name = "jsonl", "out.jsonl"
    expected = wholes(two, tmp_path, kind, name)

    def write(number: int) -> None:
        for _ in range(4):
            two[number % 2].write(room / name, format=kind, overwrite=True)

    assert at_once(4, write) == [None] * 4
    assert tree(room) in expected


def write_often(worlds: list[str], target: str, count: int) -> None:
    datasets = [ip.load(world, tiers="ABCD") for world in worlds]
    for number in range(count):
        datasets[number % 2].write(target, format="csv", overwrite=True)


def read_often(given: tuple[str, int]) -> list[list[str]]:
    target, count = given
    found = []
    for _ in range(count):
        try:
            plans = ip.load(target)
        except (ip.DataErrors, ip.MissingError):
            continue
        found.append([f"{len(getattr(plans, name))}" for name in ("sources", "observations")])
    return found


@pytest.mark.heavy
def test_one_process_reads_what_another_writes(
    two: tuple[ip.Dataset, ip.Dataset], tmp_path: Path, room: Path
) -> None:
    expected = wholes(two, tmp_path, "csv", "out")
    worlds = [str(tmp_path / f"alone-{number}" / "out") for number in range(2)]
    two[0].write(room / "out", format="csv")
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        writer = pool.submit(write_often, worlds, str(room / "out"), 80)
        reader = pool.submit(read_often, (str(room / "out"), 120))
        writer.result()
        seen = reader.result()
    # The order of the extension's texts is gone once it is written: only the records count.
    assert [name for name in tree(room) if ".part" in name or ".before" in name] == []
    assert {name for name in tree(room) if name.startswith("out/")} == {
        name for name in expected[0] if name.startswith("out/")
    }
    pure = [
        [f"{len(getattr(plans, name))}" for name in ("sources", "observations")] for plans in two
    ]
    assert seen
    assert all(each in pure for each in seen)


def test_a_reader_never_has_files_of_two_exports(
    two: tuple[ip.Dataset, ip.Dataset], room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The directory is replaced after some of its files were read, at every one of them."""
    out, reading = room / "out", csv.read_csv
    two[0].write(out, format="csv")
    tables = sum(each.suffix == ".csv" for each in out.iterdir())
    for at in (1, tables // 2, tables):
        for load in (ip.load, two[0].extend):
            two[0].write(out, format="csv", overwrite=True)
            count = [0]

            def read(*given: Any, count: list[int] = count, at: int = at, **named: Any) -> Any:
                count[0] += 1
                if count[0] == at:
                    two[1].write(out, format="csv", overwrite=True)
                return reading(*given, **named)

            monkeypatch.setattr(csv, "read_csv", read)
            with pytest.raises(ip.DataErrors) as caught:
                load(out)
            monkeypatch.setattr(csv, "read_csv", reading)
            if at > 1:
                continue
            assert "was replaced while it was read" in str(caught.value.exceptions[0])
    assert ip.load(out).observations == two[1].observations


def test_a_directory_that_goes_away_while_it_is_read(
    two: tuple[ip.Dataset, ip.Dataset], room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, reading = room / "out", csv.read_csv
    two[0].write(out, format="csv")

    def read(*given: Any, **named: Any) -> Any:
        if out.exists():
            out.rename(room / "gone")
        return reading(*given, **named)

    monkeypatch.setattr(csv, "read_csv", read)
    with pytest.raises(ip.DataErrors, match="nothing loaded"):
        ip.load(out)


def test_a_file_whose_directory_is_replaced(two: tuple[ip.Dataset, ip.Dataset], room: Path) -> None:
    two[0].write(room / "out", format="datapackage")
    with pytest.raises(ip.DataErrors) as caught, raw.unreplaced(room / "out" / "plans.csv"):
        two[1].write(room / "out", format="datapackage", overwrite=True)
    assert "read it again" in str(caught.value.exceptions[0])
    with raw.unreplaced(room / "nowhere" / "plans.csv"):
        pass  # whoever reads there says that nothing is there


def test_an_explorer_is_written_and_read_at_once(
    two: tuple[ip.Dataset, ip.Dataset], room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever looks at the page has a whole one, old or new."""
    monkeypatch.setattr(explorer, "_page", lambda plans, *_: f"{len(plans.sources)}" * 100_000)
    pages = {f"{len(plans.sources)}" * 100_000 for plans in two}
    explorer.write(two[0], room / "site")
    done, seen = Event(), set()

    def work(number: int) -> None:
        if number == 0:
            for count in range(20):
                explorer.write(two[count % 2], room / "site", overwrite=True)
            done.set()
        while not done.is_set():
            seen.add((room / "site" / "index.html").read_text(encoding="utf-8"))

    at_once(3, work)
    assert seen <= pages
    assert sorted(os.listdir(room / "site")) == ["SHA256SUMS", "index.html"]  # noqa: PTH208


def test_many_threads_load_verify_and_export(world: Callable[..., Path], room: Path) -> None:
    root = world()

    def work(number: int) -> Any:
        plans = ip.load(root, tiers="ABCD")
        place = room / f"out-{number}"
        plans.write(place, format="csv", overwrite=True)
        ip.load(edition="2026.10", verify=True)
        return len(plans.targets), len(ip.verify(edition="2026.10")), ip.formats()

    found = at_once(6, work)
    assert all(each == found[0] for each in found)
    assert tree(room / "out-0") == tree(room / "out-1")
