"""Word files: what of them is text, in which view of their changes, and what stands beside it."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from pactgraph.model import Document
from pactgraph.reading.docx import read_docx

ReadWord = Callable[..., Document]


def run(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def par(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def cell(*blocks: str) -> str:
    return f"<w:tc>{''.join(blocks)}</w:tc>"


def table(*rows: list[str]) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows) + "</w:tbl>"


def shown(document: Document) -> list[tuple[str, str]]:
    blocks = ("paragraph", "heading", "item", "bullet", "row", "note")
    return [(m.kind, document.text[m.start : m.end]) for m in document.marks if m.kind in blocks]


def field(code: str, result: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_paragraphs_are_parted_by_blank_lines_and_marked_in_order(read_word: ReadWord) -> None:
    document = read_word(par(run("One ") + run("two.")) + par() + par(run("Three.")))
    assert document.text == "One two.\n\nThree."
    assert shown(document) == [("paragraph", "One two."), ("paragraph", "Three.")]


def test_tabs_breaks_and_hyphens_are_characters(read_word: ReadWord) -> None:
    inner = (
        "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/></w:r>"
    )
    assert read_word(par(inner)).text == "a\tb\nc‑d"


def test_tab_stops_of_a_paragraph_are_no_tabs(read_word: ReadWord) -> None:
    assert read_word(par(run("a"), properties='<w:tabs><w:tab w:val="left" w:pos="1"/></w:tabs>')).text == "a"


def test_hidden_words_are_left_out_directly_and_by_style(read_word: ReadWord) -> None:
    styles = (
        '<w:style w:type="character" w:styleId="H"><w:name w:val="H"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="P"><w:name w:val="P"/><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    body = par(
        run("shown"),
        run("no", "<w:vanish/>"),
        run("no", '<w:rStyle w:val="H"/>'),
        run(" again", '<w:rStyle w:val="H"/><w:vanish w:val="0"/>'),
    ) + par(run("no"), properties='<w:pStyle w:val="P"/>')
    assert read_word(body, styles=styles).text == "shown again"


def test_words_struck_by_hand_are_left_out_with_a_warning(read_word: ReadWord) -> None:
    document = read_word(par(run("kept "), run("void", "<w:strike/>"), run("too", "<w:dstrike/>")))
    assert document.text == "kept"
    assert "struck through by hand were left out (2)" in document.warnings[0]


def test_fields_show_their_result_not_their_code(read_word: ReadWord) -> None:
    simple = f'<w:fldSimple w:instr="DATE">{run("today")}</w:fldSimple>'
    nested = field(f" IF {field('X', run('inner'))} ", run("outer"))
    assert (
        read_word(par(run("see "), field("REF a", run("7.2")), run(", "), simple, nested)).text == "see 7.2, todayouter"
    )


def test_a_field_that_never_ends_swallows_nothing(read_word: ReadWord) -> None:
    broken = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>X</w:instrText></w:r>'
    assert read_word(par(broken) + par(run("Still here."))).text == "Still here."


def test_a_table_of_contents_is_furniture(read_word: ReadWord) -> None:
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{par(run('1 Fees 3'))}</w:sdtContent></w:sdt>"
    )
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r>'
    begun += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    ended = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    document = read_word(contents + par(begun, run("2 Term 4")) + par(run("3 End 5")) + par(ended) + par(run("Fees")))
    assert [document.text[s.start : s.end] for s in document.furniture] == ["1 Fees 3", "2 Term 4", "3 End 5"]
    assert shown(document) == [("paragraph", "Fees")]


def test_content_controls_and_hyperlinks_are_read_through(read_word: ReadWord) -> None:
    inline = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('Acme')}</w:sdtContent></w:sdt>"
    block = f"<w:sdt><w:sdtContent>{par(run('Second.'))}</w:sdtContent></w:sdt>"
    link = f"<w:hyperlink>{run(' site')}</w:hyperlink>"
    assert read_word(par(inline, link) + block).text == "Acme site\n\nSecond."


def test_a_text_box_is_read_once_after_its_paragraph(read_word: ReadWord) -> None:
    box = f"<w:txbxContent>{par(run('In the box.'))}</w:txbxContent>"
    both = (
        f"<mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert read_word(par(run("Outside."), f"<w:r>{both}</w:r>") + par(run("After."))).text.split("\n\n") == [
        "Outside.",
        "In the box.",
        "After.",
    ]


def test_boxes_inside_boxes_are_read_once_each(read_word: ReadWord) -> None:
    body = run("deepest")
    for _ in range(12):
        body = f"<w:r><w:pict><w:txbxContent>{par(body)}</w:txbxContent></w:pict></w:r>"
    assert read_word(par(body)).text == "deepest"


def test_bold_words_that_lead_a_paragraph_are_marked(read_word: ReadWord) -> None:
    body = par(run("Term. ", "<w:b/>"), run("One year.")) + par(run("All bold", "<w:b/>"))
    document = read_word(body)
    assert [document.text[m.start : m.end] for m in document.marks if m.kind == "emphasis"] == ["Term."]


# Tables -----------------------------------------------------------------------------------------


def test_a_table_row_is_a_line_of_cells(read_word: ReadWord) -> None:
    document = read_word(
        table(
            [cell(par(run("Level"))), cell(par(run("Credit")))],
            [cell(par(run("99%"))), cell(par(run("5%")), par(run("or 6%")))],
        )
    )
    assert document.text == "Level | Credit\n99% | 5% or 6%"
    assert [kind for kind, _ in shown(document)] == ["row", "row"]


def test_empty_and_merged_cells_keep_their_place(read_word: ReadWord) -> None:
    merged = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
    assert (
        read_word(table([merged, cell(par(run("b"))), cell(par()), cell(par(run("d")))])).text == " | b |  | d".strip()
    )


def test_a_nested_table_is_read_where_it_stands(read_word: ReadWord) -> None:
    inner = table([cell(par(run("x"))), cell(par(run("y")))])
    document = read_word(table([cell(par(run("Outer."))), cell(inner, par())]))
    assert shown(document) == [("paragraph", "Outer."), ("row", "x | y")]


def test_cells_with_numbered_clauses_are_clauses(read_word: ReadWord) -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    numbered = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    body = table([cell(par(properties=numbered)), cell(par(run("The fee is due.")))])
    body += table([cell(par(run("One.")), par(run("Two."), properties=numbered)), cell(par(run("Three.")))])
    document = read_word(body, numbering=numbering)
    assert [(m.kind, m.label) for m in document.marks] == [
        ("item", "1."),
        ("paragraph", ""),
        ("item", "2."),
        ("paragraph", ""),
    ]


def test_a_typed_number_beside_a_clause_opens_it(read_word: ReadWord) -> None:
    clause = "The Customer shall pay all fees within thirty days of the invoice."
    document = read_word(table([cell(par(run("4.1"))), cell(par(run(clause)))]))
    assert shown(document) == [("paragraph", f"4.1 {clause}")]


# Notes ------------------------------------------------------------------------------------------


def test_a_footnote_follows_the_paragraph_that_refers_to_it(read_word: ReadWord) -> None:
    notes = (
        f'<w:footnote w:type="separator" w:id="-1">{par(run("---"))}</w:footnote>'
        f'<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>{run(" Net of tax.")}</w:p></w:footnote>'
    )
    body = par(run("The fee"), '<w:r><w:footnoteReference w:id="2"/></w:r>', run(" is due.")) + par(run("Next."))
    document = read_word(body, footnotes=notes)
    assert shown(document) == [("paragraph", "The fee is due."), ("note", "Net of tax."), ("paragraph", "Next.")]
    assert [mark.label for mark in document.marks] == ["", "1", ""]


def test_comments_are_notes_beside_the_text(read_word: ReadWord) -> None:
    comments = f'<w:comment w:id="1" w:author="R. Ode">{par(run("Too"), run(" high?"))}{par(run("Ask."))}</w:comment>'
    body = par('<w:commentRangeStart w:id="1"/>', run("EUR 5"), '<w:r><w:commentReference w:id="1"/></w:r>')
    document = read_word(body, comments=comments)
    assert document.text == "EUR 5"
    assert document.notes == ("comment by R. Ode: Too high? Ask.",)


# Tracked changes --------------------------------------------------------------------------------

CHANGED = par(
    run("within "),
    f"<w:del>{run('30').replace('w:t', 'w:delText')}</w:del>",
    f"<w:ins>{run('60')}</w:ins>",
    run(" days"),
)


@pytest.mark.parametrize(
    ("view", "expected"),
    [("final", "within 60 days"), ("original", "within 30 days"), ("all", "within 3060 days")],
)
def test_tracked_changes_are_read_in_the_view_asked_for(view: str, expected: str, read_word: ReadWord) -> None:
    document = read_word(CHANGED, view=view)
    assert document.text == expected
    assert "tracked changes (1 inserted, 1 deleted)" in document.warnings[0]


def test_the_view_of_all_marks_what_was_changed(read_word: ReadWord) -> None:
    document = read_word(CHANGED, view="all")
    changed = [(m.kind, document.text[m.start : m.end]) for m in document.marks if m.kind != "paragraph"]
    assert changed == [("deleted", "30"), ("inserted", "60")]


@pytest.mark.parametrize(
    ("view", "expected"),
    [("final", ["One two.", "Three."]), ("original", ["One", "two.Three."]), ("all", ["One", "two.", "Three."])],
)
def test_changed_paragraph_marks_join_paragraphs(view: str, expected: list[str], read_word: ReadWord) -> None:
    body = (
        par(run("One "), properties="<w:rPr><w:del/></w:rPr>")
        + par(run("two."), properties="<w:rPr><w:ins/></w:rPr>")
        + par(run("Three."))
    )
    assert read_word(body, view=view).text.split("\n\n") == expected


@pytest.mark.parametrize(("view", "expected"), [("final", "new"), ("original", "old"), ("all", "old\nnew")])
def test_changed_rows_appear_in_their_views(view: str, expected: str, read_word: ReadWord) -> None:
    rows = [
        f"<w:tr><w:trPr><w:{how}/></w:trPr>{cell(par(run(words)))}{cell(par())}</w:tr>"
        for how, words in (("del", "old"), ("ins", "new"))
    ]
    assert read_word(f"<w:tbl>{''.join(rows)}</w:tbl>", view=view).text == expected


@pytest.mark.parametrize(("view", "expected"), [("final", ["a", "c"]), ("original", ["b", "a"])])
def test_moved_words_stand_where_the_view_has_them(view: str, expected: list[str], read_word: ReadWord) -> None:
    body = par(f"<w:moveFrom>{run('b')}</w:moveFrom>") + par(run("a")) + par(f"<w:moveTo>{run('c')}</w:moveTo>")
    assert read_word(body, view=view).text.split("\n\n") == expected


def test_a_deleted_numbered_paragraph_is_not_counted(read_word: ReadWord) -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    numbered = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    gone = par(f"<w:del>{run('Gone.')}</w:del>", properties=f"{numbered}<w:rPr><w:del/></w:rPr>")
    body = par(run("First."), properties=numbered) + gone + par(run("Last."), properties=numbered)
    labels = {
        view: [m.label for m in read_word(body, view=view, numbering=numbering).marks if m.kind == "item"]
        for view in ("final", "original")
    }
    assert labels == {"final": ["1.", "2."], "original": ["1.", "2.", "3."]}


def test_an_unchanged_document_warns_of_nothing(read_word: ReadWord) -> None:
    assert read_word(par(run("One."))).warnings == ()


def test_an_unknown_view_names_the_known_ones(read_word: ReadWord) -> None:
    with pytest.raises(ValueError, match="Known: all, final, original"):
        read_word(par(run("One.")), view="fianl")


def test_a_file_made_by_other_hands_is_read_alike() -> None:
    docx = pytest.importorskip("docx")
    made = docx.Document()
    made.add_heading("Supply Agreement", 0)
    made.add_heading("Fees", 1)
    made.add_paragraph("The first duty.", style="List Number")
    made.add_paragraph("The second duty.", style="List Number")
    made.add_paragraph("A point.", style="List Bullet")
    grid = made.add_table(rows=1, cols=2)
    grid.cell(0, 0).text, grid.cell(0, 1).text = "Level", "Credit"
    buffer = io.BytesIO()
    made.save(buffer)
    document = read_docx(buffer.getvalue(), "a", "a.docx", "x")
    assert [(m.kind, m.level, m.label, document.text[m.start : m.end]) for m in document.marks] == [
        ("heading", 1, "", "Supply Agreement"),
        ("heading", 1, "", "Fees"),
        ("item", 1, "1.", "The first duty."),
        ("item", 1, "2.", "The second duty."),
        ("bullet", 1, "•", "A point."),
        ("row", 0, "", "Level | Credit"),
    ]


def test_a_blank_line_parts_a_table_from_the_one_before_it(read_word: ReadWord) -> None:
    one = table([cell(par(run("Plan"))), cell(par(run("Fee")))], [cell(par(run("Full"))), cell(par(run("$2")))])
    two = table([cell(par(run("Level"))), cell(par(run("Credit")))])
    document = read_word(one + two)
    assert document.text == "Plan | Fee\nFull | $2\n\nLevel | Credit"
    assert {mark.level for mark in document.marks} == {0}
