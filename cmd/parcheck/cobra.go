package main

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/parcheck/parcheck/pkg/lang"
)

// What cobra says by itself it says in English. Here it gets the other
// language: the headings of help, the commands that it adds, and its errors.

// printUsage prints how a command is used; in English, as cobra does.
func (a *app) printUsage(c *cobra.Command) error {
	var b strings.Builder
	section := func(heading, body string) {
		if body == "" {
			return
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "%s\n%s\n", heading, strings.TrimRight(body, "\n"))
	}
	section(a.text("Usage:", "Cách dùng:"), a.useLines(c))
	section(a.text("Examples:", "Ví dụ:"), c.Example)
	section(a.text("Available Commands:", "Các lệnh:"), commandLines(c))
	section(a.text("Flags:", "Tùy chọn:"), a.flagLines(c.LocalFlags()))
	section(a.text("Global Flags:", "Tùy chọn chung:"), a.flagLines(c.InheritedFlags()))
	section(a.text("Additional help topics:", "Hướng dẫn thêm:"), topicLines(c))
	if c.HasAvailableSubCommands() {
		fmt.Fprintf(&b, a.text(
			"\nUse \"%s [command] --help\" for more information about a command.\n",
			"\nGõ \"%s [lệnh] --help\" để xem hướng dẫn của một lệnh.\n"), c.CommandPath())
	}
	_, err := io.WriteString(c.OutOrStderr(), b.String())
	return err
}

func (a *app) useLines(c *cobra.Command) string {
	var b strings.Builder
	if c.Runnable() {
		line, flags := strings.CutSuffix(c.UseLine(), " [flags]")
		if flags {
			line += a.text(" [flags]", " [tùy chọn]")
		}
		fmt.Fprintf(&b, "  %s\n", line)
	}
	if c.HasAvailableSubCommands() {
		fmt.Fprintf(&b, "  %s %s\n", c.CommandPath(), a.text("[command]", "[lệnh]"))
	}
	return b.String()
}

func commandLines(c *cobra.Command) string {
	var b strings.Builder
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() || sub.Name() == "help" {
			fmt.Fprintf(&b, "  %-*s %s\n", sub.NamePadding(), sub.Name(), sub.Short)
		}
	}
	return b.String()
}

func topicLines(c *cobra.Command) string {
	var b strings.Builder
	for _, sub := range c.Commands() {
		if sub.IsAdditionalHelpTopicCommand() {
			fmt.Fprintf(&b, "  %-*s %s\n", sub.CommandPathPadding(), sub.CommandPath(), sub.Short)
		}
	}
	return b.String()
}

// flagLines lists flags. pflag's own list is not used, for its columns count
// bytes.
func (a *app) flagLines(flags *pflag.FlagSet) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 3, ' ', 0)
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		name := "      --" + f.Name
		if f.Shorthand != "" {
			name = "  -" + f.Shorthand + ", --" + f.Name
		}
		value, meaning := pflag.UnquoteUsage(f)
		if value != "" {
			name += " " + value
		}
		switch f.DefValue {
		case "", "0", "false", "[]":
		default:
			standard := f.DefValue
			if f.Value.Type() == "string" {
				standard = strconv.Quote(standard)
			}
			meaning += fmt.Sprintf(a.text(" (default %s)", " (mặc định %s)"), standard)
		}
		fmt.Fprintf(w, "%s\t%s\n", name, meaning)
	})
	w.Flush() // into memory
	return b.String()
}

// adopt makes the commands and flags that cobra adds speak as ours do. How to
// install the completion of each shell stays English.
func (a *app) adopt(root *cobra.Command) {
	root.SetUsageFunc(a.printUsage)
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error { return flagError(c.Flags(), err) })
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		switch c.Name() {
		case "help":
			a.adoptHelp(c)
		case "completion":
			a.adoptCompletion(c)
		}
	}
	a.adoptHelpFlags(root)
}

