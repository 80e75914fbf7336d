"""The infinitive of a participle or gerund: 'stored' and 'storing' become 'store'."""

from __future__ import annotations

import re

_IRREGULAR = {
    "made": "make", "paid": "pay", "given": "give", "sent": "send", "held": "hold", "kept": "keep", "taken": "take",
    "sold": "sell", "resold": "resell", "brought": "bring", "done": "do", "borne": "bear", "withheld": "withhold",
    "shown": "show", "sought": "seek", "read": "read", "set": "set", "written": "write", "bound": "be bound",
    "met": "meet", "built": "build", "found": "find", "left": "leave", "put": "put", "shut": "shut", "told": "tell",
    "undertaken": "undertake", "withdrawn": "withdraw", "known": "know", "bought": "buy", "lent": "lend", "led": "lead",
    "chosen": "choose", "broken": "break", "drawn": "draw", "forgotten": "forget", "hidden": "hide", "run": "run",
    "payable": "pay", "received": "pay", "adding": "add", "added": "add", "heard": "hear",
    "spent": "spend", "used": "use", "using": "use", "doing": "do",
}  # fmt: skip
"""What is payable or received, of money, is to be paid."""

_DOUBLE_L = frozenset(
    ("bill", "sell", "resell", "call", "fill", "install", "tell", "spell", "poll", "roll", "fulfill", "enroll")
)
_DOUBLED = re.compile(r"(?P<sign>[bdgmnprt])(?P=sign)$")
_FINAL_E = re.compile(
    r"(?:at|iz|is|v|c|[drna]g|u|[bcdfgkptz]l|[^s]s|z|[aeiou][^aeiou]?ir|quir|stor|hir|shar|ensur|insur|secur|measur|"
    r"procur|declar|prepar|compar|ignor|restor|provid|decid|includ|exclud|conclud|upgrad|trad|divid|guid|invad|delet|"
    r"complet|execut|contribut|distribut|promot|quot|not|writ|cit|mak|tak|bak|smok|invok|revok|lik|describ|prescrib|"
    r"subscrib|defin|combin|determin|examin|outlin|scal|compil|fil|schedul|nam|assum|resum|consum|welcom|tim|com|typ|shap|"
    r"escap|scrap|wip)$"
)
_NO_E = re.compile(
    r"(?:^.?|[aeiou]{2}s|ss|credit|limit|visit|edit|audit|submit|benefit|exhibit|prohibit|treat|repeat|defeat|focus|"
    r"bring|belong|assign|pair|fair|stair|hair)$"
)


def base_form(verb: str) -> str:
    """Return the infinitive of a regular participle or gerund, or of a common irregular one.

    >>> [base_form(word) for word in ("stored", "notified", "cancelling", "handled", "delivered", "paid")]
    ['store', 'notify', 'cancel', 'handle', 'deliver', 'pay']
    """
    word = verb.casefold()
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    ending = next((e for e in ("ing", "ed") if word.endswith(e) and len(word) > len(e) + 2), None)
    if ending is None:
        return word
    if word.endswith("eed"):
        return word[:-1]
    stem = word[: -len(ending)]
    if ending == "ed" and stem.endswith("i"):
        return stem[:-1] + "y"
    if (stem.endswith("ll") and stem not in _DOUBLE_L) or _DOUBLED.search(stem):
        return stem[:-1]
    return stem + "e" if _FINAL_E.search(stem) and not _NO_E.search(stem) else stem
