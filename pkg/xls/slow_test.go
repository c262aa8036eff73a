package xls

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/richardlehane/mscfb"
	"golang.org/x/text/unicode/norm"
)

// slow is a second reading of a workbook, written without a thought for speed,
// order or memory: all records of a stream in a slice, all cells in a map. Only
// what the first reading accepts is given to it.
type slow struct {
	all     []slowRecord
	biff8   bool
	page    int
	xfs     [][2]int // font and format
	fonts   []slowRecord
	formats map[int]string
	texts   []slowText
	out     strings.Builder
}

type slowRecord struct {
	at   int
	kind kind
	body []byte
}

type slowText struct {
	text string
	runs [][2]int
}

func le16(b []byte, at int) int { return int(binary.LittleEndian.Uint16(b[at:])) }

// slowStream finds the workbook with another library.
func slowStream(b []byte) ([]byte, error) {
	if !bytes.HasPrefix(b, []byte(compoundMagic)) {
		return b, nil
	}
	c, err := mscfb.New(bytes.NewReader(append(slices.Clone(b), make([]byte, 4096)...)))
	if err != nil {
		return nil, err
	}
	for _, want := range []string{"workbook", "book"} {
		for _, e := range c.File {
			if len(e.Path) == 0 && strings.EqualFold(e.Name, want) && e.Size > 0 {
				if e.Size > int64(len(b)) { // it looks at 64 bits where another field says so
					return nil, errSkip
				}
				out := make([]byte, e.Size)
				for n := 0; n < len(out); {
					got, err := e.Read(out[n:min(len(out), n+1<<15)])
					n += got
					if n < len(out) && (err != nil || got == 0) {
						return nil, fmt.Errorf("%d of %d bytes: %w", n, len(out), err)
					}
				}
				return out, nil
			}
		}
	}
	return nil, errors.New("no workbook")
}

// readSlowly prints the cells of a file as readCells does.
func readSlowly(b []byte) (out string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	stream, err := slowStream(b)
	if err != nil {
		return "", errSkip // it checks what is not needed
	}
	s := &slow{formats: map[int]string{}}
	for at := 0; at+4 <= len(stream); {
		n := le16(stream, at+2)
		if at+4+n > len(stream) {
			break
		}
		s.all = append(s.all, slowRecord{at, kind(le16(stream, at)), stream[at+4 : at+4+n]})
		at += 4 + n
	}
	s.biff8 = le16(s.all[0].body, 0) == 0x0600
	if le16(s.all[0].body, 2) == sheetGroup {
		s.sheet(0, "f")
		return s.out.String(), nil
	}
	type place struct {
		at   int
		name string
		what byte
	}
	var places []place
	for i, r := range s.all {
		if r.kind == recEOF {
			break
		}
		switch r.kind {
		case recCodePage:
			s.page = le16(r.body, 0)
		case recFont:
			s.fonts = append(s.fonts, r)
		case recXF:
			s.xfs = append(s.xfs, [2]int{le16(r.body, 0), le16(r.body, 2)})
		case recFormat:
			s.formats[le16(r.body, 0)] = s.short(r.body[2:], map[bool]int{true: 2, false: 1}[s.biff8])
		case recBoundSheet:
			places = append(places, place{int(binary.LittleEndian.Uint32(r.body)), s.short(r.body[6:], 1), r.body[5]})
		case recSST:
			s.table(i)
		}
	}
	for _, p := range places {
		if p.what != worksheet {
			fmt.Fprintf(&s.out, "[%s]\n", p.name)
			continue
		}
		found := false
		for i, r := range s.all {
			if r.at == p.at {
				s.sheet(i, p.name)
				found = true
			}
		}
		if !found { // it begins inside a record: read from there
			return "", errSkip
		}
	}
	return s.out.String(), nil
}

// errSkip says that the second reading has no opinion.
var errSkip = errors.New("no opinion")

