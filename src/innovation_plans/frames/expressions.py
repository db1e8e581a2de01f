"""The verdict on a row, as expressions for every engine.

A row contains an observation and the bounds of its target. The distance between them is rounded to
twelve digits of the target, so that errors of floats are no distance; the verdict is computed from
the rounded distance. Each comparison checks for nulls first, because engines without nulls give
False for them.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from ..analysis.matching import LEVEL_FORMS
from ..codelists import Comparator, Direction, Reason, Verdict
from .engines import nw
from .inputs import LARGEST, WHOLE
from .target_table import LAST_WITH_GAP, RESULTS, SLACK, SURE, TargetColumns, code_of

# The prefix of helper columns, which are dropped at the end.
HELPERS = "_ip_"
_UNDETERMINED = Verdict.UNDETERMINED
_PLAIN = [str(each) for each in Comparator if each.plain]
BOUNDS = [str(each) for each in Comparator if not each.plain]
_OPEN_DOWN = [str(comparator) for comparator in Comparator if comparator.side is Direction.DOWN]
_OPEN_UP = [str(comparator) for comparator in Comparator if comparator.side is Direction.UP]


class Judge(NamedTuple):
    """What all rows of one call have in common."""

    ops: Any  # the module whose expressions the observations take
    targets: TargetColumns
    have: list[str]  # columns of the observations
    pace: str
    matched: bool  # whether every row has a target
    as_of: date | None = None  # targets of the years before it are due

    def measured(self, frame: Any, number: Any, high: Any, precision: Any) -> Any:
        """Return the frame with the distance of each row from its target, and its result code.

        Parameters
        ----------
        frame
            Observations joined with targets and the scales of their units.
        number, high
            The observed value, and the upper end of an observed range or None.
        precision
            The half-width of the observed value, or None.
        """
        col = self.ops.col
        if precision is not None:
            frame = frame.with_columns(_ip_slack=self._slack(precision))
        frame = frame.with_columns(_ip_distance=self._distance(self.readable(number, high)))
        distance = col("_ip_distance")
        if not self.opens:
            code = self._code(self._is_inside("_ip_distance"), None)
            return frame.with_columns(_ip_code=code)
        frame = frame.with_columns(**self._ends(high))
        inside = [self._is_inside(end) for end in ("_ip_least", "_ip_most")]
        point = col("_ip_least") == col("_ip_most")
        open_ = inside[0] != inside[1]
        if self.targets.any("_ip_part_of_sum"):
            is_unsure = self._is_unsure(inside[0])
            open_, point = open_ | is_unsure, point & ~is_unsure
        if self.targets.any("_ip_two_sided"):
            open_ = open_ | (~inside[0] & ~point & self.of("_ip_two_sided"))
        frame = frame.with_columns(_ip_holds=inside[0], _ip_point=point, _ip_open=open_)
        point = col("_ip_point")
        code = self._code(col("_ip_holds"), point)
        return frame.with_columns(_ip_code=code, _ip_distance=self.ops.when(point).then(distance))

    def unreadable(self, number: Any, high: Any) -> Any:
        """Return whether a row has a comparator that is none or a wrong range; None if none has."""
        if not self.bounds:
            return None
        when, lit, comparator = self.ops.when, self.ops.lit, self.ops.col("outcome_comparator")
        unknown = ~comparator.is_null() & ~comparator.is_in([str(each) for each in Comparator])
        is_range = when(comparator == "between").then(lit(True)).otherwise(lit(False))
        if high is None:
            return unknown | is_range
        is_above = when((high < LARGEST) & (high > number)).then(lit(True)).otherwise(lit(False))
        without_high = high.is_null() | high.is_nan()
        return unknown | (is_range & ~is_above) | (~is_range & ~without_high)

    def readable(self, number: Any, high: Any) -> Any:
        """Return the observed value; null where its comparator or range cannot be read."""
        unreadable = self.unreadable(number, high)
        return number if unreadable is None else self.ops.when(~unreadable).then(number)

    def satisfied(self) -> Any:
        """Return whether an outcome satisfies its target: 1, 0, or null if a bound leaves it open."""
        code = self.ops.col("_ip_code")
        holds = self.ops.col("_ip_holds") if self.opens else self._is_inside("_ip_distance")
        yes = (code == code_of(Verdict.MET)) | (code == code_of(Verdict.AHEAD))
        yes = yes | ((code == code_of(Verdict.AWAITING)) & holds)
        satisfied = self.ops.when(yes).then(1).otherwise(0)
        return self.ops.when(~self.ops.col("_ip_open")).then(satisfied) if self.opens else satisfied

    def in_words(self, frame: Any, *, further: tuple[Reason, ...] = ()) -> Any:
        """Return the frame with gap and unit, and the verdict or the reason why there is none.

        `further` are possible reasons that a single row does not have.
        """
        if isinstance(frame, nw.DataFrame):
            return frame.with_columns(*_looked_up(frame), **self._gaps())
        lit, code = self.ops.lit, self.ops.col("_ip_code")
        nothing = lit(None, dtype=self.ops.String())
        verdicts = [
            (at, str(verdict)) for at, (verdict, why) in enumerate(RESULTS) if at and not why
        ]
        cases = [(code == at, lit(text)) for at, text in verdicts]
        if not self.matched:
            cases.insert(0, (code == 0, nothing))
        possible = self._possible() | {code_of(_UNDETERMINED, each) for each in further}
        reasons = [(code == at, lit(str(RESULTS[at][1]))) for at in sorted(possible)]
        return frame.with_columns(
            **self._gaps(),
            verdict=self._chain(cases, lit(str(_UNDETERMINED))),
            reason=self._chain(reasons, nothing),
        )

    @property
    def bounds(self) -> bool:
        """True if outcomes can be bounds."""
        return "outcome_comparator" in self.have

    @property
    def opens(self) -> bool:
        """True if outcomes can leave a target open: bounds, and parts of a sum."""
        return self.bounds or self.targets.any("_ip_part_of_sum")

    def of(self, name: str) -> Any:
        """Return a column of the targets, or a literal if all its values are equal."""
        targets = self.targets
        if name in targets.constants:
            kind = getattr(self.ops, targets.types[name])()
            return self.ops.lit(targets.constants[name], dtype=kind)
        return self.ops.col(name)

    def of_another_form(self) -> Any:
        """Return whether the form of a row is not that of its target; None if it always is."""
        form = self.of("_ip_form")
        if "form" in self.have:
            own = self.ops.col("form")  # old versions of pandas cast nulls to the text "None"
            level = self.ops.when(own.is_null()).then(self.ops.lit("level"))
            return level.otherwise(own.cast(self.ops.String())) != form
        if self.targets.is_always("_ip_form", "level"):
            return None
        return form != self.ops.lit("level")

    def of_another_scope(self) -> Any:
        """Return whether a row is of another class than its target; None if none is of a class."""
        whole = self.ops.lit("")
        if "scope" not in self.have:
            is_whole = self.targets.is_always("_ip_scope", "")
            return None if is_whole else self.of("_ip_scope") != whole
        scope = self.ops.col("scope")
        own = self.ops.when(scope.is_null()).then(whole).otherwise(scope.cast(self.ops.String()))
        return own != self.of("_ip_scope")

    def of_another_span(self) -> Any:
        """Return whether a figure begins in another year than its target; None if none does."""
        if "start_year" not in self.have or not self.targets.any("_ip_span"):
            return None
        start, span = self.ops.col("start_year"), self.of("_ip_span")
        start = self.ops.when(start.is_null()).then(self.ops.col("year")).otherwise(start)
        return (span != 0) & (start != span)

    def _is_inside(self, name: str) -> Any:
        """Return whether a distance is within the bounds of the target."""
        distance, low, high = self.ops.col(name), self.of("_ip_low"), self.of("_ip_high")
        if "precision" in self.have:
            slack = self.ops.col("_ip_slack")
            low, high = low - slack, high + slack
        return (distance >= low) & (distance <= high)

    def _is_unsure(self, holds: Any) -> Any:
        """Return whether a row is a part of a sum that does not show what the sum shows."""
        part = self.of("_ip_part_of_sum")
        met, missed, nothing = (part == SURE[shown] for shown in (True, False, None))
        return nothing | (met & ~holds) | (missed & holds)

    def _slack(self, precision: Any) -> Any:
        """Return what includes the ends of the bounds: a quarter of a digit for rounded numbers.

        An end that is included is an eighth of a digit further out, one that is not is an eighth
        further in. Distances are whole digits, so nothing else changes.
        """
        is_rounded = ~precision.is_null() & ~precision.is_nan() & (precision > 0)
        if self.bounds:
            comparator = self.ops.col("outcome_comparator")
            is_rounded = is_rounded & comparator.is_in(_PLAIN)
        return self.ops.when(is_rounded).then(0.25 / self.of("_ip_resolution")).otherwise(0.0)

    def _distance(self, number: Any) -> Any:
        """Return the outcome minus the target in the target's unit, rounded against float error."""
        value = number * self.ops.col("_ip_scale")
        if not self.targets.is_always("_ip_per", 1.0):
            value = value * self.of("_ip_per")
        return self._rounded(value - self.of("target_value"))

    def _rounded(self, distance: Any) -> Any:
        """Return the rounded distance; ``floor`` is not used, because its integers overflow."""
        resolution = self.of("_ip_resolution")
        return (distance * resolution + WHOLE - WHOLE) / resolution

    def _ends(self, high: Any) -> dict[str, Any]:
        """Return the least and greatest possible outcome: "above 2" begins just above 2."""
        lit, distance = self.ops.lit, self.ops.col("_ip_distance")
        if not self.bounds:
            return {"_ip_least": distance, "_ip_most": distance}
        comparator = self.ops.col("outcome_comparator")
        step = 0.25 / self.of("_ip_resolution")
        below, above = comparator.is_in(_OPEN_DOWN), comparator.is_in(_OPEN_UP)
        just_below, just_above = comparator == "below", comparator == "above"
        if "rank" in self.targets.values("_ip_form"):  # there, above third is a lower number
            is_rank = self.of("_ip_form") == "rank"
            below, just_below = below | (above & is_rank), just_below | (just_above & is_rank)
            above, just_above = above & ~is_rank, just_above & ~is_rank
        least = [(below, lit(float("-inf"))), (just_above, distance + step)]
        most = [(above, lit(float("inf"))), (just_below, distance - step)]
        if high is not None:
            most.append(((comparator == "between") & ~high.is_null(), self._distance(high)))
        return {"_ip_least": self._chain(least, distance), "_ip_most": self._chain(most, distance)}

    def _code(self, holds: Any, point: Any) -> Any:
        """Return the result code of a row: the first case that applies."""
        col, end = self.ops.col, self.of("end_year")
        year, distance = col("year"), col("_ip_distance")
        other_form, other_span = self.of_another_form(), self.of_another_span()
        other_scope = self.of_another_scope()
        cases = [] if self.matched else [(col("_ip_target").is_null(), self._as(None))]
        if self.targets.any("_ip_part"):
            cases.append((self.of("_ip_part") > 0, self.of("_ip_part")))
        cases += [
            (year.is_null(), self._as(Reason.UNDATED)),
            (self._on_another_basis(), self._as(Reason.DIFFERENT_BASIS)),
            *([] if other_scope is None else [(other_scope, self._as(Reason.OTHER_SCOPE))]),
            (distance.is_null(), self._as(Reason.NO_OUTCOME)),
            *([] if other_form is None else [(other_form, self._as(Reason.OTHER_FORM_OR_SPAN))]),
            (year > end, self._as(Reason.FUTURE_YEAR)),
            *self._before_the_period(),
            *([] if other_span is None else [(other_span, self._as(Reason.OTHER_FORM_OR_SPAN))]),
        ]
        cases += self._overdue(end)
        if point is not None:
            cases.append((col("_ip_open"), self._as(Reason.OUTCOME_IS_A_BOUND)))
        cases += [
            (holds & (year == end), self._as(Verdict.MET)),
            (year == end, self._as(Verdict.MISSED)),
            (holds, self._as(Verdict.AHEAD)),
            *self._ways(point),
        ]
        if not self.targets.has_courses:
            return self._chain(cases, self.of("_ip_no_course"))
        return self._chain(cases, self._by_pace())

    def _on_another_basis(self) -> Any:
        measured = self.ops.col("_ip_measured")
        return measured.is_null() | (measured != self.of("_ip_measure"))

    def _before_the_period(self) -> list[tuple[Any, Any]]:
        """Return the reasons for a row before the first year that its target admits."""
        if not self.targets.any("_ip_first"):
            return []
        early, form = self.ops.col("year") < self.of("_ip_first"), self.of("_ip_form")
        level = early & form.is_in(sorted(LEVEL_FORMS))
        return [
            (level, self._as(Reason.OUTSIDE_PERIOD)),
            (early, self._as(Reason.OTHER_FORM_OR_SPAN)),
        ]

    def _overdue(self, end: Any) -> list[tuple[Any, Any]]:
        """Return the case of a target whose year is over, while the row is of an earlier year."""
        if self.as_of is None:
            return []
        is_late = (end < self.as_of.year) & (self.ops.col("year") < end)
        return [(is_late, self._as(Verdict.AWAITING))]

    def _ways(self, point: Any) -> list[tuple[Any, Any]]:
        """Return the reason why a row before its target year has no pace."""
        none, cases = self.of("_ip_no_course"), []
        if point is not None:
            rank = code_of(_UNDETERMINED, Reason.RANK_HAS_NO_PACE)
            cases += [(none == rank, self._as(Reason.RANK_HAS_NO_PACE))]
            cases += [(~point, self._as(Reason.OUTCOME_IS_A_BOUND))]
        cases += self._regressed()
        if self.targets.has_courses and self.targets.any("_ip_no_course"):
            cases += [(none > 0, none)]
        return cases

    def _regressed(self) -> list[tuple[Any, Any]]:
        """Return the case of a row that fell back from a baseline beyond its target."""
        beyond = code_of(_UNDETERMINED, Reason.BASE_BEYOND_TARGET)
        if beyond not in self.targets.values("_ip_no_course"):
            return []
        moved = self.of("_ip_sign") * self.ops.col("_ip_distance") + self.of("_ip_lead")
        fell = (self.of("_ip_no_course") == beyond) & (moved < 0) & ~self.of("_ip_two_sided")
        return [(fell, self._as(Reason.REGRESSED))]

    def _by_pace(self) -> Any:
        """Return on or off track, by the line of ``target_table.py``."""
        year, since = self.ops.col("year"), self.of("_ip_since")
        distance = self.ops.col("_ip_distance")
        on, off = self._as(Verdict.ON_TRACK), self._as(Verdict.OFF_TRACK)
        late = (year <= since, self._as(Reason.ONE_POINT))
        slope, lead = self.of("_ip_slope"), self.of("_ip_lead")
        if self.pace == "linear":
            is_up = self.targets.is_always("_ip_sign", 1.0)
            way = distance if is_up else self.of("_ip_sign") * distance
            required = slope * (year - since)
            # A sum of unknown first year starts the year before the outcome.
            if self.targets.any_open_start:
                open_start = slope / (self.of("end_year") - year + 1)
                required = self.ops.when(since == 0).then(open_start).otherwise(required)
            return self._chain([late, (way + lead >= required, on)], off)
        multiple = (distance + lead) / self.of("_ip_start")
        required = ((year - since) * self.of("_ip_log")).exp()
        cases = [
            late,
            (self.of("_ip_late") > 0, self.of("_ip_late")),
            (multiple <= 0, self._as(Reason.SIGN_CHANGE)),
            (slope * multiple >= slope * required - SLACK, on),
        ]
        return self._chain(cases, off)

    def _gaps(self) -> dict[str, Any]:
        """Return gap and unit, if outcome and target were compared."""
        when, distance, code = self.ops.when, self.ops.col("_ip_distance"), self.ops.col("_ip_code")
        gap = distance
        if self.targets.any("_ip_width"):  # inside a range there is no gap
            over = self._rounded(distance - self.of("_ip_width"))
            gap = when(over > 0).then(over).otherwise(0.0)
            gap = when(distance <= 0).then(distance).otherwise(gap)
        compared = code <= LAST_WITH_GAP
        if not self.matched:
            compared = (code > 0) & compared
        if self.opens:
            compared = compared & ~distance.is_null()
        unit = self.of("_ip_gap_unit")
        return {"gap": when(compared).then(gap), "gap_unit": when(compared).then(unit)}

    def _possible(self) -> set[int]:
        """Return the codes without a verdict that a row can have."""
        row = {
            Reason.UNDATED, Reason.DIFFERENT_BASIS, Reason.NO_OUTCOME, Reason.FUTURE_YEAR,
            Reason.OTHER_FORM_OR_SPAN, Reason.OUTSIDE_PERIOD, Reason.OTHER_SCOPE,
        }  # fmt: skip
        if self.opens:
            row |= {Reason.OUTCOME_IS_A_BOUND, Reason.RANK_HAS_NO_PACE}
        if self.targets.has_courses:
            row |= {Reason.ONE_POINT, Reason.SIGN_CHANGE}
        codes = {code_of(_UNDETERMINED, each) for each in row}
        codes.add(code_of(_UNDETERMINED, Reason.REGRESSED))
        for name in ("_ip_part", "_ip_no_course", "_ip_late"):
            codes |= set(self.targets.values(name))
        return codes - {0}

    def _as(self, outcome: Verdict | Reason | None) -> Any:
        if isinstance(outcome, Reason):
            return self.ops.lit(code_of(_UNDETERMINED, outcome))
        return self.ops.lit(code_of(outcome))

    def _chain(self, cases: list[tuple[Any, Any]], otherwise: Any) -> Any:
        """Return the value of the first case that applies."""
        expression = otherwise
        for condition, value in reversed(cases):
            expression = self.ops.when(condition).then(value).otherwise(expression)
        return expression


def _looked_up(frame: Any) -> list[Any]:
    """Return the word for each code from a list, in one pass in eager frames."""
    codes, backend = frame["_ip_code"], frame.implementation
    words = {
        "verdict": [None if verdict is None else str(verdict) for verdict, _ in RESULTS],
        "reason": [None if reason is None else str(reason) for _, reason in RESULTS],
    }
    return [
        nw.new_series(name, listed, nw.String(), backend=backend)[codes]
        for name, listed in words.items()
    ]
