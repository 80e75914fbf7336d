"""A report as JUnit XML: what the pipelines that build software show as tests that failed.

An agreement is a test suite. A violation is a failed case; a warning or a note is a passed case whose
output says what is missing; an agreement without any result has one case that passed.

Of a playbook each point is a case: a walk-away is a failure, what is not known to pass is skipped, with the reason.
The form is that of https://github.com/testmoapp/junitxml
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree

from pactgraph.model import Evidence, Result, Verdict
from pactgraph.validating.playbook import ACCEPTABLE, IDEAL, WALK_AWAY

# What XML 1.0 cannot hold.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def junit(groups: Sequence[tuple[str, Sequence[Result]]], engine: str) -> str:
    """Return agreements and their results as JUnit XML; each suite tells the engine."""
    root = ElementTree.Element("testsuites", name="pactgraph validate")
    for slug, results in groups:
        failures = sum(result.severity == "violation" for result in results)
        numbers = {"tests": str(max(1, len(results))), "failures": str(failures), "errors": "0", "skipped": "0"}
        suite = ElementTree.SubElement(root, "testsuite", {"name": slug, **numbers})
        properties = ElementTree.SubElement(suite, "properties")
        ElementTree.SubElement(properties, "property", name="engine", value=engine)
        for result in results:
            case = ElementTree.SubElement(suite, "testcase", classname=slug, name=result.shape)
            if result.severity == "violation":
                failure = ElementTree.SubElement(case, "failure", type=result.severity, message=_clean(result.message))
                failure.text = _told(result)
            else:
                ElementTree.SubElement(case, "system-out").text = _told(result)
        if not results:
            ElementTree.SubElement(suite, "testcase", classname=slug, name="conforms")
    return _written(root)


def verdicts_junit(groups: Sequence[tuple[str, Sequence[Verdict]]]) -> str:
    """Return agreements and the verdicts of a playbook on them as JUnit XML."""
    root = ElementTree.Element("testsuites", name="pactgraph validate --playbook")
    for slug, verdicts in groups:
        failures = sum(verdict.verdict == WALK_AWAY for verdict in verdicts)
        skipped = sum(verdict.verdict not in (WALK_AWAY, ACCEPTABLE, IDEAL) for verdict in verdicts)
        numbers = {"tests": str(len(verdicts)), "failures": str(failures), "errors": "0", "skipped": str(skipped)}
        suite = ElementTree.SubElement(root, "testsuite", {"name": slug, **numbers})
        for verdict in verdicts:
            case = ElementTree.SubElement(suite, "testcase", classname=f"{slug}.{verdict.playbook}", name=verdict.point)
            said = _clean(f"{verdict.verdict}: {verdict.title}")
            if verdict.verdict == WALK_AWAY:
                ElementTree.SubElement(case, "failure", type=verdict.verdict, message=said).text = _judged(verdict)
            elif verdict.verdict in (ACCEPTABLE, IDEAL):
                ElementTree.SubElement(case, "system-out").text = _judged(verdict)
            else:
                ElementTree.SubElement(case, "skipped", message=_clean(f"{said}. {verdict.reason}".strip()))
    return _written(root)


def _written(root: ElementTree.Element) -> str:
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _told(result: Result) -> str:
    about = [f"at {result.focus}"] if result.focus else []
    return _clean("\n".join((f"{result.severity}: {result.message}", *about, *_quotes(result.evidence))))


def _judged(verdict: Verdict) -> str:
    parts = {"found": verdict.found, "wanted": verdict.wanted, "reason": verdict.reason, "change": verdict.change}
    said = [f"{name}: {words}" for name, words in parts.items() if words]
    return _clean("\n".join((f"{verdict.verdict}: {verdict.title}", *said, *_quotes(verdict.evidence))))


def _quotes(evidence: Sequence[Evidence]) -> list[str]:
    return [f'clause {e.clause or "-"} [{e.start}:{e.end}]: "{e.quote}"' for e in evidence]


def _clean(text: str) -> str:
    return _UNPRINTABLE.sub(" ", text)
