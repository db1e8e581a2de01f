"""What tables of records and results have in common: rows in a fixed order that become a frame."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from os import PathLike
from typing import TYPE_CHECKING, Any, ClassVar, Generic, ParamSpec, Self, get_args, overload

from pydantic import BaseModel
from pydantic_core import PydanticCustomError, core_schema, from_json, to_json
from typing_extensions import TypeVar

from ..errors import (
    ArgumentError,
    ArgumentTypeError,
    MissingAttributeError,
    MissingError,
    MissingExtraError,
    PositionError,
    brief,
    expect,
    flag,
    instead_of,
    no_array,
    suggests,
    unknown,
    whole,
)
from ..units.table import table_of

if TYPE_CHECKING:
    from ..io.columns import Columns
    from ..io.dataframe import Backend, Values
    from ..io.formats import Written
    from ..text.messages import Language
    from ..text.tables import Sheet

R = TypeVar("R", bound=BaseModel, covariant=True)
T = TypeVar("T")
P = ParamSpec("P")
if TYPE_CHECKING:
    _Items = Sequence
else:

    class _Items(Collection[R]):
        """What a Sequence has, but no Sequence for data frames.

        pandas and polars read a Sequence of records as tuples of pairs. They ask any other collection
        for its array or its Arrow stream.
        """

        __abc_tpflags__ = Sequence.__flags__ & 1 << 5  # so that patterns such as [first, *_] match
        __contains__, __reversed__ = Sequence.__contains__, Sequence.__reversed__


# The fields with the units of others.
_UNITS = {"outcome_value": "outcome_unit"}  # the field with the unit of a field
_UNITS |= dict.fromkeys(("value", "value_high", "precision"), "unit")
_UNITS |= dict.fromkeys(("gap", "gap_low", "gap_high"), "gap_unit")
_SAME = {"quantity": "value", "amount": "value"}  # a value is sorted as the amount that it is
sorting = suggests(
    by="sort('value')", key="sort('value')", ascending="descending=", reverse="descending="
)
framing = suggests(
    columns="to_pandas()[[…]]", index="to_pandas().set_index(…)", lang="region_en and region_zh"
)
# What people filter by, and may pass to `filter`.
_FILTERS = (
    "region",
    "within",
    "indicator",
    "period",
    "year",
    "end_year",
    "verdict",
    "tier",
    "kind",
)


def narrowing(method: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Make a method say where the filters are that it does not take."""
    return suggests(**{name: f"where({name}=…).{method}()" for name in (*_FILTERS, "vintage")})


