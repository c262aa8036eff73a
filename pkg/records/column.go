package records

import (
	"bytes"
	"math"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/numfmt"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/table"
)

// Content is what a cell of a column holds.
type Content uint8

// The contents.
const (
	Blank      Content = iota // nothing, or what stands for "not reported"
	Readable                  // a value of the column's type
	Unreadable                // something else
)

// Number is the result of reading one cell of a column of numbers.
type Number struct {
	State Content
	Value number.Exact
	Check diag.CheckID // the check that fails or doubts the value; "" where none does
	Shown string       // the offending text, where it differs from what the cell stores
}

// Numbers reads the cells of a column of numbers.
type Numbers interface {
	// ShowsItself reports whether a section of a number format shows every
	// number as that number, so that the cell can be read in one way only.
	ShowsItself(*numfmt.Section) bool
	Read(*cell.Cell) Number
}

// Column reads one column of a record list, record by record, without
// allocating: choices and days that recur are decoded once.
type Column struct {
	*plan.Column
	At       int            // the column of the sheet
	Path     string         // its header
	Doubtful string         // its header, where several columns of the sheet have the same one
	Problems []*Problem     // what is wrong in its cells
	Odd      [Oddities]Span // of an id column: the records whose id may differ from what was typed, by reason
	Formulas Span           // the cells whose value is the result of a formula

	numbers   Numbers // of a column of numbers
	epoch     bool    // days are counted from 1904
	numbering bool    // it numbers the rows

	// what the present record says
	state  Content
	raw    []byte   // what the cell says as text; valid until the next record
	buf    [24]byte // where raw is written that is not as the file has it
	choice int      // index into Values, or of a text that some condition names; -1 for other texts
	value  int32    // of a column whose different values are counted: the number of its value in interned
	day    int32    // dayNumber
	number number.Exact
	check  diag.CheckID // the check that fails, or ""
	shown  []byte       // the offending value, where a message may quote it

	group *GroupCell // of a group of records: what they have in the column

	merged   bool // the cell is merged with one above it that holds something
	filledAt int  // the last row whose cell holds something, where there are merges

	ids     *idSet         // of a column whose values must be unique
	isID    bool           // its texts are ids: of a record, or ones that must be unique
	oddity  Oddity         // why the present id may differ from what was typed
	format  *numfmt.Format // of the last number among them
	padding bool           // it adds zeros or letters

	headings []string // texts of the header above it, by which a repeated header is recognised
	numbered string   // its text in the row of column numbers

	codes    map[string]int16 // of the folded names of choices
	named    bool             // a text column: some condition names texts of it
	interned *interned        // of a column whose different values are counted
	each     bool             // a source takes the mean, least or most of its numbers: each record counts by itself
	known    []int16          // codes by index in the workbook's string table: 0 unknown yet
	texts    map[string]int16 // codes of inline texts
	days     map[int]int32    // days of texts by index in the string table
}

// Problem is one kind of mistake in a column, with how often it occurs.
type Problem struct {
	Check diag.CheckID
	Span
	Raw     string // the value; "…" stands for all further ones together
	Example string // of numbers that are doubted: the first
}

const (
	maxKnown    = 1 << 20 // choices remembered by string index
	maxTexts    = 1 << 12 // choices remembered by text
	maxName     = 1 << 8  // bytes of a text that is remembered
	maxProblems = 20      // different values that are reported for a column
)

func (s *Spec) newColumn(c *plan.Column, f table.Found) *Column {
	out := &Column{
		Column: c, At: f.Col, Path: f.Path, epoch: s.Grid != nil && s.Grid.Epoch1904,
		isID:  c.Type == plan.Text && (c.Role == plan.KeyRole || c.Unique),
		codes: map[string]int16{}, texts: map[string]int16{}, days: map[int]int32{},
	}
	if len(f.Also) > 0 {
		out.Doubtful = f.Path
	}
	if s.Numbers != nil && (c.Type == plan.Number || c.Type == plan.Share) {
		out.numbers = s.Numbers(c)
	}
	for i, v := range c.Values {
		for _, n := range v.Names {
			out.codes[label.Key(n)] = int16(choiceFirst + i)
		}
	}
	return out
}

