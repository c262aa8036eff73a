package date

import (
	"fmt"
	"testing"

	"github.com/parcheck/parcheck/pkg/lang"
)

const (
	notDate = "no date: want dd/mm/yyyy"
	century = "the year has two digits: write all four"
	noDay   = "there is no such day: want day/month/year"

	weekdayOff = "the day of the week is not that of the date: mend one of them"
	order      = "AM or PM beside it: it could be day/month or month/day; write dd/mm/yyyy without AM or PM"
	zone       = "at the time of its zone the day in Vietnam is another one: write the day in Vietnam"
)

var texts = []struct{ s, want string }{
	{"31/12/2023", "2023-12-31"},
	{"1/2/2023", "2023-02-01"},
	{"01/02/2023", "2023-02-01"},
	{"1-2-2023", "2023-02-01"},
	{"01.02.2023", "2023-02-01"},
	{"2023-12-31", "2023-12-31"},
	{"2023-2-1", "2023-02-01"},
	{"2023/12/31", "2023-12-31"},
	{"29/02/2024", "2024-02-29"},
	{" 31/12/2023 ", "2023-12-31"},
	{"\u00a031/12/2023\u200b", "2023-12-31"},

	{"31/12/2023 08:30", "2023-12-31"},
	{"31/12/2023 8:30:05", "2023-12-31"},
	{"31/12/2023 08:30:05.123", "2023-12-31"},
	{"31/12/2023, 08:30", "2023-12-31"},
	{"31/12/2023 8:30 AM", "2023-12-31"},
	{"31/12/2023 8:30:00 CH", "2023-12-31"},
	{"31/12/2023\n08:30", "2023-12-31"},
	{"31/12/2023\u00a0 08:30", "2023-12-31"},
	{"08:30 31/12/2023", "2023-12-31"},
	{"08:30:00, 31/12/2023", "2023-12-31"},
	{"08:30, 05/01/2023", "2023-01-05"},
	{"05/01/2023 - 08:30", "2023-01-05"},
	{"05/01/2023-08:30", "2023-01-05"},
	{"08:30 - 05/01/2023", "2023-01-05"},
	{"08:30-05/01/2023", "2023-01-05"},
	{"08:30:15-05/01/2023", "2023-01-05"},
	{"8h30, 05/01/2023", "2023-01-05"},
	{"8h30' ngày 05/01/2023", "2023-01-05"},
	{"8h ngày 05/01/2023", "2023-01-05"},
	{"8 giờ 30 phút, ngày 05/01/2023", "2023-01-05"},
	{"08 giờ 30 ngày 05 tháng 01 năm 2023", "2023-01-05"},
	{"05/01/2023 lúc 08:30", "2023-01-05"},
	{"05/01/2023 8:30 SA", "2023-01-05"},
	{"8:30 CH 05/01/2023", "2023-01-05"},
	{"5-1-2023", "2023-01-05"},
	{"05 /01/ 2023", "2023-01-05"},
	{"5 - 1 - 2023", "2023-01-05"},
	{"05/1/2023 ", "2023-01-05"},
	{"05/01/2023.", "2023-01-05"},
	{"05\u200b/01/2023", "2023-01-05"},
	{"ngày 05/01/2023", "2023-01-05"},
	{"Ngày: 05/01/2023", "2023-01-05"},
	{"ngày 05/01 năm 2023", "2023-01-05"},
	{"ngày 05 tháng 01 năm 2023", "2023-01-05"},
	{"Ngày 5 tháng 1, năm 2023", "2023-01-05"},
	{"NGÀY 05 THÁNG 01 NĂM 2023", "2023-01-05"},
	{"05 tháng 01 năm 2023", "2023-01-05"},
	{"5 tháng 1, 2023", "2023-01-05"},
	{"5 thg 1, 2023", "2023-01-05"},
	{"05-Thg1-2023", "2023-01-05"},
	{"5-Jan-2023", "2023-01-05"},
	{"5 January 2023", "2023-01-05"},
	{"Jan 5, 2023", "2023-01-05"},
	{"January 5, 2023", "2023-01-05"},
	{"Thứ năm, 05/01/2023", "2023-01-05"},
	{"thứ Năm ngày 05/01/2023", "2023-01-05"},
	{"Thứ 5, ngày 05 tháng 01 năm 2023", "2023-01-05"},
	{"T5, 05/01/2023", "2023-01-05"},
	{"CN, 31/12/2023", "2023-12-31"},
	{"Chủ nhật 31/12/2023 08:30", "2023-12-31"},
	{"08:30, Chủ nhật, 31/12/2023", "2023-12-31"},
	{"31/12/2023 (Chủ nhật)", "2023-12-31"},
	{"Thursday, January 5, 2023", "2023-01-05"},
	{"2023-01-05T08:30:00+0700", "2023-01-05"},
	{"2023-01-05 08:30:00+07", "2023-01-05"},
	{"2023-01-05T23:30:00+07:00", "2023-01-05"},
	{"2023-01-05 08:30:00 +07:00", "2023-01-05"},
	{"08:30 -05/01/2023", "2023-01-05"},
	{"08:30-2023-01-05", "2023-01-05"},
	{"2023-01-05t08:30:00z", "2023-01-05"},

	{"Thứ sáu, 05/01/2023", weekdayOff},
	{"31/12/2023 (thứ hai)", weekdayOff},
	{"01/05/2023 8:30 AM", order},
	{"8:30 PM 01/05/2023", order},
	{"05/05/2023 8:30 AM", "2023-05-05"},
	{"2022-12-31T17:00:00Z", zone},
	{"2022-12-31T16:59:59.999Z", "2022-12-31"},
	{"2022-12-31T23:00:00+09:00", "2022-12-31"},
	{"2023-01-01T01:00:00+09:00", zone},
	{"2022-12-31T12:00:00-05:00", zone},
	{"2023-12-31T08:30:00", "2023-12-31"},
	{"2023-12-31T08:30:00Z", "2023-12-31"},
	{"2023-12-31T08:30:00.000+07:00", "2023-12-31"},
	{"2023-12-31 00:00:00", "2023-12-31"},

	{"1/2/23", century},
	{"31-12-23", century},
	{"23/12/31", century},
	{"31/12/2023/", notDate},

	{"31/02/2023", noDay},
	{"29/02/2023", noDay},
	{"12/31/2023", noDay},
	{"00/01/2023", noDay},
	{"01/01/0000", noDay},
	{"2023-13-01", noDay},

	{"", notDate},
	{"-", notDate},
	{"2023", notDate},
	{"12/2023", notDate},
	{"20231231", notDate},
	{"31/12-2023", notDate},
	{"31 12 2023", notDate},
	{"31/12/20233", notDate},
	{"31/12/203", notDate},
	{"310/12/2023", notDate},
	{"2023.12.31", notDate},
	{"31/12/2023 abc", notDate},
	{"31/12/2023 25:00", notDate},
	{"31/12/2023 08:60", notDate},
	{"31/12/2023 08:30:", notDate},
	{"31/12/2023 08:30:00.", notDate},
	{"31/12/2023 - 05/01/2024", notDate},
	{"31/12/2023T", notDate},
	{"+1/2/2023", notDate},
	{"05-Jan-23", century},
	{"5/1/'23", notDate},
	{"trước ngày 31/12/2023", notDate},
	{"ngày", notDate},
	{"thứ năm", notDate},
	{"08:30", notDate},
	{"08:30 09:30 31/12/2023", notDate},
	{"31/12/2023 08:30 09:30", notDate},
	{"31/12/2023 5", notDate},
	{"31/12/202308:30", notDate},
	{"tháng 12 năm 2023", notDate},
	{"12 tháng năm 2023", notDate},
	{"ngày tháng năm", notDate},
	{"31/12/2023 và 01/01/2024", notDate},
	{"31/12/2023 (gia hạn)", notDate},
	{"45291", notDate},
	{"٣١/12/2023", notDate},
}

