package main

import (
	"context"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/parcheck/parcheck/pkg/batch"
	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/draft"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/table"
	"github.com/parcheck/parcheck/pkg/workbook"
)

// newRun is one call of `targets new`.
type newRun struct {
	*app
	from    []string // workbooks that units hand in
	targets string   // a workbook with one target a row
	id      string
	path    string
}

func (a *app) targetsNewCommand() *cobra.Command {
	run := newRun{app: a}
	cmd := &cobra.Command{
		Use: "new",
		Short: a.text(
			"Begin a plan: tables and facts read off a workbook, targets off a list",
			"Lập bản nháp kế hoạch: bảng và số liệu lấy từ tệp bảng tính, chỉ tiêu lấy từ danh sách"),
		Long: a.text(
			"Begin a plan. --from reads the tables of a workbook that units hand in, with a\n"+
				"fact for each figure; --targets reads a workbook with one target a row, under\n"+
				"headings such as Chỉ tiêu, Mục tiêu, Điểm, Cách tính điểm, Lĩnh vực, Căn cứ,\n"+
				"Nguyên văn. Deductions, bonuses and bands in words become keys of the plan. What\n"+
				"only you can know stands as TODO; `parcheck targets lint` tells what is left.",
			"Lập bản nháp kế hoạch. --from đọc các bảng trong tệp mà đơn vị nộp và lập mỗi\n"+
				"số liệu một mục; --targets đọc tệp có mỗi dòng một chỉ tiêu, với các tiêu đề\n"+
				"như Chỉ tiêu, Mục tiêu, Điểm, Cách tính điểm, Lĩnh vực, Căn cứ, Nguyên văn.\n"+
				"Điểm trừ, điểm thưởng, khung điểm ghi bằng lời được chuyển thành khóa. Chỗ nào chỉ\n"+
				"bạn biết thì ghi TODO; lệnh `parcheck targets lint` nêu những chỗ còn thiếu."),
		Example: a.text(
			"  parcheck targets new --from agency.xlsx -o my-plan.yaml\n"+
				"  parcheck targets new --from agency.xlsx --targets targets.xlsx -o my-plan.yaml",
			"  parcheck targets new --from bao-cao.xlsx -o ke-hoach.yaml --lang vi\n"+
				"  parcheck targets new --from bao-cao.xlsx --targets chi-tieu.xlsx -o ke-hoach.yaml --lang vi"),
		Args: func(cmd *cobra.Command, args []string) error {
			if len(run.from) == 0 && run.targets == "" {
				return usagef("nothing to begin with: want --from WORKBOOK, --targets WORKBOOK or both", "chưa có gì để lập: cần --from TỆP, --targets TỆP hoặc cả hai")
			}
			return noArgs(cmd, args)
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return run.run(cmd.Context()) },
	}
	cmd.Flags().StringArrayVar(&run.from, "from", nil, a.text("a `WORKBOOK` that units hand in: its tables and figures; repeatable", "`TỆP` mà đơn vị nộp: lấy bảng và số liệu; dùng được nhiều lần"))
	cmd.Flags().StringVar(&run.targets, "targets", "", a.text("a `WORKBOOK` with one target a row", "`TỆP` có mỗi dòng một chỉ tiêu"))
	cmd.Flags().StringVar(&run.id, "id", "new-plan", a.text("the plan's `ID`", "`MÃ` của kế hoạch"))
	cmd.Flags().StringVarP(&run.path, "output", "o", "", a.text("the `FILE` to write (default: standard output)", "`TỆP` cần ghi (mặc định: in ra màn hình)"))
	return cmd
}

