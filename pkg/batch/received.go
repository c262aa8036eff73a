package batch

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// Receipts tell when submissions came, by the folded name or id of their unit.
type Receipts map[string]fact.Receipt

// Anybody is the key of a day on which every submission came.
const Anybody = ""

// ParseReceipts reads a CSV file of two columns, unit and day. A unit is called as
// the roster knows it, if there is one.
func ParseReceipts(name string, data []byte, roster *plan.Roster) (Receipts, error) {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = 2
	if first, _, _ := bytes.Cut(data, []byte("\n")); !bytes.Contains(first, []byte(",")) && bytes.Contains(first, []byte(";")) {
		r.Comma = ';' // as spreadsheet programs write it where decimals have a comma
	}
	out := Receipts{}
	for {
		rec, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, lang.Errorf("%s: %v", "%s: %v", name, csvError(err))
		}
		unit := strings.TrimSpace(rec[0])
		day, err := date.ParseText(strings.TrimSpace(rec[1]))
		line, _ := r.FieldPos(0)
		if err != nil && line == 1 {
			continue // a heading
		}
		if err != nil {
			return nil, lang.Errorf("%s:%d: %q: %v", "%s, dòng %d: %q: %v", name, line, rec[1], err)
		}
		key := label.Key(unit)
		if u := roster.Find(unit); u != nil {
			key = label.Key(u.ID)
		}
		out[key] = fact.Receipt{Unit: unit, Day: day, From: diag.Pos{File: name, Line: line}}
	}
}

// csvError words an error of encoding/csv, which speaks English.
func csvError(err error) error {
	var wrong *csv.ParseError
	if !errors.As(err, &wrong) {
		return err
	}
	return &lang.Error{Text: lang.T(err.Error(), fmt.Sprintf("dòng %d không có đúng hai cột: đơn vị, ngày", wrong.Line)), Cause: err}
}

// unmatched tells which days of receipt are those of no unit: nobody on the roster
// is called so, and nobody else handed in anything.
func (b *Batch) unmatched(cards []score.Card) diag.List {
	var lost []fact.Receipt
	for key, at := range b.Received {
		known := key == Anybody || b.Roster.Find(at.Unit) != nil
		if !known && !slices.ContainsFunc(cards, func(c score.Card) bool { return slices.Contains(receiptKeys(c.Unit), key) }) {
			lost = append(lost, at)
		}
	}
	slices.SortFunc(lost, func(a, b fact.Receipt) int { return cmp.Compare(a.From.Line, b.From.Line) })
	var out diag.List
	for _, at := range lost {
		out.Add(diag.UnknownUnit, at.From, lang.F("%q is on no roster and handed in nothing: its day of receipt is nobody's", "%q không có trong danh sách và cũng không nộp gì: ngày nộp này không của đơn vị nào", at.Unit))
	}
	return out
}

// receipt is the day on which a unit's file came: what the mapping says of the
// file goes before what is known of the unit. The zero value: nobody says.
func (b *Batch) receipt(file string, u fact.Unit) fact.Receipt {
	if b.Mapping != nil {
		if told, _ := b.Mapping.Of(file); !told.Received.IsZero() {
			return fact.Receipt{Day: told.Received, From: told.Place}
		}
	}
	for _, key := range receiptKeys(u) {
		if at, ok := b.Received[key]; ok && key != Anybody {
			return at
		}
	}
	return b.Received[Anybody]
}

// receiptKeys are what the day of a unit may be kept under.
func receiptKeys(u fact.Unit) []string {
	return []string{label.Key(u.ID), label.Key(u.Name.In(lang.VI)), label.Key(u.Name.In(lang.EN))}
}

// submitted gives each card's file the day on which its unit sent it in.
func (b *Batch) submitted(cards []score.Card) map[string]date.Date {
	out := map[string]date.Date{}
	for i := range cards {
		if at := b.receipt(cards[i].Input.File, cards[i].Unit); !at.Day.IsZero() {
			out[cards[i].Input.File] = at.Day
		}
	}
	return out
}
