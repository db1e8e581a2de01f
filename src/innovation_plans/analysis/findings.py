"""The results of a cross-check: two figures of one thing, read again without a dataset.

A finding compares the two figures, gives the gap between them, and what would have to be assumed
for both to be right. It does not say which one is wrong.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from pydantic import Field

from ..codelists import Caveat, Comparator, Form
from ..dataset.results import Results
from ..text import labels
from ..text.implied import Check
from ..text.messages import Language, heads, say, word
from ..text.tables import Sheet
from ..units.decimals import EXACT, rounded
from ..units.interval import Interval
from .comparability import difference_unit
from .operands import Assumption, Level, Number, Operand
from .results import Explained, ResultPart, Subject, signed

_AGREEMENTS = {True: "yes", False: "no", None: "open"}
_HEADS = (
    "region", "period", "check", "indicator", "year", "stated", "implied", "gap", "consistent",
)  # fmt: skip


class Side(ResultPart):
    """One of the two figures, and what it was made from."""

    formula: str = Field(description="the figure, in indicator codes and years")
    region: str = Field(description="code of the region it is of")
    value: Number
    value_high: Number | None = None
    unit: str
    comparator: Comparator | None = Field(
        default=None, description="bound; empty where nothing is bounded"
    )
    operands: tuple[Operand, ...]
    inputs: tuple[str, ...] = Field(description="keys of the records it was made from")
    assumptions: tuple[Assumption, ...] = ()

    @property
    def is_stated(self) -> bool:
        """Whether a text states the figure; otherwise it is computed from several."""
        return len(self.operands) == 1

    @property
    def origin(self) -> str:
        """The source of a stated figure; the formula of a computed one."""
        stated = self.operands[0]
        return (stated.source or stated.key) if self.is_stated else self.formula

    def text(self, lang: Language = "en") -> str:
        """Return the figure, to four significant digits if it was computed."""
        comparator = self.comparator or Comparator.BETWEEN  # which adds no word
        low, high = self.value, self.value_high
        if not self.is_stated:
            low, high = labels.shortened(comparator, low, high, digits=4)
        if self.unit == "percent_per_year":
            form = self.operands[0].form if self.is_stated else Form.AVERAGE_GROWTH
            return labels.stated(form, comparator, low, high, self.unit, lang=lang)
        return labels.bound(comparator, low, high, self.unit, lang)


class Finding(Subject, Explained):
    """Two figures of one thing."""

    check: Check
    period: str
    year: int
    left: Side = Field(description="what is stated")
    right: Side = Field(description="what follows from other figures, or another text states")
    gap: Number = Field(description="right less left, in `gap_unit`")
    gap_unit: str
    agrees: bool | None = Field(
        description="whether both can hold; empty where that is no question"
    )
    tolerance: Decimal = Field(description="share of the value within which figures agree")
    reconciles: Assumption | None = Field(
        default=None, description="what would have to hold for both sides to agree"
    )
    inputs: tuple[str, ...] = Field(description="keys of the records of both sides")
    caveats: tuple[Caveat, ...] = ()
    edition: str = Field(default="", description="edition of the data")

    def __repr__(self) -> str:
        return f"<Finding {self.check} {self.region}/{self.period}/{self.indicator}/{self.year}>"

    def _facts(self) -> tuple[str, list[tuple[str, str]]]:
        """Return both sides, the gap, and what would reconcile them."""
        facts = [
            ("check", word(self.check)),
            *zip(self._names("en"), (self.left.text(), self.right.text()), strict=True),
            ("gap", self.gap_text()),
            ("consistent", self.agreement()),
            ("consistent if", self.reconciles.text() if self.reconciles else ""),
        ]
        return f"{self.region_en}, {self.indicator_en}, {self.year}", facts

    def _names(self, lang: Language) -> list[str]:
        """Return what each side is, with its source or its formula."""
        region, _ = self.names(lang)
        words = {"region": region, "count": len(self.right.operands) // 2}
        return [
            labels.brackets(say(f"{end}.{self.check}", lang, **words), side.origin, lang)
            for end, side in (("left", self.left), ("right", self.right))
        ]

    def gap_text(self, lang: Language = "en") -> str:
        """Return the gap with its sign, to three significant digits; "no gap" if it prints as 0."""
        gap = self.gap if self.gap_unit == "rank" else rounded(self.gap, 3)
        text = signed(gap, self.gap_unit, lang)
        is_zero = text.lstrip("+-") == signed(Decimal(0), self.gap_unit, lang)
        return say("finding.no_gap", lang) if is_zero else text

    def _sentences(self, lang: Language) -> list[str]:
        """Return both sides, the gap, and what would reconcile them."""
        region, indicator = self.names(lang)
        left, right = self.left, self.right
        heading = say(
            "finding.check",
            lang,
            region=region,
            indicator=indicator,
            year=self.year,
            check=word(self.check, lang),
            agreement=self.agreement(lang),
        )
        assumption = self.reconciles.text(lang) if self.reconciles else ""
        names = [name[:1].upper() + name[1:] for name in self._names(lang)]
        implied = labels.headed(names[1], right.text(lang), lang)
        return [
            heading,
            labels.headed(names[0], left.text(lang), lang),
            labels.brackets(implied, self.gap_text(lang), lang),
            say("finding.reconciles", lang, assumption=assumption) if assumption else "",
        ]

    def agreement(self, lang: Language = "en") -> str:
        """Return whether the sides are consistent, inconsistent or not comparable, in words."""
        return say(f"finding.{_AGREEMENTS[self.agrees]}", lang)


class Findings(Results[Finding]):
    """Findings in the order of region, period and check."""

    kind = Finding
    noun = "finding"
    counted = "check"

    def disagreements(self) -> Findings:
        """Return the findings whose sides are inconsistent."""
        return self.where(agrees=False)

    def of(self, *checks: Check | str) -> Findings:
        """Return the findings of some checks."""
        return self.where(check=checks)

    def counts(self) -> dict[Check, int]:
        """Return how many findings each check gave; every check is a key."""
        return super().counts()

    def sheet(self, lang: Language = "en") -> Sheet:
        """Return one row per finding: both sides, the gap, and whether they are consistent."""
        rows = [_row(finding, lang) for finding in self]
        return Sheet(heads(_HEADS, lang), rows, right=(4, 7))

    def summary(self, lang: Language = "en") -> str:
        """Return how many findings there are, and how many are consistent."""
        if not self:
            return say("finding.none", lang)
        counted = Counter(_AGREEMENTS[finding.agrees] for finding in self)
        return say(
            "finding.summary",
            lang,
            count=labels.counted("finding", len(self), lang),
            **{name: counted[name] for name in _AGREEMENTS.values()},
        )


def side(level: Level, region: str) -> Side:
    """Return a level as one side of a finding."""
    return Side(region=region, **level.result_fields())


def gap_between(left: Level, right: Level) -> tuple[Decimal, str]:
    """Return right minus left, both in one unit, at their nearest numbers: 0 if they overlap."""
    nearest = left.interval.nearest(right.value)
    gap = EXACT.subtract(right.interval.nearest(nearest), nearest)
    return gap, difference_unit(left.unit)


def overlap(left: Level, right: Level, tolerance: Decimal) -> bool:
    """Return whether some value satisfies both, with rounding and tolerance.

    The left side is widened by the tolerance, or by half a unit of its last printed digit if that
    is more; the right side by the tolerance if it is *about*.
    """
    digits = left.value.as_tuple().exponent
    half = Decimal(5).scaleb(digits - 1) if isinstance(digits, int) and digits <= 0 else Decimal(0)
    wide_left = _widened(left, max(EXACT.multiply(left.value.copy_abs(), tolerance), half))
    about = right.comparator is not None and right.comparator.approximate
    margin = EXACT.multiply(right.value.copy_abs(), tolerance) if about else Decimal(0)
    return wide_left.meets(_widened(right, margin))


def _widened(level: Level, margin: Decimal) -> Interval:
    """Return what a level may be, with a margin on either side."""
    bound = level.comparator or Comparator.REACH
    return Interval.of(bound, level.value, level.high).widened(margin)


def _row(finding: Finding, lang: Language) -> tuple[str, ...]:
    region, indicator = finding.names(lang)
    return (
        region,
        labels.period(finding.period, lang),
        word(finding.check, lang),
        indicator,
        str(finding.year),
        finding.left.text(lang),
        finding.right.text(lang),
        finding.gap_text(lang),
        finding.agreement(lang),
    )
