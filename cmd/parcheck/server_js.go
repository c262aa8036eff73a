package main

import (
	"context"

	"github.com/parcheck/parcheck/pkg/lang"
	"github.com/parcheck/parcheck/pkg/plan"
)

// count refuses: nothing in a browser or in Node reaches a database server.
func (d *database) count(context.Context, *plan.Plan, plan.Period) ([]*counting, error) {
	return nil, lang.Errorf("this build reaches no database: use the program for this system", "bản này không kết nối được cơ sở dữ liệu: hãy dùng chương trình dành cho hệ điều hành")
}
