"""Reports: regions, or one indicator, as one HTML page.

The page contains its texts in every language, its pictures, its style and its script. It opens from
a disk and needs no network.
"""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import Any

from ..dataset.dataset import Dataset
from ..dataset.where import Some, named_regions, periods
from ..errors import MissingError, expanded, expect, name_attributes, one_of, suggests
from ..io.save import replacing
from ..text.messages import language
from .content import page_of_indicator, page_of_regions

__all__ = ["html", "write"]
name_attributes(__name__)


@suggests(year="period=")
def html(
    plans: Dataset[Any, Any, Any, Any],
    *,
    region: Some = None,
    within: Some = None,
    indicator: str | None = None,
    period: Some = None,
    lang: str = "en",
) -> str:
    """Return the page of a region, of several regions or of an indicator, in every language.

    With regions and an indicator, it has the targets of the regions for the indicator.

    Parameters
    ----------
    plans
        The dataset with targets and observations.
    region, indicator
        One of them or both, by code or any name. The page of several regions, or of a group of
        regions, has the targets of all of them.
    within
        Regions with their parts, instead of `region` or to choose among its regions.
    period
        The plan periods of the targets; all if not given.
    lang
        The language that is shown first, ``"en"`` or ``"zh"``; a switch shows the others.

    Raises
    ------
    MissingError
        If there is no such region, indicator or period, no target or goal of them, or neither a
        region nor an indicator is given.
    MissingExtraError
        If jinja2 or matplotlib is not installed.

    Examples
    --------
    >>> from innovation_plans import load
    >>> page = html(load(), region="厦门")
    >>> page.startswith("<!DOCTYPE html>"), "Xiamen: targets and outcomes" in page
    (True, True)
    """
    first = language(lang)
    expect("plans", plans, "targets", "a dataset")
    codes = {plan.period for plan in plans.plans}
    chosen = () if period is None else periods(period, codes)
    regions = named_regions(plans.context, region, within)
    if regions:
        page = page_of_regions(plans, regions, indicator, chosen)
    elif indicator is not None and region is None and within is None:
        page = page_of_indicator(plans, indicator, chosen)
    else:
        raise MissingError(
            asked="region or indicator for the report",
            hint="give one of region= and indicator= (or --region and --indicator)",
        )
    return page.html(first)


@suggests(year="period=")
def write(
    plans: Dataset[Any, Any, Any, Any],
    path: str | PathLike[str],
    *,
    region: Some = None,
    within: Some = None,
    indicator: str | None = None,
    period: Some = None,
    lang: str = "en",
    overwrite: bool = False,
) -> Path:
    """Write the page to a file and return its path; after an error, there is no file.

    Parameters
    ----------
    plans, region, within, indicator, period, lang
        As in :func:`html`.
    path
        The file to write; the directory around it must exist.
    overwrite
        Whether an existing file may be replaced.

    Raises
    ------
    ArgumentError
        If the path has another ending than ``.html`` or ``.htm``.
    WriteError
        If the file exists, or cannot be written.
    MissingError, MissingExtraError
        As :func:`html`.
    """
    target = Path(expanded(path))
    one_of("ending of a report", target.suffix.lower(), (".html", ".htm"))
    with replacing(target, overwrite=overwrite) as temporary:
        text = html(
            plans, region=region, within=within, indicator=indicator, period=period, lang=lang
        )
        temporary.write_text(text, encoding="utf-8", newline="\n")
    return target
