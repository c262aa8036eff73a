package report

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/score"
)

// validated is a document whose cards were read and not scored.
func validated() *Document {
	d := many()
	for i := range d.Cards {
		c := &d.Cards[i]
		c.Results, c.Total, c.Mandatory, c.Aspirational, c.Waived = nil, score.Tally{}, score.Tally{}, score.Tally{}, nil
	}
	d.Diagnostics.Add(diag.SkippedLink, diag.InFile("submissions/link.xlsx"),
		lang.T("a symbolic link, which is skipped", "là liên kết tượng trưng nên bị bỏ qua"))
	d.Diagnostics.Add(diag.WaiverExpired, diag.Pos{File: "waivers.yaml", Line: 7, Col: 5},
		lang.T("the waiver has expired", "miễn trừ đã hết hạn"))
	return d
}

func TestGoldenCI(t *testing.T) {
	for _, format := range []struct {
		ext   string
		write Writer
	}{
		{"junit.xml", JUnit},
		{"sarif", SARIF},
		{"github.txt", GitHub},
		{"gitlab.json", GitLab},
	} {
		for _, l := range []lang.Lang{lang.VI, lang.EN} {
			for name, doc := range map[string]*Document{"many": many(), "validated": validated()} {
				name += "-" + l.String() + "." + format.ext
				t.Run(name, func(t *testing.T) {
					got := written(t, format.write, doc, Options{Lang: l})
					golden(t, name, got)
					if again := written(t, format.write, doc, Options{Lang: l}); string(got) != string(again) {
						t.Error("the same document gives other bytes")
					}
				})
			}
		}
	}
}

func TestPlaceOfResult(t *testing.T) {
	c := department()
	at := func(sheet, area string) diag.Pos {
		a, ok := diag.ParseArea(area)
		if !ok {
			t.Fatalf("no area %q", area)
		}
		return diag.Pos{File: agencyFile, Sheet: sheet, Area: a}
	}
	for _, test := range []struct {
		target  string
		want    diag.Pos
		related []string
	}{
		{"online-partial-dossiers", at("Hồ sơ", "K14:K1312"), []string{
			"'Phụ lục'!D18 Dossiers handled partly online: 1,299 dossiers",
			"'Hồ sơ'!K14:K2013 Dossiers resolved: 2,000 dossiers",
			"'Phụ lục'!D17 Dossiers resolved: 2,012",
		}},
		{"position-rotation", at("Phụ lục", "D36"), nil}, // the figure that cannot be used
		{"digitised-results", diag.InFile(agencyFile), nil},
	} {
		got, related := placeOf(&c, c.Find(test.target))
		var told []string
		for _, r := range related {
			told = append(told, r.Pos.InSheet()+" "+r.Message.In(lang.EN))
		}
		if got != test.want {
			t.Errorf("%s is at %s, want %s", test.target, got, test.want)
		}
		if diff := cmp.Diff(test.related, told); diff != "" {
			t.Errorf("%s: related places (-want +got):\n%s", test.target, diff)
		}
	}
}

// A figure that is sound is not blamed for another that is not.
func TestPlaceOfSkipsSoundFigures(t *testing.T) {
	c := department()
	r := c.Find("position-rotation")
	r.Facts = []string{"dossiers-valid", "officials-rotated"}
	for outcome, want := range map[score.Outcome]string{
		score.Invalid: "agency.xlsx:'Phụ lục'!D36",
		score.Missed:  "agency.xlsx:'Phụ lục'!D21",
		score.Missing: "agency.xlsx",
	} {
		r.Outcome = outcome
		if at, _ := placeOf(&c, r); at.String() != want {
			t.Errorf("%s is at %s, want %s", outcome, at, want)
		}
	}
}

func TestPosition(t *testing.T) {
	for _, test := range []struct {
		cells, want string
	}{
		{"D17", "'S'!D17"},
		{"K14:K1312", "'S'!K14:K1312"},
		{"B2,B5:B9", "'S'!B2"},
		{"somewhere", "'S'"},
		{"", "'S'"},
	} {
		if got := position(&fact.Evidence{File: "f", Sheet: "S", Cells: test.cells}).InSheet(); got != test.want {
			t.Errorf("cells %q are at %s, want %s", test.cells, got, test.want)
		}
	}
}

