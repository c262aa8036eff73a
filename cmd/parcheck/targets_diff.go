package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/report"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/term"
)

// planDifferences is what `targets diff` prints as JSON.
type planDifferences struct {
	Old         string            `json:"old"`
	New         string            `json:"new"`
	Differences []plan.Difference `json:"differences"`
	Redefined   []string          `json:"redefined"`          // targets whose results cannot be compared
	Verdicts    []score.Change    `json:"verdicts,omitempty"` // of the files given: what is judged otherwise
}

func (a *app) targetsDiffCommand() *cobra.Command {
	var roster, format string
	var collect collectFlags
	var inputs inputFlags
	cmd := &cobra.Command{
		Use: "diff " + a.text("OLD NEW [FILE|FOLDER|GLOB...]", "CŨ MỚI [TỆP|THƯ_MỤC|MẪU_TÊN...]"),
		Short: a.text(
			"Compare two plans, and with files, what each plan makes of them",
			"So sánh hai kế hoạch; khi có tệp số liệu, so cả kết quả chấm theo từng kế hoạch"),
		Example: a.text(
			"  parcheck targets diff plan-2024.yaml plan-2025.yaml\n"+
				"  parcheck targets diff quang-nam-2023 my-plan.yaml submissions/",
			"  parcheck targets diff ke-hoach-2024.yaml ke-hoach-2025.yaml --lang vi\n"+
				"  parcheck targets diff quang-nam-2023 ke-hoach.yaml thu-muc --lang vi"),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) < 2 {
				return usagef("want two plans, OLD and NEW, each a YAML file or the id of a built-in plan",
					"cần hai kế hoạch, CŨ và MỚI, mỗi kế hoạch là tệp YAML hoặc mã của kế hoạch có sẵn")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if format != "text" && format != "json" {
				return unknownFormat(format, "text", "json")
			}
			var plans [2]*plan.Plan
			for i := range plans {
				var err error
				if plans[i], err = (&planFlags{plan: args[i]}).loadPlan(a); err != nil {
					return err
				}
			}
			d := planDifferences{Old: args[0], New: args[1], Differences: plan.Differences(plans[0], plans[1]), Redefined: redefined(plans[0], plans[1])}
			var refused error
			if len(args) > 2 {
				var err error
				if d.Verdicts, refused, err = a.verdicts(cmd.Context(), args, roster, &collect, &inputs); err != nil {
					return err
				}
			}
			if err := a.printDifferences(d, format, len(args) > 2); err != nil {
				return err
			}
			return refused
		},
	}
	cmd.Flags().StringVar(&roster, "roster", "", a.text(
		"the roster of units, a YAML `FILE` (default: the built-in one of the plan)",
		"danh sách đơn vị, `TỆP` YAML (mặc định: danh sách có sẵn của kế hoạch)"))
	cmd.Flags().StringVarP(&format, "format", "f", "text", a.text("the `FORMAT` of standard output: text or json", "`ĐỊNH_DẠNG` in ra màn hình: text hoặc json"))
	collect.register(a, cmd)
	inputs.register(a, cmd)
	return cmd
}

// redefined lists the targets of both plans that they judge by other rules,
// though their own keys may be alike: a fact, a column or a param decides too.
func redefined(old, new *plan.Plan) []string {
	ids := []string{}
	for i := range new.Targets {
		t := &new.Targets[i]
		if was := old.FindTarget(t.ID); was != nil && was.Definition != t.Definition {
			ids = append(ids, t.ID)
		}
	}
	return ids
}

// verdicts scores files by two plans, and returns what the plans judge
// differently, and an error when a file could not be judged. A plan without a
// roster of its own goes by that of the other.
func (a *app) verdicts(ctx context.Context, args []string, roster string, collect *collectFlags, inputs *inputFlags) (changes []score.Change, refused, err error) {
	asOf, err := collect.day(a)
	if err != nil {
		return nil, nil, err
	}
	older, err := a.prepareBatch(ctx, args[2:], &planFlags{plan: args[0], roster: roster}, collect, inputs)
	if err != nil {
		return nil, nil, err
	}
	older.AsOf = asOf
	later := *older.Batch
	newer := &run{Batch: &later, progress: a.newProgress(older.files)}
	newer.Progress = newer.progress
	var own *plan.Roster
	if newer.Plan, own, err = (&planFlags{plan: args[1], roster: roster}).load(a); err != nil {
		return nil, nil, err
	}
	if own != nil {
		newer.Roster = own
	}
	if older.Roster == nil {
		older.Roster = own
	}
	if newer.Options, _, err = collect.options(newer.Plan); err != nil {
		return nil, nil, err
	}
	var cards [2][]score.Card
	for i, r := range []*run{older, newer} {
		doc, n, err := r.scored(ctx)
		if err != nil {
			return nil, nil, err
		}
		cards[i] = doc.Cards
		if refused == nil {
			refused = a.unread(doc, n)
		}
	}
	return score.Flips(cards[0], cards[1]), refused, nil
}

