package analyzer

import (
	"fmt"

	"github.com/flagdebt/flagdebt/registry"
)

// stale: code asks for a flag whose time is over.
var stale = rule{word: "stale", severity: SeverityError, judge: func(c Case) []Finding {
	var out []Finding
	for i := range c.Sites {
		s := &c.Sites[i]
		flag, ok := c.Registry.Lookup(s.Flag)
		if s.KeyKind != KeyConstant || !ok || flag.Permanent {
			continue
		}
		if f, ok := judgeStale(c, s, flag); ok {
			f.Flag = flag.ID
			out = append(out, f)
		}
	}
	return out
}}

func judgeStale(c Case, s *Site, flag registry.Flag) (Finding, bool) {
	next := ""
	if flag.Winner.IsZero() {
		next = "Record its winner, or a later expiry, where the flag is registered."
	}
	switch {
	case flag.Expired(c.Today, c.Version):
		if flag.Expires.Date.IsZero() {
			f := about(s, "flag %q was to be gone in version %s%s", s.Flag.Key, flag.Expires.Version, owned(flag))
			f.Next, f.Fact = next, "expired "+flag.Expires.Version.String()
			return f, true
		}
		f := about(s, "flag %q expired on %s%s", s.Flag.Key, flag.Expires.Date, owned(flag))
		f.Next, f.Fact = next, "expired "+flag.Expires.Date.String()
		return f, true
	case !flag.Winner.IsZero() && flag.Expires.IsZero():
		f := about(s, "flag %q is settled: %s%s", s.Flag.Key, flag.Winner, owned(flag))
		f.Fact = "settled " + flag.Winner.String()
		return f, true
	}
	warn := c.Config.Rule("stale", s.Pos.File).WarnBefore
	if warn == nil || flag.Expires.Date.IsZero() || flag.Expires.Date.Sub(c.Today) > *warn {
		return Finding{}, false
	}
	f := about(s, "flag %q expires on %s%s", s.Flag.Key, flag.Expires.Date, owned(flag))
	f.Severity, f.Fact = SeverityNote, "expires "+flag.Expires.Date.String()
	f.Next = fmt.Sprintf("Remove it by then, or record a later expiry in %s.", flag.Origin.File)
	return f, true
}
