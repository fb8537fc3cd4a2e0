package flow

import (
	"cmp"
	"go/ast"
	"go/types"
	"slices"

	"github.com/flagdebt/flagdebt/internal/program"
)

// Mode says what is taken for granted in a run.
type Mode struct {
	// Symbolic keeps parameters as terms, so that results are summaries for
	// every caller; else a parameter is what all callers pass.
	Symbolic bool
	// NoErrors takes the error of asking for any flag to be nil, to see what a
	// function hands on when all is well.
	NoErrors bool
	// Alone takes it that no other module calls an exported function.
	Alone bool
	// Open takes it that other modules may set exported variables and fields.
	Open bool
}

// Engine computes values over a set of packages.
type Engine struct {
	pkgs   []*program.Package
	oracle Oracle
	mode   Mode
	// imported gives summaries of functions and variables whose source is not
	// at hand; it may be nil.
	imported func(types.Object) Value
	// forwards holds the functions that ask for a flag which a parameter names, or
	// hand it on: calls of them are followed with their very arguments.
	forwards map[program.ID]bool

	*index
	cells   map[cellKey]*cell
	queue   []*Function
	queued  map[*Function]bool
	settled bool            // nothing waits for a flag any more
	missing map[string]bool // methods of interfaces that may ask, of which not all implementations are seen
	traces  map[*Function]*Trace
	memo    map[string]memo               // results of specialised calls
	behind  map[*types.Func][]*types.Func // what implementers has found
	// assumed holds what variables are taken to hold, whatever is assigned to them.
	assumed map[program.ID]Value
	depth   int
}

// cellKey names a cell: a variable, a parameter (slot i+1), the results
// (slot -1) or the questions (slot -2) of a function.
type cellKey struct {
	id   program.ID
	slot int
}

const (
	slotVar     = 0
	slotResults = -1
	slotAsks    = -2
)

// memo is what a specialised call yields, and the cells that it has read.
type memo struct {
	val   Value
	reads map[cellKey]bool
}

// cell is a summary that all functions share.
type cell struct {
	val     Value
	zero    Value // that nobody has written; in a Symbolic run, it waits for a flag that is written later
	waits   bool
	readers map[*Function]bool
}

// Run computes the values of all expressions of pkgs. The result is the
// greatest one that is consistent (the lattice has three levels, so each cell
// changes twice at the most).
func Run(prog *program.Program, pkgs []*program.Package, oracle Oracle, mode Mode, imported func(types.Object) Value) *Engine {
	e := &Engine{pkgs: pkgs, oracle: oracle, mode: mode, imported: imported}
	e.index = newIndex(prog, pkgs, oracle)
	e.solve()
	return e
}

// Again runs the same packages under another oracle and mode. Calls of the
// functions that e, a Symbolic run, found to forward a key are followed with
// their very arguments.
func (e *Engine) Again(oracle Oracle, mode Mode) *Engine {
	n := &Engine{pkgs: e.pkgs, oracle: oracle, mode: mode, imported: e.imported, index: e.index, forwards: map[program.ID]bool{}}
	for _, f := range e.functions {
		asks := e.cells[cellKey{f.ID, slotAsks}]
		if asks != nil && asksItself(asks.val) || forwardsKey(e.Results(f)) {
			n.forwards[f.ID] = true
		}
	}
	n.solve()
	return n
}

// asksItself reports whether what a function asks for by its parameters is not only
// asked by one of them.
func asksItself(asks Value) bool {
	return asks != nil && asks.kind == kTuple && slices.ContainsFunc(asks.args, func(ask Value) bool { return ask.in == nil })
}

// forwardsKey reports whether a summary holds a flag that a parameter names.
func forwardsKey(v Value) bool {
	found := false
	v.flags(func(f Value) { found = found || f.args[0].mentions(kParam) })
	return found
}

// solve runs all functions. What is nothing in the end (functions that never
// return, or are never called) is unknown.
func (e *Engine) solve() {
	e.cells = map[cellKey]*cell{}
	e.queued = map[*Function]bool{}
	e.traces = map[*Function]*Trace{}
	e.memo = map[string]memo{}
	e.behind = map[*types.Func][]*types.Func{}
	e.settled, e.missing = !e.mode.Symbolic, map[string]bool{}
	e.start()
	e.drain()
}

// drain works the queue off, and looks at what was not reached by it.
func (e *Engine) drain() {
	for {
		for len(e.queue) > 0 {
			f := e.queue[0]
			e.queue = e.queue[1:]
			delete(e.queued, f)
			e.analyze(f)
		}
		if e.settle() {
			continue
		}
		for k, c := range e.cells {
			if c.value() == nil && len(c.readers) > 0 {
				e.write(k, Unknown)
			}
		}
		if len(e.queue) == 0 {
			break
		}
	}
	e.lookAtDead()
}

// start gives the cells their initial values and queues every function.
func (e *Engine) start() {
	for id, why := range e.vars {
		if why.unknown || e.addressed[id] || e.mode.Open && why.open {
			e.cell(cellKey{id, slotVar}).val = Unknown
		} else if why.zero {
			e.writeZero(cellKey{id, slotVar}, linked(why, zero(why.typ)))
		}
	}
	for _, f := range e.functions {
		e.enqueue(f)
	}
}

