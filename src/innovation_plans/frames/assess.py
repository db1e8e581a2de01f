"""Assess many observations against many targets, in any engine.

Every row has the verdict of ``innovation_plans.assess(target, observation)``. Growth computed from
levels, ratios computed from their parts and baselines from statistics need a dataset; rows without
them have a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Literal, NamedTuple, get_args

from ..analysis.assess import DEFAULT_THRESHOLD
from ..analysis.no_outcome import edition_day
from ..codelists import Form, Reason, Tier, Verdict
from ..dataset.dataset import Dataset
from ..dataset.load import dataset_of
from ..dataset.where import day_of
from ..errors import ArgumentError, ConflictError, FigureError, brief, one_of
from ..records import Vintage
from ..units.decimals import Number, share
from ..units.interval import DEFAULT_TOLERANCE
from ..units.table import names_own_units
from .engines import (
    FrameT,
    Opened,
    beside,
    closed,
    computed,
    dated,
    grouped,
    in_order,
    lists_of,
    numbered,
    numeric,
    nw,
    opened,
    required,
)
from .expressions import BOUNDS, HELPERS, Judge
from .inputs import (
    LARGEST,
    check_codes,
    check_names,
    flag,
    is_empty,
    names_of_columns,
    prepared,
    raise_for_range,
    values_in,
)
from .target_table import AssessOptions, TargetColumns, code_of, target_table

Rows = Literal["each", "all", "latest"]
_PACES = ("linear", "compound")
_OBSERVED = ("region", "indicator", "year", "value", "unit")
_OF_TARGETS = ("target_value", "target_unit", "comparator", "end_year")
_OF_VERDICTS = ("gap", "gap_unit", "verdict", "reason")
_KINDS = {
    "region": "text", "indicator": "text", "form": "text", "unit": "text", "comparator": "text",
    "scope": "text", "vintage": "text", "tier": "text", "value": "number", "value_high": "number",
    "precision": "number",
    "year": "year", "start_year": "year", "self_reported": "flag", "released": "day",
}  # fmt: skip
_KINDS_OF_KEYS = {"String": "text", "Int64": "number", "Float64": "float", "Boolean": "flag"}
_CODES = ("region", "indicator", "vintage")  # which small tables are joined by
_MOST_VINTAGES = 1024
_BATCH = 1 << 20  # rows


@names_own_units("plans")
def assess(
    observations: FrameT,
    targets: Any,
    *,
    rows: Rows = "each",
    on: Sequence[str] = (),
    keep: Sequence[str] = (),
    tolerance: Number = DEFAULT_TOLERANCE,
    pace: str = "linear",
    threshold: Number = DEFAULT_THRESHOLD,
    as_of: str | date | None = None,
    plans: Dataset[Any, Any] | None = None,
) -> FrameT:
    """Return the observations with the verdict on the targets they are compared with.

    The result is a join: an observation without a target is dropped, unless ``rows="all"`` keeps
    it; a target without an observation has no row, unless ``rows="latest"`` keeps every target.

    Verdict, reason and gap of a row are those of ``innovation_plans.assess(target, observation)``;
    how the two are joined, and what a frame leaves out, is in *Assess frames* of the manual.

    Parameters
    ----------
    observations
        A frame of any engine with the columns ``region, indicator, year, value, unit``. Optional:
        ``form`` (without it every figure is a level), ``comparator`` and ``value_high`` (without
        them every figure is a plain number), ``precision`` (half-width of the printed figure;
        without it every figure is exact, as with 0), ``scope``, ``start_year``, ``vintage``,
        ``self_reported``, ``tier``, ``released`` (dates). Values are not checked against what is
        possible for their indicator (361% of GDP); ``plans.extend`` does that.
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
    as_of
        The day of the assessment: targets of the years before it, with outcomes of earlier years
        only, are ``awaiting``. ``"latest"`` does not use figures that were ``released`` later; the
        others use each figure. If
        not given, the last day of the month of the edition of `plans` for ``"latest"``, as in an
        assessment against a dataset, and no day for the others, as for one observation.
    plans
        A dataset with units, indicators and vintages of its own; the bundled one if not given.

    Returns
    -------
    frame
        A frame of the same engine as `observations`, lazy if they are lazy: their columns, then
        ``target_value, target_unit, comparator, end_year``, those of `keep`, and ``gap, gap_unit,
        verdict, reason``. A comparator of the observations is in ``outcome_comparator``.

    Raises
    ------
    MissingError
        If a column is missing, or a code or the direction of an indicator is not known; of the
        observations of an eager frame also a form, comparator, tier or unit, for ``"latest"`` a
        vintage, and, where rows would be dropped, a region or an indicator.
    FigureError
        If a target has no number, year or unit; if a column has no numbers or dates where it
        should; or, in an eager frame, a precision is negative or infinite, or a value has no unit.
    ArgumentError
        If `tolerance` or `threshold` is not a share, another option has an unknown value, or the
        two frames are swapped.
    ArgumentTypeError
        If one of them is no frame.
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
    options = _options(tolerance, pace, threshold, dataset_of(plans))
    one_of("rows", rows, get_args(Rows))
    on, keep = names_of_columns("on", on), names_of_columns("keep", keep)
    work = opened(observations, "observations")
    if "end_year" in work.kinds and "year" not in work.kinds:
        hint = "write assess(observations, targets)"
        raise ArgumentError(parameter="observations", value="a frame of targets", hint=hint)
    table = target_table(targets, options, on, keep)
    work = _prepared(work, on, table, rows)
    names = list(work.kinds)
    columns = _renamed(names, keep, on)
    work = numbered(work) if rows != "latest" else work
    if columns != names:
        work = work._replace(frame=work.frame.rename({"comparator": "outcome_comparator"}))
    hides = None if as_of is None else day_of(as_of)
    day = hides
    if day is None and rows == "latest":
        day = edition_day(options.plans.edition)
    judge = Judge(work.ops, table, columns, pace, matched=rows != "all", as_of=day)
    of_targets = [*_OF_TARGETS, *(each for each in keep if each not in (*columns, *_OF_TARGETS))]
    output = [*columns, *of_targets, *_OF_VERDICTS]
    keys = list(dict.fromkeys(("region", "indicator", *on)))
    codes = {"tier": [*map(str, Tier)]}
    if rows == "latest" and "vintage" in names:
        codes["vintage"] = _known_vintages(options.plans)
    regions = values_in(work, "region") if work.eager else None
    join = _Join(work, judge, keys, output, options, hides, {} if work.eager else codes, regions)
    if work.eager:
        join.check_ranges()
        for name, known in {"form": [*Form], **codes}.items():
            check_codes(work, name, known, "observations")
    result = computed(join.latest() if rows == "latest" else join.each(), work)
    if work.eager:
        _check_units(result, work, options.plans)
        if table.names:
            _check_names_of(join, drops=rows != "all")
    frame: FrameT = closed(result, work)
    return frame


