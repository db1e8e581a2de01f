"""Own fields of a subclass: whatever their names, they work or the class is refused at once."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any, Literal

import pytest

import innovation_plans as ip
from innovation_plans.codelists import Force
from innovation_plans.errors import ConflictError
from innovation_plans.io.implied import implied_columns
from innovation_plans.records import TABLES, Citation

OWN = ("label", "noun", "key", "text", "edition", "table", "index", "columns", "inputs", "shared")
NAMES = sorted(
    {*OWN}
    | {name for kind in (*TABLES.values(), Citation) for name in kind.model_fields}
    | {
        name
        for kind in TABLES.values()
        for name in dir(kind)
        if not name.startswith(("_", "model_"))
    }
    | {name for kind in TABLES.values() for name in implied_columns(kind)}
)
TYPED = {"targets": "target_type", "observations": "observation_type"}


def subclass(kind: type[Any], name: str, annotation: Any = str, value: Any = "own") -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pydantic warns about names of its own methods
        space = {"__annotations__": {name: annotation}, name: value, "__module__": "user"}
        return type(f"My{kind.__name__}", (kind,), space)


def renamed(record: Any, kind: Any, name: str) -> Any:
    """Return a record of an own type like one of ours, with another key and its own field."""
    fields = type(record).model_fields
    values = {field: getattr(record, field) for field in fields if field != name}
    values |= {"code": f"{record.key}9"} if name != "code" and "code" in fields else {}
    if {"name_en", "aliases"} <= fields.keys():
        values |= {"name_en": "Nowhere", "name_zh": None, "aliases": ()}
        values |= {"short_zh": None} if "short_zh" in fields else {}
    return kind(**{each: value for each, value in values.items() if each != name})


@pytest.fixture(scope="module")
def small() -> ip.Dataset:
    return ip.load(Path(__file__).parents[1] / "world", tiers="ABCD")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("table", ["targets", "observations", "regions", "sources", "goals"])
def test_an_own_field_works_or_is_refused(
    small: ip.Dataset, table: str, name: str, tmp_path: Path
) -> None:
    first = next(iter(getattr(small, table)))
    try:
        kind = subclass(type(first), name)
    except ConflictError as refused:
        assert repr(name) in refused.what  # noqa: PT017 - the other way is right as well
        return
    if name in type(first).model_fields:
        return  # text is narrower than what the field admits
    record = renamed(first, kind, name)
    assert getattr(record, name) == "own"
    ours = small.extend(on_conflict="replace", **{table: [record]})  # type: ignore[call-overload]
    kept = getattr(ours, table).filter(lambda each: type(each) is kind)
    assert kept.one() == record
    assert "own" in kept.text() or name not in kept.text()
    assert kept.to_frame("pyarrow").column(name).to_pylist() == ["own"]
    assert len(ours.diff(small)) == 1
    kept.search(record.key[:3])
    kept.sources()
    kept.sort(name)
    if table not in {"targets", "observations", "regions"}:  # load has no type for the others
        with pytest.raises(
            ip.DataErrors, match=f"{name}: load\\(\\) has no type for {kind.__name__}"
        ):
            kept.write(tmp_path / "kept.jsonl")
    elif name != "record":  # which JSON Lines refuses, with its reason
        kept.write(tmp_path / "kept.jsonl")
    if table in {"targets", "observations"}:
        kept.write(tmp_path / "kept", format="csv")
        read = ip.load(tmp_path / "kept", tiers="ABCD", **{TYPED[table]: kind})  # type: ignore[call-overload]
        assert getattr(read, table).one() == record


@pytest.mark.parametrize(
    ("name", "annotation"),
    [
        ("plan", str),
        ("value", float),
        ("value", ip.Target.model_fields["value"].annotation | None),  # type: ignore[operator]
        ("citation", str),
        ("end_year", str),
        ("notes", int),
        ("notes", list[str]),
        ("force", Any),
        ("force", Literal["binding"]),
    ],
)
def test_a_field_of_another_type_is_refused(name: str, annotation: Any) -> None:
    with pytest.raises(ConflictError, match=f"field '{name}' of MyTarget: the type"):
        subclass(ip.Target, name, annotation, None)


def test_a_narrower_field_is_accepted() -> None:
    class Sure(ip.Target):
        notes: str = "none"
        force: Literal[Force.BINDING] | None = None

    assert Sure.model_fields["notes"].annotation is str


def test_an_own_field_can_refer_to_its_own_class() -> None:
    class Linked(ip.Target):
        before: Linked | None = None

    class Titled(Linked):
        title: str = ""

    assert Titled.model_fields.keys() - ip.Target.model_fields.keys() == {"before", "title"}


def test_a_citation_of_another_kind_is_refused() -> None:
    with pytest.raises(ConflictError, match="'citation' of MyRegion: a field of its own"):
        subclass(ip.Region, "citation")


@pytest.mark.parametrize(
    ("value", "annotation"), [(7, int), (("a",), tuple[str, ...]), (None, Any)]
)
@pytest.mark.parametrize("name", ["publisher", "title", "erratum", "source", "plan"])
def test_fields_of_other_records_can_have_any_type(
    small: ip.Dataset, name: str, annotation: Any, value: Any
) -> None:
    kind = subclass(ip.Region, name, annotation, value)
    ours = small.extend(regions=[kind(code="ZZ", kind="city", name_en="Zed")])
    assert "ZZ" in [region.code for region in ours.regions.search("zed")]
    assert len(ours.diff(small)) == 1
    assert len(ours.regions.sources()) == 0


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        ("year", "end_year"),
        ("source", "citation.source"),
        ("unti", "unit"),
        ("title_zh", "plan.title_zh"),
    ],
)
def test_a_slip_in_an_attribute_names_the_nearest(
    plans: ip.Dataset, path: str, nearest: str
) -> None:
    with pytest.raises(
        AttributeError, match=rf"no attribute '{path}' of Target; did you mean {nearest}"
    ):
        getattr(plans.targets[0], path)


def test_a_slip_in_an_attribute_of_a_result_names_the_part(plans: ip.Dataset) -> None:
    assessment = ip.scorecard(plans, region="GD", indicator="rd_intensity")[0]
    with pytest.raises(ip.InnovationPlansError, match=r"did you mean subject\.region"):
        _ = assessment.region  # type: ignore[attr-defined]
    assert not hasattr(assessment, "__array__")


def test_a_field_named_edition_is_refused() -> None:
    with pytest.raises(ConflictError, match="a column of the file of one table"):
        subclass(ip.Target, "edition")


def test_a_copy_is_validated(plans: ip.Dataset) -> None:
    target: Any = plans.targets[0]
    assert target.copy() == target
    assert str(target.copy(update={"value": "9.50"}).value) == "9.50"
    with pytest.raises(ValueError, match="cannot read 'nine'"):
        target.copy(update={"value": "nine"})


def test_filters_and_files_name_an_own_field(plans: ip.Dataset, tmp_path: Path) -> None:
    class Ranked(ip.Target):
        rank_of_ours: Literal[1, 2, 3] = 2

    ours = ip.load(target_type=Ranked).targets.head(1)
    with pytest.raises(TypeError, match=r"filter\(lambda row: row\.rank_of_ours == …\)"):
        ours.where(rank_of_ours=2)  # type: ignore[call-arg]
    with pytest.raises(ip.DataErrors, match="rank_of_ours: a cell of text"):
        ours.write(tmp_path / "out", format="csv")


@pytest.mark.parametrize("function", [ip.load, ip.load().extend], ids=["load", "extend"])
def test_a_table_without_own_types_is_named(function: Any) -> None:
    with pytest.raises(TypeError, match=r"no source_type= here; use target_type=, .* or indicator"):
        function(source_type=ip.Source)
