"""What all records share: frozen, no unknown field, equal by content, a key."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache, wraps
from threading import RLock
from types import MappingProxyType, UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    ClassVar,
    Literal,
    Self,
    TypeVar,
    Union,
    get_args,
    get_origin,
)

from pydantic import (
    BaseModel,
    ConfigDict,
    ModelWrapValidatorHandler,
    ValidationError,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError
from typing_extensions import Format, get_annotations

from ..errors import (
    ConflictError,
    MissingAttributeError,
    brief,
    expect,
    flag,
    instead_of,
    nearest,
    warn,
)
from ..text.messages import Message, either, suggestion
from ..units.table import UnitTable, bundled_units

_BUILDING = RLock()
_TEXTS = {"__repr__", "__str__", "_repr_html_"}


class Frozen(BaseModel):
    """A record or a part of a result: immutable, without unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def __init_subclass__(cls, **options: Any) -> None:
        """Make the texts of the class name a field that is missing: a debugger shows any object."""
        super().__init_subclass__(**options)
        for name in _TEXTS & vars(cls).keys():
            setattr(cls, name, _of_incomplete(vars(cls)[name]))

    if not TYPE_CHECKING:

        def json(self) -> str:
            """Return the fields as JSON, as tables do; pydantic's own method of this name is old."""
            return self.model_dump_json()

        def __getattr__(self, name: str) -> Any:
            """Raise an error that names the nearest attribute, or the error of the property itself."""
            kind = type(self)
            try:
                return super().__getattr__(name)
            except AttributeError:
                if hasattr(kind, name):
                    raise
                is_empty = name in kind.model_fields
                near = (
                    () if is_empty else _instead_of(kind, name) or _nearest_attributes(kind, name)
                )
                hint = "it was made without validation, and without this field" if is_empty else ""
                raise MissingAttributeError(
                    owner=kind.__name__, name=name, nearest=near, hint=hint
                ) from None


def _of_incomplete(text_of: Callable[[Any], str]) -> Callable[[Any], str]:
    """Return a method whose text says what is missing if the record was made without validation."""

    @wraps(text_of)
    def run(self: Any) -> str:
        try:
            return text_of(self)
        except AttributeError as error:
            return f"incomplete {type(self).__name__}: {error}"

    return run


_WITH_FILTER = ("targets", "observations", "goals", "documents", "plans")


def _instead_of(kind: type[BaseModel], name: str) -> tuple[str, ...]:
    """Return what to write for a name that records do not have, if it is known."""
    noun = getattr(kind, "noun", "")
    referred, _, lang = name.rpartition("_")
    if referred in {"region", "indicator"} and lang in {"en", "zh"} and hasattr(kind, "series_key"):
        return (f"{referred}.name_{lang}",)
    if name in _WITH_FILTER and noun in {"region", "indicator", "plan"}:
        return (f"plans.{name}.where({noun}=…)",)
    meant = instead_of(name, "record")
    field = meant[0] if meant else ""
    return () if field.isidentifier() and field not in kind.model_fields else meant


@lru_cache(maxsize=256)
def _nearest_attributes(kind: type[BaseModel], name: str) -> tuple[str, ...]:
    """Return the parts of a model that have an attribute, or the attribute that is spelled like it."""
    if name.startswith("_"):
        return ()
    paths = {field: info.annotation for field, info in kind.model_fields.items()}
    for _ in range(2):  # parts, and parts of parts: citation.source.tier
        parts = {
            path: part
            for path, annotation in paths.items()
            for part in types_in(annotation)
            if issubclass(part, Frozen)
        }
        having = [path for path, part in parts.items() if _has_attribute(part, name)]
        if having:
            return tuple(f"{path}.{name}" for path in having)
        paths = {
            f"{path}.{field}": info.annotation
            for path, part in parts.items()
            for field, info in part.model_fields.items()
        }
    own = {*kind.model_fields, *dir(kind)} - {*dir(BaseModel)}
    public = sorted(attribute for attribute in own if not attribute.startswith("_"))
    longer = [field for field in kind.model_fields if field.startswith(f"{name}_")]
    return tuple(longer[:3] or nearest(name, public, 1))


def _has_attribute(kind: type[BaseModel], name: str) -> bool:
    return name in kind.model_fields or hasattr(kind, name)


