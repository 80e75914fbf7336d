"""Damaged files of every format: each is read or refused with one line, and what is read is cut into clauses.

A run damages a small good file at random, from a seed that the failure names. A few runs belong to the
checks; PACTGRAPH_FUZZ=20000 asks for that many of each format.
"""

from __future__ import annotations

import io
import os
import random
import signal
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path

import pytest
from lxml import etree

from pactgraph.errors import SourceError
from pactgraph.model import Document, Outline
from pactgraph.reading import FORMATS, Source, read
from pactgraph.reading.docx import read_docx
from pactgraph.reading.html import read_html
from pactgraph.reading.text import read_text
from pactgraph.segmenting import segment

RUNS = int(os.environ.get("PACTGRAPH_FUZZ", "40"))
SECONDS = 20

PLAIN = """MASTER AGREEMENT\r\n\r\n1. Fees. Quayline pays within thirty (30) days (see Section 2.1).\r
1.1 Taxes. None.\r\n(a) first; and\r\n(b) second.\r\n\f- 3 -\r\n2. Term\r\n2.1 The “Term” is one year.\r\n• bullet\r
SCHEDULE A\r\n1. Prices are in this Schedule. Page 1 of 2\r\n"""
MARKDOWN = """---\ntitle: Terms\n---\n# Terms\n\nSee [Quayline](https://quayline.example/a_(b)).\n\n## 1. **Fees**
\n1. Pay\n   - soon\n   - *so*\n2. Stay\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nTerm\n----\n<b>One</b> year. ![x](y)"""
PAGE = """<!doctype html><html><head><meta charset=utf-8><title>T</title><style>p{counter-reset:a}</style></head>
<body><nav>Menu</nav><main><h1>Terms &amp; more</h1><ol start=3 type=a><li value=7>Fee<ol reversed><li>In</ol><li>B</ol>
<p>Words <del>old</del><ins>new</ins> <b>bold</b><br>line<table><tr><td colspan=2>A<td>B</table><div hidden>no</div>
<!-- gone --><script>if(a<b){}</script></main></body></html>"""
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BODY = f"""<w:document xmlns:w="{WORDS}"><w:body><w:p><w:pPr><w:pStyle w:val="H"/><w:numPr><w:ilvl w:val="0"/>
<w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>Fees</w:t></w:r></w:p><w:p><w:ins w:id="1"><w:r><w:t>new</w:t></w:r>
</w:ins><w:del w:id="2"><w:r><w:delText>old</w:delText></w:r></w:del></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>cell</w:t>
</w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"""
NUMBERING = f"""<w:numbering xmlns:w="{WORDS}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>
<w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1">
<w:abstractNumId w:val="0"/></w:num></w:numbering>"""
PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length 74>>stream
BT /F 12 Tf 20 250 Td (1. Fees. Pay in 30 days.) Tj 0 -20 Td (2. Term) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R/Size 6>>
%%EOF
"""
TOKENS = (
    *(b"\0", b"\xff", b"\xef\xbb\xbf", b"\xfe\xff", b"(", b")", b"*", b"_", b"[", b"](", b"<", b">", b"&#x110000;"),
    *(
        b"&amp",
        b"<!--",
        b"<![CDATA[",
        b"</p>",
        b"<ol>",
        b"\r",
        b"\n\n",
        b"\f",
        b"\xc2\xa0",
        b"\xe2\x80\xa8",
        b"#",
        b"|",
    ),
    *(
        b"1.",
        b"(a)",
        b"(iv)",
        b"999999999",
        b"-1",
        b"%9",
        b"' '",
        b"SCHEDULE B\n",
        b"Section 1(b)",
        b"\xc4\xb0",
        b"/Kids",
    ),
    *(b"0 0 R", b"stream", b'w:val="', b"<w:p>", b"</w:p>", b"\xed\xa0\x80", b"a" * 300, b" " * 300, b"<li value=0>"),
)


def package(body: bytes, numbering: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", body)
        archive.writestr("word/numbering.xml", numbering)
    return buffer.getvalue()


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return `data` with a few bytes changed, cut, moved or doubled, or words put in that formats stumble over."""
    found = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(found) + 1)
        length = chance.choice((1, 2, 8, 40, 200))
        match chance.randrange(6):
            case 0:
                found[at : at + 1] = bytes((chance.randrange(256),))
            case 1:
                del found[at : at + length]
            case 2:
                found[at:at] = chance.choice(TOKENS) * chance.choice((1, 1, 3, 50))
            case 3:
                found[at:at] = found[max(0, at - length) : at] * chance.choice((1, 2, 20))
            case 4:
                found = found[:at] if chance.random() < 0.2 else found
            case _:
                start = chance.randrange(len(found) + 1)
                found[at:at] = found[start : start + length]
    return bytes(found)


