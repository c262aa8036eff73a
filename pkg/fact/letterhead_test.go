package fact

import (
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

const letterRoster = `
roster: r
title: R
groups: {g: {title: G}}
units:
  - {id: tinh, name: UBND tỉnh Quảng Nam, level: district, group: g, aliases: [Ủy ban nhân dân tỉnh Quảng Nam]}
  - {id: so-xay-dung, name: Sở Xây dựng, level: office, group: g}
  - {id: so-khdt, name: Sở Kế hoạch và Đầu tư, level: office, group: g}
  - {id: que-son, name: UBND huyện Quế Sơn, level: district, group: g}
`

func TestUnitOfLetterhead(t *testing.T) {
	const motto = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
	for name, c := range map[string]struct{ titles, unit string }{
		"two rows":                {"UBND TỈNH QUẢNG NAM | | " + motto + "\nSỞ XÂY DỰNG | | Độc lập - Tự do - Hạnh phúc", "so-xay-dung from 'S'!A2"},
		"one cell":                {`UBND TỈNH QUẢNG NAM\nSỞ XÂY DỰNG | | ` + motto, "so-xay-dung from 'S'!A1"},
		"the number of the paper": {"UBND TỈNH QUẢNG NAM\nSỞ XÂY DỰNG\n-------\nSố 12/BC-SXD", "so-xay-dung from 'S'!A2"},
		"both in one line":        {"UBND TỈNH QUẢNG NAM - SỞ XÂY DỰNG | | " + motto, "so-xay-dung from 'S'!A1"},
		"one line":                {"UBND TỈNH QUẢNG NAM | | " + motto + "\n\nBÁO CÁO KẾT QUẢ", "tinh from 'S'!A1"},
		"over two lines":          {"UBND TỈNH QUẢNG NAM\nSỞ KẾ HOẠCH\nVÀ ĐẦU TƯ", "so-khdt from 'S'!A2"},
		"a committee":             {"ỦY BAN NHÂN DÂN\nTỈNH QUẢNG NAM", "tinh from 'S'!A1"},
		"a part of the agency":    {"UBND HUYỆN QUẾ SƠN\nPHÒNG NỘI VỤ", "que-son from 'S'!A1"},
		"a title below":           {"SỞ XÂY DỰNG\nBÁO CÁO KẾT QUẢ NĂM 2023", "so-xay-dung from 'S'!A1"},
		"misspelt":                {"UBND TỈNH QUẢNG NAM\nSỞ XÂY DỰN", "SỞ XÂY DỰN from 'S'!A2"},
		"unknown below":           {"UBND TỈNH QUẢNG NAM\nTRUNG TÂM ABC", "f from the file's name"},
		"the motto first":         {motto + "\nSỞ XÂY DỰNG", "f from the file's name"},
		"prose":                   {"Các sở\nSở Xây dựng và các đơn vị báo cáo", "f from the file's name"},
		"the caption goes before": {"UBND TỈNH QUẢNG NAM\nĐơn vị báo cáo: Sở Xây dựng", "so-xay-dung from 'S'!A2"},
	} {
		t.Run(name, func(t *testing.T) {
			r := readFor(t, formPlan, letterRoster, form(c.titles))
			u := r.Survey.Unit
			got := u.ID
			if got == "" {
				got = u.Name.In(lang.VI)
			}
			if got += " from " + u.From.In(lang.EN); got != c.unit {
				t.Errorf("%s, want %s", got, c.unit)
			}
		})
	}
}

func TestLetterheadAndCaptionDisagree(t *testing.T) {
	for titles, want := range map[string]string{
		"UBND TỈNH QUẢNG NAM\nSỞ KẾ HOẠCH VÀ ĐẦU TƯ\nĐơn vị báo cáo: Sở Xây dựng":        `warning 'S'!A2: the letterhead names "SỞ KẾ HOẠCH VÀ ĐẦU TƯ", and "Sở Xây dựng" stands in 'S'!A3: which of them reports? make them agree, or give --unit [unknown-unit]`,
		"UBND TỈNH QUẢNG NAM\nSỞ XÂY DỰNG\nĐơn vị báo cáo: Sở Xây dựng":                  "",
		"UBND TỈNH QUẢNG NAM\n\nĐơn vị báo cáo: Sở Xây dựng":                             "", // the form is the province's
		"UBND HUYỆN QUẾ SƠN\nVĂN PHÒNG HĐND VÀ UBND\nĐơn vị báo cáo: UBND huyện Quế Sơn": "",
	} {
		r := readFor(t, formPlan, letterRoster, form(titles))
		if got := strings.TrimSpace(printFindings(r)); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", titles, got, want)
		}
	}
}

// readFor reads a book with a roster.
func readFor(t *testing.T, planText, rosterText, bookText string) *Reading {
	t.Helper()
	return request{plan: parsePlan(t, planText), roster: parseRoster(t, rosterText), file: parseBook(t, bookText).xlsx()}.mustCollect(t)
}

// A file whose every row names its unit need not say who reports.
func TestFileWhoseRowsNameTheirUnits(t *testing.T) {
	const plan = `
tables:
  list:
    shape: list
    title: List
    columns:
      id: {headers: [Mã], role: key}
      unit: {headers: [Đơn vị], role: unit}
facts:
  all: {title: All, from: [{count: list}]}
`
	for book, want := range map[string]bool{
		"Mã | Đơn vị\nH1 | Sở Xây dựng\nH2 | UBND huyện Quế Sơn": false,
		"Mã | Tên\nH1 | An\nH2 | Bình":                           true,
	} {
		r := readFor(t, plan, letterRoster, book)
		told := false
		for _, d := range allDiagnostics(r) {
			told = told || d.Check == diag.NoUnit
		}
		if told != want {
			t.Errorf("%s: told %t", book, told)
		}
	}
}
