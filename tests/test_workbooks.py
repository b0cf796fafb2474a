"""Workbooks as another program reads them."""

from io import BytesIO

from python_calamine import CalamineWorkbook

from licensing.workbooks import workbook


def test_a_workbook_has_its_sheets_with_text_as_text_and_numbers_as_numbers() -> None:
    rows = [["What", "How many"], ["<A & B>", 12], ["é “quoted”", "not known"], [*map(str, range(30))]]
    read = CalamineWorkbook.from_filelike(BytesIO(workbook([("List", rows), ("About & more", [("Who", "Me")])])))
    assert read.sheet_names == ["List", "About & more"]
    found = read.get_sheet_by_name("List").to_python()
    assert found[0][:2] == ["What", "How many"]
    assert found[1][:2] == ["<A & B>", 12]
    assert found[2][:2] == ["é “quoted”", "not known"]
    assert found[3] == [str(one) for one in range(30)]
    assert read.get_sheet_by_name("About & more").to_python() == [["Who", "Me"]]


def test_no_cell_is_a_formula() -> None:
    content = workbook([("List", [["=1+1", "+1", "-1", "@A", "\tA", "A\x00\x0bB"]])])
    read = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name("List").to_python()
    assert read == [["'=1+1", "'+1", "'-1", "'@A", "'\tA", "AB"]]


def test_the_same_content_is_the_same_file() -> None:
    assert workbook([("List", [["A", 1]])]) == workbook([("List", [["A", 1]])])
