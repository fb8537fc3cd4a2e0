package vendors

import splitclient "github.com/splitio/go-client/v6/splitio/client"

func split(c *splitclient.SplitClient, m *splitclient.SplitManager, attrs map[string]any) {
	on(c.Treatment("user", "plain", attrs) == "on", c.TreatmentWithConfig("user", "config", attrs).Treatment) // want read:plain=control read:config=control
	on(c.Treatments("user", []string{"one", "two"}, attrs))                                                   // want read:one~=control read:two~=control
	on(c.TreatmentsWithConfig("user", []string{"three"}, attrs))                                              // want read:three~=control
	on(c.TreatmentsByFlagSet("user", "set", attrs), c.TreatmentsWithConfigByFlagSets("user", nil, attrs))     // want bulk:* bulk:*
	on(m.Split("meta"), m.SplitNames(), m.Splits())                                                           // want read:meta~ bulk:* bulk:*
}
