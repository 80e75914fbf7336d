"""Decisions are added at the end of their file; what a person wrote there stays as it is."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import yaml

from pactgraph.correcting.decisions import Correction
from pactgraph.correcting.loading import listed, parsed
from pactgraph.correcting.values import ordered
from pactgraph.errors import CorrectionError
from pactgraph.model import FieldValue
from pactgraph.vocabulary import schema

_HEAD = "# Decisions on what pactgraph found in the agreements; see docs/corrections.md for the format.\n"


def append(path: Path, correction: Correction) -> None:
    """Add a decision at the end of the file `path`, which is made where there is none.

    All that the file holds stays, byte for byte. The file is replaced in one step, so an interruption leaves it
    as it was or with the whole decision.

    Raises CorrectionError where the file is wrong, or cannot be read or written.
    """
    try:
        old = path.read_bytes().decode("utf-8") if path.exists() else _HEAD
        new = old + _joint(old) + _entry(old, correction, str(path))
        before, after = (tuple(parsed(text.removeprefix("\ufeff"), str(path))) for text in (old, new))
        if len(after) != len(before) + 1:
            raise CorrectionError(f"{path}: the end of the file takes no further decision; end it after a decision.")
        _replace(path, new.encode("utf-8"))
    except OSError as error:
        reason = (error.strerror or "error").lower()
        raise CorrectionError(f"{path}: the file of corrections cannot be written ({reason}).") from error
    except UnicodeDecodeError as error:
        raise CorrectionError(f"{path}: the file of corrections is not UTF-8; save it as UTF-8.") from error


def _joint(old: str) -> str:
    return "" if not old or old.endswith("\n") else _line_end(old)


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _replace(path: Path, data: bytes) -> None:
    """Put `data` in the place of a file: first whole beside it, then under its name."""
    real = Path(os.path.realpath(path))  # of a link, what it leads to is replaced
    handle, name = tempfile.mkstemp(prefix=f".{real.name}.", dir=real.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        mode = real.stat().st_mode & 0o777 if real.exists() else 0o644
        os.chmod(name, mode)  # noqa: PTH101  the name is all there is
        Path(name).replace(real)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _entry(old: str, correction: Correction, name: str) -> str:
    """Return a decision as lines of YAML, set in like those that the file holds."""
    tree = listed(old.removeprefix("\ufeff"), name)
    margin = " " * (tree.start_mark.column if tree is not None else 0)
    lines = list(_lines(correction))
    end = _line_end(old)
    return "".join(f"{margin}{'- ' if number == 0 else '  '}{line}{end}" for number, line in enumerate(lines))


def _lines(correction: Correction) -> Iterator[str]:
    yield f"file: {_scalar(correction.file)}"
    yield f"sha256: {_scalar(correction.sha256)}"
    if correction.start is not None and correction.end is not None:
        yield f"start: {correction.start}"
        yield f"end: {correction.end}"
    yield f"quote: {_quoted(correction.quote)}"
    yield f"kind: {correction.kind}"
    yield f"verdict: {correction.verdict}"
    for key, fields in (("was", correction.was), ("fields", correction.fields)):
        if fields:
            yield f"{key}:"
            for name, value in ordered(schema().kind(correction.kind), fields).items():
                yield f"  {name}: {_value(value)}"
    yield f"who: {_scalar(correction.who)}"
    yield f"when: {correction.when}"
    if correction.why:
        yield f"why: {_quoted(correction.why)}"


def _value(value: FieldValue | None) -> str:
    if value is None:
        return "null"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_quoted, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) else _scalar(value)


def _quoted(text: str) -> str:
    """Return a text as a YAML scalar in double quotes, on one line."""
    return str(yaml.dump(text, default_style='"', allow_unicode=True, width=sys.maxsize)).rstrip("\n")


def _scalar(text: str) -> str:
    """Return a text as a YAML scalar, in quotes only where YAML would take it for something else."""
    if not text.isprintable():
        return _quoted(text)
    return str(yaml.safe_dump(text, allow_unicode=True, width=sys.maxsize)).removesuffix("...\n").rstrip("\n")
