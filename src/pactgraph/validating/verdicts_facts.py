"""What one agreement states, as verdicts need it: its terms by kind with their values, and its states."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import NamedNode, Quad, Triple

from pactgraph.model import Evidence
from pactgraph.validating.checking import str_of
from pactgraph.validating.playbook_demands import Value
from pactgraph.vocabulary import OA, PG, PGV, TYPE, FieldType, Kind, schema, slug_of
from pactgraph.wording import length_words, spaced

STATED, EXCLUDED, SILENT, UNKNOWN = "stated", "excluded", "silent", "unknown"
_OLD_GRAPH = "The graph does not tell what agreements are silent on; build it again."


@dataclass(frozen=True, slots=True)
class Term:
    """A term of an agreement: its IRI, its values by field, and the words that prove it."""

    iri: str
    values: Mapping[str, tuple[Value, ...]]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a kind of term in an agreement: its state, why, and the words that prove that."""

    status: str
    reason: str = ""
    evidence: tuple[Evidence, ...] = ()


class Facts:
    """The facts and inferences of one agreement, by subject."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._out: dict[str, list[Triple]] = defaultdict(list)
        self._by_class: dict[object, list[str]] = defaultdict(list)
        self._states: dict[str, str] = {}
        graphs: set[str] = set()
        for quad in quads:
            subject = str_of(quad.subject)
            self._out[subject].append(quad.triple)
            if quad.predicate == TYPE:
                self._by_class[quad.object].append(subject)
            elif quad.predicate == PG("ofKind"):
                self._states[PG.local(quad.object) or ""] = subject
            if (slug := slug_of(quad.graph_name)) is not None:
                graphs.add(slug)
        self.agreement = next(iter(self._by_class.get(PG("Agreement"), ())), "")
        self.slug = next(iter(self.texts(self.agreement, PG("slug"))), min(graphs, default=""))
        self.kind = next((PGV.local(node) or "" for node in self.nodes(self.agreement, PG("agreementKind"))), "")

    def nodes(self, subject: str, path: NamedNode) -> list[object]:
        """Return the values of a property, sorted."""
        return sorted((t.object for t in self._out.get(subject, ()) if t.predicate == path), key=str)

    def texts(self, subject: str, path: NamedNode) -> list[str]:
        """Return the values of a property as strings, sorted."""
        return [str_of(node) for node in self.nodes(subject, path)]

    def terms(self, kind: Kind) -> tuple[Term, ...]:
        """Return the terms of a kind, in the order of the text."""
        found = []
        for iri in dict.fromkeys(self._by_class.get(kind.iri, ())):
            fields = {field.name: self._values(iri, field) for field in kind.fields.values()}
            values = {name: value for name, value in fields.items() if value}
            found.append(Term(iri, values, self._evidence(iri, self.nodes(iri, PG("evidence")))))
        return tuple(sorted(found, key=_place))

    def known(self, kind: Kind) -> Known:
        """Return what is known of a kind; unknown where the graph does not tell."""
        state = self._states.get(kind.name)
        if state is None:
            return Known(STATED if self._by_class.get(kind.iri) else UNKNOWN, _OLD_GRAPH)
        status = next((PGV.local(node) or "" for node in self.nodes(state, PG("status"))), UNKNOWN)
        reason = " ".join(self.texts(state, PG("stateReason")))
        return Known(status, reason, self._evidence(state, self.nodes(state, PG("stateEvidence"))))

    def elsewhere(self) -> Known | None:
        """Return why most kinds that the agreement lacks are unknown, where it stands in large part elsewhere."""
        lacking = [known for name in self._states if (known := self.known(schema().kinds[name])).status != STATED]
        reasons = Counter(known.reason for known in lacking if known.status == UNKNOWN)
        reason, count = max(reasons.items(), key=lambda pair: pair[1], default=("", 0))
        if 2 * count <= len(lacking):
            return None
        return next(known for known in lacking if known.reason == reason)

    def triples(self, kinds: Iterable[Kind]) -> tuple[Triple, ...]:
        """Return what shapes need to judge the terms of some kinds: the agreement, those terms and their periods."""
        terms = [iri for kind in kinds for iri in self._by_class.get(kind.iri, ())]
        subjects = dict.fromkeys([self.agreement, *terms])
        periods = [
            t.object.value for iri in subjects for t in self._out.get(iri, ()) if isinstance(t.object, NamedNode)
        ]
        wanted = dict.fromkeys([*subjects, *(iri for iri in periods if iri.startswith(tuple(f"{t}:" for t in terms)))])
        return tuple(dict.fromkeys(triple for iri in wanted for triple in self._out.get(iri, ())))

    def _values(self, term: str, field: FieldType) -> tuple[Value, ...]:
        return tuple(self._value(term, node, field) for node in self.nodes(term, field.iri))

    def _value(self, term: str, node: object, field: FieldType) -> Value:
        if field.kind == "duration":
            return self._length(str_of(node), business=PGV("business") in self.nodes(term, PG("dayKind")))
        written = PGV.local(node) or str_of(node)
        if field.values:
            return Value(written, written if written[:1].isupper() else spaced(written))
        if field.kind == "bool":
            truth = "yes" if written in ("true", "1") else "no"
            return Value(truth, truth)
        if field.kind == "decimal":
            number = Decimal(written)
            return Value(written, f"{number.normalize():,f}", number, number)
        return Value(written, written)

    def _length(self, period: str, *, business: bool) -> Value:
        written = "".join(self.texts(period, PG("asWritten"))[:1])
        bounds = [[Decimal(n) for n in self.texts(period, PG(name))] for name in ("minDays", "maxDays")]
        least, greatest = (found[0] if found else None for found in bounds)
        return Value(written, length_words(written, business=business), least, greatest)

    def _evidence(self, owner: str, nodes: Sequence[object]) -> tuple[Evidence, ...]:
        found = []
        for node in map(str_of, nodes):
            selectors = self.texts(node, OA("hasSelector"))
            exact, start, end = (self._first(selectors, OA(name)) for name in ("exact", "start", "end"))
            if exact is None or not (start or "").isdecimal() or not (end or "").isdecimal():
                continue  # evidence that is broken: the shapes of evidence report it
            clause = self._first(self.texts(owner, PG("inClause")), PG("key")) or ""
            page = next((int(text) for text in self.texts(node, PG("page")) if text.isdecimal()), None)
            reading = "".join(self.texts(node, PG("reading"))[:1])
            found.append(Evidence(self.slug, exact, int(start or 0), int(end or 0), clause, page, reading))
        return tuple(found)

    def _first(self, subjects: Iterable[str], path: NamedNode) -> str | None:
        return next((text for subject in subjects for text in self.texts(subject, path)), None)


def _place(term: Term) -> tuple[int, int, str]:
    return (*((term.evidence[0].start, term.evidence[0].end) if term.evidence else (-1, -1)), term.iri)
