// Package engine is what the page runs in its worker: requests and answers, as
// JSON, around pkg/batch. It opens no file and knows no browser, so that it is
// tested as any other package.
package engine

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"runtime/debug"
	"slices"

	"github.com/parcheck/parcheck/pkg/batch"
	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/form"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/mapping"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/report"
	"github.com/parcheck/parcheck/pkg/workbook"
)

// Engine keeps what was scored last, so that it is saved as it was shown.
type Engine struct {
	Today    func() date.Date
	Progress func(done, files int, bytes int64)

	batch   *batch.Batch
	doc     *report.Document
	mapping *mapping.Mapping // that a person works on
	mapped  *plan.Plan       // whose names it gives
	lang    lang.Lang
}

// File is a file that a person dropped. Its name has the folders above it, with
// slashes, as far as they were dropped, too.
type File struct {
	Name string
	Size int64
	Open func() batch.Content
}

// Request is what the page asks for.
type Request struct {
	Do       string   `json:"do"` // a name of the table actions
	Settings Settings `json:"settings"`
	Format   string   `json:"format"` // that is saved
	File     string   `json:"file"`   // name of the one that is looked at or copied
	Sheet    string   `json:"sheet"`
	Row      int      `json:"row"`
	Edits    []Edit   `json:"edits"` // of the mapping
}

// Answer is what the page shows.
type Answer struct {
	Error    string   `json:"error,omitempty"` // why there is no answer
	Fault    string   `json:"fault,omitempty"` // a fault of the program, for those who mend it
	Setup    *Setup   `json:"setup,omitempty"`
	Outcome  *Outcome `json:"outcome,omitempty"`
	Text     string   `json:"text,omitempty"`
	Mapped   *Mapped  `json:"mapped,omitempty"`
	Row      []Cell   `json:"row,omitempty"`
	FileName string   `json:"fileName,omitempty"` // of the bytes
	Type     string   `json:"type,omitempty"`     // of the bytes
	Data     []byte   `json:"-"`                  // a file to show or to save
}

// actions are what the page can ask for.
var actions = map[string]func(*Engine, context.Context, *Request, []File) (*Answer, error){
	"setup":    (*Engine).setup,
	"score":    (*Engine).score,
	"inspect":  (*Engine).inspect,
	"row":      (*Engine).row,
	"look":     (*Engine).look,
	"remap":    (*Engine).remap,
	"save":     (*Engine).save,
	"annotate": (*Engine).annotate,
	"template": (*Engine).template,
}

// Answer answers a request. Whatever goes wrong is in the answer.
func (e *Engine) Answer(ctx context.Context, request []byte, files []File) (answer *Answer) {
	var r Request
	if err := json.Unmarshal(request, &r); err != nil {
		return &Answer{Fault: err.Error()}
	}
	do, ok := actions[r.Do]
	if !ok {
		return &Answer{Fault: fmt.Sprintf("no action %q", r.Do)}
	}
	defer func() {
		if p := recover(); p != nil {
			answer = &Answer{Fault: fmt.Sprintf("%v\n%s", p, debug.Stack())}
		}
	}()
	l, err := lang.Parse(r.Settings.Lang)
	if err != nil {
		return &Answer{Fault: err.Error()}
	}
	e.lang = l
	answer, err = do(e, ctx, &r, files)
	switch fault := err.(type) {
	case nil:
		return answer
	case *batch.Panic:
		return &Answer{Fault: fmt.Sprintf("%v\n%s", fault, fault.Stack)}
	}
	return &Answer{Error: e.say(lang.F("%v", "%v", err))}
}

func (e *Engine) say(t lang.Text) string { return report.Plain(t.In(e.lang)) }

// Outcome is what a run found, for the lines above the report.
type Outcome struct {
	Headline string    `json:"headline"`
	Cards    []Brief   `json:"cards"`
	Unread   int       `json:"unread"`
	Mappings []string  `json:"mappings,omitempty"` // files that are mappings, and no submissions
	Findings []Finding `json:"findings"`
}

// Brief is a card in a line.
type Brief struct {
	File  string `json:"file"`
	Unit  string `json:"unit"`
	Score string `json:"score"`
}

