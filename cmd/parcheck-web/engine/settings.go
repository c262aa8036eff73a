package engine

import (
	"bytes"
	"cmp"
	"context"
	"path"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/batch"
	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/report"
	"github.com/parcheck/parcheck/targets"
)

// Settings are what a person chose.
type Settings struct {
	Lang    string   `json:"lang"`
	Plan    string   `json:"plan"`    // id of a built-in plan
	Texts   []Source `json:"texts"`   // a plan of one's own, and the files that it names
	Roster  *Source  `json:"roster"`  // of one's own; nil: the plan's
	Mapping *Source  `json:"mapping"` // of forms that are not the plan's; nil: none
	Came    *Source  `json:"came"`    // days on which units sent their files in, a CSV file; nil: none
	Unit    string   `json:"unit"`
	Level   string   `json:"level"`
	Period  string   `json:"period"`
	AsOf    string   `json:"asOf"`     // YYYY-MM-DD; "": today
	Receipt string   `json:"received"` // YYYY-MM-DD, of units that Came does not name; "": nobody says
}

// Source is a small file that was read: YAML, or the workbook of a mapping.
type Source struct {
	Name string `json:"name"`
	Data []byte `json:"data"`
}

// Setup is what can be chosen, and what is wrong with what was chosen.
type Setup struct {
	Plans    []Choice  `json:"plans"`
	Default  string    `json:"default"` // the plan that is used where none is chosen
	Levels   []Choice  `json:"levels"`
	Units    []string  `json:"units"`
	Title    string    `json:"title"`  // of the plan
	Period   string    `json:"period"` // of the plan
	Today    string    `json:"today"`
	Findings []Finding `json:"findings"` // in the plan, the roster or the mapping
	Sound    bool      `json:"sound"`    // nothing in them is an error
}

// Choice is one of a list.
type Choice struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// setup reads the plan and the roster, and lints a plan that a person dropped.
func (e *Engine) setup(_ context.Context, r *Request, _ []File) (*Answer, error) {
	s := &Setup{Default: targets.Default, Today: e.Today().String()}
	for _, id := range targets.Names() {
		file, data, _ := targets.Plan(id)
		if p, _ := plan.ParseBeside(file, data, r.Settings.beside); p != nil {
			s.Plans = append(s.Plans, Choice{id, e.say(p.Title)})
		}
	}
	p, roster, found, err := r.Settings.load()
	if err != nil {
		return nil, err
	}
	s.Sound = !found.HasErrors()
	if p != nil {
		s.Title, s.Period = e.say(p.Title), e.say(p.Period.Words())
		for _, l := range p.Levels {
			s.Levels = append(s.Levels, Choice{l.ID, e.say(l.Title)})
		}
		if s.Sound && len(r.Settings.Texts) > 0 {
			found = append(found, plan.Lint(p)...)
		}
	}
	if roster != nil {
		for i := range roster.Units {
			s.Units = append(s.Units, e.say(roster.Units[i].Name))
		}
	}
	s.Findings = e.findings(found)
	return &Answer{Setup: s}, nil
}

// load reads the plan and the roster. What is wrong in them is in the list; the
// error is a wish that cannot be met.
func (s *Settings) load() (p *plan.Plan, roster *plan.Roster, found diag.List, err error) {
	file, data, ok := targets.Plan(cmp.Or(s.Plan, targets.Default))
	if len(s.Texts) > 0 {
		file, data, ok = s.Texts[0].Name, s.Texts[0].Data, true
	}
	if !ok {
		return nil, nil, nil, lang.Errorf("no plan %q", "không có kế hoạch %q", s.Plan)
	}
	p, found = plan.ParseBeside(file, data, s.beside)
	if found.HasErrors() {
		return p, nil, found, nil
	}
	file, data, ok = targets.Roster(p.ID)
	if s.Roster != nil {
		file, data, ok = s.Roster.Name, s.Roster.Data, true
	}
	if !ok {
		_, mistakes := s.applied(p, nil)
		return p, nil, append(found, mistakes...), nil
	}
	roster, more := plan.ParseRoster(file, data, p.LevelIDs())
	found = append(found, more...)
	if roster != nil {
		found = append(found, p.UnknownUnits(roster)...)
	}
	if !found.HasErrors() {
		_, mistakes := s.applied(p, roster)
		found = append(found, mistakes...)
	}
	return p, roster, found, nil
}

