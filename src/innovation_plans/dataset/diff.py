"""What became of the records between two datasets, and why.

Records are the same where table and key are; what changed is said cell by cell, as files have it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from itertools import pairwise
from typing import Any, Literal, NamedTuple, Protocol

from pydantic import BaseModel, ConfigDict, TypeAdapter

from ..errors import IncomparableError
from ..io import csv
from ..io.rows import to_cells
from ..records import TABLES, Record
from ..text.messages import Language
from ..text.tables import Sheet, aligned
from .build import build
from .editions import edition_root, editions, ledger
from .results import Results

__all__ = ["Change", "ChangeKind", "Diff", "FieldChange", "differences"]

ChangeKind = Literal["added", "changed", "withdrawn"]
_HEAD = ("table", "key", "field", "before", "after", "reason")
_MOST_SHOWN = 40
# The tables whose records a dataset draws from some source tiers only.
_GRADED = ("targets", "observations", "corroborations")


class Tabled(Protocol):
    """A dataset, as far as its records are looked at here."""

    @property
    def edition(self) -> str:
        """What the dataset calls itself."""

    @property
    def tiers(self) -> str:
        """The source tiers it is drawn from."""


class FieldChange(BaseModel):
    """One cell of a record, as it was and as it is; None where there was nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    field: str
    before: str | None
    after: str | None


