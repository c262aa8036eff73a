package summary_test

import (
	"fmt"
	"math/rand/v2"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
	"github.com/parcheck/parcheck/pkg/summary"
)

// The fixture is a plan of every kind of target, a roster of invented figures
// for units with common names, and their cards as pkg/score judges them.

var areas = []plan.Area{
	{ID: "procedures", Title: lang.T("Administrative procedures", "Cải cách thủ tục hành chính")},
	{ID: "digital", Title: lang.T("E-government and digital government", "Xây dựng và phát triển Chính quyền điện tử, Chính quyền số")},
	{ID: "finance", Title: lang.T("Public finance", "Cải cách tài chính công")},
	{ID: "direction", Title: lang.T("Direction and management", "Công tác chỉ đạo, điều hành")},
}

var levels = []plan.Level{
	{ID: "province", Title: lang.T("province", "cấp tỉnh")},
	{ID: "department", Title: lang.T("department", "cấp sở")},
	{ID: "district", Title: lang.T("district", "cấp huyện")},
}

// kinds are the kinds of targets, one after the other.
var kinds = []struct {
	area   string
	title  lang.Text
	unit   lang.Text
	target func(t *plan.Target, f func(string) string)
	fact   plan.FactKind
}{
	{"procedures", lang.T("Dossiers handled through partial online services", "Hồ sơ giải quyết theo dịch vụ công trực tuyến một phần trên tổng số hồ sơ"),
		lang.T("dossiers", "hồ sơ"), func(t *plan.Target, f func(string) string) {
			t.Measure, t.Goal = share(f("a"), f("b")), atLeast(65, 100)
			t.Readings = []plan.Reading{{ID: "stricter", Note: lang.T("of received dossiers", "trên hồ sơ tiếp nhận"), Measure: share(f("a"), f("b")), Goal: atLeast(70, 100)}}
			t.Adopted = lang.T("of resolved dossiers", "trên hồ sơ đã giải quyết")
		}, plan.CountFact},
	{"procedures", lang.T("Satisfaction of people and organisations", "Mức độ hài lòng của người dân, tổ chức về giải quyết thủ tục hành chính"),
		lang.T("answers", "phiếu"), func(t *plan.Target, f func(string) string) {
			t.Measure, t.Goal = share(f("a"), f("b")), atLeast(9, 10)
			t.Credit = plan.Credit{Kind: plan.Proportional}
		}, plan.CountFact},
	{"digital", lang.T("Results synchronised with the National Portal", "Kết quả xử lý hồ sơ thủ tục hành chính được đồng bộ trên Cổng Dịch vụ công quốc gia"),
		lang.T("results", "kết quả"), func(t *plan.Target, f func(string) string) {
			t.Measure, t.Goal = share(f("a"), f("b")), atLeast(1, 1)
			t.Credit = plan.Credit{Kind: plan.Linear, Floor: literal(70, 100)}
			t.WhenEmpty = plan.AsMet
		}, plan.CountFact},
	{"digital", lang.T("Documents exchanged electronically", "Văn bản trao đổi dưới dạng điện tử, được ký số và xử lý trên môi trường mạng"),
		lang.T("documents", "văn bản"), func(t *plan.Target, f func(string) string) {
			t.Measure, t.Goal = share(f("a"), f("b")), atLeast(9, 10)
			t.Points = number.Int(2)
			t.Credit = plan.Credit{Kind: plan.Banded, Bands: []plan.Band{
				{Cmp: plan.AtLeast, Bounds: []plan.Amount{literal(9, 10)}, Points: number.Int(2)},
				{Cmp: plan.Between, Bounds: []plan.Amount{literal(7, 10), literal(9, 10)}, Points: number.Frac(5, 4)},
				{Cmp: plan.LessThan, Bounds: []plan.Amount{literal(7, 10)}, Points: number.Int(0)},
			}}
		}, plan.CountFact},
	{"direction", lang.T("Dialogues with business", "Đối thoại với doanh nghiệp trong năm"),
		lang.T("dialogues", "cuộc"), func(t *plan.Target, f func(string) string) {
			t.Measure, t.Goal = value(f("a")), plan.Goal{Cmp: plan.AtLeast, Bounds: []plan.Amount{literal(2, 1)}}
			t.LevelGoals = map[string]plan.Goal{"district": {Cmp: plan.AtLeast, Bounds: []plan.Amount{literal(1, 1)}}}
		}, plan.CountFact},
	{"direction", lang.T("Rank in the PAR INDEX", "Xếp hạng Chỉ số cải cách hành chính (PAR INDEX)"),
		lang.Text{}, func(t *plan.Target, f func(string) string) {
			t.Measure, t.Goal = value(f("a")), plan.Goal{Cmp: plan.AtMost, Bounds: []plan.Amount{literal(20, 1)}}
			t.Commitment = plan.Aspirational
			t.Levels = []string{"province", "district"}
			t.Published, _ = date.Of(2024, 4, 1)
		}, plan.RankFact},
	{"direction", lang.T("Plan of the agency issued", "Ban hành Kế hoạch cải cách hành chính năm của cơ quan, đơn vị"),
		lang.Text{}, func(t *plan.Target, f func(string) string) {
			t.Measure, t.Goal = value(f("a")), plan.Goal{Cmp: plan.Is, Choice: "done"}
			t.Credit = plan.Credit{Kind: plan.ByChoice, Choices: []plan.ChoicePoints{{Choice: "done", Points: number.Int(1)}, {Choice: "doing", Points: number.Frac(1, 2)}}}
		}, plan.ChoiceFact},
	{"finance", lang.T("Disbursement of public investment", "Giải ngân kế hoạch đầu tư công so với kế hoạch được giao"),
		lang.T("VND", "đồng"), func(t *plan.Target, f func(string) string) {
			t.Measure, t.Goal = share(f("a"), f("b")), atLeast(98, 100)
			t.Commitment = plan.Aspirational
			t.Also = []string{f("c")}
		}, plan.AmountFact},
	{"finance", lang.T("Share of recurrent spending, against last year", "Tỷ trọng chi thường xuyên so với năm trước"),
		lang.T("VND", "đồng"), func(t *plan.Target, f func(string) string) {
			t.Measure = plan.Measure{Op: plan.ChangeOf, Args: []plan.Measure{share(f("a"), f("b")), share(f("c"), f("d"))}}
			t.Goal = plan.Goal{Cmp: plan.LessThan, Bounds: []plan.Amount{literal(0, 1)}}
		}, plan.CountFact},
	{"procedures", lang.T("Late dossiers", "Hồ sơ giải quyết quá hạn"),
		lang.T("dossiers", "hồ sơ"), func(t *plan.Target, f func(string) string) {
			t.Measure, t.Goal = share(f("a"), f("b")), plan.Goal{Cmp: plan.AtMost, Bounds: []plan.Amount{literal(5, 100)}}
			t.WhenMissing = plan.AsMissed
		}, plan.CountFact},
	{"procedures", lang.T("Satisfaction by field, the least of two", "Mức độ hài lòng theo lĩnh vực đất đai, xây dựng (lấy mức thấp nhất)"),
		lang.T("answers", "phiếu"), func(t *plan.Target, f func(string) string) {
			t.Measure = plan.Measure{Op: plan.MinOf, Args: []plan.Measure{share(f("a"), f("b")), share(f("c"), f("d"))}}
			t.Goal = atLeast(85, 100)
			t.Credit = plan.Credit{Kind: plan.Proportional}
		}, plan.CountFact},
	{"digital", lang.T("Paperless work", "Xử lý hồ sơ công việc trên môi trường mạng"),
		lang.T("files", "hồ sơ"), func(t *plan.Target, f func(string) string) {
			t.Measure = plan.Measure{Op: plan.OneMinus, Args: []plan.Measure{share(f("a"), f("b"))}}
			t.Goal = plan.Goal{Cmp: plan.MoreThan, Bounds: []plan.Amount{literal(3, 10)}}
			t.WhenMissing = plan.AsMet
		}, plan.CountFact},
	{"finance", lang.T("Quarterly reports", "Báo cáo cải cách hành chính định kỳ hằng quý"),
		lang.T("reports", "báo cáo"), func(t *plan.Target, f func(string) string) {
			t.Measure, t.Goal = value(f("a")), plan.Goal{Cmp: plan.Between, Bounds: []plan.Amount{literal(3, 1), literal(4, 1)}}
			t.Points = number.Int(0)
		}, plan.CountFact},
	{"procedures", lang.T("Digitised dossiers, mean of two fields", "Số hóa hồ sơ, kết quả giải quyết (bình quân hai loại)"),
		lang.T("dossiers", "hồ sơ"), func(t *plan.Target, f func(string) string) {
			t.Measure = plan.Measure{Op: plan.MeanOf, Args: []plan.Measure{share(f("a"), f("b")), share(f("c"), f("d"))}}
			t.Goal = atLeast(60, 100)
			t.Credit = plan.Credit{Kind: plan.Proportional}
			t.WhenMissing = plan.AsNotApplicable
		}, plan.CountFact},
	{"digital", lang.T("Services on the National Portal, growth of their share", "Tăng tỷ lệ dịch vụ công trực tuyến tích hợp lên Cổng Dịch vụ công quốc gia"),
		lang.T("services", "dịch vụ"), func(t *plan.Target, f func(string) string) {
			t.Measure = plan.Measure{Op: plan.GrowthOf, Args: []plan.Measure{share(f("a"), f("b")), share(f("c"), f("d"))}}
			t.Goal = atLeast(20, 100)
		}, plan.CountFact},
}

