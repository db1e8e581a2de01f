"""Documents in the formats of reference managers."""

from __future__ import annotations

import pytest

from innovation_plans.records.bibliography import BibliographyEntry, formatted


@pytest.mark.parametrize(
    ("author", "line"),
    [
        ("National Bureau of Statistics", "AU  - National Bureau of Statistics,"),
        ("CBN (Yicai), in English translation", "PB  - CBN (Yicai), in English translation"),
    ],
)
def test_no_program_reads_a_corporate_name_as_surname_and_given_name(
    author: str, line: str
) -> None:
    lines = formatted([BibliographyEntry("x", "X", author)], "ris").splitlines()
    assert line in lines
    assert [each[:2] for each in lines].count("AU") + [each[:2] for each in lines].count("PB") == 1
