"""The unit table: a closed list of tokens with exact factors, read without pint.

pint's own parser never reads text from outside: it reads ``3.2~3.5 percent`` as 11.2 and hangs
on ``10**10**10``. This parser has a small grammar and limits on size, and raises FigureError for
anything else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache, reduce, wraps
from threading import RLock
from typing import TYPE_CHECKING, Any, NamedTuple, ParamSpec, Self, TypeVar

from ..errors import (
    ConflictError,
    DataError,
    DataErrors,
    FigureError,
    MissingAttributeError,
    brief,
    expect,
    instead_of,
    nearest,
)
from ..resources import bundled_data, bundled_text

P = ParamSpec("P")
T = TypeVar("T")

# Compiled when the first unit is read; a word may contain any letter, since it is looked up.
_DIMENSION = r"\[[a-z][A-Za-z0-9_]*\]"
_NUMBER = r"[0-9]{1,15}(?:\.[0-9]{1,15})?"
_STEP = rf"\s*([*/])?\s*((?:%|[^\W\d])\w*|{_NUMBER})\s*"
_MOST_STEPS = 6
_LONGEST_NAME = 60
_FILE = "units.txt"
# Base units of these dimensions measure; all other base units count things.
_MEASURED = (
    "currency_", "research_effort", "share_difference", "annual_growth", "multiple", "index_",
)  # fmt: skip
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

    @property
    def counts(self) -> bool:
        """True if it counts single things or ranks: enterprises, items; not money, not a ratio."""
        if self.factor != 1 or len(self.dimension) != 1:
            return False
        name, power = self.dimension[0]
        return power == 1 and not name.startswith(_MEASURED)


class UnitTable:
    r"""A closed list of units, read from a file in pint's definition language.

    Examples
    --------
    >>> table = UnitTable("CNY = [currency_CNY] = 元\nCNY_100M = 100000000 * CNY = 亿元")
    >>> table.unit("亿元").name, table.factor("CNY_100M", "CNY")
    ('CNY_100M', Fraction(100000000, 1))
    """

    def __init__(self, text: str, *, base: UnitTable | None = None) -> None:
        expect("text", text, "casefold", "the definitions of units as text")
        # The private pint registry of these units, set by registry.py.
        self.registry: Any = None
        # A cache of quantity.py: the multiplier and divisor of a conversion.
        self.steps: dict[tuple[str, str], tuple[Decimal | None, Decimal | None]] = {}
        self._units: dict[str, Unit] = {}
        self._lines: list[str] = []
        self._named: dict[str, Unit] = {}
        self._tokens: dict[str, str] = {}
        for line in (*(base.definitions if base else ()), *text.splitlines()):
            self._define(line.split("#", 1)[0].strip())

    def __repr__(self) -> str:
        first = ", ".join(list(self._units)[:5])
        return f"<UnitTable of {len(self)} units: {first}, …; each has a name and aliases>"

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Raise an error that names what to write instead."""
            near = instead_of(name, "units")
            hint = "" if near else "plans.units['亿元'] is a unit, list(plans.units) has all"
            raise MissingAttributeError(owner="UnitTable", name=name, nearest=near, hint=hint)

    def __iter__(self) -> Iterator[Unit]:
        return iter(self._units.values())

    def __len__(self) -> int:
        return len(self._units)

    def __getitem__(self, text: str) -> Unit:
        return self.unit(text)

    def __contains__(self, unit: object) -> bool:
        """Return whether this is a unit of the table, or any name of one."""
        if isinstance(unit, str):
            return self.name_of(unit) is not None
        return unit in self._units.values()

    @property
    def definitions(self) -> tuple[str, ...]:
        """The definition lines, in order."""
        return tuple(self._lines)

    def unit(self, text: str) -> Unit:
        """Return the unit of a text: a token, an alias, or up to six of them joined by ``*`` and ``/``.

        The words of a bundled unit are read as well, with a magnitude: ``billion yuan``.

        Raises
        ------
        FigureError
            If `text` is not such an expression; names the position and the nearest tokens.
        """
        expect_unit(text)
        return self._named.get(text) or self._of_words(text) or self._expression(text)

    def _of_words(self, text: str) -> Unit | None:
        number, token = self.counted_in(text)
        unit = self._units.get(token)
        if unit is None or number == 1:
            return unit
        return Unit(text.strip(), unit.factor * Fraction(number), unit.dimension)

    def counted_in(self, text: str) -> tuple[Decimal, str]:
        """Return how many of which token a unit in words is; one of `text` if it is not in words.

        Examples
        --------
        >>> bundled_units().counted_in("million patents"), bundled_units().counted_in("亿元")
        ((Decimal('1000000'), 'patent'), (Decimal('1'), '亿元'))
        """
        expect_unit(text)
        if text in self._named or len(text) > _MOST_CHARACTERS:
            return Decimal(1), text
        from .words import counted_in  # only for units in words; loading needs none

        words = counted_in(text)
        return words if words and words[1] in self._units else (Decimal(1), text)

    def factor(self, source: str, target: str) -> Fraction | None:
        """Return the factor from `source` to `target`; None if the dimensions differ."""
        left, right = self.unit(source), self.unit(target)
        return left.factor / right.factor if left.dimension == right.dimension else None

    def fits(self, source: str, target: str) -> bool:
        """Return True if the two have the same dimension, so that they convert."""
        return self.unit(source).dimension == self.unit(target).dimension

    def token(self, name: str) -> str:
        r"""Return the token of a unit, as in records; the token of a unit of yours has its table.

        Examples
        --------
        >>> ours = UnitTable("robot = [robots]\nrobot_1K = 1000 * robot", base=bundled_units())
        >>> ours.token("robot_1K"), type(ours.token("robot_1K")).__name__, ours.token("元")
        ('robot_1K', 'OwnUnit', 'CNY')

        Raises
        ------
        FigureError
            If no unit has the name.
        """
        expect_unit(name)
        token = self._tokens.get(name)
        if token is not None:
            return token
        unit = self._named.get(name)
        if unit is None:
            raise self._unknown(name, name, 0)
        shared = bundled_units()
        is_shared = self is shared or shared.of_name(unit.name) == unit
        return self._tokens.setdefault(name, unit.name if is_shared else OwnUnit(unit.name, self))

    def name_of(self, text: str) -> str | None:
        """Return the token of a unit by any of its names or in words; None if it has none.

        Examples
        --------
        >>> bundled_units().name_of("元"), bundled_units().name_of("billion yuan")
        ('CNY', 'CNY_1B')
        """
        number, token = self.counted_in(text)
        unit = self._named.get(token) if number == 1 else None
        return None if unit is None else unit.name

    def of_name(self, token: str) -> Unit | None:
        """Return the unit of exactly this token, or None."""
        expect_unit(token)
        return self._units.get(token)

    def includes(self, other: UnitTable) -> bool:
        """Return True if this table has every unit of `other`, with the same meaning."""
        expect("other", other, "definitions", "a unit table")
        return all(self._units.get(unit.name) == unit for unit in other)

    def with_(self, text: str) -> UnitTable:
        r"""Return a new table with these definitions and those of `text`.

        Raises
        ------
        FigureError
            If a line is not a definition; names the line.
        ConflictError
            If a name is taken.
        """
        expect("text", text, "casefold", "lines of definitions")
        extended = UnitTable(text, base=self)
        return self if len(extended) == len(self) else extended

    def __reduce__(self) -> tuple[Any, ...]:
        """Unpickle as the table of the same definitions in the other process."""
        return _unpickled_table, (self.definitions,)

    def nearest(self, text: str) -> tuple[str, ...]:
        """Return at most three tokens and aliases: the one that `text` means, then those spelled so."""
        from .words import read_words  # only after a mistake

        text = brief(text).strip("'")
        meant = read_words().get(text.casefold())
        spelled = nearest(text[:50], self._named, 3)
        first = [meant] if meant is not None and meant in self._units else []
        return tuple(dict.fromkeys([*first, *spelled]))[:3]

    def _define(self, line: str) -> None:
        if not line:
            return
        name, equals, rest = (part.strip() for part in line.partition("="))
        parts = [part.strip() for part in rest.split("=")]
        aliases = tuple(alias for alias in parts[1:] if alias != "_")
        wrong = [word for word in (name, *aliases) if not _is_name(word)]
        if parts[0] and wrong and wrong[0]:
            at = next(at for at in range(len(wrong[0])) if not _is_name(wrong[0][: at + 1]))
            expected = f"a name of Latin or Chinese letters and digits, found {wrong[0][at]!r}"
            raise FigureError(text=line, position=line.index(wrong[0]) + at, expected=expected)
        if wrong or not equals or name[:1] == "%":
            raise FigureError(text=line, position=0, expected="token = definition [= symbol …]")
        if max(map(len, (name, *aliases))) > _LONGEST_NAME:
            expected = f"names of at most {_LONGEST_NAME} characters"
            raise FigureError(text=line, position=0, expected=expected)
        if re.fullmatch(_DIMENSION, parts[0]):
            unit = Unit(name, Fraction(1), ((parts[0][1:-1], 1),), aliases)
        else:
            definition = self._expression(parts[0])
            unit = Unit(name, definition.factor, definition.dimension, aliases)
        self._add(unit, line)

    def _add(self, unit: Unit, line: str) -> None:
        if self._units.get(unit.name) == unit:  # the same definition twice is one definition
            return
        for name in (unit.name, *unit.aliases):
            if name in self._named:
                raise ConflictError(
                    what=f"unit {name!r}",
                    ours=f"it is a name of {self._named[name].name} already",
                    theirs=f"{line!r} defines it again",
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
        return FigureError(text=text, position=position, expected=expected_unit(self, part))


def expected_unit(table: UnitTable, text: str) -> str:
    """Return what an error says is expected instead of a text that is no unit."""
    near = table.nearest(text)
    hint = f" (did you mean {', '.join(near)}?)" if near else ""
    return f"a unit that plans.units lists{hint}"


def names_own_units(parameter: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Make a function say which keyword has a user's own units, in the error for an unknown unit."""

    def decorated(function: Callable[P, T]) -> Callable[P, T]:
        @wraps(function)
        def run(*args: P.args, **options: P.kwargs) -> T:
            try:
                return function(*args, **options)
            except FigureError as error:
                if options.get(parameter) is not None or "plans.units" not in error.expected:
                    raise
                value = "plans.units" if parameter == "table" else parameter
                expected = f"{error.expected}; for a unit of your own, pass {parameter}={value}"
                raise FigureError(
                    text=error.text, position=error.position, expected=expected
                ) from None

        return run

    return decorated


def expect_unit(unit: object) -> None:
    """Raise a FigureError if a unit is not text, such as a unit of a table."""
    if isinstance(unit, Unit):
        expected = (
            f"the name {unit.name!r}; plans.units.token({unit.name!r}) if it is your own unit"
        )
        raise FigureError(text=f"Unit {unit.name}", position=0, expected=expected)
    if not isinstance(unit, str):
        raise FigureError(text=brief(unit), position=0, expected="a unit")


# Pairs of dimensions that a function converts, not a factor.
_CONVERTED = {
    frozenset(
        {"", "[share_difference]"}
    ): "ratios.gap and ratios.shift convert between shares and points",
    frozenset({"", "[annual_growth]"}): (
        'growth.compound converts a rate to a multiple; a rate is quantity("5 percent_per_year")'
    ),
    frozenset(
        {"[annual_growth]", "[multiple]"}
    ): "growth.compound and growth.annual convert between the two",
}


def missing_factor(
    dimensions: Sequence[str], units: tuple[str, str], factor: str
) -> tuple[str, str]:
    """Return the unit of the factor that makes two units comparable, if there is one, and what to do."""
    if hint := _CONVERTED.get(frozenset(dimensions), ""):
        return "", hint
    if factor.startswith("1/"):  # of a share to what it may be a share of, or to a rank
        return "", f"{units[0]} and {units[1]} are different measures"
    return factor, f"multiply the right side by a quantity in {factor}"


_LOCK = RLock()  # so that all threads get the same cached table


def _is_name(text: str) -> bool:
    """Return True for a valid unit name: Latin or Chinese letters, then digits too; ``%`` first."""
    word = text.replace("%", "_", 1) if text.startswith("%") else text
    return word.isidentifier() and _common(word) == word


def _common(word: str) -> str:
    """Return a word up to its first letter that is neither Latin nor Chinese.

    This is not a regular expression: one with all Chinese characters takes 15 ms to compile.
    """
    if word.isascii():
        return word
    foreign = (
        at for at, letter in enumerate(word) if letter > "\x7f" and not "一" <= letter <= "鿿"
    )
    return word[: next(foreign, len(word))]


class OwnUnit(str):
    """The token of a unit that is not bundled: text with the table that defines it.

    So a value in a user's unit converts everywhere, without any setting for the process.
    """

    __slots__ = ("table",)
    table: UnitTable

    def __new__(cls, token: str, table: UnitTable) -> Self:
        """Return the token with its table."""
        unit = super().__new__(cls, token)
        unit.table = table
        return unit

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (str(self), self.table.definitions)

    def __deepcopy__(self, memo: object) -> OwnUnit:
        return self


def table_of(*units: str) -> UnitTable:
    """Return the table that defines all of `units`: the bundled one unless a unit is a user's own.

    Raises
    ------
    ConflictError
        If two tables define one name differently.
    """
    own = [unit.table for unit in units if isinstance(unit, OwnUnit)]
    return reduce(_joined, own) if own else bundled_units()


def _joined(left: UnitTable, right: UnitTable) -> UnitTable:
    if left is right or left.includes(right):
        return left
    if right.includes(left):
        return right
    return _table((*left.definitions, *right.definitions))


def _restored(token: str, definitions: tuple[str, ...]) -> OwnUnit:
    return OwnUnit(token, _table(definitions))


def _unpickled_table(definitions: tuple[str, ...]) -> UnitTable:
    bundled = bundled_units()
    return bundled if definitions == bundled.definitions else _table(definitions)


def _table(definitions: tuple[str, ...]) -> UnitTable:
    """Return the same table for the same definitions, so that their quantities share a registry."""
    with _LOCK:
        return _read_table(definitions)


@lru_cache(maxsize=64)
def _read_table(definitions: tuple[str, ...]) -> UnitTable:
    return UnitTable("\n".join(definitions))


def _steps(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield the operators and operands of `text`, left to right, with their positions."""
    position, steps = 0, 0
    step = re.compile(_STEP)  # cached by re
    if len(text) > _MOST_CHARACTERS:
        raise FigureError(
            text=text, position=_MOST_CHARACTERS, expected=f"at most {_MOST_CHARACTERS} characters"
        )
    while position < len(text) or not steps:
        match = step.match(text, position)
        part = _common(match[2]) if match else ""
        if not match or not part or bool(match[1]) is not bool(steps):
            expected = "* or / and a unit" if steps else "a unit"
            raise FigureError(text=text, position=position, expected=expected)
        if steps == _MOST_STEPS:
            raise FigureError(
                text=text, position=position, expected=f"at most {_MOST_STEPS} factors"
            )
        yield match[1] or "*", part, match.start(2)
        whole = len(part) == len(match[2])
        position, steps = match.end() if whole else match.start(2) + len(part), steps + 1


def _nonzero(text: str, part: str, position: int) -> Fraction:
    value = Fraction(part)
    if not value:
        raise FigureError(text=text, position=position, expected="a number other than zero")
    return value


@cache
def bundled_units() -> UnitTable:
    """Return the units that ship with the package."""
    with _LOCK:
        return _read_bundled()


@cache
def _read_bundled() -> UnitTable:
    text, table = bundled_text(bundled_data() / _FILE, _FILE), UnitTable("")
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            table._define(line.split("#", 1)[0].strip())  # noqa: SLF001 - not returned yet
        except (FigureError, ConflictError) as error:
            data_error = DataError(file=_FILE, line=number, problem=str(error))
            raise DataErrors.of("bundled data", [data_error]) from error
    return table
