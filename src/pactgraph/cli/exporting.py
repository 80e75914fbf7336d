"""The command that hands the graph on to other tools and people."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pactgraph.cli.group import graph_option, reading
from pactgraph.errors import DefinitionError, unknown
from pactgraph.exporting import ENDINGS, FORMATS, VIEWS, View


@click.command(epilog="Example: pactgraph export caps.svg --graph graph --view kind --kind LiabilityCap")
@click.argument("out", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
@graph_option
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), help="The format to write. [default: by the ending of OUT]"
)
@click.option("--view", type=click.Choice(list(VIEWS)), help="What a drawing shows; all by default.")
@click.option("--agreement", metavar="SLUG", default="", help="The agreement that a drawing shows.")
@click.option("--kind", metavar="KIND", default="", help="The kind of term that a drawing shows (--view kind).")
@click.option(
    "--without-quotes",
    is_flag=True,
    help="Leave out all words of the agreements but the parties' names and the title, to share the rest.",
)
def export(
    out: Path, folder: Path, form: str | None, view: str | None, agreement: str, kind: str, without_quotes: bool
) -> None:
    """Write the graph to the file OUT, or to standard output for -, for other tools.

    Turtle has the union of all graphs; N-Quads, TriG and JSON-LD keep them apart. The others are drawings
    of agreements, parties and terms: GraphML, GEXF (Gephi), Cytoscape and node-link JSON, DOT, SVG and PNG.
    A drawing shows all, an overview (without norms and definitions), one agreement with its clauses, one
    kind of term across agreements, or obligations by party. An OUT that ends in .gz is compressed.

    To share a graph without what the agreements say, write facts and figures, offsets and hashes alone; others
    'pactgraph import' it, and whoever has the agreements can 'pactgraph attach' them:

    \b
      pactgraph export shared.nq.gz --without-quotes
    """
    form = form or _form_of(out)
    name = view or ("kind" if kind else "agreement" if agreement else "")
    shown = View(name, agreement, kind) if name else None
    with reading(folder) as graph:
        if str(out) == "-":
            graph.write(sys.stdout.buffer, form, shown, without_quotes=without_quotes)
        else:
            graph.export(out, form, shown, without_quotes=without_quotes)
            click.echo(f"Wrote {out}.", err=True)


def _form_of(out: Path) -> str:
    """Return the format that the ending of a file's name says."""
    ending = Path(out.stem).suffix if out.suffix.lower() == ".gz" else out.suffix
    if ending.lower() not in ENDINGS:
        raise DefinitionError(f"{out}: {unknown('ending of a file', ending, ENDINGS)} Or give --format.")
    return ENDINGS[ending.lower()]
