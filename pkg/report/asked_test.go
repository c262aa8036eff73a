package report

import (
	"io"
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/query"
)

// TestReportsNameDatabases looks for the evidence of a database in each report, and
// for the statements, as they were sent, on the page.
func TestReportsNameDatabases(t *testing.T) {
	doc := one()
	hash := func(c string) string { return strings.Repeat(c, 64) }
	doc.Queries = []fact.Query{{
		Table: "dossiers", Source: "env:DB", Server: "Server \x1b[31m1\u202e", Snapshot: "7:7:", Records: 12345, Groups: 67,
		Statement: "SELECT 1\n  FROM \"x<y\"", SHA256: hash("a"),
		Odd: &query.Asked{Statement: "SELECT 2", SHA256: hash("b")},
		IDs: []query.Asked{{Column: "id", Statement: "SELECT 3", SHA256: hash("c")}},
	}}
	opt := Options{Lang: lang.EN, Width: 80, Verbose: true}
	texts := map[string]string{}
	explain := func(w io.Writer, doc *Document, opt Options) error { return Explain(w, doc, nil, opt) }
	for format, write := range map[string]Writer{"text": Text, "explain": explain, "markdown": Markdown, "html": HTML, "docx": DOCX} {
		texts[format] = string(written(t, write, doc, opt))
	}
	for format, text := range texts {
		for _, want := range []string{"dossiers, env:DB: 12,345 records in 67 groups", "Server", "snapshot 7:7:", hash("a"), hash("b"), hash("c")} {
			if !strings.Contains(text, want) {
				t.Errorf("%s has no %q", format, want)
			}
		}
		if strings.ContainsAny(text, "\x1b\u202e") {
			t.Errorf("%s holds a control character", format)
		}
	}
	for _, want := range []string{"<pre>SELECT 1\n  FROM &#34;x&lt;y&#34;</pre>", "<pre>SELECT 2</pre>", "<pre>SELECT 3</pre>"} {
		if !strings.Contains(texts["html"], want) {
			t.Errorf("the page has no %q", want)
		}
	}
}
