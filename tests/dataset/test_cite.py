"""Citing in four styles, with the edition and its sum."""

from __future__ import annotations

import json
import re

import pytest

import innovation_plans as ip
from innovation_plans.dataset.cite import Work, cited
from innovation_plans.dataset.editions import edition_sum

HOSTILE = Work("1.0", "2026.11+a_b{}%$#&~^\\", "")


def test_every_style_states_edition_and_sum() -> None:
    for edition in ip.editions():
        plans, whole = ip.load(edition=edition), edition_sum(edition)
        for style in ("en", "zh", "bibtex", "csl-json"):
            citation = plans.cite(style)  # type: ignore[arg-type]
            assert edition in citation
            assert whole[:16] in citation
            assert ip.__version__ in citation


def test_csl_json_is_a_dataset_with_its_date() -> None:
    (item,) = json.loads(ip.load().cite("csl-json"))
    year, month = map(int, ip.load().edition.split(".")[:2])
    assert (item["type"], item["issued"]) == ("dataset", {"date-parts": [[year, month]]})


def test_bibtex_is_one_entry_with_balanced_braces_for_any_edition() -> None:
    for work in (Work.of("2026.10"), HOSTILE):
        citation = cited(work, "bibtex")
        assert re.match(r"@misc\{[A-Za-z0-9_]+,\n", citation)
        bare = citation.replace(r"\{", "").replace(r"\}", "")
        assert bare.count("{") == bare.count("}")
        assert not re.search(r"(?<!\\)[#$%&_](?!.*,\n)", bare.split("\n", 1)[1].replace("@", ""))


def test_own_data_have_no_sum(world: object) -> None:
    current = ip.load().edition
    ours = ip.load().extend(sources=[{"code": "our-notes", "title": "Our notes", "tier": "C"}])
    assert f"{current}+records" in ours.cite()
    assert edition_sum(current)[:16] in ours.cite()
    own = ip.load(world()).cite()  # type: ignore[operator]
    assert "2031.5" in own
    assert "sha256" not in own


def test_an_unknown_style() -> None:
    with pytest.raises(ip.MissingError, match="csl-json"):
        ip.load().cite("apa")  # type: ignore[arg-type]
