package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/term"
)

// Limits on a YAML file: a plan of eighty targets takes 160 kB and 9,000 nodes.
// Anchors and aliases are refused: a plan reads top to bottom.
const (
	MaxBytes    = 1 << 20
	MaxDepth    = 32
	MaxNodes    = 1 << 16 // keys and values
	MaxMistakes = 200     // that are listed
	maxDigits   = 40      // characters of one number
)

// Parse reads a plan. It returns every mistake of the file, sorted by place; a
// plan with errors in the list may not be used (it is nil when the YAML itself
// cannot be read).
func Parse(file string, data []byte) (*Plan, diag.List) { return ParseBeside(file, data, nil) }

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// yaml describes the plan file. Keys are read in this order, so that the
// defaults are known when the targets are read.
func (p *Plan) yaml() value {
	p.Defaults.Points = number.Int(1)
	return mapping(p, term.Plan, func() []key {
		return []key{
			required("plan", id(&p.ID), "the plan's id", "mã của kế hoạch"),
			optional("extends", consumed(), "the plan of which this one says what differs: a file beside it, or a built-in one", "kế hoạch gốc mà kế hoạch này chỉ ghi phần khác: tệp đặt cạnh, hoặc kế hoạch có sẵn"),
			optional("remove", consumedList(), "what that plan has and this one has not, such as targets.answered-in-time", "những mục của kế hoạch gốc mà kế hoạch này bỏ, ví dụ targets.tra-loi-dung-han"),
			optional("texts", consumed(), "a file beside the plan with its texts in the other language", "tệp đặt cạnh kế hoạch, ghi các đoạn chữ bằng ngôn ngữ kia"),
			required("title", text(&p.Title), "the document's title", "tên văn bản"),
			optional("issuer", text(&p.Issuer), "who issued the document", "cơ quan ban hành"),
			required("document", p.Document.yaml(), "the legal document that the plan encodes", "văn bản mà kế hoạch thể hiện"),
			required("period", p.Period.yaml(), "the days that the plan is about", "kỳ của kế hoạch"),
			optional("note", text(&p.Note), "what a reader of any report must know", "điều người đọc báo cáo cần biết"),
			optional("official", option(&p.Official, groupingNames),
				"which group figure is the official one: pooled counts (default) or the mean of rates",
				"số liệu nhóm nào là chính thức: gộp số đếm (mặc định) hay trung bình các tỷ lệ"),
			optional("ties", option(&p.Ties, tieRuleNames),
				"how equal scores are ranked: share (1, 2, 2, 4; default) or dense (1, 2, 2, 3)",
				"cách xếp hạng khi bằng điểm: share (1, 2, 2, 4; mặc định) hoặc dense (1, 2, 2, 3)"),
			optional("round", decimals(&p.Round), "decimals that points are rounded to, half up; exact when left out", "số chữ số thập phân khi làm tròn điểm; không ghi là giữ chính xác"),
			optional("fallen", option(&p.Fallen, fallenNames), "what becomes of the points of targets that do not apply: dropped (default), shared or given",
				"xử lý điểm của chỉ tiêu không áp dụng (không phát sinh): dropped (bỏ, mặc định), shared (chia cho chỉ tiêu khác) hoặc given (cho đủ điểm)"),
			optional("defaults", p.Defaults.yaml(), "what holds for targets that do not say otherwise", "mặc định cho các chỉ tiêu"),
			optional("severities", dictionary(&p.Severities, checkID, severity),
				"the severity of checks, by check id", "mức độ của các phép kiểm tra, theo mã kiểm tra"),
			required("levels", entries(&p.Levels, (*Level).yaml), "the tiers of units, by id", "các cấp đơn vị, theo mã"),
			required("areas", entries(&p.Areas, (*Area).yaml), "groups of targets, by id", "các lĩnh vực, theo mã"),
			optional("grades", list(&p.Grades, (*Grade).yaml), "what scores are called, the best first", "các mức xếp loại, mức cao nhất trước"),
			optional("params", entries(&p.Params, (*Param).yaml),
				"figures that others assign, by id", "số do cấp trên giao hằng năm, theo mã"),
			optional("holidays", list(&p.Holidays, (*Holiday).yaml), "days, or ranges of days, that are no working days; Saturdays and Sundays are none", "các ngày hoặc khoảng ngày nghỉ; thứ Bảy và Chủ nhật luôn là ngày nghỉ"),
			optional("working_days", list(&p.Worked, day), "Saturdays and Sundays that are worked in place of a holiday", "các ngày thứ Bảy, Chủ nhật làm bù"),
			optional("tables", entries(&p.Tables, (*Table).yaml), "the tables that submissions hold, by id", "các bảng trong tệp nộp, theo mã"),
			required("facts", entries(&p.Facts, (*Fact).yaml), "the quantities that submissions report, by id", "các số liệu, theo mã"),
			required("targets", p.targetList(), "the promises of the plan", "các chỉ tiêu của kế hoạch"),
		}
	})
}

func (d *Document) yaml() value {
	return mapping(d, term.Document, func() []key {
		return []key{
			required("number", word(&d.Number), "its number, 3532/QĐ-UBND", "số, ký hiệu, 3532/QĐ-UBND"),
			required("date", day(&d.Date), "the day of its signing", "ngày ký"),
		}
	})
}

func (p *Period) yaml() value {
	return mapping(p, term.Period, func() []key {
		return []key{
			required("from", day(&p.From), "its first day", "ngày đầu"),
			required("to", day(&p.To), "its last day", "ngày cuối"),
		}
	})
}

