"""The wheel carries all that pactgraph needs: it works in an empty environment, from another folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest

DATA = ("ontology", "mappings", "shapes")


class Installation(NamedTuple):
    """A fresh environment that holds the wheel, and an empty folder to work in."""

    python: Path
    script: Path
    folder: Path

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a command in the empty folder, with nothing of this checkout on the module path."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
        clean |= {"PYTHONUTF8": "1", "COLUMNS": "200", "NO_COLOR": "1"}
        return subprocess.run(
            [str(part) for part in command],
            cwd=self.folder,
            env=clean,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel with the backend that is installed, without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installation(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Install the wheel alone into a fresh environment; its dependencies are lent by this one.

    A line in a .pth file lends the folder but not its own .pth files, so an editable installation of
    this checkout stays out.
    """
    venv = tmp_path_factory.mktemp("fresh") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    binaries = venv / ("Scripts" if os.name == "nt" else "bin")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(binaries / "python")]
    done = subprocess.run([*pip, "install", "--no-deps", "--no-index", str(wheel)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    (packages,) = {path.parent for path in venv.rglob("pactgraph-*.dist-info")}
    lent = dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib"))
    (packages / "lent.pth").write_text("\n".join(lent) + "\n", "utf-8")
    return Installation(binaries / "python", binaries / "pactgraph", tmp_path_factory.mktemp("elsewhere"))


def test_wheel_carries_every_data_file_and_query(root: Path, wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    for name in DATA:
        files = [path.relative_to(root) for path in (root / name).rglob("*") if path.is_file()]
        assert len(files) >= 3, f"{name}/ holds only {len(files)} files"
        assert not [str(path) for path in files if f"pactgraph/data/{path.as_posix()}" not in held]
    queries = [path.relative_to(root / "src") for path in (root / "src").rglob("*.rq")]
    assert len(queries) >= 10
    assert not [str(path) for path in queries if path.as_posix() not in held]


def test_wheel_carries_the_licence_and_the_typing_marker_and_no_tests(wheel: Path) -> None:
    held = zipfile.ZipFile(wheel).namelist()
    assert "pactgraph/py.typed" in held
    assert [name for name in held if name.endswith("licenses/LICENSE")]
    assert not [name for name in held if name.startswith(("tests/", "examples/", "docs/"))]


def test_installed_wheel_imports_from_its_own_place_and_finds_its_data(installation: Installation) -> None:
    program = (
        "import json, pactgraph, pactgraph.resources as r;"
        "print(json.dumps([pactgraph.__file__, *(str(r.folder(name)) for name in r.FOLDERS)]))"
    )
    done = installation.run(installation.python, "-c", program)
    assert done.returncode == 0, done.stderr
    places = [Path(place).resolve() for place in json.loads(done.stdout)]
    assert len(places) == 1 + len(DATA)
    venv = installation.python.parents[1].resolve()
    assert all(place.is_relative_to(venv) for place in places), places


def test_installed_wheel_builds_validates_and_answers_from_another_folder(
    installation: Installation, examples: Path
) -> None:
    manifest = examples.parent / "manifest.csv"
    built = installation.run(installation.script, "build", examples, "--manifest", manifest, "--graph", "g")
    assert built.returncode == 0, built.stdout + built.stderr
    asked = installation.run(installation.script, "ask", "governing-law", "--graph", "g", "--format", "json")
    assert asked.returncode == 0, asked.stdout + asked.stderr
    answer = json.loads(asked.stdout)
    assert {row["agreement"]: row["law"] for row in answer["rows"] if row.get("law")} == {
        "brackenholt": "GB-EAW",
        "havelsteg": "DE",
        "quillmere": "US-DE",
    }
    texts = {path.stem: path.read_bytes().decode("utf-8") for path in examples.iterdir()}
    proofs = [evidence for row in answer["rows"] for evidence in row["evidence"]]
    assert len(proofs) >= 3
    assert all(texts[e["agreement"]][e["start"] : e["end"]] == e["quote"] for e in proofs)


def test_installed_wheel_has_a_playbook_to_begin_with(installation: Installation) -> None:
    sample = installation.run(installation.script, "playbook", "--sample")
    assert sample.returncode == 0, sample.stderr
    (installation.folder / "mine.yaml").write_text(sample.stdout, encoding="utf-8")
    judged = installation.run(installation.script, "validate", "--playbook", "mine.yaml", "--graph", "g")
    assert judged.returncode == 1, judged.stderr
    assert "3 agreements: " in judged.stdout


def test_module_runs_as_the_console_script_does(installation: Installation) -> None:
    by_module = installation.run(installation.python, "-m", "pactgraph.cli", "--help")
    by_script = installation.run(installation.script, "--help")
    assert by_module.returncode == by_script.returncode == 0, by_module.stderr + by_script.stderr
    assert by_script.stdout
    assert by_module.stdout.splitlines()[1:] == by_script.stdout.splitlines()[1:]
