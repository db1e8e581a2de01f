from __future__ import annotations

import itertools
import math
from decimal import Decimal

import pytest

import innovation_plans as ip
from innovation_plans.analysis.coverage import TARGET_STATES
from innovation_plans.plots.style import (
    AVAILABILITIES,
    FILLS,
    RAMP,
    TIERS,
    VERDICTS,
    Amount,
    ink_on,
    luminance,
    scale_of,
)

# Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB.
SIGHTS = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900),
    ),
}  # fmt: skip


def lab(colour: str, sight: str) -> tuple[float, float, float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    seen = [
        min(1.0, max(0.0, sum(a * b for a, b in zip(row, linear, strict=True))))
        for row in SIGHTS[sight]
    ]
    x = 0.4124564 * seen[0] + 0.3575761 * seen[1] + 0.1804375 * seen[2]
    y = 0.2126729 * seen[0] + 0.7151522 * seen[1] + 0.0721750 * seen[2]
    z = 0.0193339 * seen[0] + 0.1191920 * seen[1] + 0.9503041 * seen[2]
    f, g, h = (
        t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116
        for t in (x / 0.95047, y, z / 1.08883)
    )
    return 116 * g - 16, 500 * (f - g), 200 * (g - h)


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("sight", SIGHTS)
def test_verdict_colours_differ_for_every_kind_of_colour_vision(sight: str) -> None:
    colours = [look.colour for look in VERDICTS.values()]
    for one, other in itertools.combinations(colours, 2):
        assert math.dist(lab(one, sight), lab(other, sight)) > 15, (one, other)


@pytest.mark.parametrize("sight", SIGHTS)
def test_squares_without_a_mark_differ(sight: str) -> None:
    fills = [FILLS[name] for name in ("empty", "other_year", "annual", "mixed")]
    fills += [AVAILABILITIES[state].colour for state in TARGET_STATES]
    for one, other in itertools.combinations(fills, 2):
        assert math.dist(lab(one, sight), lab(other, sight)) > 5, (one, other)


@pytest.mark.parametrize("verdict", list(VERDICTS))
def test_a_mark_contrasts_with_white_and_with_its_sign(verdict: ip.Verdict) -> None:
    colour = VERDICTS[verdict].colour
    assert contrast(colour, "#ffffff") >= 3  # WCAG 2.2, 1.4.11
    assert contrast(colour, ink_on(colour)) >= 4.5


def test_every_code_has_its_own_style() -> None:
    assert list(VERDICTS) == list(ip.Verdict)
    assert set(AVAILABILITIES) == set(ip.Availability)
    assert set(TIERS) == set(ip.Tier)
    looks = [(look.marker, look.hollow) for look in VERDICTS.values()]
    assert len(set(looks)) == len({look.glyph for look in VERDICTS.values()}) == len(looks)


@pytest.mark.parametrize("sight", SIGHTS)
def test_the_colour_scale_differs_in_lightness(sight: str) -> None:
    lights = [lab(colour, sight)[0] for colour in RAMP]
    assert all(one - other > 10 for one, other in itertools.pairwise(lights))
    assert all(contrast(colour, ink_on(colour)) >= 4.5 for colour in RAMP)


@pytest.mark.parametrize(
    ("amounts", "unit"),
    [(("7", "4802"), "CNY_100M"), (("12000", "4802"), "CNY_100M"), (("12000", "33000"), "CNY_1T"),
     (("0.4", "0", "2"), "CNY_100M"), (("0.4",), "CNY_10K"), ((), "CNY_10K")],
)  # fmt: skip
def test_money_is_in_a_unit_of_which_every_figure_is_at_least_one(
    amounts: tuple[str, ...], unit: str
) -> None:
    figures = [Amount(Decimal(amount), "CNY_100M") for amount in amounts]
    assert scale_of(figures, "CNY_10K", "zh").unit == unit


def test_the_label_of_a_bound_is_rounded_away_from_what_it_bounds() -> None:
    scale = scale_of([], "percent", "en")
    for comparator, text in (("above", ">9.57"), ("below", "<9.58"), ("reach", "9.58")):
        figure = Amount(Decimal("9.5753425"), "percent", None, ip.Comparator(comparator))
        assert scale.text(figure) == text
