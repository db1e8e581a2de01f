"""Floor 0: what was probably meant by a name that is none. Read next: ``codelists.py``."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["nearest"]

_LONGEST = 200


def nearest(text: str, known: Iterable[str], most: int = 3, *, cutoff: float = 0.6) -> list[str]:
    """The known names spelled like `text`, best first.

    Examples
    --------
    >>> nearest("Guandong", ["Guangdong", "Guangxi", "Hubei"])
    ['Guangdong', 'Guangxi']
    """
    from difflib import get_close_matches  # for who made a slip; loading targets needs none

    return get_close_matches(text[:_LONGEST], known, n=most, cutoff=cutoff)
