from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pactgraph.extracting import RuleSet, extract, load_rules
from pactgraph.extracting.prefilter import ClauseBits, Prefilter, asked
from pactgraph.extracting.resolving import resolve
from pactgraph.extracting.rules import Rule
from pactgraph.extracting.units import Units
from pactgraph.extracting.views import read as read_plainly
from pactgraph.model import Document, Finding, Span
from pactgraph.reading import discover, read
from pactgraph.resources import folder
from pactgraph.segmenting import segment


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return load_rules(folder("mappings"))


@pytest.fixture(scope="module")
def documents(examples: Path) -> tuple[Document, ...]:
    return tuple(read(source) for source in discover([examples]).sources)


def test_findings_lie_in_the_source_and_in_order(rules: RuleSet, documents: tuple[Document, ...]) -> None:
    assert len(documents) == 3
    for document in documents:
        found = extract(document, segment(document), rules)
        assert len(found) >= 20
        assert all(0 <= f.start < f.end <= len(document.text) for f in found)
        assert all(document.text[f.start : f.end].strip() for f in found)
        assert [f.start for f in found] == sorted(f.start for f in found)


def test_extraction_is_repeatable(rules: RuleSet, documents: tuple[Document, ...]) -> None:
    outline = segment(documents[0])
    assert extract(documents[0], outline, rules) == extract(documents[0], outline, load_rules(folder("mappings")))


