"""Tables of targets, with their conflicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Generic, Literal, NamedTuple, Never, Self, get_args

from typing_extensions import TypeVar

from ..codelists import Comparator, Force, Form, PlanKind, Tier
from ..errors import (
    AmbiguousError,
    ArgumentError,
    MissingAttributeError,
    MissingError,
    brief,
    expect,
    suggests,
)
from ..records import Context, Target
from ..units.quantity import convert
from .sequence import group_by
from .tables import Table, explained
from .where import Some, SomeYears, coded, listed, named, of_periods, of_units, of_years

TargetT = TypeVar("TargetT", bound=Target, default=Target, covariant=True)


Policy = Literal["strongest", "latest"]


class Conflict(NamedTuple):
    """Targets of one subject with different figures in several sources, the strongest first."""

    about: str  # region, period, indicator, form and year
    targets: tuple[Target, ...]


class Selection(NamedTuple):
    """A table without conflicts, and the targets that it leaves out."""

    kept: TargetTable[Any]
    passed_over: tuple[Target, ...]


def _missing_of_selection(_: Selection, name: str) -> Never:
    kept = (f"kept.{name}",) if hasattr(TargetTable, name) else ()
    raise MissingAttributeError(owner="Selection", name=name, nearest=kept)


setattr(Selection, "__getattr__", _missing_of_selection)  # noqa: B010 - type checkers must not see it


class TargetTable(Table[TargetT], Generic[TargetT]):
    """Targets of plans; of targets with equal figures, :meth:`select` prefers those with more sources."""

    _table = "targets"
    _choice = "add filters such as region= or end_year="

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
        self._at: dict[tuple[str, str, int], TargetT] | None = None

    @suggests(
        year="end_year=",
        years="end_year=",
        province="region=",
        city="region=",
        since="end_year=range(2020, 2026)",
        until="end_year=range(2020, 2026)",
    )
    @explained
    def where(
        self,
        *,
        region: Some = None,
        within: Some = None,
        indicator: Some = None,
        period: Some | int = None,
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
        """Return the targets that match every filter; None is no filter.

        Parameters
        ----------
        region, indicator
            Code or any name: ``"CN-GD"``, ``"GD"``, ``"440000"``, ``"Guangdong"``, ``"广东"``, ``"粤"``;
            or the record.
        within
            A region with its parts: ``"CN-EAST"`` is the group and its provinces, with their cities.
        period
            ``"14th"``, also as ``14``, ``"2021-2025"`` or ``"十四五"``.
        plan, source
            Codes, such as ``"CN-GD-14-sti"``, or records.
        plan_kind, form, comparator, force, tier, breakdown, scope, unit
            Members of the code lists, as such or as text.
        end_year
            Year or years.

        Raises
        ------
        MissingError
            If the dataset has no such name or code.
        AmbiguousError
            If several regions or indicators have the name.
        """
        known = {plan.period for plan in self._codes.of("plan").values()}
        return self._kept(
            (
                *self._located(lambda r: r.plan.region.code, region, within),
                named("indicator", self._codes, lambda r: r.indicator.code, indicator),
                of_periods(lambda r: r.plan.period, period, known),
                coded("plan", lambda r: r.plan.code, plan, self._codes.of("plan")),
                listed(PlanKind, lambda r: r.plan.kind, plan_kind),
                listed(Form, lambda r: r.form, form),
                listed(Comparator, lambda r: r.comparator, comparator),
                of_years(lambda r: r.end_year, end_year),
                of_units(lambda r: r.unit, unit, self._codes.units),
                listed(Force, lambda r: r.force, force),
                self._worded("breakdown", breakdown),
                self._worded("scope", scope),
                listed(Tier, lambda r: r.citation.source.tier, tier),
                coded("source", lambda r: r.citation.source.code, source, self._codes.of("source")),
            )
        )

    def at(self, region: str, indicator: str, end_year: int) -> TargetT:
        """Return the only target of a region and an indicator for a year, by one dictionary lookup.

        Parameters
        ----------
        region, indicator
            Codes, or any other name, which takes longer.
        end_year
            The year by which it is to be met.

        Raises
        ------
        MissingError
            If there is none, or no such name.
        AmbiguousError
            If there are several, by plan, form or source; names their keys.

        Examples
        --------
        >>> from innovation_plans import load
        >>> load().targets.at("CN-GD", "rd_intensity", 2025).value
        Decimal('3.5')
        """
        if self._at is None:
            groups = group_by(self, lambda r: (r.plan.region.code, r.indicator.code, r.end_year))
            self._at = {key: group[0] for key, group in groups.items() if len(group) == 1}
        asked = (region, indicator, end_year)
        target = self._at.get(asked) if tuple(map(type, asked)) == (str, str, int) else None
        if target is not None:
            return target
        series = self.where(region=region, indicator=indicator)
        if len(found := series.where(end_year=end_year)) > 1:
            raise AmbiguousError(
                asked="one target",
                matches=[each.key for each in found],
                hint="choose with where(…, period=…) or where(…, plan=…)",
            )
        if not found:
            years = [str(year) for year in sorted({each.end_year for each in series})]
            raise MissingError(
                asked=f"target of {brief(region, 40)} for {brief(indicator)} by {brief(end_year, 20)}",
                hint=f"there are targets by {', '.join(years)}" if years else "",
            )
        return found[0]

    def conflicts(self) -> tuple[Conflict, ...]:
        """Return where sources state different figures for one region, period, indicator and year.

        A plan and the work report of a single year have different periods, and levels of government
        are breakdowns: neither is a conflict.
        """
        return tuple(
            Conflict(about, tuple(sorted(group, key=self._strength)))
            for about, group in self._subjects().items()
            if len(set(map(_figure, group))) > 1
        )

    def rivals(self, target: Target) -> tuple[TargetT, ...]:
        """Return the targets that conflict with this one."""
        expect("target", target, "end_year", "a target")
        same_subject = self._subjects().get(_subject(target), [])
        return tuple(other for other in same_subject if _figure(other) != _figure(target))

    def select(self, policy: Policy = "strongest") -> Selection:
        """Return a table with one target for each goal, and the targets that are left out.

        Those for one region, period, indicator and year are one goal, whether or not they conflict.

        Parameters
        ----------
        policy
            ``"strongest"``: the better tier, then more further sources with the figure, then the
            later source. ``"latest"``: the later source, then the same criteria.
        """
        policies = get_args(Policy)
        if brief(policy) not in map(repr, policies):
            raise ArgumentError(
                parameter="policy",
                value=brief(policy),
                allowed=policies,
                nearest=(),
                hint=f"select() decides conflicts: {' or '.join(policies)}; to_pandas() has columns",
            )
        rank = self._strength if policy == "strongest" else self._lateness
        dropped = {
            target.key
            for targets in self._subjects().values()
            for target in sorted(targets, key=rank)[1:]
        }
        return Selection(
            self._of(target for target in self if target.key not in dropped),
            tuple(target for target in self if target.key in dropped),
        )

    def _of(self, rows: Iterable[Any]) -> Self:
        return type(self)(rows, self._codes, self._support, edition=self.edition)

    def _subjects(self) -> dict[str, list[TargetT]]:
        if self._by_subject is None:
            self._by_subject = group_by(self, _subject)
        return self._by_subject

    def _strength(self, target: Target) -> tuple[str, int, _Reversed, str]:
        date = target.citation.source.date or ""
        return (
            target.citation.source.tier,
            -self._support.get(target.series_key, 0),
            _Reversed(date),
            target.key,
        )

    def _lateness(self, target: Target) -> tuple[_Reversed, str, int, str]:
        tier, support, date, key = self._strength(target)
        return date, tier, support, key


class _Reversed(str):
    """Text that sorts in reverse order: the later date comes first."""

    __slots__ = ()

    def __lt__(self, other: str) -> bool:
        return str.__gt__(self, other)


def _subject(target: Target) -> str:
    """Return what two conflicting targets have in common: all but plan, source and figure."""
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
    """Return the numbers in the unit of the indicator; *reach 3.2* and *about 3.2* are equal."""
    return tuple(
        None
        if value is None
        else convert(value, target.unit, target.indicator.unit_in(target.form))
        for value in (target.value, target.value_high)
    )
