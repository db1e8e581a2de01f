"""``assess`` and ``frames.assess`` on thousands of generated worlds: they agree in every engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache, partial
from itertools import product
from typing import Any, NamedTuple

import pytest

import innovation_plans as ip
from innovation_plans import Caveat, Comparator, Direction, Form, Reason, Verdict, frames

from . import changes
from .conftest import engine_named
from .worlds import World, dataset_of, generate, released

ROWS = ("each", "latest")

OBSERVED = {
    "region": "text", "indicator": "text", "form": "text", "comparator": "text", "value": "float",
    "value_high": "float", "unit": "text", "start_year": "int", "year": "int", "vintage": "text",
    "self_reported": "bool", "tier": "text", "released": "date", "at": "int",
}  # fmt: skip
WANTED = {
    "region": "text", "indicator": "text", "form": "text", "comparator": "text", "value": "float",
    "value_high": "float", "unit": "text", "start_year": "int", "end_year": "int",
    "baseline_value": "float", "baseline_year": "int", "baseline_unit": "text",
    "breakdown": "text", "number": "int",
}  # fmt: skip
OPTIONS: list[dict[str, Any]] = [
    {},
    {"pace": "compound", "tolerance": "0.25", "threshold": "0.5"},
    {"pace": "linear", "tolerance": "0", "threshold": "1"},
]


class Answer(NamedTuple):
    """What a path says of a target, and of which observation."""

    verdict: str
    reason: str | None
    gap: float | None
    gap_unit: str | None
    deciding: int | None  # the position among the observations of the world


Answers = dict[tuple[int, int | None], Answer]


def cells_of(record: Any, types: dict[str, str], **further: Any) -> dict[str, Any]:
    """Return the cells of a record that a frame of these types has."""
    kinds: dict[str, Any] = {"text": str, "float": float, "int": int, "bool": bool}
    cells = {}
    for name, kind in types.items():
        cell = further.get(name, getattr(record, name, None))
        cell = getattr(cell, "code", cell)
        cells[name] = cell if cell is None or kind == "date" else kinds[kind](cell)
    return cells


def framed(engine: Any, worlds: Sequence[World], rows: str = "each", **options: Any) -> Answers:
    """Return what ``frames.assess`` says, by world and observation; all worlds in one frame."""
    observations = [
        cells_of(seen, OBSERVED, tier=seen.citation.source.tier, released=released(seen), at=at)
        for world in worlds
        for at, seen in enumerate(world.observations)
    ]
    seen = engine.frame(observations, OBSERVED)
    targets = engine.frame(
        [cells_of(world.target, WANTED, number=number) for number, world in enumerate(worlds)],
        WANTED,
    )
    table = engine.rows(
        frames.assess(
            seen, targets, rows=rows, keep=["number"], plans=dataset_of(worlds[:1]), **options
        )
    )
    found: Answers = {}
    for row in table:
        at = None if row["at"] is None else int(row["at"])
        answer = Answer(row["verdict"], row["reason"], row["gap"], row["gap_unit"], at)
        found[int(row["number"]), at if rows == "each" else None] = answer
    assert len(found) == len(table)
    return found


def scalar(worlds: Sequence[World], rows: str = "each", **options: Any) -> Answers:
    """Return what ``assess`` says, by world and observation; nothing is derived from a dataset."""
    if rows == "each":
        return {
            (number, at): answer_of(ip.assess(world.target, seen, **options), world, at)
            for number, world in enumerate(worlds)
            for at, seen in enumerate(world.observations)
            if seen.indicator == world.target.indicator
        }
    plans = dataset_of(worlds)
    return {
        (number, None): answer_of(ip.assess(world.target, plans, strict=True, **options), world)
        for number, world in enumerate(worlds)
    }


def answer_of(assessment: ip.Assessment, world: World, at: int | None = None) -> Answer:
    """Return the answer of an assessment; a frame has no statistics to take a baseline from."""
    if world.target.breakdown is not None:  # an observation of one's own is of the whole, too
        return Answer("undetermined", "different_basis", None, None, at)
    if at is None and assessment.outcome is not None:
        at = [seen.key for seen in world.observations].index(assessment.inputs[1])
    verdict, reason = str(assessment.verdict), assessment.reason and str(assessment.reason)
    if Caveat.BASELINE_FROM_STATISTICS in assessment.caveats:
        verdict, reason = "undetermined", "missing_baseline"
    gap = None if assessment.gap is None else float(assessment.gap)
    return Answer(verdict, reason, gap, assessment.gap_unit, at)


def differences(one: Answers, other: Answers, worlds: Sequence[World]) -> list[str]:
    assert one.keys() == other.keys()
    return [
        shown(worlds[number], at, answer, other[number, at])
        for (number, at), answer in one.items()
        if not alike(answer, other[number, at], worlds[number])
    ]


def alike(one: Answer, other: Answer, world: World) -> bool:
    if one._replace(gap=None) != other._replace(gap=None):
        return False
    if one.gap is None or other.gap is None:
        return one.gap == other.gap
    # The scalar gap has twelve digits, and that of a frame as many digits of the target.
    ends = (world.target.value, world.target.value_high or 0)
    return abs(one.gap - other.gap) <= 5e-12 * max(abs(one.gap), *(abs(float(end)) for end in ends))


def shown(world: World, at: int | None, one: Answer, other: Answer) -> str:
    """Return the world as code that makes it again, and both answers."""
    seen = world.observations if at is None else [world.observations[at]]
    records = "\n".join(
        record.model_dump_json(exclude_defaults=True) for record in (world.target, *seen)
    )
    return f"{records}\nscalar: {one}\nframes: {other}"


RANKS = {"missed": 0, "off_track": 0, "on_track": 1, "ahead": 2, "met": 3}

# ------------------------------------------------------------------ both paths agree


@pytest.fixture(scope="module")
def few() -> list[World]:
    """Worlds for the quick tests."""
    return generate(200, seed=16)


@pytest.fixture(scope="module")
def many() -> list[World]:
    """Worlds for the heavy tests."""
    return generate(10_000, seed=2026)


@pytest.fixture(scope="module")
def answers(many: list[World]) -> Any:
    """What the scalar path says of many worlds, computed once for all engines."""
    return cache(lambda rows, number: scalar(many, rows, **OPTIONS[number]))


@pytest.mark.heavy
def test_many_worlds_cover_what_targets_and_outcomes_can_be(
    many: list[World], answers: Any
) -> None:
    """Every form, comparator and direction, and every verdict and reason that a frame can give."""
    kinds = {
        (world.target.form, world.target.comparator, world.target.indicator.direction)
        for world in many
    }
    assert kinds == set(product(Form, Comparator, Direction))
    found = Counter(
        answer.reason or answer.verdict
        for rows in ROWS
        for number in range(len(OPTIONS))
        for answer in answers(rows, number).values()
    )
    assert set(found) == {*Verdict, *Reason} - {Verdict.UNDETERMINED, Reason.CHANGED_DEFINITION}
    assert min(found.values()) > 20


@pytest.mark.parametrize("engine", ["polars", "pandas"], indirect=True)
@pytest.mark.parametrize("rows", ROWS)
@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_both_paths_agree_on_worlds(
    engine: Any, few: list[World], rows: str, options: dict[str, Any]
) -> None:
    one, other = scalar(few, rows, **options), framed(engine, few, rows, **options)
    assert not differences(one, other, few)


@pytest.mark.heavy
@pytest.mark.parametrize("rows", ROWS)
@pytest.mark.parametrize("number", range(len(OPTIONS)))
def test_both_paths_agree_on_many_worlds_in_every_engine(
    engine: Any, many: list[World], answers: Any, rows: str, number: int
) -> None:
    found = framed(engine, many, rows, **OPTIONS[number])
    assert not differences(answers(rows, number), found, many)[:3]


# ------------------------------------------------------------------ what changes no answer, or raises it


@pytest.fixture(scope="module", params=["scalar", "polars", "pandas"])
def path(request: pytest.FixtureRequest) -> Any:
    """The scalar path and that of frames, with one signature."""
    if request.param == "scalar":
        return scalar
    return partial(framed, engine_named(request.param))


@pytest.mark.parametrize("rows", ROWS)
def test_another_unit_changes_no_verdict(path: Any, few: list[World], rows: str) -> None:
    worlds = [world for world in few if world.target.unit in changes.OTHER_UNITS]
    assert len(worlds) > 40
    before, after = (
        path(worlds, rows),
        path([changes.in_other_units(world) for world in worlds], rows),
    )
    assert before.keys() == after.keys()
    for key, answer in before.items():
        unit, factor = changes.OTHER_UNITS[worlds[key[0]].target.unit]
        if answer.gap is not None:
            gap = pytest.approx(answer.gap * factor, rel=1e-10)
            unit = "percentage_point" if unit == "percent_per_year" else unit
            expected = answer._replace(gap=gap, gap_unit=unit)
        else:
            expected = answer
        assert after[key] == expected, worlds[key[0]]


@pytest.mark.parametrize("rows", ROWS)
def test_renamed_sources_change_nothing(path: Any, few: list[World], rows: str) -> None:
    assert path([changes.with_renamed_sources(world) for world in few], rows) == path(few, rows)


def test_irrelevant_rows_change_nothing(path: Any, few: list[World]) -> None:
    assert path([changes.with_irrelevant_rows(world) for world in few], "latest") == path(
        few, "latest"
    )


@pytest.mark.parametrize("rows", ROWS)
def test_a_part_of_the_worlds_has_the_same_answers(path: Any, few: list[World], rows: str) -> None:
    chosen = range(0, len(few), 3)
    whole = path(few, rows)
    assert path([few[number] for number in chosen], rows) == {
        (chosen.index(number), at): answer for (number, at), answer in whole.items()
        if number in chosen
    }  # fmt: skip


def test_observations_of_earlier_years_do_not_decide(path: Any, few: list[World]) -> None:
    whole = path(few, "latest")
    worlds = [
        world if (at := whole[number, None].deciding) is None
        else world._replace(observations=changes.of_last_year(world, world.observations[at].year))
        for number, world in enumerate(few)
    ]  # fmt: skip
    after = path(worlds, "latest")
    for key, answer in whole.items():
        assert after[key][:4] == answer[:4], few[key[0]]


@pytest.mark.parametrize("pace", ["linear", "compound"])
def test_a_better_outcome_never_worsens_the_verdict(path: Any, few: list[World], pace: str) -> None:
    before, after = (
        path(few, pace=pace),
        path([changes.bettered(world) for world in few], pace=pace),
    )
    compared = Counter[bool]()
    for key, answer in before.items():
        if {answer.verdict, after[key].verdict} <= RANKS.keys():
            assert RANKS[after[key].verdict] >= RANKS[answer.verdict], few[key[0]]
            compared[after[key].verdict != answer.verdict] += 1
    assert compared[True] > 20
    assert compared[False] > 100
