"""What the tests share: the bundled data, a copy of a part of them, and a small invented world."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

import innovation_plans as ip
from innovation_plans.records import Codes
from innovation_plans.text import lexicon, scanner, settle

# For the loop of a developer; `make test-heavy` tries the properties with the longer one.
settings.register_profile("house", deadline=None, database=None, derandomize=True, max_examples=40)
settings.register_profile("long", settings.get_profile("house"), max_examples=200)
settings.load_profile("house")

BUNDLED = Path(ip.__file__).parent / "data"
# Few rows, and between them: spans, ranges, ranks, several units, self-reported figures.
COPIED_OBSERVATIONS = (
    "academicians",
    "digital_economy_gdp_share",
    "regional_innovation_rank",
    "specialised_little_giants",
    "st_innovation_index",
)

# A dataset in files: a country of two provinces and a group, one plan each.
WORLD = {
    "regions.csv": """\
code,kind,name_en,name_zh,short_zh,aliases,parent,groups
XX,nation,Landia,蓝地国,蓝地,,,
XX-AB,province,Abeland,甲省,甲,Abe|AB,XX,XX-G
XX-CD,province,Cedeland,乙省,乙,,XX,
XX-G,group,Great East,大东区,东,,XX,
""",
    "indicators.toml": """\
[gross_product]
name_en = "Gross product"
name_zh = "总产值"
unit = "CNY_100M"
direction = "up"

[idle_rate]
name_en = "Share of idle looms"
unit = "percent"
direction = "down"

[widget_output]
name_en = "Output of widgets"
aliases = ["widgets", "小器"]
unit = "CNY_100M"
direction = "up"

[widget_share]
name_en = "Widgets as a share of product"
unit = "percent"
direction = "up"
numerator = "widget_output"
denominator = "gross_product"
""",
    "sources.csv": """\
code,title,publisher,date,url,tier,notes
abe-plan,Plan of Abeland,Abeland,2021-03,https://abe.example/plan,A,
blog,A weblog,,,,D,
land-stat,Statistics of Landia,Office,2024-05-10,,A,
""",
    "plans.csv": """\
code,region,period,kind,title_zh,title_en,issued
XX-AB-14-sti,XX-AB,14th,sti,,Plan of Abeland,2021-03
XX-CD-14-sti,XX-CD,14th,sti,乙省规划,,
""",
    "errata.csv": """\
code,source,locator,as_stated,corrected,reason
abe-plan-erratum-1,abe-plan,page 3,3.5 per mille,3.5%,a slip of the press
""",
    "vintages.csv": """\
code,indicator,year,order,released,source,description
first,gross_product,2022,1,2023-01-20,land-stat,first release
revised,gross_product,,2,2024-05-10,land-stat,after the census
""",
    "targets/14th.csv": """\
plan,indicator,form,comparator,value,value_high,unit,start_year,end_year,baseline_value,baseline_year,baseline_unit,force,breakdown,source,locator,as_stated,erratum,notes
XX-AB-14-sti,widget_share,level,about,3.5,,percent,2021,2025,2.8,2020,,expected,,abe-plan,page 3,3.5 per mille,abe-plan-erratum-1,
XX-AB-14-sti,widget_output,average_growth,at_least,10,,percent_per_year,2021,2025,,,,binding,rural,abe-plan,page 4,10%以上,,
XX-CD-14-sti,widget_share,level,between,3,3.2,percent,2021,2025,,,,,,blog,,3-3.2%,,
""",
    "observations/gross_product.csv": """\
region,indicator,form,comparator,value,value_high,unit,start_year,year,vintage,status,self_reported,source,locator,as_stated,erratum,notes
XX-AB,gross_product,level,reach,1000,,CNY_100M,,2022,first,preliminary,false,land-stat,,,,
XX-AB,gross_product,level,reach,1030.5,,CNY_100M,,2022,revised,final,false,land-stat,,,,
XX-CD,gross_product,average_growth,reach,6,,percent_per_year,2021,2023,,not_stated,true,blog,,6%,,
""",
    "observations/widget_share.csv": """\
region,indicator,form,comparator,value,value_high,unit,start_year,year,vintage,status,self_reported,source,locator,as_stated,erratum,notes
XX-AB,widget_share,level,reach,3.1,,percent,,2023,,not_stated,false,land-stat,table 1,,,
XX-AB,widget_share,level,above,9,,percent,,,,not_stated,true,blog,,more than 9%,,
""",
    "corroborations.csv": """\
target,comparator,value,value_high,unit,source,locator,as_stated,notes
XX-AB-14-sti/widget_share/level/2025,about,3.5,,percent,blog,,3.5%,
""",
    "goals.csv": """\
plan,region,kind,theme,statement,horizon,source,locator,as_stated
XX-AB-14-sti,XX-AB,framework,overall,"looms, and the art of using them",2025,abe-plan,page 1,
,XX,programme,spatial,a road through the Great East,2030,land-stat,,
""",
    "edition.toml": 'edition = "2031.5"\n',
}


def _forget() -> None:
    for kept in (settle.settle, scanner._silence, lexicon.lexicon):
        kept.cache_clear()


def pytest_sessionstart() -> None:
    """Mutation testing forks its sessions: a mutant would be passed by where answers are kept."""
    if "MUTANT_UNDER_TEST" in os.environ:
        _forget()


def pytest_runtest_setup() -> None:
    """While it notes which test reaches which function, every test has to reach all it needs."""
    if os.environ.get("MUTANT_UNDER_TEST") == "stats":
        _forget()


@pytest.fixture(scope="session")
def plans() -> ip.Dataset:
    """The bundled edition, as users load it."""
    return ip.load()


@pytest.fixture(scope="session")
def every_tier() -> ip.Dataset:
    """The bundled edition with its weak copies."""
    return ip.load(tiers="ABCD")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the bundled directory with a few of its observations."""
    root = tmp_path / "copied"
    shutil.copytree(BUNDLED, root, ignore=shutil.ignore_patterns("observations", "*.md"))
    (root / "observations").mkdir()
    for name in COPIED_OBSERVATIONS:
        shutil.copy(BUNDLED / "observations" / f"{name}.csv", root / "observations")
    return root


