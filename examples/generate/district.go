package main

import (
	"strconv"
	"strings"

	"github.com/parcheck/parcheck/pkg/sheets"
	"golang.org/x/text/unicode/norm"
)

// district writes the workbook of a district as such files come: exported from
// a web system and mended by hand. Numbers are typed as text, percentages stand
// as 0.65 and as "65,5%", one section is typed on a machine that decomposes
// accents, tone marks sit in the old place, a hidden sheet holds a draft.
func district() ([]byte, error) { return districtBook().finish() }

// districtXLS is the same workbook as an older program exports it.
func districtXLS() ([]byte, error) { return districtBook().xls() }

func districtBook() *book {
	b := newBook("Báo cáo cải cách hành chính năm 2023 - UBND huyện Thăng Bình (số liệu giả định)")

	s := b.sheet("Bieu 06a", 6, 36, 11, 11, 13, 11, 11, 11, 11, 11, 11, 11, 11)
	s.motto()
	s.line("Biểu số II.06a/VPCP/KSTT", sheets.Style{Bold: true})
	s.line("TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH TẠI HUYỆN THĂNG BÌNH", sheets.Style{Bold: true, Center: true})
	s.line("Kỳ báo cáo: Năm 2023 (Từ ngày 01/01/2023 đến ngày 31/12/2023)", sheets.Style{Italic: true, Center: true})
	s.line("- Đơn vị báo cáo: UBND huyện Thăng Bình", sheets.Style{})
	s.line("- Đơn vị nhận báo cáo: Văn phòng UBND tỉnh", sheets.Style{})
	s.line("Đơn vị tính: Số hồ sơ TTHC.", sheets.Style{Italic: true})
	s.districtHandling()
	s.signature("Thăng Bình", "CHỦ TỊCH")

	s = b.sheet("Phu luc", 7, 70, 12, 14, 14)
	s.motto()
	s.line("PHỤ LỤC THỐNG KÊ SỐ LIỆU", sheets.Style{Bold: true, Center: true})
	s.line(invented, sheets.Style{Italic: true})
	s.skip()
	s.districtFigures()
	s.signature("Thăng Bình", "CHỦ TỊCH")

	s = b.sheet("Khao sat", 6, 28, 12, 12, 12, 12, 12, 12, 14, 12)
	s.line("KẾT QUẢ KHẢO SÁT MỨC ĐỘ HÀI LÒNG NĂM 2023", sheets.Style{Bold: true, Center: true})
	s.skip()
	s.districtSurvey([]any{"85,0%", share(0.8697674418604651), "79,2%", share(0.901)})
	s.signature("Thăng Bình", "CHỦ TỊCH")

	s = b.sheet("Giai ngan", 6, 40, 18, 20, 14)
	s.line("GIẢI NGÂN VỐN ĐẦU TƯ CÔNG ĐẾN HẾT NGÀY 31/01/2024", sheets.Style{Bold: true, Center: true})
	s.line("ĐVT: triệu đồng", sheets.Style{Italic: true})
	s.columns("TT", "Chủ đầu tư", "Kế hoạch vốn\nnăm 2023", "Đã giải ngân đến\nngày 31/01/2024", "Tỉ lệ\ngiải ngân (%)")
	s.detail("1", "Ban Quản lý dự án - Quỹ đất huyện", "298.400", "294.310", "98,6%")
	s.detail("2", "UBND các xã, thị trấn", "120.100", "118.040", share(0.9828476269775187))
	s.skip()
	s.total("", "TỔNG CỘNG", "418.500", "412.350", share(0.9853046594982079))

	s = b.sheet("Nhiem vu", 7, 70, 18, 34)
	s.line("KẾT QUẢ THỰC HIỆN NHIỆM VỤ", sheets.Style{Bold: true, Center: true})
	s.columns("STT", "Nội dung nhiệm vụ", "Tình hình thực hiện", "Văn bản")
	for i, t := range []task{
		{"Ban hành Kế hoạch cải cách hành chính năm 2023", "Đã ban hành", "Kế hoạch số 12/KH-UBND ngày 17/01/2023"},
		{"Lập dự toán kinh phí thực hiện cải cách hành chính", "-", ""},
		{"Ban hành kế hoạch sắp xếp, bố trí cán bộ, công chức, viên chức theo vị trí việc làm", "Đang triển khai", ""},
		{"Thực hiện Quy tắc ứng xử theo Quyết định số 3510/QĐ-UBND", "Đã thực hiện", ""},
		{"Thực hiện quy chế đánh giá cán bộ, công chức, viên chức theo Quyết định 2208/QĐ-UBND", "Đã thực hiện", ""},
		{"Lấy ý kiến cá nhân, tổ chức về kết quả giải quyết hồ sơ thủ tục hành chính", "Chưa thực hiện", ""},
	} {
		s.detail(strconv.Itoa(i+1), t.name, t.status, blank(t.document))
	}

	s = b.sheet("Tam", 6, 28, 12, 12, 12, 12, 12, 12, 14, 12)
	s.line("Bản nháp", sheets.Style{Italic: true})
	s.districtSurvey([]any{nil, nil, nil, nil})
	s.hidden = true
	return b
}

