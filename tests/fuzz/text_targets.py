"""Fuzzers of text arguments: figures, units, numbers, names."""

from __future__ import annotations

import struct
import time
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from functools import cache, partial
from itertools import pairwise
from typing import Any
from zlib import crc32

import innovation_plans as ip
from innovation_plans.codelists import Comparator, Form
from innovation_plans.dataset.names import folded
from innovation_plans.io.csv import neutral, restored
from innovation_plans.io.raw import units_of
from innovation_plans.resources import bundled_data
from innovation_plans.text.figure import Figure, Reading
from innovation_plans.text.lexicon import lexicon
from innovation_plans.text.reading import find_figures, read_figure
from innovation_plans.text.writing import format_figure
from innovation_plans.units.decimals import exact, plain
from innovation_plans.units.table import UnitTable, bundled_units

from .oracle import Finding, agree, one_in, refused, text_of

# A text four times as long takes about four times as long; sixteen times would be quadratic.
MOST_GROWTH = 9.0
LEAST_SECONDS = 0.004
UNITS = (None, "percent", "CNY_100M", "enterprise", "rank", "person / inhabitant_10K")
FORMS = (None, "multiple", "average_growth", "level", "no form")


# ------------------------------------------------------------------ figures


def figures(data: bytes) -> bool:
    """Read figures; each must be read back equal and be at its position, in linear time."""
    unit, form = (known[data[0] % len(known)] if data else None for known in (UNITS, FORMS))
    text = text_of(data[1:])
    made = _read(text, unit, form, strict=False)
    strictly = _read(text, unit, form, strict=True)
    if strictly is not None:
        agree(made, strictly, f"leniently and strictly read from {text!r}")
    if unit is None and form is None and made is not None:
        for lang in ("zh", "en"):
            written = refused(lambda: format_figure(made, lang))  # noqa: B023
            if written is not None:
                agree(read_figure(written), made, f"{written!r}")
    found = refused(lambda: list(find_figures(text, unit=unit, form=form, refused=True)))
    for each in found or ():
        agree(text[each.start : each.end], each.text, "the place of a figure")
        if isinstance(each, Reading):
            _sound(each.figure)
    for one, other in pairwise(found or ()):
        if one.end > other.start:
            raise Finding(f"{one} and {other} overlap")
    if one_in(200, data):
        _in_linear_time(text[:40] or "9")
    return bool(made or found)


def _read(text: str, unit: str | None, form: str | None, *, strict: bool) -> Figure | None:
    made = refused(lambda: read_figure(text, unit=unit, strict=strict, form=form))
    if made is not None:
        _sound(made)
    return made


def _sound(figure: Figure) -> None:
    """Raise if a record could not contain the figure."""
    if not figure.value.is_finite() or len(plain(figure.value)) > 140:
        raise Finding(f"the value of {figure}")
    if (figure.comparator is Comparator.BETWEEN) is not (figure.value_high is not None):
        raise Finding(f"the bounds of {figure}")
    if figure.unit is not None:
        bundled_units().unit(figure.unit)


def _in_linear_time(piece: str) -> None:
    """Raise if the time is not linear in two measurements of the thread time."""
    if _growth(piece) > MOST_GROWTH and _growth(piece) > MOST_GROWTH:
        raise Finding(f"slower than linear: {piece!r}, repeated")


def _growth(piece: str) -> float:
    """Return the ratio of times for four times the text; 0 if it is too fast to measure."""
    short = (piece * 8_000)[:8_000]
    first, second = _seconds(short), _seconds(short * 4)
    return second / first if first and second > LEAST_SECONDS else 0.0


def _seconds(text: str) -> float:
    best = float("inf")
    for _ in range(3):
        begin = time.thread_time()
        with suppress(ip.FigureError):
            for _found in find_figures(text):
                pass
        best = min(best, time.thread_time() - begin)
    return best


# ------------------------------------------------------------------ units


