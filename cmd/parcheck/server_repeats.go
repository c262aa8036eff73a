//go:build !js

package main

import (
	"context"
	"strconv"

	"golang.org/x/sync/errgroup"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/query"
)

// idKey is an id as a database answers.
type idKey struct {
	query.Key
	none bool
}

// repeats counts the records whose id another one has, on whichever database.
// It returns what it asked, too.
func (d *database) repeats(ctx context.Context, sessions []*session, l *query.List, col *plan.Column) (query.Repeats, []query.Asked, error) {
	var asked []query.Asked
	ask := func(text string) {
		asked = append(asked, query.Asked{Column: col.ID, Statement: text, SHA256: query.Hash(text)})
	}
	count := query.NewRepeatCount()
	odd, err := l.Odd(col, d.groups)
	if err != nil {
		return query.Repeats{}, nil, err
	}
	ask(odd)
	if err := d.addIDs(ctx, sessions, l, col, odd, nil, func(k idKey) { count.AddOdd(k.Key.Key, k.none, k.FirstUnit, k.Records) }); err != nil {
		return query.Repeats{}, nil, err
	}
	small, proof, err := d.differByCapitals(ctx, sessions, l, col, count)
	if err != nil {
		return query.Repeats{}, nil, err
	}
	if proof != "" {
		ask(small)
		asked[len(asked)-1].Index = proof
	} else {
		keys, err := l.Keys(col, len(sessions) == 1)
		if err != nil {
			return query.Repeats{}, nil, err
		}
		ask(keys)
		if err := d.mergeKeys(ctx, sessions, l, col, keys, count); err != nil {
			return query.Repeats{}, nil, err
		}
	}
	if unclear := count.Unclear(); len(unclear) > 0 {
		spelled, err := l.Spelled(col)
		if err != nil {
			return query.Repeats{}, nil, err
		}
		ask(spelled)
		if err := d.addIDs(ctx, sessions, l, col, spelled, [][]byte{query.Array(unclear)}, func(k idKey) { count.Add(k.Key.Key, k.FirstUnit, k.Records) }); err != nil {
			return query.Repeats{}, nil, err
		}
	}
	return count.Repeats(), asked, nil
}

// differByCapitals finds the keys that ids may share but for capitals, where the
// index of a database that stands alone proves that no two ids are alike. It
// returns what it asked, and the index: "" where there is none, or are too many
// keys.
func (d *database) differByCapitals(ctx context.Context, sessions []*session, l *query.List, col *plan.Column, count *query.RepeatCount) (asked, index string, err error) {
	if len(sessions) > 1 {
		return "", "", nil
	}
	proof, err := l.ProofText(col)
	if err != nil || proof == "" {
		return "", "", err
	}
	if index, err = sessions[0].index(ctx, proof); err != nil || index == "" {
		return "", "", inSource(d.sources[0], err)
	}
	if asked, err = l.Small(col, d.groups); err != nil {
		return "", "", err
	}
	var keys []string
	err = sessions[0].rows(ctx, asked, nil, func(row [][]byte) error {
		keys = append(keys, string(row[0]))
		return nil
	})
	switch {
	case ctx.Err() != nil:
		return "", "", ctx.Err()
	case err != nil:
		return "", "", inSource(d.sources[0], &query.Mistake{Pos: l.Place(col.ID).Pos, Err: serverError(err)})
	case int64(len(keys)) > d.groups:
		return "", "", nil
	}
	for _, key := range keys {
		count.AddSmall(key)
	}
	return asked, index, nil
}

// addIDs asks every database for ids and how many records have each.
func (d *database) addIDs(ctx context.Context, sessions []*session, l *query.List, col *plan.Column, sql string, params [][]byte, add func(idKey)) error {
	answers := make([][]idKey, len(sessions))
	err := d.each(ctx, func(ctx context.Context, i int) error {
		return askIDs(ctx, sessions[i], l, col, sql, params, func(k idKey) error {
			if answers[i] = append(answers[i], k); int64(len(answers[i])) > d.groups {
				return lang.Errorf("more than %d ids hold characters that nobody sees, or differ by capitals: they cannot be compared",
					"hơn %d mã chứa ký tự không nhìn thấy, hoặc chỉ khác nhau ở chữ hoa: không so sánh được", d.groups)
			}
			return nil
		})
	})
	for _, ids := range answers {
		for _, k := range ids {
			add(k)
		}
	}
	return err
}

