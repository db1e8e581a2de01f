"""The SDMX structures of the figures: dataflows, their components, code lists, concepts.

Written as an SDMX-ML 3.0 structure message, which a reader of SDMX-CSV needs to know which column
is a dimension.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Literal, NamedTuple
from xml.etree import ElementTree as ET

from ..codelists import Comparator, Force, Form, Status, Tier
from ..units.table import UnitTable
from .columns import Columns, cell_text, schema_version

__all__ = [
    "AGENCY",
    "FLOWS",
    "LETTERS",
    "Component",
    "Flow",
    "code_id",
    "decoded",
    "structure_message",
    "version",
]

AGENCY = "INNOVATION_PLANS"
# Code list CL_OBS_STATUS of SDMX; what states no status has no letter.
LETTERS: dict[Any, str] = {Status.FINAL: "A", Status.PRELIMINARY: "P", Status.BREAK: "B"}
_LETTER_NAMES = {"A": "Normal value", "B": "Time series break", "P": "Provisional value"}
_SPACES = {
    short: f"http://www.sdmx.org/resources/sdmxml/schemas/v3_0/{name}"
    for short, name in (("mes", "message"), ("str", "structure"), ("com", "common"))
}
_ORG = "urn:sdmx:org.sdmx.infomodel"
_TEXT_TYPES = {"String", "Integer", "Decimal", "Boolean", "GregorianYear"}
_ENUMS: dict[str, type[StrEnum]] = {
    "CL_FORM": Form,
    "CL_COMPARATOR": Comparator,
    "CL_FORCE": Force,
    "CL_TIER": Tier,
}


class Component(NamedTuple):
    """One column of SDMX-CSV, the column of the house that it holds, and its representation."""

    id: str
    name: str
    column: str  # empty where it follows from the others, or holds several
    values: str  # a code list, or a text type
    role: Literal["dimension", "time", "measure", "attribute"] = "attribute"
    absent: str = ""  # the code that says "nothing": a dimension cannot be empty


class Flow(NamedTuple):
    """One dataflow: a table of figures."""

    id: str
    table: str
    name: str
    components: tuple[Component, ...]

    def with_own(self, columns: Iterable[str]) -> Flow:
        """The flow with attributes for columns that are no column of the house's."""
        own = tuple(
            Component(f"X_{code_id(each)}", each, each, "String") for each in sorted(columns)
        )
        return self._replace(components=self.components + own)


