"""Arguments of a wrong type or value, in calls of every package: an error that names what is wrong."""

from __future__ import annotations

import re

import numpy as np
import pint
import pytest

import innovation_plans as ip
from innovation_plans import frames, growth, pace, ratios

WORDS = np.array(["value", "rank"])


@pytest.fixture(scope="module")
def figures(plans):
    return plans.targets.where(indicator="rd_intensity", end_year=2025, period="14th")


@pytest.mark.parametrize(
    ("call", "parameter"),
    [
        (lambda _: ip.scorecard("2026.10"), "plans"),
        (lambda _: ip.derive("2026.10", "gdp", region="GD", year=2025), "plans"),
        (ip.cross_check, "plans"),
        (lambda figures: ip.compare(figures, plans="2026.10"), "plans"),
        (
            lambda figures: frames.compare(frames.to_frame(figures, "polars"), plans="2026.10"),
            "plans",
        ),
        (lambda _: ip.load().diff("2026.10"), "other"),
        (lambda _: ip.compare(5), "records"),
        (lambda _: ip.aggregate(["CN-GD"]), "records"),
        (lambda _: frames.to_frame(["CN-GD"], "polars"), "table"),
        (lambda _: frames.to_frame(None, "polars"), "table"),
        (lambda figures: figures.filter("CN-GD"), "keep"),
        (lambda _: ip.derive(ip.load(), "gdp", region="GD", year=2025, assume=[5]), "assume"),
        (lambda _: ip.load().observations.rank("CN-GD"), "observation"),
        (lambda _: pace.pace("linear", (1, 2, 3)), "course"),
        (lambda _: pace.pace("linear", pace.Course("1", "2", "3", 2020, 2023, 2025)), "course"),
        (lambda _: pace.pace("linear", pace.Course(1, 2, 3, "2020", "2023", "2025")), "course"),
        (lambda _: pace.score_range("linear", pace.Course(1, 2, 3, 2020, 2023, 2025, 5)), "course"),
        (
            lambda _: pace.score_range("linear", pace.Course(1, 2, 3, 2020, 2023, 2025, goal_of=5)),
            "course",
        ),
        (lambda figures: figures.head(True), "count"),
        (lambda figures: figures[True], "key"),
        (lambda figures: ip.scorecard(ip.load(), region="GD").sources(figures), "plans"),
        (lambda _: ip.Scorecard(5), "rows"),
        (lambda _: ip.Comparison([], None), "shared"),
        (lambda _: ip.Diff(None), "changes"),
        (lambda _: ip.Dataset(None, frozenset(), "2026.12"), "holdings"),
        (lambda _: ip.Dataset(ip.load()._holdings, None, "2026.12"), "tiers"),
        (lambda _: ip.Dataset(ip.load()._holdings, frozenset(), None), "edition"),
        (lambda _: ip.Scorecard(["CN-GD"]), "rows"),
        (lambda _: ip.TargetTable(["CN-GD"]), "rows"),
        (lambda figures: ip.TargetTable(figures, edition=2026.12), "edition"),
        (lambda figures: ip.load().code_regions(figures.to_pandas()), "names"),
        (lambda _: ip.explorer.html(ip.load(), pages={"CN-GD": 5}), "pages"),
        (lambda _: pace.score_range("linear", None), "course"),
        (lambda _: ip.format_figure("3.5%"), "figure"),
        (lambda _: ratios.share(1, ip.quantity("2 CNY")), "part"),
        (lambda _: ratios.share(ip.quantity("2 CNY"), 1), "whole"),
        (lambda _: ratios.per_10k(1, ip.quantity("2 inhabitant")), "part"),
        (lambda _: ratios.gap(1, ip.quantity("2 percent")), "left"),
        (lambda _: ratios.shift("3%", ip.quantity("2 percentage_point")), "start"),
        (lambda _: ratios.rebase("", ip.quantity("2 CNY")), "ratio"),
        (lambda _: growth.level_after(1, ip.quantity("7 percent_per_year"), 5), "start"),
        (lambda _: growth.compound(7, 5), "rate"),
        (lambda _: ip.use_registry(pint), "registry"),
        (lambda _: ip.quantity("3", "CNY", table="CNY"), "table"),
        (lambda _: ip.convert("3", "CNY", "CNY_1T", table="CNY"), "table"),
        (lambda _: ip.load().units.includes("CNY"), "other"),
        (lambda figures: ip.assess(figures, ip.load()), "target"),
        (lambda figures: ip.assess(figures[0], ip.load().observations), "against"),
        (lambda _: ip.load().search(2025), "text"),
        (lambda _: ip.load().extend(ip.load()), "path"),
        (lambda _: ip.load(5), "path"),
        (lambda _: ip.check(5), "path"),
    ],
)
def test_a_value_of_another_type_is_an_error_that_names_the_parameter(call, parameter, figures):
    with pytest.raises(TypeError, match=f"^{parameter}: expected "):
        call(figures)


