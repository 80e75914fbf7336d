"""Keeps the condition of a norm apart from what is done on it."""

from __future__ import annotations

import re

_LED_IN = re.compile(
    r"(?:\)?,|(?<!\(\w)(?<!\(\w\w)\)) (?:then )?"
    r"(?:(?:[^\s,;]+ ){0,6}?(?:shall|will|must|may|agrees? to)(?: \w+ly| also)? |to )?$",
    re.IGNORECASE,
)
"""What leads from a condition to the act: ', the buyer shall ', but no number of a list: '(a) '."""

_DUTY = re.compile(r"(?:shall|will|must) ", re.IGNORECASE)


def before_act(condition: str, action: str) -> str:
    """Return a condition up to the act that is done on it, where it runs into that; '' where it is the act.

    >>> before_act("prior to the end of the lease, pay the rent", "pay the rent")
    'prior to the end of the lease'
    """
    if _DUTY.match(condition):
        return ""
    opening = " ".join(action.split()[:3])
    act = condition.find(opening)
    whole = act > 0 and not condition[act + len(opening) :][:1].isalnum()
    led = _LED_IN.search(condition, max(0, act - 90), act) if whole else None
    if led is None:
        return condition
    words = condition[: led.start()]
    return f"{words})" if words.count("(") > words.count(")") else words
