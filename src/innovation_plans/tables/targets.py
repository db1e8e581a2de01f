"""Floor 4: tables of targets.

Read next: ``observations.py``.
"""

from __future__ import annotations

import sys
from typing import Generic, Self

from ..codelists import Comparator, Force, Form, PlanKind, Tier
from ..records import Target
from .base import Table
from .filters import Some, SomeYears, coded, listed, named, of_years

if sys.version_info >= (3, 13):
    from typing import TypeVar
else:
    from typing_extensions import TypeVar

__all__ = ["TargetTable"]

TargetT = TypeVar("TargetT", bound=Target, default=Target, covariant=True)


class TargetTable(Table[TargetT], Generic[TargetT]):
    """Targets."""

    def where(
        self,
        *,
        region: Some = None,
        indicator: Some = None,
        period: Some = None,
        plan: Some = None,
        plan_kind: Some = None,
        form: Some = None,
        comparator: Some = None,
        end_year: SomeYears = None,
        unit: Some = None,
        force: Some = None,
        breakdown: Some = None,
        tier: Some = None,
        source: Some = None,
    ) -> Self:
        """The targets that answer to every filter given.

        Parameters
        ----------
        region, indicator
            Code or any name: ``"CN-GD"``, ``"GD"``, ``"440000"``, ``"Guangdong"``, ``"广东"``, ``"粤"``.
        period, plan, source
            Codes: ``"14th"``, ``"CN-GD-14-sti"``.
        plan_kind, form, comparator, force, tier, breakdown, unit
            Members of the code lists, as such or as text.
        end_year
            Year or years.

        Raises
        ------
        MissingError
            If nothing in the dataset bears a name or code that was asked for.
        AmbiguousError
            If a name is borne by several regions or indicators.
        """
        periods = {each.period for each in self._codes.of("plan").values()}
        return self._kept(
            (
                named("region", self._codes, lambda r: r.plan.region.code, region),
                named("indicator", self._codes, lambda r: r.indicator.code, indicator),
                coded("period", lambda r: r.plan.period, period, periods),
                coded("plan", lambda r: r.plan.code, plan, self._codes.of("plan")),
                listed(PlanKind, lambda r: r.plan.kind, plan_kind),
                listed(Form, lambda r: r.form, form),
                listed(Comparator, lambda r: r.comparator, comparator),
                of_years(lambda r: r.end_year, end_year),
                coded("unit", lambda r: r.unit, unit, self._codes.units),
                listed(Force, lambda r: r.force, force),
                coded("breakdown", lambda r: r.breakdown, breakdown),
                listed(Tier, lambda r: r.citation.source.tier, tier),
                coded("source", lambda r: r.citation.source.code, source, self._codes.of("source")),
            )
        )
