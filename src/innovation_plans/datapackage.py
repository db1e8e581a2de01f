"""Floor 5: the tables of a Frictionless Data Package, wherever its descriptor says they are.

A resource belongs to the table that its path or name begins with. Nothing is fetched: a path
leads to a file beside the descriptor, or the rows stand in the descriptor itself.
Read next: ``origins.py``.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from fractions import Fraction
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from importlib_resources.abc import Traversable

from .errors import DataError
from .files import Row, read_csv, read_toml, text_of
from .folder import units_of
from .unitfile import UnitTable

__all__ = ["DESCRIPTOR", "DataPackage"]

DESCRIPTOR = "datapackage.json"
_TABULAR = {"csv", "toml"}


class DataPackage:
    """The rows of a folder with a descriptor."""

    def __init__(self, root: Traversable, label: str = "") -> None:
        self._root = root
        self.label = label or str(root)

    def rows(self, name: str, columns: tuple[str, ...], faults: list[DataError]) -> Iterator[Row]:
        """The rows of every resource of a table, in the order of the descriptor."""
        for resource in self._resources:
            if _table_of(resource, {name}) != name:
                continue
            if isinstance(resource.get("data"), list):
                yield from _inline(resource, faults)
                continue
            for path in _paths(resource):
                file = self._file(path, faults)
                if file is not None:
                    _check_dialect(resource, path, faults)
                    read = read_toml if path.endswith(".toml") else read_csv
                    yield from read(file, path, columns, faults)

    def strangers(self, tables: Collection[str]) -> Iterator[DataError]:
        """Faults of the descriptor, and tabular resources that are none of the tables."""
        yield from self._descriptor[1]
        for resource in self._resources:
            tabular = any(path.rpartition(".")[2] in _TABULAR for path in _paths(resource))
            if (tabular or "data" in resource) and not _table_of(resource, tables):
                name = str(resource.get("name"))[:60]
                if PurePosixPath(next(iter(_paths(resource)), "")).name == "edition.toml":
                    continue
                problem = f"resource {name!r} is no table; expected one of {', '.join(tables)}"
                yield DataError(file=DESCRIPTOR, problem=problem)

    def units(self, base: UnitTable, faults: list[DataError]) -> UnitTable:
        """The units of `base`, those of ``units.txt``, and those the descriptor embeds."""
        file = self._root / "units.txt"
        if file.is_file():
            text = text_of(file, "units.txt", faults)
            return base if text is None else units_of(text, "units.txt", base, faults)
        given = self._descriptor[0].get("units", {})
        if not isinstance(given, dict):
            faults.append(DataError(file=DESCRIPTOR, column="units", problem="expected an object"))
            return base
        lines = list(_definitions(given, faults))
        return units_of("\n".join(lines), f"{DESCRIPTOR} units", base, faults)

    def edition(self, faults: list[DataError]) -> str:  # noqa: ARG002 - as the protocol has it
        """The version of the package."""
        return str(self._descriptor[0].get("version", ""))[:60]

    @property
    def _resources(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._descriptor[0]["resources"]
        return found

    @cached_property
    def _descriptor(self) -> tuple[dict[str, Any], list[DataError]]:
        """The descriptor, or an empty one and what is wrong with it."""
        faults: list[DataError] = []
        text = text_of(self._root / DESCRIPTOR, DESCRIPTOR, faults)
        try:
            found = json.loads(text or "{}")
        except (ValueError, RecursionError) as error:
            line = getattr(error, "lineno", 0)
            faults.append(
                DataError(file=DESCRIPTOR, line=line, problem=f"broken JSON: {error!s:.80}")
            )
            found = {}
        resources = found.get("resources") if isinstance(found, dict) else None
        if not isinstance(resources, list) or not all(isinstance(e, dict) for e in resources):
            if not faults:
                problem = "expected an object with a list of resources"
                faults.append(DataError(file=DESCRIPTOR, problem=problem))
            return {"resources": []}, faults
        return found, faults

    def _file(self, path: str, faults: list[DataError]) -> Traversable | None:
        """The file a path leads to, if it stays inside the package."""
        parts = PurePosixPath(path).parts
        safe = path and not path.startswith("/") and "\\" not in path and ":" not in path
        if not safe or ".." in parts:
            problem = f"expected the path of a file beside {DESCRIPTOR}, found {path[:100]!r}"
            faults.append(DataError(file=DESCRIPTOR, problem=problem))
            return None
        found = self._root
        for part in parts:
            found /= part
        return found


def _paths(resource: dict[str, Any]) -> list[str]:
    given = resource.get("path", [])
    listed = given if isinstance(given, list) else [given]
    return [str(each) for each in listed]


def _table_of(resource: dict[str, Any], tables: Collection[str]) -> str | None:
    """The table a resource belongs to: ``targets/14th.csv``, ``targets.csv``, ``targets-14th``."""
    named = [
        PurePosixPath(path).parts[0].partition(".")[0] for path in _paths(resource)[:1] if path
    ]
    name = str(resource.get("name", ""))
    return next((each for each in (*named, name, name.partition("-")[0]) if each in tables), None)


def _inline(resource: dict[str, Any], faults: list[DataError]) -> Iterator[Row]:
    for at, cells in enumerate(resource["data"]):
        place = f"{DESCRIPTOR}: {str(resource.get('name'))[:60]}[{at}]"
        if isinstance(cells, dict):
            yield Row(place, 0, {name: cell for name, cell in cells.items() if cell is not None})
        else:
            faults.append(DataError(file=place, problem="expected an object with a key a column"))


def _check_dialect(resource: dict[str, Any], path: str, faults: list[DataError]) -> None:
    dialect = resource.get("dialect")
    delimiter = dialect.get("delimiter", ",") if isinstance(dialect, dict) else ","
    if delimiter != ",":
        problem = f"expected commas between cells, the dialect says {delimiter!r:.20}"
        faults.append(DataError(file=path, problem=problem))


def _definitions(given: dict[str, Any], faults: list[DataError]) -> Iterator[str]:
    """The units of a descriptor as lines of a unit file: base units first."""
    bases = {}
    derived = []
    for name, entry in given.items():
        try:
            dimension = {str(each): int(power) for each, power in entry["dimension"].items()}
            factor, aliases = Fraction(entry["factor"]), [str(e) for e in entry.get("aliases", [])]
        except (TypeError, KeyError, ValueError, AttributeError, ZeroDivisionError):
            problem = "expected factor, dimension and aliases"
            faults.append(DataError(file=DESCRIPTOR, column=str(name)[:60], problem=problem))
            continue
        if factor == 1 and list(dimension.values()) == [1]:
            bases[next(iter(dimension))] = name
            yield " = ".join([name, f"[{next(iter(dimension))}]", *aliases])
        else:
            derived.append((name, factor, dimension, aliases))
    for name, factor, dimension, aliases in derived:
        over = [bases.get(d, d) for d, power in dimension.items() for _ in range(min(power, 6))]
        under = [bases.get(d, d) for d, power in dimension.items() for _ in range(min(-power, 6))]
        number = [str(factor.numerator)] if factor.numerator != 1 or not over else []
        parts = "".join(f" / {each}" for each in under)
        if factor.denominator != 1:
            parts += f" / {factor.denominator}"
        yield " = ".join([name, " * ".join([*number, *over]) + parts, *aliases])
