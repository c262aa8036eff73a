package fact

import (
	"regexp"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/term"
)

// At the upper left of a sheet stands the letterhead: whom the agency belongs
// to, and below that the agency, in one cell or several, often over two lines
// each. The national motto stands beside it:
//
//	UBND TỈNH QUẢNG NAM | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
//	   SỞ XÂY DỰNG      |   Độc lập - Tự do - Hạnh phúc
//
// The roster decides which of its lines is an agency.

// letterheadRows bounds where a letterhead stands, and how many lines it has.
const (
	letterheadRows  = 8
	letterheadLines = 6
)

// letter is the content of a letterhead.
type letter struct {
	name  string // of the agency
	pos   diag.Pos
	under bool // another agency stands above it
}

// letterheads reads those of the visible sheets.
func (c *found) letterheads() []letter {
	var out []letter
	for _, s := range c.sheets {
		if s.State != cell.Visible || c.standsForUnit(s.Name) {
			continue
		}
		if l, ok := c.letterhead(s); ok {
			out = append(out, l)
		}
	}
	return out
}

// letterLine is a line of a letterhead and where it stands.
type letterLine struct {
	text string
	pos  diag.Pos
}

func (c *found) letterhead(s *sheet) (letter, bool) {
	lines := c.letterLines(s)
	found, above := -1, 0
	var out letter
	for i := 0; i < len(lines); i++ {
		name, last := lines[i].text, i
		if i+1 < len(lines) && c.roster.Find(name+" "+lines[i+1].text) != nil {
			name, last = name+" "+lines[i+1].text, i+1
		}
		if !c.isAgency(name) {
			continue
		}
		if found >= 0 {
			above++
		}
		found = last
		out = letter{name: name, pos: lines[i].pos, under: above > 0}
		i = last
	}
	if found < 0 || slices.ContainsFunc(lines[found+1:], func(l letterLine) bool { return !isOffice(l.text) }) {
		return letter{}, false // who stands below is not known
	}
	return out, true
}

// isAgency reports whether a name is that of an agency: it is on the roster, or
// it is in capitals and matches the names of one of the plan's levels.
func (c *job) isAgency(name string) bool {
	if c.roster.Find(name) != nil {
		return true
	}
	if !inCapitals(name) {
		return false
	}
	key := c.keys.Key(name)
	return slices.ContainsFunc(c.levels, func(names []label.Pattern) bool {
		return slices.ContainsFunc(names, func(p label.Pattern) bool { return p.Fits(key) && !p.Fits("") }) // "*" names nobody
	})
}

// offices are the words that begin the name of a part of an agency, in the line
// below the agency's own, folded.
var offices = []string{"văn phòng", "phòng", "bộ phận", "tổ ", "ban biên tập", "bp "}

func isOffice(line string) bool {
	key := label.Key(line)
	return slices.ContainsFunc(offices, func(o string) bool { return strings.HasPrefix(key, o) })
}

var (
	// numbered is the line with the number of the paper: "Số: 12/BC-SXD".
	numbered = regexp.MustCompile(`^số|\d+/`)
	// goesOn is a line that the next one ends: "ỦY BAN NHÂN DÂN / TỈNH QUẢNG NAM".
	goesOn = map[string]bool{"ủy ban nhân dân": true, "ubnd": true, "hội đồng nhân dân": true, "hđnd": true}
	// endsLetter is the motto, a title or a caption.
	endsLetter = regexp.MustCompile(`:|^\(|^(?:cộng hòa xã hội|độc lập|đảng cộng sản|báo cáo|biểu|phụ lục|mẫu|kết quả|tình hình|tổng hợp|thống kê|số liệu|danh sách|danh mục|` +
		`tiến độ|theo dõi|bảng|sổ |giải ngân|kế hoạch|xếp hạng|cơ cấu|đánh giá|khảo sát|chấm điểm|tự đánh giá|tự chấm|thực hiện|kỳ |năm |quý |tháng )`)
)

// letterKind is what a line of a letterhead is.
type letterKind uint8

const (
	nameInLetter letterKind = iota
	endOfLetter             // the motto, a title or a caption: it is none
	markInLetter            // a rule, or the number of the paper
)

func letterKindOf(key string) letterKind {
	switch {
	case endsLetter.MatchString(key):
		return endOfLetter
	case strings.Trim(key, "-_=* .") == "" || numbered.MatchString(key):
		return markInLetter
	}
	return nameInLetter
}

