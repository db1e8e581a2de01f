"""The front door: what it shows, what it costs, and that it touches nothing."""

from __future__ import annotations

import importlib
import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import innovation_plans as ip

# An API change is a visible diff of this list.
NAMES = [
    "Aggregate",
    "AmbiguousError",
    "ArgumentError",
    "ArgumentTypeError",
    "Assessment",
    "Assumption",
    "Availability",
    "Caveat",
    "Change",
    "Check",
    "CheckReport",
    "Citation",
    "CodedNames",
    "Comparator",
    "Comparison",
    "ComparisonRow",
    "Conflict",
    "ConflictError",
    "Corroboration",
    "Coverage",
    "CoverageCell",
    "DataError",
    "DataErrors",
    "Dataset",
    "Derivation",
    "Derivations",
    "DerivedFigure",
    "DerivedSeries",
    "Diff",
    "Direction",
    "Document",
    "DocumentTable",
    "Erratum",
    "Extension",
    "Extent",
    "Figure",
    "FigureError",
    "Finding",
    "Findings",
    "Flag",
    "Force",
    "Form",
    "Goal",
    "GoalKind",
    "GoalTable",
    "GrowthError",
    "IncomparableError",
    "Indicator",
    "IndicatorTable",
    "InnovationPlansError",
    "InnovationPlansWarning",
    "Issuer",
    "Match",
    "Matches",
    "MissingError",
    "MissingExtraError",
    "Observation",
    "ObservationTable",
    "Origin",
    "Plan",
    "PlanKind",
    "PlanTable",
    "PluginError",
    "PositionError",
    "Prices",
    "Problem",
    "Reading",
    "Reason",
    "RefusedNumber",
    "Region",
    "RegionKind",
    "RegionTable",
    "Rendition",
    "Route",
    "Rows",
    "Scorecard",
    "Selection",
    "Severity",
    "Source",
    "SourceTable",
    "Status",
    "Table",
    "Target",
    "TargetTable",
    "Tier",
    "UnitTable",
    "Verdict",
    "Vintage",
    "WriteError",
    "Written",
    "__version__",
    "aggregate",
    "assess",
    "check",
    "compare",
    "convert",
    "coverage",
    "cross_check",
    "datasets",
    "define_units",
    "derive",
    "derive_series",
    "editions",
    "explorer",
    "find_figures",
    "format_figure",
    "formats",
    "frames",
    "growth",
    "label",
    "load",
    "pace",
    "plots",
    "quantity",
    "ratios",
    "read_figure",
    "report",
    "scorecard",
    "testing",
    "use_registry",
    "verify",
    "write_template",
]
HEAVY = ("pydantic", "pydantic_core", "pint", "narwhals", "numpy", "pandas", "typer", "rich")


def test_dir_is_the_api() -> None:
    assert dir(ip) == NAMES
    assert sorted({*ip.__all__, "__version__"}) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_name_exists_and_is_documented(name: str) -> None:
    assert getattr(ip, name).__doc__


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'frobnicate'; load"):
        _ = ip.frobnicate


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("assesss", "did you mean assess?"),
        ("crosscheck", "did you mean cross_check"),
        ("cite", "a dataset has it: load().cite"),
        ("targets", "a dataset has it: load().targets"),
    ],
)
def test_a_slip_is_answered_with_what_was_meant(name: str, advice: str) -> None:
    with pytest.raises(AttributeError, match=re.escape(advice)):
        getattr(ip, name)


def test_no_module_hides_a_function_of_its_name() -> None:
    for module in (
        "analysis.assess",
        "analysis.scorecard",
        "analysis.coverage",
        "checks.check",
        "frames.assess",
    ):
        importlib.import_module(f"innovation_plans.{module}")
    assert callable(ip.assess)
    assert callable(ip.scorecard)


def test_no_module_imports_the_package_by_its_name() -> None:
    source = Path(ip.__file__).parent
    absolute = re.compile(r"^\s*(?:from|import) innovation_plans\b", re.MULTILINE)
    found = [path for path in source.rglob("*.py") if absolute.search(_code(path))]
    assert found == []


