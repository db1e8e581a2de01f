"""A unit file read into a closed list of tokens with exact factors, without pint.

pint's own parser is never given text from outside: it reads ``3.2~3.5 percent`` as 11.2 and
hangs on ``10**10**10``. What is read here is bounded, and everything outside the small grammar
is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache, reduce, wraps
from threading import RLock
from typing import Any, NamedTuple, Self, TypeVar, cast

from ..errors import ConflictError, DataError, DataErrors, FigureError, nearest
from ..resources import bundled_data, bundled_text

__all__ = ["OwnUnit", "Unit", "UnitTable", "bundled_units", "table_of"]

# Compiled when the first unit is read; words are looked up, so that any letter may stand in one.
_DIMENSION = r"\[[a-z][A-Za-z0-9_]*\]"
_NUMBER = r"[0-9]{1,15}(?:\.[0-9]{1,15})?"
_STEP = rf"\s*([*/])?\s*((?:%|[^\W\d])\w*|{_NUMBER})\s*"
_MOST_STEPS = 6
_LONGEST_NAME = 60
_FILE = "units.txt"
_MOST_CHARACTERS = 200

Dimension = tuple[tuple[str, int], ...]


class Unit(NamedTuple):
    """One unit in base units: ``CNY_100M`` is 100,000,000 of ``currency_CNY``."""

    name: str
    factor: Fraction
    dimension: Dimension
    aliases: tuple[str, ...] = ()

    @property
    def symbol(self) -> str:
        """The first alias, else the name."""
        return self.aliases[0] if self.aliases else self.name


class UnitTable:
    r"""A closed list of units, read from a file in pint's definition language.

    Examples
    --------
    >>> table = UnitTable("CNY = [currency_CNY] = 元\nCNY_100M = 100000000 * CNY = 亿元")
    >>> table.unit("亿元").name, table.factor("CNY_100M", "CNY")
    ('CNY_100M', Fraction(100000000, 1))
    """

    def __init__(self, text: str, *, base: UnitTable | None = None) -> None:
        # The pint registry of these units, once units.py has made it: never the shared one.
        self.registry: Any = None
        # What units.py found out about pairs of units: the steps of their conversion.
        self.steps: dict[tuple[str, str], tuple[Decimal | None, Decimal | None]] = {}
        self._units: dict[str, Unit] = {}
        self._lines: list[str] = []
        self._named: dict[str, Unit] = {}
        self._tokens: dict[str, str] = {}
        for line in (*(base.definitions if base else ()), *text.splitlines()):
            self._define(line.split("#", 1)[0].strip())
        self._factors: dict[tuple[str, str], Fraction] = {}

    def __iter__(self) -> Iterator[Unit]:
        return iter(self._units.values())

    def __len__(self) -> int:
        return len(self._units)

    def __contains__(self, token: object) -> bool:
        return token in self._units

    @property
    def definitions(self) -> tuple[str, ...]:
        """The definition lines, in order, for a pint registry."""
        return tuple(self._lines)

    def unit(self, text: str) -> Unit:
        """The unit `text` names: a token, an alias, or up to six of them joined by ``*`` and ``/``.

        Raises
        ------
        FigureError
            If `text` is not such an expression; names the position and near tokens.
        """
        return self._named.get(text) or self._expression(text)

    def factor(self, source: str, target: str) -> Fraction | None:
        """What a value in `source` is multiplied by to be in `target`; None across dimensions."""
        try:
            return self._factors[source, target]
        except KeyError:
            pass
        left, right = self.unit(source), self.unit(target)
        if left.dimension != right.dimension:
            return None
        factor = left.factor / right.factor
        if left.name in self._units and right.name in self._units:  # bounded by the closed list
            self._factors[source, target] = factor
        return factor

    def fits(self, source: str, target: str) -> bool:
        """Whether the two measure the same, so that one converts into the other."""
        return self.unit(source).dimension == self.unit(target).dimension

    def token(self, name: str) -> str:
        r"""The token of a unit, as records hold it; one that is not bundled knows its table.

        Examples
        --------
        >>> ours = UnitTable("robot = [robots]\nrobot_1K = 1000 * robot", base=bundled_units())
        >>> ours.token("robot_1K"), type(ours.token("robot_1K")).__name__, ours.token("元")
        ('robot_1K', 'OwnUnit', 'CNY')

        Raises
        ------
        FigureError
            If no unit bears the name.
        """
        found = self._tokens.get(name)
        if found is not None:
            return found
        unit = self._named.get(name)
        if unit is None:
            raise self._unknown(name, name, 0)
        shared = bundled_units()
        is_shared = self is shared or shared.of_name(unit.name) == unit
        return self._tokens.setdefault(name, unit.name if is_shared else OwnUnit(unit.name, self))

    def of_name(self, token: str) -> Unit | None:
        """The unit of this very token, if there is one."""
        return self._units.get(token)

    def includes(self, other: UnitTable) -> bool:
        """Whether every unit of `other` is one here, with the same meaning."""
        return all(self._units.get(unit.name) == unit for unit in other)

    def with_(self, text: str) -> UnitTable:
        r"""A new table with the definitions of `text` besides these; this one stays as it is.

        Raises
        ------
        FigureError
            If a line is no definition; names the line.
        ConflictError
            If a name is taken.
        """
        made = UnitTable(text, base=self)
        return self if len(made) == len(self) else made

    def __reduce__(self) -> tuple[Any, ...]:
        """In another process it is the table of the same definitions there."""
        return _table_again, (self.definitions,)

    def nearest(self, text: str) -> tuple[str, ...]:
        """Tokens and aliases spelled like `text`, best first, at most three."""
        return tuple(nearest(text[:50], self._named, 3))

    def _define(self, line: str) -> None:
        if not line:
            return
        name, equals, rest = (part.strip() for part in line.partition("="))
        parts = [part.strip() for part in rest.split("=")]
        aliases = tuple(alias for alias in parts[1:] if alias != "_")
        if not equals or name[:1] == "%" or not all(map(_is_name, (name, *aliases))):
            raise FigureError(text=line, position=0, expected="token = definition [= symbol …]")
        if max(map(len, (name, *aliases))) > _LONGEST_NAME:
            expected = f"names of at most {_LONGEST_NAME} characters"
            raise FigureError(text=line, position=0, expected=expected)
        if re.fullmatch(_DIMENSION, parts[0]):
            unit = Unit(name, Fraction(1), ((parts[0][1:-1], 1),), aliases)
        else:
            made = self._expression(parts[0])
            unit = Unit(name, made.factor, made.dimension, aliases)
        self._add(unit, line)

    def _add(self, unit: Unit, line: str) -> None:
        if self._units.get(unit.name) == unit:  # the same definition twice is one definition
            return
        for each in (unit.name, *unit.aliases):
            if each in self._named:
                raise ConflictError(
                    what=f"unit {each!r}",
                    ours=f"already names {self._named[each].name}",
                    theirs=line,
                    hint="choose another token",
                )
        self._units[unit.name] = unit
        self._named.update(dict.fromkeys((unit.name, *unit.aliases), unit))
        self._lines.append(line)

    def _expression(self, text: str) -> Unit:
        factor, powers = Fraction(1), dict[str, int]()
        for operator, part, position in _steps(text):
            if re.fullmatch(_NUMBER, part):
                number = _nonzero(text, part, position)
                factor *= number if operator == "*" else 1 / number
                continue
            unit = self._named.get(part)
            if unit is None:
                raise self._unknown(text, part, position)
            sign = 1 if operator == "*" else -1
            factor *= unit.factor**sign
            for dimension, power in unit.dimension:
                powers[dimension] = powers.get(dimension, 0) + sign * power
        kept = tuple(sorted((name, power) for name, power in powers.items() if power))
        return Unit(text.strip(), factor, kept)

    def _unknown(self, text: str, part: str, position: int) -> FigureError:
        near = self.nearest(part)
        hint = f" (did you mean {', '.join(near)}?)" if near else ""
        return FigureError(text=text, position=position, expected=f"a unit of units.txt{hint}")


_LOCK = RLock()
_F = TypeVar("_F", bound=Callable[..., Any])


def _one_at_a_time(function: _F) -> _F:
    """The cached function under a lock, so that threads that ask first at once get one object."""

    @wraps(function)
    def locked(*arguments: Any) -> Any:
        with _LOCK:
            return function(*arguments)

    return cast("_F", locked)


def _is_name(text: str) -> bool:
    """Whether it may name a unit: Latin letters, Chinese characters, digits behind them, ``%``."""
    word = text.replace("%", "_", 1) if text.startswith("%") else text
    return word.isidentifier() and _common(word) == word


def _common(word: str) -> str:
    """A word up to its first letter that is neither Latin nor Chinese.

    No regular expression does it: one with all Chinese characters takes 15 ms to compile.
    """
    if word.isascii():
        return word
    strange = (at for at, each in enumerate(word) if each > "\x7f" and not "一" <= each <= "鿿")
    return word[: next(strange, len(word))]


class OwnUnit(str):
    """The token of a unit that is not bundled: text that knows the table it is defined in.

    So a value in a user's unit converts wherever it goes, and no table of the process changes.
    """

    __slots__ = ("table",)
    table: UnitTable

    def __new__(cls, token: str, table: UnitTable) -> Self:
        """The token of `table`."""
        made = super().__new__(cls, token)
        made.table = table
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (str(self), self.table.definitions)

    def __deepcopy__(self, memo: object) -> OwnUnit:
        return self


def table_of(*units: str) -> UnitTable:
    """The table in which all of `units` are defined: the bundled one, but for a user's own units.

    Raises
    ------
    ConflictError
        If two tables give one name two meanings.
    """
    own = [unit.table for unit in units if isinstance(unit, OwnUnit)]
    return reduce(_joined, own) if own else bundled_units()


def _joined(one: UnitTable, other: UnitTable) -> UnitTable:
    if one is other or one.includes(other):
        return one
    if other.includes(one):
        return other
    return _table((*one.definitions, *other.definitions))


def _restored(token: str, definitions: tuple[str, ...]) -> OwnUnit:
    return OwnUnit(token, _table(definitions))


def _table_again(definitions: tuple[str, ...]) -> UnitTable:
    bundled = bundled_units()
    return bundled if definitions == bundled.definitions else _table(definitions)


@_one_at_a_time
@lru_cache(maxsize=64)
def _table(definitions: tuple[str, ...]) -> UnitTable:
    """One table for the same definitions, so that their quantities share a registry."""
    return UnitTable("\n".join(definitions))


def _steps(text: str) -> Iterator[tuple[str, str, int]]:
    """The operators and operands of `text`, left to right, with their positions."""
    position, steps = 0, 0
    step = re.compile(_STEP)  # kept by the module
    if len(text) > _MOST_CHARACTERS:
        raise FigureError(
            text=text, position=_MOST_CHARACTERS, expected=f"at most {_MOST_CHARACTERS} characters"
        )
    while position < len(text) or not steps:
        found = step.match(text, position)
        part = _common(found[2]) if found else ""
        if not found or not part or bool(found[1]) is not bool(steps):
            expected = "* or / and a unit" if steps else "a unit"
            raise FigureError(text=text, position=position, expected=expected)
        if steps == _MOST_STEPS:
            raise FigureError(
                text=text, position=position, expected=f"at most {_MOST_STEPS} factors"
            )
        yield found[1] or "*", part, found.start(2)
        whole = len(part) == len(found[2])
        position, steps = found.end() if whole else found.start(2) + len(part), steps + 1


def _nonzero(text: str, part: str, position: int) -> Fraction:
    value = Fraction(part)
    if not value:
        raise FigureError(text=text, position=position, expected="a number other than zero")
    return value


@cache
def bundled_units() -> UnitTable:
    """The units that ship with the package."""
    return _read_bundled()


@_one_at_a_time
@cache
def _read_bundled() -> UnitTable:
    text, table = bundled_text(bundled_data() / _FILE, _FILE), UnitTable("")
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            table._define(line.split("#", 1)[0].strip())  # noqa: SLF001 - not handed out yet
        except (FigureError, ConflictError) as error:
            fault = DataError(file=_FILE, line=number, problem=str(error))
            raise DataErrors.gathered("bundled data", [fault]) from error
    return table
