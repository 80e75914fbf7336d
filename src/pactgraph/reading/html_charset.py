"""Which characters the bytes of a web page are."""

from __future__ import annotations

import codecs
import re

from pactgraph.reading.decoding import Decoded, decode

_DECLARED = re.compile(
    rb"""<meta\b[^>]{0,400}?\bcharset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})|<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([A-Za-z0-9_:.-]{2,40})""",
    re.IGNORECASE,
)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_TEXT_CODEC = re.compile(
    r"utf-8|(?:windows-?|cp)12\d\d|cp125\d|iso-?8859-\d+|koi8-[ru]|mac-roman|gb\d+|gbk|big5|euc[-_](?:jp|kr)|shift[-_]jis"
)
_SEARCHED = 4096
_WIDER = {"ascii": "cp1252", "us-ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030"}
"""What browsers read for an encoding whose name says less."""


def decode_page(data: bytes, name: str) -> Decoded:
    """Return the text of a web page: by byte order mark, as the page declares, else as any text.

    Raises SourceError where `data` is binary, empty, blank or in no known encoding.
    """
    guessed = None
    declared = _declared(data)
    if declared and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = _known(declared)
        try:
            if encoding and encoding != "utf-8" and b"\0" not in data:
                return Decoded(data.decode(encoding), encoding)
        except UnicodeDecodeError as error:
            guessed = f"{name}: declares {declared} but byte {error.start} is not; save it as UTF-8 to be sure."
        if not encoding:
            guessed = f"{name}: declares the unknown encoding '{declared}'; save it as UTF-8 to be sure."
    decoded = decode(data, name)
    return Decoded(decoded.text, decoded.encoding, (guessed, *decoded.warnings)) if guessed else decoded


def _declared(data: bytes) -> str:
    match = _DECLARED.search(_COMMENT.sub(b"", data[:_SEARCHED]))
    return (match[1] or match[2]).decode("ascii").lower() if match else ""


def _known(declared: str) -> str:
    """Return the name of a declared encoding, as browsers take it; empty where it is none for text.

    >>> _known("latin1"), _known("utf-16"), _known("rot13")
    ('cp1252', 'utf-8', '')
    """
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        return ""
    if name.startswith("utf-16"):
        return "utf-8"
    name = _WIDER.get(name, name)
    return name if _TEXT_CODEC.fullmatch(name.replace("_", "-")) or _TEXT_CODEC.fullmatch(name) else ""
