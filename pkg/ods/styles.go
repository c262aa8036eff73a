package ods

import (
	"cmp"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/numfmt"
	"github.com/parcheck/parcheck/pkg/xlsx"
)

// family is a family of styles (ODF 1.3 part 3, 19.480).
type family string

// The families that matter.
const (
	tableFamily  family = "table"
	columnFamily family = "table-column"
	rowFamily    family = "table-row"
	cellFamily   family = "table-cell"
	textFamily   family = "text"
)

// style is one style as it stands in the file. A property that is not given is
// that of the parent.
type style struct {
	parent string
	data   string // the name of its data style
	hidden bool   // of a table: not shown; of a row or column: of no size

	font           string // as the file names it
	colour, fill   string // of the text, of the cell
	struck, unseen tristate
	raised         vertical
	shows          string // the properties of its text that can be seen
}

// vertical is where a text stands on its line.
type vertical uint8

const (
	unsaid vertical = iota
	onLine
	superscript
	subscript
)

// tristate is a property that may be given or not.
type tristate uint8

const (
	inherited tristate = iota
	off
	on
)

func stateOf(b bool) tristate {
	if b {
		return on
	}
	return off
}

func (t tristate) or(other tristate) tristate {
	if t != inherited {
		return t
	}
	return other
}

// look is what a style says about a cell or a text, its parents included.
type look struct {
	format *numfmt.Format
	font   cell.FontCode
	mark   cell.Mark
	raised vertical
	shows  string
	lacks  string // a style that it names and the file does not define
}

// styles are those of a file, by family and name.
type styles struct {
	fonts   map[string]cell.FontCode // by the names that the file gives them
	byName  map[family]map[string]*style
	data    map[string]*dataStyle
	formats map[string]*numfmt.Format // of data styles
	codes   int                       // bytes of them
	looks   map[family]map[string]look
}

func newStyles() styles {
	s := styles{
		fonts: map[string]cell.FontCode{}, byName: map[family]map[string]*style{}, data: map[string]*dataStyle{},
		formats: map[string]*numfmt.Format{}, looks: map[family]map[string]look{},
	}
	for _, f := range []family{tableFamily, columnFamily, rowFamily, cellFamily, textFamily} {
		s.byName[f] = map[string]*style{}
		s.looks[f] = map[string]look{}
	}
	return s
}

// readFonts reads <office:font-face-decls>.
func (s *styles) readFonts(x *xlsx.XML) bool {
	return each(x, func() bool {
		if x.Is(xlsx.ODFStyle, "font-face") {
			name, _ := x.Get(xlsx.ODFStyle, "name")
			face, ok := x.Get(xlsx.ODFSVG, "font-family")
			if !ok {
				face = name
			}
			if code := fontCode(string(face)); code != cell.UnicodeFont && s.room(x, len(s.fonts), "style:font-face") {
				s.fonts[string(name)] = code
			}
		}
		return x.Err() == nil && x.Skip()
	})
}

// fontCode tells the legacy fonts by the name of a face, which may be quoted.
func fontCode(face string) cell.FontCode { return cell.FontCodeOf(strings.Trim(face, `'"`)) }

// room fails when there are most of something already.
func (s *styles) room(x *xlsx.XML, n int, name string) bool {
	if n >= maxStyles {
		x.Fail(diag.TooMuch("the file has more than %d <%s>", "tệp có hơn %d <%s>", maxStyles, name))
	}
	return n < maxStyles
}

// read reads the styles inside the present element.
func (s *styles) read(x *xlsx.XML) bool {
	return each(x, func() bool {
		switch {
		case x.Is(xlsx.ODFStyle, "style"), x.Is(xlsx.ODFStyle, "default-style"):
			return s.readStyle(x)
		case x.Space() == xlsx.ODFNumber:
			return s.readData(x)
		}
		return x.Skip()
	})
}

// readStyle reads <style:style>. The default of a family has no name.
func (s *styles) readStyle(x *xlsx.XML) bool {
	kind, _ := x.Get(xlsx.ODFStyle, "family")
	known := s.byName[family(kind)]
	if known == nil {
		return x.Skip()
	}
	name, _ := x.Get(xlsx.ODFStyle, "name")
	parent, _ := x.Get(xlsx.ODFStyle, "parent-style-name")
	data, _ := x.Get(xlsx.ODFStyle, "data-style-name")
	st := &style{parent: string(parent), data: string(data)}
	if x.Err() != nil || !s.room(x, len(known), "style:style") {
		return false
	}
	known[string(name)] = st
	return each(x, func() bool {
		switch {
		case x.Is(xlsx.ODFStyle, "table-properties"):
			shown, given := x.Get(xlsx.ODFTable, "display")
			st.hidden = given && string(shown) == "false"
		case x.Is(xlsx.ODFStyle, "table-column-properties"):
			st.hidden = isZero(x.Get(xlsx.ODFStyle, "column-width"))
		case x.Is(xlsx.ODFStyle, "table-row-properties"):
			st.hidden = isZero(x.Get(xlsx.ODFStyle, "row-height"))
		case x.Is(xlsx.ODFStyle, "table-cell-properties"):
			if fill, ok := x.Get(xlsx.ODFFormat, "background-color"); ok {
				st.fill = colourOf(fill)
			}
		case x.Is(xlsx.ODFStyle, "text-properties"):
			st.readText(x)
		}
		return x.Err() == nil && x.Skip()
	})
}

// isZero reports whether a length is given and is 0, by which programs hide as
// well.
func isZero(length []byte, ok bool) bool {
	number := strings.TrimRight(string(length), "abcdefghijklmnopqrstuvwxyz%")
	return ok && number != "" && strings.Trim(number, "0.") == ""
}

