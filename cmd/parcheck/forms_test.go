package main

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
)

// choices are what a person chooses in the workbook that the walk of the
// Vietnamese README writes: the sheet, what it is about, and the choice.
var choices = [][3]string{
	{"1", "Xác nhận mọi gợi ý của trang này", "đồng ý"},
	{"1", "Diễn giải", "(không dùng)"},
	{"2", "Xác nhận mọi gợi ý của trang này", "đồng ý"},
	{"2", "Hồ sơ nhận / Cộng", "Tiếp nhận / Tổng số"},
	{"2", "Hồ sơ đã trả / Cộng", "Số lượng hồ sơ đã giải quyết / Tổng số"},
	{"3", "Xác nhận mọi gợi ý của trang này", "đồng ý"},
	{"4", "Xác nhận mọi gợi ý của trang này", "đồng ý"},
	{"4", "Đơn vị tính tiền", "triệu đồng"},
	{"4", "Đạt (%)", "Giải ngân kế hoạch năm 2023 / Tỷ lệ (%)"},
	{"5", "Xác nhận mọi gợi ý của trang này", "đồng ý"},
	{"Tên đơn vị", "Sở XD", "Sở Xây dựng"},
	{"Tên đơn vị", "Sở NN, PTNT", "Sở Nông nghiệp và Phát triển nông thôn"},
}

// TestTwelveChoicesSettleThirtyFiles runs the walk of the Vietnamese README: a
// folder of thirty files in six layouts, twelve choices that another program
// makes in the mapping workbook, and every figure is right.
func TestTwelveChoicesSettleThirtyFiles(t *testing.T) {
	python := os.Getenv("PARCHECK_PYTHON")
	if python == "" {
		t.Skip("set PARCHECK_PYTHON to a Python that has openpyxl")
	}
	script, err := filepath.Abs("testdata/choose.py")
	if err != nil {
		t.Fatal(err)
	}
	atRoot(t)
	kept, err := filepath.Abs("examples/forms/mapping.yaml")
	if err != nil {
		t.Fatal(err)
	}
	readme := readDocument(t, "cmd/parcheck/README.vi.md")
	lines := walkOf(t, readme)
	inReadersFolder(t, readme)
	if _, stderr, code := runLine(t, lines[0]); code != exitOK {
		t.Fatalf("%s: %s", lines[0], stderr)
	}
	made, err := json.Marshal(choices)
	if err != nil {
		t.Fatal(err)
	}
	writeReadersFile(t, "choices.json", made)
	if out, err := exec.Command(python, script, "doi-chieu.xlsx", "choices.json").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if _, stderr, code := runLine(t, lines[1]); code != exitOK || !strings.Contains(stderr, "gồm 30 kết quả đánh giá") {
		t.Fatalf("%s: %d, %s", lines[1], code, stderr)
	}
	allRight(t, "doi-chieu.xlsx")
	if _, stderr, code := runLine(t, "parcheck map --mapping doi-chieu.xlsx -o confirmed.yaml"); code != exitOK {
		t.Fatal(stderr)
	}
	compareFile(t, kept, string(readFile(t, "confirmed.yaml")))
}

// walkOf returns the commands of the walk.
func walkOf(t *testing.T, r *document) []string {
	t.Helper()
	for _, f := range r.fences {
		if lines := strings.Split(strings.TrimSpace(f.text), "\n"); f.lang == "sh" && len(lines) == 2 && strings.HasPrefix(lines[0], "parcheck map ") {
			return lines
		}
	}
	t.Fatal("the README has no walk")
	return nil
}

// TestFormsOfOthersAreReadRight holds the figures of the thirty files with the
// mapping beside them, and that without it none is wrong in silence.
func TestFormsOfOthersAreReadRight(t *testing.T) {
	atRoot(t)
	allRight(t, "examples/forms/mapping.yaml")
	wanted, found := figuresOfForms(t), inspectForms(t)
	for name, facts := range wanted {
		for id, value := range facts {
			if f := found[name].facts[id]; f != nil && f.State == fact.Reported && f.Value.String() != value {
				t.Errorf("%s: %s is %s without a mapping: want %s or nothing", name, id, f.Value, value)
			}
		}
	}
}

func allRight(t *testing.T, mapping string) {
	t.Helper()
	wanted, units, found := figuresOfForms(t), unitsOfForms(t), inspectForms(t, "--mapping", mapping)
	if len(wanted) != 30 || len(found) != 30 {
		t.Fatalf("%d files, %d read", len(wanted), len(found))
	}
	for name, facts := range wanted {
		got := found[name]
		if got.unit != units[name] || !got.known {
			t.Errorf("%s is of %q: want %q", name, got.unit, units[name])
		}
		for id, value := range facts {
			f := got.facts[id]
			if f == nil || f.State != fact.Reported || f.Value.String() != value {
				t.Errorf("%s: %s: got %+v, want %s", name, id, f, value)
				continue
			}
			own := regexp.MustCompile(`bieu-(27|28|29|30)`).MatchString(name)
			if f.Sources[0].Mapped == own {
				t.Errorf("%s: %s: mapped is %t", name, id, !own)
			}
		}
	}
}

// readForm is what inspect says of one of the files.
type readForm struct {
	unit  string
	known bool
	facts map[string]*fact.Fact
}

func inspectForms(t *testing.T, args ...string) map[string]readForm {
	t.Helper()
	stdout, stderr, code := command(t, append([]string{"inspect", "examples/forms/nop", "--format", "json"}, args...)...)
	if code != exitOK {
		t.Fatal(stderr)
	}
	var all struct {
		Files []struct {
			File   string
			Survey fact.Survey
			Facts  []fact.Fact
		}
	}
	if err := json.Unmarshal([]byte(stdout), &all); err != nil {
		t.Fatal(err)
	}
	out := map[string]readForm{}
	for _, f := range all.Files {
		one := readForm{f.Survey.Unit.Name.In(lang.VI), f.Survey.Unit.ID != "", map[string]*fact.Fact{}}
		for i := range f.Facts {
			one.facts[f.Facts[i].ID] = &f.Facts[i]
		}
		out[filepath.Base(f.File)] = one
	}
	return out
}

// figuresOfForms are those that a reader should find in each file.
func figuresOfForms(t *testing.T) map[string]map[string]string {
	t.Helper()
	out := map[string]map[string]string{}
	for _, rec := range formsList(t) {
		if out[rec[0]] == nil {
			out[rec[0]] = map[string]string{}
		}
		out[rec[0]][rec[2]] = rec[3]
	}
	return out
}

func unitsOfForms(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, rec := range formsList(t) {
		out[rec[0]] = rec[1]
	}
	return out
}

func formsList(t *testing.T) [][]string {
	t.Helper()
	all, err := csv.NewReader(strings.NewReader(string(readFile(t, "examples/forms/figures.csv")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return slices.Delete(all, 0, 1)
}
