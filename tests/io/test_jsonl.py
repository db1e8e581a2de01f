from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import Field, field_serializer

import innovation_plans as ip
from innovation_plans.io import jsonl as jsonlines
from innovation_plans.records import TABLE_OF, TABLES

World = Callable[..., Path]


class Listed(ip.Target):
    """A target with fields that no cell of a table could hold."""

    tags: tuple[str, ...] = ()
    places: dict[str, int] = Field(default_factory=dict)
    word: str | None = "a word"


def written(plans: Any, root: Path) -> list[dict[str, Any]]:
    """The lines of an export, read by nothing of the package."""
    plans.write(root / "out.jsonl")
    return [json.loads(line) for line in (root / "out.jsonl").read_text("utf-8").split("\n")[:-1]]


@pytest.mark.heavy
def test_all_bundled_records_come_back_equal(every_tier: ip.Dataset, tmp_path: Path) -> None:
    done = every_tier.write(tmp_path / "out.jsonl")
    assert (done.format, done.losses) == ("jsonl", ())
    back = ip.load(done.path)
    for name in TABLES:
        ours, theirs = getattr(every_tier, name), getattr(back, name)
        assert ours == theirs
        assert [each.model_dump_json() for each in ours] == [
            each.model_dump_json() for each in theirs
        ]


def test_the_first_line_says_what_the_others_are(world: World, tmp_path: Path) -> None:
    head, *lines = written(ip.load(world(), tiers="AB"), tmp_path)
    assert head == {
        "record": "dataset",
        "edition": "2031.5",
        "schema": 2,
        "tiers": "AB",
        "units": [],
        "extensions": [],
        "records": dict(Counter(TABLE_OF[line["record"]] for line in lines)),
    }
    assert {line["record"] for line in lines} >= {"region", "indicator", "target", "goal"}
    target = next(line for line in lines if line["record"] == "target")
    assert target["value"] == "3.5"
    assert target["citation"] == {
        "source": "abe-plan",
        "locator": "page 3",
        "as_stated": "3.5 per mille",
    }


def test_own_units_types_and_awkward_texts_come_back(
    own_plans: Any, own_types: Any, same_content: Any, tmp_path: Path
) -> None:
    own_plans.write(tmp_path / "out.jsonl")
    same_content(own_plans, ip.load(tmp_path / "out.jsonl", **own_types))


def test_lists_mappings_and_empty_fields_come_back(world: World, tmp_path: Path) -> None:
    plans = ip.load(world(), target_type=Listed, tiers="ABCD")
    first = plans.targets[0].model_copy(
        update={"tags": ("a|b", ""), "places": {"x": 1}, "word": None, "end_year": 2030}
    )
    plans = plans.extend(targets=[first])
    plans.write(tmp_path / "out.jsonl")
    back = ip.load(tmp_path / "out.jsonl", target_type=Listed)
    assert back.targets == plans.targets
    assert (back.targets[-1].word, back.targets[0].word) == (None, "a word")


def test_a_field_by_the_name_of_the_mark_is_refused(world: World, tmp_path: Path) -> None:
    class Recorded(ip.Target):
        record: str = "x"

    plans = ip.load(world(), target_type=Recorded, tiers="ABC")
    with pytest.raises(ip.DataErrors) as caught:
        plans.write(tmp_path / "out.jsonl")
    assert "give the field another name" in str(caught.value.exceptions[0])
    assert list(tmp_path.glob("*out*")) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(
    value=st.decimals(min_value=0, max_value=10**12, places=3).map(str),
    text=st.text(
        st.characters(codec="utf-8").filter(lambda each: each.isprintable()), min_size=1
    ).filter(lambda each: each == each.strip() and len(each) < 200),
    kind=st.sampled_from(["csv", "jsonl", "parquet", "excel"]),
)
def test_any_value_and_any_text_come_back(
    world: World, tmp_path: Path, value: str, text: str, kind: str
) -> None:
    plans = ip.load(world(), tiers="ABC")
    first = plans.targets[0]
    citation = ip.Citation(source=first.citation.source, as_stated=text)
    given = {name: getattr(first, name) for name in ip.Target.model_fields}
    record = ip.Target(**{**given, "value": value, "citation": citation, "notes": text})
    table = type(plans.targets)([record], plans.context)
    ending = {"jsonl": ".jsonl", "excel": ".xlsx"}.get(kind, "")
    out = table.write(tmp_path / f"out{ending}", format=kind, overwrite=True).path
    back = ip.load(out).targets.one()
    assert (str(back.value), back.citation.as_stated, back.notes) == (value, text, text)


# ------------------------------------------------------------------ files from elsewhere


def test_numbers_and_a_byte_order_mark_are_harmless(world: World, tmp_path: Path) -> None:
    ip.load(world(), tiers="ABC").write(tmp_path / "f.jsonl")
    text = (tmp_path / "f.jsonl").read_text("utf-8")
    text = "\ufeff" + text.replace('"value":"3.5"', '"value":3.5').replace("\n", "\r\n")
    (tmp_path / "f.jsonl").write_text(text, "utf-8", newline="")
    assert str(ip.load(tmp_path / "f.jsonl").targets[0].value) == "3.5"


def test_what_is_too_long_is_neither_read_nor_written(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans = ip.load(world(), tiers="ABC")
    plans.write(tmp_path / "f.jsonl")
    monkeypatch.setattr(jsonlines, "_LONGEST_LINE", 200)
    with pytest.raises(ip.DataErrors, match="1 error"):
        ip.load(tmp_path / "f.jsonl")
    with pytest.raises(ip.DataErrors, match="nothing written"):
        plans.write(tmp_path / "g.jsonl")
    assert [each.name for each in tmp_path.glob("*g.jsonl*")] == []
    monkeypatch.setattr(jsonlines, "_MOST_BYTES", 100)
    with pytest.raises(ip.DataErrors) as caught:
        ip.load(tmp_path / "f.jsonl")
    assert "expected at most 100 bytes" in str(caught.value.exceptions[0])


def test_a_record_whose_own_json_is_another_record_is_refused(world: World, tmp_path: Path) -> None:
    class Shortened(ip.Target):
        """A target whose serializer loses digits."""

        budget: Decimal = Decimal(0)

        @field_serializer("budget")
        def _rounded(self, budget: Decimal) -> str:
            return str(round(budget))

    plans = ip.load(world(), target_type=Shortened, tiers="ABC")
    changed = plans.targets[0].model_copy(update={"budget": Decimal("1.5"), "end_year": 2030})
    with pytest.raises(ip.DataErrors, match="nothing written") as caught:
        plans.extend(targets=[changed]).write(tmp_path / "out.jsonl")
    assert "give its type a serializer" in str(caught.value.exceptions[0])
    assert list(tmp_path.glob("*out*")) == []
