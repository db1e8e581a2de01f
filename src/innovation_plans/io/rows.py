"""Rows to records, and records to columns. A citation is three columns; ``|`` divides lists."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import cache
from types import NoneType
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import core_schema

from ..errors import DataError, DataErrors, brief
from ..records import TABLE_OF, TABLES, TYPED, Citation, Context, Record
from ..records.base import types_in
from ..records.fields import PATTERNS, Reference, UnitField, named, unknown_unit
from ..text.messages import Message, keys
from ..units.table import OwnUnit
from .columns import TEXT, Columns, Value, cell_text, scalar, typed_value
from .implied import contradiction, implied_columns
from .raw import MOST_ERRORS, FileColumns, Item, Row, no_column, too_many

R = TypeVar("R", bound=Record)
_FIRST = ("code", "plan", "region", "indicator")
_CITED = tuple(Citation.model_fields)
_OF_PYDANTIC = frozenset(get_args(core_schema.ErrorType))
_ONE_BY_ONE = 10  # fewer errors of one column are reported cell by cell
_OF_EACH = frozenset({"problem.unknown_code", "problem.same_key", "problem.other_digits"})
_NAMES_OF_PATTERNS = {pattern: name for name, pattern in PATTERNS.items()}


@cache
def columns_of(kind: type[Record]) -> tuple[str, ...]:
    """Return the columns of a file of such records: those that identify them first.

    Examples
    --------
    >>> from innovation_plans.records import Erratum
    >>> columns_of(Erratum)
    ('code', 'source', 'locator', 'as_stated', 'corrected', 'reason')
    """
    names: list[str] = []
    for name in kind.model_fields:
        names.extend(_CITED if name == "citation" else (name,))
    return tuple(sorted(names, key=lambda name: (name not in _FIRST, _rank(name))))


def known_rows(
    kind: type[Record], items: Iterable[Item], context: Context, errors: list[DataError]
) -> list[Row]:
    """Return the rows of a table whose columns are known; add what is wrong to `errors`.

    After an error, `context` knows that codes of the table may be missing.
    """
    before, known = len(errors), known_columns(kind)
    rows: list[Row] = []
    unread: set[str] = set()  # files with an unknown column in their header
    reported: set[tuple[str, str, int]] = set()
    context.unread.discard(kind.noun)  # of an earlier attempt
    for item in items:
        if item.file in unread:
            continue
        if isinstance(item, DataError):
            errors.append(item)
        elif isinstance(item, FileColumns):
            header_errors = list(_header_errors(item, known, kind))
            errors.extend(header_errors)
            unread.update([item.file] if header_errors else ())
        else:
            # A row of a caller (it has no line) is validated with its unknown columns.
            unknown = [name for name in item.cells if name not in known and item.line]
            for name in unknown:
                place = item.file, name, item.lines.get(name, 0)
                if place not in reported:  # once, however many rows have the column
                    reported.add(place)
                    errors.append(item.error(_no_column(name, kind), name))
            rows.extend(() if unknown else (item,))
    if len(errors) > before:
        context.unread.add(kind.noun)
    return rows


@cache
def known_columns(kind: type[Record]) -> frozenset[str]:
    """Return the names that the columns of a table can have."""
    cited = {"citation"} & kind.model_fields.keys()
    return frozenset({*columns_of(kind), *_further_columns(kind), *cited})


@cache
def _further_columns(kind: type[Record]) -> Mapping[str, str]:
    """Return the columns beside the fields, each with the field whose printed digits it has, or "".

    Data frames have the implied columns, a file of one table its edition, Parquet ``value_text``.
    """
    fields = kind.model_fields
    numbers = (name for name, field in fields.items() if scalar(field.annotation) is Decimal)
    columns = dict.fromkeys((*implied_columns(kind), "edition"), "")
    columns |= {f"{name}{TEXT}": name for name in numbers}
    return {column: name for column, name in columns.items() if column not in fields}


def _no_column(name: str, kind: type[Record]) -> Message:
    """Return the message for an unknown column; fields of the user's own need a type."""
    is_bundled = any(kind is TABLES[table] for table in TYPED)
    own = Message("suggestion.own_type", noun=kind.noun) if is_bundled else ""
    return no_column(name, columns_of(kind), own)


