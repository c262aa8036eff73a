package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/lang"
)

// shown is what somebody sees of a run from Explorer.
type shown struct {
	code   int
	opened []string // pages, by their names
	keys   int      // that were waited for
	text   string   // in the window
}

// explorer runs a command line as Explorer does, in the language of a person.
func explorer(t *testing.T, l lang.Lang, folder, typed string, args ...string) shown {
	t.Helper()
	t.Chdir(t.TempDir()) // the run goes to the folder of the files, and comes back after the test
	var got shown
	var window bytes.Buffer
	a := &app{stdin: strings.NewReader(typed), stdout: &window, stderr: &window, getenv: func(string) string { return "" }, today: today}
	a.lang.Lang = l
	got.code = a.inWindow(context.Background(), args, desktop{
		open: func(path string) error {
			got.opened = append(got.opened, filepath.Base(path))
			_, err := os.Stat(path)
			return err
		},
		key:    func() { got.keys++ },
		folder: folder,
	})
	got.text = window.String()
	return got
}

// dropFolder makes a folder with copies of a submission under some names.
func dropFolder(t *testing.T, name string, files ...string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), name)
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(dir, f), readFile(t, filepath.Join("..", "..", "examples", "department", "agency.xlsx")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func namesIn(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestDroppedFileGivesAPageBesideIt(t *testing.T) {
	dir := dropFolder(t, "Số liệu", "Sở Xây dựng.xlsx")
	got := explorer(t, lang.VI, "", "", filepath.Join(dir, "Sở Xây dựng.xlsx"))
	if got.code != exitGate || got.keys != 0 || got.text != "parcheck: đã ghi "+filepath.Join(dir, "Sở Xây dựng - kết quả.html")+"\n" || !slices.Equal(got.opened, []string{"Sở Xây dựng - kết quả.html"}) {
		t.Errorf("%+v", got)
	}
	if diff := cmp.Diff([]string{"Sở Xây dựng - kết quả.html", "Sở Xây dựng.xlsx"}, namesIn(t, dir)); diff != "" {
		t.Error(diff)
	}
	page := string(readFile(t, filepath.Join(dir, "Sở Xây dựng - kết quả.html")))
	if !strings.Contains(page, "68,97%") || strings.Contains(page, dir) {
		t.Error("the page lacks the score, or says in which folder of the machine the file lies")
	}
}

func TestDroppedFilesAndFolders(t *testing.T) {
	for _, tt := range []struct {
		name string
		drop []string // in the folder; "." is the folder itself
		want string
	}{
		{"several files are named by their folder", []string{"a.xlsx", "b.xlsx"}, "Quý 1 - result.html"},
		{"a folder is named by itself, and its page lies beside it", []string{"."}, "Quý 1 - result.html"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := dropFolder(t, "Quý 1", "a.xlsx", "b.xlsx")
			var paths []string
			for _, name := range tt.drop {
				paths = append(paths, filepath.Join(dir, name))
			}
			got := explorer(t, lang.EN, "", "", paths...)
			if got.code != exitGate || got.keys != 0 || !slices.Equal(got.opened, []string{tt.want}) {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestDroppedAgainTakesThePlaceOfTheOldPage(t *testing.T) {
	dir := dropFolder(t, "q", "a.xlsx")
	for range 2 {
		explorer(t, lang.EN, "", "", filepath.Join(dir, "a.xlsx"))
	}
	if diff := cmp.Diff([]string{"a - result.html", "a.xlsx"}, namesIn(t, dir)); diff != "" {
		t.Error(diff)
	}
	foreign := filepath.Join(dir, "a - result.html")
	if err := os.WriteFile(foreign, []byte("somebody's own"), 0o644); err != nil {
		t.Fatal(err)
	}
	explorer(t, lang.EN, "", "", filepath.Join(dir, "a.xlsx"))
	if string(readFile(t, foreign)) != "somebody's own" || !slices.Contains(namesIn(t, dir), "a - result (2).html") {
		t.Errorf("a file that is no page of parcheck's was replaced: %q", namesIn(t, dir))
	}
}

func TestWindowStaysWhileThereIsSomethingToRead(t *testing.T) {
	dir := dropFolder(t, "q", "a.xlsx")
	broken := filepath.Join(dir, "broken.xlsx")
	if err := os.WriteFile(broken, []byte("no workbook"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name   string
		args   []string
		code   int
		opened int
		text   string
	}{
		{"a file that cannot be read", []string{broken}, exitInput, 1, "broken.xlsx: đây là văn bản không có cột"},
		{"one of two cannot be read", []string{filepath.Join(dir, "a.xlsx"), broken}, exitInput, 1, "có một tệp không đọc được"},
		{"a wrong flag of a shortcut", []string{"--plan", "nosuch", filepath.Join(dir, "a.xlsx")}, exitUsage, 0, "nosuch"},
		{"a command of a shortcut", []string{"version"}, exitOK, 0, program()},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := explorer(t, lang.VI, "", "", tt.args...)
			if got.code != tt.code || got.keys != 1 || len(got.opened) != tt.opened || !strings.Contains(got.text, tt.text) {
				t.Errorf("got %+v\nwant code %d, one key, %d pages and %q", got, tt.code, tt.opened, tt.text)
			}
		})
	}
}

func TestPageThatDoesNotOpenIsTold(t *testing.T) {
	dir := dropFolder(t, "q", "a.xlsx")
	t.Chdir(dir)
	var window bytes.Buffer
	keys := 0
	a := &app{stdin: strings.NewReader(""), stdout: &window, stderr: &window, getenv: func(string) string { return "" }, today: today}
	a.inWindow(context.Background(), []string{filepath.Join(dir, "a.xlsx")}, desktop{
		open: func(string) error { return errors.New("no browser") },
		key:  func() { keys++ },
	})
	if want := "không mở được trang kết quả: no browser"; keys != 1 || !strings.Contains(window.String(), want) {
		t.Errorf("%d keys, %s", keys, window.String())
	}
}

func TestDoubleClickSaysWhatToDo(t *testing.T) {
	dir := dropFolder(t, "tải về", "a.xlsx", "~$a.xlsx")
	file := filepath.Join(dir, "a.xlsx")
	for _, tt := range []struct {
		name   string
		folder string
		typed  string
		opened []string
		text   string
	}{
		{"Enter scores the files of the program's folder", dir, "\n", []string{"a - kết quả.html"}, "Các tệp trong " + dir + ":\n  a.xlsx\nNhấn Enter để chấm điểm"},
		{"Enter ends it where there are none", t.TempDir(), "\n", nil, "Chỉ nhấn Enter thì cửa sổ đóng lại."},
		{"a file is dragged into the window", t.TempDir(), `"` + file + "\"\r\n", []string{"a - kết quả.html"}, "Kéo tệp hoặc thư mục thả lên parcheck.exe"},
		{"a file that is not there, then another", t.TempDir(), "nosuch.xlsx\n" + file + "\n", []string{"a - kết quả.html"}, "> nosuch.xlsx: không có tệp này\n"},
		{"the window is closed", dir, "", nil, "parcheck"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := explorer(t, lang.VI, tt.folder, tt.typed)
			code := exitOK
			if len(tt.opened) > 0 {
				code = exitGate // the submission misses targets
			}
			if got.code != code || got.keys != 0 || !slices.Equal(got.opened, tt.opened) || !strings.Contains(got.text, tt.text) {
				t.Errorf("got %+v\nwant %q and %q", got, tt.opened, tt.text)
			}
		})
	}
}

func TestDraggedPaths(t *testing.T) {
	for _, tt := range []struct {
		line string
		want []string
	}{
		{"", nil},
		{"  \r\n", nil},
		{`C:\a.xlsx`, []string{`C:\a.xlsx`}},
		{`"C:\Số liệu\a b.xlsx"` + "\r\n", []string{`C:\Số liệu\a b.xlsx`}},
		{`"C:\a b.xlsx" C:\c.xlsx "C:\d e"`, []string{`C:\a b.xlsx`, `C:\c.xlsx`, `C:\d e`}},
		{`"C:\a b.xlsx""C:\c d.xlsx"`, []string{`C:\a b.xlsx`, `C:\c d.xlsx`}},
		{`""`, nil},
		{`"C:\not closed`, []string{`C:\not closed`}},
	} {
		if got := draggedPaths(tt.line); !slices.Equal(got, tt.want) {
			t.Errorf("%q: got %q, want %q", tt.line, got, tt.want)
		}
	}
}

func TestAnyCase(t *testing.T) {
	for _, tt := range []struct{ pattern, want string }{
		{"*.XLSX", "*.[Xx][Ll][Ss][Xx]"},
		{"Sở*", "[Ss][ởỞ]*"},
		{"[a-c]?1", "[a-c]?1"},
	} {
		if got := anyCase(tt.pattern); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.pattern, got, tt.want)
		}
	}
}

func TestDefaultsTags(t *testing.T) {
	for _, tt := range []struct {
		printed string
		want    []string
	}{
		{"vi_VN\n", []string{"vi_VN"}},
		{"(\n    \"vi-VN\",\n    \"en-US\"\n)\n", []string{"vi-VN", "en-US"}},
		{"", nil},
	} {
		if got := defaultsTags(tt.printed); !slices.Equal(got, tt.want) {
			t.Errorf("%q: got %q, want %q", tt.printed, got, tt.want)
		}
	}
}
