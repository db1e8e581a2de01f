"""Checks of a user's own data: errors and warnings beyond those of reading."""

from __future__ import annotations

import json
import os
import pickle
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans.checks import check as checker_module
from innovation_plans.checks.check import check
from innovation_plans.checks.report import CheckReport, Problem, Severity
from innovation_plans.checks.template import write_template
from innovation_plans.checks.wording import agrees_with_wording, compare_wording
from innovation_plans.io import raw as files
from innovation_plans.io.locate import DATASETS, offered
from innovation_plans.io.raw import RawTables, Row
from innovation_plans.io.rows import columns_of, to_cells
from innovation_plans.io.save import WriteError
from innovation_plans.records import TABLES
from innovation_plans.units.table import UnitTable

Changed = Callable[..., Path]
BUNDLED = Path(ip.__file__).parent / "data"


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    write_template(tmp_path / "ours")
    return tmp_path / "ours"


@pytest.fixture
def alone(tmp_path: Path) -> Path:
    write_template(tmp_path / "alone", alone=True)
    return tmp_path / "alone"


def lines_of(report: CheckReport) -> list[str]:
    return [str(each) for each in report]


def add(file: Path, text: str) -> None:
    file.write_text((file.read_text(encoding="utf-8") if file.exists() else "") + text, "utf-8")


@pytest.mark.parametrize("name", ["gd.jsonl", "gd"])
def test_an_export_has_no_warnings_of_its_own(name: str, plans: ip.Dataset, tmp_path: Path) -> None:
    part = plans.subset("GD", indicator="rd_intensity")
    path = part.write(tmp_path / name, format="jsonl" if "." in name else "csv").path
    assert lines_of(check(path)) == lines_of(check(path, alone=True)) == []


def test_choices_are_lists_in_json(ours: Path) -> None:
    targets = (ours / "targets.csv").read_text("utf-8")
    (ours / "targets.csv").write_text(targets.replace("at_least", "at_lest"), "utf-8")
    report = check(ours)
    (problem,) = json.loads(report.json())
    assert problem["values"]["expected"] == list(ip.Comparator)
    assert problem["values"]["hint"] == ["at_least"]
    again = CheckReport.from_json(report.json())
    assert again == report
    assert again.text("zh") == report.text("zh").replace(report.summary("zh"), again.summary("zh"))


# ------------------------------------------------------------------ the bundled data, as a user's


@pytest.fixture(scope="module")
def bundled() -> CheckReport:
    return check(BUNDLED, alone=True)


def test_the_bundled_data_have_no_error(bundled: CheckReport) -> None:
    assert list(bundled.errors) == []
    assert bundled.records["targets"] == len(ip.load(tiers="ABCD").targets)
    assert all(bundled.records[name] for name in TABLES)


def test_every_conflict_of_the_bundled_targets_is_a_warning(bundled: CheckReport) -> None:
    conflicts = ip.load(tiers="ABCD").targets.conflicts()
    warned = [each for each in bundled.warnings if " says " in each.problem]
    assert len(warned) == sum(len(each.targets) for each in conflicts) > 5
    assert {each.column for each in warned} == {"value"}


def test_no_bundled_row_is_unused_out_of_order_or_a_formula(bundled: CheckReport) -> None:
    words = ("no record uses", "belongs before", "formula", "a sentence", "is outside")
    assert not [each for each in bundled if any(word in each.problem for word in words)]


# ------------------------------------------------------------------ the report


def test_a_clean_report(ours: Path) -> None:
    report = check(ours)
    assert (len(report), report.passes(strict=True)) == (0, True)
    assert report.summary() == (
        "1 region, 1 indicator, 2 sources, 1 plan, 2 targets, 1 observation: nothing is wrong"
    )
    assert report.text() == report.summary()
    assert json.loads(report.json()) == []