// Finding is a diagnostic, as a table shows it.
type Finding struct {
	Severity string `json:"severity"` // error, warning, note
	Title    string `json:"title"`    // of the severity
	Place    string `json:"place"`
	File     string `json:"file"`
	Sheet    string `json:"sheet,omitempty"`
	Row      int    `json:"row,omitempty"`
	Col      int    `json:"col,omitempty"`
	ToCol    int    `json:"toCol,omitempty"`
	Message  string `json:"message"`
	Check    string `json:"check"`
}

func (e *Engine) findings(list diag.List) []Finding {
	var out []Finding
	for _, d := range list {
		out = append(out, Finding{
			Severity: d.Severity.String(), Title: e.say(d.Severity.Title()), Place: report.Plain(d.Pos.String()), File: d.Pos.File,
			Sheet: d.Pos.Sheet, Row: d.Pos.Area.Row, Col: d.Pos.Area.Col, ToCol: d.Pos.Area.ToCol,
			Message: e.say(d.Message), Check: string(d.Check),
		})
	}
	return out
}

// score reads and judges files, and gives the report as a page.
func (e *Engine) score(ctx context.Context, r *Request, files []File) (*Answer, error) {
	e.batch, e.doc = nil, nil
	b, err := e.prepare(&r.Settings, files)
	if err != nil {
		return nil, err
	}
	doc, unread, err := b.Score(ctx)
	if err != nil {
		return nil, err
	}
	b.Account(doc)
	e.batch, e.doc = b, doc
	out := &Outcome{Unread: unread}
	all := append(diag.List(nil), doc.Diagnostics...)
	for i := range doc.Cards {
		c := &doc.Cards[i]
		brief := Brief{File: report.Plain(c.Input.File), Unit: e.say(c.Unit.Name)}
		if c.Total.Score != nil {
			brief.Score = e.say(c.Total.Score.Shown)
		}
		out.Cards = append(out.Cards, brief)
		all = append(all, c.Diagnostics...)
	}
	for i := range all {
		if all[i].Check == diag.OwnMapping {
			out.Mappings = append(out.Mappings, all[i].Pos.File)
		}
	}
	all.Sort()
	slices.SortStableFunc(all, func(a, b diag.Diagnostic) int { return cmp.Compare(a.Severity, b.Severity) }) // errors first
	out.Findings = e.findings(all)
	out.Headline = e.say(headline(out))
	var page bytes.Buffer
	if err := report.HTML(&page, doc, report.Options{Lang: e.lang}); err != nil {
		return nil, err
	}
	return &Answer{Outcome: out, Data: page.Bytes()}, nil
}

func headline(o *Outcome) lang.Text {
	switch len(o.Cards) {
	case 0:
		return lang.T("No unit could be scored: the findings say why.", "Chưa chấm được đơn vị nào: phần phát hiện nêu lý do.")
	case 1:
		if o.Cards[0].Score == "" {
			return lang.F("%s: nothing to score", "%s: không có gì để chấm điểm", o.Cards[0].Unit)
		}
		return lang.F("%s: score %s", "%s: điểm số %s", o.Cards[0].Unit, o.Cards[0].Score)
	}
	return lang.F("%d units scored", "đã chấm điểm %d đơn vị", len(o.Cards))
}

// inspect gives the account of what is found where.
func (e *Engine) inspect(ctx context.Context, r *Request, files []File) (*Answer, error) {
	b, err := e.prepare(&r.Settings, files)
	if err != nil {
		return nil, err
	}
	found, _, err := b.Inspect(ctx)
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	if err := report.InspectText(&text, found, report.Options{Lang: e.lang}); err != nil {
		return nil, err
	}
	return &Answer{Text: text.String()}, nil
}

