package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"

	"github.com/parcheck/parcheck/pkg/sheets"
)

// Thirty files as a province gets them: six layouts, five of them in other words
// than the plan's, whose figures a mapping tells.

// foreign is one of the files.
type foreign struct {
	layout, index int
	unit          string
	facts         []foreignFact
}

// foreignFact is a figure of a file, by the id of the plan's fact.
type foreignFact struct {
	id    string
	value int
}

// foreignUnits send the files in, in order.
var foreignUnits = []string{
	"Sở Xây dựng", "Sở Y tế", "Sở Nội vụ", "Sở Tài chính", "Sở Tư pháp", "Sở Công Thương",
	"Sở Văn hóa, Thể thao và Du lịch", "Sở Giao thông vận tải", "Sở Giáo dục và Đào tạo", "Sở Khoa học và Công nghệ", "UBND huyện Núi Thành", "UBND huyện Quế Sơn",
	"UBND huyện Thăng Bình", "UBND huyện Tiên Phước", "UBND huyện Phú Ninh", "UBND huyện Duy Xuyên", "UBND huyện Đại Lộc",
	"UBND thị xã Điện Bàn", "UBND thành phố Hội An", "UBND thành phố Tam Kỳ", "UBND huyện Nông Sơn", "UBND huyện Hiệp Đức",
	"UBND huyện Bắc Trà My", "UBND huyện Nam Trà My", "UBND huyện Phước Sơn", "UBND huyện Nam Giang",
	"UBND huyện Đông Giang", "UBND huyện Tây Giang", "Sở Nông nghiệp và Phát triển nông thôn", "Sở Tài nguyên và Môi trường",
}

// ofLayout is how many files have each layout.
var ofLayout = []int{6, 6, 5, 5, 4, 4}

// foreignFiles lists the files and the list of their figures, by path below the
// examples' folder.
func foreignFiles() map[string]func() ([]byte, error) {
	out := map[string]func() ([]byte, error){}
	var list bytes.Buffer
	w := csv.NewWriter(&list)
	_ = w.Write([]string{"file", "unit", "fact", "value"}) // a buffer takes everything
	n := 0
	for layout, count := range ofLayout {
		for range count {
			f := &foreign{layout: layout, index: n, unit: foreignUnits[n]}
			data, err := f.book().finish()
			name := fmt.Sprintf("bieu-%02d.xlsx", n+1)
			for _, fact := range f.facts {
				_ = w.Write([]string{name, f.unit, fact.id, fmt.Sprint(fact.value)})
			}
			out["forms/nop/"+name] = func() ([]byte, error) { return data, err }
			n++
		}
	}
	w.Flush()
	out["forms/figures.csv"] = func() ([]byte, error) { return list.Bytes(), nil }
	return out
}

func (f *foreign) fact(id string, value int) int {
	f.facts = append(f.facts, foreignFact{id, value})
	return value
}

// shortNames are units as two of the files call them, by their index.
var shortNames = map[int]string{0: "Sở XD", 28: "Sở NN, PTNT"}

func (f *foreign) book() *book {
	b := newBook(fmt.Sprintf("Biểu %d (số liệu giả định)", f.index+1))
	write := []func(*book){f.annex, f.handling, f.survey, f.disbursement, f.papers, f.plain}[f.layout]
	write(b)
	return b
}

// letterhead writes whose the sheet is, as papers have it.
func (f *foreign) letterhead(s *sheet, title string) {
	name := strings.ToUpper(f.unit)
	above := "UBND TỈNH QUẢNG NAM"
	if strings.HasPrefix(name, "UBND") {
		above = ""
	}
	if short := shortNames[f.index]; short != "" {
		s.line("Đơn vị báo cáo: "+short, sheets.Style{})
	} else {
		for _, line := range []string{above, name} {
			if line != "" {
				s.row++
				s.put(1, s.row, line, sheets.Style{Bold: true})
				s.merge(s.row, 1, s.row, 2)
			}
		}
	}
	s.skip()
	s.line(title, sheets.Style{Bold: true, Center: true})
	s.line("Năm 2023", sheets.Style{Italic: true, Center: true})
	s.line(invented, sheets.Style{Italic: true})
	s.skip()
}

func (f *foreign) annex(b *book) {
	s := b.sheet("PL", 6, 60, 12, 16, 30)
	f.letterhead(s, "PHỤ LỤC SỐ LIỆU CÔNG TÁC CẢI CÁCH HÀNH CHÍNH")
	s.columns("TT", "Nội dung theo dõi", "Đơn vị", "Đạt được trong năm 2023", "Diễn giải")
	received := f.fact("dossiers-received", 900+37*f.index)
	resolved := f.fact("dossiers-resolved", received-11)
	s.detail("1", "Hồ sơ TTHC đã nhận trong năm", "hồ sơ", received)
	s.detail("2", "Hồ sơ TTHC đã xử lý xong", "hồ sơ", resolved)
	s.detail("3", "Trong đó qua DVCTT một phần", "hồ sơ", f.fact("dossiers-partial", resolved*2/3))
	s.detail("4", "Trong đó qua DVCTT toàn trình", "hồ sơ", f.fact("dossiers-full", resolved/5))
}

