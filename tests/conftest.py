"""Fixtures of all tests: the bundled data, a copy of a part of them, and a small invented dataset."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

import innovation_plans as ip
from innovation_plans.io import csv
from innovation_plans.io.csv import read_csv, read_toml
from innovation_plans.io.raw import Row
from innovation_plans.io.rows import known_rows
from innovation_plans.records import Context, Record
from innovation_plans.text import labels, lexicon, messages, scanner, settle

# The default of every test; `make test-long` runs the properties with the profile `long`.
settings.register_profile("quick", deadline=None, database=None, derandomize=True, max_examples=40)
settings.register_profile("long", settings.get_profile("quick"), max_examples=200)
settings.load_profile("quick")

BUNDLED = Path(ip.__file__).parent / "data"
# Few rows, but all of: spans, ranges, ranks, several units, self-reported figures.
COPIED_OBSERVATIONS = (
    "other",
    "specialised_little_giants",
)

# A dataset in files: a country of two provinces and a group, one plan each.
_WORLD = Path(__file__).with_name("world")
WORLD = {
    file.relative_to(_WORLD).as_posix(): file.read_bytes().decode()
    for file in sorted(_WORLD.rglob("*"))
    if file.is_file()
}


def _forget() -> None:
    for cached in (settle.settle, scanner._patterns, lexicon.lexicon):
        cached.cache_clear()


def pytest_sessionstart() -> None:
    """Clear the caches: mutation testing forks this session, and a cached answer hides a mutant."""
    if "MUTANT_UNDER_TEST" in os.environ:
        _forget()


def pytest_runtest_setup() -> None:
    """Clear the caches while mutmut records which functions each test calls."""
    if os.environ.get("MUTANT_UNDER_TEST") == "stats":
        _forget()


@pytest.fixture(scope="session")
def plans() -> ip.Dataset:
    """The bundled edition as `load()` returns it."""
    return ip.load()


@pytest.fixture(scope="session")
def every_tier() -> ip.Dataset:
    """The bundled edition with sources of every tier."""
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
    """Write the invented dataset with some files replaced (None: left out); return its directory."""

    def write(changed: dict[str, str | bytes | None] | None = None) -> Path:
        root = tmp_path / "world"
        for name, content in {**WORLD, **(changed or {})}.items():
            if content is None:
                continue
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)
        return root

    return write


@pytest.fixture
def changed(world: Callable[..., Path]) -> Callable[..., Path]:
    """Write the invented dataset with pieces of its files replaced: (file, old, new)."""

    def write(*edits: tuple[str, str, str]) -> Path:
        files: dict[str, str | bytes | None] = {}
        for name, old, new in edits:
            text = files.get(name, WORLD[name])
            assert isinstance(text, str)
            assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {name}"
            files[name] = text.replace(old, new)
        return world(files)

    return write


@pytest.fixture
def context() -> Context:
    """Codes of a small invented dataset, made from records without files."""
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
    context = Context()
    for record in (landia, abe, source, output, product, share, plan, erratum):
        context.add(record)
    return context


@pytest.fixture
def target_cells() -> dict[str, Any]:
    """Cells of a target of the invented dataset."""
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
    """Cells of an observation of the invented dataset."""
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
    """Cells of a goal of the invented dataset."""
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
    context: Context,
    target_cells: dict[str, Any],
    observation_cells: dict[str, Any],
    goal_cells: dict[str, Any],
) -> dict[str, Any]:
    """One record of every type, by the name of the type."""
    source = context.of("source")["abe-plan"]
    citation = ip.Citation(source=source, locator="page 3", as_stated="3.5%左右")
    return {
        "region": context.of("region")["XX-AB"],
        "indicator": context.of("indicator")["widget_share"],
        "source": source,
        "citation": citation,
        "plan": context.of("plan")["XX-AB-14-sti"],
        "erratum": context.of("erratum")["abe-plan-erratum-1"],
        "vintage": ip.Vintage(
            indicator=context.of("indicator")["gross_product"],
            code="first",
            year=2022,
            order=1,
            released="2023-01-20",
            source=source,
            description="first release",
        ),
        "target": ip.Target.model_validate(target_cells, context=context),
        "observation": ip.Observation.model_validate(observation_cells, context=context),
        "corroboration": ip.Corroboration(
            target="XX-AB-14-sti/widget_share/level/2025",
            comparator="about",
            value="3.5",
            unit="percent",
            citation=citation,
        ),
        "goal": ip.Goal.model_validate(goal_cells, context=context),
    }


@pytest.fixture
def first_error() -> Callable[..., tuple[tuple[Any, ...], str]]:
    """Validate cells that have one error; return its location and message."""
    from pydantic import ValidationError

    def validate(kind: type[Any], cells: dict[str, Any], context: Any = None) -> Any:
        with pytest.raises(ValidationError) as caught:
            kind.model_validate(cells, context=context)
        (error,) = caught.value.errors(include_url=False)
        return error["loc"], error["msg"].removeprefix("Value error, ")

    return validate


# ------------------------------------------------------------------ tables in text


class Loom(Record):
    """A record of a table that only tests have."""

    noun = "loom"
    code: str
    name_en: str
    unit: str
    direction: str
    definition: str


@pytest.fixture
def read_table(tmp_path: Path) -> Callable[..., tuple[list[Row], list[tuple[int, str, str]]]]:
    """Read a CSV or TOML table of looms; return its rows, and line, column and problem of each error."""

    def read(content: str | bytes, ending: str = "csv") -> Any:
        file = tmp_path / f"table.{ending}"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        errors: list[ip.DataError] = []
        reader = read_csv if ending == "csv" else read_toml
        rows = known_rows(Loom, reader(file, file.name), Context(), errors)
        assert all(type(error) is ip.DataError for error in errors)
        assert {item.file for item in (*rows, *errors)} <= {file.name}
        return rows, [(error.line, error.column, error.problem) for error in errors]

    return read


@pytest.fixture
def spied(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Names of the CSV and TOML files that are read, in order."""
    read: list[str] = []
    for name in ("read_csv", "read_toml"):
        reader = getattr(csv, name)

        def spy(file: Any, label: str, reader: Any = reader, **options: Any) -> Any:
            read.append(label)
            return reader(file, label, **options)

        monkeypatch.setattr(csv, name, spy)
    return read


