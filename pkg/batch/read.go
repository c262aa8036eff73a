package batch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"runtime"
	"runtime/debug"

	"golang.org/x/sync/errgroup"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/mapping"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/report"
	"github.com/parcheck/parcheck/pkg/workbook"
)

// Reading is what one input gave: a reading, or what was wrong with it.
type Reading struct {
	*fact.Reading // nil where the input was refused
	File          string
	Refusals      diag.List
	Mapping       bool // the input is the workbook of a mapping, and no submission
}

// Refused reports whether no card can be made of the input.
func (r *Reading) Refused() bool { return r.Reading == nil }

// Aside reports whether the input lies among the submissions and is none: no
// card is missed.
func (r *Reading) Aside() bool { return r.Mapping && !r.Refusals.HasErrors() }

// Read reads every input. The error is an interruption or a Panic: what is wrong
// with an input is in its reading.
func (b *Batch) Read(ctx context.Context) ([]Reading, error) {
	out := make([]Reading, len(b.Inputs))
	questions := fact.Prepare(b.Plan, b.Roster)
	if b.Mapping != nil {
		questions.Map(b.Mapping.Forms)
	}
	jobs := b.Jobs
	if jobs <= 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	group, within := errgroup.WithContext(ctx)
	group.SetLimit(jobs)
	for i, in := range b.Inputs {
		group.Go(func() (err error) {
			defer func() {
				if p := recover(); p != nil {
					err = &Panic{in.Name, p, debug.Stack()}
				}
			}()
			if within.Err() != nil {
				return within.Err()
			}
			out[i], err = b.readInput(within, questions, in)
			if b.Progress != nil {
				b.Progress.FileDone()
			}
			return err
		})
	}
	if err := group.Wait(); err != nil || b.Options.Bound == nil {
		return out, err
	}
	bound, err := b.readBound(ctx, questions, out)
	return append(out, bound), err
}

// readBound reads what databases hold of the units of which no input reports.
func (b *Batch) readBound(ctx context.Context, questions *fact.Questions, others []Reading) (Reading, error) {
	type key struct {
		id, name string
		period   plan.Period
	}
	keyOf := func(u fact.Unit, period plan.Period) key {
		if u.ID != "" {
			return key{id: u.ID, period: period}
		}
		return key{name: label.Key(u.Name.In(lang.VI)), period: period}
	}
	done := map[key]bool{}
	for _, r := range others {
		if r.Refused() {
			continue
		}
		for i := range r.Sets {
			done[keyOf(r.Sets[i].Unit, r.Sets[i].Period)] = true
		}
	}
	period := b.Plan.Period
	if b.Options.Period != nil {
		period = *b.Options.Period
	}
	opt := b.Options
	opt.Received = func(u fact.Unit) fact.Receipt { return b.receipt(opt.Bound.File, u) }
	read, err := questions.CollectBound(ctx, opt, func(u fact.Unit) bool { return done[keyOf(u, period)] })
	return Reading{Reading: read, File: b.Options.Bound.File}, err
}

func (b *Batch) readInput(ctx context.Context, questions *fact.Questions, in Input) (Reading, error) {
	content, size, err := in.Open()
	if err != nil {
		return refuse(in, err), nil
	}
	defer content.Close()
	sum, err := hash(ctx, content)
	var read *fact.Reading
	if err == nil {
		read, err = b.collect(ctx, questions, fact.Input{File: in.Name, SHA256: sum, Bytes: size}, content)
	}
	var refusal *diag.Refusal
	switch {
	case errors.Is(err, errMapping):
		return Reading{File: in.Name, Refusals: diag.List{b.ownMapping(in)}, Mapping: true}, nil
	case errors.As(err, &refusal):
		return Reading{File: in.Name, Refusals: diag.List{refusal.Diagnostic}}, nil
	case err != nil && ctx.Err() != nil:
		return Reading{}, ctx.Err()
	case err != nil:
		return refuse(in, err), nil
	}
	return Reading{Reading: read, File: in.Name}, nil
}

func (b *Batch) collect(ctx context.Context, questions *fact.Questions, in fact.Input, content io.ReaderAt) (*fact.Reading, error) {
	opt := workbook.Options{Limits: b.Limits}
	if b.Progress != nil {
		opt.Progress = b.Progress.File(in.Bytes)
	}
	book, err := workbook.Open(ctx, in.File, content, in.Bytes, opt)
	if err != nil {
		return nil, err
	}
	defer book.Close()
	if mapping.IsWorkbook(ctx, book) {
		return nil, errMapping
	}
	in.Kind = book.Kind
	own, contrary := b.optionsFor(in.File)
	read, err := questions.Collect(ctx, book, in, own)
	if err == nil {
		read.Diagnostics = append(read.Diagnostics, contrary...)
	}
	return read, err
}

var errMapping = errors.New("the workbook of a mapping")

// ownMapping is the finding that an input is the workbook of a mapping. In a
// folder it lies beside the submissions, and is skipped.
func (b *Batch) ownMapping(in Input) diag.Diagnostic {
	if b.isWithin(in) {
		d := diag.New(diag.OwnMapping, diag.InFile(in.Name), lang.T(
			"a mapping, which is no submission: it is skipped here, and applied where it is given with --mapping",
			"đây là bảng đối chiếu, không phải tệp số liệu: ở đây bị bỏ qua, muốn áp dụng thì đưa vào bằng --mapping"))
		d.Severity = diag.Note
		return d
	}
	return diag.New(diag.OwnMapping, diag.InFile(in.Name), lang.T(
		"this is a mapping, which is no submission: give it with --mapping, beside the files that it is for",
		"đây là bảng đối chiếu, không phải tệp số liệu: hãy đưa vào bằng --mapping, kèm các tệp số liệu cần đọc"))
}

func refuse(in Input, err error) Reading {
	d := diag.New(diag.Unreadable, diag.InFile(in.Name), lang.F("cannot be read: %v", "không đọc được: %v", err))
	return Reading{File: in.Name, Refusals: diag.List{d}}
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

// maxInspected is of how many units of a file the figures are shown.
const maxInspected = 10

// Inspect reads every input and tells what is found where. unread counts the
// inputs that were refused.
func (b *Batch) Inspect(ctx context.Context) (found []report.Inspected, unread int, err error) {
	b.Options.Survey = true
	readings, err := b.Read(ctx)
	if err != nil {
		return nil, 0, err
	}
	for _, r := range readings {
		in := report.Inspected{File: r.File, Diagnostics: r.Refusals}
		switch {
		case r.Aside():
		case r.Refused():
			unread++
		default:
			in.Survey = r.Survey
			in.Diagnostics = append(in.Diagnostics, r.Diagnostics...)
			for i, s := range r.Sets {
				if i < maxInspected {
					in.Facts = append(in.Facts, s.Facts...)
					if len(r.Sets) > 1 {
						in.Units = append(in.Units, report.UnitFacts{Unit: s.Unit.Name, Facts: len(s.Facts)})
					}
				} else {
					in.MoreUnits++
				}
				in.Diagnostics = append(in.Diagnostics, s.Diagnostics...)
			}
		}
		in.Diagnostics.Sort()
		found = append(found, in)
	}
	for _, d := range b.stale(readings) {
		last := len(found) - 1
		if last < 0 || found[last].File != d.Pos.File {
			found = append(found, report.Inspected{File: d.Pos.File})
			last++
		}
		found[last].Diagnostics = append(found[last].Diagnostics, d)
	}
	return found, unread, nil
}
