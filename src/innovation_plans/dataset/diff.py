"""Differences between the records of two datasets, with the reason for each.

Two records are the same record if they have the same key in the same table. Changes are listed by
cell, as files have them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from itertools import pairwise
from typing import Any, Literal, NamedTuple, Protocol, Self

from ..errors import IncomparableError, expect
from ..io import csv
from ..io.rows import to_cells
from ..records import BY_TIER, TABLES, Erratum, Record, same_as_printed
from ..records.base import Frozen
from ..text import labels
from ..text.messages import Language, say
from ..text.tables import Sheet
from .build import build
from .editions import edition_root, editions, ledger
from .results import Results

ChangeKind = Literal["added", "changed", "withdrawn"]
_REFERENCES = {"indicators": "indicator", "plans": "plan", "regions": "region"}  # by table
_HEADS = ("table", "key", "field", "before", "after", "reason")


class FieldChange(Frozen):
    """One cell of a record in the older and the newer dataset; None if it was or is empty."""

    field: str
    before: str | None
    after: str | None


class Change(Frozen):
    """One record that was added, changed or withdrawn, and the reason."""

    table: str
    key: str
    kind: ChangeKind
    fields: tuple[FieldChange, ...] = ()
    reason: str = ""
    older: str = ""
    edition: str = ""
    tiers: str = ""


class Diff(Results[Change]):
    """Changes by table and key."""

    kind = Change
    noun = "change"
    counted = "kind"

    def __init__(
        self,
        changes: Iterable[Change] = (),
        edition: str = "",
        older: str = "",
        tiers: str = "",
    ) -> None:
        expect("changes", changes, "__iter__", "several changes")
        changes = tuple(changes)
        self.older = older or "".join(each.older for each in changes[:1])
        self.tiers = tiers or "".join(each.tiers for each in changes[:1])
        super().__init__(changes, edition)

    @property
    def added(self) -> Self:
        """The records that only the newer dataset has."""
        return self.where(kind="added")

    @property
    def changed(self) -> Self:
        """The records that both datasets have with different cells."""
        return self.where(kind="changed")

    @property
    def withdrawn(self) -> Self:
        """The records that only the older dataset has."""
        return self.where(kind="withdrawn")

    def sheet(self, lang: Language = "en") -> Sheet:
        """Return a row per changed cell and withdrawn record; added records are counted."""
        rows = [row for change in self if change.kind != "added" for row in _rows(change)]
        groups = Counter((change.table, change.reason) for change in self.added)
        for (table, reason), count in groups.items():
            rows.append(
                (table, f"{labels.counted('record', count, lang)}", "added", "", "", reason)
            )
        return Sheet(tuple(say(f"head.{name}", lang) for name in _HEADS), rows)

    def summary(self, lang: Language = "en") -> str:
        """Return the editions and the tiers, and how many records were added, changed and withdrawn."""
        editions_ = {"older": self.older or "?", "newer": self.edition or "?"}
        editions_["tiers"] = self.tiers or "?"
        return say("diff.summary", lang, **editions_, **self.counts())


class _Tables(Protocol):
    """What is read of the two datasets, besides their tables."""

    edition: str

    @property
    def tiers(self) -> str: ...


class _State(NamedTuple):
    """The records of one dataset by table and key, and the ledger of their changes."""

    records: Mapping[str, Mapping[str, Any]]
    ledger: Sequence[Mapping[str, Any]] = ()


def differences(newer: _Tables, older: _Tables) -> Diff:
    """Return how the records of the newer dataset differ from those of the older.

    If bundled editions lie between the two, the reason for a change is that of the edition in which
    the record changed; those of several editions are joined, the oldest first.

    Raises
    ------
    IncomparableError
        If the two have different tiers: records of a tier that is left out are not withdrawn.
    """
    expect("other", older, "tiers", "a dataset, such as load(edition='2026.10')")
    if newer.tiers != older.tiers:
        raise IncomparableError(
            left=f"edition {newer.edition}, tiers {newer.tiers}",
            right=f"edition {older.edition}, tiers {older.tiers}",
            hint="load both with the same tiers",
        )
    states = _states(newer, older)
    heading = {"older": older.edition, "edition": newer.edition, "tiers": newer.tiers}
    changes = (change for name in TABLES for change in _changes(name, states))
    return Diff((change.model_copy(update=heading) for change in changes), **heading)


def _states(newer: _Tables, older: _Tables) -> list[_State]:
    """Return the older dataset, every bundled edition between the two, and the newer dataset.

    A ledger explains one step from a bundled edition to the next: other data have none.
    """
    known, first, last = editions(), older.edition, newer.edition
    is_forward = first in known and last in known and known.index(first) < known.index(last)
    between = known[known.index(first) + 1 : known.index(last)] if is_forward else ()
    return [
        _State({name: _by_key(getattr(older, name)) for name in TABLES}),
        *(_State(_records_of(edition, newer.tiers), ledger(edition)) for edition in between),
        _State(
            {name: _by_key(getattr(newer, name)) for name in TABLES},
            ledger(last) if is_forward else (),
        ),
    ]


def _records_of(edition: str, tiers: str) -> dict[str, dict[str, Any]]:
    """Return the records of a bundled edition by table and key, of these source tiers."""
    records = build(csv.read(edition_root(edition), f"edition {edition}")).checked().records
    return {
        name: _by_key(
            record
            for record in records.table(name)
            if name not in BY_TIER or record.citation.source.tier in tiers
        )
        for name in TABLES
    }


def _by_key(records: Iterable[Any]) -> dict[str, Any]:
    """Return records by key; a key that several conflicting records have is numbered."""
    numbers: Counter[str] = Counter()
    by_key: dict[str, Any] = {}
    for record in records:
        numbers[record.key] += 1
        number = numbers[record.key]
        by_key[record.key if number == 1 else f"{record.key}#{number}"] = record
    return by_key


def _changes(name: str, states: Sequence[_State]) -> Iterator[Change]:
    older, newer = states[0].records[name], states[-1].records[name]
    for key in sorted(newer.keys() | older.keys()):
        change = _change(name, key, older.get(key), newer.get(key))
        if change is not None:
            reasons = [_reason(*step, name, key) for step in pairwise(states)]
            reason = "; ".join(dict.fromkeys(filter(None, reasons)))
            yield change.model_copy(update={"reason": reason})


def _change(name: str, key: str, old: Record | None, new: Record | None) -> Change | None:
    """Return how a record changed, without the reason; None if its cells are the same."""
    if old is None and new is not None:
        return Change(table=name, key=key, kind="added")
    if old is not None and new is None:
        return Change(table=name, key=key, kind="withdrawn")
    if old is None or new is None or same_as_printed(old, new):
        return None
    fields = _fields(old, new)
    # Without fields, only a record that they refer to changed; the table of that record lists it.
    return Change(table=name, key=key, kind="changed", fields=fields) if fields else None


def _fields(old: Record, new: Record) -> tuple[FieldChange, ...]:
    before, after = (
        {name: cell for name, cell in to_cells(record).items() if cell} for record in (old, new)
    )
    return tuple(
        FieldChange(field=name, before=before.get(name), after=after.get(name))
        for name in dict.fromkeys([*before, *after])
        if before.get(name) != after.get(name)
    )


def _reason(before: _State, after: _State, name: str, key: str) -> str:
    """Return why a record changed from one state to the next, by the ledger, the record or what it refers to."""
    record = after.records[name].get(key)
    change = _change(name, key, before.records[name].get(key), record)
    if change is None:
        return ""
    for entry in after.ledger:
        has_kind = (entry["table"], entry["kind"]) == (name, change.kind)
        if has_kind and fnmatchcase(key, entry["key"]):
            return str(entry["reason"])
    erratum = getattr(record, "erratum", None)
    if change.kind == "changed" and isinstance(erratum, Erratum):
        return f"erratum: {erratum.reason}"
    return _reason_of_reference(before, after, record) if change.kind == "added" else ""


def _reason_of_reference(before: _State, after: _State, record: Any) -> str:
    """Return why a record was added that refers to another added record."""
    source = getattr(getattr(record, "citation", None), "source", None)
    if source is not None and source.key not in before.records["sources"]:
        return "from a source that came with this edition"
    references = ((name, getattr(record, noun, None)) for name, noun in _REFERENCES.items())
    reasons = (
        _reason(before, after, name, reference.key)
        for name, reference in references
        if isinstance(reference, Record) and reference.key not in before.records[name]
    )
    return next(filter(None, reasons), "")


def _rows(change: Change) -> list[tuple[str, ...]]:
    """Return a row per changed cell; the first names the record and the reason."""
    if not change.fields:
        return [(change.table, change.key, change.kind, "", "", change.reason)]
    cells = [(cell.field, cell.before or "", cell.after or "") for cell in change.fields]
    first = (change.table, change.key, *cells[0], change.reason)
    return [first, *(("", "", *cell, "") for cell in cells[1:])]