def _prepared(work: Opened, on: Sequence[str], table: TargetColumns, rows: Rows) -> Opened:
    """Return the observations with plain columns."""
    names = list(work.kinds)
    required((*_OBSERVED, *on), names, "observations")
    if "value_high" in names and not is_empty(work, "value_high"):
        required(["comparator"], names, "observations")
    keys = {name: _KINDS_OF_KEYS[str(table.types[name])] for name in on}
    # An observation that is missing has no category for the code of its target.
    plain = (*_CODES, *on) if rows == "latest" else ()
    return prepared(work, "observations", {**_KINDS, **keys}, plain=plain)


def _options(
    tolerance: Number, pace: Any, threshold: Number, plans: Dataset[Any, Any]
) -> AssessOptions:
    if not isinstance(pace, str) or pace not in _PACES:
        raise ArgumentError(
            parameter="pace method",
            value=f"{brief(pace)} for frames",
            allowed=_PACES,
            hint="other methods judge one target at a time: innovation_plans.assess",
        )
    return AssessOptions(
        float(share(tolerance, "tolerance")),
        pace,
        float(share(threshold, "threshold", includes_one=True)),
        plans,
    )


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


def _check_units(result: Any, work: Opened, plans: Dataset[Any, Any]) -> None:
    """Raise an error for unknown units; units of another dimension have a reason code."""
    is_other = work.ops.col("reason") == str(Reason.DIFFERENT_BASIS)
    not_compared = result.select("reason", "unit").filter(is_other)
    for text in values_in(work._replace(frame=not_compared), "unit"):
        if text is None:
            raise FigureError(text=brief(text), position=0, expected="a unit for each value")
        plans.units.unit(text)


