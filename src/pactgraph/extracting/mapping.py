"""Loads a mappings folder: one YAML file per class, and the lexicon that they share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from pactgraph.errors import MappingError, unknown
from pactgraph.extracting import trees, yamlplaces
from pactgraph.extracting.borrowing import BORROWED
from pactgraph.extracting.patterns import Pattern, Words
from pactgraph.extracting.rules import (
    QUOTES,
    REGIONS,
    SCOPES,
    Example,
    Extent,
    FieldRule,
    Lexicon,
    Paper,
    Rule,
    RuleSet,
)
from pactgraph.extracting.state_rules import ELSEWHERE, elsewhere, excluded
from pactgraph.extracting.yamlplaces import Branch, Leaf, Series, Tree
from pactgraph.model import FieldValue
from pactgraph.vocabulary import Kind, schema

LEXICON = "_lexicon.yaml"
_FILE_KEYS = ("term", "about", "names", "scope", "needs", "unless", "under", "single", "local", "rules", "excluded")
_RULE_KEYS = (
    *("about", "scope", "names", "find", "fields", "needs", "unless", "under", "not_under", "titled", "previous"),
    *("recode", "quote", "every", "latest", "certainty", "examples", "near_misses"),
)
_FIELD_KEYS = (
    "phrase_before", "verb_phrase", "find", "choose", "collect", "each", "if", "in", "else", "required", "is", "of",
    "ends_before",
)  # fmt: skip


def load_rules(folder: Path, *own: Path) -> RuleSet:
    """Return the rules of all mapping files in `folder`, checked against the ontology.

    Folders of one's `own` lie over it: their rules go before, a file stands in for the one of the same name
    below, and their lexicon, where there is one, adds to the lexicon below, as do their words that refer elsewhere.

    Raises MappingError that names file, line, the offending value and the fix.
    """
    lexicon = _lexicon([yamlplaces.load(place / LEXICON) for place in (folder, *own) if _has_lexicon(place, folder)])
    rules: list[Rule] = []
    state_rules: list[Rule] = []
    papers: list[Paper] = []
    single: dict[str, str] = {}
    local: dict[str, Extent] = {}
    for path in _layered((*reversed(own), folder)):
        file = _File(yamlplaces.load(path), path.stem, lexicon)
        rules += file.rules()
        state_rules += excluded(file.tree.entries.get("excluded"), file.stem, file.kind, lexicon.words)
        if file.single is not None:
            single[file.kind.name] = file.single
        if file.local:
            local[file.kind.name] = file.local
    for place in (*reversed(own), folder):
        if (place / ELSEWHERE).is_file():
            named, references = elsewhere(yamlplaces.load(place / ELSEWHERE), lexicon.words)
            papers += named
            state_rules += references
    kinds = schema().kinds
    terms = {rule.term for rule in rules}
    return RuleSet(
        tuple(rules),
        lexicon,
        {term: kinds[term].keys for term in terms},
        single,
        local,
        tuple(state_rules),
        tuple(papers),
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


def own_references(folder: Path) -> tuple[str, ...]:
    """Return the names of the rules in a folder's own file of words that refer elsewhere, () where it has none.

    Raises MappingError where the file is no YAML.
    """
    if not (folder / ELSEWHERE).is_file():
        return ()
    tree = yamlplaces.load(folder / ELSEWHERE)
    return tuple(f"elsewhere/{name}" for name, _ in trees.parts(tree.entries.get("rules")))


def _layered(folders: Iterable[Path]) -> list[Path]:
    """Return the files of all folders, those of the first folder first; of two with one name the first."""
    chosen: dict[str, Path] = {}
    for folder in folders:
        for path in mapping_files(folder):
            chosen.setdefault(path.stem, path)
    return list(chosen.values())


def _has_lexicon(place: Path, least: Path) -> bool:
    return place == least or (place / LEXICON).is_file()


def _lexicon(layers: Sequence[Branch]) -> Lexicon:
    parts: dict[str, dict[str, Tree]] = {"phrases": {}, "slots": {}, "roles": {}}
    for tree in layers:
        trees.only(tree, tuple(parts), "part of a lexicon")
        for name, part in tree.entries.items():
            for key, words in trees.branch(part).entries.items():
                below = parts[name].get(key)
                if isinstance(below, Series) and isinstance(words, Series):
                    words = Series([*below.items, *words.items], words.place)
                parts[name][key] = words
    roles = parts["roles"]
    return Lexicon(
        Words(
            {name: trees.text(leaf) for name, leaf in parts["phrases"].items()},
            {name: trees.text(leaf) for name, leaf in parts["slots"].items()},
        ),
        trees.texts(roles["provider"]),
        trees.texts(roles["customer"]),
        trees.texts(roles["other"]),
    )


class _File:
    """One mapping file while it is being read: what its rules share."""

    def __init__(self, tree: Branch, stem: str, lexicon: Lexicon) -> None:
        trees.only(tree, _FILE_KEYS, "key of a mapping file")
        self.stem = stem
        self.words = lexicon.words
        self.tree = tree
        if "term" not in tree.entries or "rules" not in tree.entries:
            raise MappingError(f"{tree.place}: a mapping file needs the keys 'term' and 'rules'.")
        name = tree.entries["term"]
        kinds = schema().kinds
        if trees.text(name) not in kinds:
            raise MappingError(f"{name.place}: {unknown('term', trees.text(name), kinds)}")
        self.kind: Kind = kinds[trees.text(name)]
        self.single = self._single(tree.entries.get("single"))
        self.local = self._local(tree.entries.get("local"))

    @staticmethod
    def _local(tree: Tree | None) -> Extent | None:
        """Return the extent in which the same words are one record, None for the whole document."""
        value = trees.scalar(tree) if tree is not None else False
        if tree is not None and value not in (True, False, "clause"):
            raise MappingError(f"{tree.place}: 'local' is true, false or clause.")
        return "clause" if value == "clause" else "words" if value else None

    def _single(self, tree: Tree | None) -> str | None:
        """Return the field that one record of a document has at most, '' for one record in all, None for any number."""
        if tree is None or trees.scalar(tree) is False:
            return None
        if trees.scalar(tree) is True:
            return ""
        self._check_field(trees.text(tree), tree.place)
        return trees.text(tree)

    def rules(self) -> list[Rule]:
        return [
            self._rule(name, trees.branch(tree))
            for name, tree in trees.branch(self.tree.entries["rules"]).entries.items()
        ]

    def _rule(self, name: str, tree: Branch) -> Rule:
        trees.only(tree, _RULE_KEYS, "key of a rule")
        own = tree.entries
        if "find" not in own:
            raise MappingError(f"{tree.place}: rule '{name}' has no 'find' pattern.")
        find = trees.patterns(own["find"], self.words)
        shared = self.tree.entries
        fields = self._captured(find, own["find"]) + self._fields(own.get("fields"))
        return Rule(
            name=f"{self.stem}/{name}",
            term=self.kind.name,
            place=tree.place,
            scope=trees.choice(own.get("scope") or shared.get("scope"), SCOPES, "scope", "item"),
            plain=trees.choice(own.get("names") or shared.get("names"), ("plain", "tokens"), "names", "tokens")
            == "plain",
            find=find,
            fields=fields,
            needs=trees.patterns(shared.get("needs"), self.words) + trees.patterns(own.get("needs"), self.words),
            unless=trees.patterns(shared.get("unless"), self.words) + trees.patterns(own.get("unless"), self.words),
            under=trees.pattern(own.get("under") or shared.get("under"), self.words),
            not_under=trees.pattern(own.get("not_under"), self.words),
            titled=trees.pattern(own.get("titled"), self.words),
            previous=trees.pattern(own.get("previous"), self.words),
            recode=self._recode(own.get("recode")),
            quote=trees.choice(own.get("quote"), QUOTES, "quote", "auto"),
            every=bool(trees.scalar(own["every"])) if "every" in own else False,
            latest=bool(trees.scalar(own["latest"])) if "latest" in own else False,
            certainty=trees.choice(own.get("certainty"), ("certain", "likely"), "certainty", "certain"),
            examples=self._examples(own.get("examples"), found=True),
            near_misses=self._examples(own.get("near_misses"), found=False),
        )

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
        return tuple(self._field(name, spec) for name, spec in trees.branch(tree).entries.items())

    def _field(self, name: str, spec: Tree) -> FieldRule:
        self._check_field(name, spec.place)
        if isinstance(spec, Leaf):
            self._check_value(name, spec.value, spec.place)
            return FieldRule(name, "constant", value=_value(spec))
        if isinstance(spec, Series):
            return FieldRule(name, "constant", value=tuple(trees.text(leaf) for leaf in spec.items))
        trees.only(spec, _FIELD_KEYS, "key of a field")
        own = spec.entries
        if "phrase_before" in own:
            return FieldRule(name, "phrase", None, region=trees.text(own["phrase_before"]))
        if "verb_phrase" in own:
            voice = trees.choice(own["verb_phrase"], ("active", "passive", "nominal"), "voice", "active")
            return FieldRule(name, "action", voice, required=voice == "nominal")
        if BORROWED in own:
            return FieldRule(name, BORROWED, value=self._lender(name, own[BORROWED]))
        kind = next((k for k in ("find", "choose", "collect", "each", "if") if k in own), None)
        if kind is None:
            raise MappingError(f"{spec.place}: field '{name}' needs one of find, choose, collect, each, if, of.")
        region = trees.choice(own.get("in"), REGIONS, "region", "unit")
        otherwise = trees.text(own["else"]) if "else" in own else None
        options = self._options(name, own[kind])
        filled = "flag" if kind == "if" else kind
        act = trees.text(own["ends_before"]) if "ends_before" in own else ""
        if act:
            self._check_field(act, spec.place)
        return FieldRule(name, filled, None, region, options, otherwise, "required" in own, act)

    def _lender(self, name: str, tree: Tree) -> str:
        """Return the kind that lends a field of this name, checked against the ontology."""
        lender, kinds = trees.text(tree), schema().kinds
        if lender not in kinds:
            raise MappingError(f"{tree.place}: {unknown('term', lender, kinds)}")
        if name not in kinds[lender].fields:
            raise MappingError(f"{tree.place}: {unknown(f'field of {lender}', name, kinds[lender].fields)}")
        return lender

    def _options(self, name: str, tree: Tree) -> tuple[tuple[str, Pattern], ...]:
        if not isinstance(tree, Branch):
            return tuple(("", pattern) for pattern in trees.patterns(tree, self.words))
        options = []
        for value, pattern in tree.entries.items():
            self._check_value(name, value, pattern.place)
            options += [(value, compiled) for compiled in trees.patterns(pattern, self.words)]
        return tuple(options)

    def _recode(self, tree: Tree | None) -> Mapping[str, Mapping[str, str]]:
        if tree is None:
            return {}
        return {
            name: {old: trees.text(new) for old, new in trees.branch(table).entries.items()}
            for name, table in trees.branch(tree).entries.items()
        }

    def _examples(self, tree: Tree | None, *, found: bool) -> tuple[Example, ...]:
        return tuple(self._example(item, found) for item in trees.items(tree))

    def _example(self, tree: Branch, found: bool) -> Example:
        trees.only(tree, ("text", "finds") if found else ("text", "because"), "key of an example")
        finds: list[Mapping[str, FieldValue]] = []
        if found:
            wanted = tree.entries.get("finds", Series([Branch({}, tree.place)], tree.place))
            for item in wanted.items if isinstance(wanted, Series) else [wanted]:
                finds.append({name: self._expected(name, leaf) for name, leaf in trees.branch(item).entries.items()})
        elif "because" not in tree.entries:
            raise MappingError(f"{tree.place}: a near-miss says why it is none: add 'because'.")
        because = trees.text(tree.entries["because"]) if "because" in tree.entries else ""
        return Example(trees.text(tree.entries["text"]), tuple(finds), because, tree.place)

    def _expected(self, name: str, tree: Tree) -> FieldValue:
        self._check_field(name, tree.place)
        if isinstance(tree, Leaf):
            self._check_value(name, tree.value, tree.place)
        return tuple(trees.text(leaf) for leaf in tree.items) if isinstance(tree, Series) else _value(tree)


def _value(tree: Tree) -> FieldValue:
    value = trees.scalar(tree)
    if isinstance(value, bool):
        return value
    return Decimal(str(value)) if isinstance(value, int | float) else str(value)
