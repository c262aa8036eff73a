package report

import (
	"strings"

	"github.com/parcheck/parcheck/pkg/date"
	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/fact"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/plan"
	"github.com/parcheck/parcheck/pkg/score"
)

// The cards below are made by hand, with invented figures: what the writers
// are given, whatever reads workbooks and judges them.

var samplePlan = score.PlanRef{
	ID:       "quang-nam-2023",
	Title:    lang.T("Public administration reform plan 2023", "Kế hoạch công tác cải cách hành chính năm 2023"),
	Issuer:   lang.T("Quang Nam Provincial People's Committee", "UBND tỉnh Quảng Nam"),
	Document: "3532/QĐ-UBND",
	Date:     date.Date{Year: 2022, Month: 12, Day: 23},
	SHA256:   strings.Repeat("5a", 32),
	Note: lang.T("The Decision sets no weights: each target earns one point.",
		"Quyết định không quy định trọng số: mỗi chỉ tiêu tính một điểm."),
}

var samplePeriod = plan.Period{From: date.Date{Year: 2023, Month: 1, Day: 1}, To: date.Date{Year: 2023, Month: 12, Day: 31}}

func exact(s string) number.Exact {
	var x number.Exact
	if err := x.UnmarshalText([]byte(s)); err != nil {
		panic(err)
	}
	return x
}

// fig is a figure: its exact value, and how it is printed in English and
// Vietnamese (one text when they are alike).
func fig(value string, shown ...string) score.Figure {
	return score.Figure{Exact: exact(value), Shown: lang.T(shown[0], shown[len(shown)-1])}
}

func figp(value string, shown ...string) *score.Figure {
	f := fig(value, shown...)
	return &f
}

var (
	procedures = [2]lang.Text{lang.Same("administrative-procedures"), lang.T("Administrative procedures", "Cải cách thủ tục hành chính")}
	finance    = [2]lang.Text{lang.Same("public-finance"), lang.T("Public finance", "Cải cách tài chính công")}
	digital    = [2]lang.Text{lang.Same("digital-government"), lang.T("E-government and digital government", "Xây dựng và phát triển chính quyền điện tử, chính quyền số")}
	direction  = [2]lang.Text{lang.Same("direction"), lang.T("Direction", "Chỉ đạo, điều hành")}
)

// result is the part that every result has.
func result(id string, area [2]lang.Text, clause string, o score.Outcome, en, vi string) score.Result {
	r := score.Result{
		Target: id, Definition: "d-" + id, Title: lang.T(en, vi),
		Area: area[0].In(lang.EN), AreaTitle: area[1], Clause: clause, Commitment: plan.Mandatory, Kind: plan.ShareKind,
		Outcome: o, Points: fig("0", "0"), Max: fig("1", "1"),
		Credit: lang.T("all or nothing", "đạt thì được điểm tối đa, không đạt thì 0 điểm"),
	}
	if o == score.Met {
		r.Points = fig("1", "1")
	}
	return r
}

func atLeast(bound, en, vi string) score.Goal {
	return score.Goal{Comparator: plan.AtLeast, Bounds: []score.Figure{fig(bound, en, vi)}, Shown: lang.T("≥ "+en, "≥ "+vi)}
}

func share(r *score.Result, num, den string, numShown, denShown, shown [2]string, goal score.Goal) {
	r.Value = &score.Figure{Exact: exact(num).Quo(exact(den)), Shown: lang.T(shown[0], shown[1])}
	r.Numerator.Figure = fig(num, numShown[0], numShown[1])
	r.Denominator.Figure = fig(den, denShown[0], denShown[1])
	r.Goal = goal
}

func partOf(id, en, vi, unitEN, unitVI string) *score.Part {
	return &score.Part{Fact: id, Title: lang.T(en, vi), Unit: lang.T(unitEN, unitVI), State: fact.Reported}
}

const (
	agencyFile   = "agency.xlsx"
	provinceFile = "submissions/tinh.xlsx"
)

