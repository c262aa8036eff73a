package fact

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
)

// A title often names the period: "BÁO CÁO KẾT QUẢ CẢI CÁCH HÀNH CHÍNH QUÝ I NĂM
// 2023". It also names other years: those of decisions, of plans, of the year
// before. A title counts for less than a caption: it is used where no
// caption names a period, and compared with the caption where one does.

// titlePeriod is a line of a title, or the name of a sheet, that names periods.
type titlePeriod struct {
	text    string
	pos     diag.Pos
	periods []plan.Period // each once; two only where it joins them: "tháng 12 và năm 2023"
	asOf    date.Date     // "số liệu đến ngày 30/9/2023"; zero: none
}

// Parts of a title that speak of another time than the period, or of none.
var (
	// later is what the rest of a title is about: other years, plans for later.
	later = regexp.MustCompile(`(?:so với|so sánh|phương hướng|dự kiến|ước thực hiện) .*$` +
		`|(?:và|[,;-]) ?(?:nhiệm vụ|kế hoạch|dự toán|giải pháp|định hướng|chương trình) .*$`)
	// documents have years of their own.
	documents = regexp.MustCompile(`(?:quyết định|nghị quyết|nghị định|thông tư|công văn|chỉ thị|luật) .*$` +
		`|(?:tờ trình|thông báo|kế hoạch|văn bản) (?:số |\d).*$`)
	// longSpans are years that no report is on.
	longSpans = regexp.MustCompile(`(?:giai đoạn|nhiệm kỳ|thời kỳ|năm học|niên khóa|niên độ)[^()]*?\d{4}(?: ?(?:-|đến) ?\d{4})?|\d{4} ?- ?\d{4}|(?:từ|từ đầu|từ cuối|kéo dài|trước) năm \d{4}|năm \d{4} (?:kéo dài|chuyển|trở về trước)`)
	// halves of a year have several names.
	halves = regexp.MustCompile(`nửa (đầu|cuối) năm`)
	// weeks are shorter than any period.
	weeks = regexp.MustCompile(`tuần (?:thứ )?\d{1,2}[ ,/-]*(?:tháng \d{1,2}[ ,/-]*)?(?:năm )?\d{4}`)
	// signed is the day on which a paper is signed.
	signed = regexp.MustCompile(`(?:ngày )?\d{1,2} tháng \d{1,2},? năm \d{4}|(?:ngày )?\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?\d{4}`)
	asOf   = regexp.MustCompile(`(?:đến|tới)(?: hết)?(?: ngày)? (\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?\d{4}|\d{1,2} tháng \d{1,2},? năm \d{4})`)
)

// periodNames finds the periods that a text names, in words.
const (
	quarterName = `(?:quý |q)(?:iv|iii|ii|i|[1-4])(?: ?(?:đến|tới|-) ?(?:hết )?(?:quý )?(?:iv|iii|ii|i|[1-4]))?`
	monthName   = `(?:tháng |t)\d{1,2}(?: ?(?:đến|tới|-) ?(?:hết )?(?:tháng )?\d{1,2})?`
	monthsName  = `(?:\d{1,2}|ba|sáu|chín) tháng(?: đầu| cuối)?`
	partName    = `(?:` + quarterName + `|` + monthName + `|` + monthsName + `)`
	behindName  = `[ ,/.-]*(?:năm )?\d{4}`
)

var (
	// joined is two periods of one year: "tháng 12 và năm 2023".
	joined = regexp.MustCompile(`(?:^|[^\pL\d])(` + partName + `)(?: năm)?(` + behindName + `)? ?(?:(?:và|&) ?(?:cả )?|[,;] ?(?:cả )?)((?:` + partName + `)?` + behindName + `)(?:[^\d]|$)`)
	// unended is a part of a year that the rest of the title, cut off, has the year of.
	unended   = regexp.MustCompile(`(?:^|[^\pL\d])(` + partName + `)(?: năm)?[ ,;.-]*$`)
	lastYear  = regexp.MustCompile(`\d{4}$`)
	commaYear = regexp.MustCompile(`[,;] ?[ ,/.-]*(?:năm )?\d{4}[^\d]?$`) // "quý I, năm 2023" is one period
	part      = regexp.MustCompile(`(?:^|[^\pL\d])(` + partName + behindName + `)(?:[^\d]|$)`)
	years     = regexp.MustCompile(`(?:^|[^\pL\d])((?:cả )?năm \d{4})(?:[^\d]|$)`)
	short     = regexp.MustCompile(`^([qt])(\d)`)
)

// titleRead is what readTitle returns.
type titleRead struct {
	periods []plan.Period
	until   date.Date
}

// lineMemo remembers what lines say that recur from workbook to workbook. It may
// be used concurrently.
type lineMemo[T any] struct {
	mu    sync.RWMutex
	known map[string]T
}

