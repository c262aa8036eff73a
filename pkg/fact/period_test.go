package fact

import (
	"testing"

	"golang.org/x/text/unicode/norm"

	"github.com/parcheck/parcheck/pkg/lang"
)

func TestReadPeriod(t *testing.T) {
	for text, want := range map[string]string{
		"Năm 2023":     "2023-01-01 to 2023-12-31",
		"Cả năm 2023.": "2023-01-01 to 2023-12-31",
		"2023":         "2023-01-01 to 2023-12-31",
		"năm 2023 (Từ ngày 15/12/2022 đến ngày 14/12/2023)": "2022-12-15 to 2023-12-14",
		"Năm 2023 (tính đến ngày 31/01/2024)":               "2023-01-01 to 2023-12-31",

		"Quý III năm 2023":             "2023-07-01 to 2023-09-30",
		"Quí III/2023":                 "2023-07-01 to 2023-09-30",
		"quý 3 năm 2023":               "2023-07-01 to 2023-09-30",
		"QUÝ I – 2023":                 "2023-01-01 to 2023-03-31",
		"Báo cáo quý IV, năm 2023":     "2023-10-01 to 2023-12-31",
		"Quý I đến hết quý III/2023":   "2023-01-01 to 2023-09-30",
		"2023-Q2":                      "2023-04-01 to 2023-06-30",
		"Quý I và Quý II năm 2023":     "",
		"Quý I, II/2023":               "",
		"Quý III và 9 tháng năm 2023":  "",
		"Quý III đến quý I năm 2023":   "",
		"Quý V năm 2023":               "",
		"Quý III":                      "",
		"Năm 2022 và năm 2023":         "",
		"Tháng 12 và cả năm 2023":      "",
		"6 tháng đầu năm và năm 2023":  "",
		"giai đoạn 2021-2025":          "",
		"đến ngày 31/12/2023":          "",
		"Từ ngày 01/01/2023":           "",
		"Theo Quyết định số 3532/2022": "",

		"Tháng 9 năm 2023":                "2023-09-01 to 2023-09-30",
		"tháng 02/2024":                   "2024-02-01 to 2024-02-29",
		"Từ tháng 1 đến tháng 9 năm 2023": "2023-01-01 to 2023-09-30",
		"tháng 1-9/2023":                  "2023-01-01 to 2023-09-30",
		"tháng 13 năm 2023":               "",
		"6 tháng đầu năm 2023":            "2023-01-01 to 2023-06-30",
		"Sáu tháng đầu năm 2023":          "2023-01-01 to 2023-06-30",
		"6 tháng cuối năm 2023":           "2023-07-01 to 2023-12-31",
		"9 tháng năm 2023":                "2023-01-01 to 2023-09-30",
		"11 tháng đầu năm 2023":           "2023-01-01 to 2023-11-30",
		"13 tháng đầu năm 2023":           "",
		"0 tháng đầu năm 2023":            "",

		"Từ ngày 01/07/2023 đến ngày 30/09/2023":                    "2023-07-01 to 2023-09-30",
		"Từ 1/7/2023 đến hết ngày 30/9/2023":                        "2023-07-01 to 2023-09-30",
		"Từ 01-07-2023 tới 30-09-2023":                              "2023-07-01 to 2023-09-30",
		"01.07.2023 – 30.09.2023":                                   "2023-07-01 to 2023-09-30",
		"01/07/2023-30/09/2023":                                     "2023-07-01 to 2023-09-30",
		"Từ ngày 01/07 đến ngày 30/09/2023":                         "2023-07-01 to 2023-09-30",
		"Từ ngày 1 tháng 7 năm 2023 đến ngày 30 tháng 9 năm 2023":   "2023-07-01 to 2023-09-30",
		"Từ ngày 01 tháng 7 đến hết ngày 30 tháng 9 năm 2023":       "2023-07-01 to 2023-09-30",
		"Quý III (Từ ngày 01/07/2023 đến ngày 30/09/2023)":          "2023-07-01 to 2023-09-30",
		"Từ ngày 01/07/2023 đến ngày 31/09/2023":                    "",
		"Từ ngày 30/09/2023 đến ngày 01/07/2023":                    "",
		"Từ ngày 01/07/2023":                                        "",
		"01/01/2023 - 31/03/2023 và 01/04/2023 - 30/06/2023":        "",
		"Quý III năm 2023 (Từ ngày 01/07/2023 đến ngày 31/09/2023)": "", // the words say more than the days can mean
	} {
		for _, text := range []string{text, norm.NFD.String(text)} {
			p, ok := readPeriod(text)
			got := ""
			if ok {
				got = p.From.String() + " to " + p.To.String()
			}
			if got != want {
				t.Errorf("%q: %q, want %q", text, got, want)
			}
		}
	}
}

func TestParsePeriod(t *testing.T) {
	for text, want := range map[string]string{
		"2023":                   "2023",
		"2023-H1":                "2023-01-01 to 2023-06-30",
		"2023-H2":                "2023-07-01 to 2023-12-31",
		"2023-Q3":                "quarter 3 of 2023",
		"2023-09":                "month 9 of 2023",
		"2023-01-01..2023-09-30": "2023-01-01 to 2023-09-30",
		"2023-02-10..2023-02-10": "2023-02-10 to 2023-02-10",
	} {
		p, err := ParsePeriod(text)
		if err != nil || PeriodText(p).In(lang.EN) != want {
			t.Errorf("%q: %q, %v; want %q", text, PeriodText(p).In(lang.EN), err, want)
		}
	}
	for _, text := range []string{"", "23", "2023-", "2023-Q0", "2023-Q5", "2023-H3", "2023-00", "2023-13", "2023-9", "2023-q1x", "-2023", "2023-09-30..2023-01-01", "2023-01-01..", "0000", "2023-+1"} {
		if p, err := ParsePeriod(text); err == nil {
			t.Errorf("%q is read as %s", text, PeriodText(p).In(lang.EN))
		} else if want := `"` + text + `" is no period: want 2023, 2023-H1, 2023-Q3, 2023-09 or 2023-01-01..2023-09-30`; err.Error() != want {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestPeriodText(t *testing.T) {
	for text, want := range map[string]string{
		"2023":                   "năm 2023",
		"2023-Q1":                "quý 1 năm 2023",
		"2023-12":                "tháng 12 năm 2023",
		"2023-H1":                "01/01/2023 đến 30/06/2023",
		"2022-12-15..2023-12-14": "15/12/2022 đến 14/12/2023",
		"2022-01-01..2023-12-31": "01/01/2022 đến 31/12/2023",
	} {
		p, err := ParsePeriod(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := PeriodText(p).In(lang.VI); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
