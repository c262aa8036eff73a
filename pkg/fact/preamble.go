package fact

import (
	"bytes"
	"iter"
	"path/filepath"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/table"
)

// Captions above a table name the reporting unit and the period: "Đơn vị báo
// cáo: Sở Xây dựng", "Kỳ báo cáo: Quý III năm 2023 (Từ ngày 01/07/2023 đến ngày
// 30/09/2023)".

// titleRows bounds the titles of a sheet that holds no table of the plan, such
// as a cover.
const titleRows = 20

// The names of captions, folded. Those of the second kind have other meanings,
// too, and count only above tables.
var (
	unitCaptions = []string{
		"đơn vị báo cáo", "cơ quan báo cáo", "tên đơn vị báo cáo", "tên cơ quan báo cáo", "cơ quan, đơn vị báo cáo",
		"đơn vị gửi báo cáo", "cơ quan gửi báo cáo", "đơn vị lập báo cáo", "cơ quan lập báo cáo", "reporting unit",
	}
	unitWords        = []string{"tên đơn vị", "tên cơ quan", "tên cơ quan, đơn vị", "cơ quan, đơn vị", "đơn vị", "cơ quan"}
	periodCaptions   = []string{"kỳ báo cáo", "thời gian báo cáo", "thời kỳ báo cáo", "reporting period"}
	periodWords      = []string{"kỳ", "thời gian"}
	scaleCaptions    = []string{"đvt", "đơn vị tính", "dvt", "đv tính", "đơn vị tính bằng", "đơn vị tiền", "đơn vị tiền tệ", "don vi tinh"}
	scaleWords       = []string{"đơn vị"}
	templateCaptions = []string{"biểu mẫu", "template"}
)

// isCaption holds all of them.
var isCaption = func() map[string]bool {
	set := map[string]bool{}
	for _, name := range slices.Concat(unitCaptions, unitWords, periodCaptions, periodWords, scaleCaptions, scaleWords, templateCaptions) {
		set[name] = true
	}
	return set
}()

// captionLine is a line of text of a visible sheet that may be a caption: "Name:
// value", or a line above the tables that is such a name or holds two days. One
// cell may hold several lines.
type captionLine struct {
	line        string
	name, value string // the name is a caption's; without a colon it is the whole line
	colon       bool
	title       bool // it stands above the tables of its sheet
	money       bool // the value is a unit of money that no caption announces
	at          diag.Pos
	next        *caption // what the next filled cell of the row says, where that is no caption itself
}

// caption is the value of a caption: the text behind its colon, or in the cell
// to its right.
type caption struct {
	value string
	pos   diag.Pos
	sure  bool // it is the caption's, whatever it says
}

// maxCaptionLines bounds the lines that may be captions: a thousand sheets have
// two or three each.
const maxCaptionLines = 4000

// readCaptions collects the lines of the visible sheets that may be captions.
func (c *found) readCaptions() {
	for _, s := range c.sheets {
		if s.State != cell.Visible {
			continue
		}
		titles := s.titles(c.tables)
		for i := range s.grid.Rows {
			r := &s.grid.Rows[i]
			alone := r.Number < titles || standsAlone(r)
			for j := range r.Cells {
				cl := &r.Cells[j]
				if cl.Kind != cell.Text || r.Number >= titles && !alone && !hasColon(cl.Raw) {
					continue
				}
				for line := range lines(*cl) {
					read := c.newCaptionLine(line, r.Number < titles)
					if read.name == "" {
						read.value, read.money = c.moneyLine(line, read.title, alone)
					}
					if read.name == "" && !read.money && !(read.title && (twoDays(line) || hasYear(line))) {
						continue // most texts
					}
					if len(c.captionLines) == maxCaptionLines {
						c.diags.Add(diag.OddFile, c.at(s, r.Number, cl.Col), lang.F(
							"more than %d lines name a unit, a period or the like; from here on none is read",
							"có hơn %d dòng ghi đơn vị, kỳ báo cáo hoặc tương tự; từ đây trở đi không đọc nữa", maxCaptionLines))
						return
					}
					read.at = c.at(s, r.Number, cl.Col)
					if read.value == "" {
						read.next = c.behind(s, r, j)
					}
					c.captionLines = append(c.captionLines, read)
				}
			}
		}
	}
}

