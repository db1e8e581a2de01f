"""The columns of a caller's frame, checked and made plain before anything is computed.

A column has the type of its values in one engine and another in the next: a year is a float where
integers have no nulls, a code is a number where a spreadsheet was read, a column without values has
no type at all. Expressions see years as numbers or null, codes as text, and no column without values.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from ..codelists import Comparator
from ..dataset.tables import IndicatorTable, RegionTable
from ..errors import FigureError, MissingError, brief, expect, nearest
from ..units.decimals import MOST_DIGITS
from .engines import Opened, lists_of, numeric, nw

WHOLE = 1.5 * 2.0**52  # a float of this size has no digits after the point
# Numbers have at most 30 digits before and after the point, as in records.
LARGEST, LEAST = 10.0**MOST_DIGITS, 0.1**MOST_DIGITS


def prepared(
    work: Opened,
    noun: str,
    columns: Mapping[str, str],
    *,
    plain: Iterable[str] = (),
) -> Opened:
    """Return the frame with years as numbers or null, codes as text, and types for empty columns.

    Parameters
    ----------
    columns
        What each column holds: ``"number"``, ``"float"`` for a number to join by, ``"year"``,
        ``"text"``, ``"flag"`` or ``"day"``. Columns that the frame does not have are skipped.
    plain
        The columns of text that may not stay categorical.

    Raises
    ------
    FigureError
        If a column holds something else.
    """
    kinds, changed = dict(work.kinds), {}
    for name, wanted in columns.items():
        if name in kinds:
            column, kinds[name] = _plain(work, name, wanted, noun, to_text=name in plain)
            if column is not None:
                changed[name] = column
    frame = work.frame.with_columns(**changed) if changed else work.frame
    return work._replace(frame=frame, kinds=kinds)


def names_of_columns(parameter: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the names of one column or of several, each once.

    Raises
    ------
    ArgumentTypeError
        If they are something else; names the parameter.
    """
    expect(parameter, names, "__iter__", "names of columns")
    columns = (names,) if isinstance(names, str) else tuple(names)
    for column in columns:
        expect(parameter, column, "casefold", "names of columns")
    return tuple(dict.fromkeys(columns))


def flag(work: Opened, name: str) -> Any:
    """Return whether a column of booleans, or of 0 and 1, is true; False where it is null."""
    column, kind, lit = work.ops.col(name), work.kinds[name], work.ops.lit
    is_true = column == 1 if kind.is_numeric() else column == lit(True)
    return work.ops.when(is_true).then(lit(True)).otherwise(lit(False))


def called(regions: RegionTable[Any], text: str) -> tuple[str, ...]:
    """Return a text and all others that mean the same region; the text alone if it means none."""
    codes = regions.codes(text)
    if len(codes) != 1:
        return (text,)
    region = regions.by_key(codes[0])
    names = dict.fromkeys((region.key, *region.names))
    return text, *(name for name in names if name != text and regions.codes(name) == codes)


def check_names(
    noun: str,
    table: RegionTable[Any] | IndicatorTable[Any],
    texts: Iterable[str | None],
    targets: Collection[str],
    *,
    drops: bool,
) -> None:
    """Raise an error for the first text, by name, that may mean what a target is for but is not it.

    If its rows are dropped, a text that means nothing is an error, too, and so is a null.

    Parameters
    ----------
    noun, table
        ``"region"`` or ``"indicator"``, and the records with their names.
    texts
        The regions or indicators of the observations.
    targets
        Those of the targets.

    Raises
    ------
    MissingError
        Names what the text can mean.
    """
    given = {*texts}
    if drops and None in given:
        hint = 'fill it or drop these rows; rows="all" keeps them'
        raise MissingError(asked=f"{noun} in some rows of the observations", hint=hint)
    # Engines give the different values of a column in any order.
    unmatched = sorted({text for text in given if text is not None} - {*targets})
    known = [name for name in targets if unmatched and table.codes(name)]
    for text in unmatched:
        codes = table.codes(text)
        meant = [code for code in codes if code in targets]
        if not codes:  # neither a code nor a name
            meant = nearest(text, known, 3, cutoff=0.8)
        if meant or (drops and not codes):
            asked = f"target of the {noun} {brief(text)}"
            codes_of = f"plans.code_{noun}s(names).codes are the codes of a column"
            hint = (
                f"write the code of the {noun}; {codes_of}"
                if meant
                else 'rows="all" keeps unknown ones'
            )
            raise MissingError(asked=asked, nearest=meant, hint=hint)


def check_codes(work: Opened, name: str, codes: Collection[str], rows: str) -> None:
    """Raise an error for the first text of a column that is none of some codes; null is none.

    Raises
    ------
    MissingError
        Names the column and the nearest codes.
    """
    for text in values_in(work, name) if name in work.kinds else ():
        # "nan" is a null of old versions of pandas
        if text is not None and str(text) not in {*codes, "nan"}:
            raise no_code(text, sorted(codes), name, rows)


def values_in(work: Opened, name: str) -> list[Any]:
    """Return the different values of a column."""
    return lists_of(work.frame.select(name).unique(), [name])[name]


def is_untyped(kind: Any) -> bool:
    """Return whether a column has no type, because it has no values."""
    return str(kind) in {"Null", "Unknown"}


def no_code(text: Any, codes: Iterable[str], noun: str, rows: str) -> MissingError:
    """Return the error for a text that is none of some codes, with those that there are."""
    near = nearest(str(text)[:60], codes, 3)
    hint = "" if near else f"expected one of {', '.join(codes)}"
    return MissingError(asked=f"{noun} {brief(text)} among the {rows}", nearest=near, hint=hint)


