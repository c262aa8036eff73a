package diag

import "github.com/parcheck/parcheck/pkg/lang"

// CheckID names a check. Ids are stable: CI jobs and baselines hold them.
type CheckID string

// Check is one thing that parcheck looks at, as `parcheck help checks` lists it.
type Check struct {
	ID       CheckID
	Severity Severity
	Meaning  lang.Text
}

// The checks, grouped by their subject.
const (
	// The file.
	Unreadable   CheckID = "unreadable"    // the file cannot be read or is refused
	OddFile      CheckID = "odd-file"      // readable, and not as writers write it
	ExternalLink CheckID = "external-link" // links to other workbooks, DDE: never followed
	FontEncoding CheckID = "font-encoding" // TCVN3 or VNI text

	// The sheets and tables.
	HiddenSheet   CheckID = "hidden-sheet"
	HiddenRow     CheckID = "hidden-row"
	UnderMerge    CheckID = "under-merge"    // a value hidden under a merge
	MissingTable  CheckID = "missing-table"  // a table that the plan needs is not there
	MissingColumn CheckID = "missing-column" // a column that the plan needs is not there
	MissingRow    CheckID = "missing-row"    // a row that the plan needs is not there
	TwoTables     CheckID = "ambiguous-table"
	TwoColumns    CheckID = "ambiguous-column"
	TwoRows       CheckID = "ambiguous-row"

	// The cells.
	NotNumber      CheckID = "not-a-number"
	TextNumber     CheckID = "text-number" // a number typed as text: read, and said
	AmbiguousText  CheckID = "ambiguous-number"
	ShownOtherwise CheckID = "shown-otherwise" // a cell shows something else than it stores
	DoubtfulNumber CheckID = "doubtful-number" // read as it stands, and likely to be meant otherwise
	MarkedText     CheckID = "marked-text"     // parts struck out, raised, hidden: no number
	NotDate        CheckID = "not-a-date"
	OutsidePeriod  CheckID = "outside-period"
	UnknownChoice  CheckID = "unknown-choice"
	OddID          CheckID = "odd-id" // an id that a spreadsheet program has changed
	NotUnique      CheckID = "not-unique"
	BlankCell      CheckID = "blank-required"
	ErrorCell      CheckID = "error-cell"
	NotCalculated  CheckID = "not-calculated"
	OldResult      CheckID = "old-result"    // the file says that results of formulas may be old
	PartialTotal   CheckID = "partial-total" // a formula that leaves hidden rows out
	Overwritten    CheckID = "overwritten-formula"
	DateOrder      CheckID = "date-order"
	ShareRange     CheckID = "share-range" // a share outside 0..100 %
	Negative       CheckID = "negative"

	// The figures.
	SourcesDisagree CheckID = "sources-disagree"
	TotalMismatch   CheckID = "total-mismatch"
	UnclearRow      CheckID = "unclear-row"
	AssumedRow      CheckID = "assumed-row"
	Arithmetic      CheckID = "column-arithmetic"
	StatedRatio     CheckID = "stated-ratio"
	PartOverWhole   CheckID = "part-over-whole"

	// The submission.
	UnknownUnit   CheckID = "unknown-unit"
	NoUnit        CheckID = "no-unit"
	NoPeriod      CheckID = "no-period"
	WrongPeriod   CheckID = "wrong-period"
	WrongPlan     CheckID = "wrong-plan"
	WrongTemplate CheckID = "wrong-template"
	Duplicate     CheckID = "duplicate-submission"
	NotSubmitted  CheckID = "not-submitted"
	Late          CheckID = "late-submission"
	SkippedLink   CheckID = "skipped-link"
	OwnPage       CheckID = "own-page"     // a page of parcheck's beside the submissions
	OwnMapping    CheckID = "own-mapping"  // the workbook of a mapping, given as a submission
	WrongFormat   CheckID = "wrong-format" // a file of a kind that is not read, such as a PDF

	// The mapping.
	MappingNear        CheckID = "mapping-near"        // a suggestion that waits for a person
	MappingUnused      CheckID = "mapping-unused"      // an entry that no file has any more
	MappingContradicts CheckID = "mapping-contradicts" // an entry says something else than the plan or the file

	// Waivers.
	WaiverUnused  CheckID = "waiver-unused"
	WaiverExpired CheckID = "waiver-expired"
	WaiverUnknown CheckID = "waiver-unknown"

	// The plan file.
	PlanSyntax CheckID = "plan-syntax"
	PlanKey    CheckID = "plan-key"
	PlanValue  CheckID = "plan-value"
	PlanName   CheckID = "plan-name" // a dangling or repeated name
	PlanRange  CheckID = "plan-range"

	// What is allowed in a plan and doubtful.
	PlanText     CheckID = "plan-text"      // a text in one language only
	PlanDraft    CheckID = "plan-draft"     // texts that are still TODO
	PlanUnused   CheckID = "plan-unused"    // defined, and named nowhere
	PlanNoEffect CheckID = "plan-no-effect" // a key that changes nothing
	PlanHeader   CheckID = "plan-header"    // a header that two columns may have
	PlanUnit     CheckID = "plan-unit"      // a count or an amount of nobody knows what
	PlanRemedy   CheckID = "plan-remedy"
	PlanGoal     CheckID = "plan-goal" // a goal whose value is not known
	PlanQuote    CheckID = "plan-quote"
	PlanAlike    CheckID = "plan-alike"
	PlanShare    CheckID = "plan-share"  // a part and a whole that do not belong together
	PlanPoints   CheckID = "plan-points" // points that nobody can earn, or a met goal does not
	PlanBands    CheckID = "plan-bands"
	PlanPattern  CheckID = "plan-pattern" // "*" where it is a plain character
	PlanPasted   CheckID = "plan-pasted"  // characters of a word processor
	PlanNumber   CheckID = "plan-number"  // 1.000
	PlanDays     CheckID = "plan-days"    // working days without the holidays of a year
)

