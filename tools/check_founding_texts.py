"""Find every founding figure again in the text it comes from.

Usage: ``python tools/check_founding_texts.py DIRECTORY_OF_THE_FIVE_TEXTS``

Each target, observation, goal and erratum whose source is a founding document (``seed-*``) must
have a locator, and its ``as_stated`` must stand in that very paragraph. Fails on any miss.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import innovation_plans as ip

# A text is told by its first words: files may be named as they like.
OPENINGS = {
    "seed-cbn-2021": "Focus on it!",
    "seed-cbn-2022": "Why are these areas the focus",
    "seed-scio-2021": "Home",
    "seed-xining-2022": "“Road Map” for Scientific",
    "seed-chinadaily-2021": "Capital to become international",
}


def main(argv: list[str]) -> int:
    """Check, print what is missed, and count."""
    if len(argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    texts = _texts(Path(argv[1]))
    plans = ip.load(tiers="ABCD")
    checked, misses = 0, []
    for key, citation in _cited(plans):
        checked += 1
        miss = _miss(citation, texts[citation.source.code], figure="Goal" not in key)
        if miss:
            misses.append(f"{key}: {miss}")
    print("\n".join(misses))
    print(f"{checked} founding records checked, {len(misses)} missed")
    return 1 if misses else 0


def _texts(directory: Path) -> dict[str, list[str]]:
    """The paragraphs of each founding text; blank lines divide nothing and count nothing."""
    texts: dict[str, list[str]] = {}
    for path in sorted(directory.glob("*.txt")):
        paragraphs = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
        paragraphs = [line for line in paragraphs if line]
        for code, opening in OPENINGS.items():
            if paragraphs[0].startswith(opening):
                texts[code] = paragraphs
    missing = OPENINGS.keys() - texts.keys()
    if missing:
        raise SystemExit(f"no text opens like {', '.join(sorted(missing))}")
    return texts


def _cited(plans: ip.Dataset) -> Iterator[tuple[str, ip.Citation]]:
    for table in (plans.targets, plans.observations, plans.goals, plans.errata):
        for record in table:
            if record.citation.source.code in OPENINGS:
                yield f"{type(record).__name__} {record.key}", record.citation


def _miss(citation: ip.Citation, paragraphs: list[str], *, figure: bool) -> str:
    found = re.fullmatch(r"paragraph ([0-9]+)", citation.locator or "")
    if not found:
        return f"no locator, or one of another form: {citation.locator!r}"
    number = int(found[1])
    if not 1 <= number <= len(paragraphs):
        return f"the text has no paragraph {number}"
    stated = citation.as_stated
    if stated is None:
        return "the figure expression is not kept" if figure else ""
    if stated in paragraphs[number - 1]:
        return ""
    return f"{stated!r} does not stand in paragraph {number}"


if __name__ == "__main__":
    sys.exit(main(sys.argv))
