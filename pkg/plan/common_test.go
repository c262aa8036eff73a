package plan

import (
	"os"
	"strings"
	"testing"
)

// commonMistakes are what policy officers wrote in their first plans: each puts
// one thing in place of another in a sound plan.
var commonMistakes = []struct{ name, from, to string }{
	{"a tab", "    area: punctuality", "\tarea: punctuality"},
	{"a bracket that is not closed", "    levels: [office]\n    measure", "    levels: [office\n    measure"},
	{"a key without its colon", "    area: punctuality", "    area punctuality"},
	{"curly quotes around a clause", `clause: "2.1"`, "clause: “2.1”"},
	{"curly quotes around a quote", "quote: Trả lời đúng hạn ít nhất 80% số đơn", "quote: “Trả lời đúng hạn ít nhất 80% số đơn”"},
	{"a comma in a title within braces", "{vi: Trả lời đơn đúng hạn, en: Petitions answered in time}", "{vi: Trả lời đơn, thư đúng hạn, en: Petitions answered in time}"},
	{"a decimal comma", "points: 2", "points: 2,5"},
	{"a share without its percent sign", "at_least: 80%", "at_least: 80"},
	{"a share as a fraction", "at_least: 80%", "at_least: 0.8"},
	{"a key twice", "    points: 2", "    points: 2\n    points: 3"},
	{"an id with diacritics", "id: answered-in-time", "id: trả-lời"},
	{"two columns with one header", "answered: {headers: [Ngày trả lời]", "answered: {headers: [Hạn trả lời]"},
	{"yes for true", "required: true}\n      due", "required: yes}\n      due"},
	{"a pasted target", "      en: Remind people three working days ahead.\n", "      en: Remind people three working days ahead.\n  - id: second\n    area: punctuality\n    title: {vi: Tỷ lệ khác, en: Other}\n    source: {clause: \"2.1\", quote: Trả lời đúng hạn ít nhất 80% số đơn}\n    levels: [office]\n    measure: {share: petitions-in-time, of: petitions-due}\n    goal: {at_least: 80%}\n    remedy: {vi: a, en: b}\n"},
	{"a day in Vietnamese order", "date: 2024-01-02", "date: 02/01/2024"},
	{"a space before the percent sign", "at_least: 80%", "at_least: 80 %"},
	{"a goal with a sign", "goal: {at_least: 80%}", "goal: ≥80%"},
	{"no space behind a colon", "    area: punctuality", "    area:punctuality"},
	{"a fact that is misspelled", "of: petitions-due", "of: petition-due"},
	{"a goal that is a number", "goal: {at_least: 80%}", "goal: 80%"},
	{"a sign for a key", "goal: {at_least: 80%}", "goal: {>=: 80%}"},
	{"a day that never was", "date: 2024-01-02", "date: 2024-02-30"},
	{"more than a share can be", "at_least: 80%", "at_least: 800%"},
	{"a year for a period", "period: {from: 2024-01-01, to: 2024-12-31}", "period: 2024"},
	{"a number sign in a text", "quote: Trả lời đúng hạn ít nhất 80% số đơn", "quote: Trả lời #1 ít nhất 80% số đơn"},
	{"a comma in a quote within braces", "quote: Trả lời đúng hạn ít nhất 80% số đơn", "quote: Trả lời đúng hạn, đầy đủ ít nhất 80% số đơn"},
	{"a no-break space", "    area: punctuality", "  \u00a0 area: punctuality"},
	{"a brace that is not closed", "{vi: Đơn đến hạn trả lời, en: Petitions due}", "{vi: Đơn đến hạn trả lời, en: Petitions due"},
	{"a colon in a text", "quote: Trả lời đúng hạn ít nhất 80% số đơn", "quote: Chỉ tiêu: ít nhất 80% số đơn"},
	{"a level by its title", "levels: [office]\n    measure", "levels: [Phòng]\n    measure"},
	{"a quote that is not closed", `clause: "2.1", quote`, `clause: "2.1, quote`},
	{"a key in Vietnamese", "    measure: {share", "    đại lượng: {share"},
	{"a key in capitals", "    measure: {share", "    Measure: {share"},
	{"a letter, no YAML", "plan: petitions-2024\n", "Kế hoạch số 7 năm 2024: về việc: giải quyết đơn thư\n"},
	{"a list without brackets", "levels: [office]\n    measure", "levels: office\n    measure"},
	{"two comparisons", "{at_least: 80%}", "{at_least: 80%, at_most: 90%}"},
	{"a column that is misspelled", "during: due, where", "during: dues, where"},
	{"part and whole exchanged", "{share: petitions-in-time, of: petitions-due}", "{share: petitions-due, of: petitions-in-time}"},
	{"a fact divided by itself", "{share: petitions-in-time, of: petitions-due}", "{share: petitions-due, of: petitions-due}"},
	{"another number than the quote", "at_least: 80%", "at_least: 90%"},
	{"a type that is misspelled", "type: date, required", "type: day, required"},
	{"a long dash", "  - id: answered-in-time", "  – id: answered-in-time"},
	{"a crooked line", "    goal: {at_least", "   goal: {at_least"},
	{"a fact twice", "facts:\n", "facts:\n  petitions-due: {title: a, from: {count: register}}\n"},
	{"a thousand with a point", "points: 2", "points: 1.000"},
	{"another direction than the quote", "at_least: 80%", "at_most: 80%"},
	{"a part of all days", "{count: register, during: due, where", "{count: register, where"},
	{"a part of other days", "{count: register, during: due, where", "{count: register, during: answered, where"},
	{"a decimal comma within braces", "at_least: 80%", "at_least: 90,5%"},
	{"a decimal comma within brackets", "{at_least: 80%}", "{between: [70,5%, 90%]}"},
	{"points with a comma within braces", "    points: 2", "    points: 2\n    credit: {bands: [{at_least: 80%, points: 0,5}, {less_than: 80%, points: 0}]}"},
	{"a share of nothing", "{share: petitions-in-time, of: petitions-due}", "{share: petitions-in-time}"},
	{"no title", "    title: {vi: Trả lời đơn đúng hạn, en: Petitions answered in time}\n    source", "    source"},
	{"a semicolon behind a number", "at_least: 80%", "at_least: 80%;"},
	{"a goal in quotes", "{at_least: 80%}", `"≥ 80%"`},
	{"a wide percent sign", "at_least: 80%", "at_least: 80％"},
	{"a quotient as in a letter", "measure: {share: petitions-in-time, of: petitions-due}", "measure: petitions-in-time / petitions-due"},
	{"an id with spaces", "id: answered-in-time", "id: answered in time"},
	{"no space behind a dash", "  - id: answered-in-time", "  -id: answered-in-time"},
	{"quotes within quotes", "quote: Trả lời đúng hạn ít nhất 80% số đơn", `quote: "Trả lời "đúng hạn" ít nhất 80% số đơn"`},
	{"a text that begins with a percent sign", "remedy:\n      vi: Nhắc", "remedy:\n      vi: %Nhắc"},
	{"a number with its unit", "points: 2", "points: 2 điểm"},
	{"no value", "points: 2", "points:"},
	{"targets by their ids", "targets:\n  - id: answered-in-time\n    area", "targets:\n  answered-in-time:\n    area"},
	{"a header that is no list", "headers: [Ngày nhận]", "headers: Ngày nhận"},
}

// TestCommonMistakes holds what is said of each against a golden file: one
// mistake, where it is, and what to write.
func TestCommonMistakes(t *testing.T) {
	sound, err := os.ReadFile("testdata/petitions.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if list := Check(PlanFile, "p.yaml", sound, nil, Against{}); len(list) > 0 {
		t.Fatal(inBoth(list))
	}
	var b strings.Builder
	for _, m := range commonMistakes {
		if strings.Count(string(sound), m.from) == 0 {
			t.Fatalf("%s: the plan has no %q", m.name, m.from)
		}
		text := strings.Replace(string(sound), m.from, m.to, 1)
		list := Check(PlanFile, "p.yaml", []byte(text), nil, Against{})
		if len(list) == 0 || list.HasErrors() && len(list) > 1 {
			t.Errorf("%s: %d findings", m.name, len(list))
		}
		b.WriteString("== " + m.name + "\n" + inBoth(list))
	}
	golden(t, "testdata/common.out", b.String())
}
