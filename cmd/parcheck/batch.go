package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"

	"golang.org/x/sync/errgroup"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/workbook"
)

// batch reads many files side by side; what it gives is in the order of the
// files, whatever finishes first.
type batch struct {
	plan      *plan.Plan
	questions *fact.Questions // what the plan asks of every file
	roster    *plan.Roster
	options   fact.Options
	previous  []score.Card // of an earlier period, where a result of it is named
	jobs      int
	limits    workbook.Limits
	progress  *progress
	args      []string // that name them
	files     []input
	notes     diag.List // of finding the files
}

// reading is what one file gave: a reading, or what was wrong with it.
type reading struct {
	*fact.Reading
	input       input
	refused     bool // no card can be made of it
	diagnostics diag.List
}

// read reads every file. The error is an interruption or an internal error:
// what is wrong with a file is in its reading.
func (b *batch) read(ctx context.Context, files []input) ([]reading, error) {
	out := make([]reading, len(files))
	jobs := b.jobs
	if jobs <= 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(jobs)
	for i, in := range files {
		group.Go(func() (err error) {
			defer func() {
				if p := recover(); p != nil {
					err = &internalError{fmt.Sprintf("%s: %v", in.name, p), debug.Stack()}
				}
			}()
			if ctx.Err() != nil {
				return ctx.Err()
			}
			out[i], err = b.readFile(ctx, in)
			b.progress.fileDone()
			return err
		})
	}
	return out, group.Wait()
}

func (b *batch) readFile(ctx context.Context, in input) (reading, error) {
	out := reading{input: in}
	f, size, err := in.open()
	if err != nil {
		return out.refuse(err), nil
	}
	defer f.Close()
	sum, err := hash(ctx, f)
	if err != nil {
		return out, err
	}
	book, err := workbook.Open(ctx, in.name, f, size, workbook.Options{Limits: b.limits, Progress: b.progress.file(size)})
	if err == nil {
		defer book.Close()
		meta := fact.Input{File: in.name, Kind: book.Kind, SHA256: sum, Bytes: size}
		out.Reading, err = b.questions.Collect(ctx, book, meta, b.options)
	}
	var refusal *workbook.Refusal
	switch {
	case errors.As(err, &refusal):
		return out.refuseAt(refusal.Diagnostic), nil
	case err != nil && ctx.Err() != nil:
		return out, ctx.Err()
	case err != nil:
		return out.refuse(err), nil
	}
	return out, nil
}

func (r reading) refuse(err error) reading {
	return r.refuseAt(diag.New(diag.Unreadable, diag.InFile(r.input.name), lang.F("cannot be read: %v", "không đọc được: %v", pathless(err))))
}

func (r reading) refuseAt(d diag.Diagnostic) reading {
	r.refused = true
	r.diagnostics = append(r.diagnostics, d)
	return r
}

// content is an input's bytes.
type content interface {
	io.ReaderAt
	io.Closer
}

type inMemory struct{ *bytes.Reader }

func (inMemory) Close() error { return nil }

// maxAtOnce is the size up to which a file is read at once, which takes less
// than asking the system for each of its parts.
const maxAtOnce = 1 << 20

func (in input) open() (c content, size int64, err error) {
	if in.data != nil {
		return inMemory{bytes.NewReader(in.data)}, int64(len(in.data)), nil
	}
	f, err := os.Open(in.path)
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = lang.Errorf("it is no regular file", "đây không phải tệp thông thường")
	}
	if err == nil && info.Size() <= maxAtOnce {
		defer f.Close()
		data := make([]byte, info.Size())
		n, err := io.ReadFull(f, data)
		if err == io.EOF || err == io.ErrUnexpectedEOF { // it is shorter by now
			err = nil
		}
		return inMemory{bytes.NewReader(data[:n])}, int64(n), err
	}
	if err != nil {
		f.Close()
		return nil, 0, err
	}
	return f, info.Size(), nil
}

// hash returns the SHA-256 of a file, by which a report names its input.
func hash(ctx context.Context, f io.ReaderAt) (string, error) {
	h := sha256.New()
	buf := make([]byte, 1<<14)
	for off := int64(0); ; {
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		n, err := f.ReadAt(buf, off)
		h.Write(buf[:n])
		off += int64(n)
		if err == io.EOF {
			return hex.EncodeToString(h.Sum(nil)), nil
		}
		if err != nil {
			return "", err
		}
	}
}

// collectFlags say what the user knows better than the workbooks.
type collectFlags struct {
	unit, level, period, asOf string
	previous                  string
	jobs                      int
	limits                    limitFlag
}

func (f *collectFlags) options(p *plan.Plan) (opt fact.Options, previous []score.Card, err error) {
	opt = fact.Options{Unit: f.unit, Level: f.level}
	if f.level != "" && p.FindLevel(f.level) == nil {
		return opt, nil, usagef("--level %q: the plan has the levels %s", "--level %q: kế hoạch có các cấp %s", f.level, levelNames(p))
	}
	if f.period != "" {
		period, err := fact.ParsePeriod(f.period)
		if err != nil {
			return opt, nil, usagef("--period: %v", "--period: %v", err)
		}
		opt.Period = &period
	}
	if f.previous != "" {
		doc, err := readResult(f.previous)
		if err != nil {
			return opt, nil, err
		}
		previous = doc.Cards
		opt.Previous = score.Previous(filepath.ToSlash(f.previous), previous)
	}
	return opt, previous, nil
}

// knownUnit refuses a unit of the command line that nobody on the roster is
// called: its level would be guessed by its name, and with it what binds it.
// Without a roster, or with a level, any name will do.
func knownUnit(opt fact.Options, roster *plan.Roster) error {
	name := opt.Unit
	if name == "" || opt.Level != "" || roster == nil || roster.Find(name) != nil {
		return nil
	}
	var names []string
	for i := range roster.Units {
		u := &roster.Units[i]
		names = append(append(names, u.Name.In(lang.VI), u.Name.In(lang.EN), u.ID), u.Aliases...)
	}
	return usagef("--unit %q: nobody on the roster %s is called so, and a unit off the roster needs --level%s",
		"--unit %q: danh sách đơn vị %s không có tên này, còn đơn vị ngoài danh sách thì cần thêm --level%s",
		name, roster.ID, nearest(name, names))
}

func (f *collectFlags) day(a *app) (date.Date, error) {
	if f.asOf == "" {
		return a.today(), nil
	}
	d, err := date.Parse(f.asOf)
	if err != nil {
		return d, usagef("--as-of: %v", "--as-of: %v", err)
	}
	return d, nil
}
