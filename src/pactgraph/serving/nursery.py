"""The process that bears workers: it has loaded all that they need, and forks one in a few milliseconds.

The server sends it commands of five bytes, a letter and a number: F forks a worker that talks over the socket
sent along, K kills the worker of that process id, N gives it the lowest priority. A worker takes requests one by
one, see frames.py: first a folder to open, then questions. When the server ends, its socket does, and then the
nursery; when the nursery ends, its workers are killed.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import socket
import struct
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from pactgraph.errors import StoreError
from pactgraph.graph import Graph
from pactgraph.querying import questions
from pactgraph.serving import confining, frames
from pactgraph.serving.answering import Reply, answer_query, answer_question
from pactgraph.serving.protocol import Asked
from pactgraph.serving.refusing import RefusalError
from pactgraph.serving.settings import Limits
from pactgraph.vocabulary import schema

COMMAND = struct.Struct(">cI")
FORK, KILL, NICE = b"F", b"K", b"N"
_LOWEST = 19
_REAP_SECONDS = 1.0


def main(descriptor: int) -> None:
    """Bear workers as the socket `descriptor` says, until it ends."""
    control = socket.socket(fileno=descriptor)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    confining.end_with_parent()
    questions()
    schema()
    confining.cut_off()
    gc.freeze()
    control.settimeout(_REAP_SECONDS)
    children: set[int] = set()
    while True:
        try:
            command, descriptors, _, _ = socket.recv_fds(control, COMMAND.size, 1)
        except TimeoutError:
            _reap(children)
            continue
        if len(command) < COMMAND.size:
            return
        letter, number = COMMAND.unpack(command)
        _reap(children)
        if letter == FORK:
            child = os.fork()
            if not child:
                _live(control, descriptors[0])
            os.close(descriptors[0])
            children.add(child)
        elif number in children:  # not yet reaped, so that the number is still this worker's
            if letter == KILL:
                os.kill(number, signal.SIGKILL)
            else:
                os.setpriority(os.PRIO_PROCESS, number, _LOWEST)


def _reap(children: set[int]) -> None:
    with contextlib.suppress(ChildProcessError):
        while (ended := os.waitpid(-1, os.WNOHANG)[0]) > 0:
            children.discard(ended)


def _live(control: socket.socket, descriptor: int) -> None:
    """Be a worker: the forked process does not come back from here."""
    try:
        confining.end_with_parent()
        control.close()
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 2)
        with socket.socket(fileno=descriptor) as line:
            line.setblocking(True)
            _work(line)
    finally:
        os._exit(0)


def _work(line: socket.socket) -> None:
    stream = line.makefile("rb")
    opened = frames.received(stream)
    if opened is None:
        return
    try:
        graph = Graph.open(Path(opened[0]["folder"]))
    except StoreError as error:
        line.sendall(frames.packed({"status": 503, "reason": str(error)}))
        return
    limits = Limits(**{each.name: opened[0]["limits"][each.name] for each in fields(Limits)})
    confining.limit_memory(limits.megabytes)
    line.sendall(frames.packed({"status": 200, "process": os.getpid()}))
    while (request := frames.received(stream)) is not None:
        line.sendall(_answered(graph, request[0], limits))


def _answered(graph: Graph, request: Mapping[str, Any], limits: Limits) -> bytes:
    try:
        reply = _reply(graph, request, limits)
    except RefusalError as refused:
        return frames.packed({"status": refused.status, "reason": refused.reason})
    except MemoryError:
        return frames.packed({"status": 503, "reason": f"the query needs more than {limits.megabytes} MB of memory."})
    except Exception as error:  # the last resort: the caller learns it, the worker goes on
        message = " ".join(str(error).split())
        return frames.packed({"status": 500, "reason": f"unexpected: {type(error).__name__}: {message}"})
    return frames.packed({"status": reply.status, "media": reply.media}, reply.body)


def _reply(graph: Graph, request: Mapping[str, Any], limits: Limits) -> Reply:
    if "question" in request:
        given = [(name, value) for name, value in request["given"]]
        return answer_question(graph, request["question"], given, request["accept"], limits)
    graphs, named = (None if part is None else tuple(part) for part in (request["graphs"], request["named"]))
    return answer_query(graph, Asked(request["text"], graphs, named), request["accept"], limits)
