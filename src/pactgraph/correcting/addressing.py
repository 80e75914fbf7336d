"""Which of the files of a build a decision is about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pactgraph.correcting.decisions import Correction


def addressed(corrections: Iterable[Correction], names: Sequence[str]) -> tuple[Correction, ...]:
    """Return the decisions, each naming its file as the build does.

    `names` are those of all sources of the build, which begin at whatever folder was given: 'acme.txt' and
    'deals/acme.txt' are one file where nothing else is called so. A file that is not among them keeps its name.
    """
    return tuple(replace(each, file=_name(each.file, names)) for each in corrections)


def _name(file: str, names: Sequence[str]) -> str:
    if file in names:
        return file
    near = [name for name in names if name.endswith(f"/{file}") or file.endswith(f"/{name}")]
    return near[0] if len(near) == 1 else file


def unmatched(
    corrections: Iterable[Correction], names: Collection[str], hashes: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield (file of corrections, remark) for decisions that are about no source of the build, and no other file.

    A source is known by its name, or by its hash under another name. Files that lie beside the file of corrections,
    and were left out of this build, are not told of.
    """
    lost: dict[str, dict[str, int]] = {}
    for each in corrections:
        path = each.place.rpartition(":")[0]
        if each.file not in names and each.sha256 not in hashes and not (Path(path).parent / each.file).exists():
            files = lost.setdefault(path, {})
            files[each.file] = files.get(each.file, 0) + 1
    for path, files in lost.items():
        count = sum(files.values())
        told = f"{count} decision{' is' if count == 1 else 's are'}"
        yield path, f"{told} about files that are not there: {', '.join(sorted(files))}."
