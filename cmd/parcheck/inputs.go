package main

import (
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/parcheck/parcheck/pkg/batch"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
)

// input is one file of a run.
type input struct {
	name string // as it is shown
	path string // where it is read from
	data []byte // its content, when it came from standard input
}

// inputFlags say how files are found.
type inputFlags struct {
	allowEmpty bool
	stdinName  string
}

func (f *inputFlags) register(a *app, cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.allowEmpty, "allow-empty", false, a.text("no file is no error", "không có tệp nào thì không coi là lỗi"))
	cmd.Flags().StringVar(&f.stdinName, "stdin-name", "", a.text(
		"the `NAME` of the file that - reads from standard input",
		"`TÊN` của tệp đọc từ đầu vào chuẩn bằng dấu -"))
}

// findInputs turns the arguments into files, in the order of the arguments and
// by name in a folder. Links in folders are skipped, and said so.
func findInputs(args []string) (files []input, notes diag.List, err error) {
	seen := map[string]bool{}
	add := func(path string) {
		if !seen[path] {
			seen[path] = true
			files = append(files, input{name: filepath.ToSlash(path), path: path})
		}
	}
	for _, arg := range args {
		found, more, err := expand(arg)
		notes = append(notes, more...)
		if err != nil {
			return nil, notes, err
		}
		for _, path := range found {
			add(path)
		}
	}
	return files, notes, nil
}

func expand(arg string) ([]string, diag.List, error) {
	info, err := os.Stat(arg)
	switch {
	case err == nil && info.IsDir():
		return walk(arg)
	case err == nil && ownPage(arg): // all files of a folder were selected, and dropped
		return nil, diag.List{batch.SkippedPage(filepath.ToSlash(arg))}, nil
	case err == nil:
		return []string{arg}, nil, nil
	case strings.ContainsAny(arg, "*?["):
		found, globErr := filepath.Glob(pattern(arg))
		if globErr != nil {
			return nil, nil, usagef("%q is no file pattern: %v", "%q không phải mẫu tên tệp: %v", arg, lang.T(globErr.Error(), "dấu [ và ] phải đi đôi"))
		}
		if len(found) == 0 {
			return nil, nil, inputErrorf("no file matches %q", "không có tệp nào khớp với %q", arg)
		}
		var out []string
		var notes diag.List
		slices.Sort(found)
		for _, path := range found {
			if strings.HasPrefix(filepath.Base(path), ".") && !strings.HasPrefix(filepath.Base(arg), ".") {
				continue // as shells do
			}
			more, n, err := expand(path)
			if err != nil {
				return nil, notes, err
			}
			out, notes = append(out, more...), append(notes, n...)
		}
		return out, notes, nil
	}
	return []string{arg}, nil, nil // the batch reports that it cannot be read, and goes on
}

// walk lists the submissions in a folder and those below it.
func walk(dir string) (files []string, notes diag.List, err error) {
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		role := batch.RoleOf(filepath.Base(path))
		switch {
		case err != nil:
			notes.Add(diag.Unreadable, diag.InFile(filepath.ToSlash(path)), lang.F("the folder cannot be read: %v", "không đọc được thư mục: %v", pathless(err)))
		case path != dir && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return filepath.SkipDir
			}
		case d.IsDir(), role == batch.Aside:
		case d.Type()&fs.ModeSymlink != 0:
			notes.Add(diag.SkippedLink, diag.InFile(filepath.ToSlash(path)), lang.T(
				"a symbolic link, which is skipped: name the file itself to read it",
				"là liên kết tượng trưng nên bị bỏ qua: hãy nêu chính tệp đó để đọc"))
		case ownPage(path):
			notes = append(notes, batch.SkippedPage(filepath.ToSlash(path)))
		case role == batch.Submission:
			files = append(files, path)
		default:
			notes = append(notes, batch.NotRead(filepath.ToSlash(path)))
		}
		return nil
	})
	return files, notes, err
}

// ownPage reports whether a file is a page that parcheck wrote.
func ownPage(path string) bool {
	if !batch.MayBeOwnPage(filepath.Base(path)) {
		return false
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	return batch.IsOwnPage(f)
}

// find returns the files of a run; "-" is standard input.
func (f *inputFlags) find(ctx context.Context, a *app, args []string) (files []input, notes diag.List, err error) {
	rest := args[:0:0]
	for _, arg := range args {
		if arg != "-" {
			rest = append(rest, arg)
		}
	}
	files, notes, err = findInputs(rest)
	if err != nil {
		return nil, nil, err
	}
	if len(rest) < len(args) {
		in, err := f.stdin(ctx, a)
		if err != nil {
			return nil, nil, err
		}
		files = append(files, in)
	}
	if len(files) == 0 && !f.allowEmpty {
		a.say(notes)
		return nil, nil, inputErrorf("no workbook in %s: %s", "không có tệp số liệu nào trong %s: %s", strings.Join(args, ", "), batch.Wanted())
	}
	return files, notes, nil
}

// maxStdin bounds what is read from standard input.
const maxStdin = 1 << 30

// stdin keeps standard input in memory: a workbook is read from its end. An
// interruption does not wait for the writer.
func (f *inputFlags) stdin(ctx context.Context, a *app) (input, error) {
	type result struct {
		data []byte
		err  error
	}
	done := make(chan result, 1)
	go func() {
		data, err := io.ReadAll(io.LimitReader(a.stdin, maxStdin+1))
		done <- result{data, err}
	}()
	var got result
	select {
	case <-ctx.Done():
		return input{}, ctx.Err()
	case got = <-done:
	}
	switch {
	case got.err != nil:
		return input{}, inputErrorf("cannot read standard input: %v", "không đọc được đầu vào chuẩn: %v", got.err)
	case len(got.data) > maxStdin:
		return input{}, inputErrorf("standard input has more than %d bytes", "đầu vào chuẩn có hơn %d byte", maxStdin)
	}
	name := f.stdinName
	if name == "" {
		name = "stdin"
	}
	return input{name: name, data: got.data}, nil
}
