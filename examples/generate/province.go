package main

import "github.com/parcheck/parcheck/pkg/sheets"

// province writes the province's own workbook: what only the province has. Its
// ranks are blank, because nobody had published them when it was written.
func province() ([]byte, error) {
	const unit = "UBND tỉnh Quảng Nam"
	b := newBook("Báo cáo cải cách hành chính năm 2023 - UBND tỉnh Quảng Nam (số liệu giả định)")
	b.cover("BÁO CÁO TỔNG HỢP CẢI CÁCH HÀNH CHÍNH NĂM 2023", unit)

	s := b.sheet("Thống kê toàn tỉnh", 7, 70, 12, 14, 14, 16)
	s.caption("PHỤ LỤC THỐNG KÊ SỐ LIỆU CẢI CÁCH HÀNH CHÍNH TOÀN TỈNH", unit)
	s.statistics(provinceFigures())

	s = b.sheet("Xếp hạng", 6, 70, 16, 16, 24)
	s.caption("XẾP HẠNG CÁC CHỈ SỐ CẤP TỈNH", unit)
	s.columns("STT", "Chỉ số", "Xếp hạng năm 2021", "Xếp hạng năm 2023", "Ghi chú")
	for i, r := range []struct {
		index string
		rank  any
	}{
		{"Chỉ số cải cách hành chính (PAR INDEX)", 33},
		{"Chỉ số hài lòng về sự phục vụ hành chính (SIPAS)", 57},
		{"Chỉ số hiệu quả quản trị và hành chính công cấp tỉnh (PAPI)", 35},
		{"Chỉ số chuyển đổi số (DTI)", nil},
		{"Chỉ số năng lực cạnh tranh cấp tỉnh (PCI)", 19},
	} {
		s.detail(i+1, r.index, r.rank, nil, "Chưa công bố")
	}

	s = b.sheet("Khảo sát TTHC", 6, 26, 11, 11, 11, 11, 11, 11, 11, 11, 14, 11)
	s.caption("KẾT QUẢ KHẢO SÁT MỨC ĐỘ HÀI LÒNG VỀ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH", unit)
	s.provinceSurvey()

	s = b.sheet("Khảo sát y tế, giáo dục", 6, 30, 12, 12, 12, 12, 12, 12)
	s.caption("KẾT QUẢ KHẢO SÁT MỨC ĐỘ HÀI LÒNG VỀ DỊCH VỤ CÔNG", unit)
	s.columns("STT", "Dịch vụ", "Số phiếu hợp lệ", "Rất hài lòng", "Hài lòng", "Bình thường", "Không hài lòng", "Rất không hài lòng")
	for i, a := range []answers{
		{"Y tế công lập", [5]int{612, 1087, 231, 55, 15}},    // 1,699 of 2,000: one short of 85%
		{"Giáo dục công lập", [5]int{701, 1066, 190, 36, 7}}, // 1,767 of 2,000
	} {
		s.detail(i+1, a.field, a.valid(), a.levels[0], a.levels[1], a.levels[2], a.levels[3], a.levels[4])
	}

	s = b.sheet("Giải ngân", 6, 40, 16, 18, 16, 12, 16, 16)
	s.caption("GIẢI NGÂN KẾ HOẠCH ĐẦU TƯ CÔNG ĐẾN HẾT NGÀY 31/01/2024", unit)
	s.line("ĐVT: triệu đồng", sheets.Style{Italic: true})
	s.provinceInvestors()

	s = b.sheet("Ngân sách", 6, 40, 20, 20)
	s.caption("CƠ CẤU CHI NGÂN SÁCH ĐỊA PHƯƠNG", unit)
	s.line("ĐVT: tỷ đồng", sheets.Style{Italic: true})
	s.columns("STT", "Nội dung chi", "Thực hiện năm 2022", "Thực hiện năm 2023")
	s.detail("1", "Tổng chi ngân sách địa phương", 27150, 28900)
	s.detail("2", "Chi đầu tư phát triển", 8645, 9824)
	s.detail("3", "Chi thường xuyên", 14810, 15420)

	s = b.sheet("Nhiệm vụ", 7, 70, 18, 34, 20)
	s.caption("DANH MỤC KIỂM TRA NHIỆM VỤ", unit)
	s.checklist([]task{
		{"Định danh và xác thực thông suốt, hợp nhất trên tất cả các hệ thống", "Đang thực hiện", "Kế hoạch số 9012/KH-UBND ngày 28/12/2022"},
	})
	return b.finish()
}

