"""Tables of records: read-only sequences that keep the type of their records.

What ``where`` returns from a table of ``MyTarget`` is a table of ``MyTarget``.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from os import PathLike
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self, overload

from typing_extensions import TypeVar

from ..codelists import Direction, Extent, GoalKind, RegionKind
from ..errors import AmbiguousError, MissingError, nearest
from ..records import Context, Document, Goal, Indicator, Record, Region
from .names import NameIndex
from .where import Filter, Some, coded, listed, named

if TYPE_CHECKING:
    from ..io.columns import Columns
    from ..io.formats import Written

__all__ = [
    "DocumentTable",
    "GoalTable",
    "IndicatorTable",
    "RegionTable",
    "Table",
    "group_by",
    "joined",
]

R = TypeVar("R", bound=Record, covariant=True)
RegionT = TypeVar("RegionT", bound=Region, default=Region, covariant=True)
IndicatorT = TypeVar("IndicatorT", bound=Indicator, default=Indicator, covariant=True)
NamedT = TypeVar("NamedT", bound=Region | Indicator, covariant=True)


class Table(Sequence[R], Generic[R]):
    """Records in a fixed order; `edition` is the edition of the data that they are from."""

    _table: ClassVar[str] = ""  # the table of a dataset that an empty one is

    def __init__(
        self, records: Iterable[R], context: Context | None = None, *, edition: str = ""
    ) -> None:
        self.edition = edition
        self._records = tuple(records)
        self._codes = context or Context()
        self._by_key: dict[str, R] | None = None

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[R]:
        return iter(self._records)

    @overload
    def __getitem__(self, index: int) -> R: ...
    @overload
    def __getitem__(self, index: slice) -> Self: ...
    def __getitem__(self, index: int | slice) -> R | Self:
        if isinstance(index, slice):
            return self._of(self._records[index])
        return self._records[index]

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Table)
            and type(self) is type(other)
            and self._records == other._records
        )

    def __hash__(self) -> int:
        return hash(self._records)

    def __repr__(self) -> str:
        shown = ", ".join(record.key for record in self._records[:3])
        more = ", …" if len(self) > 3 else ""
        return f"<{type(self).__name__} of {len(self)}: {shown}{more}>"

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the first records, and how many more there are."""
        from .display import table_html

        return table_html(type(self).__name__, self._records, len(self))

    def __add__(self, other: Table[R]) -> Self:
        both = self._of((*self._records, *other))
        both.edition = joined(self.edition, other.edition)
        return both

    @property
    def context(self) -> Context:
        """The validation context with what the records refer to, to validate more of them."""
        return self._codes

    def by_key(self, key: str) -> R:
        """Return the record with this key.

        Raises
        ------
        MissingError
            If there is none; names the nearest keys.
        """
        if self._by_key is None:
            self._by_key = {record.key: record for record in self._records}
        try:
            return self._by_key[key]
        except KeyError:
            near = nearest(key[:200], self._by_key, 3)
            raise MissingError(asked=f"record with the key {key[:100]!r}", nearest=near) from None

    def one(self) -> R:
        """Return the only record.

        Raises
        ------
        MissingError
            If the table is empty.
        AmbiguousError
            If it has more than one; names their keys.
        """
        if len(self._records) == 1:
            return self._records[0]
        if not self._records:
            raise MissingError(asked="record in an empty table", hint="use fewer filters")
        raise AmbiguousError(
            asked="one record",
            matches=[record.key for record in self._records],
            hint="add filters such as region= or end_year=",
        )

    def filter(self, keep: Callable[[R], bool]) -> Self:
        """Return the records for which `keep` is true."""
        return self._of(record for record in self._records if keep(record))

    def to_columns(self) -> Columns:
        """Return the records as named columns of typed values."""
        from ..io.rows import columns_of_records
        from .export import table_name

        return columns_of_records(table_name(self, self._table), self, self._codes)

    def write(
        self,
        path: str | PathLike[str],
        *,
        format: str | None = None,  # noqa: A002 - the word a caller looks for
        overwrite: bool = False,
        safe: bool = True,
        edition: str = "",
    ) -> Written:
        """Write the table and the records it refers to, whole or not at all.

        Where `path` ends as one file of CSV or Parquet does, the table is written by itself.

        Parameters
        ----------
        path, format, overwrite, safe
            As for :meth:`Dataset.write`.
        edition
            What to call it, instead of the edition of the dataset it is from.

        Raises
        ------
        WriteError, MissingError, MissingExtraError, DataErrors
            As for :meth:`Dataset.write`.

        Examples
        --------
        >>> import tempfile
        >>> from pathlib import Path
        >>> from innovation_plans import load
        >>> targets = load().targets.where(region="广东", indicator="rd_intensity", period="14th")
        >>> written = targets.write(Path(tempfile.mkdtemp()) / "ours.jsonl")
        >>> written.records["targets"] == len(targets), load(written.path).targets == targets
        (True, True)
        """
        from ..io.formats import write
        from .export import table_content, table_name

        content = table_content(
            table_name(self, self._table),
            self._records,
            self._codes,
            noun=type(self).__name__,
            edition=edition or self.edition,
            companions=self._companions(),
        )
        return write(content, path, format=format, overwrite=overwrite, safe=safe)

    def _companions(self) -> Mapping[str, Iterable[Record]]:
        """Return further records that a written table needs, by table."""
        return {}

    def _of(self, records: Iterable[Any]) -> Self:
        return type(self)(records, self._codes, edition=self.edition)

    def _kept(self, filters: Iterable[Filter | None]) -> Self:
        kept: Iterable[R] = self._records
        for condition in filters:
            if condition is not None:
                getter, admitted = condition
                kept = [record for record in kept if getter(record) in admitted]
        return self if kept is self._records else self._of(kept)


