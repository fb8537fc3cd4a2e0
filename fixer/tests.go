package fixer

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/internal/flow"
	"github.com/flagdebt/flagdebt/internal/program"
)

// This file decides about what sets the flags in tests. Once the flags are gone
// from the code, setting them does nothing; so set-up of the winner goes, and
// so does each pass of a test that forces the loser: test functions, subtests,
// rows of tables, turns of loops, calls of helpers. What is not known to be
// the one or the other is left as it is, and told.

// setting is a place that sets a flag, or sets all flags back.
type setting struct {
	analyzer.Override
	removal *Removal   // nil where it sets another flag, or none that is known
	path    []ast.Node // from what sets it outwards
	cleanup bool       // it runs when the test is over
	left    bool       // it stays
	told    Reason     // why, where it is the one to blame
	detail  string
	winners []ast.Node // the passes that do not set the loser
	passes  flow.Value // instead: it hands the code a value, for which all others hand it this
	at      ast.Node   // instead of a call, an entry or an assignment
	emptied bool       // the literal that it takes has lost all its entries
	hands   flow.Value // what it hands, where no expression says it
}

// Node returns the smallest piece of syntax that sets the flag.
func (s *setting) Node() ast.Node {
	if s.at != nil {
		return s.at
	}
	return s.Override.Node()
}

// tester decides about the tests of a program.
type tester struct {
	*planner
	sets       []*setting
	setters    map[*ast.CallExpr]bool     // the calls that set a flag
	calls      map[program.ID][]callSite  // by function
	values     map[program.ID]bool        // functions and variables that are more than called
	assumed    map[program.ID]flow.Value  // what variables of tests hold in all passes that stay
	flags      map[program.ID]flow.Value  // the flag that each of these variables is set for
	thinned    map[*types.Var]bool        // fields of tables that have lost flags of their lists
	silent     map[ast.Expr]bool          // entries whose table has been searched for rows without them
	original   *checker                   // as if nothing were decided
	aliases    map[*types.Var]*types.Var  // variables that hold what another one does
	asLeft     map[ast.Node]bool          // declarations that stay as they are
	tables     map[*ast.CompositeLit]bool // literals that are tables, or are known not to be
	overlooked map[*Removal][]string      // tests of rows that leave a flag out, and are not about it
}

func (p *planner) newTester() *tester {
	t := &tester{
		planner: p, setters: map[*ast.CallExpr]bool{}, calls: map[program.ID][]callSite{}, values: map[program.ID]bool{},
		assumed: map[program.ID]flow.Value{}, flags: map[program.ID]flow.Value{}, thinned: map[*types.Var]bool{}, silent: map[ast.Expr]bool{},
		aliases: map[*types.Var]*types.Var{}, asLeft: map[ast.Node]bool{}, tables: map[*ast.CompositeLit]bool{}, overlooked: map[*Removal][]string{},
	}
	t.original = &checker{t, newDecisions(), map[types.Object]bool{}}
	return t
}

// decideTests decides about all that sets the flags in tests.
func (p *planner) decideTests() {
	t := p.newTester()
	p.tests = t
	t.collect()
	t.index()
	t.collectHanded()
	if len(t.sets) == 0 {
		return
	}
	told := len(p.refusals)
	for t.judgeAll() {
		p.decisions, p.touched, p.refusals = newDecisions(), map[*ast.File]bool{}, p.refusals[:told]
		clear(t.assumed)
		clear(t.flags)
		clear(t.thinned)
	}
	t.leaveAskers()
	t.dropSetUp()
	t.tidy()
	if len(t.assumed) > 0 {
		t.assumeCallbacks()
		p.base.Assume(t.flags)
		p.with.Assume(t.assumed)
	}
}

// judgeAll judges all settings, and reports whether others must be left for the
// sake of those that were told of now: a test of which a part stays, stays whole.
func (t *tester) judgeAll() bool {
	for _, s := range t.sets {
		switch {
		case s.told != "":
			t.leave(s.removal, s.told, s.Node().Pos(), "%s", s.detail)
		case s.left || s.cleanup || s.Lets || t.isGone(s.path):
		case s.Reset:
			t.judgeReset(s)
		case s.Key == "" && s.KeyX != nil:
			t.judgeGates(s)
		case s.removal != nil:
			t.judge(s)
		}
	}
	return t.leaveTogether()
}

// leaveTogether leaves the settings that share a test with one that is left, or a
// helper of that test, and reports whether there were more.
func (t *tester) leaveTogether() bool {
	changed, more := false, true
	for more {
		more = false
		for _, o := range t.sets {
			if o.left || o.cleanup || o.passes != nil || o.removal == nil {
				continue
			}
			if slices.ContainsFunc(t.sets, func(s *setting) bool { return s.left && s.passes == nil && s.removal == o.removal && t.shareTest(s, o) }) {
				o.left, more, changed = true, true, true
			}
		}
	}
	return changed
}

