package plan

import (
	"testing"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/lang"
)

func TestParsePeriod(t *testing.T) {
	for text, want := range map[string]string{
		"2023":                   "2023",
		"2023-H1":                "the first 6 months of 2023",
		"2023-H2":                "the last 6 months of 2023",
		"2023-Q3":                "quarter 3 of 2023",
		"2023-09":                "month 9 of 2023",
		"2023-01-01..2023-09-30": "the first 9 months of 2023",
		"2023-02-10..2023-02-10": "2023-02-10 to 2023-02-10",
	} {
		p, err := ParsePeriod(text)
		if err != nil || p.Words().In(lang.EN) != want {
			t.Errorf("%q: %q, %v; want %q", text, p.Words().In(lang.EN), err, want)
		}
	}
	for _, text := range []string{"", "23", "2023-", "2023-Q0", "2023-Q5", "2023-H3", "2023-00", "2023-13", "2023-9", "2023-q1x", "-2023", "2023-09-30..2023-01-01", "2023-01-01..", "0000", "2023-+1"} {
		if p, err := ParsePeriod(text); err == nil {
			t.Errorf("%q is read as %s", text, p.Words().In(lang.EN))
		} else if want := `"` + text + `" is no period: want 2023, 2023-H1, 2023-Q3, 2023-09 or 2023-01-01..2023-09-30`; err.Error() != want {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestPeriodWords(t *testing.T) {
	for text, want := range map[string]string{
		"2023":                   "năm 2023",
		"2023-Q1":                "quý I năm 2023",
		"2023-12":                "tháng 12 năm 2023",
		"2023-H1":                "6 tháng đầu năm 2023",
		"2023-01-01..2023-08-31": "8 tháng đầu năm 2023",
		"2022-12-15..2023-12-14": "15/12/2022 đến 14/12/2023",
		"2022-01-01..2023-12-31": "01/01/2022 đến 31/12/2023",
	} {
		p, err := ParsePeriod(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Words().In(lang.VI); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestPeriodTitle(t *testing.T) {
	for text, want := range map[string][2]string{
		"2023":                   {"Năm 2023", "2023"},
		"2023-Q3":                {"Quý III/2023", "Q3 2023"},
		"2023-09":                {"Tháng 9/2023", "2023-09"},
		"2023-H1":                {"6 tháng đầu năm 2023", "first 6 months of 2023"},
		"2023-01-01..2023-09-30": {"9 tháng đầu năm 2023", "first 9 months of 2023"},
		"2023-02-01..2023-02-28": {"Tháng 2/2023", "2023-02"},
		"2024-02-01..2024-02-28": {"01/02/2024 đến 28/02/2024", "2024-02-01 to 2024-02-28"},
		"2023-02-01..2023-04-30": {"01/02/2023 đến 30/04/2023", "2023-02-01 to 2023-04-30"},
		"2022-07-01..2023-06-30": {"01/07/2022 đến 30/06/2023", "2022-07-01 to 2023-06-30"},
		"":                       {"không ghi kỳ", "period not stated"},
	} {
		var p Period
		var err error
		if text != "" {
			p, err = ParsePeriod(text)
		}
		if got := p.Title(); err != nil || got.In(lang.VI) != want[0] || got.In(lang.EN) != want[1] {
			t.Errorf("%s: %q, %q, %v; want %q", text, got.In(lang.VI), got.In(lang.EN), err, want)
		}
	}
}

func TestPeriodKeys(t *testing.T) {
	year := Period{From: date.Date{Year: 2024, Month: 1, Day: 1}}
	for _, key := range periodKeys {
		if p, ok := year.Part(key); !ok || p.Key() != key {
			t.Errorf("%s: %v, %v, whose key is %q", key, p, ok, p.Key())
		}
	}
}
