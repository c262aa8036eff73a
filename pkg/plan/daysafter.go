package plan

import (
	"gopkg.in/yaml.v3"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
)

// DaysAfter is how many days one day lies after another one: days late.
type DaysAfter struct {
	Day     string    // the fact that is the later day
	Fact    string    // the fact that is the earlier one; "": Literal
	Literal date.Date // the earlier day
	Working bool      // working days are counted
}

// Of is the number of days from the earlier day to the later one; 0 where that is
// not later.
func (d *DaysAfter) Of(later, earlier number.Exact, working *date.Calendar) number.Exact {
	a, okA := DayOf(later)
	b, okB := DayOf(earlier)
	if !okA || !okB || !b.Before(a) {
		return number.Exact{}
	}
	if d.Working {
		return number.Int(int64(working.Between(b, a)))
	}
	return number.Int(int64(b.Days(a)))
}

// unit is what is counted.
func (d *DaysAfter) unit() lang.Text {
	if d.Working {
		return lang.T("working days", "ngày làm việc")
	}
	return lang.T("days", "ngày")
}

func (d *DaysAfter) after() value {
	fact, literal := word(&d.Fact), day(&d.Literal)
	parse := fact.parse
	fact.parse = func(r *reader, n *yaml.Node) bool {
		if n.Kind == yaml.ScalarNode && dayLike.MatchString(n.Value) {
			return literal.parse(r, n)
		}
		return parse(r, n)
	}
	return fact
}

// parts are the facts that the days are.
func (d *DaysAfter) parts() []string {
	if d.Fact == "" {
		return []string{d.Day}
	}
	return []string{d.Day, d.Fact}
}

// pairs are the keys and values of the source as plans write them.
func (d *DaysAfter) pairs() []string {
	after := d.Fact
	if after == "" {
		after = d.Literal.String()
	}
	pairs := []string{DaysSource.String(), d.Day, "after", after}
	if d.Working {
		pairs = append(pairs, "working", "true")
	}
	return pairs
}

// daysAfter checks a fact that is the number of days between two days.
func (c *checker) daysAfter(f *Fact, s *Source) {
	d := &s.Between
	if !c.gives(f, s) {
		return
	}
	for _, id := range []*string{&d.Day, &d.Fact} {
		if *id == "" || !c.known(id, nounFact, c.facts) {
			continue
		}
		if part := c.plan.FindFact(*id); part.Kind != DateFact && c.sound(&part.Kind) {
			c.fail(diag.PlanValue, c.at(id), lang.F("%q is of kind %q: days lie between two days, facts of kind %q", "%q thuộc loại %q: số ngày tính giữa hai ngày, số liệu loại %q", *id, part.Kind, DateFact))
		}
	}
	if d.Day == d.Fact && c.sound(&d.Day) {
		c.fail(diag.PlanValue, c.at(&d.Fact), lang.F("%q is both days: none lie between them", "%q là cả hai ngày: không có ngày nào ở giữa", d.Day))
	}
}

// daysWords say which days are counted.
func (s *Source) daysWords(p *Plan) lang.Text {
	name := func(id string) lang.Text {
		if f := p.FindFact(id); f != nil {
			return f.Title
		}
		return lang.Same(id)
	}
	after := s.Between.Literal.Shown()
	if s.Between.Fact != "" {
		after = name(s.Between.Fact)
	}
	return lang.F("%s from %s to %s", "%s từ %s đến %s", s.Between.unit(), after, name(s.Between.Day))
}
