package plan

import (
	"gopkg.in/yaml.v3"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
)

// target reads a target that starts from the plan's defaults.
func (p *Plan) target(t *Target) value {
	d := p.Defaults
	t.Points, t.Credit, t.WhenEmpty, t.WhenMissing = d.Points, d.Credit, d.WhenEmpty, d.WhenMissing
	return t.yaml()
}

func (t *Target) yaml() value {
	return placed(&t.Pos, mapping(t, lang.T("target", "chỉ tiêu"), func() []key {
		return []key{
			required("id", id(&t.ID), "its id, the same in every year", "mã chỉ tiêu"),
			required("area", word(&t.Area), "the area it belongs to", "lĩnh vực"),
			required("title", text(&t.Title), "its name", "tên chỉ tiêu"),
			required("source", t.source(), "where the document says it", "điều khoản trong văn bản"),
			optional("note", text(&t.Note), "what a reader must know", "điều người đọc cần biết"),
			optional("commitment", option(&t.Commitment, commitmentNames), "mandatory (default) or aspirational (phấn đấu)", "mandatory (bắt buộc, mặc định) hoặc aspirational (phấn đấu)"),
			optional("levels", ids(&t.Levels), "the levels that it binds", "các cấp phải thực hiện"),
			optional("units", ids(&t.Units), "units that it binds beside those levels, by roster id", "các đơn vị phải thực hiện ngoài các cấp trên, theo mã"),
			required("measure", t.Measure.yaml(), "what is compared with the goal", "đại lượng so với mục tiêu"),
			required("goal", t.Goal.yaml(), "what must be reached", "mục tiêu phải đạt"),
			optional("level_goals", dictionary(&t.LevelGoals, id, (*Goal).yaml), "another goal for a level", "mục tiêu riêng của một cấp"),
			optional("points", positive(&t.Points), "points it can earn; 0: tracked only", "điểm tối đa; 0: chỉ theo dõi"),
			optional("credit", t.Credit.yaml(), "how points are earned", "cách tính điểm"),
			optional("when_empty", option(&t.WhenEmpty, absentNames), "what a denominator of 0 means", "khi mẫu số bằng 0"),
			optional("when_missing", option(&t.WhenMissing, absentNames), "what a missing figure means", "khi thiếu số liệu"),
			optional("published", day(&t.Published), "before that day a missing figure is pending", "trước ngày này, thiếu số liệu là chờ công bố"),
			optional("also", sequence(&t.Also, 1, 0, word), "facts that are shown beside, and decide nothing", "số liệu nêu kèm, không quyết định kết quả"),
			optional("adopted", text(&t.Adopted), "which reading of the clause is taken, and why", "cách hiểu được chọn và lý do"),
			optional("readings", list(&t.Readings, t.reading), "other ways to understand the clause", "các cách hiểu khác"),
			optional("remedy", text(&t.Remedy), "what a unit that misses it should do", "việc cần làm khi chưa đạt"),
		}
	}))
}

// citation is the address of a target's source.
type citation struct{ of *Target }

func (t *Target) source() value {
	return mapping(citation{t}, lang.T("source", "căn cứ"), func() []key {
		return []key{
			required("clause", word(&t.Clause), "the clause, I.2", "điều khoản, I.2"),
			required("quote", word(&t.Quote), "the document's words, letter by letter", "nguyên văn trong văn bản"),
		}
	})
}

// reading reads another reading of the target's clause; what it leaves out is
// as in the target itself.
func (t *Target) reading(g *Reading) value {
	g.Measure, g.Goal = t.Measure, t.Goal
	return placed(&g.Pos, mapping(g, lang.T("reading", "cách hiểu"), func() []key {
		return []key{
			required("id", id(&g.ID), "its id", "mã"),
			required("note", text(&g.Note), "how the clause is understood", "cách hiểu điều khoản"),
			optional("measure", g.Measure.yaml(), "its measure; the target's when left out", "đại lượng; không ghi là của chỉ tiêu"),
			optional("goal", g.Goal.yaml(), "its goal; the target's when left out", "mục tiêu; không ghi là của chỉ tiêu"),
		}
	}))
}

