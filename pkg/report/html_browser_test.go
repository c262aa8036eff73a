package report

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/score"
)

// tab is a page in a real browser, and what went wrong or out while it was
// open.
type tab struct {
	t       *testing.T
	address string
	ctx     context.Context
	mu      sync.Mutex
	said    []string // console messages, exceptions, refusals by the policy, dialogs
	sent    []string // addresses that were asked for
}

// chromium finds the browser. Continuous integration has to have one.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("CI") != "" {
		t.Fatal("no chromium: install Debian's package chromium")
	}
	t.Skip("no chromium: install Debian's package chromium")
	return ""
}

// open shows a document as a file on disk, as readers open it.
func open(t *testing.T, doc *Document, l lang.Lang) *tab {
	t.Helper()
	path := chromium(t)
	file := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(file, written(t, HTML, doc, Options{Lang: l}), 0o666); err != nil {
		t.Fatal(err)
	}
	limit, cancelLimit := context.WithTimeout(t.Context(), 2*time.Minute)
	flags := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox,
		chromedp.DisableGPU, chromedp.Flag("disable-component-update", true))
	alloc, cancelAlloc := chromedp.NewExecAllocator(limit, flags...)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(func() { cancel(); cancelAlloc(); cancelLimit() })
	b := &tab{t: t, ctx: ctx, address: "file://" + file}
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		t.Fatal(err)
	}
	b.must(chromedp.EmulateViewport(1280, 900))
	b.must(chromedp.Navigate(b.address))
	return b
}

// hear keeps what a sound page never causes.
func (b *tab) hear(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		b.said = append(b.said, fmt.Sprintf("console.%s", e.Type))
	case *runtime.EventExceptionThrown:
		b.said = append(b.said, "exception: "+e.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		b.said = append(b.said, fmt.Sprintf("%s: %s", e.Entry.Level, e.Entry.Text))
	case *page.EventJavascriptDialogOpening:
		b.said = append(b.said, "dialog: "+e.Message)
	case *network.EventRequestWillBeSent:
		b.sent = append(b.sent, e.Request.URL)
	}
}

// quietly checks that nothing was said and no other page was asked for.
func (b *tab) quietly() {
	b.t.Helper()
	b.mu.Lock()
	b.sent = slices.DeleteFunc(b.sent, func(url string) bool { return url == "about:blank" || strings.HasPrefix(url, b.address) })
	b.sent = append(b.sent, b.address)
	b.mu.Unlock()
	b.quiet()
}

// wait waits until a selector finds something that is visible.
func (b *tab) wait(css string) {
	b.t.Helper()
	b.must(chromedp.WaitVisible(chromedp.CSS(css)))
}

// choose picks an option of a list, as a person does.
func (b *tab) choose(css, value string) {
	b.t.Helper()
	eval[bool](b, fmt.Sprintf("(e => { e.value = %q; return e.dispatchEvent(new Event('change')) })(document.querySelector(%q))", value, css))
}

// quiet checks that the page loaded nothing but itself and that nothing was
// said.
func (b *tab) quiet() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.said) > 0 {
		b.t.Errorf("the browser says %q", b.said)
	}
	if len(b.sent) != 1 || !strings.HasPrefix(b.sent[0], "file://") || !strings.HasSuffix(b.sent[0], "/report.html") {
		b.t.Errorf("requests were sent to %q, want the page alone", b.sent)
	}
}

func (b *tab) must(action chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, action); err != nil {
		b.t.Fatal(err)
	}
}

// click presses what a person would press.
func (b *tab) click(css string) {
	b.t.Helper()
	b.must(chromedp.Click(chromedp.CSS(css)))
}

func (b *tab) typeInto(css, text string) {
	b.t.Helper()
	eval[bool](b, fmt.Sprintf("document.querySelector(%q).select() === undefined", css))
	b.must(chromedp.KeyEvent(text)) // in place of what is selected
}

// eval is what an expression gives in the page.
func eval[T any](b *tab, script string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](script))
	if err != nil {
		b.t.Fatalf("%s: %v", script, err)
	}
	return v
}

