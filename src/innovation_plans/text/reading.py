"""The public readers of text: one figure, or every figure of a passage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal, overload

from ..codelists import Form
from ..errors import FigureError, brief, expect, flag
from ..units.decimals import EXACT
from ..units.table import UnitTable, bundled_units, table_of
from . import kinds
from .alone import number_alone
from .clause import NOTERS, REFUSED, Clause, Unreadable
from .figure import Figure, Reading, RefusedNumber
from .lexicon import PER_CENT, lexicon_of
from .messages import Message
from .numbers import READERS
from .numerals import CHINESE_NUMERALS
from .scanner import Token, scan
from .settle import Hints
from .spelling import check_spelling, spelled
from .times import span_of

_NO_HINTS: Hints = (None, None, None)
MOST_CHARACTERS = 500
MOST_OF_A_PASSAGE = 10_000_000

MOST_OF_A_PIECE = 1_000_000
# No figure extends across these, so a long passage is read in small pieces; 3。5% is in one.
_PIECE = re.compile(
    rf"(?:[^。；！？\n]|(?<=[\d{CHINESE_NUMERALS}])。(?=[\d{CHINESE_NUMERALS}])|\n(?![ \t]*\n))+？?"
)
_SENTENCE = re.compile(r"(?<=[a-z)%]\. )(?=[A-Z])")  # only in lines too long for one piece

# A refused number is listed if it may be a figure: 3.5 and 三千, 过半, but not three, 一 or a year.
_NOTABLE = re.compile(
    r"(?<![0-9])(?!(?:19|20)[0-9]{2}(?![0-9]))[0-9]|[十百千万亿]|[一二两三四五六七八九]成|分之|[一过减近]半|半数|[双成数几]倍|几番|两位数|倒数|[a-z-]fold|half(?![a-z])|thirds|quarters|fifths|tenths|[a-z] (?:hundred|thousand|million|billion)"
)
_TITLE = re.compile("《[^《》]*》")  # of a document: its numbers are words of a name
# A paragraph that begins a numbered section or names another time.
_NEW_TIME = re.compile(
    r"\n\s*(?:[(（]?(?:[一二三四五六七八九十]+|[0-9]{1,2}|[ivx]+)[)）、.]"
    r"|.{0,8}?(?:20[0-9]{2}|今年|去年|上年|一年来|过去一年|this year|last year))",
    re.IGNORECASE,
)
# What a numbered heading begins with: 3. or （3）
_HEADING = re.compile(r" ?[(（]?[0-9]{1,2}[.、)）]")


def read_figure(
    text: str,
    unit: str | None = None,
    strict: bool = True,
    form: Form | str | None = None,
    *,
    table: UnitTable | None = None,
) -> Figure:
    """Return the only figure that `text` states.

    Parameters
    ----------
    text : str
        At most 500 characters, Chinese or English.
    unit : str, optional
        The unit of the indicator, of ``units.txt``. A bare number has it; a counting word (家, 个,
        名) or a numerator (12件, for 12 per 10,000 people) is read as it where it may be; a unit
        of the same dimension is converted, exactly. An amount in another dimension is an error;
        growth, multiples, percentage points and ranks keep their unit.
    strict : bool, default True
        Whether the whole text must be a figure expression. Otherwise there may be other words, but
        no second figure, and none that touches the figure and is not known.
    form : Form, optional
        The form if the words do not state it, as in ``10%以上``; another form than that of the
        words, or one that the unit cannot have (a rank of 12%), is an error. With ``"multiple"``, growth without
        年均 is over the whole span: 增长58.1% is a multiple of 1.581.
    table : UnitTable, optional
        The unit table of a dataset with own units (``plans.units``), whose names are then known, with
        an English plural in -s. Not needed if `unit` is the unit of a record.

    Raises
    ------
    FigureError
        If the text is no figure expression, or its figure is not of `form`; names the position and
        what was expected.

    Examples
    --------
    >>> read_figure("年均增长10%以上")
    Figure(form=<Form.AVERAGE_GROWTH: 'average_growth'>, comparator=<Comparator.AT_LEAST:
           'at_least'>, value=Decimal('10'), value_high=None, unit='percent_per_year')
    >>> figure = read_figure("exceeded 1 billion yuan", unit="CNY_100M")
    >>> print(figure.comparator, figure.value, figure.unit)
    above 10 CNY_100M
    >>> read_figure("3.2 percent @ 2025")
    Traceback (most recent call last):
    ...
    innovation_plans.errors.FigureError: cannot read '3.2 percent @ 2025' at position 12: expected a
    known word behind the number
    """
    figure, position, hints = _read(text, unit, strict, form, table)
    if problem := _other_form(figure, hints):
        raise FigureError(text=text, position=position, expected=problem)
    return figure


def read_in_any_form(text: str, unit: str | None, form: Form) -> Figure:
    """Return the figure of a longer text in the form that its words state, or else in `form`."""
    return _read(text, unit, False, form, None)[0]


def find_in_any_form(text: str, unit: str, form: Form) -> list[Reading | RefusedNumber]:
    """Return the figures of a passage as :func:`read_in_any_form` reads each."""
    check_spelling(text, MOST_OF_A_PASSAGE)
    return [*_readings(text, _hints(unit, form, None))]


def _read(
    text: str, unit: str | None, strict: bool, form: Form | str | None, table: UnitTable | None
) -> tuple[Figure, int, Hints]:
    """Return the only figure of a text, its position, and the hints of the caller."""
    strict = flag("strict", strict)
    clean, positions = spelled(text, MOST_CHARACTERS)
    hints = _NO_HINTS
    if unit is not None or form is not None or table is not None:
        hints = _hints(unit, form, table)
    if hints[1:] == (None, None) and (alone := number_alone(clean, hints)):
        return alone, 0, hints
    clause = Clause(clean, _scanned(clean, hints), hints)
    _parse(clause)
    figures = clause.figures
    used_up = clause.problem is None and clause.start == clause.open == clause.place == -1
    if len(figures) == 1 and not clause.refused and (used_up or not strict):
        figure, first = figures[0][:2]
        figure = figure if form is None else _over_the_span(figure, hints)
        return figure, positions[first] if positions else first, hints
    position, reason = _problem(clause, strict)
    if positions:
        position = positions[position]
    raise FigureError(text=text, position=position, expected=_message(reason))


@overload
def find_figures(
    text: str,
    unit: str | None = None,
    form: Form | str | None = None,
    *,
    refused: Literal[False] = False,
    table: UnitTable | None = None,
) -> Iterator[Reading]: ...


@overload
def find_figures(
    text: str,
    unit: str | None = None,
    form: Form | str | None = None,
    *,
    refused: Literal[True],
    table: UnitTable | None = None,
) -> Iterator[Reading | RefusedNumber]: ...


def find_figures(
    text: str,
    unit: str | None = None,
    form: Form | str | None = None,
    *,
    refused: bool = False,
    table: UnitTable | None = None,
) -> Iterator[Reading] | Iterator[Reading | RefusedNumber]:
    """Return an iterator over the figures of a passage, in order, with their positions.

    It can be read once: ``list(find_figures(text))`` keeps the figures.

    A number is a figure only if every word that touches it is understood; it is never read in part.
    Numbers that are not figures are skipped: times, numbered headings, bare numbers. With `refused`,
    only times, numbered headings, single numerals (一件, three) and parts of words (5G, 百亿级) are.

    Parameters
    ----------
    text : str
        At most 10,000,000 characters.
    unit, form : optional
        As for :func:`read_figure`, for a text in which all figures are of one indicator.
    table : UnitTable, optional
        As for :func:`read_figure`.
    refused : bool, default False
        Whether to return the numbers that are not read, too: a :class:`RefusedNumber` with the
        position and the reason; its ``reason.text("zh")`` is in Chinese.

    Raises
    ------
    FigureError
        If the passage is too long or contains control characters.

    Examples
    --------
    >>> text = "到2025年,研发经费投入年均增长10%以上,高新技术企业超过2万家,产量3.5万吨。"
    >>> for reading in find_figures(text):
    ...     print(reading.start, reading.text, reading.figure.value, reading.figure.unit)
    13 年均增长10%以上 10 percent_per_year
    29 超过2万家 20000 enterprise
    >>> *_, last = find_figures(text, refused=True)
    >>> print(last.start, last.text, last.reason)
    37 3.5万 expected a known word behind the number
    """
    check_spelling(text, MOST_OF_A_PASSAGE)
    hints = _hints(unit, form, table)
    found = _readings(text, hints)
    if form is not None:
        found = (_of_form(each, hints) for each in found)
    if flag("refused", refused):
        return found
    return (each for each in found if isinstance(each, Reading))


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Return the parts of a passage that are read by themselves, and where they begin."""
    for match in _PIECE.finditer(text):
        start, piece = match.start(), match[0]
        for part in (piece,) if len(piece) <= MOST_OF_A_PIECE else _SENTENCE.split(piece):
            yield start, part
            start += len(part)


