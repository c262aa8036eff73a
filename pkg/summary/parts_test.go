package summary_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/summary"
)

// written writes the summary of an input.
func written(t testing.TB, in summary.Input) []byte {
	t.Helper()
	s, _ := summary.Build(in)
	var b bytes.Buffer
	if err := s.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// parts unpacks a workbook.
func parts(t testing.TB, data []byte) map[string][]byte {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range zr.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if out[f.Name] != nil {
			t.Errorf("two parts are named %s", f.Name)
		}
		out[f.Name] = b
	}
	return out
}

// TestSameBytes holds that one input gives one file, whichever sheet was
// packed first.
func TestSameBytes(t *testing.T) {
	in := sample(12, 28, quarterOf(2023, 3), quarterOf(2023, 4))
	want := written(t, in)
	for range 5 {
		if !bytes.Equal(written(t, in), want) {
			t.Fatal("the same input was written as other bytes")
		}
	}
}

// order is the sequence of a worksheet's children (ECMA-376 part 1, 18.3.1.99).
var order = []string{
	"sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
	"protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
	"phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
	"headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing",
	"legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
}

type worksheet struct {
	Children []struct {
		XMLName xml.Name
	} `xml:",any"`
}

type sheetPart struct {
	Dimension struct {
		Ref string `xml:"ref,attr"`
	} `xml:"dimension"`
	Rows []struct {
		R      int     `xml:"r,attr"`
		Height float64 `xml:"ht,attr"`
		Cells  []struct {
			R string  `xml:"r,attr"`
			T string  `xml:"t,attr"`
			S int     `xml:"s,attr"`
			F *string `xml:"f"`
			V *string `xml:"v"`
			I *string `xml:"is>t"`
		} `xml:"c"`
	} `xml:"sheetData>row"`
	Filter struct {
		Ref string `xml:"ref,attr"`
	} `xml:"autoFilter"`
	Merges []struct {
		Ref string `xml:"ref,attr"`
	} `xml:"mergeCells>mergeCell"`
	Formats []struct {
		Ref   string `xml:"sqref,attr"`
		Rules []struct {
			Dxf      int    `xml:"dxfId,attr"`
			Priority int    `xml:"priority,attr"`
			Formula  string `xml:"formula"`
		} `xml:"cfRule"`
	} `xml:"conditionalFormatting"`
	Links []struct {
		Ref      string `xml:"ref,attr"`
		Location string `xml:"location,attr"`
	} `xml:"hyperlinks>hyperlink"`
}

type workbookPart struct {
	Sheets []struct {
		Name string `xml:"name,attr"`
		ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
	} `xml:"sheets>sheet"`
	Names []struct {
		Name  string `xml:"name,attr"`
		Scope string `xml:"localSheetId,attr"`
		Text  string `xml:",chardata"`
	} `xml:"definedNames>definedName"`
}

type relsPart struct {
	Rels []struct {
		ID     string `xml:"Id,attr"`
		Type   string `xml:"Type,attr"`
		Target string `xml:"Target,attr"`
	} `xml:"Relationship"`
}

func decode(t *testing.T, data []byte, v any) {
	t.Helper()
	if err := xml.Unmarshal(data, v); err != nil {
		t.Fatal(err)
	}
}

// TestParts walks the parts of workbooks as a strict reader would.
func TestParts(t *testing.T) {
	twoPeriods := sample(40, 28, quarterOf(2023, 1), quarterOf(2023, 2))
	twoPeriods.Lang = lang.EN
	inputs := map[string]summary.Input{
		"small":       sample(3, 5),
		"two periods": twoPeriods,
		"nobody":      {Plan: samplePlan(3), Roster: sampleRoster(2), Program: "parcheck"},
		"no roster":   withoutRoster(sample(5, 14)),
		"hostile":     hostile(),
	}
	for name, in := range inputs {
		t.Run(name, func(t *testing.T) { checkParts(t, parts(t, written(t, in))) })
	}
	in := sample(3, 28)
	t.Run("card", func(t *testing.T) { checkParts(t, parts(t, writtenCard(t, in.Plan, in.Cards[1], lang.VI))) })
	if err := summary.WriteCard(io.Discard, samplePlan(3), in.Cards[1], "parcheck", lang.EN); err == nil {
		t.Error("a card is written by a plan that did not judge it")
	}
}

