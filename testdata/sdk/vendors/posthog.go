package vendors

import "github.com/posthog/posthog-go"

func postHog(c posthog.Client, f *posthog.FeatureFlagEvaluations) {
	a, err := c.IsFeatureEnabled(posthog.FeatureFlagPayload{Key: "plain", DistinctId: "u"}) // want read:plain
	on(a == true, err)
	payload := posthog.FeatureFlagPayload{Key: "variable", DistinctId: "u"}
	payload.DistinctId = "v"
	b, _ := c.GetFeatureFlag(payload) // want read:?
	again := posthog.FeatureFlagPayload{Key: "variable", DistinctId: "u"}
	d, _ := c.GetFeatureFlag(again) // want read:variable
	on(b, d == "control")
	r, _ := c.GetFeatureFlagResult(posthog.FeatureFlagPayload{Key: "result"}) // want read:result
	on(r.Enabled)
	p, _ := c.GetFeatureFlagPayload(posthog.FeatureFlagPayload{Key: "payload"}) // want read:payload~
	q, _ := c.GetRemoteConfigPayload("remote")                                  // want read:remote~
	on(p, q)
	on(f.IsEnabled("evaluated"), f.GetFlag("evaluated"), f.GetFlagPayload("evaluated")) // want read:evaluated=false read:evaluated read:evaluated~
	all, _ := c.GetAllFlags(posthog.FeatureFlagPayloadNoKey{})                          // want bulk:*
	on(all, f.Keys())                                                                   // want bulk:*
}
