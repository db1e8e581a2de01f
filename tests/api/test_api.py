"""The public surface is the one in ``api.txt``; and the listing sees whatever changes.

A failure here means that the API has changed. If that is meant: run ``python tools/write_api.py``,
look at the diff of ``tests/api/api.txt``, and say it in CHANGELOG.md.
"""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path
from typing import Annotated, Any

import pytest
import typer

import innovation_plans as ip
from innovation_plans import Form

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))
write_api: Any = importlib.import_module("write_api")
Surface: Any = importlib.import_module("api_surface").Surface

WHAT_TO_DO = (
    "the API has changed; if that is meant, run `python tools/write_api.py` and say it in "
    "CHANGELOG.md (docs/explanation/stability.md says which release may bring it)"
)

# A package with one of everything: a front door, and what stands behind it.
PACKAGE = {
    "__init__.py": """\
_HOMES = {"weave": "looms", "Loom": "looms", "Cloth": "looms", "Kind": "looms", "LoomError": "looms",
          "Bolt": "looms", "LIMIT": "looms", "sums": ""}
__all__ = ["weave", "Loom", "Cloth", "Kind", "LoomError", "Bolt", "LIMIT", "sums"]
_MOVED = {"knit": ("weave", "0.4")}
""",
    "sums.py": """\
__all__ = ["twice"]

def twice(number: int, /, *rest: int, loud: bool = False, **more: str):
    \"\"\"Two of it.\"\"\"

def hidden(): ...
""",
    "shapes.py": """\
from functools import cached_property
from typing import Annotated, Literal, NamedTuple, TypeAlias, TypeVar
from pydantic import BaseModel, ConfigDict, Field

T = TypeVar("T")
Narrow = Literal["narrow"]
Width: TypeAlias = Literal["wide"] | Narrow
Short = Annotated[str, Field(max_length=9), "internal"]

class _once(cached_property):
    ...

class Record(BaseModel):
    model_config = ConfigDict(frozen=True)
    code: Short

class Thread(NamedTuple):
    colour: str
    ends: int = 2
""",
    "looms.py": """\
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, overload
from pydantic import Field
from .shapes import Record, T, Thread, Width, _once

LIMIT = 7
_DEFAULT = "wide"

class Kind(StrEnum):
    PLAIN = "plain"
    TWILL = "twill"

class LoomError(ValueError):
    def __init__(self, *, place: str, line: int = 0) -> None:
        self.place = place
        self.line = line

class Cloth(Record):
    noun: ClassVar[str] = "cloth"
    kind: Kind = Kind.PLAIN
    width: Width = Field(description="how wide")
    note: str | None = Field(None, description="a note")
    tags: tuple[str, ...] = Field(default_factory=tuple)

    def thread(self, number: int = 0) -> Thread: ...

    @property
    def area(self) -> int: ...

    def _private(self) -> None: ...

@dataclass
class Bolt:
    length: int
    colour: str = "red"

class Loom:
    def __init__(self, width: Width = "wide") -> None: ...
    def __len__(self) -> int: ...
    def __repr__(self) -> str: ...
    @classmethod
    def old(cls, year: int) -> "Loom": ...
    @staticmethod
    def best(of: type[T] = Cloth) -> T: ...
    @_once
    def cloths(self) -> list[Cloth]: ...
    @overload
    def get(self, at: int) -> Cloth: ...
    @overload
    def get(self, at: slice) -> list[Cloth]: ...
    def get(self, at): ...

async def weave(loom: Loom, *, width: Width = _DEFAULT) -> Cloth:
    \"\"\"A cloth.\"\"\"
""",
}

