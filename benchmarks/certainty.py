"""How often the findings of each rule are right, and so which rules are certain and which likely.

    python benchmarks/certainty.py             precision of each class, and the rules that want another class
    python benchmarks/certainty.py --rules     the same, with the figures of every rule
    python benchmarks/certainty.py --write     sets `certainty` in mappings/ as measured

The folder of annotated agreements is that of PACTGRAPH_DATA (by default ../shared beside the checkout). Terms and
norms of agreements/ are judged by gold/ and the notion of a right record of eval/score.py; laws, dates, renewals and
parties of the contracts in cuad/dev.jsonl by the lawyers' answers, where a blank answer makes a finding wrong.

A rule is likely where its share of right findings, in two places, is below CERTAIN, drawn towards what is known of
its class as if WEIGHT more findings had been seen; fewer than FEWEST wrong findings make no certain rule likely.
The precision is that of the classes in mappings/, 'as measured' that of those which --write sets; 'unseen' judges
each source with the classes that the other sources give. Rules were written on these sources: elsewhere expect less.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import ModuleType

from pactgraph.extracting import Rule, RuleSet, extract, load_rules
from pactgraph.model import Document, Finding
from pactgraph.reading import discover, read
from pactgraph.segmenting import segment

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("PACTGRAPH_DATA", ROOT.parent / "shared"))
CERTAIN = 0.95
WEIGHT = 4
FEWEST = 2
"""A rule that was certain becomes likely for so many wrong findings, not for a single one."""
PRIOR = {"certain": 0.96, "likely": 0.85}
PARTY = "Party"
"""Of the kind whose rules keep the class that they have: by it the parties of an agreement are put together."""
NORMS = ("Obligation", "Prohibition", "Permission")


@dataclass
class Count:
    """How many findings, and how many of them are right."""

    found: int = 0
    right: int = 0

    @property
    def share(self) -> float:
        return self.right / self.found if self.found else float("nan")

    def drawn(self, prior: float) -> float:
        """Return the share of right findings, drawn towards `prior` where there are few findings."""
        return (self.right + WEIGHT * prior) / (self.found + WEIGHT)

    def add(self, other: Count) -> None:
        self.found += other.found
        self.right += other.right


def main(arguments: Sequence[str]) -> None:
    rules = load_rules(ROOT / "mappings")
    measured = {folder.name: counts(folder, rules) for folder in sorted((DATA / "gold").iterdir())}
    measured["contracts"] = contracts(rules)
    every = joined(measured.values())
    classes = {rule.name: rule.certainty for rule in rules.rules}
    told = {r.name: measured_class(every.get(r.name) if r.term != PARTY else None, r.certainty) for r in rules.rules}
    print("| class | rules | findings | right | precision | as measured | unseen |")
    print("|---|---|---|---|---|---|---|")
    for name in ("certain", "likely"):
        members = [rule for rule, given in classes.items() if given == name]
        whole, unseen = total(every, members), total_unseen(measured, name)
        after = total(every, [rule for rule, given in told.items() if given == name])
        figures = f"{whole.found} | {whole.right} | {whole.share:.3f} | {after.share:.3f} | {unseen.share:.3f}"
        print(f"| {name} | {len(members)} | {figures} |")
    changed = [rule for rule in rules.rules if told[rule.name] != rule.certainty]
    for rule in rules.rules if "--rules" in arguments else changed:
        count = every.get(rule.name, Count())
        print(f"{rule.place}: {rule.name} is {rule.certainty}, {count.right} of {count.found} right: {told[rule.name]}")
    if "--write" in arguments:
        for rule in changed:
            write(rule, told[rule.name])


def counts(gold: Path, rules: RuleSet) -> dict[str, Count]:
    """Return for each rule how many of its findings in the agreements of a folder are right."""
    score = judge("score")
    found: dict[str, Count] = defaultdict(Count)
    for source in discover([DATA / "agreements" / gold.name]).sources:
        document = read(source)
        findings = extract(document, segment(document), rules)
        for part in ("terms", "norms"):
            path = gold / f"{document.slug}.{part}.jsonl"
            if path.exists():
                wanted = [record for record, _ in score.load(path, strict=True)]
                tally(found, score, wanted, [f for f in findings if (f.term in NORMS) == (part == "norms")])
    return found


def tally(
    counts: dict[str, Count], score: ModuleType, wanted: Iterable[Mapping[str, object]], findings: Iterable[Finding]
) -> None:
    """Count the findings of one agreement by rule, and those that are right."""
    gold, mine = defaultdict(list), defaultdict(list)
    for record in wanted:
        gold[record["term"]].append(record)
    for finding in findings:
        mine[finding.term].append(finding)
    for term, found in mine.items():
        if term not in score.SPEC and term not in NORMS:
            continue
        right = {pair[1] for pair in score.compare(gold[term], [record_of(f) for f in found])}
        for number, finding in enumerate(found):
            counts[finding.rule].add(Count(1, int(number in right)))


def record_of(finding: Finding) -> dict[str, object]:
    fields = {name: plain(value) for name, value in finding.fields.items() if "." not in name}
    return {"term": finding.term, **fields, "start": finding.start, "end": finding.end}


def plain(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    return list(value) if isinstance(value, tuple) else value


def measured_class(count: Count | None, given: str) -> str:
    """Return the class that the measure gives a rule; without findings the one that it has."""
    if count is None or not count.found:
        return given
    if given == "certain" and count.found - count.right < FEWEST:
        return given
    return "certain" if round(count.drawn(PRIOR[given]), 2) >= CERTAIN else "likely"


def joined(parts: Iterable[Mapping[str, Count]]) -> dict[str, Count]:
    found: dict[str, Count] = defaultdict(Count)
    for part in parts:
        for rule, count in part.items():
            found[rule].add(count)
    return found


def total(counts: Mapping[str, Count], rules: Iterable[str]) -> Count:
    whole = Count()
    for rule in rules:
        whole.add(counts.get(rule, Count()))
    return whole


def total_unseen(measured: Mapping[str, Mapping[str, Count]], name: str) -> Count:
    """Return the findings of a class in each folder, by the classes that the other folders give."""
    whole = Count()
    for folder, here in measured.items():
        elsewhere = joined(part for other, part in measured.items() if other != folder)
        for rule, count in here.items():
            if measured_class(elsewhere.get(rule), "certain") == name:
                whole.add(count)
    return whole


def write(rule: Rule, certainty: str) -> None:
    """Set the class of a rule in its mapping file, and change nothing else there."""
    file, _, name = rule.name.partition("/")
    path = next((ROOT / "mappings").glob(f"**/{file}.yaml"))
    path.write_text(with_class(path.read_text(encoding="utf-8"), name, certainty), encoding="utf-8")


def with_class(text: str, name: str, certainty: str) -> str:
    """Return the text of a mapping file with the class of one rule set: a line for 'likely', none for 'certain'."""
    lines = text.split("\n")
    head = next(k for k, line in enumerate(lines) if re.match(rf"  {re.escape(name)}:", line))
    end = next((k for k in range(head + 1, len(lines)) if re.match(r" {0,2}\S", lines[k])), len(lines))
    own = [line for line in lines[head + 1 : end] if not line.startswith("    certainty:")]
    if certainty == "likely":
        own.insert(next(k for k, line in enumerate(own) if line.startswith("    find:")), "    certainty: likely")
    return "\n".join([*lines[: head + 1], *own, *lines[end:]])


def contracts(rules: RuleSet) -> dict[str, Count]:
    """Return for each rule how many of its findings in the contracts agree with the lawyers' answers."""
    cuad = judge("cuad")
    found: dict[str, Count] = defaultdict(Count)
    for line in (DATA / "cuad" / "dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        document = Document("contract", "contract.txt", row["text"], "0" * 64, "text/plain")
        for finding in extract(document, segment(document), rules):
            right = agrees(cuad, finding, row["answers"])
            if right is not None:
                found[finding.rule].add(Count(1, int(right)))
    return found


_DATES = {"AgreementDate": "Agreement Date", "EffectiveDate": "Effective Date", "Expiration": "Expiration Date"}
_DURATIONS = {"NonRenewalNotice": "Notice Period to Terminate Renewal", "RenewalTerm": "Renewal Term"}


def agrees(cuad: ModuleType, finding: Finding, answers: Mapping[str, str]) -> bool | None:
    """Return whether a finding is what the lawyers answered, None where they were not asked."""
    fields = finding.fields
    if finding.term == "GoverningLaw" and fields.get("law"):
        said = answers["Governing Law"].lower()
        return any(name in said for name in cuad.law_names(fields["law"]))
    if finding.term in _DURATIONS and fields.get("duration"):
        return cuad.months(fields["duration"]) in cuad.gold_durations(answers[_DURATIONS[finding.term]])
    if finding.term in _DATES and (fields.get("date") or fields.get("perpetual")):
        said = answers[_DATES[finding.term]]
        wanted = cuad.gold_date(said)
        unclear = said and wanted is None  # a date with blanks
        return None if unclear else wanted == ("perpetual" if fields.get("perpetual") else fields.get("date"))
    if finding.term == "Party" and fields.get("name"):
        names = [re.split(r'[(“"]', part)[0].strip() for part in answers["Parties"].split(";")]
        return any(cuad.same_name(name, fields["name"]) for name in names)
    return None


def judge(name: str) -> ModuleType:
    """Return the program of eval/ with that name, as a module."""
    spec = importlib.util.spec_from_file_location(name, DATA / "eval" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main(sys.argv[1:])
