"""The check of a directory or an installed dataset."""

from __future__ import annotations

from os import PathLike

from ..dataset.dataset import Dataset
from ..dataset.load import load
from ..io.formats import read
from ..records import TABLES, Indicator, Observation, Region, Target
from .agreement import agreement, completeness
from .checked import Checked
from .hygiene import hygiene
from .report import CheckReport, Fault, Severity

__all__ = ["check"]


def check(
    path: str | PathLike[str],
    *,
    alone: bool = False,
    base: Dataset | None = None,
    target_type: type[Target] = Target,
    observation_type: type[Observation] = Observation,
    region_type: type[Region] = Region,
    indicator_type: type[Indicator] = Indicator,
) -> CheckReport:
    r"""Everything that is wrong with, or odd about, a user's own data.

    Errors are what :func:`load` or :meth:`Dataset.extend` would refuse, and figures that their
    own wording gainsays. Warnings are what may be right: conflicts, what is not used, wording
    that cannot be read, an order of rows that makes changes hard to follow.

    Parameters
    ----------
    path
        A directory of data files, or the name of an installed dataset.
    alone
        Whether the data are a dataset of their own; otherwise they extend another one and may
        refer to its records.
    base
        The dataset they extend; None for the bundled one, with sources of every tier.
    target_type, observation_type, region_type, indicator_type
        Your own subclasses, whose further fields are columns.

    Raises
    ------
    MissingError
        If there is no such directory or dataset.
    AmbiguousError
        If `path` is both a directory and the name of an installed dataset.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> ours = Path(tempfile.mkdtemp())
    >>> _ = (ours / "sources.csv").write_text("code,title,tier\nour-plan,Our plan,E\n")
    >>> for fault in check(ours):
    ...     print(fault)
    sources.csv:2: tier: expected 'A', 'B', 'C' or 'D', found 'E'
    """
    types = (target_type, observation_type, region_type, indicator_type)
    kinds = dict(zip(("targets", "observations", "regions", "indicators"), types, strict=True))
    behind = None if alone else base or load(tiers="ABCD")
    data = Checked(read(path), kinds, behind)
    faults = [Fault.of(error) for error in data.unread]
    faults += [*hygiene(data), *agreement(data)]
    records = {name: len(data.own(name)) for name in TABLES}
    if not data.unread:
        faults += completeness(data)
        if not any(records.values()):
            problem = "no record of any table; expected files such as targets.csv"
            faults.append(Fault(data.label, 0, "", Severity.ERROR, problem))
    faults.sort(key=lambda each: (each.file, each.line))
    return CheckReport(data.label, records, tuple(faults))
