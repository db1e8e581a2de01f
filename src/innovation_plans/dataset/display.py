"""Records as tables to read, with the columns that tell one record from the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any

from ..records import TABLES, Observation, Plan, Record, Target
from ..records.base import field_text
from ..text import labels
from ..text.messages import Language, heads, keys, languages, say, word
from ..text.tables import HTML_ROWS, Sheet, facts_html


def _figure(record: Target | Observation, lang: Language) -> str:
    return record.text(lang)


def _title(plan: Plan, lang: Language) -> str | None:
    titles = [plan.title_en, plan.title_zh]
    return next(filter(None, titles[:: 1 if lang == languages()[0] else -1]), None)


def _name_of(field: str) -> Callable[[Any, Language], str]:
    """Return a function for the name of what a field refers to, in a language."""

    def name(record: Any, lang: Language) -> str:
        referred = getattr(record, field)
        return "" if referred is None else labels.name(referred, lang, "short", "name")

    return name


def _kind(record: Any, lang: Language) -> str:
    return word(record.kind, lang)


_Columns = dict[str, str | Callable[[Any, Language], object]]
_SUBJECT: _Columns = {"region": _name_of("region"), "indicator": _name_of("indicator")}
_CITED: _Columns = {"tier": "citation.source.tier", "source": "citation.source.code"}
_NAMED: _Columns = {"code": "code", "name": "name_en", "name_zh": "name_zh"}
# The columns of each kind of record by head, with the attribute or function that gives the cell.
# A kind that is not listed has a column for each of its fields.
_COLUMNS: dict[str, _Columns] = {
    "target": {**_SUBJECT, "target": _figure, "by": "end_year", "plan": "plan.code", **_CITED},
    "observation": {**_SUBJECT, "value": _figure, "year": "span", "vintage": "vintage", **_CITED},
    "goal": {
        "region": _name_of("region"),
        "kind": _kind,
        **{name: name for name in ("statement", "horizon")},
        **_CITED,
    },
    "plan": {
        "code": "code",
        "region": _name_of("region"),
        "period": lambda plan, lang: labels.period(plan.period, lang),
        "title": _title,
        "issued": "issued",
    },
    "region": {**_NAMED, "kind": _kind, "parent": _name_of("parent")},
    "indicator": {
        **_NAMED,
        "unit": lambda indicator, lang: labels.unit(indicator.unit, lang),
        "direction": lambda indicator, lang: word(indicator.direction, lang),
    },
    "source": {name: name for name in ("code", "title", "publisher", "date", "tier")},
    "vintage": {
        "indicator": _name_of("indicator"),
        "vintage": "code",
        "year": "year",
        "released": "released",
        "source": "source.code",
    },
    "erratum": {
        "code": "code",
        "as_stated": "citation.as_stated",
        "corrected": "corrected",
        "reason": "reason",
    },
    "corroboration": {"target": "target", "as_stated": "citation.as_stated", **_CITED},
}
_PACKAGE = __name__.split(".", maxsplit=1)[0] + "."
_RIGHT = {"by", "year", "horizon"}


def sheet_of(records: Sequence[Record], lang: Language = "en") -> Sheet:
    """Return a row per record and its non-empty columns; own fields of subclasses come last."""
    kinds: list[type[Record]] = list(dict.fromkeys(type(record) for record in records))
    columns: _Columns = {}
    for kind in kinds:
        columns |= _COLUMNS.get(kind.noun) or {name: name for name in kind.model_fields}
    for kind in kinds:
        columns |= {name: name for name in _own_fields(kind)}
    rows = [tuple(_text(record, cell, lang) for cell in columns.values()) for record in records]
    names = list(columns)
    kept = [index for index in range(len(names)) if any(row[index] for row in rows)]
    return Sheet(
        tuple(_head(names[index], lang) for index in kept),
        [tuple(row[index] for index in kept) for row in rows],
        right=tuple(column for column, index in enumerate(kept) if names[index] in _RIGHT),
    )


def _dataset_facts(plans: Any) -> list[tuple[str, str]]:
    """Return how much of what a dataset contains."""
    ends = [target.end_year for target in plans.targets]
    years = [record.year for record in plans.observations if record.year is not None]
    periods = sorted({target.period for target in plans.targets if "-" not in target.period})
    kinds = Counter(region.kind for region in plans.regions)
    regions = ", ".join(f"{word(kind)} {count}" for kind, count in kinds.items())
    return [
        ("targets", f"{len(ends):,}{_span(ends, ', for {} to {}')}; plans {', '.join(periods)}"),
        ("observations", f"{len(plans.observations):,}{_span(years, ', of {} to {}')}"),
        ("indicators", f"{len(plans.indicators):,}"),
        ("regions", f"{len(plans.regions):,} ({regions})"),
        ("sources", f"{len(plans.sources):,}; figures of tiers {plans.tiers}"),
    ]


def _span(years: Sequence[int], text: str) -> str:
    return text.format(min(years), max(years)) if years else ""


def dataset_summary(plans: Any) -> str:
    """Return what a dataset contains and what to do next, for a console."""
    facts = [f"  {name:13} {text}" for name, text in _dataset_facts(plans)]
    hint = '  next: plans.search("patent"), plans.targets.where(region="广东"), ip.scorecard(plans)'
    return "\n".join([f"<Dataset {plans.edition}>", *facts, hint])


def dataset_html(plans: Any) -> str:
    """Return what a dataset contains as HTML."""
    return facts_html(f"Dataset {plans.edition}", _dataset_facts(plans))


def counted(records: Sequence[Record], table: str, lang: Language) -> str:
    """Return how many records of a kind there are, in words."""
    nouns = {record.noun for record in records} or {TABLES[table].noun if table else "record"}
    return labels.counted(nouns.pop() if len(nouns) == 1 else "record", len(records), lang)


def table_html(caption: str, records: Sequence[Record], total: int) -> str:
    """Return the first records of a table as HTML.

    Parameters
    ----------
    caption
        The text above it.
    records, total
        Its first records, and the number of all.
    """
    return sheet_of(records[:HTML_ROWS]).html(caption, total=total)


def _head(name: str, lang: Language) -> str:
    return say(f"head.{name}", lang) if name in keys("head") else name


def _text(record: Record, cell: str | Callable[[Any, Language], object], lang: Language) -> str:
    try:
        value = attrgetter(cell)(record) if isinstance(cell, str) else cell(record, lang)
        return field_text(value)
    except AttributeError:  # a part is None, or another kind of record has this field
        return ""


def _own_fields(kind: type[Record]) -> list[str]:
    """Return the fields that a user's subclass adds to the record of this package."""
    bundled = next(base for base in kind.__mro__ if base.__module__.startswith(_PACKAGE))
    return [name for name in kind.model_fields if name not in getattr(bundled, "model_fields", {})]


def target_sheet(targets: Iterable[Target], lang: Language = "en") -> Sheet:
    """Return one row per target, with plan, tier and source, in a language."""
    rows = [
        (
            labels.name(target.indicator, lang),
            target.text(lang),
            str(target.end_year),
            target.plan.code,
            *_source_cells(target),
        )
        for target in targets
    ]
    return Sheet(heads(("indicator", "target", "by", "plan", "tier", "source"), lang), rows)


def observation_sheet(observations: Iterable[Observation], lang: Language = "en") -> Sheet:
    """Return one row per observation, with tier and source, in a language."""
    rows = [
        (
            labels.name(observation.indicator, lang),
            observation.text(lang),
            observation.span,
            *_source_cells(observation),
        )
        for observation in observations
    ]
    return Sheet(heads(("indicator", "value", "year", "tier", "source"), lang), rows)


def _source_cells(record: Target | Observation) -> tuple[str, str]:
    source = record.citation.source
    return str(source.tier), source.code