// beside gives the files that a plan names: a built-in plan by its id, what
// stands beside a built-in plan, or a file that was dropped with the plan.
func (s *Settings) beside(from, name string) (string, []byte, error) {
	file, data, err := targets.Named(from, name)
	if err == nil {
		return file, data, nil
	}
	for _, t := range s.Texts {
		if path.Base(t.Name) == path.Base(name) {
			return t.Name, t.Data, nil
		}
	}
	return "", nil, lang.Errorf("%q was not dropped with the plan and is no built-in plan (%s)",
		"%q không được chọn cùng kế hoạch và cũng không phải kế hoạch có sẵn (%s)", name, strings.Join(targets.Names(), ", "))
}

// prepare makes a batch of the files.
func (e *Engine) prepare(s *Settings, files []File) (*batch.Batch, error) {
	p, roster, found, err := s.load()
	if err != nil {
		return nil, err
	}
	if found.HasErrors() {
		return nil, lang.Errorf("the plan, the roster or the mapping has mistakes: they are listed under the settings",
			"kế hoạch, danh sách đơn vị hoặc bảng đối chiếu có lỗi: xem danh sách lỗi ở phần thiết lập")
	}
	opt, err := s.options(p, roster)
	if err != nil {
		return nil, err
	}
	applied, _ := s.applied(p, roster)
	if applied != nil {
		roster = applied.Roster
	}
	b := &batch.Batch{Plan: p, Roster: roster, Options: opt, Mapping: applied, AsOf: e.Today(), Program: batch.Program, Jobs: 1, Progress: e.watch(len(files))}
	if s.AsOf != "" {
		if b.AsOf, err = date.Parse(s.AsOf); err != nil {
			return nil, lang.Errorf("day of the judgement: %v", "ngày đánh giá: %v", err)
		}
	}
	if b.Received, err = s.receipts(roster); err != nil {
		return nil, err
	}
	b.Inputs, b.Folders, b.Notes = inputs(files)
	return b, nil
}

// receipts are the days on which submissions came.
func (s *Settings) receipts(roster *plan.Roster) (batch.Receipts, error) {
	out := batch.Receipts{}
	if s.Came != nil {
		var err error
		if out, err = batch.ParseReceipts(s.Came.Name, s.Came.Data, roster); err != nil {
			return nil, err
		}
	}
	if s.Receipt != "" {
		day, err := date.Parse(s.Receipt)
		if err != nil {
			return nil, lang.Errorf("day of receipt: %v", "ngày nộp: %v", err)
		}
		out[batch.Anybody] = fact.Receipt{Day: day, From: diag.InFile("--received")}
	}
	return out, nil
}

func (s *Settings) options(p *plan.Plan, roster *plan.Roster) (fact.Options, error) {
	opt := fact.Options{Unit: strings.TrimSpace(s.Unit), Level: s.Level}
	if s.Level != "" && p.FindLevel(s.Level) == nil {
		return opt, lang.Errorf("level %q: the plan has the levels %s", "cấp %q: kế hoạch có các cấp %s", s.Level, batch.LevelNames(p))
	}
	if period := strings.TrimSpace(s.Period); period != "" {
		read, err := plan.ParsePeriod(period)
		if err != nil {
			return opt, lang.Errorf("period: %v", "kỳ báo cáo: %v", err)
		}
		opt.Period = &read
	}
	if opt.Unit == "" || opt.Level != "" || roster == nil || roster.Find(opt.Unit) != nil {
		return opt, nil
	}
	return opt, lang.Errorf("unit %q: nobody on the roster is called so, and a unit off the roster needs a level%s",
		"đơn vị %q: danh sách đơn vị không có tên này, còn đơn vị ngoài danh sách thì cần chọn thêm cấp%s", opt.Unit, nearest(opt.Unit, roster))
}