var checks = []Check{
	{Unreadable, Error, lang.T("the file can be read", "tệp đọc được")},
	{OddFile, Warning, lang.T("the file is as spreadsheet programs write it", "tệp đúng như phần mềm bảng tính ghi ra")},
	{ExternalLink, Warning, lang.T("no links to other workbooks or programs; they are never followed", "không liên kết tới tệp hay chương trình khác; parcheck không mở liên kết")},
	{FontEncoding, Error, lang.T("text is Unicode, not TCVN3 or VNI font text", "chữ là Unicode, không phải TCVN3 hay VNI")},

	{HiddenSheet, Warning, lang.T("no figures on hidden sheets; they are not counted", "không có số liệu ở trang tính ẩn; số liệu ẩn không được tính")},
	{HiddenRow, Warning, lang.T("no figures in hidden rows or columns", "không có số liệu ở hàng hoặc cột ẩn")},
	{UnderMerge, Warning, lang.T("no values hidden under merged cells; they are not counted", "không có giá trị bị che dưới ô gộp; giá trị đó không được tính")},
	{MissingTable, Error, lang.T("each table that the plan needs of the unit is there", "có đủ các bảng mà kế hoạch yêu cầu đối với đơn vị")},
	{MissingColumn, Error, lang.T("each column that the plan needs is there", "có đủ các cột mà kế hoạch yêu cầu")},
	{MissingRow, Error, lang.T("each row that the plan needs is there", "có đủ các dòng mà kế hoạch yêu cầu")},
	{TwoTables, Error, lang.T("only one table fits what the plan describes", "chỉ một bảng khớp với mô tả trong kế hoạch")},
	{TwoColumns, Error, lang.T("only one column fits a name", "chỉ một cột khớp với một tên")},
	{TwoRows, Error, lang.T("only one row fits a label", "chỉ một dòng khớp với một nhãn")},

	{NotNumber, Error, lang.T("what should be a number is one", "ô số chứa số")},
	{TextNumber, Note, lang.T("numbers are stored as numbers, not as text", "số được lưu dạng số, không phải dạng chữ")},
	{AmbiguousText, Error, lang.T("a number can be read in one way only, as it is typed and as it is shown", "số chỉ có một cách đọc, theo cách gõ và cách hiển thị")},
	{ShownOtherwise, Warning, lang.T("cells show the figures that they store", "ô hiển thị đúng số mà ô lưu")},
	{DoubtfulNumber, Warning, lang.T("a number is likely to be meant as it is read: no 0.65 among percents, no 12,500 where the comma is for decimals", "số có vẻ đúng như cách đọc: không ghi 0,65 trong cột phần trăm, không ghi 12,500 khi dấu phẩy là dấu thập phân")},
	{MarkedText, Error, lang.T("no part of a number or date is struck out, superscript, hidden or a link", "số và ngày không có phần gạch bỏ, chỉ số trên, phần ẩn hay liên kết")},
	{NotDate, Error, lang.T("what should be a date is one", "ô ngày chứa ngày")},
	{OutsidePeriod, Note, lang.T("dates lie in the period reported on", "ngày nằm trong kỳ báo cáo")},
	{UnknownChoice, Error, lang.T("a choice is one that the plan names", "giá trị lựa chọn có trong kế hoạch")},
	{OddID, Warning, lang.T("ids are as they were typed: no dates, no lost digits, no zeros that a format adds, no other capitals", "mã đúng như đã nhập: không thành ngày, không mất chữ số, không có số 0 do định dạng thêm, không khác chữ hoa")},
	{NotUnique, Error, lang.T("ids that should be unique are", "mã phải duy nhất thì không trùng")},
	{BlankCell, Error, lang.T("required cells are filled", "ô bắt buộc không để trống")},
	{ErrorCell, Error, lang.T("no cell holds a spreadsheet error such as #REF!", "không ô nào chứa lỗi bảng tính như #REF!")},
	{NotCalculated, Error, lang.T("formulas have a stored result", "công thức đã có kết quả lưu sẵn")},
	{OldResult, Warning, lang.T("the stored results of formulas are those that the formulas give", "kết quả lưu sẵn của công thức là kết quả mới nhất")},
	{PartialTotal, Error, lang.T("no figure leaves out rows that are hidden by hand or by a filter", "không số liệu nào bỏ qua hàng bị ẩn thủ công hoặc do bộ lọc")},
	{Overwritten, Warning, lang.T("a formula of the template is not overwritten by a constant", "công thức của biểu mẫu không bị ghi đè bằng hằng số")},
	{DateOrder, Warning, lang.T("a dossier is due and resolved on or after its reception", "ngày hẹn trả và ngày trả không trước ngày tiếp nhận")},
	{ShareRange, Error, lang.T("a share lies between 0 and 100 %", "tỷ lệ nằm trong khoảng 0 đến 100 %")},
	{Negative, Error, lang.T("counts and amounts are not negative", "số lượng, số tiền không âm")},

	{SourcesDisagree, Warning, lang.T("all sources of one figure in a workbook agree", "mọi nguồn của cùng một số liệu trong tệp khớp nhau")},
	{TotalMismatch, Error, lang.T("a total row is the sum of its detail rows", "dòng tổng bằng tổng các dòng chi tiết")},
	{UnclearRow, Error, lang.T("it is plain which rows are added up and which are their sums", "xác định được dòng nào được cộng và dòng nào là dòng cộng")},
	{AssumedRow, Warning, lang.T("what a row is stands in its words, not in its figures or its place alone", "vai trò của dòng thể hiện ở tên và số thứ tự, không chỉ ở số liệu hay vị trí")},
	{Arithmetic, Warning, lang.T("the form's column arithmetic holds", "phép tính giữa các cột của biểu đúng")},
	{StatedRatio, Warning, lang.T("a stated ratio is the one its counts give", "tỷ lệ ghi trong biểu đúng với tỷ lệ tính lại từ số đếm")},
	{PartOverWhole, Error, lang.T("a part is not larger than its whole", "tử số không lớn hơn mẫu số")},

	{UnknownUnit, Warning, lang.T("the reporting unit is on the roster", "đơn vị báo cáo có trong danh sách")},
	{NoUnit, Warning, lang.T("the file says which unit reports", "tệp ghi rõ đơn vị báo cáo")},
	{NoPeriod, Note, lang.T("the file says which period it reports on", "tệp ghi rõ kỳ báo cáo")},
	{WrongPeriod, Error, lang.T("the file's period is in the plan's", "kỳ báo cáo của tệp thuộc kỳ của kế hoạch")},
	{WrongPlan, Error, lang.T("the file was made for this plan", "tệp được lập cho kế hoạch này")},
	{WrongTemplate, Warning, lang.T("the file was made from the plan's present template", "tệp được lập từ biểu mẫu hiện hành")},
	{Duplicate, Error, lang.T("a unit submits once in one run", "mỗi đơn vị chỉ có một tệp trong một lần chạy")},
	{NotSubmitted, Warning, lang.T("each unit on the roster has submitted", "mọi đơn vị trong danh sách đã nộp")},
	{Late, Warning, lang.T("submissions came by the deadline", "tệp nộp đúng hạn")},
	{SkippedLink, Note, lang.T("folders hold files, not symbolic links; links are skipped", "thư mục chứa tệp, không phải liên kết; liên kết bị bỏ qua")},
	{OwnMapping, Error, lang.T("the workbook of a mapping is no submission; in a folder it is skipped", "tệp bảng đối chiếu không phải tệp số liệu; trong thư mục thì bị bỏ qua")},
	{OwnPage, Note, lang.T("a page that parcheck wrote is no submission; it is skipped", "trang kết quả do parcheck ghi không phải tệp số liệu; bị bỏ qua")},
	{WrongFormat, Warning, lang.T("files in a folder are of a kind that is read, not PDF or Word files", "tệp trong thư mục thuộc loại đọc được, không phải tệp PDF hay Word")},

	{MappingNear, Note, lang.T("each suggestion of the mapping is confirmed", "mỗi gợi ý của bảng đối chiếu đã được xác nhận")},
	{MappingUnused, Warning, lang.T("each entry of the mapping is used by some file", "mỗi mục của bảng đối chiếu đều được tệp nào đó dùng")},
	{MappingContradicts, Error, lang.T("the mapping says nothing else than the plan's own names and the file do", "bảng đối chiếu không trái với tên của kế hoạch và nội dung tệp")},

	{WaiverUnused, Warning, lang.T("each waiver waives something", "mỗi miễn trừ đều được dùng")},
	{WaiverExpired, Warning, lang.T("waivers have not expired", "miễn trừ còn hiệu lực")},
	{WaiverUnknown, Warning, lang.T("waivers name targets and units that exist", "miễn trừ nêu chỉ tiêu và đơn vị có thật")},

	{PlanSyntax, Error, lang.T("the plan is well-formed YAML within its limits", "kế hoạch là YAML hợp lệ, trong giới hạn")},
	{PlanKey, Error, lang.T("the plan has only known keys, each once, and all that are required", "kế hoạch chỉ có khóa đã biết, không lặp, không thiếu")},
	{PlanValue, Error, lang.T("values in the plan are of the kind wanted", "giá trị trong kế hoạch đúng loại")},
	{PlanName, Error, lang.T("names in the plan are defined once and exist", "tên trong kế hoạch được định nghĩa một lần và tồn tại")},
	{PlanRange, Error, lang.T("figures in the plan lie in their range", "số trong kế hoạch nằm trong khoảng cho phép")},

	{PlanText, Warning, lang.T("texts in the plan stand in both languages", "các đoạn chữ trong kế hoạch có đủ hai ngôn ngữ")},
	{PlanDraft, Warning, lang.T("nothing in the plan is left to be written", "không còn chỗ nào trong kế hoạch ghi TODO")},
	{PlanUnused, Warning, lang.T("what the plan defines is used", "những gì kế hoạch định nghĩa đều được dùng")},
	{PlanNoEffect, Warning, lang.T("each key in the plan has an effect", "mọi khóa trong kế hoạch đều có tác dụng")},
	{PlanHeader, Warning, lang.T("a header in the plan fits one column only", "mỗi tiêu đề trong kế hoạch chỉ khớp một cột")},
	{PlanUnit, Warning, lang.T("facts in the plan say what is counted", "số liệu trong kế hoạch có đơn vị tính")},
	{PlanRemedy, Warning, lang.T("each target says how to mend it", "mỗi chỉ tiêu có hướng khắc phục")},
	{PlanGoal, Warning, lang.T("the values that goals need are known", "đã biết giá trị mà mục tiêu cần")},
	{PlanQuote, Warning, lang.T("number and direction of a goal are those of its quote", "con số và chiều của mục tiêu đúng với nguyên văn")},
	{PlanAlike, Warning, lang.T("no two targets or readings count the same", "không có hai chỉ tiêu hay cách hiểu trùng nhau")},
	{PlanShare, Warning, lang.T("part and whole of a share are counted in one unit and by one day", "tử số và mẫu số của tỷ lệ cùng đơn vị tính, cùng loại ngày")},
	{PlanPoints, Warning, lang.T("all points of a target can be earned, and who meets it earns them", "có thể đạt đủ điểm của chỉ tiêu, và đạt chỉ tiêu thì được đủ điểm")},
	{PlanBands, Warning, lang.T("bands of points do not overlap", "các khung điểm không chồng lên nhau")},
	{PlanPattern, Warning, lang.T("\"*\" stands where it is a pattern", "dấu \"*\" chỉ dùng ở nơi nó là mẫu")},
	{PlanPasted, Warning, lang.T("texts in the plan have no quotation marks or invisible characters of a word processor around them", "đoạn chữ trong kế hoạch không bị bao bởi dấu ngoặc kép hay ký tự ẩn của phần mềm soạn thảo")},
	{PlanNumber, Warning, lang.T("numbers in the plan can be read in one way only: 1000, not 1.000", "số trong kế hoạch chỉ có một cách đọc: 1000, không ghi 1.000")},
	{PlanDays, Warning, lang.T("the holidays of the plan's years are listed where working days are counted", "kế hoạch có tính ngày làm việc thì ghi đủ ngày nghỉ lễ của các năm đó")},
}

// Checks lists every check, in the order in which the help shows them.
func Checks() []Check { return append([]Check(nil), checks...) }

// FindCheck returns the check of an id.
func FindCheck(id CheckID) (Check, bool) {
	for _, c := range checks {
		if c.ID == id {
			return c, true
		}
	}
	return Check{}, false
}

// OfPlan reports whether the check finds what makes a plan invalid: such errors
// stay errors.
func (id CheckID) OfPlan() bool {
	switch id {
	case PlanSyntax, PlanKey, PlanValue, PlanName, PlanRange:
		return true
	default:
		return false
	}
}

// Severity returns the check's own severity; a plan may change it.
func (id CheckID) Severity() Severity {
	c, _ := FindCheck(id)
	return c.Severity
}