def units(data: bytes) -> bool:
    """Try an expression of units, or the lines of a unit file."""
    text = text_of(data[1:])
    return _unit_file(text) if data[:1] == b"f" else _expression(text, bundled_units())


def _expression(text: str, table: UnitTable) -> bool:
    shared = None if table is bundled_units() else table
    refused(lambda: ip.quantity(text, table=shared))
    unit = refused(lambda: table.unit(text))
    made = refused(lambda: ip.quantity(1, text, table=shared))
    if unit is None or made is None:
        if unit is not None and unit.dimension and not any(each.isdigit() for each in text):
            raise Finding(f"a unit that no quantity can have: {text!r}")
        return False
    base = made.to_base_units()
    if unit.name in table:
        off = Fraction(base.magnitude) / unit.factor - 1
        if abs(off) > Fraction(1, 10**20):
            raise Finding(f"{text!r} is {base.magnitude} by pint and {unit.factor} by the table")
        same = ip.convert("7", text, unit.name, table=table)
        agree(same, Decimal(7), f"7 {text} in itself")
    return True


def _unit_file(text: str) -> bool:
    problems: list[ip.DataError] = []
    table = units_of(text.splitlines(), "units.txt", bundled_units(), problems)
    if table is bundled_units():
        return False
    again = UnitTable("\n".join(table.definitions))
    agree(list(again), list(table), "the units of the definitions of units")
    for unit in list(table)[len(bundled_units()) :][:20]:
        agree(table.token(unit.name), unit.name, "the token of a unit")
        _expression(unit.name, table)
        base = next((each.name for each in table if each.dimension == unit.dimension), unit.name)
        there = refused(lambda: ip.convert("3.25", unit.name, base, table=table))  # noqa: B023
        _ = there is not None and refused(lambda: ip.convert(there, base, unit.name, table=table))  # noqa: B023
    return True


# ------------------------------------------------------------------ numbers


def numbers(data: bytes) -> bool:
    """Try a number as text, float and decimal: it must be exact or an error; then compute with it."""
    text = text_of(data[14:])
    raw = data[:14].ljust(14, b"\0")
    double, exponent, years = struct.unpack("<dih", raw)
    tuple_of = Decimal((raw[0] & 1, tuple(each % 10 for each in raw[:9]), exponent))
    found = [_let_in(each) for each in (text, double, tuple_of, int.from_bytes(raw, "little"))]
    agree(restored(neutral(text)), text, "text made harmless and restored")
    made = [each for each in found if each is not None]
    for value in made:
        figure = Figure(Form.LEVEL, Comparator.REACH, value, None, "CNY_100M")
        refused(partial(format_figure, figure))
    odd = Figure(Form.INCREMENT, Comparator.BETWEEN, tuple_of, Decimal(text.isdigit()), "percent")
    refused(partial(format_figure, odd))
    for rate in (*made, tuple_of):
        refused(partial(ip.growth.multiple_of, rate, years))
        refused(partial(ip.growth.rate_between, rate, "7", years))
        refused(lambda: ip.growth.level_after(ip.quantity(3, "元"), _rate(rate), years))  # noqa: B023
    return bool(made)


def _rate(value: Decimal) -> Any:
    return ip.quantity(value, "percent_per_year")


def _let_in(value: Decimal | str | float) -> Decimal | None:
    made = refused(lambda: exact(value))
    if made is not None:
        agree(exact(plain(made)), made, f"{value!r} written and read")
        agree(len(str(made)) <= 64, True, f"the length of {made}")
        if not isinstance(value, float):
            agree(made, Decimal(value), "the number let in")
        elif made != Decimal(repr(value)):
            raise Finding(f"{value!r} accepted as {made}")
    return made


# ------------------------------------------------------------------ names


@cache
def _plans() -> ip.Dataset:
    return ip.load()


