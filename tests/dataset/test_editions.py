"""The bundled editions, and the verification of their files."""

from __future__ import annotations

import hashlib
import pickle
import shutil
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans.dataset.editions import edition_root, edition_sum, ledger

# ------------------------------------------------------------------ editions


SUMS = Path(__file__).parents[1] / "data" / "released.sha256"
FOUNDING = {"seed-cbn-2021", "seed-cbn-2022", "seed-chinadaily-2021", "seed-scio-2021",
            "seed-xining-2022"}  # fmt: skip


def files_of(edition: str) -> dict[str, bytes]:
    """The files of a released edition, from a directory or from the archive of a wheel."""

    def walk(folder: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
        for item in folder.iterdir():
            path = f"{name}/{item.name}"
            if item.is_dir():
                yield from walk(item, path)
            else:
                yield path, item.read_bytes()

    return dict(walk(edition_root(edition), edition))


def test_released_files_are_unchanged() -> None:
    expected_sums = dict(reversed(line.split("  ")) for line in SUMS.read_text().splitlines())
    files = {
        name: hashlib.sha256(raw).hexdigest()
        for edition in ip.editions()[:-1]
        for name, raw in files_of(edition).items()
    }
    assert files == expected_sums
    assert {name.partition("/")[0] for name in expected_sums} == set(ip.editions()[:-1])


def test_the_last_edition_is_the_current_one() -> None:
    assert ip.editions()[-1] == ip.load().edition
    assert list(ip.editions()) == sorted(set(ip.editions()))
    assert ip.load(edition=ip.editions()[-1]) is ip.load()


def test_an_earlier_edition_is_loaded_once_beside_the_current_one() -> None:
    old = ip.load(edition="2026.10")
    assert old is ip.load(edition="2026.10")
    assert (old.edition, ip.load().edition) == ("2026.10", ip.editions()[-1])
    assert {each.code for each in old.sources} == FOUNDING
    assert len(old.targets) == 23
    assert pickle.loads(pickle.dumps(old)) is old  # noqa: S301 - our own bytes
    assert ip.assess(old.targets[0], old).edition == "2026.10"


def test_edition_2026_10_has_exactly_the_figures_of_the_founding_documents() -> None:
    (east,) = ip.load(edition="2026.10").observations.where(
        region="CN-EAST", indicator="rd_expenditure", form="level"
    )
    assert (str(east.value), east.unit, east.erratum) == ("165.173", "CNY_1B", None)
    assert east.citation.as_stated == "165.173 billion yuan"


@pytest.mark.parametrize("name", ["2031.5", "", "..", "../data", "2026.10/", "/etc", "data"])
def test_only_existing_editions_are_loaded_by_name(name: str) -> None:
    with pytest.raises(ip.MissingError, match="edition") as caught:
        ip.load(edition=name)
    assert set(caught.value.nearest) <= set(ip.editions())
    assert caught.value.nearest


def test_only_the_bundled_data_have_editions(tmp_path: Path) -> None:
    with pytest.raises(ip.MissingError, match="leave out the path, or the edition"):
        ip.load(tmp_path, edition="2026.10")


@pytest.mark.heavy
def test_verify_knows_every_edition() -> None:
    for edition in ip.editions():
        assert "edition.toml" in ip.verify(edition=edition)
    assert ip.load(edition="2026.10", verify=True) is ip.load(edition="2026.10")
    with pytest.raises(ip.MissingError, match=r"no edition '2031\.5'"):
        ip.verify(edition="2031.5")


def only_error(function: Any, *arguments: Any, **options: Any) -> str:
    """Return the only error that a call raises."""
    with pytest.raises(ip.DataErrors) as caught:
        function(*arguments, **options)
    (error,) = caught.value.exceptions
    return str(error)


def test_one_changed_byte_raises_an_error_with_the_file(tmp_path: Path) -> None:
    root = tmp_path / "changed"
    for name, released in files_of("2026.10").items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(released)
    (tmp_path / "2026.10").rename(root)
    file = root / "targets" / "14th.csv"
    raw = bytearray(file.read_bytes())
    raw[-2] ^= 1
    file.write_bytes(raw)
    assert "targets/14th.csv: expected sha256" in only_error(ip.verify, root)
    assert "targets/14th.csv: expected sha256" in only_error(ip.load, root, verify=True)
    file.unlink()
    assert only_error(ip.load, root, verify=True) == "targets/14th.csv: is missing"


def test_the_sum_of_an_edition_is_that_of_its_descriptor() -> None:
    raw = (edition_root("2026.10") / "datapackage.json").read_bytes()
    assert edition_sum("2026.10") == hashlib.sha256(raw).hexdigest()


# ------------------------------------------------------------------ verify


DATA = Path(ip.__file__).parent / "data"


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def errors_of(path: Path) -> list[str]:
    with pytest.raises(ip.DataErrors) as caught:
        ip.verify(path)
    return [str(error) for error in caught.value.exceptions]


@pytest.mark.heavy
def test_the_bundled_files_are_as_described(copied: Path) -> None:
    assert ip.verify() == ip.verify(copied)
    assert {"units.txt", "targets/14th.csv", "observations/gdp.csv"} <= set(ip.verify())


def test_every_kind_of_change_is_listed_together(copied: Path) -> None:
    changed = copied / "observations" / "gdp.csv"
    raw = bytearray(changed.read_bytes())
    raw[-3] ^= 1
    changed.write_bytes(raw)
    (copied / "units.txt").unlink()
    with (copied / "croissant.json").open("a", encoding="utf-8") as file:
        file.write("\n")
    (copied / "targets" / "16th.csv").write_text("plan\n")
    errors = errors_of(copied)
    assert len(errors) == 4
    assert errors[0].startswith("croissant.json: expected sha256 ")
    assert errors[1].startswith("observations/gdp.csv: expected sha256 ")
    assert errors[2:] == [
        "units.txt: is missing",
        "targets/16th.csv: is not described in datapackage.json",
    ]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"resources": [{}]}', "[" * 100_000, "\ufeff{"])
def test_a_broken_descriptor_is_one_error(copied: Path, text: str) -> None:
    (copied / "datapackage.json").write_text(text, encoding="utf-8")
    (errors,) = errors_of(copied)
    assert errors.startswith("datapackage.json: expected a data package descriptor")


def test_no_descriptor(tmp_path: Path) -> None:
    with pytest.raises(ip.MissingError, match=r"no SHA256SUMS or datapackage\.json"):
        ip.verify(tmp_path)


def test_only_bundled_editions_have_reasons_of_changes() -> None:
    assert ledger("our-city") == ()
    assert ledger("2026.11")
