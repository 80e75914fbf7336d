"""E-mail and web addresses."""

from __future__ import annotations

from pactgraph.extracting.values.slots import Slot, whole

_EMAIL = r"(?<![\w.+-])[\w+-][\w.+-]{0,63}@(?:[\w-]{1,63}\.){1,5}[\w-]{2,63}(?!\w)"
_PATH = r"[^\s<>\"'()\[\]*]"
_URL = (
    rf"(?:(?<![@\w.])(?:https?://|www\.){_PATH}{{2,300}}(?<=[\w/])"
    r"|(?<![@\w./-])(?:[a-z0-9-]{1,63}\.){1,4}(?:com|org|net|io|eu|co|ai|app|dev|cloud|info)\b"
    rf"(?:/(?:{_PATH}{{0,300}}(?<=[\w/]))?|(?![@-]|\.\w)))"
)


def parse_email(text: str) -> str:
    """Return the e-mail address as written.

    >>> parse_email("legal@example.com")
    'legal@example.com'

    Raises ValueParseError where `text` is none.
    """
    return whole(_EMAIL, text, "e-mail address", "legal@example.com")[0]


def parse_url(text: str) -> str:
    """Return the web address as written.

    >>> parse_url("www.example.com/terms")
    'www.example.com/terms'

    Raises ValueParseError where `text` is none.
    """
    return whole(_URL, text, "web address", "https://example.com/terms")[0]


EMAIL = Slot("email", _EMAIL, lambda words: {"": parse_email(words)})
URL = Slot("url", _URL, lambda words: {"": parse_url(words)})
