"""Region against region.

Nothing is dropped and nothing is repaired: a figure without what the measure needs stays in the
result, without a rank and with a reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple, get_args

from ..codelists import Direction, Form, Reason, RegionKind
from ..dataset.dataset import Dataset
from ..dataset.tables import joined
from ..errors import FigureError, IncomparableError, MissingError
from ..records import Target
from ..units.decimals import EXACT, Number, exact, in_own_context, rounded
from ..units.interval import DEFAULT_TOLERANCE, Estimate, Rank, ranks, unranked
from .comparability import Factor, Figure, alike, ground_of, scale, unit_asked, year_of
from .comparison import Comparison, ComparisonRow, PrintedFigure
from .measures import Measure, method_of
from .standing import Standing, standing_of
from .survey import Survey

__all__ = ["DEFAULT_TOLERANCE", "VERSION", "compare"]

VERSION = 1

# Methods that neither divide nor take roots: their numbers are kept to the last digit.
_EXACT_METHODS = {"value", "distance", "increment", "rate"}


@in_own_context
def compare(
    records: Iterable[Figure],
    *,
    measure: Measure = "value",
    plans: Dataset[Any, Any] | None = None,
    unit: str | None = None,
    factor: Factor | None = None,
    since: int | None = None,
    tolerance: Number = DEFAULT_TOLERANCE,
) -> Comparison:
    """Figures of several regions, in order.

    Parameters
    ----------
    records
        Targets with one end year, or observations of one year: a table or any iterable, of one
        form and, unless a `factor` bridges their units, of one indicator.
    measure
        ``"value"``: the figure itself; ``"distance"``: the figure less its own baseline;
        ``"ratio"``: in percent of the nation's figure; ``"growth"``: the change a year that it
        implies from its baseline: percent a year, compound, for amounts, points a year for shares.
    plans
        A dataset for the nation's figures, and for starts that the plans do not state.
    unit
        Unit in which the values are shown; the order does not depend on it.
    factor
        A quantity, or one for each region code, that carries one basis over to another:
        ``ip.quantity("0.52 employed_person/inhabitant")``. Whatever a figure is set against is
        carried over by the same factor.
    since
        Year whose statistics are the start: for observations, which have no start of their own,
        and for targets that are to start together.
    tolerance
        What *about* leaves open, as a share of the value: 0.02 is two percent.

    Returns
    -------
    Comparison
        A row for every record: by figure, the better first; then those without a rank.

    Raises
    ------
    AmbiguousError
        If the records differ in form, year, span, breakdown, scope or vintage; says what to filter on.
    IncomparableError
        If they do not measure the same; `factor` of the error names what would bridge them.
    MissingError
        If there are no records, or no such measure.

    Examples
    --------
    >>> from innovation_plans import load
    >>> plans = load()
    >>> targets = plans.targets.where(region=["GD", "JS", "BJ"], indicator="rd_intensity",
    ...                               end_year=2025, period="14th")
    >>> [(row.rank, row.region_en, str(row.value)) for row in compare(targets).rows]
    [(1, 'Beijing', '6'), (2, 'Guangdong', '3.5'), (3, 'Jiangsu', '3.2')]
    """
    if measure not in get_args(Measure):
        raise MissingError(asked=f"measure {measure!r:.60}", nearest=get_args(Measure))
    share = _share(tolerance)
    given = alike(records)
    unit = unit and unit_asked(unit, given)
    ground = ground_of(given, factor, unit)
    method, own_unit = method_of(measure, given[0].form, ground.unit)
    _check_parts(given, method)
    shown = unit or own_unit
    survey = Survey(given, ground, method=method, plans=plans, since=since, tolerance=share)
    direction = Direction.DOWN if given[0].form is Form.RANK else ground.indicator.direction
    return Comparison(
        measure=measure,
        method=method,
        version=VERSION,
        indicator=ground.indicator.code,
        indicator_en=ground.indicator.name_en,
        indicator_zh=ground.indicator.name_zh,
        form=given[0].form,
        year=next((year for each in given if (year := year_of(each))), None),
        unit=shown,
        direction=direction,
        tolerance=share,
        rows=_rows(
            [standing_of(each, survey) for each in given],
            direction,
            _Shown(scale(own_unit, shown), 40 if method in _EXACT_METHODS else 12),
        ),
        edition=joined(getattr(records, "edition", ""), plans.edition if plans else ""),
    )


def _check_parts(given: Sequence[Figure], method: str) -> None:
    """Refuse to set nations against themselves: each would be 100 percent."""
    nations = {each.region.code for each in given if each.region.kind is RegionKind.NATION}
    if method == "ratio" and len(nations) > 1:
        raise IncomparableError(
            left=given[0].key,
            right="the figure of its nation",
            hint=f"{len(nations)} of the regions are nations themselves; "
            'compare them by measure="value", "distance" or "growth"',
        )


class _Shown(NamedTuple):
    """How the numbers of a result are shown: in which unit, to how many digits."""

    factor: Decimal
    digits: int

    def number(self, value: Decimal | None) -> Decimal | None:
        """The number in the unit shown; None for what is open or missing."""
        if value is None or not value.is_finite():
            return None
        found = EXACT.multiply(value, self.factor)
        return found if len(found.as_tuple().digits) <= self.digits else rounded(found)


def _share(tolerance: Number) -> Decimal:
    share = exact(tolerance)
    if not 0 <= share < 1:
        raise FigureError(text=str(share), position=0, expected="a share from 0 to below 1")
    return share


def _rows(
    standings: Sequence[Standing], direction: Direction, shown: _Shown
) -> tuple[ComparisonRow, ...]:
    """Rows by figure, the better first; then those without a rank, by region."""
    down = direction is Direction.DOWN
    ranked_figures = _ranked(standings, lowest_first=down)
    order = sorted(
        range(len(standings)),
        key=lambda at: (
            _height(standings[at], ranked_figures[at], down=down),
            standings[at].figure.region.code,
            standings[at].figure.key,
        ),
    )
    return tuple(_row(standings[at], ranked_figures[at], shown) for at in order)


def _ranked(standings: Sequence[Standing], *, lowest_first: bool) -> dict[int, Rank | None]:
    """Return the rank of every figure that has one, by position."""
    figures = {
        at: (each.figure.region.code, each.estimate._replace(comparator=each.figure.comparator))
        for at, each in enumerate(standings)
        if each.estimate is not None
    }
    known = list(figures)
    open_ended = {known[at] for at in unranked(list(figures.values()))}
    ranked = [at for at in known if at not in open_ended]
    found = ranks([figures[at] for at in ranked], lowest_first=lowest_first)
    return dict.fromkeys(range(len(standings))) | dict(zip(ranked, found, strict=True))


def _height(standing: Standing, rank: Rank | None, *, down: bool) -> tuple[bool, Decimal]:
    """What rows are sorted by: whether they have a rank, and the figure."""
    if rank is None or standing.estimate is None:
        return True, Decimal(0)
    value = standing.estimate.value
    return False, value if down else value.copy_negate()


def _row(standing: Standing, rank: Rank | None, shown: _Shown) -> ComparisonRow:
    figure, estimate = standing.figure, standing.estimate
    reason = standing.reason
    if rank is None and estimate is not None:
        estimate, reason = None, Reason.OUTCOME_IS_A_BOUND
    return ComparisonRow(
        rank=rank.best if rank else None,
        rank_last=rank.last if rank else None,
        region=figure.region.code,
        region_en=figure.region.name_en,
        region_zh=figure.region.short_zh or figure.region.name_zh,
        indicator=figure.indicator.code,
        **_values(estimate, shown),
        comparator=figure.comparator,
        stated=_printed(figure),
        against=standing.against,
        tie_reason=rank.tie if rank else None,
        reason=reason,
        caveats=standing.caveats,
        tier=figure.citation.source.tier,
        plan=figure.plan.code if isinstance(figure, Target) else None,
        source=figure.citation.source.code,
        inputs=standing.inputs,
    )


def _values(estimate: Estimate | None, shown: _Shown) -> dict[str, Decimal | None]:
    """The numbers of a row; None where a range is open."""
    if estimate is None:
        return {}
    numbers = {
        "value": estimate.value,
        "value_high": estimate.high,
        "low": estimate.full.low,
        "high": estimate.full.high,
    }
    return {name: shown.number(each) for name, each in numbers.items()}


def _printed(figure: Figure) -> PrintedFigure:
    return PrintedFigure(
        form=figure.form,
        comparator=figure.comparator,
        value=figure.value,
        value_high=figure.value_high,
        unit=figure.unit,
        start_year=figure.start_year,
        year=year_of(figure),
        outcome=not isinstance(figure, Target),
    )
