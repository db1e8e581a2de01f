"""``extend``: added, kept and replaced records, and errors; the dataset does not change."""

from __future__ import annotations

import math
import pickle
import re
import types
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import pandas as pd
import pytest
from pydantic import ConfigDict, Field, PrivateAttr, computed_field, field_serializer

import innovation_plans as ip
from innovation_plans.records import TABLES
from innovation_plans.records.fields import Reference

Changed = Callable[..., Path]

TARGET = {
    "plan": "CN-GD-14-sti",
    "indicator": "rd_intensity",
    "form": "level",
    "comparator": "at_least",
    "value": "3.9",
    "unit": "percent",
    "end_year": "2024",
    "source": "our-plan",
    "as_stated": "3.9%",
}
SOURCE = {"code": "our-plan", "title": "Our plan", "tier": "A"}


class CityTarget(ip.Target):
    """A target with a field of the user's own."""

    department: str | None = None


class Town(ip.Region):
    """A region with a field of the user's own."""

    mayor: str | None = None


def snapshot(plans: ip.Dataset) -> dict[str, list[str]]:
    return {name: [each.model_dump_json() for each in getattr(plans, name)] for name in TABLES}


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A city's plan in files that refer to bundled records."""
    root = tmp_path / "our-city"
    root.mkdir()
    (root / "regions.csv").write_text(
        "code,kind,name_en,name_zh,parent\n999900,city,Exampleton,例城市,CN-GD\n", encoding="utf-8"
    )
    (root / "sources.csv").write_text("code,title,tier\nour-plan,Plan of Exampleton,A\n")
    (root / "plans.csv").write_text(
        "code,region,period,kind,title_en\n999900-14-sti,999900,14th,sti,Plan of Exampleton\n"
    )
    (root / "units.txt").write_text(
        "tram = [trams] = 辆\ntram_1K = 1000 * tram\n", encoding="utf-8"
    )
    (root / "indicators.toml").write_text(
        '[trams]\nname_en = "Trams"\nunit = "tram"\ndirection = "up"\n'
    )
    (root / "targets.csv").write_text(
        "plan,indicator,form,comparator,value,unit,end_year,source,as_stated\n"
        "999900-14-sti,trams,level,at_least,1.2,tram_1K,2025,our-plan,1.2 thousand\n"
    )
    (root / "observations.csv").write_text(
        "region,indicator,form,comparator,value,unit,year,source\n"
        "999900,trams,level,reach,1260,tram,2025,our-plan\n"
    )
    return root


# ------------------------------------------------------------------ added records


def test_a_directory_may_refer_to_records_of_the_dataset(plans: ip.Dataset, ours: Path) -> None:
    more = plans.extend(ours)
    target = more.targets.where(region="Exampleton").one()
    assert target.region.parent is plans.region("CN-GD")
    assert more.regions.find("例城市").code == "999900"
    assessment = ip.assess(target, more)
    assert (assessment.verdict, assessment.gap, assessment.gap_unit) == (
        "met",
        Decimal("0.06"),
        "tram_1K",
    )
    assert more.edition == f"{plans.edition}+our-city"
    assert more.extensions[0].added == {
        "regions": ("999900",),
        "indicators": ("trams",),
        "sources": ("our-plan",),
        "plans": ("999900-14-sti",),
        "targets": ("999900-14-sti/trams/level/2025@our-plan",),
        "observations": ("999900/trams/level/2025@our-plan",),
    }
    assert more.extensions[0].replaced == more.extensions[0].kept == {}


def test_extend_does_not_change_the_dataset(copied: Path, ours: Path) -> None:
    base = ip.load(copied, tiers="ABC")
    before = snapshot(base)
    more = base.extend(ours).extend(
        regions=[{"code": "CN-GD", "kind": "province", "name_en": "Other"}], on_conflict="replace"
    )
    assert more.region("CN-GD").name_en == "Other"
    assert snapshot(base) == before
    assert base.region("CN-GD").name_en == "Guangdong"
    assert "tram" not in base.units
    assert base.extensions == ()