func provinceFigures() []figure {
	return []figure{
		{"I", "Thủ tục hành chính, dịch vụ công trực tuyến", "", nil, nil},
		{"1", "Tổng số hồ sơ thủ tục hành chính tiếp nhận trong kỳ", "Hồ sơ", 624310, 601275},
		{"2", "Tổng số hồ sơ thủ tục hành chính đã giải quyết", "Hồ sơ", 618240, nil},
		{"3", "Số hồ sơ tiếp nhận qua dịch vụ công trực tuyến một phần", "Hồ sơ", 410880, nil},
		{"4", "Số hồ sơ giải quyết theo dịch vụ công trực tuyến một phần", "Hồ sơ", 407115, nil},
		{"5", "Số hồ sơ giải quyết theo dịch vụ công trực tuyến toàn trình", "Hồ sơ", 96420, nil},
		{"6", "Số hồ sơ đang còn hiệu lực và có giá trị sử dụng lại", "Hồ sơ", 1210400, nil},
		{"7", "Số hồ sơ đang còn hiệu lực và có giá trị sử dụng lại đã số hóa", "Hồ sơ", 702032, nil},
		{"8", "Số kết quả giải quyết đang còn hiệu lực và có giá trị sử dụng lại", "Kết quả", 1184250, nil},
		{"9", "Số kết quả giải quyết đang còn hiệu lực và có giá trị sử dụng lại đã số hóa", "Kết quả", 745010, nil},
		{"10", "Số dịch vụ công trực tuyến đang cung cấp", "Dịch vụ", 1820, 1790},
		{"11", "Số dịch vụ công trực tuyến đã tích hợp lên Cổng Dịch vụ công quốc gia", "Dịch vụ", 1610, 1205},
		{"12", "Số thủ tục hành chính thuộc thẩm quyền giải quyết", "Thủ tục", 1935, nil},
		{"13", "Số thủ tục hành chính có yêu cầu nghĩa vụ tài chính", "Thủ tục", 850, nil},
		{"14", "Số thủ tục hành chính có yêu cầu nghĩa vụ tài chính cho phép thanh toán trực tuyến trên Cổng Dịch vụ công quốc gia", "Thủ tục", 512, nil},
		{"15", "Tổng số giao dịch thanh toán", "Giao dịch", 402118, nil},
		{"16", "Số giao dịch thanh toán trực tuyến", "Giao dịch", 121440, nil},
		{"17", "Số kết quả xử lý hồ sơ đã đồng bộ trên Cổng Dịch vụ công quốc gia", "Hồ sơ", 618215, nil},
		{"18", "Số thủ tục hành chính giải quyết không phụ thuộc vào địa giới hành chính", "Thủ tục", 95, nil},
		{"II", "Chính quyền điện tử, chính quyền số", "", nil, nil},
		{"1", "Tổng số văn bản trao đổi giữa các cơ quan nhà nước", "Văn bản", 1250330, nil},
		{"2", "Số văn bản thuộc phạm vi bí mật nhà nước", "Văn bản", 4120, nil},
		{"3", "Số văn bản điện tử, được ký số chuyên dùng và xử lý trên môi trường mạng", "Văn bản", 1246160, nil},
		{"4", "Số giao dịch trên các Cổng dịch vụ công và Hệ thống thông tin một cửa điện tử", "Giao dịch", 503535, nil},
		{"5", "Số giao dịch được xác thực điện tử", "Giao dịch", 499507, nil},
		{"6", "Số cơ quan, đơn vị, địa phương thuộc phạm vi báo cáo", "Cơ quan", 259, nil},
		{"7", "Số cơ quan, đơn vị, địa phương xử lý công việc hoàn toàn trên môi trường điện tử", "Cơ quan", 248, nil},
		{"III", "Chỉ đạo, điều hành", "", nil, nil},
		{"1", "Số cuộc đối thoại với doanh nghiệp trong năm", "Cuộc", 4, nil},
		{"2", "Số chuyên đề giám sát thủ tục hành chính lĩnh vực đất đai, y tế đã thực hiện", "Chuyên đề", 2, nil},
	}
}