// choices marks which choices a condition names, by the values that
// column.choice can have. In a text column the texts that conditions name are
// the choices.
func (c *Column) choices(ids []string) []bool {
	var want []bool
	name := func(i int) {
		want = append(want, make([]bool, max(i+1-len(want), 0))...)
		want[i] = true
	}
	if c.Type == plan.Choice {
		for i, v := range c.Values {
			if slices.Contains(ids, v.ID) {
				name(i)
			}
		}
		return want
	}
	for _, text := range ids {
		key := label.Key(text)
		if _, ok := c.codes[key]; !ok {
			c.codes[key] = int16(choiceFirst + len(c.codes))
		}
		name(int(c.codes[key] - choiceFirst))
		c.named = true
	}
	return want
}

// asked prepares the column for a source that takes its values.
func (c *Column) asked(op plan.SourceOp) {
	switch op {
	case plan.DistinctSource:
		if c.interned == nil {
			c.interned = newInterned()
		}
	case plan.MeanSource, plan.LeastSource, plan.MostSource:
		c.each = true
	case plan.SumSource, plan.CountSource, plan.CellSource, plan.TotalSource, plan.AddSource, plan.SubtractSource, plan.DaysSource, plan.PreviousSource, plan.SubmissionSource, plan.RosterSource:
	}
}

// figure is the number of the present record, or the number of its day.
func (c *Column) figure() number.Exact {
	if c.Type == plan.Date {
		return number.Int(int64(c.day))
	}
	return c.number
}

// clear resets what the previous record left.
func (c *Column) clear() {
	c.state, c.raw, c.check, c.oddity = Blank, nil, "", Sound
}

// read decodes a cell of the column.
func (c *Column) read(cl *cell.Cell) {
	c.raw = cl.Raw
	if cl.Kind == cell.Number || cl.Kind == cell.Bool {
		c.raw = cl.Content(c.buf[:0])
	}
	switch {
	case cl.Formula == cell.Uncalculated:
		c.bad(diag.NotCalculated, nil)
		return
	case cl.Kind == cell.Error:
		c.bad(diag.ErrorCell, cl.Raw)
		return
	case cl.Kind == cell.Blank:
		return
	case !cl.Mark.Withdrawn() || c.numbering || label.IsEmpty(cl.Raw):
	case c.Type == plan.Text:
		c.check = diag.MarkedText
	case c.Type == plan.Choice:
		c.bad(diag.MarkedText, cl.Raw)
		return
	}
	switch c.Type {
	case plan.Choice:
		c.readChoice(cl)
	case plan.Date:
		c.readDay(cl)
	case plan.Number, plan.Share:
		c.readNumber(cl)
	case plan.Text:
		if c.isID {
			c.readID(cl)
		}
		c.readText(cl)
	}
	if cl.Mark == cell.Unseen && c.state == Readable && c.check == "" && !c.numbering {
		c.check = diag.ShownOtherwise
	}
}

func (c *Column) bad(check diag.CheckID, shown []byte) {
	if spellsError(shown) {
		check, shown = diag.ErrorCell, bytes.TrimSpace(shown)
	}
	c.state, c.check, c.shown = Unreadable, check, shown
}

// hasNoValue reports whether the cell is merged with others, or holds a formula
// with an error or without a result: it may or may not be blank.
func (c *Column) hasNoValue() bool {
	return c.state == Unreadable && (c.check == diag.ErrorCell || c.check == diag.NotCalculated || c.check == diag.UnderMerge)
}

// tell counts what is wrong with the present record, or with n equal ones, once
// it is known to be a record.
func (c *Column) tell(row int, n int64) {
	switch {
	case c.group != nil && c.group.Bad > 0:
		c.problem(c.group.Check, row, c.group.Bad, c.group.Shown)
	case c.check != "":
		c.problem(c.check, row, n, c.shown)
	}
	if c.each && c.merged {
		c.problem(diag.UnderMerge, row, n, nil)
	}
	if c.state == Blank && c.Required {
		c.problem(diag.BlankCell, row, n, nil)
	}
}

// problem counts a mistake by its kind and value.
func (c *Column) problem(check diag.CheckID, row int, n int64, shown []byte) {
	for _, p := range c.Problems {
		if p.Check == check && (p.Raw == string(shown) || p.Raw == "…" || p.Example != "") {
			p.add(row, n)
			return
		}
	}
	p := &Problem{Check: check, Raw: string(shown)}
	if check == diag.DoubtfulNumber { // of all kinds, however many they are
		p.Raw, p.Example = "", string(shown)
	}
	if len(c.Problems) >= maxProblems {
		p.Raw = "…" // all further values together
	}
	p.add(row, n)
	c.Problems = append(c.Problems, p)
}

