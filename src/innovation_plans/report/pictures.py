"""The pictures of a page, drawn in both languages, few and telling.

A page shows at most six, the ones with most to see, so that it stays small. The page's
Content-Security-Policy admits the style attributes of the drawings, but no style sheet other than
its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from ..analysis.compare import compare
from ..analysis.comparison import Comparison
from ..analysis.results import Assessment
from ..analysis.scorecard import Scorecard
from ..codelists import Form, Verdict
from ..dataset.dataset import Dataset
from ..errors import IncomparableError, MissingError
from ..io.formats import needed
from ..records import Target
from ..text.messages import Language
from .words import LANGUAGES, Both, message, named, period

__all__ = ["Picture", "of_indicator", "of_region"]

_MOST_PATHS = 3
_FEWEST_YEARS = 3  # of a series that is drawn as a path
# Rows of a dumbbell: of the targets of one region, and of the regions of one indicator.
_MOST_ROWS = 16
_MOST_REGIONS = 32


class Picture(NamedTuple):
    """One picture in both languages, as SVG elements."""

    caption: Both
    small: bool  # whether it is read on a narrow screen as it is
    english: Any
    chinese: Any


class _Easel:
    """Draws pictures, with ids that no other picture of the page has."""

    def __init__(self) -> None:
        self.drawn: list[Picture] = []

    def draw(self, caption: Both, plot: Callable[[Language], Any], *, small: bool = False) -> None:
        """One picture, in English and in Chinese."""
        number = len(self.drawn) + 1
        english, chinese = (self._svg(plot, lang, number) for lang in LANGUAGES)
        self.drawn.append(Picture(caption, small, english, chinese))

    def _svg(self, plot: Callable[[Language], Any], lang: Language, number: int) -> Any:
        from ..plots import svg

        return needed("markupsafe", "report").Markup(svg(plot(lang), prefix=f"f{number}{lang}-"))


def of_region(card: Scorecard, plans: Dataset[Any, Any, Any, Any]) -> list[Picture]:
    """Shares beside their targets, and the paths of the indicators that are known best."""
    from .. import plots

    easel = _Easel()
    held = _held(card, _MOST_ROWS)
    if held:
        easel.draw(
            message("page_picture.side_by_side"), lambda lang: plots.dumbbell(held, lang=lang)
        )
    for each in _known_best(card, plans):
        what = named(each.subject.indicator_en, each.subject.indicator_zh)
        heading = message("page_picture.path", indicator=what, period=period(each.stated.period))
        easel.draw(heading, _path(each, plans))
    return easel.drawn


def of_indicator(card: Scorecard, plans: Dataset[Any, Any, Any, Any]) -> list[Picture]:
    """The map, the distances and the order of regions, for the commonest kind of target."""
    from .. import plots

    easel = _Easel()
    alike = _commonest(card, plans)
    if not alike:
        return []
    first = alike[0].stated
    when = {"period": period(first.period), "year": first.end_year}
    easel.draw(
        message("page_picture.map", **when), lambda lang: plots.tiles(alike, lang=lang), small=True
    )
    held = _held(alike, _MOST_REGIONS)
    if held:
        easel.draw(
            message("page_picture.distances", **when), lambda lang: plots.dumbbell(held, lang=lang)
        )
    targets = [plans.targets.by_key(each.target) for each in alike]
    order = _compared(targets, plans)
    if order is not None:
        easel.draw(
            message("page_picture.order", **when), lambda lang: plots.ranking(order, lang=lang)
        )
    return easel.drawn


def _path(each: Assessment, plans: Dataset[Any, Any, Any, Any]) -> Callable[[Language], Any]:
    from .. import plots

    return lambda lang: plots.path(each, plans, lang=lang)


def _held(card: Scorecard, most: int) -> Scorecard:
    """Assessments with an outcome, as many as can be read: those with a verdict go first."""
    held = [each for each in card if each.outcome]
    first = sorted(held, key=lambda each: each.verdict is Verdict.UNDETERMINED)[:most]
    kept = {each.target for each in first}
    return _of(card, (each for each in held if each.target in kept))


def _known_best(card: Scorecard, plans: Dataset[Any, Any, Any, Any]) -> list[Assessment]:
    """Of each indicator the latest target with an outcome, those with the longest series first."""
    latest: dict[str, Assessment] = {}
    for each in card:
        if each.outcome and each.stated.form is Form.LEVEL:
            known = latest.get(each.subject.indicator)
            if known is None or known.stated.end_year < each.stated.end_year:
                latest[each.subject.indicator] = each
    years = {code: _years(each, plans) for code, each in latest.items()}
    best = sorted(latest, key=lambda code: (-years[code], code))
    return [latest[code] for code in best if years[code] >= _FEWEST_YEARS][:_MOST_PATHS]


def _years(each: Assessment, plans: Dataset[Any, Any, Any, Any]) -> int:
    series = f"{each.subject.region}/{each.subject.indicator}/{each.stated.form}"
    return len({seen.year for seen in plans.observations.series(series) if seen.year})


def _commonest(card: Scorecard, plans: Dataset[Any, Any, Any, Any]) -> Scorecard:
    """The assessments of the commonest period, year, form and unit: one a region."""
    targets = {each.target: plans.targets.by_key(each.target) for each in card}
    kept = {each.key for each in plans.targets.filter(lambda t: t.key in targets).select().kept}
    kinds = Counter(_kind(each) for each in card if targets[each.target].is_whole)
    if not kinds:
        return _of(card, ())
    best = max(kinds, key=lambda kind: (kinds[kind], kind))
    chosen: dict[str, Assessment] = {}
    for each in card:
        if _kind(each) == best and each.target in kept and targets[each.target].is_whole:
            chosen.setdefault(each.subject.region, each)
    return _of(card, chosen.values())


def _kind(each: Assessment) -> tuple[int, str, str, str]:
    stated = each.stated
    return stated.end_year, stated.period, str(stated.form), str(stated.unit)


def _compared(targets: list[Target], plans: Dataset[Any, Any, Any, Any]) -> Comparison | None:
    """The regions in order; None where the figures cannot be set beside one another."""
    try:
        return compare(targets, plans=plans)
    except (IncomparableError, MissingError):
        return None


def _of(card: Scorecard, chosen: Iterable[Assessment]) -> Scorecard:
    return Scorecard(chosen, card.edition)
