"""Records that are drawn together, so that they agree with one another. Next: ``coded.py``.

Whatever refers to a region takes one that was drawn already, or draws another with a code of its
own: no two records of one world claim one code.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import UnionType
from typing import Annotated, Any, Union, cast, get_args, get_origin

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from pydantic.fields import FieldInfo

from ..errors import MissingError
from ..records import Record
from ..units.table import UnitTable, bundled_units
from .numbers import values
from .words import names

__all__ = ["Maker", "Pick", "World", "checked", "of_field"]

_UNIONS = (Union, UnionType)
_ENDS = ("gt", "ge", "lt", "le")
_EITHER = st.booleans()
_SELDOM = st.sampled_from((False,) * 7 + (True,))
_MOSTLY = st.sampled_from((False, True, True, True))
_FEW = st.integers(0, 2)

Maker = Callable[["World", type[Any], Mapping[str, Any]], Any]


class World:
    """What was drawn so far, by noun and code; `most` says how many of each noun."""

    def __init__(
        self,
        draw: DrawFn,
        makers: Mapping[str, Maker],
        *,
        kinds: Mapping[str, type[Record]] | None = None,
        table: UnitTable | None = None,
        most: int = 3,
    ) -> None:
        self.draw = draw
        self.table = table or bundled_units()
        self._makers = makers
        self._kinds = dict(kinds or {})
        self._most = most
        self.plain = False  # whether what is drawn only stands behind another record
        self._known: dict[str, dict[str, Any]] = {}

    def known(self, noun: str) -> list[Any]:
        """The records called `noun` that were drawn."""
        return list(self._known.get(noun, {}).values())

    def kind_of(self, kind: type[Record]) -> type[Any]:
        """The caller's own type in the place of one of the package's."""
        return self._kinds.get(kind.noun, kind)

    def make(self, kind: type[Record], **fields: Any) -> Any:
        """A further record, of the caller's own type where there is one."""
        made = self._makers[kind.noun](self, self.kind_of(kind), fields)
        self.note(made)
        return made

    def note(self, record: Record) -> None:
        """Let later records refer to this one and to those behind it, and none take their codes."""
        known = self._known.setdefault(record.noun, {})
        if record.key in known:
            return
        known[record.key] = record
        for name in type(record).model_fields:
            held = getattr(record, name)
            for each in held if isinstance(held, tuple) else (held,):
                if isinstance(each, Record):
                    self.note(each)

    def refer(self, kind: type[Record]) -> Any:
        """A record that was drawn already, or another one, without what it may lack."""
        known = self.known(kind.noun)
        if known and (len(known) >= self._most or not self.draw(_EITHER)):
            return self.draw(st.sampled_from(known))
        return self.make_plain(kind)

    def make_plain(self, kind: type[Record], **fields: Any) -> Any:
        """A further record, without what it may lack."""
        before, self.plain = self.plain, True
        made = self.make(kind, **fields)
        self.plain = before
        return made

    def fresh(self, noun: str, code: str, divider: str) -> str:
        """The code, with a number behind it where it is taken."""
        taken = self._known.get(noun, {})
        found, number = code, 1
        while found in taken:
            number += 1
            found = f"{code}{divider}{number}"
        return found


