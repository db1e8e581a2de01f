"""Locale, time zone, clock, hash seed, home and current directory: none of them changes a byte."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from .conftest import ENDINGS

PROGRAM = """
import hashlib, json, os, sys, warnings
warnings.filterwarnings("error", category=EncodingWarning, module="innovation_plans")
from pathlib import Path
import matplotlib
from matplotlib import font_manager
import innovation_plans as ip
from innovation_plans import explorer, plots, report
from innovation_plans import check, write_template
plans, room = ip.load(sys.argv[1], tiers="ABCD"), Path(sys.argv[2])
room.mkdir()
for kind, ending in %r:
    place = room / f"out-{kind}{ending}"
    plans.write(place, format=kind)
    assert ip.load(place).targets == plans.targets, kind
card = ip.scorecard(plans)
card.write(room / "card.jsonl")
card.write(room / "card.csv")
# Fonts depend on the home directory: draw with those of matplotlib.
fonts = font_manager.fontManager
fonts.ttflist = [each for each in fonts.ttflist if each.fname.startswith(matplotlib.get_data_path())]
font_manager.findSystemFonts = lambda: []
report.write(plans, room / "report.html", region="XX-AB")
explorer.write(plans, room / "explorer", reports=True)
write_template(room / "template")
assert check(room / "template").passes()
(room / "picture.svg").write_bytes(plots.svg(plots.dumbbell(card)).encode())
assert ip.load().edition == ip.editions()[-1]
found = {
    each.relative_to(room).as_posix(): hashlib.sha256(each.read_bytes()).hexdigest()
    for each in sorted(room.rglob("*")) if each.is_file()
}
for each in room.rglob("*"):
    if each.is_file() and each.suffix not in {".parquet", ".xlsx"}:
        text = each.read_bytes().decode("utf-8")
        assert "\\r" not in text or each.name.endswith(".sdmx.csv"), each  # which RFC 4180 wants
print(json.dumps(found))
"""
ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
SURROUNDINGS: dict[str, Mapping[str, str | None]] = {
    "another seed, an old epoch": {"PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": "1"},
    "ascii, Kiritimati": {**ASCII, "PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati"},
    "posix, no home": {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "HOME": None, "TZ": "Asia/Shanghai"},
    "home not to be written": {"HOME": "/dev/null", "XDG_CACHE_HOME": "/dev/null", "TZ": "XXX+12"},
}


def environment(changed: Mapping[str, str | None]) -> dict[str, str]:
    # The locale of the machine does not matter: without "LC_ALL" in `changed` it is a UTF-8 one.
    variables = {
        **os.environ, "PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8", **changed
    }  # fmt: skip
    return {name: value for name, value in variables.items() if value is not None}


def sums(world: Path, room: Path, changed: Mapping[str, str | None]) -> dict[str, str]:
    """What a program in such surroundings writes."""
    done = subprocess.run(
        [
            sys.executable,
            "-X",
            "warn_default_encoding",
            "-c",
            PROGRAM % [*ENDINGS.items()],
            world,
            room,
        ],
        capture_output=True,
        env=environment(changed),
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    found: dict[str, str] = json.loads(done.stdout)
    return found


@pytest.mark.heavy
def test_the_same_bytes_everywhere(world: Callable[..., Path], tmp_path: Path) -> None:
    root = world()
    expected = sums(root, tmp_path / "first", {})
    assert len(expected) > 60
    for at, (name, changed) in enumerate(SURROUNDINGS.items()):
        found = sums(root, tmp_path / str(at), changed)
        assert found.keys() == expected.keys()
        assert [each for each in found if found[each] != expected[each]] == [], name


# ------------------------------------------------------------------ the command line

CONSOLES: dict[str, Mapping[str, str]] = {
    "ascii": {"PYTHONIOENCODING": "ascii"},
    "latin-1": {"PYTHONIOENCODING": "latin-1"},
    "gbk": {"PYTHONIOENCODING": "gbk"},
    "cp1252": {"PYTHONIOENCODING": "cp1252"},
    "locale C": ASCII,
}
# Each command with Chinese in what it prints, or in what it is given.
COMMANDS = (
    ["scorecard", "--region", "广东", "--indicator", "rd_intensity", "--lang", "zh"],
    ["scorecard", "--region", "西藏", "--format", "json"],
    ["assess", "CN-GD-14-sti/rd_intensity/level/2025", "--lang", "zh"],
    ["show", "广东", "--period", "14th", "--lang", "zh"],
    ["coverage", "--lang", "zh"],
    ["compare", "--indicator", "rd_intensity", "--period", "14th", "--lang", "zh"],
    ["derive", "--region", "湖北", "--indicator", "rd_expenditure", "--year", "2025"],
    ["cross-check", "--region", "广东", "--lang", "zh"],
    ["read", "年均增长10%以上"],
    ["check", "数据"],
    ["new", "数据"],
    ["check", "数据"],
    ["export", "出.jsonl", "--region", "西藏"],
    ["export", "出.jsonl", "--region", "西藏"],
    ["report", "-o", "报告.html", "--region", "西藏"],
    ["verify"],
    ["editions"],
    ["cite", "广东", "--indicator", "rd_intensity"],
    ["show", "没有这个地方"],
    ["没有这个命令"],
    ["--help"],
)
CALLS = """
import contextlib, sys
from innovation_plans.__main__ import main
for line in {lines!r}:
    sys.argv = ["innovation-plans", *line]
    print(">>>", ascii(line), main(), flush=True)
