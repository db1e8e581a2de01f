"""The program: help, start, and the error without its extra."""

from __future__ import annotations

import subprocess
import sys

import pytest

from innovation_plans import __main__
from innovation_plans.cli import run


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    out = capsys.readouterr().out
    assert all(command in out for command in ("scorecard", "show", "cite", "Exit codes"))


def test_the_module_runs() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "innovation_plans", "cite"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert "innovation_plans" in done.stdout


def test_without_the_extra_the_error_states_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "typer", None)
    assert __main__.main() == 2
    assert 'pip install "innovation-plans[cli]"' in capsys.readouterr().err
