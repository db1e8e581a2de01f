"""Hypothesis strategies for records and datasets, for the tests of other projects.

What they draw is always valid. It includes what tests forget: ranges, ranks, zero bases, undated
outcomes, names that look like formulas, Chinese names. The import registers the strategies, so
that ``st.from_type(Target)`` draws targets. Needs the extra ``testing``.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Any, get_args

from .errors import FigureError, MissingError, MissingExtraError

try:
    from hypothesis import strategies as st
except ModuleNotFoundError as error:
    if error.name != "hypothesis":
        raise
    raise MissingExtraError(extra="testing", needs="hypothesis") from error

from hypothesis.strategies import DrawFn, SearchStrategy
from pydantic.fields import FieldInfo

from .codelists import Comparator, Form, Tier
from .dataset.build import Directory
from .dataset.dataset import Dataset
from .dataset.names import folded
from .io.folder import RowsInMemory
from .records import (
    TABLES,
    Citation,
    Corroboration,
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
    years_of,
)
from .units.decimals import EXACT, Number, exact, plain
from .units.table import UnitTable, bundled_units, table_of

if sys.version_info >= (3, 13):
    from typing import TypeVar
else:
    from typing_extensions import TypeVar

__all__ = [
    "citations",
    "corroborations",
    "datasets",
    "empty",
    "errata",
    "goals",
    "indicators",
    "names",
    "observations",
    "plans",
    "records",
    "regions",
    "sources",
    "targets",
    "unit_definitions",
    "units",
    "values",
    "vintages",
    "years",
]

RecordT = TypeVar("RecordT", bound=Record)
TargetT = TypeVar("TargetT", bound=Target, default=Target)
ObservationT = TypeVar("ObservationT", bound=Observation, default=Observation)
RegionT = TypeVar("RegionT", bound=Region, default=Region)
IndicatorT = TypeVar("IndicatorT", bound=Indicator, default=Indicator)

# ------------------------------------------------------------------ what fields contain

_FIRST_YEAR, _LAST_YEAR = 1800, 2200
_LOWEST, _LARGEST = Decimal(1 - 10**30), Decimal(10**30 - 1)
_EDGES = [Decimal(text) for text in ("0", "0.00", "-0", "100", "-100", "3.50", "1E-30")]
_EDGES += [_LARGEST, _LOWEST, Decimal("123456789012345678901234567890." + "1" * 30)]
# Valid names that break programs which split, run or escape text carelessly.
_HOSTILE = [
    "=1+1", "+86 10", "-", "@SUM(A1)", "a,b;c", 'say "so"', "O'Brien", "<b>&amp;</b>", "{x} %s", "../..",
    "a|b", "NULL", "nan", "1e5", "\\n", "e\u0301", "ﷺ", "𠮷野家", "😀", "３．２％",
]  # fmt: skip
_CHINESE = ["甲省", "研发经费投入强度", "“十四五”规划", "深圳市（含深汕合作区）"]
_CHARACTERS = st.characters(exclude_categories=["C", "Z"], include_characters=" ")

_EITHER = st.booleans()
_NAMES = (
    st.text("ABCXYZabcxyz", min_size=1, max_size=8)
    | st.sampled_from(_CHINESE)
    | st.sampled_from(_HOSTILE)
    | st.text(_CHARACTERS, min_size=1, max_size=40).map(str.strip).filter(bool)
)
_CODES = st.from_regex("[A-Z0-9]{1,4}(-[A-Za-z0-9]{1,4}){0,2}", fullmatch=True)
_SLUGS = st.from_regex("[a-z][a-z0-9]{0,7}([_-][a-z0-9]{1,4})?", fullmatch=True)
_DATES = st.builds(
    lambda day, length: day.isoformat()[:length],
    st.dates(date(2020, 1, 1), date(2030, 12, 31)) | st.dates(date(1800, 1, 1)),
    st.sampled_from([4, 7, 10]),
)
_PERIODS = (
    st.sampled_from(["14th", "13th", "15th", "annual-2025", "eu-2030"])
    | st.integers(4, 20).map("{}th".format)
    | st.integers(_FIRST_YEAR, _LAST_YEAR).map("annual-{}".format)
)
# Half of the figures are levels, as in plans.
_FORMS = st.sampled_from([Form.LEVEL] * 6 + list(Form))
# The units of a ratio, of its numerator and of its denominator.
_RATIOS = [
    ("percent", "CNY_100M", "CNY_100M"),
    ("patent_per_10k_population", "patent", "inhabitant_10K"),
    ("person_year_per_10k_employed", "person_year", "employed_person_10K"),
]


def names() -> SearchStrategy[str]:
    """Return printable text of one line: Chinese, formulas, quotes, markup and plain words.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(names(), lambda name: name.startswith("="))
    '=1+1'
    """
    return _NAMES


@lru_cache(maxsize=512)
def values(
    min_value: Number | None = None, max_value: Number | None = None
) -> SearchStrategy[Decimal]:
    """Return numbers that records accept: at most 30 digits before and 30 after the point.

    Most are short, as plans print them. Some are zero or negative, end in zeros or use all digits.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(values(min_value="0.5"), lambda value: value != value.to_integral_value())
    Decimal('0.50')
    """
    low = _LOWEST if min_value is None else exact(min_value)
    high = _LARGEST if max_value is None else exact(max_value)
    near = max(low, min(high, Decimal(-10_000))), min(high, max(low, Decimal(10_000)))
    edges = [edge for edge in (low, high, *_EDGES) if low <= edge <= high]
    short = _decimals(*near, 0) | _decimals(*near, 2)
    return short | st.sampled_from(edges) | _decimals(low, high, 30)


def _decimals(low: Decimal, high: Decimal, places: int) -> SearchStrategy[Decimal]:
    """Return numbers with so many decimal places; none if the bounds have none between them."""
    first, last = math.ceil(low.scaleb(places, EXACT)), math.floor(high.scaleb(places, EXACT))
    integers = st.integers(first, last) if first <= last else st.nothing()
    return integers.map(lambda number: Decimal(number).scaleb(-places, EXACT))


# Values that plans print in a form, besides all other values.
_VALUES = {form: st.integers(0, 10_000).map(Decimal) | values() for form in Form}
_VALUES[Form.RANK] = st.integers(1, 100).map(Decimal) | values()
_VALUES[Form.MULTIPLE] = _decimals(Decimal("0.1"), Decimal(10), 1) | values()
for _form in (Form.ANNUAL_GROWTH, Form.AVERAGE_GROWTH):
    _VALUES[_form] = _decimals(Decimal(-20), Decimal(60), 1) | values()


@lru_cache(maxsize=512)
def years(min_value: int = _FIRST_YEAR, max_value: int = _LAST_YEAR) -> SearchStrategy[int]:
    """Return years between the bounds, most of them from 2010 to 2035."""
    every_year = st.integers(min_value, max_value)
    first, last = max(min_value, 2010), min(max_value, 2035)
    return st.integers(first, last) | every_year if first <= last else every_year


def units(like: str | None = None, *, table: UnitTable | None = None) -> SearchStrategy[str]:
    """Return tokens of units.

    Parameters
    ----------
    like
        A token; only units of the same dimension are drawn, itself first.
    table
        The units of a dataset with own units (``plans.units``); None for the bundled units.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(units(like="CNY"), lambda unit: unit != "CNY")
    'CNY_10K'
    """
    return _units(like, table or (bundled_units() if like is None else table_of(like)))


@lru_cache(maxsize=512)
def _units(like: str | None, table: UnitTable) -> SearchStrategy[str]:
    tokens = [table.token(unit.name) for unit in table]
    if like is not None:
        tokens = [token for token in tokens if table.fits(token, like)]
        tokens.sort(key=lambda token: token != like)
    return st.sampled_from(tokens)


@st.composite
def unit_definitions(draw: DrawFn) -> str:
    """Return definitions of own units, as ``plans.extend(units=…)`` takes them.

    Examples
    --------
    >>> from hypothesis import find
    >>> print(find(unit_definitions(), lambda text: True))
    own_a = [own_a]
    """
    lines: list[str] = []
    for name in draw(st.lists(st.sampled_from("abc"), min_size=1, max_size=3, unique=True)):
        symbol = f" = 台_{name}" if draw(_EITHER) else ""
        lines.append(f"own_{name} = [own_{name}]{symbol}")
        if draw(_EITHER):
            lines.append(f"own_{name}_x1000 = 1000 * own_{name}")
    return "\n".join(lines)


# Fields by name, where the type of the field does not say enough.
_CONTENTS: dict[str, SearchStrategy[Any]] = {
    "aliases": st.lists(_NAMES.filter(lambda name: "|" not in name), max_size=2).map(tuple),
    **dict.fromkeys(("breakdown", "scope", "theme", "vintage"), _SLUGS),
    **dict.fromkeys(("date", "issued", "released"), _DATES),
    **dict.fromkeys(("year", "horizon"), years()),
    "order": st.integers(1, 99),
    "period": _PERIODS,
    "precision": values(min_value=0).filter(bool),
    "proxy_years": st.integers(1, 99),
    "self_reported": _EITHER,
    "url": st.from_regex(r"(https?://|urn:)[a-z0-9./?=&%#,;'|规划-]{1,30}", fullmatch=True),
}
_OF_TYPE: dict[Any, SearchStrategy[Any]] = {
    str: _NAMES,
    float: st.floats(allow_nan=False, allow_infinity=False),
    Decimal: values(),
}
_UNIQUE = {"code", "name_en", "name_zh", "short_zh", "aliases"}

# ------------------------------------------------------------------ records drawn together


class _World:
    """The records drawn so far: later records refer to them, and no two have one code or name."""

    def __init__(
        self,
        draw: DrawFn,
        *,
        types: Mapping[str, type[Record]],
        own_fields: Mapping[str, Any] | None = None,
        units: UnitTable | None = None,
        limit: int = 3,
    ) -> None:
        self.draw = draw
        self.units = units or bundled_units()
        self._types = types
        self._own_fields = own_fields or {}
        self._limit = limit
        self._records: dict[str, dict[str, Any]] = {}
        self._names: dict[str, set[str]] = {}

    def records(self, kind: type[Record]) -> list[Any]:
        """Return the records of a type."""
        return list(self._records.get(kind.noun, {}).values())

    def build(
        self, kind: type[Record], given: Mapping[str, Any] | None = None, *, minimal: bool = False
    ) -> Any:
        """Draw another record, of the caller's own type; a minimal one has no optional fields."""
        kind = self._types.get(kind.noun, kind)
        own = {name: self._own_fields[name] for name in self._own_fields.keys() & _further(kind)}
        draft = _Draft(self, kind, own | dict(given or {}), minimal=minimal)
        if prepare := _PREPARE.get(kind.noun):
            prepare(draft)
        record = draft.record()
        self.add(record)
        return record

    def build_distinct(self, kind: type[Record], given: Mapping[str, Any] | None = None) -> None:
        """Draw another target or observation; if its key is taken, it cites another source."""
        keys = {record.key for record in self.records(kind)}
        record = self.build(kind, given)
        if record.key in keys:
            fields = {name: getattr(record, name) for name in type(record).model_fields}
            source = self.build(Source, minimal=True)
            self.build(kind, fields | {"citation": Citation(source=source)})

    def build_some(self, *kinds: type[Record]) -> None:
        """Draw some records of each type, up to the limit."""
        for kind in kinds:
            for _ in range(self.draw(st.integers(0, self._limit))):
                if len(self.records(kind)) < self._limit:
                    self.build(kind)

    def refer(self, kind: type[Record]) -> Any:
        """Choose a record to refer to, or draw another one."""
        known = self.records(kind)
        if known and (len(known) >= self._limit or not self.draw(_EITHER)):
            return self.draw(st.sampled_from(known))
        return self.build(kind, minimal=True)

    def add(self, record: Record) -> None:
        """Let later records refer to this one and to those in its fields."""
        same_kind = self._records.setdefault(record.noun, {})
        if record.key in same_kind:
            return
        same_kind[record.key] = record
        texts = (record.key, *getattr(record, "names", ()))
        self._names.setdefault(record.noun, set()).update(map(folded, texts))
        for name in type(record).model_fields:
            value = getattr(record, name)
            for part in value if isinstance(value, tuple) else (value,):
                if isinstance(part, Record):
                    self.add(part)

    def unique(self, noun: str, text: str) -> str:
        """Return the text, with a number at its end if another record has it."""
        taken = self._names.setdefault(noun, set())
        numbered, number = text, 1
        while folded(numbered) in taken:
            number += 1
            numbered = f"{text}{number}"
        taken.add(folded(numbered))
        return numbered