// shareTest reports whether two settings stand in one function, or the one calls
// the helper in which the other stands.
func (t *tester) shareTest(s, o *setting) bool {
	in := s.path[len(s.path)-2]
	return sameFunction(s, o) || slices.ContainsFunc(t.callsAround(o), func(n ast.Node) bool { return in.Pos() <= n.Pos() && n.Pos() < in.End() })
}

// judge decides what becomes of the passes in which a flag is set.
func (t *tester) judge(s *setting) {
	cases, ok := t.casesOf(s)
	switch {
	case !ok && !s.Value.IsZero() && s.Value != s.removal.Winner:
		t.keep(s, ReasonTestLoser, "it is set to "+s.Value.Text()+" here, on some ways")
		return
	case !ok:
		t.keep(s, ReasonTestUnknown, "it is not known what this sets")
		return
	}
	winner := t.winnerOf(s)
	var stay, losers []testCase
	s.winners = nil
	for _, c := range cases {
		if c.sets == nil || flow.Same(c.sets, winner) {
			stay = append(stay, c)
			s.winners = append(s.winners, c.node)
		} else {
			losers = append(losers, c)
		}
	}
	var drop []ast.Node
	for _, c := range losers {
		nodes, ok := t.dropPass(s, c)
		if !ok {
			t.keep(s, ReasonTestLoser, "it is set to "+text(c.sets)+" here")
			return
		}
		drop = append(drop, nodes...)
	}
	for _, n := range drop {
		t.drop(n)
	}
	t.assume(s, stay)
}

// keep leaves a setting, and tells why.
func (t *tester) keep(s *setting, reason Reason, detail string) {
	s.left, s.told, s.detail = true, reason, detail
	t.leave(s.removal, reason, s.Node().Pos(), "%s", detail)
}

// text returns a known value as a refusal tells it.
func text(v flow.Value) string {
	if s, ok := flow.Text(v); ok {
		return s
	}
	if c := v.Constant(); c != nil {
		return c.ExactString()
	}
	return "nil"
}

// winnerOf returns the winner as a value of the type that is set; of what holds
// the flag's value, what it holds then.
func (t *tester) winnerOf(s *setting) flow.Value {
	if s.passes != nil {
		return s.passes
	}
	if s.Of != 0 {
		return t.with.Variable(s.Of)
	}
	typ := types.Type(types.Typ[types.String])
	if s.X != nil && s.Pkg.Info.TypeOf(s.X) != nil {
		typ = s.Pkg.Info.TypeOf(s.X)
	}
	return flow.AtType(s.removal.Winner.Text(), typ)
}

// drop makes a node vanish.
func (t *tester) drop(n ast.Node) {
	t.gone[n] = true
	t.touched[t.fileOf(n.Pos())] = true
}

// isGone reports whether a node of a path has vanished.
func (t *tester) isGone(path []ast.Node) bool {
	for _, n := range path {
		if t.gone[n] {
			return true
		}
	}
	return false
}

// assume takes for granted what the variables hold that tell the passes apart,
// where they hold the same in all that stay.
func (t *tester) assume(s *setting, stay []testCase) {
	for _, c := range stay {
		for id := range c.vars {
			agreed := c.vars[id]
			for _, d := range stay {
				if !flow.Same(d.vars[id], agreed) {
					agreed = nil
				}
			}
			if agreed.IsKnown() {
				t.assumed[id] = agreed
				t.flags[id] = flow.FlagValue(s.Source, s.Key)
			}
		}
	}
}

// isLeft reports whether a Site of the result is one that sets a flag, and of
// which it was told that it stays; or one of a file in which that concerns what
// asks for it, too.
func (t *tester) isLeft(r *Removal, site analyzer.Site) bool {
	if site.Test && slices.ContainsFunc(t.sets, func(s *setting) bool {
		return s.left && s.removal == r && s.File.Rel == site.Pos.File && t.asLeft[s.path[len(s.path)-2]]
	}) {
		return true
	}
	return site.Role == analyzer.RoleOverride && slices.ContainsFunc(t.sets, func(s *setting) bool { return s.left && s.removal == r })
}

// leaves reports whether one of the nodes sets a flag and stays.
func (t *tester) leaves(nodes []ast.Node) bool {
	return slices.ContainsFunc(t.sets, func(s *setting) bool { return s.left && slices.Contains(nodes, s.Node()) })
}