// department is the card of a department that reached some targets, missed
// others, and left some out.
func department() score.Card {
	c := score.Card{
		Plan:       samplePlan,
		Unit:       fact.Unit{ID: "so-xay-dung", Name: lang.T("Department of Construction", "Sở Xây dựng"), Level: "department", LevelTitle: lang.T("department", "sở, ban, ngành"), Group: "departments", From: lang.Same("'Phụ lục'!A3")},
		Period:     samplePeriod,
		PeriodFrom: lang.Same("'Phụ lục'!A4"),
		AsOf:       date.Date{Year: 2024, Month: 1, Day: 31},
		Input:      fact.Input{File: agencyFile, Kind: "xlsx", SHA256: strings.Repeat("c3", 32), Bytes: 182044},
		Results: []score.Result{
			onlinePartial(), digitisedDossiers(), digitisedResults(), satisfaction(), resultSync(),
			signedDocuments(), onlinePayment(), disbursement(), rotation(), rankOfProvince(score.NotApplicable),
		},
		Facts:        departmentFacts(),
		Diagnostics:  departmentFindings(),
		Total:        score.Tally{Points: fig("7/2", "3.5", "3,5"), Max: fig("9", "9"), Score: figp("7/18", "38.9%", "38,9%"), Coverage: figp("7/9", "77.8%", "77,8%"), Met: 3, Missed: 4, Missing: 1, Invalid: 1, NotApplicable: 1, Waived: 1},
		Mandatory:    score.Tally{Points: fig("7/2", "3.5", "3,5"), Max: fig("8", "8"), Score: figp("7/16", "43.8%", "43,8%"), Coverage: figp("3/4", "75%"), Met: 3, Missed: 3, Missing: 1, Invalid: 1},
		Aspirational: score.Tally{Points: fig("0", "0"), Max: fig("1", "1"), Score: figp("0", "0%"), Coverage: figp("1", "100%"), Missed: 1, NotApplicable: 1, Waived: 1},
	}
	c.Waived = &score.Tally{Points: c.Mandatory.Points, Max: c.Mandatory.Max, Score: c.Mandatory.Score, Coverage: c.Mandatory.Coverage, Met: 3, Missed: 3, Missing: 1, Invalid: 1, NotApplicable: 2}
	return c
}

func onlinePartial() score.Result {
	r := result("online-partial-dossiers", procedures, "I.2", score.Missed,
		"Dossiers handled through partial online services", "Hồ sơ giải quyết theo dịch vụ công trực tuyến một phần")
	r.Quote = "Tỷ lệ hồ sơ giải quyết theo dịch vụ công trực tuyến một phần trên tổng số hồ sơ đạt từ 65% trở lên"
	r.Numerator = partOf("dossiers-online-partial", "Dossiers handled partly online", "Hồ sơ trực tuyến một phần", "dossiers", "hồ sơ")
	r.Denominator = partOf("dossiers-resolved", "Dossiers resolved", "Tổng số hồ sơ đã giải quyết", "dossiers", "hồ sơ")
	share(&r, "1299", "2000", [2]string{"1,299", "1.299"}, [2]string{"2,000", "2.000"}, [2]string{"64.95%", "64,95%"}, atLeast("13/20", "65%", "65%"))
	r.Gap = figp("1", "1 dossier", "1 hồ sơ")
	r.Reason = lang.T("1,299 of 2,000 dossiers = 64.95%, goal at least 65%: 1 dossier short (1,300 needed)", "1.299 trên 2.000 hồ sơ = 64,95%, chỉ tiêu từ 65% trở lên: còn thiếu 1 hồ sơ (cần 1.300)")
	r.Facts = []string{"dossiers-online-partial", "dossiers-resolved"}
	r.Remedy = lang.T("Guide applicants to the National Public Service Portal at the one-stop counter.",
		"Hướng dẫn người dân nộp hồ sơ qua Cổng Dịch vụ công quốc gia ngay tại Bộ phận Một cửa.")
	return r
}

