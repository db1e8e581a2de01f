"""Targets as a small table of numbers, so that a row needs two comparisons.

Targets are few: they are read into memory, whatever their engine, and checked there. The meaning
of a comparator becomes the least and the greatest admitted distance from the target; the required
pace becomes a line. Distances are rounded to twelve digits of the target, because finer digits are
errors of floats.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from math import inf, isnan, log
from typing import Any, NamedTuple

from ..analysis.comparability import difference_unit
from ..analysis.matching import CHANGE_FORMS, LEVEL_FORMS, SPAN_FORMS, SURE_OF_PART, part_reason
from ..codelists import Comparator, Direction, Form, Reason, Verdict
from ..dataset.dataset import Dataset
from ..errors import FigureError, MissingError, brief, nearest
from ..units.decimals import MOST_DIGITS
from ..units.interval import accepted, bound_on, direction_to
from .engines import Opened, lists_of, numeric, opened, required
from .inputs import LARGEST, LEAST, called, no_code
from .units import Scale, scales

SLACK = 1e-12  # of a pace, for the errors of floats
_NEEDED = ("region", "indicator", "form", "comparator", "value", "unit", "end_year")
_OPTIONAL = (
    "value_high", "baseline_value", "baseline_year", "baseline_unit", "start_year", "direction",
    "breakdown", "scope",
)  # fmt: skip
_READ = (*_NEEDED, *_OPTIONAL)
_DIGITS = 12
# A target that is not below n of the sizes has the n-th resolution.
_SIZES = [float(f"1e{exponent}") for exponent in range(1 - MOST_DIGITS, _DIGITS + 1)]
_RESOLUTIONS = [10.0**digits for digits in range(_DIGITS + MOST_DIGITS, -1, -1)]

# Reasons why outcome and target cannot be compared, so that there is no gap.
_WITHOUT_GAP = {
    Reason.UNDATED, Reason.DIFFERENT_BASIS, Reason.PART_OF_REGION, Reason.CLASS_UNCLEAR,
    Reason.NO_OUTCOME, Reason.FUTURE_YEAR, Reason.CONFLICTING_OUTCOMES,
    Reason.OTHER_FORM_OR_SPAN, Reason.OUTSIDE_PERIOD, Reason.OTHER_SCOPE,
    Reason.NO_YEAR_OVER, Reason.NOT_DUE, Reason.NO_SERIES_FOR_INDICATOR,
    Reason.NO_SERIES_FOR_REGION, Reason.HELD_BACK_BY_TIER,
}  # fmt: skip
# The possible results of a row; the code of a result is its position in this list.
RESULTS: tuple[tuple[Verdict | None, Reason | None], ...] = (
    (None, None),  # an observation without a target
    *((verdict, None) for verdict in Verdict if verdict is not Verdict.UNDETERMINED),
    *((Verdict.UNDETERMINED, reason) for reason in Reason if reason not in _WITHOUT_GAP),
    (Verdict.UNDETERMINED, Reason.DIFFERENT_BASIS),  # of the baseline: the outcome has a gap
    *((Verdict.UNDETERMINED, reason) for reason in Reason if reason in _WITHOUT_GAP),
)
LAST_WITH_GAP = len(RESULTS) - len(_WITHOUT_GAP) - 1
_OTHER_BASELINE_UNIT = LAST_WITH_GAP
_CODES: dict[tuple[Verdict | None, Reason | None], int] = {
    result: code for code, result in enumerate(RESULTS)
}
# What a part of a sum shows of a target, as a number; 0 where the figure is the whole sum.
SURE = {True: 1, False: 2, None: 3}
_FORMS = {str(form): form for form in Form}
_COMPARATORS = {str(comparator): comparator for comparator in Comparator}
_DIRECTIONS = {str(direction): direction for direction in Direction}


def code_of(verdict: Verdict | None, reason: Reason | None = None) -> int:
    """Return the code of a verdict and its reason: their position in :data:`RESULTS`."""
    return _CODES[verdict, reason]


def _undetermined(reason: Reason) -> int:
    return _CODES[Verdict.UNDETERMINED, reason]


class AssessOptions(NamedTuple):
    """The options of ``assess``."""

    tolerance: float
    pace: str
    threshold: float
    plans: Dataset[Any, Any]


_Course = tuple[int, int, int, float, float, float, float]


class _Kind(NamedTuple):
    """What targets of one form, comparator, direction and unit have in common.

    Accepted distances are in the unit of the target; steps are eighths of a digit.
    """

    form: str
    comparator: str
    unit: str
    low: float
    low_step: float
    high: float
    high_step: float
    share: float  # of the value, that *about* allows
    sign: float  # -1 where less is better
    two_sided: bool
    is_level: bool
    is_sum: bool
    sure_of_part: int  # a key of SURE, if it is a sum of which a part is known
    has_span: bool
    course: _Course | None  # if the form says why there is none
    measure: int  # a number for the dimension of the unit
    per: float  # the factor from the unit that observations are scaled to
    gap_unit: str

    def lowest(self, goal: float, resolution: float) -> float:
        """Return the lowest accepted distance from a value."""
        return self.low + self.low_step * 0.125 / resolution - self.share * abs(goal)

    def highest(self, goal: float, resolution: float, width: float) -> float:
        """Return the highest accepted distance from a value, or from the lower end of a range."""
        return self.high + self.high_step * 0.125 / resolution + self.share * abs(goal) + width


_NO_COURSE = (0, 0, 0.0, 0.0, 1.0, 0.0)
_WITHOUT_START: dict[Reason, _Course] = {
    Reason.MISSING_BASELINE: (_undetermined(Reason.MISSING_BASELINE), *_NO_COURSE),
    Reason.RANK_HAS_NO_PACE: (_undetermined(Reason.RANK_HAS_NO_PACE), *_NO_COURSE),
    Reason.DIFFERENT_BASIS: (_OTHER_BASELINE_UNIT, *_NO_COURSE),
}
_BEYOND = _undetermined(Reason.BASE_BEYOND_TARGET)
_SIGNED = {0, _BEYOND}  # the courses for which it matters in which direction an outcome is better
_COURSE_COLUMNS = (
    "_ip_no_course", "_ip_late", "_ip_since", "_ip_lead", "_ip_slope", "_ip_start", "_ip_log",
)  # fmt: skip


class TargetColumns(NamedTuple):
    """Targets as columns; values that are equal for all targets are constants."""

    columns: dict[str, list[Any]]
    types: dict[str, Any]
    constants: dict[str, Any]
    scales: dict[str, Scale]
    any_open_start: bool  # whether a sum has no first year: it starts the year before its outcome
    single: bool  # whether no observation has more than one target
    names: Mapping[str, tuple[str, ...]]  # of every region, by the text in the targets

    def is_always(self, name: str, value: object) -> bool:
        """Return whether all targets have this value."""
        return name in self.constants and self.constants[name] == value

    def values(self, name: str) -> list[Any]:
        """Return the values of a column; one, if it is equal for all targets."""
        return [self.constants[name]] if name in self.constants else self.columns[name]

    @property
    def has_courses(self) -> bool:
        """True if some target has a course to compare the pace with."""
        return 0 in self.values("_ip_no_course")

    def any(self, name: str) -> bool:
        """Return whether some target has a value other than zero or False."""
        return any(self.values(name))

    def table(self) -> tuple[dict[str, list[Any]], dict[str, Any]]:
        """Return the columns that vary, and their types."""
        return self.columns, {name: self.types[name] for name in self.columns}

    def table_by_name(
        self, seen: Collection[str | None] | None
    ) -> tuple[dict[str, list[Any]], dict[str, Any]]:
        """Return the same with each target once for every name of its region, or for those `seen`."""
        columns, types = self.table()
        names = {
            text: [name for name in names if seen is None or name in seen]
            for text, names in self.names.items()
        }
        if all(listed == [text] for text, listed in names.items()):
            return columns, types
        rows = [(at, name) for at, text in enumerate(columns["region"]) for name in names[text]]
        columns = {name: [cells[at] for at, _ in rows] for name, cells in columns.items()}
        columns["region"] = [name for _, name in rows]
        return columns, types


_TYPES: dict[str, Any] = {
    "target_value": "Float64", "target_unit": "String", "comparator": "String",
    "end_year": "Int64", "_ip_gap_unit": "String", "_ip_form": "String", "_ip_scope": "String",
    "_ip_measure": "Int16", "_ip_part": "Int16", "_ip_per": "Float64", "_ip_resolution": "Float64",
    "_ip_low": "Float64", "_ip_high": "Float64", "_ip_width": "Float64",
    "_ip_two_sided": "Boolean", "_ip_part_of_sum": "Int16", "_ip_sign": "Float64", "_ip_no_course": "Int16",
    "_ip_late": "Int16", "_ip_since": "Int32", "_ip_lead": "Float64",
    "_ip_slope": "Float64", "_ip_start": "Float64", "_ip_log": "Float64",
    "_ip_first": "Int64", "_ip_span": "Int64", "_ip_target": "Int64",
}  # fmt: skip
# The resolution stays a column: polars divides by a literal by multiplying with its inverse, which
# does not give the nearest float.
_ALWAYS_COLUMNS = (
    "target_value", "target_unit", "comparator", "end_year", "_ip_target", "_ip_resolution",
)  # fmt: skip


def target_table(
    targets: Any, options: AssessOptions, on: Sequence[str], keep: Sequence[str]
) -> TargetColumns:
    """Return the targets of a frame as bounds.

    Raises
    ------
    MissingError
        If a column is missing, a code is not known, or no direction is known for an indicator.
    FigureError
        If a target has no number, no year, or a unit that is not known.
    """
    work = opened(targets, "targets")
    required((*_NEEDED, *on, *keep), list(work.kinds), "targets")
    wanted = [*_NEEDED, *(name for name in _OPTIONAL if name in work.kinds), *on, *keep]
    cells = lists_of(_sharp(work).frame, list(dict.fromkeys(wanted)))
    keys = ["region", "indicator", *(name for name in on if name not in {"region", "indicator"})]
    _check_filled(cells, keys)
    for name in keys[:2]:
        if {*map(type, cells[name])} != {str}:
            cells[name] = [_code(name, cell) for cell in cells[name]]
    bounds = _Bounds(
        cells,
        options,
        spans_known="start_year" in cells,
        joined="breakdown" in on,
    )
    columns = bounds.columns() if cells["region"] else {name: [] for name in _TYPES}
    constants = {
        name: values[0]
        for name, values in columns.items()
        if name not in _ALWAYS_COLUMNS and values and values.count(values[0]) == len(values)
    }
    kinds = {}
    for name in (*on, *keep):
        kinds[name], cells[name] = _simple(work.kinds[name], cells[name])
    varying = {name: values for name, values in columns.items() if name not in constants}
    kept = {name: cells[name] for name in dict.fromkeys((*keys, *keep))}
    regions = options.plans.regions
    names = {text: called(regions, text) for text in dict.fromkeys(cells["region"])}
    meant = {
        text: text if listed == (text,) else regions.codes(text)[0]
        for text, listed in names.items()
    }
    of_key = zip(
        [meant[text] for text in cells["region"]], *(cells[key] for key in keys[1:]), strict=True
    )
    return TargetColumns(
        columns={**kept, **varying},
        types={"region": "String", "indicator": "String", **kinds, **_TYPES},
        constants=constants,
        scales=bounds.scales,
        any_open_start=bounds.any_open_start,
        # Hashes are not objects for the garbage collector; two that are equal cost a sort, no more.
        single=len({*map(hash, of_key)}) == len(cells["region"]),
        names=names,
    )


def _check_filled(cells: dict[str, list[Any]], keys: Iterable[str]) -> None:
    """Raise a MissingError if a target lacks a cell that it is found by."""
    for name in keys:
        if None in cells[name]:
            row = cells[name].index(None)
            raise MissingError(asked=f"{name} in row {row} of the targets", hint="fill it")


def _sharp(work: Opened) -> Opened:
    """Return the frame without short floats: 3.6 in 32 bits is 3.5999999 in 64 bits."""
    short = {
        name: numeric(work, name, "targets")
        for name, kind in work.kinds.items()
        if name in _READ and kind.is_float() and kind != work.ops.Float64
    }
    return work._replace(frame=work.frame.with_columns(**short)) if short else work


def _code(name: str, cell: Any) -> str:
    """Return a code as text; a spreadsheet reads 330200 as a number."""
    if isinstance(cell, bool) or not isinstance(cell, str | int):
        expected = f"text in column {name} of the targets"
        raise FigureError(text=brief(cell), position=0, expected=expected)
    return str(cell)


class _Bounds:
    """Targets, column by column, and the bounds of their outcomes; computes what recurs once."""

    def __init__(
        self,
        cells: dict[str, list[Any]],
        options: AssessOptions,
        *,
        spans_known: bool,
        joined: bool,
    ) -> None:
        self._options = options
        self._table = options.plans.units
        self._spans_known = spans_known
        self._count = len(cells["region"])
        self._cells = {name: cells.get(name, [None] * self._count) for name in _READ}
        if joined:  # observations are of the part that the target is for
            self._cells["breakdown"] = [None] * self._count
        for row, text in enumerate(self._cells["unit"]):
            if not isinstance(text, str):
                expected = f"a unit in column unit, row {row} of the targets"
                raise FigureError(text=brief(text), position=0, expected=expected)
        self.scales = scales(self._table, list(dict.fromkeys(self._cells["unit"])))
        self._known: Mapping[str, Direction] | None = None
        self.any_open_start = False

    def columns(self) -> dict[str, list[Any]]:
        """Return the bounds, one column each."""
        cells, units = self._cells, self._cells["unit"]
        goals, ends = self._numbers("value"), self._years("end_year")
        kinds = self._kinds()
        widths = self._widths(goals)
        resolutions = [
            _resolution(max(abs(goal), goal + width))
            for goal, width in zip(goals, widths, strict=True)
        ]
        firsts, spans = self._periods(kinds, ends)
        courses = self._courses(kinds, goals, ends, resolutions)
        return {
            "target_value": goals,
            "target_unit": units,
            "comparator": [kind.comparator for kind in kinds],
            "end_year": ends,
            "_ip_gap_unit": [kind.gap_unit for kind in kinds],
            "_ip_form": [kind.form for kind in kinds],
            "_ip_measure": [kind.measure for kind in kinds],
            "_ip_part": self._parts(),
            "_ip_scope": [scope or "" for scope in cells["scope"]],
            "_ip_per": [kind.per for kind in kinds],
            "_ip_resolution": resolutions,
            "_ip_low": list(map(_Kind.lowest, kinds, goals, resolutions)),
            "_ip_high": list(map(_Kind.highest, kinds, goals, resolutions, widths)),
            "_ip_width": widths,
            # Any sign is right without a start: often no column is left.
            "_ip_sign": [
                kind.sign if course[0] in _SIGNED else 1.0
                for kind, course in zip(kinds, courses, strict=True)
            ],
            "_ip_two_sided": [kind.two_sided for kind in kinds],
            "_ip_part_of_sum": self._parts_of_sums(kinds),
            **dict(zip(_COURSE_COLUMNS, map(list, zip(*courses, strict=True)), strict=True)),
            "_ip_first": firsts,
            "_ip_span": spans,
            "_ip_target": list(range(self._count)),
        }

    def _parts(self) -> list[int]:
        """Return the code of the reason why no observation is of a target; 0 if one can be."""
        breakdowns, scopes = self._cells["breakdown"], self._cells["scope"]
        if _empty(breakdowns) and _empty(scopes):
            return [0] * self._count
        reasons = map(part_reason, breakdowns, scopes)
        return [0 if reason is None else _undetermined(reason) for reason in reasons]

    def _parts_of_sums(self, kinds: list[_Kind]) -> list[int]:
        """Return what a figure shows of a sum whose first year is empty, by the numbers of SURE."""
        if not self._spans_known:  # the caller answers for the spans
            return [0] * self._count
        return [
            kind.sure_of_part if kind.is_sum and first is None else 0
            for kind, first in zip(kinds, self._years("start_year"), strict=True)
        ]

    def _courses(
        self,
        kinds: list[_Kind],
        goals: list[float],
        ends: list[int],
        resolutions: list[float],
    ) -> list[_Course]:
        """Return the course of every target, or why it has none."""
        if not any(kind.is_sum for kind in kinds) and _empty(self._cells["baseline_value"]):
            return [_WITHOUT_START[Reason.MISSING_BASELINE]] * self._count
        starts, years = self._starts(kinds)
        rows = zip(kinds, zip(starts, years, strict=True), goals, ends, resolutions, strict=True)
        return [
            kind.course or self._course(kind.sign, base, goal, end, resolution)
            for kind, base, goal, end, resolution in rows
        ]

    def _course(
        self,
        sign: float,
        base: tuple[float | Reason, int | None],
        goal: float,
        end: int,
        resolution: float,
    ) -> _Course:
        """Return why there is no pace, else the year of the baseline and the required line."""
        start, since = base
        if isinstance(start, Reason):
            return _WITHOUT_START[start]
        lead = round((goal - start) * resolution) / resolution
        if sign * lead <= 0:
            return _BEYOND, 0, 0, sign * lead, 0.0, 1.0, 0.0
        if since is not None and end <= since:
            return _undetermined(Reason.ONE_POINT), *_NO_COURSE
        if self._options.pace == "linear":
            self.any_open_start |= since is None
            slope = self._options.threshold * abs(lead) / (end - since if since is not None else 1)
            return 0, 0, since or 0, abs(lead) * (1 + SLACK), slope, 1.0, 0.0
        return self._compound(start, goal, since or 0, end)

    def _compound(self, start: float, goal: float, since: int, end: int) -> _Course:
        if not start:
            return 0, _undetermined(Reason.ZERO_BASE), since, 0.0, 0.0, 1.0, 0.0
        if goal / start <= 0:
            return 0, _undetermined(Reason.SIGN_CHANGE), since, 0.0, 0.0, 1.0, 0.0
        rate = (goal / start) ** (1 / (end - since)) - 1
        least = 1 + self._options.threshold * rate
        sign, line = (1.0 if rate > 0 else -1.0), (log(least) if least > 0 else -inf)
        return 0, 0, since, goal, sign, start, line

    def _starts(self, kinds: list[_Kind]) -> tuple[list[float | Reason], list[int | None]]:
        """Return the baselines in the units of the targets, and their years; a sum starts from zero."""
        values, years = self._numbers("baseline_value"), self._years("baseline_year")
        starts: list[float | Reason] = [
            Reason.MISSING_BASELINE if value is None or year is None else value
            for value, year in zip(values, years, strict=True)
        ]
        if not _empty(self._cells["baseline_unit"]):
            starts = list(map(self._in_unit, kinds, starts, self._cells["baseline_unit"]))
        if any(kind.is_sum for kind in kinds):
            rows = list(zip(kinds, starts, years, self._years("start_year"), strict=True))
            starts = [0.0 if kind.is_sum else start for kind, start, _, _ in rows]
            years = [
                year if not kind.is_sum else None if first is None else first - 1
                for kind, _, year, first in rows
            ]
        return starts, years

    def _in_unit(self, kind: _Kind, start: float | Reason, unit: Any) -> float | Reason:
        if isinstance(start, Reason) or kind.course or kind.is_sum or unit in {None, "", kind.unit}:
            return start
        factor = self._table.factor(unit, kind.unit)
        if factor is None:
            return Reason.DIFFERENT_BASIS
        return start * factor.numerator / factor.denominator

    def _periods(self, kinds: list[_Kind], ends: list[int]) -> tuple[list[int], list[int]]:
        """Return the first year of an outcome, and the first year of its span; 0 if any is right."""
        if not self._spans_known:
            rows = zip(kinds, ends, strict=True)
            firsts = [0 if kind.is_level or kind.is_sum else end for kind, end in rows]
            return firsts, [0] * self._count
        starts = [
            end if start is None else start
            for start, end in zip(self._years("start_year"), ends, strict=True)
        ]
        firsts = [
            start if kind.is_level else 0 if kind.is_sum else end
            for kind, start, end in zip(kinds, starts, ends, strict=True)
        ]
        of_spans = zip(kinds, starts, strict=True)
        return firsts, [start if kind.has_span else 0 for kind, start in of_spans]

    def _kinds(self) -> list[_Kind]:
        """Return the kind of every target."""
        cells = self._cells
        directions, forms, comparators = cells["direction"], cells["form"], cells["comparator"]
        # An indicator has a direction, which counts if the target has none.
        indicators = [
            indicator if direction is None else None
            for direction, indicator in zip(directions, cells["indicator"], strict=True)
        ]
        columns = (forms, comparators, directions, indicators, cells["unit"])
        known = {row: self._kind(*row) for row in dict.fromkeys(zip(*columns, strict=True))}
        return [known[row] for row in zip(*columns, strict=True)]

    def _kind(
        self, form_text: Any, comparator_text: Any, direction: Any, indicator: Any, unit: str
    ) -> _Kind:
        form = _named(_FORMS, form_text, "form")
        comparator = _named(_COMPARATORS, comparator_text, "comparator")
        known = Direction.DOWN if form is Form.RANK else self._direction(direction, indicator)
        towards = direction_to(form, comparator, known, unit)
        ends = accepted(bound_on(form, comparator), Decimal(0), None, towards)
        measure, over, under = self.scales[unit]
        return _Kind(
            str(form),
            str(comparator),
            unit,
            low=float(ends.low),
            low_step=-1.0 if ends.closed_low else 1.0,
            high=float(ends.high),
            high_step=1.0 if ends.closed_high else -1.0,
            share=self._options.tolerance if comparator.approximate else 0.0,
            sign=-1.0 if towards is Direction.DOWN else 1.0,
            two_sided=towards is Direction.NONE,
            is_level=form in LEVEL_FORMS,
            is_sum=form is Form.CUMULATIVE,
            sure_of_part=SURE[SURE_OF_PART.get(towards)],
            has_span=form in SPAN_FORMS or form is Form.CUMULATIVE,
            course=_course_of(form),
            measure=measure,
            per=under / over,
            gap_unit=difference_unit(unit),
        )

    def _direction(self, direction: Any, indicator: Any) -> Direction:
        if direction is not None:
            return Direction(_named(_DIRECTIONS, direction, "direction"))
        known = self._indicators()
        if indicator not in known:
            raise MissingError(
                asked=f"direction for the indicator {brief(indicator)}",
                nearest=nearest(str(indicator)[:60], known, 3),
                hint="give the targets a column direction: up, down or none",
            )
        return known[indicator]

    def _indicators(self) -> Mapping[str, Direction]:
        if self._known is None:
            indicators = self._options.plans.indicators
            self._known = {indicator.code: indicator.direction for indicator in indicators}
        return self._known

    def _widths(self, goals: list[float]) -> list[float]:
        """Return the width of the range of each target; 0 unless it is a range."""
        comparators, highs = self._cells["comparator"], self._numbers("value_high")
        if _empty(highs) and "between" not in comparators:
            return [0.0] * self._count
        widths = []
        rows = zip(comparators, goals, highs, strict=True)
        for comparator, goal, high in rows:
            if comparator == "between":
                if high is None or high <= goal:
                    expected = f"a value_high above {goal}"
                    raise FigureError(text=f"{high}", position=0, expected=expected)
                widths.append(high - goal)
            elif high is not None:
                expected = "a value_high for between only"
                raise FigureError(text=f"{high}", position=0, expected=expected)
            else:
                widths.append(0.0)
        return widths

    def _numbers(self, name: str) -> list[Any]:
        return self._converted(name, float, float, "a number")

    def _years(self, name: str) -> list[Any]:
        return self._converted(name, int, _whole, "a year")

    def _converted(
        self, name: str, kind: type, convert: Callable[[Any], Any], noun: str
    ) -> list[Any]:
        """Return the cells of a column as numbers; None if one is missing and may be."""
        cells = self._cells[name]
        kinds = {*map(type, cells)}
        plain = {kind, type(None)} if name in _OPTIONAL else {kind}
        if kinds <= plain and all(_is_short(cell) for cell in {*cells} - {None}):
            return cells
        return [self._number(name, row, cell, convert, noun) for row, cell in enumerate(cells)]

    def _number(
        self, name: str, row: int, cell: Any, convert: Callable[[Any], Any], noun: str
    ) -> float | int | None:
        # NaN is how a frame without nulls says that there is no number.
        if name in _OPTIONAL and (cell is None or (isinstance(cell, float) and isnan(cell))):
            return None
        try:
            number: float | int = inf if isinstance(cell, bool) else convert(cell)
        except (TypeError, ValueError, ArithmeticError):
            number = inf
        if not _is_short(number):
            expected = f"{noun} in column {name}, row {row} of the targets"
            raise FigureError(text=brief(cell), position=0, expected=expected)
        return number


def _empty(cells: list[Any]) -> bool:
    return cells.count(None) == len(cells)


def _is_short(number: float) -> bool:
    """Return whether a number has at most as many digits as those of records."""
    return number == 0 or LEAST <= abs(number) < LARGEST


def _resolution(size: float) -> float:
    """Return how many steps of the last of twelve digits of a target make one unit."""
    return _RESOLUTIONS[bisect_right(_SIZES, size)] if size else 10.0**_DIGITS


def _course_of(form: Form) -> _Course | None:
    """Return the course of a form that has no pace: outcomes of a change are of the target year."""
    if form in CHANGE_FORMS:
        return _WITHOUT_START[Reason.MISSING_BASELINE]
    return _WITHOUT_START[Reason.RANK_HAS_NO_PACE] if form is Form.RANK else None


def _whole(cell: Any) -> int:
    number = int(cell)
    if not isinstance(cell, str) and number != cell:
        raise ValueError(cell)
    return number


def _named(codes: Mapping[str, Any], text: Any, noun: str) -> Any:
    if str(text) not in codes:
        raise no_code(text, codes, noun, "targets")
    return codes[str(text)]


def _simple(kind: Any, cells: list[Any]) -> tuple[str, list[Any]]:
    """Return a type that every engine has, and the cells in it."""
    if str(kind) == "Boolean":
        return "Boolean", cells
    if kind.is_integer():
        return "Int64", cells
    if kind.is_numeric():
        return "Float64", [None if cell is None else float(cell) for cell in cells]
    return "String", [None if cell is None else str(cell) for cell in cells]
