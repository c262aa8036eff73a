package plan

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
)

// whole reads the plan that uses every key of the language.
func whole(t testing.TB) (*Plan, []byte) {
	t.Helper()
	data, err := os.ReadFile("testdata/whole.yaml")
	if err != nil {
		t.Fatal(err)
	}
	p, list := Parse("whole.yaml", data)
	if len(list) > 0 {
		t.Fatal(inBoth(list))
	}
	return p, data
}

func in(vi, en string) lang.Text { return lang.T(en, vi) }

// percent is an amount that is written with a percent sign.
func percent(n int64) Amount { return Amount{Value: number.Frac(n, 100), Percent: true} }

func plain(num, den int64) Amount { return Amount{Value: number.Frac(num, den)} }

func param(id string) Amount { return Amount{Op: ParamValue, Param: id} }

func some(op AmountOp, args ...Amount) Amount { return Amount{Op: op, Args: args} }

func goal(c Comparator, bounds ...Amount) Goal { return Goal{Cmp: c, Bounds: bounds} }

func in2023(month, day int) date.Date { return date.Date{Year: 2023, Month: month, Day: day} }

func onDay(month, d int) Amount { return Amount{Value: OfDay(in2023(month, d)), Day: true} }

func ofFact(id string) Amount { return Amount{Op: FactAmount, Fact: id} }

func shifted(base Amount, plus Days) Amount {
	return Amount{Op: ShiftedDay, Args: []Amount{base}, Plus: plus}
}

func dayGoal(c Comparator, bound Amount) Goal {
	return Goal{Cmp: c, Days: true, Bounds: []Amount{bound}}
}

func fact(fact string) Measure { return Measure{Op: ValueOf, Fact: fact} }

func share(part, whole string) Measure { return Measure{Op: ShareOf, Part: part, Whole: whole} }

func of(op MeasureOp, args ...Measure) Measure { return Measure{Op: op, Args: args} }

// feeCompares is a condition on the fees of a dossier.
func feeCompares(cmp Comparator, bounds ...int64) Condition {
	c := Condition{Column: "fee", Op: Compares, Cmp: cmp}
	for _, x := range bounds {
		c.Bounds = append(c.Bounds, plain(x, 1))
	}
	return c
}

