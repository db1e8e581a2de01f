"""The check of a directory or an installed dataset."""

from __future__ import annotations

from collections.abc import Iterator
from os import PathLike
from pathlib import Path

from ..dataset.dataset import Dataset, check_kinds
from ..dataset.load import load
from ..errors import ArgumentError, DataError, expanded, expect, flag
from ..io.formats import read
from ..records import TABLES, TYPED, Indicator, Observation, Record, Region, Target
from ..text.messages import Message
from .checked import Checked
from .report import CheckReport, Problem, Severity
from .rules import key_problems, record_problems, row_problems


def check(
    path: str | PathLike[str] | Dataset,
    *,
    alone: bool = False,
    base: Dataset | None = None,
    target_type: type[Target] = Target,
    observation_type: type[Observation] = Observation,
    region_type: type[Region] = Region,
    indicator_type: type[Indicator] = Indicator,
) -> CheckReport:
    r"""Check a user's own data, and return all errors and warnings.

    Errors are what :func:`load` or :meth:`Dataset.extend` would raise, and figures that contradict
    their quoted wording. Warnings may be correct: conflicts, unused records, wording that cannot be
    read, unsorted rows.

    Parameters
    ----------
    path
        A directory of data files, or the name of an installed dataset; or a dataset, whose
        extensions are checked, or all its records if it has none.
    alone
        True for an independent dataset. Otherwise the data extend another one and may refer to its
        records.
    base
        The dataset that they extend; None for the bundled one, with sources of every tier.
    target_type, observation_type, region_type, indicator_type
        Your own subclasses, with their fields as columns.

    Raises
    ------
    ArgumentError
        If `path` is a dataset, and there are other arguments: it has its own base and types.
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
    >>> for problem in check(ours):
    ...     print(problem)
    sources.csv:2: tier: expected 'A', 'B', 'C' or 'D', found 'E'
    """
    types = (target_type, observation_type, region_type, indicator_type)
    kinds: dict[str, type[Record]] = dict(zip(TYPED, types, strict=True))
    check_kinds(kinds)
    if base is not None:
        expect("base", base, "targets", "a dataset")
    if isinstance(path, Dataset):
        if alone or base is not None or kinds != {name: TABLES[name] for name in TYPED}:
            hint = "it has its own base and types; leave out the other arguments"
            raise ArgumentError(parameter="argument", value="beside a dataset", hint=hint)
        raw, extended = path._own_tables()  # noqa: SLF001
        own_kinds = path._holdings.kinds  # noqa: SLF001
        data = Checked(raw, own_kinds, extended, loaded_tiers=path.tiers)
        problems = []
    else:
        ours = load(tiers="ABCD") if base is None else base
        extended = None if flag("alone", alone) else ours
        loaded = base.tiers if base is not None and extended else ""
        data = Checked(read(path), kinds, extended, loaded_tiers=loaded)
        problems = [*_tables_in_folders(Path(expanded(path)))]
    problems += [Problem.of(error) for error in data.unread]
    problems += [*row_problems(data), *record_problems(data)]
    records = {name: len(data.own(name)) for name in TABLES}
    if not data.unread:
        problems += key_problems(data)
        if not any(records.values()):
            is_extended = isinstance(path, Dataset) and path.extensions
            key = "problem.nothing_added" if is_extended else "problem.no_records"
            error = DataError(file=data.label, problem=Message(key))
            problems.append(Problem.of(error))
    problems.sort(key=lambda problem: (problem.file, problem.line or 0))
    return CheckReport(problems, data.label, records)


def _tables_in_folders(root: Path) -> Iterator[Problem]:
    """Yield a note for each file that has the name of a table and is in a folder that is not read."""
    folders = sorted(root.iterdir()) if root.is_dir() else []
    for folder in folders:
        if folder.name in TABLES or folder.name.startswith(".") or not folder.is_dir():
            continue
        for file in sorted(folder.iterdir()):
            if file.stem in TABLES and file.suffix in {".csv", ".toml"}:
                problem = Message("problem.in_folder", name=file.name, table=file.stem)
                error = DataError(file=f"{folder.name}/{file.name}", problem=problem)
                yield Problem.of(error, Severity.NOTE)
