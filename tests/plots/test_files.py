"""Pictures as files."""

from __future__ import annotations

from pathlib import Path

import pytest

import innovation_plans as ip

pytest.importorskip("matplotlib")


@pytest.fixture(scope="module")
def axes(plans: ip.Dataset) -> object:
    card = ip.scorecard(plans, indicator="rd_intensity", period="14th", region=["粤", "苏"])
    return ip.plots.dumbbell(card)


@pytest.mark.parametrize(
    ("ending", "start"),
    [("png", b"\x89PNG"), ("pdf", b"%PDF"), ("svg", b"<svg"), ("PNG", b"\x89PNG")],
)
def test_formats_by_ending(axes: object, tmp_path: Path, ending: str, start: bytes) -> None:
    file = ip.plots.save(axes, tmp_path / f"out.{ending}")  # type: ignore[arg-type]
    first = file.read_bytes()
    assert first.startswith(start)
    again = ip.plots.save(axes, tmp_path / f"again.{ending}")  # type: ignore[arg-type]
    assert again.read_bytes() == first
    described = ip.plots.alt_text(axes)[:20].encode()  # type: ignore[arg-type]
    assert described in first or ending == "pdf"  # which compresses or escapes it


@pytest.mark.parametrize("dpi", [0, -1, 1, 1e9, float("nan"), "fine", True, None])
def test_dots_per_inch_are_a_number_that_a_picture_can_have(
    axes: object, tmp_path: Path, dpi: object
) -> None:
    with pytest.raises(ip.ArgumentError, match=r"no dpi .*; it is a number from 10 to 1200"):
        ip.plots.save(axes, tmp_path / "out.png", dpi=dpi)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_files_are_not_replaced_unasked(axes: object, tmp_path: Path) -> None:
    file = tmp_path / "out.png"
    file.write_text("mine")
    with pytest.raises(ip.WriteError):
        ip.plots.save(axes, file)  # type: ignore[arg-type]
    assert file.read_text() == "mine"
    ip.plots.save(axes, file, overwrite=True)  # type: ignore[arg-type]
    with pytest.raises(ip.MissingError, match="no format of pictures 'gif'; did you mean png"):
        ip.plots.save(axes, tmp_path / "out.gif")  # type: ignore[arg-type]