def _readings(text: str, hints: Hints) -> Iterator[Reading | RefusedNumber]:
    lasting, hanging = "", False
    for offset, piece in _pieces(text):
        if len(piece) > MOST_OF_A_PIECE:
            most = Message("unread.sentences", most=MOST_OF_A_PIECE)
            yield RefusedNumber(offset, offset + len(piece), piece, _expected(most))
            continue
        clean, positions = spelled(piece, MOST_OF_A_PIECE)
        lasting = "" if _NEW_TIME.match(piece) else lasting  # 五年来 applies to its section
        clause = Clause(clean, _scanned(clean, hints), hints, lasting=lasting, hanging=hanging)
        _parse(clause)
        lasting, hanging = clause.lasting, clause.is_hanging(len(clause.tokens) - 3)
        places = positions or range(len(clean) + 1)
        found: list[Reading | RefusedNumber] = []
        if hints[0] and len(piece) == len(text) and len(clause.figures) == 1 and not clause.refused:
            clause.figures = [(*clause.figures[0][:3], True)]  # 3.5万 alone, in the caller's unit
        titles = [match.span() for match in _TITLE.finditer(clean)]
        for figure, first, last, marked in clause.figures:
            if any(start < first < end for start, end in titles):
                clause.refused.append((first, last, "title", first))
            elif marked:
                start, end = offset + places[first], offset + places[last]
                found.append(Reading(_over_the_span(figure, hints), start, end, text[start:end]))
        for first, last, reason in _unread(clause):
            if _NOTABLE.search(clean, first, last + 1):
                start, end = offset + places[first], offset + places[last]
                found.append(RefusedNumber(start, end, text[start:end], _expected(reason)))
        yield from sorted(found, key=lambda each: each.start)


