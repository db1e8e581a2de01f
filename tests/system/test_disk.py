"""If the disk fails while something is written, the old files are whole and nothing is left."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans import explorer, report
from innovation_plans.checks.template import write_template
from innovation_plans.io import save
from innovation_plans.io.formats import WriteError

from .conftest import ENDINGS, Disk, tree

Writer = Callable[[ip.Dataset, Path], Any]


def exporter(kind: str) -> Writer:
    return lambda plans, path: plans.write(path, format=kind, overwrite=True)


def alone(plans: ip.Dataset, path: Path) -> None:
    plans.targets.write(path, overwrite=True)


WRITERS: dict[str, tuple[str, Writer]] = {
    **{kind: (f"out{ending}", exporter(kind)) for kind, ending in ENDINGS.items()},
    "csv-alone": ("out.csv", alone),
    "parquet-alone": ("out.parquet", alone),
    "scorecard": (
        "out.csv",
        lambda plans, path: ip.scorecard(plans).write(path, overwrite=True),
    ),
    "report": (
        "out.html",
        lambda plans, path: report.write(plans, path, region="XX-AB", overwrite=True),
    ),
    "explorer": ("out", lambda plans, path: explorer.write(plans, path, overwrite=True)),
    "explorer-with-reports": (
        "out",
        lambda plans, path: explorer.write(plans, path, overwrite=True, reports=True),
    ),
}
WRITING = pytest.mark.parametrize("kind", WRITERS)
FULL = OSError(errno.ENOSPC, "No space left on device")
DENIED = PermissionError(errno.EACCES, "Permission denied")
STOPPED = KeyboardInterrupt("stopped")
# A full disk stays full; nobody is denied or stops a program more than once at a time.
ERRORS = {"full": (FULL, True), "denied": (DENIED, False), "stopped": (STOPPED, False)}


@pytest.fixture(autouse=True)
def pages_made_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages take long to make and are not what is tested here: writing them is."""
    monkeypatch.setattr(report, "html", lambda *_, **given: f"<html>{given.get('region')} 报告")
    monkeypatch.setattr(
        explorer,
        "page_of_regions",
        lambda _, codes: SimpleNamespace(html=lambda _: f"<html>{codes[0]} 报告"),
    )
    monkeypatch.setattr(explorer, "_page", lambda *_: "<html>浏览")


def written(kind: str, plans: ip.Dataset, room: Path) -> tuple[Any, Any]:
    """What an earlier export left there, and what a new one makes of it; the earlier one stands."""
    name, write = WRITERS[kind]
    write(plans, room / name)
    after = tree(room)
    for each in sorted(room.rglob("*")):
        if each.is_file():
            each.write_bytes(b"old\n")
    if (room / name).is_dir():
        save._write_sums(room / name, {})
    return tree(room), after


