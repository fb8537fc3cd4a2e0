package analyzer

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strconv"

	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/internal/program"
)

// This file chooses, by text and syntax alone, the packages outside of the
// universe that may hold a wrapper which the universe names.

// textPackage is a package outside of the universe, as text.
type textPackage struct {
	*program.Outside
	spoken  map[string]bool           // paths that it imports, however indirectly, of which rows speak
	beneath map[*textPackage]bool     // likewise: packages with a method that may be a wrapper
	rows    map[string][]*row         // by name: the rows that its code may match
	all     []*row                    // those that match fields by pattern
	from    map[string][]*textPackage // by name: the packages that have a wrapper of that name
	hands   []textWrapper             // exported
	needed  bool
}

// textWrapper is a function, method or package variable that may hand a flag's
// value on.
type textWrapper struct {
	name   string
	method bool
	from   []*textPackage // whose wrappers it names
}

// mayWrap returns the folders that may hold wrappers which the universe names, and
// those with the wrappers that these name.
func mayWrap(o *Oracle, repo *program.Repository, list []*program.Outside) []*program.Dir {
	speaking := map[string][]*row{} // the rows that speak of an import path
	byPath := map[string]*textPackage{}
	var all []*textPackage
	for _, out := range list { // the imported ones come first
		p := &textPackage{Outside: out, spoken: map[string]bool{}, beneath: map[*textPackage]bool{}, rows: map[string][]*row{}, from: map[string][]*textPackage{}}
		for _, path := range out.Imports {
			if _, known := speaking[path]; !known {
				speaking[path] = o.speakingOf(path)
			}
			if len(speaking[path]) > 0 {
				p.spoken[path] = true
			}
			if q := byPath[path]; q != nil {
				maps.Copy(p.spoken, q.spoken)
				maps.Copy(p.beneath, q.beneath)
				p.mayCall(q)
			}
		}
		byPath[out.Dir.ImportPath] = p
		all = append(all, p)
		p.findWrappers(speaking)
	}
	callers := map[*textPackage][]*program.Dir{} // folders that may come by a package's methods
	for _, q := range all {
		q.mayCall(q)
		direct := repo.Direct(q.Dir.ImportPath)
		for p := range q.beneath {
			callers[p] = append(callers[p], direct...)
		}
	}
	for _, p := range all {
		methods := repo.Importers(callers[p])
		if slices.ContainsFunc(p.hands, func(w textWrapper) bool { return p.isNamed(repo, w, methods) }) {
			p.need()
		}
	}
	var dirs []*program.Dir
	for _, p := range all {
		if p.needed {
			dirs = append(dirs, p.Dir)
		}
	}
	return dirs
}

// speakingOf returns the rows by which a package can ask that imports path.
func (o *Oracle) speakingOf(path string) []*row {
	var rows []*row
	for _, r := range o.all {
		if !r.override && !r.bulk && !r.key.MapKeys && r.kind != kindFill && r.speaksOf(path) {
			rows = append(rows, r)
		}
	}
	return rows
}

// need notes that the package is to be typed, with those whose wrappers it names.
func (p *textPackage) need() {
	if p.needed {
		return
	}
	p.needed = true
	for _, w := range p.hands {
		for _, q := range w.from {
			q.need()
		}
	}
}

// isNamed reports whether the universe's text names a wrapper: in a folder that
// imports its package, or as a method in one of the folders callers.
func (p *textPackage) isNamed(repo *program.Repository, w textWrapper, callers []*program.Dir) bool {
	dirs := repo.Direct(p.Dir.ImportPath)
	if w.method {
		dirs = callers
	}
	return slices.ContainsFunc(dirs, func(d *program.Dir) bool { return d.Names(w.name) })
}

// findWrappers fills in how the package may ask and which wrappers it may hold.
func (p *textPackage) findWrappers(speaking map[string][]*row) {
	for path := range p.spoken {
		direct := slices.Contains(p.Imports, path)
		for _, r := range speaking[path] {
			switch {
			case !direct && !r.byMember():
			case r.names.All || r.names.Regex != nil:
				if direct && p.hasTagOf(r) {
					p.all = append(p.all, r)
				}
			default:
				for _, n := range r.names.List {
					p.rows[n] = append(p.rows[n], r)
				}
			}
		}
	}
	for q := range p.beneath {
		for _, w := range q.hands {
			if w.method {
				p.from[w.name] = append(p.from[w.name], q)
			}
		}
	}
	if len(p.rows) == 0 && len(p.all) == 0 && len(p.from) == 0 {
		return
	}
	p.Read()
	if len(p.all) > 0 || p.namesAny() {
		p.hands = p.wrappers()
	}
}

// hasTagOf reports whether the package's text holds a struct tag that the row
// matches, or the row matches no tags.
func (p *textPackage) hasTagOf(r *row) bool {
	if r.kind != config.KindTag {
		return true
	}
	p.Read()
	return r.mayAsk(p.Dir)
}

// mayCall notes the wrappers of a package that p imports itself.
func (p *textPackage) mayCall(q *textPackage) {
	for _, w := range q.hands {
		if w.method {
			p.beneath[q] = true
		} else {
			p.from[w.name] = append(p.from[w.name], q)
		}
	}
}

// namesAny reports whether the package's text holds a name by which it may ask.
func (p *textPackage) namesAny() bool {
	for n := range p.rows {
		if p.Dir.Names(n) {
			return true
		}
	}
	for n := range p.from {
		if p.Dir.Names(n) {
			return true
		}
	}
	return false
}

// textDecl is a declaration that may be a wrapper.
type textDecl struct {
	textWrapper
	node     ast.Node
	params   map[string]bool
	names    map[string]bool // what it names
	exported bool
	asks     bool
}

