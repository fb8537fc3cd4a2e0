package analyzer

// This file derives a provider's row from the signature of a function: where a call
// most likely keeps the key, the default and the value.

import (
	"context"
	"fmt"
	"go/types"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/flagdebt/flagdebt/internal/program"
)

// Derived is a row that a signature suggests.
type Derived struct {
	Text string   // the provider, as YAML
	Says []string // what the row says, in words
}

// Derive suggests a row for the function or method that a text names:
// "example.com/app/flags.On", "example.com/app/flags.(*Client).On".
func (d *Driver) Derive(ctx context.Context, name string) (*Derived, error) {
	pkg, recv, method, ok := splitFunc(name)
	if !ok {
		return nil, fmt.Errorf("%q names no function: write it as example.com/app/flags.On or example.com/app/flags.(*Client).On", name)
	}
	typed, err := d.typesOf(ctx, pkg)
	if err != nil {
		return nil, err
	}
	fn, err := lookupFunc(typed, recv, method)
	if err != nil {
		return nil, err
	}
	return derive(fn, recv), nil
}

// funcForms are the ways of naming a function that people use.
var funcForms = []*regexp.Regexp{
	regexp.MustCompile(`^(?P<pkg>.+)\.\(\*?(?P<recv>\w+)\)\.(?P<name>\w+)$`),
	regexp.MustCompile(`^\(\*?(?P<pkg>.+)\.(?P<recv>\w+)\)\.(?P<name>\w+)$`),
	regexp.MustCompile(`^(?P<pkg>(?:.*/)?[^/.]+)\.(?P<recv>\w+)\.(?P<name>\w+)$`),
	regexp.MustCompile(`^(?P<pkg>.+)\.(?P<recv>)(?P<name>\w+)$`),
}

// splitFunc reads the name of a function.
func splitFunc(s string) (pkg, recv, name string, ok bool) {
	for _, form := range funcForms {
		if m := form.FindStringSubmatch(s); m != nil {
			return m[form.SubexpIndex("pkg")], m[form.SubexpIndex("recv")], m[form.SubexpIndex("name")], true
		}
	}
	return "", "", "", false
}

// typesOf returns a package of the universe, or one that it imports.
func (d *Driver) typesOf(ctx context.Context, path string) (*types.Package, error) {
	repo, err := program.Scan(d.Root, d.Base)
	if err != nil {
		return nil, err
	}
	var dirs []*program.Dir
	for _, dir := range repo.Dirs {
		if dir.ImportPath == path {
			dirs = append(dirs, dir)
		}
	}
	if dirs = append(dirs, repo.Direct(path)...); len(dirs) == 0 {
		return nil, fmt.Errorf("no package %q: the repository neither has nor imports it", path)
	}
	prog, err := program.Load(ctx, repo, dirs[:1], d.builds())
	if err != nil {
		return nil, err
	}
	for _, pkg := range prog.Packages {
		for _, p := range append([]*types.Package{pkg.Types}, pkg.Types.Imports()...) {
			if p.Path() == path {
				return p, nil
			}
		}
	}
	return nil, fmt.Errorf("package %q could not be typed: \"flagdebt check\" says why", path)
}

// lookupFunc returns a function of pkg, or a method of one of its types.
func lookupFunc(pkg *types.Package, recv, name string) (*types.Func, error) {
	obj := pkg.Scope().Lookup(name)
	what := name
	if recv != "" {
		what = recv + "." + name
		obj = nil
		if t, ok := pkg.Scope().Lookup(recv).(*types.TypeName); ok {
			obj, _, _ = types.LookupFieldOrMethod(t.Type(), true, pkg, name)
		}
	}
	if fn, ok := obj.(*types.Func); ok {
		return fn, nil
	}
	return nil, fmt.Errorf("package %q has no function %s", pkg.Path(), what)
}

// derive suggests the row of fn. Its type is that which declares it: that of an
// embedded struct or interface where recv only inherits it.
func derive(fn *types.Func, recv string) *Derived {
	out := &Derived{}
	var parts []string
	if recv != "" {
		parts = append(parts, "recv: "+receiverName(fn))
	}
	parts = append(parts, "names: ["+fn.Name()+"]")
	sig := fn.Signature()
	key, at := deriveKey(fn)
	parts = append(parts, "key: "+key.text)
	out.say("the key is %s", key.says)
	value, result, says := deriveResult(sig)
	if at >= 0 && value != nil {
		if n := deriveDefault(sig, at, value); n >= 0 {
			parts = append(parts, fmt.Sprintf("default: %d", n))
			out.say("the default is %s", argument(sig, n))
		} else {
			out.say("no argument is a default")
		}
	}
	if result != "" {
		parts = append(parts, "result: "+result)
	}
	out.say("%s", says)
	out.Text = fmt.Sprintf("providers:\n  - id: %s\n    packages: [%s]\n    sites:\n      - {%s}\n", path.Base(fn.Pkg().Path()), fn.Pkg().Path(), strings.Join(parts, ", "))
	return out
}

func (d *Derived) say(format string, args ...any) {
	d.Says = append(d.Says, fmt.Sprintf(format, args...))
}

// argument words the argument i of a call.
func argument(sig *types.Signature, i int) string {
	p := sig.Params().At(i)
	return strings.TrimSpace(fmt.Sprintf("argument %d, %s %s", i, p.Name(), types.TypeString(p.Type(), (*types.Package).Name)))
}

// place is where a key stands: as YAML, and in words.
type place struct{ text, says string }

