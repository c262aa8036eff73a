package main

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// The text form of a workbook, for scripts:
//
//	== Sheet name            a sheet; "== Name (hidden)" hides it
//	a | 12 | '12 | 65%       a row: text, number, text of digits, number shown as a percentage
//	2023-05-31 | =1+2 -> 3   a date; a formula with its stored result
//	0.945{0%} | #REF!        a number with a number format; an error
//	@12                      the next row is row 12
//	merge A1:C1              merged cells
//	hide 7                   a hidden row
//	                         (an empty line is an empty row)

var (
	isNumber = regexp.MustCompile(`^-?\d+(\.\d+)?$`)
	isShare  = regexp.MustCompile(`^\d+(\.\d+)?%$`)
	isDay    = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
	isFormat = regexp.MustCompile(`^(.*)\{(.*)\}$`)
)

// writeWorkbook writes the workbook of a text form.
func writeWorkbook(path, text string) error {
	f := excelize.NewFile()
	defer f.Close()
	sheet, row := "", 0
	for i, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		if err := workbookLine(f, &sheet, &row, line); err != nil {
			return fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	return f.SaveAs(path)
}

func workbookLine(f *excelize.File, sheet *string, row *int, line string) error {
	if name, ok := strings.CutPrefix(line, "== "); ok {
		name, hidden := strings.CutSuffix(name, " (hidden)")
		var err error
		if *sheet == "" {
			err = f.SetSheetName("Sheet1", name)
		} else {
			_, err = f.NewSheet(name)
		}
		*sheet, *row = name, 0
		if err == nil && hidden {
			err = f.SetSheetVisible(name, false)
		}
		return err
	}
	verb, arg, _ := strings.Cut(line, " ")
	switch {
	case strings.HasPrefix(line, "@"):
		n, err := strconv.Atoi(line[1:])
		*row = n - 1
		return err
	case verb == "merge":
		from, to, _ := strings.Cut(arg, ":")
		return f.MergeCell(*sheet, from, to)
	case verb == "hide":
		n, err := strconv.Atoi(arg)
		if err != nil {
			return err
		}
		return f.SetRowVisible(*sheet, n, false)
	}
	*row++
	for i, text := range strings.Split(line, "|") {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		at, err := excelize.CoordinatesToCellName(i+1, *row)
		if err != nil {
			return err
		}
		if err := workbookCell(f, *sheet, at, text); err != nil {
			return err
		}
	}
	return nil
}

func workbookCell(f *excelize.File, sheet, at, text string) error {
	if m := isFormat.FindStringSubmatch(text); m != nil {
		style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &m[2]})
		if err != nil {
			return err
		}
		if err := f.SetCellStyle(sheet, at, at, style); err != nil {
			return err
		}
		text = m[1]
	}
	switch {
	case strings.HasPrefix(text, "'"):
		return f.SetCellStr(sheet, at, text[1:])
	case strings.HasPrefix(text, "="):
		formula, stored, calculated := strings.Cut(text[1:], " -> ")
		if calculated {
			if err := workbookCell(f, sheet, at, stored); err != nil {
				return err
			}
		}
		return f.SetCellFormula(sheet, at, formula)
	case isNumber.MatchString(text):
		return f.SetCellDefault(sheet, at, text)
	case isShare.MatchString(text):
		x, err := strconv.ParseFloat(strings.TrimSuffix(text, "%"), 64)
		if err != nil {
			return err
		}
		return workbookCell(f, sheet, at, strconv.FormatFloat(x/100, 'g', 15, 64)+"{0.00%}")
	case isDay.MatchString(text):
		day, err := time.Parse("2006-01-02", text)
		if err != nil {
			return err
		}
		return f.SetCellValue(sheet, at, day)
	}
	return f.SetCellStr(sheet, at, text)
}
