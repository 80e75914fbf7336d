"""What the commands that read agreements share: standard input, limits, the view of tracked changes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import PurePath
from typing import Any

import click

from pactgraph.reading import FINAL, FORMATS, LIMITS, VIEWS, Limits, Source, from_stream

_STANDARD_INPUT = "-"
_UNNAMED = (
    "standard input has no name that tells its format; add --name 'Acme MSA.docx', or --input-format with one of "
    f"{', '.join(suffix.lstrip('.') for suffix in FORMATS)}."
)
_OPTIONS = (
    click.option("--name", default="", help="What the agreement on standard input is called: 'Acme MSA.docx'."),
    click.option(
        "--input-format",
        type=click.Choice([suffix.lstrip(".") for suffix in FORMATS]),
        help="The format of standard input, where --name does not end in it.",
    ),
    click.option(
        "--changes",
        type=click.Choice(VIEWS),
        default=FINAL,
        show_default=True,
        help="Which words of tracked changes count: as if accepted, as if rejected, or all.",
    ),
    click.option(
        "--timeout",
        type=click.FloatRange(min=0, min_open=True),
        default=LIMITS.seconds,
        show_default=True,
        help="Skip a document that takes longer to read, in seconds.",
    ),
    click.option(
        "--memory",
        type=click.IntRange(min=1),
        default=LIMITS.megabytes,
        show_default=True,
        help="Skip a document that takes more memory to read, in MB.",
    ),
    click.option(
        "--pages",
        type=click.IntRange(min=1),
        default=LIMITS.pages,
        show_default=True,
        help="Skip a PDF with more pages.",
    ),
    click.option(
        "--characters",
        type=click.IntRange(min=1),
        default=LIMITS.characters,
        show_default=True,
        help="Skip a document with more characters of text.",
    ),
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """How agreements are to be read, as the options say."""

    limits: Limits
    view: str
    name: str = ""
    input_format: str = ""

    def sources(self, paths: Sequence[str]) -> tuple[str | Source, ...]:
        """Return `paths` with '-' replaced by what standard input holds.

        Raises click.UsageError where the options do not say its format, SourceError as `from_stream` does.
        """
        if _STANDARD_INPUT in paths:
            if not self.input_format and not PurePath(self.name).suffix:
                raise click.UsageError(_UNNAMED)
            held = from_stream(sys.stdin.buffer, self.name, self.input_format, self.limits)
            return (held, *(path for path in paths if path != _STANDARD_INPUT))
        if self.name or self.input_format:
            raise click.UsageError("--name and --input-format are for standard input; give - as a path.")
        return tuple(paths)


def reading_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say how its agreements are read; it gets them as `chosen`."""

    @wraps(command)
    def choosing(
        *arguments: Any,
        name: str,
        input_format: str | None,
        changes: str,
        timeout: float,
        memory: int,
        pages: int,
        characters: int,
        **options: Any,
    ) -> None:
        limits = Limits(seconds=timeout, megabytes=memory, pages=pages, characters=characters)
        command(*arguments, chosen=Chosen(limits, changes, name, input_format or ""), **options)

    found: Callable[..., None] = choosing
    for option in reversed(_OPTIONS):
        found = option(found)
    return found
