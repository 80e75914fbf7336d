"""Four states: what is stated, excluded, left elsewhere, and what an agreement is silent on."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from pactgraph.extracting import RuleSet, examine, load_rules, states
from pactgraph.model import Document, State
from pactgraph.reading import discover, read
from pactgraph.resources import folder
from pactgraph.segmenting import segment
from pactgraph.vocabulary import schema

TABLE = Path(__file__).parent / "data" / "seed_states.csv"
NOT_FOUND_YET = {("expertrec", "CapException"), ("openware", "ResponseTime"), ("solver", "FeedbackLicense")}
"""Terms that people see and no rule finds, so that the agreement wrongly counts as silent on them."""


@cache
def rules() -> RuleSet:
    return load_rules(folder("mappings"))


def judged(document: Document, by: RuleSet | None = None) -> dict[str, State]:
    outline = segment(document)
    examined = examine(document, outline, by or rules())
    return {s.kind: s for s in states(document, outline, examined.findings, examined.marks, by or rules())}


def told(text: str) -> dict[str, State]:
    return judged(Document("halvern", "halvern.txt", text, "0" * 64, "text/plain"))


def test_every_kind_has_one_state() -> None:
    assert sorted(told("Halvern and the Customer shake hands.")) == sorted(schema().kinds)


def test_what_is_stated_is_stated_whatever_is_excluded_beside_it() -> None:
    text = "The Provider warrants that it has the authority to agree. All else comes without warranty of any kind."
    found = told(text)["Warranty"]
    assert (found.status, found.reason, text[found.start : found.end][:12]) == ("stated", "", "The Provider")


def test_express_words_exclude_with_the_words_that_say_so() -> None:
    text = "1. Fees\nAll fees are non-refundable.\n"
    found = told(text)["Refund"]
    assert (found.status, text[found.start : found.end]) == ("excluded", "All fees are non-refundable.")
    assert found.reason == "No fee that was paid is given back."


def test_silence_comes_with_a_receipt() -> None:
    found = told("1. Law\nThe laws of Ireland govern.\n2. Fees\nThe Customer pays.\n")["Escrow"]
    assert (found.status, found.start) == ("silent", -1)
    assert found.clauses == 2
    assert found.rules == sum("Escrow" in (rule.term, *rule.kinds) for rule in (*rules().rules, *rules().state_rules))


def test_what_an_order_form_settles_is_unknown() -> None:
    found = told("The Customer pays the fees set forth in the Order Form.")
    assert {found[kind].status for kind in ("Fee", "PaymentDue", "InitialTerm")} == {"unknown"}
    assert found["Fee"].reason == "It may stand in the order form, which is not in this document."
    assert found["Escrow"].status == "silent"


def test_what_an_attached_schedule_settles_is_not_elsewhere() -> None:
    text = "1. Fees\nThe Customer pays the charges set out in Schedule B.\n"
    assert told(text)["Fee"].status == "unknown"
    assert told(f"{text}\nSchedule B\n\n1. Charges\nThe Customer pays what is agreed.\n")["Fee"].status == "silent"


def test_a_part_of_a_main_agreement_is_silent_on_nothing_but_itself() -> None:
    found = told("This Data Processing Addendum forms part of the Services Agreement between the parties.")
    statuses = {kind: state.status for kind, state in found.items() if state.status != "stated"}
    assert {kind for kind, status in statuses.items() if status == "silent"} <= {"AgreementTitle", "VersionDate"}
    assert statuses["LiabilityCap"] == "unknown"


def test_certain_exclusion_goes_before_a_reference_and_a_likely_one_after_it() -> None:
    text = "Service levels are set forth in the Service Level Agreement. "
    disclaimed = "The Provider does not warrant that the service will be uninterrupted."
    assert told(disclaimed)["Uptime"].status == "excluded"
    assert told(text + disclaimed)["Uptime"].status == "unknown"
    assert told(text + "There is no uptime guarantee.")["Uptime"].status == "excluded"


def test_an_agreement_that_was_not_read_whole_is_silent_on_nothing() -> None:
    document = Document("halvern", "halvern.pdf", "Halvern agrees.", "0" * 64, "application/pdf", unread=("page 2",))
    assert Counter(state.status for state in judged(document).values())["silent"] == 0


def test_an_empty_agreement_and_a_kind_without_rules_are_unknown() -> None:
    assert {state.status for state in told("").values()} == {"unknown"}
    fewer = replace(rules(), rules=tuple(r for r in rules().rules if r.term != "Escrow"), state_rules=())
    found = judged(Document("halvern", "halvern.txt", "Halvern agrees.", "0" * 64, "text/plain"), fewer)
    assert (found["Escrow"].status, found["Escrow"].reason) == ("unknown", "No rule looks for it.")


def expected(shared: Path) -> dict[tuple[str, str], set[str]]:
    """Return the right states of each seed and kind.

    Stated where people are sure of a record; else as somebody read it; where they are in doubt, stated is right too.
    """
    with TABLE.open(encoding="utf-8", newline="") as lines:
        right = {(row["agreement"], row["kind"]): {row["status"]} for row in csv.DictReader(lines)}
    sure: defaultdict[str, set[str]] = defaultdict(set)
    doubted: defaultdict[str, set[str]] = defaultdict(set)
    for path in sorted((shared / "gold" / "seeds").glob("*.jsonl")):
        for record in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            (doubted if record.get("doubt") else sure)[record["agreement"]].add(record["term"])
    for slug, kinds in sure.items():
        assert not [kind for kind in kinds if (slug, kind) in right], f"{slug}: people are sure of some"
        right.update(((slug, kind), {"stated"}) for kind in kinds)
        for kind in doubted[slug] - kinds:
            right[slug, kind] = right[slug, kind] | {"stated"}
    return right


def test_the_table_gives_a_reason_for_each_verdict() -> None:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 205
    assert {row["status"] for row in rows} <= {"excluded", "unknown", "silent"}
    assert all(row["reason"] and row["kind"] in schema().kinds for row in rows)


def test_every_state_of_every_seed_is_right(shared: Path) -> None:
    right = expected(shared)
    wrong = set()
    for source in discover([shared / "agreements" / "seeds"]).sources:
        for kind, state in judged(read(source)).items():
            if state.status not in right.pop((source.slug, kind)):
                wrong.add((source.slug, kind))
    assert right == {}
    assert wrong - NOT_FOUND_YET == set()


def test_states_are_the_same_in_every_run() -> None:
    text = "The fees are in the Order Form. All fees are non-refundable."
    assert told(text) == told(text)


@pytest.mark.parametrize("status", ["excluded", "unknown"])
def test_words_of_a_state_stand_in_the_text(status: str) -> None:
    text = "1. Fees\nFees are set forth in the Order Form.\n2. End\nAll fees are non-refundable.\n"
    for state in told(text).values():
        if state.status == status:
            assert text[state.start : state.end].strip()
            assert state.clause is not None
