//go:build unix

package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/report"
)

const aboveOffices = `
plan: above
extends: plan.yaml
levels: {city: {title: City, names: ["Thành phố *"]}}
targets: [{id: t, levels: [office, city], rollup: pooled}]
`

const cityRoster = `
roster: city
title: City
units:
  - {id: hue, name: Thành phố Huế, level: city}
  - {id: a, name: Sở A, level: office, parent: hue}
  - {id: b, name: Sở B, level: office, parent: hue}
  - {id: c, name: Sở C, level: office, parent: hue}
`

// TestDatabaseRollsUp adds up units of which a database holds the records, or a
// workbook those of one of them: the city's card is the same, and names the unit
// that has none.
func TestDatabaseRollsUp(t *testing.T) {
	servers := startServers(t, 4) // one holds all, and each of the others a part
	dir := t.TempDir()
	writeText(t, dir, "plan.yaml", listPlan)
	plan, roster := writeText(t, dir, "above.yaml", aboveOffices), writeText(t, dir, "roster.yaml", cityRoster)
	bind := writeText(t, dir, "bindings.yaml", listBindings)
	var rows [][]*string
	for _, r := range []string{"H1 A on", "H2 A off", "H3 B on", "H4 B on", "H5 B on"} {
		parts := strings.Fields(r)
		unit, way := "Sở "+parts[1], map[string]string{"on": "Trực tuyến", "off": "Trực tiếp"}[parts[2]]
		kind, who, fee, day := "Loại một", "Nam", "5", "2023-02-03"
		rows = append(rows, []*string{&parts[0], &unit, &day, &day, &day, &kind, &way, nil, &who, &fee})
	}
	for i, s := range servers {
		t.Setenv(fmt.Sprint("DB", i), s.address("postgres"))
		s.exec(t, listTable)
		for n, row := range rows {
			if i == 0 || n%3 == i-1 {
				s.load(t, "hoso.list", [][]*string{row})
			}
		}
	}
	book := filepath.Join(dir, "a.xlsx")
	writeRecords(t, book, rows[:2])
	one, three := []string{"--source", "env:DB0"}, []string{"--source", "env:DB1", "--source", "env:DB2", "--source", "env:DB3"}
	for name, more := range map[string][]string{"all in the database": one, "one in a workbook": append(one, book), "on three servers": three} {
		t.Run(name, func(t *testing.T) {
			args := append([]string{"score", "--plan", plan, "--roster", roster, "--as-of", "2024-02-01", "-f", "json", "--bind", bind}, more...)
			_, stdout, stderr := parcheckHere(args...)
			var doc report.Document
			if err := json.Unmarshal([]byte(stdout), &doc); err != nil {
				t.Fatal(err, stderr)
			}
			if len(doc.Cards) != 3 {
				t.Fatalf("%d cards, want 3: %s", len(doc.Cards), stdout)
			}
			c := &doc.Cards[0]
			if r := c.Results[0]; c.Unit.ID != "hue" || r.Value == nil || r.Value.Exact.String() != "4/5" {
				t.Errorf("%s: %v, want 4/5: %s", c.Unit.ID, r.Value, r.Reason.In(lang.EN))
			}
			if got, want := c.RolledUp.Words().In(lang.EN), "2 of 3 units below; without Sở C (nothing handed in)"; got != want {
				t.Errorf("made of %s, want %s", got, want)
			}
			if len(c.Diagnostics) != 1 || c.Diagnostics[0].Check != "not-submitted" {
				t.Errorf("findings: %v", c.Diagnostics)
			}
		})
	}
}
