package plan

import (
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/number"
)

// quote reports a goal whose number or direction is not that of the quote. It
// keeps silent wherever something else may explain the difference: another
// reading, a goal for a level, a param, a second number in the quote, a change,
// or a goal that counts the opposite (10% late, 90% in time).
func (l *linter) quote(t *Target) {
	g := t.Goal
	if !t.Adopted.IsZero() || len(t.Readings) > 0 || len(t.LevelGoals) > 0 ||
		len(g.Bounds) != 1 || g.Bounds[0].Op != Literal {
		return
	}
	if l.plan.MeasureKind(t.Measure) == DateKind {
		l.quoteDay(t)
		return
	}
	s, ok := stated(t.Quote, l.plan.MeasureKind(t.Measure))
	goal := g.Bounds[0].Value
	if !ok || g.Bounds[0].Percent && s.value.Equal(one.Sub(goal)) && !s.value.Equal(goal) {
		return
	}
	if !s.value.Equal(goal) {
		l.warn(diag.PlanQuote, g.Pos, "the quote of %q says %s, and the goal is %v: correct one of them, or say in \"adopted\" why they differ",
			"nguyên văn của %q ghi %s, còn mục tiêu là %v: hãy sửa một trong hai, hoặc ghi lý do khác nhau ở \"adopted\"",
			t.ID, s.number, g)
	}
	rising, falling := g.Cmp == AtLeast || g.Cmp == MoreThan, g.Cmp == AtMost || g.Cmp == LessThan
	if s.way == upward && falling || s.way == downward && rising {
		l.warn(diag.PlanQuote, g.Pos, "the quote of %q says %q, and the goal is %v: the two point in opposite directions",
			"nguyên văn của %q ghi %q, còn mục tiêu là %v: hai bên ngược chiều nhau", t.ID, s.words, g)
	}
}

// way is in which direction a quote lets a figure differ from its number.
type way uint8

const (
	noWay way = iota
	upward
	downward
)

// statement is the one number of a quote.
type statement struct {
	value  number.Exact
	number string // as written: "80%"
	words  string // with those that give the direction: "ít nhất 80%"
	way    way
}

var (
	quotedNumber  = regexp.MustCompile(`[0-9]+(?:[.,][0-9]+)*`)
	quotedPercent = regexp.MustCompile(`([0-9]+(?:[.,][0-9]+)?) ?(?:%|phần trăm|percent)`)
	changeWord    = regexp.MustCompile(`(?:^| )(?:tăng|giảm|increase|increases|decrease|decreases|reduce|reduces)(?: |$)`)
	otherCount    = regexp.MustCompile(`^(?:[\pL/%-]| (?:nghìn|ngàn|vạn|triệu|tỷ|tỉ|thousand|million|billion|giờ|ngày|tuần|tháng|quý|năm|hours?|days?|weeks?|months?|quarters?|years?)(?:[^\pL]|$))`)
	perPeriod     = regexp.MustCompile(`/|(?:^| )(?:mỗi|hằng|hàng|each|every|per)(?: |$)`)
)

// stated finds the one number of a quote that a measure of some kind can mean:
// the only percentage for a share; for a count the only number at all, where
// the quote gives it a direction.
func stated(quote string, kind ValueKind) (statement, bool) {
	text := strings.Join(strings.Fields(strings.ToLower(norm.NFC.String(quote))), " ")
	if changeWord.MatchString(text) {
		return statement{}, false
	}
	switch kind {
	case ShareKind:
		all := quotedPercent.FindAllStringSubmatchIndex(text, 2)
		if len(all) != 1 {
			return statement{}, false
		}
		m := all[0]
		x, _, err := number.ParsePlain(strings.ReplaceAll(text[m[2]:m[3]], ",", ".") + "%")
		return directed(text, m[0], m[1], x), err == nil
	case CountKind:
		all := quotedNumber.FindAllStringIndex(text, 2)
		if len(all) != 1 || perPeriod.MatchString(text) || otherCount.MatchString(text[all[0][1]:]) {
			return statement{}, false
		}
		digits := strings.TrimLeft(text[all[0][0]:all[0][1]], "0")
		if grouped.MatchString(digits) {
			digits = strings.Replace(digits, ".", "", 1)
		}
		x, _, err := number.ParsePlain(digits)
		s := directed(text, all[0][0], all[0][1], x)
		return s, err == nil && s.way != noWay
	case NoKind, AmountKind, RankKind, ChoiceKind, ChangeKind, RatioKind, DateKind:
	}
	return statement{}, false
}

