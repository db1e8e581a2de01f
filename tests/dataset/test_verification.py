"""verify(): one byte changed is noticed, and the file is named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import innovation_plans as ip

DATA = Path(ip.__file__).parent / "data"


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def faults(path: Path) -> list[str]:
    with pytest.raises(ip.DataErrors) as caught:
        ip.verify(path)
    return [str(fault) for fault in caught.value.exceptions]


@pytest.mark.heavy
def test_the_bundled_files_are_as_described(copied: Path) -> None:
    assert ip.verify() == ip.verify(copied)
    assert {"units.txt", "targets/14th.csv", "observations/gdp.csv"} <= set(ip.verify())


def test_every_kind_of_change_is_named_at_once(copied: Path) -> None:
    changed = copied / "observations" / "gdp.csv"
    raw = bytearray(changed.read_bytes())
    raw[-3] ^= 1
    changed.write_bytes(raw)
    (copied / "units.txt").unlink()
    with (copied / "croissant.json").open("a", encoding="utf-8") as file:
        file.write("\n")
    (copied / "targets" / "16th.csv").write_text("plan\n")
    found = faults(copied)
    assert len(found) == 4
    assert found[0].startswith("croissant.json: expected sha256 ")
    assert found[1].startswith("observations/gdp.csv: expected sha256 ")
    assert found[2:] == [
        "units.txt: is missing",
        "targets/16th.csv: is not described in datapackage.json",
    ]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"resources": [{}]}', "[" * 100_000, "\ufeff{"])
def test_a_broken_descriptor_is_one_fault(copied: Path, text: str) -> None:
    (copied / "datapackage.json").write_text(text, encoding="utf-8")
    (found,) = faults(copied)
    assert found.startswith("datapackage.json: expected a data package descriptor")


def test_no_descriptor(tmp_path: Path) -> None:
    with pytest.raises(ip.MissingError, match=r"no datapackage\.json"):
        ip.verify(tmp_path)
