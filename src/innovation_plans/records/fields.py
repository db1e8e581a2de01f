"""Kinds of field: references, numbers, years, short text.

A reference is a code in a file and the record of that code in Python. The codes are in the
validation context, so an unknown code is an error at its own column.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
)
from pydantic.functional_validators import AfterValidator
from pydantic_core import PydanticCustomError, core_schema

from ..codelists import Flag
from ..errors import FigureError, brief, is_whole, nearest
from ..text.messages import Message, keys, suggestion, unreadable
from ..units.decimals import MOST_DIGITS, exact
from ..units.table import table_of
from .base import Context, Record

LONGEST_NAME = 200
LONGEST_PROSE = 2000
LONGEST_TOKEN = 60

# For JSON Schema only: the validators below have better messages.
_DECIMAL = f"^[+-]?[0-9]{{1,{MOST_DIGITS}}}([.][0-9]{{1,{MOST_DIGITS}}})?$"
_PARTIAL_DATE = "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
_UNIT_NAME = r"^[A-Za-z_%\u4e00-\u9fff][A-Za-z0-9_\u4e00-\u9fff]*$"


def invalid(problem: str, *, kind: str = "value_error", column: str = "") -> PydanticCustomError:
    """Return the error of a field; pydantic adds words of its own to a ValueError."""
    # type checkers take a text of the source code only
    code: Any = kind
    return PydanticCustomError(code, "{problem}", {"problem": problem, "column": column})


def _exact(value: Any) -> Decimal:
    try:
        return exact(value)
    except FigureError as error:
        raise invalid(unreadable(error)) from error


class Reference:
    """Marks a field whose value is another record, written as that record's code."""

    def __init__(self, noun: str) -> None:
        self.noun = noun

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Replace a code by its record before validation; serialize the record as its code."""
        return core_schema.with_info_before_validator_function(
            self._resolve,
            handler(source),
            serialization=core_schema.plain_serializer_function_ser_schema(
                _code, return_schema=core_schema.any_schema()
            ),
        )

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the JSON Schema: a reference is a code."""
        return {"type": "string", "description": f"the code of {with_article(self.noun)}"}

    def _resolve(self, value: Any, info: core_schema.ValidationInfo) -> Any:
        context = info.context
        value = _text_of_code(value)
        if not isinstance(value, str):
            if isinstance(value, Record) or not isinstance(context, Context):
                return value
            raise self._unknown(value, context)  # a row refers by codes only
        if not isinstance(context, Context):
            raise PydanticCustomError(
                "no_codes",
                "expected {a_noun} record, found the code {code}: pass the record, or "
                "validate with context=plans.context",
                {"code": repr(value[:60]), "a_noun": with_article(self.noun)},
            )
        try:
            return context.of(self.noun)[value]
        except KeyError:
            raise self._unknown(value, context) from None

    def _unknown(self, value: Any, context: Context) -> PydanticCustomError:
        is_code = isinstance(value, str)
        if is_code and ((self.noun, value) in context.with_errors or self.noun in context.unread):
            return PydanticCustomError("reference_to_error", "refers to a row with an error")
        near = self._meant(value[:60], context) if is_code else ()
        problem = Message(
            "problem.unknown_code",
            one=_one(self.noun),
            found=repr(value[:60]) if is_code else brief(value),
            hint=suggestion([*map(repr, near)]),
        )
        return invalid(problem, kind="unknown_code")

    def _meant(self, name: str, context: Context) -> Sequence[str]:
        """Return the codes of the records that have this name, or else the nearest codes."""
        records = context.of(self.noun)
        same = [
            code
            for code, record in records.items()
            if name.casefold() in map(str.casefold, getattr(record, "names", ()))
        ]
        near = same[:2] or nearest(name, records, 2)
        if near or self.noun != "region":
            return near
        names = {each: code for code, record in records.items() for each in record.names}
        return list(dict.fromkeys(names[each] for each in nearest(name, names, 2)))


def with_article(noun: str) -> str:
    """Return a noun with its indefinite article.

    Examples
    --------
    >>> with_article("plan"), with_article("Observation")
    ('a plan', 'an Observation')
    """
    return f"{'an' if noun[0] in 'aeioAEIO' else 'a'} {noun}"


def named(noun: str) -> str:
    """Return what a kind of record is called; one of a user's own by its noun."""
    return Message(f"noun.{noun}") if noun in keys("noun") else noun


def _one(noun: str) -> str:
    return Message(f"one.{noun}") if noun in keys("one") else with_article(noun)


def _text_of_code(value: Any) -> Any:
    """Return a code of digits that a data frame or a spreadsheet has as a number, as text."""
    return str(value) if is_whole(value) else value


def _code(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_code(item) for item in value)
    return value.key if isinstance(value, Record) else value


def _year(value: Any) -> Any:
    if isinstance(value, str):
        if not re.fullmatch("[0-9]{4}", value):
            is_decimal = re.fullmatch("[0-9]{4}[.]0+", value)  # pandas: a column with empty cells
            name = "problem.year_decimal" if is_decimal else "problem.year_digits"
            raise invalid(Message(name, found=repr(value[:40])))
        return int(value)
    if isinstance(value, bool | float):
        raise invalid(Message("problem.year", found=brief(value)))
    return value


