"""Playbooks are read with every mistake named, and become shapes that judge alike whoever reads them."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from textwrap import indent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from pactgraph.durations import day_bounds
from pactgraph.errors import PlaybookError, ShapeError
from pactgraph.validating import load_playbooks, sample_playbook
from pactgraph.validating.engines import prepare, run
from pactgraph.validating.playbook import KEYS, POINT_KEYS, Written, parse_playbook
from pactgraph.validating.playbook_demands import Value, demand, holds
from pactgraph.validating.playbook_shapes import turtle
from pactgraph.validating.playbook_turtle import Playbook, compiled
from pactgraph.vocabulary import PG, TYPE, XSD, schema

HEAD = "playbook: own\npoints:\n  cap:\n    about: The cap is high.\n    term: LiabilityCap\n"


def written(position: str) -> Written:
    return parse_playbook(f"{HEAD}    ideal: {position}\n", "own.yaml")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- cap", "own.yaml:1: a playbook is a mapping that begins with 'playbook: NAME'."),
        ("playbook: own\nabout: [", "own.yaml:2: not YAML: "),
        ("playbook: own\n", "own.yaml:1: the key 'points' is missing; a playbook has a name and points."),
        ("playbook: own\npoints: {}\n", "own.yaml:2: no points; give at least one."),
        ("playbook: My Own\npoints: {a: {}}\n", "own.yaml:2: the point 'a' has no 'about'; say what it is about."),
        (f"{HEAD}    ideel: present\n", "own.yaml:6: unknown key of the point 'cap' 'ideel'. Known: about, acceptable"),
        (f"{HEAD}    ideel: present\n", "Did you mean 'ideal'?"),
        (HEAD, "own.yaml:4: the point 'cap' has no position; give it 'ideal' or 'acceptable'."),
        (HEAD.replace("LiabilityCap", "LiabiltyCap"), "own.yaml:5: unknown kind of term 'LiabiltyCap'. Known: "),
        (HEAD.replace("LiabilityCap", "LiabiltyCap"), "Did you mean 'LiabilityCap'?"),
        (
            f"{HEAD}    ideal: {{lokback: 1 year}}\n",
            "own.yaml:6: unknown field of LiabilityCap 'lokback'. Known: ",
        ),
        (f"{HEAD}    ideal: {{lokback: 1 year}}\n", "Did you mean 'lookback'?"),
        (
            f"{HEAD}    ideal: {{lookback: at least a year}}\n",
            "own.yaml:6: 'a year' is no length of time for ",
        ),
        (f"{HEAD}    ideal: {{amount: high}}\n", "own.yaml:6: 'high' is no number for 'amount'; write for instance "),
        (f"{HEAD}    ideal: {{basis: fees payed}}\n", "own.yaml:6: unknown value of 'basis' 'fees payed'. Known: "),
        (f"{HEAD}    ideal: {{basis: [fixed, not fees paid]}}\n", "own.yaml:6: 'basis' mixes values with 'not'"),
        (f"{HEAD}    ideal: high\n", "own.yaml:6: 'high' is neither 'present' nor 'absent'; write the field "),
        (f"{HEAD}    ideal: []\n", "own.yaml:6: 'ideal' is an empty list; give it a demand"),
        (f"{HEAD}    ideal: present\n    ideal: absent\n", "own.yaml:7: the key 'ideal' stands twice; drop one."),
        (f"{HEAD}    ideal: present\n    silent: fine\n", "own.yaml:7: unknown verdict for 'silent' 'fine'. Known: "),
        (
            f"{HEAD}    ideal: present\n    take: all\n",
            "own.yaml:7: unknown value of 'take' 'all'. Known: best",
        ),
        (
            f"{HEAD}    ideal: present\n    agreements: order\n",
            "own.yaml:7: unknown kind of agreement 'order'.",
        ),
        (
            f"{HEAD}    ideal: {{lookback: at least 6 months}}\n    acceptable: {{lookback: at least 1 year}}\n",
            "own.yaml:7: 'at least 1 year' asks for more than the ideal 'at least 6 months'; exchange the two.",
        ),
        (
            HEAD.replace("LiabilityCap", "Uptime") + "    ideal: {percent: at least 99 EUR}\n",
            "own.yaml:6: Uptime states no currency; leave out 'EUR'.",
        ),
    ],
)
def test_mistake_is_refused_with_place_and_fix(text: str, message: str) -> None:
    with pytest.raises(PlaybookError) as error:
        parse_playbook(text, "own.yaml")
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_missing_file_empty_folder_and_other_endings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PlaybookError, match=r"there is no such playbook; begin one: pactgraph playbook --sample"):
        load_playbooks(tmp_path / "mine.yaml")
    with pytest.raises(PlaybookError, match=r"no playbook in this folder; expected \*.yaml or \*.ttl files"):
        load_playbooks(tmp_path)
    (tmp_path / "mine.txt").write_text("playbook: mine\n")
    with pytest.raises(PlaybookError, match=r"unknown ending of a playbook '.txt'"):
        load_playbooks(tmp_path / "mine.txt")


@pytest.mark.parametrize(
    ("annotation", "message"),
    [
        ('pgp:poit "cap"', r"own.ttl:3: unknown annotation 'pgp:poit'. .* Did you mean 'pgp:point'\?"),
        ('pgp:point "cap" ; pgp:position "idel"', r"own.ttl:3: unknown position 'idel'. .* Did you mean 'ideal'\?"),
        ("pgp:clause 'x'", r"own.ttl:1: no shape here has pgp:point"),
    ],
)
def test_mistake_in_shapes_is_refused_with_place_and_fix(annotation: str, message: str, tmp_path: Path) -> None:
    file = tmp_path / "own.ttl"
    prefixes = " ".join(f"@prefix {name}: <{iri}> ." for name, iri in PREFIXES.items())
    shape = 'sh:targetClass pg:LiabilityCap ; sh:name "cap" ; sh:message "No." ; sh:class pg:LiabilityCap .'
    file.write_text(f"{prefixes}\n<urn:own:cap> a sh:NodeShape ;\n  {annotation} ; {shape}\n", encoding="utf-8")
    with pytest.raises(ShapeError, match=message):
        load_playbooks(file)


PREFIXES = {
    "pg": PG.iri,
    "sh": "http://www.w3.org/ns/shacl#",
    "pgp": "https://w3id.org/pactgraph/playbook#",
}


def test_shapes_of_a_folder_are_one_playbook_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(sample_playbook().read_bytes())
    (tmp_path / "b.ttl").write_text(load_playbooks(sample_playbook())[0].turtle, encoding="utf-8")
    found = load_playbooks(tmp_path)
    assert [book.name for book in found] == ["saas-buyer", "saas-buyer"]
    assert [point.name for point in found[0].points] == [point.name for point in found[1].points]
    assert len(found[0].points) >= 15
    assert found[0].roles == found[1].roles


def test_compiled_shapes_are_turtle_without_a_trace_of_chance() -> None:
    text = load_playbooks(sample_playbook())[0].turtle
    assert text == load_playbooks(sample_playbook())[0].turtle
    assert len(list(parse(text.encode(), format=RdfFormat.TURTLE))) > 300


@pytest.mark.parametrize(
    ("field", "words", "relation", "values"),
    [
        ("lookback", "at least 12 months", "at least", ("P12M",)),
        ("lookback", "not less than 1 year", "at least", ("P1Y",)),
        ("lookback", "within 72 hours", "at most", ("PT72H",)),
        ("lookback", "more than P2W", "more than", ("P2W",)),
        ("lookback", "immediately", "exactly", ("PT0S",)),
        ("amount", "at least 1,000,000 EUR", "at least", ("1000000",)),
        ("amount", "less than 2.5", "less than", ("2.5",)),
        ("party", "provider or both", "one of", ("Provider", "Both")),
        ("basis", "not fees paid or fixed", "none of", ("feesPaid", "fixed")),
        ("currency", "EUR", "one of", ("EUR",)),
        ("amount", "stated", "stated", ()),
        ("lookback", "not stated", "not stated", ()),
    ],
)
def test_words_of_a_lawyer_are_understood(field: str, words: str, relation: str, values: tuple[str, ...]) -> None:
    found = demand(schema().kind("LiabilityCap").fields[field], words)
    assert (found.relation, found.values) == (relation, values)


def test_party_of_where_covers_terms_for_both_unless_only_one_is_meant() -> None:
    party = schema().kind("LiabilityCap").fields["party"]
    assert demand(party, "Provider", covers=True).values == ("Provider", "Either", "Both")
    assert demand(party, "only Provider", covers=True).values == ("Provider",)
    assert demand(party, "Provider").values == ("Provider",)


# --- shapes and words say the same -------------------------------------------------------------------

LENGTHS = ["PT0S", "PT72H", "P1D", "P27D", "P28D", "P29D", "P30D", "P31D", "P32D", "P1M", "P4W", "P2M", "P12M", "P1Y"]
LENGTHS += ["P364D", "P365D", "P366D", "P367D", "P24M"]
ASKED = ["30 days", "1 month", "31 days", "12 months", "365 days", "20 business days", "72 hours"]
RELATIONS = ["at least", "at most", "more than", "less than", "exactly"]
TERM = NamedNode("urn:example:term")


def facts(values: dict[str, str]) -> list[Triple]:
    """Return a liability cap that states `values`: a lookback, an amount, a currency, a basis."""
    found = [Triple(TERM, TYPE, PG("LiabilityCap"))]
    for name, text in values.items():
        if name == "lookback":
            period = NamedNode(f"{TERM.value}:lookback")
            least, greatest = day_bounds(text)
            found += [Triple(TERM, PG(name), period), Triple(period, TYPE, PG("Period"))]
            for end, days in (("minDays", least), ("maxDays", greatest)):
                found.append(Triple(period, PG(end), Literal(str(days), datatype=XSD("decimal"))))
        elif name == "amount":
            found.append(Triple(TERM, PG(name), Literal(text, datatype=XSD("decimal"))))
        elif name == "basis":
            found.append(Triple(TERM, PG(name), NamedNode(f"https://w3id.org/pactgraph/value/{text}")))
        else:
            found.append(Triple(TERM, PG(name), Literal(text)))
    return found


def stated(values: dict[str, str]) -> dict[str, tuple[Value, ...]]:
    found: dict[str, tuple[Value, ...]] = {}
    for name, text in values.items():
        bounds = day_bounds(text) if name == "lookback" else (Decimal(text),) * 2 if name == "amount" else (None, None)
        found[name] = (Value(text, text, *bounds),)
    return found


DEMANDS = st.one_of(
    st.tuples(st.just("lookback"), st.sampled_from(RELATIONS), st.sampled_from(ASKED)).map(
        lambda found: (found[0], f"{found[1]} {found[2]}")
    ),
    st.tuples(st.just("amount"), st.sampled_from(RELATIONS), st.sampled_from(["100", "100 EUR", "250 USD"])).map(
        lambda found: (found[0], f"{found[1]} {found[2]}")
    ),
    st.tuples(st.just("basis"), st.sampled_from(["fixed", "not fixed", "fixed or fees paid", "stated", "not stated"])),
    st.tuples(st.just("currency"), st.sampled_from(["EUR", "US*", "not EUR"])),
)
STATED = st.fixed_dictionaries(
    {},
    optional={
        "lookback": st.sampled_from(LENGTHS),
        "amount": st.sampled_from(["99", "100", "100.0", "250", "1000"]),
        "currency": st.sampled_from(["EUR", "USD"]),
        "basis": st.sampled_from(["fixed", "feesPaid", "valueReceived"]),
    },
)


@settings(max_examples=120, deadline=None)
@given(asked=DEMANDS, values=STATED)
def test_shapes_find_of_a_term_what_its_words_say(asked: tuple[str, str], values: dict[str, str]) -> None:
    field, words = asked
    book = made(f"{{{field}: {words}}}")
    unmet = {raw.shape for raw in run(prepare(facts(values), book.shapes), book.shapes)}
    roles = book.roles["cap"]
    held = holds(demand(schema().kind("LiabilityCap").fields[field], words), stated(values))
    assert (roles.met["ideal"] not in unmet) == (held is True)
    if "ideal" in roles.possible:
        assert (roles.possible["ideal"] not in unmet) == (held is not False)
    else:
        assert held is not None


@cache
def made(ideal: str) -> Playbook:
    return compiled(written(ideal), Path("own.yaml"))


def test_unstated_field_may_be_unclear_or_unmet() -> None:
    lenient = turtle(written("{lookback: at least 1 year}"))
    text = f"{HEAD}    ideal: {{lookback: at least 1 year}}\n    unstated: unmet\n"
    strict = turtle(parse_playbook(text, "own.yaml"))
    assert "sh:path pg:lookback ; sh:maxCount 0" in lenient
    assert "sh:path pg:lookback ; sh:maxCount 0" not in strict


def test_every_key_is_documented(root: Path) -> None:
    page = (root / "docs" / "playbooks.md").read_text("utf-8")
    assert len(POINT_KEYS) >= 12
    assert [key for key in (*KEYS, *POINT_KEYS) if f"`{key}`" not in page] == []


def test_every_playbook_of_the_page_is_one(root: Path) -> None:
    page = (root / "docs" / "playbooks.md").read_text("utf-8")
    blocks = [part.split("```")[0] for part in page.split("```yaml\n")[1:]]
    assert len(blocks) >= 3
    for block in blocks:
        points = block if block.startswith("playbook:") else "playbook: own\npoints:\n" + indent(block, "  ")
        assert parse_playbook(points, "docs/playbooks.md").points


def test_every_shape_of_the_page_is_one(root: Path, tmp_path: Path) -> None:
    page = (root / "docs" / "playbooks.md").read_text("utf-8")
    blocks = [part.split("```")[0] for part in page.split("```turtle\n")[1:]]
    assert len(blocks) >= 1
    for number, block in enumerate(blocks):
        file = tmp_path / f"own-{number}.ttl"
        file.write_text(block, encoding="utf-8")
        assert load_playbooks(file)[0].points
