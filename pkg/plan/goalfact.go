package plan

import "slices"

// GoalFacts lists the ids of the facts that the goals and the credit of a target
// name, each once: a unit's own goal that stands in its submission.
func (t *Target) GoalFacts() []string {
	var ids []string
	var add func([]Amount)
	add = func(amounts []Amount) {
		for _, a := range amounts {
			if a.Fact != "" && !slices.Contains(ids, a.Fact) {
				ids = append(ids, a.Fact)
			}
			add(a.Args)
		}
	}
	add(t.amounts())
	slices.Sort(ids)
	return ids
}

// amounts lists the amounts of a target's goals and of its credit, in no order.
func (t *Target) amounts() []Amount {
	list := append(slices.Clone(t.Goal.Bounds), t.Credit.Floor)
	for _, g := range t.LevelGoals {
		list = append(list, g.Bounds...)
	}
	for _, r := range t.Readings {
		list = append(list, r.Goal.Bounds...)
	}
	for _, b := range t.Credit.Bands {
		list = append(list, b.Bounds...)
	}
	return list
}

// GoalFacts lists the facts that amounts of the plan name.
func (p *Plan) GoalFacts() []string {
	var ids []string
	for i := range p.Targets {
		ids = append(ids, p.Targets[i].GoalFacts()...)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
