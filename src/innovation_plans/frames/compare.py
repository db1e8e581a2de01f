"""Compare figures of regions, in any engine.

Figures are compared as plain numbers; ``innovation_plans.compare`` considers rounding and
comparators.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Literal, NamedTuple, get_args

from ..analysis.comparability import KINDS_BY_DEFAULT, SHARE_UNITS, kinds_asked
from ..codelists import Direction, Form, Reason
from ..dataset.dataset import Dataset
from ..dataset.load import load
from ..dataset.where import Some
from ..errors import ArgumentError, ConflictError, MissingError, brief, nearest, one_of
from .engines import (
    Opened,
    beside,
    closed,
    computed,
    in_order,
    lists_of,
    numbered,
    numeric,
    nw,
    opened,
    required,
)
from .inputs import called, check_codes, is_untyped, names_of_columns, prepared
from .units import scales, units_of

Measure = Literal["value", "distance", "ratio", "rank"]
_NEEDED = ("region", "indicator", "value", "unit")
_KINDS = {
    "region": "text", "indicator": "text", "form": "text", "unit": "text", "direction": "text",
    "value": "number", "baseline_value": "number", "baseline_unit": "text",
}  # fmt: skip
_RESULT = ("compared", "compared_unit", "rank", "reason")
# The columns that comparable figures have in common.
_COMMON = (
    "indicator", "form", "year", "end_year", "start_year", "period", "vintage", "breakdown", "scope",
)  # fmt: skip
_SPLIT = 2.0**13 + 1


def compare(
    frame: Any,
    measure: Measure = "value",
    *,
    kinds: Some = None,
    by: Sequence[str] | None = None,
    against: str | None = None,
    plans: Dataset[Any, Any] | None = None,
) -> Any:
    """Return the figures with their rank among the comparable ones.

    Parameters
    ----------
    frame
        Targets or observations of any engine: ``region, indicator, value, unit``; for
        ``"distance"`` ``baseline_value`` and, where it differs, ``baseline_unit``. Optional:
        ``form``, and ``direction``, which goes before that of the indicator.
    measure
        ``"value"``: the figure itself; ``"distance"``: the figure minus its own baseline, in
        percentage points between shares; ``"ratio"``: in percent of the figure of `against`;
        ``"rank"``: the rank.
    kinds
        Kinds of the regions that are ranked, as for ``innovation_plans.compare``; among the comparable
        figures. A region that the dataset does not know is ranked like a province.
    by
        The columns with equal values for comparable figures; if not given, those of ``indicator,
        form, year, end_year, start_year, period, vintage, breakdown, scope`` that there are.
        Figures of different dimensions are never compared.
    against
        Code of the region whose figure is 100 percent for ``"ratio"``; the nation if not given.
    plans
        A dataset with units, indicators and regions of its own; the bundled ones if not given.

    Returns
    -------
    frame
        Of the same engine, lazy if it was lazy: its columns, then ``compared,
        compared_unit``; ``rank``, where 1 is best and equal figures share the better rank;
        and ``reason``, where there is none. The lowest is best where less is better and in
        rankings, else the highest.

    Raises
    ------
    MissingError
        If a column is missing, or there is no such measure or kind of region; in an eager frame
        also if there is no such form.
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
    comparison = _Comparison(work, names, common, nation, plans)
    if measure == "ratio":
        comparison.check_against()
    result = comparison.by_measure(comparison.scaled(work.frame), measure)
    result = comparison.ranked(comparison.with_kinds(result, kinds_asked(kinds)))
    if measure == "rank":
        result = comparison.with_ranks_compared(result)
    result = computed(in_order(result, work).select(*names, *_RESULT), work)
    if work.eager:
        check_codes(work, "form", [*Form], "figures")
    return closed(result, work)


