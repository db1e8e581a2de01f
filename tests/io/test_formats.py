from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

import innovation_plans as ip
from innovation_plans.io import formats

World = Callable[..., Path]
FLAT = {"csv": ".csv", "parquet": ".parquet"}


@pytest.fixture
def small(world: World) -> ip.Dataset:
    return ip.load(world(), tiers="ABCD")


def test_every_format_says_what_it_is() -> None:
    found = {each.name: each for each in ip.formats()}
    assert list(found) == [
        "csv", "excel-csv", "jsonl", "parquet", "excel", "datapackage", "sdmx-csv",
    ]  # fmt: skip
    assert {each.extra for each in found.values()} == {"", "arrow", "excel"}
    assert {each.makes for each in found.values()} == {"file", "directory"}
    assert found["jsonl"].loses == found["jsonl"].refuses == ""


@pytest.mark.parametrize(
    ("name", "near"), [("jsonlines", "jsonl"), ("Parquet", "parquet"), ("execl", "excel")]
)
def test_an_unknown_format_is_named_with_the_nearest(
    small: ip.Dataset, tmp_path: Path, name: str, near: str
) -> None:
    with pytest.raises(ip.MissingError, match=f"no format '{name}'; did you mean .*{near}"):
        small.write(tmp_path / "out", format=name)
    with pytest.raises(ip.MissingError, match=f"no format '{name}'"):
        ip.load(tmp_path, format=name)
    with pytest.raises(ip.MissingError, match="expected one of csv, excel-csv, jsonl"):
        small.write(tmp_path / "out", format="qqqq")


@pytest.mark.parametrize(
    ("path", "kind"),
    [("a.jsonl", "jsonl"), ("a.ndjson", "jsonl"), ("a.XLSX", "excel"), ("a.b.jsonl", "jsonl")],
)
def test_the_ending_tells_the_format(
    small: ip.Dataset, tmp_path: Path, path: str, kind: str
) -> None:
    assert small.write(tmp_path / path).format == kind
    assert ip.load(tmp_path / path).targets == small.targets


@pytest.mark.parametrize("path", ["out", "out.json", "out.zip"])
def test_a_path_that_tells_no_format_is_refused(
    small: ip.Dataset, tmp_path: Path, path: str
) -> None:
    with pytest.raises(ip.MissingError, match=r"format= \(or --format\): csv, excel-csv, jsonl"):
        small.write(tmp_path / path)
    (tmp_path / path).write_text("")
    with pytest.raises(ip.MissingError, match=r"its ending, \.jsonl, .* load\(path, format=…\)"):
        ip.load(tmp_path / path)


@pytest.mark.parametrize("kind", ["csv", "parquet", "datapackage", "sdmx-csv"])
def test_what_is_in_a_directory_tells_the_format(
    small: ip.Dataset, tmp_path: Path, kind: str
) -> None:
    small.write(tmp_path / "out", format=kind)
    assert formats._format_to_read(tmp_path / "out", None) == kind
    assert ip.load(tmp_path / "out").targets == small.targets


def test_tiers_are_chosen_when_reading(small: ip.Dataset, tmp_path: Path) -> None:
    small.write(tmp_path / "out.jsonl")
    assert len(ip.load(tmp_path / "out.jsonl").targets) == 3
    assert len(ip.load(tmp_path / "out.jsonl", tiers="AB").targets) == 2
    for tiers in ("", "E"):
        with pytest.raises(ip.MissingError, match="expected some of the letters ABCD"):
            ip.load(tmp_path / "out.jsonl", tiers=tiers)


def test_what_is_not_there_or_not_read_is_said(small: ip.Dataset, tmp_path: Path) -> None:
    for path in (tmp_path / "none.jsonl", "a\0b"):
        with pytest.raises(ip.MissingError, match="no file or directory"):
            ip.load(path)
    with pytest.raises(ip.DataErrors):
        ip.load(tmp_path, format="jsonl")


@pytest.mark.parametrize("ending", FLAT.values())
def test_a_dataset_is_not_one_table(small: ip.Dataset, tmp_path: Path, ending: str) -> None:
    with pytest.raises(ip.MissingError, match="give the path of a directory"):
        small.write(tmp_path / f"out{ending}")


@pytest.mark.parametrize("name", ["targets", "observations", "goals", "regions", "indicators"])
def test_an_empty_table_keeps_its_columns(small: ip.Dataset, tmp_path: Path, name: str) -> None:
    nothing = getattr(small, name)[:0]
    done = nothing.write(tmp_path / f"{name}.csv")
    assert done.records == {name: 0}
    assert (tmp_path / f"{name}.csv").read_text().count("\n") == 1
    nothing.write(tmp_path / f"{name}.parquet")
    assert len(pl.read_parquet(tmp_path / f"{name}.parquet")) == 0
    nothing.write(tmp_path / f"{name}.xlsx")
    (heading,) = openpyxl.load_workbook(tmp_path / f"{name}.xlsx")[name].iter_rows()
    assert len(heading) > 3


