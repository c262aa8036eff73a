package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/term"

	"github.com/parcheck/parcheck/pkg/batch"
	"github.com/parcheck/parcheck/pkg/lang"
)

// A run that Explorer starts has a window of its own, which closes when the run
// ends: on files that are dropped on the program, sent to it, or opened with it;
// on a double click; on a shortcut. Whoever does this reads no terminal. So
// files without a command give a page beside them, which is opened, and the
// window stays only while there is something to read in it.

// desktop is what such a run needs of the system.
type desktop struct {
	open   func(path string) error // shows a file in the program for its kind
	key    func()                  // waits until somebody presses a key
	folder string                  // that of the program
}

// inWindow runs a command line that Explorer made, and returns the exit code.
func (a *app) inWindow(ctx context.Context, args []string, d desktop) int {
	if len(args) == 0 {
		return a.askForFiles(ctx, d)
	}
	if files := filesWithoutCommand(args); len(files) > 0 {
		code, done := a.scoreToPage(ctx, args, files, d)
		if !done {
			d.key()
		}
		return code
	}
	code := a.run(ctx, args)
	d.key()
	return code
}

// scoreToPage scores files, writes the page beside them and opens it. done says
// that the page tells everything: there is nothing to read in the window.
func (a *app) scoreToPage(ctx context.Context, args, files []string, d desktop) (code int, done bool) {
	page := pageBeside(files, a.lang.Lang)
	if len(args) == len(files) {
		args = a.fromTheirFolder(files)
	}
	whole := a.stdout
	a.page = true
	defer func() { a.stdout, a.page = whole, false }()
	page, err := writePage(page, func(w io.Writer) error {
		out := &countingWriter{w: w}
		a.stdout = out
		code = a.run(ctx, append([]string{"score", "--format", "html"}, args...))
		if out.n == 0 {
			return errNoPage
		}
		return nil
	})
	switch {
	case errors.Is(err, errNoPage):
		return code, false
	case err != nil:
		return a.fail(err), false
	}
	a.wrote(page)
	if err := d.open(page); err != nil {
		a.tell(lang.F("the page cannot be opened: %v", "không mở được trang kết quả: %v", err))
		return code, false
	}
	return code, code == exitOK || code == exitGate
}

// errNoPage says that a run ended before there was anything to write: it has
// said why.
var errNoPage = lang.Errorf("nothing was scored", "chưa chấm điểm tệp nào")

// countingWriter counts the bytes that are written.
type countingWriter struct {
	w io.Writer
	n int
}

func (c *countingWriter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += n
	return n, err
}

// fromTheirFolder makes the folder that all files lie in the working folder, so
// that the page names them as the person does, and returns their names there.
// Files of several folders keep their whole paths.
func (a *app) fromTheirFolder(files []string) []string {
	dir := filepath.Dir(files[0])
	names := make([]string, len(files))
	for i, f := range files {
		if filepath.Dir(f) != dir {
			return files
		}
		names[i] = filepath.Base(f)
	}
	if os.Chdir(dir) != nil {
		return files
	}
	return names
}

// pageBeside returns where the page of some files goes: into the folder where
// they lie, under the name of the only one, or of that folder. A file of this
// name that is no page of parcheck's keeps its place.
func pageBeside(files []string, l lang.Lang) string {
	first, err := filepath.Abs(files[0])
	if err != nil {
		first = files[0]
	}
	dir, name := filepath.Dir(first), filepath.Base(first)
	if info, err := os.Stat(first); err == nil && !info.IsDir() {
		name = strings.TrimSuffix(name, filepath.Ext(name))
	}
	if len(files) > 1 {
		name = filepath.Base(dir)
	}
	if strings.Trim(name, `\/.`) == "" { // the root of a drive
		name = "parcheck"
	}
	name += " - " + lang.T("result", "kết quả").In(l)
	path := filepath.Join(dir, name+".html")
	for n := 2; ; n++ {
		if _, err := os.Stat(path); err != nil || ownPage(path) {
			return path
		}
		path = filepath.Join(dir, fmt.Sprintf("%s (%d).html", name, n))
	}
}

// writePage writes the page, or one of its name in the folder for temporary
// files where its own folder takes none: a CD, a share that is only read. It
// returns which.
func writePage(path string, write func(io.Writer) error) (string, error) {
	if f, err := os.CreateTemp(filepath.Dir(path), ".parcheck.*"); err != nil {
		path = filepath.Join(os.TempDir(), filepath.Base(path))
	} else {
		_ = f.Close()
		_ = os.Remove(f.Name())
	}
	staged, err := stage(path, write)
	if err != nil {
		return path, err
	}
	if err := staged.commit(); err != nil {
		staged.discard()
		return path, err
	}
	return path, nil
}

