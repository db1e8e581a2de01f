"""Scorecards and the tables of text they print as."""

from __future__ import annotations

import sys

import pytest

import innovation_plans as ip

CARD = ip.scorecard(ip.load(), period="14th", indicator="rd_intensity")


def test_nation_first_then_provinces_then_cities() -> None:
    codes = [each.subject.region for each in ip.scorecard(ip.load(), indicator="rd_intensity")]
    kinds = [ip.load().region(code).kind for code in codes]
    order = [ip.RegionKind.NATION, ip.RegionKind.PROVINCE, ip.RegionKind.CITY]
    assert kinds == sorted(kinds, key=order.index)


def test_counts_add_up_and_name_every_verdict() -> None:
    counts = CARD.counts()
    assert list(counts) == list(ip.Verdict)
    assert sum(counts.values()) == len(CARD)


def test_json_round_trip_slices_and_equality() -> None:
    assert ip.Scorecard.from_json(CARD.json(), CARD.edition) == CARD
    assert isinstance(CARD[:3], ip.Scorecard)
    assert len(CARD[:3]) == 3
    assert hash(CARD[:3]) == hash(CARD[:3])
    assert CARD != "a scorecard"
    assert repr(CARD).startswith(f"<Scorecard of {len(CARD)}:")
    assert str(ip.scorecard(ip.load(), region="Suzhou")[:0]).endswith("no targets")


def test_columns_line_up_with_chinese_names() -> None:
    from innovation_plans.text.tables import display_width

    lines = CARD.text("zh").splitlines()[:-2]
    tier = [
        display_width(line[: line.rindex("  ")]) for line in lines if line.rstrip()[-1] in "ABC-级"
    ]
    assert len(set(tier[1:])) == 1


def test_groups_and_orders() -> None:
    groups = CARD.by("verdict")
    assert {name: len(result) for name, result in groups.items()} == {
        str(verdict): count for verdict, count in CARD.counts().items() if count
    }
    assert list(CARD.by("indicator")) == ["rd_intensity"]
    ordered = [each.verdict for each in CARD.sort("verdict", "region")]
    assert ordered == sorted(ordered, key=list(ip.Verdict).index)


def test_a_frame_of_a_backend_that_is_not_there_names_the_extra(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ip.MissingExtraError, match=r"innovation-plans\[arrow\]"):
        CARD.to_frame("pyarrow")
    with pytest.raises(ip.MissingError, match="backend 'excel'"):
        CARD.to_frame("excel")  # type: ignore[arg-type]


def test_a_frame_has_a_row_a_target_and_exact_text() -> None:
    polars = pytest.importorskip("polars")
    frame = CARD.to_frame("polars")
    assert isinstance(frame, polars.DataFrame)
    assert frame.height == len(CARD)
    row = frame.filter(polars.col("region") == "CN-GD").row(0, named=True)
    assert (row["value"], row["verdict"], row["gap"]) == ("3.5", "met", "0.1")


def test_progress_sees_every_target() -> None:
    observed = []

    def watched(targets):  # type: ignore[no-untyped-def]
        for each in targets:
            observed.append(each)
            yield each

    card = ip.scorecard(ip.load(), period="14th", indicator="rd_intensity", progress=watched)
    assert card == CARD
    assert len(observed) == len(card)
