package page_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

type chromiumTab struct {
	ctx    context.Context
	frames []context.CancelFunc
	mu     sync.Mutex
	what   []string
	asks   []string
}

func openChromium(t testing.TB, page, downloads string) browser {
	path := executable(t, "chromium", "chromium-browser", "google-chrome")
	limit, cancelLimit := context.WithTimeout(context.Background(), 10*time.Minute)
	flags := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-component-update", true), chromedp.Flag("proxy-server", nowhere))
	alloc, cancelAlloc := chromedp.NewExecAllocator(limit, flags...)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(func() { cancel(); cancelAlloc(); cancelLimit() })
	c := &chromiumTab{ctx: ctx}
	t.Cleanup(func() {
		for _, cancel := range c.frames {
			cancel()
		}
	})
	if err := chromedp.Listen(ctx, c.hear); err != nil {
		t.Fatal(err)
	}
	err := chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, cdpbrowser.SetDownloadBehavior, cdpbrowser.SetDownloadBehaviorParams{
			Behavior: cdpbrowser.SetDownloadBehaviorBehaviorAllow, DownloadPath: downloads})
		return err
	}), chromedp.Navigate("file://"+page))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// nowhere is a proxy that is not there: the network is cut.
const nowhere = "127.0.0.1:9"

// executable finds a program. Continuous integration has to have it.
func executable(t testing.TB, names ...string) string {
	t.Helper()
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("CI") != "" {
		t.Fatalf("no %s: install Debian's package", names[0])
	}
	t.Skipf("no %s: install Debian's package", names[0])
	return ""
}

func (c *chromiumTab) hear(event any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		c.what = append(c.what, fmt.Sprintf("console.%s", e.Type))
	case *runtime.EventExceptionThrown:
		c.what = append(c.what, "exception: "+e.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		c.what = append(c.what, fmt.Sprintf("%s: %s", e.Entry.Level, e.Entry.Text))
	case *network.EventRequestWillBeSent:
		if !own(e.Request.URL) {
			c.asks = append(c.asks, e.Request.URL)
		}
	}
}

// own reports whether an address is of the page itself, of what it made, or of a
// sign that the browser draws in a field.
func own(url string) bool {
	return strings.HasPrefix(url, "data:image/svg+xml;") || strings.HasPrefix(url, "file://") && strings.HasSuffix(url, ".html") || strings.HasPrefix(url, "blob:")
}

func (c *chromiumTab) eval(script string) ([]byte, error) {
	v, err := chromedp.Run(c.ctx, chromedp.Evaluate[string](
		"(async () => JSON.stringify(await ("+script+")))()", chromedp.EvalAwaitPromise))
	return []byte(v), err
}

// inReport evaluates in the frame, which is a target of its own: it shares
// nothing with the page.
func (c *chromiumTab) inReport(script string) ([]byte, error) {
	targets, err := chromedp.Targets(c.ctx)
	if err != nil {
		return nil, err
	}
	for _, t := range targets {
		if t.Type == "iframe" && strings.HasPrefix(t.URL, "blob:") {
			ctx, cancel := chromedp.NewContext(c.ctx, chromedp.WithTargetID(t.TargetID))
			c.frames = append(c.frames, cancel) // it closes the frame
			return (&chromiumTab{ctx: ctx}).eval(script)
		}
	}
	return nil, fmt.Errorf("no frame among %d targets", len(targets))
}

func (c *chromiumTab) choose(css string, files ...string) error {
	return chromedp.Do(c.ctx, chromedp.SetUploadFiles(chromedp.CSS(css), files))
}

func (c *chromiumTab) said() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.what
}

func (c *chromiumTab) sent() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.asks
}
