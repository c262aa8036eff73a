package form

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/xuri/excelize/v2"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/sheets"
	"github.com/parcheck/parcheck/pkg/workbook"
)

// judged reads and scores a workbook as `parcheck annotate` does.
func judged(t testing.TB, p *plan.Plan, roster *plan.Roster, name string, data []byte, l lang.Lang) Submission {
	t.Helper()
	ctx, asOf := context.Background(), date.Date{Year: 2026, Month: 1, Day: 1}
	w, err := workbook.Open(ctx, name, bytes.NewReader(data), int64(len(data)), workbook.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	reading, err := fact.Collect(ctx, p, roster, w, fact.Input{File: name, Kind: w.Kind}, fact.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := Submission{Name: name, Data: data, Found: reading.Diagnostics, Lang: l, Program: "parcheck test"}
	for i := range reading.Sets {
		set := &reading.Sets[i]
		set.Diagnostics = append(set.Diagnostics, fact.Complete(p, set, &reading.Survey, asOf)...)
		s.Cards = append(s.Cards, score.Evaluate(p, *set, asOf))
	}
	return s
}

func annotated(t testing.TB, s Submission) ([]byte, *excelize.File) {
	t.Helper()
	var buf bytes.Buffer
	if err := Annotate(context.Background(), &buf, s); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(buf.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return buf.Bytes(), f
}

// examples are the submissions of the repository.
func examples(t testing.TB) map[string][]byte {
	t.Helper()
	files, err := filepath.Glob("../../examples/*/*.xlsx")
	if err != nil || len(files) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	out := map[string][]byte{}
	for _, name := range files {
		if strings.Contains(name, "own-plan") {
			continue
		}
		if out[filepath.Base(name)], err = os.ReadFile(name); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// TestAnnotate marks the examples: each finding has its note, its fill and its
// link, and the copy is judged as the submission is.
func TestAnnotate(t *testing.T) {
	p, roster := province(t)
	for name, data := range examples(t) {
		for _, l := range []lang.Lang{lang.VI, lang.EN} {
			t.Run(name+" "+l.String(), func(t *testing.T) {
				before := bytes.Clone(data)
				s := judged(t, p, roster, name, data, l)
				made, f := annotated(t, s)
				if again, _ := annotated(t, s); !bytes.Equal(made, again) {
					t.Error("the same submission gives other bytes")
				}
				if !bytes.Equal(before, data) {
					t.Error("the submission itself was changed")
				}
				if f.GetSheetName(0) != "parcheck" || f.GetActiveSheetIndex() != 0 {
					t.Errorf("sheets %v, in view %d", f.GetSheetList(), f.GetActiveSheetIndex())
				}
				checkMarks(t, f, s)
				checkBoard(t, f)
				after := judged(t, p, roster, name, made, l)
				if diff := cmp.Diff(s.Cards, after.Cards, cmpopts.IgnoreFields(score.Card{}, "Input")); diff != "" {
					t.Errorf("the copy is judged otherwise: %s", diff)
				}
			})
		}
	}
}

// TestCopyNamesNoFolder holds that a copy, which goes back to the agency, tells
// nothing of the analyst's folders.
func TestCopyNamesNoFolder(t *testing.T) {
	p, roster := province(t)
	data := examples(t)["agency.xlsx"]
	for _, name := range []string{"/home/analyst/2023/agency.xlsx", `C:\Users\analyst\agency.xlsx`, "analyst/agency.xlsx"} {
		_, f := annotated(t, judged(t, p, roster, name, data, lang.VI))
		rows, err := f.GetRows("parcheck")
		if err != nil {
			t.Fatal(err)
		}
		foot, err := f.GetHeaderFooter("parcheck")
		if err != nil {
			t.Fatal(err)
		}
		all := fmt.Sprint(rows, foot.OddFooter)
		if strings.Contains(all, "analyst") || !strings.Contains(all, "agency.xlsx, SHA-256") {
			t.Errorf("the first sheet of a copy of %s names its folders: %.300s", name, all)
		}
	}
}

// checkMarks looks for the note and the fill of every finding that has a place,
// and of every figure behind a missed target.
func checkMarks(t *testing.T, f *excelize.File, s Submission) {
	t.Helper()
	notes := map[string]string{}
	for _, sheet := range f.GetSheetList() {
		list, err := f.GetComments(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range list {
			for _, run := range n.Paragraph {
				notes[sheet+"!"+n.Cell] += run.Text
			}
		}
	}
	worse := map[diag.Severity][]string{ // what is worse hides what is not
		diag.Error: {"F4B6A6"}, diag.Warning: {"F4B6A6", "FFE08A"}, diag.Note: {"F4B6A6", "FFE08A", "D9CCE8", "CFE2F3"},
	}
	seen := 0
	for _, d := range s.findings() {
		if d.Pos.Sheet == "" {
			continue
		}
		seen++
		cell := diag.A1(max(d.Pos.Area.Row, 1), max(d.Pos.Area.Col, 1))
		if text := sheets.Cut(d.Message.In(s.Lang), 100); !strings.Contains(notes[d.Pos.Sheet+"!"+cell], strings.TrimSuffix(text, "…")) {
			t.Errorf("%s!%s has no note %q but %q", d.Pos.Sheet, cell, text, notes[d.Pos.Sheet+"!"+cell])
		}
		if color := fillOf(t, f, d.Pos.Sheet, cell); !slices.Contains(worse[d.Severity], color) {
			t.Errorf("%s!%s is filled with %q, want one of %v", d.Pos.Sheet, cell, color, worse[d.Severity])
		}
	}
	for i := range s.Cards {
		for j := range s.Cards[i].Results {
			r := &s.Cards[i].Results[j]
			for _, e := range evidence(&s.Cards[i], r) {
				if r.Outcome != score.Missed {
					continue
				}
				seen++
				area, _ := diag.ParseArea(strings.Split(e.Cells, ",")[0])
				cell := diag.A1(max(area.Row, 1), max(area.Col, 1))
				if note := notes[e.Sheet+"!"+cell]; !strings.Contains(note, r.Title.In(s.Lang)) && strings.Count(note, "\n") < maxNoteLines {
					t.Errorf("%s!%s does not speak of the missed target %s: %q", e.Sheet, cell, r.Target, note)
				}
				if color := fillOf(t, f, e.Sheet, cell); color == "" {
					t.Errorf("%s!%s is not filled", e.Sheet, cell)
				}
			}
		}
	}
	if seen == 0 {
		t.Error("the example has nothing to mark")
	}
}

func fillOf(t *testing.T, f *excelize.File, sheet, cell string) string {
	t.Helper()
	id, err := f.GetCellStyle(sheet, cell)
	if err != nil {
		t.Fatal(err)
	}
	style, err := f.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	if style.Fill.Type != "pattern" || len(style.Fill.Color) == 0 {
		return ""
	}
	return style.Fill.Color[0]
}

// checkBoard holds that links lead to sheets that exist and that nothing on the
// first sheet is a formula.
func checkBoard(t *testing.T, f *excelize.File) {
	t.Helper()
	rows, err := f.GetRows("parcheck")
	if err != nil {
		t.Fatal(err)
	}
	links := 0
	for i := range rows {
		for col := 1; col <= boardColumns; col++ {
			if formula, _ := f.GetCellFormula("parcheck", diag.A1(i+1, col)); formula != "" {
				t.Errorf("%s is the formula %s", diag.A1(i+1, col), formula)
			}
			ok, target, err := f.GetCellHyperLink("parcheck", diag.A1(i+1, col))
			if err != nil {
				t.Fatal(err)
			}
			if !ok {
				continue
			}
			links++
			sheet, cell, _ := strings.Cut(strings.Trim(target, "'"), "'!")
			if index, _ := f.GetSheetIndex(strings.ReplaceAll(sheet, "''", "'")); index < 1 || cell == "" {
				t.Errorf("%s leads to %s", diag.A1(i+1, col), target)
			}
		}
	}
	if links == 0 {
		t.Error("nothing leads to a cell")
	}
}

// submission makes a small workbook for the plan of the scripts: a form of a
// district with one figure that is no number.
func submission(t testing.TB, change func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", "Biểu 'mới' 1"); err != nil {
		t.Fatal(err)
	}
	for at, v := range map[string]any{
		"A1": "Đơn vị báo cáo: UBND huyện Phú Ninh", "A2": "Kỳ báo cáo: Năm 2023",
		"A3": "STT", "B3": "Chỉ tiêu", "C3": "Số liệu",
		"A4": 1, "B4": "Tổng số hồ sơ đã giải quyết", "C4": "=HYPERLINK(1)",
		"A5": 2, "B5": "Hồ sơ một phần", "C5": 600,
	} {
		if err := f.SetCellValue("Biểu 'mới' 1", at, v); err != nil {
			t.Fatal(err)
		}
	}
	if change != nil {
		change(f)
	}
	var buf bytes.Buffer
	if err := f.Write(&buf); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// rezip rewrites the parts of a workbook; one without a name is left out.
func rezip(t testing.TB, data []byte, change func(name string, raw []byte) (string, []byte)) []byte {
	t.Helper()
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var buf bytes.Buffer
	zw := zip.NewWriter(&buf)
	for _, part := range zr.File {
		name, raw := change(part.Name, content(t, part))
		if name == "" {
			continue
		}
		w, err := zw.Create(name)
		if err == nil {
			_, err = w.Write(raw)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func comment(t testing.TB, f *excelize.File, sheet, cell, text string) {
	t.Helper()
	if err := f.AddComment(sheet, excelize.Comment{Cell: cell, Author: "a", Paragraph: []excelize.RichTextRun{{Text: text}}}); err != nil {
		t.Fatal(err)
	}
}

// TestNotesAreKept adds notes to workbooks that have notes of their own, under
// the names that several programs give them: none is lost.
func TestNotesAreKept(t *testing.T) {
	const sheet = "Biểu 'mới' 1"
	elsewhere := func(f *excelize.File) { comment(t, f, sheet, "B5", "của tôi") }
	other := func(f *excelize.File) {
		if _, err := f.NewSheet("Khác"); err != nil {
			t.Fatal(err)
		}
		comment(t, f, "Khác", "A1", "trang khác")
	}
	renamed := func(data []byte, pairs ...string) []byte {
		replace := strings.NewReplacer(pairs...)
		return rezip(t, data, func(name string, raw []byte) (string, []byte) {
			if strings.HasSuffix(name, ".rels") || strings.HasPrefix(name, "[Content") {
				raw = []byte(replace.Replace(string(raw)))
			}
			return replace.Replace(name), raw
		})
	}
	for _, test := range []struct {
		name string
		data []byte
		want map[string]string // notes beside the new one in C4
		new  bool              // the new one is there
	}{
		{"none", submission(t, nil), map[string]string{}, true},
		{"one elsewhere", submission(t, elsewhere), map[string]string{sheet + "!B5": "của tôi"}, true},
		{"one in the marked cell", submission(t, func(f *excelize.File) { comment(t, f, sheet, "C4", "của tôi") }),
			map[string]string{sheet + "!C4": "của tôi"}, false},
		{"one on another sheet", submission(t, other), map[string]string{"Khác!A1": "trang khác"}, true},
		{"names as openpyxl gives them", renamed(submission(t, elsewhere), "xl/comments1.xml", "xl/comments/comment1.xml", "../comments1.xml", "/xl/comments/comment1.xml",
			"vmlDrawing1.vml", "commentsDrawing1.vml"), map[string]string{sheet + "!B5": "của tôi"}, false},
		{"a name that the new part would take", renamed(submission(t, other), "comments1.xml", "comments2.xml", "vmlDrawing1.vml", "vmlDrawing2.vml"),
			map[string]string{"Khác!A1": "trang khác"}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := planFile(t, "../../cmd/parcheck/testdata/plans/small.yaml")
			_, f := annotated(t, judged(t, p, nil, "agency.xlsx", test.data, lang.VI))
			got, added := map[string]string{}, false
			for _, name := range f.GetSheetList() {
				list, err := f.GetComments(name)
				if err != nil {
					t.Fatal(err)
				}
				for _, n := range list {
					text := n.Text
					for _, run := range n.Paragraph {
						text += run.Text
					}
					if n.Author == "parcheck" {
						added = name == sheet && n.Cell == "C4" && strings.HasPrefix(text, "Lỗi: ")
						continue
					}
					got[name+"!"+n.Cell] = text
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
			if added != test.new {
				t.Errorf("the new note is there: %v, want %v", added, test.new)
			}
			if fillOf(t, f, sheet, "C4") != "F4B6A6" {
				t.Error("the cell is not filled")
			}
		})
	}
}

// TestStateIsKept holds what counts sheets by their place: local names, the
// sheet in view, the selected one; and the style of a filled cell.
func TestStateIsKept(t *testing.T) {
	const sheet = "Biểu 'mới' 1"
	data := submission(t, func(f *excelize.File) {
		if _, err := f.NewSheet("Hai"); err != nil {
			t.Fatal(err)
		}
		f.SetActiveSheet(1)
		style, err := f.NewStyle(&excelize.Style{NumFmt: 3, Font: &excelize.Font{Bold: true, Color: "FF0000"}, Border: []excelize.Border{{Type: "top", Style: 2, Color: "00FF00"}}})
		if err := firstOf(err, f.SetCellStyle(sheet, "C4", "C5", style),
			f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: "Hai!$A$1:$B$2", Scope: "Hai"}),
			f.SetDefinedName(&excelize.DefinedName{Name: "một", RefersTo: "'Biểu ''mới'' 1'!$A$1", Scope: sheet}),
			f.SetDefinedName(&excelize.DefinedName{Name: "chung", RefersTo: "Hai!$A$1"}),
			f.MergeCell(sheet, "B1", "C2")); err != nil {
			t.Fatal(err)
		}
	})
	p := planFile(t, "../../cmd/parcheck/testdata/plans/small.yaml")
	made, f := annotated(t, judged(t, p, nil, "agency.xlsx", data, lang.VI))
	want := []excelize.DefinedName{
		{Name: "_xlnm.Print_Area", RefersTo: "Hai!$A$1:$B$2", Scope: "Hai"},
		{Name: "một", RefersTo: "'Biểu ''mới'' 1'!$A$1", Scope: sheet},
		{Name: "chung", RefersTo: "Hai!$A$1", Scope: "Workbook"},
	}
	if diff := cmp.Diff(want, f.GetDefinedName()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"parcheck", sheet, "Hai"}, f.GetSheetList()); diff != "" {
		t.Error(diff)
	}
	selected := 0
	rezip(t, made, func(name string, raw []byte) (string, []byte) {
		selected += len(regexp.MustCompile(`tabSelected="1"`).FindAll(raw, -1))
		return name, raw
	})
	if selected > 1 || f.GetActiveSheetIndex() != 0 {
		t.Errorf("%d sheets are selected, in view is %d", selected, f.GetActiveSheetIndex())
	}
	id, _ := f.GetCellStyle(sheet, "C4")
	style, err := f.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	if style.NumFmt != 3 || !style.Font.Bold || len(style.Border) != 1 || style.Fill.Color[0] != "F4B6A6" {
		t.Errorf("the style became %+v", style)
	}
}

// TestNotCopied says of what no copy is made, and why.
func TestNotCopied(t *testing.T) {
	sound := submission(t, nil)
	with := func(part string, size int) []byte {
		var buf bytes.Buffer
		zw := zip.NewWriter(&buf)
		zr, err := zip.NewReader(bytes.NewReader(sound), int64(len(sound)))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range zr.File {
			if err := zw.Copy(f); err != nil {
				t.Fatal(err)
			}
		}
		w, err := zw.Create(part)
		if err == nil {
			_, err = w.Write(make([]byte, size))
		}
		if err := firstOf(err, zw.Close()); err != nil {
			t.Fatal(err)
		}
		return buf.Bytes()
	}
	damaged := with("xl/media/image1.png", 5000)
	at := bytes.LastIndex(damaged, []byte("xl/media/image1.png")) // its directory entry; the CRC stands 30 bytes before
	damaged[at-30] ^= 1
	macros := rezip(t, sound, func(name string, raw []byte) (string, []byte) {
		return name, bytes.ReplaceAll(raw, []byte("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"), []byte("application/vnd.ms-excel.sheet.macroEnabled.main+xml"))
	})
	for _, test := range []struct {
		name, want string
		data       []byte
	}{
		{"macros", "a copy of a workbook with macros (.xlsm) cannot be vouched for: save it as .xlsx", macros},
		{"text", "only .xlsx workbooks are copied, this is a csv file: open it in a spreadsheet program and save it as .xlsx first", []byte("STT;Chỉ tiêu;Số liệu\n1;Hồ sơ;2\n")},
		{"a damaged picture", "the part xl/media/image1.png is damaged (zip: checksum error): open the file in a spreadsheet program and save it again", damaged},
		{"a great part", "the part xl/customXml/item1.xml is too large to be copied (more than 16 MiB): `parcheck validate` lists what is wrong", with("xl/customXml/item1.xml", maxStructured+1)},
		{"much of nothing", "the part xl/media/image1.png is too large to be copied (more than 32 MiB): `parcheck validate` lists what is wrong", with("xl/media/image1.png", maxPart+1)},
		{"cut off", "cut.xlsx: ", sound[:len(sound)/2]},
	} {
		t.Run(test.name, func(t *testing.T) {
			var buf bytes.Buffer
			err := Annotate(context.Background(), &buf, Submission{Name: "cut.xlsx", Data: test.data})
			var text string
			if err != nil {
				text = err.Error()
			}
			if refusal := (*diag.Refusal)(nil); err != nil && strings.HasSuffix(test.want, ": ") {
				if !asRefusal(err, &refusal) {
					t.Errorf("got %v, want a refusal", err)
				}
			} else if text != test.want {
				t.Errorf("got %q, want %q", text, test.want)
			}
			if buf.Len() > 0 {
				t.Errorf("%d bytes were written", buf.Len())
			}
		})
	}
}

func asRefusal(err error, out **diag.Refusal) bool {
	r, ok := err.(*diag.Refusal)
	*out = r
	return ok
}

// TestLargeSheet leaves a sheet alone that would not fit into memory, and says
// so on the first.
func TestLargeSheet(t *testing.T) {
	data := submission(t, nil)
	far := []byte(fmt.Sprintf(`<row r="%d"><c r="A%d"><v>1</v></c></row></sheetData>`, maxMarked, maxMarked))
	data = rezip(t, data, func(name string, raw []byte) (string, []byte) {
		return name, bytes.Replace(raw, []byte("</sheetData>"), far, 1)
	})
	p := planFile(t, "../../cmd/parcheck/testdata/plans/small.yaml")
	_, f := annotated(t, judged(t, p, nil, "agency.xlsx", data, lang.EN))
	rows, err := f.GetRows("parcheck")
	if err != nil {
		t.Fatal(err)
	}
	want := `'Biểu ''mới'' 1' has too many cells to be marked: what was found there is only listed here`
	if !slices.ContainsFunc(rows, func(r []string) bool { return len(r) > 0 && r[0] == want }) {
		t.Errorf("the first sheet does not say: %s", want)
	}
}

func TestAnnotateStops(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if err := Annotate(ctx, &bytes.Buffer{}, Submission{Name: "a.xlsx", Data: submission(t, nil)}); err == nil || ctx.Err() == nil {
		t.Errorf("got %v, want the context's error", err)
	}
}

// TestOddParts damages each part of a workbook in turn, as a hostile sender
// would: a copy is made of what the strict reader reads, or an error says why
// not; nothing panics and nothing half-made is written.
func TestOddParts(t *testing.T) {
	p := planFile(t, "../../cmd/parcheck/testdata/plans/small.yaml")
	data := submission(t, func(f *excelize.File) { comment(t, f, "Biểu 'mới' 1", "B5", "của tôi") })
	sound := judged(t, p, nil, "agency.xlsx", data, lang.VI)
	damages := map[string]func([]byte) []byte{
		"cut":       func(raw []byte) []byte { return raw[:len(raw)/2] },
		"empty":     func([]byte) []byte { return nil },
		"other":     func([]byte) []byte { return []byte(`<?xml version="1.0"?><x><y z="1"/></x>`) },
		"no values": func(raw []byte) []byte { return regexp.MustCompile(`="[^"]*"`).ReplaceAll(raw, []byte(`=""`)) },
		"negative":  func(raw []byte) []byte { return regexp.MustCompile(`="[0-9]+"`).ReplaceAll(raw, []byte(`="-1"`)) },
		"great": func(raw []byte) []byte {
			return regexp.MustCompile(`="[0-9]+"`).ReplaceAll(raw, []byte(`="999999999"`))
		},
	}
	var parts []string
	rezip(t, data, func(name string, raw []byte) (string, []byte) {
		parts = append(parts, name)
		return name, raw
	})
	copied := 0
	for _, part := range parts {
		for name, damage := range damages {
			s := sound
			s.Data = rezip(t, data, func(name string, raw []byte) (string, []byte) {
				if name == part {
					raw = damage(raw)
				}
				return name, raw
			})
			var buf bytes.Buffer
			switch err := Annotate(context.Background(), &buf, s); {
			case err == nil && buf.Len() == 0:
				t.Errorf("%s %s: neither a copy nor an error", part, name)
			case err != nil && buf.Len() > 0:
				t.Errorf("%s %s: %v, and %d bytes", part, name, err, buf.Len())
			case err == nil:
				copied++
			}
		}
	}
	if copied == 0 || copied == len(parts)*len(damages) {
		t.Errorf("%d of %d damaged workbooks were copied: the damage does not tell", copied, len(parts)*len(damages))
	}
}
