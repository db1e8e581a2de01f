"""Try every mutant that was not tried yet, and keep what became of it in ``mutants/``.

Usage: ``python tools/run_mutants.py [--again] [pattern ...]``; patterns, such as ``*growth*``, say
which of those not tried yet are tried, and ``--again`` tries all that survived once more.

``mutmut`` makes the mutants and notes which test reaches which function. Its own loop then starts
pytest anew for each mutant, and collecting thousands of tests takes ten times as long as running the
few that matter. Here they are collected once: each mutant gets a fork of that session, in which
the tests that reach it run, the quickest first, until one fails. The order of the mutants is drawn
once: what was tried, where somebody stops it, is a fair sample.
"""

from __future__ import annotations

import gc
import os
import random
import resource
import shutil
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

AT_ONCE = 2
KILLED, SURVIVED, UNREACHED = 1, 0, 33  # as mutmut counts them
KEPT_EVERY = 50
SEED = 14
MOST_MEMORY = 4 * 1024**3
# By process: the module, the mutant, and the directory in which its tests write.
Waiting = dict[int, tuple[SourceFileMutationData, str, str]]


class Session:
    """Takes the place of pytest's loop over the tests."""

    def __init__(
        self, modules: list[SourceFileMutationData], wanted: list[str], again: bool
    ) -> None:
        self.modules = modules
        self.wanted = wanted
        self.again = again
        self.forked: Waiting = {}
        self.done = 0
        self.stderr = os.dup(2)  # pytest takes what is written to the other one

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Every mutant in a fork of this session."""
        gc.collect()
        gc.freeze()  # so that a fork copies less of what it only reads
        took = state().duration_by_test
        quickest = sorted(session.items, key=lambda item: took.get(item.nodeid, 0.0))
        self._control(session, quickest)
        pending = [(data, name) for data in self.modules for name in self._pending(data)]
        random.Random(SEED).shuffle(pending)  # noqa: S311
        for data, name in pending:
            mangled = mangled_name_from_mutant_name(name)
            reach = state().tests_by_mangled_function_name.get(mangled, set())
            items = [item for item in quickest if item.nodeid in reach]
            if not items:
                data.exit_code_by_key[name] = UNREACHED
                continue
            self._start(data, name, partial(_run, session, items))
        self._wait(0)
        self._keep()
        return True

    def _control(self, session: pytest.Session, items: list[pytest.Item]) -> None:
        """Where nothing is changed, every test has to pass."""
        none = SourceFileMutationData(path="none")
        self._start(none, "", partial(_run, session, items))
        self._wait(0)
        if none.exit_code_by_key[""] != SURVIVED:
            raise pytest.UsageError("a test fails though nothing is changed")

    def _pending(self, data: SourceFileMutationData) -> list[str]:
        return [
            name
            for name, code in data.exit_code_by_key.items()
            if (code is None and any(fnmatch(name, each) for each in self.wanted))
            or (code in (SURVIVED, UNREACHED) and self.again)
        ]

    def _start(self, data: SourceFileMutationData, name: str, run: Callable[[str], int]) -> None:
        self._wait(AT_ONCE - 1)
        directory = tempfile.mkdtemp(prefix="mutant-")
        pid = os.fork()
        if not pid:
            _bounded()
            set_mutant_under_test(name)
            code = KILLED
            try:
                code = run(directory)
            finally:
                os._exit(code)
        self.forked[pid] = data, name, directory

    def _wait(self, most: int) -> None:
        """Until at most so many are running."""
        while len(self.forked) > most:
            pid, status = os.wait()
            data, name, directory = self.forked.pop(pid)
            shutil.rmtree(directory, ignore_errors=True)
            data.exit_code_by_key[name] = os.waitstatus_to_exitcode(status)
            self.done += 1
            if not self.done % KEPT_EVERY:
                self._keep()
                os.write(self.stderr, f"{self.done} tried, now {name}\n".encode())

    def _keep(self) -> None:
        for each in self.modules:
            each.save()


def _bounded() -> None:
    """A mutant may say anything and ask for all memory there is."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    silent = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silent, stream)


def _limit(item: pytest.Item) -> None:
    """It may run for ever, too: a test has several times the processor's seconds that it took."""
    took: dict[str, float] = state().duration_by_test
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = ceil(used.ru_utime + used.ru_stime + 2 + 10 * took.get(item.nodeid, 1))
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))


def _run(session: pytest.Session, items: list[pytest.Item], directory: str) -> int:
    """Whether a test failed; what was kept from calls of the true functions is forgotten."""
    # only now, since it has to be the mutated package
    from innovation_plans.text import lexicon, scanner, settle  # noqa: PLC0415

    for kept in (settle.settle, scanner._silence, lexicon.lexicon):  # noqa: SLF001
        kept.cache_clear()
    config: Any = session.config
    config._tmp_path_factory._basetemp = Path(directory)  # noqa: SLF001
    for item, following in zip(items, [*items[1:], None], strict=True):
        _limit(item)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            return KILLED
    return SURVIVED


def prepared() -> list[SourceFileMutationData]:
    """The mutants of each module, made as ``mutmut run`` does; the tests that reach them noted."""
    set_mutant_under_test("mutant_generation")
    Path("mutants").mkdir(exist_ok=True)
    copy_src_dir()
    copy_also_copy_files()
    setup_source_paths()
    create_mutants(AT_ONCE)
    # Noted anew each time: tests that are old reach functions that are new.
    Path("mutants/mutmut-stats.json").unlink(missing_ok=True)
    runner = get_mutant_runner(AT_ONCE)
    collect_or_load_stats(runner, mutants_caught_by_type_checker={}, apply_config_invalidation=True)
    set_mutant_under_test("")
    modules = [SourceFileMutationData(path=path) for path in walk_mutatable_files()]
    for each in modules:
        each.load()
        each.meta_path = each.meta_path.absolute()
    return modules


def main(arguments: list[str]) -> int:
    """Prepare, and try what is left."""
    modules = prepared()
    wanted = [each for each in arguments if not each.startswith("--")] or ["*"]
    asked = [*config().pytest_add_cli_args_test_selection, *config().pytest_add_cli_args]
    os.chdir("mutants")
    session = Session(modules, wanted, "--again" in arguments)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what pytest says of each test
    return int(pytest.main(["--rootdir=.", "--tb=native", *asked], plugins=[session]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