class Change(BaseModel):
    """What became of one record, and why."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    table: str
    key: str
    kind: ChangeKind
    fields: tuple[FieldChange, ...] = ()
    reason: str = ""


class Diff(Results[Change]):
    """Changes by table and key; prints as a summary with every change and withdrawal."""

    kind = Change
    noun = "change"
    counted = "kind"

    def __init__(self, changes: Iterable[Change] = (), older: str = "", newer: str = "") -> None:
        super().__init__(changes, newer)
        self.older = older
        self.newer = newer

    def __eq__(self, other: object) -> bool:
        return (
            super().__eq__(other)
            and isinstance(other, Diff)
            and (self.older, self.newer) == (other.older, other.newer)
        )

    def __hash__(self) -> int:
        return hash((self.older, self.newer, tuple(self)))

    def __repr__(self) -> str:
        return f"<Diff {self.older} to {self.newer}: {self._counted()}>"

    def sheet(self, lang: Language = "en") -> Sheet:  # noqa: ARG002
        """Return a row for each change and withdrawal."""
        told = (each for each in self if each.kind != "added")
        return Sheet(_HEAD, [tuple(row) for each in told for row in _rows(each)])

    def summary(self, lang: Language = "en") -> str:  # noqa: ARG002
        """Return how many records were added, changed and withdrawn."""
        return f"{self.older} to {self.newer}: {self._counted()}"

    def html(self, lang: Language = "en") -> str:
        """Return the counts, and the first changes and withdrawals."""
        return self.sheet(lang).html(self.summary())

    @property
    def added(self) -> Diff:
        """The records that only the newer dataset has."""
        return self.where(kind="added")

    @property
    def changed(self) -> Diff:
        """The records that both have, with what differs."""
        return self.where(kind="changed")

    @property
    def withdrawn(self) -> Diff:
        """The records that only the older dataset has."""
        return self.where(kind="withdrawn")

    def text(self, lang: Language = "en") -> str:  # noqa: ARG002
        """A summary, then each change and withdrawal with its reason, and what was added by table."""
        told = [each for each in self if each.kind != "added"]
        rows = [row for each in told[:_MOST_SHOWN] for row in _rows(each)]
        lines = [f"{self.older or '?'} to {self.newer or '?'}: {self._counted()}"]
        if rows:
            lines += ["", aligned(_HEAD, rows)]
        if len(told) > _MOST_SHOWN:
            lines.append(f"… and {len(told) - _MOST_SHOWN} more")
        by_table = Counter((each.table, each.reason) for each in self.added)
        found = [[table, str(count), reason] for (table, reason), count in by_table.items()]
        if found:
            lines += ["", aligned(("added", "records", "reason"), found, right=[1])]
        return "\n".join(lines)

    def json(self) -> str:
        """All of it as JSON; :meth:`from_json` reads it back."""
        changes = [each.model_dump(mode="json") for each in self]
        return json.dumps(
            {"older": self.older, "newer": self.newer, "changes": changes}, ensure_ascii=False
        )

    @classmethod
    def from_json(cls, text: str, edition: str = "") -> Diff:  # noqa: ARG003
        """The differences that :meth:`json` wrote."""
        said = TypeAdapter(_Written).validate_json(text)
        return cls(said.changes, said.older, said.newer)

    def _counted(self) -> str:
        return ", ".join(f"{count} {kind}" for kind, count in self.counts().items())


class _Written(NamedTuple):
    older: str
    newer: str
    changes: tuple[Change, ...]


def differences(newer: Tabled, older: Tabled) -> Diff:
    """What became of the records of the older dataset in the newer one.

    If bundled editions lie between the two, the reason for a change is that of the edition in which
    the record changed; those of several editions are joined, the oldest first.

    Raises
    ------
    IncomparableError
        If the two are drawn from different tiers: what a tier leaves out is not withdrawn.
    """
    if newer.tiers != older.tiers:
        raise IncomparableError(
            left=f"edition {newer.edition}, tiers {newer.tiers}",
            right=f"edition {older.edition}, tiers {older.tiers}",
            hint="load both with the same tiers",
        )
    states = _states(newer, older)
    changes = (change for name in TABLES for change in _of_table(name, states))
    return Diff(changes, older.edition, newer.edition)


class _State(NamedTuple):
    """The records of one dataset by table and key, and the ledger of their changes."""

    records: Mapping[str, Mapping[str, Any]]
    ledger: Sequence[Mapping[str, Any]] = ()


def _states(newer: Tabled, older: Tabled) -> list[_State]:
    """The older dataset, every bundled edition between the two, and the newer dataset.

    A ledger explains one step from a bundled edition to the next: other data have none.
    """
    known, first, last = editions(), older.edition, newer.edition
    forward = first in known and last in known and known.index(first) < known.index(last)
    between = known[known.index(first) + 1 : known.index(last)] if forward else ()
    return [
        _State({name: _by_key(getattr(older, name)) for name in TABLES}),
        *(_State(_records_of(each, newer.tiers), ledger(each)) for each in between),
        _State(
            {name: _by_key(getattr(newer, name)) for name in TABLES},
            ledger(last) if forward else (),
        ),
    ]


def _records_of(edition: str, tiers: str) -> dict[str, dict[str, Any]]:
    """The records of a bundled edition by table and key, of these source tiers."""
    records = build(csv.read(edition_root(edition), f"edition {edition}")).checked().records
    return {
        name: _by_key(
            each
            for each in records.table(name)
            if name not in _GRADED or each.citation.source.tier in tiers
        )
        for name in TABLES
    }


def _of_table(name: str, states: Sequence[_State]) -> Iterator[Change]:
    theirs, ours = states[0].records[name], states[-1].records[name]
    for key in sorted(ours.keys() | theirs.keys()):
        became = _became(theirs.get(key), ours.get(key))
        if became is not None:
            kind, fields = became
            reasons = [_reason(*step, name, key) for step in pairwise(states)]
            reason = "; ".join(dict.fromkeys(each for each in reasons if each))
            yield Change(table=name, key=key, kind=kind, fields=fields, reason=reason)


def _became(old: Any, new: Any) -> tuple[ChangeKind, tuple[FieldChange, ...]] | None:
    """How a record changed, and in which cells; None if it is the same, or its cells are."""
    if new == old:
        return None
    if old is None:
        return "added", ()
    if new is None:
        return "withdrawn", ()
    fields = _fields(old, new)  # without any, they differ in what they refer to: it is listed there
    return ("changed", fields) if fields else None


def _reason(before: _State, after: _State, name: str, key: str) -> str:
    """Why a record changed from one state to the next: the ledger or the record says; else empty."""
    record = after.records[name].get(key)
    became = _became(before.records[name].get(key), record)
    if became is None:
        return ""
    kind = became[0]
    for entry in after.ledger:
        if _fits(entry, name, key, kind):
            return str(entry["reason"])
    erratum = getattr(record, "erratum", None)
    if kind == "changed" and erratum is not None:
        return f"erratum: {erratum.reason}"
    source = getattr(getattr(record, "citation", None), "source", None)
    if kind == "added" and source is not None and source.key not in before.records["sources"]:
        return "from a source that came with this edition"
    return ""


def _by_key(records: Iterable[Any]) -> dict[str, Any]:
    """Records by key; further ones of the same key, which texts that disagree make, are numbered."""
    found: dict[str, Any] = {}
    for each in records:
        key, number = each.key, 1
        while key in found:
            number += 1
            key = f"{each.key}#{number}"
        found[key] = each
    return found


def _fields(old: Record, new: Record) -> tuple[FieldChange, ...]:
    before, after = to_cells(old), to_cells(new)
    return tuple(
        FieldChange(field=name, before=before.get(name) or None, after=after.get(name) or None)
        for name in dict.fromkeys([*before, *after])
        if before.get(name) != after.get(name)
    )


def _fits(entry: Mapping[str, Any], table: str, key: str, kind: ChangeKind) -> bool:
    return (entry["table"], entry["kind"]) == (table, kind) and fnmatchcase(key, entry["key"])


def _rows(change: Change) -> list[list[str]]:
    if not change.fields:
        return [[change.table, change.key, change.kind, "", "", change.reason]]
    first = [change.table, change.key], change.reason
    return [
        [*about, each.field, each.before or "", each.after or "", why]
        for each, (about, why) in zip(
            change.fields, [first, *[(["", ""], "")] * (len(change.fields) - 1)], strict=True
        )
    ]