// askIDs runs a statement that gives ids. Its error has a place in the bindings.
func askIDs(ctx context.Context, s *session, l *query.List, col *plan.Column, sql string, params [][]byte, fn func(idKey) error) error {
	var wrong error
	err := s.rows(ctx, sql, params, func(row [][]byte) error {
		if wrong != nil || len(row) < 3 {
			return wrong
		}
		k := idKey{query.Key{Key: string(row[0]), FirstUnit: string(row[2])}, row[0] == nil}
		if k.Records, wrong = strconv.ParseInt(string(row[1]), 10, 64); wrong != nil {
			return wrong
		}
		if len(row) > 5 {
			k.LastUnit, k.First, k.Last = string(row[3]), string(row[4]), string(row[5])
		}
		wrong = fn(k)
		return wrong
	})
	if wrong == nil && err != nil {
		wrong = serverError(err)
	}
	if wrong == nil || ctx.Err() != nil {
		return wrong
	}
	return &query.Mistake{Pos: l.Place(col.ID).Pos, Err: wrong}
}

// keysAtOnce is how many ids wait between a database and the merge.
const keysAtOnce = 512

// mergeKeys reads the ids of all databases in order, as one.
func (d *database) mergeKeys(ctx context.Context, sessions []*session, l *query.List, col *plan.Column, sql string, count *query.RepeatCount) error {
	streams := make([]chan []idKey, len(sessions))
	for i := range streams {
		streams[i] = make(chan []idKey, 4)
	}
	group, within := errgroup.WithContext(ctx)
	for i, s := range sessions {
		group.Go(func() error {
			defer close(streams[i])
			return inSource(d.sources[i], sendKeys(within, s, l, col, sql, streams[i]))
		})
	}
	unclear := mergeStreams(streams, count, d.groups)
	if err := group.Wait(); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return err
	}
	if unclear != nil {
		return &query.Mistake{Pos: l.Place(col.ID).Pos, Err: unclear}
	}
	return nil
}

// sendKeys sends the ids of a database in batches.
func sendKeys(ctx context.Context, s *session, l *query.List, col *plan.Column, sql string, to chan<- []idKey) error {
	var batch []idKey
	send := func() error {
		select {
		case to <- batch:
			batch = nil
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	err := askIDs(ctx, s, l, col, sql, nil, func(k idKey) error {
		if batch = append(batch, k); len(batch) == keysAtOnce {
			return send()
		}
		return nil
	})
	if err == nil && len(batch) > 0 {
		err = send()
	}
	return err
}

// mergeStreams counts the ids of streams that are in order, those of all
// streams together. It reads them to the end.
func mergeStreams(streams []chan []idKey, count *query.RepeatCount, most int64) (tooMany error) {
	heads := make([][]idKey, len(streams))
	for {
		var next *idKey
		for i := range heads {
			if len(heads[i]) == 0 {
				heads[i] = <-streams[i] // nil once it is closed
			}
			if len(heads[i]) > 0 && (next == nil || heads[i][0].Key.Key < next.Key.Key) {
				next = &heads[i][0]
			}
		}
		if next == nil {
			return tooMany
		}
		all := next.Key
		all.Records = 0
		for i := range heads {
			if len(heads[i]) == 0 || heads[i][0].Key.Key != all.Key {
				continue
			}
			k := heads[i][0]
			all.Records += k.Records
			all.First, all.Last = min(all.First, k.First), max(all.Last, k.Last)
			all.FirstUnit, all.LastUnit = min(all.FirstUnit, k.FirstUnit), max(all.LastUnit, k.LastUnit)
			heads[i] = heads[i][1:]
		}
		if tooMany == nil {
			tooMany = count.AddKey(all, most)
		}
	}
}
