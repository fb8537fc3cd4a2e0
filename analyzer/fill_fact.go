package analyzer

import (
	"go/types"

	"golang.org/x/tools/go/analysis"
)

// fillFact is how the package that declares a field fills it, where all ways agree.
type fillFact struct {
	Row int // the number of the row of fills
	Key string
}

// AFact marks fillFact as a fact.
func (*fillFact) AFact() {}

// String shows the fact in tests.
func (f *fillFact) String() string { return "is filled as " + f.Key }

// isField reports whether an object is a field.
func isField(obj types.Object) bool {
	v, ok := obj.(*types.Var)
	return ok && v.IsField()
}

// export tells importing packages how the fields of this one are filled.
func (s *fields) export(pass *analysis.Pass) {
	for _, list := range s.of {
		if v := list[0].field; v.Pkg() == pass.Pkg && isOneFlag(list) {
			pass.ExportObjectFact(v, &fillFact{list[0].row.number, list[0].key})
		}
	}
}

// importFilled returns how a field of another package is filled, as far as that one
// tells.
func (o *Oracle) importFilled(pass *analysis.Pass, v *types.Var) []filled {
	var fact fillFact
	if v.Pkg() == nil || v.Pkg() == pass.Pkg || !pass.ImportObjectFact(v.Origin(), &fact) || fact.Row < 0 || fact.Row >= len(o.all) {
		return nil
	}
	return []filled{{row: o.all[fact.Row], field: v, key: fact.Key, known: true, flag: true, home: v.Pkg().Path()}}
}
