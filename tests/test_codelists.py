"""The closed vocabularies. The table is written out, so that a change is a visible diff."""

from __future__ import annotations

import json
import pickle
import shutil
import subprocess
import sys
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans import codelists

PACKAGE = Path(ip.__file__).parent
CODES = {
    "Caveat": """self_reported outcome_approximate preliminary future_outcome baseline_from_statistics start_assumed net_change base_beyond_target derived
        vintages_mixed revised_between proxy one_vintage vintages_disagree conflicting_outcomes lower_tier disputed conflicting_starts start_disputed
        stated_differs span_doubtful within_rounding start_rounding target_rounding definition_differs target_conflict draft weak_source
        base_assumed year_assumed unit_assumed doubtful corrected_figure constant_prices even_path changed_definition other_vintage approximate
        bounds_opposed growth_assumed observed_since part_of_the_provinces""",
    "Comparator": "reach at_least above about at_most below between",
    "Direction": "up down none",
    "Extent": "whole part unread",
    "Flag": "start_assumed base_assumed year_assumed unit_assumed doubtful recalled yearly",
    "Force": "binding expected",
    "Form": "level annual_growth average_growth cumulative increment multiple rank",
    "GoalKind": "outcome framework key_tasks programme mechanism priority",
    "Issuer": "government statistics_office official_media other",
    "Availability": "stated not_stated read_in_part not_read not_known published not_published",
    "PlanKind": "outline sti action_plan gwr other",
    "Prices": "current constant",
    "Reason": """no_outcome no_year_over not_due no_series_for_indicator
        no_series_for_region held_back_by_tier different_basis other_scope part_of_region class_unclear outcome_is_a_bound
        conflicting_outcomes missing_baseline base_beyond_target regressed zero_base sign_change one_point future_year undated
        other_form_or_span outside_period
        changed_definition vintages_mixed rank_has_no_pace no_figure_of_nation no_figure_of_region
        other_figure other_kind other_period""",
    "RegionKind": "nation province city group",
    "Rendition": "original official_copy third_party_copy translation weak",
    "Status": "final preliminary break definition_differs not_stated",
    "Tier": "A B C D",
    "Verdict": "met missed awaiting ahead on_track off_track undetermined",
}
MEMBERS = [member for name in CODES for member in getattr(codelists, name)]


def test_these_are_all_lists():
    assert sorted(CODES) == sorted(codelists.__all__)


@pytest.mark.parametrize("name", CODES)
def test_a_list_has_these_codes_and_no_other(name):
    assert [member.value for member in getattr(ip, name)] == CODES[name].split()


@pytest.mark.parametrize("name", CODES)
def test_a_list_is_public_and_documented(name):
    kind = getattr(ip, name)
    assert kind is getattr(codelists, name)
    assert issubclass(kind, StrEnum)
    assert kind.__doc__.endswith(".") or "(" in kind.__doc__


@pytest.mark.parametrize("member", MEMBERS, ids=lambda member: f"{type(member).__name__}.{member}")
def test_a_member_is_its_code(member):
    assert member == member.value == str(member) == f"{member}"
    assert type(member)(member.value) is member
    assert member.name == member.value.upper()
    assert json.dumps([member]) == json.dumps([member.value])
    assert pickle.loads(pickle.dumps(member)) is member  # noqa: S301 - our own bytes


@pytest.mark.parametrize("name", CODES)
@pytest.mark.parametrize("code", ["", "LEVEL ", "nonsense"])
def test_an_unknown_code_raises_an_error(name, code):
    with pytest.raises(ValueError, match=f"no {name} {code!r}; "):
        getattr(ip, name)(code)


# ------------------------------------------------------------------ a further comparator

NEW_MEMBER = (
    ('    BETWEEN = "between"', '    STARTING_AT = "starting_at"\n    BETWEEN = "between"'),
    ("_SIDES = {", "_SIDES = {\n    Comparator.STARTING_AT: Direction.UP,"),
    ("_MIRRORED = {", "_MIRRORED = {\n    Comparator.STARTING_AT: Comparator.AT_MOST,"),
)
NEW_WORDS = """
[starting_at]
say = {en = "starting at {figure}", zh = "{figure}起步"}
rank = {en = "rank {number} or better", zh = "前{number}位"}
mark = {en = "target: starting at", zh = "目标：起"}
before = ["starting at"]
after = ["起步"]
"""
WITH_THE_COMPARATOR = """
import innovation_plans as ip
plans = ip.load()
target = plans.targets.where(region="GD", indicator="rd_intensity", end_year=2025)[0]
target = target.model_copy(update={"comparator": ip.Comparator("starting_at"), "end_year": 2023})
low, high = (outcome.model_copy(update={"value": ip.units.decimals.exact(value), "year": 2023})
             for outcome in plans.observations.where(region="GD", indicator="rd_intensity")[:1]
             for value in ("3.4", "3.6"))
print(ip.assess(target, low).verdict, ip.assess(target, high).verdict)
for text in ("3.5%起步", "starting at 3.5%"):
    figure = ip.read_figure(text)
    print(figure.comparator, ip.format_figure(figure, "zh"), ip.format_figure(figure, "en"))
print(ip.compare([target])[0].rank)
"""


def test_a_further_comparator_needs_a_member_and_one_table(tmp_path):
    copy = tmp_path / "innovation_plans"
    shutil.copytree(
        PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "editions", "snapshot")
    )
    code = (copy / "codelists.py").read_text("utf-8")
    for old, new in NEW_MEMBER:
        assert code.count(old) == 1
        code = code.replace(old, new)
    (copy / "codelists.py").write_text(code, "utf-8")
    words = copy / "text" / "comparators.toml"
    words.write_text(words.read_text("utf-8") + NEW_WORDS, "utf-8")
    run = subprocess.run(
        [sys.executable, "-c", WITH_THE_COMPARATOR],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path), "PYTHONUTF8": "1"},
    )
    assert run.stdout.splitlines() == [
        "missed met",
        "starting_at 3.5%起步 starting at 3.5%",
        "starting_at 3.5%起步 starting at 3.5%",
        "1",
    ], run.stderr


@pytest.mark.parametrize(
    ("codes", "text", "near"), [(ip.Verdict, "Met", "met"), (ip.Form, "levl", "level")]
)
def test_a_text_that_is_no_code_is_an_error_with_the_nearest(
    codes: Any, text: str, near: str
) -> None:
    with pytest.raises(
        ip.ArgumentError, match=f"no {codes.__name__} '{text}'; did you mean {near}"
    ):
        codes(text)
