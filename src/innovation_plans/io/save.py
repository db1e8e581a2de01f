"""Safe writing: a new file or directory is written beside the old one, and then takes its place.

If anything fails before that, the old one is unchanged and the new one is removed. A directory has
the sums of its files in ``SHA256SUMS``. Only files that still have these sums are replaced or
removed: others are the user's own.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from ..errors import DataError, _FactError
from .files import files_in

SUMS = "SHA256SUMS"
_READ = (".csv", ".toml", ".txt", ".json", ".xml", ".parquet")  # endings of what formats write
_MOST_BYTES = 1024 * 1024 * 1024  # of a file whose sum is computed


class WriteError(_FactError, OSError):
    """Nothing was written, because the path exists or the system refused; see `errno`.

    Examples
    --------
    >>> print(WriteError(path="out", problem="it exists", hint="pass overwrite=True"))
    cannot write 'out': it exists; pass overwrite=True
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
def replacing(
    path: Path, *, overwrite: bool = False, directory: bool = False, sums: bool = True
) -> Iterator[Path]:
    """Return a temporary path that replaces `path` when the block ends without an error.

    Parameters
    ----------
    path
        Where to write; the directory around it must exist.
    overwrite
        Whether an existing file, or a directory whose files are all as written, may be replaced.
    directory
        Whether the block makes a directory.
    sums
        Whether a directory gets the sums of its files.

    Raises
    ------
    WriteError
        If `path` must not be replaced, or the system refuses; `path` is then unchanged.
    """
    _check(path, overwrite=overwrite, directory=directory)
    with _temporary(path, path.parent) as folder:
        if directory and path.exists():
            _check_unchanged(path, [file for file in path.rglob("*") if not _is_folder(file)])
        fresh = folder / path.name
        yield fresh
        if directory and sums:
            _write_sums(fresh, {})
        _flush(fresh)
        if directory and path.exists():
            _swap(fresh, path, _old(folder))
        else:
            fresh.replace(path)


@contextmanager
def filling(path: Path, *, overwrite: bool = False, sums: bool = True) -> Iterator[Path]:
    """Return a temporary directory whose files are moved to `path` when the block ends without an error.

    Either all files are moved or none. Other files in `path` are kept.

    Parameters
    ----------
    path
        The directory to fill; made if it is missing.
    overwrite
        Whether files with the same names may be replaced, if they are as written.
    sums
        Whether the directory gets the sums of the files.

    Raises
    ------
    WriteError
        If `path` is not a directory, a file exists, or the system refuses; `path` is then unchanged.
    """
    if not os.path.lexists(path):
        with replacing(path, directory=True, sums=sums) as fresh:
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
        files = [file.relative_to(fresh) for file in sorted(fresh.rglob("*")) if file.is_file()]
        for file in files:
            _check(path / file, overwrite=overwrite, directory=False)
        _check_unchanged(path, [path / file for file in files if (path / file).exists()])
        if sums:
            _write_sums(fresh, sums_in(path))
            files.append(Path(SUMS))
        _flush(fresh)
        _move(files, fresh, path, folder / "old")


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
    if path.stem == "-":
        problem = "expected a file name, found the sign of standard output"
        raise WriteError(path=str(path), problem=problem)
    try:
        os.fsencode(path)
    except UnicodeEncodeError as error:
        problem = f"expected a path that can be encoded in {error.encoding}"
        raise WriteError(path=ascii(str(path)), problem=problem, errno=errno.EILSEQ) from None
    if not os.path.lexists(path):
        return
    if not overwrite:
        problem, hint = "it exists", "pass overwrite=True (or --overwrite) to replace it"
        raise WriteError(path=str(path), problem=problem, hint=hint, errno=errno.EEXIST)
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise WriteError(path=str(path), problem="it is a pipe or device", errno=errno.EEXIST)
    if path.is_symlink() and path.is_dir() and not directory:
        raise WriteError(path=str(path), problem="it is a link to a directory", errno=errno.EEXIST)
    if _is_folder(path) is not directory:
        actual, expected = ("file", "directory") if directory else ("directory", "file")
        problem = f"expected a {expected}, found a {actual}"
        raise WriteError(path=str(path), problem=problem, errno=errno.EEXIST)


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _check_unchanged(folder: Path, files: Iterable[Path]) -> None:
    """Raise WriteError for the first of `files` that is not as this package wrote it."""
    sums = sums_in(folder)
    for file in files:
        name = file.relative_to(folder).as_posix()
        if name != SUMS and (file.is_symlink() or sums.get(name) != _sum_of(file)):
            problem = "it is not as this package wrote it"
            hint = "move it, or choose another path"
            raise WriteError(path=str(file), problem=problem, hint=hint, errno=errno.EEXIST)


def sums_in(folder: Path) -> dict[str, str]:
    """Return the sums of the files that were written to a directory."""
    file = folder / SUMS
    lines = file.read_text("utf-8", "replace").splitlines() if file.is_file() else []
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def sum_errors(folder: Path) -> Iterator[DataError]:
    """Yield an error for each file of an export that was changed, removed or added."""
    sums = sums_in(folder)
    for name, _ in files_in(folder):
        if not name.endswith(_READ):
            continue
        path, expected = folder / name, sums.pop(name, "")
        is_read = path.is_file() and path.stat().st_size <= _MOST_BYTES
        actual = _sum_of(path) if is_read else "none"
        if not expected:
            yield DataError(file=name, problem=f"is not listed in {SUMS}")
        elif actual != expected:
            problem = f"expected sha256 {expected[:12]}…, found {actual[:12]}…"
            yield DataError(file=name, problem=problem)
    for name in sums:
        if name.endswith(_READ):
            yield DataError(file=name[:200], problem="is missing")


def _write_sums(folder: Path, others: dict[str, str]) -> None:
    """Write the sums of all files, and `others`, as ``sha256sum --check`` reads them."""
    files = [file for file in folder.rglob("*") if file.is_file() and file.name != SUMS]
    sums = others | {file.relative_to(folder).as_posix(): _sum_of(file) for file in files}
    text = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
    (folder / SUMS).write_bytes(text.encode("utf-8"))


def _sum_of(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _flush(fresh: Path) -> None:
    """Write all files to the disk, before anything is replaced by them."""
    for file in sorted(fresh.rglob("*")) if fresh.is_dir() else [fresh]:
        if file.is_file():
            with file.open("rb+") as stream:
                os.fsync(stream.fileno())


def _swap(fresh: Path, path: Path, old: Path) -> None:
    """Move a directory to `path`, and the one that is there to `old`, which is then removed."""
    try:
        path.replace(old)
        fresh.replace(path)
    except BaseException:
        if old.exists() and not path.exists():
            old.replace(path)
        raise
    finally:
        if path.exists():
            _remove(old)


def _move(files: Iterable[Path], fresh: Path, path: Path, old: Path) -> None:
    """Move every file from `fresh` to `path`; if one cannot be moved, undo all."""
    with ExitStack() as undo:
        for file in files:
            target, kept = path / file, old / file
            if not target.parent.exists():
                undo.callback(target.parent.rmdir)
                target.parent.mkdir()
            if os.path.lexists(target):
                if not kept.parent.is_dir():
                    kept.parent.mkdir(parents=True)
                shutil.copy2(target, kept, follow_symlinks=False)
                undo.callback(kept.replace, target)
            else:
                undo.callback(target.unlink, missing_ok=True)
            (fresh / file).replace(target)
        undo.pop_all()
