"""Facts of a recorded figure that its columns do not have: the row says them in its notes.

A count belongs to the indicator that is nearest to its printed name, which may be of a class of its
own. The start of a target may be a bound or an estimate in the text that prints it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from importer.ledger import Cells, Research

COUNTS = {"item", "enterprise", "person", "patent"}
# Words of a printed name that say how much, since when or where, not what is counted.
_NOT_THE_CLASS = re.compile(
    "新(增|建|组建|认定|培育|获批|晋)|净增|培育|累计|力争|实施|建设|组建|认定|获批|批准|立项|部署|开展|开发"
    "|总[数量]|数量|存量|保有量|全省|全市|全区|全国|省内|国家级?|年度|增长|年均|有效期内|有效"
    r"|[(（].*?[)）]|[“”\"\s、，的数]|企业|项目"
)
_CHINESE = re.compile("[\u4e00-\u9fff]")


def note_printed_names(research: Research, indicators: Mapping[str, Mapping[str, Any]]) -> None:
    """Add the printed name to every count whose indicator has no such name."""
    for table in ("targets", "outcomes"):
        for row in research.tables[table]:
            name = row["indicator_as_named"]
            if is_other_name(name, indicators[row["indicator"]]) and name not in row["notes"]:
                _note(row, f"printed as {name}")


def is_other_name(name: str, indicator: Mapping[str, Any]) -> bool:
    """Return True if a Chinese name of a count is none of the names of its indicator."""
    names = (indicator["name_zh"], *indicator.get("aliases", ()))
    is_count = indicator["unit"] in COUNTS and _CHINESE.search(name)
    return bool(is_count) and _class_of(name) not in map(_class_of, names)


def note_inexact_starts(research: Research) -> None:
    """Add a note to every start that its own text prints as a bound or expects."""
    inexact = {_figure(row): row for row in research.tables["outcomes"] if _is_inexact(row)}
    for row in research.tables["targets"]:
        outcome = inexact.get(_start(row))
        if outcome and "baseline" not in row["notes"]:
            expected = ", expected (预计)" if outcome["status"] == "preliminary" else ""
            _note(row, f"baseline is printed as {outcome['as_stated']}{expected}")


def _is_inexact(outcome: Cells) -> bool:
    return outcome["comparator"] != "reach" or outcome["status"] == "preliminary"


def _figure(outcome: Cells) -> tuple[str, ...]:
    return *_series(outcome), outcome["value"], outcome["end_year"], outcome["unit"]


def _start(target: Cells) -> tuple[str, ...]:
    unit = target["baseline_unit"] or target["unit"]
    return *_series(target), target["baseline_value"], target["baseline_year"], unit


def _series(row: Cells) -> tuple[str, ...]:
    return row["source"], row["region"], row["indicator"]


def _class_of(name: str) -> str:
    return _NOT_THE_CLASS.sub("", name)


def _note(row: Cells, remark: str) -> None:
    row["notes"] = "; ".join(filter(None, (row["notes"], remark)))
