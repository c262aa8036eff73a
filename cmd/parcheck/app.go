package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
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
	color string
	quiet bool
}

// execute is the whole program: it returns the exit code.
func execute(args []string, stdin io.Reader, stdout, stderr io.Writer) (code int) {
	a := &app{stdin: stdin, stdout: stdout, stderr: stderr, getenv: os.Getenv, today: today}
	a.lang.Lang = lang.FromEnvironment(a.getenv)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	defer func() {
		if p := recover(); p != nil {
			code = a.fail(&internalError{p, debug.Stack()})
		}
	}()
	cmd := a.rootCommand()
	cmd.SetArgs(args)
	cmd.SetIn(stdin)
	cmd.SetOut(stdout)
	cmd.SetErr(stderr)
	return a.fail(cmd.ExecuteContext(ctx))
}

func today() date.Date {
	t := time.Now()
	d, _ := date.Of(t.Year(), int(t.Month()), t.Day())
	return d
}

func (a *app) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "parcheck",
		Short: "Score agencies' workbooks against the targets of a public administration plan",
		Long: "parcheck reads the Excel exports that agencies send in, scores them against the\n" +
			"targets of a plan, and traces every figure to its cells and its clause.",
		SilenceErrors:     true,
		SilenceUsage:      true,
		DisableAutoGenTag: true,
		Args:              noArgs,
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage(err) })
	f := root.PersistentFlags()
	f.Var(&a.lang, "lang", "language of reports and findings: vi or en (default: from LC_ALL, LC_MESSAGES or LANG)")
	f.StringVar(&a.color, "color", "auto", "colour in terminal output: auto, always or never")
	f.BoolVarP(&a.quiet, "quiet", "q", false, "say nothing on standard error but what stops the run")
	root.AddCommand(
		a.scoreCommand(), a.validateCommand(), a.inspectCommand(), a.explainCommand(), a.diffCommand(), a.summaryCommand(),
		a.templateCommand(), a.annotateCommand(), a.targetsCommand(), a.versionCommand(),
	)
	root.AddCommand(a.helpTopics()...)
	return root
}

// langFlag is the --lang flag.
type langFlag struct{ lang.Lang }

func (l *langFlag) Set(s string) (err error) {
	l.Lang, err = lang.Parse(s)
	return err
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
	switch {
	case errors.As(err, &said):
	case errors.As(err, &gate):
		if !a.quiet {
			fmt.Fprintln(a.stderr, "parcheck: "+gate.why.In(a.lang.Lang))
		}
	case code == exitInterrupted:
		fmt.Fprintln(a.stderr, "parcheck: interrupted")
	default:
		fmt.Fprintln(a.stderr, "parcheck: "+err.Error())
		if code == exitUsage {
			fmt.Fprintln(a.stderr, "Run 'parcheck --help' for usage.")
		}
	}
	return code
}

// say writes diagnostics to stderr, one a line.
func (a *app) say(list diag.List) {
	for _, d := range list {
		fmt.Fprintf(a.stderr, "%s: %s\n", d.Severity, plainLine(d.In(a.lang.Lang)))
	}
}

func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usage(fmt.Errorf("unknown command %q%s", args[0], suggestion(cmd, args[0])))
	}
	return nil
}

func suggestion(cmd *cobra.Command, name string) string {
	cmd.SuggestionsMinimumDistance = 2
	if s := cmd.SuggestionsFor(name); len(s) > 0 {
		return fmt.Sprintf("; did you mean %q?", s[0])
	}
	return ""
}

// plainLine makes a text that a file controls safe for a terminal.
func plainLine(s string) string { return report.Plain(s) }
