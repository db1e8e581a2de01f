"""Floor 9: the JSON Schema of records, held against every bundled record."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

import innovation_plans as ip
from innovation_plans.directory import TABLES
from innovation_plans.exchange import jsonschema
from innovation_plans.exchange.known_formats import Options


def validator(schema: dict[str, Any], name: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": schema["$defs"]})


@pytest.fixture(scope="module")
def schema(every_tier: ip.Dataset) -> dict[str, Any]:
    made = jsonschema.document(every_tier)
    Draft202012Validator.check_schema(made)
    return made


# Thirteen thousand observations take the validator a while.
@pytest.mark.parametrize(
    "table",
    [
        pytest.param(name, marks=[pytest.mark.heavy] if name == "observations" else [])
        for name in TABLES
    ],
)
def test_every_bundled_record_fits_its_schema(
    schema: dict[str, Any], every_tier: ip.Dataset, table: str
) -> None:
    check = validator(schema, TABLES[table].__name__)
    records = getattr(every_tier, table)
    assert records
    for record in records:
        assert check.is_valid(record.model_dump(mode="json")), record.key


def test_any_record_fits_the_whole(schema: dict[str, Any], one_of_each: dict[str, Any]) -> None:
    check = Draft202012Validator(schema)
    for noun, record in one_of_each.items():
        if noun != "citation":
            check.validate(record.model_dump(mode="json"))
    with pytest.raises(ValidationError):
        check.validate({"code": "XX"})


def changed(**cells: Any) -> Callable[[dict[str, Any]], None]:
    return lambda record: record.update(cells)


def without(name: str) -> Callable[[dict[str, Any]], None]:
    return lambda record: record.pop(name)


REFUSED: dict[str, tuple[str, Callable[[dict[str, Any]], None]]] = {
    "a further field": ("target", changed(colour="red")),
    "a further field of the citation": ("target", lambda record: record["citation"].update(page=3)),
    "a missing field": ("target", without("unit")),
    "a missing citation": ("observation", without("citation")),
    "an unknown unit": ("target", changed(unit="furlong")),
    "an alias of a unit": ("target", changed(unit="%")),
    "an unknown unit of the start": ("target", changed(baseline_unit="furlong")),
    "a word that is no form": ("target", changed(form="levels")),
    "a word that is no status": ("observation", changed(status="settled")),
    "a number where text is exact": ("target", changed(value=3.5)),
    "a number with an exponent": ("target", changed(value="1e5")),
    "a number with a comma": ("target", changed(value="1,000")),
    "no number": ("target", changed(value="")),
    "a number of too many digits": ("target", changed(value="1" * 31)),
    "a year as text": ("target", changed(end_year="2025")),
    "a year of another age": ("target", changed(end_year=20250)),
    "an upper end without a range": ("target", changed(value_high="4")),
    "a range without an upper end": ("target", changed(comparator="between")),
    "a record in the place of its code": ("target", changed(plan={"code": "XX-AB-14-sti"})),
    "truth as text": ("observation", changed(self_reported="true")),
    "a code with a blank": ("region", changed(code="XX AB")),
    "no direction": ("indicator", changed(direction="sideways")),
    "an address that is none": ("source", changed(url="javascript:alert(1)")),
    "groups as text": ("region", changed(groups="XX-G")),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_wrong_is_refused(
    schema: dict[str, Any], one_of_each: dict[str, Any], what: str
) -> None:
    noun, change = REFUSED[what]
    record = one_of_each[noun].model_dump(mode="json")
    check = validator(schema, type(one_of_each[noun]).__name__)
    check.validate(record)
    spoilt = copy.deepcopy(record)
    change(spoilt)
    assert not check.is_valid(spoilt)


def test_a_range_fits(schema: dict[str, Any], one_of_each: dict[str, Any]) -> None:
    record = one_of_each["target"].model_dump(mode="json")
    record |= {"comparator": "between", "value_high": "4"}
    validator(schema, "Target").validate(record)


def test_what_is_empty_may_be_left_out(schema: dict[str, Any], every_tier: ip.Dataset) -> None:
    check = validator(schema, "Target")
    for target in every_tier.targets[:50]:
        check.validate(target.model_dump(mode="json", exclude_defaults=True))


def test_own_units_and_types_are_part_of_it(own_plans: ip.Dataset) -> None:
    schema = jsonschema.document(own_plans)
    Draft202012Validator.check_schema(schema)
    assert {"Target", "CityTarget", "CityObservation"} <= schema["$defs"].keys()
    assert {"robot_10K", "机组", "CNY"} <= set(schema["$defs"]["unit"]["enum"])
    for record in (*own_plans.targets, *own_plans.observations):
        validator(schema, type(record).__name__).validate(record.model_dump(mode="json"))
    target = own_plans.targets.where(indicator="robots").one().model_dump(mode="json")
    assert not validator(schema, "Target").is_valid(target), "it has fields of its own"
    assert not validator(schema, "CityTarget").is_valid(target | {"reviewed": 3})


def test_a_type_of_the_same_name_stands_beside_the_one_of_the_house(plans: ip.Dataset) -> None:
    house = plans.targets.where(region="CN", period="14th")[0]
    own = type("Target", (ip.Target,), {"__annotations__": {"owner": str}, "__module__": "city"})
    mine = own.model_validate(house.model_dump(mode="json") | {"owner": "us"}, context=plans.codes)
    schema = jsonschema.document(plans.extend(targets=[mine], on_conflict="replace"))
    check = Draft202012Validator(schema)
    check.validate(mine.model_dump(mode="json"))
    check.validate(house.model_dump(mode="json"))
    assert not check.is_valid(mine.model_dump(mode="json") | {"owner": 3})


def test_numbers_of_own_fields_keep_their_own_form(plans: ip.Dataset) -> None:
    class Costed(ip.Target):
        cost: Decimal
        weight: float = 0.5

    house = plans.targets[0].model_dump(mode="json") | {"cost": "1E+3"}
    mine = Costed.model_validate(house, context=plans.codes)
    schema = jsonschema.document(plans.extend(targets=[mine], on_conflict="replace"))
    validator(schema, "Costed").validate(mine.model_dump(mode="json"))


def test_an_own_field_without_a_schema_is_refused(plans: ip.Dataset) -> None:
    class Odd(ip.Target, arbitrary_types_allowed=True):
        thing: range = range(3)

    mine = Odd.model_validate(plans.targets[0].model_dump(mode="json"), context=plans.codes)
    ours = ip.Dataset(_Held(plans, mine), frozenset(ip.Tier), "")
    with pytest.raises(ip.DataErrors, match="nothing written"):
        jsonschema.document(ours)


class _Held:
    """The records of a dataset with one target in the place of all."""

    def __init__(self, plans: ip.Dataset, target: ip.Target) -> None:
        self.codes = plans.codes
        self.kinds = TABLES
        self._plans = plans
        self._target = target

    def table(self, name: str) -> list[Any]:
        return [self._target] if name == "targets" else list(getattr(self._plans, name))


def test_the_file_is_the_document(tmp_path: Path, plans: ip.Dataset) -> None:
    jsonschema.write(plans, tmp_path / "records.json", Options())
    written = json.loads((tmp_path / "records.json").read_text(encoding="utf-8"))
    assert written == jsonschema.document(plans)
    assert written["$id"] == f"urn:innovation-plans:records:{plans.edition}"
