"""A snapshot gives records that are equal in every way to validated ones, or none at all."""

from __future__ import annotations

import copy
import json
import lzma
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from pydantic_core import from_json

import innovation_plans as ip
from innovation_plans.dataset.build import BundledTables, Records, build, validated
from innovation_plans.io import csv
from innovation_plans.io import snapshot as module
from innovation_plans.io.snapshot import (
    FOLDER,
    INDEX,
    Snapshot,
    built,
    snapshot_errors,
    snapshot_files,
    write_snapshot,
)
from innovation_plans.records import CODED, TABLES, Context
from innovation_plans.resources import bundled_data

FEW = ("other", "specialised_little_giants")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The snapshot of the bundled data."""
    folder = tmp_path_factory.mktemp("snapshot")
    write_snapshot(validated(bundled_data()), bundled_data(), folder)
    return folder


@pytest.fixture(scope="module")
def rows() -> Records:
    """The bundled tables as their rows give them."""
    return validated(bundled_data())


@pytest.fixture(scope="module")
def read(written: Path) -> BundledTables:
    """The bundled tables as the snapshot gives them."""
    return BundledTables(bundled_data(), snapshot=Snapshot(bundled_data(), written))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A part of the bundled data with its snapshot."""
    root = tmp_path_factory.mktemp("small") / "data"
    shutil.copytree(
        str(bundled_data()), root, ignore=shutil.ignore_patterns("observations", FOLDER)
    )
    (root / "observations").mkdir()
    for name in FEW:
        shutil.copy(str(bundled_data() / "observations" / f"{name}.csv"), root / "observations")
    write_snapshot(validated(root), root, root / FOLDER)
    return root


@pytest.fixture
def root(small: Path, tmp_path: Path) -> Path:
    """A copy of it to be spoiled."""
    return Path(shutil.copytree(small, tmp_path / "data"))


def fast(root: Path, **kinds: Any) -> BundledTables:
    return BundledTables(root, kinds)


def everything(directory: BundledTables) -> dict[str, list[Any]]:
    return {name: directory.table(name) for name in TABLES}


# ------------------------------------------------------------------ nothing tells them apart


@pytest.mark.parametrize("name", TABLES)
def test_every_record_is_as_validated(rows: Records, read: BundledTables, name: str) -> None:
    ours, theirs = read.table(name), rows.table(name)
    assert ours == theirs
    for one, other in zip(ours, theirs, strict=True):
        assert type(one) is type(other)
        assert list(one.__dict__.items()) == list(other.__dict__.items())
        assert {type(value) for value in one.__dict__.values()} == {
            type(value) for value in other.__dict__.values()
        }
        assert one.model_fields_set == other.model_fields_set
        assert (one.key, repr(one), hash(one)) == (other.key, repr(other), hash(other))
        assert one.model_dump_json() == other.model_dump_json()
        if cited := getattr(one, "citation", None):
            assert cited.model_fields_set == other.citation.model_fields_set


@pytest.mark.parametrize("name", TABLES)
def test_what_can_be_done_with_a_record(rows: Records, read: BundledTables, name: str) -> None:
    step = 97 if name == "observations" else 7
    pairs = list(zip(read.table(name), rows.table(name), strict=True))[::step]
    assert pairs
    for one, other in pairs:
        assert one.model_dump() == other.model_dump()
        for leave in ("exclude_unset", "exclude_defaults", "exclude_none"):
            asked = {leave: True}
            assert one.model_dump(mode="json", **asked) == other.model_dump(mode="json", **asked)
        assert vars(one) == vars(other)
        for made in (
            pickle.loads(pickle.dumps(one)),  # noqa: S301 - our own
            copy.copy(one),
            copy.deepcopy(one),
            one.model_copy(),
            one.model_copy(deep=True),
        ):
            assert made == other
            assert made.model_fields_set == one.model_fields_set
        again = type(one).model_validate_json(one.model_dump_json(), context=read.context)
        assert again == other
        assert one.__pydantic_extra__ is None
        assert one.__pydantic_private__ is None
        with pytest.raises(ValidationError, match="frozen"):
            one.code = "other"


def test_a_changed_copy_leaves_the_rest_as_it_is(read: BundledTables) -> None:
    first, second = read.table("targets")[:2]
    filled = set(first.model_fields_set)
    changed = first.model_copy(update={"notes": "ours", "baseline_unit": "percent"})
    assert changed != first
    assert changed.model_fields_set == filled | {"notes", "baseline_unit"}
    assert first.model_fields_set == filled
    assert second.baseline_unit is None


