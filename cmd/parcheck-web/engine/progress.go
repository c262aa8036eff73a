package engine

import (
	"github.com/parcheck/parcheck/pkg/batch"
	"github.com/parcheck/parcheck/pkg/workbook"
)

// watcher counts what has been read. The page reads one file at a time.
type watcher struct {
	tell        func(done, files int, bytes int64)
	done, files int
	bytes, last int64
}

// every is how many bytes are read between two messages.
const every = 1 << 20

func (e *Engine) watch(files int) batch.Progress {
	if e.Progress == nil {
		return nil
	}
	return &watcher{tell: e.Progress, files: files}
}

// File counts the bytes of a file; a reader may go back.
func (w *watcher) File(int64) workbook.Progress {
	before := w.bytes
	return func(done int64) {
		w.bytes = max(w.bytes, before+done)
		if w.bytes-w.last >= every {
			w.last = w.bytes
			w.tell(w.done, w.files, w.bytes)
		}
	}
}

// FileDone counts a file.
func (w *watcher) FileDone() {
	w.done++
	w.tell(w.done, w.files, w.bytes)
}