class _Draft:
    """The fields of one record: as the caller gives them, else as they are drawn."""

    def __init__(
        self, world: _World, kind: type[Any], given: Mapping[str, Any], *, minimal: bool
    ) -> None:
        self.world = world
        self.given = given
        self.fields: dict[str, Any] = {}
        self._kind = kind
        self._minimal = minimal
        self._detailed = not minimal and world.draw(_EITHER)

    def set(self, name: str, default: Any) -> Any:
        """Set a field to what the caller gives, else to the default: a strategy or a value."""
        value = self.given.get(name, default)
        if isinstance(value, SearchStrategy):
            value = self.world.draw(value)
        if isinstance(value, Record):
            self.world.add(value)
        self.fields[name] = value
        return value

    def wants(self, name: str) -> bool:
        """Decide whether an optional field is set."""
        return name in self.given or (self._detailed and self.world.draw(_EITHER))

    def refer(self, name: str, kind: type[Record]) -> Any:
        """Set a field to a record; a citation belongs to this record alone."""
        if name in self.given:
            return self.set(name, None)
        if kind is Citation:
            return self.set(name, self.world.build(kind, minimal=self._minimal))
        return self.set(name, self.world.refer(kind))

    def record(self) -> Any:
        """Return the record, with the remaining fields drawn by their types.

        Own fields with a default keep it.
        """
        own = _further(self._kind)
        for name, field in self._kind.model_fields.items():
            if name in self.given and name not in self.fields:
                self.set(name, None)
            if name not in self.fields and (
                field.is_required() or (name not in own and self.wants(name))
            ):
                self._draw(name, field, own=name in own)
        return self._kind(**self.fields)

    def _draw(self, name: str, field: FieldInfo, *, own: bool) -> None:
        parts = (field.annotation, *get_args(field.annotation))
        types = [
            part for hint in parts for part in (hint, *get_args(hint)) if isinstance(part, type)
        ]
        record_type = next((part for part in types if issubclass(part, Record)), None)
        if name == "groups" and not own:
            drawn = [self.world.refer(Region) for _ in range(2)]
            self.set(name, tuple(dict.fromkeys(drawn)))
        elif record_type is not None:
            self.refer(name, record_type)
        else:
            self.set(name, _of_type(field) if own else self._content(name, types))
            if name in _UNIQUE and not own:
                self._make_unique(name)

    def _content(self, name: str, types: list[type]) -> SearchStrategy[Any]:
        """Return what a field of the package's own records may contain."""
        if name == "code":
            return _SLUGS if self._kind.noun in {"indicator", "vintage"} else _CODES
        if name in _CONTENTS:
            return _CONTENTS[name]
        codes = [part for part in types if issubclass(part, StrEnum)]
        return st.sampled_from(codes[0]) if codes else _NAMES

    def _make_unique(self, name: str) -> None:
        noun, value = self._kind.noun, self.fields[name]
        if isinstance(value, tuple):
            self.fields[name] = tuple(self.world.unique(noun, text) for text in value)
        else:
            self.fields[name] = self.world.unique(noun, value)


