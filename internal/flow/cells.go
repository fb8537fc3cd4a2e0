package flow

import (
	"go/ast"
	"go/types"
)

// This file reads and writes what all functions share: fields, package variables and
// captured locals.

// cellValue reads a field, package variable or captured local.
func (fr *frame) cellValue(v *types.Var, at ast.Expr) Value {
	id := fr.e.prog.IDOf(v)
	if id == 0 {
		val := fr.e.summaryOf(v).widened(v.Exported())
		if at != nil && !v.IsField() {
			val = fr.throughWrapper(at, val, qualified(v), true)
		}
		return val
	}
	if val, ok := fr.e.assumed[id]; ok {
		return val
	}
	w := fr.e.vars[id]
	if w == nil || fr.f.Test && fr.e.testWrite[id] {
		return Unknown
	}
	val := fr.read(cellKey{id, slotVar})
	if w.local {
		return fr.scoped(val)
	}
	val = fr.scoped(val).widened(v.Exported() || v.Pkg().Path() != fr.f.Pkg.Path)
	if at != nil {
		val = fr.throughWrapper(at, val, qualified(v), v.Exported())
	}
	return val
}

// read returns a cell's value. The function for whose sake this frame runs is
// run again when it changes.
func (fr *frame) read(k cellKey) Value {
	if fr.reads != nil {
		fr.reads[k] = true
	}
	v := fr.e.read(fr.reader(), k)
	if v == nil && fr.dead && k.slot != slotAsks {
		return Unknown // nothing that dead code does was noted
	}
	return v
}

// writeZero notes that a variable may hold its zero value.
func (fr *frame) writeZero(k cellKey, v Value) {
	if fr.root == nil && !fr.f.Test {
		fr.e.writeZero(k, v)
	}
}

// reader is the function that is run again when a cell which this frame has
// read changes.
func (fr *frame) reader() *Function {
	if fr.root != nil {
		return fr.root
	}
	return fr.f
}

// write joins a value into a cell; a specialised run writes nothing that the
// general one does not.
func (fr *frame) write(k cellKey, v Value) {
	if isRecord(v) { // others may write what the cell holds
		v = Unknown
	}
	if fr.root == nil && !(fr.f.Test && fr.e.isShared(k)) {
		fr.e.write(k, v)
	}
}

// isShared reports whether a cell is one of the code that tests test: a variable
// or a parameter. What tests put there says nothing of the code.
func (e *Engine) isShared(k cellKey) bool {
	return k.slot > 0 || k.slot == slotVar && e.vars[k.id] != nil && !e.vars[k.id].local
}
