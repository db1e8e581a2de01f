"""Floor 5: the tables of a Frictionless Data Package, wherever its descriptor says they are.

A resource belongs to the table that its path or name begins with. Nothing is fetched: a path
leads to a file beside the descriptor, or the rows stand in the descriptor itself.
Read next: ``origins.py``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Never

from .errors import DataError
from .files import MOST_FAULTS, Row, read_csv, read_toml, text_of, too_many
from .folder import units_of
from .unitfile import UnitTable

if TYPE_CHECKING:
    from importlib_resources.abc import Traversable

__all__ = ["DESCRIPTOR", "DataPackage"]

DESCRIPTOR = "datapackage.json"
_TABULAR = (".csv", ".toml")
_LARGEST = 16 * 1024 * 1024  # characters of a descriptor, with the rows that stand in it
_MOST_RESOURCES = 10_000
_MOST_UNITS = 2000
_FACTOR = re.compile("([0-9]{1,60})(?:/([1-9][0-9]{0,59}))?|([0-9]{1,15}[.][0-9]{1,15})")
_DIMENSION = re.compile("[a-z][A-Za-z0-9_]{0,59}")
_HIGHEST_POWER = 6
# How the CSV files of the house are written: what a dialect may say, and what that must be.
_DIALECT = {
    "delimiter": ",",
    "quoteChar": '"',
    "doubleQuote": True,
    "header": True,
    "skipInitialSpace": False,
    "escapeChar": None,
    "commentChar": None,
    "nullSequence": None,
}


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
            if "data" in resource:
                yield from _inline(resource, faults)
                continue
            for path in _paths(resource):
                if not path.endswith(_TABULAR) and resource.get("type") == "file":
                    continue  # a file that lies among the tables
                file = self._file(path, faults)
                if file is not None and _is_readable(resource, path, faults):
                    read = read_toml if path.endswith(".toml") else read_csv
                    yield from read(file, path, columns, faults)

    def strangers(self, tables: Collection[str]) -> Iterator[DataError]:
        """Faults of the descriptor, and tabular resources that are none of the tables."""
        yield from self._descriptor[1]
        seen: set[str] = set()
        for at, resource in enumerate(self._resources):
            name, paths = str(resource.get("name", at))[:60], _paths(resource)
            twice = next((path for path in paths if path in seen), "")
            seen.update(paths)
            table = _table_of(resource, tables)
            if twice:
                yield _fault(f"resource {name!r}: {twice[:100]!r} stands here twice")
            elif table and not paths and "data" not in resource:
                yield _fault(f"resource {name!r}: expected a path or data, found neither")
            elif not table and _is_tabular(resource, paths):
                yield _fault(f"resource {name!r} is no table; expected one of {', '.join(tables)}")

    def units(self, base: UnitTable, faults: list[DataError]) -> UnitTable:
        """The units of `base`, those of ``units.txt``, and those the descriptor embeds."""
        if (self._root / "units.txt").is_file():
            file = self._file("units.txt", faults)
            text = None if file is None else text_of(file, "units.txt", faults)
            return base if text is None else units_of(text, "units.txt", base, faults)
        given = self._descriptor[0].get("units", {})
        if not isinstance(given, dict) or len(given) > _MOST_UNITS:
            problem = f"expected an object of at most {_MOST_UNITS} units"
            faults.append(DataError(file=DESCRIPTOR, column="units", problem=problem))
            return base
        lines = list(_definitions(given, base, faults))
        return units_of("\n".join(lines), f"{DESCRIPTOR} units", base, faults)

    def edition(self, faults: list[DataError]) -> str:
        """The version of the package."""
        said = self._descriptor[0].get("version", "")
        if not isinstance(said, str) or not said.isprintable() or len(said) > 200:
            problem = f"expected text of at most 200 characters, found {said!r:.60}"
            faults.append(DataError(file=DESCRIPTOR, column="version", problem=problem))
            return ""
        return said

    @property
    def _resources(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._descriptor[0]["resources"]
        return found

    @cached_property
    def _descriptor(self) -> tuple[dict[str, Any], list[DataError]]:
        """The descriptor, or an empty one and what is wrong with it."""
        faults: list[DataError] = []
        text = text_of(self._root / DESCRIPTOR, DESCRIPTOR, faults)
        if text is None:
            return {"resources": []}, faults
        if len(text) > _LARGEST:
            problem = f"expected at most {_LARGEST} characters; write rows as CSV"
            return {"resources": []}, [_fault(problem)]
        try:  # numbers keep the digits that they are written with
            found = json.loads(text, parse_float=Decimal, parse_constant=_no_number)
        except (ValueError, RecursionError) as error:
            line = getattr(error, "lineno", 0)
            problem = f"broken JSON: {error!s:.80}"
            return {"resources": []}, [DataError(file=DESCRIPTOR, line=line, problem=problem)]
        resources = found.get("resources") if isinstance(found, dict) else None
        if not isinstance(resources, list) or not all(isinstance(e, dict) for e in resources):
            return {"resources": []}, [_fault("expected an object with a list of resources")]
        if len(resources) > _MOST_RESOURCES:
            problem = f"expected at most {_MOST_RESOURCES} resources, found {len(resources)}"
            return {"resources": []}, [_fault(problem)]
        return found, faults

    def _file(self, path: str, faults: list[DataError]) -> Traversable | None:
        """The file a path leads to, if it stays inside the package."""
        problem = ""
        parts = PurePosixPath(path).parts
        safe = path.isprintable() and not path.startswith("/") and not set(path) & {"\\", ":"}
        found = self._root
        for part in parts:
            found /= part
        if not parts or not safe or ".." in parts:
            problem = f"expected the path of a file beside {DESCRIPTOR}, found {path[:100]!r}"
        elif not _is_file(found):
            problem = f"no file {path[:100]!r} beside {DESCRIPTOR}"
        elif not _stays_inside(self._root, found):
            problem = f"{path[:100]!r} leads out of the folder of {DESCRIPTOR}"
        if problem:
            faults.append(_fault(problem))
            return None
        return found


def _fault(problem: str) -> DataError:
    return DataError(file=DESCRIPTOR, problem=problem)


def _no_number(text: str) -> Never:
    raise ValueError(f"{text} is no number of JSON")


def _is_file(found: Traversable) -> bool:
    try:
        return found.is_file()
    except (OSError, ValueError):  # a name that the file system does not take
        return False


def _stays_inside(root: Traversable, found: Traversable) -> bool:
    """Whether no link on the way leads out of the folder."""
    if not isinstance(root, Path) or not isinstance(found, Path):
        return True  # the files of an installed package
    return found.resolve().is_relative_to(root.resolve())


def _paths(resource: dict[str, Any]) -> list[str]:
    given = resource.get("path", [])
    listed = given if isinstance(given, list) else [given]
    return [str(each) for each in listed]


def _table_of(resource: dict[str, Any], tables: Collection[str]) -> str | None:
    """The table a resource belongs to: ``targets/14th.csv``, ``targets.csv``, ``targets-14th``."""
    first = next(iter(_paths(resource)), "")
    named = [part.partition(".")[0] for part in PurePosixPath(first).parts[:1]]
    name = str(resource.get("name", ""))
    return next((each for each in (*named, name, name.partition("-")[0]) if each in tables), None)


def _is_tabular(resource: dict[str, Any], paths: list[str]) -> bool:
    """Whether a resource looks like a table; the file that says the edition is none."""
    if "data" in resource or resource.get("type") == "table":
        return True
    return any(p.endswith(_TABULAR) and PurePosixPath(p).name != "edition.toml" for p in paths)


def _inline(resource: dict[str, Any], faults: list[DataError]) -> Iterator[Row]:
    name, rows = str(resource.get("name"))[:60], resource["data"]
    if not isinstance(rows, list):
        faults.append(_fault(f"resource {name!r}: expected a list of rows as data"))
        return
    before = len(faults)
    for at, cells in enumerate(rows):
        if len(faults) - before >= MOST_FAULTS:
            faults.append(too_many(f"{DESCRIPTOR}: {name}[{at}]", 0))
            return
        row = Row(f"{DESCRIPTOR}: {name}[{at}]", 0, {})
        if not isinstance(cells, dict):
            faults.append(row.fault("expected an object with a key a column"))
            continue
        odd = [column for column, cell in cells.items() if not _is_cell(cell)]
        faults += [row.fault("expected text, a number or true or false", c[:60]) for c in odd]
        if not odd:
            row.cells.update(
                (c, _cell(cell)) for c, cell in cells.items() if cell not in (None, "")
            )
            yield row


def _is_cell(cell: Any) -> bool:
    plain = (str, int, Decimal, type(None))
    return isinstance(cell, plain) or (
        isinstance(cell, list) and all(isinstance(each, str) for each in cell)
    )


def _cell(cell: Any) -> str:
    """The text that a file would hold: what is read from it is checked as strictly."""
    if isinstance(cell, list):
        return "|".join(cell)
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


def _is_readable(resource: dict[str, Any], path: str, faults: list[DataError]) -> bool:
    """Whether the file is written as the house writes; what is not goes to `faults`."""
    problems = []
    if not path.endswith(_TABULAR):
        problems.append("expected a path that ends with .csv or .toml")
    encoding = resource.get("encoding", "utf-8")
    if str(encoding).lower() not in {"utf-8", "utf-8-sig", "utf8", "ascii"}:
        problems.append(f"expected UTF-8, the descriptor says {encoding!r:.40}")
    dialect = resource.get("dialect", {})
    if not isinstance(dialect, dict):
        problems.append("expected the dialect in the descriptor itself")
    else:
        problems += [
            f"expected {expected!r} as {name}, the dialect says {dialect[name]!r:.40}"
            for name, expected in _DIALECT.items()
            if name in dialect and dialect[name] != expected
        ]
    faults += [DataError(file=path[:200], problem=problem) for problem in problems]
    return not problems


def _definitions(
    given: Mapping[str, Any], base: UnitTable, faults: list[DataError]
) -> Iterator[str]:
    """The units of a descriptor as lines of a unit file: base units first."""
    bases = {
        unit.dimension[0][0]: unit.name
        for unit in reversed(list(base))
        if unit.factor == 1 and [power for _, power in unit.dimension] == [1]
    }
    derived = []
    for name, entry in given.items():
        unit = _unit_of(name, entry, faults)
        if unit is None:
            continue
        factor, dimension, aliases = unit
        if factor == 1 and list(dimension.values()) == [1] and not bases.get(next(iter(dimension))):
            bases[next(iter(dimension))] = name
            yield " = ".join([name, f"[{next(iter(dimension))}]", *aliases])
        elif name not in base or base.unit(name)[1:] != (
            factor,
            tuple(sorted(dimension.items())),
            aliases,
        ):
            derived.append((name, factor, dimension, aliases))
    for name, factor, dimension, aliases in derived:
        yield " = ".join([name, _expression(factor, dimension, bases), *aliases])


def _unit_of(
    name: str, entry: Any, faults: list[DataError]
) -> tuple[Fraction, dict[str, int], tuple[str, ...]] | None:
    """Factor, dimension and aliases of one unit; None, and a fault, where they are not said."""
    said = entry if isinstance(entry, dict) else {}
    factor = _FACTOR.fullmatch(str(said.get("factor"))[:130])
    dimension, aliases = said.get("dimension"), said.get("aliases", [])
    powers = dimension.items() if isinstance(dimension, dict) else [("", None)]
    fits = all(
        _DIMENSION.fullmatch(base) and type(power) is int and 0 < abs(power) <= _HIGHEST_POWER
        for base, power in powers
    )
    texts = isinstance(aliases, list) and all(isinstance(each, str) for each in aliases)
    number = Fraction(factor[0]) if factor else Fraction(0)
    if not (fits and texts and number) or re.search(r"[=#\s]", "".join([name, *aliases])):
        problem = "expected factor, dimension and aliases, as in the descriptor of an export"
        faults.append(DataError(file=DESCRIPTOR, column=name[:60], problem=problem))
        return None
    return number, dict(dimension or {}), tuple(aliases)


def _expression(factor: Fraction, dimension: Mapping[str, int], bases: Mapping[str, str]) -> str:
    """The unit in base units, in the few steps that a unit file allows."""
    over = [bases.get(d, d) for d, power in dimension.items() for _ in range(power)]
    under = [bases.get(d, d) for d, power in dimension.items() for _ in range(-power)]
    numbers = _parts(factor.numerator)
    head = [*(numbers if numbers or over else ["1"]), *over]
    steps = " * ".join(head) if head else "1"
    return steps + "".join(f" / {each}" for each in (*under, *_parts(factor.denominator)))


def _parts(number: int) -> list[str]:
    """The number as factors of few enough digits: powers of ten are split off."""
    parts = []
    while number >= 10**15 and number % 10**14 == 0:
        parts.append(str(10**14))
        number //= 10**14
    return parts + ([str(number)] if number != 1 else [])
