"""Records as rows to look at: the columns that tell one record from the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ..codelists import Comparator
from ..records import Observation, Record, Target
from ..records.base import field_text
from ..text import labels
from ..text.messages import Language, heads
from ..text.tables import HTML_ROWS, Sheet

__all__ = ["figure", "observation_sheet", "sheet_of", "table_html", "target_sheet"]

_Columns = dict[str, Callable[[Any], object]]


def figure(record: Target | Observation, lang: Language = "en") -> str:
    """The figure of a target or observation with its comparator, and its form if no level."""
    comparator = record.comparator
    if isinstance(record, Observation) and comparator is Comparator.REACH:
        comparator = Comparator.BETWEEN  # an outcome does not "reach" its value: it is it
    return labels.stated(
        record.form, comparator, record.value, record.value_high, record.unit, lang=lang
    )


_CLAIM: _Columns = {
    "region": lambda each: each.region.name_en,
    "indicator": lambda each: each.indicator.name_en,
}
_CITED: _Columns = {
    "tier": lambda each: each.citation.source.tier,
    "source": lambda each: each.citation.source.code,
}
# What is not listed has its filled fields as columns.
_COLUMNS: dict[str, _Columns] = {
    "target": _CLAIM
    | {
        "target": figure,
        "by": lambda each: each.end_year,
        "plan": lambda each: each.plan.code,
    }
    | _CITED,
    "observation": _CLAIM
    | {
        "value": figure,
        "year": lambda each: each.span,
        "vintage": lambda each: each.vintage,
    }
    | _CITED,
    "goal": {
        "region": lambda each: each.region.name_en,
        "kind": lambda each: each.kind,
        "statement": lambda each: each.statement,
        "horizon": lambda each: each.horizon,
    }
    | _CITED,
    "plan": {
        "code": lambda each: each.code,
        "region": lambda each: each.region.name_en,
        "period": lambda each: each.period,
        "title": lambda each: each.title_en or each.title_zh,
        "issued": lambda each: each.issued,
    },
    "region": {
        "code": lambda each: each.code,
        "name": lambda each: each.name_en,
        "in Chinese": lambda each: each.name_zh,
        "kind": lambda each: each.kind,
        "in": lambda each: each.parent and each.parent.name_en,
    },
    "indicator": {
        "code": lambda each: each.code,
        "name": lambda each: each.name_en,
        "in Chinese": lambda each: each.name_zh,
        "unit": lambda each: each.unit,
        "better": lambda each: each.direction,
    },
    "source": {
        "code": lambda each: each.code,
        "title": lambda each: each.title,
        "publisher": lambda each: each.publisher,
        "date": lambda each: each.date,
        "tier": lambda each: each.tier,
    },
    "vintage": {
        "indicator": lambda each: each.indicator.name_en,
        "vintage": lambda each: each.code,
        "year": lambda each: each.year,
        "released": lambda each: each.released,
        "source": lambda each: each.source and each.source.code,
    },
    "erratum": {
        "code": lambda each: each.code,
        "as stated": lambda each: each.citation.as_stated,
        "right is": lambda each: each.corrected,
        "why": lambda each: each.reason,
    },
    "corroboration": {
        "target": lambda each: each.target,
        "as stated": lambda each: each.citation.as_stated,
    }
    | _CITED,
}
_HOUSE = __name__.split(".", maxsplit=1)[0] + "."
_RIGHT = {"by", "year", "horizon"}


def sheet_of(records: Sequence[Record]) -> Sheet:
    """One row a record; further fields of one's own types are columns behind the others."""
    kinds: list[type[Record]] = list(dict.fromkeys(type(each) for each in records))
    columns: _Columns = {}
    for kind in kinds:
        columns |= _COLUMNS.get(kind.noun) or _fields(kind)
    for kind in kinds:
        columns |= _own_fields(kind)
    rows = [tuple(_cell(each, tell) for tell in columns.values()) for each in records]
    kept = [at for at in range(len(columns)) if any(row[at] for row in rows)]
    heads = tuple(columns)
    return Sheet(
        tuple(heads[at] for at in kept),
        [tuple(row[at] for at in kept) for row in rows],
        right=tuple(place for place, at in enumerate(kept) if heads[at] in _RIGHT),
    )


def table_html(name: str, records: Sequence[Record], total: int) -> str:
    """The first records of a table as HTML.

    Parameters
    ----------
    name
        What the table is called.
    records, total
        Its first records, and how many it has.
    """
    return sheet_of(records[:HTML_ROWS]).html(f"{name} of {total}", total=total)


def _cell(record: Record, tell: Callable[[Any], object]) -> str:
    try:
        return field_text(tell(record))
    except AttributeError:  # a table may hold types with different fields
        return ""


def _fields(kind: type[Record]) -> _Columns:
    return {name: _getter(name) for name in kind.model_fields}


def _own_fields(kind: type[Record]) -> _Columns:
    """What a user's type has beyond the bundled type it is made from."""
    bundled = next(each for each in kind.__mro__ if each.__module__.startswith(_HOUSE))
    known = getattr(bundled, "model_fields", {})
    return {name: _getter(name) for name in kind.model_fields if name not in known}


def _getter(name: str) -> Callable[[Any], object]:
    return lambda record: getattr(record, name)


def target_sheet(targets: Iterable[Target], lang: Language = "en") -> Sheet:
    """Return one row per target, with plan, tier and source, in a language."""
    rows = [
        (
            labels.name(target.indicator, lang),
            figure(target, lang),
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
            figure(observation, lang),
            observation.span,
            *_source_cells(observation),
        )
        for observation in observations
    ]
    return Sheet(heads(("indicator", "value", "year", "tier", "source"), lang), rows)


def _source_cells(record: Target | Observation) -> tuple[str, str]:
    source = record.citation.source
    return str(source.tier), source.code
