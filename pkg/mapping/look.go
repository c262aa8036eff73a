package mapping

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
)

// File is a file that was read, with its header blocks.
type File struct {
	Name    string
	Reading *fact.Reading // nil: it cannot be read
}

// Account is what is in some files, by the headers that they have: what `map`
// shows, and what a mapping is made of.
type Account struct {
	Kinds []Kind
	Files []FileSeen
}

// Kind is one kind of header block, however many files have it.
type Kind struct {
	Form   Form   // what it is, and what it may be
	Own    bool   // the plan reads it by its own names, every required column
	Mapped bool   // the mapping that was given reads it
	Sure   []bool // of each column: the plan's own name says what it is
	Places int    // blocks, over all files
	Lacks  []string
	Rivals []string   // ids of tables that it is like alike, where no one of them is suggested
	Totals []string   // labels of rows that are taken as totals
	Taken  fact.Taken // what rows are taken as, over all blocks
	Money  fact.Money // what amounts are counted in, over all blocks
	Sheets []string   // of the file that has most of them: their names, where it has several
	Stands Stands     // what the sheets of files that have several name
	kind   string
	labels []string
	units  int // labels that are units of the roster
	fits   []fact.BlockFit
	blocks []fact.Content
	words  [][]fact.Word // of each column
}

// FileSeen is whose a file is, and of which period.
type FileSeen struct {
	Name   string
	Unit   fact.Unit
	Near   *plan.Unit // of a unit that the roster does not know: which one may be meant
	Told   bool       // the file says its unit, by a name that the roster does not know
	Names  []UnitName // of units that a column of the file names, likewise
	Period plan.Period
	From   lang.Text
	Money  fact.Money // what the amounts of its forms are counted in
	Sheets []string   // names of the units that its sheets name, where each names another one
	kinds  []string   // of its forms
	Known  bool       // the unit is on the roster
	Dated  bool       // the file says its period
	Failed bool       // it cannot be read
}

// Look puts the header blocks of files together by their kinds, and says what
// each may be. old is the mapping that was used, or nil.
func Look(p *plan.Plan, roster *plan.Roster, files []File, old *Mapping) *Account {
	a := &Account{}
	kinds := map[string]*Kind{}
	var order []*Kind
	for _, f := range files {
		a.Files = append(a.Files, newFileSeen(f, roster))
		if f.Reading == nil {
			continue
		}
		inFile := map[string][]string{}
		stands := map[string]*Stands{}
		for i := range f.Reading.Blocks {
			b := &f.Reading.Blocks[i]
			key := b.Layout.Kind()
			k := kinds[key]
			if k == nil {
				k = newKind(key, f.Name, b)
				kinds[key] = k
				order = append(order, k)
			}
			k.add(b, len(inFile[key]) == 0)
			if slices.Contains(inFile[key], b.Sheet) {
				continue
			}
			inFile[key] = append(inFile[key], b.Sheet)
			if stands[key] == nil {
				stands[key] = &Stands{}
			}
			stands[key].note(b)
		}
		a.Files[len(a.Files)-1].note(f.Reading, roster)
		for key, sheets := range inFile {
			if len(sheets) < 2 {
				continue
			}
			if len(sheets) > len(kinds[key].Sheets) {
				kinds[key].Sheets = sheets
			}
			kinds[key].Stands.add(stands[key])
		}
	}
	confirmed := map[string]*Form{}
	if old != nil {
		for i := range old.Forms {
			confirmed[old.Forms[i].Layout().Kind()] = &old.Forms[i]
		}
	}
	for _, k := range order {
		k.suggest(p, roster, confirmed[k.kind])
		a.Kinds = append(a.Kinds, *k)
	}
	slices.SortStableFunc(a.Kinds, func(x, y Kind) int { return cmp.Compare(y.Form.Seen.Files, x.Form.Seen.Files) })
	return a
}

