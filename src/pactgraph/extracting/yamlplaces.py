"""YAML with places: every mapping key and value remembers its file and line, for error messages."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

import yaml

from pactgraph.errors import MappingError

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Tree: TypeAlias = "Leaf | Branch | Series"


class Leaf:
    """A scalar with its place."""

    __slots__ = ("place", "value")

    def __init__(self, value: object, place: str) -> None:
        self.value = value
        self.place = place


class Branch:
    """A YAML mapping with its place."""

    __slots__ = ("entries", "place")

    def __init__(self, entries: dict[str, Tree], place: str) -> None:
        self.entries = entries
        self.place = place


class Series:
    """A YAML sequence with its place."""

    __slots__ = ("items", "place")

    def __init__(self, items: list[Tree], place: str) -> None:
        self.items = items
        self.place = place


def load(path: Path) -> Branch:
    """Return the YAML mapping that `path` holds.

    Raises MappingError with file and line where the file is not YAML, not a mapping, or repeats a key.
    """
    try:
        loader = _Loader(path.read_text(encoding="utf-8"))
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            raise MappingError(f"{path.name}:1: the file must hold a mapping of keys; see docs/mappings.md.")
        tree = _tree(loader, node, path.name)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or str(error)
        raise MappingError(f"{path.name}:{line}: not YAML: {problem}. Quote patterns with single quotes.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise MappingError(f"{path.name}:1: cannot be read: {error}.") from error
    assert isinstance(tree, Branch)
    return tree


def _tree(loader: yaml.SafeLoader, node: yaml.Node, file: str) -> Tree:
    place = f"{file}:{node.start_mark.line + 1}"
    if isinstance(node, yaml.MappingNode):
        entries: dict[str, Tree] = {}
        merged: dict[str, Tree] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key == "<<" and isinstance(value_node, yaml.MappingNode):
                shared = _tree(loader, value_node, file)
                assert isinstance(shared, Branch)
                merged.update(shared.entries)
                continue
            if key in entries:
                raise MappingError(f"{file}:{key_node.start_mark.line + 1}: the key '{key}' stands twice; drop one.")
            entries[key] = _tree(loader, value_node, file)
        return Branch({**merged, **entries}, place)
    if isinstance(node, yaml.SequenceNode):
        return Series([_tree(loader, child, file) for child in node.value], place)
    return Leaf(loader.construct_object(node), place)
