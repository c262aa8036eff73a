package account

import (
	"regexp"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/label"
)

// saying is what the words of a label say of its row.
type saying uint8

const (
	saysNothing saying = iota
	saysTotal          // "Tổng cộng": a total, whatever the figures are
	saysSum            // "Tổng hợp", "Toàn thành phố": a total if the figures agree
	saysParts          // "Trong đó", "Chia theo giới tính"
	saysMean           // "Bình quân": no addend if it is the mean
	saysAside          // "So với cùng kỳ", "Năm trước"
	saysNote           // "Ghi chú", "(*)"
)

// usualTotals are the labels of total rows, folded.
var usualTotals = []string{
	"tổng số", "tổng cộng", "tổng", "cộng", "toàn tỉnh", "toàn huyện", "toàn xã", "toàn ngành", "toàn thành phố", "tổng cộng toàn tỉnh",
	"tổng toàn tỉnh", "tổng chung", "cộng chung", "cộng dồn", "lũy kế", "lũy kế từ đầu năm", "tổng số chung", "total", "grand total", "subtotal", "sub total", "sub-total", "totals", "sum", "σ", "∑",
}

// sums begin labels that may be those of totals; exceptions are names that
// begin alike.
var (
	sums = []string{"tổng ", "cộng ", "toàn ", "toàn bộ", "tất cả", "lũy kế ", "total ", "totals ", "all ", "sum ", "σ ", "∑ ", "subtotal", "sub-total", "grand total", "grand-total", "cả tỉnh", "cả huyện", "cả thành phố", "cả thị xã", "cả xã", "cả ngành", "cả năm", "cả nước", "toàn quốc", "whole ", "chung", "hợp cộng"}

	// soleSums may be those of totals where they are the whole label.
	soleSums = []string{"tc", "thành tiền", "overall", "aggregate", "combined", "tong", "tong cong", "tong so", "cong"}

	ends = []string{" total", " totals", ", total", " tổng", " tổng số", " tổng cộng", " cộng"}

	exceptions = []string{
		"tổng công ty", "tổng cục", "tổng kho", "tổng đội", "tổng đài", "tổng hội", "tổng lãnh sự", "tổng thư ký", "tổng giám đốc", "tổng thầu", "tổng kiểm",
		"cộng đồng", "cộng hòa", "cộng tác", "toàn trình", "toàn phần", "toàn thời gian", "toàn diện", "toàn dân",
		"all other", "total war",
	}

	parts = []string{"trong đó", "trong tổng số", "tr.đó", "tr. đó", "bao gồm", "gồm", "gồm có", "chia ra", "chia theo", "phân theo", "phân ra", "cụ thể", "của đó", "of which", "including", "in which"}

	means = []string{"bình quân", "trung bình", "trung bình cộng", "bq", "average", "mean", "avg", "median", "trung vị", "bình quân chung", "trung bình chung"}

	asides = []string{
		"năm trước", "kỳ trước", "năm ngoái", "cùng kỳ", "tháng trước", "quý trước", "so với", "so sánh", "so cùng kỳ", "tỷ lệ", "tỷ trọng", "chênh lệch", "tăng giảm", "tăng/giảm", "tăng (+)", "tốc độ", "số liệu năm trước", "số liệu cùng kỳ", "thực hiện năm trước", "thực hiện cùng kỳ", "kế hoạch năm trước", "last year", "previous year", "change", "% ", "percent", "tăng, giảm",
	}

	notes = []string{"ghi chú", "chú thích", "lưu ý", "note:", "notes:", "nguồn:", "source:"}
)

// isAbbreviation reports whether a key is that of a total and may be that of
// anything else as well.
func isAbbreviation(key string) bool { return bareTotal(key) == "tc" }

// ofYear is a label that names no more than a year: "Thực hiện năm 2022".
var ofYear = regexp.MustCompile(`^(số liệu |thực hiện |ước thực hiện |kế hoạch |kết quả )?năm \d{4}$`)

// addsMarks is a label that is a formula of numbers of rows: "I+II", "(1) + (2)".
var addsMarks = regexp.MustCompile(`^\(?=? ?\(?([ivx]+|[a-zđ]|\d{1,2})\)?( ?\+ ?\(?([ivx]+|[a-zđ]|\d{1,2})\)?)+\)?$`)

// IsTotal reports whether a label is one of the usual ones of total rows or of
// more: alone, or followed by a formula, "Tổng cộng (I+II)", or by how many
// they are, "Tổng cộng: 25 hồ sơ".
func IsTotal(text string, more []string) bool { return isTotal(label.Key(text), more) }

// IsTotalKey is IsTotal for a label that is folded: label.Key(text).
func IsTotalKey(key string, more []string) bool { return isTotal(key, more) }

func isTotal(key string, more []string) bool {
	key = bareTotal(key)
	return slices.Contains(usualTotals, key) ||
		slices.ContainsFunc(more, func(t string) bool { return label.Key(t) == key })
}

// bareTotal strips a numbering, stars or a formula from the words of a total.
func bareTotal(key string) string {
	key = strings.TrimLeft(key, "*-–+• ")
	if m := leading.FindStringSubmatch(key + " "); m != nil {
		key = strings.TrimLeft(key[len(m[1]+m[2]+m[3]+m[4]+m[5]):], ".)/ ")
	}
	if i := strings.IndexAny(key, "(=0123456789[*"); i > 0 {
		key = key[:i]
	}
	key = strings.TrimRight(key, " :-–*.")
	for _, tail := range []string{" i+ii", " i + ii", " a+b", " a + b", " i+ii+iii", " i + ii + iii", " a+b+c", " a + b + c"} {
		key = strings.TrimSuffix(key, tail)
	}
	return key
}

// say reads the words of a label by its key.
func say(key string, more []string) saying {
	if key == "" {
		return saysNothing
	}
	bare := bareTotal(key)
	switch {
	case isTotal(key, more):
		return saysTotal
	case strings.HasPrefix(key, "*") || strings.HasPrefix(key, "(*") || beginsWith(key, notes):
		return saysNote
	case beginsWith(strings.TrimLeft(bare, "( "), parts):
		return saysParts
	case slices.Contains(means, bare) || beginsWith(bare, []string{"bình quân ", "bình quân/", "trung bình ", "bq ", "bq/", "average "}):
		return saysMean
	case beginsWith(bare, asides):
		return saysAside
	case beginsWith(bare, exceptions):
		return saysNothing
	case slices.Contains(soleSums, bare) || addsMarks.MatchString(key) || beginsWith(bare+" ", sums) || slices.ContainsFunc(ends, func(e string) bool { return strings.HasSuffix(bare, e) }):
		return saysSum
	}
	return saysNothing
}

func beginsWith(key string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool {
		rest, ok := strings.CutPrefix(key, w)
		if !ok {
			return false
		}
		last := w[len(w)-1]
		return rest == "" || last == ' ' || last == ':' || last == '/' || !continues(rest)
	})
}

// continues reports whether what follows a word goes on with it: "gồm" in
// "gồmm".
func continues(rest string) bool {
	c := rest[0]
	return c >= 'a' && c <= 'z' || c >= 0x80
}
