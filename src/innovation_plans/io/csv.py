"""CSV: a directory of tables, read and written, or one table written as a file.

Each table is a file ``NAME.csv`` or ``NAME.toml``, or the files in a folder ``NAME/``. ``units.txt``
has the units that are not bundled, ``edition.toml`` the edition. In a written file an apostrophe
precedes text that a spreadsheet would run as a formula; ``edition.toml`` says so, and reading
removes it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import DataError, DataErrors, nearest
from ..records import TABLES
from ..text.messages import Message, suggestion
from .columns import Columns, Options
from .files import DESCRIPTOR, LARGEST, files_in, parsed_toml, text_of, toml_lines
from .raw import (
    MOST_ROWS,
    FileColumns,
    Heading,
    Item,
    RawTables,
    Row,
    limited,
    no_table,
)

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

LOSES = ""
REFUSES = "lists whose parts contain |, and empty text of your own fields"

MOST_CHARACTERS = 131_072  # of a cell
_EDITION = "edition.toml"
_UNITS = "units.txt"
_NEUTRALISED = "neutralised"
_KEYS = {"edition", "schema", "tiers", "extensions", "change", _NEUTRALISED}  # of edition.toml
_MOST_NAMES = 8
_MOST_COLUMNS = 500
_ENDINGS = (".csv", ".toml")
# Endings of files that can have rows.
_WITH_ROWS = {
    *("csv", "toml", "txt", "dat", "tsv", "tab", "psv", "json", "jsonl", "ndjson", "yaml", "yml"),
    *("xml", "xls", "xlsx", "xlsm", "xlsb", "ods", "numbers", "db", "sqlite", "dta", "sav", "rds"),
    *("parquet", "arrow", "feather", "ipc", "orc", "avro"),
}
_PACKED = {"gz", "zip", "bz2", "xz", "zst", "7z"}
_ABOUT = {"readme", "license", "licence", "notice", "copying", "changelog"}  # texts about the data
_OTHER_FILES = (_UNITS, DESCRIPTOR)  # read, but not as tables
# The file that is read, by its name without an ending.
_FILE_OF = {name: f"{name}.csv" for name in TABLES} | {"edition": _EDITION, "units": _UNITS}


# ------------------------------------------------------------------ reading


def read(root: Traversable, label: str = "") -> RawTables:
    """Return the tables of a directory of CSV and TOML files; a table is read when iterated.

    Raises
    ------
    DataErrors
        If `root` is not a directory.
    """
    label = label or str(root)
    if not root.is_dir():
        problem = "expected a directory of CSV files; give the directory, not one file"
        if root.name.endswith(".csv"):
            table = next((name for name in TABLES if root.name == f"{name}.csv"), "targets")
            problem += f", or plans.extend({table}=pandas.read_csv(path)) for one table"
        raise DataErrors.of(label, [DataError(file=label, problem=problem)])
    files = sorted(root.iterdir(), key=lambda file: file.name)
    errors = [error for file in files for error in _unexpected(file)]
    heading, neutralised = read_heading(root, errors)
    paths = {name: list(_files(root, name)) for name in TABLES}
    if not errors and not any(paths.values()):
        errors.extend(_no_tables(label, [file.name for file in files]))
    tables = {
        name: _Table(files, neutralised=neutralised) for name, files in paths.items() if files
    }
    return RawTables(label, tables, heading, tuple(errors), _UNITS, neutralised)


class _Table:
    """The items of one table; its files are read when it is iterated."""

    def __init__(self, files: Sequence[tuple[Traversable, str]], *, neutralised: bool) -> None:
        self._files = files
        self._neutralised = neutralised

    def __iter__(self) -> Iterator[Item]:
        for file, label in self._files:
            if label.endswith(".toml"):
                yield from limited(read_toml(file, label))
            else:
                yield from limited(read_csv(file, label, neutralised=self._neutralised))


def read_csv(file: Traversable, label: str, *, neutralised: bool = False) -> Iterator[Item]:
    """Yield the columns and rows of a CSV file, and an error for each row that cannot be read."""
    try:
        text = text_of(file, label)
    except DataError as error:
        yield error
        return
    reader = _cells(text)
    is_raised = csv.field_size_limit() > MOST_CHARACTERS  # by another library of the process
    line = 1
    try:
        if len(text) > MOST_ROWS and _count(text) > MOST_ROWS:
            yield DataError(
                file=label,
                line=MOST_ROWS + 2,
                problem=Message("problem.too_many_rows", most=MOST_ROWS),
            )
            return
        header = tuple(next(reader, ()))
        if not any(header) or len(header) > _MOST_COLUMNS:
            problem = Message("problem.header", most=_MOST_COLUMNS, found=len(header))
            yield DataError(file=label, line=1, problem=problem)
            return
        yield FileColumns(label, 1, header)
        line = reader.line_num + 1
        for cells in reader:
            if is_raised:
                _limit_cells(cells)
            yield _row(header, map(restored, cells) if neutralised else cells, label, line)
            line = reader.line_num + 1
    except csv.Error as error:
        yield DataError(file=label, line=line, problem=Message("problem.broken_csv", reason=error))


def _cells(text: str) -> Any:
    return csv.reader(StringIO(text, newline=""), strict=True)


def _limit_cells(cells: Sequence[str]) -> None:
    """Refuse a cell that is longer than the limit of the standard library, in its words."""
    if max(map(len, cells), default=0) > MOST_CHARACTERS:
        raise csv.Error(f"field larger than field limit ({MOST_CHARACTERS})")


def _count(text: str) -> int:
    """Return the number of line ends outside quotes, without parsing: a long file is refused at once."""
    unquoted = '"'.join(text.split('"')[::2])
    return unquoted.count("\n") + unquoted.count("\r") - unquoted.count("\r\n") - 1


def _row(header: Sequence[str], values: Iterable[str], label: str, line: int) -> Row | DataError:
    cells = list(values)
    if not any(cells):
        return DataError(file=label, line=line, problem=Message("problem.empty_row"))
    if len(cells) != len(header):
        problem = Message("problem.cells", expected=len(header), found=len(cells))
        return DataError(file=label, line=line, problem=problem)
    return Row(label, line, {name: cell for name, cell in zip(header, cells, strict=True) if cell})


def read_toml(file: Traversable, label: str) -> Iterator[Row | DataError]:
    """Yield a row for every ``[code]`` table of a TOML file, and an error for what is none."""
    try:
        text = text_of(file, label)
        document = parsed_toml(text, label)
    except DataError as error:
        yield error
        return
    all_lines = toml_lines(text)
    for code, entry in document.items():
        lines = all_lines.get(code, {})
        row = Row(label, lines.get("", 0), {"code": code}, lines)
        if not isinstance(entry, dict):
            yield row.error(Message("problem.no_toml_table", code=code[:60]))
        elif "code" in entry:
            yield row.error(Message("problem.needless_code"), "code")
        else:
            row.cells.update(entry)
            yield row


def read_heading(root: Traversable, errors: list[DataError]) -> tuple[Heading, bool]:
    """Return what ``edition.toml`` and ``units.txt`` state, and whether cells are neutralised."""
    units: tuple[str, ...] = ()
    heading, document = Heading(), dict[str, Any]()
    try:
        if (root / _UNITS).is_file():
            units = tuple(text_of(root / _UNITS, _UNITS).splitlines())
    except DataError as error:
        errors.append(error)
    try:
        if (root / _EDITION).is_file():
            text = text_of(root / _EDITION, _EDITION)
            document = parsed_toml(text, _EDITION)
            lines = {name: table[""] for name, table in toml_lines(text).items()}
            cells = {"edition": None, **document, "units": []}
            row = Row(_EDITION, 0, cells, lines)
            heading = Heading.of(row, errors)
            errors += [
                row.error(Message("problem.unknown_key", hint=suggestion(near)), name)
                for name in document
                if name not in _KEYS
                for near in (nearest(name, _KEYS, 1),)
            ]
    except DataError as error:
        errors.append(error)
    return heading._replace(units=units), document.get(_NEUTRALISED) is True


def _files(root: Traversable, name: str) -> Iterator[tuple[Traversable, str]]:
    """Yield the files of a table in a fixed order, with the names that messages use."""
    for ending in _ENDINGS:
        file = root / f"{name}{ending}"
        if file.is_file():
            yield file, file.name
    folder = root / name
    if folder.is_dir():
        for file in sorted(folder.iterdir(), key=lambda file: file.name):
            if _is_table(file.name) and file.name.endswith(_ENDINGS):
                yield file, f"{name}/{file.name}"


def _no_tables(label: str, names: Sequence[str]) -> Iterator[DataError]:
    """Yield an error if a directory has nothing that is read."""
    expected = {_EDITION} if DESCRIPTOR in names else {_EDITION, _UNITS}
    if expected.isdisjoint(names):
        more = [", ..."] if len(names) > _MOST_NAMES else []
        found = "".join([", ".join(map(repr, names[:_MOST_NAMES]))[:200], *more])
        problem = Message("problem.no_tables", found=found or Message("found.nothing"))
        yield DataError(file=label, problem=problem)


def _is_table(name: str) -> bool:
    """Return True if a file looks like one of a table; names with a dot are of the system."""
    lower = name.lower()
    return lower.endswith(_ENDINGS) and (lower in _ENDINGS or not name.startswith("."))


def _unexpected(file: Traversable) -> Iterator[DataError]:
    """Yield an error if a file looks like one of ours but would not be read."""
    stem, _, ending = file.name.rpartition(".")
    known = file.name.lower().partition(".")[0]
    if _is_table(file.name) or file.name in _OTHER_FILES:
        if not file.is_file():
            found = Message("found.directory" if file.is_dir() else "found.device")
            yield DataError(file=file.name, problem=Message("problem.no_file", found=found))
        elif file.name in {*_OTHER_FILES, _EDITION}:
            return
        elif stem not in _FILE_OF:
            yield no_table(file.name, TABLES)
        elif ending != ending.lower():
            yield _upper_case(file.name, stem, ending)
        elif stem not in TABLES:
            yield other_format(file.name, _FILE_OF[stem])
    elif file.is_dir():
        yield from _unexpected_in(file)
    elif known in _FILE_OF and has_rows(file.name):
        yield other_format(file.name, _FILE_OF[known])


def has_rows(name: str) -> bool:
    """Return whether a file can have rows of a table: by its ending, also if packed, or without one."""
    stem, *endings = name.lower().split(".")
    if endings and endings[-1] in _PACKED:
        endings.pop()
    is_own = stem and stem not in _ABOUT and not name.startswith("~")
    return bool(is_own) and (not endings or endings[-1] in _WITH_ROWS)


def _unexpected_in(folder: Traversable) -> Iterator[DataError]:
    """Yield an error for each file of a table's folder that is not read, or for a misspelt folder."""
    near = nearest(folder.name.lower(), TABLES, 1, cutoff=0.8)
    if folder.name not in TABLES and not near:
        return
    paths = [path for path, _ in files_in(folder) if has_rows(path.rpartition("/")[2])]
    if folder.name not in TABLES:
        if paths:
            yield DataError(
                file=folder.name, problem=Message("problem.unknown_table", hint=suggestion(near))
            )
        return
    for path in paths:
        file, name = f"{folder.name}/{path}", path.rpartition("/")[2]
        stem, _, ending = name.rpartition(".")
        if name != path or not _is_table(name):
            yield other_format(file, f"{folder.name}/{name.partition('.')[0]}.csv")
        elif not name.endswith(_ENDINGS):
            yield _upper_case(file, stem, ending)