LISTED = """\
class Bolt
field Bolt.length: int
field Bolt.colour: str = 'red'
constructor Bolt(length: int, colour: str = 'red')
class Cloth(BaseModel)
attribute Cloth.model_config = ConfigDict(frozen=True)
field Cloth.code: Short
attribute Cloth.noun: str = 'cloth'
field Cloth.kind: Kind = Kind.PLAIN
field Cloth.width: Width
field Cloth.note: str | None = None
field Cloth.tags: tuple[str, ...] = tuple
property Cloth.area: int
method Cloth.thread(number: int = 0) -> Thread
class Kind(StrEnum)
member Kind.PLAIN = 'plain'
member Kind.TWILL = 'twill'
constant LIMIT = 7
class Loom
constructor Loom(width: Width = 'wide')
method Loom.__len__() -> int
staticmethod Loom.best(of: type[T] = Cloth) -> T
property Loom.cloths: list[Cloth]
overload method Loom.get(at: int) -> Cloth
overload method Loom.get(at: slice) -> list[Cloth]
method Loom.get(at)
classmethod Loom.old(year: int) -> Loom
class LoomError(ValueError)
attribute LoomError.place: str
attribute LoomError.line: int
constructor LoomError(*, place: str, line: int = 0)
module sums
function sums.twice(number: int, /, *rest: int, loud: bool = False, **more: str)
async function weave(loom: Loom, *, width: Width = 'wide') -> Cloth
moved knit: now weave, gone in 0.4
type Narrow = Literal['narrow']
type Short = Annotated[str, Field(max_length=9), 'internal']
class Thread(NamedTuple)
field Thread.colour: str
field Thread.ends: int = 2
type Width: TypeAlias = Literal['wide'] | Narrow
"""


def listed(root: Path, *edits: tuple[str, str, str]) -> str:
    """The listing of the package, with pieces of its files replaced."""
    files = dict(PACKAGE)
    for name, old, new in edits:
        assert files[name].count(old) == 1, f"{old!r} in {name}"
        files[name] = files[name].replace(old, new)
    package = root / "weavers"
    package.mkdir(parents=True)
    for name, text in files.items():
        (package / name).write_text(text, encoding="utf-8")
    exported, reached = Surface("weavers", root).lines()
    return "\n".join([*exported, *reached]) + "\n"


def changes(before: str, after: str) -> list[str]:
    return [
        line
        for line in write_api.diff(before, after).splitlines()
        if line[0] in "+-" and not line.startswith(("+++", "---"))
    ]


@pytest.fixture(scope="module")
def listing() -> str:
    """The listing of the package as it is."""
    text: str = write_api.listing()
    return text


def test_the_api_is_the_one_that_is_written_down(listing: str) -> None:
    found = write_api.diff(write_api.API.read_text(encoding="utf-8"), listing)
    assert not found, f"{WHAT_TO_DO}\n\n{found}"


def test_every_name_of_the_front_door_is_listed(listing: str) -> None:
    _, _, rest = listing.partition("[names of the front door]\n")
    lines = rest.partition("\n\n")[0].splitlines()
    names = {re.split("[(:=]", line, maxsplit=1)[0].split()[-1] for line in lines}
    assert set(ip.__all__) <= names
    assert not [line for line in lines if line.startswith("name ")]  # each is understood


def test_one_of_everything_is_listed_as_a_user_meets_it(tmp_path: Path) -> None:
    assert listed(tmp_path) == LISTED


