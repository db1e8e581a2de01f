"""Lookup of records by any of their names.

Case, width, blanks, hyphens and apostrophes do not matter: ``guangdong`` and ``CN GD`` are equal to
``Guangdong`` and ``CN-GD``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Generic, Protocol, TypeVar

from ..errors import AmbiguousError, MissingError, nearest

__all__ = ["NameIndex", "Named", "folded"]

_LONGEST = 200
_IGNORED = str.maketrans("", "", " -_'’‘·.")


class Named(Protocol):
    """A record with a code and further names."""

    @property
    def key(self) -> str:
        """The code."""
        ...

    @property
    def names(self) -> tuple[str, ...]:
        """The further names."""
        ...


N = TypeVar("N", bound=Named)


def folded(name: str) -> str:
    """Return the form in which names are compared.

    Examples
    --------
    >>> folded("CN-GD"), folded("Tai’an"), folded("Ｒ＆Ｄ Intensity")
    ('cngd', 'taian', 'r&dintensity')
    """
    return unicodedata.normalize("NFKC", name).casefold().translate(_IGNORED)


class NameIndex(Generic[N]):
    """Records by code and by every name."""

    def __init__(self, noun: str, records: Mapping[str, N]) -> None:
        self._noun = noun
        self._records = records
        self._codes_of: dict[str, list[str]] | None = None

    def find(self, name: str) -> N:
        """Return the only record with a code or name.

        Raises
        ------
        MissingError
            If none has it; names the nearest.
        AmbiguousError
            If several have it; names them all.
        """
        record = self._records.get(name)
        if record is not None:
            return record
        shown = f"{self._noun} {name[:60]!r}"
        if len(name) > _LONGEST:
            raise MissingError(asked=shown, hint=f"a name has at most {_LONGEST} characters")
        codes = self._index().get(folded(name), [])
        if not codes:
            raise MissingError(asked=shown, nearest=self._nearest(name))
        if len(codes) > 1:
            raise AmbiguousError(asked=shown, matches=codes, hint="ask by code")
        return self._records[codes[0]]

    def _index(self) -> dict[str, list[str]]:
        if self._codes_of is None:
            index: dict[str, list[str]] = {}
            for code, record in self._records.items():
                for name in {*map(folded, (code, *record.names))}:
                    index.setdefault(name, []).append(code)
            self._codes_of = index
        return self._codes_of

    def _nearest(self, text: str) -> tuple[str, ...]:
        spelled = {folded(name): name for name in self._every_name()}
        return tuple(spelled[key] for key in nearest(folded(text), spelled, 3))

    def _every_name(self) -> Iterable[str]:
        for code, record in self._records.items():
            yield code
            yield from record.names