func TestWholePlan(t *testing.T) {
	got, _ := whole(t)
	dossiers, done := in("hồ sơ", "dossiers"), []ChoiceValue{
		{ID: "done", Names: []string{"Hoàn thành", "x"}},
		{ID: "in-progress", Names: []string{"Đang thực hiện"}, Title: in("Đang làm", "In progress")},
		{ID: "not-done", Names: []string{"Chưa"}},
	}
	doneKeys := map[string]string{"hoàn thành": "done", "x": "done", "đang thực hiện": "in-progress", "chưa": "not-done"}
	cell := func(label, column string) []Source {
		return []Source{{Op: CellSource, Table: "statistics", Column: column, Row: []RowMatch{{Column: "label", Names: []string{label}}}}}
	}
	ofColumn := func(op SourceOp, column string) []Source {
		return []Source{{Op: op, Table: "dossiers", Column: column, During: "resolved", Over: YearToDate, Where: []Condition{{Column: "due", Op: IsFilled}}}}
	}
	count := func(during string, where ...Condition) []Source {
		return []Source{{Op: CountSource, Table: "dossiers", During: during, Where: where}}
	}
	over := func(from []Source) []Source {
		from[0].Over = OverPeriod
		return from
	}
	x, eight, floor := in("x", "x"), number.Int(8), number.Frac(625, 1000)
	proportional := Credit{Kind: Proportional}
	want := &Plan{
		ID:       "whole-2023",
		File:     "whole.yaml",
		Title:    in("Kế hoạch thử", "A plan for tests"),
		Issuer:   in("UBND tỉnh X", "People's Committee of X"),
		Document: Document{Number: "012/QĐ-UBND", Date: date.Date{Year: 2022, Month: 12, Day: 23}},
		Period:   Period{From: date.Date{Year: 2023, Month: 1, Day: 1}, To: date.Date{Year: 2023, Month: 12, Day: 31}},
		Note:     in("Mỗi chỉ tiêu một điểm.", "One point a target."),
		Official: Mean,
		Ties:     TieDense,
		Round:    new(Decimals(2)),
		Fallen:   Shared,
		Defaults: Defaults{Points: number.Int(2), Credit: proportional, WhenEmpty: AsNotApplicable, WhenMissing: AsMissed, UnitsLack: AlsoWhole,
			Goal: &Goal{Cmp: Is, Choice: "done"}, Levels: []string{"department"}, Forms: []FormOf{{Kind: ChoiceFact, Table: "statistics"}, {Kind: ShareFact, Table: "statistics"}}, Style: number.StyleVI},
		Levels: []Level{
			{ID: "province", Title: in("Cấp tỉnh", "Province")},
			{ID: "department", Title: in("Sở", "Department"), Names: []string{"Sở *", "Ban *"}},
		},
		Areas: []Area{
			{ID: "procedures", Title: in("Thủ tục hành chính", "Administrative procedures"), AreaRules: AreaRules{Within: "finance", Fallen: new(Given)}},
			{ID: "finance", Title: in("Tài chính công", "Public finance"), AreaRules: AreaRules{
				Cap: new(number.Int(5)), Floor: new(number.Int(-1)), Weight: new(number.Int(4)), Round: new(Decimals(1)),
			}},
		},
		Grades: []Grade{
			{ID: "good", Title: in("Tốt", "Good"), AtLeast: new(number.Frac(4, 5)), Percent: true, Unless: []Obstacle{
				{Area: "finance", LessThan: number.Frac(1, 2), Percent: true}, {Target: "rank", Is: "missed"},
			}},
			{ID: "poor", Title: in("Yếu", "Poor")},
		},
		Params: []Param{
			{ID: "assigned", Title: in("Mức Chính phủ giao", "The Government's figure")},
			{ID: "floor", Value: &floor, Percent: true, Source: in("Công văn 1", "Letter 1")},
			{ID: "last-year", Value: &eight, Source: in("Sổ theo dõi", "Sổ theo dõi"), Values: []AssignedValue{{Unit: "so-noi-vu", Level: "province", Period: "q1", From: date.Date{Year: 2024, Month: 1, Day: 1}, Value: number.Int(9)}}},
			{ID: "floor-fee", Value: new(number.Int(3)), Source: in("Công văn 3", "Letter 3")},
			{ID: "report-day", Value: new(OfDay(in2023(3, 15))), Day: true, Source: in("Công văn 2", "Letter 2")},
		},
		Holidays: []Holiday{{Period: Period{in2023(1, 2), in2023(1, 2)}}, {Period: Period{in2023(1, 20), in2023(1, 26)}}},
		Worked:   []date.Date{in2023(2, 4)},
		Calendar: date.NewCalendar([]date.Date{in2023(1, 2), in2023(1, 20), in2023(1, 23), in2023(1, 24), in2023(1, 25), in2023(1, 26)}, []date.Date{in2023(2, 4)}),
		Tables: []Table{{
			ID: "statistics", Shape: Form, Title: in("Phụ lục thống kê", "Annex"),
			Sheets: []string{"Thống kê*", "Phụ lục*"}, Levels: []string{"province", "department"},
			Columns: []Column{
				{ID: "code", Headers: []string{"STT", "TT"}, Role: CodeRole, Optional: true},
				{ID: "label", Headers: []string{"Chỉ tiêu thống kê"}, Role: LabelRole},
				{ID: "value", Headers: []string{"Số liệu"}, Type: Number, Style: number.StyleVI},
				{ID: "quarter", Type: Number, Style: number.StyleVI, Periods: map[string][]string{"q1": {"Quý I"}, "q2": {"Quý II"}, "year": {"Cả năm", "Lũy kế"}}},
				{ID: "stated", Headers: []string{"Tỷ lệ (%)"}, Type: Share, Style: number.StyleVI, Scale: Percents},
				{ID: "day", Headers: []string{"Ngày"}, Type: Date, Optional: true},
				{ID: "status", Headers: []string{"Kết quả"}, Type: Choice, Values: done, Choices: doneKeys},
			},
		}, {
			ID: "tthc", Title: lang.Same("tthc"), Shape: Cross, Unit: dossiers, Each: SheetsAreMonths, Totals: []string{"Toàn ngành"},
			Columns: []Column{
				{ID: "label", Headers: []string{"Lĩnh vực"}, Role: LabelRole},
				{ID: "received", Headers: []string{"Tiếp nhận / Tổng số"}, Type: Number, Style: number.StyleVI},
				{ID: "online", Headers: []string{"Tiếp nhận / Trực tuyến"}, Type: Number, Style: number.StyleVI},
				{ID: "direct", Headers: []string{"Tiếp nhận / Trực tiếp"}, Type: Number, Style: number.StyleVI},
				{ID: "rate", Headers: []string{"Tỷ lệ"}, Type: Share, Style: number.StyleVI, Scale: Ones},
			},
			Sums:   []ColumnSum{{Column: "received", Of: []string{"online", "direct"}}},
			Ratios: []ColumnRatio{{Column: "rate", Part: "online", Whole: "received"}},
		}, {
			ID: "dossiers", Title: lang.Same("dossiers"), Shape: List,
			Scale: []Scale{{[]string{"triệu đồng"}, number.Int(1e6)}, {[]string{"tỷ đồng"}, number.Int(1e9)}},
			Columns: []Column{
				{ID: "id", Headers: []string{"Mã hồ sơ"}, Role: KeyRole, Unique: true, Required: true},
				{ID: "received", Headers: []string{"Ngày tiếp nhận"}, Type: Date, Required: true},
				{ID: "due", Headers: []string{"Ngày hẹn trả"}, Type: Date, NotBefore: "received"},
				{ID: "resolved", Headers: []string{"Ngày trả kết quả"}, Type: Date, NotBefore: "received"},
				{ID: "unit", Headers: []string{"Đơn vị"}, Role: UnitRole, Optional: true},
				{ID: "fee", Headers: []string{"Phí"}, Type: Number, Style: number.StyleEN},
				{ID: "level", Headers: []string{"Mức độ"}, Type: Choice, Values: []ChoiceValue{
					{ID: "partial", Names: []string{"Một phần", "Mức độ 3"}},
					{ID: "full", Names: []string{"Toàn trình"}},
					{ID: "none", Names: []string{"Không"}},
				}, Choices: map[string]string{"một phần": "partial", "mức độ 3": "partial", "toàn trình": "full", "không": "none"}},
			},
		}},
		Facts: []Fact{
			{ID: "resolved", Title: in("Hồ sơ đã giải quyết", "Dossiers resolved"), Unit: dossiers, From: []Source{
				{Op: CountSource, Table: "dossiers", During: "resolved"},
				{Op: CellSource, Table: "statistics", Column: "value", Row: []RowMatch{
					{Column: "label", Names: []string{"Tổng số hồ sơ"}, Under: []string{"Lĩnh vực A"}},
					{Column: "code", Names: []string{"1.1"}, Under: []string{"Lĩnh vực A"}},
				}},
				{Op: TotalSource, Table: "tthc", Column: "received", Over: OverPeriod, Combine: PartsMost},
			}},
			{ID: "partial", Title: in("Một phần", "Partial"), Unit: dossiers,
				From: count("resolved", Condition{Column: "level", Op: IsOneOf, Values: []string{"partial"}})},
			{ID: "full", Title: in("Toàn trình", "Full"), Unit: dossiers,
				From: over(count("resolved", Condition{Column: "level", Op: IsNotOneOf, Values: []string{"partial", "none"}}))},
			{ID: "online", Title: in("Trực tuyến", "Online"), Unit: dossiers,
				From: []Source{{Op: AddSource, Facts: []string{"partial", "full"}}}},
			{ID: "offline", Title: in("Không trực tuyến", "Not online"), Unit: dossiers,
				From: []Source{{Op: SubtractSource, Facts: []string{"resolved", "online"}}}},
			{ID: "handled-before", Title: in("Năm trước", "Last year"), Unit: dossiers, From: []Source{
				{Op: PreviousSource, Earlier: Earlier{Op: EarlierFact, ID: "resolved"}}, {Op: PreviousSource, Earlier: Earlier{Op: EarlierValue, ID: "dialogues"}},
				{Op: CellSource, Table: "statistics", Column: "quarter", Row: []RowMatch{{Column: "label", Names: []string{"Năm trước"}}}, Over: YearToDate, Combine: PartsLeast}}},
			{ID: "points-before", Title: in("Điểm năm trước", "Points of last year"), Unit: in("điểm", "points"), Kind: AmountFact, From: []Source{
				{Op: PreviousSource, Earlier: Earlier{Op: EarlierPoints, ID: "dialogues"}}}},
			{ID: "score-before", Title: in("Điểm tổng năm trước", "Score of last year"), Kind: ShareFact, From: []Source{
				{Op: PreviousSource, Earlier: Earlier{Op: EarlierScore}}}},
			{ID: "on-time", Title: in("Đúng hạn", "On time"), Unit: dossiers, From: count("resolved",
				Condition{Column: "resolved", Op: NotAfter, Other: "due"}, Condition{Column: "due", Op: IsFilled})},
			{ID: "late", Title: in("Quá hạn", "Late"), Unit: dossiers, From: count("resolved",
				Condition{Column: "resolved", Op: After, Other: "due"}, Condition{Column: "unit", Op: IsBlank})},
			{ID: "fees", Title: in("Phí", "Fees"), Unit: in("đồng", "dong"), Kind: AmountFact, From: []Source{
				{Op: SumSource, Table: "dossiers", Column: "fee", During: "received", Over: YearToDate,
					Where: []Condition{{Column: "unit", Op: IsOneOf, Values: []string{"Sở Nội vụ"}}}}}},
			{ID: "stated", Title: in("Tỷ lệ", "Stated share"), Kind: ShareFact, From: cell("Tỷ lệ", "stated")},
			{ID: "stated-before", Title: in("Tỷ lệ năm trước", "Share of the year before"), Kind: ShareFact, From: cell("Tỷ lệ năm trước", "stated")},
			{ID: "par-index", Title: in("Hạng PAR INDEX", "PAR INDEX rank"), Kind: RankFact, From: cell("PAR INDEX", "value")},
			{ID: "code-of-conduct", Title: in("Quy tắc ứng xử", "Code of conduct"), Kind: ChoiceFact, Values: done, From: cell("Quy tắc ứng xử", "status")},
			{ID: "issued", Title: in("Ngày ban hành", "Day of issue"), Kind: DateFact, From: cell("Ngày ban hành", "day")},
			{ID: "came", Title: in("Ngày nộp", "Day of receipt"), Kind: DateFact, From: []Source{{Op: SubmissionSource}}},
			{ID: "deadline", Title: in("Hạn nộp", "Deadline"), Kind: DateFact, From: []Source{{Op: RosterSource}}},
			{ID: "days-late", Title: in("Số ngày trễ", "Days late"), Unit: in("ngày làm việc", "working days"),
				From: []Source{{Op: DaysSource, Facts: []string{"came", "deadline"}, Between: DaysAfter{Day: "came", Fact: "deadline", Working: true}}}},
			{ID: "dialogues", Title: in("Đối thoại", "Dialogues"), Unit: in("cuộc", "dialogues"), From: []Source{{Op: CellSource, Table: "statistics", Column: "quarter", Row: []RowMatch{{Column: "label", Names: []string{"Đối thoại"}}}, Where: []Condition{{Column: "day", Op: IsFilled}}}}},
			{ID: "levels-used", Title: in("Số mức độ", "Levels used"), Unit: in("mức", "levels"), From: ofColumn(DistinctSource, "level")},
			{ID: "mean-fee", Title: in("Phí trung bình", "Mean fee"), Unit: in("đồng", "dong"), Kind: AmountFact, From: ofColumn(MeanSource, "fee")},
			{ID: "least-fee", Title: in("Phí thấp nhất", "Least fee"), Unit: in("đồng", "dong"), Kind: AmountFact, From: ofColumn(LeastSource, "fee")},
			{ID: "most-fee", Title: in("Phí cao nhất", "Most fee"), Unit: in("đồng", "dong"), Kind: AmountFact, From: ofColumn(MostSource, "fee")},
			{ID: "plan-issued-task", Title: in("Ban hành kế hoạch", "Plan issued"), Kind: ChoiceFact, Values: done, From: []Source{
				{Op: CellSource, Table: "statistics", Column: "status", Row: []RowMatch{{Column: "label", Names: []string{"Ban hành kế hoạch", "Kế hoạch"}}}}}},
			{ID: "costs-share", Title: in("Tỷ lệ cắt giảm", "Share cut"), Kind: ShareFact, From: cell("Tỷ lệ cắt giảm chi phí", "stated")},
			{ID: "many", Title: in("Hồ sơ nhiều phí", "Dossiers with fees"), Unit: dossiers, From: count("",
				feeCompares(AtLeast, 1),
				Condition{Column: "any_of", Op: AnyOf, Any: [][]Condition{{feeCompares(MoreThan, 2)},
					{feeCompares(AtMost, 9), {Column: "resolved", Op: After, Day: date.Date{Year: 2023, Month: 3, Day: 15}}}}},
				Condition{Column: "none_of", Op: NoneOf, Any: [][]Condition{
					{{Column: "fee", Op: Compares, Cmp: LessThan, Bounds: []Amount{{Op: ParamValue, Param: "floor-fee"}}}},
					{feeCompares(Between, 4, 5), {Column: "received", Op: Before, Bounds: []Amount{shifted(param("report-day"), Days{N: 2})}}},
					{{Column: "resolved", Op: NotBefore, Other: "due", Plus: Days{5, true}}}}})},
		},
		Targets: []Target{{
			ID: "partial-share", Area: "procedures", Title: in("Hồ sơ một phần", "Partial dossiers"),
			Clause: "I.2", Quote: "đạt từ 65% trở lên", Note: in("Ghi chú", "A note"),
			Levels: []string{"province", "department"}, Units: []string{"so-xay-dung"},
			Measure: share("partial", "resolved"),
			Goal:    goal(AtLeast, percent(65)),
			LevelGoals: map[string]Goal{
				"province": goal(MoreThan, some(MaxAmount, percent(60), param("assigned"), param("floor"))),
			},
			Points: number.Int(1),
			Credit: Credit{Kind: Banded, Bands: []Band{
				{Cmp: AtLeast, Bounds: []Amount{percent(65)}, Points: number.Int(1)},
				{Cmp: Between, Bounds: []Amount{percent(50), percent(65)}, Earns: BandSloped, Ends: []number.Exact{number.Frac(1, 2), number.Int(1)}},
				{Cmp: AtLeast, Bounds: []Amount{percent(40)}, Earns: BandProportional},
				{Cmp: LessThan, Bounds: []Amount{percent(40)}},
			}},
			WhenEmpty: AsMet, WhenMissing: AsNotApplicable, Rollup: PooledRollup, Also: []string{"late"},
			Adopted: in("Chỉ một phần.", "Partial only."),
			Readings: []Reading{
				{ID: "with-full", Note: in("Cả toàn trình", "With full"), Measure: share("online", "resolved"), Goal: goal(AtLeast, percent(65))},
				{ID: "stricter", Note: in("Trên 70%", "Over 70%"), Measure: share("partial", "resolved"),
					Goal: goal(MoreThan, some(MinAmount, percent(70), some(ProductAmount, plain(1, 2), some(SumAmount, percent(100), percent(50)))))},
			},
			Remedy: in("Hướng dẫn người dân nộp trực tuyến.", "Help people to file online."),
		}, {
			ID: "on-time-share", Area: "procedures", Title: in("Đúng hạn", "On time"), Clause: "I.3", Quote: "đúng hạn",
			Levels: []string{"department"},
			Measure: of(MinOf, share("on-time", "resolved"), fact("stated"),
				of(OneMinus, of(SumOf, share("late", "resolved"), share("offline", "resolved")))),
			Goal:      goal(AtLeast, percent(50)),
			Points:    number.Int(2),
			Credit:    Credit{Kind: Linear, Floor: percent(30)},
			WhenEmpty: AsNotApplicable, WhenMissing: AsMissed, Remedy: x,
		}, {
			ID: "share-up", Area: "procedures", Title: in("Tăng tỷ lệ", "A larger share"), Clause: "I.4", Quote: "tăng",
			Levels: []string{"department"},
			Measure: of(ChangeOf, of(MeanOf, fact("stated"), of(MaxOf, fact("stated"), fact("stated-before"))),
				fact("stated-before")),
			Goal: goal(AtLeast, percent(20)),
			Readings: []Reading{{ID: "grown", Note: x, Measure: of(GrowthOf, fact("stated"), fact("stated-before")),
				Goal: goal(AtLeast, percent(20))}},
			Points:    number.Int(2),
			Credit:    proportional,
			WhenEmpty: AsNotApplicable, WhenMissing: AsMissed, Remedy: x,
		}, {
			ID: "rank", Area: "procedures", Title: in("Hạng", "Rank"), Clause: "I.5", Quote: "nhóm 20", Commitment: Aspirational,
			Levels: []string{"province"}, Measure: fact("par-index"), Goal: goal(AtMost, plain(20, 1)), Points: number.Int(2),
			WhenEmpty: AsNotApplicable, WhenMissing: AsMissed, Published: date.Date{Year: 2024, Month: 4, Day: 1}, Remedy: x,
		}, {
			ID: "conduct", Area: "procedures", Title: in("Quy tắc", "Conduct"), Clause: "II.4", Quote: "quy tắc",
			Levels: []string{"department"}, Measure: fact("code-of-conduct"), Goal: Goal{Cmp: Is, Choice: "done"}, Points: number.Int(2),
			Credit: Credit{Kind: ByChoice, Choices: []ChoicePoints{
				{"done", number.Int(2)}, {"in-progress", number.Frac(1, 2)}, {"not-done", number.Exact{}},
			}},
			WhenEmpty: AsNotApplicable, WhenMissing: AsMissed, Remedy: x,
		}, {
			ID: "few-fees", Area: "finance", Title: in("Phí", "Fees"), Clause: "II.5", Quote: "phí",
			Levels: []string{"department"}, Measure: fact("fees"), Goal: goal(LessThan, plain(2000001, 2)), Points: number.Int(2),
			Credit: Credit{Kind: Banded, Bands: []Band{
				{Cmp: MoreThan, Bounds: []Amount{plain(2000001, 2)}},
				{Cmp: AtMost, Bounds: []Amount{plain(2000001, 2)}, Points: number.Int(2)},
			}},
			WhenEmpty: AsNotApplicable, WhenMissing: AsMissed, Remedy: x,
		}, {
			ID: "dialogues", Area: "finance", Title: in("Đối thoại", "Dialogues"), Clause: "II.7", Quote: "từ 02 đến 03 cuộc",
			Levels: []string{"province"}, Measure: fact("dialogues"),
			Goal:      goal(AtLeast, some(ProductAmount, plain(12, 10), param("last-year"))),
			Round:     new(Decimals(3)),
			Credit:    Credit{Kind: EachOf, Each: number.Frac(1, 2)},
			WhenEmpty: AsNotApplicable, WhenMissing: AsMissed, Remedy: x,
			Readings: []Reading{
				{ID: "own", Note: in("Như năm trước", "As last year"), Measure: fact("dialogues"), Goal: goal(AtLeast, Amount{Op: FactAmount, Fact: "handled-before"})},
				{ID: "exact", Note: in("Đúng 3", "Just 3"), Measure: fact("dialogues"), Goal: goal(Is, plain(3, 1))},
				{ID: "planned", Note: in("Từ 2 đến 3", "2 to 3"), Measure: fact("dialogues"), Goal: goal(Between, plain(2, 1), plain(3, 1))},
				{ID: "rates", Note: in("Theo số hồ sơ", "By dossiers"), Goal: goal(AtLeast, plain(5, 1)), Measure: Measure{
					Op: RatioOf, Per: new(number.Int(1000)), Unit: in("cuộc", "dialogues"), Args: []Measure{fact("dialogues"),
						of(FirstOf, fact("handled-before"), of(QuotientOf, of(ProductOf, fact("dialogues"), Measure{Op: ParamOf, Param: "last-year"}), Measure{Op: ConstantOf, Value: number.Int(12)}))},
				}},
			},
			Also: []string{"points-before", "score-before", "days-late", "levels-used", "mean-fee", "least-fee", "most-fee"},
		}, {
			ID: "plan-issued", Area: "finance", Title: in("Ban hành kế hoạch", "Plan issued"), Clause: "II.8", Quote: "ban hành kế hoạch",
			Levels: []string{"department"}, Measure: fact("plan-issued-task"), Goal: Goal{Cmp: Is, Choice: "done"}, Points: number.Int(3), PointsOf: "floor-fee",
			WhenEmpty: AsNotApplicable, WhenMissing: AsMissed, Remedy: x,
		}, {
			ID: "costs-cut", Area: "finance", Title: in("Cắt giảm chi phí", "Costs cut"), Clause: "II.8", Quote: "cắt giảm 10% chi phí",
			Levels: []string{"department"}, Measure: fact("costs-share"), Goal: goal(AtLeast, percent(10)), Points: number.Int(2),
			Credit:    Credit{Kind: ByPlace, Places: []Place{{Within: number.Int(1), Points: number.Int(2)}, {Within: number.Frac(1, 4), Percent: true, Points: number.Int(1)}}},
			WhenEmpty: AsNotApplicable, WhenMissing: AsMissed, Remedy: x,
		}, {
			ID: "many", Area: "finance", Title: in("Nhiều", "Many"), Clause: "II.8", Quote: "nhiều",
			Levels: []string{"department"}, Measure: fact("many"), Goal: goal(AtLeast, plain(1, 1)), Points: number.Int(2),
			WhenEmpty: AsNotApplicable, WhenMissing: AsMissed, Remedy: x,
		}, {
			ID: "late-reports", Area: "finance", Title: in("Báo cáo muộn", "Late reports"), Clause: "II.8", Quote: "trừ 0,25 điểm mỗi lần",
			Levels: []string{"province"}, Measure: fact("dialogues"), Adjust: Deduction, Most: new(number.Int(2)),
			Credit:    Credit{Kind: EachOf, Each: number.Frac(1, 4)},
			WhenEmpty: AsNotApplicable, WhenMissing: AsMissed, Remedy: x,
		}, {
			ID: "initiatives", Area: "finance", Title: in("Sáng kiến", "Initiatives"), Clause: "II.9", Quote: "cộng điểm",
			Levels: []string{"province"}, Measure: fact("dialogues"), Adjust: Bonus, Most: new(number.Int(1)),
			Credit:    Credit{Kind: Banded, Bands: []Band{{Cmp: AtLeast, Bounds: []Amount{plain(3, 1)}, Points: number.Int(1)}, {Cmp: LessThan, Bounds: []Amount{plain(3, 1)}}}},
			WhenEmpty: AsNotApplicable, WhenMissing: AsMissed, Remedy: x,
		}, {
			ID: "conduct-bonus", Area: "finance", Title: in("Thưởng quy tắc", "Bonus for conduct"), Clause: "II.9", Quote: "cộng điểm",
			Levels: []string{"department"}, Measure: fact("code-of-conduct"), Adjust: Bonus, Most: new(number.Int(1)),
			Credit: Credit{Kind: ByChoice, Choices: []ChoicePoints{
				{Choice: "done", Points: number.Int(1)}, {Choice: "in-progress", Points: number.Frac(1, 2)}, {Choice: "not-done"},
			}},
			WhenEmpty: AsNotApplicable, WhenMissing: AsMissed, Remedy: x,
		}, {
			ID: "in-time", Area: "finance", Title: in("Nộp đúng hạn", "Submitted in time"), Clause: "II.10", Quote: "nộp đúng hạn",
			Levels: []string{"department"}, Measure: fact("came"), Goal: dayGoal(AtMost, shifted(ofFact("deadline"), Days{})), Points: number.Int(2),
			Credit: Credit{Kind: Banded, Bands: []Band{
				{Cmp: AtMost, Days: true, Bounds: []Amount{ofFact("deadline")}, Points: number.Int(2)},
				{Cmp: LessThan, Days: true, Bounds: []Amount{shifted(ofFact("deadline"), Days{N: 6})}, Points: number.Int(1)},
				{Cmp: MoreThan, Days: true, Bounds: []Amount{onDay(12, 31)}},
				{Cmp: AtLeast, Days: true, Bounds: []Amount{ofFact("deadline")}},
			}},
			WhenEmpty: AsNotApplicable, WhenMissing: AsMissed, Remedy: x,
			Readings: []Reading{
				{ID: "earlier", Note: x, Measure: fact("came"), Goal: dayGoal(LessThan, shifted(param("report-day"), Days{5, true}))},
				{ID: "later", Note: x, Measure: fact("came"), Goal: dayGoal(MoreThan, onDay(1, 31))},
				{ID: "not-earlier", Note: x, Measure: fact("came"), Goal: dayGoal(AtLeast, shifted(some(MaxAmount, onDay(1, 31), ofFact("issued")), Days{N: -3}))},
			},
		}, {
			ID: "most-of-them", Area: "finance", Title: in("Phần lớn chỉ tiêu", "Most targets"), Clause: "II.10", Quote: "phần lớn",
			Levels: []string{"department"}, Requires: []string{"conduct", "many"},
			AppliesIf: []Condition{
				{Column: "dialogues", Op: Compares, Cmp: AtLeast, Bounds: []Amount{plain(2, 1)}},
				{Column: "any_of", Op: AnyOf, Any: [][]Condition{
					{{Column: "code-of-conduct", Op: IsOneOf, Values: []string{"done"}}},
					{{Column: "code-of-conduct", Op: IsNotOneOf, Values: []string{"not-done"}}},
				}},
			},
			Measure: Measure{Op: MetOf, Targets: []string{"few-fees", "conduct", "many"}}, Goal: goal(AtLeast, plain(2, 1)), Points: number.Int(2),
			Readings: []Reading{{ID: "those-that-apply", Note: in("Trên số có áp dụng", "Of those that apply"), Goal: goal(AtLeast, percent(50)),
				Measure: Measure{Op: MetOf, Targets: []string{"few-fees", "conduct", "many"}, Of: Applicable}}},
			WhenEmpty: AsNotApplicable, WhenMissing: AsMissed, Remedy: x,
		}},
		Severities: map[diag.CheckID]diag.Severity{diag.TextNumber: diag.Warning, diag.TotalMismatch: diag.Error},
	}
	ignore := cmp.Options{
		cmpopts.IgnoreTypes(diag.Pos{}),
		cmpopts.IgnoreFields(Plan{}, "SHA256"),
		cmpopts.IgnoreFields(Target{}, "Definition"),
		cmpopts.IgnoreFields(Condition{}, "With", "Lacks"),
	}
	if diff := cmp.Diff(want, got, ignore); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func BenchmarkParse(b *testing.B) {
	_, data := whole(b)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		Parse("whole.yaml", data)
	}
}