def test_references_are_the_records_of_the_tables(read: BundledTables) -> None:
    context = read.context
    for target in read.table("targets"):
        assert target.plan is context.of("plan")[target.plan.code]
        assert target.region is context.of("region")[target.region.code]
        assert target.indicator is context.of("indicator")[target.indicator.code]
        assert target.citation.source is context.of("source")[target.citation.source.code]
    for region in read.table("regions"):
        assert region.parent is None or region.parent is context.of("region")[region.parent.code]
    assert any(each.parent and each.groups for each in read.table("regions"))
    assert any(each.numerator and each.aliases for each in read.table("indicators"))


def test_codes_and_words(rows: Records, read: BundledTables) -> None:
    everything(read)
    assert read.context.words == rows.context.words
    assert read.context.units is rows.context.units
    assert not read.context.with_errors | read.context.unread
    assert {n: list(known.items()) for n, known in read.context.tables.items()} == {
        n: list(known.items()) for n, known in rows.context.tables.items()
    }


def test_a_row_validated_with_their_codes(
    read: BundledTables, target_cells: dict[str, Any]
) -> None:
    known = {"plan": "CN-GD-14-sti", "indicator": "rd_intensity"}
    source = {"source": read.table("sources")[0].code}
    cells = target_cells | known | {"citation": source}
    made = ip.Target.model_validate(cells, context=read.context)
    assert made.plan is read.context.of("plan")["CN-GD-14-sti"]


# ------------------------------------------------------------------ what is read


def test_no_row_is_read(small: Path, spied: list[str]) -> None:
    directory = fast(small)
    assert len(directory.table("targets")) > 700
    assert spied == []


