"""A closed output, Ctrl-C and SIGTERM: one line at most, no traceback, no files."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

PROGRAM = [sys.executable, "-m", "innovation_plans"]
POSIX = pytest.mark.skipif(os.name == "nt", reason="signals and closed streams are of POSIX")


def test_a_command_loads_no_module_of_another() -> None:
    others = [f"innovation_plans.{name}" for name in ("checks.check", "analysis.findings")]
    code = f"import sys, innovation_plans.cli; print(*sys.modules.keys() & {set(others)})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "\n"


@POSIX
def test_a_closed_output_is_one_line() -> None:
    done = subprocess.run(
        ["sh", "-c", '"$0" -m innovation_plans cite >&-', sys.executable],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == (
        "innovation-plans: cannot print the output: the standard output is closed\n"
    )


@POSIX
@pytest.mark.heavy
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_leaves_one_line_and_no_files(tmp_path: Path, number: Any) -> None:
    command = (
        "import sys, time, threading, os; from pathlib import Path\n"
        "from innovation_plans import __main__ as program\n"
        "import innovation_plans.io.save as save\n"
        "flush = save._flush\n"
        "def slow(fresh):\n"
        "    flush(fresh); Path('ready').touch(); time.sleep(30)\n"
        "save._flush = slow\n"
        "sys.argv[1:] = ['export', 'out', '--format', 'csv']\n"
        "sys.exit(program.main())\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", command], cwd=tmp_path, stderr=subprocess.PIPE, text=True
    )
    limit = time.monotonic() + 60
    while not (tmp_path / "ready").exists() and time.monotonic() < limit:
        time.sleep(0.05)
    process.send_signal(number)
    _, stderr = process.communicate(timeout=30)
    assert process.returncode == 128 + number
    assert len(stderr.splitlines()) <= 1
    assert [file.name for file in tmp_path.iterdir()] == ["ready"]


@pytest.mark.heavy
def test_json_is_readable_in_every_encoding() -> None:
    command = [*PROGRAM, "scorecard", "--region", "四川", "--indicator", "rd_intensity"]
    texts = []
    for encoding in ("utf-8", "gbk", "ascii"):
        done = subprocess.run(
            [*command, "--format", "json"],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        )
        texts.append(json.loads(done.stdout.decode("utf-8")))
    assert texts[0] == texts[1] == texts[2]
    assert len(texts[0]) > 1
