"""What one target asks of an outcome, as numbers.

What a comparator means becomes a lower and an upper end of the distance from the target; what a
pace asks for becomes a line. The distance is reckoned in grains, twelve digits of the target:
what is finer is noise of the floats.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from decimal import Decimal
from math import floor, inf, isfinite, isnan, log, log10
from typing import Any, NamedTuple

from ..codelists import Comparator, Direction, Form, Reason, Verdict
from ..dataset.dataset import Dataset
from ..dataset.load import load
from ..errors import FigureError, MissingError, nearest
from ..units.interval import accepted, bound_on, direction_to
from ..units.table import UnitTable
from .units import POINTS, scales

__all__ = ["COURSE", "LAST_BESIDE", "NEEDED", "OPTIONAL", "OUTCOMES", "Bounds", "Ruler", "code_of"]

NEEDED = ("region", "indicator", "form", "comparator", "value", "unit", "end_year")
OPTIONAL = (
    "value_high", "baseline_value", "baseline_year", "baseline_unit", "start_year", "direction",
    "breakdown", "scope",
)  # fmt: skip
_PARTS = ("breakdown", "scope")
_READ = (*NEEDED, *OPTIONAL)
_DIGITS = 12
_SLACK = 1e-12

# Why outcome and target could not be set beside each other, so that there is no gap.
_APART = {
    Reason.UNDATED, Reason.DIFFERENT_BASIS, Reason.NO_OUTCOME, Reason.FUTURE_YEAR,
    Reason.CONFLICTING_OUTCOMES,
}  # fmt: skip
# What a row can come to; a code is a place in this list.
OUTCOMES: tuple[tuple[Verdict | None, Reason | None], ...] = (
    (None, None),  # an observation without a target
    *((verdict, None) for verdict in Verdict if verdict is not Verdict.UNDETERMINED),
    *((Verdict.UNDETERMINED, reason) for reason in Reason if reason not in _APART),
    (Verdict.UNDETERMINED, Reason.DIFFERENT_BASIS),  # of the start: outcome and target have a gap
    *((Verdict.UNDETERMINED, reason) for reason in Reason if reason in _APART),
)
LAST_BESIDE = len(OUTCOMES) - len(_APART) - 1
_ANOTHER_START = LAST_BESIDE
_CODES = {(verdict, reason): at for at, (verdict, reason) in enumerate(OUTCOMES)}
_FORMS = {str(each): each for each in Form}
_COMPARATORS = {str(each): each for each in Comparator}
_DIRECTIONS = {str(each): each for each in Direction}
_STEADY = {Form.LEVEL, Form.RANK}
_OWN_START = {Form.RANK, Form.CUMULATIVE}
_SPANS = {Form.AVERAGE_GROWTH, Form.INCREMENT, Form.MULTIPLE}


def code_of(verdict: Verdict | None, reason: Reason | None = None) -> int:
    """The place of a verdict and its reason in :data:`OUTCOMES`."""
    return _CODES[verdict, reason]


def _because(reason: Reason) -> int:
    return _CODES[Verdict.UNDETERMINED, reason]


class Ruler(NamedTuple):
    """By what targets are measured: the arguments of ``assess``."""

    tolerance: float
    pace: str
    threshold: float
    plans: Dataset[Any, Any] | None


class _Kind(NamedTuple):
    """What form, comparator and direction together mean: the ends, in eighths of a grain."""

    low: float
    low_step: float
    high: float
    high_step: float
    share: float  # of the value, which *about* allows
    sign: float  # -1 where less is better
    two_sided: bool


class _Base(NamedTuple):
    """What is known of the start of a target."""

    form: Form
    unit: str
    indicator: str
    value: Any
    year: Any
    own_unit: Any
    start_year: Any


_Course = tuple[int, int, int, float, float, float, float]
_NONE = (0, 0, 0.0, 0.0, 1.0, 0.0)
COURSE = (
    "_ip_no_course", "_ip_late", "_ip_since", "_ip_lead", "_ip_slope", "_ip_start", "_ip_log",
)  # fmt: skip


class Bounds:
    """Reads targets column by column, and remembers what recurs."""

    def __init__(
        self,
        cells: dict[str, list[Any]],
        ruler: Ruler,
        table: UnitTable,
        *,
        spans_known: bool,
        joined: Collection[str],
    ) -> None:
        self._ruler = ruler
        self._table = table
        self._spans_known = spans_known
        self._count = len(cells["region"])
        self._cells = {name: cells.get(name, [None] * self._count) for name in _READ}
        for name in joined:  # observations of that part belong to the target
            if name in _PARTS:
                self._cells[name] = [None] * self._count
        for text in dict.fromkeys(self._cells["unit"]):
            if not isinstance(text, str):
                raise FigureError(text=f"{text!r}", position=0, expected="a unit for each target")
        self.scales = scales(table, list(dict.fromkeys(self._cells["unit"])))
        self._known: Mapping[str, tuple[Direction, str]] | None = None
        self.loose = False

    def columns(self) -> dict[str, list[Any]]:
        """The bounds, a column each."""
        cells, units = self._cells, self._cells["unit"]
        goals, ends = self._numbers("value"), self._years("end_year")
        kinds = self._kinds()
        known = {goal: _grain(goal) for goal in set(goals)}
        grains = [known[goal] for goal in goals]
        widths = self._widths(goals)
        forms = [_FORMS[str(each)] for each in cells["form"]]
        measures = {unit: scale[0] for unit, scale in self.scales.items()}
        pers = {unit: under / over for unit, (_, over, under) in self.scales.items()}
        firsts, spans = self._periods(forms, ends)
        courses = self._courses(forms, kinds, list(zip(goals, ends, grains, strict=True)))
        sides = list(zip(kinds, goals, grains, strict=True))
        return {
            "target_value": goals,
            "target_unit": units,
            "comparator": [str(each) for each in cells["comparator"]],
            "end_year": ends,
            "_ip_gap_unit": ["percentage_point" if unit in POINTS else unit for unit in units],
            "_ip_form": [str(each) for each in cells["form"]],
            # Observations are of the whole, never of a part.
            "_ip_measure": [
                measures[unit] if parts == [None, None] else -1
                for unit, *parts in zip(units, *(cells[name] for name in _PARTS), strict=True)
            ],
            "_ip_per": [pers[unit] for unit in units],
            "_ip_grain": grains,
            "_ip_low": [k[0] + k[1] * 0.125 / grain - k[4] * abs(goal) for k, goal, grain in sides],
            "_ip_high": [
                k[2] + k[3] * 0.125 / grain + k[4] * abs(goal) + width
                for (k, goal, grain), width in zip(sides, widths, strict=True)
            ],
            "_ip_width": widths,
            # Where there is no course, any sign will do: often one is left, and no column of it.
            "_ip_sign": [
                1.0 if course[0] else kind.sign for kind, course in zip(kinds, courses, strict=True)
            ],
            "_ip_two_sided": [kind.two_sided for kind in kinds],
            **dict(zip(COURSE, map(list, zip(*courses, strict=True)), strict=True)),
            "_ip_first": firsts,
            "_ip_span": spans,
            "_ip_target": list(range(self._count)),
        }

    def _courses(
        self, forms: list[Form], kinds: list[_Kind], ways: list[tuple[float, int, float]]
    ) -> list[_Course]:
        """The course of every target, or why it has none."""
        cells = self._cells
        missing: _Course = (_because(Reason.MISSING_BASELINE), *_NONE)
        values, years = self._numbers("baseline_value"), self._years("baseline_year")
        if not {*forms} & _OWN_START and (_empty(values) or _empty(years)):
            return [missing] * self._count
        rows = zip(
            forms, cells["unit"], cells["indicator"], values, years, cells["baseline_unit"],
            self._years("start_year"), kinds, ways,
            strict=True,
        )  # fmt: skip
        return [
            missing
            if (value is None or year is None) and form not in _OWN_START
            else self._course(
                _Base(form, unit, indicator, value, year, own, first), kind.sign, *way
            )
            for form, unit, indicator, value, year, own, first, kind, way in rows
        ]

    def _course(self, base: _Base, sign: float, goal: float, end: int, grain: float) -> _Course:
        """Why there is no pace, the year it starts from, and the line it asks for."""
        start, since = self._start(base)
        if isinstance(start, Reason):
            code = _ANOTHER_START if start is Reason.DIFFERENT_BASIS else _because(start)
            return code, *_NONE
        lead = round((goal - start) * grain) / grain
        if sign * lead <= 0:
            return _because(Reason.BASE_BEYOND_TARGET), *_NONE
        if since is not None and end <= since:
            return _because(Reason.ONE_POINT), *_NONE
        if self._ruler.pace == "linear":
            self.loose |= since is None
            slope = self._ruler.threshold * abs(lead) / (end - since if since is not None else 1)
            return 0, 0, since or 0, abs(lead) * (1 + _SLACK), slope, 1.0, 0.0
        return self._compound(start, goal, since or 0, end)

    def _compound(self, start: float, goal: float, since: int, end: int) -> _Course:
        if not start:
            return 0, _because(Reason.ZERO_BASE), since, 0.0, 0.0, 1.0, 0.0
        if goal / start <= 0:
            return 0, _because(Reason.SIGN_CHANGE), since, 0.0, 0.0, 1.0, 0.0
        rate = (goal / start) ** (1 / (end - since)) - 1
        least = 1 + self._ruler.threshold * rate
        sign, line = (1.0 if rate > 0 else -1.0), (log(least) if least > 0 else -inf)
        return 0, 0, since, goal, sign, start, line

    def _start(self, base: _Base) -> tuple[float | Reason, int | None]:
        """The starting value in the unit of the target, and its year."""
        if base.form is Form.RANK:
            return Reason.RANK_HAS_NO_PACE, None
        if base.form is Form.CUMULATIVE:  # a sum starts from nothing, the year before
            return 0.0, None if base.start_year is None else base.start_year - 1
        own = base.own_unit
        if own is None:
            level = base.form is Form.LEVEL
            own = base.unit if level else self._unit_of(base.indicator) or base.unit
        if own == base.unit:
            return base.value, base.year
        factor = self._table.factor(own, base.unit)
        if factor is None:
            return Reason.DIFFERENT_BASIS, None
        return base.value * factor.numerator / factor.denominator, base.year

    def _periods(self, forms: list[Form], ends: list[int]) -> tuple[list[int], list[int]]:
        """The first year of an outcome, and the first year of its span; 0 where any will do."""
        if not self._spans_known:
            free = {*_STEADY, Form.CUMULATIVE}
            firsts = [0 if form in free else end for form, end in zip(forms, ends, strict=True)]
            return firsts, [0] * self._count
        starts = [
            end if start is None else start
            for start, end in zip(self._years("start_year"), ends, strict=True)
        ]
        rows = list(zip(forms, starts, ends, strict=True))
        firsts = [
            start if form in _STEADY else 0 if form is Form.CUMULATIVE else end
            for form, start, end in rows
        ]
        spans = [start if form in _SPANS else 0 for form, start, _ in rows]
        return firsts, spans

    def _kinds(self) -> list[_Kind]:
        cells = self._cells
        ways = [
            indicator if way is None else way
            for way, indicator in zip(cells["direction"], cells["indicator"], strict=True)
        ]
        rows = list(zip(cells["form"], cells["comparator"], ways, strict=True))
        given = cells["direction"]
        known = {row: self._kind(row[0], row[1], given[at], row[2]) for at, row in _first_of(rows)}
        return [known[row] for row in rows]

    def _kind(self, form_text: Any, comparator_text: Any, given: Any, indicator: Any) -> _Kind:
        form = _named(_FORMS, form_text, "form")
        comparator = _named(_COMPARATORS, comparator_text, "comparator")
        known = Direction.DOWN if form is Form.RANK else self._direction(given, indicator)
        way = direction_to(form, comparator, known)
        ends = accepted(bound_on(form, comparator), Decimal(0), None, way)
        return _Kind(
            float(ends.low),
            -1.0 if ends.closed_low else 1.0,
            float(ends.high),
            1.0 if ends.closed_high else -1.0,
            self._ruler.tolerance if comparator is Comparator.ABOUT else 0.0,
            -1.0 if way is Direction.DOWN else 1.0,
            two_sided=way is Direction.NONE,
        )

    def _direction(self, given: Any, indicator: Any) -> Direction:
        if given is not None:
            found: Direction = _named(_DIRECTIONS, given, "direction")
            return found
        known = self._indicators()
        if indicator not in known:
            raise MissingError(
                asked=f"direction for the indicator {indicator!r:.60}",
                nearest=nearest(str(indicator)[:60], known, 3),
                hint="give the targets a column direction: up, down or none",
            )
        return known[indicator][0]

    def _unit_of(self, indicator: str) -> str | None:
        found = self._indicators().get(indicator)
        return found[1] if found else None

    def _indicators(self) -> Mapping[str, tuple[Direction, str]]:
        if self._known is None:
            plans = self._ruler.plans if self._ruler.plans is not None else load()
            self._known = {each.code: (each.direction, each.unit) for each in plans.indicators}
        return self._known

    def _widths(self, goals: list[float]) -> list[float]:
        """How wide the range of each target is."""
        comparators = self._cells["comparator"]
        if "between" not in comparators:
            return [0.0] * self._count
        widths = []
        rows = zip(comparators, goals, self._numbers("value_high"), strict=True)
        for comparator, goal, high in rows:
            if comparator == "between" and (high is None or high <= goal):
                expected = f"a value_high above {goal}"
                raise FigureError(text=f"{high}", position=0, expected=expected)
            widths.append(high - goal if comparator == "between" else 0.0)
        return widths

    def _numbers(self, name: str) -> list[Any]:
        return self._all(name, float, float, "a number")

    def _years(self, name: str) -> list[Any]:
        return self._all(name, int, _whole, "a year")

    def _all(self, name: str, kind: type, taken: Callable[[Any], Any], noun: str) -> list[Any]:
        """The cells as numbers, None where one may be missing."""
        cells = self._cells[name]
        kinds = {*map(type, cells)}
        if kinds <= {kind} and isfinite(sum(cells)):
            return cells
        gaps = name in OPTIONAL and kinds <= {kind, type(None)}
        if gaps and isfinite(sum(cell for cell in cells if cell is not None)):
            return cells
        return [self._one(name, at, cell, taken, noun) for at, cell in enumerate(cells)]

    def _one(
        self, name: str, at: int, cell: Any, taken: Callable[[Any], Any], noun: str
    ) -> float | int | None:
        # NaN is how a frame without nulls says that there is no number.
        if name in OPTIONAL and (cell is None or (isinstance(cell, float) and isnan(cell))):
            return None
        try:
            found: float | int = taken(cell)
        except (TypeError, ValueError, ArithmeticError):
            found = inf
        if not isfinite(found):
            where = f"{noun} in column {name}, row {at} of the targets"
            raise FigureError(text=f"{cell!r:.60}", position=0, expected=where)
        return found


def _empty(cells: list[Any]) -> bool:
    return cells.count(None) == len(cells)


def _grain(goal: float) -> float:
    digits = _DIGITS - floor(log10(abs(goal))) if goal else _DIGITS
    return 10.0 ** min(max(0, digits), 290)


def _first_of(rows: list[Any]) -> Iterator[tuple[int, Any]]:
    """Each distinct row with its first place."""
    firsts: dict[Any, int] = {}
    for at, row in enumerate(rows):
        firsts.setdefault(row, at)
    return ((at, row) for row, at in firsts.items())


def _whole(cell: Any) -> int:
    number = int(cell)
    if isinstance(cell, float) and number != cell:
        raise ValueError(cell)
    return number


def _named(codes: Mapping[str, Any], text: Any, noun: str) -> Any:
    if str(text) not in codes:
        near = nearest(str(text)[:60], codes, 3)
        raise MissingError(asked=f"{noun} {text!r:.60} among the targets", nearest=near)
    return codes[str(text)]
