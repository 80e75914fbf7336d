"""Patterns, archives, URLs and standard input become named sources, whose bytes come within limits."""

from __future__ import annotations

import importlib
import io
import os
import pickle
import struct
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from pactgraph.errors import MissingExtraError, SlugClashError, SourceError
from pactgraph.reading import Discovery, Limits, Source, discover, from_stream, read
from pactgraph.reading.archives import MOST_MEMBERS, harmless
from pactgraph.reading.sources import content

TEXT = b"1. Fees. The Customer shall pay within thirty (30) days.\n"


def put(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(TEXT)


def pack(path: Path, members: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def slugs(found: Discovery) -> list[str]:
    return [source.slug for source in found.sources]


# --- folders and patterns -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.txt", ["acme"]),
        ("*", ["acme", "eu--de--msa", "eu--msa", "notes"]),
        ("**/*.txt", ["acme", "eu--de--msa", "eu--msa"]),
        ("**/msa.*", ["eu--de--msa", "eu--msa"]),
        ("e?/msa.txt", ["eu--msa"]),
        ("**", ["acme", "eu--de--msa", "eu--msa", "notes"]),
        ("eu/[ds]e/*", ["de--msa"]),
        ("**/de", ["eu--de--msa"]),
    ],
)
def test_a_pattern_finds_files_and_names_them_below_its_fixed_part(
    pattern: str, expected: list[str], tmp_path: Path
) -> None:
    put(tmp_path, "acme.txt", "notes.md", "eu/msa.txt", "eu/de/msa.txt", ".git/x.txt", "eu/~$msa.txt")
    assert slugs(discover([str(tmp_path / pattern)])) == expected


def test_a_pattern_that_matches_nothing_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"\*\.docx: the pattern matches no file"):
        discover([str(tmp_path / "*.docx")])


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    put(tmp_path, "acme [signed].txt")
    assert slugs(discover([tmp_path / "acme [signed].txt"])) == ["acme-signed"]


def test_locks_and_leftovers_are_left_out_in_silence(tmp_path: Path) -> None:
    put(tmp_path, "acme.txt", "~$acme.docx", ".~lock.acme.docx#", "Thumbs.db", "desktop.ini", "__MACOSX/acme.txt")
    found = discover([tmp_path])
    assert slugs(found) == ["acme"]
    assert found.skipped == ()


def test_links_in_a_circle_are_walked_once_and_lead_to_one_line(tmp_path: Path) -> None:
    put(tmp_path, "a/acme.txt")
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a" / "again").symlink_to(tmp_path / "a", target_is_directory=True)
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    for given in (str(tmp_path), str(tmp_path / "**" / "*.txt")):
        found = discover([given])
        assert slugs(found) == ["a--acme", "loop"]
        with pytest.raises(SourceError, match=r"loop\.txt: cannot be opened \(too many levels of symbolic links\)"):
            read(found.sources[1])
    with pytest.raises(SourceError, match="is a link that leads nowhere"):
        discover([tmp_path / "loop.txt"])


