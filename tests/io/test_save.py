from __future__ import annotations

import errno
import hashlib
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans.io import save as atomic
from innovation_plans.io.raw import unreplaced
from innovation_plans.io.save import SUMS, WriteError, replacing

World = Callable[..., Path]
FORMATS = {each.name: each.endings[0] if each.makes == "file" else "" for each in ip.formats()}


def tree(root: Path) -> dict[str, bytes | None]:
    """Everything below a directory, hidden files too."""
    return {
        str(each.relative_to(root)): each.read_bytes() if each.is_file() else None
        for each in sorted(root.rglob("*"))
    }


def full(*_: Any, **__: Any) -> Any:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A directory of its own to write in."""
    made = tmp_path / "room"
    made.mkdir()
    return made


@pytest.fixture
def plans(world: World) -> ip.Dataset:
    return ip.load(world(), tiers="ABCD")


@pytest.mark.parametrize("kind", FORMATS)
def test_what_is_there_is_not_replaced_unless_asked(
    plans: ip.Dataset, room: Path, kind: str
) -> None:
    out = room / f"out{FORMATS[kind]}"
    plans.write(out, format=kind)
    before = tree(room)
    with pytest.raises(WriteError, match="it exists; pass overwrite=True") as caught:
        plans.targets[:1].write(out, format=kind)
    assert caught.value.errno == errno.EEXIST
    assert isinstance(caught.value, OSError)
    assert isinstance(caught.value, ip.InnovationPlansError)
    assert tree(room) == before
    plans.targets[:1].write(out, format=kind, overwrite=True)
    assert len(ip.load(out).targets) == 1
    assert [each.name for each in room.iterdir()] == [out.name]


@pytest.mark.parametrize("broken", ["os.replace", "os.fsync"])
@pytest.mark.parametrize("kind", FORMATS)
def test_a_failure_at_the_end_leaves_the_old_whole(
    plans: ip.Dataset, room: Path, monkeypatch: pytest.MonkeyPatch, kind: str, broken: str
) -> None:
    out = room / f"out{FORMATS[kind]}"
    plans.write(out, format=kind)
    before = tree(room)
    monkeypatch.setattr(broken, full)
    with pytest.raises(WriteError, match="no space left on device") as caught:
        plans.targets.write(out, format=kind, overwrite=True)
    assert caught.value.errno == errno.ENOSPC
    assert tree(room) == before


@pytest.mark.parametrize("kind", FORMATS)
def test_a_failure_in_the_middle_leaves_nothing(
    plans: ip.Dataset, room: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Whichever file the disk is full at, nothing of the export is there afterwards."""
    out = room / f"out{FORMATS[kind]}"
    opened, real = [], Path.open

    def opening(path: Path, mode: str = "r", *rest: Any, **named: Any) -> Any:
        if "r" not in mode:
            opened.append(path)
            if len(opened) == 1 + (FORMATS[kind] == "") * 3:
                full()
        return real(path, mode, *rest, **named)

    monkeypatch.setattr(Path, "open", opening)
    with pytest.raises(WriteError, match="no space left"):
        plans.write(out, format=kind)
    assert opened
    assert tree(room) == {}


