package fixer

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
)

// This file takes apart the loops that have one turn left.

// collapse lets the body of each loop that is down to one turn stand for it.
func (t *tester) collapse() {
	for file := range t.touched {
		if !t.prog.IsTest(file.Pos()) {
			continue
		}
		pkg := t.pkgs[file]
		t.spellNames(pkg, file)
		ast.Inspect(file, func(n ast.Node) bool {
			if n == nil || t.gone[n] {
				return false
			}
			if s, ok := n.(*ast.RangeStmt); ok && t.hasOneTurn(pkg, s) {
				t.flat[s] = &splice{body: s.Body}
			}
			return true
		})
	}
}

// hasOneTurn reports whether a loop goes through a literal of which one element
// is left, and its body can stand alone.
func (t *tester) hasOneTurn(pkg *program.Package, s *ast.RangeStmt) bool {
	lit, ok := ast.Unparen(s.X).(*ast.CompositeLit)
	if !ok || s.Tok != token.DEFINE {
		return false
	}
	left := slices.DeleteFunc(slices.Clone(lit.Elts), func(el ast.Expr) bool { return t.gone[el] })
	if len(left) != 1 || len(left) == len(lit.Elts) || jumps(s.Body) {
		return false
	}
	for _, l := range []ast.Expr{s.Key, s.Value} {
		if id, ok := l.(*ast.Ident); ok && id.Name != "_" && t.isNamed(pkg, s.Body, pkg.Info.Defs[id]) {
			return false
		}
	}
	return true
}

// isNamed reports whether a variable is still named in a body.
func (t *tester) isNamed(pkg *program.Package, b *ast.BlockStmt, obj types.Object) bool {
	found := false
	t.walk(b, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && pkg.Info.Uses[id] == obj {
			found = true
		}
		return !found
	})
	return found
}

// jumps reports whether a break or continue in a loop's body may leave it.
func jumps(b *ast.BlockStmt) bool {
	found := false
	var look func(n ast.Node, breaks, continues bool)
	look = func(n ast.Node, breaks, continues bool) {
		ast.Inspect(n, func(c ast.Node) bool {
			switch c := c.(type) {
			case *ast.FuncLit:
				return false
			case *ast.ForStmt, *ast.RangeStmt:
				if c != n {
					look(c, false, false)
					return false
				}
			case *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
				if c != n {
					look(c, false, continues)
					return false
				}
			case *ast.BranchStmt:
				found = found || c.Label != nil || c.Tok == token.BREAK && breaks || c.Tok == token.CONTINUE && continues
			}
			return true
		})
	}
	look(b, true, true)
	return found
}

// spellNames writes the names of subtests out that are made of what the passes
// agree on.
func (t *tester) spellNames(pkg *program.Package, file *ast.File) {
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || t.gone[n] {
			return n != nil && !t.gone[n]
		}
		if !runners[calledName(call)] || len(call.Args) < 2 || !t.mentionsAssumed(pkg, call.Args[0]) {
			return true
		}
		if s, ok := flow.Text((&speller{t, pkg}).spell(call.Args[0])); ok && s != "" {
			t.lit[call.Args[0]] = flow.TextValue(s)
		} else if format, ok := call.Args[0].(*ast.CallExpr); ok {
			t.spellPart(pkg, format)
		}
		return true
	})
}

// mentionsAssumed reports whether an expression reads what is taken for granted.
func (t *tester) mentionsAssumed(pkg *program.Package, x ast.Expr) bool {
	found := false
	ast.Inspect(x, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if v, ok := pkg.Info.Uses[id].(*types.Var); ok {
				_, named := t.assumed[t.prog.IDOf(v)]
				found = found || named
			}
		}
		return !found
	})
	return found
}

// spellPart writes those operands of a call of Sprintf into its format that the
// passes agree on.
func (t *tester) spellPart(pkg *program.Package, call *ast.CallExpr) {
	s := &speller{t, pkg}
	verbs, ok := flow.Text(s.formatOf(call))
	if !ok || strings.Count(verbs, "%") != len(call.Args)-1 {
		return // a verb may take several operands, or none
	}
	var out strings.Builder
	var spelled []ast.Expr
	parts := strings.Split(verbs, "%")
	out.WriteString(parts[0])
	for i, part := range parts[1:] {
		x := call.Args[i+1]
		if !t.mentionsAssumed(pkg, x) || part == "" {
			out.WriteString("%" + part)
			continue
		}
		text, known := flow.Text(s.format("%"+part[:1], []ast.Expr{x}))
		if !known || strings.ContainsRune(text, '%') {
			return
		}
		out.WriteString(text + part[1:])
		spelled = append(spelled, x)
	}
	if len(spelled) == 0 {
		return
	}
	t.lit[call.Args[0]] = flow.TextValue(out.String())
	for _, x := range spelled {
		t.gone[x] = true
	}
}

// formatOf returns the format that a call of Sprintf takes; nil where the call is
// none, or the format is not known.
func (s *speller) formatOf(call *ast.CallExpr) flow.Value {
	if of := packageOf(s.pkg.Info, call); of == nil || of.Path() != "fmt" || calledName(call) != "Sprintf" || len(call.Args) == 0 || call.Ellipsis.IsValid() {
		return nil
	}
	return s.spell(call.Args[0])
}

// speller computes the names of subtests.
type speller struct {
	*tester
	pkg *program.Package
}

// spell returns the text that x is; nil where it is not known.
func (s *speller) spell(x ast.Expr) flow.Value {
	x = ast.Unparen(x)
	if v := s.with.Value(s.pkg, x); v.IsKnown() {
		return v
	}
	switch x := x.(type) {
	case *ast.BinaryExpr:
		if x.Op == token.ADD {
			return flow.Operation("+", s.spell(x.X), s.spell(x.Y))
		}
	case *ast.CallExpr:
		of := packageOf(s.pkg.Info, x)
		switch {
		case of == nil:
		case of.Path() == "strconv" && calledName(x) == "FormatBool":
			return s.format("%t", x.Args)
		default:
			if verbs, ok := flow.Text(s.formatOf(x)); ok {
				return s.format(verbs, x.Args[1:])
			}
		}
	}
	return nil
}

// format returns what Sprintf makes of booleans and texts; nil where a verb asks
// for more.
func (s *speller) format(verbs string, args []ast.Expr) flow.Value {
	var out strings.Builder
	for i := 0; i < len(verbs); i++ {
		if verbs[i] != '%' {
			out.WriteByte(verbs[i])
			continue
		}
		if i++; i == len(verbs) || len(args) == 0 {
			return nil
		}
		v := s.spell(args[0])
		c := v.Constant()
		args = args[1:]
		switch {
		case c == nil:
			return nil
		case c.Kind() == constant.Bool && (verbs[i] == 't' || verbs[i] == 'v'):
			out.WriteString(c.ExactString())
		case c.Kind() == constant.String && (verbs[i] == 's' || verbs[i] == 'v'):
			out.WriteString(constant.StringVal(c))
		default:
			return nil
		}
	}
	if len(args) > 0 {
		return nil
	}
	return flow.TextValue(out.String())
}
