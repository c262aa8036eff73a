package draft

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// earning is how a row of a list says that points are earned, as a plan writes it.
type earning struct {
	key, value string // "credit", "deduct" or "bonus"; an empty key: nothing is said
	points     string // the most that it earns; empty: it is not said
	goal       string // what earns all of them; empty: it is not said
}

const figure = `([0-9]+(?:[.,][0-9]+)?)`

var (
	eachTaken = regexp.MustCompile(`(?:mỗi|cứ|một) .*?trừ(?: đi)? ` + figure + ` ?điểm`)
	eachAdded = regexp.MustCompile(`(?:mỗi|cứ|một) .*?(cộng|thưởng|được)(?: thêm)? ` + figure + ` ?điểm`)
	atMost    = regexp.MustCompile(`(?:tối đa|không quá)(?: trừ| cộng| được)? ` + figure + ` ?điểm`)
	leastMost = regexp.MustCompile(`min.*max|max.*min|(?:thấp|ít) nhất.*(?:cao|nhiều) nhất|(?:cao|nhiều) nhất.*(?:thấp|ít) nhất`)
	ofBest    = regexp.MustCompile(`so với (?:đơn vị )?(?:cao|tốt|lớn) nhất|/ ?max\b`)
	ranked    = regexp.MustCompile(`xếp hạng|xếp thứ|thứ hạng`)
	inShare   = regexp.MustCompile(`theo tỷ lệ|theo tỉ lệ|tỷ lệ thuận|tỉ lệ thuận`)
	band      = regexp.MustCompile(`^(.*?)(?::|=|được|đạt|,)? *` + figure + ` ?điểm\.?$`)
	fromOn    = regexp.MustCompile(`^(?:(?:từ|đạt|≥|>=|ít nhất) *)+` + figure + `%?(?: trở lên)?$|^` + figure + `%? trở lên$`)
	fromTo    = regexp.MustCompile(`^(?:(?:từ|đạt) *)*` + figure + `%? *(?:đến|tới|-|–) *(?:dưới|<) *` + figure + `%?$`)
	below     = regexp.MustCompile(`^(?:dưới|<|còn lại,? dưới) *` + figure + `%?$`)
)

// earned reads how points are earned, in the words of a list: "mỗi báo cáo nộp
// muộn trừ 0,25 điểm, tối đa 2 điểm". What it cannot read stands as TODO.
func earned(text string) earning {
	text = strings.ToLower(norm.NFC.String(plan.OneLine(text)))
	most := ""
	if m := atMost.FindStringSubmatch(text); m != nil {
		most = plain(m[1])
	}
	each := func(key, n string) earning {
		if most == "" {
			return earning{key: key, value: "{each: " + plain(n) + "}"}
		}
		return earning{key: key, value: "{each: " + plain(n) + ", most: " + most + "}"}
	}
	if m := eachTaken.FindStringSubmatch(text); m != nil {
		return each("deduct", m[1])
	}
	if m := eachAdded.FindStringSubmatch(text); m != nil {
		if m[1] != "được" {
			return each("bonus", m[2])
		}
		return earning{key: "credit", value: "{each: " + plain(m[2]) + "}", points: most}
	}
	if e, ok := bands(text); ok {
		return e
	}
	for _, way := range []struct {
		words *regexp.Regexp
		value string
	}{
		{leastMost, "between_least_and_most"},
		{ofBest, "best"},
		{ranked, "{rank: [{within: 1, points: " + TODO + "}]}"},
		{inShare, "proportional"},
	} {
		if way.words.MatchString(text) {
			return earning{key: "credit", value: way.value}
		}
	}
	return earning{}
}

// step is a band of a list: from a figure on, below one, or both.
type step struct {
	from, below string // as plans have them; empty: it has no such end
	points      string
}

// bands reads "từ 95% trở lên: 5 điểm; từ 90% đến dưới 95%: 3 điểm; dưới 90%: 0
// điểm", from either end. ok is false where the bands do not meet.
func bands(text string) (e earning, ok bool) {
	var steps []step
	for _, part := range strings.Split(strings.TrimRight(text, ".; "), ";") {
		s, ok := stepOf(strings.TrimSpace(part))
		if !ok {
			return e, false
		}
		steps = append(steps, s)
	}
	if len(steps) > 1 && steps[0].from == "" {
		slices.Reverse(steps)
	}
	var list []string
	for i, s := range steps {
		if i > 0 && s.below != steps[i-1].from {
			return e, false
		}
		when := "at_least: " + s.from
		if s.from == "" {
			when = "less_than: " + s.below
		}
		list = append(list, fmt.Sprintf("{%s, points: %s}", when, s.points))
	}
	if last := steps[len(steps)-1]; len(steps) < 2 || steps[0].below != "" || last.from != "" {
		return e, false
	}
	return earning{key: "credit", value: "{bands: [" + strings.Join(list, ", ") + "]}", points: steps[0].points, goal: "{at_least: " + steps[0].from + "}"}, true
}

func stepOf(text string) (s step, ok bool) {
	m := band.FindStringSubmatch(text)
	if m == nil {
		return s, false
	}
	s.points = plain(m[2])
	words := strings.Trim(m[1], " :=,")
	percent := ""
	if strings.Contains(words, "%") {
		percent = "%"
	}
	if to := fromTo.FindStringSubmatch(words); to != nil {
		s.from, s.below = plain(to[1])+percent, plain(to[2])+percent
	} else if from := fromOn.FindStringSubmatch(words); from != nil {
		s.from = plain(from[1]+from[2]) + percent
	} else if under := below.FindStringSubmatch(words); under != nil {
		s.below = plain(under[1]) + percent
	}
	return s, s.from+s.below != ""
}

// plain is a number of a letter as plans have it: 0,25 is 0.25.
func plain(s string) string {
	x, _, err := number.ParsePlain(strings.Replace(s, ",", ".", 1))
	if err != nil {
		return TODO
	}
	return string(number.AppendDigits(nil, x, min(6, decimals(x))))
}
