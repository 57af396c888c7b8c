"""Properties at the end of a PDF file."""

from casekit.reports.formats.pdf_properties import with_properties

PDF = (
    b"%PDF-1.4\n1 0 obj\n<</Title (about:blank)\n/CreationDate (D:20261121)>>\nendobj\n"
    b"2 0 obj\n<</Type /Catalog>>\nendobj\nxref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n"
    b"0000000074 00000 n \ntrailer\n<</Size 3\n/Root 2 0 R\n/Info 1 0 R>>\nstartxref\n110\n%%EOF\n"
)


def test_the_file_stays_and_something_is_added():
    made = with_properties(PDF, {"Title": "客户", "Author": ""})
    assert made.startswith(PDF)
    added = made[len(PDF) :]
    assert b"/Title <FEFF5BA26237>" in added
    assert b"/Author" not in added
    assert b"/CreationDate (D:20261121)" in added
    assert b"/Info 3 0 R" in added
    assert b"/Prev 110" in added


def test_the_new_object_is_where_the_table_says():
    made = with_properties(PDF, {"Title": "x"})
    place = int(made.rsplit(b"xref\n3 1\n", 1)[1][:10])
    assert made[place:].startswith(b"3 0 obj")
    start = int(made.rsplit(b"startxref\n", 1)[1].split()[0])
    assert made[start:].startswith(b"xref")


def test_a_file_of_another_kind_is_left_alone():
    assert with_properties(b"%PDF-1.7 no table", {"Title": "x"}) == b"%PDF-1.7 no table"