# The columns that data frames have beside a field or a property of a record.
IMPLIED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "region": ("region_en", "region_zh"),
        "indicator": ("indicator_en", "indicator_zh"),
        "unit": ("unit_en", "unit_zh"),
        "citation": ("tier", "citation_text", "url"),
    }
)


def _with_nearest(error: ValidationError, kind: type[BaseModel]) -> ValidationError:
    """Return an error of pydantic with messages that name the nearest code or field, if it has any."""
    details = error.errors(include_url=False)
    problems = [_problem_of(detail, kind) for detail in details]
    if not any(problems):
        return error
    lines = []
    for detail, problem in zip(details, problems, strict=True):
        context: dict[str, Any] = {"problem": detail["msg"]} | detail.get("ctx", {})
        context |= {"problem": problem} if problem else {}
        code: Any = detail["type"]  # type checkers take a text of the source code only
        text = PydanticCustomError(code, "{problem}", context)
        lines.append(InitErrorDetails(type=text, loc=detail["loc"], input=detail["input"]))
    return ValidationError.from_exception_data(error.title, lines)


def _problem_of(detail: Any, kind: type[BaseModel]) -> Message | None:
    """Return the message for a code or a field that is none; None for other errors."""
    context = detail.get("ctx", {})
    if detail["type"] == "enum" and "expected" in context:  # pydantic lists the codes in quotes
        codes = re.findall("'[^']*'", context["expected"])
        by_lower = {code.strip("'").lower(): code for code in codes}
        near = nearest(str(detail["input"])[:60].lower(), by_lower, 1)
        hint = suggestion([by_lower[name] for name in near])
        return Message(
            "problem.enum", expected=either(codes), found=brief(detail["input"]), hint=hint
        )
    if detail["type"] == "extra_forbidden" and len(detail["loc"]) == 1 and not context:
        name = str(detail["loc"][0])[:60]
        near = [] if hasattr(kind, name) else nearest(name, kind.model_fields, 1)
        return Message("problem.unknown_field", hint=suggestion(near))
    return None


