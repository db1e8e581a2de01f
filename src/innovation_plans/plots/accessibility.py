"""The description of a picture, for readers who do not see it, and the picture as SVG."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from io import StringIO
from threading import Lock
from typing import TYPE_CHECKING, Any

from ..errors import ArgumentTypeError, FigureError, MissingError, expect
from ..text.messages import say
from .fonts import CHINESE, needed

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure, SubFigure

_PICTURE = "the axes, or their figure, that a function of innovation_plans.plots returned"
_MARK = "innovation-plans-alt-"
_PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,60}|")
_TAG = re.compile(r"<[^<>]*>")
_ID = re.compile(r'(\sid=")([^"]*)(")')
_LINK = re.compile(r'((?:xlink:)?href="#|url\(#)([^")]*)')
_OURS = "|".join(("DejaVu Sans", *CHINESE))
_FONT = re.compile(f"'(?:{_OURS})'(?:, '[^']*')*")
# A style element would apply to the whole page that contains the picture.
_STYLE = re.compile(r"\s*<defs>\s*<style[^>]*>[^<]*</style>\s*</defs>")
_LINES = "stroke-linejoin: round; stroke-linecap: butt"
_SENTENCE = re.compile(r"(?<=\.)\s+|(?<=。)\s*")
_FONTS = "'DejaVu Sans', Verdana, "
_CHINESE_FONTS = "'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', 'WenQuanYi Zen Hei'"
_METADATA = ("Date", "Creator", "Format", "Type")
# Settings of matplotlib, which are global: one thread at a time has them.
_SETTINGS: Mapping[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "innovation_plans",
    "svg.image_inline": True,
    "svg.id": None,
    "savefig.bbox": None,
    "savefig.transparent": False,
}
_LOCK = Lock()


def describe(ax: Axes, text: str, lang: str) -> None:
    """Add a description to axes: an invisible text, which is removed when the axes are cleared."""
    from matplotlib.text import Text

    description = Text(0, 0, text, visible=False, parse_math=False, usetex=False)
    description.set_gid(_MARK + lang)
    ax.add_artist(description)


def is_described(ax: Axes) -> bool:
    """Return whether a function of ``plots`` drew on axes."""
    return any((text.get_gid() or "").startswith(_MARK) for text in ax.texts)


def alt_text(picture: Axes | Figure | SubFigure) -> str:
    """Return a description of a picture in a few sentences, in the language of the picture.

    Parameters
    ----------
    picture
        Axes that a function of ``plots`` drew on, or a figure with such axes.

    Raises
    ------
    MissingError
        If no function of ``plots`` drew on it.

    Examples
    --------
    >>> import innovation_plans as ip
    >>> card = ip.scorecard(ip.load(), indicator="rd_intensity", period="14th", region=["苏", "浙"])
    >>> print(ip.plots.alt_text(ip.plots.dumbbell(card)).partition(". Gaps")[0])
    Dumbbell chart of 2 targets for R&D intensity, with start, outcome and target. 1 met, 1 on track
    """
    return " ".join(text for text, _ in _descriptions(picture))


def svg(picture: Axes | Figure, *, prefix: str = "") -> str:
    """Return the whole figure as an ``<svg>`` element for a page.

    Texts are text elements, so that they can be read aloud, searched and copied. The description is
    in ``<title>`` and ``<desc>``. Equal pictures give equal texts.

    Parameters
    ----------
    picture
        Axes that a function of ``plots`` drew on, or a figure.
    prefix
        The first characters of every id: a letter, then letters, digits, ``-`` and ``_``. Pictures
        on one page need different prefixes.

    Raises
    ------
    MissingError
        If no function of ``plots`` drew on it.
    FigureError
        If an id cannot begin with the prefix.
    """
    expect("prefix", prefix, "casefold", "a text")
    if not _PREFIX.fullmatch(prefix):
        raise FigureError(
            text=prefix,
            position=0,
            expected="a prefix that begins with a letter, then letters, digits, - and _",
        )
    needed()
    from matplotlib import rc_context, rcParams

    descriptions = _descriptions(picture)
    stream = StringIO()
    with _LOCK, rc_context({name: _SETTINGS[name] for name in _SETTINGS if name in rcParams}):
        figure_of(picture).savefig(
            stream, format="svg", facecolor="auto", metadata=dict.fromkeys(_METADATA)
        )
    text = stream.getvalue()
    body = text[text.index("<svg") :]
    return _accessible(
        _TAG.sub(lambda tag: _named(tag.group(), prefix), body), descriptions, prefix
    )


def figure_of(picture: Axes | Figure) -> Figure:
    """Return the whole figure of axes, also of those of a part of a figure."""
    figure: Any = picture.figure if hasattr(picture, "get_xaxis") else picture
    whole: Figure = getattr(figure, "figure", None) or figure
    return whole


def _named(tag: str, prefix: str) -> str:
    """Return a tag with the prefix in its ids and links; texts between tags are not changed."""
    if tag.startswith(("<!--", "<?", "<!")):
        return ""
    tag = _ID.sub(lambda match: f"{match[1]}{prefix}{match[2]}{match[3]}", tag)
    tag = _LINK.sub(lambda match: f"{match[1]}{prefix}{match[2]}", tag)
    return _FONT.sub(_FONTS + _CHINESE_FONTS, tag)


def _accessible(body: str, descriptions: list[tuple[str, str]], prefix: str) -> str:
    tag = say("language.tag", descriptions[0][1])
    text = " ".join(description for description, _ in descriptions)
    first, *more = _SENTENCE.split(text, maxsplit=1)
    parts = [("title", first), *(("desc", rest) for rest in more if rest)]
    names = " ".join(f"{prefix}alt-{part}" for part, _ in parts)
    elements = "".join(
        f'\n <{part} id="{prefix}alt-{part}">{escape(text)}</{part}>' for part, text in parts
    )
    head, rest = body.split(">", 1)
    head += f' role="img" lang="{tag}" aria-labelledby="{names}" style="{_LINES}"'
    return f"{head}>{elements}{_STYLE.sub('', rest, count=1).rstrip()}\n"


def _descriptions(picture: Any) -> list[tuple[str, str]]:
    """Return the descriptions of axes, or of all axes of a figure, each with its language."""
    axes = getattr(picture, "axes", None)
    if axes is None:
        raise ArgumentTypeError(
            parameter="picture",
            value=type(picture).__name__,
            expected=_PICTURE,
        )
    descriptions = [
        (text.get_text(), (text.get_gid() or "").removeprefix(_MARK))
        for ax in (axes if isinstance(axes, list) else [picture])
        for text in getattr(ax, "texts", ())
        if (text.get_gid() or "").startswith(_MARK)
    ]
    if not descriptions:
        raise MissingError(
            asked="description on this picture",
            hint=f"pass {_PICTURE}",
        )
    return descriptions
