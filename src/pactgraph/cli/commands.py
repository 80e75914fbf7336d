"""The commands as one group: each is imported when it is first needed, and its errors are one line."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click

from pactgraph.errors import PactgraphError, unknown

BAD_INPUT = 2
INTERRUPTED = 130
BROKEN_PIPE = 141


@dataclass(frozen=True, slots=True)
class Place:
    """Where a command is defined, a function of a module beside this one, and what it does in a line."""

    module: str
    function: str
    does: str


class _Loading(MutableMapping[str, click.Command]):
    """Commands by name; each is imported when it is asked for, so that help on one does not wait for all."""

    def __init__(self, places: Mapping[str, Place]) -> None:
        self.places = dict(places)
        self._loaded: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._loaded:
            place = self.places[name]
            command = getattr(import_module(f"pactgraph.cli.{place.module}"), place.function)
            assert isinstance(command, click.Command)
            self._loaded[name] = command
        return self._loaded[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._loaded[name] = command

    def __delitem__(self, name: str) -> None:
        del self.places[name]

    def __contains__(self, name: object) -> bool:
        return name in self.places

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)


class Commands(click.Group):
    """A group of commands whose errors are one line each, without a traceback."""

    def __init__(self, *arguments: Any, places: Mapping[str, Place], **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.places = places
        self.commands = _Loading(places)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each command does, without importing it."""
        limit = formatter.width - 6 - max(map(len, self.places))
        rows = [
            (name, click.Command(name, help=self.places[name].does).get_short_help_str(limit))
            for name in self.list_commands(ctx)
        ]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; end with the exit code that its error stands for."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            path = error.ctx.command_path if error.ctx else ctx.command_path
            complain(f"{error.format_message()} See '{path} --help'.")
            ctx.exit(BAD_INPUT)
        except PactgraphError as error:
            complain(str(error))
            ctx.exit(BAD_INPUT)
        except KeyboardInterrupt as error:
            complain(f"Interrupted. {error}".strip())
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            # Whatever reads our output has enough; leave Python nothing to complain about at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)
            ctx.exit(BROKEN_PIPE)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that `args` begin with; a wrong name gets a suggestion."""
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            raise click.UsageError(unknown("command", args[0], self.commands), ctx)
        return super().resolve_command(ctx, args)


def complain(message: str) -> None:
    """Say on standard error, in one line, what is wrong."""
    from pactgraph.querying import shown

    click.echo(f"pactgraph: {shown(message)}", err=True)
