"""The command that walks through what is uncertain and writes down what a person decides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import click
from rich.console import Console

from pactgraph.cli.group import complain, graph_option, mappings_option, output, progress, reading
from pactgraph.cli.sourcing import Chosen, reading_options
from pactgraph.correcting import ADD, FILE_NAME, Correction, append, ordered, parse, read, written
from pactgraph.errors import OntologyError, ValueParseError
from pactgraph.extracting import load_rules
from pactgraph.model import FieldValue, Finding
from pactgraph.querying import shown
from pactgraph.reading import discover
from pactgraph.resources import mapping_folders
from pactgraph.reviewing import REASONS, Doubt, doubts_in_graph, doubts_in_sources, undecided
from pactgraph.vocabulary import Kind, schema

_AROUND = 200
"""How many characters before and after the words are shown with them."""

_KEYS = "[c]onfirm, [r]eject, [e]dit a field, [a]dd a finding, [s]kip, [q]uit: "
_PLACE = re.compile(r"(\d+)\s*-\s*(\d+)")
_WHERE = "where are the decisions to be kept? Give --file FILE, such as --file contracts/corrections.yaml."


@click.command(epilog="Example: pactgraph review examples/agreements --list")
@click.argument("path", required=False, type=click.Path(path_type=str))
@graph_option
@click.option(
    "--file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file of decisions. [default: corrections.yaml in the folder of PATH]",
)
@click.option("--list", "listing", is_flag=True, help="Print what is uncertain, and ask nothing.")
@click.option("--only", type=click.Choice(REASONS), help="Leave out what is uncertain for the other reason.")
@click.option("--who", envvar="PACTGRAPH_REVIEWER", show_envvar=True, help="The name to sign decisions with.")
@click.option("--when", type=click.DateTime(["%Y-%m-%d"]), help="The day to date decisions. [default: today]")
@mappings_option
@reading_options
def review(
    path: str | None,
    folder: Path,
    file: Path | None,
    listing: bool,
    only: str | None,
    who: str | None,
    when: date | None,
    mappings: Path | None,
    chosen: Chosen,
) -> None:
    """Walk through the findings that are uncertain, and write down what you decide on each.

    \b
      likely      the rule that found it is wrong too often to be certain
      conflict    it was chosen over what another rule had found

    The findings are those of the agreements at PATH, a file or folder, or those in the graph. Each decision is
    written at the end of the file at once, so that nothing is lost when you stop; run it again to go on. What is in
    the file already is not asked again. A finding that is missing is added by its kind, words and fields.
    'pactgraph build' applies the decisions; docs/corrections.md tells of the file, which can be written by hand, too.
    """
    file = file or _beside(path)
    if file is None and not listing:
        raise click.UsageError(_WHERE)
    before = read(file) if file is not None and file.exists() else ()
    doubts = [doubt for doubt in _doubts(path, folder, mappings, chosen) if only in (None, doubt.reason)]
    left = list(undecided(doubts, before))
    with output("text") as console:
        if listing or file is None:
            for indent, line in _listed(left, len(doubts) - len(left)):
                console.print(" " * indent + shown(line), soft_wrap=True)
        else:
            _Sitting(console, file, who or "", str(when or date.today())[:10]).go_through(left)


def _beside(path: str | None) -> Path | None:
    """Return where the decisions on a file or folder of this machine lie; None for anything else."""
    if path is None or not Path(path).exists():
        return None
    return (Path(path) if Path(path).is_dir() else Path(path).parent) / FILE_NAME


def _doubts(path: str | None, folder: Path, mappings: Path | None, chosen: Chosen) -> Iterator[Doubt]:
    if path is None:
        with reading(folder) as graph:
            yield from doubts_in_graph(graph)
        return
    if path == "-":
        raise click.UsageError("your answers come from standard input; give the agreement as a file.")
    found = discover(chosen.sources([path]), chosen.limits)
    for name, reason in found.skipped:
        complain(f"{name}: {reason}")
    rules = load_rules(*mapping_folders(mappings))
    with progress("Reading") as advance:
        for each in doubts_in_sources(found.sources, rules, chosen.limits, chosen.view, advance):
            if isinstance(each, Doubt):
                yield each
            else:
                complain(str(each))


def _listed(doubts: Sequence[Doubt], decided: int) -> Iterator[tuple[int, str]]:
    """Yield the lines of the list, each with how far it is set in."""
    file = ""
    for doubt in doubts:
        if doubt.file != file:
            file = doubt.file
            yield 0, f"{file}  sha256 {doubt.sha256}"
        yield 2, f"{doubt.finding.start}-{doubt.finding.end}  {_what(doubt)}"
        told = "; ".join(f"{name}: {written(value)}" for name, value in doubt.finding.fields.items())
        if told:
            yield 4, told
        yield 4, f'"{_flat(doubt.quote)}"'
    yield 0, f"{_count(len(doubts), 'uncertain finding')} to decide on, {decided} decided before."


def _what(doubt: Doubt) -> str:
    finding = doubt.finding
    over = f", chosen over {', '.join(finding.overrode)}" if finding.overrode else ""
    return f"{finding.term}: {finding.certainty}, by {finding.rule}{over}"


def _flat(text: str) -> str:
    return " ".join(text.split())


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


class _Sitting:
    """One walk through what is uncertain: what was decided is in the file before the next question."""

    def __init__(self, console: Console, file: Path, who: str, when: str) -> None:
        self._console = console
        self._file = file
        self._who = who
        self._when = when
        self._done = 0

    def go_through(self, doubts: Sequence[Doubt]) -> None:
        """Ask about each; stop where the person quits, or there are no more answers."""
        try:
            for number, doubt in enumerate(doubts, 1):
                self._show(doubt, f"{number} of {len(doubts)}")
                if not self._decide(doubt):
                    break
        except EOFError:
            self._say("")
        except KeyboardInterrupt as error:
            raise KeyboardInterrupt(f"{self._told()} Run it again to go on.") from error
        left = len(doubts) - self._done
        self._say(f"{self._told()} {left or 'Nothing'} left{': run it again to go on' if left else ''}.")
        if self._done:
            self._say("'pactgraph build' applies them.")

    def _told(self) -> str:
        return f"{_count(self._done, 'decision')} written to {self._file}."

    def _say(self, line: str, indent: int = 0) -> None:
        self._console.print(" " * indent + shown(line), soft_wrap=True)

    def _show(self, doubt: Doubt, place: str) -> None:
        finding, text = doubt.finding, doubt.text
        clause = f", clause {doubt.clause}" if doubt.clause else ""
        before = _flat(text[max(0, finding.start - _AROUND) : finding.start])
        after = _flat(text[finding.end : finding.end + _AROUND])
        self._say("")
        self._say(f"{place}: {doubt.file}{clause} [{finding.start}-{finding.end}]")
        self._say(f"…{before} >>> {_flat(doubt.quote)} <<< {after}…")
        self._say(_what(doubt))
        self._say_fields(finding.fields)

    def _say_fields(self, fields: Mapping[str, FieldValue]) -> None:
        for name, value in fields.items():
            self._say(f"{name}: {written(value)}", 2)

    def _decide(self, doubt: Doubt) -> bool:
        """Ask until there is an answer; return False to stop."""
        fields: dict[str, FieldValue] = dict(doubt.finding.fields)
        while True:
            answer = input(_KEYS).strip().lower()[:1]
            if answer == "e":
                fields = self._edited(schema().kind(doubt.finding.term), fields)[1]
                self._say_fields(fields)
            elif answer == "a":
                self._add(doubt)
            elif answer == "c":
                changed = fields != dict(doubt.finding.fields)
                self._write(doubt, "correct" if changed else "confirm", fields)
                return True
            elif answer == "r":
                self._write(doubt, "reject", dict(doubt.finding.fields))
                return True
            elif answer in ("s", "q"):
                return answer == "s"
            else:
                self._say("Type one of c, r, e, a, s, q.")

    def _add(self, near: Doubt) -> None:
        """Ask for a finding in the source at hand that no rule made, and write it down; nothing where one is empty."""
        try:
            name = input("Kind of term (such as NonRenewalNotice): ").strip()
            if not name:
                return
            kind = schema().kind(name)
        except OntologyError as error:
            self._say(str(error))
            return
        place = self._place(near.text)
        if place is None:
            return
        fields: dict[str, FieldValue] = {}
        asked = True
        while asked:
            asked, fields = self._edited(kind, fields)
        self._say_fields(fields)
        added = Finding(kind.name, {}, *place, rule="")
        self._write(replace(near, finding=added), ADD, fields)

    def _place(self, text: str) -> tuple[int, int] | None:
        """Ask for words of a text until it is clear where they stand; None where none are given."""
        while words := input("Its words, or where they start and end (12-34): ").strip():
            if given := _PLACE.fullmatch(words):
                start, end = int(given[1]), int(given[2])
                if start < end <= len(text):
                    return start, end
                self._say(f"The text has {len(text)} characters; a place starts before it ends.")
                continue
            found = [match.span() for match in re.finditer(r"\s+".join(map(re.escape, words.split())), text)]
            if len(found) == 1:
                return found[0]
            places = ", ".join(f"{start}-{end}" for start, end in found)
            self._say(f"These words stand at {places}; give one of these." if found else "No such words in the text.")
        return None

    def _edited(self, kind: Kind, fields: dict[str, FieldValue]) -> tuple[bool, dict[str, FieldValue]]:
        """Ask for a field and its value; return whether one was named, and the fields with it, if it was right."""
        name = input(f"Which field ({', '.join(kind.fields)}; empty for no more)? ").strip()
        if not name:
            return False, fields
        try:
            held = kind.field(name.partition(".")[0])
            known = f"; one of {', '.join(sorted(held.values))}" if held.values else ""
            several = "; several parted by ';'" if held.many else ""
            text = input(f"{name} (empty takes it away{known}{several}): ").strip()
            if not text:
                return True, {n: v for n, v in fields.items() if n != name and not n.startswith(f"{name}.")}
            given = [part.strip() for part in text.split(";") if part.strip()] if held.many else text
            made = ordered(kind, {**fields, name: parse(kind, name, given)})
            return True, {n: v for n, v in made.items() if v is not None}
        except (OntologyError, ValueParseError) as error:
            self._say(str(error))
            return True, fields

    def _write(self, doubt: Doubt, verdict: str, fields: Mapping[str, FieldValue]) -> None:
        finding = doubt.finding
        while not self._who:
            self._who = input("Your name: ").strip()
        why = input("Why (may stay empty): ").strip()
        gone = {name: None for name in finding.fields if name not in fields}
        made = Correction(
            file=doubt.file,
            sha256=doubt.sha256,
            quote=doubt.quote,
            kind=finding.term,
            verdict=verdict,
            who=self._who,
            when=self._when,
            why=why,
            start=finding.start,
            end=finding.end,
            fields={**fields, **gone},
            was=finding.fields if verdict == "correct" else {},
        )
        append(self._file, made)
        self._done += 1
