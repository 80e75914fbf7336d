"""The statements about one agreement, as they are written, by subject: what can be looked at without reading it as RDF.

Terms are bytes in N-Triples as pyoxigraph writes them, so that two are the same term where they are the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from pactgraph.vocabulary import RDFS, TYPE

_TYPE = str(TYPE).encode()
_SUB_CLASS = str(RDFS("subClassOf")).encode()
_END = b" .\n"
_NONE: tuple[bytes, ...] = ()


class Statements:
    """What N-Triples say of each subject; a statement that is there twice is kept twice."""

    def __init__(self, text: bytes) -> None:
        """Read `text`, as pyoxigraph writes it. Raises ValueError where it is written otherwise."""
        self.by_subject: dict[bytes, dict[bytes, list[bytes]]] = {}
        self._having: dict[bytes, Sequence[bytes]] = {}
        before = b""
        about: dict[bytes, list[bytes]] = {}
        for line in text.removesuffix(_END).split(_END):
            subject, predicate, value = line.split(b" ", 2)
            if subject != before:  # what is said of one subject mostly stands together
                about = self.by_subject.setdefault(subject, {})
                before = subject
            if predicate in about:
                about[predicate].append(value)
            else:
                about[predicate] = [value]

    def values(self, subject: bytes, path: Sequence[bytes]) -> set[bytes]:
        """Return the values at the end of a path of properties, each once."""
        found = {subject}
        for predicate in path:
            found = {value for node in found for value in self.by_subject.get(node, {}).get(predicate, _NONE)}
        return found

    def having(self, predicate: bytes) -> Sequence[bytes]:
        """Return the subjects of which a property is stated."""
        if predicate not in self._predicates:
            return ()
        if predicate not in self._having:
            self._having[predicate] = [subject for subject, about in self.by_subject.items() if predicate in about]
        return self._having[predicate]

    @cached_property
    def _predicates(self) -> frozenset[bytes]:
        return frozenset().union(*self.by_subject.values())

    @cached_property
    def members(self) -> Mapping[bytes, frozenset[bytes]]:
        """The members of each class that has any, those of its subclasses among them."""
        alike: dict[tuple[bytes, ...], list[bytes]] = {}
        for subject, about in self.by_subject.items():
            if _TYPE in about:
                alike.setdefault(tuple(about[_TYPE]), []).append(subject)
        found: dict[bytes, list[bytes]] = {}
        for classes, subjects in alike.items():
            for name in {above for one in classes for above in self._above(one)}:
                found.setdefault(name, []).extend(subjects)
        return {name: frozenset(subjects) for name, subjects in found.items()}

    def _above(self, name: bytes) -> list[bytes]:
        """Return a class with all classes above it."""
        found = [name]
        for one in found:
            about = self.by_subject.get(one)
            if about and _SUB_CLASS in about:
                found += [above for above in about[_SUB_CLASS] if above not in found]
        return found
