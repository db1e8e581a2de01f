"""An old name works, warns where it is used, and costs nothing until then."""

from __future__ import annotations

import importlib
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import innovation_plans as ip

# A front door with the lines that the package's own has.
DOOR = """\
_HOMES = {"weave": "looms", "looms": ""}
_MOVED = {"knit": ("weave", "0.4"), "spin": ("looms.spin", "0.5")}

def __getattr__(name):
    home = _HOMES.get(name)
    if home is None:
        if name in _MOVED:
            from innovation_plans.deprecation import moved

            return moved(__name__, name, *_MOVED[name])
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    if not home:
        return import_module(f".{name}", __name__)
    value = getattr(import_module(f".{home}", __name__), name)
    globals()[name] = value
    return value
"""
LOOMS = "def weave(): return 'cloth'\ndef spin(): return 'thread'\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    package = tmp_path / "weavers"
    package.mkdir()
    (package / "__init__.py").write_text(DOOR)
    (package / "looms.py").write_text(LOOMS)
    return tmp_path


@pytest.fixture
def weavers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(folder)
    yield importlib.import_module("weavers")
    for name in [each for each in sys.modules if each.split(".")[0] == "weavers"]:
        del sys.modules[name]


def test_an_old_name_is_the_new_one_and_says_so(weavers: ModuleType) -> None:
    with pytest.warns(DeprecationWarning, match="is now") as said:
        found = weavers.knit
    assert found is weavers.weave
    assert [str(each.message) for each in said] == [
        "weavers.knit is now weavers.weave; the old name goes in 0.4"
    ]
    assert said[0].filename == __file__  # the line that asks, not one of the package's own


def test_a_name_can_move_into_a_module(weavers: ModuleType) -> None:
    with pytest.warns(DeprecationWarning, match=r"now weavers\.looms\.spin; .* goes in 0\.5"):
        assert weavers.spin() == "thread"


def test_the_warning_comes_every_time(weavers: ModuleType) -> None:
    for _ in range(2):
        with pytest.warns(DeprecationWarning, match="is now"):
            _ = weavers.knit


def test_the_warning_can_be_made_an_error(weavers: ModuleType) -> None:
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message=r"weavers\.", category=DeprecationWarning)
        with pytest.raises(DeprecationWarning, match="the old name goes in"):
            _ = weavers.knit


def test_it_points_at_an_import_statement_too(folder: Path) -> None:
    (folder / "user.py").write_text("\n\nfrom weavers import knit\nassert knit() == 'cloth'\n")
    done = subprocess.run(
        [sys.executable, "-W", "always::DeprecationWarning", "-c", "import user"],
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
    )
    lines = [line for line in done.stderr.splitlines() if "DeprecationWarning" in line]
    assert lines
    assert all("user.py:3: " in line for line in lines)


def test_names_that_are_not_there_are_still_not_there(weavers: ModuleType) -> None:
    with pytest.raises(AttributeError, match="no attribute 'frobnicate'"):
        _ = weavers.frobnicate


def test_nothing_is_loaded_until_an_old_name_is_asked_for(folder: Path) -> None:
    program = """
import sys, warnings, weavers
warnings.simplefilter("ignore")
helper = "innovation_plans.deprecation"
weavers.weave
before = helper in sys.modules
weavers.knit
after = set(sys.modules)
heavy = {"pydantic", "pint", "narwhals", "innovation_plans.errors"} & after
print(before, helper in after, sorted(heavy))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=folder
    )
    assert done.stdout.split("\n")[0] == "False True []"


def overdue(moved: dict[str, tuple[str, str]], version: str) -> list[str]:
    """The old names that were to be gone by a release."""
    now = [int(part) for part in version.split(".")]
    return [old for old, (_, goes) in moved.items() if [int(p) for p in goes.split(".")] <= now]


def test_no_old_name_outlives_its_release() -> None:
    moved = {"knit": ("weave", "0.4"), "spin": ("looms.spin", "0.10"), "tie": ("weave", "1.0")}
    assert overdue(moved, "0.3.9") == []
    assert overdue(moved, "0.4.0") == ["knit"]
    assert overdue(moved, "0.10.0") == ["knit", "spin"]
    assert overdue(getattr(ip, "_MOVED", {}), ip.__version__) == []
