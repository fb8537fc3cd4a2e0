package registry

import "slices"

// Set is what one source knows: a file, a flag server, the code itself.
type Set struct {
	Source   string // the flag system of those Flags that name none; "" is any
	Flags    []Flag
	Complete bool // lists every flag of Source, or of all where Source is ""
}

// Registry is all that is known of the flags. Make it with Merge.
type Registry struct {
	flags     []Flag // sorted by ID
	byKey     map[string][]int
	complete  map[string]bool // by source
	conflicts []Conflict
}

// Flags returns all flags, sorted by key. The caller must not change them.
func (r *Registry) Flags() []Flag { return r.flags }

// Conflicts returns what the sets disagree about, sorted by flag.
func (r *Registry) Conflicts() []Conflict { return r.conflicts }

// Complete reports whether a set that speaks for every source lists every flag,
// so that a flag that is not in the registry does not exist. See Covers.
func (r *Registry) Complete() bool { return r.complete[""] }

// Covers reports whether every flag of that source is in the registry: a set of
// that source, or one that speaks for all, is complete.
func (r *Registry) Covers(source string) bool {
	return r.complete[""] || r.complete[source]
}

// Lookup returns the flag that id names. Unknown parts, of id and of the flag,
// match anything; where that leaves several flags, the one with the most equal
// parts is meant, and if there is no such one, none is returned.
func (r *Registry) Lookup(id ID) (Flag, bool) {
	best, score, unique := 0, -1, false
	for _, i := range r.byKey[id.Key] {
		s, ok := match(r.flags[i].ID, id)
		switch {
		case !ok || s < score:
		case s == score:
			unique = false
		default:
			best, score, unique = i, s, true
		}
	}
	if !unique {
		return Flag{}, false
	}
	return r.flags[best], true
}

// match reports whether a and b can name one flag, and how many of the parts
// that may be unknown are equal and known. A parameter that both lack counts,
// since a config and its parameters are different flags.
func match(a, b ID) (score int, ok bool) {
	if a.Key != b.Key {
		return 0, false
	}
	for _, p := range [][2]string{{a.Source, b.Source}, {a.Project, b.Project}} {
		switch {
		case p[0] == "" || p[1] == "":
		case p[0] == p[1]:
			score++
		default:
			return 0, false
		}
	}
	switch {
	case a.Param == b.Param:
		score++
	case a.Param != "" && b.Param != "":
		return 0, false
	}
	return score, true
}

// index sorts the flags and makes them findable.
func (r *Registry) index() {
	slices.SortFunc(r.flags, func(a, b Flag) int { return a.ID.Compare(b.ID) })
	r.byKey = map[string][]int{}
	for i, f := range r.flags {
		r.byKey[f.ID.Key] = append(r.byKey[f.ID.Key], i)
	}
}