func (r *newRun) run(ctx context.Context) error {
	p := draft.Plan{ID: r.id}
	if err := r.tables(ctx, &p); err != nil {
		return err
	}
	if r.targets != "" {
		list, err := r.list(ctx)
		if err != nil {
			return err
		}
		p.From, p.Targets = append(p.From, filepath.ToSlash(r.targets)), list
	}
	text := p.YAML(r.lang.Lang)
	if r.path == "" {
		return r.print(func(w io.Writer) error {
			_, err := w.Write(text)
			return err
		})
	}
	if err := checkPaths("-o", []output{{path: r.path}}, r.inputs()); err != nil {
		return err
	}
	err := writeFile(r.path, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
	if err == nil && !r.quiet {
		r.tell(lang.F("wrote %s: `parcheck targets lint %s` tells what is left to write", "đã ghi %s: lệnh `parcheck targets lint %s` nêu những chỗ còn thiếu", r.path, r.path))
	}
	return err
}

func (r *newRun) inputs() []input {
	var in []input
	for _, name := range append(r.from, r.targets) {
		in = append(in, input{name: filepath.ToSlash(name), path: name})
	}
	return in
}

// tables reads the tables of the workbooks that units hand in.
func (r *newRun) tables(ctx context.Context, p *draft.Plan) error {
	b := batch.Batch{
		Plan: &plan.Plan{}, Options: fact.Options{Blocks: true}, Limits: workbook.DefaultLimits(),
		Inputs: openers(r.inputs()[:len(r.from)]),
	}
	readings, err := b.Read(ctx)
	if err != nil {
		return err
	}
	var blocks []fact.Block
	for _, in := range readings {
		if in.Refused() {
			r.say(in.Refusals)
			return unreadError(1)
		}
		p.From = append(p.From, in.File)
		blocks = append(blocks, in.Reading.Blocks...)
	}
	if len(r.from) > 0 && len(blocks) == 0 {
		return inputErrorf("no table was found in %s: want a row of headings with data below it", "không tìm thấy bảng nào trong %s: cần một hàng tiêu đề và dữ liệu bên dưới", strings.Join(r.from, ", "))
	}
	p.Tables = draft.Tables(blocks)
	return nil
}

// maxListed bounds the cells of a list of targets.
const maxListed = 200_000

// list reads the workbook with one target a row: the first sheet that is one.
func (r *newRun) list(ctx context.Context) ([]draft.Target, error) {
	in := input{path: r.targets}
	content, size, err := in.open()
	if err != nil {
		return nil, cannotRead(r.targets, err)
	}
	defer content.Close()
	book, err := workbook.Open(ctx, filepath.ToSlash(r.targets), content, size, workbook.Options{})
	if err != nil {
		return nil, cannotRead(r.targets, err)
	}
	defer book.Close()
	for i := range book.Sheets {
		rows, err := rowsOf(ctx, book, i)
		if err != nil {
			return nil, cannotRead(r.targets, err)
		}
		if list, ok := draft.Targets(rows); ok {
			return list, nil
		}
	}
	return nil, inputErrorf("%s has no list of targets: want a row of headings with “Chỉ tiêu” and “Mục tiêu” or “Cách tính điểm”, and a target in each row below",
		"%s không có danh sách chỉ tiêu: cần hàng tiêu đề có “Chỉ tiêu” và “Mục tiêu” hoặc “Cách tính điểm”, bên dưới mỗi dòng một chỉ tiêu", r.targets)
}

// rowsOf is what the cells of a sheet show. A percentage is written as one.
func rowsOf(ctx context.Context, book *workbook.Workbook, sheet int) ([]draft.Row, error) {
	sc, err := book.Scan(ctx, sheet)
	if err != nil {
		return nil, err
	}
	defer sc.Close()
	var rows []draft.Row
	cells := 0
	for sc.Next() {
		var row draft.Row
		for _, c := range sc.Row().Cells {
			text := shownIn(c)
			if text == "" || c.Col > 200 {
				continue
			}
			if cells++; cells > maxListed {
				return nil, lang.Errorf("it has more than %d filled cells", "tệp có hơn %d ô có nội dung", maxListed)
			}
			for len(row) < c.Col {
				row = append(row, "")
			}
			row[c.Col-1] = text
		}
		rows = append(rows, row)
	}
	return rows, sc.Err()
}

// shownIn is what a cell says; a number with a percent sign in its format is the
// percentage that it shows.
func shownIn(c cell.Cell) string {
	if x, err := number.ParseCell(c.Raw); err == nil && c.Kind == cell.Number && c.Percent() {
		return c.Format.Show(x)
	}
	return table.Text(c)
}
