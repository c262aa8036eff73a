package plan

import (
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/term"
)

func (t *Table) yaml() entry {
	return entry{id(&t.ID), &t.Pos, mapping(t, term.Table, func() []key {
		return []key{
			required("shape", option(&t.Shape, shapeNames),
				"form (one figure a row), cross (several figures a row) or list (one record a row)",
				"form (mỗi dòng một số), cross (mỗi dòng nhiều số) hoặc list (mỗi dòng một hồ sơ)"),
			optional("title", text(&t.Title), "its name", "tên bảng"),
			optional("sheets", words(&t.Sheets), "patterns of sheet names; any sheet when left out", "mẫu tên trang tính; không ghi là trang bất kỳ"),
			optional("each_sheet", option(&t.Each, sheetMeaningNames), "what each sheet is: that of one unit, of one month, of the figures up to its month, or a copy of the first", "mỗi trang tính là của một đơn vị, một tháng, số lũy kế đến tháng đó, hay bản sao của trang đầu"),
			optional("levels", ids(&t.Levels), "levels that must hand it in", "các cấp phải nộp bảng này"),
			optional("kind", option(&t.Kind, factKindNames), "the kind of the facts that stand in it, unless they say another", "loại của các số liệu lấy từ bảng, trừ khi số liệu ghi khác"),
			optional("unit", text(&t.Unit), "what its figures count, unless a fact says another", "đơn vị tính của các số liệu lấy từ bảng, trừ khi số liệu ghi khác"),
			optional("totals", words(&t.Totals), "labels of total rows beside the usual ones", "nhãn dòng tổng, ngoài các nhãn thường gặp"),
			optional("scale", entries(&t.Scale, (*Scale).yaml),
				"units that the caption may name (ĐVT), and how many base units each is",
				"đơn vị tính có thể ghi ở đầu bảng (ĐVT) và số đơn vị gốc tương ứng"),
			required("columns", entries(&t.Columns, (*Column).yaml), "its columns, by id", "các cột, theo mã"),
			optional("sums", list(&t.Sums, (*ColumnSum).yaml), "columns that are the sum of others", "cột bằng tổng các cột khác"),
			optional("ratios", list(&t.Ratios, (*ColumnRatio).yaml), "columns that state a ratio of others", "cột ghi tỷ lệ giữa hai cột khác"),
		}
	})}
}

func (s *Scale) yaml() entry {
	s.Names = make([]string, 1)
	return entry{key: word(&s.Names[0]), value: points(&s.Times)}
}

func (c *Column) yaml() entry {
	return entry{id(&c.ID), &c.Pos, mapping(c, term.Column, func() []key {
		return []key{
			optional("headers", words(&c.Headers),
				"its header, or its path under merged headers: Tiếp nhận / Trong kỳ",
				"tiêu đề cột, hoặc đường dẫn dưới các ô gộp: Tiếp nhận / Trong kỳ"),
			optional("periods", c.periods(), "its headers by period, when there is one column a period", "tiêu đề theo kỳ, khi mỗi kỳ một cột"),
			optional("type", option(&c.Type, columnNames), "what its cells hold; text when left out", "kiểu dữ liệu; không ghi là text"),
			optional("style", option(&c.Style, styleNames), "how numbers typed as text are written: vi 1.234,5 or en 1,234.5", "cách viết số dạng chữ: vi 1.234,5 hoặc en 1,234.5"),
			optional("scale", option(&c.Scale, scaleNames), "what a bare number in a share column means: percents (65 is 65%) or ones (0.65 is 65%)", "số trần trong cột tỷ lệ: percents (65 là 65%) hoặc ones (0.65 là 65%)"),
			optional("role", option(&c.Role, roleNames), "what it is to its table: the rows' label, code, unit or key", "vai trò của cột: nhãn, số thứ tự, đơn vị hoặc mã hồ sơ"),
			optional("unique", truth(&c.Unique), "no two rows hold the same", "không trùng giữa các dòng"),
			optional("required", truth(&c.Required), "no detail row is blank", "không được để trống"),
			optional("optional", truth(&c.Optional), "the column may be absent", "có thể không có cột này"),
			optional("values", entries(&c.Values, (*ChoiceValue).yaml), "the values of a choice, by id", "các giá trị lựa chọn, theo mã"),
			optional("not_before", word(&c.NotBefore), "the date column whose day this one may not precede", "cột ngày mà cột này không được trước"),
		}
	})}
}