// wrappers returns the exported functions, methods and variables that may be
// wrappers: those that ask, or name another wrapper, or one of these.
func (p *textPackage) wrappers() []textWrapper {
	var decls []*textDecl
	consts := map[string]string{}
	for _, f := range p.Dir.Files {
		syntax, _ := parser.ParseFile(token.NewFileSet(), f.Path, f.Data, parser.SkipObjectResolution)
		if syntax == nil {
			continue
		}
		for _, d := range syntax.Decls {
			decls = append(decls, textDecls(d)...)
			addConstants(consts, d)
		}
	}
	own := map[string]bool{}
	for _, d := range decls {
		d.asks = p.asks(d, consts)
	}
	for more := true; more; {
		more = false
		for _, d := range decls {
			if d.asks = d.asks || d.namesOneOf(own); d.asks && !own[d.name] {
				own[d.name], more = true, true
			}
		}
	}
	var out []textWrapper
	var from []*textPackage
	for _, d := range decls {
		if d.asks {
			for name := range d.names {
				from = append(from, p.from[name]...)
			}
			if d.exported {
				out = append(out, d.textWrapper)
			}
		}
	}
	for i := range out { // through whatever of this package
		out[i].from = from
	}
	return out
}

// namesOneOf reports whether the declaration names one of the names.
func (d *textDecl) namesOneOf(names map[string]bool) bool {
	for w := range d.names {
		if names[w] {
			return true
		}
	}
	return false
}

// asks reports whether a declaration may ask for a flag, or names a wrapper of
// another package; it notes what the declaration names.
func (p *textPackage) asks(d *textDecl, consts map[string]string) bool {
	found := false
	ast.Inspect(d.node, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			d.names[n.Name] = true
			found = found || p.from[n.Name] != nil || slices.ContainsFunc(p.rows[n.Name], func(r *row) bool { return r.kind != config.KindCall })
		case *ast.FuncLit:
			addParams(d.params, n.Type)
		case *ast.SelectorExpr:
			found = found || slices.ContainsFunc(p.all, func(r *row) bool { return r.names.Match(n.Sel.Name) })
		case *ast.CallExpr:
			for _, r := range p.rows[calleeName(n)] {
				found = found || r.mayAskFor(n, d.params, consts)
			}
		}
		return true
	})
	return found
}

// mayAskFor reports whether a call by a name of the row may ask for a flag, as far
// as syntax tells: where only some keys are flags, the key must be one of these,
// or made of a parameter.
func (r *row) mayAskFor(call *ast.CallExpr, params map[string]bool, consts map[string]string) bool {
	if r.kind != config.KindCall || r.key.Arg >= len(call.Args) {
		return r.kind != config.KindCall
	}
	if r.key.Arg < 0 || r.key.Pattern == nil {
		return true
	}
	ok := false
	ast.Inspect(call.Args[r.key.Arg], func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			ok = ok || params[n.Name] || r.key.Pattern.MatchString(consts[n.Name])
		case *ast.BasicLit:
			text, _ := strconv.Unquote(n.Value)
			ok = ok || r.key.Pattern.MatchString(text)
		}
		return true
	})
	return ok
}

// textDecls returns what of a declaration may be a wrapper.
func textDecls(d ast.Decl) []*textDecl {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Body == nil || d.Type.Results == nil || !slices.ContainsFunc(d.Type.Results.List, func(f *ast.Field) bool { return mayHoldFlag(f.Type) }) {
			return nil
		}
		decl := &textDecl{textWrapper{name: d.Name.Name, method: d.Recv != nil}, d.Body, map[string]bool{}, map[string]bool{}, d.Name.IsExported(), false}
		addParams(decl.params, d.Type)
		return []*textDecl{decl}
	case *ast.GenDecl:
		var out []*textDecl
		for _, s := range d.Specs {
			if v, ok := s.(*ast.ValueSpec); ok && d.Tok == token.VAR && len(v.Values) > 0 {
				for _, n := range v.Names {
					out = append(out, &textDecl{textWrapper{name: n.Name}, v, map[string]bool{}, map[string]bool{}, n.IsExported(), false})
				}
			}
		}
		return out
	}
	return nil
}

// addParams adds the names of a function's parameters.
func addParams(names map[string]bool, t *ast.FuncType) {
	for _, f := range t.Params.List {
		for _, n := range f.Names {
			names[n.Name] = true
		}
	}
}

// addConstants adds the texts of the constants that a declaration declares by
// literals.
func addConstants(texts map[string]string, d ast.Decl) {
	g, ok := d.(*ast.GenDecl)
	if !ok || g.Tok != token.CONST {
		return
	}
	for _, s := range g.Specs {
		v, _ := s.(*ast.ValueSpec)
		for i, n := range v.Names {
			if i < len(v.Values) {
				if lit, ok := v.Values[i].(*ast.BasicLit); ok {
					texts[n.Name], _ = strconv.Unquote(lit.Value)
				}
			}
		}
	}
}

// mayHoldFlag reports whether a result of that type may be a flag's value or a
// function that yields one. Errors, collections and pointers are none; of types
// with a name nothing is known here, and nearly all of them are structs.
func mayHoldFlag(t ast.Expr) bool {
	switch t := t.(type) {
	case *ast.Ident:
		switch t.Name {
		case "bool", "string", "any", "int", "int64", "int32", "uint64", "uint32", "float64", "float32", "uint":
			return true
		}
		return len(t.Name) == 1 // a type parameter
	case *ast.FuncType:
		return t.Results != nil && slices.ContainsFunc(t.Results.List, func(f *ast.Field) bool { return mayHoldFlag(f.Type) })
	case *ast.InterfaceType:
		return t.Methods == nil || len(t.Methods.List) == 0
	}
	return false
}
