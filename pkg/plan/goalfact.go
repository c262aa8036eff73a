package plan

import "slices"

// GoalFacts lists the ids of the facts that the goals and the credit of a target
// name, each once: a unit's own goal that stands in its submission.
func (t *Target) GoalFacts() []string {
	ids := factsOf(t.amounts())
	slices.Sort(ids)
	return ids
}

// factsOf lists the ids of the facts that amounts name, each once.
func factsOf(amounts []Amount) []string {
	var ids []string
	for _, a := range amounts {
		for _, id := range append([]string{a.Fact}, factsOf(a.Args)...) {
			if id != "" && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
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

// GoalFacts lists the facts that amounts of the plan name, those of conditions too.
func (p *Plan) GoalFacts() []string {
	var ids []string
	for i := range p.Targets {
		ids = append(ids, p.Targets[i].GoalFacts()...)
		for _, w := range p.Targets[i].AppliesIf {
			ids = append(ids, w.boundFacts()...)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
