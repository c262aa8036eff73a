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
	// inReport is eval in the frame of the report.
	inReport(script string) ([]byte, error)
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
// writes to the file that is called RESULT, or RESULT with an extension.
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
	written, _ := filepath.Glob(result + "*")
	if len(written) != 1 {
		t.Fatalf("%v wrote %q: %s", args, written, stderr.Bytes())
	}
	data, err := os.ReadFile(written[0])
	if err != nil {
		t.Fatal(err)
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
		b.openEvidence()
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

// openEvidence opens the evidence of the first target in the report's frame.
func (b *tab) openEvidence() {
	b.Helper()
	got, err := b.inReport(`(document.querySelector(".target summary").click(),
		[...document.querySelectorAll(".evidence")].filter(e => e.checkVisibility()).map(e => e.innerText).join(" "))`)
	if err != nil || len(got) < 100 {
		b.Errorf("the evidence is %q, %v", got, err)
	}
}

const foreign = "Đơn vị báo cáo: Sở Xây dựng,,\nKỳ báo cáo: Năm 2023,,\n,,\nTT,Nội dung công việc,Con số\n" +
	"1,Hồ sơ TTHC đã tiếp nhận,120\n2,Hồ sơ một phần đã xử lý,90\n3,Hồ sơ đã số hóa,80\n"

// write puts a file into a folder of the test.
func (b *tab) write(name, content string) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
		b.Fatal(err)
	}
	return path
}

// A form that is not the plan's is shown as it looks; a person chooses what it
// is, the figures follow, and the mapping that is saved does so on the command
// line, too.
func TestForeignForm(t *testing.T) {
	each(t, func(b *tab) {
		value[bool](b, "(lang = 0, translate(), refresh(), true)")
		form := b.write("so-xay-dung.csv", foreign)
		b.drop(form)
		b.do(func() { b.set("#as-of", day) }, "Xong")
		before := b.text("#result-title")
		value[bool](b, "(document.getElementById('mapping').open = true)")
		b.wait("the form", "document.querySelectorAll('.form select').length > 4")
		if got := b.text(".form h3"); !strings.Contains(got, "so-xay-dung.csv, 'so-xay-dung'!A4:C4") {
			b.Errorf("the form is called %q", got)
		}
		b.do(func() { b.click("#map-0-all") }, "Xong")
		b.do(func() { b.set("#map-0-row-2", "-") }, "Xong")
		if state := b.text("#mapping-state"); !strings.HasPrefix(state, "0 ") {
			b.Errorf("the mapping's state is %q", state)
		}
		saved := b.download(func() { b.click("#save-mapping") }, "doi-chieu.yaml")
		mapping := filepath.Join(b.TempDir(), "doi-chieu.yaml")
		if err := os.WriteFile(mapping, saved, 0o666); err != nil {
			b.Fatal(err)
		}
		got := b.download(func() { b.click("[data-format=json]") }, "ket-qua.json")
		want := commandLine(b, filepath.Dir(form), "score", "so-xay-dung.csv", "--mapping", mapping, "--as-of", day, "--lang", "vi", "--report", "json=RESULT")
		if !bytes.Equal(got, want) || !bytes.Contains(got, []byte(`"mapped": true`)) {
			b.Errorf("the result of %d bytes is not that of the command line, of %d; the headline was %q and is %q",
				len(got), len(want), before, b.text("#result-title"))
		}
		b.mappedByWorkbook(form, mapping, want)
	})
}

// mappedByWorkbook chooses the workbook of a mapping in place of it: the result
// is the same. A workbook that is no mapping is told under the settings.
func (b *tab) mappedByWorkbook(form, mapping string, want []byte) {
	b.Helper()
	value[bool](b, "(document.getElementById('mapping').open = false, document.getElementById('built-in').click(), true)")
	b.wait("the settings without the mapping", "document.getElementById('lint').hidden && document.getElementById('stop').hidden")
	book := b.write("doi-chieu.xlsx", string(commandLine(b, filepath.Dir(form), "map", "--mapping", mapping, "--lang", "vi", "-o", "RESULT.xlsx")))
	b.do(func() {
		if err := b.choose("#mapping-file", book); err != nil {
			b.Fatal(err)
		}
	}, "Xong")
	if got := b.download(func() { b.click("[data-format=json]") }, "ket-qua.json"); !bytes.Equal(got, want) {
		b.Errorf("by the workbook of the mapping the result has %d bytes and is not that of the command line, of %d", len(got), len(want))
	}
	other, err := filepath.Abs(filepath.Join(examples, "department", "agency.xlsx"))
	if err != nil {
		b.Fatal(err)
	}
	if err := b.choose("#mapping-file", other); err != nil {
		b.Fatal(err)
	}
	b.wait("what is wrong with the workbook", "document.getElementById('lint').textContent.includes('đây không phải bảng đối chiếu do parcheck lập')")
}