def test_extend_keeps_all_other_tables(plans: ip.Dataset, ours: Path) -> None:
    more = plans.extend(ours)
    for name in TABLES:
        was, now = getattr(plans, name), getattr(more, name)
        assert list(now)[: len(was)] == list(was)
    assert all(a is b for a, b in zip(plans.observations, more.observations, strict=False))


def test_mappings_are_read_like_rows_of_a_file(plans: ip.Dataset) -> None:
    more = plans.extend(sources=[SOURCE], targets=[TARGET])
    target = more.targets.where(end_year=2024, source="our-plan").one()
    assert target.value == Decimal("3.9")
    assert target.plan is plans.plans.by_key("CN-GD-14-sti")


def test_mappings_may_have_python_values(plans: ip.Dataset) -> None:
    region, source = plans.region("GD"), ip.Source(code="s-1", title="A text", tier="B")
    more = plans.extend(
        observations=[
            {
                "region": region,
                "indicator": plans.indicator("rd_intensity"),
                "form": ip.Form.LEVEL,
                "comparator": ip.Comparator.REACH,
                "value": Decimal("4.0"),
                "unit": "percent",
                "year": 2026,
                "self_reported": True,
                "citation": ip.Citation(source=source, locator="page 2"),
            }
        ]
    )
    observations = more.observations.where(source="s-1").one()
    assert (observations.citation.locator, observations.self_reported, str(observations.value)) == (
        "page 2",
        True,
        "4.0",
    )
    assert more.extensions[0].added["sources"] == ("s-1",)


def test_a_record_adds_the_records_it_refers_to(plans: ip.Dataset) -> None:
    province = plans.region("CN-GD")
    town = Town(code="T-1", kind="city", name_en="Townton", parent=province, mayor="M. Ayor")
    plan = ip.Plan(code="T-1-14", region=town, period="14th", kind="other", title_en="Plan")
    source = ip.Source(code="t-src", title="Plan", tier="A")
    target = CityTarget(
        plan=plan,
        indicator=plans.indicator("rd_intensity"),
        form="level",
        comparator="reach",
        value="3",
        unit="percent",
        end_year=2025,
        citation=ip.Citation(source=source),
        department="Statistics",
    )
    more = plans.extend(targets=[target])
    assert more.extensions[0].added == {
        "regions": ("T-1",),
        "sources": ("t-src",),
        "plans": ("T-1-14",),
        "targets": (target.key,),
    }
    added = more.targets.where(region="Townton").one()
    assert added == target
    assert isinstance(added, CityTarget)
    assert added.department == "Statistics"
    assert isinstance(more.region("T-1"), Town)
    assert added.region is more.region("Townton")


def test_own_types_are_kept_through_every_step(plans: ip.Dataset, ours: Path) -> None:
    (ours / "targets.csv").write_text(
        "plan,indicator,form,comparator,value,unit,end_year,source,as_stated,department\n"
        "999900-14-sti,trams,level,at_least,1.2,tram_1K,2025,our-plan,1.2 thousand,Transport\n"
    )
    more = plans.extend(ours, target_type=CityTarget)
    again = more.extend(sources=[SOURCE | {"code": "another"}])
    targets = again.targets.where(region="Exampleton", end_year=[2025])[:1].one()
    assert isinstance(targets, CityTarget)
    assert targets.department == "Transport"
    replaced = more.extend(sources=[SOURCE | {"title": "Another title"}], on_conflict="replace")
    targets = replaced.targets.where(region="Exampleton").one()
    assert isinstance(targets, CityTarget)
    assert (targets.department, targets.citation.source.title) == ("Transport", "Another title")
    copy = CityTarget.model_validate_json(targets.model_dump_json(), context=replaced.context)
    assert copy == targets
    with pytest.raises(ip.DataErrors, match="1 error"):
        plans.extend(ours)


def test_extending_by_nothing_changes_nothing(plans: ip.Dataset) -> None:
    same = plans.extend(targets=[])
    assert (same.edition, same.extensions) == (plans.edition, ())
    assert same.targets == plans.targets


