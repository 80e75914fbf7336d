"""Sentences are divided by their modal verbs, and each stretch knows who it speaks of."""

from __future__ import annotations

import pytest

from pactgraph.extracting.actions import action_of, passive_action
from pactgraph.extracting.deontic import stretches
from pactgraph.extracting.subjects import subject_of
from pactgraph.extracting.views import BOTH, CUSTOMER, EITHER, PROVIDER

P, C, E, B = PROVIDER, CUSTOMER, EITHER, BOTH

DIVIDED = [
    (f"{P} shall keep logs and will show them.", [(P, f"{P} shall keep logs"), (P, "will show them.")]),
    (f"If asked, {P} shall reply; {C} may copy it.", [(P, f"If asked, {P} shall reply"), (C, f"{C} may copy it.")]),
    (f"{P} stores all data that {C} may submit.", []),
    (f"{P} may end it if {C} shall fail to pay.", [(P, f"{P} may end it if {C} shall fail to pay.")]),
    (f"{C} agrees that {P} may use it.", [(P, f"{C} agrees that {P} may use it.")]),
    (f"{P} agrees that it will pay.", [(P, f"{P} agrees that it will pay.")]),
    (f"{C} shall not, and shall not let others, sell.", [(C, f"{C} shall not, and shall not let others, sell.")]),
    (f"In no event will {P} stop.", [(f"no {P}", f"In no event will {P} stop.")]),
    (f"{E} may leave, provided that it shall pay.", [(E, f"{E} may leave"), (E, "provided that it shall pay.")]),
    (f"While using the lift {C} must not jump.", [(C, f"While using the lift {C} must not jump.")]),
    (f"In the event of a storm {P} shall close.", [(P, f"In the event of a storm {P} shall close.")]),
    (f"Please note that {C} must pay.", [(C, f"Please note that {C} must pay.")]),
    (f"Ask us if {P} believes {C} is entitled to a seat.", []),
    (f"{P} agrees to: (a) sweep.", [(P, f"{P} agrees to: (a) sweep.")]),
    (f"{P} may go ({C} must (then) wait) and shall ask.", [
        (P, f"{P} may go ({C} must (then) wait)"), (C, f"{C} must (then) wait"), (P, "shall ask."),
    ]),
    (f"{P} will not go, nor will {P} stay.", [(P, f"{P} will not go"), (f"no {P}", f"nor will {P} stay.")]),
    (f"{P} shall count and, if one is lost, {P} shall look.", [
        (P, f"{P} shall count"), (P, f"if one is lost, {P} shall look."),
    ]),
    (f"{P} may go if: (a) {C} may; or (b) {C} must.", [(P, f"{P} may go if: (a) {C} may; or (b) {C} must.")]),
    (f"{C} accepts that it is old and that {P} may go.", [(P, f"{C} accepts that it is old and that {P} may go.")]),
    (f"In return, {P} and {C} will meet.", [(f"{P} and {C}", f"In return, {P} and {C} will meet.")]),
    (f"Clause 3 is amended and reads as follows: _{P} may wait.", [(P, f"{P} may wait.")]),
    (f"If it rains: {P} shall close.", [(P, f"If it rains: {P} shall close.")]),
    (f"{P} may, but shall not be obliged to, weigh it.", [(P, f"{P} may, but shall not be obliged to, weigh it.")]),
    (f"{P} may (but need not) weigh it.", [(P, f"{P} may (but need not) weigh it.")]),
    (f"{P} may weigh it, but shall not sell it.", [(P, f"{P} may weigh it"), (P, "shall not sell it.")]),
    (f"If the rent, which {P} may set, is late, {P} may wait.", [
        (P, f"If the rent, which {P} may set, is late, {P} may wait."),
    ]),
    (f"{C} has no right to sell it.", [(C, f"{C} has no right to sell it.")]),
    ("Smoking is prohibited without a permit.", [("Smoking", "Smoking is prohibited without a permit.")]),
    (f"If {C} ends the plan {C} shall pay.", [(C, f"If {C} ends the plan {C} shall pay.")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), DIVIDED)
def test_each_modal_has_its_own_words_and_subject(text: str, wanted: list[tuple[str, str]]) -> None:
    assert [(s.subject, text[s.start : s.end]) for s in stretches(text, 0, len(text))] == wanted


def test_a_list_belongs_to_the_modal_that_leads_it() -> None:
    text = f"{C} shall: (a) pay; (b) tell {P}, and {P} may ask."
    items = [(9, 16), (17, len(text))]
    found = stretches(text, 0, len(text), items)
    assert [(s.subject, s.nested) for s in found] == [(C, False), (P, True)]
    assert found[0].end == len(text)


@pytest.mark.parametrize(
    ("zone", "subject"),
    [
        (f"{B}, at its own cost (if any), ", B),
        (f"Subject to clause 2, {C} and its staff ", f"{C} and its staff"),
        ("Any data, including copies, ", "Any data"),
        (f"During the term {P} ", P),
        (f"{P} has no other rights in the loom and {P} alone ", P),
    ],
)
def test_the_subject_is_found_among_insertions(zone: str, subject: str) -> None:
    assert subject_of(zone) == subject


@pytest.mark.parametrize(
    ("predicate", "action"),
    [
        ("comply with all laws.", "comply with all laws"),
        ("promptly notify us if it fails", "notify us"),
        ("(i) keep copies; (ii) delete them on request", "keep copies, delete them on request"),
        (
            "use the depot to: (a) store oil; (b) mix paints for others",
            "use the depot to store oil, mix paints for others",
        ),
        ("notify us within ten days of its plans", "notify us of its plans"),
        ("pay us, within ten days, all fees", "pay us all fees"),
        ("sort, weigh, pack, stamp, tie, scan, carry and store parcels", "sort, weigh and store parcels"),
        ("grant us a royalty-free, worldwide and perpetual licence to print", "grant us a licence to print"),
        (
            "make the monthly stock reports as described below available to us",
            "make the monthly stock reports available to us",
        ),
        ("be responsible for storing and testing the keys", "store and test the keys"),
        ("not copy it without our consent", "copy it"),
        (", nor will it permit any guest to: (a) smoke; (b) cook", "smoke, cook"),
        ("act as hosts, and nothing here makes them partners", "act as hosts"),
        ("permit its agents to enter, provided it is for the sale", "permit its agents to enter"),
        (
            "defend us against any claim alleging that the kiln burns",
            "defend us against any claim alleging that the kiln burns",
        ),
        ("give us at least ten days' notice of the sale", "give us at least ten days' notice of the sale"),
        ("be immediately liable for the rest of the rent", "pay the rest of the rent"),
        ("pay the rent as if no tax were due, unless it is waived", "pay the rent as if no tax were due"),
        ("sell the mill (or any part of it) without the bank's consent", "sell the mill or any part of it"),
        (
            "(i) burn dry, cut or sawn wood in the kiln, or (ii) sell the ash",
            "burn dry, cut or sawn wood, sell the ash",
        ),
    ],
)
def test_an_action_is_a_short_verb_phrase(predicate: str, action: str) -> None:
    assert action_of(predicate) == action


def test_a_passive_action_names_what_is_done() -> None:
    assert passive_action("be paid by the buyer within ten days", "All invoices") == "pay invoices"
    assert (
        passive_action("be heard by teleconference", "Claims arising from the sale") == "hear Claims by teleconference"
    )
    assert (
        passive_action("be told within a period of a week that the kiln is hot", "you")
        == "tell you that the kiln is hot"
    )
    assert passive_action("be in writing and signed", "All waivers") == "make waivers in writing and signed"