func TestLineOf(t *testing.T) {
	area := func(s string) diag.Pos {
		a, _ := diag.ParseArea(s)
		return diag.Pos{Sheet: "S", Area: a}
	}
	for _, test := range []struct {
		at        diag.Pos
		line, col int
	}{
		{diag.InFile("f"), 1, 0},
		{area("D17"), 17, 4},
		{area("K14:K1312"), 14, 11},
		{area("17:17"), 17, 0},
		{area("K:K"), 1, 11},
		{area("XFD1048576"), 1048576, 16384},
		{diag.Pos{File: "waivers.yaml", Line: 7, Col: 5}, 7, 5},
	} {
		if line, col := lineOf(test.at); line != test.line || col != test.col {
			t.Errorf("%s is at %d:%d, want %d:%d", test.at, line, col, test.line, test.col)
		}
	}
}

// prints maps what findings say to their fingerprints.
func prints(doc *Document) map[string]string {
	out := map[string]string{}
	for _, f := range findings(doc) {
		out[f.unit.In(lang.EN)+" "+f.rule+" "+f.pos.InSheet()+" "+f.message.In(lang.EN)] = f.print
	}
	return out
}

// A fingerprint stays when files are moved, other cards and findings come
// before, rows are added above the figures of a target, and the counts change.
func TestFingerprintsStay(t *testing.T) {
	want := prints(many())

	moved := many()
	for i := range moved.Cards {
		c := &moved.Cards[i]
		c.Input.File = "elsewhere/" + c.Input.File
		for k := range c.Diagnostics {
			c.Diagnostics[k].Pos.File = c.Input.File
		}
		for k := range c.Facts {
			for s := range c.Facts[k].Sources {
				for e := range c.Facts[k].Sources[s].Evidence {
					c.Facts[k].Sources[s].Evidence[e].File = c.Input.File
				}
			}
		}
	}
	if diff := cmp.Diff(want, prints(moved)); diff != "" {
		t.Errorf("after moving the files (-want +got):\n%s", diff)
	}

	shuffled := many()
	slices.Reverse(shuffled.Cards)
	for i := range shuffled.Cards {
		slices.Reverse(shuffled.Cards[i].Results)
		slices.Reverse(shuffled.Cards[i].Diagnostics)
	}
	if diff := cmp.Diff(want, prints(shuffled)); diff != "" {
		t.Errorf("after shuffling (-want +got):\n%s", diff)
	}

	lower := many()
	r := lower.Cards[0].Find("online-partial-dossiers")
	r.Reason = lang.T("other counts", "số khác")
	lower.Cards[0].Facts[0].Sources[0].Evidence[0].Cells = "K15:K1312"
	list := findings(lower)
	if list[0].rule != "quang-nam-2023/online-partial-dossiers" || list[0].print != findings(many())[0].print {
		t.Error("a target's fingerprint changes with its counts or cells")
	}
}

