"""The Python API is as small as its page says, does what the page shows, and shows itself in notebooks."""

from __future__ import annotations

import doctest
import importlib
import re
import runpy
import shutil
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import pactgraph
from pactgraph import Answer, Evidence, Graph, Report, Result, Row
from pactgraph.building import BuildSummary
from pactgraph.errors import MissingExtraError

HOSTILE = "<script>alert(1)</script>\x1b[2J\u202e&"


def answer(words: str, *values: Any) -> Answer:
    evidence = (Evidence(words, words, 1, 2, words),)
    rows = tuple(Row(words, words, {"value": value}, evidence) for value in values)
    return Answer("q", words, ("value",), rows, silent=(words,))


def test_the_page_lists_the_public_names_and_they_are_few(root: Path) -> None:
    table = re.findall(r"^\| (`.*?) \|", (root / "docs" / "python.md").read_text("utf-8"), re.MULTILINE)
    listed = re.findall(r"`(\w+)`", " ".join(table))
    assert sorted(listed, key=str.casefold) == pactgraph.__all__
    assert len(listed) <= 15


def test_the_page_shows_what_python_prints(
    root: Path, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(root / "examples", tmp_path / "examples")
    shutil.copytree(built, tmp_path / "graph")
    monkeypatch.chdir(tmp_path)
    page = (root / "docs" / "python.md").read_text("utf-8")
    code = "\n".join(re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL))
    test = doctest.DocTestParser().get_doctest(code, {}, "python.md", "python.md", 0)
    assert len(test.examples) >= 20
    shown: list[str] = []
    results = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=shown.append)
    assert not results.failed, "".join(shown)


def test_the_example_program_runs(
    root: Path, built: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program = root / "examples" / "portfolio.py"
    for folder, code in ((built, 0), (root / "docs", 2)):
        monkeypatch.setattr(sys, "argv", [str(program), str(folder)])
        with pytest.raises(SystemExit) as ended:
            runpy.run_path(str(program), run_name="__main__")
        assert ended.value.code == code
    said = capsys.readouterr()
    assert "Brackenholt: percent 99.9" in said.out
    assert "  excluded: quillmere" in said.out
    assert said.err.count("\n") == 1


def test_the_package_says_that_it_is_typed(root: Path) -> None:
    assert (root / "src" / "pactgraph" / "py.typed").is_file()


class TestNotebooks:
    @pytest.mark.parametrize(
        "thing",
        [
            answer(HOSTILE, HOSTILE, (HOSTILE, "b"), None, True, Decimal("1.50")),
            Report((Result(HOSTILE, "warning", HOSTILE, HOSTILE, "", evidence=(Evidence("a", HOSTILE, 1, 2),)),)),
            BuildSummary(added=(HOSTILE,), skipped=((HOSTILE, HOSTILE),), notes=((HOSTILE, HOSTILE),)),
        ],
    )
    def test_what_agreements_say_is_escaped(self, thing: Any) -> None:
        shown = thing._repr_html_()
        assert "<script" not in shown
        assert "&lt;script&gt;" in shown
        assert not re.search(r"[\x00-\x1f\u202e]", shown)
        assert set(re.findall(r"</?(\w+)", shown)) == {"p", "b", "table", "thead", "tbody", "tr", "th", "td"}

    def test_a_long_answer_is_cut_and_says_so(self) -> None:
        shown = answer("a", *map(str, range(250)))._repr_html_()
        assert shown.count("<tr>") == 101
        assert "250 rows, the first 100 shown" in shown

    def test_the_graph_shows_its_agreements(self, built: Path) -> None:
        with Graph.open(built) as graph:
            assert "<td>quillmere</td>" in graph._repr_html_()


class TestPandas:
    def test_numbers_are_numbers_and_the_words_come_along(self) -> None:
        pytest.importorskip("pandas")
        frame = answer("a", Decimal("1.5"), Decimal(2), None).to_pandas()
        columns = ["agreement", "vendor", "value", "quote", "start", "end", "clause", "page", "evidence"]
        assert list(frame.columns) == columns
        assert frame["value"].sum() == 3.5
        assert frame["evidence"][0][0].quote == "a"
        assert list(answer("a").to_pandas().columns) == columns

    def test_without_pandas_the_error_names_the_extra(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def absent(name: str) -> object:
            raise ImportError(name)

        monkeypatch.setattr(importlib, "import_module", absent)
        with pytest.raises(MissingExtraError, match=r"pip install 'pactgraph\[pandas\]'"):
            answer("a").to_pandas()
