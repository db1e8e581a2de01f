"""Conversion, sums and ratios are the same in every decimal context of the caller."""

from __future__ import annotations

import decimal
from decimal import Decimal

import pytest

import innovation_plans as ip
from innovation_plans import ratios
from innovation_plans.units.registry import PlanRegistry
from innovation_plans.units.table import bundled_units

CONTEXTS = {
    "three digits": decimal.Context(prec=3),
    "inexact is an error": decimal.Context(traps=[decimal.Inexact, decimal.Rounded]),
    "small numbers": decimal.Context(Emax=3, Emin=-3, traps=[]),
}
RESULTS = {
    "to": (lambda q: q("3.123456789 亿元").to("万亿元"), "0.0003123456789"),
    "sum": (lambda q: q("3.123456789 亿元") + q("1 元"), "3.123456799"),
    "difference": (lambda q: q("3.123456789 亿元") - q("1 元"), "3.123456779"),
    "base units": (lambda q: q("3.123456789 亿元").to_base_units(), "312345678.9"),
    "gap": (lambda q: ratios.gap(q("3.456789%"), q("1%")), "2.456789"),
    "shift": (lambda q: ratios.shift(q("3.456789%"), q("1 percentage_point")), "4.456789"),
    "share": (lambda q: ratios.share(q("1 CNY"), q("3 CNY")), "33.33333333333333333333333333"),
}


@pytest.mark.parametrize("context", CONTEXTS.values(), ids=CONTEXTS)
@pytest.mark.parametrize(("compute", "number"), RESULTS.values(), ids=RESULTS)
def test_a_result_has_the_same_digits_in_every_context(compute, number, context):
    with decimal.localcontext(context):
        magnitude = compute(ip.quantity).magnitude
    assert magnitude == Decimal(number)


def test_equality_does_not_round():
    left, right = ip.quantity("3.1234 亿元"), ip.quantity("312350000 元")
    with decimal.localcontext(decimal.Context(prec=3)):
        assert left != right
        assert hash(left) == hash(ip.quantity("312340000 元"))


def test_a_first_conversion_in_another_context_does_not_change_later_ones():
    registry = PlanRegistry(bundled_units())
    ratio = registry.Quantity(Decimal(1), "CNY_100M").units
    with decimal.localcontext(decimal.Context(prec=1, traps=[])):
        registry.Quantity(Decimal(1), "person_year_per_10k_population").to_base_units()
        registry.Quantity(Decimal(1), ratio).to("CNY_1T")
    assert registry.Quantity(Decimal("1.5"), ratio).to("CNY_1T").magnitude == Decimal("0.00015")
