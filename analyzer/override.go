package analyzer

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
	"github.com/flagdebt/flagdebt/registry"
)

// Override is what sets a flag: a call, one entry of a literal that a call
// takes, or an assignment.
type Override struct {
	Pkg    *program.Package
	File   *program.File
	Call   *ast.CallExpr     // nil where no call sets it
	Entry  *ast.KeyValueExpr // nil where the call sets this one flag
	Assign *ast.AssignStmt
	Lit    *ast.CompositeLit // a literal that sets flags by itself
	Source string
	Key    string         // "" where it is not known, and for what sets all flags back
	KeyX   ast.Expr       // where Key is not known: what says which flag, or the map that says which flags
	X      ast.Expr       // what the flag is set to; nil where no expression of this place says it
	Value  registry.Value // the same as a constant; zero where it is not known
	Reset  bool           // sets all flags of the source back to what they were
	Lets   bool           // sets none, but lets the calls behind it do so
	Helper *flow.Function // a function of the program, which hands the key on
	Of     program.ID     // what is set: a variable or field that holds what the flag yields; 0 for the flag itself

	row *row
}

// Node returns the smallest piece of syntax that sets the flag.
func (v *Override) Node() ast.Node {
	switch {
	case v.Entry != nil:
		return v.Entry
	case v.Assign != nil:
		return v.Assign
	case v.Lit != nil:
		return v.Lit
	}
	return v.Call
}

// overrides records the Sites that set flags.
func (f *Found) overrides(pkg *program.Package, file *program.File) {
	for _, v := range f.Overrides(pkg, file) {
		r := v.row
		f.matched[r] = true
		if v.Key == "" {
			continue
		}
		s := f.site(pkg, v.Node(), r)
		s.Role, s.Flag.Key, s.KeyKind, s.Default = RoleOverride, v.Key, KeyConstant, v.Value
		if v.Of != 0 {
			s.Scope = ScopeProgram
		}
		if v.Helper != nil {
			s.Scope, s.Via = ScopeProgram, []string{flow.Qualified(v.Helper)}
		}
		f.Sites = append(f.Sites, s)
	}
}

// Overrides returns what sets flags in a file.
func (f *Found) Overrides(pkg *program.Package, file *program.File) []Override {
	var out []Override
	var stack []ast.Node
	ast.Inspect(file.Syntax, func(n ast.Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
			return true
		}
		switch n := n.(type) {
		case *ast.CallExpr:
			out = append(out, f.overridesOf(pkg, file, n, stack)...)
		case *ast.CompositeLit:
			out = append(out, f.overridesIn(pkg, file, n)...)
		case *ast.AssignStmt:
			if file.Test && n.Tok == token.ASSIGN && len(n.Lhs) == len(n.Rhs) {
				out = append(out, f.assigned(pkg, file, n)...)
			}
		}
		stack = append(stack, n)
		return true
	})
	return out
}

// overridesOf returns what a call sets, by a row or through a helper.
func (f *Found) overridesOf(pkg *program.Package, file *program.File, call *ast.CallExpr, stack []ast.Node) []Override {
	var out []Override
	f.Oracle.callRows(pkg, call, func(r *row, _ *types.Func, args []ast.Expr) bool {
		if !r.override {
			return false
		}
		set := f.override(pkg, file, r, call, args, stack)
		out = append(out, set...)
		return len(set) > 0
	})
	if out == nil {
		out = f.throughHelper(pkg, file, call)
	}
	return out
}

// overridesIn returns what a literal sets by itself.
func (f *Found) overridesIn(pkg *program.Package, file *program.File, lit *ast.CompositeLit) []Override {
	r := f.Oracle.settingRow(pkg.Info.TypeOf(lit))
	if r == nil {
		return nil
	}
	return f.listedIn(Override{Pkg: pkg, File: file, Lit: lit, Source: r.provider.ID, row: r}, lit)
}