def names(data: bytes) -> bool:
    """Look up a name: the record must have this name, or an error suggests others."""
    text = text_of(data)
    plans = _plans()
    found = False
    for ask, table in ((plans.region, plans.regions), (plans.indicator, plans.indicators)):
        record: Any = refused(partial(ask, text))
        if record is not None:
            found = True
            if text != record.key and folded(text) not in map(folded, (record.key, *record.names)):
                raise Finding(f"{text!r} found {record}")
        refused(partial(table.by_key, text))
    question = _QUESTIONS[crc32(data) % len(_QUESTIONS)]
    refused(lambda: plans.targets.where(**{question: text}))  # type: ignore[arg-type]
    refused(lambda: plans.observations.where(vintage=text, status=text))
    refused(lambda: plans.goals.where(theme=text))
    refused(partial(_DOORS[crc32(data) % len(_DOORS)], text))
    return found


_QUESTIONS = ("region", "indicator", "period", "form", "breakdown", "comparator", "force")


def _written_as(text: str) -> None:
    _plans().regions.write("nowhere/at/all", format=text)


def _read_as(text: str) -> None:
    ip.load("nowhere/at/all", format=text)


_DOORS: tuple[Callable[[str], object], ...] = (
    lambda text: ip.load(edition=text),
    lambda text: ip.load(tiers=text),
    lambda text: ip.load(text + "/nowhere"),
    lambda text: ip.verify(edition=text),
    ip.pace.known,
    lambda text: ip.scorecard(_plans(), region=text, indicator=text, pace=text),
    lambda text: ip.coverage(_plans(), region=text, period=text),
    lambda text: ip.derive(_plans(), text, region=text, year=2025),
    _written_as,
    _read_as,
)


# ------------------------------------------------------------------ first inputs


def words() -> list[bytes]:
    """Return the words of the figure reader, and the tokens of units."""
    tokens = [name for unit in bundled_units() for name in (unit.name, *unit.aliases)]
    return [each.encode() for each in (*sorted(lexicon().words), *tokens)]


def seeds(kind: str) -> list[bytes]:
    """Return valid inputs of one kind."""
    return [bytes(each) for each in _SEEDS[kind]()]


def _figures() -> list[bytes]:
    stated = [each.citation.as_stated for each in ip.load().targets]
    some = [text.encode() for text in dict.fromkeys(stated) if text][::12]
    passage = "到2025年,研发经费投入年均增长10%以上,高新技术企业超过2万家。".encode()
    return [b"\0" + each for each in (*some, passage)] + [b"\1" + each for each in some[::5]]


def _units() -> list[bytes]:
    lines = (bundled_data() / "units.txt").read_text(encoding="utf-8").splitlines()
    defined = [line for line in lines if "=" in line]
    own = ["loom = [looms] = 台", "loom_10K = 10000 * loom = 万台", "rate = loom / inhabitant"]
    output = ["14 万亿元", "0.52 employed_person/inhabitant", "1/inhabitant", "CNY_100M * 元 / 人"]
    return [b"f" + "\n".join(own).encode(), *(b"f" + each.encode() for each in own)] + [
        b"u" + each.encode() for each in (*output, *(line.split("=")[0] for line in defined))
    ]


def _numbers() -> list[bytes]:
    heads = [struct.pack("<dih", *each) for each in ((3.2, 2, 5), (1e300, -30, 200), (0.0, 0, 0))]
    texts = ["3.5", "-0.50", "9" * 30, "1651.73", "1e5", "=1+1", "'=1", "０", "+7"]
    return [head + text.encode() for head in heads for text in texts]


def _names() -> list[bytes]:
    plans = _plans()
    known = [name for each in plans.regions for name in (each.code, *each.names)]
    known += [name for each in plans.indicators for name in (each.code, *each.names)]
    return [each.encode() for each in (*known[::6], "2026.10", "ABC", "linear", "14th", "csv")]


_SEEDS: dict[str, Callable[[], list[bytes]]] = {
    "figures": _figures,
    "units": _units,
    "numbers": _numbers,
    "names": _names,
}
