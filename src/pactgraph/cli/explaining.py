"""The command that says why something was found, or was not."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from pactgraph.cli.group import mappings_option, output
from pactgraph.cli.sourcing import Chosen, reading_options
from pactgraph.errors import SourceError
from pactgraph.extracting import load_rules
from pactgraph.extracting.explaining import Explainer, Fate, Tally, Trace
from pactgraph.extracting.tracing import Step
from pactgraph.model import FieldValue, Finding, State
from pactgraph.pipeline import outlined
from pactgraph.querying import shown
from pactgraph.reading import discover
from pactgraph.resources import mapping_folders
from pactgraph.vocabulary import schema

_LONGEST = 200
_MARKS = {True: "yes", False: "NO "}


@click.command(epilog="Example: pactgraph explain examples/agreements/brackenholt.txt --term NonRenewalNotice")
@click.argument("file", type=click.Path(allow_dash=True, path_type=str))
@click.option(
    "--at", "offset", type=click.IntRange(min=0), help="Explain the place of this character, as 'terms' gives it."
)
@click.option("--term", help="Explain the rules of this kind of term only, such as LiabilityCap.")
@mappings_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print it.",
)
@reading_options
def explain(file: str, offset: int | None, term: str | None, mappings: Path | None, form: str, chosen: Chosen) -> None:
    """Say why terms were found in an agreement, or were not: rule by rule, condition by condition.

    \b
      --at OFFSET               the rules that looked at a place, and what they made of it
      --term KIND               every rule of a kind over the whole agreement: what it found,
                                what went before that, or where it came nearest
      --at OFFSET --term KIND   every rule of a kind at a place, also those that did not look

    FILE is a file, a URL, or - for standard input; of a folder, a pattern or a zip archive all agreements are
    explained, as JSON one object after another. Party tokens are shown as patterns write them: {provider},
    {customer}, {either}, {both}, {other}. All conditions are judged, also after one that fails.
    """
    if offset is None and term is None:
        raise click.UsageError("what is to be explained? Give --at OFFSET, --term KIND or both.")
    kind = schema().kind(term).name if term is not None else None
    rules = load_rules(*mapping_folders(mappings))
    held = discover(chosen.sources([file]), chosen.limits)
    if not held.sources:
        raise SourceError("; ".join(f"{name}: {reason}" for name, reason in held.skipped))
    for source in held.sources:
        document, tree = outlined(source, chosen.limits, chosen.view)
        if offset is not None and offset >= len(document.text):
            raise SourceError(f"{source.name}: no character {offset}; the text has {len(document.text)}.")
        explainer = Explainer(document, tree, rules)
        with output(form) as console:
            if form == "json":
                told = _as_json(explainer, offset, kind)
                console.file.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
            else:
                for line in _lines(explainer, offset, kind):
                    console.print(" " * (len(line) - len(line.lstrip())) + shown(line.lstrip()), soft_wrap=True)


# --- for people -----------------------------------------------------------------------------------


def _lines(explainer: Explainer, offset: int | None, kind: str | None) -> Iterator[str]:
    if offset is not None:
        yield from _place_lines(explainer, offset, kind)
    elif kind is not None:
        yield from _kind_lines(explainer, kind)


def _place_lines(explainer: Explainer, offset: int, kind: str | None) -> Iterator[str]:
    document, traces = explainer.document, explainer.at(offset, kind)
    tried = len({trace.rule.name for trace in traces if trace.read})
    yield f"{document.source} at {offset}{_clause(explainer, offset)}"
    of_kind = f" of {kind}" if kind else ""
    yield f"{tried} of {len(explainer.rules_for(kind))} rules{of_kind} looked at this place; the others lack a word."
    if not traces:
        yield "Give --term KIND to see why the rules of a kind did not look."
    words = ""
    for trace in traces:
        if trace.words and trace.words != words:
            yield f'"{_short(trace.words)}"  [{trace.start}-{trace.end}]'
            words = trace.words
        yield from _trace_lines(trace, whole=kind is not None or bool(trace.fates))


def _clause(explainer: Explainer, offset: int) -> str:
    held = [clause for clause in explainer.outline.clauses if clause.start <= offset < clause.whole_end]
    if not held:
        return ""
    inner = max(held, key=lambda clause: clause.start)
    return f", clause {inner.key}{f' ({inner.heading})' if inner.heading else ''}"


def _trace_lines(trace: Trace, *, whole: bool) -> Iterator[str]:
    """Yield what a rule made of a unit; of its conditions all, or where not `whole` those that fail."""
    rule = trace.rule
    looked = "" if trace.read or not trace.words else "; did not look: a word is missing that it cannot do without"
    yield f"  {rule.name}  ({rule.status or rule.term}, {rule.certainty}, scope {rule.scope}, {rule.place}){looked}"
    passed_over = [step for step in trace.steps if step.part == "unless" and step.passed]
    for step in trace.steps:
        if (whole or not step.passed) and step not in passed_over:
            yield f"    {_step_line(step)}"
    if whole and passed_over:
        yield f"    {_MARKS[True]} unless    none of {len(passed_over)} matches"
    for fate in trace.fates:
        yield f"    {_fate_line(fate)}"


def _step_line(step: Step) -> str:
    words = f'  ["{_short(step.words)}"]' if step.words else ""
    return f"{_MARKS[step.passed]} {step.part:9} {_short(step.detail)}{words}"


def _fate_line(fate: Fate) -> str:
    found = fate.finding
    said = f"{_fields(found)} [{found.start}-{found.end}]"
    if fate.status:
        return f"=> says that it is {fate.status} [{found.start}-{found.end}]"
    if fate.kept:
        over = f"; chosen over {', '.join(found.overrode)}" if found.overrode else ""
        return f"=> found: {said}{over}"
    by = f"{fate.winner} was chosen: " if fate.winner else ""
    return f"=> dropped: {said}; {by}{fate.because}"


def _fields(finding: Finding) -> str:
    return "{" + ", ".join(f"{name}: {_plain(value)}" for name, value in finding.fields.items()) + "}"


def _kind_lines(explainer: Explainer, kind: str) -> Iterator[str]:
    kept = [finding for finding in explainer.kept if finding.term == kind]
    tallies = explainer.of(kind)
    yield f"{explainer.document.source}: {len(kept)} {kind} found, by {len(tallies)} rules"
    if not kept:
        yield f"  {_state_line(explainer.state(kind))}"
    for tally in tallies:
        rule = tally.rule
        what = f"looked at {tally.looked} of {tally.units} in scope {rule.scope}, found {len(tally.fates)}"
        yield f"  {rule.name}  ({rule.certainty}, {rule.place}): {what}"
        for fate in tally.fates:
            yield f"    {_fate_line(fate)}"
        near = tally.nearest
        if near is not None:
            yield f'    nearest, at {near.start}: "{_short(near.words)}"'
            yield from (f"      {_step_line(step)}" for step in near.steps if not step.passed)


def _state_line(state: State) -> str:
    """Return a kind's state as a line: what it is, why, and where the words stand that say so."""
    where = f" [{state.start}-{state.end}]" if state.start >= 0 else ""
    return f"{state.status}: {state.reason}{where}"


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1]}…"


