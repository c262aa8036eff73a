package numfmt

import (
	"bytes"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/parcheck/parcheck/pkg/number"
)

// Format is a compiled format code. A nil *Format is General.
type Format struct {
	code     string
	sections []*Section // those for numbers, at least one
	text     *Section   // the one for text; nil: as it is
	dates    bool       // some number is shown as a date
	written  bool       // some date is shown with digits that are fixed text
	plain    bool
	above    int64    // no condition tells numbers apart that are above it
	high     *Section // the section that shows those
}

// Kind is what a section shows a number as.
type Kind uint8

// The kinds. The zero value is General.
const (
	General Kind = iota // the digits as they are
	Number              // digits by placeholders, in the decimal system
	Percent             // multiplied by 100 with a bare percent sign
	Date                // a date, a time of day, or a time elapsed
	Text                // "@": the digits as they are, as a text
	Literal             // no digits of the number: fixed text, or nothing
)

// Section is one part of a format, which shows some of the numbers.
type Section struct {
	Kind     Kind
	Shift    int    // the figure shown is the number times 10^Shift: 2 for each bare percent sign, -3 for each scaling comma
	Decimals int    // decimals that are shown; -1 with General, Text and Literal
	Before   string // fixed text before the digits, or instead of them; white space as it is
	Inside   string // fixed text among the digits, as in 000-000
	After    string // fixed text behind the digits
	Colour   string // "Red", "Color 12"; "" where there is none
	Unsigned bool   // negative numbers have no minus sign of their own
	Percents int    // bare percent signs, each of which multiplies by 100
	Signs    int    // percent signs among the fixed text, which do not
	Digits   bool   // digits that are not the number's run together with its own: 0"0"; of a date, it has any

	condition condition
	items     []item
	layout    layout
}

// condition is a comparison that a number must pass.
type condition struct {
	op    op
	limit number.Exact
}

type op uint8

const (
	always op = iota
	less
	lessEqual
	equal
	notEqual
	greaterEqual
	greater
	otherwise // what no section before takes
)

func (c condition) holds(x number.Exact) bool {
	cmp := x.Cmp(c.limit)
	switch c.op {
	case always, otherwise:
		return true
	case less:
		return cmp < 0
	case lessEqual:
		return cmp <= 0
	case equal:
		return cmp == 0
	case notEqual:
		return cmp != 0
	case greaterEqual:
		return cmp >= 0
	case greater:
		return cmp > 0
	}
	return false
}

// negative reports whether only negative numbers pass.
func (c condition) negative() bool {
	switch c.op {
	case less:
		return c.limit.Sign() <= 0
	case lessEqual, equal:
		return c.limit.Sign() < 0
	case always, notEqual, greaterEqual, greater, otherwise:
	}
	return false
}

// maxCode is how many bytes of a format code are read: Excel takes 255
// characters.
const maxCode = 1024

// Parse compiles a format code. There are no errors: what the grammar does not
// know is text, as most programs take it, and what stands behind the first 1024
// bytes is not read.
func Parse(code string) *Format {
	if code == "" {
		code = "General"
	}
	if len(code) > maxCode {
		end := maxCode
		for end > maxCode-utf8.UTFMax && !utf8.RuneStart(code[end]) {
			end--
		}
		code = code[:end]
	}
	f := &Format{code: code}
	for _, part := range split(code) {
		f.sections = append(f.sections, scan(part))
	}
	f.assign()
	f.judge()
	return f
}

// Code returns the format code.
func (f *Format) Code() string {
	if f == nil {
		return "General"
	}
	return f.code
}

// Equal reports whether two formats have the same code.
func (f *Format) Equal(o *Format) bool { return f.Code() == o.Code() }

// split cuts a code at the semicolons that are no text. A fifth section and
// what follows it are never used.
func split(code string) []string {
	var parts []string
	start := 0
	for i := 0; i < len(code) && len(parts) < 4; i++ {
		switch code[i] {
		case ';':
			parts = append(parts, code[start:i])
			start = i + 1
		case '"':
			i += skipTo(code[i+1:], '"')
		case '[':
			i += skipTo(code[i+1:], ']')
		case '\\', '_', '*', '!':
			if i+1 < len(code) && (code[i] != '!' || code[i+1] != ';') {
				i++
			}
		}
	}
	if len(parts) < 4 {
		parts = append(parts, code[start:])
	}
	return parts
}

// skipTo is how far it is to behind a character, or to the end.
func skipTo(s string, to byte) int {
	if i := strings.IndexByte(s, to); i >= 0 {
		return i + 1
	}
	return len(s)
}