// Words that stand before a number, and those behind it.
var (
	before = map[string]way{
		"ít nhất": upward, "tối thiểu": upward, "không dưới": upward, "không thấp hơn": upward, "không ít hơn": upward,
		"không nhỏ hơn": upward, "trên": upward, "hơn": upward, "vượt": upward,
		"at least": upward, "more than": upward, "no less than": upward, "not less than": upward, "not below": upward,
		"tối đa": downward, "nhiều nhất": downward, "không quá": downward, "không vượt quá": downward, "không vượt": downward,
		"không trên": downward, "không hơn": downward, "không cao hơn": downward, "không lớn hơn": downward, "không nhiều hơn": downward,
		"dưới": downward, "ít hơn": downward, "thấp hơn": downward, "nhỏ hơn": downward,
		"at most": downward, "less than": downward, "no more than": downward, "not more than": downward, "below": downward,
	}
	behind  = map[string]way{"trở lên": upward, "or more": upward, "trở xuống": downward, "or less": downward} // of which none begins another
	between = []string{" là", " đạt"}                                                                          // may stand between the words and the number
)

// directed tells the direction of the number between two places of a text;
// none where the words on its two sides differ.
func directed(text string, start, end int, x number.Exact) statement {
	s := statement{value: x, number: text[start:end], words: text[start:end]}
	lead := strings.TrimSuffix(text[:start], " ")
	for _, w := range between {
		lead = strings.TrimSuffix(lead, w)
	}
	longest := ""
	for words := range before {
		if strings.HasSuffix(" "+lead, " "+words) && len(words) > len(longest) {
			longest = words
		}
	}
	if longest != "" {
		s.way = before[longest]
		s.words = text[len(lead)-len(longest) : end]
	}
	for words, w := range behind {
		switch {
		case !strings.HasPrefix(text[end:], " "+words):
		case s.way != noWay && s.way != w:
			s.way = noWay
			return s
		default:
			s.way = w
			s.words += " " + words
		}
	}
	return s
}

// GoalOf reads a goal as people write it in a list: "≥ 65%", "tối thiểu 5",
// "không quá 10%", "100%". words are the goal as a plan has it. ok is false
// where the text has no number or several.
func GoalOf(text string) (words string, ok bool) {
	text = strings.NewReplacer("≥", " ít nhất ", ">=", " ít nhất ", "≤", " không quá ", "<=", " không quá ", ">", " trên ", "<", " dưới ").Replace(text)
	kind := CountKind
	if strings.Contains(text, "%") {
		kind = ShareKind
	}
	text = strings.Join(strings.Fields(strings.ToLower(norm.NFC.String(text))), " ")
	all := quotedNumber.FindAllStringIndex(text, 2)
	if len(all) != 1 || changeWord.MatchString(text) {
		return "", false
	}
	s, ok := stated(text, kind)
	if !ok { // a number alone
		digits := text[all[0][0]:all[0][1]]
		if digits != text || grouped.MatchString(digits) {
			return "", false
		}
		x, _, err := number.ParsePlain(strings.Replace(digits, ",", ".", 1))
		if err != nil {
			return "", false
		}
		s = statement{value: x}
	}
	cmp := AtLeast
	switch {
	case strings.Contains(s.words, "dưới") && !strings.Contains(s.words, "không dưới"):
		cmp = LessThan
	case strings.Contains(s.words, "trên") && !strings.Contains(s.words, "không trên"):
		cmp = MoreThan
	case s.way == downward:
		cmp = AtMost
	}
	amount := Amount{Op: Literal, Value: s.value, Percent: kind == ShareKind}
	return Goal{Cmp: cmp, Bounds: []Amount{amount}}.String(), true
}
