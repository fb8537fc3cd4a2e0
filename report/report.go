package report

import (
	"cmp"
	"slices"

	"github.com/flagdebt/flagdebt/analyzer"
	"github.com/flagdebt/flagdebt/registry"
)

// Input is what a report tells of. Nothing in it is changed.
type Input struct {
	Findings []analyzer.Finding
	Sites    []analyzer.Site
	Mentions []analyzer.Mention // places outside of typed Go code that name the flags
	Registry *registry.Registry // where the flags' owners and days come from; nil knows none
	Problems []analyzer.Problem // what could not be judged
	Today    registry.Date      // the day as of which was judged; ages are left out where it is zero
	Packages int                // how many packages were looked at
	Next     string             // the command to type next; "" is none
	Known    int                // findings that the baseline knows, and that are not told
	Older    int                // findings that are not told since they are older than Since
	Since    string             // a revision
}

// lookup returns what the registry knows of the flag that id names, if anything.
func (in Input) lookup(id registry.ID) (registry.Flag, bool) {
	if in.Registry == nil || id.Key == "" {
		return registry.Flag{}, false
	}
	return in.Registry.Lookup(id)
}

// isAmbiguous reports whether the registry has several flags of id's key.
func (in Input) isAmbiguous(id registry.ID) bool {
	if in.Registry == nil {
		return false
	}
	n := 0
	for _, f := range in.Registry.Flags() {
		if f.ID.Key == id.Key {
			n++
		}
	}
	return n > 1
}

// group is the findings of one flag, or those of one file that speak of no flag.
type group struct {
	id       registry.ID
	flag     registry.Flag // what the registry knows of it, if isKnown
	isKnown  bool
	title    string // the key, the whole ID where keys clash, or the file
	findings []analyzer.Finding
}

// groups returns the findings by flag, the worst severity first, then by title.
// Findings that are switched off are left out.
func (in Input) groups() []*group {
	type name struct {
		id   registry.ID
		file string
	}
	byName := map[name]*group{}
	var all []*group
	for _, f := range in.findings() {
		g := group{id: f.Flag, title: f.Pos.File}
		if f.Flag.Key != "" {
			g.title = shortID(f.Flag)
			if g.flag, g.isKnown = in.lookup(f.Flag); g.isKnown {
				g.id = g.flag.ID
			}
		}
		n := name{id: g.id}
		if g.id.Key == "" {
			n.file = g.title
		}
		if byName[n] == nil {
			byName[n] = &g
			all = append(all, &g)
		}
		byName[n].findings = append(byName[n].findings, f)
	}
	spellOut(all)
	slices.SortStableFunc(all, func(a, b *group) int {
		return cmp.Or(
			cmp.Compare(rank(a.findings[0].Severity), rank(b.findings[0].Severity)),
			cmp.Compare(a.title, b.title),
		)
	})
	return all
}

// findings returns the findings to tell of: the worst first, then by rule and place.
func (in Input) findings() []analyzer.Finding {
	all := slices.DeleteFunc(slices.Clone(in.Findings), func(f analyzer.Finding) bool {
		return f.Severity == analyzer.SeverityOff
	})
	slices.SortStableFunc(all, func(a, b analyzer.Finding) int {
		return cmp.Or(
			cmp.Compare(rank(a.Severity), rank(b.Severity)),
			cmp.Compare(a.Rule, b.Rule),
			byPlace(a, b),
		)
	})
	return all
}

// byPlace orders findings by place alone, and those of one place by all that is told.
func byPlace(a, b analyzer.Finding) int {
	return cmp.Or(
		comparePositions(a.Pos, b.Pos),
		cmp.Compare(a.Rule, b.Rule),
		a.Flag.Compare(b.Flag),
		cmp.Compare(a.Message, b.Message),
	)
}

// sites returns the sites, by flag, then by place.
func (in Input) sites() []analyzer.Site {
	all := slices.Clone(in.Sites)
	slices.SortStableFunc(all, func(a, b analyzer.Site) int {
		return cmp.Or(
			compareKeys(a.Flag, b.Flag),
			comparePositions(a.Pos, b.Pos),
			cmp.Compare(a.Provider, b.Provider),
			cmp.Compare(a.Role, b.Role),
		)
	})
	return all
}

// compareKeys orders flags by key, with those whose key nobody knows last.
func compareKeys(a, b registry.ID) int {
	switch {
	case a.Key == "" && b.Key != "":
		return 1
	case a.Key != "" && b.Key == "":
		return -1
	}
	return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.Param, b.Param))
}

// problems returns the problems, by place, then by package.
func (in Input) problems() []analyzer.Problem {
	all := slices.Clone(in.Problems)
	slices.SortStableFunc(all, func(a, b analyzer.Problem) int {
		return cmp.Or(
			comparePositions(a.Pos, b.Pos),
			cmp.Compare(a.Package, b.Package),
			cmp.Compare(a.Message, b.Message),
		)
	})
	return slices.Compact(all) // a package and its test variant tell the same
}

// comparePositions orders places by file, line and column.
func comparePositions(a, b registry.Position) int {
	return cmp.Or(
		cmp.Compare(a.File, b.File),
		cmp.Compare(a.Line, b.Line),
		cmp.Compare(a.Column, b.Column),
	)
}

// rank returns 0 for the worst severity, and more for the milder ones.
func rank(s analyzer.Severity) int {
	switch s {
	case analyzer.SeverityError:
		return 0
	case analyzer.SeverityWarning:
		return 1
	default:
		return 2
	}
}

// shortID returns the bare key, with the parameter where there is one.
func shortID(id registry.ID) string {
	return registry.ID{Key: id.Key, Param: id.Param}.String()
}

// spellOut gives groups that would share a title the whole ID as their title.
func spellOut(groups []*group) {
	count := map[string]int{}
	for _, g := range groups {
		count[g.title]++
	}
	for _, g := range groups {
		if g.id.Key != "" && count[g.title] > 1 {
			g.title = g.id.String()
		}
	}
}

// totals counts what a report tells of.
type totals struct {
	Findings int `json:"findings"`
	Errors   int `json:"errors"`
	Warnings int `json:"warnings"`
	Notes    int `json:"notes"`
	Flags    int `json:"flags"`
	Packages int `json:"packages"`
	Problems int `json:"problems"`
	Known    int `json:"known,omitempty"`
	Older    int `json:"older,omitempty"`
}

// totals counts the findings in groups, the flags that they speak of, and the rest.
func (in Input) totals(groups []*group) totals {
	t := totals{Packages: in.Packages, Problems: len(in.problems()), Known: in.Known, Older: in.Older}
	for _, g := range groups {
		if g.id.Key != "" && (g.isKnown || !in.isAmbiguous(g.id)) {
			t.Flags++
		}
		for _, f := range g.findings {
			t.Findings++
			switch rank(f.Severity) {
			case 0:
				t.Errors++
			case 1:
				t.Warnings++
			default:
				t.Notes++
			}
		}
	}
	return t
}
