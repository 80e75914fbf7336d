"""Lost spaces are found where a document lost many, and nowhere else."""

from __future__ import annotations

from pathlib import Path

from pactgraph.segmenting.joints import find_joints

WORDS = (
    "The Client shall pay the Fees that the Order states, and shall tell Acme of every change to the Data"
    " that it keeps under the terms of this Agreement; Acme may suspend the Services where the Fees are "
    "due and the Client was told of it in writing before the end of the month, unless the Parties agree "
    "on another date, place or form. "
) * 20


def joined(text: str, width: int) -> tuple[str, set[int]]:
    """Break `text` at `width`, lose every second break, and return the result and where spaces were lost."""
    result, lost, line, count = "", set(), "", 0
    for word in text.split():
        if len(line) + 1 + len(word) > width:
            count += 1
            result += line
            if count % 2:
                lost.add(len(result))
            else:
                result += "\n"
            line = word
        else:
            line = f"{line} {word}" if line else word
    return result + line, lost


def test_lost_spaces_at_former_line_ends_are_found() -> None:
    text, lost = joined(WORDS, 60)
    found = set(find_joints(text))
    assert len(lost) == 57
    assert len(found & lost) >= 0.9 * len(lost)
    assert len(found & lost) >= 0.95 * len(found)


def test_a_clean_document_keeps_its_words() -> None:
    assert find_joints(WORDS) == ()


def test_names_in_a_clean_document_are_kept() -> None:
    assert find_joints(WORDS.replace("Acme", "CloudBase").replace("Client", "HelpDesk user")) == ()


def test_a_short_text_is_left_alone() -> None:
    assert find_joints("theService and theClient,and theProvider") == ()


def test_only_the_seed_that_lost_spaces_gets_any_back(shared: Path) -> None:
    counts = {
        path.stem: len(find_joints(path.read_text(encoding="utf-8")))
        for path in sorted((shared / "agreements" / "seeds").glob("*.txt"))
    }
    assert len(counts) == 5
    assert 470 <= counts.pop("weareexams") <= 520
    assert set(counts.values()) == {0}
