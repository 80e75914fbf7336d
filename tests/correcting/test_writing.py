"""A decision is added at the end of its file, and nothing else in it changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactgraph.correcting import Correction, append, read
from pactgraph.errors import CorrectionError

Decide = Callable[..., Correction]


def bare(made: Correction) -> Correction:
    return replace(made, place="")


def test_what_is_written_is_read_back(tmp_path: Path, decision: Decide) -> None:
    path = tmp_path / "corrections.yaml"
    fields = {"party": "Either", "ground": "convenience", "notice": None}
    made = decision(
        "correct", fields=fields, was={"party": "Either", "notice": "P30D", "notice.anchor": "end: of # it"}
    )
    law = decision("add", kind="GoverningLaw", fields={"law": "NO"}, why='He said "no",\nthen: yes')
    fee = decision("reject", kind="Fee", fields={"amount": Decimal("9.50"), "currency": "EUR"}, start=None, end=None)
    party = decision("add", kind="Party", fields={"alias": ("we", "Tallow, Ridge"), "role": "Provider"})
    for each in (made, law, fee, party):
        append(path, each)
    assert [bare(found) for found in read(path)] == [bare(each) for each in (made, law, fee, party)]


WORDS = st.text(st.characters(codec="utf-8"), min_size=1).filter(lambda text: bool(text.strip()))


@given(quote=WORDS, who=WORDS, why=st.text(st.characters(codec="utf-8")))
def test_any_words_are_read_back(quote: str, who: str, why: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("any") / "corrections.yaml"
    made = Correction("a.txt", "b" * 64, quote, "NoWaiver", "add", who, "2031-05-01", why)
    append(path, made)
    append(path, made)
    assert [bare(found) for found in read(path)] == [made, made]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("margin", ["", "  "])
def test_what_a_person_wrote_stays_byte_for_byte(end: str, margin: str, tmp_path: Path, decision: Decide) -> None:
    path = tmp_path / "corrections.yaml"
    append(path, decision("confirm"))
    lines = path.read_text().splitlines()[1:]
    own = ["# ours", "", *(f"{margin}{line}" for line in lines), f"{margin}  # checked twice"]
    path.write_bytes(end.join(own).encode())
    before = path.read_bytes()
    append(path, decision("reject"))
    assert path.read_bytes().startswith(before)
    assert path.read_bytes()[len(before) :].count(b"\r\n") == (10 if end == "\r\n" else 0)
    assert [found.verdict for found in read(path)] == ["confirm", "reject"]


def test_the_same_decisions_make_the_same_file(tmp_path: Path, decision: Decide) -> None:
    for name in ("one.yaml", "two.yaml"):
        append(tmp_path / name, decision("confirm", fields={"notice": "P30D", "party": "Either"}))
    assert (tmp_path / "one.yaml").read_bytes() == (tmp_path / "two.yaml").read_bytes()
    assert "fields:\n    party: Either\n    notice: P30D\n" in (tmp_path / "one.yaml").read_text()


@pytest.mark.parametrize("held", ["file: a.txt\n", "# none\n...\nmore: 1\n", "- nothing\n"])
def test_a_file_that_is_wrong_is_left_as_it_is(held: str, tmp_path: Path, decision: Decide) -> None:
    path = tmp_path / "corrections.yaml"
    path.write_text(held)
    with pytest.raises(CorrectionError, match=r"corrections\.yaml"):
        append(path, decision("confirm"))
    assert path.read_text() == held
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_an_interruption_leaves_the_file_whole(
    tmp_path: Path, decision: Decide, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "corrections.yaml"
    append(path, decision("confirm"))
    before = path.read_bytes()

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        append(path, decision("reject"))
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, decision: Decide) -> None:
    with pytest.raises(CorrectionError, match="cannot be written"):
        append(tmp_path / "none" / "corrections.yaml", decision("confirm"))
