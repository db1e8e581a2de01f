"""No code from outside is run, no pickle read, no entity followed, nothing sent, nothing started.

The source is searched for the calls that could; then everything is read and run under an audit hook
of the interpreter, in a process of its own.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import innovation_plans as ip

ROOT = Path(ip.__file__).parent
TESTS = Path(__file__).resolve().parents[1]
CALLS = {
    "eval",
    "exec",
    "compile",
    "__import__",
    "import_module",
    "exec_module",
    "run_path",
    "run_module",
    "system",
    "popen",
    "execv",
    "execve",
    "spawnv",
    "fork",
}
MODULES = {
    "pickle",
    "cPickle",
    "_pickle",
    "marshal",
    "shelve",
    "dbm",
    "dill",
    "cloudpickle",
    "joblib",
    "yaml",
    "subprocess",
    "socket",
    "ssl",
    "ctypes",
    "multiprocessing",
    "code",
    "codeop",
    "runpy",
    "urllib.request",
    "http",
    "ftplib",
    "smtplib",
    "telnetlib",
    "requests",
    "httpx",
    "webbrowser",
    "xmlrpc",
    "lxml",
    "xml.sax",
    "xml.dom",
}
# The packages that may call it, and why none of them runs what comes from outside.
ALLOWED = {
    ("__init__.py", "import_module"): "the modules of a closed table of names",
    (
        "io",
        "import_module",
    ): "the modules of a closed table of formats, and the libraries of frames",
    ("dataset", "import_module"): "narwhals, by its name in the code",
    ("frames", "import_module"): "narwhals, by its name in the code",
}


@cache
def sources() -> list[tuple[str, ast.Module]]:
    return [
        (file.relative_to(ROOT).as_posix(), ast.parse(file.read_text(encoding="utf-8")))
        for file in sorted(ROOT.rglob("*.py"))
    ]


def called(tree: ast.AST) -> Iterator[str]:
    """The names of what is called; methods of patterns and of the package's own are told apart."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id
            elif isinstance(node.func, ast.Attribute):
                owner = ast.unparse(node.func.value)
                if (owner, node.func.attr) != ("re", "compile"):
                    yield node.func.attr


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module or ""
            yield from (f"{node.module}.{each.name}" for each in node.names)


def test_the_source_calls_nothing_that_runs_code() -> None:
    calls = {
        (name.split("/")[0], call)
        for name, tree in sources()
        for call in called(tree)
        if call in CALLS
    }
    assert calls == set(ALLOWED)


def test_the_source_imports_nothing_that_runs_code_or_connects() -> None:
    imports = {
        (name, module)
        for name, tree in sources()
        for module in imported(tree)
        if any(module == banned or module.startswith(f"{banned}.") for banned in MODULES)
    }
    assert imports == set()


def test_xml_is_written_and_never_read() -> None:
    writers = [tree for _, tree in sources() if "xml.etree" in set(imported(tree))]
    assert writers
    reads = {"parse", "iterparse", "fromstring", "XML", "XMLParser", "XMLPullParser"}
    assert not any(reads & set(called(tree)) for tree in writers)


def test_the_source_defines_no_unpickling() -> None:
    """Records define how they are pickled; no function of the package unpickles."""
    hooks = {"__setstate__", "find_class", "persistent_load"}
    for _, tree in sources():
        defined = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        assert not defined & hooks


WATCHED = """
import os, sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from tempfile import mkdtemp

directory = Path(sys.argv[1]).resolve()
sys.path.append(sys.argv[2])
os.environ["MPLCONFIGDIR"] = str(directory)
sys.dont_write_bytecode = True
os.chdir(directory)
from bad_input.bad_files import READERS, KINDS, cases, tried
from fuzz.seeds import LAND, exported, put
import innovation_plans as ip
from innovation_plans.cli import run
import openpyxl, pyarrow.parquet, typer, pint, hypothesis

# Commands import some modules when they run; their models are made of text, too.
for module in walk_packages(ip.__path__, "innovation_plans."):
    if not module.name.endswith("__main__"):
        import_module(module.name)

# What is imported from the interpreter and from what is installed is code, too; nothing else is.
trusted = tuple({str(Path(each).resolve()) for each in (sys.prefix, sys.base_prefix, sys.argv[3])})
seen = {}

def watch(event, arguments):
    seen[event] = seen.get(event, 0) + 1
    if event in {"socket.connect", "socket.bind", "socket.getaddrinfo", "subprocess.Popen", "os.system",
                 "os.exec", "os.posix_spawn", "os.fork", "pickle.find_class", "marshal.load",
                 "ctypes.dlopen", "urllib.Request", "webbrowser.open", "shutil.unpack_archive"}:
        raise SystemExit(f"{event} {arguments!r:.300}")
    if event == "exec":
        place = getattr(arguments[0], "co_filename", "")
        asker = Path(sys._getframe(1).f_code.co_filename)
        if place.startswith("<") and "/".join(asker.parts[-2:]) not in makers:
            raise SystemExit(f"exec of {place} by {asker}")
        if not place.startswith(("<", *trusted)):
            raise SystemExit(f"exec of {place}")
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        place, _, flags = arguments
        writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC)
        place = os.path.realpath(os.fsdecode(place))
        if writes and not place.startswith(str(directory)) and place != os.devnull:
            raise SystemExit(f"written to {place}")

# What makes classes of text of its own: dataclasses and named tuples.
version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
makers = {f"{version}/dataclasses.py", "collections/__init__.py", "importlib/_bootstrap.py"}
sys.addaudithook(watch)

for form in ip.formats():
    kind = form.name
    whole = exported(kind)
    root = directory / kind
    root.mkdir()
    for name, raw in whole.items():
        (root / (name or f"out{form.endings[0]}")).write_bytes(raw)
    place = root if "" not in whole else next(root.iterdir())
    assert len(ip.load(place).targets) == 3
    again = ip.load(place).write(directory / f"again-{kind}", format=kind)
    assert again.records
put(directory / "land", LAND)
for line in ("check land --alone", "scorecard --data land --format json", "verify", "editions",
             "read 年均增长10%以上", "new fresh", "export some.jsonl --region 西藏", "cite", "--help",
             "compare --indicator rd_intensity --end-year 2025", "cross-check --region 广东",
             "derive rd_expenditure --region CN-HB --year 2025", "diff 2026.10", "nonsense",
             "report --output page.html --region 西藏 --data land"):
    assert run(line.split()) in {0, 1, 2}, line
for at, (reader, kind) in enumerate(cases()):
    if "bytes" not in kind and "unpacks" not in kind:
        there = directory / f"bad-{at}"
        there.mkdir()
        tried(reader, kind, there)
ip.quantity("14 万亿元").to("亿元")
assert seen["open"] > 1000 and seen.get("compile", 0) >= 0, seen
print("nothing else was done")
"""


@pytest.mark.heavy
@pytest.mark.skipif(os.name == "nt", reason="needs links, pipes and devices")
def test_nothing_is_run_sent_or_written_elsewhere(tmp_path: Path) -> None:
    script = tmp_path / "watched.py"
    script.write_text(WATCHED, encoding="utf-8")
    directory = tmp_path / "directory"
    directory.mkdir()
    done = subprocess.run(
        [sys.executable, str(script), str(directory), str(TESTS), str(ROOT)],
        env=os.environ | {"TMPDIR": str(directory), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert done.stdout.splitlines()[-1:] == ["nothing else was done"], done.stderr[-2000:]
    assert done.returncode == 0