func literal(n, d int64) plan.Amount { return plan.Amount{Value: number.Frac(n, d)} }

func atLeast(n, d int64) plan.Goal {
	return plan.Goal{Cmp: plan.AtLeast, Bounds: []plan.Amount{literal(n, d)}}
}

func share(a, b string) plan.Measure { return plan.Measure{Op: plan.ShareOf, Part: a, Whole: b} }
func value(a string) plan.Measure    { return plan.Measure{Op: plan.ValueOf, Fact: a} }

// samplePlan is a plan of so many targets.
func samplePlan(targets int) *plan.Plan {
	p := &plan.Plan{
		ID: "sample-2023", SHA256: "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
		Title:    lang.T("Public administration reform plan 2023 (sample)", "Kế hoạch công tác cải cách hành chính năm 2023 (mẫu)"),
		Issuer:   lang.T("A provincial People's Committee", "UBND tỉnh"),
		Document: plan.Document{Number: "01/QĐ-UBND"},
		Note:     lang.T("Invented figures. One point a target.", "Số liệu giả định. Mỗi chỉ tiêu một điểm."),
		Levels:   levels, Areas: areas,
	}
	p.Document.Date, _ = date.Of(2022, 12, 23)
	p.Period = year(2023)
	for i := range targets {
		k := kinds[i%len(kinds)]
		t := plan.Target{
			ID: fmt.Sprintf("target-%d", i+1), Area: k.area, Title: k.title, Clause: fmt.Sprintf("I.%d", i/10+1),
			Quote: "“" + k.title.In(lang.VI) + "”", Points: number.Int(1), Definition: fmt.Sprintf("definition-%d", i+1),
			Levels: []string{"department", "district"}, WhenEmpty: plan.AsNotApplicable,
		}
		if i >= len(kinds) {
			t.Title = lang.F("%s, field %d", "%s, lĩnh vực %d", k.title, i/len(kinds)+1)
		}
		k.target(&t, func(part string) string {
			id := fmt.Sprintf("%s-%s", t.ID, part)
			if p.FindFact(id) == nil {
				f := plan.Fact{ID: id, Kind: k.fact, Unit: k.unit, Title: lang.F("%s, %s", "%s, %s", k.title, part)}
				if k.fact == plan.ChoiceFact {
					f.Values = []plan.ChoiceValue{
						{ID: "done", Title: lang.T("Done", "Hoàn thành")},
						{ID: "doing", Title: lang.T("In progress", "Đang thực hiện")},
						{ID: "not", Title: lang.T("Not done", "Chưa thực hiện")},
					}
				}
				p.Facts = append(p.Facts, f)
			}
			return id
		})
		p.Targets = append(p.Targets, t)
	}
	return p
}

