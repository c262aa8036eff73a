package numfmt

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// handmade are formats as files have them: those of Excel, of LibreOffice, of
// web systems, and whatever people type.
var handmade = []string{
	"General", "0", "0.00", "#,##0", "#,##0.00", "0%", "0.00%", "0.00E+00", "# ?/?", "# ??/??", "@",
	"d-mmm-yy", "d-mmm", "mmm-yy", "h:mm AM/PM", "h:mm:ss AM/PM", "h:mm", "h:mm:ss", "mm:ss", "[h]:mm:ss", "##0.0E+0",
	"#", "##", "#,###", "#,###.##", "0.0", "0.0#", "0.#", "#.##", "0.000", "000", "00000", "000000000000", "0000-00", "000-0000", "00-00-00",
	"#,##0_);(#,##0)", "#,##0_);[Red](#,##0)", "#,##0.00_);(#,##0.00)", "#,##0;-#,##0", "#,##0;[Red]-#,##0", "#,##0;[Red]#,##0",
	`_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)`, `_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)`,
	`_-* #,##0\ _₫_-;\-* #,##0\ _₫_-;_-* "-"\ _₫_-;_-@_-`, `_-* #,##0.00\ _₫_-;\-* #,##0.00\ _₫_-;_-* "-"??\ _₫_-;_-@_-`,
	"#,##0;-#,##0;", "#,##0;-#,##0;;@", "#,##0;-#,##0;\"-\"", "0;-0;;@", "0;;", ";;;", ";;", `"";"";""`, "0;-0;\"không\"",
	"#,##0,", "#,##0,,", "#,##0,,,", "0.0,", "0.0,,", "0,", `0.0,," tỷ"`, `#,##0," nghìn"`, `#,##0,"K"`, `0.00,,"M"`,
	`0"%"`, `0\%`, `0.00" %"`, "0 %", "0.0 %", `#,##0.0\ %`, `"%"0`, "%0", "0%%",
	`0.00" tỷ"`, `0" hồ sơ"`, `#,##0" đồng"`, `#,##0\ "₫"`, "[$₫-42A]#,##0", "#,##0\\ [$₫-42A]", "[$-42A]#,##0", "[$đ-42A] 0", "[$VND] #,##0", `"$"#,##0.00`,
	`"500"`, `0"0"`, `"5"0`, `0" 000"`, `"(1) "0`, `"a"`, `"a";"b";"c"`, `0"."000`, `0\.000`,
	`[=0]"-";0.0%`, `[=0]"";0`, `[=0]"-";[<1]0%;0`, "[>1]0;0%", `[<=1]0%;0"%"`, `[=0]?;0%`, `[<0]"";0%`, "[>100]0;0.0", "[>=100]0;[<=-100]0.0;General",
	"[<1]0.00;[<10]0.0;0", "[>1000000]0.0,,;[>1000]0.0,;0", `[=1]"Có";[=0]"Không";General`, "[Red][<0]0;[Blue][>=0]0",
	"[Red]0", "[Color 12]0", "[Color12]0;[Color3]-0", "[Black]General", "[Blue]#,##0;[Red]-#,##0;[Green]0",
	"General;-General", `General" m"`, `"x"General`, "General;[Red]-General", "General%",
	"?", "??", "?.?", "???.???", "0?", "?0", "# ?/2", "# ??/16", "# ?/10", "# ?/100", "?/?", "0 ?/?", "#?/?", "# ???/???",
	"0E+0", "0.0E-0", "0.###E+0", "#E+0", "00E+00", "000.0E+00",
	"d/m/yyyy", "dd/mm/yyyy", "dd/mm/yy", "dd-mm-yyyy", "yyyy-mm-dd", "yyyy/mm/dd", "dd.mm.yyyy", "m/d/yy", "mmm yyyy", "mmmm yyyy", "mmmmm", "mm/yyyy", "yyyy", "yy", "dddd", "ddd", "d", "dd", "m", "mm",
	"dd/mm/yyyy hh:mm", "dd/mm/yyyy hh:mm:ss", "hh:mm dd/mm/yyyy", "dd/mm/yyyy\\ h:mm\\ AM/PM", "h", "hh", "s", "ss", "h:m", "h:m:s", "hh:mm:ss.0", "hh:mm:ss.00", "ss.000", "mm:ss.0",
	"[h]", "[hh]", "[h]:mm", "[mm]:ss", "[ss]", "[m]", "[s].00", "h A/P", "hh AM/PM", "AM/PM",
	`"Ngày" dd "tháng" mm "năm" yyyy`, `[$-42A]dd/mm/yyyy`, `[$-42A]dd mmmm yyyy;@`, `[$-F800]dddd\,\ mmmm\ dd\,\ yyyy`, `[$-409]h:mm\ AM/PM;@`, `yyyy"年"m"月"d"日"`, `dd\/mm\/yyyy`, "dd/mm/yyyy;@", `[=0]"";dd/mm/yyyy`, "[<1]hh:mm;0", "bbbb", "bb", "e",
	"0;-0;0;@", `0;-0;0;"x"@`, `@" m"`, "@@", `0;@`, `"a"@"b"`, "0\\x", "_(0_)", "*-0", "0*-", "_x0_x", "0_-", "$0", "+0", "-0", "(0)", "0 0", "0:00", "0 - 0", "0'0", "{0}", "<0>", "=0", "~0", "!0", "&0", "^0",
}