class Pick:
    """The fields of one record: as the caller gives them, else as they are drawn."""

    def __init__(self, world: World, kind: type[Any], fields: Mapping[str, Any]) -> None:
        self.world = world
        self.plain = world.plain
        self._wordy: bool | None = None
        self._kind = kind
        self._fields = fields

    def __contains__(self, name: str) -> bool:
        return name in self._fields

    def __call__(self, name: str, otherwise: SearchStrategy[Any]) -> Any:
        """The field as given, else as drawn."""
        return self._given(name) if name in self._fields else self.world.draw(otherwise)

    def maybe(self, name: str, otherwise: SearchStrategy[Any]) -> Any:
        """The field as given; else None, or as drawn."""
        return self(name, otherwise) if name in self or self.either() else None

    def aside(self, name: str, otherwise: SearchStrategy[Any]) -> Any:
        """The field as given; else None, or as drawn: words that no computation rests on.

        Whether a record has any of them is drawn first, so that most datasets are drawn quickly.
        """
        if name in self:
            return self._given(name)
        if self._wordy is None:
            self._wordy = self.either()
        return self.maybe(name, otherwise) if self._wordy else None

    def seldom(self, name: str, otherwise: SearchStrategy[Any]) -> Any:
        """The field as given; else None, or as drawn once in a while."""
        return self._once_in(_SELDOM, name, otherwise)

    def mostly(self, name: str, otherwise: SearchStrategy[Any]) -> Any:
        """The field as given; else as drawn, or None once in a while."""
        return self._once_in(_MOSTLY, name, otherwise)

    def _once_in(
        self, often: SearchStrategy[bool], name: str, otherwise: SearchStrategy[Any]
    ) -> Any:
        given = name in self or (not self.plain and self.world.draw(often))
        return self(name, otherwise) if given else None

    def either(self) -> bool:
        """Whether the record is to have what it may lack."""
        return not self.plain and bool(self.world.draw(_EITHER))

    def refer(self, name: str, kind: type[Record]) -> Any:
        """The record that a field refers to."""
        return self._given(name) if name in self else self.world.refer(kind)

    def maybe_refer(self, name: str, kind: type[Record]) -> Any:
        """The record that a field refers to, or None."""
        return self.refer(name, kind) if name in self or self.either() else None

    def seldom_refer(self, name: str, kind: type[Record]) -> Any:
        """The record that a field refers to once in a while, or None."""
        given = name in self or (not self.plain and self.world.draw(_SELDOM))
        return self.refer(name, kind) if given else None

    def several(self, name: str, kind: type[Record]) -> tuple[Any, ...]:
        """Up to two records that a field refers to."""
        if name in self:
            return tuple(self._given(name))
        number = 0 if self.plain else self.world.draw(_FEW)
        return tuple(dict.fromkeys(self.world.refer(kind) for _ in range(number)))

    def part(self, name: str, kind: type[Record]) -> Any:
        """The record that is a part of this one: its citation."""
        return self._given(name) if name in self else self.world.make(kind)

    def _given(self, name: str) -> Any:
        given = self._fields[name]
        found = self.world.draw(given) if isinstance(given, SearchStrategy) else given
        if isinstance(found, Record):
            self.world.note(found)
        return found

    def code(self, divider: str, otherwise: SearchStrategy[str]) -> str:
        """A code that no other record of the world bears."""
        drawn: str = self("code", otherwise)
        return drawn if "code" in self else self.world.fresh(self._kind.noun, drawn, divider)

    def made(self, **facts: Any) -> Any:
        """The record, with the further fields that a subclass has."""
        for name, field in self._kind.model_fields.items():
            if name in facts:
                continue
            if name in self or field.is_required() or self.world.draw(_EITHER):
                kind = _record_in(field.annotation)
                facts[name] = self.refer(name, kind) if kind else self(name, of_field(field))
        return self._kind(**facts)


def checked(kind: type[Record], fields: Mapping[str, Any]) -> None:
    """Refuse fields that the record has not.

    Raises
    ------
    MissingError
        For the first of them; names the fields there are.
    """
    for name in fields:
        if name not in kind.model_fields:
            raise MissingError(
                asked=f"field {name[:60]!r} of {kind.__name__}",
                hint=f"it has {', '.join(kind.model_fields)}",
            )


def of_field(field: FieldInfo) -> SearchStrategy[Any]:
    """What a further field of a subclass may hold, by its annotation."""
    return _of_hint(field.annotation, tuple(field.metadata))


def _record_in(hint: Any) -> type[Record] | None:
    """The type of record that a field refers to, if it refers to one."""
    for each in get_args(hint) if get_origin(hint) in _UNIONS else (hint,):
        if isinstance(each, type) and issubclass(each, Record):
            return each
    return None


def _of_hint(hint: Any, bounds: tuple[Any, ...] = ()) -> SearchStrategy[Any]:
    """By a type; numbers are finite and text is printable, as the tables of the house have them."""
    if get_origin(hint) in _UNIONS:
        return st.one_of(
            [_of_hint(each, () if each is type(None) else bounds) for each in get_args(hint)]
        )
    if hint in {float, Decimal}:
        told = {
            name: getattr(each, name) for each in bounds for name in _ENDS if hasattr(each, name)
        }
        return _numbers(hint, **told)
    if hint is str:
        return _texts(bounds)
    if bounds:
        hint = operator.getitem(cast("Any", Annotated), (hint, *bounds))
    found: SearchStrategy[Any] = st.from_type(hint)
    return found


def _texts(bounds: tuple[Any, ...]) -> SearchStrategy[str]:
    """Printable text of the length and the pattern that an annotation sets."""
    pattern, least, most = (
        next((found for each in bounds if (found := getattr(each, name, None)) is not None), None)
        for name in ("pattern", "min_length", "max_length")
    )
    free = names(most or 40) if pattern is None else st.from_regex(pattern, fullmatch=True)
    return free.filter(lambda text: (least or 0) <= len(text) <= (most or len(text)))


def _numbers(
    hint: type[Any], *, gt: Any = None, ge: Any = None, lt: Any = None, le: Any = None
) -> SearchStrategy[Any]:
    """Finite numbers within the bounds that an annotation sets."""
    low, high = (gt if ge is None else ge), (lt if le is None else le)
    if hint is Decimal:
        return values(low, high).filter(lambda value: value not in (gt, lt))
    return st.floats(
        low,
        high,
        exclude_min=gt is not None,
        exclude_max=lt is not None,
        allow_nan=False,
        allow_infinity=False,
    )
