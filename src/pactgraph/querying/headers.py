"""Read the named questions: one .rq file each, whose header comment says what it asks and answers.

A header is a run of `# key: value` lines before the first line that is no comment; a line that starts
with `#` and two spaces or more continues the value above it.

    question  the name, equal to the file's stem
    group     the subject under which questions are listed, one of GROUPS
    asks      the question in words
    columns   the columns of a row, in order; each is a variable of the query
    lists     those of them that hold several values (optional)
    kinds     the kinds of term that the query reads, or 'none' where it is about the agreements' own making
    proof     'receipt' where a row without words is proven by the search that it tells of; such a question may be
              about all kinds, and then names none (optional)
    params    what the question may be told, see parameters.py (optional)
    computing the computation that makes the rows of what the query selects, see computing.py (optional)
    how       how computed columns are computed, or what a row is (optional)
    example   one row of an answer, as JSON

The query selects ?agreement (the slug), a variable per column, and one or more evidence variables:
?evidence, or ?evidence1, ?evidence2 and so on, each an IRI or unbound. Solutions that differ in
?moreEvidence only are one row, which all of it proves. A query whose rows are computed selects what the
computation reads. A parameter 'party' is the variable ?askedParty, where the query selects it.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph

from pactgraph.errors import QueryError, unknown
from pactgraph.querying.parameters import Parameter, read_parameters

QUERIES = Path(__file__).parent / "queries"
GROUPS = (
    "Duration and end",
    "Money and use",
    "Service",
    "Liability",
    "Data and security",
    "Duties and relations",
    "Documents and parties",
    "Across the portfolio",
)
"""The subjects of questions, in the order in which they are listed."""

_SHORT, _STEM, _FEW = 3, 6, 5
"""Words of so few letters, and words of more questions, say nothing; so many first letters stand for a word."""

_REQUIRED = ("question", "group", "asks", "columns", "kinds", "example")
_OPTIONAL = ("lists", "params", "computing", "how", "proof")
_KEY = re.compile(r"#\s?([a-z]+):\s*(.*)")
_MORE = re.compile(r"#\s{2,}(\S.*)")
_EVIDENCE = re.compile(r"evidence\d*|moreEvidence")


@dataclass(frozen=True, slots=True)
class Question:
    """A named question: what it asks, the columns of its answer, and the SPARQL text that answers it.

    `evidence` names the query's evidence variables, `selected` all its variables; `computing` names what
    makes the rows, '' where the solutions are the rows. `example` is one row of an answer as JSON values.
    With `receipt`, a row may do without evidence: what was searched is its proof.
    """

    name: str
    asks: str
    columns: tuple[str, ...]
    lists: frozenset[str]
    kinds: tuple[str, ...]
    how: str
    example: Mapping[str, object]
    evidence: tuple[str, ...]
    sparql: str
    parameters: tuple[Parameter, ...] = ()
    computing: str = ""
    selected: tuple[str, ...] = ()
    receipt: bool = False
    group: str = GROUPS[-1]

    @property
    def more(self) -> tuple[str, ...]:
        """The evidence variables whose values gather in one row."""
        return tuple(name for name in self.evidence if name.startswith("more"))


@cache
def questions() -> Mapping[str, Question]:
    """Return all named questions by name, in the order of their names.

    Raises QueryError where a file's header is incomplete or contradicts its query.
    """
    found = [read_question(path) for path in sorted(QUERIES.glob("*.rq"))]
    return {question.name: question for question in found}


def question(name: str) -> Question:
    """Return the question called `name`.

    >>> question("uptime").columns
    ('percent', 'window', 'commitment', 'downtimePerMonth')

    Raises QueryError, naming the nearest questions by name or by what they ask, where there is none.
    """
    known = questions()
    if name not in known:
        near = [f"'{one}'" for one in _near(name)]
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        raise QueryError(f"unknown question '{name}'.{hint} 'pactgraph ask --list' lists all {len(known)}.")
    return known[name]


def _near(name: str) -> list[str]:
    """Return the names of up to three questions that are spelt like `name`, or else ask about its words.

    >>> _near("uptme"), _near("late_fee"), _near("what about subprocessors")
    (['uptime'], ['late-interest'], ['subprocessors'])
    """
    spelt = difflib.get_close_matches(name.lower().replace("_", "-"), questions(), n=3, cutoff=0.8)
    if spelt:
        return spelt
    told = {one.name: re.findall(r"[a-z]+", f"{one.name} {one.asks}".lower()) for one in questions().values()}
    scores: dict[str, float] = {}
    for word in {word[:_STEM] for word in re.findall(r"[a-z]+", name.lower()) if len(word) > _SHORT}:
        about = [one for one, words in told.items() if any(other.startswith(word) for other in words)]
        for one in about if len(about) <= _FEW else ():
            scores[one] = scores.get(one, 0) + 1 / len(about)
    return sorted(scores, key=lambda one: -scores[one])[:3]


def read_question(path: Path) -> Question:
    """Read and check one .rq file.

    Raises QueryError that names the file, the line where there is one, and what to write.
    """
    text = path.read_text(encoding="utf-8")
    header = _header(path, text)
    for key in _REQUIRED:
        if not header.get(key) and not (key == "kinds" and header.get("proof")):
            raise QueryError(f"{path}:1: the header lacks '{key}'; add a line '# {key}: ...'.")
    if header["question"] != path.stem:
        raise QueryError(f"{path}:1: the question is called '{header['question']}'; call it '{path.stem}' as its file.")
    if header["group"] not in GROUPS:
        raise QueryError(f"{path}:1: {unknown('group', header['group'], GROUPS)}")
    columns = _names(header["columns"])
    variables = _variables(path, text)
    parameters = _parameters(path, header.get("params", ""))
    computing = header.get("computing", "")
    evidence = _evidence(path, columns, variables, parameters, computing)
    lists = frozenset(_names(header.get("lists", "")))
    if stray := sorted(lists - set(columns)):
        raise QueryError(f"{path}:1: " + unknown("list column", stray[0], columns))
    return Question(
        name=path.stem,
        asks=header["asks"],
        columns=columns,
        lists=lists,
        kinds=tuple(name for name in _names(header.get("kinds", "")) if name != "none"),
        how=header.get("how", ""),
        example=_example(path, header["example"], columns, lists),
        evidence=evidence,
        sparql=text,
        parameters=parameters,
        computing=computing,
        selected=variables,
        receipt=header.get("proof") == "receipt",
        group=header["group"],
    )


def _parameters(path: Path, text: str) -> tuple[Parameter, ...]:
    try:
        return read_parameters(text)
    except QueryError as error:
        raise QueryError(f"{path}:1: {error}") from error


def _evidence(
    path: Path, columns: tuple[str, ...], variables: tuple[str, ...], parameters: tuple[Parameter, ...], computing: str
) -> tuple[str, ...]:
    """Return the evidence variables among `variables`; raise QueryError where these are not what the header says."""
    wanted = {"agreement"} if computing else {"agreement", *columns}
    if missing := sorted(wanted - set(variables)):
        raise QueryError(f"{path}: the query does not select ?{missing[0]}; select ?agreement and every column.")
    evidence = tuple(name for name in variables if _EVIDENCE.fullmatch(name))
    if not evidence:
        raise QueryError(f"{path}: the query selects no ?evidence; every row needs the words that prove it.")
    surplus = sorted(set(variables) - wanted - set(evidence) - {parameter.variable for parameter in parameters})
    if surplus and not computing:
        raise QueryError(f"{path}: the query selects ?{surplus[0]}, which 'columns' does not name; name or drop it.")
    return evidence


def _header(path: Path, text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    last = ""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#"):
            break
        if more := _MORE.fullmatch(line):
            if not last:
                raise QueryError(
                    f"{path}:{number}: this line continues nothing; start the header with '# question: ...'."
                )
            found[last] += " " + more[1].strip()
        elif key := _KEY.fullmatch(line):
            last = key[1]
            if last not in (*_REQUIRED, *_OPTIONAL):
                raise QueryError(f"{path}:{number}: " + unknown("header key", last, (*_REQUIRED, *_OPTIONAL)))
            found[last] = key[2].strip()
        else:
            raise QueryError(f"{path}:{number}: '{line}' is no '# key: value' line of a header.")
    return found


def _names(value: str) -> tuple[str, ...]:
    return tuple(name for name in (part.strip() for part in value.split(",")) if name)


def _variables(path: Path, text: str) -> tuple[str, ...]:
    """Return what the query selects, by running it over nothing."""
    try:
        solutions = pyoxigraph.Store().query(text)
    except SyntaxError as error:
        raise QueryError(f"{path}:{_line_of(error)}: not SPARQL: {' '.join(str(error).split())}") from error
    if not isinstance(solutions, pyoxigraph.QuerySolutions):
        raise QueryError(f"{path}: a question is a SELECT query.")
    return tuple(variable.value for variable in solutions.variables)


def _line_of(error: SyntaxError) -> str:
    found = re.search(r"error at (\d+):", str(error))
    return found[1] if found else "1"


def _example(path: Path, value: str, columns: tuple[str, ...], lists: frozenset[str]) -> Mapping[str, object]:
    try:
        example = json.loads(value)
    except ValueError as error:
        raise QueryError(f"{path}: the header's example is no JSON object: {error}.") from error
    if not isinstance(example, dict):
        raise QueryError(f'{path}: the header\'s example is no JSON object; write {{"agreement": ..., ...}}.')
    for key, cell in example.items():
        if key not in ("agreement", *columns):
            raise QueryError(f"{path}: the header's example: " + unknown("column", key, ("agreement", *columns)))
        if isinstance(cell, list) != (key in lists):
            raise QueryError(f"{path}: the header's example: '{key}' is {'' if key in lists else 'not '}a list column.")
    return example