// TestVietnameseBooksAreVietnamese holds that no cell of a Vietnamese workbook
// says a state or an outcome in English.
func TestVietnameseBooksAreVietnamese(t *testing.T) {
	in := sample(4, 28)
	in.Lang = lang.VI
	books := [][]byte{written(t, in)}
	for _, c := range in.Cards {
		books = append(books, writtenCard(t, in.Plan, c, lang.VI))
	}
	english := []string{"missing", "invalid", "reported", "met", "missed", "pending", "not_applicable", "not applicable"}
	for _, data := range books {
		f := opened(t, data)
		for _, sheet := range f.GetSheetList() {
			for r, row := range grid(t, f, sheet) {
				for c, text := range row {
					if slices.Contains(english, strings.ToLower(text)) {
						t.Errorf("%s!%s says %q", sheet, diag.A1(r+1, c+1), text)
					}
				}
			}
		}
	}
}

func withoutRoster(in summary.Input) summary.Input {
	in.Roster = nil
	return in
}

func checkParts(t *testing.T, files map[string][]byte) {
	t.Helper()
	checkTypes(t, files)
	var book workbookPart
	decode(t, files["xl/workbook.xml"], &book)
	var rels relsPart
	decode(t, files["xl/_rels/workbook.xml.rels"], &rels)
	var styles struct {
		Xfs  []struct{} `xml:"cellXfs>xf"`
		Dxfs []struct {
			XML string `xml:",innerxml"`
		} `xml:"dxfs>dxf"`
	}
	decode(t, files["xl/styles.xml"], &styles)
	var dxfs []string
	for _, d := range styles.Dxfs {
		if slices.Contains(dxfs, d.XML) {
			t.Errorf("two conditional formats are alike: %s", d.XML)
		}
		dxfs = append(dxfs, d.XML)
	}
	names := map[string]string{}
	for _, s := range book.Sheets {
		checkSheetName(t, s.Name)
		if names[strings.ToLower(s.Name)] != "" {
			t.Errorf("two sheets are named %q", s.Name)
		}
		for _, r := range rels.Rels {
			if r.ID == s.ID {
				names[strings.ToLower(s.Name)] = "xl/" + r.Target
			}
		}
		file := names[strings.ToLower(s.Name)]
		if files[file] == nil {
			t.Fatalf("sheet %q has no part", s.Name)
		}
		t.Run(s.Name, func(t *testing.T) { checkSheet(t, files[file], len(styles.Xfs), len(dxfs), names, book) })
	}
	checkNames(t, book)
}

// checkTypes holds that each part has a content type and each relationship a
// part.
func checkTypes(t *testing.T, files map[string][]byte) {
	t.Helper()
	var types struct {
		Overrides []struct {
			Part string `xml:"PartName,attr"`
		} `xml:"Override"`
	}
	decode(t, files["[Content_Types].xml"], &types)
	named := map[string]bool{}
	for _, o := range types.Overrides {
		part := strings.TrimPrefix(o.Part, "/")
		if named[part] {
			t.Errorf("two content types for %s", part)
		}
		if named[part] = true; files[part] == nil {
			t.Errorf("a content type for %s, which is not there", part)
		}
	}
	for name, data := range files {
		if strings.HasSuffix(name, ".rels") {
			var rels relsPart
			decode(t, data, &rels)
			for _, r := range rels.Rels {
				target := path.Join(path.Dir(path.Dir(name)), r.Target)
				if strings.HasPrefix(r.Target, "/") {
					target = r.Target[1:]
				}
				if files[target] == nil {
					t.Errorf("%s leads to %s, which is not there", name, target)
				}
			}
		} else if name != "[Content_Types].xml" && !named[name] {
			t.Errorf("no content type for %s", name)
		}
	}
}