class Record(Frozen):
    """One row of a table: immutable, without unknown fields, identified by its `key`."""

    # Build validators for the first validated row only: the snapshot needs none. Files have the names
    # of fields, whatever aliases a subclass gives them.
    model_config = ConfigDict(defer_build=True, populate_by_name=True, loc_by_alias=False)

    noun: ClassVar[str] = "record"
    # Fields that refer to records of the same table; those rows are read first.
    own_kind: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls, **options: Any) -> None:
        """Refuse a field with a name that means something else in a base class or its files."""
        super().__init_subclass__(**options)
        for name in _own_fields(cls):
            if theirs := cls._taken(name):
                raise _taken_field(cls, name, "a field of its own", theirs)

    @classmethod
    def __pydantic_init_subclass__(cls, **options: Any) -> None:
        """Refuse what records do not allow, and another type for a field of a base class."""
        super().__pydantic_init_subclass__(**options)
        _check_config(cls)
        for name in _own_fields(cls):
            ours = tuple(types_in(cls.model_fields[name].annotation))
            for base in cls.__mro__[1:]:
                field = getattr(base, "model_fields", {}).get(name)
                if field and not _is_part(ours, tuple(types_in(field.annotation))):
                    theirs = f"the type {_shown(types_in(field.annotation))}"
                    raise _taken_field(cls, name, f"the type {_shown(ours)}", theirs)
            if name == "citation" and any(getattr(kind, "noun", "") != name for kind in ours):
                raise _taken_field(cls, name, "a field of its own", "a location in a document")

    @model_validator(mode="wrap")
    @classmethod
    def _name_what_is_nearest(
        cls, values: object, validate: ModelWrapValidatorHandler[Self]
    ) -> Self:
        """Name the nearest code or field for one that is none."""
        try:
            return validate(values)
        except ValidationError as error:
            raise _with_nearest(error, cls) from None

    @classmethod
    def _taken(cls, name: str) -> str:
        """Return what a name is in the base classes, other than a field; empty if it is free."""
        if hasattr(super(cls, cls), name):
            return "an attribute"
        bases = cls.__mro__[1:]
        fields = [getattr(base, "model_fields", {}) for base in bases]
        citation = next((own["citation"].annotation for own in fields if "citation" in own), None)
        if name in getattr(citation, "model_fields", {}):
            return "a column of the citation"
        if name == "edition":
            return "a column of the file of one table"
        source = next((source for source, columns in IMPLIED.items() if name in columns), "")
        is_implied = any(source in own for own in fields) or any(hasattr(b, source) for b in bases)
        return "a column of data frames" if source and is_implied else ""

    @classmethod
    def model_rebuild(
        cls, *, force: bool = False, _parent_namespace_depth: int = 2, **options: Any
    ) -> bool | None:
        """Build the validator under a lock.

        Before pydantic 2.14, a second thread can remove what the first has just built.
        """
        with _BUILDING:
            # This method adds one frame.
            depth = _parent_namespace_depth + 1
            return super().model_rebuild(force=force, _parent_namespace_depth=depth, **options)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with other values in some fields, which are validated as in a new record.

        Raises
        ------
        pydantic.ValidationError
            If a value is not valid, or there is no such field.
        ArgumentTypeError
            If `update` is no mapping.

        Examples
        --------
        >>> from innovation_plans import load
        >>> target = load().targets.where(region="GD", indicator="rd_intensity", end_year=2025).one()
        >>> target.model_copy(update={"value": 3.4}).value
        Decimal('3.4')
        """
        if update is not None:
            expect("update", update, "keys", "values by field")
            ours = {name: getattr(self, name) for name in type(self).model_fields}
            record = type(self).model_validate({**ours, **(self.model_extra or {}), **update})
            update = {name: getattr(record, name) for name in update}
        return super().model_copy(update=update, deep=flag("deep", deep))

    if not TYPE_CHECKING:

        def copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
            """Return :meth:`model_copy`; pydantic's own method of this name is old."""
            return self.model_copy(update=update, deep=deep)

    @property
    def key(self) -> str:
        """The text that identifies the record within its table."""
        raise TypeError(f"{type(self).__name__} defines no key")

    def __eq__(self, other: object) -> bool:
        """Return whether another record has the same type and content; warn about a text, its code."""
        if isinstance(other, str):
            code = "code" if "code" in type(self).model_fields else "key"
            owner, text = type(self).__name__, brief(other)
            advice = f"compare its {code}, {self.noun}.{code} == {text}"
            warn(f"no {owner} is equal to text: {advice}")
        return BaseModel.__eq__(self, other)  # super() would take longer

    def __contains__(self, value: object) -> bool:
        """Return whether pydantic's pairs of name and value have a value; of a text as of `==`."""
        return self == value if isinstance(value, str) else value in list(self)

    def __hash__(self) -> int:
        return hash((type(self), self.key))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.key}>"

    def __str__(self) -> str:
        return self.key

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        yield None, self.key

    def _repr_html_(self) -> str:
        """Return the non-empty fields as a table, for a notebook."""
        from ..text.tables import facts_html

        fields = [(name, field_text(getattr(self, name))) for name in type(self).model_fields]
        return facts_html(f"{type(self).__name__} {self.key}", fields)


def _check_config(kind: type[Record]) -> None:
    """Raise a ConflictError for options of pydantic that make a record change or lose values."""
    config = kind.model_config
    ours, hint = "", ""
    if not config.get("frozen"):
        ours, hint = "frozen=False", "model_copy(update=…) returns a changed copy"
    elif config.get("extra") == "ignore":
        ours, hint = 'extra="ignore"', "define each field; a misspelt one would be lost"
    for name in kind.__pydantic_decorators__.computed_fields:
        ours = f"the computed field {name!r}"
        hint = "make it a plain property; files and frames have the columns of fields only"
    if ours:
        theirs = "records, which are immutable and have no other values than those of their fields"
        raise ConflictError(what=kind.__name__, ours=ours, theirs=theirs, hint=hint)


def _taken_field(kind: type[Record], name: str, ours: str, theirs: str) -> ConflictError:
    return ConflictError(
        what=f"field {name!r} of {kind.__name__}",
        ours=ours,
        theirs=f"{theirs} of {kind.__mro__[1].__name__}",
        hint="give the field another name",
    )


def _own_fields(kind: type[Record]) -> Iterator[str]:
    """Yield the fields that a class itself defines."""
    for name, annotation in get_annotations(kind, format=Format.FORWARDREF).items():
        if not name.startswith("_") and "ClassVar" not in str(annotation):
            yield name


