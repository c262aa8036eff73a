// Package records counts the records of a list, one dossier a row, in one pass:
// rows go in; counts, sums and what is wrong with the rows come out. It keeps no
// row, since rows hold names and identity numbers, and words no finding: pkg/fact
// does.
package records