// titles returns the row at which the sheet's titles end: where its first
// table begins.
func (s *sheet) titles(tables []*located) int {
	end, found := titleRows+1, false
	for _, t := range tables {
		if t.sheet == s && (!found || t.header.Top < end) {
			end, found = t.header.Top, true
		}
	}
	return end
}

// standsAlone reports whether a row holds one text and nothing else.
func standsAlone(r *cell.Row) bool {
	n := 0
	for i := range r.Cells {
		if r.Cells[i].Kind != cell.Blank {
			n++
		}
	}
	return n == 1
}

func hasColon(raw []byte) bool {
	return bytes.IndexByte(raw, ':') >= 0 || bytes.Contains(raw, []byte("："))
}

// lines are the lines of a text cell.
func lines(c cell.Cell) iter.Seq[string] {
	return func(yield func(string) bool) {
		if !bytes.ContainsAny(c.Raw, "\n\r") {
			yield(table.Text(c))
			return
		}
		for line := range bytes.FieldsFuncSeq(c.Raw, func(r rune) bool { return r == '\n' || r == '\r' }) {
			if !yield(label.Tidy(string(line))) {
				return
			}
		}
	}
}

// newCaptionLine splits "Name: value".
func (c *job) newCaptionLine(line string, title bool) captionLine {
	const longest = 100 // bytes of a caption's name
	out := captionLine{line: line, title: title}
	name, value, colon := strings.Cut(strings.Replace(line, "：", ":", 1), ":")
	if len(name) > longest {
		return out
	}
	if name = strings.TrimLeft(c.keys.Key(name), "-+• ("); !isCaption[name] {
		return out
	}
	out.name, out.colon = name, colon
	out.value = strings.Trim(untilNext(value), " .;,-")
	if strings.Count(out.value, ")") > strings.Count(out.value, "(") {
		out.value = strings.TrimRight(out.value, ").; ")
	}
	return out
}

// moneyLine returns the unit of money of a line that no caption's name begins:
// the whole line, "(triệu đồng)", what stands in parentheses at the end of a
// title, "BIỂU GIẢI NGÂN (triệu đồng)", or what a title announces,
// "TÌNH HÌNH GIẢI NGÂN - ĐVT: triệu đồng". Below titles it stands alone in its
// row.
func (c *job) moneyLine(line string, title, alone bool) (unit string, ok bool) {
	const longest = 300 // bytes
	if len(line) > longest || !title && !alone {
		return "", false
	}
	key := c.keys.Key(line)
	if !title {
		return line, label.IsMoney(key)
	}
	unit = c.moneyLines.of(key, moneyOfTitle)
	return unit, unit != ""
}

// moneyOfTitle returns the unit of money that a folded title names, or "".
func moneyOfTitle(key string) string {
	if label.IsMoney(key) {
		return key
	}
	if name, cut := label.CutMoney(key); cut && strings.HasSuffix(key, ")") {
		return strings.Trim(key[len(name):], " ()")
	}
	for _, name := range scaleCaptions {
		if i := strings.LastIndex(key, name); i > 0 && strings.IndexByte(" (-", key[i-1]) >= 0 && label.IsMoney(key[i+len(name):]) {
			return strings.Trim(key[i+len(name):], " :()")
		}
	}
	return ""
}

// nextCaptions are captions that may follow another one in its line.
var nextCaptions = []string{
	"đơn vị nhận báo cáo", "đơn vị nhận", "cơ quan nhận báo cáo", "cơ quan nhận", "nơi nhận", "đơn vị báo cáo", "đơn vị tính",
	"đvt", "kỳ báo cáo", "ngày báo cáo", "ngày nhận báo cáo", "ngày nhận",
}

// untilNext cuts off a value where the next caption of its line begins.
func untilNext(value string) string {
	before, _, ok := strings.Cut(value, ":")
	if !ok {
		return value
	}
	words := strings.Fields(before)
	for i := max(len(words)-6, 0); i < len(words); i++ {
		if slices.Contains(nextCaptions, strings.TrimLeft(label.Key(strings.Join(words[i:], " ")), "-;,. (")) {
			return strings.Join(words[:i], " ")
		}
	}
	return value
}