def _unread(clause: Clause) -> Iterator[tuple[int, int, str]]:
    """Return the numbers that are refused or no figures, without numbered headings."""
    for first, last, reason, _ in clause.refused:
        yield first, last, reason
    yield from clause.skipped
    for _, first, last, marked in clause.figures:
        if not marked and not _HEADING.fullmatch(clause.text, 0, last + 1):
            yield first, last, "bare"


def _scanned(text: str, hints: Hints) -> list[Token]:
    return scan(text) if hints[2] is None else scan(text, lexicon_of(hints[2]))


def _parse(clause: Clause) -> None:
    """Read a text to its end: its figures, refused numbers and first problem."""
    tokens, at = clause.tokens, 0
    while (token := tokens[at])[0] != "end":
        read = READERS[token[0]]
        if read is None:
            note = NOTERS[token[0]]
            if note is not None:
                note(clause, token, at)
            at += 1
            continue
        try:
            figure, at = read(clause, at)
        except Unreadable as error:
            at = _refuse(clause, at, error)
            continue
        if figure is None:
            continue
        clause.figures.append(figure)
        if tokens[at][0] == "end":
            clause.clear()
            break
        clause.close(at)


def _refuse(clause: Clause, at: int, error: Unreadable) -> int:
    """Refuse a number and the others of its clause; return where the next clause begins."""
    tokens, divided = clause.tokens, clause.per is not None
    if error.alone:  # 5亿元以上项目20个
        clause.skipped.append((*tokens[at][2:], error.reason))
        clause.bound, clause.within, clause.negated, clause.minus = None, False, False, False
        clause.clear_near(error.position)
        return at + 1
    while (kind := tokens[at][0]) not in ("stop", "end"):
        if kind in {"number", "whole", "head", "nth", "broken"} and tokens[at + 1][0] != "time":
            start, end = tokens[at][2:]
            clause.refused.append((start, end, error.reason, error.position))
        elif kind == "number":
            clause.spans = clause.spans or span_of(clause, at)
        elif kind == "form":
            clause.far |= tokens[at][1]
        divided = divided or kind == "per"
        at += 1
    said = clause.flags | clause.far
    clause.note_added(said)
    clause.grown = clause.grown or bool(said & kinds.CHANGE)
    clause.clear()
    clause.doubt = (error.position, "near_denominator") if divided else None
    changes = kinds.CHANGE if said & (kinds.ADD | kinds.FALL) else REFUSED
    clause.carried, clause.end = (changes, None, PER_CENT if said & kinds.GROW else None), at
    return at


