"""The template of a data directory: one worked example without errors."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import expanded, expect_path, flag
from ..io.save import WriteError, filling, replacing
from ..resources import package_files

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def write_template(path: str | PathLike[str], *, alone: bool = False) -> tuple[str, ...]:
    """Write a data directory with a worked example, and return the names of its files.

    Either all files are written or none.

    Parameters
    ----------
    path
        A directory that does not exist or is empty; missing parents are created.
    alone
        True for an independent dataset; otherwise the example extends the bundled one.

    Raises
    ------
    WriteError
        If the directory is not empty or cannot be written.
    """
    expect_path(path)
    flag("alone", alone)
    if not os.fspath(path):
        raise WriteError(path="", problem="expected a path that ends with a name")
    target = Path(os.path.abspath(expanded(path)))  # noqa: PTH100 - without "..", and links stay
    template = package_files() / "template" / ("alone" if alone else "extension")
    files = sorted((file for file in template.iterdir() if file.is_file()), key=lambda f: f.name)
    missing = [folder for folder in (target, *target.parents) if not os.path.lexists(folder)]
    if missing:
        with replacing(missing[-1], directory=True, sums=False) as fresh:
            folder = fresh / target.relative_to(missing[-1])
            folder.mkdir(parents=True)
            _copy(files, folder)
    else:
        _check_empty(target)
        with filling(target, sums=False) as fresh:
            _copy(files, fresh)
    return tuple(file.name for file in files)


def _check_empty(target: Path) -> None:
    try:
        is_empty = not target.is_dir() or not any(target.iterdir())
    except OSError:  # `filling` raises an error for it
        return
    if not is_empty:
        raise WriteError(
            path=str(target),
            problem="the directory is not empty",
            hint="choose another name",
            errno=errno.ENOTEMPTY,
        )


def _copy(files: Iterable[Traversable], folder: Path) -> None:
    for file in files:
        (folder / file.name).write_bytes(file.read_bytes())
