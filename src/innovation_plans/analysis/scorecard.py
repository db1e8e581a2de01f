"""Many targets held against a dataset at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from importlib import import_module
from typing import Any, Literal, overload

from pydantic import TypeAdapter

from ..codelists import RegionKind, Verdict
from ..dataset.dataset import Dataset
from ..errors import MissingError, MissingExtraError
from ..records import Target
from ..text import labels
from ..text.messages import Language, say
from ..text.tables import HTML_ROWS
from ..units.decimals import Number, plain
from .assess import DEFAULT_THRESHOLD, DEFAULT_TOLERANCE, assess
from .results import Assessment
from .sheets import Sheet, verdict_sheet

__all__ = ["Scorecard", "scorecard"]

Some = str | Collection[str] | None


class Scorecard(Sequence[Assessment]):
    """Assessments in the order of region and indicator; prints as a table."""

    def __init__(self, assessments: Iterable[Assessment], edition: str = "") -> None:
        self._assessments = tuple(assessments)
        self.edition = edition

    def __len__(self) -> int:
        return len(self._assessments)

    def __iter__(self) -> Iterator[Assessment]:
        return iter(self._assessments)

    @overload
    def __getitem__(self, index: int) -> Assessment: ...
    @overload
    def __getitem__(self, index: slice) -> Scorecard: ...
    def __getitem__(self, index: int | slice) -> Assessment | Scorecard:
        if isinstance(index, slice):
            return Scorecard(self._assessments[index], self.edition)
        return self._assessments[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scorecard) and self._assessments == other._assessments

    def __hash__(self) -> int:
        return hash(self._assessments)

    def __repr__(self) -> str:
        return f"<Scorecard of {len(self)}: {self._summary()}>"

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        """What a notebook shows: the first verdicts with their marks, and the counts of all."""
        sheet = verdict_sheet(self._assessments[:HTML_ROWS], marked=True)
        return sheet.html(self._summary(), total=len(self))

    def counts(self) -> dict[Verdict, int]:
        """How many targets came to each verdict; every verdict is a key."""
        counted = Counter(each.verdict for each in self)
        return {verdict: counted[verdict] for verdict in Verdict}

    def sheet(self, lang: Language = "en") -> Sheet:
        """The table of verdicts, to be drawn in one style or another."""
        return verdict_sheet(self, lang)

    def text(self, lang: Language = "en") -> str:
        """The table of verdicts and a line of counts."""
        return f"{self.sheet(lang).text()}\n\n{self._summary(lang)}"

    def json(self) -> str:
        """The assessments as a JSON array, which :meth:`from_json` reads again."""
        return _ASSESSMENTS.dump_json(self._assessments, indent=2).decode()

    @classmethod
    def from_json(cls, text: str, edition: str = "") -> Scorecard:
        """The scorecard that :meth:`json` wrote."""
        return cls(_ASSESSMENTS.validate_json(text), edition)

    def by(self, what: Grouping) -> dict[str, Scorecard]:
        """Scorecards of one region, indicator, period or verdict each, in the order met.

        Examples
        --------
        >>> from innovation_plans import load
        >>> groups = scorecard(load(), indicator="rd_intensity", period="14th").by("verdict")
        >>> len(groups["met"])
        5
        """
        groups: dict[str, list[Assessment]] = {}
        for each in self:
            groups.setdefault(_GROUPINGS[what](each), []).append(each)
        return {name: Scorecard(found, self.edition) for name, found in groups.items()}

    def sorted(self, *by: Grouping) -> Scorecard:
        """The same assessments in another order; verdicts go from met to undetermined."""
        return Scorecard(
            sorted(self, key=lambda each: tuple(_ORDERS[what](each) for what in by)), self.edition
        )

    def to_frame(self, backend: Literal["pandas", "polars", "pyarrow"] = "pandas") -> Any:
        """A data frame of the backend named (``pandas``, ``polars``, ``pyarrow``): one row a target.

        Values are text, exact as printed: a frame's floats would not be.

        Raises
        ------
        MissingExtraError
            If the backend is not installed.
        MissingError
            If there is no such backend.
        """
        if backend not in _EXTRAS:
            raise MissingError(asked=f"backend {backend!r:.60}", nearest=tuple(_EXTRAS))
        import narwhals.stable.v2 as nw

        rows = [_frame_row(each) for each in self]
        columns = {name: [row[name] for row in rows] for name in _FRAME_COLUMNS}
        try:
            import_module(backend)  # narwhals may have loaded its own side of it already
        except ImportError as error:
            raise MissingExtraError(extra=_EXTRAS[backend], needs=backend) from error
        return nw.from_dict(columns, backend=backend).to_native()

    def _summary(self, lang: Language = "en") -> str:
        if not self:
            return say("scorecard.none", lang)
        summary = say(
            "scorecard.summary",
            lang,
            count=labels.counted("target", len(self), lang),
            verdicts=labels.verdict_counts(self.counts(), lang),
        )
        edition = say("edition.of", lang, edition=self.edition) if self.edition else ""
        return labels.joined([summary, edition], lang, "parts")


# The nation first, then provinces, then cities: as tables of the statistics office have it.
_KINDS = list(RegionKind)


def _place(target: Target) -> tuple[int, str, str, int, str]:
    region = target.region
    kind = _KINDS.index(region.kind)
    return kind, region.code, target.indicator.code, target.end_year, target.key


Grouping = Literal["region", "indicator", "period", "verdict"]
_GROUPINGS: dict[str, Callable[[Assessment], str]] = {
    "region": lambda each: each.subject.region,
    "indicator": lambda each: each.subject.indicator,
    "period": lambda each: each.stated.period,
    "verdict": lambda each: each.verdict,
}
_ORDERS: dict[str, Callable[[Assessment], Any]] = _GROUPINGS | {
    "verdict": lambda each: list(Verdict).index(each.verdict)
}
_EXTRAS = {"pandas": "pandas", "polars": "polars", "pyarrow": "arrow"}
_FRAME_COLUMNS = (
    "target", "region", "indicator", "period", "form", "comparator", "value", "value_high",
    "unit", "end_year", "outcome", "outcome_unit", "year", "gap", "gap_unit", "verdict",
    "reason", "method", "tier", "outcome_tier", "self_reported",
)  # fmt: skip


def _frame_row(each: Assessment) -> dict[str, str | int | bool | None]:
    stated, outcome = each.stated, each.outcome
    return {
        "target": each.target,
        "region": each.subject.region,
        "indicator": each.subject.indicator,
        "period": stated.period,
        "form": str(stated.form),
        "comparator": str(stated.comparator),
        "value": plain(stated.value),
        "value_high": None if stated.value_high is None else plain(stated.value_high),
        "unit": stated.unit,
        "end_year": stated.end_year,
        "outcome": plain(outcome.value) if outcome else None,
        "outcome_unit": outcome.unit if outcome else None,
        "year": outcome.year if outcome else None,
        "gap": None if each.gap is None else plain(each.gap),
        "gap_unit": each.gap_unit,
        "verdict": str(each.verdict),
        "reason": str(each.reason) if each.reason else None,
        "method": each.method,
        "tier": str(stated.tier),
        "outcome_tier": str(outcome.tier) if outcome else None,
        "self_reported": outcome.self_reported if outcome else None,
    }


_ASSESSMENTS: TypeAdapter[tuple[Assessment, ...]] = TypeAdapter(tuple[Assessment, ...])


def scorecard(
    plans: Dataset[Any, Any],
    *,
    region: Some = None,
    indicator: Some = None,
    period: Some = None,
    end_year: int | Collection[int] | None = None,
    vintage: str | None = None,
    tolerance: Number = DEFAULT_TOLERANCE,
    pace: str = "linear",
    threshold: Number = DEFAULT_THRESHOLD,
    strict: bool = False,
    progress: Callable[[Sequence[Target]], Iterable[Target]] = iter,
) -> Scorecard:
    """One assessment for every target that answers to the filters.

    Parameters
    ----------
    plans
        The dataset with targets and observations.
    region, indicator, period, end_year
        As in ``plans.targets.where``.
    vintage, tolerance, pace, threshold, strict
        As in :func:`assess`.
    progress
        What goes through the targets, for a progress bar: ``rich.progress.track`` is one.

    Examples
    --------
    >>> from innovation_plans import load
    >>> card = scorecard(load(), region=["CN-GD", "CN-BJ"], indicator="rd_intensity", end_year=2025,
    ...                  period="14th")
    >>> [(each.subject.region_en, str(each.verdict)) for each in card]
    [('Beijing', 'met'), ('Guangdong', 'met')]
    """
    targets = plans.targets.where(
        region=region, indicator=indicator, period=period, end_year=end_year
    )
    ordered = sorted(targets, key=_place)
    return Scorecard(
        (
            assess(
                each,
                plans,
                vintage=vintage,
                tolerance=tolerance,
                pace=pace,
                threshold=threshold,
                strict=strict,
            )
            for each in progress(ordered)
        ),
        plans.edition,
    )
