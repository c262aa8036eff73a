package fact

import (
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/label"
)

// What periods the titles of real forms name, and what dates and years in them
// are none.
func TestPeriodsOfTitles(t *testing.T) {
	for title, want := range map[string]string{
		"BÁO CÁO KẾT QUẢ CẢI CÁCH HÀNH CHÍNH QUÝ I NĂM 2023": "2023-01-01..2023-03-31",
		"BÁO CÁO THÁNG 9 NĂM 2023":                           "2023-09-01..2023-09-30",
		"BÁO CÁO THÁNG 9/2023":                               "2023-09-01..2023-09-30",
		"BÁO CÁO T9/2023":                                    "2023-09-01..2023-09-30",
		"TỔNG HỢP QUÝ II/2023":                               "2023-04-01..2023-06-30",
		"TỔNG HỢP Q2/2023":                                   "2023-04-01..2023-06-30",
		"Kết quả công tác 6 tháng đầu năm 2023":              "2023-01-01..2023-06-30",
		"BÁO CÁO NỬA ĐẦU NĂM 2023":                           "2023-01-01..2023-06-30",
		"KẾT QUẢ CÔNG TÁC NỬA CUỐI NĂM 2023":                 "2023-07-01..2023-12-31",
		"BÁO CÁO TUẦN 12 NĂM 2023":                           "",
		"BÁO CÁO TUẦN 3 THÁNG 5/2023":                        "",
		"KẾT QUẢ 06 THÁNG CUỐI NĂM 2023":                     "2023-07-01..2023-12-31",
		"BÁO CÁO 9 THÁNG NĂM 2023":                           "2023-01-01..2023-09-30",
		"BÁO CÁO CHÍN THÁNG ĐẦU NĂM 2023":                    "2023-01-01..2023-09-30",
		"(Quý III năm 2023)":                                 "2023-07-01..2023-09-30",
		"Quý I, năm 2023":                                    "2023-01-01..2023-03-31",
		"Năm 2023":                                           "2023-01-01..2023-12-31",
		"BÁO CÁO CẢI CÁCH HÀNH CHÍNH CẢ NĂM 2023":            "2023-01-01..2023-12-31",
		"SỐ LIỆU TỪ NGÀY 01/01/2023 ĐẾN NGÀY 31/3/2023":      "2023-01-01..2023-03-31",
		"BÁO CÁO THÁNG 12 VÀ NĂM 2023":                       "2023-12-01..2023-12-31 2023-01-01..2023-12-31",
		"BÁO CÁO QUÝ IV VÀ CẢ NĂM 2023":                      "2023-10-01..2023-12-31 2023-01-01..2023-12-31",
		"BÁO CÁO QUÝ III, 9 THÁNG ĐẦU NĂM 2023":              "2023-07-01..2023-09-30 2023-01-01..2023-09-30",
		"BÁO CÁO THÁNG 6 VÀ 6 THÁNG ĐẦU NĂM 2023":            "2023-06-01..2023-06-30 2023-01-01..2023-06-30",
		"BÁO CÁO THÁNG 12/2023 VÀ NĂM 2023":                  "2023-12-01..2023-12-31 2023-01-01..2023-12-31",
		"BÁO CÁO QUÝ I ĐẾN QUÝ III NĂM 2023":                 "2023-01-01..2023-09-30",
		"BÁO CÁO KẾT QUẢ CÔNG TÁC NĂM 2023 VÀ PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2024":        "2023-01-01..2023-12-31",
		"BÁO CÁO CÔNG TÁC THÁNG 9, NHIỆM VỤ TRỌNG TÂM THÁNG 10 NĂM 2023":              "2023-09-01..2023-09-30",
		"BÁO CÁO CÔNG TÁC QUÝ I, PHƯƠNG HƯỚNG QUÝ II NĂM 2023":                        "2023-01-01..2023-03-31",
		"BIỂU TỔNG HỢP KẾT QUẢ 6 THÁNG ĐẦU NĂM VÀ CẢ NĂM 2023":                        "2023-01-01..2023-06-30 2023-01-01..2023-12-31",
		"TÌNH HÌNH THỰC HIỆN NGHỊ QUYẾT 76/NQ-CP NĂM 2021 TRONG 9 THÁNG ĐẦU NĂM 2023": "2023-01-01..2023-09-30",
		"KẾT QUẢ THỰC HIỆN CHỈ THỊ SỐ 07/CT-TTG NGÀY 15 THÁNG 7 NĂM 2021":             "",
		"KẾT QUẢ NĂM 2023 SO VỚI NĂM 2022":                                            "2023-01-01..2023-12-31",
		"BÁO CÁO NĂM 2023 (SỐ LIỆU ĐẾN NGÀY 15/12/2023)":                              "2023-01-01..2023-12-31 as of 2023-12-15",
		"Số liệu đến ngày 30/9/2023":                                                  "as of 2023-09-30",
		"SỐ LIỆU TÍNH ĐẾN HẾT NGÀY 30 THÁNG 9 NĂM 2023":                               "as of 2023-09-30",
		"GIẢI NGÂN KẾ HOẠCH ĐẦU TƯ CÔNG ĐẾN HẾT NGÀY 31/01/2024":                      "as of 2024-01-31",
		"KẾT QUẢ THỰC HIỆN KẾ HOẠCH NĂM 2023 QUÝ I NĂM 2023":                          "2023-01-01..2023-03-31",
		"BÁO CÁO THEO QUYẾT ĐỊNH SỐ 766/QĐ-TTG NGÀY 23/06/2022":                       "",
		"BÁO CÁO THỰC HIỆN QUYẾT ĐỊNH SỐ 3532/QĐ-UBND NĂM 2022":                       "",
		"BÁO CÁO QUÝ I NĂM 2023 THEO CÔNG VĂN SỐ 12/SNV NGÀY 05/01/2023":              "2023-01-01..2023-03-31",
		"(Kèm theo Công văn số 12/SXD ngày 5 tháng 10 năm 2023)":                      "",
		"QUẢNG NAM, NGÀY 10 THÁNG 01 NĂM 2024":                                        "",
		"KẾ HOẠCH ĐẦU TƯ CÔNG TRUNG HẠN GIAI ĐOẠN 2021-2025":                          "",
		"BÁO CÁO GIAI ĐOẠN 2021 - 2025, NĂM 2023":                                     "2023-01-01..2023-12-31",
		"KẾT QUẢ NĂM HỌC 2022-2023":                                                   "",
		"KẾ HOẠCH VỐN NĂM 2022 KÉO DÀI SANG NĂM 2023":                                 "2023-01-01..2023-12-31",
		"BẢNG SO SÁNH NĂM 2022 VÀ NĂM 2023":                                           "",
		"SỐ LIỆU NĂM 2022, NĂM 2023":                                                  "",
		"BIỂU SỐ 2023":                                                                "",
		"DANH SÁCH 2023 HỒ SƠ":                                                        "",
		"BÁO CÁO QUÝ V NĂM 2023":                                                      "2023-01-01..2023-12-31",
		"BÁO CÁO THÁNG 13 NĂM 2023":                                                   "2023-01-01..2023-12-31",
		"ĐIỆN THOẠI 0235 2023":                                                        "",
		"PHỤ LỤC II.06A/VPCP/KSTT":                                                    "",
		"BÁO CÁO TUẦN 2 THÁNG 9 NĂM 2023":                                             "",
	} {
		periods, until := readTitle(label.Key(title))
		var got []string
		for _, p := range periods {
			got = append(got, p.From.String()+".."+p.To.String())
		}
		if !until.IsZero() {
			got = append(got, "as of "+until.String())
		}
		if g := strings.Join(got, " "); g != want {
			t.Errorf("%s: %q, want %q", title, g, want)
		}
	}
}

