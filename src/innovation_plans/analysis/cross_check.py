"""Check whether the targets of a region and period agree with each other and with arithmetic.

Two kinds of checks: arithmetic (a ratio and its parts, a level and its growth), and plans (annual
goals, the nation and its provinces, two sources of one target).
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from ..dataset.dataset import Dataset
from ..dataset.results import made_from
from ..dataset.where import Some
from ..errors import ArgumentError, brief, expect, suggests
from ..records import years_of
from ..units.decimals import Number, exact, in_own_context, share
from ..units.interval import DEFAULT_TOLERANCE
from .arithmetic_checks import level_findings, ratio_findings
from .check_case import CheckCase, Ordinary
from .comparability import ORDINARY_GROWTH, ORDINARY_PRICES, Ends
from .findings import Finding, Findings
from .levels import KnownLevels, Vintages, several_assumptions, warn_of_unused
from .operands import Assumption
from .plan_checks import annual_findings, position_findings, text_findings, together_findings
from .results import region_order

_CHECKS = (
    ratio_findings,
    level_findings,
    annual_findings,
    position_findings,
    together_findings,
    text_findings,
)


@suggests(province="region=", city="region=", lang="text('zh') of the result")
@in_own_context
def cross_check(
    plans: Dataset[Any, Any],
    *,
    region: Some = None,
    within: Some = None,
    period: Some | int = None,
    tolerance: Number = DEFAULT_TOLERANCE,
    vintage: Vintages = None,
    assume: Assumption | Iterable[Assumption] = (),
    growth: Ends = ORDINARY_GROWTH,
    prices: Ends = ORDINARY_PRICES,
) -> Findings:
    """Return findings on whether the targets of a region agree.

    Compared are: ratios with the levels that planned growth implies, levels with growth, annual
    goals with the plan of their period, a region with the nation, the provinces together with the
    nation, and two sources of one target with each other.

    Parameters
    ----------
    plans
        The dataset.
    region, within, period
        As in ``plans.targets.where``; all of them if not given.
    tolerance
        Share of a value within which two figures agree: 0.02 is two percent; at least half a unit
        of the last printed digit.
    vintage, assume
        As in :func:`derive`; without `vintage`, the statistics that were known when a plan was issued.
    growth
        Least and most ordinary growth of an amount of money, such as GDP, at current prices, in percent
        a year. A ratio target with such a denominator is compared with what this growth allows, unless
        the plan has a target of its own for the denominator.
    prices
        Least and most ordinary change of prices, in percent a year, which is added to such a growth
        target at constant prices.

    Returns
    -------
    Findings
        Two sides, their gap, whether both can be right, and what would have to be assumed for that.
        A level that grows at constant prices is not comparable with one at current prices, unless a
        deflator is assumed.

    Raises
    ------
    ArgumentError
        If an ordinary growth or change of prices is not two numbers in order, or `tolerance` not a
        share from 0 to below 1.

    Examples
    --------
    >>> from innovation_plans import load
    >>> findings = cross_check(load(), region="CN-GD", period="14th").of("ratio_against_levels")
    >>> print(findings[0].left.text(), "|", findings[0].right.text(), "|", findings[0].agreement())
    about 3.5% | 3.277% to 3.951% | consistent
    >>> print(findings[0].right.formula)
    rd_expenditure(2020) × (1 + 10%)^5 ÷ (gdp(2020) × (1 + 5–9%)^5)
    """
    expect("plans", plans, "targets", "a dataset")
    assumptions = several_assumptions(assume)
    ordinary = Ordinary(
        share(tolerance, "tolerance"), _ends("growth", growth), _ends("prices", prices)
    )
    chosen = plans.targets.where(region=region, within=within, period=period)
    regions = {target.region.code: target.region for target in chosen}
    findings: list[Finding] = []
    for where in sorted(regions.values(), key=region_order):
        known = KnownLevels(plans, where, vintage=vintage, assume=assumptions)
        periods = {target.period for target in chosen if target.region.code == where.code}
        for name in sorted(periods, key=lambda period: (years_of(period) or (9999, 9999), period)):
            targets = tuple(target for target in known.targets if target.period == name)
            case = CheckCase(known, name, targets, ordinary)
            findings += (finding for check in _CHECKS for finding in check(case))
    sides = (side for finding in findings for side in (finding.left, finding.right))
    warn_of_unused(assumptions, [each for side in sides for each in side.assumptions])
    return made_from(Findings(findings, plans.edition), plans)


def _ends(parameter: str, values: object) -> tuple[Decimal, Decimal]:
    """Return the two ends of a range in percent a year."""
    ends = tuple(map(exact, values)) if isinstance(values, tuple | list) else ()
    if len(ends) != 2 or not -100 < ends[0] <= ends[1]:
        hint = "expected two numbers in order, in percent a year: (5, 9)"
        raise ArgumentError(parameter=parameter, value=brief(values), hint=hint)
    low, high = ends
    return low, high
