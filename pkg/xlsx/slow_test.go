package xlsx

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/xml"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/numfmt"
)

// A second reading, slow and plain, on archive/zip and encoding/xml: what the
// reader accepts, this must read alike. It shares with the reader only the
// meaning of number formats and fonts, and how cells are printed.

// node is an element: its name as "space name", its children and its texts.
type node struct {
	name     string
	attrs    map[string]string // of no namespace by name, others as "space name"
	children []*node
	text     string // all of its own characters, one after the other
}

// Short names of the namespaces that matter.
var slowSpaces = map[string]string{
	"http://schemas.openxmlformats.org/spreadsheetml/2006/main":           "m",
	"http://purl.oclc.org/ooxml/spreadsheetml/main":                       "m",
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
	"http://purl.oclc.org/ooxml/officeDocument/relationships":             "r",
	"http://schemas.openxmlformats.org/package/2006/relationships":        "p",
	"http://www.w3.org/XML/1998/namespace":                                "xml",
}

func slowName(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	s, ok := slowSpaces[n.Space]
	if !ok {
		s = "other"
	}
	return s + " " + n.Local
}

func parseNode(b []byte) (*node, error) {
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))))
	d.CharsetReader = func(charset string, r io.Reader) (io.Reader, error) {
		if c := strings.ToUpper(charset); c == "UTF8" || c == "US-ASCII" {
			return r, nil
		}
		return nil, fmt.Errorf("charset %s", charset)
	}
	top := &node{}
	stack := []*node{top}
	for {
		t, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		last := stack[len(stack)-1]
		switch t := t.(type) {
		case xml.StartElement:
			n := &node{name: slowName(t.Name), attrs: map[string]string{}}
			for _, a := range t.Attr {
				n.attrs[slowName(a.Name)] = a.Value
			}
			last.children = append(last.children, n)
			stack = append(stack, n)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			last.text += string(t)
		case xml.Directive:
			return nil, errors.New("directive")
		}
	}
	if len(top.children) != 1 || len(stack) != 1 {
		return nil, errors.New("not one root element")
	}
	return top.children[0], nil
}

// all returns the children of a name.
func (n *node) all(name string) (out []*node) {
	for _, c := range n.children {
		if c.name == name {
			out = append(out, c)
		}
	}
	return out
}

// one returns the first child of a name, or an empty element.
func (n *node) one(name string) *node {
	for _, c := range n.children {
		if c.name == name {
			return c
		}
	}
	return &node{}
}

// slowFile is a file in the second reading.
type slowFile struct {
	parts  map[string]*zip.File
	texts  []string
	fonts  []cell.FontCode // of the texts
	styles []style
}

