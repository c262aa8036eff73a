package page_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// browser is a real one, with the page open in it from a file, as people open it.
type browser interface {
	// eval gives what an expression gives, as JSON; promises are waited for.
	eval(script string) ([]byte, error)
	// choose gives files to the element for files that a selector finds.
	choose(css string, files ...string) error
	// said is what the browser complained of.
	said() []string
	// sent is what the browser asked anybody for, other than the page.
	sent() []string
}

// thePage is the page to test, which `.ci/run` builds.
func thePage(t testing.TB) string {
	t.Helper()
	page := os.Getenv("PARCHECK_PAGE")
	if page == "" {
		t.Skip("PARCHECK_PAGE names no page: go run ./cmd/parcheck-web/build -o parcheck.html")
	}
	return page
}

var browsers = map[string]func(t testing.TB, page, downloads string) browser{
	"chromium": openChromium,
	"firefox":  openFirefox,
}

// tab is a browser, and what a test does in it.
type tab struct {
	testing.TB
	browser
	downloads string
}

func each(t *testing.T, test func(*tab)) {
	page := thePage(t)
	for name, open := range browsers {
		t.Run(name, func(t *testing.T) {
			downloads := t.TempDir()
			b := &tab{TB: t, browser: open(t, page, downloads), downloads: downloads}
			b.wait("the program", "document.getElementById('state').textContent.startsWith('Sẵn sàng') || document.getElementById('state').textContent.startsWith('Ready')")
			test(b)
			if said := b.said(); len(said) > 0 {
				t.Errorf("the browser says %q", said)
			}
			if sent := b.sent(); len(sent) > 0 {
				t.Errorf("the page asked for %q", sent)
			}
		})
	}
}

// value is what an expression gives.
func value[T any](b *tab, script string) T {
	b.Helper()
	var v T
	data, err := b.eval(script)
	if err == nil {
		err = json.Unmarshal(data, &v)
	}
	if err != nil {
		b.Fatalf("%s: %v", script, err)
	}
	return v
}

func (b *tab) wait(what, condition string) {
	b.Helper()
	for deadline := time.Now().Add(3 * time.Minute); !value[bool](b, condition); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			b.Fatalf("no %s; the page says %q, %q", what, b.text("#state"), b.text("#trouble"))
		}
	}
}

func (b *tab) text(css string) string {
	b.Helper()
	return value[string](b, fmt.Sprintf("document.querySelector(%q).innerText", css))
}

func (b *tab) click(css string) {
	b.Helper()
	value[bool](b, fmt.Sprintf("(document.querySelector(%q).click(), true)", css))
}

func (b *tab) set(css, text string) {
	b.Helper()
	value[bool](b, fmt.Sprintf("(e => { e.value = %q; e.dispatchEvent(new Event('change')); return true })(document.querySelector(%q))", text, css))
}

// do does something that ends with a state.
func (b *tab) do(step func(), want string) {
	b.Helper()
	value[bool](b, "(document.getElementById('state').textContent = '', true)")
	step()
	b.wait(want, fmt.Sprintf("document.getElementById('state').textContent.includes(%q) && document.getElementById('stop').hidden", want))
}

func (b *tab) drop(files ...string) {
	b.Helper()
	b.do(func() {
		if err := b.choose("#choose", files...); err != nil {
			b.Fatal(err)
		}
	}, "Xong")
}

// download waits for a file that the page saves.
func (b *tab) download(step func(), name string) []byte {
	b.Helper()
	path := filepath.Join(b.downloads, name)
	os.Remove(path)
	step()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
		data, err := os.ReadFile(path)
		parts, _ := filepath.Glob(filepath.Join(b.downloads, "*.*part*"))
		if err == nil && len(data) > 0 && len(parts) == 0 {
			time.Sleep(100 * time.Millisecond)
			if again, _ := os.ReadFile(path); len(again) == len(data) {
				return again
			}
		}
		if time.Now().After(deadline) {
			held, _ := filepath.Glob(filepath.Join(b.downloads, "*"))
			b.Fatalf("%s was not saved; the page says %q, %q; there is %q", name, b.text("#state"), b.text("#trouble"), held)
		}
	}
}

