"""What a query may be: SPARQL 1.1 that reads this graph and nothing else.

The query engine sends SERVICE to the network by default and has no switch for it, so the text is
examined before it gets there.
"""

from __future__ import annotations

import re

_GAP = r"(?:\s|\#[^\r\n]*+)*+"
_NAME = r"(?:<[^<>]*>|[?$][^\s{}\#<]+|[^\s<>{}()\"'\#;,?$]*:(?:\\.|[^\s{}<>()\"'\#\\])*)"
# The words of a service call in a row, wherever they stand. Strings and comments are not told apart on
# purpose: a scanner that skips them can be led astray, and a literal that holds a whole call is rare.
# Variables are consumed first, so that 'SELECT ?service ?x {' passes.
_SERVICE = re.compile(rf"[?$]\w+|(SERVICE){_GAP}(?:SILENT{_GAP})?{_NAME}{_GAP}\{{", re.IGNORECASE)
_PROLOGUE = re.compile(rf"{_GAP}(?:(?:BASE|PREFIX){_GAP}[^\s<]*{_GAP}<[^<>]*>{_GAP})*", re.IGNORECASE)
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


def forbidden(text: str) -> str | None:
    """Return why `text` must not run, with its line, or None where it may be tried.

    >>> forbidden("SELECT * { SERVICE <https://example.org/sparql> { ?s ?p ?o } }")
    '1: SERVICE asks another server; a query reads this graph only'
    >>> forbidden("DROP ALL")
    '1: DROP changes the graph; a query only reads'
    >>> forbidden("SELECT ?service ?x { ?service ?p ?x }") is None
    True
    """
    for found in _SERVICE.finditer(text):
        if found[1]:
            return f"{_line(text, found.start(1))}: SERVICE asks another server; a query reads this graph only"
    start = prologue.end() if (prologue := _PROLOGUE.match(text)) else 0
    word = re.compile(r"[A-Za-z]*").match(text, start)
    if word and word[0].upper() in _UPDATES:
        return f"{_line(text, start)}: {word[0].upper()} changes the graph; a query only reads"
    return None


def explain(text: str, error: SyntaxError) -> str:
    """Return the line of a syntax error and what is wrong there, in one line.

    The parser lists every token that it would have taken; the place says more.
    """
    found = _POSITION.match(str(error))
    if not found:
        return f"1: not a SPARQL query: {' '.join(str(error).split())}"
    line, column, expected = int(found[1]), int(found[2]), found[3]
    lines = text.splitlines()
    words = lines[line - 1] if line <= len(lines) else ""
    # The parser stops behind the word that it could not take: begin with that word.
    before = words[: column - 1].split()[-1:]
    if "Prefix not found" in expected and before:
        return f"{line}: the prefix of '{before[0]}' is not declared; add a PREFIX line"
    near = " ".join([*before, *words[column - 1 :].split()])[:40]
    where = f"near '{near}'" if near else "at its end"
    said = re.search(r"The SELECT [^,\[]*[^,\[ ]", expected)
    return f"{line}: not a SPARQL query {where} (column {column}){': ' + said[0] if said else ''}"


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1