func (s *slow) short(b []byte, size int) string {
	n := int(b[0])
	if size == 2 {
		n = le16(b, 0)
	}
	if !s.biff8 {
		text, err := appendPage(nil, b[size:size+n], s.page)
		if err != nil {
			return ""
		}
		return string(text)
	}
	return chars8(b[size+1:], n, b[size]&1 != 0)
}

// writer is the name of who wrote the file, as far as it is there.
func (s *slow) writer(b []byte) (name string) {
	defer func() {
		if recover() != nil {
			name = ""
		}
	}()
	return strings.TrimSpace(s.short(b, 2))
}

func chars8(b []byte, n int, wide bool) string {
	units := make([]uint16, n)
	for i := range units {
		if wide {
			units[i] = binary.LittleEndian.Uint16(b[2*i:])
		} else {
			units[i] = uint16(b[i])
		}
	}
	return string(utf16.Decode(units))
}

// raise writes the raised digits of a text as such, unless all of it is raised.
func (s *slow) raise(text string, runs [][2]int) string {
	units := utf16.Encode([]rune(text))
	level := make([]int, len(units)) // of each unit: on the line, above, below
	last := -1
	for _, r := range runs {
		if r[0] >= len(units) || r[0] < last {
			if r[0] >= len(units) {
				continue
			}
			r[0] = last // runs that go back replace the last one
		}
		last = r[0]
		n, raised := r[1], 0
		if n > 4 {
			n--
		}
		if n < len(s.fonts) {
			raised = le16(s.fonts[n].body, 8)
		}
		for i := r[0]; i < len(units); i++ {
			level[i] = raised
		}
	}
	line, above := false, false
	for i, u := range units {
		blank := strings.TrimSpace(string(rune(u))) == ""
		line = line || level[i] == 0 && !blank
		above = above || level[i] != 0 && !blank
	}
	if !line || !above {
		return text
	}
	var out strings.Builder
	i := 0
	for _, r := range text {
		const super, sub = "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾", "₀₁₂₃₄₅₆₇₈₉₍₎"
		if at := strings.IndexRune("0123456789()", r); at >= 0 && level[i] != 0 {
			r = []rune(map[bool]string{true: sub, false: super}[level[i] == 2])[at]
		}
		out.WriteRune(r)
		if i++; r > 0xffff {
			i++
		}
	}
	return out.String()
}

// joined is the body of a record and of those that continue it, with the
// places where these begin.
func (s *slow) joined(i int) (b []byte, breaks []int) {
	b = slices.Clone(s.all[i].body)
	for i++; i < len(s.all) && s.all[i].kind == recContinue; i++ {
		breaks = append(breaks, len(b))
		b = append(b, s.all[i].body...)
	}
	return b, breaks
}

// runs8 takes a text of BIFF8 off b at a place.
func runs8(b []byte, breaks []int, at int) (t slowText, next int) {
	n, options := le16(b, at), b[at+2]
	at += 3
	runs, extra := 0, 0
	if options&8 != 0 {
		runs = le16(b, at)
		at += 2
	}
	if options&4 != 0 {
		extra = int(binary.LittleEndian.Uint32(b[at:]))
		at += 4
	}
	var units []uint16
	isWide := options&1 != 0
	for len(units) < n {
		if slices.Contains(breaks, at) {
			// Empty records before it continue nothing.
			isWide = b[at]&1 != 0
			at++
			if slices.Contains(breaks, at) {
				continue
			}
		}
		if isWide {
			units = append(units, binary.LittleEndian.Uint16(b[at:]))
			at += 2
		} else {
			units = append(units, uint16(b[at]))
			at++
		}
	}
	t.text = string(utf16.Decode(units))
	for range runs {
		t.runs = append(t.runs, [2]int{le16(b, at), le16(b, at+2)})
		at += 4
	}
	return t, at + extra
}

