from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pactgraph.errors import MappingError
from pactgraph.extracting import load_rules
from pactgraph.resources import folder

GOOD = """\
term: GoverningLaw
rules:
  governed-by:
    find: 'governed by the law of <law>'
    examples:
      - text: "This contract is governed by the law of Iceland."
        finds: {law: IS}
"""


@pytest.fixture
def mappings(tmp_path: Path) -> Path:
    shutil.copy(folder("mappings") / "_lexicon.yaml", tmp_path)
    return tmp_path


def test_good_file_is_loaded(mappings: Path) -> None:
    (mappings / "law.yaml").write_text(GOOD)
    rules = load_rules(mappings)
    assert [rule.name for rule in rules.rules] == ["law/governed-by"]
    assert rules.keys["GoverningLaw"] == ("law",)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("GoverningLaw", "GoverningLow", r"law.yaml:1: unknown term 'GoverningLow'.*Did you mean 'GoverningLaw'"),
        ("    find:", "    fnd:", r"law.yaml:4: unknown key of a rule 'fnd'.*Did you mean 'find'"),
        ("<law>", "<place:law>", r"law.yaml:4: unknown field of GoverningLaw 'place'"),
        ("<law>", "<lwa>", r"law.yaml:4: unknown slot type 'lwa'"),
        ("{law: IS}", "{lore: IS}", r"law.yaml:7: unknown field of GoverningLaw 'lore'"),
        ("rules:", "rulez:", r"law.yaml:3: unknown key of a mapping file 'rulez'"),
        ("    examples:", "    scope: page\n    examples:", r"law.yaml:5: unknown scope 'page'"),
        ("    examples:", "    find: 'x'\n    examples:", r"law.yaml:5: the key 'find' stands twice"),
        ("term: GoverningLaw", "term: [GoverningLaw", r"law.yaml:2: not YAML"),
    ],
)
def test_broken_file_names_line_value_and_fix(mappings: Path, old: str, new: str, message: str) -> None:
    assert old in GOOD
    (mappings / "law.yaml").write_text(GOOD.replace(old, new))
    with pytest.raises(MappingError, match=message):
        load_rules(mappings)


def test_unknown_enumerated_value_is_refused(mappings: Path) -> None:
    text = "term: Confidentiality\nrules:\n  r:\n    find: 'secret'\n    fields: {party: Buyer}\n"
    (mappings / "secret.yaml").write_text(text)
    with pytest.raises(MappingError, match=r"secret.yaml:5: unknown value of Confidentiality.party 'Buyer'"):
        load_rules(mappings)


def test_near_miss_without_reason_is_refused(mappings: Path) -> None:
    (mappings / "law.yaml").write_text(GOOD + '    near_misses:\n      - text: "No law here."\n')
    with pytest.raises(MappingError, match=r"law.yaml:9: a near-miss says why"):
        load_rules(mappings)
