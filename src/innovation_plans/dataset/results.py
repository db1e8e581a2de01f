"""The base of every result: an immutable sequence of records that can be filtered and written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from enum import StrEnum
from os import PathLike
from pathlib import Path
from typing import Any, ClassVar, Generic, Protocol, Self, cast, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from typing_extensions import TypeVar

from ..errors import (
    ArgumentError,
    DataError,
    DataErrors,
    brief,
    expanded,
    expect,
    flag,
    keywords_only,
    nearest,
    unknown,
)
from ..io.columns import Columns
from ..io.formats import Written, fitting, write
from ..io.raw import MOST_ERRORS
from ..io.save import replacing
from ..records.base import Context, types_in
from ..text import labels
from ..text.messages import Language, say
from .flat import part_of, result_columns, result_content
from .sequence import Rows
from .tables import joined
from .where import as_list, coded, found, of_units, periods

R = TypeVar("R", bound=BaseModel, covariant=True)
S = TypeVar("S", bound="Results[Any]")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
# Fields with codes of the data, of which an unknown one is an error.
_CODED = {"region", "indicator", "plan", "source", "period", "vintage", "unit"}


class HasSources(Protocol[T_co]):
    """A dataset: what has a table of sources."""

    @property
    def sources(self) -> T_co:
        """The documents."""
        ...


class Results(Rows[R], Generic[R]):
    """Results in a fixed order; `edition` is the edition of the data that they are from."""

    _finding: ClassVar[str] = "where(region=…) finds results by their fields"
    _instead: ClassVar[Mapping[str, str]] = {
        "cite": "sources(plans).cite()",
        "to_html": "html()",
    }
    kind: ClassVar[type[BaseModel]] = BaseModel
    noun: ClassVar[str] = "result"
    counted: ClassVar[str] = ""  # the field whose values `counts` counts
    unprefixed: ClassVar[tuple[str, ...]] = ()  # parts whose columns have names without a prefix
    shared: BaseModel | None = None  # the fields that all results have in common
    _all: tuple[Any, ...] | None = None  # the results of which these were chosen
    _codes: Context | None = None  # of the dataset; None for results that were read from a file

    @classmethod
    def _kind(cls) -> type[BaseModel]:
        return cls.kind

    def _edition_of(self, rows: tuple[Any, ...]) -> str:
        return joined(*(_value(row, "edition") or "" for row in rows))

    def __eq__(self, other: object) -> bool:
        return super().__eq__(other) and self.shared == getattr(other, "shared", None)

    def __hash__(self) -> int:
        return super().__hash__()

    def __add__(self, other: Self) -> Self:
        """Return the results of both, equal ones once; both are parts of one result."""
        ours, theirs = (
            (type(each), getattr(each, "shared", None), getattr(each, "edition", None))
            for each in (self, other)
        )
        return self._of(dict.fromkeys((*self, *other))) if ours == theirs else NotImplemented

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        return self.html()

    @keywords_only
    def where(self, **values: object) -> Self:
        """Return the results whose fields have these values: ``where(verdict="met")``.

        The fields of a part, such as ``region`` of the subject, have their own names. A value may be
        a record, a name of a region or an indicator, or a collection of values. For a field with several values, such as ``caveats``,
        one of them is enough.

        Raises
        ------
        TypeError
            If the results have no such field.
        ArgumentError
            If the field cannot have such a value, or nothing has such a code.
        MissingError, AmbiguousError
            If no region or indicator has such a name, or several have it.
        """
        kept: Iterable[R] = self
        types = dict(_types(self.kind))
        for name, value in values.items():
            if name not in types:
                near = " or ".join(nearest(name, types, 3))
                hint = f"did you mean {near}?" if near else f"fields: {', '.join(sorted(types))}"
                raise TypeError(f"{type(self).__name__} has no field {name!r}; {hint}")
            several = as_list(name, value)
            admitted = _admitted(name, several, types[name])
            names = [each for each in (name, f"{name}_en", f"{name}_zh") if each in types]
            if name in _CODED:
                seen = {_value(row, each) for row in self._all or self._rows for each in names}
                new = [each for each in several if isinstance(each, str) and each not in seen]
                admitted += [code for text in new for code in _codes_of(name, text, self._codes)]
            kept = [r for r in kept if any(_has(_value(r, each), admitted) for each in names)]
        return self._of(kept)

    def counts(self) -> dict[Any, int]:
        """Return how many results have each value of a code list; every value is a key."""
        counted = Counter(_value(result, self.counted) for result in self)
        field = self.kind.model_fields[self.counted]
        return {code: counted[code] for code in _members(field.annotation)}

    @property
    def source_codes(self) -> tuple[str, ...]:
        """Codes of the sources of all records that the results were made from."""
        keys = (key for result in self for key in getattr(result, "inputs", ()) if "@" in key)
        return tuple(dict.fromkeys(key.rpartition("@")[2].partition("#")[0] for key in keys))

    def sources(self, plans: HasSources[T]) -> T:
        """Return the documents of all records that the results were made from.

        Parameters
        ----------
        plans
            The dataset that the results are from.

        Raises
        ------
        MissingError
            If the dataset has no such document.

        Examples
        --------
        >>> from innovation_plans import load, scorecard
        >>> plans = load()
        >>> card = scorecard(plans, region="GD", indicator="rd_intensity", end_year=2025)
        >>> print(card.sources(plans).cite("bibtex").splitlines()[0])
        @misc{seed-cbn-2021,
        """
        expect("plans", plans, "targets", "a dataset")
        table: Any = plans.sources
        return cast("T", table._of(table[code] for code in self.source_codes))  # noqa: SLF001

    def html(self, lang: Language = "en") -> str:
        """Return the first rows as an HTML table, with the line about all results."""
        edition = say("edition.of", lang, edition=self.edition) if self.edition else ""
        return self.sheet(lang).html(labels.joined([self.summary(lang), edition], lang, "parts"))

    def json(self) -> str:
        """Return the results as a JSON array, which :meth:`from_json` reads."""
        return _adapter(self.kind).dump_json(list(self), indent=2).decode()

    @classmethod
    def from_json(cls, text: str, edition: str = "") -> Self:
        """Return the results that :meth:`json` wrote, of the edition that they contain.

        An array without results contains no edition: pass `edition`.

        Raises
        ------
        DataErrors
            If the text is something else.
        """
        results: list[Any] = read_json(_adapter(cls.kind), text, cls.__name__)
        return cls(results, edition)

    @classmethod
    def _read(cls, text: str, *_: Any) -> Self:
        return cls.from_json(text)

    def to_columns(self) -> Columns:
        """Return the results as named columns of typed values."""
        return result_columns(self._table, self, self.kind, self.shared, self.unprefixed)

    def write(
        self,
        path: str | PathLike[str],
        *,
        format: str | None = None,  # noqa: A002 - the word that callers look for
        overwrite: bool = False,
        safe: bool = True,
    ) -> Written:
        """Write the results as one table, as one JSON object per line, or as JSON.

        Parameters
        ----------
        path, format, overwrite, safe
            As for :meth:`Dataset.write`; the formats are csv, excel-csv, jsonl, parquet, excel, and
            json, whose text :meth:`from_json` reads.

        Raises
        ------
        WriteError, MissingError, MissingExtraError
            As for :meth:`Dataset.write`.
        """
        place = Path(expanded(path))
        by_ending = format is None and place.suffix.lower() == ".json"
        if by_ending or (isinstance(format, str) and format == "json"):
            fitting(place, "json")
            with replacing(place, overwrite=flag("overwrite", overwrite)) as fresh:
                fresh.write_text(self.json() + "\n", encoding="utf-8", newline="\n")
            return Written(place, "json", {self.noun: len(self)}, ())
        content = result_content(
            self.to_columns, self.noun, self, shared=self.shared, edition=self.edition
        )
        return write(content, path, format=format, overwrite=overwrite, safe=safe)

    @property
    def _table(self) -> str:
        return type(self).__name__.lower()

    def _name_of(self, code: str, lang: Language, *nouns: str) -> str:
        """Return the short name of the first region or indicator with a code; the code if it has none."""
        codes = self._codes or Context()
        records = (codes.of(noun)[code] for noun in nouns if code in codes.of(noun))
        record = next(records, None)
        return code if record is None else labels.name(record, lang, "short", "name")

    def _of(self, rows: Iterable[Any]) -> Self:
        made = copy(self)
        made._all, made._rows = self._all or self._rows, tuple(rows)  # noqa: SLF001
        return made

    def _names(self) -> Iterable[str]:
        return dict(_types(self.kind))

    def _value(self, row: Any, name: str) -> Any:
        return _value(row, name)


def made_from(results: S, plans: object) -> S:
    """Return results that know the codes of the dataset or table that they were made from."""
    vars(results)["_codes"] = getattr(plans, "_codes", None)
    return results


def read_json(adapter: TypeAdapter[T], text: str, name: str, context: Any = None) -> T:
    """Return what a JSON text contains; `context` has the records that codes refer to.

    Raises
    ------
    DataErrors
        With every error of the text.
    """
    try:
        return adapter.validate_json(text, context=context)
    except (ValidationError, UnicodeEncodeError) as error:
        if isinstance(error, UnicodeEncodeError):
            details = [("", "expected text without lone surrogates")]
        else:
            found = error.errors(include_url=False, include_input=False)[:MOST_ERRORS]
            details = [(".".join(map(str, each["loc"])), each["msg"]) for each in found]
        file = f"{name} as JSON"
        errors = [DataError(file=file, column=where, problem=text) for where, text in details]
        expected = f"{name}: expected what {name}.json() returns"
        raise DataErrors.of(expected, errors, "text") from None


def _types(model: type[BaseModel]) -> Iterator[tuple[str, Any]]:
    """Yield the fields of the parts of a model, the first part last, and its own, with their types."""
    own = _own_types(model)
    for part in (part_of(annotation) for _, annotation in reversed(own)):
        yield from _own_types(part) if part else ()
    yield from own


def _own_types(model: type[BaseModel]) -> list[tuple[str, Any]]:
    return [(name, field.annotation) for name, field in model.model_fields.items()]


def _value(record: BaseModel, name: str) -> Any:
    """Return a field of a record, else of the first part that has it."""
    if name in type(record).model_fields:
        return getattr(record, name)
    parts = (getattr(record, field) for field in type(record).model_fields)
    return next(
        (
            getattr(part, name)
            for part in parts
            if isinstance(part, BaseModel) and name in type(part).model_fields
        ),
        None,
    )


def _members(annotation: Any) -> Sequence[Any]:
    """Return the members of the code list or the literals that a type admits, or None."""
    codes: list[Any] = []
    for option in get_args(annotation) or (annotation,):
        if isinstance(option, type) and issubclass(option, StrEnum):
            codes += option
        else:
            codes.append(None if option is type(None) else option)
    return codes


def _codes_of(name: str, text: str, codes: Context | None) -> list[Any]:
    """Return the codes that a text means in a dataset, by default the bundled data.

    An unknown one is an error, as in the tables of the dataset.
    """
    if codes is None:
        from .load import load

        codes = load().observations.context
    if name in {"region", "indicator"}:
        return [record.key for record in found(name, codes, text)]
    if name == "period":
        return periods(text, {plan.period for plan in codes.of("plan").values()})
    if name == "unit":
        chosen = of_units(str, text, codes.units)
    else:
        words = codes.words.get("observations.vintage", ())
        chosen = coded(name, str, text, words if name == "vintage" else codes.of(name))
    return [] if chosen is None else list(chosen[1])


def _admitted(name: str, values: Iterable[Any], annotation: Any) -> list[object]:
    """Return values of a field, as the field has them."""
    if get_origin(annotation) is tuple:
        annotation = get_args(annotation)[0]
    adapter: TypeAdapter[object] = TypeAdapter(annotation)
    members = [code for code in _members(annotation) if code is not None]
    codes = [str(code) for code in members if not isinstance(code, type)]
    keys = [getattr(value, "key", value) for value in values]
    for key in keys:
        if callable(key):
            hint = "filter(lambda row: …) takes a function"
            raise ArgumentError(parameter=name, value=brief(key), hint=hint)
        if isinstance(key, bool) and bool not in types_in(annotation):  # pydantic reads it as 1
            raise unknown(name, key, codes)
    try:
        return [adapter.validate_python(key) for key in keys]
    except ValidationError as error:
        value = error.errors(include_url=False)[0]["input"]
        raise unknown(name, value, codes) from None


def _has(value: object, admitted: Collection[object]) -> bool:
    """Return True if a value, or one of several, is admitted."""
    return any(part in admitted for part in (value if isinstance(value, tuple) else (value,)))


def _adapter(kind: type[BaseModel]) -> TypeAdapter[list[BaseModel]]:
    return TypeAdapter(list[kind])  # type: ignore[valid-type]
