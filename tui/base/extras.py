"""Packages that only some commands need: imported when they do, or a line on how to install them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from tui.base.errors import ExtraMissingError, message
from tui.base.words import N_

if TYPE_CHECKING:
    from types import ModuleType


def extra(module: str, name: str) -> ModuleType:
    """A module of a package that the extra of this name installs. Raises ExtraMissingError."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != module.partition(".")[0]:
            raise
    told = N_("this needs the package {package}; install it with: pip install 'filmtui[{extra}]'")
    raise ExtraMissingError(message(told, package=module.partition(".")[0], extra=name)) from None
