"""``assess`` and ``frames.assess`` agree: on the bundled data, and on thousands of generated worlds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache, partial
from itertools import product
from typing import Any

import pytest
from narwhals._arrow.dataframe import ArrowDataFrame

import innovation_plans as ip
from innovation_plans import Comparator, Direction, Form, Reason, Verdict

from . import changes
from .conftest import engine_named
from .paths import WITHOUT_OUTCOME, differences, framed, scalar
from .worlds import World, dataset_of, generate

ROWS = ("each", "latest")
OPTIONS: list[dict[str, Any]] = [
    {},
    {"pace": "compound", "tolerance": "0.25", "threshold": "0.5"},
    # generated texts are of 2026 to 2029
    {"pace": "linear", "tolerance": "0", "threshold": "1", "as_of": "2027-04-30"},
]
# Days of the bundled data; by default only a dataset has one.
DAYS = ("2026-12-31", "2025-06-30", "2024-03-01")
EACH_OPTION = pytest.mark.parametrize("option", range(len(OPTIONS)))
EACH_WAY = pytest.mark.parametrize("rows", ROWS)
# In the order of what a better outcome leads to.
RANKS = {"missed": 0, "off_track": 0, "on_track": 1, "ahead": 2, "met": 3}

# ------------------------------------------------------------------ both paths agree


@pytest.fixture(scope="module")
def few() -> list[World]:
    """Worlds for the quick tests."""
    return generate(200, seed=16)


@pytest.fixture(scope="module")
def many() -> ip.Dataset:
    """Worlds for the heavy tests."""
    return dataset_of(generate(10_000, seed=2026))


@pytest.fixture(scope="module")
def answers_of_many(many: ip.Dataset) -> Any:
    """What the scalar path says of many worlds, computed once for all engines."""
    return cache(lambda rows, option: scalar(many, rows, **OPTIONS[option]))


@pytest.fixture(scope="module")
def answers_of_bundled(plans: ip.Dataset) -> Any:
    """What the scalar path says of the bundled data, computed once for all engines."""
    return cache(lambda rows, option: scalar(plans, rows, **_dated(option)))


@EACH_WAY
@EACH_OPTION
@pytest.mark.parametrize("engine", ["polars", "pandas"], indirect=True)
def test_both_paths_agree_on_worlds(engine: Any, few: list[World], rows: str, option: int) -> None:
    plans, options = dataset_of(few), OPTIONS[option]
    one, other = scalar(plans, rows, **options), framed(engine, plans, rows, **options)
    assert not differences(one, other, plans)


@EACH_WAY
@EACH_OPTION
@pytest.mark.heavy
def test_both_paths_agree_on_many_worlds(
    engine: Any, many: ip.Dataset, answers_of_many: Any, rows: str, option: int
) -> None:
    found = framed(engine, many, rows, **OPTIONS[option])
    assert not differences(answers_of_many(rows, option), found, many)[:3]


@EACH_WAY
@pytest.mark.parametrize(
    "option", [0, *(pytest.param(at, marks=[pytest.mark.heavy, pytest.mark.long]) for at in (1, 2))]
)
def test_both_paths_agree_on_the_bundled_data(
    engine: Any, plans: ip.Dataset, answers_of_bundled: Any, rows: str, option: int
) -> None:
    found = framed(engine, plans, rows, **_dated(option))
    assert not differences(answers_of_bundled(rows, option), found, plans)


def _dated(option: int) -> dict[str, Any]:
    return {**OPTIONS[option], "as_of": DAYS[option]}


@pytest.mark.heavy
def test_many_worlds_have_everything_that_targets_and_outcomes_can_be(
    many: ip.Dataset, answers_of_many: Any
) -> None:
    kinds = {
        (target.form, target.comparator, target.indicator.direction) for target in many.targets
    }
    assert kinds == set(product(Form, Comparator, Direction))
    counts = Counter(
        answer.reason or answer.verdict
        for rows, option in product(ROWS, range(len(OPTIONS)))
        for answer in answers_of_many(rows, option).values()
    )
    # Only a dataset knows of breaks, vintages and which figure is missing; only comparisons have kinds.
    others = {Reason.CHANGED_DEFINITION, Reason.VINTAGES_MIXED, Reason.OTHER_KIND}
    others |= {Reason.OTHER_PERIOD, Reason.OTHER_FIGURE, Reason.NO_FIGURE_OF_NATION}
    others |= {Reason.NO_FIGURE_OF_REGION, *WITHOUT_OUTCOME}
    of_rows = {Reason.OTHER_FORM_OR_SPAN, Reason.OUTSIDE_PERIOD, Reason.UNDATED}
    assert set(counts) == {*Verdict, *Reason} - {Verdict.UNDETERMINED} - (others - of_rows)
    assert min(counts.values()) > 20


# ------------------------------------------------------------------ what changes no answer


@pytest.fixture(scope="module", params=["scalar", "polars", "pandas"])
def path(request: pytest.FixtureRequest) -> Callable[..., Any]:
    """The scalar path and that of frames, from worlds to answers."""
    if request.param == "scalar":
        return lambda worlds, *args, **options: scalar(dataset_of(worlds), *args, **options)
    answer = partial(framed, engine_named(request.param))
    return lambda worlds, *args, **options: answer(dataset_of(worlds), *args, **options)


@EACH_WAY
def test_another_unit_changes_no_verdict(path: Any, few: list[World], rows: str) -> None:
    worlds = [world for world in few if world.target.unit in changes.OTHER_UNITS]
    assert len(worlds) > 40
    before = path(worlds, rows)
    after = path([changes.in_other_units(world) for world in worlds], rows)
    assert before.keys() == after.keys()
    for key, answer in before.items():
        assert after[key] == changes.answer_in_other_unit(answer, worlds[key[0]])


@EACH_WAY
def test_renamed_sources_change_nothing(path: Any, few: list[World], rows: str) -> None:
    assert path([changes.with_renamed_sources(world) for world in few], rows) == path(few, rows)


def test_irrelevant_rows_change_nothing(path: Any, few: list[World]) -> None:
    more = [changes.with_irrelevant_rows(world) for world in few]
    assert path(more, "latest") == path(few, "latest")


@EACH_WAY
def test_a_part_of_the_worlds_has_the_same_answers(path: Any, few: list[World], rows: str) -> None:
    part = path(few[::3], rows)
    whole = {(number // 3, at): answer for (number, at), answer in path(few, rows).items()
             if number % 3 == 0}  # fmt: skip
    assert part == whole


def test_observations_of_other_years_do_not_decide(path: Any, few: list[World]) -> None:
    before = path(few, "latest")
    after = path(
        [changes.of_the_year(world, before[number, None]) for number, world in enumerate(few)],
        "latest",
    )
    assert [answer[:-1] for answer in after.values()] == [answer[:-1] for answer in before.values()]


@pytest.mark.parametrize("pace", ["linear", "compound"])
def test_a_better_outcome_never_worsens_the_verdict(path: Any, few: list[World], pace: str) -> None:
    before = path(few, pace=pace)
    after = path([changes.bettered(world) for world in few], pace=pace)
    pairs = [(answer.verdict, after[key].verdict) for key, answer in before.items()]
    ranks = [
        (RANKS[worse], RANKS[better]) for worse, better in pairs if {worse, better} <= {*RANKS}
    ]
    assert all(worse <= better for worse, better in ranks)
    assert sum(worse < better for worse, better in ranks) > 20
    assert len(ranks) > 150


@EACH_WAY
@pytest.mark.parametrize("engine", ["pyarrow"], indirect=True)
def test_joins_that_move_rows_change_no_answer(
    engine: Any, few: list[World], rows: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans = dataset_of(few)
    answers = framed(engine, plans, rows)
    join = ArrowDataFrame.join

    def moved(self: Any, *arguments: Any, **options: Any) -> Any:
        table = join(self, *arguments, **options).native
        return self._with_native(table.take([*range(len(table) - 1, -1, -1)]))

    monkeypatch.setattr(ArrowDataFrame, "join", moved)  # pyarrow promises no order
    assert framed(engine, plans, rows) == answers
