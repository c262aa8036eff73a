package fact

import (
	"bytes"
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/table"
	"github.com/parcheck/parcheck/pkg/workbook"
)

// Above a table stand the captions that say who reports and on what time:
// "Đơn vị báo cáo: Sở Xây dựng", "Kỳ báo cáo: Quý III năm 2023 (Từ ngày
// 01/07/2023 đến ngày 30/09/2023)".

// cutCaption cuts "NAME: value" after one of the names, folded.
func cutCaption(text string, names ...string) (name, value string, ok bool) {
	before, after, found := strings.Cut(text, ":")
	if !found {
		return "", "", false
	}
	key := strings.TrimLeft(label.Key(before), "-+• (")
	for _, n := range names {
		if key == n {
			return n, strings.Trim(after, " ).;"), true
		}
	}
	return "", "", false
}

// caption is a value that stands behind a caption.
type caption struct {
	value string
	pos   diag.Pos
}

// spoken is a text of a visible sheet that may be a caption: it has a colon,
// or two days.
type spoken struct {
	text, next string // next is the text of the next filled cell of the row
	at, nextAt diag.Pos
}

// listen collects the texts of the visible sheets that may be captions.
func (c *collector) listen() {
	for _, s := range c.sheets {
		if s.State != workbook.Visible {
			continue
		}
		for i := range s.grid.Rows {
			r := &s.grid.Rows[i]
			for j, cl := range r.Cells {
				if cl.Kind != cell.Text || !bytes.ContainsRune(cl.Raw, ':') && !twoDays(cl.Raw) {
					continue
				}
				said := spoken{text: table.Text(cl), at: c.at(s, r.Number, cl.Col)}
				for _, after := range r.Cells[j+1:] {
					if text := table.Text(after); text != "" {
						said.next, said.nextAt = text, c.at(s, r.Number, after.Col)
						break
					}
				}
				c.said = append(c.said, said)
			}
		}
	}
}

// twoDays reports whether a text may hold two days: most hold none, and are
// not worth folding.
func twoDays(raw []byte) bool {
	marks, digit := 0, false
	for _, b := range raw {
		switch {
		case b == '/' || b == '.' || b == '-':
			marks++
		case b >= '0' && b <= '9':
			digit = true
		}
	}
	return digit && marks >= 4 && len(raw) < 200
}

// captions collects the values of captions, in order: in the caption's own
// cell or, where that ends with the colon, in the next cell of its row.
func (c *collector) captions(names ...string) []caption {
	var out []caption
	for _, s := range c.said {
		_, value, ok := cutCaption(s.text, names...)
		if !ok {
			continue
		}
		at := s.at
		if value == "" {
			value, at = s.next, s.nextAt
		}
		if strings.Trim(value, ".…_- ") != "" {
			out = append(out, caption{value, at})
		}
	}
	return out
}

// findUnit tells which unit reports.
func (c *collector) findUnit(opt Options) Unit {
	if opt.Unit != "" {
		return c.resolve(opt.Unit, opt.Level, lang.Same("--unit"))
	}
	found := c.captions("đơn vị báo cáo", "cơ quan báo cáo", "tên đơn vị", "tên đơn vị báo cáo", "tên cơ quan", "reporting unit")
	if len(found) == 0 {
		c.diags.Add(diag.NoUnit, diag.InFile(c.file), lang.T(
			`the file does not say which unit reports: write "Đơn vị báo cáo: ..." above a table, or give --unit`,
			`tệp không ghi đơn vị báo cáo: hãy ghi "Đơn vị báo cáo: ..." phía trên bảng, hoặc dùng --unit`))
		name := strings.TrimSuffix(filepath.Base(c.file), filepath.Ext(c.file))
		return c.named(name, opt.Level, lang.T("the file's name", "tên tệp"))
	}
	first := c.resolve(found[0].value, opt.Level, lang.Same(found[0].pos.InSheet()))
	for _, other := range found[1:] {
		if u := c.named(other.value, opt.Level, lang.Text{}); u.ID != first.ID || u.ID == "" && label.Key(other.value) != label.Key(found[0].value) {
			d := diag.New(diag.UnknownUnit, other.pos, lang.F(
				"the unit here is %q, and %q in %s: the first is used; one file speaks for one unit",
				"đơn vị ở đây là %q, còn ở %[3]s là %[2]q: đơn vị thứ nhất được dùng; mỗi tệp báo cáo cho một đơn vị",
				clip(other.value), clip(found[0].value), found[0].pos.InSheet()))
			d.Related = []diag.Related{{Pos: found[0].pos, Message: lang.T("the first", "đơn vị thứ nhất")}}
			c.diags = append(c.diags, d)
		}
	}
	return first
}

