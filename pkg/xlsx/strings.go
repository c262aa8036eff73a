package xlsx

import (
	"bytes"
	"context"
	"encoding/binary"

	"github.com/parcheck/parcheck/pkg/cell"
)

// stringTable holds the shared strings of a workbook as one arena: blocks of
// text, each text after its length, and for each string where it begins. It
// takes little more memory than the texts have bytes.
type stringTable struct {
	blocks [][]byte
	refs   [][]stringRef
	n      int
	fonts  map[int]cell.FontCode // of the strings that have runs in a legacy font

	textSize, refSize int // capacity of a block
}

// stringRef is a block and a place in it.
type stringRef uint32

const (
	textBlockBits = 20 // a block of text has 1 MiB
	textBlock     = 1 << textBlockBits
	refBlockBits  = 14
	refBlock      = 1 << refBlockBits
)

// newStringTable returns a table for a part of size bytes. Small tables take
// small blocks: no text is longer than the XML that holds it. Of strings that
// are written shorter than others a block of references grows.
func newStringTable(size int64) *stringTable {
	return &stringTable{
		fonts:    map[int]cell.FontCode{},
		textSize: int(min(textBlock, size+binary.MaxVarintLen32)),
		refSize:  int(min(refBlock, size/int64(len("<si><t></t></si>"))+1)),
	}
}

// at returns string i, which must be in the table.
func (t *stringTable) at(i int) []byte {
	ref := t.refs[i>>refBlockBits][i&(refBlock-1)]
	b := t.blocks[ref>>textBlockBits][ref&(textBlock-1):]
	if b[0] < 1<<7 { // most texts
		return b[1 : 1+b[0]]
	}
	size, n := binary.Uvarint(b)
	return b[n : n+int(size)]
}

// add appends a string of at most maxText bytes and reports whether the table
// has taken more memory for it.
func (t *stringTable) add(text []byte) (grown bool) {
	need := len(text) + binary.MaxVarintLen32
	last := len(t.blocks) - 1
	if last < 0 || cap(t.blocks[last])-len(t.blocks[last]) < need {
		t.blocks = append(t.blocks, make([]byte, 0, t.textSize))
		last++
		grown = true
	}
	block := t.blocks[last]
	ref := stringRef(last<<textBlockBits | len(block))
	block = binary.AppendUvarint(block, uint64(len(text)))
	t.blocks[last] = append(block, text...)
	if t.n&(refBlock-1) == 0 {
		t.refs = append(t.refs, make([]stringRef, 0, t.refSize))
		grown = true
	}
	r := &t.refs[len(t.refs)-1]
	*r = append(*r, ref)
	t.n++
	return grown
}

// bytes is the memory that the table takes.
func (t *stringTable) bytes() int64 {
	return int64(len(t.blocks)*t.textSize) + int64(len(t.refs)*t.refSize)*4 + int64(len(t.fonts))*40
}

// loadStrings reads the string table when a cell first needs it.
func (f *File) loadStrings(ctx context.Context) error {
	if f.table != nil {
		return nil
	}
	if f.strings == nil {
		return damaged("the workbook has no string table, and a cell refers to it",
			"sổ bảng tính không có bảng chuỗi dùng chung mà ô lại tham chiếu tới")
	}
	x, err := f.openXML(ctx, f.strings)
	if err != nil {
		return err
	}
	defer x.close()
	t := newStringTable(f.strings.size)
	if !f.readStrings(x, t) {
		return x.err
	}
	f.table = t
	return nil
}

// readStrings reads <sst>.
func (f *File) readStrings(x *xmlReader, t *stringTable) bool {
	if !x.root(spaceMain, "sst") {
		return false
	}
	most := int64(freeStringBytes) + maxStringRatio*f.strings.compressed
	if l := f.limits.StringBytes; l > 0 {
		most = min(most, l)
	}
	rich := richText{keep: x.keepsSpace(false)}
	add := func(text []byte) bool {
		if t.add(text) && t.bytes() > most {
			x.fail(tooMuch("the string table takes more than %d bytes", "bảng chuỗi dùng chung chiếm hơn %d byte", most))
		}
		return x.err == nil
	}
	var text []byte
	for {
		if !x.plainStrings(add) {
			return false
		}
		switch x.next() {
		case tokenError:
			return false
		case tokenEnd:
			return x.finish()
		case tokenStart:
			if !x.is("si") {
				if !x.skip() {
					return false
				}
				continue
			}
			var ok bool
			if text, ok = rich.read(x, text[:0]); !ok {
				return false
			}
			if rich.font != cell.UnicodeFont {
				t.fonts[t.n] = rich.font
			}
			if !add(text) {
				return false
			}
		}
	}
}

// richText reads the content of <si> and <is> (CT_Rst): one <t>, or runs <r>
// with a <t> each; phonetic runs <rPh> are how to pronounce it, and left out.
type richText struct {
	keep bool          // white space around texts is kept unless an element says otherwise
	font cell.FontCode // a legacy font of a run of the last text
}