def _header_errors(
    header: FileColumns, known: Collection[str], kind: type[Record]
) -> Iterator[DataError]:
    row = Row(header.file, header.line, {})
    for position, name in enumerate(header.names):
        if name not in known:
            yield row.error(_no_column(name, kind), name)
        elif name in header.names[:position]:
            yield row.error(Message("problem.twice"), name)


def read_records(
    kind: type[R], rows: Iterable[Row], context: Context, errors: list[DataError]
) -> tuple[list[R], dict[str, Row]]:
    """Return the records of the rows, and the row of each by key; add what is wrong to `errors`.

    Each record is added to `context`, so that later rows can refer to it.
    """
    before = len(errors)
    read: list[Row] = []
    records: dict[int, R] = {}
    row_of: dict[str, Row] = {}
    coded = "code" in kind.model_fields
    for position, row in _in_order(kind, list(rows), context, errors):
        read.append(row)
        record: R | None = _record(kind, row, context, errors)
        if record is None:
            context.with_errors.add((kind.noun, str(row.cells.get("code"))))
            if len(errors) - before >= MOST_ERRORS:
                errors.append(too_many(row.file, row.line))
                context.unread.add(kind.noun)
                break
            continue
        twin = row_of.setdefault(record.key, row)
        if twin is not row:
            there = {"key": record.key, "location": twin.location}
            errors.append(row.error(Message("problem.same_key", **there)))
            continue
        if coded:
            context.add(record)
        records[position] = record
    errors[before:] = _by_column(errors[before:], read)
    return [records[position] for position in sorted(records)], row_of


def _by_column(errors: list[DataError], rows: Sequence[Row]) -> list[DataError]:
    """Return errors of rows; those that all cells of a column have are one error.

    Names that are not known differ from cell to cell, so each is an error.
    """
    if len(errors) < _ONE_BY_ONE:
        return errors
    groups: dict[tuple[str, str, str], list[DataError]] = {}
    for error in errors:
        problem = getattr(error.problem, "key", error.problem)
        groups.setdefault((_table(error.file), error.column, problem), []).append(error)
    merged: dict[int, DataError] = {}  # by the id of each error of a column
    for (file, column, problem), same in groups.items():
        if len(same) < _ONE_BY_ONE or not column or problem in _OF_EACH:
            continue
        is_empty = problem == "problem.missing"
        cells = [r for r in rows if _table(r.file) == file and (column not in r.cells) == is_empty]
        if len(same) == len(cells):
            text = Message("problem.whole_column", problem=same[0].problem, count=len(cells))
            one = DataError(file=same[0].file, line=same[0].line, column=column, problem=text)
            merged |= {id(error): one for error in same}
    kept = dict.fromkeys(merged.get(id(error), error) for error in errors)
    alike = [error for error in kept if not _is_too_many(error)]
    return alike if {*map(id, alike)} <= {*map(id, merged.values())} else list(kept)


def _table(file: str) -> str:
    """Return the file of a row; for a row of a caller, ``targets[0]``, the name of the table."""
    return file.partition("[")[0]


def _is_too_many(error: DataError) -> bool:
    return getattr(error.problem, "key", "") == "problem.too_many_errors"


def to_cells(record: Record) -> dict[str, str]:
    """Return the cells of text that are read as the record; an empty cell is None."""
    return {name: cell_text(value) for name, value in to_values(record).items()}


def to_values(record: Record) -> dict[str, Value]:
    """Return the value of each column of a record; a list is one text, divided by ``|``.

    A number is a Decimal unless the field has a serializer that prints it in another way.
    """
    dumped = record.model_dump(mode="json")
    dumped.update(dumped.pop("citation", None) or {})
    return {
        name: typed_value(vars(record).get(name), dumped.get(name))
        for name in columns_of(type(record))
    }


