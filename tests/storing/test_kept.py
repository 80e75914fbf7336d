"""A copy of an agreement's facts says what the quads say, or is not there."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from pactgraph.errors import StoreError
from pactgraph.storing import Store, kept, read_facts
from pactgraph.vocabulary import PG, agreement_iri, graph_iri, inferred_iri

SLUG = "brackwater-hosting"


def quad(value: str, graph: NamedNode | None = None) -> Quad:
    return Quad(agreement_iri(SLUG), PG("vendor"), Literal(value), graph or graph_iri(SLUG))


def vendors(text: bytes | None) -> list[str]:
    assert text is not None
    return sorted(found.object.value for found in parse(text, format=RdfFormat.N_TRIPLES))


def test_copy_holds_facts_and_inferences_and_changes_with_them(tmp_path: Path) -> None:
    with Store.open(tmp_path, writing=True) as store:
        assert store.kept_facts(SLUG) is None
        store.replace(SLUG, [quad("one"), quad("two", inferred_iri(SLUG))])
        path = store.kept_facts(SLUG)
        assert path is not None
        assert vendors(read_facts(path)) == vendors(store.facts(SLUG)) == ["one", "two"]
        store.replace(SLUG, [quad("three")])
        assert vendors(read_facts(path)) == ["three"]
        store.remove(SLUG)
        assert store.kept_facts(SLUG) is None
        assert store.facts(SLUG) == b""


@pytest.mark.parametrize("damage", [b"", b"not packed"])
def test_damaged_or_missing_copy_is_not_used(tmp_path: Path, damage: bytes) -> None:
    with Store.open(tmp_path, writing=True) as store:
        store.replace(SLUG, [quad("one")])
        path = store.kept_facts(SLUG)
        assert path is not None
        path.write_bytes(damage)
        assert read_facts(path) is None
        assert vendors(store.facts(SLUG)) == ["one"]
        path.unlink()
        assert vendors(store.facts(SLUG)) == ["one"]


def test_copy_is_gone_before_the_quads_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with Store.open(tmp_path, writing=True) as store:
        store.replace(SLUG, [quad("one")])
        monkeypatch.setattr(store, "_update", stop)
        with pytest.raises(KeyboardInterrupt):
            store.replace(SLUG, [quad("two")])
        assert store.kept_facts(SLUG) is None
        assert vendors(store.facts(SLUG)) == ["one"]


def test_reader_that_tries_to_write_leaves_the_copy(tmp_path: Path) -> None:
    with Store.open(tmp_path, writing=True) as store:
        store.replace(SLUG, [quad("one")])
    with Store.open(tmp_path) as store:
        with pytest.raises(StoreError, match="reading only"):
            store.replace(SLUG, [quad("two")])
        assert store.kept_facts(SLUG) is not None


def test_facts_that_cannot_be_written_are_not_kept(tmp_path: Path) -> None:
    (tmp_path / "facts").write_text("a file where the folder should be", encoding="utf-8")
    kept.put(kept.place(tmp_path, SLUG), b"")
    assert kept.read(kept.place(tmp_path, SLUG)) is None
