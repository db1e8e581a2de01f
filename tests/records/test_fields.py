from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

import innovation_plans as ip
from innovation_plans.records import Context, Record
from innovation_plans.records.fields import (
    Aliases,
    Code,
    Name,
    PartialDate,
    Prose,
    Reference,
    Slug,
    Text,
    UnitToken,
    Url,
    Value,
    Year,
)

FirstError = Callable[..., tuple[tuple[Any, ...], str]]


class Sheet(Record):
    """A record with a field of every kind."""

    value: Value | None = None
    year: Year | None = None
    date: PartialDate | None = None
    code: Code | None = None
    slug: Slug | None = None
    name: Name | None = None
    text: Text | None = None
    prose: Prose | None = None
    aliases: Aliases = ()
    url: Url | None = None
    unit: UnitToken | None = None
    region: Annotated[ip.Region, Reference("region")] | None = None
    indicator: Annotated[ip.Indicator, Reference("indicator")] | None = None


# ------------------------------------------------------------------ references


def test_a_code_is_read_as_its_record(context: Context) -> None:
    sheet = Sheet.model_validate({"region": "XX-AB"}, context=context)
    assert sheet.region is context.of("region")["XX-AB"]


def test_a_record_is_accepted_unchanged_without_context(context: Context) -> None:
    region = context.of("region")["XX-AB"]
    assert Sheet(region=region).region is region


def test_a_code_without_context(first_error: FirstError) -> None:
    assert first_error(Sheet, {"region": "XX-AB"}) == (
        ("region",),
        (
            "expected a region record, found the code 'XX-AB': pass the record, or validate "
            "with context=plans.context"
        ),
    )


def test_another_context_is_not_a_dataset(first_error: FirstError) -> None:
    place, message = first_error(Sheet, {"region": "XX-AB"}, context={"region": {}})
    assert place == ("region",)
    assert "pass the record, or validate with context=plans.context" in message


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (
            {"region": "XX-AC"},
            "expected the code of a region, found 'XX-AC'; did you mean 'XX-AB'?",
        ),
        (
            {"region": "ABELAND"},
            "expected the code of a region, found 'ABELAND'; did you mean 'XX-AB'?",
        ),
        ({"region": "nowhere"}, "expected the code of a region, found 'nowhere'"),
        (
            {"indicator": "widget_shares"},
            (
                "expected the code of an indicator, found 'widget_shares'; "
                "did you mean 'widget_share'?"
            ),
        ),
        ({"region": "x" * 500}, f"expected the code of a region, found '{'x' * 60}'"),
    ],
)
def test_an_unknown_code(
    context: Context, first_error: FirstError, cells: dict[str, str], message: str
) -> None:
    place, validated = first_error(Sheet, cells, context=context)
    assert place == tuple(cells)
    assert validated == message


def test_an_unknown_code_in_a_citation_is_an_error_of_the_source(
    context: Context, first_error: FirstError, target_cells: dict[str, Any]
) -> None:
    target_cells["citation"] = {"source": "abe-plam"}
    place, message = first_error(ip.Target, target_cells, context=context)
    assert place == ("citation", "source")
    assert message == "expected the code of a source, found 'abe-plam'; did you mean 'abe-plan'?"


def test_a_name_is_not_a_code(context: Context, first_error: FirstError) -> None:
    place, _ = first_error(Sheet, {"region": "Abeland"}, context=context)
    assert place == ("region",)


def test_a_record_of_another_kind(context: Context, first_error: FirstError) -> None:
    place, message = first_error(Sheet, {"region": context.of("indicator")["widget_share"]})
    assert place == ("region",)
    assert "Region" in message


@pytest.mark.parametrize("field", ["region", "indicator"])
def test_in_json_schema_a_reference_is_a_code(field: str) -> None:
    message = Sheet.model_json_schema()["properties"][field]["anyOf"]
    assert {each["type"] for each in message} == {"string", "null"}
    assert re.search(f"the code of an? {field}", str(message))


# ------------------------------------------------------------------ values


