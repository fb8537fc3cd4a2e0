package fixer

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"

	"github.com/flagdebt/flagdebt/fixer/edit"
	"github.com/flagdebt/flagdebt/registry"
)

// This file moves definitions to a block of their struct or group that a comment
// heads: a name that users may still write has to stay known.

// member is a field of a struct, or a spec of a group.
type member struct {
	node    ast.Node
	doc     *ast.CommentGroup
	comment *ast.CommentGroup
}

// start is where the member begins, its documentation included.
func (m member) start() token.Pos {
	if m.doc != nil {
		return m.doc.Pos()
	}
	return m.node.Pos()
}

// move is a member that moves, and the one behind which it goes.
type move struct {
	member
	behind ast.Node
	text   string // where it says more there than here
}

// decideMoves decides where the definitions go that house rule moves.
func (p *planner) decideMoves() {
	p.moves = map[*ast.File][]move{}
	for _, id := range slices.Sorted(maps.Keys(p.defs)) {
		d := p.defs[id]
		if d.rule != registry.RetireMove {
			continue
		}
		file := p.fileOf(d.Obj.Pos())
		group := countedGroup(file, d.Obj.Pos())
		switch m, ok := p.moveOf(file, d); {
		case !p.isEditable(file):
		case ok && group != nil && m.behind != m.node && !p.moveCounted(file, group, &m, d.Obj):
			p.leave(d.removal, ReasonDefinition, d.Obj.Pos(), "where %s stands in its group says which number it is", d.Obj.Name())
		case !ok:
			p.leave(d.removal, ReasonDefinition, d.Obj.Pos(), "beside it there is no block under a comment with %q", d.to)
		case m.behind != m.node:
			p.moves[file] = append(p.moves[file], m)
			p.touched[file] = true
		}
	}
}

// countedGroup returns the group in which the place of a constant makes its value; nil
// where there is none.
func countedGroup(file *ast.File, pos token.Pos) *ast.GenDecl {
	for _, d := range file.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Pos() <= pos && pos < g.End() && g.Tok == token.CONST && repeats(g) {
			return g
		}
	}
	return nil
}

// moveCounted lets a constant say its value itself at the end of its group, and keeps
// its place for those that count from it; it is false where others stand behind.
func (p *planner) moveCounted(file *ast.File, group *ast.GenDecl, m *move, obj types.Object) bool {
	text, ok := p.spelled(file, obj)
	if !ok || !isLastCounted(group, m.behind) {
		return false
	}
	m.text = text
	p.blanked[m.node.(ast.Spec)] = true
	return true
}

// moveOf returns where a definition goes; behind itself where it is there. It is
// false where there is no such block, and where the place says what a constant is.
func (p *planner) moveOf(file *ast.File, d *definition) (move, bool) {
	var found move
	ok := false
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil || n.Pos() > d.Obj.Pos() || n.End() < d.Obj.Pos() {
			return n == ast.Node(file)
		}
		members, open, closes := membersOf(n)
		for _, m := range members {
			if names := namesOf(m.node); len(names) == 1 && names[0].Pos() == d.Obj.Pos() {
				found, ok = p.placeOf(file, m, members, open, closes, d.to)
			}
		}
		return true
	})
	return found, ok
}

// membersOf returns the members of a struct or group, and its braces.
func membersOf(n ast.Node) (members []member, open, closes token.Pos) {
	switch n := n.(type) {
	case *ast.StructType:
		for _, f := range n.Fields.List {
			members = append(members, member{f, f.Doc, f.Comment})
		}
		return members, n.Fields.Opening, n.Fields.Closing
	case *ast.GenDecl:
		if !n.Lparen.IsValid() {
			return nil, 0, 0
		}
		for _, s := range n.Specs {
			if v, ok := s.(*ast.ValueSpec); ok {
				members = append(members, member{v, v.Doc, v.Comment})
			}
		}
		return members, n.Lparen, n.Rparen
	}
	return nil, 0, 0
}

func namesOf(n ast.Node) []*ast.Ident {
	switch n := n.(type) {
	case *ast.Field:
		return n.Names
	case *ast.ValueSpec:
		return n.Names
	}
	return nil
}

// placeOf returns the last member of the block that a comment heads.
func (p *planner) placeOf(file *ast.File, m member, members []member, open, closes token.Pos, block string) (move, bool) {
	for _, g := range file.Comments {
		if g.Pos() < open || g.End() > closes || !strings.Contains(g.Text(), block) || m.doc == g && p.line(m.node.Pos()) == p.line(g.End())+1 && !strings.HasPrefix(g.Text(), block) {
			continue
		}
		out := move{member: m}
		last := p.line(g.End())
		for _, o := range members {
			if o.node.Pos() < g.Pos() {
				continue
			}
			if p.line(o.start()) > last+1 || o.doc != nil && o.doc != g {
				break
			}
			if out.behind = o.node; o.node == m.node {
				return out, true
			}
			last = p.line(o.node.End())
		}
		return out, out.behind != nil
	}
	return move{}, false
}

func (p *planner) line(pos token.Pos) int { return p.prog.Fset.PositionFor(pos, false).Line }

// emitMoves writes the moves: the members' text without their documentation.
func (e *emitter) emitMoves() {
	behind := map[ast.Node][]edit.Part{}
	moves := e.moves[e.file.Syntax]
	for _, m := range moves {
		text := cmp.Or(m.text, string(e.file.Data[e.off(m.node.Pos()):e.off(m.node.End())]))
		behind[m.behind] = append(behind[m.behind], edit.Text(e.text.Indent(e.off(m.node.Pos()))+text+e.newline()))
		if m.text != "" {
			continue // its place is kept
		}
		a, b := e.text.Whole(e.off(m.start()), e.off(m.node.End()))
		e.out.Replace(a, b)
	}
	for n, parts := range behind {
		a, b := e.text.Start(e.off(n.Pos())), e.text.Next(e.off(n.End()))
		e.out.Replace(a, b, append([]edit.Part{edit.Keep(a, b)}, parts...)...)
	}
}
