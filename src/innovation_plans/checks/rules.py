"""The rules of a check: of rows, of records, and of keys that records refer to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import log10

from ..codelists import Form
from ..dataset.names import shared_names
from ..dataset.sequence import group_by
from ..dataset.targets import TargetTable
from ..errors import brief, nearest
from ..records import (
    BY_TIER,
    TABLE_OF,
    TABLES,
    Indicator,
    Observation,
    Record,
    Target,
    same_as_printed,
    years_of,
)
from ..records.references import references
from ..text.messages import Message, suggestion
from ..units.decimals import plain
from ..units.quantity import convert, same_measure
from .checked import Checked
from .report import Problem, Severity
from .wording import compare_wording

_OVER_YEARS = {Form.AVERAGE_GROWTH, Form.CUMULATIVE, Form.INCREMENT, Form.MULTIPLE}
_A_TENTH = log10(1.1)
_SCALES = {4, 8}  # powers of ten between 元, 万元, 亿元 and 万亿元
_LONGEST_EXPRESSION = 120
_MOST_HINTS = 50  # each hint compares a key with those of all targets
_NAMES = ("name_en", "name_zh", "short_zh", "aliases")
_CITING = ("targets", "observations", "goals", "errata", "corroborations", "documents")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_NUMBERS = {"value", "value_high", "baseline_value"}
# A signed figure with words after it (-0.5个百分点) is no formula.
_SIGNED = re.compile(r"[+-][0-9][^=+*/|!(@-]*")


def row_problems(data: Checked) -> Iterator[Problem]:
    """Return the problems of rows: formulas and the order."""
    yield from _formulas(data)
    if not data.tiers:  # an export has the order of the dataset, in which it is read back
        for name in TABLES:
            yield from _order(data, name)


def record_problems(data: Checked) -> Iterator[Problem]:
    """Return the problems of the records that were read, even if other rows have errors."""
    yield from _clashes(data)
    yield from _shared_names(data)
    yield from _quotients(data)
    yield from _left_out(data)
    for name in ("targets", "observations"):
        for statement in data.own(name):
            yield from _wording(data, name, statement)
            yield from _precision(data, name, statement)
    for observation in data.own("observations"):
        yield from _published(data, observation)
        if observation.year is None and not observation.notes:
            yield data.warning("observations", observation, Message("problem.no_year"), "year")
    for target in data.own("targets"):
        yield from _period(data, target)
        yield from _start_year(data, target)
        yield from _baseline(data, target)
    yield from _conflicts(data)
    yield from _decimal_points(data)


def key_problems(data: Checked) -> Iterator[Problem]:
    """Return the problems of references by key, and unused records: for data without other errors."""
    yield from _corroborations(data)
    yield from _vintages(data)
    yield from _unused(data)


def _formulas(data: Checked) -> Iterator[Problem]:
    """Text that a spreadsheet would run when it opens the file."""
    for row in data.rows():
        for column, cell in row.cells.items():
            is_text = isinstance(cell, str) and column not in _NUMBERS
            if is_text and cell.startswith(_FORMULA_STARTS) and not _SIGNED.fullmatch(cell):
                problem = Message("problem.formula", start=repr(cell[0]))
                yield Problem.at(row, Severity.WARNING, problem, column)


def _order(data: Checked, name: str) -> Iterator[Problem]:
    """The first row of each file that is not sorted by key."""
    for records in group_by(data.own(name), lambda record: data.row(name, record).file).values():
        last = records[0]
        for record in records[1:]:
            if record.key <= last.key:
                problem = Message("problem.unsorted", key=record.key, last=last.key)
                yield data.warning(name, record, problem)
                break
            last = record


def _clashes(data: Checked) -> Iterator[Problem]:
    """Keys that a different record of the extended dataset has."""
    for name in TABLES:
        own = data.own(name)
        extended = {record.key: record for record in data.base(name)} if own else {}
        for record in own:
            other = extended.get(record.key)
            if other is not None and not same_as_printed(other, record):
                column = _first_difference(record, other)
                value = f"{getattr(other, column, type(other).__name__)!s:.60}"
                words = {"key": record.key, "column": column, "value": value}
                yield data.error(name, record, Message("problem.key_taken", **words))


def _first_difference(record: Record, other: Record) -> str:
    names = type(record).model_fields
    differing = (
        name for name in names if str(getattr(record, name)) != str(getattr(other, name, None))
    )
    return next(differing, "type")


def _shared_names(data: Checked) -> Iterator[Problem]:
    """Names of regions that another one has too; of indicators, reading them raises an error."""
    own, known = data.own("regions"), data.context.of("region")
    for shared in shared_names("region", own, _NAMES, known):
        words = {"name": brief(shared.name), "others": shared.others}
        problem = Message("problem.shared_name", **words, noun=Message("noun.region"))
        yield data.error("regions", shared.record, problem, shared.column)


def _quotients(data: Checked) -> Iterator[Problem]:
    """Ratios without one of their parts, or in another unit than that of their quotient."""
    indicators: list[Indicator] = data.own("indicators")
    for indicator in indicators:
        numerator, denominator = indicator.numerator, indicator.denominator
        if (numerator is None) is not (denominator is None):
            column = "numerator" if numerator is None else "denominator"
            yield data.error("indicators", indicator, Message("problem.half_ratio"), column)
        elif numerator and denominator:
            unit = f"{numerator.unit}/{denominator.unit}"
            if not data.context.units.fits(unit, indicator.unit):
                parts = {"numerator": numerator.code, "denominator": denominator.code}
                problem = Message("problem.ratio_unit", **parts, unit=unit, found=indicator.unit)
                yield data.error("indicators", indicator, problem, "unit")


def _left_out(data: Checked) -> Iterator[Problem]:
    """The first statement of each table whose source has a tier that is not loaded by default."""
    for name in BY_TIER:
        others = [r for r in data.own(name) if r.citation.source.tier not in data.loaded_tiers]
        if others:
            tiers = "".join(sorted({record.citation.source.tier for record in others}))
            plural = "" if len(others) == 1 else "s"
            count = Message(f"count.{others[0].noun}{plural}", count=f"{len(others):,}")
            letters = "".join(sorted({*data.loaded_tiers, *tiers}))
            words = {"count": count, "tiers": tiers, "letters": letters}
            yield data.warning(name, others[0], Message("problem.left_out", **words), "source")


def _wording(data: Checked, name: str, statement: Target | Observation) -> Iterator[Problem]:
    """Figures that are not quoted, are quoted in a sentence, or contradict what is quoted."""
    stated = statement.citation.as_stated
    if not stated:
        if name == "targets":
            yield data.warning(name, statement, Message("problem.no_wording"), "as_stated")
        return
    if len(stated) > _LONGEST_EXPRESSION or stated.endswith(("。", ".")):
        yield data.warning(name, statement, Message("problem.sentence"), "as_stated")
    if contradiction := compare_wording(statement):
        severity, column, problem = contradiction
        yield Problem.at(data.row(name, statement), severity, problem, column)


def _published(data: Checked, observation: Observation) -> Iterator[Problem]:
    """Outcomes of a year after that of the document that states them, or of the edition."""
    published = observation.citation.source.date
    if published and observation.year and observation.year > int(published[:4]):
        problem = Message("problem.after_source", year=published[:4])
        yield data.warning("observations", observation, problem, "year")
    elif data.year and not published and observation.year and observation.year > data.year:
        problem = Message("problem.after_edition", year=data.year)
        yield data.warning("observations", observation, problem, "year")


def _period(data: Checked, target: Target) -> Iterator[Problem]:
    """First and target years outside the period of the plan, without a note."""
    span = years_of(target.period)
    for column, year in (("start_year", target.start_year), ("end_year", target.end_year)):
        if span and year and not target.notes and not span[0] <= year <= span[1]:
            years = {"year": year, "first": span[0], "last": span[1]}
            problem = Message("problem.outside_period", period=target.period, **years)
            yield data.warning("targets", target, problem, column)


def _start_year(data: Checked, target: Target) -> Iterator[Problem]:
    """Targets of several years without the first year: figures before the last have no use."""
    if target.start_year is not None:
        return
    span = years_of(target.period)
    if target.form in _OVER_YEARS:
        problem = Message("problem.no_first_year", form=Message(f"Form.{target.form}"))
        yield data.warning("targets", target, problem, "start_year")
    elif span and span[0] < target.end_year:
        words = {"year": span[0], "period": target.period}
        problem = Message("problem.no_first_year_of_period", **words)
        yield data.warning("targets", target, problem, "start_year")


def _baseline(data: Checked, target: Target) -> Iterator[Problem]:
    """Baselines without a year or value, or of another measure: no pace can be computed from them."""
    unit, own = target.baseline_unit, target.indicator.unit_in(target.form)
    level = target.indicator.unit_in(Form.RANK if target.form is Form.RANK else Form.LEVEL)
    if unit and not any(same_measure(unit, expected) for expected in (level, own)):
        problem = Message("problem.baseline_unit", unit=level, found=unit)
        yield data.warning("targets", target, problem, "baseline_unit")
    if unit and target.baseline_value is None:
        problem = Message("problem.no_baseline", unit=unit)
        yield data.warning("targets", target, problem, "baseline_value")
    if target.baseline_value is not None and target.baseline_year is None and not target.notes:
        yield data.warning("targets", target, Message("problem.no_baseline_year"), "baseline_year")


def _precision(data: Checked, name: str, statement: Target | Observation) -> Iterator[Problem]:
    """Half-widths above the value, with which every outcome would be the figure."""
    width, value = statement.precision, abs(statement.value)
    if width is not None and 0 < value < width:
        words = {"width": plain(width), "value": plain(statement.value)}
        yield data.warning(name, statement, Message("problem.wide_precision", **words), "precision")


def _conflicts(data: Checked) -> Iterator[Problem]:
    """Targets for which another source states a different figure."""
    own = {target.key for target in data.own("targets")}
    if not own:
        return
    extended = (target for target in data.base("targets") if target.key not in own)
    for conflict in TargetTable((*data.own("targets"), *extended), data.context).conflicts():
        for target in conflict.targets:
            if target.key in own:
                other = next(rival for rival in conflict.targets if rival.key != target.key)
                figure = f"{plain(other.value)} {other.unit}"
                words = {"key": other.key, "figure": figure, "about": conflict.about}
                problem = Message("problem.other_figure", **words)
                yield data.warning("targets", target, problem, "value")


def _decimal_points(data: Checked) -> Iterator[Problem]:
    """Levels that are off by powers of ten from two other years, or far from those of the same year."""
    own: list[Observation] = [
        observation for observation in data.own("observations") if _has_size(observation)
    ]
    keys = {observation.series_key for observation in own}
    series: dict[str, dict[int | None, float]] = defaultdict(dict)
    of_year: dict[tuple[str, int | None], list[Observation]] = defaultdict(list)
    for observation in (*filter(_has_size, data.base("observations")), *own):
        if observation.series_key in keys:
            series[observation.series_key][observation.year] = _size(observation)
            of_year[observation.series_key, observation.year].append(observation)
    for observation in own:
        size, year = _size(observation), observation.year or 0
        if off_by := _off_by(size, series[observation.series_key], year):
            problem = Message("problem.decimal_point", power=off_by)
            yield data.warning("observations", observation, problem, "value")
            continue
        for other in of_year[observation.series_key, observation.year]:
            power = size - _size(other)
            if abs(round(power)) in _SCALES and abs(power - round(power)) < 0.05:
                words = {"power": round(power), "key": other.key}
                problem = Message("problem.other_scale", **words)
                yield data.warning("observations", observation, problem, "value")
                break
        else:
            yield from _other_of_year(
                data, observation, of_year[observation.series_key, observation.year]
            )


def _other_of_year(
    data: Checked, observation: Observation, of_year: Sequence[Observation]
) -> Iterator[Problem]:
    """A number more than a tenth off every other one of its year, and of its vintage if it has one."""
    others = [
        each
        for each in of_year
        if each is not observation
        and each.comparator.plain
        and observation.vintage in {None, each.vintage}
    ]
    size = _size(observation)
    far = [each for each in others if abs(size - _size(each)) > _A_TENTH]
    if others and len(far) == len(others) and observation.comparator.plain:
        words = {"key": far[0].key, "figure": f"{plain(far[0].value)} {far[0].unit}"}
        problem = Message("problem.other_of_year", year=observation.year, **words)
        yield data.warning("observations", observation, problem, "value")


def _off_by(size: float, sizes: dict[int | None, float], year: int) -> int:
    """Return by which power of ten a level is off from other years that agree; 0 for none.

    These are the years around it, or at an end of the series the three next to it.
    """
    before, after = (
        [sizes[other] for other in (year + way * step for step in (1, 2, 3)) if other in sizes]
        for way in (-1, 1)
    )
    near = [before[0], after[0]] if before and after else before or after
    if len(near) < 2 or any(abs(first - second) >= 0.1 for first, second in pairwise(near)):
        return 0
    power = size - (sum(near) / 2 if before and after else near[0])
    return round(power) if abs(power - round(power)) < 0.1 else 0


def _has_size(observation: Observation) -> bool:
    is_dated_level = observation.form is Form.LEVEL and observation.year is not None
    return is_dated_level and observation.value > 0


def _size(observation: Observation) -> float:
    """Return the decimal logarithm of a level."""
    return log10(convert(observation.value, observation.unit, observation.indicator.unit))


def _corroborations(data: Checked) -> Iterator[Problem]:
    """Corroborations of targets that do not exist."""
    keys = {target.series_key for table in (data.own, data.base) for target in table("targets")}
    hints = 0
    for text in data.own("corroborations"):
        if text.target not in keys:
            similar = nearest(text.target, keys, 1) if hints < _MOST_HINTS else ()
            hints += 1
            problem = Message(
                "problem.unknown_target", target=text.target, hint=suggestion(similar)
            )
            yield data.error("corroborations", text, problem, "target")


def _vintages(data: Checked) -> Iterator[Problem]:
    """Observations with a vintage that the table of vintages does not list."""
    known = {vintage.key for table in (data.own, data.base) for vintage in table("vintages")}
    for observation in data.own("observations"):
        if observation.vintage is None:
            continue
        indicator = observation.indicator.code
        stem = f"{indicator}/{observation.vintage}"
        if not {f"{stem}/{observation.year}", f"{stem}/*"} & known:
            codes = sorted({key.split("/")[1] for key in known if key.startswith(f"{indicator}/")})
            hint = Message("suggestion.known", codes=tuple(codes[:6])) if codes else ""
            problem = Message("problem.unknown_vintage", vintage=stem, hint=hint)
            yield data.error("observations", observation, problem, "vintage")


def _unused(data: Checked) -> Iterator[Problem]:
    """Sources, plans and indicators that no record uses."""
    used: dict[str, set[str]] = {name: set() for name in ("sources", "plans", "indicators")}
    for name in _CITING:
        for record in data.own(name):
            for other in references(record):
                used.setdefault(TABLE_OF[other.noun], set()).add(other.key)
    for vintage in data.own("vintages"):
        used["sources"].update({vintage.source.code} if vintage.source else ())
    for indicator in data.own("indicators"):
        parts = (indicator.numerator, indicator.denominator)
        used["indicators"].update(part.code for part in parts if part)
    used["indicators"] |= _computed(data)
    for name in ("sources", "plans", "indicators"):
        for record in data.own(name):
            left_out = (
                name == "sources" and data.is_selection and record.tier not in data.loaded_tiers
            )
            if record.code not in used[name] and not left_out:
                words = {"noun": Message(f"noun.{record.noun}"), "code": record.code}
                yield data.warning(name, record, Message("problem.unused", **words))


def _computed(data: Checked) -> set[str]:
    """Return the ratios of which both parts have observations, so that they can be computed."""
    ratios = [each for each in data.own("indicators") if each.numerator and each.denominator]
    if not ratios:
        return set()
    tables = (data.own("observations"), data.base("observations"))
    measured = {each.indicator.code for table in tables for each in table}
    parts_of = {each.code: {each.numerator.code, each.denominator.code} for each in ratios}
    return {code for code, parts in parts_of.items() if parts <= measured}
