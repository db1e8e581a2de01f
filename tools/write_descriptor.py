"""Write the table schemas, ``croissant.json`` and ``datapackage.json``. Run it after any data change.

Usage: ``python tools/write_descriptor.py [--check]``

With ``--check`` nothing is written; the exit code is 1 if a file is not up to date.
The descriptor follows Frictionless Data Package, version 2.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

import innovation_plans as ip
from croissant import CROISSANT, croissant
from innovation_plans.io.datapackage import (
    CREATOR,
    LICENCE,
    json_text,
    package,
    resource,
    table_schema,
)
from innovation_plans.io.files import DESCRIPTOR
from innovation_plans.records import TABLES
from innovation_plans.units.table import bundled_units

DATA = Path(ip.__file__).parent / "data"
NOT_TABULAR = {"indicators"}  # a TOML file; the schemas list its codes as an enumeration


def main(arguments: list[str]) -> int:
    """Write the files, or with ``--check`` compare them."""
    stale = []
    for path, text in documents(DATA, ip.load(tiers="ABCD")):
        if "--check" in arguments:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                stale.append(path.relative_to(DATA).as_posix())
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    if stale:
        print(f"stale: {', '.join(stale)}; run tools/write_descriptor.py", file=sys.stderr)
    return 1 if stale else 0


def documents(root: Path, plans: ip.Dataset) -> Iterator[tuple[Path, str]]:
    """Return the path and text of each file that describes the data in `root`; the descriptor last."""
    units = [unit.name for unit in bundled_units()]
    enumerated = {"indicator": [each.code for each in plans.indicators]}
    texts = {
        f"schemas/{name}.json": json_text(
            table_schema(name, [kind], units=units, enumerated=enumerated)
        )
        for name, kind in TABLES.items()
        if name not in NOT_TABULAR
    }
    texts[CROISSANT] = json_text(croissant(root, plans))
    for name, text in texts.items():
        yield root / name, text
    yield root / DESCRIPTOR, json_text(_package(root, texts))


def _package(root: Path, texts: dict[str, str]) -> Any:
    edition = tomllib.loads((root / "edition.toml").read_text(encoding="utf-8"))
    head = {
        "name": "innovation-plans",
        "title": "Targets and outcomes of Chinese innovation plans",
        "version": edition["edition"],
        "schemaVersion": edition["schema"],
        "licenses": [LICENCE],
        "contributors": [{"title": CREATOR, "roles": ["creator"]}],
    }
    return package(head, list(bundled_units()), list(_resources(root, texts)))


def _resources(root: Path, texts: dict[str, str]) -> Iterator[dict[str, Any]]:
    for path in sorted({*root.rglob("*"), *(root / name for name in texts)}):
        name = path.relative_to(root).as_posix()
        if (
            path.is_dir()
            or name.startswith((DESCRIPTOR, "snapshot/"))
            or path.suffix in {".py", ".pyc"}
        ):
            continue
        raw = texts[name].encode() if name in texts else path.read_bytes()
        table = name.split("/", 1)[0].removesuffix(path.suffix)
        yield resource(name, raw, f"schemas/{table}.json")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
