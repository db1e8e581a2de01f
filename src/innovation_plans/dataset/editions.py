"""The editions of the data that are bundled: the current one and those before it.

A released edition never changes: the sums of its files are kept beside the tests.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING, Any

from ..errors import MissingError, nearest
from ..io.folder import DESCRIPTOR
from ..io.raw import edition_document
from ..resources import bundled_data, package_files, said_of_reading
from .build import Directory

if TYPE_CHECKING:
    from importlib_resources.abc import Traversable

__all__ = [
    "RELEASED",
    "current_edition",
    "edition_root",
    "edition_sum",
    "editions",
    "ledger",
]

_FOLDER = "editions"
# The sums of the descriptors of released editions, which hold the sums of all their other files.
RELEASED = {
    "2026.10": "b6903fdc78d68dfefd8e828087d7f491fe48d9b09aa3961169eaeeebbe4b2967",
    "2026.11": "d6515a7a7d23f884c8f53c66220c7a92526253e3649f586244cae14475f30943",
}


def editions() -> tuple[str, ...]:
    """The editions of the data that are bundled, the oldest first; the last is the current one.

    Examples
    --------
    >>> editions()
    ('2026.10', '2026.11', '2026.12')
    """
    return (*_earlier(), current_edition())


@cache
def current_edition() -> str:
    """The edition that :func:`load` gives if none is named."""
    return Directory(bundled_data()).edition


@cache
def _earlier() -> tuple[str, ...]:
    folder = package_files() / _FOLDER
    with said_of_reading("bundled data"):
        return tuple(sorted(e.name for e in folder.iterdir() if (e / "edition.toml").is_file()))


def edition_root(edition: str | None) -> Traversable:
    """The data files of an edition; of the current one, if none is named.

    Raises
    ------
    MissingError
        If no such edition is bundled; names those that are.
    """
    if edition is None or edition == current_edition():
        return bundled_data()
    if edition not in _earlier():  # only names that are there become paths
        known = editions()
        near = nearest(str(edition), known, 3, cutoff=0.3) or known
        raise MissingError(
            asked=f"edition {str(edition)[:40]!r}", nearest=tuple(near), hint="see editions()"
        )
    return package_files() / _FOLDER / edition


def ledger(edition: str) -> tuple[dict[str, Any], ...]:
    """Why records of a bundled edition are not what they were in the one before.

    Entries of ``[[change]]`` in its ``edition.toml``: `table`, `kind`, `key` with ``*`` and ``?``
    for what may stand there, `reason`; the first that fits counts. Of other data: nothing.
    """
    if edition not in editions():
        return ()
    return tuple(edition_document(edition_root(edition)).get("change", ()))


def edition_sum(edition: str) -> str:
    """The sha256 of the descriptor of an edition, which holds the sums of all its files."""
    with said_of_reading("bundled data", DESCRIPTOR):
        return hashlib.sha256((edition_root(edition) / DESCRIPTOR).read_bytes()).hexdigest()