// values are numbers of all sizes and signs, at the edges of rounding too.
var values = []string{
	"0", "1", "-1", "5", "9", "10", "12", "64", "65", "99", "100", "123", "700", "999", "1000", "-1000", "1234", "9999", "12345", "45300", "123456", "999999", "1234567", "-1234567", "12345678", "100000000000", "123456789012",
	"0.5", "-0.4", "0.65", "-0.7", "0.945", "0.95", "0.05", "0.004", "0.005", "0.0001", "0.00012345", "1.5", "2.5", "1.25", "-1.26", "12.3", "12.34", "99.99", "99.5", "0.1", "0.12345678901", "1234.5", "-1234.5678", "1234567.891", "45300.5", "45300.75", "45291.999", "0.75", "59", "61", "366.25", "3.14159265", "1e15", "1e-9", "123456789.123",
}

// fewValues are those of the table.
var fewValues = []string{"0", "1", "-1", "0.65", "0.004", "0.95", "65", "700", "1234567", "-1234.5678", "45300.5", "100000000000"}

const shownTable = "testdata/shown.tsv"

var update = flag.Bool("update", false, "write testdata/shown.tsv from what the other program shows")

// tableLine is a line of the table: the format, the number and what is shown,
// as JSON strings.
func tableLine(fields ...string) string {
	var out []string
	for _, f := range fields {
		b, _ := json.Marshal(f)
		out = append(out, string(b))
	}
	return strings.Join(out, "\t") + "\n"
}

// TestShowsWhatTheTableSays holds the package against what SheetJS's SSF 0.11.2
// shows, where that was seen to be right.
func TestShowsWhatTheTableSays(t *testing.T) {
	b, err := os.ReadFile(shownTable)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(b)) {
		var f [3]string
		for i, field := range strings.Split(strings.TrimSpace(line), "\t") {
			if err := json.Unmarshal([]byte(field), &f[i]); err != nil {
				t.Fatalf("%s: %v", line, err)
			}
		}
		if got := Parse(f[0]).Show(exact(t, f[1])); got != f[2] {
			t.Errorf("%s over %s shows %q, want %q", f[0], f[1], got, f[2])
		}
		n++
	}
	if n < 1000 {
		t.Errorf("the table has %d lines", n)
	}
}