func year(y int) plan.Period {
	from, _ := date.Of(y, 1, 1)
	to, _ := date.Of(y, 12, 31)
	return plan.Period{From: from, To: to}
}

func quarterOf(y, q int) plan.Period {
	from, _ := date.Of(y, 3*q-2, 1)
	to, _ := date.Of(y, 3*q, []int{31, 30, 30, 31}[q-1])
	return plan.Period{From: from, To: to}
}

var departments = []string{
	"Văn phòng UBND tỉnh", "Sở Nội vụ", "Sở Tư pháp", "Sở Tài chính", "Sở Kế hoạch và Đầu tư", "Sở Công Thương",
	"Sở Nông nghiệp và Phát triển nông thôn", "Sở Giao thông vận tải", "Sở Xây dựng", "Sở Tài nguyên và Môi trường",
	"Sở Thông tin và Truyền thông", "Sở Lao động - Thương binh và Xã hội", "Sở Văn hóa, Thể thao và Du lịch", "Sở Khoa học và Công nghệ",
	"Sở Giáo dục và Đào tạo", "Sở Y tế", "Thanh tra tỉnh", "Ban Dân tộc", "Ban Quản lý các Khu kinh tế và Khu công nghiệp", "Sở Ngoại vụ",
}

// sampleRoster is a roster of so many units, a third of them departments, and
// the body that they report to.
func sampleRoster(units int) *plan.Roster {
	r := &plan.Roster{
		ID: "sample-roster", SHA256: "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210",
		Title: lang.T("Units of the sample", "Danh sách đơn vị mẫu"),
		Groups: []plan.Area{
			{ID: "departments", Title: lang.T("Departments", "Sở, ban, ngành")},
			{ID: "plain", Title: lang.T("Districts of the plain", "Huyện, thị xã, thành phố đồng bằng")},
			{ID: "mountain", Title: lang.T("Mountain districts", "Huyện miền núi")},
		},
	}
	r.Deadline, _ = date.Of(2024, 1, 15)
	for i := range units {
		u := plan.Unit{ID: fmt.Sprintf("unit-%d", i+1)}
		switch {
		case i%3 == 0:
			name := departments[i/3%len(departments)]
			if i/3 >= len(departments) {
				name = fmt.Sprintf("%s %d", name, i/3/len(departments)+1)
			}
			u.Name, u.Level, u.Group = lang.Same(name), "department", "departments"
		case i%3 == 1:
			u.Name, u.Level, u.Group = lang.Same(fmt.Sprintf("UBND huyện Đồng Bằng %d", i/3+1)), "district", "plain"
		default:
			u.Name, u.Level, u.Group = lang.Same(fmt.Sprintf("UBND huyện Miền Núi %d", i/3+1)), "district", "mountain"
		}
		r.Units = append(r.Units, u)
	}
	return r
}

