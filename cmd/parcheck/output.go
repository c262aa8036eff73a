package main

import (
	"bufio"
	"cmp"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/report"
)

// outputFlags choose what is written where. They are checked before anything
// is read.
type outputFlags struct {
	format  string
	reports []string
	verbose bool
	prefix  string // of paths in the formats for CI systems
}

// register adds the flags: formats are those of standard output, files those that
// only --report writes.
func (f *outputFlags) register(a *app, cmd *cobra.Command, formats, files []string) {
	f.registerFormats(a, cmd, formats, files)
	cmd.Flags().BoolVarP(&f.verbose, "verbose", "v", false, a.text("show the cells behind every figure, and each of several units in full", "nêu các ô làm căn cứ của từng số liệu và đầy đủ từng đơn vị"))
}

// registerFormats adds the flags that choose formats and files.
func (f *outputFlags) registerFormats(a *app, cmd *cobra.Command, formats, files []string) {
	cmd.Flags().StringVarP(&f.format, "format", "f", "text", a.text("the `FORMAT` of standard output: ", "`ĐỊNH_DẠNG` in ra màn hình: ")+strings.Join(formats, ", "))
	report := a.text(
		"also write a report to a file, `FORMAT=PATH`; - is standard output; repeatable",
		"ghi thêm báo cáo ra tệp, `ĐỊNH_DẠNG=TỆP`; - là in ra màn hình; dùng được nhiều lần")
	if len(files) > 0 {
		report += a.text("; files only: ", "; chỉ ghi ra tệp: ") + strings.Join(files, ", ")
	}
	cmd.Flags().StringArrayVar(&f.reports, "report", nil, report)
	cmd.Flags().StringVar(&f.prefix, "path-prefix", "", a.text(
		"the `DIR` of relative paths in github, gitlab and sarif, from the root of the repository (default: the working folder in its Git repository)",
		"`THƯ_MỤC` đứng trước đường dẫn tương đối trong github, gitlab và sarif, tính từ gốc của kho mã nguồn (mặc định: thư mục hiện hành trong kho Git)"))
}

// options are those of every report. The prefix of paths is the working folder
// in its repository, unless the command line names another.
func (f *outputFlags) options(a *app) report.Options {
	root, prefix := gitRepository()
	if f.prefix != "" {
		prefix = f.prefix
	}
	return report.Options{Lang: a.lang.Lang, Verbose: f.verbose, PathPrefix: filepath.ToSlash(prefix), Root: filepath.ToSlash(root)}
}

// gitRepository returns the root of the Git repository that the working folder is
// in, and the way from there to the working folder; both are "" outside one.
func gitRepository() (root, way string) {
	dir, err := os.Getwd()
	if err != nil {
		return "", ""
	}
	for root = dir; ; root = filepath.Dir(root) {
		if _, err := os.Stat(filepath.Join(root, ".git")); err == nil { // a file in a worktree
			break
		}
		if root == filepath.Dir(root) {
			return "", ""
		}
	}
	if way, err = filepath.Rel(root, dir); err != nil {
		return "", ""
	}
	return root, way
}

// output is one report to write.
type output struct {
	format string
	write  report.Writer
	path   string // "" is standard output
}

