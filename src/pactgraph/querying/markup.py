"""Write answers as Markdown, and as one HTML file that needs nothing beside it.

What agreements say is untrusted: all of it is escaped, and the page has no script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from pactgraph.model import Answer, Evidence
from pactgraph.querying.cells import said
from pactgraph.querying.formats import NO_WORDS, numbered, without_rows
from pactgraph.querying.tables import shown
from pactgraph.wording import spaced

_MARKS = re.compile(r"([\\`*_{}\[\]<>()#+!|~&$^-])")
STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; color: #222 }
table { border-collapse: collapse; width: 100% }
th, td { border-bottom: 1px solid #ccc; padding: .35rem .6rem; text-align: left; vertical-align: top }
li { margin: .4rem 0 } q { color: #444 } li:target { background: #ffd }
@media (prefers-color-scheme: dark) { body { background: #1b1b1b; color: #ddd } q { color: #bbb } }
"""


def answer_markdown(answer: Answer) -> str:
    """Return an answer as Markdown: a table of its rows, then the numbered words that prove them."""
    notes = numbered(answer.rows)
    head = ["agreement", "vendor", *map(spaced, answer.columns), "evidence"]
    lines = [f"# {plain_markdown(answer.asks)}", ""]
    if answer.rows:
        lines += [_line(head), _line(["---"] * len(head))]
    for row in answer.rows:
        cells = [row.agreement, row.vendor, *(said(row.cells.get(name)) for name in answer.columns)]
        marks = ", ".join(f"[{notes[proof]}]" for proof in row.evidence)
        lines.append(_line([*map(plain_markdown, cells), marks]))
    quotes = {proof: f"“{plain_markdown(proof.quote)}”" if proof.quote else NO_WORDS for proof in notes}
    lines += ["", *(f"{n}. {plain_markdown(place(proof))}: {quotes[proof]}" for proof, n in notes.items())]
    lines += ["", *map(plain_markdown, without_rows(answer))]
    return "\n".join(lines).rstrip("\n") + "\n"


def answer_html(answer: Answer) -> str:
    """Return an answer as one HTML page: a table of its rows, each linked to the words that prove it."""
    return "\n".join(_page(answer)) + "\n"


def _page(answer: Answer) -> Iterator[str]:
    notes = numbered(answer.rows)
    yield f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{_text(answer.question)}</title>'
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n<style>{STYLE}</style>\n</head>\n<body>'
    yield f"<h1>{_text(answer.asks)}</h1>"
    if answer.rows:
        yield (
            "<table>\n<thead>"
            + _cells("th", ["agreement", "vendor", *map(spaced, answer.columns), "evidence"])
            + "</thead>"
        )
    for row in answer.rows:
        cells = [row.agreement, row.vendor, *(said(row.cells.get(name)) for name in answer.columns)]
        numbers = [notes[proof] for proof in row.evidence]
        links = " ".join(f'<a href="#e{number}">[{number}]</a>' for number in numbers)
        yield f"{_cells('td', cells).removesuffix('</tr>')}<td>{links}</td></tr>"
    if answer.rows:
        yield "</table>"
    yield "<ol>" if notes else ""
    for proof, number in notes.items():
        quote = f"<q>{_text(proof.quote)}</q>" if proof.quote else f"<em>{NO_WORDS}</em>"
        yield f'<li id="e{number}">{_text(place(proof))}: {quote}</li>'
    yield "</ol>" if notes else ""
    yield from (f"<p>{_text(sentence)}</p>" for sentence in without_rows(answer))
    yield "</body>\n</html>"


def place(proof: Evidence) -> str:
    """Return where words stand: agreement, clause, page, offsets."""
    clause = f", clause {proof.clause}" if proof.clause else ""
    page = f", page {proof.page}" if proof.page is not None else ""
    return f"{proof.agreement}{clause}{page}, {proof.start}-{proof.end}"


def plain_markdown(text: str) -> str:
    r"""Return text as one line of Markdown that shows it and nothing else.

    >>> plain_markdown("*a* | <b>\n[x](javascript:y)")
    '\\*a\\* \\| \\<b\\> \\[x\\]\\(javascript:y\\)'
    """
    return _MARKS.sub(r"\\\1", shown(text))


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _text(text: str) -> str:
    return escape(shown(text))


def _cells(tag: str, cells: Sequence[str]) -> str:
    return f"<tr>{''.join(f'<{tag}>{_text(cell)}</{tag}>' for cell in cells)}</tr>"
