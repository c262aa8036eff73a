package main

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"
)

// dossier is one row of the department's list.
type dossier struct {
	id, field, procedure, applicant        string
	received, due, resolved                time.Time // resolved is zero while it is open
	level, channel                         string
	digitised, resultDigitised             string
	synchronised, payment, electronicPaper string
}

// fields are the fields of the department's procedures, with one of each.
var fields = []struct{ name, procedure string }{
	{"Hoạt động xây dựng", "Thẩm định báo cáo nghiên cứu khả thi đầu tư xây dựng"},
	{"Quy hoạch xây dựng, kiến trúc", "Cấp chứng chỉ hành nghề kiến trúc"},
	{"Nhà ở và công sở", "Thông báo nhà ở hình thành trong tương lai đủ điều kiện bán"},
	{"Kinh doanh bất động sản", "Cấp chứng chỉ hành nghề môi giới bất động sản"},
	{"Hạ tầng kỹ thuật", "Cấp giấy phép chặt hạ, dịch chuyển cây xanh"},
}

// The list's counts. 1,299 of 2,000 is one short of 65%.
const (
	resolvedPartialOnline = 1299
	resolvedFullOnline    = 421
	resolvedOther         = 280
	resolvedAll           = resolvedPartialOnline + resolvedFullOnline + resolvedOther
	carriedOver           = 60 // received in 2022, resolved in 2023
	openPartialOnline     = 22
	openFullOnline        = 8
	openOther             = 7
	openOverdue           = 3
)

func day(year, month, d int) time.Time {
	return time.Date(year, time.Month(month), d, 0, 0, 0, 0, time.UTC)
}

// dossiers makes the list, in order of reception.
func dossiers() []dossier {
	random := rand.New(rand.NewPCG(3532, 2023))
	var list []dossier
	add := func(n int, level, channel string, open bool) {
		for range n {
			list = append(list, dossier{level: level, channel: channel})
			if open {
				list[len(list)-1].id = "open"
			}
		}
	}
	add(resolvedPartialOnline, "Một phần", "Trực tuyến", false)
	add(resolvedFullOnline, "Toàn trình", "Trực tuyến", false)
	add(120, "Một phần", "Trực tiếp", false)
	add(40, "Một phần", "Bưu chính", false)
	add(resolvedOther-160, "Không", "Trực tiếp", false)
	add(openPartialOnline, "Một phần", "Trực tuyến", true)
	add(openFullOnline, "Toàn trình", "Trực tuyến", true)
	add(openOther, "Không", "Trực tiếp", true)
	random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })

	carried, late := 0, 0
	for i := range list {
		d := &list[i]
		f := fields[[]int{0, 0, 0, 0, 1, 1, 2, 3, 3, 4}[random.IntN(10)]]
		d.field, d.procedure = f.name, f.procedure
		switch {
		case d.id == "open":
			d.received = day(2023, 12, 1+random.IntN(29))
			d.due = d.received.AddDate(0, 0, 40)
			if late < openOverdue {
				d.received = day(2023, 11, 6+late)
				d.due = d.received.AddDate(0, 0, 30)
				late++
			}
		case carried < carriedOver:
			carried++
			d.received = day(2022, 12, 5+random.IntN(25))
			d.due = d.received.AddDate(0, 0, 30)
			d.resolved = later(day(2023, 1, 3), d.due.AddDate(0, 0, -random.IntN(5)))
		default:
			d.received = day(2023, 1, 3).AddDate(0, 0, random.IntN(335))
			d.due = d.received.AddDate(0, 0, 10+random.IntN(15))
			d.resolved = d.due.AddDate(0, 0, outcome(random.IntN(100)))
		}
	}
	slices.SortStableFunc(list, func(a, b dossier) int { return cmp.Compare(a.received.Unix(), b.received.Unix()) })
	number(list)
	mark(list, 1640, func(d *dossier, yes bool) { d.digitised = either(yes, "Có", "Không") })
	mark(list, 1585, func(d *dossier, yes bool) { d.resultDigitised = either(yes, "Có", "Không") })
	mark(list, 1996, func(d *dossier, yes bool) { d.synchronised = either(yes, "Đã đồng bộ", "Chưa đồng bộ") })
	mark(list, 1850, func(d *dossier, yes bool) { d.electronicPaper = either(yes, "Có", "Không") })
	mark(list, 1450, func(d *dossier, yes bool) { d.payment = either(yes, "Trực tiếp", "Không thu phí") })
	payOnline(list, 640)
	return list
}

