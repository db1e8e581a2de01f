"""What an assessment says, as records that stand by themselves.

An :class:`Assessment` needs no dataset to be read again: it carries names, figures and the keys
of every record it was made from.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from ..codelists import Caveat, Comparator, Form, Reason, Tier, Verdict
from ..records.fields import UnitText
from ..text import labels
from ..text.messages import Language, say, word
from ..units.decimals import plain

__all__ = ["Assessment", "Baseline", "Outcome", "PaceFound", "Stated", "Subject", "noted"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Subject(_Part):
    """Whose target it is, and of what."""

    region: str
    region_en: str
    region_zh: str | None = None
    indicator: str
    indicator_en: str
    indicator_zh: str | None = None

    def names(self, lang: Language) -> tuple[str, str]:
        """Region and indicator in a language, in English where they have no name in it."""
        return labels.name(self, lang, "region"), labels.name(self, lang, "indicator")


class Stated(_Part):
    """The figure that the plan states."""

    form: Form
    comparator: Comparator
    value: Decimal
    value_high: Decimal | None = None
    unit: UnitText
    start_year: int | None = None
    end_year: int
    plan: str
    period: str
    tier: Tier

    def text(self, lang: Language = "en") -> str:
        """The figure with its comparator, and its form where it is no level."""
        return labels.stated(
            self.form, self.comparator, self.value, self.value_high, self.unit, lang=lang
        )


class Outcome(_Part):
    """The observation that a target was compared with."""

    value: Decimal
    value_high: Decimal | None = None
    unit: UnitText
    comparator: Comparator
    start_year: int | None = None
    year: int
    vintage: str | None = None
    self_reported: bool
    source: str
    tier: Tier

    def text(self, lang: Language = "en") -> str:
        """The figure, with its comparator where it is no plain number."""
        if self.comparator is Comparator.REACH:
            return labels.amount(self.value, self.unit, lang)
        return labels.bound(self.comparator, self.value, self.value_high, self.unit, lang)


class Baseline(_Part):
    """Where the target started."""

    value: Decimal
    unit: UnitText
    year: int
    stated_by: str = Field(description="plan, or statistics where the plan states none")


class PaceFound(_Part):
    """What a pace method found: observed against required, and the threshold it was compared with."""

    method: str
    version: int
    score: Decimal
    observed: Decimal
    required: Decimal
    unit: UnitText
    threshold: Decimal


class Assessment(_Part):
    """A verdict on one target, with everything it rests on."""

    target: str = Field(description="key of the target")
    subject: Subject
    stated: Stated
    verdict: Verdict
    reason: Reason | None = Field(None, description="why the verdict is undetermined")
    outcome: Outcome | None = None
    gap: Decimal | None = Field(None, description="outcome less target, in `gap_unit`")
    gap_unit: UnitText | None = None
    baseline: Baseline | None = None
    progress: Decimal | None = Field(None, description="share of the distance covered: 1 is all")
    pace: PaceFound | None = None
    tolerance: Decimal | None = Field(None, description="share of the value that *about* allows")
    method: str = Field(description="how outcome and target were set beside each other")
    version: int = Field(description="version of the method")
    inputs: tuple[str, ...] = Field(description="keys of the records it was made from")
    caveats: tuple[Caveat, ...] = ()
    edition: str = Field("", description="edition of the data")

    def __repr__(self) -> str:
        return f"<Assessment {self.target}: {self.verdict}>"

    def __str__(self) -> str:
        return self.explain()

    def _repr_html_(self) -> str:
        """What a notebook shows: the verdict with its mark, and all it rests on."""
        from ..text.tables import facts_html

        whose = self.subject
        verdict = f"{labels.mark(self.verdict)} {word(self.verdict)}"
        by, seen, start = self.stated, self.outcome, self.baseline
        facts = [
            ("verdict", verdict),
            ("reason", word(self.reason) if self.reason else ""),
            ("target", f"{by.text()} by {by.end_year}: {by.plan}, tier {by.tier}"),
            (
                "outcome",
                f"{seen.text()} in {seen.year}: {seen.source}, tier {seen.tier}" if seen else "",
            ),
            ("gap", self.gap_text()),
            (
                "baseline",
                f"{labels.amount(start.value, start.unit)} in {start.year}" if start else "",
            ),
            ("pace", self._course("en")),
            ("note", "; ".join(word(each) for each in self.caveats)),
            ("method", f"{self.method}, version {self.version}"),
            ("based on", "; ".join(self.inputs)),
            ("data edition", self.edition),
        ]
        return facts_html(f"{whose.region_en}, {whose.indicator_en}", facts)

    def explain(self, lang: Language = "en") -> str:
        """The verdict in a sentence or two, with its method, caveats and inputs.

        Parameters
        ----------
        lang
            ``"en"`` or ``"zh"``.
        """
        sentences = [self._target(lang), self._found(lang), self._course(lang)]
        sentences.append(noted(self.caveats, lang))
        if self.inputs:
            inputs = labels.joined(self.inputs, lang, "parts")
            sentences.append(say("explain.inputs", lang, text=inputs))
        return labels.sentences(sentences, lang)

    def gap_text(self, lang: Language = "en") -> str:
        """The gap with its sign and unit; empty where there is none."""
        if self.gap is None or self.gap_unit is None:
            return ""
        sign = "-" if self.gap < 0 else "+" if self.gap else ""
        if self.gap_unit == "rank":
            return sign + labels.places(abs(self.gap), lang)
        return sign + labels.amount(abs(self.gap), self.gap_unit, lang)

    def _target(self, lang: Language) -> str:
        region, indicator = self.subject.names(lang)
        return say(
            "explain.target",
            lang,
            region=region,
            indicator=indicator,
            stated=self.stated.text(lang),
            year=self.stated.end_year,
            verdict=word(self.verdict, lang),
        )

    def _found(self, lang: Language) -> str:
        why = word(self.reason, lang) if self.reason else ""
        if self.outcome is None:
            return _capital(why)
        outcome, gap = self.outcome.text(lang), self.gap_text(lang)
        parts = [
            say("explain.outcome", lang, outcome=outcome, year=self.outcome.year),
            say("explain.gap", lang, gap=gap) if gap else "",
            why,
        ]
        return labels.joined(parts, lang, "counts")

    def _course(self, lang: Language) -> str:
        if self.pace is None or self.baseline is None:
            return ""
        progress = self.progress or Decimal()
        return say(
            "explain.away" if progress < 0 else "explain.covered",
            lang,
            start=labels.amount(self.baseline.value, self.baseline.unit, lang),
            year=self.baseline.year,
            share=f"{abs(progress) * 100:.0f}",
            method=self.pace.method,
            score=f"{self.pace.score:.2f}",
            threshold=plain(self.pace.threshold),
        )


def noted(codes: Sequence[StrEnum], lang: Language) -> str:
    """Caveats as one sentence; empty if there are none."""
    if not codes:
        return ""
    text = labels.joined([word(code, lang) for code in codes], lang, "parts")
    return say("explain.note", lang, text=text)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def part_of(kind: type[BaseModel], record: Any, **further: Any) -> dict[str, Any]:
    """The fields of `kind` that a record has, for making one of the other."""
    names = kind.model_fields.keys() - further.keys()
    return {name: getattr(record, name) for name in names if hasattr(record, name)} | further
