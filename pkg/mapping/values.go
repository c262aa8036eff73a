package mapping

import (
	"slices"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
)

// maxSpellings is how many spellings of a column are listed that are not known.
const maxSpellings = 30

// addWords takes the texts of a block's columns.
func (k *Kind) addWords(words [][]fact.Word) {
	if k.words == nil {
		k.words = make([][]fact.Word, len(words))
	}
	for i := range words {
		for _, w := range words[i] {
			w.Text = plan.OneLine(w.Text)
			at := slices.IndexFunc(k.words[i], func(o fact.Word) bool { return o.Text == w.Text })
			switch {
			case at >= 0:
				k.words[i][at].N += w.N
			case len(k.words[i]) < maxSpellings:
				k.words[i] = append(k.words[i], w)
			}
		}
	}
}

// suggestValues lists the spellings of choices that the plan does not know, each
// with the choice whose names are likest. What a mapping says of one stays.
func (k *Kind) suggestValues(p *plan.Plan) {
	t := p.FindTable(k.Form.Table.To)
	if t == nil {
		return
	}
	for i := range k.Form.Columns {
		col := t.FindColumn(k.Form.Columns[i].To)
		if col == nil || col.Type != plan.Choice || i >= len(k.words) {
			continue
		}
		for _, w := range k.words[i] {
			key := label.Key(w.Text)
			at := slices.IndexFunc(k.Form.Values, func(v Value) bool { return v.Column == col.ID && label.Key(v.Text) == key })
			_, known := col.Choices[key]
			switch {
			case key == "", number.IsPlaceholder(w.Text):
			case at >= 0:
				k.Form.Values[at].Times = int(w.N)
			case !known:
				k.Form.Values = append(k.Form.Values, Value{Column: col.ID, Text: w.Text, Choice: likestChoice(col, w.Text), Times: int(w.N)})
			}
		}
	}
}

// likestChoice suggests the choice of a column whose names are most like a text,
// or that alone has a name within it: "Đã giải quyết xong" is "Xong". One of a
// name and a text that denies is never suggested for the other.
func likestChoice(col *plan.Column, text string) Choice {
	w, best := newWording(text), leastLikeness
	likest, within := "", map[string]bool{}
	for i := range col.Values {
		v := &col.Values[i]
		for _, name := range v.Names {
			n := newWording(name)
			if w.contrary(n) || w.denies() != n.denies() {
				continue
			}
			if like := w.likeness(n); like > best {
				best, likest = like, v.ID
			}
			if n.weight > 0 && w.has(n) {
				within[v.ID] = true
			}
		}
	}
	if likest == "" && len(within) == 1 {
		for id := range within {
			likest = id
		}
	}
	if likest == "" {
		return Choice{}
	}
	return Choice{likest, Near}
}

// has reports whether all words of another name are in this one.
func (a wording) has(b wording) bool {
	for w := range b.words {
		if _, ok := a.words[w]; !ok {
			return false
		}
	}
	return true
}

func (a wording) denies() bool { return a.says("khong") || a.says("chua") }
