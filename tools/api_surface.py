"""What the front door of a package leads to, read from its source with griffe.

Nothing is imported. A class lists its public members, those of unexported bases among them, and
every type of the package that a signature names is listed too. Used by ``write_api.py``.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import griffe

ENUMS = {"Enum", "IntEnum", "StrEnum", "Flag", "IntFlag"}
# Methods that Python itself calls and nobody writes down.
PLUMBING = {"__repr__", "__repr_args__", "__reduce__", "__setattr__", "__delattr__"}


class Surface:
    """What the front door of a package leads to, read from the source alone."""

    def __init__(self, package: str, source: Path) -> None:
        found = griffe.load(package, search_paths=[source], allow_inspection=False)
        if not isinstance(found, griffe.Module):
            raise TypeError(f"expected a package {package} in {source}, found {found!r}")
        self.door = found
        homes = _literal(found, "_HOMES")
        self.exported = {
            name: self._at(f"{home}.{name}" if (home := homes.get(name)) else name)
            for name in _names(found)
        }
        self.own = set(self._told_already())
        self.reached: dict[str, griffe.Object] = {}

    def _told_already(self) -> Iterator[str]:
        for found in filter(None, self.exported.values()):
            yield found.path
            if isinstance(found, griffe.Module):
                inner = (_target(found.members.get(each)) for each in _names(found))
                yield from (each.path for each in inner if each)

    def lines(self) -> tuple[list[str], list[str]]:
        """The lines of the exported names, and those of the types that they lead to."""
        exported = [line for name in sorted(self.exported) for line in self._exported(name)]
        for old, (new, goes) in sorted(_literal(self.door, "_MOVED").items()):
            exported.append(f"moved {old}: now {new}, gone in {goes}")
        told: dict[str, list[str]] = {}
        while left := sorted(self.reached.keys() - told.keys()):  # a type may lead to others
            for path in left:
                told[path] = list(self._lines(self.reached[path].name, self.reached[path], "type"))
        return exported, list(self._distinct(told))

    def _distinct(self, told: dict[str, list[str]]) -> Iterator[str]:
        """The lines by name; of two types with one name it is said whose they are."""
        kinds = {(self.reached[path].name, *told[path]): path for path in sorted(told)}
        names = Counter([*self.exported, *(name for name, *_ in kinds)])
        for name, first, *rest in sorted(kinds):
            home = kinds[name, first, *rest].rpartition(".")[0].removeprefix(f"{self.door.path}.")
            yield f"{first}  # in {home}" if names[name] > 1 else first
            yield from rest

    def _exported(self, name: str) -> Iterator[str]:
        found = self.exported[name]
        if isinstance(found, griffe.Module):
            yield f"module {name}"
            for each in sorted(_names(found)):
                yield from self._lines(f"{name}.{each}", _target(found.members.get(each)))
        else:
            yield from self._lines(name, found)

    def _lines(
        self, name: str, found: griffe.Object | None, kind: str = "constant"
    ) -> Iterator[str]:
        match found:
            case griffe.Class():
                yield from self._class(name, found)
            case griffe.Function():
                yield from self._function("function", name, found)
            case griffe.Attribute():
                yield self._attribute(kind, name, found)
            case _:
                yield f"name {name}"  # a module, or of another package

    def _class(self, name: str, found: griffe.Class) -> Iterator[str]:
        bases = ", ".join(dict.fromkeys(self._bases(found)))
        yield f"class {name}({bases})" if bases else f"class {name}"
        methods, words = [], _words(found)
        kind = "member" if words & ENUMS else "attribute"
        fielded = words & {"BaseModel", "NamedTuple"} or "dataclass" in found.labels
        for each, member in self._members(found).items():
            if isinstance(member, griffe.Attribute) and "property" not in member.labels:
                # A class variable is no field: griffe does not call it an instance's attribute.
                own = fielded and member.annotation and "instance-attribute" in member.labels
                yield self._attribute("field" if own else kind, f"{name}.{each}", member)
            else:
                methods.append((each, member))
        for each, member in sorted(methods, key=lambda pair: pair[0]):
            yield from self._method(name, each, member)

    def _members(self, found: griffe.Class) -> dict[str, griffe.Object]:
        """The public members; those of bases too, where no exported class lists them already."""
        lineage = found.mro()
        listed = {up.path for each in lineage if each.path in self.own for up in each.mro()}
        told = [each for each in lineage if each.path not in listed | self.own]
        return {
            name: member
            for owner in [*reversed(told), found]
            for name, member in owner.members.items()
            if isinstance(member, griffe.Object) and _is_public(name, member)
        }

    def _bases(self, found: griffe.Class) -> Iterator[str]:
        """The bases by name; in the place of one that is not exported stand its own."""
        for base in found.bases:
            inner = self._within(base)
            if isinstance(inner, griffe.Class) and inner.path not in self.own:
                yield from self._bases(inner)
            else:
                yield self._text(base)

    def _method(self, owner: str, name: str, found: griffe.Object) -> Iterator[str]:
        if isinstance(found, griffe.Attribute):
            yield f"property {owner}.{name}{self._typed(found.annotation)}"
        elif isinstance(found, griffe.Class):
            yield from self._class(f"{owner}.{name}", found)
        elif isinstance(found, griffe.Function) and self._is_property(found):
            yield f"property {owner}.{name}{self._typed(found.returns)}"
        elif isinstance(found, griffe.Function) and name == "__init__":
            yield from self._function("constructor", owner, found)
        elif isinstance(found, griffe.Function):
            bound = [each for each in ("classmethod", "staticmethod") if each in found.labels]
            yield from self._function("".join(bound) or "method", f"{owner}.{name}", found)

    def _is_property(self, found: griffe.Function) -> bool:
        """Whether a decorator of the package's own makes a property of it."""
        made = [self._within(each.value) for each in found.decorators]
        return any(isinstance(each, griffe.Class) and "cached_property" in _words(each)
                   for each in made)  # fmt: skip

    def _function(self, kind: str, name: str, found: griffe.Function) -> Iterator[str]:
        for each in found.overloads or ():
            yield from self._function(f"overload {kind}", name, each)
        made = kind.endswith("constructor")
        given = list(found.parameters)
        if not kind.endswith(("function", "staticmethod")):
            given = given[1:]  # self or cls
        # What makes an object is mostly this package: the types it takes are not followed.
        takes = ", ".join(_parameters(given, str if made else self._text, self._value))
        gives = "" if made or found.returns is None else f" -> {self._text(found.returns)}"
        awaited = "async " if "async" in found.labels else ""
        yield f"{awaited}{kind} {name}({takes}){gives}"

    def _attribute(self, kind: str, name: str, found: griffe.Attribute) -> str:
        annotation, value = found.annotation, found.value
        if "instance-attribute" in found.labels and "class-attribute" not in found.labels:
            start = found.parent.members.get("__init__") if found.parent else None
            if annotation is None and isinstance(start, griffe.Function):  # self.file = file
                types = {each.name: each.annotation for each in start.parameters}
                annotation = types.get(str(value))
            value = None
        elif kind in {"constant", "type"} and str(annotation) in {"None", "TypeAlias"}:
            self._text(value)  # a type by another name leads to those it is made of
        default = _default(value)
        return f"{kind} {name}{self._typed(annotation)}{f' = {default}' if default else ''}"

    def _value(self, expression: Any) -> str:
        """A default; where it is a constant of this package, what that is."""
        found = self._within(expression)
        known = found.value if isinstance(found, griffe.Attribute) else None
        return str(expression if known is None else known)

    def _typed(self, annotation: Any) -> str:
        return "" if annotation is None else f": {self._text(annotation)}"

    def _text(self, expression: Any) -> str:
        """An expression as it is written; the types of this package in it are reached."""
        for part in _types(expression):
            found = self._within(part)
            told = isinstance(found, griffe.Class) or (
                isinstance(found, griffe.Attribute) and "TypeVar" not in str(found.value)
            )
            if told and found and found.path not in self.own:
                self.reached[found.path] = found
        return str(expression)

    def _within(self, expression: Any) -> griffe.Object | None:
        """What an expression names in this package."""
        path = str(getattr(expression, "canonical_path", ""))
        inside = path.removeprefix(f"{self.door.path}.")
        return None if inside == path else self._at(inside)

    def _at(self, path: str) -> griffe.Object | None:
        try:
            return _target(self.door[path])
        except (KeyError, griffe.AliasResolutionError):
            return None


