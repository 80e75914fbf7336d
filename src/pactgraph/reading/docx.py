"""The reader of Word files (.docx): words as Word shows them, structure and numbers beside them."""

from __future__ import annotations

import hashlib

from pactgraph.errors import SourceError, unknown
from pactgraph.model import Document
from pactgraph.reading.composing import Composer
from pactgraph.reading.docx_body import Body, Parts, comments, numbered_notes
from pactgraph.reading.docx_numbering import Numbering
from pactgraph.reading.docx_package import W, WordLimits, open_package
from pactgraph.reading.docx_runs import ALL, FINAL, ORIGINAL, VIEWS, Counts
from pactgraph.reading.docx_styles import Styles

_READ_AS = {
    FINAL: "read as if all were accepted; choose the view 'original' or 'all' for the others",
    ORIGINAL: "read as if all were rejected",
    ALL: "read with inserted and deleted words side by side",
}


def read_docx(
    data: bytes, slug: str, name: str, media_type: str, *, view: str = FINAL, limits: WordLimits | None = None
) -> Document:
    """Return the document that `data`, a Word file called `name`, holds.

    `view` says how tracked changes are read: final, original or all; a warning tells of any. Text is
    what Word shows on paper: no field codes, hidden or struck words, comments (these become notes),
    page headers or footers. Automatic numbers are labels of marks, not text. Footnotes follow the
    paragraph that refers to them.

    Raises SourceError where the file is no Word document, cannot be read, holds no text or exceeds
    `limits`, and ValueError for an unknown view.
    """
    if view not in VIEWS:
        raise ValueError(unknown("view of tracked changes", view, VIEWS))
    limits = limits or WordLimits()
    package = open_package(data, name, limits)
    root = package.part(package.main)
    content = root.find(f"{W}body") if root is not None else None
    if content is None:
        raise SourceError(f"{name}: the Word document has no body; open it in Word and save it again.")
    styles = Styles(package.related("styles"))
    notes = numbered_notes(package.related("footnotes"), package.related("endnotes"))
    parts = Parts(styles, Numbering(package.related("numbering"), styles), notes)
    body = Body(name, parts, view, limits.paragraphs)
    composer = Composer()
    for block in body.blocks(content):
        composer.add(block)
    for block in body.rest():
        composer.add(block)
    if not composer.marks:
        raise SourceError(f"{name}: the Word document holds no text; if its pages are images, read them by OCR first.")
    return Document(
        slug=slug,
        source=name,
        text=composer.text,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=media_type,
        furniture=tuple(composer.furniture),
        warnings=_warnings(name, body.runs.counts, body.embedded, view),
        marks=tuple(composer.marks),
        notes=comments(package.related("comments")),
    )


def _warnings(name: str, counts: Counts, embedded: int, view: str) -> tuple[str, ...]:
    found = []
    if counts.inserted or counts.deleted:
        found.append(
            f"{name}: has tracked changes ({counts.inserted} inserted, {counts.deleted} deleted), {_READ_AS[view]}."
        )
    if counts.struck:
        found.append(f"{name}: words struck through by hand were left out ({counts.struck}); check that they are void.")
    if embedded:
        found.append(f"{name}: embedded files were not read ({embedded}); save them as agreements of their own.")
    return tuple(found)