// resolve is named, and reports a unit that is not on the roster.
func (c *collector) resolve(name, level string, from lang.Text) Unit {
	u := c.named(name, level, from)
	if u.ID == "" && c.roster != nil {
		c.diags.Add(diag.UnknownUnit, diag.InFile(c.file), lang.F(
			"the unit %q (%s) is not on the roster%s", "đơn vị %q (%s) không có trong danh sách%s",
			clip(name), from, c.nearestUnit(name)))
	}
	return u
}

// named looks a unit up on the roster; its level is that of the roster, or the
// first whose names fit. level overrides both.
func (c *collector) named(name, level string, from lang.Text) Unit {
	u := Unit{Name: lang.Same(name), From: from}
	if r := c.roster.Find(name); r != nil {
		u.ID, u.Name, u.Level, u.Group = r.ID, r.Name, r.Level, r.Group
	}
	for _, l := range c.plan.Levels {
		for _, pattern := range l.Names {
			if u.Level == "" && label.Match(pattern, name) {
				u.Level = l.ID
			}
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

func (c *collector) nearestUnit(name string) lang.Text {
	var names []string
	for _, u := range c.roster.Units {
		names = append(names, u.Name.VI)
	}
	if n := label.Nearest(name, names); n != "" {
		return lang.F("; did you mean %q?", "; có phải là %q?", n)
	}
	return lang.Text{}
}

var (
	between   = regexp.MustCompile(`từ (?:ngày )?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}) (?:đến|tới) (?:hết )?(?:ngày )?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})`)
	quarter   = regexp.MustCompile(`quý (iv|iii|ii|i|[1-4])(?:[ ,/-]+(?:năm )?)(\d{4})`)
	month     = regexp.MustCompile(`tháng (\d{1,2})(?:[ ,/-]+(?:năm )?)(\d{4})`)
	halfYear  = regexp.MustCompile(`6 tháng (đầu|cuối) năm (\d{4})`)
	nine      = regexp.MustCompile(`9 tháng (?:đầu )?năm (\d{4})`)
	wholeYear = regexp.MustCompile(`(?:^|cả )năm (\d{4})$`)
)

// findPeriod tells which period the workbook speaks for: what the user says,
// what the first caption says, or the plan's own period.
func (c *collector) findPeriod(opt Options) (plan.Period, lang.Text) {
	if opt.Period != nil {
		return *opt.Period, lang.Same("--period")
	}
	for _, cp := range c.periodCaptions() {
		p, ok := readPeriod(cp.value)
		if !ok {
			continue
		}
		if p.To.Before(c.plan.Period.From) || c.plan.Period.To.Before(p.From) {
			c.diags.Add(diag.WrongPeriod, cp.pos, lang.F(
				"the file reports on %s, the plan %s is for %s: send the file of that period, or choose another plan",
				"tệp báo cáo kỳ %s, kế hoạch %s áp dụng cho %s: hãy gửi tệp đúng kỳ hoặc chọn kế hoạch khác",
				PeriodText(p), c.plan.ID, PeriodText(c.plan.Period)))
		}
		return p, lang.Same(cp.pos.InSheet())
	}
	c.diags.Add(diag.NoPeriod, diag.InFile(c.file), lang.F(
		"the file does not say which period it reports on: the plan's own is used, %s",
		"tệp không ghi kỳ báo cáo: dùng kỳ của kế hoạch, %s", PeriodText(c.plan.Period)))
	return c.plan.Period, lang.T("the plan", "kế hoạch")
}

// periodCaptions are the captions that name a period, and lines that are one:
// "(Từ ngày ... đến ngày ...)".
func (c *collector) periodCaptions() []caption {
	out := c.captions("kỳ báo cáo", "thời gian báo cáo", "kỳ", "reporting period")
	for _, s := range c.said {
		if between.MatchString(label.Key(s.text)) {
			out = append(out, caption{s.text, s.at})
		}
	}
	return out
}

// readPeriod reads a period as reports write it; the days named go before the
// words.
func readPeriod(text string) (plan.Period, bool) {
	key := label.Key(text)
	if m := between.FindStringSubmatch(key); m != nil {
		from, ok1 := date.Of(atoi(m[3]), atoi(m[2]), atoi(m[1]))
		to, ok2 := date.Of(atoi(m[6]), atoi(m[5]), atoi(m[4]))
		return plan.Period{From: from, To: to}, ok1 && ok2 && !to.Before(from)
	}
	if m := halfYear.FindStringSubmatch(key); m != nil {
		if m[1] == "đầu" {
			return months(atoi(m[2]), 1, 6)
		}
		return months(atoi(m[2]), 7, 12)
	}
	if m := nine.FindStringSubmatch(key); m != nil {
		return months(atoi(m[1]), 1, 9)
	}
	if m := quarter.FindStringSubmatch(key); m != nil {
		q := map[string]int{"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}[m[1]]
		return months(atoi(m[2]), 3*q-2, 3*q)
	}
	if m := month.FindStringSubmatch(key); m != nil {
		return months(atoi(m[2]), atoi(m[1]), atoi(m[1]))
	}
	if m := wholeYear.FindStringSubmatch(key); m != nil {
		return months(atoi(m[1]), 1, 12)
	}
	return plan.Period{}, false
}

func months(year, from, to int) (plan.Period, bool) {
	first, ok := date.Of(year, from, 1)
	if !ok {
		return plan.Period{}, false
	}
	last, found := date.Date{}, false
	for day := 31; day > 27 && !found; day-- {
		last, found = date.Of(year, to, day)
	}
	return plan.Period{From: first, To: last}, found
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// PeriodText prints a period in words: a year, a quarter, or its days.
func PeriodText(p plan.Period) lang.Text {
	switch key := periodKey(p); {
	case key == "year":
		return lang.F("%d", "năm %d", p.From.Year)
	case strings.HasPrefix(key, "q"):
		return lang.F("quarter %s of %d", "quý %s năm %d", key[1:], p.From.Year)
	case strings.HasPrefix(key, "m"):
		return lang.F("month %s of %d", "tháng %s năm %d", key[1:], p.From.Year)
	}
	return lang.T(p.From.String()+" to "+p.To.String(), Day(p.From)+" đến "+Day(p.To))
}

// Day prints a day as Vietnamese documents write it, 31/12/2023.
func Day(d date.Date) string { return fmt.Sprintf("%02d/%02d/%04d", d.Day, d.Month, d.Year) }

// periodKey names a period as a plan's columns do: "year", "h1", "q3", "m9"; ""
// for any other.
func periodKey(p plan.Period) string {
	from, to := p.From.Month, p.To.Month
	if whole, ok := months(p.From.Year, from, to); !ok || whole != p {
		return ""
	}
	switch {
	case from == 1 && to == 12:
		return "year"
	case from == 1 && to == 6:
		return "h1"
	case from == 7 && to == 12:
		return "h2"
	case to == from:
		return fmt.Sprintf("m%d", from)
	case from%3 == 1 && to == from+2:
		return fmt.Sprintf("q%d", to/3)
	}
	return ""
}

// ParsePeriod reads a period as --period takes it: "2023", "2023-Q3",
// "2023-H1", "2023-09" or "2023-01-01..2023-09-30".
func ParsePeriod(s string) (plan.Period, error) {
	fail := fmt.Errorf("%q is no period: want 2023, 2023-H1, 2023-Q3, 2023-09 or 2023-01-01..2023-09-30", s)
	if from, to, ok := strings.Cut(s, ".."); ok {
		f, err1 := date.Parse(from)
		t, err2 := date.Parse(to)
		if err1 != nil || err2 != nil || t.Before(f) {
			return plan.Period{}, fail
		}
		return plan.Period{From: f, To: t}, nil
	}
	year, part, _ := strings.Cut(s, "-")
	y, err := strconv.Atoi(year)
	if err != nil || len(year) != 4 {
		return plan.Period{}, fail
	}
	from, to := 1, 12
	switch {
	case part == "":
	case len(part) == 2 && part[0] == 'Q' && part[1] >= '1' && part[1] <= '4':
		to = 3 * int(part[1]-'0')
		from = to - 2
	case len(part) == 2 && part[0] == 'H' && (part[1] == '1' || part[1] == '2'):
		to = 6 * int(part[1]-'0')
		from = to - 5
	case len(part) == 2:
		from, err = strconv.Atoi(part)
		if err != nil {
			return plan.Period{}, fail
		}
		to = from
	default:
		return plan.Period{}, fail
	}
	p, ok := months(y, from, to)
	if !ok {
		return plan.Period{}, fail
	}
	return p, nil
}
