package fixer

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/flagdebt/flagdebt/internal/program"
)

// This file tells by syntax alone whether a package does something for others when
// a program starts.

// startup judges what packages do when a program starts.
type startup struct {
	prog     *program.Program
	quiet    map[string]bool // what is known: by path, and by that of who starts, a blank, path, "." and function
	packages map[string]*textOfPackage
}

// textOfPackage is the syntax of a package.
type textOfPackage struct {
	*program.Linked
	files []*ast.File
	types map[string]bool
	funcs map[string]*ast.FuncDecl
	vars  map[string]bool
}

// registering holds the packages of the standard library that are of use by being
// imported, and the package through which that can be seen; "" is any program.
// Source: the init functions of Go 1.26.
var registering = map[string]string{
	"crypto/md5": "crypto", "crypto/sha1": "crypto", "crypto/sha256": "crypto", "crypto/sha3": "crypto", "crypto/sha512": "crypto",
	"expvar": "net/http", "net/http/pprof": "net/http",
	"image/gif": "image", "image/jpeg": "image", "image/png": "image",
	"time/tzdata": "",
}

// isQuietPackage reports whether a package does nothing for others when a program starts,
// as far as its syntax can tell.
func (s *startup) isQuietPackage(l *program.Linked) bool {
	if quiet, known := s.quiet[l.Path]; known {
		return quiet
	}
	if l.Standard {
		through, registers := registering[l.Path]
		return !registers || through != "" && !s.prog.Imports(through)
	}
	s.quiet[l.Path] = true // as long as it is judged
	pkg := s.read(l)
	quiet := pkg != nil && !slices.ContainsFunc(pkg.files, func(f *ast.File) bool { return !s.startsQuietly(pkg, f) })
	s.quiet[l.Path] = quiet
	return quiet
}

// read parses a package; nil where that fails, or parts of it are not Go.
func (s *startup) read(l *program.Linked) *textOfPackage {
	if pkg, ok := s.packages[l.Path]; ok {
		return pkg
	}
	s.packages[l.Path] = nil
	pkg := &textOfPackage{Linked: l, types: map[string]bool{}, funcs: map[string]*ast.FuncDecl{}, vars: map[string]bool{}}
	for _, path := range l.Files {
		if filepath.Ext(path) != ".go" {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil
		}
		pkg.files = append(pkg.files, f)
		for _, d := range f.Decls {
			pkg.declare(d)
		}
	}
	s.packages[l.Path] = pkg
	return pkg
}

func (t *textOfPackage) declare(d ast.Decl) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil && d.Name.Name != "init" {
			t.funcs[d.Name.Name] = d
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				t.types[spec.Name.Name] = true
			case *ast.ValueSpec:
				for _, n := range spec.Names {
					t.vars[n.Name] = d.Tok == token.VAR
				}
			}
		}
	}
}

// startsQuietly reports whether the init functions and the values of the package
// variables of a file do nothing for others.
func (s *startup) startsQuietly(pkg *textOfPackage, f *ast.File) bool {
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil && d.Name.Name == "init" && !s.isQuiet(pkg.Path, pkg, f, d) {
				return false
			}
		case *ast.GenDecl:
			if d.Tok == token.VAR && !s.isQuiet(pkg.Path, pkg, f, d) {
				return false
			}
		}
	}
	return !slices.ContainsFunc(f.Imports, func(spec *ast.ImportSpec) bool { return spec.Path.Value == `"C"` })
}

// isQuiet reports whether a declaration, once it is run for the package home, calls
// nothing that others can notice, and assigns to nothing of theirs.
func (s *startup) isQuiet(home string, pkg *textOfPackage, f *ast.File, d ast.Decl) bool {
	c := &startupCode{startup: s, home: home, pkg: pkg, file: f, locals: map[string]bool{}, run: map[ast.Expr]bool{}}
	ast.Inspect(d, c.findLocals)
	quiet := true
	ast.Inspect(d, func(n ast.Node) bool {
		lit, isLit := n.(*ast.FuncLit)
		quiet = quiet && c.isQuietNode(n)
		return quiet && (!isLit || c.run[lit])
	})
	return quiet
}

