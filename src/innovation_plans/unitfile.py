"""Floor 1: a unit file read into a closed list of tokens with exact factors, without pint.

pint's own parser is never given text from outside: it reads ``3.2~3.5 percent`` as 11.2 and
hangs on ``10**10**10``. What is read here is bounded, and everything outside the small grammar
is refused. Read next: ``registry.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from .bundled import bundled_data
from .errors import ConflictError, FigureError

__all__ = ["Unit", "UnitTable", "bundled_units"]

_TOKEN = r"[A-Za-z_%一-鿿][A-Za-z0-9_一-鿿]*"
_NAME = re.compile(_TOKEN)
_DIMENSION = re.compile(r"\[[a-z][A-Za-z0-9_]*\]")
_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,15})?")
_STEP = re.compile(rf"\s*([*/])?\s*({_TOKEN}|{_NUMBER.pattern})\s*")
_MOST_STEPS = 6
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
        self._units: dict[str, Unit] = {}
        self._lines: list[str] = []
        self._named: dict[str, Unit] = {}
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

    def nearest(self, text: str) -> tuple[str, ...]:
        """Tokens and aliases spelled like `text`, best first, at most three."""
        return tuple(get_close_matches(text[:50], self._named, n=3))

    def _define(self, line: str) -> None:
        if not line:
            return
        name, equals, rest = (part.strip() for part in line.partition("="))
        parts = [part.strip() for part in rest.split("=")]
        aliases = tuple(alias for alias in parts[1:] if alias != "_")
        if not equals or not all(_NAME.fullmatch(each) for each in (name, *aliases)):
            raise FigureError(text=line, position=0, expected="token = definition [= symbol …]")
        if _DIMENSION.fullmatch(parts[0]):
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
            if _NUMBER.fullmatch(part):
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


def _steps(text: str) -> Iterator[tuple[str, str, int]]:
    """The operators and operands of `text`, left to right, with their positions."""
    position, steps = 0, 0
    if len(text) > _MOST_CHARACTERS:
        raise FigureError(
            text=text, position=_MOST_CHARACTERS, expected=f"at most {_MOST_CHARACTERS} characters"
        )
    while position < len(text) or not steps:
        found = _STEP.match(text, position)
        if not found or bool(found[1]) is not bool(steps):
            expected = "* or / and a unit" if steps else "a unit"
            raise FigureError(text=text, position=position, expected=expected)
        if steps == _MOST_STEPS:
            raise FigureError(
                text=text, position=position, expected=f"at most {_MOST_STEPS} factors"
            )
        yield found[1] or "*", found[2], found.start(2)
        position, steps = found.end(), steps + 1


def _nonzero(text: str, part: str, position: int) -> Fraction:
    value = Fraction(part)
    if not value:
        raise FigureError(text=text, position=position, expected="a number other than zero")
    return value


@lru_cache(maxsize=1)
def bundled_units() -> UnitTable:
    """The units that ship with the package."""
    return UnitTable((bundled_data() / "units.txt").read_text(encoding="utf-8"))
