package report

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/parcheck/parcheck/pkg/docx"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
)

var wordDatabases = lang.T("databases that counted", "cơ sở dữ liệu đã đếm")

// answered says what a database counted of a list.
func answered(q *fact.Query) lang.Text {
	return lang.F("%s, %s: %s in %s", "%s, %s: %s, %s", q.Table, q.Source,
		number.Count(q.Records, "record", "records", "hồ sơ"), number.Count(int64(q.Groups), "group", "groups", "nhóm"))
}

// stateOf names the server and the state of its data that was counted.
func stateOf(q *fact.Query) lang.Text {
	if q.Snapshot == "" {
		return lang.Same(q.Server)
	}
	return lang.F("%s, snapshot %s", "%s, trạng thái dữ liệu %s", q.Server, q.Snapshot)
}

// statement is one that a database was asked.
type statement struct {
	Of, Text lang.Text
	SHA256   string
}

// statements are those by which a list was counted, and its ids were compared.
func statements(q *fact.Query) []statement {
	out := []statement{{lang.T("statement", "câu lệnh"), lang.Same(q.Statement), q.SHA256}}
	if q.Odd != nil {
		out = append(out, statement{lang.T("statement on other spellings", "câu lệnh về cách ghi khác"), lang.Same(q.Odd.Statement), q.Odd.SHA256})
	}
	for _, id := range q.IDs {
		out = append(out, statement{lang.F("statement on %q", "câu lệnh về %q", id.Column), lang.Same(id.Statement), id.SHA256})
	}
	return out
}

// lines is a text as it stands, less what cannot be seen.
func lines(t lang.Text) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' || unicode.IsGraphic(r) {
			return r
		}
		return -1
	}, t.In(lang.EN))
}

// hashed names a statement by its hash.
func (s statement) hashed() lang.Text {
	return lang.F("%s, SHA-256 %s", "%s, SHA-256 %s", s.Of, s.SHA256)
}

// asked prints what databases counted, and by which statements.
func (t *terminal) asked(list []fact.Query) {
	if len(list) == 0 {
		return
	}
	t.section(t.in(wordDatabases))
	for i := range list {
		q := &list[i]
		t.para(normal, 2, "", t.in(answered(q)))
		t.para(dim, 4, "", t.in(stateOf(q)))
		for _, s := range statements(q) {
			t.para(dim, 4, "", t.in(s.hashed()))
		}
	}
	t.para(dim, 2, "", t.in(whereStatements))
}

var whereStatements = lang.T("The statements themselves stand in the reports html and json.", "Toàn văn câu lệnh có trong báo cáo html và json.")

// asked lists what databases counted.
func (m *markdown) asked(list []fact.Query) {
	if len(list) == 0 {
		return
	}
	m.heading(0, m.title(wordDatabases))
	for i := range list {
		q := &list[i]
		fmt.Fprintf(m.out, "- %s\n  - %s\n", m.in(answered(q)), m.in(stateOf(q)))
		for _, s := range statements(q) {
			fmt.Fprintf(m.out, "  - %s\n", m.in(s.hashed()))
		}
	}
	m.gap()
	fmt.Fprintf(m.out, "%s\n", m.in(whereStatements))
}

// asked adds to the appendix what databases counted.
func (o *official) asked(list []fact.Query) {
	small := docx.Style{Size: 11, Before: 3}
	for i := range list {
		q := &list[i]
		o.d.Paragraph(docx.Style{Size: 11, Before: 9, Bold: true, Keep: true}, o.title(wordDatabases)+": "+o.in(answered(q)))
		o.d.Paragraph(small, o.in(stateOf(q)))
		for _, s := range statements(q) {
			o.d.Paragraph(small, o.title(s.hashed()))
		}
	}
}
