"""A duty leads to the terms that sanction it, and to no others."""

from __future__ import annotations

import hashlib
import re

from pactgraph.assembling import assemble
from pactgraph.assembling.linking import sanctions
from pactgraph.model import Agreement, Clause, Document, Extraction, Finding, Outline, Reference
from pactgraph.vocabulary import PG

TEXT = """1. Guests pay all fees. Guests send a list of boats each month.
If a guest fails to pay, we may close the gate.
2. We mend the pier. Failure to do so entitles guests to leave. If a guest does not send the list of boats, we may ask.
3. Upon a breach of section 1 we may end the contract. We may close at night if it snows.
A breach of the house rules defined in section 1 lets us ring. If a guest defaults on its payments, we may lock it.
If a guest fails to make any payment when due, we may sell it.
"""


def finding(term: str, words: str, **fields: str) -> Finding:
    start = TEXT.index(words)
    clause = next(n for n in (2, 1, 0) if TEXT.index(f"{n + 1}. ") <= start)
    return Finding(term, fields, start, start + len(words), "sample/rule", clause=clause)


PAY = finding("Obligation", "Guests pay all fees", party="Customer", action="pay all fees")
LIST = finding("Obligation", "Guests send a list of boats", party="Customer", action="send a list of boats")
MEND = finding("Obligation", "We mend the pier", party="Provider", action="mend the pier")
GATE = finding(
    "Permission", "If a guest fails to pay, we may close", party="Provider", condition="If a guest fails to pay"
)
LEAVE = finding("TerminationRight", "Failure to do so entitles guests to leave", party="Customer")
ASK = finding(
    "Permission", "If a guest does not send the list of boats, we may ask", party="Provider",
    condition="If a guest does not send the list of boats",
)  # fmt: skip
END = finding("TerminationRight", "Upon a breach of section 1 we may end the contract", party="Provider")
SNOW = finding("Permission", "We may close at night if it snows", party="Provider", condition="if it snows")
RING = finding("Indemnity", "A breach of the house rules defined in section 1 lets us ring", indemnitor="Customer")
LOCK = finding(
    "Permission", "If a guest defaults on its payments, we may lock it", party="Provider",
    condition="If a guest defaults on its payments",
)  # fmt: skip
SELL = finding(
    "Permission", "If a guest fails to make any payment when due, we may sell it", party="Provider",
    condition="If a guest fails to make any payment when due",
)  # fmt: skip
OTHER = finding("Obligation", "we may close the gate", party="Provider", action="pay the fees of the port")


def extraction(*findings: Finding) -> Extraction:
    starts = [TEXT.index(f"{n}. ") for n in (1, 2, 3)]
    ends = [*starts[1:], len(TEXT)]
    clauses = tuple(
        Clause(str(n + 1), str(n + 1), "numbered", 1, "", starts[n], ends[n], ends[n], None) for n in range(3)
    )
    places = [match.start() for match in re.finditer("section 1", TEXT)]
    outline = Outline(clauses, (), references=tuple(Reference(at, at + 9, "section 1", 2, 0) for at in places))
    document = Document("pier", "pier.txt", TEXT, hashlib.sha256(TEXT.encode()).hexdigest(), "text/plain")
    return Extraction(document, outline, Agreement("pier", "Rules", "other", "Pier"), findings)


def linked(*findings: Finding) -> set[tuple[int, int]]:
    return {(norm.start, sanction.start) for norm, sanction in sanctions(extraction(*findings))}


def test_a_failure_to_act_is_linked_to_the_duty_of_that_act() -> None:
    assert linked(PAY, LIST, GATE, ASK) == {(PAY.start, GATE.start), (LIST.start, ASK.start)}


def test_a_failure_to_do_so_means_the_duty_before_it() -> None:
    assert linked(LIST, MEND, LEAVE) == {(MEND.start, LEAVE.start)}


def test_a_breach_of_a_clause_means_the_duties_in_it() -> None:
    assert linked(PAY, LIST, MEND, END) == {(PAY.start, END.start), (LIST.start, END.start)}


def test_a_clause_that_defines_a_word_is_not_the_one_broken() -> None:
    assert linked(PAY, LIST, RING) == set()


def test_a_default_on_payments_means_the_duty_to_pay() -> None:
    assert linked(PAY, LIST, LOCK, SELL) == {(PAY.start, LOCK.start), (PAY.start, SELL.start)}


def test_a_right_without_a_failure_sanctions_nothing() -> None:
    assert linked(PAY, MEND, SNOW) == set()


def test_the_holder_of_the_right_is_not_the_one_who_failed() -> None:
    assert linked(OTHER, GATE) == set()


def test_the_graph_has_a_link_from_the_duty_to_its_sanction() -> None:
    links = [quad for quad in assemble(extraction(PAY, GATE), "0") if quad.predicate == PG("sanctionedBy")]
    assert [(":term:Obligation:" in str(q.subject), ":term:Permission:" in str(q.object)) for q in links] == [
        (True, True)
    ]