def other_format(file: str, name: str) -> DataError:
    """Return the error of a file that is not read, with the name under which it would be."""
    return DataError(file=file[:200], problem=Message("problem.other_format", name=name[:200]))


def _upper_case(file: str, stem: str, ending: str) -> DataError:
    problem = Message("problem.upper_case", name=f"{stem}.{ending.lower()}")
    return DataError(file=file, problem=problem)


# ------------------------------------------------------------------ writing


def write(tables: Iterable[Columns], heading: Heading, path: Path, options: Options) -> None:
    """Write a directory with a file for each table, ``units.txt`` and ``edition.toml``."""
    path.mkdir()
    neutralised = False
    for table in tables:
        text, has_marks = table_text(table, safe=options.safe)
        neutralised = neutralised or has_marks
        _put(path / f"{table.name}.csv", text, mark=options.mark)
    if heading.units:
        _put(path / _UNITS, "\n".join(heading.units) + "\n")
    _put(path / _EDITION, edition_file(heading, neutralised=neutralised))


def write_table(table: Columns, heading: Heading, path: Path, options: Options) -> None:  # noqa: ARG001
    """Write one table as a CSV file."""
    _put(path, table_text(table, safe=options.safe)[0], mark=options.mark)


def edition_file(heading: Heading, *, neutralised: bool = False) -> str:
    """Return the text of ``edition.toml``."""
    lines = [
        "# The edition of the data, the version of their columns, the tiers they are drawn from.",
        f"edition = {_toml(heading.edition)}",
        f"schema = {heading.schema}",
        f"tiers = {_toml(heading.tiers)}",
    ]
    if heading.extensions:
        lines.append(f"extensions = [{', '.join(map(_toml, heading.extensions))}]")
    if neutralised:
        lines.append("# Cells that a spreadsheet would run begin with an apostrophe.")
        lines.append(f"{_NEUTRALISED} = true")
    return "\n".join(lines) + "\n"


