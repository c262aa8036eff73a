package plan

import (
	"gopkg.in/yaml.v3"

	"github.com/parcheck/parcheck/pkg/lang"
)

func (f *Fact) yaml() entry {
	return entry{id(&f.ID), &f.Pos, mapping(f, lang.T("fact", "số liệu"), func() []key {
		return []key{
			required("title", text(&f.Title), "its name", "tên số liệu"),
			optional("unit", text(&f.Unit), "what is counted: hồ sơ", "đơn vị tính: hồ sơ"),
			optional("kind", option(&f.Kind, factKindNames), "count (default), amount, share, rank or choice", "loại: count (mặc định), amount, share, rank hoặc choice"),
			required("from", list(&f.From, (*Source).yaml), "where it stands, in order of authority", "nguồn số liệu, theo thứ tự ưu tiên"),
		}
	})}
}

func (s *Source) yaml() value {
	lead := func(op SourceOp, v value, en, vi string) key {
		return required(op.String(), setting(&s.Op, op, v), en, vi)
	}
	return placed(&s.Pos, named("source", oneOf(s, lang.T("source", "nguồn số liệu"), func() [][]key {
		column := required("column", word(&s.Column), "the column of the figure", "cột chứa số")
		during := optional("during", word(&s.During), "the date column that must lie in the period", "cột ngày phải nằm trong kỳ")
		where := optional("where", entries(&s.Where, (*Condition).yaml), "which records count, by column", "điều kiện chọn hồ sơ, theo cột")
		facts := sequence(&s.Facts, 2, 0, word)
		return [][]key{
			{lead(CountSource, word(&s.Table), "the list whose records are counted", "danh sách cần đếm"), during, where},
			{lead(SumSource, word(&s.Table), "the list whose column is added up", "danh sách cần cộng"), column, during, where},
			{lead(CellSource, word(&s.Table), "the form or cross-table of one cell", "bảng có ô chứa số"), column,
				optional("row", s.row(), "the labels of the row, by column", "nhãn của dòng, theo cột")},
			{lead(TotalSource, word(&s.Table), "the cross-table of a total", "bảng có dòng tổng"), column},
			{lead(AddSource, facts, "facts that are added", "các số liệu được cộng")},
			{lead(SubtractSource, facts, "a fact less the others", "số liệu đầu trừ các số liệu sau")},
		}
	})))
}

// rowGroup is the key of a row that names no column.
const rowGroup = "under"

// row reads how a row is found: texts by column, and under, the labels of the
// group row above.
func (s *Source) row() value {
	var under []string
	match := entries(&s.Row, (*RowMatch).yaml)
	return value{&s.Row,
		func(r *reader, n *yaml.Node) bool {
			columns := *n
			columns.Content = nil
			ok := true
			for i := 0; i+1 < len(n.Content); i += 2 {
				if n.Content[i].Value == rowGroup {
					ok = words(&under).read(r, n.Content[i+1])
					continue
				}
				columns.Content = append(columns.Content, n.Content[i:i+2]...)
			}
			ok = match.parse(r, &columns) && ok
			for i := range s.Row {
				s.Row[i].Under = under
			}
			return ok
		},
		func(d definitions) schema {
			var w []string
			m := match.schema(d)
			m["properties"] = schema{rowGroup: words(&w).schema(d)}
			return m
		},
	}
}

func (m *RowMatch) yaml() entry {
	return entry{key: word(&m.Column), value: words(&m.Names)}
}

// The words that stand alone as a condition.
const (
	filledWord = "filled"
	blankWord  = "blank"
)

func (c *Condition) yaml() entry {
	lead := func(op ConditionOp, v value, en, vi string) key {
		return required(op.String(), setting(&c.Op, op, v), en, vi)
	}
	standing := names[ConditionOp]{IsFilled: IsFilled.String(), IsBlank: IsBlank.String()}
	return entry{word(&c.Column), &c.Pos, named("condition", byKind(c, map[yaml.Kind]value{
		yaml.SequenceNode: setting(&c.Op, IsOneOf, words(&c.Values)),
		yaml.ScalarNode:   option(&c.Op, standing),
		yaml.MappingNode: oneOf(c, lang.T("condition", "điều kiện"), func() [][]key {
			return [][]key{
				{lead(IsNotOneOf, words(&c.Values), "it is none of these", "không thuộc các giá trị này")},
				{lead(NotAfter, word(&c.Other), "its day is not after that of another column", "ngày không sau ngày ở cột kia")},
				{lead(After, word(&c.Other), "its day is after that of another column", "ngày sau ngày ở cột kia")},
			}
		}),
	}))}
}