@pytest.mark.parametrize("arguments", [(), (None,)])
def test_extending_without_any_data_raises_an_error(plans: ip.Dataset, arguments: Any) -> None:
    with pytest.raises(ip.ArgumentTypeError, match=r"path: expected a path, or records .* None"):
        plans.extend(*arguments)


def test_extending_twice_by_the_same_data_adds_nothing(plans: ip.Dataset, ours: Path) -> None:
    once = plans.extend(ours)
    twice = once.extend(ours)
    assert twice.targets == once.targets
    assert twice.extensions[1].added == {}


def test_words_of_open_columns_are_suggested(plans: ip.Dataset) -> None:
    with pytest.raises(ip.MissingError):
        plans.targets.where(breakdown="left_bank")
    more = plans.extend(sources=[SOURCE], targets=[TARGET | {"breakdown": "left_bank"}])
    assert more.targets.where(breakdown="left_bank").one().value == Decimal("3.9")
    assert more.context.words["targets.breakdown"] > plans.context.words["targets.breakdown"]


def test_an_own_dataset_is_extended_in_the_same_way(world: Changed, plans: ip.Dataset) -> None:
    ours = ip.load(world(), tiers="ABC")
    more = ours.extend(
        observations=[
            {
                "region": "XX-CD",
                "indicator": "widget_share",
                "form": "level",
                "comparator": "reach",
                "value": "3.1",
                "unit": "percent",
                "year": 2025,
                "source": "land-stat",
            }
        ]
    )
    assert more.edition == "2031.5+records"
    assert len(more.observations.where(region="XX-CD", year=2025)) == 1
    both = ip.load(tiers="ABCD").extend(world())
    assert both.edition == f"{plans.edition}+2031.5"
    assert both.region("Cedeland").code == "XX-CD"


def test_added_vintages_are_used(plans: ip.Dataset, world: Changed) -> None:
    ours = ip.load(world(), tiers="ABC")
    more = ours.extend(
        vintages=[
            {
                "code": "third",
                "indicator": "gross_product",
                "order": 3,
                "released": "2025-01",
                "description": "revised again",
            }
        ],
        observations=[
            {
                "region": "XX-AB",
                "indicator": "gross_product",
                "form": "level",
                "comparator": "reach",
                "value": "1040",
                "unit": "CNY_100M",
                "year": 2022,
                "vintage": "third",
                "source": "land-stat",
            }
        ],
    )
    asked: dict[str, Any] = {"region": "XX-AB", "indicator": "gross_product", "year": 2022}
    assert ours.observations.where(**asked).latest().value == Decimal("1030.5")
    assert more.observations.where(**asked).latest().value == Decimal(1040)


# ------------------------------------------------------------------ clashes


def test_a_clash_raises_an_error_with_its_location(plans: ip.Dataset, ours: Path) -> None:
    (ours / "regions.csv").write_text(
        "code,kind,name_en,parent\n999900,city,Exampleton,CN-GD\nCN-GD,province,Guangtung,CN\n"
    )
    with pytest.raises(ip.ConflictError) as caught:
        plans.extend(ours)
    message = str(caught.value)
    assert message.startswith("regions.csv:3: region 'CN-GD' is taken: name_en Guangdong")
    base, added = message.split(" and name_en Guangtung")
    assert base.endswith(f" in edition {plans.edition}")
    assert f" in {ours}; rename it" in added
    assert message.endswith('rename it, or pass on_conflict="keep" or "replace"')


def test_several_clashes_are_counted(plans: ip.Dataset) -> None:
    given = [{"code": code, "kind": "province", "name_en": "X"} for code in ("CN-GD", "CN-JS")]
    with pytest.raises(ip.ConflictError, match="is taken and 1 more"):
        plans.extend(regions=given)


def test_the_same_record_again_is_not_a_clash(plans: ip.Dataset) -> None:
    more = plans.extend(targets=plans.targets[:3], regions=plans.regions[:2])
    assert more.targets == plans.targets
    assert more.extensions[0].added == {}