def test_a_report_with_an_error_and_a_warning(ours: Path) -> None:
    add(ours / "sources.csv", "z,Another,,,,A,\n")
    add(ours / "corroborations.csv", "target,source\nnone/of/them/2025,ex-city-plan\n")
    report = check(ours)
    assert [each.severity for each in report] == [Severity.ERROR, Severity.WARNING]
    assert report.summary().endswith("1 corroboration, 1 observation: 1 error and 1 warning")
    assert not report.passes()
    assert report.text().splitlines()[1] == "sources.csv:4: warning: no record uses the source z"
    first, second = json.loads(report.json())
    assert (first["file"], first["line"], first["column"], first["severity"]) == (
        "corroborations.csv",
        2,
        "target",
        "error",
    )
    assert second == {
        "file": "sources.csv",
        "line": 4,
        "column": None,
        "severity": "warning",
        "code": "unused",
        "values": {"noun": {"key": "noun.source", "values": {}}, "code": "z"},
        "problem": "no record uses the source z",
    }
    assert report.sheet().rows[1] == ("sources.csv:4", "", "warning", "no record uses the source z")
    assert pickle.loads(pickle.dumps(report)) == report  # noqa: S301 - our own bytes


def test_warnings_exit_with_0_unless_strict(ours: Path) -> None:
    add(ours / "sources.csv", "z,Another,,,,A,\n")
    report = check(ours)
    assert (report.passes(), report.passes(strict=True)) == (True, False)


def test_a_problem_of_a_whole_file() -> None:
    problem = Problem.of(ip.DataError(file="a.csv", problem="is odd"))
    assert str(problem) == "a.csv: is odd"
    assert json.loads(CheckReport([problem], "x").json())[0]["line"] is None


def test_no_text_from_outside_controls_the_terminal(ours: Path) -> None:
    (ours / "a\x1b[31m.csv").write_text("code\n")
    (problem,) = check(ours)
    assert "\x1b" in problem.file
    assert str(problem).startswith("a�[31m.csv: no such table")


def test_an_erratum_is_counted_in_its_own_plural() -> None:
    assert CheckReport(label="x", records={"errata": 1}).summary().startswith("1 erratum:")
    assert CheckReport(label="x", records={"errata": 2}).summary().startswith("2 errata:")


# ------------------------------------------------------------------ what data are checked against


def test_independent_data(alone: Path) -> None:
    assert lines_of(check(alone, alone=True)) == []
    assert {each.problem.split(" is ")[0] for each in check(alone)} == {
        "gdp", "rd_expenditure", "rd_intensity"
    }  # fmt: skip


def test_data_that_extend_are_not_checked_alone(ours: Path) -> None:
    columns = {(each.file, each.column) for each in check(ours, alone=True)}
    assert columns == {("regions.csv", "parent"), ("targets.csv", "indicator")}


def test_data_that_extend_another_dataset(alone: Path, tmp_path: Path) -> None:
    more = tmp_path / "more"
    more.mkdir()
    add(more / "plans.csv", "code,region,period,kind,title_en\nXX-N-1,XX-N,to-2030,sti,Plan\n")
    add(
        more / "targets.csv",
        "plan,indicator,form,comparator,value,unit,end_year,source,as_stated\n"
        "XX-N-1,rd_expenditure,level,reach,5,krona_1M,2030,xx-plan,5 krona_1M\n",
    )
    assert lines_of(check(more, base=ip.load(alone))) == []
    assert not check(more).passes()


def test_an_own_type_adds_its_columns(ours: Path) -> None:
    class Rated(ip.Target):
        rating: int = 0

    text = (ours / "targets.csv").read_text("utf-8")
    header, *rows = text.splitlines()
    (ours / "targets.csv").write_text(
        "\n".join([f"{header},rating", *(f"{r},x" for r in rows), ""])
    )
    assert [each.column for each in check(ours)] == ["rating"]  # and the source is not named
    problems = check(ours, target_type=Rated).errors
    assert [(each.line, each.column) for each in problems] == [(2, "rating"), (3, "rating")]


