"""How deep a catalog may be nested: one rule for the reader and the layout, whichever PyYAML parses."""

from __future__ import annotations

from typing import Any

import yaml
from yaml.scanner import ScannerError

DEEPEST = 8
"""Lists and fields in each other that a film can have; what is deeper is reported."""

HOPELESS = 100
"""Nested so deep, the parser itself takes time by the square: nothing more is read of it."""


class TooDeepError(yaml.YAMLError):
    """HOPELESS was met."""


def stopped_at(error: yaml.YAMLError) -> int | None:
    """Where PyYAML stopped because of the nesting, counted in characters; None for every other error.

    From 6.0.4 on it does so at a depth of 1,000. It looks ahead within a line, so that it may stop before it has
    given the events of the brackets: what it stopped at must be read once more, only up to there.
    """
    text = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    mark = getattr(error, "problem_mark", None)
    return mark.index if mark is not None and "nesting depth" in text else None


class PythonLoader(yaml.BaseLoader):
    """PyYAML's own parser, for where libyaml is missing: the same events, more slowly.

    By itself it knows no depth, and looks at each open bracket again for each of the next 1,000 characters.
    """

    def fetch_flow_collection_start(self, TokenClass: Any) -> None:  # noqa: N803 (PyYAML's name)
        if self.flow_level > HOPELESS:
            raise ScannerError(None, None, "nesting depth", self.get_mark())
        super().fetch_flow_collection_start(TokenClass)


LOADER: Any = getattr(yaml, "CBaseLoader", PythonLoader)
