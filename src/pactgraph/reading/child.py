"""The worker's side of guarding: take documents one by one, read each in a child with limits."""

from __future__ import annotations

import contextlib
import importlib
import os
import pickle
import signal
import sys
from collections.abc import Callable
from typing import IO

from pactgraph.reading.guarding import Limits, receive, send

_SLACK = 2.0


def serve() -> None:
    """Answer requests from standard input until it ends; the process is a worker from here on.

    Nothing else may write to where the answers go, so standard output is moved away first.
    """
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, sys.stdout.fileno())
    while (request := receive(sys.stdin.buffer)) is not None:
        preload, task = pickle.loads(request)
        del request
        for name in preload:
            # A missing module is told by the reader that needs it.
            with contextlib.suppress(ImportError):
                importlib.import_module(name)
        try:
            function, arguments, limits = pickle.loads(task)
        except Exception as error:
            send(answers, pickle.dumps(("error", (type(error).__name__, str(error)))))
            continue
        del task
        if hasattr(os, "fork"):
            _in_child(function, arguments, limits, answers)
        else:
            send(answers, _answer(function, arguments))


def _in_child(
    function: Callable[..., object], arguments: tuple[object, ...], limits: Limits, answers: IO[bytes]
) -> None:
    """Answer from a forked child; where it dies, die too, so that the asker sees the end of the answers."""
    child = os.fork()
    if not child:
        code = 1
        try:
            _limit(limits)
            send(answers, _answer(function, arguments))
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if status:
        os._exit(1)


def _answer(function: Callable[..., object], arguments: tuple[object, ...]) -> bytes:
    try:
        return pickle.dumps(("result", function(*arguments)), pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        message = " ".join(str(error).split())
        return pickle.dumps(("error", (type(error).__name__, message)))


def _limit(limits: Limits) -> None:
    """Hold this process to `limits`, as far as the system lets it; also if its asker is gone."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, limits.seconds + _SLACK)
    try:
        import resource
    except ImportError:
        return
    for kind, amount in ((resource.RLIMIT_AS, limits.megabytes << 20), (resource.RLIMIT_CORE, 0)):
        # macOS may refuse to lower the address space.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (amount, amount))
