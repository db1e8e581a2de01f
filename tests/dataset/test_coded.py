"""Codes of a column of names."""

from __future__ import annotations

from typing import Any

import pytest

import innovation_plans as ip

NAMES = ["Guangdong", None, "粤", "Atlantis", "440000", "浙江省"]
CODES = ["CN-GD", None, "CN-GD", None, "CN-GD", "CN-ZJ"]


def test_of_a_list(plans: ip.Dataset) -> None:
    coded = plans.code_regions(NAMES)
    assert coded.codes == CODES
    assert dict(coded.errors) == {"Atlantis": "no region 'Atlantis'; plans.regions lists them"}


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
def test_of_a_series(plans: ip.Dataset, library: str) -> None:
    module = pytest.importorskip(library)
    names: Any = module.chunked_array([NAMES]) if library == "pyarrow" else module.Series(NAMES)
    coded = plans.code_regions(names)
    assert type(coded.codes) is type(names)
    codes = coded.codes.to_pylist() if library == "pyarrow" else coded.codes.to_list()
    assert [code if isinstance(code, str) else None for code in codes] == CODES
    assert list(coded.errors) == ["Atlantis"]


def test_the_index_of_pandas_is_kept(plans: ip.Dataset) -> None:
    pandas = pytest.importorskip("pandas")
    codes = pandas.Series([440000.0, float("nan")], index=["a", "b"], name="province")
    coded = plans.code_regions(codes)
    assert coded.codes["a"] == "CN-GD"
    assert (list(coded.codes.index), coded.codes.name) == (["a", "b"], "province")
    assert not coded.errors


def test_a_name_of_two_regions_is_an_error(plans: ip.Dataset) -> None:
    ours = plans.extend(
        regions=[{"code": "330500", "kind": "city", "name_en": "Foshan", "parent": "CN-ZJ"}]
    )
    coded = ours.code_regions(["Foshan"])
    assert coded.codes == [None]
    assert "found 2 (330500, 440600)" in coded.errors["Foshan"].replace(
        "440600, 330500", "330500, 440600"
    )


def test_of_names_of_indicators(plans: ip.Dataset) -> None:
    coded = plans.code_indicators(["R&D intensity", "地区生产总值", "happiness"])
    assert coded.codes == ["rd_intensity", "gdp", None]
    assert list(coded.errors) == ["happiness"]
