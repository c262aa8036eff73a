package cell

import "testing"

func TestContentOfCells(t *testing.T) {
	for _, c := range []struct {
		kind      Kind
		raw, want string
	}{
		{Number, "4", "4"}, {Number, "4.0", "4"}, {Number, "4E0", "4"}, {Number, "4.0000000000000002", "4"}, {Number, "0", "0"}, {Number, "-0", "0"},
		{Number, "-0.0", "0"}, {Number, "0.5", "0.5"}, {Number, ".5", "0.5"}, {Number, "0.50", "0.5"}, {Number, "1.1000000000000001", "1.1"}, {Number, "-12.5", "-12.5"},
		{Number, "007", "7"}, {Number, "1.23E2", "123"}, {Number, "1.234567E+11", "123456700000"}, {Number, "1E-3", "0.001"}, {Number, "5.", "5"},
		{Number, "123456789012345678", "123456789012345678"}, {Number, "0.1234567890123456", "0.123456789012346"}, {Number, "NaN", "NaN"}, {Number, "", ""},
		{Number, "+4", "4"}, {Number, "12345678901234.5", "12345678901234.5"},
		{Bool, "1", "TRUE"}, {Bool, "0", "FALSE"},
		{Text, "4.0", "4.0"}, {Text, " x ", " x "}, {Error, "#REF!", "#REF!"}, {Date, "45292", "45292"}, {Blank, "", ""},
	} {
		cl := Cell{Kind: c.kind, Raw: []byte(c.raw)}
		if got := string(cl.Content(nil)); got != c.want {
			t.Errorf("%d %q: %q, want %q", c.kind, c.raw, got, c.want)
		}
	}
}

// Content is its own content, and the same number.
func FuzzContent(f *testing.F) {
	for _, s := range []string{"4.0", "1E5", "0.00", "-12.50", "123456789012345678", "1e-300", "99999999999999995"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		c := Cell{Kind: Number, Raw: []byte(raw)}
		once := string(c.Content(nil))
		again := Cell{Kind: Number, Raw: []byte(once)}
		if got := string(again.Content(nil)); got != once {
			t.Fatalf("%q is %q and then %q", raw, once, got)
		}
	})
}

func TestCodeThatBecameADate(t *testing.T) {
	for raw, want := range map[string]string{"45292": "1.1", "45323": "1.2", "45293": "2.1", "45657": "31.12", "45292.5": "", "0": "", "2023-01-05": ""} {
		c := Cell{Kind: Date, Raw: []byte(raw)}
		if got, ok := c.DayMonth(false); got != want && ok {
			t.Errorf("%s: %q, want %q", raw, got, want)
		}
	}
	c := Cell{Kind: Number, Raw: []byte("45292")}
	if _, ok := c.DayMonth(false); ok {
		t.Error("a number is a code that became a date")
	}
}
