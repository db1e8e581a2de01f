"""The JSON Schema of each record type, compared with bundled and with wrong records."""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import innovation_plans as ip
from innovation_plans.records import TABLES, Record
from innovation_plans.units.table import UnitTable, bundled_units

SAMPLE = 40  # records of a table that the quick test validates


@cache
def validator(record_type: type[Record]) -> Draft202012Validator:
    schema = record_type.model_json_schema(mode="serialization")
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize("is_sample", [True, pytest.param(False, marks=pytest.mark.heavy)])
@pytest.mark.parametrize("table", TABLES)
def test_bundled_records_match_their_schema(
    every_tier: ip.Dataset, table: str, is_sample: bool
) -> None:
    records = getattr(every_tier, table)
    assert records
    step = max(1, len(records) // SAMPLE) if is_sample else 1
    for record in records[::step]:
        assert validator(type(record)).is_valid(record.model_dump(mode="json")), record.key


def changed(**fields: Any) -> Callable[[dict[str, Any]], None]:
    return lambda record: record.update(fields)


def without(name: str) -> Callable[[dict[str, Any]], None]:
    return lambda record: record.pop(name)


WRONG: dict[str, tuple[str, Callable[[dict[str, Any]], None]]] = {
    "a further field": ("target", changed(colour="red")),
    "a further field of the citation": ("target", lambda record: record["citation"].update(page=3)),
    "a missing field": ("target", without("unit")),
    "a missing citation": ("observation", without("citation")),
    "a unit with a blank": ("target", changed(unit="100M CNY")),
    "an expression of units": ("target", changed(unit="CNY/person")),
    "a wrong unit of the baseline": ("target", changed(baseline_unit="")),
    "a unit that is too long": ("target", changed(unit="x" * 61)),
    "a word that is no form": ("target", changed(form="levels")),
    "a word that is no status": ("observation", changed(status="settled")),
    "a number where text is exact": ("target", changed(value=3.5)),
    "a number with an exponent": ("target", changed(value="1e5")),
    "a number with a comma": ("target", changed(value="1,000")),
    "a number without digits": ("target", changed(value="")),
    "a number of too many digits": ("target", changed(value="1" * 31)),
    "a baseline with an exponent": ("target", changed(baseline_value="1e5")),
    "a year as text": ("target", changed(end_year="2025")),
    "a year of another age": ("target", changed(end_year=20250)),
    "an upper end without a range": ("target", changed(value_high="4")),
    "a range without an upper end": ("target", changed(comparator="between")),
    "a record in place of its code": ("target", changed(plan={"code": "XX-AB-14-sti"})),
    "a boolean as text": ("observation", changed(self_reported="true")),
    "a date of month 13": ("source", changed(date="2021-13")),
    "a code with a blank": ("region", changed(code="XX AB")),
    "a word that is no direction": ("indicator", changed(direction="sideways")),
    "an address of another scheme": ("source", changed(url="javascript:alert(1)")),
    "groups as text": ("region", changed(groups="XX-G")),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_record_does_not_match(one_of_each: dict[str, Any], what: str) -> None:
    noun, change = WRONG[what]
    record = one_of_each[noun].model_dump(mode="json")
    check = validator(type(one_of_each[noun]))
    check.validate(record)
    wrong = copy.deepcopy(record)
    change(wrong)
    assert not check.is_valid(wrong)


def test_a_range_matches(one_of_each: dict[str, Any]) -> None:
    record = one_of_each["target"].model_dump(mode="json")
    validator(ip.Target).validate(record | {"comparator": "between", "value_high": "4"})


def test_empty_fields_may_be_left_out_of_what_is_validated(every_tier: ip.Dataset) -> None:
    check = Draft202012Validator(ip.Target.model_json_schema())
    for target in every_tier.targets[:50]:
        check.validate(target.model_dump(mode="json", exclude_defaults=True))


def test_bundled_and_own_units_match() -> None:
    check = Draft202012Validator(ip.Target.model_json_schema()["properties"]["unit"])
    units = UnitTable("机组 = [sets]\nrobot_10K = 10000 * 机组", base=bundled_units())
    assert all(check.is_valid(unit.name) for unit in units)


class Reviewed(ip.Target):
    """A target with a field of its own."""

    reviewed: bool = False


def test_own_record_types_have_a_schema(plans: ip.Dataset) -> None:
    document = plans.targets[0].model_dump(mode="json") | {"reviewed": True}
    validator(Reviewed).validate(document)
    assert not validator(Reviewed).is_valid(document | {"reviewed": 3})
    assert not validator(ip.Target).is_valid(document)
