"""One figure of several regions: amounts are added up, ratios need weights.

A mean of ratios without weights is the ratio of nothing: 6% of a small economy and 2% of a
large one are not 4% of both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field

from ..codelists import Comparator, Form
from ..errors import AmbiguousError, IncomparableError, MissingError
from ..records import Indicator, Observation, Region
from ..records.fields import UnitText
from ..units.decimals import EXACT, in_own_context, rounded
from ..units.quantity import table_of
from .comparability import Figure, alike, scale, year_of

__all__ = ["Aggregate", "aggregate"]

_ADDED = {Form.LEVEL, Form.CUMULATIVE, Form.INCREMENT}
# Dimensions of their own of which a sum means nothing.
_NO_AMOUNTS = {"rank", "annual_growth", "multiple", "share_difference"}


class Aggregate(BaseModel):
    """One figure of several regions, with what it was made from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    indicator: str
    form: Form
    year: int | None
    regions: tuple[str, ...]
    value: Decimal
    unit: UnitText
    approximate: bool = Field(description="whether a figure behind it is stated as *about*")
    method: str = Field(description="sum, or weighted_mean")
    weights: str | None = Field(None, description="indicator of the weights")
    inputs: tuple[str, ...]


@in_own_context
def aggregate(records: Iterable[Figure], weights: Iterable[Observation] | None = None) -> Aggregate:
    """The figure of several regions together.

    Parameters
    ----------
    records
        Figures of one indicator, form and year, one a region; no region lies in another.
    weights
        For ratios: the denominator by region, of one year, such as GDP for R&D intensity.

    Returns
    -------
    Aggregate
        The sum of amounts; the weighted mean of ratios, to 12 digits.

    Raises
    ------
    IncomparableError
        If ratios come without weights or with another denominator's (`factor` names the
        indicator that is missing), if the figures are ranks or growth, or only bounds.
    AmbiguousError
        If a region has two figures, or two weights.
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
    given = alike(records)
    indicator, form = given[0].indicator, given[0].form
    _addable(given)
    if not _is_ratio(indicator):
        unit = indicator.unit_in(form)
        total = sum((_number(each, unit) for each in given), Decimal(0))
        return _made(given, total, unit, (), "sum")
    if weights is None:
        raise _unweighted(given)
    found = _weights_of(given, tuple(weights))
    return _made(given, _mean(given, found), indicator.unit, found, "weighted_mean")


def _addable(given: Sequence[Figure]) -> None:
    """Refuse what cannot be put together: ranks, growth, bounds, a region twice or in another."""
    first = given[0]
    share = _is_ratio(first.indicator) and first.form is not Form.LEVEL
    if first.form not in _ADDED or share or not _is_amount(first):
        raise IncomparableError(
            left=first.key, right="a total", hint=f"{first.form} in {first.unit} has no total"
        )
    seen: dict[str, Figure] = {}
    for each in given:
        if each.indicator != first.indicator:
            raise IncomparableError(left=first.key, right=each.key, hint="take one indicator")
        if each.comparator not in {Comparator.REACH, Comparator.ABOUT}:
            raise IncomparableError(left=each.key, right="a total", hint="it is only a bound")
        other = seen.setdefault(each.region.code, each)
        if other is not each:
            raise AmbiguousError(
                asked=f"one figure of {each.region.code}", matches=[other.key, each.key]
            )
    for each in given:
        for outer in _around(each.region):
            if outer.code in seen:
                raise IncomparableError(
                    left=each.key, right=seen[outer.code].key, hint="one region lies in the other"
                )


def _around(region: Region) -> list[Region]:
    """The regions and groups that a region lies in."""
    found = list(region.groups)
    while region.parent is not None:
        region = region.parent
        found.append(region)
        found += region.groups
    return found


def _is_ratio(indicator: Indicator) -> bool:
    dimension = table_of(indicator.unit).unit(indicator.unit).dimension
    return indicator.denominator is not None or [power for _, power in dimension] != [1]


def _is_amount(figure: Figure) -> bool:
    """Whether figures of this unit add up; an index number (``index_1978_100``) never does."""
    dimension = table_of(figure.unit).unit(figure.unit).dimension
    return not any(name in _NO_AMOUNTS or name.startswith("index_") for name, _ in dimension)


def _number(figure: Figure, unit: str) -> Decimal:
    return EXACT.multiply(figure.value, scale(figure.unit, unit))


def _unweighted(given: Sequence[Figure]) -> IncomparableError:
    indicator = given[0].indicator
    named = indicator.denominator.code if indicator.denominator else ""
    return IncomparableError(
        left=f"{indicator.code} of {given[0].region.name_en}",
        right=f"{indicator.code} of {given[-1].region.name_en}",
        factor=named,
        hint=f"a mean of ratios needs weights=, observations of {named or 'its denominator'} "
        "by region",
    )


def _weights_of(given: Sequence[Figure], weights: Sequence[Observation]) -> tuple[Observation, ...]:
    """The weight of each figure, in the order of the figures."""
    wanted = given[0].indicator.denominator
    by_region: dict[str, Observation] = {}
    for each in weights:
        if wanted is not None and each.indicator.code != wanted.code:
            raise IncomparableError(
                left=given[0].indicator.code,
                right=each.indicator.code,
                factor=wanted.code,
                hint=f"its denominator is {wanted.code}",
            )
        if by_region.setdefault(each.region.code, each) is not each:
            raise AmbiguousError(
                asked=f"one weight of {each.region.code}",
                matches=[by_region[each.region.code].key, each.key],
            )
    for figure in given:
        if figure.region.code not in by_region:
            raise MissingError(asked=f"weight of {figure.region.code} ({figure.region.name_en})")
    return _plain_weights([by_region[each.region.code] for each in given])


def _plain_weights(weights: Sequence[Observation]) -> tuple[Observation, ...]:
    """The weights, if they are plain levels of one year."""
    for each in alike(weights):
        if each.form is not Form.LEVEL or each.value <= 0:
            raise IncomparableError(left=each.key, right="a weight", hint="a weight is above zero")
    return tuple(weights)


def _mean(given: Sequence[Figure], weights: Sequence[Observation]) -> Decimal:
    """The mean of the figures, each counted as often as its denominator is large."""
    unit, weight_unit = given[0].indicator.unit, weights[0].unit
    total, over = Decimal(0), Decimal(0)
    for figure, weight in zip(given, weights, strict=True):
        size = _number(weight, weight_unit)
        total += EXACT.multiply(_number(figure, unit), size)
        over += size
    return rounded(EXACT.divide(total, over))


def _made(
    given: Sequence[Figure],
    value: Decimal,
    unit: str,
    weights: Sequence[Observation],
    method: str,
) -> Aggregate:
    return Aggregate(
        indicator=given[0].indicator.code,
        form=given[0].form,
        year=year_of(given[0]),
        regions=tuple(each.region.code for each in given),
        value=value,
        unit=unit,
        approximate=any(each.comparator is Comparator.ABOUT for each in given),
        method=method,
        weights=weights[0].indicator.code if weights else None,
        inputs=tuple(each.key for each in (*given, *weights)),
    )
