package plan

import ("os";"testing")

func TestX(t *testing.T) {
	data, _ := os.ReadFile("testdata/whole.yaml")
	p, l := Parse("whole.yaml", data)
	for _, d := range l { t.Error(d.In(1)) }
	t.Logf("%+v", p.Targets)
}
