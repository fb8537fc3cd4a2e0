package vendors

import (
	unleash3 "github.com/Unleash/unleash-client-go/v3"
	unleash4 "github.com/Unleash/unleash-client-go/v4"
	unleash5 "github.com/Unleash/unleash-go-sdk/v5"
	"github.com/Unleash/unleash-go-sdk/v5/context"
)

func unleash(c *unleash5.Client, ctx context.Context, opts []unleash5.FeatureOption) {
	on(unleash5.IsEnabled("package"))                                                        // want read:package=false
	on(c.IsEnabled("client", unleash5.WithContext(ctx), unleash5.WithFallback(true)))        // want read:client=true
	on(c.IsEnabled("options", opts...))                                                      // want read:options
	on(unleash3.IsEnabled("three"), unleash4.IsEnabled("four", unleash4.WithFallback(true))) // want read:three=false read:four=true
	v := c.GetVariant("variant")                                                             // want read:variant~
	on(v.Enabled, unleash5.GetVariant("variant").Name)                                       // want read:variant~
	on(c.ListFeatures())                                                                     // want bulk:*
}
