"""A figure: its samples, what it is measured against, and whether its budget is met."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from statistics import median
from typing import Any, Literal


@dataclass(frozen=True)
class Budget:
    """A limit to a figure's median, or to its ratio to the floor."""

    limit: float
    of: Literal["ratio", "value"] = "ratio"
    at_least: bool = False
    """Whether more is better."""

    def __str__(self) -> str:
        sign = "≥" if self.at_least else "≤"
        return f"{sign} {self.limit:,.2f} ×" if self.of == "ratio" else f"{sign} {self.limit:,.0f}"

    def met(self, figure: Figure) -> bool | None:
        """None where the figure has no ratio."""
        measured = figure.ratio if self.of == "ratio" else figure.median
        if measured is None:
            return None
        return measured >= self.limit if self.at_least else measured <= self.limit


@dataclass(frozen=True)
class Figure:
    """One thing measured on one catalog."""

    name: str
    size: str
    unit: str
    samples: list[float]
    """In `unit`, one of each run."""
    floor_samples: list[float] = field(default_factory=list)
    """Taken in turn with the samples, in the same run."""
    budget: Budget | None = None
    least: float = 0.0
    """No ratio is given to a floor of less than this, which is noise."""

    @property
    def median(self) -> float:
        return median(self.samples)

    @property
    def floor(self) -> float | None:
        return median(self.floor_samples) if self.floor_samples else None

    @property
    def ratio(self) -> float | None:
        floor = self.floor
        return self.median / floor if floor is not None and floor > self.least else None

    @property
    def met(self) -> bool | None:
        """Whether the budget is met; None without one, or without a ratio that it is on."""
        return self.budget.met(self) if self.budget else None

    def data(self) -> dict[str, Any]:
        """For programs. Names and order are stable."""
        return {
            "name": self.name,
            "size": self.size,
            "unit": self.unit,
            "median": _rounded(self.median),
            "max": _rounded(max(self.samples)),
            "floor": _rounded(self.floor),
            "ratio": _rounded(self.ratio),
            "budget": self.budget.limit if self.budget else None,
            "budget_of": self.budget.of if self.budget else None,
            "met": self.met,
            "runs": len(self.samples),
        }


def _rounded(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else round(value, 4)
