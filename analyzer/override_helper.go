package analyzer

import (
	"go/ast"

	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
)

// This file follows the helpers of tests that are told which flag to set:
//
//	func setGate(t *testing.T, gate *featuregate.Gate, on bool)

// setter is what a helper sets, in terms of its parameters.
type setter struct {
	row        *row
	key, value flow.Value
}

// maxHelpers bounds how many helpers may stand between a test and what sets.
const maxHelpers = 4

// helpers returns what the functions of the program set whose keys are
// parameters.
func (f *Found) helpers() map[*flow.Function][]setter {
	if f.setters != nil {
		return f.setters
	}
	f.setters = map[*flow.Function][]setter{}
	for range maxHelpers {
		next := map[*flow.Function][]setter{}
		for _, fn := range f.Engine.Functions() {
			if fn.Obj == nil || fn.Body == nil {
				continue
			}
			ast.Inspect(fn.Body, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok {
					next[fn] = append(next[fn], f.sets(fn.Pkg, call)...)
				}
				_, isLit := n.(*ast.FuncLit)
				return !isLit
			})
			if len(next[fn]) == 0 {
				delete(next, fn)
			}
		}
		done := len(next) == len(f.setters)
		f.setters = next
		if done {
			break
		}
	}
	return f.setters
}

// sets returns what a call sets whose key is a parameter of the function around
// it.
func (f *Found) sets(pkg *program.Package, call *ast.CallExpr) []setter {
	var out []setter
	for _, v := range f.overridesOf(pkg, nil, call, nil) {
		if v.Key != "" || v.Reset || v.Lets || v.Entry != nil {
			continue
		}
		if v.Helper != nil {
			for _, s := range f.setters[v.Helper] {
				out = append(out, s.at(f, pkg, call, v.Helper))
			}
			continue
		}
		if r := v.row; r.key.Arg < len(call.Args) && !r.key.MapKeys && !r.key.Fields {
			value := flow.Value(nil)
			if v.X != nil {
				value = f.Engine.Value(pkg, v.X)
			}
			out = append(out, setter{r, f.overrideKey(pkg, r, call.Args[r.key.Arg]), value})
		}
	}
	kept := out[:0]
	for _, s := range out {
		if flow.ForwardedKey(s.key) {
			kept = append(kept, s)
		}
	}
	return kept
}

// at returns what a helper sets where a call calls it.
func (s setter) at(f *Found, pkg *program.Package, call *ast.CallExpr, fn *flow.Function) setter {
	args := f.Engine.Args(pkg, call, fn)
	return setter{s.row, flow.ObjectKey(flow.Substitute(s.key, args)), flow.Substitute(s.value, args)}
}

// throughHelper returns the flags that a call of a helper sets.
func (f *Found) throughHelper(pkg *program.Package, file *program.File, call *ast.CallExpr) []Override {
	if len(f.setters) == 0 {
		return nil
	}
	fn := callee(pkg.Info, call)
	if fn == nil {
		return nil
	}
	helper := f.Engine.FunctionOf(fn)
	var out []Override
	for _, s := range f.setters[helper] {
		at := s.at(f, pkg, call, helper)
		v := Override{Pkg: pkg, File: file, Call: call, Source: s.row.provider.ID, Value: valueOf(at.value), Helper: helper, row: s.row}
		if i, ok := flow.ParamIndex(s.value); ok {
			v.X = flow.Arg(helper, call, i)
		}
		if key, ok := flow.Text(at.key); ok {
			v.Key, _ = s.row.rename(key)
		} else if i, ok := flow.ParamIndex(s.key); ok {
			v.KeyX = flow.Arg(helper, call, i)
		}
		out = append(out, v)
	}
	return out
}
