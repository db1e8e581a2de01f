"""Tables, records and results in a notebook."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

import innovation_plans as ip
from innovation_plans.codelists import Verdict
from innovation_plans.dataset.display import observation_sheet, target_sheet
from innovation_plans.text.messages import word
from innovation_plans.text.tables import HTML_ROWS

SUBJECTS = {
    "targets": lambda plans: plans.targets,
    "observations": lambda plans: plans.observations,
    "regions": lambda plans: plans.regions,
    "indicators": lambda plans: plans.indicators,
    "sources": lambda plans: plans.sources,
    "plans": lambda plans: plans.plans,
    "errata": lambda plans: plans.errata,
    "vintages": lambda plans: plans.vintages,
    "goals": lambda plans: plans.goals,
    "corroborations": lambda plans: plans.corroborations,
    "scorecard": lambda plans: ip.scorecard(plans, period="14th", indicator="rd_intensity"),
    "comparison": lambda plans: ip.compare(
        plans.targets.where(indicator="rd_intensity", end_year=2025, period="14th")
    ),
    "coverage": lambda plans: ip.coverage(plans, indicator="rd_intensity", period="14th"),
    "findings": lambda plans: ip.cross_check(plans, region="CN-GD"),
    "derivations": lambda plans: ip.derive(plans, "rd_expenditure", region="CN-GD", year=2025),
}


@pytest.mark.parametrize("name", SUBJECTS)
def test_a_long_result_is_shown_as_a_short_table(name, plans, page_of):
    result = SUBJECTS[name](plans)
    page = page_of(result._repr_html_())
    assert page.caption
    assert 2 <= len(page.rows) <= HTML_ROWS + 2
    heads, first = page.rows[0], page.rows[1]
    assert len(heads) == len(first) > 1


@pytest.mark.parametrize("name", SUBJECTS)
def test_one_row_of_a_result_is_shown_as_a_table(name, plans, page_of):
    result = SUBJECTS[name](plans)
    one = result[0]
    if name == "coverage":
        assert not hasattr(one, "_repr_html_")  # the repr of a cell has all fields
        return
    page = page_of(one._repr_html_())
    assert page.caption
    assert all(len(row) == 2 and all(row) for row in page.rows)


@pytest.mark.parametrize(
    "name", ["targets", "observations", "regions", "indicators", "goals", "sources"]
)
def test_an_empty_table_states_that_it_is_empty(name, plans, page_of):
    page = page_of(SUBJECTS[name](plans)[:0]._repr_html_())
    assert page.caption.startswith("0 ")
    assert len(page.rows) <= 1


def test_empty_results_state_that_they_are_empty(plans, page_of):
    none = ip.scorecard(plans, region="CN-GD", indicator="academicians")
    assert page_of(none._repr_html_()).caption == (
        "no targets; without indicator='academicians' there are 15"
    )
    empty = ip.derive(plans, "rd_personnel_fte", region="CN-HN", year=2025)
    assert "no value can be derived" in page_of(empty._repr_html_()).caption


def test_a_long_table_makes_only_the_rows_it_shows(plans, page_of):
    page = page_of(plans.observations._repr_html_())
    assert page.caption == f"{len(plans.observations):,} observations"
    assert page.rows[-1] == [f"… and {len(plans.observations) - HTML_ROWS} more"]


def test_a_verdict_has_a_mark_and_a_word(plans, page_of):
    card = ip.scorecard(plans, period="14th", indicator="rd_intensity")
    page = page_of(card._repr_html_())
    column = page.rows[0].index("verdict")
    for row, each in zip(page.rows[1:], card[:HTML_ROWS], strict=False):
        words = word(each.verdict)
        assert re.fullmatch(rf"\S {words}(: .+)?", row[column])
    assert page.caption.endswith(f"data edition {plans.edition}")
    assert page_of(card[0]._repr_html_()).rows[0] == ["verdict", "◆ awaiting data"]


def test_marks_can_be_distinguished():
    from innovation_plans.plots.style import VERDICTS
    from innovation_plans.text.labels import mark

    assert len({mark(verdict) for verdict in Verdict}) == len(Verdict)
    assert {verdict: mark(verdict) for verdict in Verdict} == {
        verdict: look.glyph for verdict, look in VERDICTS.items()
    }


def test_the_edition_is_shown_if_it_is_known(plans, page_of):
    for name in ("findings", "derivations"):
        page = page_of(SUBJECTS[name](plans)._repr_html_())
        assert page.caption.endswith(f"data edition {plans.edition}")
    against = ip.compare(
        plans.targets.where(indicator="rd_intensity", end_year=2025, period="14th"), plans=plans
    )
    assert page_of(against._repr_html_()).caption.endswith(f"data edition {plans.edition}")


class Costed(ip.Target):
    """A target with an additional field."""

    cost: str | None = None


def hostile(plans: ip.Dataset) -> ip.Dataset[Costed]:
    bad = "<script>alert(1)</script>"
    return plans.extend(
        regions=[{"code": "XX", "kind": "nation", "name_en": bad, "name_zh": bad}],
        sources=[{"code": "ours", "title": bad, "tier": "C"}],
        plans=[
            {"code": "XX-1", "region": "XX", "period": "14th", "kind": "sti", "title_en": bad}
        ],
        targets=[
            {"plan": "XX-1", "indicator": "rd_intensity", "form": "level", "unit": "percent",
             "comparator": "at_least", "value": "3", "end_year": 2025, "source": "ours",
             "as_stated": "3%<script>", "cost": bad}
        ],
        observations=[
            {"region": "XX", "indicator": "rd_intensity", "form": "level", "value": "3.10",
             "comparator": "reach", "unit": "percent", "year": 2025, "source": "ours",
             "notes": bad}
        ],
        target_type=Costed,
    )  # fmt: skip


def test_hostile_records_are_shown_and_not_run(plans, page_of):
    ours = hostile(plans)
    target = ours.targets.where(region="XX").one()
    seen = ours.observations.where(region="XX").one()
    shown = [
        target,
        seen,
        target.plan,
        target.region,
        target.citation.source,
        ours.targets.where(region="XX"),
        ours.observations.where(region="XX"),
        ip.assess(target, ours),
        ip.scorecard(ours, region="XX"),
        ip.compare(ours.targets.where(region="XX")),
        ip.compare(ours.targets.where(region="XX"))[0],
        ip.coverage(ours, region="XX", indicator="rd_intensity", period="14th"),
    ]
    for each in shown:
        text = each._repr_html_()
        assert "<script" not in text
        page_of(text)


def test_own_fields_are_columns_and_figures_stay_as_printed(plans, page_of):
    ours = hostile(plans)
    page = page_of(ours.targets.where(region="XX")._repr_html_())
    assert dict(zip(*page.rows, strict=True))["cost"] == "<script>alert(1)</script>"
    seen = page_of(ours.observations.where(region="XX").one()._repr_html_())
    assert ["value", "3.10"] in seen.rows


def test_a_table_of_two_types_has_the_columns_of_both(plans, page_of):
    ours = hostile(plans)
    mixed = ours.targets.where(region=["XX", "CN-GD"], indicator="rd_intensity")
    page = page_of(mixed._repr_html_())
    column = page.rows[0].index("cost")
    assert {row[column] for row in page.rows[1:]} == {"", "<script>alert(1)</script>"}


def test_showing_loads_nothing_heavy():
    program = (
        "import sys, innovation_plans as ip\nplans = ip.load()\n"
        "plans.targets._repr_html_(), plans.targets[0]._repr_html_()\n"
        "absent = [name for name in ('pint', 'numpy', 'pandas', 'IPython') if name in sys.modules]\n"
        "sys.exit(f'loaded {absent}' if absent else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_sheets_of_targets_and_observations() -> None:
    plans = ip.load()
    (row,) = target_sheet(
        plans.targets.where(region="Hubei", indicator="rd_expenditure", source="seed-cbn-2021")
    ).rows
    assert row == (
        "R&D expenditure", "average annual growth of 14%", "2025", "CN-HB-14-sti", "C",
        "seed-cbn-2021",
    )  # fmt: skip
    (row,) = observation_sheet(
        plans.observations.where(region="CN-WEST", indicator="rd_expenditure", form="level"), "zh"
    ).rows
    assert row[1:3] == ("3212.9亿元", "2020")
