"""The command line: every command documented, its example running, its errors one line with the fix."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from pyoxigraph import RdfFormat, parse

import pactgraph
from pactgraph import Graph
from pactgraph.cli import main
from pactgraph.pipeline import process
from pactgraph.querying import questions
from pactgraph.vocabulary import schema

COMMANDS = (
    "ask",
    "attach",
    "build",
    "check",
    "compare",
    "explain",
    "export",
    "import",
    "new-mapping",
    "outline",
    "playbook",
    "publish",
    "query",
    "review",
    "serve",
    "terms",
    "validate",
)
LAW = "SELECT ?slug ?law { ?t pg:law ?law ; pg:inAgreement/pg:slug ?slug } ORDER BY ?slug"


@pytest.fixture(scope="module")
def built(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the examples and the graph that was built from them."""
    place = tmp_path_factory.mktemp("built")
    shutil.copytree(examples.parent, place / "examples")
    listed = str(place / "examples" / "manifest.csv")
    done = run("build", str(place / "examples" / "agreements"), "--manifest", listed, "--graph", str(place / "graph"))
    assert done.exit_code == 0, done.output
    return place


@pytest.fixture
def place(built: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in the folder that holds examples/ and graph/."""
    monkeypatch.chdir(built)
    monkeypatch.setattr("pactgraph.cli.serving.run", lambda _, started: started("http://127.0.0.1:8377"))
    return built


def run(*arguments: str, stdin: str | bytes | None = None, env: Mapping[str, str] | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=stdin, env=env)


def refused(*arguments: str, stdin: str | None = None) -> str:
    """Run a command that must fail with code 2 and one line on stderr; return the line."""
    done = run(*arguments, stdin=stdin)
    assert done.exit_code == 2, done.output
    assert done.stderr.startswith("pactgraph: ")
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    return done.stderr.strip()


def paper(folder: Path, name: str, law: str = "Germany") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"Terms\n\n1. Law. This Agreement is governed by the laws of {law}.\n", encoding="utf-8")
    return path


# --- help -----------------------------------------------------------------------------------------


def test_the_commands_are_those_of_the_manual() -> None:
    assert tuple(sorted(main.commands)) == COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_documented(name: str) -> None:
    command = main.commands[name]
    assert command.help
    assert command.help.strip().endswith(".")
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    assert options
    assert [option.name for option in options if not option.help] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_help_ends_with_an_example_that_runs(name: str, place: Path) -> None:
    shown = run(name, "--help")
    assert shown.exit_code == 0
    example = (main.commands[name].epilog or "").removeprefix("Example: ")
    assert "".join(shown.output.split()).endswith("".join(example.split()))
    words = shlex.split(example)
    assert words[:2] == ["pactgraph", name]
    done = run(*words[1:])
    assert done.exit_code in ((0, 1) if "--fail-on" in words else (0,)), done.output
    (place / "graph.ttl").unlink(missing_ok=True)


def test_the_version_is_printed() -> None:
    assert run("--version").output == f"pactgraph {pactgraph.__version__}\n"


# --- build ----------------------------------------------------------------------------------------


def test_build_ends_with_a_summary(tmp_path: Path) -> None:
    paper(tmp_path / "papers", "acme/dpa.txt")
    (tmp_path / "papers" / "logo.png").write_bytes(b"\x89PNG")
    (tmp_path / "papers" / "blank.txt").touch()
    arguments = ("build", str(tmp_path / "papers"), "--graph", str(tmp_path / "graph"))
    done = run(*arguments)
    assert done.exit_code == 0, done.output
    assert f"1 agreement: 1 added. The graph is in {tmp_path / 'graph'}." in done.stdout
    assert "GoverningLaw 1" in done.stdout
    assert "acme--dpa" in next(line for line in done.stdout.splitlines() if "warning" in line)
    skipped = done.stdout.split("Skipped:\n")[1]
    assert "  logo.png: files of type '.png' cannot be read" in skipped
    assert "  blank.txt: " in skipped
    again = run(*arguments)
    assert "1 agreement: 1 unchanged." in again.stdout
    assert "Nothing has changed." in again.stdout


def test_build_names_the_kinds_with_the_most_terms_or_all_or_as_json(built: Path) -> None:
    folder = built / "examples"
    command = ["build", str(folder / "agreements"), "--graph", str(built / "graph")]
    command += ["--manifest", str(folder / "manifest.csv")]
    short, whole = (
        [line for line in run(*command, *more).stdout.splitlines() if " kinds: " in line]
        for more in ((), ("--verbose",))
    )
    assert len(short[0]) < 250
    assert re.search(r" kinds: (\w+ \d+, ){7}\w+ \d+ and \d\d other kinds\.$", short[0])
    assert "other kinds" not in whole[0]
    told = json.loads(run(*command, "--format", "json").stdout)
    assert sum(told["found"].values()) == int(short[0].split()[0])
    assert told["unchanged"] == ["brackenholt", "havelsteg", "quillmere"]


def test_build_without_validation_says_so(tmp_path: Path) -> None:
    done = run("build", str(paper(tmp_path, "a.txt")), "--graph", str(tmp_path / "g"), "--no-validate")
    assert done.exit_code == 0
    assert "Not validated." in done.stdout
    assert "warning" not in done.stdout


def test_build_fails_only_where_nothing_could_be_used(tmp_path: Path) -> None:
    (tmp_path / "blank.txt").touch()
    done = run("build", str(tmp_path / "blank.txt"), "--graph", str(tmp_path / "g"))
    assert done.exit_code == 2
    assert "blank.txt" in done.output
    good = paper(tmp_path, "good.txt")
    for command in (["ask", "uptime"], ["terms"], ["validate"], ["export", "-", "--format", "turtle"]):
        assert "the graph holds no agreement; run 'pactgraph build" in refused(*command, "--graph", str(tmp_path / "g"))
    mixed = ("build", str(good), str(tmp_path / "blank.txt"), str(tmp_path / "none"), "--graph", str(tmp_path / "g"))
    assert run(*mixed, "--no-validate").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "no path given"),
        (("missing",), "missing: no such file or folder"),
        (("empty",), "empty: the folder holds no agreement"),
        (("a.txt", "a.md"), "would be named 'a' like"),
        (("a.txt", "--manifest", "bad.csv"), "bad.csv:2: unknown kind of agreement 'suport'"),
        (("a.txt", "--manifest", "none.csv"), "none.csv: the manifest cannot be opened"),
        (("a.txt", "--graph", "other"), "other: not a pactgraph graph folder"),
    ],
)
def test_bad_input_to_build_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty").mkdir()
    paper(tmp_path, "a.txt")
    paper(tmp_path, "a.md")
    paper(tmp_path, "other/thing.txt")
    Path("bad.csv").write_text("file,kind\na.txt,suport\n", encoding="utf-8")
    assert message in refused("build", *arguments)


def test_an_interrupted_build_says_what_was_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:

    def stop(source: object, *rest: object) -> object:
        if getattr(source, "slug", "") == "b":
            raise KeyboardInterrupt
        return process(source, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(pactgraph.working, "process", stop)
    paper(tmp_path / "papers", "a.txt")
    paper(tmp_path / "papers", "b.txt")
    done = run("build", str(tmp_path / "papers"), "--graph", str(tmp_path / "g"), "--no-validate")
    assert done.exit_code == 130
    assert "Interrupted. The graph in" in done.stderr
    assert "keeps 1 agreement of this build" in done.stderr
    with Graph.open(tmp_path / "g") as graph:
        assert [agreement.slug for agreement in graph.agreements()] == ["a"]


# --- ask ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(questions()))
def test_every_question_answers_on_the_examples_in_every_format(name: str, place: Path) -> None:
    table = run("ask", name, env={"COLUMNS": "100"})
    assert table.exit_code == 0, table.output
    assert max(map(len, table.stdout.splitlines())) <= 100
    answer = json.loads(run("ask", name, "--format", "json").stdout)
    assert list(answer) == ["question", "rows", "silent", "excluded", "unknown"]
    with Graph.open(place / "graph") as graph:
        kinds = {record.term for record in graph.terms()}
    assert answer["rows"] or not kinds & {*questions()[name].kinds}, f"no example agreement answers {name}"
    lines = list(csv.DictReader(io.StringIO(run("ask", name, "--format", "csv").stdout)))
    assert [line["agreement"] for line in lines] == [row["agreement"] for row in answer["rows"]]
    texts = {path.stem: path.read_bytes().decode("utf-8") for path in (place / "examples" / "agreements").iterdir()}
    for row in answer["rows"]:
        assert set(questions()[name].columns) <= set(row)
        assert row["evidence"] or questions()[name].receipt
        assert all(texts[e["agreement"]][e["start"] : e["end"]] == e["quote"] for e in row["evidence"])
    without = [*answer["silent"], *answer["excluded"], *answer["unknown"]]
    assert sorted([*{row["agreement"] for row in answer["rows"]}, *without]) == sorted(texts)


def test_ask_lists_the_questions(place: Path) -> None:
    lines = run("ask", "--list").stdout.splitlines()
    assert len([line for line in lines if line.startswith("  ")]) == len(questions())
    assert "Service" in lines
    assert re.search(r"^  uptime +What uptime is promised, measured over what\?$", "\n".join(lines), re.M)


def test_help_behind_a_question_is_the_help_of_that_question() -> None:
    for words in (("my-duties", "--help"), ("--explain", "my-duties")):
        shown = run("ask", *words).stdout
        assert "What must the customer do, by when?" in shown
        assert "party: whose duties to list; Provider, Customer [default: Customer]" in shown
        assert "deadline   a duration such as P30D" in shown
        assert "Example: pactgraph ask my-duties --graph graph --param party=Provider" in shown
    assert "unknown question 'myduties'. Did you mean 'my-duties'?" in refused("ask", "myduties", "--help")
    assert "which question? 'pactgraph ask --list'" in refused("ask")


def test_footnotes_stand_in_the_row_and_are_quoted_whole_below(place: Path) -> None:
    lines = run("ask", "uptime", "--graph", "graph", "--evidence", env={"COLUMNS": "100"}).stdout.splitlines()
    assert lines[2].split()[-1] == "evidence"
    marks = [line.split()[-1] for line in lines if line.startswith("  9")]
    assert marks == ["[1]", "[2]"]
    below = " ".join(lines[next(n for n, line in enumerate(lines) if line.startswith("[1] ")) :])
    assert re.search(r"^\[1\] brackenholt: “.*” \(clause SCHEDULE 1/1\.1, \d+-\d+\)", below)
    assert "[2] havelsteg: “" in below


def test_a_party_may_be_written_in_small_letters(place: Path) -> None:
    small, large = (run("ask", "my-duties", "--graph", "graph", "--party", name) for name in ("provider", "Provider"))
    assert small.exit_code == 0
    assert small.stdout.splitlines()[3:] == large.stdout.splitlines()[3:]


def test_a_question_may_be_asked_of_one_agreement_and_one_party(place: Path) -> None:
    asked = ("ask", "my-duties", "--agreement", "quillmere", "--party", "Provider", "--format", "json")
    answer = json.loads(run(*asked).stdout)
    assert {row["agreement"] for row in answer["rows"]} == {"quillmere"}
    assert {row["party"] for row in answer["rows"]} <= {"Provider", "Both", "Either"}
    assert json.loads(run(*asked[:-4], "--format", "json").stdout)["rows"] != answer["rows"]


@pytest.mark.parametrize("form", ["md", "html", "xlsx", "jsonl", "csv", "json", "txt"])
def test_an_answer_is_written_to_a_file_in_the_format_of_its_ending(form: str, place: Path, tmp_path: Path) -> None:
    done = run("ask", "exits", "--out", str(tmp_path / f"exits.{form}"))
    assert (done.exit_code, done.stdout) == (0, "")
    assert [path.name for path in tmp_path.iterdir()] == [f"exits.{form}"]
    assert (tmp_path / f"exits.{form}").stat().st_size > 500


def test_all_questions_can_be_asked_at_once_and_no_row_is_without_evidence(place: Path) -> None:
    rows = [json.loads(line) for line in run("ask", "all", "--format", "jsonl").stdout.splitlines()]
    assert {row["question"] for row in rows} > {"uptime", "exits", "silences"}
    assert all(row["evidence"] for row in rows if not questions()[row["question"]].receipt)
    assert "several answers need one of the formats" in refused("ask", "all", "--format", "xlsx")


def test_deadlines_come_from_a_day_or_a_file_of_days(place: Path, tmp_path: Path) -> None:
    (tmp_path / "starts.csv").write_text("agreement,date\nbrackenholt,2030-02-01\n", encoding="utf-8")
    for start, begins in (("2031-01-01", "2031-01-01"), (str(tmp_path / "starts.csv"), "2030-02-01")):
        answer = json.loads(run("ask", "renewal-deadlines", "--start", start, "--format", "json").stdout)
        assert [row["begins"] for row in answer["rows"] if row["agreement"] == "brackenholt"] == [begins]
    (tmp_path / "starts.csv").write_text("agreement,date\nbrackenholt,soon\n", encoding="utf-8")
    message = refused("ask", "renewal-deadlines", "--start", str(tmp_path / "starts.csv"))
    assert "starts.csv:2: 'soon' is no day; write it like 2031-05-31." in message


def test_a_misspelt_question_is_suggested_even_where_there_is_no_graph() -> None:
    assert "Did you mean 'uptime'?" in refused("ask", "uptme", "--graph", "nowhere")


def test_csv_tells_who_has_no_row_beside_the_rows(place: Path) -> None:
    done = run("ask", "breach-notice", "--format", "csv")
    answer = json.loads(run("ask", "breach-notice", "--format", "json").stdout)
    without = [*answer["silent"], *answer["excluded"], *answer["unknown"]]
    assert without
    assert all(slug in done.stderr and slug not in done.stdout for slug in without)


def test_silences_have_a_row_for_each_agreement_and_kind(place: Path) -> None:
    rows = json.loads(run("ask", "silences", "--format", "json").stdout)["rows"]
    assert len(rows) == 3 * len(schema().kinds)
    assert {row["status"] for row in rows} <= {"stated", "excluded", "silent", "unknown"}
    assert all(row["evidence"] for row in rows if row["status"] in ("stated", "excluded"))
    assert all(not row["evidence"] for row in rows if row["status"] == "silent")


def test_a_quote_that_was_altered_is_an_error(place: Path, tmp_path: Path) -> None:
    shutil.copytree(place / "graph", tmp_path / "graph")
    for path in (tmp_path / "graph" / "sources").iterdir():
        path.write_text(path.read_text("utf-8").upper(), encoding="utf-8")
    assert "is not the source's words at" in refused("ask", "exits", "--graph", str(tmp_path / "graph"))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("ask",), "which question? 'pactgraph ask --list'"),
        (("ask", "uptme"), "unknown question 'uptme'."),
        (("ask", "uptime", "--graph", "nowhere"), "nowhere: no graph here; make one with 'pactgraph build PATH"),
        (("ask", "uptime", "--format", "yaml"), "'yaml' is not one of 'table', 'json', 'jsonl'"),
        (("ask", "uptime", "--party", "Provider"), "'uptime' takes no parameter 'party'; it takes none."),
        (("ask", "my-duties", "--party", "Vendor"), "my-duties: parameter 'party': unknown party 'Vendor'."),
        (("ask", "uptime", "--agreement", "quilmere"), "Did you mean 'quillmere'?"),
        (("ask", "my-duties", "--param", "party"), "'party' is no NAME=VALUE"),
        (("ask", "uptime", "--out", "uptime.doc"), "uptime.doc: unknown ending of a file '.doc'."),
        (("aks",), "unknown command 'aks'."),
        (("terms", "--kind", "Uptimes"), "unknown kind of term 'Uptimes'."),
        (("terms", "--kinds", "Uptime"), "'--kinds'"),
        (("query", "nothing.rq"), "nothing.rq: neither a SPARQL query (it has no '{') nor a file that can be read"),
        (("query", "SELECT ?x { ?x"), "query:1: not a SPARQL query"),
        (("query", "DROP ALL {}"), "query:1: DROP changes the graph"),
        (("query", "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"), "query:1: SERVICE asks another server"),
        (("query", "bad.rq"), "bad.rq:2: "),
        (("query", "latin.rq"), "latin.rq: the query is not UTF-8"),
        (("export", "out.ttl", "--format", "turtel"), "'turtel' is not one of"),
        (("export", "none/out.ttl", "--format", "turtle"), "none/out.ttl: cannot be written"),
        (("validate", "--graph", "nowhere"), "nowhere: no graph here"),
    ],
)
def test_bad_input_is_one_line_that_names_the_fix(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PACTGRAPH_GRAPH", str(place / "graph"))
    Path("bad.rq").write_text("SELECT ?x\nWHEER { ?x ?y ?z }\n", encoding="utf-8")
    Path("latin.rq").write_bytes("SELECT ?x { ?x ?y 'ü' }".encode("latin-1"))
    assert message in refused(*arguments)
    assert not Path("nowhere").exists()


def test_a_wrong_name_comes_with_the_nearest(place: Path) -> None:
    assert "Did you mean 'uptime'?" in refused("ask", "uptme")
    assert "Did you mean 'ask'?" in refused("aks")


# --- terms, query, validate, export ---------------------------------------------------------------


def test_terms_print_records_in_every_format(place: Path) -> None:
    lines = [json.loads(line) for line in run("terms").stdout.splitlines()]
    assert len(lines) >= 30
    assert all(list(line)[:2] == ["agreement", "term"] for line in lines)
    ends = [[name for name in list(line)[-4:] if name in ("quote", "reading", "start", "end")] for line in lines]
    assert {tuple(end) for end in ends} == {("quote", "start", "end"), ("quote", "reading", "start", "end")}
    assert all(line["reading"] != line["quote"] for line in lines if "reading" in line)
    assert not [name for line in lines for name in line if "." in name]
    assert json.loads(run("terms", "--format", "json").stdout) == lines
    rows = list(csv.DictReader(io.StringIO(run("terms", "--format", "csv").stdout)))
    assert [(row["agreement"], row["term"], row["start"]) for row in rows] == [
        (line["agreement"], line["term"], str(line["start"])) for line in lines
    ]


def test_terms_of_one_kind_have_its_columns_only(place: Path) -> None:
    done = run("terms", "--kind", "GoverningLaw", "--format", "csv")
    assert done.stdout.splitlines()[0] == "agreement,term,law,quote,start,end"
    laws = {row["agreement"]: row["law"] for row in csv.DictReader(io.StringIO(done.stdout))}
    assert laws == {"brackenholt": "GB-EAW", "havelsteg": "DE", "quillmere": "US-DE"}
    assert json.loads(run("terms", "--kind", "Escrow", "--format", "json").stdout) == []


def test_a_query_is_text_a_file_or_standard_input(place: Path, tmp_path: Path) -> None:
    (tmp_path / "law.rq").write_text(LAW, encoding="utf-8")
    by_text = run("query", LAW, "--format", "csv")
    assert by_text.stdout.splitlines()[1] == "brackenholt,GB-EAW"
    assert run("query", str(tmp_path / "law.rq"), "--format", "csv").stdout == by_text.stdout
    assert run("query", "-", "--format", "csv", stdin=LAW).stdout == by_text.stdout
    assert run("query", "--format", "csv", stdin=LAW).stdout == by_text.stdout
    bindings = json.loads(run("query", LAW, "--format", "json").stdout)["results"]["bindings"]
    assert bindings[0]["law"] == {"type": "literal", "value": "GB-EAW"}
    assert "GB-EAW" in run("query", LAW).stdout


def test_every_question_file_runs_as_a_query(place: Path) -> None:
    for question in questions().values():
        assert run("query", "-", "--format", "json", stdin=question.sparql).exit_code == 0, question.name


def test_validate_fails_on_the_severity_asked_for(tmp_path: Path) -> None:
    graph = ("--graph", str(tmp_path / "g"))
    run("build", str(paper(tmp_path, "a.txt")), *graph, "--no-validate")
    done = run("validate", *graph)
    assert done.exit_code == 0, done.output
    assert "a: " in done.stdout
    assert run("validate", *graph, "--fail-on", "warning").exit_code == 1
    assert run("validate", *graph, "--fail-on", "none").exit_code == 0
    counts = json.loads(run("validate", *graph, "--format", "json").stdout)["counts"]
    assert counts["warning"] > counts["violation"] == 0
    reports = "SELECT ?r { GRAPH <urn:pactgraph:report:a> { ?r sh:resultSeverity sh:Warning } }"
    rows = json.loads(run("query", reports, *graph, "--format", "json").stdout)["results"]["bindings"]
    assert len(rows) == counts["warning"]


@pytest.mark.parametrize("form", ["turtle", "nquads", "trig", "jsonld", "graphml"])
def test_export_writes_a_file_or_standard_output(form: str, place: Path, tmp_path: Path) -> None:
    done = run("export", str(tmp_path / "out"), "--format", form)
    assert done.exit_code == 0, done.output
    assert done.stdout == ""
    assert (tmp_path / "out").read_bytes() == run("export", "-", "--format", form).stdout_bytes
    if form == "nquads":
        assert len(list(parse(path=str(tmp_path / "out"), format=RdfFormat.N_QUADS))) > 1000


def test_the_graph_is_named_by_the_environment_too(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("ask", "uptime").exit_code == 2
    assert run("ask", "uptime", env={"PACTGRAPH_GRAPH": str(place / "graph")}).exit_code == 0


# --- as a process ---------------------------------------------------------------------------------


@pytest.fixture
def environment() -> dict[str, str]:
    source = str(Path(pactgraph.__file__).parents[1])
    return {**os.environ, "PYTHONPATH": source, "PYTHONIOENCODING": "ascii"}


def test_a_reader_that_stops_early_is_no_error(place: Path, environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "pactgraph.cli", "export", "-", "--format", "nquads"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().endswith(b".\n")
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


def test_a_terminal_that_knows_ascii_only_is_no_error(place: Path, environment: dict[str, str]) -> None:
    for arguments in (["ask", "auto-renewal"], ["terms"], ["ask", "auto-renewal", "--format", "json"]):
        command = [sys.executable, "-m", "pactgraph.cli", *arguments]
        done = subprocess.run(command, capture_output=True, env=environment, check=False)
        assert done.returncode == 0, done.stderr
        assert not done.stderr
        if arguments != ["ask", "auto-renewal"]:
            assert "\ufffd" not in done.stdout.decode("utf-8")


def test_outline_shows_the_clause_tree(place: Path) -> None:
    done = run("outline", "examples/agreements/brackenholt.txt")
    assert done.exit_code == 0, done.output
    lines = done.output.splitlines()
    assert lines[0].startswith("brackenholt.txt: ")
    assert any(line.startswith("  ") and line.rstrip().endswith("]") for line in lines)


def test_outline_as_json_holds_every_clause_with_its_place(place: Path) -> None:
    found = json.loads(run("outline", "examples/agreements/brackenholt.txt", "--format", "json").output)
    text = (place / "examples/agreements/brackenholt.txt").read_bytes().decode()
    assert found["length"] == len(text)
    keys = [clause["key"] for clause in found["clauses"]]
    assert len(keys) == len(set(keys)) > 30
    assert all(clause["parent"] is None or clause["parent"] in keys for clause in found["clauses"])
    assert all(0 <= clause["start"] <= clause["end"] <= clause["wholeEnd"] <= len(text) for clause in found["clauses"])
    assert all(reference["to"] is None or reference["to"] in keys for reference in found["references"])


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word_with_a_comment() -> bytes:
    paragraph = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>".format
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {WORD}><w:body>{paragraph('1. Fees.')}</w:body></w:document>"
        )
        comment = f'<w:comment w:id="1" w:author="R. Ode">{paragraph("Too high?")}</w:comment>'
        archive.writestr("word/comments.xml", f"<w:comments {WORD}>{comment}</w:comments>")
    return held.getvalue()


def test_outline_goes_on_after_a_bad_file_and_says_so_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.docx").write_bytes(word_with_a_comment())
    (tmp_path / "c.txt").write_bytes("1. Café fees.\n".encode("cp1252"))
    (tmp_path / "d.exe").write_bytes(b"MZ")
    done = run("outline", str(tmp_path))
    assert done.exit_code == 0
    assert [line.split(": ")[1] for line in done.stderr.splitlines()] == ["d.exe", "a.txt"]
    assert [line for line in done.stdout.splitlines() if "comment" in line] == ["comment by R. Ode: Too high?"]
    assert sum(line.startswith("note: ") and "Windows-1252" in line for line in done.stdout.splitlines()) == 1
    several = run("outline", str(tmp_path / "a.txt"), str(tmp_path / "c.txt"))
    assert several.exit_code == 0
    assert several.stdout.startswith("c.txt: 1 clauses")
    assert run("outline", str(tmp_path / "a.txt")).exit_code == 2


def test_outline_as_json_has_notes_and_warnings(tmp_path: Path) -> None:
    (tmp_path / "b.docx").write_bytes(word_with_a_comment())
    (tmp_path / "c.txt").write_bytes("1. Café fees.\n".encode("cp1252"))
    noted = json.loads(run("outline", str(tmp_path / "b.docx"), "--format", "json").stdout)
    assert (noted["notes"], noted["warnings"]) == (["comment by R. Ode: Too high?"], [])
    warned = json.loads(run("outline", str(tmp_path / "c.txt"), "--format", "json").stdout)
    assert warned["notes"] == []
    assert "Windows-1252" in warned["warnings"][0]


@pytest.mark.parametrize("command", [("outline",), ("build", "--no-validate")])
def test_a_path_without_use_is_one_line_with_the_fix(command: tuple[str, ...], tmp_path: Path) -> None:
    graph = ("--graph", str(tmp_path / "g")) if command[0] == "build" else ()
    assert "the pattern matches no file; '*' stands within one name" in refused(
        *command, str(tmp_path / "*.pdf"), *graph
    )
    assert "no such folder: " in refused(*command, str(tmp_path / "none" / "*.pdf"), *graph)
    unnamed = "add --name 'Acme MSA.docx', or --input-format with one of "
    assert unnamed in refused(*command, "-", *graph, stdin="1. Fees.")
    assert unnamed in refused(*command, "-", "--name", "Acme", *graph, stdin="1. Fees.")


def test_outline_of_no_agreement_is_refused(place: Path) -> None:
    assert "no such file" in refused("outline", "examples/agreements/none.txt")


def test_a_description_is_a_query_and_an_update_is_told_to_be_none(place: Path) -> None:
    assert run("query", "DESCRIBE <urn:pactgraph:agreement:havelsteg>").exit_code == 0
    assert "file" not in refused("query", "CLEAR ALL")
