"""The rules of the house that a machine can check: sizes, names, imports, public names, machine paths."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import pactgraph

STAGES = (
    "reading",
    "segmenting",
    "extracting",
    "correcting",
    "assembling",
    "storing",
    "validating",
    "querying",
    "exporting",
)
FORBIDDEN = frozenset({"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"})
ONE_STAGE_EACH = {"networkx": "exporting", "pyshacl": "validating", "re2": "extracting"}
IMPORT_NAMES = {"google-re2": "re2", "pyyaml": "yaml"}

# An absolute path is one of the faults that the shapes must report.
PLANTED = "shapes/examples/invalid/"
# The pattern is put together so that this file does not match itself.
MACHINE_PATH = re.compile(r"(?<![\w.:/<>}-])/(?:" + "|".join(("work", "tmp", "home", "root", "Users", "opt")) + r")/\w")


@pytest.fixture(scope="module")
def modules(root: Path) -> dict[Path, ast.Module]:
    """Return every module under src by its path below it, parsed."""
    top = root / "src"
    paths = sorted(path for path in top.rglob("*.py") if "__pycache__" not in path.parts)
    assert len(paths) >= 30, f"only {len(paths)} modules found under {top}"
    return {path.relative_to(top): ast.parse(path.read_text("utf-8")) for path in paths}


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many lines a function has from its `def` on, its docstring not counted."""
    first = function.body[0]
    documented = ast.get_docstring(function) is not None
    docstring = (first.end_lineno or first.lineno) - first.lineno + 1 if documented else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - docstring


def imported(tree: ast.Module) -> set[str]:
    """Return the dotted names of all modules that a module imports when it runs, at its top or later."""
    names: set[str] = set()
    typing = [node for node in ast.walk(tree) if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"]
    left_out = {inner for node in typing for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if node in left_out:
            continue
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return names


def stage(path: Path) -> str:
    return path.parts[1].removesuffix(".py")


def test_every_module_has_fewer_than_400_lines(root: Path, modules: dict[Path, ast.Module]) -> None:
    lengths = {str(path): len((root / "src" / path).read_text("utf-8").splitlines()) for path in modules}
    assert not {path: count for path, count in lengths.items() if count >= 400}


def test_every_function_has_fewer_than_40_lines(modules: dict[Path, ast.Module]) -> None:
    found = {f"{path}:{f.lineno} {f.name}": length(f) for path, tree in modules.items() for f in functions(tree)}
    assert len(found) >= 100
    assert not {name: count for name, count in found.items() if count >= 40}


def test_no_module_has_a_name_that_says_nothing(modules: dict[Path, ast.Module]) -> None:
    parts = {part.removesuffix(".py").strip("_") for path in modules for part in path.parts}
    assert not parts & FORBIDDEN


def test_every_module_says_what_it_is_for(modules: dict[Path, ast.Module]) -> None:
    assert not [str(path) for path, tree in modules.items() if not ast.get_docstring(tree)]


def test_no_stage_imports_another(modules: dict[Path, ast.Module]) -> None:
    checked = 0
    for path, tree in modules.items():
        if stage(path) not in STAGES:
            continue
        checked += 1
        others = {name for name in imported(tree) if name.startswith("pactgraph.")}
        strangers = {name for name in others if name.split(".")[1] in STAGES and name.split(".")[1] != stage(path)}
        assert not strangers, f"{path} imports {sorted(strangers)}"
    assert checked >= 20


def test_every_stage_exists_and_the_package_names_them_in_order(root: Path) -> None:
    assert [name for name in STAGES if not (root / "src" / "pactgraph" / name / "__init__.py").is_file()] == []
    text = pactgraph.__doc__ or ""
    places = [text.find(name) for name in STAGES]
    assert -1 not in places
    assert places == sorted(places)


def test_each_heavy_library_is_imported_by_one_stage_only(modules: dict[Path, ast.Module]) -> None:
    for library, owner in ONE_STAGE_EACH.items():
        users = {stage(path) for path, tree in modules.items() if library in {n.split(".")[0] for n in imported(tree)}}
        assert users == {owner}, f"{library} is imported by {sorted(users)}"


def test_every_dependency_is_imported_and_every_import_is_a_dependency(
    root: Path, modules: dict[Path, ast.Module]
) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {re.split(r"[\s<>=!~\[;]", line, maxsplit=1)[0].lower() for line in project["dependencies"]}
    declared = {IMPORT_NAMES.get(name, name) for name in declared}
    names = {name.split(".")[0] for tree in modules.values() for name in imported(tree)}
    assert names - sys.stdlib_module_names - {"pactgraph"} == declared


def test_the_public_names_are_listed_exist_and_are_documented() -> None:
    public = list(pactgraph.__all__)
    assert public == sorted(public, key=lambda name: (name.casefold(), name))
    assert len(public) == len(set(public))
    for name in public:
        thing = getattr(pactgraph, name)
        assert not isinstance(thing, type) or thing.__doc__, f"pactgraph.{name} has no docstring"


def test_nothing_public_is_left_out_of_the_list() -> None:
    modules = {path.stem for path in Path(pactgraph.__path__[0]).iterdir()}
    names = {name for name in vars(pactgraph) if not name.startswith("_")} - modules - {"annotations"}
    assert names <= set(pactgraph.__all__)


def test_every_module_imports_without_side_effects_on_the_others(modules: dict[Path, ast.Module]) -> None:
    for path in modules:
        name = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
        assert import_module(name).__name__ == name


def test_nothing_in_the_repository_names_a_path_of_some_machine(root: Path) -> None:
    files = [path for path in _tracked(root) if not path.relative_to(root).as_posix().startswith(PLANTED)]
    assert len(files) >= 60
    found = []
    for path in files:
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), start=1):
            if MACHINE_PATH.search(line):
                found.append(f"{path.relative_to(root)}:{number}: {line.strip()[:80]}")
    assert not found


def _tracked(root: Path) -> Iterator[Path]:
    """Yield the files of the repository; where git cannot tell, those that an sdist holds."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=False)
    if done.returncode == 0 and done.stdout:
        yield from (path for name in done.stdout.split("\0") if name and (path := root / name).is_file())
        return
    for folder in ("src", "ontology", "mappings", "shapes", "tests", "examples", "docs"):
        yield from (path for path in (root / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
