"""Every public parameter with odd values: a result, or an error of the package that says what is wrong."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

import innovation_plans as ip

ODD = {
    "empty text": "",
    "blank": " ",
    "word": "x",
    "long text": "x" * 10_000,
    "lone surrogate": "\ud800",
    "number as text": "2025",
    "zero": 0,
    "minus one": -1,
    "huge": 10**40,
    "more digits than Python prints": 10**5000,
    "fraction": 2.5,
    "nan": float("nan"),
    "decimal nan": Decimal("sNaN"),
    "infinity": float("inf"),
    "truth": True,
    "none": None,
    "bytes": b"x",
    "empty list": [],
    "list of words": ["x"],
    "nested list": [["x"]],
    "list of none": [None],
    "mapping": {"x": 1},
    "object": object(),
    "class": int,
    "function": len,
    "day": date(2025, 1, 1),
    "array": np.array([1, 2]),
    "frame": pd.DataFrame({"x": [1]}),
}
# What a call needs, by the name of the parameter; and what keeps it small.
GOOD: dict[str, Callable[[dict[str, Any]], Any]] = {
    "plans": lambda samples: samples["dataset"],
    "other": lambda samples: samples["dataset"],
    "against": lambda samples: samples["dataset"],
    "target": lambda samples: samples["target"],
    "observation": lambda samples: samples["observation"],
    "records": lambda samples: samples["targets"],
    "figure": lambda samples: samples["figure"],
    "card": lambda samples: samples["scorecard"],
    "data": lambda samples: samples["scorecard"],
    "comparison": lambda samples: samples["comparison"],
    "picture": lambda samples: samples["picture"],
    "course": lambda samples: samples["course"],
    "table": lambda samples: samples["targets"],
    "observations": lambda samples: samples["observations"].to_pandas(values="decimal"),
    "targets": lambda samples: samples["targets"].to_pandas(values="decimal"),
    "frame": lambda samples: samples["targets"].to_pandas(values="decimal"),
    "path": lambda samples: samples["path"],
    "directory": lambda samples: samples["path"],
    "region": lambda _: "CN-GD",
    "regions": lambda _: ["CN-GD"],
    "indicator": lambda _: "rd_intensity",
    "period": lambda _: "14th",
    "end_year": lambda _: 2025,
    "year": lambda _: 2024,
    "years": lambda _: 5,
    "code": lambda _: "first",
    "day": lambda _: "2025-01-01",
    "keep": lambda _: bool,
    "field": lambda _: "region",
    "key": lambda _: "x",
    "text": lambda _: "3.5%",
    "lang": lambda _: "en",
    "value": lambda _: "3",
    "unit": lambda _: "CNY",
    "source": lambda _: "CNY",
    "form": lambda _: "level",
    "registry": lambda samples: samples["registry"],
    "rate": lambda _: ip.quantity("7 percent_per_year"),
    "multiple": lambda _: ip.quantity("2 multiple"),
    "start": lambda _: ip.quantity("2 CNY"),
    "end": lambda _: ip.quantity("3 CNY"),
    "left": lambda _: ip.quantity("3 percent"),
    "right": lambda _: ip.quantity("2 percent"),
    "part": lambda _: ip.quantity("2 patent"),
    "whole": lambda _: ip.quantity("2 patent"),
    "base": lambda _: ip.quantity("2 inhabitant"),
    "points": lambda _: ip.quantity("2 percentage_point"),
    "ratio": lambda _: ip.quantity("2 percent"),
    "factor": lambda _: ip.quantity("2 CNY"),
    "name": lambda _: "linear",
    "names": lambda _: ["Guangdong"],
    "kind": lambda _: ip.Target,
    "token": lambda _: "CNY",
}
# Where a name means something else.
ALSO: dict[str, Any] = {
    "quantity.unit": "CNY",
    "convert.target": "CNY",
    "assess.against": lambda samples: samples["dataset"],
    "rate_between.start": "2",
    "rate_between.end": "3",
    "multiple_of.rate": "7",
    "shift.start": lambda _: ip.quantity("2 percent"),
    "plots.save.path": lambda samples: samples["path"].with_suffix(".png"),
    "Dataset.region.name": "CN-GD",
    "Dataset.indicator.name": "rd_intensity",
}
# A keyword of a method that takes any field.
WORD = {"Matches.where": "table"}
# Functions of the caller: their errors are the caller's.
CALLED = {"keep", "progress"}


@pytest.fixture(scope="module")
def samples(plans, tmp_path_factory):
    import pint
    from matplotlib import pyplot as plt

    targets = plans.targets.where(indicator="rd_intensity", end_year=2025, region="GD")
    card = ip.scorecard(plans, region="GD", indicator="rd_intensity", end_year=2025)
    observations = plans.observations.where(region="GD", indicator="rd_intensity")
    samples = {
        "dataset": plans.subset("GD"),
        "targets": targets,
        "target": targets[0],
        "observations": observations,
        "observation": observations[0],
        "scorecard": card,
        "comparison": ip.compare(plans.targets.where(indicator="rd_intensity", end_year=2025)),
        "figure": ip.read_figure("3.5%"),
        "picture": plt.figure().subplots(),
        "course": ip.pace.Course(Decimal(1), Decimal(2), Decimal(3), 2020, 2023, 2025),
        "registry": pint.UnitRegistry(),
        "path": tmp_path_factory.mktemp("odd") / "out",
    }
    yield samples
    plt.close("all")


def instances(samples: dict[str, Any]) -> list[Any]:
    """Return an object of every public class that has methods with parameters."""
    data = samples["dataset"]
    derivations = ip.derive(ip.load(), "rd_expenditure", region="GD", year=2024)
    return [
        data,
        data.targets,
        data.observations,
        data.regions,
        data.indicators,
        data.sources,
        data.plans,
        data.documents,
        data.goals,
        data.errata,
        data.units,
        data.search("R&D"),
        data.diff(data),
        samples["scorecard"],
        samples["scorecard"][0],
        samples["comparison"],
        samples["comparison"][0],
        derivations,
        derivations[0],
        ip.derive_series(data, "rd_intensity", region="GD"),
        ip.cross_check(data, region="GD"),
        ip.coverage(data, region="GD", indicator="rd_intensity"),
        ip.read_figure("3.5%"),
        data.indicator("rd_intensity"),
    ]


def functions() -> Iterator[tuple[str, Any]]:
    for name in sorted(ip.__all__):
        value = getattr(ip, name)
        if inspect.isfunction(value):
            yield name, value
        elif inspect.ismodule(value):
            yield from (
                (f"{name}.{each}", getattr(value, each))
                for each in value.__all__
                if callable(getattr(value, each)) and not inspect.isclass(getattr(value, each))
            )


def methods(samples: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the public methods that take something, each once."""
    seen = set()
    for item in instances(samples):
        for name in dir(type(item)):
            method = getattr(type(item), name)
            if name.startswith("_") or not inspect.isfunction(method) or method in seen:
                continue
            seen.add(method)
            if method.__module__.startswith("innovation_plans"):
                yield f"{type(item).__name__}.{name}", getattr(item, name)


