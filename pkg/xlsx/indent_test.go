package xlsx

import (
	"strings"
	"testing"
)

// The steps of an alignment tell rows that stand below others.
func TestIndentOfCells(t *testing.T) {
	p := soundParts(`<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="1"><v>2</v></c></row>`)
	styles := p["xl/styles.xml"]
	end := strings.Index(styles, "</cellXfs>")
	if end < 0 {
		t.Fatal("the sound workbook has no cellXfs")
	}
	first := strings.Index(styles, "<cellXfs")
	p["xl/styles.xml"] = styles[:first] + `<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="0"><alignment horizontal="left" indent="2"/></xf>` + styles[end:]
	f, err := openBytes(p.zip(t))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.Scan(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	if !rows.Next() {
		t.Fatal(rows.Err())
	}
	if a, b := rows.Row().At(1).Indent, rows.Row().At(2).Indent; a != 0 || b != 2 {
		t.Errorf("indents %d and %d, want 0 and 2", a, b)
	}
}