func digitisedDossiers() score.Result {
	r := result("digitised-dossiers", procedures, "I.2", score.Met, "Valid dossiers digitised", "Hồ sơ còn hiệu lực được số hóa")
	r.Quote = "số hóa 60% hồ sơ, kết quả giải quyết thủ tục hành chính đang còn hiệu lực và có giá trị sử dụng lại"
	r.Numerator = partOf("dossiers-digitised", "Dossiers digitised", "Hồ sơ đã số hóa", "dossiers", "hồ sơ")
	r.Denominator = partOf("dossiers-valid", "Valid dossiers", "Hồ sơ còn hiệu lực", "dossiers", "hồ sơ")
	share(&r, "812", "1200", [2]string{"812", "812"}, [2]string{"1,200", "1.200"}, [2]string{"67.67%", "67,67%"}, atLeast("3/5", "60%", "60%"))
	r.Reason = lang.T("812 of 1,200, needs 720.", "812 trên 1.200, cần 720.")
	r.Facts = []string{"dossiers-digitised", "dossiers-valid"}
	return r
}

func digitisedResults() score.Result {
	r := result("digitised-results", procedures, "I.2", score.Missing, "Valid results digitised", "Kết quả giải quyết còn hiệu lực được số hóa")
	r.Quote = "số hóa 60% hồ sơ, kết quả giải quyết thủ tục hành chính đang còn hiệu lực và có giá trị sử dụng lại"
	r.Goal = atLeast("3/5", "60%", "60%")
	r.Reason = lang.T("“Results digitised” is not in the workbook.", "không tìm thấy “Kết quả đã số hóa” trong tệp.")
	r.Facts = []string{"results-digitised"}
	r.Remedy = lang.T("Fill in rows 2.3 and 2.4 of the annex.", "Điền dòng 2.3 và 2.4 của phụ lục.")
	return r
}

func satisfaction() score.Result {
	r := result("satisfaction-construction", procedures, "I.2", score.Missed,
		"Satisfaction with procedures in the field of construction", "Mức độ hài lòng đối với thủ tục lĩnh vực xây dựng")
	r.Quote = "mức độ hài lòng của người dân, doanh nghiệp về giải quyết thủ tục hành chính lĩnh vực đất đai, xây dựng, đầu tư đạt 85% trở lên"
	r.Numerator = partOf("answers-satisfied", "Answers satisfied or very satisfied", "Lượt trả lời hài lòng trở lên", "answers", "lượt")
	r.Denominator = partOf("answers-valid", "Valid answers", "Lượt trả lời hợp lệ", "answers", "lượt")
	share(&r, "254", "300", [2]string{"254", "254"}, [2]string{"300", "300"}, [2]string{"84.67%", "84,67%"}, atLeast("17/20", "85%", "85%"))
	r.Gap = figp("1", "1 answer", "1 lượt")
	r.Reason = lang.T("1 answer short: 254 of 300, needs 255.", "thiếu 1 lượt: 254 trên 300, cần 255.")
	r.Facts = []string{"answers-satisfied", "answers-valid"}
	r.Readings = []score.ReadingResult{{
		ID: "pooled", Note: lang.T("the three fields pooled", "gộp chung ba lĩnh vực"), Outcome: score.Met,
		Value: figp("0.862", "86.2%", "86,2%"), Goal: r.Goal,
		Reason: lang.T("862 of 1,000, needs 850.", "862 trên 1.000, cần 850."),
	}}
	r.Adopted = lang.T("each field is judged by itself", "xét riêng từng lĩnh vực")
	r.Disagree = true
	return r
}

func resultSync() score.Result {
	r := result("result-sync", procedures, "I.2", score.Missed, "Results synchronised with the National Portal", "Kết quả được đồng bộ trên Cổng Dịch vụ công quốc gia")
	r.Quote = "100% kết quả xử lý hồ sơ TTHC được đồng bộ trên Cổng Dịch vụ công quốc gia"
	r.Numerator = partOf("results-synchronised", "Results synchronised", "Kết quả đã đồng bộ", "results", "kết quả")
	r.Denominator = partOf("results", "Results", "Kết quả xử lý", "results", "kết quả")
	share(&r, "24999", "25000", [2]string{"24,999", "24.999"}, [2]string{"25,000", "25.000"}, [2]string{"99.996%", "99,996%"}, atLeast("1", "100%", "100%"))
	r.Points = fig("1/2", "0.5", "0,5")
	r.Credit = lang.T("by bands", "theo bậc")
	r.Gap = figp("1", "1 result", "1 kết quả")
	r.Reason = lang.T("1 result short: 24,999 of 25,000, needs 25,000.", "thiếu 1 kết quả: 24.999 trên 25.000, cần 25.000.")
	r.Facts = []string{"results-synchronised", "results"}
	return r
}

