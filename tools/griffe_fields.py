"""Read the docstrings of the package for the reference pages: loaded by mkdocstrings.

A field of a record is described once, by ``Field(description=...)``: here that becomes its
docstring. Roles such as ``:func:`assess``` become plain code.
"""

from __future__ import annotations

import ast
import copy
import re
from typing import Any

import griffe

__all__ = ["Fields"]

_ROLE = re.compile(r":(?:func|meth|class|mod|attr|data|exc):`~?([^`]+)`")


class Fields(griffe.Extension):
    """Descriptions of fields as their docstrings; roles as code."""

    def on_attribute_instance(
        self, *, node: ast.AST | griffe.ObjectNode, attr: griffe.Attribute, **kwargs: Any
    ) -> None:
        """Give a field the description that it is declared with."""
        del kwargs
        if not isinstance(node, ast.AnnAssign):
            return
        if attr.parent is not None and "Annotated[" in ast.unparse(node.annotation):
            bare = _Bare().visit(copy.deepcopy(node.annotation))
            attr.annotation = griffe.safe_get_annotation(bare, attr.parent)
        if attr.docstring is None:
            said = _description(node.value)
            if said:
                attr.docstring = griffe.Docstring(said[:1].upper() + said[1:] + ".", parent=attr)
                attr.value = _default(node.value)

    def on_object(self, *, obj: griffe.Object, **kwargs: Any) -> None:
        """Turn roles to code."""
        del kwargs
        if obj.docstring is not None:
            obj.docstring.value = _ROLE.sub(r"`\1`", obj.docstring.value)


class _Bare(ast.NodeTransformer):
    """Types without what only a validator reads: ``Annotated[Plan, …]`` is a `Plan`."""

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        """The first part of an annotated type."""
        self.generic_visit(node)
        if ast.unparse(node.value) == "Annotated" and isinstance(node.slice, ast.Tuple):
            return node.slice.elts[0]
        return node


def _description(value: ast.expr | None) -> str:
    if isinstance(value, ast.Call) and ast.unparse(value.func) == "Field":
        for each in value.keywords:
            if each.arg == "description" and isinstance(each.value, ast.Constant):
                return str(each.value.value)
    return ""


def _default(value: ast.expr | None) -> str | None:
    if isinstance(value, ast.Call) and value.args:
        return ast.unparse(value.args[0])
    return None