func newKind(key, file string, b *fact.Block) *Kind {
	k := &Kind{kind: key, fits: b.Fits, blocks: b.Contents, Sure: make([]bool, len(b.Layout))}
	k.Form.Seen = Seen{File: file, Sheet: plan.OneLine(b.Sheet), Area: b.Area.String()}
	for _, heading := range b.Layout {
		k.Form.Columns = append(k.Form.Columns, Column{Heading: plan.OneLine(heading)})
	}
	return k
}

// add takes a block of the kind; first is that of its file.
func (k *Kind) add(b *fact.Block, first bool) {
	k.Places++
	if first {
		k.Form.Seen.Files++
	}
	if b.Whole && !b.Mapped {
		k.Own = true
	}
	k.Mapped = k.Mapped || b.Mapped
	if b.Table != "" && k.Form.Table.State == Unknown && (b.Whole || b.Mapped) {
		k.Form.Table = Choice{b.Table, Confirmed}
	}
	const most = 400 // labels that are kept
	for _, l := range b.Labels {
		if l = plan.OneLine(l); l != "" && len(k.labels) < most && !slices.Contains(k.labels, l) {
			k.labels = append(k.labels, l)
		}
	}
	for _, t := range b.Totals {
		if !slices.Contains(k.Totals, plan.OneLine(t)) {
			k.Totals = append(k.Totals, plan.OneLine(t))
		}
	}
	k.Taken.Details += b.Taken.Details
	k.Taken.Subtotals += b.Taken.Subtotals
	k.Taken.Totals += b.Taken.Totals
	k.Money.Add(b.Money)
	for i, c := range b.Contents {
		if k.blocks[i] == fact.NoContent {
			k.blocks[i] = c
		}
	}
	k.addWords(b.Words)
}

func newFileSeen(f File, roster *plan.Roster) FileSeen {
	out := FileSeen{Name: f.Name, Failed: f.Reading == nil}
	if f.Reading == nil {
		return out
	}
	s := &f.Reading.Survey
	out.Unit, out.Period, out.From = s.Unit, s.Period, s.PeriodFrom
	out.Known, out.Told = s.Unit.ID != "", s.Told
	out.Dated = !slices.ContainsFunc(allDiagnostics(f.Reading), func(d diag.Diagnostic) bool {
		return d.Check == diag.NoPeriod && d.Pos == diag.InFile(d.Pos.File)
	})
	if !out.Known && roster != nil {
		if out.Told {
			out.Near = likestUnit(roster, s.Unit.Name.In(lang.VI))
		}
		if out.Near == nil {
			out.Near = roster.NamedBy(f.Name)
		}
	}
	for i := range f.Reading.Sets {
		if u := &f.Reading.Sets[i].Unit; u.ID == "" && roster != nil && len(f.Reading.Sets) > 1 {
			out.Names = append(out.Names, newUnitName(roster, u.Name.In(lang.VI)))
		}
	}
	return out
}

// note takes what the forms of the file say.
func (f *FileSeen) note(r *fact.Reading, roster *plan.Roster) {
	var stands Stands
	sheets := map[string]bool{}
	for i := range r.Blocks {
		b := &r.Blocks[i]
		f.Money.Add(b.Money)
		if key := b.Layout.Kind(); !slices.Contains(f.kinds, key) {
			f.kinds = append(f.kinds, key)
		}
		if !sheets[b.Sheet] {
			sheets[b.Sheet] = true
			stands.note(b)
		}
	}
	if !f.Known && stands.AreUnits() {
		for _, id := range stands.units {
			f.Sheets = append(f.Sheets, roster.Find(id).Name.In(lang.VI))
		}
	}
}

func newUnitName(roster *plan.Roster, name string) UnitName {
	out := UnitName{Name: plan.OneLine(name)}
	if u := likestUnit(roster, name); u != nil {
		out.Choice = Choice{u.ID, Near}
	}
	return out
}

// likestUnit is the unit of a roster whose name is most like another one.
func likestUnit(roster *plan.Roster, name string) *plan.Unit {
	if near := label.Nearest(name, idsOf(roster.Units, func(u *plan.Unit) string { return u.Name.In(lang.VI) })); near != "" {
		return roster.Find(near)
	}
	w, best := newWording(name), leastLikeness
	short := initials(name)
	var out *plan.Unit
	for i := range roster.Units {
		u := &roster.Units[i]
		if initials(u.Name.In(lang.VI)) == short {
			return u
		}
		if like := w.likeness(newWording(u.Name.In(lang.VI))); like > best {
			out, best = u, like
		}
	}
	return out
}

