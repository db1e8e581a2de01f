"""Tables of targets."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import Any, Generic, Literal, NamedTuple, Self

from ..codelists import Comparator, Force, Form, PlanKind, Tier
from ..records import Context, Target
from ..units.quantity import convert
from .tables import Table
from .where import Some, SomeYears, coded, listed, named, of_years

if sys.version_info >= (3, 13):
    from typing import TypeVar
else:
    from typing_extensions import TypeVar

__all__ = ["Conflict", "Policy", "Selection", "TargetTable"]

TargetT = TypeVar("TargetT", bound=Target, default=Target, covariant=True)


Policy = Literal["strongest", "latest"]


class Conflict(NamedTuple):
    """What texts of one region and period state differently, strongest text first."""

    about: str  # region, period, indicator, form and year
    targets: tuple[Target, ...]


class Selection(NamedTuple):
    """A table without conflicts, and the targets that were passed over for it."""

    kept: TargetTable[Any]
    passed_over: tuple[Target, ...]


class TargetTable(Table[TargetT], Generic[TargetT]):
    """Targets; `support` counts the further texts that print the figure of a claim."""

    def __init__(
        self,
        records: Iterable[TargetT],
        context: Context | None = None,
        support: Mapping[str, int] | None = None,
        *,
        edition: str = "",
    ) -> None:
        super().__init__(records, context, edition=edition)
        self._support = support or {}
        self._by_subject: dict[str, list[TargetT]] | None = None
        self._at: dict[tuple[str, str, int], TargetT | tuple[TargetT, ...]] | None = None

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
        scope: Some = None,
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
        plan_kind, form, comparator, force, tier, breakdown, scope, unit
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
                coded(
                    "breakdown",
                    lambda r: r.breakdown,
                    breakdown,
                    self._codes.words.get("targets.breakdown"),
                ),
                coded("scope", lambda r: r.scope, scope, self._codes.words.get("targets.scope")),
                listed(Tier, lambda r: r.citation.source.tier, tier),
                coded("source", lambda r: r.citation.source.code, source, self._codes.of("source")),
            )
        )

    def at(self, region: str, indicator: str, end_year: int) -> TargetT:
        """The only target of a region and an indicator for a year, found as in a dict.

        Parameters
        ----------
        region, indicator
            Codes; any other name is found as well, by :meth:`where`.
        end_year
            The year by which it is to be met.

        Raises
        ------
        MissingError
            If there is none, or a name means nothing.
        AmbiguousError
            If several plans, forms or texts have one; names their keys.

        Examples
        --------
        >>> from innovation_plans import load
        >>> load().targets.at("CN-GD", "rd_intensity", 2025).value
        Decimal('3.5')
        """
        found = (self._at or self._places()).get((region, indicator, end_year))
        if found is None or found.__class__ is tuple:
            return self.where(region=region, indicator=indicator, end_year=end_year).one()
        return found  # type: ignore[return-value]

    def conflicts(self) -> tuple[Conflict, ...]:
        """Where texts of one region and period give different figures for one thing and year.

        A plan and the work report of a single year are of different periods, and levels of
        government are breakdowns: neither is a conflict.
        """
        return tuple(
            Conflict(about, tuple(sorted(group, key=self._strength)))
            for about, group in self._subjects().items()
            if len({_figure(each) for each in group}) > 1
        )

    def rivals(self, target: Target) -> tuple[TargetT, ...]:
        """The targets that conflict with this one."""
        same = self._subjects().get(_subject(target), [])
        return tuple(each for each in same if _figure(each) != _figure(target))

    def select(self, policy: Policy = "strongest") -> Selection:
        """One target of each conflict, and the names of those passed over.

        Parameters
        ----------
        policy
            ``"strongest"``: the better tier, then the more further texts with the figure, then
            the later text. ``"latest"``: the later text, then the same.
        """
        rank = self._strength if policy == "strongest" else self._lateness
        lost = {
            loser.key
            for conflict in self.conflicts()
            for loser in sorted(conflict.targets, key=rank)[1:]
        }
        return Selection(
            self._of(each for each in self if each.key not in lost),
            tuple(each for each in self if each.key in lost),
        )

    def _of(self, records: Iterable[Any]) -> Self:
        return type(self)(records, self._codes, self._support, edition=self.edition)

    def _places(self) -> dict[tuple[str, str, int], TargetT | tuple[TargetT, ...]]:
        """Targets by region, indicator and year; a tuple where there is more than one."""
        groups: dict[tuple[str, str, int], list[TargetT]] = {}
        for each in self:
            place = each.plan.region.code, each.indicator.code, each.end_year
            groups.setdefault(place, []).append(each)
        self._at = {
            place: group[0] if len(group) == 1 else tuple(group) for place, group in groups.items()
        }
        return self._at

    def _subjects(self) -> dict[str, list[TargetT]]:
        if self._by_subject is None:
            index: dict[str, list[TargetT]] = {}
            for target in self:
                index.setdefault(_subject(target), []).append(target)
            self._by_subject = index
        return self._by_subject

    def _strength(self, target: Target) -> tuple[str, int, _Backwards, str]:
        date = target.citation.source.date or ""
        return (
            target.citation.source.tier,
            -self._support.get(target.series_key, 0),
            _Backwards(date),
            target.key,
        )

    def _lateness(self, target: Target) -> tuple[_Backwards, str, int, str]:
        tier, support, date, key = self._strength(target)
        return date, tier, support, key


class _Backwards(str):
    """Text that sorts the other way round, so that the later date comes first."""

    __slots__ = ()

    def __lt__(self, other: str) -> bool:
        return str.__gt__(self, other)


def _subject(target: Target) -> str:
    """What two conflicting targets have in common: all but plan, source and figure."""
    return "/".join(
        (
            target.region.code,
            target.period,
            target.subject,
            target.form,
            str(target.end_year),
        )
    )


def _figure(target: Target) -> tuple[object, ...]:
    """The number in the indicator's own magnitude; *reach 3.2* and *about 3.2* are one number."""
    return tuple(
        None
        if value is None
        else convert(value, target.unit, target.indicator.unit_in(target.form))
        for value in (target.value, target.value_high)
    )
