from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pactgraph.extracting import expressions
from pactgraph.extracting.expressions import VARIABLE, compiled, is_sound, keep_expressions, note_sound

SAMPLES = (
    (r"\bshall (?P<act>\w+) within (?P<count>\d{1,3}) (?:days|weeks)\b", 0),
    (r"(?P<g0>[a-z]+)(?:(?!x).){0,9}?(?<!y)\1", re.IGNORECASE),
    ("(?i:Straße|élan)|[^\\W_]+-(?:one|two)", 0),
)
TEXT = "It SHALL be so; it shall pay within 30 days, bobbob. élan STRASSE straße x-one."


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Keep expressions in a folder of the test's own."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "kept"))
    expressions._kept.cache_clear()
    yield tmp_path / "kept"
    expressions._kept.cache_clear()


def _again() -> None:
    """Do as another run does: forget what this one holds."""
    expressions._kept.cache_clear()


def _forbid_compiling(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: str, flags: int) -> None:
        raise AssertionError(f"compiled anew: {source}")

    monkeypatch.setattr(expressions, "_code", refuse)


def test_kept_expressions_match_as_compiled_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    for source, flags in SAMPLES:
        compiled(source, flags)
    keep_expressions()
    _again()
    _forbid_compiling(monkeypatch)
    for source, flags in SAMPLES:
        kept, fresh = compiled(source, flags), re.compile(source, flags)
        assert kept == fresh
        assert (kept.flags, kept.groups, dict(kept.groupindex)) == (fresh.flags, fresh.groups, dict(fresh.groupindex))
        assert [m.groupdict() for m in kept.finditer(TEXT)] == [m.groupdict() for m in fresh.finditer(TEXT)]
        assert [m.span() for m in kept.finditer(TEXT)] == [m.span() for m in fresh.finditer(TEXT)]


def test_same_source_with_other_flags_is_another_expression() -> None:
    assert compiled("shall", 0).search("SHALL") is None
    assert compiled("shall", re.IGNORECASE).search("SHALL")


def test_wrong_expression_raises_as_ever() -> None:
    with pytest.raises(re.error, match="unterminated"):
        compiled("(shall", 0)


@pytest.mark.parametrize("broken", [b"", b"no cache", b"\x78\x01 half"])
def test_broken_file_is_compiled_anew_and_replaced(folder: Path, broken: bytes) -> None:
    compiled(*SAMPLES[0])
    keep_expressions()
    (file,) = folder.iterdir()
    file.write_bytes(broken or file.read_bytes()[:40])
    _again()
    assert compiled(*SAMPLES[0]).search(TEXT)
    keep_expressions()
    _again()
    assert expressions._kept().codes


def test_code_that_the_engine_refuses_is_compiled_anew() -> None:
    source, flags = SAMPLES[0]
    compiled(source, flags)
    kept = expressions._kept().codes
    for key, (numbers, groups, names, code) in list(kept.items()):
        kept[key] = numbers, groups, names, b"\xff" * len(code)
    found = compiled(source, flags).search(TEXT)
    assert found is not None
    assert found["act"] == "pay"


def test_nothing_is_kept_where_the_variable_is_empty(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv(VARIABLE, "")
    _again()
    assert compiled(*SAMPLES[0]).search(TEXT)
    keep_expressions()
    assert not folder.exists()


def test_folder_that_cannot_be_made_is_no_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "file" / "kept"))
    _again()
    assert compiled(*SAMPLES[0]).search(TEXT)
    keep_expressions()


def test_two_runs_keep_what_each_compiled(folder: Path) -> None:
    compiled(*SAMPLES[0])
    note_sound("one")
    first = expressions._kept()
    _again()
    compiled(*SAMPLES[1])
    keep_expressions()
    expressions._kept.cache_clear()
    assert len(expressions._kept().codes) == 1
    expressions._kept().codes.update(first.codes)
    expressions._kept().sound.update(first.sound)
    expressions._kept().unsaved = 1
    keep_expressions()
    _again()
    assert len(expressions._kept().codes) == 2
    assert is_sound("one")
    assert not is_sound("two")
    assert [path.suffix for path in folder.iterdir()] == [".bin"]


def test_few_new_expressions_wait(folder: Path) -> None:
    compiled(*SAMPLES[0])
    keep_expressions(least=2)
    assert not folder.exists()
    compiled(*SAMPLES[1])
    keep_expressions(least=2)
    assert len(list(folder.iterdir())) == 1


def test_file_that_grew_too_large_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled(*SAMPLES[0])
    keep_expressions()
    _again()
    compiled(*SAMPLES[1])
    monkeypatch.setattr(expressions, "_MOST_BYTES", 10)
    keep_expressions()
    _again()
    assert len(expressions._kept().codes) == 1
