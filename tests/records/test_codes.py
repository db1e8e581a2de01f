"""The words for codes."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans import codelists

CODES = [code for name in codelists.__all__ for code in getattr(codelists, name)]


@pytest.mark.parametrize("code", CODES, ids=lambda code: f"{type(code).__name__}.{code}")
def test_every_code_has_words_in_every_language(code: StrEnum) -> None:
    english, chinese = ip.label(code), ip.label(code, "zh")
    assert english.isprintable()
    assert english
    assert any("\u4e00" <= character <= "\u9fff" for character in chinese) or code == "between"


class Colour(StrEnum):
    """A code list of a user."""

    RED = "red"


@pytest.mark.parametrize(
    ("code", "options", "problem"),
    [
        (
            "met",
            {},
            "code: expected a code of a code list, such as ip.Verdict\\('met'\\), found 'met'",
        ),
        (None, {}, "expected a code of a code list"),
        (ip.Verdict, {}, "expected a code of a code list"),
        (Colour.RED, {}, "no words for the codes of Colour"),
        (ip.Verdict.MET, {"lang": "fr"}, "no language 'fr'; did you mean en or zh"),
        (ip.Verdict.MET, {"language": "zh"}, "use lang="),
    ],
)
def test_what_has_no_words_is_an_error(code: Any, options: dict[str, Any], problem: str) -> None:
    with pytest.raises((ip.InnovationPlansError, TypeError), match=problem):
        ip.label(code, **options)
