"""Floor 9, upper half: drawings without style attributes: the same looks as attributes of their own.

A strict Content-Security-Policy refuses ``style="fill: red"`` in a page; ``fill="red"`` says the
same and is no style to a browser. Read next: ``pictures.py``.
"""

from __future__ import annotations

import re

__all__ = ["unstyled"]

# Text and values of attributes have < and > escaped, so that these are tags and nothing else.
_TAG = re.compile(r"<[A-Za-z][^<>]*>")
_STYLE = re.compile(r'\sstyle="([^"]*)"')
_SHEET = re.compile(r"<style[^<>]*>([^<]*)</style>")
_RULE = re.compile(r"\*\s*\{([^{}]*)\}")
_FONT = re.compile(
    r"(?:(?P<style>italic|oblique)\s+)?(?:(?P<weight>bold|[1-9]00)\s+)?"
    r"(?P<size>[0-9.]+(?:px|pt|em))(?:/\S+)?\s+(?P<family>.+)"
)
_LOOKS = frozenset({
    "clip-path", "clip-rule", "color", "dominant-baseline", "fill", "fill-opacity", "fill-rule",
    "font-family", "font-size", "font-stretch", "font-style", "font-variant", "font-weight",
    "image-rendering", "letter-spacing", "marker-end", "marker-start", "opacity", "paint-order",
    "shape-rendering", "stop-color", "stop-opacity", "stroke", "stroke-dasharray",
    "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit",
    "stroke-opacity", "stroke-width", "text-anchor", "text-rendering", "vector-effect",
    "visibility",
})  # fmt: skip


def unstyled(svg: str) -> str:
    """The drawing with attributes for styles; a rule for all elements goes to the root.

    Examples
    --------
    >>> unstyled('<svg><text style="font: bold 9px Arial; fill: #333">a</text></svg>')
    '<svg><text font-weight="bold" font-size="9px" font-family="Arial" fill="#333">a</text></svg>'
    """
    sheets = _SHEET.findall(svg)
    plain = _TAG.sub(lambda tag: _without_style(tag[0]), _SHEET.sub("", svg))
    general = " ".join(rule for sheet in sheets for rule in _RULE.findall(sheet))
    if general:  # an attribute of the root is inherited, and weaker than one of an element
        plain = plain.replace("<svg", f"<svg{_attributes(general)}", 1)
    return plain.replace("<defs></defs>", "")


def _without_style(tag: str) -> str:
    found = _STYLE.search(tag)
    if not found:
        return tag
    bare = tag[: found.start()] + tag[found.end() :]
    name_ends = re.match(r"<[\w:.-]+", bare)
    at = name_ends.end() if name_ends else 0
    rest = bare[at:]
    looks = _attributes(found[1])
    for name in re.findall(r'([a-z-]+)="', looks):  # a style outweighs an attribute
        rest = re.sub(rf'\s{name}="[^"]*"', "", rest)
    return bare[:at] + looks + rest


def _attributes(style: str) -> str:
    """Declarations as attributes, each with a blank before it."""
    said: dict[str, str] = {}
    for declaration in style.replace("&quot;", "'").split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if name == "font" and (font := _FONT.fullmatch(value)):
            said |= {f"font-{part}": text for part, text in font.groupdict().items() if text}
        elif name in _LOOKS and value:
            said[name] = value
    return "".join(f' {name}="{value}"' for name, value in said.items())
