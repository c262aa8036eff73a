package main

import (
	"bytes"
	"math/rand"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/parcheck/parcheck/cmd/parcheck-web/page"
)

// The page links no network code and nothing that only the command line needs.
func TestPageLinksNoNetwork(t *testing.T) {
	dir := t.TempDir()
	if _, err := stage(dir); err != nil {
		t.Fatal(err)
	}
	list := goCommand(dir, "list", "-deps", "./cmd/parcheck-web")
	list.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOFLAGS=")
	out, err := output(list)
	if err != nil {
		t.Fatal(err)
	}
	deps := strings.Fields(out)
	if !slices.Contains(deps, excelize) {
		t.Fatalf("the page does not link %s: this test looks at something else", excelize)
	}
	for _, d := range deps {
		switch {
		case d == "net", d == "net/http", d == "crypto/tls", strings.HasPrefix(d, "github.com/spf13/"), strings.HasPrefix(d, "github.com/jackc/"):
			t.Errorf("the page links %s", d)
		}
	}
}

// Another version of a module stops the build and is not cut at a wrong place.
func TestCutsFitTheirPlace(t *testing.T) {
	dir := t.TempDir()
	c := cut{excelize, "sheet.go", "one", "two"}
	for text, fits := range map[string]bool{"a one b": true, "a b": false, "one one": false} {
		if err := os.WriteFile(dir+"/sheet.go", []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		if err := c.apply(dir); (err == nil) != fits {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// Bytes as text come back, take little, and end no element.
func TestAsText(t *testing.T) {
	data := make([]byte, 1<<16)
	r := rand.New(rand.NewSource(1))
	for i := range data {
		data[i] = byte(r.Intn(256))
	}
	text := asText(data)
	var back []byte
	for i := 0; i < len(text); i++ {
		b := text[i]
		if b == '=' {
			i++
			b = text[i] - 64
		}
		back = append(back, b)
	}
	if !bytes.Equal(back, data) {
		t.Error("the bytes are others")
	}
	if bytes.ContainsAny(text, "<\r\x00") || len(text) > len(data)*102/100 {
		t.Errorf("%d bytes as %d characters, or one that HTML changes", len(data), len(text))
	}
}

// packed bytes are unpacked by the page's own script.
func TestUnpack(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no node")
	}
	r := rand.New(rand.NewSource(2))
	var data []byte
	for len(data) < 300_000 { // runs, repetitions near and far, and noise
		switch n := r.Intn(2000) + 1; r.Intn(4) {
		case 0:
			data = append(data, bytes.Repeat([]byte{byte(n)}, n)...)
		case 1:
			for range n {
				data = append(data, byte(r.Intn(256)))
			}
		default:
			if n < len(data) {
				from := r.Intn(len(data) - n)
				data = append(data, data[from:from+n]...)
			}
		}
	}
	packed, err := pack(data)
	if err != nil {
		t.Fatal(err)
	}
	script := page.Unpack + `
		const chunks = [];
		process.stdin.on("data", c => chunks.push(c)).on("end", () =>
			process.stdout.write(unpack(new Uint8Array(Buffer.concat(chunks)))));`
	cmd := exec.Command(node, "-e", script)
	cmd.Stdin = bytes.NewReader(packed)
	out, err := cmd.Output()
	if err != nil || !bytes.Equal(out, data) {
		t.Errorf("%d bytes of %d, which are others (%v)", len(out), len(data), err)
	}
}

func TestScriptsAreASCII(t *testing.T) {
	if got, want := ascii(`say("Tệp 😀")`), `say("T\u1EC7p \u{1F600}")`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got, want := references("<p>Tệp</p>"), "<p>T&#x1EC7;p</p>"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// Two builds, each in a folder of its own, give the same program.
func TestSameBytesInEveryFolder(t *testing.T) {
	if os.Getenv("PARCHECK_PAGE") == "" {
		t.Skip("builds the program twice: PARCHECK_PAGE is not set")
	}
	one, _, err := compile()
	if err != nil {
		t.Fatal(err)
	}
	other, _, err := compile()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(one, other) {
		t.Errorf("a program of %d bytes and one of %d differ", len(one), len(other))
	}
}
