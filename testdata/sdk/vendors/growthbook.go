package vendors

import (
	"context"

	"github.com/growthbook/growthbook-golang"
)

func growthBook(ctx context.Context, c *growthbook.Client) {
	if c.EvalFeature(ctx, "plain").On { // want read:plain
		on()
	}
	r := c.EvalFeature(ctx, "result") // want read:result
	on(r.On, !r.Off, r.Value)
	e := &growthbook.Experiment{Key: "experiment"}
	on(c.RunExperiment(ctx, e).InExperiment) // want read:experiment~
	on(c.Features())                         // want bulk:*
}