func checkSheetName(t *testing.T, name string) {
	t.Helper()
	if n := len(utf16.Encode([]rune(name))); n == 0 || n > 31 || strings.ContainsAny(name, `[]:*?/\'`) || strings.EqualFold(name, "history") {
		t.Errorf("%q is no sheet name", name)
	}
}

func checkSheet(t *testing.T, data []byte, xfs, dxfs int, sheets map[string]string, book workbookPart) {
	var w worksheet
	decode(t, data, &w)
	last := -1
	for _, c := range w.Children {
		at := slices.Index(order, c.XMLName.Local)
		if at < last || at < 0 || at == last && c.XMLName.Local != "conditionalFormatting" {
			t.Errorf("<%s> stands after <%s>", c.XMLName.Local, order[max(last, 0)])
		}
		last = at
	}
	var s sheetPart
	decode(t, data, &s)
	extent, ok := diag.ParseArea(s.Dimension.Ref)
	if !ok {
		t.Fatalf("dimension %q", s.Dimension.Ref)
	}
	row := 0
	for _, r := range s.Rows {
		if r.R <= row || r.Height > 409 {
			t.Errorf("row %d after row %d, %v high", r.R, row, r.Height)
		}
		row = r.R
		col := 0
		for _, c := range r.Cells {
			at, _ := diag.ParseArea(c.R)
			if at.Row != row || at.Col <= col || at.Row > extent.ToRow || at.Col > extent.ToCol {
				t.Errorf("cell %s in row %d after column %d, of %s", c.R, row, col, s.Dimension.Ref)
			}
			col = at.Col
			checkCell(t, c.R, c.T, c.F, c.V, c.I)
			if c.S >= xfs {
				t.Errorf("%s has style %d of %d", c.R, c.S, xfs)
			}
		}
	}
	if s.Filter.Ref != "" {
		if a, ok := diag.ParseArea(strings.ReplaceAll(s.Filter.Ref, "$", "")); !ok || a.ToRow != row {
			t.Errorf("the filter covers %s, and the last row is %d", s.Filter.Ref, row)
		}
	}
	checkMerges(t, s)
	priorities := map[int]bool{}
	for _, f := range s.Formats {
		for _, r := range f.Rules {
			if priorities[r.Priority] || r.Dxf >= dxfs || r.Formula == "" {
				t.Errorf("conditional format of %s: %+v", f.Ref, r)
			}
			priorities[r.Priority] = true
		}
	}
	place := regexp.MustCompile(`^'(.*)'!\$?[A-Z]+\$?\d+$`)
	for _, l := range s.Links {
		m := place.FindStringSubmatch(l.Location)
		if m == nil || !slices.ContainsFunc(book.Sheets, func(s struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		}) bool {
			return s.Name == strings.ReplaceAll(m[1], "''", "'")
		}) {
			t.Errorf("link %s leads to %s", l.Ref, l.Location)
		}
	}
}

// checkCell holds that a cell's type fits what it holds: a formula has its
// value stored as a number or a text, a text is no formula.
func checkCell(t *testing.T, ref, kind string, formula, value, text *string) {
	t.Helper()
	switch kind {
	case "":
		if value == nil && formula == nil && text == nil {
			return
		}
		if value == nil {
			t.Errorf("%s: formula %q without a stored value", ref, *formula)
			return
		}
		if _, err := strconv.ParseFloat(*value, 64); err != nil {
			t.Errorf("%s: stored number %q", ref, *value)
		}
	case "str":
		if formula == nil {
			t.Errorf("%s: a formula's text without a formula", ref)
		}
	case "inlineStr":
		if formula != nil || text == nil {
			t.Errorf("%s: a text with a formula, or none", ref)
		}
	default:
		t.Errorf("%s: type %q", ref, kind)
	}
	if formula != nil && (len(*formula) > 8192 || strings.Contains(*formula, "cmd|")) {
		t.Errorf("%s: formula %.80q", ref, *formula)
	}
}

