"""Reads values of one form out of the YAML of a mapping; what has another form is told with its place."""

from __future__ import annotations

from pactgraph.errors import MappingError, unknown
from pactgraph.extracting.patterns import Pattern, Words, compile_pattern
from pactgraph.extracting.yamlplaces import Branch, Leaf, Series, Tree


def branch(tree: Tree) -> Branch:
    """Return a mapping of keys; raises MappingError for anything else."""
    if not isinstance(tree, Branch):
        raise MappingError(f"{tree.place}: expected a mapping of keys here.")
    return tree


def parts(tree: Tree | None) -> list[tuple[str, Branch]]:
    """Return the named parts of a section, none where there is no such section."""
    return [] if tree is None else [(name, branch(part)) for name, part in branch(tree).entries.items()]


def items(tree: Tree | None) -> list[Branch]:
    """Return the examples of a list, none where there is no list."""
    if tree is None:
        return []
    if not isinstance(tree, Series):
        raise MappingError(f"{tree.place}: examples are a list.")
    return [branch(item) for item in tree.items]


def scalar(tree: Tree) -> object:
    """Return a single value; raises MappingError for anything else."""
    if not isinstance(tree, Leaf):
        raise MappingError(f"{tree.place}: expected a single value here.")
    return tree.value


def text(tree: Tree) -> str:
    """Return a single value as text."""
    return str(scalar(tree)).strip("\n")


def texts(tree: Tree) -> tuple[str, ...]:
    """Return the texts of a list, or a single one."""
    return tuple(text(leaf) for leaf in tree.items) if isinstance(tree, Series) else (text(tree),)


def pattern(tree: Tree | None, words: Words) -> Pattern | None:
    """Return the compiled pattern that is written there, if one is."""
    return None if tree is None else compile_pattern(text(tree), words, tree.place)


def patterns(tree: Tree | None, words: Words) -> tuple[Pattern, ...]:
    """Return the compiled patterns of a list, or a single one; none where nothing is written."""
    if tree is None:
        return ()
    leaves = tree.items if isinstance(tree, Series) else [tree]
    return tuple(compile_pattern(text(leaf), words, leaf.place) for leaf in leaves)


def choice(tree: Tree | None, options: tuple[str, ...], what: str, default: str) -> str:
    """Return which of `options` is written, the default where none is; raises MappingError for any other."""
    if tree is None:
        return default
    if text(tree) not in options:
        raise MappingError(f"{tree.place}: {unknown(what, text(tree), options)}")
    return text(tree)


def only(tree: Branch, keys: tuple[str, ...], what: str) -> None:
    """Raise MappingError where a mapping has a key that is not among `keys`."""
    for key, value in tree.entries.items():
        if key not in keys:
            raise MappingError(f"{value.place}: {unknown(what, key, keys)}")
