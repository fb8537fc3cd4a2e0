package fixer

import (
	"go/ast"
	"go/types"
	"strings"
)

// This file knows the words of test frameworks: what runs a function as a pass of
// its own, what prepares passes, and what cleans up behind them.

// isTest reports whether a function is run as a test.
func isTest(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return isTestName(d.Name.Name)
	}
	return len(d.Name.Name) > 4 && d.Name.Name[:4] == "Test" && d.Type.Params.NumFields() == 0 // of a suite
}

// runners are the functions of test frameworks that run a function literal as a
// pass of its own.
var runners = map[string]bool{
	"Run": true, "It": true, "Specify": true, "Describe": true, "Context": true, "When": true, "Entry": true, "Test": true,
	"FIt": true, "PIt": true, "XIt": true, "FDescribe": true, "FContext": true, "Convey": true,
}

// passOf returns the statement that runs the function literal which a path
// begins with as a pass: t.Run(name, func...), or var _ = Describe(name, func...);
// nil where there is none.
func passOf(path []ast.Node) ast.Node {
	if len(path) < 3 {
		return nil
	}
	call, ok := path[1].(*ast.CallExpr)
	if !ok || !runners[calledName(call)] || call.Fun == path[0] {
		return nil
	}
	switch n := path[2].(type) {
	case *ast.ExprStmt:
		return n
	case *ast.ValueSpec:
		if len(n.Values) == 1 && isBlank(n.Names) {
			return n
		}
	}
	return nil
}

// isHook reports whether a call registers what a test framework runs before
// tests.
func isHook(call *ast.CallExpr) bool {
	switch calledName(call) {
	case "BeforeEach", "BeforeAll", "BeforeSuite", "JustBeforeEach":
		return true
	}
	return false
}

// hooked returns the path from the block whose passes a hook prepares, where the
// function literal that a path begins with is one: BeforeEach(func...).
func hooked(path []ast.Node) []ast.Node {
	if len(path) < 5 {
		return nil
	}
	call, ok := path[1].(*ast.CallExpr)
	if !ok || !isHook(call) {
		return nil
	}
	if _, ok := path[3].(*ast.BlockStmt); !ok {
		return nil
	}
	return path[3:]
}

// isStep reports whether a call runs a function literal at once, as a step of the
// pass around it: By(name, func...).
func isStep(call *ast.CallExpr) bool { return calledName(call) == "By" && len(call.Args) == 2 }

// stepped returns the path from the statement that runs the function literal which a
// path begins with as a step; nil where there is none.
func stepped(path []ast.Node) []ast.Node {
	if len(path) < 4 {
		return nil
	}
	call, ok := path[1].(*ast.CallExpr)
	if _, isStmt := path[2].(*ast.ExprStmt); !ok || !isStmt || !isStep(call) || call.Fun == path[0] {
		return nil
	}
	return path[2:]
}

// isSuiteHook reports whether a method is one that a suite calls, if it is there,
// around its tests.
func isSuiteHook(fn *ast.FuncDecl) bool {
	switch fn.Name.Name {
	case "SetupSuite", "SetupTest", "SetupSubTest", "TearDownSuite", "TearDownTest", "TearDownSubTest", "SetUpSuite", "SetUpTest":
		return fn.Recv != nil && fn.Type.Params.NumFields() == 0
	}
	return false
}

// isCleanupCall reports whether a call registers what runs when a test is over.
func isCleanupCall(call *ast.CallExpr) bool {
	switch name := calledName(call); name {
	case "Cleanup", "DeferCleanup", "AfterEach", "AfterAll", "AfterSuite", "AddCleanup":
		return true
	}
	return false
}

// isAssertion reports whether a function without a test among its parameters
// asserts: the methods of assertion objects, and matchers.
func isAssertion(fn *types.Func) bool {
	switch fn.Pkg().Name() {
	case "assert", "require", "gomega", "check", "is", "qt", "suite", "convey":
		return true
	}
	return false
}

// isMatcher reports whether t is what an assertion continues with, as in
// Expect(x).To(Equal(y)).
func isMatcher(t types.Type) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	n, ok := types.Unalias(t).(*types.Named)
	return ok && strings.HasSuffix(n.Obj().Name(), "Assertion")
}

// takesTest reports whether a function takes the test that runs: a *testing.T,
// or an interface that stands for one.
func takesTest(sig *types.Signature) bool {
	for v := range sig.Params().Variables() {
		if isTestingType(v.Type()) {
			return true
		}
	}
	return false
}

// isTestingType reports whether t is a test that runs: *testing.T and the like,
// or an interface with Errorf.
func isTestingType(t types.Type) bool {
	if i, ok := t.Underlying().(*types.Interface); ok {
		for m := range i.Methods() {
			if m.Name() == "Errorf" || m.Name() == "Fatalf" {
				return true
			}
		}
		return false
	}
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "testing"
}