func nearest(name string, roster *plan.Roster) lang.Text {
	n := label.Nearest(name, batch.UnitNames(roster))
	if n == "" {
		return lang.Text{}
	}
	return lang.F("; did you mean %q?", "; có phải là %q?", n)
}

// MaxFile is the size up to which the page reads a file: a tab has less memory
// than the machine, and its reports have to fit as well.
const MaxFile = 512 << 20

// inputs are the files as a batch reads them, in the order of their names. A
// file that came with a folder is read when its name says that it is a
// submission; one that was dropped itself is read whatever it is called.
func inputs(files []File) (in []batch.Input, folders []string, notes diag.List) {
	sorted := slices.Clone(files)
	slices.SortStableFunc(sorted, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	for _, f := range sorted {
		folder, _, within := strings.Cut(f.Name, "/")
		role := batch.Submission
		if within {
			role = roleWithin(f.Name)
			if !slices.Contains(folders, folder) {
				folders = append(folders, folder)
			}
		}
		switch {
		case role == batch.Aside:
		case role == batch.OtherKind:
			notes = append(notes, batch.NotRead(f.Name))
		case f.Size <= MaxFile && batch.MayBeOwnPage(path.Base(f.Name)) && f.isOwnPage():
			notes = append(notes, batch.SkippedPage(f.Name))
		default:
			in = append(in, batch.Input{Name: f.Name, Open: f.open})
		}
	}
	return in, folders, notes
}

// roleWithin is the role of a file in a folder; nothing in a hidden folder was
// handed in.
func roleWithin(name string) batch.Role {
	parts := strings.Split(name, "/")
	for _, folder := range parts[1 : len(parts)-1] {
		if strings.HasPrefix(folder, ".") {
			return batch.Aside
		}
	}
	return batch.RoleOf(parts[len(parts)-1])
}

func (f File) isOwnPage() bool {
	content := f.Open()
	defer content.Close()
	return batch.IsOwnPage(content)
}

func (f File) open() (batch.Content, int64, error) {
	if f.Size > MaxFile {
		return nil, 0, lang.Errorf("it has %d bytes, and a page in a browser reads at most %d: use the program parcheck for it",
			"tệp có %d byte, trang trong trình duyệt chỉ đọc tối đa %d: hãy dùng chương trình parcheck", f.Size, MaxFile)
	}
	return f.Open(), f.Size, nil
}

func find(files []File, name string) int {
	return slices.IndexFunc(files, func(f File) bool { return f.Name == name })
}

func baseName(name string) string { return strings.TrimSuffix(path.Base(name), path.Ext(name)) }

// save writes what was scored last in a format.
func (e *Engine) save(_ context.Context, r *Request, _ []File) (*Answer, error) {
	if e.doc == nil {
		return nil, lang.Errorf("nothing was scored yet", "chưa chấm điểm tệp nào")
	}
	opt := report.Options{Lang: e.lang}
	name := e.say(lang.T("scores", "ket-qua"))
	var out bytes.Buffer
	switch r.Format {
	case "xlsx":
		err := e.batch.Workbook(&out, e.doc, opt)
		return file(&out, name+".xlsx"), err
	case "summary":
		sum, _ := e.batch.Summary(e.doc, e.lang)
		err := sum.Write(&out)
		return file(&out, e.say(lang.T("summary", "tong-hop"))+".xlsx"), err
	}
	f, ok := report.Find(r.Format)
	if !ok {
		return nil, lang.Errorf("unknown format %q", "không có định dạng %q", r.Format)
	}
	if err := f.Write(&out, e.doc, opt); err != nil {
		return nil, err
	}
	return &Answer{Data: out.Bytes(), FileName: name + "." + f.Name, Type: "application/octet-stream"}, nil
}
