package vendors

import (
	"context"

	"github.com/launchdarkly/go-sdk-common/v3/ldcontext"
	"github.com/launchdarkly/go-sdk-common/v3/ldmigration"
	"github.com/launchdarkly/go-sdk-common/v3/ldvalue"
	"github.com/launchdarkly/go-server-sdk/v7"
	"github.com/launchdarkly/go-server-sdk/v7/interfaces"
	"github.com/launchdarkly/go-server-sdk/v7/testhelpers/ldtestdata"
	"github.com/launchdarkly/go-server-sdk/v7/testhelpers/ldtestdatav2"
)

const ldKey = "typed"

func launchDarkly(ctx context.Context, c *ldclient.LDClient, i interfaces.LDClientInterface, e interfaces.LDClientEvaluations, u ldcontext.Context) {
	a, err := c.BoolVariation("bool", u, false) // want read:bool=false
	on(a, err)
	b, _ := c.IntVariation(ldKey, u, 3)                // want read:typed=3
	f, _ := c.Float64Variation("fl"+"oat", u, 0.5)     // want read:float=0.5
	s, _ := c.StringVariation("string", u, "blue")     // want read:string=blue
	j, _ := c.JSONVariation("json", u, ldvalue.Null()) // want read:json
	on(b, f, s, j)
	d, detail, _ := c.BoolVariationDetail("detail", u, true) // want read:detail=true
	on(d, detail.Reason)
	x, _ := c.BoolVariationCtx(ctx, "ctx", u, false)                 // want read:ctx=false
	y, _, _ := c.StringVariationDetailCtx(ctx, "detail-ctx", u, "a") // want read:detail-ctx=a
	on(x, y)
	p, _ := i.BoolVariation("interface", u, false)       // want read:interface=false
	q, _, _ := e.IntVariationDetail("evaluations", u, 1) // want read:evaluations=1
	on(p, q)
	st, tracker, _ := c.MigrationVariation("migration", u, ldmigration.Off) // want read:migration=off
	on(st == ldmigration.Live, tracker)
	st, _, _ = i.MigrationVariation("migration", u, ldmigration.Live)        // want read:migration=live
	st, _, _ = c.MigrationVariationCtx(ctx, "migration", u, ldmigration.Off) // want read:migration=off
	on(st)
	on(c.AllFlagsState(u), i.AllFlagsState(u)) // want bulk:* bulk:*
	on(c.Identify(u), c.IsOffline())
}

func launchDarklyForms(c *ldclient.LDClient, u ldcontext.Context, key string) {
	ask := c.BoolVariation
	a, _ := ask("value", u, false)                                  // want read:value=false
	b, _ := (*ldclient.LDClient).BoolVariation(c, "expr", u, false) // want read:expr=false
	d, _ := c.BoolVariation(key, u, false)                          // want read:?=false
	on(a, b, d)
	embedded := struct{ *ldclient.LDClient }{c}
	e, _ := embedded.BoolVariation("embedded", u, false) // want read:embedded=false
	on(e)
}

func launchDarklyScoped(ctx context.Context, c *ldclient.LDScopedClient, m ldclient.MigrationCapableClient, mig ldclient.Migrator, u ldcontext.Context) {
	a, _ := c.BoolVariation("scoped", true)                         // want read:scoped=true
	b, _, _ := c.StringVariationDetail("scoped-detail", "x")        // want read:scoped-detail=x
	d, _ := c.IntVariationCtx(ctx, "scoped-ctx", 4)                 // want read:scoped-ctx=4
	e, _, _ := c.Float64VariationDetailCtx(ctx, "scoped-both", 1.5) // want read:scoped-both=1.5
	on(a, b, d, e)
	s, _, _ := c.MigrationVariation("stage", ldmigration.Shadow)         // want read:stage=shadow
	t, _, _ := c.MigrationVariationCtx(ctx, "stage", ldmigration.Shadow) // want read:stage=shadow
	v, _, _ := m.MigrationVariation("stage", u, ldmigration.Shadow)      // want read:stage=shadow
	on(s, t, v)
	r := mig.Read("moving", u, ldmigration.Off, nil)  // want read:moving~=off
	w := mig.Write("moving", u, ldmigration.Off, nil) // want read:moving~=off
	on(r, w)
}

// flagReader is the user's own interface over the SDK.
type flagReader interface {
	BoolVariation(key string, context ldcontext.Context, defaultVal bool) (bool, error)
}

func launchDarklySmall(r flagReader, u ldcontext.Context) {
	a, _ := r.BoolVariation("small", u, false) // want read:small=false
	on(a)
}

func launchDarklyTests() {
	td := ldtestdata.DataSource()
	td.Update(td.Flag("faked").VariationForAll(true))  // want override:faked=true
	td.Update(td.Flag("faked").BooleanFlag().On(true)) // want override:faked
	v2 := ldtestdatav2.DataSource()
	v2.Update(v2.Flag("faked").VariationForAll(false)) // want override:faked=false
}
