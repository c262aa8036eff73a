package main

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/parcheck/parcheck/pkg/batch"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/query"
	"github.com/parcheck/parcheck/pkg/report"
	"github.com/parcheck/parcheck/pkg/term"
)

// databaseFlags say which lists of the plan stand in databases.
type databaseFlags struct {
	bind    string
	sources []string
}

func (f *databaseFlags) register(a *app, cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.bind, "bind", "", a.text(
		"lists of the plan that stand in a database, a YAML `FILE` of bindings",
		"các danh sách của kế hoạch nằm trong cơ sở dữ liệu, `TỆP` YAML liên kết"))
	cmd.Flags().StringArrayVar(&f.sources, "source", nil, a.text(
		"the database: `env:NAME`, an environment variable that holds its connection string; repeatable, for lists that are spread (default: what PGHOST and the like say)",
		"cơ sở dữ liệu: `env:TÊN`, biến môi trường chứa chuỗi kết nối; lặp lại được khi danh sách nằm trên nhiều máy (mặc định: theo PGHOST và các biến tương tự)"))
}

// split parts the file from what stands behind it. Beside a database a file may
// be left out: what is no file then is the first of the others.
func (f *databaseFlags) split(args []string) (files, rest []string) {
	if len(args) == 0 || f.bind != "" && !isFile(args[0]) {
		return nil, args
	}
	return args[:1], args[1:]
}

// database is the lists that databases hold, and where those are.
type database struct {
	bindings *plan.Bindings
	sources  []source
	within   time.Duration // that a statement may take
	groups   int64         // that it may give

	keeps bool        // the groups are to be written
	lists []*counting // once they are counted, where they are kept
}

// source is one database.
type source struct {
	name    string // as reports call it
	address string // its connection string, which no report shows
}

// queryWithin is the usual time that a statement may take.
const queryWithin = 10 * time.Minute

// load reads the bindings and the addresses; nil where no database is meant.
func (f *databaseFlags) load(a *app, p *plan.Plan, unit string, limits *limitFlag) (*database, error) {
	if f.bind == "" {
		if len(f.sources) > 0 {
			return nil, usagef("--source: want --bind FILE beside it, which says what stands where in the database", "--source: cần kèm --bind TỆP để biết danh sách nào nằm ở đâu trong cơ sở dữ liệu")
		}
		return nil, nil
	}
	d := &database{within: queryWithin, groups: query.MaxGroups}
	if limits.query > 0 {
		d.within = time.Duration(limits.query) * time.Second
	}
	if limits.groups > 0 {
		d.groups = limits.groups
	}
	for _, s := range f.sources {
		one, err := a.source(s)
		if err != nil {
			return nil, err
		}
		d.sources = append(d.sources, one)
	}
	if len(d.sources) == 0 {
		d.sources = []source{{name: "PGHOST"}}
	}
	data, err := readBounded(f.bind, plan.MaxBytes)
	if err != nil {
		return nil, err
	}
	var mistakes diag.List
	d.bindings, mistakes = plan.ParseBindings(filepath.ToSlash(f.bind), data, p)
	if err := a.refusePlan(mistakes, term.Bindings); err != nil {
		return nil, err
	}
	for i := range d.bindings.Lists {
		if b := &d.bindings.Lists[i]; b.Unit.IsZero() && unit == "" {
			return nil, usagef("--bind: nothing says whose the records of %q are: add unit to its binding, or give --unit",
				"--bind: không rõ hồ sơ của %q thuộc đơn vị nào: hãy thêm unit vào liên kết, hoặc dùng --unit", b.Table)
		}
	}
	return d, nil
}

// source finds the connection string that a flag names. One on the command line
// is refused: everybody on the machine could read its password there.
func (a *app) source(flag string) (source, error) {
	name, ok := strings.CutPrefix(flag, "env:")
	if !ok || name == "" {
		return source{}, usagef("--source: want env:NAME, an environment variable that holds the connection string; on the command line everybody could read its password",
			"--source: cần env:TÊN, là biến môi trường chứa chuỗi kết nối; ghi thẳng trên dòng lệnh thì ai cũng đọc được mật khẩu")
	}
	address := a.getenv(name)
	if address == "" {
		return source{}, usagef("--source %s: there is no environment variable %q", "--source %s: không có biến môi trường %q", plainLine(flag), name)
	}
	return source{name: flag, address: address}, nil
}

