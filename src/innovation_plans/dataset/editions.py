"""The bundled editions of the data, and the verification of their files.

A released edition never changes. Its descriptor ``datapackage.json`` lists every file with its
size and sha256.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ..errors import (
    ArgumentError,
    DataError,
    DataErrors,
    MissingError,
    brief,
    expanded,
    expect,
    expect_path,
    nearest,
)
from ..io.files import DESCRIPTOR, bytes_of, edition_document, files_in, text_of
from ..io.formats import changes, read
from ..io.save import SUMS, sums_in
from ..io.snapshot import FOLDER, snapshot_errors
from ..resources import bundled_data, package_files, reading_errors
from .build import BundledTables, validated

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_EDITIONS = "editions"
_ARCHIVE = "editions.zip.xz"  # the same folder in a wheel: the editions share most rows
_DATA_ENDINGS = (".csv", ".toml", ".txt", ".json", ".md")
# The sha256 of the descriptors of released editions.
RELEASED = {
    "2026.10": "b6903fdc78d68dfefd8e828087d7f491fe48d9b09aa3961169eaeeebbe4b2967",
    "2026.11": "d6515a7a7d23f884c8f53c66220c7a92526253e3649f586244cae14475f30943",
}


def editions() -> tuple[str, ...]:
    """Return the bundled editions of the data, oldest first; the last is the current one.

    Examples
    --------
    >>> editions()
    ('2026.10', '2026.11', '2026.12')
    """
    return (*_earlier(), current_edition())


@cache
def current_edition() -> str:
    """Return the edition that :func:`load` returns by default."""
    return BundledTables(bundled_data()).edition


@cache
def _earlier() -> tuple[str, ...]:
    with reading_errors("bundled data"):
        folder = _folder()
        return tuple(sorted(e.name for e in folder.iterdir() if (e / "edition.toml").is_file()))


def _folder() -> Traversable:
    """Return the folder of the released editions, or the same in the archive of a wheel."""
    folder, archive = package_files() / _EDITIONS, package_files() / _ARCHIVE
    if folder.is_dir() or not archive.is_file():
        return folder
    return _unpacked()


@cache
def _unpacked() -> Traversable:
    """Return the content of the archive in memory; most programs never need it."""
    import lzma
    import zipfile

    try:
        raw = lzma.decompress((package_files() / _ARCHIVE).read_bytes())
        content = zipfile.ZipFile(BytesIO(raw))
    except (lzma.LZMAError, zipfile.BadZipFile, EOFError) as error:
        problem = f"cannot be read: {brief(error, 80)}; install the package again"
        raise DataErrors.of("bundled data", [DataError(file=_ARCHIVE, problem=problem)]) from error
    content.filename = _ARCHIVE  # messages name it
    return cast("Traversable", zipfile.Path(content))


def edition_root(edition: str | None) -> Traversable:
    """Return the data folder of an edition; of the current one for None.

    Raises
    ------
    ArgumentError
        If no such edition is bundled; names those that are.
    """
    if edition is None or edition == current_edition():
        return bundled_data()
    expect("edition", edition, "casefold", "the name of an edition")
    if edition not in _earlier():  # only the names of existing folders become paths
        known = editions()
        raise ArgumentError(
            parameter="edition",
            value=repr(str(edition)[:40]),
            allowed=known,
            nearest=nearest(str(edition), known, 3, cutoff=0.3) or known,
            hint="see editions() or the command editions",
        )
    return _folder() / edition


def ledger(edition: str) -> tuple[dict[str, Any], ...]:
    """Return the reasons why records of a bundled edition differ from the edition before.

    They are the ``[[change]]`` entries of its ``edition.toml``: `table`, `kind`, `key` as a
    pattern with ``*`` and ``?``, and `reason`. The first entry that matches applies. There are
    none for other data.
    """
    if edition not in editions():
        return ()
    return tuple(edition_document(edition_root(edition)).get("change", ()))


def edition_sum(edition: str) -> str:
    """Return the sha256 of the descriptor of an edition."""
    with reading_errors("bundled data", DESCRIPTOR):
        return _sha256((edition_root(edition) / DESCRIPTOR).read_bytes())


def verify(
    path: str | PathLike[str] | None = None, *, edition: str | None = None
) -> tuple[str, ...]:
    """Return the names of the data files, after checking that each is as its descriptor says.

    Parameters
    ----------
    path
        A file or directory that :meth:`Dataset.write` made, or a directory with a
        ``datapackage.json``; None for a bundled edition. A directory is compared with its sums, a
        file with the number of records that it states.
    edition
        Which of the bundled editions; None for the current one.

    Raises
    ------
    DataErrors
        With one error for every file that is missing, changed or not described.
    MissingError
        If there are no sums or numbers to compare with, or no such edition.

    Examples
    --------
    >>> "targets/14th.csv" in verify(edition="2026.10")
    True
    """
    if path is not None:
        expect_path(path)
        return verify_export(path)
    if edition is not None:
        expect("edition", edition, "casefold", "the name of an edition")
    if edition is not None and edition != current_edition():
        return _verified(edition_root(edition), f"edition {edition}", edition)
    return _verified(bundled_data(), "bundled data", "")


def verify_export(
    path: str | PathLike[str],
    format: str | None = None,  # noqa: A002 - as in load
) -> tuple[str, ...]:
    """Verify a file or directory that was written; `format` is that of a file without an ending."""
    place = Path(expanded(path))
    if not os.path.exists(place):  # noqa: PTH110 - False, and no error, for any path
        raise MissingError(asked=f"file or directory {str(path)[:200]!r}")
    names: tuple[str, ...] = ()
    if (place / DESCRIPTOR).is_file():
        names = _verified(place, str(path))
    has_sums = (place / SUMS).is_file()
    if place.is_dir() and not has_sums:
        if names:
            return names
        hint = "check (or innovation-plans check) is for data of your own"
        raise MissingError(asked=f"{SUMS} or {DESCRIPTOR} in {str(path)[:200]!r}", hint=hint)
    tables = read(path, format)
    if not has_sums and not tables.heading.records:
        hint = "this release writes it; load the file and write it again"
        raise MissingError(asked=f"number of records in {str(path)[:200]!r}", hint=hint)
    with reading_errors(str(path)):
        errors = [*tables.errors, *changes(place, tables)]
    if errors:
        raise DataErrors.of(str(path), errors)
    return tuple(sums_in(place)) or (place.name,)


def _verified(root: Traversable, label: str, edition: str | None = None) -> tuple[str, ...]:
    """Verify one folder; `edition` is empty for the current edition, None if it is not bundled."""
    with reading_errors(label):
        described = _described(root)
        errors = list(_file_errors(root, described))
        if edition is not None and not errors:
            errors = list(_release_errors(root, edition))
    if errors:
        raise DataErrors.of(label, errors)
    return tuple(described)


def _release_errors(root: Traversable, edition: str) -> Iterator[DataError]:
    """Return errors of a bundled edition whose files agree with its descriptor."""
    if not edition:
        yield from snapshot_errors(root, validated)
        return
    expected, actual = RELEASED.get(edition, ""), _sha256((root / DESCRIPTOR).read_bytes())
    if actual != expected:
        problem = f"expected sha256 {expected[:12]}…, found {actual[:12]}…"
        yield DataError(file=DESCRIPTOR, problem=problem)


def _described(root: Traversable) -> dict[str, dict[str, Any]]:
    """Return the files of a descriptor, by path."""
    file = root / DESCRIPTOR
    if not file.is_file():
        hint = "check (or innovation-plans check) is for data of your own"
        raise MissingError(asked=f"{DESCRIPTOR} in {str(root)[:200]!r}", hint=hint)
    try:
        text = text_of(file, DESCRIPTOR)
    except DataError as error:
        raise DataErrors.of(str(root), [error]) from None
    try:
        return {str(resource["path"]): resource for resource in json.loads(text)["resources"]}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        problem = f"expected a data package descriptor: {brief(error, 80)}"
        raise DataErrors.of(str(root), [DataError(file=DESCRIPTOR, problem=problem)]) from error


def _file_errors(root: Traversable, described: dict[str, dict[str, Any]]) -> Iterator[DataError]:
    """Return an error for each file that is missing, changed or not described."""
    files = dict(_data_files(root))
    for path, resource in described.items():
        file = files.pop(path, None)
        if file is None:
            yield DataError(file=path, problem="is missing")
            continue
        try:
            raw = bytes_of(file, path)
        except DataError as error:
            yield error
            continue
        expected = str(resource.get("hash", "")).removeprefix("sha256:")
        if (actual := _sha256(raw)) != expected:
            size = f"({len(raw)} bytes instead of {resource.get('bytes')!s:.20})"
            problem = f"expected sha256 {expected[:12]}…, found {actual[:12]}… {size}"
            yield DataError(file=path, problem=problem)
    for path in files:
        yield DataError(file=path, problem=f"is not described in {DESCRIPTOR}")


def _data_files(folder: Traversable) -> Iterator[tuple[str, Traversable]]:
    """Yield every data file in a folder by its path, except the descriptor and the snapshot."""
    for path, file in files_in(folder):
        is_other = path == DESCRIPTOR or path.startswith(f"{FOLDER}/")
        if path.endswith(_DATA_ENDINGS) and not is_other:
            yield path, file


def _sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()
