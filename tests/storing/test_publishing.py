"""Readers see whole snapshots while a writer works, and a killed writer leaves the one that was there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from pyoxigraph import Literal, Quad

from pactgraph.errors import StoreError
from pactgraph.storing import Store, publishing
from pactgraph.vocabulary import PG, TYPE, agreement_iri, graph_iri


def facts(slug: str) -> list[Quad]:
    agreement, graph = agreement_iri(slug), graph_iri(slug)
    return [Quad(agreement, TYPE, PG("Agreement"), graph), Quad(agreement, PG("slug"), Literal(slug), graph)]


def test_a_reader_beside_a_writer_gets_what_was_published_last(tmp_path: Path) -> None:
    folder = tmp_path / "graph"
    with Store.open(folder, writing=True) as writer:
        writer.replace("brindle", facts("brindle"))
        writer.publish()
        writer.replace("corven", facts("corven"))
        with Store.open(folder) as reader:
            assert reader.slugs() == ("brindle",)
        writer.publish()
        with Store.open(folder) as reader:
            assert reader.slugs() == ("brindle", "corven")


def test_a_reader_beside_a_writer_that_published_nothing_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "graph"
    with Store.open(folder, writing=True), pytest.raises(StoreError, match="writing to this graph"):
        Store.open(folder)


def test_a_snapshot_stays_while_it_is_read_and_goes_after(tmp_path: Path) -> None:
    folder = tmp_path / "graph"
    with Store.open(folder, writing=True) as writer:
        writer.replace("brindle", facts("brindle"))
        writer.publish()
        first = publishing.current(folder)
        assert first is not None
        with Store.open(first) as reader:
            writer.remove("brindle")
            writer.publish()
            assert reader.slugs() == ("brindle",)
            assert first.is_dir()
        writer.replace("corven", facts("corven"))
        writer.publish()
        assert not first.exists()
        assert [path.name for path in (folder / "published").iterdir() if path.is_dir()] == ["000003"]


def test_publishing_what_is_published_makes_no_other_snapshot(tmp_path: Path) -> None:
    folder = tmp_path / "graph"
    for _ in range(2):
        with Store.open(folder, writing=True) as writer:
            writer.replace("brindle", facts("brindle"))
            writer.publish()
    snapshot = publishing.current(folder)
    assert snapshot is not None
    assert snapshot.name == "000001"


def test_the_snapshot_keeps_a_text_that_the_graph_drops(tmp_path: Path) -> None:
    folder, sha = tmp_path / "graph", "c" * 64
    with Store.open(folder, writing=True) as writer:
        writer.put_source(sha, "Either party may go.")
        writer.replace("brindle", facts("brindle"))
        writer.publish()
        (folder / "sources" / f"{sha}.txt").unlink()
        with Store.open(folder) as reader:
            assert reader.source_text(sha) == "Either party may go."


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
@pytest.mark.parametrize("step", ["backup", "rename", "pointer"])
def test_a_writer_killed_while_it_publishes_loses_nothing(tmp_path: Path, step: str) -> None:
    folder = tmp_path / "graph"
    with Store.open(folder, writing=True) as writer:
        writer.replace("brindle", facts("brindle"))
        writer.publish()
    code = textwrap.dedent(
        """
        import os, signal, sys
        from pathlib import Path
        from pactgraph.storing import Store, layout, publishing
        folder, step = sys.argv[1:]
        die = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
        if step == "backup":
            publishing._link_all = die
        elif step == "rename":
            publishing.shutil.copyfile = die
        else:
            layout.write_atomically = die
        writer = Store.open(Path(folder), writing=True)
        writer.remove("brindle")
        writer.publish()
        """
    )
    died = subprocess.run([sys.executable, "-c", code, str(folder), step], env=os.environ, check=False)
    assert died.returncode == -signal.SIGKILL
    snapshot = publishing.current(folder)
    assert snapshot is not None
    with Store.open(snapshot) as reader:
        assert reader.slugs() == ("brindle",)
    with Store.open(folder, writing=True) as writer:
        assert writer.slugs() == ()
        writer.publish()
    snapshot = publishing.current(folder)
    assert snapshot is not None
    with Store.open(snapshot) as reader:
        assert reader.slugs() == ()
    assert not [path for path in (folder / "published").iterdir() if path.name.startswith(".")]
