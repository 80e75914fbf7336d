"""Loads a mappings folder: one YAML file per class, and the lexicon that they share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from pactgraph.errors import MappingError, unknown
from pactgraph.extracting import yamlplaces
from pactgraph.extracting.patterns import Pattern, Words, compile_pattern
from pactgraph.extracting.rules import REGIONS, SCOPES, Example, FieldRule, Lexicon, Rule, RuleSet
from pactgraph.extracting.yamlplaces import Branch, Leaf, Series, Tree
from pactgraph.model import FieldValue
from pactgraph.vocabulary import Kind, schema

LEXICON = "_lexicon.yaml"
_FILE_KEYS = ("term", "about", "names", "scope", "needs", "unless", "under", "single", "local", "rules")
_RULE_KEYS = (
    *("about", "scope", "names", "find", "fields", "needs", "unless", "under", "not_under", "previous"),
    *("recode", "quote", "every", "latest", "certainty", "examples", "near_misses"),
)
_FIELD_KEYS = (
    "phrase_before", "verb_phrase", "find", "choose", "collect", "each", "if", "in", "else", "required", "is",
)  # fmt: skip
_QUOTES = ("auto", "unit", "match", "own", "sentence")


def load_rules(folder: Path, *own: Path) -> RuleSet:
    """Return the rules of all mapping files in `folder`, checked against the ontology.

    Folders of one's `own` lie over it: their rules go before, a file stands in for the one of the same name
    below, and their lexicon, where there is one, adds to the lexicon below.

    Raises MappingError that names file, line, the offending value and the fix.
    """
    lexicon = _lexicon([yamlplaces.load(place / LEXICON) for place in (folder, *own) if _has_lexicon(place, folder)])
    rules: list[Rule] = []
    single: dict[str, str] = {}
    local: set[str] = set()
    for path in _layered((*reversed(own), folder)):
        file = _File(yamlplaces.load(path), path.stem, lexicon)
        rules += file.rules()
        if file.single is not None:
            single[file.kind.name] = file.single
        if file.local:
            local.add(file.kind.name)
    kinds = schema().kinds
    terms = {rule.term for rule in rules}
    return RuleSet(
        tuple(rules),
        lexicon,
        {term: kinds[term].keys for term in terms},
        single,
        frozenset(local),
    )


def mapping_files(folder: Path) -> tuple[Path, ...]:
    """Return the mapping files in `folder`, sorted: all YAML files whose names do not begin with '_'.

    Raises MappingError where there is no such folder, or two files in it have one name.
    """
    if not folder.is_dir():
        raise MappingError(f"{folder}: no such folder of mappings; 'pactgraph new-mapping KIND --into DIR' makes one.")
    found = tuple(path for path in sorted(folder.glob("**/*.yaml")) if not path.name.startswith("_"))
    names = [path.stem for path in found]
    for path in found:
        if names.count(path.stem) > 1:
            raise MappingError(f"{path.relative_to(folder)}:1: two files are named '{path.stem}'; rename one.")
    return found


def _layered(folders: Iterable[Path]) -> list[Path]:
    """Return the files of all folders, those of the first folder first; of two with one name the first."""
    chosen: dict[str, Path] = {}
    for folder in folders:
        for path in mapping_files(folder):
            chosen.setdefault(path.stem, path)
    return list(chosen.values())


def _has_lexicon(place: Path, least: Path) -> bool:
    return place == least or (place / LEXICON).is_file()


def _lexicon(trees: Sequence[Branch]) -> Lexicon:
    parts: dict[str, dict[str, Tree]] = {"phrases": {}, "slots": {}, "roles": {}, "agreement-kinds": {}}
    for tree in trees:
        _known(tree, tuple(parts), "part of a lexicon")
        for name, part in tree.entries.items():
            for key, words in _branch(part).entries.items():
                below = parts[name].get(key)
                if isinstance(below, Series) and isinstance(words, Series):
                    words = Series([*below.items, *words.items], words.place)
                parts[name][key] = words
    roles = parts["roles"]
    return Lexicon(
        Words(
            {name: _text(leaf) for name, leaf in parts["phrases"].items()},
            {name: _text(leaf) for name, leaf in parts["slots"].items()},
        ),
        _texts(roles["provider"]),
        _texts(roles["customer"]),
        _texts(roles["other"]),
        tuple((name, re.compile(_text(leaf), re.IGNORECASE)) for name, leaf in parts["agreement-kinds"].items()),
    )


class _File:
    """One mapping file while it is being read: what its rules share."""

    def __init__(self, tree: Branch, stem: str, lexicon: Lexicon) -> None:
        _known(tree, _FILE_KEYS, "key of a mapping file")
        self.stem = stem
        self.words = lexicon.words
        self.tree = tree
        if "term" not in tree.entries or "rules" not in tree.entries:
            raise MappingError(f"{tree.place}: a mapping file needs the keys 'term' and 'rules'.")
        name = tree.entries["term"]
        kinds = schema().kinds
        if _text(name) not in kinds:
            raise MappingError(f"{name.place}: {unknown('term', _text(name), kinds)}")
        self.kind: Kind = kinds[_text(name)]
        self.single = self._single(tree.entries.get("single"))
        self.local = bool(_scalar(tree.entries["local"])) if "local" in tree.entries else False

    def _single(self, tree: Tree | None) -> str | None:
        """Return the field that one record of a document has at most, '' for one record in all, None for any number."""
        if tree is None or _scalar(tree) is False:
            return None
        if _scalar(tree) is True:
            return ""
        self._check_field(_text(tree), tree.place)
        return _text(tree)

    def rules(self) -> list[Rule]:
        return [self._rule(name, _branch(tree)) for name, tree in _branch(self.tree.entries["rules"]).entries.items()]

    def _rule(self, name: str, tree: Branch) -> Rule:
        _known(tree, _RULE_KEYS, "key of a rule")
        own = tree.entries
        if "find" not in own:
            raise MappingError(f"{tree.place}: rule '{name}' has no 'find' pattern.")
        find = self._patterns(own["find"])
        shared = self.tree.entries
        fields = self._captured(find, own["find"]) + self._fields(own.get("fields"))
        return Rule(
            name=f"{self.stem}/{name}",
            term=self.kind.name,
            place=tree.place,
            scope=_choice(own.get("scope") or shared.get("scope"), SCOPES, "scope", "item"),
            plain=_choice(own.get("names") or shared.get("names"), ("plain", "tokens"), "names", "tokens") == "plain",
            find=find,
            fields=fields,
            needs=self._patterns(shared.get("needs")) + self._patterns(own.get("needs")),
            unless=self._patterns(shared.get("unless")) + self._patterns(own.get("unless")),
            under=self._pattern(own.get("under") or shared.get("under")),
            not_under=self._pattern(own.get("not_under")),
            previous=self._pattern(own.get("previous")),
            recode=self._recode(own.get("recode")),
            quote=_choice(own.get("quote"), _QUOTES, "quote", "auto"),
            every=bool(_scalar(own["every"])) if "every" in own else False,
            latest=bool(_scalar(own["latest"])) if "latest" in own else False,
            certainty=_choice(own.get("certainty"), ("certain", "likely"), "certainty", "certain"),
            examples=self._examples(own.get("examples"), found=True),
            near_misses=self._examples(own.get("near_misses"), found=False),
        )

    def _pattern(self, tree: Tree | None) -> Pattern | None:
        return None if tree is None else compile_pattern(_text(tree), self.words, tree.place)

    def _patterns(self, tree: Tree | None) -> tuple[Pattern, ...]:
        if tree is None:
            return ()
        leaves = tree.items if isinstance(tree, Series) else [tree]
        return tuple(compile_pattern(_text(leaf), self.words, leaf.place) for leaf in leaves)

    def _captured(self, find: tuple[Pattern, ...], tree: Tree) -> tuple[FieldRule, ...]:
        names = dict.fromkeys(capture.field for pattern in find for capture in pattern.captures)
        for name in names:
            self._check_field(name, tree.place)
        return tuple(FieldRule(name, "captured") for name in names)

    def _check_field(self, name: str, place: str) -> None:
        base = name.split(".")[0]
        if base not in self.kind.fields:
            raise MappingError(f"{place}: {unknown(f'field of {self.kind.name}', base, self.kind.fields)}")

    def _check_value(self, name: str, value: object, place: str) -> None:
        kind = self.kind.fields.get(name)
        if kind is not None and isinstance(value, bool) and kind.kind != "bool":
            raise MappingError(f"{place}: {name} is not yes or no; quote the value, as in {name}: 'NO' for Norway.")
        if kind is not None and kind.values and str(value) not in kind.values:
            raise MappingError(f"{place}: {unknown(f'value of {self.kind.name}.{name}', str(value), kind.values)}")

    def _fields(self, tree: Tree | None) -> tuple[FieldRule, ...]:
        if tree is None:
            return ()
        return tuple(self._field(name, spec) for name, spec in _branch(tree).entries.items())

    def _field(self, name: str, spec: Tree) -> FieldRule:
        self._check_field(name, spec.place)
        if isinstance(spec, Leaf):
            self._check_value(name, spec.value, spec.place)
            return FieldRule(name, "constant", value=_value(spec))
        if isinstance(spec, Series):
            return FieldRule(name, "constant", value=tuple(_text(leaf) for leaf in spec.items))
        _known(spec, _FIELD_KEYS, "key of a field")
        own = spec.entries
        if "phrase_before" in own:
            return FieldRule(name, "phrase", None, region=_text(own["phrase_before"]))
        if "verb_phrase" in own:
            return FieldRule(name, "action", _choice(own["verb_phrase"], ("active", "passive"), "voice", "active"))
        kind = next((k for k in ("find", "choose", "collect", "each", "if") if k in own), None)
        if kind is None:
            raise MappingError(f"{spec.place}: field '{name}' needs one of find, choose, collect, each, if.")
        region = _choice(own.get("in"), REGIONS, "region", "unit")
        otherwise = _text(own["else"]) if "else" in own else None
        options = self._options(name, own[kind])
        filled = "flag" if kind == "if" else kind
        return FieldRule(name, filled, None, region, options, otherwise, required="required" in own)

    def _options(self, name: str, tree: Tree) -> tuple[tuple[str, Pattern], ...]:
        if not isinstance(tree, Branch):
            return tuple(("", pattern) for pattern in self._patterns(tree))
        options = []
        for value, pattern in tree.entries.items():
            self._check_value(name, value, pattern.place)
            options += [(value, compiled) for compiled in self._patterns(pattern)]
        return tuple(options)

    def _recode(self, tree: Tree | None) -> Mapping[str, Mapping[str, str]]:
        if tree is None:
            return {}
        return {
            name: {old: _text(new) for old, new in _branch(table).entries.items()}
            for name, table in _branch(tree).entries.items()
        }

    def _examples(self, tree: Tree | None, *, found: bool) -> tuple[Example, ...]:
        if tree is None:
            return ()
        if not isinstance(tree, Series):
            raise MappingError(f"{tree.place}: examples are a list.")
        return tuple(self._example(_branch(item), found) for item in tree.items)

    def _example(self, tree: Branch, found: bool) -> Example:
        _known(tree, ("text", "finds") if found else ("text", "because"), "key of an example")
        finds: list[Mapping[str, FieldValue]] = []
        if found:
            wanted = tree.entries.get("finds", Series([Branch({}, tree.place)], tree.place))
            for item in wanted.items if isinstance(wanted, Series) else [wanted]:
                finds.append({name: self._expected(name, leaf) for name, leaf in _branch(item).entries.items()})
        elif "because" not in tree.entries:
            raise MappingError(f"{tree.place}: a near-miss says why it is none: add 'because'.")
        because = _text(tree.entries["because"]) if "because" in tree.entries else ""
        return Example(_text(tree.entries["text"]), tuple(finds), because, tree.place)

    def _expected(self, name: str, tree: Tree) -> FieldValue:
        self._check_field(name, tree.place)
        if isinstance(tree, Leaf):
            self._check_value(name, tree.value, tree.place)
        return tuple(_text(leaf) for leaf in tree.items) if isinstance(tree, Series) else _value(tree)


def _branch(tree: Tree) -> Branch:
    if not isinstance(tree, Branch):
        raise MappingError(f"{tree.place}: expected a mapping of keys here.")
    return tree


def _scalar(tree: Tree) -> object:
    if not isinstance(tree, Leaf):
        raise MappingError(f"{tree.place}: expected a single value here.")
    return tree.value


def _text(tree: Tree) -> str:
    return str(_scalar(tree)).strip("\n")


def _texts(tree: Tree) -> tuple[str, ...]:
    return tuple(_text(leaf) for leaf in tree.items) if isinstance(tree, Series) else (_text(tree),)


def _value(tree: Tree) -> FieldValue:
    value = _scalar(tree)
    if isinstance(value, bool):
        return value
    return Decimal(str(value)) if isinstance(value, int | float) else str(value)


def _choice(tree: Tree | None, known: tuple[str, ...], what: str, default: str) -> str:
    if tree is None:
        return default
    if _text(tree) not in known:
        raise MappingError(f"{tree.place}: {unknown(what, _text(tree), known)}")
    return _text(tree)


def _known(tree: Branch, known: tuple[str, ...], what: str) -> None:
    for key, value in tree.entries.items():
        if key not in known:
            raise MappingError(f"{value.place}: {unknown(what, key, known)}")
