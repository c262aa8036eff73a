package main

// figure is a row of the statistical annex; a row with neither a code nor a
// figure is a heading.
type figure struct {
	code, label, unit string
	value, lastYear   any // an int, a text as people type it, or nil
}

// statistics writes the statistical annex.
func (s *sheet) statistics(rows []figure) {
	s.columns("STT", "Chỉ tiêu thống kê", "Đơn vị tính", "Số liệu năm 2023", "Số liệu năm 2022", "Ghi chú")
	s.freeze()
	for _, r := range rows {
		if r.unit == "" {
			s.group(r.code, r.label)
			continue
		}
		s.detail(r.code, r.label, r.unit, r.value, r.lastYear)
	}
}

// task is a row of the checklist: the task, how it stands, the paper behind it.
type task struct{ name, status, document string }

// checklist writes the checklist of tasks.
func (s *sheet) checklist(tasks []task) {
	s.columns("STT", "Nhiệm vụ", "Kết quả", "Số, ngày văn bản", "Ghi chú")
	s.freeze()
	for i, t := range tasks {
		s.detail(i+1, t.name, t.status, blank(t.document))
	}
}

func blank(text string) any {
	if text == "" {
		return nil
	}
	return text
}

// answers are the answers to a survey about one field, from "rất hài lòng" to
// "rất không hài lòng".
type answers struct {
	field  string
	levels [5]int
}

func (a answers) valid() int {
	n := 0
	for _, x := range a.levels {
		n += x
	}
	return n
}

func (a answers) satisfied() int { return a.levels[0] + a.levels[1] }

// sum adds the answers of all fields up.
func sum(fields []answers) answers {
	var all answers
	for _, f := range fields {
		for i, x := range f.levels {
			all.levels[i] += x
		}
	}
	return all
}

// handled is how the dossiers of one field were handled, by the numbers of the
// columns of Biểu II.06a: 4, 5, 6, 8, 9, 10, 12, 13. The others are sums.
type handled struct {
	field                   string
	online, direct, carried int
	early, onTime, late     int
	openInTime, openOverdue int
}

func (h handled) received() int { return h.online + h.direct + h.carried }
func (h handled) resolved() int { return h.early + h.onTime + h.late }
func (h handled) open() int     { return h.openInTime + h.openOverdue }

func (h handled) cells() []int {
	return []int{
		h.received(), h.online, h.direct, h.carried,
		h.resolved(), h.early, h.onTime, h.late,
		h.open(), h.openInTime, h.openOverdue,
	}
}

func (h *handled) add(o handled) {
	h.online += o.online
	h.direct += o.direct
	h.carried += o.carried
	h.early += o.early
	h.onTime += o.onTime
	h.late += o.late
	h.openInTime += o.openInTime
	h.openOverdue += o.openOverdue
}

// handlingHeader writes the three header rows of Biểu II.06a/VPCP/KSTT and the
// row of column numbers.
func (s *sheet) handlingHeader() {
	s.header(3,
		block{"TT", 1, 1, 1, 3},
		block{"Lĩnh vực, công việc giải quyết theo cấp", 2, 1, 1, 3},
		block{"Tiếp nhận", 3, 1, 4, 1},
		block{"Số lượng hồ sơ đã giải quyết", 7, 1, 4, 1},
		block{"Số lượng hồ sơ đang giải quyết", 11, 1, 3, 1},
		block{"Tổng số", 3, 2, 1, 2},
		block{"Trong kỳ", 4, 2, 2, 1},
		block{"Từ kỳ trước", 6, 2, 1, 2},
		block{"Tổng số", 7, 2, 1, 2},
		block{"Trước hạn", 8, 2, 1, 2},
		block{"Đúng hạn", 9, 2, 1, 2},
		block{"Quá hạn", 10, 2, 1, 2},
		block{"Tổng số", 11, 2, 1, 2},
		block{"Trong hạn", 12, 2, 1, 2},
		block{"Quá hạn", 13, 2, 1, 2},
		block{"Trực tuyến", 4, 3, 1, 1},
		block{"Trực tiếp, dịch vụ bưu chính", 5, 3, 1, 1},
	)
	s.numbers("1", "2", "3=4+5+6", "4", "5", "6", "7=8+9+10", "8", "9", "10", "11=12+13", "12", "13")
	s.freeze()
}

// project is a row of the disbursement table, in millions of dong.
type project struct {
	name                                                string
	planned, byPM, disbursed, carried, carriedDisbursed int
}

func (p *project) add(o project) {
	p.planned += o.planned
	p.byPM += o.byPM
	p.disbursed += o.disbursed
	p.carried += o.carried
	p.carriedDisbursed += o.carriedDisbursed
}

// percents is a share as people type it into a form: in percent, with one
// decimal, half rounded up.
type percents float64

func percentsOf(part, whole int) percents {
	return percents(float64((part*2000+whole)/(2*whole)) / 10)
}