def _further(kind: type[Record]) -> set[str]:
    """Return the own fields of a subclass of a record."""
    return kind.model_fields.keys() - _TYPES[kind.noun].model_fields.keys()


def _of_type(field: FieldInfo) -> SearchStrategy[Any]:
    """Return values of an own field: finite numbers, printable text, else what hypothesis draws."""
    if not field.metadata and field.annotation in _OF_TYPE:
        return _OF_TYPE[field.annotation]
    hint: Any = field.annotation
    if field.metadata:
        hint = Annotated[(hint, *field.metadata)]
    drawn: SearchStrategy[Any] = st.from_type(hint)
    return drawn


# ------------------------------------------------------------------ fields that depend on others


def _indicator(draft: _Draft) -> None:
    world, parts = draft.world, {"unit", "numerator", "denominator"}
    if not parts & draft.given.keys() and draft.wants("numerator"):
        unit, above, below = world.draw(st.sampled_from(_RATIOS))
        draft.set("unit", unit)
        draft.set("numerator", world.build(Indicator, {"unit": above}, minimal=True))
        draft.set("denominator", world.build(Indicator, {"unit": below}, minimal=True))
    else:
        draft.set("unit", st.sampled_from(["percent", "CNY_100M"]) | _own_or_any(world.units))
        draft.set("numerator", None)
        draft.set("denominator", None)
    if {"proxy", "proxy_years", "proxy_note"} & draft.given.keys() or draft.wants("proxy"):
        draft.refer("proxy", Indicator)
    else:
        draft.fields.update(proxy=None, proxy_years=None, proxy_note=None)