// settingRow returns the row of overrides that matches literals of type t, or nil.
func (o *Oracle) settingRow(t types.Type) *row {
	if p, ok := t.(*types.Pointer); ok { // &T{} whose type is left out
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return nil
	}
	var out *row
	o.candidates(named.Obj().Name(), func(r *row) bool {
		if r.kind == kindLiteral && r.inPackage(named.Obj().Pkg()) {
			out = r
		}
		return out != nil
	})
	return out
}

// override returns the flags that a matching call sets.
func (f *Found) override(pkg *program.Package, file *program.File, r *row, call *ast.CallExpr, args []ast.Expr, stack []ast.Node) []Override {
	v := Override{Pkg: pkg, File: file, Call: call, Source: r.provider.ID, row: r}
	if r.reset || r.prepare {
		v.Reset, v.Lets = r.reset, r.prepare
		return []Override{v}
	}
	if r.key.Recv {
		v.X, v.Value = f.overrideValue(pkg, r, call, stack)
		if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
			v.Key, _ = flow.Text(flow.ObjectKey(f.Engine.Value(pkg, sel.X)))
		}
		return []Override{v}
	}
	if r.key.Arg < 0 || r.key.Arg >= len(args) {
		return nil
	}
	arg := args[r.key.Arg]
	if r.key.MapKeys || r.key.Fields {
		return f.listedIn(v, arg)
	}
	v.X, v.Value = f.overrideValue(pkg, r, call, stack)
	if r.key.Site {
		return f.setsSite(v, arg)
	}
	key, known := flow.TextIn(f.overrideKey(pkg, r, arg), r.key.Field)
	if known {
		if key, known = r.rename(key); !known {
			return nil
		}
	} else if _, isName := ast.Unparen(arg).(*ast.Ident); r.key.Pattern != nil && !isName {
		return nil // most such calls set no flag
	}
	if v.Key = key; !known {
		v.KeyX = arg
	}
	return []Override{v}
}

// FlagOf returns the key of the flag that a key in a map or list names, where v
// sets the flags that stand there; false where that is none.
func (v *Override) FlagOf(key flow.Value) (string, bool) {
	s, known := flow.Text(key)
	return v.row.renameIf(s, known)
}

// overrideKey returns the key that an argument holds, itself or as what a method
// of a flag object yields.
func (f *Found) overrideKey(pkg *program.Package, r *row, arg ast.Expr) flow.Value {
	if r.key.Const {
		return flow.TextValue(constName(pkg.Info, arg))
	}
	if r.key.Method != "" {
		if call, ok := ast.Unparen(arg).(*ast.CallExpr); ok && calleeName(call) == r.key.Method {
			if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
				return flow.ObjectKey(f.Engine.Value(pkg, sel.X))
			}
		}
	}
	return f.Engine.Value(pkg, arg)
}

// listedIn returns the flags that the map or struct x sets or, as the row says, that
// in a field of x.
func (f *Found) listedIn(v Override, x ast.Expr) []Override {
	if in := v.row.key.In; in != "" {
		if x = fieldOf(x, in); x == nil {
			return nil
		}
	}
	return f.entries(v, x)
}

// entries returns the flags that the entries of a literal set.
func (f *Found) entries(v Override, arg ast.Expr) []Override {
	lit, ok := literal(arg)
	if !ok {
		v.KeyX = arg
		return []Override{v}
	}
	var out []Override
	r := v.row
	for _, el := range lit.Elts {
		kv, ok := el.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		key, known := "", false
		if id, ok := kv.Key.(*ast.Ident); ok && r.key.Fields {
			key, known = id.Name, true
		} else if !r.key.Fields {
			key, known = f.entryKey(v.Pkg, kv.Key)
		}
		if key, known = r.renameIf(key, known); known {
			v.Entry, v.Key, v.X = kv, key, kv.Value
			if r.value.Field != "" {
				v.X = entryValue(kv.Value, r.value)
			}
			v.Value = f.constant(v.Pkg, v.X)
			out = append(out, v)
		}
	}
	return out
}