def _is_part(kinds: tuple[type, ...], admitted: tuple[type, ...]) -> bool:
    """Return whether some classes are among others; True if those are not known yet."""
    return not admitted or all(issubclass(kind, admitted) for kind in kinds)


def types_in(annotation: Any) -> Iterator[type]:
    """Yield the classes whose instances an annotation admits."""
    origin = get_origin(annotation)
    if origin in {Union, UnionType}:
        for part in get_args(annotation):
            yield from types_in(part)
    elif origin is Literal:
        yield from map(type, get_args(annotation))
    elif origin is Annotated:
        yield from types_in(get_args(annotation)[0])
    elif isinstance(annotation, TypeVar):
        yield from types_in(annotation.__bound__ or object)
    elif annotation is None:
        yield type(None)
    elif isinstance(origin or annotation, type):
        yield origin or annotation


def _shown(kinds: Iterable[type]) -> str:
    return " | ".join(kind.__name__ for kind in kinds).replace("NoneType", "None")


def same_as_printed(one: Record, other: Record) -> bool:
    """Return whether two records are equal to the last printed digit: 3.5 is not 3.50."""
    return one == other and all(
        _digits(getattr(one, name)) == _digits(getattr(other, name))
        for name in type(one).model_fields
    )


def _digits(value: object) -> object:
    if isinstance(value, Decimal):
        return value.as_tuple()
    return tuple(map(_digits, value)) if isinstance(value, tuple | list) else None


def field_text(value: object) -> str:
    """Return the value of a field as text: numbers as printed, records by name and key.

    Examples
    --------
    >>> field_text(Decimal("3.50")), field_text(("GD", "粤")), field_text(None), field_text(False)
    ('3.50', 'GD, 粤', '', 'no')
    """
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return f"{value:f}"  # every digit, and never 1E+3
        case tuple():
            return ", ".join(field_text(item) for item in value)
        case Record():
            return _named(value)
        case _:
            return str(value)


def _named(record: Record) -> str:
    """Return a source or citation in full, another record by name or title and key."""
    if record.noun in {"source", "citation"}:
        return str(record)
    names = map(vars(record).get, ("name_en", "title_en", "title_zh"))
    name = next((name for name in names if name), None)
    return f"{name} ({record.key})" if name else record.key


class Context:
    """The validation context: the records that codes refer to, and the units.

    Pass it as ``context=`` when you validate records from text or JSON::

        Target.model_validate_json(text, context=plans.context)
    """

    def __init__(
        self,
        tables: Mapping[str, Mapping[str, Record]] | None = None,
        *,
        units: UnitTable | None = None,
    ) -> None:
        self._tables: dict[str, dict[str, Any]] = {
            noun: dict(records) for noun, records in (tables or {}).items()
        }
        self._units = units
        # Codes whose row has an error; a reference to one is not a second error.
        self.with_errors: set[tuple[str, str]] = set()
        # Nouns whose table was not read completely; an unknown code of one is not an error.
        self.unread: set[str] = set()
        # The words in open columns ("observations.vintage", …), for the check of filters.
        self.words: dict[str, frozenset[str]] = {}
        self.edition = ""  # of the dataset whose context this is

    def copy(self) -> Context:
        """Return a context that can be changed by itself."""
        made = Context(self._tables, units=self._units)
        made.with_errors, made.unread = set(self.with_errors), set(self.unread)
        made.words = dict(self.words)
        made.edition = self.edition
        return made

    __copy__ = copy

    @property
    def units(self) -> UnitTable:
        """The unit table; the bundled one is read on first use."""
        if self._units is None:
            self._units = bundled_units()
        return self._units

    @property
    def tables(self) -> Mapping[str, Mapping[str, Any]]:
        """The records that codes refer to, by noun and code; read-only."""
        return MappingProxyType({noun: self.of(noun) for noun in self._tables})

    def of(self, noun: str) -> Mapping[str, Any]:
        """Return the records of a noun (``region``, ``plan``, …) by code."""
        return MappingProxyType(self._tables.setdefault(noun, {}))

    def add(self, record: Record) -> None:
        """Add a record, so that later rows can refer to it."""
        self._tables.setdefault(record.noun, {})[record.key] = record
