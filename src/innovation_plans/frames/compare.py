"""Compare figures of regions, in any engine.

Figures are compared as plain numbers of fourteen digits, so that errors of floats neither separate
equal figures nor are printed; ``innovation_plans.compare`` considers rounding and
comparators.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Literal, NamedTuple, get_args

from ..analysis.comparability import KINDS_BY_DEFAULT, SHARE_UNITS, WHOLE_SPANS, kinds_asked
from ..codelists import Comparator, Direction, Form, Reason, RegionKind
from ..dataset.dataset import Dataset
from ..dataset.load import dataset_of
from ..dataset.where import Some
from ..errors import ArgumentError, ConflictError, MissingError, brief, nearest, one_of
from .engines import (
    FrameT,
    Opened,
    beside,
    closed,
    computed,
    grouped,
    in_order,
    lists_of,
    numbered,
    numeric,
    nw,
    opened,
    required,
)
from .inputs import WHOLE, called, check_codes, is_untyped, names_of_columns, prepared
from .units import scales

Measure = Literal["value", "distance", "ratio", "rank"]
_NEEDED = ("region", "indicator", "value", "unit")
_KINDS = {
    "region": "text", "indicator": "text", "form": "text", "comparator": "text", "unit": "text",
    "direction": "text", "value": "number", "baseline_value": "number", "baseline_unit": "text",
}  # fmt: skip
_RESULT = ("compared", "compared_unit", "rank", "ranked", "reason")
# Columns of codes. A code that is none is an error in an eager frame and this reason in a lazy one.
_CODES = {
    "form": (Form, Reason.OTHER_FORM_OR_SPAN),
    "comparator": (Comparator, Reason.NO_OUTCOME),
    "direction": (Direction, Reason.CLASS_UNCLEAR),
}
# The columns that comparable figures have in common.
_COMMON = (
    "indicator", "form", "year", "end_year", "start_year", "period", "vintage", "breakdown", "scope",
)  # fmt: skip
# A sum of two floats has an error in the sixteenth digit.
_DIGITS = 14
_LEAST = 1e-280  # the power of ten that rounds a smaller number is too large for a float


def compare(
    frame: FrameT,
    measure: Measure = "value",
    *,
    kinds: Some = None,
    by: Sequence[str] | None = None,
    against: str | None = None,
    plans: Dataset[Any, Any] | None = None,
) -> FrameT:
    """Return the figures with their rank among the comparable ones.

    Parameters
    ----------
    frame
        Targets or observations of any engine: ``region, indicator, value, unit``; for
        ``"distance"`` ``baseline_value`` and, where it differs, ``baseline_unit``. Optional:
        ``form`` (without it every figure is a level), ``comparator`` (which is checked, but does not
        change the number), and ``direction``, which goes before that of the indicator. An empty
        cell of these three counts as a missing column.
    measure
        ``"value"``: the figure itself; ``"distance"``: the figure minus its own baseline, in
        percentage points between shares; ``"ratio"``: in percent of the figure of `against`;
        ``"rank"``: the rank.
    kinds
        Kinds of the regions that are ranked, as for ``innovation_plans.compare``; among the comparable
        figures. A region that the dataset does not know is ranked like a province; a row without a
        region is never ranked.
    by
        The columns with equal values for comparable figures; if not given, those of ``indicator,
        form, year, end_year, start_year, period, vintage, breakdown, scope`` that there are;
        ``start_year`` only of sums, increments and multiples. Figures of different dimensions are
        never compared.
    against
        Code of the region whose figure is 100 percent for ``"ratio"``; the nation if not given. If
        it has no comparable figure, the reason is ``no_figure_of_nation`` or
        ``no_figure_of_region``.
    plans
        A dataset with units, indicators and regions of its own; the bundled ones if not given.

    Returns
    -------
    frame
        Of the same engine, lazy if it was lazy: its columns, then ``compared,
        compared_unit``; ``rank``, where 1 is best and equal figures share the better rank;
        ``ranked``, how many figures the rank is among; and ``reason``, where there is none. A frame
        may have several groups of comparable figures, each with a rank 1, where
        ``innovation_plans.compare`` takes one group. The lowest is best where less is better and in
        rankings, else the highest. Rows of one region that differ in nothing but their numbers are
        not ranked (``conflicting_outcomes``); with equal numbers they count once.

    Raises
    ------
    MissingError
        If a column is missing, or there is no such measure or kind of region; in an eager frame
        also if there is no such form, comparator or direction, or if an indicator without a
        direction of its own is not in the dataset.
    ConflictError
        If the frame has a column that the result is to have.

    Examples
    --------
    >>> import polars as pl
    >>> frame = pl.DataFrame({"region": ["CN-BJ", "CN", "CN-GD"], "indicator": ["rd_intensity"] * 3,
    ...                       "value": [6.0, 2.5, 3.5], "unit": ["percent"] * 3})
    >>> compare(frame, "ratio").select("region", "compared", "rank").rows()
    [('CN-BJ', 240.0, 1), ('CN', 100.0, None), ('CN-GD', 140.0, 2)]
    """
    one_of("measure", measure, get_args(Measure))
    if against is not None and measure != "ratio":
        hint = 'only measure="ratio" compares with one region'
        raise ArgumentError(parameter="against", value=f"{brief(against)} for {measure}", hint=hint)
    by = None if by is None else names_of_columns("by", by)
    work = opened(frame, "figures")
    names = list(work.kinds)
    needed = [*_NEEDED, *(by or ()), *(["baseline_value"] if measure == "distance" else [])]
    required(needed, names, "figures")
    _check_names(names)
    common = list(by if by is not None else (n for n in _COMMON if n in names))
    work = numbered(prepared(work, "figures", _KINDS))
    nation = "CN" if against is None else against
    spans = by is None and "start_year" in names
    comparison = _Comparison(work, names, common, nation, dataset_of(plans), spans)
    if measure == "ratio":
        comparison.check_against()
    result = comparison.by_measure(comparison.scaled(work.frame), measure)
    result = comparison.ranked(comparison.with_kinds(result, kinds_asked(kinds)))
    if measure == "rank":
        result = comparison.with_ranks_compared(result)
    result = computed(in_order(result, work).select(*names, *_RESULT), work)
    if work.eager:
        comparison.check_codes()
    ranked: FrameT = closed(result, work)
    return ranked


class _Comparison(NamedTuple):
    """One comparison of figures in a frame."""

    work: Opened
    names: list[str]  # of the columns
    common: list[str]  # the columns with equal values for comparable figures
    against: str
    plans: Dataset[Any, Any]
    spans: bool  # whether only figures of whole spans are separated by their start

    @property
    def ops(self) -> Any:
        """The module of expressions for the frame."""
        return self.work.ops

    @property
    def group(self) -> list[str]:
        """The columns with equal values for comparable figures."""
        return [*(f"_ip_{name}" for name in self.common), "_ip_measured"]

    @property
    def keys(self) -> list[str]:
        """The columns that two figures of one region differ in."""
        further = (name for name in _COMMON if name in self.names and name not in self.common)
        return [*self.group, *(f"_ip_{name}" for name in further), "_ip_region"]

    def check_codes(self) -> None:
        """Raise a MissingError for a code that is none, and for an indicator without direction."""
        for name, (codes, _) in _CODES.items():
            check_codes(self.work, name, [*codes], "figures")
        frame = self.work.frame
        if "direction" in self.names:
            frame = frame.filter(self.ops.col("direction").is_null())
        known = self._directions()
        check_codes(self.work._replace(frame=frame), "indicator", known, "figures")

    def check_against(self) -> None:
        """Raise a MissingError if neither the dataset nor the frame has the region of a ratio."""
        regions = self.plans.regions
        if not isinstance(self.against, str):
            raise MissingError(
                asked=f"region {brief(self.against)}", hint="expected a code or a name"
            )
        if not regions.codes(self.against):
            region = self.ops.col("region").cast(self.ops.String())
            rows = self.work.frame.filter(region == self.against).select("region").head(1)
            if not lists_of(rows, ["region"])["region"]:
                near = nearest(self.against, [record.code for record in regions])
                raise MissingError(asked=f"region {self.against[:60]!r}", nearest=near)

    def scaled(self, frame: Any) -> Any:
        """Return the frame with values in the base unit, the direction, and reasons of unreadable rows."""
        frame = self._with_sign(self._with_scale(frame, "unit", "_ip_measured", "_ip_scale"))
        measured = self.ops.col("_ip_measured")
        scaled = self._rounded(numeric(self.work, "value", "figures") * self.ops.col("_ip_scale"))
        base = self.ops.when(measured.is_null()).then(0).otherwise(measured)
        names = dict.fromkeys((*self.common, *(name for name in _COMMON if name in self.names)))
        columns = {f"_ip_{name}": self._filled(name) for name in names}
        if self.spans:
            form = self._filled("form") if "form" in self.names else self.ops.lit(str(Form.LEVEL))
            has_span = form.is_in(sorted(map(str, WHOLE_SPANS)))
            start = self.ops.when(has_span).then(columns["_ip_start_year"]).otherwise(-1.0)
            columns["_ip_start_year"] = start
        return frame.with_columns(
            _ip_measured=base.cast(self.ops.Int64()),
            _ip_value=scaled,
            reason=self._first(
                *((self._is_none(name), reason) for name, (_, reason) in _CODES.items()),
                (self.ops.col("_ip_sign").is_null(), Reason.CLASS_UNCLEAR),
                (measured.is_null(), Reason.DIFFERENT_BASIS),
                (~scaled.is_finite().fill_null(value=False), Reason.NO_OUTCOME),
            ),
            **columns,
        )

    def _first(self, *cases: tuple[Any, Reason], start: Any = None) -> Any:
        """Return the reason of the first condition that applies to a row, after `start`; else null."""
        # Without `otherwise` the rest is null; older engines turn a literal null into a word.
        chain = self.ops if start is None else start
        for condition, reason in cases:
            chain = chain.when(condition).then(self.ops.lit(str(reason)))
        return chain

    def _next(self, *cases: tuple[Any, Reason]) -> Any:
        """Return the reason that a row has, or else that of the first condition that applies."""
        reason = self.ops.col("reason")
        return self._first(*cases, start=self.ops.when(~reason.is_null()).then(reason))

    def _is_none(self, name: str) -> Any:
        """Return whether a cell has text that is no code of its column."""
        if name not in self.names:
            return self.ops.lit(False)
        codes = [str(code) for code in _CODES[name][0]]
        column = self.ops.col(name)
        return ~column.is_null() & ~column.cast(self.ops.String()).is_in(codes)

    def by_measure(self, frame: Any, measure: Measure) -> Any:
        """Return the frame with the figures by a measure."""
        by = {"distance": self.by_distance, "ratio": self.by_ratio}.get(measure, self.by_value)
        is_finite = self.ops.col("_ip_score").is_finite().fill_null(value=False)
        return by(frame).with_columns(reason=self._next((~is_finite, Reason.NO_OUTCOME)))

    def by_value(self, frame: Any) -> Any:
        """Return the figure itself."""
        return frame.with_columns(
            compared=numeric(self.work, "value", "figures"),
            compared_unit=self.ops.col("unit").cast(self.ops.String()),
            _ip_score=self.ops.col("_ip_value"),
        )

    def by_distance(self, frame: Any) -> Any:
        """Return the figure minus its own baseline; an increment is its own distance."""
        col, when, lit = self.ops.col, self.ops.when, self.ops.lit
        value = numeric(self.work, "value", "figures")
        base = numeric(self.work, "baseline_value", "figures")
        start, is_same = base, col("_ip_measured") > 0
        if "baseline_unit" in self.names:
            frame = self._with_scale(frame, "baseline_unit", "_ip_other", "_ip_base_scale")
            own, other = col("baseline_unit").is_null(), col("_ip_other")
            scaled = self._rounded(base * col("_ip_base_scale") / col("_ip_scale"))
            start = when(own).then(base).otherwise(scaled)
            is_same = own | (~other.is_null() & (other == col("_ip_measured")))
        frame = frame.with_columns(_ip_start=start)
        start = col("_ip_start")
        distance = self._rounded(value - start, digits_of=value.abs() + start.abs())
        has_distance = lit(True)
        if "form" in self.names:
            form = self._filled("form")
            is_increment = form == "increment"
            distance = when(is_increment).then(value).otherwise(distance)
            base = when(is_increment).then(lit(0.0)).otherwise(base)
            is_same = is_same | is_increment
            has_distance = form.is_in(["level", "rank", "increment"])
        unit = col("unit").cast(self.ops.String())
        is_share = unit.is_in(sorted(SHARE_UNITS))
        frame = frame.with_columns(compared=distance)
        return frame.with_columns(
            compared_unit=when(is_share).then(lit("percentage_point")).otherwise(unit),
            _ip_score=self._rounded(col("compared") * col("_ip_scale")),
            reason=self._next(
                (~has_distance, Reason.DIFFERENT_BASIS),
                (base.is_null() | ~base.is_finite(), Reason.MISSING_BASELINE),
                (~is_same.fill_null(value=False), Reason.DIFFERENT_BASIS),
            ),
        )

    def by_ratio(self, frame: Any) -> Any:
        """Return the figure in percent of that of one region."""
        col = self.ops.col
        names = called(self.plans.regions, self.against)
        is_base = col("region").cast(self.ops.String()).is_in(names) & col("reason").is_null()
        ends = {"_ip_base": col("_ip_value").min(), "_ip_base_most": col("_ip_value").max()}
        bases = grouped(frame.filter(is_base), self.group, **ends)
        frame = frame.join(bases, on=self.group, how="left")
        base = col("_ip_base")
        share = self._rounded(col("_ip_value") * 100.0 / base)
        return frame.with_columns(
            compared=share,
            compared_unit=self.ops.lit("percent"),
            _ip_score=share,
            reason=self._next(
                (base.is_null(), self._no_base()),
                (base != col("_ip_base_most"), Reason.CONFLICTING_OUTCOMES),
                (base == 0, Reason.ZERO_BASE),
                (~(base > 0).fill_null(value=False), Reason.SIGN_CHANGE),
            ),
        )

    def _no_base(self) -> Reason:
        """Return the reason of a ratio if the region of `against` has no figure."""
        regions = self.plans.regions
        kinds = {regions[code].kind for code in regions.codes(self.against)}
        is_nation = kinds == {RegionKind.NATION}
        return Reason.NO_FIGURE_OF_NATION if is_nation else Reason.NO_FIGURE_OF_REGION

    def with_kinds(self, frame: Any, asked: Collection[object] | None) -> Any:
        """Return the frame with figures only where they are valid, and the regions to rank."""
        col, when = self.ops.col, self.ops.when
        frame = frame.join(self._kinds(), on="region", how="left")
        text, code = self._filled("region"), col("_ip_code")
        has_region = text != ""
        nowhere = self.ops.lit(len(KINDS_BY_DEFAULT))  # after all kinds
        kind = when(has_region).then(col("_ip_kind").fill_null(0)).otherwise(nowhere)
        frame = frame.with_columns(_ip_region=when(code.is_null()).then(text).otherwise(code))
        if asked is None:
            frame = frame.with_columns(_ip_kind=kind)
            first = grouped(frame, self.group, _ip_first_kind=col("_ip_kind").min())
            frame = frame.join(first, on=self.group, how="left")
            is_ranked = col("_ip_kind") == col("_ip_first_kind")
        else:
            is_ranked = kind.is_in([KINDS_BY_DEFAULT.index(code) for code in asked])
        is_valid, is_ranked = col("reason").is_null(), has_region & is_ranked
        return frame.with_columns(
            compared=when(is_valid).then(col("compared")),
            compared_unit=when(is_valid).then(col("compared_unit")),
            reason=self._next((~is_ranked.fill_null(value=False), Reason.OTHER_KIND)),
        )

    def ranked(self, frame: Any) -> Any:
        """Return the frame with the rank of every figure without a reason, each counted once."""
        col = self.ops.col
        frame = frame.with_columns(_ip_score=col("_ip_score") * col("_ip_sign") + 0.0)
        ends = {"_ip_least": col("_ip_score").min(), "_ip_score": col("_ip_score").max()}
        figures = grouped(frame.filter(col("reason").is_null()), self.keys, **ends)
        figures = figures.filter(col("_ip_least") == col("_ip_score"))
        counts = grouped(figures, self.group, _ip_ranked=col("_ip_score").count())
        figures = _ranked(figures, self.group, self.ops).select(*self.keys, "_ip_rank")
        frame = frame.join(figures, on=self.keys, how="left")
        frame = frame.join(counts, on=self.group, how="left")
        is_valid, has_rank = col("reason").is_null(), ~col("_ip_rank").is_null()
        rank, ranked = (
            self.ops.when(is_valid & has_rank).then(col(name).fill_null(0).cast(self.ops.Int64()))
            for name in ("_ip_rank", "_ip_ranked")
        )
        return frame.with_columns(
            rank=rank,
            ranked=ranked,
            reason=self._next((~has_rank, Reason.CONFLICTING_OUTCOMES)),
        )

    def with_ranks_compared(self, frame: Any) -> Any:
        """Return the frame with the ranks as compared figures."""
        rank = self.ops.col("rank")
        unit = self.ops.when(~rank.is_null()).then(self.ops.lit("rank"))
        return frame.with_columns(compared=rank.cast(self.ops.Float64()), compared_unit=unit)

    def _rounded(self, number: Any, digits_of: Any = None) -> Any:
        """Return the number rounded to fourteen digits of itself, or of a larger number.

        The result is the float nearest to a decimal, so that 2.6 - 2.3 equals 1.1 - 0.8, and 0.07
        万亿元 equals 700 亿元. Binary digits do not do this: which decimals are equal in them depends
        on the size of the numbers.
        """
        size = number.abs() if digits_of is None else digits_of
        size = self.ops.when(size > _LEAST).then(size).otherwise(1.0)  # zero has no logarithm
        power = 10.0 ** (_DIGITS - (size.log(10) + WHOLE - WHOLE))
        return (number * power + WHOLE - WHOLE) / power

    def _filled(self, name: str) -> Any:
        """Return a column to group by, without nulls: a join would not match them."""
        column, kind = self.ops.col(name), self.work.kinds[name]
        if kind.is_numeric():
            number = numeric(self.work, name, "figures")
            none = number.is_null() | number.is_nan()
            return self.ops.when(none).then(self.ops.lit(-1.0)).otherwise(number)
        if is_untyped(kind):
            return self.ops.lit("")
        none = column.is_null()  # before the cast: old versions of pandas make it the text "None"
        empty = self.ops.lit(str(Form.LEVEL) if name == "form" else "")
        return self.ops.when(none).then(empty).otherwise(column.cast(self.ops.String()))

    def _kinds(self) -> Any:
        """Return the table of the names of regions, with code and position of the kind."""
        rows = [
            (name, region.code, KINDS_BY_DEFAULT.index(region.kind))
            for region in self.plans.regions
            for name in called(self.plans.regions, region.code)
        ]
        types = {"region": "String", "_ip_code": "String", "_ip_kind": "Int64"}
        columns = {name: [row[at] for row in rows] for at, name in enumerate(types)}
        return beside(columns, types, self.work, ["region"])

    def _with_scale(self, frame: Any, column: str, measured: str, scale: str) -> Any:
        known = scales(self.plans.units, [unit.name for unit in self.plans.units])
        small: dict[str, list[Any]] = {
            column: list(known),
            measured: [dimension for dimension, _, _ in known.values()],
            scale: [over / under for _, over, under in known.values()],
        }
        kinds = {column: "String", measured: "Int64", scale: "Float64"}
        return frame.join(beside(small, kinds, self.work, [column]), on=column, how="left")

    def _directions(self) -> dict[str, Direction]:
        """Return the direction of each indicator of the dataset."""
        return {indicator.code: indicator.direction for indicator in self.plans.indicators}

    def _with_sign(self, frame: Any) -> Any:
        """Return the frame with -1 where the lowest is best, 1 elsewhere; null without a direction."""
        col, lit, when = self.ops.col, self.ops.lit, self.ops.when
        directions, text = self._directions(), self.ops.String()
        lower = [code for code, direction in directions.items() if direction is Direction.DOWN]
        indicator = col("indicator").cast(text)
        is_down, is_known = indicator.is_in(lower), indicator.is_in([*directions])
        if "direction" in self.names:
            is_own, own = ~col("direction").is_null(), col("direction").cast(text)
            is_down = (is_own & (own == "down")) | (~is_own & is_down)
            is_known = is_own | is_known
        is_down = is_down | (col("unit").cast(text) == "rank")
        sign = when(is_down).then(lit(-1.0)).otherwise(lit(1.0))
        return frame.with_columns(_ip_sign=when(is_known & ~col("indicator").is_null()).then(sign))


def _check_names(names: list[str]) -> None:
    for name in _RESULT:
        if name in names:
            raise ConflictError(
                what=f"column {name!r}",
                ours="a column of the figures",
                theirs="one of the result",
                hint="rename it or leave it out",
            )


def _ranked(frame: Any, group: list[str], ops: Any) -> Any:
    """Return the frame with the rank of each score in its group, the highest first."""
    if ops is nw and frame.implementation.is_pyarrow():
        return _ranked_by_sorting(frame, group)
    if ops is nw and frame.implementation.is_dask():
        return _ranked_in_parts(frame, group)
    score = ops.col("_ip_score")
    return frame.with_columns(_ip_rank=score.rank("min", descending=True).over(*group))


def _ranked_by_sorting(frame: Any, group: list[str]) -> Any:
    """Rank in an engine without ranks within groups: count the higher scores."""
    order = frame.sort([*group, "_ip_score"], descending=[*(False for _ in group), True])
    order = order.with_row_index("_ip_at")
    top = grouped(order, group, _ip_top=nw.col("_ip_at").min())
    equal = grouped(order, [*group, "_ip_score"], _ip_first=nw.col("_ip_at").min())
    order = order.join(top, on=group, how="left")
    order = order.join(equal, on=[*group, "_ip_score"], how="left")
    return order.with_columns(_ip_rank=nw.col("_ip_first") - nw.col("_ip_top") + 1)


def _ranked_in_parts(frame: Any, group: list[str]) -> Any:
    """Rank in a partitioned engine: move each group to one partition first."""
    native = frame.to_native().shuffle(on=group)

    def ranked(part: Any) -> Any:
        return _ranked(nw.from_native(part), group, nw).to_native()

    meta = native._meta.assign(_ip_rank=native._meta["_ip_score"].astype("float64"))  # noqa: SLF001
    return nw.from_native(native.map_partitions(ranked, meta=meta))
