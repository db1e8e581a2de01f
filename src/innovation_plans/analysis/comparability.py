"""Whether figures can be set beside one another at all, and in which unit.

What is compared is of one kind, form, year and basis; a factor that the caller gives may carry
one basis over to another, and nothing else may.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from ..codelists import Form, RegionKind
from ..errors import AmbiguousError, FigureError, IncomparableError, MissingError
from ..records import Indicator, Observation, Region, Target
from ..units.decimals import EXACT, plain
from ..units.quantity import Quantity, incomparable, magnitude_in, quantity, same_measure, table_of

__all__ = [
    "Factor",
    "Figure",
    "Ground",
    "alike",
    "ground_of",
    "nation_of",
    "scale",
    "unit_asked",
    "year_of",
]

Figure = Target | Observation
Factor = Quantity | str | Mapping[str, Quantity | str]

_WHOLE_SPANS = {Form.CUMULATIVE, Form.INCREMENT, Form.MULTIPLE}


class Ground(NamedTuple):
    """The indicator and unit that all figures are set on, and what carries the others there."""

    indicator: Indicator
    unit: str
    factor: Factor | None = None

    def carried(self, figure: Figure) -> tuple[Decimal, str] | None:
        """What turns a number of `figure` into the common unit, and the factor used, in words.

        None if the figure has another basis and no factor was given for its region.
        """
        if same_measure(figure.unit, self.unit):
            return scale(figure.unit, self.unit), ""
        found = _factor_for(figure, self.factor)
        if found is None:
            return None
        multiplier = _multiplier(found, figure.unit, self.unit)
        if multiplier is None:
            raise _refused(self.unit, figure.unit, self.unit, _named(figure))
        return multiplier, f"factor {plain(Decimal(str(found.magnitude)))} {found.units}"


def alike(records: Iterable[Figure]) -> tuple[Figure, ...]:
    """The records, if they are of one kind, form, span, breakdown and scope.

    Raises
    ------
    MissingError
        If there are none.
    AmbiguousError
        If they differ in form, year, span, breakdown, scope or vintage; says what to filter on.
    IncomparableError
        If targets and observations are mixed.
    """
    given = tuple(records)
    if not given:
        raise MissingError(asked="record to compare", hint="widen the question")
    targets = [each for each in given if isinstance(each, Target)]
    observed = [each for each in given if isinstance(each, Observation)]
    if targets and observed:
        raise IncomparableError(
            left=targets[0].key, right=observed[0].key, hint="compare targets, or observations"
        )
    _one("form", {each.form for each in given}, "where(form=…)")
    scopes = {each.scope or "the whole" for each in given}
    _one("scope", scopes, "where(scope=…), or filter(lambda each: not each.scope)")
    if targets:
        _one("end year", {each.end_year for each in targets}, "where(end_year=…)")
        whole = {each.breakdown or "the whole" for each in targets}
        _one("breakdown", whole, "where(breakdown=…), or filter(lambda each: not each.breakdown)")
    else:
        _one("year", {each.year for each in observed if each.year}, "where(year=…)")
        _one_vintage(observed)
    if given[0].form in _WHOLE_SPANS:
        starts = {str(each.start_year) for each in given}
        _one("first year", starts, "filter(lambda each: each.start_year == …)")
    return given


def year_of(figure: Figure) -> int | None:
    """The end year of a target, or the year of an observation."""
    return figure.end_year if isinstance(figure, Target) else figure.year


def nation_of(region: Region) -> Region | None:
    """Return the nation that a region lies in; the region itself if it is one."""
    nation: Region | None = region
    while nation is not None and nation.kind is not RegionKind.NATION:
        nation = nation.parent
    return nation


def ground_of(figures: Sequence[Figure], factor: Factor | None, unit: str | None) -> Ground:
    """What the figures have in common.

    Raises
    ------
    IncomparableError
        If they measure different things; `factor` of the error names what would bridge them.
    """
    form = figures[0].form
    kinds = {each.indicator.code: each.indicator for each in figures}
    units = {code: each.unit_in(form) for code, each in kinds.items()}
    grounds = [
        Ground(each, "percent" if same_measure(units[code], "percent") else units[code], factor)
        for code, each in sorted(kinds.items())
    ]
    if len(grounds) == 1:
        return grounds[0]
    for at, one in enumerate(grounds):
        for other in grounds[at + 1 :]:
            _differ(one, other)
    # The basis asked for comes first; else the one that the factor leads to.
    grounds.sort(key=lambda each: unit is None or not same_measure(each.unit, unit))
    for ground in grounds:
        if _reached(ground, figures, asked=unit is not None and same_measure(ground.unit, unit)):
            return ground
    left, right = figures[0], next(e for e in figures if e.indicator != figures[0].indicator)
    raise _refused(left.unit, right.unit, _named(left), _named(right))


def unit_asked(name: str, figures: Sequence[Figure]) -> str:
    """The unit that `name` means to those who gave the figures: their own ones included.

    Raises
    ------
    FigureError
        If it is no unit.
    """
    table = table_of(*(each.unit for each in figures))
    found = table.unit(name).name
    return table.token(found) if found in table else found


def scale(source: str, target: str) -> Decimal:
    """What a number in one unit is multiplied by to be in another.

    Raises
    ------
    IncomparableError
        If the units do not measure the same; names the missing factor.
    """
    factor = table_of(source, target).factor(source, target)
    if factor is None:
        raise _refused(target, source, target, source)
    return EXACT.divide(Decimal(factor.numerator), factor.denominator)


def _one(noun: str, found: Iterable[object], hint: str) -> None:
    named = sorted(map(str, found))
    if len(named) > 1:
        raise AmbiguousError(
            asked=f"one {noun} to compare", matches=named, hint=f"narrow by {hint}"
        )


def _one_vintage(observed: Sequence[Observation]) -> None:
    """A region has one figure in each vintage: several of them are not several figures."""
    vintages: dict[str, set[str]] = {}
    for each in observed:
        if each.vintage:
            vintages.setdefault(each.region.code, set()).add(each.vintage)
    for region, found in vintages.items():
        _one(f"vintage of {region}", found, "where(vintage=…) or as_of(…)")


def _differ(one: Ground, other: Ground) -> None:
    """Refuse two indicators of one unit: there is no basis between them to bridge."""
    if same_measure(one.unit, other.unit):
        raise IncomparableError(
            left=one.indicator.code,
            right=other.indicator.code,
            hint="compare one indicator: narrow by where(indicator=…)",
        )


def _reached(ground: Ground, figures: Sequence[Figure], *, asked: bool) -> bool:
    """Whether the factors given lead to this ground from every other one."""
    others = [each for each in figures if each.indicator != ground.indicator]
    found = [(each, _factor_for(each, ground.factor)) for each in others]
    units = [
        _multiplier(factor, each.unit, ground.unit, both_ways=asked)
        for each, factor in found
        if factor is not None
    ]
    return bool(units) and None not in units


def _factor_for(figure: Figure, factor: Factor | None) -> Quantity | None:
    if isinstance(factor, Mapping):
        factor = factor.get(figure.region.code)
    if isinstance(factor, str):
        return quantity(factor, table=table_of(figure.unit))
    return factor


def _multiplier(
    factor: Quantity, source: str, target: str, *, both_ways: bool = True
) -> Decimal | None:
    """The number that a factor multiplies by, or divides by, between two units."""
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


def _refused(unit: str, other: str, left: str, right: str) -> IncomparableError:
    """The refusal, with the factor that the right side is to be multiplied by."""
    return incomparable(left, right, (unit, other))
