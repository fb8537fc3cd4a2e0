package analyzer

import (
	"bytes"
	"slices"
	"strings"

	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/internal/program"
)

// Select returns the package folders that may ask for a flag, and all that
// import them: by their text and by the import graph, before anything is
// typed. names are those of methods that hand a flag's value on: whoever
// declares an interface with one of them may ask through it, and whoever
// declares such a method may answer in its place.
func (o *Oracle) Select(repo *program.Repository, names map[string]bool) []*program.Dir {
	hit := map[*program.Dir]bool{}
	for _, r := range o.all {
		for _, d := range r.reach(repo) {
			if !hit[d] && r.mayAsk(d) {
				hit[d] = true
			}
		}
	}
	for _, rows := range o.literals {
		for _, r := range rows {
			o.selectLiterals(repo, r, hit)
		}
	}
	for _, d := range repo.Dirs {
		for _, f := range d.Files {
			hit[d] = hit[d] || bytes.Contains(f.Data, []byte(flagDirective))
			for n := range names {
				hit[d] = hit[d] || bytes.Contains(f.Data, []byte(n+"(")) && (bytes.Contains(f.Data, []byte("interface")) || bytes.Contains(f.Data, []byte(") "+n+"(")))
			}
		}
	}
	var dirs []*program.Dir
	for _, d := range repo.Dirs {
		if hit[d] {
			dirs = append(dirs, d)
		}
	}
	return repo.Importers(dirs)
}

// selectLiterals adds the folders that may hold literals of a row's types.
func (o *Oracle) selectLiterals(repo *program.Repository, r *literalRow, hit map[*program.Dir]bool) {
	speaks := func(path string) bool {
		return slices.ContainsFunc(r.packages, func(p string) bool { return config.MatchPackage(p, path) })
	}
	var dirs []*program.Dir
	for _, path := range repo.Imported() {
		if speaks(path) {
			dirs = append(dirs, repo.Direct(path)...)
		}
	}
	for _, d := range repo.Dirs {
		if speaks(d.ImportPath) {
			dirs = append(dirs, d)
		}
	}
	for _, d := range dirs {
		hit[d] = hit[d] || slices.ContainsFunc(d.Files, func(f *program.Source) bool {
			return bytes.Contains(f.Data, []byte("map[")) || bytes.Contains(f.Data, []byte(r.Type[0]))
		})
	}
}

// reach returns the folders whose packages can come by what the row speaks of.
// A function or variable of a package is named by an import; a method or field
// may come through any number of packages, inside the universe or out of it.
func (r *row) reach(repo *program.Repository) []*program.Dir {
	var direct []*program.Dir
	for _, path := range repo.Imported() {
		if r.speaksOf(path) {
			direct = append(direct, repo.Direct(path)...)
		}
	}
	required := map[*program.Module]bool{}
	if r.byMember() {
		for _, m := range repo.Modules {
			required[m] = r.required(m)
		}
	}
	var outside []*program.Dir
	for _, d := range repo.Dirs {
		if r.speaksOf(d.ImportPath) {
			direct = append(direct, d)
		}
		if required[d.Module] {
			outside = append(outside, d)
		}
	}
	if !r.byMember() {
		return direct
	}
	if r.kind == config.KindTag && slices.Contains(r.packages, "...") {
		return direct // all there are
	}
	if r.kind == kindFill {
		return repo.Importers(direct) // who fills structs has the configuration at hand
	}
	return append(repo.Importers(direct), outside...)
}

// byMember reports whether the row matches a method or field, which can be
// named without importing its package.
func (r *row) byMember() bool {
	if r.kind == config.KindField || r.kind == config.KindTag {
		return true
	}
	return (r.kind == config.KindCall || r.kind == kindFill) && slices.ContainsFunc(r.recv, func(s string) bool { return s != "" })
}

// SystemsOf returns the flag systems that an import path is of, with whether they are
// of the catalogue.
func (o *Oracle) SystemsOf(path string) map[string]bool {
	out := map[string]bool{}
	for _, r := range o.all {
		if !slices.Contains(r.packages, "...") && r.speaksOf(path) {
			out[r.provider.ID] = r.provider.Evidence != ""
		}
	}
	return out
}

func (r *row) speaksOf(path string) bool {
	for _, p := range r.packages {
		if config.MatchPackage(p, path) {
			return true
		}
	}
	return false
}

// required reports whether a module's dependencies hold a package that the row
// speaks of.
func (r *row) required(m *program.Module) bool {
	for _, path := range m.Requires {
		for _, p := range r.packages {
			p = strings.TrimSuffix(p, "/...")
			if p == path || strings.HasPrefix(p, path+"/") || config.MatchPackage(p, path) || strings.HasSuffix(p, "/v*") && strings.HasPrefix(path, strings.TrimSuffix(p, "*")) {
				return true
			}
		}
	}
	return false
}

// mayAsk reports whether the text of a folder holds a name that the row matches, or
// a struct tag that does.
func (r *row) mayAsk(d *program.Dir) bool {
	if r.kind == config.KindTag {
		return slices.ContainsFunc(d.Files, func(f *program.Source) bool { return f.HasTag(r.key.Tag) && r.hasTag(f.Data) })
	}
	if r.names.All || r.names.Regex != nil {
		return true
	}
	for _, f := range d.Files {
		for _, n := range r.names.List {
			if bytes.Contains(f.Data, []byte(n)) {
				return true
			}
		}
	}
	return false
}

// hasTag reports whether a text holds a struct tag whose key may be a flag.
func (r *row) hasTag(text []byte) bool {
	begin := []byte(r.key.Tag + `:"`)
	for {
		_, rest, ok := bytes.Cut(text, begin)
		if !ok {
			return false
		}
		text = rest
		value, _, _ := bytes.Cut(rest, []byte{'"'})
		if _, ok := r.tagged(string(value)); ok {
			return true
		}
	}
}
