"""The colours and marks of verdicts, and their order: one place for pictures and pages.

No library is needed here. The colours stay apart in deuteranopia, protanopia and tritanopia, and
against white; a mark goes with each, so that no meaning hangs on colour alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ..codelists import Availability, Tier, Verdict

__all__ = ["FILLS", "KNOWN", "RAMP", "TIERS", "VERDICTS", "Look", "ink_on", "luminance"]


class Look(NamedTuple):
    """How a code is drawn: its colour, its mark as a character, and matplotlib's name of the mark."""

    colour: str
    glyph: str
    marker: str
    hollow: bool = False


# In the order of the code list: the order of legends and counts.
VERDICTS: Mapping[Verdict, Look] = {
    Verdict.MET: Look("#006b52", "●", "o"),
    Verdict.MISSED: Look("#8f1d14", "✖", "X"),
    Verdict.AHEAD: Look("#3896d4", "▲", "^"),
    Verdict.ON_TRACK: Look("#173f8a", "■", "s"),
    Verdict.OFF_TRACK: Look("#cb7a00", "▼", "v"),
    Verdict.UNDETERMINED: Look("#858585", "○", "o", hollow=True),
}
KNOWN: Mapping[Availability, Look] = {
    Availability.STATED: Look("#173f8a", "■", "s"),
    Availability.NOT_STATED: Look("#b7c6dd", "□", "s"),
    Availability.NOT_READ: Look("#ececec", "·", "s"),
    Availability.PUBLISHED: Look("#cb7a00", "●", "o"),
    Availability.NOT_PUBLISHED: Look("#ffffff", "", "o", hollow=True),
}
# How full a mark is: the nearer a text stands to who issued the figure, the fuller.
TIERS: Mapping[Tier, str] = {Tier.A: "full", Tier.B: "left", Tier.C: "bottom", Tier.D: "none"}
# From little to much, in one hue: read by lightness alone.
RAMP = ("#e3ecf5", "#b3cbe4", "#7ba3cf", "#4376b0", "#173f8a")
FILLS: Mapping[str, str] = {"empty": "#f7f7f7", "edge": "#cfcfcf", "undetermined": "#e2e2e2"}


def ink_on(colour: str) -> str:
    """Black or white, whichever is read better on a colour.

    Examples
    --------
    >>> ink_on("#173f8a"), ink_on("#f4f4f4")
    ('#ffffff', '#1a1a1a')
    """
    light = luminance(colour)
    return "#ffffff" if 1.05 / (light + 0.05) > (light + 0.05) / 0.06 else "#1a1a1a"


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``: 0 is black, 1 is white (WCAG 2, section 1.4.3)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