def test_keep_keeps_the_old_record_and_reports_it(plans: ip.Dataset) -> None:
    more = plans.extend(
        regions=[
            {"code": "CN-GD", "kind": "province", "name_en": "Guangtung", "parent": "CN"},
            {"code": "T-1", "kind": "city", "name_en": "Townton", "parent": "CN-GD"},
        ],
        on_conflict="keep",
    )
    assert more.region("T-1").parent == plans.region("CN-GD")
    assert more.extensions[0].kept == {"regions": ("CN-GD",)}
    assert more.extensions[0].added == {"regions": ("T-1",)}
    with pytest.raises(ip.MissingError):
        more.region("Guangtung")


def test_replace_reaches_every_record_that_refers_to_it(copied: Path) -> None:
    base = ip.load(copied, tiers="ABC")
    more = base.extend(
        regions=[{"code": "CN-GD", "kind": "province", "name_en": "Guangtung", "parent": "CN"}],
        on_conflict="replace",
    )
    assert more.extensions[0].replaced == {"regions": ("CN-GD",)}
    for table in (more.targets, more.observations, more.goals, more.plans):
        names = {each.region.name_en for each in table if each.region.code == "CN-GD"}
        assert names <= {"Guangtung"}
    assert {each.parent.name_en for each in more.regions if each.parent} >= {"Guangtung"}
    assert len(more.targets) == len(base.targets)
    assert more.targets.where(region="Guangtung")


def test_a_replacement_that_other_records_do_not_fit_raises_an_error(copied: Path) -> None:
    base = ip.load(copied, tiers="ABC")
    intensity = base.indicator("rd_intensity")
    changed = {"code": intensity.code, "name_en": "R&D", "unit": "patent", "direction": "up"}
    with pytest.raises(ip.DataErrors) as caught:
        base.extend(indicators=[changed], on_conflict="replace")
    first = caught.value.exceptions[0]
    assert first.file.startswith("targets: ")
    assert "rd_intensity as level is measured in patent" in first.problem


def test_replacing_a_figure_changes_the_verdict(world: Changed) -> None:
    base = ip.load(world(), tiers="ABC")
    target = base.targets.where(region="XX-AB", indicator="widget_share").one()
    row = {
        "region": "XX-AB",
        "indicator": "widget_share",
        "form": "level",
        "comparator": "reach",
        "value": "3.6",
        "unit": "percent",
        "year": 2023,
        "source": "land-stat",
    }
    more = base.extend(observations=[row], on_conflict="replace")
    assert ip.assess(target, base).outcome.value == Decimal("3.1")
    assert ip.assess(target, more).outcome.value == Decimal("3.6")
    kept = base.extend(observations=[row], on_conflict="keep")
    assert kept.observations == base.observations


def test_an_unknown_policy_raises_an_error(plans: ip.Dataset) -> None:
    with pytest.raises(ip.MissingError, match=r"policy 'overwrite'.*replace"):
        plans.extend(sources=[SOURCE], on_conflict="overwrite")  # type: ignore[arg-type]
    with pytest.raises(ip.MissingError, match="policy 'ignore'"):
        plans.extend(on_conflict="ignore")  # type: ignore[arg-type]


# ------------------------------------------------------------------ errors


def test_every_error_is_reported_and_nothing_is_added(plans: ip.Dataset) -> None:
    with pytest.raises(ip.DataErrors) as caught:
        plans.extend(
            sources=[SOURCE],
            targets=[
                TARGET | {"form": "levl"},
                7,
                TARGET | {"plan": "CN-GD-14-stj", "valu": 3},
                TARGET | {"valu": 4},
            ],
        )
    wrong, form, plan, column = map(str, caught.value.exceptions)
    assert wrong == "targets[1]: expected a Target or a mapping of its columns, found 7"
    assert form.startswith("targets[0]: form: expected 'level', 'annual_growth', ")
    assert form.endswith("found 'levl'; did you mean 'level'?")
    assert plan.startswith("targets[2]: plan: expected the code of a plan, found 'CN-GD-14-stj'; ")
    assert "did you mean 'CN-GD-14-sti' or " in plan
    expected = "did you mean value? (a field of your own needs target_type=)"
    assert column == f"targets[2]: valu: no such column; {expected}"


