package query

import "github.com/parcheck/parcheck/pkg/plan"

// Type is the type of a column of a relation, as far as it matters for counting.
type Type uint8

// The types. The zero value fits no column.
const (
	Unfit    Type = iota
	TextType      // text, varchar, char, enums, uuid
	WholeType
	NumericType
	BoolType
	DayType
	TimestampType // without a time zone
	MomentType    // with one
	FloatType     // inexact: counted as text never, as numbers never
)

// Types of PostgreSQL by their numbers in its catalogue; every server that speaks
// its protocol has the same.
var typesByOID = map[uint32]Type{
	16: BoolType,
	18: TextType, 19: TextType, 25: TextType, 705: TextType, 1042: TextType, 1043: TextType, 2950: TextType,
	20: WholeType, 21: WholeType, 23: WholeType,
	700: FloatType, 701: FloatType,
	1700: NumericType,
	1082: DayType, 1114: TimestampType, 1184: MomentType,
}

// firstOwnOID is the first number of the types that users define: enums, citext.
const firstOwnOID = 16384

// TypeOf returns the type of a number of the catalogue.
func TypeOf(oid uint32) Type {
	if oid >= firstOwnOID {
		return TextType
	}
	return typesByOID[oid]
}

// fits reports whether a column of a list can hold values of a type.
func fits(col *plan.Column, t Type) bool {
	switch col.Type {
	case plan.Date:
		return t == DayType || t == TimestampType || t == MomentType
	case plan.Number, plan.Share:
		return t == WholeType || t == NumericType
	case plan.Text, plan.Choice:
		return t == TextType || t == WholeType || t == NumericType || t == BoolType
	}
	return false
}
