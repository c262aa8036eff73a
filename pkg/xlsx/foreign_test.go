package xlsx

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// wrapped is a workbook in which every element that a reading is made of stands.
func wrapped() parts {
	p := soundParts("", "một", "hai", "ba")
	p[sheetPart] = declaration + `<worksheet ` + mainSpace + `><sheetPr/><cols><col min="5" max="5" hidden="1"/></cols><sheetData>` +
		`<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" s="1"><v>45291</v></c><c r="C1" s="2"><v>0.65</v></c></row>` +
		`<row r="2"><c r="A2" t="inlineStr"><is><r><rPr><rFont val="Arial"/><strike/></rPr><t>6</t></r><r><t>5</t></r></is></c><c r="B2" s="5"><f>SUBTOTAL(9,B1)</f><v>64</v></c><c r="C2" t="s"><v>3</v></c><c r="D2" t="s"><v>2</v></c></row>` +
		`<row r="3" hidden="1"><c r="A3" t="b"><v>1</v></c><c r="B3" s="3" t="inlineStr"><is><t>Hå</t></is></c></row>` +
		`</sheetData><mergeCells><mergeCell ref="A5:B6"/></mergeCells><pageSetup/></worksheet>`
	p[stringsPart] = declaration + `<sst ` + mainSpace + `><si><t>không</t></si><si><t>một</t></si><si><r><t>64</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r></si><si><t>ba</t></si></sst>`
	p[stylesPart] = strings.Replace(strings.Replace(p[stylesPart], `<font><name val="VNI-Times"/></font>`, `<font><strike/></font>`, 1),
		`</cellXfs>`, `<xf numFmtId="164" fontId="2"/></cellXfs><cellStyles/>`, 1)
	p[bookPart] = declaration + `<workbook ` + mainSpace + ` ` + relSpace + `><workbookPr date1904="1"/><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/><sheet name="Ẩn" state="hidden" sheetId="2" r:id="rId4"/></sheets><calcPr fullCalcOnLoad="1"/></workbook>`
	p[bookRels] = relations("rId1 worksheet worksheets/sheet1.xml", "rId2 sharedStrings sharedStrings.xml", "rId3 styles styles.xml", "rId4 worksheet worksheets/sheet2.xml")
	p["xl/worksheets/sheet2.xml"] = sheet(`<row r="1"><c r="A1"><v>7</v></c></row>`)
	return p
}

// wrappers are what programs that nobody knows, or nobody, put round an element.
var wrappers = map[string]func(element string) string{
	"a foreign element": func(e string) string { return `<x:w xmlns:x="urn:x">` + e + `</x:w>` },
	"an element that may be ignored": func(e string) string {
		return `<x:w xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:x="urn:x" mc:Ignorable="x" mc:ProcessContent="x:w">` + e + `</x:w>`
	},
	"an element of no namespace": func(e string) string {
		return `<w xmlns="">` + inMain(e) + `</w>`
	},
	"another namespace": func(e string) string {
		return renamed(e, "x:", ` xmlns:x="urn:x"`)
	},
	"no namespace":       func(e string) string { return renamed(e, "", ` xmlns=""`) },
	"an extension":       func(e string) string { return `<extLst><ext uri="{0}">` + e + `</ext></extLst>` },
	"a version":          func(e string) string { return versions(`<mc:Choice Requires="x">` + e + `</mc:Choice>`) },
	"the common version": func(e string) string { return alternate("", e) },
	"both versions":      func(e string) string { return alternate(e, e) },
	"an unknown version": func(e string) string { return versions(`<mc:Other>` + e + `</mc:Other>`) },
	"versions without a choice": func(e string) string {
		return versions(`<x:w>` + e + `</x:w><mc:Choice Requires="x"/>`)
	},
}

var tagName = regexp.MustCompile(`^<([A-Za-z]+)`)

// renamed writes the outer element with a prefix and a declaration.
func renamed(e, prefix, declares string) string {
	loc := tagName.FindStringSubmatchIndex(e)
	name := e[loc[2]:loc[3]]
	e = "<" + prefix + name + declares + e[loc[3]:]
	if end := "</" + name + ">"; strings.HasSuffix(e, end) {
		e = strings.TrimSuffix(e, end) + "</" + prefix + name + ">"
	}
	return e
}

// inMain writes an element so that it stays one of SpreadsheetML in an element of
// no namespace.
func inMain(e string) string {
	space := mainSpace
	if strings.HasPrefix(e, "<Relationship") {
		space = `xmlns="http://schemas.openxmlformats.org/package/2006/relationships"`
	}
	return renamed(e, "", " "+space)
}

func versions(s string) string {
	return `<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:x="urn:x">` + s + `</mc:AlternateContent>`
}

// elements returns where each element of a part stands, but for its root.
func elements(text string) (spans [][2]int) {
	var open []int
	for _, loc := range regexp.MustCompile(`<[^?>]*>`).FindAllStringIndex(text, -1) {
		tag := text[loc[0]:loc[1]]
		begin := loc[0]
		switch {
		case tag[1] == '/':
			begin, open = open[len(open)-1], open[:len(open)-1]
		case tag[len(tag)-2] != '/':
			open = append(open, loc[0])
			continue
		}
		if len(open) > 0 {
			spans = append(spans, [2]int{begin, loc[1]})
		}
	}
	return spans
}

// TestNothingDisappears puts every element of a workbook into everything that may
// stand round it: the file is refused, or says what it said.
func TestNothingDisappears(t *testing.T) {
	sound := wrapped()
	says := func(p parts) (string, error) {
		b := p.zip(t)
		out, err := read(b)
		if err != nil {
			return "", err
		}
		f, err := openBytes(b)
		if err != nil {
			t.Fatal(err)
		}
		return out + [...]string{"fresh", "recalculated on load", "manual", "unfinished"}[f.Stale], nil
	}
	want, err := says(sound)
	if err != nil {
		t.Fatal(err)
	}
	refused, same := 0, 0
	for _, name := range slices.Sorted(maps.Keys(sound)) {
		if name == typesPart || name == rootRels {
			continue // without them it is no workbook
		}
		for _, span := range elements(sound[name]) {
			element := sound[name][span[0]:span[1]]
			for kind, wrap := range wrappers {
				p := sound.with(parts{name: sound[name][:span[0]] + wrap(element) + sound[name][span[1]:]})
				got, err := says(p)
				switch {
				case err != nil:
					refused++
				case got == want:
					same++
				default:
					t.Errorf("%s, %s in %s:\n%s", name, element, kind, cmp.Diff(want, got))
				}
			}
		}
	}
	if same < 50 || refused < 500 {
		t.Errorf("%d read, %d refused", same, refused)
	}
}
