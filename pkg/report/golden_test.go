package report

import (
	"archive/zip"
	"bytes"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/parcheck/parcheck/pkg/lang"
)

var update = flag.Bool("update", false, "write the golden files")

// golden compares with testdata/name.golden, or writes it.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, got, 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

// written is what a format makes of a document.
func written(t *testing.T, write Writer, doc *Document, opt Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, doc, opt); err != nil {
		t.Fatal(err)
	}
	if bytes.HasPrefix(b.Bytes(), []byte("PK")) {
		return wordBody(t, b.Bytes())
	}
	return b.Bytes()
}

// wordBody is the text part of a Word document.
func wordBody(t *testing.T, file []byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	data, err := fs.ReadFile(z, "word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestGolden(t *testing.T) {
	tests := []struct {
		name   string
		format string
		doc    *Document
		opt    Options
	}{
		{"one-80-vi.txt", "text", one(), Options{Width: 80}},
		{"one-80-en.txt", "text", one(), Options{Lang: lang.EN, Width: 80}},
		{"one-160-vi.txt", "text", one(), Options{Width: 160, Verbose: true}},
		{"one-160-en.txt", "text", one(), Options{Lang: lang.EN, Width: 160, Verbose: true}},
		{"one-color-en.txt", "text", one(), Options{Lang: lang.EN, Width: 100, Color: true}},
		{"many-80-vi.txt", "text", many(), Options{Width: 80}},
		{"many-160-en.txt", "text", many(), Options{Lang: lang.EN, Width: 160}},
		{"many.json", "json", many(), Options{}},
		{"one-vi.md", "markdown", one(), Options{}},
		{"one-en.md", "markdown", one(), Options{Lang: lang.EN, Verbose: true}},
		{"many-vi.md", "markdown", many(), Options{}},
		{"one-en.html", "html", one(), Options{Lang: lang.EN}},
		{"many-vi.html", "html", many(), Options{}},
		{"one-vi.docx.txt", "docx", one(), Options{}},
		{"many-en.docx.txt", "docx", many(), Options{Lang: lang.EN}},
		{"many-vi.csv", "csv", many(), Options{}},
		{"many-en.csv", "csv", many(), Options{Lang: lang.EN}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			write, ok := Find(test.format)
			if !ok {
				t.Fatalf("no format %q", test.format)
			}
			got := written(t, write.Write, test.doc, test.opt)
			switch test.format {
			case "html":
				got = withoutSources(got)
			case "docx":
				got = outline(t, got)
			}
			golden(t, test.name, got)
		})
	}
}

// withoutSources takes out of a page what has files of its own: the style, the
// script, and their hashes.
func withoutSources(page []byte) []byte {
	page = bytes.Replace(page, []byte(htmlStyle), nil, 1)
	page = bytes.Replace(page, []byte(htmlScript), nil, 1)
	return regexp.MustCompile(`sha256-[^ ]*`).ReplaceAll(page, []byte("sha256-"))
}