func TestParseText(t *testing.T) {
	for _, c := range texts {
		d, err := ParseText(c.s)
		if got := outcome(d, err); got != c.want {
			t.Errorf("ParseText(%q) = %s, want %s", c.s, got, c.want)
		}
	}
}

func TestTextErrorSpeaksBothLanguages(t *testing.T) {
	_, err := ParseText("1/2/23")
	got := lang.F("%q: %s", "%q: %s", "1/2/23", err)
	want := lang.T(`"1/2/23": the year has two digits: write all four`, `"1/2/23": năm chỉ có hai chữ số: hãy viết đủ bốn chữ số`)
	if !got.Equal(want) {
		t.Errorf("got %v", got)
	}
}

func TestParseTextAllocatesNothing(t *testing.T) {
	raw := []byte("31/12/2023 08:30")
	if n := testing.AllocsPerRun(100, func() {
		if _, err := ParseText(string(raw)); err != nil {
			t.Fatal(err)
		}
	}); n != 0 {
		t.Errorf("ParseText allocates %v times", n)
	}
}

// What is read is a day, and each way of writing it is read as the same day.
func FuzzParseText(f *testing.F) {
	for _, c := range texts {
		f.Add(c.s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseText(s)
		if err != nil {
			return
		}
		if _, ok := Of(d.Year, d.Month, d.Day); !ok {
			t.Fatalf("ParseText(%q) = %v", s, d)
		}
		for _, form := range []string{"%02[1]d/%02[2]d/%04[3]d", "%[1]d-%[2]d-%04[3]d", "%[1]d.%[2]d.%04[3]d", "%04[3]d-%02[2]d-%02[1]d", "9:05 %02[1]d/%02[2]d/%04[3]d",
			"09:05, %02[1]d/%02[2]d/%04[3]d", "%02[1]d/%02[2]d/%04[3]d - 09:05:59", "ngày %02[1]d tháng %02[2]d năm %04[3]d", "%04[3]d-%02[2]d-%02[1]dT09:05:00Z"} {
			typed := fmt.Sprintf(form, d.Day, d.Month, d.Year)
			if again, err := ParseText(typed); err != nil || again != d {
				t.Errorf("%q is read as %s, %v", typed, again, err)
			}
		}
	})
}

func BenchmarkParseText(b *testing.B) {
	raw := []byte("31/12/2023")
	for b.Loop() {
		if _, err := ParseText(string(raw)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFromSerial(b *testing.B) {
	n := int64(44927)
	for b.Loop() {
		FromSerial(n, false)
	}
}
