"""Write the first edition, 2026.10: what the five founding documents alone say.

Usage: ``python tools/make_founding_edition.py``

It was run once; a released edition never changes, so it refuses to run again. Rows are those of
the bundled files whose source is a founding document, as they lie there, with the rows they refer
to. Errata are left out, and a corrected figure is the printed one: what a document says of itself
alone. ``diff`` shows what the next edition made of it.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import innovation_plans as ip
from write_descriptor import DATA, documents

EDITION = "2026.10"
ROOT = DATA.parent / "earlier_editions" / EDITION
FOUNDING = "seed-"
# As printed: what the errata of the later edition correct.
PRINTED = {
    ("CN-EAST", "rd_expenditure", "level", "2020", "1651.73"): {
        "value": "165.173",
        "erratum": "",
        "notes": "",
    },
}
Cells = dict[str, str]


def main() -> int:
    """Write the files; the descriptor last."""
    if ROOT.exists():
        print(f"{EDITION} is released: its files never change", file=sys.stderr)
        return 1
    claims = [
        *(DATA / "targets").glob("*.csv"),
        *(DATA / "observations").glob("*.csv"),
        DATA / "goals.csv",
    ]
    kept = {
        file: _filtered(file, lambda row: row["source"].startswith(FOUNDING)) for file in claims
    }
    rows = [row for _, found in kept.values() for row in found]
    for file, (header, found) in kept.items():
        _write(file, header, [_as_printed(row) for row in found])
    plans = {row["plan"] for row in rows if row.get("plan")}
    header, found = _filtered(DATA / "plans.csv", lambda row: row["code"] in plans)
    _write(DATA / "plans.csv", header, found)
    regions = {row["region"] for row in [*rows, *found] if row.get("region")}
    _write_regions(regions)
    sources = {row["source"] for row in rows}
    _write(DATA / "sources.csv", *_filtered(DATA / "sources.csv", lambda r: r["code"] in sources))
    _write_indicators({row["indicator"] for row in rows if row.get("indicator")})
    (ROOT / "units.txt").write_bytes((DATA / "units.txt").read_bytes())
    (ROOT / "edition.toml").write_text(
        "# The first edition: the five founding documents, as printed.\n"
        f'edition = "{EDITION}"\nschema = 1\n',
        encoding="utf-8",
        newline="\n",
    )
    for path, text in documents(ROOT, ip.load(ROOT, tiers="ABCD")):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return 0


def _as_printed(row: Cells) -> Cells:
    notes = re.sub("[:;,]? *see errata[a-z-]*", "", row.get("notes", ""))
    row = row | {"notes": notes} if "notes" in row else row
    if not row.get("erratum"):
        return row
    key = tuple(row[name] for name in ("region", "indicator", "form", "year", "value"))
    return row | PRINTED[key]  # type: ignore[index]


def _filtered(file: Path, wanted: Callable[[Cells], bool]) -> tuple[list[str], list[Cells]]:
    with file.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream, strict=True)
        return list(reader.fieldnames or ()), [row for row in reader if wanted(row)]


def _write(file: Path, header: Iterable[str], rows: list[Cells]) -> None:
    if not rows:
        return
    text = io.StringIO()
    writer = csv.DictWriter(text, list(header), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    made = ROOT / file.relative_to(DATA)
    made.parent.mkdir(parents=True, exist_ok=True)
    made.write_text(text.getvalue(), encoding="utf-8", newline="\n")


def _write_regions(wanted: set[str]) -> None:
    """The regions, with those they lie in and the groups they belong to."""
    header, rows = _filtered(DATA / "regions.csv", lambda _: True)
    by_code = {row["code"]: row for row in rows}
    known: set[str] = set()
    while wanted - known:
        code = (wanted - known).pop()
        known.add(code)
        row = by_code[code]
        wanted |= {each for each in (row["parent"], *row["groups"].split("|")) if each}
    _write(DATA / "regions.csv", header, [row for row in rows if row["code"] in known])


def _write_indicators(wanted: set[str]) -> None:
    """The blocks of the indicators, with those they are quotients of."""
    text = (DATA / "indicators.toml").read_text(encoding="utf-8")
    head, *blocks = re.split(r"(?m)^(?=\[[a-z0-9_]+\]$)", text)
    by_code = {block[1 : block.index("]")]: block for block in blocks}
    known: set[str] = set()
    while wanted - known:
        code = (wanted - known).pop()
        known.add(code)
        wanted |= set(re.findall(r'(?m)^(?:numerator|denominator) = "(.+)"$', by_code[code]))
    body = "".join(block for code, block in by_code.items() if code in known)
    made = (head + body).rstrip("\n") + "\n"
    (ROOT / "indicators.toml").write_text(made, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