@pytest.fixture
def installed(alone: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The name of a dataset that an installed distribution offers."""
    site = alone.parent / "site"
    info = site / "examplia-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: examplia\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[{DATASETS}]\nexamplia = examplia_data:path\n")
    (site / "examplia_data.py").write_text(f"path = {str(alone)!r}\n")
    monkeypatch.syspath_prepend(str(site))
    offered.cache_clear()
    yield "examplia"
    offered.cache_clear()


def test_an_installed_dataset(installed: str) -> None:
    report = check(installed, alone=True)
    assert (report.label, list(report)) == ("dataset examplia", [])
    assert report.records["targets"] == 2


def test_no_such_directory(tmp_path: Path) -> None:
    with pytest.raises(ip.MissingError):
        check(tmp_path / "none")


def test_a_record_equal_to_one_of_the_dataset_is_not_a_clash(ours: Path) -> None:
    cells = to_cells(ip.load().region("CN-HE"))
    columns = (ours / "regions.csv").read_text("utf-8").splitlines()[0].split(",")
    row = ",".join(cells[name] for name in columns)
    (ours / "regions").mkdir()
    (ours / "regions" / "more.csv").write_text(f"{','.join(columns)}\n{row}\n", "utf-8")
    assert lines_of(check(ours)) == []
    (ours / "regions" / "more.csv").write_text(f"{','.join(columns)}\n{row}|CN-WEST\n", "utf-8")
    assert [each.problem.partition(",")[0] for each in check(ours)] == [
        "CN-HE is taken by a record of the dataset"
    ]


# ------------------------------------------------------------------ errors across records


def test_invalid_rows_do_not_hide_the_errors_of_others(ours: Path) -> None:
    text = (ours / "targets.csv").read_text("utf-8").replace(",3,,percent", ",4,,percent")
    (ours / "targets.csv").write_text(text.replace(",5000,", ",x,"), "utf-8")
    assert [(each.line, each.column) for each in check(ours)] == [(2, "value"), (3, "value")]


def test_records_that_invalid_rows_refer_to_are_not_reported_as_unused(ours: Path) -> None:
    text = (ours / "observations.csv").read_text("utf-8").replace(",5200,", ",x,")
    (ours / "observations.csv").write_text(text, "utf-8")
    assert len(check(ours)) == 1


def level(year: int, value: str, source: str = "ex-city-report") -> str:
    return f"EX-CITY,rd_intensity,level,reach,{value},percent,{year},{source}\n"


def test_a_value_ten_times_its_neighbours(ours: Path) -> None:
    head = "region,indicator,form,comparator,value,unit,year,source\n"
    rows = [level(2020, "2.1"), level(2021, "22"), level(2022, "2.3"), level(2023, "4")]
    (ours / "observations").mkdir()
    (ours / "observations" / "rd.csv").write_text(head + "".join(rows))
    assert lines_of(check(ours)) == [
        "observations/rd.csv:3: value: warning: is about 10^1 times its neighbours in the series"
    ]


@pytest.mark.parametrize(
    ("year", "value", "unit", "indicator", "problem"),
    [
        (2025, "25.5", "percent", "rd_intensity", "is about 10^1 times its neighbours"),
        (2025, "2.55", "percent", "rd_intensity", None),
        (2024, "32193", "CNY_1T", "gdp", "is about 10^4 times its neighbours"),
        (2025, "33757.93", "CNY_1T", "gdp", "is about 10^4 times"),
        (2025, "33757.93", "CNY_100M", "gdp", None),
    ],
)
def test_the_newest_year_of_a_series_is_compared(
    year: int, value: str, unit: str, indicator: str, problem: str | None
) -> None:
    row = {"region": "CN-CQ", "indicator": indicator, "form": "level", "comparator": "reach"}
    row |= {"value": value, "unit": unit, "year": year, "source": "our"}
    sources = [{"code": "our", "title": "Ours", "tier": "C"}]
    report = check(ip.load().extend(sources=sources, observations=[row]))
    assert [each.severity for each in report] == ([Severity.WARNING] if problem else [])
    assert (problem or "") in str(report)


def test_a_figure_of_the_same_year_in_another_unit(ours: Path) -> None:
    head = "region,indicator,form,comparator,value,unit,year,source\n"
    rows = [
        f"EX-CITY,rd_expenditure,level,reach,81.2,{unit},2021,{source}\n"
        for unit, source in (("CNY_1T", "ex-city-plan"), ("CNY_100M", "ex-city-report"))
    ]
    (ours / "observations").mkdir()
    (ours / "observations" / "rd.csv").write_text(head + "".join(rows))
    of_year = [line for line in lines_of(check(ours)) if "of the same year" in line]
    assert len(of_year) == 2
    assert "is about 10^4 times EX-CITY/rd_expenditure/level/2021@ex-city-report" in of_year[0]
    assert "is about 10^-4 times EX-CITY/rd_expenditure/level/2021@ex-city-plan" in of_year[1]


@pytest.mark.parametrize(("year", "is_outside"), [(2021, False), (2012, True), (1921, True)])
def test_a_start_year_outside_the_period(year: int, is_outside: bool) -> None:
    row = {"plan": "CN-GD-14-sti", "indicator": "rd_expenditure", "form": "cumulative"}
    row |= {"comparator": "reach", "value": "20000", "unit": "CNY_100M", "as_stated": "2万亿元"}
    row |= {"start_year": year, "end_year": 2025, "source": "our"}
    sources = [{"code": "our", "title": "Ours", "tier": "C"}]
    lines = lines_of(check(ip.load().extend(sources=sources, targets=[row])))
    assert len(lines) == is_outside
    assert all(f"start_year: warning: {year} is outside 14th" in line for line in lines)


def test_an_error_of_a_ratio_in_the_invented_world(changed: Changed) -> None:
    root = changed(("indicators.toml", 'denominator = "gross_product"', ""))
    errors = [each for each in check(root, alone=True).errors if each.file == "indicators.toml"]
    assert [(each.line, each.column) for each in errors] == [(18, "denominator")]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (
            {"baseline_value": "3", "baseline_year": "2020", "baseline_unit": "CNY_100M"},
            [
                "baseline_unit: warning: expected a baseline in percent or its multiples, found CNY_100M"
            ],
        ),
        ({"baseline_value": "3", "baseline_year": "2020", "baseline_unit": "percent"}, []),
        (
            {"baseline_value": "3"},
            [
                "baseline_year: warning: expected the year of the baseline, found an empty cell; notes say why"
            ],
        ),
        ({"baseline_value": "3", "notes": "no text has the year"}, []),
        ({"baseline_year": "2020"}, []),  # of a multiple: statistics have the value
        (
            {"baseline_unit": "percent"},
            ["baseline_value: warning: expected a baseline in percent, found an empty cell"],
        ),
        (
            {"precision": "100"},
            ["precision: warning: a half-width of 100 is more than the value 3.5"],
        ),
        ({"precision": "0.5"}, []),
    ],
)
def test_a_baseline_and_a_half_width_fit_the_target(
    tmp_path: Path, cells: dict[str, str], expected: list[str]
) -> None:
    row = {
        "plan": "CN-GD-14-sti", "indicator": "rd_intensity", "form": "level", "value": "3.5",
        "comparator": "reach", "unit": "percent", "start_year": "2021", "end_year": "2024",
        "source": "s", "as_stated": "3.5%", **cells,
    }  # fmt: skip
    (tmp_path / "targets.csv").write_text(f"{','.join(row)}\n{','.join(row.values())}\n")
    (tmp_path / "sources.csv").write_text("code,title,tier\ns,S,A\n")
    assert [line.partition(": ")[2] for line in lines_of(check(tmp_path))] == expected


# ------------------------------------------------------------------ wording


def statement(stated: str, value: str, unit: str, **more: Any) -> ip.Target:
    plans = ip.load()
    given = {
        "plan": "CN-GD-14-sti",
        "indicator": "rd_intensity",
        "form": "level",
        "comparator": "reach",
        "value": value,
        "unit": unit,
        "end_year": 2025,
        "source": "seed-cbn-2021",
        "as_stated": stated,
    } | more
    units = "robot = [robots] = 台\nrobot_1K = 1000 * robot = 千台"
    robots = {"code": "robots", "name_en": "Robots", "unit": "robot", "direction": "up"}
    ours = plans.extend(targets=[given], indicators=[robots], units=units, on_conflict="replace")
    (extension,) = ours.extensions
    (key,) = (*extension.added.get("targets", ()), *extension.replaced.get("targets", ()))
    return ours.targets.by_key(key)


@pytest.mark.parametrize(
    ("stated", "value", "unit", "comparator", "agrees"),
    [
        ("超过5000台", "5000", "robot", "above", True),
        ("超过5000台", "5", "robot_1K", "above", True),
        ("5千台以上", "5000", "robot", "at_least", True),
        ("at least 5,000 robots", "5000", "robot", "at_least", True),
        ("5 robot_1K", "5000", "robot", "reach", True),
        ("不少于5000", "5000", "robot", "at_least", True),
        ("超过5000台", "500", "robot", "above", False),
        ("超过5000台", "5000", "robot", "reach", False),
        ("超过5000家", "5000", "robot", "above", False),
    ],
)
def test_wording_in_an_own_unit(
    stated: str, value: str, unit: str, comparator: str, agrees: bool
) -> None:
    target = statement(stated, value, unit, indicator="robots", comparator=comparator)
    assert agrees_with_wording(target) is agrees


@pytest.mark.parametrize(
    ("stated", "value", "agrees"),
    [
        ("3.5%", "3.5", True),
        ("百分之三点五", "3.5", True),
        ("3.5%", "35", False),
        ("3.6%", "3.5", False),
    ],
)
def test_wording(stated: str, value: str, agrees: bool) -> None:
    assert agrees_with_wording(statement(stated, value, "percent")) is agrees


@pytest.mark.parametrize(
    ("stated", "value", "comparator", "expected"),
    [
        ("不得低于3%", "3", "at_least", None),
        ("不得低于3%", "3", "below", ("warning", "comparator")),
        ("不得低于3%", "4", "at_least", ("error", "value")),
        ("3.5万吨", "3.5", "reach", ("note", "as_stated")),
        ("3.5万吨", "4", "reach", ("error", "value")),
        ("rund 3,5 Prozent", "3.5", "about", ("note", "as_stated")),
        ("3.5亿元", "3.5", "reach", ("warning", "as_stated")),
        ("3%和5%", "5", "reach", ("note", "as_stated")),
        ("由3%提高到5%", "3", "reach", ("note", "as_stated")),
        ("5099亿元，占3%", "3", "reach", None),
        ("5%，比上年增长3%", "3", "reach", ("error", "value")),
        ("3%和5%", "35", "reach", ("error", "value")),
    ],
)
def test_a_wording_is_compared_if_it_can_be_read(
    stated: str, value: str, comparator: str, expected: tuple[str, str] | None
) -> None:
    problem = compare_wording(statement(stated, value, "percent", comparator=comparator))
    assert (problem and problem[:2]) == expected


def test_a_wording_with_another_figure_of_the_unit_contradicts_the_record() -> None:
    """The digits of the record are those of a share in the same words."""
    problem = compare_wording(statement("达到5099台，增长8%", "8", "robot", indicator="robots"))
    assert problem is not None
    assert problem[:2] == ("error", "value")
    assert "reads as reach 5099 robot, found 8 robot" in problem[2]


def test_a_wording_of_another_form_is_a_warning() -> None:
    added = statement("比上年新增5000台", "5000", "robot", indicator="robots")
    problem = compare_wording(added)
    assert problem is not None
    assert problem[:2] == ("warning", "form")
    assert "reads as increase, found level" in problem[2]
    assert compare_wording(statement("达到5000台", "5000", "robot", indicator="robots")) is None


def test_notes_do_not_fail_a_check() -> None:
    note = Problem(file="a.csv", severity=Severity.NOTE, problem="cannot be read")
    report = CheckReport([note])
    assert report.passes(strict=True)
    assert report.text().splitlines()[0] == "a.csv: note: cannot be read"
    assert report.summary().endswith("1 note")


def test_a_value_that_an_erratum_corrects_is_not_reported(world: Changed) -> None:
    problems = [each for each in check(world(), alone=True) if each.file == "targets/14th.csv"]
    assert 2 not in {each.line for each in problems}


# ------------------------------------------------------------------ hostile data


def test_reading_stops_after_a_thousand_errors_of_a_file(ours: Path) -> None:
    add(ours / "sources.csv", "a,b\n" * 5000)
    problems = [each for each in check(ours) if each.file == "sources.csv"]
    assert len(problems) == files.MOST_ERRORS + 1
    assert problems[-1].problem.startswith("1000 errors; correct these")


def test_an_invalid_unit_line_keeps_the_other_units(
    ours: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []

    class Counted(UnitTable):
        def __init__(self, text: str, *, base: UnitTable | None = None) -> None:
            made.append(1)
            super().__init__(text, base=base)

    monkeypatch.setattr(files, "UnitTable", Counted)
    add(ours / "units.txt", "".join(f"u{n} = [d{n}]\n" for n in range(1500)) + "and so on\n")
    assert [(each.file, each.line) for each in check(ours)] == [("units.txt", 1503)]
    assert len(made) == 1


HOSTILE: list[Any] = [
    5, True, 1e400, "x" * 3000, ["a", ["b"]], {"code": "EX"}, "\0", "\ud800", "|", [None], 10**400,
]  # fmt: skip
ROWS: dict[str, dict[str, Any]] = {
    "regions": {"code": "EX", "kind": "city", "name_en": "Ex"},
    "indicators": {"code": "robots", "name_en": "Robots", "unit": "item", "direction": "up"},
    "sources": {"code": "s", "title": "S", "tier": "A"},
    "plans": {"code": "EX-14", "region": "EX", "period": "14th", "kind": "sti", "title_en": "P"},
    "documents": {
        "code": "EX-15", "region": "EX", "period": "15th", "title_en": "D", "extent": "unread",
    },
    "errata": {"code": "s-1", "source": "s", "corrected": "3", "reason": "r"},
    "vintages": {
        "code": "first", "indicator": "robots", "order": "1", "released": "2022", "description": "d",
    },
    "targets": {
        "plan": "EX-14", "indicator": "robots", "form": "level", "comparator": "reach",
        "value": "3", "unit": "item", "end_year": "2025", "source": "s", "as_stated": "3",
    },
    "corroborations": {"target": "EX-14/robots/level/2025", "source": "s"},
    "observations": {
        "region": "EX", "indicator": "robots", "form": "level", "comparator": "reach",
        "value": "3", "unit": "item", "year": "2024", "source": "s",
    },
    "goals": {
        "region": "EX", "kind": "outcome", "theme": "overall", "statement": "x", "source": "s",
    },
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_check_reports_any_content_of_a_cell(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cells of TOML can have any type; none may cause another error."""
    seen = 0
    for column in (*columns_of(TABLES[name]), "citation", "zzz"):
        for value in HOSTILE:
            tables = {each: [dict(row)] for each, row in ROWS.items()}
            tables[name][0][column] = value
            rows = {
                each: [Row(each, at, row) for at, row in enumerate(rows, 1)]
                for each, rows in tables.items()
            }
            raw = RawTables("rows", rows)
            monkeypatch.setattr(checker_module, "read", lambda _, raw=raw: raw)
            report = check(tmp_path, alone=True)
            assert report.text().isprintable() or "\n" in report.text()
            report.json().encode()
            seen += bool(report.errors)
    assert seen > len(HOSTILE)


# ------------------------------------------------------------------ a directory to begin with


@pytest.mark.parametrize("is_alone", [False, True])
def test_the_template_explains_existing_columns(tmp_path: Path, is_alone: bool) -> None:
    names = write_template(tmp_path / "new", alone=is_alone)
    assert sorted(each.name for each in (tmp_path / "new").iterdir()) == list(names)
    readme = (tmp_path / "new" / "README.md").read_text("utf-8")
    for line in readme.splitlines():
        table = line.removeprefix("| `").partition(".")[0]
        if table in TABLES:
            explained = line.split("|")[3].split("`")[1::2]
            known = {*columns_of(TABLES[table])}
            words = {"reach", "14th", "annual-2025", "to-2030"}
            assert {*explained} <= known | words, table
            assert len({*explained} & known) >= 3


def test_the_template_gives_a_verdict(ours: Path, alone: Path) -> None:
    card = ip.scorecard(ip.load().extend(ours), region="示例市")
    assert [each.verdict for each in card] == ["met", "undetermined"]
    assert card[0].outcome is not None
    assert card[0].outcome.value == Decimal(5200)
    verdicts = [each.verdict for each in ip.scorecard(ip.load(alone))]
    assert verdicts == ["undetermined", "on_track"]


def test_an_empty_directory_is_filled(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    assert "targets.csv" in write_template(tmp_path / "new")
    assert [each.name for each in tmp_path.iterdir()] == ["new"]


def test_parent_directories_are_created(tmp_path: Path) -> None:
    write_template(tmp_path / "a" / "b" / "c")
    assert check(tmp_path / "a" / "b" / "c").passes(strict=True)


def test_nothing_is_overwritten(tmp_path: Path, ours: Path) -> None:
    (ours / "targets.csv").write_text("mine")
    (tmp_path / "file").write_text("mine")
    with pytest.raises(WriteError, match="the directory is not empty; choose another name"):
        write_template(ours)
    with pytest.raises(WriteError, match="expected a directory, found a file"):
        write_template(tmp_path / "file")
    assert (ours / "targets.csv").read_text() == "mine"
    assert (tmp_path / "file").read_text() == "mine"


def test_a_template_is_written_completely_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(WriteError, match="no space left on device; nothing was changed"):
        write_template(tmp_path / "new")
    assert list(tmp_path.iterdir()) == []


def test_a_path_where_no_directory_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(WriteError, match="cannot write"):
        write_template(tmp_path / "file" / "new")


def test_a_span_without_its_first_year_is_a_warning(ours: Path) -> None:
    rows = (ours / "targets.csv").read_text(encoding="utf-8")
    row = "EX-CITY-14-sti,rd_expenditure,average_growth,at_least,10,,percent_per_year,{},2025"
    for start in ("2021", ""):
        text = rows + row.format(start) + ",,,,,,ex-city-plan,,10%以上,,\n"
        (ours / "targets.csv").write_text(text, encoding="utf-8")
        report = [each for each in check(ours) if each.column == "start_year"]
        assert len(report) == (0 if start else 1)
    assert (
        report[0].problem
        == "expected the first year of the average annual growth, found an empty cell"
    )
    assert report[0].severity is Severity.WARNING


@pytest.mark.parametrize(
    ("end_year", "problems"),
    [
        ("2021", []),
        ("2025", ["expected the first year (2021 for the 14th period), found an empty cell"]),
    ],
)
def test_a_level_without_its_first_year_is_a_warning(
    ours: Path, end_year: str, problems: list[str]
) -> None:
    row = (
        f"EX-CITY-14-sti,gdp,level,at_least,10,,CNY_100M,,{end_year},,,,,,ex-city-plan,,10亿元以上"
    )
    with (ours / "targets.csv").open("a", encoding="utf-8") as file:
        file.write(f"{row},,\n")
    assert [each.problem for each in check(ours) if each.column == "start_year"] == problems


@pytest.mark.parametrize(
    ("numerator", "is_used"), [("rd_funds_business", True), ("high_tech_output", False)]
)
def test_a_ratio_that_can_be_computed_is_used(ours: Path, numerator: str, is_used: bool) -> None:
    with (ours / "indicators.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n[our_share]\nname_en = "A share of GDP"\nunit = "percent"\ndirection = "up"\n'
        )
        file.write(f'numerator = "{numerator}"\ndenominator = "gdp"\n')
    problems = [each.problem for each in check(ours)]
    assert ("no record uses the indicator our_share" not in problems) is is_used


@pytest.mark.parametrize(
    ("figure", "problem"),
    [
        ({"value": "5.65"}, "more than a tenth off another figure of 2024"),
        ({"value": "5.65", "vintage": "first"}, "/first@nbs-rdbull-2024 has 2.48 percent"),
        ({"value": "5.65", "comparator": "above"}, ""),
        ({"value": "2.5", "vintage": "first"}, ""),
        ({"value": "2.5", "year": None}, "expected a year, or notes that say why there is none"),
        ({"value": "2.5", "year": None, "notes": "the text has no year"}, ""),
    ],
)
def test_a_figure_is_compared_with_the_others_of_its_year(
    plans: ip.Dataset, figure: dict[str, str], problem: str
) -> None:
    row = {
        "region": "CN-CQ", "indicator": "rd_intensity", "form": "level", "comparator": "reach",
        "year": 2024, "unit": "percent", "source": "ours",
    }  # fmt: skip
    source = {"code": "ours", "title": "Our list", "tier": "A"}
    report = ip.check(plans.extend(sources=[source], observations=[row | figure]))
    assert len(report) == bool(problem)
    assert problem in report.text()


def test_an_outcome_of_a_year_after_its_source(ours: Path) -> None:
    file = ours / "observations.csv"
    file.write_text(file.read_text("utf-8").replace(",2025,,final", ",2095,,final"), "utf-8")
    assert lines_of(check(ours)) == [
        "observations.csv:2: year: warning: expected a year of at most 2026, that of its source"
    ]


def test_the_period_of_a_file_is_shown_by_example(ours: Path) -> None:
    file = ours / "plans.csv"
    file.write_text(file.read_text("utf-8").replace(",14th,", ",十四五,"), "utf-8")
    assert "expected a period such as 14th, annual-2025 or eu-2030, found '十四五'" in str(
        check(ours)[0]
    )


# ------------------------------------------------------------------ of a dataset


NOTES = {"code": "our-notes", "title": "Our notes", "tier": "C"}
INTENSITY = {"indicator": "rd_intensity", "form": "level", "unit": "percent", "source": "our-notes"}
GOOD = INTENSITY | {"plan": "CN-GD-14-sti", "comparator": "at_least", "value": "4.5",
                    "start_year": 2021, "end_year": 2024, "as_stated": "4.5%以上"}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "errors", "warnings"),
    [
        ({}, [], []),
        ({"value": "0.045"}, ["value"], []),
        ({"as_stated": "45%以上"}, ["value"], []),
        ({"as_stated": "约4.5%"}, [], ["comparator"]),
        ({"start_year": None, "end_year": 2019}, [], ["end_year"]),
    ],
)
def test_the_extensions_of_a_dataset_are_checked(
    plans: ip.Dataset, changed: dict[str, Any], errors: list[str], warnings: list[str]
) -> None:
    report = check(plans.extend(sources=[NOTES], targets=[GOOD | changed]))
    assert [problem.column for problem in report.errors] == errors
    assert [problem.column for problem in report.warnings] == warnings
    assert dict(report.records)["targets"] == 1