def test_a_folder_that_may_not_be_opened_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "acme.txt", "closed/msa.txt")
    real = os.scandir

    def refusing(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", refusing)
    found = discover([tmp_path])
    assert slugs(found) == ["acme"]
    assert found.skipped == (("closed", "the folder cannot be opened (permission denied); check its permissions."),)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_a_folder_keeps_nobody_waiting(tmp_path: Path) -> None:
    put(tmp_path, "acme.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    found = discover([tmp_path])
    assert slugs(found) == ["acme"]
    assert found.skipped[0][0] == "pipe.txt"
    with pytest.raises(SourceError, match="no regular file"):
        read(Source(tmp_path / "pipe.txt", "pipe", "pipe.txt"))


# --- archives -------------------------------------------------------------------------------------


def test_members_are_named_after_their_archive(tmp_path: Path) -> None:
    put(tmp_path, "acme.txt")
    (tmp_path / "eu").mkdir()
    pack(tmp_path / "eu" / "Signed Deals.zip", {"msa.txt": TEXT, "de/dpa.md": b"# DPA\n\nWords.\n", "logo.png": b"x"})
    found = discover([tmp_path])
    assert slugs(found) == ["acme", "eu--signed-deals--de--dpa", "eu--signed-deals--msa"]
    assert [name for name, _ in found.skipped] == ["eu/Signed Deals.zip/logo.png"]
    document = read(found.sources[2])
    assert (document.source, document.text) == ("eu/Signed Deals.zip/msa.txt", TEXT.decode())
    assert slugs(discover([tmp_path / "eu" / "Signed Deals.zip"])) == ["signed-deals--de--dpa", "signed-deals--msa"]


def test_names_that_lead_out_of_an_archive_lead_nowhere(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"../../etc/out.txt": TEXT, "/root.txt": TEXT, "C:\\deals\\msa.txt": TEXT})
    found = discover([path])
    assert sorted(source.name for source in found.sources) == [
        "a.zip/deals/msa.txt",
        "a.zip/etc/out.txt",
        "a.zip/root.txt",
    ]
    assert all(read(source).text == TEXT.decode() for source in found.sources)
    assert list(tmp_path.iterdir()) == [path]
    assert harmless("a/\x1b[31m/b.txt") == "a/[31m/b.txt"


def test_what_an_archive_holds_in_vain_is_told_line_by_line(tmp_path: Path) -> None:
    path = pack(
        tmp_path / "a.zip", {"msa.txt": TEXT, "inner.zip": b"PK", ".hidden.txt": TEXT, "__MACOSX/._msa.txt": b""}
    )
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("folder/", b"")
    found = discover([path])
    assert slugs(found) == ["a--msa"]
    assert found.skipped == (
        ("a.zip/inner.zip", "an archive within an archive is not opened; unpack the outer one first."),
    )


def _declare(path: Path, name: str, flags: int) -> None:
    """Set the flags of a member in the archive's directory."""
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02")
    while data[at + 46 : at + 46 + len(name)] != name.encode():
        at = data.index(b"PK\x01\x02", at + 1)
    data[at + 8 : at + 10] = struct.pack("<H", flags)
    path.write_bytes(data)


def test_a_member_with_a_password_is_one_line(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {"closed.txt": TEXT, "open.txt": TEXT})
    _declare(path, "closed.txt", 1)
    found = discover([path])
    assert slugs(found) == ["a--open"]
    assert found.skipped == (("a.zip/closed.txt", "is protected by a password; unpack the archive first."),)


@pytest.mark.parametrize("data", [b"", b"no archive", b"PK\x05\x06" + b"\xff" * 18, b"PK\x03\x04" + b"\0" * 50])
def test_what_is_no_archive_is_one_line(data: bytes, tmp_path: Path) -> None:
    put(tmp_path, "acme.txt")
    (tmp_path / "bad.zip").write_bytes(data)
    found = discover([tmp_path])
    assert slugs(found) == ["acme"]
    assert [name for name, _ in found.skipped] == ["bad.zip"]


def test_a_truncated_and_a_damaged_archive_are_one_line_each(tmp_path: Path) -> None:
    whole = pack(tmp_path / "a.zip", {"msa.txt": TEXT * 100}).read_bytes()
    (tmp_path / "a.zip").write_bytes(whole[:-30])
    with pytest.raises(SourceError, match="is damaged, or no zip archive"):
        discover([tmp_path / "a.zip"])
    (tmp_path / "a.zip").write_bytes(whole[:45] + b"\xff\xff\xff\xff" + whole[49:])
    with pytest.raises(SourceError, match=r"a\.zip/msa\.txt: cannot be unpacked"):
        read(discover([tmp_path / "a.zip"]).sources[0])


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("bomb.txt", "w") as member:
        for _ in range(300):
            member.write(bytes(1 << 20))
    with pytest.raises(SourceError, match="holds more than the 1,000,000 characters"):
        read(discover([path]).sources[0], Limits(characters=1_000_000))


def test_an_archive_that_declares_too_much_is_not_opened(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {f"{n}.txt": TEXT for n in range(3)})
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02")
    while at >= 0:
        data[at + 24 : at + 28] = struct.pack("<I", 2_000_000_000)
        at = data.find(b"PK\x01\x02", at + 1)
    path.write_bytes(data)
    with pytest.raises(SourceError, match=r"a\.zip: unpacks to 5,722 MB"):
        discover([path])


def test_an_archive_of_too_many_members_is_not_opened(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.zip", {f"{n}.txt": b"" for n in range(MOST_MEMBERS + 1)})
    with pytest.raises(SourceError, match="more than 5,000 members"):
        discover([path])
    data = bytearray(path.read_bytes())
    end = data.rindex(b"PK\x05\x06")
    data[end + 12 : end + 16] = struct.pack("<I", 1 << 30)
    path.write_bytes(data)
    with pytest.raises(SourceError, match="more than 5,000 members"):
        discover([path])


# --- standard input and sources made by hand ------------------------------------------------------


def test_a_stream_is_named_by_what_is_said_of_it() -> None:
    source = from_stream(io.BytesIO(TEXT), "deals/Acme Cloud.md")
    assert (source.slug, source.name, source.suffix) == ("acme-cloud", "Acme Cloud.md", ".md")
    assert from_stream(io.BytesIO(TEXT), form="txt").name == "stdin.txt"
    assert read(source).text == TEXT.decode()
    assert slugs(discover([source, from_stream(io.BytesIO(TEXT), form="md")])) == ["acme-cloud", "stdin"]


def test_a_stream_of_unknown_format_or_too_long_is_one_line() -> None:
    with pytest.raises(SourceError, match="stdin: its format is not known"):
        from_stream(io.BytesIO(TEXT))
    with pytest.raises(SourceError, match="unknown format 'odt'"):
        from_stream(io.BytesIO(TEXT), "acme.odt")
    with pytest.raises(SourceError, match="more than the 10 characters"):
        from_stream(io.BytesIO(TEXT), "acme.txt", limits=Limits(characters=10))


def test_a_source_is_small_and_can_be_sent_to_another_process(tmp_path: Path) -> None:
    put(tmp_path, "acme.txt")
    found = discover([tmp_path, pack(tmp_path / "b.zip", {"msa.txt": TEXT})]).sources
    assert len(found) == 2
    for source in found:
        sent = pickle.dumps(source)
        assert len(sent) < 1000
        assert content(pickle.loads(sent)) == TEXT


def test_a_text_is_refused_by_its_characters_whatever_they_take(tmp_path: Path) -> None:
    path = tmp_path / "acme.txt"
    path.write_bytes(b"a " * 30)
    assert len(read(discover([path]).sources[0], Limits(characters=60)).text) == 60
    with pytest.raises(SourceError, match=r"acme\.txt: holds more than the 59 characters"):
        read(discover([path]).sources[0], Limits(characters=59))


# --- URLs -----------------------------------------------------------------------------------------


@pytest.fixture
def memory() -> str:
    """A file system in memory with two agreements and an archive; its URL."""
    fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed")
    files = fsspec.filesystem("memory")
    files.store.clear()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("dpa.txt", TEXT)
    for name, data in {"acme.txt": TEXT, "eu/msa.md": TEXT, "eu/old.zip": buffer.getvalue(), ".lock.txt": b""}.items():
        files.pipe(f"/deals/{name}", data)
    return "memory://deals"


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        ("", ["acme", "eu--msa", "eu--old--dpa"]),
        ("/acme.txt", ["acme"]),
        ("/**/*.md", ["eu--msa"]),
        ("/eu/*", ["msa", "old--dpa"]),
        ("/eu/old.zip", ["old--dpa"]),
    ],
)
def test_a_url_is_a_file_a_folder_a_pattern_or_an_archive(below: str, expected: list[str], memory: str) -> None:
    found = discover([memory + below])
    assert slugs(found) == expected
    assert found.skipped == ()
    assert {read(source).text for source in found.sources} == {TEXT.decode()}


