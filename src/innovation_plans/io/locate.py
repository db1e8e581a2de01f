"""What the path given to ``load`` or ``extend`` means, and what installed packages offer.

A path is a file or directory in one of the formats, or the name under which a package offers a
dataset. A broken entry point is an error only if it is asked for by name.
"""

from __future__ import annotations

import os
from functools import cache
from os import PathLike
from pathlib import Path, PurePath
from types import ModuleType
from typing import TYPE_CHECKING, Any

from ..errors import AmbiguousError, MissingError, PluginError, brief, expanded

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

DATASETS = "innovation_plans.datasets"
PACE = "innovation_plans.pace"


def datasets() -> tuple[str, ...]:
    """Return the names under which installed packages offer datasets, for :func:`load`.

    Examples
    --------
    >>> isinstance(datasets(), tuple)
    True
    """
    return tuple(sorted(offered(DATASETS)))


def located(path: str | PathLike[str]) -> tuple[Traversable, str]:
    """Return the file or directory that `path` means; with a label if a package offers it.

    Raises
    ------
    MissingError
        If there is neither a file nor an installed dataset.
    AmbiguousError
        If there are both.
    PluginError
        If the package that offers the name cannot be used.
    """
    place = expanded(path)
    exists = os.path.exists(place)  # noqa: PTH110 - False, and no error, for any odd path
    is_name = isinstance(path, str) and path in offered(DATASETS)
    if is_name and exists:
        raise AmbiguousError(
            asked=f"dataset {path!r}",
            matches=["an installed dataset", "a file or directory"],
            hint=f"write './{path}' for the file or directory",
        )
    if is_name:
        return _installed(str(path)), f"dataset {path}"
    if not exists:
        names = datasets() if isinstance(path, str) else ()
        hint = (
            "" if names or PurePath(path).name != path else "no installed package offers datasets"
        )
        asked = f"file or directory {str(path)[:200]!r}"
        raise MissingError(asked=asked, nearest=names, hint=hint)
    return Path(place), ""


def _installed(name: str) -> Traversable:
    """Return the directory that an installed package offers: a path, a package or a function."""
    from importlib_resources import files
    from importlib_resources.abc import Traversable

    offer: Any = plugin(DATASETS, name)
    try:
        if callable(offer) and not isinstance(offer, Traversable):
            offer = offer()
        if isinstance(offer, ModuleType):
            offer = files(offer)
        if isinstance(offer, str | PathLike):
            offer = Path(offer)
        is_directory = isinstance(offer, Traversable) and offer.is_dir()
    except Exception as error:
        raise plugin_error(DATASETS, name, f"{type(error).__name__}: {error}") from error
    if not is_directory:
        raise plugin_error(DATASETS, name, f"expected a directory, found {brief(offer, 80)}")
    return offer  # type: ignore[no-any-return]


@cache
def offered(group: str) -> dict[str, tuple[Any, ...]]:
    """Return the entry points of a group by name; several if packages use the same name."""
    from importlib.metadata import entry_points

    by_name: dict[str, tuple[Any, ...]] = {}
    for entry in entry_points(group=group):
        by_name[entry.name] = (*by_name.get(entry.name, ()), entry)
    return by_name


def plugin(group: str, name: str) -> Any:
    """Return the object of an entry point.

    Raises
    ------
    MissingError
        If no installed package offers the name.
    AmbiguousError
        If several do; names their distributions.
    PluginError
        If it cannot be loaded; names the distribution.
    """
    entries = [*offered(group).get(name, ())]
    if not entries:
        raise MissingError(asked=f"{group} {name[:60]!r}", nearest=tuple(offered(group)))
    if len(entries) > 1:
        matches = sorted(map(_distribution, entries))
        hint = "uninstall all but one"
        raise AmbiguousError(asked=f"{group} {name!r}", matches=matches, hint=hint)
    try:
        return entries[0].load()
    except Exception as error:
        raise plugin_error(group, name, f"{type(error).__name__}: {error}") from error


def plugin_error(group: str, name: str, problem: str) -> PluginError:
    """Return the error of an entry point, with the name of its distribution, or of a function."""
    entries = offered(group).get(name, ())
    distribution = ", ".join(map(_distribution, entries))
    return PluginError(name=name, distribution=distribution, problem=problem)


def _distribution(entry: Any) -> str:
    return str(entry.dist.name) if entry.dist else "an unknown package"
