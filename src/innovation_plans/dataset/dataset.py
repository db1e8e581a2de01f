"""The dataset: read-only tables whose records refer to one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from functools import cached_property
from os import PathLike
from threading import RLock
from typing import TYPE_CHECKING, Any, Generic, Never, Self, get_args

from pydantic_core import PydanticCustomError, core_schema
from typing_extensions import TypeVar

from ..codelists import Tier
from ..errors import (
    ArgumentError,
    ArgumentTypeError,
    MissingAttributeError,
    brief,
    expect,
    expect_path,
    instead_of,
    one_of,
    suggests,
)
from ..records import (
    BY_TIER,
    CODED,
    TABLES,
    TYPED,
    Context,
    Corroboration,
    Document,
    Erratum,
    Goal,
    Indicator,
    Observation,
    Plan,
    Record,
    Region,
    Source,
    Target,
    Vintage,
)
from ..records.references import all_references
from ..units.table import UnitTable
from .build import Holdings, Records
from .observations import ObservationT, ObservationTable
from .tables import (
    DocumentTable,
    GoalTable,
    IndicatorT,
    IndicatorTable,
    PlanTable,
    RegionT,
    RegionTable,
    SourceTable,
    Table,
)
from .targets import TargetT, TargetTable
from .where import Some, found

if TYPE_CHECKING:
    from ..io.columns import Columns, Content
    from ..io.formats import Written
    from ..io.raw import RawTables
    from ..records.bibliography import CiteStyle
    from .coded import CodedNames
    from .diff import Diff
    from .extend import Extension, OnConflict
    from .given import Given
    from .search import Matches

# The types of the records that extend a dataset: none of a kind, unless the caller passes some.
MoreTargetT = TypeVar("MoreTargetT", bound=Target, default=Never)
MoreObservationT = TypeVar("MoreObservationT", bound=Observation, default=Never)
MoreRegionT = TypeVar("MoreRegionT", bound=Region, default=Never)
MoreIndicatorT = TypeVar("MoreIndicatorT", bound=Indicator, default=Never)
TableT = TypeVar("TableT", bound=Table[Any])
_ITS_TABLES = "its tables are plans.targets, plans.observations, plans.regions and others"
_PUBLIC = {"edition", "extensions"}
_TYPES = "target_type=, observation_type=, region_type= or indicator_type="
# Types that nobody can pass: the other tables have records of one type.
NO_TYPES = {f"{kind.noun}_type": _TYPES for name, kind in TABLES.items() if name not in TYPED}


if TYPE_CHECKING:
    _once = cached_property
else:

    class _once(cached_property):  # noqa: N801 - used as a decorator
        """A cached property that is computed once, however many threads ask at the same time."""

        def __get__(self, instance, owner=None):
            if instance is None:
                return self
            with instance._lock:  # noqa: SLF001 - of the very object it is a property of
                return super().__get__(instance, owner)


class Dataset(Generic[TargetT, ObservationT, RegionT, IndicatorT]):
    """Targets, observations and what they refer to. Immutable.

    Examples
    --------
    >>> from innovation_plans import load
    >>> plans = load()
    >>> plans.region("粤").name_en
    'Guangdong'
    """

    def __init__(
        self,
        holdings: Holdings,
        tiers: frozenset[Tier],
        edition: str,
        extensions: tuple[Extension, ...] = (),
        *,
        again: tuple[Callable[..., Any], tuple[Any, ...]] | None = None,
    ) -> None:
        expect("holdings", holdings, "context", "records; load() and extend() make a dataset")
        expect("tiers", tiers, "isdisjoint", "a set of tiers")
        expect("edition", edition, "casefold", "the name of an edition")
        self._lock = RLock()
        self._again = again  # what another process calls to load the same dataset
        self._holdings = holdings
        self._tiers = tiers
        self.edition = edition
        self.extensions = extensions

    def __setattr__(self, name: str, value: object) -> None:
        if name in self.__dict__ or (not name.startswith("_") and name not in _PUBLIC):
            raise AttributeError("a dataset is read-only; extend it or load another")
        super().__setattr__(name, value)

    def __delattr__(self, name: str) -> None:
        raise AttributeError("a dataset is read-only")

    def __repr__(self) -> str:
        from .display import dataset_summary

        return dataset_summary(self)

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        from .display import dataset_html

        return dataset_html(self)

    if not TYPE_CHECKING:

        def __getitem__(self, name: object) -> Any:
            """Raise an error that names the tables."""
            raise TypeError(f"a dataset is not a table; {_ITS_TABLES}")

        def __len__(self) -> int:
            """Raise an error that names the tables."""
            raise TypeError(f"a dataset has no length; {_ITS_TABLES}")

        def __getattr__(self, name: str) -> Any:
            """Raise an error that names the tables, or the error of the property itself."""
            if hasattr(type(self), name):
                return object.__getattribute__(self, name)
            table = next((table for table, kind in TABLES.items() if kind.noun == name), "")
            near = (f"plans.{table}[…]",) if table else instead_of(name, "dataset")
            if not near and hasattr(TargetTable, name) and not name.startswith("_"):
                near = (f"plans.targets.{name}",)
            hint = "" if near else _ITS_TABLES
            raise MissingAttributeError(owner="Dataset", name=name, nearest=near, hint=hint)

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        """Return whether both have the same edition, tiers, units, and equal records in all tables."""
        if self is other or not isinstance(other, Dataset):
            return self is other
        same = (self.edition, self._tiers) == (other.edition, other._tiers)
        return same and (
            self.units.definitions == other.units.definitions
            and all(getattr(self, name) == getattr(other, name) for name in TABLES)
        )

    def __hash__(self) -> int:
        return hash((self.edition, self._tiers))

    def __reduce__(self) -> tuple[Any, ...]:
        """Return how another process rebuilds it: it loads bundled data and unpickles other records."""
        if self._again is not None:
            return self._again
        return Dataset, (Records.of(self._holdings), self._tiers, self.edition, self.extensions)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """Let a field of a user's model have this type; it has no JSON."""

        def checked(plans: Dataset[Any, Any, Any, Any]) -> Dataset[Any, Any, Any, Any]:
            for name, kind in zip(TYPED, get_args(source), strict=False):
                if not isinstance(kind, type) or kind is TABLES[name]:
                    continue
                for record in {*map(type, plans._records(name))}:
                    if not issubclass(record, kind):
                        facts = {"expected": kind.__name__, "name": name, "found": record.__name__}
                        problem = "expected a dataset with {name} of {expected}, found {found}"
                        raise PydanticCustomError("dataset", problem, facts)
            return plans

        return core_schema.json_or_python_schema(
            json_schema=core_schema.no_info_plain_validator_function(_read_from_json),
            python_schema=core_schema.no_info_after_validator_function(
                checked, core_schema.is_instance_schema(cls)
            ),
            serialization=core_schema.plain_serializer_function_ser_schema(
                _without_json, info_arg=True
            ),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> Never:
        """Raise an error for the JSON Schema of a user's model."""
        from pydantic.errors import PydanticInvalidForJsonSchema

        advice = "SkipJsonSchema[Dataset] leaves it out of the schema"
        raise PydanticInvalidForJsonSchema(f"a dataset has no JSON; {advice}")

    @property
    def tiers(self) -> str:
        """The source tiers of its targets and observations."""
        return "".join(sorted(self._tiers))

    @property
    def context(self) -> Context:
        """The records that codes refer to: the ``context=`` to validate further records."""
        context = self._codes.copy()
        context.edition = self.edition
        return context

    @property
    def _codes(self) -> Context:
        return self._holdings.context

    @property
    def units(self) -> UnitTable:
        """The closed list of units: the bundled units and those that the dataset defines."""
        return self._codes.units

    @_once
    def regions(self) -> RegionTable[RegionT]:
        """The nation, provinces, cities and groups."""
        return self._table(RegionTable, "regions")

    @_once
    def indicators(self) -> IndicatorTable[IndicatorT]:
        """The indicators: what is measured."""
        return self._table(IndicatorTable, "indicators")

    @_once
    def sources(self) -> SourceTable:
        """The documents of every tier."""
        return self._table(SourceTable, "sources")

    @_once
    def plans(self) -> PlanTable:
        """The plans and work reports."""
        return self._table(PlanTable, "plans")

    @_once
    def documents(self) -> DocumentTable:
        """The plans and work reports that are known to exist, and how much of each was read."""
        return self._table(DocumentTable, "documents")

    @_once
    def errata(self) -> Table[Erratum]:
        """Printed errors and the correct figures."""
        return self._table(Table, "errata")

    @_once
    def vintages(self) -> Table[Vintage]:
        """The releases of revised statistics."""
        return self._table(Table, "vintages")

    @_once
    def observations_of_every_tier(self) -> ObservationTable[ObservationT]:
        """The observations, and those of the tiers that were not loaded."""
        if self._tiers == frozenset(Tier):
            return self.observations
        records = self._holdings.table("observations")
        vintages = {vintage.key: vintage for vintage in self._records("vintages")}
        return ObservationTable(records, self._codes, vintages, edition=self.edition)

    @_once
    def targets(self) -> TargetTable[TargetT]:
        """The figures that plans set."""
        texts = self._records("corroborations")
        return self._table(TargetTable, "targets", Counter(text.target for text in texts))

    @_once
    def observations(self) -> ObservationTable[ObservationT]:
        """The figures that statistics and reports state as reached."""
        vintages = {vintage.key: vintage for vintage in self._records("vintages")}
        return self._table(ObservationTable, "observations", vintages)

    @_once
    def corroborations(self) -> Table[Corroboration]:
        """Further sources that state the figure of a target of these tiers."""
        loaded = {target.series_key for target in self.targets}
        others = {target.series_key for target in self._holdings.table("targets")} - loaded
        texts = (text for text in self._records("corroborations") if text.target not in others)
        return Table(texts, self._codes, edition=self.edition)

    @_once
    def goals(self) -> GoalTable:
        """Commitments without a number."""
        return self._table(GoalTable, "goals")

    def region(self, name: str | int | Record) -> RegionT:
        """Return the region with a code or name; see :meth:`RegionTable.find`."""
        return self.regions.find(name)

    def indicator(self, name: str | int | Record) -> IndicatorT:
        """Return the indicator with a code or name; see :meth:`IndicatorTable.find`."""
        return self.indicators.find(name)

    def code_regions(self, names: Any) -> CodedNames:
        """Return the codes of a column of names of regions, and the names that have none.

        Parameters
        ----------
        names
            A series of pandas or polars, an array of pyarrow, or a list. The codes are of the same
            kind, in the same order; a name without one region has None.

        Examples
        --------
        >>> from innovation_plans import load
        >>> coded = load().code_regions(["Guangdong", "粤", 440000, "Atlantis"])
        >>> coded.codes, dict(coded.errors)
        (['CN-GD', 'CN-GD', 'CN-GD', None], {'Atlantis': "no region 'Atlantis'; plans.regions lists
        them"})
        """
        from .coded import codes_of

        return codes_of(names, self.region)

    def code_indicators(self, names: Any) -> CodedNames:
        """Return the codes of a column of names of indicators, as :meth:`code_regions`.

        Examples
        --------
        >>> from innovation_plans import load
        >>> load().code_indicators(["R&D intensity", "地区生产总值"]).codes
        ['rd_intensity', 'gdp']
        """
        from .coded import codes_of

        return codes_of(names, self.indicator)

    def search(self, text: str) -> Matches:
        """Return the indicators, regions, plans, sources and goals that contain every word of a text.

        Examples
        --------
        >>> from innovation_plans import load
        >>> load().search("高价值 万人").where(table="indicators")[0].text
        '每万人口高价值发明专利拥有量'
        """
        from .search import search

        return search(self, text)

    @suggests(**NO_TYPES)
    def extend(
        self,
        path: str | PathLike[str] | None = None,
        *,
        regions: Given[MoreRegionT] = (),
        indicators: Given[MoreIndicatorT] = (),
        sources: Given[Source] = (),
        plans: Given[Plan] = (),
        documents: Given[Document] = (),
        errata: Given[Erratum] = (),
        vintages: Given[Vintage] = (),
        targets: Given[MoreTargetT] = (),
        observations: Given[MoreObservationT] = (),
        corroborations: Given[Corroboration] = (),
        goals: Given[Goal] = (),
        units: str = "",
        on_conflict: OnConflict = "raise",
        target_type: type[MoreTargetT] | None = None,
        observation_type: type[MoreObservationT] | None = None,
        region_type: type[MoreRegionT] | None = None,
        indicator_type: type[MoreIndicatorT] | None = None,
    ) -> Dataset[
        TargetT | MoreTargetT,
        ObservationT | MoreObservationT,
        RegionT | MoreRegionT,
        IndicatorT | MoreIndicatorT,
    ]:
        r"""Return a new dataset with further records; this one does not change.

        It validates types, codes and units. It does not compare a figure with its wording
        (``as_stated``): a value of 4.5 is accepted with the wording "5.4%". ``ip.check(ours)`` of
        the new dataset does, and compares every figure with the other figures.

        Parameters
        ----------
        path
            A directory of data files, or the name under which an installed package offers a
            dataset. Its rows may refer to the records of this one.
        regions, indicators, sources, plans, documents, errata, vintages, targets, \
        observations, corroborations, goals
            Records, also of your own subclasses, or mappings or a data frame with the columns of a
            file. The records that a record refers to are added with it. Columns of floats or
            decimals do not say how many zeros were printed; a column ``value_text`` does.
        units
            Definitions as in ``units.txt``, one per line. The units of other datasets and other
            registries do not change.
        on_conflict
            What happens if a different record has the key: ``"raise"``, ``"keep"`` the record of
            this dataset, or ``"replace"`` it by the new one. ``extensions`` lists what was added,
            replaced and kept, and what it holds back: statements of replaced sources, which now
            have a tier that the dataset leaves out.
        target_type, observation_type, region_type, indicator_type
            Your own subclasses, for the rows of `path` and for mappings.

        Raises
        ------
        DataErrors
            If rows or records have errors; names the location of each. A name that another
            indicator or unit has is one; so is a source of a tier that the dataset leaves out.
        ConflictError
            If another record has the same key.

        Examples
        --------
        >>> from innovation_plans import load
        >>> plans = load()
        >>> ours = plans.extend(
        ...     units="robot = [robots] = 台",
        ...     indicators=[{"code": "robots", "name_en": "Industrial robots", "unit": "robot",
        ...                  "direction": "up"}],
        ...     sources=[{"code": "our-plan", "title": "Our plan", "tier": "A"}],
        ...     targets=[{"plan": "CN-GD-14-sti", "indicator": "robots", "form": "level",
        ...               "comparator": "at_least", "value": "5000", "unit": "robot",
        ...               "end_year": 2025, "source": "our-plan", "as_stated": "5000 台"}])
        >>> print(ours.targets.where(indicator="robots").one().quantity)
        5000 robot
        >>> len(ours.targets) - len(plans.targets), ours.edition == plans.edition
        (1, False)
        """
        records = {
            "regions": regions,
            "indicators": indicators,
            "sources": sources,
            "plans": plans,
            "documents": documents,
            "errata": errata,
            "vintages": vintages,
            "targets": targets,
            "observations": observations,
            "corroborations": corroborations,
            "goals": goals,
        }
        from ..io.formats import read
        from ..io.raw import unreplaced
        from .extend import OnConflict, joined
        from .given import given_tables

        if path is not None:
            expect_path(path, hint="records have keywords, such as observations=[…]")
        one_of("policy", on_conflict, get_args(OnConflict))  # also if nothing is added

        own = zip(TYPED, (target_type, observation_type, region_type, indicator_type), strict=True)
        own_kinds = {name: kind for name, kind in own if kind is not None}
        kinds = dict(self._holdings.kinds) | own_kinds
        check_kinds(own_kinds)
        expect("units", units, "casefold", "lines of definitions")
        if (
            path is None
            and not units
            and all(isinstance(rows, tuple) and not rows for rows in records.values())
        ):
            expected = "a path, or records such as observations=[…]"
            raise ArgumentTypeError(parameter="path", value="None", expected=expected)
        rows = given_tables(records, kinds, units, "records")
        holdings, edition, extensions = self._holdings, self.edition, self.extensions
        with nullcontext() if path is None else unreplaced(path):
            origins = [*([] if path is None else [read(path)]), *([rows] if rows else [])]
            for raw in origins:
                holdings, extension, edition = joined(
                    holdings, raw, kinds, on_conflict, edition=edition, tiers=self._tiers
                )
                extensions += (extension,)
        return Dataset(holdings, self._tiers, edition, extensions)

    @suggests(region="subset('广东')", within="targets.where(within=…)")
    def subset(self, regions: Some = None, *, indicator: Some = None) -> Self:
        """Return the dataset with the records of some regions or indicators only.

        These are targets, observations, goals (which have no indicator) and documents (of all
        indicators), with the regions, indicators, plans, sources and errata that they refer to.

        Raises
        ------
        MissingError, AmbiguousError
            If no region or indicator, or more than one, has such a name.

        Examples
        --------
        >>> from innovation_plans import load
        >>> part = load().subset(["广东"], indicator="rd_intensity")
        >>> {(target.region.code, target.indicator.code) for target in part.targets}
        {('CN-GD', 'rd_intensity')}
        """
        tables: dict[str, list[Any]] = {name: list(self._holdings.table(name)) for name in TABLES}
        if regions is not None:
            codes = {region.code for region in found("region", self._codes, regions)}
            for name in ("targets", "observations", "goals", "documents"):
                tables[name] = [record for record in tables[name] if record.region.code in codes]
        if indicator is not None:
            codes = {record.code for record in found("indicator", self._codes, indicator)}
            for name in ("targets", "observations"):
                tables[name] = [record for record in tables[name] if record.indicator.code in codes]
            tables["goals"] = []
        series = {target.series_key for target in tables["targets"]}
        tables["corroborations"] = [
            text for text in tables["corroborations"] if text.target in series
        ]
        observed = {observation.indicator.code for observation in tables["observations"]}
        tables["vintages"] = [
            vintage for vintage in tables["vintages"] if vintage.indicator.code in observed
        ]
        statements = (record for name in TABLES if name not in CODED for record in tables[name])
        used = {(record.noun, record.key) for record in all_references(statements)}
        for name in CODED:
            tables[name] = [record for record in tables[name] if (record.noun, record.key) in used]
        return self._with(tables)

    def to_columns(self) -> tuple[Columns, ...]:
        """Return the tables that have records, each as named columns of typed values."""
        tables = self._content().tables
        return tuple(tables()) if tables else ()

    def write(
        self,
        path: str | PathLike[str],
        *,
        format: str | None = None,  # noqa: A002 - the word that callers look for
        overwrite: bool = False,
        safe: bool = True,
    ) -> Written:
        """Write the dataset completely or not at all; :func:`load` reads it again.

        Parameters
        ----------
        path
            A file or directory; the directory around it must exist. ``~`` is the home directory.
        format
            One of :func:`formats`; None for the one that the ending of `path` names. The name stays
            as it is; :func:`load` takes a format for a file without an ending.
        overwrite
            Whether a file, or a directory whose files are all as written, is replaced.
        safe
            Whether to neutralise in CSV text that a spreadsheet would run as a formula;
            :func:`load` restores it.

        Returns
        -------
        Written
            Path, format, records by table, and what the format cannot contain.

        Raises
        ------
        WriteError
            If `path` exists and `overwrite` is False, or the system raises an error.
        MissingError
            If there is no such format.
        MissingExtraError
            If the format needs a library that is not installed.
        DataErrors
            If the format cannot contain a value; names record and field.
        """
        from ..io.formats import write

        return write(self._content(), path, format=format, overwrite=overwrite, safe=safe)

    def diff(self, other: Dataset[Any, Any, Any, Any]) -> Diff:
        """Return how this dataset differs from an older one: records added, changed, withdrawn.

        Raises
        ------
        IncomparableError
            If the two have different tiers.

        Examples
        --------
        >>> from innovation_plans import load
        >>> diff = load().diff(load(edition="2026.10"))
        >>> change = next(each for each in diff.changed if each.key.startswith("CN-EAST/rd"))
        >>> change.key, change.fields[0].before, change.fields[0].after
        ('CN-EAST/rd_expenditure/level/2020@seed-cbn-2021', '165.173', '1651.73')
        """
        from .diff import differences

        return differences(self, other)

    def cite(self, style: CiteStyle = "en") -> str:
        """Return how to cite the data: version, edition, and checksum of the edition.

        Parameters
        ----------
        style
            ``"en"`` or ``"zh"`` for a sentence, ``"bibtex"``, ``"csl-json"``, ``"ris"``.

        Raises
        ------
        MissingError
            If there is no such style.

        Examples
        --------
        >>> from innovation_plans import load
        >>> print(load().cite())  # doctest: +ELLIPSIS
        The innovation_plans developers (2026). innovation_plans: targets and outcomes ...
        """
        from .cite import Work, cited

        return cited(Work.of(self.edition), style)

    def _own_tables(self) -> tuple[RawTables, Self | None]:
        """Return the records of the extensions as rows, and the dataset without them.

        Without extensions, all records are its own.
        """
        from ..io.columns import own_units
        from ..io.raw import Heading, RawTables
        from ..io.rows import row_of

        keys: dict[str, set[str]] = {name: set() for name in TABLES}
        for extension in self.extensions:
            for name, added in (*extension.added.items(), *extension.replaced.items()):
                keys[name].update(added)
        own: dict[str, list[Any]] = {}
        others: dict[str, list[Any]] = {}
        for name in TABLES:
            for record in getattr(self, name):
                is_own = not self.extensions or record.key in keys[name]
                (own if is_own else others).setdefault(name, []).append(record)
        rows = {
            name: [row_of(record, f"{name}: {record.key}") for record in records]
            for name, records in own.items()
        }
        base = self._with(others) if self.extensions else None
        heading = Heading(self.edition, units=() if base else own_units(self.units))
        raw = RawTables(f"dataset {self.edition}", rows, heading, noun="record")
        return raw, base

    def _with(self, tables: dict[str, list[Any]]) -> Self:
        """Return a dataset of some of its records, with its units."""
        context = Context(
            {TABLES[name].noun: {r.key: r for r in tables.get(name, ())} for name in CODED},
            units=self.units,
        )
        records = Records(tables, context, self._holdings.kinds)
        return type(self)(records, self._tiers, self.edition, self.extensions)

    def _content(self) -> Content:
        """Return the targets and observations of its tiers, and all other records, for a format."""
        from .export import dataset_content

        return dataset_content(
            {name: getattr(self, name) for name in TABLES},
            self._codes,
            edition=self.edition,
            tiers=self.tiers,
            extensions=(extension.edition for extension in self.extensions),
        )

    def _table(self, kind: Callable[..., TableT], name: str, *further: Any) -> TableT:
        return kind(self._records(name), self._codes, *further, edition=self.edition)

    def _records(self, name: str) -> list[Any]:
        """Return the records of a table, those of statements only from the tiers of the dataset."""
        records = self._holdings.table(name)
        if name not in BY_TIER:
            return records
        return [record for record in records if record.citation.source.tier in self._tiers]


def _read_from_json(_: object) -> Never:
    """Raise an error: the JSON of a model has no dataset."""
    raise PydanticCustomError("dataset", "a dataset has no JSON; load(path) reads one")


def _without_json(plans: Dataset[Any, Any, Any, Any], info: Any) -> Dataset[Any, Any, Any, Any]:
    """Return the dataset as the value of a model; raise an error for its JSON."""
    if info.mode == "json":
        advice = "Field(exclude=True) leaves it out, write(path) makes a file"
        raise TypeError(f"a dataset has no JSON; {advice}")
    return plans


def check_kinds(kinds: Mapping[str, object]) -> None:
    """Raise an ArgumentError if the type of the records of a table is not a subclass of its own."""
    for name, kind in kinds.items():
        base = TABLES[name]
        if not (isinstance(kind, type) and issubclass(kind, base)):
            hint = f"expected {base.__name__} or a subclass of it"
            raise ArgumentError(parameter=f"{base.noun}_type", value=brief(kind), hint=hint)
