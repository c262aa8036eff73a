package draft

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
)

// YAML writes the plan. Comments are in the language l.
func (p *Plan) YAML(l lang.Lang) []byte {
	w := &writer{lang: l}
	w.comment(lang.F("A draft, made from %s.", "Bản nháp lập từ %s.", strings.Join(p.From, ", ")))
	w.comment(lang.T("Write what TODO stands for; `parcheck targets lint` tells what is left.", "Hãy ghi nội dung thay cho TODO; lệnh `parcheck targets lint` nêu những chỗ còn thiếu."))
	w.line(0, "plan: %s", p.ID)
	w.line(0, "title: {vi: %s, en: %s}", TODO, TODO)
	w.line(0, "document: {number: %s, date: %s}", TODO, TODO)
	w.line(0, "period: {from: %s, to: %s}", TODO, TODO)
	w.line(0, "")
	w.comment(lang.T("Who reports, told by the unit's name.", "Đơn vị nào báo cáo, nhận ra theo tên."))
	w.line(0, "levels:")
	w.line(1, `unit: {title: {vi: Đơn vị, en: Unit}, names: ["*"]}`)
	areas := p.areas()
	w.line(0, "areas:")
	for _, a := range areas {
		w.line(1, "%s: {title: {vi: %s, en: %s}}", a.id, plan.Quote(a.title), TODO)
	}
	w.tables(p.Tables)
	w.facts(p.Tables)
	w.targets(p, areas)
	return w.b
}

type writer struct {
	lang lang.Lang
	b    []byte
}

func (w *writer) line(indent int, format string, args ...any) {
	w.b = append(w.b, strings.Repeat("  ", indent)...)
	w.b = fmt.Appendf(w.b, format, args...)
	w.b = append(w.b, '\n')
}

func (w *writer) comment(t lang.Text) { w.line(0, "# %s", plan.OneLine(t.In(w.lang))) }

func (w *writer) tables(tables []Table) {
	if len(tables) == 0 {
		return
	}
	w.line(0, "")
	w.comment(lang.T("What units hand in. One list may have many records; a form has one figure a row.", "Những bảng đơn vị nộp. list: mỗi dòng một hồ sơ; form: mỗi dòng một số liệu."))
	w.line(0, "tables:")
	for _, t := range tables {
		w.line(1, "%s:", t.ID)
		w.line(2, "shape: %s", t.Shape)
		w.line(2, "title: {vi: %s, en: %s}", plan.Quote(t.Title), TODO)
		w.line(2, "columns:")
		for _, c := range t.Columns {
			more := ""
			if c.Role != "" {
				more += ", role: " + c.Role
			}
			if c.Role == "code" {
				more += ", optional: true"
			}
			if c.Type != "" {
				more += ", type: " + c.Type
			}
			w.line(3, "%s: {headers: [%s]%s}", c.ID, orTODO(c.Heading), more)
		}
	}
}

func (w *writer) facts(tables []Table) {
	w.line(0, "")
	w.comment(lang.T("The figures. Take away those that no target needs.", "Các số liệu. Hãy bỏ những số liệu không chỉ tiêu nào cần."))
	w.line(0, "facts:")
	n := 0
	for _, t := range tables {
		for _, f := range t.Facts {
			n++
			w.line(1, "%s:", f.ID)
			w.line(2, "title: {vi: %s, en: %s}", plan.Quote(f.Title), TODO)
			w.line(2, "unit: {vi: %s, en: %s}", TODO, TODO)
			w.line(2, "from: [%s]", f.Source)
		}
	}
	if n == 0 {
		w.line(1, "some-figure: {title: {vi: %s, en: %s}, unit: {vi: %s, en: %s}, from: [%s]}", TODO, TODO, TODO, TODO, TODO)
	}
}

func (w *writer) targets(p *Plan, areas []area) {
	w.line(0, "")
	w.comment(lang.T("What was promised: the words of the document, and when they are kept.", "Các chỉ tiêu: nguyên văn của văn bản và khi nào là đạt."))
	w.line(0, "targets:")
	all := p.Targets
	if len(all) == 0 {
		all = skeletons(p.Tables)
	}
	taken := ids{}
	for i := range all {
		t := &all[i]
		w.line(1, "- id: %s", taken.id(t.Title, "target"))
		w.line(2, "area: %s", areaOf(areas, t.Area))
		w.line(2, "title: {vi: %s, en: %s}", orTODO(t.Title), TODO)
		w.line(2, "source: {clause: %s, quote: %s}", orTODO(t.Clause), orTODO(t.Quote))
		w.line(2, "levels: [unit]")
		w.line(2, "measure: %s", cmp.Or(t.Measure, TODO))
		w.earning(t)
		w.line(2, "remedy: {vi: %s, en: %s}", orTODO(t.Remedy), TODO)
	}
}

// earning writes the goal of a target and how its points are earned; what takes
// points off or adds some has neither goal nor points.
func (w *writer) earning(t *Target) {
	if t.How != "" {
		w.line(2, "# %s", t.How)
	}
	adjusts := t.earns.key == "deduct" || t.earns.key == "bonus"
	if !adjusts {
		w.line(2, "goal: %s", cmp.Or(t.Goal, "{at_least: "+TODO+"}"))
		if t.Points != "" {
			w.line(2, "points: %s", t.Points)
		}
	}
	switch {
	case t.earns.key != "":
		w.line(2, "%s: %s", t.earns.key, t.earns.value)
	case t.How != "":
		w.line(2, "credit: %s", TODO)
	}
}

// skeletons returns a target for each fact; it is used if there is no list of targets.
func skeletons(tables []Table) []Target {
	var out []Target
	for _, t := range tables {
		for _, f := range t.Facts {
			out = append(out, Target{Title: f.Title, Measure: f.ID, Area: t.Title})
		}
	}
	if len(out) == 0 {
		out = []Target{{}}
	}
	return out
}

type area struct{ id, title string }

// areas returns the areas that targets name, or one for each table.
func (p *Plan) areas() []area {
	var titles []string
	for _, t := range p.Targets {
		titles = append(titles, t.Area)
	}
	if len(p.Targets) == 0 {
		for _, t := range p.Tables {
			titles = append(titles, t.Title)
		}
	}
	var out []area
	taken := ids{}
	for _, title := range distinct(titles) {
		out = append(out, area{taken.id(title, "area"), title})
	}
	if len(out) == 0 {
		out = []area{{"general", "Chung"}}
	}
	return out
}

func areaOf(areas []area, title string) string {
	for _, a := range areas {
		if a.title == title {
			return a.id
		}
	}
	return areas[0].id
}

func orTODO(text string) string {
	if text == "" {
		return TODO
	}
	return plan.Quote(text)
}
