package flow

import (
	"go/ast"
	"go/types"
	"strings"
)

// This file follows what a struct is made of from its literal to its readers, by
// value and by pointer: the fields that nobody writes after that.

// structPrefix begins the operation that makes a struct of values.
const structPrefix = "struct:"

// structNames returns the names of the fields that a struct's term tells of.
func structNames(v Value) ([]string, bool) {
	if v == nil || v.kind != kOp {
		return nil, false
	}
	names, ok := strings.CutPrefix(v.op, structPrefix)
	return strings.Split(names, ","), ok
}

// structTerm returns the term of a struct; fields that are not known are left out.
func structTerm(names []string, vals []Value) Value {
	var kept []string
	var args []Value
	for i, v := range vals {
		if v == nil {
			return nil
		}
		if v.kind != kUnknown && v.kind != kTuple {
			kept = append(kept, names[i])
			args = append(args, v)
		}
	}
	if len(kept) == 0 {
		return Unknown
	}
	return make1(term{kind: kOp, op: structPrefix + strings.Join(kept, ","), args: args, wide: isWide(args)})
}

// structOf returns the term of a literal with these fields.
func (fr *frame) structOf(st *types.Struct, set map[*types.Var]Value) Value {
	var names []string
	var vals []Value
	for f := range st.Fields() {
		if v := set[f]; v != nil && worthKeeping(v) && fr.e.isFrozen(f) {
			names = append(names, f.Name())
			vals = append(vals, v)
		}
	}
	return structTerm(names, vals)
}

// worthKeeping reports whether a field's value may name a flag, be one, or lead to
// one.
func worthKeeping(v Value) bool {
	if v.mentions(kFlag) {
		return false // the field itself is a wrapper
	}
	switch v.kind {
	case kConst, kSoft:
		_, ok := v.text()
		return ok
	case kParam, kFunc, kObject, kFlag, kOp:
		return true
	}
	return false
}

// fieldOf returns a field of a struct whose term is known.
func (fr *frame) fieldOf(v Value, f *types.Var) (Value, bool) {
	names, ok := structNames(v)
	if !ok {
		return nil, false
	}
	for i, n := range names {
		if n == f.Name() {
			return v.args[i].widened(v.wide || fr.e.isOpen(f)), true
		}
	}
	return nil, false
}

// fieldLater returns the term of a field of a parameter: what the caller passes may
// be known.
func (fr *frame) fieldLater(from Value, f *types.Var) Value {
	if !fr.e.mode.Symbolic || from == nil || !fr.e.isFrozen(f) || from.kind != kParam && !isFieldOf(from) {
		return Unknown
	}
	return make1(term{kind: kOp, op: fieldPrefix + f.Name(), args: []Value{from}}).widened(fr.e.isOpen(f))
}

// isOpen reports whether packages that are not seen here may write a field.
func (x *index) isOpen(f *types.Var) bool {
	id := x.prog.IDOf(f)
	return f.Exported() && id != 0 && x.open[x.owners[id]]
}

// fieldPrefix begins the operation that takes a field of a struct.
const fieldPrefix = "field:"

func isFieldOf(v Value) bool { return v.kind == kOp && strings.HasPrefix(v.op, fieldPrefix) }

// takeField applies the operation that takes a field.
func takeField(op string, of Value) Value {
	name := strings.TrimPrefix(op, fieldPrefix)
	names, ok := structNames(of)
	for i, n := range names {
		if ok && n == name {
			return of.args[i].widened(of.wide)
		}
	}
	if of.kind == kParam || isFieldOf(of) {
		return make1(term{kind: kOp, op: op, args: []Value{of}}).widened(of.wide)
	}
	return Unknown
}

// isFrozen reports whether a field keeps what a literal has given it: nothing else
// writes it, nor the whole struct through a pointer.
func (x *index) isFrozen(f *types.Var) bool {
	id := x.prog.IDOf(f)
	if id == 0 || x.thawed[id] {
		return false
	}
	w := x.vars[id]
	if w == nil { // of a struct without a name
		return true
	}
	owner := x.owners[id]
	return !x.thawed[owner] && !x.converted[owner] && !(x.reflected[owner] && f.Exported()) && !x.prog.InIgnored(f.Name())
}

// thaw notes that code outside of a literal writes a field, or a struct through a
// pointer.
func (s *scan) thaw(e ast.Expr) {
	if e == nil {
		return
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.SelectorExpr:
		if v := variableOf(s.info, e); v != nil {
			s.thawed[s.prog.IDOf(v)] = true
		}
		if _, ptr := typeOf(s.info, e.X).Underlying().(*types.Pointer); !ptr && s.info.Selections[e] != nil {
			s.thaw(e.X) // a.b.c = x writes a part of a.b
		}
	case *ast.IndexExpr:
		s.thawType(typeOf(s.info, e))
		s.thaw(e.X)
	case *ast.StarExpr:
		s.thawType(typeOf(s.info, e))
	}
}

// thawType notes that a whole struct of that type is written.
func (s *scan) thawType(t types.Type) {
	named, ok := types.Unalias(t).(*types.Named)
	if ok {
		if id := s.prog.IDOf(named.Obj()); id != 0 {
			s.thawed[id] = true
		}
		return
	}
	if st, ok := t.Underlying().(*types.Struct); ok {
		for f := range st.Fields() {
			s.thawed[s.prog.IDOf(f)] = true
		}
	}
}
