"""A confined process reaches no network and starts no program."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can cut a process off")
def test_a_process_that_is_cut_off_makes_no_socket_and_starts_no_program() -> None:
    code = textwrap.dedent(
        """
        import os, socket, sys
        import pyoxigraph
        from pactgraph.serving.confining import cut_off
        if not cut_off():
            sys.exit(77)
        for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX):
            try:
                socket.socket(family)
            except PermissionError:
                continue
            sys.exit(1)
        try:
            os.execv(sys.executable, [sys.executable])
        except PermissionError:
            pass
        try:
            list(pyoxigraph.Store().query("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"))
        except Exception as error:
            print(error)
        else:
            sys.exit(2)
        """
    )
    got = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    if got.returncode == 77:
        pytest.skip("this machine has no seccomp filter that is known here")
    assert got.returncode == 0, got.stderr
