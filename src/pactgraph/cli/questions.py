"""The command that asks named questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console

from pactgraph.cli.group import graph_option, output, reading
from pactgraph.cli.interrupting import interruptible
from pactgraph.cli.publishing import insecure_option, product_option
from pactgraph.endpoint import Endpoint
from pactgraph.errors import QueryError, StoreError, unknown
from pactgraph.graph import Graph
from pactgraph.model import Answer
from pactgraph.querying import (
    ANSWER_FORMATS,
    QUOTES,
    Given,
    guide,
    listing,
    question,
    questions,
    show_answer,
    shown,
    without_rows,
)

_ALL = "all"
_WHOLE = ("table", "jsonl", "markdown")
"""Formats in which several answers can follow one another."""

_BARE = ("csv", "jsonl")
"""Formats that hold rows alone; who has none is told beside them."""

_ENDINGS = {".md": "markdown", ".txt": "table", ".htm": "html"}
"""Endings of files that are not called as their format is."""


class _Ask(click.Command):
    """The command, whose --help behind the name of a question is the help of that question."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        asked = next((word for word in args if word in questions()), None)
        if asked is None and args and not args[0].startswith("-") and args[0] != _ALL:
            asked = args[0]
        if asked and any(word in ("-h", "--help", "--explain") for word in args):
            _print_lines(guide(question(asked)))
            ctx.exit()
        return super().parse_args(ctx, args)


def _pairs(_: click.Context, __: click.Parameter, words: tuple[str, ...]) -> dict[str, str]:
    pairs = [word.partition("=") for word in words]
    for name, sign, _value in pairs:
        if not name or not sign:
            raise click.BadParameter(f"'{name}' is no NAME=VALUE, such as party=Provider.")
    return {name: value for name, _sign, value in pairs}


