"""The verdicts of the sample playbook on the example agreements, as a person reads them."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import Literal, NamedNode, Quad

from pactgraph import Graph
from pactgraph.cli import main
from pactgraph.errors import PlaybookError
from pactgraph.model import Verdict
from pactgraph.validating import judge, load_playbooks, render_verdicts, sample_playbook
from pactgraph.vocabulary import OA, PG, PGV, TYPE, XSD, agreement_iri, graph_iri

OK, A, W, U, S = "ideal", "acceptable", "walk-away", "unclear", "silent"

EXPECTED = {
    # point: brackenholt, havelsteg, quillmere; '' where the point is not about such an agreement.
    "liability-cap": (OK, U, OK),  # 12 months of fees; EUR 250,000 a year, whatever the fees; 12 months of fees
    "infringement-indemnity": (OK, W, OK),
    "uptime": (OK, "", "excluded"),  # 'we do not promise that it will never be interrupted'
    "breach-notice": (A, A, S),  # 72 hours; without undue delay; only the customer must tell
    "data-retrieval": (A, U, A),  # 45 days; 15 business days, which may be 30 days; 30 days
    "ai-training": (OK, OK, OK),
    "sub-processors": (OK, OK, S),  # 30 days; six weeks
    "price-rise": (A, OK, W),  # 5 %; 3 %; no limit, on 45 days' notice
    "payment": (OK, U, A),  # 45 days; 20 business days, which may be 30 days; 30 days
    "late-interest": (A, A, W),  # 4 % and 9 % a year above the base rate; 1.5 % a month
    "fee-acceleration": (W, OK, OK),
    "non-renewal": (A, W, OK),  # 60 days; three months; 7 days
    "leaving-early": (A, S, OK),  # 90 days after the initial term; not at all; at any time
    "leaving-for-breach": (OK, A, OK),  # 30 days; 20 business days; 30 days
    "change-of-terms": (OK, OK, A),  # what both sign; nothing; on 30 days' notice
    "governing-law": (A, OK, A),  # England; Germany; Delaware
}
AGREEMENTS = ("brackenholt", "havelsteg", "quillmere")


@pytest.fixture(scope="module")
def graph(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "graph"
    with Graph.open(folder, writing=True) as made:
        made.build([examples], examples.parent / "manifest.csv", validate=False)
    return folder


@pytest.fixture(scope="module")
def verdicts(graph: Path) -> dict[tuple[str, str], Verdict]:
    with Graph.open(graph) as opened:
        found = opened.verdicts(sample_playbook())
    assert len({(v.agreement, v.point) for v in found}) == len(found)
    return {(v.agreement, v.point): v for v in found}


def test_verdicts_are_those_of_the_table(verdicts: dict[tuple[str, str], Verdict]) -> None:
    wanted = {
        (agreement, point): verdict
        for point, row in EXPECTED.items()
        for agreement, verdict in zip(AGREEMENTS, row, strict=True)
        if verdict
    }
    assert len(wanted) == 47
    assert set(verdicts) == set(wanted)
    wrong = {key: found.verdict for key, found in verdicts.items() if found.verdict != wanted[key]}
    assert not wrong


def test_stated_verdicts_have_the_words_that_prove_them(
    verdicts: dict[tuple[str, str], Verdict], examples: Path
) -> None:
    texts = {path.stem: path.read_bytes().decode("utf-8") for path in examples.iterdir()}
    stated = [verdict for verdict in verdicts.values() if verdict.state == "stated"]
    assert len(stated) >= 25
    for verdict in stated:
        (evidence,) = verdict.evidence
        assert texts[verdict.agreement][evidence.start : evidence.end] == evidence.quote
        assert evidence.clause


def test_whatever_does_not_pass_has_a_change_or_a_reason(verdicts: dict[tuple[str, str], Verdict]) -> None:
    for verdict in verdicts.values():
        assert bool(verdict.change) == (verdict.verdict not in (OK, A)), verdict
        assert verdict.found or verdict.reason, verdict
    assert Counter(verdict.verdict for verdict in verdicts.values())[W] >= 4


@pytest.mark.parametrize(
    ("agreement", "point", "found", "change"),
    [
        ("havelsteg", "liability-cap", "amount 250,000", "State the cap: at least 6 months of fees."),
        (
            "havelsteg",
            "non-renewal",
            "duration 3 months",
            "Shorten the notice against renewal from 3 months to 60 days.",
        ),
        (
            "havelsteg",
            "payment",
            "duration 20 business days",
            "Lengthen the time for payment from 20 business days to 30 days.",
        ),
        (
            "quillmere",
            "late-interest",
            "percent 1.5, per 1 month",
            "Lower the percent of the late payment interest from 1.5 to 1 %.",
        ),
        ("brackenholt", "fee-acceleration", "party Customer", "Strike the fee acceleration (clause 10.7)."),
        (
            "havelsteg",
            "leaving-early",
            "",
            "Add a clause: 'The customer may terminate this agreement for convenience on 90 days' notice.'",
        ),
    ],
)
def test_change_is_the_smallest_that_passes(
    agreement: str, point: str, found: str, change: str, verdicts: dict[tuple[str, str], Verdict]
) -> None:
    verdict = verdicts[agreement, point]
    assert found in verdict.found
    assert verdict.change == change


def test_printed_shapes_judge_as_the_playbook_does(
    graph: Path, verdicts: dict[tuple[str, str], Verdict], tmp_path: Path
) -> None:
    printed = tmp_path / "printed.ttl"
    printed.write_text(load_playbooks(sample_playbook())[0].turtle, encoding="utf-8")
    with Graph.open(graph) as opened:
        again = opened.verdicts(printed)
    assert [(v.agreement, v.point, v.verdict, v.state, v.evidence) for v in again] == [
        (v.agreement, v.point, v.verdict, v.state, v.evidence) for v in verdicts.values()
    ]


# --- one term, one point ----------------------------------------------------------------------------

SLUG = "harbor"
HEAD = "playbook: own\npoints:\n  point:\n    about: It holds.\n"


_Fact = tuple[NamedNode, NamedNode, NamedNode | Literal]


def quads(
    terms: dict[str, dict[str, str]], states: dict[str, str] | None = None, kind: str = "subscription"
) -> list[Quad]:
    """Return the graph of an agreement with `terms` by 'Kind' or 'Kind/n': values, and days as '30' or '28-31'."""
    graph, agreement = graph_iri(SLUG), agreement_iri(SLUG)
    found: list[_Fact] = [
        (agreement, TYPE, PG("Agreement")),
        (agreement, PG("slug"), Literal(SLUG)),
        (agreement, PG("agreementKind"), PGV(kind)),
    ]
    for number, (name, values) in enumerate(terms.items()):
        term = NamedNode(f"{agreement.value}:term:{number}")
        words = NamedNode(f"{term.value}:evidence")
        found += [(term, TYPE, PG(name.partition("/")[0])), (term, PG("inAgreement"), agreement)]
        found += [(term, PG("evidence"), words), (words, OA("hasSelector"), NamedNode(f"{words.value}:quote"))]
        found += [
            (NamedNode(f"{words.value}:quote"), OA(key), value)
            for key, value in (
                ("exact", Literal("words")),
                ("start", Literal(str(number), datatype=XSD("integer"))),
                ("end", Literal(str(number + 5), datatype=XSD("integer"))),
            )
        ]
        for field, text in values.items():
            found += _field(term, field, text)
    for name, status in (states or {}).items():
        node = NamedNode(f"{agreement.value}:state:{name}")
        found += [(node, TYPE, PG("TermState")), (node, PG("ofKind"), PG(name)), (node, PG("status"), PGV(status))]
        found += [(node, PG("stateReason"), Literal(f"It is {status}."))]
    return [Quad(subject, predicate, value, graph) for subject, predicate, value in found]


def _field(term: NamedNode, field: str, text: str) -> list[_Fact]:
    if text[0].isdigit():
        least, _, greatest = text[:-1].partition("-")
        period = NamedNode(f"{term.value}:{field}")
        days = (("minDays", least), ("maxDays", greatest or least))
        bounds = [(period, PG(name), Literal(number, datatype=XSD("decimal"))) for name, number in days]
        return [(term, PG(field), period), (period, PG("asWritten"), Literal(f"P{least}D")), *bounds]
    return [(term, PG(field), Literal(text) if text.isupper() else PGV(text))]


def only(positions: str, given: list[Quad], tmp_path: Path) -> Verdict:
    file = tmp_path / "own.yaml"
    file.write_text(HEAD + positions, encoding="utf-8")
    (verdict,) = judge(given, load_playbooks(file))
    return verdict


CAP = "    term: LiabilityCap\n    where: {party: Provider}\n"
LOOKBACK = f"{CAP}    ideal: {{lookback: at least 12 months}}\n    acceptable: {{lookback: at least 6 months}}\n"


@pytest.mark.parametrize(
    ("lookback", "verdict"),
    [("365-366d", OK), ("400d", OK), ("365d", A), ("181-184d", A), ("183d", U), ("180d", W), ("90-92d", W)],
)
def test_lengths_are_compared_by_the_days_they_can_last(lookback: str, verdict: str, tmp_path: Path) -> None:
    given = quads({"LiabilityCap": {"party": "Provider", "lookback": lookback}})
    assert only(LOOKBACK, given, tmp_path).verdict == verdict


@pytest.mark.parametrize(("take", "verdict"), [("worst", W), ("best", OK)])
def test_worst_or_best_of_several_terms_decides(take: str, verdict: str, tmp_path: Path) -> None:
    given = quads(
        {
            "LiabilityCap/1": {"party": "Provider", "lookback": "365-366d"},
            "LiabilityCap/2": {"party": "Both", "lookback": "90d"},
            "LiabilityCap/3": {"party": "Customer", "lookback": "10d"},
        }
    )
    found = only(f"{LOOKBACK}    take: {take}\n", given, tmp_path)
    assert found.verdict == verdict
    assert found.reason == f"The {take} of 2 such terms."
    assert found.evidence[0].start == {"best": 0, "worst": 1}[take]


@pytest.mark.parametrize(
    ("status", "keys", "verdict"),
    [
        ("silent", "", "silent"),
        ("excluded", "", "excluded"),
        ("unknown", "", "unknown"),
        ("silent", "    silent: walk-away\n", W),
        ("unknown", "    unknown: acceptable\n", A),
    ],
)
def test_state_is_the_verdict_unless_the_playbook_says_what_it_counts_as(
    status: str, keys: str, verdict: str, tmp_path: Path
) -> None:
    found = only(LOOKBACK + keys, quads({}, {"LiabilityCap": status}), tmp_path)
    assert (found.verdict, found.state, found.reason) == (verdict, status, f"It is {status}.")


def test_without_states_in_the_graph_nothing_is_called_silent(tmp_path: Path) -> None:
    found = only(LOOKBACK, quads({}), tmp_path)
    assert (found.verdict, found.reason) == (
        "unknown",
        "The graph does not tell what agreements are silent on; build it again.",
    )


@pytest.mark.parametrize(("status", "verdict"), [("silent", OK), ("excluded", OK), ("unknown", "unknown")])
def test_absent_passes_where_there_is_none_but_not_where_that_is_unknown(
    status: str, verdict: str, tmp_path: Path
) -> None:
    point = "    term: FeeAcceleration\n    ideal: absent\n"
    assert only(point, quads({}, {"FeeAcceleration": status}), tmp_path).verdict == verdict


def test_terms_that_the_point_is_not_about_leave_it_silent(tmp_path: Path) -> None:
    given = quads({"LiabilityCap": {"party": "Customer", "lookback": "400d"}}, {"LiabilityCap": "stated"})
    found = only(LOOKBACK, given, tmp_path)
    assert (found.verdict, found.reason) == (
        S,
        "It has terms on this (liability cap), but none with party Provider.",
    )


def test_agreement_that_is_a_part_of_another_is_unknown_where_it_has_other_terms_only(tmp_path: Path) -> None:
    states = {"LiabilityCap": "stated", "Uptime": "unknown", "Venue": "unknown", "Taxes": "silent"}
    given = quads({"LiabilityCap": {"party": "Customer"}}, states)
    assert only(LOOKBACK, given, tmp_path).verdict == "unknown"


def test_only_a_walk_away_described_leaves_the_rest_acceptable(tmp_path: Path) -> None:
    point = f"{CAP}    walk-away: {{basis: fixed}}\n"
    for basis, verdict in (("fixed", W), ("feesPaid", A)):
        given = quads({"LiabilityCap": {"party": "Provider", "basis": basis}})
        assert only(point, given, tmp_path).verdict == verdict


def test_open_field_is_unclear_or_unmet_as_the_point_says(tmp_path: Path) -> None:
    given = quads({"LiabilityCap": {"party": "Provider", "basis": "fixed"}})
    assert only(LOOKBACK, given, tmp_path).verdict == U
    assert only(f"{LOOKBACK}    unstated: unmet\n", given, tmp_path).verdict == W


def test_point_is_left_out_of_agreements_that_it_is_not_about(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(f"{HEAD}{LOOKBACK}    agreements: [subscription]\n", encoding="utf-8")
    books = load_playbooks(file)
    assert judge(quads({}, kind="dataProcessingAgreement"), books) == ()
    assert len(judge(quads({}), books)) == 1


def test_change_to_a_cap_reads_as_a_lawyer_writes_it(tmp_path: Path) -> None:
    given = quads({"LiabilityCap": {"party": "Provider", "lookback": "90d"}})
    point = f"{CAP}    acceptable: {{lookback: at least 180 days}}\n    what: the cap\n    of: of fees\n"
    found = only(point, given, tmp_path)
    assert found.change == "Raise the cap from 90 to 180 days of fees."
    assert found.wanted == "acceptable: lookback at least 180 days"


def test_shapes_with_properties_judge_as_well(root: Path, tmp_path: Path) -> None:
    page = (root / "docs" / "playbooks.md").read_text("utf-8")
    file = tmp_path / "own.ttl"
    file.write_text(page.split("```turtle\n")[1].split("```")[0], encoding="utf-8")
    books = load_playbooks(file)
    for party, lookback, verdict in (("Provider", "400d", A), ("Provider", "90d", W), ("Customer", "90d", S)):
        given = quads({"LiabilityCap": {"party": party, "lookback": lookback}}, {"LiabilityCap": "stated"})
        (found,) = judge(given, books)
        assert (found.point, found.verdict) == ("cap", verdict)


# --- reports and commands ---------------------------------------------------------------------------


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], env={"NO_COLOR": "1"})


def test_text_is_grouped_by_agreement_worst_first(verdicts: dict[tuple[str, str], Verdict]) -> None:
    lines = render_verdicts(tuple(verdicts.values())).splitlines()
    heads = [line for line in lines if not line.startswith(" ")]
    assert [head.partition(":")[0] for head in heads[:-1]] != list(AGREEMENTS)
    assert sorted(head.partition(":")[0] for head in heads[:-1]) == sorted(AGREEMENTS)
    assert heads[-1].startswith("3 agreements: ")
    first = lines.index(heads[0]) + 1
    assert lines[first].startswith("  walk-away   ")
    assert any(line.startswith("              change: Strike the fee acceleration") for line in lines)
    assert any("clause 10.7 [" in line for line in lines)


def test_html_shows_each_verdict_with_its_quotes_and_loads_nothing(verdicts: dict[tuple[str, str], Verdict]) -> None:
    text = render_verdicts(tuple(verdicts.values()), "html")
    assert text.count("<article") == len(verdicts)
    assert text.count("<blockquote>") == sum(len(verdict.evidence) for verdict in verdicts.values())
    assert "<dt>change</dt><dd>Strike the fee acceleration" in text
    assert not re.search(r"<script|<link|src=|url\(|http", text)


def test_junit_fails_for_walk_aways_and_skips_what_is_not_known(verdicts: dict[tuple[str, str], Verdict]) -> None:
    root = ElementTree.fromstring(render_verdicts(tuple(verdicts.values()), "junit").encode())
    cases = {(suite.get("name"), case.get("name")): case for suite in root for case in suite.iter("testcase")}
    assert set(cases) == set(verdicts)
    for place, verdict in verdicts.items():
        inner = {"walk-away": "failure", "ideal": "system-out", "acceptable": "system-out"}
        assert [part.tag for part in cases[place]] == [inner.get(verdict.verdict, "skipped")], place
    assert sum(int(suite.get("failures", "")) for suite in root) == len(list(root.iter("failure"))) > 0


def test_quotes_are_whole_on_demand(verdicts: dict[tuple[str, str], Verdict]) -> None:
    found = tuple(verdicts.values())
    long = [e.quote for v in found for e in v.evidence if len(e.quote) > 200]
    assert long
    assert all(" ".join(quote.split()) in render_verdicts(found, quotes=True) for quote in long)
    assert not any(" ".join(quote.split()) in render_verdicts(found) for quote in long)


def test_command_prints_json_and_fails_as_told(graph: Path) -> None:
    done = run("validate", "--graph", graph, "--playbook", "saas-buyer", "--format", "json")
    assert done.exit_code == 1, done.output
    report = json.loads(done.stdout)
    assert report["playbooks"] == ["saas-buyer"]
    assert sum(report["counts"].values()) == sum(len(a["verdicts"]) for a in report["agreements"]) == 47
    assert {"point", "verdict", "state", "change", "evidence"} <= set(report["agreements"][0]["verdicts"][0])
    assert run("validate", "--graph", graph, "--playbook", "saas-buyer", "--fail-on", "none").exit_code == 0


def test_fail_on_unsettled_is_stricter_than_walk_away(graph: Path, tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    point = "    term: AuditRight\n    where: {per: at least 100 years}\n    ideal: present\n"
    file.write_text(HEAD + point, encoding="utf-8")
    assert run("validate", "--graph", graph, "--playbook", file).exit_code == 0
    assert run("validate", "--graph", graph, "--playbook", file, "--fail-on", "unsettled").exit_code == 1


def test_sample_that_is_printed_is_a_playbook_and_prints_as_shapes(tmp_path: Path) -> None:
    done = run("playbook", "--sample")
    assert done.exit_code == 0
    file = tmp_path / "mine.yaml"
    file.write_text(done.stdout, encoding="utf-8")
    assert file.read_bytes() == sample_playbook().read_bytes()
    assert run("playbook", file).stdout == load_playbooks(sample_playbook())[0].turtle


def test_command_refuses_what_is_no_playbook_in_one_line(graph: Path, tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(f"{HEAD}    term: LiabiltyCap\n    ideal: present\n", encoding="utf-8")
    for arguments in (("playbook", file), ("validate", "--graph", graph, "--playbook", file)):
        done = run(*arguments)
        assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
        assert f"{file}:5: unknown kind of term 'LiabiltyCap'" in done.stderr
        assert "Did you mean 'LiabilityCap'?" in done.stderr
    assert run("playbook").exit_code == 2
    with pytest.raises(PlaybookError), Graph.open(graph) as opened:
        opened.verdicts(file)
