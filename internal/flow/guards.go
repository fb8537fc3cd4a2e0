package flow

import "slices"

// This file carries what decides whether code runs from callers into what they
// call.

// Guards returns, for the functions that only run where flags decide so, the keys
// of these flags: those around every call of a function all of whose callers are
// known, and those around a literal. Who calls exported functions is only known where
// the engine has seen the whole program.
func (e *Engine) Guards(exported bool) map[*Function][]string {
	around := map[*Function][]entry{}
	top := map[string]bool{}
	for _, f := range e.functions {
		for callee, guards := range e.traces[f].entered {
			if callee != f && (!f.Test || callee.Test) {
				around[callee] = append(around[callee], entry{f, guards})
			}
			for _, g := range guards {
				top[g] = true
			}
		}
	}
	out := map[*Function][]string{} // begins with the most that can be
	for _, f := range e.functions {
		isLiteral := f.Obj == nil && f.Body != nil
		if len(around[f]) > 0 && (isLiteral || f.closed && (exported || !f.Obj.Exported())) {
			out[f] = slices.Sorted(keys(top))
		}
	}
	for changed := true; changed; {
		changed = false
		for _, f := range e.functions {
			if n := len(out[f]); n > 0 {
				out[f] = common(around[f], out)
				changed = changed || len(out[f]) < n
			}
		}
	}
	return out
}

// common returns what decides all of the entries.
func common(entries []entry, out map[*Function][]string) []string {
	var all []string
	for i, at := range entries {
		here := append(slices.Clone(at.guards), out[at.from]...)
		if i == 0 {
			all = here
		}
		all = intersect(all, here)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// entry is a place where a function is called, or a literal made.
type entry struct {
	from   *Function
	guards []string
}
