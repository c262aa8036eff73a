package workbook_test

import (
	"context"
	"fmt"
	"log"
	"strings"

	"github.com/parcheck/parcheck/pkg/diag"
	"github.com/parcheck/parcheck/pkg/workbook"
)

// A file is opened by its content, whatever its name says, and read row by row.
func ExampleOpen() {
	text := "Chỉ tiêu,Số liệu\nTiếp nhận,250\n"
	ctx := context.Background()
	w, err := workbook.Open(ctx, "report.csv", strings.NewReader(text), int64(len(text)), workbook.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer w.Close()
	rows, err := w.Scan(ctx, 0)
	if err != nil {
		log.Fatal(err)
	}
	defer rows.Close()
	fmt.Println(w.Kind, len(w.Sheets))
	for rows.Next() {
		for _, c := range rows.Row().Cells {
			fmt.Printf("%s %q\n", diag.Cell(rows.Row().Number, c.Col), c.Raw)
		}
	}
	// Output:
	// csv 1
	// A1 "Chỉ tiêu"
	// B1 "Số liệu"
	// A2 "Tiếp nhận"
	// B2 "250"
}

// A file that is not read is refused by name, with the remedy.
func ExampleOpen_refused() {
	text := "%PDF-1.7"
	_, err := workbook.Open(context.Background(), "report.xlsx", strings.NewReader(text), int64(len(text)), workbook.Options{})
	fmt.Println(err)
	// Output: this is a PDF document: ask the sender for the spreadsheet that it was made from
}
