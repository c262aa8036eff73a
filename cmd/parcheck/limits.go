package main

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"github.com/parcheck/parcheck/pkg/cell"
	"github.com/parcheck/parcheck/pkg/lang"
)

// limitFlag is the --limit flag: what one file or one statement may cost, for
// those who must read larger ones, or will not read as large ones.
type limitFlag struct {
	cell.Limits
	query  int64 // seconds that a statement may take; 0: the usual
	groups int64 // that a statement may give; 0: the usual
}

// limit is a bound by its name.
type limit struct {
	name  string
	bytes bool // it may be given in MiB
	set   func(*limitFlag, int64)
}

var limits = []limit{
	{"file", true, func(l *limitFlag, n int64) { l.FileBytes = n }},
	{"inflated", true, func(l *limitFlag, n int64) { l.InflatedBytes = n }},
	{"strings", true, func(l *limitFlag, n int64) { l.StringBytes = n }},
	{"cells", false, func(l *limitFlag, n int64) { l.Cells = n }},
	{"sheets", false, func(l *limitFlag, n int64) { l.Sheets = int(min(n, math.MaxInt32)) }},
	{"query", false, func(l *limitFlag, n int64) { l.query = min(n, math.MaxInt32/1000) }},
	{"groups", false, func(l *limitFlag, n int64) { l.groups = min(n, math.MaxInt32) }},
}

func limitNames() string {
	var names []string
	for _, l := range limits {
		names = append(names, l.name)
	}
	return strings.Join(names, ", ")
}

func (f *limitFlag) register(a *app, flags *pflag.FlagSet) {
	flags.Var(f, "limit", a.text(
		"read files up to another bound than the usual, `NAME=N`: file, inflated or strings in bytes or as 4GiB, cells, sheets; of databases query in seconds, groups; repeatable",
		"đọc tệp theo giới hạn khác mức thông thường, `TÊN=N`: file, inflated, strings tính bằng byte hoặc dạng 4GiB, cells, sheets; với cơ sở dữ liệu: query tính bằng giây, groups; có thể lặp lại"))
}

// Set reads "inflated=4GiB".
func (f *limitFlag) Set(s string) error {
	name, value, _ := strings.Cut(s, "=")
	i := slices.IndexFunc(limits, func(l limit) bool { return l.name == name })
	if i < 0 {
		return lang.Errorf("unknown limit %q: want one of %s", "không có giới hạn %q: cần một trong %s", name, limitNames())
	}
	n, ok := parseAmount(value, limits[i].bytes)
	if !ok {
		return lang.Errorf("%q is no bound: want a whole number above 0, as in %s", "%q không phải giới hạn hợp lệ: cần một số nguyên lớn hơn 0, ví dụ %s", value, limits[i].example())
	}
	limits[i].set(f, n)
	return nil
}

func (l *limit) example() string {
	if l.bytes {
		return l.name + "=4GiB"
	}
	return l.name + "=2000"
}

// parseAmount reads a whole number above 0; of bytes, with a unit if it has
// one.
func parseAmount(s string, bytes bool) (int64, bool) {
	shift := 0
	for i, unit := range []string{"KiB", "MiB", "GiB"} {
		if digits, ok := strings.CutSuffix(s, unit); ok && bytes {
			s, shift = digits, 10*(i+1)
		}
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return n << shift, err == nil && n > 0 && n <= math.MaxInt64>>shift && s[0] != '+'
}

func (f *limitFlag) String() string { return "" }
func (f *limitFlag) Type() string   { return "NAME=N" }
