"""How fast PDF files are read, and what the child process around each costs.

    python benchmarks/pdf.py             files made from the examples: 40 files of about 22 pages
    python benchmarks/pdf.py FOLDER      the PDF files of a folder

Prints a row for benchmarks/results.md. Seconds differ from machine to machine; the ratio does not much.
"""

from __future__ import annotations

import importlib.util
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from pactgraph.model import Document
from pactgraph.reading import LIMITS, Source, read
from pactgraph.reading.pdf import read_pdf

ROOT = Path(__file__).resolve().parents[1]
FILES = 40
COPIES = 3
ROUNDS = 3


def main(arguments: Sequence[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = sorted(Path(arguments[0]).rglob("*.pdf")) if arguments else made(Path(folder))
        sources = [Source(path, path.stem, path.name) for path in paths]
        within = best(sources, direct)
        outside = best(sources, read)
        pages = sum(len(read(source).pages) for source in sources)
    print("| files | pages | pages/s in the process | pages/s in child processes | ratio |")
    print("|---|---|---|---|---|")
    print(f"| {len(paths)} | {pages} | {pages / within:.0f} | {pages / outside:.0f} | {within / outside:.2f} |")


def made(folder: Path) -> list[Path]:
    """Write PDF files of the example agreements, each several times over, by the writer of the tests."""
    spec = importlib.util.spec_from_file_location("writer", ROOT / "tests/reading/pdf/conftest.py")
    assert spec is not None
    assert spec.loader is not None
    writer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(writer)
    examples = sorted((ROOT / "examples" / "agreements").iterdir())
    texts = [path.read_text("utf-8") for path in examples]
    paths = [folder / f"{number}.pdf" for number in range(FILES)]
    for number, path in enumerate(paths):
        text = "\n\n".join([texts[number % len(texts)]] * COPIES)
        path.write_bytes(writer.make_agreement(text, 80, f"Agreement {number}"))
    return paths


def direct(source: Source) -> Document:
    return read_pdf(source.path.read_bytes(), source.slug, source.name, "application/pdf", LIMITS)


def best(sources: Sequence[Source], reading: Callable[[Source], Document]) -> float:
    """Return the least seconds of some rounds over all sources; the first one, which loads, counts too."""
    return min(seconds(sources, reading) for _ in range(ROUNDS))


def seconds(sources: Sequence[Source], reading: Callable[[Source], Document]) -> float:
    begun = time.perf_counter()
    for source in sources:
        reading(source)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main(sys.argv[1:])