// behind returns the text of the next filled cell of a row, unless it is a
// caption itself. Only the very next cell is certain to belong to the caption.
func (c *found) behind(s *sheet, r *cell.Row, index int) *caption {
	for _, next := range r.Cells[index+1:] {
		if text := table.Text(next); text != "" {
			if hasColon(next.Raw) {
				return nil
			}
			return &caption{text, c.at(s, r.Number, next.Col), next.Col == s.lastColumn(r.Number, r.Cells[index].Col)+1}
		}
	}
	return nil
}

// lastColumn returns the last column of the merge that a cell anchors, or the
// cell's own.
func (s *sheet) lastColumn(row, col int) int {
	for _, m := range s.grid.Merges {
		if m.Row == row && m.Col == col {
			return m.ToCol
		}
	}
	return col
}

// captions collects the values of unambiguous captions in order: from the
// caption's own line or, where that ends with the colon, from the next cell of
// its row. Above a table the colon may be absent; the value is then uncertain.
func (c *found) captions(names []string) []caption {
	return c.collectCaptions(names, func(s *captionLine) (sure, ok bool) { return s.colon, s.colon || s.title })
}

// words collects the values of captions whose names have other meanings, too.
// They count only above tables, and are always uncertain.
func (c *found) words(names []string) []caption {
	return c.collectCaptions(names, func(s *captionLine) (sure, ok bool) { return false, s.title })
}

func (c *found) collectCaptions(names []string, judge func(*captionLine) (sure, ok bool)) []caption {
	var out []caption
	for i := range c.captionLines {
		s := &c.captionLines[i]
		if !slices.Contains(names, s.name) {
			continue
		}
		sure, ok := judge(s)
		cp := caption{s.value, s.at, sure}
		if s.value == "" && s.next != nil {
			cp = *s.next
			cp.sure = cp.sure && sure
		}
		if ok && strings.Trim(cp.value, ".…_- ") != "" {
			out = append(out, cp)
		}
	}
	return out
}

// rowsNameUnits reports whether every row of the file's tables can name its
// unit: then no other unit reports.
func (c *found) rowsNameUnits() bool {
	return len(c.tables) > 0 && !slices.ContainsFunc(c.tables, func(t *located) bool { return t.unitColumn().Col == 0 && t.sheetUnit == nil })
}

// findUnit finds the reporting unit.
func (c *found) findUnit(opt Options) Unit {
	if opt.Unit != "" {
		c.told = true
		if opt.UnitFrom != nil {
			u := c.resolve(opt.Unit, opt.Level, lang.T("the mapping", "bảng đối chiếu"))
			c.holdUnit(u, *opt.UnitFrom)
			return u
		}
		return c.resolve(opt.Unit, opt.Level, lang.Same("--unit"))
	}
	found := slices.DeleteFunc(c.unitsNamed(), func(cp caption) bool { return c.standsForUnit(cp.pos.Sheet) })
	if len(found) == 0 {
		if u, _, ok := c.unitElsewhere(opt); ok {
			c.told = true
			return u
		}
		if !c.rowsNameUnits() {
			c.diags.Add(diag.NoUnit, diag.InFile(c.file), lang.T(
				`the file does not say which unit reports: write "Đơn vị báo cáo: ..." above a table, or give --unit`,
				`tệp không ghi đơn vị báo cáo: hãy ghi "Đơn vị báo cáo: ..." phía trên bảng, hoặc dùng --unit`))
		}
		name := strings.TrimSuffix(filepath.Base(c.file), filepath.Ext(c.file))
		return c.named(name, opt.Level, lang.T("the file's name", "tên tệp"))
	}
	c.told = true
	first := c.resolve(found[0].value, opt.Level, lang.Same(found[0].pos.InSheet()))
	for _, other := range found[1:] {
		if u := c.named(other.value, opt.Level, lang.Text{}); u.ID != first.ID || u.ID == "" && label.Key(other.value) != label.Key(found[0].value) {
			c.diags.Add(diag.UnknownUnit, other.pos, lang.F(
				"the unit here is %q, and %q in %s: the first is used; one file speaks for one unit",
				"đơn vị ở đây là %q, còn ở %[3]s là %[2]q: đơn vị thứ nhất được dùng; mỗi tệp báo cáo cho một đơn vị",
				clip(other.value), clip(found[0].value), found[0].pos.InSheet()),
				diag.Related{Pos: found[0].pos, Message: lang.T("the first", "đơn vị thứ nhất")})
		}
	}
	c.checkLetters(first, found[0].value, found[0].pos)
	return first
}