def test_a_record_twice_in_one_extension_is_an_error(plans: ip.Dataset) -> None:
    with pytest.raises(ip.DataErrors, match="1 error") as caught:
        plans.extend(sources=[SOURCE, SOURCE | {"title": "Another"}])
    assert str(caught.value.exceptions[0]) == "sources[1]: our-plan is already at sources[0]"


def test_a_changed_record_is_validated_again(plans: ip.Dataset) -> None:
    fields = dict(plans.targets[0]) | {"unit": "furlong", "end_year": 2034}
    broken = ip.Target.model_construct(**fields)
    with pytest.raises(ip.DataErrors) as caught:
        plans.extend(targets=[broken])
    assert "expected a unit token of units.txt, found 'furlong'" in str(caught.value.exceptions[0])


def test_tiers_apply_to_added_data(plans: ip.Dataset) -> None:
    with pytest.raises(ip.DataErrors, match=r"tier D, .* leaves out; load\(tiers=\"ABCD\"\)"):
        plans.extend(sources=[SOURCE | {"tier": "D"}], targets=[TARGET])
    every = ip.load(tiers="ABCD")
    assert len(every.extend(sources=[SOURCE | {"tier": "D"}], targets=[TARGET]).targets) == (
        len(every.targets) + 1
    )
    source = {"code": "nbs-rdbull-2024", "title": "x", "tier": "D"}  # of bundled observations
    fewer = plans.extend(sources=[source], on_conflict="replace")
    assert pickle.loads(pickle.dumps(fewer.extensions[0])) == fewer.extensions[0]  # noqa: S301
    held_back = fewer.extensions[0].held_back["observations"]
    assert len(held_back) == len(plans.observations) - len(fewer.observations) > 100


# ------------------------------------------------------------------ records are used unchanged


class Watched(ip.Target):
    """A target with what JSON does not show, or shows in another way."""

    remark: str | None = Field(None, exclude=True)
    department: str | None = Field(None, alias="dept")
    cost: Decimal = Decimal(0)
    _seen: int = PrivateAttr(default=0)

    @field_serializer("cost")
    def _in_words(self, cost: Decimal) -> str:
        return f"{cost} yuan"

    @property
    def label(self) -> str:
        """A text computed from other fields."""
        return f"{self.indicator.code}: {self.value}"


def watched(**fields: Any) -> Any:
    target = ip.load().targets.where(region="CN-GD", indicator="rd_intensity", end_year=2025)[0]
    given = {name: getattr(target, name) for name in ip.Target.model_fields}
    record = Watched(**(given | {"end_year": 2031, **fields}))
    record._seen = 7
    return record


@pytest.mark.parametrize(
    ("fields", "name", "value"),
    [
        ({"remark": "internal"}, "remark", "internal"),
        ({}, "_seen", 7),
        ({"cost": Decimal("1.50")}, "cost", Decimal("1.50")),
        ({"dept": "Finance"}, "department", "Finance"),
        ({}, "label", "rd_intensity: 3.5"),
    ],
    ids=["excluded", "private", "serializer", "alias", "computed"],
)
def test_a_passed_record_is_used_unchanged(fields: dict[str, Any], name: str, value: Any) -> None:
    record = watched(**fields)
    ours = ip.load().extend(targets=[record])
    assert ours.targets.by_key(record.key) is record
    assert getattr(ours.targets.by_key(record.key), name) == value


def test_a_passed_record_refers_to_the_replacing_record() -> None:
    record = watched(remark="internal")
    plan = record.plan.model_copy(update={"title_en": "Another title"})
    ours = ip.load().extend(targets=[record]).extend(plans=[plan], on_conflict="replace")
    changed = ours.targets.by_key(record.key)
    assert (changed.plan.title_en, changed.remark, changed._seen) == (
        "Another title",
        "internal",
        7,
    )
    assert record.plan.title_en != "Another title"


