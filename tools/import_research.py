"""Build the files under ``src/innovation_plans/data/`` from the research tables.

Usage: ``python tools/import_research.py DIRECTORY_OF_RESEARCH_TABLES [DIRECTORY_OF_ADDITIONS ...]``

A second run changes nothing. Every row of the research tables is kept, merged into another row, or
dropped with a reason; the tool prints the counts. ``tools/research/corrections.csv`` lists the
corrections, each with the value that it expects; ``decimals.csv`` lists the decimals that the tables
print. A released edition raises an error.
"""

from __future__ import annotations

import csv
import re
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from operator import attrgetter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from importer.additions import SOURCES_OF_ADDITIONS, add_tables, move_other_starts
from importer.bases import note_unprinted_bases
from importer.decimals import restore_worded_zeros, restore_zeros
from importer.documents import ADDRESS_ONLY, documents
from importer.further_texts import (
    OLDER_TEXT,
    note_better_texts,
    note_conflicts,
    note_sources_of_other_plans,
    settle_further_texts,
)
from importer.ledger import CURATED, Cells, Research, read, read_research
from importer.precision import precision_of
from importer.remarks import (
    PRESS_DATE,
    add_estimated_starts,
    flag_by_notes,
    leave_assumed_starts_to_outcomes,
    mark_assumed_starts,
    mark_counts_before_year_end,
    name_as_printed,
    note_award_rounds,
    note_contracts_sold_and_bought,
    note_early_rd,
    note_efforts,
    note_implied_years,
    note_inexact_starts,
    note_missing_percent,
    note_missing_wording,
    note_other_multiples,
    note_reviews,
    note_second_texts,
    note_unknown_force,
    start_late_documents,
    use_plain_words,
)
from importer.renditions import graded_by_host, merge_sources
from importer.rows import DataRows, series_key_of
from importer.vintages import (
    date_first_accounts,
    note_later_texts,
    remove_early_vintages,
    vintages,
)
from innovation_plans.errors import DataError, DataErrors
from innovation_plans.io.csv import read_toml
from innovation_plans.io.raw import Row
from innovation_plans.io.rows import columns_of, known_rows, read_records, to_cells
from innovation_plans.records import TABLES, Context, Observation, Record, Target

DATA = Path(__file__).resolve().parent.parent / "src" / "innovation_plans" / "data"
# Figures, by region or plan, indicator and value, whose text has a printed error.
CORRECTED = {
    ("CN-EAST", "rd_expenditure", "1651.73"): "seed-cbn-2021-erratum-1",
    ("CN-BJ", "high_tech_value_added_gdp_share", "31.6"): "seed-chinadaily-2021-erratum-1",
    ("630100-14-sti", "rd_intensity", "1.5"): "seed-xining-2022-erratum-2",
    ("630100-14-sti", "business_rd_share", "75"): "seed-xining-2022-erratum-3",
}
FEWEST = 40  # figures of an indicator that has a file of its own
UNSUITABLE = re.compile("porn")
ALL_UNRECORDED = "title and publisher were not recorded"
ONLY_THIS_RECORDED = "of title and publisher only this was recorded: {recorded}"


