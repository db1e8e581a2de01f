"""Citing in five styles, with the edition and its sum."""

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
        for style in ("en", "zh", "bibtex", "csl-json", "ris"):
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
        assert re.match(r"@misc\{[A-Za-z0-9_-]+,\n", citation)
        bare = citation.replace(r"\{", "").replace(r"\}", "")
        assert bare.count("{") == bare.count("}")
        assert not re.search(r"(?<!\\)[#$%&_](?!.*,\n)", bare.split("\n", 1)[1].replace("@", ""))


def test_own_data_have_no_sum(world: object) -> None:
    current = ip.load().edition
    ours = ip.load().extend(sources=[{"code": "our-notes", "title": "Our notes", "tier": "C"}])
    assert f"{current}+records" in ours.cite()
    assert edition_sum(current)[:16] in ours.cite()
    own = ip.load(world(), tiers="ABC").cite()  # type: ignore[operator]
    assert "2031.5" in own
    assert "sha256" not in own


def test_an_unknown_style() -> None:
    with pytest.raises(ip.MissingError, match="csl-json"):
        ip.load().cite("apa")  # type: ignore[arg-type]


@pytest.mark.parametrize("style", ["en", "zh", "bibtex", "csl-json", "ris"])
def test_a_bibliography_has_an_entry_per_document(plans: ip.Dataset, style: str) -> None:
    sources = plans.targets.where(region="粤").sources()
    assert len(sources) == len({each.code for each in sources}) > 3
    text = sources.cite(style)  # type: ignore[arg-type]
    starts = {"bibtex": "@misc{", "csl-json": '"id": ', "ris": "TY  - GEN", "zh": "（来源等级"}
    assert text.count(starts.get(style, "(tier ")) == len(sources)
    assert all(each.url is None or each.url in text for each in sources)
    reading = "来源等级{}" if style == "zh" else "tier {}"
    assert all(reading.format(each.tier) in text for each in sources)


def test_csl_json_of_documents(plans: ip.Dataset) -> None:
    source = plans.sources["gd-gwr-2026"]
    (item,) = json.loads(plans.sources.filter(lambda each: each == source).cite("csl-json"))
    assert item["issued"] == {"date-parts": [[2026, 1, 31]]}
    assert (item["title"], item["URL"]) == (source.title, source.url)
    assert item["author"] == [{"literal": source.publisher}]


def test_hostile_titles_stay_in_their_field() -> None:
    source = ip.Source(code="x", title="A}@misc{b, % _ # & {", tier="C", publisher="P ER  -")
    table = ip.SourceTable([source])
    bare = table.cite("bibtex").replace(r"\{", "").replace(r"\}", "")
    assert bare.count("{") == bare.count("}")
    assert table.cite("ris").count("\nER  - ") == 1
    assert json.loads(table.cite("csl-json"))[0]["title"] == source.title


def test_sources_of_every_kind_of_table(plans: ip.Dataset) -> None:
    assert plans.sources.sources() == plans.sources
    assert len(plans.vintages.sources()) > 3
    assert len(plans.goals.sources()) > 1
    assert len(plans.regions.sources()) == 0
    card = ip.scorecard(plans, region="粤", indicator="rd_intensity")
    assert card.sources(plans).cite("en").count("(tier ") == len(card.source_codes) > 1
    own = ip.load(edition="2026.10")
    with pytest.raises(ip.MissingError, match="no record with the key"):
        card.sources(own)


def test_a_source_and_a_citation_are_cited_in_every_style(plans: ip.Dataset) -> None:
    target = plans.targets.by_key("CN-GD-14-sti/rd_intensity/level/2025@seed-cbn-2021")
    citation, source = target.citation, target.citation.source
    assert (citation.cite(), source.cite()) == (str(citation), str(source))
    assert source.cite("zh").endswith("（来源等级C，译文）")
    assert citation.cite("zh").endswith("；paragraph 26；原文表述：“about 3.5%”")
    for style in ("bibtex", "csl-json", "ris"):
        assert source.cite(style) == plans.targets.filter(
            lambda each: each == target
        ).sources().cite(style)
        assert "paragraph 26" in citation.cite(style)
    with pytest.raises(ip.ArgumentError, match="apa"):
        source.cite("apa")  # type: ignore[arg-type]


def test_no_character_of_a_title_is_lost_in_bibtex() -> None:
    source = ip.Source(code="ours", title=r"A\B ~ C^2 & 100% {x}", tier="C")
    assert (
        r"title = {{A\textbackslash{}B \textasciitilde{} C\textasciicircum{}2 \& 100\% \{x\}}}"
        in source.cite("bibtex")
    )