def _target(found: Any) -> griffe.Object | None:
    """What a name stands for, through imports; None where that is another package's."""
    try:
        found = found.final_target if isinstance(found, griffe.Alias) else found
    except (griffe.AliasResolutionError, griffe.CyclicAliasError):
        return None
    return found if isinstance(found, griffe.Object) else None


def _names(module: griffe.Module) -> list[str]:
    """The names in ``__all__``, which must be spelt out to be read."""
    names = module.exports or []
    for each in names:
        if not isinstance(each, str):
            raise TypeError(f"expected plain names in __all__ of {module.path}, found {each}")
    return [str(each) for each in names]


def _literal(module: griffe.Module, name: str) -> dict[str, Any]:
    found = module.members.get(name)
    value = found.value if isinstance(found, griffe.Attribute) else None
    literal: dict[str, Any] = ast.literal_eval(str(value)) if value is not None else {}
    return literal


def _types(expression: Any) -> Iterator[griffe.Expr]:
    """The names in an annotation; what stands beside a type in ``Annotated`` is left out."""
    if isinstance(expression, griffe.ExprName | griffe.ExprAttribute):
        yield expression
    elif isinstance(expression, griffe.ExprSubscript) and str(expression.left) == "Annotated":
        inner = expression.slice
        yield from _types(inner.elements[0] if isinstance(inner, griffe.ExprTuple) else inner)
    elif isinstance(expression, griffe.Expr) and not isinstance(expression, griffe.ExprCall):
        for part in expression.iterate(flat=False):
            yield from _types(part)


