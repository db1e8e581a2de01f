"""Decide what is a finding: everything except a correct answer or an error of the package."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from zlib import crc32

import innovation_plans as ip
from innovation_plans.records import TABLES

T = TypeVar("T")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# Audit events that change a directory, and the positions of their paths.
_CHANGES = {
    "os.mkdir": (0,),
    "os.rename": (0, 1),
    "os.remove": (0,),
    "os.rmdir": (0,),
    "os.link": (1,),
    "os.symlink": (1,),
    "os.truncate": (0,),
    "os.chmod": (0,),
}
_NEVER = ("socket.connect", "socket.bind", "os.system", "os.exec", "os.posix_spawn", "pty.spawn")


class Finding(Exception):  # noqa: N818 - a finding is not always an error
    """A rule is broken."""


def refused(work: Callable[[], T], further: type[Exception] | tuple[()] = ()) -> T | None:
    """Return the result of the call; None if it raises an error of the package, or `further`."""
    try:
        return work()
    except ip.InnovationPlansError as error:
        _check_message(error)
    except further as error:
        _check_message(error)
    return None


def _check_message(error: Exception) -> None:
    """Raise if the message of an error, or of an error in its group, is too long."""
    longest = 20_000 if isinstance(error, ExceptionGroup) else 3000
    if len(str(error)) > longest:
        raise Finding(f"a message of {len(str(error))} characters: {str(error)[:200]}")
    if isinstance(error, ExceptionGroup):
        for each in error.exceptions:
            _check_message(each)


def agree(left: object, right: object, what: str) -> None:
    """Raise if the two are not equal."""
    if left != right:
        raise Finding(f"{what}: {left!r:.300} is not {right!r:.300}")


def one_in(count: int, data: bytes) -> bool:
    """Return True for one of `count` inputs, always for the same ones."""
    return crc32(data) % count == 0


def text_of(data: bytes) -> str:
    """Return any bytes as text; invalid UTF-8 becomes lone surrogates."""
    return data.decode("utf-8", "surrogateescape")


def same_content(plans: ip.Dataset, folder: Path) -> None:
    """Raise if the dataset, written as CSV or JSON Lines, is not read back equal."""
    for kind in ("csv", "jsonl"):
        out = folder / f"again-{kind}"
        done = refused(lambda: plans.write(out, format=kind, overwrite=True))  # noqa: B023
        if done is not None:
            again = ip.load(done.path, format=kind)
            for name in TABLES:
                agree(list(getattr(again, name)), list(getattr(plans, name)), f"{name} as {kind}")
            agree(again.edition, plans.edition, f"the edition as {kind}")


def confined(folder: Path) -> None:
    """Forbid this process to write outside a directory, to connect and to start a process."""
    inside = str(folder.resolve())

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _NEVER:
            raise Finding(f"{event} {arguments!r:.200}")
        if event == "open":
            path, _, flags = arguments
            if not isinstance(path, int) and (flags or 0) & _WRITES:
                _check_place(path, inside)
        for at in _CHANGES.get(event, ()):
            _check_place(arguments[at], inside)

    sys.addaudithook(watch)


def _check_place(path: Any, inside: str) -> None:
    place = os.path.realpath(os.fsdecode(path))
    if place != inside and not place.startswith(inside + os.sep) and place != os.devnull:
        raise PermissionError(13, "Permission denied", os.fsdecode(path))
