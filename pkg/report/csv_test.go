package report

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/number"
)

func TestDecimal(t *testing.T) {
	tests := []struct {
		x    number.Exact
		want string
	}{
		{number.Int(0), "0"},
		{number.Int(-1299), "-1299"},
		{number.Frac(1299, 2000), "0.6495"},
		{number.Frac(97825, 2), "48912.5"},
		{number.Frac(2, 3), "0.666666666666667"},
		{number.Frac(1, 3), "0.333333333333333"},
		{exact("0.0000000000000001"), "0"},
		{exact("123456789012345678901234567890"), "123456789012345678901234567890"},
	}
	for _, test := range tests {
		if got := string(appendDecimal(nil, test.x)); got != test.want {
			t.Errorf("appendDecimal(%s) = %q, want %q", test.x, got, test.want)
		}
	}
}

func TestInert(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{"Sở Nội vụ", "Sở Nội vụ"},
		{"=1+1", "'=1+1"},
		{"+84", "'+84"},
		{"-1", "'-1"},
		{"@SUM(A1)", "'@SUM(A1)"},
		{"\t=1", "'=1"},
		{"\r\n =1", "'=1"},
		{"\u200b=1", "'=1"},
		{"＝1", "'＝1"},
		{"a=1", "a=1"},
		{"\x00@x", "'@x"},
		{"– không áp dụng", "– không áp dụng"},
	}
	for _, test := range tests {
		if got := inert(test.in); got != test.want {
			t.Errorf("inert(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

// No field begins a formula or holds a line break, whatever the workbooks
// hold, and every row has every column.
func TestCSVHostile(t *testing.T) {
	for _, lead := range []string{"=", "+", "-", "@", "\t=", "\r=", "\u00a0=", "\ufeff=", "\"=", "; =", "＝"} {
		doc := attacked(t, many(), func(s string) string { return lead + attack + s })
		got := written(t, CSV, doc, Options{})
		body, ok := bytes.CutPrefix(got, []byte("\ufeff"))
		if !ok {
			t.Fatal("no byte-order mark")
		}
		rows, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if want := 10 + 4 + 1 + 2; len(rows) != want {
			t.Errorf("%q: %d rows, want %d", lead, len(rows), want)
		}
		for i, row := range rows {
			for j, field := range row {
				if strings.ContainsAny(field, "\t\r\n\x00\x1b") || field != "" && strings.ContainsRune("=+-@＝", []rune(field)[0]) {
					t.Errorf("%q: row %d, %s: %q", lead, i+1, csvColumns[j], field)
				}
			}
		}
	}
}

// The rows are written byte for byte as encoding/csv does it.
func TestCSVQuotes(t *testing.T) {
	docs := []*Document{one(), many(), hostile(t)}
	for _, lead := range []string{"\"", ",", "\\.", "\u00a0", "a\"b\",\"c", "' "} {
		docs = append(docs, attacked(t, many(), func(s string) string { return lead + s }),
			attacked(t, many(), func(string) string { return lead }))
	}
	for i, doc := range docs {
		got := written(t, CSV, doc, Options{})
		body := bytes.TrimPrefix(got, []byte("\ufeff"))
		rows, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		var want bytes.Buffer
		if err := csv.NewWriter(&want).WriteAll(rows); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.String(), string(body)); diff != "" {
			t.Errorf("document %d (-encoding/csv +CSV):\n%s", i, diff)
		}
	}
}