func (c *Column) periods() value {
	return dictionary(&c.Periods, partOfYear, words)
}

func (v *ChoiceValue) yaml() entry {
	return entry{key: id(&v.ID), value: byKind(v, map[yaml.Kind]value{
		yaml.SequenceNode: words(&v.Names),
		yaml.MappingNode: mapping(v, term.Choice, func() []key {
			return []key{
				required("names", words(&v.Names), "how cells spell it", "cách ghi trong ô"),
				optional("title", text(&v.Title), "how reports call it", "cách gọi trong báo cáo"),
			}
		}),
	})}
}

func (s *ColumnSum) yaml() value {
	return placed(&s.Pos, mapping(s, lang.T("sum", "phép cộng"), func() []key {
		return []key{
			required("column", word(&s.Column), "the column that is the sum", "cột tổng"),
			required("of", several(&s.Of), "the columns that are added", "các cột được cộng"),
		}
	}))
}

func (s *ColumnRatio) yaml() value {
	return placed(&s.Pos, mapping(s, lang.T("ratio", "tỷ lệ"), func() []key {
		return []key{
			required("column", word(&s.Column), "the column that states the ratio", "cột ghi tỷ lệ"),
			required("part", word(&s.Part), "the column of the part", "cột tử số"),
			required("whole", word(&s.Whole), "the column of the whole", "cột mẫu số"),
		}
	}))
}

func (c *checker) table(t *Table) {
	for i := range t.Columns {
		if col := &t.Columns[i]; col.Style == number.Undeclared && (col.Type == Number || col.Type == Share) {
			col.Style = c.plan.Defaults.Style
		}
	}
	for i := range t.Levels {
		c.known(&t.Levels[i], nounLevel, c.levels)
	}
	c.eachSheet(t)
	for i := range t.Scale {
		if s := &t.Scale[i]; s.Times.IsZero() && c.sound(&s.Times) {
			c.fail(diag.PlanRange, c.at(&s.Times), lang.F("the unit %s is 0 base units", "đơn vị %s bằng 0 đơn vị gốc", quoted(s.Names[0])))
		}
	}
	headers := c.spellings(nounColumn)
	roles := map[Role]*Column{}
	for i := range t.Columns {
		col := &t.Columns[i]
		c.headers(col, headers)
		c.columnType(col)
		c.role(col, roles)
		if c.column(t, &col.NotBefore, Date) && c.sound(&col.Type) && col.Type != Date {
			c.fail(diag.PlanValue, c.at(&col.NotBefore), lang.F("not_before is for a date column: %q is of type %q",
				"not_before chỉ dùng cho cột ngày: %q thuộc kiểu %q", col.ID, col.Type))
		}
	}
	for i := range t.Sums {
		s := &t.Sums[i]
		c.column(t, &s.Column, Number)
		for j := range s.Of {
			c.column(t, &s.Of[j], Number)
		}
	}
	for i := range t.Ratios {
		s := &t.Ratios[i]
		c.column(t, &s.Column, Share)
		c.column(t, &s.Part, Number)
		c.column(t, &s.Whole, Number)
	}
}

// eachSheet checks that the meaning of sheets suits the table.
func (c *checker) eachSheet(t *Table) {
	switch byUnit := t.withRole(UnitRole); {
	case !c.sound(&t.Each, &t.Shape):
	case t.Each != SheetsAlike && t.Each != SheetsAreUnits && t.Shape == List:
		c.fail(diag.PlanValue, c.at(&t.Each), lang.F("%q is not for a list: its records are read from every sheet, by their own days",
			"%q không dùng cho danh sách: hồ sơ ở mọi trang tính đều được đọc, theo ngày của từng hồ sơ", t.Each))
	case t.Each == SheetsAreUnits && byUnit != nil:
		c.fail(diag.PlanValue, c.at(&t.Each), lang.F("each sheet is that of one unit, and the column %q names the unit of each row: want only one",
			"mỗi trang tính là của một đơn vị, nhưng cột %q lại ghi đơn vị của từng dòng: chỉ chọn một cách", byUnit.ID),
			diag.Related{Pos: byUnit.Pos, Message: lang.T("the column", "cột đó")})
	}
}

