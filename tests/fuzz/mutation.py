"""A hypothesis strategy of changed valid inputs, the same for every format."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from hypothesis import strategies as st

_T = TypeVar("_T")

# Texts in a cell that have broken other readers.
ODD = [
    "",
    " ",
    "0",
    "-0",
    "-1",
    "007",
    "1e5",
    "1e999999",
    "9" * 31,
    "9" * 5000,
    "0x" + "F" * 6000,
    "0." + "0" * 40 + "1",
    "NaN",
    "inf",
    "true",
    "None",
    "２０２５",
    "٣",
    "²",
    "½",
    "2025-13-45",
    "0000",
    "99999",
    "=1+1",
    "'=1",
    "@x",
    "|",
    "||",
    "a|b",
    "XX",
    "XX-AB",
    "XX-AB|XX-AB",
    "../../etc/passwd",
    "/dev/zero",
    "file:///etc/passwd",
    "https://example.org/x.csv",
    "C:\\x",
    "\0",
    "\x1b[2J",
    "\u202e",
    "\ufeff",
    "\u2028",
    "\ufffe",
    "\U0010ffff",
    "e\u0301",
    "\u00e9",
    "İ",
    "ß",
    "\ufdfa",
    "\u3000",
    "\x85",
    "x" * 300,
    "字" * 3000,
    "[" * 3000,
    "{" * 3000,
    '{"a":' * 1500,
    "a." * 60,
    "(" * 600,
    "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b;",
    "&amp;" * 40,
    "__import__('os').system('id')",
    "!!python/object/apply:os.system [id]",
    "c__builtin__\neval\n.",
    '"""',
    "'''",
    "#",
    "=",
    "*",
    "10**10**10",
    "CNY * CNY * CNY",
    "亿元",
    "%",
]
_CELL = re.compile(rb"[^,;:=\n\r\x1f<>\"\[\]{}|]+")


def mutated(seeds: Sequence[bytes], words: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """Draw seeds with changed bytes, parts or cells; sometimes random bytes."""
    listed = list(seeds)
    pieces = [*words, *(each.encode("utf-8", "replace") for each in ODD)]

    @st.composite
    def bent(draw: st.DrawFn) -> bytes:
        bend = _Bend(draw(st.data()), listed, pieces)
        made = bend.any_of(listed)
        for _ in range(draw(st.integers(0, 5))):
            made = bend.any_of(bend.steps)(made)
        return made

    return st.one_of(bent(), bent(), bent(), bent(), st.binary(max_size=200))


class _Bend:
    """Return the ways to change an input."""

    def __init__(self, data: st.DataObject, seeds: list[bytes], pieces: list[bytes]) -> None:
        self._data = data
        self._seeds = seeds
        self._pieces = pieces
        self.steps: list[Callable[[bytes], bytes]] = [
            self._flip,
            self._cut,
            self._end,
            self._double,
            self._splice,
            self._insert,
            *[self._cell] * 3,
            self._swap,
            self._whole,
        ]

    def any_of(self, known: list[_T]) -> _T:
        """Draw one of several."""
        return self._data.draw(st.sampled_from(known))

    def _place(self, raw: bytes) -> int:
        return self._data.draw(st.integers(0, len(raw)))

    def _two(self, raw: bytes) -> tuple[int, int]:
        one, other = self._place(raw), self._place(raw)
        return min(one, other), max(one, other)

    def _flip(self, raw: bytes) -> bytes:
        at = self._place(raw)
        return raw[:at] + bytes([self._data.draw(st.integers(0, 255))]) + raw[at + 1 :]

    def _cut(self, raw: bytes) -> bytes:
        start, end = self._two(raw)
        return raw[:start] + raw[end:]

    def _end(self, raw: bytes) -> bytes:
        return raw[: self._place(raw)]

    def _double(self, raw: bytes) -> bytes:
        start, end = self._two(raw)
        return raw[:start] + raw[start:end][:2000] * self.any_of([2, 3, 40]) + raw[end:]

    def _splice(self, raw: bytes) -> bytes:
        other = self.any_of(self._seeds)
        return raw[: self._place(raw)] + other[self._place(other) :]

    def _insert(self, raw: bytes) -> bytes:
        at = self._place(raw)
        return raw[:at] + self.any_of(self._pieces) + raw[at:]

    def _cell(self, raw: bytes) -> bytes:
        cells = _spans(raw)
        if not cells:
            return raw
        start, end = self.any_of(cells)
        return raw[:start] + self.any_of(self._pieces) + raw[end:]

    def _swap(self, raw: bytes) -> bytes:
        cells = _spans(raw)
        if len(cells) < 2:
            return raw
        (a, b), (c, d) = sorted([self.any_of(cells), self.any_of(cells)])
        return raw if b > c else raw[:a] + raw[c:d] + raw[b:c] + raw[a:b] + raw[d:]

    def _whole(self, raw: bytes) -> bytes:
        return raw[:1] + self.any_of(_WHOLE)(raw[1:])


def _spans(raw: bytes) -> list[tuple[int, int]]:
    return [each.span() for each in _CELL.finditer(raw)]


def _utf16(raw: bytes) -> bytes:
    return raw.decode("utf-8", "replace").encode("utf-16")


def _gbk(raw: bytes) -> bytes:
    return raw.decode("utf-8", "replace").encode("gbk", "replace")


_WHOLE: list[Callable[[bytes], bytes]] = [
    lambda raw: b"\xef\xbb\xbf" + raw,
    lambda raw: raw.replace(b"\n", b"\r\n"),
    lambda raw: raw.replace(b"\n", b"\r"),
    lambda raw: raw + b"\n" * 50,
    lambda raw: raw[:3000] * 20,
    lambda raw: raw.replace(b",", b";"),
    lambda raw: raw.replace(b'"', b"'"),
    _utf16,
    _gbk,
]
