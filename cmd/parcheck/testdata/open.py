"""open.py FILE... opens workbooks with openpyxl and Word documents with
python-docx, and prints as JSON what they see: of a workbook a list of
{name, cells: {A1: text or number}}, of a document the texts of its tables'
cells, row by row."""

import datetime
import json
import sys

import docx
import openpyxl
from openpyxl.utils.datetime import to_excel


def shown(value):
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return to_excel(value)
    return value


def workbook(path):
    book = openpyxl.load_workbook(path, data_only=True)
    return [
        {
            "name": sheet.title,
            "cells": {
                cell.coordinate: shown(cell.value)
                for row in sheet.iter_rows()
                for cell in row
                if cell.value not in (None, "")
            },
        }
        for sheet in book.worksheets
    ]


def document(path):
    return [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in docx.Document(path).tables
    ]


json.dump([document(f) if f.endswith(".docx") else workbook(f) for f in sys.argv[1:]], sys.stdout)