# ------------------------------------------------------------------ tables in HTML

TAGS = {"table", "caption", "thead", "tbody", "tr", "th", "td", "em"}
ATTRIBUTES = {"style", "scope", "colspan"}


class Page(HTMLParser):
    """The tags and cells of a table in HTML; every tag must be closed."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.rows: list[list[str]] = []
        self.caption = ""
        self.feed(text)
        self.close()
        assert self.open == [], "a tag is not closed"

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS
        assert {name for name, _ in attributes} <= ATTRIBUTES
        assert all("url" not in (value or "") for _, value in attributes)
        self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "caption" in self.open:
            self.caption += data
        elif {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data
        else:
            assert not data.strip(), "text outside a cell"


@pytest.fixture(scope="session")
def page_of() -> type[Page]:
    """Return the parser of a table; it fails for anything but a well-formed plain table."""
    return Page


@pytest.fixture
def third_language(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A third column of the messages, as if messages.toml had it."""
    wider = {
        section: {name: {**texts, "xx": f"«{texts['en']}»"} for name, texts in table.items()}
        for section, table in messages._messages().items()
    }
    caches = (messages._columns, messages._word, labels._known_amount, labels._steps, labels._keys)

    def clear() -> None:
        for cached in caches:
            cached.cache_clear()

    monkeypatch.setattr(messages, "_messages", lambda: wider)
    clear()
    yield "xx"
    monkeypatch.undo()
    clear()


@pytest.fixture
def no_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages without pictures, for tests of other parts: drawing takes seconds."""
    from innovation_plans.report import content

    monkeypatch.setattr(content, "pictures_of_region", lambda *_: [])
    monkeypatch.setattr(content, "pictures_of_indicator", lambda *_: [])