// entryKey returns the key that the key of a map is, or that the flag object has which
// it is.
func (f *Found) entryKey(pkg *program.Package, x ast.Expr) (string, bool) {
	v := f.Engine.Value(pkg, x)
	if key, known := flow.Text(v); known {
		return key, true
	}
	return flow.Text(flow.ObjectKey(v))
}

// entryValue returns the value of an entry which is a struct literal: a field or, in
// the map of a field, what stands under the key that another field holds.
func entryValue(x ast.Expr, op config.Operand) ast.Expr {
	in := fieldOf(x, op.Field)
	if op.By == "" {
		return in
	}
	by := fieldOf(x, op.By)
	if by == nil || in == nil || !isName(by) {
		return nil
	}
	lit, ok := literal(in)
	if !ok {
		return nil
	}
	for _, el := range lit.Elts {
		kv, ok := el.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		if isName(kv.Key) && types.ExprString(kv.Key) == types.ExprString(by) {
			return kv.Value
		}
	}
	return nil
}

// isName reports whether x is a literal, a name or a field: what is spelled the same
// twice in one literal is the same.
func isName(x ast.Expr) bool {
	switch x := ast.Unparen(x).(type) {
	case *ast.BasicLit, *ast.Ident:
		return true
	case *ast.SelectorExpr:
		return isName(x.X)
	}
	return false
}

// renameIf is rename for a key that may not be known.
func (r *row) renameIf(key string, known bool) (string, bool) {
	if !known {
		return "", false
	}
	return r.rename(key)
}

// setsSite returns the override of the flag that an argument, or what it points
// to, asks for.
func (f *Found) setsSite(v Override, arg ast.Expr) []Override {
	if u, ok := ast.Unparen(arg).(*ast.UnaryExpr); ok && u.Op == token.AND {
		arg = u.X
	}
	return f.ofSite(v, arg)
}

// ofSite completes the override of what x, a variable or field, asks for, or of
// the flag whose value it holds; none where that is no flag.
func (f *Found) ofSite(v Override, x ast.Expr) []Override {
	x = ast.Unparen(x)
	if a := f.Oracle.Ask(v.Pkg, x); a != nil {
		if a.Key == "" || a.Object {
			return nil
		}
		v.Key, v.Source, v.row = a.Key, a.Source, a.Ref.(*row)
		return []Override{v}
	}
	obj := namedObject(v.Pkg.Info, x)
	if obj == nil || !obj.IsField() && (obj.Pkg() == nil || obj.Parent() != obj.Pkg().Scope()) {
		return nil
	}
	v.Of = f.Prog.IDOf(obj)
	ref, source, key, ok := flow.AskedBy(f.Engine.Variable(v.Of))
	if !ok || v.Of == 0 {
		return nil
	}
	v.Source, v.Key, v.row = source, key, ref.(*row)
	return []Override{v}
}

// namedObject returns the variable or field that x names, or nil.
func namedObject(info *types.Info, x ast.Expr) *types.Var {
	var obj types.Object
	switch x := x.(type) {
	case *ast.Ident:
		obj = info.Uses[x]
	case *ast.SelectorExpr:
		obj = info.Uses[x.Sel]
	}
	v, _ := obj.(*types.Var)
	return v
}

// assigned returns the flags that an assignment of a test sets: variables and
// fields that are flags.
func (f *Found) assigned(pkg *program.Package, file *program.File, s *ast.AssignStmt) []Override {
	var out []Override
	for i, l := range s.Lhs {
		switch ast.Unparen(l).(type) {
		case *ast.Ident, *ast.SelectorExpr:
			v := Override{Pkg: pkg, File: file, Assign: s, X: s.Rhs[i], Value: f.constant(pkg, s.Rhs[i])}
			out = append(out, f.ofSite(v, l)...)
		}
	}
	return out
}
