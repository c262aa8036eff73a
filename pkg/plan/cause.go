package plan

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
)

// The YAML library says where it stopped, but seldom what the author did wrong.
// causes recognise common mistakes, and are tried in this order.
var causes = []func(*fault, []string) bool{noBreakSpace, longDash, noBlank, noColonThere, comment, colonWithin, quoteWithin, sign, crooked}

// explain finds the cause of a fault, and moves the fault to its place.
func (f *fault) explain(lines []string) {
	if f.line < 1 || f.line > len(lines) {
		return
	}
	for _, cause := range causes {
		if cause(f, lines) {
			return
		}
	}
}

// around returns the line of the fault and the previous line that is not blank:
// the library often reports a fault one line late.
func (f *fault) around(lines []string) []int {
	for i := f.line - 1; i >= 1; i-- {
		if strings.TrimSpace(lines[i-1]) != "" {
			return []int{i, f.line}
		}
	}
	return []int{f.line}
}

// at puts the fault at a byte of a line.
func (f *fault) at(lines []string, line, offset int, meaning lang.Text) bool {
	f.line, f.col, f.meaning = line, utf8.RuneCountInString(lines[line-1][:offset])+1, meaning
	return true
}

var noBreakText = lang.T("a no-break space of a word processor where a plain one must stand: `parcheck targets lint --fix` replaces it",
	"dấu cách không ngắt của phần mềm soạn thảo ở chỗ cần dấu cách thường: `parcheck targets lint --fix` sẽ thay")

func noBreakSpace(f *fault, lines []string) bool {
	for _, n := range f.around(lines) {
		if at := behindMark.FindStringIndex(lines[n-1]); at != nil {
			return f.at(lines, n, at[0]+strings.IndexAny(lines[n-1][at[0]:at[1]], noBreak), noBreakText)
		}
	}
	return false
}

var dashed = regexp.MustCompile(`^ *([–—−•])`)

func longDash(f *fault, lines []string) bool {
	for _, n := range f.around(lines) {
		if at := dashed.FindStringSubmatchIndex(lines[n-1]); at != nil {
			return f.at(lines, n, at[2], lang.F("%q begins the line: an item of a list begins with %q", "đầu dòng là %q: mỗi mục của danh sách bắt đầu bằng %q", lines[n-1][at[2]:at[3]], "- "))
		}
	}
	return false
}

var glued = regexp.MustCompile(`^ *(?:- +)?(?:-[\pL]|[\pL\pN_-]+:[^\s:])`)

// noBlank finds a "-" or ":" that lacks the space after it.
func noBlank(f *fault, lines []string) bool {
	for _, n := range f.around(lines) {
		at := glued.FindStringIndex(lines[n-1])
		if at == nil {
			continue
		}
		_, size := utf8.DecodeLastRuneInString(lines[n-1][:at[1]])
		behind := at[1] - size
		return f.at(lines, n, behind, lang.F("a space is missing after %q", "thiếu dấu cách sau %q", lines[n-1][behind-1:behind]))
	}
	return false
}

var bareWords = regexp.MustCompile(`^ *(?:- +)?([\pL\pN_-]+)(?: [^:]*)?\r?$`)

func noColonThere(f *fault, lines []string) bool {
	at := bareWords.FindStringSubmatchIndex(lines[f.line-1])
	if f.problem != noColon || at == nil {
		return false
	}
	return f.at(lines, f.line, at[3], lang.F("a %q is missing after %q", "thiếu dấu %q sau %q", ":", lines[f.line-1][at[2]:at[3]]))
}

// outside is a line with its quoted parts blanked out.
func outside(line string) string {
	out := []byte(line)
	for i := 0; i < len(out); i++ {
		if mark := out[i]; mark == '"' || mark == '\'' && (i == 0 || strings.IndexByte(" [{,", out[i-1]) >= 0) {
			n := closing(out[i:], mark, map[byte]byte{'"': '\\', '\'': '\''}[mark])
			for j := i; j < i+n; j++ {
				out[j] = '_'
			}
			i += max(n-1, 0)
		}
	}
	return string(out)
}

func comment(f *fault, lines []string) bool {
	if f.opened == 0 {
		return false
	}
	for n := f.opened; n <= f.line && n <= len(lines); n++ {
		if at := strings.Index(outside(lines[n-1]), " #"); at >= 0 && strings.TrimSpace(lines[n-1][:at]) != "" {
			return f.at(lines, n, at+1, lang.T(`"#" begins a comment, which ends the text: put the text in quotes`, `dấu "#" mở đầu chú thích nên đoạn chữ bị cắt: hãy đặt đoạn chữ trong ngoặc kép`))
		}
	}
	return false
}

// rest is the text from the place of the fault on.
func (f *fault) rest(lines []string) string {
	line := []rune(lines[f.line-1])
	return string(line[min(max(f.col-1, 0), len(line)):])
}

func colonWithin(f *fault, lines []string) bool {
	if f.opened == 0 || !strings.HasPrefix(f.rest(lines), ":") {
		return false
	}
	f.meaning = lang.T(`a ":" within a text: put the text in quotes, or write the "," that is missing before the key`,
		`dấu ":" nằm trong đoạn chữ: hãy đặt đoạn chữ trong ngoặc kép, hoặc thêm dấu "," còn thiếu trước khóa`)
	return true
}

func quoteWithin(f *fault, lines []string) bool {
	ahead := strings.TrimRight(f.ahead(lines), " ")
	if strings.Count(ahead, `"`) < 2 || !strings.HasSuffix(ahead, `"`) || strings.Trim(f.rest(lines), " \r") == "" {
		return false
	}
	f.meaning = lang.T(`a text in quotes ends here, and goes on: for a quotation mark within it write \"`,
		`đoạn chữ trong ngoặc kép kết thúc ở đây mà phía sau vẫn còn chữ: dấu ngoặc kép bên trong ghi là \"`)
	return true
}

func sign(f *fault, lines []string) bool {
	rest := f.rest(lines)
	if !strings.HasPrefix(f.problem, "found character that cannot start any token") || rest == "" {
		return false
	}
	c, _ := utf8.DecodeRuneInString(rest)
	if c == '>' || c == '|' {
		f.meaning = lang.F("%q cannot begin a text here: for “≥” write at_least, for “>” more_than", "đoạn chữ ở đây không được bắt đầu bằng %q: thay “≥” bằng at_least, “>” bằng more_than", string(c))
		return true
	}
	f.meaning = lang.F("a text begins with %q: put it in quotes", "đoạn chữ bắt đầu bằng %q: hãy đặt trong ngoặc kép", string(c))
	return true
}

// crooked finds a line whose indentation matches no group above it.
func crooked(f *fault, lines []string) bool {
	indent := func(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }
	own := indent(lines[f.line-1])
	if f.col != own+1 || !strings.HasPrefix(f.problem, "did not find expected") || f.opened > 0 {
		return false
	}
	var above []int
	var spaces []string
	for _, line := range slices.Backward(lines[:f.line-1]) {
		text := strings.TrimSpace(line)
		if n := indent(line); text != "" && text[0] != '#' && (len(above) == 0 || n < above[len(above)-1]) {
			above, spaces = append(above, n), append(spaces, strconv.Itoa(n))
		}
	}
	if len(above) == 0 || slices.Contains(above, own) {
		return false
	}
	f.meaning = lang.F("the line is indented by %s: the groups above it are by %s", "dòng này thụt %s: các nhóm phía trên thụt %s",
		number.Count(int64(own), "space", "spaces", "dấu cách"), strings.Join(spaces, ", "))
	return true
}
