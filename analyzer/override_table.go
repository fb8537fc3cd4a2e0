package analyzer

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
)

// This file finds the flags that the rows of a table, the entries of a map or the
// elements of a list set, wherever a loop or a helper takes them from:
//
//	for _, tc := range []struct{ features features.Config }{{features: features.Config{NewUI: true}}} {
//		features.Set(tc.features)
//
//	for gate, on := range tc.gates {
//		features.SetDuringTest(t, gate, on)

// tabled returns the Sites that set flags in literals which do not stand in the call
// that takes them. They are told by Check alone: whether such an entry has to go
// with its flag is for who removes the flag to say, which sees them as values.
func (f *Found) tabled() []Site {
	w := &tableReader{Found: f}
	seen := map[token.Pos]bool{}
	for _, pkg := range f.Prog.Packages {
		for _, file := range pkg.Files {
			if seen[file.Syntax.FileStart] {
				continue
			}
			seen[file.Syntax.FileStart] = true
			for _, v := range f.Overrides(pkg, file) {
				if (v.Call != nil || v.Lit != nil) && v.Key == "" && v.KeyX != nil {
					w.tabledBy(v)
				}
			}
		}
	}
	slices.SortFunc(w.out, compareSites)
	return slices.CompactFunc(w.out, func(a, b Site) bool { return compareSites(a, b) == 0 })
}

// tableReader reads what is set through tables.
type tableReader struct {
	*Found
	calls map[program.ID][]callAt // of the program's functions; nil before they are needed
	out   []Site
}

// callAt is a call, and where it stands.
type callAt struct {
	pkg  *program.Package
	file *program.File
	call *ast.CallExpr
}

// tabledBy adds the Sites of the literals that a call may take or a loop around it may
// go through.
func (w *tableReader) tabledBy(v Override) {
	from := listAt{pkg: v.Pkg, file: v.File}
	if v.Helper != nil {
		from.via = []string{flow.Qualified(v.Helper)}
	}
	if v.row.key.Fields || v.row.key.MapKeys {
		for _, list := range w.listsOf(from, v.KeyX) {
			if list.lit != nil {
				w.entriesIn(v, list)
			}
		}
		return
	}
	if v.row.key.Field != "" || v.row.key.Site {
		return
	}
	if sel, ok := ast.Unparen(v.KeyX).(*ast.SelectorExpr); ok {
		w.rowsOf(v, from, sel)
		return
	}
	loop, isKey := loopOf(v.Pkg, v.KeyX)
	if loop == nil {
		return
	}
	_, isMap := typeOf(v.Pkg.Info, loop.X).Underlying().(*types.Map)
	if isMap != isKey {
		return // an index, or what is no key of a map
	}
	for _, list := range w.listsOf(from, loop.X) {
		w.elementsIn(v, loop, list)
	}
}

// typeOf returns the type of an expression; that of nothing where it has none.
func typeOf(info *types.Info, x ast.Expr) types.Type {
	if t := info.TypeOf(x); t != nil {
		return t
	}
	return types.Typ[types.Invalid]
}

// entriesIn adds the flags that a literal names as the row of the override says.
func (w *tableReader) entriesIn(v Override, list listAt) {
	v.Pkg, v.File = list.pkg, list.file
	for _, set := range w.entries(v, list.lit) {
		if set.Entry != nil {
			w.add(v, list, set.Entry, set.Key, set.X)
		}
	}
}

// elementsIn adds the flags that the keys of a map, or the elements of a list, name
// through which a loop goes.
func (w *tableReader) elementsIn(v Override, loop *ast.RangeStmt, list listAt) {
	for _, el := range list.elems {
		key, value := el, v.X
		if kv, ok := el.(*ast.KeyValueExpr); ok {
			if key = kv.Value; isLoopVar(v.Pkg.Info, loop.Key, v.KeyX) {
				key = kv.Key
				if isLoopVar(v.Pkg.Info, loop.Value, v.X) {
					value = kv.Value
				}
			}
		}
		w.addKeyed(v, list, el, key, value)
	}
}

// rowsOf adds the flags that a field of a table's rows names.
func (w *tableReader) rowsOf(v Override, from listAt, sel *ast.SelectorExpr) {
	for _, row := range w.listsOf(from, sel.X) {
		key, value := fieldIn(v.Pkg, row, sel), v.X
		if key == nil {
			continue
		}
		if on, ok := v.X.(*ast.SelectorExpr); ok && types.ExprString(on.X) == types.ExprString(sel.X) {
			value = fieldIn(v.Pkg, row, on)
		}
		w.addKeyed(v, row, key, key, value)
	}
}

// addKeyed adds a Site that sets the flag which key names, if it is known.
func (w *tableReader) addKeyed(v Override, list listAt, n ast.Node, key, value ast.Expr) {
	text, known := w.entryKey(list.pkg, key)
	if v.row.key.Const {
		text, known = constName(list.pkg.Info, key), true
	}
	if text, known = v.row.renameIf(text, known); known && text != "" {
		w.add(v, list, n, text, value)
	}
}

// add adds a Site that sets a flag.
func (w *tableReader) add(v Override, list listAt, n ast.Node, key string, value ast.Expr) {
	s := w.site(list.pkg, n, v.row)
	s.Role, s.Flag.Key, s.KeyKind, s.Scope, s.Via = RoleOverride, key, KeyConstant, ScopeProgram, list.via
	s.Default = v.Value
	if value != nil && value != v.X || v.Value.IsZero() {
		s.Default = w.constant(list.pkg, value)
	}
	s.In = enclosing(list.file.Syntax, s.pos)
	w.out = append(w.out, s)
}

// isLoopVar reports whether x is the variable that a loop sets there.
func isLoopVar(info *types.Info, set, x ast.Expr) bool {
	id, ok := set.(*ast.Ident)
	use, isName := ast.Unparen(x).(*ast.Ident)
	return ok && isName && info.Defs[id] != nil && info.Uses[use] == info.Defs[id]
}
