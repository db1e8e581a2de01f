"""Bundled files that are missing, cut, changed or exchanged are refused by name, or never read."""

from __future__ import annotations

import hashlib
import json
import lzma
import shutil
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans import resources as bundled
from innovation_plans.dataset import editions as released
from innovation_plans.dataset import load as loading
from innovation_plans.dataset.build import BundledTables, validated
from innovation_plans.io import snapshot
from innovation_plans.io.snapshot import FOLDER, INDEX, write_snapshot
from innovation_plans.records import TABLES
from innovation_plans.report import page as pages
from innovation_plans.units import table as unitfile

PACKAGE = Path(ip.__file__).parent
DESCRIPTOR = "datapackage.json"


def cut_a_line(raw: bytes) -> bytes:
    return raw[: raw.rstrip(b"\n").rfind(b"\n") + 1]


def change_a_byte(raw: bytes) -> bytes:
    at = len(raw) // 2
    return raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "half": lambda raw: raw[: len(raw) // 2],
    "without its last line": cut_a_line,
    "one byte changed": change_a_byte,
}


def damage(root: Path, name: str, how: str) -> bytes:
    """Spoil a file; what it was."""
    file = root / name
    raw = file.read_bytes()
    if how == "missing":
        file.unlink()
    elif how == "exchanged":
        others = (each for each in sorted(file.parent.iterdir()) if each.suffix == file.suffix)
        other = next((each for each in others if each.read_bytes() != raw), root / "sources.csv")
        file.write_bytes(other.read_bytes())
    else:
        file.write_bytes(DAMAGES[how](raw))
    return raw


def files_named(work: Callable[[], Any]) -> set[str]:
    """The files that a refusal names."""
    with pytest.raises(ip.DataErrors) as caught:
        work()
    return {problem.file for problem in caught.value.exceptions}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the current edition to be spoiled, and mended again."""
    return Path(shutil.copytree(PACKAGE / "data", tmp_path_factory.mktemp("whole") / "data"))


def described(root: Path) -> list[str]:
    said = json.loads((root / DESCRIPTOR).read_text(encoding="utf-8"))["resources"]
    return [each["path"] for each in said]


ALL = [*DAMAGES, "missing", "exchanged"]


def describe(root: Path) -> None:
    """Write a descriptor with the sums of what is there."""
    resources = [
        {"path": each.relative_to(root).as_posix(),
         "hash": f"sha256:{hashlib.sha256(each.read_bytes()).hexdigest()}"}
        for each in root.rglob("*.*") if each.is_file() and FOLDER not in each.parts
    ]  # fmt: skip
    said = {"title": "World", "resources": resources}
    (root / DESCRIPTOR).write_text(json.dumps(said), encoding="utf-8")


def check_all(root: Path, names: list[str], ways: Iterable[str] = ALL) -> None:
    for name in names:
        for how in ways:
            raw = damage(root, name, how)
            assert (root / name).exists() is not (how == "missing")
            assert files_named(lambda: ip.verify(root)) == {name}, how
            (root / name).write_bytes(raw)
    assert ip.verify(root)


@pytest.mark.heavy
def test_the_sums_name_every_file_that_is_spoiled(whole: Path) -> None:
    names = ["units.txt", "edition.toml", "regions.csv", "indicators.toml", "targets/14th.csv"]
    check_all(
        whole,
        [
            *names,
            "observations/specialised_little_giants.csv",
            "schemas/plans.json",
            "croissant.json",
        ],
    )


@pytest.mark.heavy
def test_the_sums_name_every_file_of_the_current_edition(whole: Path) -> None:
    names = described(whole)
    assert len(names) > 50
    check_all(whole, names, ["one byte changed"])  # the other ways: the test above


def test_the_sums_name_every_file_of_a_released_edition(tmp_path: Path) -> None:
    root = Path(shutil.copytree(PACKAGE / "editions" / "2026.10", tmp_path / "old"))
    check_all(root, described(root))
    for name in described(root):
        raw = damage(root, name, "one byte changed")
        assert files_named(lambda: ip.load(root, verify=True)) == {name}
        (root / name).write_bytes(raw)


@pytest.mark.parametrize("how", ["missing", "empty", "half"])
def test_a_spoiled_descriptor(tmp_path: Path, how: str) -> None:
    root = Path(shutil.copytree(PACKAGE / "editions" / "2026.10", tmp_path / "old"))
    damage(root, DESCRIPTOR, how)
    for refused in (lambda: ip.verify(root), lambda: ip.load(root, verify=True)):
        with pytest.raises((ip.DataErrors, ip.MissingError), match=r"datapackage\.json|1 error"):
            refused()


def test_the_descriptor_of_a_released_edition_is_the_one_that_was_released(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Any byte of it, whether it is of a sum or of a title."""
    root = Path(shutil.copytree(PACKAGE / "editions" / "2026.10", tmp_path / "old"))
    monkeypatch.setattr(released, "edition_root", lambda _: root)
    raw = (root / DESCRIPTOR).read_bytes()
    assert ip.verify(edition="2026.10")
    title = raw.index(b'"title": "') + len(b'"title": "')
    (root / DESCRIPTOR).write_bytes(raw[:title] + bytes([raw[title] ^ 1]) + raw[title + 1 :])
    assert files_named(lambda: ip.verify(edition="2026.10")) == {DESCRIPTOR}
    assert files_named(lambda: ip.load(edition="2026.10", verify=True)) == {DESCRIPTOR}
    assert set(released.RELEASED) == set(ip.editions()[:-1])


