"""Hypothesis strategies for records and datasets, for the tests of other projects.

What they draw is always valid. It includes what tests forget: ranges, ranks, zero bases, undated
outcomes, names that look like formulas, Chinese names. The import registers the strategies, so
that ``st.from_type(Target)`` draws targets. Needs the extra ``testing``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Any, get_args

from .dataset.load import tiers_of
from .errors import (
    ArgumentError,
    ArgumentTypeError,
    FigureError,
    MissingError,
    MissingExtraError,
    brief,
    expect,
    name_attributes,
)

try:
    from hypothesis import strategies as st
except ModuleNotFoundError as error:
    if error.name != "hypothesis":
        raise
    raise MissingExtraError(extra="testing", needs="hypothesis") from error

from hypothesis.strategies import DrawFn, SearchStrategy
from pydantic.fields import FieldInfo
from typing_extensions import TypeVar

from .codelists import Comparator, Flag, Form
from .dataset.build import Records
from .dataset.dataset import Dataset, check_kinds
from .dataset.names import folded
from .dataset.where import whole_year
from .records import (
    TABLES,
    TYPED,
    Citation,
    Context,
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
from .units.words import unit_words

__all__ = [
    "datasets",
    "empty",
    "names",
    "records",
    "unit_definitions",
    "units",
    "values",
    "years",
]
name_attributes(__name__)

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
# Valid names that a spreadsheet computes, and others that break programs which split, run or escape
# text carelessly.
_FORMULAS = ["=1+1", "+86 10", "-", "@SUM(A1)"]
_UNUSUAL = [
    "a,b;c", 'say "so"', "O'Brien", "<b>&amp;</b>", "{x} %s", "../..", "a|b", "NULL", "nan", "1e5", "\\n",
    "e\u0301", "ﷺ", "𠮷野家", "😀", "３．２％",
]  # fmt: skip
_CHINESE = ["甲省", "研发经费投入强度", "“十四五”规划", "深圳市（含深汕合作区）"]
_PRINTABLE = st.characters(exclude_categories=["C", "Z"], include_characters=" ")
_NAMES = (
    st.from_regex("[A-Za-z]{1,8}", fullmatch=True)
    | st.sampled_from(_FORMULAS)
    | st.sampled_from(_CHINESE)
    | st.sampled_from(_UNUSUAL)
    | st.text(_PRINTABLE, min_size=1, max_size=40).map(str.strip).filter(bool)
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
# The units of the numerator and the denominator of a ratio, by its own unit.
_RATIOS = {
    "percent": ("CNY_100M", "CNY_100M"),
    "patent_per_10k_population": ("patent", "inhabitant_10K"),
    "person_year_per_10k_employed": ("person_year", "employed_person_10K"),
}
_OWN_UNITS = (
    "own_a = [own_a]",
    "own_b = [own_b] = 台_b",
    "own_c = [own_c]\nown_c_x1000 = 1000 * own_c",
)


def names() -> SearchStrategy[str]:
    """Return printable text of one line: Chinese, formulas, quotes, markup and plain words.

    Examples
    --------
    >>> from hypothesis import find
    >>> find(names(), lambda name: name.startswith("="))
    '=1+1'
    """
    return _NAMES


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
    return _values(low, high)


@lru_cache(maxsize=512)
def _values(low: Decimal, high: Decimal) -> SearchStrategy[Decimal]:
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
_VALUES[Form.RANK] = (st.integers(1, 100) | st.integers(1, 10**20)).map(Decimal)
_VALUES[Form.MULTIPLE] = _decimals(Decimal("0.1"), Decimal(10), 1) | values()
for _form in (Form.ANNUAL_GROWTH, Form.AVERAGE_GROWTH):
    _VALUES[_form] = _decimals(Decimal(-20), Decimal(60), 1) | values()


def years(min_value: int = _FIRST_YEAR, max_value: int = _LAST_YEAR) -> SearchStrategy[int]:
    """Return years between the bounds, most of them from 2010 to 2035."""
    return _years(whole_year(min_value), whole_year(max_value))


@lru_cache(maxsize=512)
def _years(min_value: int, max_value: int) -> SearchStrategy[int]:
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
    if like is not None:
        expect("like", like, "casefold", "a unit")
    if table is None:
        table = bundled_units() if like is None else table_of(like)
    expect("table", table, "definitions", "a unit table")
    return _units(like, table)


@lru_cache(maxsize=512)
def _units(like: str | None, table: UnitTable) -> SearchStrategy[str]:
    tokens = [table.token(unit.name) for unit in table]
    if like is not None:
        tokens = [token for token in tokens if table.fits(token, like)]
        tokens.sort(key=lambda token: token != like)
    return st.sampled_from(tokens)


def unit_definitions() -> SearchStrategy[str]:
    """Return definitions of own units, as ``plans.extend(units=…)`` takes them.

    Examples
    --------
    >>> from hypothesis import find
    >>> print(find(unit_definitions(), lambda text: True))
    own_a = [own_a]
    """
    return st.lists(st.sampled_from(_OWN_UNITS), min_size=1, unique=True).map("\n".join)


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
        self,
        kind: type[Record],
        values: Mapping[str, Any] | None = None,
        *,
        minimal: bool = False,
    ) -> Any:
        """Draw another record, of the caller's own type; a minimal one has no optional fields.

        The values of fields may be strategies. Other fields are drawn one after the other, so that
        each fits those before it.
        """
        kind = self._types.get(kind.noun, kind)
        own = kind.model_fields.keys() - _TYPES[kind.noun].model_fields.keys()
        passed = {name: self._own_fields[name] for name in own & self._own_fields.keys()}
        passed |= values or {}
        fields = {name: self._drawn(value) for name, value in passed.items()}
        if kind is Corroboration:
            fields = _corroborated(self) | fields
        is_detailed = not minimal and self.draw(st.booleans())
        for name, field in kind.model_fields.items():
            if name in fields:
                continue
            is_drawn = field.is_required() or name in _ALWAYS
            if is_drawn or (is_detailed and name not in own and self.draw(st.booleans())):
                fields[name] = self._field(kind, name, field, fields, is_own=name in own)
        record = kind(**fields)
        self.add(record)
        return record

    def _drawn(self, value: Any) -> Any:
        value = self.draw(value) if isinstance(value, SearchStrategy) else value
        if isinstance(value, Record):
            self.add(value)
        return value

    def _field(
        self,
        kind: type[Record],
        name: str,
        field: FieldInfo,
        fields: dict[str, Any],
        *,
        is_own: bool,
    ) -> Any:
        """Draw a field that fits those drawn before."""
        parts = (field.annotation, *get_args(field.annotation))
        types = [
            part for hint in parts for part in (hint, *get_args(hint)) if isinstance(part, type)
        ]
        if not is_own and name in _FIELDS:
            return self._drawn(_FIELDS[name](self, fields))
        for part in types:
            if issubclass(part, Record):
                return self.refer(part)
        if is_own:
            return self.draw(_of_own_type(field))
        if name == "code":
            slugs = kind.noun in {"indicator", "vintage"}
            return self._unique(kind.noun, self.draw(_SLUGS if slugs else _CODES))
        codes = [part for part in types if issubclass(part, StrEnum)]
        text = self.draw(st.sampled_from(codes[0]) if codes else _CONTENTS.get(name, _NAMES))
        if name == "aliases":
            return tuple(self._unique(kind.noun, alias) for alias in text)
        return self._unique(kind.noun, text) if name in _UNIQUE else text

    def build_distinct(self, kind: type[Record], values: Mapping[str, Any] | None = None) -> None:
        """Draw another target or observation; if its key is taken, it cites another source."""
        count = len(self.records(kind))
        record = self.build(kind, values)
        if len(self.records(kind)) == count:
            source = self.build(Source, minimal=True)
            self.add(record.model_copy(update={"citation": Citation(source=source)}))

    def build_some(self, *kinds: type[Record]) -> None:
        """Draw some records of each type, up to the limit."""
        for kind in kinds:
            for _ in range(self.draw(st.integers(0, self._limit))):
                if len(self.records(kind)) < self._limit:
                    self.build(kind)

    def refer(self, kind: type[Record], values: Mapping[str, Any] | None = None) -> Any:
        """Choose a record with these values to refer to, or draw another one."""
        if kind is Citation:  # it belongs to one record
            return self.build(kind, values)
        wanted = (values or {}).items()
        known = [
            record
            for record in self.records(kind)
            if all(getattr(record, name) == value for name, value in wanted)
        ]
        if known and (len(known) >= self._limit or not self.draw(st.booleans())):
            return self.draw(st.sampled_from(known))
        return self.build(kind, values, minimal=True)

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

    def _unique(self, noun: str, text: str) -> str:
        """Return the text, with a number at its end if another record has it."""
        taken = self._names.setdefault(noun, set())
        numbered, number = text, 1
        while folded(numbered) in taken:
            number += 1
            numbered = f"{text}{number}"
        taken.add(folded(numbered))
        return numbered


def _of_own_type(field: FieldInfo) -> SearchStrategy[Any]:
    """Return values of an own field: finite numbers, printable text, else what hypothesis draws."""
    of_type = {
        str: _NAMES,
        float: st.floats(allow_nan=False, allow_infinity=False),
        Decimal: values(),
    }
    hint: Any = field.annotation
    if not field.metadata and hint in of_type:
        return of_type[hint]
    if field.metadata:
        hint = Annotated[(hint, *field.metadata)]
    drawn: SearchStrategy[Any] = st.from_type(hint)
    return drawn


# ------------------------------------------------------------------ fields that depend on others

_Fields = Mapping[str, Any]


def _corroborated(world: _World) -> dict[str, Any]:
    """Return the target of a corroboration and its figure, or the target alone."""
    target = world.draw(st.sampled_from(world.records(Target) or [world.build(Target)]))
    is_read = world.draw(st.booleans())
    figure = ("comparator", "value", "value_high", "unit")
    fields = {name: getattr(target, name) if is_read else None for name in figure}
    return {"target": target.series_key, **fields}


def _unit(world: _World, fields: _Fields) -> SearchStrategy[str]:
    if indicator := fields.get("indicator"):
        unit = indicator.unit_in(Form(fields["form"]))
        return st.just(unit) if indicator.maximum is not None else units(unit)
    own = [world.units.token(unit.name) for unit in world.units if unit.name not in bundled_units()]
    every_unit = units(table=world.units)
    often = st.sampled_from([*_RATIOS, "CNY_100M"])
    return often | (st.sampled_from(own) if own else every_unit) | every_unit


def _part(index: int) -> Callable[[_World, _Fields], Any]:
    """Return how the numerator (0) or the denominator (1) of a ratio is drawn."""

    def draw(world: _World, fields: _Fields) -> Any:
        if fields["unit"] not in _RATIOS or (index and not fields.get("numerator")):
            return None
        if not index and world.draw(st.booleans()):
            return None
        return world.build(Indicator, {"unit": _RATIOS[fields["unit"]][index]}, minimal=True)

    return draw


def _counted(_: _World, fields: _Fields) -> SearchStrategy[str | None] | None:
    things = unit_words().get(fields["unit"], {}).get("counted", {})
    return st.sampled_from([None, *things]) if things else None


def _proxy(world: _World, fields: _Fields) -> Any:
    is_needed = any(fields.get(name) is not None for name in ("proxy_years", "proxy_note"))
    return world.refer(Indicator) if is_needed or world.draw(st.booleans()) else None


def _region(world: _World, fields: _Fields) -> Any:
    return plan.region if (plan := fields.get("plan")) else world.refer(Region)


def _plan(world: _World, fields: _Fields) -> Any:
    return world.refer(Plan, {"region": fields["region"]} if "region" in fields else None)


def _period_of(_: _World, fields: _Fields) -> Any:
    return plan.period if (plan := fields.get("plan")) else _PERIODS


def _fitting_form(_: _World, fields: _Fields) -> SearchStrategy[Form]:
    least = {"value": 1, "value_high": 2, "baseline_value": 1}
    given = [(exact(fields[name]), low) for name, low in least.items() if fields.get(name)]
    can_be_a_rank = all(value >= low and value % 1 == 0 for value, low in given)
    return _FORMS if can_be_a_rank else _FORMS.filter(lambda form: form is not Form.RANK)


def _comparator(_: _World, fields: _Fields) -> SearchStrategy[Comparator]:
    if "value_high" not in fields:
        return st.sampled_from(Comparator)
    has_range = fields["value_high"] is not None
    return st.sampled_from(
        [comparator for comparator in Comparator if (comparator == "between") is has_range]
    )


def _value(_: _World, fields: _Fields) -> SearchStrategy[Decimal]:
    form, high = Form(fields["form"]), fields.get("value_high")
    low, most = _possible(form, fields.get("indicator"))
    if high:
        most = EXACT.subtract(exact(high), 1)
    elif fields["comparator"] == Comparator.BETWEEN:
        most = EXACT.subtract(_LARGEST if most is None else most, 100)
    if form is Form.RANK:
        return st.integers(1, int(most or 100)).map(Decimal)
    if low is None and not high:
        return _VALUES[form].filter(lambda value: most is None or value <= most)
    return values(low, most)


def _possible(form: Form, indicator: Indicator | None) -> tuple[Decimal | None, Decimal | None]:
    """Return the least and the greatest value of a form that an indicator can have."""
    if indicator is None or form in {Form.RANK, Form.INCREMENT}:
        return None, None
    if form is Form.LEVEL:
        return indicator.minimum, indicator.maximum
    growth = form in {Form.ANNUAL_GROWTH, Form.AVERAGE_GROWTH}
    has_bound = indicator.minimum is not None and indicator.minimum >= 0
    return (Decimal(-100 if growth else 0) if has_bound else None), None


def _value_high(_: _World, fields: _Fields) -> SearchStrategy[Decimal] | None:
    if fields["comparator"] != Comparator.BETWEEN:
        return None
    low = exact(fields["value"])
    most = 100
    if Form(fields["form"]) is Form.LEVEL and (maximum := fields["indicator"].maximum) is not None:
        most = int(min(100, max(1, maximum - low)))
    return st.integers(1, most).map(lambda width: EXACT.add(low, width))


def _citation(world: _World, fields: _Fields) -> Any:
    """Draw a citation that quotes a figure, unless it may read as another one than recorded."""
    if "form" not in fields:
        return world.build(Citation)
    value = plain(exact(fields["value"]))
    is_plain = fields["comparator"] != Comparator.BETWEEN and len(value) <= 12
    quoted = value if is_plain and world.draw(st.booleans()) else None
    return world.build(Citation, {"as_stated": quoted})


def _start_year(_: _World, fields: _Fields) -> SearchStrategy[int | None]:
    last = fields.get("end_year", fields.get("year")) or _LAST_YEAR
    near = [year for year in _period(fields) if year <= last] or [last]
    return st.none() | st.sampled_from(near) | years(max_value=last)


def _end_year(_: _World, fields: _Fields) -> SearchStrategy[int]:
    first = fields.get("start_year") or _FIRST_YEAR
    near = [year for year in reversed(_period(fields)) if year >= first] or [first]
    return st.sampled_from(near) | years(min_value=first)


def _period(fields: _Fields) -> tuple[int, int]:
    return (years_of(fields["plan"].period) if "plan" in fields else None) or (2021, 2025)


def _flags(_: _World, fields: _Fields) -> SearchStrategy[list[Flag]]:
    fitting = [each for each in Flag if fields["form"] == Form.LEVEL or each is not Flag.YEARLY]
    return st.lists(st.sampled_from(fitting), max_size=2, unique=True)


def _baseline_value(world: _World, fields: _Fields) -> SearchStrategy[Decimal] | None:
    if not (fields.get("baseline_year") or world.draw(st.booleans())):
        return None
    form = Form.RANK if fields["form"] == Form.RANK else Form.LEVEL
    low, most = _possible(form, fields.get("indicator"))
    return _VALUES[form] if low is None else values(low, most)


def _baseline_year(_: _World, fields: _Fields) -> SearchStrategy[int | None] | None:
    end = fields["end_year"]
    if fields.get("baseline_value") is None or end == _FIRST_YEAR:
        return None
    return st.none() | years(max(_FIRST_YEAR, end - 10), end - 1)


_FIELDS: dict[str, Callable[[_World, _Fields], Any]] = {
    "unit": _unit,
    "minimum": lambda *_: None,
    "maximum": lambda *_: None,
    "numerator": _part(0),
    "denominator": _part(1),
    "counted": _counted,
    "proxy": _proxy,
    "proxy_years": lambda _, fields: st.integers(1, 99) if fields.get("proxy") else None,
    "proxy_note": lambda _, fields: _NAMES if fields.get("proxy") else None,
    "groups": lambda world, _: tuple({world.refer(Region): None for _ in range(2)}),
    "region": _region,
    "period": _period_of,
    "plan": _plan,
    "title_zh": lambda _, fields: (
        _NAMES if fields.get("title_en", "") is None else st.none() | _NAMES
    ),
    "title_en": lambda _, fields: st.none() | _NAMES if fields["title_zh"] else _NAMES,
    "form": _fitting_form,
    "comparator": _comparator,
    "value": _value,
    "value_high": _value_high,
    "citation": _citation,
    "start_year": _start_year,
    "end_year": _end_year,
    "year": lambda _, fields: years(min_value=fields.get("start_year") or _FIRST_YEAR) | st.none(),
    "flags": _flags,
    "baseline_value": _baseline_value,
    "baseline_year": _baseline_year,
    "baseline_unit": lambda _, fields: units(fields["indicator"].unit),
}
# Other fields by name, where their type does not say enough.
_CONTENTS: dict[str, SearchStrategy[Any]] = {
    "aliases": st.lists(_NAMES.filter(lambda name: "|" not in name), max_size=2),
    **dict.fromkeys(("breakdown", "scope", "theme", "vintage"), _SLUGS),
    **dict.fromkeys(("date", "issued", "released"), _DATES),
    "horizon": years(),
    "order": st.integers(1, 99),
    "precision": values(min_value=0).filter(bool),
    "same_as": st.just(("SDG:9.5.1 https://example.org/9-5-1",)),
    **dict.fromkeys(("self_reported", "title_made_up"), st.booleans()),
    "url": st.from_regex(r"(https?://|urn:)[a-z0-9./?=&%#,;'|规划-]{1,30}", fullmatch=True),
}
_UNIQUE = {"name_en", "name_zh", "short_zh"}
# Optional fields that are drawn in every record, or for which a function above decides.
_ALWAYS = {
    "numerator", "denominator", "proxy", "title_zh", "title_en", "value_high", "start_year", "year",
    "baseline_value", "baseline_year",
}  # fmt: skip
_TYPES = {kind.noun: kind for kind in TABLES.values()} | {"citation": Citation}

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
    >>> once = settings(phases=[Phase.generate])
    >>> rank = find(records(Target, form="rank"), lambda target: target.value > 3, settings=once)
    >>> rank.value > 3, rank.unit
    (True, 'rank')
    """
    asked: object = kind
    expected = "Target, Region, … or a subclass"
    if not (isinstance(asked, type) and issubclass(asked, Record)):
        raise ArgumentTypeError(parameter="kind", value=brief(kind), expected=expected)
    if kind.noun not in _TYPES:
        raise MissingError(asked=f"strategy for {kind.__name__}", hint=f"expected {expected}")
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
    return Dataset(Records({}, Context()), tiers_of(tiers), "")


