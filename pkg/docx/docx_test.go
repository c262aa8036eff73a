package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
)

// order holds, for each element that Word reads in the schema's order, the
// names of the children that this package writes, in that order.
var order = map[string][]string{
	"body":    {},
	"pPr":     {"keepNext", "pageBreakBefore", "pBdr", "spacing", "ind", "jc", "outlineLvl"},
	"rPr":     {"rFonts", "b", "i", "sz", "szCs", "lang"},
	"tbl":     {"tblPr", "tblGrid", "tr"},
	"tblPr":   {"tblW", "jc", "tblBorders", "tblLayout", "tblCellMar"},
	"tr":      {"trPr", "tc"},
	"trPr":    {"cantSplit", "tblHeader"},
	"tc":      {"tcPr", "p"},
	"tcPr":    {"tcW", "gridSpan", "shd"},
	"sectPr":  {"headerReference", "pgSz", "pgMar", "titlePg"},
	"style":   {"name", "qFormat"},
	"styles":  {"docDefaults", "style"},
	"p":       {"pPr", "r"},
	"r":       {"rPr", "br", "t", "fldChar", "instrText"},
	"pBdr":    {"top"},
	"tblGrid": {"gridCol"},
}

func sample() *Document {
	d := New("A & B <c>", "vi-VN")
	d.Letterhead(
		Side{Width: 3500, Rule: 1000, Lines: []Line{{Style{Align: Center, Bold: true}, "SỞ XÂY DỰNG"}}, Below: []Line{{Style{}, "Số: 1"}}},
		Side{Width: 5800, Rule: 3000, Lines: []Line{{Style{Bold: true}, "CỘNG HÒA"}}})
	d.Rule(2000)
	d.Paragraph(Style{Align: Justify, Indented: true, Before: 6, Italic: true, Size: 14, Keep: true, Level: 1, Page: true}, "<w:p/> & \"x\"\nnext\x00")
	t := Table{Widths: []int{1000, 2000, 3000}, Header: 1, Rows: [][]Cell{
		{Text(Style{}, "a"), Text(Style{}, "b"), Text(Style{}, "c")},
		{{Lines: []string{"over", "all"}, Span: 3, Fill: "EEEEEE"}},
		{{}, {Span: 2}},
	}}
	d.Table(t)
	d.Table(t)
	return d
}

// elements calls see for every element with its parent.
func elements(t *testing.T, part string, see func(parent, name string, before []string)) {
	t.Helper()
	type open struct {
		name     string
		children []string
	}
	stack := []open{{}}
	d := xml.NewDecoder(strings.NewReader(part))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			top := &stack[len(stack)-1]
			see(top.name, e.Name.Local, top.children)
			top.children = append(top.children, e.Name.Local)
			stack = append(stack, open{name: e.Name.Local})
		case xml.EndElement:
			if top := stack[len(stack)-1]; top.name == "tc" && top.children[len(top.children)-1] != "p" {
				t.Error("a cell does not end with a paragraph")
			}
			stack = stack[:len(stack)-1]
		}
	}
}

func TestChildrenStandInTheOrderOfTheSchema(t *testing.T) {
	for _, p := range sample().parts() {
		elements(t, p.data, func(parent, name string, before []string) {
			want, ok := order[parent]
			if !ok || len(want) == 0 {
				return
			}
			at := slices.Index(want, name)
			if at < 0 {
				t.Errorf("%s: %s in %s is not in the list of this test", p.name, name, parent)
			}
			if len(before) > 0 && parent != "r" && slices.Index(want, before[len(before)-1]) > at {
				t.Errorf("%s: in %s, %s stands behind %s", p.name, parent, name, before[len(before)-1])
			}
		})
	}
}

func TestTablesDoNotTouchAndTheLastBlockIsAParagraph(t *testing.T) {
	var blocks []string
	elements(t, sample().parts()[4].data, func(parent, name string, _ []string) {
		if parent == "body" {
			blocks = append(blocks, name)
		}
	})
	for i := range blocks[1:] {
		if blocks[i] == "tbl" && blocks[i+1] != "p" {
			t.Errorf("block %d is a table, and %s follows", i, blocks[i+1])
		}
	}
	if n := len(blocks); blocks[n-1] != "sectPr" || blocks[n-2] != "p" {
		t.Errorf("the body ends with %v", blocks[n-2:])
	}
}

func TestTextIsEscapedAndTheBytesAreTheSame(t *testing.T) {
	var first, second bytes.Buffer
	for _, b := range []*bytes.Buffer{&first, &second} {
		if err := sample().Write(b); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("two runs give different bytes")
	}
	z, err := zip.NewReader(bytes.NewReader(first.Bytes()), int64(first.Len()))
	if err != nil {
		t.Fatal(err)
	}
	if z.File[0].Name != "[Content_Types].xml" {
		t.Errorf("the first part is %s", z.File[0].Name)
	}
	if body := sample().parts()[4].data; !strings.Contains(body, "&lt;w:p/&gt; &amp; &#34;x&#34;") || !strings.Contains(body, "next\uFFFD") {
		t.Error("text is not escaped")
	}
}
