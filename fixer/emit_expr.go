package fixer

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"github.com/flagdebt/flagdebt/fixer/edit"
	"github.com/flagdebt/flagdebt/internal/flow"
)

// primary is the precedence of what binds tighter than every operator.
const primary = token.HighestPrec

// resolve returns the expression that stands for x in the end, without the
// parentheses that a decision made superfluous.
func (e *emitter) resolve(x ast.Expr) ast.Expr {
	replaced := false
	for {
		if e.isLiteral(x) {
			return x
		}
		if y := e.keep[x]; y != nil {
			x, replaced = y, true
			continue
		}
		p, ok := x.(*ast.ParenExpr)
		if !ok || !replaced && !e.isReplaced(p.X) || hasLiteral(p.X) {
			return x
		}
		x, replaced = p.X, true
	}
}

// isReplaced reports whether something else stands for x, parentheses aside.
func (e *emitter) isReplaced(x ast.Expr) bool {
	for {
		if e.keep[x] != nil || e.not[x] != nil {
			return true
		}
		p, ok := x.(*ast.ParenExpr)
		if !ok {
			return false
		}
		x = p.X
	}
}

// hasLiteral reports whether x holds a composite literal, which in the head of
// a statement needs parentheses around it.
func hasLiteral(x ast.Expr) bool {
	found := false
	ast.Inspect(x, func(n ast.Node) bool {
		if _, ok := n.(*ast.CompositeLit); ok {
			found = true
		}
		return !found
	})
	return found
}

// expr edits inside x, which is an operand of an operator of precedence prec;
// 0 is none.
func (e *emitter) expr(x ast.Expr, prec int) {
	if x == nil || e.gone[x] {
		return
	}
	y := e.resolve(x)
	if v, ok := e.lit[y]; ok {
		text := e.literalAt(y, v)
		if prec > 0 && strings.HasPrefix(text, "-") {
			text = "(" + text + ")" // "x--1" is none
		}
		e.replace(x, edit.Text(text))
		return
	}
	if v, ok := e.fun[y]; ok {
		t := e.info.TypeOf(y).(*types.Signature).Results().At(0).Type()
		e.replace(x, edit.Text("func() "+e.typeText(t, x.Pos())+" { return "+e.literal(v, t, x.Pos())+" }"))
		return
	}
	if id, ok := y.(*ast.Ident); ok && e.inlined[id] != nil {
		if y != x {
			e.standFor(x, y, prec)
			return
		}
		e.writeInlined(id, e.inlined[id], prec)
		return
	}
	switch {
	case e.not[y] != nil:
		e.negate(x, e.not[y], prec)
		return
	case y != x:
		e.standFor(x, y, prec)
		return
	}
	if u, ok := x.(*ast.UnaryExpr); ok && u.Op == token.NOT && e.isReplaced(u.X) {
		e.negate(x, u.X, prec)
		return
	}
	switch x := x.(type) {
	case *ast.FuncLit:
		e.stmts(x.Body.List)
	case *ast.BinaryExpr:
		e.typed[x.X] = e.isConstant(x.Y)
		e.typed[x.Y] = e.isConstant(x.X)
		e.expr(x.X, x.Op.Precedence())
		e.expr(x.Y, x.Op.Precedence())
	case *ast.UnaryExpr:
		e.expr(x.X, token.UnaryPrec)
	case *ast.StarExpr:
		e.expr(x.X, token.UnaryPrec)
	case *ast.ParenExpr:
		e.expr(x.X, 0)
	case *ast.SelectorExpr:
		e.expr(x.X, primary)
	case *ast.CallExpr:
		e.expr(x.Fun, primary)
		e.arguments(x)
	case *ast.CompositeLit:
		e.elements(x)
	default:
		ast.Inspect(x, func(n ast.Node) bool {
			if n == nil || n == ast.Node(x) {
				return n != nil
			}
			if y, ok := n.(ast.Expr); ok {
				e.expr(y, 0)
			}
			return false
		})
	}
}

// isConstant reports whether x is a number at compile time, or becomes one.
func (e *emitter) isConstant(x ast.Expr) bool {
	_, ok := e.lit[x]
	return ok || e.info.Types[x].Value != nil
}

// literalAt returns the text of a literal in x's place.
func (e *emitter) literalAt(x ast.Expr, v flow.Value) string {
	t := e.info.TypeOf(x)
	text := e.literal(v, t, x.Pos())
	if b, ok := t.(*types.Basic); ok && e.typed[x] && b.Info()&types.IsNumeric != 0 && b.Info()&types.IsUntyped == 0 && !strings.HasSuffix(text, ")") {
		text = b.Name() + "(" + text + ")" // "3 / 2.0" is no integer
	}
	return text
}