def _own_or_any(table: UnitTable) -> SearchStrategy[str]:
    tokens = [table.token(unit.name) for unit in table if unit.name not in bundled_units()]
    return st.sampled_from(tokens) | units(table=table) if tokens else units(table=table)


def _plan(draft: _Draft) -> None:
    in_chinese = "title_zh" not in draft.given and (
        "title_en" in draft.given or draft.wants("title_zh")
    )
    draft.set("title_zh" if in_chinese else "title_en", _NAMES)


def _target(draft: _Draft) -> None:
    first, last = years_of(draft.refer("plan", Plan).period) or (2021, 2025)
    indicator = _figure(draft)
    end = _span(draft, "end_year", st.sampled_from([last, first]) | years())
    if {"baseline_value", "baseline_year"} & draft.given.keys() or draft.wants("baseline_value"):
        draft.set("baseline_value", _VALUES[Form.LEVEL])
        earlier = years(max(_FIRST_YEAR, end - 10), end - 1) if end > _FIRST_YEAR else st.none()
        draft.set("baseline_year", st.none() | earlier)
    else:
        draft.fields.update(baseline_value=None, baseline_year=None)
    draft.set("baseline_unit", units(indicator.unit) if draft.wants("baseline_unit") else None)


def _observation(draft: _Draft) -> None:
    _figure(draft)
    _span(draft, "year", years() | st.none())


