"""Load a bundled edition, a file or directory, or the dataset of an installed package.

A bundled dataset is made once per process; its tables are read on first use.
"""

from __future__ import annotations

import sys
from collections import Counter
from os import PathLike
from pathlib import Path
from threading import RLock
from typing import Any

from ..codelists import Tier
from ..errors import (
    ArgumentError,
    DataErrors,
    MissingError,
    brief,
    expect,
    expect_path,
    flag,
    suggests,
    warn,
)
from ..io import csv
from ..io.raw import unreplaced
from ..records import BY_TIER, TABLES, TYPED, Indicator, Observation, Region, Target
from ..resources import bundled_data
from ..text import labels
from .build import Built, BundledTables, Holdings, build
from .dataset import NO_TYPES, Dataset, check_kinds

if sys.version_info >= (3, 13):
    from typing import TypeVar
else:
    from typing_extensions import TypeVar

DEFAULT_TIERS = "ABC"

TargetT = TypeVar("TargetT", bound=Target, default=Target)
ObservationT = TypeVar("ObservationT", bound=Observation, default=Observation)
RegionT = TypeVar("RegionT", bound=Region, default=Region)
IndicatorT = TypeVar("IndicatorT", bound=Indicator, default=Indicator)


@suggests(version="edition=", **NO_TYPES)
def load(
    path: str | PathLike[str] | None = None,
    *,
    format: str | None = None,  # noqa: A002 - the word a caller looks for
    edition: str | None = None,
    tiers: str | None = None,
    verify: bool = False,
    target_type: type[TargetT] = Target,  # type: ignore[assignment]
    observation_type: type[ObservationT] = Observation,  # type: ignore[assignment]
    region_type: type[RegionT] = Region,  # type: ignore[assignment]
    indicator_type: type[IndicatorT] = Indicator,  # type: ignore[assignment]
) -> Dataset[TargetT, ObservationT, RegionT, IndicatorT]:
    """Return the bundled dataset, one in a file or directory, or one of an installed package.

    Parameters
    ----------
    path
        A file or directory in one of the :func:`formats`, or the name of a dataset of an installed
        package (:func:`datasets`). None loads a bundled edition.
    format
        The format of `path`. None uses its ending, or the files in the directory.
    edition
        One of the bundled :func:`editions`, such as ``"2026.10"``. None loads the current one.
    tiers
        The source tiers to use, such as ``"ABCD"``. Targets and observations of other tiers are
        left out. None uses the tiers that the file states, or ABC; a warning then counts what a
        file or directory has of other tiers.
    verify
        Whether to check the sums of all files first, as :func:`verify` does.
    target_type, observation_type, region_type, indicator_type
        Your own subclasses. Their own fields are columns of the files.

    Returns
    -------
    Dataset
        Immutable. Calls with the same arguments return the same bundled dataset.

    Raises
    ------
    DataErrors
        If files contain errors. It has the file, line and column of each.
    MissingError
        If there is no such path or edition.
    ArgumentError
        If there is no such format or tier.
    AmbiguousError
        If `path` is a directory and also the name of an installed dataset.
    PluginError
        If the installed package cannot be used; names its distribution.

    Examples
    --------
    >>> plans = load()
    >>> target = plans.targets.where(region="广东", indicator="rd_intensity", period="14th",
    ...                              end_year=2025).one()
    >>> target.comparator, target.value, target.unit
    (<Comparator.ABOUT: 'about'>, Decimal('3.5'), 'percent')
    """
    graded = tiers_of(DEFAULT_TIERS if tiers is None else tiers)
    types = (target_type, observation_type, region_type, indicator_type)
    kinds: dict[str, type[Any]] = dict(zip(TYPED, types, strict=True))
    check_kinds(kinds)
    if edition is not None:
        expect("edition", edition, "casefold", "the name of an edition, such as '2026.10'")
    if flag("verify", verify):
        from .editions import verify as verified
        from .editions import verify_export

        verified(edition=edition) if path is None else verify_export(path, format)
    if path is None:
        if format is not None:
            asked = f"file or directory of the format {brief(format, 40)}"
            raise MissingError(asked=asked, hint="pass its path, or leave out format")
        _require_defaults(kinds)
        bundled: Dataset[TargetT, ObservationT, RegionT, IndicatorT] = _BUNDLED.get(
            graded, kinds, _asked(edition)
        )
        return bundled
    if edition is not None:
        raise MissingError(
            asked=f"edition {edition[:40]!r} of {str(path)[:200]!r}",
            hint="editions are of the bundled data: leave out the path, or the edition",
        )
    _refuse_edition(path)
    from ..io.formats import read

    with unreplaced(path):
        raw = read(path, format)
        records = _checked(build(raw, kinds), path).records
    if tiers is None:
        graded = tiers_of(raw.heading.tiers or DEFAULT_TIERS)
        _warn_of_left_out(records, graded, path)
    return Dataset(records, graded, raw.heading.edition)


