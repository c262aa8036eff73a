package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/parcheck/parcheck/pkg/batch"
	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/label"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/report"
)

// app is the program with its streams: what tests run.
type app struct {
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	getenv func(string) string
	today  func() date.Date

	lang  langFlag
	color colorFlag
	quiet bool
	page  bool // a run from Explorer: the page is opened, which tells of the targets
}

// execute is the whole program: it returns the exit code.
func execute(args []string, stdin io.Reader, stdout, stderr io.Writer) (code int) {
	a := &app{stdin: stdin, stdout: stdout, stderr: stderr, getenv: os.Getenv, today: today}
	a.lang.Lang = lang.FromEnvironment(a.getenv, systemLanguages)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	a.lang.find(args)
	if startedByExplorer() {
		return a.inWindow(ctx, args, desktop{open: openFile, key: a.waitForKey, folder: programFolder()})
	}
	return a.run(ctx, args)
}

// run runs one command line.
func (a *app) run(ctx context.Context, args []string) (code int) {
	defer func() {
		if p := recover(); p != nil {
			code = a.fail(&internalError{p, debug.Stack()})
		}
	}()
	cmd := a.rootCommand()
	if len(filesWithoutCommand(args)) > 0 {
		args = append([]string{"score"}, args...)
	}
	cmd.SetArgs(args)
	cmd.SetIn(a.stdin)
	cmd.SetOut(a.stdout)
	cmd.SetErr(a.stderr)
	return a.fail(cmd.ExecuteContext(ctx))
}

// filesWithoutCommand returns the files and folders of a line that names no
// command, which is one of the score command: so Explorer calls a program that
// files are dropped on. A command goes before a file of its name.
func filesWithoutCommand(args []string) []string {
	root := new(app).rootCommand()
	score, _, err := root.Find([]string{"score"})
	if err != nil {
		return nil
	}
	_ = score.ParseFlags(args) // what is wrong with a flag is said when the line runs
	files := score.Flags().Args()
	if len(files) == 0 {
		return nil
	}
	if found, _, err := root.Find(files[:1]); err == nil && found != root {
		return nil
	}
	if _, err := os.Stat(files[0]); err != nil {
		return nil
	}
	return files
}

func today() date.Date {
	t := time.Now()
	d, _ := date.Of(t.Year(), int(t.Month()), t.Day())
	return d
}

func (a *app) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use: "parcheck",
		Short: a.text(
			"Score agencies' workbooks against the targets of a public administration plan",
			"Chấm điểm tệp số liệu của cơ quan, đơn vị theo chỉ tiêu của kế hoạch cải cách hành chính"),
		Long: a.text(
			"parcheck reads the Excel exports that agencies send in, scores them against the\n"+
				"targets of a plan, and traces every figure to its cells and its clause.",
			"parcheck đọc các tệp Excel do cơ quan, đơn vị gửi, chấm điểm theo từng chỉ tiêu của\n"+
				"kế hoạch và chỉ rõ mỗi con số lấy từ ô nào, theo điều khoản nào."),
		SilenceErrors:     true,
		SilenceUsage:      true,
		DisableAutoGenTag: true,
		Args:              noArgs,
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	f := root.PersistentFlags()
	f.Var(&a.lang, "lang", a.text(
		"language of reports, findings, messages and help: vi or en (default: from LC_ALL, LC_MESSAGES or LANG, or else the system's)",
		"ngôn ngữ của báo cáo, phát hiện, thông báo và hướng dẫn: vi hoặc en (mặc định: theo LC_ALL, LC_MESSAGES hoặc LANG, nếu không có thì theo ngôn ngữ của máy)"))
	f.Lookup("lang").DefValue = "" // it is told
	a.color = "auto"
	f.Var(&a.color, "color", a.text(
		"`WHEN` terminal output is coloured: auto, always or never",
		"`KHI` nào in màu ra màn hình: auto (tự động), always (luôn luôn) hoặc never (không bao giờ)"))
	f.BoolVarP(&a.quiet, "quiet", "q", false, a.text(
		"say nothing on standard error but what stops the run",
		"không in thông báo nào, trừ lỗi làm dừng chương trình"))
	root.AddCommand(
		a.scoreCommand(), a.validateCommand(), a.inspectCommand(), a.explainCommand(), a.diffCommand(), a.summaryCommand(), a.mapCommand(),
		a.templateCommand(), a.annotateCommand(), a.targetsCommand(), a.versionCommand(),
	)
	root.AddCommand(a.helpTopics()...)
	a.adopt(root)
	return root
}

