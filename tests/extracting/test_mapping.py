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
    place = tmp_path / "mappings"
    place.mkdir()
    shutil.copy(folder("mappings") / "_lexicon.yaml", place)
    return place


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
        ("{law: IS}", "{law: NO}", r"law.yaml:7: law is not yes or no; quote the value"),
        ("{law: IS}", "{lore: IS}", r"law.yaml:7: unknown field of GoverningLaw 'lore'"),
        ("rules:", "rulez:", r"law.yaml:3: unknown key of a mapping file 'rulez'"),
        ("    examples:", "    scope: page\n    examples:", r"law.yaml:5: unknown scope 'page'"),
        ("    examples:", "    find: 'x'\n    examples:", r"law.yaml:5: the key 'find' stands twice"),
        (
            "    examples:",
            "    fields: {law: {find: 'x', ends_before: act}}\n    examples:",
            r"law.yaml:5: unknown field of GoverningLaw 'act'",
        ),
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


def test_own_file_stands_in_for_the_one_of_its_name(mappings: Path, tmp_path: Path) -> None:
    (mappings / "law.yaml").write_text(GOOD)
    (mappings / "venue.yaml").write_text(GOOD.replace("governed-by", "second"))
    own = tmp_path / "own"
    own.mkdir()
    (own / "law.yaml").write_text(GOOD.replace("governed-by", "mine"))
    (own / "_lexicon.yaml").write_text("phrases:\n  rule-of: 'rule of'\nroles:\n  provider: [foundry]\n")
    (own / "more.yaml").write_text(GOOD.replace("the law of", "the {rule-of}"))
    rules = load_rules(mappings, own)
    assert [rule.name for rule in rules.rules] == ["law/mine", "more/governed-by", "venue/second"]
    assert {"foundry", *load_rules(mappings).lexicon.provider_words} == set(rules.lexicon.provider_words)


def test_folder_that_is_none_and_two_files_of_one_name_are_refused(mappings: Path) -> None:
    with pytest.raises(MappingError, match="no such folder of mappings"):
        load_rules(mappings, mappings / "none")
    for place in ("a", "b"):
        (mappings / place).mkdir()
        (mappings / place / "law.yaml").write_text(GOOD)
    with pytest.raises(MappingError, match=r"a/law.yaml:1: two files are named 'law'; rename one"):
        load_rules(mappings)


def test_unknown_part_of_a_lexicon_is_refused(mappings: Path, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "_lexicon.yaml").write_text("phrase:\n  x: 'y'\n")
    with pytest.raises(MappingError, match="Did you mean 'phrases'"):
        load_rules(mappings, tmp_path / "own")
