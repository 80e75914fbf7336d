"""Tells quickly which of hundreds of rules may match a text, so that only those are tried.

All rules of a scope are compiled, in a looser form, into one RE2 set that reads the text once.
"""

from __future__ import annotations

from collections.abc import Sequence

import re2

from pactgraph.extracting.rules import Rule

_MEMORY = 256 << 20


class Prefilter:
    """The rules of one scope, searched together."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        options = re2.Options()
        options.case_sensitive = False
        options.log_errors = False
        options.never_capture = True
        options.max_mem = _MEMORY
        self._set = re2.Set.SearchSet(options)
        self._rules = tuple(rules)
        self._owner: list[int] = []
        self._always: list[int] = []
        for index, rule in enumerate(rules):
            for pattern in rule.find:
                try:
                    re2.compile(pattern.loose, options)
                    self._set.Add(pattern.loose)
                    self._owner.append(index)
                except re2.error:
                    self._always.append(index)
        if self._owner:
            self._set.Compile()

    @property
    def unfiltered(self) -> tuple[str, ...]:
        """Names of the rules that RE2 cannot express, which are tried on every text."""
        return tuple(self._rules[i].name for i in dict.fromkeys(self._always))

    def candidates(self, text: str) -> list[Rule]:
        """Return the rules that may match `text`, in their own order."""
        hits = self._set.Match(text) if self._owner else None
        indexes = {*self._always, *(self._owner[i] for i in hits or ())}
        return [self._rules[i] for i in sorted(indexes)]
