"""A picture as a file."""

from __future__ import annotations

from numbers import Real
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import ArgumentError, brief, expanded, one_of
from ..io.save import replacing
from .accessibility import alt_text, figure_of, svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# By format: the fields of its metadata for the description, and for the date, which is left out.
_METADATA = {"png": ("Description", "Software"), "pdf": ("Subject", "CreationDate")}


def save(
    picture: Axes | Figure,
    path: str | PathLike[str],
    *,
    dpi: float = 200,
    overwrite: bool = False,
) -> Path:
    """Write the whole figure to a file, with its description in the metadata.

    Parameters
    ----------
    picture
        Axes that a function of ``plots`` drew on, or a figure with such axes.
    path
        A file that ends in ``.png``, ``.pdf`` or ``.svg``.
    dpi
        Dots per inch of a PNG, from 10 to 1200.
    overwrite
        Whether an existing file is replaced.

    Raises
    ------
    ArgumentError
        If `dpi` is something else.
    MissingError
        If there is no such format, or no function of ``plots`` drew on the picture.
    WriteError
        If the file exists and `overwrite` is False, or the system raises an error.

    Examples
    --------
    >>> import tempfile
    >>> import innovation_plans as ip
    >>> card = ip.scorecard(ip.load(), indicator="rd_intensity", period="14th", region=["粤", "苏"])
    >>> save(ip.plots.dumbbell(card), Path(tempfile.mkdtemp()) / "verdicts.png").name
    'verdicts.png'
    """
    file = Path(expanded(path))
    ending = file.suffix.lower().lstrip(".")
    one_of("format of pictures", ending, (*_METADATA, "svg"))
    dots: Any = dpi
    is_number = isinstance(dots, Real)
    if not (is_number and 10 <= dpi <= 1200):
        hint = "it is a number from 10 to 1200"
        raise ArgumentError(parameter="dpi", value=brief(dpi), hint=hint)
    described = alt_text(picture)
    with replacing(file, overwrite=overwrite) as fresh:
        if ending == "svg":
            fresh.write_text(svg(picture), encoding="utf-8")
        else:
            text, undated = _METADATA[ending]
            metadata = {text: described, undated: None}
            figure_of(picture).savefig(fresh, format=ending, dpi=dpi, metadata=metadata)
    return file