@pytest.fixture
def world(tmp_path: Path) -> Callable[..., Path]:
    """Writes the invented dataset, with some files changed (or left out: None), and says where."""

    def write(changed: dict[str, str | bytes | None] | None = None) -> Path:
        root = tmp_path / "world"
        for name, content in {**WORLD, **(changed or {})}.items():
            if content is None:
                continue
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            raw = content.encode() if isinstance(content, str) else content
            file.write_bytes(raw)
        return root

    return write


@pytest.fixture
def changed(world: Callable[..., Path]) -> Callable[..., Path]:
    """Writes the invented dataset with one piece of one file replaced by another."""

    def write(*edits: tuple[str, str, str]) -> Path:
        files: dict[str, str | bytes | None] = {}
        for name, old, new in edits:
            text = files.get(name, WORLD[name])
            assert isinstance(text, str)
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
            files[name] = text.replace(old, new)
        return world(files)

    return write


@pytest.fixture
def codes() -> Codes:
    """The codes of a small invented world, made from records without any file."""
    landia = ip.Region(code="XX", kind="nation", name_en="Landia")
    abe = ip.Region(code="XX-AB", kind="province", name_en="Abeland", parent=landia)
    source = ip.Source(code="abe-plan", title="Plan of Abeland", tier="A", date="2021-03")
    output = ip.Indicator(
        code="widget_output", name_en="Output of widgets", unit="CNY_100M", direction="up"
    )
    product = ip.Indicator(
        code="gross_product", name_en="Gross product", unit="CNY_100M", direction="up"
    )
    share = ip.Indicator(
        code="widget_share",
        name_en="Widgets as a share of product",
        unit="percent",
        direction="up",
        numerator=output,
        denominator=product,
    )
    plan = ip.Plan(
        code="XX-AB-14-sti", region=abe, period="14th", kind="sti", title_en="Plan of Abeland"
    )
    erratum = ip.Erratum(
        code="abe-plan-erratum-1",
        citation=ip.Citation(source=source, locator="page 3", as_stated="3.5 per mille"),
        corrected="3.5%",
        reason="a slip of the press",
    )
    found = Codes()
    for record in (landia, abe, source, output, product, share, plan, erratum):
        found.add(record)
    return found


@pytest.fixture
def target_cells() -> dict[str, Any]:
    """What a target of the invented world is made of."""
    return {
        "plan": "XX-AB-14-sti",
        "indicator": "widget_share",
        "form": "level",
        "comparator": "about",
        "value": "3.5",
        "unit": "percent",
        "start_year": "2021",
        "end_year": "2025",
        "citation": {"source": "abe-plan", "locator": "page 3", "as_stated": "3.5%左右"},
    }


@pytest.fixture
def observation_cells() -> dict[str, Any]:
    """What an observation of the invented world is made of."""
    return {
        "region": "XX-AB",
        "indicator": "widget_share",
        "form": "level",
        "comparator": "reach",
        "value": "3.1",
        "unit": "percent",
        "year": "2023",
        "citation": {"source": "abe-plan"},
    }


@pytest.fixture
def goal_cells() -> dict[str, Any]:
    """What a goal of the invented world is made of."""
    return {
        "region": "XX-AB",
        "plan": "XX-AB-14-sti",
        "kind": "framework",
        "theme": "overall",
        "statement": "looms, and the art of using them",
        "horizon": "2025",
        "citation": {"source": "abe-plan", "locator": "page 1"},
    }


@pytest.fixture
def one_of_each(
    codes: Codes,
    target_cells: dict[str, Any],
    observation_cells: dict[str, Any],
    goal_cells: dict[str, Any],
) -> dict[str, Any]:
    """One record of every kind, by its noun."""
    source = codes.of("source")["abe-plan"]
    citation = ip.Citation(source=source, locator="page 3", as_stated="3.5%左右")
    return {
        "region": codes.of("region")["XX-AB"],
        "indicator": codes.of("indicator")["widget_share"],
        "source": source,
        "citation": citation,
        "plan": codes.of("plan")["XX-AB-14-sti"],
        "erratum": codes.of("erratum")["abe-plan-erratum-1"],
        "vintage": ip.Vintage(
            indicator=codes.of("indicator")["gross_product"],
            code="first",
            year=2022,
            order=1,
            released="2023-01-20",
            source=source,
            description="first release",
        ),
        "target": ip.Target.model_validate(target_cells, context=codes),
        "observation": ip.Observation.model_validate(observation_cells, context=codes),
        "corroboration": ip.Corroboration(
            target="XX-AB-14-sti/widget_share/level/2025",
            comparator="about",
            value="3.5",
            unit="percent",
            citation=citation,
        ),
        "goal": ip.Goal.model_validate(goal_cells, context=codes),
    }


@pytest.fixture
def refusal() -> Callable[..., tuple[tuple[Any, ...], str]]:
    """Validates what must fail in one place; gives the place and what is said there."""
    from pydantic import ValidationError

    def refused(kind: type[Any], cells: dict[str, Any], context: Any = None) -> Any:
        with pytest.raises(ValidationError) as caught:
            kind.model_validate(cells, context=context)
        (fault,) = caught.value.errors(include_url=False)
        return fault["loc"], fault["msg"].removeprefix("Value error, ")

    return refused
