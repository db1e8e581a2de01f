"""What an assessment says, as records that stand by themselves.

An :class:`Assessment` needs no dataset to be read again: it carries names, figures and the keys
of every record it was made from.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from ..codelists import Caveat, Comparator, Form, Reason, Tier, Verdict
from ..records.fields import UnitText
from ..text import labels
from ..text.labels import Language
from ..units.decimals import plain

__all__ = ["Assessment", "Baseline", "Outcome", "PaceFound", "Stated", "Subject"]


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
        """Region and indicator in a language, in English where Chinese is missing."""
        if lang == "zh":
            return self.region_zh or self.region_en, self.indicator_zh or self.indicator_en
        return self.region_en, self.indicator_en


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
    """The observation that a target was assessed against."""

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
    """What a pace method found: observed against required, and the threshold it was held to."""

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
        verdict = f"{labels.mark(self.verdict)} {labels.verdict(self.verdict)}"
        by, seen, start = self.stated, self.outcome, self.baseline
        facts = [
            ("verdict", verdict),
            ("why", labels.reason(self.reason) if self.reason else ""),
            ("target", f"{by.text()} by {by.end_year}: {by.plan}, tier {by.tier}"),
            (
                "outcome",
                f"{seen.text()} in {seen.year}: {seen.source}, tier {seen.tier}" if seen else "",
            ),
            ("gap", self.gap_text()),
            ("start", f"{labels.amount(start.value, start.unit)} in {start.year}" if start else ""),
            ("course", self._course("en")),
            ("note", "; ".join(labels.caveat(each) for each in self.caveats)),
            ("method", f"{self.method}, version {self.version}"),
            ("from", "; ".join(self.inputs)),
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
        if self.caveats:
            word = "注意：" if lang == "zh" else "Note: "
            sentences.append(
                word + _joined([labels.caveat(each, lang) for each in self.caveats], lang)
            )
        word = "依据：" if lang == "zh" else "From: "
        sentences.append(word + _joined(list(self.inputs), lang))
        stop, between = ("。", "") if lang == "zh" else (".", " ")
        return between.join(sentence + stop for sentence in sentences if sentence)

    def gap_text(self, lang: Language = "en") -> str:
        """The gap with its sign and unit; empty where there is none."""
        if self.gap is None or self.gap_unit is None:
            return ""
        sign = "-" if self.gap < 0 else "+" if self.gap else ""
        if self.gap_unit == "rank":
            return f"{sign}{plain(abs(self.gap))}{'位' if lang == 'zh' else ' places'}"
        return sign + labels.amount(abs(self.gap), self.gap_unit, lang)

    def _target(self, lang: Language) -> str:
        region, indicator = self.subject.names(lang)
        verdict, stated = labels.verdict(self.verdict, lang), self.stated.text(lang)
        if lang == "zh":
            return f"{region}“{indicator}”{self.stated.end_year}年目标{stated}：{verdict}"
        return f"{region}, {indicator}: {stated} by {self.stated.end_year} is {verdict}"

    def _found(self, lang: Language) -> str:
        why = labels.reason(self.reason, lang) if self.reason else ""
        if self.outcome is None:
            return _capital(why)
        outcome, year = self.outcome.text(lang), self.outcome.year
        apart = self.gap_text(lang)
        if lang == "zh":
            parts = [f"{year}年为{outcome}", f"与目标相差{apart}" if apart else "", why]
            return "，".join(part for part in parts if part)
        parts = [f"It was {outcome} in {year}", f"{apart} from the target" if apart else "", why]
        return ", ".join(part for part in parts if part)

    def _course(self, lang: Language) -> str:
        if self.pace is None or self.baseline is None:
            return ""
        start = labels.amount(self.baseline.value, self.baseline.unit, lang)
        score, threshold = f"{self.pace.score:.2f}", plain(self.pace.threshold)
        covered = f"{(self.progress or Decimal()) * 100:.0f}"
        if lang == "zh":
            return (
                f"自{self.baseline.year}年{start}起已完成路程的{covered}%，"
                f"按{self.pace.method}法，实际速度为所需速度的{score}倍（标准{threshold}）"
            )
        return (
            f"From {start} in {self.baseline.year}, {covered} % of the way is covered: by the "
            f"{self.pace.method} method {score} of the required pace (threshold {threshold})"
        )


def _joined(parts: list[str], lang: Language) -> str:
    return ("；" if lang == "zh" else "; ").join(parts)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def part_of(kind: type[BaseModel], record: Any, **further: Any) -> dict[str, Any]:
    """The fields of `kind` that a record has, for making one of the other."""
    names = kind.model_fields.keys() - further.keys()
    return {name: getattr(record, name) for name in names if hasattr(record, name)} | further