def test_any_byte_of_the_descriptor_of_the_current_edition_counts(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The snapshot of a wheel has its digest: a descriptor cannot contain its own."""
    describe(small)
    write_snapshot(validated(small), small, small / FOLDER, final=True)
    monkeypatch.setattr(released, "bundled_data", lambda: small)
    assert "regions.csv" in ip.verify()
    raw = (small / DESCRIPTOR).read_bytes()
    (small / DESCRIPTOR).write_bytes(raw.replace(b'"title": "World"', b'"title": "Worle"'))
    assert files_named(ip.verify) == {DESCRIPTOR}
    assert files_named(lambda: ip.load(verify=True)) == {DESCRIPTOR}


def test_the_current_edition_is_checked_where_it_is_loaded(
    whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(released, "bundled_data", lambda: whole)
    raw = damage(whole, "observations/rd_intensity.csv", "without its last line")
    named = files_named(lambda: ip.load(verify=True))
    (whole / "observations/rd_intensity.csv").write_bytes(raw)
    assert named == {"observations/rd_intensity.csv"}


def test_a_file_that_the_disk_does_not_give(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opening = Path.open

    def broken(path: Path, *given: Any, **named: Any) -> Any:
        if path.name == "regions.csv":
            raise OSError(5, "Input/output error")
        return opening(path, *given, **named)

    monkeypatch.setattr(Path, "open", broken)
    assert files_named(lambda: ip.verify(whole)) == {"regions.csv"}


# ------------------------------------------------------------------ a load that is not asked to look

# What a load that checks no sums does not see: rows that are whole and say something else, or are
# not there. For these the sums are, of which `verify` and `load(verify=True)` miss none.
UNSEEN = {
    "missing": {
        "corroborations.csv", "documents.csv", "edition.toml", "goals.csv",
        "observations/gross_product.csv", "observations/widget_share.csv", "targets/14th.csv",
        "vintages.csv",
    },
    "empty": set(),
    "half": set(),
    "without its last line": {
        "corroborations.csv", "documents.csv", "indicators.toml", "goals.csv",
        "observations/gross_product.csv", "observations/widget_share.csv", "targets/14th.csv",
        "vintages.csv",
    },
    "exchanged": set(),
}  # fmt: skip


def everything(root: Path) -> dict[str, list[Any]]:
    directory = BundledTables(root)
    found = {name: directory.table(name) for name in TABLES}
    return {**found, "edition": [directory.edition]}


@pytest.fixture
def small(world: Callable[..., Path]) -> Path:
    """The invented dataset as if it were the bundled one, with a snapshot."""
    root = world({"units.txt": ""})
    write_snapshot(validated(root), root, root / FOLDER)
    return root


@pytest.mark.parametrize("how", UNSEEN)
def test_a_load_refuses_what_it_sees(small: Path, how: str) -> None:
    whole = everything(small)
    files = [each for each in small.rglob("*.*") if each.is_file() and FOLDER not in each.parts]
    names = [each.relative_to(small).as_posix() for each in files]
    seen = set()
    for name in sorted(set(names) - {"units.txt"}):
        raw = damage(small, name, how)
        try:
            found = everything(small)
        except ip.DataErrors:
            seen.add(name)
        else:
            assert found != whole, name  # a change that is not refused is read
        (small / name).write_bytes(raw)
    assert set(names) - seen - {"units.txt"} == UNSEEN[how]
    assert everything(small) == whole


@pytest.fixture
def installed(small: Path) -> Path:
    """The same as it is in a wheel, where no table is worked on any more."""
    write_snapshot(validated(small), small, small / FOLDER, final=True)
    return small


@pytest.mark.parametrize("how", ALL)
def test_of_what_is_installed_a_load_refuses_every_damaged_file(installed: Path, how: str) -> None:
    whole = everything(installed)
    files = [each for each in installed.rglob("*.*") if each.is_file() and FOLDER not in each.parts]
    names = {each.relative_to(installed).as_posix() for each in files} - {DESCRIPTOR, "units.txt"}
    assert len(names) > 10
    for name in sorted(names):
        raw = damage(installed, name, how)
        assert name in files_named(lambda: everything(installed)), name
        (installed / name).write_bytes(raw)
    assert everything(installed) == whole


def test_of_what_is_installed_a_further_file_is_refused(installed: Path) -> None:
    (installed / "targets" / "99th.csv").write_bytes((installed / "regions.csv").read_bytes())
    assert "targets/99th.csv" in files_named(lambda: everything(installed))


def test_what_is_installed_is_known_to_verify(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    describe(installed)
    write_snapshot(validated(installed), installed, installed / FOLDER, final=True)
    monkeypatch.setattr(released, "bundled_data", lambda: installed)
    assert "targets/14th.csv" in ip.verify()
    index = installed / FOLDER / INDEX
    index.write_bytes(index.read_bytes().replace(b'"final":true', b'"final":false'))
    assert ip.verify()  # a tree that somebody works on is whole, too


@pytest.mark.parametrize("how", ALL)
def test_a_spoiled_snapshot_is_never_wrong_data(small: Path, how: str) -> None:
    """Whatever happens to one of its files, the rows are read instead."""
    expected = everything(small)
    for file in sorted((small / FOLDER).iterdir()):
        raw = damage(small, f"{FOLDER}/{file.name}", how)
        assert everything(small) == expected, file.name
        file.write_bytes(raw)


def test_a_missing_snapshot(small: Path) -> None:
    expected = everything(small)
    shutil.rmtree(small / FOLDER)
    assert everything(small) == expected


def test_a_forged_snapshot_is_refused_by_verify(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only an attacker makes an index that fits; whoever writes there can write code, too."""
    describe(small)
    write_snapshot(validated(small), small, small / FOLDER)
    file, index = small / FOLDER / "targets.json.xz", small / FOLDER / INDEX
    raw = lzma.compress(lzma.decompress(file.read_bytes()).replace(b'"3.5"', b'"9.5"'))
    assert raw != file.read_bytes()
    file.write_bytes(raw)
    content = json.loads(index.read_bytes())
    content["tables"]["targets"] = snapshot._digest(raw)
    index.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    monkeypatch.setattr(released, "bundled_data", lambda: small)
    assert f"{FOLDER}/targets.json.xz" in files_named(ip.verify)


# ------------------------------------------------------------------ what is read besides the tables


@pytest.mark.parametrize("how", ["missing", "no text", "broken"])
def test_other_bundled_files_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    newest = ip.editions()[-1]
    package = tmp_path / "package"
    for name in ("data/units.txt", "data/edition.toml", "report/assets/base.css"):
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        if how != "missing":
            (package / name).write_bytes(b"\xff\xfe" if how == "no text" else b"= ]\n")
    for module in (unitfile, released):
        monkeypatch.setattr(module, "bundled_data", lambda: package / "data")
    monkeypatch.setattr(pages, "package_files", lambda: package)
    monkeypatch.setattr(released, "edition_root", lambda _: package / "data")
    assert files_named(unitfile._read_bundled.__wrapped__) == {"units.txt"}
    assert files_named(lambda: released.ledger(newest)) == {"edition.toml"}
    if how != "broken":
        assert files_named(lambda: pages.asset("base.css")) == {"report/assets/base.css"}
    if how == "missing":
        assert files_named(lambda: released.edition_sum("2026.10")) == {DESCRIPTOR}


def test_editions_that_are_not_there_are_an_error_with_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(released, "package_files", lambda: tmp_path)
    assert files_named(released._earlier.__wrapped__) == {"editions"}


@pytest.mark.parametrize(
    "packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED], ids=["plain", "deflated"]
)
def test_a_zip_file_with_a_byte_changed(
    world: Callable[..., Path], tmp_path: Path, packing: int
) -> None:
    """As the package is read where it is imported from a zip file."""
    root, archive = world(), tmp_path / "world.zip"
    with zipfile.ZipFile(archive, "w", packing) as made:
        for each in sorted(root.rglob("*.*")):
            if each.is_file():
                made.write(each, each.relative_to(root).as_posix())
        places = {each.filename: each for each in made.infolist()}
    expected = {name: validated(root).table(name) for name in TABLES}
    with zipfile.ZipFile(archive) as packed:
        inside = validated(zipfile.Path(packed))
        assert {name: inside.table(name) for name in TABLES} == expected
    raw = archive.read_bytes()
    for name, info in places.items():
        at = info.header_offset + 30 + len(name) + info.compress_size // 2
        archive.write_bytes(raw[:at] + bytes([raw[at] ^ 0x55]) + raw[at + 1 :])
        with zipfile.ZipFile(archive) as packed:
            inside = zipfile.Path(packed)
            assert name in files_named(lambda inside=inside: validated(inside))


def test_bundled_text_of_a_zip_file_with_a_byte_changed(tmp_path: Path) -> None:
    archive = tmp_path / "x.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("units.txt", "metre = [length]\n")
    archive.write_bytes(archive.read_bytes().replace(b"metre", b"meter"))
    with zipfile.ZipFile(archive) as packed:
        units = zipfile.Path(packed) / "units.txt"
        assert files_named(lambda: bundled.bundled_text(units, "units.txt")) == {"units.txt"}
    assert loading.bundled_data is bundled.bundled_data
