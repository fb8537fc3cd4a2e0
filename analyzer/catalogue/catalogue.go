package catalogue

import "embed"

// FS holds the files of the catalogue, one a flag system, all at the top.
//
//go:embed *.yaml
var FS embed.FS
