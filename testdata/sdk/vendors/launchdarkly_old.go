package vendors

import (
	"github.com/launchdarkly/go-sdk-common/v3/ldcontext"
	"github.com/launchdarkly/go-sdk-common/v3/ldvalue"
	ld6 "github.com/launchdarkly/go-server-sdk/v6"
	interfaces6 "github.com/launchdarkly/go-server-sdk/v6/interfaces"
	testdata6 "github.com/launchdarkly/go-server-sdk/v6/testhelpers/ldtestdata"
	"gopkg.in/launchdarkly/go-sdk-common.v2/lduser"
	ld5 "gopkg.in/launchdarkly/go-server-sdk.v5"
	interfaces5 "gopkg.in/launchdarkly/go-server-sdk.v5/interfaces"
	testdata5 "gopkg.in/launchdarkly/go-server-sdk.v5/testhelpers/ldtestdata"
)

func launchDarkly6(c *ld6.LDClient, i interfaces6.LDClientInterface, u ldcontext.Context) {
	a, _ := c.BoolVariation("six", u, false)          // want read:six=false
	b, _, _ := i.StringVariationDetail("six", u, "x") // want read:six=x
	on(a, b, c.AllFlagsState(u))                      // want bulk:*
	td := testdata6.DataSource()
	td.Update(td.Flag("six").ValueForAll(ldvalue.Bool(true))) // want override:six
}

func launchDarkly5(c *ld5.LDClient, i interfaces5.LDClientInterface, u lduser.User) {
	a, _ := c.BoolVariation("five", u, false)     // want read:five=false
	b, _, _ := i.IntVariationDetail("five", u, 5) // want read:five=5
	on(a, b, c.AllFlagsState(u))                  // want bulk:*
	td := testdata5.DataSource()
	td.Update(td.Flag("five").VariationForAllUsers(true)) // want override:five=true
}