class _Comparison(NamedTuple):
    """One comparison of figures in a frame."""

    work: Opened
    names: list[str]  # of the columns
    common: list[str]  # the columns with equal values for comparable figures
    against: str
    plans: Dataset[Any, Any] | None

    @property
    def ops(self) -> Any:
        """The module of expressions for the frame."""
        return self.work.ops

    @property
    def group(self) -> list[str]:
        """The columns with equal values for comparable figures."""
        return [*(f"_ip_{name}" for name in self.common), "_ip_measured"]

    def check_against(self) -> None:
        """Raise a MissingError if neither the dataset nor the frame has the region of a ratio."""
        regions = (self.plans if self.plans is not None else load()).regions
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
        """Return the frame with values in the base unit, and the direction."""
        frame = self._with_scale(frame, "unit", "_ip_measured", "_ip_scale")
        value = numeric(self.work, "value", "figures")
        measured = self.ops.col("_ip_measured")
        scaled = _rounded(value * self.ops.col("_ip_scale"))
        known = ~scaled.is_null() & scaled.is_finite() & ~measured.is_null()
        frame = frame.with_columns(
            _ip_measured=self.ops.when(measured.is_null())
            .then(0)
            .otherwise(measured)
            .cast(self.ops.Int64()),
            _ip_value=scaled,
            reason=self._unless(known, Reason.DIFFERENT_BASIS),
            **{f"_ip_{name}": self._filled(name) for name in self.common},
        )
        return self._with_sign(frame)

    def by_measure(self, frame: Any, measure: Measure) -> Any:
        """Return the frame with the figures by a measure."""
        if measure == "distance":
            return self.by_distance(frame)
        return self.by_ratio(frame) if measure == "ratio" else self.by_value(frame)

    def by_value(self, frame: Any) -> Any:
        """Return the figure itself."""
        return frame.with_columns(
            compared=numeric(self.work, "value", "figures"),
            compared_unit=self.ops.col("unit").cast(self.ops.String()),
            _ip_score=self.ops.col("_ip_value"),
        )

    def by_distance(self, frame: Any) -> Any:
        """Return the figure minus its own baseline; an increment is its own distance."""
        base = numeric(self.work, "baseline_value", "figures")
        scale, same = self.ops.col("_ip_scale"), self.ops.col("_ip_measured") > 0
        start = base * scale
        if "baseline_unit" in self.names:
            frame = self._with_scale(frame, "baseline_unit", "_ip_other", "_ip_base_scale")
            own = self.ops.col("baseline_unit").is_null()
            start = self.ops.when(own).then(start).otherwise(base * self.ops.col("_ip_base_scale"))
            other = self.ops.col("_ip_other")
            same = own | (~other.is_null() & (other == self.ops.col("_ip_measured")))
        distance = _rounded(self.ops.col("_ip_value") - _rounded(start))
        has_distance = self.ops.lit(True)
        if "form" in self.names:
            form = self.ops.col("form").cast(self.ops.String())
            is_increment = form == "increment"
            distance = (
                self.ops.when(is_increment).then(self.ops.col("_ip_value")).otherwise(distance)
            )
            base = self.ops.when(is_increment).then(self.ops.lit(0.0)).otherwise(base)
            same, has_distance = same | is_increment, form.is_in(["level", "rank", "increment"])
        unit = self.ops.col("unit").cast(self.ops.String())
        return frame.with_columns(
            compared=_rounded(distance / scale),
            compared_unit=self.ops.when(unit.is_in(sorted(SHARE_UNITS)))
            .then(self.ops.lit("percentage_point"))
            .otherwise(unit),
            _ip_score=distance,
            reason=self.ops.when(~self.ops.col("reason").is_null())
            .then(self.ops.col("reason"))
            .when(~has_distance)
            .then(self.ops.lit(str(Reason.DIFFERENT_BASIS)))
            .when(base.is_null() | ~base.is_finite())
            .then(self.ops.lit(str(Reason.MISSING_BASELINE)))
            .otherwise(self._unless(same, Reason.DIFFERENT_BASIS)),
        )

    def by_ratio(self, frame: Any) -> Any:
        """Return the figure in percent of that of one region."""
        regions = (self.plans if self.plans is not None else load()).regions
        bases = frame.filter(
            self.ops.col("region").cast(self.ops.String()).is_in(called(regions, self.against))
            & self.ops.col("reason").is_null()
        )
        bases = bases.group_by(self.group).agg(
            _ip_base=self.ops.col("_ip_value").min(), _ip_base_most=self.ops.col("_ip_value").max()
        )
        frame = frame.join(bases, on=self.group, how="left")
        base, value = self.ops.col("_ip_base"), self.ops.col("_ip_value")
        share = _rounded(value * 100.0 / base)
        return frame.with_columns(
            compared=share,
            compared_unit=self.ops.lit("percent"),
            _ip_score=share,
            reason=self.ops.when(~self.ops.col("reason").is_null())
            .then(self.ops.col("reason"))
            .when(base.is_null())
            .then(self.ops.lit(str(Reason.MISSING_BASELINE)))
            .when(base != self.ops.col("_ip_base_most"))
            .then(self.ops.lit(str(Reason.CONFLICTING_OUTCOMES)))
            .when(base == 0)
            .then(self.ops.lit(str(Reason.ZERO_BASE)))
            .otherwise(self._unless(base > 0, Reason.SIGN_CHANGE)),
        )

    def with_kinds(self, frame: Any, asked: Collection[object] | None) -> Any:
        """Return the frame with figures only where they are valid, and the regions to rank."""
        frame = frame.join(self._kinds(), on="region", how="left")
        kind = self.ops.col("_ip_kind").fill_null(0)
        if asked is None:
            frame = frame.with_columns(_ip_kind=kind)
            first = frame.group_by(self.group).agg(_ip_first_kind=self.ops.col("_ip_kind").min())
            frame = frame.join(first, on=self.group, how="left")
            is_ranked = self.ops.col("_ip_kind") == self.ops.col("_ip_first_kind")
        else:
            is_ranked = kind.is_in([KINDS_BY_DEFAULT.index(code) for code in asked])
        valid = self.ops.col("reason").is_null()
        return frame.with_columns(
            compared=self.ops.when(valid).then(self.ops.col("compared")),
            compared_unit=self.ops.when(valid).then(self.ops.col("compared_unit")),
            reason=self.ops.when(~valid)
            .then(self.ops.col("reason"))
            .otherwise(self._unless(is_ranked, Reason.OTHER_KIND)),
        )

    def ranked(self, frame: Any) -> Any:
        """Return the frame with the rank of every figure without a reason."""
        valid = self.ops.col("reason").is_null()
        score = self.ops.col("_ip_score") * self.ops.col("_ip_sign")
        frame = frame.with_columns(
            _ip_score=self.ops.when(valid).then(score).otherwise(self.ops.lit(float("-inf"))),
        )
        frame = _ranked(frame, self.group, self.ops)
        return frame.with_columns(
            rank=self.ops.when(valid).then(self.ops.col("_ip_rank").cast(self.ops.Int64()))
        )

    def with_ranks_compared(self, frame: Any) -> Any:
        """Return the frame with the ranks as compared figures."""
        rank = self.ops.col("rank")
        unit = self.ops.when(~rank.is_null()).then(self.ops.lit("rank"))
        return frame.with_columns(compared=rank.cast(self.ops.Float64()), compared_unit=unit)

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
        return self.ops.when(none).then(self.ops.lit("")).otherwise(column.cast(self.ops.String()))

    def _kinds(self) -> Any:
        """Return the table of regions and the position of their kind, in the engine of the frame."""
        plans = self.plans if self.plans is not None else load()
        kinds = {
            name: KINDS_BY_DEFAULT.index(region.kind)
            for region in plans.regions
            for name in called(plans.regions, region.code)
        }
        columns: dict[str, list[Any]] = {"region": list(kinds), "_ip_kind": list(kinds.values())}
        return beside(columns, {"region": "String", "_ip_kind": "Int64"}, self.work, ["region"])

    def _unless(self, valid: Any, reason: Reason) -> Any:
        # Without `otherwise` the rest is null; older engines turn a literal null into a word.
        return self.ops.when(~valid.fill_null(value=False)).then(self.ops.lit(str(reason)))

    def _with_scale(self, frame: Any, column: str, measured: str, scale: str) -> Any:
        table = units_of(self.plans)
        known = scales(table, [series.name for series in table])
        small: dict[str, list[Any]] = {
            column: list(known),
            measured: [dimension for dimension, _, _ in known.values()],
            scale: [over / under for _, over, under in known.values()],
        }
        kinds = {column: "String", measured: "Int64", scale: "Float64"}
        return frame.join(beside(small, kinds, self.work, [column]), on=column, how="left")

    def _with_sign(self, frame: Any) -> Any:
        """Return the frame with -1 where the lowest is best."""
        if "direction" in self.names:
            down = self.ops.col("direction").cast(self.ops.String()) == "down"
        else:
            plans = self.plans if self.plans is not None else load()
            lower = [
                indicator.code
                for indicator in plans.indicators
                if indicator.direction is Direction.DOWN
            ]
            down = self.ops.col("indicator").cast(self.ops.String()).is_in(lower)
        down = down | (self.ops.col("unit").cast(self.ops.String()) == "rank")
        return frame.with_columns(
            _ip_sign=self.ops.when(down).then(self.ops.lit(-1.0)).otherwise(self.ops.lit(1.0))
        )


def _check_names(names: list[str]) -> None:
    for name in _RESULT:
        if name in names:
            raise ConflictError(
                what=f"column {name!r}",
                ours="a column of the figures",
                theirs="one of the result",
                hint="rename it or leave it out",
            )


def _rounded(number: Any) -> Any:
    """Return the number rounded to 40 binary digits, so that 0.07 万亿元 equals 700 亿元."""
    large = number * _SPLIT
    return large - (large - number)


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
    top = order.group_by(group).agg(_ip_top=nw.col("_ip_at").min())
    equal = order.group_by([*group, "_ip_score"]).agg(_ip_first=nw.col("_ip_at").min())
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