def _code(path: Path) -> str:
    """Return the source of a module without its docstrings."""
    return re.sub(r'""".*?"""', "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def test_import_loads_nothing_heavy_reads_nothing_and_writes_nothing(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "kept").touch()
    home.chmod(stat.S_IRUSR | stat.S_IXUSR)
    program = f"""
import builtins, json, os, sys
opened = []
real = builtins.open
builtins.open = lambda *a, **k: (opened.append(str(a[0])), real(*a, **k))[1]
def hook(event, arguments):
    if event == "open" and not str(arguments[0]).endswith((".py", ".pyc")):
        opened.append(str(arguments[0]))
sys.addaudithook(hook)
before = set(sys.modules)
import innovation_plans
print(json.dumps({{
    "heavy": [name for name in {HEAVY!r} if name in sys.modules],
    "new": sorted(set(sys.modules) - before),
    "opened": opened,
}}))
"""
    environment = {**os.environ, "HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=home,
        env=environment,
    )
    found = json.loads(done.stdout)
    assert found == {"heavy": [], "new": ["innovation_plans"], "opened": []}
    home.chmod(stat.S_IRWXU)
    assert [path.name for path in home.iterdir()] == ["kept"]


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("ip.Verdict", ("pydantic", "pint", "narwhals", "numpy", "pandas")),
        ("ip.MissingError", ("pydantic", "pint", "narwhals", "numpy", "pandas")),
        ("ip.convert('1', '亿元', 'CNY')", ("pydantic", "pint", "narwhals", "numpy", "pandas")),
        ("ip.load().targets[0]", ("pint", "narwhals", "numpy", "pandas", "typer")),
        ("print(ip.scorecard(ip.load(), region='粤'))", ("pint", "numpy", "pandas", "typer")),
    ],
)
def test_each_path_loads_only_what_it_needs(code: str, absent: tuple[str, ...]) -> None:
    program = (
        f"import sys, innovation_plans as ip\n{code}\n"
        f"loaded = [name for name in {absent!r} if name in sys.modules]\n"
        "sys.exit(f'loaded {loaded}' if loaded else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


# What a public name loads from outside the standard library, by the module that defines it.
NOTHING = (
    "analysis.pace", "checks.template", "codelists", "errors", "io.locate", "text.figure", "text.implied", "text.reading",
    "text.writing", "units.growth", "units.quantity", "units.ratios", "units.table",
)  # fmt: skip
MORE = {
    "checks.check": {"pydantic"},
    "frames": {"pydantic", "narwhals"},
    "testing": {"pydantic", "hypothesis"},
}
LIBRARIES = (
    "pydantic", "pint", "narwhals", "importlib_resources", "hypothesis", "numpy", "pandas",
    "polars", "pyarrow", "duckdb", "matplotlib", "openpyxl", "jinja2", "typer", "rich",
)  # fmt: skip
# Each module is looked at in a fork of an interpreter that has imported the package and no more.
LOOK = """
import json, os, sys
import innovation_plans as ip
homes, libraries = json.loads(sys.argv[1])
for home, names in homes.items():
    reader, writer = os.pipe()
    if os.fork() == 0:
        for name in names:
            getattr(ip, name)
        found = [each for each in libraries if each in sys.modules]
        os.write(writer, json.dumps(found).encode())
        os._exit(0)
    os.close(writer)
    print(home, os.read(reader, 10_000).decode(), sep="\\t")
    os.wait()
"""


@pytest.mark.heavy
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_every_public_name_loads_only_the_listed_modules() -> None:
    homes: dict[str, list[str]] = {}
    for name, home in (ip._HOMES | ip._MODULES).items():  # type: ignore[attr-defined]
        homes.setdefault(home, []).append(name)
    done = subprocess.run(
        [sys.executable, "-c", LOOK, json.dumps([homes, LIBRARIES])],
        capture_output=True,
        text=True,
        check=True,
    )
    found = {home: set(json.loads(said)) for home, said in map(_halves, done.stdout.splitlines())}
    expected = {home: MORE.get(home, set() if home in NOTHING else {"pydantic"}) for home in homes}
    assert found == expected


def _halves(line: str) -> tuple[str, str]:
    home, _, said = line.partition("\t")
    return home, said


def test_the_tour_of_the_docstring_runs() -> None:
    lines = [line[4:] for line in (ip.__doc__ or "").splitlines() if line.startswith("    ")]
    assert len(lines) == 10
    names: dict[str, object] = {}
    for line in lines:
        exec(line, names)  # noqa: S102 - what a user pastes