def columns_of_records(name: str, records: Iterable[Record], context: Context) -> Columns:
    """Return the records of one table as columns, those of all their types.

    Raises
    ------
    DataErrors
        If a record would not be read again from its cells.
    """
    errors: list[DataError] = []
    kinds: dict[type[Record], None] = {}
    rows: list[dict[str, Value]] = []
    for record in records:
        kinds[type(record)] = None
        rows.append(_checked_values(name, record, context, errors))
    if errors:
        raise DataErrors.with_first("values that cells cannot contain, nothing written", errors)
    types: dict[str, type] = {}
    for kind in kinds or (TABLES[name],):
        for column in columns_of(kind):
            type_ = _type_of(kind, column)
            types[column] = type_ if types.get(column, type_) is type_ else str
    return Columns.of_rows(name, rows, types, kinds)


def lines_of_records(
    tables: Iterable[tuple[str, Iterable[Record]]], context: Context
) -> Iterator[dict[str, Any]]:
    """Return the records of all tables as JSON objects, each named by its ``"record"``.

    Raises
    ------
    DataErrors
        At the end, with every record that would not be read again from its object.
    """
    errors: list[DataError] = []
    for name, records in tables:
        for record in records:
            line = _json_of(name, record, context, errors)
            if "record" in line:
                problem = (
                    "the name 'record' is that of the kind of a line; give the field another name"
                )
                errors.append(DataError(file=f"{name}: {record.key}"[:200], problem=problem))
            yield {"record": record.noun} | line
    if errors:
        raise DataErrors.with_first("values that lines cannot contain, nothing written", errors)


def _json_of(
    name: str, record: Record, context: Context, errors: list[DataError]
) -> dict[str, Any]:
    """Return the fields of a record as JSON, without the empty ones; add an error if it is not read again."""
    fields = type(record).model_fields
    values: dict[str, Any] = {}
    for field, value in record.model_dump(mode="json").items():
        if isinstance(value, dict) and field == "citation":
            values[field] = {key: part for key, part in value.items() if part is not None}
        elif field in fields and (value is not None or _filled_if_absent(fields[field])):
            values[field] = value
    if type(record) is not TABLES[name] and (error := _unwritable(name, record, values)):
        errors.append(error)
    elif type(record) is not TABLES[name] and not _same(record, dict(values), context):
        problem = "the record reads its own JSON as another record; give its type a serializer"
        errors.append(DataError(file=f"{name}: {record.key}"[:200], problem=problem))
    return values


def _rank(name: str) -> int:
    return _FIRST.index(name) if name in _FIRST else 0


def _checked_values(
    name: str, record: Record, context: Context, errors: list[DataError]
) -> dict[str, Value]:
    """Return the values of a record; add an error if its cells are not read as the same record."""
    try:
        values = to_values(record)
    except TypeError:  # a list of what is not text
        values = {}
    if type(record) is not TABLES[name] and (error := _unwritable(name, record, values)):
        errors.append(error)
        return values
    cells = {column: cell_text(value) for column, value in values.items() if value is not None}
    if (type(record) is not TABLES[name] or _has_bar(record)) and not _same(
        record, _folded(cells) if "citation" in type(record).model_fields else cells, context
    ):
        column = _unlike(record, cells, context)
        problem = (
            "a cell of text cannot contain this; write jsonl, which keeps lists and empty text"
        )
        errors.append(DataError(file=f"{name}: {record.key}"[:200], column=column, problem=problem))
    return values


def _unwritable(name: str, record: Record, values: Mapping[str, Any]) -> DataError | None:
    """Return an error for a value that no file has: NaN, half of a character, or one without a column."""
    for error in field_errors(name, record):
        return error
    for column, value in values.items():
        problem = ""
        if str(value) in {"nan", "inf", "-inf"} and isinstance(vars(record).get(column), float):
            problem = f"expected finite numbers, found {value}"
        try:
            json.dumps(value, ensure_ascii=False, allow_nan=False, default=str).encode()
        except UnicodeEncodeError:
            problem = f"expected text without lone surrogates, found {value!a:.60}"
        except ValueError:
            problem = f"expected finite numbers, found {value!s:.60}"
        if problem:
            file = f"{name}: {record.key}"[:200]
            return DataError(file=file, column=column, problem=problem)
    return None


