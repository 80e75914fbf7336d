"""The command that puts agreements beside each other."""

from __future__ import annotations

from pathlib import Path

import click

from pactgraph.cli.group import graph_option, reading
from pactgraph.cli.questions import destination, form_of
from pactgraph.querying import MATRIX_FORMATS, show_matrix


@click.command(epilog="Example: pactgraph compare Uptime LiabilityCap --graph graph --evidence")
@click.argument("kinds", nargs=-1, metavar="[KIND]...")
@graph_option
@click.option(
    "--agreements", metavar="SLUG,SLUG...", default="", help="Compare these agreements, in this order. [default: all]"
)
@click.option(
    "--format", "form", type=click.Choice(list(MATRIX_FORMATS)), help="How to print it. [default: table, or by --out]"
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file, not to the terminal.")
@click.option("--evidence", is_flag=True, help="Number the quotes and print them below the table.")
def compare(
    kinds: tuple[str, ...], folder: Path, agreements: str, form: str | None, out: Path | None, evidence: bool
) -> None:
    """Put what agreements state of each kind of term side by side, best and worst for the customer marked.

    \b
      pactgraph compare                                  all kinds that an agreement states
      pactgraph compare Uptime LiabilityCap              some kinds
      pactgraph compare Remedy --agreements acme,brindle a class of kinds, two agreements
      pactgraph compare --out matrix.xlsx                a workbook, with the quotes on a second sheet

    A cell without a term says why: silent, where no words on it were found; excluded, where the agreement says that
    there is no such term; unknown, where it leaves the matter to what is not here. Which direction is better is
    declared in ontology/measures.ttl; lengths of time compare where no calendar makes them equal.
    """
    form = form or form_of(out, MATRIX_FORMATS)
    wanted = [slug for slug in (part.strip() for part in agreements.split(",")) if slug]
    with reading(folder) as graph:
        matrix = graph.compare(kinds, agreements=wanted)
    with destination(out, form) as console:
        show_matrix(matrix, form, console, notes=evidence)