func signedDocuments() score.Result {
	r := result("signed-documents", digital, "I.2", score.Met, "Documents exchanged electronically, signed and processed online", "Văn bản trao đổi dưới dạng điện tử, được ký số và xử lý trên môi trường mạng")
	r.Quote = "100% văn bản trao đổi giữa các cơ quan nhà nước được thực hiện dưới dạng điện tử, được ký số"
	r.Numerator = partOf("documents-signed", "Documents signed", "Văn bản điện tử đã ký số", "documents", "văn bản")
	r.Denominator = partOf("documents-open", "Documents exchanged, secret ones excluded", "Văn bản trao đổi, trừ văn bản mật", "documents", "văn bản")
	share(&r, "4120", "4120", [2]string{"4,120", "4.120"}, [2]string{"4,120", "4.120"}, [2]string{"100%", "100%"}, atLeast("1", "100%", "100%"))
	r.Reason = lang.T("all 4,120.", "đủ 4.120.")
	r.Facts = []string{"documents-signed", "documents-open"}
	return r
}

func onlinePayment() score.Result {
	r := result("online-payment-transactions", digital, "I.2", score.Met, "Payments made online", "Giao dịch thanh toán trực tuyến")
	r.Quote = "tối thiểu 30% giao dịch thanh toán trực tuyến trên tổng số giao dịch"
	r.Value = figp("3/10", "30%")
	r.Goal = atLeast("3/10", "30%", "30%")
	r.Points = fig("1", "1")
	r.Reason = lang.T("300 of 1,000, needs 300.", "300 trên 1.000, cần 300.")
	r.Note = lang.T("judged without the Government's figure, which is not known", "xét khi chưa biết chỉ tiêu Chính phủ giao")
	r.Facts = []string{"payments-online"}
	return r
}

func disbursement() score.Result {
	r := result("disbursement", finance, "II.5", score.Missed, "Disbursement of public investment", "Giải ngân kế hoạch đầu tư công")
	r.Quote = "Phấn đấu giải ngân kế hoạch đầu tư công đạt từ 98% trở lên so với kế hoạch được giao"
	r.Commitment = plan.Aspirational
	r.Numerator = partOf("capital-disbursed", "Capital disbursed", "Vốn đã giải ngân", "VND million", "triệu đồng")
	r.Denominator = partOf("capital-assigned", "Capital assigned", "Kế hoạch vốn được giao", "VND million", "triệu đồng")
	share(&r, "48912.5", "50000", [2]string{"48,912.5", "48.912,5"}, [2]string{"50,000", "50.000"}, [2]string{"97.825%", "97,825%"}, atLeast("49/50", "98%", "98%"))
	r.Gap = figp("87.5", "87.5 VND million", "87,5 triệu đồng")
	r.Reason = lang.T("87.5 VND million short: 48,912.5 of 50,000, needs 49,000.", "thiếu 87,5 triệu đồng: 48.912,5 trên 50.000, cần 49.000.")
	r.Also = []score.Part{{Fact: "capital-carried-over", Title: lang.T("Capital carried over", "Vốn kéo dài"), Unit: lang.T("VND million", "triệu đồng"), State: fact.Reported, Figure: fig("1250", "1,250", "1.250")}}
	r.Facts = []string{"capital-disbursed", "capital-assigned"}
	r.Waiver = &score.Waiver{Reason: "đang chờ quyết toán công trình", Approver: "Giám đốc Sở Nội vụ", Issued: date.Date{Year: 2023, Month: 12, Day: 1}, Expires: date.Date{Year: 2024, Month: 3, Day: 31}}
	return r
}

