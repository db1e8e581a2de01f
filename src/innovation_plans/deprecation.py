"""Floor 0: what becomes of a name of the front door that has moved.

Loaded only when an old name is asked for, so that it costs nothing until then. How long an old
name lives is said in ``docs/explanation/stability.md``. Read next: ``errors.py``.
"""

from __future__ import annotations

import sys
import warnings
from operator import attrgetter

__all__ = ["moved"]


def moved(package: str, old: str, new: str, goes: str) -> object:
    """What stands under the new name, with a ``DeprecationWarning`` at the line that asked.

    To be called from the ``__getattr__`` of `package` itself: the warning points two callers up.

    Parameters
    ----------
    package
        The name of the package, which is loaded.
    old
        The name that was asked for.
    new
        The name it has now, as seen from `package`; may be dotted (``"pace.method"``).
    goes
        The release in which the old name goes.

    Examples
    --------
    >>> import warnings
    >>> with warnings.catch_warnings(record=True) as said:
    ...     warnings.simplefilter("always")
    ...     moved("decimal", "Number", "Decimal", "0.4").__name__
    'Decimal'
    >>> print(said[0].message)
    decimal.Number is now decimal.Decimal; the old name goes in 0.4
    """
    message = f"{package}.{old} is now {package}.{new}; the old name goes in {goes}"
    warnings.warn(message, DeprecationWarning, stacklevel=3)
    found: object = attrgetter(new)(sys.modules[package])
    return found
