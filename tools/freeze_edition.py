"""Release the edition in ``data/``: copy it to ``editions/``, and begin the next edition.

Usage: ``python tools/freeze_edition.py NEXT_EDITION``, such as ``2026.12``

The sums of the copied files go to ``tests/data/released.sha256``, the sum of the descriptor to
``RELEASED`` in ``src/innovation_plans/dataset/editions.py``. A released edition raises an error.
The steps are in ``docs/how-to/release-an-edition.md``.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import sys
import tomllib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import innovation_plans as ip
from innovation_plans.io.files import DESCRIPTOR
from write_descriptor import documents

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = Path("src") / "innovation_plans"
MODULE = Path("dataset") / "editions.py"
SUMS = Path("tests") / "data" / "released.sha256"
_EDITION = re.compile(r"\d{4}\.\d{2}(\.[1-9])?")
_RELEASED = re.compile(r"(?m)^RELEASED = \{\n(?:    .*\n)*")


class RefusedError(Exception):
    """The edition cannot be released; nothing was written."""


def main(arguments: list[str]) -> int:
    """Release the edition and print the next step."""
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        edition = freeze(ROOT, arguments[0])
    except (RefusedError, ip.DataErrors, ip.MissingError) as error:
        print(f"{error}; nothing was written", file=sys.stderr)
        return 1
    print(f"edition {edition} is released and edition {arguments[0]} begun; now run make check")
    return 0


def freeze(root: Path, next_edition: str) -> str:
    """Release the edition of the source tree `root`, and return its name.

    Raises
    ------
    RefusedError
        If the edition is released already, or `next_edition` is not a later edition.
    DataErrors, MissingError
        If the descriptor does not describe the data files as they are.
    """
    data, module, sums = root / PACKAGE / "data", root / PACKAGE / MODULE, root / SUMS
    header = (data / "edition.toml").read_text(encoding="utf-8")
    edition = tomllib.loads(header)["edition"]
    copy = data.parent / "editions" / edition
    released = sums.read_text(encoding="utf-8")
    if copy.exists() or f"  {edition}/" in released:
        raise RefusedError(f"edition {edition!r} is released already")
    if not _EDITION.fullmatch(next_edition) or next_edition <= edition:
        raise RefusedError(f"expected an edition later than {edition!r}, found {next_edition!r}")
    files = sorted((*ip.verify(data), DESCRIPTOR))
    code = module.read_text(encoding="utf-8")
    if not _RELEASED.search(code):
        raise RefusedError(f"expected 'RELEASED = {{' and an entry per line in {module.name!r}")

    for name in files:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(data / name, copy / name)
    lines = [f"{_sha256(copy / name)}  {edition}/{name}\n" for name in files]
    _write(sums, released + "".join(lines))
    entry = f'    "{edition}": "{_sha256(copy / DESCRIPTOR)}",\n'
    _write(module, _RELEASED.sub(lambda match: match[0] + entry, code))
    _write(data / "edition.toml", _begun(header, edition, next_edition))
    for path, text in documents(data, ip.load(data, tiers="ABCD")):
        _write(path, text)
    return str(edition)


def _begun(header: str, edition: str, next_edition: str) -> str:
    """Return the ``edition.toml`` of the next edition, without ``[[change]]`` entries."""
    kept = header.partition("\n[[change]]")[0].rstrip("\n") + "\n"
    return kept.replace(f'edition = "{edition}"', f'edition = "{next_edition}"')


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