class _NamedTable(Table[NamedT], Generic[NamedT]):
    """Records that are found by any of their names."""

    _noun: ClassVar[str]

    def __init__(
        self, records: Iterable[NamedT], context: Context | None = None, *, edition: str = ""
    ) -> None:
        super().__init__(records, context, edition=edition)
        self._names = NameIndex(self._noun, {record.code: record for record in self})

    def find(self, name: str) -> NamedT:
        """Return the record with a code or name.

        Raises
        ------
        MissingError
            If none has it; names the nearest.
        AmbiguousError
            If several have it.
        """
        return self._names.find(name)

    def codes(self, name: str) -> tuple[str, ...]:
        """Return the codes of all records with a code or name; none if there are none."""
        return self._names.codes(name)


class RegionTable(_NamedTable[RegionT], Generic[RegionT]):
    """Regions."""

    _noun = "region"
    _table = "regions"

    def where(self, *, kind: Some = None, parent: Some = None, group: Some = None) -> Self:
        """Return the regions of a kind, in a region, or of a statistical group."""
        kept = self._kept(
            (
                listed(RegionKind, lambda r: r.kind, kind),
                named("region", self._codes, lambda r: r.parent and r.parent.code, parent),
            )
        )
        wanted = named("region", self._codes, lambda r: r.code, group)
        if wanted is None:
            return kept
        _, codes = wanted
        return self._of(r for r in kept if any(group.code in codes for group in r.groups))


class IndicatorTable(_NamedTable[IndicatorT], Generic[IndicatorT]):
    """Indicators."""

    _noun = "indicator"
    _table = "indicators"

    def where(self, *, direction: Some = None) -> Self:
        """Return the indicators of which more is better, worse, or neither."""
        return self._kept((listed(Direction, lambda r: r.direction, direction),))


class GoalTable(Table[Goal]):
    """Goals: commitments without a number."""

    _table = "goals"

    def where(
        self, *, region: Some = None, plan: Some = None, kind: Some = None, theme: Some = None
    ) -> Self:
        """Return the goals that match every filter; as :meth:`TargetTable.where`."""
        return self._kept(
            (
                named("region", self._codes, lambda r: r.region.code, region),
                coded("plan", lambda r: r.plan and r.plan.code, plan, self._codes.of("plan")),
                listed(GoalKind, lambda r: r.kind, kind),
                coded("theme", lambda r: r.theme, theme, self._codes.words.get("goals.theme")),
            )
        )


class DocumentTable(Table[Document]):
    """Documents: plans and work reports that are known to exist, also those that nobody read."""

    _table = "documents"

    def where(self, *, region: Some = None, period: Some = None, extent: Some = None) -> Self:
        """Return the documents that match every filter; as :meth:`TargetTable.where`.

        Examples
        --------
        >>> from innovation_plans import load
        >>> [document.title for document in load().documents.where(region="辽宁", extent="unread")]
        ['辽宁省“十四五”科技创新规划']
        """
        periods = self._codes.words.get("documents.period")
        return self._kept(
            (
                named("region", self._codes, lambda r: r.region.code, region),
                coded("period", lambda r: r.period, period, periods),
                listed(Extent, lambda r: r.extent, extent),
            )
        )


def group_by(records: Iterable[Any], key: Callable[[Any], Hashable]) -> dict[Any, list[Any]]:
    """Return the records of each key, in the order of the first record of each."""
    groups: dict[Any, list[Any]] = {}
    for record in records:
        groups.setdefault(key(record), []).append(record)
    return groups


def joined(*editions: str) -> str:
    """Return editions as one text, each once, without the empty ones.

    Examples
    --------
    >>> joined("2026.11", "", "2026.10", "2026.11")
    '2026.11 + 2026.10'
    """
    return " + ".join(dict.fromkeys(filter(None, editions)))