// column checks that a table has a column, of one of some types.
func (c *checker) column(t *Table, name *string, types ...ColumnType) bool {
	if !c.known(name, lang.F("column of table %q named", "cột nào của bảng %q tên", t.ID), t.columnIDs()) {
		return false
	}
	col := t.FindColumn(*name)
	if !c.sound(&col.Type) {
		return false
	}
	if len(types) > 0 && !slices.Contains(types, col.Type) {
		wanted := make([]string, len(types))
		for i, t := range types {
			wanted[i] = t.String()
		}
		c.fail(diag.PlanValue, c.at(name), lang.F("column %q is of type %q: want one of type %s",
			"cột %q thuộc kiểu %q: cần cột kiểu %s", *name, col.Type, either(wanted)),
			diag.Related{Pos: col.Pos, Message: lang.T("the column", "cột đó")})
		return false
	}
	return true
}

func (t *Table) columnIDs() []string {
	return idsOf(t.Columns, func(c *Column) string { return c.ID })
}

// headers checks the headers by which a column is found.
func (c *checker) headers(col *Column, seen *spellings) {
	switch {
	case !c.sound(&col.Headers, &col.Periods):
	case len(col.Headers) == 0 && len(col.Periods) == 0:
		c.fail(diag.PlanKey, col.Pos, lang.F(`the column %q has neither "headers" nor "periods": say how it is found`,
			`cột %q chưa có "headers" hoặc "periods": hãy ghi cách tìm cột`, col.ID))
	case len(col.Headers) > 0 && len(col.Periods) > 0:
		c.fail(diag.PlanKey, c.at(&col.Periods), lang.F(`the column %q has both "headers" and "periods": want only one`,
			`cột %q có cả "headers" và "periods": chỉ chọn một`, col.ID))
	}
	for i := range col.Headers {
		seen.add(&col.Headers[i])
	}
	for _, key := range periodKeys {
		headers := col.Periods[key]
		for i := range headers {
			seen.add(&headers[i])
		}
	}
}

// columnType checks that a column has the keys that its type needs, and no
// others.
func (c *checker) columnType(col *Column) {
	if !c.written(&col.Type) && len(col.Values) > 0 {
		col.Type = Choice
	}
	if !c.sound(&col.Type) {
		return
	}
	only := func(written bool, at any, key string, types ...ColumnType) {
		if written && !slices.Contains(types, col.Type) {
			c.fail(diag.PlanKey, c.at(at), lang.F("%q is not for a column of type %q", "%q không dùng cho cột kiểu %q", key, col.Type))
		}
	}
	only(col.Values != nil, &col.Values, "values", Choice)
	only(col.Scale != NoScale, &col.Scale, "scale", Share)
	only(col.Style != number.Undeclared, &col.Style, "style", Number, Share)
	only(col.Role != NoRole, &col.Role, "role", Text)
	if col.Type == Choice && len(col.Values) == 0 && c.sound(&col.Values) {
		c.fail(diag.PlanKey, c.at(&col.Type), lang.F(`the choice column %q has no "values"`, `cột lựa chọn %q chưa có "values"`, col.ID))
	}
	names := c.spellings(nounChoice)
	if len(col.Values) > 0 {
		col.Choices = map[string]string{}
	}
	for i := range col.Values {
		v := &col.Values[i]
		for j := range v.Names {
			names.add(&v.Names[j])
			col.Choices[label.Key(v.Names[j])] = v.ID
		}
	}
}

// role checks that no two columns of a table have one role.
func (c *checker) role(col *Column, seen map[Role]*Column) {
	if col.Role == NoRole {
		return
	}
	if first := seen[col.Role]; first != nil {
		c.fail(diag.PlanName, c.at(&col.Role), lang.F("the column %q already has the role %q",
			"cột %q đã có vai trò %q", first.ID, col.Role), diag.Related{Pos: first.Pos, Message: firstHere})
		return
	}
	seen[col.Role] = col
}

// withRole returns the column of a role, or nil.
func (t *Table) withRole(role Role) *Column {
	return find(t.Columns, func(c *Column) bool { return c.Role == role })
}
