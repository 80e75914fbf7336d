"""Reading a file gives its exact text and says where it is from."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from pactgraph.errors import SourceError
from pactgraph.reading import FORMATS, Source, discover, read


def test_a_document_is_the_file_s_exact_text(tmp_path: Path) -> None:
    data = "\ufeffActe – “Terms”.\r\nFees.\n".encode()
    path = tmp_path / "acme.md"
    path.write_bytes(data)
    document = read(discover([path]).sources[0])
    assert document.text == data.decode("utf-8")
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert (document.slug, document.source, document.media_type) == ("acme", "acme.md", "text/markdown")


def test_a_file_that_is_gone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"acme\.txt: cannot be opened"):
        read(Source(tmp_path / "acme.txt", "acme", "acme.txt"))


def test_text_and_markdown_can_be_read() -> None:
    assert {".txt", ".text", ".md", ".markdown"} <= set(FORMATS)


def test_the_seeds_are_read_as_their_bytes_say(shared: Path) -> None:
    sources = discover([shared / "agreements" / "seeds"]).sources
    assert len(sources) == 5
    for source in sources:
        document = read(source)
        assert document.text == source.path.read_bytes().decode("utf-8")
        assert document.warnings == ()
