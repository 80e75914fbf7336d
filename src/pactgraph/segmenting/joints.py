"""Offsets where a space between two words was lost."""

from __future__ import annotations


def find_joints(text: str) -> tuple[int, ...]:
    """Return the offsets in `text` where a space was lost between two words, in order."""
    del text
    return ()
