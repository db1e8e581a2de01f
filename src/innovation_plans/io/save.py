"""Safe writing: a new file or directory is written beside the old one, and then takes its place.

If anything fails before that, the old one is unchanged and the new one is removed.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..errors import _FactError

__all__ = ["WriteError", "filling", "replacing"]

# One of these files marks a directory as an earlier export, which may be replaced.
_MARKS = ("edition.toml", "datapackage.json")


class WriteError(_FactError, OSError):
    """Nothing was written, because the path exists or the system refused; see `errno`.

    Examples
    --------
    >>> print(WriteError(path="out", problem="exists already", hint="pass overwrite=True"))
    cannot write 'out': exists already; pass overwrite=True
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
    """Return a temporary path that replaces `path` when the block ends without an error.

    Parameters
    ----------
    path
        Where to write; the directory around it must exist.
    overwrite
        Whether an existing file, or a directory with an earlier export, may be replaced.
    directory
        Whether the block makes a directory.

    Raises
    ------
    WriteError
        If `path` must not be replaced, or the system refuses; `path` is then unchanged.
    """
    _check(path, overwrite=overwrite, directory=directory)
    with _temporary(path, path.parent) as folder:
        fresh = folder / path.name
        yield fresh
        _flush(fresh)
        if directory:
            _swap(fresh, path, _old(folder))
        else:
            fresh.replace(path)


@contextmanager
def filling(path: Path, *, overwrite: bool = False) -> Iterator[Path]:
    """Return a temporary directory whose files are moved to `path` when the block ends without an error.

    Either all files are moved or none. Other files in `path` are kept.

    Parameters
    ----------
    path
        The directory to fill; made if it is missing.
    overwrite
        Whether files with the same names may be replaced.

    Raises
    ------
    WriteError
        If `path` is not a directory, a file exists, or the system refuses; `path` is then unchanged.
    """
    if not os.path.lexists(path):
        with replacing(path, directory=True) as fresh:
            fresh.mkdir()
            yield fresh
        return
    if not path.is_dir():
        problem = "expected a directory, found a file"
        raise WriteError(path=str(path), problem=problem, errno=errno.ENOTDIR)
    with _temporary(path, path) as folder:
        fresh = folder / "fresh"
        fresh.mkdir()
        yield fresh
        _flush(fresh)
        _move_files(fresh, path, folder / "old", overwrite=overwrite)


@contextmanager
def _temporary(path: Path, parent: Path) -> Iterator[Path]:
    """Return a hidden directory in `parent`, removed at the end; errors of the system name `path`."""
    folder: Path | None = None
    try:
        prefix = f".{path.name[:40]}."
        folder = Path(tempfile.mkdtemp(prefix=prefix, suffix=".part", dir=parent))
        yield folder
    except WriteError:
        raise
    except OSError as error:
        hint = "nothing was changed"
        if folder is not None and _old(folder).exists():
            hint = f"the old directory is now {_old(folder)}"
        problem = (error.strerror or str(error) or type(error).__name__).lower()
        raise WriteError(
            path=str(path), problem=problem, hint=hint, errno=error.errno or 0
        ) from error
    finally:
        if folder is not None:
            _remove(folder)


def _old(folder: Path) -> Path:
    """Return the temporary path of the directory that is being replaced."""
    return folder.with_suffix(".before")


def _remove(folder: Path) -> None:
    try:
        shutil.rmtree(folder, ignore_errors=True)
    except BaseException:  # interrupted: remove the rest, and then stop
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _check(path: Path, *, overwrite: bool, directory: bool) -> None:
    """Raise WriteError if `path` must not be written."""
    if not path.name or path.name == ".." or "\0" in str(path):
        raise WriteError(path=str(path), problem="expected a path that ends with a name")
    try:
        os.fsencode(path)
    except UnicodeEncodeError as error:
        problem = f"expected a path that can be encoded in {error.encoding}"
        raise WriteError(path=ascii(str(path)), problem=problem, errno=errno.EILSEQ) from None
    if not os.path.lexists(path):
        return
    if not overwrite:
        problem, hint = "exists already", "pass overwrite=True (or --overwrite) to replace it"
        raise WriteError(path=str(path), problem=problem, hint=hint, errno=errno.EEXIST)
    is_directory = path.is_dir() and not path.is_symlink()
    if is_directory is not directory:
        actual, expected = ("directory", "file") if is_directory else ("file", "directory")
        problem = f"expected a {expected}, found a {actual}"
        raise WriteError(path=str(path), problem=problem, errno=errno.EEXIST)
    if directory:
        _check_export(path)


def _check_export(path: Path) -> None:
    """Raise WriteError if a directory has other files than those of an earlier export."""
    try:
        names = sorted(entry.name for entry in path.iterdir())
    except OSError as error:
        problem = str(error.strerror).lower()
        raise WriteError(path=str(path), problem=problem, errno=error.errno or 0) from error
    other = next((name[:60] for name in names if name.startswith(".")), "")
    if names and not any(mark in names for mark in _MARKS):
        other = other or f"no {' and no '.join(_MARKS)}"
    if other:
        problem = f"expected an earlier export to replace, found a directory with {other}"
        raise WriteError(
            path=str(path), problem=problem, hint="choose another path", errno=errno.ENOTEMPTY
        )


def _flush(fresh: Path) -> None:
    """Write all files to the disk, before anything is replaced by them."""
    for file in sorted(fresh.rglob("*")) if fresh.is_dir() else [fresh]:
        if file.is_file():
            with file.open("rb+") as stream:
                os.fsync(stream.fileno())


def _swap(fresh: Path, path: Path, old: Path) -> None:
    """Move a directory to `path`, and the one that is there to `old`, which is then removed."""
    try:
        if path.exists():
            path.replace(old)
        fresh.replace(path)
    except BaseException:
        if old.exists() and not path.exists():
            old.replace(path)
        raise
    finally:
        if path.exists():
            _remove(old)


def _move_files(fresh: Path, path: Path, old: Path, *, overwrite: bool) -> None:
    """Move every file to its path, the deepest first; if one cannot be moved, undo all."""
    files = [file.relative_to(fresh) for file in fresh.rglob("*") if file.is_file()]
    files.sort(key=lambda file: (-len(file.parts), file.parts))
    for file in files:
        _check(path / file, overwrite=overwrite, directory=False)
    made = [folder for folder in {(path / file).parent for file in files} if not folder.exists()]
    try:
        for file in files:
            _keep(path / file, old / file)
        for folder in made:
            folder.mkdir()
        for file in files:
            (fresh / file).replace(path / file)
    except BaseException:
        for file in files:
            _undo(path / file, old / file, fresh / file)
        for folder in made:
            with suppress(OSError):
                folder.rmdir()
        raise


def _keep(path: Path, old: Path) -> None:
    """Copy an existing file, so that its replacement can be undone."""
    if os.path.lexists(path):
        if not old.parent.is_dir():
            old.parent.mkdir(parents=True)
        shutil.copy2(path, old, follow_symlinks=False)


def _undo(path: Path, old: Path, fresh: Path) -> None:
    """Put the old file back if the new one was moved, or remove the new one if there was none."""
    if fresh.exists():
        return
    if os.path.lexists(old):
        old.replace(path)
    else:
        path.unlink()
