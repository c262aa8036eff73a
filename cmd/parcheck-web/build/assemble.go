package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"hash/adler32"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/kjk/lzma"

	"github.com/parcheck/parcheck/cmd/parcheck-web/page"
	"github.com/parcheck/parcheck/pkg/batch"
	"github.com/parcheck/parcheck/pkg/report"
)

// assemble makes the page of a program.
func assemble(wasm []byte, goroot string) ([]byte, error) {
	support, err := os.ReadFile(filepath.Join(goroot, "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return nil, err
	}
	packed, err := pack(wasm)
	if err != nil {
		return nil, err
	}
	app := ascii(strings.ReplaceAll(page.App, "{{sum}}", fmt.Sprintf("%x", adler32.Checksum(packed))))
	policy, err := policy(app)
	if err != nil {
		return nil, err
	}
	worker := page.Unpack + string(support) + page.Worker
	if strings.Contains(worker, "</script") || strings.Contains(worker, "<!--") {
		return nil, fmt.Errorf("the worker's script would end its element")
	}
	fields := map[string]string{
		"policy":  policy,
		"program": batch.Program,
		"style":   page.Style,
		"packed":  string(asText(packed)),
		"worker":  ascii(worker),
		"app":     app,
	}
	var out bytes.Buffer
	rest := page.HTML
	for {
		before, after, found := strings.Cut(rest, "{{")
		out.WriteString(references(before))
		if !found {
			return out.Bytes(), nil
		}
		name, more, _ := strings.Cut(after, "}}")
		field, known := fields[name]
		if !known {
			return nil, fmt.Errorf("the page names %q", name)
		}
		out.WriteString(field)
		rest = more
	}
}

// pack compresses the program: LZMA takes a third less than gzip.
func pack(wasm []byte) ([]byte, error) {
	var out bytes.Buffer
	const best = 9
	w := lzma.NewWriterSizeLevel(&out, int64(len(wasm)), best)
	if _, err := w.Write(wasm); err != nil {
		return nil, err
	}
	err := w.Close()
	return out.Bytes(), err
}

// asText writes bytes as characters of windows-1252, in which every byte is one.
// The bytes that HTML would change, and those that end or begin something, are
// "=" and the byte more 64. That takes 1.6 % more, where base64 takes 33 %.
func asText(data []byte) []byte {
	out := make([]byte, 0, len(data)+len(data)/40)
	for _, b := range data {
		switch b {
		case 0, '\r', '<', '=':
			out = append(out, '=', b+64)
		default:
			out = append(out, b)
		}
	}
	return out
}

// ascii writes a script without any character of another script.
func ascii(script string) string {
	var out strings.Builder
	for _, r := range script {
		switch {
		case r < 0x80:
			out.WriteRune(r)
		case r > 0xFFFF:
			fmt.Fprintf(&out, `\u{%X}`, r)
		default:
			fmt.Fprintf(&out, `\u%04X`, r)
		}
	}
	return out.String()
}

// references writes text of the page without any character of another script.
func references(text string) string {
	var out strings.Builder
	for _, r := range text {
		if r < 0x80 {
			out.WriteRune(r)
		} else {
			fmt.Fprintf(&out, "&#x%X;", r)
		}
	}
	return out.String()
}

var (
	scriptOfReport = regexp.MustCompile(`script-src ([^;"]+)`)
	styleOfReport  = regexp.MustCompile(`style-src ([^;"]+)`)
)

// policy lets the page run its own script and that of the report, which it
// shows in a frame, compile its program and start its worker, and connect to
// nothing.
func policy(app string) (string, error) {
	var sample bytes.Buffer
	if err := report.HTML(&sample, &report.Document{Program: batch.Program}, report.Options{}); err != nil {
		return "", err
	}
	head := html.UnescapeString(sample.String())
	script, style := scriptOfReport.FindStringSubmatch(head), styleOfReport.FindStringSubmatch(head)
	if script == nil || style == nil {
		return "", fmt.Errorf("the report's page has no policy")
	}
	return fmt.Sprintf("default-src 'none'; connect-src 'none'; script-src 'wasm-unsafe-eval' %s %s; worker-src blob:; "+
		"style-src %s %s; frame-src blob:; base-uri 'none'; form-action 'none'",
		hash(app), script[1], hash(page.Style), style[1]), nil
}

// hash names inline content as a policy does (CSP level 3, hash-source).
func hash(content string) string {
	sum := sha256.Sum256([]byte(content))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
