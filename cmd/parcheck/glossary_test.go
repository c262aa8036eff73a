package main

import (
	"archive/zip"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"
	"gopkg.in/yaml.v3"
)

// walked are commands over the examples, beside those that the examples name;
// OUT stands for the file that is written.
var walked = []string{
	"validate examples/department/agency.xlsx --as-of 2024-02-15",
	"inspect examples/department/agency.xlsx",
	"inspect examples/forms/nop/bieu-07.xlsx examples/forms/nop/bieu-18.xlsx --mapping examples/forms/mapping.yaml",
	"explain examples/department/agency.xlsx --target online-applications-partial --as-of 2024-02-15",
	"summary examples/submissions/nop --plan examples/submissions/plan.yaml --roster examples/submissions/roster.yaml --as-of 2024-02-01 -o OUT.xlsx",
	"summary examples/department/agency.xlsx examples/district/district.xlsx --as-of 2024-02-15 -o OUT.xlsx",
	"annotate examples/department/agency.xlsx --as-of 2024-02-15 -o OUT.xlsx",
	"template --level department -o OUT.xlsx",
	"targets show online-applications-partial",
	"targets lint examples/own-plan/plan.yaml",
	"map examples/forms/nop/bieu-07.xlsx",
}

// homographs are English terms with several Vietnamese ones, and the other way
// round, each for a reason.
var homographs = map[string]string{}

// TestOneWordingInOutputs walks what the program prints of the examples, in
// every format and in both languages side by side, and finds terms that have
// two wordings in the other language.
func TestOneWordingInOutputs(t *testing.T) {
	atRoot(t)
	t.Setenv("COLUMNS", "400")
	seen := wordings{en: map[string]map[string]string{}, vi: map[string]map[string]string{}, plans: planTexts(t)}
	for _, args := range outputs(t) {
		english, vietnamese := leaves(t, args, "en"), leaves(t, args, "vi")
		if len(english) != len(vietnamese) {
			t.Errorf("%s: %d texts in English, %d in Vietnamese", strings.Join(args, " "), len(english), len(vietnamese))
			continue
		}
		for i := range english {
			ours, theirs := strings.Split(english[i], "\x00"), strings.Split(vietnamese[i], "\x00")
			for j := range ours {
				if len(ours) == len(theirs) {
					seen.add(ours[j], theirs[j], strings.Join(args, " "))
				}
			}
		}
	}
	if len(seen.en) < 200 {
		t.Errorf("%d terms were looked at", len(seen.en))
	}
	seen.report(t, seen.en)
	seen.report(t, seen.vi)
}

// planTexts are the texts of all plans and rosters, in lower case.
func planTexts(t *testing.T) [][2]string {
	t.Helper()
	var list [][2]string
	for _, pattern := range []string{"targets/*.yaml", "examples/*/*.yaml"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v, %v", pattern, files, err)
		}
		for _, name := range files {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var doc any
			if err := yaml.Unmarshal(data, &doc); err != nil {
				t.Fatal(err)
			}
			var english, vietnamese []string
			eachString(inLanguage(doc, "en"), func(s string) { english = append(english, trimmed(s)) })
			eachString(inLanguage(doc, "vi"), func(s string) { vietnamese = append(vietnamese, trimmed(s)) })
			for i := range english {
				list = append(list, [2]string{english[i], vietnamese[i]})
			}
			eachPair(doc, func(vi, en string) { list = append(list, [2]string{trimmed(en), trimmed(vi)}) })
		}
	}
	return list
}

// eachString visits the strings of a document, in the order of its keys.
func eachString(v any, do func(string)) {
	switch v := v.(type) {
	case string:
		do(v)
	case []any:
		for _, e := range v {
			eachString(e, do)
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			eachString(v[key], do)
		}
	}
}

// eachPair visits the strings of a document with their keys: a plan's own words
// and their translations.
func eachPair(v any, do func(key, value string)) {
	fields, ok := v.(map[string]any)
	if !ok {
		return
	}
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		if value, ok := fields[key].(string); ok {
			do(key, value)
		} else {
			eachPair(fields[key], do)
		}
	}
}

func trimmed(s string) string {
	return strings.ToLower(strings.Trim(s, " \n\t.:,;()*…·-–—✓✗?!○#─"))
}

// outputs are the commands: each example in each format.
func outputs(t *testing.T) [][]string {
	t.Helper()
	var list [][]string
	for _, line := range walked {
		list = append(list, strings.Fields(line))
	}
	files, err := filepath.Glob("examples/*/command")
	if err != nil || len(files) < 4 {
		t.Fatalf("examples: %v, %v", files, err)
	}
	for _, file := range files {
		line, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		args := strings.Fields(strings.ReplaceAll(string(line), "--lang vi", ""))[1:]
		if args[0] != "score" {
			continue
		}
		formats := []string{"text", "html", "json", "markdown"}
		if strings.Contains(args[1], "submissions") { // its files have findings
			formats = append(formats, "junit", "sarif", "gitlab")
		}
		for _, format := range formats {
			list = append(list, append(slices.Clone(args), "--format", format))
		}
		list = append(list, append(slices.Clone(args), "--report", "docx=OUT.docx"), append(slices.Clone(args), "--report", "xlsx=OUT.xlsx"))
	}
	return list
}

// wordings are terms, what each is called in the other language, and where.
type wordings struct {
	en, vi map[string]map[string]string
	plans  [][2]string // texts of plans in both languages, which need not agree
}

