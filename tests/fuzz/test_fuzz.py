"""Tests of the fuzzers: they start from valid inputs, find errors, and end in time."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from bad_input.bad_files import counted
from fuzz import child, file_targets, oracle
from fuzz.run import ENGINES, NAMES
from fuzz.targets import TARGETS

ROOT = Path(__file__).resolve().parents[2]
RUN = ROOT / "tests" / "fuzz" / "run.py"
# The fuzzer of the command line may write, and starts in another directory.
IN_PROCESS = [name for name in NAMES if name != "cli"]


def test_the_runner_knows_every_fuzzer() -> None:
    assert tuple(TARGETS) == NAMES


@pytest.mark.parametrize("name", IN_PROCESS)
def test_most_of_what_a_fuzzer_begins_with_is_read(name: str) -> None:
    target = TARGETS[name]
    seeds = target.seeds()[:12]
    read = [target.check(each) for each in seeds]
    assert sum(read) >= 0.5 * len(seeds)
    for each in (b"", b"\0", b"\xff\xfe\0"):
        target.check(each)


@pytest.mark.parametrize("name", IN_PROCESS)
def test_bent_inputs_are_read_or_refused(name: str) -> None:
    drawn = TARGETS[name].drawn()

    @settings(max_examples=4, suppress_health_check=list(HealthCheck), database=None)
    @given(drawn)
    def tried(data: bytes) -> None:
        TARGETS[name].check(data)

    tried()


@pytest.mark.parametrize(
    ("error", "is_one"),
    [(KeyError("x"), True), (RecursionError("x"), True), (ValueError("x"), True), (None, False)],
    ids=lambda each: type(each).__name__,
)
def test_every_other_error_is_a_finding(error: Exception | None, is_one: bool) -> None:
    def work() -> int:
        if error:
            raise error
        return 1

    if is_one:
        with pytest.raises(type(error)):  # type: ignore[arg-type]
            oracle.refused(work)
    else:
        assert oracle.refused(work) == 1


def test_what_is_not_read_again_as_the_same_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    plans = file_targets.land()
    oracle.same_content(plans, file_targets._room())
    lost = plans.extend(targets=[plans.targets[0].model_copy(update={"end_year": 2030})])
    read = oracle.ip.load
    monkeypatch.setattr(oracle.ip, "load", lambda *_, **__: plans)
    with pytest.raises(oracle.Finding, match="targets as csv"):
        oracle.same_content(lost, file_targets._room())
    assert read is not oracle.ip.load


@pytest.mark.skipif(not hasattr(child.signal, "SIGALRM"), reason="needs alarms")
def test_an_input_that_takes_too_long_is_a_finding() -> None:
    def endless() -> None:
        while True:
            pass

    with pytest.raises(child.TooLong):
        child.with_limit(1, endless)


def ran(*given: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(RUN), *given], capture_output=True, text=True, check=False
    )


@pytest.mark.heavy
@pytest.mark.long
def test_nothing_is_found_in_a_short_run(tmp_path: Path) -> None:
    done = ran("--seconds", "2", "--artifacts", str(tmp_path / "found"))
    assert done.returncode == 0, done.stdout + done.stderr
    engines = ENGINES if importlib.util.find_spec("atheris") else ENGINES[1:]
    rows = [line.split() for line in done.stdout.splitlines()]
    assert [row[:2] for row in rows if row[0] in NAMES] == [
        [name, engine] for name in NAMES for engine in engines
    ]
    assert list((tmp_path / "found").iterdir()) == []


@pytest.mark.heavy
def test_an_input_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes("\0年均增长10%以上".encode())
    done = ran("--only", "figures", "--replay", str(tmp_path / "one"))
    assert (done.returncode, done.stdout) == (0, "accepted\n")
    assert "no fuzzer 'nothing'" in ran("--only", "nothing").stderr


def test_the_same_seed_draws_the_same() -> None:
    def inputs() -> list[bytes]:
        seen: list[bytes] = []

        @seed(7)
        @settings(max_examples=20, database=None, phases=[Phase.generate])
        @given(TARGETS["units"].drawn())
        def drawn(data: bytes) -> None:
            seen.append(data)

        drawn()
        return seen

    assert inputs() == inputs()


def test_the_documentation_counts_what_is_refused() -> None:
    text = (ROOT / "docs/explanation/fuzzing.md").read_text(encoding="utf-8")
    rows = [line.split(" | ") for line in text.splitlines() if line.startswith("| ")]
    documented = {
        row[0].removeprefix("| "): row[-1].removesuffix(" |") for row in rows if len(row) == 2
    }
    assert {kind: documented.get(kind) for kind in counted()} == {
        kind: str(count) for kind, count in counted().items()
    }
    assert documented["all"] == str(sum(counted().values()))
