package main

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
)

// wine is a Windows to run the program in, whose language is Vietnamese and
// whose console has an old code page.
type wine struct {
	t   *testing.T
	dir string // with parcheck.exe, explorer.exe and what the browser was called with
	env []string
}

// newWine builds the program and what it needs, or skips the test.
func newWine(t *testing.T) *wine {
	t.Helper()
	if os.Getenv("PARCHECK_WINE") == "" {
		t.Skip("set PARCHECK_WINE=1 where wine, gcc-mingw-w64-x86-64, locales and a display are (xvfb-run gives one)")
	}
	w := &wine{t: t, dir: t.TempDir()}
	prefix, locales := filepath.Join(w.dir, "prefix"), filepath.Join(w.dir, "locales")
	w.env = append(os.Environ(), "WINEPREFIX="+prefix, "WINEDEBUG=-all", "WINEDLLOVERRIDES=mscoree=", "LOCPATH="+locales, "LC_ALL=vi_VN.UTF-8", "LANG=vi_VN.UTF-8")
	browser := filepath.Join(w.dir, "browser")
	script := fmt.Sprintf("#!/bin/sh\nprintf '%%s\\n' \"$1\" >> '%s'\n", filepath.Join(w.dir, "opened"))
	if err := os.WriteFile(browser, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(locales, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, line := range [][]string{
		{"localedef", "-i", "vi_VN", "-f", "UTF-8", filepath.Join(locales, "vi_VN.UTF-8")},
		{"env", "GOOS=windows", "GOARCH=amd64", "CGO_ENABLED=0", "go", "build", "-o", filepath.Join(w.dir, "parcheck.exe"), "."},
		{"x86_64-w64-mingw32-gcc", "-O1", "-s", "-o", filepath.Join(w.dir, "explorer.exe"), "testdata/wine/explorer.c"},
		{"wineboot", "--init"},
		{"x86_64-w64-mingw32-gcc", "-O1", "-s", "-shared", "-o", filepath.Join(prefix, "drive_c/windows/system32/bcryptprimitives.dll"),
			"testdata/wine/bcryptprimitives.c", "-ladvapi32"},
		{"wine", "reg", "add", `HKCU\Software\Wine\WineBrowser`, "/v", "Browsers", "/d", browser, "/f"},
	} {
		cmd := exec.Command(line[0], line[1:]...)
		cmd.Env = w.env
		if out, err := w.output(cmd); err != nil {
			t.Fatalf("%s: %v\n%s", strings.Join(line, " "), err, out)
		}
	}
	t.Cleanup(func() {
		stop := exec.Command("wineserver", "--kill")
		stop.Env = w.env
		_ = stop.Run()
	})
	return w
}

// output runs a command and returns what it printed. That goes through a file:
// wine's server outlives the command and would keep a pipe open.
func (w *wine) output(cmd *exec.Cmd) ([]byte, error) {
	w.t.Helper()
	file, err := os.Create(filepath.Join(w.dir, "stdout"))
	if err != nil {
		w.t.Fatal(err)
	}
	defer file.Close()
	cmd.Stdout = file
	err = cmd.Run()
	return readFile(w.t, file.Name()), err
}

// run runs a program in a folder, and returns its exit code and what it printed.
func (w *wine) run(dir, program string, env []string, args ...string) (int, []byte) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, "wine", append([]string{filepath.Join(w.dir, program)}, args...)...)
	cmd.Env, cmd.Dir = append(w.env, env...), dir
	out, err := w.output(cmd)
	if ctx.Err() != nil {
		w.t.Fatalf("%s %q does not end", program, args)
	}
	if _, exited := err.(*exec.ExitError); err != nil && !exited {
		w.t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), out
}

