"""Recognise the text of pages that are images, by the tesseract program; an optional extra.

The extra `ocr` brings Pillow; tesseract itself comes from the system's packages.
"""

from __future__ import annotations

import importlib
import io
import os
import shutil
import subprocess

import pypdfium2

from pactgraph.errors import MissingExtraError, SourceError

_DOTS_PER_INCH = 300
_POINTS_PER_INCH = 72
_MOST_DOTS = 5000


def require() -> str:
    """Return where tesseract is.

    Raises MissingExtraError that names the install command where it or Pillow is not installed.
    """
    try:
        importlib.import_module("PIL.Image")
    except ImportError as error:
        raise MissingExtraError("reading images needs an extra: pip install 'pactgraph[ocr]'") from error
    program = shutil.which("tesseract")
    if program is None:
        raise MissingExtraError("reading images needs tesseract: apt-get install tesseract-ocr")
    return program


def recognise(page: pypdfium2.PdfPage, seconds: float, language: str = "eng") -> str:
    """Return the text on the image of `page`, one line a line, as tesseract reads it.

    Raises MissingExtraError where tesseract or Pillow is missing, SourceError where tesseract fails or
    takes more than `seconds`.
    """
    program = require()
    # A page may claim any size; its image is bounded all the same.
    scale = min(_DOTS_PER_INCH / _POINTS_PER_INCH, _MOST_DOTS / max(1.0, *page.get_size()))
    image = io.BytesIO()
    page.render(scale=scale, grayscale=True).to_pil().save(image, "PNG")
    command = [program, "stdin", "stdout", "-l", language, "--dpi", str(_DOTS_PER_INCH)]
    # One thread each: documents are what runs side by side, and threads cost address space.
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(
            command, input=image.getvalue(), capture_output=True, timeout=seconds, check=True, env=environment
        )
    except subprocess.TimeoutExpired as error:
        raise SourceError(f"tesseract took more than {seconds:.0f} s") from error
    except subprocess.CalledProcessError as error:
        words = error.stderr.decode("utf-8", "replace").split()
        raise SourceError(f"tesseract failed: {' '.join(words)[:200]}") from error
    return done.stdout.decode("utf-8", "replace").replace("\r\n", "\n").replace("\f", "").strip("\n")
