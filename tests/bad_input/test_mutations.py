"""Mutations of a valid directory, one row each in ``mutations.toml``: refused at its place, or harmless."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import innovation_plans as ip
from bad_input.changes import change
from innovation_plans import Severity
from innovation_plans.checks.check import check
from innovation_plans.checks.template import write_template
from innovation_plans.dataset.build import build
from innovation_plans.io.formats import read
from innovation_plans.records import TABLES

TABLE = Path(__file__).with_name("mutations.toml")
MUTATIONS: dict[str, dict[str, Any]] = tomllib.loads(TABLE.read_text(encoding="utf-8"))
OUTCOMES = {"refused", "found", "warned", "harmless", "accepted"}


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
    change(ours, row)
    report = check(ours)
    assert all(problem.code for problem in report), "a problem without words in every language"
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