def _warn_of_left_out(
    records: Holdings, graded: frozenset[Tier], path: str | PathLike[str]
) -> None:
    """Warn of the statements of other tiers, which the dataset does not show."""
    left_out = [
        (TABLES[name].noun, statement.citation.source.tier)
        for name in BY_TIER
        for statement in records.table(name)
        if statement.citation.source.tier not in graded
    ]
    if left_out:
        counts = Counter(noun for noun, _ in left_out)
        counted = labels.enumerated([labels.counted(*pair, "en") for pair in counts.items()], "en")
        others = "".join(sorted({tier for _, tier in left_out}))
        letters = "".join(sorted({*graded, *others}))
        verb = "is" if len(left_out) == 1 else "are"
        warn(
            f"{str(path)[:200]}: {counted} of tier {others} {verb} left out; "
            f'pass tiers="{letters}" (or --tiers {letters}) to use them'
        )


def _require_defaults(kinds: dict[str, type[Any]]) -> None:
    """Raise an ArgumentError for an own field that every record must have: bundled records lack it."""
    for name, kind in kinds.items():
        base = TABLES[name]
        for field, info in kind.model_fields.items():
            if field not in base.model_fields and info.is_required():
                parameter, value = f"{base.noun}_type", f"{kind.__name__} for the bundled data"
                hint = f"they have no {field}; give the field a default, such as None"
                raise ArgumentError(parameter=parameter, value=value, hint=hint)


def dataset_of(plans: Dataset[Any, Any] | None) -> Dataset[Any, Any]:
    """Return a dataset of the caller, or the bundled one."""
    if plans is None:
        return load()
    expect("plans", plans, "targets", "a dataset")
    return plans


def _checked(built: Built, path: str | PathLike[str]) -> Built:
    """Return what was built; say what to do about data that extend another dataset."""
    try:
        return built.checked()
    except DataErrors as errors:
        if any("expected the code of" in str(error) for error in errors.exceptions):
            extend = f"load().extend({str(path)[:200]!r}) (or --extend)"
            advice = f"to add the data to the bundled ones, use {extend}"
            hinted = DataErrors(f"{errors.message}; {advice}", built.errors)
            hinted.add_note(advice)
            raise hinted from None
        raise


class _Bundled:
    """The bundled datasets, each made once and shared by all threads."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._holdings: dict[tuple[Any, ...], tuple[Holdings, str]] = {}
        self._datasets: dict[tuple[Any, ...], Dataset[Any, Any, Any, Any]] = {}

    def get(
        self, tiers: frozenset[Tier], kinds: dict[str, type[Any]], edition: str | None = None
    ) -> Any:
        """Return the dataset of an edition, of these tiers and types of records."""
        made = self._datasets.get((edition, tiers, *kinds.values()))
        return made or self._make(tiers, kinds, edition)

    def _make(
        self, tiers: frozenset[Tier], kinds: dict[str, type[Any]], edition: str | None
    ) -> Dataset[Any, Any, Any, Any]:
        types = tuple(kinds.values())
        with self._lock:
            pair = self._holdings.get((edition, *types))
            if pair is None:
                pair = self._read(kinds, edition)
                self._holdings[edition, *types] = pair
            again = (_bundled_again, (tiers, kinds, edition))
            made = Dataset[Any, Any, Any, Any](pair[0], tiers, pair[1], again=again)
            return self._datasets.setdefault((edition, tiers, *types), made)

    def _read(self, kinds: dict[str, type[Any]], edition: str | None) -> tuple[Holdings, str]:
        """Return the records of an edition, and the edition that its files state."""
        if edition is None:
            tables = BundledTables(bundled_data(), kinds)
            return tables, tables.edition
        from .editions import edition_root

        raw = csv.read(edition_root(edition), f"edition {edition}")
        return build(raw, kinds).checked().records, raw.heading.edition


_BUNDLED = _Bundled()


def _bundled_again(tiers: frozenset[Tier], kinds: dict[str, type[Any]], edition: str | None) -> Any:
    return _BUNDLED.get(tiers, kinds, edition)


def _asked(edition: str | None) -> str | None:
    """Return the edition; None if it is the current one."""
    if edition is None:
        return None
    from .editions import current_edition

    return None if edition == current_edition() else edition


def _refuse_edition(path: str | PathLike[str]) -> None:
    """Raise an error if the path is no file, but the name of a bundled edition."""
    from .editions import editions

    expect_path(path)
    if str(path) in editions() and not Path(path).exists():
        raise MissingError(
            asked=f"file or directory {str(path)!r}",
            hint=f"load(edition={str(path)!r}) reads the bundled edition",
        )


def tiers_of(letters: str) -> frozenset[Tier]:
    """Return the tiers of a text such as ``ABC``.

    Raises
    ------
    ArgumentError
        If it has other letters, or none.
    """
    try:
        graded = frozenset(Tier(letter) for letter in letters)
    except (TypeError, ValueError):
        graded = frozenset()
    if not graded:
        raise ArgumentError(
            parameter="tiers",
            value=brief(letters, 22),
            allowed=tuple(Tier),
            nearest=(),
            hint="expected some of the letters ABCD",
        )
    return graded
