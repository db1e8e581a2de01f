"""Tables of goals."""

from __future__ import annotations

from typing import Self

from ..codelists import GoalKind
from ..records import Goal
from .tables import Table
from .where import Some, coded, listed, named

__all__ = ["GoalTable"]


class GoalTable(Table[Goal]):
    """Goals: commitments without a number."""

    def where(
        self, *, region: Some = None, plan: Some = None, kind: Some = None, theme: Some = None
    ) -> Self:
        """The goals that answer to every filter given; as :meth:`TargetTable.where`."""
        return self._kept(
            (
                named("region", self._codes, lambda r: r.region.code, region),
                coded("plan", lambda r: r.plan and r.plan.code, plan, self._codes.of("plan")),
                listed(GoalKind, lambda r: r.kind, kind),
                coded("theme", lambda r: r.theme, theme, self._codes.words.get("goals.theme")),
            )
        )
