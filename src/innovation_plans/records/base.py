"""What all records share: frozen, no unknown field, equal by content, a key."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from threading import RLock
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import BaseModel, ConfigDict

from ..units.table import UnitTable, bundled_units

__all__ = ["Context", "Record", "field_text", "same_as_printed"]

_BUILDING = RLock()


class Record(BaseModel):
    """One row of a table: immutable, without unknown fields, identified by its `key`."""

    # Build validators for the first validated row only: the snapshot needs none.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    noun: ClassVar[str] = "record"
    # Fields that refer to records of the same table; those rows are read first.
    own_kind: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def model_rebuild(
        cls, *, force: bool = False, _parent_namespace_depth: int = 2, **options: Any
    ) -> bool | None:
        """Build the validator under a lock.

        Before pydantic 2.14, a second thread can remove what the first has just built.
        """
        with _BUILDING:
            # This method adds one frame.
            depth = _parent_namespace_depth + 1
            return super().model_rebuild(force=force, _parent_namespace_depth=depth, **options)

    @property
    def key(self) -> str:
        """The text that identifies the record within its table."""
        raise TypeError(f"{type(self).__name__} defines no key")

    if TYPE_CHECKING:  # so that type checkers take ``"CN-GD" in plans.regions``

        def __eq__(self, other: object) -> bool: ...

    def __hash__(self) -> int:
        return hash((type(self), self.key))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.key}>"

    def __str__(self) -> str:
        return self.key

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        yield None, self.key

    def _repr_html_(self) -> str:
        """Return the non-empty fields as a table, for a notebook."""
        from ..text.tables import facts_html

        fields = [(name, field_text(getattr(self, name))) for name in type(self).model_fields]
        return facts_html(f"{type(self).__name__} {self.key}", fields)


def same_as_printed(one: Record, other: Record) -> bool:
    """Return whether two records are equal to the last printed digit: 3.5 is not 3.50."""
    return one == other and all(
        _digits(getattr(one, name)) == _digits(getattr(other, name))
        for name in type(one).model_fields
    )


def _digits(value: object) -> object:
    if isinstance(value, Decimal):
        return value.as_tuple()
    return tuple(map(_digits, value)) if isinstance(value, tuple | list) else None


def field_text(value: object) -> str:
    """Return the value of a field as text: numbers as printed, records by name and key.

    Examples
    --------
    >>> field_text(Decimal("3.50")), field_text(("GD", "粤")), field_text(None), field_text(False)
    ('3.50', 'GD, 粤', '', 'no')
    """
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return f"{value:f}"  # every digit, and never 1E+3
        case tuple():
            return ", ".join(field_text(item) for item in value)
        case Record():
            return _named(value)
        case _:
            return str(value)


def _named(record: Record) -> str:
    """Return a source or citation in full, another record by name or title and key."""
    if record.noun in {"source", "citation"}:
        return str(record)
    names = (getattr(record, field, None) for field in ("name_en", "title_en", "title_zh"))
    name = next((name for name in names if name), None)
    return f"{name} ({record.key})" if name else record.key


class Context:
    """The validation context: the records that codes refer to, and the units.

    Pass it as ``context=`` when you validate records from text or JSON::

        Target.model_validate_json(text, context=plans.context)
    """

    def __init__(
        self,
        tables: Mapping[str, Mapping[str, Record]] | None = None,
        *,
        units: UnitTable | None = None,
    ) -> None:
        self._tables: dict[str, dict[str, Any]] = {
            noun: dict(records) for noun, records in (tables or {}).items()
        }
        self._units = units
        # Codes whose row has an error; a reference to one is not a second error.
        self.with_errors: set[tuple[str, str]] = set()
        # Nouns whose table was not read completely; an unknown code of one is not an error.
        self.unread: set[str] = set()
        # The words in open columns ("observations.vintage", …), for the check of filters.
        self.words: dict[str, frozenset[str]] = {}

    @property
    def units(self) -> UnitTable:
        """The unit table; the bundled one is read on first use."""
        if self._units is None:
            self._units = bundled_units()
        return self._units

    @property
    def tables(self) -> Mapping[str, Mapping[str, Any]]:
        """The records that codes refer to, by noun and code; read-only."""
        return MappingProxyType({noun: self.of(noun) for noun in self._tables})

    def of(self, noun: str) -> Mapping[str, Any]:
        """Return the records of a noun (``region``, ``plan``, …) by code."""
        return MappingProxyType(self._tables.setdefault(noun, {}))

    def add(self, record: Record) -> None:
        """Add a record, so that later rows can refer to it."""
        self._tables.setdefault(record.noun, {})[record.key] = record