def _check_names_of(join: _Join, *, drops: bool) -> None:
    """Raise an error for a misspelled region or indicator; if its rows are dropped, for any unknown one."""
    plans, targets = join.options.plans, join.judge.targets
    regions = {name for names in targets.names.values() for name in names}
    check_names("region", plans.regions, join.regions or (), regions, drops=drops)
    indicators = {*targets.values("indicator")}
    texts = values_in(join.work, "indicator")
    check_names("indicator", plans.indicators, texts, indicators, drops=drops)


def _known_vintages(plans: Dataset[Any, Any]) -> list[str]:
    observed = plans.context.words.get("observations.vintage", frozenset())
    return sorted({each.code for each in plans.vintages} | observed)


def _day(work: Opened) -> Any:
    """Return the number of a day, in years of 12 months of 31 days; 0 if there is none."""
    ops, date = work.ops, dated(work, "released", "observations")
    day = _day_number(date.dt.year(), date.dt.month(), date.dt.day())
    return ops.when(date.is_null()).then(0).otherwise(day).cast(ops.Int64())


def _day_number(year: Any, month: Any, day: Any) -> Any:
    return (year * 12 + month) * 31 + day


def _tier(work: Opened) -> Any:
    ops = work.ops
    rank = ops.lit(0)
    for number, tier in enumerate(reversed(Tier)):
        rank = ops.when(ops.col("tier") == str(tier)).then(number).otherwise(rank)
    return rank


def _statistics(work: Opened) -> Any:
    is_own = flag(work, "self_reported") | work.ops.col("self_reported").is_null()
    return work.ops.when(is_own).then(0).otherwise(1)


def _numbers(work: Opened) -> Any:
    return work.ops.when(work.ops.col("outcome_comparator").is_in(BOUNDS)).then(0).otherwise(1)


# For each column that decides between figures of one year: how many ranks it has, and the rank.
_RANKS: dict[str, tuple[int, Callable[[Opened], Any]]] = {
    "self_reported": (2, _statistics),
    "vintage": (_MOST_VINTAGES, lambda work: work.ops.col("_ip_vintage")),
    "tier": (len(Tier), _tier),
    "outcome_comparator": (2, _numbers),
    "released": (1 << 20, _day),
}


