"""Fuzzers of files: one file of an otherwise valid dataset."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from pydantic import ValidationError

import innovation_plans as ip

from .oracle import Finding, agree, one_in, refused, same_content, text_of
from .seeds import LAND, exported, land, parts_of, put

CSV = sorted(name for name in LAND if name.endswith((".csv", ".txt")))
TOML = ("edition.toml", "indicators.toml")
PACKED = ("errata", "indicators", "targets")  # the tables whose binary files are changed


@cache
def _room() -> Path:
    """Return a directory of this process, in the one that it may write to."""
    return Path(mkdtemp())


@cache
def _folder(kind: str) -> Path:
    """Return the invented dataset, written in a format."""
    root = _room() / kind
    root.mkdir()
    if kind == "land":
        return put(root, LAND)
    for name, raw in exported(kind).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(raw)
    return root


def _with(kind: str, name: str, raw: bytes, ask: Callable[[Path], bool]) -> bool:
    """Call a function on the dataset with one file replaced; the file is restored afterwards."""
    file = _folder(kind) / name
    before = file.read_bytes()
    file.write_bytes(raw)
    try:
        return ask(_folder(kind))
    finally:
        file.write_bytes(before)


# ------------------------------------------------------------------ text


def csv(data: bytes) -> bool:
    """Try one CSV file of a directory, or its unit file."""
    return _with("land", CSV[data[0] % len(CSV) if data else 0], data[1:], partial(_loaded, data))


def toml(data: bytes) -> bool:
    """Try one TOML file of a directory."""
    return _with("land", TOML[data[0] % len(TOML) if data else 0], data[1:], partial(_loaded, data))


def _loaded(data: bytes, root: Path) -> bool:
    """Load and check a directory; if ``load`` raises, ``check`` must report an error."""
    plans = refused(lambda: ip.load(root, tiers="ABCD"))
    if one_in(3, data):
        report = ip.check(root, alone=True)
        if plans is None and not report.errors:
            raise Finding("load raises an error, and check reports none")
        for output in (report.text(), report.json(), report.sheet().text()):
            output.encode()
        if any(not (each.isprintable() or each == "\n") for each in report.text()):
            raise Finding("the report of a check contains control characters")
    if plans is not None and one_in(8, data):
        same_content(plans, _room())
    if plans is not None and one_in(20, data):
        refused(lambda: land().extend(root, on_conflict="replace"))
        _asked(plans)
    return plans is not None


def _asked(plans: ip.Dataset) -> None:
    """Call the functions that a user would call next."""
    card = refused(lambda: ip.scorecard(plans))
    if card is not None:
        agree(ip.Scorecard.from_json(card.json()).json(), card.json(), "a scorecard as JSON")
        card.text()
    refused(lambda: ip.coverage(plans))
    refused(lambda: ip.cross_check(plans))
    refused(plans.targets.conflicts)


def json(data: bytes) -> bool:
    """Try JSON Lines, and the JSON of results."""
    kind = data[0] % (1 + len(_RESULTS)) if data else 0
    if kind == 0:
        lines = _room() / "lines.jsonl"
        lines.write_bytes(data[1:])
        return _read(data, lines)
    text = text_of(data[1:])
    return refused(lambda: _RESULTS[kind - 1](text), ValidationError) is not None


def _read(data: bytes, root: Path) -> bool:
    """Load a file; if it loads, write it and read it back."""
    plans: Any = refused(lambda: ip.load(root))
    if plans is not None and one_in(8, data):
        same_content(plans, _room())
    return plans is not None


def _package(data: bytes, root: Path) -> bool:
    found = _read(data, root)
    refused(lambda: ip.verify(root))
    refused(lambda: ip.check(root, alone=True))
    return found


def _target(text: str) -> object:
    return ip.Target.model_validate_json(text, context=land().context)


def _scorecard(text: str) -> object:
    card = ip.Scorecard.from_json(text)
    for lang in ("zh", "en"):
        card.text(lang)
        card.sheet(lang).html()
    agree(ip.Scorecard.from_json(card.json()).json(), card.json(), "a scorecard as JSON")
    return card


def _difference(text: str) -> object:
    found = ip.Diff.from_json(text)
    found.text()
    agree(ip.Diff.from_json(found.json()).json(), found.json(), "a difference as JSON")
    return found


def _comparison(text: str) -> object:
    found = ip.Comparison.from_json(text)
    found.text("zh")
    return found


_RESULTS = (_target, _scorecard, _difference, _comparison)


# ------------------------------------------------------------------ standards


def standards(data: bytes) -> bool:
    """Try one file of an export as SDMX-CSV or Data Package."""
    kind = "datapackage" if data[:1] and data[0] % 4 == 3 else "sdmx-csv"
    files = sorted(name for name in exported(kind) if not name.endswith(".xml"))
    name = files[(data[0] // 4) % len(files)] if data else files[0]
    check = _package if kind == "datapackage" else _read
    return _with(kind, name, data[1:], partial(check, data))


# ------------------------------------------------------------------ binary


def parquet(data: bytes) -> bool:
    """Try one Parquet file of a directory."""
    name = PACKED[data[0] % len(PACKED)] if data else PACKED[0]
    return _with("parquet", f"{name}.parquet", data[1:], partial(_read, data))


def excel(data: bytes) -> bool:
    """Try a workbook: all of its bytes, or one changed part in a valid zip file."""
    book = exported("excel")[""]
    parts = parts_of(book)
    at = data[0] % (len(parts) + 1) if data else 0
    raw = data[1:]
    if at:
        raw = packed({**parts, sorted(parts)[at - 1]: raw})
    file = _room() / "book.xlsx"
    file.write_bytes(raw)
    return _read(data, file)


def packed(parts: dict[str, bytes]) -> bytes:
    """Return a zip file of these parts, always with the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name, raw in parts.items():
            out.writestr(zipfile.ZipInfo(name), raw, zipfile.ZIP_DEFLATED)
    return made.getvalue()