// askForFiles tells somebody who double-clicked the program what to do, and
// takes files that are dragged into the window. Enter alone scores those in the
// folder of the program, if there are any, and ends the run otherwise.
func (a *app) askForFiles(ctx context.Context, d desktop) int {
	here := submissionsIn(d.folder)
	fmt.Fprintln(a.stdout, a.text(
		program()+": scores agencies' workbooks against the targets of a plan.\n\n"+
			"Drop files or a folder on parcheck.exe, or drag them into this window\n"+
			"and press Enter. The page with the result is written beside them and\n"+
			"opens by itself.",
		program()+": chấm điểm tệp số liệu của cơ quan, đơn vị\n"+
			"theo chỉ tiêu của kế hoạch.\n\n"+
			"Kéo tệp hoặc thư mục thả lên parcheck.exe, hoặc kéo vào cửa sổ này\n"+
			"rồi nhấn Enter. Trang kết quả được ghi bên cạnh các tệp đó và tự mở ra."))
	a.offer(here, d.folder)
	in := bufio.NewReader(a.stdin)
	for {
		fmt.Fprint(a.stdout, "\n> ")
		line, err := in.ReadString('\n')
		files := draggedPaths(line)
		if len(files) == 0 && err == nil {
			files, here = here, nil
		}
		if len(files) == 0 {
			return exitOK
		}
		if missing := firstMissing(files); missing != "" {
			fmt.Fprintln(a.stdout, plainLine(lang.F("%s: there is no such file", "%s: không có tệp này", missing).In(a.lang.Lang)))
			continue
		}
		if code, done := a.scoreToPage(ctx, files, files, d); done || ctx.Err() != nil {
			return code
		}
	}
}

// firstMissing returns the first path under which nothing is found, or "".
func firstMissing(paths []string) string {
	for _, p := range paths {
		if _, err := os.Stat(p); err != nil {
			return p
		}
	}
	return ""
}

// offer lists the files that Enter alone scores.
func (a *app) offer(files []string, folder string) {
	const most = 10
	if len(files) == 0 {
		fmt.Fprintln(a.stdout, "\n"+a.text("Press Enter alone to close the window.", "Chỉ nhấn Enter thì cửa sổ đóng lại."))
		return
	}
	fmt.Fprintln(a.stdout, "\n"+plainLine(lang.F("Files in %s:", "Các tệp trong %s:", folder).In(a.lang.Lang)))
	for i, f := range files {
		if i == most {
			fmt.Fprintln(a.stdout, "  "+lang.F("and %d more", "và %d tệp khác", len(files)-most).In(a.lang.Lang))
			break
		}
		fmt.Fprintln(a.stdout, "  "+plainLine(filepath.Base(f)))
	}
	fmt.Fprintln(a.stdout, a.text("Press Enter to score these files.", "Nhấn Enter để chấm điểm các tệp này."))
}

// submissionsIn lists the submissions that lie in a folder itself.
func submissionsIn(folder string) []string {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil
	}
	var files []string
	for _, e := range entries {
		path := filepath.Join(folder, e.Name())
		if e.Type().IsRegular() && batch.RoleOf(e.Name()) == batch.Submission && !ownPage(path) {
			files = append(files, path)
		}
	}
	return files
}

// draggedPaths reads the paths that a window gets when files are dragged into
// it: quoted where they hold blanks, one after the other.
func draggedPaths(line string) []string {
	line = strings.TrimSpace(line)
	if _, err := os.Stat(line); err == nil {
		return []string{line}
	}
	var paths []string
	for line != "" {
		path, rest, quoted := line, "", false
		if path, quoted = strings.CutPrefix(line, `"`); quoted {
			path, rest, _ = strings.Cut(path, `"`)
		} else if i := strings.IndexAny(line, " \t\""); i > 0 {
			path, rest = line[:i], line[i:]
		}
		if path != "" {
			paths = append(paths, path)
		}
		line = strings.TrimSpace(rest)
	}
	return paths
}

// waitForKey keeps the window until somebody has read it.
func (a *app) waitForKey() {
	fmt.Fprint(a.stderr, "\n"+a.text("Press any key to close this window.", "Nhấn một phím bất kỳ để đóng cửa sổ này."))
	in, ok := a.stdin.(*os.File)
	if !ok {
		return
	}
	if state, err := term.MakeRaw(int(in.Fd())); err == nil {
		defer func() { _ = term.Restore(int(in.Fd()), state) }()
	}
	_, _ = in.Read(make([]byte, 1))
}

// programFolder returns the folder that the program lies in, or "".
func programFolder() string {
	path, err := os.Executable()
	if err != nil {
		return ""
	}
	return filepath.Dir(path)
}
