"""Reports: one region or one indicator as one HTML page that needs nothing else.

The page holds both languages, its pictures, its style and its script; it opens from a disk and asks
no network for anything.
"""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import Any

from ..dataset.dataset import Dataset
from ..errors import AmbiguousError, MissingError
from ..io.save import replacing
from ..text.messages import language
from .content import page_of_indicator, page_of_region
from .page import rendered

__all__ = ["html", "write"]


def html(
    plans: Dataset[Any, Any, Any, Any],
    *,
    region: str | None = None,
    indicator: str | None = None,
    lang: str = "en",
) -> str:
    """The page of a region or of an indicator, in both languages.

    Parameters
    ----------
    plans
        The dataset with targets and observations.
    region, indicator
        Exactly one of them, by code or any name.
    lang
        ``"en"`` or ``"zh"``: the language that is shown first; a switch shows the other.

    Raises
    ------
    MissingError
        If nothing bears the name, or none is given.
    AmbiguousError
        If both a region and an indicator are given.
    MissingExtraError
        If jinja2 or matplotlib is not installed.

    Examples
    --------
    >>> from innovation_plans import load
    >>> page = html(load(), region="厦门")
    >>> page.startswith("<!DOCTYPE html>"), "Xiamen: targets and outcomes" in page
    (True, True)
    """
    spoken = language(lang)
    if region is not None and indicator is not None:
        raise AmbiguousError(
            asked="one subject of a report",
            matches=[f"region {region[:60]!r}", f"indicator {indicator[:60]!r}"],
            hint="name a region or an indicator, not both",
        )
    if region is not None:
        page = page_of_region(plans, region)
    elif indicator is not None:
        page = page_of_indicator(plans, indicator)
    else:
        raise MissingError(
            asked="subject of a report", hint="name a region or an indicator, by code or any name"
        )
    return rendered("report", page.content, lang=spoken, title=page.title)


def write(
    plans: Dataset[Any, Any, Any, Any],
    path: str | PathLike[str],
    *,
    region: str | None = None,
    indicator: str | None = None,
    lang: str = "en",
    overwrite: bool = False,
) -> Path:
    """Where the page was written; it is there whole, or not at all.

    Parameters
    ----------
    plans, region, indicator, lang
        As in :func:`html`.
    path
        The file to write; the directory around it must exist.
    overwrite
        Whether a file that stands there may be replaced.

    Raises
    ------
    WriteError
        If `path` is taken, or the system refuses.
    MissingError, AmbiguousError, MissingExtraError
        As :func:`html`.
    """
    place = Path(path)
    text = html(plans, region=region, indicator=indicator, lang=lang)
    with replacing(place, overwrite=overwrite) as fresh:
        fresh.write_text(text, encoding="utf-8", newline="\n")
    return place
