package page_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// Files are really dropped, and the page fits a phone and a desk, by day and by
// night. With -artifacts the pictures are kept.
func TestDropAndPictures(t *testing.T) {
	page, dir := thePage(t), t.ArtifactDir()
	c := openChromium(t, page, t.TempDir()).(*chromiumTab)
	b := &tab{TB: t, browser: c}
	b.wait("the program", "ready && setup !== null")
	value[bool](b, "(lang = 0, translate(), refresh(), true)")
	submission, err := filepath.Abs(filepath.Join(examples, "department", "agency.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	b.do(func() {
		for _, kind := range []input.DispatchDragEventType{"dragEnter", "dragOver", "drop"} {
			c.must(t, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
				_, err := cdp.Call(ctx, target, input.DispatchDragEvent, input.DispatchDragEventParams{Type: kind, X: 200, Y: 300,
					Data: &input.DragData{Items: []*input.DragDataItem{}, Files: []string{submission}, DragOperationsMask: 1}})
				return err
			}))
		}
	}, "Xong")
	if got := b.text("#chosen"); got != "Đã chọn 1 tệp: agency.xlsx" {
		t.Errorf("the page says %q", got)
	}
	for _, width := range []int64{390, 1280} {
		for _, scheme := range []string{"light", "dark"} {
			c.must(t, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
				_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
					Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
				return err
			}))
			c.must(t, chromedp.EmulateViewport(width, 900))
			if got := value[int64](b, "document.documentElement.scrollWidth"); got > width {
				t.Errorf("the page is %d pixels wide on a screen of %d", got, width)
			}
			picture, err := chromedp.Run(c.ctx, chromedp.FullScreenshot(100))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("page-%d-%s.png", width, scheme)), picture, 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func (c *chromiumTab) must(t *testing.T, action chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(c.ctx, action); err != nil {
		t.Fatal(err)
	}
}