class Rows(_Items[R], Generic[R]):
    """Rows in a fixed order; `edition` is the edition of the data that they are from."""

    _wanted: Mapping[str, Any] = {}
    _finding: ClassVar[str] = ""  # what finds a row that has no key
    _instead: ClassVar[Mapping[str, str]] = {}  # what a subclass has instead of other names

    def __init__(self, rows: Iterable[R] = (), edition: str = "") -> None:
        expect("edition", edition, "casefold", "the name of an edition")
        given: object = rows
        if isinstance(given, BaseModel):
            raise ArgumentTypeError(
                parameter="rows",
                value=f"one {type(given).__name__}",
                expected="several rows",
                hint="put it into a list",
            )
        expect("rows", rows, "__iter__", "several rows")
        several, admitted = tuple(rows), self._kind()
        for kind in {*map(type, several)}:
            if not issubclass(kind, admitted):
                expected = f"rows of type {admitted.__name__}"
                raise ArgumentTypeError(parameter="rows", value=kind.__name__, expected=expected)
        self.edition = edition or self._edition_of(several)
        self._rows = several  # the last: from now on no public attribute can be set

    @classmethod
    @abstractmethod
    def _kind(cls) -> type[BaseModel]:
        """Return the type of the rows; subclasses of it are admitted."""

    def _edition_of(self, rows: tuple[Any, ...]) -> str:  # noqa: ARG002
        """Return the edition that the rows are from, if they say it."""
        return ""

    def __setattr__(self, name: str, value: object) -> None:
        if not name.startswith("_") and "_rows" in self.__dict__:
            raise AttributeError(f"a {type(self).__name__} is read-only")
        super().__setattr__(name, value)

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a {type(self).__name__} is read-only")

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[R]:
        return iter(self._rows)

    @overload
    def __getitem__(self, at: int) -> R: ...
    @overload
    def __getitem__(self, at: slice) -> Self: ...
    def __getitem__(self, at: Any) -> R | Self:
        if isinstance(at, slice):
            return self._of(self._rows[at])
        hint = self._finding
        if isinstance(at, list) and all(isinstance(name, str) for name in at):
            hint = f"to_pandas()[{at!r}] has columns"
        elif hasattr(at, "__iter__") and not isinstance(at, str):
            hint = "filter(lambda row: …) chooses rows"
        position = whole("key", at, "a position, a slice or a key", hint=hint)
        try:
            return self._rows[position]
        except IndexError:
            raise PositionError(position=position, count=len(self)) from None

    def count(self, value: Any = None) -> int:
        """Return how often a row occurs; a table of records finds it by its key, too.

        Raises
        ------
        ArgumentTypeError
            If `value` is no row.
        """
        return self._rows.count(self._row(value))

    def index(self, value: Any, start: int = 0, stop: int | None = None) -> int:
        """Return the first position of a row; a table of records finds it by its key, too.

        Raises
        ------
        ArgumentError
            If no row is equal to `value`, or it is no row.
        """
        try:
            return Sequence.index(self, self._row(value), start, stop)  # type: ignore[arg-type]
        except ArgumentError:
            raise
        except ValueError:
            raise ArgumentError(parameter="row", value=brief(value, 100)) from None

    def _row(self, value: Any) -> Any:
        """Return a row; raise an error for the value of a field, which no row is equal to."""
        counts = "counts() has the number by value" if hasattr(type(self), "counts") else ""
        advice = counts or "where(…) finds rows by their fields"
        expect("value", value, "model_fields", f"a row (len() counts all, {advice})")
        return value

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Raise an error that names what other tables have, or the error of the property itself."""
            if hasattr(type(self), name):
                return object.__getattribute__(self, name)
            own = self._instead.get(name)
            near = (own,) if own else self._of_row(name) or instead_of(name, "rows")
            advice = "" if near else "to_pandas() gives a data frame, write(path) a file"
            raise MissingAttributeError(
                owner=type(self).__name__, name=name, nearest=near, hint=advice
            )

    def _of_row(self, name: str) -> tuple[str, ...]:
        """Return what to write for the field of a row, or for a column."""
        if name.startswith("_"):
            return ()
        column = (f"to_pandas()[{name!r}]",) if name in self._names() else ()
        kind = type(self._rows[0]) if self._rows else self._kind()
        has_it = name in kind.model_fields or (hasattr(kind, name) and not hasattr(BaseModel, name))
        return (f"rows[0].{name}", *column) if has_it else column

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rows) and type(self) is type(other) and self._rows == other._rows

    def __hash__(self) -> int:
        return hash(self._rows)

    @classmethod
    @abstractmethod
    def _read(cls, text: str, kind: Any, context: Any) -> Self:
        """Return what :meth:`json` wrote; `kind` is the type of the rows, if it is known."""

    @abstractmethod
    def sheet(self, lang: Language = "en") -> Sheet:
        """Return the rows as a table of text."""

    @abstractmethod
    def summary(self, lang: Language = "en") -> str:
        """Return a line about all rows."""

    @abstractmethod
    def json(self) -> str:
        """Return the rows as a JSON array."""

    @suggests(language="lang=")
    def text(self, lang: Language = "en", *, width: int | None = None) -> str:
        """Return the table as aligned text, and the line about all rows.

        Parameters
        ----------
        lang
            ``"en"`` or ``"zh"``.
        width
            The columns of the terminal, as in :meth:`Sheet.text`.
        """
        if not self:
            return self.summary(lang)
        return f"{self.sheet(lang).text(width=width)}\n\n{self.summary(lang)}"

    def markdown(self, lang: Language = "en") -> str:
        """Return the table in Markdown."""
        return self.sheet(lang).text("markdown")

    def latex(self, lang: Language = "en") -> str:
        """Return the table as a ``tabular`` of LaTeX."""
        return self.sheet(lang).text("latex")

    def __repr__(self) -> str:
        from ..text.tables import PREVIEW_ROWS

        return self[: PREVIEW_ROWS + 1].sheet().preview(self.summary())

    @suggests(**{name: f"where({name}=…)" for name in _FILTERS})
    def filter(self, keep: Callable[[R], bool]) -> Self:
        """Return the rows for which `keep` is true."""
        expect("keep", keep, "__call__", "a function")
        kept = self._of(filter(keep, self))
        kept._wanted = self._wanted  # noqa: SLF001
        return kept

    @narrowing("head")
    def head(self, count: int = 5) -> Self:
        """Return the first rows.

        Raises
        ------
        ArgumentError
            If `count` is negative.
        """
        rows = whole("count", count)
        if rows < 0:
            hint = f"for the last rows, write rows[{rows}:]"
            raise ArgumentError(parameter="count", value=str(rows), hint=hint)
        return self[:rows]

    @narrowing("first")
    def first(self) -> R:
        """Return the first row.

        Raises
        ------
        MissingError
            If there is none.
        """
        if not self:
            raise MissingError(asked="row in an empty table", hint=self._advice())
        return self._rows[0]

    def _advice(self) -> str:
        """Return what to do about an empty table."""
        return "use fewer filters"

    @sorting
    def sort(self, *fields: str, descending: bool = False) -> Self:
        """Return the rows sorted by fields; codes have the order of their code list.

        Rows without a value come last. Values are compared as the amounts that they are: 3 亿元 are more
        than 4 万元; values of different dimensions stay apart.

        Raises
        ------
        ArgumentError
            If the rows have no such field, or its values have no order; names others.
        """
        self._check(*fields)
        is_down = flag("descending", descending)
        rows = list(self)
        for name in reversed(fields):
            values = [_rank(self._amount(row, name), is_down) for row in rows]
            order = range(len(rows))
            try:
                rows = [rows[at] for at in sorted(order, key=values.__getitem__, reverse=is_down)]
            except TypeError:
                raise self._unordered(name) from None
        return self._of(rows)

    def _unordered(self, name: str) -> ArgumentError:
        """Return the error for a field whose values have no order; names those of its parts."""
        part_of: dict[str, str] = {}  # by field: the first part that has it, or "" for the row
        for row in self:
            part_of |= dict.fromkeys(type(row).model_fields, "")
            for own in type(row).model_fields:
                for field in getattr(type(getattr(row, own)), "model_fields", ()):
                    part_of.setdefault(field, own)
        parts = sorted(field for field, part in part_of.items() if part == name)
        return ArgumentError(
            parameter="field",
            value=f"{name!r} to sort by",
            nearest=parts,
            hint="" if parts else "its values have no order; sorted(rows, key=…) takes any",
        )

    def group_by(self, *fields: str) -> dict[Any, Self]:
        """Return the rows of each value of a field, in the order of the first row of each.

        With several fields, the keys are tuples of their values.

        Raises
        ------
        ArgumentError
            If the rows have no such field; names the nearest. If its values cannot be keys.
        """
        self._check(*fields)
        if not fields:
            raise ArgumentError(parameter="field", value="to group by", hint="group_by('region')")

        def key(row: Any) -> Any:
            values = tuple(self._value(row, field) for field in fields)
            return values if len(values) > 1 else values[0]

        try:
            groups = group_by(self, key)
        except TypeError:
            hint = "its values cannot be the keys of a dict"
            shown = " and ".join(map(repr, fields))
            raise ArgumentError(
                parameter="field", value=f"{shown} to group by", hint=hint
            ) from None
        return {value: self._of(rows) for value, rows in groups.items()}

    @framing
    def to_frame(
        self, backend: Backend = "pandas", *, values: Values = "float", unit: str | None = None
    ) -> Any:
        """Return a data frame with one line per row.

        Parameters
        ----------
        backend
            ``"pandas"``, ``"polars"``, ``"pyarrow"``, or ``"duckdb"`` for a relation of DuckDB's
            default connection.
        values
            ``"float"``: the nearest float, for computing; 3.5 is 3.5, and sums have the noise of
            floats. ``"decimal"``: exact, as the engine's decimal with the most decimals that occur;
            in pandas, objects of ``Decimal``. ``"text"``: as printed, zeros at the end included.
        unit
            The unit that all values of targets or observations are converted to, exactly, with what
            else is in the unit of the value; a baseline with a unit of its own stays as it is. None:
            each row has the unit of its record.

        Raises
        ------
        MissingExtraError
            If the library of the backend is not installed.
        MissingError
            If there is no such backend or kind of values.
        FigureError
            If exact values need more digits than decimals of the engine have.
        DataErrors
            If a record of your own type has a value without a column: an excluded field, or no field.
        IncomparableError
            If a value measures something else than `unit`.
        ArgumentError
            If the rows are no targets or observations, and `unit` is given.

        Examples
        --------
        >>> from innovation_plans import load
        >>> gdp = load().observations.where(region=["CN", "CN-GD"], indicator="gdp", year=2024)
        >>> frame = gdp.to_pandas(unit="CNY_1T")
        >>> sorted({*frame["unit"]})
        ['CNY_1T']
        """
        from ..io.dataframe import frame_of
        from ..io.frame_columns import in_unit

        columns = self._frame_columns()
        return frame_of(columns if unit is None else in_unit(columns, unit, self), backend, values)

    @framing
    def to_pandas(self, *, values: Values = "float", unit: str | None = None) -> Any:
        """Return :meth:`to_frame` of pandas."""
        return self.to_frame("pandas", values=values, unit=unit)

    @framing
    def to_polars(self, *, values: Values = "float", unit: str | None = None) -> Any:
        """Return :meth:`to_frame` of polars."""
        return self.to_frame("polars", values=values, unit=unit)

    @framing
    def to_arrow(self, *, values: Values = "float", unit: str | None = None) -> Any:
        """Return :meth:`to_frame` of pyarrow: a ``pyarrow.Table``."""
        return self.to_frame("pyarrow", values=values, unit=unit)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """Let a field of a user's model have this type; in JSON it is what :meth:`json` returns.

        Codes are read with ``context=plans.context``, as in records.
        """
        kind: Any = next(iter(get_args(source)), None)

        def read(value: Any, _: Any, info: Any) -> Any:
            return cls._read(to_json(value).decode(), kind, info.context)

        def checked(value: Any) -> Any:
            name = cls.__name__
            if not isinstance(value, cls):
                found = {"expected": f"{name}([…])", "found": type(value).__name__}
                raise PydanticCustomError("table", "expected {expected}, found {found}", found)
            for row in value if isinstance(kind, type) else ():
                if not isinstance(row, kind):
                    found = {"expected": f"{name}[{kind.__name__}]", "found": type(row).__name__}
                    raise PydanticCustomError(
                        "table", "expected {expected}, found a row of {found}", found
                    )
            return value

        return core_schema.json_or_python_schema(
            json_schema=core_schema.with_info_wrap_validator_function(
                read, handler.generate_schema(cls._json_type(kind))
            ),
            python_schema=core_schema.no_info_plain_validator_function(checked),
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda rows: from_json(rows.json()), when_used="json"
            ),
        )

    @classmethod
    def _json_type(cls, kind: Any) -> Any:
        """Return the type whose JSON Schema is that of the rows; `kind` is the type of a row, if known."""
        row: type[BaseModel] = kind if isinstance(kind, type) else cls._kind()
        return list[row] if row.model_fields else list[dict[str, Any]]  # type: ignore[valid-type]

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Return the rows as an Arrow stream, for ``polars.DataFrame(rows)`` or ``duckdb.sql("from rows")``."""
        try:
            frame = self.to_arrow()
        except MissingExtraError:
            frame = self.to_polars()
        return frame.__arrow_c_stream__(requested_schema)

    def __array__(self, *_: object, **__: object) -> Any:
        """Raise the error for ``pandas.DataFrame(rows)``."""
        no_array(self)

    @abstractmethod
    def to_columns(self) -> Columns:
        """Return the rows as named columns of typed values, as files have them."""

    @abstractmethod
    def write(
        self,
        path: str | PathLike[str],
        *,
        format: str | None = None,  # noqa: A002 - the word that callers look for
        overwrite: bool = False,
        safe: bool = True,
    ) -> Written:
        """Write the rows whole or not at all; see :meth:`Dataset.write`."""

    def _frame_columns(self) -> Columns:
        """Return the columns of a data frame."""
        return self.to_columns()

    @abstractmethod
    def _of(self, rows: Iterable[Any]) -> Self:
        """Return other rows of the same kind and data."""

    @abstractmethod
    def _names(self) -> Iterable[str]:
        """Return the fields to sort and group by."""

    @abstractmethod
    def _value(self, row: Any, name: str) -> Any:
        """Return the value of a field of a row."""

    def _amount(self, row: Any, name: str) -> Any:
        """Return the value of a field: of a value with a unit, its dimension and base amount."""
        value, unit = self._value(row, name), _UNITS.get(name, "")
        if value is None or unit not in self._names() or not (token := self._value(row, unit)):
            return value
        found = table_of(token).unit(token)
        return str(found.dimension), Fraction(value) * found.factor

    def _check(self, *fields: str) -> None:
        names = tuple(self._names())
        for name in fields:
            hint = "several have no list: sort('region', 'year'), group_by('region', 'period')"
            if callable(name):
                hint = "sorted(rows, key=…) and itertools.groupby take a function"
            expect("field", name, "casefold", "the name of a field", hint=hint)
            if name not in names:
                if (same := _SAME.get(name)) in names:
                    raise ArgumentError(parameter="field", value=repr(name), allowed=[str(same)])
                if not self._is_property(name):
                    raise unknown("field", name, set(names))

    def _is_property(self, name: str) -> bool:  # noqa: ARG002
        """Return whether all rows have a property that rows can be sorted and grouped by."""
        return False