def main(argv: list[str]) -> int:
    """Read, correct, check and write the tables, and print the counts of their rows."""
    if len(argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    edition = tomllib.loads((DATA / "edition.toml").read_text(encoding="utf-8"))["edition"]
    if (DATA.parent / "editions" / edition).exists():
        print(
            f"edition {edition!r} is released, so its files must not change; "
            f"name the next edition in {str(DATA / 'edition.toml')!r}",
            file=sys.stderr,
        )
        return 1
    research = read_research(Path(argv[1]))
    research.tables["regions"] += [
        {**row, "origin": "regions of additions"} for row in read(CURATED / "regions.csv")
    ]
    for directory in (*map(Path, argv[2:]), CURATED / "read-since"):
        add_tables(research, directory)
    move_other_starts(research)
    merge_sources(research)
    settle_further_texts(research)
    date_first_accounts(research)
    remove_early_vintages(research)
    note_unprinted_bases(research)
    note_inexact_starts(research)
    note_reviews(research)
    note_early_rd(research)
    note_award_rounds(research)
    note_implied_years(research)
    mark_counts_before_year_end(research)
    note_other_multiples(research)
    note_missing_percent(research)
    start_late_documents(research)
    mark_assumed_starts(research)
    note_unknown_force(research)
    note_efforts(research)
    note_later_texts(research)
    name_as_printed(research, tomllib.loads((DATA / "indicators.toml").read_text("utf-8")))
    note_contracts_sold_and_bought(research)
    note_second_texts(research)
    add_estimated_starts(research)
    note_missing_wording(research)
    use_plain_words(research)
    flag_by_notes(research)
    leave_assumed_starts_to_outcomes(research)
    restore_zeros(research.tables["observations"])
    for name in ("targets", "corroborations", "outcomes", "observations"):
        restore_worded_zeros(research.tables[name])
    tables = _data_tables(DataRows(research), research)
    try:
        records = _checked(tables)
    except DataErrors as errors:
        for error in errors.exceptions:
            print(error, file=sys.stderr)
        return 1
    for name, rows in records.items():
        write_table(name, rows)
    print(f"edition {edition}")
    print(research.balance())
    return 0


def _data_tables(data: DataRows, research: Research) -> dict[str, list[Cells]]:
    tables: dict[str, list[Cells]] = {
        name: list(getattr(data, name)())
        for name in ("regions", "sources", "plans", "errata", "targets", "observations", "goals")
    }
    tables["vintages"] = list(vintages({row["code"]: row for row in tables["sources"]}))
    plan_of = {row["code"]: row for row in tables["plans"]}
    targets_of: dict[tuple[str, ...], list[Cells]] = defaultdict(list)
    for row in tables["targets"]:
        plan = plan_of[row["plan"]]
        key = (plan["region"], plan["period"], row["indicator"], row["form"], row["end_year"])
        targets_of[key].append(row)
    tables["corroborations"] = list(data.corroborations(targets_of))
    _add_second_texts(data, tables, research)
    _note_older_texts(tables)
    note_sources_of_other_plans(tables)
    note_better_texts(tables)
    note_conflicts(tables)
    tables["documents"] = list(documents(tables))
    _point_to_errata(tables)
    return tables


def _add_second_texts(data: DataRows, tables: dict[str, list[Cells]], research: Research) -> None:
    """Add each second text, of which only the address is known, as a source.

    A text that was read since keeps its number, so that the codes of the others stay.
    """
    known = {row["url"]: row["code"] for row in tables["sources"] if row["url"]}
    read_since = {
        row["url"] for row in research.tables["sources"] if row["origin"] == SOURCES_OF_ADDITIONS
    }
    numbers: dict[str, int] = defaultdict(int)
    for address, targets in data.second_texts().items():
        if UNSUITABLE.search(address) and address not in known:
            research.notes.append(
                f"second text of {len(targets)} target(s) left out: unsuitable host"
            )
            continue
        if address not in known or address in read_since:
            plan = targets[0][0]["plan"].split("-")
            region = plan[1 if plan[0] == "CN" else 0]
            numbers[region] += 1
        if address not in known:
            code = f"{region.lower()}-second-{numbers[region]}"
            known[address] = code
            tables["sources"].append(
                {
                    "code": code,
                    "title": ADDRESS_ONLY,
                    "url": address,
                    **_as_recorded(address, graded_by_host(address, tables["sources"])),
                }
            )
        for target, remark in targets:
            key, source = series_key_of(target), known[address]
            further = {"target": key, "source": source, "notes": remark}
            if (
                not _is_listed(further, tables["corroborations"])
                and target["source"] != known[address]
            ):
                tables["corroborations"].append(further)


def _as_recorded(address: str, graded: Cells) -> Cells:
    """Return a second text with what was recorded of it besides its address, if anything."""
    for row in read(CURATED / "second_texts.csv"):
        if row["address"] == address:
            notes = graded["notes"].replace(ALL_UNRECORDED, ONLY_THIS_RECORDED.format(**row))
            return {**graded, "notes": notes}
    return graded


def _note_older_texts(tables: dict[str, list[Cells]]) -> None:
    """Say of every further text that is older than the plan that it may be on another document."""
    dates = {row["code"]: row.get("date", "") for row in tables["sources"]}
    issued = {series_key_of(row): row["plan"] for row in tables["targets"]}
    dates_of_plans = {
        row["code"]: row["issued"] for row in tables["plans"] if PRESS_DATE not in row["notes"]
    }
    for row in tables["corroborations"]:
        date, day = dates[row["source"]], dates_of_plans.get(issued[row["target"]], "")
        shorter = min(len(date), len(day))
        if shorter and date[:shorter] < day[:shorter] and not row.get("notes"):
            row["notes"] = OLDER_TEXT


def _is_listed(further: Cells, corroborations: list[Cells]) -> bool:
    return any(
        (row["target"], row["source"]) == (further["target"], further["source"])
        for row in corroborations
    )


def _point_to_errata(tables: dict[str, list[Cells]]) -> None:
    """Set the erratum of every figure that has one; stop if one is not there."""
    open_ = dict(CORRECTED)
    for row in (*tables["targets"], *tables["observations"]):
        key = (row.get("plan") or row["region"], row["indicator"], row["value"])
        if key in open_ and row["source"] in open_[key]:
            row["erratum"] = open_.pop(key)
    if open_:
        raise SystemExit(f"no figures for the errata {open_}")


def _checked(tables: dict[str, list[Cells]]) -> dict[str, list[Record]]:
    """Return the tables as records, checked like every other data."""
    context = Context()
    errors: list[DataError] = []
    records: dict[str, list[Record]] = {}
    for name, kind in TABLES.items():
        if name == "indicators":
            items = read_toml(DATA / "indicators.toml", "indicators.toml")
            rows = known_rows(kind, items, context, errors)
        else:
            rows = [
                Row(name, number, {key: cell for key, cell in cells.items() if cell})
                for number, cells in enumerate(tables[name], start=2)
            ]
        validated, _ = read_records(kind, rows, context, errors)
        records[name] = sorted(with_precision(validated), key=lambda record: record.key)
    if errors:
        raise DataErrors.of("research tables", errors)
    del records["indicators"]
    return records


def with_precision(records: Iterable[Any]) -> list[Any]:
    """Return the records, targets and observations with the precision that their wording says."""
    return [
        record.model_copy(update={"precision": precision_of(record)})
        if isinstance(record, Target | Observation)
        else record
        for record in records
    ]


def write_table(name: str, records: list[Record]) -> None:
    """Write the file or files of one table."""
    if name == "targets":
        _write_parts(name, records, lambda r: r.plan.period.split("-")[0])
    elif name == "observations":
        code_of = attrgetter("indicator.code")
        counts = Counter(map(code_of, records))
        _write_parts(
            name, records, lambda r: code_of(r) if counts[code_of(r)] >= FEWEST else "other"
        )
    else:
        _write(DATA / f"{name}.csv", TABLES[name], records)


def _write_parts(name: str, records: list[Record], part_of: Callable[[Any], str]) -> None:
    parts = defaultdict(list)
    for record in records:
        parts[part_of(record)].append(record)
    for old in (DATA / name).glob("*.csv"):
        if old.stem not in parts:
            old.unlink()
    for part, members in parts.items():
        _write(DATA / name / f"{part}.csv", TABLES[name], members)


def _write(path: Path, kind: type[Record], records: Iterable[Record]) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns_of(kind), lineterminator="\n")
        writer.writeheader()
        writer.writerows(to_cells(record) for record in records)


if __name__ == "__main__":
    sys.exit(main(sys.argv))