const examples = "../../../examples"

// program is the command line's, built once.
var program = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "parcheck-page")
	if err != nil {
		return "", err
	}
	exe := filepath.Join(dir, "parcheck")
	out, err := exec.Command("go", "build", "-o", exe, "../../parcheck").CombinedOutput()
	if err != nil {
		err = fmt.Errorf("%w: %s", err, out)
	}
	return exe, err
})

func TestMain(m *testing.M) {
	code := m.Run()
	if os.Getenv("PARCHECK_PAGE") != "" {
		if exe, err := program(); err == nil {
			os.RemoveAll(filepath.Dir(exe))
		}
	}
	os.Exit(code)
}

// commandLine runs the program on files below a folder, and returns what it
// writes to a file.
func commandLine(t testing.TB, dir string, args ...string) []byte {
	t.Helper()
	exe, err := program()
	if err != nil {
		t.Fatal(err)
	}
	result := filepath.Join(t.TempDir(), "result")
	for i, a := range args {
		args[i] = strings.ReplaceAll(a, "RESULT", result)
	}
	cmd := exec.Command(exe, args...)
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil && cmd.ProcessState.ExitCode() > 3 {
		t.Fatalf("%v: %v: %s", args, err, stderr.Bytes())
	}
	data, err := os.ReadFile(result)
	if err != nil {
		t.Fatalf("%v: %v: %s", args, err, stderr.Bytes())
	}
	return data
}

const day = "2024-01-31"

// A person drops a submission, reads the score, looks at the evidence and the
// findings, and saves every kind of file: they are those of the command line.
func TestOneSubmission(t *testing.T) {
	each(t, func(b *tab) {
		dir := filepath.Join(examples, "department")
		submission, err := filepath.Abs(filepath.Join(dir, "agency.xlsx"))
		if err != nil {
			b.Fatal(err)
		}
		value[bool](b, "(lang = 0, translate(), refresh(), true)")
		b.drop(submission)
		b.do(func() { b.set("#as-of", day) }, "Xong")
		if got := b.text("#result-title"); !strings.Contains(got, "điểm số") || !strings.Contains(got, "%") {
			b.Errorf("the headline is %q", got)
		}
		page := string(commandLine(b, dir, "score", "agency.xlsx", "--as-of", day, "--lang", "vi", "--report", "html=RESULT"))
		if got := value[string](b, "reportPage.text()"); got != page {
			b.Errorf("the report of %d bytes is not that of the command line, of %d", len(got), len(page))
		}
		for _, format := range []string{"html", "json", "xlsx", "docx", "csv"} {
			got := b.download(func() { b.click("[data-format=" + format + "]") }, "ket-qua."+format)
			want := commandLine(b, dir, "score", "agency.xlsx", "--as-of", day, "--lang", "vi", "--report", format+"=RESULT")
			if !bytes.Equal(got, want) {
				b.Errorf("%s: %d bytes, which are not those of the command line, %d", format, len(got), len(want))
			}
		}
		got := b.download(func() { b.click("[data-format=summary]") }, "tong-hop.xlsx")
		if want := commandLine(b, dir, "summary", "agency.xlsx", "--as-of", day, "--lang", "vi", "-o", "RESULT"); !bytes.Equal(got, want) {
			b.Error("the annual workbook is not that of the command line")
		}
		got = b.download(func() { b.click("#annotate") }, "agency-danh-dau.xlsx")
		if want := commandLine(b, dir, "annotate", "agency.xlsx", "--as-of", day, "--lang", "vi", "-o", "RESULT"); !bytes.Equal(got, want) {
			b.Error("the annotated copy is not that of the command line")
		}
		got = b.download(func() { b.click("#template") }, "bieu-mau.xlsx")
		if want := commandLine(b, dir, "template", "--lang", "vi", "-o", "RESULT"); !bytes.Equal(got, want) {
			b.Error("the template is not that of the command line")
		}
	})
}