func rotation() score.Result {
	r := result("position-rotation", direction, "II.4", score.Invalid, "Officials rotated as planned", "Chuyển đổi vị trí công tác theo kế hoạch")
	r.Quote = "thực hiện chuyển đổi vị trí công tác định kỳ đối với cán bộ, công chức"
	r.Goal = atLeast("1", "100%", "100%")
	r.Reason = lang.T("“#REF!” stands where the number of officials is wanted.", "ô số người ghi “#REF!”, cần một số.")
	r.Facts = []string{"officials-rotated"}
	r.Remedy = lang.T("Mend the formula, save, and send the file again.", "Sửa công thức, lưu và gửi lại tệp.")
	return r
}

func rankOfProvince(o score.Outcome) score.Result {
	r := result("rank-par-index", direction, "I.2", o, "PAR INDEX of the province", "Chỉ số cải cách hành chính (PAR INDEX) của tỉnh")
	r.Quote = "Phấn đấu Chỉ số cải cách hành chính (PAR INDEX) thuộc nhóm 20 tỉnh, thành phố dẫn đầu"
	r.Commitment, r.Kind = plan.Aspirational, plan.RankKind
	r.Goal = score.Goal{Comparator: plan.AtMost, Bounds: []score.Figure{fig("20", "20")}, Shown: lang.T("rank ≤ 20", "hạng ≤ 20")}
	r.Reason = lang.T("binds the province only.", "chỉ áp dụng đối với tỉnh.")
	if o == score.Pending {
		r.Reason = lang.T("published on 2024-04-01; judged as of 2024-01-31.", "công bố ngày 01/04/2024; đánh giá tại ngày 31/01/2024.")
	}
	r.Facts = []string{"rank-par-index"}
	return r
}

// known is a fact read from one source of one area.
func known(id, en, vi string, unit lang.Text, value, shownEN, shownVI, sheet, area string, n int64, raw string) fact.Fact {
	f := fact.Fact{ID: id, Title: lang.T(en, vi), Unit: unit, Kind: plan.CountFact, State: fact.Reported, Value: exact(value), Shown: lang.T(shownEN, shownVI)}
	how := lang.F("cell %s", "ô %s", diag.QuoteSheet(sheet)+"!"+area)
	if n > 1 {
		how = lang.F("count of the records in %s", "đếm số bản ghi trong %s", diag.QuoteSheet(sheet))
	}
	f.Sources = []fact.Source{{Value: f.Value, How: how, Evidence: []fact.Evidence{{
		File: agencyFile, Sheet: sheet, Cells: area, Count: n, Raw: raw, Kind: "number", Read: lang.T("number", "số"),
	}}}}
	return f
}

