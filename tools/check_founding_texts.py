"""Check that every figure from the five founding texts is in the paragraph that the data cite.

Usage: ``python tools/check_founding_texts.py DIRECTORY_OF_THE_FIVE_TEXTS``

Each target, observation, goal and erratum from a founding text (source ``seed-*``) must have a
locator, and that paragraph must contain its ``as_stated``. The exit code is 1 if one does not.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import innovation_plans as ip

# The first words identify a text, so the names of the files do not matter.
OPENINGS = {
    "seed-cbn-2021": "Focus on it!",
    "seed-cbn-2022": "Why are these areas the focus",
    "seed-scio-2021": "Home",
    "seed-xining-2022": "“Road Map” for Scientific",
    "seed-chinadaily-2021": "Capital to become international",
}


def main(argv: list[str]) -> int:
    """Print every error and the number of records."""
    if len(argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    texts = _texts(Path(argv[1]))
    plans = ip.load(tiers="ABCD")
    checked, errors = 0, []
    for key, citation in _cited(plans):
        checked += 1
        problem = _problem(citation, texts[citation.source.code], figure="Goal" not in key)
        if problem:
            errors.append(f"{key}: {problem}")
    print("\n".join(errors))
    print(f"{checked} records checked, {len(errors)} errors")
    return 1 if errors else 0


def _texts(directory: Path) -> dict[str, list[str]]:
    """Return the paragraphs of each founding text; blank lines are not counted."""
    texts: dict[str, list[str]] = {}
    for path in sorted(directory.glob("*.txt")):
        paragraphs = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
        paragraphs = [line for line in paragraphs if line]
        for code, opening in OPENINGS.items():
            if paragraphs[0].startswith(opening):
                texts[code] = paragraphs
    missing = OPENINGS.keys() - texts.keys()
    if missing:
        raise SystemExit(f"no text begins like {', '.join(sorted(missing))}")
    return texts


def _cited(plans: ip.Dataset) -> Iterator[tuple[str, ip.Citation]]:
    for table in (plans.targets, plans.observations, plans.goals, plans.errata):
        for record in table:
            if record.citation.source.code in OPENINGS:
                yield f"{type(record).__name__} {record.key}", record.citation


def _problem(citation: ip.Citation, paragraphs: list[str], *, figure: bool) -> str:
    match = re.fullmatch(r"paragraph ([0-9]+)|paragraphs ([0-9]+)-([0-9]+)", citation.locator or "")
    if not match:
        return f"expected a locator 'paragraph N' or 'paragraphs N-M', found {citation.locator!r}"
    number, last = (int(match[1] or match[place]) for place in (2, 3))
    if not 1 <= number <= last <= len(paragraphs):
        return f"the text has no {citation.locator}"
    stated = citation.as_stated
    if stated is None:
        return "no figure expression" if figure else ""
    if stated in "\n".join(paragraphs[number - 1 : last]):
        return ""
    return f"{stated!r} is not in {citation.locator}"


if __name__ == "__main__":
    sys.exit(main(sys.argv))
