"""Word tables beside a rule: tab-separated, a header line that names the columns, sorted by the first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from newslint.rule import RuleError


class Row(NamedTuple):
    """One line of a table; ``number`` is the line's in its file, counted from 1."""

    number: int
    cells: tuple[str, ...]


class Table(NamedTuple):
    """A table's name, its columns and its rows, each padded to as many cells as there are columns."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def error(self, row: Row, reason: str) -> RuleError:
        """What to raise about ``row``."""
        return RuleError(reason, table=self.name, row=row.number)

    def expect(self, *columns: str) -> Iterator[Row]:
        """The rows, once the table is known to have just these columns (the last ones may be missing).

        Raises:
            RuleError: another header, an empty first cell, rows out of order or twice.
        """
        if not self.columns or self.columns != columns[: len(self.columns)]:
            raise RuleError(f"the header must be {' '.join(columns)}", table=self.name, row=1)
        previous = ""
        for row in self.rows:
            if not row.cells[0]:
                raise self.error(row, "the first cell is empty")
            if row.cells[0] == previous:
                raise self.error(row, f"'{previous}' stands here twice")
            if row.cells[0] < previous:
                raise self.error(row, f"'{row.cells[0]}' must stand before '{previous}': rows are sorted")
            previous = row.cells[0]
            yield row._replace(cells=row.cells + ("",) * (len(columns) - len(row.cells)))


def parse(name: str, text: str) -> Table:
    """The table in ``text``, whose file is called ``name``; empty lines and lines that begin with # are left out.

    Raises:
        RuleError: no header, or a row with more cells than the header.
    """
    header: tuple[str, ...] = ()
    rows: list[Row] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = tuple(cell.strip() for cell in line.split("\t"))
        if not header:
            header = cells
            continue
        if len(cells) > len(header):
            raise RuleError(f"{len(cells)} cells under {len(header)} columns", table=name, row=number)
        rows.append(Row(number, cells + ("",) * (len(header) - len(cells))))
    if not header:
        raise RuleError("the table is empty", table=name, row=1)
    return Table(name, header, tuple(rows))