func (d *Defaults) yaml() value {
	return mapping(d, lang.T("defaults", "mặc định"), func() []key {
		return []key{
			optional("points", points(&d.Points), "points of a target; 1 when left out", "điểm của một chỉ tiêu; không ghi là 1"),
			optional("credit", d.Credit.yaml(), "how points are earned", "cách tính điểm"),
			optional("goal", d.goal(), "what must be reached", "mục tiêu phải đạt"),
			optional("levels", ids(&d.Levels), "the levels that targets bind which name neither levels nor units", "các cấp phải thực hiện, khi chỉ tiêu không ghi cấp hay đơn vị"),
			optional("forms", entries(&d.Forms, (*FormOf).yaml), "the form in which the rows of facts stand, by the facts' kind", "bảng có dòng của số liệu, theo loại số liệu"),
			optional("style", option(&d.Style, styleNames), "how numbers typed as text are written: vi 1.234,5 or en 1,234.5", "cách viết số dạng chữ: vi 1.234,5 hoặc en 1,234.5"),
			optional("when_empty", option(&d.WhenEmpty, absentNames), "what a denominator of 0 means", "khi mẫu số bằng 0"),
			optional("when_missing", option(&d.WhenMissing, absentNames), "what a missing figure means", "khi thiếu số liệu"),
			optional("rollup", option(&d.Rollup, rollupNames), "how the results of units make that of the unit above them", "cách tổng hợp kết quả của đơn vị trực thuộc thành kết quả của đơn vị cấp trên"),
			optional("when_units_missing", option(&d.UnitsLack, unitsMissingNames), "what a roll-up is when some of its units have no figure", "khi một số đơn vị trực thuộc không có số liệu"),
		}
	})
}

func (d *Defaults) goal() value {
	g := new(Goal)
	return setting(&d.Goal, g, g.yaml())
}

func (f *FormOf) yaml() entry {
	return entry{option(&f.Kind, factKindNames), &f.Pos, word(&f.Table)}
}

func (l *Level) yaml() entry {
	return entry{id(&l.ID), &l.Pos, mapping(l, term.Level, func() []key {
		return []key{
			required("title", text(&l.Title), "its name", "tên cấp"),
			optional("names", words(&l.Names), "patterns of names of its units, * for any letters", "mẫu tên đơn vị của cấp, * là chữ bất kỳ"),
		}
	})}
}

func (a *Area) yaml() entry {
	return entry{id(&a.ID), &a.Pos, mapping(a, term.Area, func() []key {
		return append([]key{required("title", text(&a.Title), "its name", "tên")}, a.AreaRules.keys()...)
	})}
}

func (q *Param) yaml() entry {
	return entry{id(&q.ID), &q.Pos, mapping(q, term.Param, func() []key {
		return []key{
			optional("title", text(&q.Title), "what it is", "tên"),
			optional("value", q.value(), "its value, while it is known", "giá trị, khi đã biết"),
			optional("values", list(&q.Values, (*AssignedValue).yaml), "its values for units, levels and periods, or from some day on", "các giá trị theo đơn vị, cấp, kỳ hoặc ngày áp dụng"),
			optional("file", q.valueFile(), "a CSV file beside the plan with such values", "tệp CSV đặt cạnh kế hoạch, ghi các giá trị đó"),
			optional("source", text(&q.Source), "where the value stands", "văn bản ghi giá trị đó"),
		}
	})}
}

// value reads the param's figure.
func (q *Param) value() value {
	return doubted(scalar(&q.Value, figureSchema, func(raw string) (*number.Exact, *mistake) {
		x, f, m := anyFigure(raw)
		q.Percent, q.Day = f == percentForm, f == dayForm
		return &x, m
	}), thousands)
}

// checkID reads the id of a check.
func checkID(into *diag.CheckID) value {
	var known []string
	for _, c := range diag.Checks() {
		if !c.ID.OfPlan() {
			known = append(known, string(c.ID))
		}
	}
	return scalar(into, schema{"enum": known}, func(raw string) (diag.CheckID, *mistake) {
		if diag.CheckID(raw).OfPlan() {
			return "", wrong("%s is always an error: a plan with it is not read", "%s luôn là lỗi: kế hoạch có lỗi này không đọc được", quoted(raw))
		}
		if _, ok := diag.FindCheck(diag.CheckID(raw)); !ok {
			return "", &mistake{meant: meantChecks(raw), check: diag.PlanName, message: lang.F("there is no check %s%s", "không có phép kiểm tra %s%s", quoted(raw), choices(raw, known))}
		}
		return diag.CheckID(raw), nil
	})
}

// meantChecks are the checks that an earlier version had under one id.
func meantChecks(raw string) (m meant) {
	if raw != "plan-lint" {
		return m
	}
	for _, c := range diag.Checks() {
		if id := string(c.ID); strings.HasPrefix(id, "plan-") && !c.ID.OfPlan() {
			m.keys = append(m.keys, id)
		}
	}
	return m
}

// severity reads the name of a severity.
func severity(into *diag.Severity) value {
	known := []string{diag.Error.String(), diag.Warning.String(), diag.Note.String()}
	return scalar(into, schema{"enum": known}, func(raw string) (diag.Severity, *mistake) {
		s, ok := diag.ParseSeverity(raw)
		if !ok {
			return s, wrong("%s is no severity%s", "%s không phải mức độ%s", quoted(raw), choices(raw, known))
		}
		return s, nil
	})
}
