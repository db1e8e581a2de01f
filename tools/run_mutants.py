"""Try every mutant that was not tried yet, and store the results in ``mutants/``.

Usage: ``python tools/run_mutants.py [--again] [PATTERN ...]``. A pattern such as ``*growth*`` limits
the mutants; ``--again`` tries the survivors again.

mutmut makes the mutants and records which test calls which function. Its own loop starts pytest for
each mutant, and collecting thousands of tests takes ten times as long as the few that are needed.
Here the tests are collected once. Each mutant gets a fork of that process, which runs the tests that
call its function, fastest first, until one fails. The order of the mutants is random with a fixed
seed, so an incomplete run is a random sample.
"""

from __future__ import annotations

import gc
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from fnmatch import fnmatch
from functools import partial
from math import ceil
from pathlib import Path
from typing import Any

import pytest
from mutmut.__main__ import collect_or_load_stats, create_mutants
from mutmut.configuration import config
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state
from mutmut.utils.file_utils import (
    copy_also_copy_files,
    copy_src_dir,
    setup_source_paths,
    walk_mutatable_files,
)
from mutmut.utils.format_utils import mangled_name_from_mutant_name
from mutmut.workers.isolation import get_mutant_runner

PROCESSES = 2
KILLED, SURVIVED, NOT_CALLED = 1, 0, 33  # exit codes of mutmut
SAVE_EVERY = 50
SEED = 14
MAX_MEMORY = 4 * 1024**3
MAX_SECONDS = 900  # for all tests of a mutant, if it waits without using the processor
# By process: the module, the mutant, and the directory in which its tests write.
Running = dict[int, tuple[SourceFileMutationData, str, str]]


class Session:
    """A pytest plug-in that replaces the loop over the tests."""

    def __init__(
        self, modules: list[SourceFileMutationData], patterns: list[str], again: bool
    ) -> None:
        self.modules = modules
        self.patterns = patterns
        self.again = again
        self.running: Running = {}
        self.done = 0
        self.stderr = os.dup(2)  # pytest captures the other one

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run every mutant in a fork of this session."""
        gc.collect()
        gc.freeze()  # a fork copies less memory
        durations = state().duration_by_test
        fastest_first = sorted(session.items, key=lambda item: durations.get(item.nodeid, 0.0))
        self._check_unchanged(session, fastest_first)
        pending = [(data, name) for data in self.modules for name in self._pending(data)]
        random.Random(SEED).shuffle(pending)  # noqa: S311
        for data, name in pending:
            function = mangled_name_from_mutant_name(name)
            callers = state().tests_by_mangled_function_name.get(function, set())
            items = [item for item in fastest_first if item.nodeid in callers]
            if not items:
                data.exit_code_by_key[name] = NOT_CALLED
                continue
            self._start(data, name, partial(_run, session, items))
        self._wait(0)
        self._save()
        return True

    def _check_unchanged(self, session: pytest.Session, items: list[pytest.Item]) -> None:
        """Raise if a test fails without a mutant."""
        unchanged = SourceFileMutationData(path="none")
        self._start(unchanged, "", partial(_run, session, items))
        self._wait(0)
        if unchanged.exit_code_by_key[""] != SURVIVED:
            raise pytest.UsageError("a test fails or does not end although nothing is changed")

    def _pending(self, data: SourceFileMutationData) -> list[str]:
        return [
            name
            for name, code in data.exit_code_by_key.items()
            if (code is None and any(fnmatch(name, pattern) for pattern in self.patterns))
            or (code in (SURVIVED, NOT_CALLED) and self.again)
        ]

    def _start(self, data: SourceFileMutationData, name: str, run: Callable[[str], int]) -> None:
        self._wait(PROCESSES - 1)
        directory = tempfile.mkdtemp(prefix="mutant-")
        pid = os.fork()
        if not pid:
            _restrict()
            set_mutant_under_test(name)
            code = KILLED
            try:
                code = run(directory)
            finally:
                os._exit(code)
        self.running[pid] = data, name, directory

    def _wait(self, number: int) -> None:
        """Wait until at most `number` processes run."""
        while len(self.running) > number:
            pid, status = os.wait()
            data, name, directory = self.running.pop(pid)
            shutil.rmtree(directory, ignore_errors=True)
            data.exit_code_by_key[name] = os.waitstatus_to_exitcode(status)
            self.done += 1
            if not self.done % SAVE_EVERY:
                self._save()
                os.write(self.stderr, f"{self.done} tried, last {name}\n".encode())

    def _save(self) -> None:
        for module in self.modules:
            module.save()


def _restrict() -> None:
    """Limit memory and time of this process, and close its input and output."""
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    signal.alarm(MAX_SECONDS)
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)


def _limit(item: pytest.Item) -> None:
    """Limit the processor time of a test to several times its usual time."""
    durations: dict[str, float] = state().duration_by_test
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = ceil(used.ru_utime + used.ru_stime + 2 + 10 * durations.get(item.nodeid, 1))
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


def _run(session: pytest.Session, items: list[pytest.Item], directory: str) -> int:
    """Run the tests with empty caches; return whether one failed."""
    # imported here, because it must be the mutated package
    from innovation_plans.text import lexicon, scanner, settle  # noqa: PLC0415

    for cached in (settle.settle, scanner._patterns, lexicon.lexicon):  # noqa: SLF001
        cached.cache_clear()
    pytest_config: Any = session.config
    pytest_config._tmp_path_factory._basetemp = Path(directory)  # noqa: SLF001
    for item, following in zip(items, [*items[1:], None], strict=True):
        _limit(item)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            return KILLED
    return SURVIVED


def prepare() -> list[SourceFileMutationData]:
    """Make the mutants of each module and record the tests that call them, as ``mutmut run`` does."""
    set_mutant_under_test("mutant_generation")
    Path("mutants").mkdir(exist_ok=True)
    copy_src_dir()
    copy_also_copy_files()
    setup_source_paths()
    create_mutants(PROCESSES)
    # Record again each time: an old test can call a new function.
    Path("mutants/mutmut-stats.json").unlink(missing_ok=True)
    runner = get_mutant_runner(PROCESSES)
    collect_or_load_stats(runner, mutants_caught_by_type_checker={}, apply_config_invalidation=True)
    set_mutant_under_test("")
    modules = [SourceFileMutationData(path=path) for path in walk_mutatable_files()]
    for module in modules:
        module.load()
        module.meta_path = module.meta_path.absolute()
    return modules


def main(arguments: list[str]) -> int:
    """Try the mutants that are left."""
    modules = prepare()
    patterns = [word for word in arguments if not word.startswith("--")] or ["*"]
    options = [*config().pytest_add_cli_args_test_selection, *config().pytest_add_cli_args]
    os.chdir("mutants")
    session = Session(modules, patterns, "--again" in arguments)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # the output of pytest
    return int(pytest.main(["--rootdir=.", "--tb=native", *options], plugins=[session]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