@pytest.mark.parametrize(
    "call",
    [
        lambda word, figures: ip.compare(figures, measure=word),
        lambda word, figures: frames.to_frame(figures, word),
        lambda word, figures: frames.to_frame(figures, "polars", values=word),
        lambda word, _: frames.compare({}, word),
        lambda word, _: frames.assess({}, {}, rows=word),
        lambda word, _: frames.assess({}, {}, pace=word),
        lambda word, _: ip.load().extend(units="r = [r]", on_conflict=word),
        lambda word, figures: figures.write("x.jsonl", format=word),
        lambda word, _: pace.pace(word, None),
        lambda word, _: ip.format_figure(ip.read_figure("3.5%"), word),
        lambda word, _: ip.load().observations.in_vintage(word),
        lambda word, _: ip.read_figure(word),
        lambda word, _: ip.quantity("3", word),
        lambda word, _: ip.convert("3", word, "CNY"),
        lambda word, _: ip.load().units.token(word),
        lambda word, _: ip.cross_check(ip.load(), region="GD", growth=word),
    ],
)
@pytest.mark.parametrize(
    "word", [WORDS, ["value"], 5, b"value"], ids=["array", "list", "int", "bytes"]
)
def test_a_word_of_another_type_is_an_error_of_the_package(call, word, figures):
    with pytest.raises(ip.InnovationPlansError):
        call(word, figures)


def test_a_pace_plug_in_without_a_unit_is_an_error_that_names_it():
    pace.method("without-unit")(lambda course: pace.Pace(course.now, course.now, course.now, None))
    course = pace.Course(*map(ip.quantity("1 CNY").magnitude.__add__, (0, 1, 2)), 2020, 2023, 2025)
    with pytest.raises(ip.PluginError, match="without-unit"):
        pace.pace("without-unit", course)


@pytest.mark.parametrize(
    ("call", "parameter"),
    [
        (lambda plans, target: ip.assess(target, plans, threshold=95), "threshold"),
        (lambda plans, target: ip.assess(target, plans, tolerance=2), "tolerance"),
        (lambda plans, _: ip.scorecard(plans, indicator="rd_intensity", tolerance=-1), "tolerance"),
        (lambda plans, _: ip.cross_check(plans, tolerance=5), "tolerance"),
        (lambda plans, _: ip.compare(plans.targets[:1], tolerance=1), "tolerance"),
        (lambda plans, target: ip.assess(target, plans, pace="nonsense"), "pace method"),
        (lambda plans, target: ip.assess(target, plans).explain("cn"), "language"),
        (lambda plans, _: plans.cite(style="nonsense"), "style"),
        (lambda plans, _: plans.write("out", format="xls"), "format"),
        (lambda plans, _: plans.targets.write("out.csv", format="parquet"), "format"),
        (lambda plans, _: plans.targets.text(width=0), "width"),
        (lambda plans, _: plans.targets.select(policy="nonsense"), "policy"),
        (lambda plans, _: ip.report.write(plans, "gd.pdf", region="GD"), "ending of a report"),
        (lambda plans, _: plans.targets.where(tier="E"), "tier"),
        (lambda plans, _: plans.targets.where(end_year="2025"), "year"),
        (lambda plans, _: plans.targets.where(period="99th"), "period"),
        (lambda plans, _: plans.targets.where(force="must"), "force"),
        (lambda plans, _: plans.targets.sort("valeu"), "field"),
        (lambda plans, _: plans.observations.where(vintage="x"), "vintage"),
        (lambda plans, _: plans.observations.where(self_reported="yes"), "self_reported"),
        (lambda plans, _: plans.observations.in_vintage("x"), "vintage"),
        (lambda plans, _: ip.cross_check(plans, region="GD", vintage="x"), "vintage"),
        (lambda plans, _: ip.scorecard(plans, region="GD").where(verdict="mett"), "verdict"),
        (lambda plans, _: plans.extend(target_type=str), "target_type"),
        (lambda *_: frames.assess({}, {}, pace="x"), "pace method"),
        (lambda *_: ip.load(edition="2026.9"), "edition"),
        (lambda *_: ip.verify(edition="2026.9"), "edition"),
        (lambda *_: ip.testing.empty(tiers="E"), "tiers"),
        (lambda *_: ip.load(tiers="E"), "tiers"),
        (lambda *_: ip.load(tiers=5), "tiers"),
    ],
)
def test_a_value_that_an_option_cannot_have_is_an_argument_error(call, parameter, plans, figures):
    with pytest.raises(ip.ArgumentError, match=f"^no {parameter} ") as raised:
        call(plans, figures[0])
    assert raised.value.parameter == parameter
    assert isinstance(raised.value, ip.MissingError)
    assert isinstance(raised.value, ValueError)


