"""A disk that fails at a given step, and the content of a directory, for the tests of this folder."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

import innovation_plans as ip

# By the name of each format, what a path to be written ends with.
ENDINGS = {each.name: each.endings[0] if each.makes == "file" else "" for each in ip.formats()}


def tree(root: Path) -> dict[str, bytes | str | None]:
    """Everything below a directory, hidden files and where links lead to, too."""
    found: dict[str, bytes | str | None] = {}
    for each in sorted(root.rglob("*")):
        name = each.relative_to(root).as_posix()
        if each.is_symlink():
            found[name] = f"-> {each.readlink()}"
        else:
            found[name] = each.read_bytes() if each.is_file() else None
    return found


def at_once(count: int, work: Callable[[int], Any]) -> list[Any]:
    """Return the results of `work` in threads that begin together and often switch."""
    barrier, interval = Barrier(count), sys.getswitchinterval()

    def one(number: int) -> Any:
        barrier.wait()
        return work(number)

    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(count) as pool:
            return list(pool.map(one, range(count)))
    finally:
        sys.setswitchinterval(interval)


MOVES = ("replace", "rename", "link")  # need no room


class Disk:
    """Counts what is asked of the disk, and fails at the step it is told to.

    A step is a file made, a write, a sync, a directory made, a move. Reading and clearing away
    are none: a full disk does both.
    """

    def __init__(self) -> None:
        self.steps: list[str] = []
        self._at, self._error, self._stays = 0, OSError(), False
        self._on = False

    @contextmanager
    def failing(
        self, at: int = 0, error: BaseException | None = None, *, stays: bool = False
    ) -> Iterator[None]:
        """Fail at one step (0: at none), and at all that follow if it `stays`."""
        self.steps, self._at, self._stays, self._on = [], at, stays, True
        self._error = error or OSError()
        try:
            yield
        finally:
            self._on = False

    def step(self, what: str) -> None:
        if not self._on:
            return
        self.steps.append(what)
        again = self._stays and len(self.steps) > self._at and what not in MOVES
        if self._at and (len(self.steps) == self._at or again):
            raise self._error


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    """The disk below the standard library: every file that Python opens, and what is done to names."""
    made, opening = Disk(), io.open

    class Watched(io.FileIO):
        def write(self, content: Any, /) -> int:
            made.step("write")
            return super().write(content)

    def watched(file: Any, mode: str = "r", buffering: int = -1, *rest: Any, **named: Any) -> Any:
        if not set(mode) & set("wxa+"):
            return opening(file, mode, buffering, *rest, **named)
        made.step("open")
        opener = named.pop("opener", None)
        raw = Watched(file, mode.replace("b", "").replace("t", ""), opener=opener)
        if buffering == 0:
            return raw
        held = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
        return held if "b" in mode else io.TextIOWrapper(held, *rest, **named)

    monkeypatch.setattr(io, "open", watched)
    monkeypatch.setattr("builtins.open", watched)
    for name in ("mkdir", "replace", "rename", "link", "fsync"):
        monkeypatch.setattr(os, name, _counted(made, name, getattr(os, name)))
    return made


def _counted(disk: Disk, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
    def counted(*given: Any, **named: Any) -> Any:
        disk.step(name)
        return real(*given, **named)

    return counted


@pytest.fixture
def ours(world: Callable[..., Path]) -> ip.Dataset:
    """The small invented dataset."""
    return ip.load(world(), tiers="ABCD")


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """An empty directory to write in."""
    made = tmp_path / "room"
    made.mkdir()
    return made