def test_prefilter_loses_no_finding(
    rules: RuleSet, documents: tuple[Document, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    document = documents[0]
    outline = segment(document)
    filtered = extract(document, outline, rules)
    monkeypatch.setattr(
        Prefilter, "candidates", lambda self, _: [(rule, rule.find, (0,) * len(rule.find)) for rule in self._rules]
    )
    assert extract(document, outline, load_rules(folder("mappings"))) == filtered


def test_every_rule_needs_words_that_a_text_may_lack(rules: RuleSet) -> None:
    tried: list[Rule] = list(rules.rules)
    assert len(tried) > 20
    open_to_all = Prefilter(tried, ClauseBits(asked(tried), rules.lexicon.words)).unfiltered
    assert len(open_to_all) < 0.02 * len(tried), f"tried on every sentence: {open_to_all}"


def test_finding_that_says_more_replaces_one_that_says_less(rules: RuleSet) -> None:
    less = Finding("NonRenewalNotice", {"party": "Either"}, 10, 60, "non-renewal-notice/before-next-billing", "likely")
    more = Finding(
        "NonRenewalNotice", {"party": "Either", "duration": "P30D"}, 90, 140, "non-renewal-notice/notice-before-end"
    )
    assert resolve([less, more], rules) == (replace(more, overrode=(less.rule,)),)


def test_findings_with_other_content_both_stay(rules: RuleSet) -> None:
    one = Finding("LiabilityCap", {"party": "Provider", "basis": "feesPaid"}, 10, 60, "liability-cap/not-exceed")
    two = Finding("LiabilityCap", {"party": "Provider", "basis": "fixed"}, 90, 140, "liability-cap/not-exceed")
    assert resolve([two, one], rules) == (one, two)


def test_words_over_several_clauses_are_cut_to_the_clause_of_the_match() -> None:
    text = "Harbor Agreement\n\nMade today.\n\n1. Fees. All fees are due.\n\n2. Law. The law applies.\n"
    outline = segment(Document("quay", "quay.txt", text, "0" * 64, "text/plain"))
    units = Units(read_plainly(text, []), outline)
    span, clause = units.in_one_clause(Span(text.index("Made"), text.index("due.")), text.index("fees are"), 0)
    assert clause is not None
    assert outline.clauses[clause].start <= span.start < span.end <= outline.clauses[clause].whole_end
    assert text[span.start : span.end].endswith("All fees are ")


def test_the_proof_of_each_ground_is_the_item_of_a_list_in_running_text(rules: RuleSet, tmp_path: Path) -> None:
    file = tmp_path / "quay.txt"
    file.write_text(
        "We keep the quay.\n\nYou will indemnify us against all claims that follow from any breach of these Terms "
        "by your crew, (ii) a bodily injury on your boat, or (iii) your gross negligence."
    )
    document = read(discover([file]).sources[0])
    found = {f.fields["ground"]: f for f in extract(document, segment(document), rules) if f.term == "Indemnity"}
    quotes = {ground: document.text[f.start : f.end] for ground, f in found.items()}
    assert quotes["personalInjury"] == "(ii) a bodily injury on your boat"
    assert quotes["negligence"] == "(iii) your gross negligence"
    assert quotes["breach"].startswith("You will indemnify")


def test_a_proof_cut_from_long_words_does_not_end_within_a_number(rules: RuleSet) -> None:
    far = " and that the dye works in Corvale keep their old looms running until the last vat is empty" * 5
    words = f"The mill says{far} while the Client pays a fee of $4,500 per month and $10,000 per month later{far}."
    text = f"Dyeing Agreement\n\n1. Fees. {words}"
    document = Document("dye", "dye.txt", text, "0" * 64, "text/plain")
    quotes = [text[f.start : f.end] for f in extract(document, segment(document), rules) if f.term == "Fee"]
    assert quotes
    assert all("$10" not in quote or "$10,000" in quote for quote in quotes)


def test_the_signatory_of_whom_duties_are_told_throughout_is_served(rules: RuleSet, tmp_path: Path) -> None:
    told = "Quillon will provide tiles. Quillon may use clay. Qbrix shall pay. Qbrix will notify them. " * 9
    signed = "Qbrix, Inc.\n\nBy: Ann Ash\n\nTarn Glaze Ltd\n\nBy: Cy Cole\n"
    (tmp_path / "tiles.txt").write_text(f"Qbrix and Quillon agree.\n\n{told}\n\n{signed}")
    document = read(discover([tmp_path]).sources[0])
    found = extract(document, segment(document), rules)
    roles = {finding.fields["name"]: finding.fields["role"] for finding in found if finding.term == "Party"}
    assert (roles["Qbrix, Inc."], roles["Quillon"]) == ("Customer", "Provider")
    duties = [finding for finding in found if finding.term == "Obligation" and finding.fields["party"] == "Customer"]
    assert len(duties) == 18


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Quillon may use the clay that you send. You pay Quillon. " + "Quillon is a kiln of Quillon. " * 4, "Quillon"),
        ("The Vendor shall fire tiles. You pay. " * 6, "Vendor"),
        ("Tiles are fired. You pay. " * 6, ""),
    ],
)
def test_a_provider_that_nothing_introduces_has_the_name_or_noun_in_use(
    rules: RuleSet, tmp_path: Path, text: str, names: str
) -> None:
    (tmp_path / "tiles.txt").write_text(text)
    document = read(discover([tmp_path]).sources[0])
    found = [f for f in extract(document, segment(document), rules) if f.term == "Party"]
    assert [f.fields["name"] for f in found if f.fields["role"] == "Provider"] == ([names] if names else [])


def test_what_leads_to_duties_of_their_own_ends_at_its_colon(rules: RuleSet, tmp_path: Path) -> None:
    lead = "The Seller undertakes to take the following measures:"
    (tmp_path / "oven.txt").write_text(f"{lead}\n\n(a) Sweeping the oven daily.\n\n(b) Locking the door at night.\n")
    document = read(discover([tmp_path]).sources[0])
    (duty,) = (finding for finding in extract(document, segment(document), rules) if finding.term == "Obligation")
    assert document.text[duty.start : duty.end].rstrip(":") == lead.rstrip(":")


def test_the_condition_that_leads_a_list_holds_for_each_duty_in_it(rules: RuleSet, tmp_path: Path) -> None:
    items = "(i) all rights end;\n\n(ii) the Buyer shall leave;\n\n(iii) the Seller shall lock the door.\n"
    (tmp_path / "oven.txt").write_text(f"Upon the end of the lease:\n\n{items}\nThe Seller shall sleep.\n")
    document = read(discover([tmp_path]).sources[0])
    duties = [finding for finding in extract(document, segment(document), rules) if finding.term == "Obligation"]
    assert [duty.fields.get("condition") for duty in duties] == ["Upon the end of the lease"] * 2 + [None]


