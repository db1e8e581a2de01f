"""Records joined to those of a dataset, which stays as it is.

A record whose key is taken is a clash, unless it is the same record; a named policy says what
happens then. Where a record that others refer to is replaced, those others are read again, so
that none of them speaks of the old one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from threading import RLock
from typing import Any, Literal, NamedTuple, get_args

from ..errors import ConflictError, DataError, DataErrors, MissingError
from ..io.folder import RowSource
from ..io.rows import read_records, row_of
from ..records import CODED, TABLES, Context, Record
from .build import Directory, Holdings, keep_words

__all__ = ["Extension", "OnConflict", "joined"]

OnConflict = Literal["raise", "keep", "replace"]


class Extension(NamedTuple):
    """What one extension brought to a dataset, by keys: nothing is passed over in silence."""

    origin: str
    edition: str  # what stands behind the + in the edition of the dataset made
    added: Mapping[str, tuple[str, ...]]
    replaced: Mapping[str, tuple[str, ...]]
    kept: Mapping[str, tuple[str, ...]]  # clashes in which the dataset's own record stayed


class _Clash(NamedTuple):
    table: str
    ours: Record
    theirs: Record
    place: str


def joined(
    base: Holdings,
    source: RowSource,
    kinds: Mapping[str, type[Record]],
    on_conflict: OnConflict,
) -> tuple[Holdings, Extension]:
    """The records of `base` with those that `source` spells, and what came of each of these.

    Raises
    ------
    DataErrors
        With every fault of the rows; nothing is joined then.
    ConflictError
        If a key is taken and `on_conflict` is ``"raise"``; names the first and counts the rest.
    MissingError
        If there is no such policy.
    """
    if on_conflict not in get_args(OnConflict):
        raise MissingError(asked=f"policy {on_conflict!r:.40}", nearest=get_args(OnConflict))
    theirs = Directory(source, kinds, base=base.context)
    theirs.read_all()
    new, clashes = _sorted_out(base, theirs)
    if clashes and on_conflict == "raise":
        raise _refusal(clashes)
    taken = {name: {} for name in TABLES} if on_conflict == "keep" else _by_table(clashes)
    extension = Extension(
        theirs.label,
        theirs.edition or _slug(theirs.label),
        added=_keys({name: records for name, records in new.items() if records}),
        replaced=_keys({name: list(each.values()) for name, each in taken.items() if each}),
        kept=_keys(_left(clashes) if on_conflict == "keep" else {}),
    )
    return _Joined(base, theirs.context, new, taken, kinds), extension


def _sorted_out(base: Holdings, theirs: Directory) -> tuple[dict[str, list[Any]], list[_Clash]]:
    """The records that are new, and those whose key is taken by another one."""
    new: dict[str, list[Any]] = {}
    clashes = []
    for name in TABLES:
        found = theirs.table(name)
        ours = {each.key: each for each in base.table(name)} if found else {}
        new[name] = [each for each in found if each.key not in ours]
        clashes += [
            _Clash(name, ours[each.key], each, theirs.places[name].get(each.key, name))
            for each in found
            if each.key in ours and ours[each.key] != each
        ]
    return new, clashes


def _by_table(clashes: Iterable[_Clash]) -> dict[str, dict[str, Record]]:
    found: dict[str, dict[str, Record]] = {name: {} for name in TABLES}
    for each in clashes:
        found[each.table][each.theirs.key] = each.theirs
    return found


def _left(clashes: Iterable[_Clash]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for each in clashes:
        found.setdefault(each.table, []).append(each.ours)
    return found


def _slug(label: str) -> str:
    """The last part of a path, as an edition can bear it."""
    name = PurePath(label).name or label
    return re.sub("[^A-Za-z0-9.]+", "-", name).strip("-.")[:40] or "own"


def _keys(records: Mapping[str, Iterable[Record]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(each.key for each in found) for name, found in records.items()}


def _refusal(clashes: list[_Clash]) -> ConflictError:
    """The first clash, by the fields that differ."""
    first = clashes[0]
    ours, theirs = (each.model_dump(mode="json") for each in (first.ours, first.theirs))
    differ = [name for name in theirs if ours.get(name) != theirs[name]]
    more = f" and {len(clashes) - 1} more" if len(clashes) > 1 else ""
    said = [
        ", ".join(f"{name} {given.get(name)!s:.60}" for name in differ[:3]) or type(record).__name__
        for given, record in ((ours, first.ours), (theirs, first.theirs))
    ]
    return ConflictError(
        what=f"{first.place}: {first.ours.noun} {first.ours.key!r} is taken{more}",
        ours=said[0],
        theirs=said[1],
        hint='rename it, or say on_conflict="keep" or "replace"',
    )


class _Joined:
    """The records of two holdings as one; the base is read table by table, as it is asked for."""

    def __init__(
        self,
        base: Holdings,
        context: Context,
        new: dict[str, list[Any]],
        taken: dict[str, dict[str, Record]],
        kinds: Mapping[str, type[Record]],
    ) -> None:
        self.kinds = kinds
        self._base = base
        self._new = new
        self._taken = taken
        self._lock = RLock()
        self._read: dict[str, list[Any]] = {}
        self.context = self._agreed(context)

    def table(self, name: str) -> list[Any]:
        """The records of one table: those of the base in their order, then those that came."""
        if name not in self._read:
            with self._lock:
                if name not in self._read:
                    self._read[name] = self._merged(name, self.context)
        return self._read[name]

    def _merged(self, name: str, context: Context) -> list[Any]:
        taken = self._taken[name]
        ours = [taken.get(each.key, each) for each in self._base.table(name)]
        records = [*ours, *self._new[name]]
        keep_words(context, name, records)
        return records

    def _agreed(self, read_with: Context) -> Context:
        """Codes with the record that counts; records that refer to another one are read again."""
        context = Context(units=read_with.units)
        for name in CODED:
            for record in self._merged(name, context):
                context.add(record)
        nouns = [TABLES[name].noun for name in CODED]
        gone = any(
            record is not other and record != other
            for noun in nouns
            for record, other in (
                (each, context.of(noun)[key]) for key, each in read_with.of(noun).items()
            )
        )
        if gone or any(self._taken[name] for name in CODED):
            self._read_again(context)
        return context

    def _read_again(self, context: Context) -> None:
        """Read every record again, so that each reference leads to the record that counts."""
        faults: list[DataError] = []
        for name in TABLES:
            rows = [row_of(each, f"{name}: {each.key}") for each in self._merged(name, context)]
            self._read[name] = read_records(self.kinds[name], rows, context, faults)
        if faults:
            raise DataErrors.of("what the replaced records leave behind", faults)
