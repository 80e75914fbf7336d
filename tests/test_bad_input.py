"""Whatever lies in a folder: each bad file gets one clear line, the rest is built, and nothing hangs."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path
from typing import IO, Any, cast

import pytest
from click.testing import CliRunner

from pactgraph.cli import main
from pactgraph.errors import SourceError
from pactgraph.reading import Limits, Source, discover, read

GOOD = "Terms\n\n1. Law. This Agreement is governed by the laws of Germany.\n"


def packed(document: str) -> bytes:
    """Return a Word file with this XML."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", document)
    return held.getvalue()


BODY = '<d:document xmlns:d="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><d:body><d:p><d:r><d:t>'
ENDS = "</d:t></d:r></d:p></d:body></d:document>"
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
BAD = {
    "empty.txt": (b"", "the file is empty"),
    "blank.md": (b" \r\n\t\n", "holds only white space"),
    "nul.txt": (b"1. Fees.\0 Acme shall pay.", "is binary"),
    "noise.md": (bytes(range(256)) * 40, "is binary"),
    "lying.txt": (b"%PDF-1.7\n1 0 obj\n", "the file is a PDF, not text"),
    "lying.md": (b"PK\x03\x04" + b"x" * 40, "a ZIP archive or an Office document"),
    "old.txt": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 30, "an old Office document"),
    "rich.txt": (b"{\\rtf1 Fees}", "an RTF document"),
    "neither.txt": (b"Fees \x81\x8d and costs", "neither UTF-8 nor Windows-1252"),
    "half.txt": ("Fees".encode("utf-16") + b"\x00", "begins like UTF-16"),
    "lying.pdf": (GOOD.encode(), ""),
    "empty.pdf": (b"", ""),
    "lying.docx": (b"%PDF-1.7\n", ""),
    "empty.docx": (b"", ""),
    "empty.html": (b"", ""),
    "lying.html": (b"%PDF-1.7\n1 0 obj\n", "is a PDF"),
    "nul.html": (b"<p>Fees\0 are due.", "binary"),
    "locked.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
    "entities.docx": (packed(f'<!DOCTYPE d [<!ENTITY a0 "fees">{LAUGHS}]>{BODY}&a8;{ENDS}'), "declares a DTD"),
    "external.docx": (
        packed(f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>{BODY}&x;{ENDS}'),
        "declares a DTD",
    ),
    "cut.docx": (packed(f"{BODY}Fees{ENDS}")[:200], ""),
    "empty.zip": (b"", "is damaged, or no zip archive"),
    "lying.zip": (GOOD.encode(), "is damaged, or no zip archive"),
    "app.exe": (b"MZ", "files of type '.exe' cannot be read"),
}


