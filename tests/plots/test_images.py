"""Pictures compared with stored ones, image by image; ``tests/plots/write_baselines.py`` draws these."""

from __future__ import annotations

from pathlib import Path

import pytest
from matplotlib.testing.compare import compare_images

import innovation_plans as ip
from innovation_plans.plots.fonts import Lettering

from . import write_baselines as tool

ROOT = Path(__file__).resolve().parents[2]
# Root mean square over all dots, of 255: fonts of another release differ by about 3, a mark that
# moved or a text that is missing by more than 6.
TOLERANCE = 5.0

pytestmark = pytest.mark.pictures


def test_the_font_is_the_one_that_the_pictures_were_drawn_with() -> None:
    assert (Lettering("zh").chinese or "").startswith("Noto Sans CJK"), "install fonts-noto-cjk"


@pytest.mark.parametrize("scene", sorted(tool.scenes()))
@pytest.mark.parametrize("lang", tool.LANGUAGES)
@pytest.mark.parametrize("size", tool.SIZES)
def test_a_picture_equals_the_stored_one(scene: str, lang: str, size: str, tmp_path: Path) -> None:
    kept = tool.BASELINE / f"{scene}-{lang}-{size}.png"
    made = tmp_path / kept.name
    tool.drawn(scene, lang, size, made)
    assert compare_images(str(kept), str(made), tol=TOLERANCE) is None


def test_every_stored_picture_is_compared_and_small() -> None:
    kept = {path.name: path.stat().st_size for path in tool.BASELINE.glob("*.png")}
    assert set(kept) == {f"{'-'.join(name)}.png" for name in tool.names()}
    assert max(kept.values()) < 60_000


def test_a_change_of_one_figure_is_detected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from innovation_plans.plots import style as palette

    looks = dict(palette.VERDICTS)
    first, second = ip.Verdict.MET, ip.Verdict.OFF_TRACK
    looks[first], looks[second] = looks[second], looks[first]
    monkeypatch.setattr("innovation_plans.plots.grid.VERDICTS", looks)
    kept = tool.BASELINE / "matrix-en-own.png"
    tool.drawn("matrix", "en", "own", tmp_path / kept.name)
    assert compare_images(str(kept), str(tmp_path / kept.name), tol=TOLERANCE) is not None
