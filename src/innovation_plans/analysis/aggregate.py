"""The figures of several regions as one: the sum of amounts, the weighted mean of ratios.

Ratios need weights: 6% of a small economy and 2% of a large one are not 4% of both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from pydantic import Field

from ..codelists import Form
from ..errors import AmbiguousError, ArgumentError, IncomparableError, MissingError
from ..records import Indicator, Observation, Region
from ..records.fields import UnitText
from ..units.decimals import EXACT, in_own_context, rounded
from ..units.quantity import table_of
from .comparability import Figure, alike, scale, several, year_of
from .results import ResultPart

_ADDED = {Form.LEVEL, Form.CUMULATIVE, Form.INCREMENT}
# Dimensions whose sum has no meaning.
_NO_AMOUNTS = {"rank", "annual_growth", "multiple", "share_difference"}


class Aggregate(ResultPart):
    """The sum or weighted mean of figures of several regions, with its inputs."""

    indicator: str
    form: Form
    year: int | None
    regions: tuple[str, ...]
    value: Decimal
    unit: UnitText
    approximate: bool = Field(
        description="whether a figure that it is made from is stated as *about*"
    )
    method: str = Field(description="sum, or weighted_mean")
    weights: str | None = Field(default=None, description="indicator of the weights")
    inputs: tuple[str, ...]
    left_out: tuple[str, ...] = Field(
        default=(), description="regions that `where` was asked for, without a figure"
    )


@in_own_context
def aggregate(records: Iterable[Figure], weights: Iterable[Observation] | None = None) -> Aggregate:
    """Return the sum or weighted mean of the figures of several regions.

    Parameters
    ----------
    records
        Figures of one indicator, form and year, one per region. No region may be in another.
    weights
        For ratios: observations of the denominator, of one year, one per region: GDP for R&D
        intensity. For outcomes, of their year.

    Returns
    -------
    Aggregate
        The sum of amounts; the weighted mean of ratios, to 12 digits.

    Raises
    ------
    IncomparableError
        If ratios have no weights or those of another denominator (`factor` is the indicator that
        is missing) or year, or if the figures are ranks, growth or bounds.
    AmbiguousError
        If a region has two figures, or two weights, or a record is given twice.
    ArgumentError
        If there are weights for a sum.
    MissingError
        If a region has no weight.

    Examples
    --------
    >>> from innovation_plans import load
    >>> plans = load()
    >>> east = plans.observations.where(region=["SH", "ZJ"], indicator="rd_intensity", year=2023,
    ...                                 vintage="revised_2025")
    >>> gdp = plans.observations.where(region=["SH", "ZJ"], indicator="gdp", year=2023,
    ...                                vintage="after_census_5")
    >>> aggregate(east)
    Traceback (most recent call last):
    ...
    innovation_plans.errors.IncomparableError: cannot combine rd_intensity of Shanghai with
    rd_intensity of Zhejiang: they do not measure the same; the missing factor is in gdp; a mean of
    ratios needs weights=, observations of gdp by region
    >>> str(aggregate(east, weights=gdp).value)
    '3.42138589489'
    """
    figures = alike(records)
    left_out = getattr(records, "absent", ())
    indicator, form = figures[0].indicator, figures[0].form
    _require_addable(figures)
    if not _is_ratio(indicator):
        if weights is not None:
            hint = f"{indicator.code} is an amount: its sum needs none"
            raise ArgumentError(parameter="weights", value="observations", hint=hint)
        unit = indicator.unit_in(form)
        total = sum((_number(figure, unit) for figure in figures), Decimal(0))
        return _aggregate(figures, total, unit, (), "sum", left_out=left_out)
    if weights is None:
        raise _unweighted(figures)
    chosen = _weights_of(figures, several("weights", weights, "observations"))
    mean = _mean(figures, chosen)
    return _aggregate(figures, mean, indicator.unit, chosen, "weighted_mean", left_out=left_out)


def _require_addable(figures: Sequence[Figure]) -> None:
    """Raise an error for ranks, growth, bounds, and a region that occurs twice or in another."""
    first = figures[0]
    share = _is_ratio(first.indicator) and first.form is not Form.LEVEL
    if first.form not in _ADDED or share or not _is_amount(first):
        raise IncomparableError(
            left=first.key, right="a total", hint=f"{first.form} in {first.unit} has no total"
        )
    seen: dict[str, Figure] = {}
    for figure in figures:
        if figure.indicator != first.indicator:
            raise IncomparableError(left=first.key, right=figure.key, hint="take one indicator")
        if not figure.comparator.plain:
            raise IncomparableError(left=figure.key, right="a total", hint="it is only a bound")
        other = seen.get(figure.region.code)
        seen[figure.region.code] = figure
        if other is not None:
            raise AmbiguousError(
                asked=f"one figure of {figure.region.code}", matches=[other.key, figure.key]
            )
    for figure in figures:
        for outer in _containing(figure.region):
            if outer.code in seen:
                raise IncomparableError(
                    left=figure.key, right=seen[outer.code].key, hint="one region lies in the other"
                )


def _containing(region: Region) -> list[Region]:
    """Return the regions and groups that a region is part of."""
    outer = list(region.groups)
    while region.parent is not None:
        region = region.parent
        outer += [region, *region.groups]
    return outer


def _is_ratio(indicator: Indicator) -> bool:
    dimension = table_of(indicator.unit).unit(indicator.unit).dimension
    return indicator.denominator is not None or [power for _, power in dimension] != [1]


def _is_amount(figure: Figure) -> bool:
    """Return whether figures of this unit add up; an index number (``index_1978_100``) never does."""
    dimension = table_of(figure.unit).unit(figure.unit).dimension
    return not any(name in _NO_AMOUNTS or name.startswith("index_") for name, _ in dimension)


def _number(figure: Figure, unit: str) -> Decimal:
    return EXACT.multiply(figure.value, scale(figure.unit, unit))


def _unweighted(figures: Sequence[Figure]) -> IncomparableError:
    indicator = figures[0].indicator
    weights = indicator.denominator.code if indicator.denominator else ""
    return IncomparableError(
        left=f"{indicator.code} of {figures[0].region.name_en}",
        right=f"{indicator.code} of {figures[-1].region.name_en}",
        factor=weights,
        hint=f"a mean of ratios needs weights=, observations of {weights or 'its denominator'} "
        "by region",
    )


def _weights_of(
    figures: Sequence[Figure], weights: Sequence[Observation]
) -> tuple[Observation, ...]:
    """Return the weight of each figure, in the order of the figures."""
    wanted = figures[0].indicator.denominator
    by_region: dict[str, Observation] = {}
    for weight in weights:
        if wanted is not None and weight.indicator.code != wanted.code:
            raise IncomparableError(
                left=figures[0].indicator.code,
                right=weight.indicator.code,
                factor=wanted.code,
                hint=f"its denominator is {wanted.code}",
            )
        if by_region.setdefault(weight.region.code, weight) is not weight:
            raise AmbiguousError(
                asked=f"one weight of {weight.region.code}",
                matches=[by_region[weight.region.code].key, weight.key],
            )
    for figure in figures:
        if figure.region.code not in by_region:
            raise MissingError(asked=f"weight of {figure.region.code} ({figure.region.name_en})")
    chosen = _require_levels([by_region[figure.region.code] for figure in figures])
    if isinstance(figures[0], Observation) and year_of(chosen[0]) != year_of(figures[0]):
        hint = f"the weights of outcomes are of their year: where(year={year_of(figures[0])})"
        raise IncomparableError(left=figures[0].key, right=chosen[0].key, hint=hint)
    return chosen


def _require_levels(weights: Sequence[Observation]) -> tuple[Observation, ...]:
    """Return the weights, if they are levels of one year above zero."""
    for weight in alike(weights):
        if weight.form is not Form.LEVEL or weight.value <= 0:
            raise IncomparableError(
                left=weight.key, right="a weight", hint="a weight is above zero"
            )
    return tuple(weights)


def _mean(figures: Sequence[Figure], weights: Sequence[Observation]) -> Decimal:
    """Return the mean of the figures, weighted by their denominators."""
    unit, weight_unit = figures[0].indicator.unit, weights[0].unit
    total, total_weight = Decimal(0), Decimal(0)
    for figure, observation in zip(figures, weights, strict=True):
        weight = _number(observation, weight_unit)
        total += EXACT.multiply(_number(figure, unit), weight)
        total_weight += weight
    return rounded(EXACT.divide(total, total_weight))


def _aggregate(
    figures: Sequence[Figure],
    value: Decimal,
    unit: str,
    weights: Sequence[Observation],
    method: str,
    *,
    left_out: tuple[str, ...],
) -> Aggregate:
    return Aggregate(
        indicator=figures[0].indicator.code,
        form=figures[0].form,
        year=year_of(figures[0]),
        regions=tuple(figure.region.code for figure in figures),
        value=value,
        unit=unit,
        approximate=any(figure.comparator.approximate for figure in figures),
        method=method,
        weights=weights[0].indicator.code if weights else None,
        inputs=tuple(record.key for record in (*figures, *weights)),
        left_out=left_out,
    )
