"""The commands of a checkout; they need Python 3.11+, pip's index, and nothing else.

    python3 tasks.py demo     build the example graph, validate it, ask it two questions
    python3 tasks.py check    format, lint, types, imports, tests
    python3 tasks.py readme   write what the commands of README.md print now into README.md
    python3 tasks.py docs     write docs/shapes.md anew from the shapes
    python3 tasks.py vendors  write examples/vendors.nq.gz anew from PACTGRAPH_DATA/agreements/seeds

All make .venv once and reinstall only when pyproject.toml or constraints.txt have changed.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
STAMP = VENV / "installed.txt"

CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("format", ("ruff", "format", "--check", ".")),
    ("lint", ("ruff", "check", ".")),
    ("types", ("mypy", "--strict")),
    ("imports", ("lint-imports",)),
)
TESTS = ("pytest", "--numprocesses=auto", "--dist=loadfile")

DEMO = (
    ("build", "examples/agreements", "--manifest", "examples/manifest.csv", "--graph", "graph"),
    ("validate", "--graph", "graph"),
    ("ask", "auto-renewal", "--graph", "graph"),
    ("ask", "breach-notice", "--graph", "graph"),
)


class TaskError(Exception):
    """A task cannot go on; the message says what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Run a task of this checkout.")
    parser.add_argument("task", choices=tuple(TASKS), help="demo: see it work; check: run all checks")
    task = parser.parse_args(arguments).task
    try:
        return TASKS[task]()
    except TaskError as error:
        print(f"tasks.py {task}: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def demo() -> int:
    """Build the example graph in graph/, validate it, and ask it questions; stop at the first failure."""
    install(dev=False)
    for command in DEMO:
        say(f"\n$ pactgraph {shlex.join(command)}")
        code = run("pactgraph", *command)
        if code:
            say(f"tasks.py demo: pactgraph {command[0]} ended with exit code {code}")
            return code
    say("\nThe graph is in graph/. More questions: .venv/bin/pactgraph ask --list")
    return 0


def check() -> int:
    """Run every check, even after one has failed; one line tells how each ended, pytest's own comes last."""
    install(dev=True)
    javascript()
    failed = [name for name, command in CHECKS if not passes(name, command)]
    say("tests    running pytest")
    if run(*TESTS):
        failed.append("tests")
    if failed:
        say(f"failed: {', '.join(failed)}")
    return 1 if failed else 0


def passes(name: str, command: Sequence[str]) -> bool:
    """Run one check quietly and report it in a line; show its output where it failed."""
    start = time.monotonic()
    done = subprocess.run(
        [program(command[0]), *command[1:]],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    verdict = "FAILED" if done.returncode else "ok"
    if done.returncode:
        say(done.stdout.rstrip())
    say(f"{name:<8} {verdict:<6} {time.monotonic() - start:5.1f} s  {shlex.join(command)}")
    return done.returncode == 0


def run(name: str, *arguments: str) -> int:
    """Run a program of the environment with its output shown as it comes; return its exit code."""
    return subprocess.run([program(name), *arguments], cwd=ROOT, env=environment()).returncode


def program(name: str) -> str:
    return shutil.which(name, path=str(BIN)) or str(BIN / name)


def environment() -> dict[str, str]:
    """Return the environment of a subprocess: the venv first, and no module path from outside."""
    kept = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}
    return kept | {"VIRTUAL_ENV": str(VENV), "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}


def install(*, dev: bool) -> None:
    """Make .venv hold this checkout and its pinned dependencies; do nothing where it does already."""
    wanted = fingerprint()
    held = STAMP.read_text("utf-8").split() if STAMP.is_file() else []
    if held[:1] == [wanted] and (not dev or "dev" in held[1:]):
        return
    if not has_pip():
        say("making .venv")
        make_venv()
    what = ".[dev]" if dev else "."
    say(f"installing pactgraph{' and the tools of the checks' if dev else ''} into .venv")
    STAMP.unlink(missing_ok=True)
    pip = (program("python"), "-m", "pip", "--disable-pip-version-check", "install", "--constraint", "constraints.txt")
    done = subprocess.run([*pip, "--editable", what], cwd=ROOT, env=environment(), capture_output=True, text=True)
    if done.returncode:
        raise TaskError(
            f"pip could not install the dependencies; is a package index reachable?\n{done.stderr.rstrip()}"
        )
    STAMP.write_text(f"{wanted} {'dev' if dev else 'runtime'}\n", "utf-8")


def javascript() -> None:
    """Install the client in JavaScript that a test of the endpoint uses, where npm is; the test tells if it is not."""
    npm, folder = shutil.which("npm"), ROOT / "tests" / "serving" / "javascript"
    if (
        npm
        and not (folder / "node_modules").is_dir()
        and not quiet([npm, "ci", "--ignore-scripts", "--prefix", str(folder)])
    ):
        say("npm could not install the client in JavaScript; its test is skipped")


def fingerprint() -> str:
    """Return the hash of what an installation depends on: the two files, the place, this Python."""
    parts = [(ROOT / name).read_bytes() for name in ("pyproject.toml", "constraints.txt")]
    parts += [str(ROOT).encode(), sys.version.encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def has_pip() -> bool:
    """Tell whether .venv holds a Python like this one that has pip."""
    python = shutil.which("python", path=str(BIN))
    if python is None:
        return False
    same = f"import sys, pip; sys.exit(sys.version_info[:2] != {sys.version_info[:2]!r})"
    return quiet([python, "-c", same])


def make_venv() -> None:
    """Make .venv, by the first way that works here.

    Debian takes ensurepip out of its Python, so `python3 -m venv` may fail: then the system's own pip
    or virtualenv does it, or, for root on Debian, the missing package is installed.
    """
    for way in (by_venv, by_outer_pip, by_virtualenv, by_apt):
        shutil.rmtree(VENV, ignore_errors=True)
        if way() and has_pip():
            return
    shutil.rmtree(VENV, ignore_errors=True)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    raise TaskError(
        f"cannot make a virtual environment with {sys.executable}: it lacks ensurepip and pip. "
        f"Install it, on Debian or Ubuntu by 'apt-get install python{version}-venv', and run this again."
    )


def by_venv() -> bool:
    return quiet([sys.executable, "-m", "venv", str(VENV)])


def by_outer_pip() -> bool:
    if not quiet([sys.executable, "-m", "venv", "--without-pip", str(VENV)]):
        return False
    return quiet([sys.executable, "-m", "pip", "--python", program("python"), "install", "pip"])


def by_virtualenv() -> bool:
    return quiet([sys.executable, "-m", "virtualenv", str(VENV)])


def by_apt() -> bool:
    apt = shutil.which("apt-get")
    if apt is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    say(f"installing python{version}-venv with apt-get")
    quiet([apt, "update"])
    return quiet([apt, "install", "--yes", "--no-install-recommends", f"python{version}-venv"]) and by_venv()


def quiet(command: Sequence[str]) -> bool:
    """Run a command without showing its output; tell whether it succeeded."""
    try:
        return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def say(text: str) -> None:
    print(text, flush=True)


def readme() -> int:
    install(dev=True)
    place = ROOT / "README.md"
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "examples", Path(folder, "examples"))
        place.write_text(CONSOLE.sub(lambda block: shown_again(block, Path(folder)), place.read_text("utf-8")), "utf-8")
    return 0


def shown_again(block: re.Match[str], folder: Path) -> str:
    """Return a console block with each command's present output; a line that is `…` still ends what is shown."""
    lines: list[str] = []
    for part in re.split(r"^\$ ", block[1], flags=re.MULTILINE)[1:]:
        command, _, before = part.partition("\n")
        lines.append(f"$ {command}")
        words = shlex.split(command, comments=True)
        if words[0] != "pactgraph" or words[1] == "serve" or before.startswith("…"):  # a server does not end by itself
            lines += before.splitlines()
            continue
        environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1"}
        done = subprocess.run(
            [str(BIN / words[0]), *words[1:]], cwd=folder, env=environment, capture_output=True, encoding="utf-8"
        )
        if done.returncode:
            raise TaskError(f"README.md: '{command}' fails: {done.stderr.strip()}")
        printed = [line.rstrip() for line in done.stdout.splitlines()]
        kept = before.splitlines()
        if kept:  # a command that shows nothing goes on showing nothing
            lines += [*printed[: kept.index("…")], "…"] if "…" in kept else printed
    return "```console\n" + "".join(f"{line}\n" for line in lines) + "```"


def docs() -> int:
    """Write the pages of docs/ that are made from other files."""
    install(dev=False)
    return run("python", "-m", "pactgraph.validating.documenting", "docs/shapes.md")


def vendors() -> int:
    """Write the graph of real agreements that examples/ shares: facts and figures, without their words."""
    install(dev=False)
    sources = Path(os.environ.get("PACTGRAPH_DATA", ROOT.parent / "shared"), "agreements", "seeds")
    if not sources.is_dir():
        raise TaskError(f"no agreements in {sources}; set PACTGRAPH_DATA to the folder that holds agreements/seeds.")
    with tempfile.TemporaryDirectory() as folder:
        code = run("pactgraph", "build", str(sources), "--graph", folder, "--no-validate")
        return code or run("pactgraph", "export", "examples/vendors.nq.gz", "--graph", folder, "--without-quotes")


TASKS = {"demo": demo, "check": check, "readme": readme, "docs": docs, "vendors": vendors}

if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036  said here, because an older Python gets this far
        sys.exit(f"tasks.py needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    sys.exit(main())