// outputs checks the flags against each other and the inputs: formats are
// known, no file is written twice, no input is overwritten.
func (f *outputFlags) outputs(cmd *cobra.Command, inputs []input) ([]output, error) {
	if f.prefix != "" && !filepath.IsLocal(f.prefix) {
		return nil, usagef("--path-prefix %q: want a folder below the root of the repository, such as data/2023",
			"--path-prefix %q: cần một thư mục bên trong kho mã nguồn, ví dụ data/2023", f.prefix)
	}
	var outs []output
	stdout := false
	for _, r := range f.reports {
		format, path, ok := strings.Cut(r, "=")
		if !ok || path == "" {
			return nil, usagef("--report %q: want FORMAT=PATH", "--report %q: cần ĐỊNH_DẠNG=TỆP, ví dụ html=ket-qua.html", r)
		}
		if path == "-" {
			if stdout || cmd.Flags().Changed("format") {
				return nil, usagef("--report %q: standard output has a report already", "--report %q: đã có báo cáo khác in ra màn hình", r)
			}
			stdout, path = true, ""
		}
		o, err := newOutput(format, path)
		if err != nil {
			return nil, err
		}
		outs = append(outs, o)
	}
	if !stdout {
		o, err := newOutput(f.format, "")
		if err != nil {
			return nil, err
		}
		outs = append([]output{o}, outs...)
	}
	return outs, checkPaths("--report", outs, inputs)
}

// xlsxFormat is made by the annual workbook's package, and only for files.
const xlsxFormat = "xlsx"

// groupsFormat is what databases answered, and only for files.
const groupsFormat = "groups"

func newOutput(format, path string) (output, error) {
	if (format == xlsxFormat || format == groupsFormat) && path != "" {
		return output{format: format, path: path}, nil // prepare adds the writer, which needs the plan
	}
	f, ok := report.Find(format)
	if !ok {
		return output{}, usagef("unknown format %q: want one of %s%s", "không có định dạng %q: cần một trong %s%s",
			format, strings.Join(report.Names(), ", "), nearest(format, report.Names()))
	}
	if f.File && path == "" {
		return output{}, usagef("%s is written to files only: want --report %s=PATH", "định dạng %s chỉ ghi ra tệp: cần --report %s=TỆP", format, format)
	}
	return output{format, f.Write, path}, nil
}

// unknownFormat refuses a format where only these two are written.
func unknownFormat(format, one, other string) error {
	return usagef("unknown format %q: want %s or %s", "không có định dạng %q: cần %s hoặc %s", format, one, other)
}

func checkPaths(flag string, outs []output, inputs []input) error {
	seen := map[string]bool{}
	for _, o := range outs {
		if o.path == "" {
			continue
		}
		abs, err := filepath.Abs(o.path)
		if err != nil {
			return usage(err)
		}
		if seen[abs] {
			return usagef("%s: two reports to %s", "%s: hai báo cáo cùng ghi vào %s", flag, o.path)
		}
		seen[abs] = true
		info, err := os.Stat(o.path)
		if err != nil {
			continue
		}
		if info.IsDir() {
			return usagef("%s: %s is a folder: want a file", "%s: %s là thư mục: cần một tệp", flag, o.path)
		}
		for _, in := range inputs {
			if other, err := os.Stat(in.path); err == nil && os.SameFile(info, other) {
				return usagef("%s: %s is an input: it is not overwritten", "%s: %s là tệp đầu vào: không được ghi đè", flag, o.path)
			}
		}
	}
	return nil
}

