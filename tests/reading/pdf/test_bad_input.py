"""What cannot be read as a PDF gets one clear line, in bounded time and memory."""

from __future__ import annotations

import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pactgraph.errors import SourceError
from pactgraph.model import Document
from pactgraph.reading import Limits

MakeFile = Callable[..., bytes]
MakePages = Callable[..., bytes]
Read = Callable[..., Document]

LEAF = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>"
ROOT = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"}


def refused(read_bytes: Read, data: bytes, name: str = "deed.pdf", limits: Limits | None = None) -> str:
    """Return the one line that reading `data` ends with."""
    with pytest.raises(SourceError) as caught:
        read_bytes(data, name, limits or Limits())
    message = str(caught.value)
    assert message.startswith(f"{name}: ")
    assert "\n" not in message
    assert len(message) < 200
    return message


def document_or_message(read_bytes: Read, data: bytes) -> Document | str:
    try:
        return read_bytes(data, limits=Limits(seconds=20))
    except SourceError as error:
        return str(error)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "the file is empty"),
        (b"\x01\x02\xff\xfe" * 999, "something else, not a PDF"),
        (b"1. Fees. Nobody owes anything.\n", "plain text, not a PDF"),
        (b"PK\x03\x04 and so on", "a ZIP archive or an Office document, not a PDF"),
        (b"<!DOCTYPE html><p>Fees</p>", "a web page, not a PDF"),
        (b"%PDF-1.7\n" + b"\x00garbage\xff" * 500, "truncated or damaged"),
    ],
    ids=["empty", "garbage", "text", "zip", "html", "signature-only"],
)
def test_what_is_no_pdf_is_told_for_what_it_is(read_bytes: Read, data: bytes, told: str) -> None:
    assert told in refused(read_bytes, data)


def test_a_pdf_with_a_lying_suffix_is_told(read_bytes: Read, pdf_pages: MakePages) -> None:
    assert "PDF" in refused(read_bytes, pdf_pages([[(60, 700, "Fees")]]), "deed.txt")


def test_a_password_is_asked_for(read_bytes: Read, pdf_file: MakeFile) -> None:
    locked = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >> /ID [<00> <00>]"
    data = pdf_file({**ROOT, 3: LEAF}, locked % (b"5a" * 32, b"a5" * 32))
    assert "protected by a password" in refused(read_bytes, data)


def test_an_unknown_encryption_is_told(read_bytes: Read, pdf_file: MakeFile) -> None:
    locked = b"/Encrypt << /Filter /Acme.Locks /V 1 /R 2 >> /ID [<00> <00>]"
    assert "encrypted in an unknown way" in refused(read_bytes, pdf_file({**ROOT, 3: LEAF}, locked))


def test_a_pdf_without_words_is_refused(read_bytes: Read, pdf_file: MakeFile) -> None:
    assert "no page holds text" in refused(read_bytes, pdf_file({**ROOT, 3: LEAF}))


def test_a_form_that_shows_itself_ends_at_the_time_limit(read_bytes: Read, pdf_file: MakeFile) -> None:
    show = b" ".join([b"/F0 Do"] * 40)
    form = (
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /XObject << /F0 %d 0 R >> >> "
        b"/Length %d >>\nstream\n%s\nendstream"
    )
    objects = {number: form % (number % 11 + 5, len(show), show) for number in range(5, 16)}
    page = LEAF[:-2] + b"/Contents 4 0 R /Resources << /XObject << /F0 5 0 R >> >> >>"
    content = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(show), show)
    begun = time.monotonic()
    message = refused(read_bytes, pdf_file({**ROOT, 3: page, 4: content, **objects}), limits=Limits(seconds=2))
    assert "more than the 2 s" in message
    assert time.monotonic() - begun < 30


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux limits the address space reliably")
def test_a_stream_that_inflates_without_end_stays_within_the_memory(read_bytes: Read, pdf_file: MakeFile) -> None:
    packer = zlib.compressobj(1)
    blanks = b" " * (1 << 20)
    packed = b"".join([*(packer.compress(blanks) for _ in range(700)), packer.flush()])
    content = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
    page = LEAF[:-2] + b"/Contents 4 0 R >>"
    message = refused(read_bytes, pdf_file({**ROOT, 3: page, 4: content}), limits=Limits(seconds=50, megabytes=256))
    assert "256 MB of memory" in message or "no page holds text" in message