@pytest.mark.parametrize(
    ("name", "old", "new", "seen"),
    [
        (
            "looms.py",
            "weave(loom: Loom",
            "weave(frame: Loom",
            [
                "-async function weave(loom: Loom, *, width: Width = 'wide') -> Cloth",
                "+async function weave(frame: Loom, *, width: Width = 'wide') -> Cloth",
            ],
        ),
        (
            "looms.py",
            "    def thread(self, number: int = 0) -> Thread: ...\n",
            "",
            [
                "-method Cloth.thread(number: int = 0) -> Thread",
                "-class Thread(NamedTuple)",
                "-field Thread.colour: str",
                "-field Thread.ends: int = 2",
            ],
        ),
        (
            "looms.py",
            "number: int = 0",
            "number: int = 1",
            [
                "-method Cloth.thread(number: int = 0) -> Thread",
                "+method Cloth.thread(number: int = 1) -> Thread",
            ],
        ),
        (
            "looms.py",
            '_DEFAULT = "wide"',
            '_DEFAULT = "narrow"',
            [
                "-async function weave(loom: Loom, *, width: Width = 'wide') -> Cloth",
                "+async function weave(loom: Loom, *, width: Width = 'narrow') -> Cloth",
            ],
        ),
        (
            "sums.py",
            "*rest: int, loud",
            "loud",
            [
                "-function sums.twice(number: int, /, *rest: int, loud: bool = False, **more: str)",
                "+function sums.twice(number: int, /, loud: bool = False, **more: str)",
            ],
        ),
        (
            "looms.py",
            "type[T] = Cloth)",
            "type[T] = Cloth, year: int = 1)",
            [
                "-staticmethod Loom.best(of: type[T] = Cloth) -> T",
                "+staticmethod Loom.best(of: type[T] = Cloth, year: int = 1) -> T",
            ],
        ),
        (
            "looms.py",
            'TWILL = "twill"',
            'TWILL = "twilled"',
            ["-member Kind.TWILL = 'twill'", "+member Kind.TWILL = 'twilled'"],
        ),
        (
            "looms.py",
            'Field(description="how wide")',
            'Field("wide", description="how wide")',
            ["-field Cloth.width: Width", "+field Cloth.width: Width = 'wide'"],
        ),
        (
            "looms.py",
            "Field(default_factory=tuple)",
            "Field(...)",
            [
                "-field Cloth.tags: tuple[str, ...] = tuple",
                "+field Cloth.tags: tuple[str, ...]",
            ],
        ),
        (
            "looms.py",
            "    @property\n",
            "",
            ["-property Cloth.area: int", "+method Cloth.area() -> int"],
        ),
        (
            "looms.py",
            "LoomError(ValueError)",
            "LoomError(LookupError)",
            ["-class LoomError(ValueError)", "+class LoomError(LookupError)"],
        ),
        (
            "looms.py",
            "self.line = line",
            "self._line = line",
            ["-attribute LoomError.line: int"],
        ),
        (
            "shapes.py",
            '["narrow"]',
            '["narrow", "slim"]',
            ["-type Narrow = Literal['narrow']", "+type Narrow = Literal['narrow', 'slim']"],
        ),
        ("shapes.py", "    ends: int = 2\n", "", ["-field Thread.ends: int = 2"]),
        (
            "shapes.py",
            "frozen=True",
            'frozen=True, extra="forbid"',
            [
                "-attribute Cloth.model_config = ConfigDict(frozen=True)",
                "+attribute Cloth.model_config = ConfigDict(frozen=True, extra='forbid')",
            ],
        ),
        (
            "sums.py",
            '["twice"]',
            '["twice", "hidden"]',
            ["+function sums.hidden()"],
        ),
        (
            "__init__.py",
            '"LIMIT", "sums"]',
            '"sums", "gadget"]',
            [
                "-constant LIMIT = 7",
                "+name gadget",
            ],
        ),
        (
            "__init__.py",
            '("weave", "0.4")',
            '("weave", "0.5")',
            ["-moved knit: now weave, gone in 0.4", "+moved knit: now weave, gone in 0.5"],
        ),
    ],
    ids=[
        "renamed parameter",
        "removed method",
        "changed default",
        "changed constant that is a default",
        "changed kind of parameter",
        "new parameter",
        "value of a code",
        "default of a field",
        "field that must be given",
        "property to method",
        "base of an error",
        "attribute of an error",
        "word of a closed list",
        "field of what a method returns",
        "inherited configuration",
        "name of an exported module",
        "name of the front door",
        "release in which a name goes",
    ],
)
def test_a_change_is_seen(tmp_path: Path, name: str, old: str, new: str, seen: list[str]) -> None:
    after = listed(tmp_path, (name, old, new))
    assert changes(LISTED, after) == seen


@pytest.mark.parametrize(
    "edits",
    [
        [("looms.py", '"""A cloth."""', '"""Another sentence."""')],
        [("looms.py", "    def _private(self) -> None: ...\n", "")],
        [("looms.py", 'description="a note"', 'description="in other words"')],
        [("sums.py", "def hidden(): ...", "def hidden(more): ...")],
        [
            ("looms.py", "class LoomError(ValueError)", "class _Kept(ValueError)"),
            ("looms.py", "class Cloth", "class LoomError(_Kept): ...\n\nclass Cloth"),
        ],
        [
            ("__init__.py", '"LIMIT": "looms"', '"LIMIT": "shapes"'),
            ("looms.py", "LIMIT = 7\n", ""),
            ("shapes.py", 'T = TypeVar("T")', 'T = TypeVar("T")\nLIMIT = 7'),
        ],
    ],
    ids=["docstring", "private", "description", "unexported", "into a base", "to another module"],
)
def test_what_nobody_can_rely_on_is_not_seen(
    tmp_path: Path, edits: list[tuple[str, str, str]]
) -> None:
    assert listed(tmp_path, *edits) == LISTED


