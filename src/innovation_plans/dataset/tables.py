"""Tables of records: read-only sequences that keep the type of their records.

What ``where`` returns from a table of ``MyTarget`` is a table of ``MyTarget``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from inspect import signature
from operator import attrgetter, index
from os import PathLike
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self, SupportsIndex, cast, overload

from pydantic import TypeAdapter
from typing_extensions import TypeVar

from ..codelists import Direction, Extent, GoalKind, PlanKind, RegionKind, Tier
from ..errors import (
    AmbiguousError,
    ArgumentTypeError,
    MissingError,
    brief,
    expect,
    keywords_only,
    nearest,
    suggests,
)
from ..records import TABLES, Context, Document, Goal, Indicator, Plan, Record, Region, Source
from .names import NameIndex
from .sequence import Rows, group_by, narrowing
from .where import (
    Filter,
    Getter,
    Some,
    as_list,
    coded,
    found,
    listed,
    named,
    of_periods,
    within_region,
)

if TYPE_CHECKING:
    from ..io.columns import Columns
    from ..io.formats import Written
    from ..records.bibliography import CiteStyle
    from ..text.messages import Language
    from ..text.tables import Sheet

R = TypeVar("R", bound=Record, covariant=True)
RegionT = TypeVar("RegionT", bound=Region, default=Region, covariant=True)
IndicatorT = TypeVar("IndicatorT", bound=Indicator, default=Indicator, covariant=True)
WhereT = TypeVar("WhereT", bound=Callable[..., Any])
NamedT = TypeVar("NamedT", bound=Region | Indicator, covariant=True)


def explained(where: WhereT) -> WhereT:
    """Make the empty table that a `where` returns say which filters leave nothing.

    A filter that it does not have raises an error that says what to write.
    """
    known = signature(where).parameters

    @suggests()
    @keywords_only
    @wraps(where)
    def run(self: Table[Any], *args: Any, **filters: Any) -> Any:
        for name in filters.keys() - known.keys():
            kinds: set[type[Record]] = {self._kind(), *map(type, self)}
            if any(name in kind.model_fields for kind in kinds):
                value = filters[name]  # no Decimal is equal to the float 2.6
                exact = f'Decimal("{value}")' if isinstance(value, float) else "…"
                advice = f"use filter(lambda row: row.{name} == {exact})"
                raise TypeError(f"where: no {name}= here; {advice}")
        kept = where(self, *args, **filters)
        if self and not kept:
            vars(kept)["_asked"] = self, filters
        if kept is not self:
            wanted = {noun: filters[noun] for noun in ("indicator", "region") if noun in filters}
            kept._wanted = dict(self._wanted) | wanted  # noqa: SLF001
        return kept

    return cast("WhereT", run)


class Table(Rows[R], Generic[R]):
    """Records in a fixed order; `edition` is the edition of the data that they are from."""

    _table: ClassVar[str] = ""  # the table of a dataset that an empty one is
    _choice: ClassVar[str] = "choose one with where(…)"  # advice where there are several records

    def __init__(
        self, records: Iterable[R], context: Context | None = None, *, edition: str = ""
    ) -> None:
        if context is not None:
            expect("context", context, "words", "a context", hint="plans.context is one")
        self._codes = context or Context()
        super().__init__(records, edition or self._codes.edition)
        self._by_key: dict[str, list[R]] | None = None

    @classmethod
    def _kind(cls) -> type[Record]:
        return TABLES.get(cls._table, Record)

    @overload
    def __getitem__(self, at: int | str) -> R: ...
    @overload
    def __getitem__(self, at: slice) -> Self: ...
    def __getitem__(self, at: int | slice | str) -> R | Self:
        return self._named(at) if self._is_name(at) else super().__getitem__(at)  # type: ignore[index]

    def __contains__(self, item: Any) -> bool:
        try:
            return self.get(item) is not None if self._is_name(item) else item in self._rows
        except AmbiguousError:
            return True

    def _is_name(self, item: object) -> bool:
        """Return whether this is what a record is found by, and no position."""
        return isinstance(item, str)

    def _named(self, name: Any) -> R:
        return self.by_key(name)

    def _row(self, value: Any) -> Any:
        return self._named(value) if self._is_name(value) else super()._row(value)

    def get(self, key: str) -> R | None:
        """Return the record that ``table[key]`` returns, or None if there is none.

        Raises
        ------
        AmbiguousError
            If there are several.
        """
        try:
            return self[key]
        except AmbiguousError:
            raise
        except LookupError:
            return None

    def sheet(self, lang: Language = "en") -> Sheet:
        """Return one row per record, with the columns that tell one record from the next."""
        from .display import sheet_of

        return sheet_of(self._rows, lang)

    def summary(self, lang: Language = "en") -> str:
        """Return how many records there are."""
        from .display import counted

        return counted(self._rows, self._table, lang)

    def json(self) -> str:
        """Return the records as a JSON array; references are codes.

        ``plans.extend(targets=json.loads(text))`` reads it, for each table by its name.
        """
        return "[" + ",\n".join(record.model_dump_json() for record in self) + "]"

    @classmethod
    def _read(cls, text: str, kind: Any, context: Any) -> Self:
        from .results import read_json

        is_own = isinstance(kind, type) and issubclass(kind, cls._kind())
        kind = kind if is_own else cls._kind()
        if kind is Record:
            expected = "the type of the records, as in Table[Erratum]"
            raise ArgumentTypeError(parameter="type", value=cls.__name__, expected=expected)
        adapter: TypeAdapter[Any] = TypeAdapter(list[kind])
        records = read_json(adapter, text, cls.__name__, context)
        return cls(records, context if isinstance(context, Context) else None)

    def sources(self) -> SourceTable:
        """Return the documents that the records cite, in the order of the records."""
        cited = (_source_of(record) for record in self)
        return SourceTable(dict.fromkeys(filter(None, cited)), self._codes, edition=self.edition)

    def __repr__(self) -> str:
        return "; ".join(filter(None, (super().__repr__(), self._without())))

    def _advice(self) -> str:
        return self._without() or super()._advice()

    def _without(self, lang: Language = "en") -> str:
        """Return without which single filter an empty table would have records."""
        from ..text import labels
        from ..text.messages import say

        table, filters = vars(self).get("_asked", (self, {}))
        without = {name: len(table.where(**(filters | {name: None}))) for name in filters}
        counts = [
            say(
                "without.one" if count == 1 else "without.several",
                lang,
                filter=f"{name}={_shown(filters[name])}",
                count=count,
            )
            for name, count in without.items()
            if count
        ]
        asked = filters["tier"] if without.get("tier") else ()
        not_loaded = self._tiers_not_loaded(table, asked)
        tiers = say("without.tier", lang, tiers=not_loaded) if not_loaded else ""
        return labels.joined([say("without.or", lang).join(counts), tiers], lang, "parts")

    @staticmethod
    def _tiers_not_loaded(table: Any, asked: Any) -> str:
        """Return the tiers of a filter that no record of a table has."""
        loaded = {record.citation.source.tier for record in table} if asked else set()
        return "".join(tier for tier in as_list("tier", asked) if tier not in loaded)

    def search(self, text: str) -> Self:
        """Return the records whose names or texts contain every word of a text.

        Case, width and hyphens do not matter. Names that begin with the text come first.

        Examples
        --------
        >>> from innovation_plans import load
        >>> plans = load()
        >>> [indicator.code for indicator in plans.indicators.search("高价值 万人")]
        ['high_value_invention_patents_per_10k']
        """
        from .search import ranked

        return self._of(record for record, _ in ranked(self._rows, text))

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the first records, and how many more there are."""
        from .display import table_html

        return table_html(self.summary(), self._rows, len(self))

    def __add__(self, other: Table[R]) -> Self:
        """Return the records of both tables, equal ones once: a file has one record of a key."""
        if not isinstance(other, type(self)):
            return NotImplemented
        both = self._of(dict.fromkeys((*self._rows, *other)))
        vars(both)["edition"] = joined(self.edition, other.edition)
        return both

    @property
    def context(self) -> Context:
        """The validation context with what the records refer to, to validate more of them."""
        context = self._codes.copy()
        context.edition = self.edition
        return context

    def by_key(self, key: str) -> R:
        """Return the record with this key.

        Raises
        ------
        MissingError
            If there is none; names the nearest keys.
        AmbiguousError
            If different records have it, as in a table of two editions.
        """
        expect("key", key, "casefold", "a key")
        if self._by_key is None:
            self._by_key = group_by(self._rows, attrgetter("key"))
        try:
            records = self._by_key[key]
        except KeyError:
            near = nearest(key[:200], self._by_key, 3)
            asked = f"record with the key {key[:100]!r}"
            finds = "where(…)" if hasattr(type(self), "where") else "search(…) or filter(…)"
            hint = "" if near else f"{finds} finds records by their fields"
            if key in self._names():
                hint = f"to_pandas()[{key!r}] is the column"
            raise MissingError(asked=asked, nearest=near, hint=hint) from None
        if len(records) > 1 and len(different := [*dict.fromkeys(records)]) > 1:
            raise AmbiguousError(
                asked=f"record with the key {key[:100]!r}",
                matches=told_apart(different),
                hint="filter(lambda row: row.key == …) returns all",
            )
        return records[0]

    @property
    def absent(self) -> tuple[str, ...]:
        """Codes of the indicators and regions that `where` was asked for, and no record has."""
        return tuple(
            record.key
            for noun, names in self._wanted.items()
            for record in ([] if names is None else found(noun, self._codes, names))
            if record not in {getattr(each, noun, None) for each in self}
        )

    @narrowing("one")
    def one(self) -> R:
        """Return the only record.

        Raises
        ------
        MissingError
            If the table is empty.
        AmbiguousError
            If it has more than one; names their keys.
        """
        if len(self._rows) == 1:
            return self._rows[0]
        if not self._rows:
            raise MissingError(asked="record in an empty table", hint=self._advice())
        raise AmbiguousError(
            asked="one record",
            matches=[record.key for record in self._rows],
            hint=self._choice,
        )

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

        expect("edition", edition, "casefold", "the name of an edition")
        content = table_content(
            table_name(self, self._table),
            self._rows,
            self._codes,
            noun=type(self).__name__,
            edition=edition or self.edition,
            companions=self._companions(),
        )
        return write(content, path, format=format, overwrite=overwrite, safe=safe)

    def _frame_columns(self) -> Columns:
        from ..io.frame_columns import frame_columns
        from .export import table_name

        name = table_name(self, self._table)
        return frame_columns(name, self._rows, TABLES[name])

    def _names(self) -> Iterable[str]:
        from ..io.frame_columns import names_of
        from .export import table_name

        return names_of(
            {type(record) for record in self} or {TABLES[table_name(self, self._table)]}
        )

    def _value(self, row: Any, name: str) -> Any:
        from ..io.frame_columns import value_of

        return value_of(row, name)

    def _is_property(self, name: str) -> bool:
        kinds = {type(record) for record in self}
        return bool(kinds) and all(
            isinstance(getattr(kind, name, None), property) and not hasattr(Record, name)
            for kind in kinds
        )

    def _located(self, getter: Getter, region: Some, within: Some) -> tuple[Filter | None, ...]:
        """Return the filters on regions; a group for which the dataset has nothing is an error."""
        known = self._codes.words.get(f"{self._table}.region.code")
        if region is not None and known is not None:
            for group in found("region", self._codes, region):
                if group.kind is RegionKind.GROUP and group.code not in known:
                    hint = f"within={group.code!r} has those of the regions in it"
                    raise MissingError(asked=f"{self._table} of {group.code} itself", hint=hint)
        own = named("region", self._codes, getter, region)
        return own, within_region(self._codes, getter, within)

    def _worded(self, column: str, value: Some) -> Filter | None:
        """Return a filter on a word, which must occur in the column of the whole table."""
        return coded(
            column, attrgetter(column), value, self._codes.words.get(f"{self._table}.{column}")
        )

    def _companions(self) -> Mapping[str, Iterable[Record]]:
        """Return further records that a written table needs, by table."""
        return {}

    def _of(self, rows: Iterable[Any]) -> Self:
        return type(self)(rows, self._codes, edition=self.edition)

    def _kept(self, filters: Iterable[Filter | None]) -> Self:
        kept: Iterable[R] = self._rows
        for condition in filters:
            if condition is not None:
                getter, admitted = condition
                kept = [record for record in kept if getter(record) in admitted]
        return self if kept is self._rows else self._of(kept)


