"""What a picture says to those who do not see it, and the picture as text: SVG."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from io import StringIO
from threading import Lock
from typing import TYPE_CHECKING, Any

from ..errors import FigureError, MissingError
from .fonts import CHINESE, needed

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure, SubFigure

__all__ = ["alt_text", "describe", "svg"]

_MARK = "innovation-plans-alt-"
_PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,60}|")
_TAG = re.compile(r"<[^<>]*>")
_ID = re.compile(r'(\sid=")([^"]*)(")')
_LINK = re.compile(r'((?:xlink:)?href="#|url\(#)([^")]*)')
_OURS = "|".join(("DejaVu Sans", *CHINESE))
_FONT = re.compile(f"'(?:{_OURS})'(?:, '[^']*')*")
# A style element would hold for the whole page that the picture is set into.
_STYLE = re.compile(r"\s*<defs>\s*<style[^>]*>[^<]*</style>\s*</defs>")
_LINES = "stroke-linejoin: round; stroke-linecap: butt"
_SENTENCE = re.compile(r"(?<=\.)\s+|(?<=。)\s*")
_FONTS = "'DejaVu Sans', Verdana, "
_CHINESE_FONTS = "'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', 'WenQuanYi Zen Hei'"
_LOCK = Lock()


def describe(ax: Axes, text: str, lang: str) -> None:
    """Let axes bear a description: an artist that is never drawn, and goes when they are cleared."""
    from matplotlib.text import Text

    for each in list(ax.texts):
        if (each.get_gid() or "").startswith(_MARK):
            each.remove()
    bearer = Text(0, 0, text, visible=False, parse_math=False, usetex=False)
    bearer.set_gid(_MARK + lang)
    ax.add_artist(bearer)


def alt_text(picture: Axes | Figure | SubFigure) -> str:
    """What a picture shows, in a few sentences, in the language of the picture.

    Parameters
    ----------
    picture
        Axes that a function of this room drew on, or a figure with such axes.

    Raises
    ------
    MissingError
        If nothing on it was drawn by this room.

    Examples
    --------
    >>> import innovation_plans as ip
    >>> card = ip.scorecard(ip.load(), indicator="rd_intensity", period="14th", region=["粤", "苏"])
    >>> print(ip.plots.alt_text(ip.plots.dumbbell(card)).partition(". Gaps")[0])
    Dumbbell chart of 3 targets for R&D intensity, with start, outcome and target. 2 met, 1 off track
    """
    return " ".join(text for text, _ in _descriptions(picture))


def svg(picture: Axes | Figure, *, prefix: str = "") -> str:
    """The whole figure as an ``<svg>`` element, to be set into a page as it is.

    Text stays text, so that it can be read aloud, found and copied; the description is its
    ``<title>`` and ``<desc>``. The same picture gives the same characters.

    Parameters
    ----------
    picture
        Axes that a function of this room drew on, or a figure.
    prefix
        What every id begins with: a letter, then letters, digits, ``-`` and ``_``. Pictures on one
        page need different ones.

    Raises
    ------
    MissingError
        If nothing on it was drawn by this room.
    FigureError
        If the prefix cannot begin an id.
    """
    if not _PREFIX.fullmatch(prefix):
        raise FigureError(
            text=prefix, position=0, expected="a prefix of letters, digits, - and _, a letter first"
        )
    needed()
    described = _descriptions(picture)
    figure: Any = picture.figure if hasattr(picture, "get_xaxis") else picture
    figure = getattr(figure, "figure", None) or figure
    drawn = StringIO()
    with _settings():
        figure.savefig(drawn, format="svg", facecolor="auto", metadata=dict.fromkeys(_METADATA))
    text = drawn.getvalue()
    body = text[text.index("<svg") :]
    return _accessible(_TAG.sub(lambda tag: _named(tag.group(), prefix), body), described, prefix)


_METADATA = ("Date", "Creator", "Format", "Type")


@contextmanager
def _settings() -> Iterator[None]:
    """Settings of SVG that exist only as global ones, for as long as it takes, one at a time."""
    import matplotlib as mpl

    settings: Any = mpl.rcParams
    ours: dict[str, Any] = {
        "svg.fonttype": "none",
        "svg.hashsalt": "innovation_plans",
        "svg.image_inline": True,
        "svg.id": None,
        "savefig.bbox": None,
        "savefig.transparent": False,
    }
    with _LOCK:
        before = {name: settings[name] for name in ours if name in settings}
        try:
            for name in before:
                settings[name] = ours[name]
            yield
        finally:
            for name, value in before.items():
                settings[name] = value


def _named(tag: str, prefix: str) -> str:
    """A tag with its ids and links made one's own; texts between tags are not touched."""
    if tag.startswith(("<!--", "<?", "<!")):
        return ""
    tag = _ID.sub(lambda found: f"{found[1]}{prefix}{found[2]}{found[3]}", tag)
    tag = _LINK.sub(lambda found: f"{found[1]}{prefix}{found[2]}", tag)
    return _FONT.sub(_FONTS + _CHINESE_FONTS, tag)


def _accessible(body: str, described: list[tuple[str, str]], prefix: str) -> str:
    lang = "zh-Hans" if described[0][1] == "zh" else "en"
    first, *more = _SENTENCE.split(" ".join(each for each, _ in described), maxsplit=1)
    parts = [("title", first), *(("desc", each) for each in more if each)]
    names = " ".join(f"{prefix}alt-{part}" for part, _ in parts)
    said = "".join(
        f'\n <{part} id="{prefix}alt-{part}">{escape(text)}</{part}>' for part, text in parts
    )
    head, rest = body.split(">", 1)
    head += f' role="img" lang="{lang}" aria-labelledby="{names}" style="{_LINES}"'
    return f"{head}>{said}{_STYLE.sub('', rest, count=1).rstrip()}\n"


def _descriptions(picture: Any) -> list[tuple[str, str]]:
    """The descriptions on axes or on all axes of a figure, each with its language."""
    axes = getattr(picture, "axes", None)
    found = [
        (text.get_text(), (text.get_gid() or "").removeprefix(_MARK))
        for ax in (axes if isinstance(axes, list) else [picture])
        for text in getattr(ax, "texts", ())
        if (text.get_gid() or "").startswith(_MARK)
    ]
    if not found:
        raise MissingError(
            asked="description on this picture",
            hint="expected axes, or a figure with axes, that innovation_plans.plots drew on",
        )
    return found
