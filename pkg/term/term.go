// Package term is the glossary: each term that people read has one English
// and one Vietnamese word, and stands here once. Terms are in lower case, as
// inside a sentence; lang.Text.Capital makes titles of them. What is said once
// and is no term (sentences, messages) stands where it is said.
package term

import "github.com/parcheck/parcheck/pkg/lang"

// What a plan consists of.
var (
	Plan           = lang.T("plan", "kế hoạch")
	Document       = lang.T("document", "văn bản")
	Area           = lang.T("area", "lĩnh vực")
	Target         = lang.T("target", "chỉ tiêu")
	Targets        = lang.T("targets", "chỉ tiêu")
	Clause         = lang.T("clause", "mục")
	Measure        = lang.T("measure", "đại lượng")
	Goal           = lang.T("goal", "mục tiêu")
	Wanted         = lang.T("what is wanted", "yêu cầu")
	Fact           = lang.T("fact", "số liệu")
	Source         = lang.T("source", "nguồn số liệu")
	Param          = lang.T("param", "tham số")
	Table          = lang.T("table", "bảng")
	Tables         = lang.T("tables", "bảng")
	Column         = lang.T("column", "cột")
	Choice         = lang.T("choice", "lựa chọn")
	Cond           = lang.T("condition", "điều kiện")
	CountedTargets = lang.T("counts", "đếm")
	Requires       = lang.T("requires", "yêu cầu đạt")
	AppliesIf      = lang.T("applies if", "áp dụng khi")
	Reading        = lang.T("reading", "cách hiểu")
	Adopted        = lang.T("adopted", "áp dụng")
	AdoptedReading = lang.T("adopted reading", "cách hiểu áp dụng")
	OtherReading   = lang.T("another reading", "cách hiểu khác")
	Disagreeing    = lang.T("readings that disagree", "cách hiểu cho kết quả khác")
	Note           = lang.T("note", "ghi chú")
	Remedy         = lang.T("remedy", "khắc phục")
	Test           = lang.T("test", "ca kiểm thử")
	Waivers        = lang.T("file of waivers", "tệp miễn trừ")
	Bindings       = lang.T("file of bindings", "tệp liên kết dữ liệu")
	Mapping        = lang.T("mapping", "bảng đối chiếu")
	ByLevel        = lang.T("by level", "theo cấp")
)

// How firmly a target is promised.
var (
	Commitment   = lang.T("commitment", "cam kết")
	Mandatory    = lang.T("mandatory", "bắt buộc")
	Aspirational = lang.T("aspirational", "phấn đấu")
)

// Who reports, about when.
var (
	Unit        = lang.T("unit", "đơn vị")
	AllUnits    = lang.T("all units", "tất cả đơn vị")
	CountedOnce = lang.T("a unit is not counted together with the units below it that its results are made of, so that nothing counts twice; the ranking lists it.",
		"đơn vị có kết quả tổng hợp từ các đơn vị trực thuộc thì không tính chung với các đơn vị đó, để không có gì bị tính hai lần; bảng xếp hạng vẫn nêu tên.")
	UnitCount     = lang.T("number of units", "số đơn vị")
	Level         = lang.T("level", "cấp")
	Group         = lang.T("group", "nhóm")
	Roster        = lang.T("roster", "danh sách đơn vị")
	NotOnRoster   = lang.T("not on the roster", "không có trong danh sách")
	Several       = lang.T("several submissions", "nộp nhiều bản")
	Submissions   = lang.T("submissions", "tình hình nộp")
	Period        = lang.T("period", "kỳ báo cáo")
	ColumnOfUnits = lang.T("column of units", "cột đơn vị")
)

// What was handed in, and what was read from it.
var (
	File       = lang.T("file", "tệp")
	Figure     = lang.T("figure", "số liệu")
	Figures    = lang.T("figures", "số liệu")
	Cells      = lang.T("cells", "ô")
	Place      = lang.T("place", "vị trí")
	CountedIn  = lang.T("counted in", "đơn vị tính")
	HowRead    = lang.T("how it was read", "cách đọc")
	Beside     = lang.T("shown beside", "số liệu kèm theo")
	Evidence   = lang.T("evidence", "căn cứ số liệu")
	Counted    = lang.T("records counted", "hồ sơ được đếm")
	AddedUp    = lang.T("numbers added up", "cộng các số")
	SheetName  = lang.T("the sheet's name", "tên trang tính")
	ByMapping  = lang.T("by the mapping", "theo bảng đối chiếu")
	MappingHas = lang.T("the mapping says so", "bảng đối chiếu ghi như vậy")
	OtherUnit  = lang.T("the other unit", "đơn vị kia")
)

