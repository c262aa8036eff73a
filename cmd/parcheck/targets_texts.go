package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/term"
)

// textsRun is one call of `targets texts`.
type textsRun struct {
	*app
	language string
	path     string
}

func (a *app) targetsTextsCommand() *cobra.Command {
	run := textsRun{app: a}
	cmd := &cobra.Command{
		Use: "texts " + a.text("PLAN.yaml", "KẾ_HOẠCH.yaml"),
		Short: a.text(
			"Begin the file of a plan's texts in another language, or add to it what is missing",
			"Lập tệp đoạn chữ bằng ngôn ngữ khác của một kế hoạch, hoặc bổ sung những đoạn còn thiếu"),
		Long: a.text(
			"Begin the file of a plan's texts in another language, or add to it what is missing.\n"+
				"Each text that the plan has in one language alone gets an entry at the path where it\n"+
				"stands in the plan, with TODO for its text. What the file that the plan names under\n"+
				"\"texts\" has already stays; `parcheck targets lint` tells what is left to write, and\n"+
				"entries to which nothing of the plan belongs.",
			"Lập tệp đoạn chữ bằng ngôn ngữ khác của một kế hoạch, hoặc bổ sung những đoạn còn thiếu.\n"+
				"Mỗi đoạn chữ mới có một ngôn ngữ được ghi một mục, ở đúng đường dẫn như trong kế hoạch,\n"+
				"nội dung là TODO. Những gì tệp mà kế hoạch ghi ở khóa \"texts\" đã có đều được giữ nguyên;\n"+
				"lệnh `parcheck targets lint` nêu những chỗ còn phải viết, và những mục không còn ứng với\n"+
				"nội dung nào của kế hoạch."),
		Example: a.text(
			"  parcheck targets texts my-plan.yaml -o my-plan.en.yaml\n"+
				"  parcheck targets texts my-plan.yaml --language vi",
			"  parcheck targets texts ke-hoach.yaml -o ke-hoach.en.yaml --lang vi\n"+
				"  parcheck targets texts ke-hoach.yaml --language vi --lang vi"),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("want one plan: a YAML file", "cần đúng một kế hoạch: một tệp YAML")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return run.run(args[0]) },
	}
	cmd.Flags().StringVar(&run.language, "language", "en", a.text("the language of the texts: `en|vi`", "ngôn ngữ của các đoạn chữ: `en|vi`"))
	cmd.Flags().StringVarP(&run.path, "output", "o", "", a.text("the `FILE` of the texts (default: standard output)", "`TỆP` đoạn chữ sẽ ghi (mặc định: đầu ra chuẩn)"))
	return cmd
}

func (r *textsRun) run(name string) error {
	in, ok := map[string]lang.Lang{"en": lang.EN, "vi": lang.VI}[r.language]
	if !ok {
		return usagef("--language %s: want en or vi", "--language %s: cần en hoặc vi", r.language)
	}
	file, data, err := readPlanFile(name)
	if err != nil {
		return err
	}
	texts, mistakes := plan.TextsFile(file, data, in, besidePlan)
	if err := r.refusePlan(mistakes, term.Plan); err != nil {
		return err
	}
	write := func(w io.Writer) error {
		_, err := w.Write(texts.YAML)
		return err
	}
	if r.path == "" {
		return r.print(write)
	}
	if err := checkPaths("-o", []output{{path: r.path}}, []input{{name: file, path: name}}); err != nil {
		return err
	}
	if err := writeFile(r.path, write); err != nil {
		return err
	}
	r.wrote(r.path)
	if !r.quiet {
		r.tell(lang.F("%s of %d still to write, each a TODO", "còn %s trong tổng số %d phải viết, mỗi chỗ ghi TODO", number.Count(int64(texts.Todo), "text", "texts", "đoạn chữ"), texts.All))
	}
	return nil
}
