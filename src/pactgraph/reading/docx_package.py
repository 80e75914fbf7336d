"""Open a Word file's parts safely: a zip archive of XML by strangers, with limits on all of it."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from pactgraph.errors import SourceError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"

_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DECLARED = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_CHUNK = 1 << 16
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    IndexError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
"""What zipfile raises of archives that are damaged, most of it undocumented."""

_RELATIONS = "_rels/.rels"


@dataclass(frozen=True, slots=True)
class WordLimits:
    """What a Word file may cost: bytes of XML once unpacked, XML tags, and paragraphs."""

    unpacked: int = 128 * 1024 * 1024
    tags: int = 6_000_000
    paragraphs: int = 100_000


@dataclass(slots=True)
class Package:
    """An open Word file; `parts` by name, each read at most once, `used` bytes of the limit so far."""

    name: str
    archive: zipfile.ZipFile
    limits: WordLimits
    main: str = ""
    used: int = 0

    def part(self, path: str) -> etree._Element | None:
        """Return the root of an XML part, or None where the file has no such part.

        Raises SourceError where the part is damaged, encrypted, too large, or declares a DTD or entities.
        """
        try:
            info = self.archive.getinfo(path)
        except KeyError:
            return None
        data = self._bytes(info)
        if _DECLARED.search(data):
            raise SourceError(
                f"{self.name}: {path} declares a DTD or entities, which Word never does; do not trust the file."
            )
        if b"\0" in data[:200]:
            raise SourceError(f"{self.name}: {path} is not UTF-8; open the file in Word and save it again as .docx.")
        if data.count(b"<") > self.limits.tags:
            raise SourceError(f"{self.name}: {path} holds more than {self.limits.tags:,} tags; split the document.")
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        try:
            return etree.fromstring(data, _parser())
        except (etree.XMLSyntaxError, ValueError) as error:
            reason = str(error).splitlines()[0] if str(error) else "not XML"
            raise SourceError(
                f"{self.name}: {path} is damaged ({reason}); let Word repair it and save it again."
            ) from error

    def related(self, kind: str) -> etree._Element | None:
        """Return the root of the part that the main part names as its `kind`: 'numbering', 'styles', …"""
        folder, file = posixpath.split(self.main)
        for target in _targets(self.part(posixpath.join(folder, "_rels", f"{file}.rels")), kind):
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            return self.part(path)
        return self.part(posixpath.join(folder, f"{kind}.xml"))

    def _bytes(self, info: zipfile.ZipInfo) -> bytes:
        if info.flag_bits & 0x1:
            raise SourceError(f"{self.name}: the file is encrypted; remove its password and save it again.")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise SourceError(f"{self.name}: {info.filename} is packed in a way that Word never uses; save it in Word.")
        if self.used + info.file_size > self.limits.unpacked:
            raise self._too_large()
        chunks: list[bytes] = []
        try:
            with self.archive.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    self.used += len(chunk)
                    if self.used > self.limits.unpacked:
                        raise self._too_large()
                    chunks.append(chunk)
        except _BROKEN as error:
            raise SourceError(
                f"{self.name}: {info.filename} inside cannot be unpacked; the file is damaged, get a complete copy."
            ) from error
        return b"".join(chunks)

    def _too_large(self) -> SourceError:
        size = self.limits.unpacked // (1024 * 1024)
        return SourceError(f"{self.name}: unpacks to more than {size} MB of XML; split the document.")


def open_package(data: bytes, name: str, limits: WordLimits) -> Package:
    """Return the Word file that `data` holds.

    Raises SourceError that says what is wrong and what to do where `data` is empty, truncated,
    password-protected, or no Word document.
    """
    _refuse_others(data, name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise SourceError(f"{name}: the file is truncated or damaged; get a complete copy of the document.") from error
    package = Package(name, archive, limits)
    names = set(archive.namelist())
    package.main = next(
        (t.lstrip("/") for t in _targets(package.part(_RELATIONS), "officeDocument") if t.lstrip("/") in names),
        "word/document.xml",
    )
    if package.main not in names or (not package.main.startswith("word/") and "word/document.xml" not in names):
        raise SourceError(f"{name}: the file is {_other_zip(names)}, not a Word document; save it as .docx first.")
    return package


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _targets(relations: etree._Element | None, kind: str) -> list[str]:
    if relations is None:
        return []
    return [
        str(each.get("Target", ""))
        for each in relations.iter(RELATION)
        if str(each.get("Type", "")).endswith(f"/{kind}") and each.get("TargetMode") != "External"
    ]


def _refuse_others(data: bytes, name: str) -> None:
    if not data:
        raise SourceError(f"{name}: the file is empty; put the agreement into it, or leave it out.")
    if data.startswith(_COMPOUND):
        if _ENCRYPTED in data:
            raise SourceError(
                f"{name}: the document is password-protected; remove its password in Word and save it again."
            )
        raise SourceError(f"{name}: the file is an old Office document, not .docx; save it as .docx in Word first.")
    if data.startswith(b"PK"):
        return
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"%pdf-"):
        raise SourceError(f"{name}: the file is a PDF; rename it to .pdf.")
    if start.startswith(b"{\\rtf"):
        raise SourceError(f"{name}: the file is an RTF document; save it as .docx in Word first.")
    if start.startswith((b"<!doctype html", b"<html")):
        raise SourceError(f"{name}: the file is a web page; rename it to .html.")
    raise SourceError(f"{name}: the file is not a Word document (.docx); save it as .docx in Word first.")


def _other_zip(names: set[str]) -> str:
    if "xl/workbook.xml" in names:
        return "an Excel workbook"
    if "ppt/presentation.xml" in names:
        return "a PowerPoint presentation"
    if "content.xml" in names and "mimetype" in names:
        return "an OpenDocument file"
    return "a ZIP archive"
