"""Documents: plans that are known to exist, and how much of each was read."""

from __future__ import annotations

import pytest

import innovation_plans as ip

PLANS = ip.load(tiers="ABCD")


def document(**fields: object) -> ip.Document:
    given = {"code": "CN-GD-16-sti", "region": "CN-GD", "period": "16th", "extent": "unread"}
    return ip.Document.model_validate(given | fields, context=PLANS.context)


def test_it_has_a_title_or_a_plan() -> None:
    assert document(title_zh="规划").title == "规划"
    assert document(title_en="Plan").title == "Plan"
    of_plan = document(plan="CN-GD-14-sti", period="14th")
    assert of_plan.title == "广东省科技创新“十四五”规划"
    with pytest.raises(ValueError, match="expected a plan or a title, found neither"):
        document()


def test_its_region_and_period_are_those_of_its_plan() -> None:
    with pytest.raises(ValueError, match="expected region and period of the plan CN-GD-14-sti"):
        document(plan="CN-GD-14-sti")


def test_every_plan_is_a_document_with_a_source() -> None:
    documents = {each.plan.code: each for each in PLANS.documents if each.plan}
    assert set(documents) == {plan.code for plan in PLANS.plans}
    assert all(each.source and each.code == code for code, each in documents.items())


def test_only_complete_official_texts_were_read_whole() -> None:
    whole = PLANS.documents.where(extent="whole")
    assert len(whole) > 80
    for each in whole:
        assert each.source
        assert each.source.issuer == "government"
        assert each.source.rendition in {"original", "official_copy"}


def test_what_was_not_read_has_an_address_and_no_figure() -> None:
    unread = PLANS.documents.where(extent="unread")
    assert len(unread) > 30
    known = {target.plan.code for target in PLANS.targets}
    for each in unread:
        assert each.source is None
        assert each.url
        assert each.code not in known


def test_where_finds_them() -> None:
    found = PLANS.documents.where(region=["吉林", "QH"], period="14th", extent="unread")
    assert {each.region.code for each in found} == {"CN-JL", "CN-QH"}
    with pytest.raises(ip.MissingError, match="no period '41st'"):
        PLANS.documents.where(period="41st")
    with pytest.raises(ip.MissingError, match="no extent 'half'"):
        PLANS.documents.where(extent="half")


def test_earlier_editions_have_none_and_load() -> None:
    for edition in ("2026.10", "2026.11"):
        plans = ip.load(edition=edition, tiers="ABCD")
        assert len(plans.documents) == 0
        assert {source.issuer for source in plans.sources} == {None}
        assert {target.precision for target in plans.targets} == {None}
        assert len(plans.targets) > 20
        assert not [
            cell for cell in ip.coverage(plans) if cell.target in {"not_stated", "not_read"}
        ]
