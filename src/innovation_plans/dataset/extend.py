"""Records joined to those of a dataset, which stays as it is.

A record whose key is taken by a different record is a clash; a policy says what happens then. If
a record that others refer to is replaced, those others are copied with the new reference.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import PurePath
from threading import RLock
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from ..codelists import Tier
from ..errors import ConflictError, DataError, DataErrors
from ..io.columns import TEXT
from ..io.raw import RawTables, Row
from ..io.rows import read_records, row_of
from ..records import BY_TIER, CODED, TABLES, Context, Record, same_as_printed
from ..records.references import references
from .build import Built, Holdings, build, keep_words
from .tables import told_apart

OnConflict = Literal["raise", "keep", "replace"]


class Extension(NamedTuple):
    """What one extension brought to a dataset: the keys of its records, by table."""

    origin: str
    edition: str  # its name, which follows a + in the edition of the new dataset
    added: Mapping[str, tuple[str, ...]]
    replaced: Mapping[str, tuple[str, ...]]
    kept: Mapping[str, tuple[str, ...]]  # clashes in which the dataset's own record stayed
    held_back: Mapping[str, tuple[str, ...]]  # those of its own that its tiers leave out now

    def __reduce__(self) -> tuple[Any, ...]:
        return _extension, (*self[:2], *map(dict, self[2:]))


def _extension(origin: str, edition: str, *keys: Mapping[str, tuple[str, ...]]) -> Extension:
    """Return an extension whose mappings are read-only."""
    return Extension(origin, edition, *map(MappingProxyType, keys))


class _Clash(NamedTuple):
    table: str
    ours: Record
    theirs: Record
    location: str


def joined(
    base: Holdings,
    raw: RawTables,
    kinds: Mapping[str, type[Record]],
    on_conflict: OnConflict,
    *,
    edition: str,
    tiers: Collection[Tier],
) -> tuple[Holdings, Extension, str]:
    """Return the records of `base`, of an edition, with those of `raw`, what was added, and the new edition.

    Raises
    ------
    DataErrors
        If rows have errors, or are of sources of other tiers than `tiers`.
    ConflictError
        If a key is taken and `on_conflict` is ``"raise"``. It names the first and counts the rest.
    """
    built = build(raw, kinds, base=base.context).checked()
    new, clashes = _compared(base, built)
    _require_tiers(new, built, tiers, raw.label)
    if clashes and on_conflict == "raise":
        raise _conflict(clashes, f"edition {edition}" if edition else "the dataset", raw.label)
    replaced = clashes if on_conflict == "replace" else []
    kept = clashes if on_conflict == "keep" else []
    made = _Joined(base, built.records.context, new, replaced, kinds)
    held_back = {name: _held_back(made.changed[name].values(), tiers) for name in BY_TIER}
    added = {name: tuple(records) for name, records in new.items() if records}
    name = raw.heading.edition or _slug(raw.label)
    is_changed = bool(added or replaced) or made.context.units is not base.context.units
    extension = _extension(
        raw.label,
        name,
        added,
        _keys(replaced),
        _keys(kept),
        {name: keys for name, keys in held_back.items() if keys},
    )
    return made, extension, _with_name(edition, name, is_changed=is_changed)


def _require_tiers(
    new: Mapping[str, Mapping[str, Any]], built: Built, tiers: Collection[Tier], label: str
) -> None:
    """Raise an error for new statements of sources of other tiers: the dataset would not show them."""
    errors = []
    for name in BY_TIER:
        for key in _held_back(new[name].values(), tiers):
            tier = new[name][key].citation.source.tier
            letters = "".join(sorted({*tiers, tier}))
            problem = (
                f'its source has tier {tier}, which the dataset leaves out; load(tiers="{letters}")'
            )
            errors.append(built.row_of[name][key].error(problem, "source"))
    if errors:
        raise DataErrors.of(label, errors)


def _held_back(records: Iterable[Any], tiers: Collection[Tier]) -> tuple[str, ...]:
    """Return the keys of the statements whose source is of another tier."""
    return tuple(record.key for record in records if record.citation.source.tier not in tiers)


def _compared(base: Holdings, built: Built) -> tuple[dict[str, dict[str, Any]], list[_Clash]]:
    """Return the records that are new, by key, and those whose key is taken by a different one."""
    new: dict[str, dict[str, Any]] = {}
    clashes: list[_Clash] = []
    for name in TABLES:
        theirs, rows = built.records.by_key(name), built.row_of[name]
        ours = base.by_key(name) if theirs else {}
        new[name] = {key: record for key, record in theirs.items() if key not in ours}
        clashes += (
            _Clash(name, ours[key], record, rows[key].location)
            for key, record in theirs.items()
            if key in ours and not _is_same(ours[key], record, rows[key])
        )
    return new, clashes


def _is_same(ours: Record, theirs: Record, row: Row) -> bool:
    """Return whether two records are equal: to the last printed digit, if `row` has the digits.

    Python's int and float do not say how many zeros were printed, unless a text next to them does.
    """
    cells = row.cells
    numbers = {
        name
        for name, cell in cells.items()
        if isinstance(cell, int | float) and f"{name}{TEXT}" not in cells
    }
    is_number = any(isinstance(getattr(theirs, name, None), Decimal) for name in numbers)
    return ours == theirs if is_number else same_as_printed(ours, theirs)


def _slug(label: str) -> str:
    """Return the last part of a path, with the characters that an edition can have."""
    name = PurePath(label).name or label
    return re.sub("[^A-Za-z0-9.]+", "-", name).strip("-.")[:40] or "own"


def _with_name(edition: str, name: str, *, is_changed: bool) -> str:
    """Return an edition with the name of an extension; a name that it has gets the next number.

    Examples
    --------
    >>> _with_name("2026.12", "own", is_changed=True)
    '2026.12+own'
    >>> _with_name("2026.12+own", "own", is_changed=True)
    '2026.12+own~2'
    """
    parts = [_counted(part) for part in edition.split("+") if part]
    new = [_counted(part) for part in name.split("+") if part]
    stems = [stem for stem, _ in parts]
    fresh = [part for part in new if part[0] not in stems]
    if is_changed and not fresh:
        at = stems.index(new[-1][0])
        parts[at] = stems[at], parts[at][1] + 1
    counted = dict.fromkeys([*parts, *fresh])
    return "+".join(f"{stem}~{count}" if count > 1 else stem for stem, count in counted)


def _counted(part: str) -> tuple[str, int]:
    """Return a part of an edition without its number, and the number."""
    match = re.fullmatch("(.+)~([1-9][0-9]{0,8})", part)
    return (match[1], int(match[2])) if match else (part, 1)


def _keys(clashes: Iterable[_Clash]) -> dict[str, tuple[str, ...]]:
    keys: dict[str, tuple[str, ...]] = {}
    for clash in clashes:
        keys[clash.table] = (*keys.get(clash.table, ()), clash.ours.key)
    return keys


def _conflict(clashes: list[_Clash], base: str, added: str) -> ConflictError:
    """Return the error of the first clash, with the fields that differ in the two datasets."""
    first = clashes[0]
    more = f" and {len(clashes) - 1} more" if len(clashes) > 1 else ""
    shown = told_apart([first.ours, first.theirs])
    return ConflictError(
        what=f"{first.location}: {first.ours.noun} {first.ours.key!r} is taken{more}",
        ours=f"{shown[0]} in {base}",
        theirs=f"{shown[1]} in {added}",
        hint='rename it, or pass on_conflict="keep" or "replace"',
    )


class _Joined:
    """The records of two holdings as one; a table of the base is read when it is asked for."""

    def __init__(
        self,
        base: Holdings,
        context: Context,
        new: Mapping[str, Mapping[str, Any]],
        replaced: Iterable[_Clash],
        kinds: Mapping[str, type[Record]],
    ) -> None:
        self.kinds = kinds
        self._base = base
        self._new = new
        self._replaced = {(clash.table, clash.ours.key): clash.theirs for clash in replaced}
        # The records that are new, that replace others, or that refer to those, by table and key.
        self.changed: dict[str, dict[str, Any]] = {name: dict(new[name]) for name in TABLES}
        for (name, key), record in self._replaced.items():
            self.changed[name][key] = record
        self._lock = RLock()
        self._tables: dict[str, dict[str, Any]] = {}
        self.context = Context(units=context.units)
        for name in CODED:
            for record in self._merged(name).values():
                self.context.add(record)
        if outdated := self._outdated(context):
            self._relink(outdated)

    def table(self, name: str) -> list[Any]:
        """Return the records of one table: those of the base in their order, then the new ones."""
        return list(self.by_key(name).values())

    def by_key(self, name: str) -> Mapping[str, Any]:
        """Return the records of one table by key, in the same order."""
        with self._lock:
            if name not in self._tables:
                self._tables[name] = self._merged(name)
            return self._tables[name]

    def _merged(self, name: str) -> dict[str, Any]:
        replaced = {key: r for (table, key), r in self._replaced.items() if table == name}
        records = {**self._base.by_key(name), **replaced, **self._new[name]}
        keep_words(self.context, name, records.values())
        return records

    def _outdated(self, context: Context) -> set[tuple[str, str]]:
        """Return noun and key of the records that some still refer to in another version."""
        nouns = [TABLES[name].noun for name in CODED]
        read = ((noun, key, record) for noun in nouns for key, record in context.of(noun).items())
        kept = {
            (noun, key)
            for noun, key, record in read
            if record is not (current := self.context.of(noun)[key]) and record != current
        }
        return kept | {(r.noun, r.key) for r in self._replaced.values() if r.noun in nouns}

    def _relink(self, outdated: set[tuple[str, str]]) -> None:
        """Copy the records that refer to outdated ones, directly or not, with the new reference."""
        errors: list[DataError] = []
        for name in TABLES:
            records = self._merged(name)
            referring = dict(_referring(records.values(), outdated))
            rows = [row_of(record, f"{name}: {key}") for key, record in referring.items()]
            copies, _ = read_records(self.kinds[name], rows, self.context, errors)
            self.changed[name] |= {copy.key: copy for copy in copies}
            self._tables[name] = records | {copy.key: copy for copy in copies}
        if errors:
            raise DataErrors.of("records that refer to a replaced record", errors, "record")


def _referring(
    records: Iterable[Record], outdated: set[tuple[str, str]]
) -> Iterator[tuple[str, Record]]:
    """Yield the records that refer to outdated ones, with their keys, and add them to `outdated`."""
    waiting = [(record, {(r.noun, r.key) for r in references(record)}) for record in records]
    while True:
        referring = [record for record, others in waiting if not others.isdisjoint(outdated)]
        waiting = [pair for pair in waiting if pair[1].isdisjoint(outdated)]
        if not referring:
            return
        yield from ((record.key, record) for record in referring)
        outdated.update((record.noun, record.key) for record in referring)
