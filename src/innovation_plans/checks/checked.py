"""The data under check: records, the rows they are from, and the dataset that they extend."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..dataset.build import build
from ..dataset.dataset import Dataset
from ..dataset.load import DEFAULT_TIERS
from ..io.raw import RawTables, Row
from ..records import Context, Record
from ..text.messages import Message
from .report import Problem, Severity


class Checked:
    """The records under check, the rows they are from, and the dataset they may refer to."""

    def __init__(
        self,
        raw: RawTables,
        kinds: Mapping[str, type[Record]],
        base: Dataset | None,
        *,
        loaded_tiers: str = "",
    ) -> None:
        self._base = base
        self._built = build(raw, kinds, base=base.context if base else None)
        self.label = raw.label
        self.tiers = raw.heading.tiers  # that an export of this package contains; else empty
        self.loaded_tiers = loaded_tiers or self.tiers or DEFAULT_TIERS
        # An export or a dataset has sources of tiers whose statements it leaves out.
        self.is_selection = bool(self.tiers) or (base is None and raw.noun == "record")
        self.unread = tuple(self._built.errors)
        editions = (raw.heading.edition, base.edition if base else "")
        years = (re.match("20[0-9]{2}(?=[.]|$)", edition) for edition in editions)
        self.year = max((int(year[0]) for year in years if year), default=None)  # of the edition

    @property
    def context(self) -> Context:
        """What codes refer to, in the data and in the dataset that they extend."""
        return self._built.records.context

    def rows(self) -> Iterator[Row]:
        """Yield every row that could be read, table by table."""
        for rows in self._built.rows.values():
            yield from rows

    def own(self, name: str) -> list[Any]:
        """Return the records of one table that are under check."""
        return self._built.records.table(name)

    def base(self, name: str) -> tuple[Any, ...]:
        """Return the records of one table of the dataset that they extend."""
        return tuple(getattr(self._base, name)) if self._base else ()

    def row(self, name: str, record: Record) -> Row:
        """Return the row of a record."""
        return self._built.row_of[name][record.key]

    def error(self, name: str, record: Record, problem: Message, column: str = "") -> Problem:
        """Return an error of a record."""
        return Problem.at(self.row(name, record), Severity.ERROR, problem, column)

    def warning(self, name: str, record: Record, problem: Message, column: str = "") -> Problem:
        """Return a warning about a record."""
        return Problem.at(self.row(name, record), Severity.WARNING, problem, column)
