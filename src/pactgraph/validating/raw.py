"""A result as an engine gives it, before names, messages and evidence are looked up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Raw:
    """One result, all nodes as strings; `path` is empty unless it is one property."""

    severity: str
    shape: str
    message: str
    focus: str
    path: str
    value: str
    component: str