def raise_for_range(comparator: Any, value: Any, high: Any = None) -> None:
    """Raise the error of an observed comparator that is none, or of a wrong range.

    Raises
    ------
    MissingError
        If there is no such comparator.
    FigureError
        If the upper end is missing, not above the value, or not expected.
    """
    codes = [str(code) for code in Comparator]
    if str(comparator) not in codes and comparator is not None:
        raise no_code(comparator, codes, "comparator", "observations")
    is_range = str(comparator) == "between"
    expected = f"a value_high above {value}" if is_range else "a value_high for between only"
    raise FigureError(text=f"{high}", position=0, expected=f"{expected} in the observations")


def _fits(work: Opened, name: str, wanted: str) -> bool:
    kind, ops = work.kinds[name], work.ops
    if kind == ops.Object:
        return _KINDS[wanted].are(work.frame[name].to_list())
    return bool(_KINDS[wanted].fits(kind, ops) or (name == "region" and kind.is_integer()))


def _is_text(kind: Any, ops: Any) -> bool:
    return kind in (ops.String, ops.Categorical, ops.Enum)


def _of(*types: type) -> Callable[[list[Any]], bool]:
    """Return whether objects are of some types, or missing."""
    return lambda cells: all(
        isinstance(cell, types) or cell is None or str(cell) in {"nan", "NaT", "<NA>"}
        for cell in cells
    )


def _are_numbers(cells: list[Any]) -> bool:
    return _of(int, float, Decimal)(cells) and not any(isinstance(cell, bool) for cell in cells)


class _Kind(NamedTuple):
    """What a column holds."""

    expected: str  # in messages
    type: str  # of a column without values
    fits: Callable[[Any, Any], bool]  # whether a type of the engine does
    are: Callable[[list[Any]], bool]  # whether the cells of a column of objects do


_NUMBER = _Kind("numbers", "Float64", lambda kind, _: kind.is_numeric(), _are_numbers)
_KINDS = {
    "number": _NUMBER,
    "float": _NUMBER,
    "year": _NUMBER._replace(expected="years as whole numbers"),
    "text": _Kind("text", "String", _is_text, _of(str)),
    "flag": _Kind(
        "True or False",
        "Boolean",
        lambda kind, ops: kind == ops.Boolean or kind.is_numeric(),
        _of(bool),
    ),
    "day": _Kind(
        "dates", "Datetime", lambda kind, ops: kind in (ops.Date, ops.Datetime), _of(date)
    ),
}


def is_empty(work: Opened, name: str) -> bool:
    """Return whether a column of another type has no value; reads one cell of a lazy frame."""
    filled = work.frame.filter(~_is_missing(work, name)).select(name).head(1)
    return not lists_of(filled, [name])[name]


def _is_missing(work: Opened, name: str) -> Any:
    """Return an expression that is true for null, and for NaN in a column of floats."""
    column = work.ops.col(name)
    return column.is_null() | column.is_nan() if work.kinds[name].is_float() else column.is_null()


def _plain(work: Opened, name: str, wanted: str, noun: str, *, to_text: bool) -> tuple[Any, Any]:
    """Return a column as expressions need it, or None if it is so already, and its type."""
    ops, kind = work.ops, work.kinds[name]
    if not _fits(work, name, wanted):
        if not is_empty(work, name):
            expected = f"{_KINDS[wanted].expected} in the {noun}"
            text = f"column {name!r} of type {kind}"
            if _is_text(kind, ops) and wanted in {"number", "float", "year"}:
                expected += ", no text: convert the column"
            if kind.is_float() and wanted == "text":
                expected += ": 440000.0 is no code, convert the column to whole numbers"
            raise FigureError(text=text, position=0, expected=expected)
        kind = getattr(ops, _KINDS[wanted].type)()
        return ops.lit(None, dtype=kind), kind
    if wanted == "flag" and kind.is_numeric():
        _check_flags(work, name, noun)
    if wanted == "year" and not kind.is_signed_integer():
        return _whole(work, name), ops.Float64()
    if wanted == "day" and kind == ops.Object:  # dates of Python
        return ops.col(name).cast(ops.Datetime()), ops.Datetime()
    if wanted == "float" and kind != ops.Float64:
        return numeric(work, name, noun), ops.Float64()
    is_plain = wanted != "text" or kind == ops.String
    if is_plain or not (kind.is_numeric() or to_text or _is_other_category(work, name)):
        return None, kind
    return ops.col(name).cast(ops.String()), ops.String()


def _check_flags(work: Opened, name: str, noun: str) -> None:
    """Raise an error for a number that is neither 0 nor 1."""
    column = work.ops.col(name)
    is_other = (column != 0) & (column != 1) & ~_is_missing(work, name)
    others = lists_of(work.frame.filter(is_other).select(name).head(1), [name])
    for number in others[name]:
        text = f"{name} {number}"
        raise FigureError(
            text=text, position=0, expected=f"{_KINDS['flag'].expected} in the {noun}"
        )


def _is_other_category(work: Opened, name: str) -> bool:
    """Return whether categories are not text, or of an engine that does not join them with text."""
    if work.ops is not nw or work.kinds[name] != nw.Categorical:
        return False
    if not isinstance(work.frame, nw.DataFrame):
        return True
    categories = getattr(work.frame.to_native()[name].dtype, "categories", None)
    return categories is None or not all(isinstance(text, str) for text in categories)


def _whole(work: Opened, name: str) -> Any:
    """Return a column of years as floats, with nulls for NaN, infinity and fractions."""
    year = numeric(work, name, "years")
    is_whole = year.is_finite() & (year + WHOLE - WHOLE == year)
    return work.ops.when(is_whole).then(year)
