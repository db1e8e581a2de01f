"""Bad files, by kind: each reader refuses them, names the file, and needs little memory for them."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

import innovation_plans as ip
from bad_input.bad_files import HARMLESS, MOST_BYTES, READERS, cases, counted, tried

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs links, pipes and devices")

CASES = list(cases())
# What takes a second or more each.
SLOW = {
    "huge",
    "huge behind a right beginning",
    "deeply nested",
    "unpacks to too much",
    "too many rows in few bytes",
    "too long texts in few bytes",
}


@pytest.mark.parametrize(
    ("reader", "kind"),
    [
        pytest.param(*each, marks=pytest.mark.heavy if each[1] in SLOW else ())
        for each in CASES
        if each not in HARMLESS
    ],
)
def test_a_bad_file_is_refused_by_name(tmp_path: Path, reader: str, kind: str) -> None:
    outcome = tried(reader, kind, tmp_path)
    assert outcome.refused
    assert READERS[reader].named in outcome.output
    assert "hushed" not in outcome.output
    assert outcome.peak < MOST_BYTES
    assert len(outcome.output) < 20_000


@pytest.mark.parametrize(("reader", "kind"), HARMLESS)
def test_harmless_files_are_read(tmp_path: Path, reader: str, kind: str) -> None:
    outcome = tried(reader, kind, tmp_path)
    assert (outcome.refused, outcome.output) == (False, "")


def test_every_format_has_a_reader() -> None:
    assert {each.made for each in READERS.values()} >= {
        "land" if each.name in {"csv", "excel-csv"} else each.name for each in ip.formats()
    }


def test_every_kind_is_tried_on_what_it_can_befall() -> None:
    assert set(HARMLESS) <= set(CASES)
    assert sum(counted().values()) == len(CASES) - len(HARMLESS) > 250
    assert min(Counter(reader for reader, _ in CASES).values()) >= 14