func (s *slow) table(i int) {
	b, breaks := s.joined(i)
	at := 8
	for range binary.LittleEndian.Uint32(b[4:]) {
		if at >= len(b) {
			break
		}
		var t slowText
		t, at = runs8(b, breaks, at)
		t.text = s.raise(t.text, t.runs)
		s.texts = append(s.texts, t)
	}
}

// sheet prints a sheet from its BOF on.
func (s *slow) sheet(i int, name string) {
	fmt.Fprintf(&s.out, "[%s]\n", name)
	cells := map[[2]int]string{}
	put := func(r slowRecord, col int, value string) { cells[[2]int{le16(r.body, 0), col}] = value }
	depth := 0
	formulas, results, onLoad, recalc, calc := 0, 0, false, false, false
	for _, r := range s.all {
		if r.kind == recEOF {
			break
		}
		recalc = recalc || r.kind == recRecalcID
		if r.kind == recWriteAccess && s.biff8 {
			calc = s.writer(r.body) == "Calc"
		}
	}
	type waiting struct {
		r   slowRecord
		col int
	}
	var pending []waiting
	for ; i < len(s.all); i++ {
		r := s.all[i]
		if r.kind == recBOF {
			depth++
		}
		if r.kind == recEOF {
			if depth--; depth == 0 {
				break
			}
		}
		if depth != 1 {
			continue
		}
		switch r.kind {
		case recNumber:
			put(r, le16(r.body, 2), slowNumber(math.Float64frombits(binary.LittleEndian.Uint64(r.body[6:]))))
		case recRK:
			put(r, le16(r.body, 2), slowRK(binary.LittleEndian.Uint32(r.body[6:])))
		case recMulRK:
			for c, at := le16(r.body, 2), 4; at+6 <= len(r.body)-2; c, at = c+1, at+6 {
				put(r, c, slowRK(binary.LittleEndian.Uint32(r.body[at+2:])))
			}
		case recLabelSST:
			put(r, le16(r.body, 2), "'"+s.texts[binary.LittleEndian.Uint32(r.body[6:])].text)
		case recLabel, recRString:
			text := s.own(i, 6, le16(r.body, 4))
			if r.kind == recRString {
				text = s.ownRuns(i, text)
			}
			put(r, le16(r.body, 2), "'"+text)
		case recBoolErr:
			put(r, le16(r.body, 2), slowSpecial(r.body[7], r.body[6]))
		case recFormula:
			formulas++
			load := r.body[14]&2 != 0 && !calc
			onLoad = onLoad || load
			v := r.body[6:14]
			if v[6] == 0xff && v[7] == 0xff {
				switch v[0] {
				case 0:
					j := i + 1
					for s.all[j].kind != recString {
						j++
					}
					put(r, le16(r.body, 2), "'"+s.own(j, 0, le16(r.body, 4)))
					results++
				case 3:
					put(r, le16(r.body, 2), "'")
				default:
					put(r, le16(r.body, 2), slowSpecial(v[0]-1, v[2]))
					results++
				}
			} else {
				x := math.Float64frombits(binary.LittleEndian.Uint64(v))
				put(r, le16(r.body, 2), slowNumber(x))
				if !load || x != 0 || math.Signbit(x) {
					results++
				}
			}
			pending = append(pending, waiting{r, le16(r.body, 2)})
		}
	}
	if formulas > 0 && results == 0 && !calc && (onLoad || !recalc) {
		for _, w := range pending {
			put(w.r, w.col, "?")
		}
	}
	var keys [][2]int
	for k := range cells {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b [2]int) int { return slices.Compare(a[:], b[:]) })
	for _, k := range keys {
		fmt.Fprintf(&s.out, "%d,%d %s\n", k[0], k[1], cells[k])
	}
}

