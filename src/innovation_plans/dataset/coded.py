"""Tables of regions and indicators, which are found by any of their names."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Generic, Self

from ..codelists import Direction, RegionKind
from ..records import Context, Indicator, Region
from .names import NameIndex
from .tables import Table
from .where import Some, listed, named

if sys.version_info >= (3, 13):
    from typing import TypeVar
else:
    from typing_extensions import TypeVar

__all__ = ["IndicatorTable", "RegionTable"]

RegionT = TypeVar("RegionT", bound=Region, default=Region, covariant=True)
IndicatorT = TypeVar("IndicatorT", bound=Indicator, default=Indicator, covariant=True)


class RegionTable(Table[RegionT], Generic[RegionT]):
    """Regions."""

    _table = "regions"

    def __init__(
        self, records: Iterable[RegionT], context: Context | None = None, *, edition: str = ""
    ) -> None:
        super().__init__(records, context, edition=edition)
        self._names = NameIndex("region", {each.code: each for each in self})

    def find(self, name: str) -> RegionT:
        """The region that bears a code or name.

        Raises
        ------
        MissingError
            If none does; names the nearest.
        AmbiguousError
            If several do.
        """
        return self._names.find(name)

    def where(self, *, kind: Some = None, parent: Some = None, group: Some = None) -> Self:
        """The regions of a kind, in a region, or of a statistical group."""
        wanted = named("region", self._codes, lambda r: r.code, group)
        kept = self._kept(
            (
                listed(RegionKind, lambda r: r.kind, kind),
                named("region", self._codes, lambda r: r.parent and r.parent.code, parent),
            )
        )
        if wanted is None:
            return kept
        return self._of(r for r in kept if any(each.code in wanted[1] for each in r.groups))


class IndicatorTable(Table[IndicatorT], Generic[IndicatorT]):
    """Indicators."""

    _table = "indicators"

    def __init__(
        self, records: Iterable[IndicatorT], context: Context | None = None, *, edition: str = ""
    ) -> None:
        super().__init__(records, context, edition=edition)
        self._names = NameIndex("indicator", {each.code: each for each in self})

    def find(self, name: str) -> IndicatorT:
        """The indicator that bears a code or name; raises as :meth:`RegionTable.find`."""
        return self._names.find(name)

    def where(self, *, direction: Some = None) -> Self:
        """The indicators of which more is better, worse, or neither."""
        return self._kept((listed(Direction, lambda r: r.direction, direction),))