// counting is a list on its way from several databases to one count.
type counting struct {
	list    *query.List
	answers []*query.Result // by database
	result  *query.Result   // of all databases together; nil before the first
	asked   []query.Evidence
	repeats map[string]query.Repeats // by the id of the column
}

// answer is what one database answered for a list.
type answer struct {
	result *query.Result
	asked  query.Evidence
}

// add adds the answer of a database.
func (c *counting) add(a answer) error {
	c.asked, c.answers = append(c.asked, a.asked), append(c.answers, a.result)
	switch len(c.answers) {
	case 1:
		c.result = a.result
		return nil
	case 2: // the first stays what its database answered
		c.result = a.result.Empty()
		if err := c.result.Merge(c.answers[0]); err != nil {
			return err
		}
	}
	return c.result.Merge(a.result)
}

// readLists lets the databases count their lists. One that refuses is told, and
// nothing of any is counted.
func (r *run) readLists(ctx context.Context) (refused diag.List, err error) {
	if r.database == nil {
		return nil, nil
	}
	collectGarbageAt(25) // the database works longer than the program, which has cards of hundreds of units
	period := r.Plan.Period
	if r.Options.Period != nil {
		period = *r.Options.Period
	}
	lists, err := r.database.count(ctx, r.Plan, period)
	var fault *batch.Panic
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.As(err, &fault):
		return nil, fault
	case err != nil:
		return diag.List{r.database.diagnostic(err)}, nil
	}
	if r.database.keeps {
		r.database.lists = lists
	}
	bound := &fact.Bound{File: r.database.bindings.File, SHA256: r.database.bindings.SHA256}
	for _, c := range lists {
		counted, err := c.result.Count(c.repeats)
		if err != nil {
			return diag.List{r.database.diagnostic(&query.Mistake{Pos: c.list.Binding.Source, Err: err})}, nil
		}
		counted.Answers = c.asked
		bound.Lists = append(bound.Lists, counted)
	}
	r.Options.Bound = bound
	return nil, nil
}

// writeGroups writes the groups that each database answered as CSV. Spellings are
// as they stand in the database, but for what a spreadsheet program would run.
func (d *database) writeGroups(w io.Writer, _ *report.Document, _ report.Options) error {
	out := csv.NewWriter(w)
	write := func(source string, row []string) error {
		for i := range row {
			row[i] = report.Inert(row[i])
		}
		return out.Write(append([]string{source}, row...))
	}
	for _, c := range d.lists {
		for i, result := range c.answers {
			columns, rows, err := result.Table()
			if err == nil && i == 0 {
				err = write("source", columns)
			}
			if err != nil {
				return err
			}
			for _, row := range rows {
				if err := write(c.asked[i].Source, row); err != nil {
					return err
				}
			}
		}
	}
	out.Flush()
	return out.Error()
}

// refusedSource is why a database gave nothing.
type refusedSource struct {
	pos diag.Pos
	err error
}

func (e *refusedSource) Error() string         { return e.err.Error() }
func (e *refusedSource) Unwrap() error         { return e.err }
func (e *refusedSource) In(l lang.Lang) string { return errorText(e.err).In(l) }

// diagnostic is the finding that a refused database is.
func (d *database) diagnostic(err error) diag.Diagnostic {
	var refused *refusedSource
	pos := diag.InFile(d.bindings.File)
	if errors.As(err, &refused) && refused.pos.File != "" {
		pos = refused.pos
	}
	return diag.New(diag.Unreadable, pos, errorText(err))
}

// inSource gives an error the database that it came from, and its place in the
// bindings, if it has one.
func inSource(s source, err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	out := &refusedSource{}
	var wrong *query.Mistake
	if errors.As(err, &wrong) {
		out.pos = wrong.Pos
	}
	out.err = lang.Errorf("%s: %v", "%s: %v", s.name, err)
	return out
}
