"""Every export, result and picture states the edition of the data."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans import explorer, plots, report
from innovation_plans.dataset.tables import joined

FORMATS = [each.name for each in ip.formats()]
# An own edition, so that it cannot be confused with the bundled one.
EDITION = "2026.10"


@cache
def plans() -> ip.Dataset[Any, Any, Any, Any]:
    return ip.load(edition=EDITION)


def _bytes(path: Path) -> bytes:
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    return b"\n".join(each.read_bytes() for each in files if each.is_file())


def _said(path: Path) -> bool:
    """Return whether a file, or a sheet of a workbook, states the edition."""
    if path.suffix == ".xlsx":
        return ip.load(path).edition == EDITION
    return EDITION.encode() in _bytes(path)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_states_the_edition(name: str, tmp_path: Path) -> None:
    suffix = {"jsonl": ".jsonl", "excel": ".xlsx"}.get(name, "")
    done = plans().write(tmp_path / f"whole{suffix}", format=name)
    assert _said(done.path)


@pytest.mark.parametrize("name", FORMATS)
def test_a_table_states_the_edition_by_itself(name: str, tmp_path: Path) -> None:
    suffix = {"jsonl": ".jsonl", "excel": ".xlsx"}.get(name, "")
    table = plans().targets.where(region="CN-GD")
    assert table
    done = table.write(tmp_path / f"part{suffix}", format=name)
    assert _said(done.path)


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
@pytest.mark.parametrize("table", ["targets", "regions", "plans", "goals"])
def test_a_table_in_one_file_states_the_edition_in_every_row(
    suffix: str, table: str, tmp_path: Path
) -> None:
    records = getattr(plans(), table)
    assert records
    path = records.write(tmp_path / f"alone{suffix}").path
    assert _editions_in(path) == [EDITION] * len(records)


def _editions_in(path: Path) -> list[str]:
    import csv

    import pyarrow.parquet as pq

    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as stream:
            return [row["edition"] for row in csv.DictReader(stream)]
    return list(pq.read_table(path).column("edition").to_pylist())


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".xlsx", ".parquet"])
def test_verdicts_and_comparisons_state_the_edition(suffix: str, tmp_path: Path) -> None:
    card = ip.scorecard(plans(), period="14th")
    comparison = ip.compare(_rivals())
    assert card.edition == comparison.edition == EDITION
    for name, result in (("card", card), ("comparison", comparison)):
        path = result.write(tmp_path / f"{name}{suffix}").path
        if suffix == ".xlsx":
            import openpyxl

            book = openpyxl.load_workbook(path, read_only=True)
            cells = {each for sheet in book for row in sheet.values for each in row}
            book.close()
            assert EDITION in cells
        else:
            assert EDITION.encode() in path.read_bytes()


def _rivals() -> Any:
    return plans().targets.where(indicator="rd_intensity", form="level", end_year=2025)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_pictures_state_the_edition(lang: Any, chinese_font: None) -> None:
    card = ip.scorecard(plans(), period="14th")
    drawn = [
        plots.dumbbell(card, lang=lang),
        plots.matrix(card, lang=lang),
        plots.coverage(plans(), lang=lang),
        plots.ranking(ip.compare(_rivals()), lang=lang),
        plots.tiles(ip.compare(_rivals()), lang=lang),
    ]
    for ax in drawn:
        assert EDITION in plots.svg(ax)


def test_a_map_of_observations_states_the_edition() -> None:
    known = ip.load().observations.where(indicator="rd_intensity", form="level", year=2023)
    assert ip.load().edition in plots.svg(plots.tiles(known))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_reports_and_the_explorer_state_the_edition(
    lang: Any, tmp_path: Path, chinese_font: None
) -> None:
    assert EDITION in report.html(plans(), region="CN-GD", lang=lang)
    page = explorer.write(plans(), tmp_path / "site", lang=lang)
    assert EDITION.encode() in _bytes(Path(page))


def test_tables_made_from_tables_keep_the_edition() -> None:
    table = plans().targets
    assert table.edition == table[:2].edition == table.where(region="CN-GD").edition == EDITION
    assert table.filter(lambda each: each.end_year == 2025).edition == EDITION
    assert table.select().kept.edition == EDITION
    assert (table + table).edition == EDITION
    newer = ip.load()
    both = table + newer.targets[:1]
    assert both.edition == f"{EDITION} + {newer.edition}"
    assert newer.observations.as_of("2024-06-30").edition == newer.edition
    for name in ("regions", "indicators", "sources", "plans", "errata", "vintages", "goals"):
        assert getattr(newer, name).edition == newer.edition


def test_an_extension_is_named(tmp_path: Path) -> None:
    source = {"code": "ours", "title": "Our plan", "tier": "A"}
    ours = plans().extend(sources=[source])
    assert ours.edition.startswith(f"{EDITION}+")
    done = ours.targets[:1].write(tmp_path / "out.jsonl")
    assert ip.load(done.path).edition == ours.edition
    named = ours.targets[:1].write(tmp_path / "named.jsonl", edition="mine")
    assert ip.load(named.path).edition == "mine"


def test_a_comparison_of_two_editions_names_both() -> None:
    comparison = ip.compare(_rivals(), plans=ip.load())
    assert comparison.edition == f"{EDITION} + {ip.load().edition}"


def test_editions_are_joined_once_each() -> None:
    assert joined() == joined("", "") == ""
    assert joined("b", "a", "b") == "b + a"