def test_what_an_extension_brought_is_read_only(plans) -> None:
    ours = plans.extend(regions=[{"code": "YY", "kind": "nation", "name_en": "Otherland"}])
    extension = ours.extensions[0]
    for keys in (extension.added, extension.replaced, extension.kept):
        with pytest.raises(TypeError, match="does not support item assignment"):
            keys["regions"] = ()
    again = pickle.loads(pickle.dumps(extension))  # noqa: S301 - our own bytes
    assert again == extension
    assert type(again.added) is type(extension.added)


def test_the_records_that_codes_refer_to_are_read_only(plans) -> None:
    tables = plans.context.tables
    with pytest.raises(TypeError, match="does not support item assignment"):
        tables["region"] = {}
    with pytest.raises(TypeError, match="does not support item assignment"):
        tables["region"]["CN-GD"] = None


def test_errors_of_records_in_memory_are_in_no_file(plans: ip.Dataset) -> None:
    with pytest.raises(ip.DataErrors, match=r"^records: [0-9]+ errors in 2 records, nothing"):
        plans.extend(targets=[{"plan": "x"}, {"plan": "y"}])


def test_columns_of_a_frame_with_one_name_are_refused(plans: ip.Dataset) -> None:
    frame = plans.targets[:2].to_pandas()
    twice = pd.concat([frame, frame[["plan"]]], axis=1)
    with pytest.raises(ip.ArgumentTypeError, match="with different names, found 'plan' twice"):
        plans.extend(targets=twice)


def test_a_frame_of_which_a_part_would_be_lost_is_refused(plans: ip.Dataset) -> None:
    frame = plans.targets[:2].to_pandas()
    refused: dict[str, Any] = {
        r"found the index 'end_year'; call reset_index\(\)": frame.set_index("end_year"),
        r"found the index 'plan'; call reset_index\(\)": frame.set_index(["plan", "end_year"]),
        "name of each column, found the column 0": frame.rename(columns={"plan": 0}),
        r"found LazyFrame; collect\(\) returns one": plans.targets[:2].to_polars().lazy(),
        r"; collect\(\) returns one, pl\(\) that of a DuckDB": plans.targets[:2].to_frame("duckdb"),
        r"found 'x.csv'; extend\(path\) and load\(path\) read files": "x.csv",
    }
    for problem, given in refused.items():
        with pytest.raises(ip.ArgumentTypeError, match=problem):
            plans.extend(targets=given)
    ours = plans.extend(targets=frame.set_index("plan", drop=False))
    assert not ours.extensions[-1].added


def test_an_unknown_column_of_a_frame_is_one_error(plans: ip.Dataset) -> None:
    frame = plans.targets[:9].to_pandas()
    frame["Unnamed: 0"] = range(9)
    with pytest.raises(ip.DataErrors, match="write the file with index=False") as caught:
        plans.extend(targets=frame)
    assert len(caught.value.exceptions) == 1
    frame.columns = frame.columns.str.upper()
    with pytest.raises(ip.DataErrors, match=r"PLAN: no such column; did you mean plan\?"):
        plans.extend(targets=frame)


def test_an_edited_column_beside_the_text_that_follows_from_it() -> None:
    plans = ip.load()
    frame = plans.targets[:1].to_pandas()
    frame["as_stated"] = "x"
    with pytest.raises(ip.DataErrors) as caught:
        plans.extend(targets=frame, on_conflict="keep")
    expected, found = re.findall('as stated: "([^"]*)"', str(caught.value))
    assert (expected, found) == ("x", plans.targets[0].citation.as_stated)
    assert "leave this column out" in str(caught.value)
    del frame["citation_text"]
    assert len(plans.extend(targets=frame, on_conflict="keep").targets) == len(plans.targets)


def test_the_edition_of_the_base_is_named_once(plans: ip.Dataset, tmp_path: Path) -> None:
    ours = plans.extend(sources=[SOURCE])
    path = ours.write(tmp_path / "ours.jsonl").path
    assert plans.extend(path).edition == ours.edition == f"{plans.edition}+records"


