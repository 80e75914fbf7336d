"""Bytes to exact text: which encoding, and what a user should know about the guess."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from pactgraph.errors import SourceError

# UTF-32's little-endian mark begins with UTF-16's, so it is tried first.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
)
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27})
_CONTROL_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class Decoded:
    """The exact text of some bytes, how it was decoded, and warnings where that was a guess."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, name: str) -> Decoded:
    """Return the text of `data`, by byte order mark, strict UTF-8, then Windows-1252, in that order.

    Newlines stay as they are, and a UTF-8 mark stays in the text as U+FEFF, so that for UTF-8 the
    text is `data.decode("utf-8")`. `name` is used in messages only.

    >>> decode(b"caf\\xc3\\xa9", "a.txt").text, decode(b"caf\\xe9", "a.txt").encoding
    ('café', 'cp1252')

    Raises SourceError where `data` is binary, empty, blank or in no known encoding.
    """
    if not data:
        raise SourceError(f"{name}: the file is empty; put the agreement's text into it, or leave it out.")
    decoded = _decode(data, name)
    if not decoded.text.replace("\ufeff", "").strip():
        raise SourceError(
            f"{name}: the file holds only white space; put the agreement's text into it, or leave it out."
        )
    return decoded


def _decode(data: bytes, name: str) -> Decoded:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data, encoding, name)
    _refuse_binary(data, name)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        offset = error.start
    warning = f"{name}: byte {offset} is not UTF-8, so the text was read as Windows-1252; save it as UTF-8 to be sure."
    try:
        return Decoded(data.decode("cp1252"), "cp1252", (warning,))
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{name}: byte {error.start} (0x{data[error.start]:02x}) is neither UTF-8 nor Windows-1252; "
            "save the file as UTF-8."
        ) from error


def _marked(data: bytes, encoding: str, name: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{name}: the file begins like {encoding.upper()} but byte {error.start} is not; save the file as UTF-8."
        ) from error


def _refuse_binary(data: bytes, name: str) -> None:
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise SourceError(f"{name}: the file is {what}, not text; export it as plain text (UTF-8) first.")
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if b"\0" in data or controls > _CONTROL_SHARE * len(data):
        raise SourceError(f"{name}: the file is binary, not text; export it as plain text (UTF-8) first.")
