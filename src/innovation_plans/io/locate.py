"""What the path given to ``load`` or ``extend`` means, and what installed packages offer.

A path is a file or directory in one of the formats, or the name under which a package offers a
dataset. A broken entry point is an error only if it is asked for by name.
"""

from __future__ import annotations

import os
from functools import cache
from os import PathLike
from pathlib import Path
from types import ModuleType
from typing import Any

from importlib_resources import files
from importlib_resources.abc import Traversable

from ..errors import AmbiguousError, MissingError, PluginError
from ..resources import reading_errors
from .folder import Folder, RowSource
from .formats import format_to_read, module_of
from .incoming import refuse
from .raw import no_file

__all__ = [
    "DATASETS",
    "PACE",
    "datasets",
    "offered",
    "plugin",
    "plugin_error",
    "source_of",
]

DATASETS = "innovation_plans.datasets"
PACE = "innovation_plans.pace"


@cache
def offered(group: str) -> dict[str, tuple[Any, ...]]:
    """The entry points of a group, by name: more than one where packages dispute a name."""
    from importlib.metadata import entry_points

    found: dict[str, tuple[Any, ...]] = {}
    for each in entry_points(group=group):
        found[each.name] = (*found.get(each.name, ()), each)
    return found


def plugin(group: str, name: str) -> Any:
    """The object behind an entry point.

    Raises
    ------
    MissingError
        If no installed package offers the name.
    AmbiguousError
        If several do; names their distributions.
    PluginError
        If it cannot be loaded; names the distribution.
    """
    found = offered(group).get(name, ())
    if not found:
        raise MissingError(asked=f"{group} {name[:60]!r}", nearest=tuple(offered(group)))
    if len(found) > 1:
        matches = sorted(_distribution(each) for each in found)
        raise AmbiguousError(
            asked=f"{group} {name!r}", matches=matches, hint="uninstall all but one"
        )
    try:
        return found[0].load()
    except Exception as error:
        raise plugin_error(group, name, f"{type(error).__name__}: {error}") from error


def plugin_error(group: str, name: str, problem: str) -> PluginError:
    """The refusal of what a package offers, with the name of its distribution."""
    found = offered(group).get(name, ())
    distribution = ", ".join(_distribution(each) for each in found) or "an unknown package"
    return PluginError(name=name, distribution=distribution, problem=problem)


def _distribution(entry: Any) -> str:
    return str(entry.dist.name) if entry.dist else "an unknown package"


def datasets() -> tuple[str, ...]:
    """The names under which installed packages offer datasets, for :func:`load`.

    Examples
    --------
    >>> isinstance(datasets(), tuple)
    True
    """
    return tuple(sorted(offered(DATASETS)))


def source_of(
    path: str | PathLike[str],
    format: str | None = None,  # noqa: A002 - the word a caller looks for
) -> RowSource:
    """Return the rows of a file or directory, or of the dataset that a package offers.

    Parameters
    ----------
    format
        One of :func:`formats`; None for that of the ending, or of the files in a directory.

    Raises
    ------
    DataErrors
        If the file cannot be read.
    MissingError
        If there is neither, or no such format.
    AmbiguousError
        If there are both.
    PluginError
        If the package that bears the name cannot be used.
    """
    with reading_errors(str(path)[:200]):
        return _source_of(path, format)


def _source_of(path: str | PathLike[str], name: str | None) -> RowSource:
    root = Path(path)
    there = os.path.exists(root)  # noqa: PTH110 - false, and no error, for any odd path
    named = isinstance(path, str) and path in offered(DATASETS)
    if named and there:
        raise AmbiguousError(
            asked=f"dataset {path!r}",
            matches=["an installed dataset", "a file or directory"],
            hint=f"write './{path}' for the file or directory",
        )
    if named:
        return Folder(_installed(str(path)), f"dataset {path}")
    if not there:
        nearest = datasets() if isinstance(path, str) else ()
        raise MissingError(asked=f"file or directory {str(path)[:200]!r}", nearest=nearest)
    if problem := no_file(root):
        raise refuse(root.name, problem)
    source: RowSource = module_of(format_to_read(root, name)).read(root)
    return source


def _installed(name: str) -> Traversable:
    """The directory that an installed package offers: a path, a package, or what a call gives."""
    found: Any = plugin(DATASETS, name)
    try:
        if callable(found) and not isinstance(found, Traversable):
            found = found()
        if isinstance(found, ModuleType):
            found = files(found)
        if isinstance(found, str | PathLike):
            found = Path(found)
        is_directory = isinstance(found, Traversable) and found.is_dir()
    except Exception as error:
        raise plugin_error(DATASETS, name, f"{type(error).__name__}: {error}") from error
    if not is_directory:
        raise plugin_error(DATASETS, name, f"expected a directory, found {found!r:.80}")
    return found  # type: ignore[no-any-return]
