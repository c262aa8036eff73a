package plan

import (
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/term"
)

// Bindings say where a database holds the lists of a plan.
type Bindings struct {
	File   string
	SHA256 string // of the file's bytes, in hexadecimal
	Lists  []Binding
}

// Binding is the relation that holds a list of the plan, one record a row.
type Binding struct {
	Table    string // the list's id
	Relation string // "mcdt.ho_so", the parts as PostgreSQL writes them; "" where Query holds
	Query    string // a SELECT whose rows are the records
	Unit     Bound  // the unit of a record; zero: all records are of the reporting unit
	Zone     string // the time zone in which a moment becomes a day, "Asia/Ho_Chi_Minh"
	Columns  []BoundColumn
	Source   diag.Pos // of the relation or query
	Pos      diag.Pos
}

// BoundColumn is a column of the plan's list.
type BoundColumn struct {
	ID string
	Bound
}

// Bound is the origin of a column's values: a column of the relation, or an SQL
// expression over its columns.
type Bound struct {
	Name       string
	Expression string
	Pos        diag.Pos
}

// IsZero reports whether nothing is bound.
func (b Bound) IsZero() bool { return b.Name == "" && b.Expression == "" }

// Find returns what a column of the list is bound to; nil where it is not.
func (b *Binding) Find(id string) *Bound {
	for i := range b.Columns {
		if b.Columns[i].ID == id {
			return &b.Columns[i].Bound
		}
	}
	return nil
}

// ParseBindings reads a file of bindings for a plan; the mistakes are as in
// Parse. Without a plan the names of lists and columns are not checked.
func ParseBindings(file string, data []byte, p *Plan) (*Bindings, diag.List) {
	r := newReader(file)
	return r.bindingsFile(data, p), r.mistakes()
}

func (r *reader) bindingsFile(data []byte, p *Plan) *Bindings {
	root := r.document(data)
	if root == nil {
		return nil
	}
	b := &Bindings{File: r.file, SHA256: digest(data)}
	b.yaml().read(r, root)
	r.checkBindings(b, p)
	return b
}

func (b *Bindings) yaml() value {
	return mapping(b, term.Bindings, func() []key {
		return []key{required("bindings", entries(&b.Lists, (*Binding).yaml), "where each list stands in the database, by the list's id", "nơi lưu từng danh sách trong cơ sở dữ liệu, theo mã bảng")}
	})
}

func (b *Binding) yaml() entry {
	return entry{id(&b.Table), &b.Pos, mapping(b, lang.T("binding", "liên kết"), func() []key {
		return []key{
			optional("relation", placed(&b.Source, word(&b.Relation)), "the table or view, with its schema: mcdt.ho_so", "bảng hoặc view, kèm schema: mcdt.ho_so"),
			optional("query", placed(&b.Source, word(&b.Query)), "instead of a relation: a SELECT whose rows are the records", "thay cho relation: câu SELECT trả về mỗi hồ sơ một dòng"),
			optional("unit", b.Unit.yaml(), "what names the unit that a record belongs to", "cột cho biết hồ sơ của đơn vị nào"),
			optional("time_zone", word(&b.Zone), "the time zone in which a timestamptz becomes a day: Asia/Ho_Chi_Minh", "múi giờ để đổi timestamptz thành ngày: Asia/Ho_Chi_Minh"),
			required("columns", entries(&b.Columns, (*BoundColumn).yaml), "what gives each column of the list, by the column's id", "nguồn của từng cột trong danh sách, theo mã cột"),
		}
	})}
}

func (c *BoundColumn) yaml() entry {
	return entry{key: id(&c.ID), value: c.Bound.yaml()}
}

// yaml reads the name of a column, or {expression: SQL}.
func (b *Bound) yaml() value {
	return placed(&b.Pos, byKind(b, map[yaml.Kind]value{
		yaml.ScalarNode: word(&b.Name),
		yaml.MappingNode: mapping(b, lang.T("bound column", "cột liên kết"), func() []key {
			return []key{required("expression", word(&b.Expression), "an SQL expression over the columns: le_phi::numeric", "biểu thức SQL trên các cột: le_phi::numeric")}
		}),
	}))
}

func (r *reader) checkBindings(b *Bindings, p *Plan) {
	var lists []string
	for i := 0; p != nil && i < len(p.Tables); i++ {
		if p.Tables[i].Shape == List {
			lists = append(lists, p.Tables[i].ID)
		}
	}
	for i := range b.Lists {
		bound := &b.Lists[i]
		switch {
		case !r.sound(&bound.Relation, &bound.Query):
		case bound.Relation == "" && bound.Query == "":
			r.fail(diag.PlanKey, bound.Pos, lang.T(`the binding has neither "relation" nor "query": say where the records stand`,
				`liên kết chưa có "relation" hoặc "query": hãy ghi nơi lưu hồ sơ`))
		case bound.Relation != "" && bound.Query != "":
			r.fail(diag.PlanKey, r.at(&bound.Query), lang.T(`the binding has both "relation" and "query": want only one`,
				`liên kết có cả "relation" và "query": chỉ chọn một`))
		}
		if !zoneName(bound.Zone) {
			r.fail(diag.PlanValue, r.at(&bound.Zone), lang.F("%s is no region whose time zone is meant: want one such as Asia/Ho_Chi_Minh",
				"%s không phải tên vùng của múi giờ: cần tên như Asia/Ho_Chi_Minh", quoted(bound.Zone)))
		}
		if p != nil && r.known(&bound.Table, lang.T("list", "danh sách"), lists) {
			r.boundColumns(bound, p.FindTable(bound.Table))
		}
	}
}

// boundColumns checks the columns of a binding against those of the list.
func (r *reader) boundColumns(b *Binding, t *Table) {
	var ids []string
	for i := range t.Columns {
		if col := &t.Columns[i]; col.Role != UnitRole {
			ids = append(ids, col.ID)
			if b.Find(col.ID) == nil && !col.Optional && col.Role != CodeRole && r.sound(&b.Columns) {
				r.fail(diag.PlanKey, b.Pos, lang.F("the column %q of the list is not bound: add it to columns", "cột %q của danh sách chưa được liên kết: hãy thêm vào columns", col.ID))
			}
		}
	}
	for i := range b.Columns {
		c := &b.Columns[i]
		if role := t.withRole(UnitRole); role != nil && c.ID == role.ID {
			r.fail(diag.PlanKey, c.Pos, lang.F(`the column %q names the unit: write it as "unit", beside "columns"`,
				`cột %q là cột đơn vị: hãy ghi bằng khóa "unit", bên cạnh "columns"`, c.ID))
			continue
		}
		r.known(&c.ID, lang.F("column of table %q named", "cột nào của bảng %q tên", t.ID), ids)
	}
}

// zoneName reports whether a text is a region name such as "Asia/Ho_Chi_Minh".
// Names with numbers are refused: PostgreSQL reads "UTC+7" as seven hours west
// of Greenwich.
func zoneName(s string) bool {
	return len(s) <= 64 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-/") == ""
}