def _figure(draft: _Draft) -> Indicator:
    """Set indicator, form, comparator, value, unit and citation so that they fit one another."""
    indicator: Indicator = draft.refer("indicator", Indicator)
    form = Form(draft.set("form", _FORMS))
    high = draft.set("value_high", None)
    comparators = st.sampled_from(Comparator)
    if "value_high" in draft.given:
        comparators = comparators.filter(lambda each: (each == "between") is (high is not None))
    comparator = draft.set("comparator", comparators)
    drawn = _VALUES[form]
    if high is not None:
        drawn = values(max_value=EXACT.subtract(exact(high), 1))
    elif comparator == Comparator.BETWEEN:
        drawn = drawn.filter(lambda value: value < 10**29)
    low = exact(draft.set("value", drawn))
    if high is None and comparator == Comparator.BETWEEN:
        draft.set("value_high", EXACT.add(low, draft.world.draw(st.integers(1, 100))))
    draft.set("unit", units(indicator.unit_in(form)))
    if "citation" not in draft.given:
        # A range or a long number may read as another figure than the one recorded.
        is_plain = comparator != Comparator.BETWEEN and len(plain(low)) <= 12
        quoted = plain(low) if is_plain and draft.world.draw(_EITHER) else None
        draft.set("citation", draft.world.build(Citation, {"as_stated": quoted}))
    return indicator