_AREA = Component("REF_AREA", "Region", "region", "CL_AREA", "dimension")
_INDICATOR = Component("INDICATOR", "Indicator", "indicator", "CL_INDICATOR", "dimension")
_SCOPE = Component("SCOPE", "Class or level", "scope", "String", "dimension", "_T")
_FORM = Component("FORM", "Form of the figure", "form", "CL_FORM", "dimension")
_SOURCE = Component("SOURCE", "Document", "source", "CL_SOURCE", "dimension")
_TIME = Component("TIME_PERIOD", "Year, or span of years", "", "", "time")
_FIGURE = (
    Component("OBS_VALUE", "Value as printed", "value", "Decimal", "measure"),
    Component("OBS_VALUE_HIGH", "Upper end of a range", "value_high", "Decimal"),
    Component("PRECISION", "Half-width of the printed figure", "precision", "Decimal"),
    Component("COMPARATOR", "How the figure bounds the outcome", "comparator", "CL_COMPARATOR"),
    Component("UNIT_MEASURE", "Unit without its power of ten", "", "CL_UNIT"),
    Component("UNIT_MULT", "Power of ten of the unit", "", "Integer"),
    Component("UNIT", "Unit of the value, a token of units.txt", "unit", "String"),
)
_CITED = (
    Component("TIER", "Tier of the document", "", "CL_TIER"),
    Component("LOCATOR", "Place in the document", "locator", "String"),
    Component("AS_STATED", "Figure as printed", "as_stated", "String"),
    Component("ERRATUM", "Printed error put right", "erratum", "String"),
    Component("COMMENT_OBS", "Comment", "notes", "String"),
)
FLOWS = (
    Flow(
        "OBSERVATIONS",
        "observations",
        "Statistics and reported outcomes",
        (
            _AREA,
            _INDICATOR,
            _SCOPE,
            _FORM,
            Component("VINTAGE", "Release", "vintage", "String", "dimension", "_Z"),
            _SOURCE,
            _TIME,
            *_FIGURE,
            Component("OBS_STATUS", "Observation status", "", "CL_OBS_STATUS"),
            Component(
                "SELF_REPORTED", "Reported by its own government", "self_reported", "Boolean"
            ),
            *_CITED,
        ),
    ),
    Flow(
        "TARGETS",
        "targets",
        "Targets of plans",
        (
            _AREA._replace(column=""),
            _INDICATOR,
            Component("PLAN", "Plan", "plan", "CL_PLAN", "dimension"),
            Component("BREAKDOWN", "Part", "breakdown", "String", "dimension", "_T"),
            _SCOPE,
            _FORM,
            _SOURCE,
            _TIME,
            *_FIGURE,
            Component("BASE_VALUE", "Starting value", "baseline_value", "Decimal"),
            Component("BASE_PER", "Year of the starting value", "baseline_year", "GregorianYear"),
            Component("BASE_UNIT", "Unit of the starting value", "baseline_unit", "String"),
            Component("FORCE", "Binding or expected", "force", "CL_FORCE"),
            *_CITED,
        ),
    ),
)


def code_id(name: str) -> str:
    """The name as an SDMX identifier, which holds only ASCII letters, digits and underscores.

    Examples
    --------
    >>> code_id("CNY_100M"), code_id("台"), decoded("X-53F0-")
    ('CNY_100M', '-53F0-', 'X台')
    """
    return re.sub("[^A-Za-z0-9_]", lambda found: f"-{ord(found[0]):X}-", name)


def decoded(identifier: str) -> str:
    """The name that :func:`code_id` spelled."""
    return re.sub(
        "-(10[0-9A-F]{4}|[0-9A-F]{1,5})-", lambda found: chr(int(found[1], 16)), identifier
    )


def version() -> str:
    """The version of every structure: it counts with the schema of the data."""
    return f"{schema_version()}.0.0"


def structure_message(
    tables: Mapping[str, Columns], units: UnitTable, flows: Iterable[Flow]
) -> bytes:
    """Return the structures as an SDMX-ML 3.0 message in UTF-8."""
    flows = tuple(flows)
    root = ET.Element("mes:Structure", {f"xmlns:{key}": each for key, each in _SPACES.items()})
    header = _under(root, "mes:Header")
    _under(header, "mes:ID", AGENCY)
    _under(header, "mes:Test", "false")
    _under(header, "mes:Prepared", datetime.now(UTC).date().isoformat())
    _under(header, "mes:Sender", id=AGENCY)
    parts = _under(root, "mes:Structures")
    codelists = _under(parts, "str:Codelists")
    for name, codes in _codelists(tables, units).items():
        _codelist(codelists, name, codes)
    _concepts(_under(parts, "str:ConceptSchemes"), flows)
    dataflows = _under(parts, "str:Dataflows")
    structures = _under(parts, "str:DataStructures")
    for flow in flows:
        entry = _artefact(dataflows, "str:Dataflow", flow.id, flow.name)
        _under(entry, "str:Structure", _urn("datastructure.DataStructure", flow.id))
        _structure(_artefact(structures, "str:DataStructure", flow.id, flow.name), flow)
    ET.indent(root, " ")
    raw: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return raw


