package xlsx

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
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
	declares map[string]string // prefixes, with the short names of their namespaces
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
	"http://schemas.openxmlformats.org/markup-compatibility/2006":         "mc",
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
	b, wide := slowUTF8(b)
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))))
	d.CharsetReader = func(charset string, r io.Reader) (io.Reader, error) {
		if c := strings.ToUpper(charset); c == "UTF8" || c == "US-ASCII" || wide && strings.HasPrefix(c, "UTF-16") {
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
			n := &node{name: slowName(t.Name), attrs: map[string]string{}, declares: map[string]string{}}
			for _, a := range t.Attr {
				if a.Name.Space == "xmlns" {
					n.declares[a.Name.Local] = slowSpaces[a.Value]
				}
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
	return top.children[0], slowVersions(top.children[0], nil)
}

// slowUTF8 makes UTF-8 of UTF-16.
func slowUTF8(b []byte) ([]byte, bool) {
	if len(b) < 2 || b[0] != 0 && b[1] != 0 && b[0] < 0xfe {
		return b, false
	}
	order := binary.ByteOrder(binary.LittleEndian)
	if b[0] == 0 || b[0] == 0xfe {
		order = binary.BigEndian
	}
	var units []uint16
	for ; len(b) >= 2; b = b[2:] {
		units = append(units, order.Uint16(b))
	}
	return []byte(string(utf16.Decode(units))), true
}

// slowVersions puts the version that is read in the place of content in
// several. bound are the prefixes declared around n.
func slowVersions(n *node, bound map[string]string) error {
	bound = maps.Clone(bound)
	if bound == nil {
		bound = map[string]string{}
	}
	maps.Copy(bound, n.declares)
	var out []*node
	for _, c := range n.children {
		if c.name != "mc AlternateContent" {
			out = append(out, c)
			if err := slowVersions(c, bound); err != nil {
				return err
			}
			continue
		}
		for _, v := range c.children {
			inner := maps.Clone(bound)
			maps.Copy(inner, c.declares)
			maps.Copy(inner, v.declares)
			required := strings.FieldsFunc(v.attrs["Requires"], func(r rune) bool { return r < 0x80 && isSpace[r] })
			known := !slices.ContainsFunc(required, func(p string) bool { return inner[p] != "m" && inner[p] != "r" })
			if v.name == "mc Fallback" || v.name == "mc Choice" && len(required) > 0 && known {
				if err := slowVersions(v, inner); err != nil {
					return err
				}
				out = append(out, v.children...)
				break
			}
		}
	}
	n.children = out
	return nil
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
	parts   map[string]*zip.File
	texts   []string
	fonts   []font // of the texts
	styles  []style
	visible map[string]bool // the shared formulas of the sheet that leave hidden rows out
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
			printSheet(&out, slowEscapes(s.attrs["name"]), map[string]cell.State{"hidden": cell.Hidden, "veryHidden": cell.VeryHidden}[s.attrs["state"]], epoch)
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
	if f.parts[strings.ToLower(name)] == nil {
		return nil
	}
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
	var fills []string
	for _, list := range n.all("m fills") {
		for _, c := range list.all("m fill") {
			colour := "ffffff"
			for _, p := range c.children {
				switch pattern := p.attrs["patternType"]; {
				case p.name == "m patternFill" && (pattern == "" || pattern == "none"):
					colour = "ffffff"
				case p.name == "m patternFill", p.name == "m gradientFill":
					colour = ""
					for _, fg := range p.all("m fgColor") {
						if pattern == "solid" {
							colour = slowColour(fg)
						}
					}
				}
			}
			fills = append(fills, colour)
		}
	}
	var fonts []font
	for _, list := range n.all("m fonts") {
		for _, c := range list.all("m font") {
			var look font
			for _, name := range c.all("m name") {
				look.code = cell.FontCodeOf(name.attrs["val"])
			}
			for _, strike := range c.all("m strike") {
				if look.mark = cell.Plain; slowSwitched(strike) {
					look.mark = cell.StruckOut
				}
			}
			for _, colour := range c.all("m color") {
				look.colour = slowColour(colour)
			}
			for _, p := range c.children {
				if p.name != "m rFont" {
					look.look = slowLook(look.look, p)
				}
			}
			fonts = append(fonts, look)
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
			if i, err := strconv.Atoi(strings.TrimSpace("0" + xf.attrs["fontId"])); err == nil && i < len(fonts) && len(xf.attrs["fontId"]) < 9 {
				s.font = fonts[i]
			}
			fill, _ := strconv.Atoi(strings.TrimSpace(xf.attrs["fillId"]))
			background := "ffffff"
			if fill < len(fills) {
				background = fills[fill]
			}
			if s.colour == background && s.colour != "" {
				s.mark = max(s.mark, cell.Unseen)
			}
			f.styles = append(f.styles, s)
		}
	}
	return nil
}

func slowColour(n *node) string {
	rgb, indexed, theme, tint := strings.ToLower(n.attrs["rgb"]), n.attrs["indexed"], n.attrs["theme"], n.attrs["tint"]
	switch {
	case len(rgb) == 6 || len(rgb) == 8:
		return rgb[len(rgb)-6:]
	case indexed == "1", indexed == "9", theme == "0" && strings.Trim(tint, "0.-") == "":
		return "ffffff"
	case theme != "":
		return "theme " + shorten([]byte(theme)) + " " + shorten([]byte(tint))
	case indexed != "" && indexed != "64" && indexed != "65":
		return "indexed " + shorten([]byte(indexed))
	}
	return ""
}

var slowVisible = regexp.MustCompile(`(?i)(^|[^a-z0-9_])(subtotal|aggregate) *\(`)

// slowSwitched reports whether an element switches a property on.
func slowSwitched(n *node) bool {
	val, ok := n.attrs["val"]
	return !ok || val != "0" && val != "false"
}

// slowRun is a part of a text.
type slowRun struct {
	text, look string
	struck     bool
	raised     string
}

// slowRich reads the runs of a text, and says how they differ.
func slowRich(n *node, space string) (string, font) {
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
	var runs []slowRun
	var f font
	for _, c := range n.children {
		switch c.name {
		case "m t":
			runs = append(runs, slowRun{text: text(c, space)})
		case "m r":
			var run slowRun
			for _, part := range c.children {
				switch part.name {
				case "m t":
					run.text += text(part, keep(c, space))
				case "m rPr":
					run.struck = false
					for _, p := range part.children {
						run.property(&f, p)
					}
				}
			}
			runs = append(runs, run)
		}
	}
	shown, raised, own := 0, 0, map[string]bool{}
	for _, run := range runs {
		if strings.Trim(run.text, " \t\r\n") == "" {
			continue
		}
		shown++
		if own[run.look] = true; len(own) > 1 {
			f.mark = max(f.mark, cell.Parts)
		}
		if run.struck {
			f.mark = cell.StruckOut
		}
		if run.raised != "" {
			raised++
		}
	}
	out := ""
	for _, run := range runs {
		if raised > 0 && raised < shown && run.raised != "" {
			f.mark = max(f.mark, cell.Raised)
			run.text = strings.Map(func(r rune) rune {
				if i := strings.IndexRune("0123456789()", r); i >= 0 {
					return []rune(run.raised)[i]
				}
				return r
			}, run.text)
		}
		out += run.text
	}
	if f.mark == cell.Parts && len(own) == 2 && own[""] { // but for a cell with the other look
		delete(own, "")
		f.look = slices.Collect(maps.Keys(own))[0]
	}
	return out, f
}

// property takes a property of a run.
func (r *slowRun) property(f *font, p *node) {
	name, main := strings.CutPrefix(p.name, "m ")
	if !main || !slices.Contains([]string{"rFont", "b", "i", "u", "sz", "color", "vertAlign", "strike"}, name) {
		return
	}
	val := p.attrs["val"]
	r.look = slowLook(r.look, p)
	switch {
	case name == "rFont" && f.code == cell.UnicodeFont:
		f.code = cell.FontCodeOf(val)
	case name == "strike":
		r.struck = slowSwitched(p)
	case name == "vertAlign" && val == "superscript":
		r.raised = "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾"
	case name == "vertAlign" && val == "subscript":
		r.raised = "₀₁₂₃₄₅₆₇₈₉₍₎"
	case name == "vertAlign" && val == "baseline":
		r.raised = ""
	}
}

// slowLook replaces a property in a look, which is a sorted list of them.
func slowLook(look string, p *node) string {
	name := strings.TrimPrefix(strings.Replace(p.name, "rFont", "name", 1), "m ")
	val, given := p.attrs["val"]
	val = shorten([]byte(val))
	switch name {
	default:
		return look
	case "name":
	case "sz":
		if whole, decimals, ok := strings.Cut(val, "."); ok {
			val = strings.TrimSuffix(whole+"."+strings.TrimRight(decimals, "0"), ".")
		}
	case "b", "i":
		val = map[bool]string{true: "on"}[slowSwitched(p)]
	case "u":
		if !given {
			val = "single"
		}
		val = strings.TrimPrefix(val, "none")
	case "color":
		if val = slowColour(p); slices.Contains([]string{"000000", "indexed 8", "theme 1 "}, val) {
			val = ""
		}
	case "vertAlign":
		val = strings.TrimPrefix(val, "baseline")
	}
	all := slices.DeleteFunc(strings.Split(look, "\n"), func(s string) bool { return s == "" || strings.HasPrefix(s, name+"=") })
	if val != "" {
		all = append(all, name+"="+val)
	}
	slices.Sort(all)
	return strings.Join(all, "\n")
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
	f.visible = map[string]bool{}
	for _, r := range n.one("m sheetData").all("m row") {
		for _, c := range r.all("m c") {
			if key := strings.TrimSpace(c.one("m f").attrs["si"]); c.one("m f").attrs["t"] == "shared" && slowVisible.MatchString(c.one("m f").text) {
				f.visible[key] = true
			}
		}
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
				a, ok := diag.ParseArea(strings.ToUpper(ref))
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
			a, ok := diag.ParseArea(strings.ToUpper(m.attrs["ref"]))
			if !ok {
				return fmt.Errorf("merge %s", m.attrs["ref"])
			}
			if a.Row == 0 {
				a.Row, a.ToRow = 1, maxRow
			}
			if a.Col == 0 {
				a.Col, a.ToCol = 1, maxCol
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

// slowMark is the mark of a text in a cell whose font has a look.
func slowMark(f font, look string) cell.Mark {
	if f.mark == cell.Parts && f.look == look && look != "" {
		return cell.Plain
	}
	return f.mark
}

// cell reads one cell.
func (f *slowFile) cell(c *node, space string) (v cell.Cell, err error) {
	i, err := strconv.Atoi(strings.TrimSpace("0" + c.attrs["s"]))
	if err != nil {
		return v, err
	}
	look := ""
	if i < len(f.styles) {
		look = f.styles[i].look
		v.Format, v.Font, v.Mark, v.Indent = f.styles[i].format, f.styles[i].code, f.styles[i].mark, f.styles[i].indent
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
		if text = strings.Trim(text, " \t\r\n"); text == "" {
			return v, nil
		}
	}
	if v.Formula != cell.NoFormula {
		v.Formula = cell.Calculated
		if key := c.one("m f").attrs["si"]; slowVisible.MatchString(c.one("m f").text) || c.one("m f").attrs["t"] == "shared" && f.visible[strings.TrimSpace(key)] {
			v.Formula = cell.VisibleOnly
		}
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
		if text = f.texts[i]; f.fonts[i].code != cell.UnicodeFont {
			v.Font = f.fonts[i].code
		}
		v.Mark = max(v.Mark, slowMark(f.fonts[i], look))
		v.Kind = cell.Text
	case "str":
		v.Kind, text = cell.Text, slowEscapes(text)
	case "inlineStr":
		v.Kind = cell.Text
		if len(inlines) == 0 {
			text = slowEscapes(text)
			break
		}
		var font font
		if text, font = slowRich(inlines[0], space); font.code != cell.UnicodeFont {
			v.Font = font.code
		}
		if v.Mark = max(v.Mark, slowMark(font, look)); len(values) > 0 {
			text = strings.Trim(text, " \t\r\n")
		}
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
