package draft

import "testing"

func TestHowPointsAreEarned(t *testing.T) {
	for _, tt := range []struct{ words, key, value, points, goal string }{
		{"Mỗi báo cáo nộp muộn trừ 0,25 điểm, tối đa trừ 2 điểm", "deduct", "{each: 0.25, most: 2}", "", ""},
		{"Cứ một văn bản trễ hạn trừ đi 1 điểm", "deduct", "{each: 1}", "", ""},
		{"Mỗi sáng kiến cộng 0,5 điểm (không quá 1 điểm)", "bonus", "{each: 0.5, most: 1}", "", ""},
		{"Mỗi cuộc đối thoại được 0,5 điểm, tối đa 2 điểm", "credit", "{each: 0.5}", "2", ""},
		{"Điểm = (giá trị - min)/(max - min) x 4", "credit", "between_least_and_most", "", ""},
		{"Đơn vị thấp nhất 0 điểm, cao nhất 4 điểm, còn lại theo tỷ lệ", "credit", "between_least_and_most", "", ""},
		{"Tính theo tỷ lệ so với đơn vị cao nhất", "credit", "best", "", ""},
		{"Xếp hạng trong nhóm", "credit", "{rank: [{within: 1, points: TODO}]}", "", ""},
		{"Điểm theo tỷ lệ đạt được", "credit", "proportional", "", ""},
		{"Từ 95% trở lên: 5 điểm; từ 90% đến dưới 95%: 3,5 điểm; dưới 90%: 0 điểm.", "credit",
			"{bands: [{at_least: 95%, points: 5}, {at_least: 90%, points: 3.5}, {less_than: 90%, points: 0}]}", "5", "{at_least: 95%}"},
		{"Dưới 90%: 0 điểm; từ 90 đến dưới 95%: 3 điểm; ≥ 95%: 5 điểm", "credit",
			"{bands: [{at_least: 95%, points: 5}, {at_least: 90%, points: 3}, {less_than: 90%, points: 0}]}", "5", "{at_least: 95%}"},
		{"Từ 95% trở lên: 5 điểm; từ 80% đến dưới 90%: 3 điểm; dưới 80%: 0 điểm", "", "", "", ""}, // a gap
		{"Trên 95%: 5 điểm; còn lại 0 điểm", "", "", "", ""},
		{"Hội đồng chấm điểm", "", "", "", ""},
	} {
		got := earned(tt.words)
		if want := (earning{tt.key, tt.value, tt.points, tt.goal}); got != want {
			t.Errorf("%s:\n got %+v\nwant %+v", tt.words, got, want)
		}
	}
}
