package date

import "time"

// Serial returns the day number of the 1900 epoch as if that had no 29
// February: equal to a spreadsheet's from 1900-03-01 on, and in order for all
// days.
func (d Date) Serial() int64 {
	const day = 24 * 60 * 60
	t := time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
	return (t.Unix() - epoch.Unix()) / day
}

var epoch = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
