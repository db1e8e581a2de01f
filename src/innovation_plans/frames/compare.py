"""Compare figures of regions, in any engine.

The better first, as plain numbers: what printed digits and comparators leave open is the business
of ``innovation_plans.compare``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple, get_args

import narwhals.stable.v2 as nw

from ..codelists import Direction, Reason
from ..dataset.dataset import Dataset
from ..dataset.load import load
from ..errors import ConflictError, MissingError
from .engines import Opened, beside, closed, computed, in_order, numbered, numeric, opened, required
from .units import POINTS, scales, units_of

__all__ = ["compare"]

Measure = Literal["value", "distance", "ratio", "rank"]
_NEEDED = ("region", "indicator", "value", "unit")
_TOLD = ("compared", "compared_unit", "rank", "reason")
# What makes two figures comparable, as far as a frame says it.
_ALIKE = (
    "indicator", "form", "year", "end_year", "start_year", "period", "vintage", "breakdown", "scope",
)  # fmt: skip
_SPLIT = 2.0**13 + 1


def compare(
    frame: Any,
    measure: Measure = "value",
    *,
    by: Sequence[str] | None = None,
    against: str = "CN",
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
        ``"value"``: the figure itself; ``"distance"``: the figure less its own start, in
        percentage points between shares; ``"ratio"``: in percent of the figure of `against`;
        ``"rank"``: the rank.
    by
        The columns that figures must share to be compared; if not given, those of ``indicator,
        form, year, end_year, start_year, period, vintage, breakdown, scope`` that there are.
        Figures that do not measure the same are never compared.
    against
        Code of the region whose figure is 100 percent for ``"ratio"``.
    plans
        A dataset with units and indicators of its own; the bundled ones if not given.

    Returns
    -------
    frame
        Of the same engine, lazy where it was lazy: its columns, then ``compared,
        compared_unit``; ``rank``, where 1 is best and equal figures share the better rank;
        and ``reason``, where there is none. The lowest is best where less is better and in
        rankings, else the highest.

    Raises
    ------
    MissingError
        If a column is missing, or there is no such measure.
    ConflictError
        If the frame has a column that the result is to have.

    Examples
    --------
    >>> import polars as pl
    >>> frame = pl.DataFrame({"region": ["CN-BJ", "CN", "CN-GD"], "indicator": ["rd_intensity"] * 3,
    ...                       "value": [6.0, 2.5, 3.5], "unit": ["percent"] * 3})
    >>> compare(frame, "ratio").select("region", "compared", "rank").rows()
    [('CN-BJ', 240.0, 1), ('CN', 100.0, 3), ('CN-GD', 140.0, 2)]
    """
    if measure not in get_args(Measure):
        raise MissingError(asked=f"measure {measure!r:.60}", nearest=get_args(Measure))
    work = opened(frame, "figures")
    have = list(work.kinds)
    needed = [*_NEEDED, *(by or ()), *(["baseline_value"] if measure == "distance" else [])]
    required(needed, have, "figures")
    _refuse_taken(have)
    alike = [*(by if by is not None else (name for name in _ALIKE if name in have))]
    work = numbered(work)
    job = _Job(work, have, alike, against, plans)
    found = job.scaled(work.frame)
    found = job.ranked(job.by_measure(found, measure))
    if measure == "rank":
        found = job.of_ranks(found)
    return closed(computed(in_order(found, work).select(*have, *_TOLD), work), work)