// What was found, and how bad it is.
var (
	Check     = lang.T("check", "mã kiểm tra")
	Finding   = lang.T("finding", "nội dung")
	InFile    = lang.T("findings in the file", "phát hiện trong tệp")
	Unscored  = lang.T("files without a card", "tệp chưa chấm được")
	OnFiles   = lang.T("findings about whole files", "phát hiện về cả tệp")
	Findings  = lang.T("findings", "phát hiện")
	ByKind    = lang.T("findings by kind", "phát hiện theo loại")
	Severity  = lang.T("severity", "mức độ")
	Error     = lang.T("error", "lỗi")
	Warning   = lang.T("warning", "cảnh báo")
	Knowing   = lang.T("worth knowing", "lưu ý")
	EmptyFile = lang.T("the file is empty", "tệp rỗng")
	AskSender = lang.T("ask the sender for it again", "đề nghị đơn vị gửi lại")
	ZipFile   = lang.T("this is a zip archive and no workbook", "đây là tệp nén zip, không phải sổ bảng tính")
	Protected = lang.T("the workbook is protected with a password", "sổ bảng tính được bảo vệ bằng mật khẩu")
)

// How a target was judged.
var (
	Outcome       = lang.T("outcome", "đánh giá")
	Missing       = lang.T("missing", "thiếu số liệu")
	Met           = lang.T("met", "đạt")
	Missed        = lang.T("missed", "không đạt")
	Pending       = lang.T("not due yet", "chưa đến hạn")
	NotApplicable = lang.T("not applicable", "không áp dụng")
	Invalid       = lang.T("invalid", "không dùng được")
	Tracked       = lang.T("tracked", "theo dõi")
	Unwaived      = lang.T("without waived", "trừ phần miễn")
	Waived        = lang.T("waived", "được miễn")
	NotKnown      = lang.T("not known", "chưa rõ")
	NotMet        = lang.T("not met", "chưa đạt")
	Value         = lang.T("value", "kết quả")
	Gap           = lang.T("gap", "chênh lệch")
	ToDo          = lang.T("what to do", "việc cần làm")
)

// What it earned.
var (
	Points          = lang.T("points", "điểm")
	AtMost          = lang.T("at most", "tối đa")
	PointsAtMost    = lang.T("points at most", "điểm tối đa")
	PointsEvaluated = lang.T("points evaluated", "điểm đánh giá được")
	Credit          = lang.T("credit", "cách tính điểm")
	Bonus           = lang.T("bonus", "điểm thưởng")
	Deduction       = lang.T("deduction", "điểm trừ")
	Withheld        = lang.T("points withheld", "chưa được tính điểm")
	Score           = lang.T("score", "điểm số")
	MeanScore       = lang.T("mean of scores", "điểm số bình quân")
	PooledScore     = lang.T("pooled score", "điểm số gộp")
	Coverage        = lang.T("coverage", "độ phủ")
	CoverageMeans   = lang.T("coverage: points that could be evaluated", "độ phủ: điểm đánh giá được")
	Grade           = lang.T("grade", "xếp loại")
	MadeOf          = lang.T("made of", "tổng hợp từ")
	Rank            = lang.T("rank", "hạng")
	Ranking         = lang.T("ranking", "xếp hạng")
	NotRanked       = lang.T("not ranked", "không xếp hạng")
	Change          = lang.T("change (pp)", "tăng, giảm (điểm %)")
	AllTargets      = lang.T("all targets", "tất cả chỉ tiêu")
	ResultsByArea   = lang.T("results by area", "kết quả theo lĩnh vực")
	UnitsByScore    = lang.T("units by score", "số đơn vị theo điểm số")
	UnitsByGrade    = lang.T("units by grade", "số đơn vị theo xếp loại")
)

// What stands around tables.
var (
	All     = lang.T("all", "tất cả")
	Other   = lang.T("other", "khác")
	None    = lang.T("none", "không có")
	Scope   = lang.T("scope", "phạm vi")
	Ordinal = lang.T("no.", "TT")
	Method  = lang.T("method", "phương pháp")
	Unused  = lang.T("(not used)", "(không dùng)")
)

// What an official document carries (Decree 30/2020/NĐ-CP).
var (
	State      = lang.T("SOCIALIST REPUBLIC OF VIET NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
	Motto      = lang.T("Independence - Freedom - Happiness", "Độc lập - Tự do - Hạnh phúc")
	PlaceDay   = lang.T("……………, date ……", "……………, ngày …… tháng …… năm ………")
	Recipients = lang.T("Recipients:", "Nơi nhận:")
	Head       = lang.T("HEAD OF THE AGENCY", "THỦ TRƯỞNG CƠ QUAN")
	SignHere   = lang.T("(signature, full name, seal)", "(Ký, ghi rõ họ tên, đóng dấu)")
	Archive    = lang.T("- archive.", "- Lưu: VT.")
)
