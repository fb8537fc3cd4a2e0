package vendors

import (
	optimizely "github.com/optimizely/go-sdk/pkg/client"
	"github.com/optimizely/go-sdk/pkg/decision"
	"github.com/optimizely/go-sdk/pkg/entities"
)

func optimizelyDecisions(c optimizely.OptimizelyUserContext) {
	d := c.Decide("plain", nil) // want read:plain
	on(d.Enabled, d.VariationKey)
	on(c.DecideForKeys([]string{"one", "two"}, nil)) // want read:one~ read:two~
	on(c.DecideAll(nil))                             // want bulk:*
}

func optimizelyClient(c *optimizely.OptimizelyClient, u entities.UserContext) {
	a, _ := c.IsFeatureEnabled("feature", u) // want read:feature
	s, _ := c.Activate("experiment", u)      // want read:experiment
	v, _ := c.GetVariation("experiment", u)  // want read:experiment
	on(a, s, v)
	b, _ := c.GetFeatureVariableBoolean("feature", "on", u) // want read:feature.on
	i, _ := c.GetFeatureVariableInteger("feature", "n", u)  // want read:feature.n
	t, _, _ := c.GetFeatureVariable("feature", "any", u)    // want read:feature.any
	on(b, i, t)
	all, _ := c.GetAllFeatureVariables("feature", u)                       // want read:feature~
	enabled, vars, _ := c.GetAllFeatureVariablesWithDecision("feature", u) // want read:feature
	on(all, enabled, vars)
	info, _ := c.GetDetailedFeatureDecisionUnsafe("feature", u, true) // want read:feature
	features, _ := c.GetEnabledFeatures(u)                            // want bulk:*
	on(info.Enabled, features)
}

func optimizelyTests(c optimizely.OptimizelyUserContext, d decision.OptimizelyForcedDecision) {
	c.SetForcedDecision(decision.OptimizelyDecisionContext{FlagKey: "faked"}, d) // want override:faked
}
