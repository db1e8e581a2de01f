"""Run one fuzzer in its own process, with limited time and memory. ``run.py`` starts it.

``python tests/fuzz/child.py NAME ENGINE SECONDS SEED DIRECTORY ARTIFACTS MEGABYTES INPUT_SECONDS``; with the
engine ``replay``, ARTIFACTS is the file of one input.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

if __package__ in {None, ""}:
    sys.path[0] = str(Path(__file__).resolve().parents[1])

INSTRUMENTED = ["innovation_plans", "tomllib", "openpyxl", "csv"]
EXAMPLES = 40  # of hypothesis per round


class TooLong(BaseException):
    """One input took too long."""


class Order(NamedTuple):
    """The arguments of the process."""

    name: str
    engine: str
    seconds: float
    seed: int
    directory: Path
    artifacts: Path
    megabytes: int
    input_seconds: int


class Tally:
    """The number of inputs and of accepted inputs, written to a file for ``run.py``."""

    def __init__(self, file: Path) -> None:
        self.inputs = self.accepted = 0
        self._file = file
        self._begun = time.monotonic()
        self._next = 0.0

    def add(self, *, was_accepted: bool) -> None:
        """Count one input."""
        self.inputs += 1
        self.accepted += was_accepted
        if time.monotonic() > self._next:
            self._next = time.monotonic() + 0.25
            self.save()

    def save(self) -> None:
        """Write the numbers to the file."""
        spent = time.monotonic() - self._begun
        output = {"inputs": self.inputs, "accepted": self.accepted, "seconds": spent}
        self._file.write_text(json.dumps(output))


def main(arguments: list[str]) -> int:
    """Run one fuzzer; return 0 without a finding."""
    name, engine, seconds, seed, directory, artifacts, megabytes, input_seconds = arguments
    order = Order(
        name,
        engine,
        float(seconds),
        int(seed),
        Path(directory),
        Path(artifacts),
        int(megabytes),
        int(input_seconds),
    )
    sys.dont_write_bytecode = True
    if engine == "atheris":
        _instrument()
    from fuzz.oracle import confined
    from fuzz.targets import TARGETS

    target = TARGETS[name]
    if engine == "replay":
        return _replayed(target.check, order)
    seeds = target.seeds()
    for each in seeds[:12]:  # fill caches before the time is measured
        target.check(each)
    confined(order.directory)
    _limit_memory(order.megabytes)
    if engine == "atheris":
        _atheris(target, seeds, order)
    return _hypothesis(target, order)


def _instrument() -> None:
    """Record the branches of all modules that are imported from now on."""
    import atheris

    atheris.instrument_imports(include=INSTRUMENTED).__enter__()


def _limit_memory(megabytes: int) -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20, megabytes * 2**20))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


# ------------------------------------------------------------------ coverage-guided


def _atheris(target: Any, seeds: list[bytes], order: Order) -> NoReturn:
    import atheris

    corpus = order.directory / "corpus"
    corpus.mkdir()
    for raw in seeds:
        (corpus / sha256(raw).hexdigest()[:20]).write_bytes(raw)
    listed = order.directory / "words"
    listed.write_text("\n".join(map(_quoted, target.words())), encoding="ascii")
    tally = Tally(order.directory / "tally.json")

    def one(data: bytes) -> None:
        try:
            tally.add(was_accepted=target.check(data))
        except BaseException:
            _keep(order, data)
            raise

    options = {
        "max_total_time": max(1, round(order.seconds)),
        "seed": order.seed or 1,
        "max_len": target.longest,
        "timeout": order.input_seconds,
        "rss_limit_mb": order.megabytes,
        "artifact_prefix": f"{order.artifacts}{os.sep}{order.name}-",
        "dict": listed,
        "print_final_stats": 1,
    }
    given = [f"-{name}={value}" for name, value in options.items()]
    atheris.Setup([sys.argv[0], *given, str(corpus)], one)
    atheris.Fuzz()
    sys.exit(0)


def _quoted(word: bytes) -> str:
    """Return a word in the format of libFuzzer's dictionaries."""
    return '"' + "".join(f"\\x{each:02x}" for each in word) + '"'


# ------------------------------------------------------------------ by structure


def _hypothesis(target: Any, order: Order) -> int:
    """Draw inputs in rounds, each with its own seed, until the time is over."""
    from hypothesis import HealthCheck, Phase, given, seed, settings
    from hypothesis import strategies as st

    drawn = target.drawn()
    for each in (
        st.integers(),
        st.text(),
        st.binary(),
    ):  # hypothesis searches the code for constants once
        settings(max_examples=20, database=None)(given(each)(lambda _: None))()
    tally = Tally(order.directory / "tally.json")
    ends = time.monotonic() + order.seconds
    last: list[bytes] = []

    def one(data: bytes) -> None:
        last[:] = [data]
        if time.monotonic() < ends:
            with_limit(order.input_seconds, lambda: tally.add(was_accepted=target.check(data)))

    quick = settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    at = 0
    while time.monotonic() < ends:
        at += 1
        try:
            drawing: Any = given(drawn)
            round_of = seed(order.seed * 1_000_003 + at)(quick(drawing(one)))
            round_of()
        except BaseException:  # noqa: BLE001 - every error is a finding
            traceback.print_exc()
            tally.save()
            _keep(order, last[0])
            return 1
    tally.save()
    return 0


def with_limit(seconds: int, work: Callable[[], object]) -> None:
    """Call a function; interrupt it after the time limit, if the system supports it."""
    if not hasattr(signal, "SIGALRM"):
        work()
        return

    def interrupt(_signal: int, _frame: object) -> NoReturn:
        raise TooLong(f"more than {seconds} seconds for one input")

    signal.signal(signal.SIGALRM, interrupt)
    signal.alarm(seconds)
    try:
        work()
    finally:
        signal.alarm(0)


def _keep(order: Order, data: bytes) -> None:
    """Write the input to a file; ``run.py`` copies it to the directory of the user."""
    name = f"{order.name}-found-{sha256(data).hexdigest()[:20]}"
    (order.artifacts / name).write_bytes(data)


# ------------------------------------------------------------------ again


def _replayed(check: Callable[[bytes], bool], order: Order) -> int:
    was_accepted = check(order.artifacts.read_bytes())
    print("accepted" if was_accepted else "error")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
