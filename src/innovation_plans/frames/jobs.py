"""Join observations with the targets that they are compared with."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw

from ..codelists import Reason, Verdict
from ..dataset.load import load
from .bounds import Ruler, code_of
from .engines import Opened, beside, in_order, numeric
from .expressions import Judge

__all__ = ["Job"]

_MOST_RANKS = 1024
_PART = 1 << 20


class Job:
    """What both ways of selecting rows have in common."""

    def __init__(
        self, work: Opened, judge: Judge, keys: list[str], columns: list[str], ruler: Ruler
    ) -> None:
        self.work = work
        self.ops = work.ops
        self.judge = judge
        self.goals = judge.goals
        self.have = judge.have
        self.keys = keys
        self.columns = columns  # of the result
        self.ruler = ruler

    def each(self) -> Any:
        """Return every observation with each of its targets."""
        number = ["_ip_target"] if self.goals.single and self.judge.matched else []
        frame, goals = self.work.frame, self._goals("_ip_first", "_ip_span", *number)
        if not (isinstance(frame, nw.DataFrame) and frame.implementation.is_pyarrow()):
            return self._part(frame, goals)
        # pyarrow keeps every step in memory, so process a part of the rows at a time.
        starts = range(0, max(len(frame), 1), _PART)
        return nw.concat([self._part(frame[at : at + _PART], goals) for at in starts])

    def _part(self, frame: Any, goals: Any) -> Any:
        joined = frame.join(goals, on=self.keys, how="inner" if self.judge.matched else "left")
        found = self.judge.spoken(self._judged(joined))
        found = in_order(found, self.work, *(() if self.goals.single else ("_ip_target",)))
        return found.select(*self.columns)

    def latest(self) -> Any:
        """Return every target with the observation that decides."""
        joined = self.work.frame.join(self._goals(), on=self.keys, how="inner")
        fitting = self._with_releases(joined.filter(self._in_time()))
        fitting = fitting.with_columns(_ip_order=self._order())
        best = fitting.group_by("_ip_target").agg(self.ops.col("_ip_order").max())
        chosen = fitting.join(best, on=["_ip_target", "_ip_order"], how="inner")
        found = self._with_those_left(self._settled(self._judged(chosen)))
        found = self.judge.spoken(found, further=(Reason.CONFLICTING_OUTCOMES,))
        found = found.sort("_ip_target") if self.work.eager else found
        return found.select(*self.columns)

    def _goals(self, *spared: str) -> Any:
        """Return the targets without some columns: every row repeats what is joined."""
        columns, types = self.goals.table()
        kept = {name: cells for name, cells in columns.items() if name not in spared}
        return beside(kept, {name: types[name] for name in kept}, self.work, self.keys)

    def _judged(self, joined: Any) -> Any:
        scales = self.goals.scales
        small: dict[str, list[Any]] = {
            "unit": list(scales),
            "_ip_measured": [measure for measure, _, _ in scales.values()],
            "_ip_scale": [over / under for _, over, under in scales.values()],
        }
        kinds = {"unit": "String", "_ip_measured": "Int16", "_ip_scale": "Float64"}
        frame = joined.join(beside(small, kinds, self.work, ["unit"]), on="unit", how="left")
        known = "value_high" in self.have
        high = numeric(self.work, "value_high", "observations") if known else None
        return self.judge.measured(frame, numeric(self.work, "value", "observations"), high)

    def _in_time(self) -> Any:
        """Return True for rows of the form and period of their target, as in ``analysis/matching.py``."""
        year, of = self.ops.col("year"), self.judge.of
        number = numeric(self.work, "value", "observations")
        fits = ~year.is_null() & ~number.is_null() & ~number.is_nan()
        fits = fits & (year <= of("end_year")) & (year >= of("_ip_first"))
        form = (
            self.ops.col("form").cast(self.ops.String())
            if "form" in self.have
            else self.ops.lit("level")
        )
        fits = fits & (of("_ip_form") == form) & (of("_ip_measure") > 0)
        if self.judge.scoped:
            fits = fits & self.ops.col("scope").is_null()
        if "start_year" in self.have and self.goals.any("_ip_span"):
            start = self.ops.col("start_year")
            start = self.ops.when(start.is_null()).then(year).otherwise(start)
            fits = fits & ((of("_ip_span") == 0) | (start == of("_ip_span")))
        return fits

    def _order(self) -> Any:
        """Order by year, then statistics before self-reported figures, newer vintage, better tier."""
        order = self.ops.col("year").cast(self.ops.Int64()) * 2
        if "self_reported" in self.have:
            order = order + self.ops.when(self.ops.col("self_reported")).then(0).otherwise(1)
        order = order * _MOST_RANKS
        if "vintage" in self.have:
            order = order + self.ops.col("_ip_release")
        order = order * 4
        if "tier" in self.have:
            for at, tier in enumerate("CBA", start=1):
                order = order + self.ops.when(self.ops.col("tier") == tier).then(at).otherwise(0)
        return order

    def _with_releases(self, frame: Any) -> Any:
        """Return the frame with the position of each vintage among those of its indicator."""
        if "vintage" not in self.have:
            return frame
        plans = self.ruler.plans if self.ruler.plans is not None else load()
        orders = {(each.indicator.code, each.code): each.order for each in plans.vintages}
        small: dict[str, list[Any]] = {
            "indicator": [indicator for indicator, _ in orders],
            "vintage": [vintage for _, vintage in orders],
            "_ip_release": [min(order, _MOST_RANKS - 1) for order in orders.values()],
        }
        kinds = {"indicator": "String", "vintage": "String", "_ip_release": "Int64"}
        keys = ["indicator", "vintage"]
        joined = frame.join(beside(small, kinds, self.work, keys), on=keys, how="left")
        release = self.ops.col("_ip_release")
        known = self.ops.when(release.is_null()).then(0).otherwise(release).cast(self.ops.Int64())
        return joined.with_columns(_ip_release=known)

    def _settled(self, frame: Any) -> Any:
        """Return one row per target; figures of equal weight with different verdicts decide nothing."""
        code = self.ops.col("_ip_code")
        ties = frame.group_by("_ip_target").agg(
            _ip_least_code=code.min(), _ip_most_code=code.max(), _ip_top=self.ops.col("value").max()
        )
        frame = frame.join(ties, on="_ip_target", how="inner")
        frame = frame.filter(self.ops.col("value") == self.ops.col("_ip_top"))
        frame = frame.unique(subset=["_ip_target"], keep="any")
        agreed = self.ops.col("_ip_least_code") == self.ops.col("_ip_most_code")
        conflict = code_of(Verdict.UNDETERMINED, Reason.CONFLICTING_OUTCOMES)
        settled = self.ops.when(agreed).then(code).otherwise(self.ops.lit(conflict))
        return frame.with_columns(_ip_code=settled)

    def _with_those_left(self, found: Any) -> Any:
        """Return all targets, also those without an outcome."""
        seen = [name for name in self.have if name not in self.keys]
        found = found.select("_ip_target", *seen, "_ip_far", "_ip_code")
        frame = self._goals().join(found, on="_ip_target", how="left")
        code = self.ops.col("_ip_code")
        part = self.ops.lit(code_of(Verdict.UNDETERMINED, Reason.DIFFERENT_BASIS))
        none = self.ops.lit(code_of(Verdict.UNDETERMINED, Reason.NO_OUTCOME))
        left = self.ops.when(self.judge.of("_ip_measure") < 0).then(part).otherwise(none)
        told = self.ops.when(code.is_null()).then(left).otherwise(code)
        return frame.with_columns(_ip_code=told.cast(self.ops.Int64()))
