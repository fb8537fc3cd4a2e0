package analyzer

import (
	"context"
	"fmt"
	"go/types"
	"maps"
	"slices"

	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
)

// This file learns what functions and variables of packages outside of the
// universe hand on: a wrapper may live in a module of its own. go vet knows it by
// facts, since it goes through every dependency; here only those packages are
// typed that may hold a wrapper which the universe names.

// outside is what is known of the packages outside of the universe.
type outside struct {
	summaries map[string][]byte   // by objectName, as facts; nil data where two versions disagree
	objects   map[string][]string // import path -> names of the functions, methods and variables
	methods   map[string]bool     // those names that are a method's
	oracle    *Oracle
}

// lookOutside types the packages outside of the universe that may hold wrappers
// which the universe calls.
func (d *Driver) lookOutside(ctx context.Context, repo *program.Repository, oracle *Oracle) (*outside, error) {
	out := &outside{summaries: map[string][]byte{}, objects: map[string][]string{}, methods: map[string]bool{}, oracle: oracle}
	build := d.builds()[0]
	packages, err := repo.Outside(ctx, build)
	if err != nil {
		return nil, err
	}
	byModule := map[*program.Module][]*program.Dir{}
	for _, dir := range mayWrap(oracle, repo, packages) {
		byModule[dir.Module] = append(byModule[dir.Module], dir)
	}
	for _, m := range repo.Modules {
		if len(byModule[m]) == 0 {
			continue
		}
		prog, err := program.LoadOutside(ctx, repo, byModule[m], build)
		if err != nil {
			return nil, err
		}
		if err := out.learn(Find(prog, oracle, nil)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// learn notes what the exported functions and variables of a program hand on.
func (o *outside) learn(found *Found) error {
	return found.handedOn(func(obj types.Object, data []byte) {
		if !obj.Exported() {
			return
		}
		name := objectName(obj)
		if old, ok := o.summaries[name]; ok && string(old) != string(data) {
			data = nil
		}
		o.summaries[name] = data
		path := obj.Pkg().Path()
		o.objects[path] = append(o.objects[path], obj.Name())
		if fn, ok := obj.(*types.Func); ok && fn.Signature().Recv() != nil {
			o.methods[obj.Name()] = true
		}
	})
}

// callers returns the folders that may use what was learnt, and all that import
// them.
func (o *outside) callers(repo *program.Repository) []*program.Dir {
	hit := map[*program.Dir]bool{}
	for path, names := range o.objects {
		direct := repo.Direct(path)
		for _, name := range names {
			dirs := direct
			if o.methods[name] { // nobody need import the package to call it
				dirs = repo.Importers(direct)
			}
			for _, d := range dirs {
				hit[d] = hit[d] || d.Names(name)
			}
		}
	}
	maps.DeleteFunc(hit, func(_ *program.Dir, is bool) bool { return !is })
	return repo.Importers(slices.Collect(maps.Keys(hit)))
}

// summaryOf returns what an object of a package outside of the universe hands on,
// or nil.
func (o *outside) summaryOf(obj types.Object) flow.Value {
	if obj.Pkg() == nil || o.objects[obj.Pkg().Path()] == nil {
		return nil
	}
	data := o.summaries[objectName(obj)]
	if data == nil {
		return nil
	}
	v, err := flow.Decode(data, o.oracle.askNumbered)
	if err != nil {
		panic(fmt.Sprintf("reading what was learnt of %s: %v", obj, err)) // this process has written it
	}
	return v
}

// objectName names a function, method or package variable in all programs alike;
// the name of another object fits none.
func objectName(obj types.Object) string {
	if fn, ok := obj.(*types.Func); ok {
		return fn.Origin().FullName()
	}
	if v, ok := obj.(*types.Var); ok && !v.IsField() && v.Parent() == v.Pkg().Scope() {
		return v.Pkg().Path() + "." + v.Name()
	}
	return ""
}

// handedOn calls f for each function and package variable that hands a flag's
// value on, with the summary that tells so.
func (f *Found) handedOn(yield func(types.Object, []byte)) error {
	one := func(obj types.Object, v flow.Value) error {
		data, err := flow.Encode(v, func(ref any) int { return ref.(*row).number })
		if data != nil {
			yield(obj, data)
		}
		return err
	}
	for _, fn := range f.Engine.Functions() {
		if fn.Obj == nil || fn.Test {
			continue
		}
		if err := one(fn.Obj, f.Engine.Summary(fn)); err != nil {
			return err
		}
	}
	for _, pkg := range f.Prog.Packages {
		scope := pkg.Types.Scope()
		for _, name := range scope.Names() {
			v, ok := scope.Lookup(name).(*types.Var)
			if !ok {
				continue
			}
			if err := one(v, f.Engine.Variable(f.Prog.IDOf(v))); err != nil {
				return err
			}
		}
	}
	return nil
}
