"""Bounded fuzzing of the figure reader: no error but FigureError, and no input slower than linear.

Run ``python tools/fuzz_figures.py --seconds 20``. Random texts are made of the reader's own words,
of digits and of odd characters, and then bent. A failure prints the seed and the text, and the
exit code is 1.
"""

from __future__ import annotations

import argparse
import random
import sys
import time

from innovation_plans.errors import FigureError
from innovation_plans.figures import find_figures, format_figure, read_figure
from innovation_plans.figures.vocabulary import lexicon

ODD = [
    *"0123456789" * 3,
    *".,%-~/()*_@;、，。 \n\t",
    "　",
    "９",
    "％",
    "²",
    "\u202e",
    "\0",
    "é",
    "Ω",
]
# A text four times as long may take four times as long; this much more is noise, sixteen is not.
MOST_GROWTH = 9.0
LEAST_SECONDS = 0.004


def made_text(rng: random.Random, words: list[str], most: int) -> str:
    """A text of words and odd characters, sometimes one piece again and again."""
    pieces = rng.choices(words, k=rng.randint(0, 6)) + rng.choices(ODD, k=rng.randint(0, 8))
    rng.shuffle(pieces)
    text = rng.choice(["", " "]).join(pieces)
    if rng.random() < 0.2 and text:
        text *= rng.randint(1, max(1, most // len(text)))
    return text[:most]


def check(text: str) -> str:
    """What is wrong with the reading of a text, or nothing."""
    for strict in (True, False):
        try:
            figure = read_figure(text, strict=strict)
        except FigureError:
            continue
        for lang in ("zh", "en"):
            try:
                written = format_figure(figure, lang)
            except FigureError:
                continue
            if read_figure(written) != figure:
                return f"{figure} is written {written!r}"
    try:
        found = list(find_figures(text))
    except FigureError:
        return ""
    wrong = [each for each in found if text[each.start : each.end] != each.text]
    return f"places of {wrong}" if wrong else ""


def seconds(text: str) -> float:
    """The least of three times that finding takes."""
    best = float("inf")
    for _ in range(3):
        begin = time.perf_counter()
        try:
            for _found in find_figures(text):
                pass
        except FigureError:
            return 0.0
        best = min(best, time.perf_counter() - begin)
    return best


def growth(piece: str) -> float:
    """How many times longer four times the text takes; 0 where it is too quick to tell."""
    short = (piece * 20_000)[:20_000]
    first, second = seconds(short), seconds(short * 4)
    return second / first if first and second > LEAST_SECONDS else 0.0


def run(limit: float, seed: int) -> int:
    """Fuzz until the time is up; the exit code."""
    rng = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
    words = sorted(lexicon().words)
    ends, texts, scaled, worst = time.monotonic() + limit, 0, 0, 0.0
    while time.monotonic() < ends:
        text = made_text(rng, words, 600)
        begin = time.perf_counter()
        try:
            wrong = check(text)
        except Exception as error:  # noqa: BLE001 - finding these is what this is for
            wrong = f"{type(error).__name__}: {error}"
        worst = max(worst, time.perf_counter() - begin)
        texts += 1
        if not wrong and texts % 200 == 0:
            scaled += 1
            piece = made_text(rng, words, 40) or "9"
            # twice, because another process may have had its turn
            if growth(piece) > MOST_GROWTH and growth(piece) > MOST_GROWTH:
                text, wrong = piece, "slower than linear"
        if wrong:
            print(f"seed {seed}, text {texts}: {text!r}: {wrong}", file=sys.stderr)
            return 1
    print(f"{texts:,} texts and {scaled} long ones, slowest {worst * 1000:.1f} ms: nothing found")
    return 0


def main() -> int:
    """Read the options and run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=float, default=20.0, help="how long to run")
    parser.add_argument("--seed", type=int, default=0, help="the seed, to repeat a run")
    options = parser.parse_args()
    return run(options.seconds, options.seed)


if __name__ == "__main__":
    sys.exit(main())
