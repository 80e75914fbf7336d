"""End a command at once while the query engine has the processor and hears no signal."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from pactgraph.cli.group import BAD_INPUT, INTERRUPTED, complain


@contextmanager
def interruptible(seconds: float | None = None) -> Iterator[None]:
    """End this process, while the block runs, when it is interrupted, or after so many seconds.

    Only for blocks that read: nothing that is under way is finished. The engine lets other threads run, so one of
    them waits for the signal, or for the end of the time. Threads other than the main one get the time limit only.
    """
    heard, hears = socket.socketpair()
    heard.settimeout(seconds)
    hears.setblocking(False)
    main = threading.current_thread() is threading.main_thread()
    done = threading.Event()
    before = signal.set_wakeup_fd(hears.fileno(), warn_on_full_buffer=False) if main else -1

    def listen() -> None:
        try:
            while number := heard.recv(1):
                if number[0] == signal.SIGINT and not done.is_set():
                    _end("Interrupted.", INTERRUPTED)
        except TimeoutError:
            if not done.is_set():
                _end(f"the query takes longer than {seconds:g} s; make it simpler, or raise --timeout.", BAD_INPUT)

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    try:
        yield
    finally:
        done.set()
        if main:
            signal.set_wakeup_fd(before)
        hears.close()
        listener.join()
        heard.close()


def _end(message: str, code: int) -> None:
    complain(message)
    sys.stderr.flush()
    os._exit(code)
