"""What all records share: frozen, no unknown field, equal by content, known by a key."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from threading import RLock
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from ..units.table import UnitTable, bundled_units

__all__ = ["Codes", "Record", "said"]

_BUILDING = RLock()


class Record(BaseModel):
    """One row of meaning: immutable, closed, and found by its `key`."""

    # Validators are built when a first row is validated: a snapshot needs none.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    noun: ClassVar[str] = "record"
    # Fields that refer to records of the same table, which must be read before this one.
    own_kind: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def model_rebuild(
        cls, *, force: bool = False, _parent_namespace_depth: int = 2, **options: Any
    ) -> bool | None:
        """What pydantic does when a validator is first needed, one thread at a time.

        Before pydantic 2.14 a second thread would take away what the first has just built.
        """
        with _BUILDING:
            # One frame further up than pydantic counts, which is this one.
            depth = _parent_namespace_depth + 1
            return super().model_rebuild(force=force, _parent_namespace_depth=depth, **options)

    @property
    def key(self) -> str:
        """What identifies the record within its table."""
        raise TypeError(f"{type(self).__name__} says no key")

    def __hash__(self) -> int:
        return hash((type(self), self.key))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.key}>"

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        yield None, self.key

    def _repr_html_(self) -> str:
        """What a notebook shows: the fields that hold something."""
        from ..text.tables import facts_html

        fields = [(name, said(getattr(self, name))) for name in type(self).model_fields]
        return facts_html(f"{type(self).__name__} {self.key}", fields)


def said(value: object) -> str:
    """A field as a reader wants it: numbers as printed, records by name and key.

    Examples
    --------
    >>> said(Decimal("3.50")), said(("GD", "粤")), said(None), said(False)
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
            return ", ".join(said(each) for each in value)
        case Record():
            return _named(value)
        case _:
            return str(value)


def _named(record: Record) -> str:
    """Documents in full, other records by name or title and key."""
    if record.noun in {"source", "citation"}:
        return str(record)
    named = (getattr(record, each, None) for each in ("name_en", "title_en", "title_zh"))
    name = next((each for each in named if each), None)
    return f"{name} ({record.key})" if name else record.key


class Codes:
    """What a code stands for while rows are read: the validation context of every record.

    Pass it as ``context=`` when records are read from text or JSON::

        Target.model_validate_json(text, context=plans.codes)
    """

    def __init__(
        self,
        tables: Mapping[str, Mapping[str, Record]] | None = None,
        *,
        units: UnitTable | None = None,
    ) -> None:
        self.tables: dict[str, dict[str, Any]] = {
            noun: dict(records) for noun, records in (tables or {}).items()
        }
        self._units = units
        # Codes whose own row is faulty: a reference to one is no fault of the row that refers.
        self.faulty: set[tuple[str, str]] = set()
        # Nouns whose table could not be read whole: any code of theirs may stand in the rest.
        self.unread: set[str] = set()
        # The words that occur in open columns (vintage, breakdown, theme): what may be asked for.
        self.words: dict[str, frozenset[str]] = {}

    @property
    def units(self) -> UnitTable:
        """The closed list of units; the bundled ones are read when they are first asked for."""
        if self._units is None:
            self._units = bundled_units()
        return self._units

    def of(self, noun: str) -> dict[str, Any]:
        """The records called `noun` (``region``, ``plan``, …) by code."""
        return self.tables.setdefault(noun, {})

    def add(self, record: Record) -> None:
        """Let later rows refer to `record`."""
        self.of(record.noun)[record.key] = record