@pytest.mark.parametrize(("title", "found"), [("Data Processing Terms", 1), ("Terms of the Ferry", 0)])
def test_a_rule_may_ask_for_the_title_of_the_document(title: str, found: int, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "escrow.yaml").write_text(
        "term: Escrow\nrules:\n  there:\n    titled: 'data processing'\n    find: 'a notary keeps the code'\n"
    )
    (tmp_path / "quay.md").write_text(
        f"# {title}\n\nThese are terms of Halvern.\n\n## Code\n\nA notary keeps the code.\n"
    )
    (document,) = (read(source) for source in discover([tmp_path / "quay.md"]).sources)
    findings = extract(document, segment(document), load_rules(folder("mappings"), tmp_path / "own"))
    assert sum(f.rule == "escrow/there" for f in findings) == found


def _said(text: str, rules: RuleSet, term: str) -> list[dict[str, object]]:
    document = Document("quay", "quay.txt", text, "0", "text/plain")
    return [dict(f.fields) for f in extract(document, segment(document), rules) if f.term == term]


def test_a_user_told_of_in_small_letters_is_the_customer(rules: RuleSet) -> None:
    duties = "".join(f"{n}. The user shall keep berth {n} clean.\n\n" for n in range(1, 7))
    text = f"Terms of the Harbor App\n\nThe app is operated by Tidewater Tools LLC.\n\n{duties}"
    parties = {party["role"]: party["name"] for party in _said(text, rules, "Party")}
    assert parties == {"Provider": "Tidewater Tools LLC", "Customer": "user"}
    assert [duty["party"] for duty in _said(text, rules, "Obligation")] == ["Customer"] * 6


def test_a_short_name_of_a_party_is_no_definition_but_what_it_does_is(rules: RuleSet) -> None:
    text = (
        'Crane Agreement\n\nThis Agreement is made on 3 May 2011 between Tidewater Tools LLC ("TWT") and Oakline'
        ' Barges, Inc. (the "Customer").\n\n1. TWT shall oil the crane (the "Machine"). Customer shall pay TWT.\n'
    )
    names = {definition["name"] for definition in _said(text, rules, "DefinedTerm")}
    assert "TWT" not in names
    assert {"Machine", "Customer"} <= names


@pytest.mark.parametrize("noun", ["Reseller", "Distributor"])
def test_who_sells_on_is_a_reseller_and_is_told_of_as_the_one_who_is_served(rules: RuleSet, noun: str) -> None:
    text = (
        f"{noun} Agreement\n\nThis {noun} Agreement is made on 3 May 2011 between Tidewater Tools LLC"
        f' ("Tidewater") and Oakline Barges, Inc. ("{noun}").\n\n1. {noun} shall buy the cranes from Tidewater.\n'
    )
    assert {party["role"] for party in _said(text, rules, "Party")} == {"Provider", "Reseller"}
    assert [duty["party"] for duty in _said(text, rules, "Obligation")] == ["Customer"]


def test_the_providers_email_is_of_its_own_domain_and_its_name_is_proved_where_it_acts(rules: RuleSet) -> None:
    text = (
        "Terms\n\nHalvern has a quay.\n\n"
        + "".join(f"{n}. Halvern shall oil crane {n} for you. Halvern agrees to it.\n\n" for n in range(1, 9))
        + "Ask ann@oakline.example or quay@halvern.example.\n"
    )
    document = Document("quay", "quay.txt", text, "0", "text/plain")
    provider = next(f for f in extract(document, segment(document), rules) if f.fields.get("role") == "Provider")
    assert provider.fields["email"] == "quay@halvern.example"
    assert text[provider.start : provider.end].startswith("Halvern shall oil crane 1")