// texts are the texts of the visible elements that a selector finds.
func (b *tab) texts(css string) []string {
	b.t.Helper()
	return eval[[]string](b, fmt.Sprintf(
		"[...document.querySelectorAll(%q)].filter(e => e.checkVisibility()).map(e => (e.innerText || e.textContent).replace(/\\s+/g, ' ').trim())", css)) // a section that is not laid out yet has no innerText
}

func (b *tab) expect(what string, got, want any) {
	b.t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		b.t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

const (
	unitNames   = ".ranking tbody th a"
	targetNames = ".target > tr:first-child > th"
)

func TestBrowserRanking(t *testing.T) {
	b := open(t, many(), lang.VI)
	core, department, district := "Tỉnh Quảng Nam", "Sở Xây dựng", "UBND huyện Núi Thành"
	b.expect("units at first", b.texts(unitNames), []string{district, core, department})

	b.click(".ranking th:nth-child(3) button") // score: already highest first
	b.expect("units by score", b.texts(unitNames), []string{district, core, department})
	b.click(".ranking th:nth-child(3) button")
	b.expect("units by score, lowest first", b.texts(unitNames), []string{department, core, district})
	b.expect("what is told of the order", eval[[]string](b,
		"[...document.querySelectorAll('.ranking thead th')].map(e => e.ariaSort || '')"),
		[]string{"", "", "ascending", "", "", "", "", ""})
	b.click(".ranking th:nth-child(2) button")
	b.expect("units by name", b.texts(unitNames), []string{department, core, district})
	b.must(chromedp.Focus(chromedp.CSS(".ranking th:nth-child(1) button")))
	b.must(chromedp.KeyEvent("\r")) // by keyboard
	b.expect("units by rank", b.texts(unitNames), []string{district, core, department})

	b.typeInto("#find", "nui THANH")
	b.expect("units found", b.texts(unitNames), []string{district})
	b.expect("how many are found", b.texts("#found"), []string{"1/3 đơn vị, 1/14 chỉ tiêu"})
	b.quiet()
}

// What a unit holds is made when the unit is opened, or a link leads to it.
func TestBrowserLinks(t *testing.T) {
	b := open(t, many(), lang.VI)
	b.expect("targets at first", eval[int](b, "document.querySelectorAll('tbody.target').length"), 0)
	b.click("#so-xay-dung summary")
	b.wait("#so-xay-dung .figure strong")
	b.expect("the first screen of the unit", b.texts("#so-xay-dung .figure strong"), []string{"38,9%"})
	b.expect("targets of the opened unit", len(b.texts(targetNames)), 0)
	b.click("#so-xay-dung .rest summary")
	b.expect("targets of all of it", len(b.texts(targetNames)), 9)

	b.must(chromedp.Navigate("about:blank"))
	b.must(chromedp.Navigate(b.address + "#so-xay-dung/online-partial-dossiers"))
	b.expect("the addressed target", b.texts(".addressed > tr > th > a"), []string{"Hồ sơ giải quyết theo dịch vụ công trực tuyến một phần"})
	b.expect("its evidence", len(b.texts(".addressed .evidence")), 1)
	b.expect("made units", eval[int](b, "[...document.querySelectorAll('article')].filter(a => a.querySelector('.headline')).length"), 1)
	b.click("table.heat tbody tr[data-target=position-rotation] td:not(.o-not_applicable)")
	b.expect("the address of a cell of the map", eval[string](b, "location.hash"), "#so-xay-dung/position-rotation")
	b.wait("[id='so-xay-dung/position-rotation'].addressed")
	b.expect("its target", b.texts(".addressed .outcome"), []string{"! Không dùng được"})
	b.quietly()
}

// Filters stand in the address, and an address sets them.
func TestBrowserFilters(t *testing.T) {
	b := open(t, many(), lang.VI)
	b.click("button[data-outcome=missed]")
	b.choose("#level", "province")
	b.expect("the address", eval[string](b, "location.hash"), "#?outcome=missed&level=province")
	b.expect("units", b.texts(unitNames), []string{"Tỉnh Quảng Nam"})
	b.expect("targets on the map", b.texts("table.heat tr[data-target] th"), []string{"Thủ tục hành chính được tích hợp lên Cổng Dịch vụ công quốc gia"})
	b.expect("articles", b.texts("article h2"), []string{"Tỉnh Quảng Nam"})
	b.expect("how many are found", b.texts("#found"), []string{"1/3 đơn vị, 1/14 chỉ tiêu"})

	b.must(chromedp.Navigate("about:blank"))
	b.must(chromedp.Navigate(b.address + "#?find=D36"))
	b.expect("what is typed", eval[string](b, "document.getElementById('find').value"), "D36")
	b.expect("units that have a cell", b.texts(unitNames), []string{"Sở Xây dựng"})
	b.click("#so-xay-dung summary")
	b.wait("#so-xay-dung .rest summary")
	b.click("#so-xay-dung .rest summary")
	b.expect("targets that have the cell", b.texts(".target .self"), []string{"Chuyển đổi vị trí công tác theo kế hoạch"})
	b.must(chromedp.Navigate("about:blank"))
	b.must(chromedp.Navigate(b.address + "#?area=digital-government"))
	b.expect("areas on the map", b.texts("table.heat .heading"), []string{"Xây dựng và phát triển chính quyền điện tử, chính quyền số"})
	b.quietly()
}

// The planner shows the cheapest way to a score.
func TestBrowserPlanner(t *testing.T) {
	b := open(t, one(), lang.EN)
	ways := b.texts(".ways tbody tr")
	b.expect("ways before they are opened", ways, []string{})
	b.expect("steps at first", b.texts(".steps tbody td:first-child"), []string{"1", "2", "3", "4"})
	b.typeInto(".wish input", "50")
	b.expect("the way to 50%", b.texts(".wish output"), []string{"1 target, 1 counted units to go: 3.5/9 points become 4.5/9 = 50%"})
	b.expect("its steps", b.texts(".steps tbody a"), []string{"Dossiers handled through partial online services"})
	b.typeInto(".wish input", "99")
	b.expect("more than there is", b.texts(".wish output"), []string{"Missed targets alone do not reach this; the most is: 4 targets, 3 counted units to go, 1 of them by another measure: 3.5/9 points become 7/9 = 77.78%"})
	b.typeInto(".wish input", "20")
	b.expect("less than there is", b.texts(".wish output"), []string{"The score is there already."})
	b.quiet()
}

func TestBrowserTargets(t *testing.T) {
	b := open(t, one(), lang.EN)
	b.expect("targets at first", len(b.texts(targetNames)), 9)
	b.click("button[data-outcome=missing]")
	b.expect("missing targets", b.texts(".target .outcome"), []string{"? Missing"})
	b.expect("areas with missing targets", b.texts(".targets caption > span"), []string{"Administrative procedures"})
	b.expect("how many are found", b.texts("#found"), []string{"1/9 targets"})
	b.expect("the address", eval[string](b, "location.hash"), "#?outcome=missing")
	b.expect("the outcome that is shown", b.texts("[aria-pressed=true]"), []string{"? Missing"})
	b.click("button[data-outcome='']")
	b.typeInto("#find", "SATISF")
	b.expect("targets found", len(b.texts(targetNames)), 1)
	b.typeInto("#find", "clause i.2")
	b.expect("targets of a clause", len(b.texts(targetNames)), 7)
	b.typeInto("#find", "tỉ lệ hồ sơ giải quyết theo dịch vụ công trực tuyến một phần")
	b.expect("targets found with i for y", len(b.texts(targetNames)), 1)
	b.typeInto("#find", " ")
	b.expect("targets again", len(b.texts(targetNames)), 9)

	b.expect("evidence at first", b.texts(".evidence"), []string{})
	b.click(".target summary")
	quote := b.texts(".evidence blockquote p")
	b.expect("the clause quoted", quote, []string{"“Tỷ lệ hồ sơ giải quyết theo dịch vụ công trực tuyến một phần trên tổng số hồ sơ đạt từ 65% trở lên”"})
	b.expect("the cells behind it", b.texts(".figures code"), []string{
		"'Hồ sơ'!K14:K1312, 1,299 cells", "'Phụ lục'!D18", "'Hồ sơ'!K14:K2013, 2,000 cells", "'Phụ lục'!D17"})
	b.click("#unfold")
	b.expect("evidence that is open", len(b.texts(".evidence")), 9)
	b.click("#unfold")
	b.expect("evidence that is closed", b.texts(".evidence"), []string{})
	b.quiet()
}

// The page reads well with scripts off: everything is there but the controls.
func TestBrowserWithoutScript(t *testing.T) {
	doc := many()
	b := open(t, &Document{Cards: doc.Cards[:0]}, lang.EN) // a page to begin with
	b.must(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	}))
	file := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(file, written(t, HTML, doc, Options{Lang: lang.EN}), 0o666); err != nil {
		t.Fatal(err)
	}
	b.must(chromedp.Navigate("file://" + file))
	b.expect("controls", b.texts(".tool, thead button, output"), []string{})
	b.expect("units", len(b.texts(unitNames)), 3)
	b.expect("scores of the opened units", len(b.texts("article .figure")), 3)
	b.click("#so-xay-dung .rest summary")
	b.expect("targets of a unit", len(b.texts(targetNames)), 9)
	b.click("#so-xay-dung .target summary")
	b.expect("evidence", len(b.texts(".evidence")), 1)
	b.expect("ways that no script chooses from", len(b.texts("#so-xay-dung .steps tbody tr")), 4)
}