"""


@pytest.mark.heavy
@pytest.mark.parametrize("name", CONSOLES)
def test_a_console_that_cannot_spell_chinese_shows_what_it_can(name: str, tmp_path: Path) -> None:
    program = tmp_path / "program.py"  # a command line in ASCII has no room for it
    program.write_text(CALLS.format(lines=COMMANDS), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, program],
        capture_output=True,
        env=environment({"PYTHONUTF8": "0", **CONSOLES[name]}),
        cwd=tmp_path,
        check=False,
    )
    out, err = done.stdout.decode("latin-1"), done.stderr.decode("latin-1")
    assert done.returncode == 0, err
    assert "Traceback" not in err
    ends = [int(each.split()[-1]) for each in out.splitlines() if each.startswith(">>> ")]
    assert len(ends) == len(COMMANDS)
    assert set(ends) <= {0, 1, 2}
    assert ends.count(0) >= (9 if name == "locale C" else 12), out
    if name in {"latin-1", "cp1252"}:
        assert r"\u5e7f\u4e1c" in out  # 广东
    if name == "gbk":
        assert "广东".encode("gbk") in done.stdout  # of tables; JSON is UTF-8
    for each in tmp_path.rglob("*"):
        if each.is_file():
            assert each.read_bytes().decode("utf-8")


@pytest.mark.parametrize("line", [["editions"], ["--help"]], ids=["answer", "help"])
def test_a_disk_that_is_full_where_the_answer_goes(line: list[str], tmp_path: Path) -> None:
    full = Path("/dev/full")
    sink = full if full.exists() else tmp_path
    program = """
import io, os, sys
from innovation_plans.__main__ import main
if not os.path.exists("/dev/full"):
    class Full(io.FileIO):
        def write(self, content):
            raise OSError(28, "No space left on device")
    sys.stdout = io.TextIOWrapper(io.BufferedWriter(Full(1, "w", closefd=False)))
sys.exit(main())
"""
    with (sink if sink.is_char_device() else tmp_path / "out").open("wb") as out:
        done = subprocess.run(
            [sys.executable, "-c", program, *line], stdout=out, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert done.stderr.decode() == (
        "innovation-plans: cannot print the output: no space left on device\n"
    )


# ------------------------------------------------------------------ where nothing can be written

SEALED = """
import builtins, io, os, shutil, sys, tempfile
os.chdir(tempfile.mkdtemp())
shutil.rmtree(os.getcwd())
def sealed(*given, **named):
    raise PermissionError(13, "Permission denied", *given[:1])
opening = io.open
def watched(file, mode="r", *rest, **named):
    return sealed(file) if set(mode) & set("wxa+") else opening(file, mode, *rest, **named)
io.open = builtins.open = watched
for name in ("mkdir", "replace", "rename", "link", "unlink", "remove", "rmdir", "utime", "chmod"):
    setattr(os, name, sealed)
sys.dont_write_bytecode = True
import innovation_plans as ip
plans = ip.load()
assert ip.verify(edition="2026.10")
assert ip.load(edition="2026.10").targets and plans.observations
assert ip.quantity("14 万亿元").to("亿元").magnitude == 140000
print(len(ip.scorecard(plans)), plans.cite("en")[:20], ip.read_figure("5%").value, ip.coverage(plans))
"""


@pytest.mark.heavy
def test_importing_and_loading_write_nothing(tmp_path: Path) -> None:
    """Nor do they need a home, or a current directory that is still there."""
    done = subprocess.run(
        [sys.executable, "-c", SEALED],
        capture_output=True,
        env=environment({"HOME": None, "PYTHONIOENCODING": "utf-8"}),
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    assert list(tmp_path.iterdir()) == []
