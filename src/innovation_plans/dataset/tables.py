"""A read-only sequence of records that keeps their type.

What ``where`` returns from a table of ``MyTarget`` is a table of ``MyTarget``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from os import PathLike
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self, overload

from ..errors import AmbiguousError, MissingError, nearest
from ..records import Context, Record
from .where import Filter

if TYPE_CHECKING:
    from ..io.columns import Columns
    from ..io.formats import Written

if sys.version_info >= (3, 13):
    from typing import TypeVar
else:
    from typing_extensions import TypeVar

__all__ = ["Table", "joined"]

R = TypeVar("R", bound=Record, covariant=True)


class Table(Sequence[R], Generic[R]):
    """Records in a fixed order, by position and by key; `edition` is of the data they are from."""

    _table: ClassVar[str] = ""  # the table of a dataset that an empty one is

    def __init__(
        self, records: Iterable[R], context: Context | None = None, *, edition: str = ""
    ) -> None:
        self.edition = edition
        self._records = tuple(records)
        self._codes = context or Context()
        self._by_key: dict[str, R] | None = None

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[R]:
        return iter(self._records)

    @overload
    def __getitem__(self, index: int) -> R: ...
    @overload
    def __getitem__(self, index: slice) -> Self: ...
    def __getitem__(self, index: int | slice) -> R | Self:
        if isinstance(index, slice):
            return self._of(self._records[index])
        return self._records[index]

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._records == other._records

    def __hash__(self) -> int:
        return hash(self._records)

    def __repr__(self) -> str:
        shown = ", ".join(record.key for record in self._records[:3])
        more = ", …" if len(self) > 3 else ""
        return f"<{type(self).__name__} of {len(self)}: {shown}{more}>"

    def _repr_html_(self) -> str:
        """What a notebook shows: the first records, and how many more there are."""
        from .display import table_html

        return table_html(type(self).__name__, self._records, len(self))

    def __add__(self, other: Table[R]) -> Self:
        both = self._of((*self._records, *other))
        both.edition = joined(self.edition, other.edition)
        return both

    @property
    def context(self) -> Context:
        """The codes its records refer to: the validation context to read more of them."""
        return self._codes

    def by_key(self, key: str) -> R:
        """The record with this key.

        Raises
        ------
        MissingError
            If there is none; names the nearest keys.
        """
        if self._by_key is None:
            self._by_key = {record.key: record for record in self._records}
        try:
            return self._by_key[key]
        except KeyError:
            near = nearest(key[:200], self._by_key, 3)
            raise MissingError(asked=f"record with the key {key[:100]!r}", nearest=near) from None

    def one(self) -> R:
        """The only record.

        Raises
        ------
        MissingError
            If the table is empty.
        AmbiguousError
            If it holds more than one; names their keys.
        """
        if len(self._records) == 1:
            return self._records[0]
        if not self._records:
            raise MissingError(asked="record in an empty table", hint="widen the question")
        raise AmbiguousError(
            asked="one record",
            matches=[record.key for record in self._records],
            hint="narrow the question",
        )

    def filter(self, keep: Callable[[R], bool]) -> Self:
        """The records for which `keep` is true."""
        return self._of(record for record in self._records if keep(record))

    def to_columns(self) -> Columns:
        """Return the records as named columns of typed values."""
        from ..io.rows import columns_of_records
        from .export import table_name

        return columns_of_records(table_name(self, self._table), self, self._codes)

    def write(
        self,
        path: str | PathLike[str],
        *,
        format: str | None = None,  # noqa: A002 - the word a caller looks for
        overwrite: bool = False,
        safe: bool = True,
        edition: str = "",
    ) -> Written:
        """Write the table and the records it refers to, whole or not at all.

        Where `path` ends as one file of CSV or Parquet does, the table is written by itself.

        Parameters
        ----------
        path, format, overwrite, safe
            As for :meth:`Dataset.write`.
        edition
            What to call it, instead of the edition of the dataset it is from.

        Raises
        ------
        WriteError, MissingError, MissingExtraError, DataErrors
            As for :meth:`Dataset.write`.

        Examples
        --------
        >>> import tempfile
        >>> from pathlib import Path
        >>> from innovation_plans import load
        >>> targets = load().targets.where(region="广东", indicator="rd_intensity", period="14th")
        >>> written = targets.write(Path(tempfile.mkdtemp()) / "ours.jsonl")
        >>> written.records["targets"] == len(targets), load(written.path).targets == targets
        (True, True)
        """
        from ..io.formats import write
        from .export import table_content, table_name

        content = table_content(
            table_name(self, self._table),
            self._records,
            self._codes,
            noun=type(self).__name__,
            edition=edition or self.edition,
            companions=self._companions(),
        )
        return write(content, path, format=format, overwrite=overwrite, safe=safe)

    def _companions(self) -> Mapping[str, Iterable[Record]]:
        """Return further records that a written table needs, by table."""
        return {}

    def _of(self, records: Iterable[Any]) -> Self:
        return type(self)(records, self._codes, edition=self.edition)

    def _kept(self, filters: Iterable[Filter | None]) -> Self:
        kept: Iterable[R] = self._records
        for each in filters:
            if each is not None:
                getter, admitted = each
                kept = [record for record in kept if getter(record) in admitted]
        return self if kept is self._records else self._of(kept)


def joined(*editions: str) -> str:
    """Editions as one text: each once, those that are not known left out.

    Examples
    --------
    >>> joined("2026.11", "", "2026.10", "2026.11")
    '2026.11 + 2026.10'
    """
    return " + ".join(dict.fromkeys(each for each in editions if each))
