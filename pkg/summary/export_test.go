package summary

import "fmt"

// Differing lists the rows whose rules as formulas give another result than their
// cards have.
func (s *Summary) Differing() (list []string) {
	x := s.writer()
	x.layMatrix()
	x.nameAreas()
	for _, a := range x.areas {
		for i := range a.lines {
			if l := &a.lines[i]; l.live.differ {
				list = append(list, fmt.Sprintf("%s of %s: %+v", l.target.target.ID, l.unit.Name, l.live))
			}
		}
	}
	return list
}