func (a *app) adoptHelp(c *cobra.Command) {
	c.Use = a.text(c.Use, "help [lệnh]")
	c.Short = a.text(c.Short, "Xem hướng dẫn của một lệnh")
	c.Long = a.text(c.Long, "Xem hướng dẫn của một lệnh: gõ parcheck help rồi đến tên lệnh.")
	c.RunE = func(c *cobra.Command, args []string) error {
		topic, rest, err := c.Root().Find(args)
		if err != nil {
			return usage(err)
		}
		if topic.HasSubCommands() {
			if err := noArgs(topic, rest); err != nil {
				return err
			}
		}
		return topic.Help()
	}
}

func (a *app) adoptCompletion(c *cobra.Command) {
	c.Short = a.text(c.Short, "In tập lệnh giúp tự hoàn thành lệnh khi gõ phím Tab")
	c.Long = a.text(c.Long, "In tập lệnh giúp tự hoàn thành lệnh parcheck khi gõ phím Tab, cho từng loại cửa sổ lệnh.")
	c.Args = noArgs
	for _, shell := range c.Commands() {
		shell.Short = a.text(shell.Short, "In tập lệnh dùng cho "+shell.Name())
		shell.Args = noArgs
		if f := shell.Flags().Lookup("no-descriptions"); f != nil {
			f.Usage = a.text(f.Usage, "không kèm mô tả")
		}
	}
}

func (a *app) adoptHelpFlags(c *cobra.Command) {
	c.InitDefaultHelpFlag()
	f := c.Flags().Lookup("help")
	f.Usage = a.text(f.Usage, "xem hướng dẫn của "+c.CommandPath())
	for _, sub := range c.Commands() {
		a.adoptHelpFlags(sub)
	}
}

// flagError words what pflag finds wrong in a line, and offers the flag that is
// most like one that is not there.
func flagError(flags *pflag.FlagSet, err error) error {
	var unknown *pflag.NotExistError
	var bare *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	var malformed *pflag.InvalidSyntaxError
	vi, hint := "", lang.Text{}
	switch {
	case errors.As(err, &invalid):
		return invalidValue(invalid)
	case errors.As(err, &unknown):
		vi = "không có tùy chọn " + dashed(unknown.GetSpecifiedName(), unknown.GetSpecifiedShortnames())
		if unknown.GetSpecifiedShortnames() == "" {
			var names []string
			flags.VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
			hint = nearest("--"+unknown.GetSpecifiedName(), names)
		}
	case errors.As(err, &bare):
		vi = "thiếu giá trị sau tùy chọn " + dashed(bare.GetSpecifiedName(), bare.GetSpecifiedShortnames())
	case errors.As(err, &malformed):
		vi = "tùy chọn viết sai: " + malformed.GetSpecifiedFlag()
	}
	return usage(&lang.Error{Text: lang.F("%s%s", "%s%s", lang.T(err.Error(), vi), hint), Cause: err})
}

// dashed is a flag as it was written; shorthands are the letters that it stood
// among, if it was one.
func dashed(name, shorthands string) string {
	switch {
	case shorthands == "":
		return "--" + name
	case shorthands == name:
		return "-" + name
	}
	return fmt.Sprintf("-%s trong -%s", name, shorthands)
}

func invalidValue(err *pflag.InvalidValueError) error {
	f := err.GetFlag()
	name := "--" + f.Name
	if f.Shorthand != "" {
		name = "-" + f.Shorthand + ", " + name
	}
	why := errorText(err.Unwrap())
	switch f.Value.Type() {
	case "int":
		why = lang.T("want a whole number", "cần một số nguyên")
	case "bool":
		why = lang.T("want true or false", "cần true hoặc false")
	}
	return usagef("invalid argument %q for %q flag: %s", "giá trị %q không dùng được cho tùy chọn %q: %s", err.GetValue(), name, why)
}
