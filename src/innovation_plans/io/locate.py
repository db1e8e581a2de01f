"""What the path given to ``load`` or ``extend`` means.

A directory, or the name under which an installed package offers a dataset.
"""

from __future__ import annotations

import os
from os import PathLike
from pathlib import Path
from types import ModuleType
from typing import Any

from importlib_resources import files
from importlib_resources.abc import Traversable

from ..errors import AmbiguousError, MissingError
from ..resources import said_of_reading
from .folder import Folder, RowSource
from .plugins import DATASETS, offered, plugin, plugin_error

__all__ = ["datasets", "source_of"]


def datasets() -> tuple[str, ...]:
    """The names under which installed packages offer datasets, for :func:`load`.

    Examples
    --------
    >>> isinstance(datasets(), tuple)
    True
    """
    return tuple(sorted(offered(DATASETS)))


def source_of(path: str | PathLike[str]) -> RowSource:
    """The rows behind a path or a name.

    Raises
    ------
    MissingError
        If there is neither.
    AmbiguousError
        If there are both.
    PluginError
        If the package that bears the name cannot be used.
    """
    with said_of_reading(str(path)[:200]):
        return _source_of(path)


def _source_of(path: str | PathLike[str]) -> RowSource:
    root = Path(path)
    there = os.path.exists(root)  # noqa: PTH110 - false, and no error, for any odd path
    named = isinstance(path, str) and path in offered(DATASETS)
    if named and there:
        raise AmbiguousError(
            asked=f"dataset {path!r}",
            matches=["an installed dataset", "a directory"],
            hint=f"write './{path}' for the directory",
        )
    if named:
        return Folder(_installed(str(path)), f"dataset {path}")
    if not (there and root.is_dir()):
        nearest = datasets() if isinstance(path, str) else ()
        hint = "expected a directory of data files" if there else ""
        raise MissingError(asked=f"directory {str(path)[:200]!r}", nearest=nearest, hint=hint)
    return Folder(root, str(root))


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
