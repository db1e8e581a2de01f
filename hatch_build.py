"""The build writes the compiled form of the bundled tables; see ``innovation_plans.compiling``.

A wheel gets it from a folder outside the tree; an editable install finds it beside the tables,
where git does not look. After a change of the tables, ``python hatch_build.py`` writes it again.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = Path("src/innovation_plans")
INSIDE = "innovation_plans/data/compiled"


class CompiledTables(BuildHookInterface[Any]):
    """Adds the compiled tables to a wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the files and say where they go."""
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        if version == "editable":
            write(root, root / PACKAGE / "data" / "compiled")
            return
        self._folder = Path(tempfile.mkdtemp(prefix="compiled-"))
        for file in write(root, self._folder, final=True):
            build_data["force_include"][str(file)] = f"{INSIDE}/{file.name}"

    def finalize(
        self,
        version: str,  # noqa: ARG002 - as the interface has it
        build_data: dict[str, Any],  # noqa: ARG002
        artifact_path: str,  # noqa: ARG002
    ) -> None:
        """Remove what was written for the wheel."""
        if folder := getattr(self, "_folder", None):
            shutil.rmtree(folder)


def write(root: Path, folder: Path, *, final: bool = False) -> list[Path]:
    """The files, written by the very code that is built; in a wheel, no table changes any more."""
    sys.path.insert(0, str(root / PACKAGE.parent))
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        from innovation_plans.io.snapshot_writer import write_compiled  # noqa: PLC0415

        return write_compiled(root / PACKAGE / "data", folder, final=final)
    finally:
        sys.dont_write_bytecode = before
        sys.path.remove(str(root / PACKAGE.parent))


if __name__ == "__main__":
    here = Path(__file__).resolve().parent
    write(here, here / PACKAGE / "data" / "compiled")
