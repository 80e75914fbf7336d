"""What a person decided goes before what the rules found, and a changed source is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from pactgraph.correcting import Corrected, Correction, correct, restated
from pactgraph.model import Finding, State

from .conftest import NOTICE, OTHER_HASH, TEXT, finding, outline, sample

Decide = Callable[..., Correction]
Found = tuple[Finding, Finding]


def applied(found: Sequence[Finding], *corrections: Correction, text: str = TEXT) -> Corrected:
    return correct(sample(text), outline(), found, corrections)


def test_without_decisions_all_stays_as_it_is(found: Found, decision: Decide) -> None:
    elsewhere = decision("reject", sha256=OTHER_HASH, file="other.txt")
    assert applied(found, elsewhere) == Corrected(found)


def test_a_confirmed_finding_is_certain_and_keeps_its_rule(found: Found, decision: Decide) -> None:
    less, more = found
    done = applied(found, decision("confirm", fields={"party": "Either"}))
    assert [f.certainty for f in done.findings if f.fields == less.fields] == ["certain"]
    assert [f.certainty for f in done.findings if f.fields == more.fields] == ["likely"]
    (review,) = done.reviews
    assert (review.verdict, review.status, review.who, review.when) == ("confirm", "applied", "R. Ode", "2031-05-01")
    assert (review.found, review.term) == (less, replace(less, certainty="certain"))
    assert done.notes == ()


def test_a_rejected_finding_is_no_term_and_the_decision_is_kept(found: Found, decision: Decide) -> None:
    less, more = found
    done = applied(found, decision("reject", fields={**more.fields}, why="Said of the schedule only."))
    assert done.findings == (less,)
    (review,) = done.reviews
    assert (review.found, review.term, review.why) == (more, None, "Said of the schedule only.")


def test_a_decision_without_fields_is_on_all_findings_of_the_kind_there(found: Found, decision: Decide) -> None:
    done = applied(found, decision("reject"))
    assert (done.findings, len(done.reviews)) == ((), 2)


def test_a_corrected_finding_has_the_new_fields_and_names_the_rule_it_replaces(found: Found, decision: Decide) -> None:
    _, more = found
    done = applied(
        found, decision("correct", was={"notice": "P30D"}, fields={"notice": None, "ground": "materialBreach"})
    )
    (made,) = [f for f in done.findings if f.rule == "corrections/correct"]
    assert made.fields == {"party": "Either", "ground": "materialBreach"}
    assert (made.certainty, made.overrode) == ("certain", (more.rule,))
    assert done.reviews[0].found == more


def test_a_correction_that_might_mean_two_findings_is_not_applied(found: Found, decision: Decide) -> None:
    done = applied(found, decision("correct", fields={"notice": "P60D"}))
    assert [f.certainty for f in done.findings] == ["likely", "likely"]
    assert done.reviews[0].status == "idle"
    assert "say with 'was' which is meant" in done.notes[0]


def test_an_added_finding_stands_in_the_smallest_clause_that_holds_it(decision: Decide) -> None:
    quote = "Neither party insures the other."
    done = applied((), decision("add", quote, kind="NoWaiver"))
    (made,) = done.findings
    assert (made.term, made.rule, made.certainty, made.clause) == ("NoWaiver", "corrections/add", "certain", 1)
    assert TEXT[made.start : made.end] == quote


def test_adding_what_a_rule_finds_confirms_it(found: Found, decision: Decide) -> None:
    done = applied(found, decision("add", fields={"party": "Either"}))
    assert len(done.findings) == 2
    assert done.reviews[0].found == found[0]


def test_a_confirmed_finding_survives_rules_that_no_longer_find_it(decision: Decide) -> None:
    done = applied((), decision("confirm", fields={"party": "Either", "notice": "P30D"}))
    (made,) = done.findings
    assert (made.rule, made.fields) == ("corrections/confirm", {"party": "Either", "notice": "P30D"})
    assert done.notes == (
        "corrections.yaml:2: confirm TerminationRight: no rule finds it any more; it stands as confirmed.",
    )


def test_what_rules_now_read_in_the_same_words_gives_way_to_what_was_confirmed(decision: Decide) -> None:
    read = finding("TerminationRight", NOTICE, party="Either", ground="convenience", notice="P60D")
    done = applied((read,), decision("confirm", fields={"party": "Either", "ground": "convenience", "notice": "P30D"}))
    assert [f.fields["notice"] for f in done.findings] == ["P30D"]


def test_a_finding_whose_quote_the_rules_now_cut_otherwise_is_still_rejected(decision: Decide) -> None:
    longer = finding("TerminationRight", f"Term. {NOTICE}", party="Either")
    assert applied((longer,), decision("reject", fields={"party": "Either"})).findings == ()
    assert applied((longer,), decision("reject")).findings == (longer,)


def test_of_several_decisions_the_last_counts(found: Found, decision: Decide) -> None:
    less, _ = found
    rejected = decision("reject", fields={"party": "Either"})
    confirmed = decision("confirm", fields={"party": "Either"})
    assert replace(less, certainty="certain") in applied(found, rejected, confirmed).findings
    done = applied(found, confirmed, rejected)
    assert less.fields not in [f.fields for f in done.findings]
    assert [review.verdict for review in done.reviews] == ["reject"]


def test_a_decision_that_makes_two_findings_equal_leaves_one(found: Found, decision: Decide) -> None:
    _, more = found
    rest = {"ground": "convenience", "notice": "P30D", "notice.anchor": "notice"}
    done = applied(found, decision("correct", was={"party": "Either"}, fields=rest))
    assert [f.fields for f in done.findings] == [more.fields]
    assert done.findings[0].rule == "corrections/correct"


def test_words_without_a_place_are_looked_for_across_line_ends(decision: Decide) -> None:
    quote = "The provider keeps a copy of all data for ninety days."
    done = applied((), decision("add", quote, kind="DataRetrieval", fields={"duration": "P90D"}))
    (made,) = done.findings
    assert TEXT[made.start : made.end] == "The provider keeps a copy of\nall data for ninety days."
    assert made.reading == quote
    assert (done.reviews[0].status, done.notes) == ("applied", ())


def test_words_that_stand_twice_need_a_place(decision: Decide) -> None:
    quote = "Fees are due on receipt."
    done = applied((), decision("add", quote, kind="PaymentDue", start=None, end=None))
    assert (done.findings, done.reviews[0].status) == ((), "stale")
    assert "the words stand 2 times; give start and end" in done.notes[0]


def test_a_changed_source_is_told_where_the_words_stand_where_they_stood(decision: Decide) -> None:
    done = applied((), decision("add", fields={"party": "Either"}), text=TEXT.replace("jury", "JURY"))
    assert [f.term for f in done.findings] == ["TerminationRight"]
    assert done.reviews[0].status == "moved"
    assert "the source has changed since, and the words stand where they stood: check them" in done.notes[0]


def test_a_changed_source_is_told_where_the_words_stand_elsewhere(decision: Decide) -> None:
    text = TEXT.replace("Hosting Terms", "Hosting Terms of Use")
    done = applied((), decision("add", fields={"party": "Either"}), text=text)
    (made,) = done.findings
    assert text[made.start : made.end] == NOTICE
    assert f"the words stand at {made.start}-{made.end} now" in done.notes[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (TEXT.replace("thirty (30)", "sixty (60)"), "are not to be found"),
        (TEXT.replace("\n\n1.", "\n1.") + NOTICE, "stand 2 times"),
    ],
)
def test_words_that_a_changed_source_lacks_or_has_twice_make_a_decision_stale(
    text: str, told: str, decision: Decide
) -> None:
    done = applied((), decision("add", fields={"party": "Either"}), text=text)
    assert done.findings == ()
    assert (done.reviews[0].status, done.reviews[0].start) == ("stale", -1)
    assert f"stale, not applied: the source has changed since, and the words {told}" in done.notes[0]


def test_a_new_decision_on_the_changed_source_ends_the_remark_on_the_old(decision: Decide) -> None:
    text = TEXT.replace("jury", "JURY")
    read = finding("TerminationRight", NOTICE, party="Either")
    old = decision("confirm", fields={"party": "Either"})
    done = applied((read,), old, replace(old, sha256=sample(text).sha256), text=text)
    assert done.notes == ()
    assert [review.status for review in done.reviews] == ["applied"]


def test_silence_after_a_rejection_says_who_rejected(found: Found, decision: Decide) -> None:
    silent = State("TerminationRight", "silent", "No words on it were found.", clauses=3, rules=4)
    other = replace(silent, kind="Fee")
    done = applied(found, decision("reject"))
    told = restated((silent, other), done.reviews)
    assert told == (replace(silent, reason="What was found of it was rejected by R. Ode on 2031-05-01."), other)
