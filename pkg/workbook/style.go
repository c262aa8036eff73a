package workbook

import (
	"bytes"
	"cmp"
	"strings"

	"github.com/parcheck/parcheck/pkg/cell"
)

// look is how the style of an element shows its text.
type look struct {
	gone   bool // display:none: it is not there for anybody
	unseen bool // it takes its place and cannot be seen
	tiny   bool // it is written in letters of no size, unless what is in it is larger
	struck bool
	raised bool // superscript, or subscript

	colour, fill string // of the text, behind it; "" when they are not said

	lowered bool // subscript
}

// mark is what the look means for a cell whose text has it.
func (l look) mark() cell.Mark {
	switch {
	case l.struck:
		return cell.StruckOut
	case l.unseen || l.tiny:
		return cell.PartHidden
	case l.raised:
		return cell.Raised
	case l.colour != "" && l.colour == l.fill:
		return cell.Unseen
	}
	return cell.Plain
}

func (l look) with(m look) look {
	return look{
		gone: l.gone || m.gone, unseen: l.unseen || m.unseen, tiny: l.tiny || m.tiny, struck: l.struck || m.struck,
		raised: l.raised || m.raised, lowered: l.lowered || m.lowered,
		colour: cmp.Or(l.colour, m.colour), fill: cmp.Or(l.fill, m.fill),
	}
}

// parseLook reads the declarations of a style: "color:red; display:none".
func parseLook(style string) look {
	var l look
	for decl := range strings.SplitSeq(strings.ToLower(style), ";") {
		property, value, _ := strings.Cut(decl, ":")
		value = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "!important"))
		switch strings.TrimSpace(property) {
		case "display":
			l.gone = value == "none"
		case "visibility":
			l.unseen = l.unseen || value == "hidden" || value == "collapse"
		case "mso-hide":
			l.unseen = l.unseen || value == "all"
		case "opacity":
			l.unseen = l.unseen || isZeroLength(value)
		case "font-size":
			l.tiny = isZeroLength(value)
		case "text-decoration", "text-decoration-line":
			l.struck = l.struck || strings.Contains(value, "line-through")
		case "color":
			l.colour = colourOf(value)
		case "background", "background-color":
			l.fill = colourOf(value)
		case "vertical-align":
			l.raised, l.lowered = value == "super" || value == "sub", value == "sub"
		}
	}
	return l
}

// colourOf reads a colour in the usual ways to write white and black, and others
// as they stand.
func colourOf(value string) string {
	switch value {
	case "white", "#fff", "rgb(255,255,255)", "rgb(255, 255, 255)":
		return "#ffffff"
	case "black", "#000", "rgb(0,0,0)", "rgb(0, 0, 0)":
		return "#000000"
	}
	return value
}

// isZeroLength reports whether a value is 0, in any unit.
func isZeroLength(value string) bool {
	number := strings.TrimRight(value, "abcdefghijklmnopqrstuvwxyz% ")
	return strings.HasPrefix(number, "0") && strings.Trim(number, "0.") == ""
}

// styles are the rules of a page's style sheets that change how text is shown,
// by class (".xl65"), element and class ("td.xl65") or id ("#note"). Rules for
// other places in the page and for print are not followed.
type styles map[string]look

// The bounds of a page's style sheets.
const (
	maxStyleText  = 256 << 10 // bytes of one sheet
	maxStyleRules = 4096      // rules that are kept
)

// add reads a style sheet.
func (s styles) add(sheet []byte) {
	sheet = sheet[:min(len(sheet), maxStyleText)]
	for len(sheet) > 0 {
		head, rest, ok := bytes.Cut(sheet, []byte("{"))
		if !ok {
			return
		}
		if bytes.IndexByte(head, '@') >= 0 { // the rules inside hold for some media only
			sheet = afterBlock(rest)
			continue
		}
		body, after, _ := bytes.Cut(rest, []byte("}"))
		sheet = after
		l := parseLook(string(withoutComments(body)))
		if l == (look{}) {
			continue
		}
		for selector := range strings.SplitSeq(string(withoutComments(head)), ",") {
			selector = strings.TrimSpace(selector)
			if isSimple(selector) && len(s) < maxStyleRules {
				s[selector] = s[selector].with(l)
			}
		}
	}
}

// afterBlock returns what follows the block whose "{" has been passed.
func afterBlock(text []byte) []byte {
	for depth := 1; depth > 0; {
		i := bytes.IndexAny(text, "{}")
		if i < 0 {
			return nil
		}
		if text[i] == '{' {
			depth++
		} else {
			depth--
		}
		text = text[i+1:]
	}
	return text
}

// withoutComments leaves out /*...*/ and the signs of a page's comment.
func withoutComments(text []byte) []byte {
	text = bytes.ReplaceAll(text, []byte("<!--"), nil)
	if !bytes.Contains(text, []byte("/*")) {
		return text
	}
	var out []byte
	for {
		before, rest, ok := bytes.Cut(text, []byte("/*"))
		out = append(out, before...)
		if !ok {
			return out
		}
		_, text, _ = bytes.Cut(rest, []byte("*/"))
	}
}

// isSimple reports whether a selector is a class, an element and a class, or an
// id.
func isSimple(selector string) bool {
	i := strings.IndexAny(selector, ".#")
	return i >= 0 && (i == 0 || selector[i] == '.') && len(selector) > i+1 && !strings.ContainsAny(selector[i+1:], " .#:>+~[*\t\r\n") &&
		!strings.ContainsAny(selector[:i], " :>+~[*\t\r\n")
}

// of returns the look that an element's name, classes and id give it.
func (s styles) of(name string, classes, id []byte) look {
	var l look
	if len(s) == 0 {
		return l
	}
	for _, class := range bytes.Fields(classes) {
		l = l.with(s["."+string(class)]).with(s[name+"."+string(class)])
	}
	if len(id) > 0 {
		l = l.with(s["#"+string(id)])
	}
	return l
}