@st.composite
def datasets(
    draw: DrawFn,
    *,
    min_targets: int = 0,
    max_targets: int = 4,
    min_observations: int = 0,
    max_observations: int = 10,
    max_others: int = 3,
    units: str | SearchStrategy[str] = "",
    target_type: type[TargetT] = Target,  # type: ignore[assignment]
    observation_type: type[ObservationT] = Observation,  # type: ignore[assignment]
    region_type: type[RegionT] = Region,  # type: ignore[assignment]
    indicator_type: type[IndicatorT] = Indicator,  # type: ignore[assignment]
    own_fields: Mapping[str, SearchStrategy[Any]] | None = None,
) -> Dataset[TargetT, ObservationT, RegionT, IndicatorT]:
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
    target_type, observation_type, region_type, indicator_type
        Your own subclasses.
    own_fields
        Strategies for the own fields of these subclasses, by name; see :func:`records`.

    Examples
    --------
    >>> from hypothesis import Phase, find, settings
    >>> once = settings(phases=[Phase.generate])
    >>> plans = find(datasets(min_targets=2, max_observations=5), lambda _: True, settings=once)
    >>> len(plans.targets) >= 2, len(plans.observations) <= 5
    (True, True)
    """
    for name, least, most in (
        ("targets", min_targets, max_targets),
        ("observations", min_observations, max_observations),
    ):
        if most < least:
            hint = f"expected at least min_{name}={least}"
            raise ArgumentError(parameter=f"max_{name}", value=str(most), hint=hint)
    text = draw(units) if isinstance(units, SearchStrategy) else units
    kinds = (target_type, observation_type, region_type, indicator_type)
    check_kinds(dict(zip(TYPED, kinds, strict=True)))
    types: dict[str, Any] = {kind.noun: kind for kind in kinds}
    table = bundled_units().with_(text) if text else bundled_units()
    world = _World(draw, types=types, own_fields=own_fields, units=table, limit=max_others)
    world.build_some(Region, Indicator, Plan)
    for _ in range(draw(st.integers(min_targets, max_targets))):
        world.build_distinct(Target)
    outcomes = [fields for target in world.records(Target) for fields in _outcomes(world, target)]
    for fields in outcomes[:max_observations]:
        world.build_distinct(Observation, fields)
    count = len(world.records(Observation))
    fewest = max(min_observations - count, 0)
    for _ in range(draw(st.integers(fewest, max(fewest, min(2, max_observations - count))))):
        world.build_distinct(Observation)
    world.build_some(Source, Erratum, Vintage, Goal)
    if world.records(Target):
        world.build_some(Corroboration)
    _build_vintages(world)
    tables: dict[str, Any] = {name: world.records(kind) for name, kind in TABLES.items()}
    own_types = {f"{noun}_type": kind for noun, kind in types.items()}
    plans: Any = empty().extend(units=text, **tables, **own_types)
    return plans  # type: ignore[no-any-return]


def _build_vintages(world: _World) -> None:
    """Draw the vintages that observations name."""
    for observation in world.records(Observation):
        known = {
            (vintage.indicator.code, vintage.code, vintage.year)
            for vintage in world.records(Vintage)
        }
        indicator, code = observation.indicator, observation.vintage
        dated = {(indicator.code, code, year) for year in (observation.year, None)}
        if code is not None and not dated & known:
            world.build(Vintage, {"indicator": indicator, "code": code, "year": None})


def _outcomes(world: _World, target: Target) -> Iterator[dict[str, Any]]:
    """Draw the fields of outcomes: levels by year, or a figure of the form and span of the target."""
    start, end, value = target.start_year, target.end_year, target.value
    form, unit, outcome_years = target.form, target.unit, {(start or end) - 1, end - 1, end}
    is_growth = form not in {Form.LEVEL, Form.RANK}
    if is_growth and world.draw(st.booleans()):
        outcome_years = {end}
    else:
        start = None
        if is_growth:
            form, unit, value = Form.LEVEL, target.indicator.unit, Decimal(100)
    # Half of the value at the start, and almost as much as on a straight line in the last year but one.
    years_of_target = end - (target.start_year or end) + 1
    almost = 1 - round(Decimal("0.51") / years_of_target, 3)
    multiples = _MULTIPLES | st.just(almost)
    for year in sorted(outcome_years):
        if year >= _FIRST_YEAR and world.draw(st.booleans()):
            yield {
                "region": target.region,
                "indicator": target.indicator,
                "form": form,
                "comparator": Comparator.REACH,
                "value": _outcome(target, form, _multiple(value, world.draw(multiples))),
                "unit": unit,
                "start_year": start,
                "year": year,
            }


_MULTIPLES = st.sampled_from([Decimal(text) for text in ("1", "0.5", "0.99", "1.5", "-1", "2")])


def _outcome(target: Target, form: Form, value: Decimal) -> Decimal:
    """Return the value, or the nearest that the form and the indicator of a target can have."""
    if form is Form.RANK:
        return max(Decimal(1), value.to_integral_value())
    low, most = _possible(form, target.indicator)
    value = value if low is None else max(low, value)
    return value if most is None else min(most, value)


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


for _kind in _TYPES.values():
    st.register_type_strategy(_kind, records)
st.register_type_strategy(Dataset, _datasets_of)