// Whatever the workbooks hold, the page has the elements of a sound page and no
// others, runs nothing and asks nobody.
func TestBrowserHostile(t *testing.T) {
	const elements = `Object.entries([...document.querySelectorAll("*")].reduce((n, e) => {
		n[e.tagName] = (n[e.tagName] || 0) + 1; return n }, {})).map(x => x.join(" ")).sort()`
	const attributes = `[...new Set([...document.querySelectorAll("*")].flatMap(e => e.getAttributeNames()))].sort()`
	sound, hostile := open(t, many(), lang.VI), open(t, hostile(t), lang.VI)
	hostile.expect("elements", eval[[]string](hostile, elements), eval[[]string](sound, elements))
	hostile.expect("attributes", eval[[]string](hostile, attributes), eval[[]string](sound, attributes))
	hostile.click(".ranking th:nth-child(2) button")
	hostile.click("#unfold")
	hostile.typeInto("#find", "<script>")
	if got := eval[string](hostile, "document.querySelector('h1 ~ .lead').textContent"); !strings.Contains(got, `<script>alert("x")</script>`) {
		t.Errorf("the plan's title is %q, want the attack as text", got)
	}
	sound.quiet()
	hostile.quiet()
}

// The page fits a phone and a desk, by day and by night, and prints on A4.
func TestBrowserPictures(t *testing.T) {
	dir := t.ArtifactDir()
	t.Logf("pictures are in %s (kept with -artifacts)", dir)
	for name, doc := range map[string]*Document{"one": one(), "many": many()} {
		b := open(t, doc, lang.VI)
		for _, width := range []int64{390, 1280} {
			for _, scheme := range []string{"light", "dark"} {
				b.scheme(scheme)
				b.must(chromedp.EmulateViewport(width, 900))
				if got := eval[int64](b, "document.documentElement.scrollWidth"); got > width {
					t.Errorf("%s: the page is %d pixels wide on a screen of %d", name, got, width)
				}
				b.keep(filepath.Join(dir, fmt.Sprintf("%s-%d-%s.png", name, width, scheme)), chromedp.FullScreenshot(100))
			}
		}
		b.click("#unfold")
		b.keep(filepath.Join(dir, name+"-1280-open.png"), chromedp.FullScreenshot(100))
		b.must(chromedp.EmulateViewport(390, 900))
		if got := eval[int64](b, "document.documentElement.scrollWidth"); got > 390 {
			t.Errorf("%s: with all evidence open the page is %d pixels wide on a screen of 390", name, got)
		}
		b.keep(filepath.Join(dir, name+"-390-open.png"), chromedp.FullScreenshot(100))
		b.keep(filepath.Join(dir, name+"-open.pdf"), chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
		b.click("#unfold")
		b.keep(filepath.Join(dir, name+".pdf"), chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
		b.quiet()
	}
}

// sixty is a document of sixty units in two groups.
func sixty() *Document {
	d := many()
	for i := range 57 {
		c := department()
		if i%2 == 1 {
			c = province()
		}
		c.Unit.ID, c.Unit.Name = fmt.Sprintf("unit-%d", i), lang.F("Unit %d", "Đơn vị số %d", i)
		c.Standing = &score.Standing{Group: lang.T("others", "nhóm khác"), Rank: i + 1}
		d.Cards = append(d.Cards, c)
	}
	return d
}

// A page of sixty units prints on fewer than sixty sheets of A4, each unit in
// one piece, and the headings of a ranking stand on each of its pages.
func TestBrowserPrint(t *testing.T) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("no pdftotext: install Debian's package poppler-utils")
	}
	pages := func(doc *Document) []string {
		b := open(t, doc, lang.EN)
		file := filepath.Join(t.TempDir(), "page.pdf")
		b.keep(file, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
		out, err := exec.Command("pdftotext", "-layout", file, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		return strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
	}
	printed := pages(sixty())
	if len(printed) >= 60 {
		t.Errorf("sixty units take %d pages, want fewer than 60", len(printed))
	}
	row := regexp.MustCompile(`(?m)^ *\d+ +Unit \d+ .*%`)
	named := 0
	for i, page := range printed {
		named += strings.Count(page, "Nearest wins")
		if len(row.FindAllString(page, -1)) > 2 && !strings.Contains(page, "Coverage") {
			t.Errorf("page %d of the ranking has no headings:\n%s", i+1, page)
		}
	}
	if named != 60-1 { // one unit has met all
		t.Errorf("%d units are printed with their nearest wins, want 59", named)
	}
	if one := strings.Join(pages(one()), ""); !strings.Contains(one, "'Hồ sơ'!K14:K1312") || !strings.Contains(one, "Appendix") {
		t.Error("the print of one unit has no appendix with its cells")
	}
}

// axe-core finds nothing on the page, opened or not, on a phone, a desk and a
// wall, by day and by night.
func TestBrowserAxe(t *testing.T) {
	dir := os.Getenv("PARCHECK_NODE_MODULES")
	if dir == "" {
		t.Skip("PARCHECK_NODE_MODULES names no folder with axe-core: .ci/run does")
	}
	axe, err := os.ReadFile(filepath.Join(dir, "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	for name, doc := range map[string]*Document{"one": one(), "many": many(), "sixty": sixty()} {
		b := open(t, doc, lang.VI)
		eval[bool](b, string(axe)+"; true")
		for _, opened := range []bool{false, true} {
			if opened && name == "sixty" {
				break // it would take minutes
			}
			if opened {
				b.click("#unfold")
			}
			for _, width := range []int64{390, 1280, 1920} {
				for _, scheme := range []string{"light", "dark"} {
					b.scheme(scheme)
					b.must(chromedp.EmulateViewport(width, 900))
					found := b.await(`axe.run().then(r => r.violations.map(v => v.id + ": " + v.nodes.map(n => n.html.slice(0, 120)).slice(0, 3).join(" | ")))`)
					if len(found) > 0 {
						t.Errorf("%s, opened %t, %d, %s:\n%s", name, opened, width, scheme, strings.Join(found, "\n"))
					}
				}
			}
		}
	}
}

// await is the list that a promise of the page gives.
func (b *tab) await(script string) []string {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[[]string](script, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", script, err)
	}
	return v
}

// scheme chooses day or night.
func (b *tab) scheme(name string) {
	b.t.Helper()
	b.must(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}}})
		return err
	}))
}

// keep writes a picture to a file, and checks that there is one.
func (b *tab) keep(file string, picture chromedp.Action[[]byte]) {
	b.t.Helper()
	data, err := chromedp.Run(b.ctx, picture)
	if err != nil {
		b.t.Fatal(err)
	}
	if len(data) < 10_000 {
		b.t.Errorf("%s has %d bytes", filepath.Base(file), len(data))
	}
	if err := os.WriteFile(file, data, 0o666); err != nil {
		b.t.Fatal(err)
	}
}
