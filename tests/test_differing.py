"""Differences: every record that came, changed or went, cell by cell, with a reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import innovation_plans as ip

World = Callable[..., Path]


def test_every_change_between_bundled_editions_has_a_reason() -> None:
    for older, newer in zip(ip.editions(), ip.editions()[1:], strict=False):
        found = ip.load(edition=newer, tiers="ABCD").diff(ip.load(edition=older, tiers="ABCD"))
        assert found.counts()["added"] > 1000
        assert [each for each in found if not each.reason] == []


def test_a_corrected_figure_is_a_change_with_its_erratum() -> None:
    found = ip.load().diff(ip.load(edition="2026.10"))
    (change,) = (each for each in found.changed if each.key.startswith("CN-EAST"))
    assert {each.field: (each.before, each.after) for each in change.fields}["value"] == (
        "165.173",
        "1651.73",
    )
    assert change.reason.startswith("erratum: decimal point lost in translation")
    assert "2026.10 to 2026.11" in str(found)
    assert "165.173" in str(found)


def test_a_dataset_does_not_differ_from_itself(world: World) -> None:
    plans = ip.load(world())
    assert not plans.diff(ip.load(world()))
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
    found = ip.load(root, tiers="ABCD").diff(old)
    assert [(each.table, each.key) for each in found.added] == [("regions", "XX-W")]
    assert [each.table for each in found.withdrawn] == ["goals"]
    assert {
        (each.table, cell.field, cell.before, cell.after)
        for each in found.changed
        for cell in each.fields
    } == {("targets", "value", "10", "12"), ("targets", "value_high", "3.2", "3.3")}
    back = old.diff(ip.load(root, tiers="ABCD"))
    assert [each.key for each in back.withdrawn] == [each.key for each in found.added]
    assert [each.key for each in back.added] == [each.key for each in found.withdrawn]
    assert ip.Diff.from_json(found.json()) == found
    assert found[0] in found
    assert found[:1].older == found.older
    assert "XX-W" not in str(found.withdrawn)
    assert "1 added, 2 changed, 1 withdrawn" in found._repr_html_()
    assert "<td" in found._repr_html_()


def test_what_a_tier_leaves_out_is_not_withdrawn() -> None:
    with pytest.raises(ip.IncomparableError, match="the same tiers"):
        ip.load(tiers="ABCD").diff(ip.load(edition="2026.10"))