// windowsPath is a path as Windows sees it in wine.
func windowsPath(path string) string { return "Z:" + strings.ReplaceAll(path, "/", `\`) }

// TestWine holds what the program does on Windows.
func TestWine(t *testing.T) {
	w := newWine(t)
	t.Run("the same bytes", w.sameBytes)
	t.Run("from Explorer", w.fromExplorer)
}

// sameBytes runs command lines on Windows and here. Paths have backslashes,
// names are Vietnamese, no shell expands patterns.
func (w *wine) sameBytes(t *testing.T) {
	here, there := wineFolder(t), wineFolder(t)
	for _, line := range [][]string{
		{"score", `Số liệu năm 2023\Sở Xây dựng – bản cuối.xlsx`, "--format", "json", "--report", `html=Số liệu năm 2023\kết quả.html`, "--report", "xlsx=phiếu.xlsx", "--report", "docx=báo cáo.docx"},
		{"score", `Số liệu năm 2023\*.XLSX`, "--format", "csv", "--report", "sarif=kết quả.sarif"},
		{"score", `nộp`, "--plan", `kế hoạch\plan.yaml`, "--roster", `kế hoạch\roster.yaml`, "--format", "json", "--report", "html=nộp.html"},
		{"validate", `nộp\*`, "--format", "github"},
		{"summary", "nộp", "--plan", `kế hoạch\plan.yaml`, "--roster", `kế hoạch\roster.yaml`, "-o", "tổng hợp.xlsx"},
		{"template", "--unit", "Sở Y tế", "-o", "biểu mẫu.xlsx"},
		{"annotate", `Số liệu năm 2023\Sở Xây dựng – bản cuối.xlsx`, "-o", "đánh dấu.xlsx"},
		{"targets", "export"},
	} {
		line = append(line, "--lang", "vi")
		switch line[0] {
		case "score", "summary", "annotate":
			line = append(line, "--as-of", "2024-02-15")
		}
		code, out := w.run(there, "parcheck.exe", nil, line...)
		t.Chdir(here)
		var want, errs bytes.Buffer
		wantCode := execute(strings.Split(strings.ReplaceAll(strings.ReplaceAll(strings.Join(line, "\x00"), `\`, "/"), "XLSX", "xlsx"), "\x00"), strings.NewReader(""), &want, &errs)
		if code != wantCode || !bytes.Equal(out, want.Bytes()) {
			t.Errorf("%q: code %d and %d bytes, here code %d and %d bytes\n%s", line, code, len(out), wantCode, want.Len(), errs.String())
		}
	}
	names := namesIn(t, here)
	if diff := cmp.Diff(names, namesIn(t, there)); diff != "" {
		t.Error(diff)
	}
	for _, dir := range []string{".", "Số liệu năm 2023"} {
		for _, name := range namesIn(t, filepath.Join(here, dir)) {
			file := filepath.Join(dir, name)
			if info, err := os.Stat(filepath.Join(here, file)); err == nil && info.IsDir() {
				continue
			}
			if !bytes.Equal(readFile(t, filepath.Join(here, file)), readFile(t, filepath.Join(there, file))) {
				t.Errorf("%s is another one", file)
			}
		}
	}
}

// wineFolder is a folder with submissions.
func wineFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	copyFile := func(from, to string) {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, to)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, to), readFile(t, from), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	copyFile("../../examples/department/agency.xlsx", "Số liệu năm 2023/Sở Xây dựng – bản cuối.xlsx")
	files, err := filepath.Glob("../../examples/submissions/nop/*")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d submissions: %v", len(files), err)
	}
	for _, f := range files {
		copyFile(f, filepath.Join("nộp", filepath.Base(f)))
	}
	copyFile("../../examples/submissions/plan.yaml", "kế hoạch/plan.yaml")
	copyFile("../../examples/submissions/roster.yaml", "kế hoạch/roster.yaml")
	return dir
}

// fromExplorer drops files on the program and double-clicks it.
func (w *wine) fromExplorer(t *testing.T) {
	exe := windowsPath(filepath.Join(w.dir, "parcheck.exe"))
	dir := filepath.Join(wineFolder(t), "Số liệu năm 2023")
	file := filepath.Join(dir, "Sở Xây dựng – bản cuối.xlsx")
	page := filepath.Join(dir, "Sở Xây dựng – bản cuối - kết quả.html")

	if code, _ := w.run(w.dir, "explorer.exe", nil, exe, windowsPath(file)); code != exitGate {
		t.Errorf("a dropped file: code %d", code)
	}
	t.Chdir(dir)
	var want, errs bytes.Buffer
	execute([]string{"score", filepath.Base(file), "--format", "html", "--lang", "vi"}, strings.NewReader(""), &want, &errs)
	if !bytes.Equal(readFile(t, page), want.Bytes()) {
		t.Error("the page beside the dropped file is not that of `score --format html --lang vi`")
	}
	if got := w.opened(); got != page {
		t.Errorf("%q was opened, want %q", got, page)
	}

	broken := filepath.Join(dir, "hỏng.xlsx")
	if err := os.WriteFile(broken, []byte("PK no workbook"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		args []string
		want []string // lines of the window
	}{
		{"a double click", nil, []string{"Kéo tệp hoặc thư mục thả lên parcheck.exe, hoặc kéo vào cửa sổ này", "Chỉ nhấn Enter thì cửa sổ đóng lại."}},
		{"a broken file", []string{windowsPath(broken)}, []string{"lỗi: hỏng.xlsx: ", "Nhấn một phím bất kỳ để đóng cửa sổ này."}},
		{"a shortcut with a command", []string{"version"}, []string{program(), "Nhấn một phím bất kỳ để đóng cửa sổ này."}},
	} {
		screen := filepath.Join(w.dir, "screen")
		_ = os.Remove(screen)
		w.run(w.dir, "explorer.exe", []string{"SCREEN=" + windowsPath(screen)}, append([]string{exe}, tt.args...)...)
		text := decodeUTF16(readFile(t, screen))
		if !strings.HasPrefix(text, "code page 1258\n") {
			t.Errorf("%s: the console has no old code page:\n%s", tt.name, text)
		}
		for _, line := range tt.want {
			if !strings.Contains(text, line) {
				t.Errorf("%s: the window lacks %q:\n%s", tt.name, line, text)
			}
		}
	}
}

// opened returns the last file that the browser was called with.
func (w *wine) opened() string {
	w.t.Helper()
	for range 50 {
		if data, err := os.ReadFile(filepath.Join(w.dir, "opened")); err == nil {
			lines := strings.Fields(string(data))
			path, err := url.PathUnescape(strings.TrimPrefix(lines[len(lines)-1], "file://"))
			if err != nil {
				w.t.Fatal(err)
			}
			return path
		}
		time.Sleep(100 * time.Millisecond)
	}
	return ""
}

func decodeUTF16(b []byte) string {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = uint16(b[2*i]) | uint16(b[2*i+1])<<8
	}
	return string(utf16.Decode(units))
}
