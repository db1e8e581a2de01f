"""Later research tables: years that no text states, bounds, spans, and sources named in the row."""

from __future__ import annotations

import csv
import importlib
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
additions: Any = importlib.import_module("importer.additions")
ledger: Any = importlib.import_module("importer.ledger")
renditions: Any = importlib.import_module("importer.renditions")

SOURCE = {
    "source_url": "https://www.example.gov.cn/a",
    "source_title": "[A text]",
    "source_publisher": "Example",
    "source_date": "2025-01",
    "tier": "B",
}
REGIONS = [{"code": "440100", "name_en": "Guangzhou", "origin": "regions"}]
ROW = {"region": "440100", "indicator": "a", "as_stated": "", "notes": "", **SOURCE}
TARGET = {
    **ROW,
    "period": "14th",
    "plan_title": "行动方案（2023—2025年）",
    "form": "level",
    "value": "8",
    "end_year": "2025",
    "second_source_url": "",
}
OUTCOME = {**ROW, "start_year": "2023", "end_year": "2023", "year_basis": "printed"}
FURTHER = {**TARGET, "period": "", "as_stated": "超过8%", "unit": "percent"}


@pytest.fixture
def add(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that adds tables with one row each to empty research tables."""

    def of(**rows: dict[str, str]) -> Any:
        for name in additions.TABLES:
            row = rows.get(name, {})
            with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream).writerows(
                    [list(row or ROW), *([list(row.values())] if row else [])]
                )
        (tmp_path / f"{tmp_path.name}.csv").write_text(
            "table,where,column,expects,becomes,reason\n"
        )
        monkeypatch.setattr(ledger, "CURATED", tmp_path)
        tables: dict[str, list[dict[str, str]]] = {name: [] for name in ledger.TABLES}
        tables["regions"] = [*REGIONS]
        research = ledger.Research(tables)
        additions.add_tables(research, tmp_path)
        return research

    return of


@pytest.mark.parametrize("basis", ["inferred", "not_stated"])
def test_a_year_that_no_text_settles_is_removed(add: Any, basis: str) -> None:
    (outcome,) = add(outcomes={**OUTCOME, "year_basis": basis}).tables["outcomes"]
    assert (outcome["start_year"], outcome["end_year"]) == ("", "")
    assert outcome["notes"] == "no text settles the year; probably 2023"


@pytest.mark.parametrize(
    "notes",
    ["the statistic itself is probably that of 2023", "so the statistic of 2023", "2022 or 2023"],
)
def test_a_note_that_names_the_likely_year_is_enough(add: Any, notes: str) -> None:
    (row,) = add(outcomes={**OUTCOME, "year_basis": "inferred", "notes": notes}).tables["outcomes"]
    assert row["notes"] == f"no text settles the year; {notes}"


def test_the_month_of_a_count_without_a_year_is_that_of_its_text(add: Any) -> None:
    counted = {**OUTCOME, "year_basis": "inferred", "notes": "as of October 2023"}
    (row,) = add(outcomes=counted).tables["outcomes"]
    assert row["notes"] == "no text settles the year; probably 2023; said in October 2023"


@pytest.mark.parametrize(
    ("notes", "noted"),
    [
        ("quote normalised to simplified characters (stored mirror is in another script)", True),
        ("mirror in traditional script, quote in simplified", True),
        ("traditional script as printed", False),
    ],
)
def test_a_text_that_is_not_quoted_in_its_own_characters_says_so(
    add: Any, notes: str, noted: bool
) -> None:
    (source,) = add(outcomes={**OUTCOME, "notes": notes}).tables["sources"]
    assert (additions.NOT_AS_PRINTED in source["tier_note"]) is noted


def test_a_stated_year_stays(add: Any) -> None:
    (outcome,) = add(outcomes=OUTCOME).tables["outcomes"]
    assert outcome["end_year"] == "2023"


def test_a_target_starts_with_the_span_of_its_title_or_with_the_period(add: Any) -> None:
    assert add(targets=TARGET).tables["targets"][0]["start_year"] == "2023"
    other = {**TARGET, "plan_title": "规划"}
    assert add(targets=other).tables["targets"][0]["start_year"] == "2021"


def test_a_further_text_takes_plan_and_year_from_the_target(add: Any) -> None:
    target = {**TARGET, "unit": "percent"}
    (further,) = add(targets=target, corroborations=FURTHER).tables["corroborations"]
    assert (further["period"], further["plan_title"]) == ("14th", target["plan_title"])
    assert further["comparator"] == "above"
    with pytest.raises(SystemExit, match="no target"):
        add(corroborations=FURTHER)


def test_a_further_text_of_a_statistic_becomes_an_observation(add: Any) -> None:
    research = add(corroborations={**FURTHER, "period": "2024", "as_stated": "8%"})
    (observation,) = research.tables["observations"]
    assert (observation["year"], observation["comparator"]) == ("2024", "reach")
    assert "corroborations: 1 in = 1 kept + 0 merged + 0 dropped" in research.balance()


def test_a_source_is_made_once_and_says_if_a_machine_wrote_it(add: Any) -> None:
    research = add(targets=TARGET, outcomes=OUTCOME)
    assert [row["code"] for row in research.tables["sources"]] == ["guangzhou-example-2025-01"]
    assert research.tables["sources"][0]["title"] == "A text"
    written = {**OUTCOME, "notes": "AI-written secondary text; of the city"}
    research = add(outcomes=written)
    assert research.tables["sources"][0]["tier_note"].startswith("written by a machine")
    assert research.tables["outcomes"][0]["notes"] == "of the city"


def test_a_text_of_a_machine_states_figures_of_others_only_if_it_cites_their_office(
    add: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "guangzhou-example-2025-01"
    graded = {"code": code, "issuer": "other", "rendition": "weak", "speaker": "others"}
    monkeypatch.setattr(renditions, "read", lambda _: [{**graded, "verified_by": ""}])
    cites = "AI-written analysis that cites the communiqué"
    for notes, is_right in ((cites, True), ("AI-written secondary text", False)):
        (source,) = add(outcomes={**OUTCOME, "notes": notes}).tables["sources"]
        cells = {**source, "notes": source["tier_note"], "tier": "D"}
        if is_right:
            assert "of the statistics office" in renditions.Renditions().graded(cells)["notes"]
        else:
            with pytest.raises(SystemExit, match="no office is named"):
                renditions.Renditions().graded(cells)


def test_no_source_has_a_better_tier_than_the_research_gives_it() -> None:
    grades = renditions.Renditions()
    read = {"code": "qingdao-guanhai-2025-02-16", "tier": "B", "url": "", "notes": ""}
    assert grades.graded(read)["tier"] == "B"
    assert grades.graded({**read, "tier": "A"})["tier"] == "B"
    with pytest.raises(SystemExit, match="tier B is above C"):
        grades.graded({**read, "tier": "C"})
    verified = {"code": "csyst-1-7", "tier": "C", "url": "", "notes": ""}
    assert grades.graded(verified)["tier"] == "B"
    with pytest.raises(SystemExit, match="a copy in other characters is weak"):
        grades.graded({**read, "notes": additions.NOT_AS_PRINTED})


@pytest.mark.parametrize(
    ("publisher", "wording", "noted"),
    [
        ("example.cn (media copy, traditional script)", "2万亿元", True),
        ("镜像站，繁体乱码", "2万亿元", True),
        ("example.cn (media copy, traditional script)", "2萬億元", False),  # quoted as printed
        ("example.cn (media copy)", "2万亿元", False),
    ],
)
def test_a_publisher_may_say_that_a_copy_is_in_other_characters(
    add: Any, publisher: str, wording: str, noted: bool
) -> None:
    research = add(outcomes={**OUTCOME, "source_publisher": publisher, "as_stated": wording})
    (source,) = research.tables["sources"]
    assert (additions.NOT_AS_PRINTED in source["tier_note"]) is noted