// unitsNamed are the captions that name the reporting unit; ambiguous ones
// count only where the roster or the plan's levels know their value.
func (c *found) unitsNamed() []caption {
	named := c.captions(unitCaptions)
	likely := c.words(unitWords)
	var sure, known []caption
	for _, cp := range append(named, likely...) {
		switch u := c.named(cp.value, "", lang.Text{}); {
		case cp.sure:
			sure = append(sure, cp)
		case u.ID != "" || u.Level != "":
			known = append(known, cp)
		}
	}
	return append(sure, known...)
}

// resolve is named, and reports a unit that is not on the roster.
func (c *job) resolve(name, level string, from lang.Text) Unit {
	u := c.named(name, level, from)
	if u.ID == "" && c.roster != nil {
		c.diags.Add(diag.UnknownUnit, diag.InFile(c.file), lang.F(
			"the unit %q (%s) is not on the roster%s", "đơn vị %q (%s) không có trong danh sách%s",
			clip(name), from, c.nearestUnit(name)))
	}
	return u
}

// named finds a unit on the roster. Its level is that of the roster, or the
// first whose names fit. level overrides both.
func (c *job) named(name, level string, from lang.Text) Unit {
	u := Unit{Name: lang.Same(name), From: from}
	if r := c.roster.Find(name); r != nil {
		u.ID, u.Name, u.Level, u.Group = r.ID, r.Name, r.Level, r.Group
		if c.unitsTold == nil {
			c.unitsTold = map[string]bool{}
		}
		c.unitsTold[label.Key(name)] = true
	}
	key := c.keys.Key(name)
	for i := range c.plan.Levels {
		if u.Level == "" && slices.ContainsFunc(c.levels[i], func(p label.Pattern) bool { return p.Fits(key) }) {
			u.Level = c.plan.Levels[i].ID
		}
	}
	if level != "" {
		u.Level = level
	}
	if l := c.plan.FindLevel(u.Level); l != nil {
		u.LevelTitle = l.Title
	}
	return u
}

func (c *job) nearestUnit(name string) lang.Text {
	if n := c.rostered.Nearest(name); n != "" {
		return lang.F("; did you mean %q?", "; có phải là %q?", n)
	}
	return lang.Text{}
}

// findPeriod returns the period that the workbook reports on: the user's
// choice, else that of the first caption, else the plan's own.
func (c *found) findPeriod(opt Options) (plan.Period, lang.Text) {
	if opt.Period != nil && opt.PeriodFrom == nil {
		return *opt.Period, lang.Same("--period")
	}
	captions, unread := c.periodsNamed()
	if opt.Period != nil {
		c.holdPeriod(*opt.Period, captions, *opt.PeriodFrom)
		return *opt.Period, lang.T("the mapping", "bảng đối chiếu")
	}
	captions = slices.DeleteFunc(captions, func(p periodCaption) bool { return c.standsForMonth(p.pos.Sheet) })
	titles := slices.DeleteFunc(c.titlesNamed(), func(t titlePeriod) bool { return c.standsForMonth(t.pos.Sheet) })
	titles = slices.DeleteFunc(titles, func(t titlePeriod) bool {
		return slices.ContainsFunc(captions, func(p periodCaption) bool { return p.pos == t.pos })
	})
	used, at, from := c.adoptPeriod(captions, titles)
	for _, u := range unread {
		text := lang.F(
			`the period %q cannot be read: write it as "Năm 2023", "Quý III năm 2023" or "Từ ngày 01/07/2023 đến ngày 30/09/2023"`,
			`không đọc được kỳ báo cáo %q: hãy ghi dạng "Năm 2023", "Quý III năm 2023" hoặc "Từ ngày 01/07/2023 đến ngày 30/09/2023"`, clip(u.value))
		d := diag.New(diag.NoPeriod, u.pos, text)
		if several, _ := readTitle(label.Key(u.value)); len(several) > 1 {
			d = diag.New(diag.WrongPeriod, u.pos, twoPeriods(u.value, several, used))
		}
		d.Severity = diag.Warning
		c.diags = append(c.diags, d)
	}
	c.checkTitles(titles, used, at, from)
	return used, from
}

