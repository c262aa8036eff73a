package report

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/score"
)

// outline is what a Word document says: a line a paragraph, the cells of a row
// on one line between bars.
func outline(t *testing.T, body []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	var text strings.Builder
	d := xml.NewDecoder(bytes.NewReader(body))
	inRow := false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out.Bytes()
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.CharData:
			text.Write(e)
		case xml.StartElement:
			if e.Name.Local == "tr" {
				inRow = true
				out.WriteString("|")
			}
		case xml.EndElement:
			switch e.Name.Local {
			case "p":
				if !inRow {
					out.WriteString(text.String() + "\n")
					text.Reset()
				} else {
					text.WriteString(" ")
				}
			case "tc":
				out.WriteString(" " + strings.TrimSpace(text.String()) + " |")
				text.Reset()
			case "tr":
				inRow = false
				out.WriteString("\n")
			}
		}
	}
}

// Every figure that the JSON of a card prints stands in a table of its report.
func TestOfficialReportHoldsEveryFigureInATable(t *testing.T) {
	for _, l := range []lang.Lang{lang.VI, lang.EN} {
		doc := one()
		c := &doc.Cards[0]
		var rows strings.Builder
		for line := range strings.Lines(string(outline(t, written(t, DOCX, doc, Options{Lang: l})))) {
			if strings.HasPrefix(line, "|") {
				rows.WriteString(line)
			}
		}
		holds := func(what string, text lang.Text) {
			t.Helper()
			if shown := plain(text.In(l)); !strings.Contains(rows.String(), shown) {
				t.Errorf("%s: no table holds %s %q", l, what, shown)
			}
		}
		for _, r := range pick(c, applies) {
			holds("the value of "+r.Target, figure(r.Value))
			holds("the goal of "+r.Target, r.Goal.Shown)
			holds("the gap of "+r.Target, figure(r.Gap))
			holds("the points of "+r.Target, r.Points.Shown)
			for _, p := range []*score.Part{r.Numerator, r.Denominator} {
				if p != nil {
					holds("a count of "+r.Target, p.Shown)
				}
			}
		}
		for i := range c.Facts {
			holds("the fact "+c.Facts[i].ID, factShown(&c.Facts[i]))
		}
		for _, y := range tallies(c) {
			holds("points", y.Tally.Points.Shown)
			holds("score", figure(y.Tally.Score))
			holds("coverage", figure(y.Tally.Coverage))
		}
		for _, d := range c.Diagnostics {
			holds("finding", d.Message)
		}
	}
}

// Text of a submission stays text, and the same document gives the same bytes.
func TestOfficialReportOfHostileTexts(t *testing.T) {
	doc := hostile(t)
	var first, second bytes.Buffer
	for _, b := range []*bytes.Buffer{&first, &second} {
		if err := DOCX(b, doc, Options{}); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("two runs give different bytes")
	}
	known := map[string]bool{}
	collect := func(body []byte, see func(string)) {
		d := xml.NewDecoder(bytes.NewReader(body))
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if e, ok := token.(xml.StartElement); ok {
				see(e.Name.Local)
			}
		}
	}
	collect(written(t, DOCX, many(), Options{}), func(name string) { known[name] = true })
	collect(wordBody(t, first.Bytes()), func(name string) {
		if !known[name] {
			t.Errorf("a text became the element %q", name)
		}
	})
	for _, r := range string(outline(t, wordBody(t, first.Bytes()))) {
		if r == '\u202e' || r == '\x1b' || r == '\u2028' {
			t.Errorf("the report holds %U", r)
		}
	}
}

// An office program opens the report and prints it: the name of the state stands
// on one line, and pages are numbered from the second on.
func TestOfficialReportIsPrinted(t *testing.T) {
	if testing.Short() {
		t.Skip("printing is slow")
	}
	dir := t.TempDir()
	for name, doc := range map[string]*Document{"one": one(), "many": many(), "hostile": hostile(t)} {
		var file bytes.Buffer
		if err := DOCX(&file, doc, Options{}); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name+".docx"), file.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	office, err := exec.LookPath("lowriter") // soffice may be there without its part for texts
	if err != nil {
		if os.Getenv("CI") == "" {
			t.Skip("no office program is installed")
		}
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	out, err := exec.CommandContext(ctx, office, "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(dir, "profile")), "--headless",
		"--convert-to", "pdf", "--outdir", dir, filepath.Join(dir, "one.docx"), filepath.Join(dir, "many.docx"), filepath.Join(dir, "hostile.docx")).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, name := range []string{"one", "many", "hostile"} {
		text, err := exec.CommandContext(ctx, "pdftotext", "-layout", filepath.Join(dir, name+".pdf"), "-").Output()
		if err != nil {
			t.Fatalf("%s: %v: %s", name, err, out)
		}
		pages := strings.Split(strings.TrimSuffix(string(text), "\f"), "\f")
		if !strings.Contains(pages[0], "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") {
			t.Errorf("%s: the name of the state is not on one line:\n%s", name, pages[0])
		}
		for i, page := range pages {
			first, _, _ := strings.Cut(strings.TrimSpace(page), "\n")
			if numbered := strings.TrimSpace(first) == strconv.Itoa(i+1); numbered != (i > 0) {
				t.Errorf("%s: page %d begins with %q", name, i+1, first)
			}
		}
	}
}

// A unit that is made of another is ranked, and is in no count beside it.
func TestOfficialReportCountsNothingTwice(t *testing.T) {
	doc := many()
	above, below := &doc.Cards[0], doc.Cards[1]
	below.Results = append(slices.Clone(below.Results), above.Results[0])
	doc.Cards = []score.Card{*above, below}
	table := func() string {
		_, text, _ := strings.Cut(string(outline(t, written(t, DOCX, doc, Options{Lang: lang.EN}))), "Units by how each target went")
		text, _, _ = strings.Cut(text, "PROPOSALS")
		return text
	}
	both, alone := "handled through partial online services (clause I.2) | 0 | 2 |", "handled through partial online services (clause I.2) | 0 | 1 |"
	rows := strings.Count(table(), "\n| ")
	if !strings.Contains(table(), both) {
		t.Errorf("two units that stand beside each other: %s", table())
	}
	doc.Cards[0].RolledUp = &score.RolledUp{Units: []score.RolledUnit{{ID: below.Unit.ID, Name: below.Unit.Name}}}
	if !strings.Contains(table(), alone) || strings.Count(table(), "\n| ") != rows {
		t.Errorf("a unit and one that it is made of, which lacks the other targets: %s", table())
	}
	if text := string(outline(t, written(t, DOCX, doc, Options{Lang: lang.EN}))); strings.Count(text, "so that nothing counts twice") != 1 {
		t.Error("the report does not say so")
	}
}