func (a *app) printDifferences(d planDifferences, format string, judged bool) error {
	return a.print(func(w io.Writer) error {
		if format == "json" {
			e := json.NewEncoder(w)
			e.SetIndent("", "  ")
			e.SetEscapeHTML(false)
			return e.Encode(d)
		}
		for _, part := range plan.Parts() {
			a.partDifferences(w, part, d.Differences)
		}
		fmt.Fprintln(w, plainLine(differenceCounts(d).In(a.lang.Lang)))
		if !judged {
			return nil
		}
		if len(d.Verdicts) == 0 {
			_, err := fmt.Fprintf(w, "\n%s\n", lang.T("Both plans judge the files alike.", "Hai kế hoạch cho cùng một kết quả trên các tệp này.").In(a.lang.Lang))
			return err
		}
		fmt.Fprintf(w, "\n%s\n", lang.T("What the plans judge differently:", "Kết quả khác nhau giữa hai kế hoạch:").In(a.lang.Lang))
		return report.Changes(w, d.Verdicts, true, report.Options{Lang: a.lang.Lang, Width: a.width(), Color: a.colored()})
	})
}

// partDifferences prints the differences in one part of the plans: a line for
// each thing, and below it one for each key that differs.
func (a *app) partDifferences(w io.Writer, part plan.Part, all []plan.Difference) {
	l := a.lang.Lang
	before := ""
	for _, d := range all {
		if d.Part != part {
			continue
		}
		if before == "" {
			fmt.Fprintln(w, partTitle(part).In(l))
		}
		if d.ID != before {
			fmt.Fprintf(w, "  %s %s: %s\n", differenceMark(d.Kind), d.ID, plainLine(d.Title.In(l)))
			before = d.ID
		}
		if d.Kind == plan.Changed {
			was, is := sides(d, l)
			fmt.Fprintf(w, "      %s: %s → %s\n", d.Key, was, is)
		}
	}
	if before != "" {
		fmt.Fprintln(w)
	}
}

// sides prints what a key was and is, in the other language where only its
// text differs.
func sides(d plan.Difference, l lang.Lang) (was, is string) {
	if d.Old.In(l) == d.New.In(l) {
		l = lang.VI + lang.EN - l
	}
	side := func(t lang.Text) string {
		if t.IsZero() {
			return "–"
		}
		return plainLine(t.In(l))
	}
	return side(d.Old), side(d.New)
}

func differenceMark(k plan.DifferenceKind) string {
	switch k {
	case plan.Changed:
		return "~"
	case plan.Added:
		return "+"
	case plan.Removed:
		return "−"
	}
	return ""
}

func partTitle(p plan.Part) lang.Text {
	switch p {
	case plan.PlanPart:
		return term.Plan.Capital()
	case plan.LevelPart:
		return lang.T("Levels", "Cấp")
	case plan.AreaPart:
		return lang.T("Areas", "Lĩnh vực")
	case plan.ParamPart:
		return lang.T("Params", "Tham số")
	case plan.TablePart:
		return term.Tables.Capital()
	case plan.ColumnPart:
		return lang.T("Columns", "Cột")
	case plan.FactPart:
		return lang.T("Facts", "Số liệu")
	case plan.TargetPart:
		return term.Targets.Capital()
	}
	return lang.Text{}
}

// differenceCounts says how many targets differ, and whether anything else does.
func differenceCounts(d planDifferences) lang.Text {
	counts := map[plan.DifferenceKind]int64{}
	others, before := int64(0), ""
	for _, c := range d.Differences {
		switch {
		case c.Part != plan.TargetPart:
			others++
		case c.Kind != plan.Changed || c.ID != before:
			counts[c.Kind]++
			before = c.ID
		}
	}
	targets := lang.T("no target changed", "không chỉ tiêu nào thay đổi")
	if len(counts) > 0 {
		targets = lang.F("targets: %d added, %d removed, %d changed", "chỉ tiêu: thêm %d, bỏ %d, sửa %d",
			counts[plan.Added], counts[plan.Removed], counts[plan.Changed])
	}
	if n := len(d.Redefined); n > 0 {
		ids := d.Redefined[:min(n, mostOffered)]
		if n > mostOffered {
			ids = append(slices.Clone(ids), "...")
		}
		targets = lang.F("%s; results of %s cannot be compared: %s", "%s; không so sánh được kết quả của %s: %s", targets,
			number.Count(int64(n), "target", "targets", "chỉ tiêu"), strings.Join(ids, ", "))
	}
	if others == 0 {
		return targets
	}
	return lang.F("%s; %s elsewhere", "%s; %s ở phần khác", targets, number.Count(others, "difference", "differences", "điểm khác"))
}
