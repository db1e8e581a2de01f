"""Tells hypothesis which strategies make the types of this package.

hypothesis loads this module whenever it is imported, in programs too that never use this package:
so nothing else is imported here. The table by module name is asked only once a module of that
name is loaded; it is no public part of hypothesis, so a release without it gets the strategies
themselves, at the cost of importing them.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["register"]


def register() -> None:
    """Let ``st.from_type`` and ``@given`` make records, figures and datasets from annotations."""
    from hypothesis.strategies._internal import types

    by_module = getattr(types, "_global_extra_lookup", None)
    if isinstance(by_module, dict):
        by_module[__package__] = _strategy_for
    else:
        _register_each()


def _strategy_for(thing: Any) -> SearchStrategy[Any] | None:
    """The strategy for a type of this package or a subclass; None for any other type."""
    dataset = _loaded("dataset", "Dataset")
    if dataset is not None and dataset in (thing, getattr(thing, "__origin__", None)):
        return _datasets(getattr(thing, "__args__", ()))
    if not isinstance(thing, type):
        return None
    record = _loaded("records", "Record")
    if record is not None and issubclass(thing, record):
        from .strategies import records

        return records(thing) if getattr(thing, "noun", "") != record.noun else None
    if thing is _loaded("figures.figure", "Figure"):
        from .strategies import figures

        return figures().map(_meaning)
    return None


def _datasets(kinds: tuple[Any, ...]) -> SearchStrategy[Any]:
    """Datasets, of the caller's own types where ``Dataset[MyTarget, …]`` names them."""
    from .strategies import datasets

    names = ("target_type", "observation_type", "region_type", "indicator_type")
    own: dict[str, Any] = dict(zip(names, kinds, strict=False))
    return datasets(**own)


def _register_each() -> None:
    """The same by hypothesis' public means, which need the types themselves."""
    from hypothesis import strategies as st

    from .dataset.dataset import Dataset
    from .records import TABLES, Citation
    from .text.figure import Figure

    kinds: tuple[type[Any], ...] = (*TABLES.values(), Citation, Figure, Dataset)
    for kind in kinds:
        st.register_type_strategy(kind, _registered)


def _registered(thing: Any) -> Any:
    found = _strategy_for(thing)
    return NotImplemented if found is None else found


def _loaded(module: str, name: str) -> Any:
    """A type of this package, if its module is loaded; else nothing that is a type."""
    return getattr(sys.modules.get(f"{__package__}.{module}"), name, None)


def _meaning(found: tuple[str, Any]) -> Any:
    return found[1]
