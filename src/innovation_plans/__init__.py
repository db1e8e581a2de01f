"""Targets and outcomes of Chinese innovation plans: typed records, exact units, verdicts.

    import innovation_plans as ip
    plans = ip.load()                                      # the bundled edition, read-only
    plans.search("patent")                                 # indicators, regions, plans, sources
    plans.targets.where(region="广东", indicator="rd_intensity", period="十四五")
    target = plans.targets.at("CN-GD", "rd_intensity", 2025)
    print(target.citation)                                 # who states it, where, and how
    print(ip.assess(target, plans).explain())              # a verdict and its reasons
    print(ip.scorecard(plans, within="CN-EAST", indicator="rd_intensity", end_year=2025))
    plans.targets.to_pandas()                              # every table and result as a frame
    ip.read_figure("年均增长10%以上")                       # a figure expression as numbers

Importing the package costs next to nothing: a name loads its module when you first use it.
"""

__version__ = "0.2.0"

# Type checkers take this for True; importing typing for it would double the cost of the import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import frames as frames, plots as plots, report as report, testing as testing
    from .report import explorer as explorer
    from .analysis import pace as pace
    from .units import growth as growth, ratios as ratios
    from .dataset.load import load as load
    from .dataset.dataset import Dataset as Dataset
    from .dataset.extend import Extension as Extension
    from .io.formats import WriteError as WriteError, Written as Written, formats as formats
    from .io.locate import datasets as datasets
    from .dataset.editions import editions as editions
    from .dataset.editions import verify as verify
    from .dataset.diff import Change as Change, Diff as Diff
    from .checks.check import check as check
    from .checks.report import CheckReport as CheckReport, Problem as Problem, Severity as Severity
    from .checks.template import write_template as write_template
    from .records import (
        Citation as Citation,
        Corroboration as Corroboration,
        Document as Document,
        Erratum as Erratum,
        Goal as Goal,
        Indicator as Indicator,
        Observation as Observation,
        Plan as Plan,
        Region as Region,
        Source as Source,
        Target as Target,
        Vintage as Vintage,
    )
    from .records.codes import label as label
    from .dataset.coded import CodedNames as CodedNames
    from .dataset.search import Match as Match, Matches as Matches
    from .dataset.sequence import Rows as Rows
    from .dataset.tables import (
        DocumentTable as DocumentTable,
        GoalTable as GoalTable,
        IndicatorTable as IndicatorTable,
        PlanTable as PlanTable,
        RegionTable as RegionTable,
        SourceTable as SourceTable,
        Table as Table,
    )
    from .dataset.observations import ObservationTable as ObservationTable
    from .dataset.targets import (
        Conflict as Conflict,
        Selection as Selection,
        TargetTable as TargetTable,
    )
    from .codelists import (
        Caveat as Caveat,
        Comparator as Comparator,
        Direction as Direction,
        Extent as Extent,
        Flag as Flag,
        Force as Force,
        Form as Form,
        GoalKind as GoalKind,
        Issuer as Issuer,
        Availability as Availability,
        PlanKind as PlanKind,
        Prices as Prices,
        Reason as Reason,
        RegionKind as RegionKind,
        Rendition as Rendition,
        Status as Status,
        Tier as Tier,
        Verdict as Verdict,
    )
    from .units.quantity import (
        convert as convert,
        define_units as define_units,
        quantity as quantity,
        use_registry as use_registry,
    )
    from .units.table import UnitTable as UnitTable
    from .text.figure import Figure as Figure, Reading as Reading, RefusedNumber as RefusedNumber
    from .text.reading import find_figures as find_figures, read_figure as read_figure
    from .text.writing import format_figure as format_figure
    from .analysis.assess import assess as assess
    from .analysis.results import Assessment as Assessment
    from .analysis.scorecard import Scorecard as Scorecard, scorecard as scorecard
    from .analysis.compare import compare as compare
    from .analysis.comparison import Comparison as Comparison, ComparisonRow as ComparisonRow
    from .analysis.aggregate import Aggregate as Aggregate, aggregate as aggregate
    from .analysis.derive import (
        Derivation as Derivation,
        Derivations as Derivations,
        derive as derive,
    )
    from .analysis.derived_series import (
        DerivedFigure as DerivedFigure,
        DerivedSeries as DerivedSeries,
        derive_series as derive_series,
    )
    from .analysis.operands import Assumption as Assumption
    from .analysis.cross_check import cross_check as cross_check
    from .analysis.findings import Finding as Finding, Findings as Findings
    from .text.implied import Check as Check, Origin as Origin, Route as Route
    from .analysis.coverage import (
        Coverage as Coverage,
        CoverageCell as CoverageCell,
        coverage as coverage,
    )
    from .errors import (
        AmbiguousError as AmbiguousError,
        ArgumentError as ArgumentError,
        ArgumentTypeError as ArgumentTypeError,
        ConflictError as ConflictError,
        DataError as DataError,
        DataErrors as DataErrors,
        FigureError as FigureError,
        GrowthError as GrowthError,
        IncomparableError as IncomparableError,
        InnovationPlansError as InnovationPlansError,
        InnovationPlansWarning as InnovationPlansWarning,
        MissingError as MissingError,
        MissingExtraError as MissingExtraError,
        PluginError as PluginError,
        PositionError as PositionError,
    )

