//go:build !js

package main

import (
	"context"
	"runtime/debug"

	"golang.org/x/sync/errgroup"

	"github.com/parcheck/parcheck/pkg/batch"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/query"
)

// count asks every database for every list, side by side. All of them answer, or
// none counts.
func (d *database) count(ctx context.Context, p *plan.Plan, period plan.Period) ([]*counting, error) {
	var lists []*counting
	for i := range d.bindings.Lists {
		lists = append(lists, &counting{list: query.NewList(p, &d.bindings.Lists[i], period), repeats: map[string]query.Repeats{}})
	}
	sessions := make([]*session, len(d.sources))
	defer func() {
		for _, s := range sessions {
			s.close()
		}
	}()
	asked := make([][]*question, len(d.sources))
	err := d.each(ctx, func(ctx context.Context, i int) (err error) {
		if sessions[i], err = connect(ctx, d.sources[i].address, d.within); err == nil {
			asked[i], err = sessions[i].prepareLists(ctx, lists)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	mergeSamples(asked)
	answers := make([][]answer, len(d.sources))
	err = d.each(ctx, func(ctx context.Context, i int) (err error) {
		answers[i], err = d.ask(ctx, d.sources[i].name, sessions[i], asked[i])
		return err
	})
	if err != nil {
		return nil, err
	}
	for k, c := range lists {
		for i := range d.sources {
			if err := c.add(answers[i][k]); err != nil {
				return nil, inSource(d.sources[i], &query.Mistake{Pos: c.list.Binding.Source, Err: err})
			}
		}
		for _, col := range c.list.Unique() {
			var ids []query.Asked
			if c.repeats[col.ID], ids, err = d.repeats(ctx, sessions, c.list, col); err != nil {
				return nil, err
			}
			for i := range c.asked {
				c.asked[i].IDs = append(c.asked[i].IDs, ids...)
			}
		}
	}
	return lists, nil
}

// each does something with every database, side by side.
func (d *database) each(ctx context.Context, do func(ctx context.Context, i int) error) error {
	group, within := errgroup.WithContext(ctx)
	for i, s := range d.sources {
		group.Go(func() (err error) {
			defer func() {
				if p := recover(); p != nil {
					err = &batch.Panic{Input: s.name, Value: p, Stack: debug.Stack()}
				}
			}()
			return inSource(s, do(within, i))
		})
	}
	err := group.Wait()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// question is what is known of a list of a database before it is counted.
type question struct {
	list   *query.List
	types  map[string]query.Type
	sample *query.Sample
}

// prepareLists finds the columns of all lists, and how some of their records are
// spelled.
func (s *session) prepareLists(ctx context.Context, lists []*counting) ([]*question, error) {
	var out []*question
	for _, c := range lists {
		types, err := query.Types(c.list.Table, c.list.Binding, s.describe(ctx))
		if err != nil {
			return nil, s.nearRelation(ctx, c.list.Binding.Relation, err)
		}
		sample, err := s.sample(ctx, c.list)
		if err != nil {
			return nil, err
		}
		out = append(out, &question{c.list, types, sample})
	}
	return out, nil
}

// mergeSamples gives the questions to all databases on a list the same sample.
func mergeSamples(asked [][]*question) {
	for k, first := range asked[0] {
		for _, other := range asked[1:] {
			first.sample.Merge(other[k].sample)
			other[k].sample = first.sample
		}
	}
}

// ask reads all lists of one database, in one state of it.
func (d *database) ask(ctx context.Context, name string, session *session, asked []*question) ([]answer, error) {
	var out []answer
	for _, q := range asked {
		st, err := q.list.Compile(q.types, q.sample, d.groups)
		if err != nil {
			return nil, err
		}
		result, odd, err := d.groupsOf(ctx, session, st)
		if err != nil {
			return nil, &query.Mistake{Pos: q.list.Binding.Source, Err: err}
		}
		out = append(out, answer{result, query.Evidence{
			Table: q.list.Binding.Table, Source: name, Server: session.version, Snapshot: session.snapshot,
			Statement: st.Text, SHA256: query.Hash(st.Text), Odd: odd, Records: result.Records(), Groups: result.Len(),
		}})
	}
	return out, nil
}

// groupsOf runs the statement of a list and, where it tells of records of no class,
// the one that groups these, too.
func (d *database) groupsOf(ctx context.Context, s *session, st *query.Statement) (*query.Result, *query.Asked, error) {
	result, n := st.Answer(), int64(0)
	ask := func(text string, add func(row [][]byte) error) error {
		var wrong error
		err := s.rows(ctx, text, nil, func(row [][]byte) error {
			if n++; n > d.groups {
				wrong = lang.Errorf("more than %d groups: a column holds free text where a choice is wanted; bind another, or raise --limit groups",
					"hơn %d nhóm: có cột chứa văn bản tự do thay vì giá trị lựa chọn; hãy liên kết cột khác, hoặc tăng --limit groups", d.groups)
			}
			if wrong == nil {
				wrong = add(row)
			}
			return wrong
		})
		if wrong == nil && err != nil {
			wrong = serverError(err)
		}
		return wrong
	}
	if err := ask(st.Text, result.Add); err != nil || result.Odd() == 0 {
		return result, nil, err
	}
	text, err := st.OddText(d.groups)
	if err != nil {
		return nil, nil, err
	}
	return result, &query.Asked{Statement: text, SHA256: query.Hash(text)}, ask(text, result.AddOdd)
}