# ------------------------------------------------------------------ first inputs


def words() -> list[bytes]:
    """Return codes and columns of the invented dataset."""
    found = {word for text in LAND.values() for word in text.replace(",", "\n").split("\n")}
    return sorted(each.encode() for each in found if 1 < len(each) < 30)


def seeds(kind: str) -> list[bytes]:
    """Return valid inputs of one kind."""
    return _SEEDS[kind]()


def _numbered(files: dict[str, bytes], names: list[str] | tuple[str, ...]) -> list[bytes]:
    return [bytes([at]) + files[name] for at, name in enumerate(names)]


def _text_files(names: list[str] | tuple[str, ...]) -> list[bytes]:
    return _numbered({name: text.encode() for name, text in LAND.items()}, names)


def _json_texts() -> list[bytes]:
    plans = land()
    card = ip.scorecard(plans)
    older = plans.diff(ip.load(tiers="ABCD"))
    compared = ip.compare(plans.targets.where(indicator="share"))
    texts = [
        exported("jsonl")[""],
        plans.targets[0].model_dump_json().encode(),
        card.json().encode(),
        older.json().encode()[:3000],
        compared.json().encode(),
    ]
    return [bytes([at]) + text for at, text in enumerate(texts)]


def _standards() -> list[bytes]:
    made = []
    for first, kind in ((0, "sdmx-csv"), (3, "datapackage")):
        files = exported(kind)
        names = sorted(name for name in files if not name.endswith(".xml"))
        made += [bytes([4 * at + first]) + files[name] for at, name in enumerate(names)]
    return made


def _parquet_files() -> list[bytes]:
    return _numbered(exported("parquet"), [f"{name}.parquet" for name in PACKED])


def _books() -> list[bytes]:
    book = exported("excel")[""]
    parts = parts_of(book)
    return [b"\0" + book, *(bytes([at]) + parts[name] for at, name in enumerate(sorted(parts), 1))]


_SEEDS: dict[str, Callable[[], list[bytes]]] = {
    "csv": lambda: _text_files(CSV),
    "toml": lambda: _text_files(TOML),
    "json": _json_texts,
    "standards": _standards,
    "parquet": _parquet_files,
    "excel": _books,
}
