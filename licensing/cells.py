"""Cells of files that people open in a spreadsheet."""

# A spreadsheet would run a cell that begins so; the full-width forms are read as the plain ones by some.
_RUNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def neutralised(cell: str) -> str:
    """The cell as text that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_RUNS) else cell
