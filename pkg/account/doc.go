// Package account tells what each row of a table is: a detail, a heading, a
// subtotal, the total, a part of the row above, an average, a note. It reads no
// cells and no files; it takes words and whole numbers.
//
// No list holds all words that people write for a total ("Tổng cộng toàn
// tỉnh", "Cộng I + II", "Lũy kế", "Σ"), and figures agree by chance. So every
// row has two witnesses: its words (label, numbering, indent, place) and the
// arithmetic (whether its figures are the sum of rows beside it, in every
// column that is added up).
//
//	TT  Dự án        Kế hoạch  Giải ngân    words         arithmetic      role
//	I   Cấp tỉnh          300        240    heads 1, 2    100+200, 90+150  subtotal
//	1   Dự án A           100         90    numbered                       detail
//	2   Dự án B           200        150    numbered                       detail
//	    - vốn vay          80         60    a dash        not more than B  part
//	II  Cấp huyện         700        690    heads 1, 2    300+400, 300+390 subtotal
//	1   Dự án C           300        300    numbered                       detail
//	2   Dự án D           400        390    numbered                       detail
//	    Toàn huyện       1000        930    like a total  all details      total
//	    Bình quân         250        232    an average    not in the total aside
//
// Where both agree, nothing is said. Where only one speaks, the row is taken so
// and a doubt tells it. Where they contradict each other, or where the figure
// would be another one, a doubt leaves the columns that it concerns undecided.
//
// It works in steps. The outline (outline.go) builds a tree by numbering and
// indents: a mark that has been seen ends what stands below it, a new one opens
// a level. From the bottom up, each row with others below it is then held
// against their sum: it is their subtotal, or they are its parts, or the two
// are in conflict. Total rows look for the run of rows that they are the sum
// of (totals.go). A total that covers all details confirms the outline. Where it
// does not add up, other outlines are tried, and the first in which it does is
// taken (others.go). Without a total, the figures alone are searched for sums
// that no words tell (sum.go); how unlikely they are by chance decides whether
// they are taken, doubted or passed over (judge.go). What nothing or only one
// witness says is told (tell.go).
package account