func (m *lineMemo[T]) of(key string, read func(key string) T) T {
	m.mu.RLock()
	out, ok := m.known[key]
	m.mu.RUnlock()
	if ok {
		return out
	}
	out = read(key)
	const most = 1 << 12 // lines
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.known == nil {
		m.known = map[string]T{}
	}
	if len(m.known) < most {
		m.known[key] = out
	}
	return out
}

// readTitle returns the periods that a folded title names.
func readTitle(key string) (periods []plan.Period, until date.Date) {
	if m := asOf.FindStringSubmatch(key); m != nil {
		until, _ = date.ParseText(m[1])
	}
	whole := key
	key = later.ReplaceAllString(key, "")
	if m := unended.FindStringSubmatch(key); m != nil && key != whole {
		if year := lastYear.FindString(whole); year != "" {
			key = strings.TrimRight(key, " ,;.-") + " năm " + year
		}
	}
	key = halves.ReplaceAllString(key, "6 tháng $1 năm")
	key = longSpans.ReplaceAllString(weeks.ReplaceAllString(key, ""), "")
	if p, found, ok := readDays(key); found {
		if ok {
			periods = append(periods, p)
		}
		return periods, date.Date{}
	}
	key = signed.ReplaceAllString(key, "")
	add := func(name string) {
		switch {
		case strings.HasPrefix(name, "q") && short.MatchString(name):
			name = "quý " + name[1:]
		case short.MatchString(name):
			name = "tháng " + name[1:]
		}
		if p, ok := readPeriod(strings.ReplaceAll(name, ".", "/")); ok && !slices.Contains(periods, p) {
			periods = append(periods, p)
		}
	}
	if m := joined.FindStringSubmatch(key); m != nil && !commaYear.MatchString(m[0]) {
		last := m[3]
		if m[2] == "" {
			m[2] = " " + last[len(last)-len("2023"):]
		}
		add(m[1] + m[2])
		add(strings.TrimLeft(last, " ,/.-"))
		return periods, until
	}
	for _, m := range part.FindAllStringSubmatch(key, -1) {
		add(m[1])
	}
	if len(periods) > 0 {
		return periods, until // the year beside them is that of a plan
	}
	for _, m := range years.FindAllStringSubmatch(documents.ReplaceAllString(key, ""), -1) {
		add(m[1])
	}
	if len(periods) > 1 {
		return nil, until // several years: which one is reported on, nobody says
	}
	return periods, until
}

// titleWords are the words that titles begin with, folded.
var titleWords = []string{
	"báo cáo", "biểu", "phụ lục", "kết quả", "tình hình", "tổng hợp", "thống kê", "số liệu", "danh sách", "tiến độ", "bảng tổng hợp", "sổ theo dõi", "giải ngân",
}

// isTitle reports whether a line is a title, or a part of one, and no prose: it
// begins as titles do, is in capitals, or names a period and nothing else.
func isTitle(line, key string) bool {
	if slices.ContainsFunc(titleWords, func(w string) bool { return strings.HasPrefix(key, w) }) {
		return true
	}
	if inCapitals(line) {
		return true
	}
	_, ok := readPeriod(strings.Trim(key, "() "))
	return ok
}

// inCapitals reports whether a line is written in capitals, but for a word or
// two.
func inCapitals(line string) bool {
	upper, letters := 0, 0
	for _, r := range line {
		if unicode.IsLetter(r) {
			letters++
			if unicode.IsUpper(r) {
				upper++
			}
		}
	}
	return letters > 0 && 10*upper >= 8*letters
}

// hasYear reports whether a line may name a year: most do not, and are not
// worth folding.
func hasYear(line string) bool {
	const longest = 300
	digits := 0
	for i := range len(line) {
		if line[i] < '0' || line[i] > '9' {
			digits = 0
		} else if digits++; digits == len("2023") {
			return len(line) <= longest
		}
	}
	return false
}

// titlesNamed are the titles and names of sheets that name a period: those of
// sheets that hold a table of the plan and, only where there are none, of
// others.
func (c *found) titlesNamed() []titlePeriod {
	var own, others []titlePeriod
	add := func(t titlePeriod) {
		if len(t.periods) == 0 && t.asOf.IsZero() {
			return
		}
		if slices.ContainsFunc(c.tables, func(l *located) bool { return l.sheet.Name == t.pos.Sheet }) {
			own = append(own, t)
		} else {
			others = append(others, t)
		}
	}
	for _, s := range c.sheets {
		if p, ok := readPeriod(s.Name); ok && s.State == cell.Visible && c.book.Kind.NamesSheets() {
			add(titlePeriod{text: s.Name, pos: diag.Pos{File: c.file, Sheet: s.Name}, periods: []plan.Period{p}})
		}
	}
	for i := range c.captionLines {
		s := &c.captionLines[i]
		if !s.title || s.name != "" || !hasYear(s.line) {
			continue
		}
		if key := c.keys.Key(s.line); isTitle(s.line, key) {
			t := titlePeriod{text: s.line, pos: s.at}
			read := c.titles.of(key, func(key string) titleRead {
				periods, until := readTitle(key)
				return titleRead{periods, until}
			})
			t.periods, t.asOf = read.periods, read.until
			add(t)
		}
	}
	if len(own) == 0 {
		return others
	}
	return own
}

