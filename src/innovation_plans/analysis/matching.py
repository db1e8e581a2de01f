"""Which observation a target is compared with, and whether the outcome satisfies it.

The observation of the latest year of the period; of that year, statistics before figures that a
government reports itself or whose speaker is not known, then the newer vintage, then the better tier,
then numbers before bounds, then the later text, then the larger figure. The other observations of
that year are kept, because they may give another verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..codelists import Comparator, Direction, Form, Issuer, Prices, Reason, Status, Tier
from ..records import Observation, Source, Target
from ..units.decimals import EXACT
from ..units.interval import Interval, accepted, bound_on, direction_to, half_width
from ..units.quantity import convert, rescaled, same_measure, table_of

if TYPE_CHECKING:
    from ..dataset.observations import ObservationTable

# Forms with a value in every year of the period, and forms with one value for the whole span.
LEVEL_FORMS = frozenset({Form.LEVEL, Form.RANK})
SPAN_FORMS = frozenset({Form.AVERAGE_GROWTH, Form.INCREMENT, Form.MULTIPLE})
# Forms of a change between two levels.
CHANGE_FORMS = SPAN_FORMS | {Form.ANNUAL_GROWTH}

# What a part of a sum shows, by what is better: the whole is no less than the part.
SURE_OF_PART = {Direction.UP: True, Direction.DOWN: False}


class Base(NamedTuple):
    """A baseline: value and unit, year, what rounding leaves open, and the records that state it."""

    value: Decimal
    unit: str
    year: int
    rounding: Interval
    records: tuple[Observation, ...] = ()  # none: a column of the target
    comparator: Comparator = Comparator.REACH
    status: Status = Status.NOT_STATED
    precision: Decimal | None = None  # half-width, if the record states one

    @classmethod
    def of_level(
        cls, level: Observation, year: int, observations: ObservationTable[Observation]
    ) -> Base:
        """Return the baseline that the level of a year is."""
        rounding = known_range(level, level.unit, observations)
        kind = level.comparator, level.status, level.precision
        return cls(level.value, level.unit, year, rounding, (level,), *kind)

    @property
    def observation(self) -> Observation | None:
        """The observation, if the baseline is one and is not computed from several."""
        return self.records[0] if len(self.records) == 1 else None

    @property
    def is_computed(self) -> bool:
        """True if it is computed from a numerator and a denominator."""
        return len({each.indicator.code for each in self.records}) > 1

    @property
    def vintage(self) -> str | None:
        """The vintage of the level, or of the denominator of a ratio."""
        return self.records[-1].vintage if self.records else None

    def stated_by(self, figure: Target | Observation) -> Literal["plan", "statistics", "report"]:
        """Return who states it: the text of the target itself, statistics or another report."""
        is_target, text = isinstance(figure, Target), figure.citation.source
        if all(is_target and _is_same_text(each.citation.source, text) for each in self.records):
            return "plan"
        is_statistic = all(each.self_reported is False for each in self.records)
        return "statistics" if is_statistic else "report"

    def printed(self, unit: str) -> Interval:
        """Return what rounding leaves open of the value, in a unit."""
        if unit == self.unit:
            return self.rounding
        return self.rounding.mapped(lambda value: rescaled(value, self.unit, unit))


class Candidates(NamedTuple):
    """The chosen observation, and the others of the same year in their order."""

    chosen: Observation
    others: tuple[Observation, ...]


def candidates(target: Target, observations: ObservationTable[Observation]) -> Candidates | None:
    """Return the observations of the form and period of a target, of the latest year."""
    name = f"{target.region.code}/{target.subject}/{target.form}"
    matching = [each for each in observations.series(name) if period_reason(target, each) is None]
    if not matching:
        return None
    last = max(each.year for each in matching if each.year is not None)
    of_year = [each for each in matching if each.year == last]
    if len(of_year) > 1:
        of_year.sort(key=lambda each: _preference(each, observations))
    return Candidates(of_year[0], tuple(of_year[1:]))


def best_of(
    candidates: Sequence[Observation], observations: ObservationTable[Observation]
) -> Observation | None:
    """Return the preferred one of several figures of one series and year; None if there is none."""
    if len(candidates) == 1:
        return candidates[0]
    return min(candidates, key=lambda each: _preference(each, observations), default=None)


def first_year(target: Target) -> int:
    """Return the first year that a target is for; annual growth is for its last year only."""
    if target.start_year is None or target.form is Form.ANNUAL_GROWTH:
        return target.end_year
    return target.start_year


def baseline_of(
    target: Target,
    observations: ObservationTable[Observation],
    outcome: Observation | None = None,
) -> Base | None:
    """Return the baseline of the plan, else the statistics of the year before the period.

    The statistics are of the vintage of the outcome, if there are such. A start of the plan that is
    no level (growth was 9%), or only a bound, is not used.
    """
    printed = plan_baseline(target, observations)
    if printed is not None and printed.comparator.plain:
        return printed
    before = first_year(target) - 1
    levels = levels_in(target, observations, before)
    vintage = outcome.vintage if outcome else None
    same_vintage = [each for each in levels if vintage and each.vintage == vintage]
    level = best_of(same_vintage or levels, observations)
    return None if level is None else Base.of_level(level, before, observations)


def is_at_constant_prices(target: Target) -> bool:
    """Return whether a change is stated at constant prices: levels, at current ones, do not give it."""
    return target.form in CHANGE_FORMS and target.indicator.growth_prices == Prices.CONSTANT


def may_be_gross(target: Target) -> bool:
    """Return whether an increase may count all that is new: a number of things, not stated as net."""
    is_count = target.unit != "rank" and table_of(target.unit).unit(target.unit).counts
    return target.form is Form.INCREMENT and is_count and not is_net(target)


def is_net(figure: Target | Observation) -> bool:
    """Return whether an increase is worded as a net one."""
    return figure.form is Form.INCREMENT and "净" in (figure.citation.as_stated or "")


def plan_baseline(target: Target, observations: ObservationTable[Observation]) -> Base | None:
    """Return the baseline that the plan states, in the unit of the target if it names none.

    None if it states none, or no level: the start of a growth target may be a growth rate. It is a
    bound or preliminary if an observation of the same text, year and value is.
    """
    if target.baseline_value is None or target.baseline_year is None:
        return None
    unit = target.baseline_unit or target.unit
    if target.form in CHANGE_FORMS and not same_measure(unit, target.indicator.unit):
        return None
    value, year = target.baseline_value, target.baseline_year
    levels = all_levels_in(target, observations, year)
    stated = [
        each
        for each in levels
        if (each.value, each.unit) == (value, unit)
        and _is_same_text(each.citation.source, target.citation.source)
    ]
    as_weighty = [
        each
        for each in levels
        if each.self_reported is False or each.citation.source.tier <= target.citation.source.tier
    ]
    rounding = Interval.rounded(value, half_width(value, unit))
    rounding = _narrowed(rounding, value, unit, as_weighty)
    if not stated:
        return Base(value, unit, year, rounding)
    same = stated[0]
    return Base(value, unit, year, rounding, (), same.comparator, same.status, same.precision)


def start_in_text(target: Target, observations: ObservationTable[Observation]) -> Base | None:
    """Return the level of the year before the period that the text of the target states as an outcome."""
    before, text = first_year(target) - 1, target.citation.source
    levels = all_levels_in(target, observations, before) if target.form in LEVEL_FORMS else []
    stated = [each for each in levels if _is_same_text(each.citation.source, text)]
    level = best_of(stated, observations)
    return None if level is None else Base.of_level(level, before, observations)


def _is_same_text(one: Source, other: Source) -> bool:
    """Return whether two sources are one text, or copies of one that a government issued on a day."""
    return one.code == other.code or (
        one.issuer is Issuer.GOVERNMENT
        and None not in {one.publisher, one.date}
        and (one.issuer, one.publisher, one.date) == (other.issuer, other.publisher, other.date)
    )


def levels_in(
    target: Target, observations: ObservationTable[Observation], year: int
) -> list[Observation]:
    """Return the levels of one year that are plain numbers, not bounds."""
    return [each for each in all_levels_in(target, observations, year) if each.comparator.plain]


def all_levels_in(
    target: Target, observations: ObservationTable[Observation], year: int
) -> list[Observation]:
    """Return the levels of one year: numbers, ranges and bounds."""
    return [each for each in level_series(target, observations) if each.year == year]


def other_levels(
    target: Target, observations: ObservationTable[Observation], base: Base
) -> tuple[Observation, ...]:
    """Return the other numbers of the year of a baseline, which no revision of a statistic made.

    A computed baseline has none. Of equal figures only the first in the order of preference is given.
    """
    if base.is_computed:
        return ()
    revised = observations.revisions(target.indicator.code)
    own = Interval.of(base.comparator, base.value)
    if base.comparator.plain:
        own = Interval.rounded(base.value, base.precision or half_width(base.value, base.unit))
    others: list[Observation] = []
    for each in sorted(
        levels_in(target, observations, base.year), key=lambda each: _preference(each, observations)
    ):
        is_other_vintage = each.vintage and each.vintage != base.vintage
        if is_other_vintage and (base.vintage or each.vintage in revised):
            continue
        if not same_measure(each.unit, base.unit) or any(agree(each, other) for other in others):
            continue
        number, printed = interval_of(each, base.unit), printed_of(each, base.unit)
        if not (own.contains(number) or printed.contains(Interval.point(base.value))):
            others.append(each)
    return tuple(others)


def level_series(
    figure: Target | Observation, observations: ObservationTable[Observation]
) -> Sequence[Observation]:
    """Return the levels of the region and indicator of a figure; the ranks, if it is a rank."""
    form = Form.RANK if figure.form is Form.RANK else Form.LEVEL
    return observations.series(f"{figure.region.code}/{figure.subject}/{form}")


def has_break(series: Iterable[Observation], first: int, last: int) -> bool:
    """Return whether a series was redefined after the first year and up to the last."""
    return any(
        each.status is Status.BREAK and each.year is not None and first < each.year <= last
        for each in series
    )


def are_mixed(one: Observation, other: Observation) -> bool:
    """Return whether two figures of a series are of two vintages; one without a name may fit."""
    return None not in {one.vintage, other.vintage} and one.vintage != other.vintage


def interval_of(observation: Observation, unit: str) -> Interval:
    """Return what an observation may mean, in a unit; *about* counts as the number itself.

    Raises
    ------
    IncomparableError
        If the unit measures something else.
    """
    low, top = observation.value, observation.value_high
    if observation.unit != unit:
        low = convert(low, observation.unit, unit)
        top = None if top is None else convert(top, observation.unit, unit)
    return Interval.of(bound_on(observation.form, observation.comparator), low, top)


def printed_of(observation: Observation, unit: str) -> Interval:
    """Return what rounding leaves open of an observation, in a unit.

    Of a bound or a range, what the observation may mean.
    """
    if not observation.comparator.plain:
        return interval_of(observation, unit)
    value, width = observation.value, observation.half_width
    if observation.unit != unit:
        value, width = (rescaled(number, observation.unit, unit) for number in (value, width))
    return Interval.rounded(value, width)


def known_range(
    observation: Observation, unit: str, observations: ObservationTable[Observation]
) -> Interval:
    """Return :func:`printed_of`, narrowed by further texts that print the same figure.

    The bulletin prints 79.4, the yearbook 79.3795: as one is the other rounded, the range is that of
    the yearbook. Texts that come after this one in the order of preference do not narrow it.
    """
    printed = printed_of(observation, unit)
    if printed.is_point or not observation.comparator.plain:
        return printed
    precedence = _precedence(observation, observations)
    as_weighty = [
        each
        for each in observations.series(observation.series_key)
        if each.span == observation.span and _precedence(each, observations) <= precedence
    ]
    value = observation.value
    if observation.unit != unit:
        value = rescaled(value, observation.unit, unit)
    return _narrowed(printed, value, unit, as_weighty)


def _narrowed(
    printed: Interval, value: Decimal, unit: str, others: Iterable[Observation]
) -> Interval:
    """Return the part of a range that agrees with other figures, and the printed value itself.

    Figures that are another number, not the same one in other digits, are skipped. The range stays as
    it is if no number agrees with all, or only the printed one.
    """
    ranges = [printed]
    for each in others:
        if each.comparator is not Comparator.REACH or not same_measure(each.unit, unit):
            continue
        further = printed_of(each, unit)
        number = interval_of(each, unit)
        if printed.contains(number) or further.contains(Interval.point(value)):
            ranges.append(further)
    low, high = max(each.low for each in ranges), min(each.high for each in ranges)
    if low > high or low == high == value:  # a rounded number stays one beside an exact equal one
        return printed
    # The verdict is that of the printed value, which may be outside of the further digits.
    return Interval(min(low, value), max(high, value))


def is_printed(figure: Observation, values: Interval, unit: str) -> bool:
    """Return whether computed values can be a stated figure, within its digits or its bound."""
    return printed_of(figure, unit).meets(values)


def agree(one: Observation, other: Observation) -> bool:
    """Return whether two figures are equal within the digits of the coarser one, or within a bound."""
    figures = (one, other)
    if not all(each.comparator.plain for each in figures):
        return is_printed(one, printed_of(other, one.unit), one.unit)
    values = [convert(each.value, each.unit, one.unit) for each in figures]
    margins = [rescaled(each.half_width, each.unit, one.unit) for each in figures]
    return EXACT.subtract(*values).copy_abs() <= max(margins)


def accepted_by(target: Target, tolerance: Decimal) -> Interval:
    """Return the outcomes that satisfy a target: bounded if neither direction is better."""
    comparator = bound_on(target.form, target.comparator)
    return accepted(comparator, target.value, target.value_high, better(target), tolerance)


def satisfies(wanted: Interval, outcome: Interval, *, is_rounded: bool = False) -> bool | None:
    """Return whether every value of an outcome is accepted; None if that is open.

    Where neither direction is better, an outcome that is no single number never misses. A rounded
    number satisfies "above" and "below" its own value.
    """
    if is_rounded and outcome.is_point:
        wanted = wanted.closed()
    if wanted.contains(outcome):
        return True
    if wanted.meets(outcome) or (wanted.is_bounded and not outcome.is_point):
        return None
    return False


def judged(
    target: Target, wanted: Interval, outcome: Interval, *, is_rounded: bool = False
) -> bool | None:
    """Return whether an outcome satisfies a target; None if it is open, or may only be a part of a sum.

    A sum of which the first year is not known counts at least what the known years add up to.
    """
    is_met = satisfies(wanted, outcome, is_rounded=is_rounded)
    is_sure = not has_open_start(target) or is_met is SURE_OF_PART.get(better(target))
    return is_met if is_sure else None


def has_open_start(figure: Target) -> bool:
    """Return whether a target is for a sum over years of which the first is not known."""
    return figure.form is Form.CUMULATIVE and figure.start_year is None


def better(target: Target) -> Direction:
    """Return which way leads to the target."""
    return direction_to(target.form, target.comparator, target.indicator.direction, target.unit)


def part_reason(breakdown: str | None, scope: str | None) -> Reason | None:
    """Return why no observation can be of the part that a target is for; None if one can."""
    if scope == "class_unclear":
        return Reason.CLASS_UNCLEAR
    return None if breakdown is None else Reason.PART_OF_REGION


def period_reason(target: Target, observation: Observation) -> Reason | None:
    """Return why an observation is not of the period or span of a target; None if it is."""
    start = first_year(target)
    if observation.year is None:
        return Reason.UNDATED
    if observation.year > target.end_year:
        return Reason.FUTURE_YEAR
    if target.form in LEVEL_FORMS:
        return None if observation.year >= start else Reason.OUTSIDE_PERIOD
    is_due = observation.year == target.end_year
    starts_alike = (observation.start_year or observation.year) == start
    if target.form is Form.CUMULATIVE:  # a sum over part of the span shows the progress so far
        is_span = starts_alike
    else:
        is_span = is_due and (starts_alike or target.form not in SPAN_FORMS)
    return None if is_span else Reason.OTHER_FORM_OR_SPAN


def _in_own_unit(observation: Observation) -> Decimal:
    """Return the figure in the unit of its indicator."""
    value, unit = observation.value, observation.indicator.unit_in(observation.form)
    return value if unit == observation.unit else convert(value, observation.unit, unit)


def _precedence(
    observation: Observation, observations: ObservationTable[Observation]
) -> tuple[bool, int, Tier]:
    """Return the key to sort texts by: statistics, the newer vintage, the better tier."""
    order, _ = observations.rank(observation)
    return observation.self_reported is not False, -order, observation.citation.source.tier


def _preference(
    observation: Observation, observations: ObservationTable[Observation]
) -> tuple[bool, int, Tier, bool, int, Decimal, str]:
    """Return the key to sort by: statistics, the newer vintage, the better tier, numbers, the later text.

    Of equal texts the larger figure is first, as in frames; the key decides between equal figures.
    """
    _, released = observations.rank(observation)
    return (
        *_precedence(observation, observations),
        not observation.comparator.plain,
        -released.toordinal(),
        -_in_own_unit(observation),
        observation.key,
    )
