package analyzer

import (
	"fmt"
	"strings"
)

// unused: a registered flag that no code asks for.
var unused = rule{word: "unused", severity: SeverityWarning, whole: true, judge: func(c Case) []Finding {
	asked, open := map[string]bool{}, map[string]bool{}
	for _, s := range c.Sites {
		switch s.KeyKind {
		case KeyConstant:
			asked[s.Flag.Key] = true
		case KeyForwarded: // its callers' Sites have the keys
		case KeyDynamic: // it may ask for any flag of its system
			if s.Role == RoleDeclare {
				continue
			}
			open[s.Provider], open[""] = true, true
		}
	}
	var out []Finding
	for _, flag := range c.Registry.Flags() {
		if asked[flag.ID.Key] || open[flag.ID.Source] || strings.HasSuffix(flag.Origin.File, ".go") { // see unread
			continue
		}
		out = append(out, Finding{
			Flag: flag.ID, Pos: flag.Origin, End: flag.Origin,
			Message: fmt.Sprintf("no code asks for flag %q%s", flag.ID.Key, owned(flag)),
			Next:    "Archive it in its system and take it out of the registry.",
		})
	}
	return out
}}
