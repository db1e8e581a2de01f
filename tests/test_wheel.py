"""What is shipped: small, nothing but the package, and at home in a zip file."""

from __future__ import annotations

import io
import lzma
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import innovation_plans as ip
from innovation_plans.records import TABLES

pytestmark = pytest.mark.heavy  # the build reads every table

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


ARCHIVE = "innovation_plans/editions.zip.xz"


def test_the_editions_in_the_wheel_are_those_of_the_tree(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        content = lzma.decompress(archive.read(ARCHIVE))
    folder = ROOT / "src" / "innovation_plans" / "editions"
    with zipfile.ZipFile(io.BytesIO(content)) as editions:
        packed = {name: editions.read(name) for name in editions.namelist()}
    assert packed == {
        each.relative_to(folder).as_posix(): each.read_bytes()
        for each in folder.rglob("*")
        if each.is_file()
    }


def test_editions_are_read_from_the_wheel(wheel: Path, tmp_path: Path) -> None:
    shutil.unpack_archive(wheel, tmp_path, "zip")
    code = (
        "import innovation_plans as ip;"
        "assert ip.__file__.startswith(__import__('sys').argv[1]), ip.__file__;"
        "print(ip.editions(), len(ip.verify(edition='2026.11')) > 100,"
        " len(ip.load(edition='2026.10').targets), len(ip.load(verify=True).targets) > 700)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    editions = ", ".join(map(repr, ip.editions()))
    assert run.stdout.split(") ")[0] == f"({editions}"
    assert run.stdout.endswith("True 23 True\n")


def test_the_wheel_is_small_and_contains_only_the_package(wheel: Path) -> None:
    assert wheel.stat().st_size < 1_500_000
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        assert [each for each in archive.infolist() if each.external_attr >> 16 & 0o111] == []
    assert len(names) == len(set(names))
    assert set(names) == {*_in_the_tree(), *_snapshot(), ARCHIVE, *_about(wheel)}
    # Whatever lies in the tree, nothing but these kinds of files is for others.
    allowed = re.compile(
        r"innovation_plans/([a-z_]+/)*(__init__|__main__|[a-z_]+)\.py$"
        r"|innovation_plans/py\.typed$"
        r"|innovation_plans/(text/(comparators|lexicon|messages)|units/units)\.toml$"
        r"|innovation_plans/(report|explorer)/assets/[a-z_]+\.(html|css|js)$"
        r"|innovation_plans/template/[a-z]+/[A-Za-z0-9_]+\.(csv|toml|txt|md)$"
        r"|innovation_plans/data/([a-z]+/)?[A-Za-z0-9_]+\.(csv|toml|txt|json|md)$"
        r"|innovation_plans/data/snapshot/[a-z]+\.json\.xz$"
        r"|innovation_plans/editions\.zip\.xz$"
        r"|innovation_plans-[0-9.]+\.dist-info/"
    )
    assert [name for name in names if not allowed.match(name)] == []


def _in_the_tree() -> set[str]:
    """Every file of the package's folder, but for released editions and what running it leaves there."""
    source = ROOT / "src"
    return {
        each.relative_to(source).as_posix()
        for each in (source / "innovation_plans").rglob("*")
        if each.is_file()
        and not {"__pycache__", "editions"} & set(each.parts)
        and each.parent.name != "snapshot"
    }


def _snapshot() -> set[str]:
    files = [*(f"{name}.json.xz" for name in TABLES), "index.json"]
    return {f"innovation_plans/data/snapshot/{file}" for file in files}


def _about(wheel: Path) -> set[str]:
    name, version = wheel.name.split("-")[:2]
    said = ("METADATA", "RECORD", "WHEEL", "entry_points.txt")
    licences = ("licenses/LICENSE", "licenses/LICENSE-DATA")
    return {f"{name}-{version}.dist-info/{each}" for each in (*said, *licences)}


def test_the_package_works_from_a_zip_file(wheel: Path, tmp_path: Path) -> None:
    program = f"""
import sys
sys.path[:] = [{str(wheel)!r}] + [path for path in sys.path if not path.endswith("src")]
import innovation_plans as ip
assert ".whl" in ip.__file__, ip.__file__
plans = ip.load()
print(len(plans.targets), plans.region("粤").code, ip.quantity("14 万亿元"), len(ip.verify()) > 50)
assert [ip.load(edition=each, verify=True).edition for each in ip.editions()] == list(ip.editions())
"""
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    count, *rest = done.stdout.split()
    assert int(count) > 700
    assert rest == ["CN-GD", "14", "CNY_1T", "True"]


def test_the_wheel_requires_few_packages(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (each for each in archive.namelist() if each.endswith(".dist-info/METADATA"))
        lines = archive.read(name).decode().splitlines()
    needed = [
        re.split("[<>=; ]", line.removeprefix("Requires-Dist: "))[0]
        for line in lines
        if line.startswith("Requires-Dist: ") and "extra ==" not in line
    ]
    assert needed == [
        "importlib-resources",
        "narwhals",
        "pint",
        "pydantic",
        "typing-extensions",
    ]


def test_the_same_tree_gives_the_same_bytes(tmp_path: Path) -> None:
    built: list[dict[str, bytes]] = []
    for number in range(2):
        folder = tmp_path / str(number)
        subprocess.run(
            [sys.executable, "-m", "hatchling", "build", "-d", str(folder)],
            cwd=ROOT,
            check=True,
            capture_output=True,
            env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"},
        )
        built.append({each.name: each.read_bytes() for each in folder.iterdir()})
    assert built[0].keys() == built[1].keys()
    assert [name for name in built[0] if built[0][name] != built[1][name]] == []
    assert {Path(name).suffix for name in built[0]} == {".whl", ".gz"}
    (archive,) = tmp_path.glob("0/*.tar.gz")
    with tarfile.open(archive) as packed:
        inside = {name.partition("/")[2].partition("/")[0] for name in packed.getnames()}
    assert inside == {
        *("src", "docs", "tests", "tools", "benchmarks", "examples"),
        *("README.md", "README.zh.md", "CHANGELOG.md", "SECURITY.md", "CITATION.cff", "PKG-INFO"),
        *("LICENSE", "LICENSE-DATA", "Makefile", "mkdocs.yml", "conftest.py", "hatch_build.py"),
        *("pyproject.toml", ".gitignore"),
    }