def _span(draft: _Draft, last: str, ends: SearchStrategy[Any]) -> Any:
    """Set the first and the last year, in order; return the last."""
    if "start_year" in draft.given:
        start = draft.set("start_year", None)
        return draft.set(last, ends if start is None else years(min_value=start))
    end = draft.set(last, ends)
    latest = _LAST_YEAR if end is None else end
    starts = years(max(_FIRST_YEAR, latest - 5), latest) | years(max_value=latest)
    draft.set("start_year", st.none() | starts)
    return end


def _corroboration(draft: _Draft) -> None:
    world = draft.world
    target = world.draw(st.sampled_from(world.records(Target) or [world.build(Target)]))
    draft.set("target", target.series_key)
    is_read = world.draw(_EITHER)
    for name in ("comparator", "value", "value_high", "unit"):
        draft.set(name, getattr(target, name) if is_read else None)


def _goal(draft: _Draft) -> None:
    plan = draft.refer("plan", Plan) if draft.wants("plan") else draft.set("plan", None)
    if plan is not None:
        draft.set("region", plan.region)


_KINDS: tuple[type[Record], ...] = (*TABLES.values(), Citation)
_TYPES = {kind.noun: kind for kind in _KINDS}
_PREPARE: dict[str, Callable[[_Draft], object]] = {
    "indicator": _indicator,
    "plan": _plan,
    "target": _target,
    "observation": _observation,
    "corroboration": _corroboration,
    "goal": _goal,
}

# ------------------------------------------------------------------ strategies of records


def records(kind: type[RecordT], **fields: Any) -> SearchStrategy[RecordT]:
    """Return records of a type, together with the records they refer to.

    Parameters
    ----------
    kind
        The type, or your own subclass of it. Its required own fields are drawn by their types;
        own fields with a default keep it, unless `fields` has a strategy for them.
    fields
        Values or strategies for single fields; the other fields are drawn so that they fit.

    Raises
    ------
    MissingError
        If the record has no such field, or the package has no such record.

    Examples
    --------
    >>> from hypothesis import Phase, find, settings
    >>> once = settings(phases=[Phase.generate, Phase.shrink])
    >>> rank = find(records(Target, form="rank"), lambda target: target.value > 3, settings=once)
    >>> rank.value, rank.unit
    (Decimal('4'), 'rank')
    """
    if kind.noun not in _TYPES:
        raise MissingError(
            asked=f"strategy for {kind.__name__}", hint="expected Target, Region, … or a subclass"
        )
    for name in fields:
        if name not in kind.model_fields:
            raise MissingError(
                asked=f"field {name[:60]!r} of {kind.__name__}",
                hint=f"it has {', '.join(kind.model_fields)}",
            )
    drawn: SearchStrategy[RecordT] = _record(kind, fields)
    return drawn


@st.composite
def _record(draw: DrawFn, kind: type[Any], fields: Mapping[str, Any]) -> Any:
    return _World(draw, types={kind.noun: kind}).build(kind, fields)


def regions(
    kind: type[RegionT] = Region,  # type: ignore[assignment]
    **fields: Any,
) -> SearchStrategy[RegionT]:
    """Return regions, alone or in another region and in groups; see :func:`records`."""
    return records(kind, **fields)


def indicators(
    kind: type[IndicatorT] = Indicator,  # type: ignore[assignment]
    **fields: Any,
) -> SearchStrategy[IndicatorT]:
    """Return indicators in every unit, ratios with their two parts; see :func:`records`."""
    return records(kind, **fields)


def sources(**fields: Any) -> SearchStrategy[Source]:
    """Return documents of every tier; see :func:`records`."""
    return records(Source, **fields)


def citations(**fields: Any) -> SearchStrategy[Citation]:
    """Return places in documents; see :func:`records`."""
    return records(Citation, **fields)


def plans(**fields: Any) -> SearchStrategy[Plan]:
    """Return plans of every kind and period; see :func:`records`."""
    return records(Plan, **fields)


