"""A report as JUnit XML: what the pipelines that build software show as tests that failed.

An agreement is a test suite. A violation is a failed case; a warning or a note is a passed case whose
output says what is missing; an agreement without any result has one case that passed. The form is that
of https://github.com/testmoapp/junitxml
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree

from pactgraph.model import Result

# What XML 1.0 cannot hold.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def junit(groups: Sequence[tuple[str, Sequence[Result]]]) -> str:
    """Return agreements and their results as JUnit XML."""
    root = ElementTree.Element("testsuites", name="pactgraph validate")
    for slug, results in groups:
        failures = sum(result.severity == "violation" for result in results)
        numbers = {"tests": str(max(1, len(results))), "failures": str(failures), "errors": "0", "skipped": "0"}
        suite = ElementTree.SubElement(root, "testsuite", {"name": slug, **numbers})
        for result in results:
            case = ElementTree.SubElement(suite, "testcase", classname=slug, name=result.shape)
            if result.severity == "violation":
                failure = ElementTree.SubElement(case, "failure", type=result.severity, message=_clean(result.message))
                failure.text = _told(result)
            else:
                ElementTree.SubElement(case, "system-out").text = _told(result)
        if not results:
            ElementTree.SubElement(suite, "testcase", classname=slug, name="conforms")
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _told(result: Result) -> str:
    quotes = [f'clause {e.clause or "-"} [{e.start}:{e.end}]: "{e.quote}"' for e in result.evidence]
    about = [f"at {result.focus}"] if result.focus else []
    return _clean("\n".join((f"{result.severity}: {result.message}", *about, *quotes)))


def _clean(text: str) -> str:
    return _UNPRINTABLE.sub(" ", text)