func allDiagnostics(r *fact.Reading) diag.List {
	list := slices.Clone(r.Diagnostics)
	for i := range r.Sets {
		list = append(list, r.Sets[i].Diagnostics...)
	}
	return list
}

// Bounds below which a suggestion is none.
const (
	leastLikeness = 0.5
	leastTable    = 0.35
	leastLead     = 0.02 // of a table before the next one
)

// guess is how much a kind is like a table.
type guess struct {
	table   *plan.Table
	columns []Choice
	sure    []bool
	strange int       // columns that are headed as the plan's own and hold something else
	likes   []float64 // of each column: how alike its names are, where that is a suggestion
	rows    []Row
	score   float64
}

// suggest says what the kind may be: what was confirmed stays.
func (k *Kind) suggest(p *plan.Plan, roster *plan.Roster, old *Form) {
	defer func() {
		k.suggestEach(p)
		k.suggestValues(p)
	}()
	k.units = 0
	for _, l := range k.labels {
		if roster.Find(l) != nil {
			k.units++
		}
	}
	if old != nil {
		k.keep(p, old)
		return
	}
	best, second := guess{}, guess{}
	for i := range p.Tables {
		t := &p.Tables[i]
		if k.Form.Table.State == Confirmed && k.Form.Table.To != t.ID {
			continue
		}
		switch g := k.guess(p, t); {
		case best.table == nil || g.score > best.score:
			best, second = g, best
		case second.table == nil || g.score > second.score:
			second = g
		}
	}
	if best.table == nil || k.Form.Table.State != Confirmed && best.score < leastTable {
		return
	}
	if k.Form.Table.State != Confirmed && second.table != nil && second.score > best.score-leastLead {
		k.Rivals = []string{best.table.ID, second.table.ID} // a person has to choose
		return
	}
	if k.Form.Table.State != Confirmed {
		k.Form.Table = Choice{best.table.ID, Near}
	}
	k.Sure, k.Form.Rows = best.sure, best.rows
	for i := range k.Form.Columns {
		c := best.columns[i]
		if col := best.table.FindColumn(c.To); k.Own && c.State == Near && col.Optional {
			continue // the plan reads the form, and asks for no more
		}
		k.Form.Columns[i].Choice = c
	}
	k.lack(best.table)
}

// lack notes the required columns that nothing answers to.
func (k *Kind) lack(t *plan.Table) {
	for i := range t.Columns {
		col := &t.Columns[i]
		if !col.Optional && !slices.ContainsFunc(k.Form.Columns, func(c Column) bool { return c.To == col.ID }) {
			k.Lacks = append(k.Lacks, columnName(col, col.ID))
		}
	}
}

// keep takes what a mapping says of the kind, and adds the rows that it does
// not know.
func (k *Kind) keep(p *plan.Plan, old *Form) {
	seen := k.Form.Seen
	k.Form = *old
	k.Form.Columns, k.Form.Rows, k.Form.Values = slices.Clone(old.Columns), slices.Clone(old.Rows), slices.Clone(old.Values)
	k.Form.Seen = seen
	t := p.FindTable(old.Table.To)
	if t == nil {
		return
	}
	g := k.guess(p, t)
	k.Sure = g.sure
	for i := range k.Form.Columns {
		if c := &k.Form.Columns[i]; c.State == Unknown {
			c.Choice = g.columns[i]
		}
	}
	for _, r := range g.rows {
		known := slices.ContainsFunc(k.Form.Rows, func(o Row) bool { return label.Key(o.Label) == label.Key(r.Label) })
		taken := slices.ContainsFunc(k.Form.Rows, func(o Row) bool { return o.To != "" && label.Key(o.To) == label.Key(r.To) })
		if !known && !taken {
			k.Form.Rows = append(k.Form.Rows, r)
		}
	}
	k.lack(t)
}

