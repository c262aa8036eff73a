package main

import (
	"context"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/report"
)

// summaryFlags are those of `parcheck summary` alone.
type summaryFlags struct{ path string }

func (a *app) summaryCommand() *cobra.Command {
	var plans planFlags
	var collect collectFlags
	var inputs inputFlags
	var flags summaryFlags
	cmd := &cobra.Command{
		Use: "summary " + a.text("FOLDER|FILE|GLOB|RESULT.json... -o SUMMARY.xlsx", "THƯ_MỤC|TỆP|MẪU_TÊN|KẾT_QUẢ.json... -o TỔNG_HỢP.xlsx"),
		Short: a.text(
			"Make the annual workbook over many units: ranking, matrix, findings, method",
			"Lập báo cáo tổng hợp năm của nhiều đơn vị: xếp hạng, ma trận chỉ tiêu, phát hiện, phương pháp"),
		Example: a.text(
			"  parcheck summary submissions/ -o summary-2023.xlsx\n"+
				"  parcheck summary quarter-*.json submissions/ --roster units.yaml -o summary.xlsx --lang vi",
			"  parcheck summary thu-muc -o tong-hop-2023.xlsx --lang vi\n"+
				"  parcheck summary quy-*.json thu-muc --roster don-vi.yaml -o tong-hop.xlsx --lang vi"),
		Args: wantFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.summarise(cmd.Context(), args, &plans, &collect, &inputs, &flags)
		},
	}
	plans.register(a, cmd)
	collect.register(a, cmd)
	collect.mapping.register(a, cmd)
	collect.database.register(a, cmd)
	inputs.register(a, cmd)
	cmd.Flags().StringVarP(&flags.path, "output", "o", "", a.text("the workbook to write, `SUMMARY.xlsx`", "tệp báo cáo tổng hợp cần ghi, `TỔNG_HỢP.xlsx`"))
	return cmd
}

func (a *app) summarise(ctx context.Context, args []string, plans *planFlags, collect *collectFlags, inputs *inputFlags, flags *summaryFlags) error {
	if flags.path == "" {
		return usagef("no workbook named to write: want -o SUMMARY.xlsx", "chưa nêu tên tệp báo cáo tổng hợp cần ghi: cần -o TỔNG_HỢP.xlsx")
	}
	stored, rest := splitResults(args)
	day, err := collect.day(a)
	if err != nil {
		return err
	}
	inputs.allowEmpty = inputs.allowEmpty || len(rest) == 0 && len(stored) > 0
	r, err := a.prepareBatch(ctx, rest, plans, collect, inputs)
	if err != nil {
		return err
	}
	r.AsOf = day
	if err := checkPaths("-o", []output{{path: flags.path}}, append(stored, r.files...)); err != nil {
		return err
	}
	doc, unread, err := r.scored(ctx)
	if err != nil {
		return err
	}
	if err := addResults(doc, stored, r.Plan); err != nil {
		return err
	}
	sum, found := r.Summary(doc, a.lang.Lang)
	if err := writeFile(flags.path, sum.Write); err != nil {
		return err
	}
	return a.reportSummary(flags.path, doc, found, unread)
}

// splitResults parts the stored results from the workbooks.
func splitResults(args []string) (stored []input, rest []string) {
	for _, arg := range args {
		if strings.EqualFold(filepath.Ext(arg), ".json") && isFile(arg) {
			stored = append(stored, input{name: filepath.ToSlash(arg), path: arg})
		} else {
			rest = append(rest, arg)
		}
	}
	return stored, rest
}

// addResults adds the cards of stored results. Those of another plan are kept
// out, and said so.
func addResults(doc *report.Document, stored []input, p *plan.Plan) error {
	for _, in := range stored {
		old, err := readResult(in.path)
		if err != nil {
			return err
		}
		for _, c := range old.Cards {
			if c.Plan.ID != p.ID {
				return inputErrorf("%s holds results of the plan %s, not of %s", "%s là kết quả theo kế hoạch %s, không phải %s", in.name, c.Plan.ID, p.ID)
			}
			doc.Cards = append(doc.Cards, c)
		}
		doc.Diagnostics = append(doc.Diagnostics, old.Diagnostics...)
	}
	return nil
}

// reportSummary says what the summary found, and which inputs gave no card.
func (a *app) reportSummary(path string, doc *report.Document, found diag.List, unread int) error {
	if !a.quiet {
		a.sayCounts(found)
		a.tell(lang.F("wrote %s, %s", "đã ghi %s, gồm %s", path, number.Count(int64(len(doc.Cards)), "card", "cards", "kết quả đánh giá")))
	}
	return a.unread(doc, unread)
}

// sayCounts says how often each check found something; the workbook's sheet of
// findings has every one. What occurs once is said in full.
func (a *app) sayCounts(found diag.List) {
	count := map[diag.CheckID]int{}
	for _, d := range found {
		count[d.Check]++
	}
	for _, d := range found {
		switch n := count[d.Check]; {
		case n == 1:
			a.say(diag.List{d})
		case n > 1:
			c, _ := diag.FindCheck(d.Check)
			meaning := lang.F("%d findings against: %s", "%d phát hiện trái với yêu cầu: %s", n, c.Meaning)
			a.say(diag.List{{Check: d.Check, Severity: d.Severity, Message: meaning}})
			count[d.Check] = 0
		}
	}
}

// writeFile writes one file beside its place and renames it when it is whole.
func writeFile(path string, write func(io.Writer) error) error {
	s, err := stage(path, write)
	if err != nil {
		return err
	}
	defer s.discard()
	return s.commit()
}
