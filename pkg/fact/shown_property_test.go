package fact

import (
	"math/rand"
	"regexp"
	"strings"
	"testing"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/number"
	"github.com/parcheck/parcheck/pkg/numfmt"
)

// onlooker reads what a cell shows as a person does who never saw the number
// that is stored: a figure with its words, and how exactly it is shown. ok is
// false of texts that are no figure of a count.
func onlooker(shown string) (low, high number.Exact, ok bool) {
	if unit := strings.TrimLeft(shown, " 0.,-("); unit == "" || unit == "đ" || unit == "hồ sơ" { // no digit but zeros
		return number.Frac(-1, 2), number.Frac(1, 2), true
	}
	m := onlookers.FindStringSubmatch(strings.TrimSpace(shown))
	if m == nil {
		return low, high, false
	}
	digits := strings.NewReplacer(",", "", " ", "").Replace(m[2])
	x, err := number.ParseCell([]byte(digits))
	if err != nil {
		return low, high, false
	}
	_, decimals, _ := strings.Cut(digits, ".")
	times := number.Int(map[string]int64{"": 1, "hồ sơ": 1, "đ": 1, "K": 1000, "nghìn": 1000, "triệu": 1_000_000, "M": 1_000_000, "tỷ": 1_000_000_000}[m[4]])
	half := number.Frac(1, 2).Mul(tenToThe(-len(decimals)))
	low, high = x.Sub(half).Mul(times), x.Add(half).Mul(times)
	if m[1] != "" || m[5] != "" {
		low, high = high.Neg(), low.Neg()
	}
	return low, high, true
}

var onlookers = regexp.MustCompile(`^([-(]?) *([0-9][0-9, ]*(?:\.[0-9]*)?|\.[0-9]+)(\)?) ?(|hồ sơ|đ|K|nghìn|triệu|M|tỷ) ?(-?)$`)

// TestNoShownFigureIsMisreadInSilence makes formats out of what sections are
// made of: a count or share about which nothing is said is the one that an
// onlooker reads.
func TestNoShownFigureIsMisreadInSilence(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	pick := func(from ...string) string { return from[r.Intn(len(from))] }
	section := func() string {
		switch r.Intn(8) {
		case 0:
			return pick("", `"-"`, `"500"`, `"x"`, "General", "dd/mm/yyyy", "@")
		case 1:
			return pick("[Red]", "") + "-" + pick("0", "#,##0")
		}
		return pick("", "", "", "[Red]", "(", "-", `"1"`, "_(", `" "`) + pick("0", "#,##0", "0.0", "#,##0.00", "000", "#", "# ##0") +
			pick("", "", "", ",", ",,", "%", `"%"`) + pick("", "", "", `" hồ sơ"`, `" triệu"`, `"K"`, `"0"`, `" 000"`, ")", `\ `, `" đ"`, "_)", "-", `" tỷ"`, `"M"`)
	}
	p := parsePlan(t, shownPlan)
	for _, column := range []string{"value", "percents", "ones"} {
		col := p.FindTable("form").FindColumn(column)
		silent, told := 0, 0
		for range 40_000 {
			parts := []string{section()}
			for len(parts) < 3 && r.Intn(2) == 0 {
				parts = append(parts, section())
			}
			if r.Intn(3) == 0 {
				parts[0] = pick("[=0]", "[>1]", "[<1]", "[>=1000]", "[<0]") + parts[0]
			}
			code := strings.Join(parts, ";")
			raw := pick("0", "1", "5", "70", "700", "12345", "1200000", "-3", "0.5", "1500000000", "99")
			if column != "value" {
				raw = pick("0", "1", "5", "70", "0.5", "0.07", "99", "0.99", "100")
			}
			f := numfmt.Parse(code)
			c := cell.Cell{Kind: cell.NumberKind(f, []byte(raw)), Raw: []byte(raw), Format: f}
			v := readCell(c, col, &money{})
			if v.state != Reported || v.check != "" {
				told++
				continue
			}
			silent++
			stored, _ := number.ParseCell([]byte(raw))
			shown := f.Show(stored)
			figure, percent := shown, false
			if column != "value" {
				figure, _, percent = strings.Cut(shown, "%")
			}
			low, high, ok := onlooker(figure)
			if f.Section(stored).Colour != "" && stored.Sign() < 0 && high.Sign() > 0 {
				low, high = high.Neg(), low.Neg() // red ones are negative
			}
			if percent || column == "percents" {
				low, high = low.Quo(number.Int(100)), high.Quo(number.Int(100))
			}
			if !ok || v.number.Cmp(low) < 0 || v.number.Cmp(high) > 0 {
				t.Errorf("%s: %s over %s shows %q and is read as %v", column, code, raw, shown, v.number)
			}
		}
		if silent < 2_000 || told < 2_000 {
			t.Errorf("%s: %d are read in silence, %d told", column, silent, told)
		}
	}
}
