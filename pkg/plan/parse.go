package plan

import (
	"github.com/parcheck/parcheck/pkg/diag"
)

// Limits on a YAML file: a plan of sixty targets takes about 60 kB.
const (
	MaxBytes   = 1 << 20
	MaxDepth   = 32
	MaxAliases = 0 // anchors and aliases are refused: a plan reads top to bottom
)

// Parse reads a plan. It returns every mistake of the file, sorted by place; a
// plan with errors in the list may not be used (it is nil when the YAML itself
// cannot be read).
func Parse(file string, data []byte) (*Plan, diag.List) { return nil, nil }

// Lint looks at a sound plan for what is allowed and doubtful: unused facts,
// tables, params and areas, bands that overlap or cannot be reached, a target
// without a remedy or a title in one language, readings that equal the target.
func Lint(p *Plan) diag.List { return nil }