def test_a_disk_that_fills_up_while_writing(plans: ip.Dataset, room: Path) -> None:
    """The real thing, by the limit of a process on the size of its files."""
    resource = pytest.importorskip("resource")
    signal = pytest.importorskip("signal")
    plans.targets[:1].write(room / "out.jsonl")
    before = tree(room)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(WriteError) as caught:
            plans.write(room / "out.jsonl", overwrite=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert caught.value.errno == errno.EFBIG
    assert tree(room) == before


def test_a_directory_that_cannot_be_written(
    plans: ip.Dataset, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.chmod(0o500)
    if os.access(room, os.W_OK):  # whoever may do everything is told by the system here

        def denied(*_: Any, **__: Any) -> Any:
            raise PermissionError(errno.EACCES, "Permission denied")

        monkeypatch.setattr("tempfile.mkdtemp", denied)
    try:
        with pytest.raises(WriteError, match="permission denied; nothing was changed") as caught:
            plans.write(room / "out.jsonl")
    finally:
        room.chmod(0o700)
    assert caught.value.errno == errno.EACCES
    assert tree(room) == {}


@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), RuntimeError("x"), ip.MissingError(asked="x")], ids=repr
)
def test_any_error_of_a_writer_comes_through_and_leaves_nothing(
    plans: ip.Dataset, room: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def half(_: Any, __: Any, path: Path, *___: Any) -> None:
        path.mkdir()
        (path / "half").write_text("half")
        raise error

    monkeypatch.setattr("innovation_plans.io.csv.write", half)
    with pytest.raises(type(error)) as caught:
        plans.write(room / "out", format="csv")
    assert caught.value is error
    assert tree(room) == {}


def test_the_old_directory_comes_back_if_the_new_one_cannot_take_its_place(
    room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, real = room / "out", Path.replace
    out.mkdir()
    (out / "edition.toml").write_text("old")
    atomic._write_sums(out, {})

    def replace(path: Path, target: Path) -> Any:
        return (
            full() if path.parent.suffix == ".part" and path.name == "out" else real(path, target)
        )

    monkeypatch.setattr(Path, "replace", replace)
    with (
        pytest.raises(WriteError),
        replacing(out, overwrite=True, directory=True) as fresh,
    ):
        fresh.mkdir()
    assert (out / "edition.toml").read_text() == "old"
    assert sorted(file.name for file in room.rglob("*")) == [SUMS, "edition.toml", "out"]


def test_the_old_directory_is_never_lost(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it can neither be replaced nor set back, it stays in the temporary."""
    out, real = room / "out", Path.replace
    out.mkdir()
    (out / "edition.toml").write_text("old")
    atomic._write_sums(out, {})
    calls: list[Path] = []

    def replace(path: Path, target: Path) -> Any:
        calls.append(path)
        return real(path, target) if len(calls) == 1 else full()

    monkeypatch.setattr(Path, "replace", replace)
    with (
        pytest.raises(WriteError, match="the old directory is now"),
        replacing(out, overwrite=True, directory=True) as fresh,
    ):
        fresh.mkdir()
    assert b"old" in tree(room).values()


@pytest.mark.parametrize("name", [".git/HEAD", "thesis.docx", "targets.csv", "edition.toml"])
def test_a_file_that_is_not_as_written_is_not_replaced(
    plans: ip.Dataset, room: Path, name: str
) -> None:
    out = room / "out"
    plans.write(out, format="csv")
    (out / name).parent.mkdir(exist_ok=True)
    (out / name).write_text("my own")
    before = tree(room)
    with pytest.raises(WriteError, match=f"{name}': it is not as this package wrote it"):
        plans.write(out, format="csv", overwrite=True)
    assert tree(room) == before


def test_a_directory_without_sums_is_not_replaced(plans: ip.Dataset, room: Path) -> None:
    plans.write(room / "out", format="csv")
    (room / "out" / SUMS).unlink()
    with pytest.raises(WriteError, match="it is not as this package wrote it"):
        plans.write(room / "out", format="csv", overwrite=True)


def test_files_of_an_earlier_export_do_not_stay(plans: ip.Dataset, room: Path) -> None:
    plans.write(room / "out", format="csv")
    plans.sources.write(room / "out", format="csv", overwrite=True)
    names = sorted(file.name for file in (room / "out").iterdir())
    assert names == [SUMS, "edition.toml", "sources.csv"]


def test_the_sums_are_those_of_sha256sum(plans: ip.Dataset, room: Path) -> None:
    plans.write(room / "out", format="csv")
    lines = (room / "out" / SUMS).read_text("utf-8").splitlines()
    sums = dict(reversed(line.split("  ")) for line in lines)
    files = {file.name: file for file in (room / "out").iterdir() if file.name != SUMS}
    assert sums == {
        name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in files.items()
    }


def test_a_file_is_not_replaced_by_a_directory_nor_the_reverse(
    plans: ip.Dataset, room: Path
) -> None:
    (room / "file").write_text("x")
    (room / "folder.jsonl").mkdir()
    for path, kind in ((room / "file", "csv"), (room / "folder.jsonl", "jsonl")):
        with pytest.raises(
            WriteError, match=r"expected a (file|directory), found a (file|directory)"
        ):
            plans.write(path, format=kind, overwrite=True)


@pytest.mark.parametrize("path", ["", ".", "..", "/", "a\0b"])
def test_a_path_without_a_name_is_refused(plans: ip.Dataset, path: str) -> None:
    with pytest.raises(WriteError, match="expected a path that ends with a name"):
        plans.write(path, format="csv")


def test_a_directory_that_is_not_there_is_not_made(plans: ip.Dataset, room: Path) -> None:
    with pytest.raises(WriteError, match="no such file or directory"):
        plans.write(room / "missing" / "out.jsonl")
    assert tree(room) == {}


def test_a_link_is_replaced_and_what_it_leads_to_stays(room: Path) -> None:
    (room / "real").write_text("real")
    (room / "link").symlink_to(room / "real")
    with replacing(room / "link", overwrite=True) as fresh:
        fresh.write_text("new")
    assert not (room / "link").is_symlink()
    assert tree(room) == {"link": b"new", "real": b"real"}


def test_files_are_written_with_the_rights_of_the_user(room: Path) -> None:
    mask = os.umask(0o022)
    try:
        with replacing(room / "out", directory=True) as fresh:
            fresh.mkdir()
            (fresh / "x").write_text("x")
    finally:
        os.umask(mask)
    assert [oct(each.stat().st_mode & 0o777) for each in (room / "out", room / "out" / "x")] == [
        "0o755",
        "0o644",
    ]


def test_every_file_is_on_the_disk_before_it_takes_its_place(
    room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    sync, real = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda opened: (order.append("sync"), sync(opened))[1])
    monkeypatch.setattr(
        Path, "replace", lambda path, to: (order.append("replace"), real(path, to))[1]
    )
    with replacing(room / "out", overwrite=True, directory=True) as fresh:
        (fresh / "deep").mkdir(parents=True)
        (fresh / "deep" / "x").write_text("x")
    assert order == ["sync", "sync", "replace"]


def test_the_error_pickles() -> None:
    error = WriteError(path="a", problem="full", hint="free some", errno=errno.ENOSPC)
    twin = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert (str(twin), twin.errno, twin.path) == (str(error), errno.ENOSPC, "a")
    assert atomic.WriteError is ip.WriteError


def test_a_directory_that_is_removed_while_it_is_read_is_an_error(tmp_path: Path) -> None:
    root = tmp_path / "data"
    root.mkdir()
    with pytest.raises(ip.DataErrors, match="1 error") as caught, unreplaced(root):
        root.rmdir()
    assert "was replaced while it was read" in str(caught.value.exceptions[0])


def test_a_link_to_a_directory_is_not_replaced_by_a_file(room: Path) -> None:
    (room / "mine").mkdir()
    (room / "link.jsonl").symlink_to(room / "mine")
    before = tree(room)
    with pytest.raises(WriteError, match="link to a directory"):
        ip.load().vintages.write(room / "link.jsonl", overwrite=True)
    assert tree(room) == before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with a name")
def test_a_pipe_is_not_replaced(room: Path) -> None:
    os.mkfifo(room / "pipe.jsonl")
    with pytest.raises(WriteError, match="pipe or device"):
        ip.load().vintages.write(room / "pipe.jsonl", overwrite=True)
    assert (room / "pipe.jsonl").is_fifo()