// guess holds the kind against a table.
func (k *Kind) guess(p *plan.Plan, t *plan.Table) guess {
	n := len(k.Form.Columns)
	g := guess{table: t, columns: make([]Choice, n), sure: make([]bool, n), likes: make([]float64, n)}
	for _, fit := range k.fits {
		if fit.Table != t.ID {
			continue
		}
		for i, id := range fit.Columns {
			if id != "" {
				g.columns[i], g.sure[i] = Choice{id, Confirmed}, true
				if !mayHold(t.FindColumn(id), k.blocks[i]) {
					g.strange++
				}
			}
		}
	}
	k.nearColumns(&g)
	required, found := 0.0, 0.0
	for i := range t.Columns {
		if t.Columns[i].Optional {
			continue
		}
		required++
		at := slices.IndexFunc(g.columns, func(c Choice) bool { return c.To == t.Columns[i].ID })
		switch {
		case at < 0:
		case g.sure[at]:
			found++
		default:
			found += 0.5 + 0.4*g.likes[at]
		}
	}
	if required > 0 {
		g.score = max(found-float64(g.strange), 0) / required * (0.6 + 0.4*k.explained(&g))
	}
	if !g.names(t) {
		g.score /= 2
	}
	wanted := WantedRows(p, t)
	if len(wanted) == 0 {
		return g
	}
	rows, own := k.nearRows(wanted)
	g.rows = rows
	if t.Shape == plan.Form {
		matched := float64(len(rows) + own)
		few := float64(min(len(wanted), max(len(k.labels), 1)))
		g.score = 0.5*g.score + 0.5*min(1, 2*matched/few)
		if matched == 0 {
			g.score = 0
		}
	}
	return g
}

// explained is which part of the columns of figures a guess knows: of two tables
// that are there whole, the one is likelier that says more of the form.
func (k *Kind) explained(g *guess) float64 {
	figures, known := 0.0, 0.0
	for i, c := range k.blocks {
		if c == fact.NumberContent {
			figures++
			if g.columns[i].To != "" {
				known++
			}
		}
	}
	if figures == 0 {
		return 1
	}
	return known / figures
}

// names reports whether something answers to the column that says what the rows
// of a table are.
func (g *guess) names(t *plan.Table) bool {
	return t.Shape == plan.List || slices.ContainsFunc(g.columns, func(c Choice) bool {
		col := t.FindColumn(c.To)
		return col != nil && (col.Role == plan.LabelRole || col.Role == plan.UnitRole)
	})
}

// pair is a suggestion for something of the form.
type pair struct {
	at, to int
	like   float64
}

// nearColumns suggests columns for the headings that the plan does not know:
// the likest pair first, each once.
func (k *Kind) nearColumns(g *guess) {
	var pairs []pair
	t := g.table
	for i := range k.Form.Columns {
		if g.columns[i].State != Unknown {
			continue
		}
		heading := newHeading(k.Form.Columns[i].Heading)
		for j := range t.Columns {
			col := &t.Columns[j]
			taken := slices.ContainsFunc(g.columns, func(c Choice) bool { return c.To == col.ID })
			if taken || !mayHold(col, k.blocks[i]) || isShare(k.Form.Columns[i].Heading) && col.Type == plan.Number ||
				col.Role == plan.UnitRole && 2*k.units < len(k.labels) {
				continue
			}
			like := heading.likest(namesOfColumn(col))
			if like < leastLikeness {
				continue
			}
			if !col.Optional {
				like += preferred
			}
			pairs = append(pairs, pair{i, j, like})
		}
	}
	assign(pairs, func(x pair) { g.columns[x.at], g.likes[x.at] = Choice{t.Columns[x.to].ID, Near}, min(x.like, 1) })
	k.onlyOne(g)
	k.dropStrangeRatios(g)
}

