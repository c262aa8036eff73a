package fact

import (
	"context"
	"hash/maphash"
	"maps"
	"slices"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/table"
	"github.com/parcheck/parcheck/pkg/workbook"
)

// Options is what the user knows better than the workbook.
type Options struct {
	Unit                 string       // the reporting unit: a roster id, name or alias, or any name
	Level                string       // the unit's level
	Period               *plan.Period // the period reported on
	UnitFrom, PeriodFrom *diag.Pos    // the rules of a mapping that say so; nil: the user does. What the file says must not contradict a rule.
	Previous             Previous     // gives figures of earlier results; nil: none was given
	Received             Received     // tells when the submission came; nil: nobody says
	Blocks               bool         // list header blocks, for a mapping
	Survey               bool         // where tables are not found, look for headers that are none of the plan
	Bound                *Bound       // lists that databases hold; nil: none
}

// Reading is the result of reading one workbook.
type Reading struct {
	Sets        []Set // one for each unit that the workbook reports of, in order of appearance
	Survey      Survey
	Blocks      []Block   // header blocks, where Options.Blocks asks for them
	Forms       []FormUse // the forms of the mapping that it holds
	UnitNames   []string  // the names of units that the roster knows and the file has, folded
	Diagnostics diag.List // what concerns the file and no unit of it
}

// Collect reads the facts of a plan from one open workbook, as
// Questions.Collect does.
func Collect(ctx context.Context, p *plan.Plan, roster *plan.Roster, w *workbook.Workbook, in Input, opt Options) (*Reading, error) {
	return Prepare(p, roster).Collect(ctx, w, in, opt)
}

// collect takes a workbook through three phases: find, read and check. The
// result of each phase embeds that of the phase before.
func (c *job) collect(ctx context.Context, in Input, opt Options) (*Reading, error) {
	found, err := c.find(ctx, opt)
	if err != nil {
		return nil, err
	}
	content, err := found.read(ctx)
	if err != nil {
		return nil, err
	}
	checks, err := content.check(ctx)
	if err != nil {
		return nil, err
	}
	c.diags = append(c.diags, checks.diags...)
	reading := &Reading{Survey: content.survey(), Forms: content.formsUsed()}
	if opt.Blocks {
		reading.Blocks = content.blocks()
	}
	if opt.Survey {
		content.seen(&reading.Survey)
	}
	content.bind(opt.Bound)
	old := &oldResults{}
	for _, u := range content.units(opt) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		set := Set{Input: in, Unit: u.Unit, Period: found.period, PeriodFrom: found.periodFrom}
		u.collect(content, old, opt, &set)
		reading.Sets = append(reading.Sets, set)
	}
	content.reportOld(old)
	c.diags = append(c.diags, checks.repeated.list...)
	reading.UnitNames = slices.Sorted(maps.Keys(c.unitsTold))
	c.applySeverities(reading)
	return reading, nil
}

// job is what every phase needs for one workbook: the plan's questions, the
// open file, and the findings.
type job struct {
	*Questions
	book   *workbook.Workbook
	file   string
	room   *table.Room // of the sheets' grids
	budget budget      // of the sheets' rows
	diags  diag.List

	unitsTold map[string]bool // names that were found on the roster, folded
}

// found is the result of the first phase: which sheets there are, where tables
// stand in them, which unit reports, and for what period.
type found struct {
	*job
	sheets       []*sheet
	tables       []*located
	captionLines []captionLine
	period       plan.Period
	periodFrom   lang.Text
	reporting    Unit
	told         bool // the workbook or the user says which unit reports
}

// find reads the beginning of every sheet, and finds the plan's tables there.
func (c *job) find(ctx context.Context, opt Options) (*found, error) {
	c.diags = append(c.diags, c.book.Warnings...)
	c.budget = newBudget(c.book.Bytes)
	out := &found{job: c}
	if err := out.readHeads(ctx); err != nil {
		return nil, err
	}
	out.locate()
	out.readCaptions()
	out.declare(opt.Level)
	out.checkEncoding()
	out.period, out.periodFrom = out.findPeriod(opt)
	out.choosePeriod()
	out.chooseSubcolumns()
	out.reporting = out.findUnit(opt)
	return out, nil
}

// content is the result of the second phase: the tables with their rows, or the
// counts of their records, and the units of money.
type content struct {
	*found
	tables    []*body
	seed      maphash.Seed    // of the hashes of ids
	unitNames []string        // of the unit columns, in order of appearance
	unitKeys  map[string]bool // those names, folded
	unknown   int             // how many of them the roster does not know
	bound     []boundList     // lists that databases hold, of the same period
}

// read reads what stands below the headers.
func (c *found) read(ctx context.Context) (*content, error) {
	out := &content{found: c, seed: maphash.MakeSeed()}
	if err := out.readTables(ctx); err != nil {
		return nil, err
	}
	return out, out.findHidden(ctx)
}

// checker compares the tables with each other and checks that each is
// consistent. It only adds findings.
type checker struct {
	*content
	diags    diag.List
	repeated findings // of which there may be one in each row
}

// check checks whether the contents are consistent, and agree with the
// template.
func (c *content) check(ctx context.Context) (*checker, error) {
	out := &checker{content: c}
	for _, t := range c.tables {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		out.checkTable(t)
	}
	for i := range c.plan.Tables {
		if t := &c.plan.Tables[i]; t.Shape == plan.List {
			out.reportUneven(c.sheetsOf(t))
		}
	}
	out.checkTemplate()
	return out, nil
}

func (c *job) at(s *sheet, row, col int) diag.Pos {
	return diag.At(c.file, s.Name, row, col)
}

// applySeverities sets the severities of the plan, and moves the findings on
// the file to its set where there is only one.
func (c *job) applySeverities(r *Reading) {
	if len(r.Sets) == 1 {
		r.Sets[0].Diagnostics = append(c.diags, r.Sets[0].Diagnostics...)
	} else {
		r.Diagnostics = c.diags
	}
	lists := []*diag.List{&r.Diagnostics}
	for i := range r.Sets {
		lists = append(lists, &r.Sets[i].Diagnostics)
	}
	for _, l := range lists {
		if c.book != nil && (c.book.Kind == workbook.CSV || c.book.Kind == workbook.TSV) { // whose numbers are all text
			*l = slices.DeleteFunc(*l, func(d diag.Diagnostic) bool { return d.Check == diag.TextNumber })
		}
		*l = gatherTyped(*l)
		c.plan.Weigh(*l)
		l.Sort()
		*l = gatherAlike(*l)
	}
}