def test_a_table_of_nothing_in_particular_is_refused(small: ip.Dataset, tmp_path: Path) -> None:
    with pytest.raises(ip.DataErrors, match="nothing written"):
        small.errata[:0].write(tmp_path / "out.csv")
    mixed: Any = ip.Table([*small.sources[:1], *small.plans[:1]])
    with pytest.raises(ip.DataErrors, match="nothing written") as caught:
        mixed.write(tmp_path / "out.jsonl")
    assert "found plans, sources" in str(caught.value.exceptions[0])


def test_a_table_made_by_hand_brings_what_its_records_hold(
    own_plans: Any, own_types: Any, tmp_path: Path
) -> None:
    chosen = ip.TargetTable(each for each in own_plans.targets if each.unit == "机组")
    chosen.write(tmp_path / "out.jsonl")
    back = ip.load(tmp_path / "out.jsonl", **own_types)
    assert list(back.targets) == list(chosen)
    assert str(back.targets.one().quantity.to("robot")) == "480 robot"


def test_the_same_record_twice_is_one_and_two_of_one_key_are_refused(
    small: ip.Dataset, tmp_path: Path
) -> None:
    twice = small.targets + small.targets
    assert twice.write(tmp_path / "out.jsonl").records["targets"] == 3
    other = small.targets[0].model_copy(update={"notes": "other"})
    with pytest.raises(ip.DataErrors) as caught:
        (small.targets + type(small.targets)([other])).write(tmp_path / "b.jsonl")
    assert "two records have the key" in str(caught.value.exceptions[0])


def test_observations_alone_bring_the_vintages_that_they_name(tmp_path: Path) -> None:
    series = ip.load().observations.where(region="CN-GD", indicator="gdp")
    done = series.write(tmp_path / "out.jsonl")
    assert done.losses == ()
    again = ip.load(done.path)
    named = {each.vintage for each in series if each.vintage}
    assert {each.code for each in again.vintages} == {each.code for each in series.vintages()}
    assert {each.code for each in again.vintages} <= named
    assert len(again.vintages) > 3
    for day in ("2017-12-31", "2021-12-31", "2026-11-01"):
        known = [each.key for each in series.as_of(day)]
        assert [each.key for each in again.observations.as_of(day)] == known
        assert known


# ------------------------------------------------------------------ verdicts and comparisons


@pytest.fixture(scope="module")
def results() -> dict[str, Any]:
    plans = ip.load()
    asked = plans.targets.where(indicator="rd_intensity", end_year=2025, period="14th")
    return {
        "scorecard": ip.scorecard(plans, indicator="rd_intensity", period="14th"),
        "comparison": ip.compare(asked, measure="distance", plans=plans),
    }


@pytest.mark.parametrize("kind", ["scorecard", "comparison"])
def test_results_are_one_table(results: dict[str, Any], tmp_path: Path, kind: str) -> None:
    result = results[kind]
    count = len(result)
    for ending in (".csv", ".parquet", ".xlsx"):
        done = result.write(tmp_path / f"out{ending}")
        assert done.records == {kind: count}
    with (tmp_path / "out.csv").open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    frame = pl.read_parquet(tmp_path / "out.parquet")
    assert len(rows) == len(frame) == count
    if kind == "scorecard":
        assert [row["verdict"] for row in rows] == [str(each.verdict) for each in result]
        assert frame["gap"].to_list() == [each.gap for each in result]
        assert rows[0]["inputs"].split("|") == list(result[0].inputs)
    else:
        assert {row["measure"] for row in rows} == {"distance"}
        assert [row["region"] for row in rows] == [each.region for each in result]
        assert frame["value"].to_list() == [each.value for each in result]


def test_results_as_lines_are_the_results(results: dict[str, Any], tmp_path: Path) -> None:
    done = results["scorecard"].write(tmp_path / "card.jsonl")
    head, *lines = map(json.loads, done.path.read_text("utf-8").splitlines())
    assert head["edition"] == results["scorecard"].edition
    for line, each in zip(lines, results["scorecard"], strict=True):
        assert line.pop("record") == "assessment"
        assert ip.Assessment.model_validate(line) == each
    done = results["comparison"].write(tmp_path / "comparison.jsonl")
    line = json.loads(done.path.read_text("utf-8").splitlines()[1])
    assert (line["record"], line["comparison"]["measure"]) == ("comparison_row", "distance")
    with pytest.raises(ip.DataErrors):
        ip.load(done.path)


def test_results_have_no_place_in_formats_of_datasets(
    results: dict[str, Any], tmp_path: Path
) -> None:
    with pytest.raises(ip.MissingError, match="format 'datapackage' for a scorecard"):
        results["scorecard"].write(tmp_path / "out", format="datapackage")
    assert list(tmp_path.iterdir()) == []


def test_units_of_ones_own_stand_in_the_head_of_results(own_plans: Any, tmp_path: Path) -> None:
    card = ip.scorecard(own_plans, indicator="robots")
    card.write(tmp_path / "card.jsonl")
    head = json.loads((tmp_path / "card.jsonl").read_text("utf-8").splitlines()[0])
    assert "robot_10K = 10000 * robot = 万台" in head["units"]


