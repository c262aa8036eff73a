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
	{"08:30:00, 31/12/2023", notDate},
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
	{"1/ 2/2023", notDate},
	{"ngày 31/12/2023", notDate},
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
		for _, form := range []string{"%02[1]d/%02[2]d/%04[3]d", "%[1]d-%[2]d-%04[3]d", "%[1]d.%[2]d.%04[3]d", "%04[3]d-%02[2]d-%02[1]d", "9:05 %02[1]d/%02[2]d/%04[3]d"} {
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
