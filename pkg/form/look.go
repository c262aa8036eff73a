package form

import "github.com/xuri/excelize/v2"

// look is how a cell is shown. The zero value is plain text.
type look struct {
	num                 string // number format
	bold, italic, link  bool
	wrap, center, right bool
	top                 bool // at the top of its row; otherwise in the middle
	boxed               bool // thin lines around
	size                float64
	color, fill         string
}

// The colours. No colour stands alone: formulas are in italics, headings bold,
// and each severity is named in a note.
const (
	ink      = "1F2933"
	midGrey  = "6B7280"
	headFill = "DCE6F1"
	typed    = "FFFBE6" // where the agency types
	reckoned = "EFEFEF" // where a formula stands
	hairline = "8C8C8C"
)

const (
	wholeFormat  = "#,##0"
	amountFormat = "#,##0.00"
	shareFormat  = "0.00%"
	dayFormat    = "dd/mm/yyyy"
	textFormat   = "@"
)

var (
	titleLook   = look{bold: true, size: 14, center: true, wrap: true}
	middleLook  = look{italic: true, center: true, wrap: true}
	unitLook    = look{bold: true}
	smallLook   = look{size: 9, color: midGrey}
	scaleLook   = look{italic: true, right: true, fill: typed}
	hintLook    = look{size: 9, italic: true, color: midGrey, wrap: true}
	headLook    = look{bold: true, center: true, wrap: true, boxed: true, fill: headFill}
	numberLook  = look{italic: true, center: true, boxed: true, size: 9}
	groupLook   = look{bold: true, wrap: true, boxed: true}
	groupCode   = look{bold: true, center: true, boxed: true}
	textLook    = look{wrap: true, boxed: true}
	codeLook    = look{center: true, boxed: true}
	emptyLook   = look{boxed: true}
	signerLook  = look{bold: true, center: true}
	signingLook = look{italic: true, center: true}
)

func (b *book) look(l look) int {
	id, ok := b.looks[l]
	if !ok {
		var err error
		id, err = b.f.NewStyle(l.excel())
		b.keep(err)
		b.looks[l] = id
	}
	return id
}

func (l look) excel() *excelize.Style {
	size, color := l.size, l.color
	if size == 0 {
		size = 11
	}
	if color == "" {
		color = ink
	}
	x := &excelize.Style{
		Font:      &excelize.Font{Family: "Times New Roman", Size: size, Bold: l.bold, Italic: l.italic, Color: color},
		Alignment: &excelize.Alignment{Vertical: "center", WrapText: l.wrap},
	}
	if l.link {
		x.Font.Underline = "single"
	}
	if l.top {
		x.Alignment.Vertical = "top"
	}
	switch {
	case l.center:
		x.Alignment.Horizontal = "center"
	case l.right:
		x.Alignment.Horizontal = "right"
	}
	const solid = 1
	if l.fill != "" {
		x.Fill = excelize.Fill{Type: "pattern", Pattern: solid, Color: []string{l.fill}}
	}
	if l.num != "" {
		x.CustomNumFmt = &l.num
	}
	if l.boxed {
		for _, side := range []string{"left", "right", "top", "bottom"} {
			x.Border = append(x.Border, excelize.Border{Type: side, Color: hairline, Style: 1})
		}
	}
	return x
}

// lines estimates how many lines a text takes in a column of a width given in
// characters: of a figure, letters are a little narrower.
func lines(text string, width float64) int {
	width *= 1.08
	n, line := 1, 0.0
	for _, word := range words(text) {
		w := float64(len([]rune(word)))
		switch {
		case word == "\n":
			n, line = n+1, 0
		case line > 0 && line+1+w > width:
			n, line = n+1, w
		case line > 0:
			line += 1 + w
		default:
			line = w
		}
		for line > width && width > 1 {
			n, line = n+1, line-width
		}
	}
	return n
}

// words parts a text at its spaces; a line break is a word of its own.
func words(text string) []string {
	var out []string
	word := ""
	for _, r := range text + " " {
		if r != ' ' && r != '\n' {
			word += string(r)
			continue
		}
		if word != "" {
			out = append(out, word)
		}
		if word = ""; r == '\n' {
			out = append(out, "\n")
		}
	}
	return out
}

// lineHeight is the height of one line of the usual size, in points.
const lineHeight = 15.0

// tall is the height of a row whose texts take a number of lines.
func tall(lines int) float64 { return lineHeight*float64(lines) + 3 }