@pytest.mark.parametrize(
    ("given_value", "value"),
    [
        ("3.5", "3.5"),
        ("+3.50", "3.50"),
        ("-0.6", "-0.6"),
        ("007", "7"),
        (7, "7"),
        (3.2, "3.2"),
        (0.1 + 0.2, "0.30000000000000004"),
        (Decimal("1651.73"), "1651.73"),
        ("9" * 30, "9" * 30),
    ],
)
def test_values_are_exact(given_value: Any, value: str) -> None:
    validated = Sheet(value=given_value).value
    assert type(validated) is Decimal
    assert str(validated) == value


@pytest.mark.parametrize(
    ("given_value", "message"),
    [
        ("1e5", "cannot read '1e5' at position 1: expected a decimal number such as 3.5"),
        ("1_000", "cannot read '1_000' at position 1: expected a decimal number such as 3.5"),
        ("1,000", "cannot read '1,000' at position 1: expected a decimal number such as 3.5"),
        ("３.5", "cannot read '３.5' at position 0: expected a decimal number such as 3.5"),
        ("3.5%", "cannot read '3.5%' at position 3: expected a decimal number such as 3.5"),
        (" 3.5", "cannot read ' 3.5' at position 0: expected a decimal number such as 3.5"),
        ("3.5\n", r"cannot read '3.5\n' at position 3: expected a decimal number such as 3.5"),
        (".5", "cannot read '.5' at position 0: expected a decimal number such as 3.5"),
        ("5.", "cannot read '5.' at position 1: expected a decimal number such as 3.5"),
        ("", "cannot read '' at position 0: expected a decimal number such as 3.5"),
        ("NaN", "cannot read 'NaN' at position 0: expected a decimal number such as 3.5"),
        ("٣", "cannot read '٣' at position 0: expected a decimal number such as 3.5"),
        (
            True,
            "cannot read 'True' at position 0: expected a number: Decimal, int, str or float",
        ),
        (
            [1],
            "cannot read '[1]' at position 0: expected a number: Decimal, int, str or float",
        ),
        (float("nan"), "cannot read 'NaN' at position 0: expected a finite number of 30 digits"),
        (Decimal("NaN"), "cannot read 'NaN' at position 0: expected a finite number of 30 digits"),
        (
            Decimal("Infinity"),
            "cannot read 'Infinity' at position 0: expected a finite number of 30 digits",
        ),
        (
            10**30,
            "cannot read '1000000000000000000000000000000' at position 0: expected at most 30 digits",
        ),
    ],
)
def test_invalid_values(first_error: FirstError, given_value: Any, message: str) -> None:
    assert first_error(Sheet, {"value": given_value})[1] == message


@pytest.mark.parametrize("long", ["9" * 31, "0." + "1" * 31, Decimal("1E+30"), Decimal("1E-31")])
def test_values_are_bounded(first_error: FirstError, long: Any) -> None:
    place, _ = first_error(Sheet, {"value": long})
    assert place == ("value",)


@example(Decimal("1E+29"))
@given(
    st.one_of(
        st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20),
        st.integers(-(10**29), 10**29),
        st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15),
    )
)
def test_every_accepted_value_round_trips_through_json(number: Any) -> None:
    try:
        sheet = Sheet(value=number)
    except ValueError:
        return  # more digits than a value may have
    again = Sheet.model_validate_json(sheet.model_dump_json())
    assert again.value == sheet.value


@pytest.mark.parametrize("number", [Decimal("1E+3"), 1e20, 1e-7, Decimal("0E-10")])
def test_values_with_an_exponent_come_back_from_json(number: Any) -> None:
    sheet = Sheet(value=number)
    assert Sheet.model_validate_json(sheet.model_dump_json()).value == sheet.value


# ------------------------------------------------------------------ years and dates


@pytest.mark.parametrize("year", ["2025", 2025])
def test_years(year: Any) -> None:
    assert Sheet(year=year).year == 2025


