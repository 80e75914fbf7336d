"""Commands about playbooks: print one as shapes, begin one's own, and judge agreements by it."""

from __future__ import annotations

from pathlib import Path

import click

from pactgraph.cli.group import output, progress, reading
from pactgraph.errors import DefinitionError, unknown
from pactgraph.validating import (
    FAILING,
    VERDICT_FORMATS,
    fails,
    load_playbooks,
    render_verdicts,
    sample_playbook,
)

playbook_option = click.option(
    "--playbook",
    type=click.Path(path_type=Path),
    help="Judge by these positions instead: a playbook file (YAML, or shapes in Turtle) or a folder of them.",
)


@click.command(epilog="Example: pactgraph playbook --sample")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--sample", is_flag=True, help="Print the sample playbook, a template for one's own.")
def playbook(file: Path | None, sample: bool) -> None:
    """Check the playbook FILE and print it as SHACL shapes; with --sample, print a playbook to begin with.

    A playbook holds a company's positions, point by point: what is ideal, what is acceptable, what is a
    walk-away. 'pactgraph validate --playbook FILE' judges the agreements of a graph by it. Begin with
    'pactgraph playbook --sample > mine.yaml'; docs/playbooks.md describes every key.
    """
    if sample == (file is not None):
        raise click.UsageError("Give either the FILE of a playbook or --sample.")
    if file is None:
        click.echo(sample_playbook().read_text(encoding="utf-8"), nl=False)
        return
    for found in load_playbooks(file):
        click.echo(found.turtle, nl=False)


def judge(context: click.Context, folder: Path, positions: Path, form: str, fail_on: str, *, quotes: bool) -> None:
    """Print the verdicts of a playbook on each agreement; end with code 1 where one fails.

    A violation or a warning is a matter of shapes: of verdicts, `fail_on` 'violation' and 'warning' mean walk-away.
    """
    if form not in VERDICT_FORMATS:
        raise DefinitionError(unknown("format of verdicts", form, VERDICT_FORMATS))
    found = load_playbooks(positions)
    with reading(folder) as graph, progress("Judging") as advance:
        verdicts = graph.verdicts(found, progress=advance)
    with output(form) as console:
        console.file.write(render_verdicts(verdicts, form, quotes=quotes))
    if fails(verdicts, fail_on if fail_on in FAILING else "walk-away"):
        context.exit(1)
