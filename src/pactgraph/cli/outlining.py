"""The command that shows how an agreement is cut into clauses."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from pactgraph.cli.group import output
from pactgraph.cli.sourcing import Chosen, reading_options
from pactgraph.model import Document, Outline
from pactgraph.pipeline import outlined
from pactgraph.querying import shown
from pactgraph.reading import discover

_INDENT = 2
_LONGEST = 60


@click.command(epilog="Example: pactgraph outline examples/agreements/brackenholt.txt")
@click.argument("file", type=click.Path(allow_dash=True, path_type=str))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print the tree.",
)
@reading_options
def outline(file: str, form: str, chosen: Chosen) -> None:
    """Show the clause tree of an agreement: numbers, headings, offsets, pages.

    FILE is a file, a URL, or - for standard input; of a folder, a pattern or a zip archive all agreements are
    shown. Cross-references that point to no clause of the agreement are listed at the end.
    """
    for source in discover(chosen.sources([file]), chosen.limits).sources:
        document, tree = outlined(source, chosen.limits, chosen.view)
        with output(form) as console:
            if form == "json":
                console.file.write(json.dumps(_tree(document, tree), ensure_ascii=False, indent=2) + "\n")
            else:
                for indent, line in _lines(document, tree):
                    console.print(" " * indent + shown(line), soft_wrap=True)


def _lines(document: Document, tree: Outline) -> Iterator[tuple[int, str]]:
    """Yield the lines of the tree, each with how far it is set in."""
    size = f"{len(tree.clauses)} clauses, {len(tree.sentences)} sentences, {len(document.text)} characters"
    yield 0, f"{document.source}: {size}"
    for clause in tree.clauses:
        heading = clause.heading if len(clause.heading) <= _LONGEST else f"{clause.heading[: _LONGEST - 1]}…"
        number = "" if clause.number == heading else clause.number
        title = " ".join(part for part in (number, heading) if part) or f"({clause.kind})"
        page = _page(document, clause.start)
        place = f"{clause.start}-{clause.whole_end}{f', page {page}' if page else ''}"
        yield _INDENT * clause.level, f"{title}  [{place}]"
    for reference in tree.references:
        if reference.target is None:
            yield 0, f"points nowhere: {reference.label} [{reference.start}-{reference.end}]"
    for warning in document.warnings:
        yield 0, f"note: {warning}"


def _tree(document: Document, tree: Outline) -> dict[str, object]:
    keys = [clause.key for clause in tree.clauses]
    return {
        "agreement": document.slug,
        "source": document.source,
        "length": len(document.text),
        "clauses": [
            {
                "key": clause.key,
                "number": clause.number,
                "kind": clause.kind,
                "heading": clause.heading,
                "level": clause.level,
                "start": clause.start,
                "end": clause.end,
                "wholeEnd": clause.whole_end,
                "parent": None if clause.parent is None else keys[clause.parent],
                "page": _page(document, clause.start),
            }
            for clause in tree.clauses
        ],
        "references": [
            {
                "label": reference.label,
                "start": reference.start,
                "end": reference.end,
                "from": keys[reference.source],
                "to": None if reference.target is None else keys[reference.target],
            }
            for reference in tree.references
        ],
        "warnings": list(document.warnings),
    }


def _page(document: Document, position: int) -> int | None:
    return next((page.number for page in document.pages if page.start <= position < page.end), None)
