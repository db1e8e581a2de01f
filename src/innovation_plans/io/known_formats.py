"""The formats by name, each in a module that is imported when it is asked for.

A format module has ``write(plans, path, options)``, which writes a dataset to a fresh path,
``read(path)``, which returns the rows, and ``LOSES``: what the format leaves out. It can have
``REFUSES``: what it does not write; ``write_table(grid, heading, path, options)`` for one table
as one file.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any, NamedTuple

from ..errors import MissingError, MissingExtraError, nearest

__all__ = [
    "Format",
    "Options",
    "format_of",
    "format_to_read",
    "format_to_write",
    "has_ending",
    "makes_directory",
    "module_of",
    "needed",
    "registered",
]


class Options(NamedTuple):
    """What a caller may say of the writing, whatever the format."""

    safe: bool = True  # whether text that a spreadsheet would run is neutralised


class Format(NamedTuple):
    """One format, as :func:`innovation_plans.io.formats.formats` lists it."""

    name: str
    makes: str  # "file" or "directory"
    endings: tuple[str, ...]  # of the path, by which the format is guessed
    extra: str  # what to install for it; empty where the package alone will do
    loses: str = ""  # what it cannot hold, and leaves out
    refuses: str = ""  # what it cannot hold, and does not write without


class _Entry(NamedTuple):
    module: str
    makes: str
    endings: tuple[str, ...] = ()
    extra: str = ""


_REGISTRY: Mapping[str, _Entry] = MappingProxyType(
    {
        "csv": _Entry("csv", "directory", (".csv",)),
        "jsonl": _Entry("jsonl", "file", (".jsonl", ".ndjson")),
        "parquet": _Entry("parquet", "directory", (".parquet",), "arrow"),
        "excel": _Entry("excel", "file", (".xlsx",), "excel"),
        "datapackage": _Entry("datapackage", "directory"),
        "sdmx-csv": _Entry("sdmx", "directory"),
    }
)
# What a directory holds, by which its format is known; the first that is found counts.
_INSIDE = (
    ("datapackage", "datapackage.json"),
    ("sdmx-csv", "*.sdmx.csv"),
    ("parquet", "*.parquet"),
    ("csv", "*.csv"),
    ("csv", "*.toml"),
)


def registered() -> tuple[str, ...]:
    """The names of all formats."""
    return tuple(_REGISTRY)


def module_of(name: str) -> ModuleType:
    """The module that writes and reads a format."""
    return import_module(f".{_REGISTRY[_known(name)].module}", __package__)


def format_of(name: str) -> Format:
    """What there is to know of a format.

    Raises
    ------
    MissingError
        If there is none of that name; names the nearest.
    """
    entry, module = _REGISTRY[_known(name)], module_of(name)
    refuses = getattr(module, "REFUSES", "")
    return Format(name, entry.makes, entry.endings, entry.extra, module.LOSES, refuses)


def format_to_write(path: Path, name: str | None) -> str:
    """The format asked for, or the one that the ending of the path tells.

    Raises
    ------
    MissingError
        If there is no such format, or the path tells none.
    """
    return _known(name) if name is not None else _by_ending(path)


def format_to_read(path: Path, name: str | None) -> str:
    """The format asked for, or the one that the ending or what is in a directory tells.

    Raises
    ------
    MissingError
        If there is no such format, or nothing tells which it is.
    """
    if name is not None:
        return _known(name)
    for found, pattern in _INSIDE:
        if path.name == pattern or (path.is_dir() and any(path.glob(pattern))):
            return found
    return _by_ending(path)


def has_ending(path: Path, name: str) -> bool:
    """Whether a path ends as files of the format do."""
    return path.suffix.lower() in _REGISTRY[name].endings


def makes_directory(name: str) -> bool:
    """Whether a dataset in this format is a directory."""
    return _REGISTRY[name].makes == "directory"


def needed(library: str, extra: str) -> Any:
    """A library that an extra installs.

    Raises
    ------
    MissingExtraError
        If it is not installed.
    """
    try:
        return import_module(library)
    except ImportError as error:
        needs = library.partition(".")[0]
        raise MissingExtraError(extra=extra, needs=needs) from error


def _known(name: str) -> str:
    if name in _REGISTRY:
        return name
    near = nearest(str(name)[:40].lower(), _REGISTRY, 2)
    hint = "" if near else f"expected one of {', '.join(_REGISTRY)}"
    raise MissingError(asked=f"format {str(name)[:40]!r}", nearest=near, hint=hint)


def _by_ending(path: Path) -> str:
    for name in _REGISTRY:
        if has_ending(path, name):
            return name
    raise MissingError(
        asked=f"format that the path {str(path)[:100]!r} tells",
        hint=f"say format= one of {', '.join(_REGISTRY)}",
    )
