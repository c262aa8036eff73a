package records

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/numfmt"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/table"
)

const dossierPlan = `
plan: p
title: Plan
document: {number: "1", date: 2022-12-01}
period: {from: 2023-04-01, to: 2023-06-30}
levels: {office: {title: Office, names: ["Sở *"]}}
areas: {a: {title: A}}
tables:
  list:
    shape: list
    title: Dossiers
    columns:
      id: {headers: [Mã], role: key}
      unit: {headers: [Đơn vị], role: unit, required: true}
      in: {headers: [Nhận], type: date}
      out: {headers: [Trả], type: date, not_before: in}
      way: {headers: [Hình thức], type: choice, required: true, values: {on: [Trực tuyến], off: [Trực tiếp]}}
      note: {headers: [Ghi chú]}
      fee: {headers: [Phí], type: number}
facts:
  all: {title: All, from: [{count: list}]}
  late: {title: Late, from: [{count: list, during: in, where: {out: {after: in}}}]}
  held: {title: Held, from: [{count: list, during: out, where: {out: {not_after: in}, way: {not: [off]}}}]}
  online: {title: Online, from: [{count: list, during: in, where: {way: [on]}}]}
  noted: {title: Noted, from: [{count: list, where: {note: [Gấp]}}]}
  paid: {title: Paid, kind: amount, from: [{sum: list, column: fee, during: out, where: {way: [on]}}]}
  fees: {title: Fees, kind: amount, from: [{sum: list, column: fee}]}
  in-year: {title: In the year, from: [{count: list, during: in, over: year_to_date}]}
  free: {title: Free, from: [{count: list, where: {fee: blank}}]}
targets:
  - id: t
    area: a
    title: T
    source: {clause: c, quote: q}
    levels: [office]
    measure: {value: all}
    goal: {at_least: 1}
    also: [late, held, online, noted, paid, fees, in-year, free]
`

// dossiers parses the plan of the tests and prepares a list of its table.
func dossiers(t *testing.T, grid *table.Grid) (*List, plan.Period) {
	t.Helper()
	p, mistakes := plan.Parse("p.yaml", []byte(dossierPlan))
	if mistakes.HasErrors() {
		t.Fatal(mistakes)
	}
	spec := Spec{Table: &p.Tables[0], Period: p.Period, Grid: grid, Header: table.Header{Top: 1, Bottom: 1}}
	for i := range p.Facts {
		spec.Sources = append(spec.Sources, &p.Facts[i].From[0])
	}
	for i := range spec.Table.Columns {
		spec.Header.Columns = append(spec.Header.Columns, table.Found{Col: i + 1, Path: spec.Table.Columns[i].Headers[0]})
	}
	spec.Numbers = func(*plan.Column) Numbers { return noNumbers{} }
	return New(spec), p.Period
}

// noNumbers reads numbers that stand as texts: they are none.
type noNumbers struct{}

func (noNumbers) ShowsItself(*numfmt.Section) bool { return false }

func (noNumbers) Read(*cell.Cell) Number { return Number{State: Unreadable, Check: diag.NotNumber} }

// dossier is what a database knows of a record: text, or "".
type dossier struct{ unit, in, out, way, note, fee string }

func (d dossier) row(n int) *cell.Row {
	row := &cell.Row{Number: n}
	for i, text := range []string{fmt.Sprint("HS-", n), d.unit, d.in, d.out, d.way, d.note, d.fee} {
		c := cell.Cell{Col: i + 1, Kind: cell.Text, Raw: []byte(text)}
		if _, err := number.ParseCell(c.Raw); i == 6 && err == nil {
			c.Kind = cell.Number
		}
		if text != "" {
			row.Cells = append(row.Cells, c)
		}
	}
	return row
}

// day reads a day of a dossier.
func day(text string) (d date.Date, state Content) {
	if text == "" {
		return d, Blank
	}
	d, err := date.ParseText(text)
	if err != nil {
		return d, Unreadable
	}
	return d, Readable
}

func dayCell(f Facet, text string, p plan.Period) GroupCell {
	d, state := day(text)
	c := GroupCell{State: state}
	switch {
	case state == Readable && len(f.Cuts) > 0:
		c.On = d
	case state == Unreadable:
		c.Check, c.Shown = diag.NotDate, []byte(text)
	case state == Blank || p.Contains(d):
	case d.Before(p.From):
		c.Day = BeforePeriod
	default:
		c.Day = AfterPeriod
	}
	return c
}

