"""Fixtures for the tests of pictures: scorecards, and the texts and squares of a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from matplotlib import rcParams
from matplotlib.axes import Axes
from matplotlib.colors import to_hex

import innovation_plans as ip
from innovation_plans.text.messages import word


@pytest.fixture(autouse=True)
def nothing_global_is_touched() -> Iterator[None]:
    """After every test, the settings and pyplot are unchanged."""
    import matplotlib.pyplot as plt

    before = dict(rcParams)
    yield
    assert dict(rcParams) == before
    assert plt.get_fignums() == []


@pytest.fixture(scope="session")
def intensity(plans: ip.Dataset) -> ip.Scorecard:
    """Levels of one indicator: every comparator except the upper bounds, every verdict except ahead."""
    return ip.scorecard(plans, indicator="rd_intensity", period="14th")


def row_names(card: ip.Scorecard) -> list[str]:
    """The region and year of each assessment, with the kind of plan where that names two of them."""
    kinds = {plan.code: word(plan.kind) for plan in ip.load().plans}
    names = [f"{each.subject.region_en} {each.stated.end_year}" for each in card]
    return [
        name if names.count(name) == 1 else f"{name}, {kinds[each.stated.plan]}"
        for name, each in zip(names, card, strict=True)
    ]


@pytest.fixture(scope="session")
def guangdong(plans: ip.Dataset) -> ip.Scorecard:
    """One region, many indicators."""
    return ip.scorecard(plans, region="GD")


@pytest.fixture(scope="session")
def order(plans: ip.Dataset) -> ip.Comparison:
    """Regions in order, some of them tied."""
    targets = plans.targets.where(indicator="rd_intensity", period="14th", end_year=2025)
    return ip.compare(targets.select().kept, kinds=["province", "city"], plans=plans)


@pytest.fixture
def named() -> Callable[..., ip.Assessment]:
    """An assessment with another name of its region, or of another part of its subject."""

    def other(assessment: ip.Assessment, **names: Any) -> ip.Assessment:
        subject = assessment.subject.model_copy(update=names)
        return assessment.model_copy(update={"subject": subject})

    return other


@pytest.fixture
def texts() -> Callable[[Axes], list[str]]:
    """The visible texts of a figure."""

    def shown(ax: Axes) -> list[str]:
        from matplotlib.text import Text

        figure = ax.figure
        return [
            each.get_text()
            for each in figure.findobj(Text)
            if each.get_visible() and each.get_text()
        ]

    return shown


@pytest.fixture
def squares() -> Callable[[Axes], Counter[str]]:
    """The number of squares of each colour on axes."""

    def counted(ax: Axes) -> Counter[str]:
        return Counter(
            {
                to_hex(patch.get_facecolor()): len(patch.get_path().vertices) // 5
                for patch in ax.patches
            }
        )

    return counted
