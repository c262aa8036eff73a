package ods_test

import (
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/cell"
)

// The oracle of the fuzzer: the same cells, read by encoding/xml as a tree, one
// element after the other, with every repeat written out.

type node struct {
	name  xml.Name
	attrs []xml.Attr
	kids  []*node
	text  string // of a text, whose name is empty
}

const urn = "urn:oasis:names:tc:opendocument:xmlns:"

func (n *node) is(space, name string) bool {
	return n.name.Local == name && n.name.Space == urn+space+":1.0"
}

func (n *node) get(space, name string) (string, bool) {
	for _, a := range n.attrs {
		if a.Name.Local == name && a.Name.Space == urn+space+":1.0" {
			return a.Value, true
		}
	}
	return "", false
}

func (n *node) times(name string) int {
	v, ok := n.get("table", name)
	if !ok {
		return 1
	}
	k, _ := strconv.Atoi(v)
	return k
}

// tree reads a document.
func tree(content string) (*node, error) {
	d := xml.NewDecoder(strings.NewReader(content))
	root := &node{}
	open := []*node{root}
	for {
		t, err := d.Token()
		if err == io.EOF {
			return root, nil
		}
		if err != nil {
			return nil, err
		}
		top := open[len(open)-1]
		switch t := t.(type) {
		case xml.StartElement:
			n := &node{name: t.Name, attrs: t.Copy().Attr}
			top.kids = append(top.kids, n)
			open = append(open, n)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			top.kids = append(top.kids, &node{text: string(t)})
		}
	}
}

// walk calls fn for the nodes below n; where it returns true, it does not go
// deeper.
func (n *node) walk(fn func(*node) bool) {
	for _, k := range n.kids {
		if !fn(k) {
			k.walk(fn)
		}
	}
}

// slowly prints the cells of a document, one a line.
func slowly(content string) ([]string, error) {
	root, err := tree(content)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, n := range []string{"document-content", "body", "spreadsheet"} {
		var next *node
		for _, k := range root.kids {
			if k.is("office", n) {
				if next != nil {
					next.kids = append(next.kids, k.kids...)
				} else {
					next = k
				}
			}
		}
		if next == nil {
			return nil, io.ErrUnexpectedEOF
		}
		root = next
	}
	for _, table := range root.kids {
		if !table.is("table", "table") {
			continue
		}
		name, _ := table.get("table", "name")
		out = append(out, "["+name+"]")
		row := 0
		table.walk(func(n *node) bool {
			if !n.is("table", "table-row") {
				return false
			}
			cells := strings.Join(n.cells(), " | ")
			for range min(n.times("number-rows-repeated"), 1<<20+1) {
				if row++; cells != "" {
					out = append(out, fmt.Sprint(row, " ", cells))
				}
			}
			return true
		})
	}
	return out, nil
}

func (n *node) cells() (out []string) {
	col := 0
	for _, c := range n.kids {
		if !c.is("table", "table-cell") && !c.is("table", "covered-table-cell") {
			continue
		}
		value, holds := c.value()
		for range min(c.times("number-columns-repeated"), 1<<14+1) {
			if col++; holds {
				out = append(out, fmt.Sprint(col, "=", value))
			}
		}
	}
	return out
}

// value prints what a cell holds, and reports whether it holds something.
func (n *node) value() (string, bool) {
	kind, _ := n.get("office", "value-type")
	_, formula := n.get("table", "formula")
	shown := n.paragraphs()
	switch kind {
	case "float", "percentage", "currency":
		v, _ := n.get("office", "value")
		if v == "1" && shown == "TRUE" || v == "0" && shown == "FALSE" {
			return "bool " + v, true
		}
		return "number " + v, true
	case "date":
		return "date", true
	case "time":
		return "date", true
	case "boolean":
		v, _ := n.get("office", "boolean-value")
		return "bool " + map[string]string{"true": "1", "false": "0"}[v], true
	}
	if kind == "" {
		n.walk(func(k *node) bool {
			if k.is("text", "p") || k.is("text", "h") {
				kind = "string"
			}
			return !k.is("text", "list") && !k.is("text", "list-item") && !k.is("text", "list-header")
		})
	}
	if kind == "void" || kind == "" {
		return "blank", formula
	}
	text, _ := n.get("office", "string-value")
	if text == "" {
		text = shown
	}
	for _, a := range n.attrs {
		if a.Name.Local == "value-type" && strings.Contains(a.Name.Space, "calcext") && a.Value == "error" {
			if shown == "" {
				shown = "#N/A"
			}
			return "error " + shown, true
		}
	}
	if formula && strings.Contains("#N/A #REF! #VALUE! #NAME? #DIV/0! #NUM! #NULL!", text) && text != "" && !strings.Contains(text, " ") && text[0] == '#' && len(text) > 3 {
		switch text {
		case "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!":
			return "error " + shown, true
		}
	}
	return "text " + text, text != "" || formula
}