def group_by(rows: Iterable[Any], key: Callable[[Any], Hashable]) -> dict[Any, list[Any]]:
    """Return the rows of each key, in the order of the first row of each."""
    groups: dict[Any, list[Any]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


def followed(progress: Callable[[Sequence[T]], Iterable[T]], items: Sequence[T]) -> Iterator[T]:
    """Yield the items while a progress bar of the caller iterates over them.

    Raises
    ------
    ArgumentTypeError
        If `progress` is no function, or does not return these items in their order.
    """
    expected = f"a function that returns the {len(items)} items in their order"
    if not callable(progress):  # a class is one, such as tqdm
        raise ArgumentTypeError(parameter="progress", value=brief(progress), expected=expected)
    shown = progress(items)
    expect("progress", shown, "__iter__", expected)
    count = 0
    for item in shown:
        if count == len(items) or item is not items[count]:
            value = f"{brief(item)} at position {count}"
            raise ArgumentTypeError(parameter="progress", value=value, expected=expected)
        count += 1
        yield item
    if count < len(items):
        raise ArgumentTypeError(parameter="progress", value=f"only {count}", expected=expected)


def _rank(value: Any, descending: bool) -> tuple[bool, Any]:
    """Return the sort key of a value; None is last in both orders."""
    if value is None:
        return not descending, 0
    return descending, list(type(value)).index(value) if isinstance(value, StrEnum) else value