class _Job(NamedTuple):
    """One comparison, and what its measures have in common."""

    work: Opened
    have: list[str]
    alike: list[str]
    against: str
    plans: Dataset[Any, Any] | None

    @property
    def ops(self) -> Any:
        """The module of expressions for the frame."""
        return self.work.ops

    @property
    def group(self) -> list[str]:
        """The columns with equal values for comparable figures."""
        return [*self.alike, "_ip_measured"]

    def scaled(self, frame: Any) -> Any:
        """Return the frame with values in the base unit, and the direction."""
        frame = self._with_scale(frame, "unit", "_ip_measured", "_ip_scale")
        value = numeric(self.work, "value", "figures")
        known = ~value.is_null() & ~value.is_nan() & ~self.ops.col("_ip_measured").is_null()
        measured = self.ops.col("_ip_measured")
        frame = frame.with_columns(
            _ip_measured=self.ops.when(measured.is_null())
            .then(0)
            .otherwise(measured)
            .cast(self.ops.Int64()),
            _ip_value=_even(value * self.ops.col("_ip_scale")),
            reason=self._unless(known, Reason.DIFFERENT_BASIS),
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
        if "baseline_unit" in self.have:
            frame = self._with_scale(frame, "baseline_unit", "_ip_other", "_ip_base_scale")
            own = self.ops.col("baseline_unit").is_null()
            start = self.ops.when(own).then(start).otherwise(base * self.ops.col("_ip_base_scale"))
            other = self.ops.col("_ip_other")
            same = own | (~other.is_null() & (other == self.ops.col("_ip_measured")))
        far, levels = _even(self.ops.col("_ip_value") - _even(start)), self.ops.lit(True)
        if "form" in self.have:
            form = self.ops.col("form").cast(self.ops.String())
            rises = form == "increment"
            far = self.ops.when(rises).then(self.ops.col("_ip_value")).otherwise(far)
            base = self.ops.when(rises).then(self.ops.lit(0.0)).otherwise(base)
            same, levels = same | rises, form.is_in(["level", "rank", "increment"])
        unit = self.ops.col("unit").cast(self.ops.String())
        return frame.with_columns(
            compared=_even(far / scale),
            compared_unit=self.ops.when(unit.is_in(sorted(POINTS)))
            .then(self.ops.lit("percentage_point"))
            .otherwise(unit),
            _ip_score=far,
            reason=self.ops.when(~self.ops.col("reason").is_null())
            .then(self.ops.col("reason"))
            .when(~levels)
            .then(self.ops.lit(str(Reason.DIFFERENT_BASIS)))
            .when(base.is_null() | base.is_nan())
            .then(self.ops.lit(str(Reason.MISSING_BASELINE)))
            .otherwise(self._unless(same, Reason.DIFFERENT_BASIS)),
        )

    def by_ratio(self, frame: Any) -> Any:
        """Return the figure in percent of that of one region."""
        theirs = frame.filter(
            (self.ops.col("region").cast(self.ops.String()) == self.against)
            & self.ops.col("reason").is_null()
        )
        theirs = theirs.group_by(self.group).agg(
            _ip_base=self.ops.col("_ip_value").min(), _ip_base_most=self.ops.col("_ip_value").max()
        )
        frame = frame.join(theirs, on=self.group, how="left")
        base, value = self.ops.col("_ip_base"), self.ops.col("_ip_value")
        share = _even(value * 100.0 / base)
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

    def ranked(self, frame: Any) -> Any:
        """Return the frame with the rank of every figure that has no reason against it."""
        fine = self.ops.col("reason").is_null()
        score = self.ops.col("_ip_score") * self.ops.col("_ip_sign")
        frame = frame.with_columns(
            compared=self.ops.when(fine).then(self.ops.col("compared")),
            compared_unit=self.ops.when(fine).then(self.ops.col("compared_unit")),
            _ip_score=self.ops.when(fine).then(score).otherwise(self.ops.lit(float("-inf"))),
        )
        frame = _ranked(frame, self.group, self.ops)
        return frame.with_columns(
            rank=self.ops.when(fine).then(self.ops.col("_ip_rank").cast(self.ops.Int64()))
        )

    def of_ranks(self, frame: Any) -> Any:
        """The frame with its ranks as what is compared."""
        rank = self.ops.col("rank")
        word = self.ops.when(~rank.is_null()).then(self.ops.lit("rank"))
        return frame.with_columns(compared=rank.cast(self.ops.Float64()), compared_unit=word)

    def _unless(self, fine: Any, reason: Reason) -> Any:
        # What is left out is null; a null that is said becomes a word in older engines.
        return self.ops.when(~fine.fill_null(value=False)).then(self.ops.lit(str(reason)))

    def _with_scale(self, frame: Any, column: str, measured: str, scale: str) -> Any:
        table = units_of(self.plans)
        known = scales(table, [each.name for each in table])
        small: dict[str, list[Any]] = {
            column: list(known),
            measured: [each for each, _, _ in known.values()],
            scale: [over / under for _, over, under in known.values()],
        }
        kinds = {column: "String", measured: "Int64", scale: "Float64"}
        return frame.join(beside(small, kinds, self.work, [column]), on=column, how="left")

    def _with_sign(self, frame: Any) -> Any:
        """Return the frame with -1 where the lowest is best."""
        if "direction" in self.have:
            down = self.ops.col("direction").cast(self.ops.String()) == "down"
        else:
            plans = self.plans if self.plans is not None else load()
            lower = [each.code for each in plans.indicators if each.direction is Direction.DOWN]
            down = self.ops.col("indicator").cast(self.ops.String()).is_in(lower)
        down = down | (self.ops.col("unit").cast(self.ops.String()) == "rank")
        return frame.with_columns(
            _ip_sign=self.ops.when(down).then(self.ops.lit(-1.0)).otherwise(self.ops.lit(1.0))
        )


def _refuse_taken(have: list[str]) -> None:
    for name in _TOLD:
        if name in have:
            raise ConflictError(
                what=f"column {name!r}",
                ours="a column of the figures",
                theirs="one of the result",
                hint="rename it or leave it out",
            )


def _even(number: Any) -> Any:
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
    found = order.join(top, on=group, how="left").join(equal, on=[*group, "_ip_score"], how="left")
    return found.with_columns(_ip_rank=nw.col("_ip_first") - nw.col("_ip_top") + 1)


def _ranked_in_parts(frame: Any, group: list[str]) -> Any:
    """Rank in a partitioned engine: move each group to one partition first."""
    native = frame.to_native().shuffle(on=group)

    def ranked(part: Any) -> Any:
        return _ranked(nw.from_native(part), group, nw).to_native()

    meta = native._meta.assign(_ip_rank=native._meta["_ip_score"].astype("float64"))  # noqa: SLF001
    return nw.from_native(native.map_partitions(ranked, meta=meta))
