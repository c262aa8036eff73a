package main

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The workbooks beside this program are those that it writes: part by part, so
// that another version of the compressor changes nothing.
func TestExamplesAreGenerated(t *testing.T) {
	for name, write := range workbooks() {
		data, err := write()
		if err != nil {
			t.Fatal(err)
		}
		kept, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(parts(t, kept), parts(t, data)); diff != "" {
			t.Errorf("%s is not what `go run ./examples/generate` writes (-kept +written):\n%.2000s", name, diff)
		}
	}
}

// part is a file inside a workbook.
type part struct{ Name, Content string }

func parts(t *testing.T, data []byte) []part {
	t.Helper()
	if !bytes.HasPrefix(data, []byte("PK\x03\x04")) { // no archive
		return []part{{"", string(data)}}
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out []part
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, part{f.Name, string(content)})
	}
	return out
}

// The list has the counts that the README of the department speaks of.
func TestDossiers(t *testing.T) {
	got := map[string]int{}
	for _, d := range dossiers() {
		got["all"]++
		if d.received.Year() == 2023 {
			got["received in 2023"]++
		}
		if d.resolved.IsZero() {
			got["open"]++
			continue
		}
		if d.resolved.Year() != 2023 || d.resolved.Before(d.received) || d.due.Before(d.received) {
			t.Errorf("%s: resolved on %v, received on %v, due on %v", d.id, d.resolved, d.received, d.due)
		}
		got["resolved"]++
		if d.level == "Một phần" && d.channel == "Trực tuyến" {
			got["partial online"]++
		}
		if d.level == "Toàn trình" && d.channel == "Trực tuyến" {
			got["full online"]++
		}
		if d.synchronised == "Đã đồng bộ" {
			got["synchronised"]++
		}
		if d.payment == "Trực tuyến" {
			got["paid online"]++
		}
	}
	want := map[string]int{
		"all": 2037, "open": 37, "received in 2023": 1977, "resolved": 2000,
		"partial online": 1299, "full online": 421, "synchronised": 1996, "paid online": 640,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("dossiers (-want +got):\n%s", diff)
	}
}

func TestHandledFormsAddUp(t *testing.T) {
	all := handled{}
	for _, h := range byField(dossiers()) {
		if h.received() != h.resolved()+h.open() {
			t.Errorf("%s: received %d, resolved %d, open %d", h.field, h.received(), h.resolved(), h.open())
		}
		all.add(h)
	}
	if all.received() != 2037 || all.resolved() != 2000 || all.carried != 60 {
		t.Errorf("received %d, resolved %d, carried over %d", all.received(), all.resolved(), all.carried)
	}
}
