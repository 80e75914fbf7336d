"""The same agreement as text, as Markdown, as a Word file, as a web page and as a PDF: one outline, the same terms."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from pactgraph.extracting import RuleSet, extract, load_rules
from pactgraph.model import Document, Outline
from pactgraph.reading import Source, read
from pactgraph.segmenting import segment

AGREEMENTS = ("brackenholt.txt", "havelsteg.txt", "quillmere.md")
FORMS = ("text", ".docx", ".html", ".md")
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


class Paragraph(NamedTuple):
    """A paragraph of an example: its typed number, its words, the rank of a heading, or the cells of a table row."""

    number: str
    words: str
    rank: int = 0
    cells: tuple[str, ...] = ()


# Reading the examples in the simplest way that does for them ------------------------------------


def paragraphs(path: Path) -> list[Paragraph]:
    text = path.read_text(encoding="utf-8")
    found: list[Paragraph] = []
    for chunk in re.split(r"\n{2,}", text.strip("\n")):
        lines = chunk.split("\n")
        wrapped = path.name == "brackenholt.txt" and not any(re.search(r"\S {3,}\S", line) for line in lines)
        if wrapped and not all(line.startswith(" " * 8) for line in lines):
            lines = [" ".join(line.strip() for line in lines)]
        found += map(row if "%" in chunk and not wrapped else paragraph, lines)
    return found


def row(line: str) -> Paragraph:
    cells = tuple(re.split(r" {3,}", line.strip()))
    return Paragraph("", line, cells=cells) if len(cells) > 1 else paragraph(line)


def paragraph(line: str) -> Paragraph:
    line = line.strip()
    rank = len(line) - len(line.lstrip("#"))
    words = line.lstrip("# ")
    number = re.match(r"(ARTICLE \d+\.|\d+\.\d+|\d+\.|\([a-zA-Z0-9]\)|-) ", words)
    typed = number[1] if number else ""
    return Paragraph(typed, words[len(typed) :].strip(), 1 if typed.startswith("ARTICLE") else rank)


# Writing them as Word does ----------------------------------------------------------------------

LEVELS = {
    "main": [("decimal", "ARTICLE %1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)")],
    "plain": [("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)")],
    "parties": [("decimal", "(%1)")],
    "recitals": [("upperLetter", "(%1)")],
    "bullets": [("bullet", "-")],
}
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="H{n}"><w:name w:val="heading {n}"/></w:style>' for n in range(1, 4)
)


def numbering(restarts: int) -> str:
    """Return the lists; after the first, `restarts` lists more that begin the plain one anew."""
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{place}">{"".join(map(level, range(9), levels))}</w:abstractNum>'
        for place, levels in enumerate(LEVELS.values())
    )
    instances = "".join(f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(len(LEVELS)))
    for n in range(restarts):
        instances += (
            f'<w:num w:numId="{100 + n}"><w:abstractNumId w:val="1"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
    return lists + instances


def level(place: int, described: tuple[str, str]) -> str:
    form, words = described
    return f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{words}"/></w:lvl>'


def as_word(path: Path) -> bytes:
    body: list[str] = []
    main, restarts = "main" if path.name == "brackenholt.txt" else "plain", 0
    current = list(LEVELS).index(main) + 1
    for each in paragraphs(path):
        if re.match(r"(?:SCHEDULE|ANNEX) \w", each.words):
            current, restarts = 100 + restarts, restarts + 1
        if each.cells:
            cells = "".join(f"<w:tc><w:p><w:r><w:t>{html.escape(c)}</w:t></w:r></w:p></w:tc>" for c in each.cells)
            body.append(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")
            continue
        style = f'<w:pStyle w:val="H{each.rank}"/>' if each.rank else ""
        number = place_of(each.number, current) if path.suffix == ".txt" or each.number == "-" else ""
        typed = f"{each.number} " if each.number and not number else ""
        body.append(f"<w:p><w:pPr>{style}{number}</w:pPr>{''.join(runs(typed + each.words))}</w:p>")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{''.join(body)}</w:body></w:document>")
        archive.writestr("word/numbering.xml", f"<w:numbering {W}>{numbering(restarts)}</w:numbering>")
        archive.writestr("word/styles.xml", f"<w:styles {W}>{STYLES}</w:styles>")
    return buffer.getvalue()


def place_of(number: str, current: int) -> str:
    """Return the place in Word's numbering that makes this number."""
    forms = (
        (r"ARTICLE \d+\.|\d+\.", current, 0),
        (r"\d+\.\d+", current, 1),
        (r"\([a-z]\)", current, 2),
        (r"\(\d\)", 3, 0),
        (r"\([A-Z]\)", 4, 0),
        ("-", 5, 0),
    )
    found = next(((instance, place) for form, instance, place in forms if re.fullmatch(form, number)), None)
    return f'<w:numPr><w:ilvl w:val="{found[1]}"/><w:numId w:val="{found[0]}"/></w:numPr>' if found else ""


