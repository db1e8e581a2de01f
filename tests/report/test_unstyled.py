"""Drawings whose styles became attributes."""

from __future__ import annotations

import pytest

from innovation_plans.report.unstyled import unstyled


@pytest.mark.parametrize(
    ("styled", "plain"),
    [
        ('<g style="fill: none; stroke-width: 0.8"/>', '<g fill="none" stroke-width="0.8"/>'),
        ('<g style="font: 9px Arial, serif"/>', '<g font-size="9px" font-family="Arial, serif"/>'),
        (
            "<g style=\"font: italic 700 8.5px 'Noto Sans', x\"/>",
            "<g font-style=\"italic\" font-weight=\"700\" font-size=\"8.5px\" font-family=\"'Noto Sans', x\"/>",
        ),
        ('<g fill="red" style="fill: blue"/>', '<g fill="blue"/>'),
        ('<g style="behavior: url(x); expression: 1"/>', "<g/>"),
        ('<g id="a"/>', '<g id="a"/>'),
        ('<text>style="fill: red" &lt;g&gt;</text>', '<text>style="fill: red" &lt;g&gt;</text>'),
        (
            "<svg><defs><style type=\"text/css\">*{stroke-linejoin: round}</style></defs></svg>",
            '<svg stroke-linejoin="round"></svg>',
        ),
    ],
    ids=["plain", "font", "whole font", "outweighs", "unknown", "none", "text", "sheet"],
)  # fmt: skip
def test_the_same_looks_without_style(styled: str, plain: str) -> None:
    assert unstyled(styled) == plain