def _words(found: griffe.Class) -> set[str]:
    """The names of all bases, near and far."""
    return set(re.findall(r"\w+", " ".join(str(b) for e in [found, *found.mro()] for b in e.bases)))


def _is_public(name: str, member: griffe.Object) -> bool:
    if name.startswith("__") and name.endswith("__"):
        return isinstance(member, griffe.Function) and name not in PLUMBING
    return not name.startswith("_")


def _default(value: Any) -> str:
    """What an attribute is when nobody says; empty where it must be said."""
    if not isinstance(value, griffe.ExprCall) or str(value.function) not in {"Field", "field"}:
        return "" if value is None else str(value)
    given = {getattr(each, "name", "default"): getattr(each, "value", each)
             for each in value.arguments}  # fmt: skip
    found = str(given.get("default", given.get("default_factory", "...")))
    return "" if found in {"...", "Ellipsis"} else found


def _parameters(
    given: Sequence[griffe.Parameter], text: Callable[[Any], str], value: Callable[[Any], str]
) -> Iterator[str]:
    """Every parameter as it is written, with the marks of its kind."""
    kinds = griffe.ParameterKind
    stars = {kinds.var_positional: "*", kinds.var_keyword: "**"}
    starred = False
    for at, each in enumerate(given):
        star = stars.get(each.kind or kinds.positional_or_keyword, "")
        if each.kind is kinds.keyword_only and not starred:
            yield "*"
        starred = starred or star == "*" or each.kind is kinds.keyword_only
        typed = "" if each.annotation is None else f": {text(each.annotation)}"
        default = "" if star or each.default is None else f" = {value(each.default)}"
        yield f"{star}{each.name}{typed}{default}"
        following = given[at + 1].kind if at + 1 < len(given) else None
        if each.kind is kinds.positional_only and following is not kinds.positional_only:
            yield "/"
