package flow

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/flagdebt/flagdebt/internal/program"
)

// TestValues plays testdata/*.go, which say what the engine knows:
//
//	is(x)       // a | true     what x is with the flags unknown, and with them at their winners
//	here()      // yes | no     whether the call is reached
//	effects(x)  // yes | no     whether evaluating x does anything besides
//
// One word stands for both. The flags of package flag are at a=true, b=false,
// v=red, n=3, o=010, r=0.1. Values are constants, "?" for unknown, "-" for what is never
// evaluated, "a" for the flag of that key, "(op x y)" for what is made of them.
// A function whose documentation ends with "Summary: ..." has this one in a
// symbolic run, in which $0 is the first parameter, or the receiver.
func TestValues(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		t.Run(strings.TrimSuffix(filepath.Base(file), ".go"), func(t *testing.T) {
			t.Parallel()
			w := load(t, file)
			w.checkCalls(t)
			w.checkSummaries(t)
		})
	}
}

// world is a package under test, analysed in all ways.
type world struct {
	prog                 *program.Program
	pkg                  *program.Package
	symbolic, base, with *Engine
}

// load analyses the package of a file, and of the test file beside it.
func load(t *testing.T, file string) *world {
	t.Helper()
	imp := &memory{fset: token.NewFileSet(), pkgs: map[string]*types.Package{}}
	texts := map[string]string{}
	for _, name := range []string{file, strings.TrimSuffix(file, ".go") + "_test.go"} {
		data, err := os.ReadFile(name)
		if err != nil && name == file {
			t.Fatal(err)
		}
		if err == nil {
			texts[name] = string(data)
		}
	}
	pkg, files, info, err := imp.check("example.com/m/spec", texts)
	if err != nil {
		t.Fatal(err)
	}
	prog := program.Single("testdata", imp.fset, files, pkg, info)
	w := &world{prog: prog, pkg: prog.Packages[0]}
	w.symbolic = Run(prog, prog.Packages, oracle{}, Mode{Symbolic: true, NoErrors: true}, nil)
	w.base = w.symbolic.Again(oracle{}, Mode{})
	w.with = w.symbolic.Again(oracle{"a": "true", "b": "false", "v": "red", "n": "3", "r": "0.1", "o": "010"}, Mode{})
	return w
}

// checkCalls compares what the calls of is, here and effects want.
func (w *world) checkCalls(t *testing.T) {
	t.Helper()
	for _, f := range w.pkg.Files {
		want := commentsByLine(w.prog.Fset, f.Syntax)
		ast.Inspect(f.Syntax, func(n ast.Node) bool {
			stmt, ok := n.(*ast.ExprStmt)
			if !ok {
				return true
			}
			call, name := named(stmt.X)
			var say func(*Engine) string
			switch name {
			case "is":
				say = func(e *Engine) string { return show(e.Value(w.pkg, call.Args[0]), reached(e, stmt)) }
			case "here":
				say = func(e *Engine) string { return yesNo(reached(e, stmt)) }
			case "effects":
				say = func(e *Engine) string { return yesNo(e.HasEffects(w.pkg, call.Args[0])) }
			default:
				return true
			}
			line := w.prog.Fset.Position(stmt.Pos()).Line
			got := say(w.base)
			if with := say(w.with); with != got {
				got += " | " + with
			}
			if got != want[line] {
				t.Errorf("%s:%d: %s\n\tgot  %s\n\twant %s", w.prog.Fset.Position(stmt.Pos()).Filename, line, types.ExprString(stmt.X), got, want[line])
			}
			return true
		})
	}
}

func (w *world) checkSummaries(t *testing.T) {
	t.Helper()
	for _, f := range w.symbolic.Functions() {
		d, ok := f.Node.(*ast.FuncDecl)
		if !ok || d.Doc == nil {
			continue
		}
		_, want, ok := strings.Cut(strings.TrimSpace(d.Doc.Text()), "Summary: ")
		if got := show(w.symbolic.Results(f), true); ok && got != want {
			t.Errorf("%s: summary\n\tgot  %s\n\twant %s", d.Name.Name, got, want)
		}
	}
}

