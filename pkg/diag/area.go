package diag

import (
	"strconv"
	"strings"
)

// Area is a rectangle of cells, ends included; rows and columns are 1-based.
// A whole row has Col 0, a whole column has Row 0, the zero value is no area.
type Area struct {
	Row, Col, ToRow, ToCol int
}

// Cell is the area of one cell.
func Cell(row, col int) Area { return Area{row, col, row, col} }

// IsZero reports whether a is no area.
func (a Area) IsZero() bool { return a == Area{} }

// String prints A1 notation: "D17", "K14:K1312", "17:17", "K:K".
func (a Area) String() string {
	if a.IsZero() {
		return ""
	}
	from, to := A1(a.Row, a.Col), A1(max(a.ToRow, a.Row), max(a.ToCol, a.Col))
	if from == to && a.Row > 0 && a.Col > 0 {
		return from
	}
	return from + ":" + to
}

// MarshalText writes A1 notation.
func (a Area) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads A1 notation.
func (a *Area) UnmarshalText(b []byte) error {
	v, ok := ParseArea(string(b))
	if !ok {
		return &unknownName{"area", string(b)}
	}
	*a = v
	return nil
}

// ParseArea reads "D17", "K14:K1312", "17:17" or "K:K". The ends of a range are
// of one kind, and the first is not after the second.
func ParseArea(s string) (Area, bool) {
	if s == "" {
		return Area{}, true
	}
	from, to, ranged := strings.Cut(s, ":")
	r1, c1, ok1 := parseA1(from)
	if !ok1 {
		return Area{}, false
	}
	if !ranged {
		return Cell(r1, c1), r1 > 0 && c1 > 0
	}
	r2, c2, ok2 := parseA1(to)
	alike := (r1 == 0) == (r2 == 0) && (c1 == 0) == (c2 == 0)
	return Area{r1, c1, r2, c2}, ok2 && alike && r1 <= r2 && c1 <= c2
}

// A1 prints a cell's address, "D17"; a row or column of 0 is left out.
func A1(row, col int) string {
	s := ColumnName(col)
	if row > 0 {
		s += strconv.Itoa(row)
	}
	return s
}

// ColumnName prints a column's letters, "A" for 1; "" for 0.
func ColumnName(col int) string {
	var b [8]byte
	i := len(b)
	for ; col > 0; col = (col - 1) / 26 {
		i--
		b[i] = byte('A' + (col-1)%26)
	}
	return string(b[i:])
}

func parseA1(s string) (row, col int, ok bool) {
	i := 0
	for ; i < len(s) && s[i] >= 'A' && s[i] <= 'Z'; i++ {
		col = col*26 + int(s[i]-'A') + 1
		if col > 1<<14 {
			return 0, 0, false
		}
	}
	if i == len(s) {
		return 0, col, i > 0
	}
	row, err := strconv.Atoi(s[i:])
	return row, col, err == nil && row > 0 && row <= 1<<20 && s[i] != '+'
}