def parameters(call: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    return dict(inspect.signature(call).parameters)


def good(name: str, call: Callable[..., Any], samples: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments of a call that works."""
    arguments = {}
    for each, parameter in parameters(call).items():
        if parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
            continue
        value = ALSO.get(f"{name}.{each}", ALSO.get(f"{name.rpartition('.')[2]}.{each}"))
        if value is not None:
            arguments[each] = value(samples) if callable(value) else value
        elif each in {"region", "indicator", "period"} or parameter.default is parameter.empty:
            assert each in GOOD, f"add a value for {each} of {name}"
            arguments[each] = GOOD[each](samples)
    return arguments


def problems(name: str, call: Callable[..., Any], samples: dict[str, Any]) -> Iterator[str]:
    """Yield the calls with one odd argument that end in an error of another kind."""
    arguments = good(name, call, samples)
    for each, parameter in parameters(call).items():
        for odd, value in ODD.items():
            if each in CALLED and odd in {"class", "function"}:
                continue
            try:
                if parameter.kind is parameter.VAR_POSITIONAL:
                    call(value, **arguments)
                elif parameter.kind is parameter.VAR_KEYWORD:
                    call(**arguments, **{WORD.get(name, "region"): value})
                else:
                    call(**(arguments | {each: value}))
            except (ip.InnovationPlansError, ip.InnovationPlansWarning, ValidationError):
                pass
            except Exception as error:  # noqa: BLE001 - what is looked for
                yield f"{name}({each}={odd}): {type(error).__name__}: {error!s:.120}"


# Modules whose calls take long.
SLOW = ("explorer.", "frames.", "plots.", "report.")
CALLS = dict(functions())


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.heavy] if name.startswith(SLOW) else [])
        for name in CALLS
    ],
)
def test_odd_arguments_of_functions(name, samples, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # odd paths are written here
    assert list(problems(name, CALLS[name], samples)) == []


def test_odd_arguments_of_methods(samples, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, call in methods(samples):
        assert list(problems(name, call, samples)) == []


def test_the_walk_finds_errors_of_other_kinds(samples):
    def careless(region, *, year=2025):
        return region.upper(), year + 1

    found = list(problems("careless", careless, samples))
    assert "careless(region=zero): AttributeError" in "\n".join(found)
    assert "careless(year=word): TypeError" in "\n".join(found)