// sample is a whole input: a unit in twenty did not submit, a figure in twelve
// is missing.
func sample(units, targets int, periods ...plan.Period) summary.Input {
	p := samplePlan(targets)
	in := summary.Input{Plan: p, Roster: sampleRoster(units), Program: "parcheck 1.0.0", Submitted: map[string]date.Date{}}
	if len(periods) == 0 {
		periods = []plan.Period{year(2023)}
	}
	asOf, _ := date.Of(2024, 2, 1)
	for i, period := range periods {
		random := rand.New(rand.NewPCG(2023, uint64(i)))
		for j := range in.Roster.Units {
			if j%20 == 13 && i == len(periods)-1 {
				continue
			}
			u := &in.Roster.Units[j]
			file := fmt.Sprintf("%s-%d.xlsx", u.ID, i+1)
			set := fact.Set{
				Input:  fact.Input{File: file, Kind: "xlsx", SHA256: fmt.Sprintf("%064x", i*units+j+1), Bytes: int64(20000 + j)},
				Unit:   fact.Unit{ID: u.ID, Name: u.Name, Level: u.Level, Group: u.Group},
				Period: period, Facts: sampleFacts(random, p, i),
			}
			if j%7 == 3 {
				set.Diagnostics.Add(diag.TextNumber, diag.At(file, "Thống kê", 12, 4), lang.T(`number "1.234" is stored as text: store it as a number`, `số "1.234" lưu dạng chữ: hãy lưu dạng số`))
			}
			in.Submitted[file] = in.Roster.Deadline
			if j%11 == 5 {
				in.Submitted[file], _ = date.Of(2024, 1, 20)
			}
			in.Cards = append(in.Cards, score.Evaluate(p, set, asOf))
		}
	}
	return in
}