def errata(**fields: Any) -> SearchStrategy[Erratum]:
    """Return printed errors; see :func:`records`."""
    return records(Erratum, **fields)


def vintages(**fields: Any) -> SearchStrategy[Vintage]:
    """Return releases of a statistic; see :func:`records`."""
    return records(Vintage, **fields)


def targets(
    kind: type[TargetT] = Target,  # type: ignore[assignment]
    **fields: Any,
) -> SearchStrategy[TargetT]:
    """Return targets in every form, with every comparator, zero and negative values among them.

    See :func:`records` for the parameters.

    Examples
    --------
    >>> from hypothesis import Phase, find, settings
    >>> once = settings(phases=[Phase.generate, Phase.shrink])
    >>> target = find(targets(comparator="between"), lambda target: True, settings=once)
    >>> target.value < target.value_high
    True
    """
    return records(kind, **fields)


def observations(
    kind: type[ObservationT] = Observation,  # type: ignore[assignment]
    **fields: Any,
) -> SearchStrategy[ObservationT]:
    """Return observations of a year, of a span of years, or undated; see :func:`records`."""
    return records(kind, **fields)


def corroborations(**fields: Any) -> SearchStrategy[Corroboration]:
    """Return further texts with the figure of a target; see :func:`records`."""
    return records(Corroboration, **fields)


def goals(**fields: Any) -> SearchStrategy[Goal]:
    """Return goals, of a plan or of none; see :func:`records`."""
    return records(Goal, **fields)


# ------------------------------------------------------------------ datasets


def empty(tiers: str = "ABCD") -> Dataset:
    """Return a dataset without records, to extend.

    Examples
    --------
    >>> from innovation_plans import load
    >>> two = empty().extend(targets=load().targets[:2])
    >>> len(two.targets), len(two.plans)
    (2, 1)
    """
    directory = Directory(RowsInMemory({}, label="drawn records"))
    directory.read_all()
    return Dataset(directory, frozenset(map(Tier, tiers)), "")


def datasets(
    *,
    min_targets: int = 0,
    max_targets: int = 4,
    min_observations: int = 0,
    max_observations: int = 10,
    max_others: int = 3,
    units: str | SearchStrategy[str] = "",
    tiers: str = "ABCD",
    target_type: type[TargetT] = Target,  # type: ignore[assignment]
    observation_type: type[ObservationT] = Observation,  # type: ignore[assignment]
    region_type: type[RegionT] = Region,  # type: ignore[assignment]
    indicator_type: type[IndicatorT] = Indicator,  # type: ignore[assignment]
    own_fields: Mapping[str, SearchStrategy[Any]] | None = None,
) -> SearchStrategy[Dataset[TargetT, ObservationT, RegionT, IndicatorT]]:
    """Return datasets whose records refer to one another.

    Most observations are of the regions, indicators and years of the targets and have values near
    theirs, so that assessments have every verdict.

    Parameters
    ----------
    min_targets, max_targets, min_observations, max_observations
        How many targets and observations.
    max_others
        How many regions, indicators, plans, goals and so on, of each; at least one of what a
        record refers to.
    units
        Definitions of own units, as for ``plans.extend``, or a strategy for them:
        :func:`unit_definitions`.
    tiers
        As for ``load``: targets and observations of other tiers are left out.
    target_type, observation_type, region_type, indicator_type
        Your own subclasses.
    own_fields
        Strategies for the own fields of these subclasses, by name; see :func:`records`.

    Examples
    --------
    >>> from hypothesis import Phase, find, settings
    >>> once = settings(phases=[Phase.generate, Phase.shrink])
    >>> plans = find(datasets(min_targets=1, max_observations=1), lambda _: True, settings=once)
    >>> len(plans.targets), len(plans.regions)
    (1, 1)
    """
    kinds = (target_type, observation_type, region_type, indicator_type)
    drawn: SearchStrategy[Any] = _datasets(
        numbers={
            Target: (min_targets, max_targets),
            Observation: (min_observations, max_observations),
        },
        limit=max_others,
        units=units,
        tiers=tiers,
        types={kind.noun: kind for kind in kinds},
        own_fields=own_fields,
    )
    return drawn


