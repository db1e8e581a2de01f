"""Every target, script and row that a workflow or CI names exists."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import compat  # noqa: E402

sys.path.remove(str(ROOT / "tools"))
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
TARGETS = set(re.findall(r"^([a-z$][\w()/.$-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE))
COMMANDS = [
    *((ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()),
    *(line for file in WORKFLOWS for line in file.read_text(encoding="utf-8").splitlines()),
]


def _jobs(file: Path) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    jobs: dict[str, Any] = read["jobs"]
    return jobs


def test_there_are_workflows() -> None:
    assert {each.stem for each in WORKFLOWS} == {"ci", "release"}


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda each: each.stem)
def test_every_job_has_a_time_limit_and_waits_for_existing_jobs(file: Path) -> None:
    jobs = _jobs(file)
    for name, job in jobs.items():
        needs = job.get("needs", [])
        assert set([needs] if isinstance(needs, str) else needs) <= set(jobs), name
        for step in job["steps"]:
            assert ("uses" in step) != ("run" in step), step


def test_a_release_is_built_tested_and_attested() -> None:
    jobs = _jobs(ROOT / ".github/workflows/release.yml")
    assert set(jobs["attest"]["needs"]) == {"build", "test", "installed"}
    assert jobs["publish"]["needs"] == "attest"
    assert jobs["publish"]["permissions"] == {"id-token": "write"}


def test_every_make_target_of_a_workflow_exists() -> None:
    words = (
        word for line in COMMANDS for word in line.partition(" make ")[2].split("#")[0].split()
    )
    made = {word for word in words if re.fullmatch(r"[a-z][a-z-]*", word)}
    assert {"check", "test", "downstream"} <= made
    assert made <= TARGETS


def test_every_tool_of_a_workflow_exists() -> None:
    tools = {each for line in COMMANDS for each in re.findall(r"tools/\w+\.(?:py|sh)", line)}
    assert "tools/compat.py" in tools
    assert [each for each in tools if not (ROOT / each).is_file()] == []


def test_the_forge_tests_every_row_of_the_matrix() -> None:
    jobs = _jobs(ROOT / ".github/workflows/ci.yml")
    rows = {row.name for row in compat.rows()}
    # The newest libraries on 3.11 are those of the whole run; the next ones have a job.
    assert set(jobs["libraries"]["strategy"]["matrix"]["row"]) == rows - {"newest-3.11", "next"}


def test_the_matrix_has_the_oldest_versions_of_pyproject() -> None:
    oldest = compat.oldest_versions()
    assert set(compat.NAMED) <= set(oldest)
    assert compat.rows()[0].pins == tuple(f"{name}=={oldest[name]}" for name in oldest)
    assert all(re.fullmatch(r"[0-9]+(\.[0-9]+)*", each) for each in oldest.values())


def test_every_path_of_the_short_matrix_and_of_the_mutants_exists() -> None:
    mutmut = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]
    paths = [*compat.SHORT, *mutmut["pytest_add_cli_args_test_selection"], *mutmut["only_mutate"]]
    assert [path for path in paths if not list(ROOT.glob(path))] == []
