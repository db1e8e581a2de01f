"""Whether the installed data files are the ones that were released.

The descriptor ``datapackage.json`` names every file with its size and sha256.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import DataError, DataErrors, MissingError
from ..io.folder import DESCRIPTOR
from ..io.raw import raw_of, text_of
from ..io.snapshot import FOLDER
from ..resources import bundled_data, said_of_reading
from .editions import RELEASED, current_edition, edition_root

if TYPE_CHECKING:
    from importlib_resources.abc import Traversable

__all__ = ["DESCRIPTOR", "verify"]

_OURS = (".csv", ".toml", ".txt", ".json", ".md")


def verify(
    path: str | PathLike[str] | None = None, *, edition: str | None = None
) -> tuple[str, ...]:
    """The names of the data files, once each is found as the descriptor describes it.

    Parameters
    ----------
    path
        A directory with a ``datapackage.json``; None for a bundled edition.
    edition
        Which of the bundled editions; None for the current one.

    Raises
    ------
    DataErrors
        With one fault for every file that is missing, changed, or not described.
    MissingError
        If there is no descriptor, or no such edition.

    Examples
    --------
    >>> "targets/14th.csv" in verify(edition="2026.10")
    True
    """
    if path is not None:
        if not os.path.exists(path):  # noqa: PTH110 - false, and no error, for any odd path
            raise MissingError(asked=f"directory {str(path)[:200]!r}")
        return _verified(Path(path), str(path))
    if edition is not None and edition != current_edition():
        further = partial(_descriptor_faults, edition=edition)
        return _verified(edition_root(edition), f"edition {edition}", further)
    from ..io.snapshot_writer import compiled_faults  # what is compiled elsewhere is read by nobody

    return _verified(bundled_data(), "bundled data", compiled_faults)


def _verified(
    root: Traversable,
    label: str,
    further: Callable[[Traversable], Iterable[DataError]] = lambda _: (),
) -> tuple[str, ...]:
    with said_of_reading(label):
        described = _described(root)
        faults = list(_faults(root, described)) or list(further(root))
    if faults:
        raise DataErrors.gathered(label, faults)
    return tuple(described)


def _described(root: Traversable) -> dict[str, dict[str, Any]]:
    """The files of a descriptor by path."""
    file = root / DESCRIPTOR
    if not file.is_file():
        raise MissingError(asked=f"{DESCRIPTOR} in {str(root)[:200]!r}")
    faults: list[DataError] = []
    text = text_of(file, DESCRIPTOR, faults)
    if text is None:
        raise DataErrors.gathered(str(root), faults)
    try:
        resources = json.loads(text)["resources"]
        return {str(each["path"]): each for each in resources}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        fault = DataError(file=DESCRIPTOR, problem=f"is no data package descriptor: {error!r:.80}")
        raise DataErrors.gathered(str(root), [fault]) from error


def _faults(root: Traversable, described: dict[str, dict[str, Any]]) -> Iterator[DataError]:
    there = {path: file for path, file in _walk(root) if not path.startswith(f"{FOLDER}/")}
    for path, resource in described.items():
        file = there.pop(path, None)
        if file is None:
            yield DataError(file=path, problem="is missing")
            continue
        faults: list[DataError] = []
        raw = raw_of(file, path, faults)
        yield from faults
        if raw is None:
            continue
        expected = str(resource.get("hash", "")).removeprefix("sha256:")
        found = hashlib.sha256(raw).hexdigest()
        if found != expected:
            yield DataError(
                file=path,
                problem=f"expected sha256 {expected[:12]}…, found {found[:12]}… "
                f"({len(raw)} bytes instead of {resource.get('bytes')!s:.20})",
            )
    for path in there:
        yield DataError(file=path, problem=f"is not described in {DESCRIPTOR}")


def _descriptor_faults(root: Traversable, edition: str) -> Iterator[DataError]:
    """That the descriptor of a released edition is not the one that was released."""
    expected = RELEASED.get(edition, "")
    found = hashlib.sha256((root / DESCRIPTOR).read_bytes()).hexdigest()
    if found != expected:
        problem = f"expected sha256 {expected[:12]}…, found {found[:12]}…"
        yield DataError(file=DESCRIPTOR, problem=problem)


def _walk(
    folder: Traversable, prefix: str = "", seen: set[str] | None = None
) -> Iterator[tuple[str, Traversable]]:
    """Every data file below a folder, by its path; the descriptor itself is none.

    A folder is read once, however many links lead to it: they may lead in a circle.
    """
    seen = set() if seen is None else seen
    real = os.path.realpath(folder) if isinstance(folder, Path) else str(folder)
    if real in seen:
        return
    seen.add(real)
    for each in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if each.is_dir():
            if not each.name.startswith((".", "__")):
                yield from _walk(each, f"{prefix}{each.name}/", seen)
        elif each.name.endswith(_OURS) and (prefix or each.name != DESCRIPTOR):
            yield f"{prefix}{each.name}", each
