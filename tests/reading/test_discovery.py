"""Files and folders become named sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from pactgraph.errors import SlugClashError, SourceError
from pactgraph.reading import discover


def put(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Acme shall pay.", encoding="utf-8")


def slugs(*paths: Path) -> list[str]:
    return [source.slug for source in discover(paths).sources]


def test_a_file_is_named_by_its_stem(tmp_path: Path) -> None:
    put(tmp_path, "deep/Acme Cloud 2.md")
    assert slugs(tmp_path / "deep" / "Acme Cloud 2.md") == ["acme-cloud-2"]


def test_files_in_folders_are_named_by_their_relative_path(tmp_path: Path) -> None:
    put(tmp_path, "acme.txt", "acme/dpa.md", "acme/eu/dpa.text")
    found = discover([tmp_path])
    assert [(s.slug, s.name) for s in found.sources] == [
        ("acme", "acme.txt"),
        ("acme--dpa", "acme/dpa.md"),
        ("acme--eu--dpa", "acme/eu/dpa.text"),
    ]


def test_a_clash_names_both_files(tmp_path: Path) -> None:
    put(tmp_path, "acme.txt", "Acme.md")
    with pytest.raises(SlugClashError, match=r"acme\.txt.*'acme'.*Acme\.md"):
        discover([tmp_path])


def test_a_file_given_twice_counts_once(tmp_path: Path) -> None:
    put(tmp_path, "acme.txt")
    assert slugs(tmp_path, tmp_path / "acme.txt", tmp_path) == ["acme"]


def test_hidden_files_and_folders_are_left_out(tmp_path: Path) -> None:
    put(tmp_path, "acme.txt", ".draft.txt", ".git/config.txt")
    found = discover([tmp_path])
    assert [s.slug for s in found.sources] == ["acme"]
    assert found.skipped == ()


def test_unknown_types_are_skipped_with_a_reason(tmp_path: Path) -> None:
    put(tmp_path, "acme.txt", "logo.png", "LICENCE")
    reasons = dict(discover([tmp_path]).skipped)
    assert set(reasons) == {"logo.png", "LICENCE"}
    assert "'.png'" in reasons["logo.png"]
    assert ".md" in reasons["logo.png"]


def test_a_missing_path_is_skipped_while_others_are_read(tmp_path: Path) -> None:
    put(tmp_path, "acme.txt")
    found = discover([tmp_path / "acme.txt", tmp_path / "gone.txt"])
    assert [s.slug for s in found.sources] == ["acme"]
    assert found.skipped[0][0].endswith("gone.txt")


@pytest.mark.parametrize("paths", [[], [""], ["gone.txt"]])
def test_nothing_to_read_is_an_error(paths: list[str]) -> None:
    with pytest.raises(SourceError):
        discover(paths)


def test_a_folder_without_agreements_is_an_error(tmp_path: Path) -> None:
    put(tmp_path, "logo.png")
    with pytest.raises(SourceError, match="no agreement"):
        discover([tmp_path])


def test_links_that_lead_back_are_walked_once(tmp_path: Path) -> None:
    put(tmp_path, "in/acme.txt")
    (tmp_path / "in" / "again").symlink_to(tmp_path / "in", target_is_directory=True)
    (tmp_path / "in" / "up").symlink_to(tmp_path, target_is_directory=True)
    assert slugs(tmp_path) == ["in--acme"]
