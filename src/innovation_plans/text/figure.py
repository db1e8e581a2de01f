"""A figure, and a figure in a passage."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, NamedTuple, Self, TypeVar

from ..codelists import Comparator, Form
from ..errors import FigureError, IncomparableError, unknown
from ..units.decimals import EXACT, Number, exact, plain
from ..units.table import table_of
from .messages import Message

CodeT = TypeVar("CodeT", bound=StrEnum)
MOST_PLACES = 64  # before or after the point


class _Fields(NamedTuple):
    form: Form
    comparator: Comparator
    value: Decimal
    value_high: Decimal | None = None
    unit: str | None = None


class Figure(_Fields):
    """A stated figure: form, comparator, number and unit.

    Codes may be text, and numbers what :func:`quantity` takes; values of other kinds are errors.

    Attributes
    ----------
    form : Form
        ``level``, ``average_growth``, ``rank``, …
    comparator : Comparator
        ``reach`` where the text bounds nothing.
    value : Decimal
        As printed; the lower end of a range.
    value_high : Decimal or None
        The upper end where the comparator is ``between``, else None.
    unit : str or None
        A token of ``units.txt``; a ratio of two tokens where no single one fits
        (``person / inhabitant_10K``); None for a number without a unit.

    Examples
    --------
    >>> Figure(Form.LEVEL, Comparator.AT_LEAST, Decimal(5000), None, "CNY_100M").converted("CNY_1T")
    Figure(form=<Form.LEVEL: 'level'>, comparator=<Comparator.AT_LEAST: 'at_least'>,
           value=Decimal('0.5'), value_high=None, unit='CNY_1T')
    """

    __slots__ = ()

    def __new__(
        cls,
        form: Form | str,
        comparator: Comparator | str,
        value: Number,
        value_high: Number | None = None,
        unit: str | None = None,
    ) -> Self:
        """Return a figure; raise an error for a code, a number or a unit that is none."""
        # The reader makes many figures, so what has the right type is not looked at again.
        if type(form) is not Form or type(comparator) is not Comparator:
            form = _member("form", Form, form)
            comparator = _member("comparator", Comparator, comparator)
        if type(value) is not Decimal:
            value = exact(value)
        if value_high is not None and type(value_high) is not Decimal:
            value_high = exact(value_high)
        if unit is not None:
            table_of(unit).unit(unit)
        return tuple.__new__(cls, (form, comparator, value, value_high, unit))

    @classmethod
    def _make(cls, fields: Iterable[Any]) -> Self:  # type: ignore[override]
        """Return a figure of fields in their order, checked; copies with other fields are made so."""
        return cls(*fields)

    def converted(self, unit: str) -> Figure:
        """Return the same figure in another unit, exactly.

        Parameters
        ----------
        unit : str
            A unit of ``units.txt`` that measures the same; a unit of your own as
            ``plans.units.token("robot")``.

        Raises
        ------
        IncomparableError
            If the units do not measure the same, or the figure has none.
        FigureError
            If `unit` is not a unit, or the result is no decimal of at most 64 digits.
        """
        if self.unit is None:
            raise IncomparableError(
                left="a number without a unit", right=unit, hint="give unit= to read_figure"
            )
        factor = table_of(self.unit, unit).factor(self.unit, unit)
        if factor is None:
            raise IncomparableError(left=self.unit, right=unit)
        high = None if self.value_high is None else times(self.value_high, factor)
        return self._replace(value=times(self.value, factor), value_high=high, unit=unit)


class Reading(NamedTuple):
    """A figure in a passage: ``passage[start:end] == text``."""

    figure: Figure
    start: int
    end: int
    text: str


class RefusedNumber(NamedTuple):
    """A number in a passage that is not read, with the reason: ``passage[start:end] == text``.

    The reason is a text in English; ``reason.text("zh")`` is the same in Chinese.
    """

    start: int
    end: int
    text: str
    reason: Message


def _member(noun: str, codes: type[CodeT], value: Any) -> CodeT:
    """Return the member of a code list that a value is."""
    if type(value) is codes:
        return value
    if value not in tuple(codes):
        raise unknown(noun, value, codes)
    return codes(value)


def times(value: Decimal, factor: Fraction | int) -> Decimal:
    """Return the exact product, without exponent; an error if it needs more than 64 digits."""
    if factor == 1:
        return value
    if not value.is_finite() or abs(value.adjusted()) > MOST_PLACES:
        raise FigureError(text=f"{value:.9g}", position=0, expected="a number of at most 64 digits")
    above, below = factor.numerator, factor.denominator
    product = EXACT.multiply(value, above)
    if below != 1:
        made = EXACT.divide(product, below)
        if EXACT.multiply(made, below) != product:
            raise FigureError(text=plain(value), position=0, expected="a value that divides evenly")
        product = made
    return Decimal(plain(product))