// provinceSurvey writes the survey: land misses 85%, the three fields together
// reach it.
func (s *sheet) provinceSurvey() {
	s.columns("STT", "Lĩnh vực", "Số phiếu phát ra", "Số phiếu thu về", "Số phiếu hợp lệ", "Rất hài lòng", "Hài lòng",
		"Bình thường", "Không hài lòng", "Rất không hài lòng", "Tổng số phiếu hài lòng", "Tỷ lệ hài lòng (%)")
	s.freeze()
	fields := []answers{
		{"Đất đai", [5]int{410, 836, 166, 68, 20}}, // 1,246 of 1,500
		{"Xây dựng", [5]int{332, 553, 80, 27, 8}},  // 885 of 1,000
		{"Đầu tư", [5]int{121, 143, 26, 8, 2}},     // 264 of 300
		{"Lĩnh vực khác", [5]int{1480, 1655, 150, 52, 13}},
	}
	for i, a := range fields {
		s.detail(i+1, a.field, a.valid()+120, a.valid()+25, a.valid(), a.levels[0], a.levels[1], a.levels[2], a.levels[3],
			a.levels[4], a.satisfied(), percentsOf(a.satisfied(), a.valid()))
	}
	all := sum(fields)
	s.total(nil, "Tổng số", all.valid()+480, all.valid()+100, all.valid(), all.levels[0], all.levels[1], all.levels[2], all.levels[3],
		all.levels[4], all.satisfied(), percentsOf(all.satisfied(), all.valid()))
}

// provinceInvestors writes the disbursement table: 98% of the plan that the
// Prime Minister assigned, and less of the whole plan.
func (s *sheet) provinceInvestors() {
	s.header(2,
		block{"STT", 1, 1, 1, 2},
		block{"Đơn vị, chủ đầu tư", 2, 1, 1, 2},
		block{"Kế hoạch vốn năm 2023", 3, 1, 2, 1},
		block{"Được giao", 3, 2, 1, 1},
		block{"Thủ tướng Chính phủ giao", 4, 2, 1, 1},
		block{"Giải ngân kế hoạch năm 2023", 5, 1, 2, 1},
		block{"Số tiền", 5, 2, 1, 1},
		block{"Tỷ lệ (%)", 6, 2, 1, 1},
		block{"Kế hoạch năm 2022 kéo dài", 7, 1, 2, 1},
		block{"Kế hoạch", 7, 2, 1, 1},
		block{"Giải ngân", 8, 2, 1, 1},
	)
	s.freeze()
	var all project
	for i, p := range []project{
		{"Các sở, ban, ngành", 1845200, 1720400, 1702310, 410200, 388150},
		{"Các Ban Quản lý dự án cấp tỉnh", 2964800, 2687300, 2611400, 702600, 640020},
		{"Các huyện, thị xã, thành phố", 2102400, 1907300, 1890290, 322100, 301870},
	} {
		s.detail(i+1, p.name, p.planned, p.byPM, p.disbursed, percentsOf(p.disbursed, p.planned), p.carried, p.carriedDisbursed)
		all.add(p)
	}
	s.total(nil, "Tổng số", all.planned, all.byPM, all.disbursed, percentsOf(all.disbursed, all.planned), all.carried, all.carriedDisbursed)
}