// read appends the text of the present element, which it leaves.
func (r *richText) read(x *xmlReader, dst []byte) ([]byte, bool) {
	r.font = cell.UnicodeFont
	keep := x.keepsSpace(r.keep)
	start, texts := len(dst), 0
	for {
		switch x.next() {
		case tokenError:
			return dst, false
		case tokenEnd:
			return dst, true
		case tokenText:
			if !blank(x.text) {
				return dst, x.stray()
			}
		case tokenStart:
			ok := true
			switch {
			case x.is("t"):
				if texts++; texts > 1 {
					x.fail(wrong("a text in %q has two parts that are no runs", "một đoạn chữ trong %q có hai phần mà không phải đoạn định dạng", x.src.part.name))
					return dst, false
				}
				dst, ok = x.readText(dst, keep)
			case x.is("r"):
				dst, ok = r.run(x, dst, x.keepsSpace(keep))
			default:
				ok = x.skip()
			}
			if ok && len(dst)-start > maxText {
				x.fail(errLongText())
				ok = false
			}
			if !ok {
				return dst, false
			}
		}
	}
}

func errLongText() error {
	return tooMuch("a text of more than %d bytes; a cell holds at most 32,767 characters",
		"một đoạn chữ dài hơn %d byte; một ô chứa tối đa 32.767 ký tự", maxText)
}

// run reads <r>.
func (r *richText) run(x *xmlReader, dst []byte, keep bool) ([]byte, bool) {
	for {
		switch x.next() {
		case tokenError:
			return dst, false
		case tokenEnd:
			return dst, true
		case tokenText:
			if !blank(x.text) {
				return dst, x.stray()
			}
		case tokenStart:
			ok := true
			switch {
			case x.is("t"):
				dst, ok = x.readText(dst, keep)
			case x.is("rPr"):
				ok = r.properties(x)
			default:
				ok = x.skip()
			}
			if !ok {
				return dst, false
			}
		}
	}
}

// properties reads the font of a run.
func (r *richText) properties(x *xmlReader) bool {
	for depth := x.depth(); x.depth() >= depth; {
		switch x.next() {
		case tokenError:
			return false
		case tokenStart:
			if x.is("rFont") {
				name, _ := x.get("val")
				if code := fontCode(string(name)); r.font == cell.UnicodeFont {
					r.font = code
				}
			}
		}
	}
	return true
}

// keepsSpace reads xml:space of the present element.
func (x *xmlReader) keepsSpace(inherited bool) bool {
	if len(x.attrs) == 0 {
		return inherited
	}
	value, ok := x.getIn(spaceXML, "space")
	if !ok {
		return inherited
	}
	return string(value) == "preserve"
}

// readText appends the text of the present element, which holds nothing else
// and is left. White space at its ends goes, as spreadsheet programs have it,
// unless xml:space keeps it; escapes are resolved.
func (x *xmlReader) readText(dst []byte, keep bool) ([]byte, bool) {
	keep = x.keepsSpace(keep)
	start := len(dst)
	dst, ok := x.content(dst)
	if !ok {
		return dst, false
	}
	text := dst[start:]
	if !keep {
		text = trim(text)
	}
	n := copy(dst[start:], resolveEscapes(text))
	return dst[:start+n], true
}

// content appends all characters of the present element, which may hold no
// elements, and leaves it.
func (x *xmlReader) content(dst []byte) ([]byte, bool) {
	for {
		switch x.next() {
		case tokenError:
			return dst, false
		case tokenEnd:
			return dst, true
		case tokenText:
			dst = appendChars(dst, x.text, x.cdata)
			if len(dst) > maxRowText {
				x.fail(tooMuch("a row with more than %d bytes of text", "một hàng có hơn %d byte chữ", maxRowText))
				return dst, false
			}
		case tokenStart:
			x.fail(wrong("<%s> stands inside a value in %q", "<%s> nằm bên trong một giá trị trong %q", shorten(x.name), x.src.part.name))
			return dst, false
		}
	}
}

// stray fails at text where only elements may stand.
func (x *xmlReader) stray() bool {
	x.fail(wrong("the text %q stands between elements in %q", "đoạn chữ %q nằm giữa các phần tử trong %q",
		shorten(bytes.TrimSpace(x.text)), x.src.part.name))
	return false
}

// lookup finds a shared string by what a cell holds.
func (f *File) lookup(ctx context.Context, raw []byte) (i int, err error) {
	if err := f.loadStrings(ctx); err != nil {
		return 0, err
	}
	i, ok := parseIndex(raw)
	if !ok || i >= f.table.n {
		return 0, wrong("the cell refers to string %q of the string table, which holds %d",
			"ô tham chiếu tới chuỗi %q trong khi bảng chuỗi dùng chung chỉ có %d", shorten(raw), f.table.n)
	}
	return i, nil
}
