"""The fuzzers by name: the function that each calls, and its first inputs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from hypothesis import strategies as st

from . import cli_target, file_targets, tables, text_targets
from .mutation import mutated


class Target(NamedTuple):
    """One kind of input."""

    check: Callable[[bytes], bool]  # returns whether the input was accepted; raises on a finding
    seeds: Callable[[], list[bytes]]
    words: Callable[[], list[bytes]]
    longest: int  # in bytes
    shapes: tuple[Callable[[], st.SearchStrategy[bytes]], ...] = ()  # in addition to mutated seeds

    def drawn(self) -> st.SearchStrategy[bytes]:
        """Return the inputs for hypothesis."""
        bent = mutated(self.seeds(), self.words())
        return st.one_of(bent, *(shape() for shape in self.shapes))


_TEXT = {
    "figures": (text_targets.figures, 700),
    "units": (text_targets.units, 600),
    "numbers": (text_targets.numbers, 200),
    "names": (text_targets.names, 300),
}
_Shapes = tuple[Callable[[], st.SearchStrategy[bytes]], ...]
_FILES: dict[str, tuple[Callable[[bytes], bool], _Shapes]] = {
    "csv": (file_targets.csv, ()),
    "toml": (file_targets.toml, ()),
    "json": (file_targets.json, ()),
    "standards": (file_targets.standards, ()),
    "parquet": (file_targets.parquet, (tables.parquet,)),
    "excel": (file_targets.excel, (tables.workbooks,)),
}

TARGETS: dict[str, Target] = {
    **{
        name: Target(check, partial(text_targets.seeds, name), text_targets.words, longest)
        for name, (check, longest) in _TEXT.items()
    },
    **{
        name: Target(check, partial(file_targets.seeds, name), file_targets.words, 60_000, shapes)
        for name, (check, shapes) in _FILES.items()
    },
    "cli": Target(cli_target.cli, cli_target.seeds, cli_target.words, 3000),
}
