"""The dataset: tables that agree with one another, read-only."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Collection
from contextlib import nullcontext
from functools import cached_property
from os import PathLike
from threading import RLock
from typing import TYPE_CHECKING, Any, Generic, Never, Self

from ..codelists import Tier
from ..records import (
    TABLES,
    Context,
    Corroboration,
    Erratum,
    Goal,
    Indicator,
    Observation,
    Plan,
    Region,
    Source,
    Target,
    Vintage,
)
from ..units.table import UnitTable
from .build import Holdings, Records
from .coded import IndicatorTable, RegionTable
from .goals import GoalTable
from .observations import ObservationTable
from .tables import Table
from .targets import TargetTable

if TYPE_CHECKING:
    from ..io.columns import Columns, Content
    from ..io.formats import Written
    from .cite import CiteStyle
    from .diff import Diff
    from .extend import Extension, OnConflict
    from .given import Given

if sys.version_info >= (3, 13):
    from typing import TypeVar
else:
    from typing_extensions import TypeVar

__all__ = ["TYPED", "Dataset"]

TargetT = TypeVar("TargetT", bound=Target, default=Target, covariant=True)
ObservationT = TypeVar("ObservationT", bound=Observation, default=Observation, covariant=True)
RegionT = TypeVar("RegionT", bound=Region, default=Region, covariant=True)
IndicatorT = TypeVar("IndicatorT", bound=Indicator, default=Indicator, covariant=True)
# What an extension brings: nothing of a kind, unless the caller gives some.
MoreTargetT = TypeVar("MoreTargetT", bound=Target, default=Never)
MoreObservationT = TypeVar("MoreObservationT", bound=Observation, default=Never)
MoreRegionT = TypeVar("MoreRegionT", bound=Region, default=Never)
MoreIndicatorT = TypeVar("MoreIndicatorT", bound=Indicator, default=Never)
_SAID = {"edition", "extensions"}
# The tables whose records a user may give types of their own.
TYPED = ("targets", "observations", "regions", "indicators")


if TYPE_CHECKING:
    _once = cached_property
else:

    class _once(cached_property):  # noqa: N801 - used as a decorator
        """A cached property that is computed once, however many threads ask at the same time."""

        def __get__(self, instance, owner=None):
            if instance is None:
                return self
            with instance._lock:  # noqa: SLF001 - of the very object it is a property of
                return super().__get__(instance, owner)


class Dataset(Generic[TargetT, ObservationT, RegionT, IndicatorT]):
    """Targets, observations and what they refer to; nothing in it changes.

    Examples
    --------
    >>> from innovation_plans import load
    >>> plans = load()
    >>> plans.region("粤").name_en
    'Guangdong'
    """

    def __init__(
        self,
        holdings: Holdings,
        tiers: frozenset[Tier],
        edition: str,
        extensions: tuple[Extension, ...] = (),
        *,
        again: tuple[Callable[..., Any], tuple[Any, ...]] | None = None,
    ) -> None:
        self._lock = RLock()
        self._again = again  # what another process calls to have the same dataset
        self._holdings = holdings
        self._tiers = tiers
        self.edition = edition
        self.extensions = extensions

    def __setattr__(self, name: str, value: object) -> None:
        if name in self.__dict__ or (not name.startswith("_") and name not in _SAID):
            raise AttributeError("a dataset is read-only; extend it or load another")
        super().__setattr__(name, value)

    def __delattr__(self, name: str) -> None:
        raise AttributeError("a dataset is read-only")

    def __repr__(self) -> str:
        return f"<Dataset {self.edition}, tiers {self.tiers}>"

    def __reduce__(self) -> tuple[Any, ...]:
        """In another process a bundled dataset is loaded there; others bring their records along."""
        if self._again is not None:
            return self._again
        return Dataset, (Records.of(self._holdings), self._tiers, self.edition, self.extensions)

    @property
    def tiers(self) -> str:
        """The source tiers that its targets and observations are drawn from."""
        return "".join(sorted(self._tiers))

    @property
    def context(self) -> Context:
        """What codes stand for: the ``context=`` for validating further records."""
        return self._holdings.context

    @property
    def units(self) -> UnitTable:
        """The closed list of units: the bundled ones and those the dataset defines besides."""
        return self.context.units

    @_once
    def regions(self) -> RegionTable[RegionT]:
        """The nation, provinces, cities and groups."""
        return RegionTable(self._holdings.table("regions"), self.context, edition=self.edition)

    @_once
    def indicators(self) -> IndicatorTable[IndicatorT]:
        """What is measured."""
        return IndicatorTable(
            self._holdings.table("indicators"), self.context, edition=self.edition
        )

    @_once
    def sources(self) -> Table[Source]:
        """The documents, of every tier."""
        return Table(self._holdings.table("sources"), self.context, edition=self.edition)

    @_once
    def plans(self) -> Table[Plan]:
        """The plans and work reports."""
        return Table(self._holdings.table("plans"), self.context, edition=self.edition)

    @_once
    def errata(self) -> Table[Erratum]:
        """Printed errors and what is right."""
        return Table(self._holdings.table("errata"), self.context, edition=self.edition)

    @_once
    def vintages(self) -> Table[Vintage]:
        """The releases of revised statistics."""
        return Table(self._holdings.table("vintages"), self.context, edition=self.edition)

    @_once
    def targets(self) -> TargetTable[TargetT]:
        """What plans want to reach."""
        return TargetTable(
            self._graded("targets"), self.context, self._support(), edition=self.edition
        )

    @_once
    def observations(self) -> ObservationTable[ObservationT]:
        """What statistics and reports say was reached."""
        vintages = {each.key: each for each in self._holdings.table("vintages")}
        return ObservationTable(
            self._graded("observations"), self.context, vintages, edition=self.edition
        )

    @_once
    def corroborations(self) -> Table[Corroboration]:
        """Further texts with the figure of a target."""
        return Table(self._graded("corroborations"), self.context, edition=self.edition)

    @_once
    def goals(self) -> GoalTable:
        """Commitments without a number."""
        return GoalTable(self._holdings.table("goals"), self.context, edition=self.edition)

    def region(self, name: str) -> RegionT:
        """The region that bears a code or name; see :meth:`RegionTable.find`."""
        return self.regions.find(name)

    def indicator(self, name: str) -> IndicatorT:
        """The indicator that bears a code or name; see :meth:`IndicatorTable.find`."""
        return self.indicators.find(name)

    def extend(
        self,
        path: str | PathLike[str] | None = None,
        *,
        regions: Given[MoreRegionT] = (),
        indicators: Given[MoreIndicatorT] = (),
        sources: Given[Source] = (),
        plans: Given[Plan] = (),
        errata: Given[Erratum] = (),
        vintages: Given[Vintage] = (),
        targets: Given[MoreTargetT] = (),
        observations: Given[MoreObservationT] = (),
        corroborations: Given[Corroboration] = (),
        goals: Given[Goal] = (),
        units: str = "",
        on_conflict: OnConflict = "raise",
        target_type: type[MoreTargetT] | None = None,
        observation_type: type[MoreObservationT] | None = None,
        region_type: type[MoreRegionT] | None = None,
        indicator_type: type[MoreIndicatorT] | None = None,
    ) -> Dataset[
        TargetT | MoreTargetT,
        ObservationT | MoreObservationT,
        RegionT | MoreRegionT,
        IndicatorT | MoreIndicatorT,
    ]:
        r"""A new dataset with further records; this one stays as it is.

        Parameters
        ----------
        path
            A directory of data files, or the name under which an installed package offers a
            dataset. Its rows may refer to the records of this one.
        regions, indicators, sources, plans, errata, vintages, targets, observations, \
        corroborations, goals
            Records, of your own subclasses if you like, or mappings of the columns of a file.
            Records that a given record refers to come with it.
        units
            Definitions as in ``units.txt``, one a line; the units of other datasets and the
            registries of other programs do not change.
        on_conflict
            What happens where a key is taken by a different record: ``"raise"``, ``"keep"`` the
            one that is here, or ``"replace"`` it by the one that comes. ``extensions`` says what
            was added, replaced and kept.
        target_type, observation_type, region_type, indicator_type
            Your own subclasses, for the rows of `path` and for mappings.

        Raises
        ------
        DataErrors
            With the place of every fault; no dataset is made then.
        ConflictError
            If a key or a unit is taken.

        Examples
        --------
        >>> from innovation_plans import load
        >>> plans = load()
        >>> ours = plans.extend(
        ...     units="robot = [robots] = 台",
        ...     indicators=[{"code": "robots", "name_en": "Industrial robots", "unit": "robot",
        ...                  "direction": "up"}],
        ...     sources=[{"code": "our-plan", "title": "Our plan", "tier": "A"}],
        ...     targets=[{"plan": "CN-GD-14-sti", "indicator": "robots", "form": "level",
        ...               "comparator": "at_least", "value": "5000", "unit": "robot",
        ...               "end_year": 2025, "source": "our-plan", "as_stated": "5000 台"}])
        >>> print(ours.targets.where(indicator="robots").one().quantity)
        5000 robot
        >>> len(ours.targets) - len(plans.targets), ours.edition == plans.edition
        (1, False)
        """
        given = {
            "regions": regions,
            "indicators": indicators,
            "sources": sources,
            "plans": plans,
            "errata": errata,
            "vintages": vintages,
            "targets": targets,
            "observations": observations,
            "corroborations": corroborations,
            "goals": goals,
        }
        from ..io.formats import read
        from ..io.raw import unreplaced
        from .extend import joined
        from .given import given_tables

        own = zip(TYPED, (target_type, observation_type, region_type, indicator_type), strict=True)
        kinds = dict(self._holdings.kinds) | {name: kind for name, kind in own if kind is not None}
        records = given_tables(given, units, "records")
        holdings, edition, extensions = self._holdings, self.edition, self.extensions
        with nullcontext() if path is None else unreplaced(path):
            origins = [*([] if path is None else [read(path)]), *([records] if records else [])]
            for raw in origins:
                holdings, extension = joined(holdings, raw, kinds, on_conflict)
                edition = f"{edition}+{extension.edition}".strip("+")
                extensions += (extension,)
        return Dataset(holdings, self._tiers, edition, extensions)

    def subset(self, regions: Collection[str]) -> Self:
        """Return the dataset with the targets, observations and goals of some regions only.

        What they refer to stays whole.

        Raises
        ------
        MissingError, AmbiguousError
            If no region, or more than one, has such a name.

        Examples
        --------
        >>> from innovation_plans import load
        >>> {each.region.code for each in load().subset(["广东"]).targets}
        {'CN-GD'}
        """
        wanted = {self.region(each).code for each in regions}
        tables: dict[str, list[Any]] = {name: list(getattr(self, name)) for name in TABLES}
        for name in ("targets", "observations", "goals"):
            tables[name] = [each for each in tables[name] if each.region.code in wanted]
        series = {each.series_key for each in tables["targets"]}
        supporting = [each for each in tables["corroborations"] if each.target in series]
        tables["corroborations"] = supporting
        records = Records(tables, Context(self.context.tables, units=self.units))
        return type(self)(records, self._tiers, self.edition, self.extensions)

    def to_columns(self) -> tuple[Columns, ...]:
        """Return the tables that have records, each as named columns of typed values."""
        tables = self._content().tables
        return tuple(tables()) if tables else ()

    def write(
        self,
        path: str | PathLike[str],
        *,
        format: str | None = None,  # noqa: A002 - the word a caller looks for
        overwrite: bool = False,
        safe: bool = True,
    ) -> Written:
        """Write the dataset, whole or not at all, so that :func:`load` reads it again.

        Parameters
        ----------
        path
            A file or directory; the directory around it must exist.
        format
            One of :func:`formats`; None for that of the ending of `path`.
        overwrite
            Whether a file, or a directory whose files are all as written, is replaced.
        safe
            Whether text that a spreadsheet would run as a formula is neutralised in CSV; it is
            restored when it is read.

        Returns
        -------
        Written
            Path, format, records by table, and what the format does not hold.

        Raises
        ------
        WriteError
            If `path` exists and `overwrite` is False, or the system refuses.
        MissingError
            If there is no such format.
        MissingExtraError
            If the format needs a library that is not installed.
        DataErrors
            If a record holds what the format cannot hold; names record and field.
        """
        from ..io.formats import write

        return write(self._content(), path, format=format, overwrite=overwrite, safe=safe)

    def diff(self, other: Dataset[Any, Any, Any, Any]) -> Diff:
        """What became of the records of another dataset in this one: added, changed, withdrawn.

        Raises
        ------
        IncomparableError
            If the two are drawn from different tiers.

        Examples
        --------
        >>> from innovation_plans import load
        >>> found = load().diff(load(edition="2026.10"))
        >>> change = found.changed[-1]
        >>> change.key, change.fields[0].before, change.fields[0].after
        ('CN-EAST/rd_expenditure/level/2020@seed-cbn-2021', '165.173', '1651.73')
        """
        from .diff import differences

        return differences(self, other)

    def cite(self, style: CiteStyle = "en") -> str:
        """How to cite the data: version, edition, and the sum that tells this edition from others.

        Parameters
        ----------
        style
            ``"en"`` or ``"zh"`` for a sentence, ``"bibtex"``, ``"csl-json"``.

        Raises
        ------
        MissingError
            If there is no such style.

        Examples
        --------
        >>> from innovation_plans import load
        >>> print(load().cite())  # doctest: +ELLIPSIS
        The innovation_plans developers (2026). innovation_plans: targets and outcomes ...
        """
        from .cite import Work, cited

        return cited(Work.of(self.edition), style)

    def _content(self) -> Content:
        """Return the targets and observations of its tiers, and all other records, for a format."""
        from .export import dataset_content

        return dataset_content(
            {name: getattr(self, name) for name in TABLES},
            self.context,
            edition=self.edition,
            tiers=self.tiers,
            extensions=(extension.edition for extension in self.extensions),
        )

    def _support(self) -> Counter[str]:
        """How many further texts, of the tiers asked for, print the figure of a claim."""
        return Counter(each.target for each in self._graded("corroborations"))

    def _graded(self, name: str) -> list[Any]:
        """The records of the tiers asked for."""
        records = self._holdings.table(name)
        return [record for record in records if record.citation.source.tier in self._tiers]
