"""Records beside one another: names, references by key, conflicts, and odd values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from ..codelists import Form
from ..dataset.names import NameIndex
from ..dataset.targets import TargetTable
from ..errors import AmbiguousError, nearest
from ..records import TABLES, Observation, Record, Target, years_of
from ..units.decimals import plain
from ..units.quantity import convert
from .checked import Checked
from .report import Fault
from .wording import doubt

__all__ = ["agreement", "completeness"]

_OVER_YEARS = {Form.AVERAGE_GROWTH, Form.CUMULATIVE, Form.INCREMENT, Form.MULTIPLE}

_LONGEST_EXPRESSION = 120
_MOST_HINTS = 50  # a search for what was meant reads every claim
_NAMES = ("name_en", "name_zh", "short_zh", "aliases")
_CITING = ("targets", "observations", "goals", "errata", "corroborations")


def agreement(data: Checked) -> Iterator[Fault]:
    """What can be said of each record that was read, whatever else is wrong."""
    yield from _clashes(data)
    for name in ("regions", "indicators"):
        yield from _shared_names(data, name)
    yield from _quotients(data)
    for name in ("targets", "observations"):
        for claim in data.own(name):
            yield from _wording(data, name, claim)
    for target in data.own("targets"):
        yield from _period(data, target)
        yield from _span(data, target)
    yield from _conflicts(data)
    yield from _slipped_points(data)


def completeness(data: Checked) -> Iterator[Fault]:
    """What can be said once every row is read: what is referred to by key, and what is not used."""
    yield from _corroborations(data)
    yield from _vintages(data)
    yield from _unused(data)


def _clashes(data: Checked) -> Iterator[Fault]:
    """Keys that a different record of the dataset behind bears."""
    for name in TABLES:
        own = data.own(name)
        theirs = {each.key: each for each in data.base(name)} if own else {}
        for record in own:
            other = theirs.get(record.key)
            if other is not None and other != record:
                column = _first_difference(record, other)
                problem = (
                    f"{record.key} is taken by a record of the dataset, whose {column} is "
                    f"{getattr(other, column, type(other).__name__)!s:.60}; rename it, or extend with on_conflict"
                )
                yield data.error(name, record, problem)


def _first_difference(one: Record, other: Record) -> str:
    names = type(one).model_fields
    differ = (each for each in names if getattr(one, each) != getattr(other, each, None))
    return next(differ, "type")


def _shared_names(data: Checked, name: str) -> Iterator[Fault]:
    """Names of regions and indicators by which something else is found, or nothing."""
    own = data.own(name)
    if not own:
        return
    noun = own[0].noun
    index: NameIndex[Any] = NameIndex(noun, data.context.of(noun))
    for record in own:
        for column in _NAMES:
            given = getattr(record, column, None) or ()
            for each in (given,) if isinstance(given, str) else given:
                try:
                    others = [index.find(each).key]
                except AmbiguousError as error:
                    others = list(error.matches)
                if others != [record.key]:
                    also = ", ".join(key for key in others if key != record.key)
                    problem = f"{each!r:.60} names {also} too; a name leads to one {noun}"
                    yield data.error(name, record, problem, column)


def _quotients(data: Checked) -> Iterator[Fault]:
    """Ratios whose unit is not that of their quotient."""
    for each in data.own("indicators"):
        above, below = each.numerator, each.denominator
        if (above is None) is not (below is None):
            column = "numerator" if above is None else "denominator"
            yield data.error(
                "indicators", each, "a ratio has a numerator and a denominator", column
            )
        elif above and below:
            quotient = f"{above.unit}/{below.unit}"
            if not data.context.units.fits(quotient, each.unit):
                problem = f"{above.code} over {below.code} is in {quotient}, found {each.unit}"
                yield data.error("indicators", each, problem, "unit")


def _wording(data: Checked, name: str, claim: Target | Observation) -> Iterator[Fault]:
    stated = claim.citation.as_stated
    if not stated:
        if name == "targets":
            problem = "expected the figure as the source prints it, found an empty cell"
            yield data.warning(name, claim, problem, "as_stated")
        return
    if len(stated) > _LONGEST_EXPRESSION or stated.endswith(("。", ".")):
        problem = "expected the expression of the figure, found a sentence"
        yield data.warning(name, claim, problem, "as_stated")
    if found := doubt(claim):
        severity, column, problem = found
        yield Fault.at(data.row(name, claim), severity, problem, column)


def _period(data: Checked, target: Target) -> Iterator[Fault]:
    span = years_of(target.period)
    if span and not target.notes and not span[0] <= target.end_year <= span[1]:
        problem = (
            f"{target.end_year} is outside {target.period} ({span[0]}–{span[1]}); notes say why"
        )
        yield data.warning("targets", target, problem, "end_year")


def _span(data: Checked, target: Target) -> Iterator[Fault]:
    """Figures over several years whose first year nobody states: nothing can be held against them."""
    if target.form in _OVER_YEARS and target.start_year is None:
        problem = f"expected the first year of the {target.form}, found an empty cell"
        yield data.warning("targets", target, problem, "start_year")


def _conflicts(data: Checked) -> Iterator[Fault]:
    """Targets that differ from another text on one thing and year."""
    own = {each.key for each in data.own("targets")}
    if not own:
        return
    behind = (each for each in data.base("targets") if each.key not in own)
    for conflict in TargetTable((*data.own("targets"), *behind), data.context).conflicts():
        for target in conflict.targets:
            if target.key in own:
                other = next(each for each in conflict.targets if each.key != target.key)
                said = f"{other.key} says {plain(other.value)} {other.unit}"
                problem = f"{said} of {conflict.about}"
                yield data.warning("targets", target, problem, "value")


def _slipped_points(data: Checked) -> Iterator[Fault]:
    """Levels that are off by powers of ten from both neighbours, which agree with each other."""
    own = {each.series_key for each in data.own("observations")}
    series: dict[str, dict[int, float]] = defaultdict(dict)
    for each in (*data.base("observations"), *data.own("observations")):
        if each.series_key in own and _has_size(each):
            series[each.series_key][each.year] = _size(each)
    for each in data.own("observations"):
        if _has_size(each):
            years = series[each.series_key]
            before, after = years.get(each.year - 1), years.get(each.year + 1)
            if before and after and abs(before - after) < 0.1:
                power = _size(each) - (before + after) / 2
                if round(power) and abs(power - round(power)) < 0.1:
                    problem = f"is about 10^{round(power)} times its neighbours in the series"
                    yield data.warning("observations", each, problem, "value")


def _has_size(observation: Observation) -> bool:
    is_dated_level = observation.form is Form.LEVEL and observation.year is not None
    return is_dated_level and observation.value > 0


def _size(observation: Observation) -> float:
    """How large a figure is, in powers of ten."""
    return float(convert(observation.value, observation.unit, observation.indicator.unit).log10())


def _corroborations(data: Checked) -> Iterator[Fault]:
    """Further texts of targets that are none."""
    further = data.own("corroborations")
    claims = {each.series_key for name in (data.own, data.base) for each in name("targets")}
    told = 0
    for each in further:
        if each.target not in claims:
            near = nearest(each.target, claims, 1) if told < _MOST_HINTS else ()
            told += 1
            hint = f"; did you mean {near[0]}?" if near else ""
            problem = f"expected plan/indicator/form/year of a target, found {each.target}{hint}"
            yield data.error("corroborations", each, problem, "target")


def _vintages(data: Checked) -> Iterator[Fault]:
    """Vintages of figures that no row of ``vintages`` dates."""
    known = set()
    words: dict[str, set[str]] = defaultdict(set)
    for vintage in (*data.own("vintages"), *data.base("vintages")):
        known.add(vintage.key)
        words[vintage.indicator.code].add(vintage.code)
    for each in data.own("observations"):
        if each.vintage is None:
            continue
        stem = f"{each.indicator.code}/{each.vintage}"
        if not {f"{stem}/{each.year}", f"{stem}/*"} & known:
            near = ", ".join(sorted(words[each.indicator.code])[:6])
            hint = f"; known are {near}" if near else ""
            problem = f"no row of vintages says when {stem} came out{hint}"
            yield data.error("observations", each, problem, "vintage")


def _unused(data: Checked) -> Iterator[Fault]:
    """Sources, plans and indicators that no record uses."""
    used: dict[str, set[str]] = {name: set() for name in ("sources", "plans", "indicators")}
    for name in _CITING:
        for each in data.own(name):
            used["sources"].add(each.citation.source.code)
            if plan := getattr(each, "plan", None):
                used["plans"].add(plan.code)
            if indicator := getattr(each, "indicator", None):
                used["indicators"].add(indicator.code)
    for each in data.own("vintages"):
        used["sources"].update({each.source.code} if each.source else ())
    for each in data.own("indicators"):
        parts = (each.numerator, each.denominator)
        used["indicators"].update(part.code for part in parts if part)
    for name, codes in used.items():
        for record in data.own(name):
            if record.code not in codes:
                problem = f"no record uses the {record.noun} {record.code}"
                yield data.warning(name, record, problem)
