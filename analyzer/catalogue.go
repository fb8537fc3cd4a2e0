package analyzer

import (
	"fmt"
	"io/fs"
	"slices"

	"github.com/flagdebt/flagdebt/analyzer/catalogue"
	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/registry"
)

// Catalogue returns the providers that flagdebt knows from the start, by file name.
func Catalogue() ([]config.Provider, error) {
	files, err := fs.Glob(catalogue.FS, "*.yaml")
	if err != nil {
		return nil, fmt.Errorf("reading the catalogue: %w", err)
	}
	slices.Sort(files)
	var out []config.Provider
	for _, name := range files {
		data, err := catalogue.FS.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("reading the catalogue: %w", err)
		}
		providers, err := config.ParseProviders(data, "catalogue/"+name)
		if err != nil {
			return nil, fmt.Errorf("reading the catalogue: %w", err)
		}
		out = append(out, providers...)
	}
	return out, nil
}

// Row is a row of a provider.
type Row struct {
	Provider string
	Pos      registry.Position
}

// Idle returns the rows that match nothing in the code.
func (f *Found) Idle() []Row {
	var out []Row
	for _, r := range f.Oracle.all {
		if !f.matched[r] {
			out = append(out, Row{r.provider.ID, r.pos})
		}
	}
	return out
}