func (f *foreign) handling(b *book) {
	s := b.sheet("Sheet1", 6, 30, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12)
	f.letterhead(s, "KẾT QUẢ TIẾP NHẬN VÀ TRẢ HỒ SƠ")
	s.header(2, block{"TT", 1, 1, 1, 2}, block{"Nhóm thủ tục", 2, 1, 1, 2},
		block{"Hồ sơ nhận", 3, 1, 4, 1}, block{"Cộng", 3, 2, 1, 1}, block{"Nộp qua mạng", 4, 2, 1, 1}, block{"Nộp trực tiếp, BCCI", 5, 2, 1, 1}, block{"Kỳ trước chuyển qua", 6, 2, 1, 1},
		block{"Hồ sơ đã trả", 7, 1, 4, 1}, block{"Cộng", 7, 2, 1, 1}, block{"Sớm hạn", 8, 2, 1, 1}, block{"Đúng hạn", 9, 2, 1, 1}, block{"Trễ hạn", 10, 2, 1, 1},
		block{"Hồ sơ đang xử lý", 11, 1, 3, 1}, block{"Cộng", 11, 2, 1, 1}, block{"Còn hạn", 12, 2, 1, 1}, block{"Trễ hạn", 13, 2, 1, 1})
	sum := make([]int, 11)
	for i, group := range []string{"Hộ tịch", "Đất đai", "Xây dựng"} {
		online, direct, before := 120+7*f.index+i, 60+3*f.index, 5+i
		all := online + direct + before
		open := 9 + i
		done := all - open
		row := []int{all, online, direct, before, done, done / 2, done - done/2 - i, i, open, open - 1, 1}
		values := []any{fmt.Sprint(i + 1), group}
		for j, v := range row {
			values = append(values, v)
			sum[j] += v
		}
		s.detail(values...)
	}
	values := []any{nil, "Tổng cộng"}
	for _, v := range sum {
		values = append(values, v)
	}
	s.total(values...)
	f.fact("dossiers-received-online", sum[1])
	f.fact("dossiers-received-direct", sum[2])
	f.fact("dossiers-resolved", sum[4])
}

func (f *foreign) survey(b *book) {
	s := b.sheet("Khảo sát", 6, 30, 12, 12, 12, 12, 12, 12, 12)
	f.letterhead(s, "KẾT QUẢ KHẢO SÁT SỰ HÀI LÒNG")
	s.header(2, block{"TT", 1, 1, 1, 2}, block{"Nhóm thủ tục khảo sát", 2, 1, 1, 2}, block{"Số phiếu khảo sát", 3, 1, 2, 1}, block{"Thu được", 3, 2, 1, 1}, block{"Dùng được (hợp lệ)", 4, 2, 1, 1},
		block{"Ý kiến trả lời", 5, 1, 5, 1}, block{"Rất hài lòng", 5, 2, 1, 1}, block{"Hài lòng", 6, 2, 1, 1}, block{"Bình thường", 7, 2, 1, 1}, block{"Không hài lòng", 8, 2, 1, 1}, block{"Rất không hài lòng", 9, 2, 1, 1})
	sum := make([]int, 7)
	for i, field := range []string{"Đất đai", "Xây dựng", "Đầu tư"} {
		row := []int{0, 0, 50 + f.index, 30 + 2*i, 4, 2, 1}
		row[1] = row[2] + row[3] + row[4] + row[5] + row[6]
		row[0] = row[1] + 3
		values := []any{fmt.Sprint(i + 1), field}
		for j, v := range row {
			values = append(values, v)
			sum[j] += v
		}
		s.detail(values...)
	}
	values := []any{nil, "Cộng"}
	for _, v := range sum {
		values = append(values, v)
	}
	s.total(values...)
	f.fact("answers-valid", sum[1])
	f.fact("answers-very-satisfied", sum[2])
	f.fact("answers-just-satisfied", sum[3])
}

func (f *foreign) disbursement(b *book) {
	s := b.sheet("Vốn", 6, 40, 18, 18, 18)
	f.letterhead(s, "TÌNH HÌNH SỬ DỤNG VỐN ĐẦU TƯ CÔNG")
	s.columns("TT", "Công trình", "Vốn giao trong năm", "Vốn đã giải ngân", "Đạt (%)")
	planned, paid := 0, 0
	for i := range 3 {
		p := 4000 + 310*f.index + 700*i
		d := p * (90 + i) / 100
		s.detail(fmt.Sprint(i+1), fmt.Sprintf("Công trình số %d", i+1), p, d, percents(100*float64(d)/float64(p)))
		planned, paid = planned+p, paid+d
	}
	s.total(nil, "Tổng cộng", planned, paid, percents(100*float64(paid)/float64(planned)))
	const million = 1_000_000
	f.fact("capital-planned", planned*million)
	f.fact("capital-disbursed", paid*million)
}

func (f *foreign) papers(b *book) {
	s := b.sheet("VB", 6, 60, 16)
	f.letterhead(s, "SỐ LIỆU VĂN BẢN ĐIỆN TỬ")
	s.columns("Số TT", "Tiêu chí", "Giá trị")
	all := f.fact("documents-exchanged", 3000+41*f.index)
	secret := f.fact("documents-secret", 7+f.index%5)
	s.detail("1", "Văn bản trao đổi giữa các cơ quan", all)
	s.detail("2", "Văn bản mật", secret)
	s.detail("3", "Văn bản ký số, xử lý trên mạng", f.fact("documents-electronic", all-secret-2))
}

// plain is the plan's own form.
func (f *foreign) plain(b *book) {
	s := b.sheet("Phụ lục", 6, 60, 16)
	f.letterhead(s, "PHỤ LỤC THỐNG KÊ")
	s.columns("STT", "Chỉ tiêu thống kê", "Số liệu")
	resolved := f.fact("dossiers-resolved", 500+13*f.index)
	s.detail("1", "Tổng số hồ sơ TTHC đã giải quyết", resolved)
	s.detail("2", "Số hồ sơ giải quyết theo DVCTT một phần", f.fact("dossiers-partial", resolved/2))
}
