"""Mutations of a valid directory, one row each in ``mutations.toml``: refused at its place, or harmless."""

from __future__ import annotations

import csv
import io
import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans import Severity
from innovation_plans.checks.check import check
from innovation_plans.checks.template import write_template
from innovation_plans.dataset.build import build
from innovation_plans.io.formats import read
from innovation_plans.records import TABLES

TABLE = Path(__file__).with_name("mutations.toml")
MUTATIONS: dict[str, dict[str, Any]] = tomllib.loads(TABLE.read_text(encoding="utf-8"))
OUTCOMES = {"refused", "found", "warned", "harmless", "accepted"}

Step = dict[str, Any]


# ------------------------------------------------------------------ what a row does


def replaced(root: Path, step: Step) -> None:
    file = root / step["file"]
    text = file.read_bytes().decode()
    many = step.get("all", False)
    assert many or text.count(step["old"]) == 1, (
        f"{step['old']!r} stands {text.count(step['old'])} times"
    )
    around = step.get("around", "")
    new = around + step["new"] * step.get("times", 1) + around
    file.write_bytes(text.replace(step["old"], new).encode())


def added(root: Path, step: Step) -> None:
    file = root / step["file"]
    text = file.read_bytes().decode() if file.exists() else ""
    piece = "".join(step.get(each, "") for each in ("append", "prepend")) * step.get("times", 1)
    file.write_bytes((piece + text if "prepend" in step else text + piece).encode())


def written(root: Path, step: Step) -> None:
    file = root / step["file"]
    file.parent.mkdir(exist_ok=True)
    file.write_bytes((step["content"].removeprefix("\n") * step.get("times", 1)).encode())


def encoded(root: Path, step: Step) -> None:
    file = root / step["file"]
    file.write_bytes(file.read_bytes().decode().encode(step["encode"]))


def ended(root: Path, step: Step) -> None:
    file = root / step["file"]
    file.write_bytes(file.read_bytes().replace(b"\n", step["ends"].encode()))


def arranged(root: Path, step: Step) -> None:
    """Write the columns of a table in another order, without one, or in quotes."""
    file = root / step["file"]
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))
    names = list(rows[0])
    how = step["columns"]
    if how == "reversed":
        names.reverse()
    elif how != "quoted":
        names.remove(how.removeprefix("without "))
    with file.open("w", encoding="utf-8", newline="") as stream:
        quoting = csv.QUOTE_ALL if how == "quoted" else csv.QUOTE_MINIMAL
        writer = csv.DictWriter(
            stream, names, extrasaction="ignore", lineterminator="\n", quoting=quoting
        )
        writer.writeheader()
        writer.writerows(rows)


def renamed(root: Path, step: Step) -> None:
    new = root / step["rename"]
    new.parent.mkdir(exist_ok=True)
    (root / step["file"]).rename(new)


def deleted(root: Path, step: Step) -> None:
    (root / step["file"]).unlink()


def folder(root: Path, step: Step) -> None:
    (root / step["file"]).mkdir(parents=True)


def linked(root: Path, step: Step) -> None:
    (root / step["file"]).parent.mkdir(exist_ok=True)
    (root / step["file"]).symlink_to(step["link"])


def piped(root: Path, step: Step) -> None:
    (root / step["file"]).parent.mkdir(exist_ok=True)
    os.mkfifo(root / step["file"])


def filled(root: Path, step: Step) -> None:
    with (root / step["file"]).open("wb") as stream:
        stream.truncate(step["size"])


WAYS: dict[str, Callable[[Path, Step], None]] = {
    "old": replaced,
    "append": added,
    "prepend": added,
    "content": written,
    "encode": encoded,
    "ends": ended,
    "columns": arranged,
    "rename": renamed,
    "delete": deleted,
    "folder": folder,
    "link": linked,
    "pipe": piped,
    "size": filled,
}


def mutate(root: Path, row: Step) -> None:
    for step in row.get("steps", [row]):
        (way,) = [WAYS[each] for each in WAYS if each in step]
        way(root, step)


# ------------------------------------------------------------------ what comes of it


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    write_template(tmp_path / "ours")
    return tmp_path / "ours"


def records(root: Path) -> dict[str, set[Any]]:
    """The records that a directory brings."""
    built = build(read(root), base=ip.load(tiers="ABCD").context).checked()
    return {name: set(built.records.table(name)) for name in TABLES}


@pytest.fixture(scope="module")
def as_it_was(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[Any]]:
    """The records of the directory before any mutation."""
    root = tmp_path_factory.mktemp("template") / "ours"
    write_template(root)
    return records(root)


def test_the_template_itself_is_clean(ours: Path, as_it_was: dict[str, set[Any]]) -> None:
    assert list(check(ours)) == []
    assert len(as_it_was["targets"]) == 2


def test_the_table_is_as_long_as_it_claims() -> None:
    assert len(MUTATIONS) >= 200
    for name, row in MUTATIONS.items():
        assert OUTCOMES & row.keys(), f"{name}: no outcome"


@pytest.mark.parametrize("name", MUTATIONS)
def test_mutation(name: str, ours: Path, as_it_was: dict[str, set[Any]]) -> None:
    row = MUTATIONS[name]
    mutate(ours, row)
    report = check(ours)
    expected = [*row.get("refused", []), *row.get("found", [])]
    errors = [str(each).removeprefix(str(ours)) for each in report.errors]
    assert len(errors) == row.get("errors", len(expected)), errors
    for message, start in zip(errors, expected, strict=False):
        assert message.startswith(start)
    mild = [each for each in report if each.severity is not Severity.ERROR]
    warnings = [str(each).replace(f": {each.severity}: ", ": ") for each in mild]
    assert len(warnings) == len(row.get("warned", [])), warnings
    for message, start in zip(warnings, row.get("warned", []), strict=True):
        assert message.startswith(start)
    if "refused" in row:
        with pytest.raises(ip.InnovationPlansError):
            ip.load(tiers="ABCD").extend(ours)
        return
    extended = ip.load(tiers="ABCD").extend(ours)
    assert sum(map(len, extended.extensions[0].added.values())) == sum(report.records.values())
    if "harmless" in row:
        assert records(ours) == as_it_was
    elif "accepted" in row:
        assert records(ours) != as_it_was
