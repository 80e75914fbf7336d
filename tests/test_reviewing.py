"""A person walks through what is uncertain; what they decide is in the graph after the next build."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import pactgraph.cli.reviewing
import pactgraph.graph
from pactgraph import Graph
from pactgraph.cli import main
from pactgraph.correcting import FILE_NAME, read
from pactgraph.errors import CorrectionError
from pactgraph.extracting import load_rules
from pactgraph.reading import discover
from pactgraph.resources import folder
from pactgraph.working import Task, Work, process_all

LARCH = """Larch Meadow Support Agreement

Larch Meadow Ltd ("Provider") supports the software of Fennel Works Ltd ("Customer").
1. Taxes. All sums are exclusive of value added tax, which the Customer shall pay in addition at the rate then in force.
2. Law. This Agreement is governed by the laws of the State of California.
3. Term. Either party may terminate this Agreement for convenience upon thirty (30) days' written notice.
"""
TAXES = "All sums are exclusive of value added tax"


@pytest.fixture(scope="module", autouse=True)
def rules_read_once() -> Iterator[None]:
    """Commands read the mappings anew each time; here once is enough."""
    rules = load_rules(folder("mappings"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pactgraph.working, "load_rules", lambda _: rules)
        patch.setattr(pactgraph.cli.reviewing, "load_rules", lambda _: rules)
        yield


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    made = tmp_path / "papers"
    made.mkdir()
    (made / "larch.txt").write_text(LARCH, encoding="utf-8")
    return made


def review(*arguments: str, answers: Sequence[str] = ()) -> Result:
    fixed = ["--who", "R. Ode", "--when", "2031-05-01"]
    return CliRunner().invoke(main, ["review", *arguments, *fixed], input="".join(f"{line}\n" for line in answers))


def kinds(graph: Graph) -> list[str]:
    return [record.term for record in graph.terms()]


def decisions(graph: Graph, select: str) -> list[list[str]]:
    result = graph.query(f"SELECT {select} {{ ?review pg:reviewVerdict ?verdict }} ORDER BY ?verdict")
    return [[value.value for value in row] for row in result]  # type: ignore[union-attr]


def listed(papers: Path) -> str:
    done = review(str(papers), "--list")
    assert done.exit_code == 0, done.output
    return done.stdout


def test_what_is_uncertain_is_listed_with_its_hash_and_nothing_is_asked(papers: Path) -> None:
    told = listed(papers)
    assert told.startswith("larch.txt sha256 ")
    assert "Taxes: likely, by taxes/" in told
    assert "GoverningLaw: certain" not in told
    assert not (papers / FILE_NAME).exists()


def test_a_decision_is_written_before_the_next_question(papers: Path) -> None:
    count = listed(papers).count(", by ")
    assert count >= 1
    done = review(str(papers), answers=["c"])  # and then no more answers
    assert (done.exit_code, (papers / FILE_NAME).exists()) == (0, False)
    done = review(str(papers), answers=["c", "as on the form"])
    (made,) = read(papers / FILE_NAME)
    assert (made.verdict, made.who, made.when, made.why) == ("confirm", "R. Ode", "2031-05-01", "as on the form")
    assert LARCH[made.start : made.end] == made.quote
    assert f"1 decision written to {papers / FILE_NAME}. {count - 1 or 'Nothing'} left" in done.stdout


def test_the_walk_goes_on_where_it_stopped(papers: Path) -> None:
    count = listed(papers).count(", by ")
    review(str(papers), answers=["r", "", "q"])
    again = review(str(papers), answers=["r", ""] * count)
    assert again.stdout.count("[c]onfirm") == count - 1
    assert len(read(papers / FILE_NAME)) == count
    assert listed(papers) == f"0 uncertain findings to decide on, {count} decided before.\n"


def test_what_is_skipped_is_asked_again(papers: Path) -> None:
    review(str(papers), answers=["s"] * 9)
    assert not (papers / FILE_NAME).exists()


def test_a_wrong_key_field_or_value_is_asked_again(papers: Path) -> None:
    answers = ["x", "e", "prty", "e", "party", "Custmer", "e", "party", "Provider", "c", "they pay it"]
    done = review(str(papers), "--only", "likely", answers=answers)
    assert "Type one of c, r, e, a, s, q." in done.stdout
    assert "Did you mean 'party'?" in done.stdout
    assert "Did you mean 'Customer'?" in done.stdout
    (made,) = read(papers / FILE_NAME)
    assert (made.kind, made.verdict) == ("Taxes", "correct")
    assert (dict(made.was), dict(made.fields)) == ({"party": "Customer"}, {"party": "Provider"})


def test_a_finding_that_is_missing_is_added_and_the_walk_stays_where_it_is(papers: Path) -> None:
    words = "the laws of the State of California"
    answers = ["a", "GoverningLw", "a", "GoverningLaw", "no such words", "9-2", words, "lw", "law", "IE", ""]
    done = review(str(papers), answers=[*answers, "they told us", "a", "", "q"])
    assert "Did you mean 'GoverningLaw'?" in done.stdout
    assert "Did you mean 'law'?" in done.stdout
    assert "No such words in the text." in done.stdout
    assert f"The text has {len(LARCH)} characters" in done.stdout
    assert done.stdout.count("1 of ") == 1
    (made,) = read(papers / FILE_NAME)
    assert (made.verdict, made.kind, dict(made.fields), made.why) == (
        "add",
        "GoverningLaw",
        {"law": "IE"},
        "they told us",
    )
    assert LARCH[made.start : made.end] == made.quote == words


def test_words_that_stand_twice_are_told_with_their_places(papers: Path) -> None:
    first, second = LARCH.index("Customer"), LARCH.index("Customer", LARCH.index("Customer") + 1)
    place = f"{second}-{second + 8}"
    done = review(str(papers), answers=["a", "Taxes", "Customer", place, "party", "Customer", "", "", "q"])
    assert f"{first}-{first + 8}, {place}" in done.stdout
    (made,) = read(papers / FILE_NAME)
    assert (made.start, made.end, made.quote) == (second, second + 8, "Customer")


def test_an_interruption_keeps_what_was_decided(papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["r", ""])

    def answer(prompt: str) -> str:
        for given in answers:
            return given
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", answer)
    (papers / "larch-2.txt").write_text(LARCH.replace("Larch", "Alder"), encoding="utf-8")
    done = review(str(papers))
    assert done.exit_code == 130
    assert "Interrupted. 1 decision written" in done.stderr
    assert len(read(papers / FILE_NAME)) == 1


def test_the_graph_can_be_walked_through_too(papers: Path, tmp_path: Path) -> None:
    at = str(tmp_path / "graph")
    with Graph.open(at, writing=True) as graph:
        graph.build([papers], validate=False)
    assert review("--graph", at, "--list").stdout == listed(papers)
    assert review("--graph", at).exit_code == 2
    file = tmp_path / "ours.yaml"
    count = listed(papers).count(", by ")
    assert review("--graph", at, "--file", str(file), answers=["r", ""] * count).exit_code == 0
    assert len(read(file)) == count
    with Graph.open(at, writing=True) as graph:
        assert graph.build([papers], corrections=file, validate=False).changed == ("larch",)
        assert "Taxes" not in kinds(graph)


def test_a_rejected_finding_is_gone_after_the_build_and_its_rejection_is_recorded(papers: Path, tmp_path: Path) -> None:
    with Graph.open(tmp_path / "graph", writing=True) as graph:
        graph.build([papers], validate=False)
        before = kinds(graph)
        assert review(str(papers), "--only", "likely", answers=["r", "not ours", "q"]).exit_code == 0
        summary = graph.build([papers])
        assert (summary.changed, summary.notes) == (("larch",), ())
        assert "violation" not in summary.severities["larch"]
        assert sorted([*kinds(graph), "Taxes"]) == sorted(before)
        assert decisions(graph, "?verdict")[0] == ["https://w3id.org/pactgraph/value/reject"]
        assert graph.build([papers]).unchanged == ("larch",)
        (papers / FILE_NAME).write_bytes((papers / FILE_NAME).read_bytes() + b"# a remark of our own\n")
        assert graph.build([papers]).unchanged == ("larch",)
        (papers / FILE_NAME).unlink()
        assert graph.build([papers]).changed == ("larch",)
        assert kinds(graph) == before


def test_a_source_that_changed_under_a_decision_is_told_in_notes_and_as_a_warning(papers: Path, tmp_path: Path) -> None:
    review(str(papers), "--only", "likely", answers=["r", "", "q"])
    with Graph.open(tmp_path / "graph", writing=True) as graph:
        (papers / "larch.txt").write_text(LARCH.replace("California", "Delaware"), encoding="utf-8")
        ((name, note),) = graph.build([papers]).notes
        assert (name, "the words stand where they stood" in note) == ("larch.txt", True)
        assert "Taxes" not in kinds(graph)
        assert "review-moved" in {result.shape for result in graph.validate().results}
        (papers / "larch.txt").write_text(LARCH.replace(TAXES, "All sums exclude value added tax"), encoding="utf-8")
        ((_, note),) = graph.build([papers]).notes
        assert "stale, not applied" in note
        assert "review-stale" in {result.shape for result in graph.validate().results}


def test_a_decision_about_no_file_is_noted_and_a_wrong_one_stops_the_build(papers: Path, tmp_path: Path) -> None:
    review(str(papers), answers=["r", "", "q"])
    file = papers / FILE_NAME
    (papers / "larch.txt").rename(papers / "alder.txt")
    with Graph.open(tmp_path / "graph", writing=True) as graph:
        assert graph.build([papers], validate=False).notes == ()  # the same bytes under another name
        (papers / "alder.txt").write_text(LARCH + "\n", encoding="utf-8")
        told = (str(file), "1 decision is about files that are not there: larch.txt.")
        assert graph.build([papers], validate=False).notes == (told,)
        file.write_text(file.read_text().replace("reject", "rejct"))
        with pytest.raises(CorrectionError, match=r"corrections\.yaml:8: unknown verdict 'rejct'.*'reject'"):
            graph.build([papers], validate=False)


def test_worker_processes_apply_decisions_too(papers: Path) -> None:
    review(str(papers), "--only", "likely", answers=["r", "", "q"])
    (papers / "alder.txt").write_text(LARCH.replace("Larch", "Alder"), encoding="utf-8")
    tasks = [Task(source) for source in discover([papers]).sources]
    work = Work((folder("mappings"),), "1.0", corrections=read(papers / FILE_NAME))
    alone, together = ([done for _, done in process_all(tasks, work, n)] for n in (1, 2))
    assert [done.quads for done in alone] == [done.quads for done in together]  # type: ignore[union-attr]
    assert [len(done.extraction.reviews) for done in together] == [0, 1]  # type: ignore[union-attr]