// outcome is how many days after its due day a dossier is resolved.
func outcome(percentile int) int {
	switch {
	case percentile < 78:
		return -1 - percentile%8
	case percentile < 97:
		return 0
	}
	return 1 + percentile%3
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// number gives ids and applicants, in order.
func number(list []dossier) {
	serial := map[int]int{}
	for i := range list {
		year := list[i].received.Year()
		serial[year]++
		list[i].id = fmt.Sprintf("SXD-%d-%05d", year, serial[year])
		list[i].applicant = fmt.Sprintf("Tổ chức, cá nhân %04d", i+1)
	}
}

// mark sets a property of exactly n resolved dossiers, spread over the list,
// and the opposite of the other resolved ones; open ones have none yet.
func mark(list []dossier, n int, set func(d *dossier, yes bool)) {
	seen := 0
	for i := range list {
		if list[i].resolved.IsZero() {
			continue
		}
		set(&list[i], (seen+1)*n/resolvedAll > seen*n/resolvedAll)
		seen++
	}
}

// payOnline lets n of the dossiers with a fee be paid online.
func payOnline(list []dossier, n int) {
	for i := range list {
		if n > 0 && list[i].payment == "Trực tiếp" && list[i].channel == "Trực tuyến" {
			list[i].payment = "Trực tuyến"
			n--
		}
	}
}

func either(yes bool, a, b string) string {
	if yes {
		return a
	}
	return b
}

// byField counts the dossiers as Biểu II.06a does.
func byField(list []dossier) []handled {
	var out []handled
	for _, f := range fields {
		h := handled{field: f.name}
		for _, d := range list {
			if d.field == f.name {
				h.count(d)
			}
		}
		out = append(out, h)
	}
	return out
}

func (h *handled) count(d dossier) {
	switch {
	case d.received.Year() < 2023:
		h.carried++
	case d.channel == "Trực tuyến":
		h.online++
	default:
		h.direct++
	}
	switch {
	case d.resolved.IsZero() && d.due.After(day(2023, 12, 31)):
		h.openInTime++
	case d.resolved.IsZero():
		h.openOverdue++
	case d.resolved.Before(d.due):
		h.early++
	case d.resolved.Equal(d.due):
		h.onTime++
	default:
		h.late++
	}
}

// dossierList writes the list.
func (s *sheet) dossierList(list []dossier) {
	s.columns("STT", "Mã hồ sơ", "Lĩnh vực", "Tên thủ tục hành chính", "Tổ chức, cá nhân nộp hồ sơ",
		"Ngày tiếp nhận", "Ngày hẹn trả", "Ngày trả kết quả", "Mức độ DVC", "Hình thức nộp",
		"Số hóa hồ sơ", "Số hóa kết quả", "Đồng bộ Cổng DVCQG", "Thanh toán", "Kết quả điện tử")
	s.freeze()
	for i, d := range list {
		var resolved any
		if !d.resolved.IsZero() {
			resolved = d.resolved
		}
		s.detail(i+1, d.id, d.field, d.procedure, d.applicant, d.received, d.due, resolved, d.level, d.channel,
			blank(d.digitised), blank(d.resultDigitised), blank(d.synchronised), blank(d.payment), blank(d.electronicPaper))
	}
}