def test_fifty_thousand_pages_are_counted_and_refused(read_bytes: Read, pdf_file: MakeFile) -> None:
    count = 50_000
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(count))
    objects = {1: ROOT[1], 2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count)}
    objects |= {number + 3: LEAF for number in range(count)}
    assert "has 50,000 pages, more than the limit of 5,000" in refused(read_bytes, pdf_file(objects))


def test_a_count_of_pages_that_lies_is_harmless(read_bytes: Read, pdf_pages: MakePages) -> None:
    data = pdf_pages([[(60, 700, "Fees are due.")]]).replace(b"/Count 1 ", b"/Count 9 ")
    got = document_or_message(read_bytes, data)
    assert "damaged" in got if isinstance(got, str) else "Fees are due." in got.text


def test_a_file_larger_than_the_memory_is_not_opened(read_bytes: Read) -> None:
    assert "is larger than the 1 MB" in refused(read_bytes, b"%PDF-" + bytes(2 << 20), limits=Limits(megabytes=1))


def test_a_truncated_file_is_repaired_once_and_says_so(read_bytes: Read, pdf_pages: MakePages) -> None:
    pytest.importorskip("pikepdf", reason="repairing needs the extra pactgraph[repair]")
    whole = pdf_pages([[(60, 700, "Fees are due in thirty days.")], [(60, 700, "Terms end in May.")]])
    document = read_bytes(whole[: whole.index(b"xref\n") - 40])
    assert "Fees are due" in document.text
    assert "pages may be missing" in document.warnings[0]


def test_a_damaged_page_is_told_of_and_the_others_are_read(read_bytes: Read, pdf_file: MakeFile) -> None:
    words = b"BT /F1 10 Tf 60 700 Td (Fees are due.) Tj ET"
    font = b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Courier >> >> >>"
    pages = {2: b"<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>", 3: LEAF[:-2] + b"/Contents 5 0 R " + font + b" >>"}
    content = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(words), words)
    document = read_bytes(pdf_file({1: ROOT[1], **pages, 4: b"(no page)", 5: content}))
    assert document.text.strip("\f") == "Fees are due."
    assert document.warnings


def test_a_damaged_file_names_the_extra_that_may_repair_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from pactgraph.reading.pdf_opening import opened

    monkeypatch.setitem(sys.modules, "pikepdf", None)
    with pytest.raises(SourceError, match=r"deed\.pdf: .*pip install 'pactgraph\[repair\]'"):
        opened(b"%PDF-1.7\n" + bytes(500), "deed.pdf")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 3000), st.binary(max_size=4)), min_size=1, max_size=8), st.integers(0, 3000))
def test_a_damaged_file_is_read_or_refused_in_one_line(
    read_bytes: Read, pdf_pages: MakePages, damages: list[tuple[int, bytes]], cut: int
) -> None:
    whole = pdf_pages([[(60, 700, "Fees are due."), (60, 40, f"{number}")] for number in range(1, 4)])
    data = bytearray(whole if cut % 2 else whole[: len(whole) - cut % len(whole)])
    for place, words in damages:
        data[place : place + len(words)] = words
    got = document_or_message(read_bytes, bytes(data))
    if isinstance(got, str):
        assert got.startswith("deed.pdf: ")
        assert "\n" not in got
    else:
        assert all(0 <= span.start < span.end <= len(got.text) for span in got.furniture)
        assert got.pages[-1].end == len(got.text)


def test_a_folder_with_a_bad_file_keeps_the_good_one(tmp_path: Path, pdf_pages: MakePages) -> None:
    from pactgraph.graph import Graph

    folder = tmp_path / "deeds"
    folder.mkdir()
    (folder / "bad.pdf").write_bytes(b"%PDF-1.7\nnothing")
    (folder / "good.pdf").write_bytes(pdf_pages([[(60, 700, "This Agreement is governed by the laws of France.")]]))
    with Graph.open(tmp_path / "graph", writing=True) as graph:
        summary = graph.build([folder], validate=False)
    assert summary.added == ("good",)
    assert [name for name, _ in summary.skipped] == ["bad.pdf"]
