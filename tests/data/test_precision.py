"""The half-width of a printed figure follows from its wording, in every row."""

from __future__ import annotations

import importlib
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans.units.interval import half_unit

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
precision: Any = importlib.import_module("importer.precision")
write_precision: Any = importlib.import_module("write_precision")

PLANS = ip.load(tiers="ABCD")
BEFORE = ip.load(edition="2026.11", tiers="ABCD")
# Statistics in units finer than those that the table prints, by the beginning of their notes.
CONVERTED = {
    "portal value in 亿元 (2 decimals) times 10000": (Decimal(50), 61),
    "bulletin value in 亿元 (1 decimal) times 10000": (Decimal(500), 4),
}


def statements(plans: ip.Dataset) -> list[ip.Target | ip.Observation]:
    return [*plans.targets, *plans.observations]


def test_the_column_is_what_the_wording_says() -> None:
    differing = {
        each.key: (each.precision, precision.precision_of(each))
        for each in statements(PLANS)
        if each.precision != precision.precision_of(each)
    }
    assert differing == {}
    stated = [each for each in statements(PLANS) if each.precision and each.citation.as_stated]
    assert len(stated) >= 100
    assert write_precision.main(["--check"]) == 0


def test_the_edition_before_said_nothing_of_it() -> None:
    missing = [each for each in statements(BEFORE) if precision.precision_of(each) is not None]
    assert len(missing) >= 100


@pytest.mark.parametrize("notes", CONVERTED)
def test_statistics_in_finer_units_say_what_is_printed(notes: str) -> None:
    half_width, count = CONVERTED[notes]
    figures = [each for each in PLANS.observations if each.notes == notes]
    assert {each.precision for each in figures} == {half_width}
    assert len(figures) == count
    others = [each for each in PLANS.observations if each.precision and not each.citation.as_stated]
    assert {each.notes for each in others} == set(CONVERTED)


@pytest.mark.parametrize(
    ("stated", "unit", "value", "half_width"),
    [
        ("突破1.8万家", "enterprise", "18000", "500"),
        ("1.80万家", "enterprise", "18000", "50"),
        ("18000家", "enterprise", "18000", "0.5"),
        ("5千社以上", "enterprise", "5000", "500"),
        ("7万8000件", "patent", "78000", "500"),
        ("25,000", "enterprise", "25000", "500"),
        ("3,000億元", "CNY_100M", "3000", "0.5"),
        ("630 billion yuan", "CNY_100M", "6300", "5"),
        ("突破5000亿元", "CNY_1T", "0.5", "0.00005"),
        ("3.50%", "percent", "3.50", "0.005"),
        ("9家", "enterprise", "9", "0.5"),
    ],
)
def test_half_width_of_a_wording(stated: str, unit: str, value: str, half_width: str) -> None:
    figure = reworded(stated, unit, Decimal(value))
    assert precision.stated_half_width(figure) == Decimal(half_width)
    plain = Decimal(half_width) == half_unit(figure.value)
    assert precision.precision_of(figure) == (None if plain else Decimal(half_width))


def test_of_a_range_the_finer_end_counts() -> None:
    figure = reworded("5%—5.5%", "percent", Decimal(5), Decimal("5.5"))
    assert precision.stated_half_width(figure) == Decimal("0.05")


@pytest.mark.parametrize("stated", ["突破百亿元", "1.9万家"])
def test_a_wording_without_that_number_says_nothing(stated: str) -> None:
    assert precision.stated_half_width(reworded(stated, "CNY_100M", Decimal(100))) is None


def reworded(stated: str, unit: str, value: Decimal, high: Decimal | None = None) -> ip.Observation:
    figure = next(each for each in PLANS.observations if each.form == "level")
    citation = figure.citation.model_copy(update={"as_stated": stated})
    changes = {"value": value, "value_high": high, "unit": unit, "citation": citation}
    return ip.Observation.model_construct(**dict(figure) | changes | {"precision": None})