// within reports whether a period lies in another one.
func within(p, outer plan.Period) bool { return !p.From.Before(outer.From) && !outer.To.Before(p.To) }

// periodOfTitles tells which period the titles name, where no caption does.
func (c *found) periodOfTitles(titles []titlePeriod) (first titlePeriod, ok bool) {
	for _, t := range titles {
		switch {
		case len(t.periods) != 1:
		case !ok:
			first, ok = t, true
		case within(t.periods[0], first.periods[0]) && t.periods[0] != first.periods[0] && isYear(first.periods[0]):
			first = t // "KẾ HOẠCH NĂM 2023" above "Quý I năm 2023"
		}
	}
	if ok {
		return first, true
	}
	for _, t := range titles {
		day := t.asOf
		monthEnds := day.Day > 27 && day.Month != monthAfter(day)
		if len(t.periods) == 0 && monthEnds && day.Year == c.plan.Period.From.Year && !c.plan.Period.To.Before(day) && day.Month < 12 {
			t.periods = []plan.Period{{From: date.Date{Year: day.Year, Month: 1, Day: 1}, To: day}}
			return t, true
		}
	}
	return titlePeriod{}, false
}

func isYear(p plan.Period) bool { return p.Key() == "year" }

// monthAfter returns the month of the next day.
func monthAfter(d date.Date) int {
	next, ok := date.FromSerial(d.Serial()+1, false)
	if !ok {
		return 0
	}
	return next.Month
}

// checkTitles holds the titles against the period that is used.
func (c *found) checkTitles(titles []titlePeriod, used plan.Period, at diag.Pos, from lang.Text) {
	warn := func(pos diag.Pos, text lang.Text) {
		d := diag.New(diag.WrongPeriod, pos, text)
		d.Severity = diag.Warning
		if at.Sheet != "" {
			d.Related = []diag.Related{{Pos: at, Message: lang.T("the period that is used", "kỳ được dùng")}}
		}
		c.diags = append(c.diags, d)
	}
	for _, t := range titles {
		if t.pos == at {
			continue
		}
		if len(t.periods) > 1 {
			warn(t.pos, twoPeriods(t.text, t.periods, used))
			continue
		}
		const closing = 31 // days before the end at which yearly and quarterly reports are closed
		switch {
		case len(t.periods) == 1 && within(used, t.periods[0]):
		case len(t.periods) == 1 && !overlaps(t.periods[0], c.plan.Period):
			c.diags.Add(diag.WrongPeriod, t.pos, lang.F(
				"the title speaks of %s, the plan %q is for %s: send the file of that period, or choose another plan",
				"tiêu đề ghi %s, kế hoạch %q áp dụng cho %s: hãy gửi tệp đúng kỳ hoặc chọn kế hoạch khác",
				t.periods[0].Words(), c.plan.Title, c.plan.Period.Words()))
		case len(t.periods) == 1:
			warn(t.pos, lang.F("the title speaks of %s, and the file of %s (%s): the latter is used; make them agree",
				"tiêu đề ghi %s, còn tệp báo cáo %s (%s): kỳ sau được dùng; hãy thống nhất", t.periods[0].Words(), used.Words(), from))
		case t.asOf.Serial()+closing < used.To.Serial():
			warn(t.pos, lang.F("the figures are those of %s, and the file speaks of %s (%s): they do not cover it; send those of the whole period, or mend the title",
				"số liệu tính đến %s, còn tệp báo cáo %s (%s): chưa đủ kỳ; hãy gửi số liệu cả kỳ hoặc sửa tiêu đề", t.asOf.Shown(), used.Words(), from))
		}
	}
}

func overlaps(a, b plan.Period) bool { return !a.To.Before(b.From) && !b.To.Before(a.From) }

func twoPeriods(text string, periods []plan.Period, used plan.Period) lang.Text {
	return lang.F("%q names two periods, %s and %s: %s is used; one file reports on one period",
		"%q ghi hai kỳ, %s và %s: dùng %s; mỗi tệp chỉ báo cáo một kỳ", clip(text), periods[0].Words(), periods[1].Words(), used.Words())
}
