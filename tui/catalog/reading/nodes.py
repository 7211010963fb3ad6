"""A film's YAML before it is a Film: text with its place. Lines and columns count from 0."""

from __future__ import annotations

from typing import NamedTuple


class Scalar(NamedTuple):
    value: str
    line: int
    column: int
    plain: bool
    """Written without quotes."""

    @property
    def absent(self) -> bool:
        """Nothing is written there, or YAML's sign for nothing."""
        return self.plain and self.value in {"", "~"}


class Sequence(list["Node"]):
    def __init__(self, line: int, column: int) -> None:
        super().__init__()
        self.line = line
        self.column = column


class Mapping(dict[str, tuple[Scalar, "Node"]]):
    def __init__(self, line: int, column: int) -> None:
        super().__init__()
        self.line = line
        self.column = column


Node = Scalar | Sequence | Mapping
