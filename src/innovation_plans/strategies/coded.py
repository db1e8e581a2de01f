"""How the records are drawn that others refer to by code."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ..codelists import Direction, PlanKind, Prices, RegionKind, Tier
from ..records import Citation, Erratum, Indicator, Plan, Region, Source, Vintage
from ..text.settle import RATIOS
from .numbers import units, years
from .words import codes, names, partial_dates, sentences, slugs, urls
from .world import Maker, Pick, World

__all__ = ["MAKERS", "citation", "periods"]

_USUAL = ("percent", "CNY_100M", "enterprise", "person_year", "rank")
# A ratio with its parts, in units of the bundled list.
_QUOTIENTS = [
    ("percent", "CNY_100M", "CNY_100M"),
    *((ratio, above, below.removeprefix("10000 * ")) for ratio, (above, below) in RATIOS.items()),
]
_ALIASES = st.lists(names(divisible=False), max_size=2).map(tuple)
_KINDS, _DIRECTIONS = st.sampled_from(RegionKind), st.sampled_from(Direction)
_PERIODS = ("14th", "13th", "15th", "annual-2025", "eu-2030")
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


@cache
def periods() -> SearchStrategy[str]:
    """Periods of plans: five-year plans, single years, and names of another country's own."""
    return st.one_of(
        st.sampled_from(_PERIODS),
        st.integers(1, 30).map(_ordinal),
        years().map("annual-{}".format),
        slugs().map(lambda slug: slug.replace("_", "-")),
    )


def region(world: World, kind: type[Any], fields: Mapping[str, Any]) -> Region:
    """A region, perhaps in another one and in a group."""
    pick = Pick(world, kind, fields)
    parent = pick.maybe_refer("parent", Region)
    groups = pick.several("groups", Region)
    made: Region = pick.made(
        code=pick.code("-", codes()),
        kind=pick("kind", _KINDS),
        name_en=pick("name_en", names()),
        name_zh=pick.aside("name_zh", names()),
        short_zh=pick.aside("short_zh", names(8)),
        aliases=pick.aside("aliases", _ALIASES) or (),
        parent=parent,
        groups=groups,
    )
    return made


def indicator(world: World, kind: type[Any], fields: Mapping[str, Any]) -> Indicator:
    """An indicator; a ratio has a numerator and a denominator that make its unit."""
    pick = Pick(world, kind, fields)
    above, below, unit = None, None, None
    if not {"numerator", "denominator", "unit"} & fields.keys() and pick.either():
        unit, *parts = world.draw(st.sampled_from(_QUOTIENTS))
        above, below = (_part(world, each) for each in parts)
    usual = st.sampled_from(_USUAL)
    made: Indicator = pick.made(
        code=pick.code("_", slugs()),
        name_en=pick("name_en", names()),
        name_zh=pick.aside("name_zh", names()),
        aliases=pick.aside("aliases", _ALIASES) or (),
        unit=unit or pick("unit", usual | units(table=world.table)),
        direction=pick("direction", _DIRECTIONS),
        growth_prices=pick.maybe("growth_prices", st.sampled_from(Prices)),
        numerator=above or pick("numerator", st.none()),
        denominator=below or pick("denominator", st.none()),
        definition=pick.aside("definition", sentences()),
        standard=pick.aside("standard", sentences()),
        pitfalls=pick.aside("pitfalls", sentences()),
    )
    return made


def source(world: World, kind: type[Any], fields: Mapping[str, Any]) -> Source:
    """A document."""
    pick = Pick(world, kind, fields)
    made: Source = pick.made(
        code=pick.code("-", codes()),
        title=pick("title", names()),
        publisher=pick.aside("publisher", names()),
        date=pick.maybe("date", partial_dates()),
        url=pick.aside("url", urls()),
        tier=pick("tier", st.sampled_from(Tier)),
        notes=pick.aside("notes", sentences()),
    )
    return made


def citation(world: World, kind: type[Any], fields: Mapping[str, Any]) -> Citation:
    """A place in a document."""
    pick = Pick(world, kind, fields)
    made: Citation = pick.made(
        source=pick.refer("source", Source),
        locator=pick.aside("locator", names()),
        as_stated=pick.aside("as_stated", names()),
    )
    return made


def plan(world: World, kind: type[Any], fields: Mapping[str, Any]) -> Plan:
    """A plan, with a title in at least one language."""
    pick = Pick(world, kind, fields)
    english = pick.aside("title_en", names())
    made: Plan = pick.made(
        region=pick.refer("region", Region),
        code=pick.code("-", codes()),
        period=pick("period", periods()),
        kind=pick("kind", st.sampled_from(PlanKind)),
        title_en=english,
        title_zh=pick.aside("title_zh", names()) if english else pick("title_zh", names()),
        issued=pick.aside("issued", partial_dates()),
    )
    return made


def erratum(world: World, kind: type[Any], fields: Mapping[str, Any]) -> Erratum:
    """A printed error."""
    pick = Pick(world, kind, fields)
    made: Erratum = pick.made(
        code=pick.code("-", codes()),
        citation=pick.part("citation", Citation),
        corrected=pick("corrected", names()),
        reason=pick("reason", sentences()),
    )
    return made


def vintage(world: World, kind: type[Any], fields: Mapping[str, Any]) -> Vintage:
    """A release of a statistic."""
    pick = Pick(world, kind, fields)
    made: Vintage = pick.made(
        indicator=pick.refer("indicator", Indicator),
        code=pick("code", slugs()),
        year=pick.maybe("year", years()),
        order=pick("order", st.integers(1, 3) | st.integers(1, 99)),
        released=pick("released", partial_dates()),
        source=pick.maybe_refer("source", Source),
        description=pick("description", sentences()),
    )
    return made


MAKERS: dict[str, Maker] = {
    "region": region,
    "indicator": indicator,
    "source": source,
    "citation": citation,
    "plan": plan,
    "erratum": erratum,
    "vintage": vintage,
}


def _part(world: World, unit: str) -> Indicator:
    """A numerator or denominator that is measured in a unit."""
    alike = [each for each in world.known("indicator") if world.table.fits(each.unit, unit)]
    if alike:
        found: Indicator = world.draw(st.sampled_from(alike))
        return found
    made: Indicator = world.make_plain(Indicator, unit=units(like=unit, table=world.table))
    return made


def _ordinal(number: int) -> str:
    ending = "th" if number in range(11, 14) else _ENDINGS.get(number % 10, "th")
    return f"{number}{ending}"