@pytest.mark.parametrize(
    ("year", "message"),
    [
        ("25", "expected a year of four digits, found '25'"),
        ("02025", "expected a year of four digits, found '02025'"),
        ("２０２５", "expected a year of four digits, found '２０２５'"),
        ("2025 ", "expected a year of four digits, found '2025 '"),
        ("2_25", "expected a year of four digits, found '2_25'"),
        ("2025-01", "expected a year of four digits, found '2025-01'"),
        ("9" * 99, f"expected a year of four digits, found '{'9' * 40}'"),
        (True, "expected a year, found True"),
        (2025.0, "expected a year, found 2025.0"),
        (1799, "Input should be greater than or equal to 1800"),
        ("2201", "Input should be less than or equal to 2200"),
    ],
)
def test_invalid_years(first_error: FirstError, year: Any, message: str) -> None:
    assert first_error(Sheet, {"year": year}) == (("year",), message)


@pytest.mark.parametrize("date", ["2021", "2021-12", "2020-02-29", "2021-12-31"])
def test_partial_dates(date: str) -> None:
    assert Sheet(date=date).date == date


@pytest.mark.parametrize(
    ("date", "message"),
    [
        ("2021-13", "'2021-13' is not a date: there is no such day or month"),
        ("2021-00", "'2021-00' is not a date: there is no such day or month"),
        ("2021-1", "expected YYYY, YYYY-MM or YYYY-MM-DD, found '2021-1'"),
        ("21", "expected YYYY, YYYY-MM or YYYY-MM-DD, found '21'"),
        ("2021/05", "expected YYYY, YYYY-MM or YYYY-MM-DD, found '2021/05'"),
        ("20210501", "expected YYYY, YYYY-MM or YYYY-MM-DD, found '20210501'"),
        ("2021-05\n", r"expected YYYY, YYYY-MM or YYYY-MM-DD, found '2021-05\n'"),
        ("２０２１", "expected YYYY, YYYY-MM or YYYY-MM-DD, found '２０２１'"),
        ("2021-05-011", "String should have at most 10 characters"),
    ],
)
def test_invalid_partial_dates(first_error: FirstError, date: str, message: str) -> None:
    assert first_error(Sheet, {"date": date}) == (("date",), message)


@pytest.mark.parametrize("date", ["2021-02-30", "2021-02-29", "2021-04-31", "0000", "2021-05-00"])
def test_days_that_do_not_exist(first_error: FirstError, date: str) -> None:
    place, message = first_error(Sheet, {"date": date})
    assert place == ("date",)
    assert message.startswith(f"'{date}' is not a date: ")


# ------------------------------------------------------------------ text


@pytest.mark.parametrize("field", ["name", "text", "prose"])
@pytest.mark.parametrize("text", ["R&D", "广东省", "a b", "Tai’an", "é", "“十四五”", "3.5%"])
def test_text(field: str, text: str) -> None:
    assert getattr(Sheet(**{field: text}), field) == text


@pytest.mark.parametrize("field", ["name", "text", "prose"])
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a\tb", r"character '\t' at position 1 is not printable"),
        ("a\nb", r"character '\n' at position 1 is not printable"),
        ("a\x1b[31m", r"character '\x1b' at position 1 is not printable"),
        ("a\x00", r"character '\x00' at position 1 is not printable"),
        ("abc\u202e", r"character '\u202e' at position 3 is not printable"),
        ("\u2066a", r"character '\u2066' at position 0 is not printable"),
        ("a\u200bb", r"character '\u200b' at position 1 is not printable"),
        ("\ufeffa", r"character '\ufeff' at position 0 is not printable"),
        ("a\u3000b", r"character '\u3000' at position 1 is not printable"),
        ("a\u2028b", r"character '\u2028' at position 1 is not printable"),
        (" a", "expected no blanks at the beginning or end"),
        ("a ", "expected no blanks at the beginning or end"),
        ("", "String should have at least 1 character"),
    ],
)
def test_invisible_text(first_error: FirstError, field: str, text: str, message: str) -> None:
    assert first_error(Sheet, {field: text}) == ((field,), message)


@pytest.mark.parametrize(("field", "longest"), [("name", 200), ("text", 200), ("prose", 2000)])
def test_text_is_bounded(first_error: FirstError, field: str, longest: int) -> None:
    assert Sheet(**{field: "x" * longest})
    assert first_error(Sheet, {field: "x" * (longest + 1)}) == (
        (field,),
        f"String should have at most {longest} characters",
    )


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Canton|粤", ("Canton", "粤")),
        ("Canton | 粤", ("Canton", "粤")),
        ("Canton", ("Canton",)),
        (["Canton", "粤"], ("Canton", "粤")),
        ((), ()),
    ],
)
def test_aliases(cell: Any, names: tuple[str, ...]) -> None:
    assert Sheet(aliases=cell).aliases == names