def field_errors(name: str, record: Record) -> Iterator[DataError]:
    """Yield an error for each value of a record that has no column: no field, or an excluded one."""
    kind, dumped = type(record), record.model_dump(mode="json")
    further = f"is no field of {kind.__name__}; columns are those of fields, so define it"
    problems = dict.fromkeys(record.model_extra or (), further)
    problems |= {
        column: "is excluded from what the record writes; define it without exclude, or leave it empty"
        for column, field in kind.model_fields.items()
        if column not in dumped
        and getattr(record, column) != field.get_default(call_default_factory=True)
    }
    for column, problem in problems.items():
        yield DataError(file=f"{name}: {record.key}"[:200], column=column[:60], problem=problem)


def _type_of(kind: type[Record], column: str) -> type:
    field = kind.model_fields.get(column)
    return str if field is None else scalar(field.annotation)


@cache
def filled_if_empty(kind: type[Record]) -> frozenset[str]:
    """Return the own fields of a subclass whose default would replace an empty value."""
    fields = kind.model_fields
    return frozenset(name for name in own_fields(kind) if _filled_if_absent(fields[name]))


@cache
def whole_records(kind: type[Record]) -> frozenset[str]:
    """Return the own fields of a subclass that contain records as such, not by their codes."""
    return frozenset(
        name
        for name in own_fields(kind)
        if not any(isinstance(mark, Reference) for mark in _marks(kind.model_fields[name]))
    )


def _marks(field: Any) -> Iterator[Any]:
    """Yield what a field, or a part of its type, is annotated with."""
    marks: Any = getattr(field, "metadata", None) or getattr(field, "__metadata__", ())
    yield from marks
    parts = (field.annotation,) if hasattr(field, "annotation") else get_args(field)
    for part in parts:
        yield from _marks(part)


def own_fields(kind: type[Record]) -> Iterator[str]:
    """Yield the fields that a subclass has beside those of the package."""
    theirs = [each.model_fields for each in TABLES.values() if issubclass(kind, each)]
    yield from (name for name in kind.model_fields if all(name not in own for own in theirs))


def _filled_if_absent(field: Any) -> bool:
    """Return True if leaving out an empty field would fill it."""
    return field.is_required() or field.default_factory is not None or field.default is not None


def _has_bar(record: Record) -> bool:
    """Return True if a name contains the mark that divides names in a cell."""
    return any("|" in name for name in vars(record).get("aliases", ()))


def _folded(cells: Mapping[str, Any]) -> dict[str, Any]:
    """Return cells with those of the citation as one value, unless they are one already."""
    folded = dict(cells)
    if "citation" not in folded:
        folded["citation"] = {name: folded.pop(name) for name in _CITED if name in folded}
    return folded


def _same(record: Record, values: Mapping[str, Any], context: Context) -> bool:
    """Return True if `values` are read as this record, to the last printed digit."""
    try:
        read = _validated(type(record), values, context)
    except ValidationError:
        return False
    return read == record and read.model_dump(mode="json") == record.model_dump(mode="json")


def _unlike(record: Record, cells: Mapping[str, Any], context: Context) -> str:
    """Return the field whose cell is not read as its value; empty for a cell that several share."""
    values = _folded(cells) if "citation" in type(record).model_fields else cells
    try:
        read = _validated(type(record), values, context).model_dump(mode="json")
    except ValidationError as error:
        return str(next(iter(error.errors(include_url=False)[0]["loc"]), ""))
    dumped = record.model_dump(mode="json")
    return next((name for name, value in dumped.items() if value != read.get(name)), "")


def _record(kind: type[R], row: Row, context: Context, errors: list[DataError]) -> R | None:
    if row.record is not None:
        return _related(row, context, errors)  # type: ignore[no-any-return]
    cells: Mapping[str, Any] = row.cells
    further = _further_columns(kind).keys() & cells.keys()
    if further:
        cells = {name: cell for name, cell in cells.items() if name not in further}
        if wrong := _add_digits(cells, row, kind, further):
            errors.append(wrong)
            return None
    if "citation" in kind.model_fields:
        cells = _folded(cells)
    try:
        record = _validated(kind, cells, context)
    except ValidationError as error:
        errors.extend(each for each in _row_errors(row, error, kind) if not _is_known(each, errors))
        return None
    implied = sorted(further & implied_columns(kind).keys())
    if differing := contradiction(record, ((name, row.cells[name]) for name in implied)):
        errors.append(row.error(differing[1], differing[0]))
        return None
    return record


