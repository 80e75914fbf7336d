"""The commands for those who write mappings: check, new-mapping."""

from __future__ import annotations

from pathlib import Path

import click

from pactgraph.cli.group import mappings_option, output, progress
from pactgraph.errors import MappingError
from pactgraph.extracting import load_rules, mapping_files, own_references, scaffold
from pactgraph.proving import inspect
from pactgraph.querying import shown
from pactgraph.resources import folder, mapping_folders
from pactgraph.vocabulary import schema


@click.command(epilog="Example: pactgraph check --mappings examples/mappings")
@mappings_option
@click.pass_context
def check(context: click.Context, mappings: Path | None) -> None:
    """Run the examples of all rules, and find rules that prove nothing.

    \b
      failing     an example is not found, or a near-miss is
      unproven    a rule has no example, or a file no near-miss
      duplicate   an earlier rule of the kind has the same pattern and conditions
      shadowed    earlier rules of the kind find all that it finds in its examples

    Without --mappings the built-in rules are judged; with it those of the folder, in the company of the
    built-in ones. Ends with code 1 where there is a problem.
    """
    rules = load_rules(*mapping_folders(mappings))
    files = None
    if mappings is not None:
        files = [*(path.stem for path in mapping_files(mappings)), *own_references(mappings)]
    if files == []:
        raise MappingError(f"{mappings}: the folder holds no mapping file; 'pactgraph new-mapping KIND' begins one.")
    with progress("Checking") as advance:
        found = inspect(rules, files, advance)
    with output("text") as console:
        for problem in found.problems:
            console.print(shown(f"{problem.place}: {problem.kind}: {problem.rule} {problem.message}."), soft_wrap=True)
        rules_told = f"{found.rules} rule{'' if found.rules == 1 else 's'}"
        told = f"{len(found.problems) or 'no'} problem{'s' if len(found.problems) > 1 else ''}"
        console.print(f"{rules_told}, {found.examples} examples and near-misses: {told}.", soft_wrap=True)
    context.exit(1 if found.problems else 0)


@click.command("new-mapping", epilog="Example: pactgraph new-mapping BackupFrequency --into my-mappings")
@click.argument("kind")
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("mappings"),
    show_default=True,
    help="The folder for the new file; it is made where there is none.",
)
def new_mapping(kind: str, into: Path) -> None:
    """Begin a mapping file for a KIND of term, with what the ontology says of it.

    The file has one rule whose pattern and examples are still to be written; 'pactgraph check' says what
    is left. Where there is a built-in mapping of the kind, the new file gets a name of its own, so that it adds to
    that one; a file of the same name would stand in for it. No file is overwritten.
    """
    found = schema().kind(kind)
    path = into / f"{_file_name(found.name, into)}.yaml"
    try:
        into.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(scaffold(found))
    except FileExistsError as error:
        raise MappingError(f"{path}: the file exists; write the rule there, or choose another folder.") from error
    except OSError as error:
        raise MappingError(f"{path}: cannot be written: {error.strerror}.") from error
    click.echo(f"Wrote {path}. Write its rule and examples, then run: pactgraph check --mappings {into}")


def _file_name(kind: str, into: Path) -> str:
    """Return the file name for a kind, such as 'fee-change'; 'fee-change-own' where the name is a built-in one."""
    name = "".join(f"-{sign.lower()}" if sign.isupper() else sign for sign in kind).lstrip("-")
    built_in = folder("mappings")
    elsewhere = into.resolve() != built_in.resolve()
    return f"{name}-own" if elsewhere and (built_in / f"{name}.yaml").exists() else name
