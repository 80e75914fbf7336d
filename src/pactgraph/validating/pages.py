"""A report, or the verdicts of a playbook, as one HTML page: no scripts, nothing from elsewhere, fit to be printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from pactgraph.model import Evidence, Report, Result, Verdict

_STYLE = """
:root { color-scheme: light; }
body { font: 15px/1.5 system-ui, sans-serif; color: #1c2430; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; margin-bottom: .2rem; }
h2 { font-size: 1.15rem; border-bottom: 1px solid #d5dae1; padding-bottom: .2rem; margin-top: 2rem; }
h2 small { font-weight: normal; color: #5b6675; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { text-align: left; padding: .25rem .9rem .25rem 0; border-bottom: 1px solid #e6e9ee; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
article { margin: .8rem 0; padding: .2rem .9rem; border-left: 4px solid #8a94a3; break-inside: avoid; }
article.violation, article.walk-away { border-color: #b3261e; }
article.warning, article.unclear, article.excluded, article.silent, article.unknown { border-color: #c77700; }
article.ideal, article.acceptable { border-color: #2e7d32; }
dl { display: grid; grid-template-columns: 6rem 1fr; margin: .3rem 0; }
dt { color: #5b6675; }
dd { margin: 0; }
article p { margin: .3rem 0; }
article .name { color: #5b6675; font-size: .85rem; }
blockquote { margin: .4rem 0 .4rem 1rem; padding-left: .8rem; border-left: 1px solid #c3cad3; white-space: pre-line; }
cite { font-style: normal; color: #5b6675; font-size: .85rem; }
@media print { body { margin: 0; max-width: none; font-size: 11pt; } a { color: inherit; text-decoration: none; } }
""".strip()


def page(report: Report, groups: Sequence[tuple[str, Sequence[Result]]], counts: Mapping[str, int]) -> str:
    """Return the page of a report; `groups` are its agreements in the order shown, `counts` its results by severity."""
    told = ", ".join(f"{number} of severity {severity}" for severity, number in counts.items() if number)
    body = [
        "<h1>Validation report</h1>",
        f"<p>{len(groups)} agreements; {told or 'nothing wrong, nothing missing'}. "
        f"SHACL engine: {escape(report.engine)}.</p>",
        *_overview({slug: [result.severity for result in results] for slug, results in groups}, _COLUMNS),
        *(line for slug, results in groups for line in _agreement(slug, results)),
    ]
    return _written(f"Validation of {len(groups)} agreements", body)


def verdicts_page(groups: Sequence[tuple[str, Sequence[Verdict]]], told: str, names: Sequence[str]) -> str:
    """Return the page of a playbook's verdicts; `names` are all verdicts, worst first, `told` how many there are."""
    books = dict.fromkeys(verdict.playbook for _, verdicts in groups for verdict in verdicts)
    body = [
        "<h1>Playbook report</h1>",
        f"<p>{len(groups)} agreements by {escape(', '.join(books) or 'no playbook')}: {escape(told)}.</p>",
        *_overview({slug: [verdict.verdict for verdict in own] for slug, own in groups}, {n: n for n in names}),
    ]
    for slug, verdicts in groups:
        body.append(f'<section><h2 id="{_anchor(slug)}">{escape(slug)}</h2>')
        body += [line for verdict in verdicts for line in _verdict(verdict)]
        body.append("</section>")
    return _written(f"Playbook verdicts on {len(groups)} agreements", body)


def _verdict(verdict: Verdict) -> Iterator[str]:
    yield f'<article class="{escape(verdict.verdict)}"><p class="name">{escape(verdict.verdict)}: '
    yield f"{escape(verdict.point)}</p><p>{escape(verdict.title)}</p><dl>"
    parts = {"found": verdict.found, "wanted": verdict.wanted, "why": verdict.reason, "change": verdict.change}
    yield from (f"<dt>{name}</dt><dd>{escape(words)}</dd>" for name, words in parts.items() if words)
    yield "</dl>"
    yield from map(_quote, verdict.evidence)
    yield "</article>"


def _written(title: str, body: Sequence[str]) -> str:
    head = (
        "<!DOCTYPE html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>",
    )
    return "\n".join((*head, *body, "</body></html>")) + "\n"


def _overview(found: Mapping[str, Sequence[str]], columns: Mapping[str, str]) -> Iterator[str]:
    """Yield a table of how often each agreement has what the columns count, by what is counted."""
    heads = "".join(f"<th>{escape(head.capitalize())}</th>" for head in columns.values())
    yield f"<table><thead><tr><th>Agreement</th>{heads}</tr></thead><tbody>"
    for slug, counted in found.items():
        cells = "".join(f'<td class="number">{counted.count(name) or ""}</td>' for name in columns)
        yield f'<tr><td><a href="#{_anchor(slug)}">{escape(slug)}</a></td>{cells}</tr>'
    yield "</tbody></table>"


def _agreement(slug: str, results: Sequence[Result]) -> Iterator[str]:
    yield f'<section><h2 id="{_anchor(slug)}">{escape(slug)}</h2>'
    if not results:
        yield "<p>Nothing wrong, nothing missing.</p>"
    for result in results:
        yield f'<article class="{escape(result.severity)}"><p class="name">{escape(result.severity)}: '
        yield f"{escape(result.shape)}</p><p>{escape(result.message)}</p>"
        yield from map(_quote, result.evidence)
        yield "</article>"
    yield "</section>"


def _quote(evidence: Evidence) -> str:
    places = [f"clause {evidence.clause}" if evidence.clause else "", f"page {evidence.page}" if evidence.page else ""]
    place = ", ".join((*filter(None, places), f"characters {evidence.start} to {evidence.end}"))
    return f"<blockquote>{escape(evidence.quote)}<br><cite>{escape(place)}</cite></blockquote>"


def _anchor(slug: str) -> str:
    return f"agreement-{escape(slug, quote=True)}"


_COLUMNS = {"violation": "violations", "warning": "warnings", "info": "notes"}
