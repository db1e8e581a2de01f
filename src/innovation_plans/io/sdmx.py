"""SDMX-CSV 2.0: observations and targets as two dataflows, with their structures.

A directory of ``observations.sdmx.csv``, ``targets.sdmx.csv`` and the ``structure.sdmx.xml`` that
a reader needs; the tables that SDMX-CSV cannot contain (documents, units, goals) are CSV files like
those of the csv format. A value and its unit are exact: ``UNIT_MULT`` is a power of ten, ``UNIT`` the token.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal, NamedTuple
from xml.etree import ElementTree as ET

from ..codelists import Comparator, Force, Form, Status, Tier
from ..errors import DataError, brief
from ..text.messages import Message, either
from ..units.table import UnitTable, bundled_units
from . import csv as folders
from .columns import Columns, Options, Value, cell_text
from .csv import neutral, read_csv
from .raw import (
    SCHEMA_VERSION,
    FileColumns,
    Heading,
    Item,
    RawTables,
    Row,
    limited,
    no_column,
    units_of,
)

LOSES = "observations whose year no text states"
REFUSES = folders.REFUSES
STRUCTURES = "structure.sdmx.xml"
_ENDING = ".sdmx.csv"
_FIXED = ("STRUCTURE", "STRUCTURE_ID", "ACTION")
_END = {"observations": "year", "targets": "end_year"}
_SPAN = re.compile("([0-9]{4})(?:-01-01/P([1-9][0-9]{0,2})Y)?")


def write(tables: Iterable[Columns], heading: Heading, path: Path, options: Options) -> None:
    """Write a directory with a file for each dataflow, their structures, and the other tables."""
    by_name = {table.name: table for table in tables}
    folders.write(by_name.values(), heading, path, options)
    units, flows = heading.unit_table, []
    regions, tiers = _by_code(by_name, "plans", "region"), _by_code(by_name, "sources", "tier")
    for base in FLOWS:
        (path / f"{base.table}.csv").unlink(missing_ok=True)
        table = by_name.get(base.table)
        flow = base.with_own((set(table.values) if table else set()) - _columns_of(base))
        flows.append(flow)
        rows = (
            _values(flow, row, row.get("region", regions.get(row.get("plan"))), tiers, units)
            for row in (table.rows() if table else ())
            if row[_END[base.table]] is not None
        )
        _put(path / f"{flow.table}{_ENDING}", flow, rows, safe=options.safe)
    (path / STRUCTURES).write_bytes(structure_message(by_name, units, flows))


def read(path: Path) -> RawTables:
    """Return the tables of a directory that :func:`write` made."""
    others = folders.read(path)
    # The errors of the units come with the other tables.
    units = units_of(others.heading.units, others.units_file, bundled_units(), [])
    tables = dict(others.tables)
    errors = [error for error in others.errors if not error.file.endswith(_ENDING)]
    for flow in FLOWS:
        file = path / f"{flow.table}{_ENDING}"
        if not file.is_file():
            errors.append(DataError(file=file.name, problem=Message("problem.no_sdmx_file")))
            continue
        items = limited(_items(file, flow, units, neutralised=others.neutralised))
        tables[flow.table] = (*items, *tables.get(flow.table, ()))
    return others._replace(tables=tables, errors=tuple(errors))


def _by_code(tables: Mapping[str, Columns], name: str, column: str) -> dict[Value, Value]:
    if name not in tables:
        return {}
    values = tables[name].values
    return dict(zip(values["code"], values[column], strict=True))


def _columns_of(flow: Flow) -> set[str]:
    """Return the columns of our tables that a flow contains in one way or another."""
    in_others = {"start_year", "year", "end_year", "status"}
    return in_others | {component.column for component in flow.components}


def _values(
    flow: Flow,
    row: Mapping[str, Value],
    region: Value,
    tiers: Mapping[Value, Value],
    units: UnitTable,
) -> list[str]:
    """Return the cells of one row, in the order of the components."""
    start, end = row["start_year"], row[_END[flow.table]]
    measure, power = _in_powers(str(row["unit"]), units)
    span = f"{start}-01-01/P{int(str(end)) - int(str(start)) + 1}Y" if start is not None else end
    computed = {
        "REF_AREA": region,
        "TIME_PERIOD": span,
        "UNIT_MEASURE": code_id(measure),
        "UNIT_MULT": power,
        "TIER": tiers[row["source"]],
        "OBS_STATUS": _LETTERS.get(row.get("status"), ""),
    }
    return [
        cell_text(computed[component.id])
        if component.id in computed
        else cell_text(row.get(component.column)) or component.absent
        for component in flow.components
    ]


def _in_powers(token: str, units: UnitTable) -> tuple[str, int]:
    """Return the unit without its power of ten, and that power: 亿元 is 8 of CNY."""
    unit = units.unit(token)
    for base in units:
        if base.factor == 1 and base.dimension == unit.dimension:
            power = _power_of_ten(unit.factor)
            return (token, 0) if power is None else (base.name, power)
    return token, 0


def _power_of_ten(factor: Fraction) -> int | None:
    digits = str(max(factor.numerator, factor.denominator))
    if digits.strip("0") != "1" or min(factor.numerator, factor.denominator) != 1:
        return None
    return len(digits) - 1 if factor >= 1 else 1 - len(digits)


def _put(path: Path, flow: Flow, rows: Iterable[Sequence[str]], *, safe: bool) -> None:
    """Write the rows as SDMX-CSV, all with the action "information"."""
    lines = [[*_FIXED, *(component.id for component in flow.components)]]
    texts = [safe and component.values == "String" for component in flow.components]
    for row in rows:
        cells = [neutral(c) if is_text else c for c, is_text in zip(row, texts, strict=True)]
        lines.append(["dataflow", _identity(flow), "I", *cells])
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(lines)  # quotes cells with either of the two
    path.write_bytes(text.getvalue().encode("utf-8"))


def _identity(flow: Flow) -> str:
    return f"{AGENCY}:{flow.id}({version()})"


def _items(file: Path, flow: Flow, units: UnitTable, *, neutralised: bool) -> Iterator[Item]:
    """Yield the rows of one file with the columns of our table."""
    for item in read_csv(file, file.name, neutralised=neutralised):
        if isinstance(item, Row):
            yield from _converted(item, flow, units)
        elif isinstance(item, FileColumns):
            flow = flow.with_own(decoded(name[2:]) for name in item.names if name[:2] == "X_")
            known = (*_FIXED, *(component.id for component in flow.components))
            errors = [
                DataError(file=file.name, line=1, column=name[:60], problem=no_column(name, known))
                for name in item.names
                if name not in known
            ]
            yield from errors
            if errors:
                return
        else:
            yield item


def _converted(row: Row, flow: Flow, units: UnitTable) -> Iterator[Row | DataError]:
    cells: dict[str, Any] = {}
    for component in flow.components:
        cell = row.cells.get(component.id, component.absent)
        if component.column and cell != component.absent:
            cells[component.column] = cell
    errors: list[Row | DataError] = [
        *_structure_errors(row, flow),
        *_read_time(row, cells, _END[flow.table]),
        *_read_status(row, cells),
        *_read_unit(row, cells, units),
    ]
    yield from errors or [row._replace(cells=cells)]


def _structure_errors(row: Row, flow: Flow) -> Iterator[DataError]:
    """Yield an error for each cell that says that the row is not of this dataflow."""
    expected = {"STRUCTURE": ("dataflow",), "STRUCTURE_ID": (_identity(flow),)}
    actions = ("I", "A", "R", "")
    for name, values in {**expected, "ACTION": actions}.items():
        cell = row.cells.get(name, "")
        if cell not in values:
            words = {"expected": either([*filter(None, values)]), "found": brief(cell, 80)}
            yield row.error(Message("problem.other_structure", **words), name)


def _read_time(row: Row, cells: dict[str, Any], end: str) -> Iterator[DataError]:
    period = row.cells.get("TIME_PERIOD", "")
    match = _SPAN.fullmatch(period)
    if match is None:
        yield row.error(Message("problem.no_span", found=brief(period, 40)), "TIME_PERIOD")
        return
    cells[end] = match[1]
    if match[2]:
        cells["start_year"] = match[1]
        cells[end] = f"{int(match[1]) + int(match[2]) - 1:04}"


def _read_status(row: Row, cells: dict[str, Any]) -> Iterator[DataError]:
    letter = row.cells.get("OBS_STATUS", "")
    if letter in _STATUSES:
        cells["status"] = _STATUSES[letter]
    elif letter:
        words = {"names": tuple(map(str, _STATUSES)), "found": brief(letter, 20)}
        yield row.error(Message("problem.no_status", **words), "OBS_STATUS")


def _read_unit(row: Row, cells: dict[str, Any], units: UnitTable) -> Iterator[DataError]:
    """Read the token, which UNIT_MEASURE and UNIT_MULT must agree with, or alone determine."""
    measure, power = decoded(row.cells.get("UNIT_MEASURE", "")), row.cells.get("UNIT_MULT", "0")
    token = row.cells.get("UNIT", "")
    if not token:
        token = next((u.name for u in units if _spelled(u.name, units) == (measure, power)), "")
        cells["unit"] = token
        if not token:
            words = {"measure": measure[:60], "power": power[:10]}
            yield row.error(Message("problem.no_power", **words), "UNIT_MEASURE")
    elif units.of_name(token) and measure and _spelled(token, units) != (measure, power):
        words = dict(zip(("measure", "power"), _spelled(token, units), strict=True))
        words |= {"unit": token, "found_measure": measure[:60], "found_power": power[:10]}
        yield row.error(Message("problem.other_power", **words), "UNIT_MEASURE")


def _spelled(token: str, units: UnitTable) -> tuple[str, str]:
    measure, power = _in_powers(token, units)
    return measure, str(power)


# ------------------------------------------------------------------ structures


AGENCY = "INNOVATION_PLANS"
# Code list CL_OBS_STATUS of SDMX: letter, name and status; what states no status has no letter.
_OBS_STATUS = (
    ("A", "Normal value", Status.FINAL),
    ("P", "Provisional value", Status.PRELIMINARY),
    ("B", "Time series break", Status.BREAK),
    ("D", "Definition differs", Status.DEFINITION_DIFFERS),
)
_LETTERS: dict[Value, str] = {str(status): letter for letter, _, status in _OBS_STATUS}
_STATUSES = {letter: str(status) for letter, _, status in _OBS_STATUS}
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
    """One column of SDMX-CSV, the column of our tables that it contains, and its representation."""

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
        """Return the flow with attributes for the columns of own record types."""
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
    Component("PRINTED_NAME", "What is measured, as printed", "printed_name", "String"),
    Component("FLAGS", "What to know about the figure", "flags", "String"),
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
    """Return the name as an SDMX identifier, which has only ASCII letters, digits and underscores.

    Examples
    --------
    >>> code_id("CNY_100M"), code_id("台"), decoded("X-53F0-")
    ('CNY_100M', '-53F0-', 'X台')
    """
    return re.sub("[^A-Za-z0-9_]", lambda match: f"-{ord(match[0]):X}-", name)


def decoded(identifier: str) -> str:
    """Return the name of an identifier of :func:`code_id`."""
    return re.sub(
        "-(10[0-9A-F]{4}|[0-9A-F]{1,5})-", lambda match: chr(int(match[1], 16)), identifier
    )


def version() -> str:
    """Return the version of every structure, which is that of the schema of the data."""
    return f"{SCHEMA_VERSION}.0.0"


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
    same_as = _counterparts(tables)
    for name, codes in _codelists(tables, units).items():
        _codelist(codelists, name, codes, same_as if name == "CL_INDICATOR" else {})
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
        "CL_OBS_STATUS": {letter: (name, "") for letter, name, _ in _OBS_STATUS},
    }
    enums = {
        name: {str(code): (str(code).replace("_", " "), "") for code in kind}
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


def _counterparts(tables: Mapping[str, Columns]) -> dict[str, list[str]]:
    """Return the same indicators in other statistics, by code."""
    rows = tables["indicators"].rows() if "indicators" in tables else ()
    return {str(row["code"]): str(row["same_as"]).split("|") for row in rows if row.get("same_as")}


def _codelist(
    parent: ET.Element,
    name: str,
    codes: Mapping[str, tuple[str, str]],
    same_as: Mapping[str, Sequence[str]],
) -> None:
    made = _artefact(parent, "str:Codelist", name, name.removeprefix("CL_").lower())
    for code, (english, chinese) in codes.items():
        entry = _under(made, "str:Code", id=code)
        if code in same_as:
            _annotate(_under(entry, "com:Annotations"), same_as[code])
        _named(entry, english)
        if chinese:
            _named(entry, chinese, "zh")


def _annotate(parent: ET.Element, counterparts: Iterable[str]) -> None:
    """Add an annotation for each counterpart: its scheme and code, and the address of its definition."""
    for counterpart in counterparts:
        title, address = counterpart.split(" ", 1)
        made = _under(parent, "com:Annotation")
        _under(made, "com:AnnotationTitle", title)
        _under(made, "com:AnnotationType", "SAME_AS")
        _under(made, "com:AnnotationURL", address)


def _concepts(parent: ET.Element, flows: Iterable[Flow]) -> None:
    scheme = _artefact(parent, "str:ConceptScheme", "CONCEPTS", "Concepts of innovation plans")
    names = {component.id: component.name for flow in flows for component in flow.components}
    for identifier, name in names.items():
        _named(_under(scheme, "str:Concept", id=identifier), name)


def _structure(parent: ET.Element, flow: Flow) -> None:
    parts = _under(parent, "str:DataStructureComponents")
    dimensions = _under(parts, "str:DimensionList", id="DimensionDescriptor")
    attributes = _under(parts, "str:AttributeList", id="AttributeDescriptor")
    measures = _under(parts, "str:MeasureList", id="MeasureDescriptor")
    position = 0
    for component in flow.components:
        if component.role == "dimension":
            position += 1
            made = _under(dimensions, "str:Dimension", id=component.id, position=str(position))
        elif component.role == "time":
            made = _under(dimensions, "str:TimeDimension", id=component.id)
        elif component.role == "measure":
            made = _under(measures, "str:Measure", id=component.id, usage="mandatory")
        else:
            made = _under(attributes, "str:Attribute", id=component.id, usage="optional")
        _represented(made, component)
        if component.role == "attribute":
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