// The properties of a text that can be seen, beside those that mark it.
var (
	seenByStyle  = map[string]bool{"font-name": true, "text-underline-style": true}
	seenByFormat = map[string]bool{"font-family": true, "font-size": true, "font-weight": true, "font-style": true, "color": true}
)

// readText reads <style:text-properties>.
func (st *style) readText(x *xlsx.XML) {
	x.EachAttribute(func(space xlsx.Space, name, value []byte) {
		v := string(value)
		if space == xlsx.ODFStyle && seenByStyle[string(name)] || space == xlsx.ODFFormat && seenByFormat[string(name)] {
			st.shows += string(name) + "=" + v[:min(len(v), 100)] + ";"
		}
		switch {
		case space == xlsx.ODFStyle && string(name) == "text-line-through-style",
			space == xlsx.ODFStyle && string(name) == "text-line-through-type":
			if v != "none" {
				st.struck = on
			} else if st.struck == inherited {
				st.struck = off
			}
		case space == xlsx.ODFStyle && string(name) == "text-position":
			st.raised = verticalOf(v)
		case space == xlsx.ODFStyle && string(name) == "font-name":
			st.font = v
		case space == xlsx.ODFFormat && string(name) == "font-family" && st.font == "":
			st.font = v
		case space == xlsx.ODFFormat && string(name) == "color":
			st.colour = colourOf(value)
		case space == xlsx.ODFStyle && string(name) == "use-window-font-color" && v == "true":
			st.colour = "automatic"
		case space == xlsx.ODFFormat && string(name) == "font-size" && isZero(value, true):
			st.unseen = on
		case space == xlsx.ODFText && string(name) == "display":
			st.unseen = stateOf(v == "none")
		}
	})
}

const white = "#ffffff"

// colourOf reads a colour; a cell without one is white.
func colourOf(value []byte) string {
	if string(value) == "transparent" {
		return white
	}
	return strings.ToLower(string(value))
}

// verticalOf reads style:text-position, "super 58%", "-33% 58%" or "0% 100%".
func verticalOf(position string) vertical {
	place, _, _ := strings.Cut(position, " ")
	switch {
	case place == "sub", strings.HasPrefix(place, "-"):
		return subscript
	case place == "super", strings.Trim(place, "0.%") != "":
		return superscript
	}
	return onLine
}

// hides reports whether a style of a table, row or column hides it.
func (s *styles) hides(f family, name string) bool {
	st := s.byName[f][name]
	return name != "" && st != nil && st.hidden
}

// usualStyle is the style of cells that have no other one. Some programs name it
// and do not define it.
const usualStyle = "Default"

// look resolves a style by its parents and its family's default.
func (s *styles) look(f family, name string) look {
	if l, ok := s.looks[f][name]; ok {
		return l
	}
	var all style
	lacks := ""
	if s.byName[f][name] == nil && name != "" && name != usualStyle {
		lacks = name
	}
	for n, depth := name, 0; depth < maxParents; depth++ {
		st := s.byName[f][n]
		if st == nil && n != "" {
			n = ""
			continue
		}
		if st == nil {
			break
		}
		if all.data == "" {
			all.data = st.data
		}
		if all.font == "" {
			all.font = st.font
		}
		all.struck, all.unseen = all.struck.or(st.struck), all.unseen.or(st.unseen)
		all.raised = cmp.Or(all.raised, st.raised)
		all.colour, all.fill = cmp.Or(all.colour, st.colour), cmp.Or(all.fill, st.fill)
		all.shows = cmp.Or(all.shows, st.shows)
		if n == "" {
			break
		}
		n = st.parent
	}
	if all.data != "" && s.data[all.data] == nil {
		lacks = all.data
	}
	l := look{lacks: lacks, format: s.format(all.data), font: s.fontCode(all.font), raised: all.raised, shows: all.shows}
	switch {
	case all.struck == on:
		l.mark = cell.StruckOut
	case all.unseen == on:
		l.mark = cell.PartHidden
	case f == cellFamily && all.colour != "" && all.colour == cmp.Or(all.fill, white):
		l.mark = cell.Unseen
	}
	if len(s.looks[f]) < maxStyles {
		s.looks[f][name] = l
	}
	return l
}

func (s *styles) fontCode(name string) cell.FontCode {
	if code, ok := s.fonts[name]; ok {
		return code
	}
	return fontCode(name)
}

// format compiles the format of a data style; nil, which is General, when there
// is none.
func (s *styles) format(name string) *numfmt.Format {
	if f, ok := s.formats[name]; ok || name == "" {
		return f
	}
	var f *numfmt.Format
	if d := s.data[name]; d != nil {
		if code := s.code(d); code != "" && !strings.EqualFold(code, "General") && s.codes < maxCodes {
			s.codes += len(code)
			f = numfmt.Parse(code)
		}
	}
	s.formats[name] = f
	return f
}

// code writes a data style as the code of a number format: the conditional
// sections, then its own.
func (s *styles) code(d *dataStyle) string {
	var sections []string
	conditions := make([]string, 0, len(d.maps))
	for _, m := range d.maps {
		other := s.data[m.style]
		if other == nil {
			continue
		}
		sections = append(sections, other.code)
		conditions = append(conditions, m.condition)
	}
	// The usual sections have no conditions: positive and negative; and zero.
	if !slices.Equal(conditions, []string{">=0"}) && !slices.Equal(conditions, []string{">0", "<0"}) && !slices.Equal(conditions, []string{">0", "<0", "=0"}) {
		for i, c := range conditions {
			sections[i] = "[" + c + "]" + sections[i]
		}
	}
	return strings.Join(append(sections, d.code), ";")
}
