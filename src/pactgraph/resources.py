"""Where the data folders are: ontology/, mappings/ and shapes/, in a checkout and in a wheel."""

from __future__ import annotations

from pathlib import Path

from pactgraph.errors import DefinitionError

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parents[1]
FOLDERS = ("ontology", "mappings", "shapes")


def folder(name: str) -> Path:
    """Return the folder `name` (one of FOLDERS) of this installation.

    In a wheel the folders lie in `pactgraph/data`; in a checkout at its top level.

    Raises DefinitionError where the installation lacks the folder.
    """
    for place in (_PACKAGE / "data" / name, _CHECKOUT / name):
        if place.is_dir():
            return place
    raise DefinitionError(f"{_PACKAGE}: the folder {name}/ is missing from this installation; reinstall pactgraph.")


def mapping_folders(own: Path | str | None = None) -> tuple[Path, ...]:
    """Return the folders of mappings to load: this installation's, then, where there is one, one's `own` over it.

    Whoever names this installation's folder as his own has it once.
    """
    built_in = folder("mappings")
    return (built_in,) if own is None or Path(own).resolve() == built_in.resolve() else (built_in, Path(own))
