"""A file of corrections is read whole, or refused with file, line and fix."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from pactgraph.correcting import FILE_NAME, addressed, gather, read, unmatched
from pactgraph.errors import CorrectionError

HASH = "a" * 64
HEAD = f'- file: maple.txt\n  sha256: {HASH}\n  quote: "Interest is 1.5 % a month."\n'
TAIL = "  who: R. Ode\n  when: 2031-05-01\n"


def entry(kind: str = "LatePaymentInterest", verdict: str = "confirm", rest: str = "") -> str:
    return f"{HEAD}  kind: {kind}\n  verdict: {verdict}\n{rest}{TAIL}"


def written(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / FILE_NAME
    path.write_text(text, encoding="utf-8")
    return path


def test_values_are_read_by_their_fields_not_by_yaml(tmp_path: Path) -> None:
    text = entry("LatePaymentInterest", rest="  fields: {percent: 1.50, cappedByLaw: yes}\n")
    text += entry("GoverningLaw", rest="  fields: {law: NO}\n") + entry(
        "SupportHours", rest="  fields: {from: 08:30}\n"
    )
    rate, law, hours = read(written(tmp_path, text))
    assert rate.fields == {"percent": Decimal("1.50"), "cappedByLaw": True}
    assert (law.fields, hours.fields) == ({"law": "NO"}, {"from": "08:30"})
    assert (rate.when, rate.start, rate.place) == ("2031-05-01", None, f"{tmp_path / FILE_NAME}:1")


def test_null_takes_a_field_away_in_a_correction(tmp_path: Path) -> None:
    (made,) = read(written(tmp_path, entry(verdict="correct", rest="  fields:\n    percent: null\n    per: ~\n")))
    assert made.fields == {"percent": None, "per": None}


def test_a_file_of_comments_holds_no_decision(tmp_path: Path) -> None:
    assert read(written(tmp_path, "# none yet\n")) == ()


WRONG = {
    "kind": (entry("LatePaymentIntrest"), 4, "unknown kind of term 'LatePaymentIntrest'"),
    "kind suggested": (entry("LatePaymentIntrest"), 4, "Did you mean 'LatePaymentInterest'?"),
    "field": (entry(rest="  fields: {percnt: 2}\n"), 6, "Did you mean 'percent'?"),
    "detail": (
        entry(rest="  fields: {percent.anchor: x}\n"),
        6,
        "unknown field of LatePaymentInterest 'percent.anchor'",
    ),
    "key": (entry(rest="  because: x\n"), 6, "unknown key of a decision 'because'"),
    "verdict": (entry(verdict="confrim"), 5, "Did you mean 'confirm'?"),
    "party": (entry("BreachNotice", rest="  fields: {party: Custmer}\n"), 6, "Did you mean 'Customer'?"),
    "number": (entry(rest="  fields: {percent: a lot}\n"), 6, "'a lot' is no number"),
    "two values": (entry(rest="  fields: {percent: [1, 2]}\n"), 6, "takes one value, not 2"),
    "duration": (entry("BreachNotice", rest="  fields: {duration: 30 days}\n"), 6, "30 days"),
    "twice": (entry(rest="  who: A\n"), 7, "the key 'who' stands twice"),
    "span": (entry(rest="  start: 9\n  end: 4\n"), 1, "two character offsets"),
    "half a span": (entry(rest="  start: 9\n"), 1, "two character offsets"),
    "day": (entry().replace("2031-05-01", "2031-13-01"), 7, "'2031-13-01' is no date"),
    "hash": (entry().replace(HASH, "abc"), 2, "64 hexadecimal digits"),
    "nobody": (entry().replace("R. Ode", "''"), 6, "'who' takes one text"),
    "nothing corrected": (entry(verdict="correct"), 1, "'correct' needs 'fields'"),
    "was": (entry(rest="  was: {percent: 2}\n"), 1, "'was' belongs to the verdict 'correct'"),
    "null": (entry(verdict="reject", rest="  fields: {percent: null}\n"), 1, "leave the field out"),
    "missing": (entry().replace("  who: R. Ode\n", ""), 1, "lacks 'who'"),
    "no list": ("file: maple.txt\n", 1, "must hold a list of decisions"),
    "flow list": ("[]\n", 1, "must hold a list of decisions"),
    "no YAML": ('- file: "maple\n', 2, "not YAML"),
    "no entry": ("- maple.txt\n", 1, "'key: value' lines"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_refused_with_its_line(case: str, tmp_path: Path) -> None:
    text, line, told = WRONG[case]
    with pytest.raises(CorrectionError) as raised:
        read(written(tmp_path, text))
    assert str(raised.value).startswith(f"{tmp_path / FILE_NAME}:{line}: ")
    assert told in str(raised.value)


def test_all_wrong_files_were_tried() -> None:
    assert len(WRONG) == 24


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorrectionError, match="cannot be opened"):
        gather((), tmp_path / "none.yaml")


def test_the_files_of_all_folders_are_read_once_each(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    written(first, entry())
    written(second, entry() + entry())
    assert len(gather((second, first, first / ".." / "a", tmp_path))) == 3
    assert len(gather((first, second), first / FILE_NAME)) == 1


def test_a_decision_finds_its_file_whatever_folder_was_given(tmp_path: Path) -> None:
    (made,) = read(written(tmp_path, entry()))
    assert addressed([made], ["deals/maple.txt", "birch.txt"])[0].file == "deals/maple.txt"
    assert addressed([made], ["a/maple.txt", "b/maple.txt"])[0].file == "maple.txt"
    assert addressed([made], ["a/maple.txt", "maple.txt"])[0].file == "maple.txt"


def test_decisions_about_no_file_at_all_are_told_once(tmp_path: Path) -> None:
    path = written(tmp_path, entry() + entry())
    made = read(path)
    told = [(str(path), "2 decisions are about files that are not there: maple.txt.")]
    assert list(unmatched(made, ["birch.txt"], [])) == told
    assert list(unmatched(made, ["maple.txt"], [])) == []
    assert list(unmatched(made, ["birch.txt"], [HASH])) == []
    (tmp_path / "maple.txt").write_text("left out of this build")
    assert list(unmatched(made, ["birch.txt"], [])) == []
