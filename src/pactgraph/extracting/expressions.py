"""Regular expressions compiled once for many runs: what `re` makes of them is kept in the user's cache folder.

Compiling the expressions of all rules takes several times as long as reading a short agreement with them. What is
kept are the numbers that `re` itself compiles to, which it checks when it takes them back; they hold for one version
of Python alone. Without a folder that can be written, or with a file that cannot be read, all is compiled anew.
PACTGRAPH_CACHE names another folder; where it is empty nothing is kept.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
import zlib
from array import array
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from importlib import import_module
from pathlib import Path

VARIABLE = "PACTGRAPH_CACHE"
"""The environment variable that names the folder; set and empty it means none."""

_MOST_BYTES = 64_000_000
"""A larger file begins anew with what one run used."""

_FORMAT = 1
_UNREADABLE = (OSError, ValueError, KeyError, TypeError, IndexError, zlib.error)

_Code = tuple[int, int, dict[str, int], bytes]
"""Flags, number of groups, their names, and what the engine runs."""


@dataclass(eq=False)
class _Kept:
    """What the file holds, by digest, and what this run used, compiled and found to be well formed."""

    codes: dict[str, _Code] = field(default_factory=dict)
    sound: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    unsaved: int = 0


def compiled(source: str, flags: int) -> re.Pattern[str]:
    """Return the compiled expression, as `re.compile` does.

    Raises re.error where it is none.
    """
    kept = _kept()
    key = _digest(f"{flags} {source}")
    kept.used.add(key)
    if key in kept.codes:
        try:
            return _restored(source, kept.codes[key])
        except (RuntimeError, ValueError, TypeError, OverflowError):
            del kept.codes[key]
    try:
        kept.codes[key] = code = _code(source, flags)
    except (ImportError, AttributeError, TypeError):  # a Python whose `re` is made in another way
        return re.compile(source, flags)
    kept.unsaved += 1
    return _restored(source, code)


def is_kept(source: str, flags: int) -> bool:
    """Return whether an expression was compiled before, in this run or an earlier one."""
    return _digest(f"{flags} {source}") in _kept().codes


def is_sound(source: str) -> bool:
    """Return whether an expression was noted as well formed before, in this run or an earlier one."""
    return _digest(source) in _kept().sound


def note_sound(source: str) -> None:
    """Note that an expression is well formed."""
    _kept().sound.add(_digest(source))
    _kept().unsaved += 1


def keep_expressions(least: int = 1) -> None:
    """Write what this run compiled to the cache, if there are `least` new expressions; another run may do so too.

    The file is replaced whole, so readers see the old one or the new one. Where it cannot be written, nothing happens.
    """
    kept, path = _kept(), _path()
    if path is None or kept.unsaved < least:
        return
    kept.unsaved = 0
    there = _read(path)
    codes, sound = there.codes | kept.codes, there.sound | kept.sound
    if sum(len(code[3]) for code in codes.values()) > _MOST_BYTES:
        codes = {key: code for key, code in codes.items() if key in kept.used}
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(_packed(codes, sound))
    except OSError:
        return
    try:
        Path(file.name).replace(path)
    except OSError:
        Path(file.name).unlink(missing_ok=True)


def _packed(codes: dict[str, _Code], sound: set[str]) -> bytes:
    index = {key: [flags, groups, names, len(code)] for key, (flags, groups, names, code) in codes.items()}
    head = json.dumps([_FORMAT, index, sorted(sound)], separators=(",", ":")).encode()
    body = b"".join(code for _, _, _, code in codes.values())
    return zlib.compress(len(head).to_bytes(8, "big") + head + body, 1)


def _read(path: Path) -> _Kept:
    """Return what a file holds; nothing where it is missing, broken or of another format."""
    kept = _Kept()
    try:
        data = memoryview(zlib.decompress(path.read_bytes()))
        start = 8 + int.from_bytes(data[:8], "big")
        version, index, sound = json.loads(bytes(data[8:start]))
        if version != _FORMAT:
            return kept
        for key, (flags, groups, names, length) in index.items():
            kept.codes[key] = flags, groups, names, bytes(data[start : start + length])
            start += length
        kept.sound.update(sound)
    except _UNREADABLE:
        return _Kept()
    return kept


def _code(source: str, flags: int) -> _Code:
    """Return what `re` compiles an expression to; its steps are those of re.compile."""
    parsed = import_module("re._parser").parse(source, flags)
    code = import_module("re._compiler")._code(parsed, flags)
    state = parsed.state
    return int(flags | state.flags), state.groups - 1, dict(state.groupdict), array("I", code).tobytes()


def _restored(source: str, kept: _Code) -> re.Pattern[str]:
    flags, groups, names, code = kept
    by_number: list[str | None] = [None] * (groups + 1)
    for name, number in names.items():
        by_number[number] = name
    numbers = array("I")
    numbers.frombytes(code)
    made = import_module("_sre").compile(source, flags, numbers.tolist(), groups, names, tuple(by_number))
    assert isinstance(made, re.Pattern)
    return made


@cache
def _kept() -> _Kept:
    path = _path()
    return _Kept() if path is None else _read(path)


def _digest(source: str) -> str:
    return blake2b(source.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _path() -> Path | None:
    """Return the file of this version of Python, None where nothing is to be kept."""
    chosen = os.environ.get(VARIABLE)
    if chosen == "":
        return None
    try:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        magic = import_module("_sre").MAGIC
    except (RuntimeError, ImportError, AttributeError):
        return None
    folder = base / "pactgraph" if chosen is None else Path(chosen)
    return folder / f"expressions-{sys.implementation.cache_tag}-{sys.hexversion:x}-{magic}-{sys.byteorder}.bin"