// The names that keys, and what are none, commonly have.
var (
	keyNames     = regexp.MustCompile(`(?i)^(.*key|.*flag|flag_?(name|id)|.*feature|feature_?(name|id)|.*gate|.*toggle|experiment|name|id)$`)
	defaultNames = regexp.MustCompile(`(?i)def|fallback`)
	userNames    = regexp.MustCompile(`(?i)user|subject|entity|account|tenant|distinct|default|fallback`)
)

// deriveKey says where a call of fn keeps the key; at is the argument, -1 where it
// is none.
func deriveKey(fn *types.Func) (key place, at int) {
	sig := fn.Signature()
	best, rank := -1, 0
	for i := range sig.Params().Len() {
		if r := keyRank(sig, i); r > rank {
			best, rank = i, r
		}
	}
	if best < 0 {
		if recv := sig.Recv(); recv != nil {
			if b, ok := recv.Type().Underlying().(*types.Basic); ok && b.Info()&(types.IsInteger|types.IsString) != 0 {
				return place{"{recv: true, const: true}", "the name of the constant that the method is called on"}, -1
			}
		}
		return place{"name", "the name of the function, since no argument looks like one"}, -1
	}
	says := argument(sig, best)
	switch t := sig.Params().At(best).Type(); {
	case isTexts(t):
		return place{fmt.Sprintf("{arg: %d, elems: true}", best), "each element of " + says}, best
	case keyField(t) != "":
		return place{fmt.Sprintf("{arg: %d, field: %s}", best, keyField(t)), fmt.Sprintf("field %s of %s", keyField(t), says)}, best
	}
	return place{fmt.Sprint(best), says}, best
}

// keyRank says how much a parameter looks like a key: 0 is not at all.
func keyRank(sig *types.Signature, i int) int {
	p := sig.Params().At(i)
	b, isBasic := p.Type().Underlying().(*types.Basic)
	switch _, isNamed := types.Unalias(p.Type()).(*types.Named); {
	case isBasic && b.Info()&types.IsString != 0 && isNamed:
		return 5
	case isBasic && b.Info()&types.IsString != 0 && keyNames.MatchString(p.Name()) && !userNames.MatchString(p.Name()):
		return 4
	case keyField(p.Type()) != "":
		return 3
	case isBasic && b.Info()&types.IsString != 0 && !userNames.MatchString(p.Name()):
		return 2
	case isTexts(p.Type()):
		return 1
	}
	return 0
}

// isTexts reports whether t is a slice of texts.
func isTexts(t types.Type) bool {
	s, ok := t.Underlying().(*types.Slice)
	if !ok {
		return false
	}
	b, ok := s.Elem().Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}

// flagTypes is what the types of flags are commonly called.
var flagTypes = regexp.MustCompile(`(?i)flag|feature|toggle|gate|experiment`)

// keyField returns the field of a struct, or of what a pointer to one points to, that
// looks like a key; "" is none. A name, or an ID, is one of what is called a flag.
func keyField(t types.Type) string {
	isText := func(t types.Type) bool {
		b, ok := t.Underlying().(*types.Basic)
		return ok && b.Info()&types.IsString != 0
	}
	names := []string{"FlagKey", "FeatureKey", "Key", "Flag", "FlagName", "Feature", "flagKey", "featureKey", "key", "flag", "flagName", "feature"}
	if flagTypes.MatchString(typeName(t)) {
		names = append(names, "Name", "name", "ID", "id")
	}
	return memberOf(t, names, isText)
}

// memberOf returns the first of the names that is a field of a struct, or of what a
// pointer to one points to, and has a type that fits.
func memberOf(t types.Type, names []string, fits func(types.Type) bool) string {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return ""
	}
	for _, name := range names {
		for f := range st.Fields() {
			if f.Name() == name && fits(f.Type()) {
				return name
			}
		}
	}
	return ""
}

// deriveResult returns the type of the value that a call yields, nil where that is
// not known, and what the row says of it; "" is nothing.
func deriveResult(sig *types.Signature) (value types.Type, text, says string) {
	if sig.Results().Len() == 0 {
		return nil, "{form: opaque}", "it has no result, so that places are found but cannot be folded"
	}
	t := sig.Results().At(0).Type()
	says = "the value is the first result"
	if n := sig.Results().Len(); n > 1 && isError(sig.Results().At(n-1).Type()) {
		says += ", and the last one the error"
	}
	switch u := t.Underlying().(type) {
	case *types.Basic, *types.Interface:
		return t, "", says
	case *types.Signature:
		if u.Results().Len() == 1 {
			return u.Results().At(0).Type(), "{form: getter}", "the value is what the function yields that is the first result"
		}
	case *types.Pointer:
		if _, ok := u.Elem().Underlying().(*types.Basic); ok {
			return u.Elem(), "{form: pointer}", "the value is what the first result points to"
		}
	}
	if f := memberOf(t, []string{"Enabled", "On", "Value", "VariationValue", "Treatment", "Variant", "VariantKey"}, func(types.Type) bool { return true }); f != "" {
		return nil, "{field: " + f + "}", "the value is field " + f + " of the first result"
	}
	return nil, "{form: opaque}", "the first result is no value, so that places are found but cannot be folded"
}

// deriveDefault returns the argument behind the key that has the value's type; -1 is
// none.
func deriveDefault(sig *types.Signature, key int, value types.Type) int {
	var alike []int
	for i := range sig.Params().Len() {
		p := sig.Params().At(i)
		if i == key || !types.Identical(p.Type(), value) {
			continue
		}
		if defaultNames.MatchString(p.Name()) {
			return i
		}
		alike = append(alike, i)
	}
	if i := slices.IndexFunc(alike, func(i int) bool { return i > key }); i >= 0 && !types.IsInterface(value) {
		return alike[i]
	}
	return -1
}