// startupCode is a declaration that is run when a program starts.
type startupCode struct {
	*startup
	home   string // the package that starts
	pkg    *textOfPackage
	file   *ast.File
	locals map[string]bool
	run    map[ast.Expr]bool // function literals that are called, or handed on
}

// findLocals notes the names that are declared inside.
func (c *startupCode) findLocals(n ast.Node) bool {
	note := func(x ast.Expr) {
		if id, ok := x.(*ast.Ident); ok {
			c.locals[id.Name] = true
		}
	}
	switch n := n.(type) {
	case *ast.AssignStmt:
		for _, x := range n.Lhs {
			if n.Tok == token.DEFINE {
				note(x)
			}
		}
	case *ast.RangeStmt:
		note(n.Key)
		note(n.Value)
	case *ast.DeclStmt:
		for _, spec := range n.Decl.(*ast.GenDecl).Specs {
			if v, ok := spec.(*ast.ValueSpec); ok {
				for _, id := range v.Names {
					note(id)
				}
			}
		}
	case *ast.Field:
		for _, id := range n.Names {
			note(id)
		}
	}
	return true
}

// isQuietNode reports whether a node by itself does nothing that others can notice.
func (c *startupCode) isQuietNode(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.CallExpr:
		c.run[ast.Unparen(n.Fun)] = true
		for _, x := range n.Args {
			c.run[x] = true
		}
		return c.isQuietCall(n)
	case *ast.GoStmt, *ast.SendStmt:
		return false
	case *ast.AssignStmt:
		return n.Tok == token.DEFINE || !slices.ContainsFunc(n.Lhs, c.isOfOthers)
	case *ast.IncDecStmt:
		return !c.isOfOthers(n.X)
	case *ast.UnaryExpr:
		return n.Op != token.ARROW && (n.Op != token.AND || !c.isOfOthers(n.X))
	}
	return true
}

// isOfOthers reports whether x lies in a variable of another package than the one
// that starts.
func (c *startupCode) isOfOthers(x ast.Expr) bool {
	root, ok := rootOf(x).(*ast.Ident)
	if !ok || root.Name == "_" || c.locals[root.Name] {
		return false
	}
	return c.pkg.Path != c.home || c.importOf(root) != ""
}

// isHandedOn reports whether a callee that is known by its text alone gets hold of
// what lies in another package, or is a function that it may call.
func (c *startupCode) isHandedOn(x ast.Expr) bool {
	if id, ok := x.(*ast.Ident); ok && c.pkg.funcs[id.Name] != nil {
		return !c.isQuietFunc(c.home, c.pkg, id.Name)
	}
	_, isMember := x.(*ast.SelectorExpr)
	return isMember && c.isOfOthers(x) && c.importOf(rootOf(x)) != "time"
}

// isQuietCall reports whether a call, but for its operands, does nothing that others
// can notice.
func (c *startupCode) isQuietCall(call *ast.CallExpr) bool {
	if slices.ContainsFunc(call.Args, c.isHandedOn) {
		return false
	}
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		return !c.locals[fun.Name] && c.isQuietFunc(c.home, c.pkg, fun.Name)
	case *ast.IndexExpr:
		return c.isQuietCall(&ast.CallExpr{Fun: fun.X})
	case *ast.IndexListExpr:
		return c.isQuietCall(&ast.CallExpr{Fun: fun.X})
	case *ast.SelectorExpr:
		return c.isQuietMember(fun)
	case *ast.FuncLit: // its body is looked at
		return true
	case *ast.ArrayType, *ast.MapType, *ast.FuncType, *ast.InterfaceType, *ast.ChanType, *ast.StructType: // a conversion
		return true
	}
	return false
}

// predeclared holds the functions of the language that change nothing of others, and
// its types.
var predeclared = nameSet(`append cap complex copy delete clear imag len make max min new panic real
	any bool byte complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune string
	uint uint8 uint16 uint32 uint64 uintptr`)

// isQuietFunc reports whether a name, called in its package when home starts,
// converts or does nothing that others can notice.
func (s *startup) isQuietFunc(home string, pkg *textOfPackage, name string) bool {
	if pkg.types[name] {
		return true
	}
	decl := pkg.funcs[name]
	if decl == nil {
		return predeclared[name] && !pkg.vars[name]
	}
	key := home + " " + pkg.Path + "." + name
	if quiet, known := s.quiet[key]; known {
		return quiet
	}
	s.quiet[key] = true // as long as it is judged
	s.quiet[key] = decl.Body != nil && s.isQuiet(home, pkg, pkg.fileOf(decl), decl)
	return s.quiet[key]
}

