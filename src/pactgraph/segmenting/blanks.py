"""White space at the edges of a stretch of text."""

from __future__ import annotations


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of `text[start:end]` without the white space at its edges; of white space alone, its end.

    >>> trimmed("an oven ", 2, 8)
    (3, 7)
    """
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