func (c *Column) readText(cl *cell.Cell) {
	switch {
	case noText(bytes.TrimSpace(c.raw)):
		return
	case spellsError(c.raw):
		c.bad(diag.ErrorCell, c.raw)
		return
	}
	c.state, c.choice = Readable, -1
	if c.interned != nil {
		c.value = c.interned.of(c.raw, cl.Shared)
	}
	if !c.named {
		return
	}
	if code := c.code(cl); code >= choiceFirst {
		c.choice = int(code - choiceFirst)
	}
}

// spellsError reports whether a text is an error value of a formula, as web
// pages and text files print it.
func spellsError(text []byte) bool {
	if bytes.IndexByte(text, '#') < 0 {
		return false
	}
	switch string(bytes.TrimSpace(text)) {
	case "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!":
		return true
	}
	return false
}

// noText reports whether a text is empty or stands for "not reported". An "x"
// is a tick and therefore a value.
func noText(text []byte) bool {
	if len(text) == 0 {
		return true
	}
	const longest = 40 // bytes of such a text
	switch b := text[0]; {
	case len(text) > longest, b >= '0' && b <= '9':
		return false
	case (b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z') && !bytes.ContainsRune([]byte("nNkKcC"), rune(b)):
		return false
	}
	return string(text) != "×" && (number.IsPlaceholder(string(text)) || label.IsEmpty(text))
}

// Codes of what a cell of choices says: 0 is not read yet, choiceFirst+i choice
// i.
const (
	choiceBlank   = 1
	choiceUnknown = 2
	choiceFirst   = 3
)

func (c *Column) readChoice(cl *cell.Cell) {
	code := c.code(cl)
	if shown := cl.Words(); shown != "" { // "Có" of a 1
		if other := c.lookUp([]byte(shown)); other >= choiceFirst {
			if code >= choiceFirst && other != code {
				c.bad(diag.AmbiguousText, c.raw)
				return
			}
			code = other
		}
	}
	switch code {
	case choiceBlank:
	case choiceUnknown:
		c.bad(diag.UnknownChoice, c.raw)
	default:
		if c.state, c.choice = Readable, int(code-choiceFirst); c.interned != nil {
			c.value = c.interned.of([]byte(c.Values[c.choice].ID), 0)
		}
	}
}

// code reads a choice. A text that recurs is decoded once.
func (c *Column) code(cl *cell.Cell) int16 {
	if i := cl.Shared; i > 0 && i < maxKnown {
		if i >= len(c.known) {
			c.known = append(c.known, make([]int16, i+1-len(c.known))...)
		}
		if c.known[i] == 0 {
			c.known[i] = c.lookUp(c.raw)
		}
		return c.known[i]
	}
	code, ok := c.texts[string(c.raw)]
	if !ok {
		code = c.lookUp(c.raw)
		if len(c.texts) < maxTexts && len(c.raw) <= maxName {
			c.texts[string(c.raw)] = code
		}
	}
	return code
}

func (c *Column) lookUp(raw []byte) int16 {
	key := label.Key(string(raw))
	if code, ok := c.codes[key]; ok {
		return code
	}
	if label.IsEmpty(raw) || number.IsPlaceholder(string(raw)) {
		return choiceBlank
	}
	return choiceUnknown
}

func (c *Column) readDay(cl *cell.Cell) {
	if cl.Mark > cell.Parts { // a time beside the day may look different
		c.bad(diag.MarkedText, cl.Raw)
		return
	}
	switch cl.Kind {
	case cell.Number:
		if showsNothing(cl) {
			return // [=0]"";dd/mm/yyyy
		}
	case cell.Date:
		if cl.Format.WritesDates() && showsOtherDay(cl, c.epoch) {
			break
		}
		if day, ok := serialDay(cl.Raw, c.epoch); ok {
			c.state, c.day = Readable, day
			return
		}
	case cell.Text:
		switch day := c.textDay(cl); day {
		case noDay:
			return
		case badDay:
		default:
			c.state, c.day = Readable, day
			return
		}
	case cell.Blank, cell.Bool, cell.Error:
	}
	c.bad(diag.NotDate, cl.Raw)
}

// ReadDay reads one cell of a column of days by the rules of lists. check is
// the one that fails where the cell does not hold a day.
func ReadDay(cl *cell.Cell, epoch1904 bool) (date.Date, Content, diag.CheckID) {
	c := Column{epoch: epoch1904, days: map[int]int32{}}
	c.readDay(cl)
	if c.state != Readable {
		return date.Date{}, c.state, c.check
	}
	day, _ := date.OfSerial(int64(c.day))
	return day, c.state, ""
}

// showsNothing reports whether a cell stores a zero and shows nothing or a
// dash.
func showsNothing(c *cell.Cell) bool {
	if c.Kind != cell.Number || c.Format == nil {
		return false
	}
	x, err := number.ParseCell(c.Raw)
	return err == nil && x.IsZero() && number.IsDash(c.Format.Show(x))
}

// showsOtherDay reports whether a date cell shows another date than it stores
// because its format has fixed text: dd/mm/"2023".
func showsOtherDay(c *cell.Cell, epoch1904 bool) bool {
	day, ok := serialDay(c.Raw, epoch1904)
	if !ok {
		return false
	}
	shown, err := date.ParseText(strings.TrimSpace(c.Format.Show(number.Int(int64(day)))))
	return err == nil && dayNumber(shown) != day
}

// The day numbers of a text that is not a day: blank, or something else. No
// real day has them.
const (
	noDay  int32 = math.MinInt32
	badDay int32 = math.MinInt32 + 1
)

// textDay reads a day typed as text.
func (c *Column) textDay(cl *cell.Cell) int32 {
	if cl.Shared > 0 {
		if d, ok := c.days[cl.Shared]; ok {
			return d
		}
	}
	text := string(bytes.TrimSpace(cl.Raw))
	day := badDay
	if d, err := date.ParseText(text); err == nil {
		day = dayNumber(d)
	} else if label.IsEmpty(cl.Raw) || number.IsPlaceholder(text) {
		day = noDay
	}
	if cl.Shared > 0 && len(c.days) < maxTexts {
		c.days[cl.Shared] = day
	}
	return day
}

func (c *Column) readNumber(cl *cell.Cell) {
	if c.Type == plan.Number && cl.Kind == cell.Number && cl.Mark == cell.Plain {
		if x, err := number.ParseCell(cl.Raw); err == nil && (cl.Format.Plain() || c.numbers.ShowsItself(cl.Format.Section(x))) {
			c.state, c.number = Readable, x
			return
		}
	}
	if cl.Kind == cell.Text && label.IsEmpty(cl.Raw) {
		return
	}
	switch n := c.numbers.Read(cl); n.State {
	case Readable:
		c.state, c.number = Readable, n.Value
		if c.check, c.shown = n.Check, nil; n.Check == diag.DoubtfulNumber {
			c.shown = cl.Raw
		}
	case Unreadable:
		c.bad(n.Check, cl.Raw)
		if n.Shown != "" {
			c.shown = []byte(n.Shown)
		}
	case Blank:
	}
}

// dayNumber numbers days so that they compare: the serial of the 1900 epoch
// from 1900-03-01 on.
func dayNumber(d date.Date) int32 { return int32(d.Serial()) }

// serialDay reads the day of a date cell: a serial, whose fraction is the time
// of day, or an ISO 8601 text.
func serialDay(raw []byte, epoch1904 bool) (int32, bool) {
	n, whole := int32(0), true
	for i, b := range raw {
		switch {
		case b == '.' && whole && i > 0:
			whole = false
		case b < '0' || b > '9' || n > 3_000_000:
			d, ok := slowDay(raw, epoch1904)
			return dayNumber(d), ok
		case whole:
			n = n*10 + int32(b-'0')
		}
	}
	if !epoch1904 && n >= 61 && n <= 2958465 {
		return n, true
	}
	d, ok := date.FromSerial(int64(n), epoch1904)
	return dayNumber(d), ok
}

// slowDay reads ISO texts and serials with an exponent.
func slowDay(raw []byte, epoch1904 bool) (date.Date, bool) {
	if len(raw) >= 10 && raw[4] == '-' {
		d, err := date.Parse(string(raw[:10]))
		return d, err == nil
	}
	x, err := number.ParseCell(raw)
	if err != nil {
		return date.Date{}, false
	}
	n, ok := x.Floor().Int64()
	if !ok {
		return date.Date{}, false
	}
	return date.FromSerial(n, epoch1904)
}
