"""Compare figures of several regions.

Regions of one kind are ranked, by annual goals only if there are no others. No figure is left out:
one of another kind, or without what the measure needs, has no rank, but a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar, get_args

from ..codelists import Direction, Form, Reason, RegionKind, Tier
from ..dataset.dataset import Dataset
from ..dataset.observations import ObservationTable, last_day
from ..dataset.results import made_from
from ..dataset.sequence import group_by
from ..dataset.tables import joined
from ..dataset.targets import TargetTable
from ..dataset.where import Some, whole_year
from ..errors import ArgumentError, IncomparableError, brief, expect, one_of, suggests
from ..records import Observation, Target
from ..units.decimals import EXACT, Number, in_own_context, rounded, share
from ..units.interval import DEFAULT_TOLERANCE, Estimate, Rank, ranks, unranked
from .baselines import ComparedFigure, ComparisonContext, compared_figure
from .comparability import (
    Factor,
    Figure,
    Measure,
    alike,
    common_unit,
    is_annual,
    kinds_to_rank,
    method_of,
    scale,
    unit_asked,
    year_of,
)
from .comparison import Comparison, ComparisonFields, ComparisonRow, PrintedFigure
from .matching import best_of
from .results import fields_of, region_order

FigureT = TypeVar("FigureT", Target, Observation)
VERSION = 1

# Methods without divisions and roots: their numbers keep all digits.
_EXACT_METHODS = {"value", "distance", "increment", "rate"}


@suggests(
    by="measure=",
    indicator="where(indicator=…)",
    year="where(end_year=…)",
    lang="text('zh') of the result",
)
@in_own_context
def compare(
    records: Iterable[Figure],
    *,
    measure: Measure = "value",
    kinds: Some = None,
    plans: Dataset[Any, Any] | None = None,
    unit: str | None = None,
    factor: Factor | None = None,
    since: int | None = None,
    tolerance: Number = DEFAULT_TOLERANCE,
) -> Comparison:
    """Compare figures of several regions and return them in order.

    Parameters
    ----------
    records
        Targets with the same end year, or observations of the same year. All have one form and,
        without `factor`, one indicator.
    measure
        ``"value"``: the value. ``"distance"``: the value minus the baseline of the region.
        ``"ratio"``: percent of the nation's value. ``"growth"``: the change a year since the
        baseline, compound in percent for amounts, in percentage points for shares.
    kinds
        Kinds of regions that get a rank, such as ``["province", "city"]``. By default the first of
        province, city, nation and group that a record has. Other regions have a value without a rank.
    plans
        The dataset with the nation's figures, and with baselines that the plans do not state; by
        default the records.
    unit
        The unit of the values in the result. The order does not depend on it.
    factor
        A quantity that converts one unit to the other, or a quantity for each region code:
        ``ip.quantity("0.52 employed_person/inhabitant")``. It also converts the baselines and the
        nation's figures.
    since
        The year of the statistics to use as baselines. Observations need it for distance and growth;
        for targets, it replaces the stated baselines.
    tolerance
        The range of *about*, as a share of the value: 0.02 is two percent.

    Returns
    -------
    Comparison
        One row per record: ranked rows first, the best first, then rows without a rank. If targets of
        plans for several years have a rank, targets of annual plans have none (``other_period``).
        Each region has one rank: of several targets the one of the better tier, then of the later
        text, of several outcomes the one that a verdict uses; the others have none
        (``other_figure``).

    Raises
    ------
    AmbiguousError
        If the records have several forms, years, spans, breakdowns, scopes or vintages, or one is
        given twice.
    IncomparableError
        If the records do not measure the same. Its `factor` is the unit of the missing factor.
    MissingError
        If there are no records, or no such measure, year or kind of region.
    ArgumentError
        If `since` is given for a measure without a start, or is after the year of the records; if
        no figure needs the factor.
    ArgumentTypeError
        If an argument is of another type.

    Examples
    --------
    >>> from innovation_plans import load
    >>> plans = load()
    >>> targets = plans.targets.where(region=["GD", "JS", "BJ"], indicator="rd_intensity",
    ...                               end_year=2025, period="14th")
    >>> [(row.rank, row.region_en, str(row.value)) for row in compare(targets)]
    [(1, 'Beijing', '6'), (2, 'Guangdong', '3.5'), (3, 'Jiangsu', '3.2')]
    """
    one_of("measure", measure, get_args(Measure))
    if plans is not None:
        expect("plans", plans, "targets", "a dataset")
    width = share(tolerance, "tolerance")
    since = _start_year(since, measure)
    figures = alike(records)
    ranked_kinds = kinds_to_rank(figures, kinds)
    form = figures[0].form
    unit = None if unit is None else unit_asked(unit, figures)
    common = common_unit(figures, factor, unit)
    method, method_unit = method_of(measure, form, common.unit)
    _require_one_nation(figures, method)
    _require_no_later(since, figures)
    context = ComparisonContext(
        figures,
        common,
        method=method,
        targets=plans.targets if plans else TargetTable(_of_type(Target, figures)),
        observations=(
            plans.observations if plans else ObservationTable(_of_type(Observation, figures))
        ),
        since=since,
        tolerance=width,
    )
    direction = Direction.DOWN if form is Form.RANK else common.indicator.direction
    compared = _compared(figures, context, ranked_kinds)
    shared = ComparisonFields(
        measure=measure,
        method=method,
        version=VERSION,
        indicator=common.indicator.code,
        indicator_en=common.indicator.name_en,
        indicator_zh=common.indicator.name_zh,
        form=form,
        year=next((year for figure in figures if (year := year_of(figure))), None),
        unit=unit or method_unit,
        direction=direction,
        tolerance=width,
        lacking=_lacking(compared, plans, since),
        left_out=getattr(records, "absent", ()),
        edition=joined(getattr(records, "edition", ""), plans.edition if plans else ""),
    )
    digits = 40 if method in _EXACT_METHODS else 12
    output = _OutputUnit(scale(method_unit, shared.unit), digits)
    rows = _rows(compared, direction, output)
    if factor is not None and not any(
        text.startswith("factor ") for r in rows for text in r.inputs
    ):
        hint = "it is for two indicators, and no figure here needs it"
        raise ArgumentError(parameter="factor", value=brief(factor), hint=hint)
    return made_from(Comparison(rows, shared), plans or records)


def _start_year(since: object, measure: str) -> int | None:
    """Return the year that distances and growth start from; other measures have none."""
    if since is None:
        return None
    if measure not in {"distance", "growth"}:
        hint = 'only measure="distance" and measure="growth" have a start'
        raise ArgumentError(parameter="since", value=f"{brief(since)} for {measure}", hint=hint)
    return whole_year(since)


def _require_no_later(since: int | None, figures: Iterable[Figure]) -> None:
    """Raise an ArgumentError if the starting values are of a later year than the figures."""
    years = {year for figure in figures if (year := year_of(figure)) is not None}
    if since is not None and years and since > min(years):
        hint = f"the figures are of {min(years)}: they cannot start later"
        raise ArgumentError(parameter="since", value=str(since), hint=hint)


def _of_type(kind: type[FigureT], figures: Iterable[Figure]) -> list[FigureT]:
    return [figure for figure in figures if isinstance(figure, kind)]


def _require_one_nation(figures: Sequence[Figure], method: str) -> None:
    """Raise IncomparableError for ratios of nations to themselves: each would be 100 percent."""
    nations = {figure.region.code for figure in figures if figure.region.kind is RegionKind.NATION}
    if method == "ratio" and len(nations) > 1:
        raise IncomparableError(
            left=figures[0].key,
            right="the figure of its nation",
            hint=f"{len(nations)} of the regions are nations themselves; "
            'compare them by measure="value", "distance" or "growth"',
        )


def _compared(
    figures: Iterable[Figure], context: ComparisonContext, ranked_kinds: Container[object]
) -> list[ComparedFigure]:
    """Return what is compared of each figure, with the reason where it has no rank."""
    compared = [compared_figure(figure, context) for figure in figures]
    compared = _unranked(
        compared, Reason.OTHER_KIND, lambda figure: figure.region.kind not in ranked_kinds
    )
    if not all(is_annual(row.figure) for row in compared if row.reason is None):
        compared = _unranked(compared, Reason.OTHER_PERIOD, is_annual)
    return _one_of_each_region(compared, context.observations)


def _unranked(
    compared: Iterable[ComparedFigure], reason: Reason, applies: Callable[[Figure], bool]
) -> list[ComparedFigure]:
    """Return the compared figures, those of some kind without a rank for a reason."""
    return [
        row._replace(reason=reason) if row.reason is None and applies(row.figure) else row
        for row in compared
    ]


def _one_of_each_region(
    compared: Sequence[ComparedFigure], observations: ObservationTable[Any]
) -> list[ComparedFigure]:
    """Return the compared figures, all but the preferred figure of each region without a rank."""
    by_region = group_by(
        (row.figure for row in compared if row.reason is None), lambda figure: figure.region.code
    )
    best = {code: _preferred(figures, observations) for code, figures in by_region.items()}
    compared = [row._replace(ranked=best.get(row.figure.region.code)) for row in compared]
    others = {row.figure.key for row in compared if row.ranked and row.ranked.key != row.figure.key}
    return _unranked(compared, Reason.OTHER_FIGURE, lambda figure: figure.key in others)


def _preferred(figures: Sequence[Figure], observations: ObservationTable[Any]) -> Figure:
    """Return the figure of the better tier, then of the later text; of outcomes, as in a verdict."""
    best = best_of([each for each in figures if isinstance(each, Observation)], observations)
    return best or min(figures, key=_strength)


def _strength(figure: Figure) -> tuple[Tier, int, str]:
    source = figure.citation.source
    return source.tier, -last_day(source.date or "1").toordinal(), figure.key


class _OutputUnit(NamedTuple):
    """The factor to the unit of the result, and the most digits of its numbers."""

    factor: Decimal
    digits: int

    def number(self, value: Decimal | None) -> Decimal | None:
        """Return a number in the unit of the result; None for what is open or missing."""
        if value is None or not value.is_finite():
            return None
        converted = EXACT.multiply(value, self.factor)
        is_short = len(converted.as_tuple().digits) <= self.digits
        return converted if is_short else rounded(converted)


def _rows(
    compared: Sequence[ComparedFigure], direction: Direction, output: _OutputUnit
) -> list[ComparisonRow]:
    """Return the rows with a rank, the best first; then those without, by region."""
    lowest_first = direction is Direction.DOWN
    ranks_by_position = _ranks(compared, lowest_first=lowest_first)

    def order(position: int) -> tuple[bool, Decimal, tuple[int, str], str]:
        row, rank = compared[position], ranks_by_position[position]
        value = Decimal(0) if rank is None or row.estimate is None else row.estimate.value
        sorted_value = value if lowest_first else value.copy_negate()
        return rank is None, sorted_value, region_order(row.figure.region), row.figure.key

    return [
        _row(compared[position], ranks_by_position[position], output)
        for position in sorted(ranks_by_position, key=order)
    ]


def _ranks(compared: Sequence[ComparedFigure], *, lowest_first: bool) -> dict[int, Rank | None]:
    """Return the rank of every figure by its position; None if it has none."""
    estimates = {
        position: (
            row.figure.region.code,
            row.estimate._replace(comparator=row.figure.comparator),
        )
        for position, row in enumerate(compared)
        if row.estimate is not None and row.reason is None
    }
    positions = list(estimates)
    open_ended = {positions[at] for at in unranked(list(estimates.values()))}
    ranked = [position for position in positions if position not in open_ended]
    known = ranks([estimates[position] for position in ranked], lowest_first=lowest_first)
    return dict.fromkeys(range(len(compared))) | dict(zip(ranked, known, strict=True))


def _row(compared: ComparedFigure, rank: Rank | None, output: _OutputUnit) -> ComparisonRow:
    figure, estimate = compared.figure, compared.estimate
    reason = compared.reason
    if rank is None and reason is None:
        estimate, reason = None, Reason.OUTCOME_IS_A_BOUND
    return ComparisonRow(
        rank=rank.best if rank else None,
        rank_last=rank.last if rank else None,
        region=figure.region.code,
        region_en=figure.region.name_en,
        region_zh=figure.region.name_zh,
        region_short_zh=figure.region.short_zh,
        indicator=figure.indicator.code,
        **_values(estimate, output),
        comparator=figure.comparator,
        stated=_printed(figure),
        against=compared.against,
        tie_reason=rank.tie if rank else None,
        reason=reason,
        ranked=_text_of(compared.ranked) if reason is Reason.OTHER_FIGURE else None,
        on_one_vintage=compared.on_one_vintage,
        vintage=_vintage_of(compared),
        caveats=compared.caveats,
        tier=figure.citation.source.tier,
        plan=figure.plan.code if isinstance(figure, Target) else None,
        source=figure.citation.source.code,
        inputs=compared.inputs,
    )


def _text_of(figure: Figure | None) -> str | None:
    """Return the code of the plan of a target, or of the source of an outcome."""
    if figure is None:
        return None
    return figure.plan.code if isinstance(figure, Target) else figure.citation.source.code


def _vintage_of(compared: ComparedFigure) -> str | None:
    """Return the vintage of the figure that is used."""
    if compared.on_one_vintage is not None and compared.against:
        return compared.against.vintage
    return compared.figure.vintage if isinstance(compared.figure, Observation) else None


def _lacking(
    compared: Iterable[ComparedFigure], plans: Dataset[Any, Any] | None, since: int | None
) -> tuple[str, ...]:
    """Return the arguments that would give the starting values or the nation's that are missing."""
    figures = [row.figure for row in compared if row.reason is Reason.MISSING_BASELINE]
    needs_year = any(isinstance(each, Observation) and not each.start_year for each in figures)
    needs_plans = figures or any(row.reason is Reason.NO_FIGURE_OF_NATION for row in compared)
    lacking = {"plans": plans is None and needs_plans, "since": since is None and needs_year}
    return tuple(name for name, lacks in lacking.items() if lacks)


def _values(estimate: Estimate | None, output: _OutputUnit) -> dict[str, Decimal | None]:
    """Return the numbers of a row; None where an interval is open."""
    if estimate is None:
        return {}
    numbers = {
        "value": estimate.value,
        "value_high": estimate.high,
        "low": estimate.full.low,
        "high": estimate.full.high,
    }
    return {name: output.number(number) for name, number in numbers.items()}


def _printed(figure: Figure) -> PrintedFigure:
    facts = {
        "year": year_of(figure),
        "outcome": not isinstance(figure, Target),
        "counted": figure.indicator.counted,
    }
    return PrintedFigure(**fields_of(PrintedFigure, figure, **facts))
