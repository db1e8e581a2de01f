"""What installed packages offer by entry points, looked for when first asked.

A broken one is an error only for who asks for it by name.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from ..errors import AmbiguousError, MissingError, PluginError

__all__ = ["DATASETS", "PACE", "offered", "plugin", "plugin_error"]

DATASETS = "innovation_plans.datasets"
PACE = "innovation_plans.pace"


@cache
def offered(group: str) -> dict[str, tuple[Any, ...]]:
    """The entry points of a group, by name: more than one where packages dispute a name."""
    from importlib.metadata import entry_points

    found: dict[str, tuple[Any, ...]] = {}
    for each in entry_points(group=group):
        found[each.name] = (*found.get(each.name, ()), each)
    return found


def plugin(group: str, name: str) -> Any:
    """The object behind an entry point.

    Raises
    ------
    MissingError
        If no installed package offers the name.
    AmbiguousError
        If several do; names their distributions.
    PluginError
        If it cannot be loaded; names the distribution.
    """
    found = offered(group).get(name, ())
    if not found:
        raise MissingError(asked=f"{group} {name[:60]!r}", nearest=tuple(offered(group)))
    if len(found) > 1:
        matches = sorted(_distribution(each) for each in found)
        raise AmbiguousError(
            asked=f"{group} {name!r}", matches=matches, hint="uninstall all but one"
        )
    try:
        return found[0].load()
    except Exception as error:
        raise plugin_error(group, name, f"{type(error).__name__}: {error}") from error


def plugin_error(group: str, name: str, problem: str) -> PluginError:
    """The refusal of what a package offers, with the name of its distribution."""
    found = offered(group).get(name, ())
    distribution = ", ".join(_distribution(each) for each in found) or "an unknown package"
    return PluginError(name=name, distribution=distribution, problem=problem)


def _distribution(entry: Any) -> str:
    return str(entry.dist.name) if entry.dist else "an unknown package"
