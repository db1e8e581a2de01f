"""Whether figures can be compared, in which unit and by which method.

Compared figures have one kind, form, year and basis. Only a factor of the caller converts figures
of another basis.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from ..codelists import Form, RegionKind
from ..dataset.where import Some, listed
from ..errors import (
    AmbiguousError,
    ArgumentTypeError,
    FigureError,
    IncomparableError,
    MissingError,
    expect,
)
from ..records import Indicator, Observation, Region, Target
from ..records.base import Frozen
from ..records.reference import years_of
from ..units.decimals import EXACT, Number, plain
from ..units.quantity import Quantity, incomparable, magnitude_in, quantity, same_measure, table_of

Figure = Target | Observation
Factor = Quantity | str | Mapping[str, Quantity | str]
Measure = Literal["value", "distance", "ratio", "growth"]

# Without a choice of the caller, the first of these kinds that the figures have is ranked.
KINDS_BY_DEFAULT = (RegionKind.PROVINCE, RegionKind.CITY, RegionKind.NATION, RegionKind.GROUP)

Ends = tuple[Number, Number]
# What a check takes for ordinary, in percent a year.
# GDP of the nation at current prices grew by 8.1 in 2016-2020 and 6.3 in 2021-2025.
ORDINARY_GROWTH: Ends = (5, 9)
ORDINARY_PRICES: Ends = (0, 3)

WHOLE_SPANS = {Form.CUMULATIVE, Form.INCREMENT, Form.MULTIPLE}
# The difference of two figures in one of these units is in percentage points.
SHARE_UNITS = frozenset({"percent", "percent_per_year", "percentage_point"})


class CommonUnit(NamedTuple):
    """The indicator and unit that all figures are compared in, and the factor of the caller."""

    indicator: Indicator
    unit: str
    factor: Factor | None = None

    def conversion(self, figure: Figure) -> tuple[Decimal, str] | None:
        """Return what a number of `figure` is multiplied by, and the text of the factor used.

        None if the figure has another basis and no factor was given for its region.
        """
        if same_measure(figure.unit, self.unit):
            return scale(figure.unit, self.unit), ""
        factor = _factor_for(figure, self.factor)
        if factor is None:
            return None
        multiplier = _multiplier(factor, figure.unit, self.unit)
        if multiplier is None:
            raise _not_comparable(self.unit, figure.unit, self.unit, _named(figure))
        return multiplier, f"factor {plain(Decimal(str(factor.magnitude)))} {factor.units}"


def alike(records: Iterable[Figure]) -> tuple[Figure, ...]:
    """Return the records, if they are of one kind, form, span, breakdown and scope.

    Raises
    ------
    MissingError
        If there are none.
    AmbiguousError
        If they differ in form, year, span, breakdown, scope or vintage; says what to filter on.
    IncomparableError
        If targets and observations are mixed.
    """
    figures: tuple[Figure, ...] = several("records", records, "targets or observations")
    if not figures:
        raise MissingError(asked="record to compare", hint="use fewer filters")
    for key, count in Counter(figure.key for figure in figures).items():
        if count > 1:
            raise AmbiguousError(asked=f"one record {key}", matches=[key] * count)
    targets = [figure for figure in figures if isinstance(figure, Target)]
    observed = [figure for figure in figures if isinstance(figure, Observation)]
    if targets and observed:
        raise IncomparableError(
            left=targets[0].key, right=observed[0].key, hint="compare targets, or observations"
        )
    _one("form", {figure.form for figure in figures}, "where(form=…) or --form")
    scopes = {figure.scope or "the whole" for figure in figures}
    _one("scope", scopes, "where(scope=…), or filter(lambda record: not record.scope)")
    if targets:
        _one("end year", {figure.end_year for figure in targets}, "where(end_year=…) or --end-year")
        whole = {figure.breakdown or "the whole" for figure in targets}
        _one(
            "breakdown", whole, "where(breakdown=…), or filter(lambda target: not target.breakdown)"
        )
    else:
        _one("year", {figure.year for figure in observed if figure.year}, "where(year=…) or --year")
        _one_vintage(observed)
    if figures[0].form in WHOLE_SPANS:
        starts = {str(figure.start_year) for figure in figures}
        _one("first year", starts, "filter(lambda record: record.start_year == …)")
    return figures


def several(parameter: str, records: Any, expected: str) -> tuple[Any, ...]:
    """Return several targets or observations.

    Raises
    ------
    ArgumentTypeError
        If the value of the parameter is something else, or one record.
    """
    hint = "plans.targets.where(…) and plans.observations.where(…) choose them"
    expect(parameter, records, "__iter__", expected, hint=hint)
    if isinstance(records, Frozen):
        kind = f"one {type(records).__name__}"
        raise ArgumentTypeError(parameter=parameter, value=kind, expected=f"several {expected}")
    rows = tuple(records)
    for row in rows:
        if not isinstance(row, Target | Observation):
            found = row if isinstance(records, list | tuple) else records
            hint = "plans.extend(…) makes records of a data frame"
            is_frame = hasattr(records, "columns")
            expect(parameter, found, "", expected, hint=hint if is_frame else "")  # always raises
    return rows


def year_of(figure: Figure) -> int | None:
    """Return the end year of a target, or the year of an observation."""
    return figure.end_year if isinstance(figure, Target) else figure.year


def kinds_to_rank(figures: Iterable[Figure], kinds: Some) -> frozenset[object]:
    """Return the kinds of regions that are ranked: those asked for, else one kind.

    Raises
    ------
    MissingError
        If there is no such kind.
    """
    asked = kinds_asked(kinds)
    if asked is not None:
        return asked
    present = {figure.region.kind for figure in figures}
    return frozenset({min(present, key=KINDS_BY_DEFAULT.index)})


def kinds_asked(kinds: Some) -> frozenset[object] | None:
    """Return the kinds of regions that the caller asks for; None if the caller does not.

    Raises
    ------
    MissingError
        If there is no such kind.
    """
    asked = listed(RegionKind, lambda figure: figure.region.kind, kinds)
    return None if asked is None else asked[1]


def is_annual(figure: Figure) -> bool:
    """Return whether a figure is a target of a plan for one year."""
    years = years_of(figure.period) if isinstance(figure, Target) else None
    return years is not None and years[0] == years[-1]


def nation_of(region: Region) -> Region | None:
    """Return the nation that a region lies in; the region itself if it is one."""
    nation: Region | None = region
    while nation is not None and nation.kind is not RegionKind.NATION:
        nation = nation.parent
    return nation


def common_unit(figures: Sequence[Figure], factor: Factor | None, unit: str | None) -> CommonUnit:
    """Return the indicator and unit that all figures can be compared in.

    Raises
    ------
    IncomparableError
        If they measure different things; `factor` of the error names what would convert them.
    """
    _require_quantities(factor, figures)
    form = figures[0].form
    indicators = {figure.indicator.code: figure.indicator for figure in figures}
    units = {code: indicator.unit_in(form) for code, indicator in indicators.items()}
    options = [
        CommonUnit(
            indicator, "percent" if same_measure(units[code], "percent") else units[code], factor
        )
        for code, indicator in sorted(indicators.items())
    ]
    if len(options) == 1:
        return options[0]
    for position, left in enumerate(options):
        for right in options[position + 1 :]:
            _require_different_units(left, right)
    # The basis asked for comes first; else the one that the factor leads to.
    options.sort(key=lambda option: unit is None or not same_measure(option.unit, unit))
    for option in options:
        is_asked = unit is not None and same_measure(option.unit, unit)
        if _all_convert(option, figures, is_asked=is_asked):
            return option
    first = figures[0]
    second = next(figure for figure in figures if figure.indicator != first.indicator)
    raise _not_comparable(first.unit, second.unit, _named(first), _named(second))


def _require_quantities(factor: object, figures: Sequence[Figure]) -> None:
    """Raise an error for a factor that is no quantity, also where none is needed."""
    for each in factor.values() if isinstance(factor, Mapping) else [factor]:
        if isinstance(each, str):
            quantity(each, table=table_of(figures[0].unit))
        elif each is not None:
            expect("factor", each, "magnitude", "a quantity, or one for each region")


def unit_asked(name: str, figures: Sequence[Figure]) -> str:
    """Return the unit with a name, from the units of the figures: own units included.

    Raises
    ------
    FigureError
        If there is no such unit.
    """
    table = table_of(*(figure.unit for figure in figures))
    unit = table.unit(name).name
    return table.token(unit) if unit in table else unit


def scale(source: str, target: str) -> Decimal:
    """Return what a number in one unit is multiplied by to be in another.

    Raises
    ------
    IncomparableError
        If the units do not measure the same; names the missing factor.
    """
    factor = table_of(source, target).factor(source, target)
    if factor is None:
        raise _not_comparable(target, source, target, source)
    return EXACT.divide(Decimal(factor.numerator), factor.denominator)


def difference_unit(unit: str) -> str:
    """Return the unit of the difference of two figures: percentage points between shares."""
    return "percentage_point" if unit in SHARE_UNITS else unit


def method_of(measure: Measure, form: Form, unit: str) -> tuple[str, str]:
    """Return the method of a measure for figures of a form and unit, and the unit of the result.

    Shares change in points, because a percentage of a percentage misleads; growth of amounts is
    compound. For growth targets, growth is the figure itself; for increments, the distance is.

    Raises
    ------
    IncomparableError
        If the measure is not defined: ranks have no growth, growth has no distance.
    """
    if measure == "value":
        return "value", unit
    if measure == "ratio" and form is not Form.RANK:
        return "ratio", "percent"
    is_share = any(same_measure(unit, share) for share in SHARE_UNITS)
    if measure == "distance" and form in {Form.LEVEL, Form.RANK, Form.INCREMENT}:
        method = "increment" if form is Form.INCREMENT else "distance"
        return method, "percentage_point" if is_share else unit
    growth = _growth_methods(is_share=is_share).get(form) if measure == "growth" else None
    if growth is None:
        raise IncomparableError(
            left=f"figures of the form {form}",
            right=f"the measure {measure}",
            hint='pass measure="value" (or --measure value)',
        )
    return growth


def _growth_methods(*, is_share: bool) -> dict[Form, tuple[str, str]]:
    growth = "percent_per_year"
    return {
        Form.LEVEL: ("points", "percentage_point") if is_share else ("compound", growth),
        Form.INCREMENT: ("even", "percentage_point") if is_share else ("grown", growth),
        Form.MULTIPLE: ("multiple", growth),
        Form.ANNUAL_GROWTH: ("rate", growth),
        Form.AVERAGE_GROWTH: ("rate", growth),
    }


def _one(noun: str, values: Iterable[object], hint: str) -> None:
    names = sorted(map(str, values))
    if len(names) > 1:
        raise AmbiguousError(
            asked=f"one {noun} to compare", matches=names, hint=f"choose one with {hint}"
        )


def _one_vintage(observations: Sequence[Observation]) -> None:
    """Raise AmbiguousError for a region with several vintages of its figure."""
    vintages: dict[str, set[str]] = {}
    for observation in observations:
        if observation.vintage:
            vintages.setdefault(observation.region.code, set()).add(observation.vintage)
    for region, names in vintages.items():
        _one(f"vintage of {region}", names, "where(vintage=…), as_of(…) or --vintage")


def _require_different_units(left: CommonUnit, right: CommonUnit) -> None:
    """Raise an error for two indicators of one unit: no factor converts one to the other."""
    if same_measure(left.unit, right.unit):
        raise IncomparableError(
            left=left.indicator.code,
            right=right.indicator.code,
            hint="compare one indicator; choose it with where(indicator=…) or --indicator",
        )


def _all_convert(common: CommonUnit, figures: Sequence[Figure], *, is_asked: bool) -> bool:
    """Return whether the factors convert the figures of the other indicators to the common unit."""
    others = [figure for figure in figures if figure.indicator != common.indicator]
    factors = [(figure, _factor_for(figure, common.factor)) for figure in others]
    multipliers = [
        _multiplier(factor, figure.unit, common.unit, both_ways=is_asked)
        for figure, factor in factors
        if factor is not None
    ]
    return bool(multipliers) and None not in multipliers


def _factor_for(figure: Figure, factor: Factor | None) -> Quantity | None:
    if isinstance(factor, Mapping):
        factor = factor.get(figure.region.code)
    if isinstance(factor, str):
        return quantity(factor, table=table_of(figure.unit))
    return factor


def _multiplier(
    factor: Quantity, source: str, target: str, *, both_ways: bool = True
) -> Decimal | None:
    """Return what a number is multiplied by from one unit to the other; None if the factor has another unit."""
    table = table_of(source, target)
    try:
        return _positive(magnitude_in(factor, f"{target} / {source}", table=table), factor)
    except IncomparableError:
        if not both_ways:
            return None
    try:
        return EXACT.divide(
            1, _positive(magnitude_in(factor, f"{source} / {target}", table=table), factor)
        )
    except IncomparableError:
        return None


def _positive(number: Decimal, factor: Quantity) -> Decimal:
    if not number.is_finite() or number <= 0:
        raise FigureError(text=str(factor), position=0, expected="a factor above zero")
    return number


def _named(figure: Figure) -> str:
    return f"{plain(figure.value)} {figure.unit} ({figure.region.name_en})"


def _not_comparable(unit: str, other_unit: str, left: str, right: str) -> IncomparableError:
    """Return the error, with the factor that the right side is to be multiplied by."""
    return incomparable(left, right, (unit, other_unit))
