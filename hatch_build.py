"""The build writes the snapshot of the bundled tables, and packs the released editions.

See ``innovation_plans.io.snapshot`` and ``innovation_plans.dataset.editions``.

A wheel gets it from a folder outside the source tree. An editable install finds it beside the
tables, where git ignores it. After a change of the tables, run ``python hatch_build.py`` again.
"""

from __future__ import annotations

import io
import lzma
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = Path("src/innovation_plans")
INSIDE = "innovation_plans/data/snapshot"
EDITIONS = "innovation_plans/editions.zip.xz"


class SnapshotHook(BuildHookInterface[Any]):
    """Adds the snapshot to a wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the snapshot, and name the place of its files in the wheel."""
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        if version == "editable":
            write(root, root / PACKAGE / "data" / "snapshot")
            return
        self._folder = Path(tempfile.mkdtemp(prefix="snapshot-"))
        for file in write(root, self._folder, final=True):
            build_data["force_include"][str(file)] = f"{INSIDE}/{file.name}"
        archive = self._folder / "editions.zip.xz"
        archive.write_bytes(packed(root / PACKAGE / "editions"))
        build_data["force_include"][str(archive)] = EDITIONS

    def finalize(
        self,
        version: str,  # noqa: ARG002 - part of the interface
        build_data: dict[str, Any],  # noqa: ARG002
        artifact_path: str,
    ) -> None:
        """Remove the files that were written for the wheel, and make the wheel as small as it can be."""
        if folder := getattr(self, "_folder", None):
            shutil.rmtree(folder)
            recompress(Path(artifact_path))


def recompress(wheel: Path) -> None:
    """Write a wheel again with the best compression; the builder has no option for it."""
    with zipfile.ZipFile(wheel) as archive:
        members = [(member, archive.read(member)) for member in archive.infolist()]
    with zipfile.ZipFile(wheel, "w") as archive:
        for member, content in members:
            archive.writestr(member, content, compresslevel=9)


def packed(editions: Path) -> bytes:
    """Return the released editions as one archive: a stored zip, compressed as a whole.

    The editions share most rows, so that this is half as large as files compressed by themselves.
    """
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for file in sorted(editions.rglob("*")):
            if file.is_file():
                name = file.relative_to(editions).as_posix()
                archive.writestr(zipfile.ZipInfo(name), file.read_bytes())
    text = {"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "lc": 4, "pb": 0}
    return lzma.compress(content.getvalue(), filters=[text])


def write(root: Path, folder: Path, *, final: bool = False) -> list[Path]:
    """Write the snapshot with the code that is built; `final` if it goes into a wheel."""
    sys.path.insert(0, str(root / PACKAGE.parent))
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        from innovation_plans.dataset.build import validated  # noqa: PLC0415
        from innovation_plans.io.snapshot import write_snapshot  # noqa: PLC0415

        data = root / PACKAGE / "data"
        return write_snapshot(validated(data), data, folder, final=final)
    finally:
        sys.dont_write_bytecode = before
        sys.path.remove(str(root / PACKAGE.parent))


if __name__ == "__main__":
    here = Path(__file__).resolve().parent
    write(here, here / PACKAGE / "data" / "snapshot")