def _codelists(
    tables: Mapping[str, Columns], units: UnitTable
) -> dict[str, Mapping[str, tuple[str, str]]]:
    """Return the codes of each list, with their names in English and Chinese."""
    named: dict[str, Mapping[str, tuple[str, str]]] = {
        "CL_AREA": _names(tables, "regions", "name_en", "name_zh"),
        "CL_INDICATOR": _names(tables, "indicators", "name_en", "name_zh"),
        "CL_PLAN": _names(tables, "plans", "title_en", "title_zh"),
        "CL_SOURCE": _names(tables, "sources", "title", ""),
        "CL_UNIT": {code_id(unit.name): (unit.name, "") for unit in units},
        "CL_OBS_STATUS": {letter: (name, "") for letter, name in _LETTER_NAMES.items()},
    }
    enums = {
        name: {str(each): (str(each).replace("_", " "), "") for each in kind}
        for name, kind in _ENUMS.items()
    }
    return named | enums


def _names(
    tables: Mapping[str, Columns], name: str, english: str, chinese: str
) -> dict[str, tuple[str, str]]:
    """Return the English and Chinese names of a table's records by code."""
    rows = tables[name].rows() if name in tables else ()
    return {
        str(row["code"]): (str(row[english] or row["code"]), cell_text(row.get(chinese)))
        for row in rows
    }


def _codelist(parent: ET.Element, name: str, codes: Mapping[str, tuple[str, str]]) -> None:
    made = _artefact(parent, "str:Codelist", name, name.removeprefix("CL_").lower())
    for code, (english, chinese) in codes.items():
        entry = _under(made, "str:Code", id=code)
        _named(entry, english)
        if chinese:
            _named(entry, chinese, "zh")


def _concepts(parent: ET.Element, flows: Iterable[Flow]) -> None:
    scheme = _artefact(parent, "str:ConceptScheme", "CONCEPTS", "Concepts of innovation plans")
    names = {each.id: each.name for flow in flows for each in flow.components}
    for identifier, name in names.items():
        _named(_under(scheme, "str:Concept", id=identifier), name)


def _structure(parent: ET.Element, flow: Flow) -> None:
    parts = _under(parent, "str:DataStructureComponents")
    dimensions = _under(parts, "str:DimensionList", id="DimensionDescriptor")
    attributes = _under(parts, "str:AttributeList", id="AttributeDescriptor")
    measures = _under(parts, "str:MeasureList", id="MeasureDescriptor")
    position = 0
    for each in flow.components:
        if each.role == "dimension":
            position += 1
            made = _under(dimensions, "str:Dimension", id=each.id, position=str(position))
        elif each.role == "time":
            made = _under(dimensions, "str:TimeDimension", id=each.id)
        elif each.role == "measure":
            made = _under(measures, "str:Measure", id=each.id, usage="mandatory")
        else:
            made = _under(attributes, "str:Attribute", id=each.id, usage="optional")
        _represented(made, each)
        if each.role == "attribute":
            _under(_under(made, "str:AttributeRelationship"), "str:Observation")


def _represented(parent: ET.Element, component: Component) -> None:
    concept = f"{_urn('conceptscheme.Concept', 'CONCEPTS')}.{component.id}"
    _under(parent, "str:ConceptIdentity", concept)
    where = _under(parent, "str:LocalRepresentation")
    if component.role == "time":
        _under(where, "str:TextFormat", textType="ObservationalTimePeriod")
    elif component.values in _TEXT_TYPES:
        _under(where, "str:TextFormat", textType=component.values)
    else:
        _under(where, "str:Enumeration", _urn("codelist.Codelist", component.values))


def _artefact(parent: ET.Element, tag: str, identifier: str, name: str) -> ET.Element:
    made = _under(parent, tag, id=identifier, agencyID=AGENCY, version=version())
    _named(made, name)
    return made


def _urn(kind: str, identifier: str) -> str:
    return f"{_ORG}.{kind}={AGENCY}:{identifier}({version()})"


def _named(parent: ET.Element, text: str, language: str = "en") -> None:
    made = _under(parent, "com:Name", text)
    made.set("xml:lang", language)


def _under(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, tag, attributes)
    made.text = text or None
    return made