func departmentFacts() []fact.Fact {
	dossiers, answers := lang.T("dossiers", "hồ sơ"), lang.T("answers", "lượt")
	million := lang.T("VND million", "triệu đồng")
	resolved := known("dossiers-resolved", "Dossiers resolved", "Tổng số hồ sơ đã giải quyết", dossiers, "2000", "2,000", "2.000", "Hồ sơ", "K14:K2013", 2000, "")
	resolved.Sources = append(resolved.Sources, fact.Source{Value: exact("2012"), How: lang.T("cell 'Phụ lục'!D17", "ô 'Phụ lục'!D17"),
		Evidence: []fact.Evidence{{File: agencyFile, Sheet: "Phụ lục", Cells: "D17", Count: 1, Raw: "2.012", Kind: "text", Read: lang.T("text in the style 1.234,5", "chữ theo kiểu 1.234,5")}}})
	partial := known("dossiers-online-partial", "Dossiers handled partly online", "Hồ sơ trực tuyến một phần", dossiers, "1299", "1,299", "1.299", "Hồ sơ", "K14:K1312", 1299, "")
	partial.Sources = append(partial.Sources, fact.Source{Value: exact("1299"), How: lang.T("cell 'Phụ lục'!D18", "ô 'Phụ lục'!D18"),
		Evidence: []fact.Evidence{{File: agencyFile, Sheet: "Phụ lục", Cells: "D18", Count: 1, Raw: "1299", Kind: "number", Read: lang.T("number", "số"), Formula: true}}})
	open := known("documents-open", "Documents exchanged, secret ones excluded", "Văn bản trao đổi, trừ văn bản mật", lang.T("documents", "văn bản"), "4120", "4,120", "4.120", "Phụ lục", "D30", 1, "4152")
	open.Sources[0].Evidence = nil
	open.Sources[0].How = lang.T("documents exchanged less secret ones", "văn bản trao đổi trừ văn bản mật")
	open.Parts = []string{"documents-all", "documents-secret"}
	documents := lang.T("documents", "văn bản")
	return []fact.Fact{
		partial, resolved,
		known("dossiers-digitised", "Dossiers digitised", "Hồ sơ đã số hóa", dossiers, "812", "812", "812", "Phụ lục", "D20", 1, "812"),
		known("dossiers-valid", "Valid dossiers", "Hồ sơ còn hiệu lực", dossiers, "1200", "1,200", "1.200", "Phụ lục", "D21", 1, "1200"),
		{ID: "results-digitised", Title: lang.T("Results digitised", "Kết quả đã số hóa"), Unit: lang.T("results", "kết quả"), Kind: plan.CountFact,
			Reason: lang.T("no row “Kết quả đã số hóa” in 'Phụ lục'; the nearest is “Kết quả số hoá” in row 22", "không có dòng “Kết quả đã số hóa” trong 'Phụ lục'; gần nhất là “Kết quả số hoá” ở dòng 22")},
		known("answers-satisfied", "Answers satisfied or very satisfied", "Lượt trả lời hài lòng trở lên", answers, "254", "254", "254", "Khảo sát", "F6:F9", 4, ""),
		known("answers-valid", "Valid answers", "Lượt trả lời hợp lệ", answers, "300", "300", "300", "Khảo sát", "G6:G9", 4, ""),
		known("results-synchronised", "Results synchronised", "Kết quả đã đồng bộ", lang.T("results", "kết quả"), "24999", "24,999", "24.999", "Phụ lục", "D24", 1, "24999"),
		known("results", "Results", "Kết quả xử lý", lang.T("results", "kết quả"), "25000", "25,000", "25.000", "Phụ lục", "D25", 1, "25000"),
		known("documents-signed", "Documents signed", "Văn bản điện tử đã ký số", documents, "4120", "4,120", "4.120", "Phụ lục", "D29", 1, "4120"),
		open,
		known("documents-all", "Documents exchanged", "Văn bản trao đổi", documents, "4152", "4,152", "4.152", "Phụ lục", "D30", 1, "4152"),
		known("documents-secret", "Secret documents", "Văn bản mật", documents, "32", "32", "32", "Phụ lục", "D31", 1, "32"),
		known("payments-online", "Payments made online", "Giao dịch trực tuyến", lang.T("payments", "giao dịch"), "300", "300", "300", "Phụ lục", "D33", 1, "300"),
		known("capital-disbursed", "Capital disbursed", "Vốn đã giải ngân", million, "48912.5", "48,912.5", "48.912,5", "Giải ngân", "F40", 1, "48912.5"),
		known("capital-assigned", "Capital assigned", "Kế hoạch vốn được giao", million, "50000", "50,000", "50.000", "Giải ngân", "D40", 1, "50000"),
		known("capital-carried-over", "Capital carried over", "Vốn kéo dài", million, "1250", "1,250", "1.250", "Giải ngân", "E40", 1, "1250"),
		{ID: "officials-rotated", Title: lang.T("Officials rotated", "Số người đã chuyển đổi vị trí"), Unit: lang.T("officials", "người"), Kind: plan.CountFact, State: fact.Invalid,
			Reason:  lang.T("the cell holds the error #REF!", "ô chứa lỗi #REF!"),
			Sources: []fact.Source{{How: lang.T("cell 'Phụ lục'!D36", "ô 'Phụ lục'!D36"), Evidence: []fact.Evidence{{File: agencyFile, Sheet: "Phụ lục", Cells: "D36", Count: 1, Raw: "#REF!", Kind: "error", Read: lang.T("spreadsheet error", "lỗi bảng tính"), Formula: true}}}}},
	}
}