// dropStrangeRatios takes back a suggestion for a stated ratio that stands beside
// a count of something else: of "Hài lòng / Tỷ lệ %" the whole may be another.
func (k *Kind) dropStrangeRatios(g *guess) {
	parent := func(i int) string {
		path := k.Form.Columns[i].Heading
		return path[:max(strings.LastIndex(path, " / "), 0)]
	}
	for i := range g.columns {
		at := slices.IndexFunc(g.table.Ratios, func(r plan.ColumnRatio) bool { return r.Column == g.columns[i].To })
		if g.columns[i].State != Near || at < 0 || parent(i) == "" {
			continue
		}
		r := g.table.Ratios[at]
		for j := range g.columns {
			if to := g.columns[j].To; j != i && to != "" && to != r.Part && to != r.Whole && parent(j) == parent(i) {
				g.columns[i], g.likes[i] = Choice{}, 0
			}
		}
	}
}

// preferred is what a required column has before an optional one that is as
// alike.
const preferred = 0.01

// isShare reports whether a heading is that of shares or comparisons, which are
// no figures to count.
func isShare(path string) bool {
	bare := label.Bare(path)
	return slices.ContainsFunc([]string{"%", "ty le", "so voi", "so sanh", "so cung ky"}, func(s string) bool { return strings.Contains(bare, s) })
}

// onlyOne suggests the label and the numbering of rows by what stands there,
// where their headings do not tell, and the one column of figures that is left
// for the one that is lacking.
func (k *Kind) onlyOne(g *guess) {
	for j := range g.table.Columns {
		col := &g.table.Columns[j]
		if slices.ContainsFunc(g.columns, func(c Choice) bool { return c.To == col.ID }) || col.Optional && col.Role != plan.CodeRole || col.Role == plan.UnitRole && 2*k.units < len(k.labels) {
			continue
		}
		var free []int
		for i := range g.columns {
			if g.columns[i].State == Unknown && mayHold(col, k.blocks[i]) && k.blocks[i] != fact.NoContent {
				free = append(free, i)
			}
		}
		switch {
		case len(free) == 0:
		case col.Role == plan.LabelRole || col.Role == plan.UnitRole:
			g.columns[free[0]] = Choice{col.ID, Near}
			g.likes[free[0]] = newHeading(k.Form.Columns[free[0]].Heading).likest(namesOfColumn(col))
		case col.Role == plan.NoRole && col.Type == plan.Number && g.table.Shape == plan.Form:
			if at := k.wholePeriod(free); at >= 0 {
				g.columns[at] = Choice{col.ID, Near}
			}
		}
	}
}

// wholePeriod chooses the only one of some columns of figures that is of no
// part of the period: of "Quý IV" and "Lũy kế" the second; -1 where several may
// be meant.
func (k *Kind) wholePeriod(free []int) int {
	var whole []int
	for _, i := range free {
		if heading := k.Form.Columns[i].Heading; !isShare(heading) && !partOfPeriod.MatchString(label.Bare(heading)) {
			whole = append(whole, i)
		}
	}
	if len(whole) == 1 {
		return whole[0]
	}
	return -1
}

// partOfPeriod finds headings of a part of the period, of another one, or of
// what was planned, without marks.
var partOfPeriod = regexp.MustCompile(`\b(quy|tuan|ky truoc|nam truoc|cung ky|ke hoach|chi tieu giao|giao|uoc)\b|\bthang (\d|nay|truoc)`)

// mayHold reports whether a column of the plan may hold what stands below a
// heading.
func mayHold(col *plan.Column, c fact.Content) bool {
	switch {
	case c == fact.NoContent, col.Role == plan.CodeRole:
		return true
	case col.Role != plan.NoRole || col.Type == plan.Text || col.Type == plan.Choice:
		return c == fact.WordContent || col.Role == plan.KeyRole
	case col.Type == plan.Date:
		return c == fact.DateContent || c == fact.NumberContent
	}
	return c == fact.NumberContent
}

func namesOfColumn(col *plan.Column) []string {
	out := slices.Clone(col.Headers)
	for _, key := range slices.Sorted(maps.Keys(col.Periods)) {
		out = append(out, col.Periods[key]...)
	}
	return out
}

