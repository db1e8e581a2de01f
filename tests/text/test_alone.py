"""The short way for a number alone gives the figure of the long way, for every word of the lexicon."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import pytest

import innovation_plans as ip
from innovation_plans.errors import FigureError
from innovation_plans.text import reading
from innovation_plans.text.alone import number_alone
from innovation_plans.text.figure import Figure
from innovation_plans.text.lexicon import Entry, lexicon
from innovation_plans.text.reading import read_figure
from innovation_plans.text.scanner import SIZED

WORDS: dict[str, Entry] = lexicon().words
UNITS = [word for word, entry in WORDS.items() if entry.kind == "unit"]
AFTER = [word for word, entry in WORDS.items() if entry.kind == "after"]
# One word of each unit, so that every word before a number meets every unit.
SAMPLE = ["", *dict(reversed([(WORDS[word].value, word) for word in UNITS])).values()]
NUMBERS = ("0", "5", "12.50", "2030", "1,250", "3,632.68", "1.000", "007")


def _before() -> Iterator[str]:
    for word, entry in WORDS.items():
        yield from (
            f"{word}{blank}{rest}" for blank in ("", " ") for rest in ("5%", "1.2万家", "7")
        )
        if entry.kind in ("form", "bound"):
            yield from (f"{word} {number} {unit}" for unit in SAMPLE for number in ("3", "1.5亿"))


def _behind() -> Iterator[str]:
    for blank in ("", " "):
        for unit in ("", *UNITS):
            yield from (f"2030{blank}{unit}{blank}{word}" for word in AFTER)
            yield from (
                f"{number}{blank}{size}{blank}{unit}" for number in NUMBERS for size in SIZED
            )
        for word in WORDS:
            yield from (f"{figure}{blank}{word}" for figure in ("5%", "1.2万家", "7", "达到5%"))


def _read(text: str, unit: str | None) -> Figure | None:
    try:
        return read_figure(text, unit)
    except FigureError:
        return None


def _differing(
    texts: Iterator[str], unit: str | None, monkeypatch: pytest.MonkeyPatch
) -> list[str]:
    hints = (unit, None, None)
    short = {text: figure for text in texts if (figure := number_alone(text, hints)) is not None}
    assert len(short) > 1000
    monkeypatch.setattr(reading, "number_alone", lambda *_: None)
    return [text for text, figure in short.items() if _read(text, unit) != figure]


@pytest.mark.parametrize("unit", [None, "patent_per_10k_population", "CNY_1B"])
def test_every_word_says_the_same_in_the_short_way(
    unit: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _differing(chain(_before(), _behind()), unit, monkeypatch) == []


def test_most_wordings_of_the_data_are_read_in_the_short_way(
    plans: ip.Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {target.citation.as_stated or "" for target in plans.targets}
    texts |= {outcome.citation.as_stated or "" for outcome in plans.observations}
    assert _differing(iter(texts), None, monkeypatch) == []


@pytest.mark.parametrize("text", ["1,000 억", "1000 억"])
def test_a_blank_before_a_magnitude_changes_nothing(text: str) -> None:
    assert read_figure(text).value == 100_000_000_000
