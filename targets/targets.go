// Package targets holds the plans that parcheck brings along, and the rosters
// of the agencies that they bind, as files. It reads and judges nothing.
package targets

import (
	"embed"
	"path"
	"slices"
	"strings"

	"github.com/parcheck/parcheck/pkg/lang"
)

//go:embed *.yaml
var files embed.FS

// Default is the plan that is used where nobody names one.
const Default = "quang-nam-2023"

const (
	planSuffix   = ".yaml"
	rosterSuffix = ".roster.yaml"
)

// Names lists the ids of the built-in plans in alphabetical order.
func Names() []string {
	entries, _ := files.ReadDir(".") // the embedded folder is always there
	var ids []string
	for _, e := range entries {
		if id := strings.TrimSuffix(e.Name(), planSuffix); !strings.Contains(id, ".") { // others stand beside a plan
			ids = append(ids, id)
		}
	}
	return ids
}

// Plan returns the file of a built-in plan. It names others beside it, which
// Named gives.
func Plan(id string) (file string, data []byte, ok bool) { return read(id, planSuffix) }

// Roster returns the file of a built-in plan's roster, where it has one.
func Roster(plan string) (file string, data []byte, ok bool) { return read(plan, rosterSuffix) }

// Named returns a file that a plan names: a built-in plan by its id, or a file
// beside a built-in plan, such as its texts in another language; from is the
// file of the plan. It is what plan.ParseBeside needs where no files are opened.
func Named(from, name string) (file string, data []byte, err error) {
	if file, data, ok := Plan(name); ok {
		return file, data, nil
	}
	id := strings.TrimSuffix(path.Base(from), planSuffix)
	if path.Dir(from) == folder && slices.Contains(Names(), id) && path.Base(name) == name {
		if data, err := files.ReadFile(name); err == nil {
			return path.Join(folder, name), data, nil
		}
	}
	return "", nil, lang.Errorf("%q is neither a file beside %s nor a built-in plan (%s)", "%q không phải tệp đặt cạnh %s, cũng không phải kế hoạch có sẵn (%s)",
		name, from, strings.Join(Names(), ", "))
}

// folder is where the built-in plans stand, as messages name them.
const folder = "targets"

func read(id, suffix string) (string, []byte, bool) {
	if !slices.Contains(Names(), id) {
		return "", nil, false
	}
	data, err := files.ReadFile(id + suffix)
	return path.Join(folder, id+suffix), data, err == nil
}