// standFor lets y stand in x's place.
func (e *emitter) standFor(x, y ast.Expr, prec int) {
	part := edit.Keep(e.off(y.Pos()), e.off(y.End()))
	if needsParens(y, prec) {
		e.replace(x, edit.Text("("), part, edit.Text(")"))
	} else {
		e.replace(x, part)
	}
	e.expr(y, prec)
}

// needsParens reports whether y, an operand in a place of that precedence, must
// stand in parentheses.
func needsParens(y ast.Expr, prec int) bool {
	switch y := y.(type) {
	case *ast.BinaryExpr:
		own := y.Op.Precedence()
		comparison := token.EQL.Precedence() // a == (b == c) is not a == b == c
		return own < prec || own == prec && prec == comparison || prec >= token.UnaryPrec
	case *ast.UnaryExpr, *ast.StarExpr, *ast.FuncLit:
		return prec >= primary
	}
	return false
}

// negate lets the negation of y stand for x.
func (e *emitter) negate(x, y ast.Expr, prec int) {
	z := e.resolve(y)
	if w := e.not[z]; w != nil { // two negations
		e.standFor(x, e.resolve(w), prec)
		return
	}
	switch z := z.(type) {
	case *ast.UnaryExpr:
		if z.Op == token.NOT {
			e.standFor(x, e.resolve(ast.Unparen(z.X)), prec)
			return
		}
	case *ast.BinaryExpr:
		if op, ok := e.opposite(z); ok && !e.isFolded(z) {
			e.out.Replace(e.off(z.OpPos), e.off(z.OpPos)+len(z.Op.String()), edit.Text(op))
			e.standFor(x, z, prec)
			return
		}
	}
	part := edit.Keep(e.off(z.Pos()), e.off(z.End()))
	if needsParens(z, token.UnaryPrec) {
		e.replace(x, edit.Text("!("), part, edit.Text(")"))
	} else {
		e.replace(x, edit.Text("!"), part)
	}
	e.expr(z, token.UnaryPrec)
}

// opposite returns the operator of the comparison that says the contrary. "<" has
// none where a number may be none.
func (e *emitter) opposite(x *ast.BinaryExpr) (string, bool) {
	op, ok := opposites[x.Op]
	if x.Op != token.EQL && x.Op != token.NEQ {
		b, isBasic := typeOf(e.info, x.X).Underlying().(*types.Basic)
		ok = ok && isBasic && b.Info()&(types.IsInteger|types.IsString) != 0
	}
	return op, ok
}

var opposites = map[token.Token]string{
	token.EQL: "!=", token.NEQ: "==", token.LSS: ">=", token.GEQ: "<", token.GTR: "<=", token.LEQ: ">",
}

// isFolded reports whether something else than itself stands for a comparison.
func (e *emitter) isFolded(x *ast.BinaryExpr) bool {
	_, ok := e.lit[x]
	return ok || e.isReplaced(x)
}

func (e *emitter) replace(n ast.Node, parts ...edit.Part) {
	e.out.Replace(e.off(n.Pos()), e.off(n.End()), parts...)
}

// elements edits the elements of a literal, and cuts those that are gone.
func (e *emitter) elements(x *ast.CompositeLit) {
	for _, el := range x.Elts {
		if e.gone[el] {
			e.cutPart(el.Pos(), el.End())
			continue
		}
		if kv, ok := el.(*ast.KeyValueExpr); ok {
			if isMap(e.info.TypeOf(x)) {
				e.expr(kv.Key, 0)
			}
			el = kv.Value
		}
		e.expr(el, 0)
	}
	if len(e.patched[x]) > 0 {
		e.patch(x)
	}
}

// cutPart takes an element or a field away, with the comment above it where it
// has lines of its own.
func (e *emitter) cutPart(pos, end token.Pos) {
	a, b := e.text.Whole(e.off(pos), e.off(end))
	if above, _, ok := e.text.CommentAbove(e.off(pos)); ok && a == e.text.Start(e.off(pos)) {
		a = above
	}
	e.out.Replace(a, b)
}

// literal returns the text of a known value of type t.
func (e *emitter) literal(v flow.Value, t types.Type, at token.Pos) string {
	if v.IsNil() {
		return "nil"
	}
	c := v.Constant()
	text := c.ExactString()
	natural := types.Typ[types.Bool]
	switch c.Kind() {
	case constant.String:
		text, natural = strconv.Quote(constant.StringVal(c)), types.Typ[types.String]
	case constant.Int:
		natural = types.Typ[types.Int]
	case constant.Float:
		f, _ := constant.Float64Val(c)
		text, natural = strconv.FormatFloat(f, 'g', -1, 64), types.Typ[types.Float64]
		if !strings.ContainsAny(text, ".eE") {
			text += ".0"
		}
	}
	if b, ok := t.(*types.Basic); t == nil || ok && (b.Kind() == natural.Kind() || b.Info()&types.IsUntyped != 0) {
		return text
	}
	if types.IsInterface(t) {
		return "any(" + text + ")"
	}
	return e.typeText(t, at) + "(" + text + ")"
}