// assign gives the sections the numbers that they show.
func (f *Format) assign() {
	last := len(f.sections) - 1
	if n := len(f.sections); n == 4 || n > 1 && f.sections[last].layout.text {
		f.text, f.sections = f.sections[last], f.sections[:last]
	} else if n == 1 && f.sections[0].Kind == Text {
		f.text = f.sections[0]
	}
	s := f.sections
	implied := func(i int, o op) {
		if s[i].condition.op == always {
			s[i].condition.op = o
		}
	}
	switch len(s) {
	case 1:
		if s[0].condition.op != always { // Excel adds General
			f.sections = append(s, scan("General"))
		}
	case 2:
		implied(0, greaterEqual)
		implied(1, otherwise)
	case 3:
		implied(0, greater)
		implied(1, less)
		s[2].condition.op = otherwise
		if s[0].condition == (condition{op: greater}) && s[1].condition == (condition{op: less}) {
			s[2].condition.op = equal
		}
	}
	if len(s) == 2 && s[0].condition == (condition{op: greaterEqual}) && s[1].condition.op == otherwise {
		s[1].condition.op = less
	}
	for _, one := range s {
		one.Unsigned = one.Unsigned || one.condition.negative()
	}
}

// Section returns the section that shows x; never nil. Where no condition
// holds, a cell is filled with "#".
func (f *Format) Section(x number.Exact) *Section {
	if f == nil {
		return generalSection
	}
	if len(f.sections) == 1 {
		return f.sections[0]
	}
	for _, s := range f.sections {
		if s.condition.holds(x) {
			return s
		}
	}
	return noSection
}

var (
	generalSection = scan("General")
	noSection      = scan(`"########"`)
)

// Dates reports whether some numbers are shown as dates or times; false of nil.
func (f *Format) Dates() bool { return f != nil && f.dates }

// WritesDates reports whether some dates are shown with digits that are fixed
// text, as in dd/mm/"2023"; false of nil.
func (f *Format) WritesDates() bool { return f != nil && f.written }

// Plain reports whether every number is shown as itself but for rounding,
// grouping and zeros shown as nothing or as a dash: there is nothing to say
// about a value. It is what most formats are; true of nil.
func (f *Format) Plain() bool { return f == nil || f.plain }

// KindOf returns the kind of the section that shows a number, stored as raw.
// A number that is none is of the kind of the first section.
func (f *Format) KindOf(raw []byte) Kind {
	if f == nil {
		return General
	}
	if len(f.sections) == 1 {
		return f.sections[0].Kind
	}
	if wholeAbove(raw, f.above) {
		return f.high.Kind
	}
	x, err := number.ParseCell(raw)
	if err != nil {
		return f.sections[0].Kind
	}
	return f.Section(x).Kind
}

// wholeAbove reports whether a stored number is seen at a glance to be above a
// bound: by the digits before its point, of which there are not many.
func wholeAbove(raw []byte, bound int64) bool {
	n := int64(0)
	for i, c := range raw {
		switch {
		case c == '.' && i > 0:
			return n > bound && !bytes.ContainsAny(raw[i:], "eE")
		case c < '0' || c > '9' || i > 17:
			return false
		}
		n = n*10 + int64(c-'0')
	}
	return n > bound
}

// judge works out what holds for all numbers.
func (f *Format) judge() {
	f.plain = true
	for _, s := range f.sections {
		if bound, ok := s.condition.limit.Ceil().Int64(); ok {
			f.above = max(f.above, bound)
		} else {
			f.above = math.MaxInt64
		}
	}
	f.high = noSection
	if f.above < math.MaxInt64 {
		f.high = f.Section(number.Int(f.above + 1))
	}
	for _, s := range f.sections {
		f.dates = f.dates || s.Kind == Date
		f.written = f.written || s.Kind == Date && s.Digits
		f.plain = f.plain && s.plain()
	}
}

// plain reports whether the section shows every number that it takes as the
// number itself.
func (s *Section) plain() bool {
	if s.Shift != 0 || s.Percents > 0 || s.Inside != "" || s.Digits {
		return false
	}
	before, after := strings.TrimSpace(s.Before), strings.TrimSpace(s.After)
	zero := s.condition == condition{op: equal}
	switch s.Kind {
	case General, Number, Text:
		if zero && s.blankZero() && after == "" && isDash(before) {
			return true
		}
		if before == "" && after == "" {
			return !s.Unsigned || s.Colour != ""
		}
		return s.Unsigned && (before == "-" && after == "" || before == "(" && after == ")")
	case Literal:
		return zero && isDash(before)
	case Percent, Date:
	}
	return false
}

// blankZero reports whether a zero has no digit: all placeholders are # or ?.
func (s *Section) blankZero() bool {
	for _, it := range s.items {
		if it.part == digit && it.text == "0" || it.part == general || it.part == text {
			return false
		}
	}
	return true
}

// isDash reports whether a text is blank or one of the dashes that forms show
// for zero.
func isDash(text string) bool {
	switch text {
	case "", "-", "–", "—", "−":
		return true
	}
	return false
}
