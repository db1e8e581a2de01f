"""Draw the pictures that the image tests compare with: ``tests/plots/baseline/*.png``.

Usage: ``python tests/plots/write_baselines.py [NAME ...]``

Every picture is drawn in both languages and two sizes: as a figure of its own, and on given axes.
English is drawn in the font that comes with matplotlib, Chinese in Noto Sans CJK.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

import innovation_plans as ip

LANGUAGES = ("en", "zh")
REGIONS = ["GD", "JS", "BJ", "SH", "CQ", "HI", "Shenzhen", "GX"]
BASELINE = Path(__file__).with_name("baseline")
SIZES = ("own", "given")
DOTS = 50  # per inch: shows a moved mark, and gives small files

Draw = Callable[..., Any]


@cache
def scenes() -> dict[str, Draw]:
    """Return the functions that draw the pictures, of a few regions of the bundled edition."""
    plans = ip.load()
    targets = plans.targets.where(indicator="rd_intensity", period="14th", region=REGIONS)
    due = [target for target in targets if target.end_year == 2025]
    order = ip.compare(due, kinds=["province", "city"], plans=plans)
    card = ip.scorecard(plans, indicator="rd_intensity", period="14th", region=REGIONS)
    year = [each for each in card if each.stated.end_year == 2025]
    wide = ip.scorecard(plans, period="14th", region=["GD", "JS", "SH"])
    known = ["rd_intensity", "rd_expenditure", "gdp"]
    path = plans.targets.where(region="HB", indicator="rd_expenditure", period="14th").one()
    values = plans.observations.where(indicator="rd_intensity", year=2022, form="level")
    return {
        "dumbbell": lambda **how: ip.plots.dumbbell(card, **how),
        "gaps": lambda **how: ip.plots.gaps(year, **how),
        "lines": lambda **how: ip.plots.lines(
            plans, indicator="rd_intensity", region=REGIONS[:6], since=2012, **how
        ),
        "slopes": lambda **how: ip.plots.slopes(year, **how),
        "path": lambda **how: ip.plots.path(path, plans, **how),
        "ranking": lambda **how: ip.plots.ranking(order, **how),
        "matrix": lambda **how: ip.plots.matrix(wide, **how),
        "coverage": lambda **how: ip.plots.coverage(
            plans, region=REGIONS, indicator=known, period="14th", **how
        ),
        "tiles": lambda **how: ip.plots.tiles(values, **how),
    }


@cache
def more_scenes() -> dict[str, Draw]:
    """Return other forms of the pictures: several panels, verdicts on a map, ranks and growth."""
    plans = ip.load()
    guangdong = ip.scorecard(plans, region="GD", period="14th")
    map_card = ip.scorecard(plans, indicator="rd_intensity", period="14th", end_year=2025)
    targets = plans.targets.where(indicator="rd_intensity", period="14th", end_year=2025)
    growth = ip.compare(targets, measure="growth", plans=plans)
    share = ip.scorecard(plans, indicator="rd_intensity", period="14th")
    chosen = plans.targets.where(region="CQ", indicator="rd_intensity", period="14th").one()
    return {
        "panels": lambda **how: ip.plots.dumbbell(guangdong, plans=plans, **how),
        "verdict-tiles": lambda **how: ip.plots.tiles(map_card, plans=plans, **how),
        "growth": lambda **how: ip.plots.ranking(growth, plans=plans, **how),
        "periods": lambda **how: ip.plots.coverage(
            plans, region=["GD", "JS", "ZJ", "BJ"], indicator=["rd_intensity", "gdp"], **how
        ),
        "many": lambda **how: ip.plots.dumbbell(share, plans=plans, **how),
        "all-slopes": lambda **how: ip.plots.slopes(map_card, plans=plans, **how),
        "own-figures": lambda **how: ip.plots.path(chosen, plans, **how),
    }


def names() -> list[tuple[str, str, str]]:
    """Return the scene, the language and the size of every picture."""
    return [(scene, lang, size) for scene in scenes() for lang in LANGUAGES for size in SIZES]


def drawn(scene: str, lang: str, size: str, path: Path) -> None:
    """Draw one picture into a file."""
    ax = None
    if size == "given":
        inches = 9 if scene == "matrix" else 7  # it has the longest names
        ax = Figure(figsize=(inches, inches), layout="constrained", facecolor="white").subplots()
    figure = scenes()[scene](lang=lang, ax=ax).figure
    figure.savefig(path, dpi=DOTS, facecolor="white", metadata={"Software": None})


def main(arguments: list[str]) -> int:
    """Draw all pictures, or those of the named scenes."""
    BASELINE.mkdir(parents=True, exist_ok=True)
    for scene, lang, size in names():
        if not arguments or scene in arguments:
            drawn(scene, lang, size, BASELINE / f"{scene}-{lang}-{size}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