def table_text(table: Columns, *, safe: bool) -> tuple[str, bool]:
    """Return the table as CSV, and whether a cell of it was neutralised."""
    names = list(table.values)
    lines, marked = [_line(names)], False
    for at, cells in enumerate(table.texts(), start=2):
        _check(table.name, names, at, cells)
        written = [neutral(cell) for cell in cells] if safe else cells
        marked = marked or written != cells
        lines.append(_line(written))
    return "".join(lines), marked


def _line(cells: Sequence[str]) -> str:
    return ",".join(map(_quoted, cells)) + "\n"


def _quoted(cell: str) -> str:
    """Return the cell, in quotes if some reader would end it too early."""
    if any(mark in cell for mark in ',"\r\n;\t') or cell != cell.strip():
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _check(name: str, columns: Sequence[str], line: int, cells: Sequence[str]) -> None:
    """Raise DataErrors for a cell that would not be read again."""
    for column, cell in zip(columns, cells, strict=True):
        problem = ""
        if "\0" in cell:
            problem = "a CSV file cannot contain a NUL; write jsonl or parquet"
        if len(cell) >= MOST_CHARACTERS:
            problem = f"a CSV cell has less than {MOST_CHARACTERS} characters, found {len(cell)}"
        if problem:
            error = DataError(file=f"{name}.csv", line=line, column=column, problem=problem)
            raise DataErrors.with_first("nothing written", [error])