def test_an_edition_counts_the_changes_by_extensions_of_one_name(plans: ip.Dataset) -> None:
    once = plans.extend(sources=[SOURCE])
    twice = once.extend(sources=[{**SOURCE, "code": "other"}])
    replaced = once.extend(sources=[{**SOURCE, "title": "Other"}], on_conflict="replace")
    assert once.edition == f"{plans.edition}+records"
    assert twice.edition == replaced.edition == f"{once.edition}~2"
    assert twice.extend(units="robot = [robots]").edition == f"{once.edition}~3"
    assert [extension.added["sources"] for extension in twice.extensions] == [
        (SOURCE["code"],),
        ("other",),
    ]


def test_an_extension_that_changes_nothing_leaves_the_edition(
    plans: ip.Dataset, tmp_path: Path
) -> None:
    once = plans.extend(sources=[SOURCE], units="robot = [robots]")
    assert once.extend(sources=[SOURCE], units="robot = [robots]").edition == once.edition
    kept = once.extend(sources=[{**SOURCE, "title": "Other"}], on_conflict="keep")
    assert kept.edition == once.edition
    changed = plans.extend(sources=[{**SOURCE, "code": "other"}])
    path = changed.sources.where(tier="A")[-1:].write(tmp_path / "a.jsonl", edition=plans.edition)
    assert plans.extend(path.path).edition == f"{plans.edition}~2"


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_codes_of_digits_may_be_numbers_in_a_frame(
    plans: ip.Dataset, tmp_path: Path, library: str
) -> None:
    read = pytest.importorskip(library).read_csv
    tables = {
        "regions": plans.regions.where(kind="city", parent="GD"),
        "plans": plans.plans.where(region="440100"),
        "observations": plans.observations.where(region="440100"),
    }
    for name, table in tables.items():
        assert len(table)
        frame = read(table.write(tmp_path / f"{name}.csv").path)
        column = "code" if name == "regions" else "region"
        assert int(frame[column][0]) == frame[column][0]
        same = plans.extend(**{name: frame}, on_conflict="keep")
        assert (same.extensions[0].added, same.extensions[0].kept) == ({}, {})
    with pytest.raises(ip.DataErrors, match="expected the code of a region, found '999999'"):
        plans.extend(plans=[{"code": "x", "region": 999999}])


def test_a_frame_may_have_dates(plans: ip.Dataset) -> None:
    polars = pytest.importorskip("polars")
    day = date(2024, 3, 1)
    frames = (
        pd.DataFrame([SOURCE | {"date": pd.Timestamp(day)}]),
        polars.DataFrame([SOURCE | {"date": day}]),
    )
    for frame in frames:
        assert plans.extend(sources=frame).sources["our-plan"].date == "2024-03-01"
    years = pd.DataFrame([SOURCE | {"date": 2024}])
    assert plans.extend(sources=years).sources["our-plan"].date == "2024"


# ------------------------------------------------------------------ nothing of a row is lost


class Weighted(ip.Target):
    """A target with fields whose defaults are not None."""

    weight: int | None = 3
    remark: str = "none"
    labels: tuple[str, ...] = ()


ROW = {
    "plan": "CN-GD-14-sti", "indicator": "rd_intensity", "form": "level", "comparator": "reach",
    "value": "5", "unit": "percent", "end_year": 2024, "source": "seed-cbn-2021",
    "as_stated": "5%",
}  # fmt: skip


def weighted(plans: ip.Dataset, **cells: Any) -> ip.TargetTable[Any]:
    made = plans.extend(targets=[ROW | cells], target_type=Weighted)
    return made.targets.filter(lambda target: isinstance(target, Weighted))


@pytest.mark.parametrize("empty", [None, math.nan, pd.NA])
def test_an_empty_cell_of_an_own_field_is_not_its_default(plans: ip.Dataset, empty: Any) -> None:
    assert weighted(plans)[0].weight == 3
    assert weighted(plans, weight=empty)[0].weight is None
    with pytest.raises(ip.DataErrors, match="remark: expected text, found None"):
        weighted(plans, remark=empty)
    assert weighted(plans, remark="")[0].remark == ""


