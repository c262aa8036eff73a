package main

import "github.com/parcheck/parcheck/pkg/sheets"

// bureau writes the workbook for the plan of one's own: a list of reports with
// their due days, a form with one column a quarter, and a review.
func bureau() ([]byte, error) {
	const unit = "Cục Kế hoạch"
	b := newBook("Chấp hành chế độ báo cáo năm 2024 - Cục Kế hoạch (số liệu giả định)")

	s := b.sheet("Sổ theo dõi", 7, 16, 42, 14, 14, 14)
	s.line("SỔ THEO DÕI BÁO CÁO ĐỊNH KỲ", sheets.Style{Bold: true, Center: true})
	s.line("Kỳ báo cáo: Năm 2024 (Từ ngày 01/01/2024 đến ngày 31/12/2024)", sheets.Style{Italic: true, Center: true})
	s.line("Đơn vị báo cáo: "+unit, sheets.Style{Center: true})
	s.line(invented, sheets.Style{Italic: true})
	s.skip()
	s.columns("STT", "Mã báo cáo", "Tên báo cáo", "Hạn gửi", "Ngày gửi", "Số lần trả lại")
	s.freeze()
	serial := 0
	for month := 1; month <= 12; month++ {
		for _, r := range []struct {
			prefix, name string
			due          int
		}{
			{"TH", "Báo cáo tổng hợp tháng", 20},
			{"TC", "Báo cáo tài chính tháng", 25},
		} {
			serial++
			due := day(2024, month, r.due)
			sent, returned := due.AddDate(0, 0, -1-serial%3), 0
			switch serial {
			case 5, 14:
				sent = due // on the last day, and in time
			case 9:
				sent, returned = due.AddDate(0, 0, 2), 1
			case 16:
				sent = due.AddDate(0, 0, 1)
			case 22:
				sent, returned = due.AddDate(0, 0, 4), 1
			}
			s.detail(serial, r.prefix+"-2024-"+due.Format("01"), r.name, due, sent, returned)
		}
	}

	s = b.sheet("Tập huấn", 7, 50, 10, 10, 10, 10, 12)
	s.line("TẬP HUẤN NGHIỆP VỤ BÁO CÁO", sheets.Style{Bold: true, Center: true})
	s.skip()
	s.columns("STT", "Nội dung", "Quý I", "Quý II", "Quý III", "Quý IV", "Cả năm")
	s.detail(1, "Số giờ tập huấn nghiệp vụ báo cáo", 8, 6, 7, 5, 26)
	s.detail(2, "Số người được tập huấn", 12, 9, 11, 8, 40)

	s = b.sheet("Đánh giá", 7, 50, 18)
	s.line("ĐÁNH GIÁ CỦA VỤ TỔNG HỢP", sheets.Style{Bold: true, Center: true})
	s.skip()
	s.columns("STT", "Tiêu chí", "Xếp loại")
	s.detail(1, "Chất lượng báo cáo", "Khá")
	s.detail(2, "Cập nhật dữ liệu lên hệ thống báo cáo", "Tốt")
	return b.finish()
}
