package fixer

import (
	"context"
	"fmt"
	"go/token"

	"github.com/flagdebt/flagdebt/analyzer"
)

// verify type-checks the changed program and makes sure that nobody asks for
// the flags any more, and that package variables are initialized in their order. What
// it finds refuses the flags of the attempt.
func (p *planner) verify(ctx context.Context, changes []Change) error {
	texts := map[string][]byte{}
	for _, c := range changes {
		texts[c.Path] = c.After
	}
	next, err := p.prog.Recheck(ctx, texts)
	if err != nil {
		return fmt.Errorf("checking the result: %w", err)
	}
	for _, q := range next.Problems {
		if !p.wasBroken(q.Package) {
			p.refuseAll(ReasonVerification, token.NoPos, fmt.Sprintf("%s: %s", q.Pos, q.Message))
			return nil
		}
	}
	p.verifyOrder(next)
	found := p.found.Again(next)
	for _, s := range found.Sites {
		if s.KeyKind != analyzer.KeyConstant || !p.isAskedAt(s.Pos.File) {
			continue
		}
		if r := p.removalOf(s.Provider, s.Flag.Key); r != nil && !p.tests.isLeft(r, s) && !(s.Role == analyzer.RoleDeclare && p.keepsDefinition(r, s.Pos.File)) {
			p.refuseRest(r, &s)
		}
	}
	return nil
}

// refuseRest refuses a flag that a place asks for after the change.
func (p *planner) refuseRest(r *Removal, s *analyzer.Site) {
	if s.Listed {
		p.refuse(r, ReasonUnsupported, token.NoPos, "%s asks for several flags, one in each turn of a loop", s.Pos)
		return
	}
	if len(s.Via) == 0 {
		p.refuse(r, ReasonUnsupported, token.NoPos, "%s still asks for it after the change", s.Pos)
		return
	}
	p.refuse(r, ReasonSideEffect, token.NoPos, "%s asks for it through %s, which does more; where that is part of asking, name it in a provider's sites", s.Pos, s.Via[0])
}

// isAskedAt reports whether text in a file, named relative to the repository's
// root, may change.
func (p *planner) isAskedAt(rel string) bool {
	for syntax, f := range p.files {
		if f.Rel == rel {
			return p.isAsked(syntax)
		}
	}
	return true
}

func (p *planner) wasBroken(path string) bool {
	for _, q := range p.prog.Packages {
		if q.Path == path && q.Broken() {
			return true
		}
	}
	return false
}
