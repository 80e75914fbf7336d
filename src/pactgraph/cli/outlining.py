"""The command that shows how an agreement is cut into clauses."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from pactgraph.cli.group import BAD_INPUT, complain, output
from pactgraph.cli.sourcing import Chosen, reading_options
from pactgraph.errors import PactgraphError
from pactgraph.model import Document, Outline
from pactgraph.pipeline import outlined
from pactgraph.querying import shown
from pactgraph.reading import discover

_INDENT = 2
_LONGEST = 60


@click.command(epilog="Example: pactgraph outline examples/agreements/brackenholt.txt")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(allow_dash=True, path_type=str))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print the tree.",
)
@click.pass_context
@reading_options
def outline(context: click.Context, files: tuple[str, ...], form: str, chosen: Chosen) -> None:
    """Show the clause tree of agreements: numbers, headings, offsets, pages.

    FILE is a file, a URL, or - for standard input; of a folder, a pattern or a zip archive all agreements are
    shown, as JSON one object after another. At the end of each stand the cross-references that point to no
    clause of it, the comments of a Word file ("comment by R. Ode: ..."), and what to know of the reading
    ("note:"), such as a guessed encoding, tracked changes or pages without text. A file that cannot be read
    is one line on standard error, and the others are shown; ends with code 2 only if nothing could be shown.
    """
    found = discover(chosen.sources(files), chosen.limits)
    for name, reason in found.skipped:
        complain(f"{name}: {reason}")
    done = 0
    for source in found.sources:
        try:
            document, tree = outlined(source, chosen.limits, chosen.view)
        except PactgraphError as error:
            complain(str(error))
            continue
        done += 1
        _show(document, tree, form)
    context.exit(0 if done else BAD_INPUT)


def _show(document: Document, tree: Outline, form: str) -> None:
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
    yield from ((0, note) for note in document.notes)
    yield from ((0, f"note: {warning}") for warning in document.warnings)


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
        "notes": list(document.notes),
        "warnings": list(document.warnings),
    }


def _page(document: Document, position: int) -> int | None:
    return next((page.number for page in document.pages if page.start <= position < page.end), None)
