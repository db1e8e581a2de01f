"""Floor 9: writing that either happens or does not: a fresh sibling takes the place at the end.

Whatever goes wrong in between (no room, no permission, an error of the writer), what stood at the
path stays whole, and nothing is left beside it. Read next: ``content.py``.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import InnovationPlansError, _FactError

__all__ = ["WriteError", "replacing"]

# A directory is replaced only where one of these says that it is an earlier export.
_MARKS = ("edition.toml", "datapackage.json")
_BEFORE = ".before"


class WriteError(_FactError, OSError):
    """Nothing was written: the place is taken, or the system refused; `errno` says which.

    Examples
    --------
    >>> print(WriteError(path="out", problem="exists already", hint="say overwrite=True"))
    cannot write 'out': exists already; say overwrite=True
    """

    def __init__(self, *, path: str, problem: str, hint: str = "", errno: int = 0) -> None:
        text = f"cannot write {path[:200]!r}: {problem}"
        super().__init__(
            f"{text}; {hint}" if hint else text, path=path, problem=problem, hint=hint, errno=errno
        )
        self.path = path
        self.problem = problem
        self.errno = errno


@contextmanager
def replacing(path: Path, *, overwrite: bool = False, directory: bool = False) -> Iterator[Path]:
    """A fresh path that takes the place of `path` when the block ends well.

    Parameters
    ----------
    path
        Where the file or directory is to stand; the directory around it must exist.
    overwrite
        Whether what stands there may be replaced: a file by a file, an earlier export by another.
    directory
        Whether the block makes a directory.

    Raises
    ------
    WriteError
        If the place is taken, or the system refuses; `path` is then as it was.
    """
    _check(path, overwrite=overwrite, directory=directory)
    try:
        room = Path(tempfile.mkdtemp(prefix=f".{path.name[:40]}.", suffix=".part", dir=path.parent))
    except OSError as error:
        raise _refused(path, error) from error
    try:
        fresh = room / path.name
        yield fresh
        _settle(fresh)
        _check(path, overwrite=overwrite, directory=directory)
        _put(fresh, path, room / _BEFORE, overwrite=overwrite)
    except InnovationPlansError:
        raise
    except OSError as error:
        raise _refused(path, error, _left(room)) from error
    finally:
        if not _left(room):
            shutil.rmtree(room, ignore_errors=True)


def _check(path: Path, *, overwrite: bool, directory: bool) -> None:
    """Refuse a place that is taken by what must not be replaced."""
    if not path.name or path.name == ".." or "\0" in str(path):
        raise WriteError(path=str(path), problem="expected a path that ends with a name")
    try:
        os.fsencode(path)
    except UnicodeEncodeError:  # half of a character, which no file system takes
        raise WriteError(
            path=ascii(str(path)), problem="expected a path of whole characters"
        ) from None
    if not os.path.lexists(path):
        return
    if not overwrite:
        raise WriteError(
            path=str(path),
            problem="exists already",
            hint="say overwrite=True to replace it",
            errno=errno.EEXIST,
        )
    is_directory = path.is_dir() and not path.is_symlink()
    if is_directory is not directory:
        stands, comes = ("directory", "file") if is_directory else ("file", "directory")
        problem = f"a {stands} stands where a {comes} is to be"
        raise WriteError(path=str(path), problem=problem, errno=errno.EEXIST)
    if directory and (found := _foreign(path)):
        problem = f"expected an earlier export to replace, found a directory with {found}"
        raise WriteError(
            path=str(path), problem=problem, hint="choose another path", errno=errno.ENOTEMPTY
        )


def _foreign(path: Path) -> str:
    """What shows that a directory is no earlier export; empty where it is one, or is empty."""
    try:
        names = sorted(each.name for each in path.iterdir())
    except OSError as error:
        raise _refused(path, error) from error
    hidden = [name for name in names if name.startswith(".")]
    if hidden:
        return hidden[0][:60]
    if not names or any(mark in names for mark in _MARKS):
        return ""
    return f"no {' and no '.join(_MARKS)}"


def _settle(fresh: Path) -> None:
    """Bring what was written to the disk, before anything is replaced by it."""
    made = [fresh]
    if fresh.is_dir():
        made = [*sorted(fresh.rglob("*")), fresh]
    for each in made:
        if each.is_file():
            with each.open("rb+") as stream:
                os.fsync(stream.fileno())
        else:
            _settle_directory(each)


def _settle_directory(path: Path) -> None:
    if os.name == "nt":  # Windows opens no directories
        return
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _put(fresh: Path, path: Path, before: Path, *, overwrite: bool) -> None:
    """Set the fresh one in place; a directory that stands there steps aside for a moment."""
    if fresh.is_dir():
        if overwrite and path.exists():
            path.replace(before)
        try:
            fresh.replace(path)
        except BaseException:
            if before.exists():
                before.replace(path)
            raise
    elif overwrite:
        fresh.replace(path)
    else:
        _link(fresh, path)
    _settle_directory(path.parent)


def _link(fresh: Path, path: Path) -> None:
    """Set a file in a place that is free: unlike a move, a link never replaces another's file."""
    try:
        os.link(fresh, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        fresh.replace(path)


def _left(room: Path) -> str:
    """Where the directory is that stood at the path and could not be set back; else empty.

    It is only then that the new one is still in the room too.
    """
    before = room / _BEFORE
    alone = not before.exists() or [each.name for each in room.iterdir()] == [_BEFORE]
    return "" if alone else str(before)


def _refused(path: Path, error: OSError, left: str = "") -> WriteError:
    return WriteError(
        path=str(path),
        problem=(error.strerror or str(error) or type(error).__name__).lower(),
        hint=f"what stood there is now {left}" if left else "nothing was changed",
        errno=error.errno or 0,
    )
