"""The values that a figure can have, by its form and the least and greatest level of its indicator."""

from decimal import Decimal

from ..codelists import Form
from ..units.quantity import convert
from .reference import Indicator

__all__ = ["impossible"]

_GROWTH = {Form.ANNUAL_GROWTH, Form.AVERAGE_GROWTH}
_NEVER_NEGATIVE = {Form.CUMULATIVE, Form.MULTIPLE}


def impossible(indicator: Indicator, form: Form, value: Decimal, unit: str) -> str:
    """Return what is expected instead of a value that no outcome can have; empty if it is possible.

    Where no level is below zero, no sum or multiple is, and growth is at least -100%.
    """
    if form is Form.RANK:
        is_rank = value >= 1 and value == value.to_integral_value()
        return "" if is_rank else "expected a rank: a whole number from 1"
    if form is Form.LEVEL:
        return _outside(indicator, convert(value, unit, indicator.unit))
    if indicator.minimum is None or indicator.minimum < 0:
        return ""
    if form in _GROWTH and convert(value, unit, indicator.unit_in(form)) < -100:
        return f"expected growth of at least -100% of {indicator.code}"
    if form in _NEVER_NEGATIVE and value < 0:
        return f"expected at least 0 for {indicator.code}"
    return ""


def _outside(indicator: Indicator, level: Decimal) -> str:
    for bound, is_outside, words in (
        (indicator.minimum, Decimal.__lt__, "at least"),
        (indicator.maximum, Decimal.__gt__, "at most"),
    ):
        if bound is not None and is_outside(level, bound):
            return f"expected {words} {bound} {indicator.unit} for {indicator.code}"
    return ""
