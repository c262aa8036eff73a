package xls

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/cell"
)

// readCells prints the cells of a file, one a line.
func readCells(b []byte) (string, error) {
	ctx := context.Background()
	f, err := Open(ctx, "f.xls", bytes.NewReader(b), int64(len(b)), cell.Limits{}, nil)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	for i, s := range f.Sheets {
		fmt.Fprintf(&out, "[%s]\n", s.Name)
		rows, err := f.Scan(ctx, i)
		if err != nil {
			return "", err
		}
		for rows.Next() {
			for _, c := range rows.Row().Cells {
				value := string(c.Raw)
				switch c.Kind {
				case cell.Number, cell.Date:
					value = canonical(value)
				case cell.Text:
					value = "'" + value
				case cell.Bool:
					value = "bool " + value
				case cell.Blank:
					value = "?"
				case cell.Error:
				}
				fmt.Fprintf(&out, "%d,%d %s\n", rows.Row().Number-1, c.Col-1, value)
			}
		}
		if err := rows.Err(); err != nil {
			return "", err
		}
		rows.Close()
	}
	return out.String(), nil
}

// FuzzFile reads files of any bytes.
func FuzzFile(f *testing.F) {
	for _, d := range damages {
		if len(d.file) < 1<<14 {
			f.Add(d.file)
		}
	}
	for _, b := range sounds {
		f.Add(b.book.file())
	}
	f.Fuzz(func(t *testing.T, b []byte) { checkAgainstSlow(t, b) })
}

// FuzzStream reads any records.
func FuzzStream(f *testing.F) {
	for _, b := range sounds {
		f.Add(b.book.stream())
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if !bytes.HasPrefix(b, []byte(compoundMagic)) {
			checkAgainstSlow(t, b)
		}
	})
}
