"""The records that other records refer to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .base import Record
from .reference import Citation


def field_values(record: Record | Mapping[str, Any]) -> Iterator[Any]:
    """Yield the values of the fields of a record, or of a mapping of its columns."""
    if isinstance(record, Record):
        return (getattr(record, name) for name in type(record).model_fields)
    return iter(record.values())


def references(record: Record | Mapping[str, Any]) -> Iterator[Record]:
    """Yield the records that the fields of a record refer to."""
    for value in field_values(record):
        if isinstance(value, Citation):
            yield value.source
        for part in value if isinstance(value, tuple | list) else (value,):
            if isinstance(part, Record) and part.noun != Citation.noun:
                yield part


def all_references(records: Iterable[Record | Mapping[str, Any]]) -> Iterator[Record]:
    """Yield the records that some records refer to, directly or not, each once."""
    waiting = [other for record in records for other in references(record)]
    seen: set[tuple[str, str]] = set()
    while waiting:
        record = waiting.pop()
        if (record.noun, record.key) not in seen:
            seen.add((record.noun, record.key))
            waiting.extend(references(record))
            yield record
