"""A reader in a child process ends within its limits, and costs its caller one error at most."""

from __future__ import annotations

import os
import pickle
import sys
import threading
import time

import pytest

from pactgraph.errors import SourceError
from pactgraph.model import Span
from pactgraph.reading.guarding import LIMITS, Limits, _loaded, guarded

FORKS = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")


def test_the_result_of_another_process_comes_back() -> None:
    assert guarded(len, (b"abc",), LIMITS, "deed.pdf") == 3
    assert guarded(os.getpid, (), LIMITS, "deed.pdf") != os.getpid()
    assert guarded(Span, (1, 2), LIMITS, "deed.pdf") == Span(1, 2)


@FORKS
def test_every_document_gets_a_fresh_process() -> None:
    assert guarded(os.getpid, (), LIMITS, "a.pdf") != guarded(os.getpid, (), LIMITS, "b.pdf")
    assert guarded(os.getppid, (), LIMITS, "a.pdf") == guarded(os.getppid, (), LIMITS, "b.pdf")


def test_what_takes_too_long_is_ended() -> None:
    begun = time.monotonic()
    with pytest.raises(SourceError, match=r"^deed\.pdf: takes more than the 0\.2 s"):
        guarded(time.sleep, (600,), Limits(seconds=0.2), "deed.pdf")
    assert time.monotonic() - begun < 60
    assert guarded(len, (b"abc",), LIMITS, "deed.pdf") == 3


@FORKS
def test_what_the_child_has_started_is_ended_with_it() -> None:
    with pytest.raises(SourceError, match="takes more than"):
        guarded(os.system, ("sleep 617 & sleep 617",), Limits(seconds=1), "deed.pdf")
    assert guarded(os.popen("ps -eo args").read().count, ("sleep 617\n",), LIMITS, "x") == 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux limits the address space reliably")
def test_what_takes_too_much_memory_is_refused() -> None:
    with pytest.raises(SourceError, match=r"^deed\.pdf: takes more than the 256 MB of memory"):
        guarded(bytearray, (1 << 30,), Limits(megabytes=256), "deed.pdf")


def test_a_child_that_dies_is_one_error_and_the_next_document_is_read() -> None:
    with pytest.raises(SourceError, match=r"^deed\.pdf: the reader died of it"):
        guarded(os.abort, (), LIMITS, "deed.pdf")
    assert guarded(len, (b"abc",), LIMITS, "deed.pdf") == 3


def test_an_error_of_the_reader_keeps_its_kind_or_becomes_one_of_sources() -> None:
    with pytest.raises(SourceError, match=r"^deed\.pdf: cannot be read \(ValueError: invalid literal"):
        guarded(int, ("fees",), LIMITS, "deed.pdf")


def test_a_child_may_send_values_only() -> None:
    assert _loaded(pickle.dumps(("result", (Span(1, 2), {"a": [1.5, None, b"x"]})))) is not None
    for hostile in (os.system, Limits(), threading.Thread, SourceError("no")):
        assert _loaded(pickle.dumps(("result", hostile) if not isinstance(hostile, threading.Thread) else 1)) is None
    assert _loaded(b"garbage") is None


def test_threads_are_served_at_once() -> None:
    found: list[int] = []
    threads = [threading.Thread(target=lambda n=n: found.append(guarded(abs, (-n,), LIMITS, "x"))) for n in range(1, 7)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("wrong", [{"seconds": 0}, {"megabytes": -1}, {"pages": 0}])
def test_a_limit_that_is_not_positive_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=f"limit of {next(iter(wrong))} must be positive"):
        Limits(**wrong)
