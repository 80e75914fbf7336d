"""docs/shapes.md says of every shape what the shape says of itself."""

from __future__ import annotations

from pathlib import Path

from pactgraph.validating import load_shapes
from pactgraph.validating.documenting import document

STALE = "docs/shapes.md is not current; write it anew with: python tasks.py docs"


def test_page_in_docs_is_current(root: Path) -> None:
    assert (root / "docs" / "shapes.md").read_text(encoding="utf-8") == document(root / "shapes"), STALE


def test_page_names_every_shape_with_its_message(root: Path) -> None:
    page, shapes = document(root / "shapes"), load_shapes(root / "shapes")
    named = [name for name in shapes.names.values() if f"\n### {name}\n" in page or f"**{name}**: " in page]
    assert len(named) == len(shapes.names) > 400


def test_shape_has_its_severity_target_and_path(tmp_path: Path) -> None:
    (tmp_path / "fees.ttl").write_text(
        "# Fees are dear.\n\n"
        "@prefix pg: <https://w3id.org/pactgraph/ontology#> .\n"
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "<urn:fee> a sh:NodeShape ; sh:targetClass pg:Fee ; sh:property [\n"
        '    sh:name "fee-amount" ; sh:path pg:amount ; sh:minCount 1 ;\n'
        '    sh:severity sh:Info ; sh:message "How much?" ] .\n',
        encoding="utf-8",
    )
    page = document(tmp_path)
    assert "## fees.ttl\n\nFees are dear.\n" in page
    assert "### fee-amount\n\ninfo · `pg:Fee`, at `pg:amount`\n\nHow much?\n" in page
