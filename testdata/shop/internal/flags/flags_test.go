package flags_test

import (
	"testing"

	"github.com/launchdarkly/go-sdk-common/v3/ldcontext"
	"github.com/launchdarkly/go-server-sdk/v7/testhelpers/ldtestdata"

	"example.com/shop/internal/flags"
	"example.com/shop/internal/flags/flagstest"
)

func TestOn(t *testing.T) {
	td := ldtestdata.DataSource()
	td.Update(td.Flag(flags.KeyGiftWrap).VariationForUser("ann", true).FallthroughVariation(false))
	client := flags.New(flagstest.Client(t, td))

	if !client.On(flags.KeyGiftWrap, ldcontext.New("ann")) {
		t.Error("the flag is off for ann")
	}
	if client.On(flags.KeyGiftWrap, ldcontext.New("bob")) {
		t.Error("the flag is on for bob")
	}
	if client.On("no-such-flag", ldcontext.New("ann")) {
		t.Error("a flag that nobody made is on")
	}
}