// nearRows suggests the plan's names for labels that it does not know; own is
// how many rows it finds itself.
func (k *Kind) nearRows(wanted []Wanted) (rows []Row, own int) {
	known := make([]bool, len(wanted))
	free := make([]bool, len(k.labels))
	for i, l := range k.labels {
		free[i] = true
		for j := range wanted {
			if wanted[j].has(label.Key(l)) || wanted[j].has(label.Key(bareLabel(l))) {
				known[j], free[i] = true, false
				own++
			}
		}
	}
	var pairs []pair
	names := make([][]wording, len(wanted))
	for j := range wanted {
		for _, n := range wanted[j].Names {
			names[j] = append(names[j], newWording(n))
		}
	}
	for i, l := range k.labels {
		if !free[i] {
			continue
		}
		w := newWording(bareLabel(l))
		for j := range wanted {
			if known[j] {
				continue
			}
			like := 0.0
			for _, n := range names[j] {
				if !w.contrary(n) {
					like = max(like, w.likeness(n))
				}
			}
			if like >= leastLikeness {
				pairs = append(pairs, pair{i, j, like})
			}
		}
	}
	assign(pairs, func(x pair) {
		rows = append(rows, Row{Label: k.labels[x.at], Choice: Choice{wanted[x.to].Names[0], Near}})
	})
	slices.SortFunc(rows, func(a, b Row) int {
		return cmp.Compare(slices.Index(k.labels, a.Label), slices.Index(k.labels, b.Label))
	})
	return rows, own
}

// assign takes the likest pairs first; each end is taken once.
func assign(pairs []pair, take func(pair)) {
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(b.like, a.like) })
	at, to := map[int]bool{}, map[int]bool{}
	for _, x := range pairs {
		if !at[x.at] && !to[x.to] {
			at[x.at], to[x.to] = true, true
			take(x)
		}
	}
}

// Mapping is the account as a mapping: what the plan reads by its own names is
// left out. Entries of old that no file has are kept.
func (a *Account) Mapping(p *plan.Plan, old *Mapping) *Mapping {
	m := &Mapping{Plan: p.ID}
	seen := map[string]bool{}
	for i := range a.Kinds {
		k := &a.Kinds[i]
		seen[k.kind] = true
		if k.Open() || k.Mapped || !k.Own || len(k.Form.Values) > 0 {
			m.Forms = append(m.Forms, k.Form)
		}
	}
	if old != nil {
		for _, f := range old.Forms {
			if !seen[f.Layout().Kind()] {
				m.Forms = append(m.Forms, f)
			}
		}
		m.Units, m.Files = slices.Clone(old.Units), slices.Clone(old.Files)
	}
	for i := range a.Files {
		a.Files[i].ask(m)
	}
	return m
}

// Open reports whether something of the kind waits for a person.
func (k *Kind) Open() bool {
	m := Mapping{Forms: []Form{k.Form}}
	return len(m.Suggestions()) > 0
}

// ask adds questions to a mapping: what unit a name means, whose the file is.
func (f *FileSeen) ask(m *Mapping) {
	names := f.Names
	if !f.Known && !f.Failed && f.Told && len(names) == 0 {
		u := UnitName{Name: plan.OneLine(f.Unit.Name.In(lang.VI))}
		if f.Near != nil {
			u.Choice = Choice{f.Near.ID, Near}
		}
		names = append(names, u)
	}
	for _, u := range names {
		if !slices.ContainsFunc(m.Units, func(o UnitName) bool { return label.Key(o.Name) == label.Key(u.Name) }) {
			m.Units = append(m.Units, u)
		}
	}
	if f.Known || f.Failed || f.Told || len(f.Sheets) > 0 {
		return
	}
	if slices.ContainsFunc(m.Files, func(r FileRule) bool {
		return (&rule{FileRule: r, pattern: label.Compile(slashes(r.File))}).fits(f.Name)
	}) {
		return
	}
	r := FileRule{File: plan.OneLine(f.Name)}
	if f.Near != nil {
		r.Unit = Choice{f.Near.ID, Near}
	}
	m.Files = append(m.Files, r)
}