def test_nothing_is_imported_to_read_the_names(tmp_path: Path) -> None:
    edit = ("looms.py", "LIMIT = 7\n", "LIMIT = 7\nraise SystemExit('it was run')\n")
    assert listed(tmp_path, edit) == LISTED
    assert "weavers" not in sys.modules


def test_names_that_cannot_be_read_are_not_passed_over(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="plain names in __all__ of weavers, found _HOMES"):
        listed(tmp_path, ("__init__.py", '["weave"', '[*_HOMES, "weave"'))


def test_two_types_of_one_name_are_told_apart(tmp_path: Path) -> None:
    edit = (
        "looms.py",
        "class Cloth(Record)",
        "Short = int\nLength = Short | None\n\nclass Cloth(Record)",
    )
    further = ("looms.py", "number: int = 0", "number: Length = 0")
    found = listed(tmp_path, edit, further).splitlines()
    assert "type Short = int  # in looms" in found
    assert "type Short = Annotated[str, Field(max_length=9), 'internal']  # in shapes" in found


def program(**changed: Any) -> list[str]:
    """The lines of a little command line, with its parts replaced."""
    app = typer.Typer(add_completion=False)
    given = {
        "region": Annotated[list[str] | None, typer.Option(help="Region.")],
        "output": Annotated[Form, typer.Option("--format", "-f")],
        "count": int,
    } | changed

    @app.command("weave")
    def weave(region=None, output=Form.RANK, count=3) -> None: ...  # type: ignore[no-untyped-def]

    weave.__annotations__.update(given)
    inner = typer.Typer()

    @inner.command()
    def spin(path: Annotated[str, typer.Argument()], loud: bool = False) -> None: ...

    app.add_typer(inner, name="tools")
    return list(write_api.commands(app))


def test_commands_and_their_options_are_listed() -> None:
    words = "|".join(Form)
    assert program() == [
        "command innovation-plans",
        "command innovation-plans tools",
        "command innovation-plans tools spin",
        "innovation-plans tools spin --loud/--no-loud bool = False",
        "innovation-plans tools spin <path> str required",
        "command innovation-plans weave",
        "innovation-plans weave --count int = 3",
        f"innovation-plans weave --format/-f {words} = 'rank'",
        "innovation-plans weave --region str repeated",
    ]
    renamed = program(region=Annotated[list[str] | None, typer.Option("--where")])
    assert set(renamed) - set(program()) == {"innovation-plans weave --where str repeated"}


def test_groups_and_extras_are_listed(tmp_path: Path) -> None:
    package = tmp_path / "weavers"
    package.mkdir()
    (package / "plugins.py").write_text('GROUP = "weavers.looms"\nNAME = "weavers"\n')
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nrequires-python = ">=3.11"\ndependencies = ["yarn>=2"]\n'
        '[project.optional-dependencies]\ndye = ["red>=1", "blue"]\n'
        '[project.scripts]\nweave = "weavers:main"\n'
    )
    assert write_api.entry_point_groups(package) == ["group weavers.looms"]
    assert list(write_api.distribution(tmp_path / "pyproject.toml")) == [
        "python >=3.11",
        "dependency yarn>=2",
        "extra dye: red>=1, blue",
        "script weave: weavers:main",
    ]


def test_the_tool_writes_and_checks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(write_api, "API", tmp_path / "api.txt")
    monkeypatch.setattr(write_api, "listing", lambda: "function weave()\n")
    assert write_api.main(["--check"]) == 1  # not written yet
    assert write_api.main([]) == 0
    assert write_api.main(["--check"]) == 0
    monkeypatch.setattr(write_api, "listing", lambda: "function weave(loom)\n")
    capsys.readouterr()
    assert write_api.main(["--check"]) == 1
    said = capsys.readouterr().err
    assert "run tools/write_api.py" in said
    assert "-function weave()\n+function weave(loom)" in said