// checkMerges holds that no two merged ranges touch the same cell.
func checkMerges(t *testing.T, s sheetPart) {
	t.Helper()
	taken := map[string]string{}
	for _, m := range s.Merges {
		a, ok := diag.ParseArea(m.Ref)
		if !ok || a.Row == a.ToRow && a.Col == a.ToCol {
			t.Errorf("merged range %q", m.Ref)
		}
		for r := a.Row; r <= a.ToRow; r++ {
			for c := a.Col; c <= a.ToCol; c++ {
				if other := taken[diag.A1(r, c)]; other != "" {
					t.Errorf("merged ranges %s and %s overlap", other, m.Ref)
				}
				taken[diag.A1(r, c)] = m.Ref
			}
		}
	}
}

func checkNames(t *testing.T, book workbookPart) {
	t.Helper()
	seen := map[string]bool{}
	for _, n := range book.Names {
		if seen[n.Name+n.Scope] {
			t.Errorf("two names %s for sheet %s", n.Name, n.Scope)
		}
		seen[n.Name+n.Scope] = true
		at, err := strconv.Atoi(n.Scope)
		if err != nil || at >= len(book.Sheets) || !strings.HasPrefix(n.Text, diag.QuoteSheet(book.Sheets[at].Name)+"!") {
			t.Errorf("name %s of sheet %s is %s", n.Name, n.Scope, n.Text)
		}
	}
}

// hostile is an input whose every text tries to be something else.
func hostile() summary.Input {
	in := sample(4, 14)
	evil := []string{"=cmd|' /C calc'!A0", "+1+1", "@SUM(1,1)", "-2+3\x00\x07\x1b[31m", "\u202e=1", "</t></is></c><c><f>1</f>", "_x0041_", " lead", strings.Repeat("dài ", 20000)}
	for i := range in.Roster.Units {
		in.Roster.Units[i].Name = lang.Same(evil[i%len(evil)])
	}
	p := *in.Plan
	p.Areas = slices.Clone(p.Areas)
	p.Areas[0].Title = lang.Same("[Lĩnh vực]: 'a' / b \\ c? * rất dài để phải cắt bớt đi")
	p.Areas[1].Title = lang.Same("History")
	p.Areas[2].Title = lang.Same("'Findings'")
	p.Areas[3].Title = lang.Same("Xếp hạng")
	in.Plan = &p
	for i, text := range evil {
		in.Diagnostics.Add(diag.Unreadable, diag.Pos{File: text, Sheet: text}, lang.Same(text))
		in.Cards[i%len(in.Cards)].Results[0].Reason = lang.Same(text)
		in.Cards[i%len(in.Cards)].Input.File = text
	}
	return in
}

// TestTextsStayTexts reads hostile texts back as what they are, without what a
// cell cannot hold.
func TestTextsStayTexts(t *testing.T) {
	var found []string
	for name, data := range parts(t, written(t, hostile())) {
		if !strings.HasPrefix(name, "xl/worksheets/sheet") {
			continue
		}
		var s sheetPart
		decode(t, data, &s)
		for _, r := range s.Rows {
			for _, c := range r.Cells {
				if c.I == nil {
					continue
				}
				if n := len(utf16.Encode([]rune(*c.I))); n > 32767 {
					t.Errorf("%s!%s holds %d characters", name, c.R, n)
				}
				if strings.ContainsAny(*c.I, "\x00\x07\x1b\u202e\ufffd") {
					t.Errorf("%s!%s holds %.40q", name, c.R, *c.I)
				}
				for _, text := range []string{"=cmd|' /C calc'!A0", "+1+1", "@SUM(1,1)", "-2+3[31m", "=1", "</t></is></c><c><f>1</f>", "_x005F_x0041_", "lead"} {
					if *c.I == text && !slices.Contains(found, text) {
						found = append(found, text)
					}
				}
			}
		}
	}
	slices.Sort(found)
	want := []string{"=cmd|' /C calc'!A0", "+1+1", "@SUM(1,1)", "-2+3[31m", "=1", "</t></is></c><c><f>1</f>", "_x005F_x0041_", "lead"}
	slices.Sort(want)
	if diff := cmp.Diff(want, found); diff != "" {
		t.Error(diff)
	}
}

// writtenCard writes one card.
func writtenCard(t testing.TB, p *plan.Plan, card score.Card, l lang.Lang) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := summary.WriteCard(&b, p, card, "parcheck 1.0.0", l); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
