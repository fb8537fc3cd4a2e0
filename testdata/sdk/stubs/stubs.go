// Package stubs asks for flags in each way that the catalogue knows of the flag
// systems whose SDK cannot be had as a module, or brings too much along. Their shapes
// below sdk are our own.
package stubs

import (
	"context"

	"github.com/Eppo-exp/golang-sdk/v6/eppoclient"
	"github.com/statsig-io/statsig-go-core"
	fliptclient "go.flipt.io/flipt-client"
	"go.flipt.io/flipt/rpc/flipt/evaluation"
	flipt "go.flipt.io/flipt/sdk/go"
)

// on makes something of values.
func on(...any) {}

func eppo(ctx context.Context, c *eppoclient.EppoClient) {
	a, err := c.GetBoolAssignment("bool", "u", nil, false)               // want read:bool=false
	b, _ := c.GetStringAssignment("string", "u", nil, "x")               // want read:string=x
	d, _ := c.GetBoolAssignmentContext(ctx, "context", "u", nil, true)   // want read:context=true
	e := c.GetBanditAction("bandit", "u", nil, nil, "control")           // want read:bandit=control
	f := c.GetBanditActionContext(ctx, "bandit", "u", nil, nil, "other") // want read:bandit=other
	on(a, err, b, d, e.Variation, f.Action)
}

func statsigCore(c *statsig.Statsig, u *statsig.User) {
	on(c.CheckGate(u, "gate"), c.CheckGateWithOptions(u, "gate", nil), c.GetFeatureGate(u, "gate").Value)   // want read:gate=false read:gate=false read:gate=false
	on(c.GetDynamicConfig(u, "config"), c.GetExperiment(u, "exp"), c.GetLayerWithOptions(u, "layer", nil))  // want read:config~ read:exp~ read:layer~
	on(c.GetParameterStore(u, "store"), c.GetExperimentByGroupName("exp", "a"), c.GetClientInitResponse(u)) // want bulk:* bulk:* bulk:*
}

func fliptServer(ctx context.Context, c flipt.SDK) {
	r, err := c.Evaluation().Boolean(ctx, &evaluation.EvaluationRequest{FlagKey: "plain", EntityId: "u"}) // want read:plain
	on(r.Enabled, r.GetEnabled(), err)
	request := &evaluation.EvaluationRequest{FlagKey: "variable"}
	s, _ := c.Evaluation().Boolean(ctx, request) // want read:variable
	v, _ := c.Evaluation().Variant(ctx, request) // want read:variable
	on(s.Enabled, v.GetVariantKey(), v.Match)
	b, _ := c.Evaluation().Batch(ctx, nil)                                                                                                                  // want read:?
	many, _ := c.Evaluation().Batch(ctx, &evaluation.BatchEvaluationRequest{Requests: []*evaluation.EvaluationRequest{{FlagKey: "one"}, {FlagKey: "two"}}}) // want read:one~ read:two~
	on(many)
	l, _ := c.Flipt().ListFlags(ctx, "default") // want bulk:*
	on(b, l)
}

func fliptEngine(ctx context.Context, c *fliptclient.Client, key string) {
	r, _ := c.EvaluateBoolean(ctx, &fliptclient.EvaluationRequest{FlagKey: "plain"}) // want read:plain
	v, _ := c.EvaluateVariant(ctx, &fliptclient.EvaluationRequest{FlagKey: "plain"}) // want read:plain
	on(r.Enabled, v.VariantKey)
	b, _ := c.EvaluateBatch(ctx, []*fliptclient.EvaluationRequest{{FlagKey: "one"}, {FlagKey: key}}) // want read:?~ read:one~
	l, _ := c.ListFlags(ctx)                                                                         // want bulk:*
	on(b, l)
}
