"""The command that hands the graph on to other tools and people."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from pactgraph.cli.group import graph_option, reading
from pactgraph.errors import DefinitionError, unknown
from pactgraph.exporting import ENDINGS, FORMATS, VIEWS, View

_ICS = "ics"
_OTHERS = (_ICS,)
_ENDINGS = {**ENDINGS, ".ics": _ICS}


@click.command(epilog="Example: pactgraph export caps.svg --graph graph --view kind --kind LiabilityCap")
@click.argument("out", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
@graph_option
@click.option(
    "--format",
    "form",
    type=click.Choice([*FORMATS, *_OTHERS]),
    help="The format to write. [default: by the ending of OUT]",
)
@click.option("--view", type=click.Choice(list(VIEWS)), help="What a drawing shows; all by default.")
@click.option("--agreement", metavar="SLUG", default="", help="The agreement that a drawing shows.")
@click.option("--kind", metavar="KIND", default="", help="The kind of term that a drawing shows (--view kind).")
@click.option(
    "--without-quotes",
    is_flag=True,
    help="Leave out all words of the agreements but the parties' names and the title, to share the rest.",
)
@click.option(
    "--begins", metavar="DAY|FILE", help="When the agreements began, for ics: one day, or a CSV file of agreement,date."
)
@click.option(
    "--incidents",
    type=click.Path(dir_okay=False, path_type=Path),
    help="When something went wrong that is to be claimed, for ics: a CSV file of agreement,date.",
)
@click.option("--after", metavar="DAY", help="Leave out days before this one, for ics.")
@click.option(
    "--calendar",
    metavar="CODE",
    help="Whose holidays are no business days, for ics: law (of the governing law), weekdays, or GB-ENG, US-CA, DE ...",
)
def export(
    out: Path,
    folder: Path,
    form: str | None,
    view: str | None,
    agreement: str,
    kind: str,
    without_quotes: bool,
    **noted: str | Path | None,
) -> None:
    """Write the graph to the file OUT, or to standard output for -, for other tools.

    Turtle has the union of all graphs; N-Quads, TriG and JSON-LD keep them apart. GraphML, GEXF (Gephi), Cytoscape
    and node-link JSON, DOT, SVG and PNG are drawings of agreements, parties and terms, CSV and XLSX tables of them:
    of all, an overview (without norms and definitions), one agreement with its clauses, one kind of term across
    agreements, or obligations by party. An OUT that ends in .gz is compressed.

    A calendar (ics) has the last days to give notice, renewals, and ends; with --incidents, the last days to claim:

    \b
      pactgraph export deadlines.ics --begins starts.csv --after 2031-01-01

    To share a graph without what the agreements say, write facts and figures, offsets and hashes alone:

    \b
      pactgraph export shared.nq.gz --without-quotes

    Others 'pactgraph import' it, and whoever has the agreements can 'pactgraph attach' them.
    """
    form = form or _form_of(out)
    given = {name: value for name, value in noted.items() if value is not None}
    if form == _ICS:
        _calendar(out, folder, given, drawing=bool(view or kind or agreement or without_quotes))
        return
    if given:
        raise click.UsageError(f"--{min(given)} is for a calendar: --format ics, or an OUT that ends in .ics.")
    name = view or ("kind" if kind else "agreement" if agreement else "")
    shown = View(name, agreement, kind) if name else None
    with reading(folder) as graph:
        if str(out) == "-":
            graph.write(sys.stdout.buffer, form, shown, without_quotes=without_quotes)
        else:
            graph.export(out, form, shown, without_quotes=without_quotes)
            click.echo(f"Wrote {out}.", err=True)


def _calendar(out: Path, folder: Path, given: Mapping[str, str | Path], *, drawing: bool) -> None:
    """Write the days to note."""
    if drawing:
        raise click.UsageError("a calendar has all agreements and quotes; --view and --without-quotes are for others.")
    with reading(folder) as graph:
        written = graph.export_calendar(sys.stdout.buffer if str(out) == "-" else out, **given)  # type: ignore[arg-type]
    if not written:
        click.echo("No day to note: no start of an agreement is known; give --begins.", err=True)
    if str(out) != "-":
        click.echo(f"Wrote {out}: {written} day{'' if written == 1 else 's'} to note.", err=True)


def _form_of(out: Path) -> str:
    """Return the format that the ending of a file's name says."""
    ending = Path(out.stem).suffix if out.suffix.lower() == ".gz" else out.suffix
    if ending.lower() not in _ENDINGS:
        raise DefinitionError(f"{out}: {unknown('ending of a file', ending, _ENDINGS)} Or give --format.")
    return _ENDINGS[ending.lower()]