func departmentFindings() diag.List {
	var l diag.List
	l.Add(diag.ErrorCell, diag.At(agencyFile, "Phụ lục", 36, 4),
		lang.T("the cell holds “#REF!”: want a number", "ô chứa “#REF!”: cần một số"))
	l.Add(diag.SourcesDisagree, diag.At(agencyFile, "Phụ lục", 17, 4),
		lang.T("the form says 2,012 dossiers resolved, the list has 2,000", "biểu ghi 2.012 hồ sơ đã giải quyết, danh sách có 2.000"),
		diag.Related{Pos: diag.Pos{File: agencyFile, Sheet: "Hồ sơ", Area: diag.Area{Row: 14, Col: 11, ToRow: 2013, ToCol: 11}}, Message: lang.T("the list", "danh sách")})
	l.Add(diag.TextNumber, diag.At(agencyFile, "Phụ lục", 17, 4),
		lang.T("“2.012” is typed as text, read as 2,012: store it as a number", "“2.012” gõ dạng chữ, đọc là 2.012: nên lưu dạng số"))
	l.Add(diag.OddFile, diag.InFile(agencyFile),
		lang.T("the workbook was saved by an unknown program", "tệp được lưu bằng phần mềm lạ"))
	return l
}

// province is the card of the province: ranks that are pending, an ambiguous
// goal, a count.
func province() score.Card {
	integration := result("portal-integration", digital, "I.2", score.Missed, "Procedures integrated into the National Portal", "Thủ tục hành chính được tích hợp lên Cổng Dịch vụ công quốc gia")
	integration.Quote = "Tỉ lệ TTHC/DVC trực tuyến của tỉnh được tích hợp vào Cổng DVCQG tăng thêm 20% theo chỉ tiêu Chính phủ giao từng năm"
	integration.Value = figp("43/50", "86%")
	integration.Goal = atLeast("9/10", "90%", "90%")
	integration.Gap = figp("80", "80 procedures", "80 thủ tục")
	integration.Reason = lang.T("80 procedures short: 1,720 of 2,000, needs 1,800.", "thiếu 80 thủ tục: 1.720 trên 2.000, cần 1.800.")
	integration.Adopted = lang.T("20 points on the 70% assigned for 2022", "cộng 20 điểm phần trăm vào mức 70% giao năm 2022")
	integration.Disagree = true
	integration.Readings = []score.ReadingResult{
		{ID: "times", Note: lang.T("120% of the 70% assigned for 2022", "bằng 120% của mức 70% giao năm 2022"), Outcome: score.Met, Value: figp("43/50", "86%"), Goal: atLeast("21/25", "84%", "84%"), Reason: lang.T("1,720 of 2,000, needs 1,680.", "1.720 trên 2.000, cần 1.680.")},
		{ID: "assigned", Note: lang.T("whatever the Government assigns", "theo mức Chính phủ giao"), Outcome: score.Missing, Goal: score.Goal{Comparator: plan.AtLeast, Shown: lang.T("not known", "chưa biết")}, Reason: lang.T("the figure is not known.", "chưa biết mức giao.")},
	}
	dialogues := result("business-dialogues", direction, "II.7", score.Met, "Dialogues with business", "Đối thoại với doanh nghiệp")
	dialogues.Quote = "tổ chức đối thoại với doanh nghiệp (trong năm từ 02 đến 03 cuộc)"
	dialogues.Kind = plan.CountKind
	dialogues.Value = figp("3", "3")
	dialogues.Unit = lang.T("dialogues", "cuộc")
	dialogues.Goal = score.Goal{Comparator: plan.AtLeast, Bounds: []score.Figure{fig("2", "2")}, Shown: lang.Same("≥ 2")}
	dialogues.Reason = lang.T("3, needs 2.", "3 cuộc, cần 2.")
	own := result("agency-plan", direction, "IV.1", score.Met, "A plan of its own for 2023", "Ban hành Kế hoạch cải cách hành chính năm 2023")
	own.Quote = "xây dựng và ban hành Kế hoạch cải cách hành chính năm 2023"
	own.Kind, own.Choice = plan.ChoiceKind, "done"
	own.Value = figp("0", "done", "đã hoàn thành")
	own.Goal = score.Goal{Comparator: plan.Is, Choice: "done", Shown: lang.T("done", "hoàn thành")}
	own.Max, own.Points = fig("0", "0"), fig("0", "0")
	return score.Card{
		Plan:         samplePlan,
		Unit:         fact.Unit{ID: "quang-nam", Name: lang.T("Quang Nam province", "Tỉnh Quảng Nam"), Level: "province", LevelTitle: lang.T("province", "tỉnh"), From: lang.Same("--unit")},
		Period:       samplePeriod,
		AsOf:         date.Date{Year: 2024, Month: 1, Day: 31},
		Input:        fact.Input{File: provinceFile, Kind: "xlsx", SHA256: strings.Repeat("7e", 32), Bytes: 40411},
		Results:      []score.Result{integration, rankOfProvince(score.Pending), dialogues, own},
		Total:        score.Tally{Points: fig("1", "1"), Max: fig("2", "2"), Score: figp("1/2", "50%"), Coverage: figp("1", "100%"), Met: 2, Missed: 1, Pending: 1, Disagree: 1},
		Mandatory:    score.Tally{Points: fig("1", "1"), Max: fig("2", "2"), Score: figp("1/2", "50%"), Coverage: figp("1", "100%"), Met: 2, Missed: 1, Disagree: 1},
		Aspirational: score.Tally{Points: fig("0", "0"), Max: fig("0", "0"), Pending: 1},
	}
}