@pytest.mark.parametrize("library", ["to_pandas", "to_polars", "to_arrow"])
def test_own_fields_come_back_from_frames(plans: ip.Dataset, library: str) -> None:
    table = weighted(plans, weight=None, remark="", labels=["a", "b"])
    frame = getattr(table, library)(values="text")
    assert plans.extend(targets=frame, target_type=Weighted).targets[-1] == table[0]
    labels = weighted(plans, labels=["a|b"])
    with pytest.raises(ip.DataErrors, match=r"no frame made: target: .*@seed-cbn-2021: labels: "):
        getattr(labels, library)()
    large = weighted(plans, weight=10**20)
    with pytest.raises(ip.DataErrors, match=r"weight: expected a whole number of at most 64 bits"):
        getattr(large, library)()


def test_an_unknown_column_without_values_is_an_error(plans: ip.Dataset) -> None:
    frame = plans.targets[:2].to_pandas(values="text").assign(valeu_high=None)
    for rows in (frame, [ROW | {"valeu_high": None}]):
        with pytest.raises(ip.DataErrors, match="valeu_high: no such column; did you mean"):
            plans.extend(targets=rows)


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"frozen": False}, "frozen=False"),
        ({"extra": "ignore"}, "extra="),
        ({"model_config": ConfigDict(frozen=False)}, "frozen=False"),
        ({"total": computed_field(lambda _: 1, return_type=int)}, "the computed field 'total'"),
    ],
)
def test_a_subclass_keeps_what_records_are(options: dict[str, Any], problem: str) -> None:
    body = {name: options[name] for name in ("model_config", "total") if name in options}
    further = {name: options[name] for name in options if name not in body}
    with pytest.raises(ip.ConflictError, match=problem):
        types.new_class("Own", (ip.Target,), further, lambda names: names.update(body))


class Owned(ip.Target):
    """A target with records in fields of its own."""

    owner: ip.Region | None = None
    partners: tuple[ip.Region, ...] = ()
    seat: Annotated[ip.Region, Reference("region")] | None = None


def test_own_fields_take_records(plans: ip.Dataset, tmp_path: Path) -> None:
    region = plans.regions["CN-GD"]
    row = ROW | {"owner": region, "partners": [region], "seat": region}
    ours = plans.extend(targets=[row], target_type=Owned)
    target: Any = ours.targets[-1]
    assert (target.owner, target.partners, target.seat) == (region, (region,), region)
    assert target.seat is ours.regions["CN-GD"]
    table = ours.targets.filter(lambda each: isinstance(each, Owned))
    table.write(tmp_path / "out.jsonl")
    assert ip.load(tmp_path / "out.jsonl", target_type=Owned).targets[0] == target


@pytest.mark.parametrize("number", [np.float32(3.7), np.float64(3.7), np.float16(3.7), 3.7])
def test_a_float_of_a_mapping_is_the_number_that_it_prints(plans: ip.Dataset, number: Any) -> None:
    row = {"region": "CN-GD", "indicator": "rd_intensity", "year": 2030, "form": "level"}
    row |= {"comparator": "reach", "value": number, "unit": "percent", "as_stated": "3.7%"}
    more = plans.extend(observations=[{**row, "source": "seed-cbn-2021"}])
    assert more.observations.where(year=2030).one().value == Decimal("3.7")


def test_a_reader_of_batches_is_read(plans: ip.Dataset) -> None:
    pa = pytest.importorskip("pyarrow")
    rows = pa.table({"code": ["our-report"], "title": ["Our report"], "tier": ["A"]})
    ours = plans.extend(sources=rows.to_reader())
    assert ours.sources["our-report"].title == "Our report"


def test_a_figure_that_contradicts_its_wording_is_for_check() -> None:
    plans = ip.load()
    target = plans.targets.where(region="GD", indicator="rd_intensity", end_year=2025).first()
    assert target is not None
    wrong = target.model_copy(update={"value": target.value + 10})
    ours = plans.extend(targets=[wrong], on_conflict="replace")
    assert any("reads as" in problem.problem for problem in ip.check(ours).errors)
