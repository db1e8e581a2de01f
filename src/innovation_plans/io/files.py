"""Bounded reading of files: bytes, UTF-8 text and TOML. What is wrong is a DataError."""

from __future__ import annotations

import os
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import DataError, DataErrors, MissingExtraError
from ..resources import bundled_text, unreadable
from ..text.messages import Message

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

DESCRIPTOR = "datapackage.json"  # of all files of an edition
LARGEST = 64 * 1024 * 1024  # bytes of a text file
_LARGEST_TOML = 4 * 1024 * 1024
_MOST_BITS = 1024  # of a whole number in TOML, which may be as long as the file
# Patterns are compiled by the first search: a snapshot needs none.
_LONG_KEY = r"""(?<![\w"'-])[\w"'-]++(?:[ \t]*+\.[ \t]*+[\w"'-]++){50}"""
_LONG_NUMBER = r"[0-9A-Fa-f_]{250}"
_LONG_PART = r"[0-9\[{]"
_TOML_LOCATION = r"\(at line ([0-9]+), column [0-9]+\)|\(at end of document\)"
_TABLE_HEAD = r"""\s*\[\[?\s*(?:"([^"]{1,100})"|'([^']{1,100})'|([\w-]{1,100}))"""
_KEY = r"""\s*(?:"([^"]{1,60})"|'([^']{1,60})'|([\w-]{1,60}))\s*[=.]"""


def check_is_file(file: Traversable, label: str) -> None:
    """Raise a DataError for a pipe, which would wait for a writer, or a device, which has no end."""
    if isinstance(file, Path) and file.exists() and not (file.is_file() or file.is_dir()):
        raise DataError(file=label, problem=Message("problem.device"))


def files_in(
    folder: Traversable, prefix: str = "", seen: set[str] | None = None
) -> Iterator[tuple[str, Traversable]]:
    """Yield every file in a folder and its subfolders by its path, except in hidden folders.

    A folder is read once, even if several links lead to it: links may form a circle.
    """
    seen = set() if seen is None else seen
    real = os.path.realpath(folder) if isinstance(folder, Path) else str(folder)
    if real in seen:
        return
    seen.add(real)
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not entry.is_dir():
            yield f"{prefix}{entry.name}", entry
        elif not entry.name.startswith((".", "__")):
            yield from files_in(entry, f"{prefix}{entry.name}/", seen)


def bytes_of(file: Traversable, label: str) -> bytes:
    """Return the bytes of a file of bounded size.

    Raises
    ------
    DataError
        If the file cannot be read or is too large.
    """
    check_is_file(file, label)
    try:
        with file.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
    except unreadable() as error:
        reason = getattr(error, "strerror", None) or error
        problem = Message("problem.cannot_be_read", reason=reason)
        raise DataError(file=label, problem=problem) from error
    if len(raw) > LARGEST:
        raise DataError(file=label, problem=Message("problem.large_file", most=LARGEST))
    return raw


def text_of(file: Traversable, label: str) -> str:
    """Return the text of a UTF-8 file of bounded size.

    Raises
    ------
    DataError
        If the file cannot be read, is too large or is not UTF-8 text.
    """
    raw = bytes_of(file, label)
    if raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise DataError(file=label, line=1, problem=Message("problem.utf16"))
    if b"\0" in raw:
        line = _line_of(raw, raw.index(b"\0"))
        raise DataError(file=label, line=line, problem=Message("problem.nul_byte"))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = _line_of(raw, error.start)
        problem = Message("problem.no_utf8", byte=f"0x{raw[error.start]:02x}")
        raise DataError(file=label, line=line, problem=problem) from None


def _line_of(raw: bytes, position: int) -> int:
    """Return the line of a byte; lines end as in CSV: with LF, CR LF or CR."""
    before = raw[:position]
    return before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n") + 1


def parsed_toml(text: str, label: str) -> dict[str, Any]:
    """Return the content of a TOML text.

    Raises
    ------
    DataError
        If the text is broken, or so large that parsing it takes long.
    """
    import tomllib

    _check_size(text, label)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        location = re.search(_TOML_LOCATION, str(error))
        line = int(location[1]) if location and location[1] else text.count("\n") + 1
        reason = re.sub(_TOML_LOCATION, "", str(error)).strip()
        problem = Message("problem.broken_toml", reason=reason)
        raise DataError(file=label, line=line, problem=problem) from None
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits; [[[[[[…
        problem = Message("problem.broken_toml", reason=f"{error!s:.80}")
        raise DataError(file=label, line=_worst_line(text), problem=problem) from None
    if _has_long_number(document):
        number = re.search(_LONG_NUMBER, text)
        line = text.count("\n", 0, number.start() if number else 0) + 1
        problem = Message("problem.long_number", most=_MOST_BITS)
        raise DataError(file=label, line=line, problem=problem)
    return document


def _check_size(text: str, label: str) -> None:
    """Raise a DataError for a TOML text that would keep the parser busy for long."""
    if len(text) > _LARGEST_TOML:
        raise DataError(file=label, problem=Message("problem.large_toml", most=_LARGEST_TOML))
    if key := re.search(_LONG_KEY, text):  # parsing takes the square of the number of parts
        line = text.count("\n", 0, key.start()) + 1
        raise DataError(file=label, line=line, problem=Message("problem.long_key"))


def _has_long_number(value: Any) -> bool:
    """Return True if a number is too long for a message."""
    if isinstance(value, int):
        return value.bit_length() > _MOST_BITS
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(map(_has_long_number, parts))


def _worst_line(text: str) -> int:
    """Return the line at which a parser most likely gave up: that with most brackets or digits."""
    lines = text.split("\n")
    return 1 + max(range(len(lines)), key=lambda at: len(re.findall(_LONG_PART, lines[at])))


def toml_lines(text: str) -> dict[str, dict[str, int]]:
    """Return the line of each table (under "") and of each of its keys."""
    lines: dict[str, dict[str, int]] = {}
    current: dict[str, int] | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        if match := re.match(_TABLE_HEAD, line):
            current = lines.setdefault(match[1] or match[2] or match[3], {"": number})
        elif match := re.match(_KEY, line):
            name = match[1] or match[2] or match[3]
            if current is None:  # a bare value at the top
                lines.setdefault(name, {"": number})
            else:
                current.setdefault(name, number)
    return lines


def needed(library: str, extra: str) -> Any:
    """Return a library that an extra installs.

    Raises
    ------
    MissingExtraError
        If it is not installed.
    """
    try:
        return import_module(library)
    except ImportError as error:
        needs = library.partition(".")[0]
        raise MissingExtraError(extra=extra, needs=needs) from error


def edition_document(root: Traversable) -> dict[str, Any]:
    """Return the content of the ``edition.toml`` of a bundled edition.

    Raises
    ------
    DataErrors
        If it is missing or broken.
    """
    name = "edition.toml"
    try:
        return parsed_toml(bundled_text(root / name, name), name)
    except DataError as error:
        raise DataErrors.of("bundled data", [error]) from None
