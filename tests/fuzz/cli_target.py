"""The fuzzer of the command line: unusual arguments and small files, in this process."""

from __future__ import annotations

import io
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from innovation_plans.cli import run

from .oracle import Finding
from .seeds import LAND, exported, put

BETWEEN = b"\x1f"  # separates arguments; the last part is the content of the file `odd`
CODES = {0, 1, 2}
# Drawing pictures takes seconds; other tests do it.
SLOW = {"explorer", "report"}


@cache
def _place() -> Path:
    """Return a directory with the invented dataset, exports of it, and unusual files."""
    root = Path(mkdtemp())
    put(root / "land", LAND)
    (root / "land.jsonl").write_bytes(exported("jsonl")[""])
    (root / "loop").symlink_to(root / "loop")
    (root / "land.csv").mkdir()
    (root / "tsv").mkdir()
    os.chdir(root)
    return root


def cli(data: bytes) -> bool:
    """Run a command: the exit code is 0, 1 or 2, errors have a message, no control characters."""
    *given, content = data.split(BETWEEN)
    arguments = [os.fsdecode(each.replace(b"\0", b"")) for each in given[:12]]
    if SLOW & set(arguments[:1]):
        return False
    root = _place()
    (root / "odd").write_bytes(content)
    (root / "tsv" / "sources.csv").write_bytes(content)
    raw = io.BytesIO(), io.BytesIO()
    out = io.TextIOWrapper(raw[0], "utf-8", write_through=True)
    errors = io.TextIOWrapper(raw[1], "utf-8", "backslashreplace", write_through=True)
    before = sys.stdin
    sys.stdin = io.StringIO()
    try:
        with redirect_stdout(out), redirect_stderr(errors):
            code = run(arguments)
    finally:
        sys.stdin = before
    _check(arguments, code, raw[0].getvalue(), raw[1].getvalue())
    return code == 0


def _check(arguments: list[str], code: int, out: bytes, errors: bytes) -> None:
    if code not in CODES:
        raise Finding(f"{arguments!r}: exit code {code}")
    if code == 2 and not errors:
        raise Finding(f"{arguments!r}: exit code 2 without a message")
    if b"Traceback" in errors:
        raise Finding(f"{arguments!r}: traceback")
    steers = [each for each in (b"\x1b", b"\x9b", b"\a", b"\b", b"\r") if each in out + errors]
    asked = os.fsencode("".join(arguments))
    if any(each not in asked and each != b"\x9b" for each in steers):
        raise Finding(f"{arguments!r}: control characters: {steers}")


def words() -> list[bytes]:
    """Return commands, options and values."""
    return [each.encode() for each in _WORDS]


def seeds() -> list[bytes]:
    """Return valid command lines, and files that they can read."""
    files = [LAND["sources.csv"], "到2025年,研发经费投入年均增长10%以上", ""]
    lines = [line.split() for line in _LINES]
    return [
        BETWEEN.join(word.encode() for word in (*line, files[at % len(files)]))
        for at, line in enumerate(lines)
    ]


_WORDS = [
    "scorecard",
    "show",
    "compare",
    "assess",
    "derive",
    "coverage",
    "export",
    "check",
    "cite",
    "verify",
    "editions",
    "diff",
    "new",
    "read",
    "cross-check",
    "--region",
    "--indicator",
    "--period",
    "--year",
    "--end-year",
    "--format",
    "--lang",
    "--tiers",
    "--extend",
    "--data",
    "--edition",
    "--overwrite",
    "--alone",
    "--strict",
    "--help",
    "--style",
    "--all",
    "--tolerance",
    "--threshold",
    "--pace",
    "--vintage",
    "--assume",
    "--unit",
    "--form",
    "--file",
    "--measure",
    "--factor",
    "--since",
    "--kind",
    "--outcomes",
    "--statistics",
    "table",
    "json",
    "markdown",
    "csv",
    "jsonl",
    "parquet",
    "excel",
    "datapackage",
    "sdmx-csv",
    "bibtex",
    "csl-json",
    "zh",
    "en",
    "linear",
    "compound",
    "distance",
    "relative",
    "stated",
    "nation",
    "province",
    "land",
    "land/targets",
    "land.jsonl",
    "loop",
    "land.csv",
    "tsv",
    "odd",
    "out.csv",
    "out.jsonl",
    "out",
    "../out",
    "/nowhere/out",
    ".",
    "..",
    "/",
    "ABCD",
    "D",
    "14th",
    "15th",
    "annual-2025",
    "2026.10",
    "2026.11",
    "2025",
    "0",
    "-1",
    "99999999999999999999",
    "nan",
    "广东",
    "CN-GD",
    "CN",
    "rd_intensity",
    "gdp",
    "percent",
    "亿元",
]

_LINES = """scorecard --period 14th --indicator rd_intensity
scorecard --data land --tiers ABCD --format json --lang zh
show 广东 --period 14th
assess --region 广东 --indicator rd_intensity --period 14th --format markdown
compare --indicator rd_intensity --end-year 2025 --measure distance
derive rd_expenditure --region CN-HB --year 2025 --format json
derive rd_expenditure --region CN-HB --year 2025 --assume gdp#2025#63000#亿元
coverage --region 广东 --period 14th
cross-check --region 广东 --period 14th --tolerance 0.02
read 年均增长10%以上 --format csv
read --file odd --format json
read --file odd --unit percent --form level
check land --alone --strict
check tsv --format json
check odd
new fresh --alone
export out.jsonl --region 广东
export out --format csv --extend tsv --overwrite
cite CN-GD --indicator rd_intensity
cite --style bibtex
verify land
editions
diff land
scorecard --extend tsv
--help""".splitlines()