# --- for programs ---------------------------------------------------------------------------------


def _as_json(explainer: Explainer, offset: int | None, kind: str | None) -> Mapping[str, object]:
    head: dict[str, object] = {"agreement": explainer.document.slug, "source": explainer.document.source}
    if offset is not None:
        return {**head, "at": offset, "rules": [_trace_json(trace) for trace in explainer.at(offset, kind)]}
    assert kind is not None
    state = explainer.state(kind)
    head["state"] = {name: getattr(state, name) for name in ("status", "reason", "start", "end")}
    return {**head, "term": kind, "rules": [_tally_json(tally) for tally in explainer.of(kind)]}


def _trace_json(trace: Trace) -> Mapping[str, object]:
    rule = trace.rule
    return {
        "rule": rule.name,
        "term": rule.term,
        "place": rule.place,
        "certainty": rule.certainty,
        "scope": rule.scope,
        "words": trace.words,
        "start": trace.start,
        "end": trace.end,
        "looked": trace.read,
        "conditions": [
            {"part": s.part, "holds": s.passed, "detail": s.detail, "words": s.words, "place": s.place}
            for s in trace.steps
        ],
        "findings": _fates_json(trace.fates),
    }


def _tally_json(tally: Tally) -> Mapping[str, object]:
    return {
        "rule": tally.rule.name,
        "place": tally.rule.place,
        "certainty": tally.rule.certainty,
        "scope": tally.rule.scope,
        "units": tally.units,
        "looked": tally.looked,
        "findings": _fates_json(tally.fates),
        "nearest": None if tally.nearest is None else _trace_json(tally.nearest),
    }


def _fates_json(fates: Sequence[Fate]) -> list[Mapping[str, object]]:
    return [
        {
            "fields": {name: _plain(value) for name, value in fate.finding.fields.items()},
            "start": fate.finding.start,
            "end": fate.finding.end,
            "kept": fate.kept,
            "overrode": list(fate.finding.overrode),
            "winner": fate.winner,
            "because": fate.because,
            "status": fate.status,
        }
        for fate in fates
    ]


def _plain(value: FieldValue) -> object:
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, bool) else str(value)
