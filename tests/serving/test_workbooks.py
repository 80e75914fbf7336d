"""Answers as workbooks, over HTTP."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pytest

if TYPE_CHECKING:
    from tests.serving.conftest import Server

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize(("path", "accept"), [("?format=xlsx", "*/*"), ("", MEDIA)], ids=["named", "negotiated"])
def test_a_workbook_holds_the_rows_and_the_evidence(server: Server, path: str, accept: str) -> None:
    got = server.request("GET", f"/ask/exits{path}", headers={"Accept": accept})
    assert (got.status, got.media) == (200, MEDIA)
    sheets = openpyxl.load_workbook(io.BytesIO(got.body)).worksheets
    assert [sheet.title for sheet in sheets] == ["exits", "evidence"]
    assert min(sheet.max_row for sheet in sheets) > 3
