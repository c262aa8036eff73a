// Generate writes the workbooks of the examples. All their figures are
// invented; what is wrong in them is wrong on purpose, and each folder's README
// lists it. The same program writes the same bytes each time.
//
//	go run ./examples/generate
package main

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
)

// workbooks lists what is written, by path below the examples' folder.
func workbooks() map[string]func() ([]byte, error) {
	list := map[string]func() ([]byte, error){
		"department/agency.xlsx": department,
		"province/province.xlsx": province,
		"district/district.xlsx": district,
		"district/district.xls":  districtXLS,
		"own-plan/bureau.xlsx":   bureau,
	}
	maps.Copy(list, submissions())
	maps.Copy(list, foreignFiles())
	return list
}

func main() {
	dir := flag.String("o", "examples", "folder that the workbooks are written below")
	flag.Parse()
	if err := generate(*dir); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

// generate writes every workbook below a folder.
func generate(dir string) error {
	for name, write := range workbooks() {
		data, err := write()
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}
