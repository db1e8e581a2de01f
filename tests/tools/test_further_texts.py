"""Further texts: a marked goal of their own plan, a repeated figure, or a text of a named document."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
further_texts: Any = importlib.import_module("importer.further_texts")
ledger: Any = importlib.import_module("importer.ledger")

# The list of plans has these titles.
IP = {"region": "CN-HB", "period": "14th", "plan_title": "湖北省知识产权“十四五”规划"}
STI = {"region": "CN-HB", "period": "14th", "plan_title": "湖北省科技创新“十四五”规划"}
FIGURE = {"form": "level", "end_year": "2025", "notes": "", "source": "digest"}
GOAL = {**FIGURE, "start_year": "2021", "issued": "", "baseline_value": ""}
PATENTS = {"indicator": "high_value_invention_patents_per_10k", "value": "12"}
LITERACY = {"indicator": "scientific_literacy", "value": "16"}


def settled(text: dict[str, str], *goals: dict[str, str]) -> Any:
    """Return the tables after the importer looked at one further text."""
    research = ledger.Research({"targets": list(goals), "corroborations": [text]})
    further_texts.settle_further_texts(research)
    return research.tables


def test_a_marked_goal_that_its_plan_lacks_is_added_to_it() -> None:
    of_ip = {**GOAL, **IP, **PATENTS, "plan_kind": "other", "baseline_value": "7"}
    of_sti = {**GOAL, **STI, **LITERACY, "plan_kind": "sti", "baseline_value": "12"}
    tables = settled({**FIGURE, **STI, **PATENTS, "is_goal": "true"}, of_ip, of_sti)
    assert tables["corroborations"] == []
    added = {**GOAL, **STI, **PATENTS, "plan_kind": "sti", "is_goal": "true"}
    assert tables["targets"] == [of_ip, of_sti, added]


def test_a_text_on_the_plan_of_the_goal_repeats_it() -> None:
    goal = {**GOAL, **STI, **PATENTS, "plan_kind": "sti"}
    text = {**FIGURE, **STI, **PATENTS}
    assert settled(text, goal) == {"targets": [goal], "corroborations": [text]}


def test_a_text_of_another_document_says_its_title() -> None:
    goal = {**GOAL, **IP, **PATENTS, "plan_kind": "other"}
    tables = settled({**FIGURE, **STI, **PATENTS}, goal)
    assert tables["targets"] == [goal]
    assert "湖北省科技创新“十四五”规划" in tables["corroborations"][0]["notes"]


def test_a_marked_goal_that_its_plan_has_stops_the_import() -> None:
    goal = {**GOAL, **STI, **PATENTS, "plan_kind": "sti"}
    with pytest.raises(SystemExit, match="the plan has this goal"):
        settled({**FIGURE, **STI, **PATENTS, "is_goal": "true"}, goal)


def test_an_unknown_plan_stops_the_import() -> None:
    with pytest.raises(SystemExit, match=r"plans\.csv has no plan"):
        settled({**FIGURE, **STI, **PATENTS, "plan_title": "unknown"})


def test_a_text_of_another_plan_says_so() -> None:
    tables = {
        "targets": [{"plan": "CN-HB-14-sti", "source": "digest"}],
        "corroborations": [
            {"target": "CN-HB-14-other-ip/gdp/level/2025", "source": "digest"},
            {"target": "CN-HB-14-sti/gdp/level/2025", "source": "digest", "notes": ""},
        ],
    }
    further_texts.note_sources_of_other_plans(tables)
    first, second = (row["notes"] for row in tables["corroborations"])
    assert "of CN-HB-14-sti" in first
    assert second == ""
