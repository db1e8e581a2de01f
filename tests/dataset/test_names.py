"""Finding records by any of their names."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import innovation_plans as ip
from innovation_plans.dataset.names import NameIndex, folded


class Thing(NamedTuple):
    """A record with a code and further names."""

    key: str
    names: tuple[str, ...] = ()


def index(*things):
    return NameIndex("thing", {thing.key: thing for thing in things})


@pytest.fixture(scope="module")
def regions():
    return ip.load().regions


@pytest.fixture(scope="module")
def with_jilin_city(regions):
    """The bundled regions and a city whose short name is that of its province."""
    city = ip.Region(
        code="220200", kind="city", name_en="Jilin City", name_zh="吉林市", short_zh="吉林"
    )
    return NameIndex("region", {each.code: each for each in (*regions, city)})


# ------------------------------------------------------------------ regions


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("江苏省苏州市", "320500"),
        ("江苏苏州", "320500"),
        ("中国广东省深圳市", "440300"),
        ("Jiangsu Suzhou", "320500"),
        ("Shenzhen (Guangdong)", "440300"),
        ("苏州（江苏）", "320500"),
    ],
)
def test_a_region_named_with_the_one_it_lies_in(regions, name, code):
    assert regions[name].code == code


def test_names_that_are_parts_of_each_other_do_not_multiply_the_work(regions):
    """The work is bounded by how deep regions lie in others, not by how a text can be divided."""
    parent = regions["CN-JS"]
    own = [
        ip.Region(code=f"ZZ-{size}", kind="city", name_en="a" * size, parent=parent)
        for size in range(1, 5)
    ]
    index = NameIndex("region", {each.code: each for each in (*regions, *own)})
    assert index.codes_by_name("江苏aa") == ("ZZ-2",)
    assert index.codes_by_name("a" * 190) == ()


@pytest.mark.parametrize(
    "name", ["浙江省苏州市", "广东省(深圳", "江苏省苏州市苏州市", "Suzhou, Jiangsu"]
)
def test_a_region_named_with_another_one_is_unknown(regions, name):
    with pytest.raises(ip.MissingError):
        regions[name]


@pytest.mark.parametrize(
    "name",
    [
        "CN-GD",
        "cn-gd",
        "CN GD",
        "CN_GD",
        "CNGD",
        "GD",
        "gd",
        "ＧＤ",
        "440000",
        "４４００００",
        "Guangdong",
        "guangdong",
        "GUANG DONG",
        "  Guangdong  ",
        "Guangdong Province",
        "广东",
        "广东省",
        "广 东 省",
        "粤",
    ],
)
def test_a_region_is_found_by_any_of_its_names(name):
    assert ip.load().region(name).code == "CN-GD"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("吉林", "CN-JL"),
        ("吉林省", "CN-JL"),
        ("陕西", "CN-SN"),
        ("山西", "CN-SX"),
        ("Shaanxi", "CN-SN"),
        ("Shanxi", "CN-SX"),
        ("Tai'an", "370900"),
        ("Tai’an", "370900"),
        ("taian", "370900"),
        ("中国", "CN"),
        ("全国", "CN"),
        ("PRC", "CN"),
        ("西部", "CN-WEST"),
        ("Tibet", "CN-XZ"),
        ("Xizang", "CN-XZ"),
    ],
)
def test_names_that_look_alike_are_distinguished(regions, name, code):
    assert regions.find(name).code == code


def test_every_name_of_every_region_finds_it(regions):
    for region in regions:
        for name in (region.code, *region.names):
            assert regions.find(name) is region, name


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("Guandong", "Guangdong"),
        ("Guangdnog", "Guangdong"),
        ("Hubai", "Hubei"),
        ("CN-GDD", "CN-GD"),
    ],
)
def test_the_error_of_a_misspelling_names_the_nearest(slip, meant):
    with pytest.raises(
        ip.MissingError, match=f"no region '{slip}'; did you mean .*{meant}"
    ) as caught:
        ip.load().region(slip)
    assert meant in caught.value.nearest
    assert len(caught.value.nearest) <= 3
    assert caught.value.asked == f"region '{slip}'"


def test_the_error_of_an_ambiguous_name_names_both(with_jilin_city):
    with pytest.raises(ip.AmbiguousError) as caught:
        with_jilin_city.find("吉林")
    assert set(caught.value.matches) == {"CN-JL", "220200"}
    assert (
        str(caught.value)
        == "region '吉林': expected one match, found 2 (CN-JL, 220200); ask by code"
    )


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("吉林省", "CN-JL"),
        ("吉林市", "220200"),
        ("CN-JL", "CN-JL"),
        ("220200", "220200"),
        ("Jilin", "CN-JL"),
        ("Jilin City", "220200"),
    ],
)
def test_names_of_one_record_still_find_it(with_jilin_city, name, code):
    assert with_jilin_city.find(name).code == code


# ------------------------------------------------------------------ the index


def test_an_exact_code_comes_before_a_name():
    things = index(Thing("AB"), Thing("CD", ("ab", "AB")))
    assert things.find("AB").key == "AB"
    with pytest.raises(ip.AmbiguousError):
        things.find("ab")


def test_a_record_with_one_name_twice_is_not_ambiguous():
    assert index(Thing("AB", ("ab", "a b", "ＡＢ"))).find("A-B").key == "AB"


def test_an_empty_index_finds_nothing():
    with pytest.raises(ip.MissingError) as caught:
        index().find("AB")
    assert (
        str(caught.value)
        == "no thing 'AB'; the table knows no names; make it with plans.context as context"
    )
    assert caught.value.nearest == ()


ODD = {
    "empty": "",
    "blank": "   ",
    "only marks": "-_'’·.",
    "nul": "CN-GD\0",
    "right-to-left": "\u202eCN-GD",
    "zero width": "广\u200b东",
    "surrogate": "\ud800",
    "brackets": "(" * 150,
    "pattern": ".*",
    "sql": "' OR 1=1 --",
    "path": "../../etc/passwd",
    "expands": "\ufdfa" * 200,
    "long": "x" * 201,
    "very long": "广东" * 1_000_000,
}


@pytest.mark.parametrize("name", ODD.values(), ids=ODD)
def test_invalid_names_raise_an_error(regions, name):
    with pytest.raises(ip.MissingError) as caught:
        regions.find(name)
    assert len(str(caught.value)) < 400
    assert str(caught.value).isprintable()


def test_the_error_of_a_long_name_states_the_limit():
    with pytest.raises(ip.MissingError, match=r"; a name has at most 200 characters$"):
        index(Thing("AB")).find("x" * 201)


@given(st.text(max_size=30))
@settings(max_examples=60, deadline=None)
def test_any_text_finds_a_record_or_none(text):
    things = index(Thing("AB", ("甲", "Abe")), Thing("CD", ("乙",)))
    try:
        result = things.find(text)
    except ip.MissingError:
        return
    assert folded(text) in {folded(name) for name in (result.key, *result.names)}


# ------------------------------------------------------------------ folding


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("CN-GD", "cn gd"),
        ("Tai'an", "taian"),
        ("Tai’an", "TAI‘AN"),
        ("ＧＤ", "GD"),
        ("R&D Intensity", "Ｒ＆Ｄ_intensity"),
        ("北京\u3000市", "北京市"),
        ("Straße", "STRASSE"),
        ("内蒙古·自治区", "内蒙古自治区"),
    ],
)
def test_case_width_blanks_and_marks_do_not_count(one, two):
    assert folded(one) == folded(two)


@given(st.text(st.characters(max_codepoint=127), max_size=30))
@settings(max_examples=100, deadline=None)
def test_names_in_capitals_or_full_width_are_found(text):
    wide = "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text)
    assert folded(text) == folded(text.upper()) == folded(wide)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Shanxi Province", "CN-SX"),
        ("shaanxi province", "CN-SN"),
        ("Beijing City", "CN-BJ"),
        ("Hangzhou City", "330100"),
        ("Tibet Autonomous Region", "CN-XZ"),
    ],
)
def test_names_with_the_kind_of_the_region(plans: ip.Dataset, name: str, code: str) -> None:
    assert plans.region(name).code == code


@pytest.mark.parametrize(
    "name",
    [
        *("Taiwan", "台湾", "CN-TW", "TW", "Taiwan Province", "Taipei"),
        *("Hong Kong", "hongkong", "CN-HK", "Hong Kong SAR", "Macao", "澳门", "cn-mo"),
    ],
)
def test_a_region_that_is_not_covered_has_no_likeness(plans: ip.Dataset, name: str) -> None:
    with pytest.raises(ip.MissingError) as caught:
        plans.region(name)
    assert str(caught.value) == f"no region {name!r}; the data cover the mainland's 31 provinces"


def test_lookups_by_name_in_tables(plans: ip.Dataset) -> None:
    assert plans.regions["Guangdong"] is plans.regions["粤"] is plans.region("CN-GD")
    assert plans.regions[0] is plans.regions[:1][0]
    assert "CN-GD" in plans.regions
    assert "Guangdong" in plans.regions
    assert "Atlantis" not in plans.regions
    assert plans.regions[3] in plans.regions
    assert plans.regions.get("Atlantis") is None
    assert plans.sources[plans.sources[0].code] is plans.sources[0]
    with pytest.raises(ip.MissingError, match="no region 'Guandong'; did you mean Guangdong"):
        plans.regions["Guandong"]


def test_records_are_taken_where_their_names_are(plans: ip.Dataset) -> None:
    province = plans.region("GD")
    assert plans.region(province) is province
    ours = plans.targets.where(region="GD")
    assert plans.targets.where(region=province) == ours
    assert plans.targets.where(region=[province]) == ours
    assert plans.targets.where(region=plans.regions.where(kind="province")) == plans.targets.where(
        region=[each.code for each in plans.regions if each.kind == "province"]
    )
    assert plans.targets.where(plan=plans.plans["CN-GD-14-sti"]) == plans.targets.where(
        plan="CN-GD-14-sti"
    )
    with pytest.raises(ip.MissingError, match="expected a code or a name"):
        plans.targets.where(indicator=province)


@pytest.mark.parametrize(
    "period",
    [14, "14", "14th", "2021-2025", "2021–2025", "十四五", "“十四五”", "14th Five-Year Plan"],
)
def test_periods_as_people_write_them(plans: ip.Dataset, period: object) -> None:
    assert plans.targets.where(period=period) == plans.targets.where(period="14th")


def test_a_region_with_its_parts(plans: ip.Dataset) -> None:
    east = plans.regions.where(within="CN-EAST")
    assert {"CN-EAST", "CN-GD", "440100", "440112"} < {each.code for each in east}
    assert "CN-SC" not in east
    assert len(plans.regions.where(within="CN")) == len(plans.regions)
    card = ip.scorecard(plans, within="CN-EAST", indicator="rd_intensity")
    assert {each.subject.region for each in card} <= {each.code for each in east}
    assert len(card) > 5
    cells = ip.coverage(plans, within="CN-GD", indicator="rd_intensity", period=14)
    assert {cell.region for cell in cells} == {
        each.code for each in plans.regions.where(within="GD") if each.kind != "group"
    }
    findings = ip.cross_check(plans, within="CN-GD")
    assert {each.region for each in findings} <= {
        each.code for each in plans.regions.where(within="GD")
    }


@pytest.mark.parametrize(
    ("name", "code"),
    [
        *(("蜀", "CN-SC"), ("贵", "CN-GZ"), ("云", "CN-YN"), ("秦", "CN-SN"), ("陇", "CN-GS")),
        *(("廣東", "CN-GD"), ("貴州省", "CN-GZ"), ("內蒙古", "CN-NM"), ("重慶", "CN-CQ")),
        ("Guangxi Zhuang Autonomous Region", "CN-GX"),
        *(("Pearl River Delta", "CN-PRD"), ("长三角", "CN-YRD"), ("Jing-Jin-Ji", "CN-JJJ")),
    ],
)
def test_further_names(plans: ip.Dataset, name: str, code: str) -> None:
    assert plans.region(name).code == code


def test_the_deltas_have_their_parts(plans: ip.Dataset) -> None:
    provinces = {"CN-JJJ": {"BJ", "TJ", "HE"}, "CN-YRD": {"SH", "JS", "ZJ", "AH"}}
    for group, members in provinces.items():
        parts = plans.regions.where(group=group)
        assert {each.code for each in parts} == {f"CN-{member}" for member in members}
    assert len(plans.regions.where(group="珠三角")) == 9
    assert len(plans.targets.where(within="珠三角")) > 3


@pytest.mark.parametrize(
    ("name", "code"),
    [("廣東省", "CN-GD"), ("廣西", "CN-GX"), ("Kwangtung", "CN-GD"), ("Peking", "CN-BJ")],
)
def test_a_region_has_traditional_and_postal_names(name: str, code: str) -> None:
    assert ip.load().region(name).code == code


def test_an_indicator_is_found_in_traditional_characters() -> None:
    assert ip.load().indicator("研發經費投入強度").code == "rd_intensity"


GROUPS = (
    "the groups are CN-EAST (东部), CN-CENTRAL (中部), CN-WEST (西部), CN-JJJ (京津冀), "
    "CN-YRD (长三角) and CN-PRD (珠三角)"
)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Canton", "it is Guangzhou (440100) or Guangdong (CN-GD)"),
        ("East China", GROUPS),
        ("华东地区", GROUPS),
    ],
)
def test_what_no_region_is_called_is_answered_with_what_was_meant(name: str, hint: str) -> None:
    with pytest.raises(ip.MissingError) as caught:
        ip.load().regions.find(name)
    assert str(caught.value) == f"no region {name!r}; {hint}"


def test_the_groups_of_the_hint_are_all_there_are() -> None:
    with pytest.raises(ip.MissingError) as caught:
        ip.load().region("East China")
    for group in ip.load().regions.where(kind="group"):
        assert group.code in str(caught.value)


@pytest.mark.parametrize("name", ["Nansha", "南沙", "南沙区", "广州市南沙区", "Nansha District"])
def test_a_district_has_short_names(name: str) -> None:
    assert ip.load().region(name).code == "440115"


@pytest.mark.parametrize("kind", [int, "int64", "int32"])
def test_a_number_that_is_no_position_is_a_code(kind: Any) -> None:
    code = 440000 if kind is int else getattr(pytest.importorskip("numpy"), kind)(440000)
    regions = ip.load().regions
    assert regions[code].code == "CN-GD"
    assert regions.get(code) == regions["CN-GD"]
    assert code in regions
    assert 440001 not in regions
    assert True not in regions
    assert regions[5] == list(regions)[5]
    for position in (len(regions), 440001, -len(regions) - 1):
        with pytest.raises(IndexError):
            regions[position]


@pytest.mark.parametrize("name", ["national", "Nation", "国家"])
def test_the_nation_is_no_name_that_is_spelled_like_it(plans: ip.Dataset, name: str) -> None:
    with pytest.raises(ip.MissingError, match=r"; the nation is China \(CN\)$"):
        plans.region(name)
    assert plans.region("全国").code == "CN"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("GDP growth", "gdp"),
        ("gdp growth rate", "gdp"),
        ("GDP增速", "gdp"),
        ("经济增长", "gdp"),
        ("economic growth", "gdp"),
        ("R&D spending growth", "rd_expenditure"),
    ],
)
def test_growth_of_an_indicator_is_a_form(plans: ip.Dataset, name: str, code: str) -> None:
    hint = f'growth is a form: indicator="{code}", form="annual_growth"'
    with pytest.raises(ip.MissingError, match=re.escape(hint)):
        plans.targets.where(indicator=name)
    for exact in ("gdp_growth", "GDP_growth", "研发经费投入增速"):
        assert plans.indicator(exact)


def test_part_of_a_name_suggests_what_most_often_has_it(plans: ip.Dataset) -> None:
    with pytest.raises(ip.MissingError) as caught:
        plans.targets.where(indicator="R&D")
    assert {*caught.value.nearest[:2]} == {"R&D intensity", "R&D expenditure"}
