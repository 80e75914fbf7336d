"""The command line: arguments in, one call of the façade, text out.

Exit codes: 0 done; 1 findings (violations, or as --fail-on says); 2 bad input; 130 interrupted.
"""

from __future__ import annotations

import click

import pactgraph
from pactgraph.cli.asking import query, terms
from pactgraph.cli.building import build, validate
from pactgraph.cli.checking import check, new_mapping
from pactgraph.cli.explaining import explain
from pactgraph.cli.exporting import export
from pactgraph.cli.group import Commands
from pactgraph.cli.outlining import outline
from pactgraph.cli.playbooks import playbook
from pactgraph.cli.publishing import publish
from pactgraph.cli.questions import ask
from pactgraph.cli.reviewing import review
from pactgraph.cli.serving import serve
from pactgraph.cli.sharing import attach, import_

__all__ = ["main"]


@click.group(
    cls=Commands,
    commands=[
        build,
        terms,
        ask,
        validate,
        export,
        import_,
        attach,
        query,
        outline,
        explain,
        check,
        new_mapping,
        review,
        serve,
        publish,
        playbook,
    ],
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: pactgraph build examples/agreements --graph graph",
)
@click.version_option(pactgraph.__version__, "-V", "--version", prog_name="pactgraph", message="%(prog)s %(version)s")
def main() -> None:
    """Turn a folder of agreements into a knowledge graph of contract terms, and ask it questions.

    Every answer comes with the words of the agreement that prove it.
    """
