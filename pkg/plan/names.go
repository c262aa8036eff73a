package plan

import (
	"maps"
	"slices"
	"strconv"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/number"
)

// names spells the values of an enumeration as plans and reports write them.
// A value without a name cannot be written: it is what leaving the key out
// means.
type names[E ~uint8] []string

// of returns the name of a value.
func (n names[E]) of(e E) string {
	if int(e) < len(n) {
		return n[e]
	}
	return strconv.Itoa(int(e)) // no value of the enumeration
}

// value returns the value of a name.
func (n names[E]) value(name string) (E, bool) {
	i := slices.Index(n, name)
	return E(max(i, 0)), i >= 0 && name != ""
}

// read sets a value by its name; the empty name is that of a value that has
// none.
func (n names[E]) read(name []byte, into *E) error {
	i := slices.Index(n, string(name))
	if i < 0 {
		return lang.Errorf("unknown value %q: want %s", "không có giá trị %q: cần %s", name, either(n.written()))
	}
	*into = E(i)
	return nil
}

// written lists the names that can be written.
func (n names[E]) written() []string {
	return slices.DeleteFunc(slices.Clone(n), func(s string) bool { return s == "" })
}

// sorted lists the keys of a map in order.
func sorted[K ~string, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

var (
	groupingNames  = names[Grouping]{Pooled: "pooled", Mean: "mean"}
	tieRuleNames   = names[TieRule]{TieShare: "share", TieDense: "dense"}
	shapeNames     = names[Shape]{Form: "form", Cross: "cross", List: "list"}
	columnNames    = names[ColumnType]{Text: "text", Number: "number", Share: "share", Date: "date", Choice: "choice"}
	styleNames     = names[number.Style]{number.Undeclared: "", number.StyleVI: "vi", number.StyleEN: "en"}
	roleNames      = names[Role]{NoRole: "", LabelRole: "label", CodeRole: "code", UnitRole: "unit", KeyRole: "key"}
	scaleNames     = names[ShareScale]{NoScale: "", Percents: "percents", Ones: "ones"}
	factKindNames  = names[FactKind]{CountFact: "count", AmountFact: "amount", ShareFact: "share", RankFact: "rank", ChoiceFact: "choice", DateFact: "date"}
	valueKindNames = names[ValueKind]{NoKind: "", ShareKind: "share", CountKind: "count", AmountKind: "amount", RankKind: "rank", ChoiceKind: "choice", ChangeKind: "change", RatioKind: "ratio", DateKind: "date"}
	conditionNames = names[ConditionOp]{IsOneOf: "one_of", IsNotOneOf: "not", IsFilled: "filled", IsBlank: "blank", NotAfter: "not_after", After: "after", Compares: "compares", AnyOf: "any_of", NoneOf: "none_of", Before: "before", NotBefore: "not_before"}

	sheetMeaningNames = names[SheetMeaning]{SheetsAlike: "", SheetsAreUnits: "unit", SheetsAreMonths: "month", SheetsGrow: "cumulative", SheetsAreCopies: "copy"}

	overNames    = names[Over]{Unsaid: "", OverPeriod: "period", YearToDate: "year_to_date"}
	combineNames = names[Combine]{PartsAdded: "sum", PartsMean: "mean", PartsLeast: "least", PartsMost: "most"}

	commitmentNames = names[Commitment]{Mandatory: "mandatory", Aspirational: "aspirational"}
	absentNames     = names[Absent]{AsMissing: "missing", AsNotApplicable: "not_applicable", AsMet: "met", AsMissed: "missed"}
	measureNames    = names[MeasureOp]{ValueOf: "value", ShareOf: "share", ChangeOf: "change", GrowthOf: "growth", OneMinus: "one_minus", MinOf: "min", MaxOf: "max", SumOf: "sum", MeanOf: "mean",
		ProductOf: "product", QuotientOf: "quotient", FirstOf: "first", FractionOf: "fraction", RatioOf: "ratio", ConstantOf: "constant", ParamOf: "param", MetOf: "met"}
	comparatorNames = names[Comparator]{AtLeast: "at_least", MoreThan: "more_than", AtMost: "at_most", LessThan: "less_than", Between: "between", Is: "is"}
	amountNames     = names[AmountOp]{Literal: "literal", ParamValue: "param", MaxAmount: "max", MinAmount: "min", SumAmount: "sum", ProductAmount: "product", FactAmount: "fact", ShiftedDay: "day"}
	creditNames     = names[CreditKind]{AllOrNothing: "all_or_nothing", Proportional: "proportional", Linear: "linear", Banded: "bands", ByChoice: "choices", ByPlace: "rank", OfBest: "best", OfSpan: "between_least_and_most", EachOf: "each"}
	fallenNames     = names[Fallen]{Dropped: "dropped", Shared: "shared", Given: "given"}
	metBaseNames    = names[MetBase]{NoBase: "", Applicable: "applicable"}
	adjustmentNames = names[Adjustment]{NoAdjustment: "", Deduction: "deduct", Bonus: "bonus"}
)

// String returns "pooled" or "mean".
func (g Grouping) String() string { return groupingNames.of(g) }

// String returns "share" or "dense".
func (t TieRule) String() string { return tieRuleNames.of(t) }

// String returns "form", "cross" or "list".
func (s Shape) String() string { return shapeNames.of(s) }

// String returns "unit", "month", "cumulative" or "copy", and "" where nothing is
// declared.
func (m SheetMeaning) String() string { return sheetMeaningNames.of(m) }

// EachSheet reads a meaning of sheets.
func EachSheet(into *SheetMeaning) Value { return option(into, sheetMeaningNames) }

// String returns "text", "number", "share", "date" or "choice".
func (t ColumnType) String() string { return columnNames.of(t) }

// String returns "label", "code", "unit" or "key", and "" for no role.
func (r Role) String() string { return roleNames.of(r) }

// String returns "percents" or "ones", and "" for no scale.
func (s ShareScale) String() string { return scaleNames.of(s) }

// String returns "count", "amount", "share", "rank", "choice" or "date".
func (k FactKind) String() string { return factKindNames.of(k) }

// MarshalText writes the kind's name.
func (k FactKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads the kind's name.
func (k *FactKind) UnmarshalText(b []byte) error { return factKindNames.read(b, k) }

// String returns "share", "count", "amount", "rank", "choice", "change",
// "ratio" or "date", and "" for no kind.
func (k ValueKind) String() string { return valueKindNames.of(k) }

// MarshalText writes the kind's name.
func (k ValueKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads the kind's name.
func (k *ValueKind) UnmarshalText(b []byte) error { return valueKindNames.read(b, k) }

// String returns "one_of", "not", "filled", "blank", "not_after", "after",
// "compares", "any_of", "none_of", "before" or "not_before".
func (o ConditionOp) String() string { return conditionNames.of(o) }

// String returns "period" or "year_to_date", and "" where no time is named.
func (o Over) String() string { return overNames.of(o) }

// String returns "sum", "mean", "least" or "most".
func (w Combine) String() string { return combineNames.of(w) }

// String returns "mandatory" or "aspirational".
func (c Commitment) String() string { return commitmentNames.of(c) }

// MarshalText writes the commitment's name.
func (c Commitment) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads the commitment's name.
func (c *Commitment) UnmarshalText(b []byte) error { return commitmentNames.read(b, c) }

// String returns "missing", "not_applicable", "met" or "missed".
func (a Absent) String() string { return absentNames.of(a) }

// String returns the key that leads a measure in a plan: "value", "share",
// "change", "growth", "one_minus", "min", "max", "sum", "mean", "product",
// "quotient", "first", "ratio", "param" or "met"; "fraction" for a share that is not of
// two facts, and "constant" for a number.
func (o MeasureOp) String() string { return measureNames.of(o) }

// String returns "at_least", "more_than", "at_most", "less_than", "between" or
// "is".
func (c Comparator) String() string { return comparatorNames.of(c) }

// Symbol stands before the bound: "≥ "; nothing where two bounds are printed.
func (c Comparator) Symbol() string {
	switch c {
	case AtLeast:
		return "≥ "
	case MoreThan:
		return "> "
	case AtMost:
		return "≤ "
	case LessThan:
		return "< "
	case Is:
		return "= "
	case Between:
	}
	return ""
}

// MarshalText writes the comparator's name.
func (c Comparator) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads the comparator's name.
func (c *Comparator) UnmarshalText(b []byte) error { return comparatorNames.read(b, c) }

// String returns "literal", "param", "max", "min", "sum", "product", "fact"
// or "day".
func (o AmountOp) String() string { return amountNames.of(o) }

// String returns "dropped", "shared" or "given".
func (f Fallen) String() string { return fallenNames.of(f) }

// MarshalText writes the rule's name.
func (f Fallen) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalText reads the rule's name.
func (f *Fallen) UnmarshalText(b []byte) error { return fallenNames.read(b, f) }

// String returns "applicable", and "" for no base.
func (b MetBase) String() string { return metBaseNames.of(b) }

// String returns "deduct" or "bonus", and "" for neither.
func (a Adjustment) String() string { return adjustmentNames.of(a) }

// MarshalText writes the adjustment's name.
func (a Adjustment) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads the adjustment's name.
func (a *Adjustment) UnmarshalText(b []byte) error { return adjustmentNames.read(b, a) }

// String returns "all_or_nothing", "proportional", "linear", "bands",
// "choices", "rank", "best", "between_least_and_most" or "each".
func (k CreditKind) String() string { return creditNames.of(k) }