// template makes a blank workbook for the unit or the level.
func (e *Engine) template(_ context.Context, r *Request, _ []File) (*Answer, error) {
	b, err := e.prepare(&r.Settings, nil)
	if err != nil {
		return nil, err
	}
	order := form.Order{Plan: b.Plan, Period: b.Plan.Period, Lang: e.lang, Program: batch.Program}
	if b.Options.Period != nil {
		order.Period = *b.Options.Period
	}
	if order.Period.To.Before(b.Plan.Period.From) || b.Plan.Period.To.Before(order.Period.From) {
		return nil, lang.Errorf("the plan %s is for %s, not for %s", "kế hoạch %s dành cho kỳ %s, không phải %s",
			b.Plan.ID, b.Plan.Period.Words(), order.Period.Words())
	}
	order.Unit.Level = b.Options.Level
	if b.Options.Unit != "" {
		if order.Unit, _ = fact.FindUnit(b.Plan, b.Roster, b.Options.Unit, b.Options.Level); order.Unit.Level == "" {
			return nil, lang.Errorf("%q is on no roster and its name tells no level: choose its level too",
				"%q không có trong danh sách đơn vị và tên không cho biết cấp: hãy chọn thêm cấp", b.Options.Unit)
		}
	}
	var out bytes.Buffer
	if err := form.Template(&out, order); err != nil {
		return nil, err
	}
	return file(&out, e.say(lang.T("template", "bieu-mau"))+".xlsx"), nil
}

// maxCopied is how many bytes of a submission are copied and annotated: the
// whole of it is held in memory.
const maxCopied = 32 << 20

// annotate makes a copy of a submission with its findings at the cells.
func (e *Engine) annotate(ctx context.Context, r *Request, files []File) (*Answer, error) {
	i := find(files, r.File)
	if i < 0 {
		return nil, lang.Errorf("no file %q", "không có tệp %q", r.File)
	}
	f := files[i]
	if f.Size > maxCopied {
		return nil, lang.Errorf("%s has %d bytes, and the page copies at most %d: use `parcheck annotate`",
			"%s có %d byte, trang này chỉ sao chép tối đa %d: hãy dùng `parcheck annotate`", f.Name, f.Size, maxCopied)
	}
	content := f.Open()
	data := make([]byte, f.Size)
	if _, err := content.ReadAt(data, 0); err != nil && err != io.EOF {
		return nil, lang.Errorf("cannot read %s: %v", "không đọc được %s: %v", f.Name, err)
	}
	b, err := e.prepare(&r.Settings, nil)
	if err != nil {
		return nil, err
	}
	b.Inputs = []batch.Input{batch.InMemory(f.Name, data)}
	doc, unread, err := b.Review(ctx)
	if err != nil {
		return nil, err
	}
	if unread > 0 {
		return nil, &lang.Error{Text: doc.Diagnostics[0].Message}
	}
	var out bytes.Buffer
	err = form.Annotate(ctx, &out, form.Submission{
		Name: f.Name, Data: data, Cards: doc.Cards, Found: doc.Diagnostics, Lang: e.lang, Program: batch.Program,
	})
	if err != nil {
		return nil, err
	}
	return file(&out, baseName(f.Name)+e.say(lang.T("-annotated", "-danh-dau"))+".xlsx"), nil
}

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

func file(content *bytes.Buffer, name string) *Answer {
	return &Answer{Data: content.Bytes(), FileName: name, Type: xlsxType}
}

// Cell is a cell of the row that a finding is about.
type Cell struct {
	Ref  string `json:"ref"`
	Text string `json:"text"`
	Col  int    `json:"col"`
}

// maxCells is how many cells of a row are shown.
const maxCells = 60

// row gives a row of a submission as its cells show it.
func (e *Engine) row(ctx context.Context, r *Request, files []File) (*Answer, error) {
	i := find(files, r.File)
	if i < 0 {
		return nil, lang.Errorf("no file %q", "không có tệp %q", r.File)
	}
	f := files[i]
	content := f.Open()
	defer content.Close()
	book, err := workbook.Open(ctx, f.Name, content, f.Size, workbook.Options{})
	if err != nil {
		return nil, err
	}
	defer book.Close()
	for i := range book.Sheets {
		if book.Sheets[i].Name != r.Sheet {
			continue
		}
		scan, err := book.Scan(ctx, i)
		if err != nil {
			return nil, err
		}
		defer scan.Close()
		for scan.Next() {
			row := scan.Row()
			if row.Number < r.Row {
				continue
			}
			answer := &Answer{Row: []Cell{}}
			for j := range row.Cells {
				if row.Number > r.Row || j == maxCells {
					break
				}
				c := &row.Cells[j]
				answer.Row = append(answer.Row, Cell{diag.A1(r.Row, c.Col), report.Plain(string(c.Content(nil))), c.Col})
			}
			return answer, nil
		}
		return &Answer{Row: []Cell{}}, scan.Err()
	}
	return &Answer{Row: []Cell{}}, nil
}