// colorFlag is the --color flag.
type colorFlag string

func (c *colorFlag) Set(s string) error {
	switch s {
	case "auto", "always", "never":
		*c = colorFlag(s)
		return nil
	}
	return lang.Errorf("unknown choice %q: want auto, always or never", "lựa chọn %q không có: cần auto, always hoặc never", s)
}

func (c *colorFlag) String() string { return string(*c) }
func (c *colorFlag) Type() string   { return "string" }

// langFlag is the --lang flag.
type langFlag struct{ lang.Lang }

func (l *langFlag) Set(s string) error {
	chosen, err := lang.Parse(s)
	if err == nil {
		l.Lang = chosen
	}
	return err
}

// find looks for the flag before the line is understood: its language is that
// of help, too, and of what is said of a wrong line.
func (l *langFlag) find(args []string) {
	for i, arg := range args {
		value, found := strings.CutPrefix(arg, "--lang=")
		if arg == "--lang" && i+1 < len(args) {
			value, found = args[i+1], true
		}
		if arg == "--" {
			return
		}
		if found {
			_ = l.Set(value) // what is wrong with it is said in its turn
		}
	}
}

func (l *langFlag) Type() string { return "vi|en" }

// fail says an error on stderr and returns its exit code.
func (a *app) fail(err error) int {
	if err == nil {
		return exitOK
	}
	code := exitCode(err)
	var gate *gateError
	var said *saidError
	var internal *internalError
	var fault *batch.Panic
	switch {
	case errors.As(err, &said):
	case errors.As(err, &gate):
		if !a.quiet {
			a.tell(gate.why)
		}
	case code == exitInterrupted:
		a.tell(lang.T("interrupted", "đã dừng giữa chừng theo yêu cầu"))
	case errors.As(err, &fault):
		return a.fail(&internalError{fault, fault.Stack})
	case errors.As(err, &internal):
		fmt.Fprintln(a.stderr, "parcheck: "+internal.In(a.lang.Lang))
	default:
		a.tell(errorText(err))
		if code == exitUsage {
			fmt.Fprintln(a.stderr, a.text("Run 'parcheck --help' for usage.", "Gõ 'parcheck --help --lang vi' để xem cách dùng."))
		}
	}
	return code
}

// text chooses between the languages what is printed as it stands: help.
func (a *app) text(en, vi string) string { return lang.T(en, vi).In(a.lang.Lang) }

// tell writes a line about the run to stderr.
func (a *app) tell(t lang.Text) { fmt.Fprintln(a.stderr, "parcheck: "+plainLine(t.In(a.lang.Lang))) }

// wrote says which file a command has written, unless it was asked to be quiet.
func (a *app) wrote(path string) {
	if !a.quiet {
		a.tell(lang.F("wrote %s", "đã ghi %s", path))
	}
}

// say writes diagnostics to stderr, one a line.
func (a *app) say(list diag.List) {
	for _, d := range list {
		fmt.Fprintln(a.stderr, a.finding(d))
	}
}

// finding is a diagnostic on a line.
func (a *app) finding(d diag.Diagnostic) string {
	return fmt.Sprintf("%s: %s", d.Severity.Title().In(a.lang.Lang), plainLine(d.In(a.lang.Lang)))
}

func noArgs(cmd *cobra.Command, args []string) error {
	switch {
	case len(args) == 0:
		return nil
	case cmd.HasSubCommands():
		return usagef("unknown command %q%s", "không có lệnh %q%s", args[0], suggestion(cmd, args[0]))
	}
	return usagef("unexpected argument %q: take it out", "thừa %q: hãy bỏ đi", args[0])
}

func suggestion(cmd *cobra.Command, name string) lang.Text {
	cmd.SuggestionsMinimumDistance = 2
	if s := cmd.SuggestionsFor(name); len(s) > 0 {
		return didYouMean(s[0])
	}
	return lang.Text{}
}

// nearest offers the name that is most like an unknown one, if any is.
func nearest(name string, known []string) lang.Text {
	if n := label.Nearest(name, known); n != "" {
		return didYouMean(n)
	}
	return lang.Text{}
}

func didYouMean(name string) lang.Text {
	return lang.F("; did you mean %q?", "; có phải là %q?", name)
}

// plainLine makes a text that a file controls safe for a terminal.
func plainLine(s string) string { return report.Plain(s) }