def _add_digits(
    cells: dict[str, Any], row: Row, kind: type[Record], further: Iterable[str]
) -> DataError | None:
    """Put the printed digits in the place of their numbers; return an error if a number differs."""
    for column in further:
        name = _further_columns(kind)[column]
        text = row.cells[column]
        if name and _is_same_number(cells.get(name), text):
            cells[name] = text
        elif name:
            texts = {"found": cells.get(name), "column": column, "text": brief(text)}
            return row.error(Message("problem.other_digits", **texts), name)
    return None


def _is_same_number(value: Any, text: Any) -> bool:
    try:
        return Decimal(str(value)) == Decimal(str(text))
    except InvalidOperation:
        return False


def row_of(record: Record, place: str) -> Row:
    """Return a record as a row, so that it is read with others and stays what it is."""
    cells = {name: _keys(getattr(record, name)) for name in type(record).own_kind}
    return Row(place, 0, {"code": record.key, **cells}, record=record)


def _keys(value: Any) -> list[str]:
    """Return the keys of the records in a field."""
    values = value if isinstance(value, tuple | list) else (value,)
    return [value.key for value in values if isinstance(value, Record)]


def _related(row: Row, context: Context, errors: list[DataError]) -> Any:
    """Return the record of a row, with the records and units of `context` if it has others.

    None, and an error, if it refers to a record that is not among them or has a wrong value:
    a copy with changed fields was never validated.
    """
    record: Record = row.record
    changed: dict[str, Any] = {}
    for name, field in type(record).model_fields.items():
        value = getattr(record, name)
        is_unit = any(isinstance(mark, UnitField) for mark in field.metadata)
        if is_unit and not context.units.of_name(value):
            errors.append(row.error(unknown_unit(value), name))
            return None
        try:
            current = _current(value, context)
        except KeyError as error:
            noun, key = error.args
            if (noun, key) not in context.with_errors and noun not in context.unread:
                problem = Message("problem.not_here", noun=named(noun), key=brief(key))
                errors.append(row.error(problem, name))
            return None
        if current is not value:
            changed[name] = current
    # Not Record.model_copy, which validates without the context.
    made: Any = BaseModel.model_copy(record, update=changed) if changed else record
    return made if _still_fits(made, row, context, errors) else None


def _still_fits(record: Record, row: Row, context: Context, errors: list[DataError]) -> bool:
    """Check the values of a record that a caller gave; add what is wrong to `errors`."""
    kind = type(record)
    values = {name: getattr(record, name) for name in kind.model_fields}
    try:
        kind.model_validate(values, context=context)
    except ValidationError as error:
        errors.extend(_row_errors(row, error, kind))
        return False
    return True


def _current(value: Any, context: Context) -> Any:
    """Return what `context` has in the place of a record or unit; the same object if it is equal."""
    match value:
        case Citation():
            source = _current(value.source, context)
            same = source is value.source
            return value if same else BaseModel.model_copy(value, update={"source": source})
        case Record() if value.noun in TABLE_OF:
            if value.key not in context.of(value.noun):
                raise KeyError(value.noun, value.key)
            known = context.of(value.noun)[value.key]
            return value if value == known else known
        case tuple():
            values = tuple(_current(part, context) for part in value)
            same = all(new is old for new, old in zip(values, value, strict=True))
            return value if same else values
        case OwnUnit() if value.table is not context.units:
            return context.units.token(value)
    return value


def _in_order(
    kind: type[Record], rows: list[Row], context: Context, errors: list[DataError]
) -> Iterator[tuple[int, Row]]:
    """Yield the rows with their positions; a row comes after those that it refers to.

    Rows that refer to each other in a circle are errors; rows that refer to them are left out.
    """
    waiting = dict(enumerate(rows))
    if not kind.own_kind:
        yield from waiting.items()
        return
    coming = {str(row.cells.get("code")) for row in rows}
    while waiting:
        ready = {at: row for at, row in waiting.items() if not _own(kind, row) & coming}
        if not ready:
            errors.extend(_circles(kind, list(waiting.values())))
            context.with_errors.update(
                (kind.noun, str(r.cells.get("code"))) for r in waiting.values()
            )
            return
        yield from ready.items()
        coming -= {str(row.cells.get("code")) for row in ready.values()}
        waiting = {at: row for at, row in waiting.items() if at not in ready}