class _NamedTable(Table[NamedT], Generic[NamedT]):
    """Records that are found by any of their names."""

    _noun: ClassVar[str]

    def __init__(
        self, records: Iterable[NamedT], context: Context | None = None, *, edition: str = ""
    ) -> None:
        super().__init__(records, context, edition=edition)
        self._index = NameIndex(self._noun, {record.code: record for record in self})

    def _is_name(self, item: object) -> bool:
        """Return whether this is text, or a number that is a code, as a spreadsheet has it."""
        if isinstance(item, bool) or not isinstance(item, SupportsIndex):
            return isinstance(item, str)
        return index(item) >= len(self) and bool(self.codes(brief(index(item))))

    def _named(self, name: Any) -> NamedT:
        return self.find(name)

    def find(self, name: str | int | Record) -> NamedT:
        """Return the record with a code or name.

        Raises
        ------
        MissingError
            If none has it; names the nearest.
        AmbiguousError
            If several have it.
        """
        return self.by_key(self._index.find(name).key)

    def codes(self, name: str) -> tuple[str, ...]:
        """Return the codes of all records with a code or name; none if there are none."""
        return self._index.codes(name)


class RegionTable(_NamedTable[RegionT], Generic[RegionT]):
    """Regions."""

    _noun = "region"
    _table = "regions"

    @explained
    def where(
        self, *, kind: Some = None, parent: Some = None, group: Some = None, within: Some = None
    ) -> Self:
        """Return the regions of a kind, of a parent, of a statistical group, or a region with its parts."""
        kept = self._kept(
            (
                listed(RegionKind, lambda r: r.kind, kind),
                named("region", self._codes, lambda r: r.parent and r.parent.code, parent),
                within_region(self._codes, lambda r: r.code, within),
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

    @explained
    def where(self, *, direction: Some = None) -> Self:
        """Return the indicators of which more is better, worse, or neither."""
        return self._kept((listed(Direction, lambda r: r.direction, direction),))


class GoalTable(Table[Goal]):
    """Goals: commitments without a number."""

    _table = "goals"

    @explained
    def where(
        self,
        *,
        region: Some = None,
        within: Some = None,
        plan: Some = None,
        kind: Some = None,
        theme: Some = None,
    ) -> Self:
        """Return the goals that match every filter; as :meth:`TargetTable.where`."""
        return self._kept(
            (
                *self._located(lambda r: r.region.code, region, within),
                coded("plan", lambda r: r.plan and r.plan.code, plan, self._codes.of("plan")),
                listed(GoalKind, lambda r: r.kind, kind),
                self._worded("theme", theme),
            )
        )


class DocumentTable(Table[Document]):
    """Documents: plans and work reports that are known to exist, also those that nobody read."""

    _table = "documents"

    @explained
    def where(
        self,
        *,
        region: Some = None,
        within: Some = None,
        period: Some | int = None,
        extent: Some = None,
    ) -> Self:
        """Return the documents that match every filter; as :meth:`TargetTable.where`.

        Examples
        --------
        >>> from innovation_plans import load
        >>> [document.title for document in load().documents.where(region="辽宁", extent="unread")]
        ['辽宁省“十四五”科技创新规划']
        """
        known = self._codes.words.get("documents.period", frozenset())
        return self._kept(
            (
                *self._located(lambda r: r.region.code, region, within),
                of_periods(lambda r: r.period, period, known),
                listed(Extent, lambda r: r.extent, extent),
            )
        )


class SourceTable(Table[Source]):
    """Documents."""

    _table = "sources"

    @explained
    def where(self, *, tier: Some = None) -> Self:
        """Return the documents of some tiers."""
        return self._kept((listed(Tier, lambda r: r.tier, tier),))

    def cite(self, style: CiteStyle = "en") -> str:
        """Return the documents as a bibliography.

        Parameters
        ----------
        style
            ``"en"`` or ``"zh"`` for a line of text each, ``"bibtex"``, ``"csl-json"``, ``"ris"``.

        Raises
        ------
        MissingError
            If there is no such style.

        Examples
        --------
        >>> from innovation_plans import load
        >>> targets = load().targets.where(region="Xining", indicator="rd_intensity")
        >>> print(targets.sources().cite("ris").splitlines()[1])
        ID  - seed-xining-2022
        """
        from .cite import listed

        return listed(self, style)


class PlanTable(Table[Plan]):
    """Plans and work reports."""

    _table = "plans"

    @explained
    def where(
        self,
        *,
        region: Some = None,
        within: Some = None,
        period: Some | int = None,
        kind: Some = None,
    ) -> Self:
        """Return the plans that match every filter; as :meth:`TargetTable.where`."""
        known = {plan.period for plan in self._codes.of("plan").values()}
        return self._kept(
            (
                *self._located(lambda r: r.region.code, region, within),
                of_periods(lambda r: r.period, period, known),
                listed(PlanKind, lambda r: r.kind, kind),
            )
        )


def _shown(value: Any) -> str:
    """Return the value of a filter as a message shows it: one of a list by itself."""
    shown = value[0] if isinstance(value, list) and len(value) == 1 else value
    return brief(shown.key if isinstance(shown, Record) else shown)


def told_apart(records: Sequence[Record]) -> list[str]:
    """Return for each record its values of the first fields in which they differ."""
    values = [record.model_dump(mode="json") for record in records]
    known = dict.fromkeys(name for each in values for name in each)
    differ = [name for name in known if len({repr(each.get(name)) for each in values}) > 1]
    return [
        ", ".join(f"{name} {each.get(name)!s:.60}" for name in differ[:3]) or type(record).__name__
        for each, record in zip(values, records, strict=True)
    ]


def _source_of(record: Any) -> Source | None:
    """Return the document of a record, or the record itself if it is one."""
    citation = vars(record).get("citation")
    source = citation.source if citation else vars(record).get("source", record)
    return source if isinstance(source, Source) else None


def joined(*editions: str) -> str:
    """Return editions as one text, each once, without the empty ones.

    Examples
    --------
    >>> joined("2026.11", "", "2026.10", "2026.11")
    '2026.11 + 2026.10'
    """
    return " + ".join(dict.fromkeys(filter(None, editions)))
