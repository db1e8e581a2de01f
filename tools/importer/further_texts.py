"""Further texts of a goal: those of another plan, those of a better tier, and those that disagree.

A further text repeats a figure only if it reports on the same document. The same figure in another
document is another goal, unless that is of another government, which repeats the goal of the region. The
corrections mark those that are added to the goals of their plan, in the column `is_goal`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from importer.ledger import CURATED, Cells, Research, read
from importer.remarks import note
from importer.rows import series_key_of
from innovation_plans.units.quantity import convert

OTHER_DOCUMENT = "of another document, {title}"
SOURCE_OF = "the other goals of this text are of {plan}, so the figure may be of that plan"
OLDER_TEXT = "the text is older than the plan, so it may state the goal of another document"
OF_OTHER = re.compile("of another document|may be of that plan|may state the goal of another")
BETTER = "a text of a better tier has the figure too: {sources}"
CONFLICT = "{plan} has {as_stated} for the same year"
OTHER_BOUND = "the source {source} has {as_stated}"
GOAL = ("indicator", "form", "end_year")


def settle_further_texts(research: Research) -> None:
    """Make a goal of every marked text, and say of every other one of another plan which that is."""
    plan_at: dict[tuple[str, ...], Cells] = {}
    for plan in read(CURATED / "plans.csv"):
        plan_at.setdefault(_named(plan), plan)
    goals_of: dict[str, list[Cells]] = defaultdict(list)
    for row in research.tables["targets"]:
        goals_of[plan_at[_named(row)]["code"]].append(row)
    repeats = []
    for row in research.tables["corroborations"]:
        if _named(row) not in plan_at:
            raise SystemExit(f"plans.csv has no plan of the further text {row}")
        plan = plan_at[_named(row)]
        goals = goals_of[plan["code"]]
        is_repeated = any(all(goal[name] == row[name] for name in GOAL) for goal in goals)
        if row.get("is_goal"):
            if is_repeated or not goals:
                raise SystemExit(f"the plan has this goal, or no goal to start with: {row}")
            goals.append(_as_goal(row, goals))
            research.tables["targets"].append(goals[-1])
            continue
        if not is_repeated:
            note(row, OTHER_DOCUMENT.format(title=plan["title_zh"]))
        repeats.append(row)
    research.tables["corroborations"] = repeats


def note_sources_of_other_plans(tables: Mapping[str, list[Cells]]) -> None:
    """Say of every further text that also has goals of another plan, unless its document is named.

    A text that is the source of a target is on the plan of that target. A work report has the goals of its
    year and of the years to come.
    """
    plans_of: dict[str, set[str]] = defaultdict(set)
    repeated: dict[str, set[str]] = defaultdict(set)
    for target in tables["targets"]:
        plans_of[target["source"]].add(target["plan"])
    for row in tables["corroborations"]:
        repeated[row["source"]].add(row["target"].partition("/")[0])
    for row in tables["corroborations"]:
        plan = row["target"].partition("/")[0]
        others = {each for each in repeated[row["source"]] - {plan} if "-gwr" not in each}
        plans = plans_of[row["source"]] or others
        notes = row.setdefault("notes", "")
        is_said = OTHER_DOCUMENT.format(title="") in notes
        if plans and plan not in plans and not is_said:
            note(row, SOURCE_OF.format(plan=" and ".join(sorted(plans))))


def note_better_texts(tables: Mapping[str, list[Cells]]) -> None:
    """Name in every target the further texts on its plan that have a better tier than its source."""
    tiers = {source["code"]: source["tier"] for source in tables["sources"]}
    texts_of: dict[str, set[str]] = defaultdict(set)
    for row in tables["corroborations"]:
        if not OF_OTHER.search(row["notes"]):
            texts_of[row["target"]].add(row["source"])
    for target in tables["targets"]:
        texts = texts_of[series_key_of(target)]
        better = sorted(text for text in texts if tiers[text] < tiers[target["source"]])
        if better:
            note(target, BETTER.format(sources=" and ".join(better)))


def note_conflicts(tables: Mapping[str, list[Cells]]) -> None:
    """Name in every target the other figures and bounds for its region, period, indicator and year."""
    plans = {plan["code"]: plan for plan in tables["plans"]}
    goals: dict[tuple[str, ...], list[Cells]] = defaultdict(list)
    for target in tables["targets"]:
        plan = plans[target["plan"]]
        subject = (target[name] for name in ("indicator", "breakdown", "scope", *GOAL))
        goals[plan["region"], plan["period"], *subject].append(target)
    for group in goals.values():
        for target in group:
            for other in group:
                if _differs(target, other) and not _names(target, other):
                    note(target, CONFLICT.format(**other))
    targets = {series_key_of(target): target for target in tables["targets"]}
    for text in tables["corroborations"]:
        target = targets[text["target"]]
        is_other = text.get("comparator") and text["comparator"] != target["comparator"]
        if is_other and not OF_OTHER.search(text["notes"]):
            note(target, OTHER_BOUND.format(**text))


def _differs(target: Cells, other: Cells) -> bool:
    if target["comparator"] != other["comparator"]:
        return True
    names = ("value", "value_high")
    return any(
        target[name] != other[name]
        and not (
            target[name]
            and other[name]
            and Decimal(target[name]) == convert(other[name], other["unit"], target["unit"])
        )
        for name in names
    )


def _names(target: Cells, other: Cells) -> bool:
    """Return whether the notes of a target name another one, by its plan or its figure.

    A figure that both have does not tell them apart, unless it is worded as in the text of the other.
    """
    if other["plan"] in target["notes"]:
        return True
    figure = other["as_stated"] if other["value"] == target["value"] else other["value"]
    named = rf"(?<![0-9.]){re.escape(figure)}(?![0-9.]*[0-9])"
    return re.search(named, target["notes"]) is not None


def _named(row: Cells) -> tuple[str, ...]:
    return row["region"], row["period"], row["plan_title"]


def _as_goal(row: Cells, goals: list[Cells]) -> Cells:
    """Return the further text as a goal that starts with the others of its plan."""
    of_the_year = [goal for goal in goals if goal["end_year"] == row["end_year"]]
    like = (of_the_year or goals)[0]
    facts = {name: like[name] for name in ("plan_title", "plan_kind", "issued", "start_year")}
    return {**dict.fromkeys(like, ""), **row, **facts}
