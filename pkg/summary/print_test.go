package summary_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/parcheck/parcheck/pkg/lang"
)

// TestPrintedPages has LibreOffice print a book over sixty units: the overview
// and the charts take one page each, each group's table for signature one, all
// of it at most twenty, and nothing that is looked up. Pages are numbered.
func TestPrintedPages(t *testing.T) {
	if testing.Short() {
		t.Skip("printing is slow")
	}
	for _, program := range []string{"soffice", "pdftotext"} {
		if _, err := exec.LookPath(program); err != nil {
			if os.Getenv("CI") == "" {
				t.Skip(program + " is not installed")
			}
			t.Fatal(err)
		}
	}
	in := sample(60, 14, quarterOf(2023, 3), quarterOf(2023, 4))
	in.Lang = lang.VI
	dir := t.TempDir()
	book := filepath.Join(dir, "book.xlsx")
	if err := os.WriteFile(book, written(t, in), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	if out, err := exec.CommandContext(ctx, "soffice", "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(dir, "profile")),
		"--headless", "--convert-to", "pdf", "--outdir", dir, book).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	out, err := exec.CommandContext(ctx, "pdftotext", "-layout", filepath.Join(dir, "book.pdf"), "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	pages := strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
	foot := regexp.MustCompile(`(?m)^.*  (\S+(?: \S+)*) +Trang (\d+)/(\d+)\s*$`)
	count := map[string]int{}
	for i, page := range pages {
		m := foot.FindAllStringSubmatch(page, -1)
		if len(m) == 0 || m[len(m)-1][2] != fmt.Sprint(i+1) || m[len(m)-1][3] != fmt.Sprint(len(pages)) {
			t.Fatalf("page %d has the foot %q of %d", i+1, m, len(pages))
		}
		sheet := m[len(m)-1][1]
		count[sheet]++
	}
	signed := 0
	for sheet, n := range count {
		if strings.HasPrefix(sheet, "Kết quả ") {
			signed++
			if n > 1 {
				t.Errorf("%s takes %d pages", sheet, n)
			}
		}
	}
	if count["Tổng quan"] != 1 || count["Biểu đồ"] != 1 || count["Phương pháp"] != 1 || signed < 3 || len(pages) > 20 {
		t.Errorf("%d pages by sheet: %v", len(pages), count)
	}
	for _, sheet := range []string{"Căn cứ số liệu", "Phát hiện", "Ma trận"} {
		if count[sheet] > 0 {
			t.Errorf("%s, which is looked up, is printed on %d pages", sheet, count[sheet])
		}
	}
	t.Logf("%d pages: %v", len(pages), count)
}
