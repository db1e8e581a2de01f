"""Hostile text is refused by one error or read as exactly what it says, and quickly."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innovation_plans.codelists import Comparator, Form
from innovation_plans.errors import FigureError
from innovation_plans.text.figure import Figure
from innovation_plans.text.reading import find_figures, read_figure
from innovation_plans.text.writing import format_figure
from innovation_plans.units.table import bundled_units

REFUSED = [
    "10**10**10",
    "9**9**9 m",
    "2**100000000",
    "m**(9**9**9)",
    "1e999999",
    "1E+999999999",
    "9" * 5000,
    "9" * 499,
    "(" * 5000,
    "(" * 500,
    "*".join("m" * 5000),
    "**".join("1" * 5000),
    "**".join("1" * 160),
    "一" * 500,
    "万" * 500,
    "百分之" * 166,
    "超过" * 250,
    "1/" * 250,
    "1," * 250,
    "NaN",
    "inf",
    "-inf",
    "0x10",
    "True",
    "1_000",
    "1,00",
    "007",
    ".5%",
    "3.2.1%",
    "10²元",
    "½",
    "3²%",
    "3.2 percent; 5",
    "3.2 percent @ 2025",
    "3.2percent|4",
    "3.2 percent & 5 m",
    "3.2% R&D",
    "3.2% of 2025",
    "12 patent per 10000 person",
    "3.2+/-0.1",
    '__import__("os")',
    "",
    "   ",
    "\u202e3.2",
    "3.2\u202e%",
    "3.2\x00",
    "3.2\u200f%",
    "1 000 元",
    "1\n2 元",
    '"abc" yuan',
    "5 5 元",
    "6%-5%",
    "1/0",
    "5%达到",
    "不低于第3位",
    "数百家",
    "十四五",
    "increased 3 times",
    "年均投入500亿元",
    "\ud800",
    "٣%",
]
AS_IT_SAYS = {
    "１２": (12, None, None),
    "1,000": (1000, None, None),
    "3.2~3.5 percent": (Decimal("3.2"), Decimal("3.5"), "percent"),
    "3.2~3.5%": (Decimal("3.2"), Decimal("3.5"), "percent"),
    "3.2-3.5%": (Decimal("3.2"), Decimal("3.5"), "percent"),
    "3.2％": (Decimal("3.2"), None, "percent"),
    "5–8 元": (5, 8, "CNY"),
    "9" * 30: (int("9" * 30), None, None),
}
# Work is counted in calls, which are the same on every machine; times are for ``make fuzz``.
MOST_CALLS_A_CHARACTER = 60
MOST_CHARACTERS = 500  # a longer text is refused unread


def calls(work: Callable[[], object]) -> int:
    """How many calls of Python and C functions a piece of work makes."""
    counted = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        with suppress(FigureError):
            work()
    finally:
        sys.setprofile(before)
    return counted


@pytest.fixture(autouse=True, scope="module")
def _warm() -> None:
    """The lexicon and the unit table are made on first use."""
    read_figure("5%")


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: ascii(text)[:30])
def test_refused(text: str) -> None:
    with pytest.raises(FigureError) as caught:
        read_figure(text)
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize(("text", "expected"), AS_IT_SAYS.items(), ids=lambda each: str(each)[:20])
def test_read_as_it_says(text: str, expected: tuple[object, object, object]) -> None:
    figure = read_figure(text)
    assert (figure.value, figure.value_high, figure.unit) == expected


@pytest.mark.parametrize("text", [*REFUSED, *AS_IT_SAYS], ids=lambda text: ascii(text)[:30])
def test_little_work(text: str) -> None:
    for strict in (True, False):
        most = 1_000 + MOST_CALLS_A_CHARACTER * min(len(text), MOST_CHARACTERS)
        assert calls(lambda strict=strict: read_figure(text, strict=strict)) < most


@pytest.mark.parametrize("text", ["5%\x00", "\u202e5%", "5" * 1_000_001])
def test_a_passage_is_bounded(text: str) -> None:
    with pytest.raises(FigureError):
        find_figures(text)


@pytest.mark.parametrize(
    "piece",
    [
        "9",
        "(",
        "a",
        "a ",
        "超过",
        "一",
        "万",
        "5%",
        "1,",
        "1/2/",
        "年均",
        "5 to ",
        "of ",
        "- ",
        "第",
    ],
)
def test_a_long_passage_takes_linear_work(piece: str) -> None:
    def work(size: int) -> int:
        text = (piece * size)[:size]
        return calls(lambda: list(find_figures(text)))

    # eight times the text: 64 times if quadratic
    assert work(40_000) <= 9 * work(5_000) + 1_000


LATIN = "abcdefghijklmnopqrstuvwxyz0123456789.,%-~/() "
HAN = "年均增长以上达到超过第位前十百千万亿元个家件人名一二三两点分之倍每提高翻番不低于左右"


@settings(max_examples=400, deadline=None)
@given(
    st.one_of(st.text(max_size=60), st.text(LATIN, max_size=60), st.text(HAN + LATIN, max_size=40))
)
def test_any_text_is_read_or_refused(text: str) -> None:
    for strict in (True, False):
        try:
            figure = read_figure(text, strict=strict)
        except FigureError:
            continue
        assert figure.value.is_finite()
        assert figure.unit is None or bundled_units().unit(figure.unit)
        assert (figure.comparator is Comparator.BETWEEN) is (figure.value_high is not None)
    try:
        found = list(find_figures(text))
    except FigureError:
        return
    assert all(text[each.start : each.end] == each.text for each in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


VALUES = st.decimals(min_value=0, max_value=10**15, places=3, allow_nan=False) | st.integers(
    0, 10**9
).map(Decimal)
COUNTED = sorted(
    {unit.name for unit in bundled_units()}
    - {"percent", "percent_per_year", "percentage_point", "multiple", "rank"}
)
COMPARATORS = st.sampled_from(Comparator)


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    """Every figure that an expression can state."""
    form, unit = draw(
        st.one_of(
            st.tuples(
                st.sampled_from([Form.LEVEL, Form.CUMULATIVE, Form.INCREMENT]),
                st.sampled_from([*COUNTED, "person / inhabitant_10K"]),
            ),
            st.tuples(st.sampled_from([Form.LEVEL, Form.CUMULATIVE]), st.just("percent")),
            st.tuples(
                st.sampled_from([Form.ANNUAL_GROWTH, Form.AVERAGE_GROWTH]),
                st.just("percent_per_year"),
            ),
            st.tuples(st.just(Form.INCREMENT), st.sampled_from(["percentage_point", "rank"])),
            st.just((Form.MULTIPLE, "multiple")),
        )
    )
    comparator = draw(COMPARATORS)
    value = draw(VALUES)
    if form in (Form.ANNUAL_GROWTH, Form.AVERAGE_GROWTH) and draw(st.booleans()):
        value = value.copy_negate()
    high = None
    if comparator is Comparator.BETWEEN:
        high = value + draw(VALUES) + 1 if value >= 0 else value / 2
        if high <= value:
            high = value + 1
    return Figure(form, comparator, value, high, unit)


RANKS = st.builds(
    Figure,
    st.just(Form.RANK),
    COMPARATORS.filter(lambda each: each is not Comparator.BETWEEN),
    st.integers(1, 999).map(Decimal),
    st.none(),
    st.just("rank"),
)


@settings(max_examples=300, deadline=None)
@given(figures() | RANKS, st.sampled_from(["zh", "en"]))
def test_what_is_written_reads_back(figure: Figure, lang: str) -> None:
    assert read_figure(format_figure(figure, lang)) == figure


@settings(max_examples=100, deadline=None)
@given(figures(), st.sampled_from(COUNTED))
def test_a_hint_never_changes_the_quantity(figure: Figure, unit: str) -> None:
    plain, hinted = (read_figure(format_figure(figure), unit=each) for each in (None, unit))
    if hinted.unit == unit and plain.unit and bundled_units().fits(plain.unit, unit):
        assert hinted == plain.converted(unit)
