package analyzer

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/flagdebt/flagdebt/internal/config"
	"github.com/flagdebt/flagdebt/registry"
)

// Case is what Judge judges. It is pure data: the day is given, nothing is read.
type Case struct {
	Sites        []Site
	Declarations []Declaration // likewise
	Registry     *registry.Registry
	Today        registry.Date
	Version      registry.Version // the repository's own, for expiries that are versions; zero is unknown
	Config       *config.Config
	// Whole says that Sites are those of the whole universe. Where it is false
	// (go vet, golangci-lint), the rules that need the whole say nothing.
	Whole bool
}

// rule is one way of judging. Its word is at once its file, its documentation's
// heading and the word in reports.
type rule struct {
	word     string
	severity Severity // unless the configuration says otherwise
	whole    bool     // needs the whole universe
	judge    func(Case) []Finding
}

// rules are all rules, in the order of the documentation.
var rules = []rule{stale, nested, unknown, unused, unread, conflict, defaults, dynamic}

// Rules returns the words of all rules, in the order of the documentation.
func Rules() []string {
	var out []string
	for _, r := range rules {
		out = append(out, r.word)
	}
	return out
}

// Judge returns the findings, sorted by position. Rules that are off say nothing.
func Judge(c Case) []Finding {
	var out []Finding
	for _, r := range rules {
		if r.whole && !c.Whole {
			continue
		}
		for _, f := range r.judge(c) {
			if f.Site != nil && contains(f.Site.silenced, r.word) {
				continue
			}
			f.Rule = r.word
			set := c.Config.Rule(r.word, f.Pos.File).Severity
			f.Severity = cmp.Or(set, f.Severity, r.severity)
			if f.Severity != SeverityOff {
				out = append(out, f)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Finding) int {
		return cmp.Or(comparePos(a.Pos, b.Pos), cmp.Compare(a.Rule, b.Rule), a.Flag.Compare(b.Flag))
	})
	return out
}

// about starts a finding about a Site.
func about(s *Site, format string, args ...any) Finding {
	return Finding{Flag: s.Flag, Pos: s.Pos, End: s.End, Site: s, Scope: s.Scope, Message: fmt.Sprintf(format, args...)}
}

// owned returns " (owner x)" where an owner is known.
func owned(f registry.Flag) string {
	if f.Owner == "" {
		return ""
	}
	return fmt.Sprintf(" (owner %s)", f.Owner)
}