def test_every_extension_of_a_dataset_is_checked(plans: ip.Dataset) -> None:
    half = {"code": "half", "name_en": "Half", "unit": "percent", "direction": "up",
            "numerator": "gdp"}  # fmt: skip
    first = plans.extend(indicators=[half])
    report = check(first.extend(regions=[{"code": "XX-1", "kind": "city", "name_en": "Guangdong"}]))
    assert {problem.column for problem in report.errors} >= {"denominator", "name_en"}


def test_a_dataset_without_extensions_is_checked_whole(world: Changed) -> None:
    root = world()
    plans = ip.load(root, tiers="ABCD")
    assert check(plans).records == check(root, alone=True).records
    with pytest.raises(ip.ArgumentError, match="beside a dataset"):
        check(plans, alone=True)


def test_an_outcome_of_a_year_after_the_edition(plans: ip.Dataset) -> None:
    late = INTENSITY | {"region": "CN-GD", "comparator": "reach", "value": "9", "year": 2052}
    for dated, year in ((NOTES, 2026), (NOTES | {"date": "2031"}, 2031)):
        (problem,) = check(plans.extend(sources=[dated], observations=[late])).warnings
        assert f"at most {year}" in problem.describe()


def _of_tier(directory: Path, tier: str) -> Path:
    file = directory / "sources.csv"
    file.write_text(file.read_text("utf-8").replace(",A,", f",{tier},"), "utf-8")
    return directory


