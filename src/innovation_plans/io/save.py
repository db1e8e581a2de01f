"""Writing that either happens or does not: a fresh sibling takes the place at the end.

Whatever goes wrong in between (no room, no permission, an error of the writer), what stood at the
path stays whole, and nothing is left beside it.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..errors import InnovationPlansError, _FactError

__all__ = ["WriteError", "filling", "replacing"]

# A directory is replaced only where one of these says that it is an earlier export.
_MARKS = ("edition.toml", "datapackage.json")
_BEFORE = ".before"
# What a system says where another writer has just put a directory, or moved it away.
_AT_ONCE = (errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT)
_MOST_TRIES = 100


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
    with _room(path, path.parent) as room:
        fresh = room / path.name
        yield fresh
        _settle(fresh)
        _check(path, overwrite=overwrite, directory=directory)
        if directory:
            _put_directory(fresh, path, _before(room), overwrite=overwrite)
        else:
            _put(fresh, path, overwrite=overwrite)
        _settle_name(path)


@contextmanager
def filling(path: Path, *, overwrite: bool = False) -> Iterator[Path]:
    """A fresh directory whose files take their places in `path` when the block ends well.

    All of them do, or none does; whatever else lies in `path` stays. The directory is made where
    it is missing.

    Parameters
    ----------
    path
        The directory to fill.
    overwrite
        Whether files of the same names may be replaced.

    Raises
    ------
    WriteError
        If `path` is no directory, a name in it is taken, or the system refuses; all is then as
        it was.
    """
    is_there = os.path.lexists(path)
    if not (path if is_there else path.parent).is_dir():
        raise WriteError(
            path=str(path),
            problem="a file stands there" if is_there else "no such file or directory",
            hint="expected a directory, or room to make one",
            errno=errno.ENOTDIR if is_there else errno.ENOENT,
        )
    if not is_there:
        with replacing(path, directory=True) as fresh:
            fresh.mkdir()
            yield fresh
        return
    with _room(path, path) as room:
        fresh, before = room / "fresh", room / "before"
        fresh.mkdir()
        yield fresh
        _settle(fresh)
        _put_into(fresh, path, before, overwrite=overwrite)


@contextmanager
def _room(path: Path, beside: Path) -> Iterator[Path]:
    """A hidden directory to write in, cleared away in the end; what the system says is of `path`."""
    room: Path | None = None
    try:
        prefix = f".{path.name[:40]}."
        room = Path(tempfile.mkdtemp(prefix=prefix, suffix=".part", dir=beside))
        yield room
    except InnovationPlansError:
        raise
    except OSError as error:
        raise _refused(path, error, room) from error
    except UnicodeEncodeError as error:
        if room is not None:  # a text of the writer's, not the name
            raise
        problem = f"this system spells names in {error.encoding}, and cannot spell this one"
        raise WriteError(path=str(path), problem=problem, errno=errno.EILSEQ) from error
    finally:
        if room is not None:
            _clear(room)


def _before(room: Path) -> Path:
    """Where a directory steps aside to: beside the room, which is cleared away whatever happens."""
    return room.with_suffix(_BEFORE)


def _clear(directory: Path) -> None:
    try:
        shutil.rmtree(directory, ignore_errors=True)
    except BaseException:  # interrupted: nothing is to be left all the same
        shutil.rmtree(directory, ignore_errors=True)
        raise


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
    try:
        is_directory = stat.S_ISDIR(path.lstat().st_mode)
    except (OSError, ValueError):  # nothing is there, or making something there will say why
        return
    if not overwrite:
        raise WriteError(
            path=str(path),
            problem="exists already",
            hint="say overwrite=True to replace it",
            errno=errno.EEXIST,
        )
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
    except FileNotFoundError:  # another writer has just moved it out of the way
        return ""
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


def _settle_name(path: Path) -> None:
    """Bring the new name to the disk, where the system does that.

    The new one stands in its place by now: it would be wrong to say that nothing was changed. Should
    the machine fail before the name is on the disk, the old one is there again, as whole.
    """
    with suppress(OSError):
        _settle_directory(path.parent)


def _put(fresh: Path, path: Path, *, overwrite: bool) -> None:
    """Set a file in place; in a place that is free, a link never replaces another's file."""
    if overwrite:
        fresh.replace(path)
        return
    try:
        os.link(fresh, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        fresh.replace(path)


def _put_directory(fresh: Path, path: Path, before: Path, *, overwrite: bool) -> None:
    """Set a directory in place; the one that stands there steps aside for a moment."""
    for left in reversed(range(_MOST_TRIES)):
        try:
            if overwrite and path.exists():
                path.replace(before)
            fresh.replace(path)
            return
        except BaseException as error:
            if overwrite and left and fresh.exists() and _is_taken(path, error):
                _clear(before)  # the export that came in between has replaced it, and is next
                continue
            if fresh.exists() and before.exists():
                before.replace(path)
            raise
        finally:
            if not fresh.exists():
                _clear(before)


def _is_taken(path: Path, error: BaseException) -> bool:
    """Whether a directory could not be set in place because of another writer."""
    at_once = isinstance(error, OSError) and error.errno in _AT_ONCE
    return at_once and _is_export(path)


def _is_export(path: Path) -> bool:
    try:
        return not _foreign(path)
    except WriteError:
        return False


def _put_into(fresh: Path, path: Path, before: Path, *, overwrite: bool) -> None:
    """Set every file in its place, the deepest first; where one cannot be set, none is."""
    files = [each.relative_to(fresh) for each in fresh.rglob("*") if each.is_file()]
    files.sort(key=lambda each: (-len(each.parts), each.parts))
    for each in files:
        _check(path / each, overwrite=overwrite, directory=False)
        _keep(path / each, before / each)
    made = [each for each in {(path / file).parent for file in files} if not each.exists()]
    try:
        for folder in made:
            folder.mkdir()
        for each in files:
            _put(fresh / each, path / each, overwrite=overwrite)
    except BaseException:
        for each in files:
            _set_back(path / each, before / each, fresh / each)
        for folder in made:
            with suppress(FileNotFoundError):
                folder.rmdir()
        raise


def _keep(path: Path, before: Path) -> None:
    """Keep a copy of what stands at a path, until all of the new stands."""
    if os.path.lexists(path):
        if not before.parent.is_dir():
            before.parent.mkdir(parents=True)
        shutil.copy2(path, before, follow_symlinks=False)


def _set_back(path: Path, before: Path, fresh: Path) -> None:
    """Make a place what it was: with the old file, or empty if ours stands there."""
    if os.path.lexists(before):
        before.replace(path)
    elif path.exists() and (not fresh.exists() or path.samefile(fresh)):
        path.unlink()


def _refused(path: Path, error: OSError, room: Path | None = None) -> WriteError:
    left = room is not None and _before(room).exists()
    return WriteError(
        path=str(path),
        problem=(error.strerror or str(error) or type(error).__name__).lower(),
        hint=f"what stood there is now {_before(room)}" if room and left else "nothing was changed",
        errno=error.errno or 0,
    )