// grouped makes groups of dossiers as a database would.
func grouped(l *List, p plan.Period, all []dossier) []*Group {
	groups := map[string]*Group{}
	var order []*Group
	for _, d := range all {
		g := &Group{N: 1}
		key := ""
		for _, f := range l.Facets() {
			c := GroupCell{}
			switch f.Column.ID {
			case "unit":
				c.Text = []byte(d.unit)
			case "way":
				c.Text = []byte(d.way)
			case "note":
				c.Text = []byte(d.note)
			case "in":
				c = dayCell(f, d.in, p)
			case "out":
				c = dayCell(f, d.out, p)
			case "fee":
				if x, err := number.ParseCell([]byte(d.fee)); err == nil {
					c.State, c.Sum, c.Figures = Readable, x, 1
				} else if d.fee != "" {
					c.State, c.Bad, c.Check, c.Shown = Unreadable, 1, diag.NotNumber, []byte(d.fee)
				}
			}
			key += fmt.Sprintf("%d %q %d %s %q|", c.State, c.Text, c.Day, c.On, c.Shown)
			g.Cells = append(g.Cells, c)
		}
		days := map[string]string{"in": d.in, "out": d.out}
		for _, p := range l.Pairs() {
			a, _ := day(days[p.A.ID])
			b, _ := day(days[p.B.ID])
			g.After = append(g.After, b.Before(a))
		}
		key += fmt.Sprint(g.After)
		if o := groups[key]; o != nil {
			o.N++
			for i := range o.Cells {
				o.Cells[i].Sum = o.Cells[i].Sum.Add(g.Cells[i].Sum)
				o.Cells[i].Figures += g.Cells[i].Figures
				o.Cells[i].Bad += g.Cells[i].Bad
			}
			continue
		}
		groups[key] = g
		order = append(order, g)
	}
	return order
}

// found prints all that a list has found, less the rows.
func found(l *List) string {
	var b strings.Builder
	fmt.Fprintln(&b, l.Records, l.Outside.N, l.OutsideAt, l.Within, l.Unitless.N)
	units := []string{""}
	if l.Units != nil {
		units = append(units, l.Units.Names...)
		slices.Sort(units)
	}
	for _, c := range l.counters {
		for _, unit := range units {
			var keys []string
			if unit != "" {
				keys = []string{label.Key(unit)}
			}
			t := l.Tally(c, keys)
			var because []string
			for _, col := range t.Because {
				because = append(because, col.ID)
			}
			slices.Sort(because)
			total := t.Total()
			fmt.Fprintln(&b, c.Source.Op, c.Source.Where, unit, t.N, t.Rows.N, t.Figures, t.Unsure, because, total.String())
		}
	}
	for _, o := range l.Orders {
		fmt.Fprintln(&b, o.Bad.N)
	}
	var problems []string
	for _, col := range append(slices.Clone(l.Columns), l.Units.Column) {
		for _, p := range col.Problems {
			problems = append(problems, fmt.Sprintln(col.ID, p.Check, p.N, p.Raw))
		}
	}
	slices.Sort(problems)
	fmt.Fprint(&b, problems)
	return b.String()
}

// The same records give the same counts, sums and troubles, row by row or
// grouped by a database.
func TestGroupsCountAsRowsDo(t *testing.T) {
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 2))
		pick := func(from ...string) string { return from[r.IntN(len(from))] }
		var all []dossier
		for range r.IntN(40) {
			d := dossier{
				unit: pick("Sở Xây dựng", "sở  xây dựng", "Sở Y tế", "-", "#N/A", ""),
				in:   pick("01/04/2023", "15/05/2023", "31/03/2023", "30/06/2023", "31/02/2023", "31/12/2022", "01/01/2023", "01/07/2023", ""),
				out:  pick("01/04/2023", "16/05/2023", "01/07/2023", "30/06/2023", "hôm qua", ""),
				way:  pick("Trực tuyến", "trực tuyến.", "Trực tiếp", "fax", "-", "#N/A", ""),
				note: pick("Gấp", "GẤP", "không", "khác", ""),
				fee:  pick("10", "2.5", "-3", "0", "mười", ""),
			}
			if d.in == "" && d.out == "" {
				d.in = "15/05/2023" // an id alone is a heading in a sheet
			}
			all = append(all, d)
		}
		rows, period := dossiers(t, &table.Grid{})
		for i, d := range all {
			if row := d.row(i + 2); rows.Take(row) {
				rows.Count(row)
			}
		}
		groups, _ := dossiers(t, nil)
		for _, g := range grouped(groups, period, all) {
			groups.CountGroup(g)
		}
		if diff := cmp.Diff(found(rows), found(groups)); diff != "" {
			t.Fatalf("seed %d, %d records: %s", seed, len(all), diff)
		}
	}
}