def _place(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch("[1-9][0-9]?", value):
        raise invalid(Message("problem.ordinal", found=repr(value[:40])))
    return int(value) if isinstance(value, str) else value


def _clean(value: str) -> str:
    """Return the text, or raise an error for control characters: they make two texts look alike."""
    if not value.isprintable():
        position = next(at for at, letter in enumerate(value) if not letter.isprintable())
        place = {"character": ascii(value[position]), "position": position}
        raise invalid(Message("problem.unprintable", **place))
    if value[:1].isspace() or value[-1:].isspace():
        raise invalid(Message("problem.outer_blanks"))
    return value


def _day_text(value: Any) -> Any:
    """Return a date, or a year that a spreadsheet has as a number, as text; a time of day is no date."""
    if isinstance(value, datetime):  # also the timestamp of pandas
        return value.date().isoformat() if value.time() == time() else value
    return value.isoformat() if isinstance(value, date) else _text_of_code(value)


def _partial_date(value: str) -> str:
    parts = re.fullmatch("([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", value)
    if not parts:
        raise invalid(Message("problem.date", found=repr(value[:40])))
    try:
        date(int(parts[1]), int(parts[2] or 1), int(parts[3] or 1))
    except ValueError:
        raise invalid(Message("problem.no_such_day", found=repr(value))) from None
    return value


def _aliases(value: Any) -> Any:
    """Split the aliases of a table cell at ``|``."""
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split("|"))
    return value


class UnitField:
    """Marks a field whose value is a token of the unit table.

    The token of a user's own unit keeps its unit table; pydantic's own validator of text would
    make it plain text.
    """

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Look up the token in the unit table of the validation context."""
        return core_schema.with_info_plain_validator_function(
            _unit, serialization=core_schema.to_string_ser_schema()
        )

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the JSON Schema: a token; the schema cannot list them, since users add units."""
        return {
            "type": "string",
            "pattern": _UNIT_NAME,
            "maxLength": LONGEST_TOKEN,
            "examples": ["percent", "CNY_100M", "patent"],
        }


class ShownUnit:
    """Marks a field of a result whose value is a unit: any text, or a user's own unit unchanged."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Accept text unchanged: pydantic's own validator would make an own unit plain text."""
        return core_schema.no_info_before_validator_function(_short_text, core_schema.any_schema())

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the JSON Schema: a unit is its token."""
        return {"type": "string", "maxLength": LONGEST_TOKEN}


def _short_text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_PROSE:
        raise invalid(Message("problem.unit", found=brief(value, 40)))
    return value


def _unit(value: Any, info: core_schema.ValidationInfo) -> str:
    if not isinstance(value, str):
        raise invalid(unknown_unit(value))
    table = info.context.units if isinstance(info.context, Context) else table_of(value)
    if table.of_name(value):
        return table.token(value)
    # Records contain tokens, never aliases.
    near = tuple(dict.fromkeys(table.unit(name).name for name in table.nearest(value)))
    raise invalid(unknown_unit(value[:40], near))


def unknown_unit(value: object, near: Sequence[str] = ()) -> Message:
    """Return what is wrong with a value that is no unit, and the units that it may mean."""
    return Message("problem.unknown_unit", found=brief(value, 42), hint=suggestion(near))


def _written(value: Decimal) -> str:
    """Return the number without exponent, as in a table cell."""
    return f"{value:f}"


# Messages have words for these.
PATTERNS = {
    "code": r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$",
    "slug": r"^[a-z][a-z0-9]*([_-][a-z0-9]+)*$",
    # an ordinal for a five-year plan (14th), annual-YYYY, or any slug of a user's own (eu-2030)
    "period": r"^([1-9][0-9]*(st|nd|rd|th)|[a-z][a-z0-9]*(-[a-z0-9]+)*)$",
    "counterpart": r"^[A-Z]+:[A-Za-z0-9._-]+ https?://[^\s<>\"|]+$",
    "url": r"^(https?://|urn:)[^\s<>\"]+$",
}
Code = Annotated[
    str, Field(pattern=PATTERNS["code"], max_length=60), BeforeValidator(_text_of_code)
]
Slug = Annotated[str, Field(pattern=PATTERNS["slug"], max_length=80)]
Period = Annotated[str, Field(pattern=PATTERNS["period"], max_length=60)]
Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME), AfterValidator(_clean)]
Text = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME), AfterValidator(_clean)]
Prose = Annotated[str, Field(min_length=1, max_length=LONGEST_PROSE), AfterValidator(_clean)]
Aliases = Annotated[tuple[Name, ...], BeforeValidator(_aliases)]
Counterparts = Annotated[
    tuple[Annotated[str, Field(pattern=PATTERNS["counterpart"], max_length=300)], ...],
    BeforeValidator(_aliases),
]
Flags = Annotated[tuple[Flag, ...], BeforeValidator(_aliases)]
Value = Annotated[
    Decimal,
    BeforeValidator(_exact),
    PlainSerializer(_written, return_type=str, when_used="json"),
    Field(json_schema_extra={"pattern": _DECIMAL}),
]
Ordinal = Annotated[int, Field(ge=1, le=99), BeforeValidator(_place)]
Year = Annotated[int, Field(ge=1800, le=2200), BeforeValidator(_year)]
PartialDate = Annotated[
    str,
    Field(max_length=10, json_schema_extra={"pattern": _PARTIAL_DATE}),
    BeforeValidator(_day_text),
    AfterValidator(_partial_date),
]
Url = Annotated[str, Field(pattern=PATTERNS["url"], max_length=500)]
UnitToken = Annotated[str, UnitField()]
UnitText = Annotated[str, ShownUnit()]
