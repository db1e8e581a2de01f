"""What a picture of verdicts is made from: assessments in panels of one measure each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from ..analysis.results import Assessment
from ..analysis.scorecard import Scorecard
from ..codelists import Form, Reason, Verdict
from ..dataset.tables import joined
from ..text import labels
from ..text.messages import Language, say, word
from ..units.quantity import same_measure
from .canvas import PictureError

__all__ = ["Card", "Panel", "Reasons", "card_of", "named", "panels_of", "period_of", "source_line"]


def source_line(edition: str, records: str, lang: Language) -> str:
    """Return the source line: package, edition of the data, and how much of it was drawn.

    Examples
    --------
    >>> source_line("2026.11", labels.counted("record", 43, "en"), "en")
    'Source: innovation_plans, data edition 2026.11, 43 records'
    """
    dated = say("edition.of", lang, edition=edition) if edition else ""
    parts = ("innovation_plans", dated, records)
    return say("picture.source", lang, parts=labels.joined(parts, lang, "counts"))


def letter_at(at: int) -> str:
    """Return the letter of a footnote: a to z, then aa.

    Examples
    --------
    >>> letter_at(0), letter_at(25), letter_at(26)
    ('a', 'z', 'aa')
    """
    before, rest = divmod(at, 26)
    return (letter_at(before - 1) if before else "") + chr(ord("a") + rest)


class Card(NamedTuple):
    """Assessments and the edition that they are of."""

    assessments: tuple[Assessment, ...]
    edition: str

    @property
    def counts(self) -> dict[Verdict, int]:
        """How many came to each verdict."""
        found = Counter(each.verdict for each in self.assessments)
        return {verdict: found[verdict] for verdict in Verdict}

    def source(self, lang: Language) -> str:
        """The source line."""
        keys = {key for each in self.assessments for key in each.inputs}
        return source_line(self.edition, labels.counted("record", len(keys), lang), lang)


class Panel(NamedTuple):
    """Assessments that one axis can hold."""

    indicator: str
    form: Form
    unit: str
    assessments: tuple[Assessment, ...]

    def title(self, lang: Language) -> str:
        """The indicator, and the form where it is no level."""
        name = self.assessments[0].subject.names(lang)[1]
        if self.form in {Form.LEVEL, Form.RANK}:
            return name
        form = word(self.form, lang)
        return labels.headed(name, form, lang)


class Reasons:
    """Letters for the reasons of a picture, explained beneath it."""

    def __init__(self, lang: Language) -> None:
        self._lang: Language = lang
        self._letters: dict[Reason, str] = {}

    def mark(self, reason: Reason) -> str:
        """The letter of a reason, in brackets."""
        letter = self._letters.setdefault(reason, letter_at(len(self._letters)))
        return say("picture.letter", self._lang, letter=letter)

    def notes(self) -> list[str]:
        """What the letters mean, in one line."""
        if not self._letters:
            return []
        reasons = [f"({at}) {word(code, self._lang)}" for code, at in self._letters.items()]
        return [labels.joined(reasons, self._lang, "parts")]


def card_of(given: Scorecard | Iterable[Assessment] | Assessment) -> Card:
    """The assessments given, whatever they are given in.

    Raises
    ------
    PictureError
        If it is something else.
    """
    things: Any = (given,) if isinstance(given, Assessment) else given
    found = tuple(things) if isinstance(things, Iterable) else (things,)
    strange = [type(each).__name__ for each in found if not isinstance(each, Assessment)]
    if strange:
        raise PictureError(
            f"expected a scorecard or assessments, found {strange[0]}; "
            "make one with innovation_plans.scorecard(plans, …)"
        )
    if isinstance(given, Scorecard):
        return Card(found, given.edition)
    return Card(found, joined(*(each.edition for each in found)))


def panels_of(card: Card) -> list[Panel]:
    """The assessments by what one axis can hold: one indicator, one form, one measure."""
    panels: list[Panel] = []
    for each in card.assessments:
        what = (each.subject.indicator, each.stated.form)
        for at, panel in enumerate(panels):
            if what == (panel.indicator, panel.form) and same_measure(panel.unit, each.stated.unit):
                panels[at] = panel._replace(assessments=(*panel.assessments, each))
                break
        else:
            panels.append(Panel(*what, each.stated.unit, (each,)))
    return panels


def named(
    assessments: Sequence[Assessment],
    lang: Language,
    clean: Callable[[str, int], str],
    *,
    alone: bool = False,
) -> list[str]:
    """A name for each row: region and year, and the plan and its text where these are not enough."""
    years = {each.stated.end_year for each in assessments}
    regions = [clean(each.subject.names(lang)[0], 28) for each in assessments]
    dated = [
        f"{region} {each.stated.end_year}" if len(years) > 1 else region
        for region, each in zip(regions, assessments, strict=True)
    ]
    if alone:  # the title says whose they are
        dated = [f"{each.stated.end_year}" for each in assessments]
    plans = [
        clean(f"{name}, {each.stated.plan}", 52)
        for name, each in zip(dated, assessments, strict=True)
    ]
    texts = [
        clean(f"{name}@{each.target.partition('@')[2]}", 76)
        for name, each in zip(plans, assessments, strict=True)
    ]
    for names, finer in ((dated, plans), (dated, texts)):
        for name, count in Counter(names).items():
            if count > 1:
                names[:] = [f if n == name else n for n, f in zip(names, finer, strict=True)]
    return dated


def period_of(assessments: Sequence[Assessment], lang: Language) -> str:
    """The year by which all are to be met, where it is one."""
    years = {each.stated.end_year for each in assessments}
    if len(years) != 1:
        return ""
    return say("picture.by_year", lang, year=min(years))
