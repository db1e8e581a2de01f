"""Files that ship with the package, in a directory or in a zip file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import DataError, DataErrors

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def bundled_data() -> Traversable:
    """Return the directory of the bundled data files."""
    return package_files() / "data"


def package_files() -> Traversable:
    """Return the directory of the package."""
    here = Path(__file__).parent
    if here.is_dir():  # the usual case, without the import below
        return here
    from importlib_resources import files

    return files(__package__)


def bundled_text(file: Traversable, name: str) -> str:
    """Return the text of a file that ships with the package.

    Raises
    ------
    DataErrors
        If the file is missing, cannot be read or is not UTF-8; names the file.
    """
    with reading_errors("bundled data", name):
        return file.read_text(encoding="utf-8")


def package_text(*path: str) -> str:
    """Return the text of a file of the package, by its path inside it.

    Raises
    ------
    DataErrors
        As :func:`bundled_text`.
    """
    return bundled_text(package_files().joinpath(*path), "/".join(path))


def package_toml(*path: str) -> dict[str, Any]:
    """Return the content of a TOML file of the package, by its path inside it.

    Raises
    ------
    DataErrors
        As :func:`bundled_text`.
    """
    import tomllib  # records do not need it

    return tomllib.loads(package_text(*path))


def unreadable() -> tuple[type[Exception], ...]:
    """Return the exceptions of a file that cannot be read, on a disk or in a broken zip file.

    The imports are only needed after an exception.
    """
    import zipfile
    import zlib

    return (OSError, EOFError, zipfile.BadZipFile, zlib.error)


@contextmanager
def reading_errors(where: str, name: str = "") -> Iterator[None]:
    """Convert exceptions of reading a file to DataErrors that name the file.

    Raises
    ------
    DataErrors
        With one error: for `name`, or for the file that the system names.
    """
    try:
        yield
    except UnicodeDecodeError as error:
        problem = f"expected UTF-8, found byte 0x{error.object[error.start]:02x}"
        raise DataErrors.of(where, [DataError(file=name or where, problem=problem)]) from error
    except unreadable() as error:
        file = name or Path(str(getattr(error, "filename", None) or where)).name
        problem = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        raise DataErrors.of(where, [DataError(file=file, problem=problem)]) from error