func (t *textOfPackage) fileOf(d *ast.FuncDecl) *ast.File {
	for _, f := range t.files {
		if slices.Contains(f.Decls, ast.Decl(d)) {
			return f
		}
	}
	return nil
}

// calm holds packages and functions of the standard library of which others notice
// nothing when they are called at the start.
var calm = nameSet(`bytes cmp context embed encoding/base32 encoding/base64 encoding/binary encoding/hex encoding/json encoding/xml errors
	html html/template iter maps math math/big math/bits math/cmplx net/netip net/url path path/filepath reflect regexp slices sort strconv strings
	sync sync/atomic text/template unicode unicode/utf16 unicode/utf8 unsafe
	fmt.Errorf fmt.Sprint fmt.Sprintf fmt.Sprintln io.LimitReader io.MultiReader io.MultiWriter io.NopCloser log.New math/rand.New
	math/rand.NewSource net.IPv4 net.ParseIP os.Getenv os.Getpid os.Hostname os.LookupEnv runtime.Version
	time.Date time.Duration time.FixedZone time.Month time.Now time.ParseDuration time.Unix`)

func nameSet(text string) map[string]bool {
	out := map[string]bool{}
	for _, name := range strings.Fields(text) {
		out[name] = true
	}
	return out
}

// isQuietMember reports whether what a selector names, called, converts or does
// nothing that others can notice: a function of another package, or a method of
// what a calm function has made.
func (c *startupCode) isQuietMember(sel *ast.SelectorExpr) bool {
	if call, ok := ast.Unparen(sel.X).(*ast.CallExpr); ok {
		inner, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		return ok && c.isCalm(inner)
	}
	if c.isCalm(sel) {
		return true
	}
	l := c.prog.Linked(c.pkg.Imports[c.importOf(sel.X)])
	if l == nil || l.Standard {
		return false
	}
	other := c.read(l)
	return other != nil && (other.types[sel.Sel.Name] || other.funcs[sel.Sel.Name] != nil) && c.isQuietFunc(c.home, other, sel.Sel.Name)
}

// isCalm reports whether a selector names a calm function, or a method of what one has
// made.
func (c *startupCode) isCalm(sel *ast.SelectorExpr) bool {
	if call, ok := ast.Unparen(sel.X).(*ast.CallExpr); ok {
		inner, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
		return ok && c.isCalm(inner)
	}
	path := c.importOf(sel.X)
	return calm[path] || calm[path+"."+sel.Sel.Name]
}

// rootOf returns what a chain of selectors, indices and dereferences begins with.
func rootOf(x ast.Expr) ast.Expr {
	for {
		switch y := x.(type) {
		case *ast.ParenExpr:
			x = y.X
		case *ast.SelectorExpr:
			x = y.X
		case *ast.IndexExpr:
			x = y.X
		case *ast.StarExpr:
			x = y.X
		default:
			return x
		}
	}
}

// importOf returns the import path that an identifier stands for, as far as the
// text of its file tells; "" if none.
func (c *startupCode) importOf(x ast.Expr) string {
	id, ok := x.(*ast.Ident)
	if !ok || c.locals[id.Name] {
		return ""
	}
	for _, spec := range c.file.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		if spec.Name != nil && spec.Name.Name == id.Name || spec.Name == nil && mayBeNamed(path, id.Name) {
			return path
		}
	}
	return ""
}

// mayBeNamed reports whether a package of that path may have the name: its last
// element, without a version and without what makes it a name of Go's.
func mayBeNamed(path, name string) bool {
	parts := strings.Split(path, "/")
	last := parts[len(parts)-1]
	if len(parts) > 1 && len(last) > 1 && last[0] == 'v' && strings.Trim(last[1:], "0123456789") == "" {
		last = parts[len(parts)-2]
	}
	last, _, _ = strings.Cut(last, ".v")
	return strings.Contains(strings.ReplaceAll(last, "-", ""), name) || strings.HasSuffix(last, "-"+name)
}