def test_figures_of_a_tier_that_is_left_out_are_counted(alone: Path, ours: Path) -> None:
    assert check(alone, alone=True).passes(strict=True)
    report = check(_of_tier(alone, "D"), alone=True)
    default = "which loading leaves out and extending refuses by default"
    advice = 'pass tiers="ABCD" (or --tiers ABCD)'
    assert lines_of(report) == [
        f"observations.csv:2: source: warning: 1 observation of tier D, {default}; {advice}",
        f"targets.csv:2: source: warning: 2 targets of tier D, {default}; {advice}",
    ]
    assert "2项目标的来源等级为D" in report.text("zh")
    assert "tier D" in str(check(_of_tier(ours, "D")))
    assert check(ours, base=ip.load(tiers="ABCD")).passes(strict=True)
    assert 'tiers="AD"' in str(check(ours, base=ip.load(tiers="A")))


def test_a_dataset_without_extensions_is_checked_with_its_own_units(alone: Path) -> None:
    assert lines_of(check(ip.load(alone))) == []
    assert lines_of(check(ip.load(_of_tier(alone, "D"), tiers="ABCD"))) == []


def test_the_bundled_data_pass_in_any_tiers() -> None:
    for tiers in ("A", "ABC", "ABCD"):
        report = check(ip.load(tiers=tiers))
        assert report.passes(), tiers
        unused = [each for each in report if each.code == "unused" and "source" in each.file]
        assert len(unused) < 15


def test_an_extension_of_equal_records_says_that_nothing_is_added(plans: ip.Dataset) -> None:
    same = plans.extend(targets=list(plans.targets.where(region="广东")))
    (line,) = lines_of(check(same))
    assert line.endswith("add no record: each is equal to a record of the dataset that it extends")


def test_a_column_without_a_name_is_the_index_of_a_frame(ours: Path) -> None:
    file = ours / "targets.csv"
    head, *rows = file.read_text("utf-8").splitlines()
    indexed = [f",{head}", *(f"{at},{row}" for at, row in enumerate(rows))]
    file.write_text("\n".join(indexed) + "\n", "utf-8")
    assert (
        "a column without a name may be the index of a data frame: write the file with index=False"
        in str(check(ours))
    )
