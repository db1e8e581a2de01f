"""What two sides say of one thing, as records that stand by themselves.

A finding accuses nobody: it sets two figures beside each other, says how far apart they are, and
what would have to be assumed for both to hold.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field

from ..codelists import Caveat, Comparator
from ..dataset.results import Results
from ..text import labels
from ..text.implied import Check
from ..text.messages import Language, say, word
from ..text.tables import facts_html
from ..units.decimals import EXACT, rounded
from ..units.interval import DEFAULT_TOLERANCE, Interval
from .operands import Assumption, Level, Number, Operand
from .results import Subject, noted
from .sheets import Sheet, heads

__all__ = ["DEFAULT_TOLERANCE", "Finding", "Findings", "Side", "overlap", "side"]

_POINTS = {"percent", "percent_per_year"}
_AGREEMENTS = {True: "yes", False: "no", None: "open"}
_HEADS = (
    "region", "period", "check", "indicator", "year", "stated", "implied", "gap", "consistent",
)  # fmt: skip


class Side(BaseModel):
    """One of the two figures, and what it was made from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    formula: str = Field(description="the figure, in indicator codes and years")
    region: str = Field(description="code of the region it is of")
    value: Number
    value_high: Number | None = None
    unit: str
    comparator: Comparator | None = Field(None, description="bound; empty where nothing is bounded")
    operands: tuple[Operand, ...]
    inputs: tuple[str, ...] = Field(description="keys of the records it was made from")
    assumptions: tuple[Assumption, ...] = ()

    def text(self, lang: Language = "en") -> str:
        """The figure, to four significant digits where it was reckoned."""
        stated = len(self.operands) == 1
        low, high = (
            each if stated or each is None else rounded(each, 4)
            for each in (self.value, self.value_high)
        )
        comparator = self.comparator or Comparator.BETWEEN  # which adds no word
        return labels.bound(comparator, low or Decimal(0), high, self.unit, lang)


class Finding(Subject):
    """Two figures of one thing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

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
        None, description="what would have to hold for both sides to agree"
    )
    inputs: tuple[str, ...] = Field(description="keys of the records of both sides")
    caveats: tuple[Caveat, ...] = ()
    edition: str = Field("", description="edition of the data")

    def __repr__(self) -> str:
        return f"<Finding {self.check} {self.region}/{self.period}/{self.indicator}/{self.year}>"

    def __str__(self) -> str:
        return self.explain()

    def _repr_html_(self) -> str:
        """What a notebook shows: both sides, the gap, and what would reconcile them."""
        facts = [
            ("check", word(self.check)),
            (self.left.formula, self.left.text()),
            (self.right.formula, self.right.text()),
            ("gap", self.gap_text()),
            ("consistent", self.agreement()),
            ("consistent if", self.reconciles.text() if self.reconciles else ""),
            ("note", "; ".join(word(each) for each in self.caveats)),
            ("based on", "; ".join(self.inputs)),
            ("data edition", self.edition),
        ]
        return facts_html(f"{self.region_en}, {self.indicator_en}, {self.year}", facts)

    def gap_text(self, lang: Language = "en") -> str:
        """The gap with its sign, to three significant digits."""
        sign = "-" if self.gap < 0 else "+"
        if self.gap_unit == "rank":
            return sign + labels.places(abs(self.gap), lang)
        return sign + labels.amount(rounded(abs(self.gap), 3), self.gap_unit, lang)

    def explain(self, lang: Language = "en") -> str:
        """Both sides, the gap, what would reconcile them, caveats and inputs.

        Parameters
        ----------
        lang
            ``"en"`` or ``"zh"``.
        """
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
        inputs = labels.joined(self.inputs, lang, "parts")
        implied = labels.headed(right.formula, right.text(lang), lang)
        parts = [
            heading,
            labels.headed(left.formula, left.text(lang), lang),
            labels.brackets(implied, self.gap_text(lang), lang),
            say("finding.reconciles", lang, assumption=assumption) if assumption else "",
            noted(self.caveats, lang),
            say("explain.inputs", lang, text=inputs),
        ]
        return labels.sentences(parts, lang)

    def agreement(self, lang: Language = "en") -> str:
        """Consistent, inconsistent or not comparable."""
        return say(f"finding.{_AGREEMENTS[self.agrees]}", lang)


class Findings(Results[Finding]):
    """Findings in the order of region, period and check."""

    kind = Finding
    noun = "finding"
    counted = "check"

    def disagreements(self) -> Findings:
        """The findings whose sides cannot both hold."""
        return self.where(agrees=False)

    def of(self, *checks: Check | str) -> Findings:
        """The findings of some checks."""
        return self.where(check=[Check(each) for each in checks])

    def counts(self) -> dict[Check, int]:
        """Return how many findings each check gave; every check is a key."""
        return super().counts()

    def sheet(self, lang: Language = "en") -> Sheet:
        """One row a finding: both sides, the gap, and whether they agree."""
        return Sheet(heads(_HEADS, lang), [_row(each, lang) for each in self], right=(4, 7))

    def summary(self, lang: Language = "en") -> str:
        """How many findings there are, and how many agree."""
        if not self:
            return say("finding.none", lang)
        counted = Counter(_AGREEMENTS[each.agrees] for each in self)
        return say(
            "finding.summary",
            lang,
            count=len(self),
            **{name: counted[name] for name in _AGREEMENTS.values()},
        )


def side(level: Level, region: str) -> Side:
    """A level as one side of a finding."""
    made = level.rounded()
    return Side(
        formula=made.expression,
        region=region,
        value=made.value,
        value_high=made.high,
        unit=made.unit,
        comparator=made.comparator,
        operands=made.operands,
        inputs=made.keys,
        assumptions=made.assumptions,
    )


def gap_between(left: Level, right: Level) -> tuple[Decimal, str]:
    """Right less left, both in one unit, where they are nearest; nothing where ranges meet."""
    here = left.interval.nearest(right.value)
    return EXACT.subtract(right.interval.nearest(here), here), _gap_unit(left.unit)


def overlap(left: Level, right: Level, tolerance: Decimal) -> bool:
    """Whether some value satisfies both, each as wide as its rounding and the tolerance make it.

    The tolerance widens the left side, or half a unit of its last printed digit if that is more;
    it widens the right side where a figure in it is *about*.
    """
    digits = left.value.as_tuple().exponent
    half = Decimal(5).scaleb(digits - 1) if isinstance(digits, int) and digits <= 0 else Decimal(0)
    here = _admitted(left, max(EXACT.multiply(left.value.copy_abs(), tolerance), half))
    about = right.comparator is Comparator.ABOUT
    margin = EXACT.multiply(right.value.copy_abs(), tolerance) if about else Decimal(0)
    return here.meets(_admitted(right, margin))


def _admitted(level: Level, margin: Decimal) -> Interval:
    """Return what a level may be, with a margin on either side."""
    return Interval.of(level.comparator or Comparator.REACH, level.value, level.high).widened(
        margin
    )


def _gap_unit(unit: str) -> str:
    return "percentage_point" if unit in _POINTS else unit


def _row(each: Finding, lang: Language) -> tuple[str, ...]:
    region, indicator = each.names(lang)
    return (
        region,
        each.period,
        word(each.check, lang),
        indicator,
        str(each.year),
        each.left.text(lang),
        each.right.text(lang),
        each.gap_text(lang),
        each.agreement(lang),
    )