def _put(path: Path, text: str, *, mark: bool = False) -> None:
    raw = text.encode("utf-8-sig" if mark else "utf-8")
    if len(raw) > LARGEST:
        problem = f"a CSV file has at most {LARGEST} bytes, found {len(raw)}; write parquet"
        raise DataErrors.with_first("nothing written", [DataError(file=path.name, problem=problem)])
    path.write_bytes(raw)


def _toml(text: str) -> str:
    """Return a TOML string: as in JSON, except for one character."""
    import json  # only to write: a load does without it

    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


# ------------------------------------------------------------------ formulas

# An apostrophe says "text" to a spreadsheet. It precedes a cell, or a part of it after a semicolon,
# tab or line break, that begins (blanks and quotes aside) with one of = + - @ or their full-width
# forms, or with a tab; a plain number stays as it is.
_START = r"(?:\A|(?<=[;\t\r\n]))"  # where a spreadsheet can begin a cell
_RUNS = "[\\s\"'’”`]*[=+\\-@＝＋－＠﹦﹢﹣﹫]"
_TAB = r"'*[\t\r]"  # some spreadsheets skip a tab or a return at the beginning
# Compiled by the first cell that needs them: most need none.
_RISKY = rf"{_START}(?={_RUNS})|\A(?={_TAB})"
_MARKED = rf"{_START}'(?={_RUNS})|\A'(?={_TAB})"
_NUMBER = r"[+-]?[0-9]{1,40}(?:\.[0-9]{1,40})?%?"
_SIGNS = frozenset("=+-@＝＋－＠﹦﹢﹣﹫\t\r")


def neutral(text: str) -> str:
    """Return the text with an apostrophe where a spreadsheet would run a formula.

    Examples
    --------
    >>> neutral("=HYPERLINK(A1)"), neutral("-0.4"), neutral("at least 3%"), neutral("'=1")
    ("'=HYPERLINK(A1)", '-0.4', 'at least 3%', "''=1")
    """
    if _SIGNS.isdisjoint(text) or re.fullmatch(_NUMBER, text):
        return text
    return re.sub(_RISKY, "'", text)


def restored(text: str) -> str:
    """Return the text before :func:`neutral`.

    Examples
    --------
    >>> restored("'=HYPERLINK(A1)"), restored("'tis 3%"), restored("''=1")
    ('=HYPERLINK(A1)', "'tis 3%", "'=1")
    """
    return re.sub(_MARKED, "", text) if "'" in text else text
