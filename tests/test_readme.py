"""The README tells the truth: its commands exist and run, and print what it shows."""

from __future__ import annotations

import doctest
import re
import shlex
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from pactgraph.cli import main

WIDTH = "100"
ELIDED = "…"


@pytest.fixture(scope="module")
def readme(root: Path) -> str:
    return (root / "README.md").read_text("utf-8")


@pytest.fixture
def workplace(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to an empty folder that holds nothing but the examples."""
    shutil.copytree(root / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", WIDTH)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr("pactgraph.cli.serving.run", lambda _, started: started("http://127.0.0.1:8377"))
    return tmp_path


def blocks(readme: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)


def sessions(readme: str) -> Iterator[tuple[list[str], list[str]]]:
    """Yield each `$ pactgraph ...` of the console blocks as its arguments and the lines shown below it."""
    for block in blocks(readme, "console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            words = shlex.split(command, comments=True)
            if words[0] == "pactgraph":
                yield words[1:], [line.rstrip() for line in shown.rstrip("\n").split("\n")] if shown.strip() else []


def agrees(shown: list[str], printed: list[str]) -> bool:
    """Tell whether the output is what is shown, where a line that is `…` stands for any lines."""
    pattern = "".join(r"(?:.*\n)*?" if line.strip() == ELIDED else re.escape(line) + r"\n" for line in shown)
    return re.fullmatch(pattern, "".join(f"{line.rstrip()}\n" for line in printed)) is not None


def commands() -> Mapping[str, click.Command]:
    assert isinstance(main, click.Group)
    return main.commands


def test_readme_shows_every_command_and_no_other(readme: str) -> None:
    assert len(commands()) >= 6
    assert {words[0] for words, _ in sessions(readme)} == set(commands())


def test_every_option_that_the_readme_names_exists(readme: str) -> None:
    known = {option for command in commands().values() for p in command.params for option in p.opts} | {"--help"}
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", readme))
    assert len(named) >= 3
    assert named <= known


def test_every_session_of_the_readme_prints_what_is_shown(readme: str, workplace: Path) -> None:
    ran = 0
    for arguments, shown in sessions(readme):
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 0, f"pactgraph {shlex.join(arguments)}\n{result.output}"
        if shown:
            assert agrees(shown, result.stdout.splitlines()), f"$ pactgraph {shlex.join(arguments)}\n{result.stdout}"
        ran += 1
    assert ran >= 6
    assert (workplace / "graph").is_dir()


def test_python_of_the_readme_gives_what_is_shown(readme: str, workplace: Path) -> None:
    code = "\n".join(blocks(readme, "python"))
    test = doctest.DocTestParser().get_doctest(code, {}, "README.md", "README.md", 0)
    assert len(test.examples) >= 4
    shown: list[str] = []
    results = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=shown.append)
    assert not results.failed, "".join(shown)
    assert workplace.is_dir()


def test_everything_on_the_map_of_folders_exists(root: Path, readme: str) -> None:
    (drawn,) = blocks(readme, "text")
    inner = ""
    places = []
    for line in drawn.splitlines():
        name = line.split()[0]
        if not line.startswith(" "):
            inner = name if name.endswith("/") else ""
            places.append(name)
        else:
            places.append(inner + name)
    assert len(places) >= 15
    assert [place for place in places if not (root / place).exists()] == []


def test_both_tasks_are_named(readme: str) -> None:
    assert "python3 tasks.py demo" in readme
    assert "python3 tasks.py check" in readme


def test_every_question_is_listed(root: Path, readme: str) -> None:
    names = {path.stem for path in (root / "src" / "pactgraph" / "querying" / "queries").glob("*.rq")}
    assert len(names) >= 10
    assert [name for name in sorted(names) if f"`{name}`" not in readme] == []


def test_every_exit_code_is_told(readme: str) -> None:
    for code in ("0", "1", "2"):
        assert re.search(rf"^\| {code} \|", readme, re.MULTILINE)
