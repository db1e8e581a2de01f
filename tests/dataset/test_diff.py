"""Differences: every added, changed and withdrawn record, cell by cell, with a reason."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest

import innovation_plans as ip
from innovation_plans.dataset import diff as differing
from innovation_plans.io.files import edition_document

World = Callable[..., Path]


@pytest.mark.parametrize(("older", "newer"), list(combinations(ip.editions(), 2)))
def test_every_change_between_bundled_editions_has_a_reason(older: str, newer: str) -> None:
    diff = ip.load(edition=newer, tiers="ABCD").diff(ip.load(edition=older, tiers="ABCD"))
    assert older != "2026.10" or diff.counts()["added"] > 1000
    assert [each for each in diff if not each.reason] == []


def test_a_corrected_figure_is_a_change_with_its_erratum() -> None:
    diff = ip.load().diff(ip.load(edition="2026.10"))
    (change,) = (each for each in diff.changed if each.key.startswith("CN-EAST"))
    assert {each.field: (each.before, each.after) for each in change.fields}["value"] == (
        "165.173",
        "1651.73",
    )
    assert change.reason.startswith("erratum: decimal point lost in translation")
    assert f"2026.10 to {ip.load().edition}" in str(diff)
    assert "165.173" in str(diff)


def test_a_dataset_does_not_differ_from_itself(world: World) -> None:
    plans = ip.load(world(), tiers="ABC")
    assert not plans.diff(ip.load(world(), tiers="ABC"))
    assert plans.diff(plans).counts() == {"added": 0, "changed": 0, "withdrawn": 0}


def test_added_changed_and_withdrawn(world: World, changed: World) -> None:
    old = ip.load(world(), tiers="ABCD")
    file = "targets/14th.csv"
    root = changed((file, "average_growth,at_least,10,,", "average_growth,at_least,12,,"),
                   (file, "level,between,3,3.2,", "level,between,3,3.3,"),
                   ("regions.csv", "XX-G,group,Great East,大东区,东,,XX,\n",
                    "XX-G,group,Great East,大东区,东,,XX,\nXX-W,group,Great West,,,,,\n"))  # fmt: skip
    lines = (root / "goals.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (root / "goals.csv").write_text("".join(lines[:-1]), encoding="utf-8")
    diff = ip.load(root, tiers="ABCD").diff(old)
    assert [(each.table, each.key) for each in diff.added] == [("regions", "XX-W")]
    assert [each.table for each in diff.withdrawn] == ["goals"]
    assert {
        (each.table, cell.field, cell.before, cell.after)
        for each in diff.changed
        for cell in each.fields
    } == {("targets", "value", "10", "12"), ("targets", "value_high", "3.2", "3.3")}
    back = old.diff(ip.load(root, tiers="ABCD"))
    assert [each.key for each in back.withdrawn] == [each.key for each in diff.added]
    assert [each.key for each in back.added] == [each.key for each in diff.withdrawn]
    assert ip.Diff.from_json(diff.json()) == diff
    assert diff[0] in diff
    assert diff[:1].older == diff.older
    assert "XX-W" not in str(diff.withdrawn)
    assert "1 added, 2 changed, 1 withdrawn" in diff._repr_html_()
    assert "<td" in diff._repr_html_()


def test_records_of_an_omitted_tier_are_not_withdrawn() -> None:
    with pytest.raises(ip.IncomparableError, match="the same tiers"):
        ip.load(tiers="ABCD").diff(ip.load(edition="2026.10"))


# ------------------------------------------------------------------ over several editions

WEST = "XX-W,group,Great West,,,,,\n"
SOUTH = "XX-S,group,Great South,,,,,\n"
ENTRY = '[[change]]\ntable="{}"\nkind="{}"\nkey="{}"\nreason="{}"\n'
INDICATOR = """
[gadgets]
name_en = "Gadgets as a share of product"
unit = "percent"
direction = "up"
"""
# What each edition adds to the groups of the invented world, and its reasons.
EDITIONS = {
    "2031.5": ("", ""),
    "2031.6": (WEST, ENTRY.format("regions", "added", "*", "split")),
    "2031.7": (
        WEST.replace("West", "Far West") + SOUTH,
        ENTRY.format("regions", "added", "*", "a third group")
        + ENTRY.format("regions", "changed", "XX-W", "renamed"),
    ),
}


@pytest.fixture
def three(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """Three invented editions, as if they were the bundled ones."""
    roots = {}
    for edition, (regions, entries) in EDITIONS.items():
        root = roots[edition] = Path(shutil.copytree(world(), tmp_path / edition))
        with (root / "regions.csv").open("a", encoding="utf-8", newline="") as stream:
            stream.write(regions)
        (root / "edition.toml").write_text(
            f'edition = "{edition}"\n{entries}', encoding="utf-8", newline="\n"
        )
    monkeypatch.setattr(differing, "editions", lambda: tuple(roots))
    monkeypatch.setattr(differing, "edition_root", roots.__getitem__)
    monkeypatch.setattr(
        differing,
        "ledger",
        lambda each: tuple(edition_document(roots[each]).get("change", ())),
    )
    return roots


@pytest.mark.parametrize(
    ("older", "newer", "reasons"),
    [
        ("2031.5", "2031.6", {"XX-W": "split"}),
        ("2031.6", "2031.7", {"XX-S": "a third group", "XX-W": "renamed"}),
        ("2031.5", "2031.7", {"XX-S": "a third group", "XX-W": "split; renamed"}),
        ("2031.7", "2031.6", {"XX-S": "", "XX-W": ""}),
        ("2031.7", "2031.5", {"XX-S": "", "XX-W": ""}),
    ],
)
def test_reasons_are_those_of_the_editions_in_which_a_record_changed(
    three: dict[str, Path], older: str, newer: str, reasons: dict[str, str]
) -> None:
    diff = ip.load(three[newer], tiers="ABC").diff(ip.load(three[older], tiers="ABC"))
    assert {each.key: each.reason for each in diff} == reasons


@pytest.mark.parametrize("reason", ["surveyed since", ""])
def test_the_reason_of_an_indicator_is_that_of_its_figures(
    three: dict[str, Path], reason: str
) -> None:
    root = three["2031.7"]
    with (root / "edition.toml").open("a", encoding="utf-8") as stream:
        stream.write(ENTRY.format("indicators", "added", "gadgets", reason) if reason else "")
    with (root / "indicators.toml").open("a", encoding="utf-8") as stream:
        stream.write(INDICATOR)
    file = root / "targets" / "14th.csv"
    row = file.read_text(encoding="utf-8").splitlines()[-1]
    with file.open("a", encoding="utf-8") as stream:
        stream.write(row.replace("widget_share", "gadgets") + "\n")
    added = ip.load(root, tiers="ABCD").diff(ip.load(three["2031.6"], tiers="ABCD")).added
    reasons = {each.table: each.reason for each in added if each.table != "regions"}
    assert reasons == {"indicators": reason, "targets": reason}


def test_the_reasons_of_an_edition_explain_no_other_data(
    three: dict[str, Path], world: World
) -> None:
    own = ip.load(world({"edition.toml": 'edition = "own"\n'}), tiers="ABC")
    diff = ip.load(three["2031.6"], tiers="ABC").diff(own)
    assert [(each.key, each.reason) for each in diff] == [("XX-W", "")]


def test_tiers_count_in_the_editions_between(three: dict[str, Path]) -> None:
    """A source with a better tier adds its records, with the reason of that edition."""
    file = three["2031.7"] / "sources.csv"
    text = file.read_text(encoding="utf-8").replace(",,,,D,", ",,,,C,")
    file.write_text(text, encoding="utf-8", newline="\n")
    for edition, reason in (("2031.6", "too early"), ("2031.7", "graded up")):
        with (three[edition] / "edition.toml").open("a", encoding="utf-8") as stream:
            stream.write(ENTRY.format("targets", "added", "*@blog", reason))
    for tiers, reasons in (("ABC", ["graded up"]), ("ABCD", [])):
        newer, older = (ip.load(three[each], tiers=tiers) for each in ("2031.7", "2031.5"))
        diff = [each for each in newer.diff(older) if each.table == "targets"]
        assert [each.reason for each in diff] == reasons
