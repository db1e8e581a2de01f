"""Write the bill of materials of a wheel: the packages in an environment with only this wheel.

Usage: ``python tools/write_bill.py WHEEL PYTHON``, where PYTHON is the interpreter of the
environment. The bill, in CycloneDX format, is written next to the wheel. The generator does not know
the version of the wheel and its sha256, so both are added. The dependencies are checked against the
metadata of the wheel.
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


def required(wheel: Path) -> set[str]:
    """Return the names of the packages that a wheel needs, without extras, on any Python."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (each for each in archive.namelist() if each.endswith(".dist-info/METADATA"))
        about = Parser().parsestr(archive.read(name).decode())
    lines = about.get_all("Requires-Dist", [])
    return {_plain(re.split("[<>=; ]", line)[0]) for line in lines if "extra ==" not in line}


def generated(python: Path) -> dict[str, Any]:
    """Return the bill of an environment, as the generator writes it."""
    command = [sys.executable, "-m", "cyclonedx_py", "environment", "--mc-type", "library"]
    command += ["--pyproject", str(ROOT / "pyproject.toml"), "--output-reproducible", str(python)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    bill: dict[str, Any] = json.loads(done.stdout)
    return bill


def completed(bill: dict[str, Any], wheel: Path) -> dict[str, Any]:
    """Return the bill with the version and the sha256 of the wheel."""
    main = bill["metadata"]["component"]
    main["version"] = wheel.name.split("-")[1]
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    main["hashes"] = [{"alg": "SHA-256", "content": digest}]
    return bill


def problems(bill: dict[str, Any], wheel: Path) -> list[str]:
    """Return the differences between the bill and the metadata of the wheel."""
    main = bill["metadata"]["component"]["bom-ref"]
    edges = {each["ref"]: each.get("dependsOn", []) for each in bill["dependencies"]}
    known = {each["bom-ref"]: each for each in bill["components"]}
    # Only some Python versions need this backport.
    direct = {_plain(known[ref]["name"]) for ref in edges.get(main, [])} | {"typing-extensions"}
    messages = (
        []
        if direct == required(wheel) | {"typing-extensions"}
        else [f"direct dependencies: {sorted(direct)}"]
    )
    reached, waiting = set(), [main]
    while waiting:
        ref = waiting.pop()
        reached.add(ref)
        waiting += [each for each in edges.get(ref, []) if each not in reached]
    messages += [f"no package needs {ref}" for ref in known.keys() - reached]
    messages += [
        f"{each['name']}: no licence" for each in known.values() if not each.get("licenses")
    ]
    return messages


def _plain(name: str) -> str:
    return re.sub("[-_.]+", "-", name).lower()


def main() -> int:
    """Write the bill and print its number of packages."""
    wheel, python = Path(sys.argv[1]), Path(sys.argv[2])
    bill = completed(generated(python), wheel)
    messages = problems(bill, wheel)
    if messages:
        print("\n".join(messages), file=sys.stderr)
        return 1
    name, version = wheel.name.split("-")[:2]
    file = wheel.with_name(f"{name}-{version}.cdx.json")
    file.write_text(json.dumps(bill, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{file.name}: {len(bill['components'])} packages in an environment with the wheel")
    return 0


if __name__ == "__main__":
    sys.exit(main())