func TestPlaces(t *testing.T) {
	p, _ := whole(t)
	target := p.FindTarget("partial-share")
	for _, test := range []struct {
		name string
		pos  diag.Pos
		want string
	}{
		{"level", p.Levels[0].Pos, "whole.yaml:13:3"},
		{"column", p.FindTable("dossiers").FindColumn("fee").Pos, "whole.yaml:69:7"},
		{"fact", p.FindFact("online").Pos, "whole.yaml:88:3"},
		{"source", p.FindFact("resolved").From[1].Pos, "whole.yaml:77:9"},
		{"condition", p.FindFact("on-time").From[0].Where[1].Pos, "whole.yaml:102:84"},
		{"target", target.Pos, "whole.yaml:141:5"},
		{"goal", target.Goal.Pos, "whole.yaml:150:11"},
		{"amount", target.Goal.Bounds[0].Pos, "whole.yaml:150:22"},
		{"level goal", target.LevelGoals["province"].Pos, "whole.yaml:151:29"},
		{"band", target.Credit.Bands[1].Pos, "whole.yaml:153:50"},
		{"reading", target.Readings[1].Pos, "whole.yaml:161:9"},
		{"inherited credit", p.FindTarget("share-up").Credit.Pos, "whole.yaml:10:31"},
	} {
		if got := test.pos.String(); got != test.want {
			t.Errorf("%s stands at %s, want %s", test.name, got, test.want)
		}
	}
}
