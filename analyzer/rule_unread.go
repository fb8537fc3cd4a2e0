package analyzer

import "fmt"

// unread: code declares a flag that no code asks for.
var unread = rule{word: "unread", severity: SeverityWarning, whole: true, judge: func(c Case) []Finding {
	asked, open := map[string]bool{}, map[string]bool{}
	for _, s := range c.Sites {
		switch {
		case s.Role == RoleDeclare:
		case s.KeyKind == KeyConstant:
			asked[s.Flag.Key] = asked[s.Flag.Key] || !s.Test
		case s.KeyKind == KeyDynamic: // it may ask for any flag of its system
			open[s.Provider], open[""] = true, true
		}
	}
	var out []Finding
	for _, d := range c.Declarations {
		id := d.Flag.ID
		if asked[id.Key] || open[id.Source] || contains(d.silenced, "unread") {
			continue
		}
		out = append(out, Finding{
			Flag: id, Pos: d.Pos, End: d.Pos,
			Message: fmt.Sprintf("flag %q is declared here, and no code asks for it%s", id.Key, owned(d.Flag)),
			Next:    "Take the declaration out, or move it to where such flags wait.",
		})
	}
	return out
}}
