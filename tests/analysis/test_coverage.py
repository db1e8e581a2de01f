"""Coverage: the availability of targets and outcomes, and their counts."""

from __future__ import annotations

import pytest

import innovation_plans as ip
from innovation_plans.analysis.coverage import TARGET_STATES


def test_cells_are_regions_times_indicators_times_periods() -> None:
    plans = ip.load()
    cells = ip.coverage(plans)
    regions = [each for each in plans.regions if each.kind != "group"]
    indicators = {target.indicator.code for target in plans.targets}
    assert len(cells) == len(regions) * len(indicators) * 3
    counts = cells.counts()
    assert sum(counts[state] for state in TARGET_STATES) == len(cells)
    assert all(counts[state] for state in TARGET_STATES)
    assert counts[ip.Availability.PUBLISHED] + counts[ip.Availability.NOT_PUBLISHED] == len(cells)


def test_not_read_is_not_not_stated() -> None:
    cells = {
        cell.region: cell
        for cell in ip.coverage(ip.load(), indicator="研发强度", period="14th")
    }  # fmt: skip
    assert (cells["CN-GD"].target, cells["CN-GD"].outcome) == ("stated", "published")
    assert cells["CN-HB"].target == "read_in_part"
    assert cells["CN-QH"].target == "not_read"
    assert cells["220100"].target == "read_in_part"
    assert cells["110108"].target == "not_known"
    assert (cells["630100"].target, cells["630100"].outcome) == ("stated", "not_published")


def test_a_cell_without_an_outcome_has_the_reason_of_its_verdicts() -> None:
    plans = ip.load()
    cells = {(cell.region, cell.indicator, cell.period): cell for cell in ip.coverage(plans)}
    assert all((cell.reason is None) is (cell.outcome == "published") for cell in cells.values())
    same = 0
    for each in ip.scorecard(plans):
        target = next(iter(plans.targets.filter(lambda t, key=each.target: t.key == key)))
        cell = cells.get((target.region.code, target.indicator.code, target.period))
        series = {ip.Reason.NO_SERIES_FOR_INDICATOR, ip.Reason.NO_SERIES_FOR_REGION}
        if each.reason in series and cell is not None:
            assert cell.reason is each.reason
            same += 1
    assert same > 150


def test_an_outcome_of_a_tier_that_is_not_loaded_is_named() -> None:
    cell = ip.coverage(ip.load(), region="CN", indicator="high_value_invention_patents_per_10k",
                       period="14th")[0]  # fmt: skip
    assert cell.reason == "held_back_by_tier"


def test_it_prints_as_a_matrix() -> None:
    cells = ip.coverage(ip.load(), region=["粤", "鄂"], indicator="gdp", period=["13th", "14th"])
    head, _, *rows = str(cells).splitlines()
    assert head.split("  ")[0].strip() == "region"
    assert [row.split()[0] for row in rows[:2]] == ["Guangdong", "Hubei"]
    assert "地区" in cells.text("zh")
    assert repr(cells[:2]).endswith(cells[:2].summary())


def test_an_unknown_period_is_an_error() -> None:
    with pytest.raises(ip.MissingError, match="no period '41st'"):
        ip.coverage(ip.load(), period="41st")


def test_a_period_without_years_in_its_name_has_those_of_its_targets(world) -> None:
    header = "code,region,period,kind,title_en\n"
    plan = "XX-AB-14-sti,XX-AB,to-2025,sti,Plan of Abeland\n"
    other = "XX-CD-14-sti,XX-CD,to-2025,sti,Plan of Cedeland\n"
    files = {"plans.csv": header + plan + other, "documents.csv": "code,region,period,extent\n"}
    ours = ip.load(world(files), tiers="ABCD")
    cells = {
        (cell.region, cell.indicator): cell.outcome for cell in ip.coverage(ours, period="to-2025")
    }
    assert cells["XX-AB", "widget_share"] == "published"
    assert cells["XX-CD", "widget_share"] == "not_published"


@pytest.mark.parametrize("period", ["14th", "15th"])
def test_every_province_has_an_entry_for_every_indicator(period: str) -> None:
    plans = ip.load()
    provinces = {region.code for region in plans.regions.where(kind="province")}
    cells = ip.coverage(plans, indicator="rd_intensity", period=period)
    assert provinces <= {cell.region for cell in cells}
    assert not [
        cell for cell in cells if cell.region in provinces and cell.target == "not_known"
    ]  # fmt: skip


def test_own_documents_decide_between_the_states(world) -> None:
    ours = ip.load(world(), tiers="ABCD")
    cells = {
        (cell.region, cell.period): cell.target
        for cell in ip.coverage(ours, indicator="gross_product", period=["14th"])
    }
    assert cells["XX-AB", "14th"] == "not_stated"  # read whole
    assert cells["XX-CD", "14th"] == "read_in_part"  # the plan has a target, no document names it
    assert cells["XX", "14th"] == "not_known"
    unread = {
        "code": "XX-14",
        "region": "XX",
        "period": "14th",
        "title_en": "T",
        "extent": "unread",
    }
    more = ours.extend(documents=[unread])
    cell = ip.coverage(more, region="XX", indicator="gross_product", period="14th")[0]
    assert cell.target == "not_read"