// adoptPeriod chooses the period: that of the first caption, of the titles, or
// the plan's own.
func (c *found) adoptPeriod(captions []periodCaption, titles []titlePeriod) (used plan.Period, at diag.Pos, from lang.Text) {
	if len(captions) == 0 {
		if t, ok := c.periodOfTitles(titles); ok {
			c.checkPeriod(t.periods[0], t.pos)
			return t.periods[0], t.pos, lang.Same(t.pos.InSheet())
		}
		if p, from, ok := c.periodOfMonths(); ok {
			return p, diag.Pos{}, from
		}
		c.diags.Add(diag.NoPeriod, diag.InFile(c.file), lang.F(
			"the file does not say which period it reports on: the plan's own is used, %s",
			"tệp không ghi kỳ báo cáo: dùng kỳ của kế hoạch, %s", c.plan.Period.Words()))
		return c.plan.Period, diag.Pos{}, lang.T("the plan", "kế hoạch")
	}
	first := captions[0]
	p := first.period
	c.checkPeriod(p, first.pos)
	for _, other := range captions[1:] {
		if other.period != p {
			c.diags.Add(diag.WrongPeriod, other.pos, lang.F(
				"the period here is %s, and %s in %s: the first is used for the whole file; one file reports on one period",
				"kỳ báo cáo ở đây là %s, còn ở %[3]s là %[2]s: kỳ thứ nhất được dùng cho cả tệp; mỗi tệp chỉ báo cáo một kỳ",
				other.period.Words(), p.Words(), first.pos.InSheet()),
				diag.Related{Pos: first.pos, Message: lang.T("the first", "kỳ thứ nhất")})
		}
	}
	return p, first.pos, lang.Same(first.pos.InSheet())
}

// checkPeriod reports a period that is not that of the plan.
func (c *found) checkPeriod(p plan.Period, at diag.Pos) {
	if overlaps(p, c.plan.Period) {
		return
	}
	c.diags.Add(diag.WrongPeriod, at, lang.F(
		"the file reports on %s, the plan %q is for %s: send the file of that period, or choose another plan",
		"tệp báo cáo kỳ %s, kế hoạch %q áp dụng cho %s: hãy gửi tệp đúng kỳ hoặc chọn kế hoạch khác",
		p.Words(), c.plan.Title, c.plan.Period.Words()))
}

// periodCaption is a caption that names a period.
type periodCaption struct {
	caption
	period plan.Period
}

// periodsNamed are the captions that name a period, then the lines above tables
// that do: "(Từ ngày ... đến ngày ...)". Captions that cannot be read are
// returned apart.
func (c *found) periodsNamed() (out []periodCaption, unread []caption) {
	known := map[string]plan.Period{} // most forms of a file say the same
	for _, cp := range append(c.captions(periodCaptions), c.words(periodWords)...) {
		p, ok := known[cp.value]
		if !ok {
			p, ok = readPeriod(cp.value)
		}
		switch {
		case ok:
			known[cp.value] = p
			out = append(out, periodCaption{cp, p})
		case cp.sure:
			unread = append(unread, cp)
		}
	}
	for i := range c.captionLines {
		s := &c.captionLines[i]
		if !s.title || !twoDays(s.line) || slices.ContainsFunc(out, func(o periodCaption) bool { return o.pos == s.at }) {
			continue
		}
		if p, ok := periodInTitle(label.Key(s.line)); ok {
			out = append(out, periodCaption{caption{value: s.line, pos: s.at}, p})
		}
	}
	return out, unread
}

// periodInTitle reads the days of a title: "TÌNH HÌNH GIẢI QUYẾT (Từ ngày ...
// đến ngày ...)".
func periodInTitle(key string) (plan.Period, bool) {
	i := strings.Index(key, "từ ")
	if i < 0 {
		return plan.Period{}, false
	}
	p, _, ok := readDays(key[i:])
	return p, ok
}

// twoDays reports whether a line may hold two days. It saves folding the many
// lines that cannot.
func twoDays(line string) bool {
	const longest = 200
	digits := 0
	for i := range len(line) {
		if line[i] >= '0' && line[i] <= '9' {
			digits++
		}
	}
	return digits >= len("1131122023") && len(line) < longest
}