// A title is used where no caption speaks, and held against the caption where
// one does.
func TestTitlesAndCaptions(t *testing.T) {
	for name, c := range map[string]struct{ titles, period, findings string }{
		"a title alone":             {"KẾT QUẢ CẢI CÁCH HÀNH CHÍNH QUÝ I NĂM 2023", "quarter 1 of 2023 from 'S'!A1", ""},
		"a line of its own":         {"BÁO CÁO KẾT QUẢ\n(9 tháng đầu năm 2023)", "the first 9 months of 2023 from 'S'!A2", ""},
		"a year above a quarter":    {"KẾT QUẢ KẾ HOẠCH CCHC NĂM 2023\nQuý II/2023", "quarter 2 of 2023 from 'S'!A2", ""},
		"the year of the caption":   {"BÁO CÁO NĂM 2023\nKỳ báo cáo: Quý I/2023", "quarter 1 of 2023 from 'S'!A2", ""},
		"prose":                     {"Thực hiện Kế hoạch số 12 năm 2022, các cơ quan báo cáo như sau", "2023 from the plan", ""},
		"the day of the signature":  {"Quảng Nam, ngày 10 tháng 01 năm 2024", "2023 from the plan", ""},
		"a decision":                {"THEO QUYẾT ĐỊNH SỐ 766/QĐ-TTG NĂM 2022", "2023 from the plan", ""},
		"as of the end of a month":  {"Số liệu đến ngày 30/9/2023", "the first 9 months of 2023 from 'S'!A1", ""},
		"as of a day after the end": {"GIẢI NGÂN ĐẾN HẾT NGÀY 31/01/2024", "2023 from the plan", ""},
		"as of before the close":    {"BÁO CÁO NĂM 2023 (SỐ LIỆU ĐẾN 15/12/2023)", "2023 from 'S'!A1", ""},
		"as of too early": {"Kỳ báo cáo: Năm 2023\nSố liệu đến ngày 30/9/2023", "2023 from 'S'!A1",
			`warning 'S'!A2: the figures are those of 2023-09-30, and the file speaks of 2023 ('S'!A1): they do not cover it; send those of the whole period, or mend the title [wrong-period]`},
		"another period than the caption": {"BÁO CÁO QUÝ II NĂM 2023\nKỳ báo cáo: Quý I/2023", "quarter 1 of 2023 from 'S'!A2",
			`warning 'S'!A1: the title speaks of quarter 2 of 2023, and the file of quarter 1 of 2023 ('S'!A2): the latter is used; make them agree [wrong-period]`},
		"another year than the plan": {"BÁO CÁO NĂM 2022", "2022 from 'S'!A1",
			`error 'S'!A1: the file reports on 2022, the plan "Plan" is for 2023: send the file of that period, or choose another plan [wrong-period]`},
		"another year than the caption and the plan": {"BÁO CÁO QUÝ I NĂM 2022\nKỳ báo cáo: Quý I/2023", "quarter 1 of 2023 from 'S'!A2",
			`error 'S'!A1: the title speaks of quarter 1 of 2022, the plan "Plan" is for 2023: send the file of that period, or choose another plan [wrong-period]`},
		"two periods": {"BÁO CÁO THÁNG 12 VÀ NĂM 2023", "2023 from the plan",
			`warning 'S'!A1: "BÁO CÁO THÁNG 12 VÀ NĂM 2023" names two periods, month 12 of 2023 and 2023: 2023 is used; one file reports on one period [wrong-period]`},
		"two periods in a caption": {"Kỳ báo cáo: Tháng 12 và năm 2023", "2023 from the plan",
			`warning 'S'!A1: "Tháng 12 và năm 2023" names two periods, month 12 of 2023 and 2023: 2023 is used; one file reports on one period [wrong-period]`},
	} {
		t.Run(name, func(t *testing.T) {
			r := read(t, formPlan, form(c.titles+"\nĐơn vị báo cáo: Sở Y tế"))
			if _, got, _ := strings.Cut(strings.TrimSpace(speaks(r)), "\n"); got != c.period {
				t.Errorf("%s, want %s", got, c.period)
			}
			wantText(t, printFindings(r), c.findings)
		})
	}
}

// A list of another period is more than a few records outside.
func TestListOfAnotherPeriod(t *testing.T) {
	const plan = `
tables:
  list:
    shape: list
    title: List
    columns:
      id: {headers: [Mã], role: key}
      in: {headers: [Ngày nhận], type: date}
      out: {headers: [Ngày trả], type: date, optional: true}
facts:
  all: {title: All, from: [{count: list, during: in}]}
  done: {title: Done, from: [{count: list, during: out}]}
`
	r := read(t, plan, "Mã | Ngày nhận | Ngày trả\nH1 | 2022-01-05 | 2022-02-05\nH2 | 2022-01-06 | ")
	wantText(t, printFindings(r), `
warning 'S'!B2:B3: every date of 2 records lies outside 2023, the first in row 2: none counts for that period; is it the list of another one? [outside-period]`)
	r = read(t, plan, "Mã | Ngày nhận | Ngày trả\nH1 | 2022-01-05 | 2023-02-05\nH2 | 2022-01-06 | ")
	wantText(t, printFindings(r), `
note 'S'!B2:B3: 2 records with a date outside 2023, the first in row 2: they do not count for that period [outside-period]`)
}
