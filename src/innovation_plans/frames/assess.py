"""Assess many observations against many targets, in any engine.

Every row has the verdict of ``innovation_plans.assess(target, observation)``. Growth computed from
levels, ratios computed from their parts and baselines from statistics need a dataset; rows without
them have a reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple, get_args

import narwhals.stable.v2 as nw

from ..analysis.assess import DEFAULT_THRESHOLD
from ..codelists import Reason, Tier, Verdict
from ..dataset.dataset import Dataset
from ..dataset.load import load
from ..errors import ConflictError, MissingError
from ..units.decimals import Number, exact
from ..units.interval import DEFAULT_TOLERANCE
from .engines import (
    Opened,
    beside,
    closed,
    computed,
    in_order,
    lists_of,
    numbered,
    numeric,
    opened,
    required,
)
from .expressions import HELPERS, Judge
from .target_table import AssessOptions, code_of, target_table
from .units import units_of

__all__ = ["assess"]

Rows = Literal["each", "all", "latest"]
_PACES = ("linear", "compound")
_OBSERVED = ("region", "indicator", "year", "value", "unit")
_OF_TARGETS = ("target_value", "target_unit", "comparator", "end_year")
_OF_VERDICTS = ("gap", "gap_unit", "verdict", "reason")
_MOST_VINTAGES = 1024
_BATCH = 1 << 20  # rows


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
    options = _options(tolerance, pace, threshold, plans)
    if rows not in get_args(Rows):
        raise MissingError(asked=f"rows {rows!r:.60}", nearest=get_args(Rows))
    table = target_table(targets, options, on, keep)
    work = opened(observations, "observations")
    names = list(work.kinds)
    required((*_OBSERVED, *on), names, "observations")
    columns = _renamed(names, keep, on)
    work = numbered(work) if rows != "latest" else work
    if columns != names:
        work = work._replace(frame=work.frame.rename({"comparator": "outcome_comparator"}))
    judge = Judge(work.ops, table, columns, pace, matched=rows != "all", on=on)
    of_targets = [*_OF_TARGETS, *(each for each in keep if each not in (*columns, *_OF_TARGETS))]
    output = [*columns, *of_targets, *_OF_VERDICTS]
    join = _Join(work, judge, ["region", "indicator", *on], output, options)
    result = computed(join.latest() if rows == "latest" else join.each(), work)
    if work.eager:
        _check_units(result, work, plans)
    return closed(result, work)


def _options(
    tolerance: Number, pace: str, threshold: Number, plans: Dataset[Any, Any] | None
) -> AssessOptions:
    if pace not in _PACES:
        raise MissingError(
            asked=f"pace method {pace!r:.60} for frames",
            nearest=_PACES,
            hint="other methods judge one target at a time: innovation_plans.assess",
        )
    return AssessOptions(float(exact(tolerance)), pace, float(exact(threshold)), plans)


def _renamed(names: list[str], keep: Sequence[str], on: Sequence[str]) -> list[str]:
    """Return the columns of the observations, with another name for their comparator."""
    taken = {*_OF_TARGETS, *_OF_VERDICTS, *keep, "outcome_comparator"} - {"comparator"} - set(on)
    for name in names:
        if name in taken or name.startswith(HELPERS):
            raise ConflictError(
                what=f"column {name!r}",
                ours="a column of the observations",
                theirs="one of the result",
                hint="rename it or leave it out",
            )
    return ["outcome_comparator" if name == "comparator" else name for name in names]


def _check_units(result: Any, work: Opened, plans: Dataset[Any, Any] | None) -> None:
    """Raise an error for unknown units; units of another dimension have a reason code."""
    not_compared = result.filter(work.ops.col("reason") == str(Reason.DIFFERENT_BASIS))
    table = units_of(plans)
    for text in lists_of(not_compared.select("unit").unique(), ["unit"])["unit"]:
        if text is not None:
            table.unit(text)


class _Join(NamedTuple):
    """Observations joined with the targets that they are compared with."""

    work: Opened
    judge: Judge
    keys: list[str]
    columns: list[str]  # of the result
    options: AssessOptions

    @property
    def ops(self) -> Any:
        """The module of expressions for the frame."""
        return self.work.ops

    @property
    def has(self) -> list[str]:
        """The columns of the observations."""
        return self.judge.have

    def each(self) -> Any:
        """Return every observation with each of its targets."""
        number = ["_ip_target"] if self.judge.targets.single and self.judge.matched else []
        frame, targets = self.work.frame, self._targets("_ip_first", "_ip_span", *number)
        if not (isinstance(frame, nw.DataFrame) and frame.implementation.is_pyarrow()):
            return self._batch(frame, targets)
        # pyarrow keeps every step in memory, so process a part of the rows at a time.
        starts = range(0, max(len(frame), 1), _BATCH)
        return nw.concat([self._batch(frame[at : at + _BATCH], targets) for at in starts])

    def _batch(self, frame: Any, targets: Any) -> Any:
        joined = frame.join(targets, on=self.keys, how="inner" if self.judge.matched else "left")
        result = self.judge.in_words(self._with_codes(joined))
        order = () if self.judge.targets.single else ("_ip_target",)
        return in_order(result, self.work, *order).select(*self.columns)

    def latest(self) -> Any:
        """Return every target with the observation that decides."""
        joined = self.work.frame.join(self._targets(), on=self.keys, how="inner")
        matching = self._with_vintage_order(joined.filter(self._is_in_period()))
        matching = matching.with_columns(_ip_order=self._preference())
        best = matching.group_by("_ip_target").agg(self.ops.col("_ip_order").max())
        chosen = matching.join(best, on=["_ip_target", "_ip_order"], how="inner")
        result = self._with_other_targets(self._one_per_target(self._with_codes(chosen)))
        result = self.judge.in_words(result, further=(Reason.CONFLICTING_OUTCOMES,))
        result = result.sort("_ip_target") if self.work.eager else result
        return result.select(*self.columns)

    def _targets(self, *omitted: str) -> Any:
        """Return the targets without some columns: every row repeats what is joined."""
        columns, types = self.judge.targets.table()
        kept = {name: cells for name, cells in columns.items() if name not in omitted}
        return beside(kept, {name: types[name] for name in kept}, self.work, self.keys)

    def _with_codes(self, joined: Any) -> Any:
        """Return the frame with the distance of each row from its target, and its result code."""
        scales = self.judge.targets.scales
        small: dict[str, list[Any]] = {
            "unit": list(scales),
            "_ip_measured": [measure for measure, _, _ in scales.values()],
            "_ip_scale": [over / under for _, over, under in scales.values()],
        }
        kinds = {"unit": "String", "_ip_measured": "Int16", "_ip_scale": "Float64"}
        frame = joined.join(beside(small, kinds, self.work, ["unit"]), on="unit", how="left")
        known = "value_high" in self.has
        high = numeric(self.work, "value_high", "observations") if known else None
        return self.judge.measured(frame, numeric(self.work, "value", "observations"), high)

    def _is_in_period(self) -> Any:
        """Return True for rows of the form and period of their target, as in ``analysis/matching.py``."""
        year, of = self.ops.col("year"), self.judge.of
        number = numeric(self.work, "value", "observations")
        is_match = ~year.is_null() & ~number.is_null() & ~number.is_nan()
        is_match = is_match & (year <= of("end_year")) & (year >= of("_ip_first"))
        form = (
            self.ops.col("form").cast(self.ops.String())
            if "form" in self.has
            else self.ops.lit("level")
        )
        is_match = is_match & (of("_ip_form") == form) & (of("_ip_measure") > 0)
        if self.judge.scoped:
            is_match = is_match & self.ops.col("scope").is_null()
        if "start_year" in self.has and self.judge.targets.any("_ip_span"):
            start = self.ops.col("start_year")
            start = self.ops.when(start.is_null()).then(year).otherwise(start)
            is_match = is_match & ((of("_ip_span") == 0) | (start == of("_ip_span")))
        return is_match

    def _preference(self) -> Any:
        """Order by year, then as `matching.best_of`: statistics, newer vintage, better tier."""
        order = self.ops.col("year").cast(self.ops.Int64()) * 2
        if "self_reported" in self.has:
            order = order + self.ops.when(self.ops.col("self_reported")).then(0).otherwise(1)
        order = order * _MOST_VINTAGES
        if "vintage" in self.has:
            order = order + self.ops.col("_ip_vintage")
        order = order * len(Tier)
        if "tier" in self.has:
            for rank, tier in enumerate(reversed(Tier)):
                is_tier = self.ops.col("tier") == str(tier)
                order = order + self.ops.when(is_tier).then(rank).otherwise(0)
        return order

    def _with_vintage_order(self, frame: Any) -> Any:
        """Return the frame with the order of each vintage among those of its indicator."""
        if "vintage" not in self.has:
            return frame
        plans = self.options.plans if self.options.plans is not None else load()
        orders = {(each.indicator.code, each.code): each.order for each in plans.vintages}
        small: dict[str, list[Any]] = {
            "indicator": [indicator for indicator, _ in orders],
            "vintage": [vintage for _, vintage in orders],
            "_ip_vintage": [min(order, _MOST_VINTAGES - 1) for order in orders.values()],
        }
        kinds = {"indicator": "String", "vintage": "String", "_ip_vintage": "Int64"}
        keys = ["indicator", "vintage"]
        joined = frame.join(beside(small, kinds, self.work, keys), on=keys, how="left")
        order = self.ops.col("_ip_vintage")
        known = self.ops.when(order.is_null()).then(0).otherwise(order).cast(self.ops.Int64())
        return joined.with_columns(_ip_vintage=known)

    def _one_per_target(self, frame: Any) -> Any:
        """Return one row per target; a conflict if figures of equal weight differ in verdict."""
        code = self.ops.col("_ip_code")
        ties = frame.group_by("_ip_target").agg(
            _ip_least_code=code.min(), _ip_most_code=code.max(), _ip_top=self.ops.col("value").max()
        )
        frame = frame.join(ties, on="_ip_target", how="inner")
        frame = frame.filter(self.ops.col("value") == self.ops.col("_ip_top"))
        frame = frame.unique(subset=["_ip_target"], keep="any")
        agreed = self.ops.col("_ip_least_code") == self.ops.col("_ip_most_code")
        conflict = code_of(Verdict.UNDETERMINED, Reason.CONFLICTING_OUTCOMES)
        decided = self.ops.when(agreed).then(code).otherwise(self.ops.lit(conflict))
        return frame.with_columns(_ip_code=decided)

    def _with_other_targets(self, assessed: Any) -> Any:
        """Return all targets, also those without an outcome."""
        observed = [name for name in self.has if name not in self.keys]
        assessed = assessed.select("_ip_target", *observed, "_ip_distance", "_ip_code")
        frame = self._targets().join(assessed, on="_ip_target", how="left")
        code = self.ops.col("_ip_code")
        part = self.ops.lit(code_of(Verdict.UNDETERMINED, Reason.DIFFERENT_BASIS))
        none = self.ops.lit(code_of(Verdict.UNDETERMINED, Reason.NO_OUTCOME))
        without = self.ops.when(self.judge.of("_ip_measure") < 0).then(part).otherwise(none)
        completed = self.ops.when(code.is_null()).then(without).otherwise(code)
        return frame.with_columns(_ip_code=completed.cast(self.ops.Int64()))