// readSlowly prints all that a file holds, as read does.
func readSlowly(b []byte) (string, error) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return "", err
	}
	f := &slowFile{parts: map[string]*zip.File{}}
	for _, p := range z.File {
		name := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(p.Name, `\`, "/"), "/"))
		f.parts[name] = p
	}
	var book string
	roots, err := f.relations("")
	if err != nil {
		return "", err
	}
	for _, r := range roots {
		if r.kind == "officeDocument" && !r.external {
			book = r.target
		}
	}
	return f.print(book)
}

func (f *slowFile) part(name string) (*node, error) {
	p := f.parts[strings.ToLower(name)]
	if p == nil {
		return nil, fmt.Errorf("no part %s", name)
	}
	raw, err := p.OpenRaw() // Open also reads the data descriptor, which says nothing new
	if err != nil {
		return nil, err
	}
	if p.Method == zip.Deflate {
		raw = flate.NewReader(raw)
	}
	b, err := io.ReadAll(raw)
	if err != nil {
		return nil, err
	}
	if crc32.ChecksumIEEE(b) != p.CRC32 || uint64(len(b)) != p.UncompressedSize64 {
		return nil, zip.ErrChecksum
	}
	return parseNode(b)
}

func (f *slowFile) relations(source string) (map[string]relation, error) {
	dir, base := path.Split(source)
	name := dir + "_rels/" + base + ".rels"
	out := map[string]relation{}
	if f.parts[strings.ToLower(name)] == nil {
		return out, nil
	}
	n, err := f.part(name)
	if err != nil {
		return nil, err
	}
	for _, r := range n.all("p Relationship") {
		target := r.attrs["Target"]
		if u, err := url.PathUnescape(target); err == nil {
			target = u
		}
		if target = strings.ReplaceAll(target, `\`, "/"); !path.IsAbs(target) {
			target = "/" + dir + target
		}
		out[r.attrs["Id"]] = relation{path.Base(r.attrs["Type"]), path.Clean(target)[1:], r.attrs["TargetMode"] == "External"}
	}
	return out, nil
}

func (f *slowFile) print(book string) (string, error) {
	w, err := f.part(book)
	if err != nil {
		return "", err
	}
	relations, err := f.relations(book)
	if err != nil {
		return "", err
	}
	for _, r := range relations {
		switch {
		case r.external:
		case r.kind == "sharedStrings":
			f.readTexts(r.target)
		case r.kind == "styles":
			err = f.readStyles(r.target)
		}
		if err != nil {
			return "", err
		}
	}
	epoch := false
	for _, pr := range w.all("m workbookPr") { // the last one counts
		epoch = pr.attrs["date1904"] == "1" || pr.attrs["date1904"] == "true"
	}
	var out strings.Builder
	for _, sheets := range w.all("m sheets") {
		for _, s := range sheets.all("m sheet") {
			printSheet(&out, slowEscapes(s.attrs["name"]), map[string]State{"hidden": Hidden, "veryHidden": VeryHidden}[s.attrs["state"]], epoch)
			r := relations[s.attrs["r id"]]
			if r.kind != "worksheet" {
				continue
			}
			n, err := f.part(r.target)
			if err == nil {
				err = f.printRows(&out, n)
			}
			if err != nil {
				return "", err
			}
		}
	}
	return out.String(), nil
}

// readTexts reads the string table. A table that cannot be read is no error
// until a cell needs it.
func (f *slowFile) readTexts(name string) {
	n, err := f.part(name)
	if err != nil || n.name != "m sst" {
		return
	}
	for _, si := range n.all("m si") {
		text, font := slowRich(si, n.attrs["xml space"])
		f.texts = append(f.texts, text)
		f.fonts = append(f.fonts, font)
	}
}

func (f *slowFile) readStyles(name string) error {
	n, err := f.part(name)
	if err != nil {
		return err
	}
	codes := map[string]string{}
	for _, list := range n.all("m numFmts") {
		for _, c := range list.all("m numFmt") {
			codes[strings.TrimLeft(c.attrs["numFmtId"], "0")] = c.attrs["formatCode"]
		}
	}
	var fonts []cell.FontCode
	for _, list := range n.all("m fonts") {
		for _, c := range list.all("m font") {
			code := cell.UnicodeFont
			for _, name := range c.all("m name") {
				code = fontCode(name.attrs["val"])
			}
			fonts = append(fonts, code)
		}
	}
	for _, list := range n.all("m cellXfs") {
		for _, xf := range list.all("m xf") {
			var s style
			id := strings.TrimLeft(xf.attrs["numFmtId"], "0")
			if code, ok := codes[id]; ok {
				s.format = numfmt.Parse(code)
			} else {
				i, _ := strconv.Atoi(id)
				s.format = numfmt.Builtin(i)
			}
			if i, _ := strconv.Atoi(strings.TrimSpace(xf.attrs["fontId"])); i < len(fonts) {
				s.font = fonts[i]
			}
			f.styles = append(f.styles, s)
		}
	}
	return nil
}

func slowRich(n *node, space string) (string, cell.FontCode) {
	keep := func(n *node, inherited string) string {
		if s, ok := n.attrs["xml space"]; ok {
			return s
		}
		return inherited
	}
	text := func(t *node, space string) string {
		s := t.text
		if keep(t, space) != "preserve" {
			s = strings.Trim(s, " \t\r\n")
		}
		return slowEscapes(s)
	}
	space = keep(n, space)
	out, font := "", cell.UnicodeFont
	for _, c := range n.children {
		switch c.name {
		case "m t":
			out += text(c, space)
		case "m r":
			for _, part := range c.children {
				switch part.name {
				case "m t":
					out += text(part, keep(c, space))
				case "m rPr":
					for _, name := range part.below("m rFont") {
						if code := fontCode(name.attrs["val"]); font == cell.UnicodeFont {
							font = code
						}
					}
				}
			}
		}
	}
	return out, font
}

// below returns all descendants of a name.
func (n *node) below(name string) (out []*node) {
	for _, c := range n.children {
		if c.name == name {
			out = append(out, c)
		}
		out = append(out, c.below(name)...)
	}
	return out
}

var slowEscape = regexp.MustCompile(`(?:_x[0-9A-Fa-f]{4}_)+`)

// slowEscapes resolves each run of escapes as UTF-16.
func slowEscapes(s string) string {
	return slowEscape.ReplaceAllStringFunc(s, func(run string) string {
		var units []uint16
		for ; run != ""; run = run[7:] {
			u, _ := strconv.ParseUint(run[2:6], 16, 16)
			units = append(units, uint16(u))
		}
		return string(utf16.Decode(units))
	})
}

func (f *slowFile) printRows(out *strings.Builder, n *node) error {
	if n.name != "m worksheet" || len(n.all("m sheetData")) != 1 {
		return errors.New("no rows section")
	}
	at := 0
	for _, r := range n.one("m sheetData").all("m row") {
		at++
		if ref, ok := r.attrs["r"]; ok {
			at, _ = strconv.Atoi(strings.TrimSpace(ref))
		}
		row := cell.Row{Number: at}
		h := r.attrs["hidden"]
		ht, hasHeight := r.attrs["ht"]
		row.Hidden = h == "1" || h == "true" || hasHeight && ht != "" && strings.Trim(ht, "0.") == ""
		col := 0
		for _, c := range r.all("m c") {
			col++
			if ref, ok := c.attrs["r"]; ok {
				a, ok := diag.ParseArea(ref)
				if !ok || a.Row != at || a.Col < col {
					return fmt.Errorf("cell %s in row %d", ref, at)
				}
				col = a.Col
			}
			v, err := f.cell(c, n.attrs["xml space"])
			if err != nil {
				return err
			}
			if v.Col = col; v.Kind != cell.Blank || v.Formula != cell.NoFormula {
				row.Cells = append(row.Cells, v)
			}
		}
		printRow(out, &row)
	}
	return f.printTail(out, n)
}

func (f *slowFile) printTail(out *strings.Builder, n *node) error {
	var merges, hidden []diag.Area
	for _, list := range n.all("m mergeCells") {
		for _, m := range list.all("m mergeCell") {
			a, ok := diag.ParseArea(m.attrs["ref"])
			if !ok {
				return fmt.Errorf("merge %s", m.attrs["ref"])
			}
			merges = append(merges, a)
		}
	}
	for _, list := range n.all("m cols") {
		for _, c := range list.all("m col") {
			width, ok := c.attrs["width"]
			if h := c.attrs["hidden"]; h == "1" || h == "true" || ok && width != "" && strings.Trim(width, "0.") == "" {
				from, _ := strconv.Atoi(strings.TrimSpace(c.attrs["min"]))
				to, _ := strconv.Atoi(strings.TrimSpace(c.attrs["max"]))
				hidden = append(hidden, diag.Area{Col: from, ToCol: to})
			}
		}
	}
	printTail(out, merges, hidden)
	return nil
}

var slowNumber = regexp.MustCompile(`^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$`)

// cell reads one cell.
func (f *slowFile) cell(c *node, space string) (v cell.Cell, err error) {
	i, err := strconv.Atoi(strings.TrimSpace("0" + c.attrs["s"]))
	if err != nil {
		return v, err
	}
	if i < len(f.styles) {
		v.Format, v.Font = f.styles[i].format, f.styles[i].font
	}
	if len(c.all("m f")) > 0 {
		v.Formula = cell.Uncalculated
	}
	values, inlines := c.all("m v"), c.all("m is")
	if len(values)+len(inlines) == 0 {
		return v, nil
	}
	text := c.one("m v").text
	if t := c.attrs["t"]; t != "str" && t != "inlineStr" {
		if text = strings.Trim(text, " \t\r\n"); text == "" && t != "s" {
			return v, nil
		}
	}
	if v.Formula != cell.NoFormula {
		v.Formula = cell.Calculated
	}
	switch t := c.attrs["t"]; t {
	case "", "n":
		v.Kind = cell.NumberKind(v.Format, []byte(text))
		if !slowNumber.MatchString(text) {
			return v, fmt.Errorf("number %q", text)
		}
	case "s":
		i, err := strconv.Atoi(text)
		if err != nil || i < 0 || i >= len(f.texts) {
			return v, fmt.Errorf("string %q", text)
		}
		if text = f.texts[i]; f.fonts[i] != cell.UnicodeFont {
			v.Font = f.fonts[i]
		}
		v.Kind = cell.Text
	case "str":
		v.Kind, text = cell.Text, slowEscapes(text)
	case "inlineStr":
		var font cell.FontCode
		if text, font = slowRich(inlines[0], space); font != cell.UnicodeFont {
			v.Font = font
		}
		v.Kind = cell.Text
	case "b":
		v.Kind, text = cell.Bool, map[string]string{"1": "1", "0": "0", "true": "1", "false": "0"}[text]
	case "e":
		v.Kind = cell.Error
	case "d":
		v.Kind = cell.Date
	default:
		return v, fmt.Errorf("type %q", t)
	}
	v.Raw = []byte(text)
	return v, nil
}