// own is the text that a record holds itself.
func (s *slow) own(i, at, style int) string {
	b, breaks := s.joined(i)
	if s.biff8 {
		// The options of a text that a cell holds itself name its width alone.
		b[at+2] &= 1
		t, _ := runs8(b, breaks, at)
		return t.text
	}
	page := s.page
	if style < len(s.xfs) {
		n := s.xfs[style][0]
		if n > 4 {
			n--
		}
		if n < len(s.fonts) {
			f := s.fonts[n].body
			name := strings.ToLower(strings.TrimSpace(s.short(f[14:], 1)))
			charset, ok := charsets[f[12]]
			switch {
			case strings.HasPrefix(name, ".vn"), strings.HasPrefix(name, "vni-"), strings.HasPrefix(name, "vni "):
				page = 1252
			case ok:
				page = charset
			}
		}
	}
	text := b[at+2 : at+2+le16(b, at)]
	if !slices.ContainsFunc(text, func(b byte) bool { return b > 127 }) {
		return string(text)
	}
	decoded, err := codePages[page].NewDecoder().Bytes(text)
	if err != nil {
		panic(err)
	}
	if page == 1258 {
		decoded = norm.NFC.Bytes(decoded)
	}
	return string(decoded)
}

// ownRuns reads the runs behind the text of RSTRING.
func (s *slow) ownRuns(i int, text string) string {
	b, breaks := s.joined(i)
	var runs [][2]int
	if !s.biff8 {
		if !isASCII([]byte(text)) {
			return text
		}
		at := 8 + le16(b, 6)
		for n := range int(b[at]) {
			runs = append(runs, [2]int{int(b[at+1+2*n]), int(b[at+2+2*n])})
		}
		return s.raise(text, runs)
	}
	b[8] &= 1
	_, at := runs8(b, breaks, 6)
	for n := range le16(b, at) {
		runs = append(runs, [2]int{le16(b, at+2+4*n), le16(b, at+4+4*n)})
	}
	return s.raise(text, runs)
}

func slowNumber(x float64) string {
	for _, digits := range []int{15, 17} {
		s := strconv.FormatFloat(x, 'e', digits-1, 64)
		if back, _ := strconv.ParseFloat(s, 64); back == x {
			return canonical(s)
		}
	}
	return "none"
}

// canonical is a number's digits and its power of ten.
func canonical(s string) string {
	x, exp, _ := strings.Cut(strings.ToLower(s), "e")
	e, _ := strconv.Atoi(exp)
	neg := strings.HasPrefix(x, "-")
	whole, decimals, _ := strings.Cut(strings.TrimPrefix(x, "-"), ".")
	e -= len(decimals)
	digits := strings.TrimLeft(whole+decimals, "0")
	for strings.HasSuffix(digits, "0") {
		digits, e = digits[:len(digits)-1], e+1
	}
	if digits == "" {
		return "0"
	}
	return fmt.Sprintf("%s%se%d", map[bool]string{true: "-"}[neg], digits, e)
}

func slowRK(rk uint32) string {
	var x float64
	if rk&2 != 0 {
		n := int64(rk >> 2)
		if n >= 1<<29 {
			n -= 1 << 30
		}
		if rk&1 != 0 { // exactly: two decimals
			return canonical(fmt.Sprintf("%de-2", n))
		}
		return canonical(strconv.FormatInt(n, 10))
	}
	x = math.Float64frombits(uint64(rk>>2<<2) << 32)
	if rk&1 != 0 {
		x /= 100
	}
	return slowNumber(x)
}

func slowSpecial(isError, v byte) string {
	if isError != 0 {
		return errorNames[v]
	}
	return fmt.Sprintf("bool %d", v)
}

// checkAgainstSlow holds the oracle: an error, or the same cells as a slow
// second reading.
func checkAgainstSlow(t testing.TB, b []byte) {
	t.Helper()
	got, err := readCells(b)
	if err != nil {
		if describe(err) == "" {
			t.Fatal("an error says nothing")
		}
		return
	}
	want, err := readSlowly(b)
	if errors.Is(err, errSkip) {
		return
	}
	if err != nil {
		t.Fatalf("the second reading fails: %v; the first gives\n%s", err, got)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("-slow +fast:\n%s", diff)
	}
}