func (m *Measure) yaml() value {
	lead := func(op MeasureOp, v value, en, vi string) key {
		return required(op.String(), setting(&m.Op, op, v), en, vi)
	}
	return fresh(m, placed(&m.Pos, named("measure", byKind(m, map[yaml.Kind]value{
		yaml.ScalarNode: word(&m.Fact),
		yaml.MappingNode: oneOf(m, lang.T("measure", "đại lượng"), func() [][]key {
			several := func() value { return sequence(&m.Args, 2, 0, (*Measure).yaml) }
			return [][]key{
				{lead(ValueOf, word(&m.Fact), "a fact itself", "chính số liệu đó")},
				{lead(ShareOf, word(&m.Part), "the fact of the part", "số liệu tử số"),
					required("of", word(&m.Whole), "the fact of the whole", "số liệu mẫu số")},
				{lead(ChangeOf, m.arg(0, 2), "the new measure", "đại lượng mới"),
					required("from", m.arg(1, 2), "the old measure, which is taken off", "đại lượng cũ, bị trừ đi")},
				{lead(OneMinus, m.arg(0, 1), "a share that is taken off 100%", "tỷ lệ bị trừ khỏi 100%")},
				{lead(MinOf, several(), "the smallest of some", "nhỏ nhất trong các đại lượng")},
				{lead(MaxOf, several(), "the largest of some", "lớn nhất trong các đại lượng")},
				{lead(SumOf, several(), "the sum of some", "tổng các đại lượng")},
				{lead(MeanOf, several(), "the mean of some", "trung bình các đại lượng")},
			}
		}),
	}))))
}

// arg binds one of so many args.
func (m *Measure) arg(i, of int) value {
	return value{argument{m, i},
		func(r *reader, n *yaml.Node) bool {
			if len(m.Args) != of {
				m.Args = make([]Measure, of)
			}
			return m.Args[i].yaml().read(r, n)
		},
		new(Measure).yaml().schema,
	}
}

// argument is the address of an arg that may not be there yet.
type argument struct {
	of *Measure
	i  int
}

func (g *Goal) yaml() value {
	return fresh(g, placed(&g.Pos, named("goal", oneOf(g, lang.T("goal", "mục tiêu"), func() [][]key {
		var variants [][]key
		for _, k := range comparisons(&g.Cmp, &g.Bounds) {
			variants = append(variants, []key{k})
		}
		return append(variants, []key{required(Is.String(), setting(&g.Cmp, Is, g.is()),
			"exactly this: a choice, or a number", "đúng bằng: một lựa chọn hoặc một số")})
	}))))
}

// comparisons are the keys that compare with one number or two.
func comparisons(cmp *Comparator, bounds *[]Amount) []key {
	lead := func(c Comparator, n int, en, vi string) key {
		v := sequence(bounds, n, n, (*Amount).yaml)
		if n == 1 {
			v = single(bounds)
		}
		return required(c.String(), setting(cmp, c, v), en, vi)
	}
	return []key{
		lead(AtLeast, 1, "this or more", "từ mức này trở lên"),
		lead(MoreThan, 1, "more than this", "trên mức này"),
		lead(AtMost, 1, "this or less", "không quá mức này"),
		lead(LessThan, 1, "less than this", "dưới mức này"),
		lead(Between, 2, "from the first to the second, ends included", "từ mức đầu đến mức sau, kể cả hai đầu"),
	}
}

// single reads one amount as a list of one.
func single(into *[]Amount) value {
	return value{into,
		func(r *reader, n *yaml.Node) bool {
			*into = make([]Amount, 1)
			return (*into)[0].yaml().read(r, n)
		},
		new(Amount).yaml().schema,
	}
}

// is reads a choice or a number. An id that is a number is none of a choice.
func (g *Goal) is() value {
	s := schema{"type": []string{"string", "number"}}
	one := single(&g.Bounds)
	return value{&g.Bounds,
		func(r *reader, n *yaml.Node) bool {
			if n.Kind == yaml.ScalarNode && isID(n.Value) {
				if _, _, m := figure(n.Value); m != nil {
					return word(&g.Choice).read(r, n)
				}
			}
			return one.parse(r, n)
		},
		func(d definitions) schema { return schema{"anyOf": []schema{s, one.schema(d)}} },
	}
}

func (a *Amount) yaml() value {
	lead := func(op AmountOp, v value, en, vi string) key {
		return required(op.String(), setting(&a.Op, op, v), en, vi)
	}
	literal := scalar(&a.Value, amountSchema, func(raw string) (number.Exact, *mistake) {
		x, percent, m := figure(raw)
		a.Percent = percent
		return x, m
	})
	return placed(&a.Pos, named("amount", byKind(a, map[yaml.Kind]value{
		yaml.ScalarNode: literal,
		yaml.MappingNode: oneOf(a, lang.T("amount", "mức"), func() [][]key {
			several := func() value { return sequence(&a.Args, 2, 0, (*Amount).yaml) }
			return [][]key{
				{lead(ParamValue, word(&a.Param), "the value of a param", "giá trị của một tham số")},
				{lead(MaxAmount, several(), "the largest of some", "lớn nhất trong các mức")},
				{lead(MinAmount, several(), "the smallest of some", "nhỏ nhất trong các mức")},
				{lead(SumAmount, several(), "the sum of some", "tổng các mức")},
				{lead(ProductAmount, several(), "the product of some", "tích các mức")},
			}
		}),
	})))
}