// letterLines are the lines of the block at the upper left of a sheet, above
// its tables.
func (c *found) letterLines(s *sheet) []letterLine {
	var out []letterLine
	col, last := 0, 0
	titles := s.titles(c.tables)
	for i := range s.grid.Rows {
		r := &s.grid.Rows[i]
		if r.Number > letterheadRows || r.Number >= titles || len(out) >= letterheadLines {
			break
		}
		j := slices.IndexFunc(r.Cells, func(cl cell.Cell) bool { return cl.Kind != cell.Blank })
		if j < 0 {
			continue
		}
		cl := &r.Cells[j]
		if cl.Kind != cell.Text || hasColon(cl.Raw) && !strings.Contains(string(cl.Raw), "\n") || col > 0 && (cl.Col != col || r.Number > last+1) {
			break
		}
		done := false
		for line := range lines(*cl) {
			key := c.keys.Key(line)
			kind := c.letterLine.of(key, letterKindOf)
			if above, below, ok := c.cutLetter(line); ok && kind == nameInLetter {
				pos := c.at(s, r.Number, cl.Col)
				out = append(out, letterLine{above, pos}, letterLine{below, pos})
				continue
			}
			if kind == endOfLetter {
				done = true
				break
			}
			if last := len(out) - 1; last >= 0 && (strings.HasPrefix(key, "và ") || goesOn[c.keys.Key(out[last].text)]) {
				out[last].text += " " + line // "SỞ KẾ HOẠCH / VÀ ĐẦU TƯ"
			} else if kind == nameInLetter {
				out = append(out, letterLine{line, c.at(s, r.Number, cl.Col)})
			}
		}
		if done {
			break
		}
		col, last = cl.Col, r.Number
	}
	return out
}

// cutLetter splits a line that names two agencies: "UBND TỈNH QUẢNG NAM - SỞ
// XÂY DỰNG".
func (c *job) cutLetter(line string) (above, below string, ok bool) {
	for _, dash := range []string{" - ", " – ", " / "} {
		above, below, ok = strings.Cut(line, dash)
		if above, below = strings.TrimSpace(above), strings.TrimSpace(below); ok {
			return above, below, c.roster.Find(line) == nil && c.isAgency(above) && c.isAgency(below)
		}
	}
	return "", "", false
}

// namesOfSheets are the names of visible sheets with tables that the roster
// knows as units.
func (c *found) namesOfSheets() []letter {
	var out []letter
	if c.roster == nil || !c.book.Kind.NamesSheets() {
		return nil
	}
	for _, s := range c.sheets {
		holds := slices.ContainsFunc(c.tables, func(t *located) bool { return t.sheet == s })
		if s.State == cell.Visible && holds && !c.standsForUnit(s.Name) && c.roster.Find(s.Name) != nil {
			out = append(out, letter{name: s.Name, pos: diag.Pos{File: c.file, Sheet: s.Name}})
		}
	}
	return out
}

// unitElsewhere finds the unit in letterheads or names of sheets where no
// caption names one. All of them must agree.
func (c *found) unitElsewhere(opt Options) (Unit, diag.Pos, bool) {
	for _, found := range [][]letter{c.letterheads(), c.namesOfSheets()} {
		if len(found) == 0 {
			continue
		}
		first := c.named(found[0].name, opt.Level, lang.Same(found[0].pos.InSheet()))
		for _, other := range found[1:] {
			if u := c.named(other.name, opt.Level, lang.Text{}); !u.is(first) {
				c.reportOtherUnit(other, found[0].name, found[0].pos)
				return Unit{}, diag.Pos{}, false
			}
		}
		if first.ID == "" && c.roster != nil {
			first = c.resolve(found[0].name, opt.Level, first.From)
		}
		return first, found[0].pos, true
	}
	return Unit{}, diag.Pos{}, false
}

// checkLetters compares letterheads and names of sheets with the unit that a
// caption names. A letterhead of one line may name the agency that asked for
// the report.
func (c *found) checkLetters(u Unit, name string, at diag.Pos) {
	for _, l := range slices.Concat(c.letterheads(), c.namesOfSheets()) {
		other := c.named(l.name, "", lang.Text{})
		if other.ID == "" || u.ID == "" || other.ID == u.ID {
			continue
		}
		if l.under || other.Level == u.Level || l.pos.Area.IsZero() {
			c.reportOtherUnit(l, name, at)
		}
	}
}

func (c *found) reportOtherUnit(l letter, name string, at diag.Pos) {
	where := lang.T("the letterhead", "phần đầu văn bản")
	if l.pos.Area.IsZero() {
		where = term.SheetName
	}
	c.diags.Add(diag.UnknownUnit, l.pos, lang.F(
		"%s names %q, and %q stands in %s: which of them reports? make them agree, or give --unit",
		"%s ghi %q, còn ở %[4]s là %[3]q: đơn vị nào báo cáo? hãy thống nhất, hoặc dùng --unit", where, clip(l.name), clip(name), at.InSheet()),
		diag.Related{Pos: at, Message: term.OtherUnit})
}
