"""Writes the bill of materials of a wheel: what an empty environment holds once it is installed.

Usage: ``python tools/write_bill.py WHEEL PYTHON``, where PYTHON is the interpreter of the
environment. The bill, in CycloneDX, goes beside the wheel. The generator knows no version that is
read from the source, nor the file: both are added, and the whole is checked against what the wheel
says that it needs.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def needs(wheel: Path) -> set[str]:
    """The names of the packages that a wheel needs, extras left out, on any Python."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (each for each in archive.namelist() if each.endswith(".dist-info/METADATA"))
        about = Parser().parsestr(archive.read(name).decode())
    lines = about.get_all("Requires-Dist", [])
    return {_plain(re.split("[<>=; ]", line)[0]) for line in lines if "extra ==" not in line}


def generated(python: Path) -> dict[str, Any]:
    """The bill of an environment, as the generator writes it."""
    command = [sys.executable, "-m", "cyclonedx_py", "environment", "--mc-type", "library"]
    command += ["--pyproject", str(ROOT / "pyproject.toml"), "--output-reproducible", str(python)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def completed(bill: dict[str, Any], wheel: Path) -> dict[str, Any]:
    """The bill with the version and the sum of the wheel that it is of."""
    main = bill["metadata"]["component"]
    main["version"] = wheel.name.split("-")[1]
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    main["hashes"] = [{"alg": "SHA-256", "content": digest}]
    return bill


def complaints(bill: dict[str, Any], wheel: Path) -> list[str]:
    """What of the bill is not as the wheel says."""
    main = bill["metadata"]["component"]["bom-ref"]
    edges = {each["ref"]: each.get("dependsOn", []) for each in bill["dependencies"]}
    known = {each["bom-ref"]: each for each in bill["components"]}
    # On Pythons that need no backport it is not there.
    direct = {_plain(known[ref]["name"]) for ref in edges.get(main, [])} | {"typing-extensions"}
    found = [] if direct == needs(wheel) | {"typing-extensions"} else [f"needs: {sorted(direct)}"]
    reached, waiting = set(), [main]
    while waiting:
        ref = waiting.pop()
        reached.add(ref)
        waiting += [each for each in edges.get(ref, []) if each not in reached]
    found += [f"{ref} is needed by nobody" for ref in known.keys() - reached]
    found += [f"{each['name']}: no licence" for each in known.values() if not each.get("licenses")]
    return found


def _plain(name: str) -> str:
    return re.sub("[-_.]+", "-", name).lower()


def main() -> int:
    """Write the bill and say what is in it."""
    wheel, python = Path(sys.argv[1]), Path(sys.argv[2])
    bill = completed(generated(python), wheel)
    wrong = complaints(bill, wheel)
    if wrong:
        print("\n".join(wrong), file=sys.stderr)
        return 1
    name, version = wheel.name.split("-")[:2]
    file = wheel.with_name(f"{name}-{version}.cdx.json")
    file.write_text(json.dumps(bill, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{file.name}: {len(bill['components'])} packages in an environment with the wheel")
    return 0


if __name__ == "__main__":
    sys.exit(main())
