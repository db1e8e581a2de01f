"""The commands about targets, verdicts, comparisons and consistency."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

import typer

from ..analysis.assess import DEFAULT_THRESHOLD
from ..analysis.comparability import (
    KINDS_BY_DEFAULT,
    ORDINARY_GROWTH,
    ORDINARY_PRICES,
    Figure,
    Measure,
)
from ..analysis.scorecard import Scorecard, scorecard
from ..codelists import Form, RegionKind, Verdict
from ..dataset.display import target_sheet
from ..errors import FigureError, IncomparableError
from ..text import labels
from ..text.messages import say
from ..units.decimals import exact
from ..units.interval import DEFAULT_TOLERANCE
from .inputs import numbers, shares
from .options import (
    EndYears,
    Indicators,
    Lang,
    Overwrite,
    Periods,
    Plans,
    Printing,
    Regions,
    Shared,
    Within,
    command,
    nothing,
    print_error,
    print_result,
    printable,
    records_of,
    shared_options,
    stop,
    width_of,
    with_progress_bar,
)
from .wording import in_options

if TYPE_CHECKING:
    from ..analysis.operands import Assumption
    from ..dataset.tables import Table
    from ..records import Goal

__all__: list[str] = []

_GROWTH = (str(ORDINARY_GROWTH[0]), str(ORDINARY_GROWTH[1]))
_PRICES = (str(ORDINARY_PRICES[0]), str(ORDINARY_PRICES[1]))
_ASSUMPTION = re.compile(r"(.+) (?:([0-9]{4})-)?([0-9]{4}) ([0-9.,-]+) ?(.+)?")
_MOST_ASSUMPTION = 400  # characters
_NOT_OF_OUTCOMES = "--end-year, --period and --breakdown select targets; for outcomes, there are --year and --vintage"
_NOT_OF_TARGETS = "{} select outcomes; add --outcomes"

# The pictures of `plots` that are of a scorecard, or of one target of it.
Picture = Literal["dumbbell", "gaps", "matrix", "path", "slopes", "tiles"]
Place = Annotated[str | None, typer.Argument(metavar="REGION", help="As --region.")]
Pace = Annotated[str, typer.Option(help="Pace method for targets that are not due yet.")]
Threshold = Annotated[
    str, typer.Option(callback=shares, help="Least share of the required pace for 'on track'.")
]
Tolerance = Annotated[
    str, typer.Option(callback=shares, help="Range of 'about', as a share: 0.02 is 2%.")
]
Vintage = Annotated[str | None, typer.Option(help="Vintage of statistics.")]
Proxies = Annotated[
    bool,
    typer.Option("--proxies", help="Use a nearly equal indicator where there is no other outcome."),
]
AsOf = Annotated[
    str | None,
    typer.Option(help="Day of the assessment, YYYY-MM-DD; figures published later are not used."),
]
Vintages = Annotated[
    list[str] | None,
    typer.Option("--vintage", help="Vintage of statistics; may be repeated."),
]


def _assessed(place: str | None, region: list[str] | None, **options: Any) -> dict[str, Any]:
    """Return the options of `innovation_plans.scorecard`; a region is an argument or an option."""
    return {"region": [*([place] if place else []), *(region or [])], **options}


# The options of `innovation_plans.scorecard`: of the commands with a parameter `options`.
_ASSESSED = Shared(
    shared_options(
        ("place", Place, None),
        ("region", Regions, None),
        ("within", Within, None),
        ("indicator", Indicators, None),
        ("period", Periods, None),
        ("end_year", EndYears, None),
        ("pace", Pace, "linear"),
        ("threshold", Threshold, str(DEFAULT_THRESHOLD)),
        ("tolerance", Tolerance, str(DEFAULT_TOLERANCE)),
        ("vintage", Vintage, None),
        ("proxies", Proxies, False),
        ("as_of", AsOf, None),
    ),
    _assessed,
)


@command("scorecard", shared={"options": _ASSESSED})
def scorecard_(
    *,
    options: dict[str, Any],
    verdict: Annotated[
        list[Verdict] | None, typer.Option("--verdict", help="Show only these; may be repeated.")
    ] = None,
    plans: Plans,
    sort: Annotated[
        Literal["gap", "value", "region", "indicator", "end_year", "verdict"] | None,
        typer.Option(help="Order of the rows; by default the highest gap first, by year."),
    ] = None,
    legend: Annotated[
        bool,
        typer.Option("--legend", help="Explain tiers, gap, pace and awaiting under the table."),
    ] = False,
    printing: Printing,
) -> None:
    """Assess targets against their latest outcomes."""
    is_table = printing.layout == "table" and not printing.columns
    if legend and not is_table:
        stop("--legend is for --format table, without --columns", code=2)
    card = _scorecard(plans, **options)
    if verdict:
        card = card.where(verdict=verdict)
    if not card:
        stop("no target has such a verdict", code=1)
    if sort:
        card = _sorted(card, sort, plans)
    width = width_of(printing)
    text = card.text(printing.lang, width=width, legend=legend) if is_table else None
    print_result(card, printing, text)


def _sorted(card: Scorecard, field: str, plans: Plans) -> Scorecard:
    """Return a scorecard sorted as --sort says: regions by the names shown, provinces first."""
    if field != "region":
        return card.sort(field, descending=field in {"gap", "value"})
    by_name = card.sort("region_en")
    kinds = {region.code: KINDS_BY_DEFAULT.index(region.kind) for region in plans.regions}
    return by_name._of(  # noqa: SLF001
        sorted(by_name, key=lambda assessment: kinds[assessment.subject.region])
    )


@command("assess", shared={"options": _ASSESSED})
def assess_(*, options: dict[str, Any], plans: Plans, printing: Printing) -> None:
    """Explain the verdict on each target, with its method, caveats and inputs.

    In csv, json, latex and xlsx, the verdicts are those of scorecard.
    """
    card = _scorecard(plans, **options)
    if not printing.is_prose:
        print_result(card, printing)
        return
    bullet = "- " if printing.layout == "markdown" else ""
    printing.put("\n\n".join(bullet + in_options(item.explain(printing.lang)) for item in card))


def _scorecard(plans: Plans, **options: Any) -> Scorecard:
    """Return the scorecard of some targets; exit if there are none."""
    given = {name: value for name, value in options.items() if value != []}
    card = scorecard(plans, progress=with_progress_bar, **given)
    if not card:
        stop(in_options(card.summary()), code=1)
    return card


@command("plot", shared={"options": _ASSESSED})
def plot_(
    *,
    picture: Annotated[
        Picture, typer.Argument(metavar="PICTURE", help=f"{', '.join(get_args(Picture))}.")
    ],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="The .png, .pdf or .svg to write.")
    ],
    options: dict[str, Any],
    title: Annotated[str | None, typer.Option(help="A title of your own.")] = None,
    plans: Plans,
    lang: Lang = "en",
    overwrite: Overwrite = False,
) -> None:
    """Draw targets and their verdicts; a path is the picture of one target.

    Python draws series, rankings and coverage, too: ip.plots.lines, ranking, coverage.
    """
    from .. import plots  # needs an extra

    card = _scorecard(plans, **options)
    draws_one = picture == "path"
    if draws_one and len(card) > 1:
        chosen = "choose it with --indicator, --period and --end-year"
        stop(f"path draws one target, found {len(card)}; {chosen}", code=2)
    subject = card[0] if draws_one else card
    drawn = getattr(plots, picture)(subject, plans=plans, lang=lang, title=title)
    typer.echo(printable(plots.save(drawn, output, overwrite=overwrite)))


@command("show")
def show(
    *,
    region: Annotated[str, typer.Argument(help="Code or name of a region.")],
    indicator: Indicators = None,
    period: Periods = None,
    end_year: EndYears = None,
    outcomes: Annotated[
        bool, typer.Option("--outcomes", help="Show outcomes by year instead of targets.")
    ] = False,
    year: Annotated[
        list[int] | None, typer.Option("--year", help="Year of the outcomes; may be repeated.")
    ] = None,
    vintage: Vintages = None,
    plans: Plans,
    printing: Printing,
) -> None:
    """Show the targets and goals of a region, or its outcomes, with their sources."""
    record = plans.region(region)
    chosen: dict[str, Any] = {"indicator": indicator or None}
    of_region: Table[Any]
    if outcomes:
        if end_year or period:
            stop(_NOT_OF_OUTCOMES, code=2)
        chosen |= {"year": year or None, "vintage": vintage or None}
        of_region = records_of(plans.observations, record)
        goals: Collection[Goal] = ()
    else:
        if year or vintage:
            stop(_NOT_OF_TARGETS.format("--year and --vintage"), code=2)
        chosen |= {"period": period or None, "end_year": end_year or None}
        of_region = records_of(plans.targets, record)
        goals = () if any(chosen.values()) else plans.goals.where(region=record)
    records = of_region.where(**chosen)
    if not records and not goals:
        noun = f"{'outcome' if outcomes else 'target or goal'} of {record.name_en}"
        if not of_region:
            stop(f"no {noun}; coverage counts what each region has", code=1)
        nothing(noun, records)
    if not printing.is_prose:
        if goals:
            left_out = (
                f"{labels.counted('goal', len(goals), 'en')} of {record.name_en} without a figure"
            )
            holder = "--columns" if printing.columns else printing.layout
            print_error(f"{holder} does not hold {left_out}; table and markdown do")
        print_result(records, printing)
        return
    sheet = records.sheet(printing.lang) if outcomes else target_sheet(records, printing.lang)
    name = labels.name(record, printing.lang)
    parts = [labels.brackets(name, record.code, printing.lang)]
    if records and printing.layout == "markdown":
        parts.append(sheet.text("markdown"))
    elif records:
        parts.append(sheet.text(width=width_of(printing)))
    if goals:
        parts.append("\n".join(f"- {goal.statement} ({goal.citation.key})" for goal in goals))
    printing.put("\n\n".join(parts))


@command("coverage")
def coverage_(
    *,
    region: Regions = None,
    within: Within = None,
    indicator: Indicators = None,
    period: Periods = None,
    plans: Plans,
    printing: Printing,
) -> None:
    """Show which targets are stated, not stated or not read, and which outcomes are published."""
    if not (indicator or region):
        stop("choose with --indicator or --region: a table of all is too large", code=2)
    from ..analysis.coverage import coverage

    cells = coverage(
        plans,
        region=region or None,
        within=within or None,
        indicator=indicator or None,
        period=period or None,
    )
    print_result(cells, printing)


@command("compare")
def compare_(
    *,
    indicator: Indicators = None,
    region: Regions = None,
    within: Within = None,
    end_year: EndYears = None,
    period: Periods = None,
    breakdown: Annotated[
        str | None,
        typer.Option(help="Part of the regions that the targets are for; by default the whole."),
    ] = None,
    scope: Annotated[
        str | None,
        typer.Option(help="Class of the indicator that the figures are for; by default all of it."),
    ] = None,
    outcomes: Annotated[
        bool, typer.Option("--outcomes", help="Compare outcomes instead of targets.")
    ] = False,
    year: Annotated[int | None, typer.Option(help="Year of the outcomes.")] = None,
    vintage: Annotated[str | None, typer.Option(help="Vintage of the outcomes.")] = None,
    statistics: Annotated[
        bool,
        typer.Option(
            "--statistics",
            help="Leave out outcomes that governments report themselves, or of unknown speakers.",
        ),
    ] = False,
    form: Annotated[str, typer.Option(help="level, average_growth, rank, …")] = "level",
    kinds: Annotated[
        list[RegionKind] | None,
        typer.Option(
            "--kind",
            help="Kind of the regions that are ranked: province by default; may be repeated.",
        ),
    ] = None,
    measure: Annotated[Measure, typer.Option(help="What is compared.")] = "value",
    since: Annotated[
        int | None, typer.Option(help="Start year of the measures distance and growth.")
    ] = None,
    unit: Annotated[str | None, typer.Option(help="Unit of the values.")] = None,
    factor: Annotated[
        str | None,
        typer.Option(
            help="Factor between the units of two indicators: '0.52 employed_person/inhabitant'."
        ),
    ] = None,
    tolerance: Tolerance = str(DEFAULT_TOLERANCE),
    plans: Plans,
    printing: Printing,
) -> None:
    """Compare targets, or outcomes, of one indicator across regions."""
    if not indicator:
        stop("name an indicator with --indicator", code=2)
    if outcomes and (end_year or period or breakdown):
        stop(_NOT_OF_OUTCOMES, code=2)
    if not outcomes and (year or vintage or statistics):
        stop(_NOT_OF_TARGETS.format("--year, --vintage and --statistics"), code=2)
    shared: dict[str, Any] = {
        "region": region or None,
        "within": within or None,
        "indicator": indicator,
        "form": form,
    }
    figures: Collection[Figure]
    matching: Table[Any]
    if outcomes:
        own = False if statistics else None
        matching = plans.observations.where(
            year=year, vintage=vintage, self_reported=own, scope=scope, **shared
        )
        figures = matching.filter(lambda outcome: outcome.scope == scope)
    else:
        matching = plans.targets.where(
            end_year=end_year or None,
            period=period or None,
            breakdown=breakdown,
            scope=scope,
            **shared,
        )
        figures = matching.filter(
            lambda target: (target.breakdown, target.scope) == (breakdown, scope)
        )
    if not figures:
        nothing("record to compare", matching)
    from ..analysis.compare import compare

    try:
        result = compare(
            figures,
            measure=measure,
            kinds=kinds or None,
            plans=plans,
            unit=unit,
            factor=factor,
            since=since,
            tolerance=tolerance,
        )
    except IncomparableError as error:
        if factor or not error.factor or len({figure.indicator for figure in figures}) == 1:
            raise
        stop(f"{in_options(str(error))}; give it with --factor", code=2)
    print_result(result, printing)


@command("derive")
def derive_(
    *,
    indicator: Annotated[str, typer.Argument(help="Code or name of an indicator.")],
    region: Annotated[str, typer.Option(help="Code or name of a region.")],
    year: Annotated[int, typer.Option(help="Year of the value.")],
    period: Periods = None,
    vintage: Vintages = None,
    assume: Annotated[
        list[str] | None,
        typer.Option(
            help="A figure of your own: 'gdp 2025 6.3 trillion yuan', 'gdp 2025 63000 亿元' or "
            "'gdp 2021-2025 5.5 percent_per_year'; may be repeated. It replaces the figures of the dataset."
        ),
    ] = None,
    plans: Plans,
    printing: Printing,
) -> None:
    """Compute a value that no source states from targets and statistics."""
    from ..analysis.derive import derive

    derivations = derive(
        plans,
        indicator,
        region=region,
        year=year,
        period=period or None,
        vintage=vintage,
        assume=[_assumption(plans, region, text) for text in assume or ()],
    )
    if not derivations:
        stop(
            f"no records of {plans.region(region).name_en} imply "
            f"{plans.indicator(indicator).code} of {year}; give what is missing with --assume",
            code=1,
        )
    print_result(derivations, printing)


def _assumption(plans: Plans, region: str, text: str) -> Assumption:
    """Return the assumption of a text: an indicator, a year or two years, a number and a unit."""
    match = _ASSUMPTION.fullmatch(text[:_MOST_ASSUMPTION])
    if match is None:
        raise FigureError(text=text, position=0, expected="as in 'gdp 2025 6.3 trillion yuan'")
    indicator, start, year, number, unit = match.groups()
    if not unit:
        raise FigureError(text=text, position=len(text), expected="a unit, as in '63000 亿元'")
    token = plans.context.units.unit(unit).name
    form = Form.LEVEL
    if token == "percent_per_year":
        form = Form.AVERAGE_GROWTH if start else Form.ANNUAL_GROWTH
    from ..analysis.operands import Assumption

    return Assumption(
        indicator=plans.indicator(indicator).code,
        region=region,
        year=int(year),
        start_year=int(start) if start else None,
        value=exact(number),
        unit=token,
        form=form,
    )


@command("cross-check")
def cross_check_(
    *,
    region: Regions = None,
    within: Within = None,
    period: Periods = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Show consistent and not comparable figures, too.")
    ] = False,
    tolerance: Tolerance = str(DEFAULT_TOLERANCE),
    vintage: Vintages = None,
    growth: Annotated[
        tuple[str, str],
        typer.Option(
            callback=numbers,
            metavar="LOW HIGH",
            help="Ordinary growth of GDP at current prices, in percent a year: two numbers.",
        ),
    ] = _GROWTH,
    prices: Annotated[
        tuple[str, str],
        typer.Option(
            callback=numbers,
            metavar="LOW HIGH",
            help="Ordinary change of prices, in percent a year: two numbers.",
        ),
    ] = _PRICES,
    plans: Plans,
    printing: Printing,
) -> None:
    """Check whether the targets of a region and period are consistent with one another."""
    from ..analysis.cross_check import cross_check

    findings = cross_check(
        plans,
        region=region or None,
        within=within or None,
        period=period or None,
        tolerance=tolerance,
        vintage=vintage,
        growth=growth,
        prices=prices,
    )
    if not findings:
        stop("no two figures that match these options can be compared", code=1)
    shown = findings if everything else findings.disagreements()
    if printing.layout == "table" and not everything and not printing.columns:
        table = f"{shown.sheet(printing.lang).text(width=width_of(printing))}\n\n" if shown else ""
        rest = say("finding.rest", printing.lang) if len(shown) < len(findings) else ""
        printing.put(
            table + labels.joined([findings.summary(printing.lang), rest], printing.lang, "parts")
        )
    else:
        print_result(shown, printing)
