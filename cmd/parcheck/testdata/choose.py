"""choose.py MAPPING.xlsx CHOICES.json makes choices in a workbook that parcheck
map wrote, as a person would: each is [sheet, what, choice]. What is a caption of
the sheet's first column, a heading of the form, a label of a row or a name."""

import json
import sys

import openpyxl

book = openpyxl.load_workbook(sys.argv[1])


def row_of(sheet, text, column=1):
    for row in range(1, sheet.max_row + 1):
        if sheet.cell(row, column).value == text:
            return row
    return None


def cell_of(sheet, what):
    row = row_of(sheet, what)
    if row:  # a caption, or a name of a unit or a file
        return sheet.cell(row, 2)
    full = row_of(sheet, "Tiêu đề đầy đủ (không sửa)")
    if full:
        for column in range(2, sheet.max_column + 1):
            if sheet.cell(full, column).value == what:
                return sheet.cell(row_of(sheet, "Cột của kế hoạch"), column)
    row = row_of(sheet, what, 2)
    if row:
        return sheet.cell(row, 1)
    raise SystemExit(f"{sheet.title}: no {what}")


for name, what, choice in json.load(open(sys.argv[2], encoding="utf-8")):
    sheet = next(s for s in book.worksheets if s.title == name or s.title.startswith(name + "."))
    cell_of(sheet, what).value = choice
book.save(sys.argv[1])
