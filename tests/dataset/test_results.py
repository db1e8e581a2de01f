"""What all results have in common."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import innovation_plans as ip
from innovation_plans.dataset.results import Results


@pytest.fixture(scope="module")
def results(plans: ip.Dataset, tmp_path_factory: pytest.TempPathFactory) -> list[Results[Any]]:
    region = "CN-GD"
    invalid = tmp_path_factory.mktemp("ours") / "invalid"
    ip.write_template(invalid)
    (invalid / "sources.csv").write_text("code,title,tier\nx,X,E\nz,Z,A\n", encoding="utf-8")
    return [
        ip.scorecard(plans, region=region, period="14th"),
        ip.derive(plans, "rd_expenditure", region=region, year=2025),
        ip.cross_check(plans, region=region, period="14th"),
        ip.coverage(plans, region=region, period="14th"),
        ip.load().diff(ip.load(edition="2026.10")),
        ip.check(invalid),
    ]


def test_every_result_filters_sorts_and_counts(results: list[Results[Any]]) -> None:
    for result in results:
        name = {ip.Diff: "table", ip.CheckReport: "file"}.get(type(result), "region")
        values = {value: len(group) for value, group in result.group_by(name).items()}
        assert sum(values.values()) == len(result)
        for value, count in values.items():
            assert len(result.where(**{name: value})) == count
            assert result.where(**{name: [value]}) == result.where(**{name: value})
        assert result.filter(lambda each: True) == result  # noqa: ARG005
        assert sorted(map(repr, result.sort(name))) == sorted(map(repr, result))
        assert type(result[:1]) is type(result)
        assert sum(result.counts().values()) in {len(result), 2 * len(result)}


def test_every_result_prints_and_is_read_again(results: list[Results[Any]]) -> None:
    for result in results:
        assert str(result) == result.text()
        assert result.markdown().startswith("| ")
        assert "<table" in result.html() == result._repr_html_()
        assert type(result).from_json(result.json()) == result


def test_every_result_is_a_frame_and_a_file(results: list[Results[Any]], tmp_path: Path) -> None:
    for result in results:
        assert len(result.to_polars()) == len(result.to_pandas()) == len(result)
        written = result.write(tmp_path / f"{type(result).__name__}.csv")
        assert sum(written.records.values()) == len(result)
        file = result.write(tmp_path / f"{type(result).__name__}.json").path
        assert type(result).from_json(file.read_text("utf-8")) == result
        with pytest.raises(ip.WriteError, match="it exists"):
            result.write(file)
        assert result.write(file, format="json", overwrite=True).format == "json"


def test_codes_sort_in_the_order_of_their_list(plans: ip.Dataset) -> None:
    card = ip.scorecard(plans, indicator="rd_intensity", period="14th")
    verdicts = [each.verdict for each in card.sort("verdict")]
    assert verdicts == sorted(verdicts, key=list(ip.Verdict).index)
    assert [each.verdict for each in card.sort("verdict", descending=True)] == verdicts[::-1]
    assert len(card.where(verdict=["met", "ahead"], period="14th")) == sum(
        card.counts()[ip.Verdict(each)] for each in ("met", "ahead")
    )
    codes = {each.code for each in plans.sources}
    assert card.source_codes
    assert codes.issuperset(card.source_codes)
    assert [each.code for each in card.sources(plans)] == list(card.source_codes)


def test_an_unknown_field_is_a_type_error(plans: ip.Dataset) -> None:
    card = ip.scorecard(plans, region="CN-GD", period="14th")
    with pytest.raises(TypeError, match=r"Scorecard has no field 'verdit'; did you mean verdict"):
        card.where(verdit="met")


def test_where_takes_names_records_and_one_of_several_values(plans: ip.Dataset) -> None:
    card = ip.scorecard(plans, within="CN-EAST", indicator="rd_intensity", end_year=2025)
    jiangsu = card.where(region="CN-JS")
    assert {result.subject.region for result in jiangsu} == {"CN-JS"}
    assert card.where(region="Jiangsu") == card.where(region="江苏") == jiangsu
    assert card.where(region=plans.region("CN-JS")) == jiangsu
    caveat = next(result.caveats for result in card if result.caveats)[0]
    assert all(caveat in result.caveats for result in card.where(caveats=caveat))
    assert len(card.where(caveats=caveat)) > 0


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("region", "nowhere", "no region 'nowhere'"),
        ("region", ["CN-GD", "Guandong"], "no region 'Guandong'; did you mean Guangdong"),
        ("region", "Taiwan", "the data cover"),
        ("indicator", "rd_intensty", "did you mean rd_intensity"),
        ("period", "99th", "no period '99th'"),
        ("plan", "CN-GD-14", "no plan 'CN-GD-14'; did you mean CN-GD-14-"),
        ("source", "x", "no source 'x'"),
        ("unit", "percents", "did you mean percent"),
        ("vintage", "frist", "did you mean first"),
    ],
)
def test_an_unknown_code_is_an_error_and_no_empty_answer(
    plans: ip.Dataset, field: str, value: Any, message: str
) -> None:
    card = ip.scorecard(plans, region="CN-GD", period="14th")
    for results in (card, card.where(verdict="met")[:1], ip.Scorecard.from_json(card.json())):
        with pytest.raises(ip.MissingError, match=message):
            results.where(**{field: value})


def test_a_known_code_without_a_result_is_an_empty_answer(plans: ip.Dataset) -> None:
    card = ip.scorecard(plans, region="CN-GD", period="14th")
    for filters in ({"region": "Beijing"}, {"period": "2026-2030"}, {"plan": "CN-BJ-14-action"}):
        assert len(card.where(**filters)) == 0
    assert card.where(region="GD", period="十四五", vintage=None).where(region="粤")
    own = plans.extend(regions=[{"code": "XX", "kind": "city", "name_en": "X"}])
    assert len(card.where(region=own.region("XX"))) == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [("verdict", "mett"), ("end_year", "soon"), ("end_year", True), ("region", 5), ("gap", "wide")],
)
def test_a_value_that_a_field_cannot_have_is_an_error(
    plans: ip.Dataset, field: str, value: object
) -> None:
    card = ip.scorecard(plans, region="CN-GD", period="14th")
    with pytest.raises(ip.ArgumentError, match=f"no {field} {value!r}"):
        card.where(**{field: value})


def test_missing_values_sort_last(plans: ip.Dataset) -> None:
    targets = plans.targets.where(indicator="rd_intensity", end_year=2025, period="14th")
    rows = ip.compare(
        targets.filter(lambda target: not target.breakdown), measure="growth", plans=plans
    )
    values = [row.value for row in rows.sort("value")]
    numbers = [value for value in values if value is not None]
    assert 0 < len(numbers) < len(values)
    assert values == [*sorted(numbers), *[None] * (len(values) - len(numbers))]


def test_codes_of_the_dataset_without_a_result_are_known(plans: ip.Dataset) -> None:
    ours = plans.extend(
        regions=[{"code": "CN-GD-X", "name_en": "X City", "kind": "city", "parent": "CN-GD"}],
        indicators=[{"code": "robots", "name_en": "Robots", "unit": "patent", "direction": "up"}],
        units="robot = [robots] = 台",
    )
    targets = ours.targets.where(indicator="rd_intensity", end_year=2025, period="14th")
    made: list[Results[Any]] = [
        ip.scorecard(ours, region="CN-GD", indicator="rd_intensity"),
        ip.derive(ours, "rd_expenditure", region="CN-GD", year=2025),
        ip.derive_series(ours, "rd_intensity", region="CN-GD"),
        ip.cross_check(ours, region="CN-GD", period="14th"),
        ip.coverage(ours, region="CN-GD", period="14th"),
        ip.compare(targets),
    ]
    for result in made:
        for region in ("CN-GD-X", "X City"):
            assert len(result.where(region=region)) == 0
        with pytest.raises(ip.MissingError, match="no region 'CN-GD-Y'"):
            result.where(region="CN-GD-Y")
        if "indicator" in result[0].model_fields_set:
            assert len(result.where(indicator="Robots")) == 0
    assert len(made[1].where(unit="robot")) == 0
    with pytest.raises(ip.MissingError, match="no region 'CN-GD-X'"):
        ip.scorecard(plans, region="CN-GD").where(region="CN-GD-X")


@pytest.mark.parametrize("text", ["{", "[1]", '[{"year": 2025}]', "null"])
def test_json_of_another_class_names_what_was_expected(text: str) -> None:
    for kind in (ip.Scorecard, ip.Comparison, ip.Coverage, ip.CheckReport):
        name = kind.__name__
        expected = rf"^{name}: expected what {name}\.json\(\) returns: .* in 1 text"
        with pytest.raises(ip.DataErrors, match=expected):
            kind.from_json(text)