@pytest.mark.parametrize(
    ("cell", "position"), [("a||b", 1), ("|a", 0), ("a|b\u202e", 1), (["a", "b", ""], 2)]
)
def test_an_error_in_an_alias_states_its_number(
    first_error: FirstError, cell: Any, position: int
) -> None:
    place, _ = first_error(Sheet, {"aliases": cell})
    assert place == ("aliases", position)


@pytest.mark.parametrize("code", ["CN-GD", "440000", "CN-GD-14-sti", "a"])
def test_codes(code: str) -> None:
    assert Sheet(code=code).code == code


@pytest.mark.parametrize(
    "code", ["", "-CN", "CN-", "CN--GD", "CN GD", "CN_GD", "CN-GD\n", "广东", "../x", "x" * 61]
)
def test_invalid_codes(first_error: FirstError, code: str) -> None:
    assert first_error(Sheet, {"code": code})[0] == ("code",)


@pytest.mark.parametrize("slug", ["rd_intensity", "eu-2030", "a", "gdp_real_index_1978"])
def test_slugs(slug: str) -> None:
    assert Sheet(slug=slug).slug == slug


@pytest.mark.parametrize("slug", ["", "RD", "1st", "_a", "a_", "a__b", "a b", "a\n", "x" * 81])
def test_invalid_slugs(first_error: FirstError, slug: str) -> None:
    assert first_error(Sheet, {"slug": slug})[0] == ("slug",)


@pytest.mark.parametrize(
    "url", ["https://a.example/b?c=1#d", "http://a.example", "urn:isbn:9787503789625"]
)
def test_addresses(url: str) -> None:
    assert Sheet(url=url).url == url


@pytest.mark.parametrize(
    "url",
    ["", "javascript:alert(1)", "file:///etc/passwd", "https://", "https://a b", 'https://"', "a"],
)
def test_invalid_addresses(first_error: FirstError, url: str) -> None:
    assert first_error(Sheet, {"url": url})[0] == ("url",)


# ------------------------------------------------------------------ unit tokens


@pytest.mark.parametrize("unit", ["percent", "CNY_100M", "person_year_per_10k_population"])
def test_unit_tokens(unit: str) -> None:
    assert Sheet(unit=unit).unit == unit


@pytest.mark.parametrize(
    ("unit", "hint"),
    [
        ("percnt", "percent"),
        ("CNY_100", "CNY_100M"),
        ("percentage_points", "percentage_point"),
    ],
)
def test_a_misspelled_unit(first_error: FirstError, unit: str, hint: str) -> None:
    place, message = first_error(Sheet, {"unit": unit})
    assert place == ("unit",)
    assert message.startswith(f"expected a unit token of units.txt, found '{unit}'; did you mean ")
    assert hint in message


@pytest.mark.parametrize("unit", ["亿元", "%", "CNY / USD", "100000000 * CNY", "", "zzzz", "10**9"])
def test_only_tokens_are_stored(first_error: FirstError, unit: str) -> None:
    place, message = first_error(Sheet, {"unit": unit})
    assert place == ("unit",)
    assert message.startswith(f"expected a unit token of units.txt, found {unit!r}")


def test_dates_of_python_and_pandas_are_text() -> None:
    pandas = pytest.importorskip("pandas")
    for value, text in {
        date(2024, 3, 1): "2024-03-01",
        datetime(2024, 3, 1): "2024-03-01",  # noqa: DTZ001 - dates have no time zone
        pandas.Timestamp(2024, 3, 1): "2024-03-01",
        2024: "2024",
    }.items():
        assert Sheet(date=value).date == text
    for wrong in (datetime(2024, 3, 1, 12), 20240301, 2024.5, True):  # noqa: DTZ001
        with pytest.raises(ValidationError):
            Sheet(date=wrong)
