"""What all records share: immutability, equality, keys, references, JSON and its schema."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError, field_validator
from pydantic_core import PydanticCustomError

import innovation_plans as ip
from innovation_plans.records import TABLES, Context, Record
from innovation_plans.units.table import UnitTable, bundled_units

# ------------------------------------------------------------------ all kinds of records


NOUNS = (
    "region",
    "indicator",
    "source",
    "citation",
    "plan",
    "erratum",
    "vintage",
    "target",
    "observation",
    "corroboration",
    "goal",
)
NAMES_OF_TABLES = (
    "regions",
    "indicators",
    "sources",
    "plans",
    "errata",
    "vintages",
    "targets",
    "observations",
    "corroborations",
    "goals",
)
KEYS = {
    "region": "XX-AB",
    "indicator": "widget_share",
    "source": "abe-plan",
    "citation": "abe-plan#page 3",
    "plan": "XX-AB-14-sti",
    "erratum": "abe-plan-erratum-1",
    "vintage": "gross_product/first/2022",
    "target": "XX-AB-14-sti/widget_share/level/2025@abe-plan",
    "observation": "XX-AB/widget_share/level/2023@abe-plan",
    "corroboration": "XX-AB-14-sti/widget_share/level/2025@abe-plan#page 3",
    "goal": "XX-AB/framework/overall/2025@abe-plan#page 1",
}


def pickled(record: Any) -> Any:
    """Return a copy made by pickle."""
    return pickle.loads(pickle.dumps(record))  # noqa: S301 - our own bytes


every_kind = pytest.mark.parametrize("noun", NOUNS)


@every_kind
def test_key(one_of_each: dict[str, Any], noun: str) -> None:
    assert one_of_each[noun].key == KEYS[noun]


@every_kind
def test_noun(one_of_each: dict[str, Any], noun: str) -> None:
    assert one_of_each[noun].noun == noun


@every_kind
def test_repr_is_the_key(one_of_each: dict[str, Any], noun: str) -> None:
    record = one_of_each[noun]
    assert repr(record) == f"<{type(record).__name__} {KEYS[noun]}>"


@every_kind
def test_frozen(one_of_each: dict[str, Any], noun: str) -> None:
    record = one_of_each[noun]
    field = next(iter(type(record).model_fields))
    before = getattr(record, field)
    with pytest.raises(ValidationError, match="frozen"):
        setattr(record, field, before)
    with pytest.raises(ValidationError, match="frozen"):
        delattr(record, field)
    with pytest.raises(ValidationError, match="frozen"):
        record.remark = "new"
    assert getattr(record, field) is before


@every_kind
def test_an_unknown_field_is_an_error(
    one_of_each: dict[str, Any], context: Context, noun: str
) -> None:
    record = one_of_each[noun]
    with pytest.raises(ValidationError) as caught:
        type(record).model_validate({**record.model_dump(), "remark": "x"}, context=context)
    assert [(each["loc"], each["type"]) for each in caught.value.errors()] == [
        (("remark",), "extra_forbidden")
    ]


@every_kind
def test_equal_by_content_and_hashable(
    one_of_each: dict[str, Any], context: Context, noun: str
) -> None:
    record = one_of_each[noun]
    twin = type(record).model_validate(record.model_dump(), context=context)
    assert twin is not record
    assert twin == record
    assert hash(twin) == hash(record)
    assert {record, twin} == {record}


@every_kind
def test_json_round_trip(one_of_each: dict[str, Any], context: Context, noun: str) -> None:
    record = one_of_each[noun]
    assert type(record).model_validate_json(record.model_dump_json(), context=context) == record


@every_kind
def test_pickle_round_trip(one_of_each: dict[str, Any], noun: str) -> None:
    record = one_of_each[noun]
    twin = pickled(record)
    assert twin == record
    assert hash(twin) == hash(record)


@every_kind
def test_json_schema_is_made(one_of_each: dict[str, Any], noun: str) -> None:
    kind = type(one_of_each[noun])
    for mode in ("validation", "serialization"):
        schema = kind.model_json_schema(mode=mode)
        assert set(schema["properties"]) == set(kind.model_fields)
        assert schema["additionalProperties"] is False


def test_every_field_is_described(one_of_each: dict[str, Any]) -> None:
    bare = [
        f"{type(record).__name__}.{name}"
        for record in one_of_each.values()
        for name, field in type(record).model_fields.items()
        if not field.description
    ]
    assert not bare


def test_references_are_written_as_codes(one_of_each: dict[str, Any]) -> None:
    given = json.loads(one_of_each["target"].model_dump_json(exclude_none=True))
    assert given == {
        "indicator": "widget_share",
        "form": "level",
        "comparator": "about",
        "value": "3.5",
        "unit": "percent",
        "plan": "XX-AB-14-sti",
        "start_year": 2021,
        "end_year": 2025,
        "flags": [],
        "citation": {"source": "abe-plan", "locator": "page 3", "as_stated": "3.5%左右"},
    }


def test_unequal(one_of_each: dict[str, Any], context: Context) -> None:
    target = one_of_each["target"]
    other = ip.Target.model_validate({**target.model_dump(), "value": "3.6"}, context=context)
    assert other.key == target.key
    assert other != target

    class Marked(ip.Target):
        pass

    assert Marked.model_validate(target.model_dump(), context=context) != target


def test_record_without_a_key() -> None:
    class Nameless(Record):
        size: int

    with pytest.raises(TypeError, match="Nameless defines no key"):
        _ = Nameless(size=1).key


class MyTarget(ip.Target):
    confidence: Decimal | None = None
    reviewer: str


def test_subclass_keeps_its_fields(target_cells: dict[str, Any], context: Context) -> None:
    mine = MyTarget.model_validate({**target_cells, "reviewer": "Ann"}, context=context)
    again = MyTarget.model_validate_json(mine.model_dump_json(), context=context)
    assert again == mine
    assert again.reviewer == "Ann"
    assert pickled(mine) == mine
    assert MyTarget.model_validate(mine) is mine
    assert ip.Target.model_validate(mine) is mine


def test_subclass_survives_tables(target_cells: dict[str, Any], context: Context) -> None:
    records = [
        MyTarget.model_validate(
            {**target_cells, "end_year": year, "reviewer": f"R{year}"}, context=context
        )
        for year in (2023, 2024, 2025)
    ]
    table = ip.TargetTable(records, context)
    kept = table.where(end_year=[2024, 2025], region="Abeland")
    assert type(kept) is ip.TargetTable
    assert [type(each) for each in kept] == [MyTarget, MyTarget]
    assert [each.reviewer for each in kept] == ["R2024", "R2025"]
    assert kept[-1:].one().reviewer == "R2025"
    assert table.by_key(records[0].key) is records[0]


def test_subclass_of_a_referenced_record(context: Context) -> None:
    class MyRegion(ip.Region):
        area: int

    mine = MyRegion(code="XX-EF", kind="province", name_en="Efland", area=12)
    context.add(mine)
    plan = ip.Plan.model_validate(
        {"code": "p", "region": "XX-EF", "period": "14th", "kind": "sti", "title_en": "Plan"},
        context=context,
    )
    assert plan.region is mine


@pytest.mark.parametrize("noun", ["target", "observation"])
def test_a_record_never_contains_a_pint_object(one_of_each: dict[str, Any], noun: str) -> None:
    record = one_of_each[noun]
    first = record.quantity
    assert record.quantity is not first
    assert set(vars(record)) == set(type(record).model_fields)
    assert not any("pint" in type(value).__module__ for value in vars(record).values())
    assert type(record.value) is Decimal


# ------------------------------------------------------------------ codes


def test_codes_start_empty() -> None:
    context = Context()
    assert context.of("region") == {}
    assert "percent" in context.units


def test_a_context_refers_to_tables_without_copying_them() -> None:
    region = ip.Region(code="XX", kind="nation", name_en="Landia")
    given = {"region": {"XX": region}}
    context = Context(given)
    context.add(ip.Region(code="YY", kind="nation", name_en="Otherland"))
    assert list(context.of("region")) == ["XX", "YY"]
    assert given == {"region": {"XX": region}}


# ------------------------------------------------------------------ all bundled records


@pytest.mark.parametrize("name", NAMES_OF_TABLES)
def test_every_bundled_record_round_trips_through_json(every_tier: ip.Dataset, name: str) -> None:
    table = getattr(every_tier, name)
    context = every_tier.context
    assert len(table)
    changed = [
        record.key
        for record in table
        if type(record).model_validate_json(record.model_dump_json(), context=context) != record
    ]
    assert not changed


@pytest.mark.parametrize("name", NAMES_OF_TABLES)
def test_a_sample_of_bundled_records_round_trips_through_pickle(
    every_tier: ip.Dataset, name: str
) -> None:
    sample = list(getattr(every_tier, name)[::29])
    assert pickled(sample) == sample


# ------------------------------------------------------------------ JSON Schema


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


def test_empty_fields_may_be_omitted(every_tier: ip.Dataset) -> None:
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


def test_a_context_that_is_handed_out_is_a_copy(plans: ip.Dataset) -> None:
    region = ip.Region(code="QQ", kind="city", name_en="Queue")
    for owner in (plans, plans.targets):
        context = owner.context
        context.add(region)
        context.words.clear()
        context.unread.add("plan")
        assert "QQ" in context.of("region")
        assert "QQ" not in owner.context.of("region")
        assert "plan" not in owner.context.unread
    with pytest.raises(ip.ArgumentError, match="no breakdown"):
        plans.targets.where(breakdown="anything")
    assert copy.copy(context).of("region").keys() == context.of("region").keys()


def test_no_private_attribute_is_suggested() -> None:
    plan = ip.load().plans["CN-GD-14-sti"]
    with pytest.raises(AttributeError, match=r"no attribute 'title' of Plan; did you mean title_"):
        plan.title  # type: ignore[attr-defined]  # noqa: B018


def test_a_record_made_without_a_field_says_so() -> None:
    with pytest.raises(AttributeError, match="no attribute 'plan' of Target; it was made"):
        ip.Target.model_construct().plan  # noqa: B018


@pytest.mark.parametrize("fields", [{}, {"plan": "CN-GD-14-sti", "source": None}])
def test_a_record_made_without_validation_is_shown(
    one_of_each: dict[str, Any], fields: dict[str, Any]
) -> None:
    for kind in (*map(type, one_of_each.values()), ip.Citation, ip.Assessment, ip.Derivation):
        record = kind.model_construct(**fields)
        assert repr(record).startswith(f"incomplete {kind.__name__}: ")
        assert record._repr_html_().startswith(f"incomplete {kind.__name__}: ")
        assert str(record)


@pytest.mark.parametrize(
    ("name", "text", "advice"),
    [
        ("regions", "CN-GD", "region.code == 'CN-GD'"),
        ("indicators", "rd_intensity", "indicator.code == 'rd_intensity'"),
        ("targets", "x", "target.key == 'x'"),
    ],
)
def test_a_record_compared_with_text_warns(
    plans: ip.Dataset, name: str, text: str, advice: str
) -> None:
    record = getattr(plans, name)[0]
    for comparison in (lambda: record == text, lambda: text == record, lambda: text in record):
        with pytest.warns(ip.InnovationPlansWarning, match=f"compare its .*, {advice}") as caught:
            assert not comparison()
        assert caught[0].filename == __file__
    assert record != 1


def test_a_filter_with_text_for_a_record_warns_at_its_own_line(plans: ip.Dataset) -> None:
    with pytest.warns(ip.InnovationPlansWarning, match="no Indicator is equal to text") as caught:
        assert not plans.targets[:1].filter(lambda target: target.indicator == "rd_intensity")
    assert caught[0].filename == __file__


def _rejected(**changes: Any) -> list[str]:
    target = ip.load().targets[0]
    fields = {name: getattr(target, name) for name in type(target).model_fields}
    with pytest.raises(ValidationError) as raised:
        ip.Target(**(fields | changes))
    assert [str(error["loc"][0]) for error in raised.value.errors()] == [*changes]
    lines = str(raised.value).splitlines()[1:]
    return [line.strip() for line in lines if line.startswith("  ")]


def test_the_error_of_a_record_names_the_nearest_code_or_field() -> None:
    comparators = "'reach', 'at_least', 'above', 'about', 'at_most', 'below' or 'between'"
    (only,) = _rejected(comparator="atleast")
    assert only.startswith(f"expected {comparators}, found 'atleast'; did you mean 'at_least'? [")
    first, second, third, fourth = _rejected(form="Levl", value="abc", notes=1, comparater="about")
    assert "did you mean 'level'? [type=enum" in first
    assert second.startswith("cannot read 'abc' at position 0: expected a decimal number")
    assert third.startswith("Input should be a valid string [type=string_type")
    assert fourth.startswith("no such field; did you mean comparator? [type=extra_forbidden")


def test_an_error_of_a_users_own_is_as_it_was() -> None:
    class Own(ip.Region):
        @field_validator("name_zh")
        @classmethod
        def never(cls, value: str) -> str:
            if value == "甲":
                raise PydanticCustomError("own", "no {what}", {"what": "good"})
            raise ValueError("{not} a template")

    for name, text in (("甲", "no good"), ("乙", "Value error, {not} a template")):
        with pytest.raises(ValidationError) as raised:
            Own(code="XX-1", name_en="A", name_zh=name, kind="provinc")  # type: ignore[arg-type]
        kind, own = sorted(raised.value.errors(), key=lambda error: str(error["loc"]))
        assert own["msg"] == text
        assert "did you mean 'province'?" in kind["msg"]
