"""Targets and outcomes of Chinese innovation plans: typed records, exact units, verdicts.

The front door. Importing it costs next to nothing: a name loads its module when first used.
The house is read bottom to top, one floor above the other; begin with ``errors.py``.
"""

__version__ = "0.1.0"

# A type checker takes this for True; importing typing for it would double the cost of the import.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import (
        exchange as exchange,
        explorer as explorer,
        frames as frames,
        growth as growth,
        pace as pace,
        plots as plots,
        ratios as ratios,
        report as report,
        testing as testing,
    )
    from .assessment import assess as assess
    from .checking import (
        CheckReport as CheckReport,
        Fault as Fault,
        Severity as Severity,
        check as check,
        write_template as write_template,
    )
    from .codelists import (
        Caveat as Caveat,
        Comparator as Comparator,
        Direction as Direction,
        Force as Force,
        Form as Form,
        GoalKind as GoalKind,
        Known as Known,
        PlanKind as PlanKind,
        Prices as Prices,
        Reason as Reason,
        RegionKind as RegionKind,
        Status as Status,
        Tier as Tier,
        Verdict as Verdict,
    )
    from .comparing import (
        Aggregate as Aggregate,
        Comparison as Comparison,
        ComparisonRow as ComparisonRow,
        aggregate as aggregate,
        compare as compare,
    )
    from .dataset import Dataset as Dataset
    from .loading import load as load
    from .extension import Extension as Extension
    from .origins import datasets as datasets
    from .unitfile import UnitTable as UnitTable
    from .errors import (
        AmbiguousError as AmbiguousError,
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
    )
    from .figures import (
        Figure as Figure,
        Reading as Reading,
        find_figures as find_figures,
        format_figure as format_figure,
        read_figure as read_figure,
    )
    from .implying import (
        derive as derive,
        cross_check as cross_check,
        Assumption as Assumption,
        Derivation as Derivation,
        Derivations as Derivations,
        Finding as Finding,
        Findings as Findings,
        Check as Check,
        Origin as Origin,
        Remark as Remark,
        Route as Route,
    )
    from .differing import Change as Change, Diff as Diff
    from .missingness import (
        Coverage as Coverage,
        CoverageCell as CoverageCell,
        coverage as coverage,
    )
    from .records import (
        Citation as Citation,
        Corroboration as Corroboration,
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
    from .released import editions as editions
    from .scorecards import Scorecard as Scorecard, scorecard as scorecard
    from .tables import (
        Conflict as Conflict,
        GoalTable as GoalTable,
        Selection as Selection,
        IndicatorTable as IndicatorTable,
        ObservationTable as ObservationTable,
        RegionTable as RegionTable,
        Table as Table,
        TargetTable as TargetTable,
    )
    from .verification import verify as verify
    from .units import (
        convert as convert,
        define_units as define_units,
        quantity as quantity,
        use_registry as use_registry,
    )
    from .verdicts import Assessment as Assessment

# Where each name lives; a module of its own has no other home.
_HOMES = {
    # Data
    "load": "loading",
    "datasets": "origins",
    "Dataset": "dataset",
    "Extension": "extension",
    "verify": "verification",
    "editions": "released",
    "Change": "differing",
    "Diff": "differing",
    "check": "checking",
    "CheckReport": "checking",
    "Fault": "checking",
    "Severity": "checking",
    "write_template": "checking",
    # Records
    "Citation": "records",
    "Corroboration": "records",
    "Erratum": "records",
    "Goal": "records",
    "Indicator": "records",
    "Observation": "records",
    "Plan": "records",
    "Region": "records",
    "Source": "records",
    "Target": "records",
    "Vintage": "records",
    # Tables
    "GoalTable": "tables",
    "Conflict": "tables",
    "IndicatorTable": "tables",
    "ObservationTable": "tables",
    "RegionTable": "tables",
    "Selection": "tables",
    "Table": "tables",
    "TargetTable": "tables",
    # Code lists
    "Caveat": "codelists",
    "Comparator": "codelists",
    "Direction": "codelists",
    "Force": "codelists",
    "Form": "codelists",
    "GoalKind": "codelists",
    "Known": "codelists",
    "PlanKind": "codelists",
    "Prices": "codelists",
    "Reason": "codelists",
    "RegionKind": "codelists",
    "Status": "codelists",
    "Tier": "codelists",
    "Verdict": "codelists",
    # Units and arithmetic
    "quantity": "units",
    "convert": "units",
    "define_units": "units",
    "use_registry": "units",
    "UnitTable": "unitfile",
    "exchange": "",
    "frames": "",
    "plots": "",
    "report": "",
    "explorer": "",
    "testing": "",
    "growth": "",
    "ratios": "",
    "pace": "",
    # Figures
    "read_figure": "figures",
    "find_figures": "figures",
    "format_figure": "figures",
    "Figure": "figures",
    "Reading": "figures",
    # Verbs
    "assess": "assessment",
    "scorecard": "scorecards",
    "coverage": "missingness",
    "Assessment": "verdicts",
    "compare": "comparing",
    "Comparison": "comparing",
    "ComparisonRow": "comparing",
    "aggregate": "comparing",
    "Aggregate": "comparing",
    "derive": "implying",
    "cross_check": "implying",
    "Assumption": "implying",
    "Derivation": "implying",
    "Derivations": "implying",
    "Finding": "implying",
    "Findings": "implying",
    "Check": "implying",
    "Origin": "implying",
    "Remark": "implying",
    "Route": "implying",
    "Scorecard": "scorecards",
    "CoverageCell": "missingness",
    "Coverage": "missingness",
    # Errors
    "AmbiguousError": "errors",
    "ConflictError": "errors",
    "DataError": "errors",
    "DataErrors": "errors",
    "FigureError": "errors",
    "GrowthError": "errors",
    "IncomparableError": "errors",
    "InnovationPlansError": "errors",
    "InnovationPlansWarning": "errors",
    "MissingError": "errors",
    "MissingExtraError": "errors",
    "PluginError": "errors",
}

__all__ = [
    # Data
    "load",
    "datasets",
    "Dataset",
    "Extension",
    "verify",
    "editions",
    "Change",
    "Diff",
    "check",
    "CheckReport",
    "Fault",
    "Severity",
    "write_template",
    # Records
    "Citation",
    "Corroboration",
    "Erratum",
    "Goal",
    "Indicator",
    "Observation",
    "Plan",
    "Region",
    "Source",
    "Target",
    "Vintage",
    # Tables
    "GoalTable",
    "Conflict",
    "IndicatorTable",
    "ObservationTable",
    "RegionTable",
    "Selection",
    "Table",
    "TargetTable",
    # Code lists
    "Caveat",
    "Comparator",
    "Direction",
    "Force",
    "Form",
    "GoalKind",
    "Known",
    "PlanKind",
    "Prices",
    "Reason",
    "RegionKind",
    "Status",
    "Tier",
    "Verdict",
    # Units and arithmetic
    "quantity",
    "convert",
    "define_units",
    "use_registry",
    "UnitTable",
    "exchange",
    "frames",
    "plots",
    "report",
    "explorer",
    "testing",
    "growth",
    "ratios",
    "pace",
    # Figures
    "read_figure",
    "find_figures",
    "format_figure",
    "Figure",
    "Reading",
    # Verbs
    "assess",
    "scorecard",
    "coverage",
    "Assessment",
    "compare",
    "Comparison",
    "ComparisonRow",
    "aggregate",
    "Aggregate",
    "derive",
    "cross_check",
    "Assumption",
    "Derivation",
    "Derivations",
    "Finding",
    "Findings",
    "Check",
    "Origin",
    "Remark",
    "Route",
    "Scorecard",
    "CoverageCell",
    "Coverage",
    # Errors
    "AmbiguousError",
    "ConflictError",
    "DataError",
    "DataErrors",
    "FigureError",
    "GrowthError",
    "IncomparableError",
    "InnovationPlansError",
    "InnovationPlansWarning",
    "MissingError",
    "MissingExtraError",
    "PluginError",
]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    if not home:
        return import_module(f".{name}", __name__)
    value = getattr(import_module(f".{home}", __name__), name)
    globals()[name] = value  # the next look-up is a plain one
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