def _other_form(figure: Figure, hints: Hints) -> str:
    """Return the problem of a figure that is not of the caller's form; empty if it is."""
    form = hints[1]
    if form is None or figure.form is form:
        return ""
    return Message(
        "unread.other_form", form=Message(f"Form.{form}"), found=Message(f"Form.{figure.form}")
    )


def _of_form(found: Reading | RefusedNumber, hints: Hints) -> Reading | RefusedNumber:
    """Return a figure of the caller's form; another one is a refused number."""
    if isinstance(found, Reading) and (problem := _other_form(found.figure, hints)):
        return RefusedNumber(found.start, found.end, found.text, _expected(problem))
    return found


def _over_the_span(figure: Figure, hints: Hints) -> Figure:
    """Return growth of 58% as a multiple of 1.58, if the caller's form is multiple."""
    if hints[1] is not Form.MULTIPLE or figure.form is not Form.ANNUAL_GROWTH:
        return figure
    high = None if figure.value_high is None else _end_over_start(figure.value_high)
    return Figure(Form.MULTIPLE, figure.comparator, _end_over_start(figure.value), high, "multiple")


def _end_over_start(percent: Decimal) -> Decimal:
    return EXACT.add(1, EXACT.divide(percent, 100))


def _hints(unit: str | None, form: Form | str | None, table: UnitTable | None) -> Hints:
    if table is None:
        table = bundled_units() if unit is None else table_of(unit)
    expect("table", table, "definitions", "a unit table")
    token = None if unit is None else table.unit(unit).name
    if token is not None and token in table:
        token = table.token(token)
    own = None if table is bundled_units() else table
    return token, None if form is None else _form(form), own


def _form(form: Form | str) -> Form:
    try:
        return Form(form)
    except ValueError:
        text = brief(form).strip("'")
        raise FigureError(text=text, position=0, expected=f"a form: {', '.join(Form)}") from None


def _problem(clause: Clause, strict: bool) -> tuple[int, str]:
    """Return where and why this is not one figure."""
    if clause.refused:
        _, _, reason, position = clause.refused[0]
        return position, reason
    if clause.problem and (strict or not clause.figures):
        position, reason = clause.problem
        other_words = len(clause.figures) == 1 or (clause.figures and reason == "word")
        return position, "other_words" if other_words else reason
    if len(clause.figures) > 1:
        return clause.figures[1][1], "one_figure"
    unused = max(clause.start, clause.open, clause.place, 0)  # a word that no figure has used
    return unused, "number_after" if clause.figures else "figure"


def _message(reason: str) -> Message:
    return reason if isinstance(reason, Message) else Message(f"unread.{reason}")


def _expected(reason: str) -> Message:
    return Message("problem.expected", expected=_message(reason))
