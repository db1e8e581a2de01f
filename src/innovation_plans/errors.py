"""Errors and warnings of the package.

Every error is an :class:`InnovationPlansError` and also the built-in error that a caller expects,
such as ``ValueError``. It has its facts as attributes, and it pickles.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import wraps
from inspect import unwrap
from operator import index
from os import PathLike
from typing import Any, NoReturn, ParamSpec, Self, TypeVar

__all__ = [
    "AmbiguousError",
    "ArgumentError",
    "ArgumentTypeError",
    "ConflictError",
    "DataError",
    "DataErrors",
    "FigureError",
    "GrowthError",
    "IncomparableError",
    "InnovationPlansError",
    "InnovationPlansWarning",
    "MissingAttributeError",
    "MissingError",
    "MissingExtraError",
    "PluginError",
    "PositionError",
    "brief",
    "expanded",
    "expect",
    "expect_path",
    "flag",
    "instead_of",
    "is_whole",
    "keywords_only",
    "name_attributes",
    "nearest",
    "no_array",
    "one_of",
    "suggests",
    "unknown",
    "warn",
    "whole",
]

P = ParamSpec("P")
T = TypeVar("T")
_LARGEST = 10**30
_FEW = 8  # as many options are listed if none is spelled like the value


class InnovationPlansError(Exception):
    """The base of every error that this package raises."""


def _rebuild(kind: type[InnovationPlansError], facts: dict[str, Any]) -> InnovationPlansError:
    return kind(**facts)


class _FactError(InnovationPlansError):
    """An error whose message is built from its facts, which are its attributes; it pickles."""

    def __init__(self, *parts: str, **facts: Any) -> None:
        super().__init__("; ".join(part for part in parts if part))
        self._facts = facts
        for name, value in facts.items():
            setattr(self, name, value)

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self._facts), self.__dict__  # the state has added notes


class DataError(_FactError, ValueError):
    """One error at one location in a file.

    Examples
    --------
    >>> print(DataError(file="targets/14th.csv", line=37, column="value", problem="no number"))
    targets/14th.csv:37: value: no number
    """

    file: str
    line: int
    column: str
    problem: str

    def __init__(self, *, file: str, problem: str, line: int = 0, column: str = "") -> None:
        location = f"{file}:{line}" if line else file
        message = ": ".join(part for part in (location, column, problem) if part)
        super().__init__(message, file=file, problem=problem, line=line, column=column)


_MOST_SHOWN = 3  # errors in the message of a group


class DataErrors(InnovationPlansError, ExceptionGroup[DataError], ValueError):  # noqa: N818 - a group
    """All errors of one reading: an ``ExceptionGroup`` of :class:`DataError`."""

    def derive(self, excs: Sequence[DataError]) -> Self:  # type: ignore[override]
        """Return a group of the same type with other members, for ``except*``."""
        return type(self)(self.message, excs)

    @classmethod
    def of(cls, where: str, errors: Iterable[DataError], noun: str = "file") -> Self:
        """Return the group of `errors`; the message has their number and location, and the first ones."""
        members = list(errors)
        files = {error.file for error in members}
        location = f"{_count(members, 'error')} in {_count(files, noun)}"
        return cls.with_first(f"{where}: {location}, nothing loaded", members)

    @classmethod
    def with_first(cls, problem: str, errors: Sequence[DataError]) -> Self:
        """Return the group of `errors` with a message of a problem and the first errors."""
        shown = "; ".join(str(error) for error in errors[:_MOST_SHOWN])
        more = "; …" if len(errors) > _MOST_SHOWN else ""
        return cls(f"{problem}: {shown}{more}", errors)


class MissingError(_FactError, LookupError):
    """Nothing has the name or the properties asked for.

    Examples
    --------
    >>> print(MissingError(asked="region 'Guandong'", nearest=("Guangdong",)))
    no region 'Guandong'; did you mean Guangdong?
    """

    asked: str
    nearest: tuple[str, ...]

    def __init__(self, *, asked: str, nearest: Sequence[str] = (), hint: str = "") -> None:
        suggestion = f"did you mean {_either(nearest)}?" if nearest else ""
        super().__init__(
            f"no {asked}", suggestion, hint, asked=asked, nearest=tuple(nearest), hint=hint
        )


class PositionError(MissingError, IndexError):
    """A table or a result has no row at a position.

    Examples
    --------
    >>> print(PositionError(position=7, count=3))
    no row 7; there are 3
    """

    position: int
    count: int

    def __init__(self, *, position: int, count: int) -> None:
        super().__init__(asked=f"row {brief(position)}", hint=f"there are {count}")
        self.position, self.count = position, count
        self._facts = {"position": position, "count": count}


class MissingAttributeError(_FactError, AttributeError):
    """A record, a result, a dataset or a module has no such attribute; names the nearest.

    Examples
    --------
    >>> print(MissingAttributeError(owner="Target", name="year", nearest=("end_year",)))
    no attribute 'year' of Target; did you mean end_year?
    """

    owner: str
    nearest: tuple[str, ...]

    def __init__(
        self, *, owner: str, name: str, nearest: Sequence[str] = (), hint: str = ""
    ) -> None:
        problem = f"no attribute {name!r} of {owner}"
        suggestion = f"did you mean {_either(nearest)}?" if nearest else ""
        facts = {"owner": owner, "name": name, "nearest": tuple(nearest), "hint": hint}
        super().__init__(problem, suggestion, hint, **facts)


class ArgumentError(MissingError, ValueError):
    """An option has a value that it cannot have; names the values that it can have.

    Examples
    --------
    >>> print(ArgumentError(parameter="measure", value="'valu'", allowed=("value", "rank")))
    no measure 'valu'; did you mean value or rank?
    """

    parameter: str
    value: str
    allowed: tuple[str, ...]

    def __init__(
        self,
        *,
        parameter: str,
        value: str,
        allowed: Sequence[str] = (),
        nearest: Sequence[str] | None = None,
        hint: str = "",
    ) -> None:
        likely = tuple(allowed if nearest is None else nearest)
        super().__init__(asked=f"{parameter} {value}", nearest=likely, hint=hint)
        self.parameter, self.value, self.allowed = parameter, value, tuple(allowed)
        self._facts = {
            "parameter": parameter,
            "value": value,
            "allowed": self.allowed,
            "nearest": likely,
            "hint": hint,
        }


class ArgumentTypeError(ArgumentError, TypeError):
    """An argument is of another type than is expected.

    Examples
    --------
    >>> print(ArgumentTypeError(parameter="plans", value="'2026.10'", expected="a dataset"))
    plans: expected a dataset, found '2026.10'
    """

    expected: str

    def __init__(self, *, parameter: str, value: str, expected: str, hint: str = "") -> None:
        super().__init__(parameter=parameter, value=value)
        problem = f"{parameter}: expected {expected}, found {value}"
        self.args = ("; ".join(filter(None, (problem, hint))),)
        self.expected = expected
        self._facts = {"parameter": parameter, "value": value, "expected": expected, "hint": hint}


class AmbiguousError(_FactError, LookupError):
    """Several records or names match where one is expected."""

    asked: str
    matches: tuple[str, ...]

    def __init__(self, *, asked: str, matches: Sequence[str], hint: str = "") -> None:
        shown = ", ".join(matches[:6]) + (", …" if len(matches) > 6 else "")
        is_count = asked.startswith("one ")
        expected = f"expected {asked}" if is_count else f"{asked}: expected one match"
        text = f"{expected}, found {len(matches)} ({shown})"
        super().__init__(text, hint, asked=asked, matches=tuple(matches), hint=hint)


class IncomparableError(_FactError, ValueError):
    """Two quantities do not measure the same; `factor` names the unit of the missing factor."""

    left: str
    right: str
    factor: str

    def __init__(self, *, left: str, right: str, factor: str = "", hint: str = "") -> None:
        text = f"cannot combine {left} with {right}: they do not measure the same"
        missing = f"the missing factor is in {factor}" if factor else ""
        super().__init__(text, missing, hint, left=left, right=right, factor=factor, hint=hint)


class ConflictError(_FactError, ValueError):
    """Two records or definitions have the same key and different content."""

    what: str
    ours: str
    theirs: str

    def __init__(self, *, what: str, ours: str, theirs: str, hint: str = "") -> None:
        text = f"{what}: {ours} and {theirs}"
        super().__init__(text, hint, what=what, ours=ours, theirs=theirs, hint=hint)


class FigureError(_FactError, ValueError):
    """A text is not a figure or a unit; has the position of the error and what was expected."""

    text: str
    position: int
    expected: str

    def __init__(self, *, text: str, position: int, expected: str) -> None:
        text = text[:200]
        shown = repr(text) if text.isprintable() else ascii(text)
        self.quoted = shown if len(shown) <= 60 else f"{shown[:57]}…'"
        message = f"cannot read {self.quoted} at position {position}: expected {expected}"
        super().__init__(message, text=text, position=position, expected=expected)


class GrowthError(_FactError, ValueError):
    """Growth is not defined for these values.

    `reason` is ``zero_base``, ``sign_change``, ``no_span``, ``one_point`` or ``base_beyond_target``.
    """

    reason: str

    def __init__(self, *, reason: str, detail: str) -> None:
        super().__init__(detail, reason=reason, detail=detail)


class MissingExtraError(_FactError, ImportError):
    """A library is missing that an extra installs."""

    extra: str
    needs: str

    def __init__(self, *, extra: str, needs: str) -> None:
        text = f'{needs} is not installed; pip install "innovation-plans[{extra}]"'
        super().__init__(text, extra=extra, needs=needs)


class PluginError(_FactError, ImportError):
    """A plug-in cannot be used; names its distribution, unless it is a function of your own."""

    name: str
    distribution: str
    problem: str

    def __init__(self, *, name: str, distribution: str, problem: str) -> None:
        of_package = f" of {distribution}" if distribution else ""
        text = f"the plug-in {name!r}{of_package} cannot be used: {problem}"
        hint = f"repair or uninstall {distribution}" if distribution else ""
        super().__init__(text, hint, name=name, distribution=distribution, problem=problem)


class InnovationPlansWarning(UserWarning):
    """The base of every warning of this package."""


def warn(text: str, category: type[InnovationPlansWarning] = InnovationPlansWarning) -> None:
    """Issue a warning at the line of the program that called this package."""
    package = f"{__package__}."
    level, frame = 1, sys._getframe()  # noqa: SLF001 - warnings count frames in the same way
    while frame.f_back and f"{frame.f_globals.get('__name__')}.".startswith(package):
        level, frame = level + 1, frame.f_back
    warnings.warn(text, category, stacklevel=level)


def _either(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " or " + names[-1]


def _count(items: Collection[object], noun: str) -> str:
    return f"{len(items)} {noun}" + ("" if len(items) == 1 else "s")


# Names that people look for as attributes, mostly those of other libraries, and what to write instead.
_FUNCTIONS = {
    "aggregate": "ip.aggregate(records)",
    "assess": "ip.assess(target, plans)",
    "compare": "ip.compare(plans.targets.where(…))",
    "coverage": "ip.coverage(plans)",
    "cross_check": "ip.cross_check(plans, region=…)",
    "derive": "ip.derive(plans, indicator, region=…, year=…)",
    "explain": "ip.assess(target, plans).explain()",
    "plot": "ip.plots",
    "report": "ip.report.write(plans, path, region=…)",
    "scorecard": "ip.scorecard(plans, targets=…)",
    "verdict": "ip.assess(target, plans).verdict",
}
_OF_RECORDS = {
    "children": "plans.regions.where(parent=…)",
    "members": "plans.regions.where(group=…)",
    "cities": "plans.regions.where(parent=…)",
    "provinces": "plans.regions.where(parent=…)",
    **dict.fromkeys(("replace", "_replace", "evolve"), "model_copy(update={…})"),
    "to_dict": "model_dump()",
    "to_json": "model_dump_json()",
    **{
        name: f"{name}() of a table or a result, such as rows[:1].{name}()"
        for name in ("to_arrow", "to_frame", "to_pandas", "to_polars")
    },
}
_OF_ROWS = {
    "append": "plans.extend(targets=…)",
    "apply": "[… for row in rows]",
    "at": "where(region=…, indicator=…)",
    "cite": "sources().cite()",
    "columns": "to_pandas().columns",
    "find": "where(region=…)",
    "groupby": "group_by('region')",
    "html": "to_pandas().to_html()",
    "iloc": "rows[0]",
    "isin": "where(region=[…])",
    "iterrows": "for row in rows",
    "itertuples": "for row in rows",
    "last": "rows[-1]",
    "loc": "where(region=…)",
    "map": "[… for row in rows]",
    "query": "filter(lambda row: …)",
    "rows": "list(rows)",
    "sample": "random.sample(list(rows), 5)",
    "shape": "len(rows)",
    "size": "len(rows)",
    "sort_by": "sort('value')",
    "sort_values": "sort('value')",
    "tail": "rows[-5:]",
    "to_csv": "write('rows.csv')",
    "to_dicts": "to_polars().to_dicts()",
    "to_excel": "write('rows.xlsx')",
    "to_html": "to_pandas().to_html()",
    "to_json": "json()",
    "to_latex": "latex()",
    "to_list": "list(rows)",
    "to_markdown": "markdown()",
    "to_parquet": "write('rows.parquet')",
    "to_string": "text()",
    "tolist": "list(rows)",
    "unique": "group_by('region')",
    "values": "list(rows)",
}
_OF_UNITS = {
    "find": "unit('亿元')",
    "get": "name_of('亿元'), which is None without such a unit",
    "search": "[unit for unit in plans.units if 'CNY' in unit.name]",
    **dict.fromkeys(("to_frame", "to_pandas"), "pandas.DataFrame(plans.units)"),
}
_OWNERS = {
    "dataset": _FUNCTIONS,
    "record": _OF_RECORDS | _FUNCTIONS,
    "rows": _OF_ROWS | _FUNCTIONS,
    "units": _OF_UNITS,
}


def instead_of(name: str, owner: str) -> tuple[str, ...]:
    """Return what to write for a name that a dataset, record, rows or units lack, if it is known.

    Examples
    --------
    >>> instead_of("query", "rows"), instead_of("assess", "dataset"), instead_of("x", "record")
    (('filter(lambda row: …)',), ('ip.assess(target, plans)',), ())
    """
    return (meant,) if (meant := _OWNERS[owner].get(name)) else ()


def expect(parameter: str, value: object, attribute: str, expected: str, *, hint: str = "") -> None:
    """Raise an ArgumentTypeError if the value of a parameter does not have an attribute.

    Examples
    --------
    >>> expect("plans", "2026.10", "targets", "a dataset")
    Traceback (most recent call last):
    ...
    innovation_plans.errors.ArgumentTypeError: plans: expected a dataset, found '2026.10'
    """
    of_type = any(attribute in vars(kind) for kind in type(value).__mro__)  # reads no table
    if isinstance(value, type) or not (of_type or hasattr(value, attribute)):
        raise ArgumentTypeError(
            parameter=parameter, value=_shown(value), expected=expected, hint=hint
        )


def no_array(value: object) -> NoReturn:
    """Raise the error for ``pandas.DataFrame(value)``: an array has no columns of several types."""
    raise ArgumentTypeError(
        parameter="data",
        value=type(value).__name__,
        expected="a data frame",
        hint="to_pandas() returns one",
    )


def expect_path(value: object, parameter: str = "path", *, hint: str = "") -> None:
    """Raise an ArgumentTypeError if the value of a parameter is not a path."""
    if not isinstance(value, str | PathLike):
        raise ArgumentTypeError(
            parameter=parameter, value=_shown(value), expected="a path", hint=hint
        )


def expanded(path: str | PathLike[str], parameter: str = "path", *, hint: str = "") -> str:
    """Return a path with the home directory for ``~``; raise an ArgumentTypeError if it is none."""
    expect_path(path, parameter, hint=hint)
    return os.path.expanduser(os.fsdecode(path))  # noqa: PTH111 - no error for an unknown user


def whole(parameter: str, value: Any, expected: str = "a whole number", *, hint: str = "") -> int:
    """Return a value as an int, also one of numpy; raise an ArgumentTypeError if it is not whole."""
    try:
        if not isinstance(value, bool):
            return index(value)
    except TypeError:
        pass
    raise ArgumentTypeError(parameter=parameter, value=_shown(value), expected=expected, hint=hint)


def is_whole(value: object) -> bool:
    """Return whether a value is a whole number that can be a year or a code, also one of numpy."""
    try:
        return not isinstance(value, bool) and abs(index(value)) < _LARGEST  # type: ignore[arg-type]
    except TypeError:
        return False


def flag(parameter: str, value: object) -> bool:
    """Return a truth value, also one of numpy; raise an ArgumentTypeError if it is something else."""
    if value is True or value is False:
        return value
    if brief(value) not in {"np.True_", "np.False_"}:
        expected = "True or False"
        raise ArgumentTypeError(parameter=parameter, value=_shown(value), expected=expected)
    return bool(value)


def brief(value: object, most: int = 60) -> str:
    """Return the beginning of the repr of a value; its type if the repr raises an error."""
    try:
        return f"{value!r:.{most}}"
    except Exception as error:  # noqa: BLE001 - of a type of the caller; an int has at most 4300 digits
        return f"<{type(value).__name__} whose repr raises {type(error).__name__}>"


def _shown(value: object) -> str:
    """Return a value as an error shows it: simple values as such, others by their type."""
    return brief(value) if isinstance(value, str | int | float | None) else type(value).__name__


def one_of(noun: str, value: object, options: Iterable[str]) -> None:
    """Raise an ArgumentError if a value, of any type, is not one of the options.

    Examples
    --------
    >>> one_of("measure", ["value"], ("value", "rank"))
    Traceback (most recent call last):
    ...
    innovation_plans.errors.ArgumentError: no measure ['value']; did you mean value or rank?
    """
    options = tuple(options)
    if not isinstance(value, str) or value not in options:
        raise ArgumentError(parameter=noun, value=brief(value), allowed=options)


def unknown(parameter: str, value: object, allowed: Iterable[str]) -> ArgumentError:
    """Return the error for a value that is none of many; suggests those that are spelled like it.

    Examples
    --------
    >>> print(unknown("form", "leve", ("level", "rank")))
    no form 'leve'; did you mean level?
    """
    options = tuple(sorted(allowed))
    near = nearest(value[:60], options) if isinstance(value, str) else []
    if not near and isinstance(value, str):
        near = nearest(value[:60].casefold(), options)
    if not near and len(options) <= _FEW:
        near = list(options)
    hint = "" if near else f"there are {len(options)}, such as {', '.join(options[:_FEW])}"
    shown = repr(value[:60]) if isinstance(value, str) else brief(value)
    return ArgumentError(
        parameter=parameter,
        value=shown,
        allowed=options,
        nearest=near,
        hint=hint if options else "",
    )


def name_attributes(module: str) -> None:
    """Make the error for an attribute that a module lacks name the nearest public name, or them all.

    Examples
    --------
    >>> from innovation_plans import growth
    >>> growth.rate
    Traceback (most recent call last):
    ...
    innovation_plans.errors.MissingAttributeError: no attribute 'rate' of growth; it has annual,
    average_growth, compound, level_after, multiple_of, rate_between
    """
    names = sys.modules[module].__all__

    def missing(name: str) -> NoReturn:
        near = [] if name.startswith("_") else nearest(name, names)
        hint = "" if near else f"it has {', '.join(names)}"
        owner = module.rpartition(".")[2]
        raise MissingAttributeError(owner=owner, name=name, nearest=near, hint=hint)

    vars(sys.modules[module])["__getattr__"] = missing  # a type checker must not see it


def suggests(**instead: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Make a method say what to write instead of a keyword that it does not have.

    Examples
    --------
    >>> @suggests(language="lang=")
    ... def explain(lang="en"): ...
    >>> explain(language="zh")
    Traceback (most recent call last):
    ...
    TypeError: explain: no language= here; use lang=
    """

    def decorated(method: Callable[P, T]) -> Callable[P, T]:
        code: Any = unwrap(method).__code__
        keywords = {*code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]}

        @wraps(method)
        def run(*args: P.args, **options: P.kwargs) -> T:
            for wrong in options.keys() - keywords:
                near = [f"{name}=" for name in nearest(wrong, keywords, 1)]
                if use := instead.get(wrong) or "".join(near):
                    raise TypeError(f"{method.__name__}: no {wrong}= here; use {use}")
            return method(*args, **options)

        return run

    return decorated


def keywords_only(where: Callable[P, T]) -> Callable[P, T]:
    """Make a `where` say what to write for a filter that has no keyword."""

    @wraps(where)
    def run(*args: P.args, **filters: P.kwargs) -> T:
        if len(args) > 1:
            shown = "a function" if callable(args[1]) else brief(args[1])
            advice = "use a keyword such as region=, or filter(lambda row: …) for a function"
            raise TypeError(f"where: expected keywords, found {shown}; {advice}")
        return where(*args, **filters)

    return run


def nearest(text: str, known: Iterable[str], most: int = 3, *, cutoff: float = 0.6) -> list[str]:
    """Return the known names that are spelled like `text`, the closest first.

    Examples
    --------
    >>> nearest("Guandong", ["Guangdong", "Guangxi", "Hubei"])
    ['Guangdong', 'Guangxi']
    """
    from difflib import get_close_matches  # only after a mistake; loading targets needs none

    return get_close_matches(text[:200], known, n=most, cutoff=cutoff)