// paragraphs is the text of a cell.
func (n *node) paragraphs() string {
	var lines []string
	n.walk(func(k *node) bool {
		switch {
		case k.is("text", "p"), k.is("text", "h"):
			lines = append(lines, k.line())
			return true
		case k.is("text", "list"), k.is("text", "list-item"), k.is("text", "list-header"):
			return false
		}
		return true
	})
	return strings.Join(lines, "\n")
}

// line is the text of a paragraph: white space is first written as a sign of
// its own, and then joined.
func (n *node) line() string {
	const loose = "\ue000"
	var b strings.Builder
	n.walk(func(k *node) bool {
		switch {
		case k.name.Local == "":
			b.WriteString(strings.NewReplacer(" ", loose, "\t", loose, "\n", loose, "\r", loose).Replace(k.text))
			return true
		case k.is("text", "s"):
			count := 1
			if c, ok := k.get("text", "c"); ok {
				count, _ = strconv.Atoi(c)
			}
			b.WriteString(strings.Repeat(" ", count))
			return true
		case k.is("text", "tab"):
			b.WriteString("\t")
			return true
		case k.is("text", "line-break"):
			b.WriteString("\n")
			return true
		case k.is("text", "note"), k.is("text", "ruby-text"), k.is("text", "bookmark"), k.is("text", "bookmark-start"), k.is("text", "bookmark-end"), k.is("text", "soft-page-break"):
			return true
		}
		return k.name.Space == urn+"drawing:1.0" || k.is("office", "annotation") || k.is("office", "annotation-end")
	})
	text := strings.TrimLeft(b.String(), loose)
	for strings.Contains(text, loose+loose) {
		text = strings.ReplaceAll(text, loose+loose, loose)
	}
	return strings.ReplaceAll(text, loose, " ")
}

// quickly prints the cells as the package reads them.
func quickly(data []byte, forget bool) ([]string, error) {
	f, err := open(data, cell.Limits{})
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if forget {
		f.Forget(len(data) % 3)
	}
	var out []string
	for i, s := range f.Sheets {
		out = append(out, "["+s.Name+"]")
		r, err := f.Scan(context.Background(), i)
		if err != nil {
			return nil, err
		}
		for r.Next() {
			var cells []string
			for _, c := range r.Row().Cells {
				kind := []string{"blank", "number", "text", "bool", "error", "date"}[c.Kind]
				if kind != "blank" && kind != "date" {
					kind += " " + string(c.Raw)
				}
				cells = append(cells, fmt.Sprint(c.Col, "=", kind))
			}
			out = append(out, fmt.Sprint(r.Row().Number, " ", strings.Join(cells, " | ")))
		}
		if r.Err() != nil {
			return nil, r.Err()
		}
		r.Close()
	}
	return out, nil
}

// FuzzContent: what is read is what the slow reading reads, from memory and
// again from the file; or the file is refused.
func FuzzContent(f *testing.F) {
	for _, c := range cells {
		f.Add(one(c.rows))
	}
	for _, c := range refused {
		if len(c.content) < 1<<14 {
			f.Add(c.content)
		}
	}
	for _, c := range formats {
		f.Add(document(c.data, sheet("S", row(num("1")))))
	}
	f.Fuzz(func(t *testing.T, content string) {
		if strings.Contains(content, "\ue000") {
			return
		}
		data := file(t, content)
		got, err := quickly(data, false)
		if err != nil {
			return
		}
		again, err := quickly(data, true)
		if err != nil {
			t.Fatalf("read, and refused again: %s", describe(err))
		}
		if diff := cmp.Diff(got, again); diff != "" {
			t.Fatalf("-from memory +from the file:\n%s", diff)
		}
		want, err := slowly(content)
		if err != nil {
			t.Skip() // encoding/xml knows fewer names
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("-slow +got:\n%s", diff)
		}
	})
}
