"""The commands for those who write mappings: why something is found, what is wrong with a rule, a new file."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pactgraph.cli import main
from pactgraph.extracting import load_rules, scaffold
from pactgraph.proving import inspect
from pactgraph.resources import folder, mapping_folders
from pactgraph.vocabulary import schema

TEXT = "Terms of Halvern Cloud\n\n1. Data. Halvern takes a snapshot of the Customer Data every six hours.\n"


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "halvern.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def own(root: Path) -> Path:
    return root / "examples" / "mappings"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def refused(*arguments: str | Path) -> str:
    done = run(*arguments)
    assert done.exit_code == 2, done.output
    assert done.stderr.count("\n") == 1
    return done.stderr


# --- explain --------------------------------------------------------------------------------------


def test_explain_says_where_each_rule_came_nearest(paper: Path) -> None:
    done = run("explain", paper, "--term", "BackupFrequency")
    assert done.exit_code == 0
    assert "halvern.txt: 0 BackupFrequency found" in done.stdout
    assert "NO needs back stands nowhere" in done.stdout
    assert "then: ." in done.stdout


def test_explain_names_the_words_that_exclude_a_kind(paper: Path) -> None:
    text = f"{TEXT}\n2. Service. No service level agreement applies to the archive of Halvern.\n"
    paper.write_text(text, encoding="utf-8")
    start = text.index("No service level")
    lines = run("explain", paper, "--term", "Uptime").stdout.splitlines()
    assert lines[1] == f"  excluded: No service level is promised. [{start}-{len(text) - 1}]"
    assert f"    => says that it is excluded [{start}-{len(text) - 1}]" in lines
    there = run("explain", paper, "--at", str(start), "--term", "Uptime").stdout
    assert "uptime/no-service-levels (excluded, certain" in there
    assert "=> says that it is excluded" in there
    told = json.loads(run("explain", paper, "--term", "Uptime", "--format", "json").stdout)
    assert told["state"]["status"] == "excluded"
    silent = run("explain", paper, "--term", "Insurance").stdout.splitlines()
    assert silent[1].startswith("  silent: ")


def test_explain_with_own_mappings_says_what_was_found(paper: Path, own: Path) -> None:
    done = run("explain", paper, "--at", str(TEXT.index("snapshot")), "--term", "BackupFrequency", "--mappings", own)
    assert done.exit_code == 0
    assert ", clause 1 (Data)" in done.stdout
    assert '<per:period> gives per PT6H ["every six hours"]' in done.stdout
    assert "=> found: {per: PT6H}" in done.stdout
    assert "did not look" in done.stdout


def test_explain_as_json_holds_every_condition(paper: Path, own: Path) -> None:
    told = json.loads(run("explain", paper, "--at", "40", "--mappings", own, "--format", "json").stdout)
    (rule,) = (rule for rule in told["rules"] if rule["rule"] == "snapshots/snapshot-every")
    assert {condition["part"] for condition in rule["conditions"]} == {"needs", "find", "unless", "slot"}
    assert rule["findings"][0]["kept"]
    told = json.loads(run("explain", paper, "--term", "BackupFrequency", "--format", "json").stdout)
    assert [rule["findings"] for rule in told["rules"]] == [[]] * len(told["rules"])


def test_explain_without_a_place_or_with_a_wrong_one_is_refused(paper: Path) -> None:
    assert "Give --at OFFSET, --term KIND or both" in refused("explain", paper)
    assert f"no character 9999; the text has {len(TEXT)}" in refused("explain", paper, "--at", "9999")
    assert "Did you mean 'Uptime'?" in refused("explain", paper, "--term", "Uptme")
    (paper.parent / "logo.png").touch()
    assert "logo.png: " in refused("explain", paper.parent / "logo.png", "--term", "Uptime")


# --- build with mappings of one's own -------------------------------------------------------------


def test_build_finds_what_own_mappings_describe(paper: Path, own: Path, tmp_path: Path) -> None:
    arguments = ("build", paper, "--graph", tmp_path / "graph", "--no-validate")
    assert "BackupFrequency" not in run(*arguments).stdout
    assert "BackupFrequency 1" in run(*arguments, "--mappings", own).stdout
    assert "no such folder of mappings" in refused(*arguments, "--mappings", tmp_path / "none")


# --- check ----------------------------------------------------------------------------------------

LAW = "This deal is ruled by the law of Peru."
GOOD = f"    find: 'ruled by the law of <law>'\n    examples:\n      - {{text: '{LAW}', finds: {{law: PE}}}}\n"
NEAR = "    near_misses:\n      - {text: 'This ball is ruled by the law of gravity.', because: no law of a state}\n"
WIDER = GOOD.replace("find: 'ruled", "find: '(?:ruled|bound)")


@pytest.mark.parametrize(
    ("rules", "problems"),
    [
        (f"  one:\n{GOOD}{NEAR}", []),
        (f"  one:\n{GOOD}", ["4: unproven: house/one no rule of the file has a near-miss"]),
        (
            f"  one:\n    find: 'ball is'\n{NEAR}",
            ["6: failing: house/one finds {} though: no law", "4: unproven: house/one has no example"],
        ),
        (
            f"  one:\n{GOOD.replace('PE', 'IS')}{NEAR}",
            ["6: failing: house/one does not find {law: IS}; it finds {law: PE}"],
        ),
        (
            f"  one:\n{GOOD}{NEAR}  two:\n{GOOD}",
            ["10: duplicate: house/two has the pattern and the conditions of house/one"],
        ),
        (
            f"  one:\n{GOOD}{NEAR}  two:\n{WIDER}",
            ["10: shadowed: house/two all that it finds in its examples is found by house/one"],
        ),
        (f"  one:\n{GOOD}{NEAR}  two:\n{WIDER.replace('is ruled', 'is bound')}", []),
    ],
)
def test_check_names_what_is_wrong_and_where(tmp_path: Path, rules: str, problems: list[str]) -> None:
    (tmp_path / "house.yaml").write_text(f"term: GoverningLaw\nrules:\n{rules}", encoding="utf-8")
    done = run("check", "--mappings", tmp_path)
    assert done.exit_code == (1 if problems else 0), done.output
    lines = done.stdout.splitlines()[:-1]
    assert len(lines) == len(problems), lines
    for line, problem in zip(lines, problems, strict=True):
        assert line.startswith(f"house.yaml:{problem}")


def test_built_in_mappings_are_proven_and_no_rule_stands_twice() -> None:
    found = inspect(load_rules(folder("mappings")))
    assert found.rules > 200
    assert [p for p in found.problems if p.kind in ("unproven", "duplicate")] == []


def test_built_in_mappings_named_as_ones_own_are_there_once() -> None:
    assert mapping_folders(folder("mappings")) == mapping_folders() == mapping_folders(f"{folder('mappings')}/.")
    assert mapping_folders("mine") == (folder("mappings"), Path("mine"))


def test_check_of_a_folder_without_mappings_is_refused(tmp_path: Path) -> None:
    assert "holds no mapping file" in refused("check", "--mappings", tmp_path)


# --- new-mapping ----------------------------------------------------------------------------------


def test_new_mapping_loads_and_check_says_what_is_left(tmp_path: Path) -> None:
    done = run("new-mapping", "LiabilityCap", "--into", tmp_path / "own")
    assert done.exit_code == 0
    assert "liability-cap-own.yaml" in done.stdout
    left = run("check", "--mappings", tmp_path / "own")
    assert left.exit_code == 1
    assert "put a sentence of your own here that the rule must find." in left.stdout
    assert "put a sentence of your own here that the rule must not find." in left.stdout


def test_new_mapping_overwrites_nothing_and_suggests_the_nearest_kind(tmp_path: Path) -> None:
    assert run("new-mapping", "Uptime", "--into", tmp_path).exit_code == 0
    assert "the file exists" in refused("new-mapping", "Uptime", "--into", tmp_path)
    assert "Did you mean 'Uptime'?" in refused("new-mapping", "Uptme", "--into", tmp_path)


def test_every_kind_has_a_beginning_that_loads(tmp_path: Path) -> None:
    kinds = schema().kinds
    assert len(kinds) > 70
    for name, kind in kinds.items():
        (tmp_path / f"own-{name}.yaml").write_text(scaffold(kind), encoding="utf-8")
    added = {rule.term for rule in load_rules(*mapping_folders(tmp_path)).rules if rule.name.startswith("own-")}
    assert added == set(kinds)


# --- docs/mappings.md -----------------------------------------------------------------------------


def test_the_worked_example_of_the_manual_runs_as_shown(
    root: Path, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manual = (root / "docs" / "mappings.md").read_text("utf-8")
    assert (own / "snapshots.yaml").read_text("utf-8") in manual
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "snapshots.yaml").write_text((own / "snapshots.yaml").read_text("utf-8"))
    paper = re.search(r"^```text\n(Terms of Halvern.*?)^```$", manual, re.MULTILINE | re.DOTALL)
    assert paper is not None
    (tmp_path / "halvern.txt").write_text(paper[1], encoding="utf-8")
    sessions = re.findall(r"^\$ pactgraph (.*)\n((?:(?!\$ |```).*\n)*)", manual, re.MULTILINE)
    assert len(sessions) >= 3
    for command, shown in sessions:
        printed = [line.rstrip() for line in run(*shlex.split(command)).stdout.splitlines()]
        wanted = [line.rstrip() for line in shown.splitlines()]
        assert [line for line in wanted if line != "…" and line not in printed] == [], "\n".join(printed)


def test_check_judges_ones_own_words_that_refer_elsewhere_and_not_the_built_in_ones(tmp_path: Path) -> None:
    rule = "    about: Ours.\n    find: 'as the tariff sheet says'\n    kinds: [Fee]\n    examples:\n"
    head = f"about: Ours.\nrules:\n  as-in-tariff:\n{rule}"
    near = '    near_misses:\n      - text: "The sheet is blue."\n        because: "it leaves nothing to it"\n'
    path = tmp_path / "_elsewhere.yaml"
    path.write_text(f'{head}      - text: "The Customer pays as the tariff sheet says."\n{near}', encoding="utf-8")
    done = run("check", "--mappings", tmp_path)
    assert (done.exit_code, done.stdout) == (0, "1 rule, 2 examples and near-misses: no problem.\n")
    path.write_text(f'{head}      - text: "The Customer pays on time."\n{near}', encoding="utf-8")
    done = run("check", "--mappings", tmp_path)
    assert done.exit_code == 1
    assert "_elsewhere.yaml:8: failing: elsewhere/as-in-tariff" in done.stdout