// written reports whether a text, or its beginning, is a name out of a plan.
func (w *wordings) written(en, vi string) bool {
	starts := func(name, s string) bool {
		return name == s || len(strings.Fields(s)) > 1 && strings.HasPrefix(name, s)
	}
	inEnglish, inVietnamese := false, false
	for _, name := range w.plans {
		ours, theirs := starts(name[0], en) || name[0] == strings.TrimSuffix(en, "s"), starts(name[1], vi)
		if ours && theirs {
			return true
		}
		inEnglish, inVietnamese = inEnglish || ours, inVietnamese || theirs
	}
	return inEnglish && inVietnamese && len(strings.Fields(en)) > 1 // a fact and its target have one title in one language
}

var notTerm = regexp.MustCompile(`[0-9_=/"“]`)

func (w *wordings) add(en, vi, at string) {
	en, vi = trimmed(en), trimmed(vi)
	if en == "" || vi == "" || en == vi || notTerm.MatchString(en+vi) || len(strings.Fields(en)) > 4 || w.written(en, vi) {
		return
	}
	put := func(m map[string]map[string]string, a, b string) {
		if m[a] == nil {
			m[a] = map[string]string{}
		}
		if _, ok := m[a][b]; !ok {
			m[a][b] = at
		}
	}
	put(w.en, en, vi)
	put(w.vi, vi, strings.TrimSuffix(en, "s"))
}

func (w *wordings) report(t *testing.T, terms map[string]map[string]string) {
	t.Helper()
	for _, term := range slices.Sorted(maps.Keys(terms)) {
		if len(terms[term]) == 1 || homographs[term] != "" {
			continue
		}
		var list []string
		for _, other := range slices.Sorted(maps.Keys(terms[term])) {
			list = append(list, fmt.Sprintf("%q (%s)", other, terms[term][other]))
		}
		t.Errorf("%q is %s", term, strings.Join(list, " and "))
	}
}

// leaves runs a command in a language and lists the texts of what it writes, in
// the order in which they stand.
func leaves(t *testing.T, args []string, l string) []string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	args = slices.Clone(args)
	file := ""
	for i, a := range args {
		args[i] = strings.ReplaceAll(a, "OUT", out)
		if args[i] != a {
			_, file, _ = strings.Cut("="+args[i], "=")
			file = file[strings.LastIndexByte(file, '=')+1:]
		}
	}
	stdout, stderr, code := command(t, append(args, "--lang", l)...)
	if code > exitInput {
		t.Fatalf("%v: exit code %d: %s", args, code, stderr)
	}
	switch {
	case strings.HasSuffix(file, ".xlsx"):
		return cellTexts(t, file)
	case strings.HasSuffix(file, ".docx"):
		return wordTexts(t, file)
	case strings.HasPrefix(stdout, "{"), strings.HasPrefix(stdout, "["):
		return jsonTexts(t, stdout, l)
	case strings.HasPrefix(stdout, "<?xml"):
		return xmlTexts(t, strings.NewReader(stdout))
	case strings.HasPrefix(stdout, "<!"):
		return htmlTexts(stdout)
	}
	return lineTexts(stdout)
}

var columnGap = regexp.MustCompile(`\s{2,}|\n\s*|\||:\*\* | · |; `)

// lineTexts are the parts of each paragraph; what is wrapped otherwise in the
// other language has another number of them.
func lineTexts(s string) []string {
	var list []string
	for paragraph := range strings.SplitSeq(s, "\n\n") {
		list = append(list, strings.Join(columnGap.Split(strings.TrimSpace(paragraph), -1), "\x00"))
	}
	return list
}

func cellTexts(t *testing.T, path string) []string {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var list []string
	for _, sheet := range f.GetSheetList() {
		list = append(list, sheet)
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			list = append(list, strings.Join(row, "\x00"))
		}
	}
	return list
}

func wordTexts(t *testing.T, path string) []string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	return xmlTexts(t, f)
}

func xmlTexts(t *testing.T, r io.Reader) []string {
	t.Helper()
	var list []string
	for d := xml.NewDecoder(r); ; {
		token, err := d.Token()
		if err == io.EOF {
			return list
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.CharData:
			if s := strings.TrimSpace(string(token)); s != "" {
				list = append(list, s)
			}
		case xml.StartElement:
			for _, a := range token.Attr {
				list = append(list, a.Value)
			}
		}
	}
}

func htmlTexts(s string) []string {
	var list []string
	for z := html.NewTokenizer(strings.NewReader(s)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return list
		case html.TextToken:
			if s := strings.TrimSpace(string(z.Text())); s != "" {
				list = append(list, s)
			}
		default:
		}
	}
}

// jsonTexts are the strings of a document; of a text in both languages, the one
// that is asked for.
func jsonTexts(t *testing.T, s, l string) []string {
	t.Helper()
	var doc any
	if err := json.Unmarshal([]byte(s), &doc); err != nil {
		t.Fatal(err)
	}
	var list []string
	eachString(inLanguage(doc, l), func(s string) { list = append(list, s) })
	return list
}

// inLanguage puts the one that is asked for in the place of each text in both
// languages.
func inLanguage(v any, l string) any {
	switch v := v.(type) {
	case []any:
		var other []any
		for _, e := range v {
			other = append(other, inLanguage(e, l))
		}
		return other
	case map[string]any:
		if own, ok := v[l]; ok {
			return own
		}
		other := map[string]any{}
		for key := range v {
			other[key] = inLanguage(v[key], l)
		}
		return other
	}
	return v
}
