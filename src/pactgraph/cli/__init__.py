"""The command line: arguments in, one call of the façade, text out.

Exit codes: 0 done; 1 findings (violations, or as --fail-on says); 2 bad input; 130 interrupted.
"""

from __future__ import annotations

import click

import pactgraph
from pactgraph.cli.commands import Commands, Place

__all__ = ["main"]

COMMANDS = {
    "build": Place(
        "building",
        "build",
        "Read agreements into the graph: files, folders, patterns, zip archives, URLs, or - for standard input.",
    ),
    "terms": Place(
        "asking", "terms", "Print every contract term of the graph as a record, with the words that state it."
    ),
    "ask": Place(
        "questions", "ask", "Answer a named QUESTION across all agreements, with the words that prove each row."
    ),
    "compare": Place(
        "comparing",
        "compare",
        "Put what agreements state of each kind of term side by side, best and worst for the customer marked.",
    ),
    "validate": Place("building", "validate", "Report what is wrong or missing in each agreement, by the shapes."),
    "export": Place(
        "exporting", "export", "Write the graph to the file OUT, or to standard output for -, for other tools."
    ),
    "import": Place(
        "sharing",
        "import_",
        "Take into the graph what others shared: files that 'pactgraph export --without-quotes' wrote.",
    ),
    "attach": Place(
        "sharing",
        "attach",
        "Put the words of agreements back into a graph that was shared without them, from the files among PATH....",
    ),
    "query": Place("asking", "query", "Run SPARQL over the graph: the text itself, a file, or - for standard input."),
    "outline": Place("outlining", "outline", "Show the clause tree of agreements: numbers, headings, offsets, pages."),
    "explain": Place(
        "explaining",
        "explain",
        "Say why terms were found in an agreement, or were not: rule by rule, condition by condition.",
    ),
    "check": Place("checking", "check", "Run the examples of all rules, and find rules that prove nothing."),
    "new-mapping": Place(
        "checking", "new_mapping", "Begin a mapping file for a KIND of term, with what the ontology says of it."
    ),
    "review": Place(
        "reviewing", "review", "Walk through the findings that are uncertain, and write down what you decide on each."
    ),
    "serve": Place(
        "serving", "serve", "Serve the graph: SPARQL at /sparql, named questions at /ask/NAME, both read only."
    ),
    "publish": Place(
        "publishing", "publish", "Send the graphs of all agreements, and the ontology, to the SPARQL store at URL."
    ),
    "playbook": Place(
        "playbooks",
        "playbook",
        "Check the playbook FILE and print it as SHACL shapes; with --sample, print a playbook to begin with.",
    ),
}
"""By name, where each command is, and the first sentence of its help: the help on all shows it without importing."""


@click.group(
    cls=Commands,
    places=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: pactgraph build examples/agreements --graph graph",
)
@click.version_option(pactgraph.__version__, "-V", "--version", prog_name="pactgraph", message="%(prog)s %(version)s")
def main() -> None:
    """Turn a folder of agreements into a knowledge graph of contract terms, and ask it questions.

    Every answer comes with the words of the agreement that prove it.
    """
