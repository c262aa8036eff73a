package plan

import (
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
)

// BandEarning is how a band gives its points.
type BandEarning uint8

// The ways of a band.
const (
	BandFixed        BandEarning = iota // the same points for each of its values
	BandProportional                    // the target's points x value / goal
	BandSloped                          // from some points at its lower end to others at its upper end, straight between
)

var bandEarningNames = names[BandEarning]{BandFixed: "", BandProportional: "proportional", BandSloped: ""}

// String returns the way as plans write it, "" where points stand instead.
func (e BandEarning) String() string { return bandEarningNames.of(e) }

// Along interpolates the points of a value within a sloped band, between the
// points at its ends.
func (b *Band) Along(x number.Exact, bounds []number.Exact) number.Exact {
	width := bounds[1].Sub(bounds[0])
	if width.IsZero() {
		return b.Ends[1]
	}
	return b.Ends[0].Add(b.Ends[1].Sub(b.Ends[0]).Mul(x.Sub(bounds[0])).Quo(width))
}

// Most is the most points that the band gives, of so many of the target.
func (b *Band) Most(all number.Exact) number.Exact {
	switch b.Earns {
	case BandProportional:
		return all
	case BandSloped:
		return number.Max(b.Ends[0], b.Ends[1])
	case BandFixed:
	}
	return b.Points
}

// earned reads the points of a band: a number, two for its ends, or
// proportional.
func (b *Band) earned() value {
	fixed := points(&b.Points)
	proportional := option(&b.Earns, bandEarningNames)
	sloped := setting(&b.Earns, BandSloped, sequence(&b.Ends, 2, 2, points))
	scalars := value{b,
		func(r *reader, n *yaml.Node) bool {
			if _, ok := bandEarningNames.value(n.Value); ok {
				return proportional.read(r, n)
			}
			if _, _, m := figure(strings.TrimSpace(n.Value)); m != nil && n.Kind == yaml.ScalarNode {
				r.fail(diag.PlanValue, r.pos(n), lang.F("%s stands here: want points such as 0.5, those of both ends such as [0.5, 1], or %q",
					"ở đây là %s: cần số điểm như 0.5, điểm ở hai đầu như [0.5, 1], hoặc %q", quoted(n.Value), BandProportional.String()))
				return false
			}
			return fixed.read(r, n)
		},
		func(definitions) schema {
			return schema{"type": []string{"number", "string"}, "pattern": `^([0-9]+(\.[0-9]+)?|proportional)$`, "minimum": 0}
		},
	}
	return byKind(b, map[yaml.Kind]value{yaml.ScalarNode: scalars, yaml.SequenceNode: sloped})
}

// bandEarns checks that a band earns no more than the target's points, and that
// points which vary within the band can be computed.
func (c *checker) bandEarns(t *Target, b *Band, q quantity) {
	switch b.Earns {
	case BandFixed:
		c.atMost(t, &b.Points)
	case BandSloped:
		for i := range b.Ends {
			c.atMost(t, &b.Ends[i])
		}
		switch {
		case b.Cmp != Between:
			c.fail(diag.PlanValue, b.Pos, lang.F(`two points are those of the ends of a band: want "between", here it is %q`,
				`hai mức điểm là điểm ở hai đầu khung: cần "between", ở đây là %q`, b.Cmp.key(b.Days)))
		case !q.addable():
			c.unfit(t, diag.PlanValue, lang.F("points that rise within a band are not for a measure of kind %q",
				"điểm tăng dần trong khung không dùng cho đại lượng loại %q", q.kind))
		}
	case BandProportional:
		if t.Adjust != NoAdjustment {
			c.fail(diag.PlanValue, b.Pos, lang.F("points in proportion to a goal: %q has none", "điểm theo tỷ lệ so với mục tiêu: %q không có mục tiêu", t.Adjust))
			return
		}
		c.proportionalToGoals(t, q)
	}
}

// proportionalToGoals checks that no goal of the target is 0: points are
// divided by it.
func (c *checker) proportionalToGoals(t *Target, q quantity) {
	c.proportional(t, q, t.Goal)
	for _, g := range t.LevelGoals {
		c.proportional(t, q, g)
	}
}