def test_a_url_into_an_archive_reads_its_members(tmp_path: Path) -> None:
    pytest.importorskip("fsspec", reason="fsspec is not installed")
    path = pack(tmp_path / "a.zip", {"eu/msa.txt": TEXT, "eu/dpa.txt": TEXT})
    assert slugs(discover([f"zip://eu/msa.txt::file://{path}"])) == ["msa"]
    found = discover([f"zip://eu/*.txt::file://{path}"])
    assert slugs(found) == ["dpa", "msa"]
    assert read(found.sources[0]).text == TEXT.decode()


def test_a_file_url_needs_no_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "acme cloud.txt")
    monkeypatch.setattr(importlib, "import_module", _missing)
    found = discover([f"file://{tmp_path}/acme%20cloud.txt"])
    assert slugs(found) == ["acme-cloud"]


def _missing(name: str) -> object:
    raise ImportError(f"No module named '{name}'")


def test_a_missing_library_names_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib, "import_module", _missing)
    with pytest.raises(MissingExtraError, match=r"run: pip install 'pactgraph\[remote\]'"):
        discover(["https://acme.example/msa.html"])


def test_a_url_with_nothing_there_is_one_line_without_its_secrets(memory: str) -> None:
    with pytest.raises(SourceError, match="no such file; check the URL"):
        discover([f"{memory}/none.txt"])
    with pytest.raises(SourceError) as caught:
        discover(["nowhere://ann:hunter2@acme.example/msa.txt?key=hunter3"])
    assert "nowhere://acme.example/msa.txt" in str(caught.value)
    assert "hunter" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_url_that_never_answers_is_given_up(memory: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fsspec = importlib.import_module("fsspec")
    source = discover([f"{memory}/acme.txt"]).sources[0]
    monkeypatch.setattr(fsspec, "open", lambda *_: time.sleep(30))
    with pytest.raises(SourceError, match=r"takes more than the 0\.1 s"):
        read(source, Limits(seconds=0.1))


def test_clashes_of_members_and_urls_name_both_places(memory: str, tmp_path: Path) -> None:
    put(tmp_path, "eu/old/dpa.txt")
    with pytest.raises(SlugClashError, match=r"old\.zip/dpa\.txt: would be named 'eu--old--dpa' like .*dpa\.txt"):
        discover([tmp_path, memory])
