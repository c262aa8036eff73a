package main

import (
	"context"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/mapping"
	"github.com/parcheck/parcheck/pkg/number"
)

// mapFlags are those of `parcheck map` alone.
type mapFlags struct {
	path   string
	accept string
}

func (a *app) mapCommand() *cobra.Command {
	var plans planFlags
	var collect collectFlags
	var inputs inputFlags
	var flags mapFlags
	cmd := &cobra.Command{
		Use: "map " + a.files(),
		Short: a.text(
			"Show how other people's forms answer to the plan, and write it down to be confirmed",
			"Cho biết biểu của đơn vị ứng với kế hoạch ra sao, và ghi thành bảng đối chiếu để xác nhận"),
		Example: a.text(
			"  parcheck map submissions/\n"+
				"  parcheck map submissions/ -o mapping.xlsx\n"+
				"  parcheck map --mapping mapping.xlsx -o mapping.yaml",
			"  parcheck map thu-muc --lang vi\n"+
				"  parcheck map thu-muc -o doi-chieu.xlsx --lang vi\n"+
				"  parcheck map --mapping doi-chieu.xlsx -o doi-chieu.yaml --lang vi"),
		Args: func(cmd *cobra.Command, args []string) error {
			if collect.mapping.mapping != "" && flags.path != "" {
				return nil // a mapping alone is converted
			}
			return wantFiles(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.mapFiles(cmd.Context(), args, &plans, &collect, &inputs, &flags)
		},
	}
	plans.register(a, cmd)
	collect.registerCost(a, cmd)
	collect.mapping.register(a, cmd)
	inputs.register(a, cmd)
	cmd.Flags().StringVarP(&flags.path, "output", "o", "", a.text(
		"the mapping to write, `MAPPING.yaml` or MAPPING.xlsx",
		"bảng đối chiếu cần ghi, `BẢNG_ĐỐI_CHIẾU.yaml` hoặc .xlsx"))
	cmd.Flags().StringVar(&flags.accept, "accept", "", a.text(
		"near: confirm every suggestion at `ONCE`, and say each",
		"near: xác nhận mọi gợi ý `CÙNG_LÚC`, và nêu từng gợi ý"))
	return cmd
}

// mapFiles reads the files, and says or writes how their forms answer to the plan.
func (a *app) mapFiles(ctx context.Context, args []string, plans *planFlags, collect *collectFlags, inputs *inputFlags, flags *mapFlags) error {
	if flags.accept != "" && flags.accept != "near" {
		return usagef("--accept %q: want near", "--accept %q: cần near", flags.accept)
	}
	write, err := a.mappingWriter(flags.path)
	if err != nil {
		return err
	}
	var old *mapping.Mapping
	inputs.allowEmpty = inputs.allowEmpty || len(args) == 0
	r, err := a.prepareBatch(ctx, args, plans, collect, inputs)
	if err != nil {
		return err
	}
	if collect.mapping.mapping != "" {
		if old, err = a.readMapping(collect.mapping.mapping, r.Plan, r.Roster); err != nil {
			return err
		}
	}
	if flags.path != "" {
		if err := checkPaths("-o", []output{{path: flags.path}}, r.files); err != nil {
			return err
		}
	}
	r.Options = fact.Options{Blocks: true}
	readings, err := r.Read(ctx)
	r.progress.finish()
	if err != nil {
		return err
	}
	var files []mapping.File
	unread := 0
	for i := range readings {
		if !readings[i].Mapping {
			files = append(files, mapping.File{Name: readings[i].File, Reading: readings[i].Reading})
		}
		if readings[i].Refused() {
			a.say(readings[i].Refusals)
			if !readings[i].Aside() {
				unread++
			}
		}
	}
	account := mapping.Look(r.Plan, r.Roster, files, old)
	m := old
	if len(files) > 0 {
		m = account.Mapping(r.Plan, old)
	}
	if flags.accept == "near" {
		a.tellAccepted(m)
	}
	if flags.path == "" {
		if err := a.printLines(account.Lines(r.Plan, a.lang.Lang)); err != nil {
			return err
		}
		if !a.quiet {
			a.tell(m.Counted())
		}
		return unreadError(unread)
	}
	err = writeFile(flags.path, func(w io.Writer) error { return write(w, m, account, r) })
	if err != nil {
		return err
	}
	if !a.quiet {
		a.tell(lang.F("wrote %s: %s", "đã ghi %s: %s", flags.path, m.Counted()))
	}
	return unreadError(unread)
}

// tellAccepted confirms every suggestion, and says each.
func (a *app) tellAccepted(m *mapping.Mapping) {
	for _, line := range m.Suggestions() {
		a.tell(lang.F("confirmed: %s", "đã xác nhận: %s", line.Says))
	}
	n := m.AcceptNear()
	a.tell(lang.F("confirmed without a look at each: %s", "đã xác nhận hàng loạt, không xem từng mục: %s",
		number.Count(int64(n), "suggestion", "suggestions", "gợi ý")))
}

func (a *app) printLines(lines []mapping.Line) error {
	return a.print(func(w io.Writer) error {
		for _, line := range lines {
			if _, err := io.WriteString(w, strings.Repeat(" ", line.Indent)+plainLine(line.Text)+"\n"); err != nil {
				return err
			}
		}
		return nil
	})
}

// mappingWriter tells by a file's name how a mapping is written into it.
func (a *app) mappingWriter(path string) (func(io.Writer, *mapping.Mapping, *mapping.Account, *run) error, error) {
	switch strings.ToLower(filepath.Ext(path)) {
	case "", ".yaml", ".yml":
		return func(w io.Writer, m *mapping.Mapping, _ *mapping.Account, _ *run) error {
			_, err := w.Write(m.YAML())
			return err
		}, nil
	case ".xlsx":
		return func(w io.Writer, m *mapping.Mapping, seen *mapping.Account, r *run) error {
			return m.WriteWorkbook(w, r.Plan, r.Roster, a.lang.Lang, seen.Files...)
		}, nil
	}
	return nil, usagef("-o %q: want a name that ends in .yaml or .xlsx", "-o %q: cần tên tệp kết thúc bằng .yaml hoặc .xlsx", path)
}
