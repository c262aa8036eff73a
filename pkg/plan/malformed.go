package plan

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	yamlv4 "go.yaml.in/yaml/v4"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// remedies say in a user's words what the YAML library says in a parser's.
var remedies = []struct {
	problem string
	meaning lang.Text
}{
	{"mapping values are not allowed in this context", lang.T(
		`a ":" where none can stand: put a text that holds ": " in quotes, and check the indentation`,
		`dấu ":" đặt sai chỗ: đặt trong ngoặc kép đoạn chữ có ": " và xem lại cách thụt dòng`)},
	{"did not find expected key", lang.T(
		"the lines of one group are not indented alike, or a quote or bracket ends too early",
		"các dòng cùng nhóm thụt lề không đều, hoặc dấu ngoặc đóng quá sớm")},
	{"did not find expected '-' indicator", lang.T(
		`the items of one list are not indented alike, or one lacks its "- "`,
		`các mục của danh sách thụt lề không đều, hoặc thiếu dấu "- "`)},
	{"could not find expected ':'", lang.T(
		`a line lacks its ":", or a quote is not closed`,
		`một dòng thiếu dấu ":", hoặc dấu ngoặc kép chưa đóng`)},
	{"found unexpected end of stream", lang.T("a quote is not closed", "dấu ngoặc kép chưa đóng")},
	{"did not find expected ',' or ']'", lang.T(
		`a list in brackets lacks a "," or its "]"`, `danh sách trong ngoặc vuông thiếu dấu "," hoặc "]"`)},
	{"did not find expected ',' or '}'", lang.T(
		`a group in braces lacks a "," or its "}"`, `nhóm trong ngoặc nhọn thiếu dấu "," hoặc "}"`)},
}

var noAnchors = lang.T(
	"anchors (&x), aliases (*x) and merge keys (<<) are not read: write the value out; put a text that begins with & or * in quotes",
	"không dùng neo (&x), bí danh (*x) và khóa gộp (<<): hãy viết đầy đủ giá trị; đặt trong ngoặc kép đoạn chữ bắt đầu bằng & hoặc *")

// malformed reports an error of the YAML library.
func (r *reader) malformed(err error, data []byte) {
	problem := strings.TrimPrefix(err.Error(), "yaml: ")
	if name, ok := strings.CutPrefix(problem, "unknown anchor '"); ok {
		r.fail(diag.PlanSyntax, r.alias(data, strings.TrimSuffix(name, "' referenced")), noAnchors)
		return
	}
	f := locate(problem, data)
	f.meaning = lang.Same(f.problem)
	for _, m := range remedies {
		if strings.HasPrefix(f.problem, m.problem) {
			f.meaning = m.meaning
		}
	}
	f.explain(strings.Split(string(data), "\n"))
	pos := diag.Pos{File: r.file, Line: f.line, Col: f.col}
	var related []diag.Related
	if f.opened > 0 && f.opened != f.line {
		related = []diag.Related{{Pos: diag.Pos{File: r.file, Line: f.opened, Col: f.openedCol}, Message: lang.T("opened here", "mở ở đây")}}
	}
	r.fail(diag.PlanSyntax, pos, lang.F("not well-formed YAML: %s", "không đúng cú pháp YAML: %s", f.meaning), related...)
}

// fault is where a file is no YAML, and what is wrong there. Lines and columns
// are 1-based, and 0 where they are not known.
type fault struct {
	problem           string
	meaning           lang.Text // the problem in a user's words
	line, col         int
	opened, openedCol int // where the bracket or brace that is not closed stands
}

// locate finds the place of a problem. The library that reads plans tells only
// the line in which the group with the problem begins, and that one off by one;
// its successor tells the place, and is asked for that alone.
func locate(problem string, data []byte) fault {
	var f fault
	if n, _ := fmt.Sscanf(problem, "line %d:", &f.line); n == 1 {
		_, problem, _ = strings.Cut(problem, ": ")
	}
	f.problem = problem
	if problem == noColon {
		return f // its line is right, and the successor blames the next one
	}
	e := refusal(data)
	if e == nil {
		return f
	}
	f = fault{problem: e.Message, line: e.Mark.Line, col: e.Mark.Column}
	switch {
	case strings.HasPrefix(e.Message, "found unexpected end of stream"): // the quote that is not closed
		f.line, f.col = e.ContextMark.Line, e.ContextMark.Column
	case strings.HasPrefix(e.Message, "did not find expected ',' or"):
		f.opened, f.openedCol = e.ContextMark.Line, e.ContextMark.Column
		if lines := strings.Split(string(data), "\n"); f.line > f.opened && f.line <= len(lines) && !strings.ContainsAny(f.ahead(lines), ",:[]{}") {
			f.back(lines)
		}
	case e.Message == "mapping values are not allowed in this context":
		// A key without a colon goes on in the next line as one text with its first key.
		if lines := strings.Split(string(data), "\n"); f.line > 0 && f.line <= len(lines) && bareKey.MatchString(f.ahead(lines)) {
			back := f
			if back.back(lines); bareKey.MatchString(lines[back.line-1]) {
				f, f.problem = back, noColon
			}
		}
	}
	return f
}

// noColon is the problem of a key without a colon.
const noColon = "could not find expected ':'"

var bareKey = regexp.MustCompile(`^ *[\pL\pN_-]+ *\r?$`)

// ahead is what stands before the place in its line.
func (f *fault) ahead(lines []string) string {
	line := []rune(lines[f.line-1])
	return string(line[:max(0, min(f.col-1, len(line)))])
}

// back moves the place to the end of the line before, which is not blank and no
// comment.
func (f *fault) back(lines []string) {
	for i := f.line - 2; i >= 0; i-- {
		if line := strings.TrimSpace(lines[i]); line != "" && line[0] != '#' {
			f.line, f.col = i+1, utf8.RuneCountInString(strings.TrimRight(lines[i], " \r"))+1
			return
		}
	}
}

// refusal is the error of the successor of the YAML library; nil if it reads
// the file.
func refusal(data []byte) (e *yamlv4.LoadError) {
	defer func() {
		if recover() != nil {
			e = nil
		}
	}()
	var node yamlv4.Node
	if errors.As(yamlv4.Load(data, &node), &e) {
		return e
	}
	return nil
}

// alias finds where an alias stands, of which the YAML library only tells the
// name.
func (r *reader) alias(data []byte, name string) diag.Pos {
	for i, line := range strings.Split(string(data), "\n") {
		for _, before := range []string{" ", "[", "{", ","} {
			if at := strings.Index(line, before+"*"+name); at >= 0 {
				return diag.Pos{File: r.file, Line: i + 1, Col: utf8.RuneCountInString(line[:at]) + 2}
			}
		}
	}
	return diag.InFile(r.file)
}