func TestWithoutRows(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"the form says 2,012 dossiers", "the form says 2,012 dossiers"},
		{"D17 holds “x”", "# holds “x”"},
		{"'Phụ lục'!D17:E20 is the sum of $K$14:K1312", "'Phụ lục'!#:# is the sum of #:#"},
		{"row 3 repeats rows 4, 5 and 17 to 20 of the list", "# repeats # of the list"},
		{"the rows 17:20 are hidden", "the # are hidden"},
		{"17:20 is hidden", "# is hidden"},
		{"column K:K is empty, arrow 3 is not", "column K:K is empty, arrow 3 is not"},
		{"3532/QĐ-UBND of 2022", "3532/QĐ-UBND of 2022"},
		{"", ""},
	} {
		if got := withoutRows(test.in); got != test.want {
			t.Errorf("withoutRows(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

// Rows inserted above a finding, whose cells and message then name others,
// leave its fingerprint; one equal finding more has a number of its own.
func TestFingerprintsStayWhenRowsAreInserted(t *testing.T) {
	document := func(rows ...int) *Document {
		c := department()
		c.Results, c.Diagnostics = nil, nil
		for _, row := range rows {
			c.Diagnostics.Add(diag.NotUnique, diag.At(agencyFile, "Hồ sơ", row, 2), lang.F("“HS-1” stands in row %d, too: see %s", "“HS-1” đã có ở hàng %d: xem %s", row-1, diag.A1(row-1, 2)))
			c.Diagnostics.Add(diag.Negative, diag.At(agencyFile, "Hồ sơ", row, 3), lang.T("-1: want 0 or more", "-1: cần từ 0 trở lên"))
		}
		return &Document{Cards: []score.Card{c}}
	}
	of := func(d *Document) (list []string) {
		for _, f := range findings(d) {
			list = append(list, f.print)
		}
		return list
	}
	before := of(document(5, 9))
	if diff := cmp.Diff(before, of(document(6, 10))); diff != "" {
		t.Errorf("after inserting a row (-before +after):\n%s", diff)
	}
	after := of(document(4, 6, 10))
	for _, print := range before {
		if !slices.Contains(after, print) {
			t.Errorf("one equal finding more: %s is gone", print)
		}
	}
	slices.Sort(after)
	if n := len(slices.Compact(after)); n != 6 {
		t.Errorf("6 findings have %d fingerprints", n)
	}
}

func TestFingerprintsDiffer(t *testing.T) {
	d := many()
	c := &d.Cards[0]
	c.Diagnostics.Add(diag.ErrorCell, diag.At(agencyFile, "Phụ lục", 36, 4), lang.T("once more", "lần nữa"))
	c.Diagnostics.Add(diag.OddFile, diag.InFile(agencyFile), lang.T("odd in another way", "lạ theo cách khác"))
	second := department()
	second.Period.To.Month = 6
	second.Unit.ID = ""
	d.Cards = append(d.Cards, second, second)
	d.Cards = append(d.Cards, department()) // a second submission for the same period
	seen := map[string]string{}
	for _, f := range findings(d) {
		name := f.unit.In(lang.EN) + " " + f.rule + " " + f.pos.String()
		if other, ok := seen[f.print]; ok {
			t.Errorf("%s and %s have one fingerprint", name, other)
		}
		seen[f.print] = name
	}
}

// Where one run holds two periods of a unit, which comes first plays no part.
func TestFingerprintsOfPeriods(t *testing.T) {
	first, second := department(), department()
	second.Period.From.Year, second.Period.To.Year = 2022, 2022
	d := &Document{Cards: []score.Card{first, second}}
	want := findings(d)[0].print
	slices.Reverse(d.Cards)
	for _, f := range findings(d) {
		if f.print == want {
			return
		}
	}
	t.Error("the fingerprint depends on which card comes first")
}

func TestInRepository(t *testing.T) {
	for _, test := range []struct{ prefix, in, want string }{
		{"", "agency.xlsx", "agency.xlsx"},
		{"", "./a/../agency.xlsx", "./a/../agency.xlsx"},
		{"data/2023", "agency.xlsx", "data/2023/agency.xlsx"},
		{"data/2023/", "bài nộp/Sở  Y tế.xlsx", "data/2023/bài nộp/Sở  Y tế.xlsx"},
		{"data/2023", "../plan.yaml", "data/plan.yaml"},
		{"data", "/srv/agency.xlsx", "/srv/agency.xlsx"},
		{"data", "/home/an/kho/bài/agency.xlsx", "bài/agency.xlsx"},
		{"", "/home/an/kho/agency.xlsx", "agency.xlsx"},
		{"", "/home/an/kho-2/agency.xlsx", "/home/an/kho-2/agency.xlsx"},
		{"data", "C:/agency.xlsx", "C:/agency.xlsx"},
		{"data", "", ""},
	} {
		opt := Options{PathPrefix: test.prefix, Root: "/home/an/kho"}
		if got := opt.inRepository(test.in); got != test.want {
			t.Errorf("%q below %q is %q, want %q", test.in, test.prefix, got, test.want)
		}
	}
}

func TestPlainPath(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"Sở  Nội vụ/tệp 1.xlsx", "Sở  Nội vụ/tệp 1.xlsx"},
		{"a\x1b[31m\r\n::error::b.xlsx", "a[31m::error::b.xlsx"},
		{"a\u202egnp.xlsx\u2028", "agnp.xlsx"},
	} {
		if got := plainPath(test.in); got != test.want {
			t.Errorf("plainPath(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

// besieged is a document with the attack before every text but the addresses
// of cells, which no text can take the place of.
func besieged(t *testing.T, doc *Document) *Document {
	return attacked(t, doc, func(s string) string {
		if _, ok := diag.ParseArea(s); ok {
			return s
		}
		return attack + s
	})
}

// invisible are characters that no report for a CI system holds: controls,
// overrides of the writing direction, separators of lines.
func invisible(t *testing.T, name, text string) {
	t.Helper()
	for _, bad := range []string{"\x1b", "\x07", "\x00", "\r", "\u202e", "\u202c", "\u200b", "\u2028", "\u2029", "\u0085"} {
		if i := strings.Index(text, bad); i >= 0 {
			t.Errorf("%s holds %q: %.80q", name, bad, text[max(0, i-20):])
		}
	}
}
