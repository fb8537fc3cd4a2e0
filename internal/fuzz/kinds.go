package fuzz

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"

	"github.com/flagdebt/flagdebt/internal/fuzz/rewritetest"
)

// AllKinds are the kinds of statement and expression that Go has.
var AllKinds = []string{
	"AssignStmt", "BlockStmt", "BranchStmt break", "BranchStmt continue", "BranchStmt fallthrough", "BranchStmt goto", "CaseClause", "CommClause",
	"DeclStmt const", "DeclStmt type", "DeclStmt var", "DeferStmt", "EmptyStmt", "ExprStmt", "ForStmt", "GoStmt", "IfStmt", "IncDecStmt",
	"LabeledStmt", "RangeStmt", "ReturnStmt", "SelectStmt", "SendStmt", "SwitchStmt", "TypeSwitchStmt",
	"ArrayType", "BasicLit", "BinaryExpr", "CallExpr", "ChanType", "CompositeLit", "Ellipsis", "FuncLit", "FuncType", "Ident", "IndexExpr",
	"IndexListExpr", "InterfaceType", "KeyValueExpr", "MapType", "ParenExpr", "SelectorExpr", "SliceExpr", "StarExpr", "StructType",
	"TypeAssertExpr", "UnaryExpr",
	"if init", "if else if", "switch init", "switch tag", "switch no tag", "type switch init", "for cond", "for ever", "range nothing", "range =", "range :=",
	"assign several", "assign := several", "assign call", "call ...", "IncDec ++", "IncDec --",
	"assign =", "assign :=", "assign +=", "assign -=", "assign *=", "assign /=", "assign %=", "assign &=", "assign |=", "assign ^=", "assign <<=",
	"assign >>=", "assign &^=",
	"op +", "op -", "op *", "op /", "op %", "op &", "op |", "op ^", "op <<", "op >>", "op &^", "op &&", "op ||", "op ==", "op !=", "op <", "op <=", "op >",
	"unary !", "unary +", "unary -", "unary &", "unary <-",
}

// Kinds counts the kinds of statement and expression of a case.
func Kinds(c *rewritetest.Case, count map[string]int) {
	for name, text := range c.Files {
		if f, err := parser.ParseFile(token.NewFileSet(), name, text, 0); err == nil {
			ast.Inspect(f, func(n ast.Node) bool {
				for _, k := range kindsOf(n) {
					count[k]++
				}
				return true
			})
		}
	}
}

// kindsOf returns the words for a node: a flat switch.
func kindsOf(n ast.Node) []string {
	if n == nil {
		return nil
	}
	kind := strings.TrimPrefix(fmt.Sprintf("%T", n), "*ast.")
	out := []string{kind}
	add := func(is bool, word string) {
		if is {
			out = append(out, word)
		}
	}
	switch n := n.(type) {
	case *ast.BranchStmt:
		return []string{kind + " " + n.Tok.String()}
	case *ast.DeclStmt:
		return []string{kind + " " + n.Decl.(*ast.GenDecl).Tok.String()}
	case *ast.IfStmt:
		_, chain := n.Else.(*ast.IfStmt)
		add(n.Init != nil, "if init")
		add(chain, "if else if")
	case *ast.SwitchStmt:
		add(n.Init != nil, "switch init")
		add(n.Tag != nil, "switch tag")
		add(n.Tag == nil, "switch no tag")
	case *ast.TypeSwitchStmt:
		add(n.Init != nil, "type switch init")
	case *ast.ForStmt:
		add(n.Cond != nil, "for cond")
		add(n.Cond == nil, "for ever")
	case *ast.RangeStmt:
		add(n.Tok == token.ILLEGAL, "range nothing")
		add(n.Tok != token.ILLEGAL, "range "+n.Tok.String())
	case *ast.AssignStmt:
		add(true, "assign "+n.Tok.String())
		add(len(n.Lhs) > 1 && n.Tok == token.ASSIGN, "assign several")
		add(len(n.Lhs) > 1 && n.Tok == token.DEFINE, "assign := several")
		add(len(n.Lhs) > len(n.Rhs), "assign call")
	case *ast.IncDecStmt:
		add(true, "IncDec "+n.Tok.String())
	case *ast.CallExpr:
		add(n.Ellipsis.IsValid(), "call ...")
	case *ast.BinaryExpr:
		add(true, "op "+n.Op.String())
	case *ast.UnaryExpr:
		add(true, "unary "+n.Op.String())
	}
	return out
}
