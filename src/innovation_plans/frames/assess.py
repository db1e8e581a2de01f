"""Assess many observations against many targets, in any engine.

What the scalar ``assess`` says of one target and one observation is said of every row; what a
frame cannot hold (growth computed from levels, ratios from their parts, starts from statistics)
is not guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from ..analysis.assess import DEFAULT_THRESHOLD, DEFAULT_TOLERANCE
from ..codelists import Reason
from ..dataset.dataset import Dataset
from ..errors import ConflictError, MissingError
from ..units.decimals import Number, exact
from .bounds import Ruler
from .engines import (
    Opened,
    closed,
    computed,
    lists_of,
    numbered,
    opened,
    required,
)
from .expressions import HELPERS, Judge
from .jobs import Job
from .target_table import goals_of
from .units import units_of

__all__ = ["assess"]

Rows = Literal["each", "all", "latest"]
_PACES = ("linear", "compound")
_ROWS = ("each", "all", "latest")
_OBSERVED = ("region", "indicator", "year", "value", "unit")
_TOLD = ("target_value", "target_unit", "comparator", "end_year")
_JUDGED = ("gap", "gap_unit", "verdict", "reason")


def assess(
    observations: Any,
    targets: Any,
    *,
    rows: Rows = "each",
    on: Sequence[str] = (),
    keep: Sequence[str] = (),
    tolerance: Number = DEFAULT_TOLERANCE,
    pace: str = "linear",
    threshold: Number = DEFAULT_THRESHOLD,
    plans: Dataset[Any, Any] | None = None,
) -> Any:
    """Return the observations with the verdict on the targets they are compared with.

    Verdict, reason and gap of a row are those of ``innovation_plans.assess(target, observation)``;
    how the two are joined, and what a frame leaves out, is in *Assess frames* of the manual.

    Parameters
    ----------
    observations
        A frame of any engine with the columns ``region, indicator, year, value, unit``. Optional:
        ``form`` (without it every figure is a level), ``comparator`` and ``value_high`` (without
        them every figure is a plain number), ``scope``, ``start_year``, ``vintage``,
        ``self_reported``, ``tier``.
    targets
        A frame of any engine, of this one or another; it is read into memory. Columns: ``region,
        indicator, form, comparator, value, unit, end_year``. Optional: ``value_high,
        baseline_value, baseline_year, baseline_unit, start_year, direction, breakdown, scope``.
    rows
        ``"each"``: every observation that has a target of its region and indicator, once for each
        such target; ``"all"``: the same, and the others too, with nulls; ``"latest"``: one row per
        target, with the observation that decides.
    on
        Further columns of both frames that must be equal for an observation to belong to a target.
    keep
        Columns of the targets to keep in the result.
    tolerance, threshold
        As in ``innovation_plans.assess``.
    pace
        ``"linear"`` or ``"compound"``.
    plans
        A dataset with units, indicators and vintages of its own; the bundled ones if not given.

    Returns
    -------
    frame
        A frame of the same engine as `observations`, lazy if they are lazy: their columns, then
        ``target_value, target_unit, comparator, end_year``, those of `keep`, and ``gap, gap_unit,
        verdict, reason``. A comparator of the observations is in ``outcome_comparator``.

    Raises
    ------
    MissingError
        If a column is missing, or a code or the direction of an indicator is not known.
    FigureError
        If a target has no number, year or unit; or, in an eager frame, a unit of an observation
        is not known.
    ConflictError
        If the observations have a column that the result is to have.

    Examples
    --------
    >>> import polars as pl
    >>> seen = pl.DataFrame({"region": ["CN-GD"], "indicator": ["rd_intensity"], "year": [2025],
    ...                      "value": [3.6], "unit": ["percent"]})
    >>> wanted = pl.DataFrame({"region": ["CN-GD"], "indicator": ["rd_intensity"],
    ...     "form": ["level"], "comparator": ["about"], "value": [3.5], "unit": ["percent"],
    ...     "end_year": [2025]})
    >>> assess(seen, wanted).select("target_value", "gap", "gap_unit", "verdict").rows()
    [(3.5, 0.1, 'percentage_point', 'met')]
    """
    ruler = _ruler(tolerance, pace, threshold, plans)
    if rows not in _ROWS:
        raise MissingError(asked=f"rows {rows!r:.60}", nearest=_ROWS)
    goals = goals_of(targets, ruler, on, keep)
    work = opened(observations, "observations")
    given = list(work.kinds)
    required((*_OBSERVED, *on), given, "observations")
    have = _named(given, keep, on)
    work = numbered(work) if rows != "latest" else work
    if have != given:
        work = work._replace(frame=work.frame.rename({"comparator": "outcome_comparator"}))
    judge = Judge(work.ops, goals, have, pace, matched=rows != "all", on=on)
    told = [*_TOLD, *(name for name in keep if name not in (*have, *_TOLD))]
    job = Job(work, judge, ["region", "indicator", *on], [*have, *told, *_JUDGED], ruler)
    found = computed(job.latest() if rows == "latest" else job.each(), work)
    if work.eager:
        _check_units(found, work, plans)
    return closed(found, work)


def _ruler(
    tolerance: Number, pace: str, threshold: Number, plans: Dataset[Any, Any] | None
) -> Ruler:
    if pace not in _PACES:
        raise MissingError(
            asked=f"pace method {pace!r:.60} for frames",
            nearest=_PACES,
            hint="other methods judge one target at a time: innovation_plans.assess",
        )
    return Ruler(float(exact(tolerance)), pace, float(exact(threshold)), plans)


def _named(given: list[str], keep: Sequence[str], on: Sequence[str]) -> list[str]:
    """Return the columns of the observations, with another name for their comparator."""
    taken = {*_TOLD, *_JUDGED, *keep, "outcome_comparator"} - {"comparator"} - set(on)
    for name in given:
        if name in taken or name.startswith(HELPERS):
            raise ConflictError(
                what=f"column {name!r}",
                ours="a column of the observations",
                theirs="one of the result",
                hint="rename it or leave it out",
            )
    return ["outcome_comparator" if name == "comparator" else name for name in given]


def _check_units(found: Any, work: Opened, plans: Dataset[Any, Any] | None) -> None:
    """Raise an error for unknown units; units of another dimension have a reason code."""
    strange = found.filter(work.ops.col("reason") == str(Reason.DIFFERENT_BASIS))
    table = units_of(plans)
    for text in lists_of(strange.select("unit").unique(), ["unit"])["unit"]:
        if text is not None:
            table.unit(text)