// district is the card of a unit that reached everything that applies.
func district() score.Card {
	r := signedDocuments()
	return score.Card{
		Plan:         samplePlan,
		Unit:         fact.Unit{Name: lang.T("People's Committee of Núi Thành district", "UBND huyện Núi Thành"), Level: "district", LevelTitle: lang.T("district", "cấp huyện"), From: lang.Same("A2")},
		Period:       samplePeriod,
		AsOf:         date.Date{Year: 2024, Month: 1, Day: 31},
		Input:        fact.Input{File: "submissions/nui-thanh.csv", Kind: "csv", SHA256: strings.Repeat("11", 32), Bytes: 911},
		Results:      []score.Result{r},
		Total:        score.Tally{Points: fig("1", "1"), Max: fig("1", "1"), Score: figp("1", "100%"), Coverage: figp("1", "100%"), Met: 1},
		Mandatory:    score.Tally{Points: fig("1", "1"), Max: fig("1", "1"), Score: figp("1", "100%"), Coverage: figp("1", "100%"), Met: 1},
		Aspirational: score.Tally{Points: fig("0", "0"), Max: fig("0", "0")},
	}
}

// one is a document of one card.
func one() *Document {
	return &Document{Schema: Schema, Program: "parcheck 1.0.0", Cards: []score.Card{department()}}
}

// many is a document of several cards and a file that gave none.
func many() *Document {
	d := &Document{Schema: Schema, Program: "parcheck 1.0.0", Cards: []score.Card{department(), province(), district()}}
	d.Diagnostics.Add(diag.Unreadable, diag.InFile("submissions/so-y-te.xls"),
		lang.T("this is an Excel 97-2003 workbook: save it as .xlsx", "đây là tệp Excel 97-2003: hãy lưu lại dạng .xlsx"))
	rank(d.Cards)
	return d
}

// rank ranks cards in one group.
func rank(cards []score.Card) {
	scores := make([]number.Exact, len(cards))
	for i := range cards {
		scores[i] = cards[i].Total.Score.Exact
	}
	for i, place := range score.Places(scores, plan.TieShare) {
		cards[i].Standing = &score.Standing{Group: lang.T("agencies", "cơ quan"), Rank: place}
	}
}
