"""Bytes become exact text, or one clear line says why not."""

from __future__ import annotations

import pytest

from pactgraph.errors import SourceError
from pactgraph.reading.decoding import decode


def test_utf8_is_kept_as_its_bytes_say() -> None:
    data = "Fees are €5.\r\nTerm: one year.\n".encode()
    assert decode(data, "a.txt").text == data.decode("utf-8")


def test_utf8_mark_stays_at_offset_zero() -> None:
    data = b"\xef\xbb\xbfFees"
    assert decode(data, "a.txt").text == data.decode("utf-8") == "\ufeffFees"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_other_marks_decide_the_encoding(encoding: str) -> None:
    decoded = decode("Fees".encode(encoding), "a.txt")
    assert (decoded.text, decoded.encoding) == ("Fees", encoding)


def test_other_bytes_are_read_as_cp1252_with_a_warning() -> None:
    decoded = decode("Client’s café".encode("cp1252"), "a.txt")
    assert decoded.text == "Client’s café"
    assert decoded.encoding == "cp1252"
    assert "a.txt: byte 6" in decoded.warnings[0]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "white space"),
        (b"\xef\xbb\xbf \n", "white space"),
        (b"abc\0def", "binary"),
        (b"\x01\x02\x03\x04 text", "binary"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"caf\x81", "neither UTF-8 nor Windows-1252"),
        (b"\xff\xfea", "UTF-16"),
    ],
)
def test_unusable_bytes_are_refused_in_one_line(data: bytes, words: str) -> None:
    with pytest.raises(SourceError) as caught:
        decode(data, "acme.txt")
    message = str(caught.value)
    assert message.startswith("acme.txt: ")
    assert words in message
    assert ";" in message, "the fix is missing"
    assert "\n" not in message
