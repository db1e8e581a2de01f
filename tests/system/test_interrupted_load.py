"""Whatever stops a load, the next call gives the whole dataset, as if nothing had happened."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier, Lock
from types import FrameType
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans.dataset import load as loading
from innovation_plans.dataset.build import validated
from innovation_plans.dataset.load import _Bundled
from innovation_plans.io import csv
from innovation_plans.io.snapshot import FOLDER, write_snapshot
from innovation_plans.records import TABLES

PACKAGE = Path(ip.__file__).parent
BROKEN = OSError(errno.EIO, "Input/output error")
ERRORS = {"stopped": KeyboardInterrupt(), "no memory": MemoryError(), "broken disk": BROKEN}


@pytest.fixture(params=["snapshot", "rows"])
def root(request: pytest.FixtureRequest, world: Callable[..., Path]) -> Path:
    """A small dataset as if it were the bundled one, with a snapshot or without."""
    made = world({"units.txt": ""})
    if request.param == "snapshot":
        write_snapshot(validated(made), made, made / FOLDER)
    return made


@pytest.fixture
def bundle(root: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], _Bundled]:
    """Makes what holds the bundled datasets, as it is when a program begins."""
    monkeypatch.setattr(loading, "bundled_data", lambda: root)
    return _Bundled


def everything(bundle: _Bundled) -> dict[str, list[Any]]:
    """Every record of every tier, and the edition, as a user would ask for them."""
    plans = bundle.get(loading.tiers_of("ABCD"), kinds())
    found = {name: list(getattr(plans, name)) for name in TABLES}
    return {**found, "units": list(plans.units), "edition": [plans.edition]}


def kinds() -> dict[str, type[Any]]:
    types = (ip.Target, ip.Observation, ip.Region, ip.Indicator)
    return dict(zip(loading.TYPED, types, strict=True))


class Reading:
    """Counts the files that are opened to be read, and fails at one."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self._at, self._error, self._on = 0, BaseException(), False
        self._lock = Lock()

    @contextmanager
    def failing(self, at: int = 0, error: BaseException | None = None) -> Iterator[None]:
        self.opened, self._at, self._error, self._on = [], at, error or BROKEN, True
        try:
            yield
        finally:
            self._on = False

    def step(self, name: str) -> None:
        with self._lock:
            self.opened.append(name)
            reached = self._on and len(self.opened) == self._at
        if reached:
            raise self._error


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> Reading:
    made, opening = Reading(), io.open

    def watched(file: Any, mode: str = "r", *rest: Any, **named: Any) -> Any:
        made.step(str(file))
        return opening(file, mode, *rest, **named)

    monkeypatch.setattr(io, "open", watched)
    return made


def outcome(work: Callable[[], Any]) -> tuple[Any, BaseException | None]:
    """What comes of a load that may fail in the ways that it may."""
    try:
        return work(), None
    except (ip.DataErrors, KeyboardInterrupt, MemoryError) as error:
        return None, error


