"""Whether targets of a region and period agree with one another and with arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..codelists import RegionKind
from ..dataset.dataset import Dataset
from ..dataset.where import Some
from ..records import Region, years_of
from ..units.decimals import Number, exact, in_own_context
from ..units.interval import DEFAULT_TOLERANCE
from .findings import Finding, Findings
from .levels import KnownLevels, Vintages
from .operands import Assumption
from .plan_checks import annual_findings, position_findings, text_findings, together_findings
from .ratio_checks import Case, level_findings, ratio_findings

__all__ = ["cross_check"]

_CHECKS = (
    ratio_findings,
    level_findings,
    annual_findings,
    position_findings,
    together_findings,
    text_findings,
)
_KINDS = list(RegionKind)


@in_own_context
def cross_check(
    plans: Dataset[Any, Any],
    *,
    region: Some = None,
    period: Some = None,
    tolerance: Number = DEFAULT_TOLERANCE,
    vintage: Vintages = None,
    assume: Iterable[Assumption] = (),
) -> Findings:
    """What the targets of a region say of one another.

    Ratios are assessed against the levels that planned growth makes of statistics, levels against
    growth, annual goals against the plan they lie in, a region beside the nation, the provinces
    together beside the nation, and two texts of one claim against each other.

    Parameters
    ----------
    plans
        The dataset.
    region, period
        As in ``plans.targets.where``; all of them if not given.
    tolerance
        Share of a value within which two figures agree: 0.02 is two percent. Half a unit of the
        last printed digit is granted in any case.
    vintage, assume
        As in :func:`derive`.

    Returns
    -------
    Findings
        Two sides, their gap, whether both can hold, and what would have to be assumed for that.
        A share or level that grows at constant prices is set beside current prices without a
        verdict, unless a deflator is assumed.

    Examples
    --------
    >>> from innovation_plans import load
    >>> found = cross_check(load(), region="CN-GD", period="14th").of("ratio_against_levels")
    >>> print(found[0].left.text(), "|", found[0].right.text(), "|", found[0].gap_text())
    about 3.5% | 3.844% | +0.344 percentage points
    >>> found[0].agrees, found[0].reconciles.text()
    (False, 'gdp 2021-2025: average annual growth of 7.09%')
    """
    share, assumed = exact(tolerance), tuple(assume)
    chosen = plans.targets.where(region=region, period=period)
    regions = {each.region.code: each.region for each in chosen}
    found: list[Finding] = []
    for where in sorted(regions.values(), key=_place):
        known = KnownLevels(plans, where, vintage=vintage, assume=assumed)
        periods = {each.period for each in chosen if each.region.code == where.code}
        for when in sorted(periods, key=lambda each: (years_of(each) or (9999, 9999), each)):
            targets = tuple(each for each in known.targets if each.period == when)
            found += _of_case(Case(known, when, targets, share))
    return Findings(found, plans.edition)


def _of_case(case: Case) -> Iterator[Finding]:
    for check in _CHECKS:
        yield from check(case)


def _place(region: Region) -> tuple[int, str]:
    return _KINDS.index(region.kind), region.code
