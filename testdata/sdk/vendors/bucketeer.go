package vendors

import (
	"context"

	"github.com/bucketeer-io/go-server-sdk/pkg/bucketeer"
	"github.com/bucketeer-io/go-server-sdk/pkg/bucketeer/user"
)

func bucketeerFlags(ctx context.Context, c bucketeer.SDK, u *user.User) {
	on(c.BoolVariation(ctx, u, "plain", false), c.StringVariation(ctx, u, "plain", "x"), c.ObjectVariation(ctx, u, "plain", nil))  // want read:plain=false read:plain=x read:plain
	on(c.BoolVariationDetails(ctx, u, "details", true).VariationValue, c.IntVariationDetails(ctx, u, "details", 1).VariationValue) // want read:details=true read:details=1
	var dst struct{ Color string }
	c.JSONVariation(ctx, u, "json", &dst) // want read:json~
	on(dst.Color)
}
