package flow

// This file follows the texts inside of a struct that a function builds in order to
// ask with it: req := &Request{FlagKey: "new-checkout"}.

import (
	"go/ast"
	"go/types"
	"maps"
	"slices"
	"strings"

	"github.com/flagdebt/flagdebt/internal/program"
)

// recordOp begins the op of a struct whose texts are known; behind it stand the
// names of its fields, each followed by a comma.
const recordOp = "record:"

// isRecord reports whether v is a struct whose texts are known.
func isRecord(v Value) bool {
	return v != nil && v.kind == kOp && strings.HasPrefix(v.op, recordOp)
}

// record returns the term of a struct literal; Unknown where none of its fields is
// one that keeps keys.
func (fr *frame) record(fields map[*types.Var]Value) Value {
	var args []Value
	op := recordOp
	for _, f := range slices.SortedFunc(maps.Keys(fields), func(a, b *types.Var) int { return strings.Compare(a.Name(), b.Name()) }) {
		v := fields[f]
		if v == nil || v.kind == kUnknown || v.mentions(kFlag) || !isText(f.Type()) || !fr.e.oracle.KeepsKey(f.Name()) {
			continue
		}
		op += f.Name() + ","
		args = append(args, v)
	}
	if len(args) == 0 {
		return Unknown
	}
	return make1(term{kind: kOp, op: op, args: args})
}

func isText(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}

// recorded returns the text in a field of v, a record.
func recorded(v Value, field string) Value {
	if v == nil {
		return nil
	}
	names, ok := structNames(v)
	if isRecord(v) {
		names, ok = strings.Split(strings.TrimPrefix(v.op, recordOp), ","), true
	}
	if i := slices.Index(names, field); ok && i >= 0 && i < len(v.args) {
		return v.args[i]
	}
	return Unknown
}

// TextIn returns the text in a field of v, a struct or a pointer to one; that of v
// itself where field is "".
func TextIn(v Value, field string) (string, bool) {
	if field != "" {
		v = recorded(v, field)
	}
	return v.text()
}

// held is a local that holds a pointer to a record, and the way it holds it.
type held struct {
	id   program.ID
	slot slot
}

// hold returns the locals among xs that hold a pointer to a record.
func (fr *frame) hold(xs []ast.Expr) []held {
	var out []held
	for _, x := range xs {
		id, ok := ast.Unparen(x).(*ast.Ident)
		if !ok || fr.env == nil {
			continue
		}
		if v, ok := fr.info.Uses[id].(*types.Var); ok && isPointer(v.Type()) {
			if s := fr.env.vars[program.ID(v.Pos())]; isRecord(s.val) {
				out = append(out, held{program.ID(v.Pos()), s})
			}
		}
	}
	return out
}

// restore says that what was done with these locals since has not changed what they
// point to.
func (fr *frame) restore(hs []held) {
	for _, h := range hs {
		fr.env.vars[h.id] = h.slot
	}
}

// drop says that what these locals point to may be changed from now on.
func (fr *frame) drop(hs []held) {
	for _, h := range hs {
		fr.env.vars[h.id] = slot{Unknown, h.slot.defs}
	}
}

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}