def build(folder: Path, *options: str) -> tuple[int, dict[str, str]]:
    """Build a folder; return the exit code and what was skipped, by name, one line each."""
    arguments = ["build", str(folder), "--graph", str(folder.parent / "graph"), "--no-validate", *options]
    done = CliRunner().invoke(main, arguments)
    assert "Traceback" not in done.output
    told = done.stdout.partition("Skipped:\n")[2].partition("Notes:\n")[0].splitlines()
    lines = dict(line.strip().split(": ", 1) for line in told)
    assert len(lines) == len(told)
    return done.exit_code, lines


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder with one good agreement."""
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD, "utf-8")
    return folder


def test_each_bad_file_gets_one_line_and_the_rest_is_built(papers: Path) -> None:
    for name, (data, _) in BAD.items():
        (papers / f"{name.replace('.', '-')}{Path(name).suffix}").write_bytes(data)
    code, lines = build(papers)
    assert code == 0
    assert len(lines) == len(BAD)
    for name, (_, reason) in BAD.items():
        line = lines[f"{name.replace('.', '-')}{Path(name).suffix}"]
        assert reason in line
        assert len(line) > 20
        assert line.endswith((".", "]"))


def test_a_folder_of_nothing_usable_ends_with_code_2(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "empty.txt").touch()
    code, lines = build(tmp_path / "papers")
    assert (code, list(lines)) == (2, ["empty.txt"])


def test_mixed_encodings_are_read_with_a_note(papers: Path) -> None:
    (papers / "mixed.txt").write_bytes(GOOD.encode() + "2. Fees. Café. ".encode() + "Müller pays.\n".encode("cp1252"))
    arguments = ["build", str(papers), "--graph", str(papers.parent / "graph"), "--no-validate"]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0
    assert "2 agreements: 2 added" in done.stdout
    (note,) = [line for line in done.stdout.splitlines() if "mixed.txt" in line]
    assert "is not UTF-8, so the text was read as Windows-1252" in note
    assert note.count("mixed.txt") == 1


def test_100_megabytes_of_one_line_are_refused_without_being_read(papers: Path) -> None:
    with (papers / "long.txt").open("wb") as file:
        file.truncate(100 << 20)  # a hole of zeros, which no reader gets to see
    code, lines = build(papers)
    assert code == 0
    assert "more than the 10,000,000 characters" in lines["long.txt"]


@pytest.mark.parametrize("name", ["long.html", "long.md", "long.docx", "long.pdf"])
def test_100_megabytes_of_one_line_are_one_line_in_every_format(name: str, papers: Path) -> None:
    with (papers / name).open("wb") as file:
        for _ in range(100):
            file.write(b"fees and " * (1 << 17))
    code, lines = build(papers, "--memory", "300", "--timeout", "20")
    assert code == 0
    assert list(lines) == [name]


def test_no_more_of_a_file_is_read_than_may_be(papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless:
        taken = 0

        def read(self, size: int) -> bytes:
            Endless.taken += size
            return b"a" * size

        def __enter__(self) -> Endless:
            return self

        def __exit__(self, *_: object) -> None:
            return None

    monkeypatch.setattr(Path, "open", lambda *_: Endless())
    with pytest.raises(SourceError, match="more than the 1,000,000 characters"):
        read(Source(papers / "good.txt", "good", "good.txt"), Limits(characters=1_000_000))
    assert Endless.taken <= 6 << 20


REPEATED = (
    *("a", "word ", "(", ")", "(a)", "[", "[a](", "<a ", "*", "_ ", "“", "1.", "1. A ", "# ", "|a", "section "),
    *("Section 1, ", "Fees. ", "• x\n", "\t", "\r", "\f", "a" + " " * 500, "- - ", "> ", "`", "![", "\\"),
)


def test_one_thing_over_and_over_takes_time_in_proportion(papers: Path) -> None:
    # Where some step took quadratic time, this would not end within the time of a test run.
    for number, unit in enumerate(REPEATED):
        for suffix in (".txt", ".md"):
            (papers / f"{number}-{suffix[1:]}{suffix}").write_text(f"Fees {(unit * 8_000)[:8_000]}.", "utf-8")
    code, lines = build(papers)
    assert (code, lines) == (0, {})


def test_a_file_that_may_not_be_read_or_vanishes_is_one_line(papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("closed.txt", "gone.txt"):
        (papers / name).write_text(GOOD, "utf-8")
    real = Path.open

    def refusing(self: Path, *arguments: Any, **options: Any) -> IO[Any]:
        if self.name == "closed.txt":
            raise PermissionError(13, "Permission denied", str(self))
        if self.name == "gone.txt":
            os.unlink(self)  # noqa: PTH108
        return cast("IO[Any]", real(self, *arguments, **options))

    monkeypatch.setattr(Path, "open", refusing)
    code, lines = build(papers)
    assert code == 0
    assert lines == {
        "closed.txt": "cannot be opened (permission denied); check the file and its permissions.",
        "gone.txt": "cannot be opened (no such file or directory); check the file and its permissions.",
    }


def test_a_circle_of_links_is_one_line(papers: Path) -> None:
    (papers / "loop.txt").symlink_to(papers / "loop.txt")
    (papers / "up").symlink_to(papers, target_is_directory=True)
    code, lines = build(papers)
    assert code == 0
    assert list(lines) == ["loop.txt"]


def test_a_bad_archive_beside_good_files_is_one_line(papers: Path) -> None:
    with zipfile.ZipFile(papers / "deals.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"a" * (50 << 20))
        archive.writestr("msa.txt", GOOD)
    code, lines = build(papers)
    assert code == 0
    assert list(lines) == ["deals.zip/bomb.txt"]
    assert [source.slug for source in discover([papers]).sources] == ["deals--bomb", "deals--msa", "good"]


def test_a_limit_of_the_command_line_holds(papers: Path) -> None:
    (papers / "longer.txt").write_text(GOOD * 2, "utf-8")
    code, lines = build(papers, "--characters", str(len(GOOD)))
    assert code == 0
    assert "longer.txt" in lines


def test_files_of_the_same_bytes_are_built_and_noted(papers: Path) -> None:
    (papers / "copy.txt").write_text(GOOD, "utf-8")
    done = CliRunner().invoke(main, ["build", str(papers), "--graph", str(papers.parent / "graph"), "--no-validate"])
    assert "2 agreements: 2 added" in done.stdout
    assert "  good.txt: the same bytes as copy.txt;" in done.stdout