def test_a_table_does_not_read_the_others(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    read_bytes = Path.read_bytes

    def spy(path: Path) -> bytes:
        opened.append(path.relative_to(small).as_posix() if path.is_relative_to(small) else "")
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", spy)
    fast(small).table("targets")
    tables = {path for path in opened if path.startswith(f"{FOLDER}/")}
    assert tables == {f"{FOLDER}/{name}" for name in (INDEX, "targets.json.xz")} | {
        f"{FOLDER}/{name}.json.xz" for name in CODED
    }
    assert {"targets/13th.csv", "sources.csv", "units.txt", "datapackage.json"} < set(opened)
    assert max(opened.count(path) for path in opened if path) == 1


def test_a_type_of_ones_own_has_its_rows_read(small: Path, spied: list[str]) -> None:
    class MyTarget(ip.Target):
        pass

    class MyRegion(ip.Region):
        pass

    directory = fast(small, targets=MyTarget)
    assert {type(each) for each in directory.table("targets")} == {MyTarget}
    directory.table("observations")
    assert {label.split("/")[0] for label in spied} == {"targets"}
    spied.clear()
    directory = fast(small, regions=MyRegion)
    assert type(directory.table("targets")[0].region) is MyRegion
    expected = build(csv.read(small), {"regions": MyRegion}).records
    assert directory.table("observations") == expected.table("observations")
    assert spied[0] == "regions.csv"


def test_a_type_called_like_ours_is_not_ours(small: Path, spied: list[str]) -> None:
    mine = type("Target", (ip.Target,), {"__module__": __name__})
    assert {type(each) for each in fast(small, targets=mine).table("targets")} == {mine}
    assert spied


def test_own_indicators_have_everything_read(small: Path, spied: list[str]) -> None:
    class MyIndicator(ip.Indicator):
        def unit_in(self, form: Any) -> str:
            return "item" if self.code == "academicians" else super().unit_in(form)

    directory = fast(small, indicators=MyIndicator)
    with pytest.raises(ip.DataErrors) as caught:
        directory.table("observations")
    assert "academicians as increment is measured in item" in str(caught.value.exceptions[0])


# ------------------------------------------------------------------ stale: rows are read


def change_a_row(root: Path) -> None:
    file = root / "targets" / "14th.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(",7000,", ",7001,"), encoding="utf-8")


def add_a_file(root: Path) -> None:
    file = root / "targets" / "14th.csv"
    lines = file.read_text(encoding="utf-8").split("\n")
    file = root / "targets" / "16th.csv"
    changed = lines[1].replace(",2026,", ",2029,")
    file.write_text(f"{lines[0]}\n{changed}\n", encoding="utf-8")


def drop_a_file(root: Path) -> None:
    (root / "targets" / "13th.csv").unlink()


def move_a_file(root: Path) -> None:
    (root / "targets" / "13th.csv").rename(root / "targets" / "11th.csv")


def change_a_reference(root: Path) -> None:
    file = root / "regions.csv"
    text = file.read_text(encoding="utf-8")
    assert "Guangdong" in text
    file.write_text(text.replace("Guangdong", "Kwangtung"), encoding="utf-8")


@pytest.mark.parametrize(
    "change", [change_a_row, add_a_file, drop_a_file, move_a_file, change_a_reference]
)
def test_a_changed_table_is_read(
    root: Path, small: Path, spied: list[str], change: Callable[[Path], None]
) -> None:
    change(root)
    directory, expected = fast(root), validated(root)
    assert directory.table("targets") == expected.table("targets")
    assert "targets/14th.csv" in spied


def test_a_change_of_one_table_has_all_rows_read(root: Path, spied: list[str]) -> None:
    change_a_row(root)
    everything(fast(root))
    assert {label.split("/")[0] for label in spied} >= {"targets", "regions.csv", "observations"}


def test_an_error_in_a_changed_table_is_reported(root: Path) -> None:
    file = root / "targets" / "14th.csv"
    file.write_text(file.read_text("utf-8").replace(",7000,", ",7千,"), encoding="utf-8")
    with pytest.raises(ip.DataErrors) as caught:
        fast(root).table("targets")
    found = [str(error) for error in caught.value.exceptions]
    assert found
    assert all(each.startswith("targets/14th.csv:") and "千" in each for each in found)


def test_other_units_or_other_code_make_it_stale(
    root: Path, spied: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with (root / "units.txt").open("a", encoding="utf-8") as units:
        units.write("# a remark\n")
    everything(fast(root))
    assert len(spied) > len(TABLES)
    spied.clear()
    monkeypatch.setattr(module, "_CODE", (*module._CODE, "errors.py"))
    everything(fast(root))
    assert len(spied) > len(TABLES)


def test_the_digest_is_of_every_module_of_the_records(monkeypatch: pytest.MonkeyPatch) -> None:
    modules = {each.name for each in (Path(ip.__file__).parent / "records").glob("*.py")}
    read_bytes, names = Path.read_bytes, []
    monkeypatch.setattr(
        Path, "read_bytes", lambda path: (names.append(path.name), read_bytes(path))[1]
    )
    assert module._code_digest() == module._code_digest()
    assert modules | {"codelists.py", "snapshot.py", "table.py"} <= set(names)


@pytest.mark.parametrize("what", ["code", "shape"])
def test_without_source_or_with_another_pydantic(
    small: Path, spied: list[str], monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    if what == "code":
        monkeypatch.setattr(module, "_CODE", ("no_such_module.py",))
    else:
        monkeypatch.setattr(module, "_HAS_KNOWN_SLOTS", False)
    assert everything(fast(small)) == everything(validated(small))
    assert "regions.csv" in spied


# ------------------------------------------------------------------ broken: rows are read


def cut(raw: bytes) -> bytes:
    return raw[: len(raw) // 2]


def flipped(raw: bytes) -> bytes:
    return raw.replace(b"2025", b"2026", 1) if b"2025" in raw else raw.replace(b"a", b"b")


BREAKS: dict[str, Callable[[bytes], bytes]] = {
    "cut": cut,
    "flipped": flipped,
    "empty": lambda _: b"",
    "list": lambda _: b"[]",
    "null": lambda _: b"null",
    "object": lambda _: b"{}",
    "deep": lambda _: b"[" * 200_000,
    "binary": lambda _: bytes(range(256)),
    "doubled": lambda raw: raw + raw,
}


@pytest.mark.parametrize("broken", BREAKS)
@pytest.mark.parametrize("name", [INDEX, "targets.json.xz", "regions.json.xz"])
def test_a_broken_file_is_not_believed(
    root: Path, spied: list[str], name: str, broken: str
) -> None:
    file = root / FOLDER / name
    file.write_bytes(BREAKS[broken](file.read_bytes()))
    directory = fast(root)
    assert directory.table("targets") == validated(root).table("targets")
    assert not Snapshot(root).is_current() or name != INDEX
    assert spied


@pytest.mark.parametrize("name", [INDEX, "targets.json.xz", ""])
def test_a_missing_file(root: Path, spied: list[str], name: str) -> None:
    shutil.rmtree(root / FOLDER) if not name else (root / FOLDER / name).unlink()
    assert fast(root).table("targets") == validated(root).table("targets")
    assert "targets/14th.csv" in spied


def respelled(root: Path, change: Callable[[Any], Any]) -> None:
    """Change the targets of a snapshot, and their digest in its index."""
    file, index = root / FOLDER / "targets.json.xz", root / FOLDER / INDEX
    content = json.loads(lzma.decompress(file.read_bytes()))
    change(content)
    raw = lzma.compress(json.dumps(content).encode())
    file.write_bytes(raw)
    said = json.loads(index.read_bytes())
    said["tables"]["targets"] = module._digest(raw)
    index.write_text(json.dumps(said))


def put(*path: Any) -> Callable[[Any], None]:
    """Set what lies at a path to the last of the arguments."""
    *way, last, value = path

    def change(content: Any) -> None:
        for step in way:
            content = content[step]
        content[last] = value

    return change


def turned(content: Any) -> None:
    block = content["records"]
    block["columns"] = dict(reversed(block["columns"].items()))


SPOILT: dict[str, Callable[[Any], None]] = {
    "fewer": put("records", "fields_set", "at", [0]),
    "no positions": put("records", "fields_set", "at", None),
    "text for a position": put("records", "columns", "value", "at", 0, "0"),
    "unknown code": put("records", "columns", "plan", "values", 0, "CN-XX-14-sti"),
    "unknown member": put("records", "columns", "form", "values", 0, "guess"),
    "no list": put("records", "columns", "value", "values", None),
    "no number": put("records", "columns", "value", "values", 0, "many"),
    "out of range": put("records", "columns", "value", "at", 0, 10**6),
    "short column": put("records", "columns", "end_year", "at", [0, 1]),
    "no column": put("records", "columns", "end_year", None),
    "order": turned,
    "no codes": lambda content: content.pop("coded"),
    "coded": put("coded", [10**6]),
    "cut citations": put("records", "columns", "citation", "values", "fields_set", "at", [0]),
}


@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_hostile_file_that_is_no_table(root: Path, spied: list[str], spoilt: str) -> None:
    respelled(root, SPOILT[spoilt])
    directory = fast(root)
    assert directory.table("targets") == validated(root).table("targets")
    assert "targets/14th.csv" in spied


# ------------------------------------------------------------------ writing


def test_the_same_tables_give_the_same_bytes(small: Path) -> None:
    found = snapshot_files(validated(small), small)
    assert found == {each.name: each.read_bytes() for each in (small / FOLDER).iterdir()}
    assert list(found) == [*(f"{name}.json.xz" for name in TABLES), INDEX]
    texts = [raw if name == INDEX else lzma.decompress(raw) for name, raw in found.items()]
    assert all(from_json(raw) == json.loads(raw) for raw in texts)


def test_what_does_not_come_back_is_not_written(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgetful(kind: Any, block: Any, context: Context) -> list[Any]:
        return [
            each.model_copy(update={"name_en": "Nowhere"}) for each in built(kind, block, context)
        ]

    monkeypatch.setattr(module, "built", forgetful)
    with pytest.raises(RuntimeError, match="cannot write a snapshot of regions: "):
        snapshot_files(validated(small), small)


def test_a_table_may_be_empty(world: Callable[..., Path], spied: list[str]) -> None:
    root = world({"goals.csv": None, "targets/14th.csv": None, "units.txt": ""})
    write_snapshot(validated(root), root, root / FOLDER)
    expected = everything(validated(root))
    spied.clear()
    assert everything(fast(root)) == expected
    assert spied == []


def test_errors_of_a_snapshot(root: Path) -> None:
    assert list(snapshot_errors(root, validated)) == []
    respelled(root, put("records", "columns", "value", "values", 0, "123456"))
    assert fast(root).table("targets") != validated(root).table("targets")
    problem = "differs from its source tables; install the package again"
    assert list(map(str, snapshot_errors(root, validated))) == [
        f"snapshot/{INDEX}: {problem}",
        f"snapshot/targets.json.xz: {problem}",
    ]
    change_a_row(root)  # the snapshot is now of other tables, and is not read
    assert list(snapshot_errors(root, validated)) == []