func reached(e *Engine, s ast.Stmt) bool { return e.At(s).Reached[s] }

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func named(x ast.Expr) (*ast.CallExpr, string) {
	call, ok := x.(*ast.CallExpr)
	if !ok {
		return nil, ""
	}
	id, _ := call.Fun.(*ast.Ident)
	if id == nil {
		return nil, ""
	}
	return call, id.Name
}

func commentsByLine(fset *token.FileSet, f *ast.File) map[int]string {
	out := map[int]string{}
	for _, g := range f.Comments {
		out[fset.Position(g.Pos()).Line] = strings.TrimSpace(g.Text())
	}
	return out
}

// show writes a value as the tests spell it.
func show(v Value, reached bool) string {
	if v == nil {
		if !reached {
			return "-"
		}
		return "?"
	}
	switch v.kind {
	case kConst:
		return v.c.ExactString()
	case kSoft:
		return "~" + v.c.ExactString()
	case kNil:
		return "nil"
	case kParam:
		return fmt.Sprint("$", v.i)
	case kFlag:
		return strings.Trim(show(v.args[0], true), `"`)
	case kObject:
		return "object of " + strings.Trim(show(v.args[0], true), `"`)
	case kFunc:
		return "func"
	case kOp, kTuple:
		parts := []string{v.op}
		for _, a := range v.args {
			parts = append(parts, show(a, true))
		}
		return "(" + strings.TrimSpace(strings.Join(parts, " ")) + ")"
	}
	return "?"
}

// memory imports packages that stand in this file alone.
type memory struct {
	fset *token.FileSet
	pkgs map[string]*types.Package
}

func (m *memory) Import(path string) (*types.Package, error) {
	switch {
	case path == "unsafe":
		return types.Unsafe, nil
	case m.pkgs[path] != nil:
		return m.pkgs[path], nil
	case stubs[path] == "":
		return nil, fmt.Errorf("no package %s", path)
	}
	pkg, _, _, err := m.check(path, map[string]string{"/stubs/" + path + ".go": stubs[path]})
	m.pkgs[path] = pkg
	return pkg, err
}

// check types a package of these files.
func (m *memory) check(path string, texts map[string]string) (*types.Package, []*ast.File, *types.Info, error) {
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{}, Scopes: map[ast.Node]*types.Scope{},
		Instances: map[*ast.Ident]types.Instance{},
	}
	var files []*ast.File
	for _, file := range slices.Sorted(maps.Keys(texts)) {
		f, err := parser.ParseFile(m.fset, file, texts[file], parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, nil, nil, err
		}
		files = append(files, f)
	}
	pkg, err := (&types.Config{Importer: m}).Check(path, m.fset, files, info)
	return pkg, files, info, err
}

// stubs are the packages outside of the universe.
var stubs = map[string]string{
	"flag": `package flag
type Details struct { Value, Off bool; Reason string }
func (d Details) GetValue() bool
type Request struct { Key, User string }
type Flag struct { key string }
type Client struct { Name string }
type Level int32
type Settings struct { A, B bool }
var Now Settings
var Table map[string]bool
func On(key string) bool
func Variant(key string) string
func Int(key string) int
func Num(key string) int8
func Ratio(key string) float64
func Any(key string) any
func Custom(key string) Level
func Struct(key string) Details
func Try(key string) (bool, error)
func Lookup(key string) (string, bool)
func Get(key string) (Details, error)
func All() map[string]bool
func Getter(key string) func(user string) bool
func Pointer(key string) *bool
func Whole(key string) *Details
func With(r *Request) bool
func Each(keys ...string) []bool
func (f *Flag) Part(name string) bool
func New(key string) *Flag
func For(user string) string
func (f *Flag) Enabled() bool
func (c *Client) Bool(key string, fallback bool) bool
type Asker interface { Bool(key string, fallback bool) bool }
`,
	"strconv": `package strconv
const IntSize = 64
func ParseBool(s string) (bool, error)
func Atoi(s string) (int, error)
func Itoa(n int) string
`,
	"strings": `package strings
func ToLower(s string) string
func ToUpper(s string) string
func TrimSpace(s string) string
func EqualFold(s, t string) bool
func HasPrefix(s, t string) bool
func Contains(s, t string) bool
`,
	"os": `package os
const PathSeparator = '/'
func Exit(code int)
func Getenv(key string) string
`,
	"log": `package log
func Fatal(v ...any)
func Println(v ...any)
`,
	"runtime": `package runtime
const GOOS = "linux"
const GOARCH = "amd64"
`,
	"syscall": `package syscall
const O_RDONLY = 0
`,
	"encoding/json": `package json
func Unmarshal(data []byte, v any) error
`,
	"fmt": `package fmt
func Println(v ...any)
func Sscan(s string, v ...any)
`,
	"sync": `package sync
type Mutex struct{ n int }
func (m *Mutex) Lock()
func (m *Mutex) Unlock()
`,
	"example.com/lib": `package lib
type T struct{ x int }
func (t *T) Finish()
func (t *T) Close()
func Make[V any]() V { panic(0) }
type Box struct{ V any }
func Take(v any)
const Limit = 3
`,
	"text/template": `package template
func Parse(s string) string
`,
}

