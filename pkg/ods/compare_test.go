package ods_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/ods"
	"github.com/parcheck/parcheck/pkg/xlsx"
)

var pairs = flag.String("pairs", "", "a folder with workbooks, each as NAME.xlsx and NAME.ods, that are compared")

func describeCell(c cell.Cell, epoch bool) string {
	raw := string(c.Raw)
	kind := c.Kind
	shown := ""
	switch kind {
	case cell.Number:
		x, err := number.ParseCell(c.Raw)
		if err == nil {
			raw = x.String()
			s := c.Format.Section(x)
			shown = fmt.Sprintf(" %v/%d/%d %q %q %q plain=%v", s.Kind, s.Shift, s.Decimals, s.Before, s.Inside, s.After, c.Format.Plain())
		}
	case cell.Date:
		if len(raw) > 9 && raw[4] == '-' {
			raw = raw[:10]
		} else if x, err := number.ParseCell(c.Raw); err == nil {
			n, _ := x.Floor().Int64()
			if d, ok := date.FromSerial(n, epoch); ok {
				raw = d.String()
			} else {
				raw = x.String()
			}
		}
	}
	return fmt.Sprintf("%d=%d %q f%d m%d font%d%s", c.Col, kind, raw, c.Formula, c.Mark, c.Font, shown)
}

type rower interface {
	Next() bool
	Row() *cell.Row
	Err() error
}

func lines(r rower, epoch bool) (out []string) {
	for r.Next() {
		for _, c := range r.Row().Cells {
			out = append(out, fmt.Sprintf("%d%v:%s", r.Row().Number, r.Row().Hidden, describeCell(c, epoch)))
		}
	}
	if r.Err() != nil {
		out = append(out, "error: "+r.Err().Error())
	}
	return out
}

func TestPairs(t *testing.T) {
	if *pairs == "" {
		t.Skip()
	}
	files, _ := filepath.Glob(filepath.Join(*pairs, "*.ods"))
	ctx := context.Background()
	same := 0
	for _, f := range files {
		a, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(strings.TrimSuffix(f, ".ods") + ".xlsx")
		if err != nil {
			continue
		}
		of, err := ods.Open(ctx, f, bytes.NewReader(a), int64(len(a)), xlsx.Limits{}, nil)
		if err != nil {
			t.Errorf("%s: %v", f, err)
			continue
		}
		xf, err := xlsx.Open(ctx, f, bytes.NewReader(b), int64(len(b)), xlsx.Limits{}, nil)
		if err != nil {
			t.Logf("%s: xlsx: %v", f, err)
			continue
		}
		for i := range of.Sheets {
			if i >= len(xf.Sheets) || of.Sheets[i].Name != xf.Sheets[i].Name || of.Sheets[i].Hidden != (xf.Sheets[i].State != 0) {
				t.Errorf("%s: sheet %v", f, of.Sheets[i].Name)
				continue
			}
			or, err1 := of.Scan(ctx, i)
			xr, err2 := xf.Scan(ctx, i)
			if err1 != nil || err2 != nil {
				t.Errorf("%s %v %v", f, err1, err2)
				continue
			}
			ol, xl := lines(or, of.Epoch1904), lines(xr, xf.Epoch1904)
			om, xm := fmt.Sprint(or.Merges(), or.HiddenColumns()), fmt.Sprint(xr.Merges(), xr.HiddenColumns())
			if om != xm {
				t.Errorf("%s: merges %s\n%s", f, om, xm)
			}
			if len(ol) != len(xl) {
				t.Errorf("%s: %d cells and %d", f, len(ol), len(xl))
			}
			for j := range min(len(ol), len(xl)) {
				if ol[j] != xl[j] {
					t.Errorf("%s %s\n ods  %s\n xlsx %s", filepath.Base(f), of.Sheets[i].Name, ol[j], xl[j])
					if len(ol) != len(xl) {
						break
					}
				} else {
					same++
				}
			}
		}
	}
	t.Logf("%d cells are the same", same)
}