def runs(words: str) -> Iterator[str]:
    words = re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", words)
    for position, part in enumerate(re.split(r"\*\*|(?<!\w)\*(?=\w)|(?<=\d)\*$", words)):
        bold = "<w:rPr><w:b/></w:rPr>" if position % 2 and "**" in words else ""
        yield f'<w:r>{bold}<w:t xml:space="preserve">{html.escape(part)}</w:t></w:r>'


# Writing them as a web page ---------------------------------------------------------------------


def as_page(path: Path) -> bytes:
    found: list[str] = []
    opened = ""
    for each in paragraphs(path):
        tag = "ul" if each.number == "-" else "ol" if re.fullmatch(r"\d+\.", each.number) and not each.rank else ""
        if opened and tag != opened:
            found.append(f"</{opened}>")
            opened = ""
        if tag and not opened:
            found.append(f'<ol start="{each.number[:-1]}">' if tag == "ol" else "<ul>")
            opened = tag
        found.append(element(each, tag))
    page = "\n".join(found)
    return f"<!doctype html><title>x</title><body><nav>Home</nav><main>{page}</main></body>".encode()


def element(each: Paragraph, tag: str) -> str:
    if each.cells:
        return "<table><tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in each.cells) + "</tr></table>"
    words = re.sub(r"\[([^]]+)\]\(([^)]+)\)", r'<a href="\2">\1</a>', html.escape(each.words, quote=False))
    words = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", words)
    words = re.sub(r"^\*(.+)\*$", r"<em>\1</em>", words)
    if tag:
        return f"<li>{words}</li>"
    name = f"h{each.rank + 1 if each.number.startswith('ARTICLE') else each.rank}" if each.rank else "p"
    return f"<{name}>{each.number} {words}</{name}>"


# Writing them as Markdown ------------------------------------------------------------------------


def as_markdown(path: Path) -> bytes:
    found: list[str] = []
    for each in paragraphs(path):
        typed = f"{each.number} " if each.number else ""
        if each.cells:
            is_first = not found or not found[-1].startswith("| ")
            line = f"| {' | '.join(each.cells)} |"
            found.append(f"{line}\n|{' --- |' * len(each.cells)}" if is_first else line)
        elif each.rank:
            found.append(f"{'#' * each.rank} {typed}{each.words}")
        else:
            found.append(f"{typed}{each.words}")
    page = "\n\n".join(found)
    return re.sub(r"(?m)\|\n\n(?=\| )", "|\n", page).encode()


# What is compared -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rules(root: Path) -> RuleSet:
    return load_rules(root / "mappings")


def documents(path: Path, folder: Path) -> dict[str, Document]:
    found = {"text": read(Source(path, "a", path.name))}
    for suffix, data in ((".docx", as_word(path)), (".html", as_page(path)), (".md", as_markdown(path))):
        made = folder / f"a{suffix}"
        made.write_bytes(data)
        found[suffix] = read(Source(made, "a", made.name))
    return found


def shown(outline: Outline) -> list[tuple[str, str, str, int]]:
    return [
        (c.key.replace("#", ""), "•" if c.kind == "bullet" else c.number, c.heading, c.level) for c in outline.clauses
    ]


def terms(document: Document, outline: Outline, rules: RuleSet) -> list[tuple[str, str, str]]:
    """Return the terms found: kind, fields and clause."""
    return sorted(
        (finding.term, repr(sorted(finding.fields.items())), clause_of(outline, finding.clause))
        for finding in extract(document, outline, rules)
    )


def clause_of(outline: Outline, clause: int | None) -> str:
    return outline.clauses[clause].key if clause is not None else ""


@pytest.mark.parametrize("name", AGREEMENTS)
def test_an_agreement_has_one_outline_in_all_formats(name: str, examples: Path, tmp_path: Path) -> None:
    found = {form: shown(segment(document)) for form, document in documents(examples / name, tmp_path).items()}
    assert len(found["text"]) > 20
    assert len(found) == len(FORMS)
    for form in FORMS:
        assert found[form] == found["text"], form


@pytest.mark.parametrize("name", AGREEMENTS)
def test_an_agreement_yields_the_same_terms_in_all_formats(
    name: str, examples: Path, tmp_path: Path, rules: RuleSet
) -> None:
    found = {
        form: terms(document, segment(document), rules)
        for form, document in documents(examples / name, tmp_path).items()
    }
    assert len(found["text"]) > 15
    assert len(found) == len(FORMS)
    for form in FORMS:
        assert found[form] == found["text"], form


@pytest.mark.parametrize("name", AGREEMENTS)
def test_automatic_numbers_are_no_part_of_the_text(name: str, examples: Path, tmp_path: Path) -> None:
    document = documents(examples / name, tmp_path)[".docx"]
    labelled = [mark for mark in document.marks if mark.label and mark.label != "•"]
    assert len(labelled) > 30 or name == "quillmere.md"
    assert not [mark for mark in labelled if document.text[mark.start : mark.end].startswith(mark.label)]
