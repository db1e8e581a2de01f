"""Floor 5: what a path or a name given to ``load`` means, and what other packages may offer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import innovation_plans as ip
from innovation_plans.plugins import DATASETS, PACE, offered, plugin

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
    ours = ip.load(name)
    assert ours.edition == "2031.5"
    assert ours.region("Cedeland").code == "XX-CD"
    more = ip.load().extend(name)
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
    assert ip.load("landia").targets


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
    assert ip.load("landia-path").targets


def test_a_name_that_is_a_directory_too_is_ambiguous(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site)
    (site / "landia").mkdir()
    with pytest.raises(ip.AmbiguousError, match=r"write './landia' for the directory"):
        ip.load("landia")
    assert len(ip.load("./landia").targets) == 0


def test_a_directory_needs_no_installed_package(world: Changed) -> None:
    assert ip.load(world()).edition == ip.load(str(world())).edition == "2031.5"


def test_a_file_is_no_dataset(world: Changed) -> None:
    file = world() / "regions.csv"
    with pytest.raises(ip.MissingError, match=r"expected a directory of data files or a datapack"):
        ip.load(file)


def test_a_descriptor_leads_to_its_tables(world: Changed) -> None:
    root = world()
    (root / "targets" / "14th.csv").rename(root / "aims.csv")
    names = ["regions.csv", "sources.csv", "plans.csv", "errata.csv", "vintages.csv"]
    resources = [{"name": name.removesuffix(".csv"), "path": name} for name in names]
    resources.append({"name": "indicators", "path": "indicators.toml"})
    resources.append({"name": "targets-all", "path": "aims.csv"})
    text = json.dumps({"name": "ours", "version": "7.1", "resources": resources})
    (root / "datapackage.json").write_text(text)
    ours = ip.load(root / "datapackage.json")
    assert (len(ours.targets), len(ours.observations), ours.edition) == (2, 0, "7.1")
