package fixer

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strconv"

	"github.com/flagdebt/flagdebt/fixer/edit"
)

// This file takes constants out of groups in which their places make values: those
// that stay keep theirs.

// standIn is what stands for a constant that goes.
type standIn int

const (
	standNothing standIn = iota // those behind it do not count, or there are none
	standBlank                  // "_", with the expression that those behind it repeat
	standIota                   // "_ = iota"
)

// counting says what becomes of a group of constants that depend on their neighbours.
type counting struct {
	stands map[*ast.ValueSpec]standIn        // for those that go
	takes  map[*ast.ValueSpec]*ast.ValueSpec // whose type and value one that stays has to say itself
}

// countingOf returns what becomes of a group; nil where its constants stand alone.
func (p *planner) countingOf(d *ast.GenDecl) *counting {
	if d.Tok != token.CONST || !repeats(d) {
		return nil
	}
	c := &counting{map[*ast.ValueSpec]standIn{}, map[*ast.ValueSpec]*ast.ValueSpec{}}
	usesIota := countsLines(d)
	last := len(d.Specs) - 1
	for last >= 0 && p.leaves(d.Specs[last]) {
		last--
	}
	var source *ast.ValueSpec // whose expression is repeated
	for i, s := range d.Specs {
		v := s.(*ast.ValueSpec)
		if v.Values != nil {
			source = v
		}
		switch {
		case p.leaves(v) && (i > last || !usesIota):
			c.stands[v] = standNothing
		case p.leaves(v) && v.Values != nil && !p.isRepeated(d.Specs[i+1:]):
			c.stands[v] = standIota
		case p.leaves(v):
			c.stands[v] = standBlank
		case v.Values == nil && source != nil && p.leaves(source) && !usesIota:
			c.takes[v] = source
			source = v
		}
	}
	return c
}

// leaves reports whether a constant leaves its place.
func (p *planner) leaves(s ast.Spec) bool { return p.gone[s] || p.blanked[s] }

// countsLines reports whether iota stands in a group.
func countsLines(d *ast.GenDecl) bool {
	found := false
	ast.Inspect(d, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && id.Name == "iota"
		return !found
	})
	return found
}

// isRepeated reports whether a constant that stays repeats the expression before
// following.
func (p *planner) isRepeated(following []ast.Spec) bool {
	for _, s := range following {
		v := s.(*ast.ValueSpec)
		if v.Values != nil {
			return false
		}
		if !p.leaves(v) {
			return true
		}
	}
	return false
}

// mayCount reports whether a constant can be taken out of a group in which places
// make values.
func mayCount(u *unit) bool {
	v, ok := u.node.(*ast.ValueSpec)
	return ok && len(v.Names) == 1
}

// counted writes what becomes of a group of constants.
func (e *emitter) counted(d *ast.GenDecl, c *counting) {
	for _, s := range d.Specs {
		v := s.(*ast.ValueSpec)
		stand, leaves := c.stands[v]
		switch source := c.takes[v]; {
		case leaves && stand == standNothing:
			e.cutSpec(v)
		case leaves:
			e.blankOut(v, stand)
		case source != nil:
			from := source.Names[0].End()
			e.replace(v.Names[0], edit.Text(v.Names[0].Name+string(e.file.Data[e.off(from):e.off(source.End())])))
		default:
			e.valueSpec(v)
		}
	}
}

// blankOut writes what stands for a constant that goes.
func (e *emitter) blankOut(v *ast.ValueSpec, stand standIn) {
	start := v.Pos()
	if v.Doc != nil {
		start = v.Doc.Pos()
	}
	if stand == standIota {
		e.out.Replace(e.off(start), e.off(v.End()), edit.Text("_ = iota"))
	} else {
		e.out.Replace(e.off(start), e.off(v.Names[0].End()), edit.Text("_"))
	}
	if v.Comment != nil {
		e.out.Replace(e.off(v.End()), e.off(v.Comment.End()))
	}
}

// kept calls f for the expressions of constants that go, where others repeat them.
func (c *counting) kept(f func(*ast.ValueSpec)) {
	for v, stand := range c.stands {
		if stand == standBlank {
			f(v)
		}
	}
	for _, source := range c.takes {
		f(source)
	}
}

// spelled returns a constant with its type and value, as it can stand anywhere in its
// group; ok is false where that cannot be told.
func (p *planner) spelled(file *ast.File, obj types.Object) (text string, ok bool) {
	k, isConst := obj.(*types.Const)
	if !isConst {
		return "", false
	}
	value := k.Val().ExactString()
	switch k.Val().Kind() {
	case constant.String:
		value = strconv.Quote(constant.StringVal(k.Val()))
	case constant.Int, constant.Bool:
	default:
		return "", false
	}
	r := &reducer{p, p.pkgs[file], p.pkgs[file].Info}
	if b, isBasic := k.Type().(*types.Basic); isBasic && b.Info()&types.IsUntyped != 0 {
		return k.Name() + " = " + value, b.Kind() != types.UntypedRune
	}
	if n, isNamed := k.Type().(*types.Named); isNamed && n.Obj().Pkg() != p.pkgs[file].Types || !r.tellsType(k.Pos(), k.Type()) {
		return "", false
	}
	return k.Name() + " " + types.TypeString(k.Type(), types.RelativeTo(p.pkgs[file].Types)) + " = " + value, true
}

// isLastCounted reports whether no constant of a group counts from one behind n.
func isLastCounted(d *ast.GenDecl, n ast.Node) bool {
	i := slices.IndexFunc(d.Specs, func(s ast.Spec) bool { return ast.Node(s) == n })
	return i == len(d.Specs)-1
}
