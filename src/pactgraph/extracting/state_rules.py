"""Rules for words that say whether a kind of term is agreed at all: that it is excluded, or stands elsewhere."""

from __future__ import annotations

import re

from pactgraph.errors import MappingError, unknown
from pactgraph.extracting import trees
from pactgraph.extracting.patterns import Words
from pactgraph.extracting.rules import QUOTES, SCOPES, Example, Paper, Rule
from pactgraph.extracting.yamlplaces import Branch, Series, Tree
from pactgraph.vocabulary import Kind, schema

ELSEWHERE = "_elsewhere.yaml"
"""The file of a mappings folder that says how agreements refer to other documents, and for what."""

_CONDITIONS = ("about", "scope", "find", "needs", "unless", "under", "not_under", "quote", "certainty")
_EXCLUDED_KEYS = (*_CONDITIONS, "also", "examples", "near_misses")
_ELSEWHERE_KEYS = (*_CONDITIONS, "kinds", "but", "examples", "near_misses")


def excluded(tree: Tree | None, stem: str, kind: Kind, words: Words) -> list[Rule]:
    """Return the rules of the part `excluded` of a mapping file: its kind is excluded, and those that go with it."""
    rules = []
    for name, spec in trees.parts(tree):
        trees.only(spec, _EXCLUDED_KEYS, "key of a rule about what is excluded")
        also = spec.entries.get("also")
        kinds = (kind.name, *(_kinds(also) if also is not None else ()))
        rules.append(_rule(f"{stem}/{name}", spec, words, "excluded", kinds))
    return rules


def elsewhere(tree: Branch, words: Words) -> tuple[list[Paper], list[Rule]]:
    """Return what the file ELSEWHERE holds: the sorts of documents, and the rules for words that refer to something."""
    trees.only(tree, ("about", "documents", "rules"), "key of the file of references")
    papers = [_paper(sort, spec) for sort, spec in trees.parts(tree.entries.get("documents"))]
    return papers, [_reference(name, spec, words) for name, spec in trees.parts(tree.entries.get("rules"))]


def _paper(sort: str, spec: Branch) -> Paper:
    trees.only(spec, ("named", "kinds"), "key of a document")
    _need(spec, ("named", "kinds"), f"document '{sort}'")
    named = re.compile(trees.text(spec.entries["named"]), re.IGNORECASE)
    return Paper(sort, named, _kinds(spec.entries["kinds"]))


def _reference(name: str, spec: Branch, words: Words) -> Rule:
    trees.only(spec, _ELSEWHERE_KEYS, "key of a rule about what stands elsewhere")
    _need(spec, ("kinds",), f"rule '{name}'")
    left_out = _kinds(spec.entries["but"]) if "but" in spec.entries else ()
    by_documents = trees.texts(spec.entries["kinds"]) == ("documents",)
    kinds = () if by_documents else tuple(k for k in _kinds(spec.entries["kinds"]) if k not in left_out)
    return _rule(f"elsewhere/{name}", spec, words, "unknown", kinds)


def _kinds(tree: Tree) -> tuple[str, ...]:
    """Return the kinds of term that a list names, all of them where it says 'all'."""
    known = schema().kinds
    if trees.texts(tree) == ("all",):
        return tuple(known)
    for leaf in tree.items if isinstance(tree, Series) else [tree]:
        if trees.text(leaf) not in known:
            raise MappingError(f"{leaf.place}: {unknown('term', trees.text(leaf), known)}")
    return trees.texts(tree)


def _rule(name: str, tree: Branch, words: Words, status: str, kinds: tuple[str, ...]) -> Rule:
    """Return a rule that finds no term, but words about whether terms of `kinds` are agreed at all."""
    _need(tree, ("about", "find"), f"rule '{name}'")
    own = tree.entries
    return Rule(
        name=name,
        term=kinds[0] if kinds else "",
        place=tree.place,
        scope=trees.choice(own.get("scope"), SCOPES, "scope", "item"),
        plain=False,
        find=trees.patterns(own["find"], words),
        fields=(),
        needs=trees.patterns(own.get("needs"), words),
        unless=trees.patterns(own.get("unless"), words),
        under=trees.pattern(own.get("under"), words),
        not_under=trees.pattern(own.get("not_under"), words),
        quote=trees.choice(own.get("quote"), QUOTES, "quote", "auto"),
        certainty=trees.choice(own.get("certainty"), ("certain", "likely"), "certainty", "certain"),
        examples=tuple(_found(item) for item in trees.items(own.get("examples"))),
        near_misses=tuple(_missed(item) for item in trees.items(own.get("near_misses"))),
        status=status,
        kinds=kinds,
        about=trees.text(own["about"]),
    )


def _need(tree: Branch, keys: tuple[str, ...], what: str) -> None:
    for key in keys:
        if key not in tree.entries:
            raise MappingError(f"{tree.place}: {what} has no '{key}'.")


def _found(tree: Branch) -> Example:
    trees.only(tree, ("text",), "key of an example")
    _need(tree, ("text",), "an example")
    return Example(trees.text(tree.entries["text"]), ({},), "", tree.place)


def _missed(tree: Branch) -> Example:
    trees.only(tree, ("text", "because"), "key of a near-miss")
    _need(tree, ("text", "because"), "a near-miss")
    return Example(trees.text(tree.entries["text"]), (), trees.text(tree.entries["because"]), tree.place)