def some_of(steps: list[str]) -> list[int]:
    """The first, the last and one in the middle of every sort of step."""
    found: set[int] = set()
    for what in set(steps):
        places = [at for at, each in enumerate(steps, start=1) if each == what]
        found |= {places[0], places[len(places) // 2], places[-1]}
    return sorted(found)


def error_of(work: Callable[[], Any]) -> BaseException | None:
    """What a writer ends with, of what it may end with."""
    try:
        work()
    except (WriteError, KeyboardInterrupt) as error:
        return error
    return None


def check_step(kind: str, plans: ip.Dataset, room: Path, failing: Any, error: BaseException) -> str:
    """Write, with one step that fails: what is found is the old whole, or else something `new`."""
    path, write = WRITERS[kind]
    before = tree(room)
    with failing:
        said = error_of(lambda: write(plans, room / path))
    if isinstance(said, WriteError):
        assert isinstance(error, OSError)
        assert str(room / path) in str(said)
        assert said.errno == error.errno
        assert tree(room) == before
        return "old"
    assert said in {None, error}
    return "old" if tree(room) == before else "new"


def check_steps(
    kind: str, plans: ip.Dataset, room: Path, disk: Disk, choose: Callable[[list[str]], list[int]]
) -> None:
    old, new = written(kind, plans, room)
    with disk.failing():
        WRITERS[kind][1](plans, room / WRITERS[kind][0])
    steps = disk.steps
    assert tree(room) == new
    assert {"mkdir", "open", "write", "fsync", "replace"} <= set(steps)
    last_move = max(at for at, each in enumerate(steps, start=1) if each in {"replace", "link"})
    for at in choose(steps):
        for name, (error, stays) in ERRORS.items():
            _restore(room, old)
            failing = disk.failing(at, error, stays=stays)
            state = check_step(kind, plans, room, failing, error)
            assert state == ("new" if at > last_move else "old"), (at, steps[at - 1], name)
            if state == "new":
                assert tree(room) == new


def _restore(room: Path, content: dict[str, Any]) -> None:
    if tree(room) != content:
        shutil.rmtree(room)
        room.mkdir()
        for name, raw in content.items():
            if raw is None:
                (room / name).mkdir()
            else:
                (room / name).write_bytes(raw)


@pytest.mark.parametrize("kind", ["csv", "jsonl", "report", "explorer-with-reports"])
def test_an_error_at_the_first_a_middle_and_the_last_step(
    kind: str, ours: ip.Dataset, room: Path, disk: Disk
) -> None:
    check_steps(kind, ours, room, disk, some_of)


@pytest.mark.heavy
@WRITING
def test_an_error_at_every_step(kind: str, ours: ip.Dataset, room: Path, disk: Disk) -> None:
    check_steps(kind, ours, room, disk, lambda steps: list(range(1, len(steps) + 1)))


@WRITING
def test_a_first_export_that_fails_leaves_nothing(
    kind: str, ours: ip.Dataset, room: Path, disk: Disk
) -> None:
    name, write = WRITERS[kind]
    for at in (1, 3):
        with pytest.raises(WriteError, match="nothing was changed"), disk.failing(at, FULL):
            write(ours, room / name)
        assert tree(room) == {}
    with disk.failing():
        write(ours, room / name)
    assert "link" in disk.steps or "replace" in disk.steps


@WRITING
@pytest.mark.parametrize("taken", ["by the other sort", "by a dangling link", "by a link"])
def test_a_place_that_is_taken_is_refused_or_replaced_whole(
    kind: str, ours: ip.Dataset, room: Path, taken: str
) -> None:
    """A file where a directory is to be, a directory where a file is to be, and links."""
    name, write = WRITERS[kind]
    beside = room / "beside"
    beside.mkdir()
    is_directory = "." not in name
    if taken == "by the other sort":
        (room / name).write_text("theirs") if is_directory else (room / name).mkdir()
    elif taken == "by a dangling link":
        (room / name).symlink_to(room / "nowhere")
    else:
        (room / name).symlink_to(beside if is_directory else beside / "file")
        (beside / ("note" if is_directory else "file")).write_text("theirs")
    before = tree(room)
    said = error_of(lambda: write(ours, room / name))
    if said:
        assert str(room / name) in str(said)
        assert tree(room) == before
        return
    # A file takes the place of a link; a page goes into the directory that a link leads to.
    after = tree(room)
    assert {each: after[each] for each in before if each not in {name, "beside"}} == {
        each: before[each] for each in before if each not in {name, "beside"}
    }
    assert taken != "by the other sort"
    assert not [each for each in after if each.endswith((".part", ".before"))]


@WRITING
@pytest.mark.parametrize("place", ["missing", "file"])
def test_a_place_in_no_directory(kind: str, ours: ip.Dataset, room: Path, place: str) -> None:
    (room / "file").write_text("theirs")
    name, write = WRITERS[kind]
    with pytest.raises(WriteError, match=re.escape(str(room / place / name))):
        write(ours, room / place / name)
    assert tree(room) == {"file": b"theirs"}


@WRITING
def test_a_name_that_is_too_long(kind: str, ours: ip.Dataset, room: Path) -> None:
    name, write = WRITERS[kind]
    stem, _, ending = name.partition(".")
    long = f"{stem * 100}.{ending}".rstrip(".")
    with pytest.raises(WriteError) as caught:
        write(ours, room / long)
    assert caught.value.errno == errno.ENAMETOOLONG
    assert tree(room) == {}


@WRITING
def test_a_name_that_the_system_cannot_spell(
    kind: str, ours: ip.Dataset, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As 创新 on a system whose names are ASCII."""

    def unspeakable(*_: Any, **__: Any) -> Any:
        raise UnicodeEncodeError("ascii", "创新", 0, 2, "ordinal not in range(128)")

    monkeypatch.setattr(os, "fsencode", unspeakable)
    with pytest.raises(WriteError, match="expected a path that can be encoded in ascii"):
        WRITERS[kind][1](ours, room / WRITERS[kind][0])
    assert tree(room) == {}


def test_a_stop_while_clearing_away_leaves_nothing_either(
    ours: ip.Dataset, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exporter("csv")(ours, room / "out")
    unlink, stops = os.unlink, iter([STOPPED])

    def stopped(*given: Any, **named: Any) -> None:
        for error in stops:
            raise error
        unlink(*given, **named)

    monkeypatch.setattr(os, "unlink", stopped)
    with pytest.raises(KeyboardInterrupt):
        exporter("csv")(ours, room / "out")
    assert not [each.name for each in room.iterdir() if each.name != "out"]
    assert ip.load(room / "out").targets == ours.targets


# ------------------------------------------------------------------ the template


@pytest.mark.parametrize("place", ["out", "empty", "deep/er/out"])
@pytest.mark.parametrize("name", ERRORS)
def test_a_template_is_there_whole_or_not_at_all(
    room: Path, disk: Disk, place: str, name: str
) -> None:
    error, stays = ERRORS[name]
    (room / "empty").mkdir()
    (room / "empty").chmod(0o750)
    before = tree(room)
    with disk.failing():
        write_template(room / place)
    steps = disk.steps
    for at in range(1, len(steps) + 1):
        shutil.rmtree(room / place.partition("/")[0])
        (room / "empty").mkdir(exist_ok=True)
        expected: Any = WriteError if isinstance(error, OSError) else KeyboardInterrupt
        with pytest.raises(expected) as caught, disk.failing(at, error, stays=stays):
            write_template(room / place)
        assert expected is KeyboardInterrupt or str(room / place.partition("/")[0]) in str(
            caught.value
        )
        assert tree(room) == before, (at, steps[at - 1])
        write_template(room / place)


# ------------------------------------------------------------------ the real thing

LIMITED = """
import resource, signal, sys
from pathlib import Path
import innovation_plans as ip
from innovation_plans import explorer, report
plans, room = ip.load(sys.argv[1], tiers="ABCD"), Path(sys.argv[2])
def write(kind, path):
    if kind == "report":
        report.write(plans, path, region="XX-AB", overwrite=True)
    elif kind == "explorer":
        explorer.write(plans, path, overwrite=True)
    else:
        plans.write(path, format=kind, overwrite=True)
def tree():
    return {str(each): each.read_bytes() if each.is_file() else None for each in room.rglob("*")}
places = [(kind, room / f"out-{kind}{ending}") for kind, ending in %r]
for kind, path in places:
    write(kind, path)
before = tree()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100, resource.RLIM_INFINITY))
for kind, path in places:
    try:
        write(kind, path)
    except ip.WriteError as error:
        assert path.name in str(error) and "nothing was changed" in str(error), error
        print(kind, error.errno)
    assert tree() == before, kind
"""
REAL = [*ENDINGS.items(), ("report", ".html"), ("explorer", "")]


@pytest.mark.heavy
def test_a_limit_of_the_system_on_what_a_process_may_write(
    world: Callable[..., Path], room: Path
) -> None:
    pytest.importorskip("resource")
    done = subprocess.run(
        [sys.executable, "-c", LIMITED % REAL, str(world()), str(room)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n")[:-1] == [f"{kind} {errno.EFBIG}" for kind, _ in REAL]


# ------------------------------------------------------------------ the command line

COMMANDS = {
    "export": ["export", "OUT.jsonl", "--region", "GD"],
    "report": ["report", "-o", "OUT.html", "--region", "GD"],
    "explorer": ["explorer", "-o", "OUT"],
    "new": ["new", "OUT"],
}


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("at", [1, 3])
def test_a_command_says_it_in_one_line(
    room: Path, disk: Disk, capsys: pytest.CaptureFixture[str], name: str, at: int
) -> None:
    from innovation_plans.cli import run

    line = [each.replace("OUT", str(room / "out")) for each in COMMANDS[name]]
    with disk.failing(at, FULL):
        assert run(line) == 2
    said = capsys.readouterr().err
    assert str(room / "out") in said
    assert "no space left on device" in said.lower()
    assert said.count("\n") == 1
    assert tree(room) == {}
