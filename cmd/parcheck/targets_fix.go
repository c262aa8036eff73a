package main

import (
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/mapping"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/report"
	"github.com/parcheck/parcheck/targets"
)

// mend changes in a file what can only be meant in one way, and tells each
// change. It returns what the file holds then; with --dry-run that is what it
// held before.
func (r *lintRun) mend(f *linted) ([]byte, error) {
	name, file, data := f.name, f.file, f.data
	if _, _, builtIn := targets.Plan(name); builtIn {
		return nil, usagef("%s is built in and cannot be changed: --fix is for files", "%s là kế hoạch có sẵn, không sửa được: --fix dùng cho tệp", name)
	}
	mended, changes := f.mended(r.against)
	for _, c := range changes {
		what := lang.T("fixed", "đã sửa")
		if r.dryRun {
			what = lang.T("would fix", "sẽ sửa")
		}
		r.tell(lang.F("%s: %s: %s → %s", "%s: %s: %s → %s", c.Pos, what, visible(c.Was), visible(c.Now)))
	}
	switch {
	case r.dryRun:
		r.tell(lang.F("%s: %s would change", "%s: %s sẽ sửa", file, number.Count(int64(len(changes)), "place", "places", "chỗ")))
		return data, nil
	case name == "-":
		return mended, r.print(func(w io.Writer) error {
			_, err := w.Write(mended)
			return err
		})
	case len(changes) == 0:
		return data, nil
	}
	return mended, rewrite(name, mended)
}

func (f *linted) mended(against plan.Against) ([]byte, []plan.Change) {
	switch f.face {
	case mappingYAML:
		return mapping.MendYAML(f.file, f.data)
	case mappingBook:
		return f.data, nil // what is chosen in its cells only a person can mend
	case ownYAML:
	}
	return plan.Mend(f.kind, f.file, f.data, besidePlan, against)
}

// visible shows a piece of a file: one with characters that nobody sees with their
// codes.
func visible(s string) string {
	hidden := func(c rune) bool { return c != ' ' && !unicode.IsGraphic(c) || c != ' ' && unicode.IsSpace(c) }
	if strings.TrimSpace(s) != s || s == "" || strings.ContainsFunc(s, hidden) {
		return strconv.Quote(s)
	}
	return report.Plain(s)
}

// rewrite replaces a file by what it holds now: it is whole at every moment, and
// keeps who may read it. A link stays one.
func rewrite(name string, data []byte) error {
	path, err := filepath.EvalSymlinks(name)
	if err != nil {
		return cannotWrite(name, err)
	}
	info, err := os.Stat(path)
	if err != nil {
		return cannotWrite(name, err)
	}
	s, err := stage(path, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
	if err != nil {
		return err
	}
	defer s.discard()
	if err := os.Chmod(s.temp, info.Mode().Perm()); err != nil {
		return cannotWrite(name, err)
	}
	return s.commit()
}
