"""Floor 6: the dataset: tables that agree with one another, read-only.

``load()`` gives the bundled edition, once per process and table by table, as they are asked for;
``load(path)`` reads a directory whole and refuses it whole. Read next: ``pace.py``.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from functools import cached_property
from os import PathLike
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, Generic

from importlib_resources.abc import Traversable

from .bundled import bundled_data
from .codelists import Tier
from .directory import Directory
from .errors import DataError, DataErrors, MissingError
from .records import (
    Codes,
    Corroboration,
    Erratum,
    Indicator,
    Observation,
    Plan,
    Region,
    Source,
    Target,
    Vintage,
)
from .tables import GoalTable, IndicatorTable, ObservationTable, RegionTable, Table, TargetTable

if sys.version_info >= (3, 13):
    from typing import TypeVar
else:
    from typing_extensions import TypeVar

__all__ = ["Dataset", "load"]

TargetT = TypeVar("TargetT", bound=Target, default=Target)
ObservationT = TypeVar("ObservationT", bound=Observation, default=Observation)


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


class Dataset(Generic[TargetT, ObservationT]):
    """Targets, observations and what they refer to; nothing in it changes.

    Examples
    --------
    >>> plans = load()
    >>> plans.region("粤").name_en
    'Guangdong'
    """

    def __init__(self, directory: Directory, tiers: frozenset[Tier], edition: str) -> None:
        self._lock = RLock()
        self._directory = directory
        self._tiers = tiers
        self.edition = edition

    def __setattr__(self, name: str, value: object) -> None:
        if name in self.__dict__ or not (name.startswith("_") or name == "edition"):
            raise AttributeError("a dataset is read-only; extend it or load another")
        super().__setattr__(name, value)

    def __delattr__(self, name: str) -> None:
        raise AttributeError("a dataset is read-only")

    def __repr__(self) -> str:
        return f"<Dataset {self.edition}, tiers {self.tiers}>"

    @property
    def tiers(self) -> str:
        """The source tiers that its targets and observations are drawn from."""
        return "".join(sorted(self._tiers))

    @property
    def codes(self) -> Codes:
        """What codes stand for: the ``context=`` for validating further records."""
        return self._directory.codes

    @_once
    def regions(self) -> RegionTable:
        """The nation, provinces, cities and groups."""
        return RegionTable(self._directory.table("regions"), self.codes)

    @_once
    def indicators(self) -> IndicatorTable:
        """What is measured."""
        return IndicatorTable(self._directory.table("indicators"), self.codes)

    @_once
    def sources(self) -> Table[Source]:
        """The documents, of every tier."""
        return Table(self._directory.table("sources"), self.codes)

    @_once
    def plans(self) -> Table[Plan]:
        """The plans and work reports."""
        return Table(self._directory.table("plans"), self.codes)

    @_once
    def errata(self) -> Table[Erratum]:
        """Printed errors and what is right."""
        return Table(self._directory.table("errata"), self.codes)

    @_once
    def vintages(self) -> Table[Vintage]:
        """The releases of revised statistics."""
        return Table(self._directory.table("vintages"), self.codes)

    @_once
    def targets(self) -> TargetTable[TargetT]:
        """What plans want to reach."""
        return TargetTable(self._graded("targets"), self.codes, self._support())

    @_once
    def observations(self) -> ObservationTable[ObservationT]:
        """What statistics and reports say was reached."""
        vintages = {each.key: each for each in self._directory.table("vintages")}
        return ObservationTable(self._graded("observations"), self.codes, vintages)

    @_once
    def corroborations(self) -> Table[Corroboration]:
        """Further texts with the figure of a target."""
        return Table(self._graded("corroborations"), self.codes)

    @_once
    def goals(self) -> GoalTable:
        """Commitments without a number."""
        return GoalTable(self._directory.table("goals"), self.codes)

    def region(self, name: str) -> Region:
        """The region that bears a code or name; see :meth:`RegionTable.find`."""
        return self.regions.find(name)

    def indicator(self, name: str) -> Indicator:
        """The indicator that bears a code or name; see :meth:`IndicatorTable.find`."""
        return self.indicators.find(name)

    def _support(self) -> Counter[str]:
        """How many further texts, of the tiers asked for, print the figure of a claim."""
        return Counter(each.target for each in self._graded("corroborations"))

    def _graded(self, name: str) -> list[Any]:
        """The records of the tiers asked for."""
        records = self._directory.table(name)
        return [record for record in records if record.citation.source.tier in self._tiers]


def load(
    path: str | PathLike[str] | None = None,
    *,
    tiers: str = "ABC",
    target_type: type[TargetT] = Target,  # type: ignore[assignment]
    observation_type: type[ObservationT] = Observation,  # type: ignore[assignment]
) -> Dataset[TargetT, ObservationT]:
    """The bundled dataset, or the one in a directory of the same layout.

    Parameters
    ----------
    path
        A directory of data files; None for the bundled edition.
    tiers
        Letters of the source tiers to draw targets and observations from. Weak copies (D) are
        left out unless asked for: ``tiers="ABCD"``.
    target_type, observation_type
        Your own subclasses of ``Target`` and ``Observation``, whose further fields are columns.

    Returns
    -------
    Dataset
        Read-only, and the same object for the same question.

    Raises
    ------
    DataErrors
        With file, line and column of every fault; nothing is loaded then.
    MissingError
        If a letter is no tier, or `path` is no directory.

    Examples
    --------
    >>> plans = load()
    >>> target = plans.targets.where(region="广东", indicator="rd_intensity", period="14th",
    ...                              end_year=2025).one()
    >>> target.comparator, target.value, target.unit
    (<Comparator.ABOUT: 'about'>, Decimal('3.5'), 'percent')
    """
    graded = _tiers(tiers)
    kinds = (target_type, observation_type)
    if path is None:
        found: Dataset[TargetT, ObservationT] = _BUNDLED.get(graded, target_type, observation_type)
        return found
    root = Path(path)
    if not root.is_dir():
        raise MissingError(asked=f"directory {str(path)!r}")
    directory = Directory(root, _kinds(*kinds))
    directory.read_all()
    return Dataset(directory, graded, _edition(root))


class _Bundled:
    """The bundled datasets that were asked for, each made once, however many threads ask."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._directories: dict[tuple[Any, Any], Directory] = {}
        self._datasets: dict[tuple[frozenset[Tier], Any, Any], Dataset[Any, Any]] = {}

    def get(self, tiers: frozenset[Tier], target_type: Any, observation_type: Any) -> Any:
        asked = (tiers, target_type, observation_type)
        found = self._datasets.get(asked)
        return found or self._make(*asked)

    def _make(self, tiers: frozenset[Tier], *types: Any) -> Dataset[Any, Any]:
        with self._lock:
            directory = self._directories.get(types)
            if directory is None:
                directory = Directory(bundled_data(), _kinds(*types), "bundled data")
                self._directories[types] = directory
            made = Dataset[Any, Any](directory, tiers, _edition(bundled_data()))
            return self._datasets.setdefault((tiers, *types), made)


_BUNDLED = _Bundled()


def _kinds(target_type: type[Any], observation_type: type[Any]) -> dict[str, type[Any]]:
    return {"targets": target_type, "observations": observation_type}


def _edition(root: Traversable) -> str:
    """The edition a directory says it is, in ``edition.toml``; empty where it says none."""
    file = root / "edition.toml"
    if not file.is_file():
        return ""
    try:
        return str(tomllib.loads(file.read_text(encoding="utf-8"))["edition"])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError) as error:
        fault = DataError(file="edition.toml", problem=f'expected edition = "…": {error!s:.80}')
        raise DataErrors.gathered("edition.toml", [fault]) from error


def _tiers(letters: str) -> frozenset[Tier]:
    try:
        graded = frozenset(Tier(letter) for letter in letters)
    except ValueError:
        graded = frozenset()
    if not graded:
        raise MissingError(
            asked=f"tiers {letters[:20]!r}", hint="expected some of the letters ABCD"
        )
    return graded