class _Join(NamedTuple):
    """Observations joined with the targets that they are compared with."""

    work: Opened
    judge: Judge
    keys: list[str]
    columns: list[str]  # of the result
    options: AssessOptions
    hides: date | None  # the day after which no figure is used
    codes: Mapping[str, Sequence[str]]  # by column: others are no outcome, where they are no error
    regions: Sequence[str | None] | None  # of the observations; not known of a lazy frame

    @property
    def ops(self) -> Any:
        """The module of expressions for the frame."""
        return self.work.ops

    @property
    def has(self) -> list[str]:
        """The columns of the observations."""
        return self.judge.have

    def check_ranges(self) -> None:
        """Raise an error for a comparator that is none, a wrong range or a wrong half-width."""
        if "precision" in self.has:
            wrong = self.work.frame.filter(self._is_no_width()).select("precision").head(1)
            for width in lists_of(wrong, ["precision"])["precision"]:
                expected = "a half-width that is not negative or infinite in the observations"
                raise FigureError(text=f"precision {width}", position=0, expected=expected)
        unreadable = self.judge.unreadable(*self._figure())
        if unreadable is None:
            return
        names = ["outcome_comparator", "value"]
        names += ["value_high"] if "value_high" in self.has else []
        rows = lists_of(self.work.frame.filter(unreadable).select(names).head(1), names)
        for row in zip(*rows.values(), strict=True):
            raise_for_range(*row)

    def each(self) -> Any:
        """Return every observation with each of its targets."""
        number = ["_ip_target"] if self.judge.targets.single and self.judge.matched else []
        frame, targets = self.work.frame, self._targets(*number)
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
        matching = joined.filter(self._is_in_period())
        last = grouped(matching, ["_ip_target"], year=self.ops.col("year").max())
        recent = matching.join(last, on=["_ip_target", "year"], how="inner")
        recent = self._with_codes(self._with_vintage_order(recent)).with_columns(
            _ip_weight=self._ordered_by("self_reported", "tier"),
            _ip_order=self._ordered_by(*_RANKS),
            _ip_amount=numeric(self.work, "value", "observations") * self.ops.col("_ip_scale"),
        )
        chosen = self._with_conflicts(recent)
        for column in ("_ip_order", "_ip_amount"):
            greatest = {"_ip_greatest": self.ops.col(column).max()}
            chosen = self._with_totals(chosen, ["_ip_target"], greatest)
            chosen = chosen.filter(self.ops.col(column) == self.ops.col("_ip_greatest"))
            chosen = chosen.drop("_ip_greatest")
        chosen = chosen.unique(subset=["_ip_target"], keep="any")
        result = self._with_other_targets(chosen)
        result = self.judge.in_words(result, further=(Reason.CONFLICTING_OUTCOMES,))
        result = result.sort("_ip_target") if self.work.eager else result
        return result.select(*self.columns)

    def _targets(self, *omitted: str, by_name: bool = True) -> Any:
        """Return the targets without some columns: every row repeats what is joined."""
        targets = self.judge.targets
        columns, types = targets.table_by_name(self.regions) if by_name else targets.table()
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
        has_precision = "precision" in self.has
        precision = numeric(self.work, "precision", "observations") if has_precision else None
        return self.judge.measured(frame, *self._figure(), precision)

    def _figure(self) -> tuple[Any, Any]:
        """Return the value and the upper end of each row, the latter None if there are none.

        A value that is too large for a record is null, like one that is infinite.
        """
        has_high = "value_high" in self.has
        high = numeric(self.work, "value_high", "observations") if has_high else None
        value = numeric(self.work, "value", "observations")
        value = self.ops.when(value.abs() < LARGEST).then(value)
        if "precision" in self.has:  # a lazy frame has no outcome there
            value = self.ops.when(~self._is_no_width()).then(value)
        for name in self.codes.keys() & self.work.kinds.keys():
            code = self.ops.col(name)
            is_known = code.is_null() | code.cast(self.ops.String()).is_in(self.codes[name])
            value = self.ops.when(is_known).then(value)
        return value, high

    def _is_no_width(self) -> Any:
        """Return whether the half-width of a row is negative or infinite."""
        width = numeric(self.work, "precision", "observations")
        is_missing = width.is_null() | width.is_nan()
        return ~is_missing & ~(width.is_finite() & (width >= 0))

    def _is_in_period(self) -> Any:
        """Return True for rows of the form and period of their target, as in ``analysis/matching.py``."""
        year, of = self.ops.col("year"), self.judge.of
        number = self.judge.readable(*self._figure())
        is_match = ~year.is_null() & ~number.is_null()
        is_match = is_match & (year <= of("end_year")) & (year >= of("_ip_first"))
        if self.judge.targets.any("_ip_part"):
            is_match = is_match & (of("_ip_part") == 0)
        judge = self.judge
        for other in (judge.of_another_scope(), judge.of_another_form(), judge.of_another_span()):
            is_match = is_match if other is None else is_match & ~other
        return is_match if self.hides is None else is_match & self._is_known(self.hides)

    def _is_known(self, day: date) -> Any:
        """Return True for figures published up to a day; without a date, once their year is over."""
        is_over = self.ops.col("year") < day.year
        if "released" not in self.has:
            return is_over
        released = _day(self.work)
        is_published = released <= _day_number(day.year, day.month, day.day)
        return self.ops.when(released == 0).then(is_over).otherwise(is_published)

    def _ordered_by(self, *columns: str) -> Any:
        """Return a number that orders the figures of a year by columns, as `matching.best_of`."""
        order = self.ops.lit(0, dtype=self.ops.Int64())
        for column in columns:
            if column in self.has:
                count, rank = _RANKS[column]
                order = order * count + rank(self.work)
        return order

    def _with_vintage_order(self, frame: Any) -> Any:
        """Return the frame with the order of each vintage among those of its indicator."""
        if "vintage" not in self.has:
            return frame
        vintages = self.options.plans.vintages
        of_years = [each for each in vintages if each.year is not None]
        of_all_years = [each for each in vintages if each.year is None]
        frame = self._with_order("_ip_vintage", frame, of_all_years, ["indicator", "vintage"], 1)
        if not of_years:
            return frame
        keys = ["indicator", "vintage", "year"]
        frame = self._with_order("_ip_of_year", frame, of_years, keys, 0)
        order, of_year = self.ops.col("_ip_vintage"), self.ops.col("_ip_of_year")
        return frame.with_columns(
            _ip_vintage=self.ops.when(of_year > 0).then(of_year).otherwise(order)
        )

    def _with_order(
        self, name: str, frame: Any, vintages: list[Vintage], keys: list[str], missing: int
    ) -> Any:
        """Return the frame with the order of some vintages; `missing` for all others."""
        cells: dict[str, list[Any]] = {
            "indicator": [each.indicator.code for each in vintages],
            "vintage": [each.code for each in vintages],
            "year": [each.year for each in vintages],
        }
        small = {key: cells[key] for key in keys}
        small[name] = [min(each.order, _MOST_VINTAGES - 1) for each in vintages]
        kinds = {"indicator": "String", "vintage": "String", "year": "Int64", name: "Int64"}
        kinds = {column: kinds[column] for column in small}
        joined = frame.join(beside(small, kinds, self.work, keys), on=keys, how="left")
        order = self.ops.col(name)
        known = self.ops.when(order.is_null()).then(missing).otherwise(order)
        known = known.cast(self.ops.Int64())
        return joined.with_columns(known.alias(name))

    def _with_conflicts(self, frame: Any) -> Any:
        """Return the figures of one year; a conflict if one of equal weight gives another verdict.

        A figure of another vintage is no conflict, a figure without a vintage may be one.
        """
        col = self.ops.col
        frame = self._with_satisfied(frame)
        ends = [("_ip_satisfied", ["_ip_named"])]
        ends += [("_ip_unnamed", [])] if "vintage" in self.has else []
        differs = []
        for column, further in ends:
            totals = {f"{column}_min": col(column).min(), f"{column}_max": col(column).max()}
            frame = self._with_totals(frame, ["_ip_target", "_ip_weight", *further], totals)
            differs += [~col(end).is_null() & (col(end) != col("_ip_satisfied")) for end in totals]
        disputed = reduce(or_, differs) & ~col("_ip_satisfied").is_null()
        conflict = self.ops.lit(code_of(Verdict.UNDETERMINED, Reason.CONFLICTING_OUTCOMES))
        code = self.ops.when(disputed).then(conflict).otherwise(col("_ip_code"))
        return frame.with_columns(_ip_code=code)

    def _with_satisfied(self, frame: Any) -> Any:
        """Return the frame with what each figure says of its target, and the names of vintages."""
        frame = frame.with_columns(_ip_satisfied=self.judge.satisfied(), _ip_named=self.ops.lit(""))
        if "vintage" not in self.has:
            return frame
        vintage, when = self.ops.col("vintage"), self.ops.when
        none = vintage.is_null()  # before the cast: old versions of pandas make it the text "None"
        name = vintage.cast(self.ops.String())
        return frame.with_columns(
            _ip_named=when(none).then(self.ops.lit("")).otherwise(name),
            _ip_unnamed=when(none).then(self.ops.col("_ip_satisfied")),
        )

    def _with_totals(self, frame: Any, keys: list[str], totals: dict[str, Any]) -> Any:
        """Return the frame with totals of the rows that have the same keys."""
        engine = frame.implementation if self.ops is nw else None
        # Windows need one partition in Dask, and lose the order of rows in pyarrow.
        if engine is not None and (engine.is_dask() or engine.is_pyarrow()):
            return frame.join(grouped(frame, keys, **totals), on=keys, how="inner")
        windows = {name: total.over(*keys) for name, total in totals.items()}
        return frame.with_columns(**windows)

    def _with_other_targets(self, assessed: Any) -> Any:
        """Return all targets, also those without an outcome."""
        observed = [name for name in self.has if name not in self.keys]
        assessed = assessed.select("_ip_target", *observed, "_ip_distance", "_ip_code")
        frame = self._targets(by_name=False).join(assessed, on="_ip_target", how="left")
        code = self.ops.col("_ip_code")
        without = self.ops.lit(code_of(Verdict.UNDETERMINED, Reason.NO_OUTCOME))
        if self.judge.targets.any("_ip_part"):
            part = self.judge.of("_ip_part")
            without = self.ops.when(part > 0).then(part).otherwise(without)
        completed = self.ops.when(code.is_null()).then(without).otherwise(code)
        return frame.with_columns(_ip_code=completed.cast(self.ops.Int64()))