def test_a_percentage_for_a_share_is_an_error_that_has_the_share(plans, figures):
    with pytest.raises(ip.ArgumentError, match=r"no threshold 95; .* write 0\.95"):
        ip.assess(figures[0], plans, threshold=95)


def test_a_threshold_can_be_one(plans, figures):
    assert ip.assess(figures[0], plans, threshold=1).verdict


@pytest.mark.parametrize(
    ("call", "parameter"),
    [
        (lambda plans, once: plans.targets.where(region=once), "region"),
        (lambda plans, once: plans.observations.where(within=once), "region"),
        (lambda plans, once: plans.targets.where(unit=once), "unit"),
        (lambda plans, once: plans.observations.where(year=once), "year"),
        (lambda plans, once: plans.subset(once), "region"),
        (lambda plans, once: ip.scorecard(plans, region=once), "region"),
        (lambda plans, once: ip.coverage(plans, indicator=once), "indicator"),
        (lambda plans, once: ip.scorecard(plans, region="GD").where(verdict=once), "verdict"),
    ],
)
def test_an_iterator_of_several_values_is_refused_since_it_is_read_once(call, parameter, plans):
    with pytest.raises(ip.ArgumentTypeError, match=rf"^{parameter}: expected .* list\(…\)"):
        call(plans, iter(["CN-GD"]))


def test_the_keyword_of_another_table_is_an_error_that_names_the_right_one(plans):
    with pytest.raises(TypeError, match="no year= here; use end_year="):
        plans.targets.where(year=2025)
    with pytest.raises(TypeError, match="no end_year= here; use year="):
        plans.observations.where(end_year=2025)


def test_an_edition_as_the_path_is_an_error_that_names_the_keyword():
    with pytest.raises(ip.MissingError, match=r"load\(edition='2026\.10'\)"):
        ip.load("2026.10")


@pytest.mark.parametrize(
    "call", [len, list, lambda plans: plans["targets"], lambda plans: "GD" in plans]
)
def test_a_dataset_used_as_a_table_names_its_tables(call, plans):
    with pytest.raises(TypeError, match=r"a dataset .*; its tables are plans\.targets"):
        call(plans)
    assert plans


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("to_pandas", "did you mean plans.targets.to_pandas?"),
        ("head", "did you mean plans.targets.head?"),
        ("df", "its tables are"),
    ],
)
def test_an_attribute_that_a_dataset_lacks_names_its_tables(name, advice, plans):
    assert not hasattr(plans, name)
    message = re.escape(f"no attribute '{name}' of Dataset; {advice}")
    with pytest.raises(AttributeError, match=message):
        getattr(plans, name)


@pytest.mark.parametrize(("name", "ending"), [("to_csv", "csv"), ("to_excel", "xlsx")])
def test_a_way_to_write_of_data_frames_is_an_error_that_names_ours(name, ending, figures):
    with pytest.raises(AttributeError, match=rf"did you mean write\('rows\.{ending}'\)\?"):
        getattr(figures, name)


@pytest.mark.parametrize("name", ["describe", "pivot", "merge"])
def test_an_attribute_of_data_frames_is_an_error_that_says_how_to_make_one(name, plans, figures):
    for rows in (figures, ip.scorecard(plans, region="GD", indicator="rd_intensity")):
        with pytest.raises(
            AttributeError, match=rf"'{name}' of .*; to_pandas\(\) gives a data frame"
        ):
            getattr(rows, name)


def test_a_name_that_the_package_lacks_is_an_error_that_says_how_to_load():
    with pytest.raises(
        AttributeError, match=r"no attribute 'regions'; a dataset has it: load\(\).regions"
    ):
        _ = ip.regions


