"""Commands that make and judge the graph: build, validate."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click

from pactgraph.building import BuildSummary, Progress
from pactgraph.cli.group import BAD_INPUT, graph_option, mappings_option, output, progress, reading
from pactgraph.cli.playbooks import judge, playbook_option
from pactgraph.cli.sourcing import Chosen, reading_options
from pactgraph.errors import SourceError
from pactgraph.graph import Graph
from pactgraph.querying import shown
from pactgraph.validating import ENGINES, PYSHACL, render
from pactgraph.validating import FORMATS as REPORTS

_FAIL_ON = ("violation", "warning", "walk-away", "unsettled", "none")
_SHOWN = 8
"""So many kinds, and agreements with findings, a summary names."""

_PLURALS = {"violation": "violations", "warning": "warnings", "info": "notes"}


@click.command(epilog="Example: pactgraph build examples/agreements --manifest examples/manifest.csv --graph graph")
@click.argument("paths", nargs=-1, metavar="PATH...", type=click.Path(path_type=str))
@graph_option
@click.option(
    "--manifest",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A CSV file that tells more of the agreements: columns file, vendor, kind, begins.",
)
@mappings_option
@click.option(
    "--corrections",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file of decisions on what is found. [default: corrections.yaml beside the agreements]",
)
@click.option("--no-validate", is_flag=True, help="Leave out the validation of what changed.")
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    help="How many processes read. [default: one a core where there are many agreements, else 1]",
)
@click.option("--verbose", is_flag=True, help="Name all kinds of term that were found, not the most frequent only.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to say it."
)
@click.pass_context
@reading_options
def build(
    context: click.Context,
    paths: tuple[str, ...],
    folder: Path,
    manifest: Path | None,
    mappings: Path | None,
    corrections: Path | None,
    no_validate: bool,
    workers: int | None,
    verbose: bool,
    form: str,
    chosen: Chosen,
) -> None:
    """Read agreements into the graph: files, folders, patterns, zip archives, URLs, or - for standard input.

    \b
      pactgraph build contracts                  all files below a folder
      pactgraph build 'contracts/**/*.docx'      those that match a pattern
      pactgraph build signed.zip                 the members of an archive
      pactgraph build - --name acme.txt < FILE   standard input
      pactgraph build s3://deals/2031            a URL (with the extra 'remote')

    What the graph holds of other agreements stays. Building the same files again changes nothing. A file
    that cannot be used is skipped with the reason. Ends with code 2 only if nothing could be used, with
    code 1 if a violation was found.
    """
    if not paths:
        raise SourceError("no path given; name at least one file or folder of agreements.")
    sources = chosen.sources(paths)
    with Graph.open(folder, writing=True) as graph, _counting(folder) as count:
        summary = graph.build(
            sources,
            manifest,
            validate=not no_validate,
            progress=count,
            limits=chosen.limits,
            view=chosen.view,
            workers=workers,
            mappings=mappings,
            corrections=corrections,
        )
    _print(summary, folder, form, verbose=verbose)
    context.exit(_exit_code(summary))


@contextmanager
def _counting(folder: Path) -> Iterator[Progress]:
    """Give what shows the progress of a build; an interruption says how much of it is kept."""
    done = 0
    with progress("Reading") as advance:

        def count(name: str, number: int, total: int) -> None:
            nonlocal done
            done = number
            advance(name, number, total)

        try:
            yield count
        except KeyboardInterrupt as error:
            kept = f"{done} agreement{'' if done == 1 else 's'} of this build"
            raise KeyboardInterrupt(f"The graph in {folder} keeps {kept}, each whole; build again to go on.") from error


def _print(summary: BuildSummary, folder: Path, form: str, *, verbose: bool) -> None:
    with output(form) as console:
        if form == "json":
            console.file.write(json.dumps(asdict(summary), ensure_ascii=False, indent=2) + "\n")
            return
        for line in summary_lines(summary, folder, verbose=verbose):
            console.print(shown(line) if not line.startswith(" ") else f"  {shown(line)}", soft_wrap=True)


def _exit_code(summary: BuildSummary) -> int:
    if not summary.used:
        return BAD_INPUT
    return 1 if any(counts.get("violation") for counts in summary.severities.values()) else 0


def summary_lines(summary: BuildSummary, folder: Path, *, verbose: bool = False) -> Iterator[str]:
    """Yield what a build did, line by line: agreements, terms, what is missing, what was skipped.

    Of kinds and of agreements with findings, those with the most are named, or all where it is `verbose`.
    """
    states = {"added": summary.added, "changed": summary.changed, "unchanged": summary.unchanged}
    told = ", ".join(f"{len(names)} {state}" for state, names in states.items() if names)
    yield f"{_count(len(summary.used), 'agreement')}{f': {told}' if told else ''}. The graph is in {folder}."
    if summary.used and not (summary.added or summary.changed):
        yield "Nothing has changed."
    if summary.found:
        head = f"{_count(sum(summary.found.values()), 'term')} of {_count(len(summary.found), 'kind')}"
        yield f"{head}: {_most(summary.found, None if verbose else _SHOWN, 'kinds')}."
    yield from _judgement(summary, verbose=verbose)
    for title, remarks in (("Skipped:", summary.skipped), ("Notes:", summary.notes)):
        if remarks:
            yield title
            yield from (f"  {name}: {reason}" for name, reason in remarks)


def _most(counts: Mapping[str, int], shown: int | None, noun: str) -> str:
    """Return names with their numbers: all in their order, or those with the most, and how many others there are."""
    if shown is None or len(counts) <= shown + 1:
        return ", ".join(f"{name} {number}" for name, number in counts.items())
    most = sorted(counts.items(), key=lambda pair: -pair[1])[:shown]
    return ", ".join(f"{name} {number}" for name, number in most) + f" and {len(counts) - shown} other {noun}"


def _judgement(summary: BuildSummary, *, verbose: bool) -> Iterator[str]:
    if not summary.severities:
        if summary.used:
            yield "Not validated."
        return
    for severity, plural in _PLURALS.items():
        counts = {slug: found[severity] for slug, found in summary.severities.items() if found.get(severity)}
        if counts:
            each = _most(counts, None if verbose else _SHOWN, "agreements")
            yield f"{_count(sum(counts.values()), severity, plural)}: {each}."
    if not any(map(bool, summary.severities.values())):
        yield "Validated: nothing wrong, nothing missing."


def _count(number: int, noun: str, plural: str = "") -> str:
    return f"{number} {noun if number == 1 else plural or f'{noun}s'}"


@click.command(epilog="Example: pactgraph validate --graph graph --fail-on warning")
@graph_option
@click.option(
    "--format",
    "form",
    type=click.Choice(list(REPORTS)),
    default="text",
    show_default=True,
    help="How to print the report.",
)
@click.option(
    "--fail-on",
    type=click.Choice(_FAIL_ON),
    default="violation",
    show_default=True,
    help="End with code 1 where a result is this bad or worse; walk-away and unsettled are for playbooks.",
)
@click.option("--quotes", is_flag=True, help="Show the words of the agreements, too; all formats but text have them.")
@click.option(
    "--engine",
    type=click.Choice(list(ENGINES)),
    default=PYSHACL,
    show_default=True,
    help="The SHACL engine; fast needs the extra 'fast', and finds the same.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    help="How many processes validate. [default: one a core where many agreements changed, else 1]",
)
@playbook_option
@click.pass_context
def validate(
    context: click.Context,
    folder: Path,
    form: str,
    fail_on: str,
    quotes: bool,
    engine: str,
    workers: int | None,
    playbook: Path | None,
) -> None:
    """Report what is wrong or missing in each agreement, by the shapes.

    What is broken is a violation, what an agreement should state and does not is a warning. The graph
    keeps the report of each agreement in a named graph of its own: an agreement is judged again only where it,
    the shapes or the engine have changed.

    With --playbook, each agreement is judged by a company's positions instead: ideal, acceptable or a walk-away,
    with the words that prove it and the smallest change that would pass. --fail-on walk-away, the default, fails
    on those; --fail-on unsettled on all that is not known to pass.
    """
    if playbook is not None:
        judge(context, folder, playbook, form, fail_on, quotes=quotes)
        return
    reading(folder).close()  # opening for writing would make a graph where there is none
    with Graph.open(folder, writing=True) as graph, progress("Validating") as advance:
        report = graph.validate(progress=advance, engine=engine, workers=workers)
    with output(form) as console:
        console.file.write(render(report, form, quotes=quotes))
    failing = ("violation", "warning") if fail_on == "warning" else ("violation",)
    if fail_on != "none" and report.worst() in failing:
        context.exit(1)
