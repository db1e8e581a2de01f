"""Datasets written for other programs, and read from what was written.

One pair, :func:`write` and :func:`read`, for every format of :func:`formats`. Values are exact in
all of them, own units go along, and what a format cannot hold is said.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from os import PathLike
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from ..analysis.comparison import Comparison
from ..analysis.flat import heading_of_result, lines_of_result, result_grid
from ..codelists import Tier
from ..dataset.build import Directory
from ..dataset.dataset import Dataset
from ..dataset.parts import narrowed, table_name, with_references
from ..dataset.results import Results
from ..dataset.tables import Table
from ..errors import MissingError
from ..records import Indicator, Observation, Region, Target
from .content import grid_of, heading_of, tables_of
from .folder import standing
from .incoming import refuse
from .known_formats import (
    Format,
    Options,
    format_of,
    format_to_read,
    format_to_write,
    has_ending,
    makes_directory,
    module_of,
    registered,
)
from .raw import no_file
from .save import WriteError, replacing

if sys.version_info >= (3, 13):
    from typing import TypeVar
else:
    from typing_extensions import TypeVar

__all__ = ["Format", "WriteError", "Written", "formats", "narrowed", "read", "write"]

TargetT = TypeVar("TargetT", bound=Target, default=Target)
ObservationT = TypeVar("ObservationT", bound=Observation, default=Observation)
RegionT = TypeVar("RegionT", bound=Region, default=Region)
IndicatorT = TypeVar("IndicatorT", bound=Indicator, default=Indicator)

_TYPED = ("targets", "observations", "regions", "indicators")
_ALL_TIERS = "".join(Tier)


class Written(NamedTuple):
    """What was written, where, and what of it the format does not hold."""

    path: Path
    format: str
    records: Mapping[str, int]  # by table
    losses: tuple[str, ...]


def formats() -> tuple[Format, ...]:
    """Every format: what it makes, what it needs and what it loses.

    Examples
    --------
    >>> [each.name for each in formats() if each.extra]
    ['parquet', 'excel']
    """
    return tuple(format_of(name) for name in registered())


def write(
    plans: Dataset[Any, Any, Any, Any] | Table[Any] | Results[Any] | Comparison,
    path: str | PathLike[str],
    *,
    format: str | None = None,  # noqa: A002 - the word a caller looks for
    overwrite: bool = False,
    safe: bool = True,
    edition: str = "",
) -> Written:
    """What was written; the file or directory is there whole, or not at all.

    Parameters
    ----------
    plans
        A dataset, with the targets and observations of its tiers and all they may refer to; or
        one table, such as ``plans.targets.where(…)``, with what it refers to, or by itself where
        `path` ends as one file of CSV or Parquet does; or verdicts, or a comparison, as
        one table.
    path
        Where to write; the directory around it must exist.
    format
        One of :func:`formats`; None to go by the ending of `path`.
    overwrite
        Whether what stands at `path` may be replaced: a file by a file, an earlier export by
        another. It stays whole if anything fails.
    safe
        Whether text that a spreadsheet would run as a formula is made harmless in CSV; it is
        restored when it is read.
    edition
        What to call a table, instead of the edition of the dataset it is from.

    Raises
    ------
    WriteError
        If `path` is taken, or the system refuses.
    MissingError
        If there is no such format, or it does not hold what is given.
    MissingExtraError
        If the format needs a library that is not installed.
    DataErrors
        If a record holds what the format cannot say; names record and field.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from innovation_plans import load
    >>> targets = load().targets.where(region="广东", indicator="rd_intensity", period="14th")
    >>> done = write(targets, Path(tempfile.mkdtemp()) / "ours.jsonl")
    >>> done.records["targets"] == len(targets), read(done.path).targets == targets
    (True, True)
    """
    place = Path(path)
    name = format_to_write(place, format)
    order = _Order(place, name, module_of(name), Options(safe=safe), overwrite=overwrite)
    if isinstance(plans, Results | Comparison):
        return _write_result(plans, order)
    whole = with_references(plans, edition) if isinstance(plans, Table) else plans
    if makes_directory(name) and has_ending(place, name):
        return _write_alone(plans, whole, order)
    with order.fresh(directory=makes_directory(name)) as fresh:
        order.module.write(whole, fresh, order.options)
    records = {table: len(found) for table, found in tables_of(whole)}
    return Written(place, name, records, tuple(_losses(whole, order.module)))


def read(
    path: str | PathLike[str],
    *,
    format: str | None = None,  # noqa: A002 - the word a caller looks for
    tiers: str = _ALL_TIERS,
    target_type: type[TargetT] = Target,  # type: ignore[assignment]
    observation_type: type[ObservationT] = Observation,  # type: ignore[assignment]
    region_type: type[RegionT] = Region,  # type: ignore[assignment]
    indicator_type: type[IndicatorT] = Indicator,  # type: ignore[assignment]
) -> Dataset[TargetT, ObservationT, RegionT, IndicatorT]:
    """The dataset that was written, checked as strictly as one in files.

    Parameters
    ----------
    path
        A file or directory that :func:`write` made, or another program did in the same shape.
    format
        One of :func:`formats`; None to go by the ending, or by what is in the directory.
    tiers
        Letters of the source tiers to draw targets and observations from: all that are there,
        unless fewer are asked for.
    target_type, observation_type, region_type, indicator_type
        Your own subclasses, whose further fields are columns.

    Raises
    ------
    DataErrors
        With file, row and column of every fault; nothing is read then.
    MissingError
        If there is no such path, format or tier.
    MissingExtraError
        If the format needs a library that is not installed.
    """
    place = Path(path)
    if not os.path.exists(place):  # noqa: PTH110 - false, and no error, for any odd path
        raise MissingError(asked=f"file or directory {str(place)[:200]!r}")
    if problem := no_file(place):
        raise refuse(place.name, problem)
    module = module_of(format_to_read(place, format))
    graded = _tiers(tiers)
    types = (target_type, observation_type, region_type, indicator_type)
    try:
        with standing(place):
            directory = Directory(module.read(place), dict(zip(_TYPED, types, strict=True)))
            directory.read_all()
    except OSError as error:
        raise refuse(str(place), f"cannot be read: {error.strerror or error}") from error
    return Dataset(directory, graded, directory.edition)


class _Order(NamedTuple):
    """What to write, where, and how."""

    place: Path
    name: str
    module: ModuleType
    options: Options
    overwrite: bool

    def fresh(self, *, directory: bool = False) -> AbstractContextManager[Path]:
        """A path to write to, which takes its place when all is written."""
        return replacing(self.place, overwrite=self.overwrite, directory=directory)


def _write_alone(
    table: Dataset[Any, Any, Any, Any] | Table[Any],
    whole: Dataset[Any, Any, Any, Any],
    order: _Order,
) -> Written:
    """One table as one file, whose references are codes of records that are not in it."""
    if not isinstance(table, Table):
        raise MissingError(
            asked=f"room for several tables in one {order.place.suffix} file",
            hint="give the path of a directory, or one table such as plans.targets",
        )
    title = table_name(table)
    grid = grid_of(title, table, whole.codes).of_edition(whole.edition)
    with order.fresh() as fresh:
        order.module.write_table(grid, heading_of(whole), fresh, order.options)
    alone = "the records that it refers to: by itself it is for other programs, not read again"
    return Written(order.place, order.name, {title: len(table)}, (alone,))


def _write_result(result: Results[Any] | Comparison, order: _Order) -> Written:
    """Verdicts or a comparison as one table, or as a line each."""
    heading = heading_of_result(result)
    if hasattr(order.module, "write_table"):
        grid = result_grid(result)
        with order.fresh() as fresh:
            order.module.write_table(grid, heading, fresh, order.options)
        losses = ("parts of parts: they are columns, and lists are divided by |",)
        return Written(order.place, order.name, {grid.name: len(grid.rows)}, losses)
    if not hasattr(order.module, "write_lines"):
        raise MissingError(
            asked=f"way to write a {type(result).__name__} as {order.name}",
            hint="write csv, jsonl, parquet or excel",
        )
    noun, said = lines_of_result(result)
    lines = [{"record": noun} | line for line in said]
    with order.fresh() as fresh:
        order.module.write_lines(lines, heading, fresh)
    return Written(order.place, order.name, {noun: len(lines)}, ())


def _losses(whole: Dataset[Any, Any, Any, Any], module: ModuleType) -> Iterator[str]:
    """What of a dataset the file does not hold, in words."""
    if module.LOSES:
        yield module.LOSES
    if whole.extensions:
        yield "which record came with which extension; the edition still names them"


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
