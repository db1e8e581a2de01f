"""What one record or assumption says of a level, ready for arithmetic."""

from __future__ import annotations

from collections.abc import Iterable

from ..codelists import Caveat, Comparator, Form, Tier
from ..records import Indicator, Observation, Region, Target
from ..text.implied import Origin
from ..units.quantity import convert, same_measure
from ..units.table import UnitTable
from .matching import agree
from .operands import Assumption, Level, Operand

__all__ = ["of_assumption", "of_baseline", "of_observation", "of_target"]

_PLAIN = {Comparator.REACH, Comparator.BETWEEN}


def of_target(target: Target, *, disputed: bool = False) -> Level:
    """The figure of a target; `disputed` where another text prints another."""
    return Level(
        value=target.value,
        high=target.value_high,
        unit=target.unit,
        comparator=target.comparator,
        expression=f"{target.indicator.code}({target.end_year})",
        operands=(_operand(target, target.region, target.end_year),),
        caveats=_applying(
            (disputed, Caveat.TARGET_CONFLICT),
            (target.citation.source.tier is Tier.D, Caveat.WEAK_SOURCE),
            (target.erratum is not None, Caveat.CORRECTED_FIGURE),
        ),
    )


def of_observation(seen: Observation, others: Iterable[Observation] = ()) -> Level:
    """The figure of an observation; the `others` are further vintages of it."""
    year = seen.year or 0
    return Level(
        value=seen.value,
        high=seen.value_high,
        unit=seen.unit,
        comparator=None if seen.comparator is Comparator.REACH else seen.comparator,
        expression=f"{seen.indicator.code}({year})",
        operands=(_operand(seen, seen.region, year),),
        caveats=_applying(
            (any(not agree(each, seen) for each in others), Caveat.OTHER_VINTAGE),
            (seen.self_reported, Caveat.SELF_REPORTED),
            (seen.comparator not in _PLAIN, Caveat.APPROXIMATE),
            (seen.citation.source.tier is Tier.D, Caveat.WEAK_SOURCE),
            (seen.erratum is not None, Caveat.CORRECTED_FIGURE),
        ),
    )


def of_assumption(
    each: Assumption, indicator: Indicator, region: Region, table: UnitTable
) -> Level:
    """The figure of an assumption.

    Raises
    ------
    IncomparableError
        If its unit does not measure the indicator.
    """
    convert(each.value, each.unit, indicator.unit_in(each.form), table=table)
    operand = Operand(
        indicator=indicator.code,
        region=region.code,
        form=each.form,
        start_year=each.start_year,
        year=each.year,
        value=each.value,
        unit=each.unit,
        origin=Origin.ASSUMPTION,
        key=each.key,
    )
    name = f"{indicator.code}({each.year})"
    return Level(each.value, each.unit, name, operands=(operand,), assumptions=(each,))


def of_baseline(target: Target, year: int) -> Level | None:
    """The level that a plan prints for the year before its span; None where it prints none."""
    unit = target.baseline_unit or target.unit
    if (
        target.baseline_value is None
        or target.baseline_year not in {None, year}
        or not same_measure(unit, target.indicator.unit)
    ):
        return None
    operand = Operand(
        indicator=target.indicator.code,
        region=target.region.code,
        form=Form.LEVEL,
        year=year,
        value=target.baseline_value,
        unit=unit,
        origin=Origin.BASELINE,
        key=target.key,
        source=target.citation.source.code,
        tier=target.citation.source.tier,
    )
    name = f"{target.indicator.code}({year})"
    return Level(target.baseline_value, unit, name, operands=(operand,))


def _operand(record: Target | Observation, region: Region, year: int) -> Operand:
    seen = isinstance(record, Observation)
    bare = seen and record.comparator is Comparator.REACH
    return Operand(
        indicator=record.indicator.code,
        region=region.code,
        form=record.form,
        start_year=record.start_year,
        year=year,
        comparator=None if bare else record.comparator,
        value=record.value,
        value_high=record.value_high,
        unit=record.unit,
        origin=Origin.OBSERVATION if seen else Origin.TARGET,
        key=record.key,
        vintage=record.vintage if isinstance(record, Observation) else None,
        source=record.citation.source.code,
        tier=record.citation.source.tier,
    )


def _applying(*caveats: tuple[bool, Caveat]) -> tuple[Caveat, ...]:
    return tuple(caveat for applies, caveat in caveats if applies)
