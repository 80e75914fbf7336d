"""A manifest tells what users know of agreements; a wrong one is refused with file, line and fix."""

from __future__ import annotations

from pathlib import Path

import pytest

from pactgraph.errors import SourceError
from pactgraph.reading import Source
from pactgraph.reading.manifest import read_manifest

HEAD = "file,vendor,kind,begins\n"


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "list.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def source(name: str) -> Source:
    return Source(Path(name), "slug", name)


def test_rows_are_found_by_relative_path_and_by_file_name(tmp_path: Path) -> None:
    text = HEAD + "acme/dpa.txt,Acme,dataProcessingAgreement,2024-05-31\nmain.md,,, 2023-11 \n"
    manifest = read_manifest(written(tmp_path, text))
    row = {"file": "acme/dpa.txt", "vendor": "Acme", "kind": "dataProcessingAgreement", "begins": "2024-05-31"}
    assert manifest.row(source("acme/dpa.txt")) == row
    assert manifest.row(source("nested/main.md")) == {"file": "main.md", "begins": "2023-11"}
    assert manifest.row(source("dpa.txt")) is None


def test_columns_may_stand_in_any_order_and_be_left_out(tmp_path: Path) -> None:
    manifest = read_manifest(written(tmp_path, b'\xef\xbb\xbfVendor, File\r\n"Acme, Inc.",a.txt\r\n\r\n'))
    assert manifest.rows == {"a.txt": {"vendor": "Acme, Inc.", "file": "a.txt"}}


def test_rows_that_name_no_file_are_told_with_their_line(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + "a.txt,,,\nb.txt,,,\n")
    assert read_manifest(path).unused([source("x/a.txt")]) == (
        (f"{path}:3", "names 'b.txt', which is not among the files read"),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("file,vender\na.txt,Acme\n", r"list\.csv:1: unknown column 'vender'.*Did you mean 'vendor'\?"),
        ("vendor\nAcme\n", r"list\.csv:1: the first line must name the column 'file'"),
        ("", r"list\.csv:1: the first line must name the column 'file'"),
        (HEAD + "a.txt,Acme,suscription,\n", r"list\.csv:2: unknown kind of agreement .*Did you mean 'subscription'"),
        (HEAD + "a.txt,,,31.05.2024\n", r"list\.csv:2: '31\.05\.2024' is no date; write it as 2024-05-31"),
        (HEAD + "a.txt,,,2024-02-30\n", r"list\.csv:2: '2024-02-30' is no date"),
        (HEAD + "a.txt,,,2024-W01-1\n", r"list\.csv:2: '2024-W01-1' is no date"),
        (HEAD + "a.txt,,,\n./a.txt,,,\n", r"list\.csv:3: 'a\.txt' is named twice, first in line 2"),
        (HEAD + ",Acme,,\n", r"list\.csv:2: the cell under 'file' is empty"),
        (HEAD + "a.txt,Acme, Inc.,subscription,2024-01\n", r"list\.csv:2: 5 cells under 4 columns; quote cells"),
        (HEAD + '"a.txt,,,\n', r"list\.csv:\d: not CSV"),
        (b"file\n\xff\xfe\n", r"list\.csv: the manifest is not UTF-8"),
    ],
)
def test_a_wrong_manifest_is_refused_with_the_fix(tmp_path: Path, text: str | bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        read_manifest(written(tmp_path, text))


def test_a_missing_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"none\.csv: the manifest cannot be opened \(no such file"):
        read_manifest(tmp_path / "none.csv")