@pytest.mark.parametrize("name", ERRORS)
def test_at_every_file_that_is_read(
    bundle: Callable[[], _Bundled],
    reading: Reading,
    name: str,
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    error = ERRORS[name]
    with reading.failing():
        expected = everything(bundle())
    opened = reading.opened
    assert len(opened) > 12
    rows: list[str] = []
    read_csv = csv.read_csv
    monkeypatch.setattr(csv, "read_csv", lambda *a, **b: (rows.append(a[1]), read_csv(*a, **b))[1])
    for at in range(1, len(opened) + 1):
        ours = bundle()
        with reading.failing(at, error):
            first, said = outcome(lambda ours=ours: everything(ours))
        if isinstance(said, ip.DataErrors):  # the file is named
            assert error is BROKEN
            assert any(problem.file in opened[at - 1] for problem in said.exceptions)
        elif said:
            assert said is error
        else:  # a snapshot that cannot be read is no loss: the rows can
            assert error is BROKEN
            assert first == expected
        rows.clear()
        assert everything(ours) == expected, opened[at - 1]
        if error is not BROKEN and (root / FOLDER).exists():
            assert rows == [], opened[at - 1]  # nor is it slower from then on


# A file that is opened and not yet in the hands of `with` is closed when it is collected.
STOPPED_ANYWHERE = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


def lines_of(*modules: str) -> Callable[[str], bool]:
    files = tuple(str(PACKAGE / f"{name}.py") for name in modules)
    assert all(map(os.path.isfile, files)), files
    return lambda file: file.endswith(files)


@contextmanager
def stopped_at(line: int, here: Callable[[str], bool]) -> Iterator[list[int]]:
    """Stop a program by a key at the given line that it comes to; 0: count them."""
    count = [0]

    def on_line(frame: FrameType, event: str, _: Any) -> Any:
        if event == "line":
            count[0] += 1
            if count[0] == line:
                raise KeyboardInterrupt
        return on_line

    def on_call(frame: FrameType, event: str, _: Any) -> Any:
        return on_line if here(frame.f_code.co_filename.replace(os.sep, "/")) else None

    before = sys.gettrace()
    sys.settrace(on_call)
    try:
        yield count
    finally:
        sys.settrace(before)


def check_lines(work: Callable[[], Any], again: Callable[[], Any], expected: Any, most: int) -> int:
    """Stop at many lines of what holds something, and look at what is there then; how many."""
    here = lines_of(
        "dataset/build", "dataset/load", "dataset/dataset", "dataset/extend", "io/snapshot"
    )
    with stopped_at(0, here) as count:
        assert work() == expected
    places = range(1, count[0], max(1, count[0] // most))
    for line in places:
        with pytest.raises(KeyboardInterrupt), stopped_at(line, here):
            work()
        assert again() == expected, line
    return len(places)


@pytest.mark.heavy
@STOPPED_ANYWHERE
def test_at_every_line_that_keeps_something(bundle: Callable[[], _Bundled]) -> None:
    now = [bundle()]
    expected = everything(now[0])

    def work() -> Any:
        now[0] = bundle()
        return everything(now[0])

    assert check_lines(work, lambda: everything(now[0]), expected, 150) >= 100


@pytest.mark.heavy
@STOPPED_ANYWHERE
def test_extending_at_every_line(world: Callable[..., Path], tmp_path: Path) -> None:
    """The dataset that was to be extended stays what it was, and can be extended then."""
    base = ip.load(world(), tiers="ABCD")
    again = [{"code": "abe-plan", "title": "Plan of Abeland, second print", "tier": "A"}]

    def work() -> Any:
        ours = base.extend(sources=again, on_conflict="replace")
        return {name: list(getattr(ours, name)) for name in TABLES}

    before = {name: list(getattr(base, name)) for name in TABLES}
    assert check_lines(work, work, work(), 100) >= 80
    assert {name: list(getattr(base, name)) for name in TABLES} == before


@pytest.mark.parametrize("name", ["stopped", "broken disk"])
def test_one_of_four_threads(bundle: Callable[[], _Bundled], reading: Reading, name: str) -> None:
    with reading.failing():
        expected = everything(bundle())
    for at in range(1, len(reading.opened) + 1, 4):
        ours, barrier = bundle(), Barrier(4)

        def one(_: int, ours: _Bundled = ours, barrier: Barrier = barrier) -> Any:
            barrier.wait()
            return outcome(lambda: everything(ours))[0]

        with reading.failing(at, ERRORS[name]), ThreadPoolExecutor(4) as pool:
            found = list(pool.map(one, range(4)))
        assert found.count(None) <= 1
        assert all(each == expected for each in found if each is not None)
        assert everything(ours) == expected


def test_a_load_of_ones_own_that_fails_is_not_kept(
    world: Callable[..., Path], reading: Reading
) -> None:
    root = world()
    with reading.failing():
        expected = list(ip.load(root, tiers="ABC").targets)
    for at in range(1, len(reading.opened) + 1):
        for error in ERRORS.values():
            told: Any = ip.DataErrors if error is BROKEN else type(error)
            with pytest.raises(told) as caught, reading.failing(at, error):
                ip.load(root, tiers="ABC")
            if error is BROKEN:
                assert isinstance(caught.value, ip.DataErrors)
                files = [problem.file for problem in caught.value.exceptions]
                assert any(reading.opened[at - 1].endswith(file) for file in files), files
        assert list(ip.load(root, tiers="ABC").targets) == expected


REAL = """
import hashlib, io, os, sys
import innovation_plans as ip
import innovation_plans.io.formats
opening, opened, at = io.open, [], int(sys.argv[1])
def watched(file, *rest, **named):
    opened.append(str(file))
    if len(opened) == at:
        raise KeyboardInterrupt
    return opening(file, *rest, **named)
io.open = watched
def everything():
    plans, digest = ip.load(tiers="ABCD"), hashlib.sha256()
    for name in ("regions", "indicators", "sources", "plans", "targets", "observations", "goals"):
        for each in getattr(plans, name):
            digest.update(each.key.encode())
    digest.update(repr([*plans.units, ip.editions(), ip.read_figure('年均增长10%以上')]).encode())
    old = ip.load(edition="2026.10").targets
    digest.update(repr([each.key for each in old] + [plans.targets[0].quantity]).encode())
    ip.verify()
    return digest.hexdigest()
stops = 0
try:
    found = everything()
except KeyboardInterrupt:
    stops = 1
    found = everything()
print(stops, len(opened), found)
"""


@pytest.mark.heavy
def test_the_real_thing_in_a_program_of_its_own() -> None:
    """Bundled data, units, editions, vocabulary: stopped at some of the files that are read."""

    def run(at: int) -> list[str]:
        done = subprocess.run(
            [sys.executable, "-c", REAL, str(at)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.split()

    _, count, expected = run(0)
    for at in (1, 3, 9, 24, int(count) // 2, int(count) - 3):
        stops, _, found = run(at)
        assert (stops, found) == ("1", expected), at
