package vendors

import (
	"context"

	ffclient "github.com/thomaspoignant/go-feature-flag"
	"github.com/thomaspoignant/go-feature-flag/modules/core/ffcontext"
)

func goFeatureFlag(ctx context.Context, g *ffclient.GoFeatureFlag, u ffcontext.Context) {
	a, err := ffclient.BoolVariation("package", u, false) // want read:package=false
	b, _ := g.StringVariation("client", u, "x")           // want read:client=x
	on(a, err, b)
	d, _ := ffclient.BoolVariationDetails("details", u, true) // want read:details=true
	i, _ := g.IntVariationDetails("details", u, 2)            // want read:details=2
	on(d.Value, d.VariationType, i.Value)
	r, _ := g.RawVariation("raw", u, nil) // want read:raw
	on(r.Value)
	on(ffclient.AllFlagsState(u), g.AllFlagsState(u))   // want bulk:* bulk:*
	all, _ := g.GetFlagsFromCache()                     // want bulk:*
	on(all, g.GetFlagStates(u, []string{"one", "two"})) // want read:one~ read:two~
}