func (e *Engine) enqueue(f *Function) {
	if !e.queued[f] {
		e.queued[f] = true
		e.queue = append(e.queue, f)
	}
}

func (e *Engine) cell(k cellKey) *cell {
	c := e.cells[k]
	if c == nil {
		c = &cell{readers: map[*Function]bool{}}
		e.cells[k] = c
	}
	return c
}

// read returns a cell's value and runs f again when it changes.
func (e *Engine) read(f *Function, k cellKey) Value {
	c := e.cell(k)
	c.readers[f] = true
	return c.value()
}

// value returns what the cell is known to hold.
func (c *cell) value() Value {
	if c.zero == nil || c.waits || c.val != nil && c.val.mentions(kFlag) {
		return c.val
	}
	return join(c.zero, c.val)
}

// writeZero notes that a variable may hold its zero value, since nothing was
// written yet.
func (e *Engine) writeZero(k cellKey, v Value) {
	if !e.mode.Symbolic {
		e.write(k, v)
		return
	}
	c := e.cell(k)
	before := c.value()
	c.zero, c.waits = join(c.zero, v), !e.settled
	e.changed(c, before)
}

// settle ends the waiting for flags: what was not written holds its zero value. It
// reports whether there was anything to wait for.
func (e *Engine) settle() bool {
	if e.settled {
		return false
	}
	e.settled = true
	for _, c := range e.cells {
		before := c.value()
		c.waits = false
		e.changed(c, before)
	}
	return true
}

// write joins v into a cell.
func (e *Engine) write(k cellKey, v Value) {
	c := e.cell(k)
	before := c.value()
	c.val = join(c.val, v)
	e.changed(c, before)
}

// changed runs a cell's readers again where it holds another value than before.
func (e *Engine) changed(c *cell, before Value) {
	now := c.value()
	if Same(now, before) && (now == nil || now.wide == before.wide) {
		return
	}
	for _, f := range slices.SortedFunc(keys(c.readers), func(a, b *Function) int { return cmp.Compare(a.ID, b.ID) }) {
		e.enqueue(f)
	}
	clear(e.memo)
}

// Assume runs the functions of tests anew that name one of these variables or
// fields, with these values for them.
func (e *Engine) Assume(values map[program.ID]Value) {
	e.assumed = values
	clear(e.memo)
	for _, f := range e.functions {
		if f.Test && f.Body != nil && e.names(f, values) {
			e.enqueue(f)
		}
	}
	e.drain()
}

// names reports whether a function's body names one of these variables.
func (e *Engine) names(f *Function, values map[program.ID]Value) bool {
	found := false
	ast.Inspect(f.Body, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if v, ok := f.Pkg.Info.Uses[id].(*types.Var); ok {
				_, named := values[e.prog.IDOf(v)]
				found = found || named
			}
		}
		return !found
	})
	return found
}

// analyze runs one function with what is known now and publishes its results.
func (e *Engine) analyze(f *Function) {
	tr := newTrace()
	e.traces[f] = tr
	fr := e.newFrame(f, tr)
	for i := range f.params {
		fr.args = append(fr.args, e.paramValue(f, i))
	}
	results := fr.run()
	e.write(cellKey{f.ID, slotResults}, results)
}

// paramValue returns what a function's parameter is taken to be.
func (e *Engine) paramValue(f *Function, i int) Value {
	switch {
	case e.mode.Symbolic:
		return param(f, i)
	case !e.isClosed(f):
		return Unknown
	}
	return e.read(f, cellKey{f.ID, i + 1})
}

// isClosed reports whether all callers of f are known. Interfaces that are hidden
// in other packages are looked for only where something is to be proven.
func (e *Engine) isClosed(f *Function) bool {
	if !f.closed && (!e.mode.Alone || !f.alone) {
		return false
	}
	return e.mode.Symbolic || f.Sig.Recv() == nil || !e.mayBeCalledOutside(f.Obj)
}

// Trace returns what was found out in the function that has this body, or nil.
func (e *Engine) Trace(f *Function) *Trace { return e.traces[f] }

// Functions returns all functions, package initialisers and literals among
// them, in the order of their positions.
func (e *Engine) Functions() []*Function { return e.functions }

// Value returns what expression x of package pkg is known to be.
func (e *Engine) Value(pkg *program.Package, x ast.Expr) Value {
	if x == nil {
		return nil
	}
	if f := e.enclosing(x); f != nil {
		if v := e.traces[f].Values[x]; v != nil {
			return v
		}
	}
	return e.constant(pkg.Info, x)
}

// At returns the trace of the function that x stands in.
func (e *Engine) At(x ast.Node) *Trace {
	if f := e.enclosing(x); f != nil {
		return e.traces[f]
	}
	return newTrace()
}

// Results returns the summary of a function's results: in a Symbolic run, in
// terms of its parameters, the receiver being number 0 where there is one.
func (e *Engine) Results(f *Function) Value { return e.cell(cellKey{f.ID, slotResults}).value() }

// Variable returns the summary of a field or package variable.
func (e *Engine) Variable(id program.ID) Value {
	if c := e.cells[cellKey{id, slotVar}]; c != nil {
		return c.value()
	}
	return nil
}
