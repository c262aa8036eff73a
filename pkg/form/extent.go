package form

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"hash"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/workbook"
)

// surveySheet reads a sheet to its end.
func surveySheet(ctx context.Context, w *workbook.Workbook, index int) (sheetExtent, error) {
	sc, err := w.Scan(ctx, index)
	if err != nil {
		return sheetExtent{}, err
	}
	defer sc.Close()
	out, h, last := sheetExtent{}, sha256.New(), 0
	for sc.Next() {
		r := sc.Row()
		out.cells += int64(r.Number - last)
		last = r.Number
		if n := len(r.Cells); n > 0 {
			out.cells += int64(r.Cells[n-1].Col)
		}
		digest(h, r)
	}
	if err := sc.Err(); err != nil {
		return sheetExtent{}, err
	}
	h.Sum(out.sum[:0])
	out.merges = sc.Tail().Merges
	return out, nil
}

// digest adds what a row's cells hold to a hash: blank ones say nothing.
func digest(h hash.Hash, r *cell.Row) {
	for _, c := range r.Cells {
		if c.Kind == cell.Blank && c.Formula == cell.NoFormula {
			continue
		}
		hidden, percent := byte(0), byte(0)
		if r.Hidden {
			hidden = 1
		}
		if c.Percent() {
			percent = 1
		}
		head := [16]byte{8: byte(c.Kind), 9: byte(c.Formula), 10: hidden, 11: percent, 12: byte(c.Decimals()), 13: byte(c.Font)}
		binary.LittleEndian.PutUint32(head[:], uint32(r.Number))
		binary.LittleEndian.PutUint32(head[4:], uint32(c.Col))
		h.Write(head[:])
		h.Write(binary.LittleEndian.AppendUint32(nil, uint32(len(c.Raw))))
		h.Write(c.Raw)
	}
}
