package plan

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
)

// NamedBy returns the unit that a file's name tells, or nil. The name is given
// without its extension. File names are written without diacritics, with
// hyphens or as OneWord, and with more words around: "so-noi-vu",
// "BaoCao_SoNoiVu_2023". Of two units the one that stands in a group goes
// before the one that stands in none, the body that the others report to, and
// then the one that is named first. A name inside a longer one does not count.
// A nil roster has no units.
func (o *Roster) NamedBy(file string) *Unit {
	if o == nil {
		return nil
	}
	type match struct {
		unit     *Unit
		from, to int
	}
	var best *match
	name := " " + fileWords(file) + " "
	for i := range o.Units {
		u := &o.Units[i]
		for _, n := range append([]string{u.ID, u.Name.In(lang.VI), u.Name.In(lang.EN)}, u.Aliases...) {
			for _, form := range fileForms(n) {
				at := strings.Index(name, " "+form+" ")
				if at < 0 || len(form) < 3 && len(form) != len(name)-2 {
					continue
				}
				m := &match{u, at, at + len(form)}
				switch {
				case best == nil, m.from <= best.from && m.to >= best.to && m.to-m.from > best.to-best.from:
					best = m
				case best.from <= m.from && best.to >= m.to: // inside
				case (m.unit.Group != "") != (best.unit.Group != ""):
					if m.unit.Group != "" {
						best = m
					}
				case m.from < best.from:
					best = m
				}
			}
		}
	}
	if best == nil {
		return nil
	}
	return best.unit
}

// fileForms are the ways in which a unit's name stands in a file's name.
func fileForms(name string) []string {
	full := fileWords(name)
	if full == "" {
		return nil
	}
	short := strings.TrimPrefix(full, "ubnd ")
	return []string{full, short, strings.ReplaceAll(full, " ", ""), strings.ReplaceAll(short, " ", "")}
}

// fileWords are the words of a name without diacritics, with one space between
// them; "và" is often left out, and is no word here.
func fileWords(s string) string {
	var spread strings.Builder
	before := ' '
	for _, r := range s {
		if unicode.IsUpper(r) && unicode.IsLower(before) {
			spread.WriteByte(' ')
		}
		spread.WriteRune(r)
		before = r
	}
	bare := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case r == 'đ':
			return 'd'
		case unicode.IsLetter(r), unicode.IsDigit(r):
			return r
		}
		return ' '
	}, norm.NFD.String(label.Key(spread.String())))
	var words []string
	for _, w := range strings.Fields(bare) {
		if w != "va" {
			words = append(words, w)
		}
	}
	return strings.ReplaceAll(strings.Join(words, " "), "uy ban nhan dan", "ubnd")
}
