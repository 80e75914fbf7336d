"""PDF files made by script, byte by byte, so that tests show what is in them."""

from __future__ import annotations

import re
import textwrap
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from pactgraph.model import Document
from pactgraph.reading import LIMITS, Limits, Source, read

Run = tuple[float, float, str]
"""Words, and where they begin on the page, in points from the lower left."""

MakeFile = Callable[[Mapping[int, bytes]], bytes]
MakePages = Callable[..., bytes]
MakeAgreement = Callable[..., bytes]
Read = Callable[..., Document]

_ROW = re.compile(r"\S {3,}(?:\d|Service credit)")
"""What tells the rows of a table in the examples."""
_SIZE = 10.0
_ROWS = 46
_LEFT, _TOP, _PITCH = 60.0, 720.0, 13.0


def make_file(objects: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    """Return a PDF of these numbered objects; number 1 is its catalogue."""
    parts = [b"%PDF-1.4\n"]
    places: dict[int, int] = {}
    start = len(parts[0])
    for number, body in sorted(objects.items()):
        places[number] = start
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        start += len(parts[-1])
    last = max(objects)
    table = [
        b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
        for number in range(last + 1)
    ]
    parts.append(b"xref\n0 %d\n%s" % (last + 1, b"".join(table)))
    parts.append(b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (last + 1, trailer, start))
    return b"".join(parts)


def stream(content: bytes, entries: bytes = b"", packed: bool = False) -> bytes:
    """Return a stream object."""
    if packed:
        content, entries = zlib.compress(content, 9), entries + b" /Filter /FlateDecode"
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def shown(runs: Sequence[Run]) -> bytes:
    """Return the page content that shows `runs`, in their order; words between ** are in bold type."""
    parts = []
    for x, y, words in runs:
        for number, piece in enumerate(words.split("**")):
            escaped = re.sub(rb"([\\()])", rb"\\\1", piece.encode("cp1252"))
            parts.append(b"BT /F%d %g Tf %g %g Td (%s) Tj ET" % (number % 2 + 1, _SIZE, x, y, escaped))
            x += 6 * len(piece)
    return b"\n".join(parts)


def make_pages(
    pages: Sequence[Sequence[Run] | bytes], resources: bytes = b"", extra: Mapping[int, bytes] | None = None
) -> bytes:
    """Return a PDF whose pages show `pages`, runs of words or content as it is; in Courier, 6 points a letter."""
    objects: dict[int, bytes] = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
        4: b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier-Bold /Encoding /WinAnsiEncoding >>",
        **(extra or {}),
    }
    first = max(objects) + 1
    kids = []
    for index, page in enumerate(pages):
        content = page if isinstance(page, bytes) else shown(page)
        number = first + 2 * index
        kids.append(b"%d 0 R" % number)
        objects[number] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> %s >> >>" % (number + 1, resources)
        )
        objects[number + 1] = stream(content)
    objects[2] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return make_file(objects)


def paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs of a text, hard-wrapped or not, with their indentation."""
    if max(map(len, text.splitlines())) > 130:  # each line is a paragraph
        yield from ((len(line) - len(line.lstrip()), line.strip()) for line in text.splitlines() if line.strip())
        return
    for block in re.split(r"\n[ \t]*\n", text.strip("\n")):
        lines = block.splitlines()
        table = any(_ROW.search(line) for line in lines)
        if table or all(len(line) < 60 or line.startswith("|") for line in lines[:-1]):  # or a list, or signatures
            yield from ((len(line) - len(line.lstrip()), line.strip()) for line in lines)
        else:
            yield len(lines[0]) - len(lines[0].lstrip()), " ".join(line.strip() for line in lines)


def paired(lines: Sequence[str]) -> Iterator[str]:
    """Yield lines, bold words that run over a line's end marked in both."""
    bold = ""
    for line in lines:
        whole = bold + line
        bold = "**" if whole.count("**") % 2 else ""
        yield whole + bold


def make_agreement(text: str, columns: int = 84, header: str = "Subscription terms of an example") -> bytes:
    """Return `text` as a PDF with another line width, a header line and page numbers on each page."""
    text = re.sub(r"(?m)^#+ (.*)", r"**\1**", text)
    text = re.sub(r"(?<=\w)_(?=\W)|(?<=\W)_(?=\w)", "", text)
    rows: list[Run | None] = []
    for indent, words in paragraphs(text):
        lines = paired(textwrap.wrap(words, columns - min(indent, 24)))
        rows += [(_LEFT + 6.0 * min(indent, 24), 0.0, line) for line in lines]
        if not _ROW.search(words):  # the next row of a table stands right below
            rows.append(None)
    pages: list[list[Run]] = []
    for start in range(0, len(rows), _ROWS):
        number = len(pages) + 1
        page: list[Run] = [(_LEFT, 760.0, header)]
        kept = [(at, row) for at, row in enumerate(rows[start : start + _ROWS]) if row is not None]
        page += [(row[0], _TOP - _PITCH * at, row[2]) for at, row in kept]
        pages.append([*page, (300.0, 40.0, f"{number}")])
    return make_pages(pages)


@pytest.fixture(scope="session")
def pdf_file() -> MakeFile:
    return make_file


@pytest.fixture(scope="session")
def pdf_pages() -> MakePages:
    return make_pages


@pytest.fixture(scope="session")
def pdf_agreement() -> MakeAgreement:
    return make_agreement


@pytest.fixture
def read_bytes(tmp_path: Path) -> Read:
    """Return a function that reads bytes as the file of a given name, in a child process."""

    def reading(data: bytes, name: str = "deed.pdf", limits: Limits = LIMITS) -> Document:
        path = tmp_path / name
        path.write_bytes(data)
        return read(Source(path, path.stem, name), limits)

    return reading
