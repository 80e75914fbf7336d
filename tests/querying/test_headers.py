"""Every named question says what it asks, and bad ones are refused with the fix."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pactgraph.errors import QueryError
from pactgraph.querying import question, questions, read_question
from pactgraph.vocabulary import schema

FIRST_QUESTIONS = (
    "auto-renewal breach-notice data-after-exit definitions exits "
    "governing-law late-interest liability-caps parties uptime"
)
GOOD = """# question: toy
# group: Service
# asks: What is it,
#   really?
# columns: name, alias
# lists: alias
# kinds: Party
# example: {"agreement": "harbour", "name": "Harbour", "alias": ["we"]}
SELECT ?agreement ?name ?alias ?evidence WHERE { ?agreement ?name ?alias , ?evidence }
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "toy.rq"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_first_ten_questions_are_there() -> None:
    assert set(FIRST_QUESTIONS.split()) <= set(questions())


def test_every_question_reads_kinds_that_the_ontology_knows() -> None:
    kinds = [kind for asked in questions().values() for kind in asked.kinds]
    assert len(kinds) >= 14
    assert set(kinds) <= set(schema().kinds)
    for asked in questions().values():
        assert all(f"pg:{kind}" in asked.sparql.split("SELECT", 1)[1] for kind in asked.kinds), asked.name


def test_every_kind_says_which_question_needs_it_and_that_question_reads_it() -> None:
    for asked in questions().values():
        for kind in asked.kinds:
            assert asked.name in schema().kinds[kind].answers, f"{kind} should say pg:answers {asked.name!r}"


def test_continued_lines_are_one_value(tmp_path: Path) -> None:
    asked = read_question(written(tmp_path, GOOD))
    assert asked.asks == "What is it, really?"
    assert asked.columns == ("name", "alias")
    assert asked.lists == {"alias"}
    assert asked.evidence == ("evidence",)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("uptme", " Did you mean 'uptime'?"),
        ("MY_DUTIES", " Did you mean 'my-duties'?"),
        ("who pays interest", " Did you mean 'late-interest'?"),
        ("zzz", ""),
    ],
)
def test_an_unknown_question_names_the_nearest_and_where_all_are_listed(wrong: str, told: str) -> None:
    with pytest.raises(
        QueryError, match=re.escape(f"unknown question '{wrong}'.{told} 'pactgraph ask --list' lists all")
    ):
        question(wrong)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("# kinds: Party\n", "", r"toy\.rq:1: the header lacks 'kinds'"),
        ("question: toy", "question: tin", r"toy\.rq:1: the question is called 'tin'; call it 'toy'"),
        ("# kinds:", "# kidns:", r"toy\.rq:7: unknown header key 'kidns'.*Did you mean 'kinds'"),
        ("columns: name, alias", "columns: name, alias, age", r"does not select \?age"),
        ("?alias ?evidence WHERE", "?alias WHERE", r"selects no \?evidence"),
        ("columns: name, alias", "columns: alias", r"selects \?name, which 'columns' does not name"),
        ("lists: alias", "lists: aliases", r"unknown list column 'aliases'.*Did you mean 'alias'"),
        ("WHERE {", "WHEER {", r"toy\.rq:\d+: "),
        ('"alias": ["we"]', '"alias": "we"', "'alias' is a list column"),
        ('"name": "Harbour"', '"title": "Harbour"', "unknown column 'title'"),
        ('["we"]}', '["we"]', "no JSON object"),
        ("# question: toy", "#   question: toy", r"toy\.rq:1: this line continues nothing"),
        ("# lists: alias", "# - alias", r"toy\.rq:6: '# - alias' is no '# key: value' line"),
    ],
)
def test_a_bad_header_is_refused_with_the_fix(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in GOOD
    with pytest.raises(QueryError, match=message):
        read_question(written(tmp_path, GOOD.replace(old, new)))


def test_a_query_that_is_no_select_is_refused(tmp_path: Path) -> None:
    text = GOOD[: GOOD.index("SELECT")] + "ASK { ?a ?b ?c }\n"
    with pytest.raises(QueryError, match="a question is a SELECT query"):
        read_question(written(tmp_path, text))
