"""Word files that are broken, locked, hostile or no Word files: one clear line each, at a bounded cost."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactgraph.errors import SourceError
from pactgraph.reading.docx import read_docx
from pactgraph.reading.docx_package import WordLimits

Word = Callable[..., bytes]

PARAGRAPH = "<w:p><w:r><w:t>The fee is due.</w:t></w:r></w:p>"


def refusal(data: bytes, limits: WordLimits | None = None) -> str:
    with pytest.raises(SourceError) as caught:
        read_docx(data, "a", "a.docx", "x", limits=limits)
    message = str(caught.value)
    assert message.startswith("a.docx: ")
    assert "\n" not in message
    return message


def zipped(**files: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "is empty"),
        (b"plain words", "is not a Word document"),
        (b"\0" * 100, "is not a Word document"),
        (b"PK\x03\x04 no archive", "is truncated or damaged"),
        (b"%PDF-1.7\n", "is a PDF; rename it to .pdf"),
        (b"{\\rtf1 x}", "is an RTF document"),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>x", "is a web page; rename it to .html"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "is an old Office document"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "password-protected; remove its password",
        ),
        (zipped(xl__workbook_xml="x"), "is an Excel workbook"),
        (zipped(ppt__presentation_xml="x"), "is a PowerPoint presentation"),
        (zipped(mimetype="x", content_xml="x"), "is an OpenDocument file"),
        (zipped(readme_txt="x"), "is a ZIP archive"),
    ],
)
def test_what_is_no_word_file_is_named(data: bytes, expected: str) -> None:
    assert expected in refusal(data)


def test_a_truncated_file_is_refused(word: Word) -> None:
    data = word(PARAGRAPH * 50)
    assert "truncated or damaged" in refusal(data[: len(data) // 2])


def test_damaged_contents_are_refused(word: Word) -> None:
    data = bytearray(word(PARAGRAPH * 50))
    data[60:90] = bytes(30)
    assert "damaged" in refusal(bytes(data))


def test_an_encrypted_archive_is_refused(word: Word) -> None:
    data = bytearray(word(PARAGRAPH))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + flags] |= 1
    assert "encrypted; remove its password" in refusal(bytes(data))


def test_broken_xml_is_refused(word: Word) -> None:
    assert "word/document.xml is damaged" in refusal(word("<w:p>"))


def test_a_document_without_words_is_refused(word: Word) -> None:
    assert "holds no text" in refusal(word("<w:p/>"))


def test_a_document_without_body_is_refused() -> None:
    assert "has no body" in refusal(zipped(word__document_xml="<x/>"))


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE w SYSTEM "file:///etc/passwd">',
        '<!doctype w [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_a_dtd_is_refused_before_it_is_parsed(prolog: str) -> None:
    xml = f'{prolog}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
    assert "declares a DTD or entities" in refusal(zipped(word__document_xml=xml))


def test_a_dtd_hidden_in_another_encoding_is_refused() -> None:
    xml = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE w><w/>'.encode("utf-16")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", xml)
    assert "is not UTF-8" in refusal(buffer.getvalue())


def test_a_zip_bomb_is_refused_by_its_stated_size(word: Word) -> None:
    data = word(PARAGRAPH, files={"word/styles.xml": b" " * 30_000_000})
    assert len(data) < 100_000
    assert "unpacks to more than 10 MB" in refusal(data, WordLimits(unpacked=10 * 1024 * 1024))


def test_a_zip_bomb_that_lies_about_its_size_is_refused(word: Word) -> None:
    data = bytearray(word(PARAGRAPH, files={"word/styles.xml": b" " * 30_000_000}))
    size = (30_000_000).to_bytes(4, "little")
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = (1000).to_bytes(4, "little")
    refusal(bytes(data), WordLimits(unpacked=10 * 1024 * 1024))


def test_unread_parts_may_be_of_any_size(word: Word) -> None:
    data = word(PARAGRAPH, files={"word/media/image1.png": b" " * 30_000_000})
    assert read_docx(data, "a", "a.docx", "x", limits=WordLimits(unpacked=1024 * 1024)).text == "The fee is due."


def test_too_many_paragraphs_are_refused(word: Word) -> None:
    assert "holds more than 100 paragraphs" in refusal(word("<w:p/>" * 101), WordLimits(paragraphs=100))


def test_a_bomb_of_paragraphs_is_refused_before_it_is_parsed(word: Word) -> None:
    assert "more than 6,000,000 tags" in refusal(word("<w:p/>" * 6_000_001))


def test_deep_nesting_is_refused(word: Word) -> None:
    assert "is damaged" in refusal(word("<w:sdt><w:sdtContent>" * 5000 + "</w:sdtContent></w:sdt>" * 5000))


def test_relations_that_lead_out_of_the_file_lead_nowhere(word: Word) -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Type="x/officeDocument" Target="../../etc/passwd"/>'
        '<Relationship Id="b" Type="x/styles" Target="http://example.invalid/" TargetMode="External"/></Relationships>'
    )
    data = word(PARAGRAPH, files={"_rels/.rels": relations, "word/_rels/document.xml.rels": relations})
    assert read_docx(data, "a", "a.docx", "x").text == "The fee is due."


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32), count=st.integers(1, 40))
def test_flipped_bytes_raise_nothing_but_source_errors(seed: int, count: int) -> None:
    body = PARAGRAPH + "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    xml = f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>'
    data = bytearray(zipped(word__document_xml=xml, word__styles_xml="<x/>"))
    chance = random.Random(seed)
    for _ in range(count):
        data[chance.randrange(len(data))] = chance.randrange(256)
    message = ""
    try:
        read_docx(bytes(data), "a", "a.docx", "x")
    except SourceError as error:
        message = str(error)
    assert "\n" not in message


TAGS = st.sampled_from(
    [
        *("p", "r", "t", "tab", "br", "tbl", "tr", "tc", "sdt", "sdtContent", "ins", "del", "fldChar", "instrText"),
        *("numPr", "pPr", "rPr", "footnoteReference", "drawing"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(tags=st.lists(TAGS, max_size=30), chance=st.randoms(use_true_random=False))
def test_elements_in_any_order_raise_nothing_but_source_errors(tags: list[str], chance: random.Random) -> None:
    inside = "words"
    for tag in tags:
        inside = f"<w:{tag}>{inside}</w:{tag}>" if chance.random() < 0.7 else f'{inside}<w:{tag} w:val="1"/>'
    xml = f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{inside}</w:body></w:document>'
    try:
        document = read_docx(zipped(word__document_xml=xml), "a", "a.docx", "x")
    except SourceError:
        return
    assert all(document.text[mark.start : mark.end].strip() for mark in document.marks)
