package fixer

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/flagdebt/flagdebt/internal/program"
)

// This file makes one variable of two that bear the same name, where the block
// between them goes: "x, err := f()" sets the err that is there already.

// locals is what a file does with its locals, as the decisions stand.
type locals struct {
	declared map[program.ID]*ast.Ident   // the names that declare them, and stand
	short    map[*ast.Ident]bool         // those among them on the left of a ":=" that does not copy their namesake
	written  map[*ast.Ident]bool         // names that are set, not read
	uses     map[program.ID][]*ast.Ident // names beside those that declare
}

// look looks through the survivors of a file.
func (b *blocker) look() {
	b.locals = locals{map[program.ID]*ast.Ident{}, map[*ast.Ident]bool{}, map[*ast.Ident]bool{}, map[program.ID][]*ast.Ident{}}
	b.walk(b.file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			b.alive[b.info.Defs[n]] = true
			b.alive[b.info.Uses[n]] = true
			if v := b.local(b.info.Uses[n]); v != 0 {
				b.uses[v] = append(b.uses[v], n)
			}
		case *ast.AssignStmt:
			for i, l := range n.Lhs {
				if id, ok := l.(*ast.Ident); ok {
					b.written[id] = n.Tok == token.ASSIGN || n.Tok == token.DEFINE
					b.declares(id, n.Tok == token.DEFINE && !copiesNamesake(n, i))
				}
			}
		case *ast.ValueSpec:
			for _, id := range n.Names {
				b.declares(id, false)
			}
		}
		return true
	})
	delete(b.alive, nil)
}

// copiesNamesake reports whether the i-th name of an assignment gets what bears the
// same name, as in "x := x", which would set x to itself.
func copiesNamesake(a *ast.AssignStmt, i int) bool {
	if len(a.Lhs) != len(a.Rhs) {
		return false
	}
	id := identOf(a.Rhs[i])
	return id != nil && id.Name == a.Lhs[i].(*ast.Ident).Name
}

// declares notes that a name declares a local.
func (b *blocker) declares(id *ast.Ident, short bool) {
	if v := b.local(b.info.Defs[id]); v != 0 {
		b.declared[v], b.short[id] = id, short
	}
}

// mayJoin reports whether a variable that the splice s declares can be one with
// another of the list around it: nobody else reaches either, and what the one
// holds is not read once the other is set.
func (b *blocker) mayJoin(s ast.Stmt, inner, other types.Object) bool {
	if !b.isOwn(inner) || !b.isOwn(other) || !b.short[b.declared[b.local(inner)]] || !types.Identical(inner.Type(), other.Type()) {
		return false
	}
	if other.Pos() >= s.End() {
		return b.short[b.declared[b.local(other)]] // it is set there, and read behind that
	}
	return other.Pos() < s.Pos() && !b.isRepeated(s, other) && !b.isReadBehind(s, other)
}

// isOwn reports whether a variable is seen by its function alone, and all that its
// readers may see is known.
func (b *blocker) isOwn(obj types.Object) bool {
	v := b.local(obj)
	if v == 0 || b.declared[v] == nil {
		return false
	}
	return !slices.ContainsFunc(b.uses[v], func(id *ast.Ident) bool {
		_, known := b.with.At(id).Defs[id] // of what is captured or pointed to nothing is
		return !known && !b.written[id]
	})
}

// isRepeated reports whether a loop that a variable outlives repeats a statement.
func (b *blocker) isRepeated(s ast.Stmt, obj types.Object) bool {
	found := false
	ast.Inspect(b.file, func(n ast.Node) bool {
		if n == nil || n.Pos() > s.Pos() || n.End() < s.End() {
			return false
		}
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			found = found || obj.Pos() < n.Pos()
		}
		return true
	})
	return found
}

// isReadBehind reports whether what a variable holds before a statement may be read
// behind it.
func (b *blocker) isReadBehind(s ast.Stmt, obj types.Object) bool {
	return slices.ContainsFunc(b.uses[b.local(obj)], func(id *ast.Ident) bool {
		defs := b.with.At(id).Defs[id]
		return id.Pos() >= s.End() && !b.written[id] && slices.ContainsFunc(defs, func(p token.Pos) bool { return p < s.End() })
	})
}

// join makes variables one: the first name that declares one of them does.
func (b *blocker) join(objs []types.Object) {
	var ids []*ast.Ident
	for _, o := range objs {
		ids = append(ids, b.declared[b.local(o)])
	}
	slices.SortFunc(ids, func(x, y *ast.Ident) int { return cmp.Compare(x.Pos(), y.Pos()) })
	for _, id := range ids[1:] {
		b.joined[id] = ids[0]
	}
}