// Findings show their row, the account is that of inspect, and both languages
// and a phone are served.
func TestFindings(t *testing.T) {
	each(t, func(b *tab) {
		value[bool](b, "(lang = 0, translate(), refresh(), true)")
		untidy := b.write("so-xay-dung.csv", "Đơn vị báo cáo: Sở Xây dựng,,\nKỳ báo cáo: Năm 2023,,\nSTT,Chỉ tiêu thống kê,Số liệu\n"+
			"1,Tổng số hồ sơ thủ tục hành chính tiếp nhận trong kỳ,nhiều\n")
		b.drop(untidy)
		value[bool](b, "(document.getElementById('findings').open = true)")
		if n := value[int](b, "document.querySelectorAll('#findings li').length"); n == 0 {
			b.Fatal("there is no finding")
		}
		value[bool](b, "([...document.querySelectorAll('#findings li')].find(e => e.innerText.includes('nhiều')).querySelector('button').click(), true)")
		b.wait("the row", "document.querySelector('#findings .cells td') !== null")
		if got := b.text("#findings .cells"); !strings.Contains(got, "nhiều") {
			b.Errorf("the row is %q", got)
		}
		value[bool](b, "(document.getElementById('account').open = true)")
		b.wait("the account", "document.querySelector('#account pre').textContent.includes('so-xay-dung.csv')")
		b.accessible()
		value[bool](b, "(document.getElementById('lang').click(), true)")
		b.wait("English", "document.documentElement.lang === 'en' && document.getElementById('state').textContent === 'Done.' && document.getElementById('report-box').offsetHeight > 0")
		if wide := value[int](b, "(document.body.style.width = '360px', document.documentElement.style.width = '360px', document.body.scrollWidth)"); wide > 376 {
			b.Errorf("on a phone the page is %d pixels wide", wide)
		}
	})
}

// accessible holds the page against the rules of axe-core, which
// PARCHECK_NODE_MODULES has.
func (b *tab) accessible() {
	b.Helper()
	dir := os.Getenv("PARCHECK_NODE_MODULES")
	if dir == "" {
		return
	}
	axe, err := os.ReadFile(filepath.Join(dir, "axe-core", "axe.min.js"))
	if err != nil {
		b.Fatal(err)
	}
	value[bool](b, "(() => {"+string(axe)+"; return true })()")
	for _, v := range value[[]string](b, `axe.run({ iframes: false }).then(r => r.violations.map(v => v.id + ": " + v.nodes.map(n => n.html.slice(0, 120)).slice(0, 3).join(" | ")))`) {
		b.Errorf("against the rules of accessibility: %s", v)
	}
}

// When the program breaks down, the page says so and goes on.
func TestBreakdown(t *testing.T) {
	each(t, func(b *tab) {
		value[bool](b, "(lang = 0, translate(), refresh(), true)")
		submission, err := filepath.Abs(filepath.Join(examples, "department", "agency.xlsx"))
		if err != nil {
			b.Fatal(err)
		}
		b.drop(submission)
		value[bool](b, "(ready = false, crash('out of memory'), true)")
		b.wait("the program again", "ready && !document.getElementById('score').disabled")
		if got := b.text("#trouble"); !strings.Contains(got, "out of memory") {
			b.Errorf("the page says %q", got)
		}
		b.do(func() { b.click("#score") }, "Xong")
		if got := b.text("#trouble"); got != "" {
			b.Errorf("after another run the page says %q", got)
		}
	})
}

// The page keeps to its size: people send it by mail.
func TestSize(t *testing.T) {
	info, err := os.Stat(thePage(t))
	if err != nil {
		t.Fatal(err)
	}
	const most = 5_000_000
	if info.Size() > most {
		t.Errorf("the page has %d bytes, want at most %d", info.Size(), most)
	}
}

// BenchmarkPage tells, in milliseconds, the time from opening the page until it
// is ready, and from choosing a file until its report is there, beside that of
// the command line; and the memory of the program. PARCHECK_LISTS names a folder
// of lists, which `go test ./cmd/parcheck -run TestLists -lists DIR` writes.
func BenchmarkPage(b *testing.B) {
	page := thePage(b)
	agency, err := filepath.Abs(filepath.Join(examples, "department", "agency.xlsx"))
	if err != nil {
		b.Fatal(err)
	}
	files := []string{agency}
	if dir := os.Getenv("PARCHECK_LISTS"); dir != "" {
		lists, err := filepath.Glob(filepath.Join(dir, "*.xlsx"))
		if err != nil {
			b.Fatal(err)
		}
		files = append(files, lists...)
	}
	exe, err := program()
	if err != nil {
		b.Fatal(err)
	}
	for name, open := range browsers {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				start := time.Now()
				t := &tab{TB: b, browser: open(b, page, b.TempDir())}
				t.wait("the program", "ready && setup !== null")
				value[bool](t, "(lang = 0, translate(), refresh(), true)")
				b.ReportMetric(value[float64](t, "readyAfter"), "ready-ms")
				b.Logf("from starting the browser: %v", time.Since(start))
				for _, f := range files {
					value[bool](t, "(files.clear(), document.getElementById('unit').value = 'so-xay-dung', true)")
					start := time.Now()
					t.drop(f)
					inPage := time.Since(start)
					cmd := exec.Command(exe, "score", f, "--unit", "so-xay-dung", "--report", "html="+filepath.Join(b.TempDir(), "x.html"), "--format", "csv", "--fail-on", "never")
					start = time.Now()
					if err := cmd.Run(); err != nil && cmd.ProcessState.ExitCode() > 3 {
						b.Fatal(err)
					}
					kind := strings.TrimSuffix(filepath.Base(f), ".xlsx")
					b.ReportMetric(float64(inPage.Milliseconds()), kind+"-ms")
					b.ReportMetric(float64(time.Since(start).Milliseconds()), kind+"-cli-ms")
					b.ReportMetric(value[float64](t, "memory()")/(1<<20), kind+"-MiB")
				}
			}
			b.ReportMetric(0, "ns/op")
		})
	}
}
