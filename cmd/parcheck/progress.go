package main

import (
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/parcheck/parcheck/pkg/workbook"
)

// progress shows how much of the files has been read, on standard error when
// that is a terminal and the work takes longer than a second. A nil progress
// shows nothing.
type progress struct {
	mu    sync.Mutex
	bar   *progressbar.ProgressBar
	start time.Time
	total int64 // bytes of all files
	done  int64
	files int
	read  int
	what  string // what is counted, in the language of the messages
}

const progressAfter = time.Second

func (a *app) newProgress(files []input) *progress {
	f, ok := a.stderr.(*os.File)
	if !ok || a.quiet || !term.IsTerminal(int(f.Fd())) {
		return nil
	}
	p := &progress{start: time.Now(), files: len(files), what: a.text("files", "tệp")}
	for _, in := range files {
		if info, err := os.Stat(in.path); err == nil {
			p.total += info.Size()
		}
	}
	p.bar = progressbar.NewOptions64(p.total,
		progressbar.OptionSetWriter(f),
		progressbar.OptionShowBytes(true),
		progressbar.OptionSetWidth(24),
		progressbar.OptionSetDescription(a.text("reading", "đang đọc")),
		progressbar.OptionClearOnFinish(),
		progressbar.OptionThrottle(100*time.Millisecond),
	)
	return p
}

// File returns what a workbook calls as it is read.
func (p *progress) File(int64) workbook.Progress {
	if p == nil {
		return nil
	}
	last := int64(0)
	return func(done int64) {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.done = min(p.done+max(done-last, 0), p.total)
		last = done
		p.show()
	}
}

// FileDone counts a file that has been read.
func (p *progress) FileDone() {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.read++
	p.show()
}

func (p *progress) show() {
	if time.Since(p.start) < progressAfter {
		return
	}
	if p.files > 1 {
		p.bar.Describe(fmt.Sprintf("%s %d/%d", p.what, p.read, p.files))
	}
	_ = p.bar.Set64(p.done)
}

// finish takes the bar off the screen.
func (p *progress) finish() {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if time.Since(p.start) >= progressAfter {
		_ = p.bar.Finish()
	}
}
