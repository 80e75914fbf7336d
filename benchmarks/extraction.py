"""How fast findings are extracted from text, on one core, and how the time grows.

    python benchmarks/extraction.py          all contracts of CUAD's development part
    python benchmarks/extraction.py 40       some of them, spread over all

The contracts lie in the folder that PACTGRAPH_DATA names (default: ../shared beside the checkout), as
cuad/dev.jsonl, one JSON object with 'id' and 'text' a line. Prints tables for benchmarks/results.md: speed as
the number of documents and of rules grows, and the ratio to a peer measured in the same run, which searches
each sentence with each rule's own regular expressions, compiled before. Seconds are those of the processor,
loading the rules not counted, compiling them where a text first needs them counted.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pactgraph.extracting import RuleSet, load_rules
from pactgraph.extracting.extractor import Extractor
from pactgraph.model import Document
from pactgraph.resources import folder
from pactgraph.segmenting import segment

ROOT = Path(__file__).resolve().parents[1]
SHARES = (4, 2, 1)
SAMPLE = 40
PEERS = 4
ROUNDS = 3


def main(arguments: Sequence[str]) -> None:
    documents = contracts(int(arguments[0]) if arguments else None)
    begun = time.process_time()
    rules = load_rules(folder("mappings"))
    loading = time.process_time() - begun
    sample = spread(documents, SAMPLE)
    by_rules = [(count, best(sample, subset)) for count, subset in subsets(rules)]
    by_documents = passed(documents, rules)
    few = spread(documents, PEERS)
    print(f"Rules loaded in {loading:.1f} s.\n")
    print("| documents | MB | seconds | MB/s |\n|---|---|---|---|")
    for count, size, seconds in by_documents:
        print(f"| {count} | {size:.1f} | {seconds:.1f} | {size / seconds:.2f} |")
    size = megabytes(sample)
    print(f"\n| rules | {len(sample)} documents, MB | seconds | seconds/rule |\n|---|---|---|---|")
    for count, seconds in by_rules:
        print(f"| {count} | {size:.1f} | {seconds:.2f} | {seconds / count:.4f} |")
    ours, peers = best(few, rules), searched(few, rules)
    print("\n| documents | MB/s | MB/s of the peer | ratio |\n|---|---|---|---|")
    size = megabytes(few)
    print(f"| {len(few)} | {size / ours:.2f} | {size / peers:.3f} | {peers / ours:.0f} |")


def contracts(most: int | None) -> list[Document]:
    """Return the contracts, or `most` of them."""
    data = Path(os.environ.get("PACTGRAPH_DATA", ROOT.parent / "shared"))
    lines = (data / "cuad" / "dev.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    found = [Document(row["id"], row["id"], row["text"], "0", "text/plain") for row in rows]
    return spread(found, most or len(found))


def spread(documents: list[Document], most: int) -> list[Document]:
    """Return at most so many documents, spread over all."""
    return documents[:: max(1, len(documents) // most)][:most]


def megabytes(documents: Sequence[Document]) -> float:
    return sum(len(document.text) for document in documents) / 1e6


def subsets(rules: RuleSet) -> list[tuple[int, RuleSet]]:
    """Return shares of the rules, each spread over all kinds of term."""
    chosen = [rules.rules[::share] for share in SHARES]
    return [(len(some), replace(rules, rules=some)) for some in chosen]


def passed(documents: Sequence[Document], rules: RuleSet) -> list[tuple[int, float, float]]:
    """Return documents, megabytes and seconds after each share of one pass over all, text to findings."""
    extractor = Extractor(rules)
    marks = {len(documents) // share for share in SHARES}
    order = [document for part in range(4) for document in documents[part::4]]
    rows: list[tuple[int, float, float]] = []
    begun = time.process_time()
    for count, document in enumerate(order, 1):
        extractor.extract(document, segment(document))
        if count in marks:
            rows.append((count, megabytes(order[:count]), time.process_time() - begun))
    return rows


def best(documents: Sequence[Document], rules: RuleSet) -> float:
    """Return the least seconds of some rounds, each document's least added up: a busy machine disturbs one round."""
    extractor = Extractor(rules)
    least = [float("inf")] * len(documents)
    for _ in range(ROUNDS):
        for number, document in enumerate(documents):
            begun = time.process_time()
            extractor.extract(document, segment(document))
            least[number] = min(least[number], time.process_time() - begun)
    return sum(least)


def searched(documents: Sequence[Document], rules: RuleSet) -> float:
    """Return the seconds in which each sentence is searched with the expression of each `find` pattern."""
    patterns = [(pattern.regex, pattern.folded) for rule in rules.rules for pattern in rule.find]
    begun = time.process_time()
    for document in documents:
        for sentence in segment(document).sentences:
            text = document.text[sentence.start : sentence.end]
            lower = text.lower()
            for regex, folded in patterns:
                regex.search(lower if folded else text)
    return time.process_time() - begun


if __name__ == "__main__":
    main(sys.argv[1:])
