package main

import (
	"encoding/json"
	"io"

	"github.com/spf13/cobra"

	"github.com/parcheck/parcheck/pkg/report"
	"github.com/parcheck/parcheck/pkg/score"
)

func (a *app) diffCommand() *cobra.Command {
	var format string
	var all bool
	cmd := &cobra.Command{
		Use: "diff " + a.text("OLD.json NEW.json", "CŨ.json MỚI.json"),
		Short: a.text(
			"Compare two JSON results, target by target of each unit",
			"So sánh hai tệp kết quả JSON theo từng chỉ tiêu của từng đơn vị"),
		Example: a.text("  parcheck diff quarter-1.json quarter-2.json", "  parcheck diff quy-1.json quy-2.json --lang vi"),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usagef("want two JSON results, OLD.json and NEW.json", "cần hai tệp kết quả JSON, CŨ.json và MỚI.json")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if format != "text" && format != "json" {
				return unknownFormat(format, "text", "json")
			}
			changes, err := compareFiles(args[0], args[1])
			if err != nil {
				return err
			}
			return a.writeChanges(changes, format, all)
		},
	}
	cmd.Flags().StringVarP(&format, "format", "f", "text", a.text("the `FORMAT` of standard output: text or json", "`ĐỊNH_DẠNG` in ra màn hình: text hoặc json"))
	cmd.Flags().BoolVar(&all, "all", false, a.text("list what has not changed, too", "liệt kê cả những gì không thay đổi"))
	return cmd
}

func compareFiles(older, newer string) ([]score.Change, error) {
	before, err := readResult(older)
	if err != nil {
		return nil, err
	}
	after, err := readResult(newer)
	if err != nil {
		return nil, err
	}
	return score.Compare(before.Cards, after.Cards), nil
}

func (a *app) writeChanges(changes []score.Change, format string, all bool) error {
	return a.print(func(w io.Writer) error {
		if format == "json" {
			e := json.NewEncoder(w)
			e.SetIndent("", "  ")
			e.SetEscapeHTML(false)
			return e.Encode(changes)
		}
		return report.Changes(w, changes, all, report.Options{Lang: a.lang.Lang, Width: a.width()})
	})
}
