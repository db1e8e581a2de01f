"""What another system does with lines, names and paths, as far as it can be told on this one."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path, PureWindowsPath
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans import explorer
from innovation_plans.checks.template import write_template
from innovation_plans.io.formats import WriteError
from innovation_plans.records import TABLES

from .conftest import tree

PACKAGE = Path(ip.__file__).parent
UNITS = "robot = [robots] = 台\nrobot_10K = 10000 * robot = 万台\n"
ENDS = {"CR LF": b"\r\n", "CR": b"\r"}


def everything(root: Path) -> dict[str, list[Any]]:
    plans = ip.load(root, tiers="ABCD")
    return {**{name: list(getattr(plans, name)) for name in TABLES}, "units": list(plans.units)}


def respelt(root: Path, end: bytes, mark: bytes = b"") -> Path:
    """All files of a directory with other ends of lines, and a byte order mark."""
    for each in root.rglob("*.*"):
        if each.is_file() and (end == b"\r\n" or each.suffix != ".toml"):
            each.write_bytes(mark + each.read_bytes().replace(b"\n", end))
    return root


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "BOM"])
@pytest.mark.parametrize("end", ENDS)
def test_lines_may_end_as_they_do_elsewhere(
    world: Callable[..., Path], end: str, mark: bytes
) -> None:
    root = world({"units.txt": UNITS})
    expected = everything(root)
    assert everything(respelt(root, ENDS[end], mark)) == expected


def test_json_lines_and_descriptors_with_other_ends(world: Callable[..., Path], room: Path) -> None:
    plans = ip.load(world(), tiers="ABCD")
    plans.write(room / "out.jsonl")
    plans.write(room / "out", format="datapackage")
    for each in (room / "out.jsonl", *(room / "out").iterdir()):
        each.write_bytes(each.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    assert ip.load(room / "out.jsonl").targets == plans.targets
    assert ip.load(room / "out").observations == plans.observations


# ------------------------------------------------------------------ names that are written

FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f]')
DEVICES = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{name}{n}" for name in ("com", "lpt") for n in range(10)),
}


def check_names(names: Iterable[str], longest: int) -> None:
    """That Windows takes every path, and takes none for another."""
    seen: dict[str, str] = {}
    for name in names:
        for part in PureWindowsPath(name).parts:
            assert not FORBIDDEN.search(part), name
            assert not part.endswith((".", " ")), name
            assert part.partition(".")[0].casefold() not in DEVICES, name
        assert len(name) <= longest, name
        assert seen.setdefault(name.casefold(), name) == name


def test_names_in_the_package() -> None:
    files = [each for each in PACKAGE.rglob("*") if "__pycache__" not in each.parts]
    assert len(files) > 300
    check_names([each.relative_to(PACKAGE).as_posix() for each in files], 100)


def test_names_that_exports_bear(world: Callable[..., Path], room: Path, no_drawing: None) -> None:
    plans = ip.load(world(), tiers="ABCD")
    for form in ip.formats():
        if form.makes == "directory":
            plans.write(room / form.name, format=form.name)
    explorer.write(plans, room / "explorer", reports=True)
    write_template(room / "template")
    names = list(tree(room))
    assert len(names) > 60
    check_names(names, 60)


def test_a_region_called_like_a_device_gets_no_page_of_its_own(
    changed: Callable[..., Path],
    room: Path,
    monkeypatch: pytest.MonkeyPatch,
    no_drawing: None,
) -> None:
    assert explorer._file_names(["CON", "nul", "Com1", "CN-GD", "cn-gd", "../x", "LPT", "XX"]) == [
        "CN-GD", "LPT", "XX",
    ]  # fmt: skip
    plans = ip.load(changed(), tiers="ABCD")
    monkeypatch.setitem(plans.region("XX-AB").__dict__, "code", "AUX")
    explorer.write(plans, room / "site", reports=True)
    assert sorted(tree(room / "site")) == [
        "SHA256SUMS",
        "index.html",
        "reports",
        "reports/XX-CD.html",
    ]


@pytest.mark.parametrize("kind", ["jsonl", "csv"])
def test_a_file_that_another_program_holds_open_is_said_to_be(
    world: Callable[..., Path], room: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Windows replaces no file that is open; Excel holds what it shows."""
    out = room / ("out.jsonl" if kind == "jsonl" else "out")
    plans = ip.load(world(), tiers="ABCD")
    plans.write(out, format=kind)
    before, said = tree(room), "The process cannot access the file because it is being used"
    replace = Path.replace

    def held(path: Path, target: Path) -> Any:
        if Path(target).name.startswith("out") or path == out:
            raise PermissionError(13, said, str(path), 32)
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(WriteError, match=f"{said.lower()}; nothing was changed") as caught:
        plans.write(out, format=kind, overwrite=True)
    assert caught.value.path == str(out)
    assert tree(room) == before


# ------------------------------------------------------------------ what only some systems have

ELSEWHERE = """
import os, sys
for name in ("fcntl", "grp", "pwd", "resource", "termios", "tty", "pty", "syslog", "readline"):
    sys.modules[name] = None
for name in ("fork", "getuid", "geteuid", "getpgid", "uname", "O_DIRECTORY", "statvfs", "chown"):
    if hasattr(os, name):
        delattr(os, name)
import innovation_plans as ip
from pathlib import Path
from innovation_plans import explorer, report
from innovation_plans.cli import run
room = Path(sys.argv[2])
plans = ip.load(sys.argv[1])
assert ip.load().targets and ip.verify(edition="2026.10")
plans.write(room / "out", format="csv")
plans.write(room / "out", format="csv", overwrite=True)
assert ip.load(room / "out").targets == plans.targets
explorer.write(plans, room / "site")
assert run(["editions"]) == 0
"""


def test_nothing_that_only_some_systems_have_is_needed(
    world: Callable[..., Path], room: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, str(world()), str(room)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_sums_are_of_paths_with_slashes() -> None:
    said = json.loads((PACKAGE / "data" / "datapackage.json").read_text(encoding="utf-8"))
    names = [each["path"] for each in said["resources"]]
    assert "targets/14th.csv" in names
    assert not [name for name in (*names, *ip.verify(edition="2026.10")) if "\\" in name]
