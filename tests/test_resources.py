"""Files that ship with the package, read from a directory and from a zip file."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import innovation_plans
from innovation_plans.resources import bundled_data
from innovation_plans.units.table import bundled_units

PACKAGE = Path(innovation_plans.__file__).parent
READ_FROM_ZIP = """
import sys
sys.path.insert(0, sys.argv[1])
from innovation_plans import resources
from innovation_plans.units import table
assert sys.argv[1] in resources.__file__, resources.__file__
print(len(table.bundled_units()), (resources.bundled_data() / "regions.csv").is_file())
"""


def test_the_files_exist():
    names = {file.name for file in bundled_data().iterdir()}
    assert {"units.txt", "regions.csv", "indicators.toml", "sources.csv", "plans.csv"} <= names


def test_text_is_utf_8():
    assert "万亿元" in (bundled_data() / "units.txt").read_text(encoding="utf-8")


def test_data_contain_no_code():
    assert not [file.name for file in bundled_data().iterdir() if file.name.endswith(".py")]


def test_resources_are_read_from_a_zip_file(tmp_path):
    archive = tmp_path / "house.zip"
    with zipfile.ZipFile(archive, "w") as house:
        for file in sorted(PACKAGE.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                house.write(file, file.relative_to(PACKAGE.parent))
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", READ_FROM_ZIP, str(archive)],
        check=False,
        capture_output=True,
        text=True,
    )
    units = len(bundled_units())
    assert (ran.stdout.split(), ran.stderr) == ([str(units), "True"], "")
