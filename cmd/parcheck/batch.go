package main

import (
	"io"
	"os"
	"path/filepath"

	"github.com/parcheck/parcheck/pkg/batch"
	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// maxAtOnce is the size up to which a file is read at once, which takes less
// than asking the system for each of its parts.
const maxAtOnce = 1 << 20

// file is an open file, whose errors do not repeat its path.
type file struct{ *os.File }

func (f file) ReadAt(p []byte, off int64) (int, error) {
	n, err := f.File.ReadAt(p, off)
	return n, pathless(err)
}

// openers are the files of a run as inputs of a batch.
func openers(files []input) []batch.Input {
	var out []batch.Input
	for _, in := range files {
		out = append(out, batch.Input{Name: in.name, Open: func() (batch.Content, int64, error) {
			c, size, err := in.open()
			return c, size, pathless(err)
		}})
	}
	return out
}

func (in input) open() (c batch.Content, size int64, err error) {
	if in.data != nil {
		return batch.Bytes(in.data), int64(len(in.data)), nil
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
		return batch.Bytes(data[:n]), int64(n), err
	}
	if err != nil {
		f.Close()
		return nil, 0, err
	}
	return file{f}, info.Size(), nil
}

// collectFlags say what the user knows better than the workbooks.
type collectFlags struct {
	unit, level, period, asOf string
	previous                  string
	received                  receivedFlag
	mapping                   mappingFlags
	database                  databaseFlags
	jobs                      int
	limits                    limitFlag
}

func (f *collectFlags) options(p *plan.Plan) (opt fact.Options, previous []score.Card, err error) {
	opt = fact.Options{Unit: f.unit, Level: f.level}
	if f.level != "" && p.FindLevel(f.level) == nil {
		return opt, nil, usagef("--level %q: the plan has the levels %s", "--level %q: kế hoạch có các cấp %s", f.level, batch.LevelNames(p))
	}
	if f.period != "" {
		period, err := plan.ParsePeriod(f.period)
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
	return usagef("--unit %q: nobody on the roster %s is called so, and a unit off the roster needs --level%s",
		"--unit %q: danh sách đơn vị %s không có tên này, còn đơn vị ngoài danh sách thì cần thêm --level%s",
		name, roster.ID, nearest(name, batch.UnitNames(roster)))
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
