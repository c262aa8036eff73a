// Package page holds the page's own files: what it shows, and what its worker
// runs around the program.
package page

import _ "embed"

// The files, as the build puts them together.
var (
	//go:embed page.html
	HTML string
	//go:embed page.css
	Style string
	//go:embed app.js
	App string
	//go:embed worker.js
	Worker string
	//go:embed unpack.js
	Unpack string
)