@click.command(cls=_Ask, epilog="Example: pactgraph ask my-duties --graph graph --party Provider --evidence")
@click.argument("name", metavar="[QUESTION|all]", required=False)
@graph_option
@click.option(
    "--format", "form", type=click.Choice(list(ANSWER_FORMATS)), help="How to print it. [default: table, or by --out]"
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file, not to the terminal.")
@click.option(
    "--agreement", "agreements", multiple=True, metavar="SLUG", help="Ask of this agreement only; repeatable."
)
@click.option("--party", help="The party that the question is about, such as Provider.")
@click.option(
    "--start", metavar="DAY|FILE", help="When the agreements began: one day, or a CSV file of agreement,date."
)
@click.option("--param", "given", multiple=True, metavar="NAME=VALUE", callback=_pairs, help="Any other parameter.")
@click.option("--quotes", type=click.Choice(QUOTES), default="short", show_default=True, help="Quotes in a table.")
@click.option("--evidence", is_flag=True, help="Number the quotes and print them whole below the table.")
@click.option("--timeout", type=click.FloatRange(0, min_open=True), help="Seconds that a question may take.")
@click.option("--endpoint", metavar="URL", help="Ask the SPARQL endpoint at URL: another's store, or a served graph.")
@product_option
@insecure_option
@click.option("--list", "listed", is_flag=True, help="List the questions and what they ask.")
@click.option(
    "--explain", is_flag=True, help="Print what a question answers and may be told: its columns and parameters."
)
def ask(
    name: str | None,
    folder: Path,
    form: str | None,
    out: Path | None,
    agreements: tuple[str, ...],
    party: str | None,
    start: str | None,
    given: dict[str, Given],
    quotes: str,
    evidence: bool,
    timeout: float | None,
    endpoint: str | None,
    product: str,
    insecure: bool,
    listed: bool,
    explain: bool,
) -> None:
    """Answer a named QUESTION across all agreements, with the words that prove each row.

    \b
      pactgraph ask --list            the questions
      pactgraph ask uptime --help     what one answers and may be told

    The answer ends with the agreements that have no row: those that are silent on it, those that expressly
    exclude it, and those that leave it to a document that is not here.

    At an endpoint, quotes are compared with the sources that the graph folder holds, if any. Credentials for it are
    PACTGRAPH_ENDPOINT_USER and PACTGRAPH_ENDPOINT_PASSWORD, or PACTGRAPH_ENDPOINT_TOKEN, in the environment.
    """
    if listed:
        _print_lines(listing())
        return
    if name is None:
        raise QueryError("which question? 'pactgraph ask --list' lists them.")
    names = list(questions()) if name == _ALL else [question(name).name]
    if explain:
        raise QueryError("--explain wants the name of one question.")
    form = form or form_of(out, ANSWER_FORMATS)
    if name == _ALL and form not in _WHOLE:
        raise QueryError(f"several answers need one of the formats {', '.join(_WHOLE)}; '{form}' holds one.")
    told = {**given, **({"party": party} if party else {}), **(_start(start) if start else {})}
    there = Endpoint(endpoint, product=product, seconds=timeout or 60, insecure=insecure) if endpoint else None
    with _asking(folder, there) as asking:
        answers = _answers(names, told, agreements, asking, timeout)
        # A file is begun when all is known, as the end of the time leaves nobody to tidy up.
        found = answers if out is None else iter(list(answers))
        with destination(out, form) as console:
            for answer in found:
                show_answer(answer, form, console, "footnotes" if evidence else quotes)
                _tell(answer, form)


@contextmanager
def _asking(folder: Path, endpoint: Endpoint | None) -> Iterator[Callable[..., Answer]]:
    """Give what answers a question: the graph in the folder, or an endpoint; tell whose quotes were not compared."""
    if endpoint is None:
        with reading(folder) as graph:
            yield graph.ask
        return
    absent: set[str] = set()
    with _sources(folder) as held:

        def text(sha256: str) -> str | None:
            found = held(sha256)
            absent.update([sha256] if found is None else [])
            return found

        yield lambda name, **given: endpoint.ask(name, texts=text, **given)
    if absent:
        which = "1 source is" if len(absent) == 1 else f"{len(absent)} sources are"
        click.echo(f"{which} not at hand; of their quotes, only the lengths were checked.", err=True)


@contextmanager
def _sources(folder: Path) -> Iterator[Callable[[str], str | None]]:
    """Give what returns the text of a source that the graph in a folder holds, if there is one."""
    try:
        graph = Graph.open(folder)
    except StoreError:
        yield lambda _: None
        return
    with graph:

        def text(sha256: str) -> str | None:
            try:
                return graph.source_text(sha256)
            except StoreError:
                return None

        yield text


def _answers(
    names: list[str],
    told: dict[str, Given],
    agreements: tuple[str, ...],
    asking: Callable[..., Answer],
    seconds: float | None,
) -> Iterator[Answer]:
    for name in names:
        given = told if len(names) == 1 else _declared(name, told)
        with interruptible(seconds):
            answer = asking(name, agreements=agreements, **given)
        yield answer


def _tell(answer: Answer, form: str) -> None:
    for line in without_rows(answer) if form in _BARE else ():
        click.echo(shown(line), err=True)


def _declared(name: str, told: dict[str, Given]) -> dict[str, Given]:
    known = {parameter.name for parameter in question(name).parameters}
    return {key: value for key, value in told.items() if key in known}


def _start(start: str) -> dict[str, Given]:
    """Return the parameter that a day, or a file of days, is the value of."""
    return {"starts": Path(start)} if start.endswith(".csv") or Path(start).is_file() else {"start": start}


def form_of(out: Path | None, forms: Iterable[str]) -> str:
    """Return which of some formats a file is written in, by its ending: a table for the terminal, where it is None."""
    if out is None:
        return "table"
    endings = _ENDINGS | {f".{name}": name for name in forms}
    if out.suffix.lower() not in endings:
        raise QueryError(f"{out}: {unknown('ending of a file', out.suffix, endings)} Or give --format.")
    return endings[out.suffix.lower()]


@contextmanager
def destination(out: Path | None, form: str) -> Iterator[Console]:
    """Give the console that prints to the terminal, or into the file `out`, which appears when all is written."""
    if out is None:
        with output(form) as console:
            yield console
        return
    part = out.with_name(f".{out.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            yield Console(file=file, width=100, highlight=False, markup=False)
        part.replace(out)
    except OSError as error:
        raise StoreError(f"{out}: cannot be written: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)
    click.echo(f"Wrote {out}.", err=True)


def _print_lines(lines: Iterator[str]) -> None:
    with output("table") as console:
        for line in lines:
            console.print(line, soft_wrap=True)