@st.composite
def _datasets(
    draw: DrawFn,
    *,
    numbers: Mapping[type[Record], tuple[int, int]],
    limit: int,
    units: str | SearchStrategy[str],
    tiers: str,
    types: Mapping[str, type[Record]],
    own_fields: Mapping[str, Any] | None,
) -> Any:
    text = draw(units) if isinstance(units, SearchStrategy) else units
    table = bundled_units().with_(text) if text else bundled_units()
    world = _World(draw, types=types, own_fields=own_fields, units=table, limit=limit)
    world.build_some(Region, Indicator, Plan)
    for _ in range(draw(st.integers(*numbers[Target]))):
        world.build_distinct(Target)
    fewest, most = numbers[Observation]
    outcomes = [fields for target in world.records(Target) for fields in _outcomes(world, target)]
    for fields in outcomes[:most]:
        world.build_distinct(Observation, fields)
    count = len(world.records(Observation))
    fewest, most = max(fewest, count), max(fewest, min(most, count + 2))
    for _ in range(draw(st.integers(fewest - count, most - count))):
        world.build_distinct(Observation)
    world.build_some(Source, Erratum, Vintage, Goal)
    if world.records(Target):
        world.build_some(Corroboration)
    _build_vintages(world)
    tables: dict[str, Any] = {name: world.records(kind) for name, kind in TABLES.items()}
    own_types: dict[str, Any] = {f"{noun}_type": kind for noun, kind in types.items()}
    return empty(tiers).extend(units=text, **tables, **own_types)


def _build_vintages(world: _World) -> None:
    """Draw the vintages that observations name."""
    for observation in world.records(Observation):
        known = {(each.indicator.code, each.code, each.year) for each in world.records(Vintage)}
        indicator, code = observation.indicator, observation.vintage
        dated = {(indicator.code, code, year) for year in (observation.year, None)}
        if code is not None and not dated & known:
            world.build(Vintage, {"indicator": indicator, "code": code, "year": None})


def _outcomes(world: _World, target: Target) -> Iterator[dict[str, Any]]:
    """Draw the fields of outcomes: levels by year, or a figure of the form and span of the target."""
    end, start = target.end_year, target.start_year
    fields: dict[str, Any] = {"region": target.region, "indicator": target.indicator}
    value = target.value
    if target.form is not Form.LEVEL and world.draw(_EITHER):
        fields |= {"form": target.form, "unit": target.unit, "start_year": start}
        outcome_years = {end}
    elif target.form in {Form.LEVEL, Form.RANK}:
        fields |= {"form": target.form, "unit": target.unit, "start_year": None}
        outcome_years = {(start or end) - 1, end - 1, end}
    else:
        fields |= {"form": Form.LEVEL, "unit": target.indicator.unit, "start_year": None}
        outcome_years = {(start or end) - 1, end - 1, end}
        value = Decimal(100)
    for year in sorted(outcome_years):
        if year >= _FIRST_YEAR and world.draw(_EITHER):
            near = _multiple(value, world.draw(_MULTIPLES))
            yield {**fields, "comparator": Comparator.REACH, "year": year, "value": near}


_MULTIPLES = st.sampled_from([Decimal(text) for text in ("1", "0.5", "0.99", "1.5", "-1", "2")])


def _multiple(value: Decimal, factor: Decimal) -> Decimal:
    """Return the product, or the value if the product has too many digits."""
    try:
        return exact(EXACT.multiply(value, factor))
    except FigureError:
        return value


# ------------------------------------------------------------------ registration with hypothesis


def _datasets_of(thing: Any) -> SearchStrategy[Any]:
    """Return datasets, of the caller's own types for ``Dataset[MyTarget, …]``."""
    names = ("target_type", "observation_type", "region_type", "indicator_type")
    own_types: dict[str, Any] = dict(zip(names, get_args(thing), strict=False))
    return datasets(**own_types)


for _kind in _KINDS:
    st.register_type_strategy(_kind, records)
st.register_type_strategy(Dataset, _datasets_of)