// motto writes the block that stands above every official table.
func (s *sheet) motto() {
	right := max(3, s.cols-4)
	for _, pair := range [][2]string{
		{"UBND HUYỆN THĂNG BÌNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
		{"VĂN PHÒNG HĐND VÀ UBND", "Độc lập - Tự do - Hạnh phúc"},
	} {
		s.row++
		s.put(1, s.row, pair[0], sheets.Style{Bold: true, Center: true})
		s.put(right, s.row, pair[1], sheets.Style{Bold: true, Center: true})
		s.merge(s.row, 1, s.row, 2)
		s.merge(s.row, right, s.row, s.cols)
	}
	s.skip()
}

// districtHandling writes Biểu II.06a in two groups whose numbering restarts.
// The total of column 7 is a mistake, on purpose: 18.954 for 18.945.
func (s *sheet) districtHandling() {
	s.handlingHeader()
	all := handled{field: "Tổng số"}
	for _, g := range []struct {
		code, title string
		fields      []handled
	}{
		{"I", "Lĩnh vực thực hiện tại cấp huyện", []handled{
			{"Đất đai", 2100, 1890, 190, 2410, 1420, 130, 205, 15},
			{"Thành lập và hoạt động hộ kinh doanh", 1240, 310, 20, 1200, 350, 2, 18, 0},
			{"Xây dựng", 480, 260, 40, 500, 236, 6, 36, 2},
			{"Hộ tịch, chứng thực", 1310, 870, 5, 1900, 280, 0, 5, 0},
		}},
		{"II", "Lĩnh vực thực hiện tại cấp xã", []handled{
			{"Hộ tịch", 3050, 1160, 15, 3600, 598, 2, 25, 0},
			{"Chứng thực", 2410, 2320, 0, 4500, 230, 0, 0, 0},
			{"Bảo trợ xã hội", 940, 670, 40, 1181, 390, 10, 66, 3},
		}},
	} {
		s.group(g.code, g.title)
		for i, h := range g.fields {
			s.detail(append([]any{strconv.Itoa(i + 1), h.field}, mixed(h.cells())...)...)
			all.add(h)
		}
		s.skip()
	}
	cells := mixed(all.cells())
	cells[4] = "18.954"
	s.total(append([]any{nil, all.field}, cells...)...)
}

// mixed types the first seven figures as text and leaves the others numbers, as
// an export that was mended by hand does.
func mixed(figures []int) []any {
	out := ints(figures)
	for i := range 7 {
		out[i] = grouping(figures[i])
	}
	return out
}

// grouping prints a number as Vietnamese texts do: 18.945.
func grouping(n int) string {
	digits := strconv.Itoa(n)
	var groups []string
	for len(digits) > 3 {
		groups = append([]string{digits[len(digits)-3:]}, groups...)
		digits = digits[:len(digits)-3]
	}
	return strings.Join(append([]string{digits}, groups...), ".")
}

// districtFigures writes the statistical annex: figures typed as text, the
// second section with decomposed accents, tone marks in the old place.
func (s *sheet) districtFigures() {
	s.columns("TT", "Chỉ tiêu\nthống kê", "ĐVT", "Số liệu\nnăm 2023", "Số liệu\nnăm 2022")
	for _, section := range [][]figure{
		{
			{"A", "Thủ tục hành chính", "", nil, nil},
			{"1", "Tổng số hồ sơ TTHC tiếp nhận trong kỳ", "Hồ sơ", "19.010", "18.200"},
			{"2", "Tổng số hồ sơ TTHC đã giải quyết", "Hồ sơ", "18.945", nil},
			{"3", "Số hồ sơ giải quyết theo DVCTT một phần", "Hồ sơ", "12.100", nil},
			{"4", "Số hồ sơ giải quyết theo DVCTT toàn trình", "Hồ sơ", "3.900", nil},
			{"5", "Số hồ sơ đang còn hiệu lực và có giá trị sử dụng lại", "Hồ sơ", "75.500", nil},
			{"6", "Số hồ sơ đang còn hiệu lực và có giá trị sử dụng lại đã số hoá", "Hồ sơ", "45.300", nil},
			{"7", "Số kết quả giải quyết đang còn hiệu lực và có giá trị sử dụng lại", "Kết quả", "70.020", nil},
			{"8", "Số kết quả giải quyết đang còn hiệu lực và có giá trị sử dụng lại đã số hoá", "Kết quả", "41.210", nil},
			{"9", "Số Bộ phận Một cửa cấp huyện, cấp xã", "Bộ phận", 23, nil},
			{"10", "Số Bộ phận Một cửa cấp huyện, cấp xã đã triển khai quy trình số hoá hồ sơ, giấy tờ, kết quả", "Bộ phận", 23, nil},
			{"11", "Số hồ sơ có thông tin, giấy tờ đã được chấp nhận, giải quyết trước đó", "Hồ sơ", "4.210", nil},
			{"12", "Số hồ sơ không phải cung cấp lại thông tin, giấy tờ đã được chấp nhận, giải quyết trước đó", "Hồ sơ", "4.210", nil},
			{"13", "Số bản sao điện tử được chứng thực từ bản chính", "Bản sao", "1.204", nil},
			{"14", "Số hồ sơ được trả kết quả giải quyết bản điện tử", "Hồ sơ", "17.300", nil},
			{"15", "Số thủ tục hành chính được uỷ quyền hoặc rút ngắn thời gian giải quyết", "Thủ tục", 12, nil},
			{"16", "Số TTHC thuộc thẩm quyền giải quyết", "Thủ tục", 242, nil},
			{"17", "Số TTHC có quy trình nội bộ được phê duyệt", "Thủ tục", 242, nil},
		},
		{
			{"B", "Thể chế, bộ máy, công vụ, tài chính công", "", nil, nil},
			{"1", "Số kết quả theo dõi thi hành pháp luật phải xử lý hoặc kiến nghị xử lý", "Vấn đề", 6, nil},
			{"2", "Số kết quả theo dõi thi hành pháp luật đã có văn bản xử lý hoặc kiến nghị xử lý", "Vấn đề", 6, nil},
			{"3", "Số đơn vị sự nghiệp công lập phải sắp xếp theo kế hoạch", "Đơn vị", 3, nil},
			{"4", "Số đơn vị sự nghiệp công lập đã sắp xếp", "Đơn vị", 3, nil},
			{"5", "Số cuộc họp, hội nghị đã tổ chức", "Cuộc", 120, nil},
			{"6", "Số cuộc họp, hội nghị tổ chức bằng hình thức trực tuyến, không giấy tờ", "Cuộc", 48, nil},
			{"7", "Số người đến hạn chuyển đổi vị trí công tác", "Người", 11, nil},
			{"8", "Số người đến hạn đã chuyển đổi vị trí công tác", "Người", 9, nil},
			{"9", "Số kiến nghị sau thanh tra, kiểm tra, kiểm toán về tài chính ngân sách phải xử lý", "Kiến nghị", 15, nil},
			{"10", "Số kiến nghị sau thanh tra, kiểm tra, kiểm toán về tài chính ngân sách đã giải quyết dứt điểm", "Kiến nghị", 14, nil},
		},
		{
			{"C", "Chính quyền điện tử, chính quyền số", "", nil, nil},
			{"1", "Tổng số văn bản trao đổi", "Văn bản", "24.310", nil},
			{"2", "Số văn bản mật", "Văn bản", 112, nil},
			{"3", "Số văn bản điện tử, được ký số chuyên dùng và xử lý trên môi trường mạng", "Văn bản", "24.198", nil},
			{"4", "Tổng số giao dịch thanh toán", "Giao dịch", "14.870", nil},
			{"5", "Số giao dịch thanh toán trực tuyến", "Giao dịch", "5.120", nil},
			{"6", "Số kết quả đã đồng bộ lên Cổng DVC quốc gia", "Hồ sơ", "18.940", nil},
			{"7", "Số hồ sơ phải nộp bản chính, bản chứng thực giấy tờ", "Hồ sơ", "6.300", "7.500"},
			{"8", "Số cơ quan, đơn vị, địa phương thuộc phạm vi báo cáo", "Cơ quan", 35, nil},
			{"9", "Số cơ quan, đơn vị, địa phương xử lý công việc hoàn toàn trên môi trường điện tử", "Cơ quan", 34, nil},
			{"10", "Số nhiệm vụ được giao tại Phụ lục Quyết định số 3532/QĐ-UBND", "Nhiệm vụ", 5, nil},
			{"11", "Số nhiệm vụ tại Phụ lục Quyết định số 3532/QĐ-UBND hoàn thành đúng tiến độ", "Nhiệm vụ", 5, nil},
		},
	} {
		decomposed := section[0].code == "B"
		for _, r := range section {
			if decomposed {
				r.label = norm.NFD.String(r.label)
			}
			if r.unit == "" {
				s.group(r.code, r.label)
				continue
			}
			s.detail(r.code, r.label, r.unit, r.value, r.lastYear)
		}
		s.skip()
	}
}

// districtSurvey writes the survey: land is one answer short of 85%, and says
// "85,0%". The third rate is a mistake, on purpose: 79,2% for 97,2%. The draft
// on the hidden sheet has other figures.
func (s *sheet) districtSurvey(rates []any) {
	s.columns("TT", "Lĩnh vực\nkhảo sát", "Số phiếu\nhợp lệ", "Rất hài lòng", "Hài lòng", "Bình thường", "Không\nhài lòng",
		"Rất không\nhài lòng", "Tổng số phiếu\nhài lòng", "Tỉ lệ\nhài lòng")
	fields := []answers{
		{"Đất đai", [5]int{121, 218, 42, 15, 3}},
		{"Xây dựng", [5]int{80, 107, 20, 7, 1}},
		{"Hộ tịch, chứng thực", [5]int{240, 135, 9, 2, 0}},
	}
	if rates[0] == nil {
		fields[0].levels[1] += 20
		fields[0].levels[2] -= 20
	}
	for i, a := range fields {
		s.detail(strconv.Itoa(i+1), a.field, strconv.Itoa(a.valid()), a.levels[0], a.levels[1], a.levels[2], a.levels[3],
			a.levels[4], a.satisfied(), rates[i])
	}
	all := sum(fields)
	s.total(nil, "Cộng", grouping(all.valid()), all.levels[0], all.levels[1], all.levels[2], all.levels[3],
		all.levels[4], all.satisfied(), rates[3])
}