def rearranged(source: str, chance: random.Random) -> bytes:
    """Return an XML document with elements removed, doubled, moved or given odd values: well formed still."""
    root = etree.fromstring(source)
    for _ in range(chance.randint(1, 8)):
        found = list(root.iter())[1:]
        if len(found) < 2:
            break
        one, other = chance.sample(found, 2)
        match chance.randrange(5):
            case 0 if (parent := one.getparent()) is not None:
                parent.remove(one)
            case 1:
                other.append(deepcopy(one))
            case 2 if one not in other.iter() and other not in one.iter():
                other.insert(0, one)
            case 3:
                for key in list(one.attrib):
                    one.set(key, chance.choice(("", "-1", "0", "8", "999999999", "%1.%9", "none", "x" * 400, "²")))
            case _:
                one.text = chance.choice(("", " ", "1. ", "(a) A", "\n\t", "\u2028", "SCHEDULE A", "\xa0" * 40))
    return etree.tostring(root)


def word(chance: random.Random) -> Document:
    if chance.random() < 0.2:
        data = damaged(package(BODY.encode(), NUMBERING.encode()), chance)
    elif chance.random() < 0.2:
        data = package(damaged(BODY.encode(), chance), damaged(NUMBERING.encode(), chance))
    else:
        data = package(rearranged(BODY, chance), rearranged(NUMBERING, chance))
    return read_docx(data, "a", "a.docx", FORMATS[".docx"][0], view=chance.choice(("final", "original", "all")))


def pdf(chance: random.Random) -> Document:
    return read(Source(Path(), "a", "a.pdf", data=damaged(PDF, chance)))


READERS: dict[str, Callable[[random.Random], Document]] = {
    "text": lambda chance: read_text(damaged(PLAIN.encode(), chance), "a", "a.txt", "text/plain"),
    "markdown": lambda chance: read_text(damaged(MARKDOWN.encode(), chance), "a", "a.md", "text/markdown"),
    "html": lambda chance: read_html(damaged(PAGE.encode(), chance), "a", "a.html", "text/html"),
    "docx": word,
    "pdf": pdf,
}


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """Fail where what is inside takes longer; only where the system has alarms."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def late(*_: object) -> None:
        raise TimeoutError(f"takes more than {seconds} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def holds(document: Document, outline: Outline) -> None:
    """Assert what every outline keeps to: offsets in order, each clause inside its parent, keys unique."""
    size, last = len(document.text), 0
    assert all(0 <= mark.start <= mark.end <= size for mark in document.marks)
    assert all(0 <= span.start < span.end <= size for span in document.furniture)
    assert [at for at, _ in document.origins] == sorted(at for at, _ in document.origins)
    for sentence in outline.sentences:
        clause = outline.clauses[sentence.clause]
        assert last <= sentence.start < sentence.end <= sentence.whole_end <= size
        assert clause.start <= sentence.start
        assert sentence.end <= clause.whole_end
        last = sentence.end
    for index, clause in enumerate(outline.clauses):
        assert 0 <= clause.start <= clause.end <= clause.whole_end <= size
        if clause.parent is not None:
            parent = outline.clauses[clause.parent]
            assert clause.parent < index
            assert parent.start <= clause.start
            assert clause.whole_end <= parent.whole_end
    assert len({clause.key for clause in outline.clauses}) == len(outline.clauses)


@pytest.mark.parametrize("form", READERS)
def test_a_damaged_file_is_read_or_refused_with_one_line(form: str) -> None:
    read_well = 0
    for number in range(RUNS):
        seed = f"{form}-{number}"
        try:
            with at_most(SECONDS):
                document = READERS[form](random.Random(seed))
                holds(document, segment(document))
            read_well += 1
        except SourceError as refused:
            told = str(refused)
            assert "\n" not in told, seed
        except Exception as error:
            raise AssertionError(f"seed {seed}: {type(error).__name__}: {error}") from error
    assert read_well >= RUNS // 10, f"only {read_well} of {RUNS} damaged files could be read: the damage is too great"