func TestShowsWhatAnotherProgramShows(t *testing.T) {
	dir := os.Getenv("PARCHECK_SSF")
	if dir == "" {
		t.Skip("set PARCHECK_SSF to a folder in which `npm install ssf@0.11.2` was run")
	}
	var in bytes.Buffer
	type pair struct{ code, value string }
	var pairs []pair
	for _, code := range slices.Concat(handmade, generated()) {
		if _, known := strays[code]; known {
			continue
		}
		for _, v := range values {
			pairs = append(pairs, pair{code, v})
			quoted, _ := json.Marshal(code)
			fmt.Fprintf(&in, "[%s,%s]\n", quoted, v)
		}
	}
	module, err := filepath.Abs(filepath.Join(dir, "node_modules", "ssf"))
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", filepath.Join("testdata", "ssf.js"), module)
	cmd.Stdin, cmd.Stderr = &in, os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var table []string
	lines := bufio.NewScanner(bytes.NewReader(out))
	same, refused, differ := 0, 0, 0
	for _, p := range pairs {
		if !lines.Scan() {
			t.Fatal("the other program stopped")
		}
		var want *string
		if err := json.Unmarshal(lines.Bytes(), &want); err != nil {
			t.Fatal(err)
		}
		got := Parse(p.code).Show(exact(t, p.value))
		switch {
		case want == nil:
			refused++
		case got == *want && slices.Contains(handmade, p.code) && slices.Contains(fewValues, p.value):
			table = append(table, tableLine(p.code, p.value, got))
			fallthrough
		case alike(got, *want, strings.HasPrefix(p.value, "-")):
			same++
		default:
			differ++
			t.Errorf("%s\t%s\t%q\twant %q", p.code, p.value, got, *want)
		}
	}
	if *update {
		if err := os.WriteFile(shownTable, []byte(strings.Join(table, "")), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d the same, %d refused by the other, %d differ", same, refused, differ)
}

// strays are formats that the other program shows in ways of its own, and why.
var strays = map[string]string{
	"[$-42A]#,##0":          "a locale without a sign of money is shown as $",
	`[$-42A]dd mmmm yyyy;@`: "",
	"General%":              "text beside General is lost", `General" m"`: "", `"x"General`: "", "General;-General": "",
	"@@": "text beside @ is lost", `@" m"`: "", `"a"@"b"`: "",
	"0E+0": "exponents with other than one 0 before the point and decimals behind it", "00E+00": "", "000.0E+00": "", "#E+0": "", "0.###E+0": "", "##0.0E+0": "", "0.0E-0": "",
	"*-0": "what fills the cell is shown once", "0*-": "",
	"0000-00": "digits before the first placeholder are lost", "000-0000": "", "00-00-00": "",
	"0?": "negative numbers have no zeros before them", `"5"0`: "nor a zero they are rounded to", `"(1) "0`: "",
	"[s].00": "seconds are rounded up", "#.##": "a zero before the point of negative numbers",
	"# ?/10": "the denominator is taken for placeholders", "# ?/100": "",
	"# ?/2": "a whole of 0 is not shown", "# ??/16": "",
	"# ??/??": "fractions of floating point numbers", "# ???/???": "", "#,##0.00,%": "halves of floating point numbers",
}

// alike compares what two programs show. Of negative numbers signs and spaces
// are not compared: the other one keeps no sign before fixed text, puts it
// behind it or in place of a space, and has none in a section without a
// condition behind one with one; and it loses zeros that they are rounded to.
func alike(got, want string, negative bool) bool {
	if negative {
		sign := strings.NewReplacer("-", "", " ", "")
		got, want = sign.Replace(got), sign.Replace(want)
		if !strings.ContainsAny(got, "123456789") {
			zero := strings.NewReplacer("0", "", ".", "")
			got, want = zero.Replace(got), zero.Replace(want)
		}
	}
	return got == want || got == unshown && want == "" // a date that is none
}

// generated are combinations of what sections are made of.
func generated() []string {
	var out []string
	for _, digits := range []string{"0", "#,##0", "0.0", "#,##0.00", "#", "?0.0?", "00000"} {
		for _, scale := range []string{"", ",", ",,"} {
			for _, around := range []string{"%s", "%s%%", `%s"%%"`, `"a "%s`, `%s\ x`, "[Red]%s", "_(%s_)", `%s" tỷ"`, "(%s)"} {
				out = append(out, fmt.Sprintf(around, digits+scale))
			}
		}
	}
	sections := []string{"0", "0.0%", `"-"`, "", "[Red]0", "dd/mm/yyyy", "#,##0,"}
	for _, a := range sections {
		for _, b := range sections {
			out = append(out, a+";"+b)
			for _, c := range sections {
				out = append(out, strings.Join([]string{a, b, c}, ";"), strings.Join([]string{a, b, c, "@"}, ";"))
			}
		}
	}
	for _, cond := range []string{"[=0]", "[>1]", "[<1]", "[>=100]", "[<=-1]", "[<>0]", "[<0]"} {
		for _, a := range sections {
			for _, b := range sections {
				out = append(out, cond+a+";"+b)
			}
		}
	}
	return out
}