// sampleFacts invents a figure for each fact of the plan.
func sampleFacts(random *rand.Rand, p *plan.Plan, period int) []fact.Fact {
	var facts []fact.Fact
	var whole int64
	skill := 70 + random.Int64N(28) + int64(2*period)
	for i := len(p.Facts) - 1; i >= 0; i-- { // a whole comes before its part
		f := fact.Fact{ID: p.Facts[i].ID, Title: p.Facts[i].Title, Unit: p.Facts[i].Unit, Kind: p.Facts[i].Kind, State: fact.Reported}
		part := f.ID[len(f.ID)-1]
		switch {
		case random.IntN(24) == 0:
			f.State, f.Reason = fact.Missing, lang.T(`no row "`+f.Title.In(lang.EN)+`" in the workbook`, `không có dòng "`+f.Title.In(lang.VI)+`" trong tệp`)
		case f.Kind == plan.ChoiceFact:
			f.Choice = []string{"done", "done", "done", "doing", "not"}[random.IntN(5)]
			f.Shown = map[string]lang.Text{"done": lang.T("Done", "Hoàn thành"), "doing": lang.T("In progress", "Đang thực hiện"), "not": lang.T("Not done", "Chưa thực hiện")}[f.Choice]
		case f.Kind == plan.RankFact:
			f.Value = number.Int(1 + random.Int64N(40))
		case f.Kind == plan.AmountFact:
			if part == 'b' {
				whole = 1_000_000_000 + random.Int64N(900_000_000_000)
				f.Value = number.Frac(whole, 10)
			} else {
				f.Value = number.Frac(whole/100*min(skill+random.Int64N(25), 100), 10)
			}
		case p.FindFact(f.ID[:len(f.ID)-1]+"b") == nil:
			f.Value = number.Int(random.Int64N(6))
		case part == 'b' || part == 'd':
			whole = 20 + random.Int64N(4000)
			if random.IntN(60) == 0 {
				whole = 0
			}
			f.Value = number.Int(whole)
		case whole < 20:
			f.Value = number.Int(random.Int64N(5))
		default:
			f.Value = number.Int(whole * min(skill+random.Int64N(25), 100) / 100)
			if random.IntN(200) == 0 {
				f.Value = number.Int(whole + 5) // more than its whole
			}
		}
		if f.State == fact.Reported && f.Kind != plan.ChoiceFact {
			f.Shown = number.Short(f.Value, 4)
			f.Sources = []fact.Source{{Value: f.Value, How: lang.T("one cell of the form", "một ô của biểu"),
				Evidence: []fact.Evidence{{File: "unit.xlsx", Sheet: "Thống kê", Cells: fmt.Sprintf("D%d", 10+i), Count: 1, Raw: f.Value.String(), Kind: "number"}}}}
		}
		facts = append(facts, f)
		if part == 'a' && whole < 20 {
			whole = 0
		}
	}
	return facts
}