@pytest.mark.parametrize(
    ("module", "name", "advice"),
    [
        ("plots", "bar", "it has .*dumbbell, gaps, "),
        ("plots", "rankings", r"did you mean ranking\?"),
        ("pace", "register", "it has .*method, methods, "),
        ("frames", "asess", r"did you mean assess\?"),
        ("report", "make", "it has html, write"),
        ("explorer", "wirte", r"did you mean write\?"),
        ("growth", "cagr", "it has annual, average_growth, "),
        ("ratios", "shares", r"did you mean share"),
        ("testing", "record", r"did you mean records\?"),
    ],
)
def test_a_name_that_a_module_lacks_is_an_error_with_the_names_that_it_has(module, name, advice):
    with pytest.raises(
        AttributeError, match=f"no attribute '{name}' of {module}; {advice}"
    ) as raised:
        getattr(getattr(ip, module), name)
    assert isinstance(raised.value, ip.InnovationPlansError)
    assert not hasattr(getattr(ip, module), "_own")


def test_an_error_in_the_iterable_of_the_caller_has_the_row(plans, figures):
    def rows():
        yield figures[0]
        raise KeyError("x")

    with pytest.raises(
        ip.DataErrors, match=r"targets\[1\]: the iterable raised KeyError: 'x'"
    ) as raised:
        plans.extend(targets=rows())
    assert isinstance(raised.value.__cause__, KeyError)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda figures: figures.filter(region="GD"),
            r"filter: no region= here; use where\(region=…",
        ),
        (lambda figures: figures.sort(by="value"), r"sort: no by= here; use sort\('value'\)"),
        (
            lambda figures: figures.sort("value", ascending=False),
            "no ascending= here; use descending=",
        ),
        (lambda figures: figures.where(province="GD"), "no province= here; use region="),
        (lambda figures: figures.text(language="zh"), "text: no language= here; use lang="),
        (lambda _: ip.scorecard(ip.load(), year=2025), "scorecard: no year= here; use end_year="),
        (lambda figures: ip.compare(figures, by="value"), "compare: no by= here; use measure="),
    ],
)
def test_a_common_keyword_of_other_libraries_is_an_error_that_names_ours(call, message, figures):
    with pytest.raises(TypeError, match=message):
        call(figures)


def test_the_column_of_a_table_is_an_error_that_names_the_frame(figures):
    with pytest.raises(ip.MissingError, match=r"to_pandas\(\)\['region'\] is the column"):
        _ = figures["region"]
    with pytest.raises(ip.ArgumentTypeError, match=r"^key: expected a position, a slice or a key"):
        _ = figures[["region"]]


def test_tables_of_different_records_do_not_add(plans, figures):
    with pytest.raises(TypeError, match="unsupported operand"):
        _ = figures + plans.observations
    assert list(figures + figures[:1]) == list(figures)  # equal records are kept once


def test_one_name_is_no_column_of_names(plans):
    with pytest.raises(ip.ArgumentTypeError, match=r"^names: expected a column of names"):
        plans.code_regions("Guangdong")


@pytest.mark.parametrize("value", ["yes", 2, None, "False"])
def test_a_flag_is_true_or_false(value, plans, figures, tmp_path):
    for call in (
        lambda: figures.write(tmp_path / "a.csv", overwrite=value),
        lambda: ip.assess(figures[0], plans, strict=value),
        lambda: figures.sort("value", descending=value),
    ):
        with pytest.raises(ip.ArgumentTypeError, match="expected True or False"):
            call()


@pytest.mark.parametrize(
    ("filters", "nearest"),
    [
        ({"unit": "%"}, "percent"),
        ({"unit": "亿元"}, "CNY_100M"),
        ({"unit": "billion yuan"}, "CNY_1B"),
        ({"comparator": "At least"}, "at_least"),
        ({"tier": "AB"}, "B"),
    ],
)
def test_another_name_of_a_code_is_an_error_that_names_the_code(filters, nearest, plans):
    with pytest.raises(ip.ArgumentError) as raised:
        plans.targets.where(**filters)
    assert raised.value.nearest[0] == nearest


def test_a_whole_number_of_numpy_is_a_number():
    assert ip.convert(np.int64(3), "CNY_1B", "CNY_100M") == 30
    assert ip.quantity(np.int32(3), "CNY") == ip.quantity("3 CNY")
