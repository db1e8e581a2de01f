"""The one door to the files that ship with the package.

Works from a directory and from a zip file alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import DataError, DataErrors

if TYPE_CHECKING:
    from importlib_resources.abc import Traversable

__all__ = [
    "bundled_data",
    "bundled_text",
    "package_files",
    "package_text",
    "said_of_reading",
    "unreadable",
]


def bundled_data() -> Traversable:
    """The root of the bundled data files."""
    return package_files() / "data"


def package_files() -> Traversable:
    """The files of the package itself."""
    here = Path(__file__).parent
    if here.is_dir():  # as nearly everywhere, and without what finds files in other places
        return here
    from importlib_resources import files

    return files(__package__)


def bundled_text(file: Traversable, name: str) -> str:
    """The text of a file that ships.

    Raises
    ------
    DataErrors
        With its name, if it is missing, cannot be read, or is no UTF-8.
    """
    with said_of_reading("bundled data", name):
        return file.read_text(encoding="utf-8")


def package_text(*path: str) -> str:
    """The text of a file of the package, by its path inside it.

    Raises
    ------
    DataErrors
        As :func:`bundled_text`.
    """
    return bundled_text(package_files().joinpath(*path), "/".join(path))


def unreadable() -> tuple[type[Exception], ...]:
    """What the system, or a broken zip file, raises where a file cannot be read.

    Asked for where something was raised already: nobody else needs the libraries.
    """
    import zipfile
    import zlib

    return (OSError, EOFError, zipfile.BadZipFile, zlib.error)


@contextmanager
def said_of_reading(where: str, name: str = "") -> Iterator[None]:
    """Turn what reading a file raises into a fault that names the file.

    Raises
    ------
    DataErrors
        With one fault: of `name`, or of the file that the system names.
    """
    try:
        yield
    except UnicodeDecodeError as error:
        problem = f"expected UTF-8, found byte 0x{error.object[error.start]:02x}"
        raise DataErrors.gathered(
            where, [DataError(file=name or where, problem=problem)]
        ) from error
    except unreadable() as error:
        file = name or Path(str(getattr(error, "filename", None) or where)).name
        problem = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        raise DataErrors.gathered(where, [DataError(file=file, problem=problem)]) from error