# ------------------------------------------------------------------ what is imported when

_WITHOUT = """
import sys
sys.modules[{library!r}] = None
import innovation_plans as ip
try:
    {call}
except ip.MissingExtraError as error:
    print(error)
"""


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("library", "kind", "extra"),
    [
        ("pyarrow", "parquet", "arrow"),
        ("openpyxl", "excel", "excel"),
    ],
)
def test_a_missing_library_is_named_with_its_extra(
    tmp_path: Path, library: str, kind: str, extra: str
) -> None:
    place = tmp_path / "there"
    place.mkdir()
    for call in (
        f"ip.load().regions.write({str(tmp_path / 'out')!r}, format={kind!r})",
        f"ip.load({str(place)!r}, format={kind!r})",
    ):
        code = _WITHOUT.format(library=library, call=call)
        done = subprocess.run(
            [sys.executable, "-c", code], check=False, capture_output=True, text=True
        )
        assert done.stdout.strip() == (
            f'{library} is not installed; pip install "innovation-plans[{extra}]"'
        ), done.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["there"]


def test_a_list_of_formats_needs_no_library() -> None:
    code = (
        "import sys; import innovation_plans as ip; ip.formats(); "
        "print([each for each in ('pyarrow', 'openpyxl', 'polars', 'duckdb') if each in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["one.jsonl", "one.xlsx", "folder"])
def test_a_table_keeps_the_tiers_of_its_records(tmp_path: Path, name: str) -> None:
    plans = ip.load()
    file, format_ = tmp_path / name, None if "." in name else "csv"
    plans.targets.write(file, format=format_)
    read = ip.load(file)
    assert (read.tiers, read.targets) == (plans.tiers, plans.targets)
    assert plans.diff(read).summary().startswith(f"{plans.edition} to {plans.edition}, tiers ABC:")
    assert not plans.diff(read).where(table="targets")


@pytest.mark.parametrize("ending", ["md", "html", "tex", "TXT"])
def test_text_of_results_is_what_a_method_returns(ending: str, tmp_path: Path) -> None:
    card = ip.scorecard(ip.load(), region="粤", end_year=2025)
    with pytest.raises(ip.MissingError, match=r"(\w+)\(\) returns this as text") as caught:
        card.write(tmp_path / f"card.{ending}")
    method = str(caught.value).split("; ")[1].partition("(")[0]
    assert isinstance(getattr(card, method)(), str)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("ending", "format_", "hint"),
    [
        ("json", "csv", "did you mean json"),
        ("JSON", "excel", "did you mean json"),
        ("csv", "json", "did you mean csv or excel-csv"),
        ("csv", "jsonl", "did you mean csv or excel-csv"),
        ("md", "csv", r"markdown\(\) of results returns such text"),
        ("html", "json", r"html\(\) of results returns such text"),
    ],
)
def test_a_format_fits_the_ending(ending: str, format_: str, hint: str, tmp_path: Path) -> None:
    plans = ip.load()
    for result in (ip.scorecard(plans, region="粤", end_year=2025), plans.targets):
        if result is plans.targets and format_ == "json":
            continue  # no format of tables
        with pytest.raises(ip.ArgumentError, match=rf"for the ending \.{ending.lower()}; {hint}"):
            result.write(tmp_path / f"out.{ending}", format=format_)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_a_file_with_other_separators(separator: str, tmp_path: Path) -> None:
    ip.write_template(tmp_path / "ours")
    file = tmp_path / "ours" / "targets.csv"
    file.write_text(file.read_text("utf-8").replace(",", separator), "utf-8")
    assert "save the file as CSV with commas" in str(ip.check(tmp_path / "ours")[0])


def test_a_tilde_is_the_home_directory(
    plans: ip.Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    written = plans.targets[:2].write("~/out.jsonl")
    assert written.path == tmp_path / "out.jsonl"
    assert len(ip.load("~/out.jsonl").targets) == 2
    card = ip.scorecard(plans, region="GD", indicator="rd_intensity")
    assert card.write("~/out.json").path == tmp_path / "out.json"


@pytest.mark.parametrize(
    ("rows", "endings"),
    [
        (lambda plans: plans, ".jsonl, .ndjson, .xlsx"),
        (lambda plans: plans.targets[:1], ".csv, .jsonl, .ndjson, .parquet, .xlsx"),
        (lambda plans: plans.search("gdp"), ".csv, .jsonl, .ndjson, .parquet, .xlsx, .json"),
    ],
    ids=["dataset", "table", "result"],
)
def test_an_unknown_ending_names_those_that_can_be_written(
    rows: Any, endings: str, tmp_path: Path
) -> None:
    content = rows(ip.load())
    with pytest.raises(ip.MissingError, match=f"; use {re.escape(endings)}, or choose one with"):
        content.write(tmp_path / "x.feather")
    if isinstance(content, ip.Dataset):
        return
    for ending in endings.split(", "):
        assert content.write(tmp_path / f"x{ending}").path.exists()