// write writes all reports. Files are written beside their place and renamed
// when all of them are complete: a report that fails leaves none. Standard
// output comes last, so that whoever stops reading it loses no file.
func (a *app) write(outs []output, doc *report.Document, opt report.Options) (err error) {
	var staged []*stagedFile
	defer func() {
		for _, s := range staged {
			s.discard()
		}
	}()
	for _, o := range outs {
		if o.path == "" {
			continue
		}
		s, err := stage(o.path, func(w io.Writer) error { return o.write(w, doc, opt) })
		if err != nil {
			return err
		}
		staged = append(staged, s)
	}
	for _, s := range staged {
		if err := s.commit(); err != nil {
			return err
		}
	}
	if err := a.writeJobSummary(outs, doc, opt); err != nil {
		return err
	}
	for _, o := range outs {
		if o.path != "" {
			opt.Written = append(opt.Written, o.path)
		}
	}
	for _, o := range outs {
		if o.path == "" {
			if err := a.writeStdout(o, doc, opt); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeJobSummary adds the whole report to the page of a GitHub job, where
// annotations are asked for and the runner names a file for it.
func (a *app) writeJobSummary(outs []output, doc *report.Document, opt report.Options) error {
	path := a.getenv("GITHUB_STEP_SUMMARY")
	if path == "" || !slices.ContainsFunc(outs, func(o output) bool { return o.format == "github" }) {
		return nil
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return lang.Errorf("cannot write the job summary: %v", "không ghi được trang tóm tắt của GitHub: %v", pathless(err))
	}
	if err := errors.Join(report.GitHubSummary(f, doc, opt), f.Close()); err != nil {
		return lang.Errorf("cannot write the job summary: %v", "không ghi được trang tóm tắt của GitHub: %v", pathless(err))
	}
	return nil
}

func (a *app) writeStdout(o output, doc *report.Document, opt report.Options) error {
	opt.Width, opt.Color = a.width(), a.colored()
	return a.print(func(w io.Writer) error { return o.write(w, doc, opt) })
}

// print writes to standard output, and tells what cannot be written: nobody
// may take half a report for a whole one. Whoever closes the pipe, such as
// head or a pager, has seen enough: that is no fault.
func (a *app) print(write func(io.Writer) error) error {
	w := bufio.NewWriter(a.stdout)
	if err := cmp.Or(write(w), w.Flush()); err != nil && !closedPipe(err) {
		return lang.Errorf("cannot write to standard output: %v", "không in ra được: %v", pathless(err))
	}
	return nil
}

// closedPipe reports whether nobody reads any more. Windows has codes of its
// own for it: ERROR_BROKEN_PIPE and ERROR_NO_DATA.
func closedPipe(err error) bool {
	return errors.Is(err, syscall.EPIPE) || runtime.GOOS == "windows" && (errors.Is(err, syscall.Errno(109)) || errors.Is(err, syscall.Errno(232)))
}

// stagedFile is a complete file that is not yet at its place.
type stagedFile struct {
	temp, path string
}

// stage writes a file beside its place. What is there and is no file, such as
// a device, is not replaced by one.
func stage(path string, write func(io.Writer) error) (*stagedFile, error) {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return nil, usagef("%s is no file: it is not replaced", "%s không phải là tệp: không được thay thế", path)
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return nil, usage(cannotWrite(path, err))
	}
	s := &stagedFile{f.Name(), path}
	w := bufio.NewWriter(f)
	err = cmp.Or(write(w), w.Flush(), f.Chmod(0o644), f.Close())
	if err != nil {
		s.discard()
		return nil, cannotWrite(path, err)
	}
	return s, nil
}

func (s *stagedFile) commit() error {
	if err := os.Rename(s.temp, s.path); err != nil {
		return cannotWrite(s.path, err)
	}
	s.temp = ""
	return nil
}

func cannotWrite(path string, err error) error {
	return lang.Errorf("cannot write %s: %v", "không ghi được %s: %v", path, pathless(err))
}

func (s *stagedFile) discard() {
	if s.temp != "" {
		os.Remove(s.temp)
	}
}

// width returns the columns of the terminal: COLUMNS, or what the terminal
// says, or 80.
func (a *app) width() int {
	if n, err := strconv.Atoi(a.getenv("COLUMNS")); err == nil && n >= 40 && n <= 1000 {
		return n
	}
	if f, ok := a.stdout.(*os.File); ok {
		if w, _, err := term.GetSize(int(f.Fd())); err == nil && w >= 40 {
			return w
		}
	}
	return 80
}

// colored reports whether standard output gets colours (no-color.org).
func (a *app) colored() bool {
	switch a.color {
	case "always":
		return true
	case "never":
		return false
	}
	f, ok := a.stdout.(*os.File)
	return ok && term.IsTerminal(int(f.Fd())) && a.getenv("NO_COLOR") == "" && a.getenv("TERM") != "dumb" && understandsColours(f)
}
