"""A directory of data to begin with: one worked example, in which nothing is wrong."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from contextlib import suppress
from os import PathLike
from pathlib import Path

from importlib_resources.abc import Traversable

from ..errors import ConflictError, DataError
from ..resources import package_files

__all__ = ["write_template"]


def write_template(path: str | PathLike[str], *, alone: bool = False) -> tuple[str, ...]:
    """The names of the files of a new directory with a worked example.

    The directory is there whole or not at all.

    Parameters
    ----------
    path
        A directory that does not exist or is empty.
    alone
        Whether to begin a dataset of its own; otherwise the example extends the bundled one.

    Raises
    ------
    ConflictError
        If something is there already.
    DataError
        If the directory cannot be written.
    """
    target = Path(path)
    try:
        os.fsencode(target)
    except UnicodeEncodeError:
        problem = "expected a path of whole characters"
        raise DataError(file=ascii(str(path))[:200], problem=problem) from None
    template = package_files() / "template" / ("alone" if alone else "extension")
    try:
        if target.exists() and not (target.is_dir() and not any(target.iterdir())):
            raise ConflictError(
                what=f"directory {str(path)[:200]!r}",
                ours="files are",
                theirs="a template was to be",
                hint="choose another name, or an empty directory",
            )
        return _put_in_place(template, target)
    except (OSError, ValueError) as error:  # a path with a NUL
        if isinstance(error, ConflictError):
            raise
        problem = f"cannot be written: {getattr(error, 'strerror', None) or error}"
        raise DataError(file=str(path)[:200], problem=problem) from error


def _put_in_place(template: Traversable, target: Path) -> tuple[str, ...]:
    """Write beside the target, then move: nobody sees half a directory."""
    parent = target.absolute().parent
    missing = [each for each in (parent, *parent.parents) if not each.exists()]
    try:
        if missing:
            parent.mkdir(parents=True, exist_ok=True)
        return _moved(template, target, parent)
    except BaseException:
        for each in missing:
            with suppress(OSError):  # it was not made yet, or another program uses it by now
                each.rmdir()
        raise


def _moved(template: Traversable, target: Path, parent: Path) -> tuple[str, ...]:
    beside = Path(tempfile.mkdtemp(prefix=".new-", dir=parent))
    made, before = beside / "data", beside / "before"
    try:
        made.mkdir()
        names = sorted(each.name for each in template.iterdir() if each.is_file())
        for name in names:
            (made / name).write_bytes((template / name).read_bytes())
        if target.exists():
            target.rename(before)
        if before.exists() and any(before.iterdir()):
            raise FileExistsError(errno.EEXIST, "files came in between")
        os.rename(made, target)  # noqa: PTH104 - fails where a file came in between
    except BaseException:
        if before.exists() and made.exists():
            before.rename(target)
        raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return tuple(names)
