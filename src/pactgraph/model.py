"""The frozen types that travel between the stages.

read -> Document; segment -> Outline (clauses and sentences); extract -> Findings; assemble -> quads;
validate -> Report. All offsets are character offsets into `Document.text`, end exclusive.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from pactgraph.outcomes import Answer, Evidence, FieldValue, Report, Result, Row, Verdict

__all__ = [
    "Agreement",
    "Answer",
    "Box",
    "Clause",
    "Document",
    "Evidence",
    "Extraction",
    "FieldValue",
    "Finding",
    "Item",
    "Mark",
    "Outline",
    "Page",
    "Reference",
    "Report",
    "Result",
    "Review",
    "Row",
    "Sentence",
    "Span",
    "State",
    "Verdict",
]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the source text: `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mark:
    """What a format says of the words `text[start:end]`, beside the text and never part of it.

    Blocks of the text, in order and without overlaps, are `kind` paragraph, heading, item (of a
    numbered list), bullet, row (of a table; cells are parted by ' | ') or note. Inside blocks,
    emphasis is bold or underlined type at a block's start, and inserted and deleted are tracked
    changes. `level` counts from 1: a heading's rank, a list's depth; 0 is none. `label` is the number
    that Word or a browser derives and shows before the words: '2.1', '(a)', 'ARTICLE 3.', '•'.
    """

    start: int
    end: int
    kind: str
    level: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the source: the words `text[start:end]`; `number` counts from 1."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on page `page` (from 1) of a source, in points from the page's lower left corner."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Document:
    """One agreement as read: its exact text, and what is known of the file.

    `text` is the decoded source, or what a reader extracted from a format that is no plain text; it is
    never altered after. `furniture` marks page headers, footers and page numbers that belong to the
    page, not to the agreement. `warnings` says what a user should know. `marks` is the structure that
    the format states; where there are none, the text alone tells. `notes` are words beside the
    agreement, such as comments. `origins` are pairs of an offset in `text` and one in the decoded
    source file, ascending: from there to the next pair both run in step. `unread` are those of the
    warnings that say that words of the source are missing from `text`.
    """

    slug: str
    source: str
    text: str
    sha256: str
    media_type: str
    encoding: str = "utf-8"
    furniture: tuple[Span, ...] = ()
    warnings: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    pages: tuple[Page, ...] = ()
    notes: tuple[str, ...] = ()
    origins: tuple[tuple[int, int], ...] = ()
    unread: tuple[str, ...] = ()

    def page(self, offset: int) -> int | None:
        """Return the number of the page on which the character at `offset` stands; None without pages.

        >>> Document("a", "a.pdf", "One.\\fTwo.", "", "", pages=(Page(1, 0, 4), Page(2, 5, 9))).page(6)
        2
        """
        at = bisect_right(self.pages, offset, key=lambda page: page.start) - 1
        return self.pages[max(at, 0)].number if self.pages else None

    def origin(self, offset: int) -> int:
        """Return where the character at `offset` stands in the decoded source file.

        >>> Document("a", "a.html", "Fees", "", "text/html", origins=((0, 12),)).origin(2)
        14
        """
        at = bisect_right(self.origins, offset, key=lambda pair: pair[0]) - 1
        if at < 0:
            return offset
        return self.origins[at][1] + offset - self.origins[at][0]


@dataclass(frozen=True, slots=True)
class Clause:
    """A node of the clause tree.

    `start`/`end` bound the clause's own words (marker, heading, body); `whole_end` is where its last
    descendant ends. `key` is unique in the agreement ('3.1', '3.1/(a)', 'Schedule A/2.1'); `number`
    is the label as written. `kind` is one of preamble, attachment, article, numbered, lettered,
    roman, bullet, heading. `parent` is an index into `Outline.clauses`.
    """

    key: str
    number: str
    kind: str
    level: int
    heading: str
    start: int
    end: int
    whole_end: int
    parent: int | None = None
    heading_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """An enumerated item inside a sentence: '(ii) effective immediately ...'. Includes its label."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a clause; headings are sentences of their own with `is_heading`.

    `lead` is the index of the sentence that introduces this one as a list item ('You must not:').
    `whole_end` is where the last item of a list that this sentence introduces ends, else `end`.
    `items` are the items enumerated inside the sentence itself.
    """

    start: int
    end: int
    clause: int
    lead: int | None = None
    whole_end: int = 0
    items: tuple[Item, ...] = ()
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A cross-reference: `text[start:end]` in clause `source` points to clause `target`, or nowhere (None).

    `label` is what it names ('Section 7.2'); `source` and `target` are indexes into `Outline.clauses`.
    """

    start: int
    end: int
    label: str
    source: int
    target: int | None


@dataclass(frozen=True, slots=True)
class Outline:
    """The clause tree of a document and its sentences, both in text order.

    `joints` are offsets where the source lost a space between two words ('ofthe'). `references` are the
    places where one clause names another.
    """

    clauses: tuple[Clause, ...]
    sentences: tuple[Sentence, ...]
    joints: tuple[int, ...] = ()
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One instance of an ontology class, found in one agreement, with the words that prove it.

    `fields` holds normalised values by field name; a name like 'duration.anchor' describes the
    period in the field before the dot. `rule` is 'file/rule-name'; `certainty` is certain or likely.
    `overrode` names, sorted, the other rules over whose findings of the same fact this one was chosen.
    `reading` is what the words `text[start:end]` say without the accidents of lines and marks: lost
    spaces back, lines and hyphenated words joined; '' where that is the words themselves.
    """

    term: str
    fields: Mapping[str, FieldValue]
    start: int
    end: int
    rule: str
    certainty: str = "certain"
    clause: int | None = None
    overrode: tuple[str, ...] = ()
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What is known of an agreement as a whole, from its text or from a manifest."""

    slug: str
    title: str
    kind: str
    vendor: str
    begins: str | None = None


@dataclass(frozen=True, slots=True)
class State:
    """What an agreement says of one kind of term at all, and how that is known.

    `status` is stated, excluded (it says expressly that there is none), unknown (it leaves the matter to what is not
    at hand, or could not be read) or silent. `reason` says why in a sentence, '' where terms are stated; `start` and
    `end` bound the words that prove it, in clause `clause`, -1 where there are none. `clauses` and `rules` are the
    receipt: how many clauses were looked at, and how many rules for the kind were tried on them.
    """

    kind: str
    status: str
    reason: str = ""
    start: int = -1
    end: int = -1
    clause: int | None = None
    clauses: int = 0
    rules: int = 0


@dataclass(frozen=True, slots=True)
class Review:
    """A person's decision on a term of an agreement, and what became of it.

    `verdict` is confirm, reject, correct or add. `status` is applied; moved, where the source has changed and the
    words stand in it once; idle, where nothing is left to decide on; or stale, where the words are not to be found.
    `text[start:end]` are the words, -1 where stale; `quote` are those that the person saw in the source of hash
    `sha256`. `found` is what the rules had found, `term` what stands now; None where there is no such thing.
    """

    kind: str
    verdict: str
    status: str
    who: str
    when: str
    why: str
    sha256: str
    quote: str
    start: int = -1
    end: int = -1
    found: Finding | None = None
    term: Finding | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one document yielded, ready to be assembled."""

    document: Document
    outline: Outline
    agreement: Agreement
    findings: tuple[Finding, ...] = ()
    states: tuple[State, ...] = ()
    reviews: tuple[Review, ...] = ()
