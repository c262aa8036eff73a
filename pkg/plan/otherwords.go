package plan

import (
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
)

// otherWord is a key that people write for something that the language says
// otherwise.
type otherWord struct {
	words  []string
	beside string    // a key that is known where it stands
	say    lang.Text // how it is said
}

var otherWords = []otherWord{
	{[]string{"weight"}, "level_goals", lang.T(`a target weighs by its "points", and an area may have a "weight"`,
		`trọng số của chỉ tiêu là "points", của lĩnh vực là "weight"`)},
	{[]string{"level_points", "points_by_level"}, "level_goals", lang.T(`write one target for each level, each with "points" of its own`,
		`hãy viết mỗi cấp một chỉ tiêu, mỗi chỉ tiêu có "points" riêng`)},
	{[]string{"gate", "needs", "depends_on", "if_met"}, "requires", lang.T(`targets that have to be met stand in "requires"`, `chỉ tiêu phải đạt trước ghi trong "requires"`)},
	{[]string{"if", "when", "only_if", "applicable"}, "applies_if", lang.T(`when it applies stands in "applies_if"`, `điều kiện áp dụng ghi trong "applies_if"`)},
	{[]string{"penalty", "minus", "deduction"}, "deduct", lang.T(`points that it takes off stand in "deduct"`, `điểm trừ ghi trong "deduct"`)},
	{[]string{"plus", "extra"}, "bonus", lang.T(`points that it adds stand in "bonus"`, `điểm thưởng ghi trong "bonus"`)},
	{[]string{"points", "max", "most", "max_points"}, "within", lang.T(`"cap" cuts the points of its parts, "weight" scales them`,
		`"cap" giới hạn điểm của các phần, "weight" quy đổi theo trọng số`)},
	{[]string{"parent"}, "within", lang.T(`the area that it is a part of stands in "within"`, `lĩnh vực cha ghi trong "within"`)},
	{[]string{"credit"}, "points", lang.T(`"points" of a band are a number, [0.5, 1] from its lower to its upper end, or proportional`,
		`"points" của khung là một số, [0.5, 1] từ đầu dưới đến đầu trên, hoặc proportional`)},
	{[]string{"all", "all_of", "any", "any_of", "k_of"}, "met", lang.T(`"met" counts targets that are met: all of two is {met: [a, b]} with the goal {at_least: 2}`,
		`"met" đếm chỉ tiêu đạt: đạt cả hai là {met: [a, b]} với mục tiêu {at_least: 2}`)},
}

// saidOtherwise says how the language says what an unknown key means, and which
// known key that is or stands beside; "" where nobody knows.
func saidOtherwise(word string, known []string) (say lang.Text, key string) {
	if word == "points" && len(known) == 1 && known[0] == "from" {
		return lang.T(`points at the floor are those of a band: {between: [70%, 100%], points: [0.5, 1]}`,
			`điểm ở mức sàn ghi bằng khung điểm: {between: [70%, 100%], points: [0.5, 1]}`), "from"
	}
	i := slices.IndexFunc(otherWords, func(o otherWord) bool {
		return slices.Contains(o.words, word) && slices.Contains(known, o.beside)
	})
	if i < 0 {
		return say, ""
	}
	return otherWords[i].say, otherWords[i].beside
}

// inVietnamese are the keys that people write in Vietnamese, without marks.
var inVietnamese = map[string][]string{
	"ke hoach": {"plan"}, "ten": {"title", "name"}, "tieu de": {"title", "headers"}, "van ban": {"document"}, "so": {"number"}, "ngay": {"date"},
	"ky": {"period"}, "thoi gian": {"period"}, "tu": {"from"}, "den": {"to"}, "cap": {"levels", "level"}, "don vi": {"units", "unit"},
	"linh vuc": {"areas", "area"}, "nhom": {"areas", "area", "group"}, "bang": {"tables"}, "bieu": {"tables"}, "cot": {"columns", "column"}, "dong": {"row"},
	"so lieu": {"facts", "fact"}, "loai": {"kind", "type", "shape"}, "chi tieu": {"targets", "target"}, "ma": {"id", "code"},
	"can cu": {"source", "clause"}, "nguon": {"source"}, "dieu khoan": {"clause"}, "nguyen van": {"quote"}, "trich dan": {"quote"}, "ghi chu": {"note"},
	"dai luong": {"measure"}, "cong thuc": {"measure"}, "cach tinh": {"measure"}, "muc tieu": {"goal"}, "diem": {"points"}, "cach tinh diem": {"credit"},
	"diem tru": {"deduct"}, "diem thuong": {"bonus"}, "diem cong": {"bonus"}, "khac phuc": {"remedy"}, "giai phap": {"remedy"},
	"it nhat": {"at_least"}, "toi thieu": {"at_least"}, "khong qua": {"at_most"}, "toi da": {"at_most", "most"}, "tren": {"more_than"}, "duoi": {"less_than"},
	"≥": {"at_least"}, "≤": {"at_most"}, ">=": {"at_least"}, "<=": {"at_most"}, "=>": {"at_least"}, "=<": {"at_most"}, "<": {"less_than"}, "=": {"is"},
	"ly do": {"reason"}, "nguoi cho phep": {"approver"}, "han nop": {"deadline"}, "ten khac": {"aliases"},
}

// meantKey is the known key that a word was perhaps meant to be: one that is
// spelled nearly so, or the one for a Vietnamese word or a sign.
func meantKey(word string, known []string) string {
	if near := nearest(word, known); near != "" {
		return near
	}
	for _, text := range []string{label.Bare(word), strings.TrimSpace(word)} {
		for _, key := range inVietnamese[text] {
			if slices.Contains(known, key) {
				return key
			}
		}
	}
	return ""
}
