"""Floor 5: what a path or a name given to ``load`` means, and what other packages may offer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import innovation_plans as ip
from innovation_plans.io.locate import DATASETS, PACE, offered, plugin

Changed = Callable[..., Path]

MODULE = """
from importlib.resources import files
from pathlib import Path

def data():
    return files(__name__) / "tables"

path = str(Path(__file__).parent / "tables")
number = 9

def fails():
    raise RuntimeError("no disk")

def absent():
    return "/no/such/place"
"""
NAMES = {
    "landia": "landia_plans:data",
    "landia-path": "landia_plans:path",
    "landia-package": "landia_plans.tables",
    "landia-number": "landia_plans:number",
    "landia-fails": "landia_plans:fails",
    "landia-absent": "landia_plans:absent",
    "landia-missing": "landia_plans:nothing",
    "landia-import": "no_such_module:data",
}


def install(site: Path, name: str, entries: str) -> None:
    info = site / f"{name.replace('-', '_')}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[{DATASETS}]\n{entries}")


@pytest.fixture
def site(tmp_path: Path, world: Changed, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A place where a distribution with datasets, good and broken, is installed."""
    site = tmp_path / "site"
    package = site / "landia_plans"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(MODULE)
    world().rename(package / "tables")
    (package / "tables" / "__init__.py").write_text("")
    install(site, "landia-data", "".join(f"{name} = {at}\n" for name, at in NAMES.items()))
    monkeypatch.syspath_prepend(str(site))
    offered.cache_clear()
    yield site
    offered.cache_clear()


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("name", ["landia", "landia-path", "landia-package"])
def test_an_installed_dataset_is_loaded_by_name(name: str) -> None:
    assert set(NAMES) <= set(ip.datasets())
    ours = ip.load(name, tiers="ABC")
    assert ours.edition == "2031.5"
    assert ours.region("Cedeland").code == "XX-CD"
    more = ip.load(tiers="ABCD").extend(name)
    assert more.region("Cedeland") == ours.region("Cedeland")


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("landia-number", "expected a directory, found 9"),
        ("landia-fails", "RuntimeError: no disk"),
        ("landia-absent", "expected a directory"),
        ("landia-missing", "AttributeError"),
        ("landia-import", "ModuleNotFoundError"),
    ],
)
def test_a_broken_one_is_named_and_breaks_nothing_else(name: str, problem: str) -> None:
    with pytest.raises(ip.PluginError, match=f"'{name}' of landia-data cannot be used: {problem}"):
        ip.load(name)
    assert ip.load().targets
    assert ip.load("landia", tiers="ABC").targets


@pytest.mark.usefixtures("site")
def test_an_unknown_name_says_what_is_installed() -> None:
    with pytest.raises(ip.MissingError) as caught:
        ip.load("landai")
    assert "landia" in str(caught.value)
    with pytest.raises(ip.MissingError):
        plugin(PACE, "landia")


def test_a_name_two_packages_offer_is_ambiguous(site: Path) -> None:
    install(site, "other-data", "landia = landia_plans:data\n")
    offered.cache_clear()
    with pytest.raises(ip.AmbiguousError, match=r"landia-data, other-data"):
        ip.load("landia")
    assert ip.load("landia-path", tiers="ABC").targets


def test_a_name_that_is_a_directory_too_is_ambiguous(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site)
    (site / "landia").mkdir()
    (site / "landia" / "edition.toml").write_text('edition = "1"')
    with pytest.raises(ip.AmbiguousError, match=r"write './landia' for the file or directory"):
        ip.load("landia")
    assert ip.load("./landia", tiers="ABC").edition == "1"


def test_a_directory_needs_no_installed_package(world: Changed) -> None:
    for path in (world(), str(world())):
        assert ip.load(path, tiers="ABC").edition == "2031.5"


def test_a_file_is_no_dataset(world: Changed) -> None:
    file = world() / "regions.csv"
    with pytest.raises(ip.DataErrors) as caught:
        ip.load(file)
    assert str(caught.value.exceptions[0]).endswith(
        "expected a directory of CSV files; give the directory, not one file, "
        "or plans.extend(regions=pandas.read_csv(path)) for one table"
    )


def test_a_descriptor_without_our_tables_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "targets.csv").write_text("plan\n")
    (tmp_path / "datapackage.json").write_text("{}")
    with pytest.raises(ip.DataErrors) as caught:
        ip.load(tmp_path)
    assert [str(error) for error in caught.value.exceptions] == [
        f"{tmp_path}: expected tables such as targets.csv, found 'data', 'datapackage.json'"
    ]
    for at in range(9):
        (tmp_path / f"{at}.md").write_text("x")
    with pytest.raises(ip.DataErrors) as caught:
        ip.load(tmp_path)
    assert str(caught.value.exceptions[0]).endswith("'6.md', '7.md', ...")


@pytest.mark.parametrize(
    ("name", "found"), [("", "nothing"), ("notes.txt", "'notes.txt'"), ("photos/", "'photos'")]
)
def test_a_directory_without_any_of_our_files_is_an_error(
    tmp_path: Path, name: str, found: str
) -> None:
    if name.endswith("/"):
        (tmp_path / name).mkdir()
    elif name:
        (tmp_path / name).write_text("x")
    for read in (ip.load, ip.load().extend):
        with pytest.raises(ip.DataErrors) as caught:
            read(tmp_path)
        assert [str(error) for error in caught.value.exceptions] == [
            f"{tmp_path}: expected tables such as targets.csv, found {found}"
        ]


def test_a_descriptor_is_no_directory(world: Changed) -> None:
    file = world() / "datapackage.json"
    file.write_text("{}")
    with pytest.raises(ip.DataErrors, match="nothing loaded") as caught:
        ip.load(file)
    assert "give the directory" in str(caught.value.exceptions[0])
