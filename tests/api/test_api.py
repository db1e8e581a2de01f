"""The public API is the one in ``api.txt``.

A failure here means that the API has changed. If you meant that, run ``python tools/write_api.py``,
read the diff of ``tests/api/api.txt``, and describe the change in CHANGELOG.md.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Annotated, Any

import pytest
import typer

import innovation_plans as ip

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
write_api: Any = importlib.import_module("write_api")

WHAT_TO_DO = (
    "the API has changed; if you meant that, run `python tools/write_api.py` and describe it in "
    "CHANGELOG.md (docs/explanation/stability.md says which release may contain it)"
)


def test_the_listing_is_up_to_date() -> None:
    changes = write_api.diff(write_api.API.read_text(encoding="utf-8"), write_api.listing())
    assert not changes, f"{WHAT_TO_DO}\n{changes}"


def test_every_public_name_is_listed() -> None:
    text = write_api.API.read_text(encoding="utf-8")
    assert [name for name in ip.__all__ if f" {name}" not in text] == []


class Loom:
    """A class with one member of each kind."""

    def weave(self, threads: int, *, colour: str = "red") -> str:
        """Weave."""
        return colour * threads

    def _hidden(self) -> None: ...


Loom.__module__ = "innovation_plans.looms"


@pytest.mark.parametrize(
    "change",
    [
        {"spin": Loom.weave},
        {"weave": Loom.__init__},
        {"weave": None},
    ],
    ids=["added", "parameter", "removed"],
)
def test_a_change_of_a_class_changes_its_lines(change: dict[str, Any]) -> None:
    before = list(write_api.described("Loom", Loom))
    assert "method Loom.weave(self, threads: int, *, colour: str = red) -> str" in before
    assert not [line for line in before if "hidden" in line]
    members = {**vars(Loom), **change}
    changed = type("Loom", (), {name: each for name, each in members.items() if each is not None})
    assert list(write_api.described("Loom", changed)) != before


def test_options_of_commands_are_listed() -> None:
    app = typer.Typer(add_completion=False)

    @app.command("weave")
    def weave(
        path: Annotated[str, typer.Argument()],
        region: Annotated[list[str] | None, typer.Option(help="Region.")] = None,
        count: int = 3,
    ) -> None: ...

    assert list(write_api.commands(app)) == [
        "command innovation-plans",
        "innovation-plans --count int = 3",
        "innovation-plans <path> str required",
        "innovation-plans --region str repeated",
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
    assert "-function weave()\n+function weave(loom)" in capsys.readouterr().err
