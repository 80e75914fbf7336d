"""Numbers that Word or a browser derives: rules read them where a typed number would stand."""

from __future__ import annotations

from collections.abc import Iterator

from pactgraph.extracting.views import Edit
from pactgraph.model import Document

_TYPED_BULLET = "-"


def label_edits(document: Document) -> Iterator[Edit]:
    """Yield the edits that put the derived labels of `document` before their words, but for those typed as well.

    So a list reads the same whether its numbers were typed or not; they take no room in the source.
    """
    for mark in document.marks:
        if mark.label and not document.text.startswith(mark.label, mark.start):
            label = mark.label if any(map(str.isalnum, mark.label)) else _TYPED_BULLET
            yield Edit(mark.start, mark.start, f"{label} ")
