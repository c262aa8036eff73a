//go:build js && wasm

// Command parcheck-web is parcheck as one offline page: the same Go code as
// WebAssembly, in a worker. `go run ./cmd/parcheck-web/build` makes the page.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"syscall/js"

	"github.com/parcheck/parcheck/cmd/parcheck-web/engine"
	"github.com/parcheck/parcheck/pkg/batch"
	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/lang"
)

// main gives the worker the function parcheck(request, files): the request and
// the answer are JSON. It takes what it needs of the browser from the worker:
// parcheckToday, parcheckRead, parcheckProgress.
func main() {
	e := &engine.Engine{Today: today, Progress: func(done, files int, bytes int64) {
		js.Global().Call("parcheckProgress", done, files, float64(bytes))
	}}
	js.Global().Set("parcheck", js.FuncOf(func(_ js.Value, args []js.Value) any {
		answer := e.Answer(context.Background(), []byte(args[0].String()), files(args[1]))
		text, err := json.Marshal(answer)
		if err != nil {
			text = []byte(`{"fault":"the answer is no JSON"}`)
		}
		out := js.Global().Get("Object").New()
		out.Set("json", string(text))
		if answer.Data != nil {
			data := js.Global().Get("Uint8Array").New(len(answer.Data))
			js.CopyBytesToJS(data, answer.Data)
			out.Set("data", data)
		}
		return out
	}))
	js.Global().Call("parcheckReady")
	select {}
}

func today() date.Date {
	d, _ := date.Parse(js.Global().Call("parcheckToday").String())
	return d
}

func files(list js.Value) []engine.File {
	var out []engine.File
	for i := range list.Length() {
		f := list.Index(i)
		size := int64(f.Get("size").Float())
		out = append(out, engine.File{Name: f.Get("name").String(), Size: size, Open: func() batch.Content {
			return &blob{value: f.Get("blob"), size: size}
		}})
	}
	return out
}

// blob is a file of the browser, of which one window is in memory.
type blob struct {
	value js.Value
	size  int64
	at    int64 // where the window begins
	held  []byte
}

// window is how many bytes are read at once.
const window = 1 << 20

// ReadAt reads from the file, which waits for nothing: a worker may read
// synchronously. A person may have changed the file since it was dropped.
func (b *blob) ReadAt(p []byte, off int64) (n int, err error) {
	for n < len(p) {
		if off >= b.size {
			return n, io.EOF
		}
		if off < b.at || off >= b.at+int64(len(b.held)) {
			if err := b.load(off); err != nil {
				return n, err
			}
		}
		m := copy(p[n:], b.held[off-b.at:])
		n, off = n+m, off+int64(m)
	}
	return n, nil
}

func (b *blob) load(off int64) error {
	data := js.Global().Call("parcheckRead", b.value, float64(off), float64(min(off+window, b.size)))
	if data.IsNull() || data.Length() == 0 {
		return &lang.Error{Text: lang.T(
			"it was changed, moved or locked since it was chosen: choose it again",
			"tệp đã bị sửa, chuyển chỗ hoặc khóa sau khi chọn: hãy chọn lại tệp"), Cause: errors.New("unreadable")}
	}
	if b.held = b.held[:0]; cap(b.held) < data.Length() {
		b.held = make([]byte, data.Length())
	}
	b.held = b.held[:data.Length()]
	js.CopyBytesToGo(b.held, data)
	b.at = off
	return nil
}

// Close frees the window.
func (b *blob) Close() error {
	b.held = nil
	return nil
}