// oracle asks package flag; what it maps are the winners.
type oracle map[string]string

func (o oracle) Winner(_, key string) (string, bool) {
	v, ok := o[key]
	return v, ok
}

func (o oracle) Pure(fn *types.Func) bool { return fn.FullName() == "flag.For" }

func (o oracle) Asks(fn *types.Func) bool {
	return fn.Pkg() != nil && fn.Pkg().Path() == "flag" && fn.Name() != "For" && fn.Name() != "GetValue"
}

func (o oracle) KeepsKey(field string) bool { return field == "Key" }

func (o oracle) AskThrough(_ *program.Package, call *ast.CallExpr, fn *types.Func) *Ask {
	return o.askOf(fn, call.Args, nil)
}

func (o oracle) Ask(pkg *program.Package, x ast.Expr) *Ask {
	switch x := x.(type) {
	case *ast.CallExpr:
		fn := calleeFunc(pkg.Info, x)
		if fn == nil || !o.Asks(fn) {
			return nil
		}
		var recv ast.Expr
		if sel, ok := ast.Unparen(x.Fun).(*ast.SelectorExpr); ok {
			recv = sel.X
		}
		return o.askOf(fn, x.Args, recv)
	case *ast.SelectorExpr: // flag.Now.A
		if v, ok := pkg.Info.Uses[x.Sel].(*types.Var); ok && v.IsField() && v.Pkg().Path() == "flag" && len(v.Name()) == 1 {
			return &Ask{Source: "flag", Key: strings.ToLower(v.Name()), Results: 1, Err: -1, Present: -1}
		}
	case *ast.IndexExpr: // flag.Table["a"]
		if sel, ok := x.X.(*ast.SelectorExpr); ok && sel.Sel.Name == "Table" {
			return &Ask{Source: "flag", KeyExpr: x.Index, Results: 1, Err: -1, Present: -1}
		}
	}
	return nil
}

func (o oracle) askOf(fn *types.Func, args []ast.Expr, recv ast.Expr) *Ask {
	a := &Ask{Source: "flag", Ref: fn.Name(), Results: fn.Signature().Results().Len(), Err: -1, Present: -1, Loose: fn.Name() == "Variant", Rename: rename}
	if len(args) > 0 {
		a.KeyExpr = args[0]
	}
	switch fn.Name() {
	case "Try":
		a.Err = 1
	case "Lookup":
		a.Present = 1
	case "Get":
		a.Fields, a.Not, a.Err = []string{"Value", "GetValue"}, []string{"Off"}, 1
	case "Struct":
		a.Fields = []string{"Missing"}
	case "Getter":
		a.Carrier = CarrierGetter
	case "Pointer":
		a.Carrier = CarrierPointer
	case "Whole":
		a.Carrier = CarrierOpaque
	case "With":
		a.KeyField = "Key"
	case "Each":
		a.KeyExpr, a.KeyElems = nil, args
	case "Part":
		a.Object, a.KeyExpr, a.Param = true, recv, args[0]
	case "New":
		a.Declare = true
	case "Enabled":
		a.Object, a.KeyExpr = true, recv
	}
	return a
}

// rename knows "not-a-flag" to be none, and "old-a" by another name.
func rename(key string) (string, bool) {
	if key == "old-a" {
		return "a", true
	}
	return key, key != "not-a-flag"
}
