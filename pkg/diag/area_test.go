package diag_test

import (
	"testing"

	"github.com/parcheck/parcheck/pkg/diag"
)

func TestColumnName(t *testing.T) {
	for col, want := range map[int]string{0: "", 1: "A", 26: "Z", 27: "AA", 52: "AZ", 53: "BA", 702: "ZZ", 703: "AAA", 16384: "XFD"} {
		if got := diag.ColumnName(col); got != want {
			t.Errorf("ColumnName(%d) = %q, want %q", col, got, want)
		}
	}
}

func TestParseArea(t *testing.T) {
	for _, tt := range []struct {
		text string
		want diag.Area
		ok   bool
	}{
		{"", diag.Area{}, true},
		{"D17", diag.Cell(17, 4), true},
		{"XFD1048576", diag.Cell(1048576, 16384), true},
		{"K14:K1312", diag.Area{Row: 14, Col: 11, ToRow: 1312, ToCol: 11}, true},
		{"17:17", diag.Area{Row: 17, ToRow: 17}, true},
		{"K:M", diag.Area{Col: 11, ToCol: 13}, true},
		{"17", diag.Area{}, false}, // a row is written 17:17
		{"K", diag.Area{}, false},
		{"d17", diag.Area{}, false},
		{"D0", diag.Area{}, false},
		{"D+1", diag.Area{}, false},
		{"D-1", diag.Area{}, false},
		{"D1048577", diag.Area{}, false},
		{"XFE1", diag.Area{}, false},
		{"AAAAAAAAAAAAAAAAAAAAAAAA1", diag.Area{}, false},
		{"D1:", diag.Area{}, false},
		{":D1", diag.Area{}, false},
		{"D1:E2:F3", diag.Area{}, false},
		{"B2:A1", diag.Area{}, false},
		{"A1:B", diag.Area{}, false},
		{"1:B", diag.Area{}, false},
		{"Đ1", diag.Area{}, false},
		{" D1", diag.Area{}, false},
	} {
		got, ok := diag.ParseArea(tt.text)
		if ok != tt.ok || ok && got != tt.want {
			t.Errorf("ParseArea(%q) = %+v, %v; want %+v, %v", tt.text, got, ok, tt.want, tt.ok)
		}
		if ok && got.String() != tt.text {
			t.Errorf("ParseArea(%q) prints as %q", tt.text, got)
		}
	}
}

// FuzzParseArea holds that an area that can be read is printed so that it is
// read back as the same.
func FuzzParseArea(f *testing.F) {
	for _, s := range []string{"", "D17", "K14:K1312", "17:17", "K:M", "D17:D17", "A01", "B2:A1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, ok := diag.ParseArea(s)
		if !ok {
			return
		}
		back, ok := diag.ParseArea(a.String())
		if !ok || back != a {
			t.Errorf("%q is read as %+v, printed as %q and read back as %+v, %v", s, a, a, back, ok)
		}
	})
}