def _circles(kind: type[Record], rows: list[Row]) -> Iterator[DataError]:
    """Yield an error for every row that refers to itself, directly or not."""
    next_of = {str(row.cells.get("code")): _own(kind, row) for row in rows}
    for row in rows:
        start = str(row.cells.get("code"))
        reached: set[Any] = set()
        edge = {start}
        while edge:
            edge = {other for code in edge for other in next_of.get(code, ())} - reached
            reached |= edge
        if start in reached:
            column = next(name for name in kind.own_kind if _codes_in(row, name) & reached)
            yield row.error(Message("problem.circle", key=start), column)


def _own(kind: type[Record], row: Row) -> set[Any]:
    """Return the codes of its own table that a row refers to."""
    return {code for name in kind.own_kind for code in _codes_in(row, name)}


def _codes_in(row: Row, column: str) -> set[Any]:
    cell = row.cells.get(column)
    if isinstance(cell, str):
        return set(cell.split("|"))
    return {str(code) for code in cell} if isinstance(cell, list) else set()


def _validated(kind: type[R], cells: Mapping[str, Any], context: Context) -> R:
    """Return the record of cells; a list of an own field may be one text, divided by ``|``, or empty."""
    validate = kind.__pydantic_validator__.validate_python  # model_validate checks its arguments
    try:
        return validate(cells, context=context)  # type: ignore[no-any-return]
    except ValidationError:
        lists = {
            name: cell.split("|") if cell else []
            for name, cell in cells.items()
            if (cell is None or isinstance(cell, str)) and name in list_fields(kind)
        }
        if not lists:
            raise
    return validate({**cells, **lists}, context=context)  # type: ignore[no-any-return]


@cache
def list_fields(kind: type[Record]) -> frozenset[str]:
    """Return the own fields of a subclass that are a list, a tuple or a set, or are empty."""
    fields = kind.model_fields
    return frozenset(
        name
        for name in own_fields(kind)
        if {*types_in(fields[name].annotation)} - {NoneType} <= {list, tuple, set, frozenset}
    )


def _is_known(error: DataError, errors: Iterable[DataError]) -> bool:
    """Return whether an unknown column is among the errors: it is one error, however many rows have it."""
    return getattr(error.problem, "key", "") == "problem.unknown_column" and any(
        (known.column, known.problem) == (error.column, error.problem) for known in errors
    )


def _row_errors(row: Row, error: ValidationError, kind: type[Record]) -> Iterator[DataError]:
    details = error.errors(include_url=False)
    ignored = {"reference_to_error"}
    if any(detail["type"] == "extra_forbidden" for detail in details):
        ignored.add("missing")  # most likely it has the unknown name
    for detail in details:
        if detail["type"] not in ignored:
            column = next((str(part) for part in reversed(detail["loc"]) if _is_name(part)), "")
            column = column or str(detail.get("ctx", {}).get("column", ""))
            yield row.error(_message(detail, kind), column)


def _is_name(part: int | str) -> bool:
    return isinstance(part, str) and part != "citation"


def _message(detail: Any, record: type[Record]) -> str:
    """Return an error of pydantic as a message: what was expected, what was found."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "missing":
        return Message("problem.missing")
    if kind == "extra_forbidden":
        return _no_column(str(detail["loc"][-1]), record)
    if isinstance(context.get("problem"), Message):
        return context["problem"]  # type: ignore[no-any-return]
    return _of_pydantic(kind, str(detail["msg"]), context, brief(detail["input"]))


def _of_pydantic(kind: str, text: str, context: Mapping[str, Any], found: str) -> str:
    """Return an error of pydantic's own as a message; as it is if its kind has none."""
    if kind == "string_pattern_mismatch" and context["pattern"] in _NAMES_OF_PATTERNS:
        expected = Message(f"pattern.{_NAMES_OF_PATTERNS[context['pattern']]}")
        return Message("problem.pattern", expected=expected, found=found)
    if kind in _OF_PYDANTIC and kind in keys("problem"):
        return Message(f"problem.{kind}", **context, found=found)
    if kind == "value_error":
        return text.removeprefix("Value error, ")
    return f"{text[0].lower()}{text[1:]}, found {found}"