# Sub-packages and modules that are public names themselves.
_MODULES = {
    "frames": "frames",
    "plots": "plots",
    "report": "report",
    "testing": "testing",
    "explorer": "report.explorer",
    "pace": "analysis.pace",
    "growth": "units.growth",
    "ratios": "units.ratios",
}
# The public names by the module that defines them, in groups.
_NAMES = {
    # Data
    "dataset.load": "load",
    "dataset.dataset": "Dataset",
    "dataset.extend": "Extension",
    "io.locate": "datasets",
    "io.formats": "WriteError Written formats",
    "dataset.editions": "editions verify",
    "dataset.diff": "Change Diff",
    # Checks of your own data
    "checks.check": "check",
    "checks.report": "CheckReport Problem Severity",
    "checks.template": "write_template",
    # Records
    "records": (
        "Citation Corroboration Document Erratum Goal Indicator Observation Plan Region Source Target "
        "Vintage"
    ),
    # Tables
    "dataset.sequence": "Rows",
    "dataset.search": "Match Matches",
    "dataset.coded": "CodedNames",
    "dataset.tables": (
        "DocumentTable GoalTable IndicatorTable PlanTable RegionTable SourceTable Table"
    ),
    "dataset.observations": "ObservationTable",
    "dataset.targets": "Conflict Selection TargetTable",
    # Code lists
    "codelists": (
        "Caveat Comparator Direction Extent Flag Force Form GoalKind Issuer Availability PlanKind Prices "
        "Reason RegionKind Rendition Status Tier Verdict"
    ),
    "records.codes": "label",
    # Units and arithmetic
    "units.quantity": "convert define_units quantity use_registry",
    "units.table": "UnitTable",
    # Figures in text
    "text.figure": "Figure Reading RefusedNumber",
    "text.reading": "find_figures read_figure",
    "text.writing": "format_figure",
    # Analysis
    "analysis.assess": "assess",
    "analysis.results": "Assessment",
    "analysis.scorecard": "Scorecard scorecard",
    "analysis.compare": "compare",
    "analysis.comparison": "Comparison ComparisonRow",
    "analysis.aggregate": "Aggregate aggregate",
    "analysis.derive": "Derivation Derivations derive",
    "analysis.derived_series": "DerivedFigure DerivedSeries derive_series",
    "analysis.operands": "Assumption",
    "analysis.cross_check": "cross_check",
    "analysis.findings": "Finding Findings",
    "text.implied": "Check Origin Route",
    "analysis.coverage": "Coverage CoverageCell coverage",
    # Errors
    "errors": (
        "AmbiguousError ArgumentError ArgumentTypeError ConflictError DataError DataErrors FigureError "
        "GrowthError IncomparableError InnovationPlansError InnovationPlansWarning MissingError "
        "MissingExtraError PluginError PositionError"
    ),
}
_HOMES = {name: home for home, names in _NAMES.items() for name in names.split()}

__all__ = [*_HOMES, *_MODULES]  # noqa: PLE0604 - strings, from the tables above


if not TYPE_CHECKING:  # a name that is not in the tables is an error for type checkers, too

    def __getattr__(name):
        from importlib import import_module

        if name in _MODULES:
            return import_module(f".{_MODULES[name]}", __name__)
        if name not in _HOMES:
            raise _NoSuchNameError(name)
        value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
        globals()[name] = value  # the next look-up does not come here
        return value


class _NoSuchNameError(AttributeError):
    """The package has no such name; what was meant is looked for when the message is shown."""

    def __str__(self) -> str:
        from .dataset.dataset import Dataset
        from .errors import instead_of, nearest

        (name,) = self.args
        advice = "load() returns the dataset, with its tables and its search"
        if hasattr(Dataset, name):
            advice = f"a dataset has it: load().{name}"
        elif close := (
            [public for public in __all__ if public.startswith(f"{name}_")]
            or instead_of(name, "dataset")
            or nearest(name, [*__all__, "__version__"])
        ):
            advice = f"did you mean {' or '.join(close)}?"
        return f"module {__name__!r} has no attribute {name!r}; {advice}"


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
