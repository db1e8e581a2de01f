"""The formats by name, each in a module that is imported when it is needed, and writing.

A module of a format has ``read(path)``, which returns RawTables; ``write(tables, heading, path,
options)``, or ``write_lines(lines, heading, path, options)`` for a format of lines; ``LOSES``: what the
format leaves out. It can have ``REFUSES``: what raises an error; ``write_table(table, heading, path,
options)`` for one table as one file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from os import PathLike
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any, NamedTuple

from ..errors import (
    ArgumentError,
    DataError,
    DataErrors,
    MissingError,
    brief,
    expanded,
    expect_path,
    flag,
    nearest,
)
from ..records import TABLES
from ..resources import reading_errors
from . import csv
from .columns import Columns, Content, Options
from .files import check_is_file, needed
from .locate import located
from .raw import RawTables, Row
from .save import SUMS, WriteError, replacing, sum_errors, sums_in

__all__ = [
    "Format",
    "WriteError",
    "Written",
    "changes",
    "fitting",
    "formats",
    "needed",
    "read",
    "write",
]


class Written(NamedTuple):
    """The path, format and number of records of a written file, and what it does not contain."""

    path: Path
    format: str
    records: Mapping[str, int]  # by table
    losses: tuple[str, ...]


class Format(NamedTuple):
    """One format, as :func:`formats` lists it."""

    name: str
    makes: str  # "file" or "directory"
    endings: tuple[str, ...]  # of the path, by which the first format with it is guessed
    extra: str  # of the package, with the library that it needs; empty if it needs none
    loses: str = ""  # what it leaves out
    refuses: str = ""  # what it cannot contain: an error, and nothing is written


class _Entry(NamedTuple):
    module: str
    makes: str
    endings: tuple[str, ...] = ()
    extra: str = ""
    mark: bool = False  # True if its files begin with a byte order mark


_REGISTRY: Mapping[str, _Entry] = MappingProxyType(
    {
        "csv": _Entry("csv", "directory", (".csv",)),
        "excel-csv": _Entry("csv", "directory", (".csv",), mark=True),
        "jsonl": _Entry("jsonl", "file", (".jsonl", ".ndjson")),
        "parquet": _Entry("parquet", "directory", (".parquet",), "arrow"),
        "excel": _Entry("excel", "file", (".xlsx",), "excel"),
        "datapackage": _Entry("datapackage", "directory"),
        "sdmx-csv": _Entry("sdmx", "directory"),
    }
)
_CHANGED = "+changed"  # follows the edition of an export that is not as it was written
_OF_ONE_TABLE = ("csv", "excel-csv", "jsonl", "parquet", "excel")
# What results are as text, by the ending of its files.
_TEXTS = {
    ".md": "markdown()",
    ".tex": "latex()",
    ".html": "html()",
    ".htm": "html()",
    ".txt": "text()",
}
# The formats of results only, by the ending of their files; none writes the text of a method.
_OF_RESULTS: Mapping[str, tuple[str, ...]] = {".json": ("json",)} | dict.fromkeys(_TEXTS, ())
# Files by which the format of a directory is known, the first counts; any other is of CSV files.
_INSIDE = (
    ("datapackage", "datapackage.json"),
    ("sdmx-csv", "*.sdmx.csv"),
    ("parquet", "*.parquet"),
)


def formats() -> tuple[Format, ...]:
    """Return every format: file or directory, endings, extra to install, and what is left out.

    Examples
    --------
    >>> [each.name for each in formats() if each.extra]
    ['parquet', 'excel']
    """
    return tuple(
        Format(
            *(name, entry.makes, entry.endings, entry.extra),
            *(getattr(_module_of(name), about, "") for about in ("LOSES", "REFUSES")),
        )
        for name, entry in _REGISTRY.items()
    )


def read(
    path: str | PathLike[str],
    format: str | None = None,  # noqa: A002 - the word a caller looks for
) -> RawTables:
    """Return the tables of a file or directory, or of the dataset that a package offers.

    Parameters
    ----------
    path
        A file or directory, or a name of :func:`datasets`.
    format
        One of :func:`formats`; None for that of the ending, or of the files in a directory.

    Raises
    ------
    DataErrors
        If the file cannot be read.
    MissingError
        If there is no such file or name, or no such format.
    AmbiguousError
        If there is both a file and an installed dataset.
    PluginError
        If the package that offers the name cannot be used.
    """
    expect_path(path)
    with reading_errors(str(path)[:200]):
        root, label = located(path)
        if label:  # a package offers it
            return csv.read(root, label)
        try:
            check_is_file(root, root.name)
        except DataError as error:
            raise DataErrors.of(str(path), [error]) from None
        file = Path(expanded(path))
        tables: RawTables = _module_of(_format_to_read(file, format)).read(file)
        if not tables.errors:
            _check_complete(file)
            if any(changes(file, tables)):
                return _as_changed(tables)
        return tables


def changes(file: Path, tables: RawTables) -> Iterator[DataError]:
    """Yield an error for each file of an export, or table of a file, that is not as it was written."""
    if (file / SUMS).is_file():
        yield from sum_errors(file)
    expected = tables.heading.records or {}
    for name in TABLES if expected else ():
        count = sum(isinstance(item, Row) for item in tables.tables.get(name, ()))
        if count != expected.get(name, 0):
            problem = f"expected {brief(expected.get(name, 0))} records in {name}, found {count}"
            yield DataError(file=file.name, problem=problem)


def _as_changed(tables: RawTables) -> RawTables:
    """Return the tables under an edition that says that they are not the ones of the edition."""
    edition = tables.heading.edition
    if not edition or edition.endswith(_CHANGED):
        return tables
    return tables._replace(heading=tables.heading._replace(edition=f"{edition}{_CHANGED}"))


def _text_method(content: Content, place: Path) -> str:
    """Return the method of a result or a table that returns such text; empty if there is none."""
    if content.alone is None:  # a dataset
        return ""
    of_table = {".json": "json()", ".html": "", ".htm": ""} if content.tables else {}
    return {**_TEXTS, **of_table}.get(place.suffix.lower(), "")


def _check_complete(folder: Path) -> None:
    """Raise an error for each file of an export that is no longer there."""
    missing = [name for name in sums_in(folder) if name and not (folder / name).exists()]
    problem = f"is listed in {SUMS}, but missing; copy the whole export, or delete its line"
    if missing:
        errors = [DataError(file=name[:200], problem=problem) for name in missing]
        raise DataErrors.of(str(folder)[:200], errors)


def write(
    content: Content,
    path: str | PathLike[str],
    *,
    format: str | None = None,  # noqa: A002 - the word a caller looks for
    overwrite: bool = False,
    safe: bool = True,
) -> Written:
    """Write to a file or directory, completely or not at all, and return what was written.

    Parameters
    ----------
    content
        What to write.
    path
        Where to write; the directory around it must exist.
    format
        One of :func:`formats`; None for that of the ending of `path`.
    overwrite
        Whether a file, or a directory whose files are all as written, is replaced.
    safe
        Whether text that a spreadsheet would run as a formula is neutralised in CSV; it is
        restored when it is read.

    Raises
    ------
    WriteError
        If `path` exists and `overwrite` is False, or the system raises an error.
    MissingError
        If there is no such format, or it is not for such content.
    MissingExtraError
        If the format needs a library that is not installed.
    DataErrors
        If the format cannot contain a value; names record and field.
    """
    place = Path(expanded(path))
    overwrite, safe = flag("overwrite", overwrite), flag("safe", safe)
    content.heading.check()
    text = _text_method(content, place) if format is None else ""
    if text:
        hint = f"{text} returns this as text"
        raise MissingError(asked=f"file format for {str(place)[:100]!r}", hint=hint)
    choices = (*_REGISTRY,) if content.tables else (*_OF_ONE_TABLE, "json")
    makes = "directory" if content.alone else "file"
    name = _by_ending(place, choices, makes) if format is None else fitting(place, _known(format))
    entry, module = _REGISTRY[name], _module_of(name)
    is_directory = entry.makes == "directory"
    options = Options(mark=entry.mark, safe=safe, bundled=content.bundled)
    counts, losses = content.counts, tuple(_losses(content, module))
    heading = content.heading._replace(records=dict(counts))
    what: Any
    if hasattr(module, "write_lines"):
        content.check()
        what, put = content.lines(), module.write_lines
    elif content.tables is None or (is_directory and place.suffix.lower() in entry.endings):
        what, put, is_directory = _alone(content, module, name, place), module.write_table, False
        counts, losses = {what.name: what.count}, (content.lost_alone,)
    else:
        content.check()
        what, put = content.tables(), module.write
    with replacing(place, overwrite=overwrite, directory=is_directory) as fresh:
        put(what, heading, fresh, options)
    return Written(place, name, counts, losses)


def _alone(content: Content, module: ModuleType, name: str, place: Path) -> Columns:
    """Return the one table of a file.

    Raises
    ------
    MissingError
        If there are several tables, or no file of the format has one.
    """
    if content.alone is None:
        raise MissingError(
            asked=f"format for several tables in one {place.suffix} file",
            hint="give the path of a directory, or one table such as plans.targets",
        )
    if not hasattr(module, "write_table"):
        raise MissingError(
            asked=f"format {name!r} for a {content.noun}",
            hint=f"choose {', '.join(_OF_ONE_TABLE[:-1])} or {_OF_ONE_TABLE[-1]}",
        )
    return content.alone()


def _losses(content: Content, module: ModuleType) -> Iterator[str]:
    """Return in words what the file does not contain."""
    if module.LOSES:
        yield module.LOSES
    if content.heading.extensions:
        yield "which record came with which extension; the edition still names them"


def _module_of(name: str) -> ModuleType:
    """Return the module that writes and reads a format."""
    return import_module(f".{_REGISTRY[name].module}", __package__)


def _format_to_read(path: Path, name: str | None) -> str:
    """Return the format `name`, or that of the ending or of the files in a directory.

    Raises
    ------
    MissingError
        If there is no such format, or none has the ending.
    """
    if name is not None:
        return _known(name)
    for format_name, pattern in _INSIDE:
        if path.name == pattern or (path.is_dir() and any(path.glob(pattern))):
            return format_name
    if path.is_dir():
        return "csv"
    try:
        return _by_ending(path)
    except MissingError as error:
        endings = [
            ending for each in _REGISTRY.values() if each.makes == "file" for ending in each.endings
        ]
        hint = f"a file is known by its ending, {', '.join(endings)}; load(path, format=…) reads others"
        raise MissingError(asked=error.asked, hint=hint) from None


def _known(name: object) -> str:
    if isinstance(name, str) and name in _REGISTRY:
        return name
    text = name if isinstance(name, str) else brief(name)
    ending = f".{text[:40].lower().lstrip('.')}"
    near = [each for each, entry in _REGISTRY.items() if ending in entry.endings]
    near = near or nearest(ending[1:], _REGISTRY, 2)
    hint = "" if near else f"expected one of {', '.join(_REGISTRY)}"
    raise ArgumentError(
        parameter="format",
        value=repr(text[:40]),
        allowed=tuple(_REGISTRY),
        nearest=near,
        hint=hint,
    )


def fitting(path: Path, name: str) -> str:
    """Return a format unless the ending of the path is that of others: no reader would expect it.

    Raises
    ------
    ArgumentError
        Names the formats of the ending, or the method that returns such text.
    """
    ending = path.suffix.lower()
    of_records = tuple(each for each, entry in _REGISTRY.items() if ending in entry.endings)
    formats_of_ending = of_records or _OF_RESULTS.get(ending)
    if formats_of_ending is None or name in formats_of_ending:
        return name
    raise ArgumentError(
        parameter="format",
        value=f"{name!r} for the ending {ending}",
        allowed=formats_of_ending,
        hint=f"{_TEXTS[ending]} of results returns such text" if ending in _TEXTS else "",
    )


def _by_ending(path: Path, choices: Iterable[str] = _REGISTRY, makes: str = "file") -> str:
    """Return the format that the ending of a path names.

    Raises
    ------
    MissingError
        Names the endings of the formats to choose from. One table can also be a file of a format that
        `makes` a directory.
    """
    for name, entry in _REGISTRY.items():
        if path.suffix.lower() in entry.endings:
            return name
    choices = tuple(choices)
    entries = [_REGISTRY[each] for each in choices if each in _REGISTRY]
    endings = [
        ending for each in entries if each.makes in {"file", makes} for ending in each.endings
    ]
    endings += [ending for ending, names in _OF_RESULTS.items() if {*names} & {*choices}]
    raise MissingError(
        asked=f"format with the ending of {str(path)[:100]!r}",
        hint=f"use {', '.join(dict.fromkeys(endings))}, or choose one with format= (or --format): "
        f"{', '.join(choices)}",
    )
