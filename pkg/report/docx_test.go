package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

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
