// Package targets holds the plans that parcheck brings along, and the rosters
// of the agencies that they bind, as files. It reads and judges nothing.
package targets

import (
	"embed"
	"io/fs"
	"slices"
	"strings"
)

//go:embed *.yaml
var files embed.FS

const (
	planSuffix   = ".yaml"
	rosterSuffix = ".roster.yaml"
)

// Names returns the ids of the plans, sorted.
func Names() []string {
	names, err := fs.Glob(files, "*"+planSuffix)
	if err != nil {
		panic(err) // the pattern is a constant
	}
	var ids []string
	for _, name := range names {
		if !strings.HasSuffix(name, rosterSuffix) {
			ids = append(ids, strings.TrimSuffix(name, planSuffix))
		}
	}
	slices.Sort(ids)
	return ids
}

// Plan returns the plan of an id: the file's name, for diagnostics, and its
// bytes. ok is false when there is none.
func Plan(id string) (file string, data []byte, ok bool) { return open(id, planSuffix) }

// Roster returns the roster of a plan, as Plan does.
func Roster(planID string) (file string, data []byte, ok bool) { return open(planID, rosterSuffix) }

func open(id, suffix string) (string, []byte, bool) {
	if !slices.Contains(Names(), id) {
		return "", nil, false
	}
	data, err := files.ReadFile(id + suffix)
	return id + suffix, data, err == nil
}
