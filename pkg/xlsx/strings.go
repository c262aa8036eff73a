package xlsx

import (
	"bytes"
	"context"
	"encoding/binary"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// stringTable holds the shared strings of a workbook as one arena: blocks of
// text, each text after its length, and for each string where it begins, two
// bytes: so far from the first of its group. It takes little more memory than the
// texts have bytes.
type stringTable struct {
	blocks [][]byte
	firsts []stringRef // of the groups
	steps  [][]uint16
	far    map[int]stringRef // the strings that are farther from the first than a step
	n      int
	fonts  map[int]font // of the strings whose runs have a legacy font or a mark
	looks  int64        // bytes of the looks in them

	textSize, stepSize int // capacity of a block
}

// stringRef is a block and a place in it.
type stringRef uint32

// farStep stands for a step that is too long.
const farStep = 1<<16 - 1

const (
	textBlockBits = 20 // a block of text has 1 MiB
	textBlock     = 1 << textBlockBits
	stepBlockBits = 15
	stepBlock     = 1 << stepBlockBits
	groupBits     = 7
	group         = 1 << groupBits // strings
)

// newStringTable returns a table for a part of size bytes. Small tables take
// small blocks: no text is longer than the XML that holds it. Of strings that
// are written shorter than others a block of steps grows.
func newStringTable(size int64) *stringTable {
	return &stringTable{
		fonts:    map[int]font{},
		textSize: int(min(textBlock, size+binary.MaxVarintLen32)),
		stepSize: int(min(stepBlock, size/int64(len("<si><t></t></si>"))+1)),
	}
}

// at returns string i, which must be in the table.
func (t *stringTable) at(i int) []byte {
	step := t.steps[i>>stepBlockBits][i&(stepBlock-1)]
	ref := t.firsts[i>>groupBits] + stringRef(step)
	if step == farStep {
		ref = t.far[i]
	}
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
	if t.n&(stepBlock-1) == 0 {
		t.steps = append(t.steps, make([]uint16, 0, t.stepSize))
		grown = true
	}
	if t.n&(group-1) == 0 {
		t.firsts = append(t.firsts, ref)
	}
	step := ref - t.firsts[len(t.firsts)-1]
	if step >= farStep {
		if step = farStep; t.far == nil {
			t.far = map[int]stringRef{}
		}
		t.far[t.n] = ref
	}
	s := &t.steps[len(t.steps)-1]
	*s = append(*s, uint16(step))
	t.n++
	return grown
}

// bytes is the memory that the table takes.
func (t *stringTable) bytes() int64 {
	return int64(len(t.blocks)*t.textSize) + int64(len(t.steps)*t.stepSize)*2 + int64(len(t.firsts))*4 + int64(len(t.far))*40 + int64(len(t.fonts))*100 + t.looks
}

// loadStrings reads the string table when a cell first needs it.
func (f *File) loadStrings(ctx context.Context) error {
	if f.table != nil {
		return nil
	}
	if f.stringsName == "" {
		return diag.Damaged("the workbook has no string table, and a cell refers to it",
			"sổ bảng tính không có bảng chuỗi dùng chung mà ô lại tham chiếu tới")
	}
	p, err := f.need(f.stringsName, lang.T("the string table", "bảng chuỗi dùng chung"))
	if err != nil {
		return err
	}
	x, err := f.openXML(ctx, p)
	if err != nil {
		return err
	}
	defer x.close()
	t := newStringTable(p.size)
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
	most := int64(freeStringBytes) + maxStringRatio*x.src.part.compressed
	if l := f.limits.StringBytes; l > 0 {
		most = min(most, l)
	}
	rich := richText{keep: x.keepsSpace(false)}
	add := func(text []byte) bool {
		if t.add(text) && t.bytes() > most {
			x.fail(diag.TooMuch("the string table takes more than %d bytes", "bảng chuỗi dùng chung chiếm hơn %d byte", most))
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
				if !x.pass("si") {
					return false
				}
				continue
			}
			var ok bool
			if text, ok = rich.read(x, text[:0]); !ok {
				return false
			}
			if rich.font != (font{}) {
				t.fonts[t.n] = rich.font
				t.looks += int64(len(rich.font.look))
			}
			if !add(text) {
				return false
			}
		}
	}
}

func errLongText() error {
	return diag.TooMuch("a text of more than %d bytes; a cell holds at most 32,767 characters",
		"một đoạn chữ dài hơn %d byte; một ô chứa tối đa 32.767 ký tự", maxText)
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
				x.fail(diag.TooMuch("a row with more than %d bytes of text", "một hàng có hơn %d byte chữ", maxRowText))
				return dst, false
			}
		case tokenStart:
			x.fail(diag.Wrong("<%s> stands inside a value in %q", "<%s> nằm bên trong một giá trị trong %q", shorten(x.name), x.src.part.name))
			return dst, false
		}
	}
}

// stray fails at text where only elements may stand.
func (x *xmlReader) stray() bool {
	x.fail(diag.Wrong("the text %q stands between elements in %q", "đoạn chữ %q nằm giữa các phần tử trong %q",
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
		return 0, diag.Wrong("the cell refers to string %q of the string table, which holds %d",
			"ô tham chiếu tới chuỗi %q trong khi bảng chuỗi dùng chung chỉ có %d", shorten(raw), f.table.n)
	}
	return i, nil
}
