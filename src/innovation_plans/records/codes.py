"""The words for the codes of code lists; records, results, files and frames have the codes."""

from __future__ import annotations

from enum import StrEnum

from ..codelists import Comparator
from ..errors import MissingError, expect, suggests
from ..text.messages import Language, language, say, word


@suggests(language="lang=")
def label(code: StrEnum, lang: Language = "en") -> str:
    """Return the words for a code, as texts and tables print them.

    Parameters
    ----------
    code
        A member of a code list. The code in a cell of a frame or a file becomes one by its list:
        ``ip.Verdict("on_track")``.
    lang
        ``"en"`` or ``"zh"``.

    Raises
    ------
    ArgumentTypeError
        If `code` is no member of a code list.
    MissingError
        If a code list has no words.

    Examples
    --------
    >>> from innovation_plans import Comparator, Verdict
    >>> label(Verdict.ON_TRACK), label(Verdict.ON_TRACK, "zh"), label(Comparator.ABOUT, "zh")
    ('on track', '进度正常', '…左右')
    """
    expect("code", code, "_missing_", "a code of a code list, such as ip.Verdict('met')")
    shown = language(lang)
    if isinstance(code, Comparator):
        return say(f"bound.{code}", shown, figure="…")
    try:
        return word(code, shown)
    except KeyError:
        raise MissingError(asked=f"words for the codes of {type(code).__name__}") from None
